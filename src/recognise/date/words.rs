//! The vocabulary of dates: months, weekdays, era marks, and the words that lead, join and name their parts.
//!
//! Completion and hover read [`MONTHS`] and [`WEEKDAYS`]; the recogniser also looks words up here.
//! Month endings follow the Thai rule that the Royal Institute's names keep: 31 days end in -คม, 30 in -ยน, February
//! in -พันธ์. Deliberately absent: grammar.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::recognise::profile::{Era, Language};
use crate::text::cluster::thai_run;

/// A month and its names.
#[derive(Debug)]
pub struct MonthNames {
    /// 1 to 12.
    pub number: u8,
    /// `มกราคม`
    pub thai: &'static str,
    /// `ม.ค.`
    pub thai_abbreviation: &'static str,
    /// `มกรา`
    pub thai_short: &'static str,
    /// `January`
    pub english: &'static str,
    /// `Jan`
    pub english_abbreviation: &'static str,
}

const fn month(
    number: u8,
    thai: &'static str,
    thai_abbreviation: &'static str,
    thai_short: &'static str,
    english: &'static str,
    english_abbreviation: &'static str,
) -> MonthNames {
    MonthNames { number, thai, thai_abbreviation, thai_short, english, english_abbreviation }
}

/// The twelve months, January first.
pub const MONTHS: [MonthNames; 12] = [
    month(1, "มกราคม", "ม.ค.", "มกรา", "January", "Jan"),
    month(2, "กุมภาพันธ์", "ก.พ.", "กุมภา", "February", "Feb"),
    month(3, "มีนาคม", "มี.ค.", "มีนา", "March", "Mar"),
    month(4, "เมษายน", "เม.ย.", "เมษา", "April", "Apr"),
    month(5, "พฤษภาคม", "พ.ค.", "พฤษภา", "May", "May"),
    month(6, "มิถุนายน", "มิ.ย.", "มิถุนา", "June", "Jun"),
    month(7, "กรกฎาคม", "ก.ค.", "กรกฎา", "July", "Jul"),
    month(8, "สิงหาคม", "ส.ค.", "สิงหา", "August", "Aug"),
    month(9, "กันยายน", "ก.ย.", "กันยา", "September", "Sep"),
    month(10, "ตุลาคม", "ต.ค.", "ตุลา", "October", "Oct"),
    month(11, "พฤศจิกายน", "พ.ย.", "พฤศจิกา", "November", "Nov"),
    month(12, "ธันวาคม", "ธ.ค.", "ธันวา", "December", "Dec"),
];

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

/// The seven weekdays, Monday first.
pub const WEEKDAYS: [WeekdayNames; 7] = [
    WeekdayNames { number: 1, thai: "วันจันทร์", vietnamese: "thứ Hai", english: "Monday" },
    WeekdayNames { number: 2, thai: "วันอังคาร", vietnamese: "thứ Ba", english: "Tuesday" },
    WeekdayNames { number: 3, thai: "วันพุธ", vietnamese: "thứ Tư", english: "Wednesday" },
    WeekdayNames {
        number: 4, thai: "วันพฤหัสบดี", vietnamese: "thứ Năm", english: "Thursday"
    },
    WeekdayNames { number: 5, thai: "วันศุกร์", vietnamese: "thứ Sáu", english: "Friday" },
    WeekdayNames { number: 6, thai: "วันเสาร์", vietnamese: "thứ Bảy", english: "Saturday" },
    WeekdayNames { number: 7, thai: "วันอาทิตย์", vietnamese: "Chủ nhật", english: "Sunday" },
];

/// How a month's name is written.
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
    /// Whether the form is a Thai abbreviation, of any style.
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
    /// `thứ`
    Thu,
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
    /// What else stands before a year or a stretch of years: `ช่วง`, `giai đoạn`, `วาระ`.
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

const TH: Language = Language::Thai;
const VI: Language = Language::Vietnamese;
const EN: Language = Language::English;

const THAI_WORDS: &[(&[&str], DateWord)] = &[
    (&["วันที่", "วันที่"], DateWord::Day(TH)),
    (
        &["วันที", "วนที่", "วันทิ่", "วันทื่", "วันที้", "วัที่", "วันี่", "วันท่", "ว้นที่", "วีนที่", "วันที๋", "วันทีื", "วันทึ่"],
        DateWord::Misspelt(UnitWord::Day, false),
    ),
    (&["เดือน"], DateWord::MonthUnit(TH)),
    (
        &["เดือร", "เดือย", "เดิอน", "เดีอน", "เดอืน", "เดื่อน", "เดื่อน", "ดือน", "เดืน"],
        DateWord::Misspelt(UnitWord::Month, false),
    ),
    (
        &["ปีการศึกษา", "ปีงบประมาณ", "ปีภาษี", "ปีบัญชี", "ปีเพาะปลูก", "ปีการผลิต", "ปีปฏิทิน", "ปีพุทธศักราช", "ปี"],
        DateWord::YearUnit(TH),
    ),
    (&["ช่วง", "วาระ", "ระยะ", "แผน", "รอบ", "ฤดูกาล", "สมัย"], DateWord::YearLead(TH)),
    (&["พ.ศ.", "พ.ศ", "พศ.", "พศ", "พ. ศ.", "พุทธศักราช"], DateWord::Era(Era::Buddhist, false)),
    (&["ค.ศ.", "ค.ศ", "คศ.", "คศ", "ค. ศ.", "คริสต์ศักราช", "คริสตศักราช"], DateWord::Era(Era::Common, false)),
    (&["ร.ศ.", "ร.ศ", "รัตนโกสินทร์ศก", "รัตนโกสินทรศก"], DateWord::Era(Era::Rattanakosin, false)),
    (&["ฮ.ศ.", "ฮ.ศ", "ฮิจเราะห์ศักราช"], DateWord::Era(Era::Hijri, false)),
    (&["จ.ศ.", "จ.ศ", "จุลศักราช", "ม.ศ.", "มหาศักราช"], DateWord::OtherEra),
    (&["ที่"], DateWord::Ordinal),
    (&["ไตรมาส"], DateWord::Quarter(TH)),
    (&["ครึ่งแรก", "ครึ่งปีแรก", "ครึ่งต้น"], DateWord::Half(1, TH)),
    (&["ครึ่งหลัง", "ครึ่งปีหลัง", "ครึ่งท้าย"], DateWord::Half(2, TH)),
    (&["แรก", "หนึ่ง"], DateWord::Nth(1)),
    (&["สอง"], DateWord::Nth(2)),
    (&["สาม"], DateWord::Nth(3)),
    (&["สุดท้าย", "สี่"], DateWord::Nth(4)),
    (&["ทศวรรษ", "ยุค"], DateWord::Decade(TH)),
    (&["ของ", "แห่ง"], DateWord::Of),
    (&["ไปจนถึง", "จนถึง", "ถึง"], DateWord::To(TH)),
    (&["และ", "กับ", "หรือ"], DateWord::And(TH)),
    (&["ระหว่าง", "ตั้งแต่", "นับแต่", "นับจาก", "จาก"], DateWord::From(TH)),
    (&["เช้า", "สาย", "เที่ยง", "บ่าย", "เย็น", "ค่ำวัน", "คืน", "กลางดึก", "ดึก"], DateWord::DayPart(TH)),
    (&["เวลา"], DateWord::Clock),
    (&["น.", "นาฬิกา"], DateWord::ClockMark),
    (&["แรม", "ขึ้น", "ค่ำ"], DateWord::Lunar),
    (&["ครั้งที่"], DateWord::Meeting),
];

const LATIN_WORDS: &[(&str, DateWord)] = &[
    ("ngày", DateWord::Day(VI)),
    ("tháng", DateWord::MonthUnit(VI)),
    ("năm", DateWord::YearUnit(VI)),
    ("thứ", DateWord::Thu),
    ("quý", DateWord::Quarter(VI)),
    ("quí", DateWord::Quarter(VI)),
    ("đến", DateWord::To(VI)),
    ("tới", DateWord::To(VI)),
    ("và", DateWord::And(VI)),
    ("hoặc", DateWord::And(VI)),
    ("từ", DateWord::From(VI)),
    ("của", DateWord::Of),
    ("sáng", DateWord::DayPart(VI)),
    ("trưa", DateWord::DayPart(VI)),
    ("chiều", DateWord::DayPart(VI)),
    ("tối", DateWord::DayPart(VI)),
    ("đêm", DateWord::DayPart(VI)),
    ("khuya", DateWord::DayPart(VI)),
    ("hôm", DateWord::DayPart(VI)),
    ("lúc", DateWord::Clock),
    ("hồi", DateWord::Clock),
    ("giờ", DateWord::Hour),
    ("mùng", DateWord::Lunar),
    ("mồng", DateWord::Lunar),
    ("rằm", DateWord::Lunar),
    ("the", DateWord::The),
    ("of", DateWord::Of),
    ("to", DateWord::To(EN)),
    ("through", DateWord::To(EN)),
    ("until", DateWord::In),
    ("till", DateWord::In),
    ("and", DateWord::And(EN)),
    ("or", DateWord::And(EN)),
    ("from", DateWord::From(EN)),
    ("between", DateWord::From(EN)),
    ("on", DateWord::On),
    ("at", DateWord::Clock),
    ("am", DateWord::ClockMark),
    ("pm", DateWord::ClockMark),
    ("quarter", DateWord::Quarter(EN)),
    ("first", DateWord::Nth(1)),
    ("second", DateWord::Nth(2)),
    ("third", DateWord::Nth(3)),
    ("fourth", DateWord::Nth(4)),
    ("in", DateWord::In),
    ("since", DateWord::In),
    ("by", DateWord::In),
    ("during", DateWord::In),
    ("before", DateWord::In),
    ("after", DateWord::In),
    ("early", DateWord::In),
    ("late", DateWord::In),
    ("mid", DateWord::In),
    ("last", DateWord::In),
    ("next", DateWord::In),
    ("this", DateWord::In),
    ("be", DateWord::LatinEra(Era::Buddhist)),
    ("ad", DateWord::LatinEra(Era::Common)),
    ("ce", DateWord::LatinEra(Era::Common)),
];

/// English weekdays, the full names and what they are shortened to.
const ENGLISH_WEEKDAYS: [(&str, u8); 18] = [
    ("monday", 1),
    ("tuesday", 2),
    ("wednesday", 3),
    ("thursday", 4),
    ("friday", 5),
    ("saturday", 6),
    ("sunday", 7),
    ("mon", 1),
    ("tue", 2),
    ("tues", 2),
    ("wed", 3),
    ("thu", 4),
    ("thur", 4),
    ("thurs", 4),
    ("fri", 5),
    ("sat", 6),
    ("sun", 7),
    ("weds", 3),
];

/// The Thai words, by their first two characters.
struct ThaiWords<T> {
    /// For each pair of characters the number of its list, 0 for none, with [`STEM`] where months begin so.
    pairs: Vec<u16>,
    /// Words and their meaning, longest first.
    lists: Vec<Vec<(String, T)>>,
}

/// Marks the pairs of characters with which months begin.
const STEM: u16 = 0x8000;

impl<T> ThaiWords<T> {
    /// The list for the first two characters of `text`, which must be a Thai one and a Thai or an ASCII one.
    fn pair(text: &[u8]) -> Option<usize> {
        // U+0E00 to U+0E7F are E0 B8 80 to E0 B9 BF: seven bits of the last two bytes tell them apart.
        let low = |second: u8, third: u8| usize::from(second & 1) << 6 | usize::from(third & 0x3F);
        match *text {
            [0xE0, second @ 0xB8..=0xB9, third, 0xE0, b @ 0xB8..=0xB9, c, ..] => {
                Some(low(second, third) << 8 | low(b, c))
            }
            [0xE0, second @ 0xB8..=0xB9, third, ascii @ 0..=0x7F, ..] => {
                Some(low(second, third) << 8 | 0x80 | usize::from(ascii))
            }
            _ => None,
        }
    }

    fn empty() -> Self {
        Self { pairs: vec![0; 1 << 15], lists: vec![Vec::new()] }
    }

    fn find(&self, text: &str) -> Option<&(String, T)> {
        let list = &self.lists[usize::from(self.entry(text.as_bytes()) & !STEM)];
        list.iter().find(|(word, _)| text.starts_with(word.as_str()))
    }

    fn entry(&self, text: &[u8]) -> u16 {
        Self::pair(text).map_or(0, |pair| self.pairs[pair])
    }

    fn add(&mut self, text: &str, word: T) {
        let Some(pair) = Self::pair(text.as_bytes()) else { return };
        if self.pairs[pair] & !STEM == 0 {
            self.lists.push(Vec::new());
            self.pairs[pair] |= self.lists.len() as u16 - 1;
        }
        self.lists[usize::from(self.pairs[pair] & !STEM)].push((text.to_owned(), word));
    }
}

static THAI: LazyLock<ThaiWords<DateWord>> = LazyLock::new(|| {
    let mut table = ThaiWords::empty();
    let mut add = |text: &str, word: DateWord| table.add(text, word);
    for (texts, word) in THAI_WORDS {
        for text in *texts {
            add(text, *word);
        }
    }
    for month in &MONTHS {
        let bare = month.thai_abbreviation.replace('.', "");
        let half = month.thai_abbreviation.trim_end_matches('.');
        let is = |form| DateWord::Month(month.number, form, TH);
        add(month.thai, is(MonthForm::Full));
        add(month.thai_short, is(MonthForm::Short));
        add(month.thai_abbreviation, is(MonthForm::Abbreviated));
        add(half, is(MonthForm::HalfDotted));
        add(&format!("{bare}."), is(MonthForm::HalfDotted));
        add(&month.thai_abbreviation.replacen('.', ". ", 1), is(MonthForm::Spaced));
        add(&bare, is(MonthForm::Dotless));
    }
    for weekday in &WEEKDAYS {
        let is = DateWord::Weekday(weekday.number, TH);
        add(weekday.thai, is);
        add(weekday.thai.trim_start_matches("วัน"), is);
    }
    add("วันพฤหัส", DateWord::Weekday(4, TH));
    add("วันพฤหัสฯ", DateWord::Weekday(4, TH));
    for (mark, era) in [('พ', Era::Buddhist), ('ค', Era::Common)] {
        for letter in ['ส', 'ษ', 'ซ', 'ด'] {
            for text in [format!("{mark}.{letter}."), format!("{mark}.{letter}"), format!("{mark}{letter}.")] {
                add(&text, DateWord::Era(era, true));
            }
        }
        for (a, b) in [(",", "."), (".", ","), (",", ","), ("..", "."), (".", ".."), (",", ""), (".,", ".")] {
            add(&format!("{mark}{a}ศ{b}"), DateWord::Era(era, true));
        }
    }
    for mark in ['ผ', 'ภ', 'ฟ'] {
        add(&format!("{mark}.ศ."), DateWord::Era(Era::Buddhist, true));
    }
    for month in &MONTHS {
        if let Some(pair) = ThaiWords::<DateWord>::pair(month.thai.as_bytes()) {
            table.pairs[pair] |= STEM;
        }
    }
    for words in &mut table.lists {
        words.sort_by_key(|(text, _)| std::cmp::Reverse(text.len()));
    }
    table
});

/// The longest Thai word that `text` starts with, and its length in bytes.
pub(super) fn thai_word(text: &str) -> Option<(DateWord, usize)> {
    THAI.find(text).map(|(word, kind)| (*kind, word.len()))
}

/// Whether `text` starts with something that a number in front of it counts: `คน`, `บาท`.
pub(super) fn thai_counted(text: &str) -> bool {
    COUNTED.find(text).is_some()
}

static COUNTED: LazyLock<ThaiWords<()>> = LazyLock::new(|| {
    let mut table = ThaiWords::empty();
    for word in THAI_COUNTED {
        table.add(word, ());
    }
    table
});

/// Whether some Thai month has the first two characters of `text`.
pub(super) fn may_be_month(text: &str) -> bool {
    THAI.entry(text.as_bytes()) & STEM != 0
}

/// How many bytes of Thai letters `text` begins with at none of which, behind other letters, a word may begin, misspelt
/// or not.
pub(super) fn idle(text: &str) -> usize {
    let (words, bytes) = (&*THAI, text.as_bytes());
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

/// What a whole Latin word means; `word` is in lower case and composed (NFC).
pub(super) fn latin_word(word: &str) -> Option<DateWord> {
    if word.len() > LONGEST_LATIN { None } else { LATIN_BY_TEXT.get(word).copied() }
}

/// The bytes of the longest Latin word of the vocabulary.
const LONGEST_LATIN: usize = 9;

static LATIN_BY_TEXT: LazyLock<FxHashMap<String, DateWord>> = LazyLock::new(|| {
    let mut table = FxHashMap::default();
    table.extend(LATIN_WORDS.iter().map(|(text, word)| ((*text).to_owned(), *word)));
    table.extend(ENGLISH_WEEKDAYS.iter().map(|(text, number)| ((*text).to_owned(), DateWord::Weekday(*number, EN))));
    for month in &MONTHS {
        let is = |form| DateWord::Month(month.number, form, EN);
        table.insert(month.english_abbreviation.to_lowercase(), is(MonthForm::Abbreviated));
        table.insert(month.english.to_lowercase(), is(MonthForm::Full));
    }
    table.insert("sept".to_owned(), DateWord::Month(9, MonthForm::Abbreviated, EN));
    table
});

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

/// What a number in front of it counts, in Thai.
const THAI_COUNTED: [&str; 62] = [
    "คน",
    "บาท",
    "ราย",
    "แห่ง",
    "ครั้ง",
    "ล้าน",
    "พัน",
    "หมื่น",
    "แสน",
    "เปอร์เซ็นต์",
    "ตัว",
    "คัน",
    "หลัง",
    "ดอลลาร์",
    "ดอง",
    "ตัน",
    "กิโล",
    "เมตร",
    "ชั่วโมง",
    "นาที",
    "วัน",
    "เรื่อง",
    "ชิ้น",
    "ฟอง",
    "เสียง",
    "ครัวเรือน",
    "ไร่",
    "หมู่บ้าน",
    "ตำบล",
    "ประเทศ",
    "จังหวัด",
    "โครงการ",
    "หน่วย",
    "บริษัท",
    "โรง",
    "องค์",
    "รูป",
    "ลูก",
    "ชุด",
    "ข้อ",
    "ทีม",
    "นัด",
    "กก.",
    "กม.",
    "ซม.",
    "ตร.",
    "ศพ",
    "ท่าน",
    "เล่ม",
    "ใบ",
    "เครื่อง",
    "ลำ",
    "อัน",
    "ปี",
    "เดือน",
    "สัปดาห์",
    "จุด",
    "เท่า",
    "ขวด",
    "ถุง",
    "หุ้น",
    "เหรียญ",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_is_idle() {
        let months = MONTHS.iter().flat_map(|month| [month.thai, month.thai_abbreviation, month.thai_short]);
        for word in THAI_WORDS.iter().flat_map(|(words, _)| words.iter().copied()).chain(months) {
            assert_eq!(idle(word), 0, "{word}");
            assert_eq!(idle(&format!("ฐฐ{word}")), "ฐฐ".len(), "{word}");
        }
        assert_eq!(idle("ฐฐ"), "ฐฐ".len());
        assert_eq!(idle("ฐฐ ฐ"), "ฐฐ".len());
        assert_eq!(idle(" ฐ"), 0);
    }
}
