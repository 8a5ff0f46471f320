//! Actions as data, and what all that make some share.

use compact_str::CompactString;

use crate::corpus::Snapshot;
use crate::corpus::snapshot::SourceFile;
use crate::diagnostic::FileEdit;
use crate::registry::{EntityIx, NameScript};
use crate::text::FileId;
use crate::text::edit::TextEdit;

/// Something that can be done.
#[derive(Clone, PartialEq, Debug)]
pub struct Action {
    /// The title: the deed, in the imperative.
    pub title: String,
    /// The sort of action.
    pub kind: ActionKind,
    /// The change.
    pub change: ActionChange,
    /// The numbers of the findings it answers, among those it was asked with.
    pub findings: Vec<usize>,
    /// True for the one to take where there are several.
    pub preferred: bool,
}

/// The sort of action.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ActionKind {
    /// Puts something right.
    QuickFix,
    /// Writes the same in another way.
    Rewrite,
    /// Puts right all that can safely be, in the whole file.
    FixAll,
}

/// The change that an action makes.
#[derive(Clone, PartialEq, Debug)]
pub enum ActionChange {
    /// These edits, sorted by file and place.
    Edits(Vec<FileEdit>),
    /// Edits that [`resolve_action`] makes out.
    Deferred(DeferredChange),
}

/// Edits that nobody has made out yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DeferredChange {
    /// The preferred spelling for every mention in one script, in the whole corpus.
    PreferredEverywhere {
        /// The entity whose mentions are meant.
        id: CompactString,
        /// A spelling in the script.
        surface: CompactString,
    },
}

/// Edits of a registry or configuration file as edits with places.
pub(in crate::ide) fn of_source(file: FileId, source: &SourceFile, edits: Vec<TextEdit>) -> Vec<FileEdit> {
    edits.into_iter().map(|edit| FileEdit { file, place: source.place(edit.span), text: edit.text }).collect()
}

/// The entity's preferred name in a script, where it has one.
pub(in crate::ide) fn preferred(snapshot: &Snapshot, entity: EntityIx, script: NameScript) -> Option<&str> {
    Some(snapshot.registry.get(entity).preferred_in(script)?.text.as_str())
}
