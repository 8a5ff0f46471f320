//! The meaning of dates: a subset of TIMEX3 in the Gregorian calendar.
//!
//! Days are never invented: a part that the text leaves open is absent here (`XXXX-11-28`), and only
//! [`DateValue::resolve`] fills the year in, from the day the document is of.
//! Deliberately absent: times of day, relative expressions (`yesterday`) and other calendars.

use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use smallvec::SmallVec;

/// One point or stretch that has a name: a day, a month, a quarter, a half-year, a year, a decade.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, Serialize, Deserialize)]
pub struct Point {
    /// The Common Era year, 1 to 9999; absent where the text states none. Of a decade: its first year.
    pub year: Option<u16>,
    /// The grain: how fine it is.
    pub grain: Grain,
}

/// The grain of a [`Point`], with the numbers below the year.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, Serialize, Deserialize)]
pub enum Grain {
    /// `199`
    Decade,
    /// `2024`
    Year,
    /// `2024-H2`: 1 or 2.
    Half(u8),
    /// `2024-Q3`: 1 to 4.
    Quarter(u8),
    /// `2024-11`: 1 to 12.
    Month(u8),
    /// `2024-11-28`: month and day, which the month has (29 February in a leap year or without a year).
    Day(u8, u8),
}

/// The meaning of a date expression. [`Display`](fmt::Display) writes TIMEX3, [`DateValue::parse`] reads it.
#[derive(Clone, PartialEq, Eq, Debug, Hash, Serialize, Deserialize)]
pub enum DateValue {
    /// `2024-11-28`
    Point(Point),
    /// `2021/2030`: both ends belong to it.
    Range(Point, Point),
    /// `2018-06-15;2018-06-18`: at least two.
    List(SmallVec<[Point; 3]>),
}

/// The number of days of a month of the Common Era; of February without a year 29.
pub fn days_in_month(year: Option<u16>, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.is_none_or(is_leap) => 29,
        2 => 28,
        _ => 31,
    }
}

/// Returns whether a year of the Common Era has a 29 February.
pub const fn is_leap(year: u16) -> bool {
    year.is_multiple_of(4) && !year.is_multiple_of(100) || year.is_multiple_of(400)
}

impl Point {
    /// The point, where the calendar has it.
    pub fn checked(year: Option<u16>, grain: Grain) -> Option<Self> {
        let in_calendar = match grain {
            Grain::Decade | Grain::Year => year.is_some(),
            Grain::Half(n) => (1..=2).contains(&n),
            Grain::Quarter(n) => (1..=4).contains(&n),
            Grain::Month(month) => (1..=12).contains(&month),
            Grain::Day(month, day) => (1..=12).contains(&month) && day >= 1 && day <= days_in_month(year, month),
        };
        (in_calendar && year.is_none_or(|year| (1..=9999).contains(&year))).then_some(Self { year, grain })
    }

    /// Returns the first day; absent without a year.
    pub fn first_day(self) -> Option<Date> {
        let (month, day) = match self.grain {
            Grain::Decade | Grain::Year => (1, 1),
            Grain::Half(n) => (n * 6 - 5, 1),
            Grain::Quarter(n) => (n * 3 - 2, 1),
            Grain::Month(month) => (month, 1),
            Grain::Day(month, day) => (month, day),
        };
        Date::new(self.year? as i16, month as i8, day as i8).ok()
    }

    /// Returns the last day; absent without a year.
    pub fn last_day(self) -> Option<Date> {
        let mut year = self.year?;
        let month = match self.grain {
            Grain::Decade => {
                year = (year + 9).min(9999);
                12
            }
            Grain::Year => 12,
            Grain::Half(n) => n * 6,
            Grain::Quarter(n) => n * 3,
            Grain::Month(month) => month,
            Grain::Day(month, day) => return Date::new(year as i16, month as i8, day as i8).ok(),
        };
        Date::new(year as i16, month as i8, days_in_month(Some(year), month) as i8).ok()
    }

    /// Returns the order among points of the same document: the year, then what lies below it. Absent parts count as
    /// zero.
    pub(super) fn key(self) -> (u16, u8, u8) {
        let (month, day) = match self.grain {
            Grain::Decade | Grain::Year => (0, 0),
            Grain::Half(n) => (n * 6 - 5, 0),
            Grain::Quarter(n) => (n * 3 - 2, 0),
            Grain::Month(month) => (month, 0),
            Grain::Day(month, day) => (month, day),
        };
        (self.year.unwrap_or(0), month, day)
    }

    fn in_year(self, year: u16) -> Option<Self> {
        Self::checked(Some(self.year.unwrap_or(year)), self.grain)
    }

    fn parse(text: &str) -> Option<Self> {
        let (year, rest) = text.split_at_checked(4).unwrap_or((text, ""));
        if year.len() == 3 {
            let decade = digits(year)?;
            return Self::checked(Some(decade * 10), Grain::Decade);
        }
        let year = if year == "XXXX" { None } else { Some(digits(year).filter(|_| year.len() == 4)?) };
        let grain = match rest.strip_prefix('-') {
            None if rest.is_empty() => Grain::Year,
            None => return None,
            Some(rest) => match (rest.as_bytes(), rest.split_once('-')) {
                ([b'H', n @ b'1'..=b'2'], _) => Grain::Half(n - b'0'),
                ([b'Q', n @ b'1'..=b'4'], _) => Grain::Quarter(n - b'0'),
                (_, None) if rest.len() == 2 => Grain::Month(digits(rest)? as u8),
                (_, Some((month, day))) if month.len() == 2 && day.len() == 2 => {
                    Grain::Day(digits(month)? as u8, digits(day)? as u8)
                }
                _ => return None,
            },
        };
        Self::checked(year, grain)
    }
}

fn digits(text: &str) -> Option<u16> {
    if text.bytes().all(|byte| byte.is_ascii_digit()) { text.parse().ok() } else { None }
}

impl fmt::Display for Point {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.year, self.grain) {
            (Some(year), Grain::Decade) => return write!(f, "{:03}", year / 10),
            (Some(year), _) => write!(f, "{year:04}")?,
            (None, _) => f.write_str("XXXX")?,
        }
        match self.grain {
            Grain::Decade | Grain::Year => Ok(()),
            Grain::Half(n) => write!(f, "-H{n}"),
            Grain::Quarter(n) => write!(f, "-Q{n}"),
            Grain::Month(month) => write!(f, "-{month:02}"),
            Grain::Day(month, day) => write!(f, "-{month:02}-{day:02}"),
        }
    }
}

impl fmt::Display for DateValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Point(point) => point.fmt(f),
            Self::Range(start, end) => write!(f, "{start}/{end}"),
            Self::List(points) => {
                for (n, point) in points.iter().enumerate() {
                    if n > 0 {
                        f.write_str(";")?;
                    }
                    point.fmt(f)?;
                }
                Ok(())
            }
        }
    }
}

impl DateValue {
    /// The value that this TIMEX3 text names, where it belongs to the subset written here.
    pub fn parse(text: &str) -> Option<Self> {
        if let Some((start, end)) = text.split_once('/') {
            return Some(Self::Range(Point::parse(start)?, Point::parse(end)?));
        }
        if text.contains(';') {
            return text.split(';').map(Point::parse).collect::<Option<_>>().map(Self::List);
        }
        Point::parse(text).map(Self::Point)
    }

    /// Completed from the day the document is of: an open year is the document's, but for a day or month that lies
    /// more than half a year away from it, which belongs to the neighbouring year (`28 December` in a text of
    /// 3 January). A range never ends before it starts. Absent where nothing was open or no such day exists.
    pub fn resolve(&self, document_date: Date) -> Option<Self> {
        let resolved = match self {
            Self::Point(point) => Self::Point(nearest(*point, document_date)?),
            Self::Range(start, end) => {
                let (from, to) = match (start.year, end.year) {
                    (None, Some(year)) => {
                        let same = start.in_year(year);
                        let before = year.checked_sub(1).and_then(|year| start.in_year(year));
                        (same.filter(|start| start.key() <= end.key()).or(before)?, *end)
                    }
                    (Some(year), None) => (*start, after(*end, *start, year)?),
                    (None, None) => {
                        let from = nearest(*start, document_date)?;
                        (from, after(*end, from, from.year?)?)
                    }
                    (Some(_), Some(_)) => (*start, *end),
                };
                Self::Range(from, to)
            }
            Self::List(points) => {
                Self::List(points.iter().map(|point| nearest(*point, document_date)).collect::<Option<_>>()?)
            }
        };
        (resolved != *self).then_some(resolved)
    }

    /// The first day it covers; absent where its year is open.
    pub fn first_day(&self) -> Option<Date> {
        match self {
            Self::Point(point) | Self::Range(point, _) => point.first_day(),
            Self::List(points) => points.iter().filter_map(|point| point.first_day()).min(),
        }
    }

    /// The last day it covers; absent where its year is open.
    pub fn last_day(&self) -> Option<Date> {
        match self {
            Self::Point(point) | Self::Range(_, point) => point.last_day(),
            Self::List(points) => points.iter().filter_map(|point| point.last_day()).max(),
        }
    }

    /// Returns whether it is exactly one day of a known year.
    pub fn is_full_day(&self) -> bool {
        matches!(self, Self::Point(Point { year: Some(_), grain: Grain::Day(..) }))
    }
}

/// The first of the end's years, from `year` on, that does not put it before the start.
fn after(end: Point, start: Point, year: u16) -> Option<Point> {
    end.in_year(year).filter(|end| end.key() >= start.key()).or_else(|| end.in_year(year + 1))
}

fn nearest(point: Point, document_date: Date) -> Option<Point> {
    let year = u16::try_from(document_date.year()).ok()?;
    if point.year.is_some() {
        return Some(point);
    }
    let (_, month, _) = point.key();
    let away = i16::from(month) - i16::from(document_date.month());
    let neighbour = match point.grain {
        Grain::Day(..) | Grain::Month(_) if away > 6 => year.checked_sub(1)?,
        Grain::Day(..) | Grain::Month(_) if away < -6 => year + 1,
        _ => year,
    };
    point.in_year(neighbour)
}
