//! The vocabulary of dates: months, weekdays, era marks, and the words that lead, join and name their parts.
//!
//! The words themselves stand in `src/recognise/data/date/`; the build script turns them into the tables used here.
//! Completion and hover read [`MONTHS`] and [`WEEKDAYS`]; the recogniser also looks words up here. Deliberately absent:
//! grammar.

use crate::recognise::profile::{Era, Language};
use crate::text::cluster::thai_run;

include!(concat!(env!("OUT_DIR"), "/date.rs"));

/// A month and its names.
#[derive(Debug)]
pub struct MonthNames {
    /// 1 to 12.
    pub number: u8,
    /// `มกราคม`
    pub thai: &'static str,
    /// `ม.ค.`
    pub thai_abbreviation: &'static str,
    /// `January`
    pub english: &'static str,
    /// `Jan`
    pub english_abbreviation: &'static str,
}

/// A weekday and its names.
#[derive(Debug)]
pub struct WeekdayNames {
    /// Monday 1 to Sunday 7, as ISO 8601 counts.
    pub number: u8,
    /// `วันจันทร์`
    pub thai: &'static str,
    /// `thứ Hai`
    pub vietnamese: &'static str,
    /// `Monday`
    pub english: &'static str,
}

/// The way in which a month's name is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum MonthForm {
    /// `กรกฎาคม`, `July`
    Full,
    /// `กรกฎา`
    Short,
    /// `ก.ค.`, `Jul`
    Abbreviated,
    /// `ก.ค`, `กค.`: an abbreviation that lacks a full stop.
    HalfDotted,
    /// `กค`: an abbreviation without any.
    Dotless,
    /// `ก. ค.`
    Spaced,
    /// Spelt out in Vietnamese: `tháng Giêng`, `tháng mười hai`.
    Spoken,
}

impl MonthForm {
    /// Returns whether the form is a Thai abbreviation, of any style.
    pub(super) const fn is_abbreviation(self) -> bool {
        matches!(self, Self::Abbreviated | Self::HalfDotted | Self::Dotless | Self::Spaced)
    }
}

/// A word that means something in a date.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum DateWord {
    /// A month's name.
    Month(u8, MonthForm, Language),
    /// A misspelling of a month's name.
    MisspeltMonth(u8, Language),
    /// A weekday; Vietnamese ones are two words and are put together by the grammar.
    Weekday(u8, Language),
    /// `thứ`: with the number behind it a weekday.
    WeekdayNumber,
    /// `วันที่`, `ngày`: a day's number follows.
    Day(Language),
    /// `เดือน`, `tháng`: a month follows.
    MonthUnit(Language),
    /// `ปี`, `năm`: a year follows.
    YearUnit(Language),
    /// A unit word that is misspelt: `วันที`, `nắm`, `thàng`; the flag says that only its marks are missing.
    Misspelt(UnitWord, bool),
    /// An era mark; whether it is misspelt (`พ.ส.`).
    Era(Era, bool),
    /// An era mark that stands behind or before its year in Latin letters: `BE`, `AD`.
    LatinEra(Era),
    /// An era that is not dealt with: `จ.ศ.`.
    OtherEra,
    /// `ที่`
    Ordinal,
    /// `ไตรมาส`, `quý`, `quarter`
    Quarter(Language),
    /// A half of the year: `ครึ่งแรก`, `nửa cuối`; 1 or 2.
    Half(u8, Language),
    /// An ordinal that may stand for a quarter's number: `แรก`, `first`; the last one is 4.
    Nth(u8),
    /// `ทศวรรษ`, `ยุค`, `thập niên`, `những`; with the number a decade.
    Decade(Language),
    /// `ของ`, `of`, `của`
    Of,
    /// `ถึง`, `đến`, `to`
    To(Language),
    /// `และ`, `và`, `and`
    And(Language),
    /// `ตั้งแต่`, `từ`, `from`, `ระหว่าง`
    From(Language),
    /// `เช้า`, `sáng`, `tối`: the part of a day, before a date.
    DayPart(Language),
    /// Other words before a year or a stretch of years: `ช่วง`, `giai đoạn`, `วาระ`.
    YearLead(Language),
    /// English words after which a month or a year is one: `in`, `since`.
    In,
    /// `the`
    The,
    /// `on`
    On,
    /// `เวลา`, `lúc`, `at`: a clock time follows.
    Clock,
    /// `น.`, `am`, `pm`: a clock time is before it.
    ClockMark,
    /// `giờ`, `h`
    Hour,
    /// A lunar day is near: `mùng`, `แรม`, `ขึ้น`.
    Lunar,
    /// `ครั้งที่`: what follows is a number, a slash and a year.
    Meeting,
}

/// The words that name a part of a date.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum UnitWord {
    /// `วันที่`, `ngày`
    Day,
    /// `tháng`, `เดือน`
    Month,
    /// `năm`, `ปี`
    Year,
}

impl UnitWord {
    /// The word as it should be written.
    pub(super) const fn spelling(self, language: Language) -> &'static str {
        match (self, language) {
            (Self::Day, Language::Thai) => "วันที่",
            (Self::Month, Language::Thai) => "เดือน",
            (Self::Year, Language::Thai) => "ปี",
            (Self::Day, _) => "ngày",
            (Self::Month, _) => "tháng",
            (Self::Year, _) => "năm",
        }
    }
}

/// Words by their first two characters, of which the first is Thai and the second Thai or ASCII.
struct ThaiWordTable<T: 'static> {
    /// For each pair of characters the number of its group and one more, 0 for none, with [`STEM`] where months begin
    /// so.
    pairs: [u16; 1 << 15],
    groups: &'static [&'static [(&'static str, T)]],
}

/// Marks the pairs of characters with which months begin.
const STEM: u16 = 0x8000;

/// The place of the first two characters of `text` among pairs.
const fn pair(text: &[u8]) -> Option<usize> {
    // U+0E00 to U+0E7F are E0 B8 80 to E0 B9 BF: seven bits of the last two bytes tell them apart.
    const fn low(second: u8, third: u8) -> usize {
        ((second & 1) as usize) << 6 | (third & 0x3F) as usize
    }
    match *text {
        [0xE0, second @ 0xB8..=0xB9, third, 0xE0, b @ 0xB8..=0xB9, c, ..] => Some(low(second, third) << 8 | low(b, c)),
        [0xE0, second @ 0xB8..=0xB9, third, ascii @ 0..=0x7F, ..] => {
            Some(low(second, third) << 8 | 0x80 | ascii as usize)
        }
        _ => None,
    }
}

impl<T> ThaiWordTable<T> {
    #[allow(clippy::large_stack_arrays, reason = "it is evaluated while the program is compiled")]
    const fn new(groups: &'static [&'static [(&'static str, T)]]) -> Self {
        let mut pairs = [0; 1 << 15];
        let mut group = 0;
        while group < groups.len() {
            match pair(groups[group][0].0.as_bytes()) {
                Some(place) => pairs[place] = group as u16 + 1,
                None => panic!("a Thai word begins with two characters, of which the first is Thai"),
            }
            group += 1;
        }
        Self { pairs, groups }
    }

    /// Marks the pairs with which months begin.
    const fn with_stems(mut self) -> Self {
        let mut month = 0;
        while month < MONTHS.len() {
            if let Some(place) = pair(MONTHS[month].thai.as_bytes()) {
                self.pairs[place] |= STEM;
            }
            month += 1;
        }
        self
    }

    fn entry(&self, text: &[u8]) -> u16 {
        pair(text).map_or(0, |pair| self.pairs[pair])
    }

    /// The longest word that `text` starts with.
    fn find(&self, text: &str) -> Option<&'static (&'static str, T)> {
        let group = usize::from(self.entry(text.as_bytes()) & !STEM).checked_sub(1)?;
        self.groups.get(group)?.iter().find(|(word, _)| text.starts_with(word))
    }
}

static THAI: ThaiWordTable<DateWord> = ThaiWordTable::new(THAI_WORDS).with_stems();
static COUNTED: ThaiWordTable<()> = ThaiWordTable::new(THAI_COUNTED);

/// The longest Thai word that `text` starts with, and its length in bytes.
pub(super) fn thai_word(text: &str) -> Option<(DateWord, usize)> {
    THAI.find(text).map(|(word, meaning)| (*meaning, word.len()))
}

/// The longest Lao word that `text` starts with, and its length in bytes.
pub(super) fn lao_word(text: &str) -> Option<(DateWord, usize)> {
    LAO_WORDS.iter().find(|(word, _)| text.starts_with(word)).map(|(word, meaning)| (*meaning, word.len()))
}

/// Returns whether `text` starts with something that a number in front of it counts: `คน`, `บาท`.
pub(super) fn thai_counted(text: &str) -> bool {
    COUNTED.find(text).is_some() && !THAI_NOT_COUNTED.iter().any(|word| text.starts_with(word))
}

/// Returns whether some Thai month has the first two characters of `text`.
pub(super) fn may_be_month(text: &str) -> bool {
    THAI.entry(text.as_bytes()) & STEM != 0
}

/// Returns the number of bytes of Thai letters `text` begins with at none of which, behind other letters, a word may
/// begin, misspelt or not.
pub(super) fn idle(text: &str) -> usize {
    let (words, bytes) = (&THAI, text.as_bytes());
    let letters = thai_run(bytes).zip((0..).step_by(3));
    // วันที่ is known when it is misspelt in any way.
    letters
        .take_while(|&(place, at)| matches!(place, 0x01..=0x4E) && place != 0x27 && words.entry(&bytes[at..]) == 0)
        .count()
        * 3
}

/// The Thai month whose full name starts `text`.
pub(super) fn thai_month(text: &str) -> Option<&'static MonthNames> {
    MONTHS.iter().find(|month| text.starts_with(month.thai))
}

/// A number of a Latin word for [`LatinTable`], from all its bytes.
const fn hash(word: &[u8]) -> usize {
    let mut hash: u64 = 0;
    let mut at = 0;
    while at < word.len() {
        hash = (hash ^ word[at] as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        at += 1;
    }
    // Multiplication carries every byte upwards: the upper half depends on all of them.
    (hash >> 32) as usize
}

/// Places of the table: a power of two, at least twice the words, so that a search soon meets a free place.
const LATIN_PLACES: usize = 512;

/// For each place the number of a word and one more, or 0. A word stands at the place of its hash or at the next free
/// one.
static LATIN: [u16; LATIN_PLACES] = {
    assert!(LATIN_WORDS.len() * 2 <= LATIN_PLACES);
    let mut places = [0; LATIN_PLACES];
    let mut word = 0;
    while word < LATIN_WORDS.len() {
        let mut place = hash(LATIN_WORDS[word].0.as_bytes()) % LATIN_PLACES;
        while places[place] != 0 {
            place = (place + 1) % LATIN_PLACES;
        }
        places[place] = word as u16 + 1;
        word += 1;
    }
    places
};

/// The bytes of the longest Latin word of the vocabulary.
const LONGEST_LATIN: usize = {
    let (mut longest, mut word) = (0, 0);
    while word < LATIN_WORDS.len() {
        if LATIN_WORDS[word].0.len() > longest {
            longest = LATIN_WORDS[word].0.len();
        }
        word += 1;
    }
    longest
};

/// The first letters of Latin words by their length in bytes, those of ASCII and the others: a bit for each letter, and
/// one for `đ`.
static LATIN_BEGINNINGS: [[u32; LONGEST_LATIN + 1]; 2] = {
    let mut beginnings = [[0; LONGEST_LATIN + 1]; 2];
    let mut at = 0;
    while at < LATIN_WORDS.len() {
        let word = LATIN_WORDS[at].0;
        let first = match *word.as_bytes() {
            [first @ b'a'..=b'z', ..] => first,
            [0xC4, 0x91, ..] => b'{',
            _ => panic!("a Latin word of dates begins with a letter of ASCII or with đ"),
        };
        beginnings[!word.is_ascii() as usize][word.len()] |= 1 << (first - b'a');
        at += 1;
    }
    beginnings
};

/// Returns whether some Latin word begins with this letter in lower case (`{` for `đ`) and has this length in bytes,
/// all its marks in its letters.
pub(super) fn may_be_latin(first: u8, len: usize, ascii: bool) -> bool {
    let beginnings = LATIN_BEGINNINGS[usize::from(!ascii)].get(len).copied().unwrap_or_default();
    beginnings >> (first - b'a') & 1 != 0
}

/// The meaning of a whole Latin word; `word` is in lower case and composed (NFC).
pub(super) fn latin_word(word: &str) -> Option<DateWord> {
    if word.len() > LONGEST_LATIN {
        return None;
    }
    let mut place = hash(word.as_bytes()) % LATIN_PLACES;
    loop {
        let (known, meaning) = LATIN_WORDS.get(usize::from(LATIN[place]).checked_sub(1)?)?;
        if *known == word {
            return Some(*meaning);
        }
        place = (place + 1) % LATIN_PLACES;
    }
}

/// The number that a Vietnamese numeral names in `tháng mười hai` and `thứ Hai`, in lower case: 1 to 12.
pub(super) fn spoken_number(word: &str) -> Option<u8> {
    Some(match word {
        "một" => 1,
        "hai" => 2,
        "ba" => 3,
        "tư" | "bốn" => 4,
        "năm" => 5,
        "sáu" => 6,
        "bảy" | "bẩy" => 7,
        "tám" => 8,
        "chín" => 9,
        "mười" => 10,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_is_idle() {
        for (word, _) in THAI_WORDS
            .iter()
            .copied()
            .flatten()
            .filter(|(word, _)| word.starts_with(|c| matches!(c, '\u{E01}'..='\u{E4E}')))
        {
            assert_eq!(idle(word), 0, "{word}");
            assert_eq!(idle(&format!("ฐฐ{word}")), "ฐฐ".len(), "{word}");
        }
        assert_eq!(idle("ฐฐ"), "ฐฐ".len());
        assert_eq!(idle("ฐฐ ฐ"), "ฐฐ".len());
        assert_eq!(idle(" ฐ"), 0);
    }

    /// The words of a data file with the names of their sections.
    fn listed(file: &str) -> Vec<(&str, &str)> {
        let mut section = "";
        let mut words = Vec::new();
        for line in file.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            match line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
                Some(name) => section = name,
                None => words.push((section, line)),
            }
        }
        words
    }

    #[test]
    fn every_listed_word_is_found_with_its_meaning() {
        let thai = listed(include_str!("../data/date/thai_words.txt"));
        assert!(thai.len() > 100);
        for (section, word) in thai {
            let (meaning, len) = thai_word(word).expect(word);
            assert_eq!(len, word.len(), "{word}");
            match section {
                "day" => assert_eq!(meaning, DateWord::Day(Language::Thai), "{word}"),
                "misspelt day" => assert_eq!(meaning, DateWord::Misspelt(UnitWord::Day, false), "{word}"),
                "Buddhist Era" => assert_eq!(meaning, DateWord::Era(Era::Buddhist, false), "{word}"),
                "to" => assert_eq!(meaning, DateWord::To(Language::Thai), "{word}"),
                "third" => assert_eq!(meaning, DateWord::Nth(3), "{word}"),
                _ => {}
            }
        }
        for (_, word) in listed(include_str!("../data/date/lao_words.txt")) {
            assert_eq!(lao_word(word).expect(word).1, word.len(), "{word}");
        }
        for (section, word) in listed(include_str!("../data/date/english_words.txt")) {
            let meaning = latin_word(word).expect(word);
            match section {
                "in" => assert_eq!(meaning, DateWord::In, "{word}"),
                "and" => assert_eq!(meaning, DateWord::And(Language::English), "{word}"),
                _ => {}
            }
        }
        for (_, word) in listed(include_str!("../data/date/vietnamese_words.txt")) {
            assert!(latin_word(word).is_some(), "{word}");
        }
        assert_eq!(latin_word("september"), Some(DateWord::Month(9, MonthForm::Full, Language::English)));
        assert_eq!(latin_word("sept"), Some(DateWord::Month(9, MonthForm::Abbreviated, Language::English)));
        assert_eq!(latin_word("may"), Some(DateWord::Month(5, MonthForm::Full, Language::English)));
        for (word, _) in LATIN_WORDS {
            let first = word.as_bytes()[0];
            assert!(!first.is_ascii_lowercase() || may_be_latin(first, word.len(), word.is_ascii()), "{word}");
        }
        assert!(!may_be_latin(b'z', 3, true));
        assert_eq!(latin_word("septembers"), None);
        assert_eq!(latin_word("ngay"), None);
    }
}
