//! A registry file is not TOML.
//!
//! ## Why
//! Nothing of such a file can be used: the people in it are not found in any text, and references to them are
//! reported as unknown. In an editor the last version that could be read stays in force.
//!
//! ## Example
//! ```toml
//! [[person]]
//! id = "nguyen-thi-mai
//! names.vi = ["Nguyễn Thị Mai"]
//! ```
//! The string in the second line has no closing quote.
//!
//! ## Fix
//! Correct the place that is shown. It is where reading ended; the cause may stand a little before it.

use crate::diagnostic::Severity;
use crate::registry::{RegistryFault, RegistryFaultClass, RegistryFaultKind};
use crate::rules::rule::{Rule, RuleCheck};

/// The rule.
pub const RULE: Rule = Rule {
    code: "registry/syntax",
    severity: Severity::Error,
    summary: "a registry file that is not TOML",
    source: crate::rule_source!(),
    check: RuleCheck::Registry(RegistryFaultClass::Syntax, message),
};

fn message(fault: &RegistryFault) -> String {
    let RegistryFaultKind::Syntax { reason } = &fault.kind else { return String::new() };
    format!("this registry file cannot be read: {reason}")
}
