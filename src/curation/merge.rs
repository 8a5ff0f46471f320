//! One annotation file made of two that were changed apart: the merge driver of git for `.ann` files.
//!
//! Lines are told apart by what they say, not by where they stand: ids are those of our side, and annotations that came
//! with their side get new ids where theirs are taken. What only one side changed is taken over; what both changed in
//! the same way is there once. What contradicts stays on both sides, each with a note `MergeConflict`, for a person to
//! settle. Deliberately absent: any choice between the two.

use std::borrow::Cow;
use std::fmt::Write as _;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::annotation::{AnnotationBody, AnnotationLine, CONFLICT_NOTE, Standoff};
use crate::text::Span;
use crate::text::position::BYTE_ORDER_MARK;

/// A merged annotation file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MergeResult {
    /// The file.
    pub text: String,
    /// Annotations that contradict each other or were deleted on one side and changed on the other.
    pub conflicts: usize,
}

/// Merges what `ours` and `theirs` made of `base`.
pub fn merge(base: &Standoff, ours: &Standoff, theirs: &Standoff) -> MergeResult {
    let mut merger = Merger { sides: [base, ours, theirs].map(MergeSide::new), nodes: Vec::new() };
    for group in [
        MergeGroup::Text,
        MergeGroup::Event,
        MergeGroup::Relation,
        MergeGroup::Property,
        MergeGroup::Note,
        MergeGroup::Equivalence,
        MergeGroup::Other,
    ] {
        merger.match_group(group);
    }
    merger.decide();
    merger.write()
}

const BASE: usize = 0;
const OURS: usize = 1;
const THEIRS: usize = 2;

/// Lines that are matched together, after those of the groups before: what they refer to has been matched by then.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum MergeGroup {
    Text,
    Event,
    Relation,
    Property,
    Note,
    Equivalence,
    Other,
}

impl MergeGroup {
    fn of(line: &AnnotationLine) -> Self {
        match &line.body {
            _ if line.repeats.is_some() => Self::Other,
            AnnotationBody::Text { .. } => Self::Text,
            AnnotationBody::Event { .. } => Self::Event,
            AnnotationBody::Relation { .. } => Self::Relation,
            AnnotationBody::Attribute { .. } | AnnotationBody::Normalization { .. } => Self::Property,
            AnnotationBody::Note { .. } => Self::Note,
            AnnotationBody::Equivalence { .. } => Self::Equivalence,
            AnnotationBody::Malformed(_) => Self::Other,
        }
    }
}

/// One of the three files, with the annotation that each line is.
struct MergeSide<'a> {
    file: &'a Standoff,
    /// The node of each line, once it is matched.
    nodes: Vec<Option<usize>>,
    /// The number of the line with an id.
    by_id: FxHashMap<&'a str, usize>,
}

impl<'a> MergeSide<'a> {
    fn new(file: &'a Standoff) -> Self {
        let named = |(number, line): (usize, &AnnotationLine)| {
            (line.repeats.is_none() && !line.id.is_empty()).then(|| (file.slice(line.id), number))
        };
        let by_id = file.lines().iter().enumerate().filter_map(named).collect();
        Self { file, nodes: vec![None; file.lines().len()], by_id }
    }

    /// The annotation that an id means in this file.
    fn target(&self, id: Span) -> MergeTarget<'a> {
        let id = self.file.slice(id);
        match self.by_id.get(id).and_then(|number| self.nodes[*number]) {
            Some(node) => MergeTarget::Node(node),
            None => MergeTarget::Id(id),
        }
    }

    fn line(&self, number: usize) -> &'a AnnotationLine {
        &self.file.lines()[number]
    }

    /// The byte behind the id of a line; a byte-order mark belongs to no line.
    fn behind_id(&self, line: &AnnotationLine) -> u32 {
        if !line.id.is_empty() {
            return line.id.end;
        }
        let mark = line.span.start == 0 && self.file.has_byte_order_mark();
        line.span.start + if mark { BYTE_ORDER_MARK.len() as u32 } else { 0 }
    }

    /// The line without its id, with a mark in the place of each id that it refers to.
    fn statement(&self, number: usize) -> MergeStatement<'a> {
        let line = self.line(number);
        let mut targets = references(&line.body);
        targets.sort_unstable_by_key(|span| span.start);
        let mut words = String::new();
        let mut at = self.behind_id(line);
        for span in &targets {
            words.push_str(Span::new(at, span.start).slice(self.file.source()));
            words.push('\u{fffc}');
            at = span.end;
        }
        words.push_str(Span::new(at, line.span.end).slice(self.file.source()));
        let mut targets: Vec<MergeTarget<'a>> = targets.into_iter().map(|span| self.target(span)).collect();
        if let AnnotationBody::Relation { arguments, .. } = &line.body {
            // The order of the two arguments says nothing: their roles do.
            let roles = arguments.map(|one| self.file.slice(one.role));
            if roles[0] > roles[1] {
                targets.reverse();
            }
            words = format!("{} {} {}", self.kind(&line.body), roles[0].min(roles[1]), roles[0].max(roles[1]));
        }
        if let AnnotationBody::Equivalence { .. } = line.body {
            targets.sort_unstable();
        }
        MergeStatement { group: MergeGroup::of(line), words: words.trim_end().to_owned(), targets }
    }

    fn kind(&self, body: &AnnotationBody) -> &'a str {
        match body {
            AnnotationBody::Text { kind, .. }
            | AnnotationBody::Event { kind, .. }
            | AnnotationBody::Relation { kind, .. }
            | AnnotationBody::Equivalence { kind, .. } => self.file.slice(*kind),
            AnnotationBody::Attribute { name, .. } => self.file.slice(*name),
            _ => "",
        }
    }

    /// The places that only one annotation can take: two that take one are two versions of one annotation. An
    /// equivalence takes one for each member, since those that share a member are one.
    fn slots(&self, number: usize) -> Vec<MergeSlot<'a>> {
        let line = self.line(number);
        let body = &line.body;
        match body {
            _ if line.repeats.is_some() => Vec::new(),
            AnnotationBody::Text { offsets, .. } => vec![MergeSlot::Span(self.file.slice(*offsets))],
            AnnotationBody::Event { trigger, .. } => vec![MergeSlot::Event(self.target(*trigger))],
            AnnotationBody::Relation { arguments: [one, two], .. } => {
                let (one, two) = (self.target(one.target), self.target(two.target));
                vec![MergeSlot::Relation(one.min(two), one.max(two))]
            }
            AnnotationBody::Attribute { name, target, .. } => {
                vec![MergeSlot::Attribute(self.file.slice(*name), self.target(*target))]
            }
            AnnotationBody::Normalization { target, reference } => {
                let database = self.file.slice(*reference).split(':').next().unwrap_or_default();
                vec![MergeSlot::Link(database, self.target(*target))]
            }
            AnnotationBody::Equivalence { members, .. } => {
                members.iter().map(|member| MergeSlot::Member(self.kind(body), self.target(*member))).collect()
            }
            AnnotationBody::Note { .. } | AnnotationBody::Malformed(_) => Vec::new(),
        }
    }
}

/// The annotation that an id means.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
enum MergeTarget<'a> {
    /// An annotation, by its number in [`Merger::nodes`].
    Node(usize),
    /// An id that the file does not have.
    Id(&'a str),
}

/// All that a line says, whatever ids its file uses.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
struct MergeStatement<'a> {
    group: MergeGroup,
    words: String,
    targets: Vec<MergeTarget<'a>>,
}

impl std::hash::Hash for MergeGroup {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        (*self as u8).hash(state);
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
enum MergeSlot<'a> {
    Span(&'a str),
    Event(MergeTarget<'a>),
    Relation(MergeTarget<'a>, MergeTarget<'a>),
    Attribute(&'a str, MergeTarget<'a>),
    Link(&'a str, MergeTarget<'a>),
    Member(&'a str, MergeTarget<'a>),
}

/// The ids that a line refers to.
fn references(body: &AnnotationBody) -> Vec<Span> {
    match body {
        AnnotationBody::Text { .. } | AnnotationBody::Malformed(_) => Vec::new(),
        AnnotationBody::Event { trigger, arguments, .. } => {
            std::iter::once(*trigger).chain(arguments.iter().map(|one| one.target)).collect()
        }
        AnnotationBody::Relation { arguments, .. } => arguments.iter().map(|one| one.target).collect(),
        AnnotationBody::Equivalence { members, .. } => members.clone(),
        AnnotationBody::Attribute { target, .. }
        | AnnotationBody::Normalization { target, .. }
        | AnnotationBody::Note { target, .. } => {
            vec![*target]
        }
    }
}

/// One annotation, with the line it is in each of the three files.
#[derive(Clone, Copy, Debug, Default)]
struct MergeNode {
    lines: [Option<usize>; 3],
    outcome: MergeOutcome,
}

/// The version of an annotation that stays.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
enum MergeOutcome {
    /// None: it was deleted.
    #[default]
    Gone,
    /// Our version.
    Ours,
    /// Their version.
    Theirs,
    /// Both versions: they contradict each other.
    Both,
    /// The version of the side that still has it: the other deleted what this one changed or needs.
    Disputed(usize),
    /// An equivalence of members that both sides brought.
    Joined,
}

struct Merger<'a> {
    sides: [MergeSide<'a>; 3],
    nodes: Vec<MergeNode>,
}

impl<'a> Merger<'a> {
    /// Finds out which lines of a group are the same annotation.
    fn match_group(&mut self, group: MergeGroup) {
        for side in [BASE, OURS, THEIRS] {
            let file = self.sides[side].file;
            let lines: Vec<usize> =
                (0..file.lines().len()).filter(|number| MergeGroup::of(&file.lines()[*number]) == group).collect();
            let mut left = match side {
                BASE => lines,
                _ => self.match_with(side, BASE, lines, true),
            };
            if side == THEIRS {
                left = self.match_with(side, OURS, left, false);
            }
            for number in left {
                self.sides[side].nodes[number] = Some(self.nodes.len());
                let mut node = MergeNode::default();
                node.lines[side] = Some(number);
                self.nodes.push(node);
            }
        }
    }

    /// Matches lines of `side` with annotations that `other` has and `side` has not yet, and returns the lines that are
    /// left. `by_id`: an id means the same annotation, as between a file and what was made of it.
    fn match_with(&mut self, side: usize, other: usize, lines: Vec<usize>, by_id: bool) -> Vec<usize> {
        let Some(group) = lines.first().map(|number| MergeGroup::of(self.sides[side].line(*number))) else {
            return lines;
        };
        let free = |merger: &Self, number: usize| -> Option<usize> {
            let node = merger.sides[other].nodes[number]?;
            (merger.nodes[node].lines[side].is_none()).then_some(node)
        };
        let others: Vec<usize> = (0..self.sides[other].file.lines().len())
            .filter(|number| MergeGroup::of(self.sides[other].line(*number)) == group)
            .collect();
        // Events may refer to events that are not matched yet: only their triggers count here.
        let statement = |merger: &Self, side: usize, number: usize| match &merger.sides[side].line(number).body {
            AnnotationBody::Event { kind, trigger, .. } => MergeStatement {
                group,
                words: merger.sides[side].file.slice(*kind).to_owned(),
                targets: vec![merger.sides[side].target(*trigger)],
            },
            _ => merger.sides[side].statement(number),
        };
        let mut same: FxHashMap<MergeStatement<'a>, Vec<usize>> = FxHashMap::default();
        for &number in others.iter().rev() {
            same.entry(statement(self, other, number)).or_default().push(number);
        }
        let mut left = Vec::new();
        // The same words, and of several such lines the one with the same id.
        for exact_id in [true, false] {
            let candidates = if exact_id { lines.clone() } else { std::mem::take(&mut left) };
            for number in candidates {
                let id = self.sides[side].file.slice(self.sides[side].line(number).id);
                let found = same.get(&statement(self, side, number)).and_then(|numbers| {
                    numbers.iter().rev().copied().find(|candidate| {
                        let its = self.sides[other].file.slice(self.sides[other].line(*candidate).id);
                        free(self, *candidate).is_some() && (!exact_id || its == id)
                    })
                });
                match found.and_then(|found| free(self, found)) {
                    Some(node) => self.join(node, side, number),
                    None => left.push(number),
                }
            }
        }
        // The same id, if the two can be one annotation; then the same place.
        let mut rest = Vec::new();
        for number in left {
            let id = self.sides[side].file.slice(self.sides[side].line(number).id);
            let found = self.sides[other].by_id.get(id).copied().filter(|found| {
                by_id
                    && MergeGroup::of(self.sides[other].line(*found)) == group
                    && self.may_be_one((side, number), (other, *found))
            });
            match found.and_then(|found| free(self, found)) {
                Some(node) => self.join(node, side, number),
                None => rest.push(number),
            }
        }
        let mut slots: FxHashMap<MergeSlot<'a>, Vec<usize>> = FxHashMap::default();
        for &number in others.iter().rev() {
            if free(self, number).is_some() {
                for slot in self.sides[other].slots(number) {
                    slots.entry(slot).or_default().push(number);
                }
            }
        }
        rest.retain(|&number| {
            let found = self.sides[side].slots(number).into_iter().find_map(|slot| {
                let numbers = slots.get(&slot)?;
                numbers.iter().rev().find_map(|number| free(self, *number))
            });
            let Some(node) = found else { return true };
            self.join(node, side, number);
            false
        });
        rest
    }

    fn join(&mut self, node: usize, side: usize, number: usize) {
        self.nodes[node].lines[side] = Some(number);
        self.sides[side].nodes[number] = Some(node);
    }

    /// Tells an annotation that was changed from another one that got its id.
    fn may_be_one(&self, (side, number): (usize, usize), (other, found): (usize, usize)) -> bool {
        let (one, two) = (self.sides[side].line(number), self.sides[other].line(found));
        match (&one.body, &two.body) {
            (
                AnnotationBody::Text { fragments: these, text: this, .. },
                AnnotationBody::Text { fragments: those, text: that, .. },
            ) => {
                let overlap =
                    these.iter().any(|one| those.iter().any(|two| one.start < two.end && two.start < one.end));
                let words = |side: usize, text: &Option<Span>| text.map(|text| self.sides[side].file.slice(text));
                overlap || words(side, this).is_some_and(|this| words(other, that) == Some(this))
            }
            (AnnotationBody::Malformed(_), _) | (_, AnnotationBody::Malformed(_)) => false,
            _ => {
                let targets = |side: usize, body: &AnnotationBody| -> Vec<MergeTarget<'a>> {
                    references(body).into_iter().map(|span| self.sides[side].target(span)).collect()
                };
                let theirs = targets(other, &two.body);
                targets(side, &one.body).iter().any(|target| theirs.contains(target))
            }
        }
    }

    /// Decides what stays.
    fn decide(&mut self) {
        for number in 0..self.nodes.len() {
            let [base, ours, theirs] = self.nodes[number].lines;
            let statement = |side: usize, line: Option<usize>| line.map(|line| self.sides[side].statement(line));
            let [was, our, their] =
                [(BASE, base), (OURS, ours), (THEIRS, theirs)].map(|(side, line)| statement(side, line));
            let is_equivalence =
                [&was, &our, &their].into_iter().flatten().any(|one| one.group == MergeGroup::Equivalence);
            self.nodes[number].outcome = match (&was, &our, &their) {
                (_, None, None) => MergeOutcome::Gone,
                (_, Some(our), Some(their)) if our == their => MergeOutcome::Ours,
                (Some(was), our, Some(their)) if was == their => keep(our.is_some(), MergeOutcome::Ours),
                (Some(was), Some(our), their) if was == our => keep(their.is_some(), MergeOutcome::Theirs),
                (None, Some(_), None) => MergeOutcome::Ours,
                (None, None, Some(_)) => MergeOutcome::Theirs,
                (_, Some(_), Some(_)) if is_equivalence => MergeOutcome::Joined,
                (_, Some(_), Some(_)) => MergeOutcome::Both,
                (Some(_), Some(_), None) => MergeOutcome::Disputed(OURS),
                (Some(_), None, Some(_)) => MergeOutcome::Disputed(THEIRS),
            };
        }
        self.keep_what_is_needed();
    }

    /// Keeps what one side deleted and the other side's new lines refer to.
    fn keep_what_is_needed(&mut self) {
        let mut work: Vec<usize> = (0..self.nodes.len()).collect();
        while let Some(number) = work.pop() {
            let node = self.nodes[number];
            let sides: &[usize] = match node.outcome {
                // Members of an equivalence that one side deleted are left out when it is written.
                MergeOutcome::Gone | MergeOutcome::Joined => &[],
                MergeOutcome::Ours | MergeOutcome::Disputed(OURS) => &[OURS],
                MergeOutcome::Theirs | MergeOutcome::Disputed(_) => &[THEIRS],
                MergeOutcome::Both => &[OURS, THEIRS],
            };
            for &side in sides {
                let Some(line) = node.lines[side] else { continue };
                for id in references(&self.sides[side].line(line).body) {
                    let MergeTarget::Node(target) = self.sides[side].target(id) else { continue };
                    if self.nodes[target].outcome == MergeOutcome::Gone {
                        self.nodes[target].outcome = MergeOutcome::Disputed(side);
                        work.push(target);
                    }
                }
            }
        }
    }

    fn write(&self) -> MergeResult {
        let mut names = MergeIds::new(self);
        let mut writer = MergeWriter { merger: self, lines: Vec::new(), notes: Vec::new(), conflicts: 0 };
        for (number, node) in self.sides[OURS].nodes.iter().enumerate() {
            if let Some(node) = *node {
                writer.our_line(node, number, &mut names);
            }
        }
        for (number, node) in self.sides[THEIRS].nodes.iter().enumerate() {
            if let Some(node) = *node
                && self.nodes[node].lines[OURS].is_none()
            {
                writer.their_line(node, number, &names);
            }
        }
        writer.finish(&mut names)
    }
}

const fn keep(is_there: bool, outcome: MergeOutcome) -> MergeOutcome {
    if is_there { outcome } else { MergeOutcome::Gone }
}

/// The ids of the merged file.
struct MergeIds<'a> {
    /// The id of an annotation, as our lines call it.
    ours: FxHashMap<usize, Cow<'a, str>>,
    /// The id of an annotation, as their lines call it, where their version got an id of its own.
    theirs: FxHashMap<usize, Cow<'a, str>>,
    taken: FxHashSet<Cow<'a, str>>,
    /// The highest number in use behind each letter.
    highest: FxHashMap<&'a str, u64>,
}

impl<'a> MergeIds<'a> {
    fn new(merger: &Merger<'a>) -> Self {
        let mut names = Self {
            ours: FxHashMap::default(),
            theirs: FxHashMap::default(),
            taken: FxHashSet::default(),
            highest: FxHashMap::default(),
        };
        for side in &merger.sides[OURS..] {
            for id in side.by_id.keys() {
                let (letters, number) = parts(id);
                let highest = names.highest.entry(letters).or_default();
                *highest = (*highest).max(number);
            }
        }
        let ours = &merger.sides[OURS];
        for (id, number) in &ours.by_id {
            names.taken.insert(Cow::Borrowed(id));
            if let Some(node) = ours.nodes[*number] {
                names.ours.insert(node, Cow::Borrowed(id));
            }
        }
        // In the order of the file, so that the same input gives the same ids.
        let theirs = &merger.sides[THEIRS];
        for (number, line) in theirs.file.lines().iter().enumerate() {
            let id = theirs.file.slice(line.id);
            let (Some(node), true) = (theirs.nodes[number], theirs.by_id.get(id) == Some(&number)) else { continue };
            match merger.nodes[node].outcome {
                MergeOutcome::Both => {
                    let fresh = names.fresh(id);
                    names.theirs.insert(node, fresh);
                }
                MergeOutcome::Gone => {}
                _ if names.ours.contains_key(&node) => {}
                _ => {
                    let id = if names.taken.insert(Cow::Borrowed(id)) { Cow::Borrowed(id) } else { names.fresh(id) };
                    names.ours.insert(node, id);
                }
            }
        }
        names
    }

    /// An id of the same letter that neither side uses.
    fn fresh(&mut self, like: &'a str) -> Cow<'a, str> {
        let (letters, _) = parts(like);
        let highest = self.highest.entry(letters).or_default();
        *highest += 1;
        let id: Cow<'a, str> = Cow::Owned(format!("{letters}{highest}"));
        self.taken.insert(id.clone());
        id
    }

    fn of(&self, side: usize, node: usize) -> Option<&str> {
        let own = (side == THEIRS).then(|| self.theirs.get(&node)).flatten();
        own.or_else(|| self.ours.get(&node)).map(AsRef::as_ref)
    }
}

/// The letters of an id, and the number behind them.
fn parts(id: &str) -> (&str, u64) {
    let digits = id.find(|letter: char| letter.is_ascii_digit()).unwrap_or(id.len());
    let (letters, rest) = id.split_at(digits);
    let number = rest.split(|letter: char| !letter.is_ascii_digit()).next().unwrap_or_default();
    // What is longer than any number in use: ids are counted on from the ones that can be counted.
    (letters, number.parse().ok().filter(|number| *number < u64::MAX / 2).unwrap_or(0))
}

struct MergeWriter<'m, 'a> {
    merger: &'m Merger<'a>,
    lines: Vec<String>,
    /// Ids whose annotations are in conflict, with the side that they come from.
    notes: Vec<(String, &'static str)>,
    conflicts: usize,
}

impl MergeWriter<'_, '_> {
    /// Writes what becomes of one of our lines, in its place.
    fn our_line(&mut self, node: usize, number: usize, names: &mut MergeIds<'_>) {
        let found = self.merger.nodes[node];
        match found.outcome {
            MergeOutcome::Gone => {}
            MergeOutcome::Ours => self.line(OURS, number, names.of(OURS, node), names),
            MergeOutcome::Theirs => {
                if let Some(theirs) = found.lines[THEIRS] {
                    self.line(THEIRS, theirs, names.of(OURS, node), names);
                }
            }
            MergeOutcome::Joined => self.joined(node, names),
            MergeOutcome::Disputed(_) => {
                self.line(OURS, number, names.of(OURS, node), names);
                self.dispute(names.of(OURS, node), "OURS");
                self.conflicts += 1;
            }
            MergeOutcome::Both => {
                self.line(OURS, number, names.of(OURS, node), names);
                self.dispute(names.of(OURS, node), "OURS");
                if let Some(theirs) = found.lines[THEIRS] {
                    self.line(THEIRS, theirs, names.of(THEIRS, node), names);
                    self.dispute(names.of(THEIRS, node), "THEIRS");
                }
                self.conflicts += 1;
            }
        }
    }

    /// Writes one of their lines that our side does not have.
    fn their_line(&mut self, node: usize, number: usize, names: &MergeIds<'_>) {
        match self.merger.nodes[node].outcome {
            MergeOutcome::Gone => {}
            MergeOutcome::Disputed(_) => {
                self.line(THEIRS, number, names.of(THEIRS, node), names);
                self.dispute(names.of(THEIRS, node), "THEIRS");
                self.conflicts += 1;
            }
            _ => self.line(THEIRS, number, names.of(THEIRS, node), names),
        }
    }

    fn dispute(&mut self, id: Option<&str>, side: &'static str) {
        if let Some(id) = id {
            self.notes.push((id.to_owned(), side));
        }
    }

    /// Writes a line with the ids of the merged file.
    fn line(&mut self, side: usize, number: usize, id: Option<&str>, names: &MergeIds<'_>) {
        let source = &self.merger.sides[side];
        let line = source.line(number);
        let mut targets = references(&line.body);
        targets.sort_unstable_by_key(|span| span.start);
        let mut text = String::new();
        let mut at = source.behind_id(line);
        match id {
            Some(id) => text.push_str(id),
            None => text.push_str(line.id.slice(source.file.source())),
        }
        for span in targets {
            text.push_str(Span::new(at, span.start).slice(source.file.source()));
            match source.target(span) {
                MergeTarget::Node(node) => text.push_str(names.of(side, node).unwrap_or(source.file.slice(span))),
                MergeTarget::Id(id) => text.push_str(id),
            }
            at = span.end;
        }
        text.push_str(Span::new(at, line.span.end).slice(source.file.source()));
        self.lines.push(text);
    }

    /// Writes an equivalence that both sides changed: the members that both left in, and those that either brought.
    fn joined(&mut self, node: usize, names: &MergeIds<'_>) {
        let members = |side: usize| -> Vec<MergeTarget<'_>> {
            let line = self.merger.nodes[node].lines[side];
            line.map(|line| self.merger.sides[side].statement(line).targets).unwrap_or_default()
        };
        let (was, ours, theirs) = (members(BASE), members(OURS), members(THEIRS));
        let mut kept: Vec<MergeTarget<'_>> = ours.iter().chain(&theirs).copied().collect();
        kept.sort_unstable();
        kept.dedup();
        kept.retain(|one| !was.contains(one) || ours.contains(one) && theirs.contains(one));
        if kept.len() < 2 {
            return;
        }
        let kind = self.merger.nodes[node].lines[OURS]
            .map_or("", |line| self.merger.sides[OURS].kind(&self.merger.sides[OURS].line(line).body));
        let mut text = format!("*\t{kind}");
        for member in kept {
            let id = match member {
                MergeTarget::Node(node) => names.of(OURS, node).unwrap_or_default(),
                MergeTarget::Id(id) => id,
            };
            let _ = write!(text, " {id}");
        }
        self.lines.push(text);
    }

    fn finish(mut self, names: &mut MergeIds<'_>) -> MergeResult {
        for (id, side) in std::mem::take(&mut self.notes) {
            self.lines.push(format!("{}\t{CONFLICT_NOTE} {id}\t{side}", names.fresh("#1")));
        }
        let ours = self.merger.sides[OURS].file;
        let end = if ours.source().contains("\r\n") { "\r\n" } else { "\n" };
        let mut text = String::new();
        if ours.has_byte_order_mark() {
            text.push('\u{feff}');
        }
        text.push_str(&self.lines.join(end));
        // An empty file stays empty; a last line without its end stays so.
        let ended = ours.source().is_empty() || ours.source().ends_with('\n');
        if ended && !self.lines.is_empty() {
            text.push_str(end);
        }
        MergeResult { text, conflicts: self.conflicts }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn merged(base: &str, ours: &str, theirs: &str) -> (String, usize) {
        let [base, ours, theirs] = [base, ours, theirs].map(Standoff::parse);
        let result = merge(&base, &ours, &theirs);
        (result.text, result.conflicts)
    }

    const LAN: &str = "T1\tPer 0 3\tLan\n";

    #[test]
    fn what_one_side_did_is_taken_over() {
        for (ours, theirs, wanted) in [
            // Additions of both, with one id for two of them.
            (
                "T1\tPer 0 3\tLan\nT2\tOrg 9 11\tBộ\n",
                "T1\tPer 0 3\tLan\nT2\tLoc 20 23\tHuế\nN1\tReference T2 registry:hue\tHuế\n",
                "T1\tPer 0 3\tLan\nT2\tOrg 9 11\tBộ\nT3\tLoc 20 23\tHuế\nN1\tReference T3 registry:hue\tHuế\n",
            ),
            // The same addition under two ids, and what refers to it.
            (
                "T1\tPer 0 3\tLan\nT2\tOrg 9 11\tBộ\n",
                "T1\tPer 0 3\tLan\nT7\tOrg 9 11\tBộ\nR1\tIn Arg1:T1 Arg2:T7\n",
                "T1\tPer 0 3\tLan\nT2\tOrg 9 11\tBộ\nR1\tIn Arg1:T1 Arg2:T2\n",
            ),
            // A change and a deletion.
            ("T1\tPer 0 3\tLan\nA1\tSure T1\n", "T1\tArtist 0 3\tLan\n", "T1\tArtist 0 3\tLan\nA1\tSure T1\n"),
            ("", LAN, ""),
            (LAN, "", ""),
            // Renumbered on their side.
            (
                "T1\tPer 0 3\tLan\nA1\tSure T1\n",
                "T5\tPer 0 3\tLan\n#1\tNote T5\twho?\n",
                "T1\tPer 0 3\tLan\nA1\tSure T1\n#1\tNote T1\twho?\n",
            ),
            // Both did the same.
            ("T1\tPer 0 4\tLan.\n", "T1\tPer 0 4\tLan.\n", "T1\tPer 0 4\tLan.\n"),
        ] {
            assert_eq!(merged(LAN, ours, theirs), (wanted.to_owned(), 0), "{ours:?} and {theirs:?}");
        }
    }

    #[test]
    fn what_contradicts_stays_with_notes() {
        for (ours, theirs, wanted, conflicts) in [
            // Two types for one annotation.
            (
                "T1\tArtist 0 3\tLan\n",
                "T1\tOrg 0 3\tLan\nA1\tSure T1\n",
                "T1\tArtist 0 3\tLan\nT2\tOrg 0 3\tLan\nA1\tSure T2\n#1\tMergeConflict T1\tOURS\n#2\tMergeConflict T2\tTHEIRS\n",
                1,
            ),
            // Deleted here, needed there.
            ("", "T1\tPer 0 3\tLan\nA1\tSure T1\n", "T1\tPer 0 3\tLan\nA1\tSure T1\n#1\tMergeConflict T1\tTHEIRS\n", 1),
            // Deleted there, changed here.
            ("T1\tPer 0 4\tLan.\n", "", "T1\tPer 0 4\tLan.\n#1\tMergeConflict T1\tOURS\n", 1),
            // Two entries, two values.
            (
                "T1\tPer 0 3\tLan\nN1\tReference T1 r:a\tLan\nA1\tForm T1 x\n",
                "T1\tPer 0 3\tLan\nN1\tReference T1 r:b\tLan\nA1\tForm T1 y\n",
                "T1\tPer 0 3\tLan\nN1\tReference T1 r:a\tLan\nN2\tReference T1 r:b\tLan\nA1\tForm T1 x\nA2\tForm T1 y\n\
                 #1\tMergeConflict N1\tOURS\n#2\tMergeConflict N2\tTHEIRS\n\
                 #3\tMergeConflict A1\tOURS\n#4\tMergeConflict A2\tTHEIRS\n",
                2,
            ),
        ] {
            assert_eq!(merged(LAN, ours, theirs), (wanted.to_owned(), conflicts), "{ours:?} and {theirs:?}");
        }
    }

    #[test]
    fn equivalences_are_joined_and_unknown_lines_kept() {
        let spans = "T1\tP 0 1\ta\nT2\tP 2 3\ta\nT3\tP 4 5\ta\nT4\tP 6 7\ta\n";
        let with = |line: &str| format!("{spans}{line}");
        assert_eq!(
            merged(
                &with("*\tSame T1 T2\n"),
                &with("*\tSame T1 T2 T3\nX1\tours\n"),
                &with("*\tSame T2 T4 T1\nnonsense\n")
            ),
            (with("*\tSame T1 T2 T3 T4\nX1\tours\nnonsense\n"), 0)
        );
    }

    #[test]
    fn marks_and_line_ends_are_ours() {
        assert_eq!(
            merged(LAN, "\u{feff}T1\tPer 0 3\tLan\r\n", "T1\tPer 0 3\tLan\nT2\tPer 4 5\tx\n").0,
            "\u{feff}T1\tPer 0 3\tLan\r\nT2\tPer 4 5\tx\r\n"
        );
        assert_eq!(merged("", "", "T1\tPer 0 3\tLan").0, "T1\tPer 0 3\tLan\n");
        assert_eq!(merged(LAN, "T1\tPer 0 3\tLan", LAN).0, "T1\tPer 0 3\tLan");
    }

    #[test]
    fn events_are_matched_by_their_triggers() {
        let base = "T1\tJoin 0 4\tjoin\nT2\tPer 5 8\tLan\nE1\tJoin:T1\n";
        let ours = "T1\tJoin 0 4\tjoin\nT2\tPer 5 8\tLan\nE1\tJoin:T1 Who:T2\n";
        let theirs = "T1\tJoin 0 4\tjoin\nT2\tPer 5 8\tLan\nE1\tJoin:T1\nA1\tPast E1\n";
        assert_eq!(merged(base, ours, theirs), (format!("{ours}A1\tPast E1\n"), 0));
    }

    /// Files of a few spans with things said of them.
    fn file() -> impl Strategy<Value = String> {
        let line = (0_u8..5, 1_u8..5, 1_u8..5, 0_u8..4).prop_map(|(kind, id, target, other)| match kind {
            0 | 1 => format!("T{id}\tK{other} {target} {}\tx\n", target + 3),
            2 => format!("A{id}\tN{other} T{target}\n"),
            3 => format!("R{id}\tIn Arg1:T{target} Arg2:T{other}\n"),
            _ => format!("E{id}\tK{other}:T{target} Who:E{other}\n"),
        });
        prop::collection::vec(line, 0..8).prop_map(|lines| lines.concat())
    }

    proptest! {
        #[test]
        fn one_sided_changes_are_that_side(base in file(), changed in file()) {
            prop_assert_eq!(merged(&base, &changed, &base), (changed.clone(), 0));
            prop_assert_eq!(merged(&base, &changed, &changed), (changed.clone(), 0));
        }

        #[test]
        fn every_file_can_be_merged_and_nothing_comes_from_nowhere(base in file(), ours in file(), theirs in file()) {
            let (text, conflicts) = merged(&base, &ours, &theirs);
            prop_assert_eq!(text.contains(CONFLICT_NOTE), conflicts > 0);
            // What both sides say stays; ids aside that is what a line says of the text. The second of two lines with
            // one id says nothing, until the first one gets another id.
            let spans = |text: &str, repeated: bool| -> std::collections::BTreeSet<String> {
                let file = Standoff::parse(text);
                let span = |line: &AnnotationLine| match &line.body {
                    AnnotationBody::Text { kind, offsets, .. } if repeated || line.repeats.is_none() => {
                        Some(format!("{} {}", file.slice(*kind), file.slice(*offsets)))
                    }
                    _ => None,
                };
                file.lines().iter().filter_map(span).collect()
            };
            let result = spans(&text, true);
            for one in &result {
                let known = spans(&ours, true).contains(one) || spans(&theirs, true).contains(one);
                prop_assert!(known, "{} comes from nowhere in\n{}", one, text);
            }
            let (ours, theirs) = (spans(&ours, false), spans(&theirs, false));
            for both in ours.intersection(&theirs) {
                prop_assert!(result.contains(both), "{} is in both and not in\n{}", both, text);
            }
        }
    }
}
