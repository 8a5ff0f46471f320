//! An entry lacks something it needs.
//!
//! ## Why
//! Every entry needs an `id`; without one it is not in force. A person and a place need `names`, an organisation
//! `names` or `abbreviations`; without them nothing in any text can be linked to the entry. An office needs
//! neither.
//!
//! ## Example
//! ```toml
//! [[person]]
//! id = "pham-thi-lan"
//! country = "VN"
//! ```
//!
//! ## Fix
//! Add what is missing.

use crate::diagnostic::Severity;
use crate::registry::{RegistryFault, RegistryFaultClass, RegistryFaultKind};
use crate::rules::rule::{Rule, RuleCheck};

/// The rule.
pub const RULE: Rule = Rule {
    code: "registry/missing-field",
    severity: Severity::Error,
    summary: "an entry without an id or a name",
    source: crate::rule_source!(),
    check: RuleCheck::Registry(RegistryFaultClass::MissingField, message),
};

fn message(fault: &RegistryFault) -> String {
    let RegistryFaultKind::MissingField { keys, of } = &fault.kind else { return String::new() };
    format!("this {} has no `{}`", of.table(), keys.join("` or `"))
}
