//! The comparison of two annotators' documents: which annotations belong together, where they differ, and the figures.
//!
//! B is judged against A: what A has and B has not is missing, what B has and A has not is extra. Deliberately absent:
//! texts that differ. Whoever has both texts moves one side's annotations to the other's text first.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::document::{ComparableDocument, ComparableRelation, ComparableSpan, Property, RelationOrigin};
use super::measure::{Agreement, Confusion, Continuum, Disagreement};

/// Two sets of annotations, compared document by document.
#[derive(Clone, Debug, Default)]
pub struct Comparison {
    /// The types, in the order in which they were met; their numbers index the tables below.
    types: Vec<String>,
    by_type: Vec<Agreement>,
    all: Agreement,
    links: Agreement,
    attributes: Agreement,
    relations: Agreement,
    confusion: Confusion,
    /// Units of A and of B, by type.
    units: Vec<[Continuum; 2]>,
    /// Code points of all documents so far.
    length: u64,
}

/// A difference between two annotators.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Difference {
    /// The sort of difference.
    pub kind: DifferenceKind,
    /// A's side; nothing where B has something extra.
    pub a: Option<DifferenceSide>,
    /// B's side; nothing where something is missing.
    pub b: Option<DifferenceSide>,
}

/// The sorts of differences.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash)]
pub enum DifferenceKind {
    /// Only A has the annotation.
    Missing,
    /// Only B has the annotation.
    Extra,
    /// Both have an annotation of the type, and its borders differ.
    Boundary,
    /// Both annotate the span, with different types.
    Type,
    /// The entries that an annotation is linked to differ.
    Link,
    /// The attributes of an annotation differ.
    Attribute,
    /// One side has a relation, event or equivalence that the other has not.
    Relation,
}

impl DifferenceKind {
    /// All of them.
    pub const ALL: [Self; 7] =
        [Self::Missing, Self::Extra, Self::Boundary, Self::Type, Self::Link, Self::Attribute, Self::Relation];

    /// Returns the word for it in output rows.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Extra => "extra",
            Self::Boundary => "boundary",
            Self::Type => "type",
            Self::Link => "link",
            Self::Attribute => "attribute",
            Self::Relation => "relation",
        }
    }
}

/// One annotator's side of a difference.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DifferenceSide {
    /// The id of the text-bound annotation that the difference is about, in its file.
    pub id: String,
    /// The type of the annotation, or of the relation.
    pub label: String,
    /// Start and end of each fragment, in code points.
    pub fragments: Vec<(u32, u32)>,
    /// The recorded text.
    pub text: String,
    /// The link, attribute or arguments in question, as brat writes them; empty for the others.
    pub value: String,
    /// The number of the annotation, link, attribute or relation in its list of the [`ComparableDocument`].
    pub number: usize,
}

/// Partners among the spans of two documents.
#[derive(Clone, Debug, Default)]
struct SpanPairs {
    /// The partner in B of each span of A, and the reverse.
    of_a: Vec<Option<usize>>,
    of_b: Vec<Option<usize>>,
}

impl SpanPairs {
    fn join(&mut self, a: usize, b: usize) {
        self.of_a[a] = Some(b);
        self.of_b[b] = Some(a);
    }
}

impl Comparison {
    /// Adds a document that both annotated, and returns the differences: by their first place, then by sort.
    pub fn add(&mut self, a: &ComparableDocument, b: &ComparableDocument) -> Vec<Difference> {
        self.add_paired(a, b).0
    }

    /// As [`Comparison::add`], with the partner in A of each text-bound annotation of B.
    pub fn add_paired(
        &mut self,
        a: &ComparableDocument,
        b: &ComparableDocument,
    ) -> (Vec<Difference>, Vec<Option<usize>>) {
        let pairs = pair_spans(&a.spans, &b.spans);
        self.count_spans(a, b, &pairs);
        self.measure(a, b);
        let mut differences = span_differences(a, b, &pairs);
        self.links += compare_properties((a, &a.links), (b, &b.links), &pairs, DifferenceKind::Link, &mut differences);
        self.attributes += compare_properties(
            (a, &a.attributes),
            (b, &b.attributes),
            &pairs,
            DifferenceKind::Attribute,
            &mut differences,
        );
        self.relations += compare_relations(a, b, &pairs, &mut differences);
        let place = |difference: &Difference| {
            let side = difference.a.as_ref().or(difference.b.as_ref());
            side.map(|side| side.fragments.clone())
        };
        differences.sort_by_cached_key(|difference| (place(difference), difference.kind));
        (differences, pairs.of_b)
    }

    /// Returns for each type, in the order of their names: the name, the figures, κ and α_u.
    pub fn figures(&self) -> impl Iterator<Item = (&str, Agreement, Option<f64>, Option<f64>)> {
        let mut order: Vec<usize> = (0..self.types.len()).collect();
        order.sort_by(|one, two| self.types[*one].cmp(&self.types[*two]));
        order.into_iter().map(|number| {
            let [a, b] = &self.units[number];
            let alpha = Disagreement::new(a, b, self.length).alpha();
            (self.types[number].as_str(), self.by_type[number], self.confusion.of_type(number).kappa(), alpha)
        })
    }

    /// Returns the figures of all text-bound annotations.
    pub const fn all(&self) -> Agreement {
        self.all
    }

    /// Returns the figures of links to entries.
    pub const fn links(&self) -> Agreement {
        self.links
    }

    /// Returns the figures of attributes.
    pub const fn attributes(&self) -> Agreement {
        self.attributes
    }

    /// Returns the figures of relations, events and equivalences.
    pub const fn relations(&self) -> Agreement {
        self.relations
    }

    /// Returns κ over sets of types.
    pub fn kappa(&self) -> Option<f64> {
        self.confusion.kappa()
    }

    /// Returns α_u over all types.
    pub fn alpha(&self) -> Option<f64> {
        let mut sum = Disagreement::default();
        for [a, b] in &self.units {
            sum += Disagreement::new(a, b, self.length);
        }
        sum.alpha()
    }

    fn number(&mut self, label: &str) -> usize {
        self.types.iter().position(|known| known == label).unwrap_or_else(|| {
            self.types.push(label.to_owned());
            self.by_type.push(Agreement::default());
            self.units.push(<[Continuum; 2]>::default());
            self.types.len() - 1
        })
    }

    fn count_spans(&mut self, a: &ComparableDocument, b: &ComparableDocument, pairs: &SpanPairs) {
        for (span, partner) in a.spans.iter().zip(&pairs.of_a) {
            let number = self.number(&span.label);
            self.by_type[number].a += 1;
            self.all.a += 1;
            let Some(partner) = partner.map(|partner| &b.spans[partner]) else {
                self.by_type[number].only_a += 1;
                self.all.only_a += 1;
                continue;
            };
            let other = self.number(&partner.label);
            if number != other {
                self.by_type[number].label += 1;
                self.by_type[other].label += 1;
                self.all.label += 1;
            } else if span.fragments == partner.fragments {
                self.by_type[number].exact += 1;
                self.all.exact += 1;
            } else {
                self.by_type[number].overlap += 1;
                self.all.overlap += 1;
            }
        }
        for (span, partner) in b.spans.iter().zip(&pairs.of_b) {
            let number = self.number(&span.label);
            self.by_type[number].b += 1;
            self.all.b += 1;
            if partner.is_none() {
                self.by_type[number].only_b += 1;
                self.all.only_b += 1;
            }
        }
    }

    /// Adds the document to the tables of κ and α_u.
    fn measure(&mut self, a: &ComparableDocument, b: &ComparableDocument) {
        let length = a.length.max(b.length);
        let [of_a, of_b] = [a, b].map(|document| {
            let mut stretches: Vec<(u32, u32, usize)> = Vec::with_capacity(document.spans.len());
            for span in &document.spans {
                let number = self.number(&span.label);
                stretches.extend(span.fragments.iter().map(|&(start, end)| (start, end.min(length), number)));
            }
            stretches.sort_unstable();
            stretches
        });
        for (side, stretches) in [&of_a, &of_b].into_iter().enumerate() {
            for &(start, end, number) in stretches {
                self.units[number][side].add(self.length + u64::from(start), self.length + u64::from(end));
            }
        }
        self.confusion.add(&of_a, &of_b, length);
        self.length += u64::from(length);
    }
}

/// Finds partners: first the same span and type, then the same span, then overlaps of one type, the longest first.
fn pair_spans(a: &[ComparableSpan], b: &[ComparableSpan]) -> SpanPairs {
    let mut pairs = SpanPairs { of_a: vec![None; a.len()], of_b: vec![None; b.len()] };
    pair_by(a, b, &mut pairs, |span| (&span.fragments[..], span.label.as_str()));
    pair_by(a, b, &mut pairs, |span| (&span.fragments[..], ""));
    let mut overlaps = overlapping(a, b, &pairs);
    overlaps.sort_unstable_by_key(|&(common, a, b)| (std::cmp::Reverse(common), a, b));
    for (_, a, b) in overlaps {
        if pairs.of_a[a].is_none() && pairs.of_b[b].is_none() {
            pairs.join(a, b);
        }
    }
    pairs
}

/// Joins spans without a partner that have one key, the first with the first.
fn pair_by<'s, K: Eq + std::hash::Hash>(
    a: &'s [ComparableSpan],
    b: &'s [ComparableSpan],
    pairs: &mut SpanPairs,
    key: impl Fn(&'s ComparableSpan) -> K,
) {
    let mut free: FxHashMap<K, Vec<usize>> = FxHashMap::default();
    for (number, span) in b.iter().enumerate().rev().filter(|(number, _)| pairs.of_b[*number].is_none()) {
        free.entry(key(span)).or_default().push(number);
    }
    for (number, span) in a.iter().enumerate() {
        if pairs.of_a[number].is_none()
            && let Some(partner) = free.get_mut(&key(span)).and_then(Vec::pop)
        {
            pairs.join(number, partner);
        }
    }
}

/// The most spans of B that are weighed for one span of A. Annotators nest a few deep; thousands of spans over one
/// place are nobody's work and must not cost their square.
const MOST_OVERLAPS: usize = 64;

/// Overlaps of one type among spans without a partner: common code points, number in A, number in B.
fn overlapping(a: &[ComparableSpan], b: &[ComparableSpan], pairs: &SpanPairs) -> Vec<(u32, usize, usize)> {
    let sorted = |spans: &[ComparableSpan], taken: &[Option<usize>]| {
        let mut numbers: Vec<usize> = (0..spans.len()).filter(|number| taken[*number].is_none()).collect();
        numbers.sort_by_key(|number| spans[*number].extent());
        numbers
    };
    let (in_a, in_b) = (sorted(a, &pairs.of_a), sorted(b, &pairs.of_b));
    let mut overlaps = Vec::new();
    // Spans of B that may reach into the next one of A.
    let mut open: Vec<usize> = Vec::new();
    let mut next = in_b.into_iter().peekable();
    for number in in_a {
        let (start, end) = a[number].extent();
        while let Some(candidate) = next.next_if(|candidate| b[*candidate].extent().0 < end) {
            open.push(candidate);
        }
        open.retain(|candidate| b[*candidate].extent().1 > start);
        for &candidate in open.iter().rev().take(MOST_OVERLAPS) {
            let common = a[number].overlap(&b[candidate]);
            if common > 0 && a[number].label == b[candidate].label {
                overlaps.push((common, number, candidate));
            }
        }
    }
    overlaps
}

/// One side of a difference about text-bound annotations, by the number of the annotation.
pub fn span_side(document: &ComparableDocument, number: usize) -> DifferenceSide {
    let ComparableSpan { id, label, fragments, text } = document.spans[number].clone();
    DifferenceSide { id, label, fragments, text, value: String::new(), number }
}

fn span_differences(a: &ComparableDocument, b: &ComparableDocument, pairs: &SpanPairs) -> Vec<Difference> {
    let mut differences = Vec::new();
    for (number, (span, partner)) in a.spans.iter().zip(&pairs.of_a).enumerate() {
        let kind = match partner.map(|partner| &b.spans[partner]) {
            None => DifferenceKind::Missing,
            Some(partner) if partner.label != span.label => DifferenceKind::Type,
            Some(partner) if partner.fragments != span.fragments => DifferenceKind::Boundary,
            Some(_) => continue,
        };
        let b = partner.map(|partner| span_side(b, partner));
        differences.push(Difference { kind, a: Some(span_side(a, number)), b });
    }
    for (number, _) in pairs.of_b.iter().enumerate().filter(|(_, partner)| partner.is_none()) {
        differences.push(Difference { kind: DifferenceKind::Extra, a: None, b: Some(span_side(b, number)) });
    }
    differences
}

/// Compares what is said of single spans. Two properties are the same where name and value are and their spans are
/// partners with the same borders and type; an overlap where their spans are partners otherwise; of another type where
/// the spans are partners and the values differ.
fn compare_properties(
    (a, of_a): (&ComparableDocument, &[Property]),
    (b, of_b): (&ComparableDocument, &[Property]),
    pairs: &SpanPairs,
    kind: DifferenceKind,
    differences: &mut Vec<Difference>,
) -> Agreement {
    let mut figures = Agreement { a: of_a.len() as u64, b: of_b.len() as u64, ..Agreement::default() };
    let mut free: FxHashMap<(usize, &str, &str), Vec<usize>> = FxHashMap::default();
    for (number, one) in of_b.iter().enumerate().rev() {
        free.entry((one.span, &one.name, &one.value)).or_default().push(number);
    }
    let mut taken = vec![false; of_b.len()];
    let mut left: Vec<(usize, &Property)> = Vec::new();
    for (number, one) in of_a.iter().enumerate() {
        let partner = pairs.of_a[one.span];
        let same = partner.and_then(|partner| free.get_mut(&(partner, &one.name, &one.value)).and_then(Vec::pop));
        let (Some(same), Some(partner)) = (same, partner) else {
            left.push((number, one));
            continue;
        };
        taken[same] = true;
        let (span, other) = (&a.spans[one.span], &b.spans[partner]);
        if span.fragments == other.fragments && span.label == other.label {
            figures.exact += 1;
        } else {
            figures.overlap += 1;
        }
    }
    let mut rest: BTreeMap<(usize, &str), Vec<usize>> = BTreeMap::new();
    for (number, one) in of_b.iter().enumerate().rev().filter(|(number, _)| !taken[*number]) {
        rest.entry((one.span, &one.name)).or_default().push(number);
    }
    for (number, one) in left {
        let other = pairs.of_a[one.span].and_then(|partner| rest.get_mut(&(partner, one.name.as_str()))?.pop());
        match other {
            Some(other) => {
                taken[other] = true;
                figures.label += 1;
            }
            None => figures.only_a += 1,
        }
        differences.push(Difference {
            kind,
            a: Some(property_side(a, (number, one), kind)),
            b: other.map(|other| property_side(b, (other, &of_b[other]), kind)),
        });
    }
    for (number, (one, _)) in of_b.iter().zip(&taken).enumerate().filter(|(_, (_, taken))| !**taken) {
        figures.only_b += 1;
        differences.push(Difference { kind, a: None, b: Some(property_side(b, (number, one), kind)) });
    }
    figures
}

fn property_side(
    document: &ComparableDocument,
    (number, property): (usize, &Property),
    kind: DifferenceKind,
) -> DifferenceSide {
    let Property { span, name, value, .. } = property;
    let separator = match kind {
        DifferenceKind::Link => ":",
        _ if value.is_empty() => "",
        _ => " ",
    };
    DifferenceSide { value: format!("{name}{separator}{value}"), number, ..span_side(document, *span) }
}

/// Compares relations. The same: one type, and every role is filled by partners. What is left of both sides is shown
/// together where it says something else of one event, or of one group of equivalent annotations.
fn compare_relations(
    a: &ComparableDocument,
    b: &ComparableDocument,
    pairs: &SpanPairs,
    differences: &mut Vec<Difference>,
) -> Agreement {
    let mut figures = Agreement { a: a.relations.len() as u64, b: b.relations.len() as u64, ..Agreement::default() };
    let mut free: FxHashMap<Vec<(&str, usize)>, Vec<usize>> = FxHashMap::default();
    for (number, relation) in b.relations.iter().enumerate().rev() {
        let key = relation.arguments.iter().map(|(role, span)| (role.as_str(), *span)).collect();
        free.entry(key).or_default().push(number);
    }
    let mut taken = vec![false; b.relations.len()];
    let mut report = |one: Option<usize>, other: Option<usize>| {
        let [a, b] = [(a, one), (b, other)].map(|(side, number)| number.map(|number| relation_side(side, number)));
        differences.push(Difference { kind: DifferenceKind::Relation, a, b });
    };
    let mut left: Vec<usize> = (0..a.relations.len()).collect();
    // Of one type first; else the same arguments under another type.
    for of_one_type in [true, false] {
        left.retain(|&number| {
            let relation = &a.relations[number];
            let partners: Option<Vec<(&str, usize)>> =
                relation.arguments.iter().map(|(role, span)| Some((role.as_str(), pairs.of_a[*span]?))).collect();
            let candidates = partners.and_then(|mut key| {
                key.sort_unstable();
                free.get_mut(&key)
            });
            let other = candidates.and_then(|numbers| {
                let is_meant = |other: &usize| !of_one_type || b.relations[*other].label == relation.label;
                Some(numbers.remove(numbers.iter().rposition(is_meant)?))
            });
            let Some(other) = other else { return true };
            taken[other] = true;
            if !of_one_type {
                figures.label += 1;
                report(Some(number), Some(other));
            } else if relation.arguments.iter().all(|(_, span)| is_same(a, b, pairs, *span)) {
                figures.exact += 1;
            } else {
                figures.overlap += 1;
            }
            false
        });
    }
    figures.only_a += left.len() as u64;
    figures.only_b += taken.iter().filter(|taken| !**taken).count() as u64;
    let rest = RelationRest::new(b, &taken);
    for number in left {
        let other = rest.counterpart(&a.relations[number], pairs, &taken);
        other.into_iter().for_each(|other| taken[other] = true);
        report(Some(number), other);
    }
    for (number, _) in taken.iter().enumerate().filter(|(_, taken)| !**taken) {
        report(None, Some(number));
    }
    figures
}

/// Relations of B without a partner, by what they are about.
struct RelationRest<'b> {
    b: &'b ComparableDocument,
    /// Events, by the annotation that names them.
    events: FxHashMap<usize, Vec<usize>>,
    /// Equivalences, by type and member.
    groups: FxHashMap<(&'b str, usize), Vec<usize>>,
}

impl<'b> RelationRest<'b> {
    fn new(b: &'b ComparableDocument, taken: &[bool]) -> Self {
        let mut rest = Self { b, events: FxHashMap::default(), groups: FxHashMap::default() };
        for (number, relation) in b.relations.iter().enumerate().filter(|(number, _)| !taken[*number]) {
            match relation.origin {
                RelationOrigin::Relation(_) => {}
                RelationOrigin::Event(_) => {
                    let of_trigger = relation.trigger().map(|trigger| rest.events.entry(trigger).or_default());
                    of_trigger.into_iter().for_each(|events| events.push(number));
                }
                RelationOrigin::Equivalence(_) => {
                    for (_, member) in &relation.arguments {
                        rest.groups.entry((&relation.label, *member)).or_default().push(number);
                    }
                }
            }
        }
        rest
    }

    /// The relation of B that says something else of the same event, of one type first, or of a group that has the most
    /// members in common.
    fn counterpart(&self, relation: &ComparableRelation, pairs: &SpanPairs, taken: &[bool]) -> Option<usize> {
        let is_free = |number: &&usize| !taken[**number];
        if let Some(trigger) = relation.trigger() {
            let events = self.events.get(&pairs.of_a[trigger]?)?;
            let of_type =
                events.iter().filter(is_free).find(|number| self.b.relations[**number].label == relation.label);
            return of_type.or_else(|| events.iter().find(is_free)).copied();
        }
        if !matches!(relation.origin, RelationOrigin::Equivalence(_)) {
            return None;
        }
        let mut common: BTreeMap<usize, usize> = BTreeMap::new();
        for partner in relation.arguments.iter().filter_map(|(_, member)| pairs.of_a[*member]) {
            let groups = self.groups.get(&(relation.label.as_str(), partner)).into_iter().flatten();
            for group in groups.filter(is_free).take(MOST_OVERLAPS) {
                *common.entry(*group).or_default() += 1;
            }
        }
        common.into_iter().max_by_key(|(group, members)| (*members, std::cmp::Reverse(*group))).map(|(group, _)| group)
    }
}

/// Tells a partner with the same borders and type from one that only overlaps.
fn is_same(a: &ComparableDocument, b: &ComparableDocument, pairs: &SpanPairs, span: usize) -> bool {
    pairs.of_a[span].is_some_and(|partner| {
        a.spans[span].fragments == b.spans[partner].fragments && a.spans[span].label == b.spans[partner].label
    })
}

/// One side of a difference about relations, by the number of the relation.
pub fn relation_side(document: &ComparableDocument, number: usize) -> DifferenceSide {
    let ComparableRelation { label, arguments, .. } = &document.relations[number];
    let argument = |(role, span): &(String, usize)| {
        let text = &document.spans[*span].text;
        if role.is_empty() { text.clone() } else { format!("{role}:{text}") }
    };
    let value = arguments.iter().map(argument).collect::<Vec<_>>().join(", ");
    let first = arguments.first().map(|(_, span)| &document.spans[*span]);
    DifferenceSide {
        id: first.map_or_else(String::new, |span| span.id.clone()),
        label: label.clone(),
        fragments: first.map_or_else(Vec::new, |span| span.fragments.clone()),
        text: first.map_or_else(String::new, |span| span.text.clone()),
        value,
        number,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::{AnnotatedDocument, Standoff};
    use proptest::prelude::*;

    fn document(source: &str) -> ComparableDocument {
        let text = format!("Lan.......Bộ{}", ".".repeat(88));
        let (document, unusable) = AnnotatedDocument::of("", &text, &[Standoff::parse(source)]);
        assert!(unusable.is_empty());
        ComparableDocument::from(&document)
    }

    /// Differences as `kind A | B`, and the figures of all spans.
    fn compare(a: &str, b: &str) -> (Vec<String>, Comparison) {
        let mut comparison = Comparison::default();
        let side = |side: &Option<DifferenceSide>| match side {
            None => "-".to_owned(),
            Some(side) => format!("{} {:?} {}", side.label, side.fragments, side.value).trim_end().to_owned(),
        };
        let differences = comparison.add(&document(a), &document(b));
        let shown = differences.iter().map(|one| format!("{} {} | {}", one.kind.as_str(), side(&one.a), side(&one.b)));
        (shown.collect(), comparison)
    }

    #[test]
    fn every_span_has_one_fate() {
        let (differences, comparison) = compare(
            "T1\tPer 0 4\tx\nT2\tPer 10 14\tx\nT3\tPer 20 28\tx\nT4\tOrg 40 44\tx\nT5\tPer 0 4\tx\n",
            "T9\tPer 0 4\tx\nT8\tOrg 10 14\tx\nT7\tPer 24 30\tx\nT6\tPer 50 54\tx\nT5\tPer 26 28\tx\n",
        );
        assert_eq!(
            differences,
            [
                "missing Per [(0, 4)] | -",
                "type Per [(10, 14)] | Org [(10, 14)]",
                "boundary Per [(20, 28)] | Per [(24, 30)]",
                "extra - | Per [(26, 28)]",
                "missing Org [(40, 44)] | -",
                "extra - | Per [(50, 54)]",
            ]
        );
        let all = comparison.all();
        assert_eq!(all, Agreement { a: 5, b: 5, exact: 1, label: 1, overlap: 1, only_a: 2, only_b: 2 });
        assert_eq!((all.precision(), all.recall(), all.f1_overlap()), (Some(0.2), Some(0.2), Some(0.4)));
        let rows: Vec<_> = comparison.figures().map(|(name, figures, ..)| (name, figures)).collect();
        assert_eq!(
            rows,
            [
                ("Org", Agreement { a: 1, b: 1, exact: 0, label: 1, overlap: 0, only_a: 1, only_b: 0 }),
                ("Per", Agreement { a: 4, b: 4, exact: 1, label: 1, overlap: 1, only_a: 1, only_b: 2 }),
            ]
        );
    }

    #[test]
    fn links_attributes_and_relations() {
        let spans = "T1\tPer 0 3\tLan\nT2\tOrg 10 12\tBộ\n";
        let (differences, comparison) = compare(
            &format!(
                "{spans}N1\tReference T1 registry:lan\tLan\nN2\tReference T2 registry:bo\tBộ\nA1\tForm T1 short\nA2\tSure T2\n\
                 R1\tIn Arg1:T1 Arg2:T2\nR2\tNear Arg1:T1 Arg2:T2\n"
            ),
            &format!(
                "{spans}N1\tReference T1 registry:mai\tLan\nN2\tReference T2 registry:bo\tBộ\nA1\tForm T1 full\n\
                 R1\tIn Arg2:T2 Arg1:T1\nR2\tIn Arg1:T2 Arg2:T1\n"
            ),
        );
        assert_eq!(
            differences,
            [
                "link Per [(0, 3)] registry:lan | Per [(0, 3)] registry:mai",
                "attribute Per [(0, 3)] Form short | Per [(0, 3)] Form full",
                "relation Near [(0, 3)] Arg1:Lan, Arg2:Bộ | -",
                "attribute Org [(10, 12)] Sure | -",
                "relation - | In [(10, 12)] Arg1:Bộ, Arg2:Lan",
            ]
        );
        assert_eq!(comparison.links().f1(), Some(0.5));
        assert_eq!(comparison.attributes().exact, 0);
        assert_eq!((comparison.relations().exact, comparison.relations().only_b), (1, 1));
    }

    #[test]
    fn a_link_of_a_span_with_other_borders_is_an_overlap() {
        let (differences, comparison) = compare(
            "T1\tPer 0 9\tx\nN1\tReference T1 registry:lan\tx\n",
            "T1\tPer 0 4\tx\nN1\tReference T1 registry:lan\tx\n",
        );
        assert_eq!(differences, ["boundary Per [(0, 9)] | Per [(0, 4)]"]);
        assert_eq!((comparison.links().exact, comparison.links().overlap), (0, 1));
    }

    proptest! {
        #[test]
        fn figures_add_up(
            a in prop::collection::vec((0_u32..30, 1_u32..9, 0_u8..2), 0..12),
            b in prop::collection::vec((0_u32..30, 1_u32..9, 0_u8..2), 0..12),
        ) {
            let source = |spans: &[(u32, u32, u8)]| -> String {
                let line = |(n, (start, length, kind)): (usize, &(u32, u32, u8))| {
                    format!("T{n}\tK{kind} {start} {}\tx\n", start + length)
                };
                spans.iter().enumerate().map(line).collect()
            };
            let (differences, comparison) = compare(&source(&a), &source(&b));
            let all = comparison.all();
            prop_assert_eq!(all.a, all.exact + all.label + all.overlap + all.only_a);
            prop_assert_eq!(all.b, all.exact + all.label + all.overlap + all.only_b);
            prop_assert_eq!(differences.len() as u64, all.label + all.overlap + all.only_a + all.only_b);
            for (_, row, ..) in comparison.figures() {
                prop_assert_eq!(row.a + row.b, 2 * (row.exact + row.overlap) + row.label + row.only_a + row.only_b);
            }
            let (same, itself) = compare(&source(&a), &source(&a));
            prop_assert!(same.is_empty());
            prop_assert_eq!(itself.all().exact, a.len() as u64);
        }
    }
}
