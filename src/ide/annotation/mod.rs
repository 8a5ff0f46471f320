//! Annotations in an editor: they follow their text, are made and changed, seen and asked about.
//!
//! Plain functions on an annotation file, its text and its configuration; the protocol is the business of `lsp/`.

mod actions;
mod border;
mod code_points;
mod completion;
mod compose;
mod document;
mod edit;
mod edit_map;
mod followed;
mod hover;
mod pair;
mod recognised;
mod settle;
#[cfg(test)]
mod settle_tests;
mod taking;
#[cfg(test)]
mod tests;
mod tokens;

pub use actions::{AnnotationAction, AnnotationContext, AnnotationDeed, RecognisedMention, annotate_all};
pub use code_points::CodePoints;
pub use completion::{AnnotationCompletion, completions};
pub use compose::composed;
pub use document::{AnnotationWord, by_type, folds, id_places, renamed_id, selections, ties, word_at};
pub use edit::is_registry;
pub use edit_map::WordChange;
pub use followed::{FollowedAnnotations, MovedAnnotations, MovedLine, SavedAnnotations, same_lines, saved_offset};
pub use hover::AnnotationFacts;
pub use pair::{AnnotationPair, ReferenceIndex};
pub use recognised::{DescribedEntry, described_entry, entries_like, recognised_mentions};
pub use settle::{Settlement, SettlingAction, SettlingChange};
pub use taking::SettledAnnotations;
pub use tokens::{AnnotatedPiece, token_spans, type_token, with_annotations};
