//! A corpus at one moment: what everybody but its one writer sees.
//!
//! Everything in a [`Snapshot`] is shared, so publishing one is cheap. Deliberately absent: changing anything (see
//! [`World`](super::world::World)).

use std::collections::BTreeMap;
use std::sync::Arc;

use camino::Utf8Path;
use compact_str::CompactString;
use jiff::civil::Date;
use rustc_hash::FxHashMap;

use super::annotated::AnnotationIndex;
use super::chunked::Chunked;
use super::digest::DigestBasis;
use super::document::Document;
use super::file::{File, FileBody, split_mark};
use super::index::CorpusIndex;
use super::quoted::QuotedFiles;
use crate::config::{Config, ValueFault};
use crate::recognise::analyse::Ctx;
use crate::recognise::decree::{self, DecreeSymbol};
use crate::recognise::pattern::Patterns;
use crate::recognise::profile::DocumentProfile;
use crate::registry::{self, Origin, Registry, RegistryFile};
use crate::text::{FileId, LineIndex, Place, Span};

/// A text that is not analysed but read: a registry file or the configuration.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// The path below the corpus root.
    pub path: Arc<Utf8Path>,
    /// The text.
    pub text: Arc<str>,
    /// The lines.
    pub lines: Arc<LineIndex>,
    /// The last text that could be read as TOML, with its lines, where `text` cannot.
    pub good: Option<(Arc<str>, Arc<LineIndex>)>,
    /// True where it is open in an editor.
    pub open: bool,
    /// True where `text` has been read.
    pub(super) is_read: bool,
    /// Of a registry file: what the text that is in force says.
    pub(super) in_force: Option<Arc<RegistryFile>>,
    /// Of a registry file: why its text cannot be read, where it cannot.
    pub(super) syntax: Option<registry::RegistryFault>,
}

impl SourceFile {
    pub(super) fn new(path: Arc<Utf8Path>, text: Arc<str>, open: bool) -> Self {
        let lines = Arc::new(LineIndex::new(&text));
        Self { path, text, lines, good: None, open, is_read: false, in_force: None, syntax: None }
    }

    /// Reads the text as a registry, unless that has been done; one that is no TOML leaves the last good one in force.
    pub(super) fn read(&mut self, file: FileId) {
        if std::mem::replace(&mut self.is_read, true) {
            return;
        }
        let source = registry::RegistrySource { file, text: &self.text };
        let reading = match (&self.in_force, &self.good) {
            (Some(before), Some((text, _))) => before.again(text, &source),
            _ => RegistryFile::new(&source),
        };
        self.syntax = reading.syntax().cloned();
        if self.syntax.is_none() {
            self.good = None;
            self.in_force = Some(Arc::new(reading));
        }
    }

    /// The place of a span of the text.
    pub fn place(&self, span: Span) -> Place {
        self.lines.place(&self.text, span)
    }

    /// The place of a span of the text that is in force.
    pub fn place_in_force(&self, span: Span) -> Place {
        match &self.good {
            Some((text, lines)) => lines.place(text, span),
            None => self.place(span),
        }
    }
}

/// A corpus at one moment. Cloning is cheap, and nothing that happens later changes it.
#[derive(Clone, Debug)]
pub struct Snapshot {
    /// The configuration in force.
    pub config: Arc<Config>,
    /// The configuration file, where there is one.
    pub config_source: Option<(FileId, SourceFile)>,
    /// The faults for which recognition cannot use what the configuration file says.
    pub config_misfits: Arc<[ValueFault]>,
    /// The entities there are.
    pub registry: Arc<Registry>,
    /// The registry's files, by path.
    pub registry_files: Arc<BTreeMap<FileId, SourceFile>>,
    /// Faults of registry texts that are not in force since they cannot be read.
    pub registry_syntax: Arc<Vec<registry::RegistryFault>>,
    /// The places of mentions.
    pub index: CorpusIndex,
    /// The annotated words of the corpus.
    pub annotations: AnnotationIndex,
    /// All that is told of files that are not at hand.
    pub quoted: Arc<QuotedFiles>,
    /// The legal documents of the registry, by serial number.
    pub(super) decree_entries: Arc<FxHashMap<CompactString, Vec<DecreeSymbol>>>,
    /// The day on which the corpus is looked at.
    pub today: Date,
    pub(super) files: Chunked<Option<Arc<File>>>,
    pub(super) stamps: Chunked<u64>,
    pub(super) base: u64,
    pub(super) spellings_stamp: u64,
    pub(super) ctx: Arc<Ctx>,
}

impl Snapshot {
    /// A text file of the corpus.
    pub fn file(&self, id: FileId) -> Option<&Arc<File>> {
        self.files.get(id.0 as usize)?.as_ref()
    }

    /// The same snapshot with a closed file as if it were open with this text, for a question about a place in it. Its
    /// facts are the same where the text is the one that was read.
    pub fn with_text(&self, id: FileId, text: &str) -> Option<Self> {
        let closed = self.file(id)?;
        let (origin, text) = split_mark(text);
        let body = FileBody::Open(Document::new(&self.ctx.for_path(closed.path.as_str()), text, origin));
        let mut opened = self.clone();
        let slot = opened.files.get_mut(id.0 as usize)?;
        *slot = Some(Arc::new(File { body, ..(**closed).clone() }));
        Some(opened)
    }

    /// The text files of the corpus, in no particular order.
    pub fn files(&self) -> impl Iterator<Item = &Arc<File>> {
        self.files.iter().flatten()
    }

    /// The text files of the corpus, by path.
    pub fn files_by_path(&self) -> Vec<&Arc<File>> {
        let mut files: Vec<&Arc<File>> = self.files().collect();
        files.sort_unstable_by(|a, b| a.path.as_str().cmp(b.path.as_str()));
        files
    }

    /// The path of a text, registry or configuration file below the corpus root.
    pub fn path(&self, id: FileId) -> Option<&Utf8Path> {
        match self.file(id) {
            Some(file) => Some(&file.path),
            None => self.source(id).map(|source| &*source.path),
        }
    }

    /// A registry or configuration file.
    pub fn source(&self, id: FileId) -> Option<&SourceFile> {
        self.registry_files
            .get(&id)
            .or_else(|| self.config_source.as_ref().filter(|(config, _)| *config == id).map(|(_, source)| source))
    }

    /// The place of something the registry says.
    pub fn origin_place(&self, origin: Origin) -> Option<Place> {
        Some(self.source(origin.file)?.place_in_force(origin.span))
    }

    /// The profile of a document.
    pub fn profile(&self, file: &File) -> DocumentProfile {
        DocumentProfile::of(&file.tally(), self.document_date(file))
    }

    /// All that sums of a document with this profile depend on.
    pub fn basis(&self, profile: DocumentProfile) -> DigestBasis<'_> {
        DigestBasis { stamp: self.base, profile, registry: &self.registry, decrees: &self.ctx.decrees }
    }

    /// The day a document is of, as far as anything tells.
    pub fn document_date(&self, file: &File) -> Option<Date> {
        let fixed = self.config.for_file(file.path.as_str()).document_date();
        file.date(self.config.corpus.document_date.masthead, fixed)
    }

    /// The legal documents of the registry that have this serial number.
    pub fn decree_entries(&self, number: &str) -> &[DecreeSymbol] {
        self.decree_entries.get(number).map_or(&[], Vec::as_slice)
    }

    /// Types and agencies of legal documents.
    pub fn decrees(&self) -> &decree::DecreeTable {
        &self.ctx.decrees
    }

    /// Changes whenever the findings in a file may have: with its content, with the registry and the configuration,
    /// with what other files say of a legal document that it cites. Holds after
    /// [`World::settle`](super::world::World::settle).
    pub fn stamp(&self, id: FileId) -> u64 {
        self.stamps.get(id.0 as usize).map_or(self.base, |stamp| self.base.max(*stamp))
    }

    /// Changes with the registry and the configuration: the part of every file's stamp.
    pub const fn base_stamp(&self) -> u64 {
        self.base
    }

    /// Changes whenever the findings in registry files and the configuration may have: with these files, and with the
    /// spellings of people in texts. Holds after [`World::settle`](super::world::World::settle).
    pub const fn sources_stamp(&self) -> (u64, u64) {
        (self.base, self.spellings_stamp)
    }

    /// The user's own kinds of mentions.
    pub fn patterns(&self) -> &Patterns {
        &self.ctx.patterns
    }

    /// All that recognition needs.
    pub const fn ctx(&self) -> &Arc<Ctx> {
        &self.ctx
    }
}
