//! Decisions of a person about mentions: `[[decide]]` in `scholiast.toml`, resolved against the registry.
//!
//! A [`DecisionTable`] holds all of a corpus, [`FileDecisions`] those that hold in one file. They are applied to the
//! facts of a segment while its text is at hand, after everything else: whoever reads facts sees what the person
//! decided. Deliberately absent: the findings about decisions that decide nothing (`rules/`).

use std::sync::{Arc, Mutex, PoisonError};

use compact_str::CompactString;
use daachorse::{DoubleArrayAhoCorasick, DoubleArrayAhoCorasickBuilder, MatchKind};
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use smallvec::{SmallVec, smallvec};
use unicode_normalization::UnicodeNormalization;

use super::date::DateFact;
use super::decree::{self, DecreeFact, DecreeSymbol, DecreeTable, ShortReference};
use super::name::address::{AddressFact, AddressForm};
use super::name::{NameClass, NameFact, Via};
use super::pattern::PatternFact;
use super::profile::Language;
use crate::config::{Config, Decision, GlobIndex};
use crate::registry::{EntityIx, EntityKind, Registry};
use crate::text::Span;

/// Characters before and behind a mention in which the words of `near` are looked for: about the sentence around it.
const NEAR: usize = 120;

/// The decisions of a corpus.
#[derive(Debug, Default)]
pub struct DecisionTable {
    all: Vec<ResolvedDecision>,
    paths: GlobIndex,
    /// The decisions of files by their numbers: mostly many files have the same.
    of_files: Mutex<FxHashMap<Vec<usize>, Arc<FileDecisions>>>,
}

/// A decision with the entity that its id names.
#[derive(Clone, PartialEq, Eq, Debug)]
struct ResolvedDecision {
    key: u64,
    /// In NFC, as is `near`.
    text: CompactString,
    near: Option<CompactString>,
    is: DecidedMeaning,
}

/// The meaning that a person gave a mention.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum DecidedMeaning {
    /// It is no mention.
    Nothing,
    /// It is an entity with a name.
    Entity(EntityIx, EntityKind),
    /// It is a legal document of the registry.
    Decree(DecreeSymbol),
    /// Nobody has the id: the mention stays as it was recognised.
    Unknown,
}

/// The decisions that hold in one file.
#[derive(Default)]
pub struct FileDecisions {
    all: Vec<ResolvedDecision>,
    by_text: FxHashMap<CompactString, SmallVec<[usize; 1]>>,
    /// The texts that are an entity, to be found where nothing was recognised.
    texts: Option<DoubleArrayAhoCorasick<u32>>,
}

/// A place about which a person decided.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct DecidedSpan {
    /// The mention, in bytes of the segment.
    pub span: Span,
    /// The key of the decision (see [`Decision::key`]).
    pub key: u64,
}

/// The lists of facts of a segment to which decisions are applied.
pub struct DecidedFacts<'f> {
    /// Names.
    pub names: &'f mut Vec<NameFact>,
    /// People addressed.
    pub addresses: &'f mut Vec<AddressFact>,
    /// Dates.
    pub dates: &'f mut Vec<DateFact>,
    /// References.
    pub decrees: &'f mut Vec<DecreeFact>,
    /// References in short.
    pub short_references: &'f mut Vec<ShortReference>,
    /// Mentions of the user's kinds.
    pub patterns: &'f mut Vec<PatternFact>,
}

impl DecisionTable {
    /// The decisions of a configuration; ids are looked up in `registry`.
    pub fn new(config: &Config, registry: &Registry, decrees: &DecreeTable) -> Self {
        let resolve = |decision: &Decision| ResolvedDecision {
            key: decision.key,
            text: decision.text.value.nfc().collect(),
            near: decision.near.as_ref().map(|near| near.value.nfc().collect()),
            is: meaning(&decision.is.value, registry, decrees),
        };
        Self {
            all: config.decisions.iter().map(resolve).collect(),
            paths: config.decided_paths.clone(),
            of_files: Mutex::default(),
        }
    }

    /// Tells whether there is none.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// The decisions that hold in a file; `None` where there is none.
    pub fn of_file(&self, path: &str) -> Option<Arc<FileDecisions>> {
        if self.all.is_empty() {
            return None;
        }
        let numbers = self.paths.matching(path);
        if numbers.is_empty() {
            return None;
        }
        // A decision is put in whole, so that the table is right after a panic.
        let mut known = self.of_files.lock().unwrap_or_else(PoisonError::into_inner);
        let of_file = known.entry(numbers).or_insert_with_key(|numbers| {
            Arc::new(FileDecisions::new(numbers.iter().filter_map(|number| self.all.get(*number)).cloned().collect()))
        });
        Some(of_file.clone())
    }
}

/// The meaning of the value of `is`.
fn meaning(is: &str, registry: &Registry, decrees: &DecreeTable) -> DecidedMeaning {
    if is == Decision::NOTHING {
        return DecidedMeaning::Nothing;
    }
    let Some(entity) = registry.by_id(is) else { return DecidedMeaning::Unknown };
    if entity.kind != EntityKind::Decree {
        return DecidedMeaning::Entity(entity.ix, entity.kind);
    }
    let read = decree::find(&entity.id, decrees).into_iter().next();
    read.filter(DecreeFact::is_mention).map_or(DecidedMeaning::Unknown, |fact| DecidedMeaning::Decree(fact.symbol))
}

impl std::fmt::Debug for FileDecisions {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("FileDecisions").field("all", &self.all).finish_non_exhaustive()
    }
}

/// The same decisions, in the same order.
impl PartialEq for FileDecisions {
    fn eq(&self, other: &Self) -> bool {
        self.all == other.all
    }
}

impl FileDecisions {
    fn new(all: Vec<ResolvedDecision>) -> Self {
        let mut by_text: FxHashMap<CompactString, SmallVec<[usize; 1]>> = FxHashMap::default();
        for (number, decision) in all.iter().enumerate() {
            by_text.entry(decision.text.clone()).or_default().push(number);
        }
        let mut texts: Vec<(&str, u32)> = Vec::new();
        for numbers in by_text.values() {
            let entity = numbers.iter().find(|number| matches!(all[**number].is, DecidedMeaning::Entity(..)));
            texts.extend(entity.map(|number| (all[*number].text.as_str(), *number as u32)));
        }
        texts.sort_unstable();
        let builder = DoubleArrayAhoCorasickBuilder::new().match_kind(MatchKind::LeftmostLongest);
        let texts = (!texts.is_empty()).then(|| builder.build_with_values(texts).ok()).flatten();
        Self { all, by_text, texts }
    }

    /// Applies the decisions to what was recognised in a segment. Returns where which one decided, in order.
    pub fn apply(&self, text: &str, facts: DecidedFacts<'_>) -> Vec<DecidedSpan> {
        let DecidedFacts { names, addresses, dates, decrees, short_references, patterns } = facts;
        let mut decided: Vec<DecidedSpan> = Vec::new();
        let mut note = |span: Span, decision: &ResolvedDecision| {
            decided.push(DecidedSpan { span, key: decision.key });
        };
        names.retain_mut(|name| {
            let Some(decision) = self.about(text, name.span) else { return true };
            match decision.is {
                DecidedMeaning::Nothing => {}
                DecidedMeaning::Entity(entity, kind) => {
                    (name.entities, name.kind) = (smallvec![entity], kind);
                }
                DecidedMeaning::Decree(_) | DecidedMeaning::Unknown => return true,
            }
            note(name.span, decision);
            decision.is != DecidedMeaning::Nothing
        });
        addresses.retain_mut(|address| {
            let Some(decision) = self.about(text, address.name.span) else { return true };
            match decision.is {
                DecidedMeaning::Nothing => {}
                // Somebody whom the registry has not is somebody of it from now on, and is added below.
                DecidedMeaning::Entity(..) if matches!(address.how, AddressForm::Stranger(_)) => return false,
                DecidedMeaning::Entity(entity, kind) if address.how != AddressForm::Full => {
                    (address.name.entities, address.name.kind) = (smallvec![entity], kind);
                }
                _ => return true,
            }
            note(address.name.span, decision);
            decision.is != DecidedMeaning::Nothing
        });
        let mut kept = Vec::with_capacity(dates.len());
        dates.retain(|date| {
            let nothing = self.about(text, date.core).filter(|decision| decision.is == DecidedMeaning::Nothing);
            kept.push(nothing.is_none());
            nothing.inspect(|decision| note(date.core, decision)).is_none()
        });
        if kept.contains(&false) {
            renumber_dates(decrees, &kept);
        }
        decrees.retain_mut(|decree| {
            let Some(decision) = self.about(text, decree.core) else { return true };
            match &decision.is {
                DecidedMeaning::Nothing => {}
                DecidedMeaning::Decree(symbol) => {
                    decree.symbol = symbol.clone();
                    decree.incomplete = None;
                }
                DecidedMeaning::Entity(..) | DecidedMeaning::Unknown => return true,
            }
            note(decree.core, decision);
            decision.is != DecidedMeaning::Nothing
        });
        short_references.retain(|short| {
            let nothing = self.about(text, short.core).filter(|decision| decision.is == DecidedMeaning::Nothing);
            nothing.inspect(|decision| note(short.core, decision)).is_none()
        });
        patterns.retain(|pattern| {
            let nothing = self.about(text, pattern.span).filter(|decision| decision.is == DecidedMeaning::Nothing);
            nothing.inspect(|decision| note(pattern.span, decision)).is_none()
        });
        self.add_unrecognised(text, names, addresses, &mut decided);
        decided.sort_unstable_by_key(|decided| (decided.span, decided.key));
        decided.dedup();
        decided
    }

    /// Adds mentions where a text that a person gave a meaning stands and nothing was recognised.
    fn add_unrecognised(
        &self,
        text: &str,
        names: &mut Vec<NameFact>,
        addresses: &[AddressFact],
        decided: &mut Vec<DecidedSpan>,
    ) {
        let Some(texts) = &self.texts else { return };
        let mut added = Vec::new();
        for found in texts.leftmost_find_iter(text) {
            let span = Span::of(found.start(), found.end());
            let Some(decision) = self.about(text, span) else { continue };
            let DecidedMeaning::Entity(entity, kind) = decision.is else { continue };
            let class = NameClass::from(kind);
            let meets = |name: &NameFact| {
                name.span.overlaps(span) && NameClass::from(name.kind) == class || crosses(name.span, span)
            };
            let is_addressed = addresses.iter().any(|address| address.name.span.overlaps(span));
            if !is_word(text, span) || is_addressed || names.iter().any(meets) {
                continue;
            }
            decided.push(DecidedSpan { span, key: decision.key });
            added.push(NameFact {
                span,
                extent: span,
                kind,
                entities: smallvec![entity],
                via: Via::Exact,
                surface: span.slice(text).into(),
                language: Language::Unknown,
                glued: None,
                stray_spaces: SmallVec::new(),
                is_verbatim: false,
                office: None,
            });
        }
        if !added.is_empty() {
            names.append(&mut added);
            names.sort_by_key(|name| (name.span.start, std::cmp::Reverse(name.span.end), NameClass::from(name.kind)));
        }
    }

    /// The decision about a mention: the one whose `near` says most, of equals the last.
    fn about(&self, text: &str, span: Span) -> Option<&ResolvedDecision> {
        let numbers = self.with_text(span.slice(text));
        let decisions = numbers.iter().map(|number| &self.all[*number]);
        let fitting = decisions.filter(|decision| match &decision.near {
            Some(near) => is_near(text, span, near),
            None => true,
        });
        fitting.max_by_key(|decision| decision.near.as_ref().map_or(0, CompactString::len))
    }

    fn with_text(&self, surface: &str) -> &[usize] {
        let numbers = match self.by_text.get(surface) {
            Some(numbers) => Some(numbers),
            None if surface.is_ascii() => None,
            None => self.by_text.get(&surface.nfc().collect::<CompactString>()),
        };
        numbers.map_or(&[], SmallVec::as_slice)
    }
}

/// Gives references the new numbers of the dates behind them, of which only the marked ones are kept.
fn renumber_dates(decrees: &mut [DecreeFact], kept: &[bool]) {
    for decree in decrees {
        let Some(link) = &mut decree.date else { continue };
        let at = link.index as usize;
        if kept.get(at).copied().unwrap_or(false) {
            link.index = kept[..at].iter().filter(|kept| **kept).count() as u32;
        } else {
            decree.date = None;
        }
    }
}

/// Tells whether words, in NFC, stand beside a mention of a segment.
pub fn is_near(text: &str, span: Span, near: &str) -> bool {
    let (before, behind) = around(text, span);
    let holds = |part: &str| part.contains(near) || !part.is_ascii() && part.nfc().collect::<String>().contains(near);
    holds(before) || holds(behind)
}

/// The text beside a mention of a segment in which the words of `near` are looked for: before it and behind it.
pub fn around(text: &str, span: Span) -> (&str, &str) {
    let before = &text[..span.start as usize];
    let behind = &text[span.end as usize..];
    let start = before.char_indices().rev().nth(NEAR - 1).map_or(0, |(at, _)| at);
    let end = behind.char_indices().nth(NEAR).map_or(behind.len(), |(at, _)| at);
    (&before[start..], &behind[..end])
}

/// Tells whether a span begins and ends with a word, where its script puts spaces between words.
fn is_word(text: &str, span: Span) -> bool {
    let spaced = |letter: Option<char>| letter.is_some_and(|letter| letter.is_alphanumeric() && !is_unspaced(letter));
    let surface = span.slice(text);
    let (before, behind) = (&text[..span.start as usize], &text[span.end as usize..]);
    let goes_on_before = spaced(before.chars().next_back()) && spaced(surface.chars().next());
    let goes_on_behind = spaced(surface.chars().next_back()) && spaced(behind.chars().next());
    !goes_on_before && !goes_on_behind
}

/// Tells whether a letter is of Thai or Lao, which put no spaces between words.
const fn is_unspaced(letter: char) -> bool {
    matches!(letter, '\u{e00}'..='\u{eff}')
}

/// Tells whether two spans overlap and neither holds the other.
fn crosses(one: Span, other: Span) -> bool {
    one.overlaps(other) && !one.contains(other) && !other.contains(one)
}
