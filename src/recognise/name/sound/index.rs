//! Registered names found in running Thai text by their sound.
//!
//! The names stand in a trie of syllables. At each place where a syllable may begin and a registered name may begin
//! with it, the syllables that can be heard there are followed into the trie; what is reached within the budget is a
//! hit. Work per place is bounded, whatever is registered.
//! Deliberately absent: exact matches (the alias automaton's; they are passed in as taken), and names of one
//! syllable, which sound like Thai words.

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use super::latin::Syllable;
use super::name::{self, LatinName, Name, score};
use super::tables::{self, Onset, Rime, Tone};
use super::thai::{self, Letter, Reading};
use crate::text::Span;

/// A registered name heard in a text.
#[derive(Clone, Debug, PartialEq)]
pub struct SoundHit {
    /// Where, in bytes of the text; begins and ends on cluster boundaries.
    pub span: Span,
    /// The entities it may be, best first, each with its score (0 to 1): one where the best is clear, several where
    /// others sound as near.
    pub candidates: SmallVec<[(u32, f32); 2]>,
}

/// Names to be found by sound.
pub struct Index {
    /// Distinct syllables that may be heard as an onset and a rime, by both.
    cells: Vec<SmallVec<[u32; 2]>>,
    syllables: Vec<Syllable>,
    /// The trie: child of a node by syllable.
    children: FxHashMap<(u32, u32), u32>,
    /// The names that end at a node.
    ends: Vec<SmallVec<[End; 1]>>,
    /// The number of syllables of the longest name.
    longest: usize,
}

/// The names of one sequence of syllables and tones.
struct End {
    tones: SmallVec<[Option<Tone>; 4]>,
    entities: Vec<u32>,
}

/// Most places in the trie that are looked at from one place in the text.
const STEPS: usize = 2000;
/// Candidates this much behind the best in cost are as good.
const MARGIN: f32 = 0.12;
/// Most candidates of one hit.
const MOST_CANDIDATES: usize = 32;
/// Score from which a hit stands.
const ACCEPT: f32 = 0.70;

impl Index {
    /// Builds the index from entities' names; names of less than two syllables are left out.
    pub fn new<'a>(names: impl IntoIterator<Item = (u32, &'a str)>) -> Self {
        let mut index = Self {
            cells: vec![SmallVec::new(); Onset::COUNT * Rime::COUNT],
            syllables: Vec::new(),
            children: FxHashMap::default(),
            ends: vec![SmallVec::new()],
            longest: 0,
        };
        let mut known = FxHashMap::default();
        for (entity, name) in names {
            if let Name::Latin(latin) = Name::of(name) {
                index.add(entity, &latin, &mut known);
            }
        }
        index
    }

    fn add(&mut self, entity: u32, name: &LatinName, known: &mut FxHashMap<Syllable, u32>) {
        for order in &name.orders {
            if order.len() < 2 {
                continue;
            }
            self.longest = self.longest.max(order.len());
            let mut node = 0;
            for heard in order {
                let syllable = self.intern(&heard.syllable, known);
                let fresh = self.ends.len() as u32;
                node = *self.children.entry((node, syllable)).or_insert(fresh);
                if node == fresh {
                    self.ends.push(SmallVec::new());
                }
            }
            let tones: SmallVec<[Option<Tone>; 4]> = order.iter().map(|heard| heard.tone).collect();
            let ends = &mut self.ends[node as usize];
            match ends.iter_mut().find(|end| end.tones == tones) {
                Some(end) => end.entities.push(entity),
                None => ends.push(End { tones, entities: vec![entity] }),
            }
        }
    }

    fn intern(&mut self, syllable: &Syllable, known: &mut FxHashMap<Syllable, u32>) -> u32 {
        if let Some(&id) = known.get(syllable) {
            return id;
        }
        let id = self.syllables.len() as u32;
        self.syllables.push(syllable.clone());
        known.insert(syllable.clone(), id);
        for &onset in &syllable.onsets {
            for &rime in &syllable.rimes {
                self.cells[onset as usize * Rime::COUNT + rime.index()].push(id);
            }
        }
        id
    }

    /// Whether nothing is registered.
    pub fn is_empty(&self) -> bool {
        self.children.is_empty()
    }

    /// The registered names heard in a segment, in order, none overlapping another or what is taken.
    pub fn find(&self, text: &str, taken: &[Span]) -> Vec<SoundHit> {
        if self.is_empty() {
            return Vec::new();
        }
        let letters = thai::letters(text);
        let mut found = Vec::new();
        for start in 0..letters.len() {
            if thai::may_start(&letters, start) && !thai::led(&letters, start) {
                Search {
                    index: self,
                    letters: &letters,
                    start,
                    steps: STEPS,
                    path: SmallVec::new(),
                    found: &mut found,
                }
                .extend(0, start, 0.0);
            }
        }
        found.retain(|hit| !taken.iter().any(|taken| taken.overlaps(hit.span)));
        choose(found)
    }
}

/// A name heard at a place, before it is weighed against others.
struct Found {
    span: Span,
    syllables: usize,
    entity: u32,
    cost: f32,
}

/// The walk from one place in the text.
struct Search<'a> {
    index: &'a Index,
    letters: &'a [Letter],
    start: usize,
    steps: usize,
    path: SmallVec<[Reading; 8]>,
    found: &'a mut Vec<Found>,
}

impl Search<'_> {
    fn extend(&mut self, node: u32, at: usize, cost: f32) {
        self.end(node, at, cost);
        let open = at == self.start || self.letters.get(at).is_some_and(|letter| !letter.wall);
        if self.path.len() == self.index.longest || !open {
            return;
        }
        for end in at + 1..=self.letters.len().min(at + thai::LONGEST) {
            if self.letters[at + 1..end].iter().any(|letter| letter.wall) {
                break;
            }
            if !thai::may_start(self.letters, end) {
                continue;
            }
            for reading in thai::readings(&self.letters[at..end]) {
                self.follow(node, end, cost + reading.odd, reading);
            }
        }
    }

    fn follow(&mut self, node: u32, end: usize, cost: f32, reading: Reading) {
        let index = self.index;
        let mut next: SmallVec<[(u32, f32); 8]> = SmallVec::new();
        tables::heard_as(reading.sounds, |onset, rime, sound| {
            for &syllable in &index.cells[onset as usize * Rime::COUNT + rime.index()] {
                if let Some(&child) = index.children.get(&(node, syllable)) {
                    match next.iter_mut().find(|(known, _)| *known == child) {
                        Some((_, least)) => *least = least.min(sound),
                        None => next.push((child, sound)),
                    }
                }
            }
        });
        for (child, sound) in next {
            let syllables = self.path.len() + 1;
            if self.steps == 0 || score(cost + sound, syllables.max(3)) < ACCEPT {
                continue;
            }
            self.steps -= 1;
            self.path.push(reading);
            self.extend(child, end, cost + sound);
            self.path.pop();
        }
    }

    /// Takes up the names that end at a node.
    fn end(&mut self, node: u32, at: usize, cost: f32) {
        let index = self.index;
        if self.path.len() < 2 {
            return;
        }
        for end in &index.ends[node as usize] {
            let tones: f32 = end.tones.iter().zip(&self.path).map(|(&tone, reading)| name::tone(tone, reading)).sum();
            let cost = cost + tones;
            if score(cost, self.path.len()) < ACCEPT {
                continue;
            }
            let span = Span::new(self.letters[self.start].start, self.letters[at - 1].end);
            for &entity in end.entities.iter().take(MOST_CANDIDATES) {
                self.found.push(Found { span, syllables: self.path.len(), entity, cost });
            }
        }
    }
}

/// Of everything heard, what stands: the longer name before the shorter, the nearer before the farther.
fn choose(mut found: Vec<Found>) -> Vec<SoundHit> {
    found.sort_by(|a, b| b.syllables.cmp(&a.syllables).then(a.cost.total_cmp(&b.cost)).then(a.entity.cmp(&b.entity)));
    let mut hits: Vec<(SoundHit, f32)> = Vec::new();
    for found in found {
        let score = score(found.cost, found.syllables);
        match hits.iter_mut().find(|(hit, _)| hit.span.overlaps(found.span)) {
            Some((hit, best)) => {
                let near = found.cost <= *best + MARGIN;
                let known = hit.candidates.iter().any(|&(entity, _)| entity == found.entity);
                if near && !known && hit.candidates.len() < MOST_CANDIDATES && hit.span.contains(found.span) {
                    hit.candidates.push((found.entity, score));
                }
            }
            None => hits.push((
                SoundHit { span: found.span, candidates: SmallVec::from_slice(&[(found.entity, score)]) },
                found.cost,
            )),
        }
    }
    let mut hits: Vec<SoundHit> = hits.into_iter().map(|(hit, _)| hit).collect();
    hits.sort_by_key(|hit| hit.span);
    hits
}
