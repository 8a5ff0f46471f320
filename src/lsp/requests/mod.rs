//! The requests, one family a file: from the client's words to a question of the corpus, and its answer back.

pub mod actions;
pub mod annotated_texts;
pub mod annotating;
pub mod annotation_files;
pub mod annotation_list;
pub mod commands;
pub mod completion;
pub mod diagnostics;
pub mod edits;
pub mod entity_list;
pub mod files;
pub mod fix_all;
pub mod hierarchy;
pub mod navigation;
pub mod proposals;
pub mod reading;
pub mod renaming;
pub mod settling;
pub mod sharing;
pub mod states;
pub mod statistics;
pub mod symbols;
pub mod tokens;
