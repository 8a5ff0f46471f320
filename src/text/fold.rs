//! Folding: one form for all the ways a name is typed, with a map back to the source.
//!
//! The loose fold finds: case, Latin diacritics and `Đ` are dropped, Thai and Lao marks are put in order (`น้ำ` has
//! three encodings, `เเ` is not `แ`), invisible characters vanish, a single space beside a Thai or Lao letter vanishes.
//! [`same_word`] judges what was found: diacritics decide, unless there are none at all. NFKC is never used: it splits
//! SARA AM. Deliberately absent: sound (see `recognise/name/sound`).

use smallvec::SmallVec;
use unicode_normalization::UnicodeNormalization;

use super::cluster::{Script, is_dependent, thai_run};
use super::letters::{ASCII, AsciiClass, CHUNK, LAST, NIKHAHIT, RUN, THAI, ThaiClass, vanishes, vietnamese_base};
pub use super::letters::{is_invisible, is_vietnamese, latin_base, mark_class};
use super::survey::note;
pub use super::survey::{LetterCounts, OddSigns, Survey};

/// A folded text with the way back. Reused between texts, so that folding allocates nothing once warm.
#[derive(Default, Debug, Clone)]
pub struct Folded {
    /// The folded text.
    pub text: String,
    /// The places where the distance between folded and source offsets changes: (folded, source), both bytes.
    steps: Vec<(u32, u32)>,
    /// Letters by script, in code points of the source.
    pub letters: LetterCounts,
    /// The odd signs in it.
    pub seen: OddSigns,
}

/// The letters among the next bytes, where they are printable ASCII in which each space is single and stands beside no
/// letter of another script. Loops without branches over bytes, so that they are vectorised.
fn plain_chunk(bytes: &[u8], at: usize) -> Option<u32> {
    let chunk = bytes.get(at..)?.first_chunk::<CHUNK>()?;
    // Most that is not plain has marks in every word: that is seen first.
    if !chunk.is_ascii() {
        return None;
    }
    let odd = chunk.iter().fold(0_u8, |odd, byte| odd | u8::from(*byte < b' ') | u8::from(*byte == 0x7f));
    let behind = &chunk[1..];
    let spaces = chunk.iter().zip(behind).fold(0_u8, |two, (one, other)| two | u8::from((one | other) == b' '));
    let is_plain = odd == 0
        && spaces == 0
        && (chunk[0] != b' ' || is_plain_space(bytes, at))
        && (chunk[CHUNK - 1] != b' ' || is_plain_space(bytes, at + CHUNK - 1));
    let letters = || chunk.iter().fold(0_u8, |sum, byte| sum + u8::from((byte | 0x20).wrapping_sub(b'a') < 26));
    is_plain.then(|| u32::from(letters()))
}

/// Returns whether a space or tab is a single space with ASCII or nothing on its sides, so that it folds to itself.
fn is_plain_space(bytes: &[u8], at: usize) -> bool {
    let is_plain = |byte: Option<&u8>| {
        byte.is_none_or(|byte| ASCII.get(usize::from(*byte)).is_some_and(|class| *class != AsciiClass::Space))
    };
    bytes[at] == b' ' && is_plain(bytes.get(at + 1)) && is_plain(at.checked_sub(1).and_then(|before| bytes.get(before)))
}

impl Folded {
    /// Folds `source` into `self`.
    pub fn fold(&mut self, source: &str) {
        self.text.clear();
        self.steps.clear();
        self.letters = LetterCounts::default();
        self.seen = OddSigns::default();
        self.text.reserve(source.len());
        self.steps.push((0, 0));
        let mut at = 0;
        while at < source.len() {
            let end = self.same(source.as_bytes(), at);
            if end > at {
                let from = self.text.len();
                self.text.push_str(&source[at..end]);
                self.text[from..].make_ascii_lowercase();
                at = end;
            }
            let Some(letter) = source[at..].chars().next() else { break };
            let end = at + letter.len_utf8();
            if let Some(base) = vietnamese_base(letter) {
                self.letters.latin += 1;
                self.letters.vietnamese += 1;
                self.text.push(base);
                self.step(end);
                at = end;
                continue;
            }
            at = match letter {
                '\u{e30}'..='\u{e4e}' => self.marks(source, at),
                ' ' | '\u{a0}' | '\t' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{3000}' => {
                    self.space(source, at, end)
                }
                _ => {
                    self.rare(letter, source, at, end);
                    end
                }
            };
        }
    }

    /// The end of what folds to as many bytes as it has, from `at` on: ASCII, whose capitals become small, with single
    /// spaces in it, and Thai with its marks in order. Ends on a character boundary, before the run of marks that holds
    /// the odd one.
    fn same(&mut self, bytes: &[u8], mut at: usize) -> usize {
        let (mut latin, mut thai) = (0, 0);
        // The run of marks that `at` stands in: where it began, how many there are, the class of the last.
        let (mut run, mut marks, mut class) = (0, 0, 0);
        'same: while at < bytes.len() {
            for place in thai_run(&bytes[at..]) {
                match THAI[place] {
                    ThaiClass::Plain(count) => {
                        thai += u32::from(count);
                        marks = 0;
                    }
                    ThaiClass::SaraE if bytes[at + 3..].starts_with("เ".as_bytes()) => break 'same,
                    ThaiClass::SaraE => {
                        thai += 1;
                        marks = 0;
                    }
                    ThaiClass::Mark(next) => {
                        if marks == 0 {
                            (run, class) = (at, 0);
                        }
                        // The same mark twice may be in order, and is odd nonetheless.
                        if at >= 3 && bytes[at - 2..at] == bytes[at + 1..at + 3] {
                            self.seen.odd_marks = true;
                        }
                        if next < class || next == NIKHAHIT {
                            thai -= marks;
                            at = run;
                            break 'same;
                        }
                        class = next;
                        marks = if next == LAST || marks + 1 == RUN { 0 } else { marks + 1 };
                        thai += 1;
                    }
                }
                at += 3;
            }
            let before = at;
            while let Some(letters) = plain_chunk(bytes, at) {
                latin += letters;
                at += CHUNK;
            }
            while let Some(ascii) = bytes.get(at).and_then(|byte| ASCII.get(usize::from(*byte))) {
                match ascii {
                    AsciiClass::Lower | AsciiClass::Upper => latin += 1,
                    AsciiClass::Space if !is_plain_space(bytes, at) => break 'same,
                    AsciiClass::Space => {
                        at += 1;
                        // Prose is plain again soon behind what was not.
                        while let Some(letters) = plain_chunk(bytes, at) {
                            latin += letters;
                            at += CHUNK;
                        }
                        continue;
                    }
                    AsciiClass::Control => self.seen.controls = true,
                    AsciiClass::Other => {}
                }
                at += 1;
            }
            if at == before {
                break;
            }
            marks = 0;
        }
        self.letters.latin += latin;
        self.letters.thai += thai;
        at
    }

    /// Spaces that start at `at`, the first of which ends at `end`; returns where they end.
    fn space(&mut self, source: &str, at: usize, end: usize) -> usize {
        let run = end + spaces(&source[end..]);
        for space in source[at..run].chars().filter(|space| !space.is_ascii()) {
            note(space, &mut self.letters, &mut self.seen);
        }
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
        self.seen.odd_marks = true;
        if source[at..].starts_with("เเ") {
            self.letters.thai += 1;
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
        self.letters.thai += run.len() as u32;
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
        note(letter, &mut self.letters, &mut self.seen);
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
        let folded = self.text.len() as u32;
        let source = source as u32;
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

/// The loose fold of a short text, without the map.
pub fn fold(text: &str) -> String {
    let mut folded = Folded::default();
    folded.fold(text);
    folded.text
}

/// Returns whether `found` is a way of writing the name `listed`, given that their loose folds agree: with the same
/// diacritics, wherever the tone mark is put (`Hòa`, `Hoà`), or with none at all.
pub fn same_word(found: &str, listed: &str) -> bool {
    found == listed || is_unmarked(found) || tight(found) == tight(listed)
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
            prop_assert_eq!(Survey::of(&source), Survey { letters: map.letters, seen: map.seen });
        }

        #[test]
        fn a_survey_counts_what_folding_counts(
            source in "([กนงเแ้่ําำิี ัะ็์ฯ๕฿ๆaAzĂăĐệñ\u{301}\u{a0}\u{2003}\u{200b}\u{85}\u{2028}\u{1}\u{7f}\t\nລໝ\u{ecd}າ😀.’]|กเเเ้้|[a-z ]{30,70}){0,20}"
        ) {
            let mut map = Folded::default();
            map.fold(&source);
            prop_assert_eq!(Survey::of(&source), Survey { letters: map.letters, seen: map.seen });
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
