//! Where things are: definition and its kin, references, highlights.

use std::ops::ControlFlow;

use tower_lsp::ls_types as lsp;

use crate::corpus::Snapshot;
use crate::disk::outside;
use crate::ide::{self, FilePosition, Link};
use crate::lsp::outbox::Outbox;
use crate::lsp::session::Client;
use crate::lsp::view::View;
use crate::text::FileId;

/// Most places that one part of an answer holds.
const PART: usize = 1000;

/// The answer to a question of the family of `definition`.
pub fn goto(
    view: &View,
    file: FileId,
    at: lsp::Position,
    question: fn(&Snapshot, FilePosition) -> Vec<Link>,
    links: fn(&Client) -> bool,
) -> Option<lsp::GotoDefinitionResponse> {
    let found = question(&view.snapshot, view.at(file, at)?);
    if found.is_empty() {
        return None;
    }
    if links(&view.session.client) {
        let links = found.iter().filter_map(|link| {
            Some(lsp::LocationLink {
                origin_selection_range: Some(view.range(link.origin)),
                target_uri: view.uri(link.file)?,
                target_range: view.range(link.whole),
                target_selection_range: view.range(link.focus),
            })
        });
        return Some(lsp::GotoDefinitionResponse::Link(links.collect()));
    }
    let places = found.iter().filter_map(|link| view.location(link.file, link.focus));
    Some(lsp::GotoDefinitionResponse::Array(places.collect()))
}

/// All mentions, in the other corpora that share the registry file that is asked about too. With a token they go to the
/// outbox part by part, and the answer itself is empty.
pub fn references(
    asked: &(View, FileId),
    sharing: &[(View, FileId)],
    params: &lsp::ReferenceParams,
    outbox: &Outbox,
) -> Option<Vec<lsp::Location>> {
    let position = params.text_document_position.position;
    asked.0.at(asked.1, position)?;
    let token = params.partial_result_params.partial_result_token.as_ref();
    let mut places: Vec<lsp::Location> = Vec::new();
    for (number, (view, file)) in std::iter::once(asked).chain(sharing).enumerate() {
        let Some(at) = view.at(*file, position) else { continue };
        ide::references(&view.snapshot, at, params.context.include_declaration, &mut |file, found| {
            // What is in shared files the first corpus has told.
            let is_told = number > 0 && view.below(file).is_some_and(outside::is_outside);
            if let Some(uri) = view.uri(file).filter(|_| !is_told) {
                places.extend(found.iter().map(|place| lsp::Location { uri: uri.clone(), range: view.range(*place) }));
            }
            if let Some(token) = token
                && places.len() >= PART
            {
                outbox.part(token, &places);
                places.clear();
            }
            ControlFlow::Continue(())
        });
    }
    if let Some(token) = token
        && !places.is_empty()
    {
        outbox.part(token, &places);
        places.clear();
    }
    Some(places)
}

/// Mentions of the same thing in one document.
pub fn highlights(view: &View, file: FileId, at: lsp::Position) -> Option<Vec<lsp::DocumentHighlight>> {
    let found = ide::document_highlight(&view.snapshot, view.at(file, at)?);
    let highlight = |found: &ide::Highlight| lsp::DocumentHighlight {
        range: view.range(found.place),
        kind: Some(if found.defines { lsp::DocumentHighlightKind::WRITE } else { lsp::DocumentHighlightKind::READ }),
    };
    (!found.is_empty()).then(|| found.iter().map(highlight).collect())
}
