//! Everything that the corpora are about, a page at a time: what a view of entities shows.
//!
//! Deliberately absent: what is listed and how it is counted (`ide::entities`).

use std::cmp::Reverse;

use camino::Utf8PathBuf;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use tower_lsp::ls_types as lsp;

use super::commands::value;
use crate::ide::{self, EntityCount, ListedEntity, SymbolKind};
use crate::lsp::view::CorpusView;
use crate::registry::EntityKind;
use crate::text::{FileId, fold};

/// A question for a part of the list.
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase", deny_unknown_fields)]
pub struct EntityListQuestion {
    /// A part of a spelling, in any script, or of an id; empty for all.
    query: String,
    /// Of this kind alone.
    kind: Option<ListedKind>,
    order: ListOrder,
    /// Rows that were shown before.
    offset: usize,
    /// The most rows of the answer; 0 asks for the numbers alone.
    limit: Option<usize>,
}

/// The rows of an answer where the question says nothing.
const PAGE: usize = 500;

/// The ways to put the list in order.
#[derive(Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
enum ListOrder {
    /// The better match first, then the more mentioned, then by name.
    #[default]
    Mentions,
    /// By name, up to case and marks.
    Name,
}

/// The kinds of rows, in the order in which they are listed.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum ListedKind {
    Official,
    Person,
    Organization,
    Office,
    Place,
    Decree,
    /// Something that a pattern of the corpus's own has found.
    Pattern,
}

impl ListedKind {
    const ALL: [Self; 7] =
        [Self::Official, Self::Person, Self::Organization, Self::Office, Self::Place, Self::Decree, Self::Pattern];

    const fn of(kind: SymbolKind) -> Option<Self> {
        Some(match kind {
            SymbolKind::Entity(EntityKind::Official) => Self::Official,
            SymbolKind::Entity(EntityKind::Person) => Self::Person,
            SymbolKind::Entity(EntityKind::Organization) => Self::Organization,
            SymbolKind::Entity(EntityKind::Office) => Self::Office,
            SymbolKind::Entity(EntityKind::Place) => Self::Place,
            SymbolKind::Entity(EntityKind::Decree) => Self::Decree,
            SymbolKind::Pattern => Self::Pattern,
            _ => return None,
        })
    }
}

/// The answer.
#[derive(Serialize)]
struct EntityList {
    /// The kinds of which there is something, each with its number of rows, whatever kind was asked for.
    kinds: Vec<KindCount>,
    /// The rows that match, all pages together.
    total: usize,
    entities: Vec<EntityRow>,
}

#[derive(Serialize)]
struct KindCount {
    kind: ListedKind,
    count: usize,
}

#[derive(Serialize)]
struct EntityRow {
    /// The id; none where the registry has no entry.
    #[serde(skip_serializing_if = "Option::is_none")]
    entry: Option<String>,
    /// The preferred name in each script.
    name: String,
    kind: ListedKind,
    /// The id and the office; without an entry the text that mentions it first.
    detail: String,
    mentions: u32,
    /// Texts that mention it.
    files: u32,
    /// False where some of the mentions may be another's.
    exact: bool,
    /// The entry; without one the first mention.
    location: lsp::Location,
}

/// One row before it is shown, with the corpus that has it.
struct ListedRow<'v> {
    view: &'v CorpusView,
    kind: ListedKind,
    row: ListedEntity<'v>,
    /// The mentions in all corpora that share the entry.
    count: EntityCount,
}

impl<'v> ListedRow<'v> {
    /// The key for the order by name; of two with one name the entry decides.
    fn by_name(&self) -> (String, &'v str, Option<(&'v str, FileId)>) {
        let name = self.row.name(&self.view.snapshot);
        (fold::fold(name), name, self.row.entry(&self.view.snapshot))
    }
}

/// Answers a question about corpora.
pub fn list(views: &[CorpusView], question: &EntityListQuestion) -> lsp::LSPAny {
    let all = rows_of(views, &question.query);
    let number = |kind| all.iter().filter(|listed| listed.kind == kind).count();
    let kinds = ListedKind::ALL.map(|kind| KindCount { kind, count: number(kind) });
    let kinds = kinds.into_iter().filter(|of| of.count > 0).collect();
    let wanted = |listed: &ListedRow<'_>| question.kind.is_none_or(|kind| listed.kind == kind);
    let mut all: Vec<ListedRow<'_>> = all.into_iter().filter(wanted).collect();
    let total = all.len();
    let limit = question.limit.unwrap_or(PAGE);
    if limit > 0 {
        sort(&mut all, question.order);
    }
    let rows = all.iter().skip(question.offset).take(limit);
    value(&EntityList { kinds, total, entities: rows.filter_map(shown).collect() })
}

/// Everything that matches in the corpora; an entry that several share once, with the mentions of all.
fn rows_of<'v>(views: &'v [CorpusView], query: &str) -> Vec<ListedRow<'v>> {
    let mut all: Vec<ListedRow<'v>> = Vec::new();
    let any_shared = views.iter().any(|view| view.snapshot.config.reaching_out().next().is_some());
    let mut known: FxHashMap<(Utf8PathBuf, &str), usize> = FxHashMap::default();
    for view in views {
        for row in ide::entities(&view.snapshot, query) {
            let Some(kind) = ListedKind::of(row.kind) else { continue };
            let listed = ListedRow { view, kind, row, count: row.count };
            let entry = any_shared.then(|| row.entry(&view.snapshot)).flatten();
            let key = entry.and_then(|(id, file)| Some((view.path(file)?, id)));
            match key.as_ref().and_then(|key| known.get(key)) {
                Some(at) => all[*at].count = all[*at].count.and(row.count),
                None => {
                    known.extend(key.map(|key| (key, all.len())));
                    all.push(listed);
                }
            }
        }
    }
    all
}

/// Puts rows in an order that depends on nothing but what they say.
fn sort(rows: &mut [ListedRow<'_>], order: ListOrder) {
    match order {
        ListOrder::Mentions => rows.sort_by_cached_key(|listed| {
            let ListedRow { row, count, .. } = listed;
            (Reverse(row.score), Reverse(count.mentions), Reverse(count.files), listed.by_name())
        }),
        ListOrder::Name => rows.sort_by_cached_key(ListedRow::by_name),
    }
}

fn shown(listed: &ListedRow<'_>) -> Option<EntityRow> {
    let ListedRow { view, kind, row, count } = listed;
    let symbol = row.symbol(&view.snapshot)?;
    Some(EntityRow {
        entry: symbol.entry,
        name: symbol.name,
        kind: *kind,
        detail: symbol.container,
        mentions: count.mentions,
        files: count.files,
        exact: count.exact,
        location: view.location(symbol.file, symbol.place)?,
    })
}
