//! The judged sample: reading it, and holding what the rules find against it.
//!
//! Shared by the program that prints the figures and by the test that holds them to floors.

use std::collections::BTreeMap;
use std::sync::Arc;

use camino::Utf8Path;
use jiff::civil::date;
use scholiast::config::Config;
use scholiast::corpus::{LoadedFile, World};
use scholiast::diagnostic::Diagnostic;
use scholiast::rules::check_file;
use scholiast::text::Span;
use scholiast::text::edit::{TextEdit, apply};

/// A judged text.
pub struct JudgedText {
    /// The kind of case.
    pub kind: &'static str,
    /// The text without its marks.
    pub text: String,
    /// The judged places, by start.
    pub places: Vec<JudgedPlace>,
}

/// A judged place of a text.
pub struct JudgedPlace {
    /// The place, in bytes.
    pub span: Span,
    /// The code of the rule.
    pub rule: &'static str,
    /// True if it is a fault.
    pub is_fault: bool,
    /// The words that a fix must leave.
    pub right: Option<&'static str>,
}

/// The figures of a rule.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct RuleFigures {
    /// Faults that it must report.
    pub faults: usize,
    /// Places that it must leave alone.
    pub traps: usize,
    /// Faults that it reported.
    pub right: usize,
    /// Findings where no fault of it is.
    pub wrong: usize,
}

/// The figures of all rules.
#[derive(Default)]
pub struct Evaluation {
    /// By the code of the rule.
    pub rules: BTreeMap<String, RuleFigures>,
    /// Fixes called safe, and those among them that do not leave the right words.
    pub safe_fixes: (usize, usize),
    /// The faults that are missing and the findings that are false, a line each.
    pub differences: Vec<String>,
}

impl RuleFigures {
    /// The share of its findings that are faults.
    pub fn precision(self) -> f64 {
        share(self.right, self.right + self.wrong)
    }

    /// The share of the faults that it reported.
    pub fn recall(self) -> f64 {
        share(self.right, self.faults)
    }
}

impl Evaluation {
    /// All rules together.
    pub fn all(&self) -> RuleFigures {
        self.rules.values().fold(RuleFigures::default(), |all, one| RuleFigures {
            faults: all.faults + one.faults,
            traps: all.traps + one.traps,
            right: all.right + one.right,
            wrong: all.wrong + one.wrong,
        })
    }
}

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 1.0 } else { part as f64 / whole as f64 }
}

/// The judged texts.
pub fn texts() -> Vec<JudgedText> {
    let lines = include_str!("sample.tsv").lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| line.split_once('\t')).map(|(kind, marked)| judged(kind, marked)).collect()
}

fn judged(kind: &'static str, marked: &'static str) -> JudgedText {
    let mut text = String::new();
    let mut places = Vec::new();
    let mut rest = marked;
    while let Some(letter) = rest.chars().next() {
        let behind = &rest[letter.len_utf8()..];
        let (is_fault, close) = match letter {
            '⟦' => (true, '⟧'),
            '⟨' => (false, '⟩'),
            _ => {
                text.push(match letter {
                    '⏎' => '\n',
                    '⇥' => '\t',
                    other => other,
                });
                rest = behind;
                continue;
            }
        };
        let (inner, after) = behind.split_once(close).unwrap_or_else(|| panic!("no {close} in: {marked}"));
        // The words may hold a bar; a rule has a slash and no space.
        let is_rule = |part: &&str| part.contains('/') && part.starts_with(|ch: char| ch.is_ascii_lowercase());
        let parts: Vec<&str> = inner.split('|').collect();
        let at = parts.iter().skip(1).position(is_rule).map(|at| at + 1);
        let at = at.unwrap_or_else(|| panic!("no rule in {inner}"));
        let start = text.len();
        text.push_str(&parts[..at].join("|").replace('⏎', "\n").replace('⇥', "\t"));
        let span = Span::new(start as u32, text.len() as u32);
        places.push(JudgedPlace { span, rule: parts[at], is_fault, right: parts.get(at + 1).copied() });
        rest = after;
    }
    JudgedText { kind, text, places }
}

/// Runs all rules over the sample.
pub fn evaluate() -> Evaluation {
    let mut evaluation = Evaluation::default();
    for document in texts() {
        let found = findings(&document.text);
        judge(&document, &found, &mut evaluation);
    }
    evaluation
}

fn findings(text: &str) -> Vec<Diagnostic> {
    let mut world = World::new(Arc::new(Config::default()), date(2026, 6, 1));
    let registry = Arc::from(include_str!("registry.toml"));
    world.set_registry([("registry.toml".into(), Some(registry), false)]);
    let ctx = world.current().ctx().clone();
    world.load(Utf8Path::new("a.txt"), LoadedFile::new(&ctx, text.as_bytes()));
    let snapshot = world.current();
    let files = snapshot.files_by_path();
    files.into_iter().flat_map(|file| check_file(snapshot, file).diagnostics).collect()
}

fn judge(document: &JudgedText, found: &[Diagnostic], evaluation: &mut Evaluation) {
    let JudgedText { kind, text, places } = document;
    let is_at = |place: &JudgedPlace, finding: &Diagnostic| {
        let span = finding.place.span();
        place.rule == finding.code && (place.span.overlaps(span) || place.span.contains(span))
    };
    for place in places {
        let figures = evaluation.rules.entry(place.rule.to_owned()).or_default();
        if !place.is_fault {
            figures.traps += 1;
            continue;
        }
        figures.faults += 1;
        let reported: Vec<&Diagnostic> = found.iter().filter(|finding| is_at(place, finding)).collect();
        figures.right += usize::from(!reported.is_empty());
        if reported.is_empty() {
            let surface = place.span.slice(text);
            evaluation.differences.push(format!("{kind}: no {} at `{surface}` in: {text}", place.rule));
        }
        if let Some(right) = place.right {
            let wanted = [&text[..place.span.start as usize], right, &text[place.span.end as usize..]].concat();
            for finding in reported {
                let left = finding.fix.as_ref().map(|fix| {
                    let edits = fix.edits.iter();
                    let edits = edits.map(|edit| TextEdit::replace(edit.place.span(), edit.text.clone()));
                    (fix.safe, apply(text, &edits.collect::<Vec<_>>()))
                });
                match left {
                    Some((_, left)) if left == wanted => {}
                    Some((_, left)) => {
                        evaluation.differences.push(format!("{kind}: {} leaves: {left}", place.rule));
                    }
                    None => evaluation.differences.push(format!("{kind}: {} has no fix in: {text}", place.rule)),
                }
            }
        }
    }
    for finding in found {
        let place = places.iter().find(|place| place.is_fault && is_at(place, finding));
        if let Some(fix) = finding.fix.as_ref().filter(|fix| fix.safe) {
            evaluation.safe_fixes.0 += 1;
            let edits: Vec<TextEdit> =
                fix.edits.iter().map(|edit| TextEdit::replace(edit.place.span(), edit.text.clone())).collect();
            let wanted = place.and_then(|place| {
                let right = place.right?;
                Some([&text[..place.span.start as usize], right, &text[place.span.end as usize..]].concat())
            });
            if wanted.is_none_or(|wanted| apply(text, &edits) != wanted) {
                evaluation.safe_fixes.1 += 1;
                let left = apply(text, &edits);
                evaluation.differences.push(format!("{kind}: the safe fix of {} leaves: {left}", finding.code));
            }
        }
        if place.is_none() {
            evaluation.rules.entry(finding.code.to_string()).or_default().wrong += 1;
            let surface = finding.place.span().slice(text);
            evaluation.differences.push(format!("{kind}: false {} at `{surface}` in: {text}", finding.code));
        }
    }
}
