//! The segments of one document, each with its size, its counts and its facts.
//!
//! Two levels: chunks of segments, each chunk with the sum of its sizes. Finding a place reads one entry a chunk,
//! replacing segments copies the chunks they lie in, a clone for a snapshot copies one pointer a chunk.
//! Deliberately absent: the text.

use std::sync::Arc;

use super::digest::{Digest, DigestBasis, DigestMemo};
use crate::recognise::analyse::SegmentAnalysis;
use crate::recognise::facts::SegmentFacts;
use crate::recognise::profile::Tally;
use crate::text::{Position, Span};

/// One segment.
#[derive(Clone, Debug, PartialEq)]
pub struct Segment {
    /// The size (see [`Position::advance`]).
    pub size: Position,
    /// The counts.
    pub tally: Tally,
    /// The facts seen in it; `None` for nothing.
    pub facts: Option<Arc<SegmentFacts>>,
}

impl Segment {
    /// The segment that is this text, of which this was found.
    pub fn new(text: &str, found: SegmentAnalysis) -> Self {
        let SegmentAnalysis { facts, tally, chars } = found;
        Self { size: Position::of_segment(text, chars), tally, facts }
    }
}

/// Most segments a chunk holds.
const CHUNK: usize = 256;

/// Some hundred segments in a row.
#[derive(Clone, Debug, PartialEq)]
pub struct SegmentChunk {
    size: Position,
    /// True where any of its segments has facts: a walk over facts skips the others.
    facts: bool,
    pub(super) segments: Vec<Segment>,
    memo: DigestMemo,
}

impl SegmentChunk {
    fn new(segments: Vec<Segment>) -> Self {
        let size = segments.iter().fold(Position::default(), |size, segment| size.advance(segment.size));
        Self {
            size,
            facts: segments.iter().any(|segment| segment.facts.is_some()),
            segments,
            memo: DigestMemo::default(),
        }
    }

    /// Tells whether any of its segments has facts.
    pub const fn has_facts(&self) -> bool {
        self.facts
    }

    /// Returns its digest; made once.
    pub fn digest(&self, basis: &DigestBasis<'_>) -> Arc<Digest> {
        self.memo.get(basis, || {
            let facts = (0..).zip(&self.segments);
            Digest::new(basis, facts.filter_map(|(number, segment)| Some((number, segment.facts.as_deref()?))))
        })
    }
}

/// The segments of one document.
#[derive(Clone, Debug, Default)]
pub struct SegmentTree {
    /// The start of the first segment: behind a byte-order mark.
    origin: Position,
    chunks: Vec<Arc<SegmentChunk>>,
    tally: Tally,
}

/// A segment found by a byte offset.
#[derive(Clone, Copy, Debug)]
pub struct FoundSegment<'a> {
    /// The start.
    pub start: Position,
    /// The segment.
    pub segment: &'a Segment,
    chunk: usize,
    index: usize,
}

impl SegmentTree {
    /// A tree of these segments; the first one starts at `origin`.
    pub fn new(origin: Position, segments: Vec<Segment>) -> Self {
        let mut tree = Self { origin, ..Self::default() };
        tree.tally = sum(&segments);
        tree.chunks = chunks(segments);
        tree
    }

    /// The position behind the last segment.
    pub fn end(&self) -> Position {
        self.chunks.iter().fold(self.origin, |at, chunk| at.advance(chunk.size))
    }

    /// The start of the first segment.
    pub const fn origin(&self) -> Position {
        self.origin
    }

    /// The sum of all counts.
    pub const fn tally(&self) -> &Tally {
        &self.tally
    }

    /// The chunks in order, each with its start.
    pub fn chunks(&self) -> impl Iterator<Item = (Position, &SegmentChunk)> {
        self.chunks.iter().scan(self.origin, |at, chunk| {
            let start = *at;
            *at = at.advance(chunk.size);
            Some((start, &**chunk))
        })
    }

    /// The segments in order, each with its start.
    pub fn iter(&self) -> impl Iterator<Item = (Position, &Segment)> {
        let mut at = self.origin;
        self.chunks.iter().flat_map(|chunk| &chunk.segments).map(move |segment| {
            let start = at;
            at = at.advance(segment.size);
            (start, segment)
        })
    }

    /// The segments that have facts, in order, each with its start.
    pub fn facts(&self) -> impl Iterator<Item = (Position, &Arc<SegmentFacts>)> {
        self.facts_in(Span::new(0, u32::MAX))
    }

    /// The segments that have facts and touch `span`, bytes of the file, in order, each with its start. Chunks outside
    /// are passed over as a whole.
    pub fn facts_in(&self, span: Span) -> impl Iterator<Item = (Position, &Arc<SegmentFacts>)> {
        let mut at = self.origin;
        let chunks = self.chunks.iter().flat_map(move |chunk| {
            let start = at;
            at = at.advance(chunk.size);
            let near = start.byte <= span.end && span.start <= at.byte;
            let segments = if chunk.facts && near { &chunk.segments[..] } else { &[] };
            let mut inner = start;
            segments.iter().filter_map(move |segment| {
                let start = inner;
                inner = inner.advance(segment.size);
                Some((start, inner, segment.facts.as_ref()?))
            })
        });
        chunks
            .filter(move |(start, end, _)| start.byte <= span.end && span.start <= end.byte)
            .map(|(start, _, facts)| (start, facts))
    }

    /// The segment that holds byte `byte` of the file, or the last one for the end of the file.
    pub fn find(&self, byte: u32) -> Option<FoundSegment<'_>> {
        let mut at = self.origin;
        for (number, chunk) in self.chunks.iter().enumerate() {
            let end = at.advance(chunk.size);
            if byte < end.byte || number + 1 == self.chunks.len() {
                for (index, segment) in chunk.segments.iter().enumerate() {
                    let next = at.advance(segment.size);
                    if byte < next.byte || index + 1 == chunk.segments.len() {
                        return Some(FoundSegment { start: at, segment, chunk: number, index });
                    }
                    at = next;
                }
            }
            at = end;
        }
        None
    }

    /// The segment before a found one.
    pub fn before(&self, found: &FoundSegment<'_>) -> Option<FoundSegment<'_>> {
        let (chunk, index) = match found.index.checked_sub(1) {
            Some(index) => (found.chunk, index),
            None => {
                let chunk = found.chunk.checked_sub(1)?;
                (chunk, self.chunks[chunk].segments.len() - 1)
            }
        };
        let before = &self.chunks[chunk].segments;
        let mut start = self.chunks[..chunk].iter().fold(self.origin, |at, chunk| at.advance(chunk.size));
        start = before[..index].iter().fold(start, |at, segment| at.advance(segment.size));
        Some(FoundSegment { start, segment: &before[index], chunk, index })
    }

    /// Replaces the segments of bytes `start..end` of the file, both segment boundaries, and returns the replaced ones.
    pub fn splice(&mut self, start: u32, end: u32, new: Vec<Segment>) -> Vec<Segment> {
        let Some(first) = self.find(start).map(|found| (found.chunk, found.index, found.start.byte)) else {
            self.tally += sum(&new);
            self.chunks = chunks(new);
            return Vec::new();
        };
        let (first_chunk, first_index, first_byte) = first;
        // At the very end of the file the last segment is found, though it stands before `start`.
        let skip = usize::from(first_byte < start);
        let mut kept: Vec<Segment> = self.chunks[first_chunk].segments[..first_index + skip].to_vec();
        let mut removed = Vec::new();
        let mut at = start;
        let mut chunk = first_chunk;
        let mut index = first_index + skip;
        while at < end && chunk < self.chunks.len() {
            match self.chunks[chunk].segments.get(index) {
                Some(segment) => {
                    at += segment.size.byte;
                    removed.push(segment.clone());
                    index += 1;
                }
                None => (chunk, index) = (chunk + 1, 0),
            }
        }
        self.tally -= sum(&removed);
        self.tally += sum(&new);
        kept.extend(new);
        let last = chunk.min(self.chunks.len() - 1);
        if chunk < self.chunks.len() {
            kept.extend_from_slice(&self.chunks[chunk].segments[index..]);
        }
        self.chunks.splice(first_chunk..=last, chunks(kept));
        removed
    }
}

fn sum(segments: &[Segment]) -> Tally {
    segments.iter().fold(Tally::default(), |mut sum, segment| {
        sum += segment.tally;
        sum
    })
}

/// Chunks of even size, none of them empty or larger than [`CHUNK`].
fn chunks(segments: Vec<Segment>) -> Vec<Arc<SegmentChunk>> {
    let count = segments.len().div_ceil(CHUNK);
    if count <= 1 {
        return if segments.is_empty() { Vec::new() } else { vec![Arc::new(SegmentChunk::new(segments))] };
    }
    let size = segments.len().div_ceil(count);
    let mut segments = segments.into_iter();
    let mut chunks = Vec::with_capacity(count);
    loop {
        let chunk: Vec<Segment> = segments.by_ref().take(size).collect();
        if chunk.is_empty() {
            return chunks;
        }
        chunks.push(Arc::new(SegmentChunk::new(chunk)));
    }
}
