//! Two names compared: what one is heard as, the costs of hearing one as the other, and the score that comes of it.
//!
//! Deliberately absent: running text ([`trie`](super::trie)).

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use super::costs;
use super::latin_syllable::{self, LatinSyllable, PlacedSyllable};
use super::score::{TURNED, score};
use super::sounds::{OTHER, Tone};
use super::spelling_distance;
use super::thai_letter::ThaiLetter;
use super::thai_letters;
use super::thai_syllable::{self, SyllableReading};

/// Cost of a Thai letter that no syllable accounts for.
const STRAY_LETTER: f32 = 0.8;
/// Cost of a Latin syllable that no letters account for.
const LOST_SYLLABLE: f32 = 2.2;
/// Weight of the tone among the sounds of a syllable.
const TONE_WEIGHT: f32 = 0.35;

/// A name taken apart once, to be compared many times.
#[derive(Clone, Debug)]
pub(super) enum ParsedName {
    /// In Latin letters.
    Latin(LatinName),
    /// In Thai or Lao letters.
    Thai(ThaiName),
}

/// A name in Latin letters.
#[derive(Clone, Debug)]
pub(super) struct LatinName {
    /// The syllables in every order worth trying: as written, then turned.
    pub orders: Vec<Vec<PlacedSyllable>>,
    /// The letters, for comparison with other Latin names.
    pub written: spelling_distance::LatinSpelling,
}

/// A name in Thai letters.
#[derive(Clone, Debug)]
pub(super) struct ThaiName {
    /// The letters.
    pub letters: Vec<ThaiLetter>,
    /// Every stretch of letters that can be heard as a syllable, by start.
    pub edges: Vec<SyllableEdge>,
}

/// A stretch of letters heard as a syllable.
#[derive(Clone, Copy, Debug)]
pub(super) struct SyllableEdge {
    pub start: u16,
    pub end: u16,
    pub reading: SyllableReading,
}

/// The longest name compared, in Thai letters or Latin syllables; what is longer is cut there.
const LONGEST: usize = 96;

impl ParsedName {
    /// Takes a name apart. Thai letters decide, where there are any.
    pub fn of(name: &str) -> Self {
        let mut letters = thai_letters::letters(name);
        if letters.is_empty() {
            return Self::Latin(LatinName::of(name));
        }
        letters.truncate(LONGEST);
        Self::Thai(ThaiName::of(letters))
    }
}

/// By how many syllables a name may be turned round so that another word comes first: the family name of a name
/// without marks may stand first or last.
pub(super) fn turns(heard: &[PlacedSyllable]) -> SmallVec<[usize; 2]> {
    let mut turns = SmallVec::new();
    if heard.iter().all(|heard| heard.tone.is_none()) {
        let second = heard.iter().skip(1).position(|heard| heard.starts_word).map(|at| at + 1);
        let last = heard.iter().rposition(|heard| heard.starts_word).filter(|&at| at > 0);
        turns.extend(second);
        turns.extend(last.filter(|_| last != second));
    }
    turns
}

impl LatinName {
    fn of(name: &str) -> Self {
        let mut heard = latin_syllable::heard(name);
        heard.truncate(LONGEST);
        let mut orders: Vec<Vec<PlacedSyllable>> = turns(&heard)
            .into_iter()
            .map(|turn| {
                let mut turned = heard.clone();
                turned.rotate_left(turn);
                turned
            })
            .collect();
        orders.insert(0, heard);
        Self { orders, written: spelling_distance::LatinSpelling::of(name) }
    }
}

impl ThaiName {
    fn of(letters: Vec<ThaiLetter>) -> Self {
        let mut edges = Vec::new();
        for start in 0..letters.len() {
            if !thai_syllable::may_start(&letters, start) {
                continue;
            }
            let from = &letters[start..];
            thai_syllable::each_syllable(from, |heard| {
                let reading = heard.reading(from);
                edges.push(SyllableEdge { start: start as u16, end: (start + heard.len) as u16, reading });
            });
        }
        Self { letters, edges }
    }
}

/// The costs of hearing each edge of one Thai name as one syllable, kept for syllables that come again.
pub(super) struct CostGrid<'n> {
    name: &'n ThaiName,
    rows: FxHashMap<LatinSyllable, Vec<f32>>,
    best: Vec<f32>,
}

impl<'n> CostGrid<'n> {
    pub fn of(name: &'n ThaiName) -> Self {
        Self { name, rows: FxHashMap::default(), best: Vec::new() }
    }

    /// The least cost of hearing the Thai name as this Latin one.
    pub fn cost(&mut self, latin: &LatinName) -> f32 {
        let mut least = f32::MAX;
        for (turn, order) in latin.orders.iter().enumerate() {
            let cost = self.walk(order) + if turn == 0 { 0.0 } else { TURNED };
            least = least.min(cost);
        }
        least
    }

    /// The order of the Latin name's words in which it is heard best.
    pub fn best_order<'l>(&mut self, latin: &'l LatinName) -> Option<&'l [PlacedSyllable]> {
        let costs: Vec<f32> = latin.orders.iter().map(|order| self.walk(order)).collect();
        let best = (0..costs.len()).min_by(|&a, &b| costs[a].total_cmp(&costs[b]))?;
        Some(&latin.orders[best])
    }

    /// Fills the table of least costs; `best[k * width + j]` is the cost of the first `k` syllables over the first
    /// `j` letters.
    fn walk(&mut self, order: &[PlacedSyllable]) -> f32 {
        let width = self.name.letters.len() + 1;
        self.best.clear();
        self.best.resize((order.len() + 1) * width, f32::MAX);
        self.best[0] = 0.0;
        for k in 0..=order.len() {
            let here = k * width;
            let heard = order.get(k);
            if let Some(heard) = heard
                && !self.rows.contains_key(&heard.syllable)
            {
                self.rows.insert(heard.syllable.clone(), row(self.name, &heard.syllable));
            }
            let row = heard.map(|heard| self.rows[&heard.syllable].as_slice());
            let mut edges = self.name.edges.iter().enumerate().peekable();
            for j in 0..width {
                let so_far = self.best[here + j];
                if j + 1 < width && so_far + STRAY_LETTER < self.best[here + j + 1] {
                    self.best[here + j + 1] = so_far + STRAY_LETTER;
                }
                let (Some(heard), Some(row)) = (heard, row) else { continue };
                let below = here + width;
                if so_far + LOST_SYLLABLE < self.best[below + j] {
                    self.best[below + j] = so_far + LOST_SYLLABLE;
                }
                while let Some((at, edge)) = edges.next_if(|(_, edge)| usize::from(edge.start) == j) {
                    let sum = so_far + row[at] + tone(heard.tone, &edge.reading);
                    let slot = &mut self.best[below + usize::from(edge.end)];
                    *slot = slot.min(sum);
                }
            }
        }
        self.best[order.len() * width + width - 1]
    }

    /// The way of least cost: for each syllable the letters it is heard in.
    pub fn path(&mut self, order: &[PlacedSyllable]) -> Vec<(usize, usize, f32)> {
        self.walk(order);
        let width = self.name.letters.len() + 1;
        let mut path = vec![(0, 0, LOST_SYLLABLE); order.len()];
        let (mut k, mut j) = (order.len(), width - 1);
        while k > 0 || j > 0 {
            let now = self.best[k * width + j];
            let from = |k: usize, j: usize, cost: f32| (self.best[k * width + j] + cost - now).abs() < 1e-4;
            if k > 0 {
                let heard = &order[k - 1];
                let row = &self.rows[&heard.syllable];
                let found = self.name.edges.iter().zip(row).find(|(edge, cost)| {
                    usize::from(edge.end) == j
                        && from(k - 1, usize::from(edge.start), **cost + tone(heard.tone, &edge.reading))
                });
                if let Some((edge, cost)) = found {
                    k -= 1;
                    j = usize::from(edge.start);
                    path[k] = (j, usize::from(edge.end), cost + tone(heard.tone, &edge.reading));
                    continue;
                }
                if from(k - 1, j, LOST_SYLLABLE) {
                    k -= 1;
                    path[k] = (j, j, LOST_SYLLABLE);
                    continue;
                }
            }
            if j == 0 {
                break;
            }
            j -= 1;
        }
        path
    }
}

/// Returns the weighted cost of the tone of a reading against a Vietnamese tone.
pub(super) fn tone(tone: Option<Tone>, reading: &SyllableReading) -> f32 {
    TONE_WEIGHT * costs::tone_cost(tone, reading.pitch, reading.marked, reading.stopped)
}

fn row(name: &ThaiName, syllable: &LatinSyllable) -> Vec<f32> {
    // Beyond this a syllable is another one altogether; worse is no worse.
    const MOST: f32 = 2.4 * OTHER;
    name.edges
        .iter()
        .map(|edge| (costs::cost(&syllable.onsets, &syllable.rimes, edge.reading.sounds) + edge.reading.odd).min(MOST))
        .collect()
}

/// Returns the likeness of two names, 0 to 1.
pub(super) fn similarity(a: &ParsedName, b: &ParsedName) -> f32 {
    match (a, b) {
        (ParsedName::Thai(thai), ParsedName::Latin(latin)) | (ParsedName::Latin(latin), ParsedName::Thai(thai)) => {
            across(&mut CostGrid::of(thai), latin)
        }
        (ParsedName::Latin(a), ParsedName::Latin(b)) => a.written.similarity(&b.written),
        (ParsedName::Thai(a), ParsedName::Thai(b)) => spelling_distance::thai(&a.letters, &b.letters),
    }
}

/// Returns the likeness of a Thai and a Latin name, 0 to 1; never quite 1, since the scripts differ.
pub(super) fn across(hearing: &mut CostGrid<'_>, latin: &LatinName) -> f32 {
    let syllables = latin.orders[0].len();
    if syllables == 0 {
        return 0.0;
    }
    0.99 * score(hearing.cost(latin), syllables)
}
