//! The schemas are written by hand; they know the same keys as the readers.

use std::collections::BTreeSet;

use scholiast::config::keys as config;
use scholiast::registry::keys as registry;
use serde_json::Value;

fn schema(text: &str) -> Value {
    serde_json::from_str(text).expect("a schema is JSON")
}

/// Checks that the object at `pointer` allows these keys and no others, and that what it refers to exists.
fn same_keys(schema: &Value, pointer: &str, keys: &[&str]) {
    let object = schema.pointer(pointer).unwrap_or_else(|| panic!("{pointer} exists"));
    assert_eq!(object["additionalProperties"], Value::Bool(false), "{pointer}");
    let properties = object["properties"].as_object().unwrap_or_else(|| panic!("{pointer} has properties"));
    let known: BTreeSet<&str> = properties.keys().map(String::as_str).collect();
    assert_eq!(known, keys.iter().copied().collect(), "{pointer}");
    for required in object["required"].as_array().into_iter().flatten() {
        assert!(keys.contains(&required.as_str().expect("a key")), "{pointer} requires {required}");
    }
}

fn references_exist(schema: &Value, value: &Value) {
    match value {
        Value::Object(entries) => {
            if let Some(Value::String(reference)) = entries.get("$ref") {
                assert!(schema.pointer(reference.trim_start_matches('#')).is_some(), "{reference}");
            }
            entries.values().for_each(|value| references_exist(schema, value));
        }
        Value::Array(items) => items.iter().for_each(|value| references_exist(schema, value)),
        _ => {}
    }
}

#[test]
fn the_registry_schema_knows_the_loaders_keys() {
    let schema = schema(include_str!("../../schemas/registry.schema.json"));
    for (pointer, keys) in [
        ("", registry::ROOT),
        ("/definitions/person", registry::PERSON),
        ("/definitions/tenure", registry::TENURE),
        ("/definitions/organization", registry::ORGANIZATION),
        ("/definitions/successor", registry::SUCCESSOR),
        ("/definitions/office", registry::OFFICE),
        ("/definitions/place", registry::PLACE),
        ("/definitions/decree", registry::DECREE),
    ] {
        same_keys(&schema, pointer, keys);
    }
    references_exist(&schema, &schema);
}

#[test]
fn the_configuration_schema_knows_the_readers_keys() {
    let schema = schema(include_str!("../../schemas/scholiast.schema.json"));
    for (pointer, keys) in [
        ("", config::ROOT),
        ("/properties/corpus", config::CORPUS),
        ("/definitions/document-date", config::DOCUMENT_DATE),
        ("/definitions/fix", config::FIX),
        ("/definitions/per-file", config::PER_FILE),
        ("/definitions/suppress", config::SUPPRESS),
        ("/definitions/decide", config::DECIDE),
        ("/definitions/pattern", config::PATTERN),
        ("/properties/decrees", config::DECREES),
        ("/properties/annotate", config::ANNOTATE),
        ("/definitions/decree-type", config::DECREE_TYPE),
        ("/definitions/decree-agency", config::DECREE_AGENCY),
        ("/properties/editor", config::EDITOR),
    ] {
        same_keys(&schema, pointer, keys);
    }
    references_exist(&schema, &schema);
}
