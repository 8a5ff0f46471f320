//! The owner thread: it holds all corpora and handles one event after the other.
//!
//! Nothing here waits: what takes long is done on other threads and comes back as an [`Event`]. A request is answered
//! from a snapshot taken when its turn comes, so that it sees every edit sent before it. The fields of [`Owner`] belong
//! to this module and its children, all of which run on this thread.

mod annotations;
mod asking;
mod corpora;
mod disk_events;
pub mod event;
mod membership;
mod opening;
mod shared;
mod waiting;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant, SystemTime};

use camino::Utf8Path;
use tower_lsp::ls_types as lsp;

use corpora::Corpora;
use event::{Event, OwnerHandle};
use waiting::WaitingRequest;

use crate::config;
use crate::corpus::{self, DocumentEdit};
use crate::disk::cache::Cache;
use crate::disk::shared_registries;
use crate::disk::watch::{Watched, Watcher};
use crate::lsp::capabilities;
use crate::lsp::corpus::loading::Opening;
use crate::lsp::corpus::{CorpusNews, FileRole, OpenCorpus, Reporter};
use crate::lsp::documents::{Documents, Membership, OpenDocument};
use crate::lsp::ids::CorpusId;
use crate::lsp::session::Editor;
use crate::lsp::settings::Settings;
use crate::lsp::shutdown::Shutdown;
use crate::lsp::threads::Workers;
use crate::lsp::transport::{Client, Refresh};

/// Events handled before other threads are given work: a request among them is given to the pool at once.
const LOT: usize = 256;
/// The pause of typing after which all is looked at again that depends on a large registry, and annotations
/// are compared with what was typed.
const PAUSE: Duration = Duration::from_millis(300);
/// More failures than this within the window, and the server ends. A corpus that is opened anew may fail once or twice
/// more with what the client has sent meanwhile.
const MOST_FAILURES: usize = 20;
/// See [`MOST_FAILURES`]. Opening a large corpus takes seconds.
const FAILURE_WINDOW: Duration = Duration::from_secs(30);
/// Clients are asked to ask anew no more often than this.
const REFRESH_INTERVAL: Duration = Duration::from_millis(300);
/// Bytes of an edit after which much of a document is new.
const LONG_EDIT: usize = 4 * 1024;

/// All that the server holds.
pub struct Owner {
    handle: OwnerHandle,
    reporter: Reporter,
    client: Client,
    editor: Editor,
    documents: Documents,
    corpora: Corpora,
    /// The cache of what was recognised.
    cache: Cache,
    workers: Workers,
    checkers: Workers,
    initialized: bool,
    watcher: Option<Watcher>,
    /// Events about documents whose corpus is being opened, in their order.
    deferred: Vec<Event>,
    waiting: Vec<WaitingRequest>,
    /// When texts of sources that were edited are taken in.
    edited: Option<Instant>,
    /// When annotations are compared with the texts that were edited.
    compare: Option<Instant>,
    /// When it has failed inside.
    failures: Vec<Instant>,
    shutdown: Arc<Shutdown>,
    refresh: Option<Instant>,
    refreshed: Instant,
}

impl Owner {
    /// Starts the thread.
    ///
    /// # Errors
    /// When no thread can be had.
    pub fn start(client: Client, cache: Cache, shutdown: Arc<Shutdown>) -> anyhow::Result<OwnerHandle> {
        let (sender, events) = channel();
        let handle = OwnerHandle::new(sender);
        let news = handle.clone();
        let owner = Self {
            handle: handle.clone(),
            reporter: Reporter::new(move |corpus, work| news.send(Event::Corpus(corpus, work))),
            client,
            editor: Editor::default(),
            documents: Documents::default(),
            corpora: Corpora::default(),
            cache,
            workers: Workers::answering()?,
            checkers: Workers::checking()?,
            initialized: false,
            watcher: None,
            deferred: Vec::new(),
            waiting: Vec::new(),
            edited: None,
            compare: None,
            failures: Vec::new(),
            shutdown,
            refresh: None,
            refreshed: Instant::now(),
        };
        std::thread::Builder::new().name("owner".to_owned()).spawn(move || owner.run(&events))?;
        Ok(handle)
    }

    fn run(mut self, events: &Receiver<Event>) {
        loop {
            let first = match self.deadline() {
                None => events.recv().map_err(|_| RecvTimeoutError::Disconnected),
                Some(at) => events.recv_timeout(at.saturating_duration_since(Instant::now())),
            };
            match first {
                Ok(event) => self.handle_safely(event),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return,
            }
            for event in events.try_iter().take(LOT) {
                self.handle_safely(event);
            }
            self.guarded(Self::dispatch);
        }
    }

    fn handle_safely(&mut self, event: Event) {
        self.guarded(|owner| owner.handle(event));
    }

    /// A panic here may leave a corpus half changed: all are opened anew. Where that does not help the server ends,
    /// with a message: an editor starts it again, and a person sees why, while a server that lives on would only be
    /// silent.
    fn guarded(&mut self, work: impl FnOnce(&mut Self)) {
        if catch_unwind(AssertUnwindSafe(|| work(self))).is_ok() {
            return;
        }
        tracing::error!("the server has failed inside and opens all corpora anew");
        let now = Instant::now();
        self.failures.retain(|at| now.duration_since(*at) < FAILURE_WINDOW);
        self.failures.push(now);
        if self.failures.len() > MOST_FAILURES {
            let why = "it has failed inside again and again; please report this with what standard error says";
            self.client.show(lsp::MessageType::ERROR, format!("scholiast ends: {why}"));
            return self.shutdown.end(why);
        }
        if catch_unwind(AssertUnwindSafe(|| self.reopen_all())).is_err() {
            self.shutdown.end("it has failed inside, and its corpora cannot be opened anew");
        }
    }

    fn handle(&mut self, event: Event) {
        if let Some(path) = event.document()
            && self.is_deferred(path)
        {
            self.deferred.push(event);
            return;
        }
        match event {
            Event::Start(session, folders) => {
                self.editor.session = session;
                self.add_folders(folders);
            }
            Event::Initialized => self.initialized(),
            Event::Open(path, document) => self.open(&path, *document),
            Event::Change(path, version, changes) => self.change(&path, version, changes),
            Event::Close(path) => self.close(&path),
            Event::Folders { added, removed } => {
                self.remove_folders(&removed);
                self.add_folders(added);
                self.watch_folders();
            }
            Event::Disk(paths) => self.on_disk(&paths),
            Event::DiskUnknown => self.scan_all(),
            Event::Settings(value) => {
                let settings = Settings::read(value);
                if *self.editor.settings != settings {
                    self.editor.settings = Arc::new(settings);
                    self.refresh.get_or_insert(Instant::now());
                }
            }
            Event::SettingsChanged => self.ask_for_settings(),
            Event::Ask(ask) => self.ask(ask),
            Event::Discovered(folder, roots) => self.discovered(&folder, roots),
            Event::Opened(root, Opening::Opened(opened)) => self.opened(&root, *opened),
            Event::Opened(root, Opening::Gone) => self.gone(&root),
            Event::Opened(root, Opening::Failed) => self.not_opened(&root),
            Event::WillSave(path) => self.will_save(&path),
            Event::Saved(path, answering) => self.saved(&path, answering),
            Event::Corpus(id, CorpusNews::AnnotationsWritten(write)) => self.annotations_written(id, &write),
            Event::Corpus(id, news) => {
                let Some(corpus) = self.corpora.by_id(id) else { return };
                if corpus.take(news, &self.documents, &self.client, &self.reporter) {
                    self.reconcile();
                }
            }
            Event::CancelProgress(token) => {
                self.corpora.each().filter(|corpus| corpus.shows(&token)).for_each(OpenCorpus::cancel);
            }
            Event::Settled(path) => {
                if let Some(corpus) = self.corpora.governing(&path)
                    && let Some(below) = corpus.below(&path).map(Utf8Path::to_owned)
                {
                    corpus.renew_annotations(&below);
                }
            }
            Event::Reindex => self.reopen_all(),
        }
    }

    /// Returns whether what concerns a document has to wait until its corpus is open, so that all of it keeps its
    /// order.
    fn is_deferred(&self, path: &Utf8Path) -> bool {
        let is_open = self.documents.get(path).is_some();
        (is_open && self.corpora.is_opening(path)) || self.deferred.iter().any(|event| event.document() == Some(path))
    }

    /// Handles what had to wait for a corpus to be open.
    fn resume(&mut self) {
        for event in std::mem::take(&mut self.deferred) {
            self.handle_safely(event);
        }
    }

    /// The client may be asked things from now on.
    fn initialized(&mut self) {
        self.initialized = true;
        self.client.register(capabilities::registrations(&self.editor.session.features));
        self.ask_for_settings();
        self.watch_folders();
    }

    fn ask_for_settings(&self) {
        if self.editor.session.features.configuration {
            let handle = self.handle.clone();
            self.client.settings(move |settings| handle.send(Event::Settings(settings)));
        }
    }

    /// Watches folders for a client that does not, or where it does not.
    fn watch_folders(&mut self) {
        if !self.initialized {
            return;
        }
        let places = self.corpora.places_to_watch(self.editor.session.features.watch_files);
        if places.is_empty() && self.watcher.is_none() {
            return;
        }
        if self.watcher.is_none() {
            let handle = self.handle.clone();
            let watcher = Watcher::new(move |watched| {
                handle.send(match watched {
                    Watched::Paths(paths) => Event::Disk(paths),
                    Watched::Unknown => Event::DiskUnknown,
                });
            });
            self.watcher = watcher.map_err(|message| tracing::warn!("files are not watched: {message}")).ok();
        }
        if let Some(watcher) = &mut self.watcher {
            let watched = watcher.set(places);
            watched.problems.iter().for_each(|message| tracing::warn!("{message}"));
            if watched.grown {
                let now = SystemTime::now();
                self.corpora.watched = Some(now);
                self.corpora.each().for_each(|corpus| corpus.watched_since(now));
            }
        }
    }

    fn open(&mut self, path: &Utf8Path, document: OpenDocument) {
        // A client that opens twice means the newer text.
        self.close(path);
        self.documents.open(path.to_owned(), document);
        self.opened_document(path);
    }

    fn change(&mut self, path: &Utf8Path, version: i32, changes: Vec<lsp::TextDocumentContentChangeEvent>) {
        self.documents.set_version(path, version);
        let encoding = self.editor.session.encoding;
        let Some(document) = self.documents.get_mut(path) else { return };
        match document.membership {
            Membership::Text(id) => self.change_text(id, path, changes),
            Membership::Source(id) => {
                for change in changes {
                    document.edit(change, encoding);
                }
                self.edited_source(id, path);
            }
            Membership::Nowhere => {
                for change in changes {
                    document.edit(change, encoding);
                }
                if std::mem::take(&mut document.failed) {
                    self.find_membership(path);
                }
            }
        }
    }

    fn change_text(&mut self, id: CorpusId, path: &Utf8Path, changes: Vec<lsp::TextDocumentContentChangeEvent>) {
        let encoding = self.editor.session.encoding;
        let Some(corpus) = self.corpora.by_id(id) else { return };
        let Some(below) = corpus.below(path).map(Utf8Path::to_owned) else { return };
        let before = corpus.known(path).and_then(|file| corpus.current().file(file)).cloned();
        corpus.interrupt();
        if changes.iter().any(|change| change.range.is_none() || change.text.len() > LONG_EDIT) {
            corpus.forget_pace();
        }
        let edits = changes.iter().cloned().map(change).collect();
        if catch_unwind(AssertUnwindSafe(|| corpus.edit_text(&below, edits, encoding))).is_ok() {
            return;
        }
        if let (Some(document), Some(before)) = (self.documents.get_mut(path), before) {
            document.text = before.document().map(corpus::document::Document::text).unwrap_or_default();
            for change in changes {
                document.edit(change, encoding);
            }
        }
        self.failed(path, id);
    }

    /// A configuration, a registry or an annotation file was edited: its text is taken in now or, where it is a large
    /// registry, when the typing pauses.
    fn edited_source(&mut self, id: CorpusId, path: &Utf8Path) {
        let Some(corpus) = self.corpora.by_id(id) else { return };
        let Some(below) = corpus.name(path) else { return };
        let sort = corpus.role(&below);
        if let (FileRole::Annotation | FileRole::AnnotationConfiguration | FileRole::Curation(_), Some(document)) =
            (sort, self.documents.get(path))
        {
            corpus.interrupt();
            match sort {
                FileRole::Annotation => corpus.open_annotations(&below, &document.text),
                FileRole::Curation(which) => corpus.set_curation_file(which, Some(&document.text)),
                _ => corpus.set_annotation_configuration(&below, Some(&document.text)),
            }
            return;
        }
        let mut at_once = sort == FileRole::Config || corpus.at_once();
        corpus.note_edited(below);
        for (corpus, name) in self.corpora.sharing(path) {
            at_once &= corpus.at_once();
            corpus.note_edited(name);
        }
        if at_once {
            self.take_in_edits();
        } else {
            self.edited = Some(Instant::now() + PAUSE);
        }
    }

    /// Takes in the texts of sources that were edited.
    fn take_in_edits(&mut self) {
        self.edited = None;
        let mut reopen = Vec::new();
        for corpus in self.corpora.each() {
            for below in corpus.take_edited() {
                let Some(document) = self.documents.get(&shared_registries::place(corpus.root(), &below)) else {
                    continue;
                };
                if below != config::FILE_NAME {
                    corpus.set_source(&below, Some(&document.text));
                } else if corpus.set_config(&document.text, true) {
                    reopen.push(corpus.root().to_path_buf());
                }
            }
        }
        for root in reopen {
            self.reopen(&root);
        }
    }

    fn close(&mut self, path: &Utf8Path) {
        let Some(document) = self.documents.close(path) else { return };
        self.closed_document(path, &document);
    }

    /// When something is to be done though nothing happens.
    fn deadline(&self) -> Option<Instant> {
        let waiting = self.waiting.iter().map(|waiting| waiting.until).min();
        [waiting, self.edited, self.compare, self.refresh].into_iter().flatten().min()
    }

    /// Gives work to other threads, after some events.
    fn dispatch(&mut self) {
        let now = Instant::now();
        if self.edited.is_some_and(|at| at <= now) {
            self.take_in_edits();
        }
        if self.compare.is_some_and(|at| at <= now) {
            self.compare = None;
            self.corpora.each().for_each(OpenCorpus::compare);
        }
        let push = !self.editor.session.features.pull_diagnostics && self.initialized;
        let mut news = false;
        self.corpora.appoint(&self.client);
        for corpus in self.corpora.each() {
            news |= corpus.take_news();
            if corpus.take_typed() {
                self.compare = Some(now + PAUSE);
            }
            corpus.dispatch(&self.cache, &self.reporter);
            if self.initialized {
                corpus.show_progress(&self.editor.session, &self.client);
            }
            if push {
                corpus.check(&self.editor, &self.documents, &self.checkers, &self.client, &self.reporter);
            } else if self.editor.session.features.pull_diagnostics {
                corpus.push_nothing();
            }
        }
        if news {
            self.refresh.get_or_insert((self.refreshed + REFRESH_INTERVAL).max(now));
        }
        self.refresh_client(now);
        for waiting in std::mem::take(&mut self.waiting) {
            self.answer_or_wait(waiting);
        }
    }

    /// Has the client ask anew for what may look otherwise now, when nothing more is being read.
    fn refresh_client(&mut self, now: Instant) {
        if !self.initialized || self.refresh.is_none_or(|at| now < at) {
            return;
        }
        self.refresh = None;
        self.refreshed = now;
        let features = &self.editor.session.features;
        for (wanted, what) in [
            (features.pull_diagnostics, Refresh::Diagnostics),
            (features.refresh_lenses, Refresh::Lenses),
            (features.refresh_hints, Refresh::Hints),
            (features.refresh_tokens, Refresh::Tokens),
        ] {
            if wanted {
                self.client.refresh(what);
            }
        }
    }
}

/// An edit as the corpus takes it.
fn change(change: lsp::TextDocumentContentChangeEvent) -> DocumentEdit {
    match change.range {
        None => DocumentEdit::Whole(change.text),
        Some(range) => DocumentEdit::Range {
            start: (range.start.line, range.start.character),
            end: (range.end.line, range.end.character),
            text: change.text,
        },
    }
}
