//! Finds symbols with the issuer before the type.
//!
//! ## Why
//!
//! In every symbol the type comes first and the issuer last. The other way round it reads as an official letter whose
//! unit happens to be called like a type.
//!
//! ## Example
//!
//! ```text
//! Nghị định 72/2013/CP-NĐ về dịch vụ Internet
//!           ^^^^^^^^^^^^^ 72/2013/NĐ-CP
//! ```
//!
//! ## Fix
//!
//! Puts type and issuer in their order.

use crate::diagnostic::Severity;
use crate::recognise::decree::{DecreeFault, DecreeFaultClass};
use crate::recognise::fault::Fault;
use crate::rules::rule::{Rule, RuleCheck};

/// The rule.
pub const RULE: Rule = Rule {
    code: "decree/swapped-type-agency",
    severity: Severity::Error,
    summary: "type and issuer have changed places",
    source: crate::rule_source!(),
    check: RuleCheck::Decree(DecreeFaultClass::SwappedTypeAgency, message),
};

fn message(fault: &Fault<DecreeFault>) -> String {
    let written = &fault.surface;
    match &fault.kind {
        DecreeFault::SwappedTypeAgency { kind, issuer } => format!(
            "`{written}` names the issuer before the type: `{kind}` (the type) comes before `{issuer}` (the issuer)"
        ),
        _ => format!("`{written}` names the issuer before the type"),
    }
}
