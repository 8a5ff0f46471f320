//! The types a project annotates with: brat's `annotation.conf`.
//!
//! Read are the names of entities, relations, events and attributes and the values of attributes; which arguments go with
//! which types is not checked. What cannot be understood is passed over: brat itself is the judge of its configuration.

use crate::text::nearest::nearest;

/// Which types, names and values may be used. A section that the file does not have allows everything.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Configuration {
    entities: Option<Vec<String>>,
    relations: Option<Vec<String>>,
    events: Option<Vec<String>>,
    attributes: Option<Vec<ConfAttribute>>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
struct ConfAttribute {
    name: String,
    values: Vec<String>,
}

/// What is not in the configuration.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct UnknownName {
    /// What it is.
    pub what: &'static str,
    /// The name that was probably meant.
    pub suggestion: Option<String>,
}

impl Configuration {
    /// Reads an `annotation.conf`.
    pub fn parse(source: &str) -> Self {
        let mut configuration = Self::default();
        let mut section = None;
        for line in source.lines() {
            let line = line.trim_start_matches('\u{feff}');
            let trimmed = line.trim();
            if trimmed.is_empty() || trimmed.starts_with('#') || trimmed.bytes().all(|byte| byte == b'-') {
                continue;
            }
            if let Some(name) = trimmed.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
                section = ConfSection::named(name);
                configuration.open(section);
                continue;
            }
            if let Some(section) = section {
                configuration.entry(section, trimmed);
            }
        }
        configuration
    }

    fn open(&mut self, section: Option<ConfSection>) {
        match section {
            Some(ConfSection::Entities) => drop(self.entities.get_or_insert_default()),
            Some(ConfSection::Relations) => drop(self.relations.get_or_insert_default()),
            Some(ConfSection::Events) => drop(self.events.get_or_insert_default()),
            Some(ConfSection::Attributes) => drop(self.attributes.get_or_insert_default()),
            None => {}
        }
    }

    fn entry(&mut self, section: ConfSection, line: &str) {
        let (term, rest) = line.split_once([' ', '\t']).unwrap_or((line, ""));
        // `<…>` is a macro or an instruction, `!` a heading that nothing is annotated with.
        if term.starts_with(['<', '!']) {
            return;
        }
        // The first of several terms is the name on disk.
        let name = term.split('|').next().unwrap_or(term).to_owned();
        match section {
            ConfSection::Entities => self.entities.get_or_insert_default().push(name),
            ConfSection::Relations => self.relations.get_or_insert_default().push(name),
            ConfSection::Events => self.events.get_or_insert_default().push(name),
            ConfSection::Attributes => {
                self.attributes.get_or_insert_default().push(ConfAttribute { name, values: values(rest) });
            }
        }
    }

    /// Whether a piece of text may be of this type: an entity, or the trigger of an event.
    pub(super) fn text_bound(&self, kind: &str) -> Result<(), UnknownName> {
        match (&self.entities, &self.events) {
            (Some(entities), Some(events)) => known("entity type", kind, entities.iter().chain(events)),
            (Some(entities), None) => known("entity type", kind, entities),
            (None, _) => Ok(()),
        }
    }

    pub(super) fn event(&self, kind: &str) -> Result<(), UnknownName> {
        self.events.as_ref().map_or(Ok(()), |events| known("event type", kind, events))
    }

    pub(super) fn relation(&self, kind: &str) -> Result<(), UnknownName> {
        self.relations.as_ref().map_or(Ok(()), |relations| known("relation type", kind, relations))
    }

    pub(super) fn attribute(&self, name: &str) -> Result<(), UnknownName> {
        let Some(attributes) = &self.attributes else { return Ok(()) };
        known("attribute", name, attributes.iter().map(|attribute| &attribute.name))
    }

    /// Whether a known attribute may have this value; without a list of values any.
    pub(super) fn value(&self, name: &str, value: &str) -> Result<(), UnknownName> {
        let same = self.attributes.iter().flatten().filter(|attribute| attribute.name == name);
        let values: Vec<&String> = same.flat_map(|attribute| &attribute.values).collect();
        if values.is_empty() { Ok(()) } else { known("value of an attribute", value, values) }
    }
}

#[derive(Clone, Copy)]
enum ConfSection {
    Entities,
    Relations,
    Events,
    Attributes,
}

impl ConfSection {
    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "entities" => Self::Entities,
            "relations" => Self::Relations,
            "events" => Self::Events,
            "attributes" => Self::Attributes,
            _ => return None,
        })
    }
}

/// The values in `Arg:<EVENT>, Value:A|B|C`; none where a macro stands for them.
fn values(rest: &str) -> Vec<String> {
    let list = rest.split([',', ' ', '\t']).find_map(|part| part.strip_prefix("Value:")).unwrap_or_default();
    let values: Vec<String> = list.split('|').filter(|value| !value.is_empty()).map(str::to_owned).collect();
    if values.iter().any(|value| value.starts_with('<')) { Vec::new() } else { values }
}

fn known<'a>(
    what: &'static str,
    name: &str,
    names: impl IntoIterator<Item = &'a String> + Clone,
) -> Result<(), UnknownName> {
    if names.clone().into_iter().any(|known| known == name) {
        return Ok(());
    }
    let suggestion = nearest(name, names.into_iter().map(String::as_str)).map(str::to_owned);
    Err(UnknownName { what, suggestion })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_values() {
        let configuration = Configuration::parse(
            "# ours\n[entities]\n!Thing\n\tPerson|Người\n\tOffice <NORM>:DB\n-----\n[relations]\n<OVERLAP> Arg1:A, Arg2:B\n\
             Holds Arg1:Person, Arg2:Office\n[attributes]\nTense\tArg:<ENTITY>, Value:past|present\nSure\tArg:<ANY>\n",
        );
        assert!(configuration.text_bound("Person").is_ok() && configuration.text_bound("Office").is_ok());
        let wrong = configuration.text_bound("Persn").unwrap_err();
        assert_eq!((wrong.what, wrong.suggestion.as_deref()), ("entity type", Some("Person")));
        assert!(configuration.text_bound("Thing").is_err(), "a heading");
        assert!(configuration.text_bound("Người").is_err(), "not the name on disk");
        assert!(configuration.relation("Holds").is_ok() && configuration.relation("<OVERLAP>").is_err());
        assert!(configuration.event("Anything").is_ok(), "a section that is not there");
        assert!(configuration.value("Tense", "past").is_ok() && configuration.value("Tense", "future").is_err());
        assert!(configuration.value("Sure", "whatever").is_ok());
    }
}
