//! From tokens to dates: the parser's cursor, what stands around a date, and how a find is put together.
//!
//! The parser goes once from left to right. At every token it tries the forms that may begin there; each looks a
//! bounded number of tokens ahead and back, but for runs of numbers and separators, which are swallowed whole.
//! The forms themselves are in [`worded`](super::worded), [`numeric`](super::numeric), [`years`](super::years) and
//! [`frames`](super::frames).

use compact_str::CompactString;
use smallvec::SmallVec;

use super::Fault;
use super::lex::{self, Digits, Kind, Number, Token};
use super::parts::{Parts, Shape, Year};
use super::words::{Unit, Word};
use crate::recognise::habits::{Era, Language, When};
use crate::text::Span;

/// A fault that the grammar saw while it read.
#[derive(Clone, Debug)]
pub(super) struct Note {
    pub fault: Fault,
    /// What to underline; absent: the date.
    pub span: Option<Span>,
    pub detail: CompactString,
    pub when: When,
    /// Whether the draft's edits put it right.
    pub decided: bool,
}

/// A date on its way to becoming a fact.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    pub core: Span,
    pub extent: Span,
    pub language: Language,
    pub shape: Shape,
    /// Where the year of the last part is, for what is said about eras.
    pub years: SmallVec<[YearAt; 2]>,
    /// The weekday named with it: its place, its number, its language.
    pub weekday: Option<(Span, u8, Language)>,
    pub notes: SmallVec<[Note; 2]>,
    pub edits: SmallVec<[(Span, CompactString); 2]>,
    pub mention: bool,
    /// The token after it.
    pub next: usize,
}

/// A year and its mark in the text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct YearAt {
    pub year: Year,
    /// Its digits.
    pub span: Span,
    /// Its mark.
    pub mark: Option<Span>,
    pub digits: Digits,
}

impl Draft {
    pub(super) fn new(core: Span, language: Language, shape: Shape, next: usize) -> Self {
        Self {
            core,
            extent: core,
            language,
            shape,
            years: SmallVec::new(),
            weekday: None,
            notes: SmallVec::new(),
            edits: SmallVec::new(),
            mention: true,
            next,
        }
    }

    pub(super) fn note(&mut self, fault: Fault, decided: bool) {
        self.note_at(fault, None, decided);
    }

    pub(super) fn note_at(&mut self, fault: Fault, span: Option<Span>, decided: bool) {
        if !self.notes.iter().any(|note| note.fault == fault) {
            self.notes.push(Note { fault, span, detail: CompactString::default(), when: When::Always, decided });
        }
    }

    pub(super) fn edit(&mut self, span: Span, text: impl Into<CompactString>) {
        self.edits.push((span, text.into()));
    }
}

/// What stands before a date and belongs to it.
#[derive(Clone, Debug, Default)]
pub(super) struct Lead {
    /// The first token of the core.
    pub core: usize,
    /// The first token of the extent.
    pub first: usize,
    /// `วันที่`, `ngày`, `on`
    pub day: bool,
    /// `เดือน`, `tháng`
    pub month: Option<Language>,
    /// `ปี`, `năm`, `in`: a year or a stretch of them follows.
    pub year: Option<Language>,
    /// `ช่วง`, `giai đoạn`
    pub stretch: bool,
    /// `ทศวรรษ`
    pub decade: Option<Language>,
    /// `sáng`, `เช้า`
    pub part: bool,
    /// `từ`, `đến`, `ถึง`
    pub from: bool,
    /// `ครั้งที่`
    pub meeting: bool,
    pub era: Option<(usize, Era, bool)>,
    pub weekday: Option<(Span, u8, Language)>,
    /// A unit word that is misspelt, and the right one.
    pub misspelt: SmallVec<[(usize, Unit, bool, Language); 1]>,
    /// The second of two equal words.
    pub doubled: Option<(usize, usize)>,
    pub language: Language,
}

pub(super) struct Parser<'t> {
    pub text: &'t str,
    pub tokens: &'t [Token],
    /// The language of the segment's letters, once somebody asked.
    pub segment_language: &'t mut Option<Language>,
    /// The token after the last date that was a year alone, and its language.
    pub last_year: Option<(usize, Language)>,
    /// The token after the last date that was a day and a month in numbers.
    pub last_day: Option<usize>,
}

impl<'t> Parser<'t> {
    /// Everything in the tokens, in order.
    pub(super) fn run(&mut self, mut found: impl FnMut(Draft)) {
        let mut at = 0;
        while at < self.tokens.len() {
            match self.at(at) {
                Found::Date(draft) => {
                    at = draft.next.max(at + 1);
                    if matches!(&draft.shape, Shape::Point(Parts { below: super::parts::Below::Year, .. })) {
                        self.last_year = Some((at, draft.language));
                    }
                    if matches!(
                        &draft.shape,
                        Shape::Point(Parts { below: super::parts::Below::Numeric(..), year: None })
                    ) {
                        self.last_day = Some(at);
                    }
                    found(*draft);
                }
                Found::Skip(next) => at = next.max(at + 1),
                Found::Nothing => at += 1,
            }
        }
    }

    fn at(&mut self, at: usize) -> Found {
        match self.tokens[at].kind {
            Kind::Number(number) if number.real > 0 || number.letters => self
                .clock(at)
                .or_else(|| self.worded(at))
                .or_else(|| self.vietnamese_month(at))
                .or_else(|| self.chain(at))
                .or_else(|| self.year(at)),
            Kind::Word(Word::Month(..) | Word::MisspeltMonth(..)) => self.month_first(at),
            Kind::Word(Word::Quarter(_) | Word::Half(..) | Word::Nth(_)) => self.period(at),
            Kind::Word(Word::Lunar) => self.lunar(at),
            Kind::Word(Word::Day(_) | Word::MonthUnit(_) | Word::Misspelt(..)) => self.frame(at),
            Kind::Latin => self.period(at),
            _ => Found::Nothing,
        }
    }

    // ---------------------------------------------------------------- the cursor

    pub(super) fn kind(&self, at: usize) -> Option<Kind> {
        self.tokens.get(at).map(|token| token.kind)
    }

    pub(super) fn word(&self, at: usize) -> Option<Word> {
        match self.kind(at)? {
            Kind::Word(word) => Some(word),
            _ => None,
        }
    }

    pub(super) fn number(&self, at: usize) -> Option<Number> {
        match self.kind(at)? {
            Kind::Number(number) => Some(number),
            _ => None,
        }
    }

    pub(super) fn sign(&self, at: usize) -> Option<char> {
        match self.kind(at)? {
            Kind::Sign(sign) => Some(sign),
            _ => None,
        }
    }

    pub(super) fn span(&self, at: usize) -> Span {
        self.tokens[at].span()
    }

    pub(super) fn slice(&self, at: usize) -> &'t str {
        self.tokens.get(at).map_or("", |token| token.span().slice(self.text))
    }

    /// The token at `at`, or behind the space there.
    pub(super) fn skip(&self, at: usize) -> usize {
        at + usize::from(matches!(self.kind(at), Some(Kind::Space(_))))
    }

    /// The token before `at`, not counting a space.
    pub(super) fn back(&self, at: usize) -> Option<usize> {
        let before = at.checked_sub(1)?;
        if matches!(self.kind(before), Some(Kind::Space(_))) { before.checked_sub(1) } else { Some(before) }
    }

    /// The span from the first token to the one before `next`.
    pub(super) fn cover(&self, first: usize, next: usize) -> Span {
        self.span(first).cover(self.span(next.max(first + 1) - 1))
    }

    /// What follows the token before `at`, as text.
    pub(super) fn rest(&self, at: usize) -> &'t str {
        self.tokens.get(at).map_or("", |token| &self.text[token.start as usize..])
    }

    /// What stands before the token, as text.
    pub(super) fn before(&self, at: usize) -> &'t str {
        self.tokens.get(at).map_or("", |token| &self.text[..token.start as usize])
    }

    /// The Latin word at `at`, in lower case, where it is short.
    pub(super) fn lower(&self, at: usize) -> CompactString {
        match self.kind(at) {
            Some(Kind::Latin | Kind::Word(_)) if self.slice(at).len() <= 24 => {
                self.slice(at).chars().flat_map(char::to_lowercase).collect()
            }
            _ => CompactString::default(),
        }
    }

    pub(super) fn language(&mut self) -> Language {
        let text = self.text;
        *self.segment_language.get_or_insert_with(|| lex::language(text))
    }

    // ---------------------------------------------------------------- what stands around

    /// Whether a letter, a digit or a sign that makes another thing of it touches the number at `at` from the left.
    pub(super) fn glued_left(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1) else { return false };
        match self.tokens[before].kind {
            Kind::Latin | Kind::Foreign | Kind::Number(_) => true,
            Kind::Word(word) => {
                !matches!(word, Word::MonthUnit(_) | Word::YearUnit(_) | Word::Day(_)) && !self.is_thai(before)
            }
            Kind::Sign(sign) => match sign {
                '$' | '€' | '£' | '฿' | '#' | '₫' | '@' | '=' | '&' | '_' | '+' => true,
                '/' | '-' | '.' | ',' | ':' | '\\' => {
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
                Some(Kind::Number(_)) => true,
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
            return THAI_COUNTED.iter().any(|word| rest.starts_with(word))
                && !["วันที่", "ปีที่", "คนละ", "ครั้งที่", "เดือน"].iter().any(|word| rest.starts_with(word));
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
        let word: CompactString = before[start..].chars().flat_map(char::to_lowercase).collect();
        NUMBERED.contains(&word.as_str())
    }

    /// What stands before the core that starts with token `at`.
    pub(super) fn lead(&self, at: usize) -> Lead {
        let mut lead = Lead { core: at, first: at, ..Lead::default() };
        let mut cursor = at;
        for _ in 0..7 {
            let Some(before) = self.back(cursor) else { break };
            let Some(taken) = self.lead_word(before, &mut lead) else { break };
            cursor = taken;
            lead.first = taken;
        }
        lead
    }

    /// Takes one word of a lead that ends with token `at`; the token it starts with, if it is one.
    fn lead_word(&self, at: usize, lead: &mut Lead) -> Option<usize> {
        let same_as_last = |first: usize| {
            first < lead.first && lead.first < self.tokens.len() && self.slice(first) == self.slice(lead.first)
        };
        match self.kind(at)? {
            Kind::Word(word) => {
                let language = match word {
                    Word::Day(language) => {
                        if lead.day && same_as_last(at) {
                            lead.doubled = Some((at, lead.first));
                        }
                        lead.day = true;
                        language
                    }
                    Word::MonthUnit(language) => {
                        if lead.month.is_some() && same_as_last(at) {
                            lead.doubled = Some((at, lead.first));
                        }
                        lead.month = Some(language);
                        language
                    }
                    Word::YearUnit(language) => {
                        if lead.year.is_some() && same_as_last(at) && language == Language::Thai {
                            lead.doubled = Some((at, lead.first));
                        } else if lead.year.is_some() && same_as_last(at) {
                            return None;
                        }
                        lead.year = Some(language);
                        language
                    }
                    Word::Misspelt(unit, bare) => {
                        let language = if self.is_thai(at) { Language::Thai } else { Language::Vietnamese };
                        match unit {
                            // `ngay` is also a word of its own: it must stand against the day.
                            Unit::Day if bare && self.skip(at + 1) != lead.core => return None,
                            Unit::Day => lead.day = true,
                            Unit::Month => lead.month = Some(language),
                            Unit::Year => lead.year = Some(language),
                        }
                        lead.misspelt.push((at, unit, bare, language));
                        language
                    }
                    Word::Era(era, typo) => {
                        if lead.era.is_some_and(|(_, first, _)| first == era) && same_as_last(at) {
                            lead.doubled = Some((at, lead.first));
                        }
                        lead.era = Some((at, era, typo));
                        Language::Thai
                    }
                    Word::LatinEra(era) if self.slice(at).chars().all(char::is_uppercase) => {
                        lead.era = Some((at, era, false));
                        Language::Unknown
                    }
                    Word::YearLead(language) => {
                        lead.stretch = true;
                        language
                    }
                    Word::Decade(language) => {
                        lead.decade = Some(language);
                        language
                    }
                    Word::Ordinal => {
                        // ที่ belongs to the weekday or the decade before it.
                        let before = self.back(at)?;
                        if !matches!(self.word(before), Some(Word::Weekday(..) | Word::Decade(_))) {
                            return None;
                        }
                        Language::Thai
                    }
                    Word::Weekday(number, language) => {
                        if lead.weekday.is_some_and(|(_, first, _)| first == number) && same_as_last(at) {
                            lead.doubled = Some((at, lead.first));
                        }
                        lead.weekday = Some((self.span(at), number, language));
                        // `เสาร์-อาทิตย์ที่ 7-8`: two weekdays name two days.
                        if let Some(joint) = self.back(at)
                            && (self.sign(joint).is_some_and(super::worded::is_dash)
                                || matches!(self.word(joint), Some(Word::And(_) | Word::To(_))))
                            && let Some(first) =
                                self.back(joint).filter(|first| matches!(self.word(*first), Some(Word::Weekday(..))))
                        {
                            lead.weekday = None;
                            return Some(first);
                        }
                        language
                    }
                    Word::DayPart(language) => {
                        lead.part = true;
                        language
                    }
                    Word::To(language) | Word::From(language) => {
                        lead.from = true;
                        language
                    }
                    Word::On => {
                        if same_as_last(at) {
                            lead.doubled = Some((at, lead.first));
                        }
                        lead.day = true;
                        Language::English
                    }
                    Word::In => {
                        if same_as_last(at) {
                            lead.doubled = Some((at, lead.first));
                        }
                        lead.year = Some(Language::English);
                        Language::English
                    }
                    Word::The => Language::English,
                    Word::Meeting => {
                        lead.meeting = true;
                        Language::Thai
                    }
                    _ => return self.vietnamese_weekday(at, lead),
                };
                if lead.language == Language::Unknown {
                    lead.language = language;
                }
                Some(at)
            }
            Kind::Sign(',') => {
                // A comma stands only between a weekday and the date.
                let before = self.back(at)?;
                match self.word(before) {
                    Some(Word::Weekday(_, Language::English)) => Some(at),
                    _ => self.vietnamese_weekday(before, lead),
                }
            }
            Kind::Sign('.') => {
                let before = at.checked_sub(1)?;
                matches!(self.word(before), Some(Word::Weekday(_, Language::English))).then_some(at)
            }
            Kind::Latin | Kind::Number(_) => self.vietnamese_weekday(at, lead),
            _ => None,
        }
    }

    /// `thứ Sáu`, `thứ 6`, `Chủ nhật`, ending with token `at`.
    fn vietnamese_weekday(&self, at: usize, lead: &mut Lead) -> Option<usize> {
        let before = self.back(at)?;
        let number = if self.word(before) == Some(Word::Thu) {
            match self.number(at) {
                Some(number) if (2..=7).contains(&number.value) && number.len == 1 => number.value as u8 - 1,
                Some(_) => return None,
                None => super::words::spoken_number(&self.lower(at)).filter(|n| (2..=7).contains(n))? - 1,
            }
        } else if self.lower(at) == "nhật" && matches!(self.lower(before).as_str(), "chủ" | "chúa") {
            7
        } else {
            return None;
        };
        lead.weekday = Some((self.cover(before, at + 1), number, Language::Vietnamese));
        if lead.language == Language::Unknown {
            lead.language = Language::Vietnamese;
        }
        Some(before)
    }

    // ---------------------------------------------------------------- putting together

    /// Gives a draft what its lead says: extent, weekday, faults of the leading words.
    pub(super) fn with_lead(&self, mut draft: Draft, lead: &Lead) -> Draft {
        draft.extent = draft.extent.cover(draft.core);
        if lead.first < self.tokens.len() {
            draft.extent = draft.extent.cover(self.span(lead.first));
        }
        draft.weekday = draft.weekday.or(lead.weekday).or_else(|| self.weekday_beside(lead.first, draft.next));
        if draft.language == Language::Unknown && lead.language != Language::English {
            draft.language = lead.language;
        }
        for (at, unit, bare, language) in &lead.misspelt {
            self.misspelt_unit(&mut draft, *at, *unit, *bare, *language);
        }
        if let Some((first, second)) = lead.doubled {
            let span = self.span(first).cover(draft.core);
            draft.note_at(Fault::DuplicateWord, Some(span), true);
            draft.edit(Span::new(self.span(first).start, self.span(second).start), "");
        }
        draft
    }

    /// A weekday next to a date in parentheses, or in parentheses next to a date: `thứ Bảy (23/11/2024)`.
    fn weekday_beside(&self, first: usize, next: usize) -> Option<(Span, u8, Language)> {
        let mut other = Lead { core: first, first, ..Lead::default() };
        let open = self.back(first).filter(|open| self.sign(*open) == Some('('));
        if let Some(last) = open.and_then(|open| self.back(open)) {
            self.weekday_word(last, &mut other);
        } else if self.sign(self.skip(next)) == Some('(') {
            let close = (next..self.tokens.len().min(next + 7)).find(|at| self.sign(*at) == Some(')'))?;
            let start = self.skip(next) + 1;
            let last = self.back(close)?;
            if self.weekday_word(last, &mut other).is_some_and(|at| at != start) {
                return None;
            }
        }
        other.weekday
    }

    fn weekday_word(&self, at: usize, lead: &mut Lead) -> Option<usize> {
        if let Some(Word::Weekday(number, language)) = self.word(at) {
            lead.weekday = Some((self.span(at), number, language));
            return Some(at);
        }
        self.vietnamese_weekday(at, lead)
    }

    /// Notes that a unit word is misspelt. One that only lacks its marks counts where the document writes them.
    pub(super) fn misspelt_unit(&self, draft: &mut Draft, at: usize, unit: Unit, bare: bool, language: Language) {
        let span = self.span(at).cover(draft.core);
        draft.note_at(Fault::MisspeltUnit, Some(span), true);
        if bare && let Some(note) = draft.notes.iter_mut().find(|note| note.fault == Fault::MisspeltUnit) {
            note.when = When::MarkedVietnamese;
        }
        draft.edit(self.span(at), like(self.slice(at), unit.spelling(language)));
    }
}

/// `word` with the capitals of `model`: all, the first, or none.
pub(super) fn like(model: &str, word: &str) -> CompactString {
    let mut letters = model.chars().filter(|c| c.is_alphabetic());
    match (letters.next(), letters.next()) {
        (Some(first), Some(second)) if first.is_uppercase() && second.is_uppercase() => word.to_uppercase().into(),
        (Some(first), _) if first.is_uppercase() => {
            let mut chars = word.chars();
            chars.next().into_iter().flat_map(char::to_uppercase).chain(chars).collect()
        }
        _ => word.into(),
    }
}

/// What came of trying at a place.
pub(super) enum Found {
    Date(Box<Draft>),
    /// Nothing up to this token, which has been looked at already.
    Skip(usize),
    Nothing,
}

impl Found {
    fn or_else(self, next: impl FnOnce() -> Self) -> Self {
        match self {
            Self::Nothing => next(),
            found => found,
        }
    }
}

impl From<Option<Draft>> for Found {
    fn from(draft: Option<Draft>) -> Self {
        draft.map_or(Self::Nothing, |draft| Self::Date(Box::new(draft)))
    }
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
const THAI_NUMBERED: [&str; 46] = [
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
