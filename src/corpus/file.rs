//! One file of the corpus: open in an editor with its text, or closed with its facts alone.
//!
//! The facts of a closed file are at hand, or packed into a tenth of the room: whoever keeps many files for long packs
//! them, and whoever looks at one of these unpacks a copy ([`File::unpacked`]).

use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

use camino::Utf8Path;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::counts::FileCounts;
use super::document::Document;
use super::tree::{Segment, SegmentTree};
use crate::recognise::analyse::{Ctx, analyse_all};
use crate::recognise::facts::SegmentFacts;
use crate::recognise::profile::{DocumentProfile, Tally};
use crate::text::encoding::{Undecodable, decode};
use crate::text::position::BYTE_ORDER_MARK;
use crate::text::segment::segments;
use crate::text::{FileId, Place, Position, Span};

/// A file of the corpus.
#[derive(Clone, Debug)]
pub struct File {
    /// The number.
    pub id: FileId,
    /// The path below the corpus root, `/` as separator.
    pub path: Arc<Utf8Path>,
    /// The known part of its content.
    pub body: FileBody,
    /// The state that was read from disk last; `None` for what was never on disk.
    pub disk: Option<DiskFacts>,
    /// The date its path states.
    pub path_date: Option<Date>,
    /// Changes with every change of its content, and is never the same for two contents of one session.
    pub version: u64,
}

/// The known part of a file's content.
#[derive(Clone, Debug)]
pub enum FileBody {
    /// It is open: text and facts.
    Open(Document),
    /// It is closed: facts alone.
    Closed(ClosedFile),
    /// It is no text.
    NotUtf8(Undecodable),
}

/// The facts of a closed file: at hand, packed, or both.
#[derive(Clone, Debug, Default)]
pub struct ClosedFile {
    tally: Tally,
    packed: Option<Arc<[u8]>>,
    /// The unpacked facts, once somebody has asked for it.
    at_hand: OnceLock<ClosedSegments>,
    /// True where it may stay at hand.
    stays: bool,
}

/// Segments that have facts, in order, each with its start.
type ClosedSegments = Box<[(Position, Arc<SegmentFacts>)]>;

/// All that only the bytes on disk tell, since editors hide it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DiskFacts {
    /// True where the file starts with a byte-order mark.
    pub byte_order_mark: bool,
    /// The first line end of the rarer kind, where there is more than one kind.
    pub odd_line_end: Option<Place>,
    /// Counts of line ends: `\n`, `\r\n`, `\r`.
    pub line_ends: [u32; 3],
    /// A fingerprint of the bytes.
    pub digest: u64,
}

/// The result of reading a file: facts for a closed file.
#[derive(Clone, Debug)]
pub struct LoadedFile {
    /// The content.
    pub body: FileBody,
    /// All that only the bytes tell.
    pub disk: DiskFacts,
    /// The counts of what is in it.
    pub counts: FileCounts,
}

impl LoadedFile {
    /// Analyses the bytes of a file. Pure: the same bytes give the same facts.
    pub fn new(ctx: &Ctx, bytes: &[u8]) -> Self {
        let text = decode(bytes);
        let disk = DiskFacts::of_text(bytes, text.ok());
        match text {
            Ok(text) => {
                let (origin, text) = split_mark(text);
                let closed = ClosedFile::new(ctx, text, origin);
                let counts = closed.counts();
                Self { body: FileBody::Closed(closed), disk, counts }
            }
            Err(error) => Self { body: FileBody::NotUtf8(error), disk, counts: FileCounts::default() },
        }
    }
}

impl DiskFacts {
    /// Returns all that the bytes of a file tell. Line ends are counted in text alone.
    pub fn of(bytes: &[u8]) -> Self {
        Self::of_text(bytes, decode(bytes).ok())
    }

    /// The same where it is known whether they are text.
    fn of_text(bytes: &[u8], text: Option<&str>) -> Self {
        let digest = xxhash_rust::xxh3::xxh3_64(bytes);
        let byte_order_mark = bytes.starts_with(BYTE_ORDER_MARK.as_bytes());
        let Some(text) = text else { return Self { byte_order_mark, digest, ..Self::default() } };
        let line_ends = line_ends(bytes);
        let mixed = line_ends.iter().filter(|count| **count > 0).count() > 1;
        let (origin, text) = split_mark(text);
        let odd_line_end = mixed.then(|| odd_line_end(text, origin, line_ends)).flatten();
        Self { byte_order_mark, odd_line_end, line_ends, digest }
    }
}

/// Counts of line ends: `\n`, `\r\n`, `\r`.
fn line_ends(bytes: &[u8]) -> [u32; 3] {
    // Most files have one kind of line end.
    if memchr::memchr(b'\r', bytes).is_none() {
        return [memchr::memchr_iter(b'\n', bytes).count() as u32, 0, 0];
    }
    let mut counts = [0; 3];
    for at in memchr::memchr2_iter(b'\n', b'\r', bytes) {
        match bytes[at] {
            b'\r' if bytes.get(at + 1) == Some(&b'\n') => counts[1] += 1,
            b'\r' => counts[2] += 1,
            _ if at > 0 && bytes[at - 1] == b'\r' => {}
            _ => counts[0] += 1,
        }
    }
    counts
}

/// The byte-order mark's size and the text behind it.
pub fn split_mark(text: &str) -> (Position, &str) {
    match text.strip_prefix(BYTE_ORDER_MARK) {
        Some(rest) => (Position { byte: BYTE_ORDER_MARK.len() as u32, char: 1, ..Position::default() }, rest),
        None => (Position::default(), text),
    }
}

fn odd_line_end(text: &str, origin: Position, counts: [u32; 3]) -> Option<Place> {
    let kinds = ["\n", "\r\n", "\r"];
    let odd = (0..3).filter(|kind| counts[*kind] > 0).min_by_key(|kind| counts[*kind])?;
    let mut at = origin;
    for piece in segments(text) {
        let body = piece.trim_end_matches(['\n', '\r']);
        if &piece[body.len()..] == kinds[odd] {
            let start = at.advance(Position::default().after(body));
            let width = kinds[odd].len() as u32;
            let end = Position {
                byte: start.byte + width,
                char: start.char + width,
                column_byte: start.column_byte + width,
                column_char: start.column_char + width,
                column_utf16: start.column_utf16 + width,
                ..start
            };
            return Some(Place { start, end });
        }
        at = at.advance(Position::default().after(piece));
    }
    None
}

impl ClosedFile {
    fn new(ctx: &Ctx, text: &str, origin: Position) -> Self {
        let mut at = origin;
        let mut tally = Tally::default();
        let mut with_facts = Vec::new();
        analyse_all(ctx, text, segments(text), |piece, found| {
            let Segment { size, tally: of_piece, facts } = Segment::new(piece, found);
            tally += of_piece;
            with_facts.extend(facts.map(|facts| (at, facts)));
            at = at.advance(size);
        });
        Self::at_hand(tally, with_facts.into_boxed_slice())
    }

    /// The facts of a document that is being closed.
    pub fn of(tree: &SegmentTree) -> Self {
        Self::at_hand(*tree.tally(), tree.facts().map(|(at, facts)| (at, facts.clone())).collect())
    }

    fn at_hand(tally: Tally, segments: ClosedSegments) -> Self {
        Self { tally, packed: None, at_hand: OnceLock::from(segments), stays: false }
    }

    /// Facts that [`ClosedFile::pack`] has packed, in this build of the program.
    pub const fn of_packed(tally: Tally, packed: Arc<[u8]>) -> Self {
        Self { tally, packed: Some(packed), at_hand: OnceLock::new(), stays: false }
    }

    /// The segments that have facts, in order, each with its start.
    pub fn segments(&self) -> &[(Position, Arc<SegmentFacts>)] {
        self.at_hand.get_or_init(|| {
            // What was packed can be unpacked; should it not, there is nothing to tell.
            self.packed.as_ref().and_then(|packed| postcard::from_bytes(packed).ok()).unwrap_or_default()
        })
    }

    fn counts(&self) -> FileCounts {
        FileCounts::of(self.segments().iter().map(|(_, facts)| &**facts))
    }

    /// The facts packed; made once.
    pub fn pack(&mut self) -> Arc<[u8]> {
        if let Some(packed) = &self.packed {
            return packed.clone();
        }
        let packed: Arc<[u8]> = postcard::to_stdvec(self.segments()).unwrap_or_default().into();
        self.packed = Some(packed.clone());
        packed
    }

    /// Keeps no more than what is packed, where anything is and nothing is to stay at hand.
    pub fn put_away(&mut self) {
        if self.packed.is_some() && !self.stays {
            self.at_hand = OnceLock::new();
        }
    }

    /// Lets unpacked facts stay at hand from now on, since nobody will wait for long.
    pub fn stay_at_hand(&mut self) {
        self.stays = true;
        if self.at_hand.get().is_some() {
            self.packed = None;
        }
    }

    /// The sum of its counts.
    pub const fn tally(&self) -> &Tally {
        &self.tally
    }
}

/// The same segments with the same facts, packed or not.
impl PartialEq for ClosedFile {
    fn eq(&self, other: &Self) -> bool {
        self.tally == other.tally && self.segments() == other.segments()
    }
}

impl File {
    /// The file with its facts at hand: a copy where they are packed, so that nothing stays unpacked when whoever looks
    /// at many files has seen this one.
    pub fn unpacked(&self) -> Cow<'_, Self> {
        match &self.body {
            FileBody::Closed(closed) if closed.at_hand.get().is_none() => {
                let copy = self.clone();
                if let FileBody::Closed(closed) = &copy.body {
                    closed.segments();
                }
                Cow::Owned(copy)
            }
            _ => Cow::Borrowed(self),
        }
    }

    /// The same for who asks for few files, and for these again and again: where that is wanted, facts stay unpacked.
    pub fn at_hand(&self) -> Cow<'_, Self> {
        match &self.body {
            FileBody::Closed(closed) if closed.stays => Cow::Borrowed(self),
            _ => self.unpacked(),
        }
    }

    /// The segments that have facts, in order, each with its start.
    pub fn facts(&self) -> Box<dyn Iterator<Item = (Position, &SegmentFacts)> + '_> {
        match &self.body {
            FileBody::Open(document) => Box::new(document.tree().facts().map(|(at, facts)| (at, &**facts))),
            FileBody::Closed(closed) => Box::new(closed.segments().iter().map(|(at, facts)| (*at, &**facts))),
            FileBody::NotUtf8(_) => Box::new(std::iter::empty()),
        }
    }

    /// The segments that have facts and may touch `span`, bytes of the file, in order, each with its start. What they
    /// hold may lie outside.
    pub fn facts_in(&self, span: Span) -> Box<dyn Iterator<Item = (Position, &SegmentFacts)> + '_> {
        match &self.body {
            FileBody::Open(document) => Box::new(document.tree().facts_in(span).map(|(at, facts)| (at, &**facts))),
            FileBody::Closed(closed) => {
                let segments = closed.segments();
                let first = segments.partition_point(|(start, _)| start.byte <= span.start).saturating_sub(1);
                let near = segments[first..].iter().take_while(move |(start, _)| start.byte <= span.end);
                Box::new(near.map(|(at, facts)| (*at, &**facts)))
            }
            FileBody::NotUtf8(_) => Box::new(std::iter::empty()),
        }
    }

    /// The segments with facts that touch a byte of the file.
    pub fn facts_at(&self, byte: u32) -> Option<(Position, &SegmentFacts)> {
        match &self.body {
            FileBody::Open(document) => {
                let found = document.tree().find(byte)?;
                Some((found.start, found.segment.facts.as_deref()?))
            }
            FileBody::Closed(closed) => {
                let segments = closed.segments();
                let at = segments.partition_point(|(start, _)| start.byte <= byte).checked_sub(1)?;
                let (start, facts) = &segments[at];
                Some((*start, facts))
            }
            FileBody::NotUtf8(_) => None,
        }
    }

    /// The counts of what is in it.
    pub fn counts(&self) -> FileCounts {
        FileCounts::of(self.unpacked().facts().map(|(_, facts)| facts))
    }

    /// The sum of its counts.
    pub fn tally(&self) -> Tally {
        match &self.body {
            FileBody::Open(document) => *document.tree().tally(),
            FileBody::Closed(closed) => closed.tally,
            FileBody::NotUtf8(_) => Tally::default(),
        }
    }

    /// The text, where it is open.
    pub fn document(&self) -> Option<&Document> {
        match &self.body {
            FileBody::Open(document) => Some(document),
            _ => None,
        }
    }

    /// The day the document is of: what its path states, else the date of its masthead (where asked for), else
    /// `fallback`.
    pub fn date(&self, masthead: bool, fallback: Option<Date>) -> Option<Date> {
        self.path_date.or_else(|| masthead.then(|| self.masthead_date()).flatten()).or(fallback)
    }

    /// The first full date that ends a short line near the start.
    fn masthead_date(&self) -> Option<Date> {
        const LINES: u32 = 30;
        let profile = DocumentProfile::of(&self.tally(), None);
        self.unpacked().facts().take_while(|(at, _)| at.line < LINES).find_map(|(_, facts)| {
            let date = facts.dates.get(facts.masthead? as usize)?;
            let value = date.reading(&profile).value?;
            value.is_full_day().then(|| value.first_day()).flatten()
        })
    }
}
