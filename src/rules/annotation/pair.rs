//! An annotation file beside its text, as rules see it that ask the corpus.

use std::borrow::Cow;
use std::cell::OnceCell;

use crate::annotation::{Against, AnnotationBody, REGISTRY, Standoff};
use crate::corpus::linked::LinkContext;
use crate::corpus::mention::{Mention, mentions};
use crate::corpus::{File, Snapshot};
use crate::diagnostic::FileEdit;
use crate::registry::Registry;
use crate::text::edit::TextEdit;
use crate::text::{FileId, LineIndex, Place, Span};

/// An annotation file beside its text.
pub struct PairContext<'a> {
    /// The corpus.
    pub snapshot: &'a Snapshot,
    /// The number of the annotation file.
    pub file: FileId,
    /// The document, where it is one of the corpus.
    pub document: Option<&'a File>,
    /// The annotations.
    pub standoff: &'a Standoff,
    /// The text, and what else the annotations are compared with.
    pub against: Against<'a>,
    /// The lines of the annotation file.
    pub lines: &'a LineIndex,
    unpacked: OnceCell<Option<Cow<'a, File>>>,
}

/// A link to an entry of the corpus's registry.
#[derive(Clone, Copy)]
pub struct RegistryLink<'a> {
    /// The id of the annotation that is linked.
    pub target: &'a str,
    /// The id of the entry, and its place in the annotation file.
    pub entry: (&'a str, Span),
}

impl<'a> PairContext<'a> {
    /// A pair.
    pub const fn new(
        snapshot: &'a Snapshot,
        (file, document): (FileId, Option<&'a File>),
        standoff: &'a Standoff,
        against: Against<'a>,
        lines: &'a LineIndex,
    ) -> Self {
        Self { snapshot, file, document, standoff, against, lines, unpacked: OnceCell::new() }
    }

    /// The links to the registry; none where the corpus has no registry.
    pub fn registry_links(&self) -> impl Iterator<Item = RegistryLink<'a>> + use<'a> {
        let (standoff, has_registry) = (self.standoff, !self.snapshot.registry_files.is_empty());
        standoff.lines().iter().filter(move |_| has_registry).filter_map(move |line| {
            let AnnotationBody::Normalization { target, reference } = line.body else { return None };
            let (database, entry) = standoff.slice(reference).split_once(':')?;
            let at = Span::new(reference.start + database.len() as u32 + 1, reference.end);
            (database == REGISTRY).then(|| RegistryLink { target: standoff.slice(target), entry: (entry, at) })
        })
    }

    /// The registry.
    pub fn registry(&self) -> &'a Registry {
        &self.snapshot.registry
    }

    /// The mentions that were recognised in the document, by start, outer first.
    pub fn mentions(&self) -> Vec<Mention<'_>> {
        let file = self.unpacked.get_or_init(|| self.document.map(File::unpacked));
        let Some(file) = file else { return Vec::new() };
        let profile = self.snapshot.profile(file);
        let links = LinkContext { registry: &self.snapshot.registry, day: profile.date, short: false };
        mentions(file, &profile, links).collect()
    }

    /// The place of a span of the annotation file.
    pub fn place(&self, span: Span) -> Place {
        self.lines.place(self.standoff.source(), span)
    }

    /// An edit of the annotation file.
    pub fn edit(&self, edit: &TextEdit) -> FileEdit {
        FileEdit { file: self.file, place: self.place(edit.span), text: edit.text.clone() }
    }
}
