//! Between our values and the protocol's.

use std::str::FromStr as _;

use camino::{Utf8Path, Utf8PathBuf};
use tower_lsp::ls_types as lsp;

use super::view::View;
use crate::diagnostic::{Diagnostic, Severity};
use crate::text::{Encoding, Position};

/// Most findings of one file that are pushed: an editor shows no more to anyone's use, and JSON is the cost.
pub const MOST_PUSHED: usize = 1000;

/// The path of a file; `None` for what lies elsewhere (`untitled:`, `vscode-vfs:`).
pub fn path(uri: &lsp::Uri) -> Option<Utf8PathBuf> {
    if !uri.scheme().as_str().eq_ignore_ascii_case("file") {
        return None;
    }
    Utf8PathBuf::from_path_buf(uri.to_file_path()?.into_owned()).ok()
}

/// How a file is called to a client that has not named it itself.
pub fn uri(path: &Utf8Path) -> Option<lsp::Uri> {
    lsp::Uri::from_file_path(path.as_std_path())
}

/// A link a person may follow.
pub fn link(url: &str) -> Option<lsp::Uri> {
    lsp::Uri::from_str(url).ok()
}

/// A position as the client counts.
pub const fn position(at: Position, encoding: Encoding) -> lsp::Position {
    lsp::Position { line: at.line, character: at.column(encoding) }
}

/// A severity.
const fn severity(severity: Severity) -> lsp::DiagnosticSeverity {
    match severity {
        Severity::Error => lsp::DiagnosticSeverity::ERROR,
        Severity::Warning => lsp::DiagnosticSeverity::WARNING,
        Severity::Info => lsp::DiagnosticSeverity::INFORMATION,
        Severity::Hint => lsp::DiagnosticSeverity::HINT,
    }
}

/// A finding.
pub fn diagnostic(view: &View, found: &Diagnostic) -> lsp::Diagnostic {
    let client = &view.session.client;
    let related = found.related.iter().filter_map(|related| {
        let location = view.location(related.file, related.place)?;
        Some(lsp::DiagnosticRelatedInformation { location, message: related.message.clone() })
    });
    lsp::Diagnostic {
        range: view.range(found.place),
        severity: Some(severity(found.severity)),
        code: Some(lsp::NumberOrString::String(found.code.to_string())),
        code_description: code_description(view, &found.code),
        source: Some("scholiast".to_owned()),
        message: found.message.clone(),
        related_information: (client.related_information && !found.related.is_empty()).then(|| related.collect()),
        tags: (client.diagnostic_tags && is_unnecessary(&found.code)).then(|| vec![lsp::DiagnosticTag::UNNECESSARY]),
        data: found
            .fix
            .as_ref()
            .filter(|_| client.diagnostic_data)
            .map(|fix| serde_json::json!({ "fix": fix.title, "safe": fix.safe })),
    }
}

/// The page of a rule, where the client has said how it opens one.
fn code_description(view: &View, code: &str) -> Option<lsp::CodeDescription> {
    let uri = view.session.rule_uri.as_ref()?;
    let href = lsp::Uri::from_str(&uri.replace("{code}", code)).ok()?;
    Some(lsp::CodeDescription { href })
}

/// What could go without a loss is shown faded.
fn is_unnecessary(code: &str) -> bool {
    matches!(
        code,
        "config/unknown-key" | "config/unused-suppression" | "registry/unknown-key" | "registry/repeated-spelling"
    )
}

/// Findings as they are pushed: of very many the first, and one that says so.
pub fn pushed(view: &View, found: &[Diagnostic]) -> Vec<lsp::Diagnostic> {
    let mut pushed: Vec<lsp::Diagnostic> =
        found.iter().take(MOST_PUSHED).map(|found| diagnostic(view, found)).collect();
    if let Some(next) = found.get(MOST_PUSHED) {
        pushed.push(lsp::Diagnostic {
            range: view.range(next.place),
            severity: Some(lsp::DiagnosticSeverity::INFORMATION),
            source: Some("scholiast".to_owned()),
            message: format!("{} more findings from here on are not shown", found.len() - MOST_PUSHED),
            ..lsp::Diagnostic::default()
        });
    }
    pushed
}

/// Changes with anything a client is shown of these findings.
pub fn fingerprint(view: &View, found: &[Diagnostic]) -> u64 {
    let mut hash = xxhash_rust::xxh3::Xxh3::new();
    let place = |hash: &mut xxhash_rust::xxh3::Xxh3, place: crate::text::Place| {
        for at in [place.start, place.end] {
            hash.update(&at.line.to_le_bytes());
            hash.update(&at.column(view.session.encoding).to_le_bytes());
        }
    };
    for found in found {
        hash.update(&[severity_byte(found.severity), u8::from(found.fix.as_ref().is_some_and(|fix| fix.safe))]);
        place(&mut hash, found.place);
        let title = found.fix.as_ref().map_or("", |fix| &fix.title);
        for text in [&found.code, found.message.as_str(), title] {
            hash.update(text.as_bytes());
            hash.update(&[0]);
        }
        for related in &found.related {
            hash.update(&related.file.0.to_le_bytes());
            place(&mut hash, related.place);
            hash.update(related.message.as_bytes());
            hash.update(&[0]);
        }
    }
    hash.digest()
}

const fn severity_byte(severity: Severity) -> u8 {
    match severity {
        Severity::Error => 1,
        Severity::Warning => 2,
        Severity::Info => 3,
        Severity::Hint => 4,
    }
}
