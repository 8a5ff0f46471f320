//! Edits of a text: replacements by place, and what comes of them.
//!
//! Deliberately absent: which file is meant, and why. A fix in the sense of a finding is
//! [`Fix`](crate::diagnostic::Fix); choosing among edits that exclude each other is the business of
//! [`fix`](crate::fix).

use compact_str::CompactString;

use super::Span;

/// One replacement in a text.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Hash)]
pub struct TextEdit {
    /// The bytes replaced; empty for an insertion.
    pub span: Span,
    /// The new text.
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

    /// Returns whether the two cannot both be made: they share a byte, or it is open which comes first.
    pub fn excludes(&self, other: &Self) -> bool {
        let (a, b) = (self.span, other.span);
        if a.is_empty() || b.is_empty() { a.start <= b.end && b.start <= a.end } else { a.overlaps(b) }
    }
}

/// Returns whether the edits are in order, exclude each other nowhere and lie on character boundaries of `text`.
pub fn fit(text: &str, edits: &[TextEdit]) -> bool {
    edits.iter().all(|edit| text.get(edit.span.range()).is_some())
        && edits.windows(2).all(|pair| pair[0].span <= pair[1].span && !pair[0].excludes(&pair[1]))
}

/// The text after the edits; `None` when they do not [`fit`].
pub fn applied(text: &str, edits: &[TextEdit]) -> Option<String> {
    fit(text, edits).then(|| apply(text, edits))
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

/// The one edit that makes one text of the other: all between what they begin and end with alike.
pub fn difference(before: &str, after: &str) -> Option<TextEdit> {
    if before == after {
        return None;
    }
    let same = |(one, other): &(char, char)| one == other;
    let start: usize = before.chars().zip(after.chars()).take_while(same).map(|(letter, _)| letter.len_utf8()).sum();
    let rest = before[start..].chars().rev().zip(after[start..].chars().rev());
    let end: usize = rest.take_while(same).map(|(letter, _)| letter.len_utf8()).sum();
    Some(TextEdit::replace(Span::of(start, before.len() - end), &after[start..after.len() - end]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_differs_is_one_edit() {
        for (before, after) in
            [("", "ก"), ("ก", ""), ("aa", "aaa"), ("aกb", "aขb"), ("abcabc", "abc"), ("é", "è"), ("x", "y")]
        {
            let edit = difference(before, after).expect("they differ");
            assert_eq!(apply(before, &[edit]), after);
        }
        assert_eq!(difference("aกb", "aขb"), Some(TextEdit::replace(Span::new(1, 4), "ข")));
        assert_eq!(difference("same", "same"), None);
    }

    #[test]
    fn applies_in_order() {
        let edits = [TextEdit::insert(0, "a"), TextEdit::replace(Span::new(1, 2), "đ"), TextEdit::insert(3, "z")];
        assert_eq!(apply("xyz", &edits), "axđzz");
        assert_eq!(apply("", &[]), "");
    }

    #[test]
    fn what_does_not_fit_is_not_applied() {
        let edit = |start, end, text| TextEdit::replace(Span::new(start, end), text);
        let (letter, mark, space) = (edit(0, 3, "ข"), TextEdit::insert(3, "!"), edit(7, 8, ""));
        assert_eq!(applied("กำ x", std::slice::from_ref(&letter)).as_deref(), Some("ขำ x"));
        assert_eq!(applied("กำ x", &[mark.clone(), space]).as_deref(), Some("ก!ำ "));
        assert_eq!(applied("กำ x", &[letter, mark]), None, "an insertion where a replacement ends");
        assert_eq!(applied("กำ", &[edit(1, 3, "")]), None, "inside a character");
        assert_eq!(applied("กำ", &[edit(3, 9, "")]), None, "behind the end");
        assert_eq!(applied("abc", &[edit(2, 3, "x"), edit(0, 1, "y")]), None, "out of order");
    }

    #[test]
    fn exclusion() {
        let cases = [((0, 2), (2, 4), false), ((0, 3), (2, 4), true), ((2, 2), (2, 4), true), ((1, 1), (2, 4), false)];
        for (a, b, expected) in cases {
            let (a, b) = (TextEdit::replace(Span::new(a.0, a.1), ""), TextEdit::replace(Span::new(b.0, b.1), ""));
            assert_eq!((a.excludes(&b), b.excludes(&a)), (expected, expected), "{a:?} {b:?}");
        }
        assert!(TextEdit::insert(2, "a").excludes(&TextEdit::insert(2, "b")));
    }
}
