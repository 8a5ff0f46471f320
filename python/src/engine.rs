//! The analyser behind Python's.

use std::path::PathBuf;
use std::sync::Arc;

use jiff::civil::Date;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::pybacked::{PyBackedBytes, PyBackedStr};
use scholiast::embed::analyzer::{Allowed, Analyzer, AnalyzerSources, CorpusSummary, NamedText, SourceError};
use scholiast::embed::document::{AnalysedDocument, GivenDocument};
use scholiast::embed::folder::{SourcesError, sources};
use scholiast::embed::statement::{Statement, joined};
use scholiast::embed::testimony::Testimony;
use scholiast::rules::FileReport;

use crate::columns::{FindingColumns, MentionColumns, Part};
use crate::documents::{DocumentOfCall, GivenDocuments};
use crate::errors::raised;
use crate::export::Columns;
use crate::findings::Finding;
use crate::given::{GivenPath, GivenString};
use crate::mentions::Mention;
use crate::pending::{Look, PendingColumns, RowColumns as _, Rows};
use crate::places::{OffsetCounter, Unit};
use crate::statements::read;
use crate::threads::work_unattended;

/// A configuration and a registry, read once.
#[pyclass(frozen, module = "scholiast._native")]
pub struct Engine {
    analyzer: Arc<Analyzer>,
}

fn named((path, text): (String, String)) -> NamedText {
    NamedText { path: path.into(), text: text.into() }
}

#[pymethods]
impl Engine {
    /// Reads sources: pairs of path and text.
    #[new]
    fn new(
        py: Python<'_>,
        config: Option<(String, String)>,
        registry: Vec<(String, String)>,
        annotation_configurations: Vec<(String, String)>,
        today: &str,
        strict: bool,
    ) -> PyResult<Self> {
        let today: Date = today.parse().map_err(|_| PyValueError::new_err(format!("{today:?} is no date")))?;
        let sources = AnalyzerSources {
            config: config.map(named),
            registry: registry.into_iter().map(named).collect(),
            annotation_configurations: annotation_configurations.into_iter().map(named).collect(),
            today,
        };
        match work_unattended(py, move || Analyzer::new(&sources, strict))? {
            Ok(analyzer) => Ok(Self { analyzer: Arc::new(analyzer) }),
            Err(error) => Err(source_error(py, &error)),
        }
    }

    /// The mentions of one text.
    fn mentions(
        &self,
        py: Python<'_>,
        document: DocumentOfCall,
        short_mentions: bool,
        unit: &str,
    ) -> PyResult<Vec<Mention>> {
        let unit = Unit::of(unit)?;
        Ok(py.detach(|| {
            let document = self.analyzer.analyse(document.source(), &[]);
            let counter = OffsetCounter::new(unit, document.text());
            let mut mentions = Vec::new();
            document.mentions(short_mentions, &mut |row| mentions.push(Mention::new(row, &counter)));
            mentions
        }))
    }

    /// The findings in one text and its annotations.
    fn check(&self, py: Python<'_>, document: DocumentOfCall, unit: &str) -> PyResult<Vec<Finding>> {
        let unit = Unit::of(unit)?;
        Ok(py.detach(|| {
            let of_annotations = OffsetCounter::new(unit, document.annotation_text());
            let document = self.analyzer.analyse(document.source(), &[]);
            let of_text = OffsetCounter::new(unit, document.text());
            let counter = |file| if file == document.id() { &of_text } else { &of_annotations };
            let found = document.check().diagnostics;
            found.iter().map(|found| Finding::new(found, &document, counter(found.file))).collect()
        }))
    }

    /// The findings in the registry and the configuration.
    fn check_sources(&self, py: Python<'_>, paths: Vec<String>) -> Vec<Finding> {
        py.detach(|| {
            let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
            let findings = self.analyzer.check_sources(&CorpusSummary { paths: &paths, ..CorpusSummary::default() });
            let counter = OffsetCounter::new(Unit::CodePoint, None);
            findings.diagnostics.iter().map(|found| Finding::new(found, &findings, &counter)).collect()
        })
    }

    /// A text after all fixes that are allowed, with their number.
    fn fix(&self, py: Python<'_>, text: GivenString, path: GivenPath, unsafe_fixes: bool) -> (String, usize) {
        let allowed = if unsafe_fixes { Allowed::Unsafe } else { Allowed::Safe };
        let fixed = py.detach(|| self.analyzer.fix(path.as_path(), text.as_str(), allowed));
        (fixed.text, fixed.fixed)
    }

    /// Proposals for the registry, as the rows of `scholiast suggest --format jsonl`.
    fn suggest(&self, py: Python<'_>, texts: Vec<GivenString>, paths: Vec<GivenPath>) -> PyResult<Vec<String>> {
        if texts.len() != paths.len() {
            return Err(PyValueError::new_err(format!(
                "{} texts and {} paths: give one for each",
                texts.len(),
                paths.len()
            )));
        }
        let analyzer = self.analyzer.clone();
        work_unattended(py, move || {
            analyzer.suggest(texts.iter().zip(&paths).map(|(text, path)| (path.as_path(), text.as_str())))
        })
    }

    /// The mentions of many texts, as columns.
    fn mention_columns(&self, documents: GivenDocuments, short_mentions: bool) -> PendingColumns {
        let analyzer = self.analyzer.clone();
        let look: Look<MentionColumns> = Box::new(move |rows, number, source| {
            let document = analyzer.analyse(source, &[]);
            if document.text().is_none() {
                let path = Some(source.path.as_str());
                rows.add(|columns| columns.push_error(number, path, "the text is not UTF-8"));
            }
            document.mentions(short_mentions, &mut |row| rows.add(|columns| columns.push(number, row)));
        });
        PendingColumns::new(documents, MentionColumns::default, look)
    }

    /// The findings in many texts, each judged alone, as columns.
    fn finding_columns(&self, documents: GivenDocuments) -> PendingColumns {
        let analyzer = self.analyzer.clone();
        let look: Look<FindingColumns> = Box::new(move |rows, number, source| {
            push_findings(&analyzer, rows, number, source, &[]);
        });
        PendingColumns::new(documents, FindingColumns::of_findings, look)
    }

    /// The findings in many texts, each judged alone, with all that has to be known to judge them together.
    fn parts(&self, documents: GivenDocuments) -> PendingColumns {
        let analyzer = self.analyzer.clone();
        let look: Look<FindingColumns> = Box::new(move |rows, number, source| {
            let path = source.path.as_str();
            let (document, report) = push_findings(&analyzer, rows, number, source, &[]);
            push_testimonies(rows, path, document.testimonies());
            push_used(rows, path, &report);
            let mut push = |part, key: &str| rows.add(|columns| columns.push_part(part, Some(path), key, None));
            if source.annotations.is_some() {
                analyzer.project_folders(path).into_iter().for_each(|folder| push(Part::Annotated, folder));
            }
            analyzer.matched_globs(path).into_iter().for_each(|glob| push(Part::Matches, &glob.to_string()));
        });
        PendingColumns::new(documents, FindingColumns::of_parts, look)
    }

    /// The findings in many texts, each judged under what others say: a list of statements for each text.
    fn parts_under(&self, documents: GivenDocuments, said: Vec<Vec<PyBackedBytes>>) -> PyResult<PendingColumns> {
        let said: Vec<Vec<Statement>> = said.iter().map(|said| read(said)).collect::<PyResult<_>>()?;
        if said.len() != documents.len() {
            return Err(PyValueError::new_err("give a list of statements for each text"));
        }
        let analyzer = self.analyzer.clone();
        let look: Look<FindingColumns> = Box::new(move |rows, number, source| {
            let (_, report) = push_findings(&analyzer, rows, number, source, &said[number]);
            push_used(rows, source.path.as_str(), &report);
        });
        Ok(PendingColumns::new(documents, FindingColumns::of_parts, look))
    }

    /// The findings in the registry and the configuration of a corpus, as columns: `paths` are of texts, at least one
    /// for each glob of `include` that any matches, `annotated` of texts with annotations, one for each folder of an
    /// annotation project; `used` and `decided` are the suppressions and decisions that had an effect, `said` the
    /// statements that concern the registry.
    fn source_columns(
        &self,
        py: Python<'_>,
        paths: Vec<PyBackedStr>,
        annotated: Vec<PyBackedStr>,
        used: Vec<usize>,
        decided: Vec<u64>,
        said: Vec<PyBackedBytes>,
    ) -> PyResult<Columns> {
        let said = read(&said)?;
        let batch = py.detach(|| {
            let paths: Vec<&str> = paths.iter().map(|path| &**path).collect();
            let annotated: Vec<&str> = annotated.iter().map(|path| &**path).collect();
            let summary =
                CorpusSummary { paths: &paths, annotated: &annotated, used: &used, decided: &decided, said: &said };
            let findings = self.analyzer.check_sources(&summary);
            let mut columns = FindingColumns::of_parts();
            findings.diagnostics.iter().for_each(|found| columns.push(0, "", found, &findings));
            columns.finish()
        });
        Columns::new(vec![batch])
    }
}

/// Adds the findings of a document under what others say.
fn push_findings<'d>(
    analyzer: &Analyzer,
    rows: &mut Rows<FindingColumns>,
    number: usize,
    source: GivenDocument<'d>,
    said: &[Statement],
) -> (AnalysedDocument<'d>, FileReport) {
    let document = analyzer.analyse(source, said);
    let report = document.check();
    for found in &report.diagnostics {
        rows.add(|columns| columns.push(number, source.path.as_str(), found, &document));
    }
    (document, report)
}

fn source_error(py: Python<'_>, error: &SourceError) -> PyErr {
    let arguments = (error.path.as_str(), error.line, error.column, error.message.as_str());
    raised(py, "SourceError", arguments)
}

/// A path and the text that is there.
type PathAndText = (String, String);

/// The sources of a corpus folder: its configuration, its registry files, its configurations for annotations.
#[pyfunction]
pub fn corpus_sources(
    py: Python<'_>,
    folder: PathBuf,
) -> PyResult<(Option<PathAndText>, Vec<PathAndText>, Vec<PathAndText>)> {
    let pair = |named: NamedText| (named.path.into_string(), named.text.to_string());
    match work_unattended(py, move || sources(&folder))? {
        Ok(sources) => Ok((
            sources.config.map(pair),
            sources.registry.into_iter().map(pair).collect(),
            sources.annotation_configurations.into_iter().map(pair).collect(),
        )),
        Err(SourcesError::Source(error)) => Err(source_error(py, &error)),
        Err(SourcesError::File(error)) => Err(raised(py, "CorpusError", (error.path, error.message))),
    }
}

/// Adds what a document says to others, and about what it asks them.
fn push_testimonies(rows: &mut Rows<FindingColumns>, path: &str, testimonies: Vec<Testimony>) {
    let mut said = Vec::new();
    for testimony in testimonies {
        if testimony.asks {
            rows.add(|columns| columns.push_part(Part::Asks, Some(path), &testimony.statement.key(), None));
        }
        said.push(testimony.statement);
    }
    for (key, statement) in joined(said) {
        rows.add(|columns| columns.push_part(Part::Says, None, &key, Some(statement.to_bytes())));
    }
}

fn push_used(rows: &mut Rows<FindingColumns>, path: &str, report: &FileReport) {
    let mut push = |part, key: String| rows.add(|columns| columns.push_part(part, Some(path), &key, None));
    report.used.iter().for_each(|number| push(Part::Uses, number.to_string()));
    report.decided.iter().for_each(|key| push(Part::Decided, key.to_string()));
}
