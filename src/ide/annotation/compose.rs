//! Edits of annotations where they stand now, as edits of the file that the editor or the disk still has.

use std::collections::BTreeMap;

use crate::annotation::Standoff;
use crate::text::Span;
use crate::text::edit::{TextEdit, apply};

/// The edits of `shown` that do what `moves` do and then, in `moved` (the file that comes of these), `edits`. Both
/// files have the same lines. An edit lies within one line, or takes out whole lines, or adds some.
pub fn composed(shown: &Standoff, moves: Vec<TextEdit>, moved: &Standoff, edits: &[TextEdit]) -> Vec<TextEdit> {
    if moves.is_empty() {
        return edits.to_vec();
    }
    let line_of =
        |file: &Standoff, byte: u32| file.lines().partition_point(|line| line.span.start <= byte).checked_sub(1);
    let start_of =
        |number: usize| shown.lines().get(number).map_or(shown.source().len() as u32, |line| line.span.start);
    let mut within: BTreeMap<usize, Vec<TextEdit>> = BTreeMap::new();
    let mut whole: Vec<TextEdit> = Vec::new();
    let mut gone = Vec::new();
    for edit in edits {
        let number = line_of(moved, edit.span.start);
        let line = number.and_then(|number| moved.lines().get(number)).map(|line| line.span);
        match (number, line) {
            (Some(number), Some(line))
                if line.start <= edit.span.start && edit.span.end <= line.end && !edit.text.contains('\n') =>
            {
                within.entry(number).or_default().push(edit.clone());
            }
            (Some(first), Some(line)) if edit.span.start == line.start && !edit.span.is_empty() => {
                let next = moved.lines().partition_point(|line| line.span.start < edit.span.end);
                gone.push(first..next);
                whole.push(TextEdit::replace(Span::new(start_of(first), start_of(next)), edit.text.clone()));
            }
            // What is added stands behind all lines.
            _ => whole.push(TextEdit::insert(shown.source().len() as u32, edit.text.clone())),
        }
    }
    let mut composed: Vec<TextEdit> = moves
        .into_iter()
        .filter(|edit| {
            line_of(shown, edit.span.start)
                .is_none_or(|number| !within.contains_key(&number) && !gone.iter().any(|gone| gone.contains(&number)))
        })
        .collect();
    for (number, edits) in within {
        let (Some(line), Some(old)) = (moved.lines().get(number), shown.lines().get(number)) else { continue };
        let base = line.span.start;
        let edits: Vec<TextEdit> = edits
            .into_iter()
            .map(|edit| TextEdit::replace(Span::new(edit.span.start - base, edit.span.end - base), edit.text))
            .collect();
        let new = apply(moved.slice(line.span), &edits);
        composed.push(TextEdit::replace(old.span, new));
    }
    composed.extend(whole);
    composed.sort();
    composed
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::edit::applied;

    #[test]
    fn both_are_done() {
        let shown = Standoff::parse("T1\tPer 3 6\tLan\nA1\tSure T1\nT2\tPer 9 13\tMinh\n");
        let moves = vec![TextEdit::replace(Span::new(7, 10), "5 8"), TextEdit::replace(Span::new(33, 37), "11 15")];
        let moved = Standoff::parse(applied(shown.source(), &moves).unwrap());
        assert_eq!(moved.source(), "T1\tPer 5 8\tLan\nA1\tSure T1\nT2\tPer 11 15\tMinh\n");
        let source = moved.source();
        let at = |words: &str| Span::of(source.find(words).unwrap(), source.find(words).unwrap() + words.len());
        for (edits, wanted) in [
            (vec![], "T1\tPer 5 8\tLan\nA1\tSure T1\nT2\tPer 11 15\tMinh\n"),
            (
                vec![TextEdit::insert(source.len() as u32, "T3\tPer 0 2\tBà\n")],
                "T1\tPer 5 8\tLan\nA1\tSure T1\nT2\tPer 11 15\tMinh\nT3\tPer 0 2\tBà\n",
            ),
            (
                vec![TextEdit::replace(at("Per 5"), "Org 5"), TextEdit::replace(at("A1\tSure T1\n"), "")],
                "T1\tOrg 5 8\tLan\nT2\tPer 11 15\tMinh\n",
            ),
            (
                vec![TextEdit::replace(at("11 15"), "11 14"), TextEdit::replace(at("Minh"), "Min")],
                "T1\tPer 5 8\tLan\nA1\tSure T1\nT2\tPer 11 14\tMin\n",
            ),
        ] {
            let found = composed(&shown, moves.clone(), &moved, &edits);
            assert_eq!(applied(shown.source(), &found).as_deref(), Some(wanted), "{edits:?}");
        }
    }
}
