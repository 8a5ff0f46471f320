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
pub fn link_dates(facts: &mut [DecreeFact], dates: &[(Span, Span)], text: &str) {
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
        let between = fold::phrase(between);
        let words = between.trim_matches(|ch: char| {
            ch.is_whitespace() || matches!(ch, ',' | '(' | '|' | ':' | '-' | '–' | '*' | '\u{A0}')
        });
        if !builtin::BEFORE_A_DATE.contains(&words) {
            continue;
        }
        let fact = &mut facts[at];
        fact.date = Some(DateLink { index: first as u32, core });
        fact.extent = fact.extent.cover(Span::new(core.start, extent.end.max(core.end)));
    }
}

/// Whether a date in `year` (Common Era) contradicts the year in the symbol.
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
