//! doccano's JSON lines: `{"id", "text", "entities", "relations", "Comments"}`, offsets in code points.
//!
//! Read are also the older forms, with `label` or `labels` as lists of start, end and type. A name of a document that
//! doccano does not know is carried in `meta`, which doccano keeps.

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::error::ExchangeError;
use super::json_lines;
use super::loss::{LossKind, LossList};
use crate::annotation::{AnnotatedDocument, AnnotatedRelation, AnnotatedSpan, AnnotatedTarget, Remarks};

#[derive(Serialize, Deserialize, Default)]
#[serde(default)]
struct DoccanoRecord {
    id: Option<serde_json::Value>,
    text: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    label: Vec<(u32, u32, String)>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    labels: Vec<(u32, u32, String)>,
    entities: Vec<DoccanoEntity>,
    relations: Vec<DoccanoRelation>,
    meta: DoccanoMeta,
    #[serde(rename = "Comments")]
    comments: Vec<serde_json::Value>,
}

#[derive(Serialize, Deserialize, Default)]
#[serde(default)]
struct DoccanoMeta {
    #[serde(skip_serializing_if = "String::is_empty")]
    source: String,
}

#[derive(Serialize, Deserialize)]
struct DoccanoEntity {
    id: u64,
    label: String,
    start_offset: u32,
    end_offset: u32,
}

#[derive(Serialize, Deserialize)]
struct DoccanoRelation {
    id: u64,
    from_id: u64,
    to_id: u64,
    #[serde(rename = "type")]
    kind: String,
}

/// Writes documents, one a line. Ids of entities are unique in the file, as in doccano's own.
pub(super) fn write(documents: &[AnnotatedDocument], losses: &mut LossList) -> String {
    let mut out = String::new();
    let mut entity = 0;
    let mut relation = 0;
    for (number, document) in documents.iter().enumerate() {
        let mut record = DoccanoRecord {
            id: Some((number + 1).into()),
            text: document.text.clone(),
            meta: DoccanoMeta { source: document.name.clone() },
            ..DoccanoRecord::default()
        };
        let mut ids: Vec<Option<u64>> = Vec::with_capacity(document.spans.len());
        for span in &document.spans {
            losses.add_remarks(&document.name, &span.id, &span.remarks);
            let &[(start_offset, end_offset)] = &span.fragments[..] else {
                losses.add(&document.name, &span.id, LossKind::Discontinuous);
                ids.push(None);
                continue;
            };
            entity += 1;
            ids.push(Some(entity));
            record.entities.push(DoccanoEntity { id: entity, label: span.label.clone(), start_offset, end_offset });
        }
        for one in &document.relations {
            losses.add_remarks(&document.name, &one.id, &one.remarks);
            let ends = one.arguments.each_ref().map(|(_, target)| match target {
                AnnotatedTarget::Span(number) => ids[*number],
                AnnotatedTarget::Event(_) => None,
            });
            // The roles of a relation are not written: those of brat's own, Arg1 and Arg2, come back.
            let plain = one.arguments[0].0 == "Arg1" && one.arguments[1].0 == "Arg2";
            match ends {
                [Some(from_id), Some(to_id)] if plain => {
                    relation += 1;
                    record.relations.push(DoccanoRelation { id: relation, from_id, to_id, kind: one.label.clone() });
                }
                _ => losses.add(&document.name, &one.id, LossKind::Relation),
            }
        }
        losses.add_events_and_equivalences(document);
        out.push_str(&serde_json::to_string(&record).unwrap_or_default());
        out.push('\n');
    }
    out
}

/// Reads documents.
pub(super) fn read(source: &str, losses: &mut LossList) -> Result<Vec<AnnotatedDocument>, ExchangeError> {
    let mut documents = Vec::new();
    for (line, record) in json_lines::records::<DoccanoRecord>(source, "/text")? {
        let name = if record.meta.source.is_empty() {
            format!("document-{}", record.id.as_ref().map_or(line.to_string(), plain_id))
        } else {
            record.meta.source
        };
        let mut document = AnnotatedDocument { name, text: record.text, ..AnnotatedDocument::default() };
        let length = document.text.chars().count() as u32;
        let old = record.label.into_iter().chain(record.labels).map(|(start, end, label)| (None, start, end, label));
        let new = record.entities.into_iter().map(|one| (Some(one.id), one.start_offset, one.end_offset, one.label));
        let mut ids: FxHashMap<u64, usize> = FxHashMap::default();
        for (id, start, end, label) in old.chain(new) {
            let own = format!("T{}", document.spans.len() + 1);
            if start > end || end > length {
                return Err(ExchangeError::new(
                    line,
                    format!("the annotation `{label}` goes from {start} to {end}; the text has {length} code points"),
                ));
            }
            if let Some(id) = id {
                ids.entry(id).or_insert(document.spans.len());
            }
            document.spans.push(AnnotatedSpan { id: own, label, fragments: vec![(start, end)], ..Default::default() });
        }
        for relation in record.relations {
            let end = |id: u64| ids.get(&id).copied().map(AnnotatedTarget::Span);
            let own = format!("R{}", document.relations.len() + 1);
            match (end(relation.from_id), end(relation.to_id)) {
                (Some(from), Some(to)) => document.relations.push(AnnotatedRelation {
                    id: own,
                    label: relation.kind,
                    arguments: [("Arg1".to_owned(), from), ("Arg2".to_owned(), to)],
                    remarks: Remarks::default(),
                }),
                _ => losses.add(&document.name, &relation.id.to_string(), LossKind::DanglingReference),
            }
        }
        // Comments belong to the document, and standoff has no note on a document.
        record.comments.iter().for_each(|_| losses.add(&document.name, "", LossKind::Note));
        documents.push(document);
    }
    Ok(documents)
}

fn plain_id(id: &serde_json::Value) -> String {
    id.as_str().map_or_else(|| id.to_string(), str::to_owned)
}
