//! Remarks about annotations: attributes, relations, links and notes, by the annotation they are about.

use rustc_hash::FxHashMap;

use super::line::AnnotationBody;
use super::standoff::Standoff;
use crate::text::Span;

/// The remarks about one annotation.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct AnnotationRemarks<'a> {
    /// Attributes: name and value; without a value the attribute is true.
    pub attributes: Vec<(&'a str, Option<&'a str>)>,
    /// Relations and events that it takes part in.
    pub relations: Vec<AnnotationRelation<'a>>,
    /// Entries that it is linked to, `DATABASE:ENTRY`.
    pub links: Vec<&'a str>,
    /// Notes: type and text.
    pub notes: Vec<(&'a str, &'a str)>,
}

/// A relation or an event, as one of its annotations sees it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct AnnotationRelation<'a> {
    /// The id of the relation or event.
    pub id: &'a str,
    /// The type of it.
    pub kind: &'a str,
    /// The role that the annotation fills; seen from the trigger of an event, the role that the target fills.
    pub role: &'a str,
    /// The id at the other end: the other argument of a relation, the trigger of an event, seen from the trigger its
    /// argument.
    pub target: &'a str,
}

/// The remarks of a file, by the id of what they are about.
#[derive(Clone, Debug, Default)]
pub struct RemarkIndex<'a> {
    by_id: FxHashMap<&'a str, AnnotationRemarks<'a>>,
}

impl<'a> RemarkIndex<'a> {
    /// The remarks about an annotation. What is said of an event is said of its trigger as well.
    pub fn of(&self, id: &str) -> Option<&AnnotationRemarks<'a>> {
        self.by_id.get(id)
    }

    fn entry(&mut self, id: &'a str) -> &mut AnnotationRemarks<'a> {
        self.by_id.entry(id).or_default()
    }
}

impl Standoff {
    /// The remarks about the annotations of the file.
    pub fn remarks(&self) -> RemarkIndex<'_> {
        let mut index = RemarkIndex::default();
        let slice = |span: Span| self.slice(span);
        let mut triggers: FxHashMap<&str, &str> = FxHashMap::default();
        for line in self.lines() {
            let id = slice(line.id);
            match &line.body {
                AnnotationBody::Event { kind, trigger, arguments } => {
                    let (kind, trigger) = (slice(*kind), slice(*trigger));
                    triggers.insert(id, trigger);
                    for argument in arguments {
                        let (role, target) = (slice(argument.role), slice(argument.target));
                        index.entry(trigger).relations.push(AnnotationRelation { id, kind, role, target });
                        index.entry(target).relations.push(AnnotationRelation { id, kind, role, target: trigger });
                    }
                }
                AnnotationBody::Relation { kind, arguments: [one, two] } => {
                    for (this, other) in [(one, two), (two, one)] {
                        let relation = AnnotationRelation {
                            id,
                            kind: slice(*kind),
                            role: slice(this.role),
                            target: slice(other.target),
                        };
                        index.entry(slice(this.target)).relations.push(relation);
                    }
                }
                AnnotationBody::Attribute { name, target, value } => {
                    index.entry(slice(*target)).attributes.push((slice(*name), value.map(slice)));
                }
                AnnotationBody::Normalization { target, reference } => {
                    index.entry(slice(*target)).links.push(slice(*reference));
                }
                AnnotationBody::Note { kind, target, text } => {
                    index.entry(slice(*target)).notes.push((slice(*kind), text.map_or("", slice)));
                }
                AnnotationBody::Text { .. } | AnnotationBody::Equivalence { .. } | AnnotationBody::Malformed(_) => {}
            }
        }
        for (event, trigger) in triggers {
            let Some(said) = index.by_id.get(event).cloned() else { continue };
            let of = index.entry(trigger);
            of.attributes.extend(said.attributes);
            of.links.extend(said.links);
            of.notes.extend(said.notes);
            of.relations.extend(said.relations);
        }
        index
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_of_annotations() {
        let file = Standoff::parse(
            "T1\tPer 0 3\tLan\nT2\tGo 4 6\tđi\nT3\tPlace 7 10\tHuế\nE1\tGo:T2 Who:T1\nR1\tLikes Arg1:T1 Arg2:T3\t\n\
             A1\tSure E1\nA2\tTense E1 past\nN1\tReference T3 registry:hue\tHuế\n#1\tAnnotatorNotes T3\tđẹp\n",
        );
        let remarks = file.remarks();
        let relations = |id: &str| -> Vec<String> {
            let of = remarks.of(id).into_iter().flat_map(|of| &of.relations);
            of.map(|it| format!("{} {} {} {}", it.id, it.kind, it.role, it.target)).collect()
        };
        assert_eq!(relations("T1"), ["E1 Go Who T2", "R1 Likes Arg1 T3"]);
        assert_eq!(relations("T2"), ["E1 Go Who T1"]);
        assert_eq!(relations("T3"), ["R1 Likes Arg2 T1"]);
        assert_eq!(remarks.of("T2").unwrap().attributes, [("Sure", None), ("Tense", Some("past"))]);
        let hue = remarks.of("T3").unwrap();
        assert_eq!((&hue.links[..], &hue.notes[..]), (&["registry:hue"][..], &[("AnnotatorNotes", "đẹp")][..]));
    }
}
