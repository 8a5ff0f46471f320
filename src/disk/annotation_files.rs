//! Annotation files beside texts: `X.ann`, `X.a1` and `X.a2` belong to the text `X.txt`.
//!
//! They are read when they are asked for, each alone: a corpus may hold more annotation than text. Deliberately absent:
//! what they say.

use std::collections::BTreeMap;
use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};

use crate::annotation::{Against, Configuration, Standoff};
use crate::rules::CheckedAnnotations;
use crate::text::FileId;
use crate::text::encoding::{Undecodable, decode};

/// The endings of annotation files: brat's one file, or given (`.a1`) and found (`.a2`) annotations.
const ENDINGS: [&str; 3] = ["ann", "a1", "a2"];

/// The name of the file that says with which types a folder and all below it is annotated.
pub const CONFIGURATION: &str = "annotation.conf";

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

/// Tells whether a file is one of annotations, by its name.
pub fn is_annotation(path: &Utf8Path) -> bool {
    path.extension().is_some_and(|ending| ENDINGS.contains(&ending))
}

/// The annotation files that may stand beside a text.
pub fn names(text: &Utf8Path) -> impl Iterator<Item = Utf8PathBuf> {
    ENDINGS.into_iter().map(|ending| text.with_extension(ending)).filter(move |path| path != text)
}

/// Tells whether a file that lies beside a text may hold its annotations, by its name: also where it is written
/// otherwise than
/// brat writes it (`X.ANN`, `X.txt.ann`).
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
pub fn by_stem<'t>(texts: impl IntoIterator<Item = &'t Utf8Path>) -> BTreeMap<Utf8PathBuf, &'t Utf8Path> {
    let rank = |text: &'t Utf8Path| (text.extension() != Some("txt"), text.as_str());
    let mut stems: BTreeMap<Utf8PathBuf, &Utf8Path> = BTreeMap::new();
    for text in texts {
        let known = stems.entry(text.with_extension("")).or_insert(text);
        if rank(text) < rank(known) {
            *known = text;
        }
    }
    stems
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

/// The configurations that annotators' tools read, by folder.
#[derive(Debug, Default)]
pub struct AnnotationConfigurations(BTreeMap<Utf8PathBuf, Option<Arc<Configuration>>>);

impl AnnotationConfigurations {
    /// The configuration for annotation files in a folder below `root`: that of the folder, else of the nearest above,
    /// which may be above the root too, as annotators' tools have it. `read` gives the bytes of a file, named from the
    /// root. Each folder is looked at once.
    pub fn find(
        &mut self,
        root: &Utf8Path,
        folder: &Utf8Path,
        read: &dyn Fn(&Utf8Path) -> Option<Vec<u8>>,
    ) -> Option<Arc<Configuration>> {
        if let Some(known) = self.0.get(folder) {
            return known.clone();
        }
        let text =
            |folder: &Utf8Path| read(&folder.join(CONFIGURATION)).and_then(|bytes| String::from_utf8(bytes).ok());
        let found = match (text(folder), folder.parent()) {
            (Some(text), _) => Some(Arc::new(Configuration::parse(&text))),
            // A file outside the root, of a corpus without a configuration, has the one of its own folder alone.
            (None, _) if folder.is_absolute() || folder.starts_with("..") => None,
            (None, Some(above)) => self.find(root, above, read),
            (None, None) => {
                let mut above =
                    (1..root.ancestors().count()).map(|levels| Utf8PathBuf::from(vec![".."; levels].join("/")));
                above.find_map(|folder| text(&folder)).map(|text| Arc::new(Configuration::parse(&text)))
            }
        };
        self.0.insert(folder.to_owned(), found.clone());
        found
    }

    pub(super) fn of(&self, beside: &AnnotationFile) -> Option<Arc<Configuration>> {
        self.0.get(beside.path.parent()?).cloned().flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_file_comes_before_others_of_its_name() {
        let texts: Vec<Utf8PathBuf> = ["d/a.md", "d/a.txt", "d/b.md"].map(Utf8PathBuf::from).to_vec();
        let stems = by_stem(texts.iter().map(Utf8PathBuf::as_path));
        let of = |path: &str| stems.get(&Utf8Path::new(path).with_extension("")).map(|text| text.as_str());
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
