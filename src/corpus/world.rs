//! The one writer of a corpus.
//!
//! A [`World`] takes in what happens (files read, opened, edited, gone; registry and configuration changed), looks
//! again at what that touches, keeps the index by difference and publishes immutable [`Snapshot`]s. It reads no files:
//! where a change means that closed files must be looked at again, it says which.

use std::cell::LazyCell;
use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};
use compact_str::CompactString;
use jiff::civil::Date;
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::annotated::AnnotationIndex;
use super::chunked::Chunked;
use super::counts::FileCounts;
use super::document::Document;
use super::file::{ClosedFile, DiskFacts, File, FileBody, LoadedFile};
use super::index::CorpusIndex;
use super::quoted::{QuotedCitation, QuotedSpellings};
use super::recompile::{CompiledSpellings, SpellingChanges};
use super::snapshot::{Snapshot, SourceFile};
use super::tree::Segment;
use crate::config::Config;
use crate::recognise::analyse::Ctx;
use crate::recognise::configured::Configured;
use crate::recognise::decision::DecisionTable;
use crate::recognise::decree::{self, DecreeSymbol};
use crate::recognise::facts::SegmentFacts;
use crate::registry::{self, EntityIx, EntityKind, Ids, Registry};
use crate::text::{Encoding, FileId, Span};

/// Everything should be compiled anew once more than one in so many entities has changed.
const LAYERS: usize = 64;
/// In a larger registry that takes longer than a keystroke, and waits until somebody does it on the side
/// ([`World::outdated`]), unless more than one in so many has changed.
const MOST: usize = 8;
/// Entities of a registry that is compiled on the spot.
const SMALL: usize = 1000;

/// The one writer of a corpus. A clone is the one writer of a corpus of its own, which begins as this one is.
#[derive(Clone, Debug)]
pub struct World {
    now: Snapshot,
    /// All that the configuration in force adds to recognition.
    configured: Configured,
    ids: FxHashMap<Arc<Utf8Path>, FileId>,
    paths: Vec<Arc<Utf8Path>>,
    versions: u64,
    /// Files whose content has changed since the last [`World::settle`].
    touched: Vec<FileId>,
    /// All spellings as they were last compiled together.
    spellings: CompiledSpellings,
    /// The number of entities that are spelt otherwise by now.
    since: usize,
    /// Serial numbers of legal documents of which files say something else since then.
    recited: FxHashSet<CompactString>,
    /// People whom files spell otherwise since then.
    respelt: FxHashSet<EntityIx>,
}

/// An edit of an open document, as an editor sends it.
#[derive(Clone, Debug)]
pub enum DocumentEdit {
    /// The whole text is new.
    Whole(String),
    /// A range is replaced: start and end as line and column in the editor's unit.
    Range {
        /// The start.
        start: (u32, u32),
        /// The end.
        end: (u32, u32),
        /// The text that stands there afterwards.
        text: String,
    },
}

impl World {
    /// An empty corpus under a configuration.
    pub fn new(config: Arc<Config>, today: Date) -> Self {
        let configured = Configured::new(&config, today.year());
        let spellings = CompiledSpellings::new(Arc::default());
        let decisions = Arc::new(DecisionTable::new(&config, &Registry::default(), &configured.decrees));
        let ctx = Arc::new(Ctx { decisions, ..spellings.ctx(&configured) });
        let now = Snapshot {
            config,
            config_source: None,
            config_misfits: Arc::default(),
            registry: Arc::default(),
            registry_files: Arc::default(),
            registry_syntax: Arc::default(),
            index: CorpusIndex::default(),
            annotations: AnnotationIndex::default(),
            quoted: Arc::default(),
            decree_entries: Arc::default(),
            today,
            files: Chunked::default(),
            stamps: Chunked::default(),
            base: 0,
            spellings_stamp: 0,
            ctx,
        };
        Self {
            now,
            configured,
            ids: FxHashMap::default(),
            paths: Vec::new(),
            versions: 0,
            touched: Vec::new(),
            spellings,
            since: 0,
            recited: FxHashSet::default(),
            respelt: FxHashSet::default(),
        }
    }

    /// The corpus as it is now.
    pub fn snapshot(&self) -> Snapshot {
        self.now.clone()
    }

    /// The corpus as it is now, to look at.
    pub const fn current(&self) -> &Snapshot {
        &self.now
    }

    /// The number of a path, given now if it has none.
    pub fn id(&mut self, path: &Utf8Path) -> FileId {
        if let Some(id) = self.ids.get(path) {
            return *id;
        }
        let id = FileId(self.paths.len() as u32);
        let path: Arc<Utf8Path> = path.into();
        self.ids.insert(path.clone(), id);
        self.paths.push(path);
        self.now.files.push(None);
        self.now.stamps.push(0);
        id
    }

    /// The number of a path that has one.
    pub fn known(&self, path: &Utf8Path) -> Option<FileId> {
        self.ids.get(path).copied()
    }

    /// The path that has a number, whether or not there is such a file now.
    pub fn named(&self, id: FileId) -> Option<&Arc<Utf8Path>> {
        self.paths.get(id.0 as usize)
    }

    /// Brings the stamps up to date. Returns the files whose findings may have changed since the last time, those that
    /// are gone among them; what the registry or the configuration has changed shows in [`Snapshot::base_stamp`].
    ///
    /// Files that cite what others cite too wait for the next time while `more` files are being read: most would be
    /// named again and again. So do the registry files of people who are spelt in several ways.
    pub fn settle(&mut self, more: bool) -> Vec<FileId> {
        let mut touched = std::mem::take(&mut self.touched);
        if !more {
            for number in std::mem::take(&mut self.recited) {
                touched.extend(self.now.index.number(&number).iter().map(|(file, _)| *file));
            }
            let respelt = std::mem::take(&mut self.respelt);
            let entries = respelt.iter().filter_map(|entity| self.now.registry.find(*entity));
            let files: FxHashSet<FileId> = entries.map(|entity| self.now.registry.file_of(entity)).collect();
            if !files.is_empty() {
                self.now.spellings_stamp = self.versions + 1;
            }
            touched.extend(files);
        }
        touched.sort_unstable();
        touched.dedup();
        self.versions += 1;
        for id in &touched {
            if let Some(stamp) = self.now.stamps.get_mut(id.0 as usize) {
                *stamp = self.versions;
            }
        }
        touched
    }

    /// Takes in another configuration, but not what `[corpus]` says of which files there are: where that has changed,
    /// begin a new world. Where something else is recognised under it, or a person has decided otherwise, looks again
    /// at everything open that it concerns, and returns the closed files that must be read again.
    pub fn set_config(&mut self, config: Arc<Config>) -> Vec<FileId> {
        let before = std::mem::replace(&mut self.now.config, config);
        if before.recognition == self.now.config.recognition {
            self.rebase();
            return self.redecide();
        }
        self.configured = Configured::new(&self.now.config, self.now.today.year());
        self.reconfigure()
    }

    /// Takes in the decisions of the configuration in force, with ids as the registry has them. Returns the ones
    /// before.
    fn replace_decisions(&mut self) -> Arc<DecisionTable> {
        let ctx = &self.now.ctx;
        let decisions = Arc::new(DecisionTable::new(&self.now.config, &self.now.registry, &ctx.decrees));
        let before = ctx.decisions.clone();
        self.now.ctx = Arc::new(Ctx { decisions, ..Ctx::clone(ctx) });
        before
    }

    /// Takes in decisions about mentions. Looks again at what is open where others hold now, and returns such closed
    /// files, which must be read again.
    fn redecide(&mut self) -> Vec<FileId> {
        if self.now.config.decisions.is_empty() && self.now.ctx.decisions.is_empty() {
            return Vec::new();
        }
        let before = self.replace_decisions();
        let ctx = self.now.ctx.clone();
        let mut closed = Vec::new();
        for at in 0..self.now.files.len() {
            let Some(file) = self.now.files.get(at).cloned().flatten() else { continue };
            let path = file.path.as_str();
            if before.of_file(path) == ctx.decisions.of_file(path) {
                continue;
            }
            let mut file = (*file).clone();
            match &mut file.body {
                FileBody::Open(document) => {
                    document.look_again(&ctx.for_path(file.path.as_str()), |_| true);
                    self.put(file);
                }
                FileBody::Closed(_) => closed.push(file.id),
                FileBody::NotUtf8(_) => {}
            }
        }
        closed
    }

    fn rebase(&mut self) {
        self.versions += 1;
        self.now.base = self.versions;
    }

    /// Takes in the configuration file's text, for findings in it.
    pub fn set_config_source(&mut self, path: &Utf8Path, text: &str, open: bool) {
        let id = self.id(path);
        self.now.config_source = Some((id, SourceFile::new(self.paths[id.0 as usize].clone(), text.into(), open)));
        // The text may say something else than what is in force: somebody is typing it.
        self.now.config_misfits = match Config::parse(text) {
            Ok((said, _)) if said.recognition != self.now.config.recognition || !self.configured.faults.is_empty() => {
                Configured::new(&said, self.now.today.year()).faults
            }
            _ => Arc::default(),
        };
        self.rebase();
    }

    /// Takes in registry texts (`None`: the file is gone) and looks again at what is open and may read otherwise.
    /// Returns the closed files that must be read again: all of them where somebody is spelt as nobody was before,
    /// those that name who has changed where spellings are only gone, none where nobody is spelt otherwise. Until then
    /// they keep their facts, as far as those are of anybody who is still there.
    pub fn set_registry(
        &mut self,
        texts: impl IntoIterator<Item = (Utf8PathBuf, Option<Arc<str>>, bool)>,
    ) -> Vec<FileId> {
        let config = self.now.config.clone();
        for (path, text, open) in texts {
            let id = self.id(&path);
            let files = Arc::make_mut(&mut self.now.registry_files);
            match text {
                None => {
                    files.remove(&id);
                }
                // Other TOML beside the texts, like a `pyproject.toml`, is no registry unless it is named outright.
                Some(text) if registry::is_foreign(&text) && !config.names_registry(path.as_str()) => {
                    files.remove(&id);
                }
                Some(text) => {
                    let mut source = SourceFile::new(self.paths[id.0 as usize].clone(), text, open);
                    if let Some(before) = files.remove(&id) {
                        source.good = before.good.or(Some((before.text, before.lines)));
                        source.in_force = before.in_force;
                    }
                    files.insert(id, source);
                }
            }
        }
        let before = self.now.registry.clone();
        self.load_registry();
        let mut closed = self.renew(&before);
        closed.extend(self.redecide());
        closed.sort_unstable();
        closed.dedup();
        closed
    }

    /// Reads the registry files and joins what they say.
    fn load_registry(&mut self) {
        let files = Arc::make_mut(&mut self.now.registry_files);
        let mut sources: Vec<(FileId, &mut SourceFile)> = files.iter_mut().map(|(id, source)| (*id, source)).collect();
        sources.sort_by(|a, b| a.1.path.as_str().cmp(b.1.path.as_str()));
        sources.par_iter_mut().for_each(|(file, source)| source.read(*file));
        let mut syntax: Vec<registry::RegistryFault> =
            sources.iter().filter_map(|(_, source)| source.syntax.clone()).collect();
        syntax.sort_by_key(|fault| fault.at.file);
        let mut ids = self.now.registry.ids().clone();
        let read = sources.iter_mut().filter_map(|(_, source)| Arc::get_mut(source.in_force.as_mut()?));
        Ids::number(&mut ids, &mut read.collect::<Vec<_>>());
        let in_force = sources.iter().filter_map(|(_, source)| source.in_force.clone()).collect();
        self.now.registry = Arc::new(Registry::join(in_force, ids));
        self.now.registry_syntax = Arc::new(syntax);
    }

    /// Takes in what the configuration adds to recognition and looks again at everything.
    fn reconfigure(&mut self) -> Vec<FileId> {
        let Configured { decrees, patterns, languages, .. } = self.configured.clone();
        self.now.ctx = Arc::new(Ctx { decrees, patterns, languages, ..Ctx::clone(&self.now.ctx) });
        self.replace_decisions();
        let ctx = self.now.ctx.clone();
        self.now.decree_entries = Arc::new(decree_entries(&self.now.registry, &ctx.decrees));
        self.rebase();
        let mut closed = Vec::new();
        for at in 0..self.now.files.len() {
            let Some(file) = self.now.files.get(at).cloned().flatten() else { continue };
            let mut file = (*file).clone();
            match &mut file.body {
                FileBody::Open(document) => {
                    document.look_again(&ctx.for_path(file.path.as_str()), |_| true);
                }
                FileBody::Closed(facts) => {
                    *facts = ClosedFile::default();
                    closed.push(file.id);
                }
                FileBody::NotUtf8(_) => {}
            }
            self.put(file);
        }
        closed
    }

    /// Compiles what recognition needs and looks again at what may read otherwise than under the registry `before`.
    fn renew(&mut self, before: &Registry) -> Vec<FileId> {
        let registry = self.now.registry.clone();
        self.rebase();
        let changes = SpellingChanges::between(before, &registry);
        if changes.decrees {
            self.now.decree_entries = Arc::new(decree_entries(&registry, &self.now.ctx.decrees));
        }
        if changes.is_empty() {
            return Vec::new();
        }
        let since = self.spellings.changes(&registry).entities.len();
        let share = if registry.len() <= SMALL { LAYERS } else { MOST };
        if since * share > registry.len() {
            self.spellings = CompiledSpellings::new(registry.clone());
        }
        self.compile();
        let ctx = self.now.ctx.clone();
        // Whoever looks for almost everything may as well look at everything.
        let few = changes.entities.len() * MOST <= registry.len();
        let probe = LazyCell::new(|| few.then(|| changes.probe(before, &registry)));
        let (mut named, mut orphaned) = (FxHashSet::default(), FxHashSet::default());
        for &entity in &changes.entities {
            let files = self.now.index.entity(entity).iter().map(|(file, _)| *file);
            if registry.find(entity).is_none() {
                orphaned.extend(files.clone());
            }
            named.extend(files);
        }
        let mut closed = Vec::new();
        for at in 0..self.now.files.len() {
            let Some(file) = self.now.files.get(at).cloned().flatten() else { continue };
            let mut file = (*file).clone();
            match &mut file.body {
                FileBody::Open(document) => {
                    let probe = LazyCell::force(&probe).as_ref();
                    let of_file = ctx.for_path(file.path.as_str());
                    if document.look_again(&of_file, |text| probe.is_none_or(|probe| probe.touches(text))) {
                        self.put(file);
                    }
                }
                FileBody::Closed(facts) => {
                    if changes.added || changes.titles() || named.contains(&file.id) {
                        closed.push(file.id);
                    }
                    // Nobody must be asked for who is gone.
                    if orphaned.contains(&file.id) {
                        *facts = ClosedFile::default();
                        self.put(file);
                    }
                }
                FileBody::NotUtf8(_) => {}
            }
        }
        closed
    }

    /// Compiles who has changed since all spellings were compiled together.
    fn compile(&mut self) {
        let registry = &self.now.registry;
        let changes = self.spellings.changes(registry);
        self.since = changes.entities.len();
        self.now.ctx = Arc::new(self.spellings.compile(registry, &changes, &self.now.ctx));
    }

    /// The registry, where so many have changed that all spellings should be compiled anew:
    /// [`CompiledSpellings::compiled`] does that on whatever thread, [`World::set_spellings`] takes it in.
    pub fn outdated(&self) -> Option<Arc<Registry>> {
        (self.since * LAYERS > self.now.registry.len()).then(|| self.now.registry.clone())
    }

    /// Takes in spellings that were compiled on the side. What is recognised stays as it is, whatever has changed
    /// since, but with another [`Ctx`].
    pub fn set_spellings(&mut self, spellings: CompiledSpellings) {
        self.spellings = spellings;
        self.compile();
    }

    /// Takes in a file read from disk. An open document keeps its text: only what the disk tells is noted.
    pub fn load(&mut self, path: &Utf8Path, loaded: LoadedFile) {
        let id = self.id(path);
        let disk = Some(loaded.disk);
        let path_date = self.path_date(path);
        let path = self.paths[id.0 as usize].clone();
        match self.now.file(id).and_then(|file| file.document()).cloned() {
            Some(open) => self.put(File { id, path, body: FileBody::Open(open), disk, path_date, version: 0 }),
            None => {
                let file = File { id, path, body: loaded.body, disk, path_date, version: 0 };
                self.put_with(file, &loaded.counts);
            }
        }
    }

    /// Takes in what another run says of a file that is not at hand: its counts, and where in it a legal document is
    /// first cited with each day.
    pub fn quote(&mut self, path: &Utf8Path, counts: &FileCounts, places: Vec<QuotedCitation>) {
        let id = self.id(path);
        self.now.index.add(id, counts);
        Arc::make_mut(&mut self.now.quoted).cite(id, places);
    }

    /// Takes in what another run says of the spellings of people in files that are not at hand.
    pub fn quote_spellings(&mut self, spellings: Vec<QuotedSpellings>) {
        Arc::make_mut(&mut self.now.quoted).spell(spellings);
    }

    /// Takes in what the disk tells of an open document, which keeps its text. Returns whether it is open: else the
    /// file must be read.
    pub fn note_disk(&mut self, path: &Utf8Path, disk: DiskFacts) -> bool {
        let known = self.known(path).and_then(|id| self.now.file(id)).filter(|file| file.document().is_some());
        let Some(file) = known.cloned() else { return false };
        self.put(File { disk: Some(disk), path_date: self.path_date(path), ..(*file).clone() });
        true
    }

    /// Takes in that a file is gone from disk. An open document stays.
    pub fn remove(&mut self, path: &Utf8Path) {
        let Some(id) = self.known(path) else { return };
        let Some(file) = self.now.file(id).cloned() else { return };
        if file.document().is_some() {
            self.put(File { disk: None, ..(*file).clone() });
        } else {
            self.drop_facts(&file);
            self.take(id);
        }
    }

    /// Takes in that an editor has opened a file.
    pub fn open(&mut self, path: &Utf8Path, text: &str) -> FileId {
        let id = self.id(path);
        let disk = self.now.file(id).and_then(|file| file.disk);
        let marked = disk.is_some_and(|disk| disk.byte_order_mark);
        let (mut origin, text) = super::file::split_mark(text);
        if marked && origin.byte == 0 {
            origin = super::file::split_mark(crate::text::position::BYTE_ORDER_MARK).0;
        }
        let document = Document::new(&self.now.ctx.for_path(path.as_str()), text, origin);
        let path_date = self.path_date(path);
        let path = self.paths[id.0 as usize].clone();
        self.put(File { id, path, body: FileBody::Open(document), disk, path_date, version: 0 });
        id
    }

    /// Takes in edits of an open document, in order, positions counted in `encoding`.
    pub fn change(&mut self, path: &Utf8Path, changes: Vec<DocumentEdit>, encoding: Encoding) {
        let Some(id) = self.known(path) else { return };
        for change in changes {
            match change {
                DocumentEdit::Whole(text) => {
                    self.open(path, &text);
                }
                DocumentEdit::Range { start, end, text } => self.replace(id, start, end, &text, encoding),
            }
        }
    }

    fn replace(&mut self, id: FileId, start: (u32, u32), end: (u32, u32), text: &str, encoding: Encoding) {
        let Some(slot) = self.now.files.get_mut(id.0 as usize) else { return };
        // Taking the file out leaves one owner, so that nothing is copied that no snapshot holds.
        let Some(file) = slot.take() else { return };
        let mut file = Arc::unwrap_or_clone(file);
        if let FileBody::Open(document) = &mut file.body {
            let start = document.offset(start.0, start.1, encoding);
            let end = document.offset(end.0, end.1, encoding);
            let span = Span::new(start.min(end), start.max(end));
            let ctx = self.now.ctx.for_path(file.path.as_str());
            let (removed, added) = document.edit(&ctx, span, text);
            // What stays is left alone: others share the lists it is in, which would be copied.
            let (mut before, mut now) = (FileCounts::of(facts_of(&removed)), FileCounts::of(facts_of(&added)));
            before.cancel(&mut now);
            self.note_spellings(&before);
            self.now.index.remove(id, &before);
            self.now.index.add(id, &now);
            self.note_spellings(&now);
            self.recited.extend(before.numbers().chain(now.numbers()).cloned());
        }
        self.touched.push(id);
        self.versions += 1;
        file.version = self.versions;
        if let Some(slot) = self.now.files.get_mut(id.0 as usize) {
            *slot = Some(Arc::new(file));
        }
    }

    /// Takes in that an editor has closed a file. What it held unsaved is gone: the file must be read again, and the
    /// facts of the document stand until then.
    pub fn close(&mut self, path: &Utf8Path) {
        let Some(file) = self.known(path).and_then(|id| self.now.file(id)).cloned() else { return };
        let Some(document) = file.document() else { return };
        if file.disk.is_none() {
            self.drop_facts(&file);
            self.take(file.id);
        } else {
            let body = FileBody::Closed(ClosedFile::of(document.tree()));
            self.put(File { body, ..(*file).clone() });
        }
    }

    fn path_date(&self, path: &Utf8Path) -> Option<Date> {
        let pattern = self.now.config.corpus.document_date.file_name.as_ref()?;
        let parts = pattern.value.captures(path.file_name()?)?;
        let number = |name: &str| parts.name(name)?.as_str().parse::<i16>().ok();
        let (month, day) = (number("month")?, number("day")?);
        Date::new(number("year")?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
    }

    /// Puts a file in its place and what is in it in the index.
    fn put(&mut self, file: File) {
        let counts = file.counts();
        self.put_with(file, &counts);
    }

    /// The same where it is known what is in it.
    fn put_with(&mut self, mut file: File, counts: &FileCounts) {
        self.versions += 1;
        file.version = self.versions;
        let id = file.id;
        if let Some(before) = self.now.file(id).cloned() {
            self.drop_facts(&before);
        }
        self.now.index.add(id, counts);
        self.note_spellings(counts);
        self.recited.extend(counts.numbers().cloned());
        if let FileBody::Closed(closed) = &mut file.body {
            closed.put_away();
        }
        self.touched.push(id);
        if let Some(slot) = self.now.files.get_mut(id.0 as usize) {
            *slot = Some(Arc::new(file));
        }
    }

    fn drop_facts(&mut self, file: &File) {
        let counts = file.counts();
        self.note_spellings(&counts);
        self.now.index.remove(file.id, &counts);
        self.recited.extend(counts.numbers().cloned());
        self.touched.push(file.id);
    }

    /// Notes whom of these people the corpus spells in several ways now.
    fn note_spellings(&mut self, counts: &FileCounts) {
        let people = counts.spellings.iter().map(|spelt| spelt.entity);
        self.respelt.extend(people.filter(|entity| self.now.index.spellings(*entity).len() > 1));
    }

    fn take(&mut self, id: FileId) {
        if let Some(slot) = self.now.files.get_mut(id.0 as usize) {
            *slot = None;
        }
    }
}

fn facts_of(segments: &[Segment]) -> impl Iterator<Item = &SegmentFacts> {
    segments.iter().filter_map(|segment| segment.facts.as_deref())
}

/// The symbols of the registry's legal documents: an id is a reference and is read as one.
fn decree_entries(registry: &Registry, table: &decree::DecreeTable) -> FxHashMap<CompactString, Vec<DecreeSymbol>> {
    let mut entries: FxHashMap<CompactString, Vec<DecreeSymbol>> = FxHashMap::default();
    for entity in registry.of_kind(EntityKind::Decree) {
        for fact in decree::find(&entity.id, table) {
            entries.entry(fact.symbol.number.clone()).or_default().push(fact.symbol);
        }
    }
    entries
}
