//! What can be done about it?
//!
//! The fixes of the findings in a range, and what can be done with the mention or the selection there. Edits are plain
//! data; what would look at many files is [`Deferred`] until somebody wants it.

mod fixes;
mod registry;
mod silence;
mod spelling;

use compact_str::CompactString;

pub use fixes::fix_all;
pub use silence::silence;

use super::FileRange;
use crate::corpus::Snapshot;
use crate::corpus::snapshot::Source;
use crate::diagnostic::{Diagnostic, Edit};
use crate::registry::{EntityIx, Script};
use crate::text::FileId;
use crate::text::edit::TextEdit;

/// Something that can be done.
#[derive(Clone, PartialEq, Debug)]
pub struct Action {
    /// What it does, in the imperative.
    pub title: String,
    /// What sort of action it is.
    pub kind: ActionKind,
    /// What it changes.
    pub change: Change,
    /// The numbers of the findings it answers, among those it was asked with.
    pub findings: Vec<usize>,
    /// Whether it is the one to take where there are several.
    pub preferred: bool,
}

/// What sort of action it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ActionKind {
    /// Puts something right.
    QuickFix,
    /// Writes the same in another way.
    Rewrite,
    /// Puts right all that can safely be, in the whole file.
    FixAll,
}

/// What an action changes.
#[derive(Clone, PartialEq, Debug)]
pub enum Change {
    /// These edits, sorted by file and place.
    Edits(Vec<Edit>),
    /// Edits that [`resolve_action`] makes out.
    Deferred(Deferred),
}

/// Edits that nobody has made out yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Deferred {
    /// The preferred spelling for every mention in one script, in the whole corpus.
    PreferredEverywhere {
        /// Whose mentions.
        id: CompactString,
        /// A spelling in the script.
        surface: CompactString,
    },
}

/// What can be done in a range of a file. `findings` are those of the file; `is_taken` says whether another corpus that
/// uses a registry file has an id.
pub fn code_actions(
    snapshot: &Snapshot,
    at: FileRange,
    findings: &[Diagnostic],
    is_taken: &dyn Fn(FileId, &str) -> bool,
) -> Vec<Action> {
    let mut actions = Vec::new();
    fixes::of_findings(at, findings, &mut actions);
    if let Some(file) = snapshot.file(at.file) {
        fixes::on_request(snapshot, file, at.span, &mut actions);
        spelling::actions(snapshot, file, at.span, &mut actions);
        registry::actions(snapshot, file, at.span, is_taken, &mut actions);
        let slice = |span| file.document().map(|document| document.slice(span));
        actions.extend(silence(snapshot, file.path.as_str(), &slice, at, findings));
    }
    fixes::all(at, findings, &mut actions);
    actions
}

/// The edits of a deferred change, sorted by file and place. None where what it was about is gone.
pub fn resolve_action(snapshot: &Snapshot, deferred: &Deferred) -> Vec<Edit> {
    match deferred {
        Deferred::PreferredEverywhere { id, surface } => match snapshot.registry.by_id(id) {
            Some(entity) => spelling::everywhere(snapshot, entity.ix, Script::of(surface)),
            None => Vec::new(),
        },
    }
}

/// Edits of a registry or configuration file as edits with places.
pub(super) fn of_source(file: FileId, source: &Source, edits: Vec<TextEdit>) -> Vec<Edit> {
    edits.into_iter().map(|edit| Edit { file, place: source.place(edit.span), text: edit.text }).collect()
}

/// The entity's preferred name in a script, where it has one.
pub(super) fn preferred(snapshot: &Snapshot, entity: EntityIx, script: Script) -> Option<&str> {
    Some(snapshot.registry.get(entity).preferred_in(script)?.text.as_str())
}
