//! Knowledge about references: types, issuers, legislatures.
//!
//! The built-in knowledge is compiled in as plain rows ([`builtin`]); a [`DecreeTable`] holds it with the keys it is
//! looked up by, [`configured`] takes additions and overrides from the configuration.
//! Deliberately absent: reading any file format.

pub(super) mod builtin;
mod configured;
mod entry;

use compact_str::CompactString;
use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use self::builtin::{StaticAgency, StaticType};
pub use self::entry::{AgencyEntry, AgencyKind, Legislature, PartialDay, TypeEntry, YearInNumber};
use super::fold::{key, phrase};
use super::word_ends::WordEnds;
use crate::recognise::profile::Language;

/// A word or phrase that names a type of document.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct TypePhrase {
    /// Folded as [`fold::phrase`](super::fold::phrase) does.
    pub(super) text: CompactString,
    /// Letters of the types it names; empty for words that name none in particular.
    pub(super) types: SmallVec<[CompactString; 2]>,
    /// True if it also serves as a common word, so that it proves nothing without a "number" word behind it.
    pub(super) weak: bool,
    /// The language it is of.
    pub(super) language: Language,
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
    /// The ends of all phrases and of the words for "number".
    lead_ends: WordEnds,
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
            lead_ends: WordEnds::of(builtin::NUMBER_WORDS.iter().copied()),
        };
        types.into_iter().for_each(|entry| table.add_type(entry));
        agencies.into_iter().for_each(|entry| table.add_agency(entry));
        let same = |entry: &AgencyEntry| {
            let numbers = table.agencies.iter().enumerate().filter(|(_, other)| other.abbr == entry.abbr);
            numbers.map(|(number, _)| number as u32).collect()
        };
        table.periods = table.agencies.iter().map(same).collect();
        for word in builtin::TYPE_WORDS {
            let types = word.types.iter().map(|&letters| CompactString::const_new(letters));
            table.add_phrase(word.text, types, word.is_common, word.language);
        }
        table
    }

    fn add_type(&mut self, entry: TypeEntry) {
        use Language::{English, Thai, Vietnamese};
        let names = |list: &str| list.split(" / ").map(CompactString::from).collect::<Vec<_>>();
        for (words, language) in [(names(&entry.vi), Vietnamese), (names(&entry.en), English)] {
            for word in words {
                self.add_phrase(&word, [entry.abbr.clone()], is_common_name(&word), language);
            }
        }
        for word in entry.th.iter().chain(&entry.th_seen) {
            self.add_phrase(word, [entry.abbr.clone()], is_common_name(word), Thai);
        }
        for word in &entry.th_wrong {
            self.add_phrase(word, [], is_common_name(word), Thai);
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
        language: Language,
    ) {
        let text = phrase(text);
        let Some(last) = text.chars().next_back() else { return };
        self.lead_ends.add(&text);
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
        builtin::LEGISLATURES.iter().filter(move |term| term.first_year <= year && year <= term.last_year)
    }

    /// The legislature with this ordinal.
    pub fn legislature(&self, number: u8) -> Option<&'static Legislature> {
        builtin::LEGISLATURES.iter().find(|term| term.number == number)
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

    /// The ends of all phrases and of the words for "number".
    pub(super) const fn lead_ends(&self) -> &WordEnds {
        &self.lead_ends
    }

    /// The phrases that end in this character.
    pub(super) fn phrases_ending(&self, last: char) -> &[TypePhrase] {
        self.phrases.get(&last).map_or(&[], Vec::as_slice)
    }
}

/// Returns whether a type's name also serves as a common word: "a plan", "to report".
fn is_common_name(name: &str) -> bool {
    builtin::COMMON_NAMES.contains(&name)
}

fn builtin_types() -> impl Iterator<Item = TypeEntry> {
    builtin::TYPES.iter().map(TypeEntry::from)
}

fn builtin_agencies() -> impl Iterator<Item = AgencyEntry> {
    builtin::AGENCIES.iter().map(AgencyEntry::from)
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
            from: row.from,
            until: row.until,
            successor: (!row.successor.is_empty()).then(|| CompactString::const_new(row.successor)),
            source: CompactString::const_new(row.source),
        }
    }
}
