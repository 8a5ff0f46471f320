//! Texts with places for what the groups of an expression have matched.
//!
//! `$name` and `${name}` stand for a group, `$0` for the whole match, `$$` for a dollar; a `$` before anything else is
//! itself. A bare `$name` ends at the first character that is no ASCII letter, digit or underscore, so that Thai may
//! follow it. A group that took no part in the match is nothing.

use compact_str::CompactString;
use regex::{Captures, Regex};

use crate::text::Span;

/// A text with places.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Template(Vec<TemplatePart>);

#[derive(Clone, PartialEq, Eq, Debug)]
enum TemplatePart {
    Text(CompactString),
    Group(usize),
}

/// A name that is no group, and where it stands in the template.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct UnknownGroup {
    pub(super) name: CompactString,
    pub(super) place: Span,
}

impl Template {
    /// The whole match.
    pub(super) fn whole() -> Self {
        Self(vec![TemplatePart::Group(0)])
    }

    /// Reads a template for an expression; a name that is no group stands for nothing.
    pub(super) fn new(source: &str, regex: &Regex) -> (Self, Vec<UnknownGroup>) {
        let mut pieces = Vec::new();
        let mut unknown = Vec::new();
        let mut text = CompactString::default();
        let mut at = 0;
        while let Some(letter) = source[at..].chars().next() {
            let Some((name, end)) = name(source, at) else {
                text.push(letter);
                at += letter.len_utf8();
                // Of two dollars one is said.
                at += usize::from(letter == '$' && source[at..].starts_with('$'));
                continue;
            };
            if !text.is_empty() {
                pieces.push(TemplatePart::Text(std::mem::take(&mut text)));
            }
            match group(name, regex) {
                Some(group) => pieces.push(TemplatePart::Group(group)),
                None => unknown.push(UnknownGroup { name: name.into(), place: Span::of(at, end) }),
            }
            at = end;
        }
        if !text.is_empty() {
            pieces.push(TemplatePart::Text(text));
        }
        (Self(pieces), unknown)
    }

    /// The text for a match; `write` says how a group is written, by its number and text.
    pub(super) fn expand(
        &self,
        captures: &Captures<'_>,
        write: impl Fn(usize, &str) -> CompactString,
    ) -> CompactString {
        let mut out = CompactString::default();
        for piece in &self.0 {
            match piece {
                TemplatePart::Text(text) => out.push_str(text),
                TemplatePart::Group(number) => {
                    if let Some(group) = captures.get(*number) {
                        out.push_str(&write(*number, group.as_str()));
                    }
                }
            }
        }
        out
    }
}

/// The name that a dollar at `at` asks for, and where that ends.
fn name(source: &str, at: usize) -> Option<(&str, usize)> {
    let rest = source[at..].strip_prefix('$')?;
    if let Some(braced) = rest.strip_prefix('{') {
        let end = braced.find('}')?;
        return Some((&braced[..end], at + "${".len() + end + "}".len()));
    }
    let end = rest.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'_').count();
    (end > 0).then(|| (&rest[..end], at + "$".len() + end))
}

/// The number of a group, by its name or number.
pub(super) fn group(name: &str, regex: &Regex) -> Option<usize> {
    let by_number = || name.parse().ok().filter(|number| *number < regex.captures_len());
    regex.capture_names().position(|known| known == Some(name)).or_else(by_number)
}
