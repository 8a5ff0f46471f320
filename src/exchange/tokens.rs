//! Tokens, for formats that are made of them.
//!
//! Words are told apart by ICU4X: by the rules of Unicode, and for Thai and Lao, which put no space between words, by
//! its models. Where an annotation begins or ends inside a word the word is split there, so that no annotation is cut.

use std::ops::Range;

use icu_segmenter::WordSegmenter;
use icu_segmenter::options::WordBreakInvariantOptions;

use crate::annotation::AnnotatedDocument;

/// A token.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Token {
    /// The first code point.
    pub start: u32,
    /// The code point behind the last one.
    pub end: u32,
    /// The same in bytes.
    pub bytes: (usize, usize),
    /// A space or line end follows.
    pub space_after: bool,
}

/// The tokens of a text, and the number of words that were split at the border of an annotation. `borders` are in code
/// points, in any order. White space belongs to no token.
pub fn tokens(text: &str, borders: impl IntoIterator<Item = u32>) -> (Vec<Token>, usize) {
    let mut borders: Vec<u32> = borders.into_iter().collect();
    borders.sort_unstable();
    borders.dedup();
    let mut borders = borders.into_iter().peekable();
    let segmenter = WordSegmenter::new_auto(WordBreakInvariantOptions::default());
    let (mut tokens, mut splits) = (Vec::new(), 0);
    let mut token: Option<Token> = None;
    let mut breaks = segmenter.segment_str(text).skip(1).peekable();
    let mut at = 0;
    for (byte, letter) in text.char_indices() {
        let ends_word = breaks.next_if(|end| *end <= byte).is_some();
        while borders.next_if(|border| *border < at).is_some() {}
        let ends_span = borders.next_if_eq(&at).is_some();
        if let Some(open) = token.filter(|_| ends_word || ends_span || letter.is_whitespace()) {
            splits += usize::from(ends_span && !ends_word && !letter.is_whitespace());
            tokens.push(Token { space_after: letter.is_whitespace(), ..open });
            token = None;
        }
        at += 1;
        if !letter.is_whitespace() {
            let end = byte + letter.len_utf8();
            let open = token.get_or_insert(Token { start: at - 1, end: at, bytes: (byte, end), space_after: false });
            open.end = at;
            open.bytes.1 = end;
        }
    }
    tokens.extend(token);
    (tokens, splits)
}

/// The tokens of a document, none of which lies across the border of an annotation.
pub(super) fn tokens_of(document: &AnnotatedDocument) -> Vec<Token> {
    let borders = document.spans.iter().flat_map(|span| &span.fragments).flat_map(|&(start, end)| [start, end]);
    tokens(&document.text, borders).0
}

/// The sentences of a text: its lines, each as numbers of tokens.
pub(super) fn sentences(text: &str, tokens: &[Token]) -> Vec<Range<usize>> {
    let mut sentences = Vec::new();
    let mut first = 0;
    for (number, pair) in tokens.windows(2).enumerate() {
        if text[pair[0].bytes.1..pair[1].bytes.0].contains('\n') {
            sentences.push(first..number + 1);
            first = number + 1;
        }
    }
    if first < tokens.len() {
        sentences.push(first..tokens.len());
    }
    sentences
}

/// The tokens that a place in the text covers exactly; nothing where it begins or ends elsewhere, or is empty.
pub(super) fn covered(tokens: &[Token], (start, end): (u32, u32)) -> Option<Range<usize>> {
    let first = tokens.binary_search_by_key(&start, |token| token.start).ok()?;
    let last = tokens.binary_search_by_key(&end, |token| token.end).ok()?;
    (first <= last).then_some(first..last + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words<'t>(text: &'t str, borders: &[u32]) -> (Vec<&'t str>, usize) {
        let (tokens, splits) = tokens(text, borders.iter().copied());
        for token in &tokens {
            let chars: String =
                text.chars().skip(token.start as usize).take((token.end - token.start) as usize).collect();
            assert_eq!(chars, text[token.bytes.0..token.bytes.1]);
        }
        (tokens.iter().map(|token| &text[token.bytes.0..token.bytes.1]).collect(), splits)
    }

    #[test]
    fn words_of_three_scripts() {
        assert_eq!(words("Bà Lan ở Huế, 3/4.\n", &[]).0, ["Bà", "Lan", "ở", "Huế", ",", "3", "/", "4", "."]);
        assert_eq!(words("ประเทศไทย สวยงาม", &[]).0, ["ประเทศ", "ไทย", "สวย", "งาม"]);
        assert_eq!(words("", &[0, 3]).0, Vec::<&str>::new());
    }

    #[test]
    fn borders_split_words_and_are_counted() {
        assert_eq!(words("Lan-Anh đến", &[0, 5, 7, 8]), (vec!["Lan", "-", "A", "nh", "đến"], 1));
        assert_eq!(words("ไทยแลนด์", &[3]).0.concat(), "ไทยแลนด์");
    }
}
