//! The proof that a fix is safe: the segment is put right and looked at again.
//!
//! A recogniser proposes; here a fix stays safe only if the other mentions of the segment are the same afterwards, with
//! the values and entities they had, if the fault is gone and if no new one has come. A fix that would change something
//! inside an address, a time stamp, a file name or code is withdrawn altogether.
//! Deliberately absent: what annotations need, and whether a preference of style may be applied.

use compact_str::{CompactString, ToCompactString};
use smallvec::SmallVec;

use super::date::DateFault;
use super::decree::DecreeFault;
use super::facts::SegmentFacts;
use super::fault::{Correction, Fault};
use super::profile::DocumentProfile;
use super::text_fault::{TextFault, TextFaultClass};
use crate::registry::{EntityIx, EntityKind};
use crate::text::edit::{TextEdit, applied};
use crate::text::{Span, verbatim};

/// Fixes of one segment that are proved one by one where they do not hold together. A line with more is left to a
/// person: each proof costs a look at the line.
const MOST_PROOFS: usize = 8;

/// Withdraws fixes inside verbatim text, and leaves those safe that `analyse`, which looks at a text, proves.
pub(super) fn prove(text: &str, facts: &mut SegmentFacts, mut analyse: impl FnMut(&str) -> SegmentFacts) {
    each_correction(facts, |correction, class| {
        let is_inside =
            |correction: &Correction| correction.edits.iter().any(|(at, _)| verbatim::is_verbatim(text, *at));
        // A broken URL is put right where it is broken, by a person.
        if class != Class::Url && correction.as_ref().is_some_and(is_inside) {
            *correction = None;
        }
    });
    let mut proposed: Vec<ProposedFix> = Vec::new();
    each_correction(facts, |correction, class| {
        let edits = correction.as_ref().filter(|correction| correction.safe).map(edits);
        proposed.push(ProposedFix { class, edits });
    });
    let safe: Vec<usize> = (0..proposed.len()).filter(|number| proposed[*number].edits.is_some()).collect();
    if safe.is_empty() {
        return;
    }
    let before = Meaning::of(facts);
    let mut holds = |numbers: &[usize]| {
        let mut all: Vec<TextEdit> =
            numbers.iter().filter_map(|at| proposed[*at].edits.as_ref()).flatten().cloned().collect();
        all.sort();
        all.dedup();
        let Some(after) = applied(text, &all) else { return false };
        let classes: Vec<Class> = numbers.iter().map(|at| proposed[*at].class).collect();
        before.is_kept_by(&Meaning::of(&analyse(&after)), &classes)
    };
    let unsafe_ones: SmallVec<[usize; 4]> = if holds(&safe) {
        SmallVec::new()
    } else if safe.len() == 1 {
        SmallVec::from_slice(&safe)
    } else {
        let is_unproved =
            |(rank, number): (usize, &usize)| (rank >= MOST_PROOFS || !holds(&[*number])).then_some(*number);
        safe.iter().enumerate().filter_map(is_unproved).collect()
    };
    let mut number = 0;
    each_correction(facts, |correction, _| {
        if unsafe_ones.contains(&number)
            && let Some(correction) = correction
        {
            correction.safe = false;
        }
        number += 1;
    });
}

/// A fault with its safe fix, where it has one.
struct ProposedFix {
    class: Class,
    edits: Option<Vec<TextEdit>>,
}

fn edits(correction: &Correction) -> Vec<TextEdit> {
    correction.edits.iter().map(|(span, new)| TextEdit::replace(*span, new.clone())).collect()
}

/// A fault's class across families, as far as proofs care.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Class {
    Date(super::date::DateFaultClass),
    Decree(super::decree::DecreeFaultClass),
    Text(TextFaultClass),
    Url,
}

impl Class {
    /// Returns whether the fault is one of the mention itself, whose value its fix may bring to light.
    const fn is_of_mention(self) -> bool {
        matches!(self, Self::Date(_) | Self::Decree(_))
    }
}

/// Calls `each` with the correction of every fault, in one order.
fn each_correction(facts: &mut SegmentFacts, mut each: impl FnMut(&mut Option<Correction>, Class)) {
    for fault in facts.dates.iter_mut().flat_map(|date| &mut date.faults) {
        let Fault { kind, correction, .. } = fault;
        each(correction, Class::Date(DateFault::class(kind)));
    }
    for fault in facts.decrees.iter_mut().flat_map(|decree| &mut decree.faults) {
        let Fault { kind, correction, .. } = fault;
        each(correction, Class::Decree(DecreeFault::class(kind)));
    }
    for fault in &mut facts.text_faults {
        let class = match fault.kind {
            TextFault::BrokenUrl => Class::Url,
            kind => Class::Text(kind.class()),
        };
        each(&mut fault.correction, class);
    }
}

/// All that a segment says, without places.
struct Meaning {
    /// The mentions in order: kind and value.
    mentions: Vec<(SoughtKind, Option<CompactString>, bool)>,
    names: Vec<(EntityKind, SmallVec<[EntityIx; 2]>)>,
    /// People addressed in short.
    addresses: usize,
    /// Faults with how often each class stands in the segment.
    faults: Vec<Class>,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum SoughtKind {
    Date,
    Decree,
    Pattern(u16),
}

impl Meaning {
    fn of(facts: &SegmentFacts) -> Self {
        let profile = DocumentProfile::default();
        let mut mentions: Vec<(Span, SoughtKind, Option<CompactString>, bool)> = Vec::new();
        for date in facts.dates.iter().filter(|date| date.is_mention()) {
            let value = date.reading(&profile).value.map(|value| value.to_compact_string());
            mentions.push((date.core, SoughtKind::Date, value, !date.faults.is_empty()));
        }
        for decree in facts.decrees.iter().filter(|decree| decree.is_mention()) {
            let value = decree.value().map(CompactString::from);
            mentions.push((decree.core, SoughtKind::Decree, value, !decree.faults.is_empty()));
        }
        for pattern in &facts.patterns {
            mentions.push((pattern.span, SoughtKind::Pattern(pattern.kind), Some(pattern.value.clone()), false));
        }
        mentions.sort_by_key(|(span, kind, ..)| (span.start, span.end, *kind));
        let mut faults = Vec::new();
        faults.extend(facts.dates.iter().flat_map(|date| &date.faults).map(|fault| Class::Date(fault.kind.class())));
        faults.extend(
            facts.decrees.iter().flat_map(|decree| &decree.faults).map(|fault| Class::Decree(fault.kind.class())),
        );
        faults.extend(facts.text_faults.iter().map(|fault| Class::Text(fault.kind.class())));
        Self {
            mentions: mentions.into_iter().map(|(_, kind, value, faulty)| (kind, value, faulty)).collect(),
            names: facts.names.iter().map(|name| (name.kind, name.entities.clone())).collect(),
            addresses: facts.addresses.len(),
            faults,
        }
    }

    /// Returns whether a segment that was put right says the same: faults of these classes are gone, no other has come.
    fn is_kept_by(&self, after: &Self, fixed: &[Class]) -> bool {
        if self.names != after.names || self.addresses != after.addresses {
            return false;
        }
        let count = |faults: &[Class], class: Class| faults.iter().filter(|other| **other == class).count();
        let has_new = after.faults.iter().any(|class| count(&after.faults, *class) > count(&self.faults, *class));
        // A line full of invisible characters is put right in several rounds.
        let in_one_round = |class: &&Class| **class != Class::Text(TextFaultClass::InvisibleCharacter);
        let has_stayed = fixed.iter().filter(in_one_round).any(|class| {
            let before = count(&self.faults, *class);
            count(&after.faults, *class) > before.saturating_sub(count(fixed, *class))
        });
        if has_new || has_stayed {
            return false;
        }
        // A mention that is itself at fault may be read only afterwards; every other keeps its value.
        let is_of_mention = fixed.iter().any(|class| class.is_of_mention());
        let is_fixed = |faulty: bool| is_of_mention && faulty;
        let whole: Vec<_> = self.mentions.iter().filter(|(.., faulty)| !is_fixed(*faulty)).collect();
        let mut left = after.mentions.iter();
        let kept = whole
            .iter()
            .all(|(kind, value, _)| left.any(|(new_kind, new_value, _)| new_kind == kind && new_value == value));
        kept && (is_of_mention || self.mentions.len() == after.mentions.len())
    }
}
