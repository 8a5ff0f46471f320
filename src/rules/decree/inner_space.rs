//! Finds spaces inside a symbol.
//!
//! ## Why
//!
//! A symbol is written without spaces (Decree 30/2020/NĐ-CP, Appendix I). A space lets it break at the end of a line
//! and hides it from a search. In English text a slash with a space on both sides is common typography, and only a
//! remark.
//!
//! ## Example
//!
//! ```text
//! Chỉ thị 24 /CT-TTg về phòng chống mua bán người
//!         ^^^^^^^^^^ 24/CT-TTg
//! ```
//!
//! ## Fix
//!
//! Takes the spaces out. Safe: the reference stays the same. Around a slash in English text a person decides.

use crate::diagnostic::Severity;
use crate::recognise::decree::{DecreeFault, DecreeFaultClass};
use crate::recognise::fault::Fault;
use crate::rules::rule::{Rule, RuleCheck};

/// The rule.
pub const RULE: Rule = Rule {
    code: "decree/inner-space",
    severity: Severity::Error,
    summary: "a space inside a symbol",
    source: crate::rule_source!(),
    check: RuleCheck::Decree(DecreeFaultClass::InnerSpace, message),
};

fn message(fault: &Fault<DecreeFault>) -> String {
    format!("`{}` has a space inside", fault.surface)
}

/// The severity of one such fault: spaces around a slash are a matter of style in English text.
pub(super) const fn severity(is_style: bool) -> Severity {
    if is_style { Severity::Info } else { RULE.severity }
}
