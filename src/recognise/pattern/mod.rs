//! Mentions of the user's own kinds.
//!
//! A `[[pattern]]` of the configuration is a regular expression with named groups, a value made of them, and conditions
//! they must meet: references of other legal systems, file numbers, tickets. [`Patterns`] holds all of them compiled
//! ([`compile`]); a line that none of them matches costs one search for all.
//! Deliberately absent: folding (an expression sees the text as it is written, and may ask for `(?i)`), and anything
//! beyond the line: no mention crosses its end.

mod check;
mod compile;
mod fact;
mod nest;
mod template;
#[cfg(test)]
mod tests;

use compact_str::CompactString;
use regex::{Captures, Regex, RegexSet};
use smallvec::SmallVec;

use super::fault::Fault;
use super::profile::When;
use crate::text::Span;
use check::Condition;
pub use fact::{FailedCheck, PatternFact};
use fact::{normal, spaced};
pub use nest::nest;
use template::Template;

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
