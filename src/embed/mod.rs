//! The doors for programs that use this crate as a library: Python, Spark and others of their kind.
//!
//! `analyzer` is a configuration and a registry, read once, for texts that come from anywhere; `document` is one text
//! under it with its mentions and findings; `statement` and `testimony` are the pieces by which a corpus is judged in
//! parts that no machine holds: documents tell by key what matters to others, and that is joined, sorted out
//! ([`Statement::matters`](statement::Statement::matters)) and handed back to the documents that it concerns
//! ([`Analyzer::analyse`](analyzer::Analyzer::analyse)). `folder` reads a corpus as a command does; `findings`,
//! `mention_rows` and `proposals` are what the commands show too. Deliberately absent: the bindings themselves.

pub mod analyzer;
pub mod document;
pub mod findings;
pub mod folder;
pub mod mention_rows;
pub mod proposals;
mod quoted_spellings;
pub mod statement;
pub mod testimony;
