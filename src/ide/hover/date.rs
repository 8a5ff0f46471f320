//! Dates: the weekday and the day in three languages, both eras, the value and how it was decided.

use jiff::civil::{Date, Weekday};

use super::section::HoverSection;
use crate::ide::target::TextTarget;
use crate::recognise::date::words::{MONTHS, WEEKDAYS};
use crate::recognise::date::{DateFact, DateReading, DateValue, Grain, Point, ReadingReason};
use crate::recognise::profile::Era;
use crate::rules;

/// The section of a hover about a date.
pub(super) fn section(
    text: &TextTarget<'_>,
    fact: &DateFact,
    reading: &DateReading,
    resolved: Option<&str>,
) -> HoverSection {
    let Some(value) = &reading.value else {
        let mut section = HoverSection::new("no such date", "date");
        wrong(text, fact, &mut section);
        if section.facts.is_empty() {
            section.fact("", reading.why.to_string());
        }
        return section;
    };
    let complete = resolved.and_then(DateValue::parse).unwrap_or_else(|| value.clone());
    let mut section = HoverSection::new(english(&complete), "date");
    section.fact("Thai", in_all(&complete, thai));
    section.fact("Vietnamese", in_all(&complete, vietnamese));
    if let Some(years) = years(&complete) {
        section.fact("year", years);
    }
    section.fact("value", value.to_string());
    if let (Some(resolved), Some(date)) = (resolved, text.profile.date) {
        section.fact("resolved", format!("{resolved}, from the document's date {date}"));
    }
    if reading.why != ReadingReason::Plain {
        section.fact("read as", reading.why.to_string());
    }
    wrong(text, fact, &mut section);
    if matches!(reading.era, Some(Era::Buddhist)) && complete.first_day().is_some_and(|day| day.year() < 1941) {
        section.fact("", "before 1941 the Thai year began in April: January to March may belong to the next year");
    }
    section
}

/// Adds the faults that the rules find in the date in this document.
fn wrong(text: &TextTarget<'_>, fact: &DateFact, section: &mut HoverSection) {
    for fault in fact.faults(&text.profile) {
        section.fact("wrong", rules::message_of_date(fault).unwrap_or_else(|| fault.kind.class().code().to_owned()));
    }
}

fn english(value: &DateValue) -> String {
    in_all(value, |point| match (point.grain, point.year) {
        (Grain::Day(month, day), year) => {
            let weekday = weekday(point).map(|at| format!("{}, ", WEEKDAYS[at].english)).unwrap_or_default();
            format!("{weekday}{day} {}{}", MONTHS[month as usize - 1].english, spaced(year))
        }
        (Grain::Month(month), year) => format!("{}{}", MONTHS[month as usize - 1].english, spaced(year)),
        (Grain::Quarter(n), year) => {
            format!("quarter {n}{}", year.map(|year| format!(" of {year}")).unwrap_or_default())
        }
        (Grain::Half(1), year) => format!("first half{}", year.map(|year| format!(" of {year}")).unwrap_or_default()),
        (Grain::Half(_), year) => format!("second half{}", year.map(|year| format!(" of {year}")).unwrap_or_default()),
        (Grain::Decade, Some(year)) => format!("the {year}s"),
        (_, year) => year.map(|year| year.to_string()).unwrap_or_default(),
    })
}

fn thai(point: Point) -> String {
    let year = point.year.map(|year| format!(" พ.ศ. {}", year + 543)).unwrap_or_default();
    match point.grain {
        Grain::Day(month, day) => {
            let weekday = weekday(point).map_or("วัน", |at| WEEKDAYS[at].thai);
            format!("{weekday}ที่ {day} {}{year}", MONTHS[month as usize - 1].thai)
        }
        Grain::Month(month) => format!("{}{year}", MONTHS[month as usize - 1].thai),
        Grain::Quarter(n) => format!("ไตรมาสที่ {n}{year}"),
        Grain::Half(1) => format!("ครึ่งปีแรก{year}"),
        Grain::Half(_) => format!("ครึ่งปีหลัง{year}"),
        Grain::Decade => point.year.map(|year| format!("ทศวรรษ {year}")).unwrap_or_default(),
        Grain::Year => year.trim_start().to_owned(),
    }
}

fn vietnamese(point: Point) -> String {
    let year = point.year.map(|year| format!(" năm {year}")).unwrap_or_default();
    match point.grain {
        Grain::Day(month, day) => {
            let weekday = weekday(point).map(|at| format!("{}, ", WEEKDAYS[at].vietnamese)).unwrap_or_default();
            format!("{weekday}ngày {day} tháng {month}{year}")
        }
        Grain::Month(month) => format!("tháng {month}{year}"),
        Grain::Quarter(n) => format!("quý {n}{year}"),
        Grain::Half(1) => format!("nửa đầu{year}"),
        Grain::Half(_) => format!("nửa cuối{year}"),
        Grain::Decade => point.year.map(|year| format!("thập niên {year}")).unwrap_or_default(),
        Grain::Year => year.trim_start().to_owned(),
    }
}

/// One phrase a point: ranges with a dash, lists with semicolons.
fn in_all(value: &DateValue, phrase: impl Fn(Point) -> String) -> String {
    match value {
        DateValue::Point(point) => phrase(*point),
        DateValue::Range(start, end) => format!("{} – {}", phrase(*start), phrase(*end)),
        DateValue::List(points) => points.iter().map(|point| phrase(*point)).collect::<Vec<_>>().join("; "),
    }
}

/// The year in both eras.
fn years(value: &DateValue) -> Option<String> {
    let (first, last) = match value {
        DateValue::Point(point) => (point.year?, point.year?),
        DateValue::Range(start, end) => (start.year?, end.year?),
        DateValue::List(points) => (points.first()?.year?, points.last()?.year?),
    };
    Some(if first == last {
        format!("CE {first}, BE {}", first + 543)
    } else {
        format!("CE {first}–{last}, BE {}–{}", first + 543, last + 543)
    })
}

/// The place of a day's weekday among [`WEEKDAYS`].
fn weekday(point: Point) -> Option<usize> {
    let Grain::Day(month, day) = point.grain else { return None };
    let date = Date::new(point.year? as i16, month as i8, day as i8).ok()?;
    Some(date.weekday().since(Weekday::Monday) as usize)
}

fn spaced(year: Option<u16>) -> String {
    year.map(|year| format!(" {year}")).unwrap_or_default()
}
