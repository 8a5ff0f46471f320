//! One annotator's files brought to the text of the other, where the two annotated different states of a text.
//!
//! Annotations move by the difference of the two texts, as `scholiast reanchor` moves them. Those whose words the other
//! text does not have cannot be compared; they are counted.

use std::borrow::Cow;

use crate::annotation::{AnchorFate, Standoff};
use crate::text::Span;
use crate::text::edit::{TextEdit, applied};

/// Annotation files that belong to a text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AlignedFiles<'a> {
    /// The files.
    pub files: Cow<'a, [Standoff]>,
    /// The annotations that had to be left out: the text lacks their words.
    pub lost: usize,
}

/// Brings annotation files of `own` to `text`.
pub fn align<'a>(files: &'a [Standoff], own: &str, text: &str) -> AlignedFiles<'a> {
    if own == text {
        return AlignedFiles { files: Cow::Borrowed(files), lost: 0 };
    }
    let mut lost = 0;
    let moved = files.iter().map(|file| {
        let mut done = file.reanchor_by_difference(own, text);
        // A lost line keeps its offsets, which mean other words here: it goes.
        for line in done.lines.iter().filter(|line| matches!(line.fate, AnchorFate::Lost { .. })) {
            lost += 1;
            let span = file.lines()[line.number].span;
            done.edits.push(TextEdit { span: Span::new(span.start, span.end), text: String::new().into() });
        }
        done.edits.sort_by_key(|edit| edit.span.start);
        let source = applied(file.source(), &done.edits);
        Standoff::parse(source.unwrap_or_else(|| file.source().to_owned()))
    });
    let files = moved.collect();
    AlignedFiles { files: Cow::Owned(files), lost }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn annotations_move_and_those_without_words_go() {
        let (own, text) = ("Bà Lan ở Huế, gần sông Hương.\n", "Hôm nay bà Lan ở Huế.\n");
        let file =
            Standoff::parse("T1\tPerson 3 6\tLan\nT2\tPlace 9 12\tHuế\nT3\tPlace 18 28\tsông Hương\nA1\tBig T3\n");
        let aligned = align(std::slice::from_ref(&file), own, text);
        assert_eq!(aligned.lost, 1);
        assert_eq!(aligned.files[0].source(), "T1\tPerson 11 14\tLan\nT2\tPlace 17 20\tHuế\n\nA1\tBig T3\n");
        assert_eq!(align(std::slice::from_ref(&file), own, own).lost, 0);
    }
}
