//! Places in annotations that have followed their text, as places in the file that the editor or the disk still has.
//!
//! Both have the same lines: what differs are offsets and recorded words within a line.

use crate::annotation::Standoff;
use crate::diagnostic::Diagnostic;
use crate::text::{FileId, LineIndex, Place, Position, Span};

/// A file as it will be written, beside the file as it is.
pub struct MovedPlaces<'f> {
    moved: &'f Standoff,
    shown: &'f Standoff,
    lines: LineIndex,
}

impl<'f> MovedPlaces<'f> {
    /// Places in `moved` as places in `shown`.
    pub fn new(moved: &'f Standoff, shown: &'f Standoff) -> Self {
        Self { moved, shown, lines: LineIndex::new(shown.source()) }
    }

    /// Brings a finding to the file that is shown. A fix of what stands otherwise there is none yet.
    pub fn bring_back(&self, file: FileId, found: &mut Diagnostic) {
        if found.file == file {
            found.place = self.place(found.place);
        }
        for related in found.related.iter_mut().filter(|related| related.file == file) {
            related.place = self.place(related.place);
        }
        let Some(fix) = &mut found.fix else { return };
        let of_file = || fix.edits.iter().filter(|edit| edit.file == file);
        if of_file().any(|edit| !self.is_same(edit.place)) {
            found.fix = None;
            return;
        }
        for edit in fix.edits.iter_mut().filter(|edit| edit.file == file) {
            edit.place = self.place(edit.place);
        }
    }

    /// The number of the line that holds a byte of the file as it will be written.
    fn line(&self, byte: u32) -> Option<usize> {
        self.moved.lines().partition_point(|line| line.span.start <= byte).checked_sub(1)
    }

    /// Tells whether the lines of a place are the same in both.
    fn is_same(&self, place: Place) -> bool {
        let (Some(first), Some(last)) = (self.line(place.start.byte), self.line(place.end.byte)) else { return false };
        let text = |file: &'f Standoff, number: usize| file.lines().get(number).map(|line| file.slice(line.span));
        (first..=last).all(|number| text(self.moved, number) == text(self.shown, number))
    }

    fn place(&self, place: Place) -> Place {
        let (start, end) = (self.byte(place.start), self.byte(place.end));
        self.lines.place(self.shown.source(), Span::new(start, end))
    }

    fn byte(&self, at: Position) -> u32 {
        let Some((number, shown)) = self.line(at.byte).and_then(|line| Some((line, self.shown.lines().get(line)?)))
        else {
            return self.shown.source().len() as u32;
        };
        let moved = self.moved.lines()[number].span;
        let column = at.byte - moved.start;
        let (one, other) = (self.moved.slice(moved), self.shown.slice(shown.span));
        let same = |(a, b): &(char, char)| a == b;
        let width = |(a, _): (char, char)| a.len_utf8() as u32;
        let head: u32 = one.chars().zip(other.chars()).take_while(same).map(width).sum();
        let tail: u32 = one.chars().rev().zip(other.chars().rev()).take_while(same).map(width).sum();
        let back = moved.len().saturating_sub(column);
        let column = match () {
            () if column <= head => column,
            // Behind the line, or in what both end with.
            () if column >= moved.len() => shown.span.len() + (column - moved.len()),
            () if back <= tail => shown.span.len().saturating_sub(back),
            () => head,
        };
        shown.span.start + column
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_those_of_the_file_that_is_shown() {
        let moved = Standoff::parse("T1\tPer 13 16\tLan\nA1\tSure T1 x\nT2\tPer 110 112\tLâm\n");
        let shown = Standoff::parse("T1\tPer 3 6\tLan\nA1\tSure T1 x\nT2\tPer 99 101\tLâm\n");
        let places = MovedPlaces::new(&moved, &shown);
        for words in ["T1", "Lan", "A1\tSure T1 x", "x", "T2\tPer", "Lâm"] {
            let lines = LineIndex::new(moved.source());
            let at = moved.source().find(words).unwrap();
            let place = lines.place(moved.source(), Span::of(at, at + words.len()));
            assert_eq!(places.place(place).span().slice(shown.source()), words);
        }
        let whole = LineIndex::new(moved.source()).place(moved.source(), moved.lines()[2].span);
        assert_eq!(places.place(whole).span(), shown.lines()[2].span);
    }
}
