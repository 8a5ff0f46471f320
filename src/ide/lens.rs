//! How often is each entry of a registry file mentioned?
//!
//! The places come at once, the counts when somebody looks at them.

use compact_str::CompactString;

use super::count;
use super::target::{Subject, line_of_id, unquoted};
use crate::corpus::Snapshot;
use crate::registry::Entry;
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
    let lens = |entry: Entry<'_>| {
        let place = unquoted(snapshot, entry.origin(entry.entity.id_at))?;
        Some(Lens { place, id: entry.entity.id.clone() })
    };
    entries.filter_map(lens).collect()
}

/// What a lens of a registry file says: `12 mentions in 4 files`, or why its entry is not in force. None where the entry
/// is gone. Of the lens's place the start has to do.
pub fn resolve_code_lens(snapshot: &Snapshot, file: FileId, lens: &Lens) -> Option<String> {
    let entry = snapshot.registry.at(file, lens.place.start.byte).filter(|entry| entry.entity.id == lens.id);
    if let Some(first) = entry.and_then(|entry| entry.taken_by) {
        return Some(format!("not in force: the id is taken by {}", line_of_id(snapshot, first)?));
    }
    let entity = snapshot.registry.by_id(&lens.id)?;
    let counts = count::count(snapshot, &Subject::of_entity(snapshot, entity.ix), None);
    let at_most = if counts.exact { "" } else { "at most " };
    let plural = |number: u32, word: &str| if number == 1 { format!("1 {word}") } else { format!("{number} {word}s") };
    Some(match counts.mentions {
        0 => "no mentions".to_owned(),
        mentions => format!("{at_most}{} in {}", plural(mentions, "mention"), plural(counts.files, "file")),
    })
}
