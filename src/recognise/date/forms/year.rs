//! Years alone: `ปี 2567`, `năm 2024`, `in 2024`, `ร.ศ. 112`.

use super::form::{DateForm, FormGrammar, FormStart, Trigger};
use crate::recognise::date::fault::DateFault;
use crate::recognise::date::grammar::{DateDraft, DateParser, FormMatch, YearPlace};
use crate::recognise::date::lead::LeadWords;
use crate::recognise::date::lex::{Kind, Number};
use crate::recognise::date::parts::{Below, DateParts, DateShape, WrittenYear};
use crate::recognise::date::windows;
use crate::recognise::date::words::{self, DateWord, UnitWord};
use crate::recognise::profile::Language;

/// A year, where the words around it say that it is one.
pub(super) const FORM: DateForm = DateForm {
    #[cfg(test)]
    name: "a year",
    triggers: &[Trigger::Digit],
    grammar: FormGrammar::Tokens { begins: &[FormStart::Number], read: |parser, at| parser.year(at) },
    #[cfg(test)]
    examples: &[
        ("ในปี 2567 มีฝน", &[("2567", "2024")]),
        ("năm 2024 là năm nhuận", &[("2024", "2024")]),
        ("it was built in 1987 by hand", &[("1987", "1987")]),
        ("เมื่อ ร.ศ. 112", &[("112", "1893")]),
    ],
    #[cfg(test)]
    others: &["2024 people came", "ราคา 2567 บาท"],
};

impl DateParser<'_> {
    /// A year alone, where the words around it say that it is one; a decade.
    fn year(&mut self, at: usize) -> FormMatch {
        let Some(number) = self.number(at) else { return FormMatch::Nothing };
        if !(3..=5).contains(&number.len) && !self.era_number(at, number) || self.glued_left(at) || self.goes_on(at + 1)
        {
            return FormMatch::Nothing;
        }
        let lead = self.lead(at);
        self.year_with(at, number, &lead).into()
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
        if number.len == 5 && (!strong || !windows::begins_like_a_year(value) || self.counts(next)) {
            return None;
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
            mark: mark
                .map(|(era, _)| era)
                .or(year.mark.filter(|_| !windows::are_of_two_eras(number.value, year.number))),
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
            && (before_word == "of" && windows::EARLY_BEHIND_OF.contains(&number.value) || before_word == "year")
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
            *unit == UnitWord::Year
                && match language {
                    Language::Thai => true,
                    _ if *bare => self.slice(*at) == "nam" && self.leads_vietnamese_year(*at),
                    _ => self.slice(*at) != "nấm",
                }
        })
    }

    /// Returns whether the word before token `at` is one behind which `nam` can only be `năm`: `trong nam 2020`, and
    /// not `miền nam`, `người nam`.
    fn leads_vietnamese_year(&self, at: usize) -> bool {
        self.back(at).is_some_and(|before| words::VIETNAMESE_BEFORE_YEARS.contains(&self.lower(before).as_str()))
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
}

/// Returns whether a mark behind a year says that it was before the Common Era.
fn before_christ(mark: &str) -> bool {
    let letters = || mark.chars().filter(|c| !matches!(c, '.' | ' '));
    letters().eq("BC".chars()) || letters().eq("BCE".chars())
}
