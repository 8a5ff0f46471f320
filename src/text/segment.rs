//! Segments: the pieces in which text is analysed.
//!
//! A segment is a line with its line end. A line longer than [`SOFT_LIMIT`] is cut at content-defined points, so that
//! an edit moves no cut far behind it: where a cut falls depends on the text from the segment's start to at most
//! [`HARD_LIMIT`] bytes on, and on nothing else.
//! Deliberately absent: facts.

use super::cluster;

/// A line this long (bytes) or shorter is one segment.
pub const SOFT_LIMIT: usize = 4 * 1024;
/// No segment is longer (bytes). Below 64 KiB, so that offsets in a segment fit 16 bits.
pub const HARD_LIMIT: usize = 16 * 1024;

/// Returns how far a segment that starts at the start of `rest` reaches, in bytes; `rest` must hold the rest of the
/// text or at least [`HARD_LIMIT`] + 4 bytes of it. 0 only where `rest` is empty.
pub fn segment_len(rest: &str) -> usize {
    let mut limit = rest.len().min(HARD_LIMIT + 2);
    while !rest.is_char_boundary(limit) {
        limit -= 1;
    }
    let window = &rest[..limit];
    let bytes = window.as_bytes();
    let line = match memchr::memchr2(b'\n', b'\r', bytes) {
        Some(at) if bytes[at] == b'\r' && bytes.get(at + 1) == Some(&b'\n') => at + 2,
        Some(at) => at + 1,
        None => bytes.len(),
    };
    let ends = line < bytes.len() || line == rest.len() || matches!(bytes.last(), Some(b'\n' | b'\r'));
    if line <= SOFT_LIMIT || ends && line <= HARD_LIMIT && line - SOFT_LIMIT < SOFT_LIMIT / 8 {
        return line;
    }
    cut(&window[..line.min(limit)], ends)
}

/// Returns where to cut a line that is too long: after the end of a sentence, else at a gap between words that stands
/// next to no digit, else between clusters. Mentions hardly ever reach over the first two.
fn cut(line: &str, whole: bool) -> usize {
    let bytes = line.as_bytes();
    let mut gap = None;
    for at in memchr::memchr_iter(b' ', &bytes[SOFT_LIMIT..]).map(|at| at + SOFT_LIMIT) {
        if at >= HARD_LIMIT {
            break;
        }
        let before = line[..at].chars().next_back();
        let after = line[at + 1..].chars().next();
        if matches!(before, Some('.' | '!' | '?' | '…' | '”' | ';' | '|' | ' ' | 'ๆ' | 'ฯ'))
            && !after.is_some_and(char::is_numeric)
        {
            return at + 1;
        }
        let plain =
            |letter: Option<char>| letter.is_some_and(|letter| cluster::Script::of(letter) == cluster::Script::Thai);
        if gap.is_none() && at > 2 * SOFT_LIMIT && plain(before) && plain(after) {
            gap = Some(at + 1);
        }
    }
    if let Some(gap) = gap {
        return gap;
    }
    if whole && line.len() <= HARD_LIMIT {
        return line.len();
    }
    let mut at = HARD_LIMIT;
    while at > SOFT_LIMIT && !(line.is_char_boundary(at) && cluster::is_boundary(line, at)) {
        at -= 1;
    }
    while !line.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// The segments of `text`, in order; together they are the text.
pub fn segments(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let (segment, tail) = rest.split_at(segment_len(rest));
        rest = tail;
        Some(segment)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn lines_are_segments() {
        let found: Vec<&str> = segments("ก\r\nข\n\rc\n\nd").collect();
        assert_eq!(found, ["ก\r\n", "ข\n", "\r", "c\n", "\n", "d"]);
    }

    #[test]
    fn long_lines_are_cut_between_sentences_first() {
        let sentence = format!("{}. ", "ก".repeat(900));
        let line = sentence.repeat(8) + "\n";
        let found: Vec<&str> = segments(&line).collect();
        assert!(found.len() > 2 && found[..found.len() - 1].iter().all(|segment| segment.ends_with(". ")));
        assert_eq!(found.concat(), line);
    }

    #[test]
    fn a_line_without_gaps_is_cut_between_clusters() {
        let line = "น้ำ".repeat(20_000);
        assert!(segments(&line).all(|segment| segment.len() <= HARD_LIMIT && segment.ends_with('ำ')));
    }

    proptest! {
        #[test]
        fn segments_are_the_text(parts in prop::collection::vec("[ก-๎a-z .\r\n😀]{0,300}", 0..60)) {
            let text = parts.concat();
            let mut whole = String::new();
            for segment in segments(&text) {
                prop_assert!(!segment.is_empty() && segment.len() <= HARD_LIMIT + 2);
                whole.push_str(segment);
            }
            prop_assert_eq!(whole, text);
        }
    }
}
