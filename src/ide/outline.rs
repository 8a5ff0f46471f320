//! Outlines: of a text the things it mentions, by kind; of a registry file its entries; of the
//! configuration its tables.

use compact_str::{CompactString, ToCompactString as _};
use rustc_hash::FxHashMap;

use super::target::reference_of;
use crate::corpus::document::Document;
use crate::corpus::mention::{Mention, MentionKind, mentions};
use crate::corpus::snapshot::SourceFile;
use crate::corpus::{File, Snapshot};
use crate::ide::place::links_of;
use crate::registry::{Entity, EntityKind, RegistryEntry};
use crate::text::{FileId, Place, Span};
use crate::toml_tree::{self, TomlValue};

/// A node of the outline.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OutlineSymbol {
    /// The name.
    pub name: String,
    /// The text beside the name.
    pub detail: String,
    /// The kind.
    pub kind: SymbolKind,
    /// All of it: in a registry the entry, in a text the first mention. What is mentioned is mentioned all over the
    /// text, so that ranges which hold all mentions would overlap, and no cursor would be in one of them alone.
    pub whole: Place,
    /// The place to put the cursor on; lies in `whole`.
    pub focus: Place,
    /// The nodes below it, in the order of the file.
    pub children: Vec<OutlineSymbol>,
}

/// The kinds of nodes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SymbolKind {
    /// Everything of one kind.
    Group,
    /// Something in the registry, in it or mentioned.
    Entity(EntityKind),
    /// A date.
    Date,
    /// Something of a kind of the user's.
    Pattern,
    /// One mention of what stands above it.
    Mention,
    /// An office held.
    Tenure,
    /// A table of the configuration.
    Table,
}

/// The outline of a file.
pub fn document_symbols(snapshot: &Snapshot, file: FileId) -> Vec<OutlineSymbol> {
    if let Some(file) = snapshot.file(file) {
        return of_text(snapshot, file);
    }
    match snapshot.source(file) {
        Some(source) if snapshot.registry_files.contains_key(&file) => of_registry(snapshot, file, source),
        Some(source) => of_config(source),
        None => Vec::new(),
    }
}

/// The groups of a text's outline, in their order; those of the user's kinds come behind them.
const GROUPS: [&str; 6] = ["People", "Organisations", "Offices", "Places", "Legal documents", "Dates"];

fn of_text(snapshot: &Snapshot, file: &File) -> Vec<OutlineSymbol> {
    let profile = snapshot.profile(file);
    // The things of each group, by their first mention.
    let mut things: FxHashMap<usize, Vec<OutlineSymbol>> = FxHashMap::default();
    let mut known: FxHashMap<(usize, CompactString), usize> = FxHashMap::default();
    let mut text = file.document().map(Document::reader);
    for mention in mentions(file, &profile, links_of(snapshot, &profile)) {
        let (group, key) = group(snapshot, &mention);
        let of_group = things.entry(group).or_default();
        let at = *known.entry((group, key)).or_insert_with_key(|(_, key)| {
            of_group.push(thing(snapshot, &mention, key));
            of_group.len() - 1
        });
        let of = &mut of_group[at];
        // Of a name the facts keep the text, of all else only an open document has it.
        let surface = match &mention.what {
            MentionKind::Name(name) => name.surface.to_owned(),
            MentionKind::Decree { .. } | MentionKind::Date { .. } | MentionKind::Pattern(_) => {
                text.as_mut().map(|text| text.slice(mention.place.span())).unwrap_or_default()
            }
        };
        of.children.push(OutlineSymbol {
            name: if surface.is_empty() { of.name.clone() } else { surface },
            detail: format!("line {}", mention.place.start.line + 1),
            kind: SymbolKind::Mention,
            whole: mention.place,
            focus: mention.place,
            children: Vec::new(),
        });
    }
    let of_patterns = snapshot.patterns().kinds().map(|(kind, name)| (GROUPS.len() + usize::from(kind), name));
    let groups = GROUPS.iter().copied().enumerate().chain(of_patterns).filter_map(|(number, name)| {
        let children = things.remove(&number)?;
        let first = children.first()?;
        Some(OutlineSymbol {
            name: name.into(),
            detail: children.len().to_string(),
            kind: SymbolKind::Group,
            whole: first.whole,
            focus: first.focus,
            children,
        })
    });
    groups.collect()
}

/// The group of a mention, and what makes it the same thing as another.
fn group(snapshot: &Snapshot, mention: &Mention<'_>) -> (usize, CompactString) {
    match &mention.what {
        MentionKind::Name(name) => {
            let group = match name.kind {
                EntityKind::Official | EntityKind::Person => 0,
                EntityKind::Organization => 1,
                EntityKind::Office => 2,
                EntityKind::Place => 3,
                EntityKind::Decree => 4,
            };
            match name.one() {
                Some(one) => (group, snapshot.registry.get(one).id.clone()),
                None => (group, compact_str::format_compact!("?{}", name.surface)),
            }
        }
        MentionKind::Decree { fact, .. } => (4, fact.symbol.reference.clone()),
        MentionKind::Date { reading, resolved, .. } => {
            let value = || reading.value.as_ref().map(|value| value.to_compact_string());
            (5, resolved.clone().or_else(value).unwrap_or_else(|| "no such date".into()))
        }
        MentionKind::Pattern(fact) => (GROUPS.len() + usize::from(fact.kind), fact.value.clone()),
    }
}

/// The node of what is mentioned, without its mentions.
fn thing(snapshot: &Snapshot, mention: &Mention<'_>, key: &str) -> OutlineSymbol {
    let (name, detail, kind) = match &mention.what {
        MentionKind::Name(name) => {
            let kind = SymbolKind::Entity(name.kind);
            match name.one().map(|one| snapshot.registry.get(one)) {
                Some(entity) => (entity.display_name(), entity.id.as_str(), kind),
                None => (name.surface, "undecided", kind),
            }
        }
        MentionKind::Decree { .. } => (key, "", SymbolKind::Entity(EntityKind::Decree)),
        MentionKind::Date { .. } => (key, "", SymbolKind::Date),
        MentionKind::Pattern(_) => (key, "", SymbolKind::Pattern),
    };
    OutlineSymbol {
        name: name.to_owned(),
        detail: detail.to_owned(),
        kind,
        whole: mention.place,
        focus: mention.place,
        children: Vec::new(),
    }
}

fn of_registry(snapshot: &Snapshot, file: FileId, source: &SourceFile) -> Vec<OutlineSymbol> {
    let entries = snapshot.registry.of_file(file);
    entries.map(|entry| of_entry(snapshot, source, &entry)).collect()
}

fn of_entry(snapshot: &Snapshot, source: &SourceFile, entry: &RegistryEntry<'_>) -> OutlineSymbol {
    let entity = entry.entity;
    let place = |at: Span| source.place_in_force(entry.origin(at).span);
    let tenures = entity.tenures().iter().map(|tenure| {
        let name = snapshot.registry.office(tenure).map(Entity::display_name);
        OutlineSymbol {
            name: name.unwrap_or(&tenure.office.id).to_owned(),
            detail: tenure.office.id.to_string(),
            kind: SymbolKind::Tenure,
            whole: place(tenure.whole),
            focus: place(tenure.office.at),
            children: Vec::new(),
        }
    });
    let name = match entity.kind {
        EntityKind::Decree => reference_of(snapshot, entity).to_string(),
        _ => entity.display_name().to_owned(),
    };
    let detail = match entry.taken_by {
        None => entity.id.to_string(),
        Some(_) => format!("{}, not in force", entity.id),
    };
    OutlineSymbol {
        name,
        detail,
        kind: SymbolKind::Entity(entity.kind),
        whole: place(Span::new(0, entity.len)),
        focus: place(entity.id_at),
        children: tenures.collect(),
    }
}

/// The tables and series of tables of a TOML file.
fn of_config(source: &SourceFile) -> Vec<OutlineSymbol> {
    let Ok(root) = toml_tree::parse(&source.text) else { return Vec::new() };
    let mut symbols = Vec::new();
    for (key, item) in &root.entries {
        match &item.value {
            TomlValue::Array(items) if items.iter().all(|item| item.value.as_table().is_some()) => {
                let tables = items.iter().filter_map(|item| Some((item.value.as_table()?, item.span)));
                symbols.extend(tables.map(|(table, span)| {
                    let detail = ["path", "name", "rule"].iter().find_map(|key| table.get(key)?.value.as_string());
                    table_symbol(source, &key.value, detail.as_deref().unwrap_or_default(), table.head, span)
                }));
            }
            TomlValue::Table(table) => symbols.push(table_symbol(source, &key.value, "", table.head, item.span)),
            _ => symbols.push(table_symbol(source, &key.value, "", key.span, key.span.cover(item.span))),
        }
    }
    symbols
}

fn table_symbol(source: &SourceFile, name: &str, detail: &str, head: Span, whole: Span) -> OutlineSymbol {
    OutlineSymbol {
        name: name.to_owned(),
        detail: detail.to_owned(),
        kind: SymbolKind::Table,
        whole: source.place(whole.cover(head)),
        focus: source.place(head),
        children: Vec::new(),
    }
}
