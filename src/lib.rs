//! `scholiast`: a language server and a command-line checker for annotated corpora.

pub mod config;
pub mod cli;
pub mod diagnostic;
pub mod recognise;
pub mod registry;
pub mod render;
pub mod rules;
pub mod text;
pub mod toml_tree;
