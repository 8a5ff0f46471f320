//! What is read from disk in the background.
//!
//! Each function here is a job: it runs on the threads of the machine, knows nothing of the owner's state but what it
//! is given, and sends what it has found.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use camino::{Utf8Path, Utf8PathBuf};
use jiff::civil::Date;
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::corpus::CorpusId;
use super::event::Event;
use super::owner::Handle;
use crate::config::{self, Config};
use crate::corpus::{Disk, Loaded, World};
use crate::disk::{find, load, walk};
use crate::recognise::facts::Ctx;
use crate::toml_tree::SyntaxError;

/// Files that are taken in at once: a request waits for no more.
const BATCH: usize = 32;

/// A corpus that was opened.
pub struct Opened {
    /// Its registry and configuration, and its texts where they were asked for.
    pub world: World,
    /// The text of the configuration that is in force.
    pub config_text: Arc<str>,
    /// Why the configuration is not in force: then the corpus is empty.
    pub config_error: Option<SyntaxError>,
    /// Its text files on disk, below the root.
    pub texts: Vec<Utf8PathBuf>,
    /// The annotation files on disk, below the root.
    pub annotations: Vec<Utf8PathBuf>,
    /// Folders in it that are corpora of their own.
    pub nested: Vec<Utf8PathBuf>,
}

/// Files that were read.
pub struct Read {
    /// Text files below the root.
    pub texts: Vec<(Utf8PathBuf, Found)>,
    /// Registry files below the root.
    pub sources: Vec<(Utf8PathBuf, Option<Arc<str>>)>,
    /// What they were analysed with: worthless if that has changed meanwhile.
    pub ctx: Arc<Ctx>,
    /// Whether the job is done.
    pub last: bool,
}

/// What is on disk.
pub enum Found {
    /// A file with all that is in it.
    File(Loaded),
    /// A file whose text is the editor's.
    Shadowed(Disk),
    /// Nothing that could be read.
    Nothing,
}

/// What a walk has found.
pub struct Scanned {
    /// Text files, below the root.
    pub texts: Vec<Utf8PathBuf>,
    /// Annotation files, below the root.
    pub annotations: Vec<Utf8PathBuf>,
    /// Registry files, below the root.
    pub registries: Vec<Utf8PathBuf>,
    /// Folders with a configuration of their own.
    pub nested: Vec<Utf8PathBuf>,
}

/// Finds the corpora of a workspace folder: the one it lies in, else those in it.
pub fn discover(folder: Utf8PathBuf, handle: &Handle) {
    let handle = handle.clone();
    rayon::spawn(move || {
        let roots = guarded(|| match find::root_of(&folder, true) {
            Some(root) => vec![root],
            None => walk::walk(&folder, &Config::default()).nested,
        });
        handle.send(Event::Discovered(folder, roots.unwrap_or_default()));
    });
}

/// How a corpus is opened.
pub struct Opening {
    /// The folder of its configuration.
    pub root: Utf8PathBuf,
    /// What is open in the editor and belongs to no text file yet, by absolute path: it stands for what is on disk.
    pub unsaved: FxHashMap<Utf8PathBuf, Arc<str>>,
    /// The day on which the corpus is looked at.
    pub today: Date,
    /// Whether its texts are read too, because an older state serves until then.
    pub complete: bool,
}

/// Opens a corpus.
pub fn open(opening: Opening, handle: &Handle) {
    let handle = handle.clone();
    rayon::spawn(move || {
        let root = opening.root.clone();
        let opened = guarded(|| opening.run()).flatten();
        handle.send(Event::Opened(root, opened.map(Box::new)));
    });
}

impl Opening {
    fn run(self) -> Option<Opened> {
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
                return Some(Opened {
                    world,
                    config_text: text,
                    config_error: Some(error),
                    texts: Vec::new(),
                    annotations: Vec::new(),
                    nested: Vec::new(),
                });
            }
        };
        let walk::Walk { texts, registries, nested, problems, annotations } = walk::walk(&self.root, &config);
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
            let read: Vec<Option<Loaded>> = texts.par_iter().map(|text| read_text(&self.root, text, &ctx)).collect();
            for (text, loaded) in texts.iter().zip(read) {
                if let Some(loaded) = loaded {
                    world.load(text, loaded);
                }
            }
        }
        Some(Opened { world, config_text: text, config_error: None, texts, annotations, nested })
    }

    /// The text of a file below the root, and whether it is the editor's.
    fn text(&self, below: &Utf8Path) -> Option<(Arc<str>, bool)> {
        let path = self.root.join(below);
        match self.unsaved.get(&path) {
            Some(text) => Some((text.clone(), true)),
            None => Some((read_source(&path)?, false)),
        }
    }
}

/// Reads files of a corpus.
pub struct Reading {
    /// The corpus.
    pub corpus: CorpusId,
    /// Its folder.
    pub root: Arc<Utf8Path>,
    /// Text files below it, in the order in which they are wanted.
    pub texts: Vec<Utf8PathBuf>,
    /// Those among them that are open in the editor.
    pub open: FxHashSet<Utf8PathBuf>,
    /// Registry files below it.
    pub sources: Vec<Utf8PathBuf>,
    /// What texts are analysed with.
    pub ctx: Arc<Ctx>,
    /// Set by the owner when nobody wants them any more.
    pub cancelled: Arc<AtomicBool>,
}

/// Reads files of a corpus and sends them in batches.
pub fn read(reading: Reading, handle: &Handle) {
    let handle = handle.clone();
    rayon::spawn(move || {
        let Reading { corpus, root, texts, open, sources, ctx, cancelled } = reading;
        let send = |texts, sources, last| {
            handle.send(Event::Read(corpus, Read { texts, sources, ctx: ctx.clone(), last }));
        };
        let sources: Vec<_> = sources.into_iter().map(|path| (path.clone(), read_source(&root.join(path)))).collect();
        if !sources.is_empty() {
            send(Vec::new(), sources, false);
        }
        for batch in texts.chunks(BATCH) {
            if cancelled.load(Ordering::Relaxed) {
                break;
            }
            let read = batch.par_iter().map(|path| {
                let found = match open.contains(path) {
                    true => {
                        load::read(&root.join(path)).map_or(Found::Nothing, |bytes| Found::Shadowed(Disk::of(&bytes)))
                    }
                    false => read_text(&root, path, &ctx).map_or(Found::Nothing, Found::File),
                };
                (path.clone(), found)
            });
            send(read.collect(), Vec::new(), false);
        }
        send(Vec::new(), Vec::new(), true);
    });
}

/// Walks a corpus again.
pub fn scan(corpus: CorpusId, root: Arc<Utf8Path>, config: Arc<Config>, handle: &Handle) {
    let handle = handle.clone();
    rayon::spawn(move || {
        let found = guarded(|| walk::walk(&root, &config));
        let scanned = found.map(|walk::Walk { texts, annotations, registries, nested, problems: _ }| Scanned {
            texts,
            annotations,
            registries,
            nested,
        });
        handle.send(Event::Scanned(corpus, scanned));
    });
}

fn read_text(root: &Utf8Path, below: &Utf8Path, ctx: &Ctx) -> Option<Loaded> {
    match load::read(&root.join(below)) {
        Ok(bytes) => guarded(|| Loaded::new(ctx, &bytes)),
        Err(message) => {
            tracing::debug!("{root}/{below}: {message}");
            None
        }
    }
}

fn read_source(path: &Utf8Path) -> Option<Arc<str>> {
    let bytes = load::read(path).ok()?;
    Some(Arc::from(String::from_utf8_lossy(&bytes)))
}

/// Does some work; `None` where it fails inside. The owner waits for an answer, whatever happens here.
fn guarded<T>(work: impl FnOnce() -> T) -> Option<T> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|_| tracing::error!("reading has failed inside")).ok()
}
