//! Mentions of a kind of the user's: what the pattern says to show, what is wrong, how often it is mentioned.

use super::numbers::numbers;
use super::section::HoverSection;
use crate::corpus::{File, Snapshot};
use crate::ide::count;
use crate::ide::target::Subject;
use crate::recognise::pattern::PatternFact;
use crate::rules;

/// Returns the facts about a mention.
pub(super) fn section(snapshot: &Snapshot, file: &File, fact: &PatternFact) -> HoverSection {
    let mut section = HoverSection::new(fact.value.as_str(), snapshot.patterns().name(fact.kind));
    for line in fact.hover.iter().flat_map(|hover| hover.lines()).filter(|line| !line.trim().is_empty()) {
        section.fact("", line);
    }
    for fault in &fact.faults {
        section.fact("wrong", rules::message_of_pattern(fact, fault).unwrap_or_default());
    }
    let subject = Subject::Pattern(fact.kind, fact.value.clone());
    numbers(snapshot, &count::count(snapshot, &subject, Some(file)), &mut section);
    section
}
