//! Findings: the view of a file that rules have, the faults they find in it, and the way of these into a report.
//!
//! The configuration (severity, suppressions, treatment of fixes) is applied here and nowhere else. A finding bears the
//! label of its rule, so that rules can depend on findings and not the other way round. Deliberately absent: rules.

use compact_str::CompactString;
use jiff::civil::Date;
use rustc_hash::FxHashSet;

use crate::config::{FileConfig, FixLevel};
use crate::corpus::digest::{Citation, NameForm};
use crate::corpus::linked::LinkedMention;
use crate::corpus::overview::{DocumentGroup, Overview};
use crate::corpus::{File, Snapshot};
use crate::diagnostic::{Diagnostic, FileEdit, Fix, Related, Severity};
use crate::recognise::facts::SegmentFacts;
use crate::recognise::fault::Fault;
use crate::recognise::profile::DocumentProfile;
use crate::text::{FileId, Place, Position};

/// The part of a rule that its findings bear.
#[derive(Clone, Copy, Debug)]
pub struct FindingLabel {
    /// The code of the rule.
    pub code: &'static str,
    /// The severity unless the configuration says otherwise.
    pub severity: Severity,
    /// True if its findings are about something that does nothing and may be shown faded.
    pub is_unnecessary: bool,
    /// True if its fixes are a matter of style: safe only where `[fix] safe` names the rule.
    pub is_style: bool,
}

/// The view of a file that rules have.
///
/// Rules run after every keystroke: they judge groups of alike mentions and ask for places only where something is
/// wrong. A walk over [`File::facts`] would cost the whole document each time.
pub struct FileContext<'a> {
    /// The corpus.
    pub snapshot: &'a Snapshot,
    /// The file.
    pub file: &'a File,
    /// The profile of the document.
    pub profile: DocumentProfile,
    /// The document as a whole.
    pub overview: Overview<'a>,
    /// The names, alike ones together, by their first mention.
    pub names: Vec<DocumentGroup<NameForm>>,
    /// The citations of legal documents, alike ones together, by their first.
    pub citations: Vec<DocumentGroup<Citation>>,
    /// People named in short, where that is asked for and the titles said of them, in order.
    pub short: Vec<LinkedMention<'a>>,
}

/// A fault that a rule has found.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The place.
    pub place: Place,
    /// The text there, which suppressions compare.
    pub surface: CompactString,
    /// The message.
    pub message: String,
    /// Other places that belong to it.
    pub related: Vec<Related>,
    /// The fix.
    pub fix: Option<Fix>,
}

/// Takes findings of one file and passes on those the configuration wants.
pub struct FindingSink<'a> {
    file: FileId,
    config: FileConfig<'a>,
    today: Date,
    label: FindingLabel,
    report: FileReport,
    /// The numbers of the suppressions that silenced something.
    used: FxHashSet<usize>,
}

impl<'a> FindingSink<'a> {
    /// The sink of a file whose first findings are those of the rule with this label.
    pub(super) fn new(
        snapshot: &Snapshot,
        file: FileId,
        config: FileConfig<'a>,
        label: impl Into<FindingLabel>,
    ) -> Self {
        let (today, report) = (snapshot.today, FileReport::default());
        Self { file, config, today, label: label.into(), report, used: FxHashSet::default() }
    }

    /// The same sink for what another rule finds from now on.
    pub(super) fn of_rule(&mut self, label: impl Into<FindingLabel>) -> &mut Self {
        self.label = label.into();
        self
    }

    /// The settings of the file.
    pub const fn config(&self) -> &FileConfig<'a> {
        &self.config
    }
}

/// The findings of a file.
#[derive(Clone, Debug, Default)]
pub struct FileReport {
    /// In the order of output.
    pub diagnostics: Vec<Diagnostic>,
    /// The numbers of the suppressions that silenced something, sorted.
    pub used: Vec<usize>,
    /// The keys of the decisions that decided something, sorted.
    pub decided: Vec<u64>,
}

impl FileReport {
    /// Returns whether nothing was found, nor silenced.
    pub const fn is_empty(&self) -> bool {
        self.diagnostics.is_empty() && self.used.is_empty() && self.decided.is_empty()
    }
}

impl FindingSink<'_> {
    /// Notes the keys of a person's decisions that decided something in the file.
    pub(super) fn note_decided(&mut self, keys: impl Iterator<Item = u64>) {
        self.report.decided.extend(keys);
    }

    /// A finding of the rule that runs.
    pub fn report(&mut self, finding: Finding) {
        let severity = self.label.severity;
        self.report_at(severity, finding);
    }

    /// A finding whose severity, unless configured, is not the rule's.
    pub fn report_at(&mut self, severity: Severity, finding: Finding) {
        let Some(severity) = self.config.severity(self.label.code, severity) else { return };
        let used = self.config.suppressions(self.label.code, &finding.surface, self.today);
        if !used.is_empty() {
            self.used.extend(used);
            return;
        }
        let fix = self.fix(finding.fix);
        self.report.diagnostics.push(Diagnostic {
            code: self.label.code.into(),
            severity,
            file: self.file,
            place: finding.place,
            message: finding.message,
            related: finding.related,
            fix,
            unnecessary: self.label.is_unnecessary,
        });
    }

    /// The fix as the configuration wants it: a matter of style is safe only where the configuration says so, and only
    /// where nothing else speaks against it.
    pub(super) fn fix(&self, fix: Option<Fix>) -> Option<Fix> {
        let code = self.label.code;
        let mut fix = fix?;
        fix.safe = match (self.config.fix_level(code), self.label.is_style) {
            (Some(FixLevel::Off), _) => return None,
            (Some(FixLevel::Unsafe), _) | (None, true) => false,
            (Some(FixLevel::Safe), _) | (None, false) => fix.safe,
        };
        Some(fix)
    }

    /// Drops the findings at whose place `keeps` is false.
    pub(super) fn keep(&mut self, keeps: impl Fn(Place) -> bool) {
        self.report.diagnostics.retain(|found| keeps(found.place));
    }

    /// The number of findings so far.
    pub(super) const fn len(&self) -> usize {
        self.report.diagnostics.len()
    }

    /// Takes in findings that the configuration wants already.
    pub(super) fn take(&mut self, report: FileReport) {
        self.report.diagnostics.extend(report.diagnostics);
        self.used.extend(report.used);
    }

    /// The report, and where in it the findings stand that were reported, in their order.
    pub(super) fn finish_numbered(mut self) -> (FileReport, Vec<usize>) {
        let mut found: Vec<(usize, Diagnostic)> = self.report.diagnostics.drain(..).enumerate().collect();
        found.sort_by(|(_, a), (_, b)| a.order().cmp(&b.order()));
        let mut numbers = vec![0; found.len()];
        for (now, (before, _)) in found.iter().enumerate() {
            numbers[*before] = now;
        }
        self.report.diagnostics = found.into_iter().map(|(_, diagnostic)| diagnostic).collect();
        (self.finish(), numbers)
    }

    /// The report: findings in the order of output.
    pub(super) fn finish(mut self) -> FileReport {
        self.report.diagnostics.sort_by(|a, b| a.order().cmp(&b.order()));
        self.report.used = self.used.into_iter().collect();
        self.report.used.sort_unstable();
        self.report.decided.sort_unstable();
        self.report.decided.dedup();
        self.report
    }
}

/// The correction of a fault as a fix of its file.
pub(super) fn fix<K>(file: FileId, start: Position, facts: &SegmentFacts, fault: &Fault<K>) -> Option<Fix> {
    let correction = fault.correction.as_ref()?;
    let title = match correction.text() {
        Some("") => format!("remove {}", name(&fault.surface)),
        Some(" ") => "write a space".to_owned(),
        Some("\n" | "\r\n") => "end the line here".to_owned(),
        Some(text) => format!("write `{text}`"),
        None => match correction.edits.first() {
            Some((_, first)) if correction.edits.iter().all(|(_, text)| text == first) => match first.as_str() {
                "" => "remove them".to_owned(),
                " " => "write a space for each".to_owned(),
                "\n" | "\r\n" => "end the line at each".to_owned(),
                text => format!("write `{text}` for each"),
            },
            _ => "correct it".to_owned(),
        },
    };
    let edits = correction.edits.iter();
    let edits = edits.map(|(span, text)| FileEdit { file, place: facts.place(start, *span), text: text.clone() });
    Some(Fix { title, safe: correction.safe, edits: edits.collect() })
}

fn name(surface: &str) -> String {
    if surface.trim().is_empty() || surface.chars().all(crate::text::fold::is_invisible) {
        "it".to_owned()
    } else {
        format!("`{surface}`")
    }
}
