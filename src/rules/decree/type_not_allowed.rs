//! Finds types of document that their issuer has no power to issue.
//!
//! ## Why
//!
//! The law says who issues what: decrees are the Government's alone, circulars are for ministers and the heads of the high
//! courts, a People's Council passes resolutions. A symbol against these rules names no document; type or issuer is wrong.
//! A decision of a People's Council without a year may be an internal paper and is only a warning.
//!
//! ## Example
//!
//! ```text
//! Nghị định 18/2022/NĐ-BTC
//!           ^^^^^^^^^^^^^^ only the Government issues decrees
//! ```
//!
//! ## Fix
//!
//! None: whether type or issuer is wrong is not clear.

use crate::diagnostic::Severity;
use crate::recognise::decree::DecreeFaultClass;
use crate::recognise::fault::Fault;
use crate::rules::rule::{Check, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    code: "decree/type-not-allowed",
    severity: Severity::Error,
    summary: "the issuer may not issue documents of that type",
    source: crate::rule_source!(),
    check: Check::Decree(DecreeFaultClass::TypeNotAllowed, message),
};

fn message(fault: &Fault<DecreeFaultClass>) -> String {
    format!("`{}`: {}", fault.surface, fault.detail.trim_start_matches('~'))
}
