//! Corpora that share registry files, asked together: the same entry in each of them.
//!
//! Deliberately absent: what they answer; each family of requests joins the answers in its own way.

use crate::ide::{EntryAt, FilePosition};
use crate::lsp::view::CorpusView;

/// The entries of one corpus as another has them, in force or not: those whose files both use.
pub fn counterparts(asked: &CorpusView, entries: &[EntryAt], other: &CorpusView) -> Vec<EntryAt> {
    entries.iter().filter_map(|entry| counterpart(asked, entry, other)).collect()
}

/// An entry of one corpus as another has it.
pub fn counterpart(asked: &CorpusView, entry: &EntryAt, other: &CorpusView) -> Option<EntryAt> {
    let file = other.registry_file(&asked.path(entry.at.file)?)?;
    entry.within(&other.snapshot, file)
}

/// A cursor in a registry file of one corpus as another has it that reads the same there.
pub fn cursor(asked: &CorpusView, at: FilePosition, other: &CorpusView) -> Option<FilePosition> {
    let source = asked.snapshot.registry_files.get(&at.file)?;
    let file = other.registry_file(&asked.path(at.file)?)?;
    let is_same = other.snapshot.registry_files.get(&file)?.text == source.text;
    is_same.then_some(FilePosition { file, ..at })
}
