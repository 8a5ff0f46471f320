//! Types and issuers of documents as the table holds them.

use compact_str::CompactString;
use serde::{Deserialize, Serialize};

/// True if the symbol of a type carries the year.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum YearInNumber {
    /// Never: administrative and Party types.
    None,
    /// Always: normative types.
    Year,
    /// Always, with the legislature in the issuer.
    Assembly,
    /// Normative ones do, individual ones do not.
    Both,
}

/// The kind of an issuer, as far as the grammar depends on it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AgencyKind {
    /// The National Assembly and what belongs to it.
    Assembly,
    /// Mass organisations.
    Mass,
    /// The President.
    President,
    /// The Government and the Prime Minister.
    Government,
    /// Ministries and agencies of ministry rank.
    Ministry,
    /// Other central agencies.
    Agency,
    /// Courts and procuracies.
    Judiciary,
    /// The State Audit.
    Audit,
    /// Provincial and local bodies.
    Province,
    /// The Communist Party: hyphen before the type, slash before the issuer.
    Party,
    /// Steering committees and the like, which write either way.
    Committee,
}

/// A type of document.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TypeEntry {
    /// The letters in the symbol, with diacritics: `QĐ`.
    pub abbr: CompactString,
    /// Other letters it is written with.
    pub variants: Vec<CompactString>,
    /// The Vietnamese name; alternatives are separated by ` / `.
    pub vi: CompactString,
    /// The English name; alternatives likewise.
    pub en: CompactString,
    /// The Thai names, the best one first.
    pub th: Vec<CompactString>,
    /// Thai words that are also met and let pass.
    pub th_seen: Vec<CompactString>,
    /// Thai words that are met and wrong.
    pub th_wrong: Vec<CompactString>,
    /// Letters of those who may issue it; `MINISTRY`, `AGENCY` and `ANY` stand for groups.
    pub issuers: Vec<CompactString>,
    /// True if the configuration says that nobody else may issue it. What the built-in types are about is finer than
    /// a list and known to [`check`](super::check).
    pub issuers_are_all: bool,
    /// True if the symbol carries the year.
    pub year: YearInNumber,
    /// True if the configuration says so.
    pub year_is_laid_down: bool,
    /// The source of the entry.
    pub source: CompactString,
}

/// An issuer of documents.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AgencyEntry {
    /// The letters in the symbol, with diacritics: `BGDĐT`.
    pub abbr: CompactString,
    /// Other letters it is written with: `BGD&ĐT`.
    pub variants: Vec<CompactString>,
    /// The Vietnamese name.
    pub vi: CompactString,
    /// The English name.
    pub en: CompactString,
    /// The Thai name; alternatives are separated by ` / `.
    pub th: CompactString,
    /// The kind of body.
    pub kind: AgencyKind,
    /// First day, as far as known.
    pub from: Option<PartialDay>,
    /// Last day, as far as known.
    pub until: Option<PartialDay>,
    /// Letters of the issuer that took its place.
    pub successor: Option<CompactString>,
    /// The source of the entry.
    pub source: CompactString,
}

/// A day of which month or day may be unknown (0).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct PartialDay {
    /// Gregorian year.
    pub year: i16,
    /// Month 1 to 12, or 0.
    pub month: u8,
    /// Day 1 to 31, or 0.
    pub day: u8,
}

impl PartialDay {
    /// The first day it may mean, to compare with.
    pub fn earliest(self) -> (i16, u8, u8) {
        (self.year, self.month.max(1), self.day.max(1))
    }

    /// The last day it may mean, to compare with.
    pub fn latest(self) -> (i16, u8, u8) {
        let or_last = |part, last| if part == 0 { last } else { part };
        (self.year, or_last(self.month, 12), or_last(self.day, 31))
    }
}

impl std::fmt::Display for PartialDay {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.year)?;
        if self.month > 0 {
            write!(f, "-{:02}", self.month)?;
        }
        if self.day > 0 {
            write!(f, "-{:02}", self.day)?;
        }
        Ok(())
    }
}

impl TypeEntry {
    /// Returns whether the list of issuers holds this one.
    pub fn is_issued_by(&self, agency: &AgencyEntry) -> bool {
        self.issuers.iter().any(|issuer| match issuer.as_str() {
            "ANY" => true,
            "MINISTRY" => agency.kind == AgencyKind::Ministry,
            "AGENCY" => agency.kind == AgencyKind::Agency,
            letters => letters == agency.abbr || agency.variants.iter().any(|variant| variant == letters),
        })
    }
}

impl AgencyEntry {
    /// Returns whether it existed at some time of `year`.
    pub fn existed_in(&self, year: i16) -> bool {
        self.from.is_none_or(|from| from.year <= year) && self.until.is_none_or(|until| year <= until.year)
    }

    /// Returns whether it existed on the day (year, month, day).
    pub fn existed_on(&self, day: (i16, u8, u8)) -> bool {
        self.from.is_none_or(|from| from.earliest() <= day) && self.until.is_none_or(|until| day <= until.latest())
    }
}

/// A legislature of the National Assembly.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Legislature {
    /// The ordinal, as in `QH13`.
    pub number: u8,
    /// Year of its first session.
    pub first_year: i16,
    /// Year in which the next one began.
    pub last_year: i16,
}
