//! Registered names found in running Thai text by their sound.
//!
//! The names stand in a trie of syllables. At each place where a syllable may begin and a registered name may begin
//! with it, the syllables that can be heard there are followed into the trie; what is reached within the budget is a
//! hit. Work per place is bounded, whatever is registered.
//! Deliberately absent: exact matches (the alias automaton's; they are passed in as taken), and names of one
//! syllable, which sound like Thai words.

use std::cell::RefCell;
use std::sync::OnceLock;

use rustc_hash::{FxHashMap, FxHashSet};
use smallvec::SmallVec;

use super::acceptance::{self, ACCEPT, Surroundings};
use super::common_syllables;
use super::compare;
use super::costs;
use super::latin_syllable;
use super::latin_syllable::LatinSyllable;
use super::prefilter::{self, BeginningFilter};
use super::score::{cost_of, score};
use super::sounds::{Onset, Rime, Sounds, Tone};
use super::thai_letter::ThaiLetter;
use super::thai_letters;
use super::thai_syllable::{self, SyllableReading, ThaiSyllable};
use crate::text::Span;
use crate::text::byte_map::ThaiPlaces;

/// A registered name heard in a text.
#[derive(Clone, Debug, PartialEq)]
pub struct PhoneticMatch {
    /// The place, in bytes of the text; begins and ends on cluster boundaries.
    pub span: Span,
    /// The entities it may be, best first, each with its score (0 to 1): one where the best is clear, several where
    /// others sound as near.
    pub candidates: SmallVec<[(u32, f32); 2]>,
}

/// Names to be found by sound.
pub struct PhoneticTrie {
    /// The distinct syllables of the names.
    syllables: Vec<LatinSyllable>,
    /// The sounds that each syllable may be heard in, a mask.
    may: Vec<u64>,
    /// Syllables by the onset and rime that they may be heard as.
    cells: Vec<SmallVec<[u32; 2]>>,
    /// The trie: child of a node by syllable.
    children: FxHashMap<(u32, u32), u32>,
    /// The same by node, for nodes of few children.
    few: Vec<SmallVec<[(u32, u32); 2]>>,
    /// By node, the initials, vowels and finals that its children may be heard with.
    masks: Vec<u64>,
    /// The names that end at a node.
    ends: Vec<SmallVec<[TrieEnd; 1]>>,
    /// The beginnings of the names, worked out when they are first listened for: a corpus without Thai never does.
    beginnings: OnceLock<NameBeginnings>,
}

/// The sounds that names begin with.
struct NameBeginnings {
    /// By Thai syllable, the children of the root it may be heard as, with their costs.
    first: Vec<SmallVec<[(u32, f32); 2]>>,
    /// Beginnings of syllables that a name may begin with.
    filter: BeginningFilter,
}

type ToneSequence = SmallVec<[Option<Tone>; 4]>;

/// The names of one sequence of syllables and tones.
struct TrieEnd {
    tones: ToneSequence,
    entities: SmallVec<[u32; 2]>,
}

/// A syllable of a word, interned.
#[derive(Clone, Copy)]
struct InternedSyllable {
    syllable: u32,
    tone: Option<Tone>,
    starts_word: bool,
}

/// Words and syllables seen while the index is built: names share their words.
#[derive(Default)]
struct WordInterner<'a> {
    known: FxHashMap<(&'a str, bool), SmallVec<[InternedSyllable; 2]>>,
    syllables: FxHashMap<LatinSyllable, u32>,
}

/// Most places in the trie that are looked at from one place in the text.
const STEPS: usize = 2000;
/// Most that the first syllable may cost, its tone apart: family names are spelt regularly.
const FIRST_LIMIT: f32 = 0.4;
/// Most children of a node that are tried one by one.
const FEW: usize = 64;
/// Candidates this much behind the best in cost are as good.
const MARGIN: f32 = 0.12;
/// Most candidates of one hit.
const MOST_CANDIDATES: usize = 32;
/// Most syllables of a name; what is longer is none, and is left out.
const LONGEST: usize = 12;

impl PhoneticTrie {
    /// Builds the index from entities' names in Latin letters; names of less than two or more than twelve syllables
    /// are left out.
    pub fn new<'a>(names: impl IntoIterator<Item = (u32, &'a str)>) -> Self {
        let mut index = Self {
            syllables: Vec::new(),
            may: Vec::new(),
            cells: vec![SmallVec::new(); Onset::COUNT * Rime::COUNT],
            children: FxHashMap::default(),
            few: vec![SmallVec::new()],
            masks: vec![0],
            ends: vec![SmallVec::new()],
            beginnings: OnceLock::new(),
        };
        let mut words = WordInterner::default();
        for (entity, name) in names {
            index.add(entity, name, &mut words);
        }
        index
    }

    fn beginnings(&self) -> &NameBeginnings {
        self.beginnings.get_or_init(|| self.work_out_beginnings())
    }

    fn work_out_beginnings(&self) -> NameBeginnings {
        let mut first = vec![SmallVec::new(); Sounds::COUNT];
        let mut known = vec![false; Sounds::COUNT];
        let mut children = SmallVec::new();
        prefilter::each_syllable(|sounds| {
            if !std::mem::replace(&mut known[sounds.index()], true) {
                children.clear();
                self.children_heard(0, sounds, &mut children);
                children.retain(|&mut (_, cost)| cost <= FIRST_LIMIT);
                first[sounds.index()].extend_from_slice(&children);
            }
        });
        let filter = BeginningFilter::new(|sounds| {
            first[sounds.index()].iter().fold(0, |then, &(child, _)| then | self.masks[child as usize])
        });
        NameBeginnings { first, filter }
    }

    /// The children of a node that a Thai syllable may be heard as, with their costs.
    fn children_heard(&self, node: u32, sounds: Sounds, out: &mut SmallVec<[(u32, f32); 8]>) {
        let mask = sounds.mask();
        if self.masks[node as usize] & mask != mask {
            return;
        }
        let few = &self.few[node as usize];
        if few.len() <= FEW {
            for &(syllable, child) in few {
                if self.may[syllable as usize] & mask != mask {
                    continue;
                }
                let syllable = &self.syllables[syllable as usize];
                let cost = costs::cost(&syllable.onsets, &syllable.rimes, sounds);
                if cost <= costs::SYLLABLE_LIMIT {
                    out.push((child, cost));
                }
            }
            return;
        }
        costs::heard_as(sounds, |onset, rime, cost| {
            for &syllable in &self.cells[onset as usize * Rime::COUNT + rime.index()] {
                if let Some(&child) = self.children.get(&(node, syllable)) {
                    match out.iter_mut().find(|(known, _)| *known == child) {
                        Some((_, least)) => *least = least.min(cost),
                        None => out.push((child, cost)),
                    }
                }
            }
        });
    }

    fn add<'a>(&mut self, entity: u32, name: &'a str, words: &mut WordInterner<'a>) {
        // Nearly half of the names are Thai, and a look at their first letters tells.
        if name.contains(|ch| matches!(ch, 'ก'..='ฮ' | 'ກ'..='ຮ')) {
            return;
        }
        let marked = latin_syllable::is_marked(name);
        let mut syllables: SmallVec<[InternedSyllable; 6]> = SmallVec::new();
        for word in latin_syllable::words(name) {
            if !words.known.contains_key(&(word, marked)) {
                let mut heard = Vec::new();
                let known = match latin_syllable::word_heard(word, marked, &mut heard) {
                    Some(()) => heard
                        .iter()
                        .map(|heard| InternedSyllable {
                            syllable: self.intern(&heard.syllable, &mut words.syllables),
                            tone: heard.tone,
                            starts_word: heard.starts_word,
                        })
                        .collect(),
                    None => SmallVec::new(),
                };
                words.known.insert((word, marked), known);
            }
            let known = &words.known[&(word, marked)];
            if known.is_empty() {
                return;
            }
            syllables.extend_from_slice(known);
        }
        self.insert(entity, &syllables);
        // Words of several syllables are Lao names, whose family name may stand first or last; Vietnamese ones turned
        // round would be other names.
        if syllables.iter().any(|known| !known.starts_word) {
            let starts = (1..syllables.len()).filter(|&at| syllables[at].starts_word);
            let turns: SmallVec<[usize; 2]> = starts.collect();
            for &turn in turns.first().into_iter().chain(turns.last().filter(|_| turns.len() > 1)) {
                let mut turned = syllables.clone();
                turned.rotate_left(turn);
                self.insert(entity, &turned);
            }
        }
    }

    fn insert(&mut self, entity: u32, syllables: &[InternedSyllable]) {
        if !(2..=LONGEST).contains(&syllables.len()) {
            return;
        }
        let mut node = 0;
        for known in syllables {
            let fresh = self.ends.len() as u32;
            let child = *self.children.entry((node, known.syllable)).or_insert(fresh);
            if child == fresh {
                self.ends.push(SmallVec::new());
                self.few.push(SmallVec::new());
                self.few[node as usize].push((known.syllable, child));
                self.masks.push(0);
                self.masks[node as usize] |= self.may[known.syllable as usize];
            }
            node = child;
        }
        let tones: ToneSequence = syllables.iter().map(|known| known.tone).collect();
        let ends = &mut self.ends[node as usize];
        match ends.iter_mut().find(|end| end.tones == tones) {
            Some(end) if end.entities.contains(&entity) => {}
            Some(end) => end.entities.push(entity),
            None => ends.push(TrieEnd { tones, entities: SmallVec::from_slice(&[entity]) }),
        }
    }

    fn intern(&mut self, syllable: &LatinSyllable, known: &mut FxHashMap<LatinSyllable, u32>) -> u32 {
        if let Some(&id) = known.get(syllable) {
            return id;
        }
        let id = self.syllables.len() as u32;
        self.syllables.push(syllable.clone());
        self.may.push(costs::mask(&syllable.onsets, &syllable.rimes));
        known.insert(syllable.clone(), id);
        for &onset in &syllable.onsets {
            for &rime in &syllable.rimes {
                self.cells[onset as usize * Rime::COUNT + rime.index()].push(id);
            }
        }
        id
    }

    /// Returns true if nothing is registered.
    pub fn is_empty(&self) -> bool {
        self.children.is_empty()
    }

    /// The registered names heard in a segment, in order, none overlapping another or what is taken.
    pub fn find(&self, text: &str, taken: &[Span]) -> Vec<PhoneticMatch> {
        choose(text, taken, hear(text, &ThaiPlaces::of(text), &[(self, &FxHashSet::default())]))
    }

    fn hear(&self, letters: &[ThaiLetter], heard: &mut SyllableCache, found: &mut Vec<TrieMatch>) {
        let mut wall = 0;
        let filter = &self.beginnings().filter;
        for (start, key) in prefilter::keys(letters).enumerate() {
            if !filter.passes(key) || !thai_syllable::may_start(letters, start) || thai_syllable::led(letters, start) {
                continue;
            }
            if start >= wall {
                let next = letters[start + 1..].iter().position(|letter| letter.wall);
                wall = next.map_or(letters.len(), |at| start + 1 + at);
            }
            if goes_on(filter, &letters[start..wall], key) {
                let path = SmallVec::new();
                TrieSearch { index: self, letters, heard, start, wall, steps: STEPS, path, found }
                    .extend(0, start, 0.0, 0);
            }
        }
    }
}

/// Returns true if a second syllable that the names have may be heard behind a first one. No name has only one.
fn goes_on(filter: &BeginningFilter, letters: &[ThaiLetter], key: usize) -> bool {
    filter.goes_on(key, |len, then| letters.get(len..).is_some_and(|behind| may_hear(then, behind)))
}

/// Everything that several indexes hear in a segment, of which `thai` are the Thai characters, each without certain
/// entities.
pub(super) fn hear(text: &str, thai: &ThaiPlaces, indexes: &[(&PhoneticTrie, &FxHashSet<u32>)]) -> Vec<TrieMatch> {
    let mut found = Vec::new();
    SCRATCH.with_borrow_mut(|(letters, heard)| {
        thai_letters::letters_into(text, thai, letters);
        heard.clear(letters.len());
        for (index, without) in indexes.iter().filter(|(index, _)| !index.is_empty()) {
            let before = found.len();
            index.hear(letters, heard, &mut found);
            if !without.is_empty() {
                let mut at = 0;
                found.retain(|found| {
                    at += 1;
                    at <= before || !without.contains(&found.entity)
                });
            }
        }
    });
    found
}

/// Returns true if letters may begin with a syllable of which the mask has the initial and the vowel.
fn may_hear(mask: u64, letters: &[ThaiLetter]) -> bool {
    mask & thai_syllable::initials_at(letters) != 0 && mask & prefilter::vowels_ahead(letters) != 0
}

thread_local! {
    /// Reused between segments.
    static SCRATCH: RefCell<(Vec<ThaiLetter>, SyllableCache)> = RefCell::default();
}

/// The syllables at each place of a segment, worked out when a search first gets there.
#[derive(Default)]
struct SyllableCache {
    /// By place, where its syllables stand in `all`; `None` for what is not known yet.
    places: Vec<Option<(u32, u32)>>,
    all: Vec<ThaiSyllable>,
}

impl SyllableCache {
    fn clear(&mut self, letters: usize) {
        self.places.clear();
        self.places.resize(letters, None);
        self.all.clear();
    }

    /// Returns the numbers of the syllables at a place, `letters` being those from there on.
    fn at(&mut self, place: usize, letters: &[ThaiLetter]) -> std::ops::Range<usize> {
        let (start, end) = *self.places[place].get_or_insert_with(|| {
            let start = self.all.len() as u32;
            thai_syllable::each_syllable(letters, |heard| self.all.push(heard));
            (start, self.all.len() as u32)
        });
        start as usize..end as usize
    }
}

/// A name heard at a place, before it is weighed against others.
pub(super) struct TrieMatch {
    span: Span,
    syllables: usize,
    /// The number of letters and tone marks.
    marks: usize,
    entity: u32,
    cost: f32,
    /// The cost of the syllables, their tones apart, beyond that of the nearest name that anybody might have.
    beyond: f32,
}

impl TrieMatch {
    fn heard(&self) -> acceptance::PhoneticEvidence {
        let Self { syllables, marks, cost, beyond, .. } = *self;
        acceptance::PhoneticEvidence { syllables, marks, score: score(cost, syllables), beyond }
    }
}

/// The walk from one place in the text.
struct TrieSearch<'a> {
    index: &'a PhoneticTrie,
    letters: &'a [ThaiLetter],
    heard: &'a mut SyllableCache,
    start: usize,
    /// The first letter behind `start` that no name runs across to.
    wall: usize,
    steps: usize,
    path: SmallVec<[SyllableReading; 8]>,
    found: &'a mut Vec<TrieMatch>,
}

impl TrieSearch<'_> {
    /// Goes on from a node that was reached at a place; `len` letters were taken last.
    fn extend(&mut self, node: u32, at: usize, cost: f32, len: usize) {
        let letters = self.letters;
        // A consonant alone that letters are joined to is the beginning of their syllable, not the end of a name.
        if len != 1 || letters.get(at).is_none_or(|next| next.gap || next.wall) {
            self.end(node, at, cost);
        }
        let index = self.index;
        let from = &letters[at..self.wall];
        if from.is_empty() || node != 0 && !may_hear(index.masks[node as usize], from) {
            return;
        }
        let mut children: SmallVec<[(u32, f32); 8]> = SmallVec::new();
        for place in self.heard.at(at, from) {
            let heard = self.heard.all[place];
            children.clear();
            if node == 0 {
                children.extend_from_slice(&index.beginnings().first[heard.sounds.index()]);
            } else {
                index.children_heard(node, heard.sounds, &mut children);
            }
            if children.is_empty() {
                continue;
            }
            let reading = heard.reading(from);
            for &(child, sound) in &children {
                let cost = cost + sound + reading.odd;
                if self.steps == 0 || cost > self.budget() {
                    continue;
                }
                self.steps -= 1;
                self.path.push(reading);
                self.extend(child, at + heard.len, cost, heard.len);
                self.path.pop();
            }
        }
    }

    /// The most the next syllable and those before it may cost.
    fn budget(&self) -> f32 {
        cost_of(ACCEPT, (self.path.len() + 1).max(3))
    }

    /// Takes up the names that end at a node.
    fn end(&mut self, node: u32, at: usize, cost: f32) {
        let index = self.index;
        if self.path.len() < 2 {
            return;
        }
        for end in &index.ends[node as usize] {
            let tones: f32 =
                end.tones.iter().zip(&self.path).map(|(&tone, reading)| compare::tone(tone, reading)).sum();
            let without_tones = cost;
            let cost = cost + tones;
            if score(cost, self.path.len()) < ACCEPT {
                continue;
            }
            let letters = &self.letters[self.start..at];
            let span = Span::new(letters[0].start, letters[letters.len() - 1].end);
            let least: f32 =
                self.path.iter().map(|reading| common_syllables::least(reading.sounds) + reading.odd).sum();
            let beyond = without_tones - least;
            let marks = letters.len() + letters.iter().filter(|letter| letter.mark > 0 || letter.breath).count();
            for &entity in end.entities.iter().take(MOST_CANDIDATES) {
                self.found.push(TrieMatch { span, syllables: self.path.len(), marks, entity, cost, beyond });
            }
        }
    }
}

/// Of everything heard in a segment, what stands: what is near enough where it stands, the longer name before the
/// shorter, the nearer before the farther.
pub(super) fn choose(text: &str, taken: &[Span], mut found: Vec<TrieMatch>) -> Vec<PhoneticMatch> {
    let mut places: FxHashMap<Span, Surroundings> = FxHashMap::default();
    found.retain(|found| {
        !taken.iter().any(|taken| taken.overlaps(found.span))
            && places.entry(found.span).or_insert_with(|| Surroundings::of(text, found.span)).stands(&found.heard())
    });
    found.sort_by(|a, b| b.syllables.cmp(&a.syllables).then(a.cost.total_cmp(&b.cost)).then(a.entity.cmp(&b.entity)));
    let mut hits: Vec<(PhoneticMatch, TrieMatch)> = Vec::new();
    for found in found {
        let score = score(found.cost, found.syllables);
        if let Some((hit, best)) = hits.iter_mut().find(|(hit, _)| hit.span.overlaps(found.span)) {
            // As near and as long, from or to the same place: another name for the same letters.
            let rival = found.cost <= best.cost + MARGIN
                && found.syllables == best.syllables
                && (found.span.start == best.span.start || found.span.end == best.span.end);
            let known = hit.candidates.iter().any(|&(entity, _)| entity == found.entity);
            if rival && !known && hit.candidates.len() < MOST_CANDIDATES {
                hit.candidates.push((found.entity, score));
            }
        } else {
            let candidates = SmallVec::from_slice(&[(found.entity, score)]);
            hits.push((PhoneticMatch { span: found.span, candidates }, found));
        }
    }
    let mut hits: Vec<PhoneticMatch> = hits.into_iter().map(|(hit, _)| hit).collect();
    hits.sort_by_key(|hit| hit.span);
    hits
}
