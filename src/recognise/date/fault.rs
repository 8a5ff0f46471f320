//! The faults of dates: what a message says besides the words themselves is a field of the fault.
//!
//! [`DateFaultClass`] is the rule that reports a fault. Deliberately absent: severities and messages, which belong to
//! the rules.

use compact_str::CompactString;
use serde::{Deserialize, Serialize};

use super::value::Point;
use crate::recognise::profile::Era;

/// A fault of a date.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum DateFault {
    /// The month has no such day.
    ImpossibleDay {
        /// The month, 1 to 12.
        month: u8,
    },
    /// 29 February in a year of the Common Era that is not a leap year.
    NotLeapYear {
        /// The year, of the Common Era.
        year: u16,
    },
    /// Month 0, or above 12.
    ImpossibleMonth,
    /// Month before day in Thai or Vietnamese.
    MonthDaySwapped,
    /// Era mark and year disagree, or a Buddhist year outside Thai.
    EraClash(EraFault),
    /// The weekday is not that of the date.
    WeekdayMismatch {
        /// The day that the date names.
        day: Point,
        /// The weekday, in the style of the one written.
        right: CompactString,
    },
    /// The end is before the start.
    ReversedRange,
    /// The ends are in different eras.
    MixedEraRange,
    /// A month's name misspelt.
    MisspeltMonth,
    /// `วันที่`, `ngày`, `tháng`, `năm` misspelt.
    MisspeltUnit,
    /// A dotted abbreviation that is no month's.
    MonthAbbrevTypo,
    /// `พ.ส.` and the like.
    EraMarkTypo,
    /// A year outside its era's window.
    ImplausibleYear,
    /// Digits of several scripts.
    MixedDigits,
    /// `2O24`
    LetterForDigit,
    /// A space inside a number or a name, or on one side of a separator.
    InnerSpace,
    /// Different, doubled or foreign separators.
    WrongSeparator,
    /// An empty slot.
    MissingPart,
    /// A quarter outside 1 to 4.
    ImpossibleQuarter,
    /// A word twice.
    DuplicateWord,
    /// An hour above 24, a minute above 59.
    ImpossibleTime,
    /// Both numbers may be the month.
    AmbiguousOrder,
    /// An abbreviation without its full stops or spaces.
    AbbrevStyle,
}

/// The ways in which a year contradicts its mark or its text.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum EraFault {
    /// The year can only be of this era, not of the one that its mark says.
    OnlyOf(Era),
    /// The mark does not fit the year; the right one is not known.
    MarkDoesNotFit,
    /// A Buddhist year in text that is not Thai.
    OutsideThai,
}

impl DateFault {
    /// The class of the fault.
    pub const fn class(&self) -> DateFaultClass {
        match self {
            Self::ImpossibleDay { .. } => DateFaultClass::ImpossibleDay,
            Self::NotLeapYear { .. } => DateFaultClass::NotLeapYear,
            Self::ImpossibleMonth => DateFaultClass::ImpossibleMonth,
            Self::MonthDaySwapped => DateFaultClass::MonthDaySwapped,
            Self::EraClash(_) => DateFaultClass::EraClash,
            Self::WeekdayMismatch { .. } => DateFaultClass::WeekdayMismatch,
            Self::ReversedRange => DateFaultClass::ReversedRange,
            Self::MixedEraRange => DateFaultClass::MixedEraRange,
            Self::MisspeltMonth => DateFaultClass::MisspeltMonth,
            Self::MisspeltUnit => DateFaultClass::MisspeltUnit,
            Self::MonthAbbrevTypo => DateFaultClass::MonthAbbrevTypo,
            Self::EraMarkTypo => DateFaultClass::EraMarkTypo,
            Self::ImplausibleYear => DateFaultClass::ImplausibleYear,
            Self::MixedDigits => DateFaultClass::MixedDigits,
            Self::LetterForDigit => DateFaultClass::LetterForDigit,
            Self::InnerSpace => DateFaultClass::InnerSpace,
            Self::WrongSeparator => DateFaultClass::WrongSeparator,
            Self::MissingPart => DateFaultClass::MissingPart,
            Self::ImpossibleQuarter => DateFaultClass::ImpossibleQuarter,
            Self::DuplicateWord => DateFaultClass::DuplicateWord,
            Self::ImpossibleTime => DateFaultClass::ImpossibleTime,
            Self::AmbiguousOrder => DateFaultClass::AmbiguousOrder,
            Self::AbbrevStyle => DateFaultClass::AbbrevStyle,
        }
    }
}

/// A class of faults of dates: the rule `date/` and its code.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DateFaultClass {
    /// The month has no such day.
    ImpossibleDay,
    /// 29 February in a common year.
    NotLeapYear,
    /// Month 0, or above 12.
    ImpossibleMonth,
    /// Month before day in Thai or Vietnamese.
    MonthDaySwapped,
    /// Era mark and year disagree, or a Buddhist year outside Thai.
    EraClash,
    /// The weekday is not that of the date.
    WeekdayMismatch,
    /// The end is before the start.
    ReversedRange,
    /// The ends are in different eras.
    MixedEraRange,
    /// A month's name misspelt.
    MisspeltMonth,
    /// `วันที่`, `ngày`, `tháng`, `năm` misspelt.
    MisspeltUnit,
    /// A dotted abbreviation that is no month's.
    MonthAbbrevTypo,
    /// `พ.ส.` and the like.
    EraMarkTypo,
    /// A year outside its era's window.
    ImplausibleYear,
    /// Digits of several scripts.
    MixedDigits,
    /// `2O24`
    LetterForDigit,
    /// A space inside a number or a name, or on one side of a separator.
    InnerSpace,
    /// Different, doubled or foreign separators.
    WrongSeparator,
    /// An empty slot.
    MissingPart,
    /// A quarter outside 1 to 4.
    ImpossibleQuarter,
    /// A word twice.
    DuplicateWord,
    /// An hour above 24, a minute above 59.
    ImpossibleTime,
    /// Both numbers may be the month.
    AmbiguousOrder,
    /// Buddhist and Common Era years without marks in one document; the only class that no segment shows.
    MixedEraDocument,
    /// An abbreviation without its full stops or spaces.
    AbbrevStyle,
}

impl DateFaultClass {
    /// All classes.
    pub const ALL: [Self; 24] = [
        Self::ImpossibleDay,
        Self::NotLeapYear,
        Self::ImpossibleMonth,
        Self::MonthDaySwapped,
        Self::EraClash,
        Self::WeekdayMismatch,
        Self::ReversedRange,
        Self::MixedEraRange,
        Self::MisspeltMonth,
        Self::MisspeltUnit,
        Self::MonthAbbrevTypo,
        Self::EraMarkTypo,
        Self::ImplausibleYear,
        Self::MixedDigits,
        Self::LetterForDigit,
        Self::InnerSpace,
        Self::WrongSeparator,
        Self::MissingPart,
        Self::ImpossibleQuarter,
        Self::DuplicateWord,
        Self::ImpossibleTime,
        Self::AmbiguousOrder,
        Self::MixedEraDocument,
        Self::AbbrevStyle,
    ];

    /// The code of its rule without the family.
    pub const fn code(self) -> &'static str {
        match self {
            Self::ImpossibleDay => "impossible-day",
            Self::NotLeapYear => "not-leap-year",
            Self::ImpossibleMonth => "impossible-month",
            Self::MonthDaySwapped => "month-day-swapped",
            Self::EraClash => "era-clash",
            Self::WeekdayMismatch => "weekday-mismatch",
            Self::ReversedRange => "reversed-range",
            Self::MixedEraRange => "mixed-era-range",
            Self::MisspeltMonth => "misspelt-month",
            Self::MisspeltUnit => "misspelt-unit",
            Self::MonthAbbrevTypo => "month-abbrev-typo",
            Self::EraMarkTypo => "era-mark-typo",
            Self::ImplausibleYear => "implausible-year",
            Self::MixedDigits => "mixed-digits",
            Self::LetterForDigit => "letter-for-digit",
            Self::InnerSpace => "inner-space",
            Self::WrongSeparator => "wrong-separator",
            Self::MissingPart => "missing-part",
            Self::ImpossibleQuarter => "impossible-quarter",
            Self::DuplicateWord => "duplicate-word",
            Self::ImpossibleTime => "impossible-time",
            Self::AmbiguousOrder => "ambiguous-order",
            Self::MixedEraDocument => "mixed-era-document",
            Self::AbbrevStyle => "abbrev-style",
        }
    }
}
