//! `scholiast`: a language server and a command-line checker for annotated corpora.
//!
//! Text travels in one direction through the rooms of this crate:
//!
//! ```text
//! text ─► registry ─► recognise ─┐
//! text ─► annotation ────────────┴─► corpus ─► rules, ide ─► render, disk, embed ─► lsp, cli
//! ```
//!
//! A room uses only rooms below it. What must hold (and `tests/integration/layers/` sees to it):
//!
//! - Analysis never fails and does no IO; a malformed thing is a fact with a reason.
//! - The facts of a segment depend on that segment and the [`Ctx`](recognise::analyse::Ctx) alone.
//! - What a rule needs of the text is a fact: closed files keep no text.
//! - No output format is derived from a domain type.
//! - Thread count, cache and order of events never change output bytes.
//! - `tower_lsp` is named in [`lsp`] alone, `std::fs` in [`disk`] and [`cli`], printing in [`cli`].

pub mod annotation;
pub mod cli;
pub mod config;
pub mod corpus;
pub mod curation;
pub mod diagnostic;
pub mod disk;
pub mod embed;
pub mod exchange;
mod fix;
pub mod ide;
mod lsp;
pub mod recognise;
pub mod registry;
pub mod render;
pub mod report;
pub mod rules;
pub mod text;
pub mod toml_tree;
