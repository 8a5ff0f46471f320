//! A spelling is listed twice for one language.
//!
//! ## Why
//! The second does nothing. Spellings that differ in case, diacritics or inner spaces alone are found without being
//! listed; this rule reports only those that are equal but for case and normalisation.
//!
//! ## Example
//! ```toml
//! [[place]]
//! id = "da-nang"
//! names.vi = ["Đà Nẵng", "ĐÀ NẴNG"]
//! ```
//!
//! ## Fix
//! Delete one of them.

use crate::diagnostic::Severity;
use crate::registry::{RegistryFault, RegistryFaultClass, RegistryFaultKind};
use crate::rules::rule::{Rule, RuleCheck};

/// The rule.
pub const RULE: Rule = Rule {
    code: "registry/repeated-spelling",
    severity: Severity::Info,
    summary: "a spelling listed twice for one language",
    source: crate::rule_source!(),
    check: RuleCheck::Registry(RegistryFaultClass::RepeatedSpelling, message),
};

fn message(fault: &RegistryFault) -> String {
    let RegistryFaultKind::RepeatedSpelling { spelling } = &fault.kind else { return String::new() };
    format!("`{spelling}` is already listed here")
}
