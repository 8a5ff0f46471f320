//! Dates whose month is a word: `21-23 พฤศจิกายน 2567`, `5 tháng 3 năm 2024`, `July 8th, 2024`.

use smallvec::{SmallVec, smallvec};

use super::Fault;
use super::grammar::{Draft, Found, Lead, Parser, YearAt, like};
use super::lex::{Kind, Number};
use super::parts::{Below, Parts, Shape, Year};
use super::words::{self, MonthForm, Unit, Word};
use crate::recognise::habits::{Era, Language};
use crate::text::Span;

/// The most days that one list names.
const MOST_DAYS: usize = 12;

/// A month as read from a token or several.
#[derive(Clone, Debug)]
pub(super) struct MonthAt {
    pub month: u8,
    pub form: MonthForm,
    pub language: Language,
    /// Whether the name is misspelt.
    pub misspelt: bool,
    /// The name's tokens.
    pub first: usize,
    pub next: usize,
    /// The first of two equal names, with the space behind it.
    pub doubled: Option<Span>,
    /// The digits, where the month is a number (`tháng 11`).
    pub number: Option<Number>,
}

/// A year that follows a month.
#[derive(Clone, Debug)]
pub(super) struct YearHit {
    pub at: YearAt,
    pub number: Number,
    /// The token after it.
    pub next: usize,
    /// The year in two pieces: where, and as it should be.
    pub split: Option<(Span, String)>,
    /// Whether it can be no year of any era.
    pub implausible: bool,
}

impl Parser<'_> {
    /// Days before a month's name, alone, in a range or in a list.
    pub(super) fn worded(&mut self, at: usize) -> Found {
        let Some(first) = self.number(at).filter(|number| number.len <= 2) else { return Found::Nothing };
        let mut days: SmallVec<[(usize, Number); 3]> = smallvec![(at, first)];
        let mut range = false;
        let mut cursor = self.ordinal(at + 1);
        let mut split = None;
        // `2 8 พฤศจิกายน`: one number in two pieces, where a lead word says that a day follows.
        if let (1, Some(Kind::Space(1)), Some(second)) = (first.len, self.kind(at + 1), self.number(at + 2))
            && second.len == 1
            && (1..=3).contains(&first.value)
            && self.lead(at).day
            && self.month_after(at + 3).is_some()
        {
            split = Some(self.cover(at, at + 3));
            days[0].1 = Number { value: first.value * 10 + second.value, len: 2, ..first };
            cursor = at + 3;
        }
        let month = loop {
            if let Some(month) = self.month_after(cursor) {
                break month;
            }
            let Some((next, joins_range)) = self.joiner(cursor) else {
                return if days.len() > 1 {
                    self.days_of_number(&days, range)
                } else {
                    self.abbreviation_typo(at, cursor)
                }
                .into();
            };
            let number = self.number(next).filter(|number| number.len <= 2);
            let Some(number) = number.filter(|_| days.len() < MOST_DAYS && !(joins_range && days.len() > 1)) else {
                return if days.len() > 1 { self.days_of_number(&days, range).into() } else { Found::Nothing };
            };
            range |= joins_range;
            days.push((next, number));
            cursor = self.ordinal(next + 1);
        };
        if range && days.len() > 2 || self.glued_left(at) && days.len() == 1 && !self.glued_name(at) {
            return Found::Nothing;
        }
        if !self.month_fits(&month, days[days.len() - 1].1) {
            return Found::Nothing;
        }
        self.dated(at, &days, range, &month, split).into()
    }

    /// `5, 6 và 7/3/2024`, `từ 21 đến 23/11`: days whose month is a number behind the last of them.
    fn days_of_number(&mut self, days: &[(usize, Number)], range: bool) -> Option<Draft> {
        let ((first, _), (last, last_day)) = (days[0], days[days.len() - 1]);
        let lead = self.lead(first);
        if !(lead.day || lead.part || lead.from)
            || range && days.len() > 2
            || !matches!(self.sign(last + 1), Some('/' | '-' | '.'))
        {
            return None;
        }
        let slash = self.sign(last + 1) == Some('/');
        if !slash && !lead.day && lead.language != Language::Vietnamese {
            return None;
        }
        let month = self.number(last + 2).filter(|month| month.len <= 2 && (1..=12).contains(&month.value))?;
        let mut next = last + 3;
        let mut year = None;
        if self.sign(next) == self.sign(last + 1)
            && let Some(number) =
                self.number(next + 1).filter(|number| number.len == 4 && (1000..=2700).contains(&number.value))
        {
            let stated = Year { number: number.value, digits: 4, mark: None };
            year = Some(YearAt { year: stated, span: self.span(next + 1), mark: None, digits: number.digits });
            next += 2;
        }
        if self.goes_on(next) || !(1..=31).contains(&last_day.value) {
            return None;
        }
        let stated = year.map(|at| at.year);
        let mut points: SmallVec<[Parts; 3]> =
            days.iter().map(|(_, day)| Parts::new(stated, Below::Day(month.value as u8, day.value as u8))).collect();
        let shape = match points.as_slice() {
            [start, end] if range => Shape::Range(*start, *end),
            _ => Shape::List(std::mem::take(&mut points)),
        };
        let language = if lead.language == Language::Unknown { self.language() } else { lead.language };
        let mut draft = Draft::new(self.cover(first, next), language, shape, next);
        draft.years.extend(year);
        if range && days[0].1.value > last_day.value {
            draft.note(Fault::ReversedRange, true);
            draft.edit(self.span(first), self.slice(last));
            draft.edit(self.span(last), self.slice(first));
        }
        Some(self.with_lead(draft, &lead))
    }

    /// `28 ต.ต. 2567`: two letters with full stops where a month's abbreviation should be. Offices, ranks and
    /// measures are abbreviated so too: without a year a word must say that a day is meant.
    fn abbreviation_typo(&self, at: usize, after_day: usize) -> Option<Draft> {
        let name = self.skip(after_day);
        let rest = self.rest(name);
        let len = two_letters(rest)?;
        let next = self.tokens.partition_point(|token| (token.start as usize) < self.span(name).start as usize + len);
        if self.tokens.get(next).is_some_and(|token| token.start as usize != self.span(name).start as usize + len) {
            return None;
        }
        let led = self.lead(at).day;
        let year = self.skip(next);
        let stated = self.number(year).filter(|number| {
            !self.goes_on(year + 1) && !self.clock_at(year) && !self.counts(year + 1) && number.real > 0
        });
        let plausible = |number: Number| (1900..=2100).contains(&number.value) || (2400..=2643).contains(&number.value);
        let next = match stated {
            Some(number) if number.len == 4 && plausible(number) => year + 1,
            Some(number) if number.len == 2 && (led || (40..=80).contains(&number.value)) => year + 1,
            _ if led && rest[..len].ends_with('.') && !NO_MONTHS.iter().any(|word| rest.starts_with(word)) => next,
            _ => return None,
        };
        if ["ส.ส.", "ส.ว.", "ก.ม.", "พ.ร."].iter().any(|word| rest.starts_with(word))
            || !self.number(at).is_some_and(|day| day.value <= 31)
        {
            return None;
        }
        let mut draft = Draft::new(self.cover(at, next), Language::Thai, Shape::Nothing, next);
        draft.mention = false;
        draft.note(Fault::MonthAbbrevTypo, false);
        Some(draft)
    }

    /// A date that a name stands against without a space: `Nam16 tháng 4`.
    fn glued_name(&self, at: usize) -> bool {
        at.checked_sub(1).is_some_and(|before| {
            matches!(self.kind(before), Some(Kind::Latin)) && self.slice(before).chars().count() > 1
        })
    }

    /// Puts days, their month and what follows together.
    fn dated(
        &mut self,
        at: usize,
        days: &[(usize, Number)],
        range: bool,
        month: &MonthAt,
        split: Option<Span>,
    ) -> Option<Draft> {
        let lead = self.lead(at);
        let (last_day_at, last_day) = days[days.len() - 1];
        let year = self.year_after(month.next, month, true);
        let spoken_fully = lead.day || lead.weekday.is_some() || year.is_some();
        if month.misspelt
            && !month_certain(month, last_day.value, month_distance_doubtful(self.slice(month.next - 1)))
            && !spoken_fully
        {
            return None;
        }
        let unit_misspelt =
            matches!(self.word(month.first), Some(Word::Misspelt(..))) && month.language == Language::Vietnamese;
        if unit_misspelt && year.is_none() && !lead.day {
            return None;
        }
        if last_day.letters && !(year.is_some() || lead.day) || last_day.value > 99 {
            return None;
        }
        // 14 ตุลา and 6 ตุลา are names of what happened on them.
        if month.form == MonthForm::Short
            && year.is_none()
            && !lead.day
            && matches!((month.month, last_day.value), (10, 6 | 14))
        {
            return None;
        }
        if month.number.is_some() && year.is_none() && !self.month_number_stands(at, month, &lead) {
            return None;
        }
        let next = year.as_ref().map_or(month.next, |year| year.next);
        let core = self.cover(at, next);
        let stated = year.as_ref().map(|hit| hit.at.year);
        let point = |day: u32| Parts::new(stated, Below::Day(month.month, day.min(99) as u8));
        let mut points: SmallVec<[Parts; 3]> = days.iter().map(|(_, number)| point(number.value)).collect();
        let shape = match points.as_slice() {
            [one] => Shape::Point(*one),
            [start, end] if range => Shape::Range(*start, *end),
            _ => Shape::List(std::mem::take(&mut points)),
        };
        let mut draft = Draft::new(core, month.language, shape, next);
        draft.language = if month.language == Language::English { Language::English } else { month.language };
        if let Some(span) = split {
            draft.note(Fault::InnerSpace, true);
            draft.edit(span, format!("{}", last_day.value));
        }
        self.month_notes(&mut draft, month, last_day_at, year.as_ref());
        if range
            && let [(first_at, first), (second_at, second)] = days
            && first.value > second.value
        {
            draft.note(Fault::ReversedRange, true);
            draft.edit(self.span(*first_at), self.slice(*second_at));
            draft.edit(self.span(*second_at), self.slice(*first_at));
        }
        let mut numbers: SmallVec<[(Span, Number); 4]> =
            days.iter().map(|(at, number)| (self.span(*at), *number)).collect();
        if split.is_some() {
            numbers.clear();
        }
        if let Some(number) = month.number {
            numbers.push((self.span(month.next - 1), number));
        }
        if let Some(hit) = &year {
            self.year_notes(&mut draft, hit);
            if hit.split.is_none() {
                numbers.push((hit.at.span, hit.number));
            }
        }
        self.digit_notes(&mut draft, &numbers);
        self.open_year(&mut draft, month, year.is_some());
        let draft = self.with_lead(draft, &lead);
        Some(if days.len() == 1 { self.with_second(draft, month.language) } else { draft })
    }

    /// A second date behind a dash or ถึง makes a range of two dates: `6 พ.ค.-5 มิ.ย. 68`.
    fn with_second(&mut self, first: Draft, language: Language) -> Draft {
        let Shape::Point(start) = first.shape else { return first };
        let joint = self.skip(first.next);
        let thai_to = self.word(joint) == Some(Word::To(Language::Thai)) && language == Language::Thai;
        let dash = self.sign(joint).is_some_and(is_dash);
        if !thai_to && !dash {
            return first;
        }
        let day = self.skip(joint + 1);
        let Some(number) = self.number(day).filter(|number| number.len <= 2) else { return first };
        let Some(month) = self.month_after(self.ordinal(day + 1)) else { return first };
        if !self.month_fits(&month, number) || month.language != language {
            return first;
        }
        let Some(second) = self.dated_end(day, number, &month) else { return first };
        let Shape::Point(end) = second.shape else { return first };
        self.join(first, second, start, end)
    }

    /// The second end of a range, without a look at what stands before it.
    fn dated_end(&mut self, at: usize, day: Number, month: &MonthAt) -> Option<Draft> {
        let year = self.year_after(month.next, month, true);
        let next = year.as_ref().map_or(month.next, |year| year.next);
        let stated = year.as_ref().map(|hit| hit.at.year);
        let parts = Parts::new(stated, Below::Day(month.month, day.value.min(99) as u8));
        let mut draft = Draft::new(self.cover(at, next), month.language, Shape::Point(parts), next);
        self.month_notes(&mut draft, month, at, year.as_ref());
        let mut numbers: SmallVec<[(Span, Number); 4]> = smallvec![(self.span(at), day)];
        if let Some(hit) = &year {
            self.year_notes(&mut draft, hit);
            numbers.push((hit.at.span, hit.number));
        }
        self.digit_notes(&mut draft, &numbers);
        Some(draft)
    }

    /// Two dates as the ends of one range.
    pub(super) fn join(&self, mut first: Draft, second: Draft, start: Parts, end: Parts) -> Draft {
        let reversed = match (start.year, end.year) {
            (Some(a), Some(b)) if a.digits == b.digits => order(start) > order(end),
            (None, _) => month_of(start) == month_of(end) && order_below(start) > order_below(end),
            _ => false,
        };
        let both = [start, end].map(|parts| parts.year.filter(|year| year.mark.is_none() && year.digits == 4));
        let mixed = matches!(both, [Some(a), Some(b)] if (a.number >= 2400) != (b.number >= 2400));
        let (one, other) = (first.core, second.core);
        first.shape = Shape::Range(start, end);
        first.core = one.cover(other);
        first.extent = first.extent.cover(first.core);
        first.next = second.next;
        first.years.extend(second.years);
        for note in second.notes {
            if !first.notes.iter().any(|mine| mine.fault == note.fault) {
                first.notes.push(note);
            }
        }
        first.edits.extend(second.edits);
        if mixed {
            first.note(Fault::MixedEraRange, false);
        } else if reversed && first.edits.is_empty() {
            first.note(Fault::ReversedRange, true);
            first.edit(one, other.slice(self.text));
            first.edit(other, one.slice(self.text));
        } else if reversed {
            first.note(Fault::ReversedRange, false);
        }
        first
    }

    /// The token after `st`, `nd`, `rd`, `th` where one stands at `at`, else `at`.
    pub(super) fn ordinal(&self, at: usize) -> usize {
        at + usize::from(
            matches!(self.kind(at), Some(Kind::Latin)) && matches!(self.slice(at), "st" | "nd" | "rd" | "th"),
        )
    }

    /// A dash, comma or conjunction between two days: the token behind it, and whether it makes a range.
    pub(super) fn joiner(&self, at: usize) -> Option<(usize, bool)> {
        let at = self.skip(at);
        match self.kind(at)? {
            Kind::Sign(sign) if is_dash(sign) => Some((self.skip(at + 1), true)),
            Kind::Sign(',') => {
                let next = self.skip(at + 1);
                // `5, 6, và 7`
                Some((if matches!(self.word(next), Some(Word::And(_))) { self.skip(next + 1) } else { next }, false))
            }
            Kind::Word(Word::And(_)) => Some((self.past_day_word(at + 1), false)),
            Kind::Word(Word::To(_)) => Some((self.past_day_word(at + 1), true)),
            _ => None,
        }
    }

    fn past_day_word(&self, at: usize) -> usize {
        let at = self.skip(at);
        match self.word(at) {
            Some(Word::Day(_)) => self.skip(at + 1),
            Some(Word::Weekday(_, Language::Thai)) if self.word(self.skip(at + 1)) == Some(Word::Ordinal) => {
                self.skip(self.skip(at + 1) + 1)
            }
            _ => at,
        }
    }

    /// A month's name, or `tháng` and its number, at `at` or behind spaces and the words that lead to it.
    pub(super) fn month_after(&self, at: usize) -> Option<MonthAt> {
        let mut cursor = self.skip(at);
        if self.word(cursor) == Some(Word::Of) {
            cursor = self.skip(cursor + 1);
        }
        match self.word(cursor)? {
            Word::Month(..) | Word::MisspeltMonth(..) => self.month_at(cursor),
            Word::MonthUnit(Language::Thai) | Word::Misspelt(Unit::Month, _) if self.is_thai(cursor) => {
                let name = self.past_same(cursor);
                let month = self.month_at(name).filter(|month| month.language == Language::Thai)?;
                Some(MonthAt { first: cursor, ..month })
            }
            Word::MonthUnit(Language::Vietnamese) | Word::Misspelt(Unit::Month, _) => self.vietnamese_month_at(cursor),
            _ => None,
        }
    }

    /// Behind the word at `at`, its repetitions and a space.
    fn past_same(&self, at: usize) -> usize {
        let next = self.skip(at + 1);
        if self.slice(next) == self.slice(at) { self.skip(next + 1) } else { next }
    }

    /// The month whose name is the token at `at`.
    pub(super) fn month_at(&self, at: usize) -> Option<MonthAt> {
        let (month, form, language, misspelt) = match self.word(at)? {
            Word::Month(month, form, language) => (month, form, language, false),
            Word::MisspeltMonth(month, language) => (month, MonthForm::Full, language, true),
            _ => return None,
        };
        let mut next = at + 1;
        if language == Language::English {
            if form == MonthForm::Abbreviated && self.sign(next) == Some('.') {
                next += 1;
            }
            if !self.slice(at).starts_with(|c: char| c.is_ascii_uppercase()) && matches!(month, 3 | 5) {
                return None;
            }
        }
        // `มีความ` is not มีค and a letter.
        if matches!(form, MonthForm::Dotless | MonthForm::Short) && self.is_thai(next) && form == MonthForm::Dotless {
            return None;
        }
        let again = self.skip(next);
        let mut doubled = None;
        if self.slice(again) == self.slice(at) && matches!(self.word(again), Some(Word::Month(..))) {
            doubled = Some(Span::new(self.span(at).start, self.span(again).start));
            next = again + 1;
        }
        Some(MonthAt { month, form, language, misspelt, first: at, next, doubled, number: None })
    }

    /// `tháng 11`, `tháng Giêng`, `tháng mười hai`, with `tháng` at `at`.
    pub(super) fn vietnamese_month_at(&self, at: usize) -> Option<MonthAt> {
        let name = self.past_same(at);
        let month = |month: u32, form, next, number| MonthAt {
            month: month.min(99) as u8,
            form,
            language: Language::Vietnamese,
            misspelt: false,
            first: at,
            next,
            doubled: None,
            number,
        };
        if let Some(number) = self.number(name).filter(|number| number.len <= 2) {
            return Some(month(number.value, MonthForm::Full, name + 1, Some(number)));
        }
        let first = words::spoken_number(&self.lower(name))?;
        let second =
            if first == 10 { words::spoken_number(&self.lower(self.skip(name + 1))).filter(|n| *n <= 2) } else { None };
        Some(match second {
            Some(second) => month(u32::from(10 + second), MonthForm::Spoken, self.skip(name + 1) + 1, None),
            None => month(u32::from(first), MonthForm::Spoken, name + 1, None),
        })
    }

    /// Whether a day before this month is one: `10 tháng 5 ngày` is a length of time.
    fn month_fits(&self, month: &MonthAt, day: Number) -> bool {
        if month.language != Language::Vietnamese {
            return month.form != MonthForm::Spaced || day.len <= 2;
        }
        let after = self.skip(month.next);
        let duration = matches!(self.word(after), Some(Word::Day(_))) && self.number(self.skip(after + 1)).is_none();
        !duration
            && !self.counts(month.next)
            && !self.lunar_after(month.next)
            && (month.number.is_none()
                || !self.goes_on(month.next)
                || matches!(self.sign(month.next), Some('/' | '-' | '.' | ',')))
    }

    /// Whether `D tháng M` without a year is a date and not a number of months.
    fn month_number_stands(&self, at: usize, month: &MonthAt, lead: &Lead) -> bool {
        let day = self.number(at).map_or(0, |number| number.value);
        lead.day
            || lead.weekday.is_some()
            || lead.part
            || lead.from
            || (1..=31).contains(&day) && (1..=12).contains(&month.month) && !self.numbered(at)
    }

    /// The faults of a month's name.
    pub(super) fn month_notes(&self, draft: &mut Draft, month: &MonthAt, day_at: usize, year: Option<&YearHit>) {
        let name = Span::new(self.span(month.next - 1).start, self.span(month.next - 1).end);
        let canonical = &words::MONTHS[usize::from(month.month.clamp(1, 12)) - 1];
        if month.misspelt {
            draft.note(Fault::MisspeltMonth, true);
            let right = if month.language == Language::Thai { canonical.thai } else { canonical.english };
            draft.edit(name, like(name.slice(self.text), right));
        }
        if month.form == MonthForm::Spaced {
            draft.note(Fault::InnerSpace, true);
            let abbreviated = name.slice(self.text).contains('.');
            draft.edit(name, if abbreviated { canonical.thai_abbreviation } else { canonical.thai });
        }
        if let Some(span) = month.doubled {
            draft.note(Fault::DuplicateWord, true);
            draft.edit(span, "");
        }
        if month.language == Language::Thai && month.form.is_abbreviation() {
            self.abbreviation_notes(draft, month, day_at, year, name);
        }
        // The unit word: misspelt, twice, or without a space before its number.
        if month.first < month.next - 1 {
            if let Some(Word::Misspelt(unit, bare)) = self.word(month.first) {
                self.misspelt_unit(draft, month.first, unit, bare, month.language);
            }
            let second = self.skip(month.first + 1);
            if second < month.next - 1 && self.slice(second) == self.slice(month.first) {
                draft.note(Fault::DuplicateWord, true);
                draft.edit(Span::new(self.span(month.first).end, self.span(second).end), "");
            }
            if month.language == Language::Vietnamese && month.number.is_some() {
                self.separate(draft, month.next - 1);
            }
        }
    }

    /// An edit that puts a space before the token at `at` where none is; it counts only together with a fault.
    pub(super) fn separate(&self, draft: &mut Draft, at: usize) {
        if !matches!(at.checked_sub(1).and_then(|before| self.kind(before)), Some(Kind::Space(_)) | None) {
            let start = self.span(at).start;
            draft.edit(Span::new(start, start), " ");
        }
    }

    fn abbreviation_notes(
        &self,
        draft: &mut Draft,
        month: &MonthAt,
        day_at: usize,
        year: Option<&YearHit>,
        name: Span,
    ) {
        let canonical = words::MONTHS[usize::from(month.month.clamp(1, 12)) - 1].thai_abbreviation;
        let mut style = matches!(month.form, MonthForm::HalfDotted | MonthForm::Dotless);
        if style {
            draft.edit(name, canonical);
        }
        if let Some(hit) = year
            && hit.number.len == 2
            && hit.at.span.start == name.end
        {
            style = true;
            draft.edit(Span::new(name.end, name.end), " ");
        }
        if style {
            draft.note(Fault::AbbrevStyle, true);
            if day_at < month.first && self.span(day_at).end == self.span(month.first).start {
                let end = self.span(day_at).end;
                draft.edit(Span::new(end, end), " ");
            }
        }
    }

    /// The year behind a month: `[,] [ปี|năm|of] [พ.ศ.] Y`.
    pub(super) fn year_after(&mut self, at: usize, month: &MonthAt, full: bool) -> Option<YearHit> {
        let mut cursor = self.skip(at);
        let mut led = false;
        let mut slash = false;
        if month.language != Language::Thai && self.sign(cursor) == Some(',') {
            cursor = self.skip(cursor + 1);
        } else if self.sign(cursor) == Some(',') && self.number(self.skip(cursor + 1)).is_some_and(|n| n.len == 4) {
            cursor = self.skip(cursor + 1);
        } else if matches!(self.sign(cursor), Some('/' | '-' | '.'))
            && month.number.is_some()
            && self.number(cursor + 1).is_some()
        {
            slash = true;
            cursor += 1;
        }
        if matches!(self.sign(cursor), Some('\'' | '’'))
            && self.number(cursor + 1).is_some_and(|number| number.len == 2)
        {
            cursor += 1;
            led = true;
        }
        for _ in 0..4 {
            match self.word(cursor) {
                Some(Word::YearUnit(_) | Word::Of) => led = true,
                Some(Word::Misspelt(Unit::Year, _)) => led = true,
                _ => break,
            }
            cursor = self.skip(cursor + 1);
        }
        let mut mark = None;
        for _ in 0..2 {
            let Some(Word::Era(era, _)) = self.word(cursor) else { break };
            mark = Some((era, self.span(cursor)));
            led = true;
            cursor = self.skip(cursor + 1);
        }
        let mut hit = self.year_number(cursor, led || slash, month, full)?;
        hit.at.year.mark = mark.map(|(era, _)| era);
        hit.at.mark = mark.map(|(_, span)| span);
        if hit.at.mark.is_none() {
            let after = self.skip(hit.next);
            if let Some(Word::LatinEra(era)) =
                self.word(after).filter(|_| self.slice(after).chars().all(char::is_uppercase))
            {
                hit.at.year.mark = Some(era);
                hit.at.mark = Some(self.span(after));
                hit.next = after + 1;
            }
        }
        Some(hit)
    }

    /// A number that may be the year of the month before it.
    fn year_number(&mut self, at: usize, led: bool, month: &MonthAt, full: bool) -> Option<YearHit> {
        let number = self.number(at).filter(|number| number.real > 0 || led)?;
        let hit = |value: u32, digits: u8, next: usize, span: Span, implausible| YearHit {
            at: YearAt { year: Year { number: value, digits, mark: None }, span, mark: None, digits: number.digits },
            number,
            next,
            split: None,
            implausible,
        };
        let span = self.span(at);
        // One year in two pieces: `25 67`, `2 567`.
        if let (Some(Kind::Space(1)), Some(second)) = (self.kind(at + 1), self.number(at + 2))
            && number.len + second.len == 4
            && second.digits == number.digits
            && !self.goes_on(at + 3)
            && !self.counts(at + 3)
        {
            let value = number.value * 10_u32.pow(u32::from(second.len)) + second.value;
            if (1900..=2099).contains(&value) || (2450..=2600).contains(&value) {
                let whole = self.cover(at, at + 3);
                let mut found = hit(value, 4, at + 3, whole, false);
                found.split = Some((whole, format!("{}{}", self.slice(at), self.slice(at + 2))));
                return Some(found);
            }
        }
        let next = at + 1;
        let glued_unit = matches!(self.kind(next), Some(Kind::Latin)) && self.slice(next).len() <= 2;
        match number.len {
            4 if self.goes_on(next) && !matches!(self.sign(next), Some('-' | '.' | ',')) => None,
            4 if self.goes_on(next) && self.number(next + 1).is_some_and(|_| self.sign(next) == Some(',')) => None,
            4 => {
                let plausible = (1000..=2700).contains(&number.value);
                if !led && self.counts(next) && (!plausible || month.language != Language::Thai) {
                    return None;
                }
                let implausible =
                    !plausible || month.language == Language::Thai && (2201..2300).contains(&number.value);
                Some(hit(number.value, 4, next, span, implausible))
            }
            2 => {
                let certain = led
                    || month.form.is_abbreviation() && !glued_unit
                    || month.language == Language::Thai && (30..=80).contains(&number.value);
                if !certain || self.goes_on(next) || !led && (self.counts(next) || glued_unit) || self.clock_at(at) {
                    return None;
                }
                if month.language == Language::English
                    && !led
                    && matches!(self.kind(self.skip(next)), Some(Kind::Latin | Kind::Word(_)))
                {
                    return None;
                }
                if month.language == Language::Vietnamese && !led {
                    return None;
                }
                Some(hit(number.value, 2, next, span, false))
            }
            3 | 5 if full && !self.goes_on(next) && !self.counts(next) => {
                let text = format!("{}", number.value);
                let like_a_year = ["25", "24", "20", "19"].iter().any(|start| text.starts_with(start));
                if !like_a_year && !led {
                    return None;
                }
                // 236 พ.ศ. and the like are years of long ago; with a day and a month nobody means them.
                Some(hit(number.value, number.len, next, span, true))
            }
            _ => None,
        }
    }

    /// The faults of a year and of the words that lead to it.
    pub(super) fn year_notes(&self, draft: &mut Draft, hit: &YearHit) {
        draft.years.push(hit.at);
        if let Some((span, right)) = &hit.split {
            draft.note(Fault::InnerSpace, true);
            draft.edit(*span, right.as_str());
        }
        if hit.implausible {
            draft.note(Fault::ImplausibleYear, false);
        }
        let Some(year_at) = self.token_at(hit.at.span.start) else { return };
        self.year_words(draft, year_at, draft.core.start);
    }

    /// The faults of the words between `from` and the year at token `at`.
    pub(super) fn year_words(&self, draft: &mut Draft, at: usize, from: u32) {
        let mut cursor = at;
        let mut glued = cursor.checked_sub(1).is_some_and(|before| {
            matches!(self.word(before), Some(Word::Misspelt(Unit::Year, _) | Word::YearUnit(Language::Vietnamese)))
        });
        while let Some(before) = self.back(cursor).filter(|before| self.span(*before).start >= from) {
            let same = self.slice(before) == self.slice(cursor);
            match self.word(before) {
                Some(Word::Era(era, typo)) => {
                    if same {
                        draft.note(Fault::DuplicateWord, true);
                        draft.edit(Span::new(self.span(before).start, self.span(cursor).start), "");
                    } else if typo {
                        self.era_typo(draft, before, era, draft.core.cover(self.span(before)));
                    }
                }
                Some(Word::YearUnit(_)) if same => {
                    draft.note(Fault::DuplicateWord, true);
                    draft.edit(Span::new(self.span(before).start, self.span(cursor).start), "");
                }
                Some(Word::Misspelt(Unit::Year, bare)) => {
                    let language = if self.is_thai(before) { Language::Thai } else { Language::Vietnamese };
                    self.misspelt_unit(draft, before, Unit::Year, bare, language);
                }
                Some(Word::YearUnit(_)) => {}
                _ => break,
            }
            if glued {
                self.separate(draft, cursor);
                glued = false;
            }
            cursor = before;
        }
    }

    /// Notes a misspelt era mark; with its year of the other era nobody knows which is meant.
    pub(super) fn era_typo(&self, draft: &mut Draft, at: usize, era: Era, span: Span) {
        draft.note_at(Fault::EraMarkTypo, Some(span), true);
        draft.edit(self.span(at), if era == Era::Buddhist { "พ.ศ." } else { "ค.ศ." });
    }

    fn token_at(&self, start: u32) -> Option<usize> {
        let at = self.tokens.partition_point(|token| token.start < start);
        (self.tokens.get(at)?.start == start).then_some(at)
    }

    /// The faults of digits: other scripts, letters.
    pub(super) fn digit_notes(&self, draft: &mut Draft, numbers: &[(Span, Number)]) {
        let mut counts = [0_usize; 3];
        for (span, _) in numbers {
            for c in span.slice(self.text).chars() {
                match c {
                    '๐'..='๙' => counts[1] += 1,
                    '０'..='９' => counts[2] += 1,
                    c if c.is_ascii_digit() => counts[0] += 1,
                    _ => {}
                }
            }
        }
        let letters = numbers.iter().any(|(_, number)| number.letters);
        let mixed = counts.iter().filter(|count| **count > 0).count() > 1;
        if !letters && !mixed {
            return;
        }
        let thai = counts[1] > counts[0] + counts[2];
        if letters {
            draft.note(Fault::LetterForDigit, true);
        }
        if mixed {
            draft.note(Fault::MixedDigits, true);
        }
        for (span, _) in numbers {
            let written = span.slice(self.text);
            let right: String = written.chars().map(|c| right_digit(c, thai)).collect();
            if right != written {
                draft.edit(*span, right);
            }
        }
    }

    /// A year's words with nothing behind them: `28 tháng 11 năm   `, `28 พฤศจิกายน พ.ศ.`
    fn open_year(&self, draft: &mut Draft, month: &MonthAt, has_year: bool) {
        if has_year {
            return;
        }
        let mut cursor = self.skip(month.next);
        let first = cursor;
        while let Some(Word::YearUnit(_) | Word::Era(..)) = self.word(cursor) {
            cursor += 1;
            if matches!(self.word(self.skip(cursor)), Some(Word::Era(..))) {
                cursor = self.skip(cursor);
            }
        }
        if cursor == first || month.language == Language::English {
            return;
        }
        if self.empty_slot(cursor) {
            let next = cursor;
            draft.core = draft.core.cover(self.cover(first, next));
            draft.next = next;
            draft.note(Fault::MissingPart, false);
        }
    }

    /// Whether nothing stands at `at` where a number should: the end, a stop, a gap of several spaces, dots.
    pub(super) fn empty_slot(&self, at: usize) -> bool {
        match self.kind(at) {
            None => true,
            Some(Kind::Space(count)) => {
                count >= 2 && self.number(at + 1).is_none()
                    || self.kind(at + 1).is_none()
                    || matches!(self.sign(at + 1), Some('.' | ',' | ';' | ')' | '…' | '_' | '\n' | '\r'))
            }
            Some(Kind::Sign(sign)) => matches!(sign, '.' | ',' | ';' | ')' | '…' | '_' | '\n' | '\r'),
            _ => false,
        }
    }

    // ---------------------------------------------------------------- the month first

    /// A month without a day before it: `July 8th, 2024`, `November 2024`, `เดือนมิถุนายน 2555`, `April`.
    pub(super) fn month_first(&mut self, at: usize) -> Found {
        let Some(month) = self.month_at(at) else { return Found::Nothing };
        if matches!(
            at.checked_sub(1).and_then(|before| self.kind(before)),
            Some(Kind::Latin | Kind::Number(_) | Kind::Sign('@' | '#' | '_'))
        ) || matches!(self.kind(month.next), Some(Kind::Latin | Kind::Sign('_' | '@')))
        {
            return Found::Nothing;
        }
        if month.language == Language::English
            && let Some(draft) = self.month_and_days(at, &month)
        {
            return Some(draft).into();
        }
        self.month_alone(at, &month).into()
    }

    fn month_and_days(&mut self, at: usize, month: &MonthAt) -> Option<Draft> {
        let mut days: SmallVec<[(usize, Number); 3]> = SmallVec::new();
        let mut range = false;
        let mut cursor = self.skip(month.next);
        if self.word(cursor) == Some(Word::The) {
            cursor = self.skip(cursor + 1);
        }
        let mut end = cursor;
        while let Some(number) =
            self.number(cursor).filter(|number| number.len <= 2 && number.real > 0 && days.len() < MOST_DAYS)
        {
            if number.value > 39
                || self.clock_at(cursor)
                || self.sign(cursor + 1) == Some(',') && self.number(cursor + 2).is_some_and(|n| n.len == 3)
            {
                break;
            }
            days.push((cursor, number));
            end = self.ordinal(cursor + 1);
            let Some((next, joins_range)) = self.joiner(end) else { break };
            // A comma leads to the year, unless another day and `and` follow.
            let more = self
                .number(next)
                .is_some_and(|number| number.len <= 2 && !self.counts(next + 1) && !self.clock_at(next));
            if !more || joins_range && days.len() > 1 || self.month_after(self.ordinal(next + 1)).is_some() {
                break;
            }
            range |= joins_range;
            cursor = next;
        }
        if days.is_empty() || self.counts(end) || matches!(self.kind(end), Some(Kind::Latin | Kind::Sign('%'))) {
            return None;
        }
        let year = self
            .year_after(end, month, true)
            .filter(|hit| hit.number.len != 2 || matches!(self.before_digit(hit), '\'' | '’'));
        if month.misspelt && year.is_none() && month_distance_doubtful(self.slice(month.first)) {
            return None;
        }
        let next = year.as_ref().map_or(end, |hit| hit.next);
        let stated = year.as_ref().map(|hit| hit.at.year);
        let points: SmallVec<[Parts; 3]> =
            days.iter().map(|(_, number)| Parts::new(stated, Below::Day(month.month, number.value as u8))).collect();
        let shape = match points.as_slice() {
            [one] => Shape::Point(*one),
            [start, end] if range => Shape::Range(*start, *end),
            _ => Shape::List(points),
        };
        let mut draft = Draft::new(self.cover(at, next), Language::English, shape, next);
        self.month_notes(&mut draft, month, at, year.as_ref());
        if range
            && let [(first_at, first), (second_at, second)] = days[..]
            && first.value > second.value
        {
            draft.note(Fault::ReversedRange, true);
            draft.edit(self.span(first_at), self.slice(second_at));
            draft.edit(self.span(second_at), self.slice(first_at));
        }
        let mut numbers: SmallVec<[(Span, Number); 4]> =
            days.iter().map(|(at, number)| (self.span(*at), *number)).collect();
        if let Some(hit) = &year {
            self.year_notes(&mut draft, hit);
            if hit.split.is_none() {
                numbers.push((hit.at.span, hit.number));
            }
        }
        self.digit_notes(&mut draft, &numbers);
        let lead = self.lead(at);
        let draft = self.with_lead(draft, &lead);
        if days.len() > 1 {
            return Some(draft);
        }
        // `May 30 - June 2, 2024`
        let joint = self.skip(draft.next);
        let second = self.skip(joint + 1);
        if self.sign(joint).is_some_and(is_dash)
            && let Some(month) = self.month_at(second).filter(|month| month.language == Language::English)
            && let Some(other) = self.month_and_days(second, &month)
            && let (Shape::Point(start), Shape::Point(end)) = (&draft.shape, &other.shape)
        {
            let (start, end) = (*start, *end);
            return Some(self.join(draft, other, start, end));
        }
        Some(draft)
    }

    fn before_digit(&self, hit: &YearHit) -> char {
        self.text[..hit.at.span.start as usize].chars().next_back().unwrap_or(' ')
    }

    fn month_alone(&mut self, at: usize, month: &MonthAt) -> Option<Draft> {
        let lead = self.lead(at);
        let mut year = self.year_after(month.next, month, false);
        if month.form == MonthForm::Short && year.is_none() && lead.month.is_none() {
            return None;
        }
        let capital = self.slice(at).starts_with(char::is_uppercase);
        if month.language == Language::English {
            if year.as_ref().is_some_and(|hit| hit.number.len == 2 && !matches!(self.before_digit(hit), '\'' | '’')) {
                year = None;
            }
            if year.is_none() && !self.english_month_stands(at, month, &lead, capital) {
                return None;
            }
        }
        if (month.misspelt || month.form.is_abbreviation())
            && year.is_none()
            && lead.month.is_none()
            && !self.month_range_follows(month)
        {
            return None;
        }
        if month.form == MonthForm::Dotless && lead.month.is_none() {
            return None;
        }
        let next = year.as_ref().map_or(month.next, |hit| hit.next);
        let parts = Parts::new(year.as_ref().map(|hit| hit.at.year), Below::Month(month.month));
        let mut draft = Draft::new(self.cover(at, next), month.language, Shape::Point(parts), next);
        self.month_notes(&mut draft, month, at, year.as_ref());
        if let Some(hit) = &year {
            self.year_notes(&mut draft, hit);
            if hit.split.is_none() {
                self.digit_notes(&mut draft, &[(hit.at.span, hit.number)]);
            }
        }
        self.open_year(&mut draft, month, year.is_some());
        let draft = self.with_lead(draft, &lead);
        let mut draft = self.missing_day(draft, at, &lead);
        // `มกราคม - มีนาคม 2567`
        let joint = self.skip(draft.next);
        let joins = self.sign(joint).is_some_and(is_dash)
            || self.word(joint) == Some(Word::To(Language::Thai)) && month.language == Language::Thai;
        let mut second = self.skip(joint + 1);
        if self.word(second) == Some(Word::MonthUnit(Language::Thai)) {
            second = self.skip(second + 1);
        }
        if joins && let Some(other) = self.month_at(second).filter(|other| other.language == month.language) {
            let hit = self.year_after(other.next, &other, false);
            let next = hit.as_ref().map_or(other.next, |hit| hit.next);
            let parts = Parts::new(hit.as_ref().map(|hit| hit.at.year), Below::Month(other.month));
            let mut end = Draft::new(self.cover(second, next), month.language, Shape::Point(parts), next);
            self.month_notes(&mut end, &other, second, hit.as_ref());
            if let Some(hit) = &hit {
                self.year_notes(&mut end, hit);
            }
            if let Shape::Point(start) = draft.shape {
                draft = self.join(draft, end, start, parts);
            }
        }
        Some(draft)
    }

    fn month_range_follows(&self, month: &MonthAt) -> bool {
        let joint = self.skip(month.next);
        self.sign(joint).is_some_and(is_dash)
            && self.month_at(self.skip(joint + 1)).is_some_and(|other| other.form == month.form)
    }

    /// Whether an English month's name without a number is the month and not a verb, a name or a word.
    fn english_month_stands(&self, at: usize, month: &MonthAt, lead: &Lead, capital: bool) -> bool {
        let led = lead.year.is_some()
            || lead.from
            || matches!(self.back(at).and_then(|before| self.word(before)), Some(Word::Of | Word::And(_)));
        let after = self.skip(month.next);
        let name_follows = after > month.next
            && matches!(self.kind(after), Some(Kind::Latin))
            && self.slice(after).starts_with(char::is_uppercase);
        capital
            && month.form == MonthForm::Full
            && !self.slice(at).chars().nth(1).is_some_and(char::is_uppercase)
            && (led || !matches!(month.month, 3 | 5) && !name_follows)
    }

    /// `วันที่   พฤศจิกายน 2567`: the lead of a day and no day.
    fn missing_day(&self, mut draft: Draft, at: usize, lead: &Lead) -> Draft {
        let before = self.back(at);
        let thai = before.is_some_and(|before| self.word(before) == Some(Word::Day(Language::Thai)));
        let after_unit = before
            .filter(|before| matches!(self.word(*before), Some(Word::MonthUnit(Language::Thai))))
            .and_then(|before| self.back(before))
            .is_some_and(|before| self.word(before) == Some(Word::Day(Language::Thai)));
        let gap = matches!(at.checked_sub(1).and_then(|space| self.kind(space)), Some(Kind::Space(2..)));
        let english = before.is_some_and(|before| self.word(before) == Some(Word::On)) && gap
            || draft.core.slice(self.text).contains(" ,");
        if english && draft.language == Language::English && !draft.years.is_empty() {
            let span = draft.extent;
            draft.note_at(Fault::MissingPart, Some(span), false);
        }
        if (thai || after_unit) && draft.language == Language::Thai && lead.day {
            let span = draft.extent;
            draft.note_at(Fault::MissingPart, Some(span), false);
        }
        draft
    }
}

/// The length of two Thai letters that are abbreviated: `ต.ต.`, `มิ.ต`.
fn two_letters(text: &str) -> Option<usize> {
    let letter = |text: &str| {
        let vowel = usize::from(text.starts_with('เ')) * 3;
        let consonant = text[vowel..].chars().next().filter(|c| matches!(c, 'ก'..='ฮ'))?;
        let mark = text[vowel + consonant.len_utf8()..].chars().next().filter(|c| matches!(c, 'ิ' | 'ี' | 'ึ' | 'ื'));
        Some(vowel + consonant.len_utf8() + mark.map_or(0, char::len_utf8))
    };
    let first = letter(text)?;
    let dot = first + usize::from(text[first..].starts_with('.'));
    let second = dot + letter(&text[dot..])?;
    let end = second + usize::from(text[second..].starts_with('.'));
    let dots = usize::from(dot > first) + usize::from(end > second);
    (dot > first && dots >= 1 && !text[end..].starts_with(|c| matches!(c, '\u{E01}'..='\u{E4E}'))).then_some(end)
}

/// What else is abbreviated to two letters and may follow a number: members of parliament, ranks, measures.
const NO_MONTHS: [&str; 26] = [
    "ส.ส.", "ส.ว.", "ส.ก.", "ก.ม.", "ก.ก.", "ซ.ม.", "ม.ม.", "น.ส.", "ร.ร.", "พ.ร.", "ค.ร.", "ต.ร.", "ผ.บ.", "พ.ต.",
    "พ.อ.", "ด.ต.", "ส.ต.", "จ.ส.", "ร.ต.", "ร.อ.", "พ.ท.", "ป.ป.", "อ.ส.", "พ.ศ.", "ค.ศ.", "น.พ.",
];

fn right_digit(c: char, thai: bool) -> char {
    let value = match c {
        '๐'..='๙' => c as u32 - '๐' as u32,
        '０'..='９' => c as u32 - '０' as u32,
        '0'..='9' => c as u32 - '0' as u32,
        _ => match super::lex::digit_of_letter(c) {
            Some(value) => value,
            None => return c,
        },
    };
    char::from_u32(if thai { '๐' as u32 } else { '0' as u32 } + value).unwrap_or(c)
}

/// Whether a misspelt month behind a day needs no other evidence.
fn month_certain(month: &MonthAt, day: u32, doubtful: bool) -> bool {
    (1..=31).contains(&day) && (month.language == Language::Thai || !doubtful)
}

fn month_distance_doubtful(word: &str) -> bool {
    word.len() < 5
}

pub(super) const fn is_dash(sign: char) -> bool {
    matches!(sign, '-' | '–' | '—' | '‐' | '‑' | '−' | '~')
}

fn month_of(parts: Parts) -> u8 {
    match parts.below {
        Below::Day(month, _) | Below::Month(month) => month,
        Below::Numeric(_, month) => month,
        _ => 0,
    }
}

fn order_below(parts: Parts) -> (u8, u8) {
    match parts.below {
        Below::Day(month, day) => (month, day),
        Below::Numeric(day, month) => (month, day),
        Below::Month(n) | Below::Half(n) | Below::Quarter(n) => (n, 0),
        Below::Year | Below::Decade => (0, 0),
    }
}

fn order(parts: Parts) -> (u32, (u8, u8)) {
    (parts.year.map_or(0, |year| year.number), order_below(parts))
}
