//! What stands around a number and makes another thing of it than a date: a count, a house, a document, a score.

use super::grammar::DateParser;
use super::lex::{self, Kind};
use super::words::{self, DateWord};

/// Thai words that begin like something counted and are not.
const UNCOUNTED: [&str; 54] = [
    "วันที่",
    "วันนี้",
    "วันเดียวกัน",
    "วันเกิด",
    "ปีที่",
    "ปีนี้",
    "ปีเดียวกัน",
    "คนละ",
    "คนร้าย",
    "คนงาน",
    "คนไทย",
    "ครั้งที่",
    "ครั้งแรก",
    "ครั้งนี้",
    "เดือน",
    "รายงาน",
    "รายการ",
    "รายได้",
    "รายละเอียด",
    "รายชื่อ",
    "รายจ่าย",
    "รายวัน",
    "ตัวแทน",
    "ตัวเลข",
    "ตัวอย่าง",
    "ข้อมูล",
    "ข้อตกลง",
    "ข้อเสนอ",
    "ข้อหา",
    "จุดยืน",
    "ลูกค้า",
    "ลูกจ้าง",
    "ประเทศไทย",
    "ประเทศเวียดนาม",
    "ประเทศลาว",
    "องค์การ",
    "องค์กร",
    "เครื่องบิน",
    "เรื่องนี้",
    "รูปแบบ",
    "หลังจาก",
    "หลังเกิด",
    "หลังการ",
    "หลังพบ",
    "หลังได้",
    "หลังมี",
    "พันตำรวจ",
    "พันเอก",
    "พันโท",
    "พันตรี",
    "ทีมชาติ",
    "ทีมงาน",
    "อันดับ",
    "ลำดับ",
];

impl DateParser<'_> {
    /// Whether a letter, a digit or a sign that makes another thing of it touches the number at `at` from the left.
    pub(super) fn glued_left(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1) else { return false };
        match self.tokens[before].kind {
            Kind::Latin | Kind::Foreign | Kind::Number(_) => true,
            Kind::Word(word) => {
                !matches!(word, DateWord::MonthUnit(_) | DateWord::YearUnit(_) | DateWord::Day(_))
                    && !self.is_thai(before)
            }
            Kind::Sign(sign) => match sign {
                '$' | '€' | '£' | '฿' | '#' | '₫' | '@' | '=' | '&' | '_' | '+' => true,
                '/' | '-' | '.' | ',' | ':' | '\\' => {
                    if sign == ','
                        && before.checked_sub(1).and_then(|at| self.number(at)).is_some_and(|number| number.len == 4)
                    {
                        return false;
                    }
                    matches!(
                        before.checked_sub(1).and_then(|at| self.kind(at)),
                        Some(Kind::Number(_) | Kind::Latin | Kind::Sign('/'))
                    ) || sign == '/'
                        && matches!(
                            before.checked_sub(1).and_then(|at| self.kind(at)),
                            Some(Kind::Word(_) | Kind::Thai)
                        )
                }
                _ => false,
            },
            _ => false,
        }
    }

    pub(super) fn is_thai(&self, at: usize) -> bool {
        self.slice(at).starts_with(|c| matches!(c, '\u{E01}'..='\u{E4E}'))
    }

    /// Whether what follows token `next` makes the number before it a part of another thing: `/NĐ-CP`, `%`, `.5`.
    pub(super) fn goes_on(&self, next: usize) -> bool {
        match self.kind(next) {
            Some(Kind::Sign('%' | '°' | '€' | '$' | '_' | '@')) => true,
            Some(Kind::Sign('/' | '-' | '.' | ':' | ',' | '\\')) => match self.kind(next + 1) {
                // `2565,2566` are two years.
                Some(Kind::Number(number)) => self.sign(next) != Some(',') || number.len != 4,
                Some(Kind::Latin | Kind::Word(_)) => {
                    self.sign(next) == Some('/') && !self.is_thai(next + 1) || self.symbol_at(next + 1)
                }
                _ => false,
            },
            _ => false,
        }
    }

    /// Whether the word at `at` looks like a part of a document's symbol: `NQ`, `TTg`.
    fn symbol_at(&self, at: usize) -> bool {
        let word = self.slice(at);
        word.chars().count() >= 2
            && word.chars().next().is_some_and(char::is_uppercase)
            && word.chars().nth(1).is_some_and(char::is_uppercase)
    }

    /// Whether a number before token `next` counts what follows: `2567 คน`, `2000 people`.
    pub(super) fn counts(&self, next: usize) -> bool {
        let at = self.skip(next);
        let rest = self.rest(at);
        if self.is_thai(at) {
            return words::thai_counted(rest) && !UNCOUNTED.iter().any(|word| rest.starts_with(word));
        }
        matches!(self.kind(at), Some(Kind::Latin | Kind::Word(_))) && COUNTED.contains(&self.lower(at).as_str())
    }

    /// Whether the words before token `at` say that a number of another kind follows: a house, a document, a score.
    pub(super) fn numbered(&self, at: usize) -> bool {
        let before = self.before(at).trim_end_matches(|c| lex::is_space(c) || c == ':');
        let Some(last) = before.chars().next_back() else { return false };
        if matches!(last, '\u{E01}'..='\u{E4E}' | '.') && THAI_NUMBERED.iter().any(|word| before.ends_with(word)) {
            return true;
        }
        if !lex::is_latin(last) && last != '.' {
            return false;
        }
        let before = before.trim_end_matches('.');
        let start = before
            .char_indices()
            .rev()
            .take(16)
            .take_while(|(_, c)| lex::is_latin(*c))
            .last()
            .map_or(before.len(), |(at, _)| at);
        let word = lex::LowerWord::of(&before[start..]);
        NUMBERED.contains(&word.as_str())
    }
}

/// What a number in front of it counts, in Vietnamese and English.
const COUNTED: [&str; 60] = [
    "người",
    "đồng",
    "tỷ",
    "triệu",
    "nghìn",
    "ngàn",
    "cái",
    "chiếc",
    "con",
    "km",
    "kg",
    "m",
    "ha",
    "tấn",
    "tạ",
    "lần",
    "giờ",
    "phút",
    "tuổi",
    "hộ",
    "xã",
    "phiếu",
    "điểm",
    "usd",
    "vnd",
    "vnđ",
    "đ",
    "lít",
    "mét",
    "cuốn",
    "bài",
    "suất",
    "vụ",
    "doanh",
    "học",
    "cán",
    "căn",
    "cây",
    "people",
    "men",
    "women",
    "children",
    "percent",
    "per",
    "million",
    "billion",
    "miles",
    "kilometres",
    "kilometers",
    "metres",
    "meters",
    "feet",
    "tons",
    "tonnes",
    "words",
    "votes",
    "times",
    "dollars",
    "euros",
    "pounds",
];

/// After which a number is not a day: Thai.
const THAI_NUMBERED: [&str; 48] = [
    "มอก.",
    "มอก",
    "เลขที่",
    "หมายเลข",
    "ฉบับที่",
    "มติที่",
    "คำสั่งที่",
    "ประกาศที่",
    "ข้อ",
    "มาตรา",
    "หน้า",
    "ห้อง",
    "โทร.",
    "โทร",
    "โทรศัพท์",
    "เบอร์",
    "รหัส",
    "รุ่น",
    "ถนน",
    "ซอย",
    "ถ.",
    "ซ.",
    "สะพาน",
    "อนุสาวรีย์",
    "เหตุการณ์",
    "เวอร์ชัน",
    "กม.",
    "กม.ที่",
    "กิโลเมตร",
    "กิโลเมตรที่",
    "หมู่ที่",
    "หมู่",
    "บ้าน",
    "สกอร์",
    "อัตรา",
    "อัตราส่วน",
    "สัดส่วน",
    "พิกัด",
    "ราคา",
    "จำนวน",
    "อายุ",
    "ชนะ",
    "แพ้",
    "เสมอ",
    "คะแนน",
    "สวน",
    "สวนสาธารณะ",
    "โรงเรียน",
];

/// After which a number is not a day: Vietnamese and English.
const NUMBERED: [&str; 64] = [
    "số",
    "đường",
    "phố",
    "cầu",
    "trường",
    "viên",
    "viện",
    "chợ",
    "ngõ",
    "hẻm",
    "ngách",
    "nhà",
    "lô",
    "phòng",
    "km",
    "ql",
    "tl",
    "điện",
    "thoại",
    "đt",
    "hotline",
    "bản",
    "phiên",
    "lệ",
    "thắng",
    "thua",
    "hòa",
    "hoà",
    "tt",
    "nq",
    "qđ",
    "nđ",
    "cv",
    "điều",
    "khoản",
    "mục",
    "tờ",
    "thửa",
    "khu",
    "xe",
    "tuyến",
    "tiểu",
    "kiệt",
    "tổ",
    "no",
    "version",
    "release",
    "v",
    "ver",
    "score",
    "won",
    "lost",
    "beat",
    "route",
    "room",
    "page",
    "pp",
    "isbn",
    "street",
    "ratio",
    "scale",
    "art",
    "section",
    "chapter",
];
