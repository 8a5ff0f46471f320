//! Findings for clients that pull them.
//!
//! A result is named by its content, so that what has not changed is not sent again, whatever happened meanwhile.

use rayon::prelude::*;
use rustc_hash::FxHashMap;
use tower_lsp::ls_types as lsp;

use crate::lsp::transport::Client;
use crate::lsp::view::CorpusView;
use crate::lsp::view::diagnostics;
use crate::text::FileId;

/// Most files that one part of an answer holds.
const PART: usize = 100;

/// The findings of one file; `before` names those that the client has.
pub fn document(view: &CorpusView, file: FileId, before: Option<&str>) -> lsp::DocumentDiagnosticReport {
    let found = view.findings(file);
    let result_id = format!("{:016x}", diagnostics::fingerprint(view, &found));
    if before == Some(&*result_id) {
        return lsp::RelatedUnchangedDocumentDiagnosticReport {
            related_documents: None,
            unchanged_document_diagnostic_report: lsp::UnchangedDocumentDiagnosticReport { result_id },
        }
        .into();
    }
    let items = found.iter().map(|found| diagnostics::diagnostic(view, found)).collect();
    full(Some(result_id), items)
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
    let mut before: FxHashMap<lsp::Uri, String> =
        params.previous_result_ids.into_iter().map(|known| (known.uri, known.value)).collect();
    let mut items = Vec::new();
    for view in views {
        let reports: Vec<_> =
            view.all_files().into_par_iter().filter_map(|file| in_workspace(view, file, &before)).collect();
        for (uri, report) in reports {
            before.remove(&uri);
            items.extend(report);
        }
    }
    // What is left is of files that are gone, or no longer anybody's.
    items.extend(before.into_keys().map(|uri| {
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

type InWorkspace = (lsp::Uri, Option<lsp::WorkspaceDocumentDiagnosticReport>);

fn in_workspace(view: &CorpusView, file: FileId, before: &FxHashMap<lsp::Uri, String>) -> Option<InWorkspace> {
    let uri = view.uri(file)?;
    let known = before.get(&uri);
    let version = view.version(file).map(i64::from);
    let report = match document(view, file, known.map(String::as_str)) {
        lsp::DocumentDiagnosticReport::Unchanged(report) => {
            Some(lsp::WorkspaceDocumentDiagnosticReport::Unchanged(lsp::WorkspaceUnchangedDocumentDiagnosticReport {
                uri: uri.clone(),
                version,
                unchanged_document_diagnostic_report: report.unchanged_document_diagnostic_report,
            }))
        }
        lsp::DocumentDiagnosticReport::Full(report) => {
            let report = report.full_document_diagnostic_report;
            let worth = known.is_some() || !report.items.is_empty();
            worth.then(|| {
                lsp::WorkspaceDocumentDiagnosticReport::Full(lsp::WorkspaceFullDocumentDiagnosticReport {
                    uri: uri.clone(),
                    version,
                    full_document_diagnostic_report: report,
                })
            })
        }
    };
    Some((uri, report))
}
