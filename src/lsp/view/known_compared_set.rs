//! The compared set as it was opened last, and the settled differences as they were read last.

use std::sync::Arc;

use camino::Utf8Path;
use compact_str::CompactString;

use crate::curation::SettledFile;
use crate::disk::compared_set::ComparedSet;

/// The set that a corpus is compared with, and what of it is settled, as they are known.
#[derive(Debug, Default)]
pub struct KnownComparedSet {
    set: Option<OpenedSet>,
    settled: Option<(u64, Arc<SettledFile>)>,
}

/// A set, or why there is none, with what it was opened for.
#[derive(Debug)]
struct OpenedSet {
    with: CompactString,
    /// The last change of an annotation file: a revision may name another commit since.
    latest: u64,
    opened: Result<Arc<ComparedSet>, String>,
}

impl KnownComparedSet {
    /// The set that `with` names for the corpus at `root`, after the change `latest` of an annotation file.
    ///
    /// # Errors
    /// In words that say what would be right.
    pub fn open(&mut self, root: &Utf8Path, with: &CompactString, latest: u64) -> Result<Arc<ComparedSet>, String> {
        if let Some(set) = &self.set
            && set.with == *with
            && set.latest == latest
            && set.opened.is_ok()
        {
            return set.opened.clone();
        }
        let mut opened = ComparedSet::open(root, with).map(Arc::new);
        // A commit that is still the same keeps what was read of it.
        if let (Some(OpenedSet { opened: Ok(before), with: known, .. }), Ok(now)) = (&self.set, &opened)
            && known == with
            && before.commit().is_some()
            && before.commit() == now.commit()
        {
            opened = Ok(before.clone());
        }
        self.set = Some(OpenedSet { with: with.clone(), latest, opened: opened.clone() });
        opened
    }

    /// The settled differences; `read` reads them where the stamp is another.
    pub fn settled(&mut self, stamp: u64, read: impl FnOnce() -> SettledFile) -> Arc<SettledFile> {
        match &self.settled {
            Some((of, settled)) if *of == stamp => settled.clone(),
            _ => {
                let settled = Arc::new(read());
                self.settled = Some((stamp, settled.clone()));
                settled
            }
        }
    }
}
