//! People whom a registry lacks, shown: for people, as rows of JSON, or as entries to be pasted.
//!
//! Deliberately absent: finding them (`corpus::suggest`) and writing them into a registry (`registry::edit`).

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::sync::Arc;

use rustc_hash::FxHashMap;
use serde_json::json;

use super::layout::Sources;
use crate::corpus::proposal::{NewSpelling, SeenSpelling, Suggestions};
use crate::registry::Registry;
use crate::registry::edit::{NewEntity, append_entity};
use crate::text::edit::apply;
use crate::text::{FileId, LineIndex, Place, Position, Span};

/// For people: each with the places of its first mentions.
///
/// # Errors
/// When writing fails.
pub fn text(
    suggestions: &Suggestions,
    registry: &Registry,
    sources: &dyn Sources,
    out: &mut dyn Write,
) -> io::Result<()> {
    let texts = SeenTexts::new(sources);
    for person in &suggestions.people {
        writeln!(out, "{}: new person, {} ({})", person.id, mentions(person.count()), person.evidence.as_str())?;
        for found in &person.spellings {
            spelling(found, &texts, out)?;
        }
    }
    for NewSpelling { entity, score, spelling: found } in &suggestions.spellings {
        writeln!(out, "{}: new spelling ({score:.2})", registry.get(*entity).id)?;
        spelling(found, &texts, out)?;
    }
    for new in &suggestions.organizations {
        writeln!(out, "{}: new organization, {} (title)", new.id, mentions(new.count()))?;
        for found in &new.spellings {
            spelling(found, &texts, out)?;
        }
    }
    for new in &suggestions.offices {
        writeln!(out, "{}: new office of {}, {} (title)", new.id, new.organization, mentions(new.count()))?;
        for found in &new.spellings {
            spelling(found, &texts, out)?;
        }
    }
    Ok(())
}

/// The texts that were looked into, with their lines: examples come from the same few files again and again.
struct SeenTexts<'s> {
    sources: &'s dyn Sources,
    known: RefCell<FxHashMap<FileId, (Arc<str>, LineIndex)>>,
}

/// Texts that are kept at hand.
const KEPT: usize = 64;

impl<'s> SeenTexts<'s> {
    fn new(sources: &'s dyn Sources) -> Self {
        Self { sources, known: RefCell::default() }
    }

    /// A place with its words.
    fn place(&self, file: FileId, span: Span) -> (Place, String) {
        let mut known = self.known.borrow_mut();
        if known.len() >= KEPT && !known.contains_key(&file) {
            known.clear();
        }
        let (text, lines) = known.entry(file).or_insert_with(|| {
            let text = self.sources.text(file).unwrap_or_default();
            let lines = LineIndex::new(&text);
            (text, lines)
        });
        // A text that is not to be had any more has no place.
        match text.get(span.range()) {
            Some(words) => (lines.place(text, span), words.to_owned()),
            None => (Place::default(), String::new()),
        }
    }
}

fn spelling(spelling: &SeenSpelling, texts: &SeenTexts<'_>, out: &mut dyn Write) -> io::Result<()> {
    let examples: Vec<String> = spelling.examples.iter().map(|at| position(*at, texts)).collect();
    let SeenSpelling { text, tag, count, .. } = spelling;
    writeln!(out, "  {tag} {text}  {}: {}", mentions(*count), examples.join(", "))
}

/// `path:line:column` of a mention.
fn position((file, span): (FileId, Span), texts: &SeenTexts<'_>) -> String {
    let (place, _) = texts.place(file, span);
    format!("{}:{}:{}", texts.sources.path(file), place.start.line + 1, place.start.column_char + 1)
}

/// An object a line.
///
/// # Errors
/// When writing fails.
pub fn jsonl(
    suggestions: &Suggestions,
    registry: &Registry,
    sources: &dyn Sources,
    out: &mut dyn Write,
) -> io::Result<()> {
    let texts = SeenTexts::new(sources);
    for person in &suggestions.people {
        let names: BTreeMap<String, Vec<String>> = person.entity().names.into_iter().collect();
        let spellings: Vec<_> = person.spellings.iter().map(|spelling| row(spelling, &texts)).collect();
        let person = json!({
            "suggestion": "person",
            "id": person.id,
            "count": person.count(),
            "evidence": person.evidence.as_str(),
            "names": names,
            "spellings": spellings,
        });
        writeln!(out, "{person}")?;
    }
    for NewSpelling { entity, score, spelling } in &suggestions.spellings {
        let spelling = json!({
            "suggestion": "spelling",
            "id": registry.get(*entity).id,
            "count": spelling.count,
            "score": (f64::from(*score) * 1000.0).round() / 1000.0,
            "spellings": [row(spelling, &texts)],
        });
        writeln!(out, "{spelling}")?;
    }
    for new in &suggestions.organizations {
        let names: BTreeMap<String, Vec<String>> = new.entity().names.into_iter().collect();
        let spellings: Vec<_> = new.spellings.iter().map(|spelling| row(spelling, &texts)).collect();
        let organization = json!({
            "suggestion": "organization",
            "id": new.id,
            "count": new.count(),
            "evidence": "title",
            "names": names,
            "spellings": spellings,
        });
        writeln!(out, "{organization}")?;
    }
    for new in &suggestions.offices {
        let names: BTreeMap<String, Vec<String>> = new.entity().names.into_iter().collect();
        let spellings: Vec<_> = new.spellings.iter().map(|spelling| row(spelling, &texts)).collect();
        let office = json!({
            "suggestion": "office",
            "id": new.id,
            "organization": new.organization,
            "count": new.count(),
            "evidence": "title",
            "names": names,
            "spellings": spellings,
        });
        writeln!(out, "{office}")?;
    }
    Ok(())
}

fn row(spelling: &SeenSpelling, texts: &SeenTexts<'_>) -> serde_json::Value {
    let example = |(file, span): &(FileId, Span)| {
        let (place, words) = texts.place(*file, *span);
        let position = |at: Position| json!({ "line": at.line, "character": at.column_utf16 });
        json!({
            "path": texts.sources.path(*file),
            "text": words,
            "bytes": [place.start.byte, place.end.byte],
            "chars": [place.start.char, place.end.char],
            "range": { "start": position(place.start), "end": position(place.end) },
        })
    };
    json!({
        "text": spelling.text,
        "tag": spelling.tag,
        "count": spelling.count,
        "examples": spelling.examples.iter().map(example).collect::<Vec<_>>(),
    })
}

/// Entries for a registry file; what belongs into one that is there, as comments.
///
/// # Errors
/// When writing fails.
pub fn toml(
    suggestions: &Suggestions,
    registry: &Registry,
    sources: &dyn Sources,
    out: &mut dyn Write,
) -> io::Result<()> {
    let texts = SeenTexts::new(sources);
    let mut first = true;
    let people = suggestions.people.iter().map(|new| (new.entity(), &new.spellings, new.count()));
    let organizations = suggestions.organizations.iter().map(|new| (new.entity(), &new.spellings, new.count()));
    let offices = suggestions.offices.iter().map(|new| (new.entity(), &new.spellings, new.count()));
    for (entity, spellings, count) in people.chain(organizations).chain(offices) {
        let Some(table) = table(&entity) else { continue };
        if !std::mem::take(&mut first) {
            writeln!(out)?;
        }
        let example = spellings.iter().find_map(|spelling| spelling.examples.first());
        let at = example.map(|at| position(*at, &texts)).unwrap_or_default();
        writeln!(out, "# {}, the first at {at}", mentions(count))?;
        write!(out, "{table}")?;
    }
    for NewSpelling { entity, spelling, .. } in &suggestions.spellings {
        let name = crate::toml_tree::quoted(&spelling.text);
        writeln!(out, "\n# {}: add to names.{}: {name}", registry.get(*entity).id, spelling.tag)?;
    }
    Ok(())
}

/// The table of one entry.
fn table(entity: &NewEntity) -> Option<String> {
    const HEAD: &str = "version = 1\n";
    let edits = append_entity(HEAD, entity).ok()?;
    Some(apply(HEAD, &edits).strip_prefix(HEAD)?.trim_start().to_owned())
}

fn mentions(count: usize) -> String {
    if count == 1 { "1 mention".to_owned() } else { format!("{count} mentions") }
}
