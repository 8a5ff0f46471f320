//! Types and issuers that the configuration adds, and what it changes in the built-in ones.
//!
//! An entry with the letters of a built-in one changes what it says and leaves the rest; further entries with the same
//! letters are further periods of an issuer. What cannot be used is a [`ValueFault`] at its place. Deliberately absent:
//! reading the file.

use compact_str::{CompactString, format_compact};

use super::{
    AgencyEntry, AgencyKind, DecreeTable, PartialDay, TypeEntry, YearInNumber, builtin_agencies, builtin_types, key,
};
use crate::config::{DecreeAgency, DecreeConfig, DecreeTerm, DecreeType, ValueFault};
use crate::text::nearest::nearest;
use crate::toml_tree::Spanned;

/// The words for what an issuer is.
const KINDS: [(&str, AgencyKind); 11] = [
    ("assembly", AgencyKind::Assembly),
    ("mass-organisation", AgencyKind::Mass),
    ("president", AgencyKind::President),
    ("government", AgencyKind::Government),
    ("ministry", AgencyKind::Ministry),
    ("agency", AgencyKind::Agency),
    ("judiciary", AgencyKind::Judiciary),
    ("audit", AgencyKind::Audit),
    ("province", AgencyKind::Province),
    ("party", AgencyKind::Party),
    ("committee", AgencyKind::Committee),
];
/// The words for who uses a type, each with whether its symbols hold the year.
const CLASSES: [(&str, bool); 6] =
    [("lnd", true), ("lnd-joint", true), ("adm", false), ("party", false), ("copy", false), ("historic", false)];
/// Letters that stand for groups of issuers.
const GROUPS: [&str; 3] = ["MINISTRY", "AGENCY", "ANY"];

impl DecreeTable {
    /// The built-in knowledge with what the configuration says of it, and what of that cannot be used.
    pub fn configured(decrees: &DecreeConfig, current_year: i16) -> (Self, Vec<ValueFault>) {
        let mut reading = ConfiguredEntries { misfits: Vec::new() };
        let agencies = reading.agencies(&decrees.agencies);
        let types = reading.types(&decrees.types, &agencies);
        (Self::new(types, agencies, current_year), reading.misfits)
    }
}

struct ConfiguredEntries {
    misfits: Vec<ValueFault>,
}

impl ConfiguredEntries {
    fn refuse(&mut self, value: &Spanned<CompactString>, reason: CompactString, meant: Option<&str>) {
        self.misfits.push(ValueFault { at: value.span, part: None, reason, meant: meant.map(CompactString::from) });
    }

    /// Returns whether the letters may stand in a symbol.
    fn is_usable(&mut self, term: &DecreeTerm) -> bool {
        let fits = |letter: char| letter.is_alphanumeric() || matches!(letter, '-' | '&');
        let usable = term.abbr.value.chars().all(fits) && term.abbr.value.starts_with(char::is_alphabetic);
        if !usable {
            let why = format_compact!("`{}` cannot stand in a symbol: it wants letters", term.abbr.value);
            self.refuse(&term.abbr, why, None);
        }
        usable
    }

    fn agencies(&mut self, added: &[DecreeAgency]) -> Vec<AgencyEntry> {
        let mut all: Vec<AgencyEntry> = builtin_agencies().collect();
        let builtin = all.len();
        for (number, entry) in added.iter().enumerate() {
            if !self.is_usable(&entry.term) {
                continue;
            }
            let abbr = &entry.term.abbr.value;
            let is_first = added[..number].iter().all(|other| other.term.abbr.value != *abbr);
            let known = all[..builtin].iter().position(|other| other.abbr == *abbr).filter(|_| is_first);
            let at = known.unwrap_or_else(|| {
                all.push(new_agency(abbr));
                all.len() - 1
            });
            self.change_agency(&mut all[at], entry);
        }
        for successor in added.iter().filter_map(|entry| entry.successor.as_ref()) {
            if all.iter().all(|other| key(&other.abbr) != key(&successor.value)) {
                let meant = nearest(&successor.value, all.iter().map(|other| other.abbr.as_str()));
                let why = format_compact!("there is no agency `{}`", successor.value);
                self.refuse(successor, why, meant);
            }
        }
        all
    }

    fn change_agency(&mut self, agency: &mut AgencyEntry, entry: &DecreeAgency) {
        let term = &entry.term;
        extend(&mut agency.variants, variants(term));
        set(&mut agency.vi, term.vi.as_ref());
        set(&mut agency.en, term.en.as_ref());
        set(&mut agency.th, term.th.as_ref());
        set(&mut agency.source, term.note.as_ref());
        if let Some(kind) = &entry.kind {
            match KINDS.iter().find(|(word, _)| *word == kind.value) {
                Some((_, kind)) => agency.kind = *kind,
                None => {
                    let words = KINDS.map(|(word, _)| word);
                    let why = format_compact!("`kind` wants one of {}", words.join(", "));
                    self.refuse(kind, why, nearest(&kind.value, words));
                }
            }
        }
        let day = |text: &Option<Spanned<CompactString>>| text.as_ref().and_then(|text| partial_day(&text.value));
        agency.from = day(&entry.from).or(agency.from);
        agency.until = day(&entry.until).or(agency.until);
        if let (Some(from), Some(until)) = (agency.from, agency.until)
            && until.latest() < from.earliest()
            && let Some(written) = entry.until.as_ref().or(entry.from.as_ref())
        {
            let why = format_compact!("`{}` ends in {until}, before it begins in {from}", agency.abbr);
            self.refuse(written, why, None);
            (agency.from, agency.until) = (None, None);
        }
        if let Some(successor) = &entry.successor {
            agency.successor = Some(successor.value.clone());
        }
    }

    fn types(&mut self, added: &[DecreeType], agencies: &[AgencyEntry]) -> Vec<TypeEntry> {
        let mut all: Vec<TypeEntry> = builtin_types().collect();
        for (number, entry) in added.iter().enumerate() {
            let abbr = &entry.term.abbr;
            if !self.is_usable(&entry.term) {
                continue;
            }
            if added[..number].iter().any(|other| other.term.abbr.value == abbr.value) {
                self.refuse(abbr, format_compact!("the type `{}` is given twice", abbr.value), None);
                continue;
            }
            let at = all.iter().position(|other| other.abbr == abbr.value).unwrap_or_else(|| {
                all.push(new_type(&abbr.value));
                all.len() - 1
            });
            self.change_type(&mut all[at], entry, agencies);
        }
        all
    }

    fn change_type(&mut self, kind: &mut TypeEntry, entry: &DecreeType, agencies: &[AgencyEntry]) {
        let term = &entry.term;
        extend(&mut kind.variants, variants(term));
        set(&mut kind.vi, term.vi.as_ref());
        set(&mut kind.en, term.en.as_ref());
        if let Some(words) = &term.th {
            kind.th = words.split(" / ").map(CompactString::from).collect();
        }
        set(&mut kind.source, term.note.as_ref());
        extend(&mut kind.th_seen, entry.th_seen.iter().cloned());
        extend(&mut kind.th_wrong, entry.th_wrong.iter().cloned());
        // A word that is wrong for the type no longer names it.
        kind.th.retain(|word| !entry.th_wrong.contains(word));
        kind.th_seen.retain(|word| !entry.th_wrong.contains(word));
        if !entry.issuers.is_empty() {
            kind.issuers = entry.issuers.iter().map(|issuer| issuer.value.clone()).collect();
            kind.issuers_are_all = true;
            for issuer in &entry.issuers {
                let is_known = GROUPS.contains(&issuer.value.as_str())
                    || agencies
                        .iter()
                        .any(|agency| agency.abbr == issuer.value || agency.variants.contains(&issuer.value));
                if !is_known {
                    let known = agencies.iter().map(|agency| agency.abbr.as_str()).chain(GROUPS);
                    let why = format_compact!("there is no agency `{}`", issuer.value);
                    self.refuse(issuer, why, nearest(&issuer.value, known));
                    // A list with a hole would refuse what it was meant to allow.
                    kind.issuers_are_all = false;
                }
            }
        }
        let by_class = entry.class.as_ref().and_then(|class| self.year_of_class(class));
        let year = entry.year_in_number.as_ref().and_then(|word| year_in_number(&word.value)).or(by_class);
        if let Some(year) = year {
            kind.year = year;
            kind.year_is_laid_down = true;
        }
    }

    /// Returns whether the symbols of a class hold the year.
    fn year_of_class(&mut self, class: &Spanned<CompactString>) -> Option<YearInNumber> {
        let mut years = Vec::new();
        for word in class.value.split('+').map(str::trim) {
            match CLASSES.iter().find(|(known, _)| *known == word) {
                Some((_, year)) => years.push(*year),
                None => {
                    let words = CLASSES.map(|(word, _)| word);
                    let start = word.as_ptr() as usize - class.value.as_ptr() as usize;
                    self.misfits.push(ValueFault {
                        at: class.span,
                        part: Some(crate::text::Span::of(start, start + word.len())),
                        reason: format_compact!("`class` wants some of {}, joined by +", words.join(", ")),
                        meant: nearest(word, words).filter(|_| *word == class.value).map(CompactString::from),
                    });
                    return None;
                }
            }
        }
        Some(match (years.contains(&true), years.contains(&false)) {
            (true, true) => YearInNumber::Both,
            (true, false) => YearInNumber::Year,
            (false, _) => YearInNumber::None,
        })
    }
}

fn new_agency(abbr: &CompactString) -> AgencyEntry {
    AgencyEntry {
        abbr: abbr.clone(),
        variants: Vec::new(),
        vi: CompactString::default(),
        en: CompactString::default(),
        th: CompactString::default(),
        kind: AgencyKind::Agency,
        from: None,
        until: None,
        successor: None,
        source: CompactString::default(),
    }
}

fn new_type(abbr: &CompactString) -> TypeEntry {
    TypeEntry {
        abbr: abbr.clone(),
        variants: Vec::new(),
        vi: CompactString::default(),
        en: CompactString::default(),
        th: Vec::new(),
        th_seen: Vec::new(),
        th_wrong: Vec::new(),
        issuers: Vec::new(),
        issuers_are_all: false,
        year: YearInNumber::Both,
        year_is_laid_down: false,
        source: CompactString::default(),
    }
}

/// Other letters; those without diacritics are found by the letters themselves where nothing else differs.
fn variants(term: &DecreeTerm) -> impl Iterator<Item = CompactString> {
    let ascii = term.ascii.iter().filter(|ascii| key(ascii) != key(&term.abbr.value));
    ascii.chain(&term.variants).cloned()
}

fn extend(list: &mut Vec<CompactString>, more: impl Iterator<Item = CompactString>) {
    for text in more {
        if !list.contains(&text) {
            list.push(text);
        }
    }
}

fn set(field: &mut CompactString, value: Option<&CompactString>) {
    if let Some(value) = value {
        field.clone_from(value);
    }
}

fn year_in_number(word: &str) -> Option<YearInNumber> {
    Some(match word {
        "none" => YearInNumber::None,
        "year" => YearInNumber::Year,
        "both" => YearInNumber::Both,
        "assembly" => YearInNumber::Assembly,
        _ => return None,
    })
}

/// `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
fn partial_day(text: &str) -> Option<PartialDay> {
    let mut parts = text.split('-');
    let year = parts.next()?.parse().ok()?;
    let mut part = || parts.next().map_or(Some(0), |part| part.parse().ok());
    Some(PartialDay { year, month: part()?, day: part()? })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::recognise::decree::{DecreeFaultClass, find};
    use crate::text::marks::unmark;

    /// The table of a configuration in which the marked places, and no others, are misfits.
    fn table(marked: &str) -> DecreeTable {
        let (text, spans) = unmark(marked);
        let (config, faults) = Config::parse(&text).unwrap();
        assert!(faults.is_empty(), "{faults:?}");
        let (table, misfits) = DecreeTable::configured(&config.decrees, 2026);
        let mut found: Vec<_> = misfits.iter().map(|misfit| misfit.in_file(&text).span).collect();
        found.sort_unstable();
        assert_eq!(found, spans, "{misfits:?}");
        table
    }

    fn faults(text: &str, table: &DecreeTable) -> Vec<DecreeFaultClass> {
        find(text, table).iter().flat_map(|fact| &fact.faults).map(|fault| fault.kind.class()).collect()
    }

    #[test]
    fn nothing_said_is_the_built_in_table() {
        let table = table("");
        let builtin = DecreeTable::builtin(2026);
        assert_eq!((table.types(), table.agencies()), (builtin.types(), builtin.agencies()));
    }

    #[test]
    fn a_new_type_of_a_new_agency_is_read_and_judged() {
        let table = table(
            "[[decrees.type]]\nabbr = 'PLB'\nvi = 'Phiếu lưu bút'\nissuers = ['VKH']\nyear-in-number = 'year'\n\
             [[decrees.agency]]\nabbr = 'VKH'\nvi = 'Viện Khảo hạch'\nkind = 'ministry'\nfrom = 2010\nuntil = '2020-06'\n\
             successor = 'BNV'\n",
        );
        assert_eq!(faults("Phiếu lưu bút số 12/2015/PLB-VKH", &table), []);
        assert_eq!(faults("Phiếu lưu bút số 12/2022/PLB-VKH", &table), [DecreeFaultClass::AgencyNotExistingThen]);
        assert_eq!(faults("Phiếu lưu bút số 12/PLB-VKH", &table), [DecreeFaultClass::MissingYear]);
        assert_eq!(faults("Phiếu lưu bút số 12/2015/PLB-BTC", &table), [DecreeFaultClass::TypeNotAllowed]);
        let fact = &find("Phiếu lưu bút số 12/2015/PLB-VKH", &table)[0];
        assert_eq!(fact.type_word.as_ref().map(|word| word.types.to_vec()), Some(vec!["PLB".into()]));
        assert_eq!(fact.symbol.kind.as_deref(), Some("PLB"));
        assert_eq!(fact.symbol.agency.as_deref(), Some("VKH"));
    }

    #[test]
    fn what_is_not_said_of_a_built_in_entry_stays() {
        let table = table(
            "[[decrees.agency]]\nabbr = 'BTTTT'\nuntil = 2030-01-01\nvariants = ['BT&TT']\n\
             [[decrees.type]]\nabbr = 'QĐ'\nth-wrong = ['คำวินิจฉัย']\n",
        );
        let (_, agency) = table.agency("BT&TT").unwrap();
        assert_eq!((agency.abbr.as_str(), agency.successor.as_deref()), ("BTTTT", Some("BKHCN")));
        assert_eq!(faults("Thông tư 11/2026/TT-BTTTT", &table), []);
        assert_eq!(faults("คำวินิจฉัยที่ 12/QĐ-TTg", &table), [DecreeFaultClass::TypeWordMismatch]);
        assert_eq!(faults("คำวินิจฉัยที่ 12/QĐ-TTg", &DecreeTable::builtin(2026)), []);
        assert_eq!(faults("คำสั่งที่ 12/QĐ-TTg", &table), []);
    }

    #[test]
    fn an_agency_may_have_several_periods() {
        let table = table(
            "[[decrees.agency]]\nabbr = 'VKH'\nkind = 'ministry'\nuntil = 2005\n\
             [[decrees.agency]]\nabbr = 'VKH'\nkind = 'ministry'\nfrom = 2015\n",
        );
        assert_eq!(faults("Thông tư 01/2004/TT-VKH", &table), []);
        assert_eq!(faults("Thông tư 01/2010/TT-VKH", &table), [DecreeFaultClass::AgencyNotExistingThen]);
        assert_eq!(faults("Thông tư 01/2016/TT-VKH", &table), []);
    }

    #[test]
    fn what_cannot_be_used_is_told_at_its_place() {
        table("[[decrees.agency]]\nabbr = «'A/B'»");
        table("[[decrees.agency]]\nabbr = 'VKH'\nkind = «'minstry'»\nsuccessor = «'BTTTTT'»");
        table("[[decrees.agency]]\nabbr = 'VKH'\nfrom = 2020\nuntil = «2010-02-03»");
        table("[[decrees.type]]\nabbr = 'XĐ'\nclass = 'lnd+«amd»'\nissuers = ['TTg', «'TTgg'»]");
        table("[[decrees.type]]\nabbr = 'XĐ'\n[[decrees.type]]\nabbr = «'XĐ'»");
    }
}
