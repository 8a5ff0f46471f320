//! The types a project annotates with: brat's `annotation.conf`.
//!
//! Read are the types of entities, relations, events and attributes with their hierarchy, macros, the roles of events
//! and how many may fill each, the arguments of relations, the values of attributes. A line that cannot be understood
//! is passed over, and a type in angle brackets that is not known allows everything: brat itself is the judge of its
//! configuration. Deliberately absent: rules about overlapping spans, and how things are drawn (`visual.conf`).

use rustc_hash::FxHashMap;

use crate::text::nearest::nearest;

/// The types, names and values that may be used. A section that the file does not have allows everything.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Configuration {
    entities: Option<Vec<TypeDefinition>>,
    relations: Option<Vec<TypeDefinition>>,
    events: Option<Vec<TypeDefinition>>,
    attributes: Option<Vec<TypeDefinition>>,
}

/// A type, and what may go with it.
#[derive(Clone, PartialEq, Eq, Debug)]
struct TypeDefinition {
    /// The name in annotation files.
    name: String,
    /// The number of the type above it in its section.
    parent: Option<usize>,
    /// True for a heading that nothing is annotated with.
    heading: bool,
    /// True where the arguments of a relation may change places.
    symmetric: bool,
    /// The roles of an event, the arguments of a relation or an attribute.
    roles: Vec<RoleDefinition>,
    /// The values of an attribute; none where it is either there or not.
    values: Vec<String>,
}

/// A role: what may fill it, and how often.
#[derive(Clone, PartialEq, Eq, Debug)]
struct RoleDefinition {
    name: String,
    /// Types, expanded.
    types: Vec<String>,
    least: usize,
    most: Option<usize>,
}

/// A name that is not in the configuration.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct UnknownName {
    /// The kind of name.
    pub what: &'static str,
    /// The name that was probably meant.
    pub suggestion: Option<String>,
}

/// A breach of the rules for arguments.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ArgumentFault {
    /// A role that must be filled is not.
    Missing {
        /// The role.
        role: String,
    },
    /// A role is filled too often.
    TooMany {
        /// The role.
        role: String,
        /// The number of times it may be filled.
        most: usize,
    },
    /// The type has no such role.
    NoSuchRole {
        /// The role.
        role: String,
        /// The role that was probably meant.
        suggestion: Option<String>,
    },
    /// A role is filled by something of a type that may not.
    WrongTarget {
        /// The role.
        role: String,
        /// The type of what fills it.
        target: String,
        /// The types that may fill it.
        allowed: Vec<String>,
    },
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
            "entities" | "spans" => Self::Entities,
            "relations" => Self::Relations,
            "events" => Self::Events,
            "attributes" => Self::Attributes,
            _ => return None,
        })
    }
}

impl Configuration {
    /// Reads an `annotation.conf`.
    pub fn parse(source: &str) -> Self {
        let mut configuration = Self::default();
        let mut macros: FxHashMap<String, Vec<String>> = FxHashMap::default();
        let mut section = None;
        // The depth and number of each type above the next one.
        let mut above: Vec<(usize, usize)> = Vec::new();
        for line in source.lines() {
            let line = line.trim_start_matches('\u{feff}');
            let trimmed = line.trim();
            if trimmed.is_empty() || trimmed.starts_with('#') || trimmed.bytes().all(|byte| byte == b'-') {
                continue;
            }
            if let Some(name) = trimmed.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
                section = ConfSection::named(name);
                above.clear();
                if let Some(section) = section {
                    configuration.section(section);
                }
                continue;
            }
            let Some(section) = section else { continue };
            if let Some((name, types)) = macro_of(trimmed) {
                let types = expanded(types, &macros);
                macros.insert(name.to_owned(), types);
                continue;
            }
            let depth = line.chars().take_while(|letter| letter.is_whitespace()).count();
            above.retain(|(other, _)| *other < depth);
            let types = configuration.section(section);
            let parent = above.last().map(|(_, number)| *number);
            if let Some(definition) = definition(trimmed, parent, types, &macros) {
                above.push((depth, types.len()));
                types.push(definition);
            }
        }
        configuration
    }

    fn section(&mut self, section: ConfSection) -> &mut Vec<TypeDefinition> {
        match section {
            ConfSection::Entities => self.entities.get_or_insert_default(),
            ConfSection::Relations => self.relations.get_or_insert_default(),
            ConfSection::Events => self.events.get_or_insert_default(),
            ConfSection::Attributes => self.attributes.get_or_insert_default(),
        }
    }

    /// Tells whether a piece of text may be of this type: an entity, or the trigger of an event.
    pub(super) fn text_bound(&self, kind: &str) -> Result<(), UnknownName> {
        match (&self.entities, &self.events) {
            (Some(entities), Some(events)) => known("entity type", kind, entities.iter().chain(events)),
            (Some(entities), None) => known("entity type", kind, entities.iter()),
            (None, _) => Ok(()),
        }
    }

    pub(super) fn event(&self, kind: &str) -> Result<(), UnknownName> {
        self.events.as_ref().map_or(Ok(()), |events| known("event type", kind, events.iter()))
    }

    pub(super) fn relation(&self, kind: &str) -> Result<(), UnknownName> {
        self.relations.as_ref().map_or(Ok(()), |relations| known("relation type", kind, relations.iter()))
    }

    pub(super) fn attribute(&self, name: &str) -> Result<(), UnknownName> {
        self.attributes.as_ref().map_or(Ok(()), |attributes| known("attribute", name, attributes.iter()))
    }

    /// Tells whether a known attribute may have this value; without a list of values any, or none.
    pub(super) fn value(&self, name: &str, value: Option<&str>) -> Result<(), (Vec<String>, Option<String>)> {
        let values: Vec<String> =
            named(self.attributes.as_ref(), name).flat_map(|of| of.values.iter().cloned()).collect();
        if values.is_empty() || value.is_some_and(|value| values.iter().any(|known| known == value)) {
            return Ok(());
        }
        let suggestion = value.and_then(|value| nearest(value, values.iter().map(String::as_str))).map(str::to_owned);
        Err((values, suggestion))
    }

    /// The breaches of the rules for the arguments of an event: `arguments` are roles with the types that fill them.
    pub(super) fn event_arguments(&self, kind: &str, arguments: &[(&str, Option<&str>)]) -> Vec<ArgumentFault> {
        let Some(event) = named(self.events.as_ref(), kind).next() else { return Vec::new() };
        let mut faults = Vec::new();
        for role in &event.roles {
            let filled = arguments.iter().filter(|(name, _)| is_role(name, &role.name)).count();
            if filled < role.least {
                faults.push(ArgumentFault::Missing { role: role.name.clone() });
            } else if let Some(most) = role.most.filter(|most| filled > *most) {
                faults.push(ArgumentFault::TooMany { role: role.name.clone(), most });
            }
        }
        for (name, target) in arguments {
            let Some(role) = event.roles.iter().find(|role| is_role(name, &role.name)) else {
                let suggestion = nearest(name, event.roles.iter().map(|role| role.name.as_str())).map(str::to_owned);
                faults.push(ArgumentFault::NoSuchRole { role: (*name).to_owned(), suggestion });
                continue;
            };
            faults.extend(target.and_then(|target| self.wrong_target(role, target)));
        }
        faults
    }

    /// The breach of the rules for the two arguments of a relation, by the definition that fits best.
    pub(super) fn relation_arguments(&self, kind: &str, arguments: [(&str, Option<&str>); 2]) -> Option<ArgumentFault> {
        let mut first = None;
        for relation in named(self.relations.as_ref(), kind) {
            let fault = self.of_relation(relation, arguments);
            let [one, two] = arguments;
            let turned = || self.of_relation(relation, [(one.0, two.1), (two.0, one.1)]);
            if fault.is_none() || relation.symmetric && turned().is_none() {
                return None;
            }
            first = first.or(fault);
        }
        first
    }

    fn of_relation(&self, relation: &TypeDefinition, arguments: [(&str, Option<&str>); 2]) -> Option<ArgumentFault> {
        if relation.roles.is_empty() {
            return None;
        }
        arguments.iter().enumerate().find_map(|(number, (name, target))| {
            // Other tools name the arguments as they like: then the order tells.
            let role = relation.roles.iter().find(|role| role.name == *name).or_else(|| relation.roles.get(number))?;
            self.wrong_target(role, (*target)?)
        })
    }

    /// The breach of the rules for what an attribute is said of.
    pub(super) fn attribute_target(&self, name: &str, target: &str) -> Option<ArgumentFault> {
        let mut first = None;
        for attribute in named(self.attributes.as_ref(), name) {
            let fault = self.wrong_target(attribute.roles.first()?, target)?;
            first = first.or(Some(fault));
        }
        first
    }

    fn wrong_target(&self, role: &RoleDefinition, target: &str) -> Option<ArgumentFault> {
        let fits = role.types.is_empty() || role.types.iter().any(|allowed| self.is_a(target, allowed));
        (!fits).then(|| ArgumentFault::WrongTarget {
            role: role.name.clone(),
            target: target.to_owned(),
            allowed: role.types.clone(),
        })
    }

    /// Tells whether a type is the allowed one, stands below it, or is of the sort that it names.
    fn is_a(&self, kind: &str, allowed: &str) -> bool {
        match allowed {
            "<ENTITY>" => self.entities.is_none() || named(self.entities.as_ref(), kind).next().is_some(),
            "<EVENT>" => self.events.is_none() || named(self.events.as_ref(), kind).next().is_some(),
            _ if allowed.starts_with('<') => true,
            _ => {
                [&self.entities, &self.events, &self.relations].into_iter().flatten().any(|types| {
                    let mut at = types.iter().position(|of| of.name == kind);
                    while let Some(number) = at {
                        if types[number].name == allowed {
                            return true;
                        }
                        at = types[number].parent;
                    }
                    false
                }) || kind == allowed
            }
        }
    }
}

/// The definitions of a name: relations and attributes may have several.
fn named<'c>(section: Option<&'c Vec<TypeDefinition>>, name: &str) -> impl Iterator<Item = &'c TypeDefinition> {
    section.into_iter().flatten().filter(move |of| of.name == name && !of.heading)
}

/// Tells whether an argument fills a role: a repeated one is numbered (`Theme2`).
fn is_role(argument: &str, role: &str) -> bool {
    argument.strip_prefix(role).is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit()))
}

/// `<NAME>=A|B|C`.
fn macro_of(line: &str) -> Option<(&str, &str)> {
    let (name, types) = line.split_once('=')?;
    let name = name.trim();
    (name.starts_with('<') && name.ends_with('>')).then_some((name, types.trim()))
}

/// A list of types in which macros are replaced by what they stand for.
fn expanded(types: &str, macros: &FxHashMap<String, Vec<String>>) -> Vec<String> {
    let types = types.split('|').map(str::trim).filter(|name| !name.is_empty());
    types.flat_map(|name| macros.get(name).cloned().unwrap_or_else(|| vec![name.to_owned()])).collect()
}

/// `Term|label Role:TYPE|TYPE, Role?:TYPE, Value:A|B`; `None` for instructions in angle brackets.
fn definition(
    line: &str,
    parent: Option<usize>,
    before: &[TypeDefinition],
    macros: &FxHashMap<String, Vec<String>>,
) -> Option<TypeDefinition> {
    let (term, rest) = line.split_once([' ', '\t']).unwrap_or((line, ""));
    if term.starts_with('<') {
        return None;
    }
    let heading = term.starts_with('!');
    // The first of several terms is the name in files.
    let name = term.trim_start_matches('!').split('|').next().unwrap_or(term).to_owned();
    let mut of = TypeDefinition { name, parent, heading, symmetric: false, roles: Vec::new(), values: Vec::new() };
    for part in rest.split(',').map(str::trim).filter(|part| !part.is_empty()) {
        let (role, types) = part.split_once(':').unwrap_or((part, ""));
        match role.trim() {
            "<INHERIT>" => of.roles.extend(parent.map(|parent| before[parent].roles.clone()).unwrap_or_default()),
            "<REL-TYPE>" => of.symmetric = types.contains("symmetric"),
            "Value" => {
                // A macro that is not known may stand for any value.
                let values = expanded(types, macros);
                of.values = if values.iter().any(|value| value.starts_with('<')) { Vec::new() } else { values };
            }
            special if special.starts_with('<') => {}
            role => of.roles.push(role_definition(role, expanded(types, macros))),
        }
    }
    Some(of)
}

/// `Role`, `Role?`, `Role*`, `Role+`, `Role{2}`, `Role{1-3}`.
fn role_definition(role: &str, types: Vec<String>) -> RoleDefinition {
    let (name, least, most) = match role.as_bytes().last() {
        Some(b'?') => (&role[..role.len() - 1], 0, Some(1)),
        Some(b'*') => (&role[..role.len() - 1], 0, None),
        Some(b'+') => (&role[..role.len() - 1], 1, None),
        Some(b'}') => {
            let (name, count) = role[..role.len() - 1].split_once('{').unwrap_or((role, ""));
            let (least, most) = count.split_once('-').unwrap_or((count, count));
            (name, least.trim().parse().unwrap_or(0), most.trim().parse().ok())
        }
        _ => (role, 1, Some(1)),
    };
    RoleDefinition { name: name.to_owned(), types, least, most }
}

fn known<'a>(
    what: &'static str,
    name: &str,
    types: impl Iterator<Item = &'a TypeDefinition> + Clone,
) -> Result<(), UnknownName> {
    let names = types.filter(|of| !of.heading).map(|of| of.name.as_str());
    if names.clone().any(|known| known == name) {
        return Ok(());
    }
    Err(UnknownName { what, suggestion: nearest(name, names).map(str::to_owned) })
}

#[cfg(test)]
mod tests {
    use super::*;

    const CONF: &str = "# ours\n[entities]\n!Thing\n\tPerson|Người\n\t\tOfficial\n\tOffice <NORM>:DB\nPlace\n-----\n\
        [relations]\n<OVERLAP> Arg1:A, Arg2:B\nHolds Arg1:Person, Arg2:Office\n\
        Kin Arg1:Person, Arg2:Place, <REL-TYPE>:symmetric\n\
        [events]\n<WHO>=Person|Office\nMove Who:<WHO>, From?:Place, To{1-2}:Place\n\tFlee <INHERIT>, Before*:<ENTITY>\n\
        [attributes]\nTense\tArg:<EVENT>, Value:past|present\nSure\tArg:<ANY>\n";

    #[test]
    fn names_and_values() {
        let configuration = Configuration::parse(CONF);
        assert!(configuration.text_bound("Person").is_ok() && configuration.text_bound("Office").is_ok());
        let wrong = configuration.text_bound("Persn").unwrap_err();
        assert_eq!((wrong.what, wrong.suggestion.as_deref()), ("entity type", Some("Person")));
        assert!(configuration.text_bound("Thing").is_err(), "a heading");
        assert!(configuration.text_bound("Người").is_err(), "not the name on disk");
        assert!(configuration.relation("Holds").is_ok() && configuration.relation("<OVERLAP>").is_err());
        assert!(Configuration::parse("[entities]\nA\n").event("Anything").is_ok(), "a section that is not there");
        assert!(configuration.value("Tense", Some("past")).is_ok());
        assert!(configuration.value("Tense", Some("future")).is_err() && configuration.value("Tense", None).is_err());
        assert!(configuration.value("Sure", None).is_ok() && configuration.value("Sure", Some("quite")).is_ok());
    }

    #[test]
    fn arguments_of_events() {
        let configuration = Configuration::parse(CONF);
        let faults = |kind, arguments: &[(&str, Option<&str>)]| -> Vec<String> {
            let faults = configuration.event_arguments(kind, arguments);
            faults
                .into_iter()
                .map(|fault| format!("{fault:?}"))
                .map(|it| it.split(" {").next().unwrap().to_owned())
                .collect()
        };
        let (who, to) = (("Who", Some("Official")), ("To", Some("Place")));
        assert!(faults("Move", &[who, to, ("To2", Some("Place"))]).is_empty(), "an official is a person");
        assert!(faults("Flee", &[who, to, ("Before", Some("Office")), ("Before2", Some("Place"))]).is_empty());
        assert_eq!(faults("Move", &[who]), ["Missing"]);
        assert_eq!(faults("Move", &[who, ("Who2", Some("Person")), to]), ["TooMany"]);
        assert_eq!(faults("Move", &[who, to, ("Fron", Some("Place"))]), ["NoSuchRole"]);
        assert_eq!(faults("Move", &[("Who", Some("Place")), to]), ["WrongTarget"]);
        assert_eq!(faults("Flee", &[who, to, ("Before", Some("Move"))]), ["WrongTarget"]);
        assert!(faults("Move", &[("Who", None), to]).is_empty(), "an id that does not exist is another fault");
    }

    #[test]
    fn arguments_of_relations_and_attributes() {
        let configuration = Configuration::parse(CONF);
        let relation =
            |kind, one, two| configuration.relation_arguments(kind, [("Arg1", Some(one)), ("Arg2", Some(two))]);
        assert_eq!(relation("Holds", "Official", "Office"), None);
        assert!(relation("Holds", "Office", "Person").is_some());
        assert_eq!(relation("Kin", "Place", "Person"), None, "a symmetric one");
        assert!(relation("Kin", "Office", "Person").is_some());
        assert_eq!(configuration.attribute_target("Tense", "Move"), None);
        assert!(configuration.attribute_target("Tense", "Person").is_some());
        assert_eq!(configuration.attribute_target("Sure", "Person"), None);
    }
}
