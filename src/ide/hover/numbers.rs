//! Counts of mentions, in words.

use super::section::{HoverSection, MENTIONS, files, in_files};
use crate::corpus::Snapshot;
use crate::ide::count::{DatedDocument, EntityCount, SubjectCounts};

/// Counts, first and last.
pub(super) fn numbers(snapshot: &Snapshot, counts: &SubjectCounts, section: &mut HoverSection) {
    section.fact(MENTIONS, mentions(counts));
    let shown = |dated: &DatedDocument| {
        format!("{} in {}", dated.date, snapshot.path(dated.file).map_or("?", |path| path.as_str()))
    };
    match &counts.span {
        Some((first, last)) if first.file != last.file => {
            section.fact("first", shown(first));
            section.fact("last", shown(last));
        }
        _ => {}
    }
}

/// `3 here, 12 in 4 files`; with people named in short `4 here, 1 of them in short; 12 in full in 4 files`.
fn mentions(counts: &SubjectCounts) -> String {
    let all = EntityCount { mentions: counts.mentions, files: counts.files, exact: counts.exact };
    let at_most = if counts.exact { "" } else { "at most " };
    match counts.here {
        Some(here) if counts.short > 0 => {
            let (short, full) = (counts.short, counts.mentions);
            let files = files(counts.files);
            format!("{at_most}{} here, {short} of them in short; {full} in full in {files}", here + short)
        }
        Some(here) => format!("{at_most}{here} here, {} in {}", counts.mentions, files(counts.files)),
        None => in_files(&all),
    }
}
