//! Semantic tokens, whole, as a difference, or of the lines on the screen.

use tower_lsp::ls_types as lsp;

use super::annotated_texts::AnnotatedText;
use super::annotation_files::AnnotationQuestion;
use crate::ide::annotation::with_annotations;
use crate::ide::{self, MentionToken};
use crate::lsp::session::ClientSession;
use crate::lsp::view::CorpusView;
use crate::text::FileId;

/// The types and modifiers, in the order of their numbers. A client that lists none of our types, and does not say
/// otherwise, gets the standard types nearest to them, since it would show nothing else.
pub fn legend(session: &ClientSession) -> lsp::SemanticTokensLegend {
    let is_standard = session.features.only_standard_tokens && !session.options.own_token_types;
    let name = |(kind, own): &(ide::TokenType, &'static str)| if is_standard { kind.standard() } else { *own };
    lsp::SemanticTokensLegend {
        token_types: ide::TokenType::ALL.iter().map(|row| lsp::SemanticTokenType::new(name(row))).collect(),
        token_modifiers: ide::MODIFIERS.iter().map(|name| lsp::SemanticTokenModifier::new(name)).collect(),
    }
}

/// All tokens of a document.
pub fn full(view: &CorpusView, file: FileId) -> Option<lsp::SemanticTokensResult> {
    let (id, data) = all(view, file)?;
    view.tokens.replace(file, &id, &data);
    Some(lsp::SemanticTokens { result_id: Some(id), data }.into())
}

/// The difference to what the client has; all tokens where that is not known any more.
pub fn delta(view: &CorpusView, file: FileId, before: &str) -> Option<lsp::SemanticTokensFullDeltaResult> {
    let (id, data) = all(view, file)?;
    let sent = view.tokens.replace(file, &id, &data).filter(|sent| sent.id == before);
    Some(match sent {
        None => lsp::SemanticTokens { result_id: Some(id), data }.into(),
        Some(sent) => {
            let edits = difference(&sent.tokens, &data).into_iter().collect();
            lsp::SemanticTokensDelta { result_id: Some(id), edits }.into()
        }
    })
}

/// The tokens of the lines of a range.
pub fn range(view: &CorpusView, file: FileId, range: lsp::Range) -> Option<lsp::SemanticTokensRangeResult> {
    if !is_wanted(view) {
        return None;
    }
    let tokens = match AnnotationQuestion::new(view, file) {
        Some(question) => question.tokens(),
        None => {
            let mentions = ide::semantic_tokens_range(&view.snapshot, view.selection(file, range)?);
            let pieces = AnnotatedText::new(view, file).map(|annotated| annotated.pieces(Some(range)));
            with_annotations(&mentions, &pieces.unwrap_or_default())
        }
    };
    let lines = range.start.line..=range.end.line;
    let tokens: Vec<MentionToken> =
        tokens.into_iter().filter(|token| lines.contains(&token.place.start.line)).collect();
    Some(lsp::SemanticTokens { result_id: None, data: encode(view, &tokens) }.into())
}

fn all(view: &CorpusView, file: FileId) -> Option<(String, Vec<lsp::SemanticToken>)> {
    if !is_wanted(view) {
        return None;
    }
    let (tokens, of_annotations) = match AnnotationQuestion::new(view, file) {
        Some(question) => (question.tokens(), view.annotations.get(file).map(|beside| beside.stamp)),
        None => {
            let pieces = AnnotatedText::new(view, file).map(|annotated| annotated.pieces(None)).unwrap_or_default();
            let stamp = view.annotations_beside(file).iter().map(|(_, beside)| beside.stamp).max();
            (with_annotations(&ide::semantic_tokens(&view.snapshot, file), &pieces), stamp)
        }
    };
    let id = format!("{:x}-{:x}", view.snapshot.stamp(file), of_annotations.unwrap_or_default());
    Some((id, encode(view, &tokens)))
}

fn is_wanted(view: &CorpusView) -> bool {
    view.settings.semantic_tokens.enable && view.switch("semantic-tokens")
}

/// Each token relative to the one before it.
fn encode(view: &CorpusView, tokens: &[MentionToken]) -> Vec<lsp::SemanticToken> {
    let mut last = lsp::Position::default();
    let encode = |token: &MentionToken| {
        let lsp::Range { start, end } = view.range(token.place);
        let delta_line = start.line - last.line;
        let delta_start = if delta_line == 0 { start.character - last.character } else { start.character };
        last = start;
        lsp::SemanticToken {
            delta_line,
            delta_start,
            length: end.character - start.character,
            token_type: token.kind.number(),
            token_modifiers_bitset: token.modifiers,
        }
    };
    tokens.iter().map(encode).collect()
}

/// The one edit that makes `new` of `old`: what lies between what both start and end with.
fn difference(old: &[lsp::SemanticToken], new: &[lsp::SemanticToken]) -> Option<lsp::SemanticTokensEdit> {
    let start = old.iter().zip(new).take_while(|(old, new)| old == new).count();
    let (old, new) = (&old[start..], &new[start..]);
    let end = old.iter().rev().zip(new.iter().rev()).take_while(|(old, new)| old == new).count();
    let (old, new) = (&old[..old.len() - end], &new[..new.len() - end]);
    // Counted in numbers, of which a token has five.
    (!old.is_empty() || !new.is_empty()).then(|| lsp::SemanticTokensEdit {
        start: start as u32 * 5,
        delete_count: old.len() as u32 * 5,
        data: Some(new.to_vec()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_edit_makes_the_new_tokens_of_the_old() {
        let tokens = |lines: &[u32]| -> Vec<lsp::SemanticToken> {
            lines.iter().map(|line| lsp::SemanticToken { delta_line: *line, ..lsp::SemanticToken::default() }).collect()
        };
        for (old, new, wanted) in [
            (&[1, 2, 3][..], &[1, 2, 3][..], None),
            (&[1, 2, 3], &[1, 7, 3], Some((5, 5, 1))),
            (&[1, 1, 1], &[1, 1], Some((10, 5, 0))),
            (&[], &[4, 5], Some((0, 0, 2))),
            (&[1, 3], &[1, 2, 3], Some((5, 0, 1))),
        ] {
            let edit = difference(&tokens(old), &tokens(new));
            let edit = edit.map(|edit| (edit.start, edit.delete_count, edit.data.map_or(0, |data| data.len())));
            assert_eq!(edit, wanted, "{old:?} {new:?}");
        }
    }
}
