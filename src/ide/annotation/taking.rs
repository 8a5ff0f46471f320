//! Annotations of the other annotator that come over into our file: with links, attributes and notes, as events where
//! they name some, and with what they refer to.
//!
//! Deliberately absent: which differences are settled so (`settle`).

use rustc_hash::FxHashMap;

use super::code_points::CodePoints;
use super::edit::AnnotationEdits;
use super::pair::ReferenceIndex;
use crate::annotation::{AnnotatedDocument, AnnotatedTarget, CONFLICT_NOTE, Fragment, Remarks, Standoff};
use crate::curation::document::Property;
use crate::curation::{DocumentDifferences, RelationOrigin};

/// Our annotation file, in which differences are settled.
#[derive(Clone, Copy)]
pub struct SettledAnnotations<'a> {
    /// The file.
    pub standoff: &'a Standoff,
    /// Of an `.a2` the `.a1`.
    pub given: Option<&'a Standoff>,
    /// The text.
    pub points: &'a CodePoints<'a>,
    /// Both sides of the document.
    pub sides: &'a DocumentDifferences,
}

/// Annotations of theirs that have come over in one action, by their number, with the ids that they have here.
#[derive(Debug, Default)]
pub(super) struct TakenAnnotations {
    spans: FxHashMap<usize, String>,
    events: FxHashMap<usize, String>,
}

impl TakenAnnotations {
    /// The number of theirs that has an id here.
    pub(super) fn span(&self, id: &str) -> Option<usize> {
        self.spans.iter().find(|(_, known)| *known == id).map(|(number, _)| *number)
    }
}

impl SettledAnnotations<'_> {
    fn theirs(&self) -> &AnnotatedDocument {
        &self.sides.theirs.document
    }

    /// Adds a text-bound annotation with all that is said of it, and the events that it names. Arguments that are not
    /// here are left out: they are differences of their own.
    pub(super) fn add_span(
        &self,
        edits: &mut AnnotationEdits<'_>,
        taken: &mut TakenAnnotations,
        number: usize,
    ) -> Option<String> {
        let span = &self.theirs().spans[number];
        let fragments: Vec<Fragment> = span.fragments.iter().map(|&(start, end)| Fragment { start, end }).collect();
        let id = edits.add(&span.label, &fragments)?;
        taken.spans.insert(number, id.clone());
        let words = &self.sides.theirs.comparable.spans[number].text;
        add_remarks(edits, &id, &span.remarks, words);
        let events = self.theirs().events.iter().enumerate().filter(|(_, event)| event.trigger == number);
        for (number, event) in events {
            let known = event.arguments.iter().filter_map(|(role, target)| {
                let id = match target {
                    AnnotatedTarget::Span(number) => self.known_span(taken, *number),
                    AnnotatedTarget::Event(number) => self.known_event(taken, *number),
                };
                Some((role.clone(), id?))
            });
            let arguments: Vec<(String, String)> = known.collect();
            let event_id = edits.add_event(&event.label, &id, &arguments);
            taken.events.insert(number, event_id.clone());
            add_remarks(edits, &event_id, &event.remarks, words);
        }
        Some(id)
    }

    /// Adds a relation, the arguments of an event, or an equivalence, with the annotations that are not here.
    pub(super) fn add_relation(
        &self,
        edits: &mut AnnotationEdits<'_>,
        taken: &mut TakenAnnotations,
        number: usize,
    ) -> Option<()> {
        match self.sides.theirs.comparable.relations[number].origin {
            RelationOrigin::Relation(number) => {
                let relation = &self.theirs().relations[number];
                let [(one, first), (two, second)] = &relation.arguments;
                let (first, second) = (self.target(edits, taken, *first)?, self.target(edits, taken, *second)?);
                let id = edits.relate(&relation.label, [(one, &first), (two, &second)]);
                add_remarks(edits, &id, &relation.remarks, "");
            }
            RelationOrigin::Event(number) => {
                let event = &self.theirs().events[number];
                let arguments = self.their_arguments(edits, taken, number)?;
                match (self.known_event(taken, number), self.known_span(taken, event.trigger)) {
                    (Some(known), _) if self.standoff.line(&known).is_some() => {
                        edits.set_arguments(&known, &arguments)?;
                    }
                    (None, Some(trigger)) => edits.retype_as_event(&trigger, &event.label, &arguments),
                    _ => return None,
                }
            }
            RelationOrigin::Equivalence(number) => {
                let members = self.their_members(edits, taken, number)?;
                edits.set_group(&self.theirs().equivalences[number].label, &[], &members);
            }
        }
        Some(())
    }

    /// Adds an event beside ours; true where it has a name of its own, since its type is another.
    pub(super) fn add_event_beside(
        &self,
        edits: &mut AnnotationEdits<'_>,
        taken: &mut TakenAnnotations,
        number: usize,
    ) -> Option<bool> {
        let event = &self.theirs().events[number];
        let ours = self.sides.partners[event.trigger].map(|partner| &self.sides.ours.document.spans[partner])?;
        if ours.label != event.label {
            self.add_span(edits, taken, event.trigger)?;
            return Some(true);
        }
        let arguments = self.their_arguments(edits, taken, number)?;
        let id = edits.add_event(&event.label, &ours.id, &arguments);
        add_remarks(edits, &id, &event.remarks, &self.sides.theirs.comparable.spans[event.trigger].text);
        Some(false)
    }

    /// The arguments of an event by the ids that they have here.
    pub(super) fn their_arguments(
        &self,
        edits: &mut AnnotationEdits<'_>,
        taken: &mut TakenAnnotations,
        number: usize,
    ) -> Option<Vec<(String, String)>> {
        let arguments = self.theirs().events[number].arguments.iter();
        arguments.map(|(role, target)| Some((role.clone(), self.target(edits, taken, *target)?))).collect()
    }

    /// The members of an equivalence by the ids that they have here.
    pub(super) fn their_members(
        &self,
        edits: &mut AnnotationEdits<'_>,
        taken: &mut TakenAnnotations,
        number: usize,
    ) -> Option<Vec<String>> {
        let members = self.theirs().equivalences[number].members.iter();
        let id = |member: &usize| match self.sides.partners[*member] {
            Some(partner) => Some(self.sides.ours.document.spans[partner].id.clone()),
            None => taken.spans.get(member).cloned().or_else(|| self.add_span(edits, taken, *member)),
        };
        members.map(id).collect()
    }

    /// The annotation here that a link or an attribute of theirs is said of.
    pub(super) fn our_holder(&self, property: &Property) -> Option<String> {
        let taken = TakenAnnotations::default();
        match self.theirs().events.iter().position(|event| event.id == property.target) {
            Some(event) => self.known_event(&taken, event).or_else(|| self.known_span(&taken, property.span)),
            None => self.known_span(&taken, property.span),
        }
    }

    /// The id here of what an argument of theirs names, which is added where it is not here.
    fn target(
        &self,
        edits: &mut AnnotationEdits<'_>,
        taken: &mut TakenAnnotations,
        target: AnnotatedTarget,
    ) -> Option<String> {
        match target {
            AnnotatedTarget::Span(number) => {
                self.known_span(taken, number).or_else(|| self.add_span(edits, taken, number))
            }
            AnnotatedTarget::Event(number) => {
                let trigger = self.theirs().events[number].trigger;
                let known = self.known_event(taken, number).or_else(|| self.known_span(taken, trigger));
                known.or_else(|| {
                    self.add_span(edits, taken, trigger)?;
                    taken.events.get(&number).cloned()
                })
            }
        }
    }

    /// Our partner of a text-bound annotation, or the event that the partner names: nothing is said of a name.
    fn known_span(&self, taken: &TakenAnnotations, number: usize) -> Option<String> {
        let Some(partner) = self.sides.partners[number] else { return taken.spans.get(&number).cloned() };
        let id = self.sides.ours.document.spans[partner].id.as_str();
        let events = ReferenceIndex::new(self.standoff).events(id);
        Some(events.first().map_or(id, |event| *event).to_owned())
    }

    /// Our event of the same name: of several the one at the same place among them, else the last.
    fn known_event(&self, taken: &TakenAnnotations, number: usize) -> Option<String> {
        if let Some(id) = taken.events.get(&number) {
            return Some(id.clone());
        }
        let events = &self.theirs().events;
        let trigger = events[number].trigger;
        let place = events[..number].iter().filter(|event| event.trigger == trigger).count();
        let partner = self.sides.partners[trigger]?;
        let index = ReferenceIndex::new(self.standoff);
        let ours = index.events(&self.sides.ours.document.spans[partner].id);
        ours.get(place).or(ours.last()).map(|id| (*id).to_owned())
    }
}

/// Adds links, attributes and notes.
fn add_remarks(edits: &mut AnnotationEdits<'_>, id: &str, remarks: &Remarks, words: &str) {
    for link in &remarks.links {
        edits.refer(id, &link.to_string(), words);
    }
    for (name, value) in &remarks.attributes {
        edits.add_attribute(id, name, value.as_deref());
    }
    // A conflict that a merge has left there is none here.
    for (kind, text) in remarks.notes.iter().filter(|(kind, _)| kind != CONFLICT_NOTE) {
        edits.note_of(kind, id, text);
    }
}
