//! Writing without ever leaving half a file: a new file beside the old one takes its place.
//!
//! Files that belong together change together: who stops the program waits for the one moment in between, where a
//! program may ask for that, and a run that is killed in that moment is finished by the next one (`journal`). The new
//! file has the permissions of the old one, and its owner and group where the system allows that.
//! Deliberately absent: extended attributes and other hard links of a file, which keep what they were: the new content
//! is a new file.

use std::collections::BTreeMap;
use std::fs::{File, Metadata};
use std::io::Write;
use std::sync::{Mutex, PoisonError};

use camino::{Utf8Path, Utf8PathBuf};
use tempfile::NamedTempFile;

use super::error::io_message;
use super::journal::{Journal, JournalEntry, NEW};

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

/// A hidden file in a folder, which takes its place when it is whole; with the permissions that new files have.
fn new_file(folder: &Utf8Path) -> std::io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(NEW);
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder.tempfile_in(folder)
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
    // As late as can be: between this and the renaming nobody is expected to write.
    for (number, ((target, _), replacement)) in ready.iter().zip(replacements).enumerate() {
        let now = std::fs::read(target).map_err(|error| failure(number)(io_message(&error)))?;
        if now != replacement.before {
            return Err(failure(number)("the file has changed meanwhile; nothing was written".to_owned()));
        }
    }
    let journals = journals(&ready, replacements);
    let _journals = journals.map_err(|error| failure(0)(format!("nothing was written: {}", io_message(&error))))?;
    for (number, (target, file)) in ready.into_iter().enumerate() {
        if let Err(error) = file.persist(&target) {
            for made in &replacements[..number] {
                // Where even this fails nothing is left to try, and the failure is named anyhow.
                let back = Replacement { path: made.path, before: made.after, after: made.before };
                let _ = prepare(&back).map(|(target, file)| file.persist(target));
            }
            return Err(failure(number)(io_message(&error.error)));
        }
    }
    Ok(())
}

/// The notes by which these replacements can be finished, one for each folder in which several files change.
fn journals(ready: &[(Utf8PathBuf, NamedTempFile)], replacements: &[Replacement<'_>]) -> std::io::Result<Vec<Journal>> {
    let mut by_folder: BTreeMap<&Utf8Path, Vec<JournalEntry>> = BTreeMap::new();
    for ((target, file), replacement) in ready.iter().zip(replacements) {
        let new = Utf8Path::from_path(file.path()).ok_or(std::io::ErrorKind::InvalidFilename)?;
        let folder = target.parent().unwrap_or(Utf8Path::new("/"));
        let entry = JournalEntry::new(new, target, replacement.before, replacement.after);
        by_folder.entry(folder).or_default().extend(entry);
    }
    let several = by_folder.into_iter().filter(|(_, entries)| entries.len() > 1);
    several.map(|(folder, entries)| Journal::write(folder, &entries)).collect()
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
    keep_owner(file.as_file(), &metadata);
    file.as_file().set_permissions(metadata.permissions()).map_err(words)?;
    file.as_file().sync_all().map_err(words)?;
    Ok((target, file))
}

/// Gives a new file the owner and group of the old one, as far as the system allows: others than the superuser can at
/// most choose among their own groups.
#[cfg(unix)]
fn keep_owner(file: &File, old: &Metadata) {
    use std::os::unix::fs::{MetadataExt as _, fchown};
    let is_other = file.metadata().is_ok_and(|new| (new.uid(), new.gid()) != (old.uid(), old.gid()));
    if is_other && fchown(file, Some(old.uid()), Some(old.gid())).is_err() {
        // What cannot be kept is documented.
        let _ = fchown(file, None, Some(old.gid()));
    }
}

#[cfg(not(unix))]
const fn keep_owner(_: &File, _: &Metadata) {}
