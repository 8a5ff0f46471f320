//! Two numbers with a separator: `13/9`, `9/2024`, `2016 – 2020`, `2567/68`.
//!
//! Such pairs are mostly something else; what stands before them decides.

use smallvec::SmallVec;

use super::DateFault;
use super::grammar::{DateDraft, DateParser, YearPlace};
use super::lead::LeadWords;
use super::lex::{Kind, Number};
use super::numeric::{NumberRun, small};
use super::parts::{Below, DateParts, DateShape, WrittenYear};
use super::windows;
use super::words::{self, DateWord};
use crate::recognise::profile::Language;

impl DateParser<'_> {
    pub(super) fn pair(&mut self, at: usize, run: &NumberRun, lead: &LeadWords) -> Option<DateDraft> {
        let [(_, a), (_, b)] = run.numbers[..] else { return None };
        let separator = run.separators[0];
        if self.goes_on(run.next) || self.number_before(at) || matches!(separator.sign, ',') {
            return None;
        }
        if let Some(draft) = self.decades_pair(at, run, lead) {
            return Some(draft);
        }
        if a.len == 4 {
            return self.years_pair(at, run, lead);
        }
        if a.len > 2 || separator.odd && b.len != 4 {
            return None;
        }
        if let Some(draft) = self.short_years_pair(at, run, lead).or_else(|| self.months_pair(at, run, lead)) {
            return Some(draft);
        }
        let month_abbreviated =
            self.glued_left(at) && self.slice(at.saturating_sub(1)) == "T" && !self.glued_left(at.saturating_sub(1));
        if self.glued_left(at) && !month_abbreviated {
            return None;
        }
        if b.len == 4 && windows::LIKELY.contains(&b.value) && (1..=12).contains(&a.value) {
            return self.month_and_year(at, run, lead, month_abbreviated);
        }
        if b.len == 4 && lead.month.is_some() && a.value > 12 && windows::LIKELY.contains(&b.value) && !lead.meeting {
            let mut draft = self.month_and_year(at, run, lead, false)?;
            draft.note(DateFault::ImpossibleMonth, false);
            return Some(draft);
        }
        // `ngày 25 - 11`
        let spaced = separator.sign == '-'
            && separator.left
            && separator.right
            && lead.names_day()
            && lead.language == Language::Vietnamese;
        if b.len > 2 || !separator.divides() && !spaced || separator.odd {
            return None;
        }
        self.day_and_month(at, run, lead)
    }

    /// `9/2024`, `9-1967` behind the word for month, `T9/2024`.
    fn month_and_year(&mut self, at: usize, run: &NumberRun, lead: &LeadWords, abbreviated: bool) -> Option<DateDraft> {
        let [(_, a), (year_at, b)] = run.numbers[..] else { return None };
        let separator = run.separators[0];
        let language = self.language_at(at, run.next, lead);
        let bare = separator.sign == '/'
            && separator.tight()
            && language != Language::Thai
            && !lead.meeting
            && !self.numbered(at)
            && windows::MODERN.contains(&b.value)
            && self.month_may_follow(at);
        let led = lead.month.is_some() && !lead.day || abbreviated;
        if !(led || bare || lead.month.is_some()) || !separator.divides() && separator.left != separator.right {
            return None;
        }
        let year = WrittenYear::new(b.value, 4, None);
        let mut draft = DateDraft::new(
            self.cover(at, run.next),
            language,
            DateShape::Point(DateParts::new(Some(year), Below::Month(a.value as u8))),
            run.next,
        );
        draft.years.push(YearPlace { year, span: self.span(year_at), mark: None, digits: b.digits });
        if separator.odd {
            draft.note(DateFault::WrongSeparator, true);
            draft.edit(
                self.around(&separator),
                if separator.span.slice(self.text).starts_with('-') { "-" } else { "/" },
            );
        } else if separator.left != separator.right {
            draft.note(DateFault::InnerSpace, true);
            draft.edit(self.around(&separator), separator.span.slice(self.text));
        }
        self.digit_notes(&mut draft, &[(self.span(at), a), (self.span(year_at), b)]);
        Some(draft)
    }

    /// Returns whether a bare `5/2024` may be a month where it stands: behind a sign or a word of time, not behind a
    /// noun that it numbers (`phụ lục 5/2024`).
    fn month_may_follow(&self, at: usize) -> bool {
        let Some(before) = self.back(at) else { return true };
        match self.kind(before) {
            Some(Kind::Latin) => words::VIETNAMESE_BEFORE_MONTHS.contains(&self.lower(before).as_str()),
            Some(Kind::Number(_)) => false,
            _ => true,
        }
    }

    /// `13/9`; with a dash or a full stop only behind a word that says a day follows.
    fn day_and_month(&mut self, at: usize, run: &NumberRun, lead: &LeadWords) -> Option<DateDraft> {
        let [(_, a), (_, b)] = run.numbers[..] else { return None };
        let separator = run.separators[0];
        let (day, month) = (small(a)?, small(b)?);
        let language = self.language_at(at, run.next, lead);
        let in_calendar = (1..=31).contains(&day) && (1..=12).contains(&month);
        let led = lead.names_day();
        let closed = self.back(at).is_some_and(|open| self.sign(open) == Some('(')) && self.sign(run.next) == Some(')');
        // `(18/4)`: a ratio would not have a day of two digits and a month before it, nor stand alone in brackets.
        let bracketed = closed && day > 12 && language == Language::Vietnamese;
        // `từ 20-9`: from more to less is no range of amounts.
        let falling = lead.from && day > 12 && separator.tight() && language == Language::Vietnamese;
        let near = in_calendar
            && (bracketed || lead.from || self.time_word_before(at) || self.day_list_before(at))
            && !(day == 1 && month <= 10 && a.len == 1)
            && language != Language::English;
        let enough = match separator.sign {
            '/' => led && (in_calendar || day <= 31 && month <= 31) || near,
            '-' | '.' => {
                let even = separator.sign == '-' && separator.left == separator.right;
                let time = closed && separator.tight() && self.time_word_before(at);
                let led = led || time || bracketed || falling && separator.sign == '-';
                led && in_calendar && (separator.tight() || even) && language == Language::Vietnamese
            }
            _ => false,
        };
        if !enough || self.numbered(at) || self.counts(run.next) || matches!(self.kind(run.next), Some(Kind::Latin)) {
            return None;
        }
        let mut draft = DateDraft::new(
            self.cover(at, run.next),
            language,
            DateShape::Point(DateParts::new(None, Below::Numeric(day, month))),
            run.next,
        );
        let with_year = self.skip(run.next);
        if matches!(self.word(with_year), Some(DateWord::YearUnit(Language::Vietnamese)))
            && let Some(number) = self
                .number(self.skip(with_year + 1))
                .filter(|number| number.len == 4 && windows::ANY.contains(&number.value))
        {
            // 19/5 năm 1890
            let year_at = self.skip(with_year + 1);
            let year = WrittenYear::new(number.value, 4, None);
            draft.core = self.cover(at, year_at + 1);
            draft.next = year_at + 1;
            draft.shape = DateShape::Point(DateParts::new(Some(year), Below::Numeric(day, month)));
            draft.years.push(YearPlace { year, span: self.span(year_at), mark: None, digits: number.digits });
        }
        if month > 12 && day <= 12 {
            draft.note(DateFault::MonthDaySwapped, true);
        }
        if separator.left != separator.right {
            draft.note(DateFault::InnerSpace, true);
            draft.edit(self.around(&separator), separator.span.slice(self.text));
        }
        self.digit_notes(
            &mut draft,
            &run.numbers.iter().map(|(at, number)| (self.span(*at), *number)).collect::<SmallVec<[_; 2]>>(),
        );
        Some(draft)
    }

    /// Returns whether a day in numbers stands before, joined by a comma or `và`: `2/9 và 30/4`.
    fn day_list_before(&self, at: usize) -> bool {
        let Some(joint) = self.back(at) else { return false };
        let joins = self.sign(joint) == Some(',') || matches!(self.word(joint), Some(DateWord::And(_)));
        joins && self.back(joint).is_some_and(|last| self.last_day == Some(last + 1))
    }

    /// A word before which a day is named without `ngày`: `nay (9/7)`, `trước 30/6`, `วันนี้ (9/7)`.
    pub(super) fn time_word_before(&self, at: usize) -> bool {
        let Some(mut before) = self.back(at) else { return false };
        if self.sign(before) == Some('(') {
            let Some(word) = self.back(before) else { return false };
            if self.is_thai(word) {
                let text = self.before(before).trim_end_matches(super::lex::is_space);
                return ["นี้", "วาน", "หน้า", "ก่อน"].iter().any(|end| text.ends_with(end));
            }
            let mut lead = LeadWords::default();
            if self.vietnamese_weekday(word, &mut lead).is_some() {
                return true;
            }
            before = word;
        }
        words::VIETNAMESE_BEFORE_DAYS.contains(&self.lower(before).as_str())
    }

    /// `thập niên 60 - 70`, `những năm 1960-1970`.
    fn decades_pair(&mut self, at: usize, run: &NumberRun, lead: &LeadWords) -> Option<DateDraft> {
        let [(_, a), (_, b)] = run.numbers[..] else { return None };
        let separator = run.separators[0];
        let tens = a.value.is_multiple_of(10) && b.value.is_multiple_of(10);
        let even = a.len == b.len && matches!(a.len, 2 | 4) && a.value < b.value;
        if !tens || !even || separator.sign != '-' || separator.odd || separator.left != separator.right {
            return None;
        }
        if !self.names_decades(at, lead) || self.counts(run.next) {
            return None;
        }
        let decade =
            |number: Number| DateParts::new(Some(WrittenYear::new(number.value, number.len, None)), Below::Decade);
        let language = self.language_at(at, run.next, lead);
        Some(DateDraft::new(self.cover(at, run.next), language, DateShape::Range(decade(a), decade(b)), run.next))
    }

    /// `ปี 64/65`, `ปี 64-66`: Thai years of two digits.
    fn short_years_pair(&mut self, at: usize, run: &NumberRun, lead: &LeadWords) -> Option<DateDraft> {
        let [(_, a), (_, b)] = run.numbers[..] else { return None };
        let separator = run.separators[0];
        let short = |number: Number| number.len == 2 && windows::SHORT_THAI.contains(&number.value);
        let led = lead.year == Some(Language::Thai) && !lead.day && lead.month.is_none();
        let joins = separator.tight() && !separator.odd && matches!(separator.sign, '/' | '-');
        if !led || !joins || !short(a) || !short(b) || b.value <= a.value || self.counts(run.next) {
            return None;
        }
        let whole = |number: Number| DateParts::new(Some(WrittenYear::new(number.value, 2, None)), Below::Year);
        let shape = DateShape::Range(whole(a), whole(b));
        Some(DateDraft::new(self.cover(at, run.next), Language::Thai, shape, run.next))
    }

    /// `tháng 8-9`: months of the year that the text is about.
    fn months_pair(&mut self, at: usize, run: &NumberRun, lead: &LeadWords) -> Option<DateDraft> {
        let [(_, a), (_, b)] = run.numbers[..] else { return None };
        let separator = run.separators[0];
        let led = lead.month == Some(Language::Vietnamese) && !lead.day && lead.misspelt.is_empty();
        let rising = a.value < b.value && (1..=12).contains(&a.value) && (1..=12).contains(&b.value) && b.len <= 2;
        // A number before `tháng` makes it a length of time.
        let length = self.back(lead.first).is_some_and(|before| self.number(before).is_some());
        if !led || !rising || length || separator.sign != '-' || !separator.tight() || self.counts(run.next) {
            return None;
        }
        let month = |number: Number| Some(DateParts::new(None, Below::Month(small(number)?)));
        let shape = DateShape::Range(month(a)?, month(b)?);
        Some(DateDraft::new(self.cover(at, run.next), Language::Vietnamese, shape, run.next))
    }

    /// `2016 – 2020`, `2567/68`, `2024-11`.
    fn years_pair(&mut self, at: usize, run: &NumberRun, lead: &LeadWords) -> Option<DateDraft> {
        let [(_, a), (second_at, b)] = run.numbers[..] else { return None };
        let separator = run.separators[0];
        if self.glued_left(at) || separator.sign == '.' || separator.odd {
            return None;
        }
        let plausible =
            |number: Number| windows::COMMON.contains(&number.value) || windows::BUDDHIST.contains(&number.value);
        let recent =
            |number: Number| windows::RECENT.contains(&number.value) || windows::BUDDHIST.contains(&number.value);
        let led = lead.year.is_some() || lead.stretch || lead.era.is_some() || lead.from || lead.decade.is_some();
        if !plausible(a) || !led && !recent(a) {
            return None;
        }
        let language = self.language_at(at, run.next, lead);
        // `ปี 2567/2024`: one year in two eras.
        if separator.sign == '/' && b.len == 4 && a.value.abs_diff(b.value) == 543 {
            let year = WrittenYear::new(a.value, 4, None);
            let shape = DateShape::Point(DateParts::new(Some(year), Below::Year));
            return Some(DateDraft::new(self.cover(at, run.next), language, shape, run.next));
        }
        let mark = lead.era.map(|(at, era, _)| (era, self.span(at)));
        let start = WrittenYear::new(a.value, 4, mark.map(|(era, _)| era));
        let end = match b.len {
            4 if plausible(b) => WrittenYear { number: b.value, ..start },
            2 => WrittenYear {
                number: a.value / 100 * 100 + b.value + if b.value <= a.value % 100 { 100 } else { 0 },
                ..start
            },
            _ => return None,
        };
        let consecutive = end.number == start.number + 1;
        if b.len == 2 && !led && (self.counts(run.next) || self.clock_at(second_at)) {
            return None;
        }
        let enough = match (separator.sign, b.len) {
            ('-', 4) => led || recent(b) && !self.numbered(at),
            // `In 1890 – 91`
            ('-', 2) if !separator.tight() => led && separator.left && separator.right && consecutive,
            ('-', 2) if separator.tight() => {
                consecutive && (led || language != Language::Thai) || led && end.number - start.number <= 20
            }
            ('/', 4) => led || consecutive,
            ('/', 2) => separator.tight() && (consecutive || led && end.number - start.number <= 20),
            _ => false,
        };
        let year_month =
            separator.sign == '-' && separator.tight() && b.len == 2 && (1..=12).contains(&b.value) && !consecutive;
        if year_month && !lead.stretch {
            if !(led || lead.month.is_some()) {
                return None;
            }
            let mut draft = DateDraft::new(
                self.cover(at, run.next),
                language,
                DateShape::Point(DateParts::new(Some(start), Below::Month(b.value as u8))),
                run.next,
            );
            draft.years.push(YearPlace { year: start, span: self.span(at), mark: None, digits: a.digits });
            return Some(draft);
        }
        if !enough || !led && separator.left != separator.right {
            return None;
        }
        let whole = |year: WrittenYear| DateParts::new(Some(year), Below::Year);
        let mut first = DateDraft::new(self.span(at), language, DateShape::Point(whole(start)), run.next);
        let mut second = DateDraft::new(self.span(second_at), language, DateShape::Point(whole(end)), run.next);
        first.years.push(YearPlace {
            year: start,
            span: self.span(at),
            mark: mark.map(|(_, span)| span),
            digits: a.digits,
        });
        if b.len == 4 {
            second.years.push(YearPlace {
                year: end,
                span: self.span(second_at),
                mark: mark.map(|(_, span)| span),
                digits: b.digits,
            });
        }
        if let Some((mark_at, era, true)) = lead.era {
            let span = self.span(mark_at).cover(self.span(second_at));
            self.era_typo(&mut first, mark_at, era, span);
        }
        let mut draft = self.join(first, second, whole(start), whole(end));
        self.digit_notes(&mut draft, &[(self.span(at), a), (self.span(second_at), b)]);
        Some(draft)
    }
}
