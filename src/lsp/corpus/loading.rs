//! Reading from disk, in the background.
//!
//! Each function here starts a job on rayon's threads, or on a thread of its own. A job knows of the owner's state only
//! what it is given, and reports what it has found to a closure.

use std::borrow::Cow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::SystemTime;

use camino::{Utf8Path, Utf8PathBuf};
use jiff::civil::Date;
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::config::{self, Config};
use crate::corpus::{DiskFacts, FileBody, LoadedFile, World};
use crate::disk::cache::{self, Cache, CachePlace, CorpusCache, UsedText};
use crate::disk::compared_set::ComparedPlaces;
use crate::disk::{find, pending_moves, read, shared_registries, walk};
use crate::lsp::backlog::{Backlog, BacklogShare};
use crate::recognise::analyse::Ctx;
use crate::toml_tree::SyntaxError;

/// Files that are taken in at once: a request waits for no more.
const BATCH: usize = 32;
/// Files that are read before the owner has taken in as many.
const AHEAD: usize = 256;

/// A corpus that was opened.
pub struct OpenedCorpus {
    /// The registry and configuration, and its texts where they were asked for.
    pub world: World,
    /// The text of the configuration that is in force.
    pub config_text: Arc<str>,
    /// The error that keeps the configuration out of force: then the corpus is empty.
    pub config_error: Option<SyntaxError>,
    /// The text files on disk, below the root.
    pub texts: Vec<Utf8PathBuf>,
    /// The annotation files on disk, below the root.
    pub annotations: Vec<Utf8PathBuf>,
    /// Folders in it that are corpora of their own.
    pub nested: Vec<Utf8PathBuf>,
    /// The places in which the other side of a comparison changes.
    pub compared: ComparedPlaces,
    /// When that was begun: what has not changed since is what will be read.
    pub since: SystemTime,
}

/// Files that were read.
pub struct FilesRead {
    /// Text files below the root.
    pub texts: Vec<(Utf8PathBuf, FileOnDisk)>,
    /// Registry files below the root.
    pub sources: Vec<(Utf8PathBuf, Option<Arc<str>>)>,
    /// The context they were analysed with: worthless if that has changed meanwhile.
    pub ctx: Arc<Ctx>,
    /// True where the job is done.
    pub last: bool,
    /// The share of what has been read and not been taken in.
    pub share: BacklogShare,
}

/// A text file on disk.
pub enum FileOnDisk {
    /// A file with all that is in it.
    File(Box<LoadedFile>),
    /// A file whose text is the editor's.
    Shadowed(DiskFacts),
    /// Nothing that could be read.
    Nothing,
}

/// The files that a walk has found.
pub struct ScannedFiles {
    /// Text files, below the root.
    pub texts: Vec<Utf8PathBuf>,
    /// Annotation files, below the root.
    pub annotations: Vec<Utf8PathBuf>,
    /// Registry files, below the root.
    pub registries: Vec<Utf8PathBuf>,
    /// Folders with a configuration of their own.
    pub nested: Vec<Utf8PathBuf>,
    /// Text files that may have changed since the time that was asked about.
    pub changed: Vec<Utf8PathBuf>,
}

/// Finds the corpora of a workspace folder: the one it lies in, else those in it.
pub fn discover(folder: Utf8PathBuf, report: impl FnOnce(Utf8PathBuf, Vec<Utf8PathBuf>) + Send + 'static) {
    rayon::spawn(move || {
        let roots = guarded(|| match find::root_of(&folder, true) {
            Some(root) => vec![root],
            None => walk::walk(&folder, &Config::default()).nested,
        });
        report(folder, roots.unwrap_or_default());
    });
}

/// The opening of a corpus.
pub struct OpeningJob {
    /// The folder of its configuration.
    pub root: Utf8PathBuf,
    /// Texts that are open in the editor and belong to no text file yet, by absolute path: they stand for what is on
    /// disk.
    pub unsaved: FxHashMap<Utf8PathBuf, Arc<str>>,
    /// The day on which the corpus is looked at.
    pub today: Date,
    /// True where its texts are read too, because an older state serves until then.
    pub complete: bool,
    /// The cache of what was recognised before.
    pub cache: Cache,
}

/// The end of the opening of a corpus.
pub enum Opening {
    /// It is there.
    Opened(Box<OpenedCorpus>),
    /// It has no configuration file any more.
    Gone,
    /// Opening it has failed inside.
    Failed,
}

/// Opens a corpus.
pub fn open(opening: OpeningJob, report: impl FnOnce(Utf8PathBuf, Opening) + Send + 'static) {
    rayon::spawn(move || {
        let root = opening.root.clone();
        report(
            root,
            match guarded(|| opening.run()) {
                Some(Some(opened)) => Opening::Opened(Box::new(opened)),
                Some(None) => Opening::Gone,
                None => Opening::Failed,
            },
        );
    });
}

impl OpeningJob {
    fn run(self) -> Option<OpenedCorpus> {
        let since = SystemTime::now();
        let (text, unsaved) = self.text(Utf8Path::new(config::FILE_NAME))?;
        if !find::is_root(&self.root) {
            return None;
        }
        let parsed = Config::parse(&text);
        let mut world = match &parsed {
            Ok((config, _)) => World::new(Arc::new(config.clone()), self.today),
            Err(_) => World::new(Arc::default(), self.today),
        };
        world.set_config_source(config::FILE_NAME.into(), &text, unsaved);
        let config = match parsed {
            Ok((config, _)) => config,
            Err(error) => {
                return Some(OpenedCorpus {
                    world,
                    config_text: text,
                    config_error: Some(error),
                    texts: Vec::new(),
                    annotations: Vec::new(),
                    nested: Vec::new(),
                    compared: ComparedPlaces::default(),
                    since,
                });
            }
        };
        if let Some(cache) = self.cache.folder() {
            pending_moves::finish(cache, &self.root);
        }
        let walk::WalkedFiles { texts, registries, nested, problems, annotations } = walk::walk(&self.root, &config);
        for problem in problems {
            tracing::warn!("{problem}");
        }
        let sources = registries.into_iter().filter_map(|path| {
            let (text, open) = self.text(&path)?;
            Some((path, Some(text), open))
        });
        world.set_registry(sources.collect::<Vec<_>>());
        if self.complete {
            let ctx = world.current().ctx().clone();
            let texts_of = TextReader::new(&self.root, &ctx, self.cache.place(&self.root, world.current()));
            let read: Vec<_> = texts.par_iter().map(|text| texts_of.read(text)).collect();
            let mut used = Vec::with_capacity(read.len());
            for (text, read) in texts.iter().zip(read) {
                if let Some((loaded, entry)) = read {
                    world.load(text, loaded);
                    used.push(entry);
                }
            }
            texts_of.save(&used);
        }
        let with = config.compare.as_ref();
        let compared = with.map(|with| ComparedPlaces::of(&self.root, &with.value)).unwrap_or_default();
        Some(OpenedCorpus { world, config_text: text, config_error: None, texts, annotations, nested, compared, since })
    }

    /// The text of a file below the root, and whether it is the editor's.
    fn text(&self, below: &Utf8Path) -> Option<(Arc<str>, bool)> {
        let path = shared_registries::place(&self.root, below);
        match self.unsaved.get(&path) {
            Some(text) => Some((text.clone(), true)),
            None => Some((read_source(&path)?, false)),
        }
    }
}

/// Reads files of a corpus.
pub struct ReadingJob {
    /// The folder of the corpus.
    pub root: Arc<Utf8Path>,
    /// Text files below it, in the order in which they are wanted.
    pub texts: Vec<Utf8PathBuf>,
    /// Those among them that are open in the editor.
    pub open: FxHashSet<Utf8PathBuf>,
    /// Registry files below it.
    pub sources: Vec<Utf8PathBuf>,
    /// The context that texts are analysed with.
    pub ctx: Arc<Ctx>,
    /// The place in the cache, where that can be used.
    pub place: CachePlace,
    /// True where these are all texts of the corpus, so that what was recognised is worth keeping.
    pub all: bool,
    /// Set by the owner when nobody wants them any more.
    pub cancelled: Arc<AtomicBool>,
}

/// Reads files of a corpus and sends them in batches.
pub fn read(reading: ReadingJob, report: impl Fn(FilesRead) + Send + Sync + 'static) {
    let root = reading.root.clone();
    // A thread of its own, since it waits for the owner, and the owner may wait for the threads that work.
    let work = move || reading.run(&report);
    if let Err(error) = std::thread::Builder::new().name("reading".to_owned()).spawn(work) {
        tracing::error!("the corpus {root} cannot be read: {error}");
    }
}

impl ReadingJob {
    fn run(self, report: &(impl Fn(FilesRead) + Sync)) {
        let backlog = Backlog::default();
        let send = |texts: Vec<(Utf8PathBuf, FileOnDisk)>, sources, last| {
            let share = backlog.share(texts.len());
            report(FilesRead { texts, sources, ctx: self.ctx.clone(), last, share });
        };
        let source = |below: &Utf8PathBuf| (below.clone(), read_source(&shared_registries::place(&self.root, below)));
        if !self.sources.is_empty() {
            send(Vec::new(), self.sources.iter().map(source).collect(), false);
        }
        let used = guarded(|| {
            let texts_of = TextReader::new(&self.root, &self.ctx, self.place.clone());
            let mut used = Vec::new();
            for stretch in self.texts.chunks(AHEAD) {
                backlog.wait_for(AHEAD);
                if self.cancelled.load(Ordering::Relaxed) {
                    return;
                }
                let batches = stretch.par_chunks(BATCH).flat_map_iter(|batch| {
                    let (found, used): (Vec<_>, Vec<_>) = batch.iter().map(|below| self.find(&texts_of, below)).unzip();
                    send(batch.iter().cloned().zip(found).collect(), Vec::new(), false);
                    used.into_iter().flatten()
                });
                used.par_extend(batches);
            }
            send(Vec::new(), Vec::new(), true);
            if self.all {
                texts_of.save(&used);
            }
        });
        if used.is_none() || self.cancelled.load(Ordering::Relaxed) {
            send(Vec::new(), Vec::new(), true);
        }
    }

    fn find(&self, texts: &TextReader<'_>, below: &Utf8PathBuf) -> (FileOnDisk, Option<UsedText>) {
        if self.open.contains(below) {
            let read = read::read(&self.root.join(below));
            return (read.map_or(FileOnDisk::Nothing, |bytes| FileOnDisk::Shadowed(DiskFacts::of(&bytes))), None);
        }
        match texts.read(below) {
            Some((loaded, used)) => (FileOnDisk::File(Box::new(loaded)), Some(used)),
            None => (FileOnDisk::Nothing, None),
        }
    }
}

/// Reads texts of a corpus, with what was recognised in them before.
struct TextReader<'a> {
    root: &'a Utf8Path,
    ctx: &'a Ctx,
    pack: CorpusCache,
}

impl<'a> TextReader<'a> {
    fn new(root: &'a Utf8Path, ctx: &'a Ctx, place: CachePlace) -> Self {
        Self { root, ctx, pack: place.open() }
    }

    /// The facts of a text, packed.
    fn read(&self, below: &Utf8Path) -> Option<(LoadedFile, UsedText)> {
        let bytes = match read::read(&self.root.join(below)) {
            Ok(bytes) => bytes,
            Err(message) => {
                tracing::debug!("{}/{below}: {message}", self.root);
                return None;
            }
        };
        guarded(|| {
            let name = cache::name(&bytes);
            let (mut loaded, new) = match self.ctx.for_path(below.as_str()) {
                Cow::Borrowed(ctx) => self.pack.facts(name, || LoadedFile::new(ctx, &bytes)),
                // The cache keeps what depends on the text alone.
                Cow::Owned(of_file) => (LoadedFile::new(&of_file, &bytes), None),
            };
            if let FileBody::Closed(closed) = &mut loaded.body {
                closed.pack();
            }
            (loaded, UsedText { name, size: bytes.len(), new })
        })
    }

    fn save(self, used: &[UsedText]) {
        self.pack.save(used);
    }
}

/// Walks a corpus again, and looks for files that have changed since a time, where asked to.
pub fn scan(
    root: Arc<Utf8Path>,
    config: Arc<Config>,
    since: Option<SystemTime>,
    report: impl FnOnce(Option<ScannedFiles>) + Send + 'static,
) {
    rayon::spawn(move || {
        let found = guarded(|| walk::walk(&root, &config));
        let scanned = found.map(|walk::WalkedFiles { texts, annotations, registries, nested, problems: _ }| {
            let has_changed =
                |below: &&Utf8PathBuf| since.is_some_and(|since| read::may_have_changed(&root.join(below), since));
            let changed = texts.par_iter().filter(has_changed).cloned().collect();
            ScannedFiles { texts, annotations, registries, nested, changed }
        });
        report(scanned);
    });
}

fn read_source(path: &Utf8Path) -> Option<Arc<str>> {
    let bytes = read::read(path).ok()?;
    Some(Arc::from(String::from_utf8_lossy(&bytes)))
}

/// Does some work; `None` where it fails inside. The owner waits for an answer, whatever happens here.
fn guarded<T>(work: impl FnOnce() -> T) -> Option<T> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|_| tracing::error!("reading has failed inside")).ok()
}
