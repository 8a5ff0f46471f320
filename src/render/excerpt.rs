//! A window onto one line: what of a text is shown around a place, and where in it the marks stand.
//!
//! Paragraphs of Thai are thousands of code points on one line, so a line is cut to what fits the terminal, with `…`
//! where something was left out. Widths are those of a terminal: combining marks have none, so marks are widened to
//! whole clusters and carets stand under the letter that is meant. What cannot be seen (line ends, zero-width
//! characters) is spelt out inside a mark. Cost is proportional to the window, never to the line or the text.

use std::fmt::Write as _;
use std::ops::Range;

use unicode_width::UnicodeWidthChar;

use super::plain::is_unruly;
use crate::text::Span;

/// Columns a tab takes in an excerpt.
const TAB: usize = 4;

/// Code points without width that are followed at most, for each column: hostile text stacks marks without end.
const MARKS_PER_COLUMN: usize = 8;

/// One line of a text, cut to fit.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Excerpt {
    /// The part of the line that is shown, without a line end.
    pub text: String,
    /// The place of each mark in the text, in bytes, in the order they were given.
    pub marks: Vec<Range<usize>>,
}

/// Tells whether all of `spans` can be shown in one excerpt of `width` columns.
pub(super) fn fits(text: &str, spans: &[Span], width: usize) -> bool {
    let Some(cover) = spans.iter().copied().reduce(Span::cover) else {
        return true;
    };
    let Some(slice) = text.get(cover.range()) else {
        return false;
    };
    let mut left = width;
    for letter in slice.chars().take(width.saturating_mul(MARKS_PER_COLUMN) + 1) {
        match left.checked_sub(columns(letter, true)) {
            Some(rest) => left = rest,
            None => return false,
        }
    }
    slice.len() <= width.saturating_mul(4 * MARKS_PER_COLUMN)
}

/// The excerpt of `text` around `spans`, at most about `width` columns wide; `line_start` is the byte at which their
/// line starts. `None` when a span does not lie in the text.
///
/// If the spans together do not fit, the window starts at the first and ends before the last does.
pub(super) fn excerpt(text: &str, line_start: u32, spans: &[Span], width: usize) -> Option<Excerpt> {
    let spans: Vec<Range<usize>> = spans.iter().map(|span| span.range()).collect();
    let start = spans.iter().map(|span| span.start).min()?;
    let end = spans.iter().map(|span| span.end).max()?;
    let before = text.get(line_start as usize..start)?;
    let marked_text = text.get(start..end)?;

    // The marks first, then context on both sides; a side that needs less leaves the rest to the other.
    let width = width.max(16) - 2;
    let (marked, marked_width) = take(marked_text.chars(), width, true);
    let spare = width - marked_width;
    // A place that holds a line end shows nothing of the next line.
    let after = if marked_text.ends_with(['\n', '\r']) { "" } else { &text[end..] };
    let (_, after_width) = take(until_line_end(after), spare - spare / 3, false);
    let (before_len, before_width) = take(before.chars().rev(), spare - after_width, false);
    let (after_len, _) = take(until_line_end(after), spare - before_width, false);

    let cut_inside = start + marked < end;
    let window_start = skip_marks(text, start - before_len, start);
    let window_end = if cut_inside { start + marked } else { end + after_len };
    let cut_left = window_start > line_start as usize;
    let cut_right = cut_inside || until_line_end(&after[after_len..]).next().is_some();
    Some(draw(text, window_start..window_end, &spans, cut_left, cut_right))
}

/// Copies the window, spelling out what cannot be seen inside the marks, and notes where the marks come to stand.
fn draw(text: &str, window: Range<usize>, spans: &[Range<usize>], cut_left: bool, cut_right: bool) -> Excerpt {
    let mut shown = String::with_capacity(window.len() + 8);
    if cut_left {
        shown.push('…');
    }
    let mut marks = vec![None..None; spans.len()];
    let note = |marks: &mut Vec<Range<Option<usize>>>, at: usize, shown: usize| {
        for (mark, span) in marks.iter_mut().zip(spans) {
            if span.start == at {
                mark.start = Some(shown);
            }
            if span.end == at {
                mark.end = Some(shown);
            }
        }
    };
    for (offset, letter) in text[window.clone()].char_indices() {
        let at = window.start + offset;
        note(&mut marks, at, shown.len());
        if is_unruly(letter) && letter != '\t' || spans.iter().any(|span| span.contains(&at)) {
            push_visibly(&mut shown, letter, text[at + letter.len_utf8()..].chars().next());
        } else if letter == '\t' {
            shown.push_str(&" ".repeat(TAB));
        } else {
            shown.push(letter);
        }
    }
    note(&mut marks, window.end, shown.len());
    if cut_right {
        shown.push('…');
    }
    let end = shown.len();
    let marks = marks.into_iter().map(|mark| mark.start.unwrap_or(end)..mark.end.unwrap_or(end)).collect();
    Excerpt { text: shown, marks }
}

/// `span` with the marks that stand on its first letter's cluster and on its last one's: what to underline, since
/// nothing can stand under half a cluster. Not what to replace.
pub(super) fn whole_clusters(text: &str, span: Span) -> Span {
    let (mut start, end) = (span.start as usize, span.end as usize);
    if text.get(start..end).is_none() {
        return span;
    }
    for _ in 0..MARKS_PER_COLUMN {
        // A mark alone: the letter before it carries it. At the start of a line nothing does.
        let before = text[..start].chars().next_back().filter(|before| !matches!(before, '\n' | '\r'));
        match before {
            Some(before) if text[start..].starts_with(is_mark) => start -= before.len_utf8(),
            _ => break,
        }
    }
    Span::of(start, with_marks(text, end))
}

/// `at`, moved behind the marks that stand there: no excerpt and no underline ends inside a cluster.
fn with_marks(text: &str, at: usize) -> usize {
    let marks = text[at..].chars().take(MARKS_PER_COLUMN).take_while(|&letter| is_mark(letter));
    at + marks.map(char::len_utf8).sum::<usize>()
}

/// `at`, moved behind marks whose letter was cut off, at most to `limit`.
fn skip_marks(text: &str, at: usize, limit: usize) -> usize {
    let before = text[..at].chars().next_back();
    if before.is_none_or(|letter| matches!(letter, '\n' | '\r')) { at } else { with_marks(text, at).min(limit) }
}

/// Bytes and columns of the letters that fit into `width` columns.
fn take(letters: impl Iterator<Item = char>, width: usize, visible: bool) -> (usize, usize) {
    let (mut bytes, mut used) = (0, 0);
    for letter in letters.take(width.saturating_mul(MARKS_PER_COLUMN)) {
        let columns = columns(letter, visible);
        if used + columns > width {
            break;
        }
        used += columns;
        bytes += letter.len_utf8();
    }
    (bytes, used)
}

fn until_line_end(text: &str) -> impl Iterator<Item = char> {
    text.chars().take_while(|letter| !matches!(letter, '\n' | '\r'))
}

/// Columns of a letter in an excerpt; `visible` inside marks, where nothing is left unseen.
fn columns(letter: char, visible: bool) -> usize {
    match letter {
        '\t' => TAB,
        _ if is_unseen(letter) && (visible || is_unruly(letter)) => "⟨U+FEFF⟩".chars().count(),
        _ => letter.width().unwrap_or(1),
    }
}

/// Columns of a text that is shown, as a terminal counts them.
pub(super) fn display_width(text: &str) -> usize {
    text.chars().map(|letter| letter.width().unwrap_or(1)).sum()
}

/// Writes `text` so that nothing in it is invisible, nor breaks the line.
pub(super) fn visibly(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        push_visibly(&mut shown, letter, letters.peek().copied());
    }
    shown
}

fn push_visibly(shown: &mut String, letter: char, next: Option<char>) {
    // The joiner between the parts of an emoji is seen by what it does.
    let joins_emoji = letter == '\u{200d}' && next.is_some_and(|next| next >= '\u{2190}');
    match letter {
        '\n' => shown.push('␊'),
        '\r' => shown.push('␍'),
        '\t' => shown.push('␉'),
        _ if is_unseen(letter) && !joins_emoji => {
            // Writing to a string cannot fail.
            let _ = write!(shown, "⟨U+{:04X}⟩", letter as u32);
        }
        _ => shown.push(letter),
    }
}

/// Tells whether the letter stands on the one before it.
fn is_mark(letter: char) -> bool {
    letter.width() == Some(0) && !is_unseen(letter)
}

/// Tells whether nothing can be seen of the letter, or it looks like a plain space and is none.
fn is_unseen(letter: char) -> bool {
    matches!(
        letter,
        '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{7f}'..='\u{a0}' | '\u{ad}' | '\u{34f}' | '\u{61c}'
            | '\u{180e}' | '\u{2000}'..='\u{200f}' | '\u{2028}'..='\u{202f}' | '\u{205f}'..='\u{206f}' | '\u{3000}'
            | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The excerpt of `text` around the part between `«` and `»`, with the mark put back.
    fn shown(marked: &str, width: usize) -> String {
        let start = marked.find('«').unwrap();
        let end = marked.find('»').unwrap() - '«'.len_utf8();
        let text = marked.replace(['«', '»'], "");
        let line = text[..start].rfind('\n').map_or(0, |at| at + 1);
        let span = whole_clusters(&text, Span::of(start, end));
        let excerpt = excerpt(&text, line as u32, &[span], width).unwrap();
        let mark = &excerpt.marks[0];
        format!("{}«{}»{}", &excerpt.text[..mark.start], &excerpt.text[mark.clone()], &excerpt.text[mark.end..])
    }

    #[test]
    fn windows() {
        let cases = [
            ("ab «cd» ef\ngh", 40, "ab «cd» ef"),
            ("one\ntwo «three»\nfour", 40, "two «three»"),
            // Fourteen columns: two for the mark, eight behind, four before.
            ("0123456789«XY»0123456789", 16, "…6789«XY»01234567…"),
            ("01«XY»0123456789abcdef", 16, "01«XY»0123456789…"),
            ("0123456789abcdef«XY»01", 16, "…6789abcdef«XY»01"),
            ("ab «0123456789abcdefghij» cd", 16, "…«0123456789abcd…»"),
            ("คำ«ส้»ม", 40, "คำ«ส้»ม"),
        ];
        for (text, width, expected) in cases {
            assert_eq!(shown(text, width), expected, "{text}");
        }
    }

    #[test]
    fn a_mark_alone_takes_its_letter_with_it() {
        assert_eq!(shown("กส«้»ม", 40), "ก«ส้»ม");
        assert_eq!(shown("«ส»้ม", 40), "«ส้»ม");
        assert_eq!(shown("«e»\u{301}\u{323}x", 40), "«e\u{301}\u{323}»x");
    }

    #[test]
    fn inside_a_mark_nothing_is_invisible() {
        assert_eq!(shown("a«\u{200b}»b\u{200b}c", 40), "a«⟨U+200B⟩»b\u{200b}c");
        assert_eq!(shown("a«\r\n»b", 40), "a«␍␊»");
        assert_eq!(shown("«a\tb»\tc", 40), "«a␉b»    c");
        assert_eq!(shown("«👩\u{200d}🎓»", 40), "«👩\u{200d}🎓»");
    }

    proptest! {
        #[test]
        fn never_wider_than_asked_and_marks_lie_inside(
            text in "[a-cกำน้่ \t\r\n😀e\u{301}\u{200b}]{0,80}", cuts in (0usize..400, 0usize..400), width in 16usize..60,
        ) {
            let near = |at: usize| { let at = at.min(text.len()); (0..=at).rev().find(|&at| text.is_char_boundary(at)).unwrap() };
            let (start, end) = (near(cuts.0.min(cuts.1)), near(cuts.0.max(cuts.1)));
            let line = text[..start].rfind(['\n', '\r']).map_or(0, |at| at + 1);
            let span = whole_clusters(&text, Span::of(start, end));
            let excerpt = excerpt(&text, line as u32, &[span], width).unwrap();
            prop_assert!(!excerpt.text.contains(['\n', '\r', '\t']));
            prop_assert!(excerpt.text.get(excerpt.marks[0].clone()).is_some());
            let columns = display_width(&excerpt.text);
            prop_assert!(columns <= width, "{columns} columns: {:?}", excerpt.text);
        }
    }
}
