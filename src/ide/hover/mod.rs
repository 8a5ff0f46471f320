//! What is this? A few labelled facts, the innermost mention first, the mentions around it below.
//!
//! The answer is data; [`Hover::markdown`] and [`Hover::plain`] are its two looks.

mod date;
mod decree;
mod entity;
mod key;
mod pattern;

use super::FilePosition;
use super::count::{self, EntityCount};
use super::target::{InText, Target};
use crate::corpus::Snapshot;
use crate::corpus::mention::{Mention, What};
use crate::registry::Entity;
use crate::text::Place;

/// The label of the fact that counts.
const MENTIONS: &str = "mentions";

/// What is known of what is under a cursor.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Hover {
    /// What it is about: the core of the innermost mention.
    pub place: Place,
    /// The innermost mention, then those around it.
    pub sections: Vec<Section>,
}

/// What is known of one thing. All texts are plain.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Section {
    /// Its name.
    pub title: String,
    /// What sort of thing it is.
    pub sort: String,
    /// Its id in the registry.
    pub id: Option<String>,
    /// Facts, the most wanted first.
    pub facts: Vec<Fact>,
}

/// One thing known.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fact {
    /// What it says: `office`, `Thai` …; empty for a sentence of its own.
    pub label: String,
    /// The fact.
    pub text: String,
    /// Where it leads, outside the corpus.
    pub url: Option<String>,
}

impl Section {
    fn new(title: impl Into<String>, sort: impl Into<String>) -> Self {
        Self { title: title.into(), sort: sort.into(), ..Self::default() }
    }

    fn fact(&mut self, label: impl Into<String>, text: impl Into<String>) {
        self.facts.push(Fact { label: label.into(), text: text.into(), url: None });
    }

    fn link(&mut self, label: impl Into<String>, url: impl Into<String>) {
        let url = url.into();
        let is_url = url.starts_with("https://") || url.starts_with("http://");
        self.facts.push(Fact { label: label.into(), text: url.clone(), url: is_url.then_some(url) });
    }
}

/// What is known of the entry that has an id, from a place that names it in a file of another sort.
pub fn hover_on_id(snapshot: &Snapshot, place: Place, id: &str) -> Option<Hover> {
    let entity = snapshot.registry.by_id(id)?;
    Some(Hover { place, sections: vec![of_entity(snapshot, entity)] })
}

/// What is under the cursor.
pub fn hover(snapshot: &Snapshot, at: FilePosition) -> Option<Hover> {
    let Some(target) = Target::at(snapshot, at) else { return key::hover(snapshot, at) };
    let sections = match &target {
        Target::Text(text) => {
            let mut sections = of_mention(snapshot, text, &text.mention);
            sections.extend(text.outer.iter().flat_map(|outer| of_outer(snapshot, text, outer)));
            sections
        }
        Target::Registry(word) if word.is_idle() => vec![entity::of_idle_entry(snapshot, &word.entry)],
        Target::Registry(word) => vec![entity::of_entry(snapshot, snapshot.registry.get(word.subject(snapshot)?))],
    };
    Some(Hover { place: target.place(), sections })
}

/// What is known of an entity, whoever asks.
pub(super) fn of_entity(snapshot: &Snapshot, entity: &Entity) -> Section {
    entity::of_entry(snapshot, entity)
}

/// What is known of a legal document, whoever asks.
pub(super) fn of_reference(snapshot: &Snapshot, reference: &str, entry: Option<&Entity>) -> Section {
    decree::of_reference(snapshot, reference, entry)
}

fn of_mention(snapshot: &Snapshot, text: &InText<'_>, mention: &Mention<'_>) -> Vec<Section> {
    match &mention.what {
        What::Name(name) => entity::of_mention(snapshot, text, name),
        What::Date { fact, reading, resolved } => vec![date::section(text, fact, reading, resolved.as_deref())],
        What::Decree { fact, .. } => vec![decree::section(snapshot, text.file, fact)],
        What::Pattern(fact) => vec![pattern::section(snapshot, text.file, fact)],
    }
}

/// A mention around the one that is meant: its name and what is most wanted of it.
fn of_outer(snapshot: &Snapshot, text: &InText<'_>, outer: &Mention<'_>) -> Vec<Section> {
    const MOST_WANTED: usize = 3;
    let mut sections = of_mention(snapshot, text, outer);
    for section in &mut sections {
        section.facts.truncate(MOST_WANTED);
    }
    sections
}

impl Hover {
    /// Adds how often other corpora mention what it is about, where it says how often this one does.
    pub fn add_elsewhere(&mut self, count: &EntityCount) {
        let Some(section) = self.sections.first_mut() else { return };
        if let Some(own) = section.facts.iter().position(|fact| fact.label == MENTIONS) {
            let fact = Fact { label: "in other corpora".to_owned(), text: in_files(count), url: None };
            section.facts.insert(own + 1, fact);
        }
    }

    /// As Markdown.
    pub fn markdown(&self) -> String {
        let sections = self.sections.iter().map(|section| {
            let mut head = vec![format!("**{}**", escaped(&section.title))];
            head.extend(Some(escaped(&section.sort)).filter(|sort| !sort.is_empty()));
            head.extend(section.id.as_deref().map(code));
            let facts = section.facts.iter().map(|fact| {
                let text = fact.url.as_ref().map_or_else(|| escaped(&fact.text), |url| format!("<{url}>"));
                match &*fact.label {
                    "" => format!("- {text}\n"),
                    label => format!("- *{}*: {text}\n", escaped(label)),
                }
            });
            format!("{}\n\n{}", head.join(" · "), facts.collect::<String>())
        });
        sections.collect::<Vec<_>>().join("\n---\n\n")
    }

    /// As plain text, for editors that show no Markdown.
    pub fn plain(&self) -> String {
        let sections = self.sections.iter().map(|section| {
            let head = [Some(section.title.as_str()), Some(section.sort.as_str()), section.id.as_deref()];
            let head: Vec<&str> = head.into_iter().flatten().filter(|part| !part.is_empty()).collect();
            let facts = section.facts.iter().map(|fact| match &*fact.label {
                "" => format!("  {}\n", fact.text),
                label => format!("  {label}: {}\n", fact.text),
            });
            format!("{}\n{}", head.join(" · "), facts.collect::<String>())
        });
        sections.collect::<Vec<_>>().join("\n")
    }
}

/// The text with what Markdown would take for markup made plain; what stands between backticks is code.
fn escaped(text: &str) -> String {
    if text.contains('`') && text.matches('`').count().is_multiple_of(2) {
        let pieces = text.split('`').enumerate();
        return pieces.map(|(number, piece)| if number % 2 == 1 { code(piece) } else { escaped(piece) }).collect();
    }
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~' => out.extend(['\\', letter]),
            '\n' | '\r' => out.push(' '),
            '&' => out.push_str("&amp;"),
            _ => out.push(letter),
        }
    }
    out
}

fn code(text: &str) -> String {
    if text.contains('`') { format!("`` {text} ``") } else { format!("`{text}`") }
}

/// `3 here, 12 in 4 files`; with people named in short `4 here, 1 of them in short; 12 in full in 4 files`.
fn mentions(counts: &count::Counts) -> String {
    let all = EntityCount { mentions: counts.mentions, files: counts.files, exact: counts.exact };
    let at_most = if counts.exact { "" } else { "at most " };
    match counts.here {
        Some(here) if counts.short > 0 => {
            let (short, full) = (counts.short, counts.mentions);
            let files = files(counts.files);
            format!("{at_most}{} here, {short} of them in short; {full} in full in {files}", here + short)
        }
        Some(here) => format!("{at_most}{here} here, {} in {}", counts.mentions, files(counts.files)),
        None => in_files(&all),
    }
}

/// `12 in 4 files`.
fn in_files(count: &EntityCount) -> String {
    let at_most = if count.exact { "" } else { "at most " };
    match count.mentions {
        0 => "none".to_owned(),
        mentions => format!("{at_most}{mentions} in {}", files(count.files)),
    }
}

fn files(files: u32) -> String {
    if files == 1 { "1 file".to_owned() } else { format!("{files} files") }
}
