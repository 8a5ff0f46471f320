//! Runs the rules over a snapshot.
//!
//! Flaws that recognition found are handed to the rule of their fault class in one pass over a file's facts; rules that
//! look at a file or the corpus as a whole come after. What is found passes the configuration (severity, suppressions)
//! here and nowhere else. Deliberately absent: which rules there are.

use compact_str::CompactString;
use jiff::civil::Date;
use smallvec::SmallVec;

use super::rule::{Check, Rule};
use super::{RULES, by_fault};
use crate::annotation::{Against, Standoff};
use crate::config::FileConfig;
use crate::corpus::link::{Linked, Links, link};
use crate::corpus::{Body, File, Snapshot};
use crate::diagnostic::{Diagnostic, Edit, Fix, Related, Severity};
use crate::recognise::decree::{self, DecreeFact, milder};
use crate::recognise::facts::SegmentFacts;
use crate::recognise::flaw::Flaw;
use crate::recognise::habits::Habits;
use crate::text::{FileId, Place, Position};

/// What a rule sees of a file.
pub struct FileContext<'a> {
    /// The corpus.
    pub snapshot: &'a Snapshot,
    /// The file.
    pub file: &'a File,
    /// What the document does as a whole.
    pub habits: Habits,
    /// Its mentions of the registry, linked.
    pub linked: Vec<Linked<'a>>,
}

/// What a rule has found.
#[derive(Clone, Debug)]
pub struct Finding {
    /// Where.
    pub place: Place,
    /// The text there, which suppressions compare.
    pub surface: CompactString,
    /// What is wrong.
    pub message: String,
    /// Other places that belong to it.
    pub related: Vec<Related>,
    /// How to put it right.
    pub fix: Option<Fix>,
}

/// Takes findings of one file and passes on those the configuration wants.
pub struct Sink<'a> {
    file: FileId,
    config: FileConfig<'a>,
    today: Date,
    rule: &'static Rule,
    report: Report,
}

/// The findings of a file.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// In the order of output.
    pub diagnostics: Vec<Diagnostic>,
    /// The numbers of the suppressions that silenced something, sorted.
    pub used: Vec<usize>,
}

impl Sink<'_> {
    /// A finding of the rule that runs.
    pub fn report(&mut self, finding: Finding) {
        let severity = self.rule.severity;
        self.report_at(severity, finding);
    }

    /// A finding whose severity, unless configured, is not the rule's.
    pub fn report_at(&mut self, severity: Severity, finding: Finding) {
        let Some(severity) = self.config.severity(self.rule.code, severity) else { return };
        let before = self.report.used.len();
        self.report.used.extend(self.config.suppressions(self.rule.code, &finding.surface, self.today));
        if self.report.used.len() > before {
            return;
        }
        self.report.diagnostics.push(Diagnostic {
            code: self.rule.code.into(),
            severity,
            file: self.file,
            place: finding.place,
            message: finding.message,
            related: finding.related,
            fix: finding.fix,
        });
    }
}

/// The findings of one text file.
pub fn check_file(snapshot: &Snapshot, file: &File) -> Report {
    let config = snapshot.config.for_file(file.path.as_str());
    let mut sink = Sink { file: file.id, config, today: snapshot.today, rule: RULES[0], report: Report::default() };
    if let Body::NotUtf8(at) = file.body {
        super::text::not_utf8::check(at, &mut sink);
        return sink.finish();
    }
    let habits = snapshot.habits(file);
    let links = Links { registry: &snapshot.registry, day: habits.date, short: snapshot.config.short_mentions };
    let context = FileContext { snapshot, file, habits, linked: link(file, links) };
    for (start, facts) in file.facts() {
        flaws(&context, start, facts, &mut sink);
    }
    for rule in RULES.iter().copied() {
        if let Check::File(check) = rule.check {
            sink.rule = rule;
            check(&context, &mut sink);
        }
    }
    sink.finish()
}

/// The findings in an annotation file: its number, its path below the corpus root, and what it holds.
pub fn check_annotations(snapshot: &Snapshot, file: FileId, path: &str, content: Annotations<'_>) -> Report {
    let config = snapshot.config.for_file(path);
    let mut sink = Sink { file, config, today: snapshot.today, rule: RULES[0], report: Report::default() };
    match content {
        Annotations::NotUtf8(at) => super::text::not_utf8::check(at, &mut sink),
        Annotations::Read(standoff, against) => super::annotation::check(file, standoff, against, &mut sink),
    }
    sink.finish()
}

/// What an annotation file holds.
#[derive(Clone, Copy, Debug)]
pub enum Annotations<'a> {
    /// Annotations, and what they are compared with.
    Read(&'a Standoff, Against<'a>),
    /// No text: the first byte that is not UTF-8.
    NotUtf8(Position),
}

/// The findings in the registry and the configuration of a corpus.
pub fn check_sources(snapshot: &Snapshot) -> Vec<Diagnostic> {
    super::sources::check(snapshot)
}

impl Sink<'_> {
    /// The sink of a rule that runs alone, for [`sources`](super::sources).
    pub(super) fn of_rule(&mut self, rule: &'static Rule) -> &mut Self {
        self.rule = rule;
        self
    }

    fn finish(mut self) -> Report {
        self.report.diagnostics.sort_by(|a, b| a.order().cmp(&b.order()));
        self.report.used.sort_unstable();
        self.report.used.dedup();
        self.report
    }
}

/// The flaws of a segment, each judged by the rule of its class.
fn flaws(context: &FileContext<'_>, start: Position, facts: &SegmentFacts, sink: &mut Sink<'_>) {
    for date in &facts.dates {
        for flaw in date.flaws(&context.habits) {
            if let Some((rule, Check::Date(_, message))) = by_fault::date(flaw.kind) {
                sink.of_rule(rule).report(finding(context, start, facts, flaw, message(flaw)));
            }
        }
    }
    for decree in &facts.decrees {
        let by_date = against_date(context, facts, decree);
        let own = decree.flaws.iter().filter(|flaw| flaw.when.holds(&context.habits));
        for flaw in own.chain(&by_date) {
            if let Some((rule, Check::Decree(_, message))) = by_fault::decree(flaw.kind) {
                let mut finding = finding(context, start, facts, flaw, message(flaw));
                if finding.fix.is_none() {
                    finding.fix = super::completion::fix(context, start, facts, decree);
                }
                let severity = milder(flaw).unwrap_or(rule.severity);
                sink.of_rule(rule).report_at(severity, finding);
            }
        }
    }
    for flaw in facts.blemishes.iter().filter(|flaw| flaw.when.holds(&context.habits)) {
        if let Some((rule, Check::Text(_, message))) = by_fault::text(flaw.kind) {
            sink.of_rule(rule).report(finding(context, start, facts, flaw, message(flaw)));
        }
    }
}

/// What the date beside a citation says against it: what it means is known only with the document's habits.
fn against_date(
    context: &FileContext<'_>,
    facts: &SegmentFacts,
    decree: &DecreeFact,
) -> SmallVec<[Flaw<decree::Fault>; 1]> {
    let date = decree.date.as_ref().and_then(|link| facts.dates.get(link.index as usize));
    let Some(value) = date.and_then(|date| date.reading(&context.habits).value) else { return SmallVec::new() };
    let Some(day) = value.first_day() else { return SmallVec::new() };
    let (month, day_of_month) = if value.is_full_day() { (day.month() as u8, day.day() as u8) } else { (0, 0) };
    let year = decree::date_year_flaw(decree, day.year());
    let table = context.snapshot.decrees();
    year.into_iter().chain(decree::agency_flaw_on(decree, (day.year(), month, day_of_month), table)).collect()
}

fn finding<K>(
    context: &FileContext<'_>,
    start: Position,
    facts: &SegmentFacts,
    flaw: &Flaw<K>,
    message: String,
) -> Finding {
    Finding {
        place: facts.place(start, flaw.span),
        surface: flaw.surface.clone(),
        message,
        related: Vec::new(),
        fix: fix(context.file.id, start, facts, flaw),
    }
}

/// The correction of a flaw as a fix of its file.
pub(super) fn fix<K>(file: FileId, start: Position, facts: &SegmentFacts, flaw: &Flaw<K>) -> Option<Fix> {
    let correction = flaw.correction.as_ref()?;
    let title = match correction.text() {
        Some("") => format!("remove {}", name(&flaw.surface)),
        Some(text) => format!("write `{text}`"),
        None => "put it right".to_owned(),
    };
    let edits = correction.edits.iter();
    let edits = edits.map(|(span, text)| Edit { file, place: facts.place(start, *span), text: text.clone() });
    Some(Fix { title, safe: correction.safe, edits: edits.collect() })
}

fn name(surface: &str) -> String {
    if surface.trim().is_empty() || surface.chars().all(crate::text::fold::is_invisible) {
        "it".to_owned()
    } else {
        format!("`{surface}`")
    }
}
