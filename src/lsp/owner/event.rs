//! The events of which other threads tell the owner thread.

use std::sync::Arc;
use std::sync::mpsc::Sender;

use camino::{Utf8Path, Utf8PathBuf};
use tower_lsp::ls_types as lsp;

use crate::lsp::corpus::CorpusNews;
use crate::lsp::corpus::loading::Opening;
use crate::lsp::documents::OpenDocument;
use crate::lsp::ids::CorpusId;
use crate::lsp::session::ClientSession;
use crate::lsp::shutdown::Answering;
use crate::lsp::view::CorpusViews;

/// One thing that has happened. Events are handled in the order in which they were sent.
pub enum Event {
    /// `initialize` was answered: who the client is, and its folders.
    Start(Arc<ClientSession>, Vec<Utf8PathBuf>),
    /// `initialized`: from now on the client may be asked things.
    Initialized,
    /// A document was opened.
    Open(Utf8PathBuf, Box<OpenDocument>),
    /// A document was edited: its new version and the edits in order.
    Change(Utf8PathBuf, i32, Vec<lsp::TextDocumentContentChangeEvent>),
    /// A document is being saved.
    WillSave(Utf8PathBuf),
    /// A document was saved; the end of the session waits for what comes of that.
    Saved(Utf8PathBuf, Answering),
    /// A document was closed.
    Close(Utf8PathBuf),
    /// Workspace folders came and went.
    Folders {
        /// Those that came.
        added: Vec<Utf8PathBuf>,
        /// Those that went.
        removed: Vec<Utf8PathBuf>,
    },
    /// Something happened to these files or folders on disk.
    Disk(Vec<Utf8PathBuf>),
    /// Anything may have happened on disk.
    DiskUnknown,
    /// The client's settings.
    Settings(serde_json::Value),
    /// The client's settings have changed, and it wants to be asked for them.
    SettingsChanged,
    /// A request.
    Ask(Ask),
    /// Background work: the folders with a configuration in a workspace folder.
    Discovered(Utf8PathBuf, Vec<Utf8PathBuf>),
    /// Background work: a corpus was opened, or could not be.
    Opened(Utf8PathBuf, Opening),
    /// Background work of one corpus.
    Corpus(CorpusId, CorpusNews),
    /// A person has cancelled the indexing with this token.
    CancelProgress(lsp::ProgressToken),
    /// A difference in this annotation file was settled.
    Settled(Utf8PathBuf),
    /// A person wants everything to be read anew.
    Reindex,
}

impl Event {
    /// The document that the client speaks of.
    pub fn document(&self) -> Option<&Utf8Path> {
        match self {
            Self::Open(path, _)
            | Self::Change(path, ..)
            | Self::WillSave(path)
            | Self::Saved(path, _)
            | Self::Close(path) => Some(path),
            Self::Ask(Ask { about: About::Document(path) | About::Shared(path), .. }) => Some(path),
            _ => None,
        }
    }
}

/// A request that waits for an answer.
pub struct Ask {
    /// The subject.
    pub about: About,
    /// The need.
    pub need: Need,
    /// Answers it; runs on the workers.
    pub answer: Box<dyn FnOnce(CorpusViews) + Send>,
}

/// The subject of a request.
pub enum About {
    /// The corpus of one document.
    Document(Utf8PathBuf),
    /// The corpus of one document, and those that share registry files with it.
    Shared(Utf8PathBuf),
    /// All corpora.
    Everything,
}

/// The state that a request waits for, after the edits sent before it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Need {
    /// Nothing.
    Nothing,
    /// All files, but not long: an answer from most of them is better than none.
    Index,
    /// All files: an answer from some of them would be wrong.
    All,
}

/// The way to tell the owner thread something.
#[derive(Clone)]
pub struct OwnerHandle(Sender<Event>);

impl OwnerHandle {
    /// A handle that sends through a channel.
    pub const fn new(events: Sender<Event>) -> Self {
        Self(events)
    }

    /// Tells it. When it is gone, the process is ending.
    pub fn send(&self, event: Event) {
        let _ = self.0.send(event);
    }
}
