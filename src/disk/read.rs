//! Reading one file, and asking when it was written.
//!
//! Only regular files are read: a pipe may never end, and a device has no end. Standard input and pipes that a person
//! names outright (`<(…)` of a shell) are read with a limit ([`read_pipe`]).

use std::fs::{File, Metadata};
use std::io::{self, Read as _};
use std::time::{Duration, SystemTime};

use camino::Utf8Path;

use super::error::io_message;

/// Bytes of a pipe that are read at most: its size is not known before, and what it holds stays in memory.
const PIPE_LIMIT: u64 = 1 << 30;

/// The bytes of a regular file.
///
/// # Errors
/// In words, when it cannot be read, is no regular file, or is 4 GiB or larger, since offsets have 32 bits.
pub fn read(path: &Utf8Path) -> Result<Vec<u8>, String> {
    let file = open_regular(path).map_err(|error| io_message(&error))?;
    let size = file.metadata().map_err(|error| io_message(&error))?.len();
    if size >= u64::from(u32::MAX) {
        return Err("the file is larger than 4 GiB; split it".to_owned());
    }
    // One byte more, so that the end is found without growing.
    let mut bytes = Vec::with_capacity(size as usize + 1);
    // A file that grows for ever meanwhile ends too.
    file.take(u64::from(u32::MAX)).read_to_end(&mut bytes).map_err(|error| io_message(&error))?;
    Ok(bytes)
}

/// All bytes of standard input or of a pipe.
///
/// # Errors
/// In words, when it cannot be read or holds more than a gigabyte.
pub fn read_pipe(pipe: impl io::Read) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    pipe.take(PIPE_LIMIT + 1).read_to_end(&mut bytes).map_err(|error| io_message(&error))?;
    if bytes.len() as u64 > PIPE_LIMIT {
        return Err("more than 1 GiB came from it; name a file instead".to_owned());
    }
    Ok(bytes)
}

/// Opens a regular file, or one that a link leads to.
pub(super) fn open_regular(path: &Utf8Path) -> io::Result<File> {
    // Asked before opening, since opening a pipe waits for whoever writes into it.
    let metadata = path.metadata()?;
    if metadata.is_file() {
        return File::open(path);
    }
    Err(io::Error::other(if metadata.is_dir() { "it is a folder" } else { "it is not a regular file" }))
}

/// Tells whether a path leads to a pipe.
#[cfg(unix)]
pub(super) fn is_pipe(path: &Utf8Path) -> bool {
    use std::os::unix::fs::FileTypeExt as _;
    path.metadata().is_ok_and(|metadata| metadata.file_type().is_fifo())
}

/// Tells whether a path leads to a pipe.
#[cfg(not(unix))]
pub(super) fn is_pipe(_: &Utf8Path) -> bool {
    false
}

/// Tells whether a file may have come to its place, or been written, at this time or later. Reads nothing of it, so
/// that nobody who watches is told. File systems count in steps of up to two seconds.
pub fn may_have_changed(path: &Utf8Path, since: SystemTime) -> bool {
    let Ok(metadata) = path.metadata() else { return true };
    changed(&metadata).is_none_or(|changed| changed + Duration::from_secs(2) >= since)
}

/// When the content, the name or the place of a file was changed last.
#[cfg(unix)]
fn changed(metadata: &Metadata) -> Option<SystemTime> {
    use std::os::unix::fs::MetadataExt as _;
    let seconds = u64::try_from(metadata.ctime()).ok()?;
    SystemTime::UNIX_EPOCH.checked_add(Duration::from_secs(seconds))
}

/// When the content of a file was changed last, as far as is known.
#[cfg(not(unix))]
fn changed(metadata: &Metadata) -> Option<SystemTime> {
    metadata.modified().ok()
}
