//! Code points of a text as bytes and back, for offsets in annotation files.

use crate::annotation::Fragment;
use crate::text::Span;

/// Bytes between two marks of an index: a lookup counts at most so many.
const STEP: usize = 512;

/// A text with an index of its code points.
pub struct CodePoints<'t> {
    text: &'t str,
    /// The code points that begin before every [`STEP`]th byte.
    before: Vec<u32>,
}

impl<'t> CodePoints<'t> {
    /// Indexes a text, the whole file.
    pub fn new(text: &'t str) -> Self {
        let mut before = vec![0];
        let mut count = 0;
        for block in text.as_bytes().chunks(STEP) {
            count += letters(block);
            before.push(count);
        }
        Self { text, before }
    }

    /// The text.
    pub const fn text(&self) -> &'t str {
        self.text
    }

    /// The byte of an offset; `None` behind the end.
    pub fn byte(&self, offset: u32) -> Option<u32> {
        let block = self.before.partition_point(|&count| count <= offset).saturating_sub(1);
        let mut left = offset - self.before[block];
        let start = block * STEP;
        for (at, &byte) in self.text.as_bytes().iter().enumerate().skip(start) {
            if (byte as i8) >= -0x40 {
                if left == 0 {
                    return Some(at as u32);
                }
                left -= 1;
            }
        }
        (left == 0).then_some(self.text.len() as u32)
    }

    /// The offset of a byte; of one inside a letter the offset behind that letter.
    pub fn offset(&self, byte: u32) -> u32 {
        let byte = (byte as usize).min(self.text.len());
        let block = byte / STEP;
        self.before[block] + letters(&self.text.as_bytes()[block * STEP..byte])
    }

    /// The bytes of a fragment; `None` where it does not lie in the text.
    pub fn span(&self, fragment: Fragment) -> Option<Span> {
        Some(Span::new(self.byte(fragment.start)?, self.byte(fragment.end)?))
    }

    /// Bytes of the text as a fragment.
    pub fn fragment(&self, span: Span) -> Fragment {
        Fragment { start: self.offset(span.start), end: self.offset(span.end) }
    }

    /// The words of fragments, joined by spaces as brat joins them; `None` where one does not lie in the text.
    pub fn words(&self, fragments: &[Fragment]) -> Option<String> {
        let spans: Option<Vec<Span>> = fragments.iter().map(|fragment| self.span(*fragment)).collect();
        Some(self.joined(&spans?))
    }

    /// The words of spans, joined by spaces as brat joins them.
    pub fn joined(&self, spans: &[Span]) -> String {
        let words: Vec<&str> = spans.iter().map(|span| span.slice(self.text)).collect();
        words.join(" ")
    }

    /// The spans as fragments, cut wherever they hold a line break, which belongs to no piece.
    pub fn fragments(&self, spans: &[Span]) -> Vec<Fragment> {
        let mut fragments = Vec::with_capacity(spans.len());
        for span in spans {
            let text = span.slice(self.text);
            if !text.contains(['\n', '\r']) {
                fragments.push(self.fragment(*span));
                continue;
            }
            let mut at = span.start;
            for line in crate::text::position::lines(text) {
                let kept = line.trim_end_matches(['\r', '\n']);
                if !kept.is_empty() {
                    fragments.push(self.fragment(Span::new(at, at + kept.len() as u32)));
                }
                at += line.len() as u32;
            }
        }
        fragments
    }
}

/// Fragments as brat writes them.
pub fn written(fragments: &[Fragment]) -> String {
    let pieces: Vec<String> = fragments.iter().map(|at| format!("{} {}", at.start, at.end)).collect();
    pieces.join(";")
}

/// Tells whether the recorded text is the one found, with white space behind it at most, as brat has it.
pub fn agrees(found: &str, recorded: &str) -> bool {
    recorded.strip_prefix(found).is_some_and(|tail| tail.is_empty() || tail.starts_with(char::is_whitespace))
}

/// The code points that begin in some bytes.
fn letters(bytes: &[u8]) -> u32 {
    bytes.iter().map(|&byte| u32::from((byte as i8) >= -0x40)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::position::chars;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn there_and_back(text in "[aก้😀\r\n]{0,900}") {
            let index = CodePoints::new(&text);
            let length = chars(&text);
            for (offset, (byte, _)) in text.char_indices().enumerate() {
                prop_assert_eq!(index.byte(offset as u32), Some(byte as u32));
                prop_assert_eq!(index.offset(byte as u32), offset as u32);
            }
            prop_assert_eq!(index.byte(length), Some(text.len() as u32));
            prop_assert_eq!(index.byte(length + 1), None);
            prop_assert_eq!(index.offset(text.len() as u32), length);
            // Whoever looks around a place may come out inside a letter.
            for byte in 0..text.len() + 2 {
                let behind = text.char_indices().filter(|(at, _)| *at < byte).count();
                prop_assert_eq!(index.offset(byte as u32), behind as u32);
            }
        }
    }

    #[test]
    fn a_break_belongs_to_no_piece() {
        let text = "ก\r\nb c";
        let index = CodePoints::new(text);
        let pieces = index.fragments(&[Span::new(0, 6), Span::new(7, 8)]);
        assert_eq!(written(&pieces), "0 1;3 4;5 6");
        assert_eq!(index.words(&pieces).as_deref(), Some("ก b c"));
    }
}
