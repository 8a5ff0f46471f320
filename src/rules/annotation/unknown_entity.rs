//! An annotation is linked to an entry of the registry that does not exist.
//!
//! ## Why
//! The link says who is meant. When the entry was renamed or taken out, or its id has a slip, hover, search and export
//! lose the person. Only links to the database `registry`, the corpus's own, are checked.
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
//! N1    Reference T1 registry:bin    Nguyễn Văn Bình
//! ```
//!
//! and the registry
//!
//! ```toml
//! [[person]]
//! id = "binh"
//! names.vi = ["Nguyễn Văn Bình"]
//! ```
//!
//! Four spaces stand for a TAB in annotation files.
//!
//! ## Fix
//! Write the id that was meant, or add the entry to the registry. The fix writes the most similar id; it is unsafe,
//! since only you know who was meant.

use super::pair::PairContext;
use crate::diagnostic::{Fix, Severity};
use crate::rules::finding::{Finding, FindingSink};
use crate::rules::rule::{Rule, RuleCheck};
use crate::text::edit::TextEdit;
use crate::text::nearest::nearest;

/// The rule.
pub const RULE: Rule = Rule {
    code: "annotation/unknown-entity",
    severity: Severity::Error,
    summary: "a link to an entry that the registry does not have",
    source: crate::rule_source!(),
    check: RuleCheck::Pair(check),
};

/// Ids that a slip is compared with: in a larger registry that takes longer than it is worth.
const MOST_COMPARED: usize = 20_000;
/// Slips of one file for which the id that was meant is looked for.
const MOST_GUESSED: usize = 50;

fn check(pair: &PairContext<'_>, sink: &mut FindingSink<'_>) {
    let mut guessed = 0;
    for link in pair.registry_links() {
        let (id, span) = link.entry;
        if pair.registry().by_id(id).is_some() {
            continue;
        }
        guessed += 1;
        let is_compared = guessed <= MOST_GUESSED && pair.registry().len() <= MOST_COMPARED;
        let ids = pair.registry().entities().map(|entity| entity.id.as_str());
        let meant = if is_compared { nearest(id, ids) } else { None };
        let message = match meant {
            Some(meant) => format!("the registry has no entry `{id}`; did you mean `{meant}`?"),
            None => format!("the registry has no entry `{id}`, to which {} is linked", link.target),
        };
        let fix = meant.map(|meant| Fix {
            title: format!("link to `{meant}`"),
            safe: false,
            edits: vec![pair.edit(&TextEdit::replace(span, meant))],
        });
        sink.report(Finding { place: pair.place(span), surface: id.into(), message, related: Vec::new(), fix });
    }
}
