//! `mentions --statistics`: how many mentions there are of each kind, annotations of each type and by each annotator.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde::Serialize;

use crate::render::mentions::{MentionFormat, MentionLink, MentionRow};
use crate::render::one_line;

/// Counts by what they are about.
#[derive(Default)]
pub struct MentionCounts {
    counts: BTreeMap<(CountedBy, String), LinkCount>,
}

/// The thing that is counted by.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
enum CountedBy {
    Kind,
    Type,
    Annotator,
}

/// A number of mentions, and how many of them are linked.
#[derive(Clone, Copy, Default)]
struct LinkCount {
    count: usize,
    linked: usize,
}

/// A row for scripts.
#[derive(Serialize)]
struct CountRow<'a> {
    by: CountedBy,
    name: &'a str,
    count: usize,
    linked: usize,
}

impl MentionCounts {
    /// Counts a mention.
    pub fn add(&mut self, row: &MentionRow<'_>) {
        let is_linked = row.link != MentionLink::None;
        let label = row.label.as_deref().map(|label| (CountedBy::Type, label));
        let annotator = row.annotation.as_ref().and_then(|columns| columns.annotator.as_deref());
        let by = [Some((CountedBy::Kind, &*row.kind)), label, annotator.map(|name| (CountedBy::Annotator, name))];
        for (by, name) in by.into_iter().flatten() {
            let count = self.counts.entry((by, name.to_owned())).or_default();
            count.count += 1;
            count.linked += usize::from(is_linked);
        }
    }

    /// Writes the counts: for scripts one JSON object a line, else a table.
    ///
    /// # Errors
    /// When writing fails.
    pub fn write(&self, out: &mut dyn Write, format: MentionFormat) -> io::Result<()> {
        if format == MentionFormat::Jsonl {
            return self.counts.iter().try_for_each(|((by, name), LinkCount { count, linked })| {
                serde_json::to_writer(&mut *out, &CountRow { by: *by, name, count: *count, linked: *linked })?;
                writeln!(out)
            });
        }
        let width = self.counts.values().map(|count| count.count.to_string().len()).max().unwrap_or(0);
        let mut before = None;
        for ((by, name), LinkCount { count, linked }) in &self.counts {
            if before.replace(*by) != Some(*by) {
                let head = match by {
                    CountedBy::Kind => "by kind",
                    CountedBy::Type => "annotations by type",
                    CountedBy::Annotator => "annotations by annotator",
                };
                writeln!(out, "{head}")?;
            }
            writeln!(out, "  {count:width$}  {}  ({linked} linked)", one_line(name))?;
        }
        Ok(())
    }
}
