//! The owner: one thread that holds all corpora and handles one event after the other.
//!
//! Nothing here waits: what takes long is done elsewhere and comes back as an event. A request is answered from a
//! snapshot taken when its turn comes, so that it sees every edit sent before it.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant, SystemTime};

use camino::Utf8Path;
use tower_lsp::ls_types as lsp;

use super::corpora::Corpora;
use super::corpus::{CorpusId, Sort};
use super::documents::{Document, Documents, Home};
use super::event::{About, Ask, Event, Need};
use super::outbox::{Outbox, Refresh};
use super::session::{Editor, Session};
use super::settings::Settings;
use super::view::Views;
use crate::config;
use crate::corpus::{self, DocumentEdit};
use crate::disk::cache::Cache;
use crate::disk::shared_registries;
use crate::disk::watch::{Watched, Watcher};

/// Events handled before other threads are given work: a request among them is given to the pool at once.
const LOT: usize = 256;
/// How long typing must pause before all is looked at again that depends on a large registry, and before annotations
/// are compared with what was typed.
const PAUSE: Duration = Duration::from_millis(300);
/// How long a request waits for all files when most of them will do.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long a request waits for all files when it needs them.
const LONG_PATIENCE: Duration = Duration::from_secs(60);
/// Clients are asked to ask anew no more often than this.
const REFRESH_INTERVAL: Duration = Duration::from_millis(300);
/// Bytes of an edit after which much of a document is new.
const LONG_EDIT: usize = 4 * 1024;
/// Reading so many files is shown to a person.
const MANY: usize = 50;

/// How to tell the owner something.
#[derive(Clone)]
pub struct Handle(Sender<Event>);

impl Handle {
    /// Tells it. When it is gone, the process is ending.
    pub fn send(&self, event: Event) {
        let _ = self.0.send(event);
    }
}

/// Threads that answer requests; others read files, so that reading never delays an answer.
#[derive(Clone)]
pub struct Pool(Arc<rayon::ThreadPool>);

impl Pool {
    fn new() -> anyhow::Result<Self> {
        let threads = std::thread::available_parallelism().map_or(2, |threads| threads.get().clamp(2, 8));
        let builder = rayon::ThreadPoolBuilder::new().num_threads(threads);
        Ok(Self(Arc::new(builder.thread_name(|number| format!("answer {number}")).build()?)))
    }

    /// Runs a job; one that panics ends alone.
    pub fn run(&self, job: impl FnOnce() + Send + 'static) {
        self.0.spawn_fifo(move || {
            if catch_unwind(AssertUnwindSafe(job)).is_err() {
                tracing::error!("a request has failed");
            }
        });
    }
}

/// A request that waits for files to be read.
struct Waiting {
    until: Instant,
    /// The version of its document when it came.
    version: Option<i32>,
    ask: Ask,
}

/// All that the server holds.
pub struct Owner {
    pub(super) handle: Handle,
    pub(super) outbox: Outbox,
    pub(super) editor: Editor,
    pub(super) documents: Documents,
    pub(super) corpora: Corpora,
    /// Where what was recognised is kept.
    pub(super) cache: Cache,
    pool: Pool,
    initialized: bool,
    watcher: Option<Watcher>,
    /// What concerns documents whose corpus is being opened, in its order.
    deferred: Vec<Event>,
    waiting: Vec<Waiting>,
    /// When texts of sources that were edited are taken in.
    edited: Option<Instant>,
    /// When annotations are compared with the texts that were edited.
    compare: Option<Instant>,
    refresh: Option<Instant>,
    refreshed: Instant,
}

impl Owner {
    /// Starts the thread.
    ///
    /// # Errors
    /// When no thread can be had.
    pub fn start(outbox: Outbox, cache: Cache) -> anyhow::Result<Handle> {
        let (sender, events) = channel();
        let handle = Handle(sender);
        let owner = Self {
            handle: handle.clone(),
            outbox,
            editor: Editor::default(),
            documents: Documents::default(),
            corpora: Corpora::default(),
            cache,
            pool: Pool::new()?,
            initialized: false,
            watcher: None,
            deferred: Vec::new(),
            waiting: Vec::new(),
            edited: None,
            compare: None,
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

    /// A panic here may leave a corpus half changed: all are opened anew.
    fn guarded(&mut self, work: impl FnOnce(&mut Self)) {
        if catch_unwind(AssertUnwindSafe(|| work(self))).is_err() {
            tracing::error!("the server has failed inside and opens all corpora anew");
            self.reopen_all();
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
            Event::Opened(root, opened) => self.opened(&root, opened.map(|opened| *opened)),
            Event::Read(id, read) => {
                if let Some(corpus) = self.corpora.by_id(id) {
                    corpus.read(read, &self.documents);
                }
            }
            Event::Scanned(id, scanned) => {
                if let Some(corpus) = self.corpora.by_id(id) {
                    corpus.scanned(scanned);
                    self.reconcile();
                }
            }
            Event::Compiled(id, spellings) => {
                if let Some(corpus) = self.corpora.by_id(id) {
                    corpus.compiled(spellings);
                }
            }
            Event::Checked(id, checked) => {
                if let Some(corpus) = self.corpora.by_id(id) {
                    corpus.checked(checked, &self.outbox, &self.handle);
                }
            }
            Event::Sent(id) => {
                if let Some(corpus) = self.corpora.by_id(id) {
                    corpus.checking = None;
                }
            }
            Event::CancelProgress(token) => {
                let of_token = |progress: &super::outbox::Progress| *progress.token() == token;
                for corpus in self.corpora.each().filter(|corpus| corpus.progress.as_ref().is_some_and(of_token)) {
                    corpus.cancel();
                }
            }
            Event::Reindex => self.reopen_all(),
        }
    }

    /// Whether what concerns a document has to wait until its corpus is open, so that all of it keeps its order.
    fn is_deferred(&self, path: &Utf8Path) -> bool {
        let is_open = self.documents.get(path).is_some();
        (is_open && self.corpora.is_opening(path)) || self.deferred.iter().any(|event| event.document() == Some(path))
    }

    /// Handles what had to wait for a corpus to be open.
    pub(super) fn resume(&mut self) {
        for event in std::mem::take(&mut self.deferred) {
            self.handle_safely(event);
        }
    }

    /// The client may be asked things from now on.
    fn initialized(&mut self) {
        self.initialized = true;
        self.outbox.register(super::capabilities::registrations(&self.editor.session.client));
        self.ask_for_settings();
        self.watch_folders();
    }

    fn ask_for_settings(&self) {
        if self.editor.session.client.configuration {
            let handle = self.handle.clone();
            self.outbox.settings(move |settings| handle.send(Event::Settings(settings)));
        }
    }

    /// Watches folders for a client that does not, or where it does not.
    pub(super) fn watch_folders(&mut self) {
        if !self.initialized {
            return;
        }
        let places = self.corpora.places_to_watch(self.editor.session.client.watch_files);
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

    fn open(&mut self, path: &Utf8Path, document: Document) {
        // A client that opens twice means the newer text.
        self.close(path);
        self.documents.open(path.to_owned(), document);
        self.opened_document(path);
    }

    fn change(&mut self, path: &Utf8Path, version: i32, changes: Vec<lsp::TextDocumentContentChangeEvent>) {
        self.documents.set_version(path, version);
        let encoding = self.editor.session.encoding;
        let Some(document) = self.documents.get_mut(path) else { return };
        match document.home {
            Home::Text(id) => self.change_text(id, path, changes),
            Home::Source(id) => {
                for change in changes {
                    document.edit(change, encoding);
                }
                self.edited_source(id, path);
            }
            Home::Nowhere => {
                for change in changes {
                    document.edit(change, encoding);
                }
                if std::mem::take(&mut document.failed) {
                    self.find_home(path);
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
            corpus.took = None;
        }
        let edits = changes.iter().cloned().map(change).collect();
        if catch_unwind(AssertUnwindSafe(|| corpus.world().change(&below, edits, encoding))).is_ok() {
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
        let sort = corpus.sort(&below);
        if let (Sort::Annotation | Sort::AnnotationConfiguration, Some(document)) = (sort, self.documents.get(path)) {
            corpus.interrupt();
            match sort {
                Sort::Annotation => corpus.open_annotations(&below, &document.text),
                _ => corpus.set_annotation_configuration(&below, Some(&document.text)),
            }
            return;
        }
        let mut at_once = sort == Sort::Config || corpus.at_once();
        corpus.edited.insert(below);
        for (corpus, name) in self.corpora.sharing(path) {
            at_once &= corpus.at_once();
            corpus.edited.insert(name);
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
            for below in std::mem::take(&mut corpus.edited) {
                let Some(document) = self.documents.get(&shared_registries::place(&corpus.root, &below)) else {
                    continue;
                };
                if below != config::FILE_NAME {
                    corpus.set_source(&below, Some(&document.text));
                } else if corpus.set_config(&document.text, true) {
                    reopen.push(corpus.root.to_path_buf());
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

    /// Answers a request, or lets it wait.
    fn ask(&mut self, ask: Ask) {
        let patience = match ask.need {
            Need::Nothing | Need::Index => PATIENCE,
            Need::All => LONG_PATIENCE,
        };
        let version = self.version(&ask.about);
        self.answer_or_wait(Waiting { until: Instant::now() + patience, version, ask });
    }

    fn version(&self, about: &About) -> Option<i32> {
        match about {
            About::Document(path) | About::Shared(path) => Some(self.documents.get(path)?.version),
            About::Everything => None,
        }
    }

    fn answer_or_wait(&mut self, waiting: Waiting) {
        if !self.is_ready(&waiting.ask) && Instant::now() < waiting.until {
            self.waiting.push(waiting);
            return;
        }
        let Waiting { version, ask, .. } = waiting;
        let mut views = self.views(&ask.about);
        views.stale = self.version(&ask.about) != version;
        self.pool.run(move || (ask.answer)(views));
    }

    /// Whether what a request needs is there. A corpus that is being opened for the first time has no answers at all.
    fn is_ready(&mut self, ask: &Ask) -> bool {
        match &ask.about {
            About::Document(path) => self.has_read(path, ask.need),
            About::Shared(path) => self.has_read(path, ask.need) && self.have_read_what_shares(path, ask.need),
            About::Everything => {
                let complete = ask.need == Need::Nothing;
                !self.corpora.any_opening() && (complete || self.corpora.each().all(|corpus| corpus.is_complete()))
            }
        }
    }

    fn has_read(&mut self, path: &Utf8Path, need: Need) -> bool {
        match self.documents.get(path).map(|document| document.home) {
            Some(Home::Text(id) | Home::Source(id)) => need == Need::Nothing || self.is_complete(id),
            Some(Home::Nowhere) => true,
            // A file that is not open is known when it has been read.
            None => {
                let is_settled = !self.corpora.is_searching(path) && !self.corpora.is_opening(path);
                is_settled
                    && self.corpora.governing(path).is_none_or(|corpus| corpus.is_complete())
                    && self.home(path).is_none_or(|home| self.is_complete(home))
            }
        }
    }

    fn have_read_what_shares(&mut self, path: &Utf8Path, need: Need) -> bool {
        // A corpus that nobody knows yet may share what is known; where none does, only what changes files waits for it.
        let may_share = match need {
            Need::Nothing => return true,
            Need::Index => self.corpora.any_reaching_out(),
            Need::All => true,
        };
        if may_share && self.corpora.any_opening() {
            return false;
        }
        let Some(home) = self.home(path) else { return true };
        let related = self.corpora.related(home);
        related.into_iter().all(|id| self.is_complete(id))
    }

    fn is_complete(&mut self, id: CorpusId) -> bool {
        self.corpora.by_id(id).is_none_or(|corpus| corpus.is_complete())
    }

    /// The corpus that answers what is asked about a document: it has it as a file.
    fn home(&mut self, path: &Utf8Path) -> Option<CorpusId> {
        let home = match self.documents.get(path).map(|document| document.home) {
            Some(Home::Text(id) | Home::Source(id)) => self.corpora.by_id(id),
            Some(Home::Nowhere) => None,
            None => self.corpora.governing(path),
        };
        let knows = |corpus: &&mut super::corpus::OpenCorpus| corpus.known(path).is_some();
        let home = home.filter(knows).map(|corpus| corpus.id);
        home.or_else(|| self.corpora.sharing(path).map(|(corpus, _)| corpus).find(knows).map(|corpus| corpus.id))
    }

    fn views(&mut self, about: &About) -> Views {
        let path = match about {
            About::Everything => {
                let all = self.corpora.each().map(|corpus| corpus.view(&self.editor, &self.documents)).collect();
                return Views { all, ..Views::default() };
            }
            About::Document(path) | About::Shared(path) => path,
        };
        let Some(home) = self.home(path) else { return Views::default() };
        let sharing = match about {
            About::Shared(_) => self.corpora.related(home),
            _ => Vec::new(),
        };
        let mut view = |id| Some(self.corpora.by_id(id)?.view(&self.editor, &self.documents));
        let sharing = sharing.into_iter().filter_map(&mut view).collect();
        let document = view(home).zip(self.corpora.by_id(home).and_then(|corpus| corpus.known(path)));
        Views { document, sharing, ..Views::default() }
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
            self.corpora.each().for_each(super::corpus::OpenCorpus::compare);
        }
        let push = !self.editor.session.client.pull_diagnostics && self.initialized;
        let mut news = false;
        self.corpora.appoint(&self.outbox);
        for corpus in self.corpora.each() {
            news |= corpus.take_news();
            if corpus.take_typed() {
                self.compare = Some(now + PAUSE);
            }
            corpus.dispatch(&self.cache, &self.handle);
            show_progress(corpus, &self.editor.session, &self.outbox, self.initialized);
            if push {
                corpus.check(&self.editor, &self.documents, &self.pool, &self.outbox, &self.handle);
            } else if self.editor.session.client.pull_diagnostics {
                corpus.dirty.clear();
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
        let client = &self.editor.session.client;
        for (wanted, what) in [
            (client.pull_diagnostics, Refresh::Diagnostics),
            (client.refresh_lenses, Refresh::Lenses),
            (client.refresh_hints, Refresh::Hints),
            (client.refresh_tokens, Refresh::Tokens),
        ] {
            if wanted {
                self.outbox.refresh(what);
            }
        }
    }
}

fn show_progress(corpus: &mut super::corpus::OpenCorpus, session: &Session, outbox: &Outbox, initialized: bool) {
    match corpus.reading() {
        Some(files) if corpus.progress.is_none() && initialized && session.client.progress && files >= MANY => {
            corpus.progress = Some(outbox.progress("scholiast: reading the corpus", true));
        }
        Some(_) => {}
        None => corpus.progress = None,
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
