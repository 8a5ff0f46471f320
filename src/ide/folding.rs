//! Folds: paragraphs of a text that are set apart by empty lines, entries of a registry file, tables
//! of the configuration, lists and comments of both.

use crate::corpus::Snapshot;
use crate::corpus::snapshot::SourceFile;
use crate::text::FileId;
use crate::text::position::lines;

/// Lines that fold to the first of them, from 0.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct FoldedLines {
    /// The line that stays.
    pub start: u32,
    /// The last line that goes.
    pub end: u32,
    /// True where it is a comment.
    pub comment: bool,
}

/// The folds of a file, by start. Texts fold where they are open.
pub fn folding_ranges(snapshot: &Snapshot, file: FileId) -> Vec<FoldedLines> {
    if let Some(document) = snapshot.file(file).and_then(|file| file.document()) {
        return paragraphs(&document.text());
    }
    snapshot.source(file).map(of_toml).unwrap_or_default()
}

fn paragraphs(text: &str) -> Vec<FoldedLines> {
    blocks(text, |line| !line.trim().is_empty())
        .map(|(start, end)| FoldedLines { start, end, comment: false })
        .collect()
}

/// Series of at least two lines that `belong`.
fn blocks<'t>(text: &'t str, belongs: impl Fn(&str) -> bool + 't) -> impl Iterator<Item = (u32, u32)> + 't {
    let mut open: Option<u32> = None;
    let numbered = lines(text).map(Some).chain([None]).enumerate();
    numbered.filter_map(move |(number, line)| {
        let number = number as u32;
        if line.is_some_and(&belongs) {
            open.get_or_insert(number);
            return None;
        }
        let start = open.take()?;
        (number - start > 1).then(|| (start, number - 1))
    })
}

/// Tables from their header to their last line, brackets over several lines, comments.
fn of_toml(source: &SourceFile) -> Vec<FoldedLines> {
    let text = &*source.text;
    let mut folds: Vec<FoldedLines> = blocks(text, |line| line.trim_start().starts_with('#'))
        .map(|(start, end)| FoldedLines { start, end, comment: true })
        .collect();
    let mut table: Option<u32> = None;
    let mut bracket: Option<u32> = None;
    let mut last = 0;
    let mut close = |start: Option<u32>, end: u32| {
        folds.extend(start.filter(|start| end > *start).map(|start| FoldedLines { start, end, comment: false }));
    };
    for (number, line) in lines(text).enumerate() {
        let (number, line) = (number as u32, line.trim());
        if bracket.is_none() && line.starts_with('[') {
            close(table.replace(number), last);
        } else if line.ends_with('[') && line.contains('=') {
            bracket = Some(number);
        } else if line.starts_with(']') {
            close(bracket.take(), number);
        }
        // Comments and empty lines above a header belong to nobody.
        if !line.is_empty() && !line.starts_with('#') {
            last = number;
        }
    }
    close(table, last);
    folds.sort_unstable();
    folds
}
