//! Which mentions of the user's own kinds stand in a line?
//!
//! A `[[pattern]]` of the configuration is a regular expression with named groups, a value made of them, and conditions
//! they must meet: references of other legal systems, file numbers, tickets. [`Patterns`] holds all of them compiled
//! ([`compile`]); a line that none of them matches costs one search for all.
//! Deliberately absent: folding (an expression sees the text as it is written, and may ask for `(?i)`), and anything
//! beyond the line: no mention crosses its end.

mod check;
mod compile;
mod nest;
mod template;
#[cfg(test)]
mod tests;

use compact_str::CompactString;
use regex::{Captures, Regex, RegexSet};
use serde::{Deserialize, Serialize};
use smallvec::SmallVec;
use unicode_normalization::UnicodeNormalization;

use super::fault::Fault;
use super::profile::When;
use crate::text::Span;
use check::Condition;
pub use nest::nest;
use template::Template;

/// A condition that a mention does not meet.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum FailedCheck {
    /// The group is none of the texts it may be.
    NotAllowed {
        /// The name of the group.
        group: CompactString,
        /// The texts, in normal form.
        allowed: Box<[CompactString]>,
    },
    /// The group is a number outside the range.
    OutOfRange {
        /// The name of the group.
        group: CompactString,
        /// The number.
        number: i64,
        /// The least it may be.
        least: i64,
        /// The most it may be.
        most: i64,
    },
    /// The group has a range and is no number.
    NotANumber {
        /// The name of the group.
        group: CompactString,
    },
    /// The group is no date.
    NotADate {
        /// The name of the group.
        group: CompactString,
    },
    /// The pattern has a message and no conditions: it should not occur at all.
    Occurrence,
}

/// A mention of a kind of the user's. Offsets are bytes of the segment.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct PatternFact {
    /// The place.
    pub span: Span,
    /// The kind: the number of the first pattern with its name.
    pub kind: u16,
    /// The value, in normal form; mentions of one kind and value are of one thing.
    pub value: CompactString,
    /// The text of its hover.
    pub hover: Option<CompactString>,
    /// The user's message when something is wrong; absent where nothing is.
    pub message: Option<CompactString>,
    /// The conditions it does not meet.
    pub faults: SmallVec<[Fault<FailedCheck>; 1]>,
}

/// All patterns of a configuration, compiled.
#[derive(Debug, Default)]
pub struct Patterns {
    all: Vec<CompiledPattern>,
    /// All expressions together, to pass over what none of them matches. Absent where they are too large for that.
    any: Option<RegexSet>,
}

/// One pattern, compiled.
#[derive(Debug)]
struct CompiledPattern {
    name: CompactString,
    kind: u16,
    regex: Regex,
    value: Template,
    hover: Option<Template>,
    message: Option<Template>,
    checks: Vec<Condition>,
}

impl Patterns {
    /// Returns whether there are none.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// The name of a kind.
    pub fn name(&self, kind: u16) -> &str {
        self.all.get(usize::from(kind)).map_or("", |pattern| &pattern.name)
    }

    /// All kinds in the order of the configuration, with their names.
    pub fn kinds(&self) -> impl Iterator<Item = (u16, &str)> {
        let firsts = self.all.iter().enumerate().filter(|(number, pattern)| usize::from(pattern.kind) == *number);
        firsts.map(|(_, pattern)| (pattern.kind, pattern.name.as_str()))
    }

    /// Every mention in `text`, one segment: by start, the longer first, those of one kind disjoint.
    pub fn find(&self, text: &str) -> Vec<PatternFact> {
        let line = text.trim_end_matches(['\r', '\n']);
        if self.all.is_empty() || self.any.as_ref().is_some_and(|any| !any.is_match(line)) {
            return Vec::new();
        }
        let mut found = Vec::new();
        for pattern in &self.all {
            let matches = pattern.regex.captures_iter(line);
            found.extend(matches.filter_map(|captures| pattern.fact(&captures)));
        }
        found.sort_by_key(|fact| (fact.span.start, std::cmp::Reverse(fact.span.end)));
        if self.all.len() > 1 {
            self.disjoin(&mut found);
        }
        found
    }

    /// Of mentions of one kind that overlap keeps the first, the longer where they start together.
    fn disjoin(&self, found: &mut Vec<PatternFact>) {
        let mut ends = vec![0; self.all.len()];
        found.retain(|fact| {
            let end = &mut ends[usize::from(fact.kind)];
            let is_free = *end <= fact.span.start;
            *end = (*end).max(fact.span.end);
            is_free
        });
    }
}

impl CompiledPattern {
    /// The mention that a match is; none where nothing was matched.
    fn fact(&self, captures: &Captures<'_>) -> Option<PatternFact> {
        let whole = captures.get(0).filter(|whole| !whole.is_empty())?;
        let span = Span::of(whole.start(), whole.end());
        let mut faults: SmallVec<[Fault<FailedCheck>; 1]> = SmallVec::new();
        for check in &self.checks {
            let Some(group) = captures.get(check.group) else { continue };
            if let Some(failed) = check.judge(group.as_str()) {
                faults.push(fault(failed, Span::of(group.start(), group.end()), group.as_str()));
            }
        }
        if self.checks.is_empty() && self.message.is_some() {
            faults.push(fault(FailedCheck::Occurrence, span, whole.as_str()));
        }
        let as_written = |_: usize, group: &str| CompactString::from(group);
        let in_normal_form = |number: usize, group: &str| {
            let mut checks = self.checks.iter().filter(|check| check.group == number);
            checks.find_map(|check| check.value(group)).unwrap_or_else(|| normal(group))
        };
        Some(PatternFact {
            span,
            kind: self.kind,
            value: spaced(&self.value.expand(captures, in_normal_form)),
            hover: self.hover.as_ref().map(|hover| hover.expand(captures, as_written)),
            message: self
                .message
                .as_ref()
                .filter(|_| !faults.is_empty())
                .map(|message| message.expand(captures, as_written)),
            faults,
        })
    }
}

fn fault(kind: FailedCheck, span: Span, surface: &str) -> Fault<FailedCheck> {
    Fault { kind, span, surface: surface.into(), when: When::Always, correction: None }
}

/// A text in normal form: NFC, digits of every script as ASCII, one space for many.
fn normal(text: &str) -> CompactString {
    spaced(&text.nfc().map(digit).collect::<CompactString>())
}

/// The ASCII digit of a digit of Thai, Lao, Khmer, Myanmar, Arabic, Indian or full-width writing.
fn digit(letter: char) -> char {
    const ZEROS: [char; 17] = [
        '\u{0660}', '\u{06F0}', '\u{0966}', '\u{09E6}', '\u{0A66}', '\u{0AE6}', '\u{0B66}', '\u{0BE6}', '\u{0C66}',
        '\u{0CE6}', '\u{0D66}', '\u{0E50}', '\u{0ED0}', '\u{1040}', '\u{17E0}', '\u{1810}', '\u{FF10}',
    ];
    if letter.is_ascii() {
        return letter;
    }
    let value = ZEROS.iter().find_map(|zero| (letter as u32).checked_sub(*zero as u32).filter(|value| *value < 10));
    value.and_then(|value| char::from_digit(value, 10)).unwrap_or(letter)
}

/// One space for many, none at the ends.
fn spaced(text: &str) -> CompactString {
    let mut out = CompactString::default();
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}
