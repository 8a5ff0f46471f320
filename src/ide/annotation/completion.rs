//! Completion in annotation files: ids, types, roles, values, entries of the registry.

use super::edit::REGISTRY_DATABASE;
use super::pair::{AnnotationPair, kind_span};
use crate::annotation::{AnnotationBody, Configuration, ConfigurationSection, TypeDefinition};
use crate::text::Span;

/// Most items of one answer.
const MOST: usize = 200;

/// One thing that may be meant.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AnnotationCompletion {
    /// The text that is written.
    pub text: String,
    /// The text beside it.
    pub detail: String,
    /// The id of the entry it names, where it names one.
    pub entry: Option<String>,
}

/// The completions at a byte of a file, with the place that is replaced.
pub fn completions(
    pair: &AnnotationPair<'_>,
    configuration: Option<&Configuration>,
    entries: &dyn Fn(&str) -> Vec<(String, String)>,
    byte: u32,
) -> (Span, Vec<AnnotationCompletion>) {
    let source = pair.standoff.source();
    let end = byte as usize;
    let Some(before) = source.get(..end) else { return (Span::new(byte, byte), Vec::new()) };
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    let line = before[start..].trim_start_matches('\u{feff}');
    let typed = line.rsplit(['\t', ' ', ':']).next().unwrap_or_default();
    let place = Span::of(end - typed.len(), end);
    let asked = AskedLine { pair, configuration, entries };
    let mut items = asked.items(line, typed);
    items.retain(|item| starts_with(&item.text, typed) || item.entry.is_some());
    items.truncate(MOST);
    (place, items)
}

fn starts_with(text: &str, typed: &str) -> bool {
    let mut letters = text.chars().flat_map(char::to_lowercase);
    typed.chars().flat_map(char::to_lowercase).all(|letter| letters.next() == Some(letter))
}

struct AskedLine<'a> {
    pair: &'a AnnotationPair<'a>,
    configuration: Option<&'a Configuration>,
    entries: &'a dyn Fn(&str) -> Vec<(String, String)>,
}

impl AskedLine<'_> {
    fn items(&self, line: &str, typed: &str) -> Vec<AnnotationCompletion> {
        let fields: Vec<&str> = line.split('\t').collect();
        let [id, body, rest @ ..] = &fields[..] else { return self.new_ids() };
        let words: Vec<&str> = body.split(' ').collect();
        let last = words.last().copied().unwrap_or_default();
        let first = words.first().copied().unwrap_or_default();
        let role = last.split_once(':').map(|(role, _)| role);
        match (id.chars().next(), rest) {
            (Some('T'), []) if words.len() == 1 => {
                let mut kinds = self.kinds(ConfigurationSection::Entities);
                kinds.extend(self.kinds(ConfigurationSection::Events));
                kinds
            }
            (Some('E'), []) if words.len() == 1 => match role {
                None => self.kinds(ConfigurationSection::Events),
                Some(kind) => self.texts(|of| of == kind),
            },
            (Some('E'), []) => {
                let kind = first.split_once(':').map_or(first, |(kind, _)| kind);
                self.argument(ConfigurationSection::Events, kind, role)
            }
            (Some('R'), []) if words.len() == 1 => self.kinds(ConfigurationSection::Relations),
            (Some('R'), []) => self.argument(ConfigurationSection::Relations, first, role),
            (Some('*'), []) if words.len() == 1 => self.kinds(ConfigurationSection::Relations),
            (Some('*'), []) => self.texts(|_| true),
            (Some('A' | 'M'), []) => match words.len() {
                1 => self.kinds(ConfigurationSection::Attributes),
                2 => self.targets(&|kind| {
                    self.configuration.is_none_or(|of| of.attributes_of(kind).any(|attribute| attribute.name == first))
                }),
                _ => self.values(first),
            },
            (Some('N'), []) => match words.len() {
                1 => vec![plain("Reference", "a link to an entry")],
                2 => self.texts(|_| true),
                _ if last.contains(':') => self.registry(words[1], typed),
                _ => vec![plain(&format!("{REGISTRY_DATABASE}:"), "the registry of the corpus")],
            },
            (Some('N'), [_]) => {
                let entry = words.get(2).and_then(|reference| reference.split_once(':'));
                let names = (self.entries)(entry.map_or("", |(_, entry)| entry));
                let named = names.into_iter().filter(|(id, _)| entry.is_some_and(|(_, entry)| entry == id));
                named.map(|(id, name)| AnnotationCompletion { text: name, detail: id, entry: None }).collect()
            }
            (Some('#'), []) => match words.len() {
                1 => vec![plain("AnnotatorNotes", "a note")],
                _ => self.targets(&|_| true),
            },
            _ => Vec::new(),
        }
    }

    /// The next id of each kind.
    fn new_ids(&self) -> Vec<AnnotationCompletion> {
        let next = |kind: char| {
            let numbers = self.pair.standoff.lines().iter().filter_map(|line| {
                let id = self.pair.standoff.slice(line.id).strip_prefix(kind)?;
                let digits: String = id.chars().take_while(char::is_ascii_digit).collect();
                digits.parse::<u64>().ok()
            });
            numbers.max().unwrap_or_default() + 1
        };
        let kinds = [
            ('T', "a piece of text"),
            ('E', "an event"),
            ('R', "a relation"),
            ('A', "an attribute"),
            ('N', "a link"),
            ('#', "a note"),
        ];
        let mut ids: Vec<AnnotationCompletion> =
            kinds.into_iter().map(|(kind, sort)| plain(&format!("{kind}{}", next(kind)), sort)).collect();
        ids.push(plain("*", "an equivalence"));
        ids
    }

    fn definitions(&self, section: ConfigurationSection) -> impl Iterator<Item = &TypeDefinition> {
        self.configuration.and_then(|of| of.section(section)).into_iter().flatten()
    }

    /// The types of a section; without a configuration those that the file uses.
    fn kinds(&self, section: ConfigurationSection) -> Vec<AnnotationCompletion> {
        let configured = self.configuration.map(|of| of.names(section)).unwrap_or_default();
        if !configured.is_empty() {
            let label = |name: &str| self.configuration.map_or(name, |of| of.label(name)).to_owned();
            return configured
                .into_iter()
                .map(|name| plain(name, &Some(label(name)).filter(|label| label != name).unwrap_or_default()))
                .collect();
        }
        let mut names: Vec<&str> = Vec::new();
        for line in self.pair.standoff.lines() {
            let is_of = match line.body {
                AnnotationBody::Text { .. } => section == ConfigurationSection::Entities,
                AnnotationBody::Event { .. } => section == ConfigurationSection::Events,
                AnnotationBody::Relation { .. } | AnnotationBody::Equivalence { .. } => {
                    section == ConfigurationSection::Relations
                }
                AnnotationBody::Attribute { .. } => section == ConfigurationSection::Attributes,
                _ => false,
            };
            let name = kind_span(&line.body).filter(|_| is_of).map(|span| self.pair.standoff.slice(span));
            names.extend(name.filter(|name| !names.contains(name)));
        }
        names.into_iter().map(|name| plain(name, "")).collect()
    }

    /// A role of a type, or what may fill it.
    fn argument(&self, section: ConfigurationSection, kind: &str, role: Option<&str>) -> Vec<AnnotationCompletion> {
        let of_kind: Vec<&TypeDefinition> = self.definitions(section).filter(|of| of.name == kind).collect();
        let Some(role) = role else {
            let mut roles: Vec<AnnotationCompletion> = Vec::new();
            for role in of_kind.iter().flat_map(|of| &of.roles) {
                let item = plain(&format!("{}:", role.name), &role.types.join(", "));
                if !roles.contains(&item) {
                    roles.push(item);
                }
            }
            if roles.is_empty() && section == ConfigurationSection::Relations {
                roles = vec![plain("Arg1:", ""), plain("Arg2:", "")];
            }
            return roles;
        };
        let allowed: Vec<&str> = of_kind
            .iter()
            .filter_map(|of| of.role(role))
            .flat_map(|role| role.types.iter().map(String::as_str))
            .collect();
        let fits = |kind: &str| match self.configuration {
            Some(of) if !allowed.is_empty() => allowed.iter().any(|allowed| of.is_a(kind, allowed)),
            _ => true,
        };
        self.targets(&fits)
    }

    /// The lines that mark text of some types.
    fn texts(&self, fits: impl Fn(&str) -> bool) -> Vec<AnnotationCompletion> {
        self.ids(&|body| matches!(body, AnnotationBody::Text { .. }), &fits)
    }

    /// The lines that mark text, the events and the relations of some types.
    fn targets(&self, fits: &dyn Fn(&str) -> bool) -> Vec<AnnotationCompletion> {
        let is_target = |body: &AnnotationBody| {
            matches!(body, AnnotationBody::Text { .. } | AnnotationBody::Event { .. } | AnnotationBody::Relation { .. })
        };
        self.ids(&is_target, fits)
    }

    fn ids(
        &self,
        is_wanted: &dyn Fn(&AnnotationBody) -> bool,
        fits: &dyn Fn(&str) -> bool,
    ) -> Vec<AnnotationCompletion> {
        let lines = self.pair.standoff.lines().iter().enumerate().filter(|(_, line)| is_wanted(&line.body));
        let items = lines.filter_map(|(number, line)| {
            let kind = self.pair.kind(number).filter(|kind| fits(kind))?;
            let id = self.pair.standoff.slice(line.id);
            let words = self.pair.words_of(id).map(|words| format!("{kind} “{words}”"));
            Some(plain(id, &words.unwrap_or_else(|| kind.to_owned())))
        });
        items.take(MOST).collect()
    }

    fn values(&self, attribute: &str) -> Vec<AnnotationCompletion> {
        let definitions = self.definitions(ConfigurationSection::Attributes).filter(|of| of.name == attribute);
        definitions.flat_map(|of| &of.values).map(|value| plain(value, "")).collect()
    }

    /// Entries of the registry, those first that look like the words of what is linked.
    fn registry(&self, target: &str, typed: &str) -> Vec<AnnotationCompletion> {
        let mut found = (self.entries)(typed);
        if typed.is_empty() {
            found = self.pair.words_of(target).map(|words| (self.entries)(&words)).unwrap_or_default();
        }
        let item =
            |(id, name): (String, String)| AnnotationCompletion { text: id.clone(), detail: name, entry: Some(id) };
        found.into_iter().filter(|(id, _)| !id.contains(char::is_whitespace)).map(item).collect()
    }
}

fn plain(text: &str, detail: &str) -> AnnotationCompletion {
    AnnotationCompletion { text: text.to_owned(), detail: detail.to_owned(), entry: None }
}
