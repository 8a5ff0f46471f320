//! Reading one file, and asking when it was written.

use std::fs::Metadata;
use std::io::Read as _;
use std::time::{Duration, SystemTime};

use camino::Utf8Path;

use super::error::io_message;

/// The bytes of a file.
///
/// # Errors
/// In words, when it cannot be read or is 4 GiB or larger, since offsets have 32 bits.
pub fn read(path: &Utf8Path) -> Result<Vec<u8>, String> {
    let words = |error: std::io::Error| io_message(&error);
    let mut file = std::fs::File::open(path).map_err(words)?;
    let size = file.metadata().map_err(words)?.len();
    if size >= u64::from(u32::MAX) {
        return Err("the file is larger than 4 GiB; split it".to_owned());
    }
    // One byte more, so that the end is found without growing.
    let mut bytes = Vec::with_capacity(size as usize + 1);
    file.read_to_end(&mut bytes).map_err(words)?;
    Ok(bytes)
}

/// Whether a file may have come to its place, or been written, at this time or later. Reads nothing of it, so that nobody
/// who watches is told. File systems count in steps of up to two seconds.
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
