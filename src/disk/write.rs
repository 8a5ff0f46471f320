//! Writing without ever leaving half a file: a new file beside the old one takes its place.
//!
//! Files that belong together change together: who stops the program waits for the one moment in between, where a
//! program may ask for that, and a run that is killed in that moment is finished by the next one (`journal`). What
//! somebody saves in the moment of the renaming comes back: where the system can, the two files change places, and what
//! came out is looked at once more. The new file is like the old one but for its content (`attributes`).
//! Deliberately absent: other hard links of a file, which keep what they had: the new content is a new file.

use std::collections::BTreeMap;
use std::fs::{File, Metadata};
use std::io::Write;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use camino::{Utf8Path, Utf8PathBuf};
use tempfile::NamedTempFile;

use super::attributes::keep_attributes;
use super::error::io_message;
use super::journal::{Journal, JournalEntry, NEW};
use super::read;

/// Held while files are written.
static WRITING: Mutex<()> = Mutex::new(());

/// The exit status of a program that was interrupted, as shells expect it.
const INTERRUPTED: i32 = 130;

/// From now on an interrupt or a request to end waits until no file is being written, and then ends the program. Where
/// the system does not allow that, they end it at once, as they do otherwise.
pub fn finish_before_interrupts() {
    let handled = ctrlc::set_handler(|| {
        let _nothing_is_being_written = WRITING.lock().unwrap_or_else(PoisonError::into_inner);
        std::process::exit(INTERRUPTED);
    });
    if let Err(error) = handled {
        tracing::debug!("interrupts end the program at once: {error}");
    }
}

/// Writes a new file; an existing one is never touched. It comes to its place as a whole or not at all, whatever stops
/// the program.
///
/// # Errors
/// In words, also when the file exists.
pub fn create(path: &Utf8Path, text: &str) -> Result<(), String> {
    let words = |error: std::io::Error| io_message(&error);
    let _writing = WRITING.lock().unwrap_or_else(PoisonError::into_inner);
    let folder = path.parent().filter(|folder| !folder.as_str().is_empty()).unwrap_or(Utf8Path::new("."));
    let mut file = new_file(folder).map_err(words)?;
    file.write_all(text.as_bytes()).map_err(words)?;
    file.as_file().sync_all().map_err(words)?;
    file.persist_noclobber(path).map(drop).map_err(|error| words(error.error))
}

/// Writes a file with the folders above it, in the place of an earlier one where there is one.
///
/// # Errors
/// In words.
pub fn put(path: &Utf8Path, text: &str) -> Result<(), String> {
    if path.is_file() {
        let before = read::read(path)?;
        return if before == text.as_bytes() { Ok(()) } else { replace(path, &before, text.as_bytes()) };
    }
    if let Some(folder) = path.parent().filter(|folder| !folder.as_str().is_empty()) {
        std::fs::create_dir_all(folder).map_err(|error| io_message(&error))?;
    }
    create(path, text)
}

/// A hidden file in a folder, which takes its place when it is whole; with the permissions that new files have. It is
/// locked until then, so that nobody takes it for one that was left behind.
fn new_file(folder: &Utf8Path) -> std::io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(NEW);
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let file = builder.tempfile_in(folder)?;
    // Where there are no locks, none is left behind either: who clears away asks for one.
    let _ = file.as_file().try_lock();
    Ok(file)
}

/// A new content for a file.
#[derive(Clone, Copy, Debug)]
pub struct Replacement<'a> {
    /// The file.
    pub path: &'a Utf8Path,
    /// The content that it is known to have.
    pub before: &'a [u8],
    /// The content that it is to have.
    pub after: &'a [u8],
}

/// A replacement that could not be made, and why.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ReplacementError {
    /// The number of the replacement among those that were asked for.
    pub number: usize,
    /// In words.
    pub message: String,
}

/// Puts `bytes` in the place of a file whose content is `before`, keeping its permissions. A link is followed: the file
/// it leads to is replaced.
///
/// # Errors
/// In words: when the file has changed meanwhile, cannot be written, or the disk is full. The old file then stands.
pub fn replace(path: &Utf8Path, before: &[u8], bytes: &[u8]) -> Result<(), String> {
    replace_all(&[Replacement { path, before, after: bytes }]).map_err(|failure| failure.message)
}

/// Makes all of these replacements, or none of them: all new files are on the disk before the first takes its place.
///
/// # Errors
/// When one cannot be made; then all old files stand.
pub fn replace_all(replacements: &[Replacement<'_>]) -> Result<(), ReplacementError> {
    let _writing = WRITING.lock().unwrap_or_else(PoisonError::into_inner);
    let failure = |number: usize| move |message: String| ReplacementError { number, message };
    let mut ready = Vec::with_capacity(replacements.len());
    for (number, replacement) in replacements.iter().enumerate() {
        ready.push(prepare(replacement).map_err(failure(number))?);
    }
    let journals = journals(&ready, replacements);
    let _journals = journals.map_err(|error| failure(0)(format!("nothing was written: {}", io_message(&error))))?;
    // As late as can be: between this and the renaming nobody is expected to write.
    for (number, ((target, _), replacement)) in ready.iter().zip(replacements).enumerate() {
        let now = std::fs::read(target).map_err(|error| failure(number)(io_message(&error)))?;
        if now != replacement.before {
            return Err(failure(number)(CHANGED.to_owned()));
        }
    }
    for (number, (target, file)) in ready.into_iter().enumerate() {
        if let Err(message) = take_place(file, &target, replacements[number].before) {
            for made in &replacements[..number] {
                // Where even this fails nothing is left to try, and the failure is named anyhow.
                let back = Replacement { path: made.path, before: made.after, after: made.before };
                let _ = prepare(&back).map(|(target, file)| take_place(file, &target, back.before));
            }
            return Err(failure(number)(message));
        }
    }
    Ok(())
}

/// The message about a file that is not as it was read.
const CHANGED: &str = "the file has changed meanwhile; nothing was written";

/// Puts a new file in the place of one whose content is `before`.
#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn take_place(file: NamedTempFile, target: &Utf8Path, before: &[u8]) -> Result<(), String> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    let exchange = || renameat_with(CWD, file.path(), CWD, target.as_std_path(), RenameFlags::EXCHANGE);
    if exchange().is_err() {
        // Not every file system can.
        return file.persist(target).map(drop).map_err(|error| io_message(&error.error));
    }
    // The old file has the name of the new one now, and goes when this ends.
    match std::fs::read(file.path()) {
        Ok(now) if now != before => {
            exchange().map_err(|error| {
                let path = file.path().display();
                format!("what was saved meanwhile is in {path}: {}", io_message(&error.into()))
            })?;
            Err(CHANGED.to_owned())
        }
        _ => Ok(()),
    }
}

/// Puts a new file in the place of an old one.
#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn take_place(file: NamedTempFile, target: &Utf8Path, _: &[u8]) -> Result<(), String> {
    file.persist(target).map(drop).map_err(|error| io_message(&error.error))
}

/// The notes by which these replacements can be finished, one for each folder; none for a single file.
fn journals(ready: &[(Utf8PathBuf, NamedTempFile)], replacements: &[Replacement<'_>]) -> std::io::Result<Vec<Journal>> {
    let mut by_folder: BTreeMap<&Utf8Path, Vec<JournalEntry>> = BTreeMap::new();
    if ready.len() < 2 {
        return Ok(Vec::new());
    }
    for ((target, file), replacement) in ready.iter().zip(replacements) {
        let new = Utf8Path::from_path(file.path()).ok_or(std::io::ErrorKind::InvalidFilename)?;
        let folder = target.parent().unwrap_or(Utf8Path::new("/"));
        let entry = JournalEntry::new(new, target, replacement.before, replacement.after);
        by_folder.entry(folder).or_default().extend(entry);
    }
    by_folder.into_iter().map(|(folder, entries)| Journal::write(folder, &entries)).collect()
}

/// The file that is to be replaced, and the new one beside it.
fn prepare(replacement: &Replacement<'_>) -> Result<(Utf8PathBuf, NamedTempFile), String> {
    let words = |error: std::io::Error| io_message(&error);
    let target = replacement.path.canonicalize_utf8().map_err(words)?;
    let folder = target.parent().ok_or("it has no folder")?;
    let metadata = std::fs::metadata(&target).map_err(words)?;
    if metadata.permissions().readonly() {
        return Err("the file is read-only".to_owned());
    }
    let mut file = new_file(folder).map_err(words)?;
    file.write_all(replacement.after).map_err(words)?;
    keep_attributes(file.as_file(), &target, &metadata).map_err(words)?;
    let _ = be_newer(file.as_file(), &metadata);
    file.as_file().sync_all().map_err(words)?;
    Ok((target, file))
}

/// Gives a new file a later time than the old one has. The clock of a file system moves every few milliseconds, and
/// editors see by the time alone that what they have just saved was written again.
fn be_newer(file: &File, old: &Metadata) -> std::io::Result<()> {
    const STEP: Duration = Duration::from_millis(1);
    let (before, now) = (old.modified()?, file.metadata()?.modified()?);
    if now < before + STEP { file.set_modified(before + STEP) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_saved_in_the_last_moment_comes_back() {
        let folder = tempfile::tempdir().unwrap();
        let folder = Utf8Path::from_path(folder.path()).unwrap().canonicalize_utf8().unwrap();
        let target = folder.join("a.txt");
        std::fs::write(&target, "old").unwrap();
        let (place, file) = prepare(&Replacement { path: &target, before: b"old", after: b"fixed" }).unwrap();
        std::fs::write(&target, "saved by an editor").unwrap();
        let done = take_place(file, &place, b"old");
        if cfg!(any(target_os = "linux", target_os = "android", target_vendor = "apple")) {
            assert_eq!(done, Err(CHANGED.to_owned()));
            assert_eq!(std::fs::read_to_string(&target).unwrap(), "saved by an editor");
        }
        assert_eq!(folder.read_dir_utf8().unwrap().count(), 1, "nothing is left behind");
    }

    #[test]
    fn what_is_written_is_newer_than_what_it_replaces() {
        let folder = tempfile::tempdir().unwrap();
        let path = Utf8Path::from_path(folder.path()).unwrap().join("a.ann");
        std::fs::write(&path, "old").unwrap();
        let saved = std::time::SystemTime::now() + Duration::from_secs(5);
        File::options().write(true).open(&path).unwrap().set_modified(saved).unwrap();
        replace(&path, b"old", b"new").unwrap();
        let time = std::fs::metadata(&path).unwrap().modified().unwrap();
        assert!(time > saved, "{time:?}, {saved:?}");
    }

    #[test]
    fn a_file_with_its_folders() {
        let folder = tempfile::tempdir().unwrap();
        let path = Utf8Path::from_path(folder.path()).unwrap().join("a/b/c.txt");
        for text in ["one", "two", "two"] {
            put(&path, text).unwrap();
            assert_eq!(std::fs::read_to_string(&path).unwrap(), text);
        }
    }
}
