//! How often is each entry of a registry file mentioned?
//!
//! The places come at once, the counts when somebody looks at them.

use compact_str::CompactString;

use super::count;
use super::target::{Subject, word_place};
use crate::corpus::Snapshot;
use crate::text::{FileId, Place};

/// A line above an entry.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Lens {
    /// The entry's id, in its file: where references may be asked for.
    pub place: Place,
    /// The id.
    pub id: CompactString,
}

/// One for each entry of a registry file, in order.
pub fn code_lens(snapshot: &Snapshot, file: FileId) -> Vec<Lens> {
    let entries = snapshot.registry.of_file(file);
    entries
        .filter_map(|entity| Some(Lens { place: word_place(snapshot, entity, entity.id_at)?, id: entity.id.clone() }))
        .collect()
}

/// What a lens says: `12 mentions in 4 files`. None where the entry is gone.
pub fn resolve_code_lens(snapshot: &Snapshot, lens: &Lens) -> Option<String> {
    let entity = snapshot.registry.by_id(&lens.id)?;
    let counts = count::count(snapshot, &Subject::of_entity(snapshot, entity.ix), None);
    let at_most = if counts.exact { "" } else { "at most " };
    let plural = |number: u32, word: &str| if number == 1 { format!("1 {word}") } else { format!("{number} {word}s") };
    Some(match counts.mentions {
        0 => "no mentions".to_owned(),
        mentions => format!("{at_most}{} in {}", plural(mentions, "mention"), plural(counts.files, "file")),
    })
}
