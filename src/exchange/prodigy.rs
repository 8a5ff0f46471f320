//! Prodigy's JSON lines: `{"text", "tokens", "spans", "relations", "answer", "meta"}`, offsets in code points.
//!
//! Prodigy keeps keys that it does not know, so links, attributes and notes of an annotation are keys of its span. Only
//! records that were accepted are read.

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::error::ExchangeError;
use super::json_lines;
use super::loss::{LossKind, LossList};
use super::tokens::{Token, tokens};
use crate::annotation::{AnnotatedDocument, AnnotatedRelation, AnnotatedSpan, AnnotatedTarget, EntryLink, Remarks};

#[derive(Serialize, Deserialize, Default)]
#[serde(default)]
struct ProdigyRecord {
    text: String,
    tokens: Vec<ProdigyToken>,
    spans: Vec<ProdigySpan>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    relations: Vec<ProdigyRelation>,
    answer: Option<String>,
    meta: ProdigyMeta,
}

#[derive(Serialize, Deserialize, Default)]
#[serde(default)]
struct ProdigyMeta {
    #[serde(skip_serializing_if = "String::is_empty")]
    source: String,
}

#[derive(Serialize, Deserialize, Default)]
#[serde(default)]
struct ProdigyToken {
    text: String,
    start: u32,
    end: u32,
    id: usize,
    ws: bool,
}

#[derive(Clone, Serialize, Deserialize, Default)]
#[serde(default)]
struct ProdigySpan {
    start: u32,
    end: u32,
    label: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    token_start: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    token_end: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    links: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    attributes: Vec<(String, Option<String>)>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    notes: Vec<(String, String)>,
}

#[derive(Serialize, Deserialize, Default)]
#[serde(default)]
struct ProdigyRelation {
    head: usize,
    child: usize,
    label: String,
    head_span: ProdigySpan,
    child_span: ProdigySpan,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    roles: Option<[String; 2]>,
}

/// Writes documents, one a line.
pub(super) fn write(documents: &[AnnotatedDocument], losses: &mut LossList) -> String {
    let mut out = String::new();
    for document in documents {
        let borders = document.spans.iter().flat_map(|span| &span.fragments).flat_map(|&(start, end)| [start, end]);
        let (tokens, _) = tokens(&document.text, borders);
        let mut record = ProdigyRecord {
            text: document.text.clone(),
            tokens: tokens.iter().enumerate().map(|(id, token)| token_record(&document.text, id, token)).collect(),
            answer: Some("accept".to_owned()),
            meta: ProdigyMeta { source: document.name.clone() },
            ..ProdigyRecord::default()
        };
        let mut written: Vec<Option<ProdigySpan>> = Vec::with_capacity(document.spans.len());
        for span in &document.spans {
            let &[(start, end)] = &span.fragments[..] else {
                losses.add(&document.name, &span.id, LossKind::Discontinuous);
                written.push(None);
                continue;
            };
            let first = tokens.partition_point(|token| token.end <= start);
            let last = tokens.partition_point(|token| token.start < end).checked_sub(1);
            let on_tokens = last.filter(|last| first <= *last);
            written.push(Some(ProdigySpan {
                start,
                end,
                label: span.label.clone(),
                token_start: on_tokens.map(|_| first),
                token_end: on_tokens,
                id: Some(span.id.clone()),
                links: span.remarks.links.iter().map(ToString::to_string).collect(),
                attributes: span.remarks.attributes.clone(),
                notes: span.remarks.notes.clone(),
            }));
        }
        for relation in &document.relations {
            if !relation.remarks.is_empty() {
                losses.add(&document.name, &relation.id, LossKind::RemarkOnRelation);
            }
            let ends = relation.arguments.each_ref().map(|(_, target)| match target {
                AnnotatedTarget::Span(number) => written[*number].as_ref().filter(|span| span.token_end.is_some()),
                AnnotatedTarget::Event(_) => None,
            });
            let [Some(head), Some(child)] = ends else {
                losses.add(&document.name, &relation.id, LossKind::Relation);
                continue;
            };
            let bare = |span: &ProdigySpan| ProdigySpan {
                links: Vec::new(),
                attributes: Vec::new(),
                notes: Vec::new(),
                ..span.clone()
            };
            record.relations.push(ProdigyRelation {
                // Prodigy's arcs join the last tokens of two spans.
                head: head.token_end.unwrap_or_default(),
                child: child.token_end.unwrap_or_default(),
                label: relation.label.clone(),
                head_span: bare(head),
                child_span: bare(child),
                id: Some(relation.id.clone()),
                roles: Some(relation.arguments.each_ref().map(|(role, _)| role.clone())),
            });
        }
        record.spans = written.into_iter().flatten().collect();
        losses.add_events_and_equivalences(document);
        out.push_str(&serde_json::to_string(&record).unwrap_or_default());
        out.push('\n');
    }
    out
}

fn token_record(text: &str, id: usize, token: &Token) -> ProdigyToken {
    let words = text[token.bytes.0..token.bytes.1].to_owned();
    ProdigyToken { text: words, start: token.start, end: token.end, id, ws: token.space_after }
}

/// Reads documents.
pub(super) fn read(source: &str, losses: &mut LossList) -> Result<Vec<AnnotatedDocument>, ExchangeError> {
    let mut documents: Vec<AnnotatedDocument> = Vec::new();
    for (line, record) in json_lines::records::<ProdigyRecord>(source, "/text")? {
        let name = if record.meta.source.is_empty() { format!("document-{line}") } else { record.meta.source };
        let mut document = AnnotatedDocument { name, text: record.text, ..AnnotatedDocument::default() };
        if record.answer.as_deref().is_some_and(|answer| answer != "accept") {
            losses.add(&document.name, "", LossKind::NotAccepted);
            continue;
        }
        let length = document.text.chars().count() as u32;
        for span in record.spans {
            let ProdigySpan { start, end, label, id, links, attributes, notes, .. } = span;
            if start > end || end > length {
                return Err(ExchangeError::new(
                    line,
                    format!("the span `{label}` goes from {start} to {end}; the text has {length} code points"),
                ));
            }
            let id = id.unwrap_or_else(|| format!("T{}", document.spans.len() + 1));
            let links = links.iter().map(|link| EntryLink::parse(link)).collect();
            let remarks = Remarks { links, attributes, notes };
            document.spans.push(AnnotatedSpan { id, label, fragments: vec![(start, end)], remarks });
        }
        let mut places: FxHashMap<(u32, u32), Vec<usize>> = FxHashMap::default();
        for (number, span) in document.spans.iter().enumerate() {
            places.entry(span.extent()).or_default().push(number);
        }
        for relation in record.relations {
            let end = |wanted: &ProdigySpan| {
                let mut there = places.get(&(wanted.start, wanted.end)).into_iter().flatten().copied();
                there.find(|number| {
                    let span = &document.spans[*number];
                    let same_id = wanted.id.as_ref().is_none_or(|id| *id == span.id);
                    same_id && (wanted.label.is_empty() || wanted.label == span.label)
                })
            };
            let number = document.relations.len() + 1;
            let id = relation.id.clone().unwrap_or_else(|| format!("R{number}"));
            let (Some(head), Some(child)) = (end(&relation.head_span), end(&relation.child_span)) else {
                losses.add(&document.name, &id, LossKind::DanglingReference);
                continue;
            };
            let [one, two] = relation.roles.unwrap_or_else(|| ["Arg1".to_owned(), "Arg2".to_owned()]);
            let arguments = [(one, AnnotatedTarget::Span(head)), (two, AnnotatedTarget::Span(child))];
            document.relations.push(AnnotatedRelation {
                id,
                label: relation.label,
                arguments,
                remarks: Remarks::default(),
            });
        }
        documents.push(document);
    }
    Ok(documents)
}
