//! Places of things: definition and its kin, references, highlights.

use std::ops::ControlFlow;

use camino::Utf8PathBuf;
use rustc_hash::FxHashSet;
use tower_lsp::ls_types as lsp;

use super::annotated_texts::{AnnotatedText, linked_everywhere};
use super::annotation_files::AnnotationQuestion;
use super::sharing::{counterparts, cursor};
use crate::corpus::Snapshot;
use crate::ide::{self, FilePosition, Jump};
use crate::lsp::session::ClientFeatures;
use crate::lsp::transport::Client;
use crate::lsp::view::CorpusView;
use crate::text::{FileId, Place};

/// Most places that one part of an answer holds.
const PART: usize = 1000;

/// The answer to a question of the family of `definition`. What stands in a shared file may mean nobody in the corpus
/// that was asked, or nobody who is mentioned there: then the next one is asked. In an annotation file all questions
/// have one answer: what the words there lead to.
pub fn goto(
    view: &CorpusView,
    file: FileId,
    sharing: &[CorpusView],
    at: lsp::Position,
    question: fn(&Snapshot, FilePosition) -> Vec<Jump>,
    links: fn(&ClientFeatures) -> bool,
) -> Option<lsp::GotoDefinitionResponse> {
    let (view, found) = match AnnotationQuestion::new(view, file) {
        Some(question) => (view, vec![question.leads(question.byte(at))?]),
        None => {
            let at = view.at(file, at)?;
            let elsewhere = sharing.iter().filter_map(|other| Some((other, cursor(view, at, other)?)));
            let mut answers =
                std::iter::once((view, at)).chain(elsewhere).map(|(view, at)| (view, question(&view.snapshot, at)));
            answers.find(|(_, found)| !found.is_empty())?
        }
    };
    if links(&view.session.features) {
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

/// All mentions, in the corpora that share the entry too. With a token they go to the client part by part, and the
/// answer itself is empty.
pub fn references(
    view: &CorpusView,
    file: FileId,
    sharing: &[CorpusView],
    params: &lsp::ReferenceParams,
    client: &Client,
) -> Option<Vec<lsp::Location>> {
    let position = params.text_document_position.position;
    let declaration = params.context.include_declaration;
    let token = params.partial_result_params.partial_result_token.as_ref();
    let mut places = PlacesToSend { token, client, found: Vec::new() };
    let mut linked = Vec::new();
    let at = match AnnotationQuestion::new(view, file) {
        Some(question) => {
            let byte = question.byte(position);
            if let Some(found) = question.references(byte, declaration) {
                found.iter().for_each(|(file, place)| places.add(view, *file, &[*place]));
                return Some(places.finish());
            }
            let (_, id) = question.entry_at(byte)?;
            linked.push(id.to_owned());
            ide::entry_with_id(&view.snapshot, id)?.at
        }
        None => {
            let annotated = AnnotatedText::new(view, file);
            linked.extend(annotated.iter().flat_map(|annotated| annotated.entries_at(position)));
            let at = view.at(file, position)?;
            linked.extend(ide::entries_at(&view.snapshot, at).iter().map(|entry| entry.id.to_string()));
            let is_mention = ide::has_references(&view.snapshot, at);
            if let (false, Some(annotated)) = (is_mention, &annotated) {
                match linked.first() {
                    // What is linked is mentioned elsewhere, too.
                    Some(id) => ide::entry_with_id(&view.snapshot, id).map_or(at, |entry| entry.at),
                    None => {
                        annotated.said_at(position).iter().for_each(|(file, place)| places.add(view, *file, &[*place]));
                        return Some(places.finish());
                    }
                }
            } else {
                at
            }
        }
    };
    // What stands in files that several corpora use is told once.
    let mut told: FxHashSet<(Utf8PathBuf, Place)> = FxHashSet::default();
    let mut mentioned: FxHashSet<(FileId, (u32, u32))> = FxHashSet::default();
    ide::references(&view.snapshot, at, declaration, &mut |file, found| {
        if !linked.is_empty() {
            mentioned.extend(found.iter().map(|place| (file, (place.start.line, place.start.column_byte))));
        }
        if !sharing.is_empty() && view.snapshot.registry_files.contains_key(&file) {
            told.extend(view.path(file).into_iter().flat_map(|path| found.iter().map(move |at| (path.clone(), *at))));
        }
        places.add(view, file, found);
        ControlFlow::Continue(())
    });
    if !sharing.is_empty() {
        let entries = ide::entries_at(&view.snapshot, at);
        for other in sharing {
            let theirs = counterparts(view, &entries, other);
            ide::references_to(&other.snapshot, &theirs, declaration, &mut |file, found| {
                match other.path(file).filter(|_| other.snapshot.registry_files.contains_key(&file)) {
                    None => places.add(other, file, found),
                    Some(path) => {
                        let is_new = |at: &&Place| told.insert((path.clone(), **at));
                        places.add(other, file, &found.iter().filter(is_new).copied().collect::<Vec<_>>());
                    }
                }
                ControlFlow::Continue(())
            });
        }
    }
    for (file, found) in linked_everywhere(view, &linked) {
        let is_new = |place: &&Place| !mentioned.contains(&(file, (place.start.line, place.start.column_byte)));
        places.add(view, file, &found.iter().filter(is_new).copied().collect::<Vec<_>>());
    }
    Some(places.finish())
}

/// PlacesToSend on their way to the client.
struct PlacesToSend<'a> {
    /// Under which parts are expected.
    token: Option<&'a lsp::ProgressToken>,
    client: &'a Client,
    /// The places that have not been sent yet.
    found: Vec<lsp::Location>,
}

impl PlacesToSend<'_> {
    fn add(&mut self, view: &CorpusView, file: FileId, found: &[Place]) {
        if let Some(uri) = view.uri(file) {
            self.found.extend(found.iter().map(|place| lsp::Location { uri: uri.clone(), range: view.range(*place) }));
        }
        if self.found.len() >= PART {
            self.send();
        }
    }

    /// Sends what there is, to a client that expects parts.
    fn send(&mut self) {
        if let Some(token) = self.token
            && !self.found.is_empty()
        {
            self.client.part(token, &self.found);
            self.found.clear();
        }
    }

    /// Sends the last part, or returns all for the answer.
    fn finish(mut self) -> Vec<lsp::Location> {
        self.send();
        self.found
    }
}

/// Mentions of the same thing in one document.
pub fn highlights(view: &CorpusView, file: FileId, at: lsp::Position) -> Option<Vec<lsp::DocumentHighlight>> {
    let found = match AnnotationQuestion::new(view, file) {
        Some(question) => question.highlights(question.byte(at)),
        None => {
            let known = ide::document_highlight(&view.snapshot, view.at(file, at)?);
            match AnnotatedText::new(view, file) {
                Some(annotated) => annotated.highlights(at, known),
                None => known,
            }
        }
    };
    let highlight = |found: &ide::Highlight| lsp::DocumentHighlight {
        range: view.range(found.place),
        kind: Some(if found.defines { lsp::DocumentHighlightKind::WRITE } else { lsp::DocumentHighlightKind::READ }),
    };
    (!found.is_empty()).then(|| found.iter().map(highlight).collect())
}
