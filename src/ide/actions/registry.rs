//! From a text to the registry: a new entry from the selection, another spelling of somebody known.

use super::action::{Action, ActionChange, ActionKind, of_source};
use super::fixes::touches_span;
use crate::corpus::mention::{self, Mention, MentionKind};
use crate::corpus::snapshot::SourceFile;
use crate::corpus::{File, Snapshot};
use crate::diagnostic::FileEdit;
use crate::ide::place::links_of;
use crate::recognise::name::{Via, phonetic};
use crate::registry::edit::{NewEntity, NewTenure, add_spelling, append_entity};
use crate::registry::{Entity, EntityIx, EntityKind, NameScript};
use crate::text::byte_map::ThaiPlaces;
use crate::text::{FileId, Span, fold};

/// Longest selection that may be a name, in bytes.
const LONGEST: u32 = 200;
/// Most people that are offered for a spelling.
const OFFERED: usize = 3;
/// A registry of at most so many entities is compared as a whole.
const COMPARED: usize = 2000;
/// The likeness from which on a spelling and somebody's name are offered together.
const ALIKE: f32 = 0.35;

pub(super) fn actions(
    snapshot: &Snapshot,
    file: &File,
    span: Span,
    is_taken: &dyn Fn(FileId, &str) -> bool,
    actions: &mut Vec<Action>,
) {
    let profile = snapshot.profile(file);
    let mentions = mention::in_segments(file, &profile, links_of(snapshot, &profile), file.facts_in(span));
    let touched: Vec<&Mention<'_>> =
        mentions.iter().filter(|mention| touches_span(mention.place.span(), span)).collect();
    for mention in &touched {
        if let MentionKind::Name(name) = &mention.what
            && matches!(name.via, Via::SoundsLike { .. })
            && let Some(one) = name.one()
        {
            spelling_of(snapshot, snapshot.registry.get(one), name.surface, actions);
        }
    }
    // Who is only heard in a name may be somebody else after all.
    let is_known = |mention: &Mention<'_>| match &mention.what {
        MentionKind::Name(name) => name.kind.is_person() && !matches!(name.via, Via::SoundsLike { .. }),
        _ => false,
    };
    if span.is_empty() || span.len() > LONGEST || touched.iter().any(|mention| is_known(mention)) {
        return;
    }
    let Some(selected) = file.document().map(|document| document.slice(span)) else { return };
    let name = selected.trim();
    if name.is_empty() || name.contains(['\n', '\r']) || NameScript::of(name) == NameScript::Other {
        return;
    }
    for known in alike(snapshot, name) {
        spelling_of(snapshot, known, name, actions);
    }
    // A date or a legal document is nobody.
    let is_no_name = |mention: &&Mention<'_>| !matches!(mention.what, MentionKind::Name(_));
    if touched.iter().any(is_no_name) {
        return;
    }
    let start = span.start + (selected.len() - selected.trim_start().len()) as u32;
    let place = Span::new(start, start + name.len() as u32);
    let is_listed = |mention: &&Mention<'_>| match &mention.what {
        MentionKind::Name(name) => mention.place.span() == place && !matches!(name.via, Via::SoundsLike { .. }),
        _ => false,
    };
    if touched.iter().any(is_listed) {
        return;
    }
    for kind in [EntityKind::Person, EntityKind::Organization, EntityKind::Place] {
        new_entry(snapshot, kind, name, None, is_taken, actions);
    }
    // The office is a guess from what stands before the name, so it comes last.
    if let Some(office) = office_before(snapshot, &mentions, start) {
        new_entry(snapshot, EntityKind::Official, name, Some(office), is_taken, actions);
    }
}

/// Known people whose names sound like this one, the nearest first. In a large registry only those whom the index of
/// sounds hears in it are compared.
pub(super) fn alike<'a>(snapshot: &'a Snapshot, name: &str) -> Vec<&'a Entity> {
    let registry = &snapshot.registry;
    let heard = snapshot.ctx().names.sounds.find(name, &ThaiPlaces::of(name), &[]);
    let heard = heard.iter().flat_map(|hit| &hit.candidates).map(|(entity, _)| registry.get(EntityIx(*entity)));
    let mut people: Vec<&Entity> = heard.collect();
    if registry.len() <= COMPARED {
        people = registry.entities().filter(|entity| entity.kind.is_person()).collect();
    }
    let mut known: Vec<(&Entity, &str)> = Vec::new();
    for person in people {
        let names = person.names.iter().filter_map(|list| list.names.first());
        known.extend(names.map(|name| (person, name.text.as_str())));
    }
    let names: Vec<&str> = known.iter().map(|(_, name)| *name).collect();
    let mut people: Vec<&Entity> = Vec::new();
    for (at, score) in phonetic::rank(name, &names) {
        if score < ALIKE || people.len() == OFFERED {
            break;
        }
        if !people.iter().any(|person| person.ix == known[at].0.ix) {
            people.push(known[at].0);
        }
    }
    people
}

fn spelling_of(snapshot: &Snapshot, entity: &Entity, name: &str, actions: &mut Vec<Action>) {
    let file = snapshot.registry.file_of(entity);
    let Some(source) = snapshot.registry_files.get(&file) else { return };
    let Ok(edits) = add_spelling(&source.text, &entity.id, &tag(Some(entity), name), name) else { return };
    if !edits.is_empty() {
        let title = format!("add `{name}` as a spelling of {} ({})", entity.display_name(), entity.id);
        push(title, of_source(file, source, edits), actions);
    }
}

fn new_entry(
    snapshot: &Snapshot,
    kind: EntityKind,
    name: &str,
    office: Option<&str>,
    is_taken: &dyn Fn(FileId, &str) -> bool,
    actions: &mut Vec<Action>,
) {
    let Some((file, source)) = file_for(snapshot, kind) else { return };
    let is_taken = |id: &str| snapshot.registry.by_id(id).is_some() || is_taken(file, id);
    let Some(id) = free_id(name, &is_taken) else { return };
    let mut new = NewEntity::new(kind, id);
    new.names.push((tag(None, name), vec![name.to_owned()]));
    new.offices.extend(office.map(|office| NewTenure { office: office.into(), since: None, until: None }));
    let Ok(edits) = append_entity(&source.text, &new) else { return };
    let office_name =
        |id: &str| snapshot.registry.by_id(id).map_or_else(|| id.to_owned(), |office| office.display_name().to_owned());
    let what = office.map_or_else(|| kind.as_str().to_owned(), |office| format!("official ({})", office_name(office)));
    push(format!("add `{name}` to the registry as a new {what}"), of_source(file, source, edits), actions);
}

fn push(title: String, edits: Vec<FileEdit>, actions: &mut Vec<Action>) {
    let change = ActionChange::Edits(edits);
    if !actions.iter().any(|action| action.change == change) {
        actions.push(Action { title, kind: ActionKind::QuickFix, change, findings: Vec::new(), preferred: false });
    }
}

/// The language under which a name is listed: that of the entity's names in the same script, else what its letters say.
pub(in crate::ide) fn tag(entity: Option<&Entity>, name: &str) -> String {
    let script = NameScript::of(name);
    let known = entity
        .and_then(|entity| entity.names.iter().find(|list| list.names.iter().any(|name| name.script() == script)));
    match (known, script) {
        (_, NameScript::Latin) if name.chars().any(fold::is_vietnamese) => "vi".into(),
        (Some(list), _) => list.tag.to_string(),
        (None, NameScript::Thai) => "th".into(),
        (None, NameScript::Lao) => "lo".into(),
        (None, _) => "en".into(),
    }
}

/// The file that holds the last entry of the kind, else the first of the registry.
pub(in crate::ide) fn file_for(snapshot: &Snapshot, kind: EntityKind) -> Option<(FileId, &SourceFile)> {
    let last = snapshot.registry.entities().rev().find(|entity| entity.kind.table() == kind.table());
    let of_last = last.and_then(|entity| snapshot.registry_files.get_key_value(&snapshot.registry.file_of(entity)));
    let first = || snapshot.registry_files.iter().min_by_key(|(_, source)| source.path.as_str());
    of_last.or_else(first).map(|(file, source)| (*file, source))
}

/// An id made of the name's folded letters that nobody has.
pub(in crate::ide) fn free_id(name: &str, is_taken: &dyn Fn(&str) -> bool) -> Option<String> {
    let folded = fold::fold(name);
    let words: Vec<&str> = folded
        .split(|letter: char| letter.is_whitespace() || letter.is_ascii_punctuation())
        .filter(|word| !word.is_empty())
        .collect();
    let id = words.join("-");
    let numbered = |number: u32| if number == 1 { id.clone() } else { format!("{id}-{number}") };
    (1..u32::MAX).map(numbered).find(|id| !is_taken(id))
}

/// The id of the office named directly before a byte of the file; an honorific may stand between.
fn office_before<'s>(snapshot: &'s Snapshot, mentions: &[Mention<'_>], start: u32) -> Option<&'s str> {
    /// Bytes of the longest honorific with its spaces.
    const GAP: u32 = 24;
    let before = mentions.iter().rev().find(|mention| {
        let end = mention.place.end.byte;
        end <= start
            && start - end <= GAP
            && matches!(&mention.what, MentionKind::Name(name) if name.kind == EntityKind::Office)
    })?;
    let MentionKind::Name(name) = &before.what else { return None };
    Some(snapshot.registry.get(name.one()?).id.as_str())
}
