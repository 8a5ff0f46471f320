//! Earlier states of single files: the revisions that changed them, and their contents there.
//!
//! Deliberately absent: whole corpora at a revision (`view.rs`).

use camino::Utf8Path;

use super::run::{GitError, Repository};

/// Revisions that are looked through for one file.
const MAX_REVISIONS: &str = "--max-count=500";

impl Repository {
    /// The commits that changed one of these files (absolute), newest first.
    ///
    /// # Errors
    /// When git fails.
    pub fn revisions_of(&self, files: &[&Utf8Path]) -> Result<Vec<String>, GitError> {
        let mut words = vec!["rev-list", MAX_REVISIONS, "HEAD", "--"];
        words.extend(files.iter().filter_map(|file| Some(file.strip_prefix(&self.top).ok()?.as_str())));
        let printed = self.ask(&words)?;
        Ok(String::from_utf8_lossy(&printed).lines().map(str::to_owned).collect())
    }

    /// The content of a file (absolute) at a commit; `None` where the commit has no such file.
    pub fn content_at(&self, commit: &str, file: &Utf8Path) -> Option<Vec<u8>> {
        let below = file.strip_prefix(&self.top).ok()?;
        self.ask(&["cat-file", "blob", &format!("{commit}:{below}")]).ok()
    }
}
