//! The words before a date that belong to it: weekday, `วันที่`, `ปี`, `ngày`, an era mark, `in`.

use smallvec::SmallVec;

use super::fault::{DateFault, DateFaultClass};
use super::grammar::{DateDraft, DateParser, like};
use super::letters::{ceil, floor, is_dash, is_latin, is_thai, is_vietnamese};
use super::lex::Kind;
use super::parts::{Below, DateParts, DateShape};
use super::words::{self, DateWord, UnitWord};
use crate::recognise::profile::{Era, Language, When};
use crate::text::Span;

/// The text that stands before a date and belongs to it.
#[derive(Clone, Debug, Default)]
pub(super) struct LeadWords {
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
    pub misspelt: SmallVec<[(usize, UnitWord, bool, Language); 1]>,
    /// The second of two equal words.
    pub doubled: Option<(usize, usize)>,
    pub language: Language,
}

impl LeadWords {
    /// Returns whether the words say that a day follows.
    pub(super) const fn names_day(&self) -> bool {
        self.day || self.part || self.weekday.is_some()
    }
}

impl DateParser<'_> {
    /// Returns the words before the core that starts with token `at`.
    pub(super) fn lead(&self, at: usize) -> LeadWords {
        let mut lead = LeadWords { core: at, first: at, ..LeadWords::default() };
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
    fn lead_word(&self, at: usize, lead: &mut LeadWords) -> Option<usize> {
        let same_as_last = |first: usize| {
            first < lead.first && lead.first < self.tokens.len() && self.slice(first) == self.slice(lead.first)
        };
        match self.kind(at)? {
            Kind::Word(word) => {
                let language = match word {
                    DateWord::Day(language) => {
                        if lead.day && same_as_last(at) {
                            lead.doubled = Some((at, lead.first));
                        }
                        lead.day = true;
                        language
                    }
                    DateWord::MonthUnit(language) => {
                        if lead.month.is_some() && same_as_last(at) && !self.ends_compound(at) {
                            lead.doubled = Some((at, lead.first));
                        }
                        lead.month = Some(language);
                        language
                    }
                    DateWord::YearUnit(language) => {
                        if lead.year.is_some() && same_as_last(at) && self.ends_compound(at) {
                            return None;
                        }
                        if lead.year.is_some() && same_as_last(at) && language == Language::Thai {
                            lead.doubled = Some((at, lead.first));
                        } else if lead.year.is_some() && same_as_last(at) {
                            return None;
                        }
                        lead.year = Some(language);
                        language
                    }
                    DateWord::Misspelt(unit, bare) => {
                        let language = if self.is_thai(at) { Language::Thai } else { Language::Vietnamese };
                        // A misspelt unit stands against its number. Further left it is a word or a name of its own:
                        // `ngay`, `Việt Nam ngày 3/6`.
                        if self.skip(at + 1) != lead.core || self.is_another_word(at, unit, lead.core) {
                            return None;
                        }
                        let year = self.number(lead.core).is_some_and(|number| number.len == 4);
                        match unit {
                            UnitWord::Year if !year => return None,
                            UnitWord::Day => lead.day = true,
                            UnitWord::Month => lead.month = Some(language),
                            UnitWord::Year => lead.year = Some(language),
                        }
                        lead.misspelt.push((at, unit, bare, language));
                        language
                    }
                    DateWord::Era(era, typo) => {
                        if lead.era.is_some_and(|(_, first, _)| first == era) && same_as_last(at) {
                            lead.doubled = Some((at, lead.first));
                        }
                        lead.era = Some((at, era, typo));
                        Language::Thai
                    }
                    // `a B.E. in 2019` is a degree.
                    DateWord::LatinEra(era) if self.latin_era(at).is_some() && self.skip(at + 1) == lead.core => {
                        lead.era = Some((at, era, false));
                        Language::Unknown
                    }
                    DateWord::YearLead(language) => {
                        lead.stretch = true;
                        language
                    }
                    DateWord::Decade(language) => {
                        lead.decade = Some(language);
                        language
                    }
                    DateWord::Ordinal => {
                        // ที่ belongs to the weekday or the decade before it.
                        let before = self.back(at)?;
                        if !matches!(self.word(before), Some(DateWord::Weekday(..) | DateWord::Decade(_))) {
                            return None;
                        }
                        Language::Thai
                    }
                    DateWord::Weekday(number, language) => {
                        // A newspaper: `Edmonton Sun, August 16`
                        let named = self.back(at).is_some_and(|name| {
                            self.word(name) == Some(DateWord::The)
                                || matches!(self.kind(name), Some(Kind::Latin))
                                    && self.slice(name).starts_with(char::is_uppercase)
                        });
                        if named && self.slice(at) == "Sun" {
                            return None;
                        }
                        if lead.weekday.is_some_and(|(_, first, _)| first == number) && same_as_last(at) {
                            lead.doubled = Some((at, lead.first));
                        }
                        lead.weekday = Some((self.span(at), number, language));
                        // `เสาร์-อาทิตย์ที่ 7-8`: two weekdays name two days.
                        if let Some(joint) = self.back(at)
                            && (self.sign(joint).is_some_and(is_dash)
                                || matches!(self.word(joint), Some(DateWord::And(_) | DateWord::To(_))))
                            && let Some(first) = self
                                .back(joint)
                                .filter(|first| matches!(self.word(*first), Some(DateWord::Weekday(..))))
                        {
                            lead.weekday = None;
                            return Some(first);
                        }
                        language
                    }
                    DateWord::DayPart(language) => {
                        lead.part = true;
                        language
                    }
                    DateWord::To(language) | DateWord::From(language) => {
                        lead.from = true;
                        language
                    }
                    DateWord::On => {
                        if same_as_last(at) && self.opens_clause(at) {
                            lead.doubled = Some((at, lead.first));
                        }
                        lead.day = true;
                        Language::English
                    }
                    DateWord::In => {
                        if same_as_last(at) && self.opens_clause(at) {
                            lead.doubled = Some((at, lead.first));
                        }
                        lead.year = Some(Language::English);
                        Language::English
                    }
                    DateWord::The => Language::English,
                    DateWord::Meeting => {
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
                    Some(DateWord::Weekday(_, Language::English)) => Some(at),
                    _ => self.vietnamese_weekday(before, lead),
                }
            }
            Kind::Sign('.') => {
                let before = at.checked_sub(1)?;
                matches!(self.word(before), Some(DateWord::Weekday(_, Language::English))).then_some(at)
            }
            Kind::Latin | Kind::Number(_) => self.vietnamese_weekday(at, lead),
            _ => None,
        }
    }

    /// `thứ Sáu`, `thứ 6`, `Chủ nhật`, ending with token `at`.
    pub(super) fn vietnamese_weekday(&self, at: usize, lead: &mut LeadWords) -> Option<usize> {
        let before = self.back(at)?;
        let number = if self.word(before) == Some(DateWord::WeekdayNumber) {
            match self.number(at) {
                Some(number) if (2..=7).contains(&number.value) && number.len == 1 => number.value as u8 - 1,
                Some(_) => return None,
                None => words::spoken_number(&self.lower(at)).filter(|n| (2..=7).contains(n))? - 1,
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

    /// Gives a draft what its lead says: extent, weekday, faults of the leading words.
    pub(super) fn with_lead(&self, mut draft: DateDraft, lead: &LeadWords) -> DateDraft {
        draft.extent = draft.extent.cover(draft.core);
        if lead.first < self.tokens.len() {
            draft.extent = draft.extent.cover(self.span(lead.first));
        }
        draft.weekday = draft.weekday.or(lead.weekday).or_else(|| self.weekday_beside(lead.first, draft.next));
        if draft.language == Language::Unknown && lead.language != Language::English {
            draft.language = lead.language;
        }
        for (at, unit, bare, language) in &lead.misspelt {
            // `ngay 30/4` may be right: `ngay` is also "just on".
            if *bare && *unit == UnitWord::Day && draft.years.is_empty() && is_numeric(&draft.shape) {
                continue;
            }
            self.misspelt_unit(&mut draft, *at, *unit, *bare, *language);
        }
        if let Some((first, second)) = lead.doubled {
            let span = self.span(first).cover(draft.core);
            draft.note_at(DateFault::DuplicateWord, Some(span), true);
            draft.edit(Span::new(self.span(first).start, self.span(second).start), "");
        }
        draft
    }

    /// A weekday next to a date in parentheses, or in parentheses next to a date: `thứ Bảy (23/11/2024)`.
    fn weekday_beside(&self, first: usize, next: usize) -> Option<(Span, u8, Language)> {
        let mut other = LeadWords { core: first, first, ..LeadWords::default() };
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

    fn weekday_word(&self, at: usize, lead: &mut LeadWords) -> Option<usize> {
        if let Some(DateWord::Weekday(number, language)) = self.word(at) {
            lead.weekday = Some((self.span(at), number, language));
            return Some(at);
        }
        self.vietnamese_weekday(at, lead)
    }

    /// Notes that a unit word is misspelt. One that only lacks its marks counts where the document writes them.
    pub(super) fn misspelt_unit(
        &self,
        draft: &mut DateDraft,
        at: usize,
        unit: UnitWord,
        bare: bool,
        language: Language,
    ) {
        let span = self.span(at).cover(draft.core);
        draft.note_at(DateFault::MisspeltUnit, Some(span), true);
        // In a passage without any marks the passage decides, whatever the rest of the document is like.
        if bare && !self.marks_around(span) {
            draft.only_when(DateFaultClass::MisspeltUnit, When::ActionOnly);
        }
        // Inside a date the word can be no other. Before one it could: `họp ngay 4/7/2023` is a meeting held at once,
        // unless the date has lost its marks too.
        let is_inside = draft.core.contains(self.span(at));
        let is_word = words::VIETNAMESE_WORDS_LIKE_UNITS.contains(&self.lower(at).as_str());
        if !is_inside && (draft.years.is_empty() || is_word && !self.has_bare_unit(draft.core)) {
            draft.doubt(DateFaultClass::MisspeltUnit);
        }
        let right = unit.spelling(language);
        if self.may_begin_otherwise(at, right) {
            draft.doubt(DateFaultClass::MisspeltUnit);
        }
        draft.edit(self.span(at), like(self.slice(at), right));
    }

    /// Returns whether what is wrong with the unit `right` at `at` may begin before it, so that a repair of the unit
    /// alone loses or repeats a letter.
    fn may_begin_otherwise(&self, at: usize, right: &str) -> bool {
        let before = &self.text[..self.span(at).start as usize];
        let written = self.lower(at);
        let written = written.as_str();
        // `t ừngày`, `31ftháng`: the letter may be the end of a word or stand for the space.
        let behind_letter =
            written.len() > right.len() && written.ends_with(right) || before.ends_with(char::is_numeric);
        // `ประจำัวนที่`, `เ:ดือน`: a mark that no syllable ends in, a vowel that begins one.
        let torn = before.ends_with('\u{E31}')
            || before.trim_end_matches(|c: char| c.is_ascii_punctuation()).ends_with(|c| matches!(c, 'เ'..='ไ'));
        // `ช่วงันที่`: where the word begins is a guess.
        let attached = before.ends_with(is_thai) && self.slice(at).chars().count() > right.chars().count();
        behind_letter || torn || attached
    }

    /// Returns whether the word at `at`, which differs from a unit in its marks, is rather a name or another word
    /// before the date that begins at `core`: `ca sĩ Thắng 5/2024`, `ông Thăng 12/5/2024`.
    fn is_another_word(&self, at: usize, unit: UnitWord, core: usize) -> bool {
        if !words::VIETNAMESE_WORDS_LIKE_UNITS.contains(&self.lower(at).as_str()) {
            return false;
        }
        // `tháng` is not said of a day, month and year in numbers, `ngày` not of a month and year.
        let parts = self.numbers_from(core);
        let is_odd = match unit {
            UnitWord::Month => parts.len() == 3,
            UnitWord::Day => parts.len() == 2 && parts[1] == 4,
            UnitWord::Year => false,
        };
        let opens = self.back(at).is_none_or(|before| self.sign(before).is_some());
        let is_bare = self.slice(at).is_ascii();
        is_odd || !opens && self.slice(at).starts_with(char::is_uppercase) && !(is_bare && self.is_shouted(at))
    }

    /// The digits of each number of a row with slashes, hyphens or full stops between, from token `at` on; of three at
    /// most.
    fn numbers_from(&self, at: usize) -> SmallVec<[u8; 3]> {
        let mut lengths = SmallVec::new();
        let mut next = at;
        while let Some(number) = self.number(next) {
            lengths.push(number.len);
            if lengths.len() == 3 || !self.sign(next + 1).is_some_and(|sign| matches!(sign, '/' | '-' | '.')) {
                break;
            }
            next += 2;
        }
        lengths
    }

    /// Returns whether a word and the one before it are in capitals, so that they tell nothing.
    fn is_shouted(&self, at: usize) -> bool {
        let is_shouted = |at: usize| !self.slice(at).chars().any(char::is_lowercase);
        is_shouted(at) && self.back(at).is_some_and(is_shouted)
    }

    /// Returns whether a unit inside a date lacks its marks.
    fn has_bare_unit(&self, core: Span) -> bool {
        let inside = self.tokens.partition_point(|token| token.start < core.start);
        let inside = self.tokens[inside..].iter().take_while(|token| token.start < core.end);
        inside.into_iter().any(|token| matches!(token.kind, Kind::Word(DateWord::Misspelt(_, true))))
    }

    /// Returns whether letters stand against the word at `at` from the left and a space from the right, so that it is
    /// the end of another one: `นาปี ปี 2563/64`, `รายเดือน เดือนกรกฎาคม`.
    fn ends_compound(&self, at: usize) -> bool {
        let attached = at.checked_sub(1).is_some_and(|before| matches!(self.kind(before), Some(Kind::Thai)));
        attached && matches!(self.kind(at + 1), Some(Kind::Space(_)))
    }

    /// Returns whether no word stands before the one at `at`, of which it could be the particle: `they came in in
    /// 2026`.
    fn opens_clause(&self, at: usize) -> bool {
        !self.back(at).is_some_and(|before| matches!(self.kind(before), Some(Kind::Latin | Kind::Word(_))))
    }

    /// Returns whether the Latin letters around a span carry the marks of Vietnamese, as every third word of it does.
    fn marks_around(&self, span: Span) -> bool {
        const REACH: usize = 120;
        let start = floor(self.text, (span.start as usize).saturating_sub(REACH));
        let end = ceil(self.text, (span.end as usize + REACH).min(self.text.len()));
        let (mut latin, mut marked) = (0, 0);
        // The other units of the date count too: `ngày 5 tháng 5 nam 2020` may stand alone in its line.
        for c in self.text[start..end].chars() {
            latin += usize::from(is_latin(c));
            marked += usize::from(is_vietnamese(c));
        }
        marked >= 2 && marked * 12 >= latin
    }
}

/// Returns whether a shape is a day and a month in numbers.
fn is_numeric(shape: &DateShape) -> bool {
    matches!(shape, DateShape::Point(DateParts { below: Below::Numeric(..), .. }))
}
