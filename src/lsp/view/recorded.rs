//! The findings of a file that the baseline of its corpus does not have.
//!
//! Deliberately absent: reading the baseline (`kept_baseline.rs`).

use std::sync::Arc;

use super::corpus_view::CorpusView;
use super::standoff;
use crate::diagnostic::Diagnostic;
use crate::disk::baseline::{FindingKey, RecordedCounts, RecordedFindings, common};
use crate::text::FileId;

impl CorpusView {
    /// The findings of a file without those that the baseline has.
    pub(super) fn without_recorded(&self, file: FileId, findings: Vec<Diagnostic>) -> Vec<Diagnostic> {
        let Some(named) = &self.snapshot.config.baseline else { return findings };
        if findings.is_empty() {
            return findings;
        }
        let read = self.findings.baseline.read(self.root.join(named.value.as_str()));
        let (Some(baseline), Some(path)) = (&read.recorded, self.path(file)) else { return findings };
        let own = baseline.files.get(&baseline.name(&path));
        if own.is_none() && read.gone.is_empty() {
            return findings;
        }
        let text = self.text_of(file);
        let key = |finding: &Diagnostic| {
            let slice = text.as_deref().and_then(|text| text.get(finding.place.span().range()));
            FindingKey { code: finding.code.to_string(), text: slice.unwrap_or_default().to_owned() }
        };
        let recorded = own.or_else(|| {
            let mut now = RecordedFindings::new();
            findings.iter().for_each(|finding| *now.entry(key(finding)).or_default() += 1);
            // A file that was moved has the findings of one that is gone.
            let gone = read.gone.iter().filter_map(|path| baseline.files.get(path));
            gone.max_by_key(|recorded| common(recorded, &now)).filter(|recorded| common(recorded, &now) > 0)
        });
        let Some(recorded) = recorded else { return findings };
        let mut counts = RecordedCounts::new(recorded);
        findings.into_iter().filter(|finding| !counts.take(&key(finding))).collect()
    }

    /// The text of a file: of a text, its annotations, the registry or the configuration.
    fn text_of(&self, file: FileId) -> Option<Arc<str>> {
        if self.snapshot.file(file).is_some() {
            return standoff::document(self, file);
        }
        if let Some(beside) = self.annotations.get(file) {
            return Some(beside.standoff(self)?.source().into());
        }
        match self.curation.get(file) {
            Some(known) => String::from_utf8(self.curation_content(known.which).ok()??).ok().map(Arc::from),
            None => self.snapshot.source(file).map(|source| source.text.clone()),
        }
    }
}
