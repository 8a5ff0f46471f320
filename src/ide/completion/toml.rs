//! In registry files and the configuration: tables, keys, values, ids in references, language tags, rule codes.
//!
//! The file need not be readable while somebody types ([`TomlCursor`]); what may stand where is what the published
//! [`Schema`] says.

use super::item::{Completion, CompletionKind, CompletionTopic};
use crate::config::Decision;
use crate::corpus::Snapshot;
use crate::corpus::snapshot::SourceFile;
use crate::ide::place::FilePosition;
use crate::ide::schema::{Schema, TableShape};
use crate::ide::toml_cursor::{CursorSpot, TomlCursor};
use crate::registry::{Entity, EntityDetail, EntityKind};
use crate::rules::RULES;
use crate::text::fold::fold;
use crate::text::{Place, Span};
use crate::toml_tree::quoted;

/// Language tags that are offered though nobody has a name in them yet.
const TAGS: &[&str] = &["vi", "th", "en", "lo", "lo-Latn"];

pub(super) fn completions(snapshot: &Snapshot, at: FilePosition) -> Vec<Completion> {
    let Some(source) = snapshot.source(at.file) else { return Vec::new() };
    let mut byte = (at.byte as usize).min(source.text.len());
    while !source.text.is_char_boundary(byte) {
        byte -= 1;
    }
    let before = &source.text[..byte];
    let cursor = TomlCursor::at(before);
    let is_registry = snapshot.registry_files.contains_key(&at.file);
    let schema = if is_registry { Schema::registry() } else { Schema::config() };
    let place = source.place(Span::of(byte - cursor.typed.len(), byte));
    let asked = TomlCompletion { snapshot, is_registry, schema, cursor: &cursor, place };
    match cursor.spot {
        CursorSpot::Header { series } => asked.tables(series, before),
        CursorSpot::Key { quoted } => asked.keys(quoted, &keys_beside(source, before)),
        CursorSpot::Value { quoted } => asked.values(quoted),
        CursorSpot::Nothing => Vec::new(),
    }
}

/// A question for completion in a TOML file.
struct TomlCompletion<'a> {
    snapshot: &'a Snapshot,
    is_registry: bool,
    schema: Schema,
    cursor: &'a TomlCursor<'a>,
    place: Place,
}

impl TomlCompletion<'_> {
    fn item(&self, kind: CompletionKind, text: &str, detail: &str) -> Completion {
        Completion {
            label: text.to_owned(),
            detail: detail.to_owned(),
            kind,
            place: self.place,
            text: text.to_owned(),
            filter: self.cursor.typed.to_owned(),
            more: None,
        }
    }

    fn begins(&self, text: &str) -> bool {
        text.starts_with(self.cursor.typed)
    }

    /// Tables of this form; of a registry those that go on with the entry above.
    fn tables(&self, series: bool, before: &str) -> Vec<Completion> {
        let wanted = if series { TableShape::Series } else { TableShape::Table };
        let above = TomlCursor::at(&before[..before.rfind('\n').map_or(0, |end| end + 1)]).path;
        let mut found = Vec::new();
        for (key, schema) in self.schema.keys() {
            found.push((key.to_owned(), schema));
            if !self.is_registry || above.first() == Some(&key) {
                found.extend(schema.keys().into_iter().map(|(inner, schema)| (format!("{key}.{inner}"), schema)));
            }
        }
        found.retain(|(path, schema)| schema.shape() == wanted && self.begins(path));
        let item = |(path, schema): &(String, Schema)| {
            self.item(CompletionKind::Key, path, schema.description().unwrap_or_default())
        };
        found.iter().map(item).collect()
    }

    /// The keys that may stand here and do not yet.
    fn keys(&self, in_quotes: bool, beside: &[&str]) -> Vec<Completion> {
        let path = &self.cursor.path;
        match path[..] {
            [.., "names" | "title"] if self.is_registry => return self.tags(),
            [.., "rules"] => return self.codes(in_quotes, beside),
            _ => {}
        }
        let Some(table) = self.schema.path(path.iter().copied()) else { return Vec::new() };
        let keys = table.keys().into_iter().filter(|(key, _)| self.begins(key) && !beside.contains(key));
        keys.map(|(key, schema)| self.item(CompletionKind::Key, key, schema.description().unwrap_or_default()))
            .collect()
    }

    /// Language tags: those in use, the commonest first, then others.
    fn tags(&self) -> Vec<Completion> {
        let lists = self.snapshot.registry.entities().flat_map(|entity| &entity.names);
        let mut tags = by_frequency(lists.map(|list| list.tag.as_str()));
        tags.extend(TAGS.iter().copied().filter(|tag| !tags.contains(tag)).collect::<Vec<_>>());
        let tags = tags.into_iter().filter(|tag| self.begins(tag));
        tags.map(|tag| self.item(CompletionKind::Key, tag, "")).collect()
    }

    /// Rule codes, which need quotes; as keys also what is no code.
    fn codes(&self, in_quotes: bool, beside: &[&str]) -> Vec<Completion> {
        let typed = self.cursor.typed;
        let rules = RULES.iter().filter(|rule| rule.code.contains(typed) && !beside.contains(&rule.code));
        let rules = rules.map(|rule| Completion {
            text: if in_quotes { rule.code.to_owned() } else { quoted(rule.code) },
            more: Some(CompletionTopic::Rule(rule.code.into())),
            ..self.item(CompletionKind::Value, rule.code, rule.summary)
        });
        let preset = self.schema.path(["rules", "preset"]).filter(|_| self.cursor.path == ["rules"] && !in_quotes);
        let preset = preset.filter(|_| self.begins("preset") && !beside.contains(&"preset"));
        let preset = preset.map(|it| self.item(CompletionKind::Key, "preset", it.description().unwrap_or_default()));
        preset.into_iter().chain(rules).collect()
    }

    fn values(&self, in_quotes: bool) -> Vec<Completion> {
        let path = &self.cursor.path;
        if self.is_registry {
            match path[..] {
                [_, "offices", "office"] => return self.ids(EntityKind::Office, in_quotes),
                ["office", "organization"] | [_, "successor"] | [_, "successor", "id"] => {
                    return self.ids(EntityKind::Organization, in_quotes);
                }
                [_, "sort"] => {
                    return self.in_use(in_quotes, |entity| match &entity.detail {
                        EntityDetail::Organization { sort, .. } => sort.as_deref(),
                        _ => None,
                    });
                }
                [_, "country"] => return self.in_use(in_quotes, |entity| entity.country.as_deref()),
                _ => {}
            }
        } else if path[..] == ["suppress", "rule"] {
            return self.codes(in_quotes, &[]);
        } else if path[..] == ["decide", "is"] {
            return self.decided(in_quotes);
        }
        let Some(schema) = self.schema.path(path.iter().copied()) else { return Vec::new() };
        let texts = schema.values().into_iter().filter_map(|value| match (in_quotes, value.strip_prefix('"')) {
            (true, Some(inner)) => Some(inner.trim_end_matches('"').to_owned()),
            (true, None) => None,
            (false, _) => Some(value),
        });
        let known = texts.filter(|text| self.begins(text) || text.strip_prefix('"').is_some_and(|it| self.begins(it)));
        known.map(|text| self.item(CompletionKind::Value, &text, "")).collect()
    }

    /// The meanings that a person may give a mention: nothing, or any id.
    fn decided(&self, in_quotes: bool) -> Vec<Completion> {
        const KINDS: [EntityKind; 6] = [
            EntityKind::Official,
            EntityKind::Person,
            EntityKind::Organization,
            EntityKind::Office,
            EntityKind::Place,
            EntityKind::Decree,
        ];
        let nothing = self.begins(Decision::NOTHING).then(|| Completion {
            text: if in_quotes { Decision::NOTHING.to_owned() } else { quoted(Decision::NOTHING) },
            ..self.item(CompletionKind::Value, Decision::NOTHING, "no mention")
        });
        nothing.into_iter().chain(KINDS.into_iter().flat_map(|kind| self.ids(kind, in_quotes))).collect()
    }

    /// The ids of entities of one kind that have what is typed in their id or a name.
    fn ids(&self, kind: EntityKind, in_quotes: bool) -> Vec<Completion> {
        let folded = fold(self.cursor.typed);
        let matches = |text: &str| fold(text).contains(&folded);
        let entities = self.snapshot.registry.of_kind(kind);
        let found = entities.filter(|entity| matches(&entity.id) || entity.spellings().any(|name| matches(&name.text)));
        let mut items: Vec<Completion> = found
            .map(|entity| Completion {
                text: if in_quotes { entity.id.to_string() } else { quoted(&entity.id) },
                more: Some(CompletionTopic::Entity(entity.id.clone())),
                ..self.item(CompletionKind::Id(entity.kind), &entity.id, entity.display_name())
            })
            .collect();
        items.sort_by_key(|item| (!self.begins(&item.label), item.label.clone()));
        items
    }

    /// Returns the values of other entries here, the commonest first.
    fn in_use<'r>(&'r self, in_quotes: bool, said: impl Fn(&'r Entity) -> Option<&'r str>) -> Vec<Completion> {
        let values = by_frequency(self.snapshot.registry.entities().filter_map(said));
        let values = values.into_iter().filter(|value| self.begins(value));
        let item = |value: &str| Completion {
            text: if in_quotes { value.to_owned() } else { quoted(value) },
            ..self.item(CompletionKind::Value, value, "")
        };
        values.map(item).collect()
    }
}

fn by_frequency<'v>(values: impl Iterator<Item = &'v str>) -> Vec<&'v str> {
    let mut counts: rustc_hash::FxHashMap<&str, usize> = rustc_hash::FxHashMap::default();
    values.for_each(|value| *counts.entry(value).or_default() += 1);
    let mut values: Vec<(&str, usize)> = counts.into_iter().collect();
    values.sort_unstable_by_key(|(value, count)| (std::cmp::Reverse(*count), *value));
    values.into_iter().map(|(value, _)| value).collect()
}

/// The keys that stand in the cursor's table already, above and below it, without quotes.
fn keys_beside<'t>(source: &'t SourceFile, before: &'t str) -> Vec<&'t str> {
    let key = |line: &'t str| {
        let (key, _) = line.split_once('=')?;
        let key = key.trim();
        match key.strip_prefix(['"', '\'']) {
            Some(quoted) => quoted.split(['"', '\'']).next(),
            None => key.split('.').next(),
        }
    };
    let is_table = |line: &&str| !line.starts_with('[');
    let line = before.rfind('\n').map_or(0, |end| end + 1);
    let above = before[..line].lines().rev().take_while(is_table).filter_map(key);
    let below = source.text[before.len()..].lines().skip(1).take_while(is_table).filter_map(key);
    // Further names of an entry stand beside those that are there, and so do entries of a line.
    let on_line = before[line..].rsplit(['{', ',']).skip(1).filter_map(key);
    let is_dotted = before[line..].trim_start().contains('.');
    above.chain(below).filter(|_| !is_dotted && !before[line..].contains('{')).chain(on_line).collect()
}
