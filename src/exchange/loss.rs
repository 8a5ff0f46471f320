//! Things that a format cannot hold: counted by kind for people, listed one by one for programs.

use std::collections::BTreeMap;

use crate::annotation::{AnnotatedDocument, Remarks, UnusableLine, UnusableReason};

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
    /// A layer of annotations that have no place here: parts of speech, dependencies, chunks.
    OtherLayer,
    /// A character that the format cannot hold; U+FFFD stands for it.
    Character,
    /// The text of a sentence that its words do not make.
    TextDiffers,
    /// A name or a note that an annotation file cannot hold as it is: white space became `_`, a line end a space.
    Name,
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
            Self::OtherLayer => "a layer that is not taken over",
            Self::Character => "a character that the format cannot hold",
            Self::TextDiffers => "the text of a sentence that differs from its words",
            Self::Name => "the exact form of a name or note",
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

    /// Adds what is said of an annotation, in a format that has no place for it.
    pub(super) fn add_remarks(&mut self, document: &str, id: &str, remarks: &Remarks) {
        remarks.attributes.iter().for_each(|_| self.add(document, id, LossKind::Attribute));
        remarks.links.iter().for_each(|_| self.add(document, id, LossKind::Link));
        remarks.notes.iter().for_each(|_| self.add(document, id, LossKind::Note));
    }

    /// Adds all that is more than a span with a type.
    pub(super) fn add_all_but_spans(&mut self, document: &AnnotatedDocument) {
        document.spans.iter().for_each(|span| self.add_remarks(&document.name, &span.id, &span.remarks));
        document.relations.iter().for_each(|one| self.add(&document.name, &one.id, LossKind::Relation));
        self.add_events_and_equivalences(document);
    }

    /// Adds events and equivalences, in a format that has no place for them.
    pub(super) fn add_events_and_equivalences(&mut self, document: &AnnotatedDocument) {
        for event in &document.events {
            self.add(&document.name, &event.id, LossKind::Event);
            if !event.remarks.is_empty() {
                self.add(&document.name, &event.id, LossKind::RemarkOnRelation);
            }
        }
        document.equivalences.iter().for_each(|_| self.add(&document.name, "*", LossKind::Equivalence));
    }

    /// Adds the lines of annotation files that say nothing of their document.
    pub fn add_unusable(&mut self, document: &str, lines: &[UnusableLine]) {
        for line in lines {
            let kind = match line.reason {
                UnusableReason::Unreadable => LossKind::UnreadableLine,
                UnusableReason::DanglingReference => LossKind::DanglingReference,
                UnusableReason::OutsideText => LossKind::OutsideText,
            };
            self.add(document, &line.id, kind);
        }
    }

    /// Adds what another list names.
    pub fn append(&mut self, mut other: Self) {
        self.losses.append(&mut other.losses);
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
