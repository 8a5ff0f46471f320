//! Annotations whose words stand further on or further back: runs of them that moved by the same distance.
//!
//! A text that was changed without its annotations has moved what follows the change by one distance up to the next
//! change. Where several annotations in a row agree on the distance, it explains them. Deliberately absent: a change
//! that is known (`anchors.rs`), and what counting explains (`verdict.rs`).

use daachorse::DoubleArrayAhoCorasick;
use rustc_hash::{FxHashMap, FxHashSet};

use super::fragment::Fragment;
use super::places::TextPlaces;
use super::recorded::agrees;

/// Places of one word that are looked at: a word that is everywhere explains nothing.
const MAX_PLACES: usize = 1024;
/// Distances of one annotation that are tried.
const MAX_TRIED: usize = 64;
/// Annotations behind one that may agree with it on a distance.
const LOOK_AHEAD: usize = 16;
/// Annotations that make a run certain, if their words tell places apart.
const CERTAIN: usize = 3;
/// Letters and digits of different words that do not fit together by chance: two short names have as many.
const TELLING_LETTERS: usize = 4;

/// An annotation, as far as its place matters.
#[derive(Clone, Copy)]
pub(super) struct Placed<'a> {
    /// The offsets as they are written.
    pub fragments: &'a [Fragment],
    /// The text that is recorded.
    pub recorded: &'a str,
    /// True where the words stand at the offsets.
    pub right: bool,
}

/// The places of all recorded texts in a document, in code points.
pub(super) struct WordPlaces<'a> {
    places: FxHashMap<&'a str, Vec<u32>>,
    /// Those of which there are more than are kept.
    everywhere: FxHashSet<&'a str>,
}

impl<'a> WordPlaces<'a> {
    /// Searches for the words of annotations, in one pass over the text.
    pub(super) fn of(places: &TextPlaces<'_>, words: impl Iterator<Item = &'a str>) -> Self {
        let mut seen = FxHashSet::default();
        let words: Vec<&str> = words.filter(|word| !word.is_empty() && seen.insert(*word)).collect();
        let mut found = Self { places: FxHashMap::default(), everywhere: FxHashSet::default() };
        // Words that are distinct and not empty can always be compiled.
        let Ok(automaton) = DoubleArrayAhoCorasick::<u32>::new(&words) else { return found };
        for hit in automaton.find_overlapping_iter(places.text) {
            let word = words[hit.value() as usize];
            let at = found.places.entry(word).or_default();
            if at.len() < MAX_PLACES {
                at.push(hit.start() as u32);
            } else {
                found.everywhere.insert(word);
            }
        }
        for at in found.places.values_mut() {
            at.sort_unstable();
            at.iter_mut().for_each(|byte| *byte = places.code_points(*byte as usize));
        }
        found
    }

    /// The places of a word, first ones first.
    pub(super) fn at(&self, word: &str) -> &[u32] {
        self.places.get(word).map_or(&[], Vec::as_slice)
    }

    /// The distances from an annotation's offsets to the places of its words.
    pub(super) fn distances(&self, placed: &Placed<'_>) -> impl Iterator<Item = i64> {
        let start = i64::from(placed.fragments[0].start);
        self.at(sought(placed)).iter().take(MAX_TRIED).map(move |place| i64::from(*place) - start)
    }

    /// The number of places of a word.
    pub(super) fn count(&self, word: &str) -> usize {
        self.at(word).len()
    }
}

/// A run of annotations that moved by one distance.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Run {
    /// Code points further on; negative: further back.
    pub by: i64,
    /// The numbers of the annotations among those that were given.
    pub members: Vec<usize>,
    /// True where nothing else can have happened.
    pub certain: bool,
}

/// The text by which an annotation is searched for: its first piece.
pub(super) fn sought<'a>(placed: &Placed<'a>) -> &'a str {
    let [first, _, ..] = placed.fragments else { return placed.recorded };
    let length = first.end.saturating_sub(first.start) as usize;
    let end = placed.recorded.char_indices().nth(length).map_or(placed.recorded.len(), |(at, _)| at);
    &placed.recorded[..end]
}

/// The fragments moved by so many code points; a single one takes the length of the recorded text.
pub(super) fn moved(fragments: &[Fragment], by: i64, recorded: &str) -> Option<Vec<Fragment>> {
    let shift = |at: u32| u32::try_from(i64::from(at) + by).ok();
    match fragments {
        [only] => {
            let start = shift(only.start)?;
            Some(vec![Fragment { start, end: start + crate::text::position::chars(recorded) }])
        }
        several => several.iter().map(|at| Some(Fragment { start: shift(at.start)?, end: shift(at.end)? })).collect(),
    }
}

/// Runs of wrong annotations that moved by the same distance. `all` is in the order of the text.
pub(super) fn runs(places: &TextPlaces<'_>, occurrences: &WordPlaces<'_>, all: &[Placed<'_>]) -> Vec<Run> {
    let stands = |placed: &Placed<'_>, by: i64| {
        if placed.right || occurrences.everywhere.contains(sought(placed)) {
            return false;
        }
        let Ok(start) = u32::try_from(i64::from(placed.fragments[0].start) + by) else { return false };
        occurrences.at(sought(placed)).binary_search(&start).is_ok()
            && (placed.fragments.len() == 1
                || moved(placed.fragments, by, placed.recorded)
                    .and_then(|fragments| places.joined(&fragments))
                    .is_some_and(|found| agrees(&found, placed.recorded)))
    };
    let mut runs: Vec<Run> = Vec::new();
    let mut by = 0;
    for (number, placed) in all.iter().enumerate() {
        if placed.right {
            by = 0;
            continue;
        }
        if by == 0 || !stands(placed, by) {
            let Some(agreed) = agreed_distance(occurrences, &all[number..], by, &stands) else { continue };
            by = agreed;
        }
        match runs.last_mut().filter(|run| run.by == by) {
            Some(run) => run.members.push(number),
            None => runs.push(Run { by, members: vec![number], certain: false }),
        }
    }
    for run in &mut runs {
        let words: FxHashSet<&str> = run.members.iter().map(|member| all[*member].recorded).collect();
        run.certain = run.members.len() >= CERTAIN && tell_places_apart(&words);
    }
    runs.retain(|run| run.members.len() > 1);
    runs
}

/// Returns whether words that fit together at one distance cannot do so by chance. Signs and marks stand anywhere:
/// letters and digits tell places apart.
pub(super) fn tell_places_apart(words: &FxHashSet<&str>) -> bool {
    let letters: usize = words.iter().map(|word| word.chars().filter(|letter| letter.is_alphanumeric()).count()).sum();
    words.len() > 1 && letters >= TELLING_LETTERS
}

/// The distance that most of the annotations from the first one on agree on; `None` where no other agrees with the
/// first one, or two distances are as good.
fn agreed_distance(
    occurrences: &WordPlaces<'_>,
    ahead: &[Placed<'_>],
    before: i64,
    stands: &impl Fn(&Placed<'_>, i64) -> bool,
) -> Option<i64> {
    let first = &ahead[0];
    let start = i64::from(first.fragments[0].start);
    let at = occurrences.at(sought(first));
    // The places nearest to where it would stand now.
    let near = at.partition_point(|place| i64::from(*place) < start + before);
    let tried = &at[near.saturating_sub(MAX_TRIED / 2)..(near + MAX_TRIED / 2).min(at.len())];
    let mut best: Option<(usize, i64)> = None;
    let mut rival = false;
    for by in tried.iter().map(|place| i64::from(*place) - start).filter(|by| *by != 0) {
        // A right annotation ends what one change explains.
        let run = ahead[1..].iter().take(LOOK_AHEAD).take_while(|placed| !placed.right);
        // The same span twice is one witness.
        let support = run.filter(|placed| placed.fragments != first.fragments && stands(placed, by)).count();
        if !stands(first, by) || support == 0 {
            continue;
        }
        match best {
            Some((most, _)) if support < most => {}
            Some((most, _)) if support == most => rival = true,
            _ => (best, rival) = (Some((support, by)), false),
        }
    }
    best.filter(|_| !rival).map(|(_, by)| by)
}
