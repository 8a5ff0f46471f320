//! Faults of the text itself: what is wrong whatever it says.
//!
//! Invisible characters, Thai and Lao marks out of order, letters that are not in NFC, URLs broken by a space, the
//! marks of a merge that was not finished. Line ends and the byte-order mark belong to the whole file: the
//! [`Tally`](super::profile::Tally) counts them. Deliberately absent: messages and severities, which belong to the
//! rules.

use serde::{Deserialize, Serialize};
use smallvec::SmallVec;

use super::fault::{Correction, Fault};
use super::profile::When;
use crate::text::Span;
use crate::text::byte_map::{ByteClass, ByteMap};
use crate::text::cluster::{self, Script};
use crate::text::conflict::{self, Marker};
use crate::text::fold;

/// A fault of the text.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum TextFault {
    /// A character nobody sees; those of one kind in one segment are one fault, on the first of them.
    InvisibleCharacter {
        /// The character.
        character: char,
        /// The number of times it stands in the segment.
        count: u32,
    },
    /// U+200B between Thai or Lao letters, where a line may break; those of one segment are one fault.
    BreakHint {
        /// The number of times it stands in the segment.
        count: u32,
    },
    /// Thai or Lao vowels and marks in an order that looks right and compares wrong.
    MarkOrder(MarkFault),
    /// Letters that Unicode normalisation form C writes otherwise.
    NotNfc,
    /// A URL with a space in it.
    BrokenUrl,
    /// A line that a merge has left behind.
    ConflictMarker(Marker),
}

/// The ways in which Thai and Lao marks are wrong.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum MarkFault {
    /// Two SARA E for one SARA AE.
    DoubleSaraE,
    /// SARA AM in two parts.
    SplitSaraAm,
    /// Vowel and tone mark in the wrong order.
    Order,
    /// A mark typed twice.
    Doubled,
}

/// The classes of faults of text: the rule that reports one.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub enum TextFaultClass {
    /// [`TextFault::InvisibleCharacter`] and [`TextFault::BreakHint`].
    InvisibleCharacter,
    /// [`TextFault::MarkOrder`].
    MarkOrder,
    /// [`TextFault::NotNfc`].
    NotNfc,
    /// [`TextFault::BrokenUrl`].
    BrokenUrl,
    /// [`TextFault::ConflictMarker`].
    ConflictMarker,
}

impl TextFault {
    /// The class of the fault.
    pub const fn class(&self) -> TextFaultClass {
        match self {
            Self::InvisibleCharacter { .. } | Self::BreakHint { .. } => TextFaultClass::InvisibleCharacter,
            Self::MarkOrder(_) => TextFaultClass::MarkOrder,
            Self::NotNfc => TextFaultClass::NotNfc,
            Self::BrokenUrl => TextFaultClass::BrokenUrl,
            Self::ConflictMarker(_) => TextFaultClass::ConflictMarker,
        }
    }
}

/// Finds the faults of a segment, of which `map` is the map, sorted by start. What has been
/// [`seen`](fold::Survey::seen) in it tells what to look for: most text has nothing of the kind.
pub fn find(text: &str, map: &ByteMap, seen: fold::OddSigns) -> Vec<Fault<TextFault>> {
    let mut found = Vec::new();
    if let Some(marker) = conflict::marker(text) {
        let line = text.trim_end_matches(['\r', '\n']);
        found.push(fault(TextFault::ConflictMarker(marker), text, Span::of(0, line.len()), None));
        return found;
    }
    if seen.hidden || seen.controls {
        invisible(text, &mut found);
    }
    if seen.lao || seen.odd_marks {
        mark_order(text, &mut found);
    }
    if seen.unsettled {
        not_nfc(text, &mut found);
    }
    broken_urls(text, map, &mut found);
    found.sort_by_key(|fault: &Fault<TextFault>| fault.span);
    found
}

fn fault(kind: TextFault, text: &str, span: Span, right: Option<(&str, bool)>) -> Fault<TextFault> {
    Fault {
        kind,
        span,
        surface: span.slice(text).into(),
        when: When::Always,
        correction: right.map(|(right, safe)| Correction::replace(span, right, safe)),
    }
}

/// The edits that one fault holds at most: a line full of invisible characters is put right in several rounds, so that
/// no line costs more memory than this.
const MOST_EDITS: usize = 256;

/// The cure for an invisible character.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Cure {
    /// It goes.
    Delete,
    /// It parts words: a space takes its place.
    Space,
    /// It ends a line or a page: a line end takes its place.
    LineEnd,
}

impl Cure {
    const fn of(letter: char) -> Option<Self> {
        Some(match letter {
            // White space by Unicode or by effect is never deleted: that would join the words beside it.
            '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Self::LineEnd,
            '\u{1c}'..='\u{1f}' => Self::Space,
            '\0'..='\u{8}' | '\u{e}'..='\u{1b}' | '\u{7f}' => Self::Delete,
            _ if fold::is_invisible(letter) => Self::Delete,
            _ => return None,
        })
    }
}

/// The invisible characters of one kind in a segment.
struct Occurrences {
    character: char,
    first: Span,
    count: u32,
    /// Runs of them, joined, as far as they are put right in one round.
    runs: SmallVec<[Span; 1]>,
    safe: bool,
}

fn invisible(text: &str, found: &mut Vec<Fault<TextFault>>) {
    let bytes = text.as_bytes();
    let mut hints: Option<(Span, u32)> = None;
    let mut kinds: SmallVec<[Occurrences; 2]> = SmallVec::new();
    // All but the controls of ASCII start with C2, E2 or EF.
    let suspicious = |byte: u8| byte < b' ' || byte == 0x7f || matches!(byte, 0xc2 | 0xe2 | 0xef);
    let mut at = 0;
    while let Some(next) = bytes[at..].iter().position(|byte| suspicious(*byte)) {
        at += next;
        let Some(character) = text[at..].chars().next() else { break };
        let span = Span::of(at, at + character.len_utf8());
        at = span.end as usize;
        let Some(cure) = Cure::of(character) else { continue };
        if belongs(text, span, character) {
            continue;
        }
        if is_break_hint(text, span, character) {
            hints = Some(hints.map_or((span, 1), |(first, count)| (first, count + 1)));
            continue;
        }
        let safe = cure != Cure::Delete || !may_part_words(text, span, character);
        let Some(kind) = kinds.iter_mut().find(|kind| kind.character == character) else {
            kinds.push(Occurrences { character, first: span, count: 1, runs: SmallVec::from_elem(span, 1), safe });
            continue;
        };
        kind.count += 1;
        let room = kind.runs.len() < MOST_EDITS;
        match kind.runs.last_mut() {
            // Several in a row are one gap: they become one space, or nothing.
            Some(last) if last.end == span.start && cure != Cure::LineEnd => last.end = span.end,
            _ if room => kind.runs.push(span),
            _ => continue,
        }
        kind.safe &= safe;
    }
    if let Some((first, count)) = hints {
        found.push(fault(TextFault::BreakHint { count }, text, first, None));
    }
    for Occurrences { character, first, count, runs, safe } in kinds {
        let new = match Cure::of(character) {
            Some(Cure::Space) => " ",
            Some(Cure::LineEnd) if text.ends_with("\r\n") => "\r\n",
            Some(Cure::LineEnd) => "\n",
            Some(Cure::Delete) | None => "",
        };
        let mut fault = fault(TextFault::InvisibleCharacter { character, count }, text, first, None);
        fault.correction = Some(Correction { edits: runs.into_iter().map(|run| (run, new.into())).collect(), safe });
        found.push(fault);
    }
}

/// Returns whether the character has work to do: joiners and direction marks do, inside emoji and in Arabic and Indic
/// scripts.
fn belongs(text: &str, span: Span, letter: char) -> bool {
    if !matches!(letter, '\u{200c}' | '\u{200d}' | '\u{200e}' | '\u{200f}') {
        return false;
    }
    let (before, after) = neighbours(text, span);
    let foreign = |neighbour: Option<char>| {
        neighbour.is_some_and(|letter| {
            Script::of(letter) == Script::Other || letter >= '\u{2190}' && !fold::is_invisible(letter)
        })
    };
    foreign(before) && foreign(after)
}

/// Returns whether U+200B stands where Thai or Lao text may break a line: such scripts have no spaces between words.
fn is_break_hint(text: &str, span: Span, letter: char) -> bool {
    if letter != '\u{200b}' {
        return false;
    }
    let (before, after) = neighbours(text, span);
    let script = |neighbour: Option<char>| neighbour.map_or(Script::None, Script::of);
    let (before, after) = (script(before), script(after));
    let is_unspaced = |script: Script| matches!(script, Script::Thai | Script::Lao);
    before != Script::None && after != Script::None && (is_unspaced(before) || is_unspaced(after))
}

/// Returns whether a character that goes may have stood between two words, so that they would be joined. Soft hyphens,
/// joiners and direction marks stand inside words; of others nobody knows.
fn may_part_words(text: &str, span: Span, letter: char) -> bool {
    if matches!(letter, '\u{ad}' | '\u{200c}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{2066}'..='\u{2069}')
    {
        return false;
    }
    let (before, after) = neighbours(text, span);
    let in_word = |neighbour: Option<char>| {
        neighbour.is_some_and(|letter| letter.is_alphanumeric() || cluster::is_dependent(letter))
    };
    in_word(before) && in_word(after)
}

/// The visible characters on both sides of a span, which may stand in a row of invisible ones.
fn neighbours(text: &str, span: Span) -> (Option<char>, Option<char>) {
    /// Characters looked at: a longer row of invisible ones is no word.
    const REACH: usize = 8;
    let is_seen = |letter: &char| Cure::of(*letter).is_none_or(|cure| cure != Cure::Delete);
    let before = text[..span.start as usize].chars().rev().take(REACH).find(is_seen);
    let after = text[span.end as usize..].chars().take(REACH).find(is_seen);
    (before, after)
}

fn mark_order(text: &str, found: &mut Vec<Fault<TextFault>>) {
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
            found.push(fault(TextFault::MarkOrder(MarkFault::DoubleSaraE), text, span, Some(("แ", true))));
        }
    }
    if let Some(start) = run_start {
        judge_marks(text, start, text.len(), found);
    }
}

/// A run of dependent marks, with a following SARA AA where there is one.
fn judge_marks(text: &str, start: usize, end: usize, found: &mut Vec<Fault<TextFault>>) {
    let run = &text[start..end];
    let mut right = fold::fold(run);
    let kind = if right != run {
        if run.contains('\u{e4d}') || run.contains('\u{ecd}') { MarkFault::SplitSaraAm } else { MarkFault::Order }
    } else if let Some(once) = doubled(run) {
        right = once;
        MarkFault::Doubled
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
    let safe = is_syllable(&text[..start - base], &fixed);
    found.push(fault(TextFault::MarkOrder(kind), text, span, Some((&fixed, safe))));
}

/// Returns whether a consonant and its marks, behind `before`, can be written so. Else more than the order is wrong: a
/// letter is missing or stands elsewhere (`ให้ีป`, `แต่ัวน`).
fn is_syllable(before: &str, cluster: &str) -> bool {
    const SHORT_E: char = '\u{e47}';
    let vowel = |mark: &char| matches!(mark, '\u{e31}' | '\u{e34}'..='\u{e39}' | &SHORT_E | '\u{eb1}' | '\u{eb4}'..='\u{eb9}' | '\u{ebb}');
    let mut vowels = cluster.chars().filter(vowel);
    let Some(first) = vowels.next() else { return true };
    if vowels.next().is_some() || cluster.contains('\u{e4c}') && !matches!(first, '\u{e34}' | '\u{e38}') {
        return false;
    }
    // A leading ห is written before the consonant that it raises.
    let sonorant = cluster.starts_with(['ง', 'ญ', 'น', 'ม', 'ย', 'ร', 'ล', 'ว']);
    let onset = if sonorant { before.trim_end_matches('ห') } else { before };
    first == SHORT_E || !onset.ends_with(['แ', 'โ', 'ใ', 'ไ', 'ແ', 'ໂ', 'ໃ', 'ໄ'])
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

fn not_nfc(text: &str, found: &mut Vec<Fault<TextFault>>) {
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
            found.push(fault(TextFault::NotNfc, text, Span::of(at, end), Some((&composed, true))));
        }
        at = end;
    }
}

fn broken_urls(text: &str, map: &ByteMap, found: &mut Vec<Fault<TextFault>>) {
    let bytes = text.as_bytes();
    for slash in
        map.places(ByteClass::Bar).filter(|slash| bytes[..*slash].ends_with(b":") && bytes[*slash..].starts_with(b"//"))
    {
        let colon = slash - 1;
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
        let word = word.trim_end_matches([')', ']', ',', '.', ';', '”', '"']);
        if !is_cut(&text[colon + 3..end], word) {
            continue;
        }
        let span = Span::of(scheme, end + 1 + word.len());
        let joined = format!("{}{word}", &text[scheme..end]);
        // What is no longer ASCII was translated: taking out the space would not bring the address back.
        let right = word.is_ascii().then_some((joined.as_str(), false));
        found.push(fault(TextFault::BrokenUrl, text, span, right));
    }
}

/// Returns whether a URL is plainly cut and the word behind the space its end: it breaks off inside a path, at a hyphen
/// or another sign that no address ends with, and the word is the end of a page's address and of nothing else.
fn is_cut(url: &str, word: &str) -> bool {
    const PAGES: [&str; 9] = [".htm", ".html", ".php", ".aspx", ".asp", ".jsp", ".tpo", ".chn", ".shtml"];
    let is_page = |text: &str| PAGES.iter().any(|page| text.len() > page.len() && text.ends_with(page));
    let breaks_off = url.ends_with(['-', '_', '=', '&', '%']);
    // A word that has a path or a host of its own is another address: `see https://a.example/x- b.example/c.html`.
    let is_end =
        is_page(word) && !word.contains(['/', ':', '\\', '`', '"', '\'', '<', '(']) && !word.starts_with("www.");
    url.contains('/') && breaks_off && is_end && word.contains(['-', '_']) | word.contains(|c: char| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn find(text: &str) -> Vec<Fault<TextFault>> {
        super::find(text, &ByteMap::of(text), fold::Survey::of(text).seen)
    }

    /// The faults as `class surface → the text afterwards`, `!` where the fix is not safe.
    fn found(text: &str) -> Vec<String> {
        let shown = |fault: Fault<TextFault>| {
            let after = fault.correction.as_ref().map_or("?".to_owned(), |correction| {
                let edits = correction.edits.iter();
                let edits = edits.map(|(span, new)| crate::text::edit::TextEdit::replace(*span, new.clone()));
                let after = crate::text::edit::apply(text, &edits.collect::<Vec<_>>());
                if correction.safe { after } else { format!("!{after}") }
            });
            format!("{:?} {} → {after}", fault.kind.class(), fault.surface)
        };
        find(text).into_iter().map(shown).collect()
    }

    #[test]
    fn text_faults() {
        for (text, wanted) in [
            ("ที่ น้ำ เก่ง แก้ว ทันห์ กุ้ง ເມືອງ", &[][..]),
            ("👩\u{200d}🚀 ok", &[]),
            ("a\u{ad}b", &["InvisibleCharacter \u{ad} → ab"]),
            ("ท\u{e48}\u{e35}นี่", &["MarkOrder ท\u{e48}\u{e35} → ที่นี่"]),
            ("ดื่มนํ้า", &["MarkOrder นํ้า → ดื่มน้ำ"]),
            ("ดื่มน้ํา", &["MarkOrder น้ํา → ดื่มน้ำ"]),
            ("เเก้ว", &["MarkOrder เเ → แก้ว"]),
            ("ที่\u{e48}", &["MarkOrder ที่\u{e48} → ที่"]),
            ("Bộ Tu\u{31b} pháp", &["NotNfc u\u{31b} → Bộ Tư pháp"]),
        ] {
            assert_eq!(found(text), wanted, "{text}");
        }
    }

    #[test]
    fn marks_that_no_order_puts_right_are_left_to_a_person() {
        for (text, safe) in [
            ("ด่ีมาก", true),
            ("ไปด่ีมาก", true),
            ("สิทธ์ิ", true),
            ("ข้ึนปี", true),
            ("ทำให้ีปใหม่", false),
            ("ตั้งแต่ัวนที่", false),
            ("รายใหม่ัวนนี้", false),
            ("ที่ื", false),
            ("อาทิตย์ีท่", false),
        ] {
            let found = found(text);
            assert_eq!(found.len(), 1, "{text} {found:?}");
            assert_eq!(!found[0].contains("→ !"), safe, "{text} {found:?}");
        }
    }

    #[test]
    fn white_space_by_effect_is_replaced_and_never_deleted() {
        for (text, after) in [
            ("Trang một\u{c}Trang hai\n", "Trang một\nTrang hai\n"),
            ("Trang một\u{c}Trang hai\r\n", "Trang một\r\nTrang hai\r\n"),
            ("một\u{b}hai", "một\nhai"),
            ("một\u{85}hai", "một\nhai"),
            ("một\u{2028}hai\u{2028}ba", "một\nhai\nba"),
            ("một\u{2029}hai", "một\nhai"),
            ("cột\u{1f}cột\u{1f}\u{1f}cột", "cột cột cột"),
            ("a\u{1c}b", "a b"),
        ] {
            let found = found(text);
            assert_eq!(found.len(), 1, "{text:?} {found:?}");
            assert!(found[0].ends_with(&format!("→ {after}")), "{text:?} {found:?}");
        }
    }

    #[test]
    fn what_may_part_words_is_not_deleted_without_a_person() {
        for (text, after) in [
            ("Trần\u{200b}Lâm", "!TrầnLâm"),
            ("Trần \u{200b}Lâm", "Trần Lâm"),
            ("hết.\u{200b}", "hết."),
            ("x\u{2}y", "!xy"),
            ("x \u{2}y", "x y"),
            ("a\u{feff}b", "!ab"),
            ("Hà\u{ad}Nội", "HàNội"),
            ("a\u{200e}b", "ab"),
        ] {
            assert_eq!(found(text).concat().split_once("→ ").map(|(_, after)| after), Some(after), "{text:?}");
        }
    }

    #[test]
    fn a_break_hint_of_thai_and_lao_has_no_fix() {
        for (text, count) in [
            ("กระทรวง\u{200b}การคลัง\u{200b}แถลง", 2),
            ("ປະເທດ\u{200b}ລາວ", 1),
            ("ปี\u{200b}2566", 1),
            ("ของ\u{200b}Apple", 1),
            ("การ \u{200b}คลัง", 0),
        ] {
            let faults = find(text);
            let hint = faults.iter().find(|fault| matches!(fault.kind, TextFault::BreakHint { .. }));
            let counted = hint.map_or(0, |fault| match fault.kind {
                TextFault::BreakHint { count } => count,
                _ => 0,
            });
            assert_eq!(counted, count, "{text:?}");
            assert!(hint.is_none_or(|fault| fault.correction.is_none()), "{text:?}");
        }
    }

    #[test]
    fn those_of_one_kind_in_a_line_are_one_fault_and_bounded() {
        let faults = find(&"\0".repeat(10_000));
        let [fault] = &faults[..] else { panic!("{faults:?}") };
        assert_eq!(fault.kind, TextFault::InvisibleCharacter { character: '\0', count: 10_000 });
        assert_eq!(fault.correction.as_ref().map(|correction| correction.edits.len()), Some(1));
        let scattered = find(&"a \0".repeat(5_000));
        assert_eq!(scattered.len(), 1);
        assert_eq!(scattered[0].correction.as_ref().map(|correction| correction.edits.len()), Some(MOST_EDITS));
    }

    #[test]
    fn urls_are_broken_only_where_they_are_plainly_cut() {
        for (text, wanted) in [
            (
                "xem https://tin.example/bai-viet-so- mot-12.html nhé",
                "BrokenUrl https://tin.example/bai-viet-so- mot-12.html → !xem https://tin.example/bai-viet-so-mot-12.html nhé",
            ),
            (
                "(https://tin.example/a_ b_2.htm)",
                "BrokenUrl https://tin.example/a_ b_2.htm → !(https://tin.example/a_b_2.htm)",
            ),
            ("https://tin.example/linh- ข่าว-1.htm", "BrokenUrl https://tin.example/linh- ข่าว-1.htm → ?"),
        ] {
            assert_eq!(found(text), [wanted], "{text}");
        }
        for text in [
            "https://tin.example/a.html ข่าว.",
            "https://tin.example/a และ b.html",
            "the prefix http:// marks an address",
            "ask https://api.example/v1/items?limit= and read on",
            "GET https://api.example/q=%20& more",
            "see https://a.example/x- index.html",
            "http:// tin.example",
            "https://tin.example/x- https://tin.example/y-1.html",
            "https://docs.example/intro- b.example/setup-2.html",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn what_a_merge_left_behind_is_one_fault_of_its_line() {
        assert_eq!(found("<<<<<<< HEAD\n"), ["ConflictMarker <<<<<<< HEAD → ?"]);
        assert_eq!(found("=======\r\n"), ["ConflictMarker ======= → ?"]);
        assert_eq!(found("======== \n"), [""; 0]);
        assert_eq!(found(" <<<<<<< HEAD\n"), [""; 0]);
    }

    proptest! {
        #[test]
        fn any_text_goes_through(text in "[ก-๎ເ-ໝ\u{200b}\u{200d}\u{c}\u{85}\0e\u{301}\u{323}a-z:/. 😀<=>-]{0,40}") {
            for fault in find(&text) {
                prop_assert_eq!(fault.span.slice(&text), &*fault.surface);
            }
        }

        #[test]
        fn nothing_is_passed_over(text in "[กงนเำาะัิี่้์ํๅ฿ a\u{1}\u{85}\u{301}ລ\u{ecd}\u{ec8}າ]{0,16}") {
            let everything = fold::OddSigns { odd_marks: true, hidden: true, unsettled: true, lao: true, controls: true };
            prop_assert_eq!(find(&text), super::find(&text, &ByteMap::of(&text), everything));
        }

        #[test]
        fn what_is_put_right_has_no_fault_of_its_kind_and_keeps_its_words(
            words in prop::collection::vec("[a-zก-ฮ]{1,4}", 1..6), signs in prop::collection::vec("[\u{c}\u{1f}\u{85}\u{2028}\u{200b}\u{ad}\0]", 6)
        ) {
            let text: String = words.iter().zip(&signs).flat_map(|(word, sign)| [word.as_str(), " ", sign.as_str()]).collect();
            for fault in find(&text) {
                let Some(correction) = fault.correction.filter(|correction| correction.safe) else { continue };
                let edits = correction.edits.iter();
                let edits = edits.map(|(span, new)| crate::text::edit::TextEdit::replace(*span, new.clone()));
                let after = crate::text::edit::apply(&text, &edits.collect::<Vec<_>>());
                let again = find(&after);
                prop_assert!(again.iter().all(|other| other.kind.class() != fault.kind.class() || other.surface != fault.surface));
                for word in &words {
                    prop_assert!(after.contains(word.as_str()), "{} {}", text, after);
                }
            }
        }
    }
}
