//! Byte spans.
//!
//! A span says where, never what: it has no text and no unit but bytes. Positions in lines, code points or UTF-16
//! are the business of [`position`](super::position).

use std::ops::Range;

use serde::{Deserialize, Serialize};

/// A half-open range of bytes, `start <= end`.
///
/// What the bytes are counted from (a segment, a file) is said where the span is kept.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// Byte after the last one.
    pub end: u32,
}

impl Span {
    /// The span `start..end`; a start behind the end is an empty span at `end`.
    pub const fn new(start: u32, end: u32) -> Self {
        Self { start: if start > end { end } else { start }, end }
    }

    /// The span of a `usize` range; files and segments are below 4 GiB by construction.
    pub const fn of(start: usize, end: usize) -> Self {
        Self::new(start as u32, end as u32)
    }

    /// Returns its length in bytes.
    pub const fn len(self) -> u32 {
        self.end - self.start
    }

    /// Returns whether it holds nothing.
    pub const fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Returns whether the two share at least one byte.
    pub const fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Returns whether `other` lies wholly inside (equal counts).
    pub const fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Returns whether a cursor at `offset` touches the span: both edges count, as editors expect.
    pub const fn touches(self, offset: u32) -> bool {
        self.start <= offset && offset <= self.end
    }

    /// The smallest span that holds both.
    #[must_use]
    pub fn cover(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// Moved by `by` bytes to the right.
    #[must_use]
    pub const fn shift(self, by: u32) -> Self {
        Self { start: self.start + by, end: self.end + by }
    }

    /// As a range to slice with.
    pub const fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The slice of `text` that the span names.
    ///
    /// # Panics
    /// When the span does not lie on character boundaries of `text`.
    pub fn slice(self, text: &str) -> &str {
        &text[self.range()]
    }
}

impl std::fmt::Debug for Span {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Self::of(range.start, range.end)
    }
}
