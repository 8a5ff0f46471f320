//! Links out of a text: legal documents whose address the registry has, and addresses in the text.

use compact_str::CompactString;

use super::target::decree_entry;
use crate::corpus::Snapshot;
use crate::corpus::document::Document;
use crate::corpus::mention::{self, MentionKind};
use crate::ide::place::links_of;
use crate::recognise::text_fault::TextFault;
use crate::registry::EntityDetail;
use crate::text::{FileId, LineIndex, Place, Span};

/// A link out of a file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DocumentLink {
    /// The place that is clicked on.
    pub place: Place,
    /// The address it leads to.
    pub url: String,
    /// The canonical reference of the legal document it leads to; none for an address in the text.
    pub decree: Option<CompactString>,
}

/// The links of a text or a registry file, in order. Addresses are read from open texts alone; one that is broken by a
/// space is none.
pub fn document_links(snapshot: &Snapshot, file: FileId) -> Vec<DocumentLink> {
    let mut links = Vec::new();
    if let Some(source) = snapshot.source(file) {
        let lines = LineIndex::new(&source.text);
        links.extend(urls(&source.text).map(|span| link(lines.place(&source.text, span), span.slice(&source.text))));
        return links;
    }
    let Some(file) = snapshot.file(file) else { return links };
    let profile = snapshot.profile(file);
    let segments = file.facts().filter(|(_, facts)| !facts.decrees.is_empty() || !facts.short_references.is_empty());
    for mention in mention::in_segments(file, &profile, links_of(snapshot, &profile), segments) {
        let MentionKind::Decree { fact, .. } = &mention.what else { continue };
        let reference = &fact.symbol.reference;
        let Some(entity) = decree_entry(snapshot, reference) else { continue };
        let EntityDetail::Decree { url: Some(url), .. } = &entity.detail else { continue };
        links.push(DocumentLink { place: mention.place, url: url.to_string(), decree: Some(reference.clone()) });
    }
    if let Some(document) = file.document() {
        let broken: Vec<Span> = file
            .facts()
            .flat_map(|(start, facts)| {
                let broken = facts.text_faults.iter().filter(|fault| fault.kind == TextFault::BrokenUrl);
                broken.map(move |fault| fault.span.shift(start.byte))
            })
            .collect();
        in_document(document, &broken, &mut links);
    }
    links.sort_by_key(|link| link.place);
    links
}

/// Returns the goal of a link to a legal document, in a line: its title in the registry, else its id.
pub fn resolve_document_link(snapshot: &Snapshot, decree: &str) -> Option<String> {
    let entity = decree_entry(snapshot, decree)?;
    let EntityDetail::Decree { titles, .. } = &entity.detail else { return None };
    Some(titles.first().map_or(entity.id.as_str(), |(_, title)| title.text.as_str()).to_owned())
}

fn in_document(document: &Document, broken: &[Span], links: &mut Vec<DocumentLink>) {
    let text = document.text();
    let origin = document.tree().origin().byte;
    for span in urls(&text) {
        let at = span.shift(origin);
        let from = broken.partition_point(|broken| broken.end < at.start);
        if broken.get(from).is_some_and(|broken| broken.touches(at.end) || broken.overlaps(at)) {
            continue;
        }
        let place = Place { start: document.position(at.start), end: document.position(at.end) };
        links.push(link(place, span.slice(&text)));
    }
}

fn link(place: Place, url: &str) -> DocumentLink {
    DocumentLink { place, url: url.to_owned(), decree: None }
}

/// Addresses of the web, from the scheme to the last letter that is not the punctuation of the sentence around it.
fn urls(text: &str) -> impl Iterator<Item = Span> {
    let finder = memchr::memmem::find_iter(text.as_bytes(), "://");
    let mut done = 0;
    finder.filter_map(move |colon| {
        let scheme = ["https", "http"].into_iter().find(|scheme| text[..colon].ends_with(scheme))?;
        let start = colon - scheme.len();
        if start < done {
            return None;
        }
        let rest = &text[start..];
        let part_of_url = |letter: char| {
            letter.is_ascii_graphic() && !matches!(letter, '"' | '<' | '>' | '`' | '\\' | '^' | '{' | '}' | '|')
        };
        let mut url = &rest[..rest.find(|letter: char| !part_of_url(letter)).unwrap_or(rest.len())];
        loop {
            let opened = |open: char, close: char| url.matches(open).count() >= url.matches(close).count();
            let last = url.chars().next_back()?;
            let stays = match last {
                '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '*' | '_' => false,
                ')' => opened('(', ')'),
                ']' => opened('[', ']'),
                _ => true,
            };
            if stays {
                break;
            }
            url = &url[..url.len() - 1];
        }
        done = start + url.len();
        (url.len() > scheme.len() + 3).then(|| Span::of(start, done))
    })
}
