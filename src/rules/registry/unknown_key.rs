//! A registry file has a key that means nothing.
//!
//! ## Why
//! It is kept and does nothing. Most often it is a known key misspelt, and what it should have said is missing.
//!
//! ## Example
//! ```toml
//! [[person]]
//! id = "vu-duc-minh"
//! names.vi = ["Vũ Đức Minh"]
//! ocupation = "journalist"
//! ```
//!
//! ## Fix
//! Write the key that is meant. What is for people alone belongs in `note` or in a comment.

use crate::diagnostic::Severity;
use crate::registry::{RegistryFault, RegistryFaultClass, RegistryFaultKind};
use crate::rules::rule::{Rule, RuleCheck};

/// The rule.
pub const RULE: Rule = Rule {
    code: "registry/unknown-key",
    severity: Severity::Info,
    summary: "an unknown key in a registry file",
    source: crate::rule_source!(),
    check: RuleCheck::Registry(RegistryFaultClass::UnknownKey, message),
};

fn message(fault: &RegistryFault) -> String {
    let RegistryFaultKind::UnknownKey { key, table } = &fault.kind else { return String::new() };
    let known = fault.correction.as_ref().map(|meant| format!("; did you mean `{}`?", meant.text)).unwrap_or_default();
    format!("unknown key `{key}` in {table}{known}")
}
