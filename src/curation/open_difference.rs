//! The differences between two annotators' sets of one document that nobody has settled yet.

use rustc_hash::FxHashSet;

use super::align::align;
use super::compare::{Comparison, Difference, DifferenceKind};
use super::document::ComparableDocument;
use super::settled_file::{SettledFile, SettledPair};
use crate::annotation::{AnnotatedDocument, Standoff};

/// A difference that is open.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OpenDifference {
    /// The difference: `a` is ours.
    pub difference: Difference,
    /// The content, by which it is remembered when it is settled.
    pub pair: SettledPair,
}

/// One side of a document: the text that its annotations belong to, and the annotation files.
#[derive(Clone, Copy, Debug)]
pub struct DocumentSide<'a> {
    /// The text.
    pub text: &'a str,
    /// The annotation files.
    pub files: &'a [Standoff],
}

/// Both sides of a document on one text, and the differences that are open.
#[derive(Clone, Debug, Default)]
pub struct DocumentDifferences {
    /// Our annotations.
    pub ours: ComparableDocument,
    /// Their annotations, where they stand in our text.
    pub theirs: ComparableDocument,
    /// The differences, by place.
    pub open: Vec<OpenDifference>,
}

/// Compares both sides of the document `path`. Their annotations are moved to our text where theirs differs.
pub fn open_differences(
    path: &str,
    ours: DocumentSide<'_>,
    theirs: DocumentSide<'_>,
    settled: &SettledFile,
) -> DocumentDifferences {
    let aligned = align(theirs.files, theirs.text, ours.text);
    let [ours_said, theirs_said] = [ours.files, &*aligned.files]
        .map(|files| ComparableDocument::from(&AnnotatedDocument::of("", ours.text, files).0));
    let differences = Comparison::default().add(&ours_said, &theirs_said);
    let letters: Vec<char> = ours.text.chars().collect();
    // Of an annotation that only one side has, all that is said of it is a difference too: nobody settles it apart.
    let alone = |difference: &Difference| {
        let side = difference.a.as_ref().or(difference.b.as_ref());
        side.map(|side| (difference.a.is_some(), side.id.clone()))
    };
    let whole: FxHashSet<(bool, String)> = differences
        .iter()
        .filter(|one| matches!(one.kind, DifferenceKind::Missing | DifferenceKind::Extra))
        .filter_map(alone)
        .collect();
    let is_told = |difference: &Difference| {
        let is_property = matches!(difference.kind, DifferenceKind::Link | DifferenceKind::Attribute);
        let is_one_sided = difference.a.is_none() || difference.b.is_none();
        !(is_property && is_one_sided && alone(difference).is_some_and(|one| whole.contains(&one)))
    };
    let open = differences.into_iter().filter(is_told).map(|difference| {
        let pair = SettledPair::of(path, &letters, &difference);
        OpenDifference { difference, pair }
    });
    let open = open.filter(|one| !settled.contains(&one.pair)).collect();
    DocumentDifferences { ours: ours_said, theirs: theirs_said, open }
}
