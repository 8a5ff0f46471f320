//! Keys and values of registry files and the configuration: the published JSON schemas, asked for the keys of a table
//! and for what a key means.
//!
//! One description serves editors with a TOML server of their own and ours. Deliberately absent: validation, which the
//! readers of the files do.

use std::sync::LazyLock;

use serde_json::Value;

use crate::config::keys as config;
use crate::registry::keys as registry;

/// The schema of a file, or of a value in it.
#[derive(Clone, Copy)]
pub(super) struct Schema {
    root: &'static Value,
    here: &'static Value,
}

static REGISTRY: LazyLock<Value> = LazyLock::new(|| read(include_str!("../../schemas/registry.schema.json")));
static CONFIG: LazyLock<Value> = LazyLock::new(|| read(include_str!("../../schemas/scholiast.schema.json")));

fn read(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_default()
}

/// The keys of tables in the order in which people write them.
const ORDER: &[&[&str]] = &[
    registry::ROOT,
    registry::ORGANIZATION,
    registry::OFFICE,
    registry::PERSON,
    registry::DECREE,
    registry::TENURE,
    config::ROOT,
    config::CORPUS,
    config::PER_FILE,
    config::SUPPRESS,
    config::PATTERN,
];

/// The forms of the table of a key.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum TableShape {
    /// `[key]`.
    Table,
    /// `[[key]]`.
    Series,
    /// No table.
    Value,
}

impl Schema {
    /// The schema of registry files.
    pub fn registry() -> Self {
        Self { root: &REGISTRY, here: &REGISTRY }
    }

    /// The schema of the configuration.
    pub fn config() -> Self {
        Self { root: &CONFIG, here: &CONFIG }
    }

    /// The same place, references followed.
    fn at(self, mut here: &'static Value) -> Self {
        // References lead to definitions, which refer no further than a few times.
        for _ in 0..8 {
            let pointer = here.get("$ref").and_then(Value::as_str).and_then(|reference| reference.strip_prefix('#'));
            match pointer.and_then(|pointer| self.root.pointer(pointer)) {
                Some(there) => here = there,
                None => break,
            }
        }
        Self { here, ..self }
    }

    /// The alternatives that a value may be, itself among them, elements of arrays for arrays.
    fn forms(self) -> Vec<Self> {
        let mut forms = vec![self];
        let alternatives = self.here.get("anyOf").and_then(Value::as_array).into_iter().flatten();
        forms.extend(alternatives.map(|here| self.at(here)));
        let elements: Vec<Self> =
            forms.iter().filter_map(|form| form.here.get("items")).map(|here| self.at(here)).collect();
        forms.extend(elements);
        forms
    }

    /// Returns the schema under a key.
    pub fn key(self, key: &str) -> Option<Self> {
        let forms = self.forms();
        let listed = forms.iter().find_map(|form| form.here.get("properties")?.get(key));
        let other = || forms.iter().find_map(|form| form.here.get("additionalProperties").filter(|it| it.is_object()));
        listed.or_else(other).map(|here| self.at(here))
    }

    /// Returns the schema under a path of keys.
    pub fn path<'k>(self, path: impl IntoIterator<Item = &'k str>) -> Option<Self> {
        path.into_iter().try_fold(self, Self::key)
    }

    /// The keys that a table may have, with what stands under them, in the order of the readers' lists.
    pub fn keys(self) -> Vec<(&'static str, Self)> {
        let listed = self.forms().into_iter().filter_map(|form| form.here.get("properties")?.as_object());
        let mut keys: Vec<_> = listed.flatten().map(|(key, here)| (key.as_str(), self.at(here))).collect();
        let order = ORDER.iter().find(|order| keys.iter().all(|(key, _)| order.contains(key)));
        keys.sort_by_key(|(key, _)| order.and_then(|order| order.iter().position(|known| known == key)));
        keys
    }

    /// The values that are possible, as TOML writes them, where there are but a few.
    pub fn values(self) -> Vec<String> {
        let mut values = Vec::new();
        for form in self.forms() {
            let listed = form.here.get("enum").and_then(Value::as_array).into_iter().flatten();
            values.extend(listed.chain(form.here.get("const")).map(Value::to_string));
            if form.is("boolean") {
                values.extend(["true", "false"].map(str::to_owned));
            }
        }
        values
    }

    /// Returns the form of its table.
    pub fn shape(self) -> TableShape {
        let is_table = |form: &Self| form.is("object");
        match self.here.get("items") {
            Some(items) if is_table(&self.at(items)) => TableShape::Series,
            None if is_table(&self) => TableShape::Table,
            _ => TableShape::Value,
        }
    }

    fn is(self, kind: &str) -> bool {
        match self.here.get("type") {
            Some(Value::String(only)) => only == kind,
            Some(Value::Array(kinds)) => kinds.iter().any(|one| one == kind),
            _ => false,
        }
    }

    /// Returns the meaning: its description, or that of its elements.
    pub fn description(self) -> Option<&'static str> {
        self.forms().into_iter().find_map(|form| form.here.get("description")?.as_str())
    }

    /// The value that holds where nothing is said.
    pub fn default(self) -> Option<String> {
        self.here.get("default").map(Value::to_string)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_lead_through_tables_series_and_references() {
        let office = Schema::registry().path(["person", "offices", "office"]).expect("a key");
        assert_eq!(office.description(), Some("The id of the office."));
        assert_eq!(Schema::registry().key("person").map(Schema::shape), Some(TableShape::Series));
        assert_eq!(Schema::registry().path(["person", "names"]).map(Schema::shape), Some(TableShape::Table));
        let severity = Schema::config().path(["per-file", "rules", "text/mixed"]).expect("any code");
        assert!(severity.values().contains(&"\"off\"".to_owned()), "{:?}", severity.values());
        let hints = Schema::config().path(["editor", "inlay-hints"]).expect("a key");
        assert_eq!(hints.values(), ["true", "false"]);
        assert!(Schema::registry().path(["person", "nothing"]).is_none());
    }
}
