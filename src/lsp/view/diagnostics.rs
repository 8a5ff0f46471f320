//! Findings as the protocol has them. Runs on workers.

use std::str::FromStr as _;

use rustc_hash::FxHashMap;
use tower_lsp::ls_types as lsp;

use super::corpus_view::CorpusView;
use crate::diagnostic::{Diagnostic, Severity};
use crate::text::FileId;

/// Most findings of one file that are pushed: an editor shows no more to anyone's use, and JSON is the cost.
pub const MOST_PUSHED: usize = 1000;

/// A severity.
const fn severity(severity: Severity) -> lsp::DiagnosticSeverity {
    match severity {
        Severity::Error => lsp::DiagnosticSeverity::ERROR,
        Severity::Warning => lsp::DiagnosticSeverity::WARNING,
        Severity::Info => lsp::DiagnosticSeverity::INFORMATION,
        Severity::Hint => lsp::DiagnosticSeverity::HINT,
    }
}

/// Findings of one answer on their way to the client. Addresses are made once for each file and rule: making one costs
/// more than all else of a finding, and a thousand findings have the same few.
pub struct FindingWriter<'v> {
    view: &'v CorpusView,
    files: FxHashMap<FileId, Option<lsp::Uri>>,
    pages: FxHashMap<String, Option<lsp::CodeDescription>>,
}

impl<'v> FindingWriter<'v> {
    /// A writer for findings of a corpus.
    pub fn new(view: &'v CorpusView) -> Self {
        Self { view, files: FxHashMap::default(), pages: FxHashMap::default() }
    }

    /// A finding as the protocol has it.
    pub fn diagnostic(&mut self, found: &Diagnostic) -> lsp::Diagnostic {
        let view = self.view;
        let features = &view.session.features;
        let related = (features.related_information && !found.related.is_empty()).then(|| {
            let related = found.related.iter().filter_map(|related| {
                let uri = self.files.entry(related.file).or_insert_with(|| view.uri(related.file)).clone()?;
                let location = lsp::Location { uri, range: view.range(related.place) };
                Some(lsp::DiagnosticRelatedInformation { location, message: related.message.clone() })
            });
            related.collect()
        });
        lsp::Diagnostic {
            range: view.range(found.place),
            severity: Some(severity(found.severity)),
            code: Some(lsp::NumberOrString::String(found.code.to_string())),
            code_description: self.page(&found.code),
            source: Some("scholiast".to_owned()),
            message: found.message.clone(),
            related_information: related,
            tags: (features.diagnostic_tags && found.unnecessary).then(|| vec![lsp::DiagnosticTag::UNNECESSARY]),
            data: found
                .fix
                .as_ref()
                .filter(|_| features.diagnostic_data)
                .map(|fix| serde_json::json!({ "fix": fix.title, "safe": fix.safe })),
        }
    }

    /// The page of a rule, where the client has said how it opens one.
    fn page(&mut self, code: &str) -> Option<lsp::CodeDescription> {
        let uri = self.view.session.options.rule_uri.as_ref()?;
        if let Some(page) = self.pages.get(code) {
            return page.clone();
        }
        let page = lsp::Uri::from_str(&uri.replace("{code}", code)).ok().map(|href| lsp::CodeDescription { href });
        self.pages.insert(code.to_owned(), page.clone());
        page
    }
}

/// Findings as they are pushed: of very many the first, and one that says so.
pub fn pushed(view: &CorpusView, found: &[Diagnostic]) -> Vec<lsp::Diagnostic> {
    let mut writer = FindingWriter::new(view);
    let mut pushed: Vec<lsp::Diagnostic> =
        found.iter().take(MOST_PUSHED).map(|found| writer.diagnostic(found)).collect();
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
pub fn fingerprint(view: &CorpusView, found: &[Diagnostic]) -> u64 {
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
