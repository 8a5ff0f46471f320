//! In registry files and the configuration: ids in references, keys of the table, rule codes.
//!
//! The file need not be readable while somebody types: the line before the cursor and the last header above it say
//! what is wanted.

use super::{Completion, CompletionKind, Completions, More};
use crate::config;
use crate::corpus::Snapshot;
use crate::corpus::world::Source;
use crate::ide::FilePosition;
use crate::registry::{Kind, keys};
use crate::rules::RULES;
use crate::text::Span;

pub(super) fn completions(snapshot: &Snapshot, at: FilePosition) -> Completions {
    let Some(source) = snapshot.source(at.file) else { return Completions::default() };
    let mut byte = (at.byte as usize).min(source.text.len());
    while !source.text.is_char_boundary(byte) {
        byte -= 1;
    }
    let before = &source.text[..byte];
    let line = &before[before.rfind('\n').map_or(0, |end| end + 1)..];
    let is_registry = snapshot.registry_files.contains_key(&at.file);
    let place = |typed: &str| source.place(Span::of(byte - typed.len(), byte));
    let items = match in_string(line) {
        Some((key, typed)) if is_registry => ids(snapshot, line, key, typed, place(typed)),
        Some((_, typed)) => codes(typed, place(typed)),
        None => {
            let typed = &line[line
                .trim_end_matches(|letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_'))
                .len()..];
            table_keys(source, before, line, typed, is_registry, place(typed))
        }
    };
    Completions { items, incomplete: false }
}

/// The key whose string is open at the end of a line, and what has been typed of the string.
fn in_string(line: &str) -> Option<(&str, &str)> {
    let mut open: Option<(usize, char)> = None;
    let mut escaped = false;
    for (at, letter) in line.char_indices() {
        match open {
            None if letter == '#' => return None,
            None if matches!(letter, '"' | '\'') => open = Some((at, letter)),
            Some((_, quote)) if letter == quote && !escaped => open = None,
            _ => {}
        }
        escaped = letter == '\\' && !escaped;
    }
    let (quote, _) = open?;
    let head = line[..quote].trim_end().trim_end_matches('[').trim_end();
    let head = head.strip_suffix('=').unwrap_or(head).trim_end();
    let key = &head[head
        .rfind(|letter: char| !(letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_' | '.')))
        .map_or(0, |end| end + 1)..];
    Some((key, &line[quote + 1..]))
}

/// The ids that a key may refer to.
fn ids(snapshot: &Snapshot, line: &str, key: &str, typed: &str, place: crate::text::Place) -> Vec<Completion> {
    let wanted = match key.rsplit('.').next().unwrap_or(key) {
        "office" => Kind::Office,
        "organization" | "successor" => Kind::Organization,
        "id" if line.contains("successor") => Kind::Organization,
        _ => return Vec::new(),
    };
    let folded = crate::text::fold::fold(typed);
    let matches = |text: &str| crate::text::fold::fold(text).contains(&folded);
    let entities = snapshot.registry.of_kind(wanted);
    let found = entities.filter(|entity| matches(&entity.id) || entity.spellings().any(|name| matches(&name.text)));
    let mut items: Vec<Completion> = found
        .map(|entity| Completion {
            label: entity.id.to_string(),
            detail: entity.display_name().to_owned(),
            kind: CompletionKind::Id(entity.kind),
            place,
            text: entity.id.to_string(),
            filter: typed.to_owned(),
            more: Some(More::Entity(entity.id.clone())),
        })
        .collect();
    items.sort_by_key(|item| (!item.label.starts_with(typed), item.label.clone()));
    items
}

/// Rule codes, in `[rules]` and in suppressions.
fn codes(typed: &str, place: crate::text::Place) -> Vec<Completion> {
    let rules = RULES.iter().filter(|rule| rule.code.contains(typed));
    rules
        .map(|rule| Completion {
            label: rule.code.to_owned(),
            detail: rule.summary.to_owned(),
            kind: CompletionKind::Value,
            place,
            text: rule.code.to_owned(),
            filter: typed.to_owned(),
            more: Some(More::Rule(rule.code.into())),
        })
        .collect()
}

/// The keys that the table above the cursor may have and has not yet; behind `[` the tables there may be.
fn table_keys(
    source: &Source,
    before: &str,
    line: &str,
    typed: &str,
    is_registry: bool,
    place: crate::text::Place,
) -> Vec<Completion> {
    let head = line[..line.len() - typed.len()].trim_start();
    let known: Vec<&str> = match head {
        "[[" | "[" => tables(is_registry, head),
        "" => {
            let header = header_above(before);
            let has = keys_of_table(source, before);
            keys_of(is_registry, header).iter().copied().filter(|key| !has.contains(key)).collect()
        }
        _ if head.ends_with(['{', ',']) && head.contains('{') && is_registry => inline_keys(head).to_vec(),
        _ => return Vec::new(),
    };
    known
        .into_iter()
        .filter(|key| key.starts_with(typed))
        .map(|key| Completion {
            label: key.to_owned(),
            detail: String::new(),
            kind: CompletionKind::Key,
            place,
            text: key.to_owned(),
            filter: typed.to_owned(),
            more: None,
        })
        .collect()
}

fn tables(is_registry: bool, head: &str) -> Vec<&'static str> {
    match (is_registry, head) {
        (true, "[[") => keys::ROOT.iter().copied().filter(|key| *key != "version").collect(),
        (true, _) => Vec::new(),
        (false, "[[") => vec!["per-file", "suppress", "pattern", "decrees.type", "decrees.agency"],
        (false, _) => vec!["corpus", "rules", "editor"],
    }
}

/// The name in the last header above the cursor.
fn header_above(before: &str) -> &str {
    let header = before.lines().rev().skip(1).find(|line| line.starts_with('['));
    header.map_or("", |line| line.trim_matches(|letter: char| matches!(letter, '[' | ']') || letter.is_whitespace()))
}

fn keys_of(is_registry: bool, header: &str) -> &'static [&'static str] {
    match (is_registry, header) {
        (true, "person") => keys::PERSON,
        (true, "organization") => keys::ORGANIZATION,
        (true, "office") => keys::OFFICE,
        (true, "place") => keys::PLACE,
        (true, "decree") => keys::DECREE,
        (true, _) => &["version"],
        (false, "corpus") => config::keys::CORPUS,
        (false, "per-file") => config::keys::PER_FILE,
        (false, "suppress") => config::keys::SUPPRESS,
        (false, "pattern") => config::keys::PATTERN,
        (false, "editor") => config::keys::EDITOR,
        (false, "decrees.type") => config::keys::DECREE_TYPE,
        (false, "decrees.agency") => config::keys::DECREE_AGENCY,
        (false, _) => &[],
    }
}

/// The keys that stand in the cursor's table already, above and below it.
fn keys_of_table<'t>(source: &'t Source, before: &'t str) -> Vec<&'t str> {
    let key = |line: &'t str| {
        let (key, _) = line.split_once('=')?;
        key.trim().split('.').next()
    };
    let is_table = |line: &&str| !line.starts_with('[');
    let above = before.lines().rev().skip(1).take_while(is_table).filter_map(key);
    let below = source.text[before.len()..].lines().skip(1).take_while(is_table).filter_map(key);
    above.chain(below).collect()
}

/// The keys of the inline table that is open at the end of a line.
fn inline_keys(head: &str) -> &'static [&'static str] {
    let owner = head.split(['=', '{', '[']).next().unwrap_or_default().trim();
    match owner {
        "successor" => keys::SUCCESSOR,
        "offices" | "" => keys::TENURE,
        _ => &[],
    }
}
