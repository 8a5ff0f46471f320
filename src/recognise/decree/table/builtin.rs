//! The built-in knowledge: what `build.rs` makes of `src/recognise/data/decree/`.

use super::entry::{AgencyKind, Legislature, PartialDay, YearInNumber};
use crate::recognise::profile::Language;

/// A type of document, as [`TypeEntry`](super::TypeEntry) describes it.
#[derive(Debug)]
pub struct StaticType {
    pub abbr: &'static str,
    pub vi: &'static str,
    pub en: &'static str,
    pub th: &'static [&'static str],
    pub th_seen: &'static [&'static str],
    pub th_wrong: &'static [&'static str],
    pub issuers: &'static [&'static str],
    pub year: YearInNumber,
    pub source: &'static str,
}

/// An issuer, as [`AgencyEntry`](super::AgencyEntry) describes it.
#[derive(Debug)]
pub struct StaticAgency {
    pub abbr: &'static str,
    pub variants: &'static [&'static str],
    pub vi: &'static str,
    pub en: &'static str,
    pub th: &'static str,
    pub kind: AgencyKind,
    pub from: Option<PartialDay>,
    pub until: Option<PartialDay>,
    pub successor: &'static str,
    pub source: &'static str,
}

/// A word or phrase and the types it names.
#[derive(Debug)]
pub struct StaticTypeWord {
    pub text: &'static str,
    pub types: &'static [&'static str],
    pub is_common: bool,
    pub language: Language,
}

include!(concat!(env!("OUT_DIR"), "/decree.rs"));

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;

    const DATA: &str = include_str!("../../data/decree/decrees.toml");

    /// The data are what a user may write in `scholiast.toml`, and the compiled rows say the same.
    #[test]
    fn the_data_file_is_a_configuration_and_says_what_the_rows_say() {
        let decrees = DATA.split("# The legislatures:").next().unwrap();
        let (config, faults) = Config::parse(decrees).unwrap();
        assert!(faults.is_empty(), "{faults:?}");
        assert_eq!((config.decrees.types.len(), config.decrees.agencies.len()), (TYPES.len(), AGENCIES.len()));
        for (entry, row) in config.decrees.types.iter().zip(TYPES) {
            let (term, issuers) = (&entry.term, entry.issuers.iter().map(|issuer| issuer.value.as_str()));
            assert_eq!(term.abbr.value, row.abbr);
            let names = [term.vi.as_deref(), term.en.as_deref(), term.th.as_deref(), term.note.as_deref()];
            let th = row.th.join(" / ");
            assert_eq!(names, [Some(row.vi), Some(row.en), Some(&th), Some(row.source)], "{}", row.abbr);
            assert_eq!((&entry.th_seen[..], &entry.th_wrong[..]).0, row.th_seen, "{}", row.abbr);
            assert_eq!(&entry.th_wrong[..], row.th_wrong, "{}", row.abbr);
            assert!(issuers.eq(row.issuers.iter().copied()), "{}", row.abbr);
        }
        for (entry, row) in config.decrees.agencies.iter().zip(AGENCIES) {
            let term = &entry.term;
            assert_eq!(term.abbr.value, row.abbr);
            let names = [term.vi.as_deref(), term.en.as_deref(), term.th.as_deref(), term.note.as_deref()];
            assert_eq!(names, [row.vi, row.en, row.th, row.source].map(Some), "{}", row.abbr);
            assert_eq!(&term.variants[..], row.variants, "{}", row.abbr);
            let days = [entry.from.as_ref(), entry.until.as_ref()].map(|day| day.map(|day| day.value.to_string()));
            assert_eq!(days, [row.from, row.until].map(|day| day.map(|day| day.to_string())), "{}", row.abbr);
            assert_eq!(entry.successor.as_ref().map_or("", |letters| &letters.value), row.successor, "{}", row.abbr);
        }
    }

    #[test]
    fn no_letters_of_two_types_or_of_two_issuers_are_alike() {
        let mut letters: Vec<&str> = TYPES.iter().map(|row| row.abbr).collect();
        letters.sort_unstable();
        letters.dedup();
        assert_eq!(letters.len(), TYPES.len());
        for (at, row) in AGENCIES.iter().enumerate() {
            for other in &AGENCIES[at + 1..] {
                assert!(row.abbr != other.abbr || row.from != other.from, "{} twice from the same day", row.abbr);
            }
        }
    }
}
