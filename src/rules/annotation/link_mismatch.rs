//! An annotation is linked to somebody else than its text names.
//!
//! ## Why
//! The words name an entry of the registry, and the link says another one: a slip of the keyboard, a list that was
//! sorted otherwise, or the wrong one of two people. Whoever counts by links counts the wrong one.
//!
//! A spelling that the linked entry has as well is no contradiction, unless the office beside the name, and the day of
//! the document, say who is meant. Names that were only found by their sound are not held against a person's link.
//!
//! ## Example
//! ```text
//! Ông Nguyễn Văn Bình đến.
//! ```
//!
//! with the annotations
//!
//! ```ann
//! T1    Person 4 19    Nguyễn Văn Bình
//! N1    Reference T1 registry:hoa    Trần Thị Hoa
//! ```
//!
//! and the registry
//!
//! ```toml
//! [[person]]
//! id = "binh"
//! names.vi = ["Nguyễn Văn Bình"]
//!
//! [[person]]
//! id = "hoa"
//! names.vi = ["Trần Thị Hoa"]
//! ```
//!
//! Four spaces stand for a TAB in annotation files.
//!
//! ## Fix
//! Link to whom the text names. The fix does so where that is one entry; it is unsafe, since the annotation may be
//! right and the registry lack a spelling.

use rustc_hash::FxHashMap;

use super::pair::{PairContext, RegistryLink};
use crate::corpus::linked::LinkReason;
use crate::corpus::mention::{Mention, MentionKind, NameMention};
use crate::diagnostic::{Fix, Severity};
use crate::recognise::name::{NameClass, Via};
use crate::registry::Entity;
use crate::rules::finding::{Finding, FindingSink};
use crate::rules::rule::{Rule, RuleCheck};
use crate::text::edit::TextEdit;
use crate::text::{Span, fold};

/// The rule.
pub const RULE: Rule = Rule {
    code: "annotation/link-mismatch",
    severity: Severity::Warning,
    summary: "an annotation that is linked to somebody else than its text names",
    source: crate::rule_source!(),
    check: RuleCheck::Pair(check),
};

fn check(pair: &PairContext<'_>, sink: &mut FindingSink<'_>) {
    let mut links: FxHashMap<&str, Vec<RegistryLink<'_>>> = FxHashMap::default();
    for link in pair.registry_links() {
        links.entry(link.target).or_default().push(link);
    }
    if links.is_empty() {
        return;
    }
    let mentions = pair.mentions();
    for marked in pair.standoff.marked(pair.against.text) {
        let Some(links) = links.get(marked.id).filter(|_| marked.is_right) else { continue };
        let Some(name) = named(&mentions, marked.extent) else { continue };
        let linked: Vec<(&RegistryLink<'_>, &Entity)> =
            links.iter().filter_map(|link| Some((link, pair.registry().by_id(link.entry.0)?))).collect();
        // Of several links one may be the person and one the office: all must contradict.
        let contradicts = |(_, entity): &(&RegistryLink<'_>, &Entity)| contradicts(name, entity);
        let Some((link, entity)) = linked.first().filter(|_| linked.iter().all(contradicts)) else { continue };
        let one = name.one().map(|one| pair.registry().get(one));
        let message = match one {
            Some(one) => format!(
                "{} is linked to `{}` ({}), and its text names `{}` ({})",
                marked.id,
                entity.id,
                entity.display_name(),
                one.id,
                one.display_name()
            ),
            None => format!(
                "{} is linked to `{}` ({}), which its text does not name",
                marked.id,
                entity.id,
                entity.display_name()
            ),
        };
        let span = link.entry.1;
        let fix = one.map(|one| Fix {
            title: format!("link to `{}`", one.id),
            safe: false,
            edits: vec![pair.edit(&TextEdit::replace(span, one.id.as_str()))],
        });
        sink.report(Finding {
            place: pair.place(span),
            surface: link.entry.0.into(),
            message,
            related: Vec::new(),
            fix,
        });
    }
}

/// The registered name that a span marks, with its honorific or without.
fn named<'m>(mentions: &'m [Mention<'_>], span: Span) -> Option<&'m NameMention<'m>> {
    let first = mentions.partition_point(|mention| mention.place.start.byte < span.start);
    let inside = mentions[first..].iter().take_while(|mention| mention.place.start.byte < span.end);
    inside
        .filter(|mention| span.contains(mention.place.span()) && mention.extent.contains(span))
        .find_map(|mention| if let MentionKind::Name(name) = &mention.what { Some(name) } else { None })
}

/// Tells whether a name is somebody else's than an entry's.
fn contradicts(name: &NameMention<'_>, entity: &Entity) -> bool {
    let is_certain = matches!(name.via, Via::Exact | Via::Folded) && !name.entities.is_empty() && !name.bare;
    if !is_certain || name.entities.contains(&entity.ix) || NameClass::from(name.kind) != NameClass::from(entity.kind) {
        return false;
    }
    let folded = fold::fold(name.surface);
    let shares = entity.spellings().any(|alias| fold::fold(&alias.text) == folded);
    !shares || matches!(name.reason, LinkReason::Office | LinkReason::Day)
}
