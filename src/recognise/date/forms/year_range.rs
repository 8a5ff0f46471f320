//! Ranges of years, and years with a month behind them: `2016 – 2020`, `2567/68`, `ช่วงปี 2024-11`.

use super::form::{DateForm, FormGrammar, RunPlace, Trigger};
use crate::recognise::date::grammar::{DateDraft, DateParser, YearPlace};
use crate::recognise::date::lead::LeadWords;
use crate::recognise::date::lex::Number;
use crate::recognise::date::parts::{Below, DateParts, DateShape, WrittenYear};
use crate::recognise::date::run::NumberRun;
use crate::recognise::date::windows;
use crate::recognise::profile::Language;

/// Two years, of which the second may be short.
pub(super) const FORM: DateForm = DateForm {
    #[cfg(test)]
    name: "a range of years",
    triggers: &[Trigger::Digit],
    grammar: FormGrammar::Numbers {
        counts: 2..=2,
        place: RunPlace::Anywhere,
        read: |parser, at, run, lead| parser.year_range(at, run, lead),
    },
    #[cfg(test)]
    examples: &[
        ("giai đoạn 2016 – 2020", &[("2016 – 2020", "2016/2020")]),
        ("ปีการศึกษา 2567/68", &[("2567/68", "2024/2025")]),
        ("in 2019-20 the season was short", &[("2019-20", "2019/2020")]),
    ],
    #[cfg(test)]
    others: &["gọi 2016-2020-33"],
};

impl DateParser<'_> {
    /// `2016 – 2020`, `2567/68`, `2024-11`.
    fn year_range(&mut self, at: usize, run: &NumberRun, lead: &LeadWords) -> Option<DateDraft> {
        let [(_, a), (second_at, b)] = run.numbers[..] else { return None };
        let separator = run.separators[0];
        if !self.is_pair(at, run) || a.len != 4 {
            return None;
        }
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
        if separator.sign == '/' && b.len == 4 && a.value.abs_diff(b.value) == windows::BUDDHIST_OFFSET {
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
