//! Legal documents: the parts of the reference spelt out, who issues, what the corpus says of it.

use camino::Utf8Path;
use compact_str::CompactString;

use super::numbers::numbers;
use super::section::HoverSection;
use crate::corpus::{File, Snapshot};
use crate::ide::count;
use crate::ide::target::{Subject, decree_entry};
use crate::recognise::decree::{
    DecreeDescription, DecreeFact, DecreeSymbol, IssuerDescription, PartNames, describe, find,
};
use crate::registry::{Entity, EntityDetail};
use crate::rules;

/// Most other files that are named.
const FILES: usize = 5;

/// The section about a citation.
pub(super) fn section(snapshot: &Snapshot, file: &File, fact: &DecreeFact) -> HoverSection {
    let entry = decree_entry(snapshot, &fact.symbol.reference);
    let mut section = head(snapshot, &fact.symbol, entry);
    if !fact.faults.is_empty() {
        let profile = snapshot.profile(file);
        for fault in fact.faults.iter().filter(|fault| fault.when.holds(&profile)) {
            section
                .fact("wrong", rules::message_of_decree(fault).unwrap_or_else(|| fault.kind.class().code().to_owned()));
        }
    }
    said(snapshot, &fact.symbol.reference, entry, Some(file), &mut section);
    section
}

/// The section about a legal document without a citation of it.
pub(super) fn of_reference(snapshot: &Snapshot, reference: &str, entry: Option<&Entity>) -> HoverSection {
    let symbol = find(reference, snapshot.decrees()).into_iter().next().map(|fact| fact.symbol);
    let mut section = match symbol {
        Some(symbol) => head(snapshot, &symbol, entry),
        None => HoverSection::new(reference, "legal document"),
    };
    said(snapshot, reference, entry, None, &mut section);
    section
}

fn head(snapshot: &Snapshot, symbol: &DecreeSymbol, entry: Option<&Entity>) -> HoverSection {
    let described = describe(symbol, snapshot.decrees());
    let mut section = HoverSection::new(symbol.reference.as_str(), "legal document");
    if let Some(EntityDetail::Decree { titles, .. }) = entry.map(|entity| &entity.detail) {
        for (tag, title) in titles {
            section.fact(format!("title ({tag})"), title.text.as_str());
        }
    }
    section.fact("Vietnamese", spelt(&described, "số", "năm", |part| &part.vi));
    section.fact("English", spelt(&described, "No.", "of", |part| &part.en));
    section.fact("Thai", spelt(&described, "ที่", "ปี", |part| &part.th));
    for issuer in &described.issuers {
        section.fact("issuer", of_issuer(issuer));
    }
    if !described.units.is_empty() {
        section.fact("unit", described.units.join("-"));
    }
    if let Some((number, first, last)) = described.legislature {
        section.fact("legislature", format!("{number}, {first} to {last}"));
    }
    section
}

/// Type, number, year and issuers in one language, in the order of the symbol.
fn spelt(described: &DecreeDescription, number: &str, of: &str, name: impl Fn(&PartNames) -> &CompactString) -> String {
    let first = |part: &PartNames| name(part).split(" / ").next().unwrap_or_default().to_owned();
    let mut words: Vec<String> = described.kind.as_ref().map(first).into_iter().collect();
    words.extend([number.to_owned(), described.number.to_string()]);
    words.extend(described.year.map(|year| format!("{of} {year}")));
    let issuers: Vec<String> = described.issuers.iter().map(|issuer| first(&issuer.name)).collect();
    let document = words.join(" ");
    if issuers.is_empty() { document } else { format!("{document}, {}", issuers.join(" · ")) }
}

fn of_issuer(issuer: &IssuerDescription) -> String {
    let period = match (issuer.from, issuer.until) {
        (Some(from), Some(until)) => format!(" ({from} to {until})"),
        (Some(from), None) => format!(" (since {from})"),
        (None, Some(until)) => format!(" (until {until})"),
        (None, None) => String::new(),
    };
    let successor = issuer.successor.as_ref().map(|then| format!(", then {} {}", then.letters, then.vi));
    format!("{} {}{period}{}", issuer.name.letters, issuer.name.vi, successor.unwrap_or_default())
}

/// Adds what the registry and the corpus say of a reference.
fn said(snapshot: &Snapshot, reference: &str, entry: Option<&Entity>, here: Option<&File>, section: &mut HoverSection) {
    let dates = snapshot.index.decree(reference).map_or(&[][..], |cited| &cited.dates);
    let mut listed = None;
    if let Some(EntityDetail::Decree { date, url, .. }) = entry.map(|entity| &entity.detail) {
        listed = date.map(|dated| dated.date);
        if let Some(date) = listed {
            section.fact("date in the registry", date.to_string());
        }
        if let Some(url) = url {
            section.link("text", url.as_str());
        }
    }
    if !dates.is_empty() {
        let given: Vec<String> = dates.iter().map(|(date, times)| format!("{date} ({times}×)")).collect();
        let differ = dates.len() > 1 || listed.is_some_and(|listed| !dates.iter().any(|(date, _)| *date == listed));
        section
            .fact("date in the texts", format!("{}{}", given.join(", "), if differ { " — they differ" } else { "" }));
    }
    let subject = Subject::Decree(reference.into());
    numbers(snapshot, &count::count(snapshot, &subject, here), section);
    let others = subject.postings(snapshot);
    let others = others.iter().filter(|(file, _)| here.is_none_or(|here| here.id != *file));
    let mut others: Vec<&Utf8Path> = others.filter_map(|(file, _)| snapshot.path(*file)).collect();
    if !others.is_empty() {
        if others.len() > FILES {
            others.select_nth_unstable(FILES);
        }
        let first = others.len().min(FILES);
        others[..first].sort_unstable();
        let shown = others[..first].iter().map(|path| path.as_str());
        let shown = shown.collect::<Vec<_>>().join(", ");
        let more = others.len().saturating_sub(FILES);
        let text = if more > 0 { format!("{shown} and {more} others") } else { shown };
        section.fact(if here.is_some() { "also cited in" } else { "cited in" }, text);
    }
    if let Some(note) = entry.and_then(|entity| entity.basis.note.as_ref()) {
        section.fact("note", note.as_str());
    }
}
