//! The habits of a document as a whole, which select among readings.
//!
//! The facts of a segment depend on the segment alone, so they carry every reading and every fault with the condition
//! under which it counts ([`When`]). A file's [`Tally`] is the sum of its segments' tallies; a [`DocumentProfile`] is
//! drawn from it when somebody asks. A change of the profile re-analyses nothing. Deliberately absent: text, and
//! anything that would have to look at a segment again.

use serde::{Deserialize, Serialize};

/// The language something is written in, as far as its letters and words tell.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default, Hash, Serialize, Deserialize)]
pub enum Language {
    /// Nothing nearby tells.
    #[default]
    Unknown,
    /// Thai.
    Thai,
    /// Vietnamese, with or without its diacritics.
    Vietnamese,
    /// English.
    English,
    /// Lao.
    Lao,
}

impl Language {
    /// The language of a BCP 47 tag; `None` where nothing of it is recognised.
    pub fn of_tag(tag: &str) -> Option<Self> {
        let primary = tag.split(['-', '_']).next().unwrap_or_default();
        let known = [("th", Self::Thai), ("vi", Self::Vietnamese), ("en", Self::English), ("lo", Self::Lao)];
        known.into_iter().find(|(tag, _)| primary.eq_ignore_ascii_case(tag)).map(|(_, language)| language)
    }
}

/// The languages whose grammars apply in a corpus.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct LanguageSet(u8);

impl Default for LanguageSet {
    /// All.
    fn default() -> Self {
        Self(u8::MAX)
    }
}

impl LanguageSet {
    /// The languages of these tags; all where nothing is said.
    pub fn of_tags<'t>(tags: impl IntoIterator<Item = &'t str>) -> Self {
        let bits = tags.into_iter().filter_map(Language::of_tag).fold(0, |bits, language| bits | 1 << language as u8);
        if bits == 0 { Self::default() } else { Self(bits) }
    }

    /// Returns whether a language is among them. What nothing tells the language of is of all.
    pub fn holds(self, language: Language) -> bool {
        language == Language::Unknown || self.0 & 1 << language as u8 != 0
    }
}

/// A year count.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Era {
    /// Buddhist Era: Common Era + 543.
    Buddhist,
    /// Common Era.
    Common,
    /// Rattanakosin Era: Common Era − 1781.
    Rattanakosin,
    /// Hijri.
    Hijri,
}

impl Era {
    /// The code of the era in output rows.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Buddhist => "be",
            Self::Common => "ce",
            Self::Rattanakosin => "re",
            Self::Hijri => "ah",
        }
    }
}

/// Counts over a piece of text that add up: a file's tally is the sum of its segments'.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Tally {
    /// Thai letters and marks, in code points.
    pub thai: u32,
    /// Lao letters and marks, in code points.
    pub lao: u32,
    /// Latin letters, in code points.
    pub latin: u32,
    /// Latin letters that only Vietnamese has or that carry its marks, in code points.
    pub vietnamese: u32,
    /// Years of the Buddhist Era in Thai text without an era mark.
    pub buddhist_years: u32,
    /// Years of the Common Era in Thai text without an era mark.
    pub common_years: u32,
    /// Numeric dates that can only be month first (`05/25/2024`).
    pub month_first: u32,
    /// Numeric dates that can only be day first (`25/05/2024`).
    pub day_first: u32,
    /// Days of the nineteenth century with all four digits of their year.
    pub days_of_1800s: u32,
    /// Dates with a year of four digits from 1900 of the Common Era on, whatever era they are written in.
    pub years_from_1900: u32,
    /// Line ends: line feed alone.
    pub lf: u32,
    /// Line ends: carriage return and line feed.
    pub crlf: u32,
    /// Line ends: carriage return alone.
    pub cr: u32,
}

impl std::ops::AddAssign for Tally {
    fn add_assign(&mut self, mut other: Self) {
        for (mine, theirs) in self.fields().into_iter().zip(other.fields()) {
            *mine = mine.saturating_add(*theirs);
        }
    }
}

impl std::ops::SubAssign for Tally {
    fn sub_assign(&mut self, mut other: Self) {
        for (mine, theirs) in self.fields().into_iter().zip(other.fields()) {
            *mine = mine.saturating_sub(*theirs);
        }
    }
}

impl Tally {
    fn fields(&mut self) -> [&mut u32; 13] {
        [
            &mut self.thai,
            &mut self.lao,
            &mut self.latin,
            &mut self.vietnamese,
            &mut self.buddhist_years,
            &mut self.common_years,
            &mut self.month_first,
            &mut self.day_first,
            &mut self.days_of_1800s,
            &mut self.years_from_1900,
            &mut self.lf,
            &mut self.crlf,
            &mut self.cr,
        ]
    }

    /// The language most of the letters speak for.
    pub fn language(&self) -> Language {
        if self.thai == 0 && self.latin == 0 && self.lao == 0 {
            Language::Unknown
        } else if self.lao > self.thai && self.lao >= self.latin {
            Language::Lao
        } else if self.thai >= self.latin {
            Language::Thai
        } else if self.vietnamese * 10 >= self.latin {
            // A quarter of the letters of Vietnamese text carry marks; English text with many Vietnamese names stays
            // below 8 %.
            Language::Vietnamese
        } else {
            Language::English
        }
    }
}

/// The languages, the era and the date of a document as a whole.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct DocumentProfile {
    /// The language of most of its letters.
    pub language: Language,
    /// True if it holds Vietnamese written with its diacritics.
    pub marked_vietnamese: bool,
    /// True if it holds any Thai letter.
    pub has_thai: bool,
    /// True if some numeric date in it is certainly month first.
    pub month_first: bool,
    /// True if it is of the nineteenth century: it has days of that century, and no year after it.
    pub of_1800s: bool,
    /// The era of most of its unmarked years.
    pub era: Option<Era>,
    /// The day the document is of (configuration, file name, masthead).
    pub date: Option<jiff::civil::Date>,
}

impl DocumentProfile {
    /// The profile of a document with this tally, of this date.
    pub fn of(tally: &Tally, date: Option<jiff::civil::Date>) -> Self {
        Self {
            language: tally.language(),
            marked_vietnamese: tally.vietnamese > 0,
            has_thai: tally.thai > 0,
            month_first: tally.month_first > 0,
            of_1800s: tally.days_of_1800s > 0 && tally.years_from_1900 == 0,
            era: match tally.buddhist_years.cmp(&tally.common_years) {
                std::cmp::Ordering::Greater => Some(Era::Buddhist),
                std::cmp::Ordering::Less => Some(Era::Common),
                std::cmp::Ordering::Equal => None,
            },
            date,
        }
    }

    /// The language of something in this document: its own where that is known, else the document's.
    pub fn language_of(&self, own: Language) -> Language {
        if own == Language::Unknown { self.language } else { own }
    }
}

/// The condition on the document under which a reading or a fault counts.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Hash, Serialize, Deserialize)]
pub enum When {
    /// Whatever the document is like.
    #[default]
    Always,
    /// In a document whose language is this one.
    Language(Language),
    /// In a document whose language is another one.
    NotLanguage(Language),
    /// The place where the document has month-first dates, is English, or has no letters that would tell.
    OrderDoubtful,
    /// In a Vietnamese or English document without any Thai letter.
    WithoutThai,
    /// The place where the document has month-first dates.
    MonthFirst,
    /// The place where the document holds Vietnamese written with its diacritics.
    MarkedVietnamese,
    /// In a document that is not one of the nineteenth century.
    NotOf1800s,
    /// Never a finding: kept for a code action.
    ActionOnly,
}

impl When {
    /// Returns whether the condition holds in a document with this profile.
    pub fn holds(self, profile: &DocumentProfile) -> bool {
        match self {
            Self::Always => true,
            Self::Language(language) => profile.language == language,
            Self::NotLanguage(language) => profile.language != language,
            Self::OrderDoubtful => {
                profile.month_first || matches!(profile.language, Language::English | Language::Unknown)
            }
            Self::WithoutThai => {
                !profile.has_thai && matches!(profile.language, Language::Vietnamese | Language::English)
            }
            Self::MonthFirst => profile.month_first,
            Self::NotOf1800s => !profile.of_1800s,
            Self::MarkedVietnamese => profile.marked_vietnamese,
            Self::ActionOnly => false,
        }
    }
}
