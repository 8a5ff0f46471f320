//! The files in which people keep what they have decided (states of documents, settled differences) at one moment.

use std::sync::Arc;

use crate::curation::CurationFile;
use crate::text::FileId;

/// One of the files.
#[derive(Clone, Debug)]
pub struct CurationFileView {
    /// The number.
    pub file: FileId,
    /// The sort of file.
    pub which: CurationFile,
    /// The text where it is open in the editor.
    pub open: Option<Arc<str>>,
    /// Changes whenever the file may have.
    pub stamp: u64,
}

/// The files of a corpus at one moment, as far as they are there.
#[derive(Clone, Debug, Default)]
pub struct CurationFileViews {
    /// The files.
    pub files: Vec<CurationFileView>,
    /// True where all documents of the corpus are known, so that a line about another one is about none.
    pub knows_documents: bool,
}

impl CurationFileViews {
    /// The file with a number.
    pub fn get(&self, file: FileId) -> Option<&CurationFileView> {
        self.files.iter().find(|known| known.file == file)
    }

    /// The file of a sort.
    pub fn of(&self, which: CurationFile) -> Option<&CurationFileView> {
        self.files.iter().find(|known| known.which == which)
    }
}
