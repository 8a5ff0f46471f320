//! Fragments of a text and the words that stand there.
//!
//! Deliberately absent: judging recorded texts (`recorded.rs`), and what else offsets may count (`counting.rs`).

use std::borrow::Cow;

use super::counting::{CountingIndex, OffsetSide};
use super::fragment::Fragment;
use crate::text::Span;

/// A text, and the places in it that offsets in code points name.
pub(super) struct TextPlaces<'t> {
    pub(super) text: &'t str,
    code_points: CountingIndex<'t>,
}

impl<'t> TextPlaces<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, code_points: CountingIndex::code_points(text) }
    }

    /// The fragments as bytes of the text; `None` where one lies behind the end.
    pub(super) fn spans(&self, fragments: &[Fragment]) -> Option<Vec<Span>> {
        spans(&self.code_points, fragments)
    }

    /// The words of the fragments; borrowed where there is one. `None` where one lies behind the end.
    pub(super) fn words(&self, fragments: &[Fragment]) -> Option<Cow<'t, str>> {
        match fragments {
            [one] => {
                let start = self.code_points.byte(one.start, OffsetSide::Start)?;
                let end = self.code_points.byte(one.end, OffsetSide::End)?;
                Some(Cow::Borrowed(&self.text[start..end]))
            }
            several => self.joined(several).map(Cow::Owned),
        }
    }

    /// The text of the fragments joined by spaces; `None` where one lies behind the end.
    pub(super) fn joined(&self, fragments: &[Fragment]) -> Option<String> {
        Some(joined(self.text, &self.spans(fragments)?))
    }

    /// The code points before a byte.
    pub(super) fn code_points(&self, byte: usize) -> u32 {
        self.code_points.units(byte)
    }

    /// The byte behind so many code points; the end of the text where there are not so many.
    pub(super) fn byte(&self, code_points: u32) -> usize {
        self.code_points.byte(code_points, OffsetSide::Start).unwrap_or(self.text.len())
    }

    /// The spans as fragments, cut wherever they hold a line break, which belongs to no piece.
    pub(super) fn fragments(&self, spans: &[Span]) -> Vec<Fragment> {
        let mut split = Vec::new();
        for span in spans {
            let mut at = span.start as usize;
            let text = span.slice(self.text);
            if !text.contains('\n') {
                split.push(self.fragment(at, span.end as usize));
                continue;
            }
            for line in crate::text::position::lines(text) {
                let kept = line.trim_end_matches(['\r', '\n']);
                if !kept.is_empty() {
                    split.push(self.fragment(at, at + kept.len()));
                }
                at += line.len();
            }
        }
        split
    }

    fn fragment(&self, start: usize, end: usize) -> Fragment {
        Fragment { start: self.code_points.units(start), end: self.code_points.units(end) }
    }

    /// The fragments, cut wherever they hold a line break.
    pub(super) fn split_at_line_breaks(&self, fragments: &[Fragment]) -> Vec<Fragment> {
        self.spans(fragments).map_or_else(Vec::new, |spans| self.fragments(&spans))
    }
}

/// The fragments as bytes of the text of an index; `None` where one lies behind the end, or inside a letter.
pub(super) fn spans(index: &CountingIndex<'_>, fragments: &[Fragment]) -> Option<Vec<Span>> {
    let span = |fragment: &Fragment| {
        let start = index.byte(fragment.start, OffsetSide::Start)?;
        let end = index.byte(fragment.end, OffsetSide::End)?;
        // Around letters that count nothing an empty fragment would end before it starts.
        Some(Span::of(start.min(end), end))
    };
    fragments.iter().map(span).collect()
}

/// The text of spans, joined by spaces.
pub(super) fn joined(text: &str, spans: &[Span]) -> String {
    let mut joined = String::new();
    for (number, span) in spans.iter().enumerate() {
        if number > 0 {
            joined.push(' ');
        }
        joined.push_str(span.slice(text));
    }
    joined
}

/// Fragments as brat writes them.
pub(super) fn written(fragments: &[Fragment]) -> String {
    let fragments: Vec<String> =
        fragments.iter().map(|fragment| format!("{} {}", fragment.start, fragment.end)).collect();
    fragments.join(";")
}
