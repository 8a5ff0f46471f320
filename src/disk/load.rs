//! Reads corpora for one run of a command.
//!
//! A PATH selects what is reported; what is read is the whole corpus of the `scholiast.toml` that governs it, so that
//! what is found in a file never depends on which others were named. Files are read and analysed on all threads.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::Metadata;
use std::io::Read as _;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use camino::{Utf8Path, Utf8PathBuf};
use jiff::civil::Date;
use rayon::prelude::*;

use super::beside::{self, Beside};
use super::cache::{self, Cache, Used};
use super::files::Files;
use super::find::{Given, root_among, shown_elsewhere};
use super::outside::Reach;
use super::walk::Walk;
use super::{FileError, io_message, outside, users};
use crate::config::{self, Config};
use crate::corpus::{Body, Loaded, World};
use crate::text::{FileId, LineIndex};

/// A corpus that was read.
#[derive(Debug)]
pub struct LoadedCorpus {
    /// Its files with their facts.
    pub world: World,
    /// The folder of its configuration, absolute; for a corpus without one the working directory.
    pub root: Utf8PathBuf,
    /// Where its files are looked for.
    pub files: Arc<dyn Files>,
    /// The files that are reported, texts and others, with how they are shown.
    pub selected: BTreeMap<FileId, String>,
    /// The annotation files beside its texts, by path.
    pub annotations: Vec<Beside>,
    /// Texts from elsewhere than their place on disk: from standard input, or fixed and not yet written.
    pub held: BTreeMap<FileId, Arc<str>>,
}

impl LoadedCorpus {
    fn new(world: World, root: &Utf8Path, files: Arc<dyn Files>) -> Self {
        let (selected, annotations, held) = (BTreeMap::new(), Vec::new(), BTreeMap::new());
        Self { world, root: root.to_owned(), files, selected, annotations, held }
    }

    /// Puts another text in the place of one of its files, which is looked at again; nothing is written. What the
    /// configuration says of which files there are is not taken in.
    pub fn put(&mut self, id: FileId, text: &Arc<str>, configure: &dyn Fn(&mut Config)) {
        self.held.insert(id, text.clone());
        let snapshot = self.world.snapshot();
        if let Some(source) = snapshot.registry_files.get(&id) {
            let read_again = self.world.set_registry([((*source.path).to_owned(), Some(text.clone()), false)]);
            for id in read_again {
                self.look_again(id);
            }
        } else if snapshot.config_source.as_ref().is_some_and(|(config, _)| *config == id) {
            if let Ok((mut config, _)) = Config::parse(text) {
                configure(&mut config);
                let read_again = self.world.set_config(Arc::new(config));
                self.world.set_config_source(config::FILE_NAME.into(), text, false);
                for id in read_again {
                    self.look_again(id);
                }
            }
        } else if let Some(file) = snapshot.file(id) {
            self.world.load(&file.path, Loaded::new(snapshot.ctx(), text.as_bytes()));
        }
    }

    /// Analyses a text anew, since what is recognised has changed. One that cannot be read any more stays without facts.
    fn look_again(&mut self, id: FileId) {
        let snapshot = self.world.snapshot();
        let Some(file) = snapshot.file(id) else { return };
        let bytes = match self.held.get(&id) {
            Some(text) => text.as_bytes().to_vec(),
            None => self.files.read(&self.root.join(&*file.path)).unwrap_or_default(),
        };
        self.world.load(&file.path, Loaded::new(snapshot.ctx(), &bytes));
    }

    fn annotate(&mut self, name: Utf8PathBuf, text: &Utf8Path, shown: Option<String>) {
        let (id, text) = (self.world.id(&name), self.world.id(text));
        self.selected.extend(shown.map(|shown| (id, shown)));
        self.annotations.push(Beside { id, path: name, text });
    }

    /// Puts standard input in the place of an annotation file.
    fn hold_annotation(&mut self, name: &Utf8Path, stdin: &Stdin) {
        if let Some(beside) = self.annotations.iter().find(|beside| beside.path == name)
            && let Ok(text) = std::str::from_utf8(&stdin.bytes)
        {
            self.held.insert(beside.id, text.into());
            self.selected.insert(beside.id, stdin.shown());
        }
    }
}

/// A document from standard input.
#[derive(Clone, Debug)]
pub struct Stdin {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// The file in whose place it stands.
    pub file_name: Option<Utf8PathBuf>,
}

impl Stdin {
    fn shown(&self) -> String {
        self.file_name.as_ref().map_or_else(|| "-".to_owned(), |name| name.as_str().replace('\\', "/"))
    }
}

/// What to read.
pub struct Request<'a> {
    /// The PATHs.
    pub paths: &'a [std::path::PathBuf],
    /// Where files are looked for.
    pub files: Arc<dyn Files>,
    /// What was recognised before.
    pub cache: &'a Cache,
    /// Standard input, where one of the PATHs is `-`.
    pub stdin: Option<Stdin>,
    /// The day on which the corpus is looked at.
    pub today: Date,
    /// What is changed in every configuration that is read.
    pub configure: &'a (dyn Fn(&mut Config) + Sync),
    /// Told of each file with its size in bytes when it has been read.
    pub progress: &'a (dyn Fn(u64) + Sync),
    /// Told how many files there are to read.
    pub expect: &'a (dyn Fn(u64) + Sync),
}

/// All corpora of a run.
#[derive(Debug, Default)]
pub struct Session {
    /// The corpora, those with the first PATHs first.
    pub corpora: Vec<LoadedCorpus>,
    /// What could not be done.
    pub problems: Vec<FileError>,
    /// What a person should know, though it is no problem.
    pub notes: Vec<String>,
    /// The folders that PATHs name, or that are around the files they name.
    folders: BTreeSet<Utf8PathBuf>,
}

impl Session {
    /// Where registry files outside the corpora may be.
    pub fn reaches(&self) -> BTreeSet<Reach> {
        self.corpora.iter().flat_map(|corpus| outside::reaches(&corpus.root, &corpus.world.current().config)).collect()
    }

    /// A registry file that several corpora share is reported, and fixed, by one: that in which it lies, else the first.
    fn report_once(&mut self) {
        let mut taken: BTreeSet<Utf8PathBuf> = BTreeSet::new();
        for inside in [true, false] {
            for corpus in &mut self.corpora {
                let sources = corpus.world.current().registry_files.iter();
                let named: Vec<(FileId, &Utf8Path)> = sources.map(|(id, source)| (*id, &*source.path)).collect();
                for (id, name) in named.into_iter().filter(|(_, name)| outside::is_outside(name) != inside) {
                    if corpus.selected.contains_key(&id) && !taken.insert(outside::place(&corpus.root, name)) {
                        corpus.selected.remove(&id);
                    }
                }
            }
        }
    }

    /// The folders in which something must happen for another run to find something else.
    pub fn watched(&self) -> BTreeSet<Utf8PathBuf> {
        let mut folders = self.folders.clone();
        let governed = self.corpora.iter().filter(|corpus| corpus.world.current().config_source.is_some());
        folders.extend(governed.map(|corpus| corpus.root.clone()));
        // A folder is watched with all below it.
        let inner = |folder: &Utf8PathBuf| folders.iter().any(|other| other != folder && folder.starts_with(other));
        folders.iter().filter(|folder| !inner(folder)).cloned().collect()
    }
}

/// Reads what is asked for. Never fails as a whole: what cannot be read is a problem.
pub fn load(request: &Request<'_>) -> Session {
    let mut session = Session::default();
    let mut groups: Vec<Group> = Vec::new();
    for path in request.paths.iter().filter(|path| path.as_os_str() != "-") {
        match Given::new(path, &*request.files) {
            Ok(given) => {
                let folder = if given.folder { Some(given.path.as_path()) } else { given.path.parent() };
                session.folders.extend(folder.map(Utf8Path::to_owned));
                Group::add(&mut groups, given, &*request.files);
            }
            Err(problem) => session.problems.push(problem),
        }
    }
    let working_directory = working_directory();
    if let Some(stdin) = &request.stdin {
        let file = stdin.file_name.as_ref().map(|name| working_directory.join(name));
        let root = file.as_ref().and_then(|file| root_among(&*request.files, file, false));
        Group::at(&mut groups, root).stdin = Some(stdin.clone());
    }
    Group::adopt(&mut groups, request, &working_directory, &mut session.notes);
    let mut seen: BTreeSet<Utf8PathBuf> = groups.iter().filter_map(|group| group.root.clone()).collect();
    let mut at = 0;
    while at < groups.len() {
        let (corpus, nested) = groups[at].read(request, &working_directory, &mut session);
        session.corpora.extend(corpus);
        for root in nested {
            if seen.insert(root.clone()) {
                let given = groups[at].given.iter().filter(|given| root.starts_with(&given.path)).cloned().collect();
                groups.push(Group { root: Some(root), given, stdin: None });
            }
        }
        at += 1;
    }
    session.report_once();
    session
}

/// The working directory; `/` where it is gone or its name is not UTF-8.
pub fn working_directory() -> Utf8PathBuf {
    let here = std::env::current_dir().and_then(|path| path.canonicalize()).unwrap_or_else(|_| "/".into());
    Utf8PathBuf::from_path_buf(here).unwrap_or_else(|_| "/".into())
}

/// The PATHs that one configuration governs.
struct Group {
    root: Option<Utf8PathBuf>,
    given: Vec<Given>,
    stdin: Option<Stdin>,
}

impl Group {
    fn add(groups: &mut Vec<Self>, given: Given, files: &dyn Files) {
        let root = root_among(files, &given.path, given.folder);
        Self::at(groups, root).given.push(given);
    }

    fn at(groups: &mut Vec<Self>, root: Option<Utf8PathBuf>) -> &mut Self {
        let at = groups.iter().position(|group| group.root == root).unwrap_or_else(|| {
            groups.push(Self { root, given: Vec::new(), stdin: None });
            groups.len() - 1
        });
        &mut groups[at]
    }

    /// Files of no corpus that are registry files of one that is read, or of the working directory's, go to it, else to
    /// the first of the project that uses them; folders of no corpus select such files of corpora that are read too.
    fn adopt(groups: &mut Vec<Self>, request: &Request<'_>, here: &Utf8Path, notes: &mut Vec<String>) {
        let Some(free) = groups.iter().position(|group| group.root.is_none()) else { return };
        let mut roots: Vec<Utf8PathBuf> = groups.iter().filter_map(|group| group.root.clone()).collect();
        let own = root_among(&*request.files, here, true).filter(|root| !roots.contains(root));
        roots.extend(own);
        let configured = |root: Utf8PathBuf| {
            let config = users::config_of(&root, &*request.files)?;
            Some((root, config))
        };
        let corpora: Vec<(Utf8PathBuf, Config)> = roots.into_iter().filter_map(configured).collect();
        let given = std::mem::take(&mut groups[free].given);
        for given in given {
            let uses = |(root, config): &&(Utf8PathBuf, Config)| match given.folder {
                false => outside::name(root, &given.path, config).is_some(),
                true => outside::reaches(root, config)
                    .iter()
                    .any(|reach| reach.folder.starts_with(&given.path) || given.path.starts_with(&reach.folder)),
            };
            let mut users: Vec<Option<Utf8PathBuf>> =
                corpora.iter().filter(uses).map(|(root, _)| Some(root.clone())).collect();
            if !given.folder && users.is_empty() {
                users.extend(users::of_file(&given.path, here, &*request.files).into_iter().next().map(Some));
                if users.is_empty() {
                    notes.extend(users::nobody(&given.shown, &given.path, here));
                }
            }
            if given.folder || users.is_empty() {
                users.push(None);
            }
            for root in users {
                Self::at(groups, root).given.push(given.clone());
            }
        }
        groups.retain(|group| !group.given.is_empty() || group.stdin.is_some());
    }

    /// How a file is shown, if it is selected.
    fn shown(&self, file: &Utf8Path) -> Option<String> {
        self.given.iter().find_map(|given| given.shown(file))
    }

    fn read(
        &self,
        request: &Request<'_>,
        here: &Utf8Path,
        session: &mut Session,
    ) -> (Option<LoadedCorpus>, Vec<Utf8PathBuf>) {
        match &self.root {
            Some(root) => self.read_governed(root, request, here, session),
            None => self.read_free(request, here, session),
        }
    }

    /// A corpus with a configuration: all its files are read.
    fn read_governed(
        &self,
        root: &Utf8Path,
        request: &Request<'_>,
        here: &Utf8Path,
        session: &mut Session,
    ) -> (Option<LoadedCorpus>, Vec<Utf8PathBuf>) {
        let file = root.join(config::FILE_NAME);
        let shown = self.shown(&file).unwrap_or_else(|| shown_elsewhere(&file, here));
        let read = request.files.read(&file);
        let text = match read.and_then(|bytes| String::from_utf8(bytes).map_err(|_| "it is not UTF-8".to_owned())) {
            Ok(text) => text,
            Err(message) => {
                session.problems.push(FileError { path: shown, message });
                return (None, Vec::new());
            }
        };
        let config = match Config::parse(&text) {
            Ok((mut config, _)) => {
                (request.configure)(&mut config);
                Arc::new(config)
            }
            Err(error) => {
                let at = LineIndex::new(&text).position(&text, error.span.start);
                let path = format!("{shown}:{}:{}", at.line + 1, at.column_char + 1);
                session.problems.push(FileError { path, message: error.message });
                return (None, Vec::new());
            }
        };
        let Walk { mut texts, mut annotations, registries, nested, problems } = request.files.walk(root, &config);
        session.problems.extend(problems);
        let mut known: BTreeSet<Utf8PathBuf> = texts.iter().chain(&annotations).cloned().collect();
        // A file named outright is checked though `include` does not want it; `exclude` holds.
        for given in self.given.iter().filter(|given| !given.folder) {
            let Ok(below) = given.path.strip_prefix(root) else { continue };
            if config.excludes(below.as_str()) {
                session.notes.push(format!("{}: left out, since scholiast.toml excludes it", given.shown));
            } else if below != config::FILE_NAME && !config.is_registry(below.as_str()) && known.insert(below.into()) {
                let list = if beside::is_annotation(below) { &mut annotations } else { &mut texts };
                list.push(below.to_owned());
            }
            let text = beside::text_of(&given.path, &*request.files).filter(|_| beside::is_annotation(below));
            if let Some(text) = text.and_then(|text| text.strip_prefix(root).ok().map(Utf8Path::to_owned))
                && known.insert(text.clone())
            {
                texts.push(text);
            }
        }
        let mut world = World::new(config, request.today);
        world.set_config_source(config::FILE_NAME.into(), &text, false);
        let mut corpus = LoadedCorpus::new(world, root, request.files.clone());
        let sources = registries.into_iter().filter_map(|below| {
            let file = outside::place(root, &below);
            match request.files.read(&file) {
                Ok(bytes) => Some((below, Some(Arc::from(String::from_utf8_lossy(&bytes))), false)),
                Err(message) => {
                    let path = self.shown(&file).unwrap_or_else(|| shown_elsewhere(&file, here));
                    session.problems.push(FileError { path, message });
                    None
                }
            }
        });
        let sources: Vec<_> = sources.collect();
        let others: Vec<Utf8PathBuf> = sources.iter().map(|(below, ..)| below.clone()).collect();
        corpus.world.set_registry(sources);
        for below in others.iter().map(Utf8PathBuf::as_path).chain([Utf8Path::new(config::FILE_NAME)]) {
            if let Some(shown) = self.shown(&outside::place(root, below)) {
                let id = corpus.world.id(below);
                corpus.selected.insert(id, shown);
            }
        }
        let stdin = self.stdin_path(here).and_then(|path| path.strip_prefix(root).ok().map(Utf8Path::to_owned));
        texts.retain(|text| Some(text) != stdin.as_ref());
        let files = texts.into_iter().map(|below| (root.join(&below), below)).collect();
        self.read_texts(&mut corpus, files, request, here, session);
        if let (Some(below), Some(stdin)) = (&stdin, &self.stdin)
            && !beside::is_annotation(below)
        {
            add_stdin(&mut corpus, below, stdin);
        }
        let annotations = annotations.into_iter().map(|below| (root.join(&below), below)).collect();
        self.add_annotations(&mut corpus, annotations, session);
        if let (Some(below), Some(stdin)) = (stdin, &self.stdin) {
            corpus.hold_annotation(&below, stdin);
        }
        (Some(corpus), nested)
    }

    /// PATHs without a configuration: they are the corpus, and the built-in grammars apply.
    fn read_free(
        &self,
        request: &Request<'_>,
        here: &Utf8Path,
        session: &mut Session,
    ) -> (Option<LoadedCorpus>, Vec<Utf8PathBuf>) {
        let mut config = Config::default();
        (request.configure)(&mut config);
        let config = Arc::new(config);
        let mut files: BTreeMap<Utf8PathBuf, Utf8PathBuf> = BTreeMap::new();
        let mut annotations: BTreeMap<Utf8PathBuf, Utf8PathBuf> = BTreeMap::new();
        let mut nested = Vec::new();
        for given in &self.given {
            if !given.folder {
                let shown = Utf8PathBuf::from(&given.shown);
                if beside::is_annotation(&given.path) {
                    if let Some(text) = beside::text_of(&given.path, &*request.files) {
                        files.entry(text).or_insert_with(|| shown.with_extension("txt"));
                    }
                    annotations.entry(given.path.clone()).or_insert(shown);
                } else {
                    let there = beside::names(&given.path).filter(|path| request.files.is_file(path));
                    annotations.extend(there.map(|path| {
                        let shown = shown.with_extension(path.extension().unwrap_or_default());
                        (path, shown)
                    }));
                    files.entry(given.path.clone()).or_insert(shown);
                }
                continue;
            }
            let walked = request.files.walk(&given.path, &config);
            session.problems.extend(walked.problems);
            nested.extend(walked.nested);
            for below in walked.texts {
                let path = given.path.join(below);
                let shown = given.shown(&path).unwrap_or_default();
                files.entry(path).or_insert_with(|| shown.into());
            }
            for below in walked.annotations {
                let path = given.path.join(below);
                let shown = given.shown(&path).unwrap_or_default();
                annotations.entry(path).or_insert_with(|| shown.into());
            }
        }
        let world = World::new(config, request.today);
        let mut corpus = LoadedCorpus::new(world, here, request.files.clone());
        self.read_texts(&mut corpus, files.into_iter().collect(), request, here, session);
        if let Some(stdin) = &self.stdin {
            add_stdin(&mut corpus, Utf8Path::new(&stdin.shown()), stdin);
        }
        self.add_annotations(&mut corpus, annotations.into_iter().collect(), session);
        (Some(corpus), nested)
    }

    /// Takes in the annotation files that stand beside a text: (where, under which name in the corpus).
    fn add_annotations(
        &self,
        corpus: &mut LoadedCorpus,
        files: Vec<(Utf8PathBuf, Utf8PathBuf)>,
        session: &mut Session,
    ) {
        let snapshot = corpus.world.snapshot();
        let texts = beside::by_stem(snapshot.files().map(|file| &*file.path));
        for (path, name) in files {
            if let Some(text) = texts.get(&name.with_extension("")) {
                corpus.annotate(name, text, self.shown(&path));
            } else if let Some(given) = self.given.iter().find(|given| given.path == path) {
                let message = "there is no text beside these annotations".to_owned();
                session.problems.push(FileError { path: given.shown.clone(), message });
            }
        }
        corpus.annotations.sort_unstable_by(|a, b| a.path.as_str().cmp(b.path.as_str()));
    }

    fn stdin_path(&self, here: &Utf8Path) -> Option<Utf8PathBuf> {
        self.stdin.as_ref()?.file_name.as_ref().map(|name| here.join(name))
    }

    /// Reads and analyses text files: (where, under which name in the corpus).
    fn read_texts(
        &self,
        corpus: &mut LoadedCorpus,
        files: Vec<(Utf8PathBuf, Utf8PathBuf)>,
        request: &Request<'_>,
        here: &Utf8Path,
        session: &mut Session,
    ) {
        (request.expect)(files.len() as u64);
        let snapshot = corpus.world.snapshot();
        let ctx = snapshot.ctx();
        let pack = request.cache.shelf(&corpus.root, &snapshot).open();
        let read = |path: &Utf8Path| {
            let bytes = request.files.read(path)?;
            let name = cache::name(&bytes);
            let (mut loaded, new) = pack.facts(name, || Loaded::new(ctx, &bytes));
            // Each will be looked at once, and few again and again: what is packed for the cache stays so until then.
            if let Body::Closed(closed) = &mut loaded.body {
                closed.put_away();
                closed.stay_at_hand();
            }
            (request.progress)(bytes.len() as u64);
            Ok((loaded, Used { name, size: bytes.len(), new }))
        };
        let all: Vec<_> = files.par_iter().map(|(path, _)| (self.shown(path), read(path))).collect();
        let mut used = Vec::with_capacity(all.len());
        for ((path, name), (shown, read)) in files.into_iter().zip(all) {
            match read {
                Ok((loaded, entry)) => {
                    used.push(entry);
                    corpus.world.load(&name, loaded);
                    if let (Some(shown), Some(id)) = (shown, corpus.world.known(&name)) {
                        corpus.selected.insert(id, shown);
                    }
                }
                Err(message) => {
                    let path = shown.unwrap_or_else(|| shown_elsewhere(&path, here));
                    session.problems.push(FileError { path, message });
                }
            }
        }
        pack.save(&used);
    }
}

/// The bytes of a file.
///
/// # Errors
/// In words, when it cannot be read or is 4 GiB or larger, since offsets have 32 bits.
pub fn read(path: &Utf8Path) -> Result<Vec<u8>, String> {
    let words = |error: std::io::Error| io_message(&error);
    let mut file = std::fs::File::open(path).map_err(words)?;
    let size = file.metadata().map_err(words)?.len();
    if size >= u64::from(u32::MAX) {
        return Err("the file is larger than 4 GiB; split it".to_owned());
    }
    // One byte more, so that the end is found without growing.
    let mut bytes = Vec::with_capacity(size as usize + 1);
    file.read_to_end(&mut bytes).map_err(words)?;
    Ok(bytes)
}

/// Whether a file may have come to its place, or been written, at this time or later. Reads nothing of it, so that nobody
/// who watches is told. File systems count in steps of up to two seconds.
pub fn may_have_changed(path: &Utf8Path, since: SystemTime) -> bool {
    let Ok(metadata) = path.metadata() else { return true };
    changed(&metadata).is_none_or(|changed| changed + Duration::from_secs(2) >= since)
}

/// When the content, the name or the place of a file was changed last.
#[cfg(unix)]
fn changed(metadata: &Metadata) -> Option<SystemTime> {
    use std::os::unix::fs::MetadataExt as _;
    let seconds = u64::try_from(metadata.ctime()).ok()?;
    SystemTime::UNIX_EPOCH.checked_add(Duration::from_secs(seconds))
}

/// When the content of a file was changed last, as far as is known.
#[cfg(not(unix))]
fn changed(metadata: &Metadata) -> Option<SystemTime> {
    metadata.modified().ok()
}

fn add_stdin(corpus: &mut LoadedCorpus, name: &Utf8Path, stdin: &Stdin) {
    let ctx = corpus.world.snapshot().ctx().clone();
    corpus.world.load(name, Loaded::new(&ctx, &stdin.bytes));
    let id = corpus.world.id(name);
    corpus.selected.insert(id, stdin.shown());
    corpus.held.extend(std::str::from_utf8(&stdin.bytes).ok().map(|text| (id, text.into())));
}
