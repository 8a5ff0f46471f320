//! What may an editor ask?
//!
//! Plain functions from a [`Snapshot`](crate::corpus::Snapshot) to plain data. A cursor is a [`FilePosition`] in bytes
//! of the file, an answer names a [`FilePlace`], which has every unit; files may be texts, open or closed, registry
//! files or the configuration. Each function answers at once: its cost grows with the answer, not with the corpus.
//!
//! | question | function |
//! | --- | --- |
//! | what is this? | [`hover`] |
//! | where is it said who it is, first mentioned, mentioned at all? | [`definition`], [`declaration`], [`implementation`], [`references`] |
//! | what organisation is behind it? | [`type_definition`] |
//! | where else here? | [`document_highlight`], [`linked_editing`] |
//! | what is in this file, in the corpus? | [`document_symbols`], [`workspace_symbols`] |
//! | what can be done about it? | [`code_actions`], [`resolve_action`], [`fix_all`] |
//! | what layout has a registry file? | [`formatting`] |
//! | how is it called otherwise from now on? | [`prepare_rename`], [`renaming`] |
//! | what may be meant by what is typed? | [`completions`], [`resolve_completion`] |
//! | how often is it mentioned? | [`entity_count`] |
//! | what is shown beside the text? | [`inlay_hints`], [`code_lens`], [`standing`], [`semantic_tokens`], [`document_links`], [`resolve_document_link`] |
//! | what belongs together? | [`folding_ranges`], [`selection_ranges`] |
//! | the same, of a corpus that shares a registry file with the one that was asked | [`entries_at`], [`references_to`], [`Renaming::elsewhere`] |
//! | who belongs to what, who appears with whom? | [`prepare_type_hierarchy`], [`prepare_call_hierarchy`], [`mentioned_together`] |
//!
//! Deliberately absent: the protocol, its JSON, any IO, and the units of an editor (`lsp/` converts).

mod actions;
mod completion;
mod count;
mod entry;
#[cfg(test)]
mod fixture;
mod folding;
mod formatting;
mod hierarchy;
mod highlight;
mod hints;
mod hover;
mod lens;
mod links;
mod navigate;
mod outline;
mod references;
mod rename;
mod schema;
mod selection;
mod target;
#[cfg(test)]
mod tests;
mod tokens;
mod toml_cursor;
mod workspace;

use crate::corpus::Snapshot;
use crate::corpus::link::Links;
use crate::recognise::profile::DocumentProfile;
use crate::text::{FileId, Place, Span};

pub use actions::{Action, ActionKind, Change, Deferred, code_actions, fix_all, resolve_action, silence};
pub use completion::{Completion, CompletionKind, More, completions, end_of_word, resolve_completion};
pub use count::{EntityCount, entity_count, entry_count};
pub use entry::{EntryAt, entries_at, entry_with_id};
pub use folding::{Fold, folding_ranges};
pub use formatting::formatting;
pub use hierarchy::{
    Companion, Node, Person, mentioned_together, prepare_call_hierarchy, prepare_type_hierarchy, subtypes, supertypes,
};
pub use highlight::{Highlight, document_highlight};
pub use hints::{Hint, HintKind, HintKinds, inlay_hints};
pub use hover::{Fact, Hover, Section, hover, hover_on_id};
pub use lens::{Lens, Standing, code_lens, lens_entry, standing};
pub use links::{DocumentLink, document_links, resolve_document_link};
pub use navigate::{declaration, definition, entry_of_id, implementation, type_definition};
pub use outline::{Symbol, SymbolKind, document_symbols};
pub use references::{all_references, references, references_to};
pub use rename::{Renamable, RenameError, Renaming, linked_editing, prepare_rename, renaming};
pub use selection::selection_ranges;
pub use tokens::{MODIFIERS, Token, TokenType, semantic_tokens, semantic_tokens_range};
pub use workspace::{WorkspaceSymbol, workspace_symbols};

/// How mentions are linked for an editor: people named in short, too, unless `[editor]` says otherwise.
fn links_of<'s>(snapshot: &'s Snapshot, profile: &DocumentProfile) -> Links<'s> {
    let short = snapshot.config.editor_switch("short-mentions").unwrap_or(true);
    Links { registry: &snapshot.registry, day: profile.date, short }
}

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
    /// Where in it.
    pub place: Place,
}

/// Where a jump goes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Link {
    /// What the cursor is on, in its own file.
    pub origin: Place,
    /// The file it goes to.
    pub file: FileId,
    /// All that belongs together there: a registry entry; of a mention itself.
    pub whole: Place,
    /// What to put the cursor on.
    pub focus: Place,
}
