//! Entities that share text where the configuration does not allow it.
//!
//! One pass in the order of the text: the open spans of each type are kept by their ends, so that the cost does not
//! grow with the number of spans that are open.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use super::check::StandoffCheck;
use super::configuration::{Configuration, OverlapSort};
use super::fault::AnnotationFaultKind;
use super::fragment::Fragment;
use super::line::AnnotationBody;
use crate::text::Span;

/// Types with open spans that are looked at: more at one place are no text that anybody annotates.
const MAX_TYPES: usize = 256;

/// An entity of the file.
struct OverlapEntity<'a> {
    id: &'a str,
    kind: &'a str,
    offsets: Span,
    fragments: &'a [Fragment],
}

/// The open pieces of one type: end, start, number of the entity.
type OpenPieces = BTreeSet<(u32, u32, usize)>;

impl StandoffCheck<'_> {
    /// Reports each entity that shares text with an earlier one in a way that is not allowed, once.
    pub(super) fn overlaps(&mut self, configuration: &Configuration) {
        let file = self.file;
        let mut entities = Vec::new();
        for line in file.lines() {
            let AnnotationBody::Text { kind, offsets, ref fragments, .. } = line.body else { continue };
            let (id, kind) = (file.slice(line.id), file.slice(kind));
            if configuration.is_entity(kind) {
                entities.push(OverlapEntity { id, kind, offsets, fragments });
            }
        }
        for (number, other, sort, inside) in overlapping(&entities, configuration) {
            let (this, other) = (&entities[number], &entities[other]);
            let kinds = [this.kind.to_owned(), other.kind.to_owned()];
            let problem = AnnotationFaultKind::Overlap { other: other.id.to_owned(), kinds, sort, inside };
            self.report(this.offsets, problem, None);
        }
    }
}

/// The entities that share text with another one in a way that is not allowed: their number, that of the other, the
/// way, and whether the first lies inside.
fn overlapping(
    entities: &[OverlapEntity<'_>],
    configuration: &Configuration,
) -> Vec<(usize, usize, OverlapSort, bool)> {
    let mut pieces: Vec<(Fragment, usize)> = entities
        .iter()
        .enumerate()
        .flat_map(|(number, entity)| entity.fragments.iter().map(move |piece| (*piece, number)))
        .filter(|(piece, _)| piece.start < piece.end)
        .collect();
    pieces.sort_by_key(|(piece, number)| (piece.start, std::cmp::Reverse(piece.end), *number));
    let mut open: FxHashMap<&str, OpenPieces> = FxHashMap::default();
    let mut found: FxHashMap<usize, (usize, OverlapSort, bool)> = FxHashMap::default();
    let mut allowed: FxHashMap<(OverlapSort, &str, &str), bool> = FxHashMap::default();
    for (piece, number) in pieces {
        for others in open.values_mut() {
            while others.first().is_some_and(|(end, ..)| *end <= piece.start) {
                others.pop_first();
            }
        }
        open.retain(|_, others| !others.is_empty());
        let this = &entities[number];
        if !found.contains_key(&number) {
            for others in open.values().take(MAX_TYPES) {
                // One of each way: the longest, the shortest, one of the same place.
                let same = others.range((piece.end, piece.start, 0)..(piece.end, piece.start + 1, 0)).next();
                let around = others.range((piece.end, 0, 0)..(piece.end, piece.start, 0)).next();
                let candidates = [same, around, others.last(), others.first()];
                let fault = candidates.into_iter().flatten().find_map(|&(.., other)| {
                    let that = &entities[other];
                    let (sort, inside) = sort_of(this.fragments, that.fragments).filter(|_| other != number)?;
                    let (inner, outer) = if inside { (this.kind, that.kind) } else { (that.kind, this.kind) };
                    let is_allowed = *allowed
                        .entry((sort, inner, outer))
                        .or_insert_with(|| configuration.allows_overlap(sort, inner, outer));
                    (!is_allowed).then_some((other, sort, inside))
                });
                if let Some(fault) = fault {
                    found.insert(number, fault);
                    break;
                }
            }
        }
        open.entry(this.kind).or_default().insert((piece.end, piece.start, number));
    }
    let mut found: Vec<_> =
        found.into_iter().map(|(number, (other, sort, inside))| (number, other, sort, inside)).collect();
    found.sort_unstable_by_key(|(number, ..)| *number);
    found
}

/// The way in which two annotations share text, and whether the first lies inside the second.
fn sort_of(this: &[Fragment], that: &[Fragment]) -> Option<(OverlapSort, bool)> {
    if this == that {
        return Some((OverlapSort::Equal, true));
    }
    let within = |inner: &[Fragment], outer: &[Fragment]| {
        inner.iter().all(|piece| outer.iter().any(|around| around.start <= piece.start && piece.end <= around.end))
    };
    if within(this, that) {
        return Some((OverlapSort::Contain, true));
    }
    if within(that, this) {
        return Some((OverlapSort::Contain, false));
    }
    let meets = |piece: &Fragment, other: &Fragment| piece.start < other.end && other.start < piece.end;
    let crosses = this.iter().any(|piece| that.iter().any(|other| meets(piece, other)));
    crosses.then_some((OverlapSort::Cross, false))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::{Against, Standoff};

    #[test]
    fn ways_of_sharing_text() {
        let conf = "[entities]\nPer\nOrg\nPlace\n[relations]\n<OVERLAP> Arg1:Place, Arg2:Org, <OVL-TYPE>:contain\n\
                    <OVERLAP> Arg1:Per, Arg2:Per, <OVL-TYPE>:equal|cross\n[events]\nGo Who:Per\n";
        let configuration = Configuration::parse(conf);
        let text = "abcdefghijklmnopqrstuvwxyz";
        for (spans, expected) in [
            (&[("Org", 0, 9), ("Place", 2, 4)][..], &[][..]),
            (&[("Place", 0, 9), ("Org", 2, 4)], &["T2 in T1 Contain"]),
            (&[("Org", 0, 9), ("Per", 2, 4), ("Place", 5, 9)], &["T2 in T1 Contain"]),
            (&[("Org", 0, 9), ("Place", 5, 12)], &["T2 by T1 Cross"]),
            (&[("Per", 0, 9), ("Per", 0, 9), ("Per", 5, 12)], &[]),
            (&[("Per", 0, 9), ("Per", 2, 5)], &["T2 in T1 Contain"]),
            (&[("Per", 0, 9), ("Org", 0, 9)], &["T2 in T1 Equal"]),
            (&[("Go", 0, 9), ("Org", 0, 9), ("Org", 9, 12)], &[]),
            (&[("Per", 2, 5), ("Place", 2, 9)], &["T1 in T2 Contain"]),
        ] {
            let lines = spans.iter().enumerate().map(|(number, (kind, start, end))| {
                format!("T{}\t{kind} {start} {end}\t{}\n", number + 1, &text[*start..*end])
            });
            let file = Standoff::parse(lines.collect::<String>());
            let faults = file.faults(Against { text, given: None, configuration: Some(&configuration) });
            let found = faults.iter().filter_map(|fault| match &fault.problem {
                AnnotationFaultKind::Overlap { other, sort, inside, .. } => {
                    let line = file.lines().iter().find(|line| line.span.contains(fault.span)).unwrap();
                    let side = if *inside { "in" } else { "by" };
                    Some(format!("{} {side} {other} {sort:?}", file.slice(line.id)))
                }
                _ => None,
            });
            assert_eq!(found.collect::<Vec<_>>(), expected, "{spans:?}");
        }
    }

    #[test]
    fn pieces_that_do_not_meet_share_nothing() {
        let piece = |start, end| Fragment { start, end };
        assert_eq!(sort_of(&[piece(0, 2), piece(8, 9)], &[piece(3, 5)]), None);
        assert_eq!(sort_of(&[piece(3, 4)], &[piece(0, 1), piece(3, 5)]), Some((OverlapSort::Contain, true)));
    }
}
