//! Folding: one form for all the ways a name is typed, with a map back to the source.
//!
//! The loose fold finds: case, Latin diacritics and `Đ` are dropped, Thai and Lao marks are put in order (`น้ำ` has
//! three encodings, `เเ` is not `แ`), invisible characters vanish, a single space beside a Thai or Lao letter vanishes.
//! [`same_word`] judges what was found: diacritics decide, unless there are none at all. NFKC is never used: it splits
//! SARA AM. Deliberately absent: sound (see `recognise/name/sound`).

use smallvec::SmallVec;
use unicode_normalization::UnicodeNormalization;

use super::byte_map::{self, ByteClass, ByteMap, ThaiPlaces};
use super::cluster::{Script, is_dependent};
use super::letters::{LAST, NIKHAHIT, RUN, THAI, ThaiClass, vanishes, vietnamese_letter};
pub use super::letters::{is_invisible, is_vietnamese, latin_base, mark_class};
pub use super::survey::{LetterCounts, OddSigns, Survey};

/// A folded text with the way back. Reused between texts, so that folding allocates nothing once warm.
#[derive(Default, Debug, Clone)]
pub struct Folded {
    /// The folded text.
    pub text: String,
    /// The places where the distance between folded and source offsets changes: (folded, source), both bytes.
    steps: Vec<(u32, u32)>,
    /// A bit for each byte of the folded text where something may begin that is looked for: see [`Folded::begins`].
    begins: Vec<u64>,
    thai: ThaiPlaces,
}

impl Folded {
    /// Folds `source` into `self`.
    pub fn fold(&mut self, source: &str) {
        let map = ByteMap::of(source);
        self.fold_surveyed(source, &map, Survey::read(source, &map).seen);
    }

    /// Folds `source`, of which `map` is the map and in which these signs were `seen`, into `self`.
    pub fn fold_surveyed(&mut self, source: &str, map: &ByteMap, seen: OddSigns) {
        self.text.clear();
        self.steps.clear();
        self.text.reserve(source.len());
        self.steps.push((0, 0));
        let bytes = source.as_bytes();
        let has_tab = || map.places(ByteClass::Control).any(|at| bytes[at] == b'\t');
        let has_odd_blanks = map.has_space_behind_space() || has_tab();
        let mut inner_capitals: SmallVec<[usize; 8]> = SmallVec::new();
        if !map.has(ByteClass::NonAscii) && !has_odd_blanks {
            self.text.push_str(source);
            self.text.make_ascii_lowercase();
            map.word_starts(&mut self.begins);
            self.thai.read(&[]);
            let mut from = 0;
            while let Some(at) = map.next_inner_capital(from) {
                inner_capitals.push(at);
                from = at + 1;
            }
        } else {
            self.fold_mixed(source, map, has_odd_blanks, seen.odd_marks, &mut inner_capitals);
            byte_map::word_starts(&self.text, &mut self.begins);
            self.thai.read(if map.has(ByteClass::ThaiOrFullWidth) { self.text.as_bytes() } else { &[] });
        }
        for at in inner_capitals {
            if let Some(bits) = self.begins.get_mut(at / 64) {
                *bits |= 1 << (at % 64);
            }
        }
    }

    /// A bit for each byte of the folded text, 64 in a number, that is set where something may begin: characters
    /// outside ASCII, letters that begin a word, capitals inside one, digits and signs, but no space.
    pub fn begins(&self) -> &[u64] {
        &self.begins
    }

    /// The Thai characters of the folded text.
    pub const fn thai(&self) -> &ThaiPlaces {
        &self.thai
    }

    /// Folds a text that is not all ASCII with single spaces.
    fn fold_mixed(
        &mut self,
        source: &str,
        map: &ByteMap,
        has_odd_blanks: bool,
        has_odd_marks: bool,
        inner_capitals: &mut SmallVec<[usize; 8]>,
    ) {
        let bytes = source.as_bytes();
        let mut piece = Piece::default();
        // The first character outside ASCII and the first inner capital from `at` on.
        let mut lead = map.next(ByteClass::Lead, 0).unwrap_or(bytes.len());
        let mut inner = map.next_inner_capital(0).unwrap_or(bytes.len());
        let mut at = 0;
        while at < bytes.len() {
            if at < lead {
                if is_blank(bytes[at]) && !is_plain_space(bytes, at) {
                    piece.flush(&mut self.text);
                    at = self.space(source, at, at + 1);
                    continue;
                }
                // Blanks that may not fold to themselves begin a stretch of their own.
                let end = if has_odd_blanks {
                    bytes[at + 1..lead].iter().position(|byte| is_blank(*byte)).map_or(lead, |len| at + 1 + len)
                } else {
                    lead - usize::from(lead > at + 1 && bytes[lead - 1] == b' ')
                };
                let folded = self.text.len() + piece.len;
                while inner < end {
                    inner_capitals.push(folded + inner.saturating_sub(at));
                    inner = map.next_inner_capital(inner + 1).unwrap_or(bytes.len());
                }
                piece.push_stretch(bytes, at, end, &mut self.text);
                at = end;
                continue;
            }
            if let Some((len, base)) = vietnamese_letter(&bytes[at..]) {
                if base.is_ascii_uppercase() && is_behind_letter(bytes, at) {
                    inner_capitals.push(self.text.len() + piece.len);
                }
                piece.push(base, &mut self.text);
                at += len;
                // The letter before ends elsewhere in the folded text, whatever it is.
                self.steps.push(((self.text.len() + piece.len) as u32, at as u32));
            } else {
                piece.flush(&mut self.text);
                at = self.other(source, map.thai(), at, has_odd_marks);
            }
            if lead < at {
                lead = map.next(ByteClass::Lead, at).unwrap_or(bytes.len());
            }
        }
        piece.flush(&mut self.text);
    }

    /// Folds the character outside ASCII at `at`, or Thai as far as it folds to itself; returns where that ends.
    fn other(&mut self, source: &str, thai: &ThaiPlaces, at: usize, has_odd_marks: bool) -> usize {
        let in_order = in_order_end(thai, at, has_odd_marks);
        if in_order > at {
            self.text.push_str(&source[at..in_order]);
            return in_order;
        }
        let Some(letter) = source[at..].chars().next() else { return source.len() };
        let end = at + letter.len_utf8();
        match letter {
            '\u{e30}'..='\u{e4e}' => self.marks(source, at),
            '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{3000}' => self.space(source, at, end),
            _ => {
                self.rare(letter, source, at, end);
                end
            }
        }
    }

    /// Spaces that start at `at`, the first of which ends at `end`; returns where they end.
    fn space(&mut self, source: &str, at: usize, end: usize) -> usize {
        let run = end + spaces(&source[end..]);
        // What vanishes stands beside nothing.
        let before = source[..at].trim_end_matches(vanishes);
        let behind = source[run..].trim_start_matches(vanishes);
        let joined = before.ends_with(is_joined_script) || behind.starts_with(is_joined_script);
        // More than one space separates whatever stands beside it; two are kept, so that folding what is folded
        // changes nothing.
        self.text.push_str(match (joined, run == end) {
            (true, true) => "",
            (true, false) => "  ",
            (false, _) => " ",
        });
        self.step(run);
        run
    }

    /// A run of Thai vowels and marks that starts at `at` and is not in order, put in order; returns where it ends.
    fn marks(&mut self, source: &str, at: usize) -> usize {
        if source[at..].starts_with("เเ") {
            self.text.push('แ');
            self.step(at + "เเ".len());
            return at + "เเ".len();
        }
        let mut run: SmallVec<[char; RUN as usize]> = SmallVec::new();
        let mut end = at;
        for mark in source[at..].chars().take(RUN as usize) {
            if !matches!(mark, '\u{e30}'..='\u{e3a}' | '\u{e47}'..='\u{e4e}') {
                break;
            }
            run.push(mark);
            end += mark.len_utf8();
            if matches!(mark, 'ะ' | 'า' | 'ำ') {
                break;
            }
        }
        let am = run.contains(&'\u{e4d}') && run.last() == Some(&'า');
        run.sort_by_key(|mark| mark_class(*mark));
        for mark in run {
            match mark {
                '\u{e4d}' if am => {}
                'า' if am => {
                    // The sign ends where its last part does.
                    self.step(end - 'า'.len_utf8());
                    self.text.push('ำ');
                }
                mark => {
                    self.step(at);
                    self.text.push(mark);
                }
            }
        }
        self.step(end);
        end
    }

    /// Letters outside ASCII and Thai.
    fn rare(&mut self, letter: char, source: &str, at: usize, end: usize) {
        if vanishes(letter) {
            self.step(end);
            return;
        }
        if let Some(base) = latin_base(letter) {
            self.text.push(base);
            self.step(end);
            return;
        }
        if ('\u{e80}'..='\u{eff}').contains(&letter) {
            match letter {
                'ໜ' => self.text.push_str("ຫນ"),
                'ໝ' => self.text.push_str("ຫມ"),
                '\u{ecd}' if source[end..].starts_with('າ') => {} // NIGGAHITA + AA = AM, written below
                'າ' if source[..at].ends_with('\u{ecd}') => self.text.push('ຳ'),
                _ => self.text.push(letter),
            }
            self.step(end);
            return;
        }
        for lower in letter.to_lowercase() {
            self.text.push(lower);
        }
        self.step(end);
    }

    /// Notes that what is folded next comes from byte `source`.
    fn step(&mut self, source: usize) {
        self.step_at(self.text.len(), source);
    }

    /// Notes that what the folded text has from byte `folded` on comes from byte `source`.
    fn step_at(&mut self, folded: usize, source: usize) {
        let (folded, source) = (folded as u32, source as u32);
        match self.steps.last_mut() {
            Some(last) if last.0 == folded => last.1 = source,
            Some(last) if source.wrapping_sub(last.1) == folded - last.0 => {}
            _ => self.steps.push((folded, source)),
        }
    }

    /// The byte range of `source` that the folded range stands for; marks that were folded away stay with their letter.
    pub fn source_range(&self, source: &str, start: usize, end: usize) -> (usize, usize) {
        let first = self.source_of(source, start);
        let last = self.source_of(source, end - 1);
        let mut stop = last + char_at(source, last).len_utf8();
        while let Some(mark) = source[stop..].chars().next().filter(|mark| is_dependent(*mark)) {
            if !self.is_folded_away(stop) {
                break;
            }
            stop += mark.len_utf8();
        }
        (first, stop)
    }

    /// Returns whether the source byte has no image of its own: what is folded there comes from elsewhere.
    fn is_folded_away(&self, source: usize) -> bool {
        let at = self.steps.partition_point(|step| (step.1 as usize) <= source);
        let Some(step) = at.checked_sub(1).and_then(|at| self.steps.get(at)) else { return false };
        let next = self.steps.get(at).map_or(self.text.len(), |next| next.0 as usize);
        step.0 as usize + (source - step.1 as usize) >= next
    }

    /// The start of the source letter that the folded byte comes from. One letter may fold to several: all of them come
    /// from its start.
    fn source_of(&self, source: &str, folded: usize) -> usize {
        let at = self.steps.partition_point(|step| step.0 as usize <= folded) - 1;
        let (from, to) = self.steps[at];
        let mut start = to as usize + (folded - from as usize);
        if let Some(next) = self.steps.get(at + 1) {
            start = start.min((next.1 as usize).saturating_sub(1).max(to as usize));
        }
        while !source.is_char_boundary(start) {
            start -= 1;
        }
        start
    }
}

/// Letters of ASCII on their way into a folded text, so that it grows by many at once.
struct Piece {
    bytes: [u8; Self::ROOM + Self::WHOLE],
    len: usize,
}

impl Piece {
    const ROOM: usize = 64;
    /// Bytes that are copied together, whether all are wanted or not.
    const WHOLE: usize = 16;

    fn push(&mut self, byte: u8, text: &mut String) {
        if self.len >= Self::ROOM {
            self.flush(text);
        }
        self.bytes[self.len] = byte;
        self.len += 1;
    }

    /// Adds `bytes[at..end]`.
    fn push_stretch(&mut self, bytes: &[u8], mut at: usize, end: usize, text: &mut String) {
        while at < end {
            if self.len >= Self::ROOM {
                self.flush(text);
            }
            let len = (end - at).min(Self::WHOLE);
            match bytes[at..].first_chunk::<{ Self::WHOLE }>() {
                Some(whole) => self.bytes[self.len..self.len + Self::WHOLE].copy_from_slice(whole),
                None => self.bytes[self.len..self.len + len].copy_from_slice(&bytes[at..at + len]),
            }
            self.len += len;
            at += len;
        }
    }

    fn flush(&mut self, text: &mut String) {
        let bytes = &mut self.bytes[..self.len];
        bytes.make_ascii_lowercase();
        // They are ASCII, so that nothing is left out.
        text.push_str(std::str::from_utf8(bytes).unwrap_or_default());
        self.len = 0;
    }
}

impl Default for Piece {
    fn default() -> Self {
        Self { bytes: [0; Self::ROOM + Self::WHOLE], len: 0 }
    }
}

const fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t')
}

/// `เ` by its place in the block.
const SARA_E: usize = 0x40;

/// The end of the Thai that a text has from `at` on and that folds to itself: its marks are in order. It lies before
/// the run of marks that holds the first odd one, if any may be odd.
fn in_order_end(thai: &ThaiPlaces, mut at: usize, may_be_odd: bool) -> usize {
    if !may_be_odd {
        return at + 3 * thai.run(at).count();
    }
    // The run of marks that `at` stands in: where it began, how many there are, the class of the last.
    let (mut run, mut marks, mut class) = (0, 0, 0);
    for place in thai.run(at) {
        match THAI[place] {
            ThaiClass::SaraE if thai.at(at + 3) == Some(SARA_E) => return at,
            ThaiClass::Plain(_) | ThaiClass::SaraE => marks = 0,
            ThaiClass::Mark(next) => {
                if marks == 0 {
                    (run, class) = (at, 0);
                }
                if next < class || next == NIKHAHIT {
                    return run;
                }
                class = next;
                marks = if next == LAST || marks + 1 == RUN { 0 } else { marks + 1 };
            }
        }
        at += 3;
    }
    at
}

/// Returns whether a small letter of ASCII, or a character outside it, stands before a byte.
fn is_behind_letter(bytes: &[u8], at: usize) -> bool {
    at.checked_sub(1).is_some_and(|before| bytes[before].is_ascii_lowercase() || !bytes[before].is_ascii())
}

/// Returns whether a space or tab is a single space with ASCII, a letter that Vietnamese writes with a mark or nothing
/// on its sides, so that it folds to itself.
fn is_plain_space(bytes: &[u8], at: usize) -> bool {
    let (before, behind) = bytes.split_at(at);
    let [b' ', behind @ ..] = behind else { return false };
    let is_before = match *before {
        [] => true,
        [.., byte @ 0..=0x7f] => !is_blank(byte),
        [.., 0xc3..=0xc6, _] => true,
        [.., 0xe1, 0xb8..=0xbb, _] => true,
        [..] => false,
    };
    let is_behind = match *behind {
        [] => true,
        [byte @ 0..=0x7f, ..] => !is_blank(byte),
        [0xc3..=0xc6, ..] | [0xe1, 0xb8..=0xbb, ..] => true,
        [..] => false,
    };
    is_before && is_behind
}

/// The loose fold of a short text, without the map.
pub fn fold(text: &str) -> String {
    let mut folded = Folded::default();
    folded.fold(text);
    folded.text
}

/// Returns whether `found` is a way of writing the name `listed`, given that their loose folds agree: with the same
/// diacritics, wherever the tone mark is put (`Hòa`, `Hoà`), or with none at all.
pub fn same_word(found: &str, listed: &str) -> bool {
    // Mostly they differ in capitals alone.
    let are_alike = || found.chars().flat_map(char::to_lowercase).eq(listed.chars().flat_map(char::to_lowercase));
    found == listed || is_unmarked(found) || are_alike() || tight(found) == tight(listed)
}

/// Returns whether a text has Latin letters and none of them carries a mark.
pub fn is_unmarked(text: &str) -> bool {
    text.chars().all(|letter| !('\u{300}'..='\u{36f}').contains(&letter) && latin_base(letter).is_none())
}

/// Case and invisible characters dropped, diacritics kept; the tone of each word stands at its end, since profile of
/// where to put it differ.
pub fn tight(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut tone = None;
    for letter in text.nfd().filter(|letter| !is_invisible(*letter)) {
        match letter {
            '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}' => tone = Some(letter),
            ' ' | '-' => {
                out.extend(tone.take());
                out.push(' ');
            }
            _ => out.extend(letter.to_lowercase()),
        }
    }
    out.extend(tone);
    out
}

/// NFC of a text, borrowed where it is already.
pub fn nfc(text: &str) -> std::borrow::Cow<'_, str> {
    if unicode_normalization::is_nfc(text) { text.into() } else { text.nfc().collect::<String>().into() }
}

fn is_joined_script(letter: char) -> bool {
    !letter.is_ascii() && matches!(Script::of(letter), Script::Thai | Script::Lao)
}

fn char_at(text: &str, at: usize) -> char {
    text[at..].chars().next().unwrap_or('\0')
}

fn spaces(text: &str) -> usize {
    // Mostly there is one, and a byte tells.
    if !matches!(text.as_bytes().first(), Some(b' ' | b'\t' | 0xc2 | 0xe2 | 0xe3)) {
        return 0;
    }
    text.len() - text.trim_start_matches([' ', '\u{a0}', '\t', '\u{202f}', '\u{3000}']).len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::letters::is_settled;
    use proptest::prelude::*;

    #[test]
    fn ways_of_typing_fold_together() {
        for (one, other) in [
            ("Nguyễn Mạnh Hùng", "NGUYEN MANH HUNG"),
            ("Đỗ Hùng Việt", "do hung viet"),
            ("Nguye\u{302}\u{303}n", "Nguyễn"),
            ("เหงียน มานห์ หุ่ง", "เหงียนมานห์หุ่ง"),
            ("น้ำ", "นํ้า"),
            ("น้ำ", "น้ํา"),
            ("เเก้ว", "แก้ว"),
            ("ที่", "ท\u{e48}\u{e35}"),
            ("โด\u{200b}หุ่ง", "โดหุ่ง"),
            ("ໜ້າ", "ຫນ້າ"),
            ("กระทรวง การ", "กระทรวงการ"),
            ("a  b", "a b"),
        ] {
            assert_eq!(fold(one), fold(other), "{one} {other}");
        }
        assert_ne!(fold("Hà Nội"), fold("HàNội"), "Latin words keep their spaces");
        assert_ne!(fold("ก  ข"), fold("กข"), "two spaces separate");
    }

    #[test]
    fn ranges_lead_back() {
        for (source, folded, back) in [
            ("x Nguye\u{302}\u{303}n T", "nguyen", "Nguye\u{302}\u{303}n"),
            ("นาย เหงียน มานห์ กล่าว", "เหงียนมานห์", "เหงียน มานห์"),
            ("กนํ้าข", "น้ำ", "นํ้า"),
            ("กน้ํา ข", "น้ำ", "น้ํา"),
            ("กท\u{e48}\u{e35}ข", "ที่", "ท\u{e48}\u{e35}"),
            ("ก เเก้ว ข", "แก้ว", "เเก้ว"),
            ("Đỗ\u{200b} Hùng", "do hung", "Đỗ\u{200b} Hùng"),
        ] {
            let mut map = Folded::default();
            map.fold(source);
            let at = map.text.find(folded).unwrap_or_else(|| panic!("{folded} in {}", map.text));
            let (start, end) = map.source_range(source, at, at + folded.len());
            assert_eq!(&source[start..end], back, "{source}");
        }
    }

    #[test]
    fn settled_characters_are_in_normal_form_wherever_they_stand() {
        for letter in ('\0'..=char::MAX).filter(|letter| is_settled(*letter)) {
            for text in [format!("{letter}"), format!("a{letter}"), format!("{letter}{letter}")] {
                assert!(unicode_normalization::is_nfc(&text), "{letter:?}");
            }
            assert_eq!(unicode_normalization::char::canonical_combining_class(letter), 0, "{letter:?}");
        }
    }

    #[test]
    fn diacritics_decide() {
        assert!(same_word("Nguyen Thanh Lam", "Nguyễn Thanh Lâm"));
        assert!(same_word("NGUYỄN THANH LÂM", "Nguyễn Thanh Lâm"));
        assert!(same_word("Hoà", "Hòa"));
        assert!(!same_word("Nguyễn Thành Lâm", "Nguyễn Thanh Lâm"));
        assert!(!same_word("Nguyễn Thanh Lam", "Nguyễn Thanh Lâm"));
    }

    #[test]
    fn what_vanishes_does_not_part_a_space_from_its_letter() {
        assert_eq!(fold("ก\u{200b} a"), fold("ก a"));
        assert_eq!(fold("a \u{301}ก"), fold("a ก"));
        let folded = fold(&fold("\u{e48}\u{200b} \u{301}\u{e4d}"));
        assert_eq!(fold(&folded), folded);
    }

    /// The fold of a text of ASCII, Thai consonants and Vietnamese letters, letter by letter.
    fn letter_by_letter(source: &str) -> String {
        let letters: Vec<char> = source.chars().collect();
        let is_thai = |at: Option<usize>| at.and_then(|at| letters.get(at)).is_some_and(|letter| *letter == 'ก');
        let (mut out, mut at) = (String::new(), 0);
        while let Some(letter) = letters.get(at) {
            let run = letters[at..].iter().take_while(|letter| matches!(letter, ' ' | '\t')).count();
            if run == 0 {
                out.push(latin_base(*letter).unwrap_or(letter.to_ascii_lowercase()));
                at += 1;
                continue;
            }
            let is_joined = is_thai(at.checked_sub(1)) || is_thai(Some(at + run));
            out.push_str(match (is_joined, run) {
                (true, 1) => "",
                (true, _) => "  ",
                (false, _) => " ",
            });
            at += run;
        }
        out
    }

    proptest! {
        #[test]
        fn pieces_that_are_folded_at_once_fold_as_letters_do(
            source in "([a-zA-Z ,.]{20,70}|[a-z]{1,8} |[A-Z\t\n ]|ก|ก |đ|Ế){0,12}"
        ) {
            let mut map = Folded::default();
            map.fold(&source);
            prop_assert_eq!(&map.text, &letter_by_letter(&source));
        }

        #[test]
        fn what_begins_is_a_character_that_no_small_letter_goes_on_from(source in "[a-cA-CàĐกລ \t\n,7-]{0,80}") {
            let mut map = Folded::default();
            map.fold(&source);
            let text = map.text.as_bytes();
            prop_assert!(map.begins().len() * 64 < text.len() + 64);
            for at in 0..map.begins().len() * 64 {
                let begins = map.begins()[at / 64] >> (at % 64) & 1 != 0;
                let Some(byte) = text.get(at) else {
                    prop_assert!(!begins, "{at} lies behind the end");
                    continue;
                };
                let is_letter = |at: usize| text[at].is_ascii_alphabetic();
                let from = map.source_of(&source, at);
                let is_capital = char_at(&source, from).is_uppercase();
                let goes_on = is_letter(at) && at > 0 && is_letter(at - 1);
                if byte.is_ascii_whitespace() || goes_on && !is_capital || !map.text.is_char_boundary(at) {
                    prop_assert!(!begins, "{source:?} {at}");
                } else if !goes_on {
                    prop_assert!(begins, "{source:?} {at}");
                } else {
                    // Within a word a capital begins something behind a small letter alone.
                    let behind = source[..from].chars().next_back();
                    prop_assert!(begins || !behind.is_some_and(char::is_lowercase), "{source:?} {at}");
                }
            }
        }

        #[test]
        fn folding_is_idempotent_and_ranges_are_characters(source in "[กนงเแ้่ําำิี ันaAăĐệ\u{301}\u{200b}ລໝ\u{ecd}າ😀.]{0,30}") {
            let mut map = Folded::default();
            map.fold(&source);
            prop_assert_eq!(fold(&map.text), fold(&fold(&map.text)));
            let text = map.text.clone();
            for (start, _) in text.char_indices() {
                for (at, letter) in text[start..].char_indices() {
                    let (from, to) = map.source_range(&source, start, start + at + letter.len_utf8());
                    prop_assert!(source.is_char_boundary(from) && source.is_char_boundary(to), "{source:?} {from} {to}");
                }
            }
        }

        #[test]
        fn normal_forms_fold_alike(source in "[a-zA-ZàáâãèéêìíòóôõùúýăđĩũơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹĂĐƠƯẠ ]{0,20}") {
            let nfd: String = source.nfd().collect();
            prop_assert_eq!(fold(&source), fold(&nfd));
            prop_assert_eq!(tight(&source), tight(&nfd));
        }
    }
}
