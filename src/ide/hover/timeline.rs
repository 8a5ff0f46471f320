//! A person's offices over time, drawn in letters: a row for each, a cell for each part of the time from the first to
//! the last.
//!
//! Deliberately absent: what the offices are called, and whether they are right.

use jiff::civil::Date;

/// An office as it is drawn.
pub(super) struct TimelineRow<'a> {
    /// The first day, where it is known.
    pub since: Option<Date>,
    /// The last day, where it is known.
    pub until: Option<Date>,
    /// The name of the office.
    pub name: &'a str,
}

/// Cells of a row.
const WIDTH: i32 = 20;
/// Most rows: those that began last.
const MOST: usize = 8;

/// Draws offices, in the order of their beginnings; open ones go on to the month of `now`. A row below them points at
/// `day`. Nothing where it would show no more than a date does: of offices with a known beginning there are not two.
pub(super) fn drawn(mut rows: Vec<TimelineRow<'_>>, now: Date, day: Option<Date>) -> Option<String> {
    rows.retain(|row| row.since.is_some());
    if rows.len() < 2 {
        return None;
    }
    rows.sort_by_key(|row| (row.since, row.until));
    rows.drain(..rows.len().saturating_sub(MOST));
    let begins = |row: &TimelineRow<'_>| row.since.map(month);
    let first = rows.iter().filter_map(begins).min()?;
    let ends = |row: &TimelineRow<'_>| row.until.map(month).or_else(|| begins(row).max(Some(month(now))));
    // The month of the last day is held too.
    let last = rows.iter().filter_map(ends).max()?.max(first) + 1;
    let months = last - first;
    // The months that a cell begins with, and those before the next one.
    let cell = |number: i32| first + number * months / WIDTH..(first + (number + 1) * months / WIDTH);
    let mut lines: Vec<String> = rows
        .iter()
        .filter_map(|row| {
            let (from, to) = (begins(row)?, ends(row)?);
            let holds = |number: i32| {
                let part = cell(number);
                from < part.end.max(part.start + 1) && to >= part.start
            };
            let cells: String = (0..WIDTH).map(|number| if holds(number) { '█' } else { '·' }).collect();
            let year =
                |date: Option<Date>| date.map_or_else(|| "    ".to_owned(), |date| format!("{:>4}", date.year()));
            Some(format!("{} {cells} {} {}", year(row.since), year(row.until), row.name.replace('`', "'")))
        })
        .collect();
    if let Some(day) = day.filter(|day| (first..last).contains(&month(*day))) {
        let number = (0..WIDTH).rev().find(|number| cell(*number).start <= month(day)).unwrap_or(0);
        let before = " ".repeat(number as usize);
        lines.push(format!("     {before}▲ {day}"));
    }
    Some(lines.join("\n"))
}

/// The number of a month, counted from the year 0.
fn month(date: Date) -> i32 {
    i32::from(date.year()) * 12 + i32::from(date.month()) - 1
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn row(since: Option<Date>, until: Option<Date>, name: &str) -> TimelineRow<'_> {
        TimelineRow { since, until, name }
    }

    #[test]
    fn offices_are_drawn_one_below_the_other() {
        let rows = vec![
            row(Some(date(2016, 1, 1)), None, "Bộ trưởng"),
            row(Some(date(2006, 1, 1)), Some(date(2015, 12, 31)), "Thứ trưởng"),
        ];
        let drawn = drawn(rows, date(2025, 12, 1), Some(date(2011, 6, 1)));
        let wanted = "\
2006 ██████████·········· 2015 Thứ trưởng
2016 ··········██████████      Bộ trưởng
          ▲ 2011-06-01";
        assert_eq!(drawn.as_deref(), Some(wanted));
    }

    #[test]
    fn one_office_or_unknown_beginnings_are_not_drawn() {
        let now = date(2025, 12, 1);
        assert_eq!(drawn(vec![row(Some(date(2016, 1, 1)), None, "a")], now, None), None);
        let unknown = vec![row(Some(date(2016, 1, 1)), None, "a"), row(None, Some(date(2016, 1, 1)), "b")];
        assert_eq!(drawn(unknown, now, None), None);
    }

    #[test]
    fn odd_times_are_drawn_somehow() {
        // Within one month, ends before beginnings, a beginning that is still to come.
        for (one, other) in [
            ((date(2020, 5, 1), Some(date(2020, 5, 2))), (date(2020, 5, 3), Some(date(2020, 5, 4)))),
            ((date(2020, 5, 1), Some(date(2010, 5, 2))), (date(2021, 5, 3), None)),
            ((date(2040, 1, 1), None), (date(2041, 1, 1), None)),
        ] {
            let rows = vec![row(Some(one.0), one.1, "one"), row(Some(other.0), other.1, "other")];
            let drawn = drawn(rows, date(2025, 12, 1), None).expect("two offices");
            assert!(drawn.lines().all(|line| line.matches(['█', '·']).count() == 20), "{drawn}");
        }
    }

    #[test]
    fn of_many_the_latest_are_drawn() {
        let rows = (0..30).map(|year| row(Some(date(1990 + year, 1, 1)), Some(date(1990 + year, 12, 31)), "x"));
        let drawn = drawn(rows.collect(), date(2025, 12, 1), None).expect("many offices");
        assert_eq!(drawn.lines().count(), 8);
        assert!(drawn.starts_with("2012 ") && drawn.contains("\n2019 "), "{drawn}");
    }
}
