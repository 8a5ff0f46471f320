//! Questions in an annotation file: what a line says, what its words lead to, who refers to an id.

use tower_lsp::ls_types as lsp;

use crate::annotation::AnnotationBody;
use crate::diagnostic::FileEdit;
use crate::ide::annotation::{
    AnnotationFacts, AnnotationWord, CodePoints, ReferenceIndex, by_type, completions, entries_like, folds, id_places,
    renamed_id, selections, token_spans, word_at,
};
use crate::ide::{
    self, Completion, CompletionKind, CompletionTopic, FoldedLines, Highlight, Hover, Jump, MentionToken,
    OutlineSymbol, SymbolKind,
};
use crate::lsp::view::CorpusView;
use crate::lsp::view::annotated_text::{ReadAnnotations, SavedText};
use crate::text::{FileId, LineIndex, Place, Span};

/// An annotation file with its text, read for one question.
pub struct AnnotationQuestion<'v> {
    view: &'v CorpusView,
    file: FileId,
    read: ReadAnnotations,
    text: Option<(FileId, SavedText)>,
    lines: LineIndex,
}

impl<'v> AnnotationQuestion<'v> {
    /// Reads an annotation file; `None` for other files, and where it cannot be read.
    pub fn new(view: &'v CorpusView, file: FileId) -> Option<Self> {
        let beside = view.annotations.get(file)?;
        let read = ReadAnnotations::read(view, file, beside)?;
        let text = beside.text.and_then(|text| Some((text, SavedText::read(view, text)?)));
        let lines = LineIndex::new(read.shown.source());
        Some(Self { view, file, read, text, lines })
    }

    fn place(&self, span: Span) -> Place {
        self.lines.place(self.read.shown.source(), span)
    }

    fn document(&self) -> &str {
        self.text.as_ref().map_or("", |(_, saved)| &*saved.text)
    }

    /// The byte at a position of the client's.
    pub fn byte(&self, at: lsp::Position) -> u32 {
        self.lines.offset(self.read.shown.source(), at.line, at.character, self.view.session.encoding)
    }

    /// The facts about a line.
    pub fn hover(&self, byte: u32) -> Option<Hover> {
        let points = CodePoints::new(self.document());
        let pair = self.read.pair(&points);
        let index = ReferenceIndex::new(&self.read.shown);
        let facts = AnnotationFacts {
            pair: &pair,
            index: &index,
            snapshot: &self.view.snapshot,
            configuration: self.read.configuration.as_deref(),
        };
        let number = pair.line_at(byte)?;
        let (place, sections) = match word_at(&self.read.shown, byte) {
            Some((_, span, AnnotationWord::Target(id))) => (span, facts.of_id(id)),
            Some((_, span, AnnotationWord::Entry(_, id))) => {
                let hover = ide::hover_on_id(&self.view.snapshot, self.place(span), id);
                if hover.is_some() {
                    return hover;
                }
                (span, facts.of_line(number))
            }
            Some((_, span, AnnotationWord::Kind(_) | AnnotationWord::Id(_))) => (span, facts.of_line(number)),
            _ => (self.read.shown.lines()[number].span, facts.of_line(number)),
        };
        (!sections.is_empty()).then(|| Hover { place: self.place(place), sections })
    }

    /// The jump from a byte: to the text, another annotation, an entry of the registry.
    pub fn leads(&self, byte: u32) -> Option<Jump> {
        let points = CodePoints::new(self.document());
        let pair = self.read.pair(&points);
        let found = word_at(&self.read.shown, byte);
        let number = pair.line_at(byte)?;
        let line = &self.read.shown.lines()[number];
        if let AnnotationBody::Text { .. } = line.body {
            let (text, saved) = self.text.as_ref()?;
            let place = saved.place(pair.extent(number)?);
            return Some(Jump { origin: self.place(line.span), file: *text, whole: place, focus: place });
        }
        let (_, span, word) = found?;
        let origin = self.place(span);
        match word {
            AnnotationWord::Target(id) => self.line_of(origin, id),
            AnnotationWord::Entry(_, id) => ide::entry_of_id(&self.view.snapshot, origin, id),
            _ => None,
        }
    }

    fn line_of(&self, origin: Place, id: &str) -> Option<Jump> {
        if let Some(line) = self.read.shown.line(id) {
            return Some(Jump { origin, file: self.file, whole: self.place(line.span), focus: self.place(line.id) });
        }
        let file = self.view.annotations.get(self.file)?.given?;
        let given = self.read.given.as_ref()?;
        let line = given.line(id)?;
        let lines = LineIndex::new(given.source());
        let place = |span| lines.place(given.source(), span);
        Some(Jump { origin, file, whole: place(line.span), focus: place(line.id) })
    }

    /// The id under a byte.
    fn id_at(&self, byte: u32) -> Option<(Span, &str)> {
        match word_at(&self.read.shown, byte)? {
            (_, span, AnnotationWord::Id(id) | AnnotationWord::Target(id)) => Some((span, id)),
            _ => None,
        }
    }

    /// The entry of the registry under a byte, by its id.
    pub fn entry_at(&self, byte: u32) -> Option<(Place, &str)> {
        match word_at(&self.read.shown, byte)? {
            (_, span, AnnotationWord::Entry(database, id)) => {
                let start = span.start + database.len() as u32 + 1;
                Some((self.place(Span::new(start, span.end)), id))
            }
            _ => None,
        }
    }

    /// The other annotation file of an id: of an `.a2` the `.a1`, of an `.a1` the `.a2`.
    fn other_half(&self) -> Option<ReadAnnotations> {
        let mine = self.view.annotations.get(self.file)?;
        let mut halves = self.view.annotations.iter().filter(|(file, other)| {
            *file != self.file && (mine.given == Some(*file) || other.given == Some(self.file))
        });
        let (file, other) = halves.next()?;
        ReadAnnotations::read(self.view, file, other)
    }

    /// The places of the id under a byte, in the files beside the text: that which gives it, with `declaration`, and
    /// those that refer to it.
    pub fn references(&self, byte: u32, declaration: bool) -> Option<Vec<(FileId, Place)>> {
        let (_, id) = self.id_at(byte)?;
        let mut found = Vec::new();
        let mut add = |read: &ReadAnnotations| {
            let lines = LineIndex::new(read.shown.source());
            let (given, places) = id_places(&read.shown, id);
            let spans = given.filter(|_| declaration).into_iter().chain(places);
            found.extend(spans.map(|span| (read.file, lines.place(read.shown.source(), span))));
        };
        add(&self.read);
        if let Some(other) = self.other_half() {
            add(&other);
        }
        Some(found)
    }

    /// The places of the id under a byte in its file.
    pub fn highlights(&self, byte: u32) -> Vec<Highlight> {
        let Some((_, id)) = self.id_at(byte) else { return Vec::new() };
        let (given, places) = id_places(&self.read.shown, id);
        let given = given.map(|span| Highlight { place: self.place(span), defines: true });
        let places = places.into_iter().map(|span| Highlight { place: self.place(span), defines: false });
        given.into_iter().chain(places).collect()
    }

    /// The id under a byte, to be renamed.
    pub fn renamable(&self, byte: u32) -> Option<(Place, String)> {
        let (span, id) = self.id_at(byte)?;
        Some((self.place(span), id.to_owned()))
    }

    /// The edits that give the annotation under a byte another id.
    ///
    /// # Errors
    /// When the new id is none, or taken.
    pub fn rename(&self, byte: u32, new: &str) -> Result<Option<Vec<FileEdit>>, String> {
        let Some((_, old)) = self.id_at(byte) else { return Ok(None) };
        let other = self.other_half();
        let is_taken = other.as_ref().is_some_and(|other| other.shown.line(new).is_some());
        let mut edits = Vec::new();
        for (read, is_taken) in
            std::iter::once((&self.read, is_taken)).chain(other.as_ref().map(|other| (other, false)))
        {
            let renamed = renamed_id(&read.shown, old, new, is_taken).map_err(|refusal| refusal.to_string())?;
            let lines = LineIndex::new(read.shown.source());
            edits.extend(renamed.into_iter().map(|edit| FileEdit {
                file: read.file,
                place: lines.place(read.shown.source(), edit.span),
                text: edit.text,
            }));
        }
        edits.sort_by_key(|edit| (edit.file, edit.place));
        Ok(Some(edits))
    }

    /// The words that may be meant by what is typed.
    pub fn completions(&self, byte: u32) -> Vec<Completion> {
        let points = CodePoints::new(self.document());
        let pair = self.read.pair(&points);
        let snapshot = &self.view.snapshot;
        let entries = |words: &str| entries_like(snapshot, words, 6);
        let (span, items) = completions(&pair, self.read.configuration.as_deref(), &entries, byte);
        let place = self.place(span);
        let typed = span.slice(self.read.shown.source());
        let item = |item: ide::annotation::AnnotationCompletion| {
            let kind = item.entry.as_ref().and_then(|id| snapshot.registry.by_id(id)).map(|entity| entity.kind);
            Completion {
                label: item.text.clone(),
                detail: item.detail,
                kind: kind.map_or(CompletionKind::Value, CompletionKind::Id),
                place,
                filter: if item.entry.is_some() { typed.to_owned() } else { item.text.clone() },
                more: item.entry.map(|id| CompletionTopic::Entity(id.into())),
                text: item.text,
            }
        };
        items.into_iter().map(item).collect()
    }

    /// The outline: lines by type.
    pub fn symbols(&self) -> Vec<OutlineSymbol> {
        let points = CodePoints::new(self.document());
        let pair = self.read.pair(&points);
        let groups = by_type(&pair, false).into_iter().map(|(kind, symbols)| {
            let children: Vec<OutlineSymbol> = symbols
                .into_iter()
                .map(|symbol| {
                    let line = &self.read.shown.lines()[symbol.number];
                    let focus = if line.id.is_empty() { line.span } else { line.id };
                    OutlineSymbol {
                        name: symbol.name,
                        detail: symbol.detail,
                        kind: SymbolKind::Mention,
                        whole: self.place(line.span),
                        focus: self.place(focus),
                        children: Vec::new(),
                    }
                })
                .collect();
            let first = children.first().map(|child| (child.whole, child.focus)).unwrap_or_default();
            OutlineSymbol {
                name: kind.to_owned(),
                detail: children.len().to_string(),
                kind: SymbolKind::Group,
                whole: first.0,
                focus: first.1,
                children,
            }
        });
        groups.collect()
    }

    /// The folds.
    pub fn folds(&self) -> Vec<FoldedLines> {
        folds(&self.read.shown)
    }

    /// The places around a byte, from inside out.
    pub fn selections(&self, byte: u32) -> Vec<Place> {
        selections(&self.read.shown, byte).into_iter().map(|span| self.place(span)).collect()
    }

    /// The colours of its words.
    pub fn tokens(&self) -> Vec<MentionToken> {
        let token = |(span, kind)| MentionToken { place: self.place(span), kind, modifiers: 0 };
        token_spans(&self.read.shown).into_iter().map(token).collect()
    }
}
