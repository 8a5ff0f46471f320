//! The findings in the files of a corpus, made when somebody asks and kept as long as they hold. Runs on workers.

use std::sync::Arc;

use rayon::prelude::*;

use super::annotations::AnnotationView;
use super::corpus_view::CorpusView;
use crate::corpus::File;
use crate::diagnostic::Diagnostic;
use crate::rules::used_settings::UsedSettings;
use crate::rules::{self, FileReport, sources};
use crate::text::FileId;

impl CorpusView {
    /// The findings in a file; none where another corpus reports them.
    pub fn findings(&self, file: FileId) -> Vec<Diagnostic> {
        if self.left.contains(&file) {
            return Vec::new();
        }
        let snapshot = &*self.snapshot;
        if let Some(text) = snapshot.file(file) {
            return self.findings_in_text(text).diagnostics.clone();
        }
        if let Some(beside) = self.annotations.get(file) {
            return self.findings_in_annotations(file, beside).diagnostics.clone();
        }
        let mut found: Vec<Diagnostic> =
            self.findings.of_sources(snapshot).iter().filter(|found| found.file == file).cloned().collect();
        if snapshot.config_source.as_ref().is_some_and(|(config, _)| *config == file) {
            match &self.config_error {
                Some(error) => found.extend(sources::config_syntax(snapshot, error)),
                None => found.extend(self.unused_settings()),
            }
        }
        found
    }

    /// The findings in a text.
    fn findings_in_text(&self, file: &File) -> Arc<FileReport> {
        self.findings.kept(file.id, self.snapshot.stamp(file.id), || rules::check_file(&self.snapshot, file))
    }

    /// The findings in an annotation file.
    fn findings_in_annotations(&self, file: FileId, beside: &AnnotationView) -> Arc<FileReport> {
        self.findings.kept(file, beside.stamp, || beside.check(self, file))
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
        reports.iter().for_each(|report| used.take(&report.used, &report.decided));
        sources::unused_settings(snapshot, &used)
    }
}
