//! People whom a registry lacks, shown: for people, as rows of JSON, or as entries to be pasted.
//!
//! Deliberately absent: finding them (`corpus::suggest`) and writing them into a registry (`registry::edit`).

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde_json::json;

use super::layout::Sources;
use crate::corpus::proposal::{NewSpelling, SeenSpelling, Suggestions};
use crate::registry::Registry;
use crate::registry::edit::{NewEntity, append_entity};
use crate::text::edit::apply;
use crate::text::{FileId, LineIndex, Position, Span};

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
    for person in &suggestions.people {
        writeln!(out, "{}: new person, {} ({})", person.id, mentions(person.count()), person.evidence.as_str())?;
        for found in &person.spellings {
            spelling(found, sources, out)?;
        }
    }
    for NewSpelling { entity, score, spelling: found } in &suggestions.spellings {
        writeln!(out, "{}: new spelling ({score:.2})", registry.get(*entity).id)?;
        spelling(found, sources, out)?;
    }
    for new in &suggestions.organizations {
        writeln!(out, "{}: new organization, {} (title)", new.id, mentions(new.count()))?;
        for found in &new.spellings {
            spelling(found, sources, out)?;
        }
    }
    for new in &suggestions.offices {
        writeln!(out, "{}: new office of {}, {} (title)", new.id, new.organization, mentions(new.count()))?;
        for found in &new.spellings {
            spelling(found, sources, out)?;
        }
    }
    Ok(())
}

fn spelling(spelling: &SeenSpelling, sources: &dyn Sources, out: &mut dyn Write) -> io::Result<()> {
    let examples: Vec<String> = spelling.examples.iter().map(|at| position(*at, sources)).collect();
    let SeenSpelling { text, tag, count, .. } = spelling;
    writeln!(out, "  {tag} {text}  {}: {}", mentions(*count), examples.join(", "))
}

/// `path:line:column` of a mention.
fn position((file, span): (FileId, Span), sources: &dyn Sources) -> String {
    let at = sources.text(file).map(|text| LineIndex::new(&text).position(&text, span.start)).unwrap_or_default();
    format!("{}:{}:{}", sources.path(file), at.line + 1, at.column_char + 1)
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
    for person in &suggestions.people {
        let names: BTreeMap<String, Vec<String>> = person.entity().names.into_iter().collect();
        let spellings: Vec<_> = person.spellings.iter().map(|spelling| row(spelling, sources)).collect();
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
            "spellings": [row(spelling, sources)],
        });
        writeln!(out, "{spelling}")?;
    }
    for new in &suggestions.organizations {
        let names: BTreeMap<String, Vec<String>> = new.entity().names.into_iter().collect();
        let spellings: Vec<_> = new.spellings.iter().map(|spelling| row(spelling, sources)).collect();
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
        let spellings: Vec<_> = new.spellings.iter().map(|spelling| row(spelling, sources)).collect();
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

fn row(spelling: &SeenSpelling, sources: &dyn Sources) -> serde_json::Value {
    let example = |(file, span): &(FileId, Span)| {
        let text = sources.text(*file).unwrap_or_default();
        let place = LineIndex::new(&text).place(&text, *span);
        let position = |at: Position| json!({ "line": at.line, "character": at.column_utf16 });
        json!({
            "path": sources.path(*file),
            "text": span.slice(&text),
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
        let at = example.map(|at| position(*at, sources)).unwrap_or_default();
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
