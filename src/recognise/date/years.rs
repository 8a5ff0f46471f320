//! Years, decades, quarters, half-years, and Vietnamese months with a number: what is coarser than a day.

use smallvec::SmallVec;

use super::DateFault;
use super::frames::lunar_fact;
use super::grammar::{DateDraft, DateParser, FormMatch, YearPlace};
use super::lead::LeadWords;
use super::lex::{Kind, Number};
use super::months::MonthMatch;
use super::parts::{Below, DateParts, DateShape, WrittenYear};
use super::windows;
use super::worded::is_dash;
use super::words::{self, DateWord, MonthForm, UnitWord};
use crate::recognise::profile::{Era, Language};
use crate::text::Span;

impl DateParser<'_> {
    // ---------------------------------------------------------------- months with a number

    /// `tháng 5`, `tháng 5, 6 và 7 năm 2024`: the number of a month behind `tháng`.
    pub(super) fn vietnamese_month(&mut self, at: usize) -> FormMatch {
        let Some(before) = self.back(at) else { return FormMatch::Nothing };
        if !matches!(
            self.word(before),
            Some(DateWord::MonthUnit(Language::Vietnamese) | DateWord::Misspelt(UnitWord::Month, _))
        ) || self.is_thai(before)
        {
            return FormMatch::Nothing;
        }
        let Some(number) = self.number(at).filter(|number| number.len <= 2 && number.real > 0) else {
            return FormMatch::Nothing;
        };
        let separated = self.sign(at + 1).is_some_and(|sign| matches!(sign, '/' | '-' | '.'));
        let doubled = self.sign(at + 2) == self.sign(at + 1) && self.number(at + 3).is_some();
        if self.goes_on(at + 1) || separated && (self.number(at + 2).is_some() || doubled) {
            return FormMatch::Nothing; // a run of numbers
        }
        let month = MonthMatch {
            month: number.value.min(99) as u8,
            form: MonthForm::Full,
            language: Language::Vietnamese,
            misspelt: false,
            first: before,
            next: at + 1,
            doubled: None,
            number: Some(number),
        };
        // The months of `tháng 1 - 3/2024` are a run of numbers.
        let dash = self.skip(at + 1);
        let behind = self.skip(dash + 1);
        if self.sign(dash).is_some_and(is_dash)
            && let Some(number) = self.number(behind)
            // So are month and year of `tháng 5 - 2024`.
            && (self.sign(behind + 1) == Some('/') || number.len == 4 && dash > at + 1 && behind > dash + 1)
        {
            return FormMatch::Nothing;
        }
        // The August Revolution is a name.
        if self.back(before).is_some_and(|word| self.lower(word) == "mạng") {
            return FormMatch::Nothing;
        }
        // A number before `tháng` makes it a length of time, unless it is a day that was no date.
        if self.back(before).is_some_and(|number| self.number(number).is_some()) {
            return FormMatch::Nothing;
        }
        if let Some(draft) = self.several_months(at, &month) {
            return Some(draft).into();
        }
        self.vietnamese_month_and_year(at, &month).into()
    }

    /// `tháng 5, 6 và 7 năm 2024`, `tháng 5-7 năm 2024`
    fn several_months(&mut self, at: usize, first: &MonthMatch) -> Option<DateDraft> {
        let mut months: SmallVec<[u8; 4]> = smallvec::smallvec![first.month];
        let mut range = false;
        let mut next = at + 1;
        while let Some((number_at, joins_range)) = self.joiner(next) {
            let Some(number) =
                self.number(number_at).filter(|number| number.len <= 2 && (1..=12).contains(&number.value))
            else {
                break;
            };
            if range || joins_range && months.len() > 1 || months.len() > 11 {
                return None;
            }
            range = joins_range;
            months.push(number.value as u8);
            next = number_at + 1;
        }
        if months.len() < 2 {
            return None;
        }
        let last = MonthMatch { next, ..first.clone() };
        let hit = self.year_after(next, &last, false).filter(|hit| hit.number.len == 4)?;
        let point = |month: &u8| DateParts::new(Some(hit.at.year), Below::Month(*month));
        let shape = match months.as_slice() {
            [start, end] if range => DateShape::Range(point(start), point(end)),
            _ => DateShape::List(months.iter().map(point).collect()),
        };
        let mut draft = DateDraft::new(self.cover(at, hit.next), Language::Vietnamese, shape, hit.next);
        self.year_notes(&mut draft, &hit);
        if range && months[0] > months[1] {
            draft.note(DateFault::ReversedRange, false);
        }
        let lead = self.lead(at);
        Some(self.with_lead(draft, &lead))
    }

    /// A Vietnamese month, in digits or words, with its year where one follows. `at` is the first token of the core.
    pub(super) fn vietnamese_month_and_year(&mut self, at: usize, month: &MonthMatch) -> Option<DateDraft> {
        let spoken = month.form == MonthForm::Spoken;
        let year = self.year_after(month.next, month, false);
        let bare_word = matches!(self.word(month.first), Some(DateWord::Misspelt(..)));
        if spoken && year.is_none()
            || bare_word && year.is_none()
            || year.as_ref().is_some_and(|hit| hit.number.len != 4)
        {
            return None;
        }
        if year.is_none()
            && (self.counts(month.next) || self.lunar_after(month.next) || !(1..=12).contains(&month.month))
        {
            return None;
        }
        let core_at = if spoken { self.skip(month.first + 1) } else { at };
        let next = year.as_ref().map_or(month.next, |hit| hit.next);
        let parts = DateParts::new(year.as_ref().map(|hit| hit.at.year), Below::Month(month.month));
        let mut draft = DateDraft::new(self.cover(core_at, next), Language::Vietnamese, DateShape::Point(parts), next);
        if !(1..=12).contains(&month.month) {
            draft.note(DateFault::ImpossibleMonth, false);
        }
        if let Some(hit) = &year {
            self.year_notes(&mut draft, hit);
            let mut numbers: SmallVec<[(Span, Number); 2]> = SmallVec::new();
            if let Some(number) = month.number {
                numbers.push((self.span(at), number));
            }
            if hit.split.is_none() {
                numbers.push((hit.at.span, hit.number));
            }
            self.digit_notes(&mut draft, &numbers);
        }
        let lead = self.lead(core_at);
        if month.number.is_some() {
            self.separate(&mut draft, at);
        }
        let draft = self.with_lead(draft, &lead);
        if self.lunar_after(draft.next) { Some(lunar_fact(draft)) } else { Some(draft) }
    }

    // ---------------------------------------------------------------- years

    /// A year alone, where the words around it say that it is one; a decade.
    pub(super) fn year(&mut self, at: usize) -> FormMatch {
        let Some(number) = self.number(at) else { return FormMatch::Nothing };
        if let Some(draft) = self.bare_numeric_frame(at) {
            return Some(draft).into();
        }
        if let Some(draft) = self.decade(at, number) {
            return Some(draft).into();
        }
        if let Some(draft) = self.split_year(at, number) {
            return Some(draft).into();
        }
        if let Some(draft) = self.counted_quarter(at, number) {
            return Some(draft).into();
        }
        if !(3..=5).contains(&number.len) && !self.era_number(at, number) || self.glued_left(at) || self.goes_on(at + 1)
        {
            return FormMatch::Nothing;
        }
        let lead = self.lead(at);
        self.year_with(at, number, &lead).into()
    }

    /// The era that a mark in Latin capitals names: `BE`, `A.D.`.
    pub(super) fn latin_era(&self, at: usize) -> Option<Era> {
        let capital = |c: char| c.is_uppercase() || matches!(c, '.' | ' ');
        match self.word(at) {
            Some(DateWord::LatinEra(era)) if self.slice(at).chars().all(capital) => Some(era),
            _ => None,
        }
    }

    /// `ร.ศ. 112`, `พ.ศ. 67`: numbers that only an era mark makes a year.
    fn era_number(&self, at: usize, number: Number) -> bool {
        if number.len == 2 && self.short_year(at, number) {
            return true;
        }
        number.len <= 3 && self.back(at).is_some_and(|before| matches!(self.word(before), Some(DateWord::Era(..))))
    }

    /// `ปี 67`, `ปี'67`: a Thai year of two digits.
    fn short_year(&self, at: usize, number: Number) -> bool {
        let apostrophe = at.checked_sub(1).filter(|before| matches!(self.sign(*before), Some('\'' | '’')));
        let Some(unit) = self.back(apostrophe.unwrap_or(at)) else { return false };
        self.word(unit) == Some(DateWord::YearUnit(Language::Thai))
            && windows::SHORT_THAI.contains(&number.value)
            && self.back(unit).is_none_or(|before| self.number(before).is_none())
            && !self.counts(at + 1)
            && !matches!(self.kind(at + 1), Some(Kind::Latin))
            && !self.clock_at(at)
    }

    fn year_with(&mut self, at: usize, number: Number, lead: &LeadWords) -> Option<DateDraft> {
        let next = at + 1;
        let after = self.skip(next);
        let era_behind = if lead.era.is_none() { self.latin_era(after) } else { None };
        let strong = matches!(lead.year, Some(Language::Thai | Language::Vietnamese | Language::Lao))
            || lead.era.is_some()
            || era_behind.is_some();
        let value = number.value;
        if number.real == 0 || value == 0 || number.letters && !(strong && number.len == 4) {
            return None;
        }
        if number.len == 5 {
            let text = value.to_string();
            let like_a_year = ["25", "24", "20", "19"].iter().any(|start| text.starts_with(start));
            if !strong || !like_a_year || self.counts(next) {
                return None;
            }
        }
        // พด.6 is an office: a misspelt mark is known by its year alone.
        let typo = lead.era.is_some_and(|(_, _, typo)| typo);
        if typo && !(number.len == 4 && windows::LIKELY.contains(&value)) {
            return None;
        }
        if number.len <= 3 && lead.era.is_none() && !self.short_year(at, number) {
            return None;
        }
        let plausible = windows::COMMON.contains(&value)
            || windows::BUDDHIST_ELSEWHERE.contains(&value)
            || lead.language == Language::Thai && windows::BUDDHIST_IN_THAI.contains(&value);
        if number.len == 4 && !plausible && !strong {
            return None;
        }
        if number.len == 4 && !self.year_stands(at, number, lead, strong) {
            return None;
        }
        let short = number.len == 2 && lead.era.is_none();
        let language = match lead.language {
            _ if short => Language::Thai,
            Language::Unknown => self.language(),
            language => language,
        };
        let mut mark = lead.era.map(|(at, era, _)| (era, self.span(at)));
        let mut core = self.span(at);
        let mut next = next;
        if let Some(era) = era_behind {
            mark = Some((era, self.span(after)));
            core = self.cover(at, after + 1);
            next = after + 1;
        }
        if before_christ(self.slice(after)) || self.lower(after) == "tcn" {
            return None;
        }
        let year = WrittenYear::new(value, number.len, mark.map(|(era, _)| era));
        let at_year = YearPlace { year, span: self.span(at), mark: mark.map(|(_, span)| span), digits: number.digits };
        let mut draft = DateDraft::new(core, language, DateShape::Point(DateParts::new(Some(year), Below::Year)), next);
        draft.years.push(at_year);
        if let Some((mark_at, era, true)) = lead.era {
            self.era_typo(&mut draft, mark_at, era, self.span(mark_at).cover(core));
        }
        if number.len == 5
            || number.len == 4 && mark.is_none() && !plausible && windows::BEYOND.contains(&value) && strong
        {
            draft.note(DateFault::ImplausibleYear, false);
        } else if number.len == 4 && mark.is_none() && !plausible {
            return None;
        }
        self.digit_notes(&mut draft, &[(self.span(at), number)]);
        let misspelt_alone = !lead.misspelt.is_empty();
        if misspelt_alone && !matches!(number.len, 4) {
            return None;
        }
        let draft = self.with_lead(draft, lead);
        Some(self.second_year(draft, year, lead))
    }

    /// `ปี 2564 ถึง 2568`: a second year behind ถึง makes a range.
    fn second_year(&mut self, first: DateDraft, year: WrittenYear, lead: &LeadWords) -> DateDraft {
        let joint = self.skip(first.next);
        if self.word(joint) != Some(DateWord::To(Language::Thai)) || lead.from {
            return first;
        }
        let mut second = self.skip(joint + 1);
        if matches!(self.word(second), Some(DateWord::YearUnit(_))) {
            second = self.skip(second + 1);
        }
        let mut mark = None;
        if let Some(DateWord::Era(era, false)) = self.word(second) {
            mark = Some((era, self.span(second)));
            second = self.skip(second + 1);
        }
        let Some(number) = self.number(second).filter(|number| number.len == 4 && !self.goes_on(second + 1)) else {
            return first;
        };
        if !(windows::COMMON.contains(&number.value) || windows::BUDDHIST.contains(&number.value)) {
            return first;
        }
        let end = WrittenYear {
            number: number.value,
            digits: 4,
            mark: mark.map(|(era, _)| era).or(year.mark.filter(|_| (number.value >= 2400) == (year.number >= 2400))),
            sure: false,
        };
        let mut draft = DateDraft::new(
            self.span(second),
            first.language,
            DateShape::Point(DateParts::new(Some(end), Below::Year)),
            second + 1,
        );
        draft.years.push(YearPlace {
            year: end,
            span: self.span(second),
            mark: mark.map(|(_, span)| span),
            digits: number.digits,
        });
        self.join(first, draft, DateParts::new(Some(year), Below::Year), DateParts::new(Some(end), Below::Year))
    }

    /// Returns whether the words around a number of four digits make a year of it.
    fn year_stands(&mut self, at: usize, number: Number, lead: &LeadWords, strong: bool) -> bool {
        let next = at + 1;
        let recent = windows::RECENT.contains(&number.value);
        if strong {
            return lead.misspelt.is_empty()
                && (lead.era.is_some()
                    || !self.counts(next)
                    || windows::MODERN.contains(&number.value)
                    || windows::BUDDHIST.contains(&number.value))
                || !lead.misspelt.is_empty()
                    && (recent || windows::BUDDHIST.contains(&number.value))
                    && self.misspelt_stands(lead);
        }
        if self.counts(next) || matches!(self.kind(next), Some(Kind::Latin)) && self.slice(next) != "s" {
            return false;
        }
        if lead.stretch && (recent || windows::BUDDHIST.contains(&number.value)) && lead.language != Language::Thai {
            return true;
        }
        let language = self.language();
        // แผน 2567, งบประมาณ 2567
        if lead.stretch && lead.language == Language::Thai && windows::BUDDHIST_OF_PLANS.contains(&number.value) {
            return true;
        }
        // One more of the years named just before: `ปี 2565 และ 2566`.
        if let Some((after, _)) = self.last_year
            && let Some(before) = self.back(at)
            && self.back(before).is_some_and(|last| last + 1 == after)
            && matches!(self.kind(before), Some(Kind::Word(DateWord::And(_) | DateWord::To(_)) | Kind::Sign(',' | '/')))
        {
            return recent || windows::BUDDHIST.contains(&number.value);
        }
        if let Some(before) = self.back(at)
            && let Some(list) = self.back(before)
            && self.sign(list) == Some(',')
            && self.back(list).is_some_and(|last| self.last_year.is_some_and(|(after, _)| last + 1 == after))
            && matches!(self.word(before), Some(DateWord::And(_)))
        {
            return recent;
        }
        let end = self.ends_clause(next);
        let before = self.back(at);
        let before_word = before.map_or_else(Default::default, |before| self.lower(before));
        let thai_around = before.is_some_and(|before| self.is_thai(before)) || self.is_thai(self.skip(next));
        if thai_around {
            return false;
        }
        if language == Language::Vietnamese || language == Language::Thai {
            let led = lead.from
                || matches!(
                    before_word.as_str(),
                    "đầu" | "cuối" | "giữa" | "trước" | "sau" | "hè" | "xuân" | "thu" | "đông"
                );
            return recent
                && (led && end
                    || before.is_some_and(|before| self.sign(before) == Some('(')) && self.sign(next) == Some(')'));
        }
        if windows::EARLY.contains(&number.value)
            && end
            && (before_word == "of" && number.value >= 1500 || before_word == "year")
        {
            return true;
        }
        let led_long_ago = lead.year == Some(Language::English) && windows::COMMON.contains(&number.value);
        if !(recent || led_long_ago || windows::BUDDHIST.contains(&number.value)) {
            return false;
        }
        let plural = self.plural_follows(next);
        // `mid-2017`, `2019's`
        let hyphened = before.is_some_and(|before| {
            self.sign(before) == Some('-') && before > 0 && self.word(before - 1) == Some(DateWord::In)
        });
        let owning = matches!(self.sign(next), Some('\'' | '’')) && self.slice(next + 1) == "s";
        if recent && (hyphened || owning) {
            return true;
        }
        match before.and_then(|before| self.word(before)) {
            Some(DateWord::In) => return !plural || matches!(before_word.as_str(), "in" | "since" | "until" | "till"),
            Some(DateWord::From(_) | DateWord::To(_) | DateWord::Of | DateWord::And(_)) => {
                // `go back to 2017 when …`
                let back = before
                    .and_then(|before| self.back(before))
                    .is_some_and(|word| matches!(self.lower(word).as_str(), "back" | "dates" | "dating" | "prior"));
                return recent && !plural && (end || back || before_word != "to");
            }
            Some(DateWord::The) => return recent && !plural,
            _ => {}
        }
        let parenthesis = before.is_some_and(|before| matches!(self.sign(before), Some('(' | '[')))
            && matches!(self.sign(next), Some(')' | ']' | ',' | ';'));
        recent
            && (parenthesis
                || !plural && words::ENGLISH_BEFORE_YEARS.contains(&before_word.as_str())
                || self.verb_follows(at))
    }

    /// A misspelt unit word before a year counts only as a part of a larger frame, or where it can be nothing else.
    fn misspelt_stands(&self, lead: &LeadWords) -> bool {
        lead.misspelt.iter().all(|(at, unit, bare, language)| {
            *unit == UnitWord::Year && (*language == Language::Thai || !*bare && self.slice(*at) != "nấm")
        })
    }

    fn verb_follows(&self, at: usize) -> bool {
        let verb =
            matches!(self.lower(self.skip(at + 1)).as_str(), "was" | "is" | "saw" | "has" | "will" | "marked" | "had");
        verb && (at == 0 || matches!(self.back(at).and_then(|before| self.sign(before)), Some('.' | '"' | '“')))
    }

    /// Returns whether a clause ends at token `next`.
    fn ends_clause(&self, next: usize) -> bool {
        match self.kind(self.skip(next)) {
            None | Some(Kind::Sign(_)) => true,
            Some(Kind::Word(word)) => {
                matches!(word, DateWord::To(_) | DateWord::And(_) | DateWord::In | DateWord::From(_))
            }
            Some(Kind::Latin) => matches!(
                self.lower(self.skip(next)).as_str(),
                "là" | "thì" | "với" | "theo" | "trở" | "tại" | "có" | "mà"
            ),
            _ => false,
        }
    }

    fn plural_follows(&self, next: usize) -> bool {
        let at = self.skip(next);
        let word = self.lower(at);
        self.counts(next)
            || at > next
                && word.len() > 3
                && word.ends_with('s')
                && !word.ends_with("ss")
                && !words::ENGLISH_NO_PLURALS.contains(&word.as_str())
    }

    /// `ปี 25 67`
    fn split_year(&mut self, at: usize, number: Number) -> Option<DateDraft> {
        let second = self.number(at + 2)?;
        if number.len + second.len != 4
            || self.kind(at + 1) != Some(Kind::Space(1))
            || self.goes_on(at + 3)
            || self.counts(at + 3)
        {
            return None;
        }
        let lead = self.lead(at);
        if !(matches!(lead.year, Some(Language::Thai | Language::Vietnamese)) || lead.era.is_some()) {
            return None;
        }
        let value = number.value * 10_u32.pow(u32::from(second.len)) + second.value;
        if !windows::is_near(value) {
            return None;
        }
        let span = self.cover(at, at + 3);
        let mark = lead.era.map(|(at, era, _)| (era, self.span(at)));
        let year = WrittenYear::new(value, 4, mark.map(|(era, _)| era));
        let mut draft =
            DateDraft::new(span, lead.language, DateShape::Point(DateParts::new(Some(year), Below::Year)), at + 3);
        draft.years.push(YearPlace { year, span, mark: mark.map(|(_, span)| span), digits: number.digits });
        draft.note(DateFault::InnerSpace, true);
        draft.edit(span, format!("{}{}", self.slice(at), self.slice(at + 2)));
        Some(self.with_lead(draft, &lead))
    }

    // ---------------------------------------------------------------- decades

    /// `1990s`, `the '90s`, `ทศวรรษที่ 1960`, `ยุค 90`, `những năm 1990`, `thập niên 70`.
    fn decade(&mut self, at: usize, number: Number) -> Option<DateDraft> {
        if !matches!(number.len, 2 | 4) || !number.value.is_multiple_of(10) || number.letters || self.goes_on(at + 1) {
            return None;
        }
        let apostrophe = usize::from(matches!(self.sign(at + 1), Some('\'' | '’')));
        let suffix = matches!(self.slice(at + 1 + apostrophe), "s" | "S");
        let next = if suffix { at + 2 + apostrophe } else { at + 1 };
        let lead = self.lead(at);
        let plausible =
            number.len == 2 || windows::COMMON.contains(&number.value) || windows::BUDDHIST.contains(&number.value);
        let before = self.back(at);
        let led = self.names_decades(at, &lead);
        let short = matches!(before.and_then(|before| self.sign(before)), Some('\'' | '’'))
            || matches!(before.and_then(|before| self.word(before)), Some(DateWord::The | DateWord::In))
                && before.is_none_or(|before| self.word(before) != Some(DateWord::In) || self.lower(before) != "in");
        let glued = self.glued_left(at) && self.sign(at.wrapping_sub(1)) != Some('-');
        if !plausible || glued {
            return None;
        }
        if suffix {
            let enough = number.len == 4 || led || short;
            if !enough || matches!(self.kind(next), Some(Kind::Number(_))) {
                return None;
            }
        } else if !led || self.counts(next) || matches!(self.kind(next), Some(Kind::Latin)) {
            return None;
        }
        let mark = lead.era.map(|(at, era, _)| (era, self.span(at)));
        let year = WrittenYear::new(number.value, number.len, mark.map(|(era, _)| era));
        let language = if lead.language == Language::Unknown { self.language() } else { lead.language };
        let whole = |year| DateParts::new(Some(year), Below::Decade);
        let mut draft = DateDraft::new(self.cover(at, next), language, DateShape::Point(whole(year)), next);
        if led && !suffix && language == Language::Vietnamese {
            let mut all: SmallVec<[DateParts; 3]> = smallvec::smallvec![whole(year)];
            while let Some((next, decade)) = self.another_decade(draft.next, year) {
                all.push(whole(decade));
                draft.next = next;
            }
            if all.len() > 1 {
                draft.core = self.cover(at, draft.next);
                draft.shape = DateShape::List(all);
            }
        }
        Some(self.with_lead(draft, &lead))
    }

    /// Returns whether the words before the number at `at` say that it is a decade.
    pub(super) fn names_decades(&self, at: usize, lead: &LeadWords) -> bool {
        lead.decade.is_some()
            || lead.year == Some(Language::Vietnamese) && self.plural_year_before(lead)
            || self.back(at).is_some_and(|before| self.decade_words(before))
    }

    /// The decade that a comma or `và` joins to the one before token `next`: `những năm 60, 70`.
    fn another_decade(&self, next: usize, first: WrittenYear) -> Option<(usize, WrittenYear)> {
        let joint = self.skip(next);
        if self.sign(joint) != Some(',') && !matches!(self.word(joint), Some(DateWord::And(_))) {
            return None;
        }
        let at = self.skip(joint + 1);
        let number = self.number(at).filter(|number| number.len == first.digits && number.value.is_multiple_of(10))?;
        let ends = !self.goes_on(at + 1) || self.sign(at + 1) == Some(',');
        let fits = at > joint + 1 && number.value > first.number && ends && !self.counts(at + 1);
        fits.then_some((at + 1, WrittenYear { number: number.value, ..first }))
    }

    /// Returns whether `những` stands before the word for year.
    fn plural_year_before(&self, lead: &LeadWords) -> bool {
        self.back(lead.first).is_some_and(|before| self.lower(before) == "những") || self.lower(lead.first) == "những"
    }

    /// `thập niên`, `thập kỷ` ending with token `at`.
    fn decade_words(&self, at: usize) -> bool {
        matches!(self.lower(at).as_str(), "niên" | "kỷ" | "kỉ")
            && self.back(at).is_some_and(|before| self.lower(before) == "thập")
    }
}

/// Returns whether a mark behind a year says that it was before the Common Era.
fn before_christ(mark: &str) -> bool {
    let letters = || mark.chars().filter(|c| !matches!(c, '.' | ' '));
    letters().eq("BC".chars()) || letters().eq("BCE".chars())
}
