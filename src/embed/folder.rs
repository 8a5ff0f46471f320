//! A corpus on disk, read as a command reads it.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use camino::Utf8Path;

use super::analyzer::{ABOVE, AnalyzerSources, NamedText, SourceError};
use super::findings::{RunFindings, find};
use super::mention_rows::{MarkedFile, by_text, rows};
use super::proposals::{self, CorpusProposals};
use crate::annotation::ConfigurationFile;
use crate::config::{Config, FILE_NAME};
use crate::corpus::linked::LinkContext;
use crate::corpus::mention::mentions;
use crate::disk::FileError;
use crate::disk::annotation_files::AnnotationConfigurations;
use crate::disk::cache::Cache;
use crate::disk::clock::today;
use crate::disk::files::{Files as _, OnDisk};
use crate::disk::find::ConfigChoice;
use crate::disk::load::{LoadRequest, load};
use crate::disk::loaded::LoadedCorpora;
use crate::disk::path::{real, working_directory};
use crate::disk::rule_pages::RulePages;
use crate::disk::run_texts::RunTexts;
use crate::disk::shared_registries::place;
use crate::render::Sources as _;
use crate::render::mentions::MentionRow;
use crate::text::FileId;

/// The corpora that a folder or file leads to, as they were when they were read.
#[derive(Debug)]
pub struct FolderRun {
    loaded: LoadedCorpora,
    texts: RunTexts,
}

impl FolderRun {
    /// Reads what `path` names; files that cannot be read are among [`FolderRun::problems`].
    ///
    /// # Errors
    /// When the working directory is gone.
    pub fn read(path: PathBuf) -> Result<Self, FileError> {
        let here = working_directory().map_err(|message| FileError { path: ".".to_owned(), message })?;
        let cache = Cache::new(None);
        let loaded = load(&LoadRequest {
            paths: &[path],
            here: &here,
            files: Arc::new(OnDisk),
            config: ConfigChoice::Nearest,
            cache: &cache,
            stdin: None,
            today: today(),
            needs_files: true,
            configure: &|_| (),
            progress: &|_| (),
            expect: &|_| (),
        });
        let mut texts = RunTexts::new(Arc::new(RulePages::new(cache.folder())));
        loaded.corpora.iter().for_each(|corpus| texts.add(corpus));
        Ok(Self { loaded, texts })
    }

    /// Tells whether nothing was read.
    pub fn is_empty(&self) -> bool {
        self.loaded.corpora.iter().all(|corpus| corpus.selected.is_empty())
    }

    /// The files that could not be used.
    pub fn problems(&self) -> &[FileError] {
        &self.loaded.problems
    }

    /// The texts, for who shows findings.
    pub const fn texts(&self) -> &RunTexts {
        &self.texts
    }

    /// The findings, in the order of output.
    pub fn check(&self) -> RunFindings {
        find(&self.loaded, &self.texts, &|_| true)
    }

    /// Proposals for the registries: the rows of `scholiast suggest`, one JSON object each.
    pub fn suggest_rows(&self) -> Vec<String> {
        let corpora = self.loaded.corpora.iter().enumerate().flat_map(|(number, corpus)| {
            let proposals = CorpusProposals::new(number, corpus, &self.texts);
            proposals::rows(&proposals.suggest(&|_| ()), proposals.registry(), &proposals)
        });
        corpora.collect()
    }

    /// Lists the mentions of each text, texts by their paths, with its content; with `short`, also people named in
    /// short.
    ///
    /// # Errors
    /// When an annotation file cannot be read.
    pub fn mentions(&self, short: bool, each: &mut dyn FnMut(&MentionRow<'_>, &str)) -> Result<(), FileError> {
        let besides: Vec<_> = self.loaded.corpora.iter().map(by_text).collect();
        let mut files: Vec<(&str, usize, FileId)> = Vec::new();
        for (number, corpus) in self.loaded.corpora.iter().enumerate() {
            files.extend(corpus.selected.iter().map(|(id, shown)| (shown.as_str(), number, *id)));
        }
        files.sort_unstable();
        for (shown, number, id) in files {
            let corpus = &self.loaded.corpora[number];
            let snapshot = corpus.world.current();
            let Some(file) = snapshot.file(id) else { continue };
            let Some(text) = self.texts.text(self.texts.number(number, id)) else { continue };
            let file = &*file.unpacked();
            let profile = snapshot.profile(file);
            let links = LinkContext { registry: &snapshot.registry, day: profile.date, short };
            let mut contents = Vec::new();
            for beside in besides[number].get(&id).into_iter().flatten() {
                contents.push((beside, corpus.annotation(beside, &AnnotationConfigurations::default())?));
            }
            let marked = contents.iter();
            let marked: Vec<MarkedFile<'_>> =
                marked.filter_map(|(file, content)| MarkedFile::new(corpus, file, content, shown)).collect();
            rows(snapshot, mentions(file, &profile, links), &marked, shown, &text).for_each(|row| each(&row, &text));
        }
        Ok(())
    }
}

/// All that an analyser of a corpus folder is made from: its configuration, the registry files that this names, and the
/// configurations for annotations in its folders and above. Texts are not read.
///
/// # Errors
/// When the folder has no configuration, or a file cannot be read.
pub fn sources(folder: &Path) -> Result<AnalyzerSources, SourcesError> {
    let problem = |path: &Utf8Path, message: String| FileError { path: path.to_string(), message };
    let named = Utf8Path::from_path(folder);
    let named = named.ok_or_else(|| problem(".".into(), "the path of the folder is not UTF-8".to_owned()))?;
    let here = working_directory().map_err(|message| problem(".".into(), message))?;
    let root = real(&here.join(named));
    let read =
        |below: &Utf8Path| OnDisk.read(&place(&root, below)).map_err(|message| problem(&named.join(below), message));
    // What is not UTF-8 in these is a finding.
    let lossy = |below: &Utf8Path| -> Result<NamedText, FileError> {
        Ok(NamedText { path: below.to_owned(), text: String::from_utf8_lossy(&read(below)?).into() })
    };
    let config = String::from_utf8(read(FILE_NAME.into())?);
    let config = config.map_err(|_| problem(&named.join(FILE_NAME), "it is not UTF-8".to_owned()))?;
    let config = NamedText { path: FILE_NAME.into(), text: config.into() };
    let parsed = Config::parse(&config.text);
    let (parsed, _) = parsed.map_err(|error| SourceError::at(&config, error.span.start, error.message))?;
    let walked = OnDisk.walk(&root, &parsed);
    if let Some(first) = walked.problems.into_iter().next() {
        return Err(first.into());
    }
    let files = walked.texts.iter().chain(&walked.annotations);
    let folders: BTreeSet<&Utf8Path> =
        files.flat_map(|file| file.ancestors().skip(1)).chain([Utf8Path::new("")]).collect();
    let mut configurations = Vec::new();
    for below in folders.into_iter().flat_map(|folder| ConfigurationFile::ALL.map(|file| folder.join(file.file_name())))
    {
        if OnDisk.is_file(&root.join(&below)) {
            configurations.push(lossy(&below)?);
        }
    }
    for file in ConfigurationFile::ALL {
        let mut above = root.ancestors().skip(1).map(|folder| folder.join(file.file_name()));
        if let Some(path) = above.find(|path| OnDisk.is_file(path)) {
            let bytes = OnDisk.read(&path).map_err(|message| problem(&path, message))?;
            let text = String::from_utf8_lossy(&bytes).into();
            configurations.push(NamedText { path: Utf8Path::new(ABOVE).join(file.file_name()), text });
        }
    }
    Ok(AnalyzerSources {
        registry: walked.registries.iter().map(|below| lossy(below)).collect::<Result<_, _>>()?,
        annotation_configurations: configurations,
        config: Some(config),
        today: today(),
    })
}

/// The reason for which the sources of a folder cannot be had.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum SourcesError {
    /// A file or folder cannot be read.
    #[error("{}", .0)]
    File(FileError),
    /// A file is no TOML.
    #[error(transparent)]
    Source(#[from] SourceError),
}

impl From<FileError> for SourcesError {
    fn from(error: FileError) -> Self {
        Self::File(error)
    }
}
