//! News of background work for the owner thread, about one corpus.

use std::sync::Arc;

use super::annotation_write::AnnotationWrite;
use super::loading::{FilesRead, ScannedFiles};
use super::pushed::CheckedFiles;
use crate::corpus::recompile::CompiledSpellings;
use crate::lsp::ids::CorpusId;

/// One thing that background work has done.
pub enum CorpusNews {
    /// Files were read.
    Read(FilesRead),
    /// The corpus was walked again; `None` where that has failed.
    Scanned(Option<ScannedFiles>),
    /// The spellings of the registry were compiled.
    Compiled(Box<CompiledSpellings>),
    /// Documents were checked, and their findings handed to the client.
    Checked(CheckedFiles),
    /// The findings that were handed to the client have been written.
    Sent,
    /// Annotations that have followed their text were written, or could not be.
    AnnotationsWritten(AnnotationWrite),
}

/// Tells the owner thread.
#[derive(Clone)]
pub struct Reporter(Arc<dyn Fn(CorpusId, CorpusNews) + Send + Sync>);

impl Reporter {
    /// A reporter that hands everything to a function.
    pub fn new(tell: impl Fn(CorpusId, CorpusNews) + Send + Sync + 'static) -> Self {
        Self(Arc::new(tell))
    }

    /// Tells news of one corpus.
    pub fn tell(&self, corpus: CorpusId, news: CorpusNews) {
        (self.0)(corpus, news);
    }
}
