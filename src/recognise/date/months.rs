//! Months' names and the years behind them, with the faults of their spelling.
//!
//! All forms with a word for the month have them in common.

use super::fault::{DateFault, DateFaultClass};
use super::grammar::{DateDraft, DateParser, YearPlace, like};
use super::lead::LeadWords;
use super::letters::{digit_of_letter, is_dash, is_thai, is_thai_mark};
use super::lex::{Kind, Number};
use super::parts::WrittenYear;
use super::windows;
use super::words::{self, DateWord, MonthForm, UnitWord};
use crate::recognise::profile::{Era, Language};
use crate::text::Span;

/// A month as read from a token or several.
#[derive(Clone, Debug)]
pub(super) struct MonthMatch {
    pub month: u8,
    pub form: MonthForm,
    pub language: Language,
    /// True if the name is misspelt.
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
pub(super) struct YearMatch {
    pub at: YearPlace,
    pub number: Number,
    /// The token after it.
    pub next: usize,
    /// The year in two pieces: where, and as it should be.
    pub split: Option<(Span, String)>,
    /// True if it can be no year of any era.
    pub implausible: bool,
}

impl DateParser<'_> {
    /// A month's name, or `tháng` and its number, at `at` or behind spaces and the words that lead to it.
    pub(super) fn month_after(&self, at: usize) -> Option<MonthMatch> {
        if self.is_hyphened(at + 1) {
            return self.month_at(at + 1);
        }
        let mut cursor = self.skip(at);
        if self.word(cursor) == Some(DateWord::Of) {
            cursor = self.skip(cursor + 1);
        }
        match self.word(cursor)? {
            DateWord::Month(..) | DateWord::MisspeltMonth(..) => self.month_at(cursor),
            DateWord::MonthUnit(Language::Thai) | DateWord::Misspelt(UnitWord::Month, _) if self.is_thai(cursor) => {
                let name = self.past_same(cursor);
                if let Some(month) = self.thai_month_number(cursor, name) {
                    return Some(month);
                }
                let month = self.month_at(name).filter(|month| month.language == Language::Thai)?;
                Some(MonthMatch { first: cursor, ..month })
            }
            DateWord::MonthUnit(Language::Lao) => {
                let name = self.skip(cursor + 1);
                let month = self.month_at(name).filter(|month| month.language == Language::Lao)?;
                Some(MonthMatch { first: cursor, ..month })
            }
            DateWord::MonthUnit(Language::Vietnamese) | DateWord::Misspelt(UnitWord::Month, _) => {
                self.vietnamese_month_at(cursor)
            }
            _ => None,
        }
    }

    /// `เดือน 8 ปี 2567`: a month by its number, which only the year behind tells from a length of time.
    fn thai_month_number(&self, first: usize, at: usize) -> Option<MonthMatch> {
        let number = self.number(at).filter(|number| number.len <= 2 && (1..=12).contains(&number.value))?;
        let mut year = self.skip(at + 1);
        let mut led = false;
        while let Some(DateWord::YearUnit(Language::Thai) | DateWord::Era(..)) = self.word(year) {
            led = true;
            year = self.skip(year + 1);
        }
        self.number(year).filter(|year| led && year.len == 4 && windows::LIKELY.contains(&year.value))?;
        Some(MonthMatch {
            month: number.value as u8,
            form: MonthForm::Full,
            language: Language::Thai,
            misspelt: false,
            first,
            next: at + 1,
            doubled: None,
            number: Some(number),
        })
    }

    /// `5-May-2023`: whether the token at `at` is an English month with hyphens and numbers on both sides.
    fn is_hyphened(&self, at: usize) -> bool {
        let hyphen = |at: usize| self.sign(at) == Some('-');
        matches!(self.word(at), Some(DateWord::Month(_, _, Language::English | Language::Thai)))
            && at.checked_sub(1).is_some_and(hyphen)
            && hyphen(at + 1)
            && self.number(at + 2).is_some_and(|year| matches!(year.len, 2 | 4))
    }

    /// Behind the word at `at`, its repetitions and a space.
    fn past_same(&self, at: usize) -> usize {
        let next = self.skip(at + 1);
        if self.slice(next) == self.slice(at) { self.skip(next + 1) } else { next }
    }

    /// The month whose name is the token at `at`.
    pub(super) fn month_at(&self, at: usize) -> Option<MonthMatch> {
        let (month, form, language, misspelt) = match self.word(at)? {
            DateWord::Month(month, form, language) => (month, form, language, false),
            DateWord::MisspeltMonth(month, language) => (month, MonthForm::Full, language, true),
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
        if self.slice(again) == self.slice(at) && matches!(self.word(again), Some(DateWord::Month(..))) {
            doubled = Some(Span::new(self.span(at).start, self.span(again).start));
            next = again + 1;
        }
        Some(MonthMatch { month, form, language, misspelt, first: at, next, doubled, number: None })
    }

    /// The month whose name at `at` no day stands before: the first word of `July 8th, 2024`, `November 2024`.
    pub(super) fn leading_month(&self, at: usize) -> Option<MonthMatch> {
        let month = self.month_at(at)?;
        let glued = matches!(
            at.checked_sub(1).and_then(|before| self.kind(before)),
            Some(Kind::Latin | Kind::Number(_) | Kind::Sign('@' | '#' | '_'))
        ) || matches!(self.kind(month.next), Some(Kind::Latin | Kind::Sign('_' | '@')));
        (!glued).then_some(month)
    }

    /// `tháng 11`, `tháng Giêng`, `tháng mười hai`, with `tháng` at `at`.
    pub(super) fn vietnamese_month_at(&self, at: usize) -> Option<MonthMatch> {
        let name = self.past_same(at);
        let month = |month: u32, form, next, number| MonthMatch {
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
        // `9 tháng năm 2024` are nine months of a year: May needs the word for year behind it.
        if first == 5 && self.number(self.skip(name + 1)).is_some() {
            return None;
        }
        let second =
            if first == 10 { words::spoken_number(&self.lower(self.skip(name + 1))).filter(|n| *n <= 2) } else { None };
        Some(match second {
            Some(second) => month(u32::from(10 + second), MonthForm::Spoken, self.skip(name + 1) + 1, None),
            None => month(u32::from(first), MonthForm::Spoken, name + 1, None),
        })
    }

    /// Returns whether a day before this month is one: `10 tháng 5 ngày` is a length of time.
    pub(super) fn month_fits(&self, month: &MonthMatch, day: Number) -> bool {
        if month.language != Language::Vietnamese {
            return month.form != MonthForm::Spaced || day.len <= 2;
        }
        let after = self.skip(month.next);
        let duration =
            matches!(self.word(after), Some(DateWord::Day(_))) && self.number(self.skip(after + 1)).is_none();
        !duration
            && !self.counts(month.next)
            && !self.lunar_after(month.next)
            && (month.number.is_none()
                || !self.goes_on(month.next)
                || matches!(self.sign(month.next), Some('/' | '-' | '.' | ',')))
    }

    /// Returns whether `D tháng M` without a year is a date and not a number of months.
    pub(super) fn month_number_stands(&self, at: usize, month: &MonthMatch, lead: &LeadWords) -> bool {
        let day = self.number(at).map_or(0, |number| number.value);
        lead.day
            || lead.weekday.is_some()
            || lead.part
            || lead.from
            || (1..=31).contains(&day) && (1..=12).contains(&month.month) && !self.numbered(at)
    }

    /// Returns whether a month's name goes on behind a sign, a digit or letters of another script, or behind a space
    /// with the very letters that it lacks: `มกราคiม`, `เมษาย"น`, `กรกฎาค ม`.
    fn word_goes_on(&self, word: Span, right: &str) -> bool {
        let behind = &self.text[word.end as usize..];
        let lacks = right.strip_prefix(word.slice(self.text)).filter(|end| !end.is_empty());
        if lacks.is_some_and(|end| behind.trim_start().starts_with(end)) {
            return true;
        }
        let mut rest = behind.chars();
        rest.next().is_some_and(|c| {
            let ends = c.is_whitespace() || is_thai(c);
            let goes_on = |c: char| c.is_alphabetic() || is_thai_mark(c);
            !ends && (c.is_alphabetic() || rest.next().is_some_and(goes_on))
        })
    }

    /// The faults of a month's name.
    pub(super) fn month_notes(
        &self,
        draft: &mut DateDraft,
        month: &MonthMatch,
        day_at: usize,
        year: Option<&YearMatch>,
    ) {
        let name = Span::new(self.span(month.next - 1).start, self.span(month.next - 1).end);
        let canonical = &words::MONTHS[usize::from(month.month.clamp(1, 12)) - 1];
        if month.misspelt {
            draft.note(DateFault::MisspeltMonth, true);
            let right = if month.language == Language::Thai { canonical.thai } else { canonical.english };
            draft.edit(name, like(name.slice(self.text), right));
            if self.word_goes_on(name, right) {
                draft.doubt(DateFaultClass::MisspeltMonth);
            }
        }
        if month.form == MonthForm::Spaced {
            draft.note(DateFault::InnerSpace, true);
            let right = match month.language {
                Language::English => canonical.english,
                _ if name.slice(self.text).contains('.') => canonical.thai_abbreviation,
                _ => canonical.thai,
            };
            draft.edit(name, right);
        }
        if let Some(span) = month.doubled {
            draft.note(DateFault::DuplicateWord, true);
            draft.edit(span, "");
        }
        if month.language == Language::Thai && month.form.is_abbreviation() {
            self.abbreviation_notes(draft, month, day_at, year, name);
        }
        // The unit word: misspelt, twice, or without a space before its number.
        if month.first < month.next - 1 {
            if let Some(DateWord::Misspelt(unit, bare)) = self.word(month.first) {
                self.misspelt_unit(draft, month.first, unit, bare, month.language);
            }
            let second = self.skip(month.first + 1);
            if second < month.next - 1 && self.slice(second) == self.slice(month.first) {
                draft.note(DateFault::DuplicateWord, true);
                draft.edit(Span::new(self.span(month.first).end, self.span(second).end), "");
            }
            if month.language == Language::Vietnamese && month.number.is_some() {
                self.separate(draft, month.next - 1);
            }
        }
    }

    /// An edit that puts a space before the token at `at` where none is; it counts only together with a fault.
    pub(super) fn separate(&self, draft: &mut DateDraft, at: usize) {
        if !matches!(at.checked_sub(1).and_then(|before| self.kind(before)), Some(Kind::Space(_)) | None) {
            let start = self.span(at).start;
            draft.edit(Span::new(start, start), " ");
        }
    }

    fn abbreviation_notes(
        &self,
        draft: &mut DateDraft,
        month: &MonthMatch,
        day_at: usize,
        year: Option<&YearMatch>,
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
            draft.note(DateFault::AbbrevStyle, true);
            if day_at < month.first && self.span(day_at).end == self.span(month.first).start {
                let end = self.span(day_at).end;
                draft.edit(Span::new(end, end), " ");
            }
        }
    }

    /// The year behind a month: `[,] [ปี|năm|of] [พ.ศ.] Y`.
    pub(super) fn year_after(&mut self, at: usize, month: &MonthMatch, full: bool) -> Option<YearMatch> {
        let mut cursor = self.skip(at);
        let mut led = false;
        let mut slash = false;
        let behind_comma = || self.number(self.skip(cursor + 1));
        if self.sign(cursor) == Some(',')
            && (month.language != Language::Thai || behind_comma().is_some_and(|n| n.len == 4))
        {
            cursor = self.skip(cursor + 1);
        } else if matches!(self.sign(cursor), Some('/' | '-' | '.'))
            && (month.number.is_some() || self.is_hyphened(month.first))
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
                Some(DateWord::YearUnit(_) | DateWord::Of) => led = true,
                Some(DateWord::Misspelt(UnitWord::Year, _)) => led = true,
                _ => break,
            }
            cursor = self.skip(cursor + 1);
        }
        let mut mark = None;
        for _ in 0..2 {
            let era = match self.word(cursor) {
                Some(DateWord::Era(era, _)) => Some(era),
                _ => self.latin_era(cursor),
            };
            let Some(era) = era else { break };
            mark = Some((era, self.span(cursor)));
            led = true;
            cursor = self.skip(cursor + 1);
        }
        let mut hit = self.year_number(cursor, led || slash, mark.map(|(era, _)| era), month, full)?;
        hit.at.year.mark = mark.map(|(era, _)| era);
        hit.at.mark = mark.map(|(_, span)| span);
        if hit.at.mark.is_none() {
            let after = self.skip(hit.next);
            if let Some(era) = self.latin_era(after) {
                hit.at.year.mark = Some(era);
                hit.at.mark = Some(self.span(after));
                hit.next = after + 1;
            }
        }
        Some(hit)
    }

    /// A number that may be the year of the month before it.
    fn year_number(
        &mut self,
        at: usize,
        led: bool,
        mark: Option<Era>,
        month: &MonthMatch,
        full: bool,
    ) -> Option<YearMatch> {
        let number = self.number(at).filter(|number| number.real > 0 || led)?;
        let hit = |value: u32, digits: u8, next: usize, span: Span, implausible| YearMatch {
            at: YearPlace { year: WrittenYear::new(value, digits, None), span, mark: None, digits: number.digits },
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
            if windows::is_near(value) {
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
                let plausible = windows::ANY.contains(&number.value);
                if !led && self.counts(next) && (!plausible || month.language != Language::Thai) {
                    return None;
                }
                let implausible = !plausible;
                // `7 กย 3389` is the plate of a car.
                if implausible && matches!(month.form, MonthForm::HalfDotted | MonthForm::Dotless | MonthForm::Short) {
                    return None;
                }
                Some(hit(number.value, 4, next, span, implausible))
            }
            2 => {
                let certain = led
                    || month.form.is_abbreviation() && !glued_unit
                    || month.language == Language::Thai && windows::SHORT_AFTER_MONTH.contains(&number.value);
                let goes_on = self.goes_on(next) && !self.date_behind_dash(next);
                if !certain || goes_on || !led && (self.counts(next) || glued_unit) || self.clock_at(at) {
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
            1..=3 if mark == Some(Era::Rattanakosin) => Some(hit(number.value, number.len, next, span, false)),
            3 | 5 if full && !self.goes_on(next) && !self.counts(next) => {
                if !windows::begins_like_a_year(number.value) && !led {
                    return None;
                }
                // 236 พ.ศ. and the like are years of long ago; with a day and a month nobody means them.
                Some(hit(number.value, number.len, next, span, true))
            }
            _ => None,
        }
    }

    /// Returns whether a dash and another day and month follow token `next`: `27 ก.ย.62-31 ม.ค.63`.
    fn date_behind_dash(&self, next: usize) -> bool {
        self.sign(next).is_some_and(is_dash)
            && self.number(next + 1).is_some_and(|day| day.len <= 2)
            && self.month_after(next + 2).is_some()
    }

    /// The faults of a year and of the words that lead to it.
    pub(super) fn year_notes(&self, draft: &mut DateDraft, hit: &YearMatch) {
        draft.years.push(hit.at);
        if let Some((span, right)) = &hit.split {
            draft.note(DateFault::InnerSpace, true);
            draft.edit(*span, right.as_str());
        }
        if hit.implausible {
            draft.note(DateFault::ImplausibleYear, false);
        }
        let Some(year_at) = self.token_at(hit.at.span.start) else { return };
        self.year_words(draft, year_at, draft.core.start);
    }

    /// The faults of the words between `from` and the year at token `at`.
    pub(super) fn year_words(&self, draft: &mut DateDraft, at: usize, from: u32) {
        let mut cursor = at;
        let mut glued = cursor.checked_sub(1).is_some_and(|before| {
            matches!(
                self.word(before),
                Some(DateWord::Misspelt(UnitWord::Year, _) | DateWord::YearUnit(Language::Vietnamese))
            )
        });
        while let Some(before) = self.back(cursor).filter(|before| self.span(*before).start >= from) {
            let same = self.slice(before) == self.slice(cursor);
            match self.word(before) {
                Some(DateWord::Era(era, typo)) => {
                    if same {
                        draft.note(DateFault::DuplicateWord, true);
                        draft.edit(Span::new(self.span(before).start, self.span(cursor).start), "");
                    } else if typo {
                        self.era_typo(draft, before, era, draft.core.cover(self.span(before)));
                    }
                }
                Some(DateWord::YearUnit(_)) if same => {
                    draft.note(DateFault::DuplicateWord, true);
                    draft.edit(Span::new(self.span(before).start, self.span(cursor).start), "");
                }
                Some(DateWord::Misspelt(UnitWord::Year, bare)) => {
                    let language = if self.is_thai(before) { Language::Thai } else { Language::Vietnamese };
                    self.misspelt_unit(draft, before, UnitWord::Year, bare, language);
                }
                Some(DateWord::YearUnit(_)) => {}
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
    pub(super) fn era_typo(&self, draft: &mut DateDraft, at: usize, era: Era, span: Span) {
        draft.note_at(DateFault::EraMarkTypo, Some(span), true);
        draft.edit(self.span(at), if era == Era::Buddhist { "พ.ศ." } else { "ค.ศ." });
    }

    fn token_at(&self, start: u32) -> Option<usize> {
        let at = self.tokens.partition_point(|token| token.start < start);
        (self.tokens.get(at)?.start == start).then_some(at)
    }

    /// The faults of digits: other scripts, letters.
    pub(super) fn digit_notes(&self, draft: &mut DateDraft, numbers: &[(Span, Number)]) {
        let mut counts = [0_usize; 4];
        for (span, _) in numbers {
            for c in span.slice(self.text).chars() {
                match c {
                    '๐'..='๙' => counts[1] += 1,
                    '０'..='９' => counts[2] += 1,
                    '໐'..='໙' => counts[3] += 1,
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
        let thai = counts[1] > counts[0] + counts[2] + counts[3];
        if letters {
            draft.note(DateFault::LetterForDigit, true);
        }
        if mixed {
            draft.note(DateFault::MixedDigits, true);
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
    pub(super) fn open_year(&self, draft: &mut DateDraft, month: &MonthMatch, has_year: bool) {
        if has_year {
            return;
        }
        let mut cursor = self.skip(month.next);
        let first = cursor;
        while let Some(DateWord::YearUnit(_) | DateWord::Era(..)) = self.word(cursor) {
            cursor += 1;
            if matches!(self.word(self.skip(cursor)), Some(DateWord::Era(..))) {
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
            draft.note(DateFault::MissingPart, false);
        }
    }

    /// The character before the digits of a year.
    pub(super) fn before_digit(&self, hit: &YearMatch) -> char {
        self.text[..hit.at.span.start as usize].chars().next_back().unwrap_or(' ')
    }

    /// Returns whether nothing stands at `at` where a number should: the end, a stop, a gap of several spaces, dots.
    pub(super) fn empty_slot(&self, at: usize) -> bool {
        match self.kind(at) {
            None => true,
            // At the end of a line the number may begin the next one; dots are a blank to be filled in.
            Some(Kind::Space(count)) => {
                count >= 2
                    && self.number(at + 1).is_none()
                    && !matches!(self.sign(at + 1), Some('.' | '…' | '_' | '\n' | '\r'))
                    || self.kind(at + 1).is_none()
                    || matches!(self.sign(at + 1), Some(',' | ';' | ')'))
                    || self.sign(at + 1) == Some('.') && self.sign(at + 2) != Some('.')
            }
            Some(Kind::Sign('.')) => self.sign(at + 1) != Some('.'),
            Some(Kind::Sign(sign)) => matches!(sign, ',' | ';' | ')'),
            _ => false,
        }
    }
}

fn right_digit(c: char, thai: bool) -> char {
    let value = match c {
        '๐'..='๙' => c as u32 - '๐' as u32,
        '０'..='９' => c as u32 - '０' as u32,
        '໐'..='໙' => c as u32 - '໐' as u32,
        '0'..='9' => c as u32 - '0' as u32,
        _ => match digit_of_letter(c) {
            Some(value) => value,
            None => return c,
        },
    };
    char::from_u32(if thai { '๐' as u32 } else { '0' as u32 } + value).unwrap_or(c)
}

/// Returns whether a misspelt name is so short that it may be another word.
pub(super) const fn month_distance_doubtful(word: &str) -> bool {
    word.len() < 5
}
