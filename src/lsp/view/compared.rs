//! The set that `[compare] with` names, at one moment, and the differences of documents from it. Runs on workers.

use std::sync::{Arc, MutexGuard, PoisonError};

use super::corpus_view::CorpusView;
use super::known_compared_set::KnownComparedSet;
use super::standoff::saved_document;
use crate::annotation::Standoff;
use crate::curation::{CurationFile, DocumentDifferences, DocumentSide, SettledFile, open_differences};
use crate::disk::annotation_files;
use crate::disk::compared_set::ComparedSet;
use crate::text::FileId;

impl CorpusView {
    /// The set that the corpus is compared with; `None` where it is compared with none.
    pub fn compared_set(&self) -> Option<Result<Arc<ComparedSet>, String>> {
        let with = &self.snapshot.config.compare.as_ref()?.value;
        Some(self.known_compared().open(&self.root, with, self.annotations.latest))
    }

    /// A number that changes whenever the differences of a document from the compared set may have, for all that is not
    /// of this corpus.
    pub fn compared_stamp(&self, document: Option<FileId>) -> u64 {
        let Some(set) = self.compared_set() else { return 0 };
        let text = document.and_then(|document| self.snapshot.path(document));
        let other = set.ok().zip(text).map_or(1, |(set, text)| set.stamp(text));
        other.rotate_left(17) ^ self.settled_stamp()
    }

    /// The open differences of a document from the compared set; `None` where it is not compared.
    pub fn differences(&self, document: FileId) -> Option<DocumentDifferences> {
        let set = self.compared_set()?.ok()?;
        let below = self.snapshot.path(document)?;
        let beside = self.annotations_beside(document);
        if beside.is_empty() || set.holds(&self.root, below) {
            return None;
        }
        let theirs = set.document(below)?;
        let text = saved_document(self, document)?;
        let settled = self.known_compared().settled(self.settled_stamp(), || {
            let content = self.curation_content(CurationFile::Settled).ok().flatten();
            content.and_then(|content| String::from_utf8(content).ok()).map(SettledFile::parse).unwrap_or_default()
        });
        let ours: Vec<Standoff> = beside.iter().filter_map(|(_, file)| file.standoff(self)).collect();
        Some(open_differences(
            below.as_str(),
            DocumentSide { text: &text, files: &ours },
            DocumentSide { text: theirs.text.as_deref().unwrap_or(&text), files: &theirs.files },
            &settled,
        ))
    }

    /// The annotation file of a document in which its differences are reported and settled.
    pub fn settled_in(&self, document: FileId) -> Option<FileId> {
        let beside = self.annotations_beside(document);
        beside.into_iter().min_by_key(|(_, file)| annotation_files::rank(&file.path)).map(|(file, _)| file)
    }

    fn known_compared(&self) -> MutexGuard<'_, KnownComparedSet> {
        self.annotations.compared.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
