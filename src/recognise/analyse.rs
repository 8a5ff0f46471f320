//! The analysis of one segment: every recogniser in its turn, then the proof of the fixes.
//!
//! [`analyse`] is a function of the [`Ctx`] and the segment's text alone, so its result may be kept, shared and
//! compared. Deliberately absent: the facts themselves ([`facts`](super::facts)).

use std::borrow::Cow;
use std::cell::RefCell;
use std::sync::{Arc, LazyLock};

use super::date::DateFact;
use super::decision::{DecidedFacts, DecisionTable, FileDecisions};
use super::facts::SegmentFacts;
use super::name::{alias::Aliases, phonetic, phonetic_match, title::Titles};
use super::pattern::Patterns;
use super::profile::{LanguageSet, Tally};
use super::{date, decree, gate, pattern, text_fault};
use crate::text::byte_map::ByteClass;
use crate::text::fold::{LetterCounts, OddSigns, Survey};
use crate::text::surveyed::Surveyed;
use crate::text::{Span, conflict};

/// Everything compiled that recognition needs. Cloning is cheap.
#[derive(Clone)]
pub struct Ctx {
    /// The registry's names.
    pub names: LazyNameSearch,
    /// Types and agencies of legal documents.
    pub decrees: Arc<decree::DecreeTable>,
    /// The user's own kinds of mentions.
    pub patterns: Arc<Patterns>,
    /// The languages whose dates are recognised.
    pub languages: LanguageSet,
    /// The decisions of a person about mentions of the corpus.
    pub decisions: Arc<DecisionTable>,
    /// Those among them that hold in the file that is analysed (see [`Ctx::for_path`]).
    pub decided: Option<Arc<FileDecisions>>,
}

impl Ctx {
    /// The context for a file, named from the configuration's folder with `/`: another one where a person has decided
    /// about mentions in it.
    pub fn for_path(&self, path: &str) -> Cow<'_, Self> {
        match self.decisions.of_file(path) {
            Some(decided) => Cow::Owned(Self { decided: Some(decided), ..self.clone() }),
            None => Cow::Borrowed(self),
        }
    }
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

impl NameSearch {
    /// Returns whether anybody or anything is registered that a text may name.
    fn any(&self) -> bool {
        !self.aliases.is_empty() || !self.titles.is_empty()
    }
}

impl std::fmt::Debug for Ctx {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Ctx").finish_non_exhaustive()
    }
}

thread_local! {
    /// The buffers are used again: one segment after another on each thread.
    static SURVEYED: RefCell<Surveyed> = RefCell::default();
}

/// A segment after it was looked at.
pub struct SegmentAnalysis {
    /// No facts where there is nothing to tell, which is so of most.
    pub facts: Option<Arc<SegmentFacts>>,
    /// The part of the segment in the profile of its document.
    pub tally: Tally,
    /// Code points.
    pub chars: u32,
}

/// Looks at one segment (see [`segment`](crate::text::segment)): a line with its end, or a piece of a long one.
pub fn analyse(ctx: &Ctx, text: &str) -> SegmentAnalysis {
    SURVEYED.with_borrow_mut(|surveyed| {
        surveyed.survey(text);
        analyse_surveyed(ctx, text, surveyed)
    })
}

/// Looks at the segments that make up a text, one after the other, and hands each to `each` with what was found. `each`
/// must not wait for other threads.
pub fn analyse_all<'t>(
    ctx: &Ctx,
    text: &'t str,
    segments: impl IntoIterator<Item = &'t str>,
    mut each: impl FnMut(&'t str, SegmentAnalysis),
) {
    SURVEYED.with_borrow_mut(|surveyed| {
        surveyed.begin();
        let mut start = 0;
        for segment in segments {
            let end = start + segment.len();
            surveyed.survey_segment(text, start..end);
            each(segment, analyse_surveyed(ctx, segment, surveyed));
            start = end;
        }
    });
}

fn analyse_surveyed(ctx: &Ctx, text: &str, surveyed: &mut Surveyed) -> SegmentAnalysis {
    let chars = surveyed.map.chars();
    let letters = surveyed.survey.letters;
    let is_quiet = is_quiet(text, surveyed);
    if is_quiet && !ctx.names.any() && ctx.patterns.is_empty() && ctx.decided.is_none() {
        return SegmentAnalysis { facts: None, tally: tally(text, letters, &[]), chars };
    }
    let mut facts = SegmentFacts::default();
    recognise(ctx, text, surveyed, is_quiet, &mut facts);
    if !facts.is_empty() {
        // Few segments have a safe fix, so that the proof may have buffers of its own.
        gate::prove(text, &mut facts, |fixed| {
            let mut facts = SegmentFacts::default();
            let mut surveyed = Surveyed::default();
            surveyed.survey(fixed);
            recognise(ctx, fixed, &mut surveyed, false, &mut facts);
            facts
        });
    }
    if let Some(decided) = &ctx.decided {
        facts.decided = decided.apply(
            text,
            DecidedFacts {
                names: &mut facts.names,
                addresses: &mut facts.addresses,
                dates: &mut facts.dates,
                decrees: &mut facts.decrees,
                short_references: &mut facts.short_references,
                patterns: &mut facts.patterns,
            },
        );
    }
    facts.masthead = masthead(text, &facts.dates);
    let tally = tally(text, letters, &facts.dates);
    if facts.is_empty() {
        return SegmentAnalysis { facts: None, tally, chars };
    }
    facts.finish(text);
    SegmentAnalysis { facts: Some(Arc::new(facts)), tally, chars }
}

/// Returns whether nothing stands in a surveyed segment with which a date, a reference or a fault of the text may
/// begin.
fn is_quiet(text: &str, Surveyed { map, survey, .. }: &Surveyed) -> bool {
    !map.has(ByteClass::Digit)
        && !decree::may_be_in(text, map)
        && survey.seen == OddSigns::default()
        && !date::may_begin(text, map)
        && conflict::marker(text).is_none()
}

/// Adds everything that is recognised in a surveyed segment to `facts`, without counts of offsets. Where it `is_quiet`,
/// only names and the user's own kinds are looked for.
fn recognise(ctx: &Ctx, text: &str, surveyed: &mut Surveyed, is_quiet: bool, facts: &mut SegmentFacts) {
    // The fold is for names: where nobody is registered, it is not made.
    let is_anybody_named = ctx.names.any();
    if is_anybody_named {
        surveyed.fold(text);
    }
    let Surveyed { map, survey: Survey { letters, seen }, .. } = &*surveyed;
    if !is_quiet {
        facts.decrees = decree::find_mapped(text, map, &ctx.decrees);
        let taken: Vec<Span> = facts.decrees.iter().map(|decree| decree.core).collect();
        facts.dates = date::find_mapped(text, map, &taken);
        facts.dates.retain(|date| ctx.languages.holds(date.language));
    }
    if is_anybody_named {
        add_names(&ctx.names, text, surveyed, letters.thai > 0, facts);
    }
    facts.patterns = ctx.patterns.find(text);
    if !facts.patterns.is_empty() {
        pattern::nest(&mut facts.patterns, &mut facts.names, &mut facts.dates, &mut facts.decrees);
    }
    if !is_quiet {
        let dates: Vec<(Span, Span)> = facts.dates.iter().map(|date| (date.core, date.extent)).collect();
        decree::link_dates(&mut facts.decrees, &dates, text, &ctx.decrees);
        facts.short_references = decree::find_short(text, map, &facts.decrees, &facts.dates, &ctx.decrees);
        facts.text_faults = text_fault::find(text, map, *seen);
    }
}

/// Adds the names and the people addressed, by their spellings and, in Thai, by their sound.
fn add_names(search: &NameSearch, text: &str, surveyed: &Surveyed, is_thai: bool, facts: &mut SegmentFacts) {
    let NameSearch { aliases, sounds, titles } = search;
    let title_words;
    (facts.names, title_words) = aliases.find(text, surveyed);
    if is_thai && !sounds.is_empty() {
        phonetic_match::add(sounds, text, surveyed.map.thai(), &facts.decrees, &facts.dates, &mut facts.names);
    }
    if !titles.is_empty() {
        facts.addresses = titles.find(text, &surveyed.folded, title_words, &mut facts.names);
    }
}

/// A masthead is a short line that a date ends.
fn masthead(text: &str, dates: &[DateFact]) -> Option<u16> {
    const LONGEST: usize = 300; // bytes: about a hundred Thai letters
    let line = text.trim_end();
    let last = dates.last()?;
    (line.len() <= LONGEST && last.core.end as usize == line.len()).then(|| dates.len() as u16 - 1)
}

fn tally(text: &str, letters: LetterCounts, dates: &[DateFact]) -> Tally {
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
    date::tally(dates, &mut tally);
    tally
}
