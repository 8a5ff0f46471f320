//! Label Studio's tasks: one JSON array; offsets in code points, as its newer versions count.
//!
//! An annotation is a region of type `labels`; what is said of it are further results with the same id: `choices` for
//! an attribute, `textarea` for links and notes. Each set of annotations in a task is an annotator's: they are read as
//! documents of their own, in a folder named by the annotator. Predictions are not read.

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::error::ExchangeError;
use super::json_lines;
use super::loss::{LossKind, LossList};
use crate::annotation::{AnnotatedDocument, AnnotatedRelation, AnnotatedSpan, AnnotatedTarget, EntryLink, Remarks};

#[derive(Serialize, Deserialize, Default)]
#[serde(default)]
struct Task {
    /// The place in the file, from 1. Converters ask for one; Label Studio gives its own at import.
    #[serde(skip_deserializing)]
    id: usize,
    data: TaskData,
    annotations: Vec<TaskAnnotations>,
}

#[derive(Serialize, Deserialize, Default)]
#[serde(default)]
struct TaskData {
    text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<String>,
}

#[derive(Serialize, Deserialize, Default)]
#[serde(default)]
struct TaskAnnotations {
    #[serde(skip_serializing_if = "Value::is_null")]
    completed_by: Value,
    was_cancelled: bool,
    result: Vec<Value>,
}

/// A result that is no relation.
#[derive(Deserialize)]
struct TaskRegion {
    id: String,
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    from_name: String,
    #[serde(default)]
    value: TaskRegionValue,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct TaskRegionValue {
    start: u32,
    end: u32,
    labels: Vec<String>,
    choices: Vec<String>,
    /// The text of the region, or the lines of a text area.
    text: Value,
}

#[derive(Deserialize)]
struct TaskRelation {
    from_id: String,
    to_id: String,
    #[serde(default)]
    labels: Vec<String>,
}

/// Writes all documents as one array.
pub(super) fn write(documents: &[AnnotatedDocument], losses: &mut LossList) -> String {
    let tasks: Vec<Task> = documents.iter().zip(1..).map(|(document, id)| task(id, document, losses)).collect();
    let mut out = serde_json::to_string_pretty(&tasks).unwrap_or_default();
    out.push('\n');
    out
}

fn task(id: usize, document: &AnnotatedDocument, losses: &mut LossList) -> Task {
    let letters: Vec<char> = document.text.chars().collect();
    let mut result = Vec::new();
    for span in &document.spans {
        let &[(start, end)] = &span.fragments[..] else {
            losses.add(&document.name, &span.id, LossKind::Discontinuous);
            continue;
        };
        let text: String = letters.get(start as usize..end as usize).unwrap_or_default().iter().collect();
        let region = |from: &str, kind: &str, key: &str, values: Vec<String>| {
            let mut value = json!({ "start": start, "end": end });
            if kind != "textarea" {
                value["text"] = json!(text);
            }
            value[key] = json!(values);
            json!({ "id": span.id, "from_name": from, "to_name": "text", "type": kind, "value": value })
        };
        result.push(region("label", "labels", "labels", vec![span.label.clone()]));
        for (name, value) in &span.remarks.attributes {
            result.push(region(name, "choices", "choices", value.iter().cloned().collect()));
        }
        if !span.remarks.links.is_empty() {
            let links = span.remarks.links.iter().map(ToString::to_string).collect();
            result.push(region("link", "textarea", "text", links));
        }
        for (kind, note) in &span.remarks.notes {
            result.push(region(&format!("note-{kind}"), "textarea", "text", vec![note.clone()]));
        }
    }
    for relation in &document.relations {
        let ends = relation.arguments.each_ref().map(|(_, target)| match target {
            AnnotatedTarget::Span(number) if document.spans[*number].fragments.len() == 1 => {
                Some(document.spans[*number].id.clone())
            }
            _ => None,
        });
        if !relation.remarks.is_empty() {
            losses.add(&document.name, &relation.id, LossKind::RemarkOnRelation);
        }
        let plain = relation.arguments[0].0 == "Arg1" && relation.arguments[1].0 == "Arg2";
        match ends {
            [Some(from), Some(to)] if plain => result.push(json!({
                "type": "relation", "from_id": from, "to_id": to, "direction": "right", "labels": [relation.label],
            })),
            _ => losses.add(&document.name, &relation.id, LossKind::Relation),
        }
    }
    losses.add_events_and_equivalences(document);
    let data = TaskData { text: document.text.clone(), source: Some(document.name.clone()) };
    Task { id, data, annotations: vec![TaskAnnotations { result, ..TaskAnnotations::default() }] }
}

/// Reads documents.
pub(super) fn read(source: &str, losses: &mut LossList) -> Result<Vec<AnnotatedDocument>, ExchangeError> {
    let mut documents = Vec::new();
    for (number, (line, task)) in json_lines::records::<Task>(source, "/data/text")?.into_iter().enumerate() {
        let name = task.data.source.unwrap_or_else(|| format!("task-{}", number + 1));
        let several = task.annotations.len() > 1;
        for (set, annotations) in task.annotations.into_iter().enumerate() {
            if annotations.was_cancelled {
                losses.add(&name, "", LossKind::NotAccepted);
                continue;
            }
            let name =
                if several { format!("{}/{name}", annotator(&annotations.completed_by, set)) } else { name.clone() };
            documents.push(document(name, &task.data.text, annotations.result, line, losses)?);
        }
    }
    Ok(documents)
}

fn annotator(completed_by: &Value, set: usize) -> String {
    let named = completed_by.get("email").or(Some(completed_by)).and_then(|name| match name {
        Value::String(name) => Some(name.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    });
    // It becomes the name of a folder.
    let plain = |name: String| name.replace(['/', '\\', ':'], "_");
    named.map_or_else(|| format!("annotator-{}", set + 1), plain)
}

fn document(
    name: String,
    text: &str,
    results: Vec<Value>,
    line: usize,
    losses: &mut LossList,
) -> Result<AnnotatedDocument, ExchangeError> {
    let mut document = AnnotatedDocument { name, text: text.to_owned(), ..AnnotatedDocument::default() };
    let length = text.chars().count() as u32;
    let wrong =
        |error: serde_json::Error| ExchangeError::new(line, format!("a result is not as it should be: {error}"));
    let (relations, regions): (Vec<Value>, Vec<Value>) = results.into_iter().partition(|one| one["type"] == "relation");
    let regions: Vec<TaskRegion> =
        regions.into_iter().map(serde_json::from_value).collect::<Result<_, _>>().map_err(wrong)?;
    // Ids of regions are made up of letters and digits; brat's begin with a T.
    let mut ids: FxHashMap<String, usize> = FxHashMap::default();
    for region in regions.iter().filter(|region| region.kind == "labels") {
        let TaskRegionValue { start, end, labels, .. } = &region.value;
        if start > end || *end > length {
            return Err(ExchangeError::new(
                line,
                format!("the region `{}` goes from {start} to {end}; the text has {length} code points", region.id),
            ));
        }
        for label in labels {
            let number = document.spans.len() + 1;
            let is_brat = region.id.strip_prefix('T').is_some_and(|rest| rest.parse::<u32>().is_ok());
            ids.entry(region.id.clone()).or_insert(number - 1);
            document.spans.push(AnnotatedSpan {
                id: if is_brat { region.id.clone() } else { format!("T{number}") },
                label: label.clone(),
                fragments: vec![(*start, *end)],
                remarks: Remarks::default(),
            });
        }
    }
    let find = |id: &str| ids.get(id).copied();
    for region in regions.into_iter().filter(|region| region.kind != "labels") {
        let Some(number) = find(&region.id) else {
            losses.add(&document.name, &region.id, LossKind::DanglingReference);
            continue;
        };
        let remarks = &mut document.spans[number].remarks;
        let lines: Vec<String> = match region.value.text {
            Value::String(line) => vec![line],
            Value::Array(lines) => lines.into_iter().filter_map(|line| line.as_str().map(str::to_owned)).collect(),
            _ => Vec::new(),
        };
        match region.kind.as_str() {
            "choices" if region.value.choices.is_empty() => remarks.attributes.push((region.from_name, None)),
            "choices" => {
                let choices = region.value.choices.into_iter();
                remarks.attributes.extend(choices.map(|value| (region.from_name.clone(), Some(value))));
            }
            "textarea" if region.from_name == "link" => {
                remarks.links.extend(lines.iter().map(|line| EntryLink::parse(line)));
            }
            "textarea" => {
                let kind = region.from_name.strip_prefix("note-").unwrap_or(&region.from_name).to_owned();
                remarks.notes.extend(lines.into_iter().map(|line| (kind.clone(), line)));
            }
            _ => losses.add(&document.name, &region.id, LossKind::Attribute),
        }
    }
    for relation in relations {
        let relation: TaskRelation = serde_json::from_value(relation).map_err(wrong)?;
        let (Some(from), Some(to)) = (find(&relation.from_id), find(&relation.to_id)) else {
            losses.add(&document.name, &relation.from_id, LossKind::DanglingReference);
            continue;
        };
        document.relations.push(AnnotatedRelation {
            id: format!("R{}", document.relations.len() + 1),
            label: relation.labels.into_iter().next().unwrap_or_else(|| "Relation".to_owned()),
            arguments: [
                ("Arg1".to_owned(), AnnotatedTarget::Span(from)),
                ("Arg2".to_owned(), AnnotatedTarget::Span(to)),
            ],
            remarks: Remarks::default(),
        });
    }
    Ok(document)
}
