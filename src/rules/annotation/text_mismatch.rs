//! The text recorded with an annotation is not what stands at its offsets.
//!
//! ## Why
//! An annotation names its place twice: by offsets and by the text it was made on. When the two disagree, the text was
//! edited without its annotations or some tool counted in another unit, and nobody can say what is marked. Offsets
//! count code points of the file, a byte-order mark and every CR included.
//!
//! The message names the cause, where there is one: offsets in UTF-16 units or bytes, without the byte-order mark or
//! with one that is gone, with CRLF counted as one or LF as two, in another normal form, from 1, with the last letter
//! as the end, or several of these; a text that was changed before the annotations, so that they all stand further on;
//! another normal form, no-break spaces, TABs or white space around the words in the recorded text; a line break inside
//! the span. A cause that explains many annotations of one file is one finding.
//!
//! ## Example
//! ```text
//! หน้า 😀 สมชาย
//! ```
//!
//! ```ann
//! T1    Person 8 13    สมชาย
//! ```
//!
//! The offsets count the emoji twice, as UTF-16 does; in code points they are 7 and 12.
//!
//! Four spaces stand for a TAB in annotation files.
//!
//! ## Fix
//! If the annotations of a file agree on one cause, `--fix` corrects the offsets or the recorded text of them all.
//! If a single one is wrong among right ones, the fix is unsafe, because only you know whether that place was meant;
//! where the text stands in several places, there is none.

use crate::annotation::{
    AnnotationFault, AnnotationFaultClass, AnnotationFaultKind, CountedForm, CountedLineEnds, CountedMark,
    CountedSpaces, CountedUnit, Counting, Mismatch,
};
use crate::diagnostic::Severity;
use crate::rules::rule::{Rule, RuleCheck};

use super::quote::quoted;

/// The rule.
pub const RULE: Rule = Rule {
    code: "annotation/text-mismatch",
    severity: Severity::Error,
    summary: "an annotation whose recorded text is not what stands at its offsets",
    source: crate::rule_source!(),
    check: RuleCheck::Annotation(AnnotationFaultClass::TextMismatch, message),
};

fn message(fault: &AnnotationFault) -> String {
    let AnnotationFaultKind::Mismatch { id, found, why, others } = &fault.problem else { return String::new() };
    let who = match others {
        0 => id.clone(),
        1 => format!("{id} and another annotation"),
        _ => format!("{id} and {others} other annotations"),
    };
    let many = *others > 0;
    if *why == Mismatch::NotRecorded {
        return match found {
            _ if many => format!("{who} record no text"),
            Some(found) => format!("{id} records no text; its offsets name {}", quoted(found)),
            None => format!("{id} records no text, and its offsets lie behind the end of the document"),
        };
    }
    let because = because(*why, many);
    match found {
        _ if many => format!("{who} record other texts than their offsets name{because}"),
        Some(found) => format!("{id} records another text than its offsets name, {}{because}", quoted(found)),
        None => format!("the offsets of {id} lie behind the end of the document{because}"),
    }
}

fn because(why: Mismatch, many: bool) -> String {
    let it_stands = if many { "they stand" } else { "it stands" };
    let points = |by: i64| {
        let (count, side) = (by.unsigned_abs(), if by > 0 { "further on" } else { "further back" });
        format!("{count} code point{} {side}", if count == 1 { "" } else { "s" })
    };
    match why {
        Mismatch::NotRecorded | Mismatch::Unknown => String::new(),
        Mismatch::Counting(counting) => format!("; the offsets {}", habits(counting)),
        Mismatch::Normalization => "; the two differ in Unicode normalisation only".to_owned(),
        Mismatch::NoBreakSpace => "; the two differ in no-break spaces only".to_owned(),
        Mismatch::WhiteSpace => "; the two differ in white space only".to_owned(),
        Mismatch::Padding => "; the span has white space around the recorded text".to_owned(),
        Mismatch::LineBreak => "; a span across a line break needs a fragment on each line".to_owned(),
        Mismatch::End { by } => format!("; the recorded text ends {}", points(by)),
        Mismatch::Shifted { by } => format!("; {it_stands} {}", points(by)),
        Mismatch::Ambiguous { places } => {
            format!("; it stands in {places} places, so it is open which was meant")
        }
    }
}

/// The departures of a way of counting from brat's, as `count …`.
fn habits(counting: Counting) -> String {
    let Counting { unit, mark, line_ends, form, spaces, from_one, inclusive } = counting;
    let unit = match unit {
        CountedUnit::CodePoints => None,
        CountedUnit::Utf16 => Some("count UTF-16 code units, not code points"),
        CountedUnit::Bytes => Some("count bytes, not code points"),
    };
    let in_bytes = counting.unit == CountedUnit::Bytes;
    let mark = match mark {
        CountedMark::AsIs => None,
        CountedMark::LeftOut => Some("leave out the byte-order mark"),
        CountedMark::Gone if in_bytes => Some("count a byte-order mark that is gone"),
        CountedMark::Gone => Some("count from 1, or count a byte-order mark that is gone"),
    };
    let line_ends = match line_ends {
        CountedLineEnds::AsIs => None,
        CountedLineEnds::CrlfAsOne => Some("count CRLF as one code point"),
        CountedLineEnds::LfAsTwo => Some("count each line end as CRLF"),
    };
    let form = match form {
        CountedForm::AsIs => None,
        CountedForm::Nfc => Some("count the text in normalisation form C"),
        CountedForm::Nfd => Some("count the text in normalisation form D"),
    };
    let spaces = match spaces {
        CountedSpaces::AsIs => None,
        CountedSpaces::TrailingLeftOut => Some("leave out spaces at the ends of lines"),
        CountedSpaces::Collapsed => Some("count several spaces as one"),
    };
    let from_one = from_one.then_some(match counting.mark {
        CountedMark::AsIs if !in_bytes => "count from 1, or count a byte-order mark that is gone",
        _ => "count from 1",
    });
    let inclusive = inclusive.then_some("name the last letter as the end");
    let habits = [unit, mark, line_ends, form, spaces, from_one, inclusive].into_iter().flatten();
    habits.collect::<Vec<_>>().join(" and ")
}
