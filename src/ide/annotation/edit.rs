//! Edits of an annotation file: the lines that come, change and go when somebody annotates.
//!
//! All edits are replacements in the file as it was read, so that what nobody touches stays byte for byte. New lines
//! stand behind all others, with the line ends of the file and the next number of their letter.

use std::collections::BTreeSet;

use rustc_hash::{FxHashMap, FxHashSet};

use super::border::tidy;
use super::code_points::{CodePoints, written};
use super::pair::{ReferenceIndex, kind_span};
use crate::annotation::{AnnotationBody, Fragment, Standoff};
use crate::text::Span;
use crate::text::edit::TextEdit;

/// The database that stands for the registry of the corpus in annotation files.
pub const REGISTRY_DATABASE: &str = "registry";

/// Edits of one annotation file, collected.
pub struct AnnotationEdits<'a> {
    standoff: &'a Standoff,
    points: &'a CodePoints<'a>,
    /// The highest number of each kind of id.
    highest: FxHashMap<char, u64>,
    edits: Vec<TextEdit>,
    /// Lines to come, without their ends.
    lines: Vec<String>,
}

impl<'a> AnnotationEdits<'a> {
    /// No edits yet of a file whose offsets count the text. Ids of the `.a1` of an `.a2` are taken too.
    pub fn new(standoff: &'a Standoff, points: &'a CodePoints<'a>, given: Option<&Standoff>) -> Self {
        let mut highest: FxHashMap<char, u64> = FxHashMap::default();
        for file in std::iter::once(standoff).chain(given) {
            for line in file.lines() {
                let id = file.slice(line.id);
                let Some(kind) = id.chars().next() else { continue };
                let digits: String =
                    id.chars().skip_while(|letter| !letter.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
                if let Ok(number) = digits.parse::<u64>() {
                    let known = highest.entry(kind).or_default();
                    *known = number.max(*known);
                }
            }
        }
        Self { standoff, points, highest, edits: Vec::new(), lines: Vec::new() }
    }

    /// The replacements, in order; empty where nothing changes.
    pub fn finish(mut self) -> Vec<TextEdit> {
        if !self.lines.is_empty() {
            self.edits.push(appended(self.standoff.source(), &self.lines));
        }
        self.edits.sort();
        self.edits.dedup();
        self.edits
    }

    fn next_id(&mut self, kind: char) -> String {
        let number = self.highest.entry(kind).or_default();
        *number = number.saturating_add(1);
        format!("{kind}{number}")
    }

    /// Marks a selection with a type, and returns its id: that of the line that marks the same already, where there is
    /// one. Of an event, whose type its trigger has, the id is that of the event. `None` where nothing is selected.
    pub fn annotate(&mut self, kind: &str, selection: Span, is_event: bool) -> Option<String> {
        let span = tidy(self.points.text(), selection)?;
        let fragments = self.points.fragments(&[span]);
        if fragments.is_empty() {
            return None;
        }
        let same = self.standoff.lines().iter().find(|line| match &line.body {
            AnnotationBody::Text { kind: of, fragments: there, .. } => {
                *there == fragments && self.standoff.slice(*of) == kind
            }
            _ => false,
        });
        let words = self.points.words(&fragments)?;
        let trigger = match same {
            Some(line) => self.standoff.slice(line.id).to_owned(),
            None => {
                let id = self.next_id('T');
                self.lines.push(format!("{id}\t{kind} {}\t{words}", written(&fragments)));
                id
            }
        };
        if !is_event {
            return Some(trigger);
        }
        let known = ReferenceIndex::new(self.standoff).events(&trigger).first().map(|id| (*id).to_owned());
        Some(known.unwrap_or_else(|| {
            let id = self.next_id('E');
            self.lines.push(format!("{id}\t{kind}:{trigger}"));
            id
        }))
    }

    /// Adds an annotation at fragments as they are, and returns its id; `None` where they lie behind the end of the
    /// text.
    pub fn add(&mut self, kind: &str, fragments: &[Fragment]) -> Option<String> {
        let words = self.points.words(fragments)?;
        let id = self.next_id('T');
        self.lines.push(format!("{id}\t{kind} {}\t{}", written(fragments), one_line(&words)));
        Some(id)
    }

    /// Adds a link of an annotation to an entry of any database, `DB:ENTRY`.
    pub fn refer(&mut self, target: &str, reference: &str, words: &str) {
        let id = self.next_id('N');
        self.lines.push(format!("{id}\tReference {target} {reference}\t{}", one_line(words)));
    }

    /// Takes out the link of an annotation to an entry, `DB:ENTRY`, however often it is said.
    pub fn drop_reference(&mut self, target: &str, reference: &str) {
        let found = self.references(target, reference);
        self.drop_lines(found.into_iter().map(|(number, _)| number).collect());
    }

    /// Has the link of an annotation to an entry lead to another one, both `DB:ENTRY`; where it is said more than once,
    /// the others go.
    pub fn replace_reference(&mut self, target: &str, reference: &str, new: &str) {
        let mut found = self.references(target, reference);
        self.edits.extend(found.pop().map(|(_, at)| TextEdit::replace(at, new)));
        self.drop_lines(found.into_iter().map(|(number, _)| number).collect());
    }

    fn references(&self, target: &str, reference: &str) -> Vec<(usize, Span)> {
        let index = ReferenceIndex::new(self.standoff);
        let links = index.of(target).filter_map(|(number, line)| match line.body {
            AnnotationBody::Normalization { reference: at, .. } => Some((number, at)),
            _ => None,
        });
        links.filter(|(_, at)| self.standoff.slice(*at) == reference).collect()
    }

    /// Links an annotation to an entry of the registry, in place of another such link.
    pub fn link(&mut self, target: &str, entry: &str, name: &str) {
        let name = one_line(name);
        let index = ReferenceIndex::new(self.standoff);
        let known = index.links(target).find(|(_, _, database, _)| is_registry(database));
        if let Some((number, reference, database, _)) = known {
            let line = &self.standoff.lines()[number];
            let rest = self.standoff.slice(Span::new(reference.end, line.span.end));
            self.edits.push(TextEdit::replace(reference, format!("{database}:{entry}")));
            // The name behind the reference is that of the entry.
            if let Some(tab) = rest.find('\t') {
                let start = reference.end + tab as u32 + 1;
                self.edits.push(TextEdit::replace(Span::new(start, line.span.end), name));
            }
            return;
        }
        let id = self.next_id('N');
        self.lines.push(format!("{id}\tReference {target} {REGISTRY_DATABASE}:{entry}\t{name}"));
    }

    /// Gives an annotation another type; of a trigger its events too.
    pub fn retype(&mut self, id: &str, kind: &str) {
        let mut ids = vec![id];
        let index = ReferenceIndex::new(self.standoff);
        if let Some(AnnotationBody::Event { trigger, .. }) = self.standoff.line(id).map(|line| &line.body) {
            ids.push(self.standoff.slice(*trigger));
        }
        let events: Vec<&str> = ids.iter().flat_map(|id| index.events(id)).collect();
        ids.extend(events);
        ids.sort_unstable();
        ids.dedup();
        for id in ids {
            self.rename_kind(id, kind);
        }
    }

    fn rename_kind(&mut self, id: &str, kind: &str) {
        let span = self.standoff.line(id).and_then(|line| kind_span(&line.body));
        self.edits.extend(span.map(|span| TextEdit::replace(span, kind)));
    }

    /// Gives the name of events a type that is none of an event: the events go, and what was said of them is said of
    /// the annotation.
    pub fn retype_as_entity(&mut self, id: &str, kind: &str) {
        self.rename_kind(id, kind);
        let index = ReferenceIndex::new(self.standoff);
        let events = index.events(id);
        let numbers: BTreeSet<usize> = events.iter().filter_map(|event| self.number(event)).collect();
        for event in events {
            self.retarget(&index, event, id, &numbers);
        }
        self.drop_whole_lines(numbers);
    }

    /// Gives an annotation the type of an event, and makes the event, of which is said what was said of the annotation.
    pub fn retype_as_event(&mut self, id: &str, kind: &str, arguments: &[(String, String)]) {
        self.rename_kind(id, kind);
        let event = self.add_event(kind, id, arguments);
        let index = ReferenceIndex::new(self.standoff);
        self.retarget(&index, id, &event, &BTreeSet::new());
    }

    /// Has all that refers to one annotation refer to another, but for lines with these numbers and events that it
    /// names.
    fn retarget(&mut self, index: &ReferenceIndex<'_>, id: &str, new: &str, but: &BTreeSet<usize>) {
        for (_, line) in index.of(id).filter(|(number, _)| !but.contains(number)) {
            let trigger = match line.body {
                AnnotationBody::Event { trigger, .. } => Some(trigger),
                // Its members are what is marked in the text.
                AnnotationBody::Equivalence { .. } => continue,
                _ => None,
            };
            let targets = line.body.references().into_iter();
            let targets = targets.filter(|at| Some(*at) != trigger && self.standoff.slice(*at) == id);
            self.edits.extend(targets.map(|at| TextEdit::replace(at, new)));
        }
    }

    /// Adds an event with arguments, each a role and an id, and returns its id.
    pub fn add_event(&mut self, kind: &str, trigger: &str, arguments: &[(String, String)]) -> String {
        let id = self.next_id('E');
        self.lines.push(format!("{id}\t{kind}:{trigger}{}", written_arguments(arguments)));
        id
    }

    /// Gives an event these arguments in place of those it has.
    pub fn set_arguments(&mut self, event: &str, new: &[(String, String)]) -> Option<()> {
        let AnnotationBody::Event { trigger, arguments, .. } = &self.standoff.line(event)?.body else { return None };
        let end = arguments.last().map_or(trigger.end, |last| last.target.end);
        self.edits.push(TextEdit::replace(Span::new(trigger.end, end), written_arguments(new)));
        Some(())
    }

    /// Sets an attribute, to a value or as one that is there. `None` takes it off.
    pub fn set_attribute(&mut self, target: &str, attribute: &str, value: Option<AttributeValue<'_>>) {
        let standoff = self.standoff;
        let index = ReferenceIndex::new(standoff);
        let known = index.of(target).find_map(|(number, line)| match line.body {
            AnnotationBody::Attribute { name, target, value } if standoff.slice(name) == attribute => {
                Some((number, target, value))
            }
            _ => None,
        });
        match (known, value) {
            (None, None) => {}
            (Some((number, ..)), None) => self.drop_lines(FxHashSet::from_iter([number])),
            (Some((_, target, old)), Some(value)) => self.rewrite_value(target, old, value.0),
            (None, Some(value)) => self.add_attribute(target, attribute, value.0),
        }
    }

    /// Adds an attribute.
    pub fn add_attribute(&mut self, target: &str, attribute: &str, value: Option<&str>) {
        let id = self.next_id('A');
        let value = value.map(|value| format!(" {value}")).unwrap_or_default();
        self.lines.push(format!("{id}\t{attribute} {target}{value}"));
    }

    /// Gives the attribute of an annotation with one value another; `None` where it has none.
    pub fn change_attribute(
        &mut self,
        target: &str,
        (attribute, old): (&str, Option<&str>),
        new: Option<&str>,
    ) -> Option<()> {
        let (_, target, old) = self.attribute(target, attribute, old)?;
        self.rewrite_value(target, old, new);
        Some(())
    }

    /// Takes out the attribute of an annotation that has this value.
    pub fn drop_attribute(&mut self, target: &str, attribute: &str, value: Option<&str>) {
        let found = self.attribute(target, attribute, value).map(|(number, ..)| number);
        self.drop_lines(found.into_iter().collect());
    }

    fn attribute(&self, target: &str, attribute: &str, value: Option<&str>) -> Option<(usize, Span, Option<Span>)> {
        let index = ReferenceIndex::new(self.standoff);
        index.of(target).find_map(|(number, line)| {
            let AnnotationBody::Attribute { name, target, value: of } = line.body else { return None };
            let is_it = self.standoff.slice(name) == attribute && of.map(|of| self.standoff.slice(of)) == value;
            is_it.then_some((number, target, of))
        })
    }

    fn rewrite_value(&mut self, target: Span, old: Option<Span>, new: Option<&str>) {
        let text = new.map(|value| format!(" {value}")).unwrap_or_default();
        let end = old.map_or(target.end, |old| old.end);
        self.edits.push(TextEdit::replace(Span::new(target.end, end), text));
    }

    /// Puts an annotation at other places, with the words there. `None` where nothing is left.
    pub fn resize(&mut self, id: &str, spans: &[Span]) -> Option<()> {
        let AnnotationBody::Text { offsets, text, .. } = self.standoff.line(id)?.body else { return None };
        let fragments = self.points.fragments(spans);
        let words = self.points.words(&fragments).filter(|words| !words.is_empty())?;
        self.edits.push(TextEdit::replace(offsets, written(&fragments)));
        match text {
            Some(text) => self.edits.push(TextEdit::replace(text, words)),
            None => self.edits.push(TextEdit::insert(offsets.end, format!("\t{words}"))),
        }
        Some(())
    }

    /// Records the words that stand at an annotation now.
    pub fn keep(&mut self, id: &str) -> Option<()> {
        let AnnotationBody::Text { fragments, text, .. } = &self.standoff.line(id)?.body else { return None };
        let spans: Option<Vec<Span>> = fragments.iter().map(|fragment| self.points.span(*fragment)).collect();
        let spans: Vec<Span> = spans?.into_iter().filter_map(|span| tidy(self.points.text(), span)).collect();
        let words = self.points.joined(&spans);
        if spans.is_empty() || text.is_some_and(|text| self.standoff.slice(text) == words) {
            return None;
        }
        self.resize(id, &spans)
    }

    /// Cuts an annotation in two. The second part has the same type; what is said of the whole stays with the first.
    pub fn split(&mut self, id: &str, at: u32) -> Option<()> {
        let line = self.standoff.line(id)?;
        let AnnotationBody::Text { kind, fragments, .. } = &line.body else { return None };
        let spans: Option<Vec<Span>> = fragments.iter().map(|fragment| self.points.span(*fragment)).collect();
        let (mut first, mut second) = (Vec::new(), Vec::new());
        for span in spans? {
            let cut = at.clamp(span.start, span.end);
            first.extend(tidy(self.points.text(), Span::new(span.start, cut)));
            second.extend(tidy(self.points.text(), Span::new(cut, span.end)));
        }
        let shares = first.last().zip(second.first()).is_some_and(|(one, other)| one.overlaps(*other));
        if first.is_empty() || second.is_empty() || shares {
            return None;
        }
        let fragments = self.points.fragments(&second);
        let words = self.points.words(&fragments)?;
        self.resize(id, &first)?;
        let new = self.next_id('T');
        self.lines.push(format!("{new}\t{} {}\t{words}", self.standoff.slice(*kind), written(&fragments)));
        Some(())
    }

    /// Makes one annotation of two: the first keeps its id and gets what is said of the second. Where nothing but
    /// white space of one line stands between them they become one piece.
    pub fn join(&mut self, id: &str, other: &str) -> Option<()> {
        let spans_of = |id: &str| -> Option<Vec<Span>> {
            let AnnotationBody::Text { fragments, .. } = &self.standoff.line(id)?.body else { return None };
            fragments.iter().map(|fragment| self.points.span(*fragment)).collect()
        };
        let mut spans = spans_of(id)?;
        spans.extend(spans_of(other)?);
        spans.sort_unstable();
        let mut joined: Vec<Span> = Vec::new();
        for span in spans {
            let gap = joined.last().and_then(|last| self.points.text().get(last.end as usize..span.start as usize));
            match joined.last_mut() {
                Some(last) if last.end >= span.start => *last = last.cover(span),
                Some(last) if gap.is_some_and(|gap| gap.chars().all(|letter| matches!(letter, ' ' | '\u{a0}'))) => {
                    *last = last.cover(span);
                }
                _ => joined.push(span),
            }
        }
        self.resize(id, &joined)?;
        let index = ReferenceIndex::new(self.standoff);
        let said: FxHashSet<&str> = index
            .of(id)
            .filter_map(|(_, line)| match line.body {
                AnnotationBody::Attribute { name, .. } => Some(self.standoff.slice(name)),
                AnnotationBody::Normalization { reference, .. } => Some(self.standoff.slice(reference)),
                _ => None,
            })
            .collect();
        let is_said = |body: &AnnotationBody| match body {
            AnnotationBody::Attribute { name, .. } => said.contains(self.standoff.slice(*name)),
            AnnotationBody::Normalization { reference, .. } => said.contains(self.standoff.slice(*reference)),
            // Nothing is related to itself.
            body => body.references().iter().any(|target| self.standoff.slice(*target) == id),
        };
        let mut falling: Vec<usize> =
            index.of(other).filter(|(_, line)| is_said(&line.body)).map(|(number, _)| number).collect();
        let mut dropped: BTreeSet<usize> = self.number(other).into_iter().collect();
        while let Some(number) = falling.pop() {
            if dropped.insert(number) {
                let id = self.standoff.slice(self.standoff.lines()[number].id);
                falling.extend(index.of(id).map(|(leaning, _)| leaning));
            }
        }
        for (_, line) in index.of(other).filter(|(number, _)| !dropped.contains(number)) {
            let of_other = line.body.references().into_iter().filter(|target| self.standoff.slice(*target) == other);
            self.edits.extend(of_other.map(|target| TextEdit::replace(target, id)));
        }
        self.drop_whole_lines(dropped);
        Some(())
    }

    /// Takes out an annotation with what cannot stand without it.
    pub fn delete(&mut self, id: &str) {
        if let Some(number) = self.number(id) {
            self.drop_lines(FxHashSet::from_iter([number]));
        }
    }

    /// Takes out the links of an annotation to the registry.
    pub fn unlink(&mut self, target: &str) {
        let index = ReferenceIndex::new(self.standoff);
        let links = index.links(target).filter(|(_, _, database, _)| is_registry(database));
        self.drop_lines(links.map(|(number, ..)| number).collect());
    }

    /// Relates two annotations, and returns the id of the relation.
    pub fn relate(&mut self, kind: &str, [one, two]: [(&str, &str); 2]) -> String {
        let id = self.next_id('R');
        self.lines.push(format!("{id}\t{kind} {}:{} {}:{}", one.0, one.1, two.0, two.1));
        id
    }

    /// Makes two annotations equivalent: a group that has one of them takes in the other.
    pub fn equate(&mut self, kind: &str, one: &str, two: &str) {
        let group = self.standoff.lines().iter().find_map(|line| match &line.body {
            AnnotationBody::Equivalence { kind: of, members } if self.standoff.slice(*of) == kind => {
                let has = |id: &str| members.iter().any(|member| self.standoff.slice(*member) == id);
                match (has(one), has(two)) {
                    (true, false) => Some((members.last()?.end, two)),
                    (false, true) => Some((members.last()?.end, one)),
                    _ => None,
                }
            }
            _ => None,
        });
        match group {
            Some((end, new)) => self.edits.push(TextEdit::insert(end, format!(" {new}"))),
            None => self.lines.push(format!("*\t{kind} {one} {two}")),
        }
    }

    /// Gives a group of equivalent annotations these members; where it stands on no line, it is added.
    pub fn set_group(&mut self, kind: &str, old: &[&str], new: &[String]) {
        let members = new.join(" ");
        let mut lines = self.groups(kind, old).into_iter();
        match lines.next().map(|number| &self.standoff.lines()[number].body) {
            Some(AnnotationBody::Equivalence { members: at, .. }) => {
                let span = at.iter().copied().reduce(Span::cover);
                self.edits.extend(span.map(|span| TextEdit::replace(span, members)));
            }
            _ => self.lines.push(format!("*\t{kind} {members}")),
        }
        self.drop_whole_lines(lines.collect());
    }

    /// Takes out a group of equivalent annotations.
    pub fn drop_group(&mut self, kind: &str, members: &[&str]) {
        let lines = self.groups(kind, members).into_iter().collect();
        self.drop_whole_lines(lines);
    }

    /// The lines of a group with these members, in any order.
    fn groups(&self, kind: &str, members: &[&str]) -> Vec<usize> {
        let wanted: BTreeSet<&str> = members.iter().copied().collect();
        let lines = self.standoff.lines().iter().enumerate().filter(|(_, line)| match &line.body {
            AnnotationBody::Equivalence { kind: of, members } => {
                let there: BTreeSet<&str> = members.iter().map(|member| self.standoff.slice(*member)).collect();
                !wanted.is_empty() && self.standoff.slice(*of) == kind && there == wanted
            }
            _ => false,
        });
        lines.map(|(number, _)| number).collect()
    }

    /// Adds an argument to an event.
    pub fn add_argument(&mut self, event: &str, role: &str, target: &str) -> Option<()> {
        let AnnotationBody::Event { trigger, arguments, .. } = &self.standoff.line(event)?.body else { return None };
        let end = arguments.last().map_or(trigger.end, |last| last.target.end);
        let names: Vec<&str> = arguments.iter().map(|argument| self.standoff.slice(argument.role)).collect();
        let numbered = |number: u32| if number == 1 { role.to_owned() } else { format!("{role}{number}") };
        let name = (1..u32::MAX).map(numbered).find(|name| !names.contains(&name.as_str()))?;
        self.edits.push(TextEdit::insert(end, format!(" {name}:{target}")));
        Some(())
    }

    /// Adds a note.
    pub fn note(&mut self, target: &str, text: &str) {
        self.note_of("AnnotatorNotes", target, text);
    }

    /// Adds a note of any type.
    pub fn note_of(&mut self, kind: &str, target: &str, text: &str) {
        let id = self.next_id('#');
        self.lines.push(format!("{id}\t{kind} {target}\t{}", one_line(text)));
    }

    fn number(&self, id: &str) -> Option<usize> {
        let line = self.standoff.line(id)?;
        self.standoff.lines().partition_point(|other| other.span.start <= line.span.start).checked_sub(1)
    }

    /// Takes out lines and nothing else.
    fn drop_whole_lines(&mut self, dropped: BTreeSet<usize>) {
        let lines = self.standoff.lines();
        self.edits.extend(dropped.into_iter().map(|number| {
            let end = lines.get(number + 1).map_or(self.standoff.source().len() as u32, |next| next.span.start);
            TextEdit::replace(Span::new(lines[number].span.start, end), "")
        }));
    }

    /// Takes out lines with what cannot stand without them.
    fn drop_lines(&mut self, dropped: FxHashSet<usize>) {
        if !dropped.is_empty() {
            self.edits.extend(self.standoff.without(dropped));
        }
    }
}

/// The value that an attribute is given; none for one that is only there.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct AttributeValue<'v>(pub Option<&'v str>);

/// Tells whether a database is the registry of the corpus.
pub fn is_registry(database: &str) -> bool {
    database.eq_ignore_ascii_case(REGISTRY_DATABASE)
}

/// Arguments of an event as they stand behind its trigger.
fn written_arguments(arguments: &[(String, String)]) -> String {
    let parts: Vec<String> = arguments.iter().map(|(role, id)| format!(" {role}:{id}")).collect();
    parts.concat()
}

/// A text as it can stand at the end of a line.
fn one_line(text: &str) -> String {
    text.split(['\n', '\r']).map(str::trim).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The insertion of lines behind all others, with the line ends of the file. A file that ends without a line end does
/// so afterwards.
fn appended(source: &str, lines: &[String]) -> TextEdit {
    let end = match source.find('\n') {
        Some(at) if source[..at].ends_with('\r') => "\r\n",
        _ => "\n",
    };
    let text = lines.join(end);
    let is_empty = source.trim_start_matches('\u{feff}').is_empty();
    let text = match source.ends_with('\n') || is_empty {
        true => format!("{text}{end}"),
        false => format!("{end}{text}"),
    };
    TextEdit::insert(source.len() as u32, text)
}
