//! Dates and references: which date belongs to which reference, and what the date says about it.

use super::check::absence;
use super::fact::{DateLink, DecreeFact};
use super::fault::DecreeFault;
use super::fold;
use super::symbol::{DecreeForm, DecreeSymbol};
use super::table::{AgencyEntry, DecreeTable, builtin};
use crate::recognise::fault::Fault;
use crate::recognise::profile::When;
use crate::text::Span;

/// Joins every fact with the date that directly follows it and widens its extent over the date.
///
/// `dates` are the core and the extent (with lead words) of each date of the segment, in order; `text` is the segment.
pub fn link_dates(facts: &mut [DecreeFact], dates: &[(Span, Span)], text: &str, table: &DecreeTable) {
    const WIDEST: u32 = 90;
    for at in 0..facts.len() {
        let end = facts[at].core.end;
        let next = facts.get(at + 1).map_or(u32::MAX, |next| next.core.start);
        let first = dates.partition_point(|(core, _)| core.start < end);
        let Some(&(core, extent)) = dates.get(first) else { continue };
        if core.start >= next || core.start - end > WIDEST {
            continue;
        }
        let Some(between) = text.get(end as usize..core.start as usize) else { continue };
        // What stands in the next cell of a table is said of something else.
        if between.contains(['|', '\t']) {
            continue;
        }
        let between = fold::phrase(between);
        let words = between
            .trim_matches(|ch: char| ch.is_whitespace() || matches!(ch, ',' | '(' | ':' | '-' | '–' | '*' | '\u{A0}'));
        if !builtin::BEFORE_A_DATE.contains(&words) {
            continue;
        }
        let contradicts = match (facts[at].symbol.year, year_of(core.slice(text))) {
            (Some(symbol), Some(date)) => symbol != date,
            _ => false,
        };
        if contradicts && (!is_firm(&between, words, core.slice(text)) || is_of_outer(&facts[..at], core, text))
            || is_of_other_issuer(&facts[at], &text[extent.end.max(core.end) as usize..], table)
        {
            continue;
        }
        let fact = &mut facts[at];
        fact.date = Some(DateLink { index: first as u32, core });
        fact.extent = fact.extent.cover(Span::new(core.start, extent.end.max(core.end)));
    }
}

/// The year of a date that is written with four digits, in the Common Era.
fn year_of(date: &str) -> Option<i16> {
    let digit = |ch: char| ch.to_digit(10).or_else(|| ('๐'..='๙').contains(&ch).then(|| ch as u32 - '๐' as u32));
    let mut runs = date.split(|ch: char| digit(ch).is_none()).filter(|run| run.chars().count() == 4);
    let year = runs.next_back()?.chars().filter_map(digit).fold(0, |year, digit| year * 10 + digit as i16);
    // Years of the Buddhist Era from 1945 on; no symbol is older.
    Some(if year >= 2488 { year - 543 } else { year })
}

/// Returns whether the words between tie a date to the reference so firmly that its year may contradict the symbol's: a
/// word such as "dated" and no punctuation, and a date that is more than a year.
fn is_firm(between: &str, words: &str, date: &str) -> bool {
    let is_more_than_year = date.chars().filter(|ch| ch.is_numeric()).count() > 4;
    let is_plain = between.chars().all(|ch| ch.is_alphabetic() || ch.is_whitespace() || !ch.is_ascii());
    is_more_than_year && is_plain && !words.is_empty()
}

/// Returns whether a reference before, not far away, bears the year of the date: in "Decree 15/2021 that amends Decree
/// 30/2018 dated 15 March 2021" the date is the outer document's.
fn is_of_outer(before: &[DecreeFact], date: Span, text: &str) -> bool {
    /// Most bytes between the outer reference and the date.
    const FARTHEST: u32 = 300;
    let year = year_of(date.slice(text));
    before.iter().rev().take(3).any(|outer| date.start - outer.core.end <= FARTHEST && outer.symbol.year == year)
}

/// Returns whether the words behind a date name an issuer that is not the reference's: in "… that amends Decree
/// 30/2018/NĐ-CP dated 15 March 2021 of the Ministry of Finance" the date is the outer document's.
fn is_of_other_issuer(fact: &DecreeFact, behind: &str, table: &DecreeTable) -> bool {
    /// Most characters of "of", an office and a name.
    const LONGEST: usize = 80;
    let behind: String = behind.chars().take(LONGEST).collect();
    let behind = fold::phrase(&behind);
    let behind = behind.trim_start_matches([' ', ',', ')', '\u{A0}']);
    let Some(named) = builtin::OF_ISSUER.iter().find_map(|of| behind.strip_prefix(*of)) else { return false };
    let without_office = builtin::OFFICE_OF_ISSUER.iter().find_map(|office| named.strip_prefix(*office));
    let begins = |entry: &AgencyEntry| {
        let mut names = entry.vi.split(" / ").chain(entry.en.split(" / ")).map(fold::phrase);
        names.any(|name| [Some(named), without_office].into_iter().flatten().any(|text| text.starts_with(&*name)))
    };
    let Some(letters) = fact.symbol.agency.as_deref() else { return false };
    let letters = letters.split(['-', '/']).map(|letters| letters.trim_end_matches(|ch: char| ch.is_ascii_digit()));
    let mut own = letters.flat_map(|letters| table.periods(letters)).peekable();
    // Its own name first: that is the usual case, and the whole table is long.
    own.peek().is_some() && !own.any(begins) && table.agencies().iter().any(begins)
}

/// Returns whether a date in `year` (Common Era) contradicts the year in the symbol.
pub fn date_year_mismatch(symbol: &DecreeSymbol, year: i16) -> bool {
    symbol.year.is_some_and(|own| own != year)
}

/// The fault of a reference whose linked date lies in `year` (Common Era), if that contradicts its symbol.
pub fn date_year_fault(fact: &DecreeFact, year: i16) -> Option<Fault<DecreeFault>> {
    let own = fact.symbol.year.filter(|_| date_year_mismatch(&fact.symbol, year))?;
    Some(fault(fact, DecreeFault::DateYearMismatch { symbol: own, date: year }))
}

/// The fault of a reference without a year whose issuer did not exist on its linked date (year, month, day; month and
/// day 0 where unknown). Symbols with a year are judged while they are read.
pub fn agency_fault_on(fact: &DecreeFact, day: (i16, u8, u8), table: &DecreeTable) -> Option<Fault<DecreeFault>> {
    if fact.symbol.year.is_some() || fact.form == DecreeForm::Historic {
        return None;
    }
    let issuer = fact.symbol.agency.as_deref()?.split('-').next()?;
    let (year, month, _) = day;
    let mut periods = table.periods(issuer).peekable();
    let exists = |entry: &AgencyEntry| if month == 0 { entry.existed_in(year) } else { entry.existed_on(day) };
    let gone = periods.peek().is_some() && !periods.any(exists);
    gone.then(|| fault(fact, DecreeFault::AgencyNotExistingThen(Box::new(absence(issuer, year, table)))))
}

fn fault(fact: &DecreeFact, kind: DecreeFault) -> Fault<DecreeFault> {
    let surface = fact.symbol.reference.clone();
    Fault { kind, span: fact.core, surface, when: When::Always, correction: None }
}
