//! A registered name is annotated elsewhere in the corpus, and here it is not.
//!
//! ## Why
//! An annotator who passes over a name leaves a gap that nobody sees afterwards; a model learns that the name is none.
//! Looked at are texts that have an annotation file, also an empty one, and names of the registry whose words or whose
//! entry have been annotated somewhere in the corpus. A name that lies in an annotation, or shares text with one, is
//! annotated. Where recorded texts are not at their offsets nothing is said: that is repaired first.
//!
//! ## Example
//! ```text
//! Ông Nguyễn Văn Bình đến Huế. Sau đó Nguyễn Văn Bình về.
//! ```
//!
//! with the annotations
//!
//! ```ann
//! T1    Person 4 19    Nguyễn Văn Bình
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
//! The second time nobody has annotated him.
//!
//! Four spaces stand for a TAB in annotation files.
//!
//! ## Fix
//! Annotate the name; the fix writes the line, with the type that the name mostly has and the link to its entry. It is
//! unsafe, since only a person knows whether it was left out on purpose.

use std::borrow::Cow;

use super::covered::CoveredText;
use super::inconsistent::usual;
use crate::annotation::{LaidAnnotation, REGISTRY, Standoff};
use crate::corpus::linked::LinkContext;
use crate::corpus::mention::{self, Mention, MentionKind, NameMention};
use crate::corpus::{File, Snapshot};
use crate::diagnostic::{FileEdit, Fix, Severity};
use crate::recognise::name::Via;
use crate::rules::finding::{Finding, FindingSink};
use crate::rules::rule::{Rule, RuleCheck};
use crate::text::{FileId, LineIndex, fold};

/// The rule.
pub const RULE: Rule = Rule {
    code: "annotation/missed",
    severity: Severity::Info,
    summary: "a registered name that is annotated elsewhere and not here",
    source: crate::rule_source!(),
    check: RuleCheck::AnyFile,
};

/// Reports the names of a text that its annotation files leave out; `found` are these files.
pub fn check(snapshot: &Snapshot, file: &File, found: &[(FileId, &Standoff)], text: &str, sink: &mut FindingSink<'_>) {
    let index = &snapshot.annotations;
    if index.is_empty() {
        return;
    }
    let mut lines = None;
    for_each_bare_name(snapshot, file, found, text, &mut |UnannotatedName { mention, name, surface, link }| {
        let core = mention.place.span();
        let used = index.surface(&surface);
        let one = name.one().map(|one| snapshot.registry.get(one));
        let linked = link.map_or(0, |link| index.linked(&link));
        let times = used.map_or(0, |used| used.labels.iter().map(|label| label.total).sum::<u32>()).max(linked);
        if times == 0 {
            return;
        }
        let label = used.and_then(usual);
        let kind = label.map_or(String::new(), |label| format!(", mostly as `{label}`"));
        let count = if times == 1 { "once".to_owned() } else { format!("{times} times") };
        let message = format!("`{}` is not annotated here; in the corpus it is {count}{kind}", name.surface);
        let fix = label.zip(only(found)).map(|(label, (id, standoff))| {
            let link = one.map(|one| (one.id.as_str(), one.display_name()));
            let laid = standoff.lay(text, &[LaidAnnotation { core, extent: mention.extent, kind: label, link }], None);
            let lines = lines.get_or_insert_with(|| LineIndex::new(standoff.source()));
            let edits = laid.edits.iter().map(|edit| FileEdit {
                file: id,
                place: lines.place(standoff.source(), edit.span),
                text: edit.text.clone(),
            });
            Fix { title: format!("annotate as `{label}`"), safe: false, edits: edits.collect() }
        });
        sink.report(Finding { place: mention.place, surface: name.surface.into(), message, related: Vec::new(), fix });
    });
}

/// A registered name at which a text is not annotated.
pub struct UnannotatedName<'m, 'f> {
    mention: &'m Mention<'f>,
    name: &'m NameMention<'f>,
    /// The words in normalisation form C.
    pub surface: Cow<'m, str>,
    /// The one entry that is meant, `DATABASE:ENTRY`.
    pub link: Option<String>,
}

/// Hands on the registered names at which a text is not annotated, where its annotation files are right.
pub fn for_each_bare_name(
    snapshot: &Snapshot,
    file: &File,
    found: &[(FileId, &Standoff)],
    text: &str,
    take: &mut dyn FnMut(UnannotatedName<'_, '_>),
) {
    let profile = snapshot.profile(file);
    let links = LinkContext { registry: &snapshot.registry, day: profile.date, short: false };
    let all = mention::names(file, links);
    let names = all.iter().filter_map(|mention| match &mention.what {
        MentionKind::Name(name) => Some((mention, name)),
        _ => None,
    });
    let is_known = |name: &NameMention<'_>| {
        matches!(name.via, Via::Exact | Via::Folded) && !name.entities.is_empty() && !name.bare
    };
    let mut names = names.filter(|(_, name)| is_known(name)).peekable();
    // Most texts hold no such name, and what is annotated need not be looked up then.
    if names.peek().is_none() {
        return;
    }
    let is_right = found.iter().all(|(_, standoff)| {
        let (right, all) = standoff.count_right(text);
        right == all
    });
    if !is_right {
        return;
    }
    let covered = CoveredText::new(found, text);
    for (mention, name) in names.filter(|(mention, _)| !covered.touches(mention.place.span())) {
        let one = name.one().map(|one| snapshot.registry.get(one));
        let link = one.map(|one| format!("{REGISTRY}:{}", one.id));
        take(UnannotatedName { mention, name, surface: fold::nfc(name.surface), link });
    }
}

/// The annotation file into which a line would go, where there is one alone.
fn only<'f>(found: &[(FileId, &'f Standoff)]) -> Option<(FileId, &'f Standoff)> {
    match found {
        [one] => Some(*one),
        _ => None,
    }
}
