//! `scholiast.toml` has a value that cannot be used.
//!
//! ## Why
//! A value of the wrong type, a severity that does not exist, a glob or a regular expression that does not compile:
//! the setting is not in force, its default is. A suppression or a pattern with such a value is left out as a
//! whole.
//!
//! ## Example
//! ```toml
//! [rules]
//! "date/mixed-era-document" = "none" # the word is "off"
//! ```
//!
//! ## Fix
//! Correct the value as the message says.

use crate::config::{ConfigFault, ConfigFaultClass, ConfigFaultKind};
use crate::diagnostic::Severity;
use crate::rules::rule::{Rule, RuleCheck};

/// The rule.
pub const RULE: Rule = Rule {
    code: "config/invalid-value",
    severity: Severity::Error,
    summary: "a value in scholiast.toml that cannot be used",
    source: crate::rule_source!(),
    check: RuleCheck::Config(ConfigFaultClass::InvalidValue, message),
};

fn message(fault: &ConfigFault) -> String {
    let ConfigFaultKind::InvalidValue { reason } = &fault.kind else { return String::new() };
    reason.to_string()
}
