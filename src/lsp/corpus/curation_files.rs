//! The files in which people keep what they have decided, on the owner thread: which are there, what the editor has of
//! them, and when findings in them may be others.

use std::sync::Arc;

use camino::Utf8Path;

use super::OpenCorpus;
use crate::curation::CurationFile;
use crate::lsp::view::CurationFileView;

impl OpenCorpus {
    /// Takes in which of them are on the disk now.
    pub(super) fn look_for_curation_files(&mut self) {
        for which in CurationFile::ALL {
            let is_known = self.curation.of(which).is_some();
            if is_known != self.root.join(which.file_name()).is_file() {
                self.curation_file_on_disk(which);
            }
        }
    }

    /// Takes in that something happened to one on the disk.
    pub fn curation_file_on_disk(&mut self, which: CurationFile) {
        let open = self.curation.of(which).and_then(|known| known.open.clone());
        self.put_curation_file(which, open);
        if which == CurationFile::Settled {
            self.annotations_changed(Utf8Path::new(""));
        }
    }

    /// Takes in the text of one in the editor, or that it was closed. What is settled holds for the annotations when
    /// the typing pauses.
    pub fn set_curation_file(&mut self, which: CurationFile, text: Option<&str>) {
        self.put_curation_file(which, text.map(Arc::from));
        if which == CurationFile::Settled {
            let files = self.annotated.files.files.values().map(|beside| beside.path.to_path_buf());
            self.annotated.due.extend(files);
            self.annotated.typed |= !self.annotated.due.is_empty();
        }
    }

    fn put_curation_file(&mut self, which: CurationFile, open: Option<Arc<str>>) {
        let file = self.world.id(which.file_name().into());
        self.curation_stamps += 1;
        let stamp = self.curation_stamps;
        self.curation.files.retain(|known| known.which != which);
        if open.is_some() || self.root.join(which.file_name()).is_file() {
            self.curation.files.push(CurationFileView { file, which, open, stamp });
            self.curation.files.sort_by_key(|known| known.which);
        }
        self.dirty.insert(file);
        self.news = true;
    }

    /// Takes in that documents have come or gone: lines about them may hold now, or no longer.
    pub(super) fn documents_changed(&mut self) {
        self.dirty.extend(self.curation.files.iter().map(|known| known.file));
        self.news |= !self.curation.files.is_empty();
    }
}
