//! The evidence that something is a person's name: words of address and of office, by-lines.

use std::sync::LazyLock;

use daachorse::CharwiseDoubleArrayAhoCorasick;

use crate::recognise::name::word_lists;
use crate::text::Span;

/// A name of somebody.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct UnlistedName {
    /// The name without its honorific, in bytes of the text.
    pub span: Span,
    /// The evidence that it is a name.
    pub evidence: NameEvidence,
}

/// The evidence that something is a person's name, the strongest first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum NameEvidence {
    /// A word of address stands before it, or a word of office directly.
    Title,
    /// An office with its organisation stands before it.
    Office,
    /// It stands in a by-line.
    Byline,
    /// It begins with a Vietnamese family name and goes on as such names do.
    Family,
}

impl NameEvidence {
    /// The word in output.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Office => "office",
            Self::Byline => "byline",
            Self::Family => "family-name",
        }
    }
}

/// The end of `text` that a word before a name can be looked for in: at most `bytes` long.
pub(super) fn tail(text: &str, bytes: usize) -> &str {
    let mut from = text.len().saturating_sub(bytes);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    &text[from..]
}

/// A Thai word of address or office in a line.
#[derive(Clone, Copy)]
pub(super) struct ThaiCue {
    /// The place of the word, in bytes of the line.
    pub start: usize,
    pub end: usize,
    /// True if the word is one of address.
    pub honorific: bool,
}

/// Thai words of address, then those of office and occupation.
pub(super) static THAI_CUES: LazyLock<Option<CharwiseDoubleArrayAhoCorasick<u32>>> = LazyLock::new(|| {
    let words = word_lists::THAI_HONORIFICS.iter().chain(word_lists::THAI_TITLES);
    CharwiseDoubleArrayAhoCorasick::new(words).ok()
});

/// All Thai words of address and office in a line, by their ends, the longest first.
pub(super) fn thai_cues(line: &str) -> Vec<ThaiCue> {
    let cues = THAI_CUES.iter().flat_map(|cues| cues.find_overlapping_iter(line));
    let honorifics = word_lists::THAI_HONORIFICS.len() as u32;
    cues.map(|hit| ThaiCue { start: hit.start(), end: hit.end(), honorific: hit.value() < honorifics }).collect()
}

/// The office that ends `before`, text up to a name whose cues are these: a title, or a title and its organisation, and
/// nothing else.
pub(super) fn thai_office(before: &str, cues: &[ThaiCue]) -> Option<NameEvidence> {
    /// Bytes: an office of a ministry with a long name in Thai.
    const LONGEST: usize = 300;
    let end = before.trim_end().len();
    let cues = &cues[..cues.partition_point(|cue| cue.end <= end)];
    if cues.last().is_some_and(|cue| cue.end == end) {
        return Some(NameEvidence::Title);
    }
    let at = cues.iter().rev().take_while(|cue| end - cue.end < LONGEST).find(|cue| !cue.honorific)?.end;
    // `ว่าการ` goes on the title; the word in it would begin a clause elsewhere.
    let rest = before[at..end].trim_start();
    let rest = rest.strip_prefix("ช่วย").unwrap_or(rest).trim_start();
    let organization = rest.strip_prefix("ว่าการ").unwrap_or(rest);
    let clause = organization.contains(['"', '“', '”', '|', ';', ':', '(', ')'])
        || word_lists::THAI_CLAUSE.iter().any(|word| organization.contains(word));
    (!clause).then_some(NameEvidence::Office)
}

/// Returns true if the line up to a name is the head of a by-line, or a part of one: `บทความ: `, `Ảnh: `.
pub(super) fn byline(before: &str) -> bool {
    let Some(head) = tail(before, 96).trim_end().strip_suffix([':', '：']) else { return false };
    let head = head.trim_end();
    let lower = head.rsplit([',', '|', ';', '.', '(', '–', '\n']).next().unwrap_or(head).trim().to_lowercase();
    word_lists::BYLINES.contains(&lower.as_str())
}
