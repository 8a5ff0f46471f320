//! From a draft to a fact: the faults that only the meaning shows, and one correction for all that is decided.
//!
//! All decided faults of one date carry the same correction. Each alone leaves the right form, and applied together
//! they do not contradict each other.

use compact_str::{CompactString, format_compact};
use jiff::civil::Weekday;
use smallvec::SmallVec;

use super::fact::{DateFact, UnmarkedYears};
use super::fault::{DateFault, DateFaultClass, EraFault};
use super::grammar::{DateDraft, DateNote, YearPlace, like};
use super::letters::{ceil, digit, floor, written};
use super::parts::{self, Below, DateParts, DateShape, WrittenYear};
use super::value::{DateValue, Grain, Point, days_in_month, is_leap};
use super::windows;
use super::words::{self, WEEKDAYS};
use crate::recognise::fault::{Correction, Fault};
use crate::recognise::profile::{DocumentProfile, Era, Language, When};
use crate::text::Span;

/// The fact that a draft amounts to. `language` is the segment's.
pub(super) fn judge(text: &str, mut draft: DateDraft) -> DateFact {
    swapped(text, &mut draft);
    settle_years(text, &mut draft);
    eras(text, &mut draft);
    calendar(&mut draft);
    weekday(text, &mut draft);
    order(&mut draft);
    let unmarked = unmarked(text, &draft);
    let faults = faults(text, &draft);
    DateFact {
        core: draft.core,
        extent: draft.extent.cover(draft.core),
        language: draft.language,
        shape: draft.shape,
        mention: draft.mention,
        unmarked,
        faults,
    }
}

/// Month first is a fault in Thai and Vietnamese, the usual order in English.
fn swapped(text: &str, draft: &mut DateDraft) {
    let Some(note) = draft.notes.iter_mut().find(|note| note.fault == DateFault::MonthDaySwapped) else { return };
    match draft.language {
        Language::English => {
            draft.notes.retain(|note| note.fault != DateFault::MonthDaySwapped);
            return;
        }
        Language::Unknown => note.when = When::NotLanguage(Language::English),
        Language::Thai | Language::Vietnamese | Language::Lao => {}
    }
    let numbers = number_spans(text, draft.core);
    if let [first, second, ..] = numbers[..] {
        draft.edit(first, second.slice(text));
        draft.edit(second, first.slice(text));
    }
}

fn number_spans(text: &str, core: Span) -> SmallVec<[Span; 3]> {
    let mut spans: SmallVec<[Span; 3]> = SmallVec::new();
    let mut open: Option<Span> = None;
    for (at, c) in core.slice(text).char_indices() {
        let here = Span::of(core.start as usize + at, core.start as usize + at + c.len_utf8());
        if c.is_numeric() {
            open = Some(open.map_or(here, |span| span.cover(here)));
        } else if let Some(span) = open.take() {
            spans.push(span);
        }
    }
    spans.extend(open);
    spans
}

fn eras(text: &str, draft: &mut DateDraft) {
    let years = draft.years.clone();
    for at in &years {
        era(text, draft, at);
    }
}

/// A mark that the year contradicts, a Buddhist year outside Thai, a year beyond every window.
fn era(text: &str, draft: &mut DateDraft, at: &YearPlace) {
    let year = at.year;
    if year.digits <= 2 && year.mark != Some(Era::Hijri) || draft.has(DateFaultClass::ImplausibleYear) {
        return;
    }
    if year.clashes() {
        let right = match (year.mark, year.number) {
            (Some(Era::Buddhist), _) => Some(Era::Common),
            (Some(Era::Common | Era::Rattanakosin), number) if windows::COMMON_CLASH.contains(&number) => {
                Some(Era::Buddhist)
            }
            (Some(Era::Rattanakosin), number) if windows::RECENT.contains(&number) => Some(Era::Common),
            _ => None,
        };
        let typo = draft.has(DateFaultClass::EraMarkTypo);
        let decided = right.is_some() && at.mark.is_some() && !typo;
        draft.note_at(
            DateFault::EraClash(right.map_or(EraFault::MarkDoesNotFit, EraFault::OnlyOf)),
            Some(at.mark.map_or(at.span, |mark| mark.cover(at.span)).cover(draft.core)),
            decided,
        );
        if let (Some(mark), Some(era), true) = (at.mark, right, decided) {
            draft.edit(mark, era_mark(mark.slice(text), era));
        }
        return;
    }
    let beyond = match year.mark {
        Some(Era::Buddhist) => year.number > windows::LAST_BUDDHIST,
        Some(Era::Common) => year.number > windows::LAST_COMMON,
        _ => false,
    };
    if beyond {
        draft.note(DateFault::ImplausibleYear, false);
        return;
    }
    if year.mark.is_some() || draft.language == Language::Thai {
        if year.mark.is_none() && year.number > windows::LAST_BUDDHIST {
            draft.note(DateFault::ImplausibleYear, false);
        }
    } else if windows::BUDDHIST_ELSEWHERE.contains(&year.number) {
        // A document that has Thai in it, if only in a caption, may hold Buddhist years.
        draft.note(DateFault::EraClash(EraFault::OutsideThai), true);
        draft.only_when(DateFaultClass::EraClash, When::WithoutThai);
        draft.edit(at.span, written(year.number - windows::BUDDHIST_OFFSET, at.digits));
    } else if year.number > *windows::COMMON.end() {
        draft.note(DateFault::ImplausibleYear, false);
    }
}

/// Settles what the words beside a year say about its era: a mark behind it in Vietnamese, a history around it.
fn settle_years(text: &str, draft: &mut DateDraft) {
    for index in 0..draft.years.len() {
        let YearPlace { year, span, mark, .. } = draft.years[index];
        let settled = match year.mark {
            None if year.digits == 4 && phat_lich_beside(text, span) => {
                WrittenYear { mark: Some(Era::Buddhist), ..year }
            }
            Some(Era::Buddhist) if windows::BUDDHIST_DOUBTFUL.contains(&year.number) => {
                let spelt_out = mark.is_some_and(|mark| mark.slice(text).contains("ศักราช"));
                WrittenYear { sure: spelt_out || is_history(text, span, year.number), ..year }
            }
            // พ.ศ. 43 and ค.ศ. 43 alone are such years. พ.ศ. 67 is one of this century; a day or a month beside a year
            // says so, too.
            Some(Era::Buddhist | Era::Common) if year.digits <= 2 => {
                let alone = matches!(draft.shape, DateShape::Point(DateParts { below: Below::Year, .. }));
                let short = year.mark == Some(Era::Buddhist) && windows::SHORT_BUDDHIST.contains(&year.number);
                WrittenYear { sure: alone && !short, ..year }
            }
            _ => year,
        };
        if settled != year {
            draft.years[index].year = settled;
            draft.shape.years_mut(|written| {
                if *written == year {
                    *written = settled;
                }
            });
        }
    }
}

/// Returns whether `Phật lịch` (Buddhist calendar) or its abbreviation stands on either side of a year.
fn phat_lich_beside(text: &str, span: Span) -> bool {
    let after = text[span.end as usize..].trim_start();
    let before = text[..span.start as usize].trim_end();
    ["Phật lịch", "phật lịch", "Phật Lịch", "PL"].iter().any(|mark| after.starts_with(mark) || before.ends_with(mark))
        || before.ends_with("PL.")
}

/// The bytes on both sides of a year in which signs of history are looked for: some two sentences of Thai.
const HISTORY_REACH: usize = 400;

/// Returns whether the words around a year of the Buddhist Era say that it is one of the fifteenth or sixteenth
/// century: names of old kingdoms and reigns, another year of long ago behind an era mark, or the same year in the
/// other era.
fn is_history(text: &str, span: Span, number: u32) -> bool {
    let start = floor(text, (span.start as usize).saturating_sub(HISTORY_REACH));
    let end = ceil(text, (span.end as usize + HISTORY_REACH).min(text.len()));
    let (before, after) = (&text[start..span.start as usize], &text[span.end as usize..end]);
    if words::THAI_HISTORY.iter().any(|word| before.contains(word) || after.contains(word)) {
        return true;
    }
    let old = |text: &str| {
        text.match_indices("ศ.").any(|(at, mark)| {
            let era = text[..at].trim_end_matches('.').chars().next_back();
            let digits = text[at + mark.len()..].trim_start().chars();
            let year = digits.map_while(|c| digit(c).map(|(value, _)| value)).take(5);
            let year = year.fold(0_u32, |year, digit| year * 10 + digit);
            match era {
                Some('พ') => windows::OLD_BUDDHIST.contains(&year) && !windows::BUDDHIST_DOUBTFUL.contains(&year),
                Some('ค') => {
                    windows::OLD_COMMON.contains(&year) || year > 0 && year + windows::BUDDHIST_OFFSET == number
                }
                Some('จ') => year > 0,
                _ => false,
            }
        })
    };
    let equal = format_compact!("({}", number.saturating_sub(windows::BUDDHIST_OFFSET));
    old(before) || old(after) || after.trim_start().starts_with(equal.as_str())
}

/// The mark of another era in the style of the one written.
fn era_mark(written: &str, era: Era) -> CompactString {
    let latin = written.is_ascii();
    let dotted = written.contains('.');
    match (era, latin) {
        (Era::Buddhist, true) => if dotted { "B.E." } else { "BE" }.into(),
        (_, true) => if dotted { "A.D." } else { "CE" }.into(),
        (Era::Buddhist, false) if written.contains("ศักราช") => "พุทธศักราช".into(),
        (_, false) if written.contains("ศักราช") => "คริสต์ศักราช".into(),
        (Era::Buddhist, false) => written.replace(['ค', 'ร'], "พ").into(),
        (_, false) => written.replace(['พ', 'ร'], "ค").into(),
    }
}

/// Days and months that the calendar does not have.
fn calendar(draft: &mut DateDraft) {
    for part in draft.shape.points() {
        let year = part.year.and_then(|year| year.read(draft.language).0);
        let (month, day) = match part.below {
            Below::Day(month, day) => (month, day),
            Below::Numeric(first, second) if second > 12 && first <= 12 && first > 0 => {
                if second > 31 {
                    draft.note(DateFault::ImpossibleMonth, false);
                    return;
                }
                (first, second)
            }
            Below::Numeric(first, second) => (second, first),
            _ => continue,
        };
        if month == 0 || month > 12 {
            draft.note(DateFault::ImpossibleMonth, false);
            return;
        }
        if day >= 1 && day <= days_in_month(year, month) {
            continue;
        }
        // Thai years began in April before 1941: which year of the Common Era their February lies in is not certain.
        if month == 2 && day == 29 && part.year.is_some_and(|year| is_april_year(year, draft.language)) {
            continue;
        }
        if month == 2 && day == 29 {
            if let Some(year) = year.filter(|year| !is_leap(*year)) {
                draft.note(DateFault::NotLeapYear { year }, false);
            }
        } else {
            draft.note(DateFault::ImpossibleDay { month }, false);
        }
        return;
    }
}

/// The weekday of a full date.
fn weekday(text: &str, draft: &mut DateDraft) {
    let Some((span, named, language)) = draft.weekday else { return };
    let (DateShape::Point(parts) | DateShape::Range(parts, _)) = &draft.shape else { return };
    let parts = match (&draft.shape, parts.year) {
        (DateShape::Range(_, end), None) => DateParts { year: end.year, ..*parts },
        _ => *parts,
    };
    // Before 1941 the Thai year began in April: what a date of January to March means is not certain.
    if parts.year.is_some_and(|year| is_april_year(year, draft.language)) {
        return;
    }
    if draft.notes.iter().any(|note| matches!(note.fault, DateFault::ImplausibleYear | DateFault::ReversedRange)) {
        return;
    }
    if matches!(parts.below, Below::Numeric(a, b) if a <= 12 && b <= 12 && draft.language != Language::Thai && draft.language != Language::Vietnamese)
    {
        return;
    }
    let reading = parts::read(&DateShape::Point(parts), draft.language, &DocumentProfile::default());
    let Some(DateValue::Point(point @ Point { grain: Grain::Day(..), .. })) = reading.value else { return };
    let Some(date) = point.first_day() else { return };
    let right = iso(date.weekday());
    if right == named {
        return;
    }
    let opens = text[..span.start as usize]
        .trim_end()
        .chars()
        .next_back()
        .is_none_or(|c| matches!(c, '.' | '(' | '“' | '"' | '|' | ':'));
    let right = weekday_like(span.slice(text), right, language, opens);
    let fault = DateFault::WeekdayMismatch { day: point, right: right.clone() };
    draft.note_at(fault, Some(span.cover(draft.core)), true);
    // `Sunday, 2 March 62` in a letter of 1862.
    if parts.year.is_some_and(WrittenYear::may_be_of_1800s) {
        draft.only_when(DateFaultClass::WeekdayMismatch, When::NotOf1800s);
    }
    draft.edit(span, right);
}

/// Returns whether a year is one of the Buddhist Era that began in April.
fn is_april_year(year: WrittenYear, language: Language) -> bool {
    year.digits > 2 && year.number <= windows::LAST_APRIL_YEAR && year.read(language).1 == Some(Era::Buddhist)
}

fn iso(weekday: Weekday) -> u8 {
    weekday.to_monday_one_offset() as u8
}

/// The weekday's name in the style of the one written. `opens`: a sentence begins with it.
fn weekday_like(written: &str, number: u8, language: Language, opens: bool) -> CompactString {
    let names = &WEEKDAYS[usize::from(number.clamp(1, 7)) - 1];
    match language {
        Language::Thai if written.starts_with("วัน") => names.thai.into(),
        Language::Thai => names.thai.trim_start_matches("วัน").into(),
        Language::English if !written.ends_with("day") => {
            let short: CompactString = names.english.chars().take(3).collect();
            like(written, &short)
        }
        Language::English => like(written, names.english),
        _ => {
            // Of Chủ nhật the capital is part of the name, of Thứ Hai it begins a sentence.
            let sunday = written.to_lowercase().starts_with('c');
            let name = written.split(char::is_whitespace).next_back().unwrap_or_default();
            let right: CompactString = if number < 7 && name.starts_with(|c: char| c.is_ascii_digit()) {
                format_compact!("thứ {}", number + 1)
            } else if name.starts_with(char::is_lowercase) && !(sunday && written.starts_with(char::is_uppercase)) {
                names.vietnamese.to_lowercase().into()
            } else {
                names.vietnamese.into()
            };
            if written.starts_with(char::is_uppercase) && (opens || !sunday) { capitalised(&right) } else { right }
        }
    }
}

fn capitalised(word: &str) -> CompactString {
    let mut chars = word.chars();
    chars.next().into_iter().flat_map(char::to_uppercase).chain(chars).collect()
}

/// Numbers that may be day or month.
fn order(draft: &mut DateDraft) {
    let DateShape::Point(DateParts { below: Below::Numeric(first, second), year: Some(year) }) = draft.shape else {
        return;
    };
    // Who writes Buddhist years writes the day first.
    if windows::BUDDHIST_ELSEWHERE.contains(&year.number) {
        return;
    }
    if first > 12 || second > 12 || first == second || first == 0 || second == 0 {
        return;
    }
    let when = match draft.language {
        Language::English => When::Always,
        Language::Thai | Language::Vietnamese | Language::Lao => When::MonthFirst,
        Language::Unknown => When::OrderDoubtful,
    };
    draft.note(DateFault::AmbiguousOrder, false);
    draft.only_when(DateFaultClass::AmbiguousOrder, when);
}

/// The era of an unmarked Thai year and the edits that write it in the other one: the document's tally and the rule
/// about mixed eras need them.
fn unmarked(text: &str, draft: &DateDraft) -> Option<UnmarkedYears> {
    if draft.language != Language::Thai && draft.language != Language::Unknown
        || !draft.mention
        || draft.years.is_empty()
    {
        return None;
    }
    // ISO 8601 counts in the Common Era by definition.
    let core = draft.core.slice(text).as_bytes();
    if core.len() == 10 && core[..4].iter().all(u8::is_ascii_digit) && core[4] == b'-' {
        return None;
    }
    let mut era = None;
    let mut years = SmallVec::new();
    for at in &draft.years {
        if at.year.mark.is_some() || at.year.digits != 4 || paired(text, at.span) {
            return None;
        }
        let (Some(common), Some(its), _) = at.year.read(Language::Thai) else { return None };
        if era.is_some_and(|era| era != its) {
            return None;
        }
        era = Some(its);
        years.push((
            at.span,
            if its == Era::Buddhist { common } else { common + windows::BUDDHIST_OFFSET as u16 },
            at.digits,
        ));
    }
    Some(UnmarkedYears { era: era?, thai: draft.language == Language::Thai, years })
}

/// Returns whether a year in parentheses behind explains the one before: `2567 (ค.ศ. 2024)`, `2567 (2024)`.
fn paired(text: &str, span: Span) -> bool {
    let after = text[span.end as usize..].trim_start();
    let before = text[..span.start as usize].trim_end();
    let explains = after.starts_with('(')
        && after[1..].trim_start_matches([' ', '.', 'ค', 'พ', 'ศ']).starts_with(|c: char| c.is_numeric())
        && after[1..].chars().take(24).take_while(|c| *c != ')').filter(|c| c.is_numeric()).count() == 4;
    let explained = before.ends_with('(') && before[..before.len() - 1].trim_end().ends_with(|c: char| c.is_numeric());
    explains || explained
}

/// The notes as faults, with the one correction.
fn faults(text: &str, draft: &DateDraft) -> Vec<Fault<DateFault>> {
    if draft.notes.is_empty() {
        return Vec::new();
    }
    let correction = correction(text, draft);
    draft
        .notes
        .iter()
        .map(|note: &DateNote| {
            let span = note.span.unwrap_or(draft.core);
            Fault {
                kind: note.fault.clone(),
                span,
                surface: span.slice(text).into(),
                when: note.when,
                correction: if note.decided { correction.clone() } else { None },
            }
        })
        .collect()
}

fn correction(text: &str, draft: &DateDraft) -> Option<Correction> {
    if !draft.notes.iter().any(|note| note.decided) || draft.edits.is_empty() {
        return None;
    }
    let mut edits = draft.edits.clone();
    edits.sort_by_key(|(span, _)| (span.start, span.end));
    let start = edits[0].0.start;
    let mut end = start;
    let mut right = CompactString::default();
    for (span, new) in &edits {
        if span.start < end || span.start == end && span.is_empty() && end > start && right.ends_with(' ') {
            continue;
        }
        right.push_str(&text[end as usize..span.start as usize]);
        right.push_str(new);
        end = span.end;
    }
    // What stays wrong after the repair may be wrong because of it: `31 พฤศจิกาคม` may be November or May.
    let mut faults = draft.notes.iter().filter(|note| note.fault.class() != DateFaultClass::AmbiguousOrder);
    // A tab may part two columns of a table.
    let safe = faults.all(|note| note.decided && is_certain(note, draft)) && !draft.core.slice(text).contains('\t');
    Some(Correction::replace(Span::new(start, end), right, safe))
}

/// Returns whether the repair of a fault is the only one under every reading, and no matter of style.
fn is_certain(note: &DateNote, draft: &DateDraft) -> bool {
    match note.fault.class() {
        DateFaultClass::MisspeltMonth
        | DateFaultClass::MisspeltUnit
        | DateFaultClass::LetterForDigit
        | DateFaultClass::MixedDigits
        | DateFaultClass::DuplicateWord
        | DateFaultClass::EraMarkTypo
        | DateFaultClass::InnerSpace
        | DateFaultClass::WrongSeparator => !note.doubtful && !draft.years.iter().any(|at| at.year.clashes()),
        // Days and months, ends, eras and weekdays are wrong on either side; abbreviations are a matter of style.
        _ => false,
    }
}
