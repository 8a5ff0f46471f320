//! All file IO: finding corpora, walking, reading (from the disk, or what git has), writing
//! atomically, watching.
//!
//! From the ground up: `error`, `path`, `read`, `attributes`, `journal`, `write`, `baseline`, `clock`, `process` and
//! `annotation_files` know no other file but those before them; `shared_registries` and `walk` list files; `files` is
//! the door to the disk, `git` a second one to the index and to commits; `find`, `registry_users` and `corpus_request`
//! tell which corpora a run reads; `loaded` has the types of what was read, `load` reads;
//! `document_states` reads and writes the states of documents, `compared_set` the other side of a comparison;
//! `annotation_set` reads the annotated documents of a folder or a commit; `run_texts` gives renderers their excerpts.
//! Deliberately absent: what a file means. The corpus is handed bytes and says nothing back to the disk.

pub mod annotation_files;
pub mod annotation_set;
mod attributes;
pub mod baseline;
pub mod cache;
pub mod clock;
pub mod compared_set;
mod corpus_request;
pub mod document_states;
pub mod error;
pub mod files;
pub mod find;
pub mod git;
pub mod journal;
pub mod load;
pub mod loaded;
mod nothing;
pub mod path;
pub mod pending_moves;
pub mod process;
pub mod read;
pub mod registry_users;
pub mod rule_pages;
pub mod run_texts;
pub mod shared_registries;
pub mod walk;
pub mod watch;
pub mod write;

pub use error::{FileError, io_message};
