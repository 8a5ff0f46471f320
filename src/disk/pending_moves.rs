//! Annotations that are to follow a text which an editor is saving, noted so that a crash leaves no torn pair.
//!
//! The editor writes the text, and we the annotations right after it: between the two somebody may pull the plug. So
//! before the text is saved a note beside the cache says what the annotations become once the text is what it is going
//! to be. The next start finishes what the text has become without its annotations, and forgets the rest: where the
//! text was not saved after all, or somebody has written the annotations since, nothing is done.
//! Deliberately absent: when an editor saves.

use std::io::Write as _;

use camino::{Utf8Path, Utf8PathBuf};
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

use super::{read, write};

/// The folder of notes in that of the cache.
const FOLDER: &str = "moves";
/// The ending of notes.
const ENDING: &str = "json";

/// The annotations of one file once its text is saved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PendingMove {
    /// The text.
    pub text: String,
    /// The checksum of the text that is being saved.
    pub text_after: u64,
    /// The annotation file.
    pub annotations: String,
    /// The checksum of the annotations that are moved.
    pub before: u64,
    /// The annotations as they are then.
    pub after: String,
}

impl PendingMove {
    /// A note about annotations that become `after` with a text.
    pub fn new(text: &Utf8Path, saved: &str, annotations: &Utf8Path, before: &[u8], after: String) -> Self {
        let (text_after, before) = (xxh3_64(saved.as_bytes()), xxh3_64(before));
        Self { text: text.to_string(), text_after, annotations: annotations.to_string(), before, after }
    }

    /// Writes the note in the folder of the cache, in place of an older one about the same file.
    ///
    /// # Errors
    /// When it cannot be written; a crash may then leave a torn pair.
    pub fn note(&self, cache: &Utf8Path) -> std::io::Result<()> {
        let folder = cache.join(FOLDER);
        std::fs::create_dir_all(&folder)?;
        let mut file = tempfile::NamedTempFile::new_in(&folder)?;
        serde_json::to_writer(&mut file, self)?;
        file.flush()?;
        file.as_file().sync_all()?;
        file.persist(place(cache, Utf8Path::new(&self.annotations))).map_err(|error| error.error)?;
        Ok(())
    }

    /// Tells whether the text was saved and the annotations are still those of before.
    fn is_torn(&self, annotations: &[u8]) -> bool {
        let text = read::read(Utf8Path::new(&self.text));
        text.is_ok_and(|text| xxh3_64(&text) == self.text_after) && xxh3_64(annotations) == self.before
    }
}

/// Forgets a note: the annotations are written.
pub fn forget(cache: &Utf8Path, annotations: &Utf8Path) {
    // One that stays finds nothing to do at the next start.
    let _ = std::fs::remove_file(place(cache, annotations));
}

/// Finishes what was interrupted in a corpus, and returns the annotation files that were written.
pub fn finish(cache: &Utf8Path, root: &Utf8Path) -> Vec<Utf8PathBuf> {
    let Ok(listing) = cache.join(FOLDER).read_dir_utf8() else { return Vec::new() };
    let mut finished = Vec::new();
    for entry in listing.flatten().filter(|entry| entry.path().extension() == Some(ENDING)) {
        let note = read::read(entry.path()).ok().and_then(|bytes| serde_json::from_slice::<PendingMove>(&bytes).ok());
        let Some(note) = note else { continue };
        // A note is about a file of its own name, and a text beside it.
        let (text, annotations) = (Utf8Path::new(&note.text), Utf8Path::new(&note.annotations));
        let is_own = place(cache, annotations) == entry.path() && text.parent() == annotations.parent();
        if !is_own || !annotations.starts_with(root) {
            continue;
        }
        if let Ok(before) = read::read(annotations)
            && note.is_torn(&before)
            && let Err(message) = write::replace(annotations, &before, note.after.as_bytes()).map(|()| {
                finished.push(annotations.to_owned());
            })
        {
            tracing::warn!("{annotations}: {message}");
            continue;
        }
        forget(cache, annotations);
    }
    finished
}

fn place(cache: &Utf8Path, annotations: &Utf8Path) -> Utf8PathBuf {
    let name = format!("{:016x}.{ENDING}", xxh3_64(annotations.as_str().as_bytes()));
    cache.join(FOLDER).join(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_torn_is_finished() {
        for (text, annotations, finished) in [
            // Saved, and then the plug was pulled.
            ("new text", "old", true),
            // Not saved after all.
            ("old text", "old", false),
            // Written already, or by somebody else.
            ("new text", "new", false),
            ("new text", "of somebody else", false),
        ] {
            let guard = tempfile::tempdir().unwrap();
            let folder = Utf8Path::from_path(guard.path()).unwrap();
            let (cache, root) = (folder.join("cache"), folder.join("corpus"));
            std::fs::create_dir(&root).unwrap();
            let (txt, ann) = (root.join("a.txt"), root.join("a.ann"));
            let note = PendingMove::new(&txt, "new text", &ann, b"old", "new".to_owned());
            note.note(&cache).unwrap();
            std::fs::write(&txt, text).unwrap();
            std::fs::write(&ann, annotations).unwrap();
            assert!(finish(&cache, &folder.join("elsewhere")).is_empty());
            assert_eq!(!finish(&cache, &root).is_empty(), finished, "{text} {annotations}");
            let now = std::fs::read_to_string(&ann).unwrap();
            assert_eq!(now, if finished { "new" } else { annotations });
            assert!(finish(&cache, &root).is_empty(), "once and for all");
            assert_eq!(cache.join(FOLDER).read_dir_utf8().unwrap().count(), 0);
        }
    }
}
