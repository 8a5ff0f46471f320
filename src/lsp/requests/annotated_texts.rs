//! Questions about the annotations of a text: what is annotated here, to whom it is linked, what it is related to.

use rayon::prelude::*;
use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};
use tower_lsp::ls_types as lsp;

use crate::annotation::AnnotationBody;
use crate::ide::annotation::{
    AnnotatedPiece, AnnotationFacts, AnnotationPair, CodePoints, ReferenceIndex, by_type, is_registry, ties, type_token,
};
use crate::ide::{Highlight, Hover, HoverSection, OutlineSymbol, SymbolKind};
use crate::lsp::view::CorpusView;
use crate::lsp::view::annotated_text::{ReadAnnotations, SavedText};
use crate::text::{FileId, Place, Span};

/// A text with the annotations beside it, read for one question.
pub struct AnnotatedText<'v> {
    view: &'v CorpusView,
    file: FileId,
    saved: SavedText,
    beside: Vec<ReadAnnotations>,
}

/// A hint behind an annotation.
pub struct LinkHint {
    /// The place of the annotation.
    pub place: Place,
    /// The entry it is linked to.
    pub entry: String,
}

/// An annotation as an item of a call hierarchy, until somebody asks about it.
#[derive(Serialize, Deserialize)]
struct TieData {
    /// The annotation file.
    annotations: lsp::Uri,
    /// The id.
    id: String,
}

impl<'v> AnnotatedText<'v> {
    /// Reads a text and its annotations; `None` where it has none.
    pub fn new(view: &'v CorpusView, file: FileId) -> Option<Self> {
        view.snapshot.file(file)?;
        if view.annotations_beside(file).is_empty() {
            return None;
        }
        let saved = SavedText::read(view, file)?;
        Some(Self { view, file, saved, beside: view.read_annotations(file) })
    }

    /// Calls `each` with every annotation file beside the text.
    fn each(&self, mut each: impl FnMut(&ReadAnnotations, &AnnotationPair<'_>)) {
        let points = CodePoints::new(&self.saved.text);
        for read in &self.beside {
            each(read, &read.pair(&points));
        }
    }

    fn byte(&self, at: lsp::Position) -> u32 {
        self.saved.byte(at, self.view.session.encoding)
    }

    /// Adds what is said of the annotations at a position to what else is known there.
    pub fn hover(&self, at: lsp::Position, hover: Option<Hover>) -> Option<Hover> {
        let byte = self.byte(at);
        let mut sections: Vec<HoverSection> = Vec::new();
        let mut place = None;
        self.each(|read, pair| {
            let touched = pair.touched(Span::new(byte, byte));
            if touched.is_empty() {
                return;
            }
            let index = ReferenceIndex::new(&read.shown);
            let facts = AnnotationFacts {
                pair,
                index: &index,
                snapshot: &self.view.snapshot,
                configuration: read.configuration.as_deref(),
            };
            for number in touched {
                place = place.or_else(|| {
                    let spans = pair.spans(number)?;
                    spans.into_iter().find(|span| span.touches(byte))
                });
                sections.extend(facts.of_text(number));
            }
        });
        let Some(mut hover) = hover else {
            let place = self.saved.place(place?);
            return (!sections.is_empty()).then_some(Hover { place, sections });
        };
        // Who is linked may be told already.
        sections.retain(|section| !hover.sections.contains(section));
        hover.sections.extend(sections);
        Some(hover)
    }

    /// The pieces of the text that are annotated, with their colours.
    pub fn pieces(&self, within: Option<lsp::Range>) -> Vec<AnnotatedPiece> {
        let mut pieces = Vec::new();
        let within = within.map(|range| self.saved.selection(range, self.view.session.encoding));
        self.each(|read, pair| {
            let index = ReferenceIndex::new(&read.shown);
            for (number, spans) in pair.placed() {
                let Some(kind) = pair.kind(number) else { continue };
                let is_linked = index.links(pair.id(number)).next().is_some();
                let wanted = |span: &Span| {
                    let is_line = !span.is_empty() && !span.slice(&self.saved.text).contains(['\n', '\r']);
                    is_line
                        && within.is_none_or(|within| {
                            within.touches(span.start) || within.touches(span.end) || span.contains(within)
                        })
                };
                pieces.extend(spans.into_iter().filter(wanted).map(|span| AnnotatedPiece {
                    place: self.saved.place(span),
                    kind: type_token(kind),
                    is_linked,
                }));
            }
        });
        pieces
    }

    /// The entries that annotations in a range are linked to, behind them.
    pub fn links(&self, range: lsp::Range) -> Vec<LinkHint> {
        let within = self.saved.selection(range, self.view.session.encoding);
        let mut hints = Vec::new();
        self.each(|read, pair| {
            let index = ReferenceIndex::new(&read.shown);
            for (number, spans) in pair.placed() {
                let Some(last) = spans.last().filter(|last| within.touches(last.end)) else { continue };
                for (_, _, database, entry) in index.links(pair.id(number)) {
                    let entry = if is_registry(database) { entry.to_owned() } else { format!("{database}:{entry}") };
                    hints.push(LinkHint { place: self.saved.place(*last), entry });
                }
            }
        });
        hints
    }

    /// The annotations by type, for the outline of the text.
    pub fn symbols(&self) -> Vec<OutlineSymbol> {
        let mut groups: Vec<OutlineSymbol> = Vec::new();
        self.each(|read, pair| {
            for (kind, symbols) in by_type(pair, true) {
                let children = symbols.into_iter().filter_map(|symbol| {
                    let place = self.saved.place(pair.extent(symbol.number)?);
                    Some(OutlineSymbol {
                        name: symbol.name,
                        detail: symbol.detail,
                        kind: SymbolKind::Mention,
                        whole: place,
                        focus: place,
                        children: Vec::new(),
                    })
                });
                let mut children: Vec<OutlineSymbol> = children.collect();
                children.sort_by_key(|child| child.whole);
                let Some(first) = children.first().map(|child| child.whole) else { continue };
                let label = read.configuration.as_ref().map_or(kind, |configuration| configuration.label(kind));
                groups.push(OutlineSymbol {
                    name: format!("annotated as {label}"),
                    detail: children.len().to_string(),
                    kind: SymbolKind::Group,
                    whole: first,
                    focus: first,
                    children,
                });
            }
        });
        groups
    }

    /// The entries that annotations at a position are linked to.
    pub fn entries_at(&self, at: lsp::Position) -> Vec<String> {
        let byte = self.byte(at);
        let mut entries = Vec::new();
        self.each(|read, pair| {
            let touched = pair.touched(Span::new(byte, byte));
            if touched.is_empty() {
                return;
            }
            let index = ReferenceIndex::new(&read.shown);
            for number in touched {
                let links = index.links(pair.id(number)).filter(|(_, _, database, _)| is_registry(database));
                entries.extend(links.map(|(_, _, _, entry)| entry.to_owned()));
            }
        });
        entries.sort_unstable();
        entries.dedup();
        entries
    }

    /// The places that are annotated and linked to entries.
    pub fn linked_to(&self, entries: &[String]) -> Vec<Place> {
        let mut places = Vec::new();
        self.each(|read, pair| {
            let index = ReferenceIndex::new(&read.shown);
            for (number, spans) in pair.placed() {
                let is_meant = index
                    .links(pair.id(number))
                    .any(|(_, _, database, entry)| is_registry(database) && entries.iter().any(|known| known == entry));
                if is_meant {
                    places.extend(spans.into_iter().map(|span| self.saved.place(span)));
                }
            }
        });
        places.sort_unstable();
        places
    }

    /// The lines of the annotation files that say something of the annotations at a position.
    pub fn said_at(&self, at: lsp::Position) -> Vec<(FileId, Place)> {
        let byte = self.byte(at);
        let mut said = Vec::new();
        self.each(|read, pair| {
            let lines = crate::text::LineIndex::new(read.shown.source());
            let index = ReferenceIndex::new(&read.shown);
            for number in pair.touched(Span::new(byte, byte)) {
                let line = &read.shown.lines()[number];
                let of_id = index.of(pair.id(number)).map(|(_, line)| line.span);
                let spans = std::iter::once(line.span).chain(of_id);
                said.extend(spans.map(|span| (read.file, lines.place(read.shown.source(), span))));
            }
        });
        said
    }

    /// The places of what is annotated at a position: of all that is linked to the same entry, else the pieces of the
    /// annotation.
    pub fn highlights(&self, at: lsp::Position, known: Vec<Highlight>) -> Vec<Highlight> {
        let byte = self.byte(at);
        let entries = self.entries_at(at);
        let mut places = self.linked_to(&entries);
        if places.is_empty() && known.is_empty() {
            self.each(|_, pair| {
                if let Some(spans) = pair.touched(Span::new(byte, byte)).first().and_then(|number| pair.spans(*number))
                {
                    places.extend(spans.into_iter().map(|span| self.saved.place(span)));
                }
            });
        }
        let key = |place: &Place| (place.start.line, place.start.column_byte, place.end.line, place.end.column_byte);
        let told: FxHashSet<_> = known.iter().map(|highlight| key(&highlight.place)).collect();
        let new = places.into_iter().filter(|place| !told.contains(&key(place)));
        let new: Vec<Highlight> = new.map(|place| Highlight { place, defines: false }).collect();
        known.into_iter().chain(new).collect()
    }

    /// The annotations at a position that are related to others, as items of a call hierarchy.
    pub fn tie_items(&self, at: lsp::Position) -> Vec<lsp::CallHierarchyItem> {
        let byte = self.byte(at);
        let mut items = Vec::new();
        self.each(|read, pair| {
            let index = ReferenceIndex::new(&read.shown);
            for number in pair.touched(Span::new(byte, byte)) {
                let is_tied =
                    !ties(pair, &index, number, true).is_empty() || !ties(pair, &index, number, false).is_empty();
                if is_tied {
                    items.extend(self.tie_item(read, pair, number));
                }
            }
        });
        items
    }

    fn tie_item(
        &self,
        read: &ReadAnnotations,
        pair: &AnnotationPair<'_>,
        number: usize,
    ) -> Option<lsp::CallHierarchyItem> {
        let range = self.view.range(self.saved.place(pair.extent(number)?));
        let data = TieData { annotations: self.view.uri(read.file)?, id: pair.id(number).to_owned() };
        Some(lsp::CallHierarchyItem {
            name: pair.words(number)?,
            kind: lsp::SymbolKind::OBJECT,
            tags: None,
            detail: Some(format!("{} {}", pair.kind(number)?, pair.id(number))),
            uri: self.view.uri(self.file)?,
            range,
            selection_range: range,
            data: serde_json::to_value(data).ok(),
        })
    }

    /// The annotations that one is related to, with the name of the relation; `None` where an item is something else.
    pub fn tied(
        &self,
        item: &lsp::CallHierarchyItem,
        outgoing: bool,
    ) -> Option<Vec<(lsp::CallHierarchyItem, lsp::Range)>> {
        let data: TieData = serde_json::from_value(item.data.clone()?).ok()?;
        let mut found = Vec::new();
        self.each(|read, pair| {
            if self.view.uri(read.file).as_ref() != Some(&data.annotations) {
                return;
            }
            let Some(number) = pair.number(&data.id) else { return };
            let index = ReferenceIndex::new(&read.shown);
            for tie in ties(pair, &index, number, outgoing) {
                let Some(mut other) = self.tie_item(read, pair, tie.other) else { continue };
                let place = if outgoing { item.selection_range } else { other.selection_range };
                let detail = other.detail.unwrap_or_default();
                other.detail = Some(format!("{} · {detail}", tie.name));
                found.push((other, place));
            }
        });
        Some(found)
    }
}

/// Tells whether an item of a call hierarchy is an annotation.
pub fn is_tie(item: &lsp::CallHierarchyItem) -> bool {
    item.data.as_ref().is_some_and(|data| data.get("annotations").is_some())
}

/// The places in all texts of a corpus that are annotated and linked to entries.
pub fn linked_everywhere(view: &CorpusView, entries: &[String]) -> Vec<(FileId, Vec<Place>)> {
    if entries.is_empty() {
        return Vec::new();
    }
    let links = |read: &ReadAnnotations| {
        read.shown.lines().iter().any(|line| match line.body {
            AnnotationBody::Normalization { reference, .. } => {
                read.shown.slice(reference).split_once(':').is_some_and(|(database, entry)| {
                    is_registry(database) && entries.iter().any(|known| known == entry)
                })
            }
            _ => false,
        })
    };
    let all: Vec<_> = view.annotations.iter().collect();
    let mut texts: Vec<FileId> = all
        .par_iter()
        .filter_map(|(file, beside)| {
            let text = beside.text?;
            ReadAnnotations::read(view, *file, beside).filter(|read| links(read)).map(|_| text)
        })
        .collect();
    texts.sort_unstable_by(|one, other| view.below(*one).cmp(&view.below(*other)));
    texts.dedup();
    let places = texts.into_iter().filter_map(|text| {
        let places = AnnotatedText::new(view, text)?.linked_to(entries);
        (!places.is_empty()).then_some((text, places))
    });
    places.collect()
}
