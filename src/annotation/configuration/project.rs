//! The types a project annotates with, and what is asked of them.

use super::definition::{ConfigurationSection, RoleDefinition, TypeDefinition};
use super::fault::{ConfigurationFault, ConfigurationFaultKind};
use super::overlap::{OverlapRule, OverlapSort};
use super::read::ReadTypes;
use super::shortcuts::Shortcuts;
use super::tools::{REGISTRY, ToolSettings, Validation};
use super::visual::Labels;
use crate::text::Span;
use crate::text::edit::TextEdit;
use crate::text::nearest::nearest;

/// A configuration file of a project.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash)]
pub enum ConfigurationFile {
    /// `annotation.conf`: the types.
    Annotation,
    /// `visual.conf`: labels and colours.
    Visual,
    /// `kb_shortcuts.conf`: keys.
    Shortcuts,
    /// `tools.conf`: validation, databases.
    Tools,
}

impl ConfigurationFile {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Annotation, Self::Visual, Self::Shortcuts, Self::Tools];

    /// The name of the file.
    pub const fn file_name(self) -> &'static str {
        match self {
            Self::Annotation => "annotation.conf",
            Self::Visual => "visual.conf",
            Self::Shortcuts => "kb_shortcuts.conf",
            Self::Tools => "tools.conf",
        }
    }

    /// The file of a name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|file| file.file_name() == name)
    }

    /// The faults of such a file; `types` is the configuration that holds beside it.
    pub fn faults(self, source: &str, types: Option<&Configuration>) -> Vec<ConfigurationFault> {
        let mut faults = Vec::new();
        match self {
            Self::Annotation => {
                ReadTypes::read(source, &mut faults);
            }
            Self::Visual => {
                let labels = Labels::read(source, &mut faults);
                // Labels and colours of types that are gone do no harm, and many projects share one file.
                let slips = labels.types().filter_map(|(name, span)| types?.slip(name, span));
                faults.extend(slips);
            }
            Self::Shortcuts => {
                let shortcuts = Shortcuts::read(source, &mut faults);
                faults.extend(shortcuts.types().filter_map(|(name, span)| types?.unknown_type(name, span)));
            }
            Self::Tools => {
                ToolSettings::read(source, &mut faults);
            }
        }
        faults.sort_by_key(|fault| fault.span);
        faults
    }
}

/// The texts of the files of a project; `None` where there is none.
#[derive(Clone, Copy, Default, Debug)]
pub struct ConfigurationSources<'s> {
    /// `annotation.conf`.
    pub annotation: Option<&'s str>,
    /// `visual.conf`.
    pub visual: Option<&'s str>,
    /// `kb_shortcuts.conf`.
    pub shortcuts: Option<&'s str>,
    /// `tools.conf`.
    pub tools: Option<&'s str>,
}

/// The types, names and values that may be used. A section that the file does not have allows everything.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Configuration {
    entities: Option<Vec<TypeDefinition>>,
    relations: Option<Vec<TypeDefinition>>,
    events: Option<Vec<TypeDefinition>>,
    attributes: Option<Vec<TypeDefinition>>,
    overlaps: Vec<OverlapRule>,
    labels: Labels,
    shortcuts: Shortcuts,
    tools: ToolSettings,
}

/// A name that is not in the configuration.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(in crate::annotation) struct UnknownName {
    /// The kind of name.
    pub what: &'static str,
    /// The name that was probably meant.
    pub suggestion: Option<String>,
}

impl Configuration {
    /// Reads an `annotation.conf` alone.
    pub fn parse(source: &str) -> Self {
        Self::read(ConfigurationSources { annotation: Some(source), ..ConfigurationSources::default() })
    }

    /// Reads the files of a project.
    pub fn read(sources: ConfigurationSources<'_>) -> Self {
        let faults = &mut Vec::new();
        let types = sources.annotation.map(|source| ReadTypes::read(source, faults)).unwrap_or_default();
        Self {
            entities: types.entities,
            relations: types.relations,
            events: types.events,
            attributes: types.attributes,
            overlaps: types.overlaps,
            labels: sources.visual.map(|source| Labels::read(source, faults)).unwrap_or_default(),
            shortcuts: sources.shortcuts.map(|source| Shortcuts::read(source, faults)).unwrap_or_default(),
            tools: sources.tools.map(|source| ToolSettings::read(source, faults)).unwrap_or_default(),
        }
    }

    /// The labels and colours of types.
    pub const fn labels(&self) -> &Labels {
        &self.labels
    }

    /// The keys of types.
    pub const fn shortcuts(&self) -> &Shortcuts {
        &self.shortcuts
    }

    /// The settings of `tools.conf`.
    pub const fn tools(&self) -> &ToolSettings {
        &self.tools
    }

    /// The definitions of a section, in the order of the file, headings among them; `None` where the file does not have
    /// the section.
    pub fn section(&self, section: ConfigurationSection) -> Option<&[TypeDefinition]> {
        let types = match section {
            ConfigurationSection::Entities => &self.entities,
            ConfigurationSection::Relations => &self.relations,
            ConfigurationSection::Events => &self.events,
            ConfigurationSection::Attributes => &self.attributes,
        };
        types.as_deref()
    }

    /// The definition of a name, with its section; of several the first.
    pub fn definition(&self, name: &str) -> Option<(ConfigurationSection, &TypeDefinition)> {
        use ConfigurationSection::{Attributes, Entities, Events, Relations};
        [Entities, Events, Relations, Attributes].into_iter().find_map(|section| {
            let found = self.section(section)?.iter().find(|of| of.name == name)?;
            Some((section, found))
        })
    }

    /// The names that annotations may have in a section, in the order of the file, each once.
    pub fn names(&self, section: ConfigurationSection) -> Vec<&str> {
        let mut names: Vec<&str> = Vec::new();
        for of in self.section(section).into_iter().flatten().filter(|of| !of.heading) {
            if !names.contains(&of.name.as_str()) {
                names.push(&of.name);
            }
        }
        names
    }

    /// The attributes that annotations of a type may have.
    pub fn attributes_of<'c>(&'c self, kind: &'c str) -> impl Iterator<Item = &'c TypeDefinition> {
        let attributes = self.attributes.iter().flatten().filter(|of| !of.heading);
        attributes.filter(move |of| self.attribute_target(&of.name, kind).is_none())
    }

    /// The label of a type for people: that of `visual.conf`, else its second name, else its name.
    pub fn label<'c>(&'c self, name: &'c str) -> &'c str {
        let other = || self.definition(name).and_then(|(_, of)| of.other_names.first().map(String::as_str));
        self.labels.label(name).or_else(other).unwrap_or(name)
    }

    /// Tells whether pieces of text may have any type: no section says which.
    pub const fn allows_any_type(&self) -> bool {
        self.entities.is_none()
    }

    /// Tells whether a type may fill a role.
    pub fn fits(&self, role: &RoleDefinition, kind: &str) -> bool {
        role.types.is_empty() || role.types.iter().any(|allowed| self.is_a(kind, allowed))
    }

    /// Tells whether a piece of text may be of this type: an entity, or the trigger of an event.
    pub fn allows_text(&self, kind: &str) -> bool {
        self.text_bound(kind).is_ok()
    }

    /// Tells whether annotations may have this attribute.
    pub fn allows_attribute(&self, name: &str) -> bool {
        self.attribute(name).is_ok()
    }

    pub(in crate::annotation) fn text_bound(&self, kind: &str) -> Result<(), UnknownName> {
        match (&self.entities, &self.events) {
            (Some(entities), Some(events)) => known("entity type", kind, entities.iter().chain(events)),
            (Some(entities), None) => known("entity type", kind, entities.iter()),
            (None, _) => Ok(()),
        }
    }

    pub(in crate::annotation) fn event(&self, kind: &str) -> Result<(), UnknownName> {
        self.events.as_ref().map_or(Ok(()), |events| known("event type", kind, events.iter()))
    }

    pub(in crate::annotation) fn relation(&self, kind: &str) -> Result<(), UnknownName> {
        self.relations.as_ref().map_or(Ok(()), |relations| known("relation type", kind, relations.iter()))
    }

    pub(in crate::annotation) fn attribute(&self, name: &str) -> Result<(), UnknownName> {
        self.attributes.as_ref().map_or(Ok(()), |attributes| known("attribute", name, attributes.iter()))
    }

    /// Tells whether annotations of a type may be linked to a database.
    pub(in crate::annotation) fn database(&self, kind: &str, database: &str) -> Result<(), UnknownName> {
        let of_type = self.definition(kind).map_or(&[][..], |(_, of)| &of.databases[..]);
        let databases = if of_type.is_empty() { &self.tools.databases[..] } else { of_type };
        // The corpus's own registry needs no line.
        if databases.is_empty() || database == REGISTRY || databases.iter().any(|known| known == database) {
            return Ok(());
        }
        let suggestion = nearest(database, databases.iter().map(String::as_str)).map(str::to_owned);
        Err(UnknownName { what: "database", suggestion })
    }

    /// Tells whether a known attribute may have this value; an error holds the values that it may have, and the one
    /// that was probably meant.
    pub(in crate::annotation) fn value(
        &self,
        name: &str,
        value: Option<&str>,
    ) -> Result<(), (Vec<String>, Option<String>)> {
        let mut definitions = self.attribute_definitions(name).peekable();
        if definitions.peek().is_none() {
            return Ok(());
        }
        let (mut values, mut default) = (Vec::new(), None);
        for of in definitions {
            if of.any_value {
                return Ok(());
            }
            values.extend(of.values.iter().cloned());
            default = default.or_else(|| of.default.clone());
        }
        let is_known = match value {
            Some(value) if values.is_empty() => value.eq_ignore_ascii_case("true"),
            Some(value) => values.iter().any(|known| known == value),
            None => values.is_empty(),
        };
        if is_known {
            return Ok(());
        }
        let suggestion = match value {
            Some(value) => nearest(value, values.iter().map(String::as_str)).map(str::to_owned),
            None => default,
        };
        Err((values, suggestion))
    }

    /// Tells whether overlaps of entities are judged: `<OVERLAP>` lines or `validate:all` ask for it, and
    /// `validate:none` forbids it.
    pub(in crate::annotation) fn judges_overlaps(&self) -> bool {
        match self.tools.validation {
            Some(Validation::All) => true,
            Some(Validation::None) => false,
            None => !self.overlaps.is_empty(),
        }
    }

    /// Tells whether an annotation of type `inner` may share text with one of type `outer` in this way; of two that
    /// are the same or cross the order does not matter.
    pub(in crate::annotation) fn allows_overlap(&self, sort: OverlapSort, inner: &str, outer: &str) -> bool {
        self.overlaps.iter().any(|rule| rule.allows(sort, (inner, outer), &|kind, allowed| self.is_a(kind, allowed)))
    }

    /// Tells whether a type is one of entities: those of events are triggers, whose overlaps nobody judges.
    pub(in crate::annotation) fn is_entity(&self, kind: &str) -> bool {
        self.entities.is_none() && self.event_definition(kind).is_none()
            || named(self.entities.as_ref(), kind).next().is_some()
    }

    /// Tells whether pieces of text of a type are triggers and nothing else.
    pub fn is_trigger_type(&self, kind: &str) -> bool {
        self.event_definition(kind).is_some() && named(self.entities.as_ref(), kind).next().is_none()
    }

    pub(super) fn event_definition(&self, kind: &str) -> Option<&TypeDefinition> {
        named(self.events.as_ref(), kind).next()
    }

    pub(super) fn relation_definitions<'c>(&'c self, kind: &'c str) -> impl Iterator<Item = &'c TypeDefinition> {
        named(self.relations.as_ref(), kind)
    }

    pub(super) fn attribute_definitions<'c>(&'c self, name: &'c str) -> impl Iterator<Item = &'c TypeDefinition> {
        named(self.attributes.as_ref(), name)
    }

    /// Tells whether a type is the allowed one, stands below it, or is of the sort that it names.
    pub fn is_a(&self, kind: &str, allowed: &str) -> bool {
        match allowed {
            "<ENTITY>" => self.entities.is_none() || named(self.entities.as_ref(), kind).next().is_some(),
            "<EVENT>" => self.events.is_none() || self.event_definition(kind).is_some(),
            "<RELATION>" => self.relations.is_none() || self.relation_definitions(kind).next().is_some(),
            "<NONE>" => false,
            _ if allowed.starts_with('<') => true,
            _ => kind == allowed || self.is_below(kind, allowed),
        }
    }

    fn is_below(&self, kind: &str, allowed: &str) -> bool {
        [&self.entities, &self.events, &self.relations].into_iter().flatten().any(|types| {
            let mut at = types.iter().position(|of| of.name == kind);
            while let Some(number) = at {
                if types[number].name == allowed {
                    return true;
                }
                at = types[number].parent;
            }
            false
        })
    }

    /// Every name that something can be annotated with, roles among them.
    fn every_name(&self) -> impl Iterator<Item = &str> {
        let sections = [&self.entities, &self.events, &self.relations, &self.attributes];
        sections.into_iter().flatten().flatten().flat_map(|of| {
            let roles = of.roles.iter().map(|role| role.name.as_str());
            std::iter::once(of.name.as_str()).chain(roles).chain(of.values.iter().map(String::as_str))
        })
    }

    /// The fault of a type that no section defines.
    fn unknown_type(&self, name: &str, span: Span) -> Option<ConfigurationFault> {
        if self.entities.is_none() || self.every_name().any(|known| known == name) {
            return None;
        }
        let meant = nearest(name, self.every_name());
        let kind = ConfigurationFaultKind::UnknownType { name: name.to_owned(), suggestion: meant.map(str::to_owned) };
        Some(ConfigurationFault { kind, span, correction: meant.map(|meant| TextEdit::replace(span, meant)) })
    }

    /// The fault of a name that is nearly one of a type, and none.
    fn slip(&self, name: &str, span: Span) -> Option<ConfigurationFault> {
        let fault = self.unknown_type(name, span)?;
        fault.correction.is_some().then_some(fault)
    }
}

/// The definitions of a name: relations and attributes may have several.
fn named<'c, 'n>(
    section: Option<&'c Vec<TypeDefinition>>,
    name: &'n str,
) -> impl Iterator<Item = &'c TypeDefinition> + use<'c, 'n> {
    section.into_iter().flatten().filter(move |of| of.name == name && !of.heading)
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
        assert!(configuration.value("Sure", None).is_ok() && configuration.value("Sure", Some("true")).is_ok());
    }

    #[test]
    fn arguments_of_events() {
        let configuration = Configuration::parse(CONF);
        let faults = |kind, arguments: &[(&str, Option<&str>)]| -> Vec<String> {
            let faults = configuration.event_arguments(kind, arguments);
            faults
                .into_iter()
                .map(|(_, fault)| format!("{fault:?}"))
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
