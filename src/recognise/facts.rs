//! The facts of one segment.
//!
//! Offsets count bytes of the segment; since a closed file keeps no text, [`OffsetCounts`] holds for each offset that
//! occurs in a fact the counts that no later reader could work out: those in code points and UTF-16. Deliberately
//! absent: how a segment is analysed ([`analyse`](super::analyse)).

use serde::{Deserialize, Serialize};
use smallvec::SmallVec;

use super::date::DateFact;
use super::decision::DecidedSpan;
use super::decree::{self, DecreeFact, DecreeFault, DecreeTable, ShortReference};
use super::fault::Fault;
use super::name::NameFact;
use super::name::address::{AddressFact, AddressForm};
use super::pattern::PatternFact;
use super::profile::DocumentProfile;
use super::text_fault::TextFault;
use crate::text::{Place, Position, Span, position};

/// The facts of one segment.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct SegmentFacts {
    /// Names, sorted by start, outer first.
    pub names: Vec<NameFact>,
    /// People addressed, sorted.
    pub addresses: Vec<AddressFact>,
    /// Dates, sorted, disjoint.
    pub dates: Vec<DateFact>,
    /// Decree references, sorted, disjoint.
    pub decrees: Vec<DecreeFact>,
    /// References in short, sorted, apart from what is in the other lists: mentions where the document tells which.
    pub short_references: Vec<ShortReference>,
    /// Mentions of the user's own kinds, by start, outer first; those of one kind disjoint.
    pub patterns: Vec<PatternFact>,
    /// Faults of the text itself, sorted.
    pub text_faults: Vec<Fault<TextFault>>,
    /// The places about which a person decided, sorted.
    pub decided: Vec<DecidedSpan>,
    /// The number of the date that ends a short line, as a masthead has it.
    pub masthead: Option<u16>,
    /// Counts for the offsets that occur above.
    marks: OffsetCounts,
}

impl SegmentFacts {
    /// Returns whether there is nothing to tell.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
            && self.addresses.is_empty()
            && self.dates.is_empty()
            && self.decrees.is_empty()
            && self.short_references.is_empty()
            && self.patterns.is_empty()
            && self.text_faults.is_empty()
            && self.decided.is_empty()
    }

    /// Returns whether a person decided about the mention at a span.
    pub fn is_decided(&self, span: Span) -> bool {
        self.decided.iter().any(|decided| decided.span == span)
    }

    /// Returns whether somebody in it may be named in short.
    pub fn names_in_short(&self) -> bool {
        self.addresses.iter().any(|address| matches!(address.how, AddressForm::Given(_) | AddressForm::Title { .. }))
    }

    /// Returns where a span that occurs in a fact lies, in a file in which the segment starts at `start`.
    pub fn place(&self, start: Position, span: Span) -> Place {
        Place { start: self.marks.position(start, span.start), end: self.marks.position(start, span.end) }
    }

    /// Returns the faults of a citation that the date beside it shows: what it means is known only with the document's
    /// profile.
    pub fn faults_by_date(
        &self,
        decree: &DecreeFact,
        profile: &DocumentProfile,
        table: &DecreeTable,
    ) -> SmallVec<[Fault<DecreeFault>; 1]> {
        let date = decree.date.as_ref().and_then(|link| self.dates.get(link.index as usize));
        let Some(value) = date.and_then(|date| date.reading(profile).value) else { return SmallVec::new() };
        let Some(day) = value.first_day() else { return SmallVec::new() };
        let (month, day_of_month) = if value.is_full_day() { (day.month() as u8, day.day() as u8) } else { (0, 0) };
        let year = decree::date_year_fault(decree, day.year());
        year.into_iter().chain(decree::agency_fault_on(decree, (day.year(), month, day_of_month), table)).collect()
    }

    /// Ends the analysis of `text`: counts the offsets that the facts name, and gives back spare memory.
    pub(super) fn finish(&mut self, text: &str) {
        self.marks = OffsetCounts::new(text, &self.offsets());
        self.keep_no_more();
    }

    /// Gives back the room into which lists grew: facts are many and stay.
    fn keep_no_more(&mut self) {
        self.names.shrink_to_fit();
        self.dates.shrink_to_fit();
        self.decrees.shrink_to_fit();
        self.short_references.shrink_to_fit();
        self.patterns.shrink_to_fit();
        self.text_faults.shrink_to_fit();
    }

    fn offsets(&self) -> Vec<u32> {
        let mut offsets = Vec::new();
        let mut add = |span: Span| offsets.extend([span.start, span.end]);
        for name in self.names.iter().chain(self.addresses.iter().map(|address| &address.name)) {
            add(name.span);
            add(name.extent);
            name.glued.map(|glued| glued.at).into_iter().for_each(&mut add);
            name.stray_spaces.iter().copied().for_each(&mut add);
        }
        for date in &self.dates {
            add(date.core);
            add(date.extent);
            date.faults.iter().for_each(|fault| fault_spans(fault, &mut add));
            date.in_other_era().iter().flat_map(|other| &other.edits).for_each(|(span, _)| add(*span));
        }
        for decree in &self.decrees {
            add(decree.core);
            add(decree.extent);
            decree.type_word.iter().for_each(|word| add(word.span));
            decree.date.iter().for_each(|date| add(date.core));
            decree.incomplete.iter().for_each(|incomplete| add(incomplete.edit));
            decree.faults.iter().for_each(|fault| fault_spans(fault, &mut add));
        }
        for short in &self.short_references {
            add(short.core);
            add(short.extent);
        }
        for pattern in &self.patterns {
            add(pattern.span);
            pattern.faults.iter().for_each(|fault| fault_spans(fault, &mut add));
        }
        self.text_faults.iter().for_each(|fault| fault_spans(fault, &mut add));
        self.decided.iter().for_each(|decided| add(decided.span));
        offsets.sort_unstable();
        offsets.dedup();
        offsets
    }
}

fn fault_spans<K>(fault: &Fault<K>, add: &mut impl FnMut(Span)) {
    add(fault.span);
    for (span, _) in fault.correction.iter().flat_map(|correction| &correction.edits) {
        add(*span);
    }
}

/// Byte offsets of a segment with their counts in code points and UTF-16, sorted. Empty where all three are the same.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
struct OffsetCounts(Box<[OffsetCount]>);

#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
struct OffsetCount {
    byte: u16,
    char: u16,
    utf16: u16,
}

impl OffsetCounts {
    /// Counts at `offsets` of `text`, sorted ones.
    fn new(text: &str, offsets: &[u32]) -> Self {
        if text.is_ascii() {
            return Self::default();
        }
        let mut at = OffsetCount { byte: 0, char: 0, utf16: 0 };
        let marks = offsets.iter().map(|&offset| {
            let piece = &text[at.byte as usize..offset as usize];
            at.byte = offset as u16;
            at.char += position::chars(piece) as u16;
            at.utf16 += position::utf16_len(piece) as u16;
            at
        });
        Self(marks.collect())
    }

    fn position(&self, start: Position, byte: u32) -> Position {
        let (char, utf16) = if self.0.is_empty() {
            (byte, byte)
        } else {
            let at = self.0.partition_point(|mark| u32::from(mark.byte) <= byte);
            let mark = at.checked_sub(1).map_or(OffsetCount { byte: 0, char: 0, utf16: 0 }, |at| self.0[at]);
            debug_assert_eq!(u32::from(mark.byte), byte, "an offset that no fact named");
            (u32::from(mark.char), u32::from(mark.utf16))
        };
        Position {
            byte: start.byte + byte,
            char: start.char + char,
            line: start.line,
            column_byte: start.column_byte + byte,
            column_char: start.column_char + char,
            column_utf16: start.column_utf16 + utf16,
        }
    }
}
