//! The questions of an editor, answered.
//!
//! Plain functions from a [`Snapshot`](crate::corpus::Snapshot) to plain data. A cursor is a [`FilePosition`] in bytes
//! of the file, an answer names a [`FilePlace`], which has every unit; files may be texts, open or closed, registry
//! files or the configuration. Each function answers at once: its cost grows with the answer, not with the corpus.
//!
//! | question | function |
//! | --- | --- |
//! | what is this? | [`hover`] |
//! | where is it defined? | [`definition`], [`declaration`] |
//! | where is it mentioned? | [`implementation`], [`references`] |
//! | what organisation is behind it? | [`type_definition`] |
//! | where else here? | [`document_highlight`], [`linked_editing`] |
//! | the same of annotations, and how they are made | [`annotation`] |
//! | what is in this file, in the corpus? | [`document_symbols`], [`workspace_symbols`] |
//! | what can be done about it? | [`code_actions`], [`resolve_action`] |
//! | what layout has a registry file? | [`formatting`] |
//! | how is it called otherwise from now on? | [`prepare_rename`], [`renaming`] |
//! | what may be meant by what is typed? | [`completions`], [`resolve_completion`] |
//! | how often is it mentioned? | [`entity_count`] |
//! | the same of all that the corpus is about? | [`entities`] |
//! | what is shown beside the text? | [`inlay_hints`], [`code_lens`], [`standing`] |
//! | what is shown in the text? | [`semantic_tokens`], [`document_links`], [`resolve_document_link`] |
//! | what belongs together? | [`folding_ranges`], [`selection_ranges`] |
//! | the same in corpora that share the registry? | [`entries_at`], [`references_to`], [`Renaming::elsewhere`] |
//! | who belongs to what? | [`prepare_type_hierarchy`] |
//! | who appears with whom? | [`prepare_call_hierarchy`], [`mentioned_together`] |
//!
//! Deliberately absent: the protocol, its JSON, any IO, and the units of an editor (`lsp/` converts).

mod actions;
pub mod annotation;
mod completion;
mod count;
mod entities;
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
mod place;
mod proposals;
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

pub use actions::{Action, ActionChange, ActionKind, DeferredChange, code_actions, resolve_action, silence};
pub use completion::{Completion, CompletionKind, CompletionTopic, completions, end_of_word, resolve_completion};
pub use count::{EntityCount, entity_count, entry_count};
pub use entities::{ListedEntity, entities};
pub use entry::{EntryAt, entries_at, entry_with_id};
pub use folding::{FoldedLines, folding_ranges};
pub use formatting::formatting;
pub use hierarchy::{
    Companion, HierarchyNode, MentionedPerson, mentioned_together, prepare_call_hierarchy, prepare_type_hierarchy,
    subtypes, supertypes,
};
pub use highlight::{Highlight, document_highlight};
pub use hints::{HintKinds, InlayHint, inlay_hints};
pub use hover::{Hover, HoverSection, hover, hover_on_id};
pub use lens::{EntryLens, EntryStanding, code_lens, lens_entry, standing};
pub use links::{DocumentLink, document_links, resolve_document_link};
pub use navigate::{declaration, definition, entry_of_id, implementation, type_definition};
pub use outline::{OutlineSymbol, SymbolKind, document_symbols};
pub use place::{FilePlace, FilePosition, FileRange, Jump};
pub use proposals::{ProposalChange, proposal_edits};
#[cfg(test)]
pub use references::all_references;
pub use references::{has_references, references, references_to};
pub use rename::{RenameError, Renaming, linked_editing, prepare_rename, renaming};
pub use selection::selection_ranges;
pub use tokens::{MODIFIERS, MentionToken, TokenType, semantic_tokens, semantic_tokens_range};
pub use workspace::{WorkspaceSymbol, workspace_symbols};
