//! Borders of what is marked: without outer spaces, never inside a grapheme cluster, at words.

use crate::text::Span;
use crate::text::cluster::{self, Script, is_boundary, is_dependent};

/// Letters that belong to no word, beside white space: what people cannot see.
const INVISIBLE: [char; 5] = ['\u{200b}', '\u{200c}', '\u{200d}', '\u{2060}', '\u{feff}'];

/// A selection as it is marked: whole clusters without white space around them; `None` where nothing is left.
pub fn tidy(text: &str, selection: Span) -> Option<Span> {
    let mut start = floor(text, selection.start as usize);
    let mut end = floor(text, selection.end as usize);
    if start >= end {
        return None;
    }
    while start > 0 && !is_boundary(text, start) {
        start = floor(text, start - 1);
    }
    while end < text.len() && !is_boundary(text, end) {
        end = ceil(text, end + 1);
    }
    let outer = |letter: char| letter.is_whitespace() || INVISIBLE.contains(&letter);
    let kept = text[start..end].trim_start_matches(outer);
    start = end - kept.len();
    end = start + kept.trim_end_matches(outer).len();
    // What was left off must not have been a part of a letter.
    while end < text.len() && end > start && !is_boundary(text, end) {
        end = ceil(text, end + 1);
    }
    (start < end).then(|| Span::of(start, end))
}

/// The word around a byte, or the run of Thai or Lao letters; `None` beside no letter.
pub fn word(text: &str, at: u32) -> Option<Span> {
    let at = floor(text, at as usize);
    let script = |letter: char| match Script::of(letter) {
        Script::Digit | Script::Latin | Script::Other => Script::Latin,
        other => other,
    };
    let is_part = |of: Script, letter: char| is_dependent(letter) || script(letter) == of;
    let beside = text[at..].chars().next().into_iter().chain(text[..at].chars().next_back());
    let of = beside.map(script).find(|script| *script != Script::None)?;
    let end = text[at..].find(|letter| !is_part(of, letter)).map_or(text.len(), |end| at + end);
    let before = text[..at].char_indices().rev().take_while(|(_, letter)| is_part(of, *letter));
    let start = before.last().map_or(at, |(start, _)| start);
    (start < end).then(|| Span::of(start, end))
}

/// The span whose end or start is one cluster further out or in; `None` where there is none.
pub fn resized(text: &str, span: Span, side: BorderSide, grow: bool) -> Option<Span> {
    let (start, end) = (span.start as usize, span.end as usize);
    let next = |at: usize| (at < text.len()).then(|| cluster::around(text, at).1);
    let before = |at: usize| (at > 0).then(|| cluster::around(text, floor(text, at - 1)).0);
    let (start, end) = match (side, grow) {
        (BorderSide::Start, true) => (before(start)?, end),
        (BorderSide::Start, false) => (next(start)?, end),
        (BorderSide::End, true) => (start, next(end)?),
        (BorderSide::End, false) => (start, before(end)?),
    };
    let crosses = text.get(start..end)?.contains(['\n', '\r']);
    (start < end && !crosses).then(|| Span::of(start, end))
}

/// A border of what is marked.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum BorderSide {
    /// The start.
    Start,
    /// The end.
    End,
}

/// The places where words stand in a text as a word of their own, as far as letters tell.
pub fn occurrences(text: &str, words: &str) -> Vec<Span> {
    if words.trim().is_empty() {
        return Vec::new();
    }
    let joins = |one: Option<char>, other: Option<char>| {
        let is_part = |letter: char| matches!(Script::of(letter), Script::Latin | Script::Other | Script::Digit);
        one.zip(other).is_some_and(|(one, other)| is_part(one) && is_part(other))
    };
    let found = text.match_indices(words).filter(|(at, _)| {
        let end = at + words.len();
        is_boundary(text, *at)
            && is_boundary(text, end)
            && !joins(text[..*at].chars().next_back(), words.chars().next())
            && !joins(words.chars().next_back(), text[end..].chars().next())
    });
    found.map(|(at, _)| Span::of(at, at + words.len())).collect()
}

fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn ceil(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at += 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    fn between(marked: &str) -> (String, Span) {
        let start = marked.find('«').unwrap();
        let end = marked.find('»').unwrap() - '«'.len_utf8();
        (marked.replace(['«', '»'], ""), Span::of(start, end))
    }

    #[test]
    fn selections_are_tidied() {
        for (marked, wanted) in [
            ("a« Lan »b", Some("Lan")),
            ("ป«้า»สมใจ", Some("ป้า")),
            ("ป้«าส»มใจ", Some("ป้าส")),
            ("x« \u{a0}\u{200b}»", None),
            ("«»abc", None),
            ("«👩\u{200d}»🚀 a", Some("👩\u{200d}🚀")),
            ("«\u{feff}ก\u{200b}»", Some("ก")),
        ] {
            let (text, span) = between(marked);
            assert_eq!(tidy(&text, span).map(|span| span.slice(&text).to_owned()).as_deref(), wanted, "{marked}");
        }
    }

    #[test]
    fn words_and_clusters() {
        for (marked, wanted) in
            [("Bà Lan«» về", "Lan"), ("«»Lan", "Lan"), ("ไป น้ำ«»ตก x", "น้ำตก"), ("n«»ăm 2024", "năm")]
        {
            let (text, span) = between(marked);
            assert_eq!(
                word(&text, span.start).map(|span| span.slice(&text).to_owned()).as_deref(),
                Some(wanted),
                "{marked}"
            );
        }
        assert_eq!(word("a , b", 2), None);
        let text = "ก้ข้ค้\nx";
        let middle = Span::of(6, 12);
        let of = |side, grow| resized(text, middle, side, grow).map(|span| span.slice(text));
        assert_eq!(of(BorderSide::Start, true), Some("ก้ข้"));
        assert_eq!(of(BorderSide::End, true), Some("ข้ค้"));
        assert_eq!(of(BorderSide::Start, false), None);
        assert_eq!(resized(text, Span::of(6, 18), BorderSide::End, true), None, "over a line break");
    }

    #[test]
    fn occurrences_are_words() {
        let text = "An, Ann, An; ร้านอันอัน ไทย";
        assert_eq!(occurrences(text, "An").len(), 2);
        assert_eq!(occurrences(text, "อัน").len(), 2);
        assert_eq!(occurrences("น้ำ นํ้า", "น").len(), 0);
        assert!(occurrences(text, " ").is_empty());
    }
}
