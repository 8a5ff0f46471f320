//! Annotation files beside texts: `X.ann`, `X.a1` and `X.a2` belong to the text `X.txt`.
//!
//! They are read when they are asked for, each alone: a corpus may hold more annotation than text. Deliberately absent:
//! what they say.

use std::collections::BTreeMap;
use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};
use rustc_hash::FxHashMap;

use crate::annotation::{Against, Configuration, ConfigurationFile, ConfigurationSources, Standoff};
use crate::rules::CheckedAnnotations;
use crate::text::FileId;
use crate::text::encoding::{Undecodable, decode};

/// The endings of annotation files: brat's one file, or given (`.a1`) and found (`.a2`) annotations.
const ENDINGS: [&str; 3] = ["ann", "a1", "a2"];

/// The name of the file that says with which types a folder and all below it is annotated.
pub const CONFIGURATION: &str = ConfigurationFile::Annotation.file_name();

/// An annotation file of a corpus.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnnotationFile {
    /// The number of the file.
    pub id: FileId,
    /// The path below the corpus root.
    pub path: Utf8PathBuf,
    /// The text it annotates.
    pub text: FileId,
}

/// A configuration file of an annotation project in a corpus.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProjectFile {
    /// The number of the file.
    pub id: FileId,
    /// The path below the corpus root.
    pub path: Utf8PathBuf,
    /// The file it is.
    pub which: ConfigurationFile,
}

/// Tells whether a file is one of annotations, by its name.
pub fn is_annotation(path: &Utf8Path) -> bool {
    path.extension().is_some_and(|ending| ENDINGS.contains(&ending))
}

/// The order of the annotation files of a document: in the first, new annotations are written.
pub fn rank(path: &Utf8Path) -> usize {
    ["ann", "a2"].iter().position(|known| path.extension() == Some(*known)).unwrap_or(2)
}

/// The annotation files that may stand beside a text.
pub fn names(text: &Utf8Path) -> impl Iterator<Item = Utf8PathBuf> {
    ENDINGS.into_iter().map(|ending| text.with_extension(ending)).filter(move |path| path != text)
}

/// Tells whether a file that lies beside a text may hold its annotations, by its name: also where it is written
/// otherwise than brat writes it (`X.ANN`, `X.txt.ann`).
pub fn may_annotate(name: &str, text: &str) -> bool {
    let Some((stem, ending)) = name.rsplit_once('.') else { return false };
    let own_stem = text.rsplit_once('.').map_or(text, |(stem, _)| stem);
    let is_ending = ENDINGS.iter().any(|known| ending.eq_ignore_ascii_case(known));
    is_ending && name != text && (stem == own_stem || stem == text)
}

/// The texts that an annotation file may belong to, whether or not they are part of the corpus: `X.txt`, and `X` with
/// the ending of each glob.
pub fn texts_of<'g>(
    annotations: &Utf8Path,
    include: impl Iterator<Item = &'g str>,
) -> impl Iterator<Item = Utf8PathBuf> {
    let endings = include.filter_map(|glob| Some(glob.rsplit_once('.')?.1));
    let endings = endings.filter(|ending| ending.chars().all(char::is_alphanumeric));
    std::iter::once("txt").chain(endings).map(|ending| annotations.with_extension(ending))
}

/// Texts by their paths without the ending, which is what annotation files share with them; of several texts `X.txt`.
pub fn by_stem<'t>(texts: impl IntoIterator<Item = &'t Utf8Path>) -> FxHashMap<String, &'t Utf8Path> {
    let rank = |text: &'t Utf8Path| (text.extension() != Some("txt"), text.as_str());
    let mut stems: FxHashMap<String, &Utf8Path> = FxHashMap::default();
    for text in texts {
        let known = stems.entry(stem(text)).or_insert(text);
        if rank(text) < rank(known) {
            *known = text;
        }
    }
    stems
}

/// A path without the extension, as [`by_stem`] has it.
pub fn stem(path: &Utf8Path) -> String {
    path.with_extension("").into_string()
}

/// An annotation file that was read, with what it is compared with.
#[derive(Debug)]
pub struct AnnotationContent {
    /// The annotations; where they are no text, the first byte that is not UTF-8.
    pub standoff: Result<Standoff, Undecodable>,
    /// The document; `None` where it is no text.
    pub text: Option<Arc<str>>,
    given: Option<Standoff>,
    configuration: Option<Arc<Configuration>>,
}

impl AnnotationContent {
    /// Reads the bytes of an annotation file against a document. `given` are the bytes of the `.a1` beside an `.a2`.
    pub fn new(
        bytes: &[u8],
        text: Option<Arc<str>>,
        given: Option<Vec<u8>>,
        configuration: Option<Arc<Configuration>>,
    ) -> Self {
        let standoff = decode(bytes).map(Standoff::parse);
        let given = given.and_then(|bytes| String::from_utf8(bytes).ok()).map(Standoff::parse);
        Self { standoff, text, given, configuration }
    }

    /// The input of the rules; `None` where there is no document to compare with.
    pub fn annotations(&self) -> Option<CheckedAnnotations<'_>> {
        match &self.standoff {
            Err(at) => Some(CheckedAnnotations::NotUtf8(*at)),
            Ok(standoff) => {
                let (given, configuration) = (self.given.as_ref(), self.configuration.as_deref());
                let against = Against { text: self.text.as_deref()?, given, configuration };
                Some(CheckedAnnotations::Read(standoff, against))
            }
        }
    }
}

/// The configurations that annotators' tools read, by folder. As in brat each of the four files is that of a document's
/// folder, else the nearest one above, also above the corpus.
#[derive(Debug, Default)]
pub struct AnnotationConfigurations(BTreeMap<Utf8PathBuf, Arc<FolderConfiguration>>);

/// The configuration of one folder.
#[derive(Debug, Default)]
struct FolderConfiguration {
    /// The nearest text of each of [`ConfigurationFile::ALL`].
    sources: [Option<Arc<str>>; ConfigurationFile::ALL.len()],
    configuration: Option<Arc<Configuration>>,
}

impl AnnotationConfigurations {
    /// The configuration for annotation files in a folder, which is absolute; `read` gives the bytes of a file. Each
    /// folder is looked at once.
    pub fn find(
        &mut self,
        folder: &Utf8Path,
        read: &dyn Fn(&Utf8Path) -> Option<Vec<u8>>,
    ) -> Option<Arc<Configuration>> {
        self.folder(folder, read).configuration.clone()
    }

    fn folder(&mut self, folder: &Utf8Path, read: &dyn Fn(&Utf8Path) -> Option<Vec<u8>>) -> Arc<FolderConfiguration> {
        if let Some(known) = self.0.get(folder) {
            return known.clone();
        }
        let above = folder.parent().map(|above| self.folder(above, read)).unwrap_or_default();
        let own = ConfigurationFile::ALL.map(|file| {
            let bytes = read(&folder.join(file.file_name()))?;
            // What is no UTF-8 is a finding; the rest of the file is read.
            Some(Arc::<str>::from(String::from_utf8_lossy(&bytes)))
        });
        let found = if own.iter().all(Option::is_none) {
            above
        } else {
            let mut sources = above.sources.clone();
            for (source, own) in sources.iter_mut().zip(own) {
                *source = own.or_else(|| source.take());
            }
            let [annotation, visual, shortcuts, tools] = &sources;
            let configuration = Configuration::read(ConfigurationSources {
                annotation: annotation.as_deref(),
                visual: visual.as_deref(),
                shortcuts: shortcuts.as_deref(),
                tools: tools.as_deref(),
            });
            Arc::new(FolderConfiguration { sources, configuration: Some(Arc::new(configuration)) })
        };
        self.0.insert(folder.to_owned(), found.clone());
        found
    }

    /// The configuration of a folder that was looked at.
    pub(super) fn of(&self, folder: &Utf8Path) -> Option<Arc<Configuration>> {
        self.0.get(folder)?.configuration.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_file_comes_before_others_of_its_name() {
        let texts: Vec<Utf8PathBuf> = ["d/a.md", "d/a.txt", "d/b.md"].map(Utf8PathBuf::from).to_vec();
        let stems = by_stem(texts.iter().map(Utf8PathBuf::as_path));
        let of = |path: &str| stems.get(&stem(Utf8Path::new(path))).map(|text| text.as_str());
        assert_eq!(of("d/a.ann"), Some("d/a.txt"));
        assert_eq!(of("d/b.a2"), Some("d/b.md"));
        assert_eq!(of("a.ann"), None);
    }

    #[test]
    fn names_that_annotators_write() {
        for (name, wanted) in [
            ("a.ann", true),
            ("a.ANN", true),
            ("a.a2", true),
            ("a.txt.ann", true),
            ("a.txt", false),
            ("b.ann", false),
            ("a.ann.bak", false),
            ("ann", false),
        ] {
            assert_eq!(may_annotate(name, "a.txt"), wanted, "{name}");
        }
    }
}
