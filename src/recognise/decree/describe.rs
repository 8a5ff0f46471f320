//! The parts of a symbol spelt out, for people.

use compact_str::{CompactString, format_compact};

use super::symbol::DecreeSymbol;
use super::table::{AgencyEntry, DecreeTable, PartialDay};

/// One part in three languages.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PartNames {
    /// The letters in the symbol.
    pub letters: CompactString,
    /// In Vietnamese.
    pub vi: CompactString,
    /// In English.
    pub en: CompactString,
    /// In Thai.
    pub th: CompactString,
}

/// An issuer and its time.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct IssuerDescription {
    /// The names of the issuer.
    pub name: PartNames,
    /// First day, as far as known.
    pub from: Option<PartialDay>,
    /// Last day, as far as known.
    pub until: Option<PartialDay>,
    /// The issuer that took its place.
    pub successor: Option<PartNames>,
}

/// A symbol spelt out.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DecreeDescription {
    /// The number as in the symbol.
    pub number: CompactString,
    /// The year in the symbol.
    pub year: Option<i16>,
    /// The type, where its letters are known.
    pub kind: Option<PartNames>,
    /// The issuers whose letters are known, in their order.
    pub issuers: Vec<IssuerDescription>,
    /// Letters behind a known issuer that name a unit of it, or letters nobody knows.
    pub units: Vec<CompactString>,
    /// The legislature, as its ordinal and the years of its term.
    pub legislature: Option<(u8, i16, i16)>,
}

/// Spells out the parts of `symbol`.
pub fn describe(symbol: &DecreeSymbol, table: &DecreeTable) -> DecreeDescription {
    let kind = symbol.kind.as_deref().and_then(|letters| table.kind(letters)).map(|(letters, entry)| PartNames {
        letters: letters.into(),
        vi: entry.vi.clone(),
        en: entry.en.clone(),
        th: entry.th.join(" / ").into(),
    });
    let mut description = DecreeDescription {
        number: symbol.number.clone(),
        year: symbol.year,
        kind,
        issuers: Vec::new(),
        units: Vec::new(),
        legislature: None,
    };
    for group in symbol.agency.as_deref().into_iter().flat_map(|agency| agency.split(['-', '/'])) {
        let name = group.trim_end_matches(|ch: char| ch.is_ascii_digit());
        let is_chamber = matches!(name, "QH" | "UBTVQH");
        if is_chamber && name != group {
            let term = group[name.len()..].parse().ok().and_then(|number| table.legislature(number));
            description.legislature = term.map(|term| (term.number, term.first_year, term.last_year));
        }
        match issuer(if is_chamber { name } else { group }, symbol.year, table) {
            Some(issuer) => description.issuers.push(issuer),
            None => description.units.push(group.into()),
        }
    }
    description
}

/// The issuer with these letters: of several periods the one of `year`.
fn issuer(letters: &str, year: Option<i16>, table: &DecreeTable) -> Option<IssuerDescription> {
    let in_time = year.and_then(|year| table.periods(letters).find(|entry| entry.existed_in(year)));
    let entry = in_time.or_else(|| table.periods(letters).next())?;
    let part = |entry: &AgencyEntry, letters: &str| PartNames {
        letters: letters.into(),
        vi: entry.vi.clone(),
        en: entry.en.clone(),
        th: entry.th.clone(),
    };
    let successor = entry
        .successor
        .as_deref()
        .and_then(|letters| table.agency(letters))
        .map(|(letters, entry)| part(entry, letters));
    Some(IssuerDescription { name: part(entry, letters), from: entry.from, until: entry.until, successor })
}

impl DecreeDescription {
    /// One line in English: what it is, by whom, of when.
    pub fn summary(&self) -> String {
        let kind = self.kind.as_ref().map_or("Document", |part| &part.en);
        let issuers: Vec<&str> = self.issuers.iter().map(|issuer| &*issuer.name.en).collect();
        let year = self.year.map_or_else(CompactString::default, |year| format_compact!(" of {year}"));
        let by = if issuers.is_empty() { String::new() } else { format!(", {}", issuers.join(" and ")) };
        format!("{kind} {}{year}{by}", self.number)
    }
}
