//! Selections that grow: cluster, word, mention, mention with its title, sentence, line, paragraph.
//!
//! Thai has no spaces between words: a word there is the run of letters between spaces and mentions, a sentence ends at
//! a space that belongs to no mention. In registry files: word, string, line, entry.

use super::place::FilePosition;
use super::target::CursorTarget;
use crate::corpus::document::Document;
use crate::corpus::mention::{self, Mention, MentionKind};
use crate::corpus::{File, Snapshot};
use crate::ide::place::links_of;
use crate::text::cluster::{self, Script};
use crate::text::{Encoding, Place, Span};

/// The places around a cursor, from inside out, each holding the one before it. Texts must be open.
pub fn selection_ranges(snapshot: &Snapshot, at: FilePosition) -> Vec<Place> {
    let Some(file) = snapshot.file(at.file) else { return in_source(snapshot, at) };
    let Some(document) = file.document() else { return Vec::new() };
    let around = CursorLine::new(snapshot, file, document, at.byte);
    let spans = growing(around.spans());
    spans
        .into_iter()
        .map(|span| Place { start: document.position(span.start), end: document.position(span.end) })
        .collect()
}

/// Each span covers the one before it and adds something.
fn growing(spans: Vec<Span>) -> Vec<Span> {
    let mut grown: Vec<Span> = Vec::new();
    for span in spans.into_iter().filter(|span| !span.is_empty()) {
        let span = grown.last().map_or(span, |inner| inner.cover(span));
        if grown.last() != Some(&span) {
            grown.push(span);
        }
    }
    grown
}

/// A cursor in its line. Spans of `line` count from its start.
struct CursorLine<'a> {
    document: &'a Document,
    mentions: Vec<Mention<'a>>,
    /// The line without its end.
    line: String,
    /// The byte of the file at which the line starts.
    start: u32,
    /// The cursor in the line.
    at: usize,
}

impl<'a> CursorLine<'a> {
    fn new(snapshot: &'a Snapshot, file: &'a File, document: &'a Document, byte: u32) -> Self {
        let cursor = document.position(byte);
        let start = document.offset(cursor.line, 0, Encoding::Utf8);
        let end = document.offset(cursor.line, u32::MAX, Encoding::Utf8);
        let line = document.slice(Span::new(start, end));
        let profile = snapshot.profile(file);
        let span = Span::new(start, end);
        let mut mentions = mention::in_segments(file, &profile, links_of(snapshot, &profile), file.facts_in(span));
        mentions.retain(|mention| span.contains(mention.place.span()));
        let at = ((cursor.byte - start) as usize).min(line.len());
        Self { document, mentions, line, start, at }
    }

    fn spans(&self) -> Vec<Span> {
        let byte = self.start + self.at as u32;
        let mut under: Vec<&Mention<'_>> =
            self.mentions.iter().filter(|mention| mention.place.span().touches(byte)).collect();
        under.sort_by_key(|mention| (mention.place.end.byte == byte, mention.place.span().len()));
        let mut spans = vec![self.cluster(), self.word()];
        let Some(innermost) = under.first().map(|mention| mention.place.span()) else {
            spans.extend([self.sentence(), self.whole_line(), self.paragraph()]);
            return spans;
        };
        for mention in under.iter().filter(|mention| mention.place.span().contains(innermost)) {
            spans.push(mention.place.span());
        }
        for mention in under.iter().filter(|mention| mention.place.span().contains(innermost)) {
            spans.push(mention.extent);
            spans.extend(self.with_office(mention));
        }
        spans.extend([self.sentence(), self.whole_line(), self.paragraph()]);
        // A word of Thai may reach out of the mention: then the mention is the word.
        spans.retain(|span| innermost.contains(*span) || span.contains(innermost));
        spans
    }

    fn in_file(&self, start: usize, end: usize) -> Span {
        Span::of(start, end).shift(self.start)
    }

    fn whole_line(&self) -> Span {
        self.in_file(0, self.line.len())
    }

    fn cluster(&self) -> Span {
        let ends_word = self.line[self.at..].chars().next().is_none_or(char::is_whitespace);
        let at =
            if ends_word { self.line[..self.at].char_indices().next_back().map_or(0, |(at, _)| at) } else { self.at };
        if at >= self.line.len() {
            return self.in_file(at, at);
        }
        let (start, end) = cluster::around(&self.line, at);
        self.in_file(start, end)
    }

    /// Letters and digits of one script around the cursor, with what hangs on them.
    fn word(&self) -> Span {
        let class = |letter: char| match Script::of(letter) {
            Script::Digit => Script::Latin,
            script => script,
        };
        let after = self.line[self.at..].chars().next().map(class).filter(|script| *script != Script::None);
        let before = || self.line[..self.at].chars().rev().find(|letter| !cluster::is_dependent(*letter)).map(class);
        let Some(script) = after.or_else(before).filter(|script| *script != Script::None) else {
            return self.in_file(self.at, self.at);
        };
        let part = |letter: char| class(letter) == script || cluster::is_dependent(letter);
        let start = self.at
            - self.line[..self.at].chars().rev().take_while(|letter| part(*letter)).map(char::len_utf8).sum::<usize>();
        let end = self.at
            + self.line[self.at..].chars().take_while(|letter| part(*letter)).map(char::len_utf8).sum::<usize>();
        self.in_file(start, end)
    }

    /// A person with the office that is said of the person beside the name, and an office with its holder.
    fn with_office(&self, mention: &Mention<'_>) -> Option<Span> {
        /// Bytes that an honorific may take between the two.
        const GAP: u32 = 24;
        let MentionKind::Name(name) = &mention.what else { return None };
        let beside = self.mentions.iter().find(|other| {
            let MentionKind::Name(other_name) = &other.what else { return false };
            let (one, two) = (mention.place.span(), other.place.span());
            let gap = two.start.saturating_sub(one.end).max(one.start.saturating_sub(two.end));
            let belong = name.one().is_some() && other_name.holder == name.one()
                || other_name.one().is_some() && name.holder == other_name.one();
            belong && gap <= GAP && !one.overlaps(two)
        })?;
        Some(mention.extent.cover(beside.extent))
    }

    /// Up to a full stop that ends a sentence; in Thai up to a space beside Thai letters that no mention holds.
    fn sentence(&self) -> Span {
        let mut start = 0;
        for end in self.ends() {
            if end > self.at || end == self.at && self.at == self.line.len() {
                return self.trimmed(start, end);
            }
            start = end;
        }
        self.trimmed(start, self.line.len())
    }

    /// Returns the ends of sentences in the line, behind their last letter.
    fn ends(&self) -> Vec<usize> {
        const MOST_SPACES: usize = 16;
        let line = &self.line;
        // Extents that cover each other as one, in order: a long line has as many spaces as mentions, so neither is
        // looked for among all of the other.
        let mut extents: Vec<Span> = self.mentions.iter().map(|mention| mention.extent).collect();
        extents.sort_unstable();
        let mut covered: Vec<Span> = Vec::with_capacity(extents.len());
        for extent in extents {
            match covered.last_mut() {
                Some(last) if extent.start < last.end => *last = last.cover(extent),
                _ => covered.push(extent),
            }
        }
        let mut covered = covered.into_iter().peekable();
        let mut is_inside = |at: usize| {
            let byte = self.start + at as u32;
            while covered.next_if(|extent| extent.end <= byte).is_some() {}
            covered.peek().is_some_and(|extent| extent.start < byte)
        };
        let mut ends = Vec::new();
        for (at, _) in line.match_indices(' ') {
            if is_inside(at) {
                continue;
            }
            let (before, after) = (&line[..at], &line[at + 1..]);
            // Behind a long row of spaces no sentence goes on.
            let next = after.chars().take(MOST_SPACES).find(|letter| !letter.is_whitespace());
            let (Some(last), Some(next)) = (before.chars().next_back(), next) else { continue };
            let thai = |letter| Script::of(letter) == Script::Thai;
            let stops = match last {
                '!' | '?' | '…' => true,
                // `Mr. Hung`, `T. V. An`, `3. `: one letter or a title or a number before the full stop ends nothing.
                '.' => next.is_uppercase() && !ends_in_abbreviation(before),
                _ => thai(last) && thai(next),
            };
            if stops {
                ends.push(at);
            }
        }
        ends
    }

    fn trimmed(&self, start: usize, end: usize) -> Span {
        let piece = &self.line[start..end];
        let from = start + piece.len() - piece.trim_start().len();
        self.in_file(from, (from + piece.trim().len()).max(from))
    }

    /// The lines around without an empty one between.
    fn paragraph(&self) -> Span {
        /// A text without empty lines is no paragraph: so many lines are looked at each way.
        const LINES: u32 = 50;
        let line = self.document.position(self.start).line;
        let bounds = |line: u32| {
            let start = self.document.offset(line, 0, Encoding::Utf8);
            Span::new(start, self.document.offset(line, u32::MAX, Encoding::Utf8))
        };
        let is_blank = |span: Span| self.document.slice(span).trim().is_empty();
        let mut whole = self.whole_line();
        if self.line.trim().is_empty() {
            return whole;
        }
        for above in (line.saturating_sub(LINES)..line).rev() {
            let span = bounds(above);
            if is_blank(span) {
                break;
            }
            whole = whole.cover(span);
        }
        for below in line + 1..=line + LINES {
            let span = bounds(below);
            if is_blank(span) {
                break;
            }
            whole = whole.cover(span);
        }
        whole
    }
}

fn ends_in_abbreviation(before: &str) -> bool {
    const TITLES: [&str; 9] = ["Mr", "Mrs", "Ms", "Dr", "Prof", "TS", "GS", "PGS", "No"];
    let word = before.trim_end_matches('.').rsplit(|letter: char| letter.is_whitespace() || letter == '.').next();
    word.is_none_or(|word| {
        word.chars().count() <= 1 || TITLES.contains(&word) || word.bytes().all(|byte| byte.is_ascii_digit())
    })
}

fn in_source(snapshot: &Snapshot, at: FilePosition) -> Vec<Place> {
    let Some(source) = snapshot.source(at.file) else { return Vec::new() };
    let text = &*source.text;
    let mut byte = (at.byte as usize).min(text.len());
    while !text.is_char_boundary(byte) {
        byte -= 1;
    }
    let part = |letter: char| letter.is_alphanumeric() || letter == '_' || cluster::is_dependent(letter);
    let start = byte - text[..byte].chars().rev().take_while(|letter| part(*letter)).map(char::len_utf8).sum::<usize>();
    let end = byte + text[byte..].chars().take_while(|letter| part(*letter)).map(char::len_utf8).sum::<usize>();
    let mut spans = vec![Span::of(start, end)];
    if let Some(word) = CursorTarget::at(snapshot, at).filter(|_| source.good.is_none()) {
        spans.push(word.place().span());
    }
    let line_start = text[..byte].rfind('\n').map_or(0, |end| end + 1);
    let line_end = text[byte..].find('\n').map_or(text.len(), |end| byte + end);
    spans.push(Span::of(line_start, line_end));
    if let Some(entry) = snapshot.registry.at(at.file, at.byte).filter(|_| source.good.is_none()) {
        spans.push(entry.whole().span);
    }
    spans.push(Span::of(0, text.len()));
    growing(spans).into_iter().map(|span| source.place(span)).collect()
}
