//! Making room in the cache: the corpus that was written longest ago goes first.

use std::time::{Duration, SystemTime};

use camino::{Utf8Path, Utf8PathBuf};

use super::file::UNFINISHED;

/// The ending of cache files.
pub(super) const ENDING: &str = "facts";
/// Bytes that all corpora together may use.
pub(super) const ALL: u64 = 1 << 30;
/// The age at which a file that is being written has no writer any more: a day, as no run takes that long.
const ABANDONED: Duration = Duration::from_secs(24 * 60 * 60);

/// Takes away what killed runs have left, then what was written longest ago, until all fits.
pub(super) fn make_room(folder: &Utf8Path, own: &Utf8Path) {
    let Ok(listing) = folder.read_dir_utf8() else { return };
    let now = SystemTime::now();
    let mut files: Vec<(SystemTime, u64, Utf8PathBuf)> = Vec::new();
    for entry in listing.flatten() {
        let Ok(metadata) = entry.metadata() else { continue };
        let (Ok(written), true) = (metadata.modified(), metadata.is_file()) else { continue };
        if entry.file_name().starts_with(UNFINISHED) {
            if now.duration_since(written).is_ok_and(|age| age > ABANDONED) {
                // One that another run has just taken away is gone already.
                let _ = std::fs::remove_file(entry.path());
            }
        } else if entry.path().extension() == Some(ENDING) {
            files.push((written, metadata.len(), entry.into_path()));
        }
    }
    files.sort();
    let mut all: u64 = files.iter().map(|(_, size, _)| size).sum();
    for (_, size, path) in files.iter().filter(|(.., path)| path != own) {
        if all <= ALL {
            break;
        }
        // One that another run is just replacing may be gone already.
        let _ = std::fs::remove_file(path);
        all -= size;
    }
}
