//! Colours of annotations: of the words of an annotation file, and of what is annotated in a text.

use super::document::{AnnotationWord, words};
use crate::annotation::Standoff;
use crate::config::DEFAULT_TYPES;
use crate::ide::tokens::{ANNOTATED, LINKED, MentionToken, TokenType};
use crate::text::{Place, Position, Span};

/// The words of an annotation file with their colours, in order.
pub fn token_spans(standoff: &Standoff) -> Vec<(Span, TokenType)> {
    let mut tokens = Vec::new();
    for number in 0..standoff.lines().len() {
        let mut offsets = true;
        for (span, word) in words(standoff, number) {
            let kind = match word {
                AnnotationWord::Id(_) | AnnotationWord::Target(_) => TokenType::AnnotationId,
                AnnotationWord::Kind(_) => TokenType::AnnotationType,
                AnnotationWord::Role(_) => TokenType::AnnotationRole,
                AnnotationWord::Value(_) | AnnotationWord::Entry(..) => TokenType::AnnotationValue,
                AnnotationWord::Text if std::mem::take(&mut offsets) => TokenType::AnnotationOffset,
                AnnotationWord::Text => TokenType::AnnotationText,
                AnnotationWord::Note => TokenType::AnnotationNote,
            };
            if !span.is_empty() {
                tokens.push((span, kind));
            }
        }
    }
    tokens
}

/// The colour of an annotation in its text: that of mentions which are annotated with its type, else one of its own.
pub fn type_token(kind: &str) -> TokenType {
    let of_mention = DEFAULT_TYPES.iter().find(|(_, of)| *of == kind);
    match of_mention.map(|(mention, _)| *mention) {
        Some("official" | "person") => TokenType::Person,
        Some("organization") => TokenType::Organization,
        Some("office") => TokenType::Office,
        Some("place") => TokenType::Place,
        Some("date") => TokenType::Date,
        Some("decree") => TokenType::Decree,
        _ => TokenType::Annotation,
    }
}

/// A piece of a text that is annotated.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct AnnotatedPiece {
    /// The place, on one line.
    pub place: Place,
    /// The colour.
    pub kind: TokenType,
    /// True where it is linked to an entry.
    pub is_linked: bool,
}

/// Tokens of mentions together with the annotated pieces of the same lines. No two overlap: what is annotated has the
/// colour of its type, the inner one before the outer one, and keeps what is known of the mention beneath.
pub fn with_annotations(mentions: &[MentionToken], pieces: &[AnnotatedPiece]) -> Vec<MentionToken> {
    if pieces.is_empty() {
        return mentions.to_vec();
    }
    // Bytes differ where the editor hides some of the file; lines and columns do not.
    let key = |at: Position| (at.line, at.column_byte);
    let mut borders: Vec<Position> = Vec::with_capacity(2 * (mentions.len() + pieces.len()));
    borders.extend(mentions.iter().flat_map(|token| [token.place.start, token.place.end]));
    borders.extend(pieces.iter().flat_map(|piece| [piece.place.start, piece.place.end]));
    borders.sort_by_key(|at| key(*at));
    borders.dedup_by_key(|at| key(*at));
    let mut pieces = pieces.to_vec();
    pieces.sort_by_key(|piece| (key(piece.place.start), std::cmp::Reverse(key(piece.place.end))));
    let mut tokens: Vec<MentionToken> = Vec::new();
    let (mut next_mention, mut next_piece) = (0, 0);
    let mut open: Vec<AnnotatedPiece> = Vec::new();
    let mut whose: Option<Place> = None;
    for pair in borders.windows(2) {
        let (start, end) = (pair[0], pair[1]);
        open.retain(|piece| key(piece.place.end) > key(start));
        while let Some(piece) = pieces.get(next_piece).filter(|piece| key(piece.place.start) <= key(start)) {
            open.push(*piece);
            next_piece += 1;
        }
        while mentions.get(next_mention).is_some_and(|token| key(token.place.end) <= key(start)) {
            next_mention += 1;
        }
        let mention = mentions.get(next_mention).filter(|token| key(token.place.start) <= key(start));
        let innermost = open
            .iter()
            .filter(|piece| key(piece.place.end) > key(start))
            .min_by_key(|piece| (key(piece.place.end), std::cmp::Reverse(key(piece.place.start))));
        let (kind, modifiers) = match (innermost, mention) {
            (None, None) => continue,
            (None, Some(mention)) => (mention.kind, mention.modifiers),
            (Some(piece), mention) => {
                let linked = if piece.is_linked { LINKED } else { 0 };
                let beneath =
                    mention.filter(|mention| mention.kind == piece.kind).map_or(0, |mention| mention.modifiers);
                (piece.kind, ANNOTATED | linked | beneath)
            }
        };
        // What goes on behind a border of something else is one token.
        let of = innermost.map_or_else(|| mention.map(|mention| mention.place), |piece| Some(piece.place));
        match tokens.last_mut() {
            Some(last)
                if of == whose && (last.kind, last.modifiers) == (kind, modifiers) && last.place.end == start =>
            {
                last.place.end = end;
            }
            _ => tokens.push(MentionToken { place: Place { start, end }, kind, modifiers }),
        }
        whose = of;
    }
    tokens
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(line: u32, start: u32, end: u32) -> Place {
        let at = |column| Position {
            line,
            column_byte: column,
            column_char: column,
            column_utf16: column,
            ..Position::default()
        };
        Place { start: at(start), end: at(end) }
    }

    #[test]
    fn annotations_lie_over_mentions() {
        let mention = |start, end| MentionToken { place: place(0, start, end), kind: TokenType::Person, modifiers: 2 };
        let piece = |start, end, kind, is_linked| AnnotatedPiece { place: place(0, start, end), kind, is_linked };
        let show = |tokens: Vec<MentionToken>| -> Vec<(u32, u32, TokenType, u32)> {
            tokens
                .iter()
                .map(|token| (token.place.start.column_byte, token.place.end.column_byte, token.kind, token.modifiers))
                .collect()
        };
        let mentions = [mention(2, 6), mention(10, 14)];
        let pieces = [
            piece(10, 14, TokenType::Person, true),
            piece(4, 8, TokenType::Annotation, false),
            piece(12, 13, TokenType::Date, false),
        ];
        assert_eq!(
            show(with_annotations(&mentions, &pieces)),
            [
                (2, 4, TokenType::Person, 2),
                (4, 8, TokenType::Annotation, ANNOTATED),
                (10, 12, TokenType::Person, ANNOTATED | LINKED | 2),
                (12, 13, TokenType::Date, ANNOTATED),
                (13, 14, TokenType::Person, ANNOTATED | LINKED | 2),
            ]
        );
        assert_eq!(with_annotations(&mentions, &[]), mentions);
    }
}
