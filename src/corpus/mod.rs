//! The corpus and all that is in it.
//!
//! Open documents (text and facts), closed files (facts alone), the index over all of them, one [`World`] that
//! takes in what happens and the immutable [`Snapshot`]s that it publishes.
//! Deliberately absent: reading files, judging what was found.

pub mod annotated;
mod chunked;
pub mod counts;
pub mod digest;
pub mod document;
pub mod file;
pub mod index;
pub mod link;
pub mod linked;
pub mod mention;
pub mod overview;
pub mod proposal;
pub mod quoted;
pub mod recompile;
mod short_names;
mod short_references;
pub mod snapshot;
pub mod suggest;
mod suggest_titles;
pub mod tree;
pub mod world;

pub use file::{DiskFacts, File, FileBody, LoadedFile};
pub use snapshot::Snapshot;
pub use world::{DocumentEdit, World};
