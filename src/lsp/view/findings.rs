//! The findings in the files of a corpus, made when somebody asks and kept as long as they hold. Runs on workers.

use std::sync::{Arc, PoisonError};

use rayon::prelude::*;

use super::annotations::AnnotationView;
use super::corpus_view::CorpusView;
use crate::corpus::File;
use crate::corpus::annotated::{AnnotationCounts, AnnotationIndex};
use crate::diagnostic::Diagnostic;
use crate::rules::used_settings::UsedSettings;
use crate::rules::{self, FileReport, LiveReport, sources};
use crate::text::FileId;

impl CorpusView {
    /// The findings in a file that no baseline has; none where another corpus reports them.
    pub fn findings(&self, file: FileId) -> Arc<FileReport> {
        if self.left.contains(&file) {
            return Arc::default();
        }
        let all = self.all_findings(file);
        if self.snapshot.config.baseline.is_none() || all.diagnostics.is_empty() {
            return all;
        }
        let diagnostics = self.without_recorded(file, all.diagnostics.clone());
        Arc::new(FileReport { diagnostics, used: all.used.clone(), decided: all.decided.clone() })
    }

    fn all_findings(&self, file: FileId) -> Arc<FileReport> {
        let snapshot = &*self.snapshot;
        if let Some(text) = snapshot.file(file) {
            return self.findings_in_text(text);
        }
        if let Some(beside) = self.annotations.get(file) {
            return self.findings_in_annotations(file, beside);
        }
        if let Some(known) = self.curation.get(file) {
            return Arc::new(self.findings_in_curation_file(known));
        }
        let mut found: Vec<Diagnostic> =
            self.findings.of_sources(snapshot).diagnostics.iter().filter(|found| found.file == file).cloned().collect();
        if snapshot.config_source.as_ref().is_some_and(|(config, _)| *config == file) {
            match &self.config_error {
                Some(error) => found.extend(sources::config_syntax(snapshot, error)),
                None => {
                    found.extend(self.unused_settings());
                    let reason = self.compared_set().and_then(Result::err);
                    found.extend(reason.and_then(|reason| sources::nothing_to_compare(snapshot, &reason)));
                }
            }
        }
        Arc::new(FileReport { diagnostics: found, ..FileReport::default() })
    }

    /// The findings in an open document; `None` where the file is no text of this corpus, or not open.
    pub fn live_findings(&self, file: FileId) -> Option<Arc<LiveReport>> {
        let text = self.snapshot.file(file).filter(|text| text.document().is_some() && !self.left.contains(&file))?;
        // What a baseline leaves out is counted over the whole document.
        if self.snapshot.config.baseline.is_some() {
            return None;
        }
        // A closed file that is looked at as if it were open has no version, and nobody types in it.
        self.version(file)?;
        let find = |before: Option<&LiveReport>| LiveReport::new(&self.snapshot, text, before);
        Some(self.findings.live(file, self.snapshot.stamp(file), find))
    }

    /// The findings in a text.
    fn findings_in_text(&self, file: &File) -> Arc<FileReport> {
        if let Some(live) = self.live_findings(file.id) {
            return live.report();
        }
        self.findings.kept(file.id, self.snapshot.stamp(file.id), || rules::check_file(&self.snapshot, file))
    }

    /// The findings in an annotation file.
    fn findings_in_annotations(&self, file: FileId, beside: &AnnotationView) -> Arc<FileReport> {
        let (words, version) = self.annotated_words(file);
        // What is compared with the registry and with other files changes with them.
        let stamp = beside.stamp.wrapping_add(self.snapshot.base_stamp() << 32).wrapping_add(version << 48);
        // So is what another annotator says.
        let stamp = stamp ^ self.compared_stamp(beside.text);
        self.findings.kept(file, stamp, || {
            let mut view = self.clone();
            Arc::make_mut(&mut view.snapshot).annotations = words;
            beside.check(&view, file)
        })
    }

    /// The annotated words of the corpus, and a number that changes whenever what other files say of those of a file
    /// does.
    fn annotated_words(&self, file: FileId) -> (AnnotationIndex, u64) {
        let files = &self.annotations;
        let mut known = files.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.update(files.latest, files.iter().map(|(file, beside)| (file, beside.stamp)), &|file| {
            let standoff = files.get(file)?.standoff(self)?;
            Some(Arc::new(AnnotationCounts::of(&standoff)))
        });
        known.words(file)
    }

    /// The findings about suppressions and decisions that have no effect: known when every file has been checked.
    fn unused_settings(&self) -> Vec<Diagnostic> {
        let snapshot = &*self.snapshot;
        if snapshot.config.suppress.is_empty() && snapshot.config.decisions.is_empty() {
            return Vec::new();
        }
        let mut used = UsedSettings::none_of(snapshot);
        let files: Vec<_> = snapshot.files().collect();
        let mut reports: Vec<Arc<FileReport>> = files.par_iter().map(|file| self.findings_in_text(file)).collect();
        let annotations: Vec<_> = self.annotations.iter().collect();
        reports.par_extend(annotations.par_iter().map(|(file, beside)| self.findings_in_annotations(*file, beside)));
        reports.push(self.findings.of_sources(snapshot));
        reports.iter().for_each(|report| used.take(&report.used, &report.decided));
        sources::unused_settings(snapshot, &used)
    }
}
