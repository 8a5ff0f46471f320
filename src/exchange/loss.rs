//! Things that a format cannot hold: counted by kind for people, listed one by one for programs.

use std::collections::BTreeMap;

/// One thing that is not in what was written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Loss {
    /// The name of the document.
    pub document: String,
    /// The id of the annotation; empty where the document itself lost something.
    pub annotation: String,
    /// The sort of thing.
    pub kind: LossKind,
}

/// The sorts of things that a format may have no place for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash)]
pub enum LossKind {
    /// An annotation of several fragments.
    Discontinuous,
    /// An annotation that shares text with another one.
    Overlapping,
    /// An annotation of no text.
    Empty,
    /// An annotation that begins or ends inside a token or across sentences.
    Boundary,
    /// A relation.
    Relation,
    /// An event.
    Event,
    /// An equivalence.
    Equivalence,
    /// An attribute.
    Attribute,
    /// A link to an entry.
    Link,
    /// A note.
    Note,
    /// An attribute, link or note of a relation or an event.
    RemarkOnRelation,
    /// The white space between tokens.
    WhiteSpace,
    /// A line of the annotation file that says nothing.
    UnreadableLine,
    /// A reference to an annotation that is not there.
    DanglingReference,
    /// A span that does not lie in the text.
    OutsideText,
    /// An annotation that a person rejected or left undecided.
    NotAccepted,
}

impl std::fmt::Display for LossKind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Discontinuous => "an annotation of several fragments",
            Self::Overlapping => "an annotation that overlaps another one",
            Self::Empty => "an annotation of no text",
            Self::Boundary => "the exact borders of an annotation",
            Self::Relation => "a relation",
            Self::Event => "an event",
            Self::Equivalence => "an equivalence",
            Self::Attribute => "an attribute",
            Self::Link => "a link to an entry",
            Self::Note => "a note",
            Self::RemarkOnRelation => "an attribute, link or note of a relation or event",
            Self::WhiteSpace => "the white space between tokens",
            Self::UnreadableLine => "a line that cannot be read",
            Self::DanglingReference => "a reference to an annotation that is not there",
            Self::OutsideText => "a span outside the text",
            Self::NotAccepted => "an annotation that was not accepted",
        })
    }
}

/// All that was lost, in the order in which it was met.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct LossList {
    losses: Vec<Loss>,
}

impl LossList {
    /// Adds a loss.
    pub fn add(&mut self, document: &str, annotation: &str, kind: LossKind) {
        self.losses.push(Loss { document: document.to_owned(), annotation: annotation.to_owned(), kind });
    }

    /// Tells whether nothing was lost.
    pub const fn is_empty(&self) -> bool {
        self.losses.is_empty()
    }

    /// Returns the losses.
    pub fn iter(&self) -> impl Iterator<Item = &Loss> {
        self.losses.iter()
    }

    /// Returns the number of losses of each kind, the most frequent first.
    pub fn counts(&self) -> Vec<(LossKind, usize)> {
        let mut counts: BTreeMap<LossKind, usize> = BTreeMap::new();
        for loss in &self.losses {
            *counts.entry(loss.kind).or_default() += 1;
        }
        let mut counts: Vec<_> = counts.into_iter().collect();
        counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        counts
    }
}
