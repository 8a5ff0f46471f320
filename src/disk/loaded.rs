//! The corpora that were read for one run of a command.
//!
//! Deliberately absent: reading them (`load`).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};
use rayon::prelude::*;

use super::annotation_files::{AnnotationConfigurations, AnnotationContent, AnnotationFile, ProjectFile};
use super::compared_set::ComparedPlaces;
use super::error::FileError;
use super::files::Files;
use super::path::{lexical, shown_elsewhere};
use super::shared_registries::{self, RegistryReach};
use crate::annotation::{Configuration, ConfigurationFile, Standoff};
use crate::config::{self, Config};
use crate::corpus::annotated::{AnnotationCounts, AnnotationIndex};
use crate::corpus::{FileBody, LoadedFile, World};
use crate::curation::{CurationFile, StateCounts, StateFile};
use crate::text::FileId;
use crate::text::encoding::decode;

/// A corpus that was read.
#[derive(Debug)]
pub struct LoadedCorpus {
    /// The files with their facts.
    pub world: World,
    /// The folder of its configuration, absolute; for a corpus without one the working directory.
    pub root: Utf8PathBuf,
    /// The file that standard input stands for.
    pub(super) stdin: Option<FileId>,
    /// The working directory, absolute.
    pub(super) here: Utf8PathBuf,
    /// The tree of files that it was read from.
    pub files: Arc<dyn Files>,
    /// The files that are reported, texts and others, with how they are shown.
    pub selected: BTreeMap<FileId, String>,
    /// The annotation files beside its texts, by path.
    pub annotations: Vec<AnnotationFile>,
    /// Annotation files without a text, by path below the root.
    pub orphans: Vec<(FileId, Utf8PathBuf)>,
    /// The configuration files beside and above them, in the corpus.
    pub project_files: Vec<ProjectFile>,
    /// The files in which people keep what they have decided, as far as they are there.
    pub curation_files: Vec<(FileId, CurationFile)>,
    /// Texts from elsewhere than their place on disk: from standard input, or fixed and not yet written.
    pub held: BTreeMap<FileId, Arc<str>>,
}

impl LoadedCorpus {
    pub(super) fn new(world: World, root: &Utf8Path, here: &Utf8Path, files: Arc<dyn Files>) -> Self {
        let (selected, annotations, orphans, held) = (BTreeMap::new(), Vec::new(), Vec::new(), BTreeMap::new());
        let (root, here, project_files) = (root.to_owned(), here.to_owned(), Vec::new());
        Self {
            world,
            root,
            stdin: None,
            here,
            files,
            selected,
            annotations,
            orphans,
            project_files,
            curation_files: Vec::new(),
            held,
        }
    }

    /// Puts another text in the place of one of its files, which is looked at again; nothing is written. What the
    /// configuration says of which files there are is not taken in.
    pub fn put(&mut self, id: FileId, text: &Arc<str>, configure: &dyn Fn(&mut Config)) {
        self.held.insert(id, text.clone());
        let snapshot = self.world.snapshot();
        if let Some(source) = snapshot.registry_files.get(&id) {
            let read_again = self.world.set_registry([((*source.path).to_owned(), Some(text.clone()), false)]);
            for id in read_again {
                self.look_again(id);
            }
        } else if snapshot.config_source.as_ref().is_some_and(|(config, _)| *config == id) {
            if let Ok((mut config, _)) = Config::parse(text) {
                configure(&mut config);
                let read_again = self.world.set_config(Arc::new(config));
                self.world.set_config_source(config::FILE_NAME.into(), text, false);
                for id in read_again {
                    self.look_again(id);
                }
            }
        } else if let Some(file) = snapshot.file(id) {
            let ctx = snapshot.ctx().for_path(file.path.as_str());
            self.world.load(&file.path, LoadedFile::new(&ctx, text.as_bytes()));
        }
    }

    /// Analyses a text anew, since what is recognised has changed. One that cannot be read any more stays without
    /// facts.
    fn look_again(&mut self, id: FileId) {
        let snapshot = self.world.snapshot();
        let Some(file) = snapshot.file(id) else { return };
        let bytes = match self.held.get(&id) {
            Some(text) => text.as_bytes().to_vec(),
            None => self.files.read(&self.root.join(&*file.path)).unwrap_or_default(),
        };
        self.world.load(&file.path, LoadedFile::new(&snapshot.ctx().for_path(file.path.as_str()), &bytes));
    }

    /// The working directory of the run, absolute.
    pub fn here(&self) -> &Utf8Path {
        &self.here
    }

    pub(super) fn annotate(&mut self, name: Utf8PathBuf, text: &Utf8Path, shown: Option<String>) {
        let (id, text) = (self.world.id(&name), self.world.id(text));
        self.selected.extend(shown.map(|shown| (id, shown)));
        self.annotations.push(AnnotationFile { id, path: name, text });
    }

    pub(super) fn add_orphan(&mut self, name: Utf8PathBuf, shown: Option<String>) {
        let id = self.world.id(&name);
        self.selected.extend(shown.map(|shown| (id, shown)));
        self.orphans.push((id, name));
    }

    /// Notes the configuration files beside and above the annotation files; `shown` tells how one is shown where it is
    /// selected.
    pub(super) fn note_project_files(&mut self, shown: &dyn Fn(&Utf8Path) -> Option<String>) {
        let mut folders: BTreeSet<Utf8PathBuf> = BTreeSet::new();
        for file in &self.annotations {
            for folder in file.path.ancestors().skip(1) {
                // Those above a folder that is known are known.
                if folder.starts_with("..") || folder.is_absolute() || !folders.insert(folder.to_owned()) {
                    break;
                }
            }
        }
        for folder in folders {
            for which in ConfigurationFile::ALL {
                let path = folder.join(which.file_name());
                let place = self.root.join(&path);
                if self.files.is_file(&place) {
                    let id = self.world.id(&path);
                    self.selected.extend(shown(&place).map(|shown| (id, shown)));
                    self.project_files.push(ProjectFile { id, path, which });
                }
            }
        }
    }

    /// Notes the files in which people keep what they have decided; `shown` as for
    /// [`LoadedCorpus::note_project_files`].
    pub(super) fn note_curation_files(&mut self, shown: &dyn Fn(&Utf8Path) -> Option<String>) {
        for which in CurationFile::ALL {
            let place = self.root.join(which.file_name());
            if self.files.is_file(&place) {
                let id = self.world.id(which.file_name().into());
                self.selected.extend(shown(&place).map(|shown| (id, shown)));
                self.curation_files.push((id, which));
            }
        }
    }

    /// The path of any file of the corpus below its root.
    pub fn path_of(&self, file: FileId) -> Option<&Utf8Path> {
        let annotations = self.annotations.iter().map(|beside| (beside.id, &*beside.path));
        let projects = self.project_files.iter().map(|project| (project.id, &*project.path));
        let orphans = self.orphans.iter().map(|(id, path)| (*id, &**path));
        let curation = self.curation_files.iter().map(|(id, which)| (*id, Utf8Path::new(which.file_name())));
        let beside = || {
            annotations.chain(projects).chain(orphans).chain(curation).find(|(id, _)| *id == file).map(|(_, path)| path)
        };
        self.world.current().path(file).or_else(beside)
    }

    /// Puts standard input in the place of a text.
    pub(super) fn add_stdin(&mut self, name: &Utf8Path, stdin: &StandardInput) {
        let ctx = self.world.snapshot().ctx().clone();
        self.world.load(name, LoadedFile::new(&ctx.for_path(name.as_str()), &stdin.bytes));
        let id = self.world.id(name);
        self.stdin = Some(id);
        self.selected.insert(id, stdin.shown());
        self.held.extend(std::str::from_utf8(&stdin.bytes).ok().map(|text| (id, text.into())));
    }

    /// Puts standard input in the place of an annotation file.
    pub(super) fn hold_annotation(&mut self, name: &Utf8Path, stdin: &StandardInput) {
        if let Some(beside) = self.annotations.iter().find(|beside| beside.path == name)
            && let Ok(text) = std::str::from_utf8(&stdin.bytes)
        {
            self.stdin = Some(beside.id);
            self.held.insert(beside.id, text.into());
            self.selected.insert(beside.id, stdin.shown());
        }
    }
}

/// A document from standard input.
#[derive(Clone, Debug)]
pub struct StandardInput {
    /// The bytes that were read.
    pub bytes: Vec<u8>,
    /// The file in whose place it stands.
    pub file_name: Option<Utf8PathBuf>,
}

impl StandardInput {
    pub(super) fn shown(&self) -> String {
        self.file_name.as_ref().map_or_else(|| "-".to_owned(), |name| name.as_str().replace('\\', "/"))
    }
}

/// All corpora of a run.
#[derive(Debug, Default)]
pub struct LoadedCorpora {
    /// The corpora, those with the first PATHs first.
    pub corpora: Vec<LoadedCorpus>,
    /// The errors.
    pub problems: Vec<FileError>,
    /// Notes for people: nothing is wrong.
    pub notes: Vec<String>,
    /// The folders that PATHs name, or that are around the files they name.
    pub(super) folders: BTreeSet<Utf8PathBuf>,
    /// Standard input as it was read.
    pub(super) stdin: Option<Vec<u8>>,
}

impl LoadedCorpora {
    /// The folders outside the corpora in which registry files may be.
    pub fn reaches(&self) -> BTreeSet<RegistryReach> {
        self.corpora
            .iter()
            .flat_map(|corpus| shared_registries::reaches(&corpus.root, &corpus.world.current().config))
            .collect()
    }

    /// The folders in which something happens when the sets that the corpora are compared with change, each with
    /// whether all below it matters.
    pub fn compared(&self) -> Vec<(Utf8PathBuf, bool)> {
        let places = self.corpora.iter().filter_map(|corpus| {
            let with = corpus.world.current().config.compare.as_ref()?.value.clone();
            Some(ComparedPlaces::of(&corpus.root, &with))
        });
        places.flat_map(|places| places.watched().collect::<Vec<_>>()).collect()
    }

    /// A registry file that several corpora share is reported, and fixed, by one: that in which it lies, else the
    /// first.
    pub(super) fn report_once(&mut self) {
        let mut taken: BTreeSet<Utf8PathBuf> = BTreeSet::new();
        for inside in [true, false] {
            for corpus in &mut self.corpora {
                let sources = corpus.world.current().registry_files.iter();
                let named: Vec<(FileId, &Utf8Path)> = sources.map(|(id, source)| (*id, &*source.path)).collect();
                for (id, name) in named.into_iter().filter(|(_, name)| shared_registries::is_outside(name) != inside) {
                    if corpus.selected.contains_key(&id) && !taken.insert(shared_registries::place(&corpus.root, name))
                    {
                        corpus.selected.remove(&id);
                    }
                }
            }
        }
    }

    /// The bytes of standard input: its text as it is now, or all that was read where that is no UTF-8.
    pub fn stdin_text(&self) -> Option<&[u8]> {
        let mut held = self.corpora.iter().filter_map(|corpus| corpus.held.get(&corpus.stdin?));
        held.next().map(|text| text.as_bytes()).or(self.stdin.as_deref())
    }

    /// The name under which standard input is shown.
    pub fn stdin_name(&self) -> Option<&str> {
        self.corpora.iter().find_map(|corpus| corpus.selected.get(&corpus.stdin?)).map(String::as_str)
    }

    /// Tells whether a path is that of a file that was read.
    pub fn holds(&self, path: &Utf8Path) -> bool {
        self.corpora.iter().any(|corpus| {
            let snapshot = corpus.world.current();
            let sources = snapshot.registry_files.keys().chain(snapshot.config_source.iter().map(|(id, _)| id));
            let beside = corpus.annotations.iter().map(|beside| &beside.id);
            let beside = beside.chain(corpus.project_files.iter().map(|project| &project.id));
            let beside = beside
                .chain(corpus.orphans.iter().map(|(id, _)| id))
                .chain(corpus.curation_files.iter().map(|(id, _)| id))
                .chain(sources);
            let mut names = snapshot.files().map(|file| &*file.path).chain(beside.filter_map(|id| corpus.path_of(*id)));
            names.any(|name| lexical(&corpus.root.join(name)) == path)
        })
    }

    /// The folders in which something must happen for another run to find something else.
    pub fn watched(&self) -> BTreeSet<Utf8PathBuf> {
        let mut folders = self.folders.clone();
        let governed = self.corpora.iter().filter(|corpus| corpus.world.current().config_source.is_some());
        folders.extend(governed.map(|corpus| corpus.root.clone()));
        // A folder is watched with all below it.
        let inner = |folder: &Utf8PathBuf| folders.iter().any(|other| other != folder && folder.starts_with(other));
        folders.iter().filter(|folder| !inner(folder)).cloned().collect()
    }
}

impl LoadedCorpus {
    /// The configurations for the annotation files: of each folder its own, else the nearest above.
    pub fn annotation_configurations(&self) -> AnnotationConfigurations {
        let mut known = AnnotationConfigurations::default();
        for file in &self.annotations {
            self.annotation_configuration(&file.path, &mut known);
        }
        known
    }

    /// The configuration for an annotation file, which need not exist, by its path below the root.
    pub fn annotation_configuration(
        &self,
        path: &Utf8Path,
        known: &mut AnnotationConfigurations,
    ) -> Option<Arc<Configuration>> {
        let held = |path: &Utf8Path| {
            let file = self
                .project_files
                .iter()
                .find(|file| self.held.contains_key(&file.id) && self.root.join(&file.path) == path);
            file.and_then(|file| self.held.get(&file.id))
        };
        let read = |path: &Utf8Path| match held(path) {
            Some(text) => Some(text.as_bytes().to_vec()),
            None => self.files.is_file(path).then(|| self.files.read(path).ok()).flatten(),
        };
        known.find(&self.folder_of(path), &read)
    }

    /// The bytes of a configuration file of an annotation project.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn project_bytes(&self, file: &ProjectFile) -> Result<Vec<u8>, FileError> {
        if let Some(text) = self.held.get(&file.id) {
            return Ok(text.as_bytes().to_vec());
        }
        let path = self.root.join(&file.path);
        self.files.read(&path).map_err(|message| FileError { path: self.shown(file.id, &path), message })
    }

    /// The bytes of a file in which people keep what they have decided; `None` where there is none.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn curation_bytes(&self, which: CurationFile) -> Result<Option<Vec<u8>>, FileError> {
        let known = self.curation_files.iter().find(|(_, of)| *of == which);
        let Some(file) = known.map(|(file, _)| *file) else { return Ok(None) };
        if let Some(text) = self.held.get(&file) {
            return Ok(Some(text.as_bytes().to_vec()));
        }
        let path = self.root.join(which.file_name());
        let problem = |message| FileError { path: self.shown(file, &path), message };
        self.files.read(&path).map(Some).map_err(problem)
    }

    /// The states of its documents; `None` where nobody keeps them, or the file is not UTF-8, which is a finding.
    pub fn document_states(&self) -> Option<StateFile> {
        let bytes = self.curation_bytes(CurationFile::States).ok().flatten()?;
        String::from_utf8(bytes).ok().map(StateFile::parse)
    }

    /// The numbers of the selected documents by state; `None` where nobody keeps states.
    pub fn state_counts(&self) -> Option<StateCounts> {
        let states = self.document_states()?;
        let snapshot = self.world.current();
        let mut counts = StateCounts::default();
        for file in snapshot.files().filter(|file| self.selected.contains_key(&file.id)) {
            counts.add(states.state(file.path.as_str()));
        }
        Some(counts)
    }

    /// The folder of a file, absolute.
    fn folder_of(&self, path: &Utf8Path) -> Utf8PathBuf {
        lexical(&self.root.join(path.parent().unwrap_or(Utf8Path::new(""))))
    }

    /// The annotated words of all annotation files of the corpus; files that cannot be read have none.
    pub fn annotation_index(&self) -> AnnotationIndex {
        let counts = |file: &AnnotationFile| {
            let bytes = self.annotation_bytes(file).ok()?;
            Some((file.id, Arc::new(AnnotationCounts::of(&Standoff::parse(decode(&bytes).ok()?)))))
        };
        let counts: Vec<_> = self.annotations.par_iter().filter_map(counts).collect();
        let mut index = AnnotationIndex::default();
        for (file, counts) in counts {
            index.add(file, counts);
        }
        index
    }

    /// Reads an annotation file, its document and what else it is compared with.
    ///
    /// # Errors
    /// When it or its document cannot be read or the document has changed since it was analysed.
    pub fn annotation(
        &self,
        beside: &AnnotationFile,
        configurations: &AnnotationConfigurations,
    ) -> Result<AnnotationContent, FileError> {
        let bytes = self.annotation_bytes(beside)?;
        let given = match beside.path.extension() {
            Some("a2") => {
                let name = beside.path.with_extension("a1");
                let given = self.annotations.binary_search_by(|one| one.path.as_str().cmp(name.as_str())).ok();
                let given = given.map(|at| &self.annotations[at]);
                given.and_then(|given| self.annotation_bytes(given).ok())
            }
            _ => None,
        };
        let text = self.document(beside.text)?;
        Ok(AnnotationContent::new(&bytes, text, given, configurations.of(&self.folder_of(&beside.path))))
    }

    /// The bytes of an annotation file.
    fn annotation_bytes(&self, beside: &AnnotationFile) -> Result<Vec<u8>, FileError> {
        if let Some(text) = self.held.get(&beside.id) {
            return Ok(text.as_bytes().to_vec());
        }
        let path = self.root.join(&beside.path);
        self.files.read(&path).map_err(|message| FileError { path: self.shown(beside.id, &path), message })
    }

    /// The text of a document as it was analysed; `None` where it is no text.
    ///
    /// # Errors
    /// When it cannot be read or has changed since it was analysed.
    pub fn document(&self, id: FileId) -> Result<Option<Arc<str>>, FileError> {
        if let Some(text) = self.held.get(&id) {
            return Ok(Some(text.clone()));
        }
        let Some(file) = self.world.current().file(id) else { return Ok(None) };
        if matches!(file.body, FileBody::NotUtf8(_)) {
            return Ok(None);
        }
        let path = self.root.join(&*file.path);
        let problem = |message: String| FileError { path: self.shown(id, &path), message };
        let bytes = self.files.read(&path).map_err(problem)?;
        if file.disk.is_none_or(|disk| disk.digest != xxhash_rust::xxh3::xxh3_64(&bytes)) {
            return Err(problem("the file has changed while it was looked at".to_owned()));
        }
        Ok(String::from_utf8(bytes).ok().map(Arc::from))
    }

    fn shown(&self, id: FileId, path: &Utf8Path) -> String {
        let selected = self.selected.get(&id).cloned();
        selected.unwrap_or_else(|| shown_elsewhere(path, &self.here))
    }
}
