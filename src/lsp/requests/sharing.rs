//! Corpora that share registry files, asked together: the same entry in each of them.
//!
//! Deliberately absent: what they answer; each family of requests joins the answers in its own way.

use crate::ide::EntryAt;
use crate::lsp::view::View;

/// The entries of one corpus as another has them, in force or not: those whose files both use.
pub fn counterparts(asked: &View, entries: &[EntryAt], other: &View) -> Vec<EntryAt> {
    entries.iter().filter_map(|entry| counterpart(asked, entry, other)).collect()
}

/// An entry of one corpus as another has it.
pub fn counterpart(asked: &View, entry: &EntryAt, other: &View) -> Option<EntryAt> {
    let file = other.registry_file(&asked.path(entry.at.file)?)?;
    entry.within(&other.snapshot, file)
}
