//! spaCy's documents as `Doc.to_json` writes them, one a line; offsets in code points.
//!
//! `ents` has the annotations that do not overlap, the longer first, as a `Doc` demands; `spans` has all of them under
//! the key `scholiast`. `Doc(vocab).from_json(object)` reads a line.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::error::ExchangeError;
use super::json_lines;
use super::loss::{LossKind, LossList};
use super::tokens::{Token, tokens};
use crate::annotation::{AnnotatedDocument, AnnotatedSpan, EntryLink, Remarks};

/// The key of the group that holds all annotations.
const GROUP: &str = "scholiast";

#[derive(Serialize, Deserialize, Default)]
#[serde(default)]
struct SpacyRecord {
    text: String,
    ents: Vec<SpacySpan>,
    spans: BTreeMap<String, Vec<SpacySpan>>,
    tokens: Vec<SpacyToken>,
    /// spaCy keeps extensions under an underscore; the name of the document is one.
    #[serde(rename = "_")]
    underscore: BTreeMap<String, serde_json::Value>,
}

#[derive(Clone, Serialize, Deserialize, Default)]
#[serde(default)]
struct SpacySpan {
    start: u32,
    end: u32,
    label: String,
    /// Empty where there is no link: `Doc.from_json` asks for it in every span.
    kb_id: String,
}

#[derive(Serialize, Deserialize, Default)]
#[serde(default)]
struct SpacyToken {
    id: usize,
    start: u32,
    end: u32,
}

/// Writes documents, one a line.
pub(super) fn write(documents: &[AnnotatedDocument], losses: &mut LossList) -> String {
    let mut out = String::new();
    for document in documents {
        let borders = document.spans.iter().flat_map(|span| &span.fragments).flat_map(|&(start, end)| [start, end]);
        let tokens = spacy_tokens(&document.text, &tokens(&document.text, borders).0);
        let mut all: Vec<SpacySpan> = Vec::with_capacity(document.spans.len());
        for span in &document.spans {
            let lost = |kind: LossKind, losses: &mut LossList| losses.add(&document.name, &span.id, kind);
            let &[(start, end)] = &span.fragments[..] else {
                lost(LossKind::Discontinuous, losses);
                continue;
            };
            // A span of spaCy's begins and ends with a token.
            let on_tokens = tokens.binary_search_by_key(&start, |token| token.start).is_ok()
                && tokens.binary_search_by_key(&end, |token| token.end).is_ok();
            if !on_tokens || start == end {
                lost(if start == end { LossKind::Empty } else { LossKind::Boundary }, losses);
                continue;
            }
            let Remarks { links, attributes, notes } = &span.remarks;
            attributes.iter().for_each(|_| lost(LossKind::Attribute, losses));
            notes.iter().for_each(|_| lost(LossKind::Note, losses));
            links.iter().skip(1).for_each(|_| lost(LossKind::Link, losses));
            let kb_id = links.first().map_or_else(String::new, ToString::to_string);
            all.push(SpacySpan { start, end, label: span.label.clone(), kb_id });
        }
        document.relations.iter().for_each(|one| losses.add(&document.name, &one.id, LossKind::Relation));
        losses.add_events_and_equivalences(document);
        let name = ("source".to_owned(), document.name.clone().into());
        let record = SpacyRecord {
            text: document.text.clone(),
            ents: without_overlaps(&all),
            spans: BTreeMap::from([(GROUP.to_owned(), all)]),
            tokens,
            underscore: BTreeMap::from([name]),
        };
        out.push_str(&serde_json::to_string(&record).unwrap_or_default());
        out.push('\n');
    }
    out
}

/// The tokens that spaCy makes of words and their text (`get_words_and_spaces`): each word, and white space but for one
/// space behind a word. `Doc.from_json` refuses a line whose tokens are others.
fn spacy_tokens(text: &str, words: &[Token]) -> Vec<SpacyToken> {
    let letters: Vec<char> = text.chars().collect();
    // Python's `str.isspace` holds for the four separators of ASCII too.
    let is_space = |letter: &char| letter.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(letter);
    let mut tokens: Vec<SpacyToken> = Vec::with_capacity(words.len() + 1);
    let mut add = |start: usize, end: usize| {
        let id = tokens.len();
        tokens.push(SpacyToken { id, start: start as u32, end: end as u32 });
    };
    let mut at = 0;
    for word in words {
        let (start, end) = (word.start as usize, word.end as usize);
        if letters[start..end].iter().all(is_space) {
            continue;
        }
        if at < start {
            add(at, start);
        }
        add(start, end);
        at = end + usize::from(letters.get(end) == Some(&' '));
    }
    if at < letters.len() {
        add(at, letters.len());
    }
    tokens
}

/// The spans that can stand beside each other: the longer ones first, then those that begin first.
fn without_overlaps(all: &[SpacySpan]) -> Vec<SpacySpan> {
    let mut order: Vec<&SpacySpan> = all.iter().collect();
    order.sort_by_key(|span| (std::cmp::Reverse(span.end - span.start), span.start));
    // By start, with its end: spans in it are disjoint.
    let mut kept: BTreeMap<u32, &SpacySpan> = BTreeMap::new();
    for span in order {
        let before = kept.range(..span.end).next_back();
        if before.is_none_or(|(_, other)| other.end <= span.start) {
            kept.insert(span.start, span);
        }
    }
    kept.into_values().cloned().collect()
}

/// Reads documents: the group of this program where it is there, else all groups, else `ents`.
pub(super) fn read(source: &str, _: &mut LossList) -> Result<Vec<AnnotatedDocument>, ExchangeError> {
    let mut documents = Vec::new();
    for (line, mut record) in json_lines::records::<SpacyRecord>(source, "/text")? {
        let name = record.underscore.get("source").and_then(|name| name.as_str()).map(str::to_owned);
        let name = name.unwrap_or_else(|| format!("document-{line}"));
        let mut document = AnnotatedDocument { name, text: record.text, ..AnnotatedDocument::default() };
        let length = document.text.chars().count() as u32;
        let spans = match record.spans.remove(GROUP) {
            Some(spans) => spans,
            None if record.spans.is_empty() => record.ents,
            None => record.spans.into_values().flatten().collect(),
        };
        for SpacySpan { start, end, label, kb_id } in spans {
            if start > end || end > length {
                return Err(ExchangeError::new(
                    line,
                    format!("the span `{label}` goes from {start} to {end}; the text has {length} code points"),
                ));
            }
            let links = if kb_id.is_empty() { Vec::new() } else { vec![EntryLink::parse(&kb_id)] };
            document.spans.push(AnnotatedSpan {
                id: format!("T{}", document.spans.len() + 1),
                label,
                fragments: vec![(start, end)],
                remarks: Remarks { links, ..Remarks::default() },
            });
        }
        documents.push(document);
    }
    Ok(documents)
}
