//! Changes that an earlier `check --fix` was stopped in the middle of, and what it has left behind.

use std::collections::BTreeSet;

use camino::Utf8Path;

use super::output::Output;
use super::read::LoadedRun;
use crate::disk::FileError;
use crate::disk::journal;

/// Finishes the changes in the folders of the selected files where `may_write`, else says that there are some. Returns
/// whether files were replaced, and what could not be done.
pub fn finish(run: &LoadedRun, may_write: bool, output: Output) -> (bool, Vec<FileError>) {
    let files = run.loaded.corpora.iter().enumerate().flat_map(|(number, corpus)| {
        corpus.selected.keys().filter_map(move |id| run.texts.file(run.texts.number(number, *id)))
    });
    let folders: BTreeSet<&Utf8Path> = files.filter_map(Utf8Path::parent).collect();
    let (mut finished, mut problems) = (false, Vec::new());
    for path in folders.iter().copied().flat_map(journal::unfinished) {
        if !may_write {
            let message = "a change of several files was interrupted here; 'scholiast check --fix' finishes it";
            output.note(&format!("{path}: {message}"));
            continue;
        }
        match journal::finish(&path) {
            Ok(replaced) => {
                for file in &replaced {
                    output.note(&format!("{file}: finished a change that was interrupted"));
                }
                finished |= !replaced.is_empty();
            }
            Err(problem) => problems.push(problem),
        }
    }
    if may_write {
        folders.into_iter().for_each(journal::clear_away);
    }
    (finished, problems)
}
