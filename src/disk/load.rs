//! Reads corpora for one run of a command.
//!
//! A PATH selects what is reported; what is read is the whole corpus of the `scholiast.toml` that governs it, so that
//! what is found in a file never depends on which others were named. Files are read and analysed on all threads.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use camino::{Utf8Path, Utf8PathBuf};
use jiff::civil::Date;
use rayon::prelude::*;

use super::annotation_files;
use super::cache::{self, Cache, UsedText};
use super::corpus_request::{CorpusRequest, CorpusRequests};
use super::error::FileError;
use super::files::Files;
use super::find::{ConfigChoice, NamedPath, text_of};
use super::loaded::{LoadedCorpora, LoadedCorpus, StandardInput};
use super::nothing::why_nothing;
use super::path::{real, relative_to, shown_elsewhere};
use super::walk::WalkedFiles;
use super::{read, shared_registries};
use crate::config::{self, Config};
use crate::corpus::{FileBody, LoadedFile, World};
use crate::curation::CurationFile;
use crate::text::{LineIndex, conflict};

/// Bytes of text whose facts are kept as values; those of more are packed, whether there is a cache or not.
const MOST_SPREAD: usize = 8 << 20;

/// Files that are read before they are taken into the corpus: what is counted in them is let go then.
const LOT: usize = 1024;

/// One reading of corpora: the input of [`load`].
pub struct LoadRequest<'a> {
    /// The PATHs.
    pub paths: &'a [std::path::PathBuf],
    /// The working directory, absolute.
    pub here: &'a Utf8Path,
    /// The tree of files.
    pub files: Arc<dyn Files>,
    /// The configuration that is used.
    pub config: ConfigChoice,
    /// The cache.
    pub cache: &'a Cache,
    /// Standard input, where one of the PATHs is `-`.
    pub stdin: Option<StandardInput>,
    /// The day on which the corpus is looked at.
    pub today: Date,
    /// True if a PATH that yields no file is a problem.
    pub needs_files: bool,
    /// Applied to every configuration that is read.
    pub configure: &'a (dyn Fn(&mut Config) + Sync),
    /// Told of each file with its size in bytes when it has been read.
    pub progress: &'a (dyn Fn(u64) + Sync),
    /// Told how many files there are to read.
    pub expect: &'a (dyn Fn(u64) + Sync),
}

/// Reads what is asked for. Never fails as a whole: what cannot be read is a problem.
pub fn load(request: &LoadRequest<'_>) -> LoadedCorpora {
    let stdin = request.stdin.as_ref().map(|stdin| stdin.bytes.clone());
    let mut loading = Loading { request, loaded: LoadedCorpora { stdin, ..LoadedCorpora::default() } };
    let mut corpora = loading.requests();
    let mut seen: BTreeSet<Utf8PathBuf> = corpora.0.iter().filter_map(|corpus| corpus.root.clone()).collect();
    let mut next = 0;
    // Corpora within a corpus are known when it has been walked.
    while next < corpora.0.len() {
        for root in loading.load(&corpora.0[next]) {
            if seen.insert(root.clone()) {
                let named = corpora.0[next].named.iter().filter(|named| root.starts_with(&named.path)).cloned();
                let named = named.collect();
                corpora.0.push(CorpusRequest { root: Some(root), named, stdin: None });
            }
        }
        next += 1;
    }
    loading.loaded.report_once();
    loading.say_what_yields_nothing(&corpora);
    loading.loaded
}

/// A run's reading: what was asked for, and what has been read so far.
struct Loading<'r> {
    request: &'r LoadRequest<'r>,
    loaded: LoadedCorpora,
}

impl Loading<'_> {
    /// The corpora that the PATHs and standard input lie in.
    fn requests(&mut self) -> CorpusRequests {
        let (request, files) = (self.request, &*self.request.files);
        let mut corpora = CorpusRequests::default();
        for path in request.paths.iter().filter(|path| path.as_os_str() != "-") {
            match NamedPath::new(path, request.here, files) {
                Ok(named) => {
                    let folder = if named.folder { Some(named.path.as_path()) } else { named.path.parent() };
                    self.loaded.folders.extend(folder.map(Utf8Path::to_owned));
                    let root = request.config.root(files, &named.path, named.folder, request.here);
                    corpora.at(root).named.push(named);
                }
                Err(problem) => self.loaded.problems.push(problem),
            }
        }
        if let Some(stdin) = &request.stdin {
            // Without a name the configuration of the working directory holds.
            let root = match &stdin.file_name {
                Some(name) => request.config.root(files, &request.here.join(name), false, request.here),
                None => request.config.root(files, request.here, true, request.here),
            };
            corpora.at(root).stdin = Some(stdin.clone());
        }
        if request.config == ConfigChoice::Nearest {
            self.loaded.notes.extend(corpora.assign_shared_registries(request.here, files));
        }
        corpora
    }

    /// Reports each PATH that yields no file, with the reason.
    fn say_what_yields_nothing(&mut self, corpora: &CorpusRequests) {
        let mut selected: BTreeSet<&str> = BTreeSet::new();
        for corpus in &self.loaded.corpora {
            selected.extend(corpus.selected.values().map(String::as_str));
        }
        // A corpus that could not be read has been named already.
        if !self.request.needs_files || !self.loaded.problems.is_empty() {
            return;
        }
        let mut named: Vec<(&NamedPath, Option<&Utf8Path>)> = Vec::new();
        for corpus in &corpora.0 {
            for path in &corpus.named {
                if !named.iter().any(|(known, _)| *known == path) {
                    named.push((path, corpus.root.as_deref()));
                }
            }
        }
        let mut found = Vec::new();
        for (path, root) in named {
            let yields = |shown: &&str| match path.folder {
                true => path.covers(shown),
                false => **shown == path.shown,
            };
            // Two PATHs may lead to one file, which is shown by the first.
            if !selected.iter().any(yields) && !self.is_selected(&path.path) {
                found.push((path.shown.clone(), why_nothing(path, root, &*self.request.files)));
            }
        }
        for (path, why) in found {
            match why.is_problem {
                true => self.fail(path, why.words),
                false => self.loaded.notes.push(format!("{path}: {}", why.words)),
            }
        }
    }

    /// Tells whether a file at or below a path is selected, under whatever name.
    fn is_selected(&self, path: &Utf8Path) -> bool {
        let at = |corpus: &LoadedCorpus, file| Some(real(&corpus.root.join(corpus.path_of(file)?)));
        let mut files =
            self.loaded.corpora.iter().flat_map(|corpus| corpus.selected.keys().map(move |id| (corpus, *id)));
        files.any(|(corpus, file)| at(corpus, file).is_some_and(|file| file.starts_with(path)))
    }

    /// Reads one corpus. Returns the roots of the corpora within it.
    fn load(&mut self, corpus: &CorpusRequest) -> Vec<Utf8PathBuf> {
        match &corpus.root {
            Some(root) => self.load_governed(corpus, root),
            None => self.load_free(corpus),
        }
    }

    /// Notes that a file could not be used.
    fn fail(&mut self, path: String, message: String) {
        self.loaded.problems.push(FileError { path, message });
    }

    /// The configuration of a corpus and its text; `None` where it cannot be used, which is noted.
    fn configuration(&mut self, corpus: &CorpusRequest, root: &Utf8Path) -> Option<(Arc<Config>, String)> {
        let (file, read) = match &self.request.config {
            // It is no file of the corpus: what git has of the corpus does not change it.
            ConfigChoice::File(file) => (file.clone(), read::read(file)),
            _ => {
                let file = root.join(config::FILE_NAME);
                let read = self.request.files.read(&file);
                (file, read)
            }
        };
        let shown = corpus.shown(&file, self.request.here);
        let text = match read.and_then(|bytes| String::from_utf8(bytes).map_err(|_| "it is not UTF-8".to_owned())) {
            Ok(text) => text,
            Err(message) => {
                self.fail(shown, message);
                return None;
            }
        };
        match Config::parse(&text) {
            Ok((mut config, _)) => {
                (self.request.configure)(&mut config);
                Some((Arc::new(config), text))
            }
            Err(error) => {
                let lines = LineIndex::new(&text);
                let place = |byte| {
                    let at = lines.position(&text, byte);
                    format!("{shown}:{}:{}", at.line + 1, at.column_char + 1)
                };
                // What a merge has left behind explains what else is wrong.
                match conflict::regions(&text).first() {
                    Some((region, marker)) => {
                        let last = lines.position(&text, region.end).line + 1;
                        let message = format!("a conflict of a merge goes from here to line {last}: resolve it");
                        self.fail(place(marker.start), message);
                    }
                    None => self.fail(place(error.span.start), error.message),
                }
                None
            }
        }
    }

    /// A corpus with a configuration: all its files are read.
    fn load_governed(&mut self, corpus: &CorpusRequest, root: &Utf8Path) -> Vec<Utf8PathBuf> {
        let (request, here) = (self.request, self.request.here);
        let Some((config, config_text)) = self.configuration(corpus, root) else { return Vec::new() };
        let walked = request.files.walk(root, &config);
        let WalkedFiles { mut texts, mut annotations, registries, nested, problems } = walked;
        self.loaded.problems.extend(problems);
        self.add_named_files(corpus, root, &config, &mut texts, &mut annotations);

        let config_name = match &request.config {
            ConfigChoice::File(file) => relative_to(root, file).unwrap_or_else(|| file.clone()),
            _ => config::FILE_NAME.into(),
        };
        let mut world = World::new(config, request.today);
        world.set_config_source(&config_name, &config_text, false);
        let mut loaded = LoadedCorpus::new(world, root, here, request.files.clone());
        let mut sources = Vec::new();
        for below in registries {
            let file = shared_registries::place(root, &below);
            match request.files.read(&file) {
                Ok(bytes) => sources.push((below, Some(Arc::from(String::from_utf8_lossy(&bytes))), false)),
                Err(message) => self.fail(corpus.shown(&file, here), message),
            }
        }
        let sources_of_entries: Vec<Utf8PathBuf> = sources.iter().map(|(below, ..)| below.clone()).collect();
        loaded.world.set_registry(sources);
        let config_file = [config_name.as_path()];
        for below in sources_of_entries.iter().map(Utf8PathBuf::as_path).chain(config_file) {
            if let Some(shown) = corpus.selected(&shared_registries::place(root, below)) {
                let id = loaded.world.id(below);
                loaded.selected.insert(id, shown);
            }
        }

        let stdin = corpus.stdin_path(here).and_then(|path| path.strip_prefix(root).ok().map(Utf8Path::to_owned));
        texts.retain(|text| Some(text) != stdin.as_ref());
        let texts = texts.into_iter().map(|below| (root.join(&below), below)).collect();
        self.add_texts(corpus, &mut loaded, texts);
        if let (Some(below), Some(stdin)) = (&stdin, &corpus.stdin)
            && !annotation_files::is_annotation(below)
        {
            loaded.add_stdin(below, stdin);
        } else if let (None, Some(stdin)) = (&stdin, &corpus.stdin) {
            loaded.add_stdin(Utf8Path::new(&stdin.shown()), stdin);
        }
        let annotations = annotations.into_iter().map(|below| (root.join(&below), below)).collect();
        self.add_annotations(corpus, &mut loaded, annotations);
        loaded.note_curation_files(&|path| corpus.selected(path));
        if let (Some(below), Some(stdin)) = (stdin, &corpus.stdin) {
            loaded.hold_annotation(&below, stdin);
        }
        self.loaded.corpora.push(loaded);
        nested
    }

    /// Adds the files that were named outright to those of a walk: `include` need not want them, `exclude` holds.
    fn add_named_files(
        &mut self,
        corpus: &CorpusRequest,
        root: &Utf8Path,
        config: &Config,
        texts: &mut Vec<Utf8PathBuf>,
        annotations: &mut Vec<Utf8PathBuf>,
    ) {
        let mut known: BTreeSet<Utf8PathBuf> = texts.iter().chain(&*annotations).cloned().collect();
        for named in corpus.named.iter().filter(|named| !named.folder) {
            let Ok(below) = named.path.strip_prefix(root) else { continue };
            let is_annotation = annotation_files::is_annotation(below);
            if config.excludes(below.as_str()) {
                continue;
            }
            let is_own = below == config::FILE_NAME || CurationFile::at(below.as_str()).is_some();
            if !is_own && !config.is_registry(below.as_str()) && known.insert(below.into()) {
                if is_annotation { &mut *annotations } else { &mut *texts }.push(below.to_owned());
            }
            let text = text_of(&named.path, &*self.request.files).filter(|_| is_annotation);
            if let Some(text) = text.and_then(|text| text.strip_prefix(root).ok().map(Utf8Path::to_owned))
                && known.insert(text.clone())
            {
                texts.push(text);
            }
        }
    }

    /// PATHs without a configuration: they are the corpus, and the built-in grammars apply.
    fn load_free(&mut self, corpus: &CorpusRequest) -> Vec<Utf8PathBuf> {
        let (request, files) = (self.request, &*self.request.files);
        let mut config = Config::default();
        (request.configure)(&mut config);
        let config = Arc::new(config);
        // Where each file is, and its name in the corpus: the path as it is printed.
        let mut texts: BTreeMap<Utf8PathBuf, Utf8PathBuf> = BTreeMap::new();
        let mut annotations: BTreeMap<Utf8PathBuf, Utf8PathBuf> = BTreeMap::new();
        let mut nested = Vec::new();
        for named in &corpus.named {
            let shown = Utf8PathBuf::from(&named.shown);
            if named.folder {
                let mut folders = vec![named.path.clone()];
                while let Some(folder) = folders.pop() {
                    let walked = files.walk(&folder, &config);
                    self.loaded.problems.extend(walked.problems);
                    // Without configurations a folder that has one is a folder like others.
                    let isolated = request.config == ConfigChoice::Isolated;
                    if isolated { &mut folders } else { &mut nested }.extend(walked.nested);
                    for (found, all) in [(walked.texts, &mut texts), (walked.annotations, &mut annotations)] {
                        for below in found {
                            let path = folder.join(below);
                            let shown = named.shown(&path).unwrap_or_default();
                            all.entry(path).or_insert_with(|| shown.into());
                        }
                    }
                }
            } else if annotation_files::is_annotation(&named.path) {
                if let Some(text) = text_of(&named.path, files) {
                    texts.entry(text).or_insert_with(|| shown.with_extension("txt"));
                }
                annotations.entry(named.path.clone()).or_insert(shown);
            } else {
                let there = annotation_files::names(&named.path).filter(|path| files.is_file(path));
                annotations.extend(there.map(|path| {
                    let shown = shown.with_extension(path.extension().unwrap_or_default());
                    (path, shown)
                }));
                texts.entry(named.path.clone()).or_insert(shown);
            }
        }
        let world = World::new(config, request.today);
        let mut loaded = LoadedCorpus::new(world, request.here, request.here, request.files.clone());
        self.add_texts(corpus, &mut loaded, texts.into_iter().collect());
        if let Some(stdin) = &corpus.stdin {
            loaded.add_stdin(Utf8Path::new(&stdin.shown()), stdin);
        }
        self.add_annotations(corpus, &mut loaded, annotations.into_iter().collect());
        self.loaded.corpora.push(loaded);
        nested
    }

    /// Adds the annotation files that a text stands beside: (where, under which name in the corpus).
    fn add_annotations(
        &mut self,
        corpus: &CorpusRequest,
        loaded: &mut LoadedCorpus,
        files: Vec<(Utf8PathBuf, Utf8PathBuf)>,
    ) {
        let (request, snapshot) = (self.request, loaded.world.snapshot());
        let include: Vec<&str> =
            snapshot.config.corpus.include.iter().map(|glob| glob.source().value.as_str()).collect();
        let beside = snapshot.files().filter(|_| !files.is_empty());
        let texts = annotation_files::by_stem(beside.map(|file| &*file.path));
        for (path, name) in files {
            if let Some(text) = texts.get(&annotation_files::stem(&name)) {
                loaded.annotate(name, text, corpus.selected(&path));
            } else if !annotation_files::texts_of(&path, include.iter().copied())
                .any(|text| request.files.is_file(&text))
            {
                loaded.add_orphan(name, corpus.selected(&path));
            } else if let Some(named) = corpus.named.iter().find(|named| named.path == path) {
                self.fail(named.shown.clone(), "the text beside these annotations is not read".to_owned());
            }
        }
        loaded.annotations.sort_unstable_by(|a, b| a.path.as_str().cmp(b.path.as_str()));
        loaded.note_project_files(&|path| corpus.selected(path));
    }

    /// Reads and analyses text files: (where, under which name in the corpus).
    fn add_texts(&mut self, corpus: &CorpusRequest, loaded: &mut LoadedCorpus, files: Vec<(Utf8PathBuf, Utf8PathBuf)>) {
        let request = self.request;
        (request.expect)(files.len() as u64);
        let snapshot = loaded.world.snapshot();
        let ctx = snapshot.ctx();
        let cached = request.cache.place(&loaded.root, &snapshot).open();
        let read_before = AtomicUsize::new(0);
        let read = |path: &Utf8Path, below: &Utf8Path| {
            let bytes = request.files.read(path)?;
            let name = cache::name(&bytes);
            let (mut facts, new) = match ctx.for_path(below.as_str()) {
                Cow::Borrowed(ctx) => cached.facts(name, || LoadedFile::new(ctx, &bytes)),
                // The cache keeps what depends on the text alone.
                Cow::Owned(of_file) => (LoadedFile::new(&of_file, &bytes), None),
            };
            // Each will be looked at once, and few again and again: what is packed for the cache stays so until then.
            if let FileBody::Closed(closed) = &mut facts.body {
                // Facts that are spread out take several times the room of their text.
                if read_before.fetch_add(bytes.len(), Ordering::Relaxed) > MOST_SPREAD {
                    closed.pack();
                }
                closed.put_away();
                closed.stay_at_hand();
            }
            (request.progress)(bytes.len() as u64);
            Ok((facts, UsedText { name, size: bytes.len(), new }))
        };
        let mut used = Vec::with_capacity(files.len());
        let mut files = files.into_iter();
        while files.len() > 0 {
            let lot: Vec<(Utf8PathBuf, Utf8PathBuf)> = files.by_ref().take(LOT).collect();
            let all: Vec<_> = lot.par_iter().map(|(path, name)| (corpus.selected(path), read(path, name))).collect();
            for ((path, name), (shown, read)) in lot.iter().zip(all) {
                match read {
                    Ok((facts, entry)) => {
                        used.push(entry);
                        loaded.world.load(name, facts);
                        if let (Some(shown), Some(id)) = (shown, loaded.world.known(name)) {
                            loaded.selected.insert(id, shown);
                        }
                    }
                    Err(message) => self.fail(shown.unwrap_or_else(|| shown_elsewhere(path, request.here)), message),
                }
            }
        }
        cached.save(&used);
    }
}
