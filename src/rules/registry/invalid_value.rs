//! A registry file has a value that cannot be used.
//!
//! ## Why
//! A value of the wrong type, a period that ends before it begins, a name that is empty or holds invisible
//! characters, a country or language that is no code: the value is left out, and the rest of the entry stays in
//! force.
//!
//! ## Example
//! ```toml
//! [[person]]
//! id = "hoang-thu-ha"
//! names.vi = ["Hoàng Thu Hà"]
//! offices = [{ office = "moh/minister", since = 2024-06-01, until = 2021-05-31 }]
//! ```
//!
//! ## Fix
//! Correct the value. Dates stand without quotes, lists of names in brackets, countries as ISO 3166-1 codes,
//! languages as BCP 47 tags.

use crate::diagnostic::Severity;
use crate::registry::{RegistryFault, RegistryFaultClass, RegistryFaultKind};
use crate::rules::rule::{Rule, RuleCheck};

/// The rule.
pub const RULE: Rule = Rule {
    code: "registry/invalid-value",
    severity: Severity::Error,
    summary: "a value in a registry file that cannot be used",
    source: crate::rule_source!(),
    check: RuleCheck::Registry(RegistryFaultClass::InvalidValue, message),
};

fn message(fault: &RegistryFault) -> String {
    let RegistryFaultKind::InvalidValue { reason } = &fault.kind else { return String::new() };
    reason.to_string()
}
