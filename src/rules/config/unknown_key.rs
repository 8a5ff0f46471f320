//! `scholiast.toml` has a key that means nothing.
//!
//! ## Why
//! It does nothing, so a setting that somebody relies on is not in force. Codes of rules that do not exist are
//! reported too.
//!
//! ## Example
//! ```toml
//! [corpus]
//! inclde = ["texts/**/*.txt"]
//! ```
//!
//! ## Fix
//! Write the key that is meant, where it belongs; the message names the nearest one, or its table.

use crate::config::{ConfigFault, ConfigFaultClass, ConfigFaultKind, keys};
use crate::diagnostic::Severity;
use crate::rules::rule::{Rule, RuleCheck};

/// The rule.
pub const RULE: Rule = Rule {
    code: "config/unknown-key",
    severity: Severity::Warning,
    summary: "an unknown key in scholiast.toml",
    source: crate::rule_source!(),
    check: RuleCheck::Config(ConfigFaultClass::UnknownKey, message),
};

fn message(fault: &ConfigFault) -> String {
    let ConfigFaultKind::UnknownKey { key, table } = &fault.kind else { return String::new() };
    let belongs = keys::table_with(key).filter(|_| table == "scholiast.toml");
    let meant = fault.correction.as_ref().map(|edit| edit.text.trim_matches('"'));
    let hint = match (belongs, meant) {
        (Some(table), _) => format!("; it belongs under `[{table}]`"),
        (None, Some(key)) => format!("; did you mean `{key}`?"),
        (None, None) => String::new(),
    };
    format!("unknown key `{key}` in {table}{hint}")
}
