//! Finds words for a type of document that contradict the type in the symbol.
//!
//! ## Why
//!
//! Translation engines render several types by one word: Thai `มติ` (resolution) stands for decisions and conclusions
//! as well. The symbol says what the document is; the word in front misleads whoever does not read symbols. In Thai a
//! word counts as wrong when the table lists it as wrong for the type, or as right only for other types.
//!
//! ## Example
//!
//! ```text
//! ตามมติที่ 2289/QD-TTg
//!   ^^^ QĐ is a decision (คำสั่ง), not a resolution
//! ```
//!
//! ## Fix
//!
//! None: word or symbol may be wrong, though in translations it is nearly always the word.

use crate::diagnostic::Severity;
use crate::recognise::decree::{DecreeFault, DecreeFaultClass, SymbolType, TypeContradiction};
use crate::recognise::fault::Fault;
use crate::rules::rule::{Rule, RuleCheck};

/// The rule.
pub const RULE: Rule = Rule {
    code: "decree/type-word-mismatch",
    severity: Severity::Warning,
    summary: "the word in front of a symbol names another type than the symbol",
    source: crate::rule_source!(),
    check: RuleCheck::Decree(DecreeFaultClass::TypeWordMismatch, message),
};

fn message(fault: &Fault<DecreeFault>) -> String {
    let written = &fault.surface;
    let DecreeFault::TypeWordMismatch(contradiction) = &fault.kind else {
        return format!("the word in front of `{written}` names another type");
    };
    let TypeContradiction { word, named, symbol } = &**contradiction;
    let named = named.join(", ").replace("LETTER", "official letters");
    match (named.is_empty(), symbol) {
        (true, Some(SymbolType { letters, vi, en })) => {
            format!("`{word}` is a wrong word for `{written}`: {letters} is {vi}, {en}")
        }
        (true, None) => format!("`{word}` is a wrong word for `{written}`"),
        (false, None) => format!("`{word}` stands for {named}, which `{written}` is not"),
        (false, Some(SymbolType { letters, vi, en })) => {
            format!("`{word}` stands for {named}, but `{written}` is of type {letters} ({vi}, {en})")
        }
    }
}
