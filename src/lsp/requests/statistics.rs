//! Statistics of a corpus: findings by rule and by file, mentions by entity.
//!
//! Deliberately absent: who is shown it; it is data, or Markdown for an editor to show.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

use camino::Utf8Path;
use rayon::prelude::*;
use serde::Serialize;
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::ls_types as lsp;

use super::commands::StepCounter;
use crate::corpus::Snapshot;
use crate::diagnostic::{Diagnostic, Severity};
use crate::ide::{self, EntityCount};
use crate::lsp::convert;
use crate::lsp::transport::WorkProgress;
use crate::lsp::view::CorpusView;
use crate::render;
use crate::rules::FileReport;
use crate::text::FileId;

/// Rows of a table that Markdown shows.
const SHOWN: usize = 200;

/// All corpora that were counted.
#[derive(Serialize)]
struct Statistics<'v> {
    corpora: Vec<CorpusStatistics<'v>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct CorpusStatistics<'v> {
    /// The folder of the configuration.
    root: Option<lsp::Uri>,
    texts: usize,
    annotation_files: usize,
    findings: FindingStatistics,
    /// Entities of the registry, the most mentioned first.
    entities: Vec<EntityStatistics<'v>>,
    #[serde(skip)]
    folder: &'v Utf8Path,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct FindingStatistics {
    total: usize,
    /// The most frequent rule first.
    by_rule: Vec<FindingsOfRule>,
    /// By path; only files with findings.
    by_file: Vec<FindingsOfFile>,
}

#[derive(Serialize)]
struct FindingsOfRule {
    code: String,
    /// The worst of its findings.
    severity: Severity,
    count: usize,
    /// The number with a fix that is safe.
    fixable: usize,
}

#[derive(Serialize)]
struct FindingsOfFile {
    uri: lsp::Uri,
    count: usize,
    #[serde(skip)]
    path: String,
}

#[derive(Serialize)]
struct EntityStatistics<'v> {
    id: &'v str,
    kind: &'static str,
    name: &'v str,
    mentions: u32,
    files: u32,
    /// True where all of them are mentions of nobody else.
    exact: bool,
}

/// Counts: as data, or as Markdown.
///
/// # Errors
/// When there is no such format.
pub fn count(
    views: &[CorpusView],
    format: Option<&str>,
    progress: Option<WorkProgress>,
    is_cancelled: &(dyn Fn() -> bool + Sync),
) -> Result<lsp::LSPAny> {
    let markdown = match format {
        None | Some("json") => false,
        Some("markdown") => true,
        Some(other) => return Err(Error::invalid_params(format!("`{other}` is none of json, markdown"))),
    };
    let files: Vec<Vec<FileId>> = views.iter().map(CorpusView::all_files).collect();
    let steps = StepCounter::new(files.iter().map(Vec::len).sum(), progress);
    let of_corpus = |(view, files): (_, &Vec<FileId>)| {
        let view: &CorpusView = view;
        let found = files.par_iter().map(|file| {
            steps.step();
            (*file, if is_cancelled() { Arc::default() } else { view.findings(*file) })
        });
        CorpusStatistics {
            root: convert::uri(&view.root),
            texts: view.snapshot.files().count(),
            annotation_files: view.annotations.iter().count(),
            findings: findings(view, &found.collect::<Vec<_>>()),
            entities: entities(&view.snapshot),
            folder: &view.root,
        }
    };
    let counted = Statistics { corpora: views.iter().zip(&files).map(of_corpus).collect() };
    if markdown {
        return Ok(counted.markdown().into());
    }
    serde_json::to_value(counted).map_err(|_| Error::internal_error())
}

fn findings(view: &CorpusView, found: &[(FileId, Arc<FileReport>)]) -> FindingStatistics {
    let mut by_rule: BTreeMap<&str, FindingsOfRule> = BTreeMap::new();
    for Diagnostic { code, severity, fix, .. } in found.iter().flat_map(|(_, found)| &found.diagnostics) {
        let new = || FindingsOfRule { code: code.to_string(), severity: *severity, count: 0, fixable: 0 };
        let row = by_rule.entry(code).or_insert_with(new);
        row.count += 1;
        row.fixable += usize::from(fix.as_ref().is_some_and(|fix| fix.safe));
        row.severity = row.severity.min(*severity);
    }
    let mut by_rule: Vec<FindingsOfRule> = by_rule.into_values().collect();
    by_rule.sort_by_key(|row| Reverse(row.count));
    let by_file = found.iter().filter(|(_, found)| !found.diagnostics.is_empty()).filter_map(|(file, found)| {
        Some(FindingsOfFile {
            uri: view.uri(*file)?,
            count: found.diagnostics.len(),
            path: view.below(*file)?.to_string(),
        })
    });
    FindingStatistics {
        total: found.iter().map(|(_, found)| found.diagnostics.len()).sum(),
        by_rule,
        by_file: by_file.collect(),
    }
}

fn entities(snapshot: &Snapshot) -> Vec<EntityStatistics<'_>> {
    let entities = snapshot.registry.entities().map(|entity| {
        let EntityCount { mentions, files, exact } = ide::entity_count(snapshot, entity.ix);
        EntityStatistics {
            id: &entity.id,
            kind: entity.kind.as_str(),
            name: entity.display_name(),
            mentions,
            files,
            exact,
        }
    });
    let mut entities: Vec<EntityStatistics<'_>> = entities.collect();
    entities.sort_by_key(|entity| Reverse(entity.mentions));
    entities
}

impl Statistics<'_> {
    fn markdown(&self) -> String {
        let mut page = String::new();
        for CorpusStatistics { folder, texts, annotation_files, findings, entities, .. } in &self.corpora {
            let name = folder.file_name().unwrap_or(folder.as_str());
            // Writing to a string cannot fail.
            let _ = write!(
                page,
                "# {name}\n\n{}, {}, {}, {}\n\n",
                render::count(*texts, "text"),
                render::count(*annotation_files, "annotation file"),
                render::count(findings.total, "finding"),
                if entities.len() == 1 { "1 entity".to_owned() } else { format!("{} entities", entities.len()) },
            );
            let rules = findings.by_rule.iter().map(|row| {
                vec![row.code.clone(), row.severity.to_string(), row.count.to_string(), row.fixable.to_string()]
            });
            table(&mut page, "Findings by rule", &["rule", "severity", "findings", "with a safe fix"], rules);
            let files = findings.by_file.iter().map(|row| vec![row.path.clone(), row.count.to_string()]);
            table(&mut page, "Findings by file", &["file", "findings"], files);
            let entities = entities.iter().filter(|row| row.mentions > 0).map(|row| {
                let at_most = if row.exact { "" } else { "at most " };
                let count = format!("{at_most}{}", row.mentions);
                vec![row.id.to_owned(), row.name.to_owned(), row.kind.to_owned(), count, row.files.to_string()]
            });
            table(&mut page, "Mentions by entity", &["id", "name", "kind", "mentions", "files"], entities);
        }
        page
    }
}

/// A table; of very many rows the first.
fn table(page: &mut String, title: &str, heads: &[&str], mut rows: impl Iterator<Item = Vec<String>>) {
    let line = |cells: &[String]| {
        let cells = cells.iter().map(|cell| cell.replace('|', "\\|"));
        format!("| {} |\n", cells.collect::<Vec<_>>().join(" | "))
    };
    let _ = write!(page, "## {title}\n\n| {} |\n|{}\n", heads.join(" | "), " --- |".repeat(heads.len()));
    page.extend(rows.by_ref().take(SHOWN).map(|cells| line(&cells)));
    let more = rows.count();
    if more > 0 {
        let _ = write!(page, "\n… and {more} more\n");
    }
    page.push('\n');
}
