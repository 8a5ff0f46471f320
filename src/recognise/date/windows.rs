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

/// Returns whether a year written in two pieces (`25 67`) is one of the last or next few decades, which alone are
/// believed.
pub(super) fn is_near(year: u32) -> bool {
    (1900..=2099).contains(&year) || (2450..=2600).contains(&year)
}
