//! The preferred spelling instead of the one that stands there: of this mention, in this file, in the corpus.

use super::action::{Action, ActionChange, ActionKind, DeferredChange, preferred};
use super::fixes::touches_span;
use crate::corpus::mention::{self, Mention, MentionKind};
use crate::corpus::{File, Snapshot};
use crate::diagnostic::FileEdit;
use crate::ide::place::links_of;
use crate::ide::target::Subject;
use crate::recognise::name::Via;
use crate::registry::{EntityIx, NameScript};
use crate::text::{Span, fold};

/// Most candidates that are offered for a mention that may be several people's.
const CANDIDATES: usize = 6;

pub(super) fn actions(snapshot: &Snapshot, file: &File, span: Span, actions: &mut Vec<Action>) {
    let profile = snapshot.profile(file);
    let mentions = mention::in_segments(file, &profile, links_of(snapshot, &profile), file.facts_in(span));
    for mention in mentions.iter().filter(|mention| touches_span(mention.place.span(), span)) {
        let MentionKind::Name(name) = &mention.what else { continue };
        // What is named in short is no spelling of the whole name, nor a title in other words one of the registry's.
        match name.one() {
            Some(_) if matches!(name.via, Via::Context | Via::Grammar) => {}
            Some(entity) => of_one(snapshot, file, mention, entity, name.surface, actions),
            None if name.bare => {}
            None => {
                for entity in name.entities.iter().take(CANDIDATES) {
                    let Some(name) = preferred(snapshot, *entity, NameScript::of(name.surface)) else { continue };
                    let id = &snapshot.registry.get(*entity).id;
                    push(actions, format!("write `{name}` ({id})"), vec![edit(file, mention, name)]);
                }
            }
        }
    }
}

fn of_one(
    snapshot: &Snapshot,
    file: &File,
    mention: &Mention<'_>,
    entity: EntityIx,
    surface: &str,
    actions: &mut Vec<Action>,
) {
    let script = NameScript::of(surface);
    let Some(name) = preferred(snapshot, entity, script).filter(|name| !same(name, surface)) else { return };
    push(actions, format!("write `{name}`"), vec![edit(file, mention, name)]);
    let here = in_file(snapshot, file, entity, script, name);
    if here.len() > 1 {
        push(actions, format!("write `{name}` everywhere in this file ({} places)", here.len()), here);
    }
    let files = snapshot.index.entity(entity).len();
    if files > 1 {
        actions.push(Action {
            title: format!("write `{name}` everywhere in the corpus"),
            kind: ActionKind::Rewrite,
            change: ActionChange::Deferred(DeferredChange::PreferredEverywhere {
                id: snapshot.registry.get(entity).id.clone(),
                surface: surface.into(),
            }),
            findings: Vec::new(),
            preferred: false,
        });
    }
}

fn push(actions: &mut Vec<Action>, title: String, edits: Vec<FileEdit>) {
    let change = ActionChange::Edits(edits);
    if !actions.iter().any(|action| action.change == change) {
        actions.push(Action { title, kind: ActionKind::Rewrite, change, findings: Vec::new(), preferred: false });
    }
}

/// The preferred spelling for every mention of an entity in one script.
pub(super) fn everywhere(snapshot: &Snapshot, entity: EntityIx, script: NameScript) -> Vec<FileEdit> {
    let Some(name) = preferred(snapshot, entity, script) else { return Vec::new() };
    let postings = snapshot.index.entity(entity).iter();
    let files = postings.filter_map(|(file, _)| snapshot.file(*file));
    files.flat_map(|file| in_file(snapshot, &file.unpacked(), entity, script, name)).collect()
}

fn in_file(snapshot: &Snapshot, file: &File, entity: EntityIx, script: NameScript, preferred: &str) -> Vec<FileEdit> {
    let mentions = Subject::of_entity(snapshot, entity).mentions_in(snapshot, file);
    let other = mentions.iter().filter(|mention| match &mention.what {
        MentionKind::Name(name) => {
            let is_spelling = !matches!(name.via, Via::Context | Via::Grammar);
            is_spelling && NameScript::of(name.surface) == script && !same(preferred, name.surface)
        }
        _ => false,
    });
    other.map(|mention| edit(file, mention, preferred)).collect()
}

fn edit(file: &File, mention: &Mention<'_>, name: &str) -> FileEdit {
    FileEdit { file: file.id, place: mention.place, text: name.into() }
}

/// Returns whether two spellings differ in no more than case and normalisation.
fn same(one: &str, other: &str) -> bool {
    one == other || fold::tight(one) == fold::tight(other)
}
