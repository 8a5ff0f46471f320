//! Regular expressions of the user's: compiled within bounds, and where they are broken, the place inside.
//!
//! The expressions have neither look-around nor back-references, so that searching takes linear time. Deliberately
//! absent: what they are for.

use compact_str::{CompactString, ToCompactString, format_compact};
use regex::{Regex, RegexBuilder};
use regex_syntax::Parser;
use regex_syntax::ast::Span as Place;

use crate::text::Span;

/// The size in bytes that a compiled expression may have.
pub const SIZE: usize = 1 << 20;

/// The reason that an expression does not compile.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ExpressionError {
    /// The reason, a clause.
    pub why: CompactString,
    /// The place, in bytes of the expression; absent where it is wrong as a whole.
    pub part: Option<Span>,
}

/// Compiles an expression.
///
/// # Errors
/// When it is malformed, or larger than [`SIZE`].
pub fn compile(source: &str) -> Result<Regex, ExpressionError> {
    RegexBuilder::new(source).size_limit(SIZE).build().map_err(|error| broken(source, &error))
}

fn broken(source: &str, error: &regex::Error) -> ExpressionError {
    if let regex::Error::CompiledTooBig(limit) = error {
        let why = format_compact!("this regular expression is too large: compiled it takes more than {limit} bytes");
        return ExpressionError { why, part: None };
    }
    // The error of the expression is a drawing; its parser says what and where.
    let (what, place) = match Parser::new().parse(source) {
        Err(regex_syntax::Error::Parse(error)) => (error.kind().to_compact_string(), Some(*error.span())),
        Err(regex_syntax::Error::Translate(error)) => (error.kind().to_compact_string(), Some(*error.span())),
        _ => (error.to_compact_string(), None),
    };
    ExpressionError { why: format_compact!("invalid regular expression: {what}"), part: place.map(span) }
}

fn span(place: Place) -> Span {
    Span::of(place.start.offset, place.end.offset)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_what_is_wrong_and_where() {
        for (source, part, what) in [
            ("ก(ข", Some((3, 4)), "unclosed group"),
            ("a{3,1}", Some((1, 6)), "invalid repetition count range"),
            (r"\d+(?=x)", Some((3, 6)), "look-around"),
            (r"(?<a>x)\1", Some((7, 9)), "backreferences are not supported"),
            ("(?<a>x)(?<a>y)", Some((10, 11)), "duplicate capture group name"),
            (r"\w{1000}{1000}", None, "too large"),
        ] {
            let broken = compile(source).unwrap_err();
            assert_eq!(broken.part, part.map(|(start, end)| Span::new(start, end)), "{source}");
            assert!(broken.why.contains(what), "{source}: {}", broken.why);
        }
    }
}
