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
//! Write the key that is meant; the message names the nearest one.

use crate::config::{ConfigFault, ConfigFaultClass, ConfigFaultKind};
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
    let meant = fault.correction.as_ref().map(|edit| edit.text.trim_matches('"'));
    let known = meant.map(|key| format!("; did you mean `{key}`?")).unwrap_or_default();
    format!("unknown key `{key}` in {table}{known}")
}
