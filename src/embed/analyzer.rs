//! A configuration and a registry, read once, for texts that come from anywhere.
//!
//! Nothing in an [`Analyzer`] changes, so threads share it. Deliberately absent: files.

use std::collections::BTreeMap;
use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};
use jiff::civil::Date;

use super::document::{AnalysedDocument, GivenDocument};
use super::proposals::GivenTexts;
use super::quoted_spellings::quoted;
use super::statement::Statement;
use crate::annotation::{Configuration, ConfigurationFile};
use crate::config::Config;
use crate::corpus::{LoadedFile, World};
use crate::diagnostic::{Diagnostic, Fix};
use crate::disk::annotation_files::AnnotationConfigurations;
pub use crate::fix::Allowed;
use crate::fix::{Fate, MAX_ROUNDS, round};
use crate::registry::RegistryFaultKind;
use crate::render::{RuleInfo, Sources};
use crate::rules::used_settings::UsedSettings;
use crate::rules::{check_configuration, sources};
use crate::text::{FileId, LineIndex};

/// The folder that stands for all above the corpus root in the paths of annotation configurations.
pub const ABOVE: &str = "..";

/// A text with its path below the corpus root.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NamedText {
    /// The path, `/` as separator.
    pub path: Utf8PathBuf,
    /// The text.
    pub text: Arc<str>,
}

/// All that an analyser is made from: enough to make the same one elsewhere.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AnalyzerSources {
    /// The configuration.
    pub config: Option<NamedText>,
    /// The registry files.
    pub registry: Vec<NamedText>,
    /// The configuration files of annotation projects (`annotation.conf` and others); those above the corpus root are
    /// in the folder [`ABOVE`].
    pub annotation_configurations: Vec<NamedText>,
    /// The day on which the corpus is looked at.
    pub today: Date,
}

/// The reason for which no analyser can be made: a text that is no TOML.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{path}:{line}:{column}: {message}")]
pub struct SourceError {
    /// The path of the text.
    pub path: Utf8PathBuf,
    /// The line, from 1.
    pub line: u32,
    /// The column in code points, from 1.
    pub column: u32,
    /// The message, without a full stop.
    pub message: String,
}

impl SourceError {
    /// The error at a byte of a text.
    pub(super) fn at(source: &NamedText, byte: u32, message: String) -> Self {
        let at = LineIndex::new(&source.text).position(&source.text, byte);
        Self { path: source.path.clone(), line: at.line + 1, column: at.column_char + 1, message }
    }
}

/// A configuration and a registry, ready for texts.
#[derive(Debug)]
pub struct Analyzer {
    world: World,
    /// The configuration files of annotation projects.
    project_files: Vec<(ConfigurationFile, NamedText)>,
    /// The configurations that hold in the folders of these files.
    annotation_configurations: BTreeMap<Utf8PathBuf, Arc<Configuration>>,
}

/// All that is known of the documents of a corpus when its registry and its configuration are judged.
#[derive(Clone, Copy, Debug, Default)]
pub struct CorpusSummary<'a> {
    /// The paths of some documents, at least one for each glob of `include` that any matches.
    pub paths: &'a [&'a str],
    /// The paths of some documents with annotations, at least one for each folder with configuration files of
    /// annotation projects that has any in it or below it.
    pub annotated: &'a [&'a str],
    /// The numbers of the suppressions that any document needed.
    pub used: &'a [usize],
    /// The keys of the decisions that decided anything.
    pub decided: &'a [u64],
    /// The statements about the spellings of people that matter.
    pub said: &'a [Statement],
}

/// The findings in the registry and the configuration of an analyser.
#[derive(Debug)]
pub struct SourceFindings {
    world: World,
    /// The configuration files of annotation projects.
    texts: BTreeMap<FileId, Arc<str>>,
    /// The findings, in no particular order.
    pub diagnostics: Vec<Diagnostic>,
}

impl Sources for SourceFindings {
    fn path(&self, file: FileId) -> &str {
        self.world.named(file).map_or("", |path| path.as_str())
    }

    fn text(&self, file: FileId) -> Option<Arc<str>> {
        let project = || self.texts.get(&file).cloned();
        self.world.current().source(file).map(|source| source.text.clone()).or_else(project)
    }

    fn rule(&self, _: &str) -> Option<RuleInfo> {
        None
    }
}

/// A text after fixing.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FixedDocument {
    /// The text.
    pub text: String,
    /// The number of findings that were put right.
    pub fixed: usize,
}

impl Analyzer {
    /// Reads the configuration and the registry. A registry file that is no TOML is a finding unless `strict`.
    ///
    /// # Errors
    /// When the configuration is no TOML; `strict`: or a registry file is none.
    pub fn new(of: &AnalyzerSources, strict: bool) -> Result<Self, SourceError> {
        let config = match &of.config {
            None => Config::default(),
            Some(source) => match Config::parse(&source.text) {
                Ok((config, _)) => config,
                Err(error) => return Err(SourceError::at(source, error.span.start, error.message)),
            },
        };
        let mut world = World::new(Arc::new(config), of.today);
        if let Some(source) = &of.config {
            world.set_config_source(&source.path, &source.text, false);
        }
        world.set_registry(of.registry.iter().map(|file| (file.path.clone(), Some(file.text.clone()), false)));
        if strict && let Some(error) = broken_registry(&world, &of.registry) {
            return Err(error);
        }
        let named = |file: &NamedText| Some((ConfigurationFile::named(file.path.file_name()?)?, file.clone()));
        let project_files: Vec<(ConfigurationFile, NamedText)> =
            of.annotation_configurations.iter().filter_map(named).collect();
        let annotation_configurations = configurations_by_folder(&project_files);
        Ok(Self { world, project_files, annotation_configurations })
    }

    /// The configuration for annotations in a folder below the corpus root.
    fn annotation_configuration(&self, folder: &Utf8Path) -> Option<&Arc<Configuration>> {
        folder.ancestors().find_map(|folder| self.annotation_configurations.get(folder))
    }

    /// A document under this analyser, and under what others say of what it cites.
    pub fn analyse<'a>(&self, source: GivenDocument<'a>, said: &[Statement]) -> AnalysedDocument<'a> {
        let configuration = self.annotation_configuration(folder(source.path)).cloned();
        AnalysedDocument::new(self.world.clone(), source, configuration, said)
    }

    /// Makes all fixes of a text that are allowed, again and again until there are none.
    pub fn fix(&self, path: &Utf8Path, text: &str, allowed: Allowed) -> FixedDocument {
        let mut done = FixedDocument { text: text.to_owned(), fixed: 0 };
        for _ in 0..MAX_ROUNDS {
            let bytes = done.text.as_bytes();
            let document = self.analyse(GivenDocument { path, bytes, annotations: None }, &[]);
            let findings = document.check().diagnostics;
            let own = |fix: &&Fix| fix.edits.iter().all(|edit| edit.file == document.id());
            let fixes: Vec<_> = findings.iter().filter_map(|found| found.fix.as_ref()).filter(own).collect();
            let mut made = round(&fixes, allowed, |file| (file == document.id()).then_some(done.text.as_str()));
            let Some(text) = made.texts.remove(&document.id()) else { break };
            done.fixed += made.fates.iter().filter(|fate| **fate == Fate::Made).count();
            done.text = text;
        }
        done
    }

    /// The numbers of the globs of `include` that a path matches.
    pub fn matched_globs(&self, path: &str) -> Vec<usize> {
        let globs = self.world.current().config.corpus.include.iter().enumerate();
        globs.filter(|(_, glob)| glob.matches(path)).map(|(number, _)| number).collect()
    }

    /// The folders with configuration files of annotation projects around a document.
    pub fn project_folders<'p>(&self, path: &'p str) -> Vec<&'p str> {
        let folders = folder(Utf8Path::new(path)).ancestors();
        let has_files =
            |folder: &&Utf8Path| self.project_files.iter().any(|(_, file)| file.path.parent() == Some(folder));
        folders.filter(has_files).map(Utf8Path::as_str).collect()
    }

    /// The findings in the registry and the configuration, in no particular order.
    pub fn check_sources(&self, summary: &CorpusSummary<'_>) -> SourceFindings {
        let mut world = self.world.clone();
        let ctx = world.current().ctx().clone();
        for path in summary.paths {
            world.load(Utf8Path::new(path), LoadedFile::new(&ctx, b""));
        }
        let spellings = quoted(&mut world, summary.said);
        world.quote_spellings(spellings);
        let judged: Vec<(FileId, &(ConfigurationFile, NamedText))> = self
            .project_files
            .iter()
            .filter(|(_, file)| {
                file.path.parent().is_some_and(|folder| {
                    summary.annotated.iter().any(|path| folder != ABOVE && Utf8Path::new(path).starts_with(folder))
                })
            })
            .map(|file| (world.id(&file.1.path), file))
            .collect();
        let snapshot = world.current();
        let of_sources = sources::check(snapshot);
        let mut diagnostics = of_sources.diagnostics;
        let mut used = UsedSettings::none_of(snapshot);
        used.take(&of_sources.used, &[]);
        used.take(summary.used, summary.decided);
        for (id, (which, file)) in &judged {
            let types = self.annotation_configuration(folder(&file.path)).map(|types| &**types);
            let report = check_configuration(snapshot, *id, file.path.as_str(), (*which, &file.text), types);
            diagnostics.extend(report.diagnostics);
            used.take(&report.used, &report.decided);
        }
        diagnostics.extend(sources::unused_settings(snapshot, &used));
        let texts = judged.into_iter().map(|(id, (_, file))| (id, file.text.clone())).collect();
        SourceFindings { world, texts, diagnostics }
    }

    /// Proposals for the registry from texts with their paths: the rows of `scholiast suggest`, one JSON object each.
    pub fn suggest<'t>(&self, texts: impl IntoIterator<Item = (&'t Utf8Path, &'t str)>) -> Vec<String> {
        GivenTexts::new(self.world.clone(), texts).suggest()
    }
}

/// The folder of a path below the corpus root.
fn folder(path: &Utf8Path) -> &Utf8Path {
    path.parent().unwrap_or(Utf8Path::new(""))
}

/// The configuration that holds in each folder with configuration files of an annotation project: of each file its own,
/// else the nearest above.
fn configurations_by_folder(files: &[(ConfigurationFile, NamedText)]) -> BTreeMap<Utf8PathBuf, Arc<Configuration>> {
    let mut known = AnnotationConfigurations::default();
    let text = |path: &Utf8Path| {
        let file = files.iter().find(|(_, file)| file.path == path)?;
        Some(file.1.text.as_bytes().to_vec())
    };
    let read = |path: &Utf8Path| {
        // The root stands for all above it.
        let above = || text(&Utf8Path::new(ABOVE).join(path.file_name()?)).filter(|_| folder(path) == "");
        text(path).or_else(above)
    };
    let folders = files.iter().map(|(_, file)| folder(&file.path)).map(|folder| match folder == ABOVE {
        true => Utf8Path::new(""),
        false => folder,
    });
    let found = folders.filter_map(|folder| Some((folder.to_owned(), known.find(folder, &read)?)));
    found.collect()
}

/// The first registry file that is no TOML.
fn broken_registry(world: &World, files: &[NamedText]) -> Option<SourceError> {
    let snapshot = world.current();
    snapshot.registry_syntax.iter().find_map(|fault| {
        let RegistryFaultKind::Syntax { reason } = &fault.kind else { return None };
        let path = snapshot.path(fault.at.file)?;
        let source = files.iter().find(|file| file.path == path)?;
        Some(SourceError::at(source, fault.at.span.start, reason.to_string()))
    })
}
