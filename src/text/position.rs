//! Positions: the same place counted in bytes, code points, lines and columns of three units.
//!
//! Lines end as LSP says: `\n`, `\r\n` or a lone `\r`. A byte-order mark is part of the file's bytes and code points,
//! but editors strip it, so it has no column: line 0 starts after it.
//! Deliberately absent: ropes and segments (they build positions from these).

use serde::{Deserialize, Serialize};

use super::Span;

/// U+FEFF in UTF-8, three bytes and one code point at the start of a file.
pub const BYTE_ORDER_MARK: &str = "\u{feff}";

/// The unit in which an editor counts the characters of a line.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Hash)]
pub enum Encoding {
    /// Bytes.
    Utf8,
    /// UTF-16 code units, what LSP means unless another is agreed upon.
    #[default]
    Utf16,
    /// Code points.
    Utf32,
}

/// One place in a file, in every unit somebody asks for. All counts are from 0.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default, Hash, Serialize, Deserialize)]
pub struct Position {
    /// Bytes of the file before it, a byte-order mark counted.
    pub byte: u32,
    /// Code points of the file before it, a byte-order mark counted.
    pub char: u32,
    /// Lines before its own.
    pub line: u32,
    /// Bytes of its line before it.
    pub column_byte: u32,
    /// Code points of its line before it.
    pub column_char: u32,
    /// UTF-16 code units of its line before it.
    pub column_utf16: u32,
}

impl Position {
    /// The column in an editor's unit.
    pub const fn column(self, encoding: Encoding) -> u32 {
        match encoding {
            Encoding::Utf8 => self.column_byte,
            Encoding::Utf16 => self.column_utf16,
            Encoding::Utf32 => self.column_char,
        }
    }

    /// The position after a piece of text whose size is `size`: the position that its end would have at the start of a
    /// file. Sizes add up the same way.
    #[must_use]
    pub const fn advance(self, size: Self) -> Self {
        let columns = size.line == 0;
        Self {
            byte: self.byte + size.byte,
            char: self.char + size.char,
            line: self.line + size.line,
            column_byte: size.column_byte + if columns { self.column_byte } else { 0 },
            column_char: size.column_char + if columns { self.column_char } else { 0 },
            column_utf16: size.column_utf16 + if columns { self.column_utf16 } else { 0 },
        }
    }

    /// The position after a [segment](super::segment) that starts a text: a line with its end, or a piece of one, of so
    /// many code points.
    pub fn of_segment(text: &str, char: u32) -> Self {
        let byte = text.len() as u32;
        if let [.., b'\n' | b'\r'] = text.as_bytes() {
            return Self { byte, char, line: 1, ..Self::default() };
        }
        let column_utf16 = if char == byte { byte } else { utf16_len(text) };
        Self { byte, char, line: 0, column_byte: byte, column_char: char, column_utf16 }
    }

    /// The position after `text`, which starts here. A trailing lone `\r` counts as a line end: give whole line ends.
    #[must_use]
    pub fn after(mut self, text: &str) -> Self {
        let line_start = last_line_start(text);
        let last = &text[line_start..];
        let is_ascii = text.is_ascii();
        self.byte += text.len() as u32;
        self.char += if is_ascii { text.len() as u32 } else { chars(text) };
        if line_start > 0 {
            self.line += line_breaks(text);
            (self.column_byte, self.column_char, self.column_utf16) = (0, 0, 0);
        }
        self.column_byte += last.len() as u32;
        self.column_char += if is_ascii { last.len() as u32 } else { chars(last) };
        self.column_utf16 += if is_ascii { last.len() as u32 } else { utf16_len(last) };
        self
    }
}

/// Two positions, start and end.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default, Hash, Serialize, Deserialize)]
pub struct Place {
    /// The start.
    pub start: Position,
    /// The end.
    pub end: Position,
}

impl Place {
    /// The place in bytes of the file.
    pub const fn span(self) -> Span {
        Span::new(self.start.byte, self.end.byte)
    }
}

/// Code points in `text`.
pub fn chars(text: &str) -> u32 {
    // Every byte but a continuation byte starts a code point; the loop over small sums is plain so that it is
    // vectorised.
    let starts = |byte: &u8| (*byte as i8) >= -0x40;
    let (chunks, rest) = text.as_bytes().as_chunks::<64>();
    let in_chunks = chunks.iter().map(|chunk| chunk.iter().fold(0_u8, |sum, byte| sum + u8::from(starts(byte))));
    in_chunks.map(u32::from).sum::<u32>() + rest.iter().filter(|byte| starts(byte)).count() as u32
}

/// UTF-16 code units in `text`.
pub fn utf16_len(text: &str) -> u32 {
    text.as_bytes().iter().map(|&byte| u32::from((byte as i8) >= -0x40) + u32::from(byte >= 0xf0)).sum()
}

fn line_breaks(text: &str) -> u32 {
    let bytes = text.as_bytes();
    // Mostly it is a line with its end.
    if let Some(at) = memchr::memchr2(b'\n', b'\r', bytes)
        && (at + 1 == bytes.len() || &bytes[at..] == b"\r\n")
    {
        return 1;
    }
    memchr::memchr2_iter(b'\n', b'\r', bytes)
        .filter(|&at| bytes[at] == b'\n' || bytes.get(at + 1) != Some(&b'\n'))
        .count() as u32
}

fn last_line_start(text: &str) -> usize {
    memchr::memrchr2(b'\n', b'\r', text.as_bytes()).map_or(0, |at| at + 1)
}

/// Lines of a text that is in hand, for turning offsets into positions and back.
///
/// For texts of moderate size: registry and configuration files, annotations, what the terminal shows. Open documents
/// and closed corpus files have their own counts and never need one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineIndex {
    /// The position at which each line starts.
    starts: Vec<Position>,
}

impl LineIndex {
    /// Indexes `text`, the whole file.
    pub fn new(text: &str) -> Self {
        let mut at = Position::default();
        let mut rest = text;
        if let Some(stripped) = text.strip_prefix(BYTE_ORDER_MARK) {
            (at.byte, at.char) = (BYTE_ORDER_MARK.len() as u32, 1);
            rest = stripped;
        }
        let mut starts = vec![at];
        for line in lines(rest) {
            if line.ends_with(['\n', '\r']) {
                at = at.after(line);
                starts.push(at);
            }
        }
        Self { starts }
    }

    /// The position of a byte offset of `text`, the very text that was indexed.
    /// An offset behind the end or inside a character is moved to the nearest boundary before it.
    pub fn position(&self, text: &str, byte: u32) -> Position {
        let line = self.starts.partition_point(|start| start.byte <= byte).saturating_sub(1);
        let start = self.starts[line];
        let mut end = (byte as usize).min(text.len());
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let Some(before) = text.get(start.byte as usize..end) else {
            return Position::default(); // inside the byte-order mark
        };
        Position {
            byte: end as u32,
            char: start.char + chars(before),
            line: start.line,
            column_byte: before.len() as u32,
            column_char: chars(before),
            column_utf16: utf16_len(before),
        }
    }

    /// The place of a span of `text`.
    pub fn place(&self, text: &str, span: Span) -> Place {
        Place { start: self.position(text, span.start), end: self.position(text, span.end) }
    }

    /// The byte offset of a line and column as an editor gives them, clamped into the line and the text.
    pub fn offset(&self, text: &str, line: u32, column: u32, encoding: Encoding) -> u32 {
        let Some(start) = self.starts.get(line as usize) else {
            return text.len() as u32;
        };
        let end = self.starts.get(line as usize + 1).map_or(text.len(), |next| next.byte as usize);
        let line = text[start.byte as usize..end].trim_end_matches(['\n', '\r']);
        start.byte + column_to_byte(line, column, encoding)
    }
}

/// Bytes of `line` before `column`; a column behind the end or inside a character is moved before it.
pub fn column_to_byte(line: &str, column: u32, encoding: Encoding) -> u32 {
    let mut left = column as usize;
    for (at, letter) in line.char_indices() {
        let width = match encoding {
            Encoding::Utf8 => letter.len_utf8(),
            Encoding::Utf16 => letter.len_utf16(),
            Encoding::Utf32 => 1,
        };
        if left < width {
            return at as u32;
        }
        left -= width;
    }
    line.len() as u32
}

/// The lines of `text`, each with its line end.
pub fn lines(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let bytes = rest.as_bytes();
        let end = match memchr::memchr2(b'\n', b'\r', bytes) {
            None => rest.len(),
            Some(at) if bytes[at] == b'\r' && bytes.get(at + 1) == Some(&b'\n') => at + 2,
            Some(at) => at + 1,
        };
        let (line, tail) = rest.split_at(end);
        rest = tail;
        Some(line)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn every_unit_of_one_place() {
        let text = "\u{feff}ก\r\nã😀น้ำ\rz\n";
        let index = LineIndex::new(text);
        let at = |byte| index.position(text, byte);
        assert_eq!(at(3), Position { byte: 3, char: 1, ..Position::default() });
        assert_eq!(at(8), Position { byte: 8, char: 4, line: 1, ..Position::default() });
        let after_emoji = Position { byte: 14, char: 6, line: 1, column_byte: 6, column_char: 2, column_utf16: 3 };
        assert_eq!(at(14), after_emoji);
        assert_eq!(at(24), Position { byte: 24, char: 10, line: 2, ..Position::default() });
        assert_eq!(index.offset(text, 1, 3, Encoding::Utf16), 14);
        assert_eq!(index.offset(text, 1, 2, Encoding::Utf16), 10, "inside a surrogate pair: before it");
        assert_eq!(index.offset(text, 1, 99, Encoding::Utf32), 23, "clamped before the line end");
        assert_eq!(index.offset(text, 99, 0, Encoding::Utf8), text.len() as u32);
    }

    proptest! {
        #[test]
        fn offsets_survive_the_round_trip(text in "[a-cกน้ำ😀ệ\r\n]{0,40}") {
            let index = LineIndex::new(&text);
            for (byte, _) in text.char_indices() {
                let position = index.position(&text, byte as u32);
                prop_assert_eq!(position.byte, byte as u32);
                prop_assert_eq!(position.char, chars(&text[..byte]));
                let inside_crlf = text[..byte].ends_with('\r') && text[byte..].starts_with('\n');
                for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32] {
                    let back = index.offset(&text, position.line, position.column(encoding), encoding);
                    prop_assert_eq!(back, byte as u32 - u32::from(inside_crlf));
                }
            }
        }
    }
}
