//! Rows as columns of Apache Arrow, named and nested as the rows of the command line are.

use std::sync::Arc;

use arrow_array::builder::{ArrayBuilder as _, BooleanBuilder, Int32Builder, StringBuilder};
use arrow_array::{ArrayRef, BinaryArray, BooleanArray, Int32Array, ListArray, RecordBatch, StringArray, StructArray};
use arrow_buffer::OffsetBuffer;
use arrow_schema::{ArrowError, Field, Fields, Schema};
use scholiast::diagnostic::Diagnostic;
use scholiast::render::mentions::{MentionLink, MentionRow};
use scholiast::render::{Format, RenderOptions, Renderer, Sources};
use scholiast::text::Place;

use crate::pending::RowColumns;

/// One named column.
type Column = (&'static str, ArrayRef);

fn batch(columns: Vec<Column>) -> Result<RecordBatch, ArrowError> {
    let schema = Schema::new(fields(&columns));
    RecordBatch::try_new(Arc::new(schema), columns.into_iter().map(|(_, array)| array).collect())
}

fn fields(columns: &[Column]) -> Fields {
    columns.iter().map(|(name, array)| Field::new(*name, array.data_type().clone(), true)).collect()
}

fn structs(columns: Vec<Column>, present: Option<Vec<bool>>) -> Result<ArrayRef, ArrowError> {
    let fields = fields(&columns);
    let arrays = columns.into_iter().map(|(_, array)| array).collect();
    Ok(Arc::new(StructArray::try_new(fields, arrays, present.map(Into::into))?))
}

/// Lists of `lengths` elements each.
fn lists(elements: ArrayRef, lengths: Vec<usize>, present: Option<Vec<bool>>) -> Result<ArrayRef, ArrowError> {
    let field = Arc::new(Field::new("element", elements.data_type().clone(), true));
    let offsets = OffsetBuffer::from_lengths(lengths);
    Ok(Arc::new(ListArray::try_new(field, offsets, elements, present.map(Into::into))?))
}

/// `[start, end)`, a list of two.
#[derive(Default)]
struct PairColumn {
    values: Vec<i32>,
    present: Vec<bool>,
}

impl PairColumn {
    fn push(&mut self, pair: Option<(u32, u32)>) {
        self.present.push(pair.is_some());
        let (start, end) = pair.unwrap_or_default();
        self.values.extend([start as i32, end as i32]);
    }

    fn finish(self) -> Result<ArrayRef, ArrowError> {
        let lengths = vec![2; self.present.len()];
        lists(Arc::new(Int32Array::from(self.values)), lengths, Some(self.present))
    }
}

/// All columns that say where something is.
#[derive(Default)]
struct PlaceColumns {
    bytes: PairColumn,
    chars: PairColumn,
    start: Int32Builder,
    end: Int32Builder,
    /// Line and character of start and end.
    corners: [Vec<i32>; 4],
    present: Vec<bool>,
}

impl PlaceColumns {
    fn push(&mut self, place: Option<Place>) {
        self.bytes.push(place.map(|Place { start, end }| (start.byte, end.byte)));
        self.chars.push(place.map(|Place { start, end }| (start.char, end.char)));
        self.start.append_option(place.map(|place| place.start.char as i32));
        self.end.append_option(place.map(|place| place.end.char as i32));
        self.present.push(place.is_some());
        let Place { start, end } = place.unwrap_or_default();
        let corners = [start.line, start.column_utf16, end.line, end.column_utf16];
        self.corners.iter_mut().zip(corners).for_each(|(column, value)| column.push(value as i32));
    }

    /// `bytes`, `chars`, `range`; and `start`, `end`.
    fn finish(mut self) -> Result<([Column; 3], [Column; 2]), ArrowError> {
        let [line, character, end_line, end_character] =
            self.corners.map(|values| -> ArrayRef { Arc::new(Int32Array::from(values)) });
        let position = |line, character| structs(vec![("line", line), ("character", character)], None);
        let corners = vec![("start", position(line, character)?), ("end", position(end_line, end_character)?)];
        let range = structs(corners, Some(self.present))?;
        let places = [("bytes", self.bytes.finish()?), ("chars", self.chars.finish()?), ("range", range)];
        Ok((places, [("start", Arc::new(self.start.finish())), ("end", Arc::new(self.end.finish()))]))
    }
}

/// The columns that all rows have.
#[derive(Default)]
struct CommonColumns {
    document: Int32Builder,
    path: StringBuilder,
    text: StringBuilder,
    places: PlaceColumns,
    error: StringBuilder,
}

impl CommonColumns {
    /// Adds what a row says of a place in the `document`th text.
    fn push(&mut self, document: usize, path: &str, text: Option<&str>, place: Place) {
        self.document.append_value(document as i32);
        self.path.append_value(path);
        self.text.append_option(text);
        self.places.push(Some(place));
        self.error.append_null();
    }

    /// Adds a row about no place.
    fn push_placeless(&mut self, document: usize, path: Option<&str>, error: Option<&str>) {
        self.document.append_value(document as i32);
        self.path.append_option(path);
        self.text.append_null();
        self.places.push(None);
        self.error.append_option(error);
    }

    fn rows(&self) -> usize {
        self.document.len()
    }

    /// The columns before and behind those of one kind of rows.
    fn finish(mut self) -> Result<([Column; 5], [Column; 4]), ArrowError> {
        let ([bytes, chars, range], [start, end]) = self.places.finish()?;
        let before = [("path", of(self.path)), ("text", of(self.text)), bytes, chars, range];
        let document = ("document", Arc::new(self.document.finish()) as ArrayRef);
        Ok((before, [start, end, document, ("error", of(self.error))]))
    }
}

fn of(mut strings: StringBuilder) -> ArrayRef {
    Arc::new(strings.finish())
}

/// Columns of mentions.
#[derive(Default)]
pub struct MentionColumns {
    common: CommonColumns,
    kind: StringBuilder,
    id: StringBuilder,
    candidates: StringBuilder,
    candidate_counts: Vec<usize>,
    has_candidates: Vec<bool>,
    holder: StringBuilder,
    value: StringBuilder,
    resolved: StringBuilder,
    era: StringBuilder,
    number: StringBuilder,
    year: Int32Builder,
    decree_type: StringBuilder,
    agency: StringBuilder,
    label: StringBuilder,
    extent: PairColumn,
    via: StringBuilder,
}

impl MentionColumns {
    /// Adds a mention of the `document`th text.
    pub fn push(&mut self, document: usize, row: &MentionRow<'_>) {
        self.common.push(document, &row.path, Some(&row.text), row.place);
        self.kind.append_value(&row.kind);
        self.id.append_option(match &row.link {
            MentionLink::Id(id) => Some(&**id),
            MentionLink::None | MentionLink::Candidates(_) => None,
        });
        let candidates = match &row.link {
            MentionLink::Candidates(ids) => ids.as_slice(),
            MentionLink::None | MentionLink::Id(_) => &[],
        };
        candidates.iter().for_each(|id| self.candidates.append_value(id));
        self.candidate_counts.push(candidates.len());
        self.has_candidates.push(!candidates.is_empty());
        self.holder.append_option(row.holder.as_deref());
        self.value.append_option(row.value.as_deref());
        self.resolved.append_option(row.resolved.as_deref());
        self.era.append_option(row.era);
        self.number.append_option(row.number.as_deref());
        self.year.append_option(row.year.map(i32::from));
        self.decree_type.append_option(row.decree_type.as_deref());
        self.agency.append_option(row.agency.as_deref());
        self.label.append_option(row.label.as_deref());
        self.extent.push(Some(row.extent));
        self.via.append_value(row.via);
    }
}

impl RowColumns for MentionColumns {
    fn rows(&self) -> usize {
        self.common.rows()
    }

    fn push_error(&mut self, document: usize, path: Option<&str>, error: &str) {
        self.common.push_placeless(document, path, Some(error));
        self.candidate_counts.push(0);
        self.has_candidates.push(false);
        self.year.append_null();
        self.extent.push(None);
        let others = [
            &mut self.kind,
            &mut self.id,
            &mut self.holder,
            &mut self.value,
            &mut self.resolved,
            &mut self.era,
            &mut self.number,
            &mut self.decree_type,
            &mut self.agency,
            &mut self.label,
            &mut self.via,
        ];
        others.into_iter().for_each(StringBuilder::append_null);
    }

    fn finish(mut self) -> Result<RecordBatch, ArrowError> {
        let (before, behind) = self.common.finish()?;
        let candidates = lists(of(self.candidates), self.candidate_counts, Some(self.has_candidates))?;
        let mut columns = Vec::from(before);
        columns.extend([
            ("kind", of(self.kind)),
            ("id", of(self.id)),
            ("candidates", candidates),
            ("holder", of(self.holder)),
            ("value", of(self.value)),
            ("resolved", of(self.resolved)),
            ("era", of(self.era)),
            ("number", of(self.number)),
            ("year", Arc::new(self.year.finish())),
            ("type", of(self.decree_type)),
            ("agency", of(self.agency)),
            ("label", of(self.label)),
            ("extent", self.extent.finish()?),
            ("via", of(self.via)),
        ]);
        columns.extend(behind);
        batch(columns)
    }
}

/// Lists of places in files, each with a text.
struct PlacedList {
    path: StringBuilder,
    bytes: PairColumn,
    text: StringBuilder,
    text_name: &'static str,
    lengths: Vec<usize>,
}

impl PlacedList {
    fn new(text_name: &'static str) -> Self {
        let (path, text) = (StringBuilder::new(), StringBuilder::new());
        Self { path, bytes: PairColumn::default(), text, text_name, lengths: Vec::new() }
    }

    fn push<'p>(&mut self, places: impl ExactSizeIterator<Item = (&'p str, Place, &'p str)>) {
        self.lengths.push(places.len());
        for (path, place, text) in places {
            self.path.append_value(path);
            self.bytes.push(Some((place.start.byte, place.end.byte)));
            self.text.append_value(text);
        }
    }

    fn finish(mut self, present: Option<Vec<bool>>) -> Result<ArrayRef, ArrowError> {
        let path: ArrayRef = Arc::new(self.path.finish());
        let text: ArrayRef = Arc::new(self.text.finish());
        let places = structs(vec![("path", path), ("bytes", self.bytes.finish()?), (self.text_name, text)], None)?;
        lists(places, self.lengths, present)
    }
}

/// The part that a row plays in judging a corpus in parts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Part {
    /// A finding, or an error.
    Finding,
    /// A statement about a key.
    Says,
    /// A document that hears what is said about a key.
    Asks,
    /// A glob of `include` that a document matches.
    Matches,
    /// A folder with configuration files of annotation projects around a document with annotations.
    Annotated,
    /// A suppression that a document needs, by its number.
    Uses,
    /// A decision that decided something in a document, by its key.
    Decided,
}

impl Part {
    const fn name(self) -> &'static str {
        match self {
            Self::Finding => "finding",
            Self::Says => "says",
            Self::Asks => "asks",
            Self::Matches => "matches",
            Self::Annotated => "annotated",
            Self::Uses => "uses",
            Self::Decided => "decided",
        }
    }
}

/// Columns of findings, and of what is said between documents.
pub struct FindingColumns {
    common: CommonColumns,
    code: StringBuilder,
    severity: StringBuilder,
    message: StringBuilder,
    has_fix: Vec<bool>,
    title: StringBuilder,
    safe: BooleanBuilder,
    edits: PlacedList,
    related: PlacedList,
    has_related: Vec<bool>,
    json: StringBuilder,
    /// True where the columns are listed of what is said between documents.
    lists_parts: bool,
    part: Vec<&'static str>,
    key: StringBuilder,
    payload: Vec<Option<Vec<u8>>>,
    renderer: Renderer,
    line: Vec<u8>,
}

impl FindingColumns {
    /// Columns of findings alone.
    pub fn of_findings() -> Self {
        Self { lists_parts: false, ..Self::of_parts() }
    }

    /// Columns of findings and of what is said between documents.
    pub fn of_parts() -> Self {
        Self {
            common: CommonColumns::default(),
            code: StringBuilder::new(),
            severity: StringBuilder::new(),
            message: StringBuilder::new(),
            has_fix: Vec::new(),
            title: StringBuilder::new(),
            safe: BooleanBuilder::new(),
            edits: PlacedList::new("text"),
            related: PlacedList::new("message"),
            has_related: Vec::new(),
            json: StringBuilder::new(),
            lists_parts: true,
            part: Vec::new(),
            key: StringBuilder::new(),
            payload: Vec::new(),
            renderer: Renderer::new(Format::Jsonl, RenderOptions::default()),
            line: Vec::new(),
        }
    }

    /// Adds a finding of the `document`th text, or of the annotations beside it; `document_path` is the text's path.
    pub fn push(&mut self, document: usize, document_path: &str, found: &Diagnostic, sources: &dyn Sources) {
        let text = sources.text(found.file);
        let words = text.as_deref().and_then(|text| text.get(found.place.span().range()));
        self.common.push(document, sources.path(found.file), words, found.place);
        self.code.append_value(&found.code);
        self.severity.append_value(found.severity.as_str());
        self.message.append_value(&found.message);
        self.has_fix.push(found.fix.is_some());
        self.title.append_option(found.fix.as_ref().map(|fix| fix.title.as_str()));
        self.safe.append_option(found.fix.as_ref().map(|fix| fix.safe));
        let edits = found.fix.as_ref().map_or(&[][..], |fix| fix.edits.as_slice());
        self.edits.push(edits.iter().map(|edit| (sources.path(edit.file), edit.place, edit.text.as_str())));
        let related = found.related.iter();
        self.related.push(related.map(|other| (sources.path(other.file), other.place, other.message.as_str())));
        self.has_related.push(!found.related.is_empty());
        self.line.clear();
        // Writing into memory cannot fail.
        let _ = self.renderer.finding(&mut self.line, sources, found);
        self.json.append_value(String::from_utf8_lossy(&self.line).trim_end_matches('\n'));
        self.piece(Part::Finding, Some(document_path), None);
    }

    /// Adds a row that is no finding.
    pub fn push_part(&mut self, part: Part, path: Option<&str>, key: &str, payload: Option<Vec<u8>>) {
        self.push_placeless(0, path, None);
        self.piece(part, Some(key), payload);
    }

    fn push_placeless(&mut self, document: usize, path: Option<&str>, error: Option<&str>) {
        self.common.push_placeless(document, path, error);
        self.has_fix.push(false);
        self.safe.append_null();
        self.edits.push([].into_iter());
        self.related.push([].into_iter());
        self.has_related.push(false);
        let others = [&mut self.code, &mut self.severity, &mut self.message, &mut self.title, &mut self.json];
        others.into_iter().for_each(StringBuilder::append_null);
    }

    fn piece(&mut self, part: Part, key: Option<&str>, payload: Option<Vec<u8>>) {
        self.part.push(part.name());
        self.key.append_option(key);
        self.payload.push(payload);
    }
}

impl RowColumns for FindingColumns {
    fn rows(&self) -> usize {
        self.common.rows()
    }

    fn push_error(&mut self, document: usize, path: Option<&str>, error: &str) {
        self.push_placeless(document, path, Some(error));
        self.piece(Part::Finding, path, None);
    }

    fn finish(mut self) -> Result<RecordBatch, ArrowError> {
        let (before, behind) = self.common.finish()?;
        let safe: BooleanArray = self.safe.finish();
        let edits = self.edits.finish(None)?;
        let fix =
            structs(vec![("title", of(self.title)), ("safe", Arc::new(safe)), ("edits", edits)], Some(self.has_fix))?;
        let mut columns = Vec::from(before);
        columns.extend([
            ("code", of(self.code)),
            ("severity", of(self.severity)),
            ("message", of(self.message)),
            ("fix", fix),
            ("related", self.related.finish(Some(self.has_related))?),
        ]);
        columns.extend(behind);
        columns.push(("json", of(self.json)));
        if self.lists_parts {
            let payload = self.payload.iter().map(|payload| payload.as_deref()).collect::<BinaryArray>();
            columns.push(("part", Arc::new(StringArray::from(self.part))));
            columns.push(("key", of(self.key)));
            columns.push(("payload", Arc::new(payload)));
        }
        batch(columns)
    }
}
