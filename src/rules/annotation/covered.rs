//! The parts of a text that are annotated.

use crate::annotation::Standoff;
use crate::text::{FileId, Span};

/// The parts of a text that are annotated.
pub struct CoveredText {
    /// In order, apart from each other.
    spans: Vec<Span>,
}

impl CoveredText {
    /// The parts that annotation files mark.
    pub fn new(found: &[(FileId, &Standoff)], text: &str) -> Self {
        let mut spans: Vec<Span> = found
            .iter()
            .flat_map(|(_, standoff)| standoff.marked(text))
            .map(|marked| marked.extent)
            .filter(|extent| !extent.is_empty())
            .collect();
        spans.sort_unstable();
        let mut apart: Vec<Span> = Vec::with_capacity(spans.len());
        for span in spans {
            match apart.last_mut().filter(|last| span.start < last.end) {
                Some(last) => last.end = last.end.max(span.end),
                None => apart.push(span),
            }
        }
        Self { spans: apart }
    }

    /// Tells whether a span shares text with an annotation.
    pub fn touches(&self, span: Span) -> bool {
        let next = self.spans.partition_point(|covered| covered.end <= span.start);
        self.spans.get(next).is_some_and(|covered| covered.start < span.end)
    }
}
