//! Finds decrees, circulars, ordinances and laws whose symbol lacks the year.
//!
//! ## Why
//!
//! Since 1997 normative documents are numbered anew every year and bear the year in the symbol. Without it the symbol
//! names one document a year. Texts that name a year before 1997 nearby are left alone.
//!
//! ## Example
//!
//! ```text
//! Nghị định 91/NĐ-CP về quảng cáo
//!           ^^^^^^^^ of which year?
//! ```
//!
//! ## Fix
//!
//! Offered where the document, the corpus or the registry cites exactly one full form with this number, type and
//! issuer.

use crate::diagnostic::Severity;
use crate::recognise::decree::{DecreeFault, DecreeFaultClass};
use crate::recognise::fault::Fault;
use crate::rules::rule::{Rule, RuleCheck};

/// The rule.
pub const RULE: Rule = Rule {
    code: "decree/missing-year",
    severity: Severity::Warning,
    summary: "a normative document cited without the year in its symbol",
    source: crate::rule_source!(),
    check: RuleCheck::Decree(DecreeFaultClass::MissingYear, message),
};

fn message(fault: &Fault<DecreeFault>) -> String {
    format!("`{}` lacks the year: since 1997 normative documents bear it in the symbol", fault.surface)
}
