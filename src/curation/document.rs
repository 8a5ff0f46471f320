//! The annotations of one document as values that can be compared: no ids, no order of lines, everything said of
//! text-bound annotations.

use rustc_hash::FxHashSet;

use crate::annotation::{AnnotatedDocument, AnnotatedTarget, EntryLink, Remarks};

/// The annotations of one document.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ComparableDocument {
    /// The length of the text, in code points.
    pub length: u32,
    /// The text-bound annotations, in the order of the file.
    pub spans: Vec<ComparableSpan>,
    /// Entries of databases that text-bound annotations are linked to.
    pub links: Vec<Property>,
    /// Attributes of text-bound annotations, and of events by their triggers.
    pub attributes: Vec<Property>,
    /// Relations, events with their arguments, and equivalences.
    pub relations: Vec<ComparableRelation>,
}

/// A text-bound annotation.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ComparableSpan {
    /// The id in its file.
    pub id: String,
    /// The type.
    pub label: String,
    /// Start and end of each fragment, in code points of the text, sorted.
    pub fragments: Vec<(u32, u32)>,
    /// The words of the text.
    pub text: String,
}

impl ComparableSpan {
    /// Returns the code points that two annotations have in common.
    pub fn overlap(&self, other: &Self) -> u32 {
        let mut common = 0;
        for &(start, end) in &self.fragments {
            for &(other_start, other_end) in &other.fragments {
                common += end.min(other_end).saturating_sub(start.max(other_start));
            }
        }
        common
    }

    /// Returns the first code point and the one behind the last.
    pub fn extent(&self) -> (u32, u32) {
        let start = self.fragments.first().map_or(0, |first| first.0);
        (start, self.fragments.iter().map(|fragment| fragment.1).max().unwrap_or(start))
    }
}

/// Something that is said of one text-bound annotation.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Property {
    /// The number of the annotation in [`ComparableDocument::spans`].
    pub span: usize,
    /// The id of what it is said of in its file: the annotation, or an event that the annotation names.
    pub target: String,
    /// The attribute, or the database.
    pub name: String,
    /// The value, or the entry; empty for an attribute without one.
    pub value: String,
}

/// A relation between text-bound annotations.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ComparableRelation {
    /// The annotation that it is made of.
    pub origin: RelationOrigin,
    /// The type.
    pub label: String,
    /// Role and number of the annotation in [`ComparableDocument::spans`], sorted. The trigger of an event has the
    /// empty role; members of an equivalence have it too.
    pub arguments: Vec<(String, usize)>,
}

impl ComparableRelation {
    /// Returns the number of the annotation that names an event; `None` for what is no event.
    pub fn trigger(&self) -> Option<usize> {
        let is_event = matches!(self.origin, RelationOrigin::Event(_));
        self.arguments.iter().find(|(role, _)| is_event && role.is_empty()).map(|(_, span)| *span)
    }
}

/// The annotation that a relation is made of, by its number in the [`AnnotatedDocument`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum RelationOrigin {
    /// A relation of two annotations.
    Relation(usize),
    /// An event with arguments.
    Event(usize),
    /// An equivalence.
    Equivalence(usize),
}

impl From<&AnnotatedDocument> for ComparableDocument {
    fn from(document: &AnnotatedDocument) -> Self {
        let letters: Vec<char> = document.text.chars().collect();
        let mut comparable = Self { length: letters.len() as u32, ..Self::default() };
        for (number, span) in document.spans.iter().enumerate() {
            let words: Vec<String> = span.fragments.iter().map(|one| words(&letters, *one)).collect();
            comparable.spans.push(ComparableSpan {
                id: span.id.clone(),
                label: span.label.clone(),
                fragments: span.fragments.clone(),
                text: words.join(" "),
            });
            comparable.add_remarks(number, &span.id, &span.remarks);
        }
        let number = |target: &AnnotatedTarget| match target {
            AnnotatedTarget::Span(number) => *number,
            AnnotatedTarget::Event(number) => document.events[*number].trigger,
        };
        let arguments = |all: &[(String, AnnotatedTarget)]| -> Vec<(String, usize)> {
            all.iter().map(|(role, target)| (role.clone(), number(target))).collect()
        };
        for (number, relation) in document.relations.iter().enumerate() {
            let origin = RelationOrigin::Relation(number);
            comparable.add_relation(origin, &relation.label, arguments(&relation.arguments));
        }
        // The same of two events with one name is said once.
        let mut said: FxHashSet<(usize, &String, &Option<String>)> = FxHashSet::default();
        let mut linked: FxHashSet<(usize, &EntryLink)> = FxHashSet::default();
        for (number, event) in document.events.iter().enumerate() {
            let Remarks { links, attributes, .. } = &event.remarks;
            let remarks = Remarks {
                links: links.iter().filter(|link| linked.insert((event.trigger, *link))).cloned().collect(),
                attributes: attributes
                    .iter()
                    .filter(|(name, value)| said.insert((event.trigger, name, value)))
                    .cloned()
                    .collect(),
                notes: Vec::new(),
            };
            comparable.add_remarks(event.trigger, &event.id, &remarks);
            // An event without arguments says no more than its trigger does.
            if !event.arguments.is_empty() {
                let mut all = arguments(&event.arguments);
                all.push((String::new(), event.trigger));
                comparable.add_relation(RelationOrigin::Event(number), &event.label, all);
            }
        }
        for (number, equivalence) in document.equivalences.iter().enumerate() {
            let members = equivalence.members.iter().map(|member| (String::new(), *member)).collect();
            comparable.add_relation(RelationOrigin::Equivalence(number), &equivalence.label, members);
        }
        comparable
    }
}

impl ComparableDocument {
    fn add_remarks(&mut self, span: usize, target: &str, remarks: &Remarks) {
        let property = |name: &str, value: &str| {
            let (target, name, value) = (target.to_owned(), name.to_owned(), value.to_owned());
            Property { span, target, name, value }
        };
        self.links.extend(remarks.links.iter().map(|link| property(&link.database, &link.entry)));
        let attributes = remarks.attributes.iter();
        self.attributes.extend(attributes.map(|(name, value)| property(name, value.as_deref().unwrap_or_default())));
    }

    fn add_relation(&mut self, origin: RelationOrigin, label: &str, mut arguments: Vec<(String, usize)>) {
        arguments.sort_unstable();
        self.relations.push(ComparableRelation { origin, label: label.to_owned(), arguments });
    }
}

fn words(letters: &[char], (start, end): (u32, u32)) -> String {
    letters.get(start as usize..end as usize).unwrap_or_default().iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::Standoff;

    #[test]
    fn everything_is_said_of_spans() {
        let file = Standoff::parse(
            "T1\tPer 0 3;5 6\tLan a\nT2\tOrg 8 11\tBộ\nE1\tJoin:T2 Who:T1\nE2\tJoin:T2\nR1\tIn Arg1:T1 Arg2:E1\n\
             A1\tSure E1\nA2\tForm T1 short\nN1\tReference T1 registry:lan\tLan\nR2\tIn Arg1:T1 Arg2:T9\n*\tSame T1 T2\n",
        );
        let (document, unusable) = AnnotatedDocument::of("", "Lan, a, Bộ. Hết.", &[file]);
        assert_eq!(unusable.len(), 1);
        let document = ComparableDocument::from(&document);
        assert_eq!(document.spans.len(), 2);
        assert_eq!(
            (document.spans[0].fragments.as_slice(), document.spans[0].text.as_str()),
            (&[(0, 3), (5, 6)][..], "Lan a")
        );
        let properties = |all: &[Property]| -> Vec<String> {
            all.iter().map(|one| format!("{} {}={}", one.span, one.name, one.value)).collect()
        };
        assert_eq!(properties(&document.attributes), ["0 Form=short", "1 Sure="]);
        assert_eq!(properties(&document.links), ["0 registry=lan"]);
        let relations: Vec<String> =
            document.relations.iter().map(|one| format!("{} {:?}", one.label, one.arguments)).collect();
        assert_eq!(
            relations,
            ["In [(\"Arg1\", 0), (\"Arg2\", 1)]", "Join [(\"\", 1), (\"Who\", 0)]", "Same [(\"\", 0), (\"\", 1)]"]
        );
    }

    #[test]
    fn overlap_counts_common_code_points() {
        let span = |fragments: &[(u32, u32)]| ComparableSpan {
            id: String::new(),
            label: String::new(),
            fragments: fragments.to_vec(),
            text: String::new(),
        };
        assert_eq!(span(&[(0, 4), (6, 9)]).overlap(&span(&[(3, 7)])), 2);
        assert_eq!(span(&[(0, 4)]).overlap(&span(&[(4, 7)])), 0);
    }
}
