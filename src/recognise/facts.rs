//! The facts of one segment, and the context in which they were recognised.
//!
//! [`analyse`] is a function of the [`Ctx`] and the segment's text alone, so its result may be kept, shared and
//! compared. Offsets count bytes of the segment; since a closed file keeps no text, [`OffsetCounts`] holds for each
//! offset that occurs in a fact what no later reader could work out: its count in code points and UTF-16.

use std::cell::RefCell;
use std::sync::{Arc, LazyLock};

use serde::{Deserialize, Serialize};
use smallvec::SmallVec;

use super::date::DateFact;
use super::decree::DecreeFact;
use super::fault::Fault;
use super::name::address::{AddressFact, AddressForm};
use super::name::{NameFact, alias::Aliases, phonetic, phonetic_match, title::Titles};
use super::pattern::{PatternFact, Patterns};
use super::profile::{DocumentProfile, Tally};
use super::text_fault::TextFault;
use super::{date, decree, gate, pattern, text_fault};
use crate::text::fold::Folded;
use crate::text::{Place, Position, Span, position};

/// Everything compiled that recognition needs. Cloning is cheap.
#[derive(Clone)]
pub struct Ctx {
    /// The registry's names.
    pub names: LazyNameSearch,
    /// Types and agencies of legal documents.
    pub decrees: Arc<decree::DecreeTable>,
    /// The user's own kinds of mentions.
    pub patterns: Arc<Patterns>,
}

/// A registry's names as they are searched for; compiled when they first are, since a run that finds all texts in its
/// cache searches for none. Cloning is cheap.
#[derive(Clone)]
pub struct LazyNameSearch(Arc<LazyLock<NameSearch, Compile>>);

type Compile = Box<dyn FnOnce() -> NameSearch + Send>;

impl LazyNameSearch {
    /// Names that `compile` makes. It may be called on any thread, also on one of a pool that others wait for, and must
    /// not wait for that pool itself.
    pub fn new(compile: impl FnOnce() -> NameSearch + Send + 'static) -> Self {
        Self(Arc::new(LazyLock::new(Box::new(compile))))
    }
}

impl std::ops::Deref for LazyNameSearch {
    type Target = NameSearch;

    fn deref(&self) -> &NameSearch {
        &self.0
    }
}

/// The searches for a registry's names. Cloning is cheap.
#[derive(Clone)]
pub struct NameSearch {
    /// The spellings.
    pub aliases: Aliases,
    /// The people, to be found in spellings that nobody has listed.
    pub sounds: phonetic::PhoneticIndex,
    /// The organisations and people, as titles name them.
    pub titles: Arc<Titles>,
}

impl std::fmt::Debug for Ctx {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Ctx").finish_non_exhaustive()
    }
}

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
    /// Mentions of the user's own kinds, by start, outer first; those of one kind disjoint.
    pub patterns: Vec<PatternFact>,
    /// Faults of the text itself, sorted.
    pub text_faults: Vec<Fault<TextFault>>,
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
            && self.patterns.is_empty()
            && self.text_faults.is_empty()
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
        table: &decree::DecreeTable,
    ) -> SmallVec<[Fault<decree::DecreeFault>; 1]> {
        let date = decree.date.as_ref().and_then(|link| self.dates.get(link.index as usize));
        let Some(value) = date.and_then(|date| date.reading(profile).value) else { return SmallVec::new() };
        let Some(day) = value.first_day() else { return SmallVec::new() };
        let (month, day_of_month) = if value.is_full_day() { (day.month() as u8, day.day() as u8) } else { (0, 0) };
        let year = decree::date_year_fault(decree, day.year());
        year.into_iter().chain(decree::agency_fault_on(decree, (day.year(), month, day_of_month), table)).collect()
    }

    /// Gives back the room into which lists grew: facts are many and stay.
    fn keep_no_more(&mut self) {
        self.names.shrink_to_fit();
        self.dates.shrink_to_fit();
        self.decrees.shrink_to_fit();
        self.patterns.shrink_to_fit();
        self.text_faults.shrink_to_fit();
    }

    fn offsets(&self) -> Vec<u32> {
        let mut offsets = Vec::new();
        let mut add = |span: Span| offsets.extend([span.start, span.end]);
        for name in self.names.iter().chain(self.addresses.iter().map(|address| &address.name)) {
            add(name.span);
            add(name.extent);
            name.glued.into_iter().for_each(&mut add);
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
        for pattern in &self.patterns {
            add(pattern.span);
            pattern.faults.iter().for_each(|fault| fault_spans(fault, &mut add));
        }
        self.text_faults.iter().for_each(|fault| fault_spans(fault, &mut add));
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

thread_local! {
    /// Folding reuses its buffers: one segment after another on each thread.
    static FOLDED: RefCell<Folded> = RefCell::default();
}

/// Looks at one segment (see [`segment`](crate::text::segment)): a line with its end, or a piece of a long one.
pub fn analyse(ctx: &Ctx, text: &str) -> (SegmentFacts, Tally) {
    FOLDED.with_borrow_mut(|folded| {
        let mut facts = recognise(ctx, text, folded);
        // Few segments have a safe fix, so that the proof may fold in a buffer of its own.
        gate::prove(text, &mut facts, |fixed| recognise(ctx, fixed, &mut Folded::default()));
        facts.masthead = masthead(text, &facts.dates);
        let offsets = facts.offsets();
        facts.marks = OffsetCounts::new(text, &offsets);
        facts.keep_no_more();
        let tally = tally(text, folded, &facts);
        (facts, tally)
    })
}

/// Everything that is recognised in a segment, without counts of offsets.
fn recognise(ctx: &Ctx, text: &str, folded: &mut Folded) -> SegmentFacts {
    folded.fold(text);
    let mut facts = SegmentFacts { decrees: decree::find(text, &ctx.decrees), ..SegmentFacts::default() };
    let taken: Vec<Span> = facts.decrees.iter().map(|decree| decree.core).collect();
    facts.dates = date::find(text, &taken);
    let NameSearch { aliases, sounds, titles } = &*ctx.names;
    let (names, title_words) = aliases.find(text, folded);
    facts.names = names;
    if folded.letters.thai > 0 && !sounds.is_empty() {
        phonetic_match::add(sounds, text, &facts.decrees, &facts.dates, &mut facts.names);
    }
    if !titles.is_empty() {
        facts.addresses = titles.find(text, folded, title_words, &mut facts.names);
    }
    facts.patterns = ctx.patterns.find(text);
    if !facts.patterns.is_empty() {
        pattern::nest(&mut facts.patterns, &mut facts.names, &mut facts.dates, &mut facts.decrees);
    }
    let dates: Vec<(Span, Span)> = facts.dates.iter().map(|date| (date.core, date.extent)).collect();
    decree::link_dates(&mut facts.decrees, &dates, text, &ctx.decrees);
    facts.text_faults = text_fault::find(text, folded.seen);
    facts
}

/// A masthead is a short line that a date ends.
fn masthead(text: &str, dates: &[DateFact]) -> Option<u16> {
    const LONGEST: usize = 300; // bytes: about a hundred Thai letters
    let line = text.trim_end();
    let last = dates.last()?;
    (line.len() <= LONGEST && last.core.end as usize == line.len()).then(|| dates.len() as u16 - 1)
}

fn tally(text: &str, folded: &Folded, facts: &SegmentFacts) -> Tally {
    let letters = folded.letters;
    let mut tally = Tally {
        thai: letters.thai,
        lao: letters.lao,
        latin: letters.latin,
        vietnamese: letters.vietnamese,
        ..Tally::default()
    };
    match text.as_bytes() {
        [.., b'\r', b'\n'] => tally.crlf = 1,
        [.., b'\n'] => tally.lf = 1,
        [.., b'\r'] => tally.cr = 1,
        _ => {}
    }
    date::tally(&facts.dates, &mut tally);
    tally
}
