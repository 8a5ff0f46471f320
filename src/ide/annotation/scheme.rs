//! The types of `annotation.conf` as an editor offers them: with labels, places and what may go with each.
//!
//! Deliberately absent: judging annotations and the file itself, which `annotation/` does.

use rustc_hash::FxHashMap;

use crate::text::Span;

/// A section of `annotation.conf`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SchemeSection {
    /// Types of pieces of text.
    Entities,
    /// Types of relations.
    Relations,
    /// Types of events.
    Events,
    /// Attributes.
    Attributes,
}

/// The types that annotations may have.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct AnnotationScheme {
    types: Vec<SchemeType>,
    has_entities: bool,
    keys: Vec<(char, String)>,
}

/// One type, relation, event or attribute.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SchemeType {
    /// The section.
    pub section: SchemeSection,
    /// The name in annotation files.
    pub name: String,
    /// The name for people.
    pub label: String,
    /// The place of the name.
    pub span: Span,
    /// The number of the type above it.
    parent: Option<usize>,
    /// True for a heading that nothing is annotated with.
    pub is_heading: bool,
    /// True for a relation that is stored as a group of equals.
    pub is_equivalence: bool,
    /// The roles of an event, the arguments of a relation or an attribute.
    pub roles: Vec<SchemeRole>,
    /// The values of an attribute; none where it is either there or not.
    pub values: Vec<String>,
}

/// A role, with the types that may fill it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SchemeRole {
    /// The name.
    pub name: String,
    /// The types; none where any may.
    pub types: Vec<String>,
    /// The number of times it may be filled; `None` where there is no limit.
    pub most: Option<usize>,
}

impl SchemeType {
    /// The role that an argument fills: a repeated one is numbered (`Who2`).
    pub fn role(&self, argument: &str) -> Option<&SchemeRole> {
        let plain = argument.trim_end_matches(|digit: char| digit.is_ascii_digit());
        let named = |name: &str| self.roles.iter().find(|role| role.name == name);
        named(argument).or_else(|| named(plain))
    }
}

impl AnnotationScheme {
    /// Reads an `annotation.conf`. What cannot be read is passed over.
    pub fn parse(source: &str) -> Self {
        let mut scheme = Self::default();
        let mut macros: FxHashMap<&str, Vec<String>> = FxHashMap::default();
        let mut section = None;
        let mut above: Vec<(usize, usize)> = Vec::new();
        let mut at = 0;
        for whole in source.split_inclusive('\n') {
            let start = at;
            at += whole.len();
            let line = whole.trim_start_matches('\u{feff}');
            let trimmed = line.trim();
            if trimmed.is_empty() || trimmed.starts_with('#') || trimmed.bytes().all(|byte| byte == b'-') {
                continue;
            }
            if let Some(name) = trimmed.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
                section = match name {
                    "entities" | "spans" => Some(SchemeSection::Entities),
                    "relations" => Some(SchemeSection::Relations),
                    "events" => Some(SchemeSection::Events),
                    "attributes" => Some(SchemeSection::Attributes),
                    _ => None,
                };
                scheme.has_entities |= section == Some(SchemeSection::Entities);
                above.clear();
                continue;
            }
            let Some(section) = section else { continue };
            if let Some((name, types)) = trimmed.split_once('=').filter(|(name, _)| is_macro(name.trim())) {
                let types = expanded(types, &macros);
                macros.insert(name.trim(), types);
                continue;
            }
            if trimmed.starts_with('<') {
                continue;
            }
            let depth = line.chars().take_while(|letter| letter.is_whitespace()).count();
            above.retain(|(other, _)| *other < depth);
            let parent = above.last().map(|(_, number)| *number);
            let byte = start + whole.find(trimmed).unwrap_or_default();
            let of = scheme.definition_of(section, trimmed, byte, parent, &macros);
            above.push((depth, scheme.types.len()));
            scheme.types.push(of);
        }
        scheme
    }

    fn definition_of(
        &self,
        section: SchemeSection,
        line: &str,
        byte: usize,
        parent: Option<usize>,
        macros: &FxHashMap<&str, Vec<String>>,
    ) -> SchemeType {
        let end = line.find('\t').unwrap_or_else(|| term_end(line));
        let (term, rest) = line.split_at(end);
        let mut names = term.trim_start_matches('!').split('|').map(str::trim);
        let name = names.next().unwrap_or_default().to_owned();
        let label = names.next().filter(|label| !label.is_empty()).unwrap_or(&name).to_owned();
        let start = byte + term.len() - term.trim_start_matches('!').len();
        let mut of = SchemeType {
            section,
            span: Span::of(start, start + name.len()),
            name,
            label,
            parent,
            is_heading: term.starts_with('!'),
            is_equivalence: false,
            roles: Vec::new(),
            values: Vec::new(),
        };
        for part in rest.split(',').map(str::trim).filter(|part| !part.is_empty()) {
            let (role, types) = part.split_once(':').unwrap_or((part, ""));
            match role.trim() {
                "<INHERIT>" => {
                    of.roles.extend(parent.map(|parent| self.types[parent].roles.clone()).unwrap_or_default());
                }
                "<REL-TYPE>" => of.is_equivalence = types.contains("symmetric") && types.contains("transitive"),
                "Value" => {
                    let values = expanded(types, macros);
                    of.values = values.into_iter().filter(|value| !value.starts_with('<')).collect();
                }
                special if special.starts_with('<') => {}
                role => of.roles.push(scheme_role(role, expanded(types, macros))),
            }
        }
        of
    }

    /// Takes in the keys of types: the lines `P Person` of a `kb_shortcuts.conf`.
    pub fn read_keys(&mut self, source: &str) {
        let keys = source.lines().filter_map(|line| {
            let (key, kind) = line.trim().split_once([' ', '\t'])?;
            let mut letters = key.chars();
            let key = letters.next().filter(|key| *key != '#' && letters.next().is_none())?;
            Some((key, kind.trim().to_owned()))
        });
        self.keys = keys.collect();
    }

    /// The key of a type.
    pub fn key(&self, kind: &str) -> Option<char> {
        self.keys.iter().find(|(_, of)| of == kind).map(|(key, _)| *key)
    }

    /// The definitions of a section, in the order of the file, headings among them.
    pub fn section(&self, section: SchemeSection) -> impl Iterator<Item = &SchemeType> {
        self.types.iter().filter(move |of| of.section == section)
    }

    /// Tells whether pieces of text may have any type.
    pub const fn allows_any_type(&self) -> bool {
        !self.has_entities
    }

    /// Tells whether a piece of text may be of a type: an entity, or the trigger of an event.
    pub fn allows_text(&self, kind: &str) -> bool {
        let is_text = |of: &SchemeType| matches!(of.section, SchemeSection::Entities | SchemeSection::Events);
        self.allows_any_type() || self.types.iter().any(|of| of.name == kind && !of.is_heading && is_text(of))
    }

    /// The names that annotations may have in a section, each once.
    pub fn names(&self, section: SchemeSection) -> Vec<&str> {
        let mut names: Vec<&str> = Vec::new();
        for of in self.section(section).filter(|of| !of.is_heading) {
            if !names.contains(&of.name.as_str()) {
                names.push(&of.name);
            }
        }
        names
    }

    /// The definition of a name; of several the first.
    pub fn definition(&self, name: &str) -> Option<&SchemeType> {
        self.types.iter().find(|of| of.name == name)
    }

    /// The definition at a byte of the file.
    pub fn at(&self, byte: u32) -> Option<&SchemeType> {
        self.types.iter().find(|of| of.span.touches(byte))
    }

    /// The definitions that name a type in their roles, and those below it.
    pub fn below<'s>(&'s self, of: &'s SchemeType) -> impl Iterator<Item = &'s SchemeType> {
        self.types.iter().filter(move |other| other.name != of.name && self.is_a(&other.name, &of.name))
    }

    /// The label of a type for people.
    pub fn label<'s>(&'s self, name: &'s str) -> &'s str {
        self.definition(name).map_or(name, |of| &of.label)
    }

    /// The attributes that annotations of a type may have.
    pub fn attributes_of<'s>(&'s self, kind: &'s str) -> impl Iterator<Item = &'s SchemeType> {
        let attributes = self.section(SchemeSection::Attributes).filter(|of| !of.is_heading);
        attributes.filter(move |of| of.roles.first().is_none_or(|role| self.fits(role, kind)))
    }

    /// Tells whether a type may fill a role.
    pub fn fits(&self, role: &SchemeRole, kind: &str) -> bool {
        role.types.is_empty() || role.types.iter().any(|allowed| self.is_a(kind, allowed))
    }

    /// Tells whether a type is the allowed one, stands below it, or is of the sort that it names.
    pub fn is_a(&self, kind: &str, allowed: &str) -> bool {
        let is_of = |section| self.section(section).any(|of| of.name == kind);
        match allowed {
            "<ENTITY>" => self.allows_any_type() || is_of(SchemeSection::Entities),
            "<EVENT>" => is_of(SchemeSection::Events),
            "<RELATION>" => is_of(SchemeSection::Relations),
            "<NONE>" => false,
            _ if allowed.starts_with('<') || kind == allowed => true,
            _ => {
                let mut at = self.types.iter().position(|of| of.name == kind);
                while let Some(number) = at {
                    if self.types[number].name == allowed {
                        return true;
                    }
                    at = self.types[number].parent;
                }
                false
            }
        }
    }
}

/// The byte at which the names of a type end, where no TAB says so: before the first word that is an argument, since
/// names for people may hold spaces.
fn term_end(line: &str) -> usize {
    let is_argument = |word: &str| word.starts_with('<') || word.contains(':');
    let ends = line.match_indices(' ').map(|(at, _)| at);
    let mut ends = ends.filter(|at| line[*at..].split_whitespace().next().is_some_and(is_argument));
    ends.next().unwrap_or(line.len())
}

fn is_macro(name: &str) -> bool {
    name.starts_with('<') && name.ends_with('>')
}

/// A list of types in which macros are replaced by what they stand for.
fn expanded(types: &str, macros: &FxHashMap<&str, Vec<String>>) -> Vec<String> {
    let types = types.split('|').map(str::trim).filter(|name| !name.is_empty());
    types.flat_map(|name| macros.get(name).cloned().unwrap_or_else(|| vec![name.to_owned()])).collect()
}

/// `Role`, `Role?`, `Role*`, `Role+`, `Role{2}`, `Role{1-3}`.
fn scheme_role(role: &str, types: Vec<String>) -> SchemeRole {
    let (name, most) = match role.as_bytes().last() {
        Some(b'?') => (&role[..role.len() - 1], Some(1)),
        Some(b'*' | b'+') => (&role[..role.len() - 1], None),
        Some(b'}') => {
            let (name, count) = role[..role.len() - 1].split_once('{').unwrap_or((role, ""));
            (name, count.rsplit('-').next().and_then(|most| most.trim().parse().ok()))
        }
        _ => (role, Some(1)),
    };
    SchemeRole { name: name.to_owned(), types, most }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_and_what_may_go_with_them() {
        let source = "[entities]\n# all\n!Being\n\tPerson | Người\n\tAnimal|Con vật|Thú\nPlace\n[relations]\n<P>=Person|Animal\n\
                      Knows\tArg1:<P>, Arg2:Being\nSame Arg1:<ANY>, Arg2:<ANY>, <REL-TYPE>:symmetric-transitive\n\
                      [events]\nMeet\tWho{1-2}:Person, Where?:Place, By*:<EVENT>\n[attributes]\nSure\tArg:<EVENT>\n\
                      Mood\tArg:Being, Value:glad|sad\n";
        let scheme = AnnotationScheme::parse(source);
        assert_eq!(scheme.names(SchemeSection::Entities), ["Person", "Animal", "Place"]);
        assert_eq!(
            (scheme.label("Person"), scheme.label("Animal"), scheme.label("Place")),
            ("Người", "Con vật", "Place")
        );
        for name in ["Person", "Knows", "Same", "Meet", "Mood"] {
            assert_eq!(scheme.definition(name).unwrap().span.slice(source), name);
        }
        assert!(scheme.is_a("Animal", "Being") && !scheme.is_a("Place", "Being"));
        assert!(scheme.definition("Same").unwrap().is_equivalence);
        let meet = scheme.definition("Meet").unwrap();
        assert_eq!(meet.role("Who2").map(|role| role.most), Some(Some(2)));
        assert_eq!(meet.role("By").map(|role| role.most), Some(None));
        assert_eq!(scheme.attributes_of("Person").map(|of| of.name.as_str()).collect::<Vec<_>>(), ["Mood"]);
        assert_eq!(scheme.attributes_of("Meet").map(|of| of.name.as_str()).collect::<Vec<_>>(), ["Sure"]);
        assert!(!scheme.allows_text("Being") && scheme.allows_text("Meet"));
        assert!(AnnotationScheme::parse("[relations]\nR\n").allows_text("Anything"));
    }
}
