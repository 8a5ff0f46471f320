//! UIMA's CAS as JSON (JSON CAS 0.4.0 of the Apache UIMA Java SDK and of dkpro-cassis): type system, feature structures
//! and views in one file.

use serde_json::{Map, Value, json};

use super::cas::{self, CasObject, CasValue, CasView, TYPES};
use super::error::ExchangeError;
use super::file::ImportFile;
use super::loss::{LossKind, LossList};
use crate::annotation::AnnotatedDocument;

const INITIAL_VIEW: &str = "_InitialView";

/// Writes a document.
pub(super) fn write(document: &AnnotatedDocument) -> String {
    let objects = cas::objects(document);
    let mut types = Map::new();
    for kind in TYPES {
        let mut described = Map::new();
        described.insert("%NAME".to_owned(), kind.name.into());
        described.insert("%SUPER_TYPE".to_owned(), kind.supertype.into());
        for (name, range) in kind.features {
            described.insert((*name).to_owned(), json!({ "%NAME": name, "%RANGE": range }));
        }
        types.insert(kind.name.to_owned(), Value::Object(described));
    }
    let mut structures = vec![json!({
        "%ID": 1, "%TYPE": "uima.cas.Sofa", "sofaNum": 1, "sofaID": INITIAL_VIEW, "mimeType": "text",
        "sofaString": document.text,
    })];
    structures.extend(objects.iter().map(|object| {
        let mut structure = Map::new();
        structure.insert("%ID".to_owned(), object.id.into());
        structure.insert("%TYPE".to_owned(), object.kind.as_str().into());
        structure.insert("@sofa".to_owned(), 1.into());
        if let Some((begin, end)) = object.place {
            structure.insert("begin".to_owned(), begin.into());
            structure.insert("end".to_owned(), end.into());
        }
        for (name, value) in &object.features {
            match value {
                CasValue::Text(text) => structure.insert(name.clone(), text.as_str().into()),
                CasValue::Reference(id) => structure.insert(format!("@{name}"), (*id).into()),
            };
        }
        Value::Object(structure)
    }));
    let members: Vec<u32> = objects.iter().map(|object| object.id).collect();
    let cas = json!({
        "%TYPES": types,
        "%FEATURE_STRUCTURES": structures,
        "%VIEWS": { INITIAL_VIEW: { "%SOFA": 1, "%MEMBERS": members } },
    });
    let mut out = serde_json::to_string_pretty(&cas).unwrap_or_default();
    out.push('\n');
    out
}

/// Reads a document.
pub(super) fn read(file: ImportFile<'_>, losses: &mut LossList) -> Result<AnnotatedDocument, ExchangeError> {
    let source = file.text.strip_prefix('\u{feff}').unwrap_or(file.text);
    let cas: Value = serde_json::from_str(source)
        .map_err(|error| ExchangeError::new(error.line().max(1), format!("not JSON: {error}")))?;
    let wrong = |message: String| ExchangeError::new(1, message);
    // Structures are a list, or an object by id as older writers have them.
    let structures: Vec<(Option<u32>, &Value)> = match &cas["%FEATURE_STRUCTURES"] {
        Value::Array(all) => all.iter().map(|one| (id_in(&one["%ID"]), one)).collect(),
        Value::Object(all) => all.iter().map(|(id, one)| (id.parse().ok(), one)).collect(),
        _ => return Err(wrong("there is no `%FEATURE_STRUCTURES`; JSON CAS 0.4 is wanted".to_owned())),
    };
    let sofas = || structures.iter().filter(|(_, one)| one["%TYPE"] == "uima.cas.Sofa");
    let sofa = sofas().find(|(_, one)| one["sofaID"] == INITIAL_VIEW).or_else(|| sofas().next());
    let (sofa_id, sofa) = sofa.ok_or_else(|| wrong("there is no `uima.cas.Sofa`, which holds the text".to_owned()))?;
    let text = sofa["sofaString"].as_str().ok_or_else(|| wrong("the Sofa has no `sofaString`".to_owned()))?;
    let lists: rustc_hash::FxHashMap<u32, &Value> =
        structures.iter().filter_map(|(id, one)| Some((((*id)?), one.get("%ELEMENTS")?))).collect();
    let mut view = CasView { text: text.to_owned(), objects: Vec::new() };
    let mut has_other_view = false;
    for (id, structure) in &structures {
        let kind = structure["%TYPE"].as_str().unwrap_or_default();
        if kind == "uima.cas.Sofa" || structure.get("%ELEMENTS").is_some() {
            continue;
        }
        let Some(fields) = structure.as_object() else {
            return Err(wrong(format!("a feature structure is `{structure}`; an object is wanted")));
        };
        let id = id.ok_or_else(|| wrong(format!("a `{kind}` has no `%ID`")))?;
        if structure.get("@sofa").is_some_and(|sofa| id_in(sofa) != *sofa_id) {
            has_other_view = true;
            continue;
        }
        let place = id_in(&structure["begin"]).zip(id_in(&structure["end"]));
        if place.is_none() && structure.get("begin").or(structure.get("end")).is_some() {
            return Err(wrong(format!("`begin` or `end` of the `{kind}` with the id {id} is no number")));
        }
        let features = fields.iter().filter_map(|(name, value)| feature(name, value, &lists)).collect();
        view.objects.push(CasObject { id, kind: kind.to_owned(), place, features, line: 1 });
    }
    if has_other_view {
        losses.add(file.name, "another view", LossKind::OtherLayer);
    }
    cas::document(view, file.name, losses)
}

fn id_in(value: &Value) -> Option<u32> {
    value.as_u64().and_then(|id| u32::try_from(id).ok())
}

fn feature(name: &str, value: &Value, lists: &rustc_hash::FxHashMap<u32, &Value>) -> Option<(String, CasValue)> {
    if name.starts_with(['%', '^']) || matches!(name, "begin" | "end" | "@sofa") {
        return None;
    }
    if let Some(name) = name.strip_prefix('@') {
        let id = id_in(value)?;
        // A list of references is said as XMI says it.
        let value = match lists.get(&id).and_then(|list| list.as_array()) {
            Some(list) => CasValue::Text(list.iter().map(Value::to_string).collect::<Vec<_>>().join(" ")),
            None => CasValue::Reference(id),
        };
        return Some((name.to_owned(), value));
    }
    let name = name.strip_prefix('#').unwrap_or(name).to_owned();
    match value {
        Value::Null => None,
        Value::String(text) => Some((name, CasValue::Text(text.clone()))),
        other => Some((name, CasValue::Text(other.to_string()))),
    }
}
