//! Ways to settle a difference from another annotator: ours, theirs, both or neither.
//!
//! Deliberately absent: remembering what was settled, and which differences there are (`curation/`); bringing theirs
//! over (`taking`).

use super::edit::AnnotationEdits;
use super::pair::ReferenceIndex;
use super::taking::{SettledAnnotations, TakenAnnotations};
use crate::annotation::Fragment;
use crate::curation::compare::{relation_side, span_side};
use crate::curation::document::{ComparableRelation, Property};
use crate::curation::{Difference, DifferenceKind, DifferenceSide, RelationOrigin};
use crate::text::Span;
use crate::text::edit::TextEdit;

/// The side that is taken.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Settlement {
    /// Ours.
    Left,
    /// Theirs.
    Right,
    /// Both.
    Both,
    /// Neither.
    Neither,
}

impl Settlement {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Left, Self::Right, Self::Both, Self::Neither];

    /// The word for editors that give each a key.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Left => "take-left",
            Self::Right => "take-right",
            Self::Both => "take-both",
            Self::Neither => "take-neither",
        }
    }
}

/// One way to settle a difference.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SettlingAction {
    /// The side that is taken.
    pub settlement: Settlement,
    /// The title for people.
    pub title: String,
    /// The change; an error says why nobody can make it.
    pub change: Result<SettlingChange, String>,
}

/// The part of a difference that is left where both sides are kept; none where they are one now.
struct LeftOver(Option<Difference>);

/// The change that settles a difference.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SettlingChange {
    /// The edits of our annotation file, where it stands now.
    pub edits: Vec<TextEdit>,
    /// The difference that is left and has to be remembered as settled; none where both sides then say the same.
    pub remaining: Option<Difference>,
}

impl SettledAnnotations<'_> {
    /// The ways to settle a difference. Where one side has nothing, both is the side that has something, and neither is
    /// the other one: these two are left out.
    pub fn actions(&self, difference: &Difference) -> Vec<SettlingAction> {
        let action = |settlement| {
            let change = self.change(difference, settlement)?;
            Some(SettlingAction { settlement, title: title(difference, settlement), change })
        };
        Settlement::ALL.into_iter().filter_map(action).collect()
    }

    /// `None` where a way means nothing here, or would change nothing.
    fn change(&self, difference: &Difference, settlement: Settlement) -> Option<Result<SettlingChange, String>> {
        if settlement == Settlement::Left {
            return Some(Ok(SettlingChange { edits: Vec::new(), remaining: Some(difference.clone()) }));
        }
        if let Some(reason) = self.refusal(difference, settlement) {
            return Some(Err(reason));
        }
        let mut edits = AnnotationEdits::new(self.standoff, self.points, self.given);
        let remaining = match (settlement, &difference.a, &difference.b) {
            (Settlement::Right, ..) => {
                self.take_right(&mut edits, difference)?;
                None
            }
            (Settlement::Both, Some(ours), Some(theirs)) => {
                self.take_both(&mut edits, difference.kind, ours, theirs)?.0
            }
            (_, Some(ours), Some(theirs)) => Some(self.take_neither(&mut edits, difference.kind, ours, theirs)?),
            _ => return None,
        };
        let edits = edits.finish();
        (!edits.is_empty()).then_some(Ok(SettlingChange { edits, remaining }))
    }

    /// The reason that nobody can settle a difference in this way, though it would mean something.
    fn refusal(&self, difference: &Difference, settlement: Settlement) -> Option<String> {
        if difference.kind != DifferenceKind::Attribute {
            return None;
        }
        let (ours, theirs) = (&difference.a, difference.b.as_ref()?);
        let name = &self.sides.theirs.comparable.attributes[theirs.number].name;
        let is_second = match settlement {
            Settlement::Both => ours.is_some(),
            Settlement::Right => ours.is_none() && self.has_attribute(theirs, name),
            Settlement::Left | Settlement::Neither => false,
        };
        is_second.then(|| {
            format!(
                "an annotation has one value of `{name}`: no configuration of brat allows several, and brat shows one"
            )
        })
    }

    /// Tells whether our partner of an annotation has an attribute already.
    fn has_attribute(&self, theirs: &DifferenceSide, name: &str) -> bool {
        let span = self.sides.theirs.comparable.attributes[theirs.number].span;
        let partner = self.sides.partners[span];
        let ours = &self.sides.ours.comparable.attributes;
        ours.iter().any(|attribute| Some(attribute.span) == partner && attribute.name == name)
    }

    /// Makes our side say what theirs says; `None` where that cannot be written.
    fn take_right(&self, edits: &mut AnnotationEdits<'_>, difference: &Difference) -> Option<()> {
        let Difference { kind, a, b } = difference;
        let mut taken = TakenAnnotations::default();
        match (kind, a, b) {
            (DifferenceKind::Missing, Some(ours), _) => edits.delete(&ours.id),
            (DifferenceKind::Extra, _, Some(theirs)) => drop(self.add_span(edits, &mut taken, theirs.number)?),
            (DifferenceKind::Boundary, Some(ours), Some(theirs)) => edits.resize(&ours.id, &self.spans(theirs)?)?,
            (DifferenceKind::Type, Some(ours), Some(theirs)) => self.retype(edits, ours, theirs),
            (DifferenceKind::Link, Some(ours), Some(theirs)) => {
                let (old, new) = (self.our_link(ours), self.their_link(theirs));
                edits.replace_reference(&old.target, &reference(old), &reference(new));
            }
            (DifferenceKind::Link, Some(ours), None) => {
                let link = self.our_link(ours);
                edits.drop_reference(&link.target, &reference(link));
            }
            (DifferenceKind::Link, None, Some(theirs)) => {
                let link = self.their_link(theirs);
                edits.refer(&self.our_holder(link)?, &reference(link), &theirs.text);
            }
            (DifferenceKind::Attribute, Some(ours), theirs) => {
                let old = self.our_attribute(ours);
                let value = valued(old);
                match theirs {
                    Some(theirs) => {
                        let new = valued(self.their_attribute(theirs));
                        edits.change_attribute(&old.target, (&old.name, value), new)?;
                    }
                    None => edits.drop_attribute(&old.target, &old.name, value),
                }
            }
            (DifferenceKind::Attribute, None, Some(theirs)) => {
                let new = self.their_attribute(theirs);
                edits.add_attribute(&self.our_holder(new)?, &new.name, valued(new));
            }
            (DifferenceKind::Relation, Some(ours), None) => self.drop_relation(edits, ours)?,
            (DifferenceKind::Relation, None, Some(theirs)) => self.add_relation(edits, &mut taken, theirs.number)?,
            (DifferenceKind::Relation, Some(ours), Some(theirs)) => {
                self.replace_relation(edits, &mut taken, ours, theirs)?;
            }
            _ => return None,
        }
        Some(())
    }

    /// Adds theirs beside ours, and returns what of the difference is left.
    fn take_both(
        &self,
        edits: &mut AnnotationEdits<'_>,
        kind: DifferenceKind,
        ours: &DifferenceSide,
        theirs: &DifferenceSide,
    ) -> Option<LeftOver> {
        let mut taken = TakenAnnotations::default();
        let (left, kind) = match kind {
            DifferenceKind::Boundary | DifferenceKind::Type => {
                self.add_span(edits, &mut taken, theirs.number)?;
                (ours.clone(), DifferenceKind::Missing)
            }
            DifferenceKind::Link => {
                edits.refer(&self.our_link(ours).target, &reference(self.their_link(theirs)), &theirs.text);
                (ours.clone(), kind)
            }
            DifferenceKind::Relation => match self.their_relation(theirs).origin {
                RelationOrigin::Equivalence(_) => return self.join_groups(edits, &mut taken, ours, theirs),
                RelationOrigin::Event(number) => match self.add_event_beside(edits, &mut taken, number)? {
                    // Theirs has a partner that names it, so that ours has none any more.
                    true => {
                        let trigger = self.our_relation(ours).trigger()?;
                        (span_side(&self.sides.ours.comparable, trigger), DifferenceKind::Missing)
                    }
                    false => (ours.clone(), kind),
                },
                RelationOrigin::Relation(_) => {
                    self.add_relation(edits, &mut taken, theirs.number)?;
                    (ours.clone(), kind)
                }
            },
            DifferenceKind::Missing | DifferenceKind::Extra | DifferenceKind::Attribute => return None,
        };
        Some(LeftOver(Some(Difference { kind, a: Some(left), b: None })))
    }

    /// Takes ours out, and returns what of the difference is left.
    fn take_neither(
        &self,
        edits: &mut AnnotationEdits<'_>,
        kind: DifferenceKind,
        ours: &DifferenceSide,
        theirs: &DifferenceSide,
    ) -> Option<Difference> {
        let mut left = kind;
        match kind {
            DifferenceKind::Boundary | DifferenceKind::Type => {
                edits.delete(&ours.id);
                left = DifferenceKind::Extra;
            }
            DifferenceKind::Link => {
                let link = self.our_link(ours);
                edits.drop_reference(&link.target, &reference(link));
            }
            DifferenceKind::Attribute => {
                let attribute = self.our_attribute(ours);
                edits.drop_attribute(&attribute.target, &attribute.name, valued(attribute));
            }
            DifferenceKind::Relation => self.drop_relation(edits, ours)?,
            DifferenceKind::Missing | DifferenceKind::Extra => return None,
        }
        Some(Difference { kind: left, a: None, b: Some(theirs.clone()) })
    }

    /// Gives our annotation their type. What names an event on one side alone becomes the name of one, or of none.
    fn retype(&self, edits: &mut AnnotationEdits<'_>, ours: &DifferenceSide, theirs: &DifferenceSide) {
        let is_event = !ReferenceIndex::new(self.standoff).events(&ours.id).is_empty();
        let events = &self.sides.theirs.document.events;
        match (is_event, events.iter().any(|event| event.trigger == theirs.number)) {
            (true, false) => edits.retype_as_entity(&ours.id, &theirs.label),
            (false, true) => edits.retype_as_event(&ours.id, &theirs.label, &[]),
            (true, true) | (false, false) => edits.retype(&ours.id, &theirs.label),
        }
    }

    /// Takes out a relation of ours. Of an event the arguments go: its name is a difference of its own.
    fn drop_relation(&self, edits: &mut AnnotationEdits<'_>, ours: &DifferenceSide) -> Option<()> {
        let document = &self.sides.ours.document;
        match self.our_relation(ours).origin {
            RelationOrigin::Relation(number) => edits.delete(&document.relations[number].id),
            RelationOrigin::Event(number) => edits.set_arguments(&document.events[number].id, &[])?,
            RelationOrigin::Equivalence(number) => {
                edits.drop_group(&ours.label, &self.our_members(number));
            }
        }
        Some(())
    }

    /// Makes a relation of ours say what theirs says.
    fn replace_relation(
        &self,
        edits: &mut AnnotationEdits<'_>,
        taken: &mut TakenAnnotations,
        ours: &DifferenceSide,
        theirs: &DifferenceSide,
    ) -> Option<()> {
        let (here, there) = (self.our_relation(ours).origin, self.their_relation(theirs).origin);
        match (here, there) {
            (RelationOrigin::Relation(number), RelationOrigin::Relation(_)) => {
                edits.retype(&self.sides.ours.document.relations[number].id, &theirs.label);
            }
            (RelationOrigin::Event(ours_is), RelationOrigin::Event(theirs_is)) => {
                let id = &self.sides.ours.document.events[ours_is].id;
                if ours.label != theirs.label {
                    edits.retype(id, &theirs.label);
                }
                let arguments = self.their_arguments(edits, taken, theirs_is)?;
                edits.set_arguments(id, &arguments)?;
            }
            (RelationOrigin::Equivalence(ours_is), RelationOrigin::Equivalence(theirs_is)) => {
                let members = self.their_members(edits, taken, theirs_is)?;
                edits.set_group(&ours.label, &self.our_members(ours_is), &members);
            }
            _ => {
                self.drop_relation(edits, ours)?;
                self.add_relation(edits, taken, theirs.number)?;
            }
        }
        Some(())
    }

    /// Makes one group of two that have members in common: what is equivalent to one of them is so to all.
    fn join_groups(
        &self,
        edits: &mut AnnotationEdits<'_>,
        taken: &mut TakenAnnotations,
        ours: &DifferenceSide,
        theirs: &DifferenceSide,
    ) -> Option<LeftOver> {
        let RelationOrigin::Equivalence(ours_is) = self.our_relation(ours).origin else { return None };
        let RelationOrigin::Equivalence(theirs_is) = self.their_relation(theirs).origin else { return None };
        let old = self.our_members(ours_is);
        let their_members = self.their_members(edits, taken, theirs_is)?;
        let mut members: Vec<String> = old.iter().map(|id| (*id).to_owned()).collect();
        members.extend(their_members.iter().filter(|id| !old.contains(&id.as_str())).cloned());
        edits.set_group(&ours.label, &old, &members);
        if members.len() == their_members.len() {
            return Some(LeftOver(None));
        }
        // The group as it will be compared: by the numbers of its members, of which new ones are the last.
        let mut joined = self.sides.ours.comparable.clone();
        let arguments = members.iter().map(|id| {
            let known = joined.spans.iter().position(|span| span.id == *id);
            let number = known.or_else(|| {
                let of_theirs = taken.span(id)?;
                joined.spans.push(self.sides.theirs.comparable.spans[of_theirs].clone());
                Some(joined.spans.len() - 1)
            })?;
            Some((String::new(), number))
        });
        let arguments: Option<Vec<(String, usize)>> = arguments.collect();
        let mut arguments = arguments?;
        arguments.sort_unstable();
        let number = joined.relations.len();
        let origin = RelationOrigin::Equivalence(ours_is);
        joined.relations.push(ComparableRelation { origin, label: ours.label.clone(), arguments });
        let a = Some(relation_side(&joined, number));
        Some(LeftOver(Some(Difference { kind: DifferenceKind::Relation, a, b: Some(theirs.clone()) })))
    }

    fn our_link(&self, side: &DifferenceSide) -> &Property {
        &self.sides.ours.comparable.links[side.number]
    }

    fn their_link(&self, side: &DifferenceSide) -> &Property {
        &self.sides.theirs.comparable.links[side.number]
    }

    fn our_attribute(&self, side: &DifferenceSide) -> &Property {
        &self.sides.ours.comparable.attributes[side.number]
    }

    fn their_attribute(&self, side: &DifferenceSide) -> &Property {
        &self.sides.theirs.comparable.attributes[side.number]
    }

    fn our_relation(&self, side: &DifferenceSide) -> &ComparableRelation {
        &self.sides.ours.comparable.relations[side.number]
    }

    fn their_relation(&self, side: &DifferenceSide) -> &ComparableRelation {
        &self.sides.theirs.comparable.relations[side.number]
    }

    /// The ids of the members of a group of ours.
    fn our_members(&self, number: usize) -> Vec<&str> {
        let document = &self.sides.ours.document;
        document.equivalences[number].members.iter().map(|member| document.spans[*member].id.as_str()).collect()
    }

    fn spans(&self, side: &DifferenceSide) -> Option<Vec<Span>> {
        side.fragments.iter().map(|&(start, end)| self.points.span(Fragment { start, end })).collect()
    }
}

/// A link as annotation files have it.
fn reference(link: &Property) -> String {
    match link.name.as_str() {
        "" => link.value.clone(),
        database => format!("{database}:{}", link.value),
    }
}

/// The value of an attribute; `None` where it is only there.
fn valued(attribute: &Property) -> Option<&str> {
    Some(attribute.value.as_str()).filter(|value| !value.is_empty())
}

fn title(difference: &Difference, settlement: Settlement) -> String {
    let said = |side: &DifferenceSide| match side.value.as_str() {
        "" => format!("{} `{}`", side.label, side.text),
        value => format!("{} `{}` {value}", side.label, side.text),
    };
    let side = |side: &Option<DifferenceSide>, other: &Option<DifferenceSide>| match (side, other) {
        (Some(side), _) => said(side),
        (None, Some(other)) => format!("no {}", said(other)),
        (None, None) => String::new(),
    };
    match settlement {
        Settlement::Left => format!("Take ours (left): {}", side(&difference.a, &difference.b)),
        Settlement::Right => format!("Take theirs (right): {}", side(&difference.b, &difference.a)),
        Settlement::Both => "Take both".to_owned(),
        Settlement::Neither => "Take neither".to_owned(),
    }
}
