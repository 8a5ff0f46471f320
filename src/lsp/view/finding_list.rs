//! The findings of a file as a list in JSON, put together from what is kept of the last one.
//!
//! A document may have a thousand findings, and a letter typed in it changes one of them and moves some others. So of
//! each finding all but its range is kept as it was written ([`written`](super::written)); a range is four numbers,
//! written anew each time.

use std::sync::Arc;

use tower_lsp::ls_types as lsp;

use super::corpus_view::CorpusView;
use super::diagnostics::{self, FindingWriter};
use super::written::{WrittenChunk, WrittenFindings};
use crate::diagnostic::Diagnostic;
use crate::rules::{FileReport, LiveReport};
use crate::text::{FileId, Place};

/// A finding that was written with an empty range starts so, and ends with what is kept of it.
const EMPTY_RANGE: &[u8] = br#"{"range":{"start":{"line":0,"character":0},"end":{"line":0,"character":0}}"#;

/// A finding as the protocol has it, from behind its range on.
fn without_range(found: &Diagnostic, writer: &mut FindingWriter<'_>) -> Vec<u8> {
    let diagnostic = lsp::Diagnostic { range: lsp::Range::default(), ..writer.diagnostic(found) };
    let written = serde_json::to_vec(&diagnostic).unwrap_or_default();
    written.strip_prefix(EMPTY_RANGE).map(<[u8]>::to_vec).unwrap_or_default()
}

/// The findings in a file, as far as they have been made.
pub enum FileFindings {
    /// Of an open document.
    Live(Arc<LiveReport>),
    /// Of any other file.
    Report(Arc<FileReport>),
}

impl FileFindings {
    /// Makes the findings in a file, or takes those that are kept.
    pub fn of(view: &CorpusView, file: FileId) -> Self {
        view.live_findings(file).map_or_else(|| Self::Report(view.findings(file)), Self::Live)
    }

    /// Returns whether there are none.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Live(live) => live.len() == 0,
            Self::Report(report) => report.diagnostics.is_empty(),
        }
    }

    /// Changes with anything a client is shown of them. It takes less than writing them.
    pub fn fingerprint(&self, view: &CorpusView) -> u64 {
        match self {
            Self::Live(live) => {
                let found = live.first(usize::MAX);
                diagnostics::fingerprint(view, found.iter().map(|found| (found.place, found.diagnostic)))
            }
            Self::Report(report) => {
                diagnostics::fingerprint(view, report.diagnostics.iter().map(|found| (found.place, found)))
            }
        }
    }

    /// Writes them as a list: at most so many, and one that says how many there are beside them.
    pub fn write(&self, view: &CorpusView, file: FileId, most: usize, out: &mut Vec<u8>) {
        let mut writer = FindingWriter::new(view);
        match self {
            Self::Live(live) => write_live(view, file, live, most, out),
            Self::Report(report) => {
                let found = &report.diagnostics;
                let mut list = ListWriter::new(view, out);
                for found in found.iter().take(most) {
                    list.add(found.place, &without_range(found, &mut writer));
                }
                list.finish(found.get(most).map(|next| (next.place, found.len() - most)));
            }
        }
    }
}

/// Writes the findings in an open document, with what is kept of them from the last time.
fn write_live(view: &CorpusView, file: FileId, live: &LiveReport, most: usize, out: &mut Vec<u8>) {
    let mut before = view.findings.take_written(file);
    out.reserve(before.len + before.len / 8);
    let from = out.len();
    let mut now = WrittenFindings::default();
    let mut writer = FindingWriter::new(view);
    let mut list = ListWriter::new(view, out);
    let found = live.first(most.saturating_add(1));
    for found in found.iter().take(most) {
        let rest = match found.chunk {
            Some((findings, number)) => {
                let at = Arc::as_ptr(findings).addr();
                let chunk = now.chunks.entry(at).or_insert_with(|| {
                    let known = before.chunks.remove(&at).filter(|known| known.is_of(findings));
                    known.unwrap_or_else(|| WrittenChunk::new(findings, |found| without_range(found, &mut writer)))
                });
                chunk.get(number)
            }
            None => {
                let digest = writer.digest(found.diagnostic);
                now.whole.entry(digest).or_insert_with(|| {
                    let known = before.whole.remove(&digest);
                    known.unwrap_or_else(|| without_range(found.diagnostic, &mut writer))
                })
            }
        };
        list.add(found.place, rest);
    }
    list.finish(found.get(most).map(|next| (next.place, live.len() - most)));
    now.len = out.len() - from;
    view.findings.put_written(file, now);
}

/// Writes a list of findings.
struct ListWriter<'w> {
    view: &'w CorpusView,
    out: &'w mut Vec<u8>,
    any: bool,
}

impl<'w> ListWriter<'w> {
    fn new(view: &'w CorpusView, out: &'w mut Vec<u8>) -> Self {
        out.push(b'[');
        Self { view, out, any: false }
    }

    fn add(&mut self, place: Place, rest: &[u8]) {
        if std::mem::replace(&mut self.any, true) {
            self.out.push(b',');
        }
        let lsp::Range { start, end } = self.view.range(place);
        self.number(br#"{"range":{"start":{"line":"#, start.line);
        self.number(br#","character":"#, start.character);
        self.number(br#"},"end":{"line":"#, end.line);
        self.number(br#","character":"#, end.character);
        self.out.extend_from_slice(b"}}");
        self.out.extend_from_slice(rest);
    }

    fn number(&mut self, before: &[u8], number: u32) {
        self.out.extend_from_slice(before);
        push_decimal(self.out, number);
    }

    /// Ends the list: where the next finding is, and how many there are from it on.
    fn finish(self, more: Option<(Place, usize)>) {
        if let Some((place, count)) = more {
            let more = diagnostics::more(self.view, place, count);
            if self.any {
                self.out.push(b',');
            }
            // What is written is a tree of numbers and texts, which can be written as JSON.
            let _ = serde_json::to_writer(&mut *self.out, &more);
        }
        self.out.push(b']');
    }
}

/// Appends a number in decimal digits. A list has thousands, and formatting them took as long as all else.
fn push_decimal(out: &mut Vec<u8>, mut number: u32) {
    let mut digits = [b'0'; 10];
    let mut first = digits.len();
    loop {
        first -= 1;
        digits[first] += (number % 10) as u8;
        number /= 10;
        if number == 0 {
            break;
        }
    }
    out.extend_from_slice(&digits[first..]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_in_decimal() {
        for number in [0, 7, 10, 99, 100, 4_096, 65_535, 1_000_000, u32::MAX] {
            let mut out = Vec::new();
            push_decimal(&mut out, number);
            assert_eq!(String::from_utf8(out), Ok(number.to_string()));
        }
    }

    #[test]
    fn a_finding_is_written_from_its_range_on() {
        let written = serde_json::to_vec(&lsp::Diagnostic { message: "m".to_owned(), ..lsp::Diagnostic::default() });
        assert_eq!(written.unwrap().strip_prefix(EMPTY_RANGE), Some(&br#","message":"m"}"#[..]));
    }
}
