//! Writing without ever leaving half a file: a new file beside the old one takes its place.
//!
//! Files that belong together change together: who stops the program waits for the one moment in between, where a
//! program may ask for that. Deliberately absent: what happens when the machine itself stops in that moment; the old or
//! the new content of each file stands then, perhaps beside a `.scholiast-…` file that may be deleted.

use std::io::Write;
use std::sync::{Mutex, PoisonError};

use camino::{Utf8Path, Utf8PathBuf};
use tempfile::NamedTempFile;

use super::error::io_message;

/// Held while files are written.
static WRITING: Mutex<()> = Mutex::new(());

/// What a shell sees of a program that was interrupted.
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

/// Writes a new file; an existing one is never touched. Where not all of it can be written nothing stays.
///
/// # Errors
/// In words, also when the file exists.
pub fn create(path: &Utf8Path, text: &str) -> Result<(), String> {
    let _writing = WRITING.lock().unwrap_or_else(PoisonError::into_inner);
    let mut file =
        std::fs::OpenOptions::new().write(true).create_new(true).open(path).map_err(|error| io_message(&error))?;
    file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).map_err(|error| {
        // It is ours, and half of it helps nobody; what went wrong is named anyhow.
        let _ = std::fs::remove_file(path);
        io_message(&error)
    })
}

/// A new content for a file.
#[derive(Clone, Copy, Debug)]
pub struct Replacement<'a> {
    /// The file.
    pub path: &'a Utf8Path,
    /// What it is known to hold.
    pub before: &'a [u8],
    /// What it is to hold.
    pub after: &'a [u8],
}

/// A replacement that could not be made.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ReplacementError {
    /// Its place among those that were asked for.
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

/// The file that is to be replaced, and the new one beside it.
fn prepare(replacement: &Replacement<'_>) -> Result<(Utf8PathBuf, NamedTempFile), String> {
    let words = |error: std::io::Error| io_message(&error);
    let target = replacement.path.canonicalize_utf8().map_err(words)?;
    let folder = target.parent().ok_or("it has no folder")?;
    let metadata = std::fs::metadata(&target).map_err(words)?;
    if metadata.permissions().readonly() {
        return Err("the file is read-only".to_owned());
    }
    let mut file = tempfile::Builder::new().prefix(".scholiast-").tempfile_in(folder).map_err(words)?;
    file.write_all(replacement.after).map_err(words)?;
    file.as_file().set_permissions(metadata.permissions()).map_err(words)?;
    file.as_file().sync_all().map_err(words)?;
    Ok((target, file))
}
