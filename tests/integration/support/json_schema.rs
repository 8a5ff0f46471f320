//! As much of JSON Schema (draft 7) as the schemas of our formats use; an unknown keyword is an error, so that no
//! schema is silently half checked.

use regex::Regex;
use serde_json::{Map, Value};

/// The faults of `value` under `schema`, one line for each fault, with the path to it.
pub fn faults(schema: &Value, value: &Value) -> Vec<String> {
    let mut check = Check { root: schema, faults: Vec::new() };
    check.value(schema, value, "$");
    check.faults
}

/// The faults of `value` under a definition of `schema`.
pub fn faults_of(schema: &Value, definition: &str, value: &Value) -> Vec<String> {
    let mut check = Check { root: schema, faults: Vec::new() };
    check.value(&schema["definitions"][definition], value, "$");
    check.faults
}

struct Check<'s> {
    root: &'s Value,
    faults: Vec<String>,
}

impl<'s> Check<'s> {
    fn value(&mut self, schema: &'s Value, value: &Value, path: &str) {
        let Value::Object(keywords) = schema else {
            assert_eq!(schema, &Value::Bool(true), "a schema at {path}");
            return;
        };
        for (keyword, expected) in keywords {
            let holds = match keyword.as_str() {
                "$ref" => {
                    let pointer = expected.as_str().unwrap().strip_prefix('#').expect("only references within a file");
                    self.value(self.root.pointer(pointer).expect("a reference leads somewhere"), value, path);
                    true
                }
                "type" => {
                    let types = expected.as_array().map_or(std::slice::from_ref(expected), Vec::as_slice);
                    types.iter().any(|name| is_of_type(value, name.as_str().unwrap()))
                }
                "enum" => expected.as_array().unwrap().contains(value),
                "minimum" => value.as_f64().is_none_or(|number| number >= expected.as_f64().unwrap()),
                "maximum" => value.as_f64().is_none_or(|number| number <= expected.as_f64().unwrap()),
                "minItems" => value.as_array().is_none_or(|items| items.len() as u64 >= expected.as_u64().unwrap()),
                "maxItems" => value.as_array().is_none_or(|items| items.len() as u64 <= expected.as_u64().unwrap()),
                "uniqueItems" => value.as_array().is_none_or(|items| {
                    expected == &Value::Bool(false) || (1..items.len()).all(|at| !items[..at].contains(&items[at]))
                }),
                "pattern" => {
                    value.as_str().is_none_or(|text| Regex::new(expected.as_str().unwrap()).unwrap().is_match(text))
                }
                "required" => value.as_object().is_none_or(|object| {
                    expected.as_array().unwrap().iter().all(|name| object.contains_key(name.as_str().unwrap()))
                }),
                "items" => {
                    for (at, item) in value.as_array().into_iter().flatten().enumerate() {
                        self.value(expected, item, &format!("{path}[{at}]"));
                    }
                    true
                }
                "properties" => {
                    for (name, value) in value.as_object().into_iter().flatten() {
                        if let Some(schema) = expected.get(name) {
                            self.value(schema, value, &format!("{path}.{name}"));
                        }
                    }
                    true
                }
                "additionalProperties" => self.additional(keywords, expected, value, path),
                "anyOf" => self.alternatives(expected, value) >= 1,
                "oneOf" => self.alternatives(expected, value) == 1,
                // Says what a text is for; checked where it matters by the test itself.
                "format" | "default" | "title" | "description" | "$schema" | "$id" | "definitions" => true,
                other => panic!("the keyword {other} at {path}"),
            };
            if !holds {
                self.faults.push(format!("{path}: not {keyword} {expected}"));
            }
        }
    }

    fn additional(&mut self, keywords: &'s Map<String, Value>, schema: &'s Value, value: &Value, path: &str) -> bool {
        let known = keywords.get("properties").and_then(Value::as_object);
        for (name, value) in value.as_object().into_iter().flatten() {
            if known.is_some_and(|known| known.contains_key(name)) {
                continue;
            }
            if schema == &Value::Bool(false) {
                self.faults.push(format!("{path}: unknown property {name}"));
            } else {
                self.value(schema, value, &format!("{path}.{name}"));
            }
        }
        true
    }

    fn alternatives(&self, schemas: &'s Value, value: &Value) -> usize {
        let holds = |schema: &&Value| {
            let mut check = Check { root: self.root, faults: Vec::new() };
            check.value(schema, value, "$");
            check.faults.is_empty()
        };
        schemas.as_array().unwrap().iter().filter(holds).count()
    }
}

fn is_of_type(value: &Value, name: &str) -> bool {
    match name {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "null" => value.is_null(),
        other => panic!("the type {other}"),
    }
}
