//! The file in which a corpus keeps the states of its documents: one line a document, sorted by path.
//!
//! `PATH TAB STATE TAB PERSON TAB TIME`, in UTF-8. A line concerns one document alone and says when it was written, so
//! that two branches can be merged by keeping the lines of both (`merge=union` of git): of several lines about one
//! document the latest holds. Deliberately absent: reading and writing the file, which is the business of `disk/`.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use jiff::Timestamp;

use super::columns::{LineRepair, escaped, unescaped};
use super::document_state::{DocumentState, StateRecord, UnknownState};
use crate::text::Span;
use crate::text::edit::TextEdit;
use crate::text::position::BYTE_ORDER_MARK;

/// The name of the file, beside `scholiast.toml`.
pub const FILE_NAME: &str = "scholiast-states.tsv";

/// The states of the documents of a corpus, as a file has them.
#[derive(Clone, Debug, Default)]
pub struct StateFile {
    source: String,
    lines: Vec<StateLine>,
    /// The number of the line that holds, by path.
    in_force: BTreeMap<String, usize>,
}

#[derive(Clone, Debug)]
struct StateLine {
    /// The line without its end.
    span: Span,
    /// The line with its end.
    whole: Span,
    content: StateLineContent,
}

#[derive(Clone, Debug)]
enum StateLineContent {
    Blank,
    Record { path: String, record: StateRecord },
    Unreadable { at: Span, kind: StateFaultKind },
}

/// A fault of the file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StateFault {
    /// The place.
    pub span: Span,
    /// The sort of fault.
    pub kind: StateFaultKind,
    /// The edit that removes it.
    pub repair: Option<LineRepair>,
}

/// The sorts of faults.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum StateFaultKind {
    /// The line has another number of columns than four, or no path.
    LineForm,
    /// The second column is no state.
    UnknownState(UnknownState),
    /// The fourth column is no time.
    Time(String),
    /// A later line about the same document holds: its number from 1.
    Superseded(usize),
    /// Two lines of one second say different things: the number from 1 of the one that holds, and its state.
    Contradicted(usize, DocumentState),
    /// The corpus has no such document.
    Gone(String),
}

impl StateFile {
    /// Reads the content of a file. Never fails: a line that cannot be read is a fault, and is kept.
    pub fn parse(source: impl Into<String>) -> Self {
        let source = source.into();
        let mut file = Self { lines: Vec::new(), in_force: BTreeMap::new(), source };
        let mark = if file.source.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len() } else { 0 };
        let mut start = mark as u32;
        for whole in file.source[mark..].split_inclusive('\n') {
            let line = whole.strip_suffix('\n').unwrap_or(whole);
            let line = line.strip_suffix('\r').unwrap_or(line);
            let end = start + whole.len() as u32;
            let span = Span::new(start, start + line.len() as u32);
            let content = read_line(line, span);
            if let StateLineContent::Record { path, record } = &content {
                let number = file.lines.len();
                let holds = file.in_force.get(path).is_none_or(|at| match &file.lines[*at].content {
                    StateLineContent::Record { record: known, .. } => known < record,
                    _ => true,
                });
                if holds {
                    file.in_force.insert(path.clone(), number);
                }
            }
            file.lines.push(StateLine { span, whole: Span::new(start, end), content });
            start = end;
        }
        file
    }

    /// The content as it was read.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// Returns the statement about a document that holds.
    pub fn get(&self, path: &str) -> Option<&StateRecord> {
        match &self.lines[*self.in_force.get(path)?].content {
            StateLineContent::Record { record, .. } => Some(record),
            _ => None,
        }
    }

    /// Returns the state of a document.
    pub fn state(&self, path: &str) -> DocumentState {
        self.get(path).map_or(DocumentState::New, |record| record.state)
    }

    /// Returns the content with these statements in the place of earlier ones about the same documents. Lines are
    /// sorted; those that cannot be read stay as they are.
    pub fn with(&self, changes: &BTreeMap<String, StateRecord>) -> String {
        let mut lines: Vec<(&str, String)> = Vec::with_capacity(self.lines.len() + changes.len());
        for line in &self.lines {
            let text = line.span.slice(&self.source);
            match &line.content {
                StateLineContent::Blank => {}
                StateLineContent::Record { path, .. } if changes.contains_key(path) => {}
                StateLineContent::Record { path, .. } => lines.push((path, text.to_owned())),
                StateLineContent::Unreadable { .. } => lines.push((text, text.to_owned())),
            }
        }
        lines.extend(changes.iter().map(|(path, record)| (path.as_str(), written(path, record))));
        lines.sort();
        let is_windows = self.lines.first().is_some_and(|line| line.whole.slice(&self.source).ends_with("\r\n"));
        let end = if is_windows { "\r\n" } else { "\n" };
        let mut out = if self.source.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.to_owned() } else { String::new() };
        for (_, line) in lines {
            let _ = write!(out, "{line}{end}");
        }
        out
    }

    /// Returns the faults, in the order of the lines; `exists` tells whether the corpus has a document.
    pub fn faults(&self, exists: &dyn Fn(&str) -> bool) -> Vec<StateFault> {
        let faults = self.lines.iter().enumerate().filter_map(|(number, line)| {
            let deletion =
                |safe| LineRepair { edit: TextEdit { span: line.whole, text: "".into() }, deletes: true, safe };
            match &line.content {
                StateLineContent::Blank => None,
                StateLineContent::Unreadable { at, kind } => {
                    let meant = match kind {
                        StateFaultKind::UnknownState(unknown) => unknown.suggestion,
                        _ => None,
                    };
                    let repair = meant.map(|word| LineRepair {
                        edit: TextEdit { span: *at, text: word.into() },
                        deletes: false,
                        safe: false,
                    });
                    Some(StateFault { span: *at, kind: kind.clone(), repair })
                }
                StateLineContent::Record { path, record } => {
                    let holding = self.in_force.get(path).copied().filter(|holding| *holding != number);
                    let (kind, repair) = match (holding, self.get(path)) {
                        (Some(holding), Some(other)) if other.when == record.when && other.state != record.state => {
                            (StateFaultKind::Contradicted(holding + 1, other.state), deletion(false))
                        }
                        (Some(holding), _) => (StateFaultKind::Superseded(holding + 1), deletion(true)),
                        (None, _) if !exists(path) => (StateFaultKind::Gone(path.clone()), deletion(false)),
                        (None, _) => return None,
                    };
                    Some(StateFault { span: line.span, kind, repair: Some(repair) })
                }
            }
        });
        faults.collect()
    }
}

/// Reads a line without its end, which stands at `span`.
fn read_line(line: &str, span: Span) -> StateLineContent {
    if line.trim().is_empty() {
        return StateLineContent::Blank;
    }
    let columns: Vec<&str> = line.split('\t').collect();
    let [path, state, by, when] = columns[..] else {
        return StateLineContent::Unreadable { at: span, kind: StateFaultKind::LineForm };
    };
    let place = |before: usize, text: &str| {
        let start = span.start + before as u32;
        Span::new(start, start + text.len() as u32)
    };
    if path.is_empty() {
        return StateLineContent::Unreadable { at: span, kind: StateFaultKind::LineForm };
    }
    let word = state;
    let state = match DocumentState::named(word) {
        Ok(state) => state,
        Err(unknown) => {
            let at = place(path.len() + 1, word);
            return StateLineContent::Unreadable { at, kind: StateFaultKind::UnknownState(unknown) };
        }
    };
    let Ok(moment) = when.parse::<Timestamp>() else {
        let at = place(line.len() - when.len(), when);
        return StateLineContent::Unreadable { at, kind: StateFaultKind::Time(when.to_owned()) };
    };
    StateLineContent::Record { path: unescaped(path), record: StateRecord { when: moment, state, by: unescaped(by) } }
}

/// A line without its end.
fn written(path: &str, record: &StateRecord) -> String {
    format!("{}\t{}\t{}\t{}", escaped(path), record.state.as_str(), escaped(&record.by), record.when)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn record(state: DocumentState, by: &str, when: &str) -> StateRecord {
        StateRecord { when: when.parse().expect("a time"), state, by: by.to_owned() }
    }

    #[test]
    fn of_two_lines_the_later_holds_wherever_it_stands() {
        let old = "a.txt\tdone\tAnna\t2026-03-01T08:00:00Z\n";
        let new = "a.txt\tin-work\tBen\t2026-03-02T08:00:00Z\n";
        for (source, superseded) in [(format!("{old}{new}"), 0), (format!("{new}{old}"), 1)] {
            let file = StateFile::parse(source);
            assert_eq!(file.state("a.txt"), DocumentState::InWork);
            let faults = file.faults(&|_| true);
            assert_eq!(faults.len(), 1);
            assert_eq!(faults[0].kind, StateFaultKind::Superseded(2 - superseded));
            let edit = &faults[0].repair.as_ref().expect("a repair").edit;
            assert_eq!(edit.span.start as usize, if superseded == 0 { 0 } else { new.len() });
        }
        assert_eq!(StateFile::parse(old).state("b.txt"), DocumentState::New);
    }

    #[test]
    fn two_lines_of_one_second_contradict_each_other() {
        let file =
            StateFile::parse("a.txt\treviewed\tAnna\t2026-03-01T08:00:00Z\na.txt\tdone\tBen\t2026-03-01T08:00:00Z\n");
        assert_eq!(file.state("a.txt"), DocumentState::Reviewed);
        let faults = file.faults(&|_| true);
        assert_eq!(faults[0].kind, StateFaultKind::Contradicted(1, DocumentState::Reviewed));
        assert!(!faults[0].repair.as_ref().expect("a repair").safe);
    }

    #[test]
    fn bad_lines_are_faults_and_stay() {
        let source = "a.txt\tdnoe\tAnna\t2026-03-01T08:00:00Z\r\nb.txt done\r\n\r\nc.txt\tdone\tBen\tyesterday\r\n";
        let file = StateFile::parse(source);
        let kinds: Vec<_> =
            file.faults(&|_| true).into_iter().map(|fault| (fault.span.slice(source), fault.kind)).collect();
        let unknown = UnknownState { word: "dnoe".to_owned(), suggestion: Some("done") };
        assert_eq!(
            kinds,
            [
                ("dnoe", StateFaultKind::UnknownState(unknown)),
                ("b.txt done", StateFaultKind::LineForm),
                ("yesterday", StateFaultKind::Time("yesterday".to_owned())),
            ]
        );
        let changes =
            BTreeMap::from([("b.txt".to_owned(), record(DocumentState::Done, "Chi", "2026-03-04T00:00:00Z"))]);
        assert_eq!(
            file.with(&changes),
            "a.txt\tdnoe\tAnna\t2026-03-01T08:00:00Z\r\nb.txt\tdone\tChi\t2026-03-04T00:00:00Z\r\nb.txt done\r\n\
             c.txt\tdone\tBen\tyesterday\r\n"
        );
    }

    #[test]
    fn a_document_that_is_gone_is_a_fault_until_the_line_goes() {
        let file = StateFile::parse("\u{feff}ไป.txt\tdone\tAnna\t2026-03-01T08:00:00Z\n");
        let faults = file.faults(&|_| false);
        assert_eq!(faults[0].kind, StateFaultKind::Gone("ไป.txt".to_owned()));
        assert_eq!(faults[0].span.start, 3);
        assert!(file.with(&BTreeMap::new()).starts_with('\u{feff}'));
    }

    proptest! {
        #[test]
        fn what_is_set_is_read_again(
            all in prop::collection::btree_map(any::<String>().prop_filter("a path", |path| !path.is_empty()), (0_usize..4, any::<String>(), 0_i64..4_000_000_000), 1..8)
        ) {
            let changes: BTreeMap<String, StateRecord> = all.into_iter().map(|(path, (state, by, seconds))| {
                let when = Timestamp::from_second(seconds).expect("a time");
                (path, StateRecord { when, state: DocumentState::ALL[state], by })
            }).collect();
            let written = StateFile::default().with(&changes);
            let file = StateFile::parse(written.clone());
            for (path, record) in &changes {
                prop_assert_eq!(file.get(path), Some(record));
            }
            prop_assert!(file.faults(&|_| true).is_empty());
            prop_assert_eq!(file.with(&BTreeMap::new()), written);
        }

        #[test]
        fn any_bytes_of_text_are_read_and_no_line_is_lost(source in "(?s).{0,60}") {
            let file = StateFile::parse(source.clone());
            let again = file.with(&BTreeMap::new());
            for line in source.trim_start_matches('\u{feff}').split('\n').map(|line| line.trim_end_matches('\r')) {
                prop_assert!(line.trim().is_empty() || again.contains(line));
            }
            let _ = file.faults(&|_| false);
        }
    }
}
