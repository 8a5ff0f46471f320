//! The text recorded with an annotation is not what stands at its offsets.
//!
//! ## Why
//! An annotation names its place twice: by offsets and by the text it was made on. When the two disagree, the text was
//! edited without its annotations or some tool counted in another unit, and nobody can say what is marked. Offsets count
//! code points of the file, a byte-order mark and every CR included.
//!
//! The message names what explains the difference, if something does: offsets in UTF-16 units or bytes, without the
//! byte-order mark or the CRs, in a text normalised otherwise; a no-break space; a line break inside the span; a text that
//! now stands somewhere else.
//!
//! ## Example
//! `หน้า 😀 สมชาย` with the annotation file
//!
//! ```text
//! T1    Person 8 13    สมชาย
//! ```
//!
//! The offsets count the emoji twice, as UTF-16 does; in code points they are 7 and 12.
//!
//! ## Fix
//! Where one explanation fits, `--fix` corrects the offsets or the recorded text. Where the text stands elsewhere, the
//! fix is unsafe, because only you know whether that place was meant; where it stands in several places, there is none.

use crate::annotation::{AnnotationFault, AnnotationFaultClass, AnnotationFaultKind, Mismatch, OffsetUnit};
use crate::diagnostic::Severity;
use crate::rules::rule::{Rule, RuleCheck};

use super::quoted;

/// The rule.
pub const RULE: Rule = Rule {
    code: "annotation/text-mismatch",
    severity: Severity::Error,
    summary: "an annotation whose recorded text is not what stands at its offsets",
    source: crate::rule_source!(),
    check: RuleCheck::Annotation(AnnotationFaultClass::TextMismatch, message),
};

fn message(fault: &AnnotationFault) -> String {
    let AnnotationFaultKind::Mismatch { id, found, why } = &fault.problem else { return String::new() };
    if *why == Mismatch::NotRecorded {
        return match found {
            Some(found) => format!("{id} records no text; its offsets name {}", quoted(found)),
            None => format!("{id} records no text, and its offsets lie behind the end of the document"),
        };
    }
    let because = match why {
        Mismatch::NotRecorded | Mismatch::Unknown => String::new(),
        Mismatch::Unit(unit) => format!("; the offsets count {}", unit_name(*unit)),
        Mismatch::Normalization => "; the two differ in Unicode normalisation only".to_owned(),
        Mismatch::NoBreakSpace => "; the two differ in no-break spaces only".to_owned(),
        Mismatch::LineBreak => "; a span across a line break needs a fragment on each line".to_owned(),
        Mismatch::Shifted { by } => {
            let side = if *by > 0 { "further on" } else { "before" };
            let count = by.unsigned_abs();
            format!("; it stands {count} code point{} {side}", if count == 1 { "" } else { "s" })
        }
        Mismatch::Ambiguous { places } => {
            format!("; it stands in {places} places nearby, so it is open which was meant")
        }
    };
    match found {
        Some(found) => format!("{id} records another text than its offsets name, {}{because}", quoted(found)),
        None => format!("the offsets of {id} lie behind the end of the document{because}"),
    }
}

fn unit_name(unit: OffsetUnit) -> &'static str {
    match unit {
        OffsetUnit::Utf16 => "UTF-16 code units, not code points",
        OffsetUnit::Bytes => "bytes, not code points",
        OffsetUnit::NoByteOrderMark => "without the byte-order mark",
        OffsetUnit::NoCarriageReturns => "CRLF as one code point",
        OffsetUnit::Nfc => "code points of the text in normalisation form C",
        OffsetUnit::Nfd => "code points of the text in normalisation form D",
    }
}
