//! Ways to settle a difference from another annotator: ours, theirs, both or neither.
//!
//! Deliberately absent: remembering what was settled, and which differences there are (`curation/`).

use super::code_points::CodePoints;
use super::edit::{AnnotationEdits, AttributeValue};
use crate::annotation::{AnnotationBody, AnnotationLine, Fragment, Standoff};
use crate::curation::document::{ComparableDocument, ComparableSpan};
use crate::curation::{Difference, DifferenceKind, DifferenceSide, DocumentDifferences};
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
    /// The edits of our annotation file, where it stands now.
    pub edits: Vec<TextEdit>,
    /// The difference that is left and has to be remembered as settled; none where both sides then say the same.
    pub remaining: Option<Difference>,
}

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

impl SettledAnnotations<'_> {
    /// The ways to settle a difference. Where one side has nothing, both is the side that has something.
    pub fn actions(&self, difference: &Difference) -> Vec<SettlingAction> {
        Settlement::ALL.into_iter().filter_map(|settlement| self.action(difference, settlement)).collect()
    }

    fn action(&self, difference: &Difference, settlement: Settlement) -> Option<SettlingAction> {
        let Difference { kind, a, b } = difference;
        let title = title(difference, settlement);
        let done = |edits, remaining| Some(SettlingAction { settlement, title, edits, remaining });
        if settlement == Settlement::Left {
            return done(Vec::new(), Some(difference.clone()));
        }
        let mut edits = AnnotationEdits::new(self.standoff, self.points, self.given);
        let two_sided = a.is_some() && b.is_some();
        let remaining = match settlement {
            Settlement::Right => {
                self.take_right(&mut edits, difference)?;
                None
            }
            Settlement::Left | Settlement::Both | Settlement::Neither if !two_sided => return None,
            Settlement::Both => {
                let b = b.as_ref()?;
                match kind {
                    DifferenceKind::Boundary | DifferenceKind::Type => self.add(&mut edits, b)?,
                    DifferenceKind::Link => edits.refer(&a.as_ref()?.id, &b.value, &b.text),
                    // An annotation has an attribute once, and two types of one relation are two relations.
                    _ => return None,
                }
                let kind = if *kind == DifferenceKind::Link { *kind } else { DifferenceKind::Missing };
                Some(Difference { kind, a: a.clone(), b: None })
            }
            _ => {
                let ours = a.as_ref()?;
                match kind {
                    DifferenceKind::Boundary | DifferenceKind::Type => edits.delete(&ours.id),
                    DifferenceKind::Link => edits.drop_reference(&ours.id, &ours.value),
                    DifferenceKind::Attribute => edits.set_attribute(&ours.id, name_of(&ours.value).0, None),
                    _ => return None,
                }
                let is_span = matches!(kind, DifferenceKind::Boundary | DifferenceKind::Type);
                let kind = if is_span { DifferenceKind::Extra } else { *kind };
                Some(Difference { kind, a: None, b: b.clone() })
            }
        };
        let edits = edits.finish();
        if edits.is_empty() { None } else { done(edits, remaining) }
    }

    /// Makes our side say what theirs says; `None` where that cannot be written.
    fn take_right(&self, edits: &mut AnnotationEdits<'_>, difference: &Difference) -> Option<()> {
        match (difference.kind, &difference.a, &difference.b) {
            (DifferenceKind::Missing, Some(ours), _) => edits.delete(&ours.id),
            (DifferenceKind::Extra, _, Some(theirs)) => self.add(edits, theirs)?,
            (DifferenceKind::Boundary, Some(ours), Some(theirs)) => {
                edits.resize(&ours.id, &self.spans(theirs)?)?;
            }
            (DifferenceKind::Type, Some(ours), Some(theirs)) => edits.retype(&ours.id, &theirs.label),
            (DifferenceKind::Link, Some(ours), Some(theirs)) => {
                edits.replace_reference(&ours.id, &ours.value, &theirs.value);
            }
            (DifferenceKind::Link, ours, theirs) => {
                if let Some(ours) = ours {
                    edits.drop_reference(&ours.id, &ours.value);
                }
                if let Some(theirs) = theirs {
                    edits.refer(&self.our_id(theirs)?, &theirs.value, &theirs.text);
                }
            }
            (DifferenceKind::Attribute, ours, Some(theirs)) => {
                let target = ours.as_ref().map_or_else(|| self.our_id(theirs), |ours| Some(ours.id.clone()))?;
                let (name, value) = name_of(&theirs.value);
                edits.set_attribute(&target, name, Some(AttributeValue(value)));
            }
            (DifferenceKind::Attribute, Some(ours), None) => {
                edits.set_attribute(&ours.id, name_of(&ours.value).0, None);
            }
            (DifferenceKind::Relation, Some(ours), None) => edits.delete(self.standoff.slice(self.relation(ours)?.id)),
            (DifferenceKind::Relation, Some(ours), Some(theirs)) => {
                let id = self.standoff.slice(self.relation(ours)?.id).to_owned();
                edits.retype(&id, &theirs.label);
            }
            (DifferenceKind::Relation, None, Some(theirs)) => {
                let known = self.sides.theirs.relations.iter().find(|relation| {
                    relation.label == theirs.label && value_of(&self.sides.theirs, &relation.arguments) == theirs.value
                })?;
                let [one, two] = &known.arguments[..] else { return None };
                if one.0.is_empty() || two.0.is_empty() {
                    return None;
                }
                let id = |number: usize| self.partner(&self.sides.theirs.spans[number]);
                edits.relate(&theirs.label, [(&one.0, &id(one.1)?), (&two.0, &id(two.1)?)]);
            }
            _ => return None,
        }
        Some(())
    }

    /// Adds an annotation of theirs with its links and attributes.
    fn add(&self, edits: &mut AnnotationEdits<'_>, theirs: &DifferenceSide) -> Option<()> {
        let fragments: Vec<Fragment> = theirs.fragments.iter().map(|&(start, end)| Fragment { start, end }).collect();
        let id = edits.add(&theirs.label, &fragments)?;
        let sides = &self.sides.theirs;
        let is_it = |span: &ComparableSpan| {
            span.id == theirs.id && span.label == theirs.label && span.fragments == theirs.fragments
        };
        let number = sides.spans.iter().position(is_it)?;
        for link in sides.links.iter().filter(|link| link.span == number) {
            edits.refer(&id, &format!("{}:{}", link.name, link.value), &theirs.text);
        }
        for attribute in sides.attributes.iter().filter(|attribute| attribute.span == number) {
            let value = Some(attribute.value.as_str()).filter(|value| !value.is_empty());
            edits.set_attribute(&id, &attribute.name, Some(AttributeValue(value)));
        }
        Some(())
    }

    /// Our annotation that a side of theirs is said of.
    fn our_id(&self, theirs: &DifferenceSide) -> Option<String> {
        let spans = &self.sides.theirs.spans;
        self.partner(spans.iter().find(|span| span.id == theirs.id && span.fragments == theirs.fragments)?)
    }

    /// Our annotation with the place and type of one of theirs.
    fn partner(&self, theirs: &ComparableSpan) -> Option<String> {
        let same = |ours: &&ComparableSpan| ours.fragments == theirs.fragments && ours.label == theirs.label;
        self.sides.ours.spans.iter().find(same).map(|ours| ours.id.clone())
    }

    /// The line of a relation of ours.
    fn relation(&self, ours: &DifferenceSide) -> Option<&AnnotationLine> {
        let ids = &self.sides.ours.spans;
        self.standoff.lines().iter().find(|line| {
            let AnnotationBody::Relation { kind, arguments } = &line.body else { return false };
            let argument = |at: &crate::annotation::Argument| {
                let target = self.standoff.slice(at.target);
                let number = ids.iter().position(|span| span.id == target)?;
                Some((self.standoff.slice(at.role).to_owned(), number))
            };
            let all: Option<Vec<(String, usize)>> = arguments.iter().map(argument).collect();
            let Some(mut all) = all else { return false };
            all.sort();
            self.standoff.slice(*kind) == ours.label && value_of(&self.sides.ours, &all) == ours.value
        })
    }

    fn spans(&self, side: &DifferenceSide) -> Option<Vec<Span>> {
        side.fragments.iter().map(|&(start, end)| self.points.span(Fragment { start, end })).collect()
    }
}

/// The arguments of a relation as a difference names them.
fn value_of(document: &ComparableDocument, arguments: &[(String, usize)]) -> String {
    let argument = |(role, span): &(String, usize)| {
        let text = &document.spans[*span].text;
        if role.is_empty() { text.clone() } else { format!("{role}:{text}") }
    };
    arguments.iter().map(argument).collect::<Vec<_>>().join(", ")
}

/// The name of an attribute and its value.
fn name_of(attribute: &str) -> (&str, Option<&str>) {
    attribute.split_once(' ').map_or((attribute, None), |(name, value)| (name, Some(value)))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::curation::settled_file::{SettledFile, SettledPair};
    use crate::curation::{DocumentSide, open_differences};
    use crate::text::edit::applied;

    const TEXT: &str = "Bà Trần Lan Anh gặp ông Vũ Nam ở Huế.\n";

    fn compare(ours: &Standoff, theirs: &str, settled: &SettledFile) -> DocumentDifferences {
        let theirs = [Standoff::parse(theirs)];
        open_differences(
            "a.txt",
            DocumentSide { text: TEXT, files: std::slice::from_ref(ours) },
            DocumentSide { text: TEXT, files: &theirs },
            settled,
        )
    }

    /// Our file after each way of settling the only difference; what is left open afterwards, which must be nothing.
    fn settled(ours: &str, theirs: &str) -> Vec<String> {
        let points = CodePoints::new(TEXT);
        let standoff = Standoff::parse(ours);
        let sides = compare(&standoff, theirs, &SettledFile::default());
        let [open] = &sides.open[..] else { panic!("{:?}", sides.open) };
        let file = SettledAnnotations { standoff: &standoff, given: None, points: &points, sides: &sides };
        let letters: Vec<char> = TEXT.chars().collect();
        let actions = file.actions(&open.difference).into_iter();
        actions
            .map(|action| {
                let after = applied(ours, &action.edits).expect("edits that fit");
                let pairs: Vec<SettledPair> =
                    action.remaining.iter().map(|left| SettledPair::of("a.txt", &letters, left)).collect();
                let settled = SettledFile::parse(SettledFile::default().with(&pairs));
                let rest = compare(&Standoff::parse(after.clone()), theirs, &settled).open;
                assert!(rest.is_empty(), "{:?} {rest:?}\n{after}", action.settlement);
                format!("{}\n{after}", action.settlement.as_str())
            })
            .collect()
    }

    #[test]
    fn borders_are_taken_from_either_side() {
        assert_eq!(
            settled("T1\tPerson 3 15\tTrần Lan Anh\nA1\tSure T1\n", "T7\tPerson 8 15\tLan Anh\nA1\tSure T7\n"),
            [
                "take-left\nT1\tPerson 3 15\tTrần Lan Anh\nA1\tSure T1\n",
                "take-right\nT1\tPerson 8 15\tLan Anh\nA1\tSure T1\n",
                "take-both\nT1\tPerson 3 15\tTrần Lan Anh\nA1\tSure T1\nT2\tPerson 8 15\tLan Anh\nA2\tSure T2\n",
                "take-neither\n",
            ]
        );
    }

    #[test]
    fn one_side_alone() {
        let same = "T3\tPerson 3 15\tTrần Lan Anh\n";
        assert_eq!(
            settled("T1\tPerson 3 15\tTrần Lan Anh\n", &format!("{same}T7\tPerson 24 30\tVũ Nam\n")),
            [
                "take-left\nT1\tPerson 3 15\tTrần Lan Anh\n",
                "take-right\nT1\tPerson 3 15\tTrần Lan Anh\nT2\tPerson 24 30\tVũ Nam\n",
            ]
        );
        assert_eq!(
            settled("T1\tPerson 3 15\tTrần Lan Anh\nT4\tPlace 33 36\tHuế\n", same),
            [
                "take-left\nT1\tPerson 3 15\tTrần Lan Anh\nT4\tPlace 33 36\tHuế\n",
                "take-right\nT1\tPerson 3 15\tTrần Lan Anh\n",
            ]
        );
    }

    #[test]
    fn two_types_of_one_span() {
        assert_eq!(
            settled("T4\tPlace 33 36\tHuế\n", "T1\tOrganization 33 36\tHuế\n"),
            [
                "take-left\nT4\tPlace 33 36\tHuế\n",
                "take-right\nT4\tOrganization 33 36\tHuế\n",
                "take-both\nT4\tPlace 33 36\tHuế\nT5\tOrganization 33 36\tHuế\n",
                "take-neither\n",
            ]
        );
    }

    #[test]
    fn two_links_of_one_span() {
        let span = "T4\tPlace 33 36\tHuế\n";
        assert_eq!(
            settled(
                &format!("{span}N1\tReference T4 registry:hue\tHuế\n"),
                &format!("{span}N1\tReference T4 registry:hue-city\tHuế\n")
            ),
            [
                "take-left\nT4\tPlace 33 36\tHuế\nN1\tReference T4 registry:hue\tHuế\n",
                "take-right\nT4\tPlace 33 36\tHuế\nN1\tReference T4 registry:hue-city\tHuế\n",
                "take-both\nT4\tPlace 33 36\tHuế\nN1\tReference T4 registry:hue\tHuế\nN2\tReference T4 registry:hue-city\tHuế\n",
                "take-neither\nT4\tPlace 33 36\tHuế\n",
            ]
        );
    }

    #[test]
    fn attributes_and_relations() {
        let spans = "T1\tPerson 3 15\tTrần Lan Anh\nT4\tPlace 33 36\tHuế\n";
        assert_eq!(
            settled(&format!("{spans}A1\tForm T1 full\n"), &format!("{spans}A1\tForm T1 short\n")),
            [
                format!("take-left\n{spans}A1\tForm T1 full\n"),
                format!("take-right\n{spans}A1\tForm T1 short\n"),
                format!("take-neither\n{spans}"),
            ]
        );
        assert_eq!(
            settled(spans, &format!("{spans}R1\tIn Who:T1 Where:T4\n")),
            [format!("take-left\n{spans}"), format!("take-right\n{spans}R1\tIn Where:T4 Who:T1\n")]
        );
        assert_eq!(
            settled(&format!("{spans}R1\tIn Who:T1 Where:T4\n"), spans),
            [format!("take-left\n{spans}R1\tIn Who:T1 Where:T4\n"), format!("take-right\n{spans}")]
        );
    }
}
