//! Findings as the protocol has them. Runs on workers.

use std::str::FromStr as _;

use rustc_hash::FxHashMap;
use tower_lsp::ls_types as lsp;
use xxhash_rust::xxh3::Xxh3Default;

use super::corpus_view::CorpusView;
use crate::diagnostic::{Diagnostic, Severity};
use crate::text::{FileId, Place};

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
                let uri = self.uri(related.file)?;
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

    /// Changes with anything a client is shown of a finding but its place.
    pub fn digest(&mut self, found: &Diagnostic) -> u128 {
        let Diagnostic { code, severity, message, related, fix, unnecessary, .. } = found;
        let (title, safe) = fix.as_ref().map_or(("", false), |fix| (&fix.title, fix.safe));
        let mut hash = Xxh3Default::new();
        hash.update(&[*severity as u8, u8::from(fix.is_some()), u8::from(safe), u8::from(*unnecessary)]);
        let text = |hash: &mut Xxh3Default, text: &str| {
            hash.update(&(text.len() as u64).to_le_bytes());
            hash.update(text.as_bytes());
        };
        for part in [code, message.as_str(), title] {
            text(&mut hash, part);
        }
        for related in related {
            let uri = self.uri(related.file);
            text(&mut hash, uri.as_ref().map_or("", |uri| uri.as_str()));
            text(&mut hash, &related.message);
            let lsp::Range { start, end } = self.view.range(related.place);
            for number in [start.line, start.character, end.line, end.character] {
                hash.update(&number.to_le_bytes());
            }
        }
        hash.digest128()
    }

    fn uri(&mut self, file: FileId) -> Option<lsp::Uri> {
        self.files.entry(file).or_insert_with(|| self.view.uri(file)).clone()
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

/// Changes with anything a client is shown of these findings, each at its place.
pub fn fingerprint<'d>(view: &CorpusView, found: impl Iterator<Item = (Place, &'d Diagnostic)>) -> u64 {
    let mut hash = Xxh3Default::new();
    let place = |hash: &mut Xxh3Default, place: Place| {
        for at in [place.start, place.end] {
            hash.update(&at.line.to_le_bytes());
            hash.update(&at.column(view.session.encoding).to_le_bytes());
        }
    };
    for (at, found) in found {
        hash.update(&[found.severity as u8, u8::from(found.fix.as_ref().is_some_and(|fix| fix.safe))]);
        place(&mut hash, at);
        let title = found.fix.as_ref().map_or("", |fix| &fix.title);
        for text in [&found.code, found.message.as_str(), title] {
            hash.update(text.as_bytes());
            hash.update(&[0]);
        }
        for related in &found.related {
            // The path and not the number, which tells only which file was found first.
            hash.update(view.below(related.file).map_or("", |path| path.as_str()).as_bytes());
            hash.update(&[0]);
            place(&mut hash, related.place);
            hash.update(related.message.as_bytes());
            hash.update(&[0]);
        }
    }
    hash.digest()
}

/// Says in the place of the next finding that so many are not shown.
pub fn more(view: &CorpusView, next: Place, count: usize) -> lsp::Diagnostic {
    lsp::Diagnostic {
        range: view.range(next),
        severity: Some(lsp::DiagnosticSeverity::INFORMATION),
        source: Some("scholiast".to_owned()),
        message: format!("{count} more findings from here on are not shown"),
        ..lsp::Diagnostic::default()
    }
}
