//! Finds words that run into a symbol.
//!
//! ## Why
//!
//! Line breaks lost in conversion leave `CPngày` and `số30`. Where Thai meets a symbol no space is needed, and none is
//! asked for.
//!
//! ## Example
//!
//! ```text
//! Nghị định 98/2020/NĐ-CPquy định xử phạt
//!           ^^^^^^^^^^^^^^^^ a space before "quy"
//! ```
//!
//! ## Fix
//!
//! Puts a space between. Safe: no word and no reference changes.

use crate::diagnostic::Severity;
use crate::recognise::decree::{DecreeFault, DecreeFaultClass};
use crate::recognise::fault::Fault;
use crate::rules::rule::{Rule, RuleCheck};

/// The rule.
pub const RULE: Rule = Rule {
    code: "decree/glued-word",
    severity: Severity::Error,
    summary: "a neighbouring word is written onto a symbol without a space",
    source: crate::rule_source!(),
    check: RuleCheck::Decree(DecreeFaultClass::GluedWord, message),
};

fn message(fault: &Fault<DecreeFault>) -> String {
    let written = &fault.surface;
    match &fault.kind {
        DecreeFault::GluedWord { word } => {
            format!("no space between `{word}` and the symbol in `{written}`")
        }
        _ => format!("no space between a word and the symbol in `{written}`"),
    }
}
