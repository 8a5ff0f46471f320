//! Findings for clients that pull them.
//!
//! A result is named by its content, so that what has not changed is not sent again, whatever happened meanwhile.

use camino::Utf8PathBuf;
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use tower_lsp::ls_types as lsp;

use crate::lsp::convert;
use crate::lsp::transport::Client;
use crate::lsp::view::CorpusView;
use crate::lsp::view::diagnostics::FindingWriter;
use crate::lsp::view::finding_list::FileFindings;
use crate::text::FileId;

/// Most files that one part of an answer holds.
const PART: usize = 100;

/// The findings of one file; `before` names those that the client has.
pub fn document(view: &CorpusView, file: FileId, before: Option<&str>) -> lsp::DocumentDiagnosticReport {
    let found = FileFindings::of(view, file);
    let result_id = result_id(view, &found);
    if before == Some(&*result_id) {
        return lsp::RelatedUnchangedDocumentDiagnosticReport {
            related_documents: None,
            unchanged_document_diagnostic_report: lsp::UnchangedDocumentDiagnosticReport { result_id },
        }
        .into();
    }
    let mut writer = FindingWriter::new(view);
    let report = view.findings(file);
    let items: Vec<lsp::Diagnostic> = report.diagnostics.iter().map(|found| writer.diagnostic(found)).collect();
    full(Some(result_id), items)
}

fn result_id(view: &CorpusView, found: &FileFindings) -> String {
    format!("{:016x}", found.fingerprint(view))
}

/// The findings of one file as they are written, for a request about this file: noted, so that they can be withdrawn
/// when the file is gone.
pub fn written(view: &CorpusView, file: FileId, before: Option<&str>) -> Vec<u8> {
    if let (Some(path), Some(uri)) = (view.path(file), view.uri(file)) {
        view.session.pulled.note(path, uri);
    }
    let found = FileFindings::of(view, file);
    let result_id = result_id(view, &found);
    if before == Some(&*result_id) {
        return format!(r#"{{"kind":"unchanged","resultId":"{result_id}"}}"#).into_bytes();
    }
    let mut report = format!(r#"{{"kind":"full","resultId":"{result_id}","items":"#).into_bytes();
    found.write(view, file, usize::MAX, &mut report);
    report.push(b'}');
    report
}

/// The findings of a file that no corpus governs.
pub fn nothing() -> lsp::DocumentDiagnosticReport {
    full(None, Vec::new())
}

fn full(result_id: Option<String>, items: Vec<lsp::Diagnostic>) -> lsp::DocumentDiagnosticReport {
    lsp::RelatedFullDocumentDiagnosticReport {
        related_documents: None,
        full_document_diagnostic_report: lsp::FullDocumentDiagnosticReport { result_id, items },
    }
    .into()
}

/// The findings of all files, those without findings only where the client has some.
/// With a token they go to the client part by part, and the answer itself is empty.
pub fn workspace(
    views: &[CorpusView],
    params: lsp::WorkspaceDiagnosticParams,
    client: &Client,
) -> lsp::WorkspaceDiagnosticReportResult {
    // By path: a client may write the same address in another way than we do.
    let mut before = HeldResults::default();
    for held in params.previous_result_ids {
        if let Some(path) = convert::path(&held.uri) {
            before.insert(path, (held.uri, held.value));
        }
    }
    let mut items = Vec::new();
    let mut reported: FxHashSet<Utf8PathBuf> = FxHashSet::default();
    for view in views {
        let reports: Vec<_> =
            view.all_files().into_par_iter().filter_map(|file| in_workspace(view, file, &before)).collect();
        for (path, report) in reports {
            before.remove(&path);
            items.extend(report);
            reported.insert(path);
        }
    }
    // What is left is of files that are gone, or no longer anybody's. A client may hold findings of a file that was
    // open without naming them here.
    let mut gone: Vec<lsp::Uri> = before.into_values().map(|(uri, _)| uri).collect();
    gone.extend(views.first().map(|view| view.session.pulled.take_others(&reported)).unwrap_or_default());
    gone.sort_by(|a, b| a.as_str().cmp(b.as_str()));
    gone.dedup();
    items.extend(gone.into_iter().map(|uri| {
        lsp::WorkspaceDocumentDiagnosticReport::Full(lsp::WorkspaceFullDocumentDiagnosticReport {
            uri,
            version: None,
            full_document_diagnostic_report: lsp::FullDocumentDiagnosticReport::default(),
        })
    }));
    if let Some(token) = &params.partial_result_params.partial_result_token {
        while !items.is_empty() {
            let rest = items.split_off(items.len().min(PART));
            client.part(token, &lsp::WorkspaceDiagnosticReportPartialResult { items });
            items = rest;
        }
    }
    lsp::WorkspaceDiagnosticReport { items }.into()
}

/// The results that a client holds, by path: how it calls the file, and the id of the result.
type HeldResults = FxHashMap<Utf8PathBuf, (lsp::Uri, String)>;

type InWorkspace = (Utf8PathBuf, Option<lsp::WorkspaceDocumentDiagnosticReport>);

fn in_workspace(view: &CorpusView, file: FileId, before: &HeldResults) -> Option<InWorkspace> {
    let path = view.path(file)?;
    let known = before.get(&path);
    let uri = known.map(|(uri, _)| uri.clone()).or_else(|| view.uri(file))?;
    let version = view.version(file).map(i64::from);
    let report = match document(view, file, known.map(|(_, id)| id.as_str())) {
        lsp::DocumentDiagnosticReport::Unchanged(report) => {
            Some(lsp::WorkspaceDocumentDiagnosticReport::Unchanged(lsp::WorkspaceUnchangedDocumentDiagnosticReport {
                uri,
                version,
                unchanged_document_diagnostic_report: report.unchanged_document_diagnostic_report,
            }))
        }
        lsp::DocumentDiagnosticReport::Full(report) => {
            let report = report.full_document_diagnostic_report;
            let worth = known.is_some() || !report.items.is_empty();
            worth.then_some({
                lsp::WorkspaceDocumentDiagnosticReport::Full(lsp::WorkspaceFullDocumentDiagnosticReport {
                    uri,
                    version,
                    full_document_diagnostic_report: report,
                })
            })
        }
    };
    Some((path, report))
}
