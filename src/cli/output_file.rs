//! A file that a command is told to write: in the place of an earlier one where there is one.

use camino::Utf8Path;

use crate::disk::{read, write};

/// Writes a file, in the place of an earlier one where there is one.
///
/// # Errors
/// In words, when the earlier one cannot be read or changes meanwhile, or the file cannot be written.
pub fn put(path: &Utf8Path, text: &str) -> Result<(), String> {
    if path.is_file() {
        let before = read::read(path)?;
        return if before == text.as_bytes() { Ok(()) } else { write::replace(path, &before, text.as_bytes()) };
    }
    let folder = path.parent().filter(|folder| !folder.as_str().is_empty());
    if let Some(folder) = folder {
        std::fs::create_dir_all(folder).map_err(|error| crate::disk::io_message(&error))?;
    }
    write::create(path, text)
}
