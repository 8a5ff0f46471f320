//! One annotator's set: the texts and annotation files of a folder, or of a commit.
//!
//! Deliberately absent: what the annotations say (`annotation/`), and how two sets are compared (`curation/`).

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};

use super::annotation_files;
use super::error::FileError;
use super::files::{Files, OnDisk};
use super::git::{GitFiles, Repository};
use super::path::real;
use crate::annotation::Standoff;
use crate::config::{self, Config};

/// The documents of a folder or commit that are texts or are annotated.
#[derive(Debug, Default)]
pub struct AnnotationSet {
    /// By path below the folder, without the ending.
    pub documents: BTreeMap<Utf8PathBuf, SetDocument>,
    /// Files that could not be read.
    pub problems: Vec<FileError>,
}

/// One document of a set.
#[derive(Debug, Default)]
pub struct SetDocument {
    /// The text; nothing where there is none, or it is not UTF-8.
    pub text: Option<String>,
    /// The annotation files; empty where nobody has annotated the document yet. An empty file is an annotation too: the
    /// annotator found nothing.
    pub files: Vec<Standoff>,
    /// The annotator: the one that `[annotators]` names for the first file, else the name of the folder or revision.
    pub annotator: String,
}

impl AnnotationSet {
    /// Reads a set. `given` is a folder, or `REV:PATH` for the folder PATH as the commit REV has it; `REV:` is the
    /// folder `here` in that commit.
    ///
    /// # Errors
    /// In words, when there is no such folder or revision.
    pub fn read(given: &str, here: &Utf8Path) -> Result<Self, String> {
        // A folder that is there wins: its name may hold a colon.
        if let Ok(folder) = OnDisk.locate(Path::new(given), here) {
            if !folder.is_dir() {
                return Err(format!("{given} is a file; name the folder of the annotated texts"));
            }
            let name = real(&folder).file_name().unwrap_or(given).to_owned();
            return Ok(Self::below(&OnDisk, &folder, &name));
        }
        let Some((revision, path)) = given.split_once(':') else {
            return Err(format!("there is no folder {given}; for a git revision write `{given}:`"));
        };
        let folder = real(&here.join(path));
        let repository = Repository::of([folder.as_path()]).map_err(|error| error.to_string())?;
        let files = GitFiles::commit(&repository, revision).map_err(|error| error.to_string())?;
        let files: Arc<dyn Files> = Arc::new(files);
        if !files.is_folder(&folder) {
            return Err(format!("there is no folder {path} in {revision}"));
        }
        let name = Utf8Path::new(path).file_name().unwrap_or(revision);
        Ok(Self::below(&*files, &folder, name))
    }

    fn below(files: &dyn Files, folder: &Utf8Path, name_of_set: &str) -> Self {
        let config = config_in(files, folder).unwrap_or_default();
        // Who annotates which folder is said by the corpus that the set is a part of.
        let around =
            folder.ancestors().find_map(|above| Some((config_in(files, above)?, folder.strip_prefix(above).ok()?)));
        let annotator = |path: &Utf8Path| {
            let named = around.as_ref().and_then(|(config, below)| config.annotator(below.join(path).as_str()));
            named.unwrap_or(name_of_set).to_owned()
        };
        let found = files.walk(folder, &config);
        let mut set = Self { problems: found.problems, ..Self::default() };
        let mut seen = BTreeSet::new();
        for path in &found.texts {
            let name = path.with_extension("");
            if let (true, Some(text)) = (seen.insert(name.clone()), set.text(files, folder, path)) {
                set.documents.entry(name).or_default().text = Some(text);
            }
        }
        for path in &found.annotations {
            if let Some(text) = set.text(files, folder, path) {
                let name = path.with_extension("");
                let document = set.documents.entry(name).or_default();
                if document.files.is_empty() {
                    document.annotator = annotator(path);
                }
                document.files.push(Standoff::parse(text));
            }
        }
        debug_assert!(found.annotations.iter().all(|path| annotation_files::is_annotation(path)));
        set
    }

    fn text(&mut self, files: &dyn Files, folder: &Utf8Path, below: &Utf8Path) -> Option<String> {
        let path = folder.join(below);
        let read = files.read(&path).and_then(|bytes| {
            String::from_utf8(bytes).map_err(|error| format!("byte {} is not UTF-8", error.utf8_error().valid_up_to()))
        });
        match read {
            Ok(text) => Some(text),
            Err(message) => {
                self.problems.push(FileError { path: below.to_string(), message });
                None
            }
        }
    }
}

/// The configuration in a folder.
fn config_in(files: &dyn Files, folder: &Utf8Path) -> Option<Config> {
    let path = folder.join(config::FILE_NAME);
    let bytes = if files.is_file(&path) { files.read(&path).ok()? } else { return None };
    Config::parse(&String::from_utf8(bytes).ok()?).ok().map(|(config, _)| config)
}
