//! One corpus of the workspace: its world and what is still to be done for it.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, SystemTime};

use camino::{Utf8Path, Utf8PathBuf};
use rustc_hash::FxHashSet;

use super::beside::Annotated;
use super::checking::SharedPushed;
use super::documents::{Documents, Home};
use super::event::Event;
use super::loading::{self, Found, Opened, Read, Scanned};
use super::outbox::Progress;
use super::owner::Handle;
use super::reports::Reports;
use super::requests::tokens::SentTokens;
use super::session::Editor;
use super::view::View;
use crate::config::{self, Config};
use crate::corpus::recompile::CompiledSpellings;
use crate::corpus::{Snapshot, World};
use crate::disk::annotation_files;
use crate::disk::cache::{Cache, CachePlace};
use crate::disk::shared_registries;
use crate::text::FileId;
use crate::toml_tree::SyntaxError;

/// Registries of at most so many bytes are taken in with each keystroke in them; larger ones when the typing pauses.
const AT_ONCE: usize = 16 << 20;

/// Where fewer files are to be read, what was recognised before is not worth reading.
const MANY: usize = 32;

/// The number of one state of a corpus: opened anew it has another, so that nothing found out about the old one is
/// taken for the new one.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash)]
pub struct CorpusId(pub u32);

/// One corpus.
pub struct OpenCorpus {
    /// Its number.
    pub id: CorpusId,
    /// The folder of its configuration.
    pub root: Arc<Utf8Path>,
    /// Folders in it that are corpora of their own.
    pub nested: Vec<Utf8PathBuf>,
    /// Findings that still hold.
    pub reports: Arc<Reports>,
    /// Registry files outside it whose findings another corpus reports.
    pub left: Arc<FxHashSet<FileId>>,
    /// Semantic tokens that the client has.
    pub tokens: Arc<SentTokens>,
    /// Files whose findings are to be pushed.
    pub dirty: BTreeSet<FileId>,
    /// What was pushed.
    pub pushed: SharedPushed,
    /// Whether findings are being computed, and how to stop that.
    pub checking: Option<Arc<AtomicBool>>,
    /// The open document that was looked at last, and how long that took; nothing where much of it may be new.
    pub took: Option<(FileId, Duration)>,
    /// Why the configuration that stands in its file is not in force.
    pub config_error: Option<Arc<SyntaxError>>,
    /// Whether a new state of it is being opened, and if so what has happened on disk since.
    pub reopening: Option<Vec<Utf8PathBuf>>,
    /// Sources that were edited and not taken in yet, below the root.
    pub edited: BTreeSet<Utf8PathBuf>,
    /// Whether it must be opened anew once more.
    pub stale: bool,
    /// How far indexing is, where a person is shown it.
    pub progress: Option<Progress>,
    pub(super) world: World,
    /// Annotation files.
    pub(super) annotated: Annotated,
    /// Whether the client may have to ask anew for findings, lenses and hints.
    pub(super) news: bool,
    snapshot: Option<Arc<Snapshot>>,
    base: u64,
    /// The configuration in force.
    config_text: Arc<str>,
    /// Whether registry and configuration are what they were when it was opened: entities are numbered as in any other
    /// run then, so that facts can be exchanged with it.
    is_as_opened: bool,
    /// Whether no configuration has ever been in force: then nothing belongs to the corpus.
    dormant: bool,
    /// Text files on disk, below the root.
    texts: BTreeSet<Utf8PathBuf>,
    /// Text files that must be read.
    wanted: BTreeSet<Utf8PathBuf>,
    /// Registry files that must be read.
    wanted_sources: BTreeSet<Utf8PathBuf>,
    /// Closed files whose facts are not known since the registry has changed.
    unread: FxHashSet<FileId>,
    reading: Option<Job>,
    scan: Scan,
    compiling: bool,
    /// For which state of the registry a completion has been prepared.
    prepared: u64,
    /// Spellings that were compiled on the side and not taken in yet.
    compiled: Option<Box<CompiledSpellings>>,
    /// When it was opened.
    opened: SystemTime,
    /// Whether any file may have changed unseen.
    is_suspect: bool,
}

struct Job {
    cancelled: Arc<AtomicBool>,
    total: usize,
    done: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Scan {
    Idle,
    Wanted,
    Running,
    /// Something has happened while it ran.
    RunningAndWanted,
}

/// What belongs where in a corpus.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Sort {
    /// A text.
    Text,
    /// Annotations beside a text.
    Annotation,
    /// With which types a folder is annotated.
    AnnotationConfiguration,
    /// A registry file.
    Registry,
    /// The configuration.
    Config,
    /// Nothing of it.
    Other,
}

impl OpenCorpus {
    /// A corpus that was opened.
    pub fn new(id: CorpusId, root: &Utf8Path, opened: Opened, complete: bool) -> Self {
        let Opened { world, config_text, config_error, texts, annotations, nested, since } = opened;
        let wanted = if complete { BTreeSet::new() } else { texts.iter().cloned().collect() };
        let mut corpus = Self {
            id,
            root: root.into(),
            nested,
            reports: Arc::default(),
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
            annotated: Annotated::new(world.current().config.clone()),
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
            scan: Scan::Idle,
            compiling: false,
            prepared: 0,
            compiled: None,
            opened: since,
            is_suspect: false,
        };
        corpus.set_annotations(annotations);
        corpus.settle();
        corpus
    }

    /// What a file below the root is.
    pub fn sort(&self, below: &Utf8Path) -> Sort {
        let config = &self.world.current().config;
        if below == config::FILE_NAME {
            Sort::Config
        } else if self.dormant {
            Sort::Other
        } else if config.is_registry(below.as_str()) {
            Sort::Registry
        } else if below.file_name() == Some(annotation_files::CONFIGURATION) {
            Sort::AnnotationConfiguration
        } else if annotation_files::is_annotation(below) {
            if config.excludes(below.as_str()) { Sort::Other } else { Sort::Annotation }
        } else if config.is_text(below.as_str()) {
            Sort::Text
        } else {
            Sort::Other
        }
    }

    /// The part of an absolute path below the root.
    pub fn below<'p>(&self, path: &'p Utf8Path) -> Option<&'p Utf8Path> {
        path.strip_prefix(&*self.root).ok()
    }

    /// Its world, to be changed.
    pub fn world(&mut self) -> &mut World {
        // With no other owner left the world changes in place.
        self.snapshot = None;
        &mut self.world
    }

    /// The corpus as it is now, to look at.
    pub const fn current(&self) -> &Snapshot {
        self.world.current()
    }

    /// How a file is called here: its path below the root, or from it where it is a registry file outside.
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
            None => self.current().path(file),
        }
    }

    /// What a request sees of it.
    pub fn view(&mut self, editor: &Editor, documents: &Documents) -> View {
        self.settle();
        let world = &self.world;
        View {
            session: editor.session.clone(),
            settings: editor.settings.clone(),
            tokens: self.tokens.clone(),
            root: self.root.clone(),
            snapshot: self.snapshot.get_or_insert_with(|| Arc::new(world.snapshot())).clone(),
            besides: self.annotated.files.clone(),
            open: documents.names(),
            reports: self.reports.clone(),
            left: self.left.clone(),
            config_error: self.config_error.clone(),
        }
    }

    /// Whether the client may have to ask anew since this was asked last.
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

    /// Whether all files have been read, and what was typed in the registry is taken in.
    pub fn is_complete(&self) -> bool {
        self.edited.is_empty()
            && self.wanted.is_empty()
            && self.wanted_sources.is_empty()
            && self.reading.is_none()
            && self.scan == Scan::Idle
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

    /// Whether a registry of this size is taken in with each keystroke.
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

    /// Whether the walk has found a text file or annotations, or a folder with some.
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
            Scan::Idle | Scan::Wanted => Scan::Wanted,
            Scan::Running | Scan::RunningAndWanted => Scan::RunningAndWanted,
        };
    }

    /// Takes in what was read.
    pub fn read(&mut self, read: Read, documents: &Documents) {
        // The share of the backlog is given back at the end.
        let Read { texts, sources, ctx, last, share: _share } = read;
        let stale = !Arc::ptr_eq(&ctx, self.current().ctx());
        self.step(texts.len());
        for (below, found) in texts {
            match found {
                Found::File(loaded) if !stale => {
                    self.world().load(&below, loaded);
                    self.note_text(&below);
                }
                Found::Shadowed(disk) if self.world().note_disk(&below, disk) => self.note_text(&below),
                // Read for what no longer holds.
                Found::File(_) | Found::Shadowed(_) => {
                    self.wanted.insert(below);
                    continue;
                }
                Found::Nothing => {
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
            let home = documents.get(&shared_registries::place(&self.root, below)).map(|document| document.home);
            matches!(home, Some(Home::Source(id)) if id == self.id || shared_registries::is_outside(below))
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
    pub fn scanned(&mut self, scanned: Option<Scanned>) {
        self.scan = if self.scan == Scan::RunningAndWanted { Scan::Wanted } else { Scan::Idle };
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
        self.set_annotations(scanned.annotations);
        let known: BTreeSet<Utf8PathBuf> =
            self.current().registry_files.values().map(|source| source.path.to_path_buf()).collect();
        let found: BTreeSet<Utf8PathBuf> = scanned.registries.into_iter().collect();
        self.wanted_sources.extend(found.symmetric_difference(&known).cloned());
    }

    /// Takes in spellings that were compiled on the side, and has that done where too many have changed.
    fn compile(&mut self, handle: &Handle) {
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
        let (id, handle) = (self.id, handle.clone());
        rayon::spawn(move || handle.send(Event::Compiled(id, Box::new(CompiledSpellings::new(registry).compiled()))));
    }

    /// Takes note that spellings were compiled.
    pub fn compiled(&mut self, spellings: Box<CompiledSpellings>) {
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
    pub fn dispatch(&mut self, cache: &Cache, handle: &Handle) {
        self.compile(handle);
        // What is being read may be what is too much for whoever watches: then all is looked at once, behind it.
        let waits = self.is_suspect && self.reading.is_some();
        if self.scan == Scan::Wanted && !waits {
            self.scan = Scan::Running;
            let since = std::mem::take(&mut self.is_suspect).then_some(self.opened);
            loading::scan(self.id, self.root.clone(), self.current().config.clone(), since, handle);
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
        self.reading = Some(Job { cancelled: cancelled.clone(), total: texts.len(), done: 0 });
        let reading = loading::Reading {
            corpus: self.id,
            root: self.root.clone(),
            texts,
            open,
            sources: std::mem::take(&mut self.wanted_sources).into_iter().collect(),
            ctx: self.current().ctx().clone(),
            place,
            all,
            cancelled,
        };
        loading::read(reading, handle);
    }

    /// How many files are being read.
    pub fn reading(&self) -> Option<usize> {
        self.reading.as_ref().map(|job| job.total)
    }

    /// Stops reading: what has not been read stays unread until somebody asks for it anew.
    pub fn cancel(&mut self) {
        if let Some(job) = &self.reading {
            job.cancelled.store(true, Ordering::Relaxed);
        }
        self.wanted.clear();
    }
}

/// Whether two configurations differ in nothing that decides which files there are and what is seen in them.
fn same_but_rules(one: &str, other: &str) -> bool {
    let rest = |text: &str| {
        let mut table = text.parse::<toml::Table>().ok()?;
        table.retain(|key, _| !matches!(key, "rules" | "per-file" | "suppress" | "editor"));
        Some(table)
    };
    rest(one).is_some_and(|one| rest(other) == Some(one))
}
