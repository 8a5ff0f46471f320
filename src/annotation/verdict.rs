//! A verdict about the offsets of a whole annotation file: the causes that explain its mismatches.
//!
//! Hardly ever is one line wrong for itself: a tool counted otherwise, or the text was changed under all of them. So a
//! cause is sought for the file first; what it does not explain is an exception. The order: the way of counting that
//! explains most, distances on which several annotations in a row agree, then each line for itself.
//!
//! A repair is certain where annotations bear witness to its cause together, and none that is right contradicts it; one
//! alone is certain only of words that the text holds once.

use rustc_hash::{FxHashMap, FxHashSet};

use super::counting::{Counting, CountingIndex};
use super::fault::Mismatch;
use super::fragment::Fragment;
use super::places::{TextPlaces, joined, spans};
use super::recorded::{FormDifference, agrees, difference};
use super::shifts::{Placed, WordPlaces, moved, runs, sought, tell_places_apart};
use crate::text::Span;

/// Lines by which ways of counting are judged: enough to tell them apart.
const SAMPLE: usize = 48;
/// Ways of counting that explain one file.
const MAX_COUNTINGS: usize = 3;

/// An annotation whose recorded text is not at its offsets, explained.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Explained {
    /// The cause.
    pub why: Mismatch,
    /// The spans, in bytes of the text, that are meant.
    pub spans: Option<Vec<Span>>,
    /// True where nothing else can be meant.
    pub certain: bool,
}

/// Explains the wrong ones among the annotations of a file, which are in the order of the text.
pub(super) fn explain(places: &TextPlaces<'_>, all: &[Placed<'_>]) -> Vec<Option<Explained>> {
    let mut verdict = Verdict { places, all, explained: vec![None; all.len()] };
    if all.iter().all(|placed| placed.right) {
        return verdict.explained;
    }
    let wrong = verdict.open();
    let occurrences = WordPlaces::of(places, wrong.iter().map(|number| sought(&all[*number])));
    let countings = Counting::applicable(places.text);
    let mut indexes = IndexMemo::default();
    verdict.by_counting(&countings, &mut indexes, &occurrences, Share::Most);
    verdict.by_runs(&occurrences);
    for _ in 1..MAX_COUNTINGS {
        if !verdict.by_counting(&countings, &mut indexes, &occurrences, Share::Any) {
            break;
        }
    }
    verdict.one_by_one(&occurrences);
    verdict.explained
}

/// The share of the open lines that a way of counting must explain.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Share {
    Most,
    Any,
}

struct Verdict<'v> {
    places: &'v TextPlaces<'v>,
    all: &'v [Placed<'v>],
    explained: Vec<Option<Explained>>,
}

/// Indexes of a text by measure, each made when it is first asked for.
#[derive(Default)]
struct IndexMemo<'t> {
    indexes: FxHashMap<Counting, CountingIndex<'t>>,
}

impl<'t> IndexMemo<'t> {
    fn get(&mut self, text: &'t str, measure: Counting) -> &CountingIndex<'t> {
        self.indexes.entry(measure).or_insert_with(|| CountingIndex::of(text, measure))
    }
}

/// A way of counting with what it explains of a sample.
struct Candidate {
    counting: Counting,
    explains: usize,
}

impl Candidate {
    /// The plainer way is taken unless another one explains clearly more.
    fn rank(&self) -> usize {
        (10 * self.explains).saturating_sub(4 * self.counting.departures())
    }
}

impl<'v> Verdict<'v> {
    /// The numbers of the annotations that nothing explains yet.
    fn open(&self) -> Vec<usize> {
        (0..self.all.len()).filter(|number| !self.all[*number].right && self.explained[*number].is_none()).collect()
    }

    /// Explains what the best way of counting explains; returns whether it explains anything.
    fn by_counting(
        &mut self,
        countings: &[Counting],
        indexes: &mut IndexMemo<'v>,
        occurrences: &WordPlaces<'_>,
        share: Share,
    ) -> bool {
        let open = self.open();
        if open.is_empty() {
            return false;
        }
        let sample: Vec<usize> = sampled(&open);
        let right: Vec<usize> = (0..self.all.len()).filter(|number| self.all[*number].right).collect();
        let right = sampled(&right);
        let mut best: Vec<Candidate> = Vec::new();
        let mut departures = 0;
        for &counting in countings {
            // A plain way that explains everything needs no rival of more parts.
            let is_done = |best: &[Candidate]| best.iter().any(|best| best.explains == sample.len());
            if counting.departures() > departures && is_done(&best) {
                break;
            }
            departures = counting.departures();
            let index = indexes.get(self.places.text, counting.measure());
            let explains = sample.iter().filter(|number| self.stands(index, counting, **number).is_some()).count();
            if explains == 0 {
                continue;
            }
            let contradicts = right.iter().filter(|number| self.contradicts(index, counting, **number)).count();
            if contradicts * 10 > explains {
                continue;
            }
            best.push(Candidate { counting, explains });
        }
        let Some(most) = best.iter().map(Candidate::rank).max() else { return false };
        if let Some(winner) = best.iter().find(|candidate| candidate.rank() == most)
            && (share == Share::Any || winner.explains * 2 > sample.len())
        {
            let counting = winner.counting;
            let rivals: Vec<Counting> = best
                .iter()
                .filter(|other| {
                    other.counting != counting
                        && other.explains == winner.explains
                        && other.counting.departures() == counting.departures()
                })
                .map(|other| other.counting)
                .collect();
            self.accept(counting, &rivals, &open, indexes, occurrences);
            return true;
        }
        false
    }

    fn accept(
        &mut self,
        counting: Counting,
        rivals: &[Counting],
        open: &[usize],
        indexes: &mut IndexMemo<'v>,
        occurrences: &WordPlaces<'_>,
    ) {
        let index = indexes.get(self.places.text, counting.measure());
        let found: Vec<(usize, Vec<Span>)> =
            open.iter().filter_map(|number| Some((*number, self.stands(index, counting, *number)?))).collect();
        let witnesses: FxHashSet<(&[Fragment], &str)> =
            found.iter().map(|(number, _)| (self.all[*number].fragments, self.all[*number].recorded)).collect();
        let words: FxHashSet<&str> = witnesses.iter().map(|(_, word)| *word).collect();
        let unexplained = open.len() - found.len();
        let together = witnesses.len() > 1 && tell_places_apart(&words) && unexplained <= found.len();
        let mut rivalled = FxHashSet::default();
        for rival in rivals {
            let index = indexes.get(self.places.text, rival.measure());
            rivalled.extend(found.iter().filter_map(|(number, spans)| {
                let other = self.stands(index, *rival, *number)?;
                (other != *spans).then_some(*number)
            }));
        }
        for (number, spans) in found {
            let once = occurrences.count(sought(&self.all[number])) == 1;
            // Beside wrong ones that it does not explain, a way of counting that explains one is a coincidence.
            let alone = once && unexplained == 0;
            let certain = (together || alone) && !rivalled.contains(&number);
            self.explained[number] = Some(Explained { why: Mismatch::Counting(counting), spans: Some(spans), certain });
        }
    }

    /// The place of an annotation by a way of counting, if its words stand there.
    fn stands(&self, index: &CountingIndex<'_>, counting: Counting, number: usize) -> Option<Vec<Span>> {
        let Placed { fragments, recorded, .. } = self.all[number];
        if recorded.is_empty() {
            return None;
        }
        let fragments: Option<Vec<Fragment>> = fragments.iter().map(|at| counting.unmoved(*at)).collect();
        let spans = spans(index, &fragments?)?;
        let length: u32 = spans.iter().map(|span| span.len()).sum();
        if length as usize > 4 * recorded.len() + 16 {
            return None;
        }
        let found = joined(self.places.text, &spans);
        // White space around the words would make every neighbouring way of counting fit.
        let is_form = |difference| difference != FormDifference::Padding;
        let is_it = agrees(&found, recorded) || !found.is_empty() && difference(&found, recorded).is_some_and(is_form);
        is_it.then_some(spans)
    }

    /// Tells whether a right annotation would be another one by a way of counting.
    fn contradicts(&self, index: &CountingIndex<'_>, counting: Counting, number: usize) -> bool {
        let fragments = self.all[number].fragments;
        let other: Option<Vec<Fragment>> = fragments.iter().map(|at| counting.unmoved(*at)).collect();
        other.and_then(|other| spans(index, &other)) != self.places.spans(fragments)
    }

    fn by_runs(&mut self, occurrences: &WordPlaces<'_>) {
        // Words that begin where they are said to have not moved, whatever stands further on.
        let has_moved = |placed: &Placed<'_>| placed.right || self.stands_moved(placed, 0).is_none();
        let open: Vec<usize> = (0..self.all.len())
            .filter(|number| self.explained[*number].is_none() && has_moved(&self.all[*number]))
            .collect();
        let placed: Vec<Placed<'_>> = open.iter().map(|number| self.all[*number]).collect();
        for run in runs(self.places, occurrences, &placed) {
            for member in run.members {
                let number = open[member];
                let Placed { fragments, recorded, .. } = self.all[number];
                let spans = moved(fragments, run.by, recorded).and_then(|moved| self.places.spans(&moved));
                self.explained[number] =
                    Some(Explained { why: Mismatch::Shifted { by: run.by }, spans, certain: run.certain });
            }
        }
    }

    /// The place of an annotation so many code points further on, if its words stand there.
    fn stands_moved(&self, placed: &Placed<'_>, by: i64) -> Option<Vec<Span>> {
        if placed.recorded.is_empty() {
            return None;
        }
        let spans = self.places.spans(&moved(placed.fragments, by, placed.recorded)?)?;
        agrees(&joined(self.places.text, &spans), placed.recorded).then_some(spans)
    }

    /// Explains each remaining annotation by the places where its words stand.
    fn one_by_one(&mut self, occurrences: &WordPlaces<'_>) {
        for number in self.open() {
            self.explained[number] = Some(self.alone(&self.all[number], occurrences));
        }
    }

    fn alone(&self, placed: &Placed<'_>, occurrences: &WordPlaces<'_>) -> Explained {
        let unknown = |why| Explained { why, spans: None, certain: false };
        let start = i64::from(placed.fragments[0].start);
        if let Some(spans) = self.stands_moved(placed, 0).filter(|_| placed.fragments.len() == 1) {
            let length = i64::from(crate::text::position::chars(placed.recorded));
            let by = start + length - i64::from(placed.fragments[0].end);
            return Explained { why: Mismatch::End { by }, spans: Some(spans), certain: false };
        }
        let mut distances = occurrences.distances(placed).filter_map(|by| Some((by, self.stands_moved(placed, by)?)));
        match (distances.next(), distances.next()) {
            (None, _) => unknown(Mismatch::Unknown),
            (Some((by, spans)), None) => {
                Explained { why: Mismatch::Shifted { by }, spans: Some(spans), certain: false }
            }
            (Some(_), Some(_)) => unknown(Mismatch::Ambiguous { places: 2 + distances.count() }),
        }
    }
}

/// Some of many, evenly spread.
fn sampled(all: &[usize]) -> Vec<usize> {
    let step = all.len().div_ceil(SAMPLE).max(1);
    all.iter().copied().step_by(step).collect()
}
