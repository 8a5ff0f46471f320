//! Quarters and half-years: `ไตรมาสที่ 3 ปี 2567`, `quý III/2024`, `H1 2024`, `3Q67`.

use smallvec::SmallVec;

use super::form::{DateForm, FormGrammar, FormStart, Trigger};
use crate::recognise::date::fault::DateFault;
use crate::recognise::date::grammar::{DateDraft, DateParser, FormMatch, YearPlace};
use crate::recognise::date::letters::is_dash;
use crate::recognise::date::lex::{Kind, Number};
use crate::recognise::date::parts::{Below, DateParts, DateShape, WrittenYear};
use crate::recognise::date::windows;
use crate::recognise::date::words::{self, DateWord};
use crate::recognise::profile::{Era, Language};
use crate::text::Span;

/// A quarter or a half of a year, or several quarters of one.
pub(super) const FORM: DateForm = DateForm {
    #[cfg(test)]
    name: "a quarter or a half-year",
    triggers: &[Trigger::Digit, Trigger::RomanQuarter],
    grammar: FormGrammar::Tokens {
        begins: &[FormStart::Period, FormStart::Latin, FormStart::Number],
        read: |parser, at| parser.period(at),
    },
    #[cfg(test)]
    examples: &[
        ("ไตรมาสที่ 3 ปี 2567", &[("ไตรมาสที่ 3 ปี 2567", "2024-Q3")]),
        ("trong quý III/2024", &[("quý III/2024", "2024-Q3")]),
        ("sales in H1 2024", &[("H1 2024", "2024-H1")]),
        ("กำไร 3Q67", &[("3Q67", "2024-Q3")]),
    ],
    #[cfg(test)]
    others: &["quý vị đại biểu"],
};

impl DateParser<'_> {
    /// `ไตรมาสที่ 3 ปี 2567`, `quý III/2024`, `Q3 2024`, `third quarter of 2024`, `ครึ่งแรกของปี 2567`, `H1 2024`.
    fn period(&mut self, at: usize) -> FormMatch {
        let found = match self.kind(at) {
            Some(Kind::Word(DateWord::Quarter(Language::Thai))) => self.thai_quarter(at),
            Some(Kind::Word(DateWord::Quarter(Language::Vietnamese))) => self.vietnamese_quarter(at),
            Some(Kind::Word(DateWord::Half(half, Language::Thai))) => {
                self.with_period_year(at, at + 1, Below::Half(half), Language::Thai, true)
            }
            Some(Kind::Word(DateWord::Nth(n))) => self.nth(at, n),
            Some(Kind::Latin) => self.lettered(at),
            Some(Kind::Number(number)) => self.counted_period(at, number),
            _ => None,
        };
        found.into()
    }

    fn thai_quarter(&mut self, at: usize) -> Option<DateDraft> {
        let mut cursor = self.skip(at + 1);
        if self.word(cursor) == Some(DateWord::Ordinal) {
            cursor = self.skip(cursor + 1);
        }
        let (n, next) = match self.kind(cursor)? {
            Kind::Number(number)
                if number.len == 1
                    && (!self.goes_on(cursor + 1)
                        || self.sign(cursor + 1).is_some_and(|sign| sign == '/' || is_dash(sign))) =>
            {
                (number.value as u8, cursor + 1)
            }
            Kind::Word(DateWord::Nth(n)) => (n, cursor + 1),
            Kind::Word(DateWord::YearUnit(_)) if matches!(self.kind(cursor - 1), Some(Kind::Space(2..))) => {
                let year = self.skip(cursor + 1);
                self.number(year).filter(|number| number.len == 4)?;
                let mut draft = DateDraft::new(self.cover(at, year + 1), Language::Thai, DateShape::Nothing, year + 1);
                draft.mention = false;
                draft.note(DateFault::MissingPart, false);
                return Some(draft);
            }
            _ => return None,
        };
        if let Some(draft) = self.quarters(at, n, next, Language::Thai) {
            return Some(draft);
        }
        // ไตรมาส 1-3 ปี 2567
        let last = self.number(next + 1).filter(|last| last.len == 1 && self.sign(next).is_some_and(is_dash));
        let Some(last) = last else {
            // `เป็นไตรมาสที่ 6` counts quarters: only a year behind makes a quarter of such a number.
            let counted = !(1..=4).contains(&n);
            return self.with_period_year(at, next, Below::Quarter(n), Language::Thai, counted);
        };
        let mut draft = self.with_period_year(at, next + 2, Below::Quarter(last.value as u8), Language::Thai, false)?;
        if let DateShape::Point(end) = draft.shape {
            draft.shape = DateShape::Range(DateParts { below: Below::Quarter(n), ..end }, end);
        }
        Some(draft)
    }

    fn vietnamese_quarter(&mut self, at: usize) -> Option<DateDraft> {
        let number_at = self.skip(at + 1);
        if let Some(draft) = self.empty_quarter(at) {
            return Some(draft);
        }
        if number_at == at + 1 && !matches!(self.kind(number_at), Some(Kind::Number(_))) {
            return None;
        }
        let text = self.slice(number_at);
        let roman = roman(text);
        let n = match (roman, self.number(number_at)) {
            (Some(n), _) => n,
            (None, Some(number)) if number.len == 1 => number.value as u8,
            _ => return None,
        };
        if let Some(draft) = self.quarters(at, n, number_at + 1, Language::Vietnamese) {
            return Some(draft);
        }
        let mut draft = self.with_period_year(at, number_at + 1, Below::Quarter(n), Language::Vietnamese, false)?;
        let has_year = !draft.years.is_empty();
        if !has_year {
            // `dược liệu quý 1`: quý is also precious.
            let capital = self.slice(at).starts_with(char::is_uppercase);
            let led = self
                .back(at)
                .is_some_and(|before| words::VIETNAMESE_BEFORE_QUARTERS.contains(&self.lower(before).as_str()));
            if roman.is_none() && !capital && !led || !(1..=4).contains(&n) {
                return None;
            }
        }
        if self.goes_on(draft.next) {
            return None;
        }
        draft.language = Language::Vietnamese;
        Some(draft)
    }

    /// Several quarters of one year: `quý II, III và IV năm 2024`, `quý I - II/2023`, `ไตรมาส 1 และ 2 ปี 2566`. `first`
    /// is the one that ends before token `next`.
    fn quarters(&mut self, at: usize, first: u8, mut next: usize, language: Language) -> Option<DateDraft> {
        let in_calendar = |n: &u8| (1..=4).contains(n);
        let mut all: SmallVec<[u8; 4]> = SmallVec::new();
        all.extend(Some(first).filter(in_calendar));
        let mut ranges = 0;
        while (1..4).contains(&all.len()) {
            let joint = self.skip(next);
            let comma = self.sign(joint) == Some(',');
            let range = self.sign(joint).is_some_and(is_dash) || matches!(self.word(joint), Some(DateWord::To(_)));
            if !comma && !range && !matches!(self.word(joint), Some(DateWord::And(_))) {
                break;
            }
            let mut at = self.skip(joint + 1);
            if comma && matches!(self.word(at), Some(DateWord::And(_))) {
                at = self.skip(at + 1);
            }
            let number = self.number(at).filter(|number| number.len == 1).map(|number| number.value as u8);
            let Some(n) = roman(self.slice(at)).or(number).filter(in_calendar) else { break };
            all.push(n);
            ranges += usize::from(range);
            next = at + 1;
        }
        let (2.., Some(last)) = (all.len(), all.last().copied()) else { return None };
        let mut draft = self.with_period_year(at, next, Below::Quarter(last), language, true)?;
        let DateShape::Point(end) = draft.shape else { return None };
        let point = |n: u8| DateParts { below: Below::Quarter(n), ..end };
        draft.shape = match (&all[..], ranges) {
            ([start, _], 1) => DateShape::Range(point(*start), end),
            (_, 0) => DateShape::List(all.iter().map(|n| point(*n)).collect()),
            _ => return None,
        };
        Some(draft)
    }

    /// `quý   /2024`
    fn empty_quarter(&self, at: usize) -> Option<DateDraft> {
        let slash = self.skip(at + 1);
        let led = self.sign(slash) == Some('/')
            || self.word(slash) == Some(DateWord::YearUnit(Language::Vietnamese))
                && matches!(self.kind(at + 1), Some(Kind::Space(2..)));
        let year = self.skip(slash + 1);
        self.number(year).filter(|number| led && number.len == 4)?;
        let mut draft = DateDraft::new(self.cover(at, year + 1), Language::Vietnamese, DateShape::Nothing, year + 1);
        draft.mention = false;
        draft.note(DateFault::MissingPart, false);
        Some(draft)
    }

    /// `first half of 2024`, `third quarter`, and `ไตรมาสแรก` through [`Self::thai_quarter`].
    fn nth(&mut self, at: usize, n: u8) -> Option<DateDraft> {
        let mut noun = self.skip(at + 1);
        if self.sign(noun) == Some('-') {
            noun += 1;
        }
        if self.is_thai(at) || noun == at + 1 {
            return None;
        }
        if self.word(noun) == Some(DateWord::Quarter(Language::English)) {
            return self.with_period_year(at, noun + 1, Below::Quarter(n), Language::English, false);
        }
        if self.lower(noun) == "half" && n <= 2 {
            return self.with_period_year(at, noun + 1, Below::Half(n), Language::English, true);
        }
        None
    }

    /// `Q3/2024`, `H1 2024`; `nửa đầu năm 2024`.
    fn lettered(&mut self, at: usize) -> Option<DateDraft> {
        let letter = self.slice(at);
        if matches!(letter, "Q" | "H") {
            let number = self.number(at + 1).filter(|number| number.len == 1 && number.real == 1)?;
            if matches!(
                at.checked_sub(1).and_then(|before| self.kind(before)),
                Some(Kind::Number(_) | Kind::Latin | Kind::Sign('-' | '/' | '_'))
            ) {
                return None;
            }
            let n = number.value as u8;
            let below = if letter == "Q" { Below::Quarter(n) } else { Below::Half(n) };
            let draft = self.with_period_year(at, at + 2, below, Language::Unknown, letter == "H")?;
            let in_calendar = n >= 1 && n <= if letter == "Q" { 4 } else { 2 };
            if !in_calendar && (draft.years.is_empty() || letter == "H") || self.goes_on(draft.next) {
                return None;
            }
            return Some(draft);
        }
        if letter.starts_with(['n', 'N']) && self.lower(at) == "nửa" {
            let noun = self.skip(at + 1);
            let half = match self.lower(noun).as_str() {
                "đầu" => 1,
                "cuối" | "sau" => 2,
                _ => return None,
            };
            return self.with_period_year(at, noun + 1, Below::Half(half), Language::Vietnamese, true);
        }
        None
    }

    /// `3Q67`, `1H2024`
    fn counted_period(&mut self, at: usize, number: Number) -> Option<DateDraft> {
        let letter = self.slice(at + 1);
        if number.len != 1 || !matches!(letter, "Q" | "H") || self.glued_left(at) {
            return None;
        }
        let year_at = at + 2;
        let year = self.number(year_at).filter(|year| matches!(year.len, 2 | 4) && !self.goes_on(year_at + 1))?;
        if year.len == 4 && !(windows::MODERN.contains(&year.value) || windows::BUDDHIST.contains(&year.value))
            || matches!(self.kind(year_at + 1), Some(Kind::Latin))
        {
            return None;
        }
        let n = number.value as u8;
        let (below, most) = if letter == "Q" { (Below::Quarter(n), 4) } else { (Below::Half(n), 2) };
        if !(1..=most).contains(&n) {
            return None;
        }
        let stated = WrittenYear::new(year.value, year.len, None);
        let language = self.language();
        let mut draft = DateDraft::new(
            self.cover(at, year_at + 1),
            language,
            DateShape::Point(DateParts::new(Some(stated), below)),
            year_at + 1,
        );
        draft.years.push(YearPlace { year: stated, span: self.span(year_at), mark: None, digits: year.digits });
        Some(draft)
    }

    /// A quarter or half and the year behind it: `/2024`, `ของปี พ.ศ. 2567`, `năm 2024`, `of 2024`.
    fn with_period_year(
        &mut self,
        at: usize,
        next: usize,
        below: Below,
        language: Language,
        needs_year: bool,
    ) -> Option<DateDraft> {
        let mut cursor = self.skip(next);
        let slash =
            self.sign(cursor) == Some('/') || self.sign(cursor).is_some_and(is_dash) && language != Language::English;
        let mut led = slash;
        if slash || self.sign(cursor) == Some(',') {
            cursor = self.skip(cursor + 1);
        }
        if self.word(cursor) == Some(DateWord::Of) {
            led = true;
            cursor = self.skip(cursor + 1);
        }
        let mut mark = None;
        let mut thai_year = false;
        for _ in 0..4 {
            match self.word(cursor) {
                Some(DateWord::YearUnit(unit)) => thai_year = unit == Language::Thai,
                Some(DateWord::Era(era, _)) => mark = Some((era, self.span(cursor))),
                Some(DateWord::The) => {}
                _ => break,
            }
            led = true;
            cursor = self.skip(cursor + 1);
        }
        let year = self.number(cursor).filter(|number| {
            let plausible =
                windows::MODERN.contains(&number.value) || windows::BUDDHIST_ELSEWHERE.contains(&number.value);
            let short = slash || thai_year && windows::SHORT_THAI.contains(&number.value) && !self.counts(cursor + 1);
            (number.len == 4 && plausible || number.len == 2 && short)
                && (!self.goes_on(cursor + 1) || matches!(self.sign(cursor + 1), Some('-' | ',' | '.')) && led)
        });
        let has_year =
            year.is_some() && (led || year.is_some_and(|number| number.len == 4 && !self.counts(cursor + 1)));
        if needs_year && !has_year || language == Language::Thai && !has_year && slash {
            return None;
        }
        let in_calendar = match below {
            Below::Quarter(n) => (1..=4).contains(&n),
            _ => true,
        };
        let end = if has_year { cursor + 1 } else { next };
        let stated = year
            .filter(|_| has_year)
            .map(|number| WrittenYear::new(number.value, number.len, mark.map(|(era, _): (Era, Span)| era)));
        let language = if language == Language::Unknown { self.language() } else { language };
        let mut draft =
            DateDraft::new(self.cover(at, end), language, DateShape::Point(DateParts::new(stated, below)), end);
        if let (Some(year), Some(number)) = (stated, year) {
            draft.years.push(YearPlace {
                year,
                span: self.span(cursor),
                mark: mark.map(|(_, span)| span),
                digits: number.digits,
            });
            let mut numbers: SmallVec<[(Span, Number); 2]> = SmallVec::new();
            if let Some(n) = self.number(next - 1).filter(|n| n.real > 0) {
                numbers.push((self.span(next - 1), n));
            }
            numbers.push((self.span(cursor), number));
            self.digit_notes(&mut draft, &numbers);
            self.year_words(&mut draft, cursor, self.span(at).start);
        }
        if !in_calendar {
            draft.note(DateFault::ImpossibleQuarter, false);
        }
        let lead = self.lead(at);
        draft.extent =
            draft.extent.cover(if lead.language == Language::English { self.span(lead.first) } else { draft.core });
        Some(draft)
    }
}

/// A Roman number up to ten, in capitals.
fn roman(text: &str) -> Option<u8> {
    Some(match text {
        "I" => 1,
        "II" => 2,
        "III" => 3,
        "IV" => 4,
        "V" => 5,
        "VI" => 6,
        "VII" => 7,
        "VIII" => 8,
        "IX" => 9,
        "X" => 10,
        _ => return None,
    })
}
