//! An open document: its text as a rope, its facts by segment.
//!
//! An edit changes the rope, looks again at the segments it touched and nothing else. The oracle of its tests: after
//! any series of edits the document equals one made afresh from the text.

use rayon::prelude::*;
use ropey::Rope;

use super::tree::{Segment, SegmentTree};
use crate::recognise::analyse::{Ctx, analyse, analyse_all};
use crate::text::segment::{HARD_LIMIT, segment_len, segments};
use crate::text::{Encoding, Position, Span};

/// Fewer segments than this are not worth another thread.
const ALONE: usize = 64;

/// An open document. Cloning is cheap: text and facts are shared.
#[derive(Clone, Debug)]
pub struct Document {
    rope: Rope,
    tree: SegmentTree,
}

impl Document {
    /// A document of this text; `origin` is where its text starts in the file (behind a byte-order mark).
    pub fn new(ctx: &Ctx, text: &str, origin: Position) -> Self {
        let pieces: Vec<&str> = segments(text).collect();
        let mut end = 0;
        let groups = pieces.chunks(ALONE).map(|pieces| {
            let start = end;
            end += pieces.iter().map(|piece| piece.len()).sum::<usize>();
            (&text[start..end], pieces)
        });
        let look = |(text, pieces): (&str, &[&str])| {
            let mut segments = Vec::with_capacity(pieces.len());
            analyse_all(ctx, text, pieces.iter().copied(), |piece, found| segments.push(Segment::new(piece, found)));
            segments
        };
        // Other threads may be long busy.
        let segments = match pieces.len() <= ALONE {
            true => groups.flat_map(look).collect(),
            false => groups.collect::<Vec<_>>().into_par_iter().flat_map_iter(look).collect(),
        };
        Self { rope: Rope::from_str(text), tree: SegmentTree::new(origin, segments) }
    }

    /// The segments.
    pub const fn tree(&self) -> &SegmentTree {
        &self.tree
    }

    /// The whole text, without a byte-order mark.
    pub fn text(&self) -> String {
        self.rope.to_string()
    }

    /// The text of a span in bytes of the file, clamped to the text and to character boundaries.
    pub fn slice(&self, span: Span) -> String {
        let origin = self.tree.origin().byte;
        let clamp = |byte: u32| self.floor((byte.saturating_sub(origin)) as usize);
        let (start, end) = (clamp(span.start), clamp(span.end));
        self.rope.byte_slice(start..end.max(start)).to_string()
    }

    /// Reads the texts of many spans, which is fast where each begins near the one before.
    pub fn reader(&self) -> SpanReader<'_> {
        SpanReader { document: self, chunk: "", start: 0 }
    }

    /// The byte of the file at a line and column as an editor gives them; what lies outside is clamped.
    pub fn offset(&self, line: u32, column: u32, encoding: Encoding) -> u32 {
        let rope = &self.rope;
        let origin = self.tree.origin().byte;
        let line = line as usize;
        if line >= rope.len_lines() {
            return origin + rope.len_bytes() as u32;
        }
        let text = rope.line(line);
        let start = rope.line_to_byte(line) as u32 + origin;
        let mut end = text.len_chars();
        while end > 0 && matches!(text.char(end - 1), '\n' | '\r') {
            end -= 1;
        }
        let column = column as usize;
        let char = match encoding {
            Encoding::Utf8 => text.byte_to_char(column.min(text.len_bytes())),
            Encoding::Utf16 => text.utf16_cu_to_char(column.min(text.len_utf16_cu())),
            Encoding::Utf32 => column,
        };
        start + text.char_to_byte(char.min(end)) as u32
    }

    /// The position of a byte of the file, clamped.
    pub fn position(&self, byte: u32) -> Position {
        let origin = self.tree.origin();
        let at = self.floor(byte.saturating_sub(origin.byte) as usize);
        let line = self.rope.byte_to_line(at);
        let start = self.rope.line_to_byte(line);
        let (char, line_char) = (self.rope.byte_to_char(at), self.rope.byte_to_char(start));
        Position {
            byte: origin.byte + at as u32,
            char: origin.char + char as u32,
            line: line as u32,
            column_byte: (at - start) as u32,
            column_char: (char - line_char) as u32,
            column_utf16: (self.rope.char_to_utf16_cu(char) - self.rope.char_to_utf16_cu(line_char)) as u32,
        }
    }

    fn floor(&self, byte: usize) -> usize {
        let byte = byte.min(self.rope.len_bytes());
        self.rope.char_to_byte(self.rope.byte_to_char(byte))
    }

    /// Replaces `span`, bytes of the file on character boundaries, by `new`. Returns the segments that went and the
    /// segments that came, for whoever keeps an index of facts.
    pub fn edit(&mut self, ctx: &Ctx, span: Span, new: &str) -> (Vec<Segment>, Vec<Segment>) {
        let origin = self.tree.origin().byte;
        let start = self.floor(span.start.saturating_sub(origin) as usize);
        let end = self.floor(span.end.saturating_sub(origin) as usize).max(start);
        let (first, last) = self.touched(start, end);
        let (from, to) = (self.rope.byte_to_char(start), self.rope.byte_to_char(end));
        self.rope.remove(from..to);
        self.rope.insert(from, new);
        self.renew(ctx, first, last, start + new.len(), new.len() as i64 - (end - start) as i64)
    }

    /// Looks again at the segments of which `wanted` holds, since what is known has changed. Returns whether there are
    /// any.
    pub fn look_again(&mut self, ctx: &Ctx, wanted: impl Fn(&str) -> bool + Sync) -> bool {
        let text = self.text();
        let texts: Vec<&str> = segments(&text).collect();
        let anew: Vec<Option<Segment>> =
            texts.into_par_iter().with_min_len(ALONE).map(|text| wanted(text).then(|| segment(ctx, text))).collect();
        let any = anew.iter().any(Option::is_some);
        if any {
            let known = self.tree.iter().map(|(_, known)| known);
            let segments = anew.into_iter().zip(known).map(|(anew, known)| anew.unwrap_or_else(|| known.clone()));
            self.tree = SegmentTree::new(self.tree.origin(), segments.collect());
        }
        any
    }

    /// The bytes of the rope whose segments an edit of `start..end` may change: from a segment start to a segment end.
    fn touched(&self, start: usize, end: usize) -> (usize, usize) {
        let origin = self.tree.origin().byte;
        let Some(mut first) = self.tree.find(start as u32 + origin) else { return (0, 0) };
        // Where a long line was cut depends on what follows the cut, and a line feed may join a lone carriage return.
        while let Some(before) = self.tree.before(&first) {
            let cut = before.segment.size.line == 0 && (before.start.byte - origin) as usize + HARD_LIMIT + 8 > start;
            if !cut && before.segment.tally.cr == 0 {
                break;
            }
            let lone_return = before.segment.tally.cr > 0;
            first = before;
            if lone_return {
                break;
            }
        }
        let last = self
            .tree
            .find(end as u32 + origin)
            .map_or(end, |found| (found.start.byte + found.segment.size.byte - origin) as usize);
        ((first.start.byte - origin) as usize, last)
    }

    /// Cuts and analyses from `first` on until the cuts fall together with the old ones behind the edit, which now ends
    /// at `end`. `last` is an old segment end at or behind the edit, `shift` how far what follows has moved.
    fn renew(&mut self, ctx: &Ctx, first: usize, last: usize, end: usize, shift: i64) -> (Vec<Segment>, Vec<Segment>) {
        let origin = self.tree.origin().byte;
        let mut old_end = last;
        let mut new = Vec::new();
        let mut at = first;
        let mut window = String::new();
        let length = self.rope.len_bytes();
        while at < length {
            self.window(at, &mut window);
            let len = segment_len(&window);
            new.push(segment(ctx, &window[..len]));
            at += len;
            if at < end {
                continue;
            }
            let old_at = (at as i64 - shift) as usize;
            while old_end < old_at {
                let next = self.tree.find(old_end as u32 + origin);
                old_end = next.map_or(old_at, |found| (found.start.byte + found.segment.size.byte - origin) as usize);
            }
            if old_end == old_at {
                break;
            }
        }
        let old_end = if at >= length { (length as i64 - shift) as usize } else { old_end };
        let removed = self.tree.splice(first as u32 + origin, old_end as u32 + origin, new.clone());
        (removed, new)
    }

    /// The text from `at` on, as much of it as a cut may depend on.
    fn window(&self, at: usize, window: &mut String) {
        window.clear();
        let end = self.floor(at + HARD_LIMIT + 8);
        for chunk in self.rope.byte_slice(at..end).chunks() {
            window.push_str(chunk);
        }
    }
}

/// Reads the texts of spans of a document.
#[derive(Debug)]
pub struct SpanReader<'d> {
    document: &'d Document,
    /// The part of the rope that was read last.
    chunk: &'d str,
    /// The start of it, in bytes of the rope.
    start: usize,
}

impl SpanReader<'_> {
    /// The text of a span in bytes of the file, as [`Document::slice`] gives it.
    pub fn slice(&mut self, span: Span) -> String {
        let rope = &self.document.rope;
        let origin = self.document.tree.origin().byte;
        let (from, to) = (span.start.saturating_sub(origin) as usize, span.end.saturating_sub(origin) as usize);
        if !(self.start..self.start + self.chunk.len()).contains(&from) && from < rope.len_bytes() {
            (self.chunk, self.start, ..) = rope.chunk_at_byte(from);
        }
        let within = from.checked_sub(self.start).and_then(|from| self.chunk.get(from..to.checked_sub(self.start)?));
        within.map_or_else(|| self.document.slice(span), str::to_owned)
    }
}

/// A segment with its facts.
fn segment(ctx: &Ctx, text: &str) -> Segment {
    Segment::new(text, analyse(ctx, text))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::recognise::analyse::{LazyNameSearch, NameSearch};
    use crate::recognise::decree::DecreeTable;
    use crate::recognise::name::alias::{Aliases, ListedSpelling};
    use crate::recognise::name::phonetic;
    use crate::recognise::name::title::Titles;
    use crate::registry::{EntityIx, EntityKind};
    use proptest::prelude::*;

    fn ctx() -> Ctx {
        let spelling = |text: &str| ListedSpelling {
            entity: EntityIx(0),
            kind: EntityKind::Official,
            text: text.into(),
            abbreviation: false,
            turned: false,
            by_sound: false,
            lao: false,
        };
        let config = "[[pattern]]\nname = 'room'\nregex = '(?<floor>\\d+)[มm]+ ก?(?<door>\\S*)'\n\
             checks.floor = { range = [1, 9] }\nchecks.door = { date = true }\n";
        let (config, _) = crate::config::Config::parse(config).unwrap();
        let (patterns, misfits) = crate::recognise::pattern::Patterns::new(&config.patterns);
        assert!(misfits.is_empty());
        Ctx {
            decisions: Arc::default(),
            decided: None,
            names: LazyNameSearch::new(move || NameSearch {
                aliases: Aliases::new(vec![spelling("Trần Văn Lâm"), spelling("ตรัน วัน ลัม")]),
                sounds: phonetic::PhoneticIndex::new([(1, "Phạm Thị Hoa")]),
                titles: Arc::new(Titles::default()),
            }),
            decrees: Arc::new(DecreeTable::builtin(2026)),
            patterns: Arc::new(patterns),
            languages: crate::recognise::profile::LanguageSet::default(),
        }
    }

    /// All that two equal documents have in common: every segment with its place, counts and facts.
    fn segments_of(document: &Document) -> Vec<(Position, Segment)> {
        document.tree().iter().map(|(at, segment)| (at, segment.clone())).collect()
    }

    /// Pieces from which edits make interesting texts: line ends of all kinds, marks, mentions, long runs.
    fn piece() -> impl Strategy<Value = String> {
        prop_oneof![
            Just("\n".to_owned()),
            Just("\r\n".to_owned()),
            Just("\r".to_owned()),
            Just("ตรัน วัน ลัม".to_owned()),
            Just(" Trần Văn Lâm. ".to_owned()),
            Just("5 มีนาคม 2566".to_owned()),
            Just("318/QĐ-TTg ".to_owned()),
            Just("12ม ก5/3/2020 7m".to_owned()),
            Just("😀e\u{301}".to_owned()),
            "[ก-ฮ่า ]{0,12}",
            Just("ก ".repeat(1700)),
            Just("ขา".repeat(1500)),
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

        #[test]
        fn edits_equal_a_fresh_document(
            pieces in prop::collection::vec(piece(), 0..12),
            edits in prop::collection::vec((any::<prop::sample::Index>(), 0usize..40, piece()), 1..10),
        ) {
            let ctx = ctx();
            let mut text = pieces.concat();
            let mut document = Document::new(&ctx, &text, Position::default());
            for (at, len, new) in edits {
                let mut start = at.index(text.len() + 1);
                while !text.is_char_boundary(start) { start -= 1; }
                let mut end = (start + len).min(text.len());
                while !text.is_char_boundary(end) { end -= 1; }
                let end = end.max(start);
                document.edit(&ctx, Span::of(start, end), &new);
                text.replace_range(start..end, &new);
                let fresh = Document::new(&ctx, &text, Position::default());
                prop_assert_eq!(document.text(), text.clone());
                prop_assert_eq!(segments_of(&document), segments_of(&fresh));
                prop_assert_eq!(document.tree().tally(), fresh.tree().tally());
                prop_assert_eq!(document.tree().end(), fresh.tree().end());
            }
        }

        #[test]
        fn positions_agree_with_the_line_index(text in "[a-cก่😀ệ\r\n]{0,60}", line in 0u32..8, column in 0u32..20) {
            let document = Document::new(&ctx(), &text, Position::default());
            let index = crate::text::LineIndex::new(&text);
            for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32] {
                prop_assert_eq!(document.offset(line, column, encoding), index.offset(&text, line, column, encoding));
            }
            for (byte, _) in text.char_indices() {
                prop_assert_eq!(document.position(byte as u32), index.position(&text, byte as u32));
            }
        }
    }

    #[test]
    fn a_byte_order_mark_moves_bytes_and_nothing_else() {
        let origin = super::super::file::split_mark("\u{feff}").0;
        let document = Document::new(&ctx(), "ก\nTrần Văn Lâm", origin);
        assert_eq!(document.offset(0, 0, Encoding::Utf16), 3);
        assert_eq!(document.offset(1, 0, Encoding::Utf16), 7);
        assert_eq!(document.position(7), Position { byte: 7, char: 3, line: 1, ..Position::default() });
        assert_eq!(document.slice(Span::new(7, 13)), "Trần");
    }
}
