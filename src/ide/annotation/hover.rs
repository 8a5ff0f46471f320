//! Facts about annotations: what one marks, what is said of it, whom it is linked to.

use super::edit::is_registry;
use super::pair::{AnnotationPair, ReferenceIndex};
use crate::annotation::{AnnotationBody, Argument, Configuration};
use crate::corpus::Snapshot;
use crate::ide::hover::{HoverFact, HoverSection, of_entity};
use crate::text::Span;

/// The knowledge that facts about annotations come from.
pub struct AnnotationFacts<'a> {
    /// The annotations.
    pub pair: &'a AnnotationPair<'a>,
    /// The lines that refer to each id.
    pub index: &'a ReferenceIndex<'a>,
    /// The corpus, with its registry.
    pub snapshot: &'a Snapshot,
    /// The configuration: labels of types.
    pub configuration: Option<&'a Configuration>,
}

impl AnnotationFacts<'_> {
    /// The facts about a line of the file, whatever it says.
    pub fn of_line(&self, number: usize) -> Vec<HoverSection> {
        let pair = self.pair;
        let Some(line) = pair.standoff.lines().get(number) else { return Vec::new() };
        let slice = |span: Span| pair.standoff.slice(span);
        let id = slice(line.id);
        match &line.body {
            AnnotationBody::Text { .. } => self.of_text(number),
            AnnotationBody::Event { trigger, arguments, .. } => {
                let mut section = self.section(number, "event");
                fact(&mut section, "trigger", &self.named(slice(*trigger)));
                self.arguments(&mut section, arguments);
                self.said(id, &mut section);
                vec![section]
            }
            AnnotationBody::Relation { arguments, .. } => {
                let mut section = self.section(number, "relation");
                self.arguments(&mut section, arguments);
                self.said(id, &mut section);
                vec![section]
            }
            AnnotationBody::Equivalence { members, .. } => {
                let mut section = self.section(number, "equivalence");
                for member in members {
                    fact(&mut section, "", &self.named(slice(*member)));
                }
                vec![section]
            }
            AnnotationBody::Attribute { target, value, .. } => {
                let mut section = self.section(number, "attribute");
                fact(&mut section, "value", value.map_or("true", slice));
                fact(&mut section, "of", &self.named(slice(*target)));
                let mut sections = vec![section];
                sections.extend(self.of_id(slice(*target)));
                sections
            }
            AnnotationBody::Normalization { target, reference } => {
                let mut section =
                    HoverSection { title: id.to_owned(), sort: "link".to_owned(), ..HoverSection::default() };
                fact(&mut section, "of", &self.named(slice(*target)));
                fact(&mut section, "to", slice(*reference));
                let mut sections = vec![section];
                let entry = slice(*reference).split_once(':').map(|(_, entry)| entry);
                sections.extend(entry.and_then(|entry| self.entry(entry)));
                sections
            }
            AnnotationBody::Note { target, text, .. } => {
                let mut section =
                    HoverSection { title: id.to_owned(), sort: "note".to_owned(), ..HoverSection::default() };
                fact(&mut section, "", text.map_or("", slice));
                fact(&mut section, "about", &self.named(slice(*target)));
                let mut sections = vec![section];
                sections.extend(self.of_id(slice(*target)));
                sections
            }
            AnnotationBody::Malformed(_) => Vec::new(),
        }
    }

    /// The facts about what an id names.
    pub fn of_id(&self, id: &str) -> Vec<HoverSection> {
        self.pair.number(id).map(|number| self.of_line(number)).unwrap_or_default()
    }

    /// The facts about a piece of text that is marked.
    pub fn of_text(&self, number: usize) -> Vec<HoverSection> {
        let pair = self.pair;
        let mut section = self.section(number, "annotation");
        let id = pair.id(number);
        match pair.words(number) {
            Some(words) => fact(&mut section, "text", &words),
            None => fact(&mut section, "", "its offsets lie behind the end of the text"),
        }
        if let Some(context) = self.context(number) {
            fact(&mut section, "in", &context);
        }
        self.said(id, &mut section);
        for event in self.index.events(id) {
            let Some(AnnotationBody::Event { arguments, .. }) = pair.standoff.line(event).map(|line| &line.body) else {
                continue;
            };
            self.arguments(&mut section, arguments);
            self.said(event, &mut section);
        }
        let mut sections = vec![section];
        let links: Vec<&str> = self.index.links(id).map(|(_, _, _, entry)| entry).collect();
        sections.extend(links.into_iter().filter_map(|entry| self.entry(entry)));
        sections
    }

    fn entry(&self, entry: &str) -> Option<HoverSection> {
        Some(of_entity(self.snapshot, self.snapshot.registry.by_id(entry)?))
    }

    fn section(&self, number: usize, sort: &str) -> HoverSection {
        let kind = self.pair.kind(number).unwrap_or_default();
        let label = self.configuration.map_or(kind, |configuration| configuration.label(kind));
        let title = if label == kind { kind.to_owned() } else { format!("{kind} ({label})") };
        let id = Some(self.pair.id(number).to_owned()).filter(|id| !id.is_empty() && id != "*");
        HoverSection { title, sort: sort.to_owned(), id, ..HoverSection::default() }
    }

    /// An id with its type and the words it stands for: `T1 Person “Lan”`.
    fn named(&self, id: &str) -> String {
        let kind = self.pair.number(id).and_then(|number| self.pair.kind(number));
        let kind = kind.map(|kind| format!(" {kind}")).unwrap_or_default();
        match self.pair.words_of(id) {
            Some(words) => format!("{id}{kind} “{words}”"),
            None => format!("{id}{kind}"),
        }
    }

    fn arguments(&self, section: &mut HoverSection, arguments: &[Argument]) {
        for argument in arguments {
            let (role, target) = (self.pair.standoff.slice(argument.role), self.pair.standoff.slice(argument.target));
            fact(section, role, &self.named(target));
        }
    }

    /// All that other lines say of an id.
    fn said(&self, id: &str, section: &mut HoverSection) {
        let standoff = self.pair.standoff;
        let slice = |span: Span| standoff.slice(span);
        for (_, line) in self.index.of(id) {
            match &line.body {
                AnnotationBody::Attribute { name, value, .. } => {
                    fact(section, slice(*name), value.map_or("true", slice));
                }
                AnnotationBody::Normalization { reference, .. } => {
                    let reference = slice(*reference);
                    let is_own = reference.split_once(':').is_some_and(|(database, _)| is_registry(database));
                    fact(
                        section,
                        "link",
                        if is_own { reference.split_once(':').map_or("", |(_, id)| id) } else { reference },
                    );
                }
                AnnotationBody::Relation { kind, arguments: [one, two] } => {
                    let (one, two) = (slice(one.target), slice(two.target));
                    let (arrow, other) = if one == id { ("→", two) } else { ("←", one) };
                    fact(section, slice(*kind), &format!("{arrow} {}", self.named(other)));
                }
                AnnotationBody::Equivalence { kind, members } => {
                    let others = members.iter().map(|member| slice(*member)).filter(|member| *member != id);
                    let others: Vec<String> = others.map(|other| self.named(other)).collect();
                    fact(section, slice(*kind), &format!("= {}", others.join(", ")));
                }
                AnnotationBody::Event { kind, trigger, arguments } if slice(*trigger) != id => {
                    let mut roles = arguments.iter().filter(|argument| slice(argument.target) == id);
                    let role = roles.next().map_or("", |argument| slice(argument.role));
                    let event = format!(
                        "{role} of {} “{}”",
                        slice(line.id),
                        self.pair.words_of(slice(*trigger)).unwrap_or_default()
                    );
                    fact(section, slice(*kind), &event);
                }
                AnnotationBody::Note { text: Some(text), .. } => fact(section, "note", slice(*text)),
                _ => {}
            }
        }
    }

    /// The line of the text in which an annotation stands, with the words between marks.
    fn context(&self, number: usize) -> Option<String> {
        const AROUND: usize = 60;
        let text = self.pair.text();
        let extent = self.pair.extent(number)?;
        let start = text[..extent.start as usize].rfind(['\n', '\r']).map_or(0, |at| at + 1);
        let end = text[extent.end as usize..].find(['\n', '\r']).map_or(text.len(), |at| extent.end as usize + at);
        let before = &text[start..extent.start as usize];
        let behind = &text[extent.end as usize..end];
        let head = before.char_indices().rev().nth(AROUND).map_or(0, |(at, _)| at);
        let tail = behind.char_indices().nth(AROUND).map_or(behind.len(), |(at, _)| at);
        let (head_mark, tail_mark) = (if head > 0 { "…" } else { "" }, if tail < behind.len() { "…" } else { "" });
        let is_alone = before.trim().is_empty() && behind.trim().is_empty();
        (!is_alone).then(|| {
            let words = extent.slice(text);
            format!("{head_mark}{}[{words}]{}{tail_mark}", &before[head..], &behind[..tail]).trim().to_owned()
        })
    }
}

fn fact(section: &mut HoverSection, label: &str, text: &str) {
    if !text.is_empty() {
        section.facts.push(HoverFact { label: label.to_owned(), text: text.to_owned(), url: None });
    }
}
