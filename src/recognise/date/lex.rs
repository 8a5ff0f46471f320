//! From text to tokens: numbers, spaces, signs, words that mean something in a date, and the rest.
//!
//! Linear in the text. A word that is misspelt is recognised here where its neighbours say what it should be.
//! Deliberately absent: what the tokens mean together.

use compact_str::CompactString;
use unicode_normalization::UnicodeNormalization;

use super::letters::{
    Digits, LatinRun, ceil, digit, digit_of_letter, floor, is_lao, is_latin, is_mark, is_space, is_thai, is_thai_mark,
};
use super::spell;
use super::words::{self, DateWord, MonthForm, UnitWord};
use crate::recognise::profile::{Era, Language};
use crate::text::Span;
use crate::text::fold::is_invisible;

/// A run of digits.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Number {
    /// The value, 9,999,999 when it is larger.
    pub value: u32,
    /// The number of digits it has, at most 255.
    pub len: u8,
    pub digits: Digits,
    /// True if letters stand for some of the digits: `2O24`.
    pub letters: bool,
    /// The number of digits that no letter stands for.
    pub real: u8,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    Number(Number),
    /// White space and invisible characters; how many, at most 255.
    Space(u8),
    /// One other character that is neither letter nor mark.
    Sign(char),
    Word(DateWord),
    /// Thai or Lao letters of no known word.
    Thai,
    /// A Latin word of no meaning here.
    Latin,
    /// Letters of another script, or what must not be read.
    Foreign,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct DateToken {
    pub start: u32,
    pub end: u32,
    pub kind: Kind,
}

impl DateToken {
    pub(super) const fn span(&self) -> Span {
        Span::new(self.start, self.end)
    }
}

/// Cuts `text[window]` into tokens, appended to `out`. What lies in a `taken` span is [`Kind::Foreign`].
pub(super) fn lex(text: &str, window: Span, taken: &[Span], out: &mut Vec<DateToken>) {
    let end = window.end as usize;
    let mut at = window.start as usize;
    let mut taken = &taken[taken.partition_point(|span| span.end as usize <= at)..];
    while at < end {
        if let [first, rest @ ..] = taken
            && first.start as usize <= at
        {
            let stop = ceil(text, (first.end as usize).clamp(at, end));
            if stop > at {
                push(out, at, stop, Kind::Foreign);
            }
            at = stop;
            taken = rest;
            continue;
        }
        let limit = taken.first().map_or(end, |span| end.min(floor(text, span.start as usize).max(at + 1)));
        let limit = ceil(text, limit);
        let rest = &text[at..limit];
        // Most letters go on with those before.
        if let Some(last) = out.last_mut().filter(|last| last.kind == Kind::Thai && last.end as usize == at) {
            at += words::idle(rest);
            last.end = at as u32;
            if at == limit {
                continue;
            }
        }
        let rest = &text[at..limit];
        let (kind, len) = token(text, at, rest, out);
        push(out, at, at + len, kind);
        at += len;
    }
}

/// Appends a token; neighbouring unknown Thai letters become one.
fn push(out: &mut Vec<DateToken>, start: usize, end: usize, kind: Kind) {
    if let (Kind::Thai, Some(last)) = (kind, out.last_mut())
        && last.kind == Kind::Thai
        && last.end as usize == start
    {
        last.end = end as u32;
        return;
    }
    out.push(DateToken { start: start as u32, end: end as u32, kind });
}

/// The last token that is no space.
fn last_of(before: &[DateToken]) -> Option<&DateToken> {
    before.iter().rev().find(|token| !matches!(token.kind, Kind::Space(_)))
}

/// A misspelt Thai month at the start of `rest`, where a number or the word for month stands before it (`led`), or it
/// keeps the first three letters of a month.
fn misspelt_thai_month(rest: &str, led: bool) -> Option<(Kind, usize)> {
    if let Some((month, form, len)) = parted_month(rest).filter(|(_, form, _)| led || *form == MonthForm::Full) {
        return Some((Kind::Word(DateWord::Month(month, form, Language::Thai)), len));
    }
    let stem = || words::may_be_month(rest) && words::MONTHS.iter().any(|month| rest.starts_with(&month.thai[..9]));
    if !led && !stem() || words::thai_month(rest).is_some() {
        return None;
    }
    let (month, len) = spell::thai_month(rest)?;
    // An abbreviation or a short form that is right stays what it is.
    if let Some((DateWord::Month(..), known)) = words::thai_word(rest)
        && (known >= len
            || rest[..known].contains('.')
            || !rest[known..].starts_with(is_thai)
            // ตุลาฯ, ธันวาครับ
            || words::THAI_AFTER_SHORT_MONTHS.iter().any(|word| rest[known..].starts_with(word)))
    {
        return None;
    }
    Some((Kind::Word(DateWord::MisspeltMonth(month, Language::Thai)), len))
}

/// A misspelt English month that `rest` starts with, where a number stands beside it.
fn misspelt_english_month(text: &str, word: &str, rest: &str, before: &[DateToken]) -> Option<Kind> {
    if !word.starts_with(|c: char| c.is_ascii_uppercase()) || !(4..=11).contains(&word.len()) {
        return None;
    }
    let beside = number_beside(text, &rest[word.len()..], before);
    let month = if beside { spell::english_month(&word.to_ascii_lowercase())? } else { return None };
    Some(Kind::Word(DateWord::MisspeltMonth(month, Language::English)))
}

/// Returns whether a day or a year stands behind an English month or before it; `after` is the text behind it.
fn number_beside(text: &str, after: &str, before: &[DateToken]) -> bool {
    after.trim_start_matches([' ', ',', '.']).starts_with(|c: char| c.is_ascii_digit())
        || last_of(before).is_some_and(|token| {
            matches!(token.kind, Kind::Number(_) | Kind::Word(DateWord::MonthUnit(_)))
                || matches!(token.span().slice(text), "st" | "nd" | "rd" | "th" | "of")
        })
}

/// An English month with one space inside, where a number stands beside it: `Jan uary 4`, `4 Sep tember`.
fn spaced_english_month(text: &str, word: &str, rest: &str, before: &[DateToken]) -> Option<(Kind, usize)> {
    let tail = rest[word.len()..].strip_prefix(' ')?;
    // The first letters of months.
    let may_begin = |c: char| matches!(c, 'J' | 'F' | 'M' | 'A' | 'S' | 'O' | 'N' | 'D');
    if !word.starts_with(may_begin) || !tail.starts_with(|c: char| c.is_ascii_lowercase()) {
        return None;
    }
    let tail = &tail[..tail.find(|c: char| !is_latin(c)).unwrap_or(tail.len())];
    // `Ma y` is too short to be sure.
    let month = words::MONTHS.iter().find(|month| {
        month.english.len() >= 4 && month.english.strip_prefix(word).is_some_and(|end| !end.is_empty() && end == tail)
    })?;
    let len = word.len() + 1 + tail.len();
    let kind = Kind::Word(DateWord::Month(month.number, MonthForm::Spaced, Language::English));
    number_beside(text, &rest[len..], before).then_some((kind, len))
}

/// A Thai month's name with one space inside, which is a fault, or with one invisible character, a break hint that
/// changes nothing.
fn parted_month(rest: &str) -> Option<(u8, MonthForm, usize)> {
    let (gap, sign) = rest.char_indices().take(10).find(|(_, c)| !is_thai(*c)).filter(|(gap, _)| *gap >= 6)?;
    let form = match sign {
        ' ' => MonthForm::Spaced,
        _ if is_invisible(sign) => MonthForm::Full,
        _ => return None,
    };
    let (head, tail) = (&rest[..gap], &rest[gap + sign.len_utf8()..]);
    words::MONTHS.iter().find_map(|month| {
        let end = month.thai.strip_prefix(head).filter(|end| !end.is_empty())?;
        tail.starts_with(end).then_some((month.number, form, gap + sign.len_utf8() + end.len()))
    })
}

/// A misspelt Thai word for day or month at the start of `rest`, where numbers or a month stand as they would beside
/// the right one.
fn misspelt_thai_unit(first: char, rest: &str, before: &[DateToken]) -> Option<(Kind, usize)> {
    match first {
        'ว' => {
            let len = rest.char_indices().take(9).find(|(_, c)| !is_thai(*c))?.0;
            let digits = rest[len..].trim_start_matches(' ').starts_with(|c| digit(c).is_some());
            // `ข่าววันที่`: the letter too many is the last of the word before.
            let near = digits && !rest[..len].ends_with("วันที่") && spell::distance("วันที่", &rest[..len], 1) == Some(1);
            near.then_some((Kind::Word(DateWord::Misspelt(UnitWord::Day, false)), len))
        }
        'เ' | 'ด' if last_of(before).is_some_and(|token| matches!(token.kind, Kind::Number(_))) => {
            rest.char_indices().take(8).skip(3).find_map(|(len, _)| {
                let month = words::thai_month(rest[len..].trim_start_matches(' ')).is_some();
                let near = month && spell::distance("เดือน", &rest[..len], 2).is_some_and(|distance| distance > 0);
                near.then_some((Kind::Word(DateWord::Misspelt(UnitWord::Month, false)), len))
            })
        }
        _ => None,
    }
}

/// A misspelt Vietnamese word for day, month or year, of which the digits beside it tell what it should be. `lower` is
/// the word in lower case.
fn misspelt_vietnamese_unit(lower: &str, after: &str, before: &[DateToken]) -> Option<Kind> {
    let after = after.trim_start_matches(' ');
    if !(2..=9).contains(&lower.len()) || !after.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let after_number = last_of(before).is_some_and(|token| matches!(token.kind, Kind::Number(_)));
    let base: CompactString = lower.chars().filter(|c| !is_mark(*c)).map(base_letter).collect();
    let near = |right: &str| spell::distance(right, &base, 1).is_some_and(|distance| distance > 0);
    let is = |unit| Some(Kind::Word(DateWord::Misspelt(unit, false)));
    if after_number && near("thang") {
        is(UnitWord::Month)
    } else if after_number
        && base.len() >= 3
        && near("nam")
        && after.bytes().take_while(u8::is_ascii_digit).count() == 4
    {
        is(UnitWord::Year)
    } else if near("ngay")
        && !words::VIETNAMESE_WORDS_NEAR_NGAY.contains(&base.as_str())
        && after.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start().starts_with("th")
    {
        is(UnitWord::Day)
    } else {
        None
    }
}

/// Returns whether a Thai word, found at the start of `rest` by its letters alone, is one and not a piece of others.
/// `led`: a number or the word for month stands before it.
/// `attached`: letters of another word stand against it.
fn thai_word_stands(word: DateWord, len: usize, rest: &str, led: bool, attached: bool) -> bool {
    let after = &rest[len..];
    // A vowel or tone mark behind it belongs to its last letter.
    if after.starts_with(is_thai_mark) {
        return false;
    }
    let letter_follows = after.starts_with(is_thai);
    match word {
        // ประชุมครั้งที่ holds มค, ต.คลองหนึ่ง begins with ต.ค, ตุลาการ are judges.
        DateWord::Month(_, MonthForm::Dotless, _) => led && !letter_follows,
        DateWord::Month(_, MonthForm::HalfDotted, _) => !letter_follows || rest[..len].ends_with('.'),
        DateWord::Month(_, MonthForm::Short, _) => {
            !letter_follows || words::THAI_AFTER_SHORT_MONTHS.iter().any(|word| after.starts_with(word))
        }
        // An era mark in full stands against other words (ในพ.ศ. 2562); what lacks a stop or is misspelt may be the end
        // of another word or an acronym: เพศ 2, อคส. 15, พด.6.
        DateWord::Era(_, typo)
            if attached
                && (typo
                    || rest[..len].matches('.').count() < 2
                        && !rest[..len].ends_with("ศักราช")
                        && !rest[..len].ends_with("ศก")) =>
        {
            false
        }
        DateWord::Era(..)
            if !rest[..len].ends_with('.') && !rest[..len].ends_with("ศักราช") && !rest[..len].ends_with("ศก") =>
        {
            after.trim_start_matches(is_space).starts_with(|c| digit(c).is_some())
        }
        _ => true,
    }
}

/// The token that `rest`, which is `text` from `at` on, starts with.
fn token(text: &str, at: usize, rest: &str, before: &[DateToken]) -> (Kind, usize) {
    // Most tokens of Latin text are a single space or a word that can be nothing else.
    match *rest.as_bytes() {
        [b' ', b'!'..=b'~', ..] => return (Kind::Space(1), 1),
        [letter, ..]
            if letter.is_ascii_alphabetic()
                && !matches!(letter, b'A'..=b'C')
                && digit_of_letter(char::from(letter)).is_none() =>
        {
            let opens = !text[..at].ends_with(is_latin);
            return latin(text, rest, if opens { Some(before) } else { None });
        }
        _ => {}
    }
    let Some(first) = rest.chars().next() else { return (Kind::Foreign, rest.len().max(1)) };
    if is_thai(first) {
        return thai(first, rest, before);
    }
    if is_lao(first) {
        return lao(first, rest);
    }
    if matches!(first, 'A' | 'B' | 'C')
        && let Some(found) = dotted_era(text, at, rest)
    {
        return found;
    }
    if let Some(found) = number(rest) {
        return found;
    }
    if is_latin(first) {
        let opens = !text[..at].ends_with(is_latin);
        return latin(text, rest, if opens { Some(before) } else { None });
    }
    if is_space(first) {
        let spaces = rest.chars().take_while(|c| is_space(*c));
        let (count, len) = spaces.fold((0_u8, 0), |(count, len), c| (count.saturating_add(1), len + c.len_utf8()));
        return (Kind::Space(count), len);
    }
    let kind = if first.is_alphabetic() { Kind::Foreign } else { Kind::Sign(first) };
    (kind, first.len_utf8())
}

/// The Latin word that begins at `at`, where it has no meaning in a date even beside a number.
pub(super) fn plain_word(text: &str, at: usize) -> Option<&str> {
    const NUMBER: Number = Number { value: 0, len: 1, digits: Digits::Arabic, letters: false, real: 1 };
    const BEFORE: [DateToken; 1] = [DateToken { start: 0, end: 0, kind: Kind::Number(NUMBER) }];
    match token(text, at, &text[at..], &BEFORE) {
        (Kind::Latin, len) => Some(&text[at..at + len]),
        _ => None,
    }
}

/// An era mark of letters with stops: `B.E.`, `A. D.`. What is before Christ is a word of no meaning here.
fn dotted_era(text: &str, at: usize, rest: &str) -> Option<(Kind, usize)> {
    const MARKS: [(&[char], Option<Era>); 5] = [
        (&['B', 'C', 'E'], None),
        (&['B', 'C'], None),
        (&['B', 'E'], Some(Era::Buddhist)),
        (&['A', 'D'], Some(Era::Common)),
        (&['C', 'E'], Some(Era::Common)),
    ];
    if text[..at].ends_with(|c: char| is_latin(c) || c == '.') {
        return None;
    }
    MARKS.iter().find_map(|(letters, era)| {
        let mut left = rest;
        for (number, letter) in letters.iter().enumerate() {
            left = left.strip_prefix(' ').filter(|_| number > 0).unwrap_or(left).strip_prefix(*letter)?;
            let last = number + 1 == letters.len();
            left = match left.strip_prefix('.') {
                Some(left) => left,
                None if last && !left.starts_with(is_latin) => left,
                None => return None,
            };
        }
        let kind = era.map_or(Kind::Latin, |era| Kind::Word(DateWord::LatinEra(era)));
        Some((kind, rest.len() - left.len()))
    })
}

fn thai(first: char, rest: &str, before: &[DateToken]) -> (Kind, usize) {
    let last = last_of(before).map(|token| token.kind);
    let numbered = matches!(last, Some(Kind::Number(_) | Kind::Word(DateWord::MonthUnit(_))));
    if (numbered || words::may_be_month(rest))
        && let Some(found) = misspelt_thai_month(rest, numbered)
    {
        return found;
    }
    let led = numbered || matches!(last, Some(Kind::Word(DateWord::Ordinal | DateWord::Day(_))));
    let attached = matches!(before.last(), Some(token) if token.kind == Kind::Thai);
    match words::thai_word(rest) {
        Some((word, len)) if thai_word_stands(word, len, rest, led, attached) => (Kind::Word(word), len),
        _ => misspelt_thai_unit(first, rest, before).unwrap_or((Kind::Thai, first.len_utf8())),
    }
}

/// A Lao word, or one letter. A vowel or tone mark behind a word belongs to its last letter.
fn lao(first: char, rest: &str) -> (Kind, usize) {
    let mark = |c: char| matches!(c, '\u{EB1}' | '\u{EB4}'..='\u{EBC}' | '\u{EC8}'..='\u{ECD}');
    match words::lao_word(rest) {
        Some((word, len)) if !rest[len..].starts_with(mark) => (Kind::Word(word), len),
        _ => (Kind::Thai, first.len_utf8()),
    }
}

/// A number at the start of `rest`: digits, and letters among them that stand for digits.
fn number(rest: &str) -> Option<(Kind, usize)> {
    let first = rest.chars().next()?;
    if digit(first).is_none() && digit_of_letter(first).is_none() {
        return None;
    }
    let mut number = Number { value: 0, len: 0, digits: Digits::Arabic, letters: false, real: 0 };
    let mut certain = 0; // the length up to the last real digit
    let mut at = 0;
    let mut kept = number;
    for c in rest.chars() {
        let (value, digits) = match (digit(c), digit_of_letter(c)) {
            (Some(found), _) => found,
            (None, Some(value)) if number.len < 8 => {
                number.letters = true;
                (value, number.digits)
            }
            _ => break,
        };
        if digit(c).is_some() {
            number.digits = if number.real == 0 || number.digits == digits { digits } else { Digits::Mixed };
            number.real = number.real.saturating_add(1);
        }
        number.value = number.value.saturating_mul(10).saturating_add(value).min(9_999_999);
        number.len = number.len.saturating_add(1);
        at += c.len_utf8();
        if digit(c).is_some() {
            certain = at;
            kept = number;
        }
    }
    let word_goes_on = rest[at..].starts_with(is_latin);
    // `1990S` is a decade in capitals, `10l` an amount, `2O2l` a year: letters at the end count only in a run of
    // digit length that no word continues.
    let trailing = at > certain;
    if trailing && (word_goes_on || certain == 0 && number.len > 2 || number.len != 2 && number.len != 4) {
        (number, at) = (kept, certain);
    }
    if at == 0 || number.letters && number.real == 0 && rest[..at].contains(['S', 'B']) {
        return None;
    }
    // A word in front of its digits (`SO20`) is a word.
    if digit(first).is_none() && number.len > 4 {
        return None;
    }
    Some((Kind::Number(number), at))
}

/// A Latin word. `before` are the tokens before it, unless it goes on with one of them.
fn latin(text: &str, rest: &str, before: Option<&[DateToken]>) -> (Kind, usize) {
    let run = LatinRun::of(rest);
    let len = run.len;
    if len > LONGEST_WORD {
        return (Kind::Latin, len);
    }
    let word = &rest[..len];
    if let Some(month) = before.and_then(|before| spaced_english_month(text, word, rest, before)) {
        return month;
    }
    if means_nothing(word, run, &rest[len..]) {
        return (Kind::Latin, len);
    }
    let lower = LowerWord::of(word);
    let lower = lower.as_str();
    let kind = words::latin_word(lower)
        .map(Kind::Word)
        .or_else(|| misspelt_english_month(text, word, rest, before?))
        .or_else(|| misspelt_vietnamese_unit(lower, &rest[len..], before?))
        .or_else(|| bare_unit(lower).map(Kind::Word))
        // Nam is a name: Việt Nam, miền Nam, Hà Nam.
        .filter(|kind| !(matches!(kind, Kind::Word(DateWord::Misspelt(UnitWord::Year, _))) && is_capitalised(word)));
    (kind.unwrap_or(Kind::Latin), len)
}

/// Returns whether a word is surely no word of a date, right or misspelt, by its first letter, its length, its letters
/// and what stands behind it; `run` is the word as a run of letters. Few words of a text get beyond this look.
pub(super) fn means_nothing(word: &str, run: LatinRun, after: &str) -> bool {
    let first = match *word.as_bytes() {
        [first @ b'a'..=b'z', ..] => first,
        // đ, Đ
        [0xC4, 0x90 | 0x91, ..] => b'{',
        _ => return false,
    };
    // A word with its marks apart has another length than the one it is.
    if run.has_marks || words::may_be_latin(first, word.len(), run.is_ascii) {
        return false;
    }
    // `ngay`, `nam`, `thang` are units without their marks. Others that are misspelt stand before a number: units in
    // any way, months with a capital.
    let may_be_misspelt =
        matches!(first, b'n' | b't') || after.trim_start_matches(' ').starts_with(|c| digit(c).is_some());
    !may_be_misspelt || is_far_from_units(word)
}

/// Returns whether a word has too few letters of `ngay`, `thang` and `nam` to be one of them with one letter wrong.
fn is_far_from_units(word: &str) -> bool {
    const fn bit(letter: u8) -> u8 {
        match letter {
            b'n' => 1,
            b'g' => 2,
            b'a' => 4,
            b'y' => 8,
            b't' => 16,
            b'h' => 32,
            b'm' => 64,
            _ => 0,
        }
    }
    let bit_of = |c: char| match base_letter(lower_case(c)) {
        letter if letter.is_ascii() => bit(letter as u8),
        _ => 0,
    };
    let seen = word.chars().fold(0, |seen, c| seen | bit_of(c));
    let has = |letters: u8| (seen & letters).count_ones();
    has(1 | 2 | 4 | 8) < 3 && has(16 | 32 | 4 | 1 | 2) < 4 && has(1 | 4 | 64) < 2
}

/// The bytes of the longest word that means something, its marks apart and misspelt.
pub(super) const LONGEST_WORD: usize = 12;

/// A short word in lower case and composed (NFC), on the stack.
#[derive(Clone, Copy, Default)]
pub(super) struct LowerWord {
    bytes: [u8; 2 * LONGEST_WORD],
    len: usize,
}

impl LowerWord {
    /// Of a word of at most [`LONGEST_WORD`] bytes; empty for a longer one.
    pub(super) fn of(word: &str) -> Self {
        let mut lower = Self::default();
        if word.len() > LONGEST_WORD {
            return lower;
        }
        if word.is_ascii() {
            lower.len = word.len();
            lower.bytes[..word.len()].copy_from_slice(word.as_bytes());
            lower.bytes[..word.len()].make_ascii_lowercase();
        } else if word.contains(is_mark) {
            word.nfc().for_each(|c| lower.push(c));
        } else {
            word.chars().for_each(|c| lower.push(c));
        }
        lower
    }

    fn push(&mut self, c: char) {
        let c = lower_case(c);
        if let Some(place) = self.bytes.get_mut(self.len..self.len + c.len_utf8()) {
            c.encode_utf8(place);
            self.len += c.len_utf8();
        }
    }

    pub(super) fn as_str(&self) -> &str {
        std::str::from_utf8(&self.bytes[..self.len]).unwrap_or_default()
    }
}

impl std::ops::Deref for LowerWord {
    type Target = str;

    fn deref(&self) -> &str {
        self.as_str()
    }
}

impl PartialEq<&str> for LowerWord {
    fn eq(&self, word: &&str) -> bool {
        self.as_str() == *word
    }
}

/// A letter of English or Vietnamese in lower case; others stay as they are.
const fn lower_case(c: char) -> char {
    let code = c as u32;
    let lower = match code {
        0x41..=0x5A | 0xC0..=0xD6 | 0xD8..=0xDE => code + 0x20,
        0x1AF => 0x1B0,
        0x102..=0x128 | 0x168 | 0x1A0 | 0x1EA0..=0x1EF9 => code | 1,
        _ => code,
    };
    match char::from_u32(lower) {
        Some(lower) => lower,
        None => c,
    }
}

/// The letter without the marks of tone and quality, for the two vowels that the words for day, month and year have.
const fn base_letter(c: char) -> char {
    match c {
        'à'..='ã' | 'ă' | 'ạ' | 'ả' | 'ấ' | 'ầ' | 'ẩ' | 'ẫ' | 'ậ' | 'ắ' | 'ằ' | 'ẳ' | 'ẵ' | 'ặ' => {
            'a'
        }
        'ý' | 'ỳ' | 'ỵ' | 'ỷ' | 'ỹ' => 'y',
        _ => c,
    }
}

/// Returns whether the first letter alone is a capital.
fn is_capitalised(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_uppercase) && letters.any(char::is_lowercase)
}

/// `ngay`, `thàng`, `nắm`: a Vietnamese unit word with other marks than its own, or none.
fn bare_unit(word: &str) -> Option<DateWord> {
    let fits = |unit: &str| word.chars().filter(|c| !is_mark(*c)).map(base_letter).eq(unit.chars());
    let unit = match word.as_bytes().first()? {
        b'n' if fits("ngay") => UnitWord::Day,
        b'n' if fits("nam") => UnitWord::Year,
        b't' if fits("thang") => UnitWord::Month,
        _ => return None,
    };
    Some(DateWord::Misspelt(unit, word.is_ascii()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_means_nothing_at_a_glance_means_nothing(
            word in "(ngày|thang|thág|nam|đến|khoản|quý|[nNgàaáăyýthTmMđĐeiuếo]{0,7}|[a-z]{1,4})([nagyth]{0,2}|\u{301})",
            after in "( ?5| ?2024| x|, |\n|)",
        ) {
            let text = format!("{word}{after}");
            if !means_nothing(&word, LatinRun::of(&word), &after) {
                return Ok(());
            }
            let number = Number { value: 1, len: 1, digits: Digits::Arabic, letters: false, real: 1 };
            let before = [DateToken { start: 0, end: 0, kind: Kind::Number(number) }];
            let lower = LowerWord::of(&word);
            prop_assert!(words::latin_word(&lower).is_none(), "{}", text);
            prop_assert!(bare_unit(&lower).is_none(), "{}", text);
            for before in [&before[..], &[]] {
                prop_assert_eq!(misspelt_english_month(&text, &word, &text, before), None);
                prop_assert_eq!(misspelt_vietnamese_unit(&lower, &after, before), None);
            }
        }
    }
}
