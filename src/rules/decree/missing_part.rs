//! Finds symbols in which a part is missing that the others do not imply.
//!
//! ## Why
//!
//! A number and a year name hundreds of documents, one of each type and issuer. Joint documents must name at least two
//! issuers, and laws the legislature that passed them.
//!
//! ## Example
//!
//! ```text
//! Luật Giáo dục số 43/2019/QH
//!                  ^^^^^^^^^^ which legislature?
//! ```
//!
//! ## Fix
//!
//! The legislature follows from the year, except in the year two of them share. A type is offered where the word in
//! front names it, any part where the document, the corpus or the registry cites exactly one full form.

use crate::diagnostic::Severity;
use crate::recognise::decree::{DecreeFault, DecreeFaultClass, MissingPart};
use crate::recognise::fault::Fault;
use crate::rules::rule::{Rule, RuleCheck};

/// The rule.
pub const RULE: Rule = Rule {
    code: "decree/missing-part",
    severity: Severity::Error,
    summary: "type, issuer or legislature is missing from a symbol",
    source: crate::rule_source!(),
    check: RuleCheck::Decree(DecreeFaultClass::MissingPart, message),
};

fn message(fault: &Fault<DecreeFault>) -> String {
    let written = &fault.surface;
    let part = match fault.kind {
        DecreeFault::MissingPart(MissingPart::SecondIssuer) => {
            return format!("`{written}` names one issuer, but a joint document has at least two");
        }
        DecreeFault::MissingPart(MissingPart::Legislature) => "the number of the legislature",
        DecreeFault::MissingPart(MissingPart::Type) => "the type of document",
        _ => "the issuer",
    };
    format!("`{written}` lacks {part}")
}
