//! `scholiast`: a language server and a command-line checker for annotated corpora.

pub mod cli;
pub mod diagnostic;
pub mod recognise;
pub mod rules;
pub mod text;
