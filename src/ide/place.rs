//! Places in files, as questions and answers name them.
//!
//! Deliberately absent: the units of an editor. Every place counts bytes and knows the other units.

use crate::corpus::Snapshot;
use crate::corpus::linked::LinkContext;
use crate::recognise::profile::DocumentProfile;
use crate::text::{FileId, Place, Span};

/// A cursor: a byte of a file, a byte-order mark counted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct FilePosition {
    /// The file.
    pub file: FileId,
    /// The byte.
    pub byte: u32,
}

/// A selection: bytes of a file, perhaps none.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct FileRange {
    /// The file.
    pub file: FileId,
    /// The bytes.
    pub span: Span,
}

/// A place in a file.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct FilePlace {
    /// The file.
    pub file: FileId,
    /// The place in it.
    pub place: Place,
}

/// A jump and its goal.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Jump {
    /// The place that the cursor is on, in its own file.
    pub origin: Place,
    /// The file it goes to.
    pub file: FileId,
    /// All that belongs together there: a registry entry; of a mention itself.
    pub whole: Place,
    /// The place to put the cursor on.
    pub focus: Place,
}

/// Returns the way mentions are linked for an editor: people named in short, too, unless `[editor]` says otherwise.
pub(super) fn links_of<'s>(snapshot: &'s Snapshot, profile: &DocumentProfile) -> LinkContext<'s> {
    let short = snapshot.config.editor_switch("short-mentions").unwrap_or(true);
    LinkContext { registry: &snapshot.registry, day: profile.date, short }
}
