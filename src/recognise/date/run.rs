//! Runs of numbers and separators: `25/05/2024`, `28.11-2.12.2024`, `2016 – 2020`.
//!
//! A run is read as a whole, so that no piece of a telephone number, a version or a document's symbol is taken for a
//! date, and each is looked at once however long it is.

use smallvec::SmallVec;

use super::grammar::DateParser;
use super::lead::LeadWords;
use super::letters::{Digits, is_dash, is_space, is_vietnamese};
use super::lex::{Kind, Number};
use super::parts::WrittenYear;
use super::windows;
use crate::recognise::profile::Language;
use crate::text::Span;

/// The most numbers a date of numbers has: two full dates.
pub(super) const MOST: usize = 6;

/// The text that stands between two numbers of a run.
#[derive(Clone, Copy, Debug)]
pub(super) struct Separator {
    pub span: Span,
    /// `/`, `-`, `.`, or what it was in place of them.
    pub sign: char,
    /// Doubled, or of two kinds, or one that dates do not have.
    pub odd: bool,
    pub left: bool,
    pub right: bool,
}

impl Separator {
    pub(super) const fn tight(self) -> bool {
        !self.left && !self.right
    }

    /// Returns whether it may join the two ends of a range.
    pub(super) fn joins(self) -> bool {
        self.sign == '-' && !self.odd && self.left == self.right
    }

    /// Returns whether it may stand inside a date.
    pub(super) fn divides(self) -> bool {
        self.sign != '-' || self.tight()
    }
}

/// A run of numbers and separators.
pub(super) struct NumberRun {
    pub numbers: SmallVec<[(usize, Number); MOST]>,
    pub separators: SmallVec<[Separator; MOST]>,
    pub next: usize,
    /// More than [`MOST`] numbers.
    pub endless: bool,
}

impl DateParser<'_> {
    pub(super) fn run_of_numbers(&self, at: usize) -> NumberRun {
        let mut run = NumberRun { numbers: SmallVec::new(), separators: SmallVec::new(), next: at + 1, endless: false };
        if let Some(number) = self.number(at) {
            run.numbers.push((at, number));
        }
        while let Some((separator, next)) = self.separator(run.next) {
            let Some(number) = self.number(next) else { break };
            // `31/12 - 02h45`
            if !separator.tight() && self.clock_at(next) {
                break;
            }
            if separator.sign == ',' && number.len == 4 && run.numbers.last().is_some_and(|(_, last)| last.len == 4) {
                break;
            }
            run.next = next + 1;
            if run.numbers.len() == MOST {
                run.endless = true;
                continue;
            }
            if run.endless {
                continue;
            }
            run.separators.push(separator);
            run.numbers.push((next, number));
        }
        run
    }

    /// The separator at `at`, and the token behind it.
    fn separator(&self, at: usize) -> Option<(Separator, usize)> {
        let left = matches!(self.kind(at), Some(Kind::Space(_)));
        let first = self.skip(at);
        let sign = self.sign(first)?;
        let mut odd = false;
        let sign = match sign {
            '/' | '.' => sign,
            '\\' | '／' | '⁄' | '∕' => {
                odd = true;
                '/'
            }
            ',' => {
                odd = true;
                ','
            }
            sign if is_dash(sign) => '-',
            _ => return None,
        };
        let mut next = first + 1;
        if self.sign(next).is_some_and(|second| matches!(second, '/' | '.' | '\\' | ',') || is_dash(second)) {
            if left {
                return None;
            }
            odd = true;
            next += 1;
        }
        let span = self.cover(first, next);
        let right = matches!(self.kind(next), Some(Kind::Space(_)));
        let separator = Separator { span, sign, odd, left, right };
        // A comma and a full stop with spaces end a clause.
        let ends = matches!(sign, ',' | '.') && !separator.tight() && !(sign == '.' && self.inner_stop(at, next));
        if ends { None } else { Some((separator, self.skip(next))) }
    }

    /// Returns whether a full stop with a space on one side stands inside a date: `9.7. 2025`.
    fn inner_stop(&self, at: usize, next: usize) -> bool {
        let before = at.checked_sub(1).and_then(|at| self.number(at));
        let after = self.number(self.skip(next));
        let two_before = at.checked_sub(3).and_then(|at| self.number(at));
        let (Some(before), Some(after)) = (before, after) else { return false };
        two_before.is_some()
            && at.checked_sub(2).and_then(|at| self.sign(at)) == Some('.')
            && before.len <= 2
            && after.len == 4
            && windows::LIKELY.contains(&after.value)
    }

    /// Returns whether a number and a separator stand before, so that the run is the end of a longer one.
    pub(super) fn number_before(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1) else { return false };
        match self.kind(before) {
            Some(Kind::Sign('/' | '-' | '.' | ':' | '\\' | ',')) => {
                matches!(
                    before.checked_sub(1).and_then(|at| self.kind(at)),
                    Some(Kind::Number(_) | Kind::Latin | Kind::Word(_))
                ) && !(self.sign(before) == Some('-') && self.is_thai(before - 1))
            }
            Some(Kind::Sign('$' | '#' | '_' | '=' | '&' | '+' | '@')) => true,
            _ => false,
        }
    }

    /// Returns whether a run of two numbers stands for itself, and is no piece of a longer thing or of a list.
    pub(super) fn is_pair(&self, at: usize, run: &NumberRun) -> bool {
        run.separators[0].sign != ',' && !self.goes_on(run.next) && !self.number_before(at)
    }

    /// Returns whether `T` for `tháng` stands against the number at `at`: `T9/2024`.
    pub(super) fn is_month_abbreviated(&self, at: usize) -> bool {
        self.glued_left(at) && self.slice(at.saturating_sub(1)) == "T" && !self.glued_left(at.saturating_sub(1))
    }

    /// The year whose second half follows behind a space: `28/11/20 24`.
    pub(super) fn split_end(&self, at: usize, first: Number) -> Option<Number> {
        let second = self
            .number(at + 2)
            .filter(|second| self.kind(at + 1) == Some(Kind::Space(1)) && first.len + second.len == 4)?;
        let value = first.value * 10_u32.pow(u32::from(second.len)) + second.value;
        let year = windows::is_near(value);
        (year && !self.goes_on(at + 3) && !self.counts(at + 3) && !self.clock_at(at + 2)).then_some(Number {
            value,
            len: 4,
            ..first
        })
    }

    /// The language of a date of numbers: its lead's, else that of letters that touch it, else the segment's.
    pub(super) fn language_at(&mut self, at: usize, next: usize, lead: &LeadWords) -> Language {
        if lead.language != Language::Unknown {
            return lead.language;
        }
        if (at..next)
            .any(|at| self.number(at).is_some_and(|number| matches!(number.digits, Digits::Thai | Digits::Mixed)))
        {
            return Language::Thai;
        }
        if (at..next).any(|at| self.number(at).is_some_and(|number| number.digits == Digits::Lao)) {
            return Language::Lao;
        }
        let glued = at.checked_sub(1).filter(|before| matches!(self.kind(*before), Some(Kind::Latin | Kind::Word(_))));
        if glued.is_some_and(|before| self.slice(before).chars().any(is_vietnamese)) {
            return Language::Vietnamese;
        }
        self.language()
    }

    /// A separator and the spaces beside it.
    pub(super) fn around(&self, separator: &Separator) -> Span {
        let start = self.text[..separator.span.start as usize].trim_end_matches(is_space).len();
        let rest = &self.text[separator.span.end as usize..];
        let end = separator.span.end as usize + rest.len() - rest.trim_start_matches(is_space).len();
        Span::of(start, end)
    }
}

pub(super) fn divide(separators: &[Separator]) -> bool {
    separators.windows(2).all(|pair| pair[0].sign == pair[1].sign)
        && separators.iter().all(|separator| separator.divides() && !separator.odd)
}

/// A number of at most two digits.
pub(super) fn small(number: Number) -> Option<u8> {
    (number.len <= 2).then_some(number.value as u8)
}

pub(super) const fn plain_year(number: Number) -> WrittenYear {
    WrittenYear::new(number.value, number.len, None)
}
