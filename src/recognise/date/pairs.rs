//! Two dates that words make the ends of one stretch: `từ ngày 5/3/2024 đến ngày 1/3/2024`, `จากปี 2564 ถึง 2568`.
//!
//! Each is a mention of its own; what is wrong with them together is noted on the later one.

use smallvec::smallvec;

use super::fact::DateFact;
use super::fault::DateFault;
use super::grammar::like;
use super::parts::{self, Below, DateParts, DateShape};
use super::value::DateValue;
use super::windows;
use crate::recognise::fault::{Correction, Fault};
use crate::recognise::profile::{DocumentProfile, Language, When};

/// Words that begin a stretch, and words that lead to its end.
const FROM: [&str; 9] = ["từ", "kể từ", "from", "between", "จาก", "ตั้งแต่", "นับแต่", "นับจาก", "ระหว่าง"];
const TO: [&str; 6] = ["đến", "tới", "to", "ถึง", "จนถึง", "ไปจนถึง"];

/// Notes on the last fact what is wrong with it and the one before as a stretch.
pub(super) fn judge(text: &str, facts: &mut [DateFact]) {
    let [.., first, second] = facts else { return };
    if explain_each_other(text, first, second) {
        first.unmarked = None;
        second.unmarked = None;
        // Who writes a Buddhist year writes the day first, and so it is in the date beside it.
        for fact in [first, second] {
            fact.faults.retain(|fault| fault.kind != DateFault::AmbiguousOrder);
        }
        return;
    }
    let (DateShape::Point(start), DateShape::Point(end)) = (&first.shape, &second.shape) else { return };
    let leads = |words: &[&str], text: &str| words.iter().any(|word| text.starts_with(word));
    let between = &text[first.core.end as usize..second.core.start as usize];
    if between.len() > 40
        || !leads(&TO, between.trim_start())
        || !leads(&FROM, &first.extent.slice(text).to_lowercase())
    {
        return;
    }
    let mixed = match (start.year, end.year) {
        (Some(a), Some(b)) => {
            a.mark.is_none()
                && b.mark.is_none()
                && a.digits == 4
                && b.digits == 4
                && windows::are_of_two_eras(a.number, b.number)
        }
        _ => false,
    };
    let fault = if mixed && second.language == Language::Thai {
        DateFault::MixedEraRange
    } else if !mixed && backwards(*start, *end, second.language) {
        DateFault::ReversedRange
    } else {
        return;
    };
    let span = first.core.cover(second.core);
    let whole = [&*first, &*second].iter().all(|fact| fact.faults.iter().all(|fault| fault.correction.is_none()))
        && fault == DateFault::ReversedRange
        && start.year.is_some() == end.year.is_some();
    let correction = whole.then(|| Correction {
        edits: smallvec![
            (first.core, like("", second.core.slice(text))),
            (second.core, like("", first.core.slice(text)))
        ],
        safe: false,
    });
    second.faults.push(Fault { kind: fault, span, surface: span.slice(text).into(), when: When::Always, correction });
}

/// The bytes between two dates of which one explains the other: ` หรือตรงกับปี ค.ศ. ` is 48.
const EXPLAINED_WITHIN: usize = 60;

/// Returns whether two neighbouring dates are one date in two eras: `5/12/2567 (5/12/2024)`, `ปี 2567 หรือปี 2024`.
/// Such years are meant to stand side by side.
fn explain_each_other(text: &str, first: &DateFact, second: &DateFact) -> bool {
    let between = first.core.end as usize..second.core.start as usize;
    if !first.mention || !second.mention || between.len() > EXPLAINED_WITHIN || text[between].contains('\n') {
        return false;
    }
    let profile = DocumentProfile::default();
    let read = |fact: &DateFact| parts::read(&fact.shape, fact.language, &profile);
    let (one, other) = (read(first), read(second));
    one.value.is_some() && one.value == other.value && one.era != other.era
}

/// Returns whether both ends are of the same grain with their years, or days of one month, and the end is before the
/// start.
fn backwards(start: DateParts, end: DateParts, language: Language) -> bool {
    let point =
        |parts: DateParts| match parts::read(&DateShape::Point(parts), language, &DocumentProfile::default()).value {
            Some(DateValue::Point(point)) => Some(point),
            _ => None,
        };
    let (Some(from), Some(to)) = (point(start), point(end)) else { return false };
    let sure = |parts: DateParts| !matches!(parts.below, Below::Numeric(first, second) if first <= 12 && second <= 12 && language == Language::English);
    let comparable =
        std::mem::discriminant(&from.grain) == std::mem::discriminant(&to.grain) && sure(start) && sure(end);
    match (from.year, to.year) {
        (Some(_), Some(_)) => comparable && to.key() < from.key(),
        (None, _) => comparable && to.key().1 == from.key().1 && to.key().2 < from.key().2,
        _ => false,
    }
}
