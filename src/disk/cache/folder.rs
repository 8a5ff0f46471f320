//! The folder of the cache, which may be somebody else's too: nothing that stands in it is written over.

use std::io::{self, Write as _};

use camino::Utf8Path;

use crate::disk::read;

/// The file that tells backups that a folder holds nothing to keep.
const TAG: &str = "CACHEDIR.TAG";
/// The content of that file.
const TAG_TEXT: &str = "Signature: 8a477f597d28d172789f06886806bc55\n# Written by scholiast; it may be deleted.\n";

/// Tells whether the program has made a folder.
pub(super) fn is_own(folder: &Utf8Path) -> bool {
    read::read(&folder.join(TAG)).is_ok_and(|text| text == TAG_TEXT.as_bytes())
}

/// Makes the folder. Backups and git are told that there is nothing in it to keep, but only where the folder was not
/// there before: a folder of the user's may be part of a repository.
pub(super) fn prepare(folder: &Utf8Path) -> io::Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    std::fs::create_dir_all(folder)?;
    create(&folder.join(TAG), TAG_TEXT)?;
    create(&folder.join(".gitignore"), "*\n")
}

fn create(path: &Utf8Path, text: &str) -> io::Result<()> {
    let mut file = std::fs::OpenOptions::new().write(true).create_new(true).open(path)?;
    file.write_all(text.as_bytes())
}
