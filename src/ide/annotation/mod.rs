//! Annotations in an editor: they follow their text, are made and changed, seen and asked about.
//!
//! Plain functions on an annotation file, its text and its configuration; the protocol is the business of `lsp/`.

mod border;
mod code_points;
mod compose;
mod document;
mod edit;
mod edit_map;
mod followed;
mod pair;

pub use border::occurrences;
pub use code_points::CodePoints;
pub use compose::composed;
pub use document::{AnnotationWord, folds, id_places, renamed_id, selections, word_at};
pub use edit::AnnotationEdits;
pub use edit_map::WordChange;
pub use followed::{FollowedAnnotations, MovedAnnotations, MovedLine, same_lines, saved_offset};
pub use pair::{AnnotationPair, ReferenceIndex};
