//! The annotation files of a corpus, as the owner thread keeps them.

use std::collections::BTreeSet;
use std::sync::Arc;

use camino::Utf8PathBuf;
use rustc_hash::FxHashMap;

use super::annotation_write::AnnotationWrites;
use super::followed_text::FollowedText;
use crate::config::Config;
use crate::lsp::ids::CorpusId;
use crate::lsp::view::AnnotationViews;
use crate::text::FileId;

/// The annotation files of a corpus, and what is to be compared again.
pub struct AnnotationTracker {
    /// The files.
    pub files: AnnotationViews,
    /// Those that a walk has found, below the root.
    pub on_disk: BTreeSet<Utf8PathBuf>,
    /// Those that are compared anew when the typing pauses.
    pub due: BTreeSet<Utf8PathBuf>,
    /// True where the use of suppressions is looked at then.
    pub suppressions_due: bool,
    /// True where something is due since this was asked last.
    pub typed: bool,
    /// The configuration they were judged by.
    pub config: Arc<Config>,
    /// Texts that were edited in the editor, with the annotations that follow them.
    pub followed: FxHashMap<FileId, FollowedText>,
    /// Texts that were followed before the corpus was opened anew, by path below the root, until they are opened in it.
    pub inherited: FxHashMap<Utf8PathBuf, FollowedText>,
    /// The corpora in whose place it was opened while they were writing: what they have written is told to this one.
    pub writing_before: BTreeSet<CorpusId>,
    /// Annotation files that are being written.
    pub writes: AnnotationWrites,
    pub stamps: u64,
}

impl AnnotationTracker {
    /// No files, under a configuration.
    pub fn new(config: Arc<Config>) -> Self {
        Self {
            files: AnnotationViews::default(),
            on_disk: BTreeSet::new(),
            due: BTreeSet::new(),
            suppressions_due: false,
            typed: false,
            config,
            followed: FxHashMap::default(),
            inherited: FxHashMap::default(),
            writing_before: BTreeSet::new(),
            writes: AnnotationWrites::default(),
            stamps: 0,
        }
    }
}
