//! The difference between a text as annotations counted it and the text as it is now, kept while somebody types.
//!
//! The map holds the passages that differ and nothing else, so that an edit costs what it changes, however many
//! annotations there are: a span is looked up when somebody asks for it. A passage that is what it was before is no
//! passage any more: an undo, in whatever pieces it comes, restores every span. All offsets are code points.
//! Deliberately absent: annotations, and the text outside the passages.

use unicode_normalization::UnicodeNormalization;

use crate::annotation::{Fragment, edits_between};
use crate::text::position::chars;

/// Letters of a replacement from which on it is taken apart into the passages that really change.
const LONG: u32 = 24;

/// The passages in which a text differs from what it was.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct EditMap {
    /// In order; none overlap.
    hunks: Vec<Hunk>,
    /// The place behind what was typed last, where it goes on inside its passage.
    typing: Option<u32>,
}

/// A passage that differs.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Hunk {
    /// The start before.
    start: u32,
    /// The text before.
    removed: String,
    removed_len: u32,
    /// The start now.
    now: u32,
    /// The text now.
    added: String,
    added_len: u32,
    /// Letters that both texts begin with.
    prefix: u32,
    /// Letters that both texts end with, without those they begin with.
    suffix: u32,
    /// True where what is inserted next is no replacement any more.
    is_sealed: bool,
}

/// A range that is replaced, before and now.
#[derive(Clone, Copy)]
struct Reach {
    start: u32,
    end: u32,
    now_start: u32,
    now_end: u32,
}

/// A piece of the text where it stands now.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct MovedFragment {
    /// The place.
    pub fragment: Fragment,
    /// The change of its words.
    pub words: WordChange,
}

/// The change of the words of a piece of text.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum WordChange {
    /// None.
    Same,
    /// A change inside, or a deletion of a part.
    Inside,
    /// A replacement across a border: nobody can say where the piece ends now.
    Crossed,
    /// The words are gone.
    Gone,
}

impl Hunk {
    fn new(start: u32, removed: String, now: u32, added: String) -> Self {
        let (removed_len, added_len) = (chars(&removed), chars(&added));
        let prefix = removed.chars().zip(added.chars()).take_while(|(a, b)| a == b).count() as u32;
        let rest = (removed_len.min(added_len) - prefix) as usize;
        let ends = removed.chars().rev().zip(added.chars().rev()).take(rest);
        let suffix = ends.take_while(|(a, b)| a == b).count() as u32;
        Self { start, removed, removed_len, now, added, added_len, prefix, suffix, is_sealed: false }
    }

    const fn end(&self) -> u32 {
        self.start + self.removed_len
    }

    const fn now_end(&self) -> u32 {
        self.now + self.added_len
    }

    /// Tells whether an insertion brings back a part of what stood there.
    fn is_restored_by(&self, at: u32, new: &str) -> bool {
        if self.removed_len < self.added_len + chars(new) || at < self.now || self.now_end() < at {
            return false;
        }
        let before = (at - self.now) as usize;
        let now = || self.added.chars().take(before).chain(new.chars()).chain(self.added.chars().skip(before));
        let length = (self.added_len + chars(new)) as usize;
        let prefix = self.removed.chars().zip(now()).take_while(|(a, b)| a == b).count();
        let now: Vec<char> = now().collect();
        let ends = self.removed.chars().rev().zip(now.into_iter().rev());
        let suffix = ends.take(length - prefix).take_while(|(a, b)| a == b).count();
        prefix + suffix == length
    }

    /// The range that it replaces as seen from a piece of text: all of it inside (a new name for the old one is still
    /// the name), what really differs where it reaches across.
    const fn reach(&self, of: Fragment) -> Reach {
        if of.start <= self.start && self.end() <= of.end {
            return Reach { start: self.start, end: self.end(), now_start: self.now, now_end: self.now_end() };
        }
        Reach {
            start: self.start + self.prefix,
            end: self.end() - self.suffix,
            now_start: self.now + self.prefix,
            now_end: self.now_end() - self.suffix,
        }
    }
}

impl EditMap {
    /// Tells whether the text is what it was.
    pub fn is_identity(&self) -> bool {
        self.hunks.is_empty()
    }

    /// Takes in that `new` stands in the place of `old`, which starts at a code point of the text as it is now.
    pub fn edit(&mut self, at: u32, old: &str, new: &str) {
        let is_long = chars(old) > LONG && chars(new) > LONG;
        if is_long || is_rewriting(old, new) {
            return self.rewrite(at, old, new);
        }
        let merged = self.merged(at, old, new);
        self.put(at, old, new, merged);
    }

    /// Takes in a replacement by what really changes in it.
    pub fn rewrite(&mut self, at: u32, old: &str, new: &str) {
        let merged = self.merged(at, old, new);
        let is_undo = merged.as_ref().is_some_and(|(_, hunk)| hunk.removed == hunk.added);
        if is_undo {
            return self.put(at, old, new, merged);
        }
        let edits = edits_between(old, new);
        let (mut byte, mut place) = (0, at);
        for edit in &edits {
            let range = edit.span.range();
            place += chars(&old[byte..range.start]);
            let (old, new) = (&old[range.clone()], edit.text.as_str());
            let merged = self.merged(place, old, new);
            self.put(place, old, new, merged);
            place += chars(new);
            byte = range.end;
        }
        self.typing = None;
    }

    /// Notes that what is typed next is an insertion of its own, wherever it stands.
    pub fn seal(&mut self) {
        self.typing = None;
        self.hunks.iter_mut().for_each(|hunk| hunk.is_sealed = true);
    }

    /// The passage that an edit makes, with the range of those that it swallows.
    fn merged(&self, at: u32, old: &str, new: &str) -> Option<(std::ops::Range<usize>, Hunk)> {
        if old.is_empty() && new.is_empty() {
            return None;
        }
        let end = at + chars(old);
        let mut first = self.hunks.partition_point(|hunk| hunk.now_end() < at);
        let mut last = first + self.hunks[first..].partition_point(|hunk| hunk.now <= end);
        while first < last && self.hunks[first].now < at && !self.swallows(at, end, new, &self.hunks[first]) {
            first += 1;
        }
        while first < last && !self.swallows(at, end, new, &self.hunks[last - 1]) {
            last -= 1;
        }
        let inside = &self.hunks[first..last];
        let (start, now) = match (inside.first(), first.checked_sub(1).map(|before| &self.hunks[before])) {
            (Some(hunk), _) if hunk.now <= at => (hunk.start, hunk.now),
            (Some(hunk), _) => (hunk.start - (hunk.now - at), at),
            (None, Some(before)) => (before.end() + (at - before.now_end()), at),
            (None, None) => (at, at),
        };
        let mut removed = String::new();
        let mut letters = old.chars();
        let mut place = at;
        for hunk in inside {
            let gap = hunk.now.saturating_sub(place);
            removed.extend(letters.by_ref().take(gap as usize));
            removed.push_str(&hunk.removed);
            let next = hunk.now_end().clamp(place + gap, end.max(place + gap));
            let skipped = next - place - gap;
            if skipped > 0 {
                letters.by_ref().nth(skipped as usize - 1);
            }
            place = next;
        }
        removed.extend(letters);
        let mut added = String::new();
        if let Some(hunk) = inside.first().filter(|hunk| hunk.now < at) {
            added.extend(hunk.added.chars().take((at - hunk.now) as usize));
        }
        added.push_str(new);
        if let Some(hunk) = inside.last().filter(|hunk| hunk.now_end() > end) {
            added.extend(hunk.added.chars().skip(end.saturating_sub(hunk.now) as usize));
        }
        Some((first..last, Hunk::new(start, removed, now, added)))
    }

    /// Tells whether an edit of a range becomes one with a passage that it touches.
    fn swallows(&self, at: u32, end: u32, new: &str, hunk: &Hunk) -> bool {
        let overlaps = hunk.now < end && at < hunk.now_end();
        if at < end {
            return overlaps || hunk.added_len == 0;
        }
        let inside = hunk.now < at && at < hunk.now_end();
        // Where something was deleted, what is inserted stands for it.
        let stands_for = hunk.added_len == 0 && !hunk.is_sealed;
        let goes_on = at == hunk.now_end() && self.typing == Some(at);
        inside || stands_for || goes_on || hunk.is_restored_by(at, new)
    }

    fn put(&mut self, at: u32, old: &str, new: &str, merged: Option<(std::ops::Range<usize>, Hunk)>) {
        let Some((swallowed, hunk)) = merged else { return };
        let growth = i64::from(chars(new)) - i64::from(chars(old));
        let behind = at + chars(new);
        self.typing = (hunk.added_len > 0 && hunk.now_end() == behind).then_some(behind);
        let at = swallowed.start;
        let hunk = (hunk.removed != hunk.added).then_some(hunk);
        let next = at + usize::from(hunk.is_some());
        self.hunks.splice(swallowed, hunk);
        for hunk in &mut self.hunks[next..] {
            hunk.now = moved(hunk.now, growth);
        }
        self.join_restored(at);
    }

    /// Takes out passages side by side that are together what they were: an undo may bring back in one piece what was
    /// taken away in several.
    fn join_restored(&mut self, at: usize) {
        let touches = |one: &Hunk, other: &Hunk| one.end() == other.start && one.now_end() == other.now;
        let mut first = at.min(self.hunks.len());
        while first > 0 && self.hunks.get(first).is_none_or(|hunk| touches(&self.hunks[first - 1], hunk)) {
            first -= 1;
        }
        let mut last = first + 1;
        while last < self.hunks.len() && touches(&self.hunks[last - 1], &self.hunks[last]) {
            last += 1;
        }
        if last > self.hunks.len() || last - first < 2 {
            return;
        }
        let group = &self.hunks[first..last];
        let removed = group.iter().flat_map(|hunk| hunk.removed.chars());
        if removed.eq(group.iter().flat_map(|hunk| hunk.added.chars())) {
            self.hunks.drain(first..last);
        }
    }

    /// The place of a piece of the text of before.
    pub fn fragment(&self, of: Fragment) -> MovedFragment {
        if self.hunks.is_empty() {
            return MovedFragment { fragment: of, words: WordChange::Same };
        }
        let (start, start_crossed) = self.start(of);
        if of.start == of.end {
            return MovedFragment { fragment: Fragment { start, end: start }, words: WordChange::Same };
        }
        let (end, end_crossed) = self.end(of);
        if start >= end {
            let at = start.min(end);
            return MovedFragment { fragment: Fragment { start: at, end: at }, words: WordChange::Gone };
        }
        let first = self.hunks.partition_point(|hunk| hunk.end() <= of.start);
        let inside = self.hunks[first..].iter().take_while(|hunk| hunk.start < of.end);
        let is_changed = inside.map(|hunk| hunk.reach(of)).any(|reach| {
            let is_insertion = reach.start == reach.end;
            if is_insertion {
                of.start < reach.start && reach.start < of.end && reach.now_start < reach.now_end
            } else {
                reach.start < of.end && of.start < reach.end
            }
        });
        let words = match (start_crossed || end_crossed, is_changed) {
            (true, _) => WordChange::Crossed,
            (false, true) => WordChange::Inside,
            (false, false) => WordChange::Same,
        };
        MovedFragment { fragment: Fragment { start, end }, words }
    }

    /// The start of a piece now, and whether something else than before stands across it. What is inserted there comes
    /// before the piece.
    fn start(&self, of: Fragment) -> (u32, bool) {
        let (first, mut now) = self.before(of.start);
        for hunk in self.hunks[first..].iter().take_while(|hunk| hunk.start <= of.start) {
            let reach = hunk.reach(of);
            if reach.end <= of.start {
                now = reach.now_end + (of.start - reach.end);
            } else if reach.start >= of.start {
                return (reach.now_start - (reach.start - of.start), false);
            } else {
                return (reach.now_end, reach.now_start < reach.now_end);
            }
        }
        (now, false)
    }

    /// The end of a piece now, and whether something else than before stands across it. What is inserted there comes
    /// behind the piece.
    fn end(&self, of: Fragment) -> (u32, bool) {
        let (first, mut now) = self.before(of.end);
        for hunk in self.hunks[first..].iter().take_while(|hunk| hunk.start <= of.end) {
            let reach = hunk.reach(of);
            if reach.start >= of.end {
                return (reach.now_start - (reach.start - of.end), false);
            } else if reach.end <= of.end {
                now = reach.now_end + (of.end - reach.end);
            } else {
                return (reach.now_start, reach.now_start < reach.now_end);
            }
        }
        (now, false)
    }

    /// The first passage that may reach to an offset, and where the offset lies now if none does.
    fn before(&self, offset: u32) -> (usize, u32) {
        let first = self.hunks.partition_point(|hunk| hunk.end() < offset);
        let before = first.checked_sub(1).map(|before| &self.hunks[before]);
        (first, before.map_or(offset, |hunk| hunk.now_end() + (offset - hunk.end())))
    }
}

/// Tells whether a replacement only writes the same letters in another normal form.
fn is_rewriting(old: &str, new: &str) -> bool {
    !old.is_ascii() && !old.is_empty() && !new.is_empty() && old != new && old.nfc().eq(new.nfc())
}

fn moved(at: u32, by: i64) -> u32 {
    u32::try_from(i64::from(at) + by).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A text that is edited as an editor does it.
    struct Typed {
        text: String,
        map: EditMap,
        /// The edits that undo each edit.
        done: Vec<(u32, String, String)>,
    }

    fn byte(text: &str, at: u32) -> usize {
        text.char_indices().nth(at as usize).map_or(text.len(), |(byte, _)| byte)
    }

    impl Typed {
        fn new(text: &str) -> Self {
            Self { text: text.to_owned(), map: EditMap::default(), done: Vec::new() }
        }

        fn replace(&mut self, start: u32, end: u32, new: &str) {
            let (from, to) = (byte(&self.text, start), byte(&self.text, end));
            let old = self.text[from..to].to_owned();
            self.map.edit(start, &old, new);
            self.text.replace_range(from..to, new);
            self.done.push((start, new.to_owned(), old));
        }

        fn undo(&mut self) {
            let Some((start, new, old)) = self.done.pop() else { return };
            self.replace(start, start + chars(&new), &old);
            self.done.pop();
        }

        fn of(&self, start: u32, end: u32) -> (&str, WordChange) {
            let moved = self.map.fragment(Fragment { start, end });
            let (from, to) = (byte(&self.text, moved.fragment.start), byte(&self.text, moved.fragment.end));
            (&self.text[from..to], moved.words)
        }
    }

    /// The text `Bà Lan về quê.`, in which `Lan` (3 to 6) is marked.
    fn typed(edits: &[(u32, u32, &str)]) -> (String, WordChange) {
        let mut typed = Typed::new("Bà Lan về quê.");
        for (start, end, new) in edits {
            typed.replace(*start, *end, new);
        }
        let (words, change) = typed.of(3, 6);
        (words.to_owned(), change)
    }

    #[test]
    fn a_marked_word_follows() {
        use WordChange::{Crossed, Gone, Inside, Same};
        for (edits, words, change) in [
            (&[(0, 0, "Ôi, ")][..], "Lan", Same),
            (&[(3, 3, "x")], "Lan", Same),
            (&[(6, 6, "x")], "Lan", Same),
            (&[(6, 6, "x"), (7, 7, "y"), (3, 3, "z")], "Lan", Same),
            (&[(4, 4, "o")], "Loan", Inside),
            (&[(3, 6, "Mai")], "Mai", Inside),
            (&[(3, 6, "M"), (4, 4, "a"), (5, 5, "i")], "Mai", Inside),
            (&[(3, 6, "M"), (4, 4, "o"), (4, 5, ""), (4, 4, "ai")], "Mai", Inside),
            (&[(3, 6, ""), (3, 3, "Mai")], "Mai", Inside),
            (&[(5, 6, ""), (4, 5, ""), (3, 4, ""), (3, 3, "M"), (4, 4, "ai")], "Mai", Inside),
            // What is typed later behind a new name is not in it.
            (&[(3, 6, "Mai"), (0, 0, "-"), (7, 7, " và")], "Mai", Inside),
            (&[(3, 6, "")], "", Gone),
            (&[(2, 7, "")], "", Gone),
            (&[(5, 9, "")], "La", Inside),
            (&[(0, 4, "")], "an", Inside),
            (&[(5, 9, "x")], "La", Crossed),
            (&[(0, 4, "x")], "an", Crossed),
            (&[(0, 9, "x")], "", Gone),
            // Only what differs counts: the mark is in what stays.
            (&[(0, 9, "Bà Lan đi")], "Lan", Same),
        ] {
            assert_eq!(typed(edits), (words.to_owned(), change), "{edits:?}");
        }
    }

    #[test]
    fn undo_restores_whatever_its_pieces() {
        // Deleted letter by letter across the border, restored at once.
        let back = [(8, 9, ""), (7, 8, ""), (6, 7, ""), (5, 6, ""), (4, 5, ""), (4, 4, "an về")];
        assert_eq!(typed(&back), ("Lan".to_owned(), WordChange::Same));
        // Deleted forward from before the word, restored in two pieces.
        let forward = [(0, 1, ""), (0, 1, ""), (0, 1, ""), (0, 1, ""), (0, 0, "Bà "), (3, 3, "L")];
        assert_eq!(typed(&forward), ("Lan".to_owned(), WordChange::Same));
        // All of it replaced and brought back, as a client without ranges does it.
        let whole = [(0, 14, ""), (0, 0, "Bà Lan về quê.")];
        assert_eq!(typed(&whole), ("Lan".to_owned(), WordChange::Same));
        // Typed over, restored as one replacement.
        let over = [(0, 9, "x"), (1, 1, "y"), (0, 2, "Bà Lan về")];
        assert_eq!(typed(&over), ("Lan".to_owned(), WordChange::Same));
    }

    #[test]
    fn a_whole_text_is_compared() {
        let (old, new) = ("Bà Lan về quê.", "Hôm qua bà Lan đã về quê ngoại.");
        let mut map = EditMap::default();
        map.rewrite(0, old, new);
        let moved = map.fragment(Fragment { start: 3, end: 6 });
        assert_eq!(moved, MovedFragment { fragment: Fragment { start: 11, end: 14 }, words: WordChange::Same });
        map.rewrite(0, new, old);
        assert!(map.is_identity());
    }

    #[test]
    fn letters_in_another_normal_form_keep_their_marks() {
        let mut text = Typed::new("Bà Lan về quê.");
        let decomposed: String = "Bà Lan về quê.".nfd().collect();
        text.replace(0, 14, &decomposed);
        assert_eq!(text.of(3, 6), ("Lan", WordChange::Same));
        let (words, _) = text.of(7, 9);
        assert_eq!(words.nfc().collect::<String>(), "về");
    }

    proptest! {
        #[test]
        fn untouched_words_stay_marked_and_undo_restores_all(
            edits in prop::collection::vec((0..60u32, 0..8u32, "[xกé]{0,4}"), 1..30),
        ) {
            let text = "Lan gặp Minh ở chợ. ป้าสมใจ ขายผัก 😀 và Hoa.";
            let marks = [(0, 3), (8, 12), (20, 27), (36, 37), (41, 44), (8, 18)];
            let mut typed = Typed::new(text);
            for (start, length, new) in &edits {
                let length_now = chars(&typed.text);
                let start = (*start).min(length_now);
                typed.replace(start, (start + length).min(length_now), new);
                // The passages are what they say.
                for hunk in &typed.map.hunks {
                    let (from, to) = (byte(&typed.text, hunk.now), byte(&typed.text, hunk.now_end()));
                    prop_assert_eq!(&typed.text[from..to], &hunk.added);
                    let (from, to) = (byte(text, hunk.start), byte(text, hunk.end()));
                    prop_assert_eq!(&text[from..to], &hunk.removed);
                }
                for pair in typed.map.hunks.windows(2) {
                    prop_assert!(pair[0].end() <= pair[1].start && pair[0].now_end() <= pair[1].now);
                    prop_assert_eq!(pair[1].start - pair[0].end(), pair[1].now - pair[0].now_end());
                }
                for (start, end) in marks {
                    let (words, change) = typed.of(start, end);
                    if change == WordChange::Same {
                        prop_assert_eq!(words, &text[byte(text, start)..byte(text, end)]);
                    }
                }
            }
            while !typed.done.is_empty() {
                typed.undo();
            }
            prop_assert_eq!(&typed.text, text);
            prop_assert!(typed.map.is_identity());
        }
    }
}
