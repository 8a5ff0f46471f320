//! A comparison of two annotators: differences and figures, for people and for programs.
//!
//! Deliberately absent: what counts as a difference, which `curation/` decides.

use std::io::{self, Write};

use serde::Serialize;
use unicode_width::UnicodeWidthStr;

use crate::curation::{Agreement, Comparison, Difference, DifferenceSide};

/// The formats of a comparison.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ComparisonFormat {
    /// Differences side by side in their lines, then the figures; for people.
    Full,
    /// One line a difference, then the figures.
    Concise,
    /// The figures alone, as one JSON object.
    Json,
    /// One JSON object a difference.
    Jsonl,
    /// The figures as Markdown tables.
    Markdown,
}

impl ComparisonFormat {
    /// All formats, by name.
    pub const ALL: [Self; 5] = [Self::Full, Self::Concise, Self::Json, Self::Jsonl, Self::Markdown];

    /// Returns the name on the command line.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::Concise => "concise",
            Self::Json => "json",
            Self::Jsonl => "jsonl",
            Self::Markdown => "markdown",
        }
    }

    /// Returns the purpose, in one line.
    pub const fn purpose(self) -> &'static str {
        match self {
            Self::Full => "Differences in their lines, then the figures; for people",
            Self::Concise => "One line a difference, then the figures",
            Self::Json => "The figures as one JSON object; for scripts",
            Self::Jsonl => "One JSON object a difference; for scripts",
            Self::Markdown => "The figures as tables; for issues and papers",
        }
    }
}

/// Documents of a comparison, by path.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ComparedDocuments {
    /// Those that both sides annotated.
    pub compared: Vec<String>,
    /// Those whose texts differ: the annotations of B were moved to the text of A.
    pub aligned: Vec<String>,
    /// Those that only A annotated, which are left out.
    pub only_a: Vec<String>,
    /// Those that only B annotated, which are left out.
    pub only_b: Vec<String>,
}

#[derive(Serialize)]
struct FigureRow {
    a: u64,
    b: u64,
    exact: u64,
    #[serde(rename = "type")]
    label: u64,
    overlap: u64,
    only_a: u64,
    only_b: u64,
    precision: Option<f64>,
    recall: Option<f64>,
    f1: Option<f64>,
    f1_overlap: Option<f64>,
}

/// Figures with the measures of agreement, which only spans have.
#[derive(Serialize)]
struct MeasuredRow {
    #[serde(flatten)]
    figures: FigureRow,
    kappa: Option<f64>,
    alpha_u: Option<f64>,
}

impl MeasuredRow {
    fn new(figures: Agreement, kappa: Option<f64>, alpha: Option<f64>) -> Self {
        Self { figures: FigureRow::new(figures), kappa: kappa.map(rounded), alpha_u: alpha.map(rounded) }
    }
}

impl FigureRow {
    fn new(figures: Agreement) -> Self {
        Self {
            a: figures.a,
            b: figures.b,
            exact: figures.exact,
            label: figures.label,
            overlap: figures.overlap,
            only_a: figures.only_a,
            only_b: figures.only_b,
            precision: figures.precision().map(rounded),
            recall: figures.recall().map(rounded),
            f1: figures.f1().map(rounded),
            f1_overlap: figures.f1_overlap().map(rounded),
        }
    }
}

/// Six digits: more than annotators can be told apart by, and the same on every machine.
fn rounded(value: f64) -> f64 {
    (value * 1e6).round() / 1e6
}

#[derive(Serialize)]
struct AllRow {
    #[serde(flatten)]
    spans: MeasuredRow,
    links: FigureRow,
    attributes: FigureRow,
    relations: FigureRow,
}

#[derive(Serialize)]
struct DocumentsRow<'a> {
    compared: usize,
    aligned: &'a [String],
    only_a: &'a [String],
    only_b: &'a [String],
}

/// Figures by name, in order.
struct NamedFigures(Vec<(String, MeasuredRow)>);

impl Serialize for NamedFigures {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, row)| (name, row)))
    }
}

#[derive(Serialize)]
struct ComparisonRow<'a> {
    documents: DocumentsRow<'a>,
    types: NamedFigures,
    #[serde(skip_serializing_if = "Option::is_none")]
    by_document: Option<NamedFigures>,
    #[serde(skip_serializing_if = "Option::is_none")]
    by_annotator: Option<NamedFigures>,
    all: AllRow,
}

/// Figures of parts of a comparison, by name.
#[derive(Clone, Copy, Debug)]
pub enum ComparisonParts<'a> {
    /// Of each document.
    Documents(&'a [(String, Comparison)]),
    /// Of each pair of annotators.
    Annotators(&'a [(String, Comparison)]),
}

impl<'a> ComparisonParts<'a> {
    /// Returns the parts.
    pub const fn rows(self) -> &'a [(String, Comparison)] {
        match self {
            Self::Documents(rows) | Self::Annotators(rows) => rows,
        }
    }
}

/// Writes the figures as one JSON object; with `parts` those of parts too.
///
/// # Errors
/// When `out` cannot be written.
pub fn json(
    out: &mut dyn Write,
    documents: &ComparedDocuments,
    comparison: &Comparison,
    parts: Option<ComparisonParts<'_>>,
) -> io::Result<()> {
    let (by_document, by_annotator) = match parts {
        Some(ComparisonParts::Documents(rows)) => (Some(rows), None),
        Some(ComparisonParts::Annotators(rows)) => (None, Some(rows)),
        None => (None, None),
    };
    let of_parts = |all: &[(String, Comparison)]| {
        let row =
            |(name, one): &(String, Comparison)| (name.clone(), MeasuredRow::new(one.all(), one.kappa(), one.alpha()));
        NamedFigures(all.iter().map(row).collect())
    };
    let row = ComparisonRow {
        documents: DocumentsRow {
            compared: documents.compared.len(),
            aligned: &documents.aligned,
            only_a: &documents.only_a,
            only_b: &documents.only_b,
        },
        types: NamedFigures(
            comparison
                .figures()
                .map(|(name, figures, kappa, alpha)| (name.to_owned(), MeasuredRow::new(figures, kappa, alpha)))
                .collect(),
        ),
        by_document: by_document.map(of_parts),
        by_annotator: by_annotator.map(of_parts),
        all: AllRow {
            spans: MeasuredRow::new(comparison.all(), comparison.kappa(), comparison.alpha()),
            links: FigureRow::new(comparison.links()),
            attributes: FigureRow::new(comparison.attributes()),
            relations: FigureRow::new(comparison.relations()),
        },
    };
    serde_json::to_writer_pretty(&mut *out, &row)?;
    writeln!(out)
}

#[derive(Serialize)]
struct SideRow<'a> {
    id: &'a str,
    #[serde(rename = "type")]
    label: &'a str,
    chars: &'a [(u32, u32)],
    text: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    value: &'a str,
}

impl<'a> SideRow<'a> {
    fn new(side: &'a DifferenceSide) -> Self {
        let DifferenceSide { id, label, fragments, text, value, number: _ } = side;
        Self { id, label, chars: fragments, text, value }
    }
}

#[derive(Serialize)]
struct DifferenceRow<'a> {
    path: &'a str,
    difference: &'static str,
    a: Option<SideRow<'a>>,
    b: Option<SideRow<'a>>,
}

/// Writes one difference as a line of JSON.
///
/// # Errors
/// When `out` cannot be written.
pub fn jsonl(out: &mut dyn Write, path: &str, difference: &Difference) -> io::Result<()> {
    let row = DifferenceRow {
        path,
        difference: difference.kind.as_str(),
        a: difference.a.as_ref().map(SideRow::new),
        b: difference.b.as_ref().map(SideRow::new),
    };
    serde_json::to_writer(&mut *out, &row)?;
    writeln!(out)
}

/// One side in words: type, text and what is in question.
fn words(side: Option<&DifferenceSide>) -> String {
    match side {
        None => "nothing".to_owned(),
        Some(side) if side.value.is_empty() => format!("{} `{}`", side.label, side.text),
        Some(side) => format!("{} `{}` {}", side.label, side.text, side.value),
    }
}

/// A text as differences are shown in it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ComparedText {
    letters: Vec<char>,
    /// The first code point of each line.
    lines: Vec<usize>,
}

impl ComparedText {
    /// Prepares a text.
    pub fn new(text: &str) -> Self {
        let letters: Vec<char> = text.chars().collect();
        let mut lines = vec![0];
        for (at, letter) in letters.iter().enumerate() {
            let ends = *letter == '\n' || *letter == '\r' && letters.get(at + 1) != Some(&'\n');
            lines.extend(ends.then_some(at + 1));
        }
        Self { letters, lines }
    }

    /// Line and column of the first code point in question, from 1.
    fn position(&self, difference: &Difference) -> (usize, usize) {
        let side = difference.a.as_ref().or(difference.b.as_ref());
        let start = side.and_then(|side| side.fragments.first()).map_or(0, |first| first.0) as usize;
        let line = self.lines.partition_point(|first| *first <= start);
        (line, start - self.lines[line - 1] + 1)
    }
}

/// Writes one difference as a line: `path:line:column: difference: A has …; B has …`.
///
/// # Errors
/// When `out` cannot be written.
pub fn concise(out: &mut dyn Write, path: &str, text: &ComparedText, difference: &Difference) -> io::Result<()> {
    let (line, column) = text.position(difference);
    let (kind, a, b) = (difference.kind.as_str(), words(difference.a.as_ref()), words(difference.b.as_ref()));
    writeln!(out, "{path}:{line}:{column}: {kind}: A has {a}; B has {b}")
}

/// Columns of a line that are shown around a difference.
const AROUND: usize = 30; // code points on either side

/// Writes one difference with the line it is in, and what each side marked in it.
///
/// # Errors
/// When `out` cannot be written.
pub fn full(out: &mut dyn Write, path: &str, text: &ComparedText, difference: &Difference) -> io::Result<()> {
    let (line, column) = text.position(difference);
    writeln!(out, "{}: {path}:{line}:{column}", difference.kind.as_str())?;
    let sides = [("A", difference.a.as_ref()), ("B", difference.b.as_ref())];
    let marked: Vec<(u32, u32)> =
        sides.iter().filter_map(|(_, side)| *side).flat_map(|side| side.fragments.clone()).collect();
    let first = marked.iter().map(|one| one.0).min().unwrap_or(0) as usize;
    let last = marked.iter().map(|one| one.1).max().unwrap_or(0) as usize;
    let letters = &text.letters;
    let is_break = |letter: &char| matches!(letter, '\n' | '\r');
    let line_start = letters[..first.min(letters.len())].iter().rposition(is_break).map_or(0, |at| at + 1);
    let from = line_start.max(first.saturating_sub(AROUND));
    let behind = letters.get(last.min(letters.len())..).unwrap_or_default();
    let line_end = last.min(letters.len()) + behind.iter().position(is_break).unwrap_or(behind.len());
    let to = line_end.min(last + AROUND).max(from);
    // A control character would move the marks, or do worse on a terminal.
    let shown = |start: usize, end: usize| -> String {
        let letters = letters.get(start..end.max(start)).unwrap_or_default();
        letters.iter().map(|letter| if letter.is_control() { ' ' } else { *letter }).collect()
    };
    let (before, after) = (if from > line_start { "…" } else { "" }, if to < line_end { "…" } else { "" });
    writeln!(out, "    {before}{}{after}", shown(from, to))?;
    for (name, side) in sides {
        let Some(side) = side else {
            writeln!(out, "  {name} nothing")?;
            continue;
        };
        let mut marks = " ".repeat(before.width());
        let mut at = from;
        for &(start, end) in &side.fragments {
            let (start, end) = ((start as usize).clamp(at, to), (end as usize).clamp(at, to));
            marks.push_str(&" ".repeat(shown(at, start).width()));
            marks.push_str(&"^".repeat(shown(start, end).width().max(1)));
            at = end;
        }
        writeln!(out, "  {name} {marks} {}", if side.value.is_empty() { &side.label } else { &side.value })?;
    }
    writeln!(out)
}

/// Writes the figures as a table for people.
///
/// # Errors
/// When `out` cannot be written.
pub fn table(
    out: &mut dyn Write,
    comparison: &Comparison,
    by_document: Option<&[(String, Comparison)]>,
    markdown: bool,
) -> io::Result<()> {
    let head =
        ["", "A", "B", "same", "other type", "overlap", "only A", "only B", "P", "R", "F1", "F1 overlap", "κ", "α_u"];
    let mut rows: Vec<[String; 14]> = Vec::new();
    let all = ("all".to_owned(), comparison.all(), Some(comparison.kappa()), Some(comparison.alpha()));
    let named: Vec<_> = match by_document {
        Some(documents) => documents
            .iter()
            .map(|(name, one)| (name.clone(), one.all(), Some(one.kappa()), Some(one.alpha())))
            .collect(),
        None => comparison
            .figures()
            .map(|(name, figures, kappa, alpha)| (name.to_owned(), figures, Some(kappa), Some(alpha)))
            .collect(),
    };
    let said =
        [("links", comparison.links()), ("attributes", comparison.attributes()), ("relations", comparison.relations())];
    let said = said.into_iter().filter(|(_, figures)| figures.a + figures.b > 0);
    let rest = said.map(|(name, figures)| (name.to_owned(), figures, None, None));
    for (name, figures, kappa, alpha) in named.into_iter().chain([all]).chain(rest) {
        let share = |value: Option<f64>| value.map_or_else(|| "-".to_owned(), |value| format!("{value:.3}"));
        let measure = |value: Option<Option<f64>>| value.map_or_else(String::new, share);
        rows.push([
            name,
            figures.a.to_string(),
            figures.b.to_string(),
            figures.exact.to_string(),
            figures.label.to_string(),
            figures.overlap.to_string(),
            figures.only_a.to_string(),
            figures.only_b.to_string(),
            share(figures.precision()),
            share(figures.recall()),
            share(figures.f1()),
            share(figures.f1_overlap()),
            measure(kappa),
            measure(alpha),
        ]);
    }
    if markdown {
        writeln!(out, "| {} |", head.join(" | "))?;
        writeln!(out, "| --- |{}", " ---: |".repeat(head.len() - 1))?;
        for row in &rows {
            writeln!(out, "| {} |", row.clone().map(|cell| cell.replace('|', "\\|")).join(" | "))?;
        }
        return Ok(());
    }
    let width =
        |column: usize| rows.iter().map(|row| row[column].width()).chain([head[column].width()]).max().unwrap_or(0);
    for row in std::iter::once(head.map(str::to_owned)).chain(rows.iter().cloned()) {
        let mut line = String::new();
        for (column, cell) in row.iter().enumerate() {
            let pad = " ".repeat(width(column) - cell.width());
            line.push_str(&if column == 0 { format!("{cell}{pad}") } else { format!("  {pad}{cell}") });
        }
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::{AnnotatedDocument, Standoff};
    use crate::curation::ComparableDocument;

    const TEXT: &str = "Tin mới.\nBà Trần Lan Anh ở Huế, ลาวและไทย.\n";

    fn compared() -> (Vec<Difference>, Comparison) {
        let document =
            |source: &str| ComparableDocument::from(&AnnotatedDocument::of("", TEXT, &[Standoff::parse(source)]).0);
        let mut comparison = Comparison::default();
        let differences = comparison.add(
            &document("T1\tPerson 12 24\tTrần Lan Anh\nT2\tPlace 27 30\tHuế\nN1\tReference T2 registry:hue\tHuế\nT3\tPlace 32 35\tลาว\n"),
            &document("T1\tPerson 17 24\tLan Anh\nT2\tPlace 27 30\tHuế\n"),
        );
        (differences, comparison)
    }

    #[test]
    fn differences_in_their_lines() {
        let text = ComparedText::new(TEXT);
        let (differences, _) = compared();
        let mut out = Vec::new();
        for difference in &differences {
            full(&mut out, "a.txt", &text, difference).unwrap();
            concise(&mut out, "a.txt", &text, difference).unwrap();
        }
        assert_eq!(
            String::from_utf8(out).unwrap(),
            "boundary: a.txt:2:4\n    Bà Trần Lan Anh ở Huế, ลาวและไทย.\n  A    ^^^^^^^^^^^^ Person\n  B         ^^^^^^^ Person\n\n\
             a.txt:2:4: boundary: A has Person `Trần Lan Anh`; B has Person `Lan Anh`\n\
             link: a.txt:2:19\n    Bà Trần Lan Anh ở Huế, ลาวและไทย.\n  A                   ^^^ registry:hue\n  B nothing\n\n\
             a.txt:2:19: link: A has Place `Huế` registry:hue; B has nothing\n\
             missing: a.txt:2:24\n    Bà Trần Lan Anh ở Huế, ลาวและไทย.\n  A                        ^^^ Place\n  B nothing\n\n\
             a.txt:2:24: missing: A has Place `ลาว`; B has nothing\n"
        );
    }

    #[test]
    fn figures_as_tables() {
        let mut out = Vec::new();
        table(&mut out, &compared().1, None, true).unwrap();
        assert_eq!(
            String::from_utf8(out)
                .unwrap()
                .lines()
                .skip(2)
                .map(|line| line.split(" | ").take(8).collect::<Vec<_>>().join(" "))
                .collect::<Vec<_>>(),
            ["| Person 1 1 0 0 1 0 0", "| Place 2 1 1 0 0 1 0", "| all 3 2 1 0 1 1 0", "| links 1 0 0 0 0 1 0"]
        );
    }
}
