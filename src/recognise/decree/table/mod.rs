//! What is known about references: types, issuers, legislatures.
//!
//! The built-in knowledge is compiled in as plain rows ([`types`], [`agencies`], [`words`]); a [`DecreeTable`] holds it
//! with the keys it is looked up by, [`configured`] takes additions and overrides from the configuration.
//! Deliberately absent: reading any file format.

mod agencies;
mod configured;
mod types;
mod words;

use compact_str::CompactString;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use smallvec::SmallVec;

use super::fold::key;

/// Whether the symbol of a type carries the year.
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

/// What an issuer is, as far as the grammar depends on it.
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

#[derive(Debug)]
struct StaticType {
    abbr: &'static str,
    vi: &'static str,
    en: &'static str,
    th: &'static [&'static str],
    th_seen: &'static [&'static str],
    th_wrong: &'static [&'static str],
    issuers: &'static [&'static str],
    year: YearInNumber,
    source: &'static str,
}

#[derive(Debug)]
struct StaticAgency {
    abbr: &'static str,
    variants: &'static [&'static str],
    vi: &'static str,
    en: &'static str,
    th: &'static str,
    kind: AgencyKind,
    from: u32,
    until: u32,
    successor: &'static str,
    source: &'static str,
}

/// A type of document.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TypeEntry {
    /// Its letters in the symbol, with diacritics: `QĐ`.
    pub abbr: CompactString,
    /// Other letters it is written with.
    pub variants: Vec<CompactString>,
    /// Its Vietnamese name; alternatives are separated by ` / `.
    pub vi: CompactString,
    /// Its English name; alternatives likewise.
    pub en: CompactString,
    /// Its Thai names, the best one first.
    pub th: Vec<CompactString>,
    /// Thai words that are also met and let pass.
    pub th_seen: Vec<CompactString>,
    /// Thai words that are met and wrong.
    pub th_wrong: Vec<CompactString>,
    /// Letters of those who may issue it; `MINISTRY`, `AGENCY` and `ANY` stand for groups.
    pub issuers: Vec<CompactString>,
    /// Whether the configuration says that nobody else may issue it. What the built-in types are about is finer than
    /// a list and known to [`check`](super::check).
    pub issuers_are_all: bool,
    /// Whether the symbol carries the year.
    pub year: YearInNumber,
    /// Whether the configuration says so.
    pub year_is_laid_down: bool,
    /// Where this is laid down.
    pub source: CompactString,
}

/// An issuer of documents.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AgencyEntry {
    /// Its letters in the symbol, with diacritics: `BGDĐT`.
    pub abbr: CompactString,
    /// Other letters it is written with: `BGD&ĐT`.
    pub variants: Vec<CompactString>,
    /// Its Vietnamese name.
    pub vi: CompactString,
    /// Its English name.
    pub en: CompactString,
    /// Its Thai name; alternatives are separated by ` / `.
    pub th: CompactString,
    /// What it is.
    pub kind: AgencyKind,
    /// First day, as far as known.
    pub from: Option<PartialDay>,
    /// Last day, as far as known.
    pub until: Option<PartialDay>,
    /// Letters of the issuer that took its place.
    pub successor: Option<CompactString>,
    /// Where this is laid down.
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
    /// From `yyyymmdd` with zeros for what is unknown; 0 is no day.
    const fn from_packed(packed: u32) -> Option<Self> {
        if packed == 0 {
            return None;
        }
        let (month, day) = ((packed / 100 % 100) as u8, (packed % 100) as u8);
        Some(Self { year: (packed / 10000) as i16, month, day })
    }

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
    /// Whether the list of issuers holds this one.
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
    /// Whether it existed at some time of `year`.
    pub fn existed_in(&self, year: i16) -> bool {
        self.from.is_none_or(|from| from.year <= year) && self.until.is_none_or(|until| year <= until.year)
    }

    /// Whether it existed on the day (year, month, day).
    pub fn existed_on(&self, day: (i16, u8, u8)) -> bool {
        self.from.is_none_or(|from| from.earliest() <= day) && self.until.is_none_or(|until| day <= until.latest())
    }
}

/// A legislature of the National Assembly.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Legislature {
    /// Its ordinal, as in `QH13`.
    pub number: u8,
    /// Year of its first session.
    pub first_year: i16,
    /// Year in which the next one began.
    pub last_year: i16,
}

const fn term(number: u8, first_year: i16, last_year: i16) -> Legislature {
    Legislature { number, first_year, last_year }
}

/// Source: the National Assembly's own list of its legislatures; the sixteenth began in April 2026.
static LEGISLATURES: &[Legislature] = &[
    term(1, 1946, 1960),
    term(2, 1960, 1964),
    term(3, 1964, 1971),
    term(4, 1971, 1975),
    term(5, 1975, 1976),
    term(6, 1976, 1981),
    term(7, 1981, 1987),
    term(8, 1987, 1992),
    term(9, 1992, 1997),
    term(10, 1997, 2002),
    term(11, 2002, 2007),
    term(12, 2007, 2011),
    term(13, 2011, 2016),
    term(14, 2016, 2021),
    term(15, 2021, 2026),
    term(16, 2026, 2031),
];

/// A word or phrase that names a type of document.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct TypePhrase {
    /// Folded as [`fold::phrase`](super::fold::phrase) does.
    pub(super) text: CompactString,
    /// Letters of the types it names; empty for words that name none in particular.
    pub(super) types: SmallVec<[CompactString; 2]>,
    /// Whether it also serves as a common word, so that it proves nothing without a "number" word behind it.
    pub(super) weak: bool,
    /// The language it is of.
    pub(super) language: super::Language,
}

/// All that is known, with the keys it is looked up by.
#[derive(Clone, Debug)]
pub struct DecreeTable {
    current_year: i16,
    types: Vec<TypeEntry>,
    agencies: Vec<AgencyEntry>,
    type_keys: LetterKeys,
    agency_keys: LetterKeys,
    /// By the number of an agency's entry: the numbers of all its periods.
    periods: Vec<SmallVec<[u32; 1]>>,
    /// By their last character.
    phrases: FxHashMap<char, Vec<TypePhrase>>,
}

impl DecreeTable {
    /// The built-in knowledge; symbols of years after `current_year` are of the future.
    pub fn builtin(current_year: i16) -> Self {
        Self::new(builtin_types().collect(), builtin_agencies().collect(), current_year)
    }

    fn new(types: Vec<TypeEntry>, agencies: Vec<AgencyEntry>, current_year: i16) -> Self {
        let mut table = Self {
            current_year,
            types: Vec::with_capacity(types.len()),
            agencies: Vec::with_capacity(agencies.len()),
            type_keys: LetterKeys::default(),
            agency_keys: LetterKeys::default(),
            periods: Vec::new(),
            phrases: FxHashMap::default(),
        };
        types.into_iter().for_each(|entry| table.add_type(entry));
        agencies.into_iter().for_each(|entry| table.add_agency(entry));
        let same = |entry: &AgencyEntry| {
            let numbers = table.agencies.iter().enumerate().filter(|(_, other)| other.abbr == entry.abbr);
            numbers.map(|(number, _)| number as u32).collect()
        };
        table.periods = table.agencies.iter().map(same).collect();
        for word in words::WORDS {
            table.add_phrase(
                word.text,
                word.types.iter().map(|&t| CompactString::const_new(t)),
                word.weak,
                word.language,
            );
        }
        table
    }

    fn add_type(&mut self, entry: TypeEntry) {
        use super::Language::{English, Thai, Vietnamese};
        let names = |list: &str| list.split(" / ").map(CompactString::from).collect::<Vec<_>>();
        for (words, language) in [(names(&entry.vi), Vietnamese), (names(&entry.en), English)] {
            for word in words {
                self.add_phrase(&word, [entry.abbr.clone()], words::is_weak(&word), language);
            }
        }
        for word in entry.th.iter().chain(&entry.th_seen) {
            self.add_phrase(word, [entry.abbr.clone()], words::is_weak(word), Thai);
        }
        for word in &entry.th_wrong {
            self.add_phrase(word, [], words::is_weak(word), Thai);
        }
        self.type_keys.add(&entry.abbr, self.types.len());
        for variant in &entry.variants {
            self.type_keys.add(variant, self.types.len());
        }
        self.types.push(entry);
    }

    fn add_agency(&mut self, entry: AgencyEntry) {
        for variant in &entry.variants {
            self.agency_keys.add(variant, self.agencies.len());
        }
        if self.agencies.iter().all(|other| other.abbr != entry.abbr) {
            self.agency_keys.add_own(&entry.abbr, self.agencies.len());
        }
        self.agencies.push(entry);
    }

    fn add_phrase(
        &mut self,
        text: &str,
        types: impl IntoIterator<Item = CompactString>,
        weak: bool,
        language: super::Language,
    ) {
        let text = super::fold::phrase(text);
        let Some(last) = text.chars().next_back() else { return };
        let bucket = self.phrases.entry(last).or_default();
        let at = bucket.iter().position(|phrase| phrase.text == text).unwrap_or_else(|| {
            bucket.push(TypePhrase { text, types: SmallVec::new(), weak, language });
            bucket.len() - 1
        });
        for letters in types {
            if !bucket[at].types.contains(&letters) {
                bucket[at].types.push(letters);
            }
        }
    }

    /// The last year a symbol may bear.
    pub fn current_year(&self) -> i16 {
        self.current_year
    }

    /// The legislatures that sat in `year`: two in the year of a change.
    pub fn legislatures_of(&self, year: i16) -> impl Iterator<Item = &'static Legislature> + use<> {
        LEGISLATURES.iter().filter(move |term| term.first_year <= year && year <= term.last_year)
    }

    /// The legislature with this ordinal.
    pub fn legislature(&self, number: u8) -> Option<&'static Legislature> {
        LEGISLATURES.iter().find(|term| term.number == number)
    }

    /// The type written `letters`, whatever their case and marks, and its letters as they should be.
    pub fn kind(&self, letters: &str) -> Option<(&str, &TypeEntry)> {
        let (canonical, at) = self.type_keys.get(letters)?;
        Some((canonical, &self.types[at]))
    }

    /// The issuer written `letters`, whatever their case and marks, and its letters as they should be: the variant's
    /// own where a variant is written.
    pub fn agency(&self, letters: &str) -> Option<(&str, &AgencyEntry)> {
        let (canonical, at) = self.agency_keys.get(letters)?;
        Some((canonical, &self.agencies[at]))
    }

    /// The periods of the issuer written `letters` (one entry each), none for an unknown one.
    pub fn periods(&self, letters: &str) -> impl Iterator<Item = &AgencyEntry> {
        let numbers = self.agency_keys.get(letters).map_or(&[][..], |(_, at)| self.periods[at].as_slice());
        numbers.iter().map(|number| &self.agencies[*number as usize])
    }

    /// All types.
    pub fn types(&self) -> &[TypeEntry] {
        &self.types
    }

    /// All issuers, one entry for each period.
    pub fn agencies(&self) -> &[AgencyEntry] {
        &self.agencies
    }

    /// The phrases that end in this character.
    pub(super) fn phrases_ending(&self, last: char) -> &[TypePhrase] {
        self.phrases.get(&last).map_or(&[], Vec::as_slice)
    }
}

fn builtin_types() -> impl Iterator<Item = TypeEntry> {
    types::TYPES.iter().map(TypeEntry::from)
}

fn builtin_agencies() -> impl Iterator<Item = AgencyEntry> {
    agencies::AGENCIES.iter().map(AgencyEntry::from)
}

/// Numbers of entries by their letters.
#[derive(Clone, Debug, Default)]
struct LetterKeys {
    /// As spelt.
    spelt: FxHashMap<CompactString, u32>,
    /// By [`key`]: each spelling with it, the first one first.
    folded: FxHashMap<CompactString, SmallVec<[CompactString; 1]>>,
}

impl LetterKeys {
    fn add(&mut self, letters: &CompactString, at: usize) {
        if !self.spelt.contains_key(letters) {
            self.add_own(letters, at);
        }
    }

    /// As [`LetterKeys::add`], but letters of its own take the place of another entry's variant.
    fn add_own(&mut self, letters: &CompactString, at: usize) {
        if self.spelt.insert(letters.clone(), at as u32).is_none() {
            self.folded.entry(key(letters)).or_default().push(letters.clone());
        }
    }

    /// The entry spelt exactly so, else the first one with the same key.
    fn get(&self, letters: &str) -> Option<(&str, usize)> {
        if let Some((spelt, at)) = self.spelt.get_key_value(letters) {
            return Some((spelt, *at as usize));
        }
        let spelt = self.folded.get(&key(letters))?.first()?;
        Some((spelt, *self.spelt.get(spelt)? as usize))
    }
}

fn owned(list: &'static [&'static str]) -> Vec<CompactString> {
    list.iter().map(|&text| CompactString::const_new(text)).collect()
}

impl From<&StaticType> for TypeEntry {
    fn from(row: &StaticType) -> Self {
        Self {
            abbr: CompactString::const_new(row.abbr),
            variants: Vec::new(),
            vi: CompactString::const_new(row.vi),
            en: CompactString::const_new(row.en),
            th: owned(row.th),
            th_seen: owned(row.th_seen),
            th_wrong: owned(row.th_wrong),
            issuers: owned(row.issuers),
            issuers_are_all: false,
            year: row.year,
            year_is_laid_down: false,
            source: CompactString::const_new(row.source),
        }
    }
}

impl From<&StaticAgency> for AgencyEntry {
    fn from(row: &StaticAgency) -> Self {
        Self {
            abbr: CompactString::const_new(row.abbr),
            variants: owned(row.variants),
            vi: CompactString::const_new(row.vi),
            en: CompactString::const_new(row.en),
            th: CompactString::const_new(row.th),
            kind: row.kind,
            from: PartialDay::from_packed(row.from),
            until: PartialDay::from_packed(row.until),
            successor: (!row.successor.is_empty()).then(|| CompactString::const_new(row.successor)),
            source: CompactString::const_new(row.source),
        }
    }
}
