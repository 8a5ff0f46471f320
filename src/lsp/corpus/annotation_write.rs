//! Annotations that have followed their text, on their way to the disk. Runs on workers.

use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};
use rustc_hash::FxHashMap;

use crate::annotation::Standoff;
use crate::disk::pending_moves::PendingMove;
use crate::disk::{read, write};
use crate::ide::annotation::{MovedAnnotations, same_lines};
use crate::lsp::shutdown::Answering;
use crate::text::edit::applied;

/// Annotations that were to be written.
pub struct AnnotationWrite {
    /// The annotation file, below the root.
    pub below: Utf8PathBuf,
    /// The number of edits that were written.
    pub edits: u64,
    /// The outcome.
    pub outcome: WriteOutcome,
}

/// Annotation files that are being written, each with what is to be written next: one write after the other, so that
/// the newest state stays.
pub type AnnotationWrites = FxHashMap<Utf8PathBuf, Option<AnnotationJob>>;

/// The outcome of writing annotations.
pub enum WriteOutcome {
    /// This stands in the file now.
    Written(String),
    /// Nothing was written: the editor has unsaved changes in it.
    Unsaved,
    /// Nothing was written: somebody else has changed the file.
    Changed,
    /// Nothing was written, for this reason.
    Failed(String),
}

/// Annotations on their way to the disk.
pub struct AnnotationJob {
    /// The annotation file.
    pub path: Utf8PathBuf,
    /// The places of its annotations.
    pub moved: MovedAnnotations,
    /// The document as it was saved.
    pub text: Arc<str>,
    /// True where the editor has the file open.
    pub is_open: bool,
    /// The number of edits that are written.
    pub edits: u64,
    /// The content that was written before and that nobody has read back yet, and what it took the place of.
    pub before: Option<(Arc<Standoff>, Arc<Standoff>)>,
    /// The end of the session waits for it.
    pub answering: Arc<Answering>,
}

impl AnnotationJob {
    /// Nothing waits for it any more.
    pub fn end(self) {
        drop(self.answering);
    }

    /// Writes them where the disk still holds what they were read from.
    pub fn run(&self) -> WriteOutcome {
        let before = match read::read(&self.path) {
            Ok(bytes) => bytes,
            Err(message) => return WriteOutcome::Failed(message),
        };
        let changed = || if self.is_open { WriteOutcome::Unsaved } else { WriteOutcome::Changed };
        let Ok(on_disk) = std::str::from_utf8(&before).map(Standoff::parse) else { return changed() };
        let shown = self.moved.standoff();
        let is_own = self.before.as_ref().is_some_and(|(from, to)| same_lines(from, shown) && same_lines(to, &on_disk));
        if !is_own && !same_lines(shown, &on_disk) {
            return changed();
        }
        let edits = self.moved.edits_in(&on_disk, &self.text);
        let Some(after) = applied(on_disk.source(), &edits) else { return changed() };
        if after.as_bytes() == before {
            return WriteOutcome::Written(after);
        }
        match write::replace(&self.path, &before, after.as_bytes()) {
            Ok(()) => WriteOutcome::Written(after),
            Err(message) => WriteOutcome::Failed(message),
        }
    }
}

/// Notes what an annotation file becomes when its text is saved, for the case of a crash before it is written.
pub fn note(cache: &Utf8Path, text: &Utf8Path, path: &Utf8Path, moved: &MovedAnnotations, saved: &str) {
    let Ok(before) = read::read(path) else { return };
    let Ok(on_disk) = std::str::from_utf8(&before).map(Standoff::parse) else { return };
    if !same_lines(moved.standoff(), &on_disk) {
        return;
    }
    let Some(after) = applied(on_disk.source(), &moved.edits_in(&on_disk, saved)) else { return };
    if let Err(error) = PendingMove::new(text, saved, path, &before, after).note(cache) {
        tracing::info!("what annotations become is not noted: {error}");
    }
}
