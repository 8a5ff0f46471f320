//! An annotation file beside its text, with an index of what is said of each annotation.

use rustc_hash::FxHashMap;

use super::code_points::CodePoints;
use super::followed::MovedAnnotations;
use crate::annotation::{AnnotationBody, AnnotationLine, Fragment, Standoff};
use crate::text::Span;

/// An annotation file beside its text at one moment.
#[derive(Clone, Copy)]
pub struct AnnotationPair<'a> {
    /// The file, as it stands in the editor or on the disk.
    pub standoff: &'a Standoff,
    /// The text, as its file will hold it.
    pub points: &'a CodePoints<'a>,
    /// The places of the annotations, where the text was edited since they were written.
    pub moved: Option<&'a MovedAnnotations>,
    /// Of an `.a2` the `.a1`.
    pub given: Option<&'a Standoff>,
}

impl<'a> AnnotationPair<'a> {
    /// The text.
    pub const fn text(&self) -> &'a str {
        self.points.text()
    }

    /// The fragments of a line now; `None` where it marks no text.
    pub fn fragments(&self, number: usize) -> Option<Vec<Fragment>> {
        let AnnotationBody::Text { fragments, .. } = &self.standoff.lines().get(number)?.body else { return None };
        match self.moved.and_then(|moved| moved.line(number)) {
            Some(line) => Some(line.fragments),
            None => Some(fragments.clone()),
        }
    }

    /// The places of a line in bytes of the text; `None` where it marks none, or what lies behind the end.
    pub fn spans(&self, number: usize) -> Option<Vec<Span>> {
        self.fragments(number)?.iter().map(|fragment| self.points.span(*fragment)).collect()
    }

    /// The place of a line from its first fragment to its last, in bytes of the text.
    pub fn extent(&self, number: usize) -> Option<Span> {
        self.spans(number)?.into_iter().reduce(Span::cover)
    }

    /// The words that a line marks.
    pub fn words(&self, number: usize) -> Option<String> {
        Some(self.points.joined(&self.spans(number)?))
    }

    /// The lines that mark text, with their places, by start, outer first.
    pub fn placed(&self) -> Vec<(usize, Vec<Span>)> {
        let numbers = 0..self.standoff.lines().len();
        let mut placed: Vec<(usize, Vec<Span>)> =
            numbers.filter_map(|number| Some((number, self.spans(number)?))).collect();
        placed.sort_by_key(|(number, spans)| {
            let extent = spans.iter().copied().reduce(Span::cover).unwrap_or_default();
            (extent.start, std::cmp::Reverse(extent.end), *number)
        });
        placed
    }

    /// The lines that mark text which a selection touches, innermost first. A cursor at a border touches; a selection
    /// must share a letter.
    pub fn touched(&self, at: Span) -> Vec<usize> {
        let touches = |span: &Span| if at.is_empty() { span.touches(at.start) } else { span.overlaps(at) };
        // Offsets are compared first: a lookup in the text costs more.
        let (from, to) = (self.points.offset(at.start), self.points.offset(at.end));
        let near = |fragment: &Fragment| fragment.start <= to && from <= fragment.end;
        let mut found: Vec<(u32, usize)> = (0..self.standoff.lines().len())
            .filter(|number| self.fragments(*number).is_some_and(|fragments| fragments.iter().any(near)))
            .filter_map(|number| {
                let spans = self.spans(number)?;
                let length: u32 = spans.iter().map(|span| span.len()).sum();
                spans.iter().any(touches).then_some((length, number))
            })
            .collect();
        found.sort_unstable();
        found.into_iter().map(|(_, number)| number).collect()
    }

    /// The number of the line that holds a byte of the file.
    pub fn line_at(&self, byte: u32) -> Option<usize> {
        let lines = self.standoff.lines();
        let number = lines.partition_point(|line| line.span.start <= byte).checked_sub(1)?;
        lines[number].span.touches(byte).then_some(number)
    }

    /// The number of the line that an id names.
    pub fn number(&self, id: &str) -> Option<usize> {
        let line = self.standoff.line(id)?;
        self.line_at(line.span.start)
    }

    /// The id of a line.
    pub fn id(&self, number: usize) -> &'a str {
        self.standoff.slice(self.standoff.lines()[number].id)
    }

    /// The type of a line: of text, events, relations, equivalences; the name of an attribute.
    pub fn kind(&self, number: usize) -> Option<&'a str> {
        kind_span(&self.standoff.lines().get(number)?.body).map(|kind| self.standoff.slice(kind))
    }

    /// The words that an id stands for: those of the text it marks, of an event those of its trigger.
    pub fn words_of(&self, id: &str) -> Option<String> {
        let in_file = |standoff: &'a Standoff| {
            let line = standoff.line(id)?;
            match &line.body {
                AnnotationBody::Event { trigger, .. } => Some(standoff.slice(*trigger)),
                AnnotationBody::Text { .. } => Some(id),
                _ => None,
            }
        };
        let target = in_file(self.standoff).or_else(|| in_file(self.given?))?.to_owned();
        if let Some(number) = self.number(&target) {
            return self.words(number);
        }
        let AnnotationBody::Text { fragments, .. } = &self.given?.line(&target)?.body else { return None };
        self.points.words(fragments)
    }
}

/// The place of the type of a line, of an attribute its name.
pub const fn kind_span(body: &AnnotationBody) -> Option<Span> {
    match body {
        AnnotationBody::Text { kind, .. }
        | AnnotationBody::Event { kind, .. }
        | AnnotationBody::Relation { kind, .. }
        | AnnotationBody::Equivalence { kind, .. } => Some(*kind),
        AnnotationBody::Attribute { name, .. } => Some(*name),
        AnnotationBody::Normalization { .. } | AnnotationBody::Note { .. } | AnnotationBody::Malformed(_) => None,
    }
}

/// The lines that refer to each id.
pub struct ReferenceIndex<'a> {
    standoff: &'a Standoff,
    by_id: FxHashMap<&'a str, Vec<usize>>,
}

impl<'a> ReferenceIndex<'a> {
    /// Indexes a file.
    pub fn new(standoff: &'a Standoff) -> Self {
        let mut by_id: FxHashMap<&'a str, Vec<usize>> = FxHashMap::default();
        for (number, line) in standoff.lines().iter().enumerate() {
            for target in line.body.references() {
                let of_id = by_id.entry(standoff.slice(target)).or_default();
                if of_id.last() != Some(&number) {
                    of_id.push(number);
                }
            }
        }
        Self { standoff, by_id }
    }

    /// The lines that refer to an id, in the order of the file.
    pub fn of(&self, id: &str) -> impl Iterator<Item = (usize, &'a AnnotationLine)> + '_ {
        let numbers = self.by_id.get(id).map(Vec::as_slice).unwrap_or_default();
        numbers.iter().map(|number| (*number, &self.standoff.lines()[*number]))
    }

    /// The events that an id triggers.
    pub fn events(&self, id: &str) -> Vec<&'a str> {
        let events = self.of(id).filter(|(_, line)| match line.body {
            AnnotationBody::Event { trigger, .. } => self.standoff.slice(trigger) == id,
            _ => false,
        });
        events.map(|(_, line)| self.standoff.slice(line.id)).collect()
    }

    /// The links of an id: the place of `DB:ENTRY`, database and entry.
    pub fn links<'i>(&'i self, id: &'i str) -> impl Iterator<Item = (usize, Span, &'a str, &'a str)> + 'i {
        self.of(id).filter_map(|(number, line)| {
            let AnnotationBody::Normalization { reference, .. } = line.body else { return None };
            let (database, entry) = self.standoff.slice(reference).split_once(':')?;
            Some((number, reference, database, entry))
        })
    }
}
