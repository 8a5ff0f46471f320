//! Writing without ever leaving half a file: a new file beside the old one takes its place.

use std::io::Write;

use camino::Utf8Path;

use super::io_message;

/// Writes a new file; an existing one is never touched.
///
/// # Errors
/// In words, also when the file exists.
pub fn create(path: &Utf8Path, text: &str) -> Result<(), String> {
    let mut file =
        std::fs::OpenOptions::new().write(true).create_new(true).open(path).map_err(|error| io_message(&error))?;
    file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).map_err(|error| io_message(&error))
}

/// Puts `bytes` in the place of a file whose content is `before`, keeping its permissions. A link is followed: the file
/// it leads to is replaced.
///
/// # Errors
/// In words: when the file has changed meanwhile, cannot be written, or the disk is full. The old file then stands.
pub fn replace(path: &Utf8Path, before: &[u8], bytes: &[u8]) -> Result<(), String> {
    let target = path.canonicalize_utf8().map_err(|error| io_message(&error))?;
    let folder = target.parent().ok_or("it has no folder")?;
    let metadata = std::fs::metadata(&target).map_err(|error| io_message(&error))?;
    if metadata.permissions().readonly() {
        return Err("the file is read-only".to_owned());
    }
    let mut file =
        tempfile::Builder::new().prefix(".scholiast-").tempfile_in(folder).map_err(|error| io_message(&error))?;
    file.write_all(bytes).map_err(|error| io_message(&error))?;
    file.as_file().set_permissions(metadata.permissions()).map_err(|error| io_message(&error))?;
    file.as_file().sync_all().map_err(|error| io_message(&error))?;
    // As late as can be: between this and the next line nobody is expected to write.
    if std::fs::read(&target).map_err(|error| io_message(&error))? != before {
        return Err("the file has changed meanwhile; nothing was written".to_owned());
    }
    file.persist(&target).map_err(|error| io_message(&error.error))?;
    Ok(())
}
