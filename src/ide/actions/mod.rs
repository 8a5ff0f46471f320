//! Actions: what an editor offers to do about a place.
//!
//! The fixes of the findings in a range, and what can be done with the mention or the selection there. Edits are plain
//! data; what would look at many files is [`DeferredChange`] until somebody wants it.

mod action;
mod decide;
mod fixes;
mod registry;
mod silence;
mod spelling;

pub(super) use action::of_source;
pub use action::{Action, ActionChange, ActionKind, DeferredChange};
pub(super) use registry::{file_for, free_id, tag};
pub use silence::silence;

use crate::corpus::Snapshot;
use crate::diagnostic::{Diagnostic, FileEdit};
use crate::ide::place::FileRange;
use crate::registry::NameScript;
use crate::text::FileId;

/// Returns the actions for a range of a file. `findings` are those of the file; `is_taken` says whether another
/// corpus that uses a registry file has an id.
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
        decide::actions(snapshot, file, at.span, &mut actions);
        let slice = |span| file.document().map(|document| document.slice(span));
        actions.extend(silence(snapshot, file.path.as_str(), &slice, at, findings));
    }
    fixes::all(at, findings, &mut actions);
    actions
}

/// The edits of a deferred change, sorted by file and place. None where what it was about is gone.
pub fn resolve_action(snapshot: &Snapshot, deferred: &DeferredChange) -> Vec<FileEdit> {
    match deferred {
        DeferredChange::PreferredEverywhere { id, surface } => match snapshot.registry.by_id(id) {
            Some(entity) => spelling::everywhere(snapshot, entity.ix, NameScript::of(surface)),
            None => Vec::new(),
        },
    }
}
