//! One surface is annotated with two types, or linked to two entities, in the corpus.
//!
//! ## Why
//! The same words mostly are the same thing. Where they are annotated otherwise once, somebody has slipped, or the
//! guidelines leave a question open; a model that is trained on both learns neither. Compared are the recorded texts of
//! all annotation files of the corpus; the triggers of events are left out, and types of one branch of the hierarchy in
//! `annotation.conf` do not contradict each other. The rarer one is reported, in each file once; of two that are as
//! frequent both.
//!
//! ## Example
//! ```text
//! Huế đẹp. Bà Lan ở Huế, ông Bình về Huế.
//! ```
//!
//! ```ann
//! T1    Place 0 3    Huế
//! T2    Place 18 21    Huế
//! T3    Person 35 38    Huế
//! ```
//!
//! Four spaces stand for a TAB in annotation files.
//!
//! ## Fix
//! Decide which is right. Words that mean two things are no mistake; silence them with a `[[suppress]]`.

use rustc_hash::FxHashSet;

use super::pair::PairContext;
use super::quote::quoted;
use crate::corpus::annotated::{AnnotationCounts, LabelUse, SurfaceUse};
use crate::diagnostic::Severity;
use crate::rules::finding::{Finding, FindingSink};
use crate::rules::rule::{Rule, RuleCheck};

/// The rule.
pub const RULE: Rule = Rule {
    code: "annotation/inconsistent",
    severity: Severity::Info,
    summary: "one surface that is annotated in two ways in the corpus",
    source: crate::rule_source!(),
    check: RuleCheck::Pair(check),
};

fn check(pair: &PairContext<'_>, sink: &mut FindingSink<'_>) {
    let index = &pair.snapshot.annotations;
    if index.is_empty() {
        return;
    }
    let mut seen: FxHashSet<(&str, &str)> = FxHashSet::default();
    let counts = AnnotationCounts::of(pair.standoff);
    for used in counts.surfaces() {
        let Some(all) = index.surface(&used.surface) else { continue };
        let is_kin = |one: &str, other: &str| {
            pair.against.configuration.is_some_and(|known| known.is_a(one, other) || known.is_a(other, one))
        };
        let by_type = rarer(&used.labels, &all.labels, &is_kin)
            .map(|(more, other)| (&used.labels, format!("annotated as `{}`", used.labels), more, format!("`{other}`")));
        let by_entry = used.links.as_ref().and_then(|links| {
            let (more, other) = rarer(links, &all.links, &|_, _| false)?;
            Some((links, format!("linked to `{links}`"), more, format!("`{other}`")))
        });
        for (key, how, more, other) in by_type.into_iter().chain(by_entry) {
            if !seen.insert((used.surface.as_str(), key.as_str())) {
                continue;
            }
            let times = if more == 1 { "once".to_owned() } else { format!("{more} times") };
            let message = format!("{} is {how} here, and in the corpus {times} with {other}", quoted(&used.surface));
            let place = pair.place(used.first);
            let surface = used.surface.clone();
            sink.report(Finding { place, surface, message, related: Vec::new(), fix: None });
        }
    }
}

/// The number of times and the name of the most frequent other use, where it is at least as frequent as `this`.
fn rarer<'a>(this: &str, uses: &'a [LabelUse], is_kin: &dyn Fn(&str, &str) -> bool) -> Option<(u32, &'a str)> {
    let own = uses.iter().find(|used| used.label == this)?;
    let others = uses.iter().filter(|used| used.label != this && !is_kin(this, &used.label));
    let most = others.max_by(|one, other| (one.total, &other.label).cmp(&(other.total, &one.label)))?;
    (most.total >= own.total).then_some((most.total, most.label.as_str()))
}

/// The type that a surface is mostly annotated with; `None` where two are as frequent.
pub(super) fn usual(used: &SurfaceUse) -> Option<&str> {
    let most = used.labels.iter().map(|label| label.total).max()?;
    let mut usual = used.labels.iter().filter(|label| label.total == most);
    let (one, None) = (usual.next()?, usual.next()) else { return None };
    (!one.label.contains('+')).then_some(one.label.as_str())
}
