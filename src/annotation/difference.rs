//! Re-anchoring by difference: the annotations of a text after it was changed outside the editor.
//!
//! The change is worked out as a difference of the two texts, by lines and within changed lines by letters, and the
//! annotations move by it as they move with an edit in the editor. A span whose words are gone is looked for where its
//! words stand with all that was around them, if that is once in each text; otherwise the places of its words are
//! candidates for a person to choose from. Nothing is guessed by nearness. Deliberately absent: reading the two texts,
//! and writing annotation files.

use std::borrow::Cow;

use daachorse::DoubleArrayAhoCorasick;
use rustc_hash::{FxHashMap, FxHashSet};
use similar::{Algorithm, DiffTag, capture_diff_slices};

use super::anchors::EditMoves;
use super::fragment::Fragment;
use super::line::AnnotationBody;
use super::places::{TextPlaces, written};
use super::recorded::agrees;
use super::shifts::WordPlaces;
use super::standoff::Standoff;
use crate::text::Span;
use crate::text::edit::TextEdit;
use crate::text::position::{chars, lines};

/// Letters of a changed passage that are compared one by one; in a longer one words are compared first.
const MAX_LETTERS: usize = 2000;
/// Words of a changed passage that are compared; a longer one is replaced as a whole.
const MAX_WORDS: usize = 20_000;
/// Places of lost words that are named.
const MAX_CANDIDATES: usize = 8;
/// Bytes of a passage by which it is known again: shorter ones are everywhere.
const KNOWN_PASSAGE: usize = 24;
/// Bytes of it that stand around the words that are looked for.
const KNOWN_AROUND: usize = 12;
/// Letters on each side of words that are compared.
const MOST_AROUND: usize = 40;
/// Annotations that are looked for elsewhere: where more are lost, the text is another one.
const MOST_UNPLACED: usize = 20_000;

/// The fate of a text-bound annotation when its text was changed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum AnchorFate {
    /// Offsets and words are the same.
    Kept,
    /// The words are the same, at other offsets.
    Moved(Vec<Fragment>),
    /// The words were changed, between the same neighbours.
    Changed(Vec<Fragment>),
    /// The words are gone, or nobody can say where they end.
    Lost {
        /// The places of the same words, first ones first.
        candidates: Vec<Fragment>,
    },
}

/// A text-bound annotation with its fate.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ReanchoredLine {
    /// The number of its line in the annotation file, from 0.
    pub number: usize,
    /// The fate.
    pub fate: AnchorFate,
}

/// The fates of all text-bound annotations, and the replacements in the annotation file.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Reanchored {
    /// The annotations, in the order of the file.
    pub lines: Vec<ReanchoredLine>,
    /// The replacements that put moved and changed ones at their places; lost ones stay as they are.
    pub edits: Vec<TextEdit>,
}

impl Standoff {
    /// The number of text-bound annotations whose words stand at their offsets in a text, and that of all.
    pub fn count_right(&self, text: &str) -> (usize, usize) {
        let places = TextPlaces::new(text);
        let (mut right, mut all) = (0, 0);
        for line in self.lines() {
            let AnnotationBody::Text { ref fragments, text, .. } = line.body else { continue };
            all += 1;
            let found = places.words(fragments);
            let is_right = |found: Cow<'_, str>| text.is_none_or(|recorded| agrees(&found, self.slice(recorded)));
            right += usize::from(found.is_some_and(is_right));
        }
        (right, all)
    }

    /// Moves annotations that were made on the text `old` to where their words are in `new`.
    pub fn reanchor_by_difference(&self, old: &str, new: &str) -> Reanchored {
        let edits = edits_between(old, new);
        let (before, after) = (TextPlaces::new(old), TextPlaces::new(new));
        let moves = EditMoves::new(&before, &edits);
        let mut lines = Vec::new();
        let mut unplaced = Vec::new();
        for (number, line) in self.lines().iter().enumerate() {
            let AnnotationBody::Text { ref fragments, text, .. } = line.body else { continue };
            let recorded = text.map(|text| self.slice(text));
            let words = before.words(fragments);
            let words = words.filter(|words| recorded.is_none_or(|recorded| agrees(words, recorded)));
            let fate = match &words {
                Some(words) => match moves.all(fragments) {
                    Ok(moved) => fate_of(&after, fragments, after.split_at_line_breaks(&moved), words),
                    Err(_) => AnchorFate::Lost { candidates: Vec::new() },
                },
                // Of one that was wrong before, only what stands at its offsets now counts.
                None => {
                    match after.words(fragments).is_some_and(|found| agrees(&found, recorded.unwrap_or_default())) {
                        true => AnchorFate::Kept,
                        false => AnchorFate::Lost { candidates: Vec::new() },
                    }
                }
            };
            if words.is_some() && matches!(fate, AnchorFate::Lost { .. } | AnchorFate::Changed(_)) {
                unplaced.extend(UnplacedAnnotation::new(&before, lines.len(), fragments));
            }
            lines.push(ReanchoredLine { number, fate });
        }
        place_by_surroundings(&before, &after, &unplaced, &mut lines);
        self.name_candidates(&before, &after, &mut lines);
        let edits = lines.iter().flat_map(|line| self.placed(&after, line)).collect();
        Reanchored { lines, edits }
    }

    /// The replacements that put an annotation at its place.
    fn placed(&self, after: &TextPlaces<'_>, line: &ReanchoredLine) -> Vec<TextEdit> {
        let mut edits = Vec::new();
        if let AnchorFate::Moved(placed) | AnchorFate::Changed(placed) = &line.fate
            && let AnnotationBody::Text { offsets, text, .. } = self.lines()[line.number].body
        {
            edits.push(TextEdit::replace(offsets, written(placed)));
            if let (Some(text), Some(words)) = (text, after.words(placed))
                && !agrees(&words, self.slice(text))
            {
                edits.push(TextEdit::replace(text, words));
            }
        }
        edits
    }

    /// Names the places of the words of lost annotations, in one pass over the text.
    fn name_candidates(&self, before: &TextPlaces<'_>, after: &TextPlaces<'_>, lines: &mut [ReanchoredLine]) {
        let words_of = |line: &ReanchoredLine| -> Option<String> {
            let AnnotationBody::Text { ref fragments, text, .. } = self.lines()[line.number].body else { return None };
            matches!(line.fate, AnchorFate::Lost { .. }).then_some(())?;
            let recorded = text.map(|text| self.slice(text));
            let words = before.words(fragments).filter(|words| recorded.is_none_or(|recorded| agrees(words, recorded)));
            words.map(Cow::into_owned).or_else(|| recorded.map(str::to_owned))
        };
        let words: Vec<Option<String>> = lines.iter().map(words_of).collect();
        let places = WordPlaces::of(after, words.iter().flatten().map(String::as_str).take(MOST_UNPLACED));
        for (line, words) in lines.iter_mut().zip(&words) {
            let (AnchorFate::Lost { candidates }, Some(words)) = (&mut line.fate, words) else { continue };
            let length = chars(words);
            let found = places.at(words).iter().take(MAX_CANDIDATES);
            candidates.extend(found.map(|start| Fragment { start: *start, end: start + length }));
        }
    }
}

fn fate_of(after: &TextPlaces<'_>, old: &[Fragment], moved: Vec<Fragment>, words: &str) -> AnchorFate {
    let same = after.words(&moved).is_some_and(|found| found == words);
    match same {
        _ if moved.is_empty() => AnchorFate::Lost { candidates: Vec::new() },
        true if moved == old => AnchorFate::Kept,
        true => AnchorFate::Moved(moved),
        false => AnchorFate::Changed(moved),
    }
}

/// An annotation that the difference does not place, or places at other words: its passage may stand elsewhere.
struct UnplacedAnnotation<'t> {
    /// The number among the annotations.
    number: usize,
    fragments: &'t [Fragment],
    /// The words with their surroundings: on both sides, before, behind; each with the bytes before the words.
    surroundings: Vec<(&'t str, usize)>,
}

impl<'t> UnplacedAnnotation<'t> {
    fn new(before: &TextPlaces<'t>, number: usize, fragments: &'t [Fragment]) -> Option<Self> {
        let span = before.spans(fragments)?.into_iter().reduce(Span::cover)?;
        let (start, end) = (span.start as usize, span.end as usize);
        let from = start - behind_last_stop(&before.text[..start]).len();
        let until = end + before_next_stop(&before.text[end..]).len();
        let surroundings = [(from, until), (from, end), (start, until)].into_iter().filter_map(|(from, until)| {
            let around = &before.text[from..until];
            let is_known = around.len() >= KNOWN_PASSAGE && around.len() >= end - start + KNOWN_AROUND;
            is_known.then_some((around, start - from))
        });
        let surroundings: Vec<(&str, usize)> = surroundings.collect();
        (!surroundings.is_empty()).then_some(Self { number, fragments, surroundings })
    }
}

/// The end of a text from its last line or sentence on, at most so many letters.
fn behind_last_stop(text: &str) -> &str {
    let mut letters = text.char_indices().rev().take(MOST_AROUND).peekable();
    let mut from = text.len();
    while let Some((at, letter)) = letters.next() {
        let is_stop = letter == ' ' && letters.peek().is_some_and(|(_, before)| matches!(before, '.' | '!' | '?'));
        if is_stop || matches!(letter, '\n' | '\r') {
            break;
        }
        from = at;
    }
    &text[from..]
}

/// The beginning of a text to the end of its first line or sentence, at most so many letters.
fn before_next_stop(text: &str) -> &str {
    let mut stop = false;
    let mut until = 0;
    for (at, letter) in text.char_indices().take(MOST_AROUND) {
        if stop && letter == ' ' || matches!(letter, '\n' | '\r') {
            break;
        }
        stop = matches!(letter, '.' | '!' | '?');
        until = at + letter.len_utf8();
    }
    &text[..until]
}

/// Moves annotations to where their words stand with all that is around them, if that is once in each text.
fn place_by_surroundings(
    before: &TextPlaces<'_>,
    after: &TextPlaces<'_>,
    unplaced: &[UnplacedAnnotation<'_>],
    lines: &mut [ReanchoredLine],
) {
    let mut passages: FxHashSet<&str> = FxHashSet::default();
    passages.extend(unplaced.iter().take(MOST_UNPLACED).flat_map(|one| one.surroundings.iter().map(|(text, _)| *text)));
    let passages: Vec<&str> = passages.into_iter().collect();
    // Passages that are distinct and not empty can always be compiled.
    let Ok(automaton) = DoubleArrayAhoCorasick::<u32>::new(&passages) else { return };
    let places = |text: &str| {
        let mut places: FxHashMap<&str, PassagePlace> = FxHashMap::default();
        for hit in automaton.find_overlapping_iter(text) {
            let place = places.entry(passages[hit.value() as usize]);
            place.and_modify(|place| *place = PassagePlace::Several).or_insert(PassagePlace::Once(hit.start()));
        }
        places
    };
    let (there, here) = (places(before.text), places(after.text));
    for one in unplaced {
        let moved = one.surroundings.iter().find_map(|(passage, ahead)| {
            let (Some(PassagePlace::Once(_)), Some(PassagePlace::Once(at))) = (there.get(passage), here.get(passage))
            else {
                return None;
            };
            let first = one.fragments.iter().map(|fragment| fragment.start).min()?;
            let by = i64::from(after.code_points(at + ahead)) - i64::from(first);
            let shift = |at: u32| u32::try_from(i64::from(at) + by).ok();
            let moved: Option<Vec<Fragment>> = one
                .fragments
                .iter()
                .map(|fragment| Some(Fragment { start: shift(fragment.start)?, end: shift(fragment.end)? }))
                .collect();
            moved.filter(|moved| before.words(one.fragments).is_some_and(|words| after.words(moved) == Some(words)))
        });
        if let Some(moved) = moved {
            lines[one.number].fate = if moved == one.fragments { AnchorFate::Kept } else { AnchorFate::Moved(moved) };
        }
    }
}

/// The places of a passage in a text.
#[derive(Clone, Copy)]
enum PassagePlace {
    Once(usize),
    Several,
}

/// The edits that turn one text into the other: whole lines, and within changed lines letters.
pub fn edits_between(old: &str, new: &str) -> Vec<TextEdit> {
    let (old_lines, new_lines): (Vec<&str>, Vec<&str>) = (lines(old).collect(), lines(new).collect());
    let mut edits = Vec::new();
    replaced(&old_lines, &new_lines, 0, &mut |at, old, new| within(at, old, new, &mut edits));
    edits
}

/// A function that is called with a passage that differs.
type PassageSink<'s> = dyn FnMut(usize, &[&str], &[&str]) + 's;

/// Calls `each` with every passage that differs: the byte of the old text, what stood there, what stands there now.
fn replaced(old: &[&str], new: &[&str], start: usize, each: &mut PassageSink<'_>) {
    let mut at = start;
    let mut pending: Option<(usize, std::ops::Range<usize>, std::ops::Range<usize>)> = None;
    for op in capture_diff_slices(Algorithm::Patience, old, new) {
        let (tag, from, to) = op.as_tag_tuple();
        let length: usize = old[from.clone()].iter().map(|piece| piece.len()).sum();
        if tag == DiffTag::Equal {
            if let Some((at, from, to)) = pending.take() {
                each(at, &old[from], &new[to]);
            }
        } else {
            // A deletion and an insertion side by side are one replacement.
            pending = Some(match pending.take() {
                Some((at, before, into)) => (at, before.start..from.end, into.start..to.end),
                None => (at, from, to),
            });
        }
        at += length;
    }
    if let Some((at, from, to)) = pending {
        each(at, &old[from], &new[to]);
    }
}

/// The edits within a passage.
fn within(at: usize, old: &[&str], new: &[&str], edits: &mut Vec<TextEdit>) {
    let (old, new) = (old.concat(), new.concat());
    let whole = |edits: &mut Vec<TextEdit>| {
        edits.push(TextEdit::replace(Span::of(at, at + old.len()), new.as_str()));
    };
    if old.is_empty() || new.is_empty() {
        return whole(edits);
    }
    let letters = |text: &str| text.chars().count();
    if letters(&old) <= MAX_LETTERS && letters(&new) <= MAX_LETTERS {
        return by_letters(at, &old, &new, edits);
    }
    let (old_words, new_words) = (words(&old), words(&new));
    if old_words.len() > MAX_WORDS || new_words.len() > MAX_WORDS {
        return whole(edits);
    }
    replaced(&old_words, &new_words, at, &mut |at, old, new| {
        let (old, new) = (old.concat(), new.concat());
        if letters(&old) <= MAX_LETTERS && letters(&new) <= MAX_LETTERS {
            by_letters(at, &old, &new, edits);
        } else {
            edits.push(TextEdit::replace(Span::of(at, at + old.len()), new.as_str()));
        }
    });
}

/// The edits of letters. Letters that stand between two changes by chance belong to one change.
fn by_letters(at: usize, old: &str, new: &str, edits: &mut Vec<TextEdit>) {
    let pieces = |text: &str| -> Vec<usize> { text.char_indices().map(|(at, _)| at).chain([text.len()]).collect() };
    let (old_at, new_at) = (pieces(old), pieces(new));
    let letters = |text: &str| -> Vec<char> { text.chars().collect() };
    let mut found: Vec<(std::ops::Range<usize>, std::ops::Range<usize>)> = Vec::new();
    for op in capture_diff_slices(Algorithm::Myers, &letters(old), &letters(new)) {
        let (tag, from, to) = op.as_tag_tuple();
        if tag == DiffTag::Equal {
            continue;
        }
        let long = |from: &std::ops::Range<usize>, to: &std::ops::Range<usize>| from.len().max(to.len()) >= 4;
        match found.last_mut() {
            Some((before, into))
                if from.start == before.end
                    || from.start - before.end <= 2 && (long(before, into) && long(&from, &to)) =>
            {
                before.end = from.end;
                into.end = to.end;
            }
            _ => found.push((from, to)),
        }
    }
    edits.extend(found.into_iter().map(|(from, to)| {
        let span = Span::of(at + old_at[from.start], at + old_at[from.end]);
        TextEdit::replace(span, &new[new_at[to.start]..new_at[to.end]])
    }));
}

/// The words of a text with what stands between them.
fn words(text: &str) -> Vec<&str> {
    text.split_inclusive(char::is_whitespace).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::edit::applied;

    fn fates(old: &str, new: &str, file: &str) -> (Vec<String>, String) {
        let standoff = Standoff::parse(file);
        let done = standoff.reanchor_by_difference(old, new);
        let names = done.lines.iter().map(|line| match &line.fate {
            AnchorFate::Kept => "kept".to_owned(),
            AnchorFate::Moved(_) => "moved".to_owned(),
            AnchorFate::Changed(_) => "changed".to_owned(),
            AnchorFate::Lost { candidates } => format!("lost {}", candidates.len()),
        });
        (names.collect(), applied(file, &done.edits).unwrap())
    }

    #[test]
    fn annotations_are_where_their_words_are() {
        let old = "Ông Bình ở Huế.\nBà Hoa ở Vinh.\n";
        let file = "T1\tPer 4 8\tBình\nT2\tPlace 11 14\tHuế\nT3\tPer 19 22\tHoa\nR1\tIn Arg1:T1 Arg2:T2\n";
        let cases = [
            (old, ["kept", "kept", "kept"], file),
            (
                "Mới.\nÔng Bình ở Huế.\nBà Hoa ở Vinh.\n",
                ["moved", "moved", "moved"],
                "T1\tPer 9 13\tBình\nT2\tPlace 16 19\tHuế\nT3\tPer 24 27\tHoa\nR1\tIn Arg1:T1 Arg2:T2\n",
            ),
            (
                "Ông Bính ở Huế.\nBà Hoa ở Vinh.\n",
                ["changed", "kept", "kept"],
                "T1\tPer 4 8\tBính\nT2\tPlace 11 14\tHuế\nT3\tPer 19 22\tHoa\nR1\tIn Arg1:T1 Arg2:T2\n",
            ),
            (
                "Ông Bình ở Huế.\r\nBà Hoa ở Vinh.\r\n",
                ["kept", "kept", "moved"],
                "T1\tPer 4 8\tBình\nT2\tPlace 11 14\tHuế\nT3\tPer 20 23\tHoa\nR1\tIn Arg1:T1 Arg2:T2\n",
            ),
            ("Ông Bình ở Huế.\n", ["kept", "kept", "lost 0"], file),
        ];
        for (new, expected, after) in cases {
            let (fates, file) = fates(old, new, file);
            assert_eq!(fates, expected, "{new}");
            assert_eq!(file, after, "{new}");
        }
    }

    #[test]
    fn a_line_that_was_moved_takes_its_annotations_along() {
        let old = "Dòng thứ nhất nói về ông Bình.\nDòng thứ hai ngắn hơn.\nDòng thứ ba nói về Huế.\n";
        let new = "Dòng thứ hai ngắn hơn.\nDòng thứ ba nói về Huế.\nDòng thứ nhất nói về ông Bình.\n";
        let (fates, file) = fates(old, new, "T1\tPer 25 29\tBình\nT2\tPlace 73 76\tHuế\n");
        assert_eq!(fates, ["moved", "moved"]);
        assert_eq!(file, "T1\tPer 72 76\tBình\nT2\tPlace 42 45\tHuế\n");
    }

    #[test]
    fn lost_words_have_candidates() {
        let (fates, file) = fates("An đi.\nAn về.\nAn ở.\n", "An đi.\nAn ở.\n", "T1\tPer 7 9\tAn\n");
        assert_eq!((fates, file.as_str()), (vec!["lost 2".to_owned()], "T1\tPer 7 9\tAn\n"));
    }

    proptest! {
        #[test]
        fn unchanged_words_between_unchanged_neighbours_are_found(
            pieces in prop::collection::vec("[a-zâăêôơưđก-ฮ]{3,9}", 4..24),
            cut in any::<prop::sample::Index>(),
            insert in "[A-Z]{0,12}",
        ) {
            let old = pieces.join(" \n");
            let cut = cut.index(pieces.len());
            let mut changed = pieces.clone();
            changed.insert(cut, insert);
            let new = changed.join(" \n");
            let mut at = 0;
            let file: String = pieces.iter().enumerate().map(|(number, piece)| {
                let end = at + piece.chars().count();
                let line = format!("T{number}\tX {at} {end}\t{piece}\n");
                at = end + 2;
                line
            }).collect();
            let done = Standoff::parse(file.as_str()).reanchor_by_difference(&old, &new);
            let after = Standoff::parse(applied(&file, &done.edits).unwrap());
            let places = TextPlaces::new(&new);
            for (line, piece) in after.lines().iter().zip(&pieces) {
                let AnnotationBody::Text { fragments, .. } = &line.body else { continue };
                prop_assert_eq!(places.joined(fragments), Some(piece.clone()));
            }
        }
    }
}
