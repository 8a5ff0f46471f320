//! W3C Web Annotation: one JSON-LD file beside the texts, offsets in code points.
//!
//! A text-bound annotation is one Annotation whose target has a position and a quotation for each fragment; its type,
//! its links, attributes and notes are bodies. A relation is an Annotation that links two others. On reading, the
//! position is trusted where the quotation agrees; else the quotation is looked for, with what stands before and behind
//! it, and where that leaves no single place the annotation is an orphan, which is named and not attached to a
//! lookalike. (Web Annotation Data Model, W3C Recommendation of 23 February 2017.)

use rustc_hash::FxHashMap;
use serde_json::{Value, json};

use super::error::ExchangeError;
use super::loss::{LossKind, LossList};
use crate::annotation::{AnnotatedDocument, AnnotatedRelation, AnnotatedSpan, AnnotatedTarget, EntryLink, Remarks};

const CONTEXT: &str = "http://www.w3.org/ns/anno.jsonld";

/// Code points of context in a quotation.
const QUOTED: usize = 24;

/// Writes one collection of all annotations.
pub(super) fn write(documents: &[AnnotatedDocument], losses: &mut LossList) -> String {
    let mut items = Vec::new();
    for document in documents {
        let letters: Vec<char> = document.text.chars().collect();
        items.extend(document.spans.iter().map(|span| span_item(document, span, &letters)));
        for relation in &document.relations {
            let ends = relation.arguments.each_ref().map(|(role, target)| match target {
                AnnotatedTarget::Span(number) => Some((role, name(document, &document.spans[*number].id))),
                AnnotatedTarget::Event(_) => None,
            });
            let [Some((one, first)), Some((two, second))] = ends else {
                losses.add(&document.name, &relation.id, LossKind::Relation);
                continue;
            };
            if !relation.remarks.is_empty() {
                losses.add(&document.name, &relation.id, LossKind::RemarkOnRelation);
            }
            items.push(json!({
                "id": name(document, &relation.id),
                "type": "Annotation",
                "motivation": "linking",
                "body": [
                    { "type": "TextualBody", "purpose": "tagging", "value": relation.label },
                    { "type": "SpecificResource", "purpose": "linking", "source": second, "role": two },
                ],
                "target": { "type": "SpecificResource", "source": first, "role": one },
            }));
        }
        losses.add_events_and_equivalences(document);
    }
    let collection = json!({
        "@context": [CONTEXT, { "role": "http://schema.org/roleName" }],
        "type": "AnnotationPage",
        "items": items,
    });
    let mut out = serde_json::to_string_pretty(&collection).unwrap_or_default();
    out.push('\n');
    out
}

/// The address of an annotation: that of its text, relative to the file, with the id as fragment.
fn name(document: &AnnotatedDocument, id: &str) -> String {
    format!("{}#{id}", address(&document.name))
}

/// The relative address of a text.
fn address(name: &str) -> String {
    let mut address = String::new();
    for byte in format!("{name}.txt").bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => address.push(byte as char),
            _ => address.push_str(&format!("%{byte:02X}")),
        }
    }
    address
}

/// The name of the document that an address means.
fn document_name(address: &str) -> Option<String> {
    let path = address.split('#').next()?;
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let digits = [rest.next()?, rest.next()?];
        bytes.push(u8::from_str_radix(std::str::from_utf8(&digits).ok()?, 16).ok()?);
    }
    let path = String::from_utf8(bytes).ok()?;
    Some(path.strip_suffix(".txt").map_or(path.clone(), str::to_owned))
}

fn span_item(document: &AnnotatedDocument, span: &AnnotatedSpan, letters: &[char]) -> Value {
    let mut bodies = vec![json!({ "type": "TextualBody", "purpose": "tagging", "value": span.label })];
    for link in &span.remarks.links {
        bodies.push(json!({ "type": "SpecificResource", "purpose": "identifying", "source": link.to_string() }));
    }
    for (name, value) in &span.remarks.attributes {
        let value = value.as_ref().map_or_else(|| name.clone(), |value| format!("{name}={value}"));
        bodies.push(json!({ "type": "TextualBody", "purpose": "classifying", "value": value }));
    }
    for (kind, text) in &span.remarks.notes {
        bodies.push(json!({ "type": "TextualBody", "purpose": "commenting", "value": text, "name": kind }));
    }
    let words = |start: usize, end: usize| -> String { letters.get(start..end).unwrap_or_default().iter().collect() };
    let targets: Vec<Value> = span
        .fragments
        .iter()
        .map(|&(start, end)| {
            let (from, to) = (start as usize, end as usize);
            json!({
                "type": "SpecificResource",
                "source": address(&document.name),
                "selector": [
                    { "type": "TextPositionSelector", "start": start, "end": end },
                    {
                        "type": "TextQuoteSelector",
                        "exact": words(from, to),
                        "prefix": words(from.saturating_sub(QUOTED), from),
                        "suffix": words(to, letters.len().min(to + QUOTED)),
                    },
                ],
            })
        })
        .collect();
    json!({
        "id": name(document, &span.id),
        "type": "Annotation",
        "motivation": if span.remarks.links.is_empty() { "tagging" } else { "identifying" },
        "body": bodies,
        "target": targets,
    })
}

/// Reads annotations of texts that `text_of` gives by their names.
pub(super) fn read(
    source: &str,
    text_of: &dyn Fn(&str) -> Option<String>,
    losses: &mut LossList,
) -> Result<Vec<AnnotatedDocument>, ExchangeError> {
    let value: Value = serde_json::from_str(source.strip_prefix('\u{feff}').unwrap_or(source))
        .map_err(|error| ExchangeError::new(error.line().max(1), error.to_string()))?;
    let mut items: Vec<&Value> = Vec::new();
    collect(&value, &mut items);
    let mut texts = AnnotatedTexts::default();
    let (relations, spans): (Vec<&Value>, Vec<&Value>) =
        items.into_iter().partition(|one| one["motivation"] == "linking");
    for item in spans {
        read_span(item, text_of, &mut texts, losses)?;
    }
    for item in relations {
        read_relation(item, &mut texts, losses);
    }
    Ok(texts.documents)
}

/// The documents so far, each with its letters and with its annotations by their given ids.
#[derive(Default)]
struct AnnotatedTexts {
    documents: Vec<AnnotatedDocument>,
    letters: Vec<Vec<char>>,
    by_name: FxHashMap<String, usize>,
    /// By the part of an address behind `#`, with the number of the document.
    spans: FxHashMap<(usize, String), usize>,
}

/// Finds the annotations of a page, a collection, an array, or one alone.
fn collect<'v>(value: &'v Value, items: &mut Vec<&'v Value>) {
    match value {
        Value::Array(all) => all.iter().for_each(|one| collect(one, items)),
        Value::Object(object) => match (object.get("items"), object.get("first")) {
            (Some(inner), _) | (None, Some(inner)) => collect(inner, items),
            _ => items.push(value),
        },
        _ => {}
    }
}

/// One value or many.
fn many(value: &Value) -> &[Value] {
    match value {
        Value::Null => &[],
        Value::Array(all) => all,
        one => std::slice::from_ref(one),
    }
}

fn read_span(
    item: &Value,
    text_of: &dyn Fn(&str) -> Option<String>,
    texts: &mut AnnotatedTexts,
    losses: &mut LossList,
) -> Result<(), ExchangeError> {
    let given = item["id"].as_str().unwrap_or_default();
    let Some(first) = many(&item["target"]).first() else {
        return Err(ExchangeError::new(1, format!("the annotation `{given}` has no target")));
    };
    let source = first["source"].as_str().or_else(|| first.as_str()).unwrap_or_default();
    let Some(name) = document_name(source) else {
        return Err(ExchangeError::new(1, format!("the target `{source}` of `{given}` is no address of a text")));
    };
    let number = match texts.by_name.get(&name) {
        Some(number) => *number,
        None => {
            let text = text_of(&name).ok_or_else(|| {
                ExchangeError::new(1, format!("the text `{name}.txt` that `{given}` is about is not there"))
            })?;
            texts.by_name.insert(name.clone(), texts.documents.len());
            texts.letters.push(text.chars().collect());
            texts.documents.push(AnnotatedDocument { name: name.clone(), text, ..AnnotatedDocument::default() });
            texts.documents.len() - 1
        }
    };
    let document = &mut texts.documents[number];
    let letters = &texts.letters[number];
    let mut fragments = Vec::new();
    for target in many(&item["target"]) {
        match place(&target["selector"], letters) {
            Some(place) => fragments.push(place),
            None => {
                losses.add(&name, given, LossKind::OutsideText);
                return Ok(());
            }
        }
    }
    fragments.sort_unstable();
    let mut span = AnnotatedSpan { fragments, ..AnnotatedSpan::default() };
    for body in many(&item["body"]) {
        let value = body["value"].as_str().or_else(|| body.as_str()).unwrap_or_default();
        let motivation = many(&item["motivation"]).first().and_then(Value::as_str);
        match body["purpose"].as_str().or(motivation).unwrap_or("tagging") {
            "identifying" => {
                let entry = body["source"].as_str().or_else(|| body["id"].as_str()).unwrap_or(value);
                span.remarks.links.push(EntryLink::parse(entry));
            }
            "classifying" => {
                let (name, value) = match value.split_once('=') {
                    Some((name, value)) => (name, Some(value.to_owned())),
                    None => (value, None),
                };
                span.remarks.attributes.push((name.to_owned(), value));
            }
            "tagging" if span.label.is_empty() => value.clone_into(&mut span.label),
            _ => {
                let kind = body["name"].as_str().unwrap_or("AnnotatorNotes").to_owned();
                span.remarks.notes.push((kind, value.to_owned()));
            }
        }
    }
    if span.label.is_empty() {
        "Annotation".clone_into(&mut span.label);
    }
    span.id = own_id(given, 'T', document.spans.len());
    if let Some((_, id)) = given.rsplit_once('#') {
        texts.spans.entry((number, id.to_owned())).or_insert(document.spans.len());
    }
    document.spans.push(span);
    Ok(())
}

/// The id behind the `#`, where it is one of brat's; else the next number. Who writes the file renumbers what is there
/// twice.
fn own_id(given: &str, letter: char, before: usize) -> String {
    let wanted = given.rsplit_once('#').map_or("", |(_, id)| id);
    let is_brat = wanted.strip_prefix(letter).is_some_and(|rest| rest.parse::<u32>().is_ok());
    if is_brat { wanted.to_owned() } else { format!("{letter}{}", before + 1) }
}

/// The code points that a selector means.
fn place(selector: &Value, letters: &[char]) -> Option<(u32, u32)> {
    let of = |kind: &str| many(selector).iter().find(|one| one["type"] == kind);
    let quote = of("TextQuoteSelector");
    let exact: Option<Vec<char>> = quote.and_then(|quote| quote["exact"].as_str()).map(|text| text.chars().collect());
    if let Some(position) = of("TextPositionSelector") {
        let (start, end) = (position["start"].as_u64()? as usize, position["end"].as_u64()? as usize);
        let words = letters.get(start..end);
        if words.is_some() && exact.as_ref().is_none_or(|exact| words == Some(exact)) {
            return Some((start as u32, end as u32));
        }
    }
    let exact = exact.filter(|exact| !exact.is_empty())?;
    let context =
        |key: &str| quote.and_then(|quote| quote[key].as_str()).unwrap_or_default().chars().collect::<Vec<_>>();
    let (prefix, suffix) = (context("prefix"), context("suffix"));
    let mut places = letters.windows(exact.len()).enumerate().filter(|(start, words)| {
        let behind = &letters[start + exact.len()..];
        words == &exact && letters[..*start].ends_with(&prefix) && behind.starts_with(&suffix)
    });
    let (start, _) = places.next()?;
    places.next().is_none().then(|| (start as u32, (start + exact.len()) as u32))
}

fn read_relation(item: &Value, texts: &mut AnnotatedTexts, losses: &mut LossList) {
    let given = item["id"].as_str().unwrap_or_default();
    let end = |resource: &Value| -> Option<(usize, usize, String)> {
        let source = resource["source"].as_str().or_else(|| resource["id"].as_str()).or_else(|| resource.as_str())?;
        let (name, id) = (document_name(source)?, source.rsplit_once('#')?.1);
        let number = *texts.by_name.get(&name)?;
        let span = *texts.spans.get(&(number, id.to_owned()))?;
        Some((number, span, resource["role"].as_str().unwrap_or_default().to_owned()))
    };
    let bodies = many(&item["body"]);
    let first = many(&item["target"]).first().and_then(end);
    let second = bodies.iter().find_map(end);
    let (Some((number, one, role)), Some((other, two, other_role))) = (first, second) else {
        losses.add("", given, LossKind::DanglingReference);
        return;
    };
    if number != other {
        losses.add(&texts.documents[number].name, given, LossKind::Relation);
        return;
    }
    let label = bodies.iter().find_map(|body| body["value"].as_str()).unwrap_or("Relation").to_owned();
    let or = |role: String, own: &str| if role.is_empty() { own.to_owned() } else { role };
    let document = &mut texts.documents[number];
    let id = own_id(given, 'R', document.relations.len());
    document.relations.push(AnnotatedRelation {
        id,
        label,
        arguments: [
            (or(role, "Arg1"), AnnotatedTarget::Span(one)),
            (or(other_role, "Arg2"), AnnotatedTarget::Span(two)),
        ],
        remarks: Remarks::default(),
    });
}
