//! Windows of years: which numbers are taken for years, and of which era.
//!
//! A Buddhist year is 543 more than that of the Common Era. Deliberately absent: years of one and two digits, whose
//! century the language and the words around them decide.

use std::ops::RangeInclusive;

/// A window, in the numbers as they are written.
type Years = RangeInclusive<u32>;

/// Unmarked years of the Common Era. Texts of 1000 and earlier are not dated by such numbers; after 2200 lie counts.
pub(super) const COMMON: Years = 1000..=2200;
/// Unmarked years of the Buddhist Era in Thai text: 1607 to 2157. Histories of Ayutthaya give no older ones with a day
/// and a month; from 2100 to 2149 nobody knows which era is meant, and [`COMMON`] reads them.
pub(super) const BUDDHIST_IN_THAI: Years = 2150..=2700;
/// Unmarked years of the Buddhist Era where nothing but their size says so: 1857, when Siam began to print news, to
/// 2100.
pub(super) const BUDDHIST: Years = 2400..=2643;
/// Years that are none of the Common Era in Vietnamese and English text.
pub(super) const BUDDHIST_ELSEWHERE: Years = 2400..=2700;
/// Buddhist years of plans, seasons and budgets, which stand without a word for year: 1937 to 2057.
pub(super) const BUDDHIST_OF_PLANS: Years = 2480..=2600;
/// Buddhist years that look like recent ones of the Common Era: behind พ.ศ. the mark is probably wrong.
pub(super) const BUDDHIST_DOUBTFUL: Years = 1950..=2100;
/// Years that a mark of the Common Era contradicts.
pub(super) const COMMON_CLASH: Years = 2300..=2700;
/// The last year behind พ.ศ., and the last behind ค.ศ.: about 130 years from now.
pub(super) const LAST_BUDDHIST: u32 = 2700;
/// See [`LAST_BUDDHIST`].
pub(super) const LAST_COMMON: u32 = 2150;
/// Buddhist years up to this one began in April, so that January to March lie in the year after.
pub(super) const LAST_APRIL_YEAR: u32 = 2483;
/// Years of the Rattanakosin Era, which began in 1782 and was given up in 1913; people still reckon with it.
pub(super) const RATTANAKOSIN: Years = 1..=240;
/// Years of the Hijri era: 1785 to 2038.
pub(super) const HIJRI: Years = 1200..=1460;
/// Four digits that may be a year of any era behind a day and a month.
pub(super) const ANY: Years = 1000..=2700;
/// Years of the Common Era that need little evidence.
pub(super) const RECENT: Years = 1800..=2100;
/// Years of the Common Era that stand beside a month in numbers: what is older is written out.
pub(super) const MODERN: Years = 1900..=2100;
/// Numbers that are years of one of the two eras beside a month in numbers.
pub(super) const LIKELY: Years = 1900..=2643;
/// Years of the Common Era that stand behind `of` and `year` alone.
pub(super) const EARLY: Years = 1000..=1799;
/// Numbers behind a day and a month that are no year of any era and look like one that is mistyped.
pub(super) const MISTYPED: Years = 2300..=2999;
/// Numbers behind the word for year that are no year of any era and look like one that is mistyped.
pub(super) const BEYOND: Years = 2201..=2999;
/// Two-digit years behind ปี: 1997 to 2037.
pub(super) const SHORT_THAI: Years = 40..=80;
/// Two-digit years behind the name of a Thai month: more than a day of the month could be, up to 2037.
pub(super) const SHORT_AFTER_MONTH: Years = 30..=80;

/// Two-digit years of the Buddhist Era behind its mark that are of this century however they stand alone: 1993 and
/// later. Of smaller ones (`พ.ศ. 43`) nobody knows whether the first century is meant.
pub(super) const SHORT_BUDDHIST: Years = 50..=80;
/// Two-digit years of the Common Era that are of this century; the others are of the last.
pub(super) const SHORT_OF_THIS_CENTURY: Years = 0..=50;
/// Two-digit decades of this century: the thirties are spoken of as those of the last one.
pub(super) const SHORT_DECADES_OF_THIS_CENTURY: Years = 0..=29;
/// Years behind ค.ศ. that were too early for four digits.
pub(super) const EARLIEST: Years = 0..=999;
/// Years of the Common Era behind `of` at the end of a clause. Smaller numbers there count things.
pub(super) const EARLY_BEHIND_OF: Years = 1500..=1799;
/// Years behind พ.ศ. by which a passage is a history of long ago: up to 1756, before the fall of Ayutthaya.
pub(super) const OLD_BUDDHIST: Years = 1..=2299;
/// Years behind ค.ศ. by which a passage is a history of long ago: before the fall of Ayutthaya in 1767.
pub(super) const OLD_COMMON: Years = 1..=1759;
/// Years of the Common Era that are believed when they are written in two pieces (`20 24`): of the last decades and the
/// next.
pub(super) const NEAR_COMMON: Years = 1900..=2099;
/// The same of the Buddhist Era (`25 67`): 1907 to 2057.
pub(super) const NEAR_BUDDHIST: Years = 2450..=2600;

/// The years between the Common Era and the Buddhist Era, which began with the death of the Buddha.
pub(super) const BUDDHIST_OFFSET: u32 = 543;
/// The years between the Rattanakosin Era, which began with the founding of Bangkok, and the Common Era.
pub(super) const RATTANAKOSIN_OFFSET: u32 = 1781;
/// The first year of the Buddhist century that two digits stand for in Thai, in the Common Era: 2500.
pub(super) const SHORT_BUDDHIST_CENTURY: u32 = 2500 - BUDDHIST_OFFSET;

/// Returns whether a year written in two pieces (`25 67`) is one of the last or next few decades, which alone are
/// believed.
pub(super) fn is_near(year: u32) -> bool {
    NEAR_COMMON.contains(&year) || NEAR_BUDDHIST.contains(&year)
}

/// Returns whether two unmarked years of four digits are of different eras by their size.
pub(super) const fn are_of_two_eras(one: u32, other: u32) -> bool {
    (one >= *BUDDHIST.start()) != (other >= *BUDDHIST.start())
}

/// Returns whether a number of three or five digits begins like a year of the last two centuries of either era, so that
/// it may be one that lost or gained a digit.
pub(super) fn begins_like_a_year(number: u32) -> bool {
    let digits = number.to_string();
    ["25", "24", "20", "19"].iter().any(|start| digits.starts_with(start))
}
