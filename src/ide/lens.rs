//! Lenses: how often each entry of a registry file is mentioned.
//!
//! The places come at once, the counts when somebody looks at them.

use std::fmt;

use compact_str::CompactString;

use super::count::{self, EntityCount};
use super::entry::{EntryAt, entry_with_id};
use super::target::{Subject, line_of_id, unquoted};
use crate::corpus::Snapshot;
use crate::registry::RegistryEntry;
use crate::text::{FileId, Place};

/// A line above an entry.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct EntryLens {
    /// The entry's id, in its file: where references may be asked for.
    pub place: Place,
    /// The id.
    pub id: CompactString,
}

/// One for each entry of a registry file, in order.
pub fn code_lens(snapshot: &Snapshot, file: FileId) -> Vec<EntryLens> {
    let entries = snapshot.registry.of_file(file);
    let lens = |entry: RegistryEntry<'_>| {
        let place = unquoted(snapshot, entry.origin(entry.entity.id_at))?;
        Some(EntryLens { place, id: entry.entity.id.clone() })
    };
    entries.filter_map(lens).collect()
}

/// The standing of an entry in one corpus or several. Shown, it is what its lens says: `12 mentions in 4 files`, or why
/// the entry is not in force.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum EntryStanding {
    /// Not in force: the id is taken by the entry there: `people.toml, line 3`.
    Idle(String),
    /// So often it is mentioned.
    InForce(EntityCount),
}

/// The entry of a lens of a registry file, wherever it stands by now; `None` where it is gone. Of the lens's place the
/// start has to do.
pub fn lens_entry(snapshot: &Snapshot, file: FileId, lens: &EntryLens) -> Option<EntryAt> {
    let entry = snapshot.registry.at(file, lens.place.start.byte).filter(|entry| entry.entity.id == lens.id);
    entry.map(|entry| EntryAt::of_entry(&entry)).or_else(|| entry_with_id(snapshot, &lens.id))
}

/// Returns the standing of an entry in a corpus; `None` where it does not.
pub fn standing(snapshot: &Snapshot, entry: &EntryAt) -> Option<EntryStanding> {
    let entry = entry.entry(snapshot)?;
    if let Some(first) = entry.taken_by {
        return Some(EntryStanding::Idle(line_of_id(snapshot, first)?));
    }
    let counts = count::count(snapshot, &Subject::of_entity(snapshot, entry.entity.ix), None);
    Some(EntryStanding::InForce(EntityCount { mentions: counts.mentions, files: counts.files, exact: counts.exact }))
}

impl EntryStanding {
    /// Returns the standing in two corpora: it counts where it is in force.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::InForce(one), Self::InForce(other)) => Self::InForce(one.and(other)),
            (one, Self::Idle(_)) => one,
            (Self::Idle(_), other) => other,
        }
    }
}

impl fmt::Display for EntryStanding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plural = |number: u32, word: &str| format!("{number} {word}{}", if number == 1 { "" } else { "s" });
        match self {
            Self::Idle(first) => write!(f, "not in force: the id is taken by {first}"),
            Self::InForce(EntityCount { mentions: 0, .. }) => write!(f, "no mentions"),
            Self::InForce(EntityCount { mentions, files, exact }) => {
                let at_most = if *exact { "" } else { "at most " };
                write!(f, "{at_most}{} in {}", plural(*mentions, "mention"), plural(*files, "file"))
            }
        }
    }
}
