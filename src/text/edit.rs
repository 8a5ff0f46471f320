//! Edits of a text: replacements by place, and what comes of them.
//!
//! Deliberately absent: which file is meant, and why. A fix in the sense of a finding is
//! [`Fix`](crate::diagnostic::Fix).

use compact_str::CompactString;

use super::Span;

/// One replacement in a text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TextEdit {
    /// The bytes replaced; empty for an insertion.
    pub span: Span,
    /// What stands there afterwards.
    pub text: CompactString,
}

impl TextEdit {
    /// A replacement of `span`.
    pub fn replace(span: Span, text: impl Into<CompactString>) -> Self {
        Self { span, text: text.into() }
    }

    /// An insertion before byte `at`.
    pub fn insert(at: u32, text: impl Into<CompactString>) -> Self {
        Self::replace(Span::new(at, at), text)
    }
}

/// The text after the edits, which are in order and do not overlap.
///
/// # Panics
/// When they are not, or lie outside the text or inside a character.
pub fn apply(text: &str, edits: &[TextEdit]) -> String {
    let mut result = String::with_capacity(text.len() + edits.iter().map(|edit| edit.text.len()).sum::<usize>());
    let mut done = 0;
    for edit in edits {
        result.push_str(&text[done..edit.span.start as usize]);
        result.push_str(&edit.text);
        done = edit.span.end as usize;
    }
    result.push_str(&text[done..]);
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn applies_in_order() {
        let edits = [TextEdit::insert(0, "a"), TextEdit::replace(Span::new(1, 2), "đ"), TextEdit::insert(3, "z")];
        assert_eq!(apply("xyz", &edits), "axđzz");
        assert_eq!(apply("", &[]), "");
    }
}
