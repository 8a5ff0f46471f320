//! The differences between two annotators' sets of one document that nobody has settled yet.

use rustc_hash::FxHashSet;

use super::align::align;
use super::compare::{Comparison, Difference, DifferenceKind, DifferenceSide};
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

/// One side of a document as it was compared.
#[derive(Clone, Debug, Default)]
pub struct ComparedSide {
    /// All that is annotated, where it stands in our text.
    pub document: AnnotatedDocument,
    /// The same as values that can be compared.
    pub comparable: ComparableDocument,
}

impl ComparedSide {
    fn new(text: &str, files: &[Standoff]) -> Self {
        let (document, _) = AnnotatedDocument::of("", text, files);
        let comparable = ComparableDocument::from(&document);
        Self { document, comparable }
    }
}

/// Both sides of a document on one text, and the differences that are open.
#[derive(Clone, Debug, Default)]
pub struct DocumentDifferences {
    /// Our annotations.
    pub ours: ComparedSide,
    /// Their annotations.
    pub theirs: ComparedSide,
    /// Our partner of each of their text-bound annotations.
    pub partners: Vec<Option<usize>>,
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
    let letters: Vec<char> = ours.text.chars().collect();
    let [ours, theirs] = [ours.files, &*aligned.files].map(|files| ComparedSide::new(ours.text, files));
    let (differences, partners) = Comparison::default().add_paired(&ours.comparable, &theirs.comparable);
    let told = ToldDifferences::new(&ours.comparable, &theirs.comparable, &partners, &differences);
    let is_told: Vec<bool> = differences.iter().map(|difference| told.contains(difference)).collect();
    let open = differences.into_iter().zip(is_told).filter(|(_, is_told)| *is_told).map(|(difference, _)| {
        let pair = SettledPair::of(path, &letters, &difference);
        OpenDifference { difference, pair }
    });
    let open = open.filter(|one| !settled.contains(&one.pair)).collect();
    DocumentDifferences { ours, theirs, partners, open }
}

/// The differences that are settled one by one. What follows from another one is settled with it.
struct ToldDifferences<'a> {
    ours: &'a ComparableDocument,
    theirs: &'a ComparableDocument,
    partners: &'a [Option<usize>],
    /// Annotations that one side alone has: true for ours, and the number.
    alone: FxHashSet<(bool, usize)>,
    /// Our annotations that have another type on the other side.
    retyped: FxHashSet<usize>,
}

impl<'a> ToldDifferences<'a> {
    fn new(
        ours: &'a ComparableDocument,
        theirs: &'a ComparableDocument,
        partners: &'a [Option<usize>],
        differences: &[Difference],
    ) -> Self {
        let (mut alone, mut retyped) = (FxHashSet::default(), FxHashSet::default());
        for difference in differences {
            match (difference.kind, &difference.a, &difference.b) {
                (DifferenceKind::Missing, Some(ours), _) => drop(alone.insert((true, ours.number))),
                (DifferenceKind::Extra, _, Some(theirs)) => drop(alone.insert((false, theirs.number))),
                (DifferenceKind::Type, Some(ours), _) => drop(retyped.insert(ours.number)),
                _ => {}
            }
        }
        Self { ours, theirs, partners, alone, retyped }
    }

    fn contains(&self, difference: &Difference) -> bool {
        let Difference { kind, a, b } = difference;
        match (a, b) {
            (Some(ours), None) => {
                !Self::holder(*kind, self.ours, ours).is_some_and(|at| self.alone.contains(&(true, at)))
            }
            (None, Some(theirs)) => {
                !Self::holder(*kind, self.theirs, theirs).is_some_and(|at| self.alone.contains(&(false, at)))
            }
            (Some(ours), Some(theirs)) => *kind != DifferenceKind::Relation || !self.is_of_type(ours, theirs),
            (None, None) => false,
        }
    }

    /// The annotation without which a link, an attribute or an event is not there.
    fn holder(kind: DifferenceKind, document: &ComparableDocument, side: &DifferenceSide) -> Option<usize> {
        match kind {
            DifferenceKind::Link => Some(document.links[side.number].span),
            DifferenceKind::Attribute => Some(document.attributes[side.number].span),
            DifferenceKind::Relation => document.relations[side.number].trigger(),
            _ => None,
        }
    }

    /// Tells whether two events differ in their types alone, as the annotations do that name them.
    fn is_of_type(&self, ours: &DifferenceSide, theirs: &DifferenceSide) -> bool {
        let (ours, theirs) = (&self.ours.relations[ours.number], &self.theirs.relations[theirs.number]);
        let Some(trigger) = ours.trigger().filter(|trigger| self.retyped.contains(trigger)) else { return false };
        let here = theirs.arguments.iter().map(|(role, span)| Some((role.as_str(), self.partners[*span]?)));
        let here: Option<Vec<(&str, usize)>> = here.collect();
        here.is_some_and(|mut here| {
            here.sort_unstable();
            here.contains(&("", trigger))
                && here.iter().copied().eq(ours.arguments.iter().map(|(role, span)| (role.as_str(), *span)))
        })
    }
}
