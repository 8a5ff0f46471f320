//! The end of a string of TOML, in a text that need not be TOML as a whole.
//!
//! Whoever reads a file that is being typed, or only its layout, steps over strings; all of them ask here.
//! Deliberately absent: what a string says ([`inside`](super::inside) maps places in it).

use toml_parser::Source;
use toml_parser::lexer::TokenKind;

/// A string in a text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ScannedString {
    /// The byte behind it: behind its closing quotes, or where its line or the text ends before they come.
    pub end: usize,
    /// True if it has its closing quotes.
    pub is_closed: bool,
    /// True if it stands in three quotes and may go over several lines.
    pub is_long: bool,
}

/// The string whose opening quote stands at byte `at` of `text`; `None` where no quote does.
pub fn string_at(text: &str, at: usize) -> Option<ScannedString> {
    let source = Source::new(text.get(at..)?);
    let token = source.lex().next()?;
    let (is_long, fence) = match token.kind() {
        TokenKind::BasicString => (false, "\""),
        TokenKind::LiteralString => (false, "'"),
        TokenKind::MlBasicString => (true, "\"\"\""),
        TokenKind::MlLiteralString => (true, "'''"),
        _ => return None,
    };
    let end = at + token.span().end();
    let raw = &text[at..end];
    let inner = raw.strip_suffix(fence).filter(|inner| inner.len() >= fence.len());
    let is_closed = inner.is_some_and(|inner| {
        let escapes = inner.bytes().rev().take_while(|byte| *byte == b'\\').count();
        fence.starts_with('\'') || escapes % 2 == 0
    });
    Some(ScannedString { end, is_closed, is_long })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn strings_end_where_toml_says() {
        for (text, end, is_closed, is_long) in [
            ("\"a\" b", 3, true, false),
            ("\"a\\\" b\" c", 7, true, false),
            ("\"a\\\\\" b", 5, true, false),
            ("'a\\' b", 4, true, false),
            ("\"a\nb\"", 2, false, false),
            ("\"a", 2, false, false),
            ("\"a\\\"", 4, false, false),
            ("\"", 1, false, false),
            ("\"\"", 2, true, false),
            ("'''a\nb''' c", 9, true, true),
            ("\"\"\"a\"\"\"\"\" c", 9, true, true),
            ("\"\"\"a\\\"\"\"", 8, false, true),
            ("'''a", 4, false, true),
        ] {
            assert_eq!(string_at(text, 0), Some(ScannedString { end, is_closed, is_long }), "{text}");
        }
        assert_eq!(string_at("a\"b\"", 1).map(|string| string.end), Some(4));
        assert_eq!((string_at("a", 0), string_at("", 0), string_at("a", 9)), (None, None, None));
    }

    proptest! {
        #[test]
        fn a_string_ends_behind_its_start_on_a_boundary(text in "[\"'][\"'\\\\\nกa]{0,12}") {
            let string = string_at(&text, 0).unwrap();
            prop_assert!(string.end > 0 && text.is_char_boundary(string.end));
        }
    }
}
