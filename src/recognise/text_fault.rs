//! Faults of the text itself: what is wrong whatever it says.
//!
//! Invisible characters, Thai and Lao marks out of order, letters that are not in NFC, URLs broken by a space.
//! Line ends and the byte-order mark belong to the whole file: the [`Tally`](super::profile::Tally) counts them.

use serde::{Deserialize, Serialize};

use super::fault::{Correction, Fault};
use super::profile::When;
use crate::text::Span;
use crate::text::cluster::{self, Script};
use crate::text::fold;

/// The fault classes of text.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, Serialize, Deserialize)]
pub enum TextFaultClass {
    /// A character nobody sees.
    InvisibleCharacter,
    /// Thai or Lao vowels and marks in an order that looks right and compares wrong.
    MarkOrder,
    /// Letters that Unicode normalisation form C writes otherwise.
    NotNfc,
    /// A URL with a space in it.
    BrokenUrl,
}

/// Finds the faults of a segment, sorted by start. What folding it has [`seen`](fold::Folded::seen) tells what to
/// look for: most text has nothing of the kind.
pub fn find(text: &str, seen: fold::OddSigns) -> Vec<Fault<TextFaultClass>> {
    let mut found = Vec::new();
    if seen.foreign || seen.controls {
        invisible(text, &mut found);
    }
    if seen.lao || seen.odd_marks {
        mark_order(text, &mut found);
    }
    if seen.foreign {
        not_nfc(text, &mut found);
    }
    broken_urls(text, &mut found);
    found.sort_by_key(|fault: &Fault<TextFaultClass>| fault.span);
    found
}

fn fault(
    kind: TextFaultClass,
    text: &str,
    span: Span,
    detail: &str,
    right: Option<(&str, bool)>,
) -> Fault<TextFaultClass> {
    Fault {
        kind,
        span,
        surface: span.slice(text).into(),
        when: When::Always,
        detail: detail.into(),
        correction: right.map(|(right, safe)| Correction::replace(span, right, safe)),
    }
}

fn invisible(text: &str, found: &mut Vec<Fault<TextFaultClass>>) {
    // All but the soft hyphen and the controls start with E2 80, E2 81 or EF BB.
    let bytes = text.as_bytes();
    let suspicious = memchr::memchr3_iter(0xe2, 0xef, 0xc2, bytes).chain(controls(bytes));
    let mut places: Vec<usize> = suspicious.collect();
    places.sort_unstable();
    for at in places {
        let Some(letter) = text[at..].chars().next() else { continue };
        if !(fold::is_invisible(letter) || is_control(letter)) || belongs(text, at, letter) {
            continue;
        }
        let span = Span::of(at, at + letter.len_utf8());
        found.push(fault(TextFaultClass::InvisibleCharacter, text, span, name_of(letter), Some(("", true))));
    }
}

fn controls(bytes: &[u8]) -> impl Iterator<Item = usize> {
    bytes.iter().enumerate().filter(|(_, byte)| is_control(**byte as char)).map(|(at, _)| at)
}

const fn is_control(letter: char) -> bool {
    matches!(letter, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{7f}')
}

/// Joiners have work to do inside emoji and in Arabic and Indic scripts.
fn belongs(text: &str, at: usize, letter: char) -> bool {
    if !matches!(letter, '\u{200c}' | '\u{200d}' | '\u{200e}' | '\u{200f}') {
        return false;
    }
    let before = text[..at].chars().next_back();
    let after = text[at + letter.len_utf8()..].chars().next();
    let foreign = |neighbour: Option<char>| {
        neighbour.is_some_and(|letter| {
            Script::of(letter) == Script::Other || letter >= '\u{2190}' && !fold::is_invisible(letter)
        })
    };
    foreign(before) && foreign(after)
}

/// The Unicode name of an invisible character, as far as one of them is known by name.
const fn name_of(letter: char) -> &'static str {
    match letter {
        '\u{200b}' => "U+200B ZERO WIDTH SPACE",
        '\u{200c}' => "U+200C ZERO WIDTH NON-JOINER",
        '\u{200d}' => "U+200D ZERO WIDTH JOINER",
        '\u{200e}' => "U+200E LEFT-TO-RIGHT MARK",
        '\u{200f}' => "U+200F RIGHT-TO-LEFT MARK",
        '\u{2060}' => "U+2060 WORD JOINER",
        '\u{feff}' => "U+FEFF ZERO WIDTH NO-BREAK SPACE",
        '\u{ad}' => "U+00AD SOFT HYPHEN",
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => "a directional control",
        _ => "a control character",
    }
}

fn mark_order(text: &str, found: &mut Vec<Fault<TextFaultClass>>) {
    let mut run_start = None;
    let mut last = 0;
    for (at, letter) in text.char_indices() {
        let thai = matches!(letter, '\u{e31}' | '\u{e33}'..='\u{e3a}' | '\u{e47}'..='\u{e4e}');
        let lao = matches!(letter, '\u{eb1}' | '\u{eb3}'..='\u{ebc}' | '\u{ec8}'..='\u{ecd}');
        match run_start {
            None if thai || lao => run_start = Some(at),
            Some(start) if !(thai || lao || letter == 'า' || letter == 'າ') => {
                judge_marks(text, start, at, found);
                run_start = None;
            }
            Some(start) if matches!(letter, 'า' | 'າ') => {
                judge_marks(text, start, at + letter.len_utf8(), found);
                run_start = None;
            }
            _ => {}
        }
        if letter == 'เ' && text[at + 3..].starts_with('เ') && at >= last {
            let span = Span::of(at, at + 6);
            last = at + 6;
            found.push(fault(TextFaultClass::MarkOrder, text, span, "two SARA E for one SARA AE", Some(("แ", true))));
        }
    }
    if let Some(start) = run_start {
        judge_marks(text, start, text.len(), found);
    }
}

/// A run of dependent marks, with a following SARA AA where there is one.
fn judge_marks(text: &str, start: usize, end: usize, found: &mut Vec<Fault<TextFaultClass>>) {
    let run = &text[start..end];
    let mut right = fold::fold(run);
    let detail = if right != run {
        if run.contains('\u{e4d}') || run.contains('\u{ecd}') {
            "SARA AM written in parts"
        } else {
            "vowel and tone mark in the wrong order"
        }
    } else if let Some(once) = doubled(run) {
        right = once;
        "a mark typed twice"
    } else {
        return;
    };
    // A mark that has no consonant to stand on is not put right by sorting.
    let stands = text[..start].chars().next_back().is_some_and(|c| matches!(Script::of(c), Script::Thai | Script::Lao));
    if !stands || right == run {
        return;
    }
    // Underline the consonant too: a mark alone can hardly be seen.
    let base = text[..start].chars().next_back().map_or(0, char::len_utf8);
    let span = Span::of(start - base, end);
    let mut fixed = String::from(&text[start - base..start]);
    fixed.push_str(&right);
    found.push(fault(TextFaultClass::MarkOrder, text, span, detail, Some((&fixed, true))));
}

fn doubled(run: &str) -> Option<String> {
    let mut once = String::with_capacity(run.len());
    let mut last = None;
    for mark in run.chars() {
        if last != Some(mark) {
            once.push(mark);
        }
        last = Some(mark);
    }
    (once.len() < run.len()).then_some(once)
}

fn not_nfc(text: &str, found: &mut Vec<Fault<TextFaultClass>>) {
    // Thai letters without a combining class are to the check what those of ASCII are, which it passes over.
    let letters = text.chars().map(|letter| match letter {
        '\u{e38}'..='\u{e3a}' | '\u{e48}'..='\u{e4b}' => letter,
        '\u{e00}'..='\u{e7f}' => 'a',
        _ => letter,
    });
    if unicode_normalization::is_nfc_quick(letters) == unicode_normalization::IsNormalized::Yes {
        return;
    }
    let mut at = 0;
    while at < text.len() {
        let mut end = at + text[at..].chars().next().map_or(1, char::len_utf8);
        while let Some(mark) = text[end..].chars().next().filter(|mark| cluster::is_dependent(*mark)) {
            end += mark.len_utf8();
        }
        let piece = &text[at..end];
        let thai_marks = piece.chars().next_back().is_some_and(|c| Script::of(c) == Script::Thai);
        let composed = fold::nfc(piece);
        // Thai marks in another order are found by their own class.
        if composed != piece && !thai_marks {
            let span = Span::of(at, end);
            found.push(fault(TextFaultClass::NotNfc, text, span, "", Some((&composed, true))));
        }
        at = end;
    }
}

fn broken_urls(text: &str, found: &mut Vec<Fault<TextFaultClass>>) {
    for colon in memchr::memmem::find_iter(text.as_bytes(), b"://") {
        let scheme = text[..colon]
            .rfind(|letter: char| !letter.is_ascii_alphabetic())
            .map_or(0, |at| at + text[at..].chars().next().map_or(1, char::len_utf8));
        if !matches!(&text[scheme..colon], "http" | "https" | "ftp") {
            continue;
        }
        let rest = &text[colon + 3..];
        let end = colon + 3 + rest.find(char::is_whitespace).unwrap_or(rest.len());
        let Some(next) = text[end..].strip_prefix(' ') else { continue };
        let word = &next[..next.find(char::is_whitespace).unwrap_or(next.len())];
        if word.is_empty() || word.contains("://") || !continues(&text[colon + 3..end], word) {
            continue;
        }
        let span = Span::of(scheme, end + 1 + word.len());
        let joined = format!("{}{word}", &text[scheme..end]);
        // What is no longer ASCII was translated: taking out the space would not bring the address back.
        let right = word.is_ascii().then_some((joined.as_str(), false));
        found.push(fault(TextFaultClass::BrokenUrl, text, span, "", right));
    }
}

/// Whether the word after a space goes on with the URL in front of it.
fn continues(url: &str, word: &str) -> bool {
    const PAGES: [&str; 8] = [".htm", ".html", ".php", ".aspx", ".asp", ".jsp", ".tpo", ".chn"];
    let page = |text: &str| PAGES.iter().any(|page| text.ends_with(page));
    let word = word.trim_end_matches([')', ']', ',', '.', ';', '”', '"']);
    url.is_empty() || url.ends_with(['-', '_', '=', '&', '%']) || page(word) && !page(url) && !word.contains("www.")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn seen(text: &str) -> fold::OddSigns {
        let mut folded = fold::Folded::default();
        folded.fold(text);
        folded.seen
    }

    /// The faults as `kind surface → right`.
    fn found(text: &str) -> Vec<String> {
        find(text, seen(text))
            .into_iter()
            .map(|fault| {
                let right = fault.correction.as_ref().and_then(|c| c.text()).unwrap_or("?");
                format!("{:?} {} → {right}", fault.kind, fault.surface)
            })
            .collect()
    }

    #[test]
    fn text_faults() {
        for (text, wanted) in [
            ("ที่ น้ำ เก่ง แก้ว ทันห์ กุ้ง ເມືອງ", &[][..]),
            ("กระทรวง\u{200b}การคลัง", &["InvisibleCharacter \u{200b} → "]),
            ("👩\u{200d}🚀 ok", &[]),
            ("a\u{ad}b\u{0}c", &["InvisibleCharacter \u{ad} → ", "InvisibleCharacter \u{0} → "]),
            ("ท\u{e48}\u{e35}นี่", &["MarkOrder ท\u{e48}\u{e35} → ที่"]),
            ("ดื่มนํ้า", &["MarkOrder นํ้า → น้ำ"]),
            ("ดื่มน้ํา", &["MarkOrder น้ํา → น้ำ"]),
            ("เเก้ว", &["MarkOrder เเ → แ"]),
            ("ที่\u{e48}", &["MarkOrder ที่\u{e48} → ที่"]),
            ("Bộ Tu\u{31b} pháp", &["NotNfc u\u{31b} → ư"]),
            (
                "xem https://tin.example/bai-viet-so- mot-12.html nhé",
                &[
                    "BrokenUrl https://tin.example/bai-viet-so- mot-12.html → https://tin.example/bai-viet-so-mot-12.html",
                ],
            ),
            ("https://tin.example/linh- ข่าว-1.htm", &["BrokenUrl https://tin.example/linh- ข่าว-1.htm → ?"]),
            ("http:// tin.example", &["BrokenUrl http:// tin.example → http://tin.example"]),
            ("https://tin.example/a.html ข่าว.", &[]),
            ("https://tin.example/a และ b.html", &[]),
        ] {
            assert_eq!(found(text), wanted, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_goes_through(text in "[ก-๎ເ-ໝ\u{200b}\u{200d}e\u{301}\u{323}a-z:/. 😀-]{0,40}") {
            for fault in find(&text, seen(&text)) {
                prop_assert_eq!(fault.span.slice(&text), &*fault.surface);
            }
        }

        #[test]
        fn nothing_is_passed_over(text in "[กงนเำาะัิี่้์ํๅ฿ a\u{1}\u{301}ລ\u{ecd}\u{ec8}າ]{0,16}") {
            let everything = fold::OddSigns { odd_marks: true, foreign: true, lao: true, controls: true };
            prop_assert_eq!(find(&text, seen(&text)), find(&text, everything));
        }
    }
}
