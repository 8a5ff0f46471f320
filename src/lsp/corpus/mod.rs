//! One corpus of the workspace: its world, and the work that is still to be done for it. Runs on the owner thread.
//!
//! The fields of [`OpenCorpus`] belong to this module and its children. Work that takes long is started on other
//! threads ([`loading`], [`pushed`]) and comes back as [`CorpusNews`].

mod annotation_tracker;
mod annotation_write;
mod annotations;
mod checking;
mod curation_files;
mod followed_text;
mod following;
pub mod loading;
mod news;
mod pushed;
mod shared;

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, SystemTime};

use camino::{Utf8Path, Utf8PathBuf};
use rustc_hash::FxHashSet;
use tower_lsp::ls_types as lsp;

pub use annotation_write::{AnnotationWrite, WriteOutcome};
pub use loading::{OpenedCorpus, OpeningJob};
pub use news::{CorpusNews, Reporter};

use annotation_tracker::AnnotationTracker;
use loading::{FileOnDisk, FilesRead, ScannedFiles};
use pushed::SharedPushed;

use crate::config::{self, Config};
use crate::corpus::recompile::CompiledSpellings;
use crate::corpus::{Snapshot, World};
use crate::curation::CurationFile;
use crate::disk::annotation_files;
use crate::disk::cache::{Cache, CachePlace};
use crate::disk::compared_set::ComparedPlaces;
use crate::disk::shared_registries;
use crate::lsp::documents::{Documents, Membership};
use crate::lsp::ids::CorpusId;
use crate::lsp::session::{ClientSession, Editor};
use crate::lsp::transport::{Client, WorkProgress};
use crate::lsp::view::{CorpusView, CurationFileViews, KeptFindings, SentTokens};
use crate::text::FileId;
use crate::toml_tree::SyntaxError;

/// Registries of at most so many bytes are taken in with each keystroke in them; larger ones when the typing pauses.
const AT_ONCE: usize = 16 << 20;

/// Fewer files cost less to read than to open what the cache has of them.
const MANY: usize = 32;
/// Reading so many files is shown to a person.
const SHOWN: usize = 50;

/// One corpus.
pub struct OpenCorpus {
    /// The number.
    id: CorpusId,
    /// The folder of its configuration.
    root: Arc<Utf8Path>,
    /// Folders in it that are corpora of their own.
    nested: Vec<Utf8PathBuf>,
    /// Findings that still hold.
    findings: Arc<KeptFindings>,
    /// Registry files outside it whose findings another corpus reports.
    left: Arc<FxHashSet<FileId>>,
    /// Semantic tokens that the client has.
    tokens: Arc<SentTokens>,
    /// Files whose findings are to be pushed.
    dirty: BTreeSet<FileId>,
    /// The findings that were pushed.
    pushed: SharedPushed,
    /// Set while findings are being computed; true stops that.
    checking: Option<Arc<AtomicBool>>,
    /// The open document that was looked at last, and how long that took; nothing where much of it may be new.
    took: Option<(FileId, Duration)>,
    /// The error that keeps the configuration in its file out of force.
    config_error: Option<Arc<SyntaxError>>,
    /// Set while a new state of it is being opened: what has happened on disk since.
    reopening: Option<Vec<Utf8PathBuf>>,
    /// Sources that were edited and not taken in yet, below the root.
    edited: BTreeSet<Utf8PathBuf>,
    /// True where it must be opened anew once more.
    stale: bool,
    /// The progress of reading, where a person is shown it.
    progress: Option<WorkProgress>,
    world: World,
    /// Annotation files.
    annotated: AnnotationTracker,
    /// The places in which the other side of a comparison changes.
    compared: ComparedPlaces,
    /// The files in which people keep what they have decided.
    curation: CurationFileViews,
    /// The number of changes of these.
    curation_stamps: u64,
    /// True where the client may have to ask anew for findings, lenses and hints.
    news: bool,
    snapshot: Option<Arc<Snapshot>>,
    base: u64,
    /// The configuration in force.
    config_text: Arc<str>,
    /// True where registry and configuration are what they were when it was opened: entities are numbered as in any
    /// other run then, so that facts can be exchanged with it.
    is_as_opened: bool,
    /// True where no configuration has ever been in force: then nothing belongs to the corpus.
    dormant: bool,
    /// Text files on disk, below the root.
    texts: BTreeSet<Utf8PathBuf>,
    /// Text files that must be read.
    wanted: BTreeSet<Utf8PathBuf>,
    /// Registry files that must be read.
    wanted_sources: BTreeSet<Utf8PathBuf>,
    /// Closed files whose facts are not known since the registry has changed.
    unread: FxHashSet<FileId>,
    reading: Option<RunningJob>,
    scan: ScanState,
    compiling: bool,
    /// For which state of the registry a completion has been prepared.
    prepared: u64,
    /// Spellings that were compiled on the side and not taken in yet.
    compiled: Option<Box<CompiledSpellings>>,
    /// When it was opened.
    opened: SystemTime,
    /// True where any file may have changed unseen.
    is_suspect: bool,
}

struct RunningJob {
    cancelled: Arc<AtomicBool>,
    total: usize,
    done: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum ScanState {
    Idle,
    Wanted,
    Running,
    /// Something has happened while it ran.
    RunningAndWanted,
}

/// The role of a file in a corpus.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum FileRole {
    /// A text.
    Text,
    /// Annotations beside a text.
    Annotation,
    /// With which types a folder is annotated.
    AnnotationConfiguration,
    /// A registry file.
    Registry,
    /// Decisions of people.
    Curation(CurationFile),
    /// The configuration.
    Config,
    /// Nothing of it.
    Other,
}

impl OpenCorpus {
    /// A corpus that was opened. With `complete` its texts were read too.
    pub fn new(id: CorpusId, root: &Utf8Path, opened: OpenedCorpus, complete: bool) -> Self {
        let OpenedCorpus { world, config_text, config_error, texts, annotations, nested, compared, since } = opened;
        let wanted = if complete { BTreeSet::new() } else { texts.iter().cloned().collect() };
        let mut corpus = Self {
            id,
            root: root.into(),
            nested,
            findings: Arc::default(),
            left: Arc::default(),
            tokens: Arc::default(),
            dirty: BTreeSet::new(),
            pushed: SharedPushed::default(),
            checking: None,
            took: None,
            dormant: config_error.is_some(),
            config_error: config_error.map(Arc::new),
            reopening: None,
            edited: BTreeSet::new(),
            stale: false,
            progress: None,
            annotated: AnnotationTracker::new(world.current().config.clone()),
            compared,
            curation: CurationFileViews::default(),
            curation_stamps: 0,
            world,
            news: false,
            snapshot: None,
            base: 0,
            config_text,
            is_as_opened: true,
            texts: texts.into_iter().collect(),
            wanted,
            wanted_sources: BTreeSet::new(),
            unread: FxHashSet::default(),
            reading: None,
            scan: ScanState::Idle,
            compiling: false,
            prepared: 0,
            compiled: None,
            opened: since,
            is_suspect: false,
        };
        corpus.set_annotations(annotations);
        corpus.look_for_curation_files();
        corpus.settle();
        corpus
    }

    /// Returns its number.
    pub const fn id(&self) -> CorpusId {
        self.id
    }

    /// The folder of its configuration.
    pub fn root(&self) -> &Utf8Path {
        &self.root
    }

    /// The folders in it that are corpora of their own.
    pub fn nested(&self) -> &[Utf8PathBuf] {
        &self.nested
    }

    /// Notes that a folder in it is no corpus of its own any more.
    pub fn forget_nested(&mut self, root: &Utf8Path) {
        self.nested.retain(|other| other != root);
    }

    /// The error that keeps the configuration in its file out of force.
    pub fn config_error(&self) -> Option<&SyntaxError> {
        self.config_error.as_deref()
    }

    /// Notes that it is to be opened anew. Returns whether that begins now; else it is done once more afterwards.
    pub fn begin_reopening(&mut self) -> bool {
        let begins = self.reopening.is_none();
        if begins {
            self.reopening = Some(Vec::new());
        } else {
            self.stale = true;
        }
        begins
    }

    /// Notes what has happened on disk, for the state that is being opened.
    pub fn note_missed(&mut self, path: &Utf8Path) {
        if let Some(missed) = &mut self.reopening {
            missed.push(path.to_owned());
        }
    }

    /// Returns whether any configuration of it has ever been in force.
    pub const fn has_been_in_force(&self) -> bool {
        !self.dormant
    }

    /// Stays as it is while its configuration is no TOML, and reports that.
    pub fn keep(&mut self, opened: &OpenedCorpus) {
        let is_open = opened.world.current().config_source.as_ref().is_some_and(|(_, source)| source.open);
        self.set_config(&opened.config_text, is_open);
    }

    /// Ends reopening, as another state takes its place or since none does: whether that must be opened once more, and
    /// what has happened on disk meanwhile.
    pub fn end_reopening(&mut self) -> (bool, Vec<Utf8PathBuf>) {
        (std::mem::take(&mut self.stale), self.reopening.take().unwrap_or_default())
    }

    /// Notes that a registry file or the configuration was edited, to be taken in later.
    pub fn note_edited(&mut self, below: Utf8PathBuf) {
        self.edited.insert(below);
    }

    /// The files of the registry and the configuration that were edited and not taken in yet.
    pub fn take_edited(&mut self) -> BTreeSet<Utf8PathBuf> {
        std::mem::take(&mut self.edited)
    }

    /// Forgets how fast a document was checked: much of it may be new.
    pub const fn forget_pace(&mut self) {
        self.took = None;
    }

    /// Forgets what is kept of a document while it is open.
    pub fn closed(&self, file: FileId) {
        self.tokens.forget(file);
        self.findings.closed(file);
    }

    /// Nothing is pushed to a client that pulls.
    pub fn push_nothing(&mut self) {
        self.dirty.clear();
    }

    /// Shows a person how far reading is, where it takes long.
    pub fn show_progress(&mut self, session: &ClientSession, client: &Client) {
        match self.reading.as_ref().map(|job| job.total) {
            Some(files) if self.progress.is_none() && session.features.progress && files >= SHOWN => {
                self.progress = Some(client.progress("scholiast: reading the corpus", true));
            }
            Some(_) => {}
            None => self.progress = None,
        }
    }

    /// Returns whether its progress is shown under this token.
    pub fn shows(&self, token: &lsp::ProgressToken) -> bool {
        self.progress.as_ref().is_some_and(|progress| progress.token() == token)
    }

    /// Takes in what background work has done. Returns whether the folders in it may have changed.
    pub fn take(&mut self, news: CorpusNews, documents: &Documents, client: &Client, reporter: &Reporter) -> bool {
        match news {
            CorpusNews::Read(read) => self.read(read, documents),
            CorpusNews::Scanned(scanned) => {
                self.scanned(scanned);
                return true;
            }
            CorpusNews::Compiled(spellings) => self.compiled(spellings),
            CorpusNews::Checked(checked) => self.checked(checked, client, reporter),
            CorpusNews::Sent => self.checking = None,
            CorpusNews::AnnotationsWritten(_) => {}
        }
        false
    }

    /// Returns the role of a file below the root.
    pub fn role(&self, below: &Utf8Path) -> FileRole {
        let config = &self.world.current().config;
        if below == config::FILE_NAME {
            FileRole::Config
        } else if self.dormant {
            FileRole::Other
        } else if let Some(which) = CurationFile::at(below.as_str()) {
            FileRole::Curation(which)
        } else if config.is_registry(below.as_str()) {
            FileRole::Registry
        } else if below.file_name() == Some(annotation_files::CONFIGURATION) {
            FileRole::AnnotationConfiguration
        } else if annotation_files::is_annotation(below) {
            if config.excludes(below.as_str()) { FileRole::Other } else { FileRole::Annotation }
        } else if config.is_text(below.as_str()) {
            FileRole::Text
        } else {
            FileRole::Other
        }
    }

    /// The part of an absolute path below the root.
    pub fn below<'p>(&self, path: &'p Utf8Path) -> Option<&'p Utf8Path> {
        path.strip_prefix(&*self.root).ok()
    }

    /// Returns its world, to be changed.
    pub fn world(&mut self) -> &mut World {
        // With no other owner left the world changes in place.
        self.snapshot = None;
        &mut self.world
    }

    /// The corpus as it is now, to look at.
    pub const fn current(&self) -> &Snapshot {
        self.world.current()
    }

    /// Returns the name of a file here: its path below the root, or from it where it is a registry file outside.
    pub fn name(&self, path: &Utf8Path) -> Option<Utf8PathBuf> {
        match self.below(path) {
            Some(below) => Some(below.to_owned()),
            None => shared_registries::name(&self.root, path, &self.current().config),
        }
    }

    /// The number of a file that has one.
    pub fn known(&self, path: &Utf8Path) -> Option<FileId> {
        match self.below(path) {
            Some(below) => self.world.known(below),
            None => self.world.known(&shared_registries::name(&self.root, path, &self.current().config)?),
        }
    }

    /// The path of a file below the root; `None` where it is gone.
    pub fn path(&self, file: FileId) -> Option<&Utf8Path> {
        match self.annotated.files.get(file) {
            Some(beside) => Some(&beside.path),
            None => {
                let curation = self.curation.get(file).map(|known| Utf8Path::new(known.which.file_name()));
                curation.or_else(|| self.current().path(file))
            }
        }
    }

    /// Returns the view of it that a request sees.
    pub fn view(&mut self, editor: &Editor, documents: &Documents) -> CorpusView {
        self.settle();
        let knows_documents = self.wanted.is_empty() && self.reading.is_none();
        let world = &self.world;
        CorpusView {
            session: editor.session.clone(),
            settings: editor.settings.clone(),
            tokens: self.tokens.clone(),
            root: self.root.clone(),
            snapshot: self.snapshot.get_or_insert_with(|| Arc::new(world.snapshot())).clone(),
            annotations: self.annotated.files.clone(),
            curation: CurationFileViews { knows_documents, ..self.curation.clone() },
            open: documents.names(),
            findings: self.findings.clone(),
            left: self.left.clone(),
            config_error: self.config_error.clone(),
        }
    }

    /// Returns whether the client may have to ask anew since this was asked last.
    pub fn take_news(&mut self) -> bool {
        self.settle();
        std::mem::take(&mut self.news)
    }

    /// Brings stamps up to date and notes whose findings are to be pushed.
    fn settle(&mut self) {
        let touched = self.world.settle(self.reading.is_some());
        let current = self.world.current();
        let rebased = current.base_stamp() != self.base;
        if touched.is_empty() && !rebased {
            return;
        }
        self.snapshot = None;
        self.texts_changed(&touched);
        let current = self.world.current();
        let is_open = |file: &FileId| current.file(*file).is_some_and(|file| file.document().is_some());
        // What an edit changes in its own document the client asks for by itself.
        self.news |= rebased || touched.iter().any(|file| !is_open(file));
        let unread = &self.unread;
        self.dirty.extend(touched.into_iter().filter(|file| !unread.contains(file)));
        if rebased {
            self.took = None;
            self.base = current.base_stamp();
            self.dirty.extend(current.files().map(|file| file.id).filter(|file| !unread.contains(file)));
            self.dirty.extend(current.registry_files.keys());
            self.dirty.extend(current.config_source.iter().map(|(id, _)| *id));
        }
    }

    /// Returns whether all files have been read, and what was typed in the registry is taken in.
    pub fn is_complete(&self) -> bool {
        self.edited.is_empty()
            && self.wanted.is_empty()
            && self.wanted_sources.is_empty()
            && self.reading.is_none()
            && self.scan == ScanState::Idle
    }

    /// Takes in a registry text of the editor's, or that the disk's is to be read (`None`).
    pub fn set_source(&mut self, below: &Utf8Path, text: Option<&str>) {
        match text {
            Some(text) => self.set_registry(vec![(below.to_owned(), Some(text.into()), true)]),
            None => {
                self.wanted_sources.insert(below.to_owned());
            }
        }
    }

    /// Returns whether a registry of this size is taken in with each keystroke.
    pub fn at_once(&self) -> bool {
        let sizes = self.current().registry_files.values().map(|source| source.text.len());
        sizes.sum::<usize>() <= AT_ONCE
    }

    fn set_registry(&mut self, texts: Vec<(Utf8PathBuf, Option<Arc<str>>, bool)>) {
        self.is_as_opened = false;
        let closed = self.world().set_registry(texts);
        self.unread.extend(closed.iter().copied());
        for file in closed {
            self.dirty.remove(&file);
            if let Some(path) = self.current().path(file).map(Utf8Path::to_owned) {
                self.wanted.insert(path);
            }
        }
    }

    /// Takes in the text of the configuration. Returns whether the corpus must be opened anew.
    pub fn set_config(&mut self, text: &str, open: bool) -> bool {
        let parsed = Config::parse(text);
        self.world().set_config_source(config::FILE_NAME.into(), text, open);
        match parsed {
            Err(error) => {
                self.config_error = Some(Arc::new(error));
                false
            }
            Ok((config, _)) => {
                self.config_error = None;
                let same = !self.dormant && same_but_rules(&self.config_text, text);
                if same {
                    self.config_text = text.into();
                    self.world().set_config(Arc::new(config));
                }
                !same
            }
        }
    }

    /// Notes that a file must be read.
    pub fn want(&mut self, below: &Utf8Path) {
        self.wanted.insert(below.to_owned());
    }

    /// Notes that anything may have happened on disk. Reading all texts again might be too much for whoever watches
    /// once more, and so on: those are read again that have changed since the corpus was opened.
    pub fn want_everything(&mut self) {
        self.is_suspect = true;
        let sources = self.world.current().registry_files.values();
        self.wanted_sources.extend(sources.filter(|source| !source.open).map(|source| source.path.to_path_buf()));
        self.annotations_changed(Utf8Path::new(""));
        self.want_scan();
    }

    /// Notes since when its folders are watched: nobody tells what happened after it was looked at and before.
    pub fn watched_since(&mut self, time: SystemTime) {
        if self.opened <= time {
            self.want_everything();
        }
    }

    /// Returns whether the walk has found a text file or annotations, or a folder with some.
    pub fn has_on_disk(&self, below: &Utf8Path) -> bool {
        let holds = |files: &BTreeSet<Utf8PathBuf>| {
            files.range(below.to_owned()..).next().is_some_and(|file| file.starts_with(below))
        };
        holds(&self.texts) || holds(&self.annotated.on_disk)
    }

    /// The texts on disk with this path but for its ending.
    pub fn texts_of_stem<'c>(&'c self, stem: &'c Utf8Path) -> impl Iterator<Item = &'c Utf8PathBuf> {
        let first = Utf8PathBuf::from(format!("{stem}."));
        let name = first.file_name().unwrap_or_default().to_owned();
        let same_folder = move |text: &&Utf8PathBuf| {
            text.parent() == stem.parent() && text.file_name().is_some_and(|text| text.starts_with(&name))
        };
        self.texts.range(first..).take_while(same_folder).filter(move |text| text.with_extension("") == stem)
    }

    /// Notes that it must be walked again.
    pub fn want_scan(&mut self) {
        self.scan = match self.scan {
            ScanState::Idle | ScanState::Wanted => ScanState::Wanted,
            ScanState::Running | ScanState::RunningAndWanted => ScanState::RunningAndWanted,
        };
    }

    /// Takes in what was read.
    fn read(&mut self, read: FilesRead, documents: &Documents) {
        // The share of the backlog is given back at the end.
        let FilesRead { texts, sources, ctx, last, share: _share } = read;
        let stale = !Arc::ptr_eq(&ctx, self.current().ctx());
        self.step(texts.len());
        for (below, found) in texts {
            match found {
                FileOnDisk::File(loaded) if !stale => {
                    self.world().load(&below, *loaded);
                    self.note_text(&below);
                }
                FileOnDisk::Shadowed(disk) if self.world().note_disk(&below, disk) => self.note_text(&below),
                // Read for what no longer holds.
                FileOnDisk::File(_) | FileOnDisk::Shadowed(_) => {
                    self.wanted.insert(below);
                    continue;
                }
                FileOnDisk::Nothing => {
                    self.world().remove(&below);
                    self.texts.remove(&below);
                }
            }
            if let Some(id) = self.world.known(&below) {
                self.unread.remove(&id);
            }
        }
        // What was opened meanwhile is the editor's, and what has not changed is known.
        let is_known = |below: &Utf8Path, text: Option<&Arc<str>>| {
            let source = self.world.known(below).and_then(|id| self.current().source(id));
            source.is_some_and(|source| !source.open && text == Some(&source.text))
        };
        let is_open = |below: &Utf8Path| {
            let home = documents.get(&shared_registries::place(&self.root, below)).map(|document| document.membership);
            matches!(home, Some(Membership::Source(id)) if id == self.id || shared_registries::is_outside(below))
        };
        let of_disk: Vec<_> = sources
            .into_iter()
            .filter(|(below, text)| !is_open(below) && !is_known(below, text.as_ref()))
            .map(|(below, text)| (below, text, false))
            .collect();
        if !of_disk.is_empty() {
            self.set_registry(of_disk);
        }
        if last {
            self.reading = None;
            self.documents_changed();
        }
    }

    fn note_text(&mut self, below: &Utf8Path) {
        if !self.texts.contains(below) {
            self.texts.insert(below.to_owned());
        }
    }

    fn step(&mut self, files: usize) {
        let Some(job) = &mut self.reading else { return };
        job.done += files;
        if let Some(progress) = &mut self.progress {
            progress.report(job.done, job.total);
        }
    }

    /// Takes in what a walk has found.
    fn scanned(&mut self, scanned: Option<ScannedFiles>) {
        self.scan = if self.scan == ScanState::RunningAndWanted { ScanState::Wanted } else { ScanState::Idle };
        let Some(scanned) = scanned else { return };
        self.nested = scanned.nested;
        let texts: BTreeSet<Utf8PathBuf> = scanned.texts.into_iter().collect();
        let new = texts.difference(&self.texts).cloned();
        self.wanted.extend(new.chain(scanned.changed));
        let gone: Vec<Utf8PathBuf> = self.texts.difference(&texts).cloned().collect();
        for below in &gone {
            self.wanted.remove(below);
            self.world().remove(below);
        }
        self.texts = texts;
        if !gone.is_empty() {
            self.documents_changed();
        }
        self.look_for_curation_files();
        self.set_annotations(scanned.annotations);
        let known: BTreeSet<Utf8PathBuf> =
            self.current().registry_files.values().map(|source| source.path.to_path_buf()).collect();
        let found: BTreeSet<Utf8PathBuf> = scanned.registries.into_iter().collect();
        self.wanted_sources.extend(found.symmetric_difference(&known).cloned());
    }

    /// Takes in spellings that were compiled on the side, and has that done where too many have changed.
    fn compile(&mut self, reporter: &Reporter) {
        // What is being read is read for the spellings as they are.
        if self.reading.is_none()
            && let Some(spellings) = self.compiled.take()
        {
            self.world().set_spellings(*spellings);
        }
        let Some(registry) = self.world.outdated().filter(|_| !self.compiling && self.compiled.is_none()) else {
            return;
        };
        self.compiling = true;
        let (id, reporter) = (self.id, reporter.clone());
        rayon::spawn(move || {
            reporter.tell(id, CorpusNews::Compiled(Box::new(CompiledSpellings::new(registry).compiled())));
        });
    }

    /// Takes note that spellings were compiled.
    fn compiled(&mut self, spellings: Box<CompiledSpellings>) {
        self.compiling = false;
        self.compiled = Some(spellings);
    }

    /// Prepares what the first completion or search would have to wait for.
    fn prepare(&mut self) {
        let stamp = self.current().base_stamp();
        if self.reading.is_none() && self.prepared != stamp {
            self.prepared = stamp;
            let registry = self.current().registry.clone();
            rayon::spawn(move || {
                registry.beginnings();
            });
        }
    }

    /// Begins what is to be done on other threads.
    pub fn dispatch(&mut self, cache: &Cache, reporter: &Reporter) {
        self.compile(reporter);
        // What is being read may be what is too much for whoever watches: then all is looked at once, behind it.
        let waits = self.is_suspect && self.reading.is_some();
        if self.scan == ScanState::Wanted && !waits {
            self.scan = ScanState::Running;
            let since = std::mem::take(&mut self.is_suspect).then_some(self.opened);
            let (id, reporter) = (self.id, reporter.clone());
            let report = move |scanned| reporter.tell(id, CorpusNews::Scanned(scanned));
            loading::scan(self.root.clone(), self.current().config.clone(), since, report);
        }
        if self.reading.is_some() || (self.wanted.is_empty() && self.wanted_sources.is_empty()) {
            self.prepare();
            return;
        }
        let mut texts: Vec<Utf8PathBuf> = std::mem::take(&mut self.wanted).into_iter().collect();
        let all = texts.len() >= self.texts.len();
        // Open files first: their facts are known, but not what only the disk tells.
        let is_open = |below: &Utf8PathBuf| self.current().file(self.world.known(below)?)?.document().map(|_| ());
        let open: FxHashSet<Utf8PathBuf> = texts.iter().filter(|below| is_open(below).is_some()).cloned().collect();
        texts.sort_by_key(|below| !open.contains(below));
        let place = match self.is_as_opened && self.config_error.is_none() && texts.len() >= MANY {
            true => cache.place(&self.root, self.current()),
            false => CachePlace::default(),
        };
        let cancelled = Arc::new(AtomicBool::new(false));
        self.reading = Some(RunningJob { cancelled: cancelled.clone(), total: texts.len(), done: 0 });
        let reading = loading::ReadingJob {
            root: self.root.clone(),
            texts,
            open,
            sources: std::mem::take(&mut self.wanted_sources).into_iter().collect(),
            ctx: self.current().ctx().clone(),
            place,
            all,
            cancelled,
        };
        let (id, reporter) = (self.id, reporter.clone());
        loading::read(reading, move |read| reporter.tell(id, CorpusNews::Read(read)));
    }

    /// Stops reading: what has not been read stays unread until somebody asks for it anew.
    pub fn cancel(&mut self) {
        if let Some(job) = &self.reading {
            job.cancelled.store(true, Ordering::Relaxed);
        }
        self.wanted.clear();
    }
}

/// Returns whether two configurations differ in nothing that decides which files there are and what is seen in them.
fn same_but_rules(one: &str, other: &str) -> bool {
    let rest = |text: &str| {
        let mut table = text.parse::<toml::Table>().ok()?;
        table.retain(|key, _| !matches!(key, "rules" | "per-file" | "suppress" | "editor"));
        Some(table)
    };
    rest(one).is_some_and(|one| rest(other) == Some(one))
}
