//! Reading configuration files line by line, and `annotation.conf` into types.
//!
//! As in brat: `[section]` headers, `#` before a comment, hyphens for a separator, one level of the hierarchy for each
//! leading white-space character, `<NAME>=…` for a macro of its section whose text is put in wherever its name stands.

use rustc_hash::{FxHashMap, FxHashSet};

use super::definition::{ConfigurationSection, RoleDefinition, TypeDefinition};
use super::fault::{ConfigurationFault, ConfigurationFaultKind};
use super::overlap::{OverlapRule, OverlapSort};
use crate::text::Span;
use crate::text::edit::TextEdit;
use crate::text::nearest::nearest;

/// Placeholders that brat knows.
const RESERVED: [&str; 14] = [
    "<ANY>",
    "<ENTITY>",
    "<RELATION>",
    "<EVENT>",
    "<NONE>",
    "<EMPTY>",
    "<REL-TYPE>",
    "<URL>",
    "<URLBASE>",
    "<GLYPH-POS>",
    "<DEFAULT>",
    "<NORM>",
    "<OVERLAP>",
    "<OVL-TYPE>",
];
/// Letters of a line after its macros are put in: macros in macros could grow without bound.
const LONGEST_LINE: usize = 1 << 16;

/// Unknown types of one file for which the type that was meant is looked for.
const MOST_GUESSED: usize = 50;

/// A line that says something.
#[derive(Clone, Copy)]
pub(super) struct ConfigurationLine<'s> {
    /// The line without the white space around it.
    pub text: &'s str,
    /// The byte of the file at which `text` starts.
    start: usize,
    /// The white-space characters before it.
    depth: usize,
    /// From 1.
    number: u32,
}

impl<'s> ConfigurationLine<'s> {
    /// The name of the section that begins here.
    pub(super) fn section(&self) -> Option<&'s str> {
        self.text.strip_prefix('[')?.strip_suffix(']')
    }

    /// The place of a part; of the whole line where the part is not in it as it is.
    pub(super) fn place(&self, part: &str) -> Span {
        let found = if part.is_empty() { None } else { self.text.find(part) };
        let (at, length) = found.map_or((0, self.text.len()), |at| (at, part.len()));
        Span::of(self.start + at, self.start + at + length)
    }

    /// The fault of a part, with the words that were probably meant.
    pub(super) fn fault(
        &self,
        kind: ConfigurationFaultKind,
        part: &str,
        meant: Option<impl AsRef<str>>,
    ) -> ConfigurationFault {
        let span = self.place(part);
        let is_there = !part.is_empty() && self.text.contains(part);
        let correction = meant.filter(|_| is_there).map(|meant| TextEdit::replace(span, meant.as_ref()));
        ConfigurationFault { kind, span, correction }
    }

    pub(super) fn unknown_section(&self, name: &str, known: &[&'static str], faults: &mut Vec<ConfigurationFault>) {
        let suggestion = nearest(name, known.iter().copied());
        let kind = ConfigurationFaultKind::UnknownSection { name: name.to_owned(), suggestion };
        faults.push(self.fault(kind, name, suggestion));
    }

    /// The section of this name among those that a file may have; any other is a fault.
    pub(super) fn known_section(
        &self,
        name: &str,
        known: &[&'static str],
        faults: &mut Vec<ConfigurationFault>,
    ) -> Option<&'static str> {
        let section = known.iter().copied().find(|section| *section == name);
        if section.is_none() {
            self.unknown_section(name, known, faults);
        }
        section
    }
}

/// The lines of a configuration file that say something: no empty ones, no comments, no separators.
pub(super) struct ConfigurationLines<'s> {
    rest: &'s str,
    at: usize,
    number: u32,
}

impl<'s> ConfigurationLines<'s> {
    pub(super) fn new(source: &'s str) -> Self {
        let rest = source.strip_prefix('\u{feff}').unwrap_or(source);
        Self { rest, at: source.len() - rest.len(), number: 0 }
    }
}

impl<'s> Iterator for ConfigurationLines<'s> {
    type Item = ConfigurationLine<'s>;

    fn next(&mut self) -> Option<ConfigurationLine<'s>> {
        loop {
            let whole = self.rest.split_inclusive('\n').next()?;
            let start = self.at;
            self.rest = &self.rest[whole.len()..];
            self.at += whole.len();
            self.number += 1;
            let text = whole.trim();
            if text.is_empty() || text.starts_with('#') || text.bytes().all(|byte| byte == b'-') {
                continue;
            }
            let indent = whole.len() - whole.trim_start().len();
            let depth = whole[..indent].chars().count();
            return Some(ConfigurationLine { text, start: start + indent, depth, number: self.number });
        }
    }
}

/// The types of an `annotation.conf`, as they were read.
#[derive(Default)]
pub(super) struct ReadTypes {
    pub entities: Option<Vec<TypeDefinition>>,
    pub relations: Option<Vec<TypeDefinition>>,
    pub events: Option<Vec<TypeDefinition>>,
    pub attributes: Option<Vec<TypeDefinition>>,
    pub overlaps: Vec<OverlapRule>,
    /// The types that roles name, with their lines.
    references: Vec<(String, Span, bool)>,
}

impl ReadTypes {
    pub(super) fn read(source: &str, faults: &mut Vec<ConfigurationFault>) -> Self {
        let mut read = Self::default();
        let mut macros: FxHashMap<(ConfigurationSection, &str), String> = FxHashMap::default();
        let mut section = None;
        let mut before_sections = true;
        // The depth and number of each type above the next one.
        let mut above: Vec<(usize, usize)> = Vec::new();
        let mut lines: FxHashMap<(ConfigurationSection, String), u32> = FxHashMap::default();
        for line in ConfigurationLines::new(source) {
            if let Some(name) = line.section() {
                section = ConfigurationSection::named(name);
                before_sections = false;
                above.clear();
                if let Some(section) = section {
                    read.section(section);
                } else {
                    line.unknown_section(name, &ConfigurationSection::NAMES, faults);
                }
                continue;
            }
            let Some(section) = section else {
                if std::mem::take(&mut before_sections) {
                    faults.push(line.fault(ConfigurationFaultKind::NoSection, "", None::<&str>));
                }
                continue;
            };
            if let Some((name, text)) = macro_of(line.text) {
                if RESERVED.contains(&name) {
                    let kind = ConfigurationFaultKind::ReservedMacro { name: name.to_owned() };
                    faults.push(line.fault(kind, name, None::<&str>));
                }
                let text = expanded(text, section, &macros);
                macros.insert((section, name), text);
                continue;
            }
            above.retain(|(other, _)| *other < line.depth);
            if line.depth > above.last().map_or(0, |(depth, _)| depth + 1) {
                faults.push(line.fault(ConfigurationFaultKind::TooDeep, "", None::<&str>));
            }
            let text = expanded(line.text, section, &macros);
            let mut reader = LineReader { line, section, text: &text, faults: &mut *faults };
            if let Some(rule) = reader.overlap(&mut read.references) {
                read.overlaps.extend(rule);
                continue;
            }
            let types = read.section(section);
            let parent = above.last().map(|(_, number)| *number);
            let mut references = Vec::new();
            if let Some(definition) = reader.definition(parent, types, &mut references) {
                above.push((line.depth, types.len()));
                if matches!(section, ConfigurationSection::Entities | ConfigurationSection::Events) {
                    let key = (section, definition.name.clone());
                    let first_line = *lines.entry(key).or_insert(line.number);
                    if first_line != line.number {
                        let name = definition.name.clone();
                        let kind = ConfigurationFaultKind::DefinedTwice { name, first_line };
                        faults.push(line.fault(kind, &definition.name, None::<&str>));
                    }
                }
                types.push(definition);
            }
            read.references.extend(references);
        }
        read.check_references(faults);
        faults.sort_by_key(|fault| fault.span);
        read
    }

    fn section(&mut self, section: ConfigurationSection) -> &mut Vec<TypeDefinition> {
        match section {
            ConfigurationSection::Entities => self.entities.get_or_insert_default(),
            ConfigurationSection::Relations => self.relations.get_or_insert_default(),
            ConfigurationSection::Events => self.events.get_or_insert_default(),
            ConfigurationSection::Attributes => self.attributes.get_or_insert_default(),
        }
    }

    /// Reports the types that roles name and no section defines.
    fn check_references(&mut self, faults: &mut Vec<ConfigurationFault>) {
        let sections = [&self.entities, &self.events, &self.relations];
        let names: FxHashSet<&str> = sections.into_iter().flatten().flatten().map(|of| of.name.as_str()).collect();
        let mut guesses = 0;
        for (name, span, is_there) in &self.references {
            let correction =
                |meant: Option<&str>| meant.filter(|_| *is_there).map(|meant| TextEdit::replace(*span, meant));
            if name.starts_with('<') {
                if !RESERVED.contains(&name.as_str()) {
                    let meant = nearest(name, RESERVED);
                    let suggestion = meant.map(str::to_owned);
                    let kind = ConfigurationFaultKind::UnknownMacro { name: name.clone(), suggestion };
                    faults.push(ConfigurationFault { kind, span: *span, correction: correction(meant) });
                }
            } else if self.entities.is_some() && !names.contains(&name.as_str()) {
                guesses += 1;
                let meant = if guesses <= MOST_GUESSED { nearest(name, names.iter().copied()) } else { None };
                let suggestion = meant.map(str::to_owned);
                let kind = ConfigurationFaultKind::UnknownType { name: name.clone(), suggestion };
                faults.push(ConfigurationFault { kind, span: *span, correction: correction(meant) });
            }
        }
        self.references.clear();
    }
}

/// `<NAME>=text`.
fn macro_of(line: &str) -> Option<(&str, &str)> {
    let (name, text) = line.split_once('=')?;
    let name = name.trim();
    (name.starts_with('<') && name.ends_with('>')).then_some((name, text.trim()))
}

/// A text in which macros are replaced by what they stand for.
fn expanded(
    text: &str,
    section: ConfigurationSection,
    macros: &FxHashMap<(ConfigurationSection, &str), String>,
) -> String {
    let mut expanded = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('<') {
        expanded.push_str(before);
        let name = after.split_once('>').map(|(name, _)| &rest[before.len()..before.len() + name.len() + 2]);
        let known = name.and_then(|name| Some((name, macros.get(&(section, name))?)));
        match known {
            Some((name, text)) if expanded.len() + text.len() < LONGEST_LINE => {
                expanded.push_str(text);
                rest = &rest[before.len() + name.len()..];
            }
            _ => {
                expanded.push('<');
                rest = after;
            }
        }
    }
    expanded + rest
}

/// The names of a list of types.
fn listed(types: &str) -> impl Iterator<Item = &str> {
    types.split('|').map(str::trim).filter(|name| !name.is_empty())
}

/// A line of a section, macros put in.
struct LineReader<'r> {
    line: ConfigurationLine<'r>,
    section: ConfigurationSection,
    text: &'r str,
    faults: &'r mut Vec<ConfigurationFault>,
}

impl<'r> LineReader<'r> {
    fn report(&mut self, kind: ConfigurationFaultKind, part: &str) {
        self.faults.push(self.line.fault(kind, part, None::<&str>));
    }

    /// The term before the arguments, and the arguments.
    fn split(&self) -> (&'r str, impl Iterator<Item = &'r str> + use<'r>) {
        let (term, rest) = self.text.split_once([' ', '\t']).unwrap_or((self.text, ""));
        (term, rest.split(',').map(str::trim).filter(|part| !part.is_empty()))
    }

    /// The rule of an `<OVERLAP>` line; `None` where the line is none, an empty list where it cannot be used.
    fn overlap(&mut self, references: &mut Vec<(String, Span, bool)>) -> Option<Vec<OverlapRule>> {
        let (term, arguments) = self.split();
        let is_nesting = term == "ENTITY-NESTING";
        if self.section != ConfigurationSection::Relations || !(term == "<OVERLAP>" || is_nesting) {
            return None;
        }
        let mut sides: Vec<Vec<String>> = Vec::new();
        let mut sorts = is_nesting.then(|| vec![OverlapSort::Contain]);
        let mut has_sorts = is_nesting;
        for argument in arguments {
            let Some((role, types)) = argument.split_once(':') else {
                self.report(ConfigurationFaultKind::ArgumentForm { argument: argument.to_owned() }, argument);
                continue;
            };
            if role.trim() != "<OVL-TYPE>" {
                self.refer(types, references);
                sides.push(listed(types).map(str::to_owned).collect());
                continue;
            }
            has_sorts = true;
            let mut named = Vec::new();
            let mut all = false;
            for word in types.split(['|', '-']).map(str::trim).filter(|word| !word.is_empty()) {
                match OverlapSort::named(word) {
                    _ if word == "<ANY>" => all = true,
                    Some(sort) => named.push(sort),
                    None => {
                        let allowed = "`contain`, `equal`, `cross`, `<ANY>`".to_owned();
                        let (option, value) = ("<OVL-TYPE>".to_owned(), word.to_owned());
                        let kind = ConfigurationFaultKind::Value { option, value, allowed };
                        let meant = nearest(word, ["contain", "equal", "cross"]);
                        self.faults.push(self.line.fault(kind, word, meant));
                    }
                }
            }
            sorts = (!all).then_some(named);
        }
        if sides.len() != 2 {
            self.report(ConfigurationFaultKind::RelationArguments { count: sides.len() }, term);
        }
        if !has_sorts {
            let (option, value) = ("<OVL-TYPE>".to_owned(), String::new());
            let allowed = "`contain`, `equal`, `cross`, `<ANY>`".to_owned();
            self.report(ConfigurationFaultKind::Value { option, value, allowed }, term);
            return Some(Vec::new());
        }
        let mut sides = sides.into_iter();
        let (Some(inner), Some(outer), None) = (sides.next(), sides.next(), sides.next()) else {
            return Some(Vec::new());
        };
        Some(vec![OverlapRule { inner, outer, sorts }])
    }

    fn refer(&self, types: &str, references: &mut Vec<(String, Span, bool)>) {
        references
            .extend(listed(types).map(|name| (name.to_owned(), self.line.place(name), self.line.text.contains(name))));
    }

    /// `Term|label Role:TYPE|TYPE, Role?:TYPE, Value:A|B`; `None` for instructions in angle brackets.
    fn definition(
        &mut self,
        parent: Option<usize>,
        before: &[TypeDefinition],
        references: &mut Vec<(String, Span, bool)>,
    ) -> Option<TypeDefinition> {
        let (term, arguments) = self.split();
        if term.starts_with('<') {
            if !RESERVED.contains(&term) {
                let meant = nearest(term, RESERVED);
                let suggestion = meant.map(str::to_owned);
                let kind = ConfigurationFaultKind::UnknownMacro { name: term.to_owned(), suggestion };
                self.faults.push(self.line.fault(kind, term, meant));
            }
            return None;
        }
        let heading = term.starts_with('!');
        // The first of several terms is the name in files.
        let mut terms = term.trim_start_matches('!').split('|').map(str::trim).filter(|term| !term.is_empty());
        let name = terms.next()?;
        if !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-')) {
            self.report(ConfigurationFaultKind::UnfitName { name: name.to_owned() }, name);
        }
        let mut of = TypeDefinition {
            name: name.to_owned(),
            other_names: terms.map(str::to_owned).collect(),
            span: self.line.place(name),
            parent,
            heading,
            symmetric: false,
            transitive: false,
            roles: Vec::new(),
            values: Vec::new(),
            any_value: false,
            default: None,
            databases: Vec::new(),
        };
        let mut rel_type = false;
        for argument in arguments {
            if argument == "<INHERIT>" || argument.starts_with("<INHERIT>:") {
                match parent {
                    Some(parent) => of.roles.extend(before[parent].roles.clone()),
                    None => self.report(ConfigurationFaultKind::NothingToInherit, argument),
                }
                continue;
            }
            let Some((role, types)) = argument.split_once(':').map(|(role, types)| (role.trim(), types.trim())) else {
                self.report(ConfigurationFaultKind::ArgumentForm { argument: argument.to_owned() }, argument);
                continue;
            };
            if role.is_empty() || types.is_empty() {
                self.report(ConfigurationFaultKind::ArgumentForm { argument: argument.to_owned() }, argument);
                continue;
            }
            match role {
                "<REL-TYPE>" => {
                    rel_type = true;
                    self.relation_type(types, &mut of);
                }
                "<NORM>" => of.databases.extend(listed(types).map(str::to_owned)),
                "<DEFAULT>" => of.default = Some(types.to_owned()),
                "Value" if self.section == ConfigurationSection::Attributes => {
                    of.values = listed(types).map(str::to_owned).collect();
                    // A macro that is not known may stand for any value.
                    of.any_value = of.values.iter().any(|value| value.starts_with('<'));
                }
                _ if role.starts_with('<') => {
                    if !RESERVED.contains(&role) {
                        let meant = nearest(role, RESERVED);
                        let suggestion = meant.map(str::to_owned);
                        let kind = ConfigurationFaultKind::UnknownMacro { name: role.to_owned(), suggestion };
                        self.faults.push(self.line.fault(kind, role, meant));
                    }
                }
                _ => {
                    self.refer(types, references);
                    let role = self.role(role, types);
                    match of.roles.iter_mut().find(|known| known.name == role.name) {
                        // An inherited role is defined anew.
                        Some(known) if parent.is_some_and(|above| before[above].roles.contains(known)) => *known = role,
                        Some(_) => self.report(ConfigurationFaultKind::RoleTwice { role: role.name }, argument),
                        None => of.roles.push(role),
                    }
                }
            }
        }
        // Older configurations know equivalences by this name alone.
        if self.section == ConfigurationSection::Relations && name == "Equiv" && !rel_type {
            (of.symmetric, of.transitive) = (true, true);
        }
        self.complete(&of);
        Some(of)
    }

    /// Reports what a definition lacks.
    fn complete(&mut self, of: &TypeDefinition) {
        match self.section {
            ConfigurationSection::Relations if !of.heading && of.roles.len() != 2 => {
                self.report(ConfigurationFaultKind::RelationArguments { count: of.roles.len() }, &of.name);
            }
            ConfigurationSection::Attributes if !of.heading && of.roles.is_empty() => {
                self.report(ConfigurationFaultKind::NoAttributeArgument, &of.name);
            }
            _ => {}
        }
        if let Some(default) = of.default.as_ref().filter(|value| !of.any_value && !of.values.contains(value)) {
            let kind = ConfigurationFaultKind::UnknownDefault { value: default.clone() };
            let meant = nearest(default, of.values.iter().map(String::as_str));
            self.faults.push(self.line.fault(kind, default, meant));
        }
    }

    fn relation_type(&mut self, words: &str, of: &mut TypeDefinition) {
        for word in words.split(['-', '|']).map(str::trim).filter(|word| !word.is_empty()) {
            match word {
                "symmetric" => of.symmetric = true,
                "transitive" => of.transitive = true,
                _ => {
                    let allowed = "`symmetric`, `symmetric-transitive`".to_owned();
                    let (option, value) = ("<REL-TYPE>".to_owned(), word.to_owned());
                    let kind = ConfigurationFaultKind::Value { option, value, allowed };
                    self.faults.push(self.line.fault(kind, word, nearest(word, ["symmetric", "transitive"])));
                }
            }
        }
    }

    /// `Role`, `Role?`, `Role*`, `Role+`, `Role{2}`, `Role{1-3}`.
    fn role(&mut self, written: &str, types: &str) -> RoleDefinition {
        let (name, least, most) = match written.as_bytes().last() {
            Some(b'?') => (&written[..written.len() - 1], 0, Some(1)),
            Some(b'*') => (&written[..written.len() - 1], 0, None),
            Some(b'+') => (&written[..written.len() - 1], 1, None),
            Some(b'}') => {
                let (name, count) = written[..written.len() - 1].split_once('{').unwrap_or((written, ""));
                let (least, most) = count.split_once('-').unwrap_or((count, count));
                match (least.trim().parse::<usize>(), most.trim().parse::<usize>()) {
                    (Ok(least), Ok(most)) if least <= most => (name, least, Some(most)),
                    _ => {
                        self.report(ConfigurationFaultKind::RoleCount { role: written.to_owned() }, written);
                        (name, 0, None)
                    }
                }
            }
            _ => (written, 1, Some(1)),
        };
        if most != Some(1) && name.ends_with(|last: char| last.is_ascii_digit()) {
            self.report(ConfigurationFaultKind::RepeatedDigit { role: name.to_owned() }, written);
        }
        RoleDefinition { name: name.to_owned(), types: listed(types).map(str::to_owned).collect(), least, most }
    }
}
