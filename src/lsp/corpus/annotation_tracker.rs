//! What the owner thread keeps of the annotation files of a corpus.

use std::collections::BTreeSet;
use std::sync::Arc;

use camino::Utf8PathBuf;

use crate::config::Config;
use crate::lsp::view::AnnotationViews;

/// What the owner keeps of the annotation files of a corpus.
pub struct AnnotationTracker {
    /// The files.
    pub files: AnnotationViews,
    /// Those that a walk has found, below the root.
    pub on_disk: BTreeSet<Utf8PathBuf>,
    /// Those that are compared anew when the typing pauses.
    pub due: BTreeSet<Utf8PathBuf>,
    /// Whether the use of suppressions is looked at then.
    pub suppressions_due: bool,
    /// Whether something is due since this was asked last.
    pub typed: bool,
    /// What they were judged by.
    pub config: Arc<Config>,
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
            stamps: 0,
        }
    }
}
