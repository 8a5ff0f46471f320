//! The decisions of people, as workers read them: from the editor where a file is open, else from disk.

use super::corpus_view::CorpusView;
use super::curation_files::CurationFileView;
use crate::curation::CurationFile;
use crate::disk::{compared_set, read};
use crate::rules::{self, FileReport};
use crate::text::encoding::decode;
use crate::text::position::BYTE_ORDER_MARK;

impl CorpusView {
    /// The content of a file in which people keep what they have decided; `None` where there is none.
    ///
    /// # Errors
    /// In words, when it cannot be read.
    pub fn curation_content(&self, which: CurationFile) -> Result<Option<Vec<u8>>, String> {
        if let Some(open) = self.curation.of(which).and_then(|known| known.open.as_ref()) {
            return Ok(Some(open.as_bytes().to_vec()));
        }
        let path = self.root.join(which.file_name());
        if path.is_file() { read::read(&path).map(Some) } else { Ok(None) }
    }

    /// Tells whether a file can be written on the disk: what is open in the editor and not saved would be lost. Editors
    /// read a file again that has changed where they hold nothing else.
    pub fn is_saved(&self, which: CurationFile) -> bool {
        let Some(open) = self.curation.of(which).and_then(|known| known.open.as_ref()) else { return true };
        let on_disk = read::read(&self.root.join(which.file_name())).unwrap_or_default();
        // Some clients hide the mark and the line ends of the file.
        let plain = |text: &str| text.trim_start_matches(BYTE_ORDER_MARK).replace("\r\n", "\n");
        std::str::from_utf8(&on_disk).is_ok_and(|on_disk| plain(on_disk) == plain(open))
    }

    /// The findings in a file in which people keep what they have decided.
    pub(super) fn findings_in_curation_file(&self, known: &CurationFileView) -> FileReport {
        let Ok(Some(content)) = self.curation_content(known.which) else { return FileReport::default() };
        let of = (known.file, known.which);
        rules::check_curation_file(&self.snapshot, of, decode(&content), self.curation.knows_documents)
    }

    /// A number that changes whenever the settled differences may have.
    pub(super) fn settled_stamp(&self) -> u64 {
        match self.curation.of(CurationFile::Settled).filter(|known| known.open.is_some()) {
            Some(known) => known.stamp.rotate_left(32) ^ 1,
            None => compared_set::settled_stamp(&self.root),
        }
    }
}
