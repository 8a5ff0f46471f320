//! An annotation file as it was read, and where in it everything stands.

use compact_str::CompactString;
use rustc_hash::FxHashMap;

use super::line::{self, AnnotationBody};
use crate::text::Span;
use crate::text::position::BYTE_ORDER_MARK;

/// An annotation file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Standoff {
    source: String,
    lines: Vec<AnnotationLine>,
    /// The first line of an id, as an index into `lines`.
    ids: FxHashMap<CompactString, usize>,
}

/// One line of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AnnotationLine {
    /// The place, in bytes of the file, without its line end.
    pub span: Span,
    /// The place of its id; empty where it has none.
    pub id: Span,
    /// The line that gave its id first, as an index into the lines, where that is another one.
    pub repeats: Option<usize>,
    /// The content.
    pub body: AnnotationBody,
}

impl Standoff {
    /// Reads an annotation file. Nothing is refused: what is malformed is kept and can be asked for.
    pub fn parse(source: impl Into<String>) -> Self {
        let source = source.into();
        let mut lines = Vec::new();
        let mut ids = FxHashMap::default();
        let mut at = 0;
        // Lines end at LF alone: the other line ends of Unicode are text.
        for whole in source.split_inclusive('\n') {
            let start = at as u32;
            at += whole.len();
            let line = whole.strip_suffix('\n').unwrap_or(whole);
            let line = line.strip_suffix('\r').unwrap_or(line);
            let (id, body) = match line.strip_prefix(BYTE_ORDER_MARK).filter(|_| start == 0) {
                Some(line) => line::parse(line, BYTE_ORDER_MARK.len() as u32),
                None => line::parse(line, start),
            };
            let number = lines.len();
            let name = id.slice(&source);
            let mut repeats = None;
            if !id.is_empty() && name != "*" {
                let first = *ids.entry(name.into()).or_insert(number);
                repeats = (first != number).then_some(first);
            }
            lines.push(AnnotationLine { span: Span::new(start, start + line.len() as u32), id, repeats, body });
        }
        Self { source, lines, ids }
    }

    /// The file, byte for byte.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// Tells whether a byte-order mark stands before the first line. It belongs to no id here; brat takes it for a part
    /// of one.
    pub fn has_byte_order_mark(&self) -> bool {
        self.source.starts_with(BYTE_ORDER_MARK)
    }

    /// The lines, in order.
    pub fn lines(&self) -> &[AnnotationLine] {
        &self.lines
    }

    /// The text of a span of the file.
    pub fn slice(&self, span: Span) -> &str {
        span.slice(&self.source)
    }

    /// The line that an id names.
    pub fn line(&self, id: &str) -> Option<&AnnotationLine> {
        self.ids.get(id).map(|&number| &self.lines[number])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn lines_end_at_line_feeds_alone() {
        let file = Standoff::parse("T1\tPer 0 5\ta\u{2028}b\r\nT2\tPer 6 7\tc\r\r\n\nT3\tPer 8 9\td");
        let lines: Vec<&str> = file.lines().iter().map(|line| file.slice(line.span)).collect();
        assert_eq!(lines, ["T1\tPer 0 5\ta\u{2028}b", "T2\tPer 6 7\tc\r", "", "T3\tPer 8 9\td"]);
        assert!(Standoff::parse("").lines().is_empty());
    }

    #[test]
    fn the_second_of_two_ids_is_known() {
        let file = Standoff::parse("T1\tPer 0 1\ta\n*\tSame T1 T01\n*\tSame T1 T02\nT1\tOrg 0 1\ta\nT01\tOrg 0 1\ta\n");
        let repeats: Vec<Option<usize>> = file.lines().iter().map(|line| line.repeats).collect();
        assert_eq!(repeats, [None, None, None, Some(0), None]);
        assert_eq!(file.slice(file.line("T1").unwrap().span), "T1\tPer 0 1\ta");
    }

    proptest! {
        #[test]
        fn any_bytes_are_written_as_they_were_read(bytes in prop::collection::vec(any::<u8>(), 0..400), text in ".{0,60}") {
            // What is no UTF-8 is never read, and so never written.
            if let Ok(source) = crate::text::encoding::decode(&bytes) {
                let file = Standoff::parse(source);
                prop_assert_eq!(file.source().as_bytes(), &bytes[..]);
                prop_assert_eq!(file.reanchor_by_difference(&text, &text).edits, []);
                prop_assert_eq!(file.lay(&text, &[], None).edits, []);
            }
        }

        #[test]
        fn any_lines_are_judged_and_kept(
            source in "(\u{feff}?([TERAMN#*]1?[0-9]?\t?[A-Z]?[a-z:]{0,3} ?[TE]?[0-9]{0,2} ?[0-9;]{0,3}\t?[ab\u{2028}\u{85}\u{c}ก]{0,3}\r?\n?)){0,9}",
            text in "[ab \nก😀]{0,40}",
        ) {
            let file = Standoff::parse(source.as_str());
            prop_assert_eq!(file.source(), &source);
            for fault in file.faults(crate::annotation::Against { text: &text, given: None, configuration: None }) {
                prop_assert!((fault.span.end as usize) <= source.len());
                if let Some(repair) = fault.repair {
                    prop_assert!(crate::text::edit::applied(&source, &repair.edits).is_some());
                }
            }
        }

        #[test]
        fn anything_is_read_and_kept(source in "([TERAMN#*ก][0-9]?[\t ]?[A-Za: ]{0,4}[0-9 ;\t]{0,8}[\r\n]{0,2}){0,8}") {
            let file = Standoff::parse(source.as_str());
            prop_assert_eq!(file.source(), &source);
            let mut end = 0;
            for line in file.lines() {
                prop_assert!(line.span.start >= end && line.span.contains(line.id));
                end = line.span.end;
            }
        }
    }
}
