//! Differences that a person has settled, and the file that remembers them.
//!
//! A difference is remembered by what it says, not by where it stands: offsets change with every edit of a text. One
//! line a difference, sorted; lines are a set, so that two branches can be merged by keeping the lines of both
//! (`merge=union` of git). Deliberately absent: reading and writing the file, which is the business of `disk/`.

use rustc_hash::{FxHashMap, FxHashSet};

use super::columns::{LineRepair, escaped, unescaped};
use super::compare::{Difference, DifferenceKind, DifferenceSide};
use crate::text::Span;
use crate::text::edit::TextEdit;
use crate::text::nearest::nearest;
use crate::text::position::BYTE_ORDER_MARK;

/// The name of the file, beside `scholiast.toml`.
pub const FILE_NAME: &str = "scholiast-settled.tsv";

/// Code points before and behind the words that belong to what is remembered: enough to tell the occurrences of a name
/// in one text from each other, too few to lose a decision with every edit of the sentence.
const CONTEXT: usize = 16;

/// A settled difference, by content.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Hash)]
pub struct SettledPair {
    /// The document.
    pub path: String,
    /// The words with those around them: `lại gặp [Lan Anh] ở Huế`.
    pub place: String,
    /// The sort of difference.
    pub kind: String,
    /// Our side: type, words, and the link, attribute or arguments; empty where only the other side has something.
    pub ours: String,
    /// The other side.
    pub theirs: String,
}

impl SettledPair {
    /// The content of a difference of a document, whose text is given as its letters.
    pub fn of(path: &str, letters: &[char], difference: &Difference) -> Self {
        let side = |side: &Option<DifferenceSide>| {
            side.as_ref().map_or_else(String::new, |DifferenceSide { label, text, value, .. }| {
                format!("{label} `{text}` {value}").trim_end().to_owned()
            })
        };
        let (ours, theirs) = (side(&difference.a), side(&difference.b));
        let at = difference.a.as_ref().or(difference.b.as_ref());
        let place = at.map_or_else(String::new, |at| place(letters, &at.fragments));
        Self { path: path.to_owned(), place, kind: difference.kind.as_str().to_owned(), ours, theirs }
    }

    fn written(&self) -> String {
        [&self.path, &self.place, &self.kind, &self.ours, &self.theirs].map(|column| escaped(column)).join("\t")
    }
}

/// A fault of the file: a line that settles nothing.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SettledFault {
    /// The place.
    pub span: Span,
    /// The sort of fault.
    pub kind: SettledFaultKind,
    /// The edit that removes it.
    pub repair: Option<LineRepair>,
}

/// The sorts of faults.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum SettledFaultKind {
    /// The line has another number of columns than five, no path, or nothing on both sides.
    LineForm,
    /// The third column is no sort of difference; the one that is meant, where that can be told.
    UnknownKind(String, Option<&'static str>),
    /// An earlier line is the same: its number from 1.
    Repeated(usize),
    /// The corpus has no such document.
    Gone(String),
}

/// The words of an annotation with those around them, on one line.
fn place(letters: &[char], fragments: &[(u32, u32)]) -> String {
    let start = fragments.first().map_or(0, |first| first.0 as usize).min(letters.len());
    let end = fragments.iter().map(|fragment| fragment.1 as usize).max().unwrap_or(start).clamp(start, letters.len());
    let text = |from: usize, to: usize| -> String {
        letters[from..to].iter().map(|letter| if letter.is_control() { ' ' } else { *letter }).collect()
    };
    let before = text(start.saturating_sub(CONTEXT), start);
    let after = text(end, (end + CONTEXT).min(letters.len()));
    format!("{before}[{}]{after}", text(start, end))
}

/// The settled differences of a corpus, as a file has them.
#[derive(Clone, Debug, Default)]
pub struct SettledFile {
    source: String,
    pairs: FxHashSet<SettledPair>,
}

impl SettledFile {
    /// Reads the content of a file. A line that cannot be read settles nothing, and is kept.
    pub fn parse(source: impl Into<String>) -> Self {
        let source = source.into();
        let lines = source.trim_start_matches(BYTE_ORDER_MARK).split('\n');
        let pairs = lines.filter_map(|line| {
            let columns: Vec<&str> = line.strip_suffix('\r').unwrap_or(line).split('\t').collect();
            let [path, place, kind, ours, theirs] = columns[..] else { return None };
            let [path, place, kind, ours, theirs] = [path, place, kind, ours, theirs].map(unescaped);
            Some(SettledPair { path, place, kind, ours, theirs })
        });
        let pairs = pairs.collect();
        Self { source, pairs }
    }

    /// The content as it was read.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// Returns the faults, in the order of the lines; `exists` tells whether the corpus has a document.
    pub fn faults(&self, exists: &dyn Fn(&str) -> bool) -> Vec<SettledFault> {
        let mut first: FxHashMap<&str, usize> = FxHashMap::default();
        let mut faults = Vec::new();
        let mut start = self.source.len() - self.source.trim_start_matches(BYTE_ORDER_MARK).len();
        for (number, whole) in self.source[start..].split_inclusive('\n').enumerate() {
            let at = |from: usize, to: usize| Span::new((start + from) as u32, (start + to) as u32);
            let line = whole.strip_suffix('\n').unwrap_or(whole);
            let line = line.strip_suffix('\r').unwrap_or(line);
            let deletion = |safe| {
                Some(LineRepair { edit: TextEdit { span: at(0, whole.len()), text: "".into() }, deletes: true, safe })
            };
            let mut report = |span, kind, repair| faults.push(SettledFault { span, kind, repair });
            let columns: Vec<&str> = line.split('\t').collect();
            match columns[..] {
                _ if line.trim().is_empty() => {}
                _ if first.contains_key(line) => {
                    report(at(0, line.len()), SettledFaultKind::Repeated(first[line] + 1), deletion(true));
                }
                [path, place, kind, ours, theirs] if !(path.is_empty() || ours.is_empty() && theirs.is_empty()) => {
                    first.insert(line, number);
                    let kinds = DifferenceKind::ALL.map(DifferenceKind::as_str);
                    if !kinds.contains(&kind) {
                        let before = path.len() + place.len() + 2;
                        let span = at(before, before + kind.len());
                        let meant = nearest(kind, kinds);
                        let repair = meant.map(|word| {
                            let edit = TextEdit { span, text: word.into() };
                            LineRepair { edit, deletes: false, safe: false }
                        });
                        report(span, SettledFaultKind::UnknownKind(kind.to_owned(), meant), repair);
                    } else if !exists(&unescaped(path)) {
                        report(at(0, line.len()), SettledFaultKind::Gone(unescaped(path)), deletion(false));
                    }
                }
                _ => {
                    first.insert(line, number);
                    report(at(0, line.len()), SettledFaultKind::LineForm, None);
                }
            }
            start += whole.len();
        }
        faults
    }

    /// Tells whether a difference is settled.
    pub fn contains(&self, pair: &SettledPair) -> bool {
        self.pairs.contains(pair)
    }

    /// Returns the content with these differences too. Lines are sorted, and none is there twice.
    pub fn with(&self, settled: &[SettledPair]) -> String {
        let mark = if self.source.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK } else { "" };
        let end = if self.source.contains("\r\n") { "\r\n" } else { "\n" };
        let known = self.source[mark.len()..].split('\n').map(|line| line.strip_suffix('\r').unwrap_or(line));
        let mut lines: Vec<String> = known.filter(|line| !line.trim().is_empty()).map(str::to_owned).collect();
        lines.extend(settled.iter().map(SettledPair::written));
        lines.sort();
        lines.dedup();
        lines.iter().fold(mark.to_owned(), |mut all, line| {
            all.push_str(line);
            all.push_str(end);
            all
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::curation::DifferenceKind;
    use proptest::prelude::*;

    fn side(label: &str, fragments: &[(u32, u32)], text: &str) -> DifferenceSide {
        DifferenceSide {
            id: "T1".to_owned(),
            label: label.to_owned(),
            fragments: fragments.to_vec(),
            text: text.to_owned(),
            value: String::new(),
            number: 0,
        }
    }

    #[test]
    fn the_same_words_elsewhere_are_another_difference() {
        let text = "Bà Lan ở Huế. Hôm sau bà Lan về.";
        let difference = |start| Difference {
            kind: DifferenceKind::Missing,
            a: Some(side("Person", &[(start, start + 3)], "Lan")),
            b: None,
        };
        let pair = |text: &str, start| SettledPair::of("a.txt", &text.chars().collect::<Vec<_>>(), &difference(start));
        let settled = SettledFile::parse(SettledFile::default().with(&[pair(text, 3)]));
        assert!(settled.contains(&pair(text, 3)));
        assert!(!settled.contains(&pair(text, 25)));
        assert_eq!(settled.source(), "a.txt\tBà [Lan] ở Huế. Hôm sau \tmissing\tPerson `Lan`\t\n");
        // Offsets do not count: a paragraph above moves them.
        let longer = format!("{}{text}", "Một đoạn nữa.\n\n".repeat(3));
        assert!(!settled.contains(&pair(&longer, 48)), "what stands before the words counts");
        assert!(settled.contains(&pair(&format!("{text} Thêm một câu."), 3)));
    }

    #[test]
    fn lines_that_settle_nothing_are_faults() {
        let good = "a.txt\tBà [Lan] về\tmissing\tPerson `Lan`\t";
        let source = format!(
            "\u{feff}{good}\r\n\r\nwords\r\n{good}\r\ngone.txt\t[x]\ttype\tA\tB\r\na.txt\t[x]\tmising\tA\t\r\na.txt\t[x]\ttype\t\t"
        );
        let file = SettledFile::parse(source.clone());
        let faults = file.faults(&|path| path == "a.txt");
        let told: Vec<(&str, &SettledFaultKind, Option<bool>)> = faults
            .iter()
            .map(|fault| (fault.span.slice(&source), &fault.kind, fault.repair.as_ref().map(|repair| repair.safe)))
            .collect();
        assert_eq!(
            told,
            [
                ("words", &SettledFaultKind::LineForm, None),
                (good, &SettledFaultKind::Repeated(1), Some(true)),
                ("gone.txt\t[x]\ttype\tA\tB", &SettledFaultKind::Gone("gone.txt".to_owned()), Some(false)),
                ("mising", &SettledFaultKind::UnknownKind("mising".to_owned(), Some("missing")), Some(false)),
                ("a.txt\t[x]\ttype\t\t", &SettledFaultKind::LineForm, None),
            ]
        );
        let repair = faults[1].repair.as_ref().expect("a repair");
        assert_eq!(repair.edit.span.slice(&source), format!("{good}\r\n"));
    }

    proptest! {
        #[test]
        fn any_text_is_read(source in "(?s).{0,60}") {
            let _ = SettledFile::parse(source).faults(&|_| false);
        }

        #[test]
        fn what_is_settled_is_read_again(columns in prop::collection::vec(any::<[String; 5]>(), 1..5)) {
            let pairs: Vec<SettledPair> = columns.into_iter().map(|[path, place, kind, ours, theirs]| {
                SettledPair { path: format!("a{path}"), place, kind, ours, theirs }
            }).collect();
            let written = SettledFile::default().with(&pairs);
            let read = SettledFile::parse(written.clone());
            for pair in &pairs {
                prop_assert!(read.contains(pair));
            }
            prop_assert_eq!(read.with(&pairs), written);
        }
    }
}
