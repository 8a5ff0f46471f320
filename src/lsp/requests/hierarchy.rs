//! Organisations, offices and those who hold them; people who are mentioned together.

use camino::Utf8Path;
use tower_lsp::ls_types as lsp;

use super::annotated_texts::{self, AnnotatedText};
use super::symbols;
use crate::corpus::Snapshot;
use crate::ide::{self, HierarchyNode, MentionedPerson};
use crate::lsp::view::CorpusView;
use crate::registry::EntityKind;
use crate::text::FileId;

/// Returns the item under the cursor, in the hierarchy of organisations, offices and people.
pub fn prepare_types(view: &CorpusView, file: FileId, at: lsp::Position) -> Option<Vec<lsp::TypeHierarchyItem>> {
    let nodes = ide::prepare_type_hierarchy(&view.snapshot, view.at(file, at)?);
    let items: Vec<_> = nodes.into_iter().filter_map(|node| type_item(view, node)).collect();
    (!items.is_empty()).then_some(items)
}

/// The neighbours of an item of a registry file, above or below it, in all corpora that share its entry.
pub fn types(
    view: &CorpusView,
    file: FileId,
    sharing: &[CorpusView],
    item: &lsp::TypeHierarchyItem,
    neighbours: fn(&Snapshot, &str) -> Vec<HierarchyNode>,
) -> Option<Vec<lsp::TypeHierarchyItem>> {
    let id = item.data.as_ref()?.as_str()?;
    let mut items: Vec<lsp::TypeHierarchyItem> = Vec::new();
    for view in having(view, sharing, &view.path(file)?, id) {
        let new = neighbours(&view.snapshot, id).into_iter().filter_map(|node| type_item(view, node));
        // What stands in a file that several corpora use each of them tells.
        let new: Vec<_> = new.filter(|new| !items.contains(new)).collect();
        items.extend(new);
    }
    Some(items)
}

/// The corpora in which an entry of a registry file is in force under its id, that which was asked first.
fn having<'v>(view: &'v CorpusView, sharing: &'v [CorpusView], registry: &Utf8Path, id: &str) -> Vec<&'v CorpusView> {
    let has = |view: &&CorpusView| {
        let entry = ide::entry_with_id(&view.snapshot, id);
        entry.is_some_and(|entry| view.registry_file(registry) == Some(entry.at.file))
    };
    std::iter::once(view).chain(sharing).filter(has).collect()
}

fn type_item(view: &CorpusView, node: HierarchyNode) -> Option<lsp::TypeHierarchyItem> {
    Some(lsp::TypeHierarchyItem {
        name: node.name,
        kind: symbols::entity(node.kind),
        tags: None,
        detail: Some(node.detail),
        uri: view.uri(node.whole.file)?,
        range: view.range(node.whole.place),
        selection_range: view.range(node.focus),
        data: Some(node.id.as_str().into()),
    })
}

/// The person under the cursor.
pub fn prepare_people(view: &CorpusView, file: FileId, at: lsp::Position) -> Option<Vec<lsp::CallHierarchyItem>> {
    let people = view.at(file, at).map(|at| ide::prepare_call_hierarchy(&view.snapshot, at)).unwrap_or_default();
    let mut items: Vec<_> = people.iter().filter_map(|person| person_item(view, person)).collect();
    items.extend(AnnotatedText::new(view, file).iter().flat_map(|annotated| annotated.tie_items(at)));
    (!items.is_empty()).then_some(items)
}

/// Returns the people who are mentioned together with a person, with the places of the companion.
pub fn incoming(
    view: &CorpusView,
    file: FileId,
    sharing: &[CorpusView],
    item: &lsp::CallHierarchyItem,
) -> Option<Vec<lsp::CallHierarchyIncomingCall>> {
    if annotated_texts::is_tie(item) {
        let tied = AnnotatedText::new(view, file)?.tied(item, false)?.into_iter();
        let call = |(from, range)| lsp::CallHierarchyIncomingCall { from, from_ranges: vec![range] };
        return Some(tied.map(call).collect());
    }
    let calls = companions(view, sharing, item)?.into_iter().filter_map(|(view, companion)| {
        let from_ranges = companion.places.iter().map(|place| view.range(*place)).collect();
        Some(lsp::CallHierarchyIncomingCall { from: person_item(view, &companion.person)?, from_ranges })
    });
    Some(calls.collect())
}

/// Returns the people who are mentioned together with a person. The places lie in the file of the item, as the protocol
/// has it: those of the person asked about, where the companion is in the same file.
pub fn outgoing(
    view: &CorpusView,
    file: FileId,
    sharing: &[CorpusView],
    item: &lsp::CallHierarchyItem,
) -> Option<Vec<lsp::CallHierarchyOutgoingCall>> {
    if annotated_texts::is_tie(item) {
        let tied = AnnotatedText::new(view, file)?.tied(item, true)?.into_iter();
        let call = |(to, range)| lsp::CallHierarchyOutgoingCall { to, from_ranges: vec![range] };
        return Some(tied.map(call).collect());
    }
    let calls = companions(view, sharing, item)?.into_iter().filter_map(|(view, companion)| {
        let here = view.uri(companion.person.at.file)? == item.uri;
        let beside = companion.beside.iter().filter(|_| here);
        let from_ranges = beside.map(|place| view.range(*place)).collect();
        Some(lsp::CallHierarchyOutgoingCall { to: person_item(view, &companion.person)?, from_ranges })
    });
    Some(calls.collect())
}

/// Companions in all corpora that share the entry of a person, each with its corpus.
fn companions<'v>(
    view: &'v CorpusView,
    sharing: &'v [CorpusView],
    item: &lsp::CallHierarchyItem,
) -> Option<Vec<(&'v CorpusView, ide::Companion)>> {
    let id = item.data.as_ref()?.as_str()?;
    let of_view =
        |view: &'v CorpusView| ide::mentioned_together(&view.snapshot, id).into_iter().map(move |found| (view, found));
    let registry = view.path(ide::entry_with_id(&view.snapshot, id)?.at.file)?;
    Some(having(view, sharing, &registry, id).into_iter().flat_map(of_view).collect())
}

fn person_item(view: &CorpusView, person: &MentionedPerson) -> Option<lsp::CallHierarchyItem> {
    let range = view.range(person.at.place);
    let path = view.snapshot.path(person.at.file)?;
    Some(lsp::CallHierarchyItem {
        name: person.name.clone(),
        kind: symbols::entity(EntityKind::Person),
        tags: None,
        detail: Some(path.to_string()),
        uri: view.uri(person.at.file)?,
        range,
        selection_range: range,
        data: Some(person.id.as_str().into()),
    })
}
