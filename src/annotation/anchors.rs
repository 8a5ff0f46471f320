//! Anchors of annotations: the changes in an annotation file when the text beside it is edited.
//!
//! An edit inside a span changes what is recorded; one that touches a span's border from outside leaves the span alone.
//! An edit that would delete a span, or replaces text across its border so that nobody can say where the span now ends,
//! is refused, because a silent guess would change what somebody marked.

use rustc_hash::{FxHashMap, FxHashSet};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::canonical_combining_class;

use super::fragment::Fragment;
use super::line::AnnotationBody;
use super::places::{TextPlaces, written};
use super::ranges::RangeIndex;
use super::recorded::{agrees, difference};
use super::standoff::{AnnotationLine, Standoff};
use crate::text::Span;
use crate::text::edit::{self, TextEdit};
use crate::text::position::chars;

/// The treatment of annotations whose whole text is deleted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum OnDeletion {
    /// The edits are refused.
    Refuse,
    /// The annotation goes, and with it what is said of it.
    Drop,
}

/// The reason why annotations cannot be re-anchored.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum AnchorRefusal {
    /// The edits exclude each other or do not lie in the text.
    Unfit,
    /// Annotations would be lost.
    Lost(Vec<AnchorLoss>),
    /// The edits lie before or in annotations, by their ids, whose words are not at their offsets: nobody could repair
    /// these any more.
    Mismatching(Vec<String>),
}

/// An annotation that the edits would lose.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AnchorLoss {
    /// The number of its line in the annotation file, from 1.
    pub line: u32,
    /// The id.
    pub id: String,
    /// True where its text is deleted; else an edit replaces text across its border.
    pub deleted: bool,
}

impl Standoff {
    /// The replacements in this file when `edits` (in bytes, in order) are made in `text`, the document it belongs to.
    /// Empty when nothing moves. Lines that cannot be read stay as they are, and so do annotations whose words are not
    /// at their offsets: moved by an edit, they could be repaired no more.
    ///
    /// # Errors
    /// [`AnchorRefusal`] names what stands against it; then nothing must be edited.
    pub fn reanchor(
        &self,
        text: &str,
        edits: &[TextEdit],
        on_deletion: OnDeletion,
    ) -> Result<Vec<TextEdit>, AnchorRefusal> {
        AnchoredText::new(self, text).reanchor(edits, on_deletion)
    }
}

/// The annotations of a file at their places in a text: edits are tried on them, many one after the other.
pub struct AnchoredText<'a> {
    standoff: &'a Standoff,
    places: TextPlaces<'a>,
    /// Those whose words stand at their offsets, by the code points from their first to their last.
    right: RangeIndex,
    /// Those whose words do not, by the code points from the start of their line in the text to their last.
    wrong: RangeIndex,
}

impl<'a> AnchoredText<'a> {
    /// The annotations of `standoff` in the document `text`.
    pub fn new(standoff: &'a Standoff, text: &'a str) -> Self {
        let places = TextPlaces::new(text);
        let line_starts: Vec<usize> =
            std::iter::once(0).chain(memchr::memchr2_iter(b'\n', b'\r', text.as_bytes()).map(|at| at + 1)).collect();
        let (mut right, mut wrong) = (Vec::new(), Vec::new());
        for (number, line) in standoff.lines().iter().enumerate() {
            let AnnotationBody::Text { fragments, text: recorded, .. } = &line.body else { continue };
            let (start, end) = hull(fragments);
            if standoff.is_right(&places, fragments, *recorded) {
                right.push((start, end, number));
            } else {
                let byte = places.byte(start);
                let line = line_starts[line_starts.partition_point(|at| *at <= byte) - 1];
                wrong.push((places.code_points(line).min(end), end, number));
            }
        }
        Self { standoff, places, right: RangeIndex::new(right), wrong: RangeIndex::new(wrong) }
    }

    /// Tells whether every annotation bears `edits`. Only those that the edits touch are looked at.
    ///
    /// # Errors
    /// [`AnchorRefusal`] names what stands against it.
    pub fn bear(&self, edits: &[TextEdit]) -> Result<(), AnchorRefusal> {
        if !edit::fit(self.places.text, edits) {
            return Err(AnchorRefusal::Unfit);
        }
        let moves = EditMoves::new(&self.places, edits);
        let mut touched: Vec<usize> =
            moves.moves.iter().flat_map(|edit| self.right.touching(edit.whole.start, edit.whole.end)).collect();
        touched.sort_unstable();
        touched.dedup();
        let losses: Vec<AnchorLoss> = touched.into_iter().filter_map(|number| self.loss(&moves, number)).collect();
        if !losses.is_empty() {
            return Err(AnchorRefusal::Lost(losses));
        }
        let mut before: Vec<usize> =
            moves.moves.iter().flat_map(|edit| self.wrong.touching(edit.core.start, edit.core.end)).collect();
        before.sort_unstable();
        before.dedup();
        if before.is_empty() { Ok(()) } else { Err(AnchorRefusal::Mismatching(self.ids(&before))) }
    }

    /// The bytes of the text from the first to the last that the annotation of a line of the file marks.
    pub fn span_of_line(&self, line: u32) -> Option<Span> {
        let AnnotationBody::Text { fragments, .. } = &self.standoff.lines().get(line as usize - 1)?.body else {
            return None;
        };
        let (start, end) = hull(fragments);
        Some(Span::of(self.places.byte(start), self.places.byte(end)))
    }

    /// See [`Standoff::reanchor`].
    ///
    /// # Errors
    /// [`AnchorRefusal`] names what stands against it; then nothing must be edited.
    pub fn reanchor(&self, edits: &[TextEdit], on_deletion: OnDeletion) -> Result<Vec<TextEdit>, AnchorRefusal> {
        let new_text = edit::applied(self.places.text, edits).ok_or(AnchorRefusal::Unfit)?;
        let moves = EditMoves::new(&self.places, edits);
        let after = TextPlaces::new(&new_text);
        let mut changes = Vec::new();
        let mut losses = Vec::new();
        let mut dropped = FxHashSet::default();
        for (.., number) in self.right.by_number() {
            let line = &self.standoff.lines()[number];
            let AnnotationBody::Text { fragments, .. } = &line.body else { continue };
            match moves.all(fragments) {
                Ok(moved) => self.standoff.rewrite(line, fragments, &moved, (&self.places, &after), &mut changes),
                Err(FragmentLoss::Deleted) if on_deletion == OnDeletion::Drop => {
                    dropped.insert(number);
                }
                Err(_) => losses.extend(self.loss(&moves, number)),
            }
        }
        if !losses.is_empty() {
            return Err(AnchorRefusal::Lost(losses));
        }
        if on_deletion == OnDeletion::Refuse {
            let wrong = self.wrong.by_number().into_iter().filter(|(start, end, _)| moves.meet(*start, *end));
            let mismatching: Vec<usize> = wrong.map(|(.., number)| number).collect();
            if !mismatching.is_empty() {
                return Err(AnchorRefusal::Mismatching(self.ids(&mismatching)));
            }
        }
        if !dropped.is_empty() {
            changes.extend(self.standoff.without(dropped));
            changes.sort();
        }
        Ok(changes)
    }

    /// The loss of an annotation whose words are at their offsets, where the edits lose it.
    fn loss(&self, moves: &EditMoves, number: usize) -> Option<AnchorLoss> {
        let line = &self.standoff.lines()[number];
        let AnnotationBody::Text { fragments, .. } = &line.body else { return None };
        let gone = moves.all(fragments).err()?;
        let id = self.standoff.slice(line.id).to_owned();
        Some(AnchorLoss { line: number as u32 + 1, id, deleted: gone == FragmentLoss::Deleted })
    }

    fn ids(&self, numbers: &[usize]) -> Vec<String> {
        let ids = numbers.iter().map(|number| self.standoff.slice(self.standoff.lines()[*number].id));
        ids.map(str::to_owned).collect()
    }
}

/// The code points from the first to the last of fragments.
fn hull(fragments: &[Fragment]) -> (u32, u32) {
    let start = fragments.iter().map(|fragment| fragment.start).min().unwrap_or_default();
    let end = fragments.iter().map(|fragment| fragment.end).max().unwrap_or_default();
    (start, end.max(start))
}

impl Standoff {
    /// Tells whether the words of an annotation stand at its offsets; without a record nothing contradicts them.
    fn is_right(&self, places: &TextPlaces<'_>, fragments: &[Fragment], recorded: Option<Span>) -> bool {
        let Some(found) = places.joined(fragments) else { return false };
        recorded.is_none_or(|recorded| {
            let recorded = self.slice(recorded);
            // A difference of form leaves no doubt about the place.
            agrees(&found, recorded) || difference(&found, recorded).is_some()
        })
    }

    /// The replacements of the offsets and the recorded text of one line, as far as they change.
    fn rewrite(
        &self,
        line: &AnnotationLine,
        old: &[Fragment],
        moved: &[Fragment],
        (before, after): (&TextPlaces<'_>, &TextPlaces<'_>),
        changes: &mut Vec<TextEdit>,
    ) {
        let AnnotationBody::Text { offsets, text, .. } = line.body else { return };
        let Some(found) = before.joined(old) else {
            // Offsets behind the end of the text name nothing that could move; they are a finding of their own.
            return;
        };
        let split;
        let mut moved = moved;
        let mut now = after.joined(moved);
        if now.as_ref().is_some_and(|now| now.contains('\n')) && !found.contains('\n') {
            split = after.split_at_line_breaks(moved);
            moved = &split;
            now = after.joined(moved);
        }
        if moved != old {
            changes.push(TextEdit::replace(offsets, written(moved)));
        }
        // A record that was wrong before is not made right by accident, nor wrong in another way.
        if let (Some(span), Some(now)) = (text, now)
            && now != found
            && agrees(&found, self.slice(span))
        {
            let recorded = Span::new(span.start, span.start + found.len() as u32);
            changes.push(TextEdit::replace(recorded, now));
        }
    }

    /// Takes out the lines with these numbers and what cannot stand without them: what is said of them, arguments they
    /// fill, their memberships.
    pub fn without(&self, mut dropped: FxHashSet<usize>) -> Vec<TextEdit> {
        let mut leaning: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
        for (number, line) in self.lines().iter().enumerate() {
            for target in line.body.leans_on() {
                leaning.entry(self.slice(target)).or_default().push(number);
            }
        }
        let mut ids: FxHashSet<&str> = FxHashSet::default();
        let mut falling: Vec<usize> = dropped.iter().copied().collect();
        while let Some(number) = falling.pop() {
            let id = self.slice(self.lines()[number].id);
            if ids.insert(id) {
                falling.extend(leaning.get(id).into_iter().flatten().filter(|&&number| dropped.insert(number)));
            }
        }
        for (number, line) in self.lines().iter().enumerate() {
            if let AnnotationBody::Equivalence { members, .. } = &line.body
                && members.iter().filter(|member| !ids.contains(self.slice(**member))).count() < 2
            {
                dropped.insert(number);
            }
        }
        let mut changes = Vec::new();
        for (number, line) in self.lines().iter().enumerate() {
            if dropped.contains(&number) {
                let end = self.lines().get(number + 1).map_or(self.source().len() as u32, |next| next.span.start);
                changes.push(TextEdit::replace(Span::new(line.span.start, end), ""));
                continue;
            }
            let parts: Vec<Span> = match &line.body {
                AnnotationBody::Event { arguments, .. } => {
                    arguments.iter().map(|argument| argument.role.cover(argument.target)).collect()
                }
                AnnotationBody::Equivalence { members, .. } => members.clone(),
                _ => continue,
            };
            let gone = parts.into_iter().filter(|part| {
                let id = self.slice(*part);
                ids.contains(id.rsplit(':').next().unwrap_or(id))
            });
            // With the space before it.
            changes.extend(gone.map(|part| TextEdit::replace(Span::new(part.start - 1, part.end), "")));
        }
        changes
    }
}

/// The reason that a fragment is nowhere afterwards.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum FragmentLoss {
    Deleted,
    Crossed,
}

/// One edit, in code points.
#[derive(Clone, Copy, Debug)]
struct EditMove {
    /// The range that is replaced.
    whole: ReplacedRange,
    /// The same without what stays as it was at both ends: `BpLâm` → `Bp Lâm` is an insertion.
    core: ReplacedRange,
    /// The distance by which it has moved by the edits before.
    shift: i64,
    /// The number of code points it adds.
    growth: i64,
}

#[derive(Clone, Copy, Debug)]
struct ReplacedRange {
    start: u32,
    end: u32,
    /// True where anything stands there afterwards.
    filled: bool,
}

/// Edits in order, and where they move fragments.
pub(super) struct EditMoves {
    moves: Vec<EditMove>,
    /// The distance by which all that stands behind the edits has moved.
    shift: i64,
}

impl EditMoves {
    pub(super) fn new(places: &TextPlaces<'_>, edits: &[TextEdit]) -> Self {
        let text = places.text;
        let mut moves = Vec::with_capacity(edits.len());
        let mut shift = 0;
        let refined: Vec<TextEdit> = edits.iter().flat_map(|edit| by_letter(text, edit)).collect();
        for edit in &refined {
            let range = edit.span.range();
            let start = places.code_points(range.start);
            let (old, new) = (&text[range], edit.text.as_str());
            let (old_len, new_len) = (chars(old), chars(new));
            let prefix = old.chars().zip(new.chars()).take_while(|(a, b)| a == b).count() as u32;
            let rest = (old_len.min(new_len) - prefix) as usize;
            let ends = old.chars().rev().zip(new.chars().rev()).take(rest);
            let suffix = ends.take_while(|(a, b)| a == b).count() as u32;
            let end = start + old_len;
            let growth = i64::from(new_len) - i64::from(old_len);
            let whole = ReplacedRange { start, end, filled: new_len > 0 };
            let core = ReplacedRange { start: start + prefix, end: end - suffix, filled: new_len > prefix + suffix };
            moves.push(EditMove { whole, core, shift, growth });
            shift += growth;
        }
        Self { moves, shift }
    }

    /// Tells whether an edit touches a range of code points.
    fn meet(&self, start: u32, end: u32) -> bool {
        // In order and apart, so their ends are in order too.
        let first = self.moves.partition_point(|edit| edit.core.end < start);
        self.moves.get(first).is_some_and(|edit| edit.core.start <= end)
    }

    /// The fragments after the edits.
    pub(super) fn all(&self, fragments: &[Fragment]) -> Result<Vec<Fragment>, FragmentLoss> {
        let mut moved = Vec::with_capacity(fragments.len());
        for &fragment in fragments {
            match self.one(fragment) {
                Ok(fragment) => moved.push(fragment),
                // A piece may go while others remain.
                Err(FragmentLoss::Deleted) => {}
                Err(FragmentLoss::Crossed) => return Err(FragmentLoss::Crossed),
            }
        }
        if moved.is_empty() { Err(FragmentLoss::Deleted) } else { Ok(moved) }
    }

    fn one(&self, fragment: Fragment) -> Result<Fragment, FragmentLoss> {
        let start = self.start(fragment)?;
        if fragment.start == fragment.end {
            return Ok(Fragment { start, end: start });
        }
        let end = self.end(fragment)?;
        if start < end { Ok(Fragment { start, end }) } else { Err(FragmentLoss::Deleted) }
    }

    /// The start of the fragment now. What is inserted there comes before it.
    fn start(&self, fragment: Fragment) -> Result<u32, FragmentLoss> {
        let at = fragment.start;
        let before = self.moves.partition_point(|edit| edit.whole.end <= at);
        let Some(edit) = self.moves.get(before) else { return Ok(moved(at, self.shift)) };
        match edit.reach(fragment) {
            reach if reach.end <= at => Ok(moved(at, edit.shift + edit.growth)),
            reach if reach.start >= at => Ok(moved(at, edit.shift)),
            reach if reach.filled => Err(FragmentLoss::Crossed),
            reach => Ok(moved(reach.start, edit.shift)),
        }
    }

    /// The end of the fragment now. What is inserted there comes behind it.
    fn end(&self, fragment: Fragment) -> Result<u32, FragmentLoss> {
        let at = fragment.end;
        let before = self.moves.partition_point(|edit| edit.whole.end < at);
        let Some(edit) = self.moves.get(before) else { return Ok(moved(at, self.shift)) };
        match edit.reach(fragment) {
            reach if reach.start >= at => Ok(moved(at, edit.shift)),
            reach if reach.end <= at => Ok(moved(at, edit.shift + edit.growth)),
            reach if reach.filled => Err(FragmentLoss::Crossed),
            reach => Ok(moved(reach.start, edit.shift)),
        }
    }
}

/// An edit that only writes letters in another normal form, letter by letter, so that annotations of some of them keep
/// their borders; any other edit as it is.
fn by_letter(text: &str, edit: &TextEdit) -> Vec<TextEdit> {
    let (old, new) = (edit.span.slice(text), edit.text.as_str());
    let whole = || vec![edit.clone()];
    if old.is_empty() || new.is_empty() || !old.nfc().eq(new.nfc()) {
        return whole();
    }
    let (old, new) = (letters(old), letters(new));
    // Hangul composes across letters.
    if old.len() != new.len() {
        return whole();
    }
    let mut at = edit.span.start;
    let pairs = old.into_iter().zip(new).map(|(old, new)| {
        let span = Span::new(at, at + old.len() as u32);
        at = span.end;
        TextEdit::replace(span, new)
    });
    pairs.filter(|edit| edit.span.slice(text) != edit.text).collect()
}

/// The letters of a text, each with the marks that stand on it.
fn letters(text: &str) -> Vec<&str> {
    let mut letters = Vec::new();
    let mut start = 0;
    for (at, letter) in text.char_indices().skip(1) {
        if canonical_combining_class(letter) == 0 {
            letters.push(&text[start..at]);
            start = at;
        }
    }
    letters.push(&text[start..]);
    letters
}

impl EditMove {
    /// The range that it replaces as seen from a fragment: all of it inside (a new name for the old one is still the
    /// name), the core of it where it reaches across.
    fn reach(&self, fragment: Fragment) -> ReplacedRange {
        let inside = fragment.start <= self.whole.start && self.whole.end <= fragment.end;
        if inside { self.whole } else { self.core }
    }
}

fn moved(at: u32, shift: i64) -> u32 {
    u32::try_from(i64::from(at) + shift).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::super::check::Against;
    use super::super::fault::AnnotationFaultKind;
    use super::*;
    use proptest::prelude::*;

    /// The edits that `…«old|new»…` shows, and the text before them.
    fn edits(marked: &str) -> (String, Vec<TextEdit>) {
        let mut text = String::new();
        let mut edits = Vec::new();
        let mut rest = marked;
        while let Some((before, tail)) = rest.split_once('«') {
            text.push_str(before);
            let (edit, tail) = tail.split_once('»').unwrap();
            let (old, new) = edit.split_once('|').unwrap();
            edits.push(TextEdit::replace(Span::of(text.len(), text.len() + old.len()), new));
            text.push_str(old);
            rest = tail;
        }
        (text + rest, edits)
    }

    fn moved_file(marked: &str, file: &str, on_deletion: OnDeletion) -> Result<String, AnchorRefusal> {
        let (text, edits) = edits(marked);
        let changes = Standoff::parse(file).reanchor(&text, &edits, on_deletion)?;
        Ok(edit::applied(file, &changes).unwrap())
    }

    #[test]
    fn spans_move_and_what_is_recorded_changes() {
        let cases = [
            ("«|โดย»นายสม ไป", "T1\tPer 3 5\tสม\n", "T1\tPer 6 8\tสม\n"),
            ("นาย«สม|ชัย» ไป", "T1\tPer 3 5\tสม\n", "T1\tPer 3 6\tชัย\n"),
            ("นาย«|x»สม«|y» ไป", "T1\tPer 3 5\tสม\n", "T1\tPer 4 6\tสม\n"),
            ("นายส«|x»ม ไป", "T1\tPer 3 5\tสม\n", "T1\tPer 3 6\tสxม\n"),
            ("«BpLâm|Bp Lâm» đi", "T1\tPer 2 5\tLâm\n", "T1\tPer 3 6\tLâm\n"),
            ("«Lâm|Thanh Lâm» đi", "T1\tPer 0 3\tLâm\n", "T1\tPer 0 9\tThanh Lâm\n"),
            ("«Lâm đi|Lâm về»", "T1\tPer 0 3\tLâm\n", "T1\tPer 0 3\tLâm\n"),
            ("a«b |»cd e", "T1\tPer 3 5\tcd\n", "T1\tPer 1 3\tcd\n"),
            ("a«b c|»d e", "T1\tPer 3 5\tcd\n", "T1\tPer 1 2\td\n"),
            ("ab «cd e|»f", "T1\tPer 0 2;3 5\tab cd\n", "T1\tPer 0 2\tab\n"),
            ("a«|\n»b", "T1\tPer 0 2\tab\n", "T1\tPer 0 1;2 3\ta b\n"),
            ("x«y|yy»\nab", "T1\tPer 3 5\twrong\n", "T1\tPer 3 5\twrong\n"),
            ("ab«c|» d", "T1\tPer 0 1\twrong\nT2\tPer 4 5\td\n", "T1\tPer 0 1\twrong\nT2\tPer 3 4\td\n"),
            ("«e\u{301}a|éa»b", "T1\tPer 2 4\tab\nT2\tPer 0 2\te\u{301}\n", "T1\tPer 1 3\tab\nT2\tPer 0 1\té\n"),
            ("«éa|e\u{301}a»b", "T1\tPer 1 3\tab\nT2\tPer 0 1\té\n", "T1\tPer 2 4\tab\nT2\tPer 0 2\te\u{301}\n"),
            ("x«y|yy» ab", "T1\tPer 3 5\tab tail\n", "T1\tPer 4 6\tab tail\n"),
            (
                "x«y|yy» ab\nzz",
                "T1\tPer 33 55\tab\nrubbish\r\nT2\tPer 3 5\n",
                "T1\tPer 33 55\tab\nrubbish\r\nT2\tPer 4 6\n",
            ),
            ("a«|xx»b", "T1\tPer 1 1\t\n", "T1\tPer 3 3\t\n"),
            ("«\r\n|\n»ab", "T1\tPer 2 4\tab\r\n", "T1\tPer 1 3\tab\r\n"),
        ];
        for (marked, file, expected) in cases {
            assert_eq!(moved_file(marked, file, OnDeletion::Refuse).as_deref(), Ok(expected), "{marked:?} {file:?}");
        }
    }

    #[test]
    fn what_would_be_lost_is_named() {
        let file = "T9\tPer 0 1\ta\nT1\tPer 2 4\tbc\n";
        for (marked, deleted) in
            [("a «bc|» d", true), ("a« bc |»d", true), ("a «bc d|x»", false), ("«a b|x»c d", false)]
        {
            let losses = match moved_file(marked, file, OnDeletion::Refuse) {
                Err(AnchorRefusal::Lost(losses)) => losses,
                other => panic!("{marked}: {other:?}"),
            };
            let loss = losses.into_iter().find(|loss| loss.id == "T1").unwrap();
            assert_eq!(loss, AnchorLoss { line: 2, id: "T1".into(), deleted }, "{marked}");
        }
        let crossing = [TextEdit::replace(Span::new(0, 2), ""), TextEdit::replace(Span::new(1, 3), "")];
        assert_eq!(Standoff::parse(file).reanchor("a bc d", &crossing, OnDeletion::Drop), Err(AnchorRefusal::Unfit));
    }

    #[test]
    fn what_lies_before_wrong_words_is_withheld() {
        let file = "T1\tPer 3 5\twrong\nT2\tPer 0 1\ta\n";
        for marked in ["«x|y»a bc d", "a «bc|» d", "a b«c|d»"] {
            let refused = moved_file(marked, file, OnDeletion::Refuse);
            assert!(
                matches!(refused, Err(AnchorRefusal::Mismatching(ref ids)) if ids.contains(&"T1".to_owned())),
                "{marked}: {refused:?}"
            );
        }
    }

    #[test]
    fn dropping_takes_along_what_leans_on_it() {
        let file = "T1\tPer 0 1\ta\nT2\tPer 2 3\tb\nT3\tMeet 4 5\tc\n#1\tNote A1\tx\nA1\tSure T1\n\
                    R1\tOf Arg1:T1 Arg2:T2\nE1\tMeet:T3 Who:T1 Who2:T2\n*\tSame T1 T2 T3\n*\tSame T1 T2\n# odd\n";
        let expected = "T2\tPer 1 2\tb\nT3\tMeet 3 4\tc\nE1\tMeet:T3 Who2:T2\n*\tSame T2 T3\n# odd\n";
        assert_eq!(moved_file("«a|» b c", file, OnDeletion::Drop).as_deref(), Ok(expected));
        let expected = "T1\tPer 0 1\ta\nT2\tPer 2 3\tb\n#1\tNote A1\tx\nA1\tSure T1\nR1\tOf Arg1:T1 Arg2:T2\n\
                        *\tSame T1 T2\n*\tSame T1 T2\n# odd\n";
        assert_eq!(moved_file("a b «c|»", file, OnDeletion::Drop).as_deref(), Ok(expected));
    }

    /// A text of letters of one to four bytes, spans in it, and edits that delete nothing wholly.
    fn worlds() -> impl Strategy<Value = (String, Vec<(usize, usize)>, Vec<TextEdit>)> {
        let text = prop::collection::vec(prop::sample::select(vec!['a', 'ệ', 'ก', '้', '😀', ' ']), 1..40);
        text.prop_flat_map(|letters| {
            let length = letters.len();
            let text: String = letters.into_iter().collect();
            let spans = prop::collection::vec((0..length, 1..8usize), 0..6);
            let edits = prop::collection::vec((0..=length, 0..4usize, "[xก]{1,3}"), 0..6);
            (Just(text), spans, edits)
        })
        .prop_map(|(text, spans, edits)| {
            let bytes: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
            let last = bytes.len() - 1;
            let spans = spans.into_iter().map(|(start, length)| (start, (start + length).min(last))).collect();
            let mut kept: Vec<TextEdit> = Vec::new();
            let mut edits: Vec<TextEdit> = edits
                .into_iter()
                .map(|(start, length, new)| {
                    TextEdit::replace(Span::of(bytes[start], bytes[(start + length).min(last)]), new)
                })
                .collect();
            edits.sort();
            for edit in edits {
                if kept.last().is_none_or(|before| before.span <= edit.span && !before.excludes(&edit)) {
                    kept.push(edit);
                }
            }
            (text, spans, kept)
        })
    }

    fn annotated(text: &str, spans: &[(usize, usize)]) -> String {
        let letters: Vec<char> = text.chars().collect();
        let line = |(number, &(start, end)): (usize, &(usize, usize))| {
            format!("T{number}\tPer {start} {end}\t{}\n", letters[start..end].iter().collect::<String>())
        };
        spans.iter().enumerate().map(line).collect()
    }

    proptest! {
        #[test]
        fn the_record_is_what_stands_there_and_the_way_back_leads_back((text, spans, edits) in worlds()) {
            let file = annotated(&text, &spans);
            let before = Standoff::parse(file.as_str());
            prop_assert_eq!(before.reanchor(&text, &[], OnDeletion::Refuse), Ok(Vec::new()));
            let Ok(changes) = before.reanchor(&text, &edits, OnDeletion::Refuse) else { return Ok(()) };
            let new_text = edit::applied(&text, &edits).unwrap();
            let after = Standoff::parse(edit::applied(&file, &changes).unwrap());
            let faults = after.faults(Against { text: &new_text, given: None, configuration: None });
            prop_assert!(!faults.iter().any(|fault| matches!(fault.problem, AnnotationFaultKind::Mismatch { .. })), "{faults:?}");

            let deletes = |edit: &EditMove| edit.core.start < edit.core.end && !edit.core.filled;
            if EditMoves::new(&TextPlaces::new(&text), &edits).moves.iter().any(deletes) {
                return Ok(());
            }
            let (mut back, mut shift) = (Vec::new(), 0i64);
            for edit in &edits {
                let start = (i64::from(edit.span.start) + shift) as u32;
                let span = Span::new(start, start + edit.text.len() as u32);
                back.push(TextEdit::replace(span, edit.span.slice(&text)));
                shift += edit.text.len() as i64 - i64::from(edit.span.len());
            }
            if let Ok(changes) = after.reanchor(&new_text, &back, OnDeletion::Refuse) {
                prop_assert_eq!(edit::applied(after.source(), &changes).unwrap(), file);
            }
        }
    }
}
