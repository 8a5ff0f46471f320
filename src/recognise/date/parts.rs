//! The numbers of a date as they are written, before anybody says what they mean.
//!
//! Parts depend on the text alone; [`read`] makes a value of them with the profile of a document.

use serde::{Deserialize, Serialize};
use smallvec::SmallVec;

use super::value::{DateValue, Grain, Point, is_leap};
use super::windows;
use crate::recognise::profile::{DocumentProfile, Era, Language};

/// A year as written.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, Serialize, Deserialize)]
pub struct WrittenYear {
    /// The number.
    pub number: u32,
    /// The number of digits it has.
    pub digits: u8,
    /// The era its mark states.
    pub mark: Option<Era>,
    /// True if the words beside it say that it is meant as the mark says, however much it looks like something else.
    pub sure: bool,
}

/// A point as written.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, Serialize, Deserialize)]
pub struct DateParts {
    /// The year, where one is stated.
    pub year: Option<WrittenYear>,
    /// The part below it.
    pub below: Below,
}

/// The part of a date below the year. Numbers are as written and may be impossible.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, Serialize, Deserialize)]
pub enum Below {
    /// Nothing: the year.
    Year,
    /// The decade that the year begins; of two digits, one of the last century or this one.
    Decade,
    /// A half-year.
    Half(u8),
    /// A quarter.
    Quarter(u8),
    /// A month.
    Month(u8),
    /// A month and a day.
    Day(u8, u8),
    /// Two numbers whose order depends on language and habit (`05/06`).
    Numeric(u8, u8),
}

/// One or several points as written.
#[derive(Clone, PartialEq, Eq, Debug, Hash, Serialize, Deserialize)]
pub enum DateShape {
    /// One.
    Point(DateParts),
    /// From one to another.
    Range(DateParts, DateParts),
    /// Several.
    List(SmallVec<[DateParts; 3]>),
    /// No date: a lunar one, a clock time, a frame without its parts.
    Nothing,
}

/// The reason why a date is read as it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, Serialize, Deserialize)]
pub enum ReadingReason {
    /// There is nothing to decide: no year, no doubtful order.
    Plain,
    /// An era mark says so.
    Marked(Era),
    /// The mark says one era, the number can only be of another.
    AgainstMark(Era),
    /// Only years of this era look so.
    ByRange(Era),
    /// Two digits: of the Buddhist Era in Thai, of the Common Era elsewhere.
    TwoDigits(Era),
    /// Two digits in a document of the nineteenth century.
    TwoDigitsOf1800s,
    /// The number of the month can only be the first one.
    MonthFirst,
    /// Either order is possible; the document has month-first dates.
    MonthFirstHabit,
    /// Either order is possible; day first is usual.
    DayFirst,
    /// There is no such day, month or year.
    Impossible,
}

impl std::fmt::Display for ReadingReason {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let name = |era: &Era| match era {
            Era::Buddhist => "Buddhist Era",
            Era::Common => "Common Era",
            Era::Rattanakosin => "Rattanakosin Era",
            Era::Hijri => "Hijri era",
        };
        match self {
            Self::Plain => f.write_str("as written"),
            Self::Marked(era) => write!(f, "{}, as its mark says", name(era)),
            Self::AgainstMark(era) => write!(f, "{}, by the size of the year and against its mark", name(era)),
            Self::ByRange(era) => write!(f, "{}, by the size of the year", name(era)),
            Self::TwoDigits(Era::Buddhist) => f.write_str("Buddhist Era, as two-digit years in Thai are"),
            Self::TwoDigitsOf1800s => f.write_str("Common Era, of the nineteenth century as the document is"),
            Self::TwoDigits(_) => f.write_str("Common Era, as two-digit years outside Thai are"),
            Self::MonthFirst => f.write_str("month first, because the second number is no month"),
            Self::MonthFirstHabit => f.write_str("month first, as other dates of this document"),
            Self::DayFirst => f.write_str("day first, though either order is possible"),
            Self::Impossible => f.write_str("there is no such date"),
        }
    }
}

/// The meaning of a date in a document.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DateReading {
    /// The value; absent where the calendar has none.
    pub value: Option<DateValue>,
    /// The era of its year; of a range, of the year it starts with or else of the other.
    pub era: Option<Era>,
    /// The reason.
    pub why: ReadingReason,
}

impl WrittenYear {
    /// A year as it is written.
    pub(super) const fn new(number: u32, digits: u8, mark: Option<Era>) -> Self {
        Self { number, digits, mark, sure: false }
    }

    /// The year of the Common Era, the era it was written in, and how that was decided.
    pub(super) fn read(self, language: Language) -> (Option<u16>, Option<Era>, ReadingReason) {
        let number = self.number;
        let buddhist = |why| {
            (
                number.checked_sub(windows::BUDDHIST_OFFSET).filter(|year| *year > 0).map(|year| year as u16),
                Some(Era::Buddhist),
                why,
            )
        };
        let common = |why| (Some(number as u16), Some(Era::Common), why);
        let nothing = (None, self.mark, ReadingReason::Impossible);
        if let Some(Era::Rattanakosin) = self.mark {
            let year =
                windows::RATTANAKOSIN.contains(&number).then_some((windows::RATTANAKOSIN_OFFSET + number) as u16);
            return (year, self.mark, ReadingReason::Marked(Era::Rattanakosin));
        }
        if self.digits <= 2 && !self.sure {
            let common_year = number + if windows::SHORT_OF_THIS_CENTURY.contains(&number) { 2000 } else { 1900 };
            return match (self.mark, language) {
                (Some(Era::Buddhist), _) | (None, Language::Thai) => (
                    Some((windows::SHORT_BUDDHIST_CENTURY + number) as u16),
                    Some(Era::Buddhist),
                    ReadingReason::TwoDigits(Era::Buddhist),
                ),
                _ => (Some(common_year as u16), Some(Era::Common), ReadingReason::TwoDigits(Era::Common)),
            };
        }
        let thai = language == Language::Thai;
        match self.mark {
            Some(Era::Buddhist) if self.clashes() => common(ReadingReason::AgainstMark(Era::Common)),
            Some(Era::Buddhist) if number <= windows::LAST_BUDDHIST => buddhist(ReadingReason::Marked(Era::Buddhist)),
            Some(Era::Common) if self.clashes() => buddhist(ReadingReason::AgainstMark(Era::Buddhist)),
            Some(Era::Common) if windows::COMMON.contains(&number) || windows::EARLIEST.contains(&number) => {
                common(ReadingReason::Marked(Era::Common))
            }
            Some(Era::Hijri) => (None, self.mark, ReadingReason::Marked(Era::Hijri)),
            None if thai && windows::BUDDHIST_IN_THAI.contains(&number)
                || !thai && windows::BUDDHIST_ELSEWHERE.contains(&number) =>
            {
                buddhist(ReadingReason::ByRange(Era::Buddhist))
            }
            None if windows::COMMON.contains(&number) => common(ReadingReason::ByRange(Era::Common)),
            _ => nothing,
        }
    }

    /// As [`read`](Self::read), in a document with this profile.
    fn read_in(self, language: Language, profile: &DocumentProfile) -> (Option<u16>, Option<Era>, ReadingReason) {
        match self.read(language) {
            (Some(year), Some(Era::Common), _) if profile.of_1800s && self.may_be_of_1800s() => {
                (Some(year - 100), Some(Era::Common), ReadingReason::TwoDigitsOf1800s)
            }
            read => read,
        }
    }

    /// Returns whether it is one of the nineteenth century in a document of that century: two digits that stand for a
    /// year of the last century elsewhere. Those of this century may be the day on which an old letter was copied.
    pub(super) fn may_be_of_1800s(self) -> bool {
        self.digits <= 2 && !self.sure && self.mark.is_none() && !windows::SHORT_OF_THIS_CENTURY.contains(&self.number)
    }

    /// Returns whether its mark and its number cannot both be right.
    ///
    /// Buddhist years of the fifteenth and sixteenth centuries (1950 to 2100) are real in histories of Ayutthaya. They
    /// are taken for years of the Common Era with a wrong mark unless something beside them says that the past is
    /// meant.
    pub(super) fn clashes(self) -> bool {
        match self.mark {
            Some(Era::Buddhist) => self.digits > 2 && !self.sure && windows::BUDDHIST_DOUBTFUL.contains(&self.number),
            Some(Era::Common) => windows::COMMON_CLASH.contains(&self.number),
            Some(Era::Rattanakosin) => !windows::RATTANAKOSIN.contains(&self.number),
            Some(Era::Hijri) => !windows::HIJRI.contains(&self.number),
            None => false,
        }
    }
}

impl DateParts {
    /// A point of this kind.
    pub(super) const fn new(year: Option<WrittenYear>, below: Below) -> Self {
        Self { year, below }
    }

    fn read(self, language: Language, profile: &DocumentProfile) -> DateReading {
        let (year, era, mut why) = match self.year {
            Some(year) => year.read_in(language, profile),
            None => (None, None, ReadingReason::Plain),
        };
        let grain = match self.below {
            Below::Year => Grain::Year,
            Below::Decade => return self.read_decade(language),
            Below::Half(n) => Grain::Half(n),
            Below::Quarter(n) => Grain::Quarter(n),
            Below::Month(month) => Grain::Month(month),
            Below::Day(month, day) => Grain::Day(month, day),
            Below::Numeric(first, second) => {
                let open = first <= 12 && second <= 12 && first != second && language == Language::English;
                if second > 12 && first <= 12 {
                    why = ReadingReason::MonthFirst;
                    Grain::Day(first, second)
                } else if open && profile.month_first {
                    why = ReadingReason::MonthFirstHabit;
                    Grain::Day(first, second)
                } else {
                    if open {
                        why = ReadingReason::DayFirst;
                    }
                    Grain::Day(second, first)
                }
            }
        };
        // Before 1941 the Thai year began in April: its February lies in the next year of the Common Era.
        let april = era == Some(Era::Buddhist) && self.year.is_some_and(|year| year.number <= windows::LAST_APRIL_YEAR);
        let year = match (grain, year) {
            (Grain::Day(2, 29), Some(common)) if april && !is_leap(common) && is_leap(common + 1) => Some(common + 1),
            _ => year,
        };
        let value = if self.year.is_some() && year.is_none() { None } else { Point::checked(year, grain) };
        let why = if value.is_none() && era != Some(Era::Hijri) { ReadingReason::Impossible } else { why };
        DateReading { value: value.map(DateValue::Point), era, why }
    }

    /// A decade of the Common Era has a name of its own; one of the Buddhist Era is a range.
    fn read_decade(self, language: Language) -> DateReading {
        let Some(year) = self.year else {
            return DateReading { value: None, era: None, why: ReadingReason::Impossible };
        };
        let decade = |year: u32, why| DateReading {
            value: Point::checked(Some(year as u16), Grain::Decade).map(DateValue::Point),
            era: Some(Era::Common),
            why,
        };
        if year.digits <= 2 {
            return decade(
                year.number + if windows::SHORT_DECADES_OF_THIS_CENTURY.contains(&year.number) { 2000 } else { 1900 },
                ReadingReason::TwoDigits(Era::Common),
            );
        }
        match year.read(language) {
            (Some(first), Some(Era::Buddhist), why) => {
                let point = |year| Point { year: Some(year), grain: Grain::Year };
                DateReading {
                    value: Some(DateValue::Range(point(first), point(first + 9))),
                    era: Some(Era::Buddhist),
                    why,
                }
            }
            (Some(first), _, why) => decade(u32::from(first), why),
            (None, era, why) => DateReading { value: None, era, why },
        }
    }
}

impl DateShape {
    /// The points of the shape, in order.
    pub(super) fn points(&self) -> SmallVec<[DateParts; 3]> {
        match self {
            Self::Point(parts) => smallvec::smallvec![*parts],
            Self::Range(start, end) => smallvec::smallvec![*start, *end],
            Self::List(parts) => parts.clone(),
            Self::Nothing => SmallVec::new(),
        }
    }

    /// Changes every year of the shape.
    pub(super) fn years_mut(&mut self, mut change: impl FnMut(&mut WrittenYear)) {
        let parts: &mut [DateParts] = match self {
            Self::Point(parts) => std::slice::from_mut(parts),
            Self::Range(start, end) => {
                [start, end].into_iter().for_each(|parts| parts.year.iter_mut().for_each(&mut change));
                return;
            }
            Self::List(parts) => parts,
            Self::Nothing => return,
        };
        parts.iter_mut().for_each(|parts| parts.year.iter_mut().for_each(&mut change));
    }
}

/// The meaning of a shape.
pub(super) fn read(shape: &DateShape, language: Language, profile: &DocumentProfile) -> DateReading {
    let point = |reading: &DateReading| match reading.value {
        Some(DateValue::Point(point)) => Some(point),
        _ => None,
    };
    match shape {
        DateShape::Nothing => DateReading { value: None, era: None, why: ReadingReason::Impossible },
        DateShape::Point(parts) => parts.read(language, profile),
        DateShape::Range(start, end) => {
            let (first, last) = (start.read(language, profile), end.read(language, profile));
            let value = point(&first).zip(point(&last)).and_then(|(from, to)| {
                let mut from = from;
                if let (None, Some(year)) = (from.year, to.year) {
                    // The year said once belongs to both ends; over the turn of the year, to the later one.
                    let below = |point: Point| Point { year: None, ..point }.key();
                    let year = if below(from) > below(to) { year.checked_sub(1)? } else { year };
                    from = Point::checked(Some(year), from.grain)?;
                }
                Some(DateValue::Range(from, to))
            });
            let why =
                if value.is_none() && first.era != Some(Era::Hijri) { ReadingReason::Impossible } else { last.why };
            DateReading { value, era: first.era.or(last.era), why }
        }
        DateShape::List(items) => {
            let readings: SmallVec<[DateReading; 3]> =
                items.iter().map(|parts| parts.read(language, profile)).collect();
            let value = readings.iter().map(point).collect::<Option<_>>().map(DateValue::List);
            let last = readings.last().map(|reading| (reading.era, reading.why));
            let (era, why) = last.unwrap_or((None, ReadingReason::Plain));
            DateReading { why: if value.is_none() { ReadingReason::Impossible } else { why }, value, era }
        }
    }
}
