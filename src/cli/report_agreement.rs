//! The agreement of a corpus with the set that `[compare] with` names, for the report.

use std::collections::BTreeMap;

use crate::annotation::{AnnotatedDocument, Standoff};
use crate::curation::{Agreement, ComparableDocument, Comparison, align};
use crate::disk::annotation_files::{AnnotationConfigurations, AnnotationFile};
use crate::disk::compared_set::ComparedSet;
use crate::disk::loaded::LoadedCorpus;
use crate::report::{ReportAgreement, ReportAgreementRow};
use crate::text::FileId;

/// The agreement about the selected documents; `None` where the corpus is compared with nothing, which is a finding
/// where it is not meant, or where no document is annotated on both sides.
pub fn agreement(corpus: &LoadedCorpus) -> Option<ReportAgreement> {
    let snapshot = corpus.world.current();
    let with = snapshot.config.compare.as_ref()?.value.to_string();
    let set = ComparedSet::open(&corpus.root, &with).ok()?;
    let mut by_text: BTreeMap<FileId, Vec<&AnnotationFile>> = BTreeMap::new();
    for file in corpus.annotations.iter().filter(|file| corpus.selected.contains_key(&file.text)) {
        by_text.entry(file.text).or_default().push(file);
    }
    let configurations = AnnotationConfigurations::default();
    let (mut comparison, mut documents) = (Comparison::default(), 0);
    for (id, files) in by_text {
        let Some(path) = snapshot.path(id).filter(|path| !set.holds(&corpus.root, path)) else { continue };
        let Some(theirs) = set.document(path) else { continue };
        // What cannot be read is said where the documents are added.
        let read: Vec<_> = files.iter().filter_map(|file| corpus.annotation(file, &configurations).ok()).collect();
        let Some(text) = read.first().and_then(|content| content.text.clone()) else { continue };
        let ours: Vec<Standoff> = read.into_iter().filter_map(|content| content.standoff.ok()).collect();
        let aligned = align(&theirs.files, theirs.text.as_deref().unwrap_or(&text), &text);
        let [a, b] = [&ours[..], &*aligned.files]
            .map(|files| ComparableDocument::from(&AnnotatedDocument::of("", &text, files).0));
        comparison.add(&a, &b);
        documents += 1;
    }
    if documents == 0 {
        return None;
    }
    let types = comparison.figures().map(|(name, figures, kappa, alpha)| row(name, figures, kappa, alpha));
    let mut types: Vec<ReportAgreementRow> = types.collect();
    types.push(row("", comparison.all(), comparison.kappa(), comparison.alpha()));
    Some(ReportAgreement { with, documents, types })
}

fn row(name: &str, figures: Agreement, kappa: Option<f64>, alpha: Option<f64>) -> ReportAgreementRow {
    // The same on every machine.
    let rounded = |value: Option<f64>| value.map(|value| (value * 1e6).round() / 1e6);
    ReportAgreementRow {
        name: name.to_owned(),
        same: figures.exact,
        other_type: figures.label,
        overlap: figures.overlap,
        only_here: figures.only_a,
        only_there: figures.only_b,
        f1: rounded(figures.f1()),
        f1_overlap: rounded(figures.f1_overlap()),
        kappa: rounded(kappa),
        alpha_u: rounded(alpha),
    }
}
