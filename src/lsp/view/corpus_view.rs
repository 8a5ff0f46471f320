//! The view of a request: one corpus at one moment, and the client's names for things.

use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};
use rustc_hash::FxHashSet;
use tower_lsp::ls_types as lsp;

use super::annotations::AnnotationViews;
use super::curation_files::CurationFileViews;
use super::kept_findings::KeptFindings;
use super::sent_tokens::SentTokens;
use crate::corpus::Snapshot;
use crate::disk::path::repository_top;
use crate::disk::shared_registries;
use crate::ide::FilePosition;
use crate::lsp::convert;
use crate::lsp::documents::DocumentNames;
use crate::lsp::session::ClientSession;
use crate::lsp::settings::Settings;
use crate::text::{FileId, LineIndex, Place, Position};
use crate::toml_tree::SyntaxError;

/// The corpora a request is about.
#[derive(Default)]
pub struct CorpusViews {
    /// The corpus of the document that was asked about, with the document; `None` where no corpus governs it.
    pub document: Option<(CorpusView, FileId)>,
    /// The other corpora that share registry files with it, by root; only where they are asked for.
    pub sharing: Vec<CorpusView>,
    /// All corpora, by root.
    pub all: Vec<CorpusView>,
    /// True where the document has been edited while the request had to wait: its positions mean something else now.
    pub stale: bool,
}

/// One corpus at one moment.
#[derive(Clone)]
pub struct CorpusView {
    /// The client that asks.
    pub session: Arc<ClientSession>,
    /// The folder of the configuration.
    pub root: Arc<Utf8Path>,
    /// The corpus.
    pub snapshot: Arc<Snapshot>,
    /// The annotation files beside its texts.
    pub annotations: AnnotationViews,
    /// The files in which people keep what they have decided.
    pub curation: CurationFileViews,
    /// The documents that are open in the editor, of this corpus and of others.
    pub open: Arc<DocumentNames>,
    /// Findings that were made before.
    pub findings: Arc<KeptFindings>,
    /// Registry files outside the corpus whose findings another one reports.
    pub left: Arc<FxHashSet<FileId>>,
    /// Semantic tokens that the client has.
    pub tokens: Arc<SentTokens>,
    /// The person's settings in the editor.
    pub settings: Arc<Settings>,
    /// The error that keeps the configuration in its file out of force.
    pub config_error: Option<Arc<SyntaxError>>,
}

impl CorpusView {
    /// The path of a file below the root, or from it with leading `../`.
    pub fn below(&self, file: FileId) -> Option<&Utf8Path> {
        match self.annotations.get(file) {
            Some(beside) => Some(&beside.path),
            None => {
                let curation = self.curation.get(file).map(|known| Utf8Path::new(known.which.file_name()));
                curation.or_else(|| self.snapshot.path(file))
            }
        }
    }

    /// The absolute path of a file.
    pub fn path(&self, file: FileId) -> Option<Utf8PathBuf> {
        Some(shared_registries::place(&self.root, self.below(file)?))
    }

    /// Returns whether a file lies outside the corpus, its git repository and the folders of the workspace. Nobody
    /// expects such a file to change: the client asks before.
    pub fn is_outside(&self, file: FileId) -> bool {
        self.path(file).is_some_and(|path| {
            let is_near = path.starts_with(&*self.root)
                || repository_top(&self.root).is_some_and(|top| path.starts_with(top))
                || self.session.folders.hold(&path);
            !is_near
        })
    }

    /// The registry file at an absolute path.
    pub fn registry_file(&self, path: &Utf8Path) -> Option<FileId> {
        let mut files = self.snapshot.registry_files.iter();
        files.find(|(_, source)| shared_registries::place(&self.root, &source.path) == path).map(|(file, _)| *file)
    }

    /// Returns the address of a file, as the client writes it where it has it open.
    pub fn uri(&self, file: FileId) -> Option<lsp::Uri> {
        let path = self.path(file)?;
        match self.open.get(&path) {
            Some(open) => Some(open.uri.clone()),
            None => convert::uri(&path),
        }
    }

    /// The version of a file that is open.
    pub fn version(&self, file: FileId) -> Option<i32> {
        Some(self.open.get(&self.path(file)?)?.version)
    }

    /// The byte of a file at a position of the client's. What lies outside the text is clamped; `None` where the
    /// file's text is not known, since it is not open.
    pub fn offset(&self, file: FileId, at: lsp::Position) -> Option<u32> {
        let encoding = self.session.encoding;
        if let Some(document) = self.snapshot.file(file).and_then(|file| file.document()) {
            return Some(document.offset(at.line, at.character, encoding));
        }
        let beside = self.annotations.get(file).map(|beside| &beside.open);
        if let Some(open) = beside.or_else(|| self.curation.get(file).map(|known| &known.open)) {
            let text = open.as_deref()?;
            return Some(LineIndex::new(text).offset(text, at.line, at.character, encoding));
        }
        let source = self.snapshot.source(file)?;
        Some(source.lines.offset(&source.text, at.line, at.character, encoding))
    }

    /// A cursor of the client's; `None` where the file's text is not known.
    pub fn at(&self, file: FileId, at: lsp::Position) -> Option<FilePosition> {
        Some(FilePosition { file, byte: self.offset(file, at)? })
    }

    /// A position as the client counts.
    pub fn position(&self, at: Position) -> lsp::Position {
        convert::position(at, self.session.encoding)
    }

    /// A place as the client counts.
    pub fn range(&self, place: Place) -> lsp::Range {
        lsp::Range { start: self.position(place.start), end: self.position(place.end) }
    }

    /// A place in a file as the client names it.
    pub fn location(&self, file: FileId, place: Place) -> Option<lsp::Location> {
        Some(lsp::Location { uri: self.uri(file)?, range: self.range(place) })
    }

    /// The texts of the corpus, their annotations and what they are judged by, by path: the files that can have
    /// findings.
    pub fn all_files(&self) -> Vec<FileId> {
        let mut files: Vec<FileId> = self.snapshot.files().map(|file| file.id).collect();
        files.extend(self.annotations.iter().map(|(id, _)| id));
        files.extend(self.curation.files.iter().map(|known| known.file));
        files.extend(self.sources().filter(|file| !self.left.contains(file)));
        files.sort_by(|a, b| self.below(*a).cmp(&self.below(*b)));
        files
    }

    /// The registry files and the configuration.
    pub fn sources(&self) -> impl Iterator<Item = FileId> {
        let config = self.snapshot.config_source.iter().map(|(id, _)| *id);
        self.snapshot.registry_files.keys().copied().chain(config)
    }
}
