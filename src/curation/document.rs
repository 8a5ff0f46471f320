//! The annotations of one document as values that can be compared: no ids, no order of lines.
//!
//! Deliberately absent: lines that are malformed, which are findings of `check` and no annotations.

use rustc_hash::FxHashMap;

use crate::annotation::{AnnotationBody, Standoff};
use crate::text::Span;

/// The annotations of one document.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct AnnotatedDocument {
    /// The length of the text, in code points.
    pub length: u32,
    /// The text-bound annotations, in the order of the file.
    pub spans: Vec<AnnotatedSpan>,
    /// Entries of databases that text-bound annotations are linked to.
    pub links: Vec<Property>,
    /// Attributes of text-bound annotations, and of events by their triggers.
    pub attributes: Vec<Property>,
    /// Relations, events with their arguments, and equivalences.
    pub relations: Vec<AnnotatedRelation>,
}

/// A text-bound annotation.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AnnotatedSpan {
    /// The id in its file.
    pub id: String,
    /// The type.
    pub label: String,
    /// Start and end of each fragment, in code points of the text, sorted.
    pub fragments: Vec<(u32, u32)>,
    /// The recorded text.
    pub text: String,
}

impl AnnotatedSpan {
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
    /// The number of the annotation in [`AnnotatedDocument::spans`].
    pub span: usize,
    /// The attribute, or the database.
    pub name: String,
    /// The value, or the entry; empty for an attribute without one.
    pub value: String,
}

/// A relation between text-bound annotations.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AnnotatedRelation {
    /// The type.
    pub label: String,
    /// Role and number of the annotation in [`AnnotatedDocument::spans`], sorted. The trigger of an event has the empty
    /// role; members of an equivalence have it too.
    pub arguments: Vec<(String, usize)>,
}

impl AnnotatedDocument {
    /// Reads the annotations of one or more files of a document whose text has `length` code points.
    pub fn new<'a>(files: impl IntoIterator<Item = &'a Standoff> + Clone, length: u32) -> Self {
        let mut document = Self { length, ..Self::default() };
        // Ids of annotations, and of events by their triggers: an `.a2` refers to its `.a1`, so spans of all files
        // first.
        let mut numbers: FxHashMap<&str, usize> = FxHashMap::default();
        for file in files.clone() {
            document.add_spans(file, &mut numbers);
        }
        for file in files.clone() {
            for line in file.lines() {
                let AnnotationBody::Event { trigger, .. } = &line.body else { continue };
                if let Some(&number) = numbers.get(file.slice(*trigger)) {
                    numbers.entry(file.slice(line.id)).or_insert(number);
                }
            }
        }
        for file in files {
            document.add_properties(file, &numbers);
        }
        document
    }

    fn add_spans<'a>(&mut self, file: &'a Standoff, numbers: &mut FxHashMap<&'a str, usize>) {
        for line in file.lines().iter().filter(|line| line.repeats.is_none()) {
            let AnnotationBody::Text { kind, fragments, text, .. } = &line.body else { continue };
            let id = file.slice(line.id);
            let mut fragments: Vec<(u32, u32)> = fragments.iter().map(|one| (one.start, one.end)).collect();
            fragments.sort_unstable();
            numbers.insert(id, self.spans.len());
            self.spans.push(AnnotatedSpan {
                id: id.to_owned(),
                label: file.slice(*kind).to_owned(),
                fragments,
                text: text.map_or_else(String::new, |text| file.slice(text).to_owned()),
            });
        }
    }

    fn add_properties(&mut self, file: &Standoff, numbers: &FxHashMap<&str, usize>) {
        let number = |id: Span| numbers.get(file.slice(id)).copied();
        for line in file.lines().iter().filter(|line| line.repeats.is_none()) {
            match &line.body {
                AnnotationBody::Normalization { target, reference } => {
                    let reference = file.slice(*reference);
                    let (name, value) = reference.split_once(':').unwrap_or(("", reference));
                    if let Some(span) = number(*target) {
                        self.links.push(Property { span, name: name.to_owned(), value: value.to_owned() });
                    }
                }
                AnnotationBody::Attribute { name, target, value } => {
                    if let Some(span) = number(*target) {
                        let value = value.map_or_else(String::new, |value| file.slice(value).to_owned());
                        self.attributes.push(Property { span, name: file.slice(*name).to_owned(), value });
                    }
                }
                AnnotationBody::Relation { kind, arguments } => {
                    let ends = arguments.iter().map(|one| Some((file.slice(one.role), number(one.target)?)));
                    self.add_relation(file.slice(*kind), ends.collect());
                }
                // An event without arguments says no more than its trigger does.
                AnnotationBody::Event { kind, trigger, arguments } if !arguments.is_empty() => {
                    let trigger = std::iter::once(number(*trigger).map(|number| ("", number)));
                    let ends = arguments.iter().map(|one| Some((file.slice(one.role), number(one.target)?)));
                    self.add_relation(file.slice(*kind), trigger.chain(ends).collect());
                }
                AnnotationBody::Equivalence { kind, members } => {
                    let members = members.iter().map(|member| Some(("", number(*member)?)));
                    self.add_relation(file.slice(*kind), members.collect());
                }
                _ => {}
            }
        }
    }

    /// Adds a relation whose arguments are all there; one that refers to nothing is a finding and no relation.
    fn add_relation(&mut self, label: &str, arguments: Option<Vec<(&str, usize)>>) {
        let Some(arguments) = arguments else { return };
        let mut arguments: Vec<(String, usize)> =
            arguments.into_iter().map(|(role, number)| (role.to_owned(), number)).collect();
        arguments.sort_unstable();
        self.relations.push(AnnotatedRelation { label: label.to_owned(), arguments });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_resolved_and_what_refers_to_nothing_is_left_out() {
        let file = Standoff::parse(
            "T1\tPer 0 3;5 6\tLan a\nT2\tOrg 8 11\tBộ\nE1\tJoin:T2 Who:T1\nE2\tJoin:T2\nR1\tIn Arg1:T1 Arg2:E1\n\
             A1\tSure E1\nA2\tForm T1 short\nN1\tReference T1 registry:lan\tLan\nR2\tIn Arg1:T1 Arg2:T9\n*\tSame T1 T2\n",
        );
        let document = AnnotatedDocument::new([&file], 20);
        assert_eq!(document.spans.len(), 2);
        assert_eq!(document.spans[0].fragments, [(0, 3), (5, 6)]);
        let properties = |all: &[Property]| -> Vec<String> {
            all.iter().map(|one| format!("{} {}={}", one.span, one.name, one.value)).collect()
        };
        assert_eq!(properties(&document.attributes), ["1 Sure=", "0 Form=short"]);
        assert_eq!(properties(&document.links), ["0 registry=lan"]);
        let relations: Vec<String> =
            document.relations.iter().map(|one| format!("{} {:?}", one.label, one.arguments)).collect();
        assert_eq!(
            relations,
            ["Join [(\"\", 1), (\"Who\", 0)]", "In [(\"Arg1\", 0), (\"Arg2\", 1)]", "Same [(\"\", 0), (\"\", 1)]"]
        );
    }

    #[test]
    fn overlap_counts_common_code_points() {
        let span = |fragments: &[(u32, u32)]| AnnotatedSpan {
            id: String::new(),
            label: String::new(),
            fragments: fragments.to_vec(),
            text: String::new(),
        };
        assert_eq!(span(&[(0, 4), (6, 9)]).overlap(&span(&[(3, 7)])), 2);
        assert_eq!(span(&[(0, 4)]).overlap(&span(&[(4, 7)])), 0);
    }
}
