//! Files of one folder that are being replaced together, noted so that a run that was stopped can be finished.
//!
//! A text and its annotations change in two renamings. Before the first, a hidden file beside them says which new file
//! takes which place; after the last it is removed. A run that is killed in between leaves the note, and the next
//! `check --fix` there finishes what it says. A journal names files of its own folder alone, so that one that came with
//! somebody's repository reaches nothing else; the run that writes it holds a lock on it.
//! Deliberately absent: groups of files in several folders; each folder of them has a journal of its own.

use std::fs::File;
use std::io::{self, Write as _};

use camino::{Utf8Path, Utf8PathBuf};
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

use super::error::{FileError, io_message};
use super::read;

/// The beginning of the names of all that stands beside a file for a moment.
const OURS: &str = ".scholiast-";
/// The beginning of the names of new files, which stand beside the old ones until they take their places.
pub(super) const NEW: &str = ".scholiast-new-";
/// The beginning of the names of journals.
const PREFIX: &str = ".scholiast-unfinished-";

/// One file that takes the place of another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct JournalEntry {
    /// The name of the new file.
    pub(super) new: String,
    /// The name of the old one.
    pub(super) old: String,
    /// The checksum of the old content.
    pub(super) before: u64,
    /// The checksum of the new content.
    pub(super) after: u64,
}

impl JournalEntry {
    pub(super) fn new(new: &Utf8Path, old: &Utf8Path, before: &[u8], after: &[u8]) -> Option<Self> {
        let (new, old) = (new.file_name()?.to_owned(), old.file_name()?.to_owned());
        Some(Self { new, old, before: xxh3_64(before), after: xxh3_64(after) })
    }

    /// Tells whether all of it stays in its folder.
    fn is_harmless(&self) -> bool {
        let is_name = |name: &str| !name.is_empty() && !name.contains(['/', '\\']) && name != "." && name != "..";
        is_name(&self.new) && is_name(&self.old) && self.new.starts_with(OURS) && !self.old.starts_with('.')
    }
}

/// A journal that stands on the disk; removed when it is dropped.
#[derive(Debug)]
pub(super) struct Journal {
    path: Utf8PathBuf,
    /// Held open for its lock.
    _file: File,
}

impl Journal {
    /// Writes a journal. It comes to its name as a whole, and locked.
    pub(super) fn write(folder: &Utf8Path, entries: &[JournalEntry]) -> io::Result<Self> {
        let mut file = tempfile::Builder::new().prefix(NEW).tempfile_in(folder)?;
        file.as_file().lock()?;
        serde_json::to_writer(&mut file, entries)?;
        file.flush()?;
        file.as_file().sync_all()?;
        let name = Utf8Path::from_path(file.path()).and_then(Utf8Path::file_name).unwrap_or_default();
        let path = folder.join(format!("{PREFIX}{}", name.trim_start_matches(NEW)));
        let file = file.persist_noclobber(&path).map_err(|error| error.error)?;
        Ok(Self { path, _file: file })
    }
}

impl Drop for Journal {
    fn drop(&mut self) {
        // One that stays is found finished by the next run, and removed then.
        let _ = std::fs::remove_file(&self.path);
    }
}

/// The journals in a folder of runs that were stopped.
pub fn unfinished(folder: &Utf8Path) -> Vec<Utf8PathBuf> {
    let Ok(listing) = folder.read_dir_utf8() else { return Vec::new() };
    let named = listing.flatten().filter(|entry| entry.file_name().starts_with(PREFIX));
    named.map(|entry| folder.join(entry.file_name())).filter(|path| is_abandoned(path)).collect()
}

/// Removes the new files in a folder that runs have left behind which were stopped before they began to replace
/// anything. Those that a journal names stay.
pub fn clear_away(folder: &Utf8Path) {
    let Ok(listing) = folder.read_dir_utf8() else { return };
    let names: Vec<String> = listing.flatten().map(|entry| entry.file_name().to_owned()).collect();
    if names.iter().any(|name| name.starts_with(PREFIX)) {
        return;
    }
    for name in names.iter().filter(|name| is_new_file(name)) {
        let path = folder.join(name);
        let is_abandoned = read::open_regular(&path).is_ok_and(|file| file.try_lock().is_ok());
        if is_abandoned {
            // One that stays does no harm.
            let _ = std::fs::remove_file(&path);
        }
    }
}

/// Tells whether a name is one that new files get: what people call their files is left alone.
fn is_new_file(name: &str) -> bool {
    name.strip_prefix(NEW).is_some_and(|rest| rest.len() == 6 && rest.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

/// Tells whether nobody holds a lock on a journal.
fn is_abandoned(path: &Utf8Path) -> bool {
    read::open_regular(path).is_ok_and(|file| file.try_lock_shared().is_ok())
}

/// Finishes what a journal says, and removes it. Returns the files that were replaced.
///
/// # Errors
/// When one of the files is neither as before nor as after: somebody has changed it since. The journal then stays.
pub fn finish(path: &Utf8Path) -> Result<Vec<Utf8PathBuf>, FileError> {
    let problem = |message: String| FileError { path: path.to_string(), message };
    let file = read::open_regular(path).map_err(|error| problem(io_message(&error)))?;
    file.try_lock().map_err(|error| problem(error.to_string()))?;
    let entries: Vec<JournalEntry> = serde_json::from_slice(&read::read(path).map_err(problem)?)
        .map_err(|_| problem("the note about an unfinished change cannot be read; delete it".to_owned()))?;
    if !entries.iter().all(JournalEntry::is_harmless) {
        return Err(problem("the note about an unfinished change names files elsewhere; delete it".to_owned()));
    }
    let folder = path.parent().unwrap_or(Utf8Path::new(""));
    let sum = |name: &str| read::read(&folder.join(name)).ok().map(|bytes| xxh3_64(&bytes));
    let mut left = Vec::new();
    for entry in &entries {
        let now = sum(&entry.old);
        if now == Some(entry.after) {
            continue;
        }
        if now != Some(entry.before) || sum(&entry.new) != Some(entry.after) {
            let message = format!(
                "a change of several files was interrupted, and {} has changed since; compare them and delete this note",
                entry.old
            );
            return Err(problem(message));
        }
        left.push(entry);
    }
    let mut replaced = Vec::new();
    for entry in left {
        let old = folder.join(&entry.old);
        std::fs::rename(folder.join(&entry.new), &old).map_err(|error| problem(io_message(&error)))?;
        replaced.push(old);
    }
    for entry in &entries {
        // Most are gone: they have taken their places. Others hold what was there before them.
        if let Some(now) = sum(&entry.new)
            && now != entry.before
            && now != entry.after
        {
            let message = format!(
                "a change was interrupted while {} was saved: {} holds what was saved; compare them and delete this note",
                entry.old, entry.new
            );
            return Err(problem(message));
        }
        let _ = std::fs::remove_file(folder.join(&entry.new));
    }
    std::fs::remove_file(path).map_err(|error| problem(io_message(&error)))?;
    Ok(replaced)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder() -> (tempfile::TempDir, Utf8PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = Utf8Path::from_path(folder.path()).unwrap().canonicalize_utf8().unwrap();
        (folder, path)
    }

    /// A journal of a run that was killed after so many of two renamings.
    fn killed(folder: &Utf8Path, renamings: usize) -> Utf8PathBuf {
        let pairs = [("a.txt", "old text", "new text"), ("a.ann", "old", "new")];
        let mut entries = Vec::new();
        for (number, (name, before, after)) in pairs.into_iter().enumerate() {
            let new = folder.join(format!("{NEW}{number}"));
            std::fs::write(folder.join(name), before).unwrap();
            std::fs::write(&new, after).unwrap();
            entries.push(JournalEntry::new(&new, Utf8Path::new(name), before.as_bytes(), after.as_bytes()).unwrap());
        }
        let journal = Journal::write(folder, &entries).unwrap();
        let (path, kept) = (journal.path.clone(), std::fs::read(&journal.path).unwrap());
        drop(journal);
        std::fs::write(&path, kept).unwrap();
        for (number, (name, ..)) in pairs.into_iter().enumerate().take(renamings) {
            std::fs::rename(folder.join(format!("{NEW}{number}")), folder.join(name)).unwrap();
        }
        path
    }

    #[test]
    fn whatever_was_done_the_rest_is() {
        for renamings in 0..=2 {
            let (_guard, folder) = folder();
            let journal = killed(&folder, renamings);
            assert_eq!(unfinished(&folder), std::slice::from_ref(&journal));
            assert_eq!(finish(&journal).unwrap().len(), 2 - renamings);
            let read = |name: &str| std::fs::read_to_string(folder.join(name)).unwrap();
            assert_eq!((read("a.txt"), read("a.ann")), ("new text".to_owned(), "new".to_owned()));
            assert_eq!(folder.read_dir_utf8().unwrap().count(), 2, "nothing else stays");
        }
    }

    #[test]
    fn what_has_changed_since_is_left_alone() {
        let (_guard, folder) = folder();
        let journal = killed(&folder, 1);
        std::fs::write(folder.join("a.ann"), "of somebody else").unwrap();
        let error = finish(&journal).unwrap_err();
        assert!(error.message.contains("a.ann has changed since"), "{error}");
        assert_eq!(std::fs::read_to_string(folder.join("a.ann")).unwrap(), "of somebody else");
        assert!(journal.is_file());
    }

    #[test]
    fn a_journal_reaches_nothing_outside_its_folder() {
        for (new, old) in
            [(".scholiast-x", "../a.txt"), ("../.scholiast-x", "a.txt"), ("x", "a.txt"), (".scholiast-x", ".bashrc")]
        {
            let entry = JournalEntry { new: new.into(), old: old.into(), before: 0, after: 0 };
            assert!(!entry.is_harmless(), "{new} {old}");
        }
    }

    #[test]
    fn new_files_that_nobody_holds_are_cleared_away() {
        let (_guard, folder) = folder();
        let mine = [".scholiast-new-abc123", ".scholiast-new-notes", ".scholiast-baseline.json", "a.txt"];
        mine.iter().for_each(|name| std::fs::write(folder.join(name), "x").unwrap());
        let held = tempfile::Builder::new().prefix(NEW).tempfile_in(&folder).unwrap();
        held.as_file().lock().unwrap();
        clear_away(&folder);
        assert!(held.path().is_file());
        drop(held);
        let mut left: Vec<_> =
            folder.read_dir_utf8().unwrap().map(|entry| entry.unwrap().file_name().to_owned()).collect();
        left.sort();
        assert_eq!(left, [".scholiast-baseline.json", ".scholiast-new-notes", "a.txt"]);
    }

    #[test]
    fn what_was_saved_while_a_run_was_killed_is_kept() {
        let (_guard, folder) = folder();
        let journal = killed(&folder, 2);
        std::fs::write(folder.join(format!("{NEW}0")), "saved by an editor").unwrap();
        let error = finish(&journal).unwrap_err();
        assert!(error.message.contains("holds what was saved"), "{error}");
        assert_eq!(std::fs::read_to_string(folder.join(format!("{NEW}0"))).unwrap(), "saved by an editor");
    }

    #[test]
    fn a_run_that_is_not_over_is_left_alone() {
        let (_guard, folder) = folder();
        let journal = Journal::write(&folder, &[]).unwrap();
        assert!(unfinished(&folder).is_empty());
        drop(journal);
        assert_eq!(folder.read_dir_utf8().unwrap().count(), 0);
    }
}
