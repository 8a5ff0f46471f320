//! A document with its annotations, ids resolved: what annotators are compared by, and what the formats of others are
//! written from and read into.
//!
//! The model holds all that brat's standoff says, so that nothing is lost on the way in. Offsets count code points.
//! Deliberately absent: the order of lines; and what is malformed, of which only the ids are told.

use std::fmt::Write as _;

use rustc_hash::FxHashMap;

use super::fault::Malformed;
use super::line::AnnotationBody;
use super::standoff::Standoff;
use crate::text::Span;

/// A document.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct AnnotatedDocument {
    /// The name: the path of the text without its `.txt`, with `/` as separator.
    pub name: String,
    /// The text.
    pub text: String,
    /// Text-bound annotations.
    pub spans: Vec<AnnotatedSpan>,
    /// Relations of two annotations.
    pub relations: Vec<AnnotatedRelation>,
    /// Events.
    pub events: Vec<AnnotatedEvent>,
    /// Equivalences.
    pub equivalences: Vec<AnnotatedEquivalence>,
}

/// A text-bound annotation.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct AnnotatedSpan {
    /// The id, unique in the document.
    pub id: String,
    /// The type.
    pub label: String,
    /// Start and end of each fragment, in code points; sorted, at least one.
    pub fragments: Vec<(u32, u32)>,
    /// Links, attributes and notes.
    pub remarks: Remarks,
}

impl AnnotatedSpan {
    /// Returns the start of the first and the end of the last fragment, in code points.
    pub fn extent(&self) -> (u32, u32) {
        let start = self.fragments.first().map_or(0, |first| first.0);
        (start, self.fragments.last().map_or(start, |last| last.1))
    }
}

/// Links, attributes and notes of an annotation.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Remarks {
    /// Entries of databases.
    pub links: Vec<EntryLink>,
    /// Name and value; without a value the attribute is true.
    pub attributes: Vec<(String, Option<String>)>,
    /// Type and text of notes.
    pub notes: Vec<(String, String)>,
}

impl Remarks {
    /// Tells whether nothing is said.
    pub fn is_empty(&self) -> bool {
        self.links.is_empty() && self.attributes.is_empty() && self.notes.is_empty()
    }
}

/// A link to an entry of a database.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct EntryLink {
    /// The database.
    pub database: String,
    /// The entry.
    pub entry: String,
}

impl EntryLink {
    /// Reads `DATABASE:ENTRY`; without a colon all of it is the entry.
    pub fn parse(reference: &str) -> Self {
        let (database, entry) = reference.split_once(':').unwrap_or(("", reference));
        Self { database: database.to_owned(), entry: entry.to_owned() }
    }
}

impl std::fmt::Display for EntryLink {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.database.is_empty() { f.write_str(&self.entry) } else { write!(f, "{}:{}", self.database, self.entry) }
    }
}

/// An argument of a relation or event.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash)]
pub enum AnnotatedTarget {
    /// A text-bound annotation, by its number.
    Span(usize),
    /// An event, by its number.
    Event(usize),
}

/// A relation.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AnnotatedRelation {
    /// The id, unique in the document.
    pub id: String,
    /// The type.
    pub label: String,
    /// The two roles and what fills them.
    pub arguments: [(String, AnnotatedTarget); 2],
    /// Links, attributes and notes.
    pub remarks: Remarks,
}

/// An event.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AnnotatedEvent {
    /// The id, unique in the document.
    pub id: String,
    /// The type.
    pub label: String,
    /// The number of the text-bound annotation that names it.
    pub trigger: usize,
    /// Roles and what fills them.
    pub arguments: Vec<(String, AnnotatedTarget)>,
    /// Links, attributes and notes.
    pub remarks: Remarks,
}

/// An equivalence.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AnnotatedEquivalence {
    /// The type.
    pub label: String,
    /// The numbers of its members.
    pub members: Vec<usize>,
}

/// A line of an annotation file that says nothing of the document.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct UnusableLine {
    /// The id of the line; `*` for an equivalence.
    pub id: String,
    /// The reason.
    pub reason: UnusableReason,
}

/// The reason that a line says nothing.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum UnusableReason {
    /// It is malformed, or repeats an id.
    Unreadable,
    /// It refers to an annotation that is not there.
    DanglingReference,
    /// The span does not lie in the text.
    OutsideText,
}

/// The annotation that an id of a file means while the file is read.
#[derive(Clone, Copy)]
enum KnownId {
    Span(usize),
    Event(usize),
    Relation(usize),
}

impl AnnotatedDocument {
    /// Reads the annotations of a text, and returns the lines that say nothing of it.
    pub fn of(name: &str, text: &str, files: &[Standoff]) -> (Self, Vec<UnusableLine>) {
        let mut lines = Vec::new();
        let mut add = |id: &str, reason| lines.push(UnusableLine { id: id.to_owned(), reason });
        let document = Self::read(name, Some(text), files, &mut add);
        (document, lines)
    }

    /// Reads annotations whose text is not at hand: no offset lies outside of it.
    pub fn without_text(files: &[Standoff]) -> (Self, Vec<UnusableLine>) {
        let mut lines = Vec::new();
        let mut add = |id: &str, reason| lines.push(UnusableLine { id: id.to_owned(), reason });
        let document = Self::read("", None, files, &mut add);
        (document, lines)
    }

    fn read(
        name: &str,
        text: Option<&str>,
        files: &[Standoff],
        unusable: &mut dyn FnMut(&str, UnusableReason),
    ) -> Self {
        let mut document = Self { name: name.to_owned(), text: text.unwrap_or_default().to_owned(), ..Self::default() };
        let length = text.map_or(u32::MAX, |text| text.chars().count() as u32);
        let mut known: FxHashMap<&str, KnownId> = FxHashMap::default();
        // What is referred to first: an `.a2` refers to its `.a1`, and an event to events behind it.
        for file in files {
            for line in file.lines() {
                let id = file.slice(line.id);
                match &line.body {
                    _ if line.repeats.is_some() => unusable(id, UnusableReason::Unreadable),
                    AnnotationBody::Malformed(Malformed::Blank) => {}
                    AnnotationBody::Malformed(_) => unusable(id, UnusableReason::Unreadable),
                    AnnotationBody::Text { kind, fragments, .. } => {
                        let mut fragments: Vec<(u32, u32)> = fragments.iter().map(|one| (one.start, one.end)).collect();
                        fragments.sort_unstable();
                        if fragments.iter().any(|one| one.1 > length) {
                            unusable(id, UnusableReason::OutsideText);
                            continue;
                        }
                        known.insert(id, KnownId::Span(document.spans.len()));
                        let label = file.slice(*kind).to_owned();
                        document.spans.push(AnnotatedSpan {
                            id: id.to_owned(),
                            label,
                            fragments,
                            ..Default::default()
                        });
                    }
                    AnnotationBody::Event { kind, .. } => {
                        known.insert(id, KnownId::Event(document.events.len()));
                        let (id, label) = (id.to_owned(), file.slice(*kind).to_owned());
                        let (trigger, arguments, remarks) = (0, Vec::new(), Remarks::default());
                        document.events.push(AnnotatedEvent { id, label, trigger, arguments, remarks });
                    }
                    _ => {}
                }
            }
        }
        let gone = document.add_events(files, &known, unusable);
        document.add_relations(files, &mut known, &gone, unusable);
        document.add_remarks(files, &known, unusable);
        if gone.iter().any(|gone| *gone) {
            document.drop_events(&gone);
        }
        document
    }

    /// Fills in the events, and tells which of them have no trigger: those say nothing.
    fn add_events(
        &mut self,
        files: &[Standoff],
        known: &FxHashMap<&str, KnownId>,
        unusable: &mut dyn FnMut(&str, UnusableReason),
    ) -> Vec<bool> {
        let mut gone = vec![false; self.events.len()];
        for file in files {
            for line in file.lines().iter().filter(|line| line.repeats.is_none()) {
                let AnnotationBody::Event { trigger, arguments, .. } = &line.body else { continue };
                let id = file.slice(line.id);
                let Some(KnownId::Event(number)) = known.get(id).copied() else { continue };
                let Some(KnownId::Span(trigger)) = known.get(file.slice(*trigger)).copied() else {
                    unusable(id, UnusableReason::DanglingReference);
                    gone[number] = true;
                    continue;
                };
                self.events[number].trigger = trigger;
                for argument in arguments {
                    match target(known, file.slice(argument.target)) {
                        Some(target) => {
                            self.events[number].arguments.push((file.slice(argument.role).to_owned(), target));
                        }
                        None => unusable(id, UnusableReason::DanglingReference),
                    }
                }
            }
        }
        gone
    }

    fn add_relations<'a>(
        &mut self,
        files: &'a [Standoff],
        known: &mut FxHashMap<&'a str, KnownId>,
        gone: &[bool],
        unusable: &mut dyn FnMut(&str, UnusableReason),
    ) {
        let is_there = |target: &AnnotatedTarget| !matches!(target, AnnotatedTarget::Event(number) if gone[*number]);
        for file in files {
            for line in file.lines().iter().filter(|line| line.repeats.is_none()) {
                let id = file.slice(line.id);
                match &line.body {
                    AnnotationBody::Relation { kind, arguments } => {
                        let ends = arguments.map(|one| {
                            let target = target(known, file.slice(one.target)).filter(is_there);
                            target.map(|target| (file.slice(one.role).to_owned(), target))
                        });
                        let [Some(one), Some(two)] = ends else {
                            unusable(id, UnusableReason::DanglingReference);
                            continue;
                        };
                        known.insert(id, KnownId::Relation(self.relations.len()));
                        self.relations.push(AnnotatedRelation {
                            id: id.to_owned(),
                            label: file.slice(*kind).to_owned(),
                            arguments: [one, two],
                            remarks: Remarks::default(),
                        });
                    }
                    AnnotationBody::Equivalence { kind, members } => {
                        let member = |id: &Span| match known.get(file.slice(*id)) {
                            Some(KnownId::Span(number)) => Some(*number),
                            _ => None,
                        };
                        match members.iter().map(member).collect() {
                            Some(members) => {
                                let label = file.slice(*kind).to_owned();
                                self.equivalences.push(AnnotatedEquivalence { label, members });
                            }
                            None => unusable("*", UnusableReason::DanglingReference),
                        }
                    }
                    _ => {}
                }
            }
        }
        for event in &mut self.events {
            event.arguments.retain(|(_, target)| is_there(target));
        }
    }

    fn add_remarks(
        &mut self,
        files: &[Standoff],
        known: &FxHashMap<&str, KnownId>,
        unusable: &mut dyn FnMut(&str, UnusableReason),
    ) {
        for file in files {
            for line in file.lines().iter().filter(|line| line.repeats.is_none()) {
                let (AnnotationBody::Attribute { target, .. }
                | AnnotationBody::Normalization { target, .. }
                | AnnotationBody::Note { target, .. }) = line.body
                else {
                    continue;
                };
                let remarks = match known.get(file.slice(target)).copied() {
                    Some(KnownId::Span(number)) => &mut self.spans[number].remarks,
                    Some(KnownId::Event(number)) => &mut self.events[number].remarks,
                    Some(KnownId::Relation(number)) => &mut self.relations[number].remarks,
                    None => {
                        unusable(file.slice(line.id), UnusableReason::DanglingReference);
                        continue;
                    }
                };
                match line.body {
                    AnnotationBody::Attribute { name, value, .. } => {
                        let value = value.map(|value| file.slice(value).to_owned());
                        remarks.attributes.push((file.slice(name).to_owned(), value));
                    }
                    AnnotationBody::Normalization { reference, .. } => {
                        remarks.links.push(EntryLink::parse(file.slice(reference)));
                    }
                    AnnotationBody::Note { text, .. } => {
                        let head = Span::new(line.id.end + 1, target.start).slice(file.source()).trim();
                        let text = text.map_or_else(String::new, |text| file.slice(text).to_owned());
                        remarks.notes.push((head.to_owned(), text));
                    }
                    _ => {}
                }
            }
        }
    }

    /// Takes events out, and gives those that stay their new numbers.
    fn drop_events(&mut self, gone: &[bool]) {
        let mut left = 0;
        let numbers: Vec<usize> = gone
            .iter()
            .map(|gone| {
                left += usize::from(!gone);
                left.saturating_sub(1)
            })
            .collect();
        let moved = |target: &mut AnnotatedTarget| {
            if let AnnotatedTarget::Event(number) = target {
                *number = numbers[*number];
            }
        };
        let mut number = 0;
        self.events.retain(|_| {
            number += 1;
            !gone[number - 1]
        });
        self.events.iter_mut().flat_map(|event| &mut event.arguments).for_each(|(_, target)| moved(target));
        self.relations.iter_mut().flat_map(|one| &mut one.arguments).for_each(|(_, target)| moved(target));
    }

    /// Returns the annotation file that says the same.
    pub fn to_brat(&self) -> String {
        let letters: Vec<char> = self.text.chars().collect();
        let mut out = String::new();
        let mut remarks: Vec<(&str, &Remarks)> = Vec::new();
        for span in &self.spans {
            let offsets: Vec<String> = span.fragments.iter().map(|(start, end)| format!("{start} {end}")).collect();
            let words: Vec<String> = span.fragments.iter().map(|&(start, end)| slice(&letters, start, end)).collect();
            let _ = writeln!(out, "{}\t{} {}\t{}", span.id, span.label, offsets.join(";"), words.join(" "));
            remarks.push((&span.id, &span.remarks));
        }
        let name = |target: &AnnotatedTarget| match target {
            AnnotatedTarget::Span(number) => self.spans[*number].id.as_str(),
            AnnotatedTarget::Event(number) => self.events[*number].id.as_str(),
        };
        for event in &self.events {
            let _ = write!(out, "{}\t{}:{}", event.id, event.label, self.spans[event.trigger].id);
            for (role, target) in &event.arguments {
                let _ = write!(out, " {role}:{}", name(target));
            }
            out.push('\n');
            remarks.push((&event.id, &event.remarks));
        }
        for relation in &self.relations {
            let [(one, first), (two, second)] = &relation.arguments;
            let (first, second) = (name(first), name(second));
            let _ = writeln!(out, "{}\t{} {one}:{first} {two}:{second}", relation.id, relation.label);
            remarks.push((&relation.id, &relation.remarks));
        }
        for equivalence in &self.equivalences {
            let _ = write!(out, "*\t{}", equivalence.label);
            for member in &equivalence.members {
                let _ = write!(out, " {}", self.spans[*member].id);
            }
            out.push('\n');
        }
        let words: FxHashMap<&str, String> = self
            .spans
            .iter()
            .map(|span| {
                let words: Vec<String> = span.fragments.iter().map(|one| slice(&letters, one.0, one.1)).collect();
                (span.id.as_str(), words.join(" "))
            })
            .collect();
        let mut number = 0;
        for (id, (name, value)) in remarks.iter().flat_map(|(id, one)| one.attributes.iter().map(move |all| (id, all)))
        {
            number += 1;
            let value = value.as_ref().map_or_else(String::new, |value| format!(" {value}"));
            let _ = writeln!(out, "A{number}\t{name} {id}{value}");
        }
        number = 0;
        for (id, link) in remarks.iter().flat_map(|(id, one)| one.links.iter().map(move |link| (*id, link))) {
            number += 1;
            let text = words.get(id).map_or("", String::as_str);
            let _ = writeln!(out, "N{number}\tReference {id} {link}\t{text}");
        }
        number = 0;
        for (id, (kind, text)) in remarks.iter().flat_map(|(id, one)| one.notes.iter().map(move |note| (id, note))) {
            number += 1;
            let _ = writeln!(out, "#{number}\t{kind} {id}\t{text}");
        }
        out
    }
}

fn target(known: &FxHashMap<&str, KnownId>, id: &str) -> Option<AnnotatedTarget> {
    match known.get(id)? {
        KnownId::Span(number) => Some(AnnotatedTarget::Span(*number)),
        KnownId::Event(number) => Some(AnnotatedTarget::Event(*number)),
        KnownId::Relation(_) => None,
    }
}

/// The words between two code points; a line break, which a line of the file cannot hold, becomes a space.
fn slice(letters: &[char], start: u32, end: u32) -> String {
    let words = letters.get(start as usize..end as usize).unwrap_or_default();
    words.iter().map(|letter| if matches!(letter, '\n' | '\r') { ' ' } else { *letter }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_that_brat_says_is_read_and_written() {
        let text = "Bà Lan gặp ông Nam ở Huế.";
        let source = "T1\tPerson 3 6\tLan\nT2\tPerson 15 18\tNam\nT3\tMeet 7 10\tgặp\nT4\tPlace 21 24\tHuế\nT5\tPerson 0 2;3 6\tBà Lan\n\
                      E1\tMeet:T3 Who:T1 Who2:T2\nE2\tMeet:T3 Who:E1\nR1\tIn Arg1:E1 Arg2:T4\n*\tSame T1 T5\n\
                      A1\tForm T1 short\nA2\tSure E1\nN1\tReference T4 registry:hue\tHuế\n#1\tAnnotatorNotes R1\twhich day?\n";
        let (document, unusable) = AnnotatedDocument::of("a", text, &[Standoff::parse(source)]);
        assert!(unusable.is_empty());
        assert_eq!(document.to_brat(), source);
    }

    #[test]
    fn lines_that_say_nothing_are_named() {
        let source = "T1\tPerson 0 3\tLan\nT1\tPerson 0 3\tLan\nnothing\nE1\tMeet:T9\nR1\tIn Arg1:T1 Arg2:E1\nT2\tPerson 2 90\tx\nA1\tSure T8\n\n\
                      E2\tGo:T1 Who:E1 To:T1\n";
        let (document, unusable) = AnnotatedDocument::of("a", "Lan", &[Standoff::parse(source)]);
        assert_eq!(document.to_brat(), "T1\tPerson 0 3\tLan\nE2\tGo:T1 To:T1\n");
        let named: Vec<(&str, UnusableReason)> = unusable.iter().map(|line| (line.id.as_str(), line.reason)).collect();
        assert_eq!(
            named,
            [
                ("T1", UnusableReason::Unreadable),
                ("", UnusableReason::Unreadable),
                ("T2", UnusableReason::OutsideText),
                ("E1", UnusableReason::DanglingReference),
                ("R1", UnusableReason::DanglingReference),
                ("A1", UnusableReason::DanglingReference),
            ]
        );
    }
}
