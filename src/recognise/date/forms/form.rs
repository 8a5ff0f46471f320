//! The description of a form of date: how it begins, how it is read, and examples of it.

use std::ops::RangeInclusive;

use crate::recognise::date::grammar::{DateDraft, DateParser, FormMatch};
use crate::recognise::date::lead::LeadWords;
use crate::recognise::date::lex::Kind;
use crate::recognise::date::run::NumberRun;
use crate::recognise::date::words::DateWord;

/// A way to write a date: a row of [`FORMS`](super::FORMS).
pub(in crate::recognise::date) struct DateForm {
    /// The name, as messages of tests have it.
    #[cfg(test)]
    pub name: &'static str,
    /// The signs in a text without which the form cannot stand there: the prefilter passes over everything else.
    pub triggers: &'static [Trigger],
    /// The reader.
    pub grammar: FormGrammar,
    /// Texts with the form in them, and all dates of each: the text and the value.
    #[cfg(test)]
    pub examples: &'static [FormExample],
    /// Texts that look like the form and hold no date.
    #[cfg(test)]
    pub others: &'static [&'static str],
}

/// A text and the dates in it with their values.
#[cfg(test)]
pub(super) type FormExample = (&'static str, &'static [(&'static str, &'static str)]);

/// A sign that something in a text may be a date.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::recognise::date) enum Trigger {
    /// A digit of any script.
    Digit,
    /// The full name of a month in Thai.
    ThaiMonth,
    /// `เดือน` and the abbreviation of a month.
    ThaiMonthUnit,
    /// `ເດືອນ` and the name of a month in Lao.
    LaoMonthUnit,
    /// The full name of a month in English.
    EnglishMonth,
    /// `quý` and a Roman number.
    RomanQuarter,
}

impl Trigger {
    /// Every trigger.
    pub(in crate::recognise::date) const ALL: [Self; 6] =
        [Self::Digit, Self::ThaiMonth, Self::ThaiMonthUnit, Self::LaoMonthUnit, Self::EnglishMonth, Self::RomanQuarter];
}

/// The reader of a form.
pub(in crate::recognise::date) enum FormGrammar {
    /// Reads from a token with which the form begins.
    Tokens {
        /// Such tokens.
        begins: &'static [FormStart],
        /// The reader, from the token with this number.
        read: ReadTokens,
    },
    /// Reads a run of numbers and separators. All such forms stand together in the table, and share one look at the
    /// run and at the words before it.
    Numbers {
        /// The counts of numbers that the form may have.
        counts: RangeInclusive<usize>,
        /// The place of such runs.
        place: RunPlace,
        /// The reader, from the token with this number.
        read: ReadNumbers,
    },
}

/// Reads a form from the token with this number.
pub(in crate::recognise::date) type ReadTokens = fn(&mut DateParser<'_>, usize) -> FormMatch;

/// Reads a form from a run of numbers, which begins at the token with this number, and the words before it.
pub(in crate::recognise::date) type ReadNumbers =
    fn(&mut DateParser<'_>, usize, &NumberRun, &LeadWords) -> Option<DateDraft>;

/// A kind of token with which a form may begin.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::recognise::date) enum FormStart {
    /// A number.
    Number,
    /// The name of a month, right or misspelt.
    Month,
    /// A word for a quarter or a half, or an ordinal before one.
    Period,
    /// A word of the lunar year.
    Lunar,
    /// A word for day.
    Day,
    /// A word for month.
    MonthUnit,
    /// A Latin word of no other meaning.
    Latin,
}

impl FormStart {
    /// The number of kinds.
    pub(super) const COUNT: usize = Self::Latin as usize + 1;

    /// The kind of a token; none where no form begins.
    pub(in crate::recognise::date) const fn of(kind: Kind) -> Option<Self> {
        Some(match kind {
            Kind::Number(number) if number.real > 0 || number.letters => Self::Number,
            Kind::Latin => Self::Latin,
            Kind::Word(word) => match word {
                DateWord::Month(..) | DateWord::MisspeltMonth(..) => Self::Month,
                DateWord::Quarter(_) | DateWord::Half(..) | DateWord::Nth(_) => Self::Period,
                DateWord::Lunar => Self::Lunar,
                DateWord::Day(_) => Self::Day,
                DateWord::MonthUnit(_) => Self::MonthUnit,
                _ => return None,
            },
            _ => return None,
        })
    }
}

/// The place of a run of numbers.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::recognise::date) enum RunPlace {
    /// Behind `ครั้งที่`: the numbers of meetings.
    BehindMeeting,
    /// Anywhere else; the words before it that lead to a date belong to it.
    Anywhere,
}
