//! The list of everything that a corpus is about: the entries of its registry, cited legal documents without an entry,
//! and what its own patterns find, each with how often it is mentioned.
//!
//! The counts are those of the index, which knows no context: a list of thousands is made at once, and opens no text.
//!
//! Deliberately absent: pages of the list, and joining those of several corpora (`lsp/requests/entity_list.rs`).

use super::count::{EntityCount, entity_count, from_files};
use super::outline::SymbolKind;
use super::workspace::{Query, SymbolSource, WorkspaceSymbol, matching};
use crate::corpus::Snapshot;
use crate::registry::EntityKind;
use crate::text::FileId;

/// One row of the list. Cheap; the symbol is made when the row is shown.
#[derive(Clone, Copy)]
pub struct ListedEntity<'s> {
    /// The kind.
    pub kind: SymbolKind,
    /// The mentions.
    pub count: EntityCount,
    /// The score of the match, 1 to 100.
    pub score: u8,
    source: SymbolSource<'s>,
}

/// Everything that matches a query, in no particular order; an empty query matches everything.
pub fn entities<'s>(snapshot: &'s Snapshot, query: &str) -> Vec<ListedEntity<'s>> {
    let listed = |(source, score)| {
        let (kind, count) = match source {
            SymbolSource::Entity(entity) => {
                (SymbolKind::Entity(snapshot.registry.get(entity).kind), entity_count(snapshot, entity))
            }
            SymbolSource::Decree(reference) => {
                let cited = snapshot.index.decree(reference).into_iter().flat_map(|cited| &cited.files);
                (SymbolKind::Entity(EntityKind::Decree), from_files(cited.map(|cited| cited.count)))
            }
            SymbolSource::Pattern(kind, value) => {
                let found = snapshot.index.pattern(kind, value).iter();
                (SymbolKind::Pattern, from_files(found.map(|(_, found)| *found)))
            }
        };
        ListedEntity { kind, count, score, source }
    };
    matching(snapshot, &Query::new(query)).map(listed).collect()
}

impl<'s> ListedEntity<'s> {
    /// The name by which the list may be put in order.
    pub fn name(&self, snapshot: &'s Snapshot) -> &'s str {
        match self.source {
            SymbolSource::Entity(entity) => snapshot.registry.get(entity).display_name(),
            SymbolSource::Decree(name) | SymbolSource::Pattern(_, name) => name,
        }
    }

    /// The id and the registry file that has the entry: corpora that share the file mean the same by them.
    pub fn entry(&self, snapshot: &'s Snapshot) -> Option<(&'s str, FileId)> {
        let SymbolSource::Entity(entity) = self.source else { return None };
        let entity = snapshot.registry.get(entity);
        Some((&entity.id, snapshot.registry.file_of(entity)))
    }

    /// The row as it is shown, with the place to go to; `None` where the place is not there any more.
    pub fn symbol(&self, snapshot: &Snapshot) -> Option<WorkspaceSymbol> {
        self.source.symbol(snapshot, self.score)
    }
}
