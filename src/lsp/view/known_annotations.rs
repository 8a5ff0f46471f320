//! The annotated words of all annotation files of a corpus, kept between requests: only files that have changed since
//! are read again.
//!
//! Deliberately absent: reading the files.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::corpus::annotated::{AnnotationCounts, AnnotationIndex};
use crate::text::FileId;

/// The annotated words of a corpus, as far as somebody has asked for them.
#[derive(Debug, Default)]
pub struct KnownAnnotations {
    /// The number of the change up to which they are known.
    latest: u64,
    /// The stamp of each file when it was read.
    stamps: FxHashMap<FileId, u64>,
    words: AnnotationIndex,
    /// The number of times that what others say of the words of a file has changed.
    versions: FxHashMap<FileId, u64>,
}

impl KnownAnnotations {
    /// Takes in the files as they were after the change `latest`, each with its stamp; `read` counts what one says. An
    /// older state than the one that is known is passed over.
    pub fn update(
        &mut self,
        latest: u64,
        files: impl Iterator<Item = (FileId, u64)>,
        read: &dyn Fn(FileId) -> Option<Arc<AnnotationCounts>>,
    ) {
        if latest <= self.latest {
            return;
        }
        self.latest = latest;
        let now: FxHashMap<FileId, u64> = files.collect();
        let gone = self.stamps.keys().filter(|file| !now.contains_key(file)).map(|file| (*file, None));
        let changed = now.iter().filter(|(file, stamp)| self.stamps.get(file) != Some(stamp));
        let mut changes: Vec<(FileId, Option<Arc<AnnotationCounts>>)> =
            gone.chain(changed.map(|(file, _)| (*file, read(*file)))).collect();
        changes.sort_by_key(|(file, _)| *file);
        for (file, counts) in changes {
            for touched in self.words.set(file, counts) {
                *self.versions.entry(touched).or_default() += 1;
            }
        }
        self.stamps = now;
    }

    /// The annotated words, and a number that changes whenever what others say of the words of a file does.
    pub fn words(&self, file: FileId) -> (AnnotationIndex, u64) {
        (self.words.clone(), self.versions.get(&file).copied().unwrap_or(0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::Standoff;

    #[test]
    fn only_what_has_changed_is_read_again() {
        let (one, two) = (FileId(1), FileId(2));
        let counts = |text: &str| Some(Arc::new(AnnotationCounts::of(&Standoff::parse(text))));
        let mut known = KnownAnnotations::default();
        known.update(1, [(one, 1), (two, 2)].into_iter(), &|_| counts("T1\tPer 0 3\tLan\n"));
        assert_eq!(known.words(one).1, 0, "both say the same");
        known.update(3, [(one, 1), (two, 3)].into_iter(), &|file| {
            assert_eq!(file, two, "the other one has not changed");
            counts("T1\tOrg 0 3\tLan\n")
        });
        let (words, version) = known.words(one);
        assert_eq!((words.surface("Lan").unwrap().labels.len(), version), (2, 1));
        known.update(2, [].into_iter(), &|_| None);
        known.update(4, [(one, 1)].into_iter(), &|_| None);
        let (words, version) = known.words(one);
        assert_eq!((words.surface("Lan").unwrap().labels.len(), version), (1, 2));
    }
}
