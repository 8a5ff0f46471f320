//! The marks that an unfinished merge leaves behind: lines of seven signs, and the regions between them.
//!
//! A region goes from `<<<<<<<` over `=======` to `>>>>>>>`; one of them may be gone. A line of `=======` alone is
//! none: it may underline a heading. Deliberately absent: which side is right.

use serde::{Deserialize, Serialize};

use super::Span;
use super::position::lines;

/// A line that a merge has left behind.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Marker {
    /// `<<<<<<<`: here our side begins.
    Ours,
    /// `|||||||`: here what both sides had before begins.
    Base,
    /// `=======`: here the other side begins.
    Theirs,
    /// `>>>>>>>`: here the region ends.
    End,
}

/// Signs in a row that git writes.
const LENGTH: usize = 7;

/// The marker that a line is, its line end included or not.
pub fn marker(line: &str) -> Option<Marker> {
    let bytes = line.as_bytes();
    let first = *bytes.first()?;
    let marker = match first {
        b'<' => Marker::Ours,
        b'|' => Marker::Base,
        b'=' => Marker::Theirs,
        b'>' => Marker::End,
        _ => return None,
    };
    let signs = bytes.iter().take_while(|byte| **byte == first).count();
    let rest = &line[signs.min(line.len())..];
    let is_alone = rest.trim_end_matches(['\r', '\n']).is_empty();
    (signs == LENGTH && (is_alone || marker != Marker::Theirs && rest.starts_with(' '))).then_some(marker)
}

/// The regions that markers in order enclose: each from its first marker to its last. Where somebody has taken out one
/// of the three, the other two tell; one alone is none.
pub fn enclosed<T: Copy>(markers: impl IntoIterator<Item = (Marker, T)>) -> Vec<(T, T)> {
    let mut regions = Vec::new();
    // The first marker of the region that is open, and that of its other side.
    let mut open: (Option<T>, Option<T>) = (None, None);
    for (marker, at) in markers {
        match (marker, open) {
            (Marker::Ours, (first, second)) => {
                regions.extend(first.zip(second));
                open = (Some(at), None);
            }
            (Marker::Base, _) => {}
            (Marker::Theirs, (first, _)) => open = (first, Some(at)),
            (Marker::End, (first, second)) => {
                regions.extend(first.or(second).map(|first| (first, at)));
                open = (None, None);
            }
        }
    }
    regions.extend(open.0.zip(open.1));
    regions
}

/// The regions of a text: each from the start of its first marker to the end of the line of its last, and the span of
/// the first marker.
pub fn regions(text: &str) -> Vec<(Span, Span)> {
    let has = |signs: &[u8]| memchr::memmem::find(text.as_bytes(), signs).is_some();
    if !has(b"<<<<<<<") && !has(b">>>>>>>") {
        return Vec::new();
    }
    let mut at = 0;
    let mut markers = Vec::new();
    for line in lines(text) {
        let start = at;
        at += line.len();
        if let Some(marker) = marker(line) {
            markers.push((marker, Span::of(start, start + line.trim_end_matches(['\r', '\n']).len())));
        }
    }
    enclosed(markers).into_iter().map(|(first, last)| (first.cover(last), first)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markers_are_seven_signs_at_the_start_of_a_line() {
        for (line, wanted) in [
            ("<<<<<<< HEAD\n", Some(Marker::Ours)),
            ("<<<<<<<", Some(Marker::Ours)),
            ("||||||| 1234567\r\n", Some(Marker::Base)),
            ("=======\r\n", Some(Marker::Theirs)),
            (">>>>>>> other", Some(Marker::End)),
            ("======= x", None),
            ("========\n", None),
            ("<<<<<< HEAD", None),
            ("<<<<<<<<", None),
            ("<<<<<<<x", None),
            (" =======", None),
            ("", None),
        ] {
            assert_eq!(marker(line), wanted, "{line:?}");
        }
    }

    #[test]
    fn regions_have_two_markers_in_order_or_three() {
        for (text, wanted) in [
            ("a\n<<<<<<< x\nb\n=======\nc\n>>>>>>> y\nd\n", &["<<<<<<< x\nb\n=======\nc\n>>>>>>> y"][..]),
            (
                "<<<<<<< x\nb\n||||||| m\nz\n=======\nc\n>>>>>>> y",
                &["<<<<<<< x\nb\n||||||| m\nz\n=======\nc\n>>>>>>> y"],
            ),
            ("Heading\n=======\n", &[]),
            ("<<<<<<< x\n", &[]),
            (">>>>>>> y\n=======\n<<<<<<< x\n", &[]),
            // One of the three is gone.
            ("<<<<<<< x\n>>>>>>> y\n", &["<<<<<<< x\n>>>>>>> y"]),
            ("<<<<<<< x\nb\n=======\nc\n", &["<<<<<<< x\nb\n======="]),
            ("a\n=======\nb\n>>>>>>> y\n", &["=======\nb\n>>>>>>> y"]),
            ("<<<<<<< x\n<<<<<<< x\n=======\n>>>>>>> y\n", &["<<<<<<< x\n=======\n>>>>>>> y"]),
        ] {
            let found: Vec<&str> = regions(text).into_iter().map(|(region, _)| region.slice(text)).collect();
            assert_eq!(found, wanted, "{text}");
        }
    }
}
