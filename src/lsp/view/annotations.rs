//! The annotation files of a corpus at one moment, as workers see them.

use std::sync::{Arc, Mutex, PoisonError};

use camino::{Utf8Path, Utf8PathBuf};
use rpds::HashTrieMapSync;

use super::known_annotations::KnownAnnotations;
use super::known_compared_set::KnownComparedSet;
use crate::annotation::Configuration;
use crate::disk::annotation_files::AnnotationConfigurations;
use crate::disk::read;
use crate::ide::annotation::MovedAnnotations;
use crate::text::FileId;

/// An annotation file.
#[derive(Clone, Debug)]
pub struct AnnotationView {
    /// The path below the corpus root.
    pub path: Arc<Utf8Path>,
    /// The text where it is open in the editor.
    pub open: Option<Arc<str>>,
    /// Changes whenever its findings may have.
    pub stamp: u64,
    /// The text it annotates, where there is one.
    pub text: Option<FileId>,
    /// Of an `.a2` the `.a1`, where there is one.
    pub given: Option<FileId>,
    /// The places of its annotations, where the text was edited since they were written.
    pub moved: Option<Arc<MovedAnnotations>>,
}

/// The annotation files of a corpus at one moment. Cloning is cheap.
#[derive(Clone, Debug, Default)]
pub struct AnnotationViews {
    pub files: HashTrieMapSync<FileId, AnnotationView>,
    pub configurations: Arc<Mutex<AnnotationConfigurations>>,
    /// Configurations of annotations that are open in the editor, by path below the root.
    pub opened: HashTrieMapSync<Utf8PathBuf, Arc<str>>,
    /// The number of the last change of a file.
    pub latest: u64,
    /// The annotated words of all of them.
    pub known: Arc<Mutex<KnownAnnotations>>,
    /// The set that they are compared with.
    pub compared: Arc<Mutex<KnownComparedSet>>,
}

impl AnnotationViews {
    /// One of them.
    pub fn get(&self, file: FileId) -> Option<&AnnotationView> {
        self.files.get(&file)
    }

    /// Each of them, in no particular order.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &AnnotationView)> {
        self.files.iter().map(|(file, beside)| (*file, beside))
    }

    /// The configuration for a folder below the root.
    pub fn configuration(&self, root: &Utf8Path, folder: &Utf8Path) -> Option<Arc<Configuration>> {
        // Each folder is put in as a whole.
        let mut known = self.configurations.lock().unwrap_or_else(PoisonError::into_inner);
        known.find(&root.join(folder), &|path| {
            let below = path.strip_prefix(root).unwrap_or(path);
            match self.opened.get(below) {
                Some(text) => Some(text.as_bytes().to_vec()),
                None => path.is_file().then(|| read::read(path).ok()).flatten(),
            }
        })
    }
}
