//! The files that fixing has changed, not yet written.
//!
//! What belongs together (a text and its annotations, the files of one fix) is written as a whole or not at all.
//! Deliberately absent: the fixing (`round.rs`).

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use std::sync::Arc;

use camino::Utf8PathBuf;

use super::round::{RefusedFix, RoundResult};
use crate::disk::FileError;
use crate::disk::loaded::LoadedCorpora;
use crate::disk::run_texts::RunTexts;
use crate::disk::write::{Replacement, replace_all};
use crate::render::{RenderOptions, Sources as _, count, diff};
use crate::text::FileId;

/// The files that fixing has changed, not yet written.
#[derive(Debug, Default)]
pub struct FixedFiles {
    /// The files that changed.
    changes: BTreeMap<FileId, FileChange>,
    /// Of each file that is written together with others one of these, and so on to the one that names them all.
    together: BTreeMap<FileId, FileId>,
    /// The findings put right, by the file they change first.
    made: Vec<FileId>,
    /// The fixes that were not made for the annotations' sake.
    pub refused: BTreeSet<RefusedFix>,
}

#[derive(Debug)]
struct FileChange {
    shown: String,
    path: Utf8PathBuf,
    before: Arc<str>,
    after: Arc<str>,
}

impl FixedFiles {
    /// Takes in what a round has changed.
    pub(super) fn take_in(&mut self, made: &RoundResult, texts: &RunTexts) {
        for (id, after) in &made.texts {
            if let Some(change) = self.changes.get_mut(id) {
                change.after = after.clone();
            } else if let (Some(before), Some(path)) = (made.before.get(id), texts.file(*id)) {
                // Not what stands on the disk now: somebody may be saving the file, which is seen when it is written.
                let (shown, path, before) = (texts.path(*id).to_owned(), path.to_owned(), before.clone());
                self.changes.insert(*id, FileChange { shown, path, before, after: after.clone() });
            }
        }
        for group in &made.groups {
            self.join(group);
        }
        self.made.extend(&made.fixes);
    }

    /// Notes that these files are written together, and with them all that are written with one of them.
    fn join(&mut self, group: &BTreeSet<FileId>) {
        let Some(first) = group.first() else { return };
        let name = self.group_of(*first);
        for file in group {
            let other = self.group_of(*file);
            self.together.insert(other, name);
        }
    }

    /// The file that names the group of a file.
    fn group_of(&mut self, file: FileId) -> FileId {
        let name = self.root_of(file);
        // The way is short the next time.
        self.together.insert(file, name);
        name
    }

    /// The file that names the group of a file, which stays as it is.
    fn root_of(&self, file: FileId) -> FileId {
        let mut name = file;
        while let Some(next) = self.together.get(&name).copied().filter(|next| *next != name) {
            name = next;
        }
        name
    }

    /// The changes that are written together, group by group.
    fn groups(&self) -> Vec<Vec<&FileChange>> {
        let mut groups: BTreeMap<FileId, Vec<&FileChange>> = BTreeMap::new();
        for (file, change) in &self.changes {
            groups.entry(self.root_of(*file)).or_default().push(change);
        }
        groups.into_values().collect()
    }

    #[cfg(test)]
    pub(super) fn texts(&self) -> impl Iterator<Item = (&str, &str)> {
        self.changes.values().map(|change| (change.shown.as_str(), &*change.after))
    }

    /// The text of standard input as it came, and the names of other files that must be written with what is changed in
    /// it; none where it can be changed alone.
    pub fn tied_to_stdin(&self, loaded: &LoadedCorpora) -> Option<(Arc<str>, Vec<&str>)> {
        let name = loaded.stdin_name()?;
        let changed = self.changes.iter().filter(|(_, change)| change.before != change.after);
        let (stdin, change) = changed.clone().find(|(_, change)| change.shown == name)?;
        let group = self.root_of(*stdin);
        let others = changed.filter(|(id, _)| *id != stdin && self.root_of(**id) == group);
        let others: Vec<&str> = others.map(|(_, change)| change.shown.as_str()).collect();
        (!others.is_empty()).then_some((change.before.clone(), others))
    }

    /// Tells whether nothing changed.
    pub fn is_empty(&self) -> bool {
        self.changes.values().all(|change| change.before == change.after)
    }

    /// Shows what changed as a unified diff, by path.
    ///
    /// # Errors
    /// When writing fails.
    pub fn show(&self, out: &mut dyn Write, options: RenderOptions) -> io::Result<()> {
        let mut changes: Vec<&FileChange> = self.changes.values().collect();
        changes.sort_by(|a, b| a.shown.cmp(&b.shown));
        for change in changes {
            diff::unified(out, &change.shown, &change.before, &change.after, options)?;
        }
        out.flush()
    }

    /// Writes what changed; says what could not be written and is as it was.
    pub fn write(&self) -> Vec<FileError> {
        let mut problems = Vec::new();
        for changes in self.groups() {
            let replacements: Vec<Replacement<'_>> = changes
                .iter()
                .map(|change| Replacement {
                    path: &change.path,
                    before: change.before.as_bytes(),
                    after: change.after.as_bytes(),
                })
                .collect();
            if let Err(failure) = replace_all(&replacements) {
                let failed = changes[failure.number].shown.as_str();
                problems.push(FileError { path: failed.to_owned(), message: failure.message });
                for other in changes.iter().filter(|change| change.shown != failed) {
                    let message = format!("not fixed, since it is fixed together with {failed} or not at all");
                    problems.push(FileError { path: other.shown.clone(), message });
                }
            }
        }
        problems
    }

    /// `FixedFiles 3 findings in 2 files`.
    pub fn summary(&self, did: &str) -> String {
        self.summary_without(did, &[])
    }

    /// The same without what could not be written.
    pub fn summary_without(&self, did: &str, problems: &[FileError]) -> String {
        let written = |change: &FileChange| !problems.iter().any(|problem| problem.path == change.shown);
        let files = self.changes.values().filter(|change| written(change)).count();
        let findings = self.made.iter().filter(|id| self.changes.get(*id).is_some_and(written)).count();
        match findings {
            0 => format!("{did} nothing"),
            _ => format!("{did} {} in {}", count(findings, "finding"), count(files, "file")),
        }
    }
}
