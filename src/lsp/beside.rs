//! Annotation files beside texts, as the server knows them.
//!
//! The owner notes which there are, what the editor has open of them, and gives each a stamp that changes with whatever
//! it is compared with: at once where that lies on disk or is the file itself, when the typing pauses where it is a text
//! in the editor. Findings are made on the pool when they are asked for, from what stands in the editor and else on disk
//! at that moment. Deliberately absent: what annotations say, and the text of closed files.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

use camino::{Utf8Path, Utf8PathBuf};
use rpds::HashTrieMapSync;

use super::corpus::OpenCorpus;
use super::view::View;
use crate::annotation::{Configuration, Pointed, Standoff};
use crate::config::Config;
use crate::diagnostic::FileEdit;
use crate::disk::annotation_files::{self, AnnotationConfigurations, AnnotationContent};
use crate::disk::read;
use crate::ide::{self, Hover, Jump};
use crate::rules::{self, FileReport};
use crate::text::position::BYTE_ORDER_MARK;
use crate::text::{FileId, LineIndex};

/// An annotation file.
#[derive(Clone, Debug)]
pub struct Beside {
    /// Its path below the corpus root.
    pub path: Arc<Utf8Path>,
    /// Its text where it is open in the editor.
    pub open: Option<Arc<str>>,
    /// Changes whenever its findings may have.
    pub stamp: u64,
    /// The text it annotates, where there is one.
    pub text: Option<FileId>,
    /// Of an `.a2` the `.a1`, where there is one.
    given: Option<FileId>,
}

/// The annotation files of a corpus at one moment. Cloning is cheap.
#[derive(Clone, Debug, Default)]
pub struct Besides {
    files: HashTrieMapSync<FileId, Beside>,
    configurations: Arc<Mutex<AnnotationConfigurations>>,
    /// AnnotationConfigurations of annotations that are open in the editor, by path below the root.
    opened: HashTrieMapSync<Utf8PathBuf, Arc<str>>,
}

impl Besides {
    /// One of them.
    pub fn get(&self, file: FileId) -> Option<&Beside> {
        self.files.get(&file)
    }

    /// Each of them, in no particular order.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &Beside)> {
        self.files.iter().map(|(file, beside)| (*file, beside))
    }

    /// The configuration for a folder below the root.
    fn configuration(&self, root: &Utf8Path, folder: &Utf8Path) -> Option<Arc<Configuration>> {
        // Each folder is put in as a whole.
        let mut known = self.configurations.lock().unwrap_or_else(PoisonError::into_inner);
        known.find(folder, &|below| match self.opened.get(below) {
            Some(text) => Some(text.as_bytes().to_vec()),
            None => read::read(&root.join(below)).ok(),
        })
    }
}

impl Beside {
    /// The findings in it. Reads what is not open, so it is nothing for the owner's thread.
    pub fn check(&self, view: &View, file: FileId) -> FileReport {
        let content = self.content(view);
        let annotations = content.as_ref().and_then(AnnotationContent::annotations);
        let check = |of| rules::check_annotations(&view.snapshot, file, self.path.as_str(), of);
        annotations.map(check).unwrap_or_default()
    }

    /// What it says of its text; `None` where one of the two is not to be had.
    fn content(&self, view: &View) -> Option<AnnotationContent> {
        let text = document(view, self.text?);
        let given = self.given.and_then(|given| view.besides.get(given)).and_then(|given| given.bytes(view));
        let folder = self.path.parent().unwrap_or(Utf8Path::new(""));
        Some(AnnotationContent::new(self.bytes(view)?, text, given, view.besides.configuration(&view.root, folder)))
    }

    /// What a byte of it leads to: the text, another annotation, an entry of the registry.
    pub fn leads(&self, view: &View, file: FileId, byte: u32) -> Option<Jump> {
        let (annotations, text) = (self.standoff(view)?, document(view, self.text?)?);
        let source = annotations.source();
        let lines = LineIndex::new(source);
        let (words, pointed) = annotations.pointed(byte, &text)?;
        let origin = lines.place(source, words);
        match pointed {
            Pointed::Text(span) => {
                let place = LineIndex::new(&text).place(&text, span);
                Some(Jump { origin, file: self.text?, whole: place, focus: place })
            }
            Pointed::Annotation(id) => {
                let in_file = |file: FileId, annotations: &Standoff| {
                    let line = annotations.line(id)?;
                    let lines = LineIndex::new(annotations.source());
                    let place = |span| lines.place(annotations.source(), span);
                    Some(Jump { origin, file, whole: place(line.span), focus: place(line.id) })
                };
                in_file(file, &annotations).or_else(|| {
                    let given = self.given?;
                    in_file(given, &view.besides.get(given)?.standoff(view)?)
                })
            }
            Pointed::Entry(id) => ide::entry_of_id(&view.snapshot, origin, id),
        }
    }

    /// What is known of the entry that is linked to at a byte of it.
    pub fn hover(&self, view: &View, byte: u32) -> Option<Hover> {
        let (annotations, text) = (self.standoff(view)?, document(view, self.text?)?);
        let (words, Pointed::Entry(id)) = annotations.pointed(byte, &text)? else { return None };
        let source = annotations.source();
        ide::hover_on_id(&view.snapshot, LineIndex::new(source).place(source, words), id)
    }

    /// The annotations; `None` where they cannot be read.
    pub fn standoff(&self, view: &View) -> Option<Standoff> {
        String::from_utf8(self.bytes(view)?).ok().map(Standoff::parse)
    }

    fn bytes(&self, view: &View) -> Option<Vec<u8>> {
        match &self.open {
            Some(text) => Some(text.as_bytes().to_vec()),
            None => read::read(&view.root.join(&self.path)).ok(),
        }
    }
}

/// The edits that write an id anew in all annotations of a corpus that are linked to the entry that has it.
///
/// # Errors
/// When there are some and the new id cannot stand in them.
pub fn relinked(view: &View, old: &str, new: &str) -> Result<Vec<FileEdit>, String> {
    let mut edits = Vec::new();
    for (file, beside) in view.besides.iter() {
        // What cannot be read holds no links, and is a finding.
        let text = beside.bytes(view).and_then(|bytes| String::from_utf8(bytes).ok());
        let Some(text) = text.filter(|text| text.contains(old)) else { continue };
        let annotations = Standoff::parse(text);
        let source = annotations.source();
        let mut links = annotations.links_to(old).peekable();
        if links.peek().is_some() && new.contains(char::is_whitespace) {
            return Err(format!("{} is linked to `{old}`, and an id with a space cannot stand in it", beside.path));
        }
        let lines = LineIndex::new(source);
        edits.extend(links.map(|at| FileEdit { file, place: lines.place(source, at), text: new.into() }));
    }
    edits.sort_by_key(|edit| (edit.file, edit.place));
    Ok(edits)
}

/// The text of a document, its byte-order mark included, since annotations count it; `None` where it is no text or
/// another than the one that was looked at. Reads it where it is not open.
pub fn document(view: &View, file: FileId) -> Option<Arc<str>> {
    let file = view.snapshot.file(file)?;
    if let Some(open) = file.document() {
        let mark = if open.tree().origin().byte > 0 { BYTE_ORDER_MARK } else { "" };
        return Some(format!("{mark}{}", open.text()).into());
    }
    let bytes = read::read(&view.root.join(&*file.path)).ok()?;
    if file.disk.is_none_or(|disk| disk.digest != xxhash_rust::xxh3::xxh3_64(&bytes)) {
        return None;
    }
    String::from_utf8(bytes).ok().map(Arc::from)
}

/// What the owner keeps of the annotation files of a corpus.
pub struct Annotated {
    /// The files.
    pub files: Besides,
    /// Those that a walk has found, below the root.
    pub on_disk: BTreeSet<Utf8PathBuf>,
    /// Those that are compared anew when the typing pauses.
    due: BTreeSet<Utf8PathBuf>,
    /// Whether the use of suppressions is looked at then.
    suppressions_due: bool,
    /// Whether something is due since this was asked last.
    typed: bool,
    /// What they were judged by.
    config: Arc<Config>,
    stamps: u64,
}

impl Annotated {
    /// No files, under a configuration.
    pub fn new(config: Arc<Config>) -> Self {
        Self {
            files: Besides::default(),
            on_disk: BTreeSet::new(),
            due: BTreeSet::new(),
            suppressions_due: false,
            typed: false,
            config,
            stamps: 0,
        }
    }
}

impl OpenCorpus {
    /// Takes in which annotation files a walk has found.
    pub fn set_annotations(&mut self, found: Vec<Utf8PathBuf>) {
        let found: BTreeSet<Utf8PathBuf> = found.into_iter().collect();
        let changed: Vec<Utf8PathBuf> = found.symmetric_difference(&self.annotated.on_disk).cloned().collect();
        self.annotated.on_disk = found;
        for below in &changed {
            self.renew_with_dependants(below);
        }
    }

    /// Takes in that something happened to an annotation file on disk that is not open.
    pub fn annotations_on_disk(&mut self, below: &Utf8Path, is_there: bool) {
        if !is_there {
            self.annotated.on_disk.remove(below);
        } else if !self.annotated.on_disk.contains(below) {
            // Whether it belongs to the corpus a walk says, which knows what is ignored.
            self.want_scan();
            return;
        }
        self.renew_with_dependants(below);
    }

    /// Takes in that something happened to all annotation files in a folder: another `annotation.conf`.
    pub fn annotations_changed(&mut self, folder: &Utf8Path) {
        self.annotated.files.configurations = Arc::default();
        let inside: Vec<Arc<Utf8Path>> = self.annotated.files.iter().map(|(_, beside)| beside.path.clone()).collect();
        for below in inside.iter().filter(|below| below.starts_with(folder)) {
            self.renew(below);
        }
    }

    /// Takes in the text of a configuration of annotations in the editor, or that it was closed: annotations are
    /// compared with it when the typing pauses.
    pub fn set_annotation_configuration(&mut self, below: &Utf8Path, text: Option<&str>) {
        match text {
            Some(text) => self.annotated.files.opened.insert_mut(below.to_owned(), text.into()),
            None => drop(self.annotated.files.opened.remove_mut(below)),
        }
        self.annotated.files.configurations = Arc::default();
        let folder = below.parent().unwrap_or(Utf8Path::new(""));
        let inside = self.annotated.files.files.values().filter(|beside| beside.path.starts_with(folder));
        self.annotated.due.extend(inside.map(|beside| beside.path.to_path_buf()));
        self.annotated.typed |= !self.annotated.due.is_empty();
    }

    /// Takes in the text of an annotation file in the editor.
    pub fn open_annotations(&mut self, below: &Utf8Path, text: &str) {
        self.set_open(below, Some(text.into()));
    }

    /// Takes in that an annotation file was closed: what is on disk stands from now on.
    pub fn close_annotations(&mut self, below: &Utf8Path) {
        self.set_open(below, None);
    }

    fn set_open(&mut self, below: &Utf8Path, open: Option<Arc<str>>) {
        self.put(below, open);
        self.renew_found(below);
    }

    /// Takes in which texts have changed, and whether the configuration has.
    pub(super) fn texts_changed(&mut self, touched: &[FileId]) {
        let config = &self.world.current().config;
        if !Arc::ptr_eq(config, &self.annotated.config) {
            self.annotated.config = config.clone();
            let all = self.annotated.files.files.values().map(|beside| beside.path.to_path_buf());
            self.annotated.due.extend(all);
            self.annotated.typed |= !self.annotated.due.is_empty();
        }
        if !self.annotated.config.suppress.is_empty() && !touched.is_empty() {
            self.annotated.suppressions_due = true;
            self.annotated.typed = true;
        }
        if self.annotated.files.files.is_empty() {
            return;
        }
        for text in touched {
            let Some(path) = self.world.named(*text).cloned() else { continue };
            let is_open = self.world.current().file(*text).is_some_and(|file| file.document().is_some());
            for below in annotation_files::names(&path) {
                let known = self.world.known(&below).and_then(|id| self.annotated.files.get(id));
                let Some(known) = known else { continue };
                // Only what is known to be its text can wait: edits of a text must find its annotations.
                if is_open && known.text == Some(*text) {
                    self.annotated.due.insert(below);
                    self.annotated.typed = true;
                } else {
                    self.renew(&below);
                }
            }
        }
    }

    /// Whether something is to be compared when the typing pauses; asked once for each time.
    pub fn take_typed(&mut self) -> bool {
        std::mem::take(&mut self.annotated.typed)
    }

    /// The typing pauses: annotations are compared with what stands in the editor.
    pub fn compare(&mut self) {
        for below in std::mem::take(&mut self.annotated.due) {
            self.renew(&below);
        }
        if std::mem::take(&mut self.annotated.suppressions_due) {
            let config = self.current().config_source.as_ref().map(|(id, _)| *id);
            self.dirty.extend(config);
            self.news |= self.current().config_source.as_ref().is_some_and(|(_, config)| config.open);
        }
    }

    fn renew_with_dependants(&mut self, below: &Utf8Path) {
        self.renew(below);
        self.renew_found(below);
    }

    /// Of an `.a1` the `.a2`, which refers to it.
    fn renew_found(&mut self, below: &Utf8Path) {
        if below.extension() == Some("a1") {
            let found = below.with_extension("a2");
            if self.has_annotations(&found) {
                self.renew(&found);
            }
        }
    }

    fn has_annotations(&self, below: &Utf8Path) -> bool {
        self.world.known(below).is_some_and(|id| self.annotated.files.get(id).is_some())
    }

    /// Takes in that an annotation file, or what it is compared with, may be another, or that it has come or gone.
    fn renew(&mut self, below: &Utf8Path) {
        let known = self.world.known(below).and_then(|id| self.annotated.files.get(id));
        let open = known.and_then(|beside| beside.open.clone());
        self.put(below, open);
        self.news = true;
    }

    fn put(&mut self, below: &Utf8Path, open: Option<Arc<str>>) {
        let id = self.world.id(below);
        self.dirty.insert(id);
        if open.is_some() || self.annotated.on_disk.contains(below) {
            let beside = self.beside(below, open);
            self.annotated.files.files.insert_mut(id, beside);
        } else {
            self.annotated.files.files.remove_mut(&id);
        }
    }

    /// An annotation file as it is now.
    fn beside(&mut self, below: &Utf8Path, open: Option<Arc<str>>) -> Beside {
        self.annotated.stamps += 1;
        let given = below.with_extension("a1");
        let given = self.world.known(&given).filter(|_| below.extension() == Some("a2"));
        Beside { path: below.into(), open, stamp: self.annotated.stamps, text: self.text_beside(below), given }
    }

    /// The text that an annotation file belongs to: the one of its name, `.txt` before others.
    fn text_beside(&self, below: &Utf8Path) -> Option<FileId> {
        let stem = below.with_extension("");
        let of_text = |text: &Utf8Path| self.world.known(text).filter(|id| self.current().file(*id).is_some());
        let first = of_text(&below.with_extension("txt"));
        first.or_else(|| self.texts_of_stem(&stem).find_map(|text| of_text(text)))
    }
}
