//! The law on who may issue which type, and when: the judgement of a symbol that was read.
//!
//! Deliberately absent: how a symbol is written, which [`parse`](super::parse) has judged already.

use compact_str::{CompactString, ToCompactString, format_compact};

use super::fault::{
    DecreeFault, DecreeFaultClass, IssuerAbsence, MissingPart, SymbolType, TypeContradiction, TypeRefusal,
};
use super::fold::key;
use super::letters::{distance, nearest_agency};
use super::near::{CitationLead, NearbyYears};
use super::parse::{SymbolReading, spelt};
use super::symbol::DecreeForm;
use super::table::{AgencyEntry, AgencyKind, DecreeTable, TypeEntry, YearInNumber};
use crate::recognise::profile::Language;

/// The first year a symbol may bear.
const FIRST_YEAR: i16 = 1945;
/// Until this year letters of issuers before those of types were still met in new symbols.
const FREE_ORDER_UNTIL: i16 = 2000;
/// Since this year normative symbols bear the year.
const UNIFORM_SINCE: i16 = 1997;

/// The verdict on an issuer that is in no table.
pub(super) enum UnknownIssuer {
    /// Nothing: most issuers of administrative documents are in no table.
    LetPass,
    /// It is a slip for this one.
    Meant(CompactString),
    /// It is wrong, and what is meant is not clear.
    Wrong,
}

/// Judges the letters in the place of the issuer of a `kind`.
pub(super) fn unknown_agency(word: &str, kind: &str, year: Option<i16>, table: &DecreeTable) -> UnknownIssuer {
    let length = word.chars().count();
    if is_local(word) && kind != "NĐ" {
        return UnknownIssuer::LetPass;
    }
    let may = |entry: &AgencyEntry| may_issue(kind, entry, year, table).is_none();
    let closed = matches!(kind, "NĐ" | "TT" | "PL");
    if closed {
        let most = if length >= 4 { 2 } else { 1 };
        let in_time =
            |entry: &AgencyEntry| may(entry) && is_ministry(entry) && year.is_none_or(|year| entry.existed_in(year));
        if let Some(right) = nearest_agency(word, table, most, in_time)
            .or_else(|| nearest_agency(word, table, most, |entry| may(entry) && is_ministry(entry)))
        {
            return UnknownIssuer::Meant(right);
        }
        // The list of those who issue circulars is complete for the years since the law of 2008.
        let complete = kind == "NĐ" || year.is_some_and(|year| year >= 2009);
        return if complete && year.is_some() { UnknownIssuer::Wrong } else { UnknownIssuer::LetPass };
    }
    if names_field_of_ministry(word, table) {
        return UnknownIssuer::LetPass;
    }
    if let Some(right) = doubled_letter(word, table).filter(|right| {
        table.agency(right).is_some_and(|(_, entry)| may(entry) && (is_high(entry) || entry.abbr == "TW"))
    }) {
        return UnknownIssuer::Meant(right);
    }
    if let Some(right) = misspelt_party_issuer(word, table).or_else(|| misspelt_ministry(word, kind, year, table)) {
        return UnknownIssuer::Meant(right);
    }
    let mixed = word.chars().any(char::is_lowercase);
    let slip = nearest_agency(word, table, 1, |entry| {
        let letters = key(&entry.abbr);
        let exchanged = letters.len() == length && is_permuted(&letters, &key(word));
        may(entry)
            && (letters.len() >= 5 && is_high(entry)
                || mixed && length <= 4 && is_high(entry)
                || letters.len() >= 4 && exchanged)
    });
    match slip {
        Some(right) => UnknownIssuer::Meant(right),
        None if kind == "KL" && length == 2 => UnknownIssuer::Wrong,
        None => UnknownIssuer::LetPass,
    }
}

/// Returns whether unknown letters look like those of a body below the ministries: departments (S for Sở) and People's
/// Committees of every sort (UBT, UBH). They are in no table and are never taken for a ministry.
fn is_local(word: &str) -> bool {
    let letters = key(word);
    letters.len() >= 3 && letters.starts_with('S') || letters.starts_with("UB") && letters.len() <= 4
}

/// Returns whether the letters are those of a ministry without the B of Bộ (ministry): a department of a province or a
/// district for the same field signs so (`QĐ-GTVT`, `CV-TNMT`).
fn names_field_of_ministry(word: &str, table: &DecreeTable) -> bool {
    let ministry = format_compact!("B{word}");
    table.agency(&ministry).is_some_and(|(canonical, entry)| canonical == ministry && is_ministry(entry))
}

/// The central body of the Party that `word` is one slip away from. No Vietnamese word has a W, so that one stands for
/// TW (Trung ương) wherever it is met.
fn misspelt_party_issuer(word: &str, table: &DecreeTable) -> Option<CompactString> {
    let is_central = |entry: &AgencyEntry| entry.kind == AgencyKind::Party && entry.abbr.ends_with("TW");
    if !word.contains('W') || !word.chars().all(char::is_uppercase) {
        return None;
    }
    // Letters too few for slips may still be those of one body in another order.
    let exchanged = table.agencies().iter().filter(|entry| is_central(entry));
    let exchanged = exchanged.map(|entry| &entry.abbr).find(|letters| is_permuted(&key(letters), &key(word)));
    exchanged.cloned().or_else(|| nearest_agency(word, table, 1, is_central))
}

/// The ministry with long letters that `word` is two slips away from: letters that long are no accident.
fn misspelt_ministry(word: &str, kind: &str, year: Option<i16>, table: &DecreeTable) -> Option<CompactString> {
    /// Of ministries with fewer letters too many other bodies are two slips away.
    const SHORTEST: usize = 6;
    let is_long = |letters: &str| letters.chars().count() >= SHORTEST && letters.starts_with('B');
    if !is_long(word) || !word.chars().all(char::is_uppercase) {
        return None;
    }
    let may = |entry: &AgencyEntry| may_issue(kind, entry, year, table).is_none();
    nearest_agency(word, table, 2, |entry| entry.kind == AgencyKind::Ministry && is_long(&entry.abbr) && may(entry))
}

/// The issuer of joint documents that `word` is one slip away from. Short letters are left alone: too many bodies that
/// are in no table sign joint documents.
pub(super) fn misspelt_joint_issuer(word: &str, table: &DecreeTable) -> Option<CompactString> {
    let is_plain = word.chars().all(char::is_uppercase) && word.chars().count() >= 5;
    if !is_plain || table.agency(word).is_some() || is_local(word) {
        return None;
    }
    nearest_agency(word, table, 1, is_ministry)
}

/// The type that the word in front names, if it names one alone and the issuer may issue it.
pub(super) fn type_by_word(
    lead: &CitationLead,
    issuer: &str,
    year: Option<i16>,
    table: &DecreeTable,
) -> Option<CompactString> {
    let [only] = &lead.type_word.as_ref()?.types[..] else { return None };
    let (canonical, _) = table.kind(only)?;
    let (_, agency) = table.agency(issuer)?;
    may_issue(canonical, agency, year, table).is_none().then(|| canonical.into())
}

/// The issuer written with one letter struck twice.
fn doubled_letter(word: &str, table: &DecreeTable) -> Option<CompactString> {
    let letters: Vec<char> = word.chars().collect();
    (1..letters.len()).filter(|&at| letters[at] == letters[at - 1]).find_map(|at| {
        let single: CompactString =
            letters.iter().enumerate().filter(|&(place, _)| place != at).map(|(_, letter)| *letter).collect();
        table.agency(&single).map(|(canonical, _)| canonical.into())
    })
}

fn is_permuted(a: &str, b: &str) -> bool {
    let sorted = |text: &str| {
        let mut bytes = text.as_bytes().to_vec();
        bytes.sort_unstable();
        bytes
    };
    sorted(a) == sorted(b)
}

fn is_ministry(entry: &AgencyEntry) -> bool {
    matches!(
        entry.kind,
        AgencyKind::Ministry
            | AgencyKind::Government
            | AgencyKind::Judiciary
            | AgencyKind::Audit
            | AgencyKind::Assembly
    )
}

fn is_high(entry: &AgencyEntry) -> bool {
    is_ministry(entry)
        || matches!(entry.kind, AgencyKind::Province | AgencyKind::President) && entry.abbr.chars().count() >= 4
}

/// Returns whether unknown letters before a known issuer are a slip in the type, and not a unit, a permit or a case
/// code.
pub(super) fn is_misspelt_type(word: &str, agency: &str, has_year: bool, table: &DecreeTable) -> bool {
    let Some((_, entry)) =
        table.agency(agency).or_else(|| agency.starts_with("QH").then(|| table.agency("QH")).flatten())
    else {
        return false;
    };
    let length = word.chars().count();
    if super::letters::is_permit(word) || length > 5 || entry.kind == AgencyKind::Agency {
        return false;
    }
    let near_type = table.types().iter().any(|kind| distance(&key(&kind.abbr), &key(word), 1).is_some());
    has_year && length >= 2 || (2..=4).contains(&length) && near_type && (is_high(entry) || entry.abbr.ends_with("TW"))
}

/// The reason why the issuer may not issue the type; `None` where it may. Where the configuration lists the issuers of
/// a type, the list alone decides.
fn may_issue(kind: &str, agency: &AgencyEntry, year: Option<i16>, table: &DecreeTable) -> Option<TypeRefusal> {
    match table.kind(kind) {
        Some((_, entry)) if entry.issuers_are_all => (!entry.is_issued_by(agency))
            .then(|| TypeRefusal::Configured { kind: kind.into(), issuers: entry.issuers.clone() }),
        _ => refusal(kind, agency, year),
    }
}

/// The reason why the issuer may not issue a type of the built-in table.
fn refusal(kind: &str, agency: &AgencyEntry, year: Option<i16>) -> Option<TypeRefusal> {
    use AgencyKind::{Assembly, Audit, Government, Judiciary, Ministry, Party, President, Province};
    let letters = &*agency.abbr;
    let recent = |since: i16| year.is_none_or(|year| year >= since);
    match kind {
        "NĐ" if letters != "CP" => Some(TypeRefusal::DecreeNotByGovernment),
        "PL" if letters != "UBTVQH" && letters != "HĐNN" => Some(TypeRefusal::OrdinanceNotByStandingCommittee),
        "TT" => match (agency.kind, letters) {
            (_, "CP") => Some(TypeRefusal::CircularByGovernment),
            (_, "TTg") if recent(UNIFORM_SINCE) => Some(TypeRefusal::CircularByPrimeMinister),
            (_, "HĐND") => Some(TypeRefusal::CircularByCouncil),
            (Province, _) if recent(2005) => Some(TypeRefusal::CircularByLocalBody),
            // Of the Party the same letters are a Thông tri.
            (Assembly | President, _) => Some(TypeRefusal::CircularByOther),
            _ => None,
        },
        "NQ" => match (agency.kind, letters) {
            (_, "TTg") => Some(TypeRefusal::ResolutionByPrimeMinister),
            (Ministry, _) => Some(TypeRefusal::ResolutionByMinistry),
            (President, _) => Some(TypeRefusal::ResolutionByPresident),
            (Province, "UBND") if year.is_some() => Some(TypeRefusal::ResolutionByCommittee),
            (Audit, _) => Some(TypeRefusal::ResolutionByAudit),
            _ => None,
        },
        "QĐ" => match (agency.kind, letters) {
            (_, "CP") if recent(UNIFORM_SINCE) => Some(TypeRefusal::DecisionByGovernment),
            (_, "HĐND") => Some(TypeRefusal::DecisionByCouncil { may_be_internal: year.is_none() }),
            (_, "HĐTP") => Some(TypeRefusal::DecisionByJustices),
            (Assembly, "QH" | "UBTVQH") => Some(TypeRefusal::DecisionByAssembly),
            _ => None,
        },
        "CT" => match letters {
            "CP" if recent(UNIFORM_SINCE) => Some(TypeRefusal::DirectiveByGovernment),
            "HĐND" => Some(TypeRefusal::DirectiveByCouncil),
            "HĐTP" => Some(TypeRefusal::DirectiveByJustices),
            _ => None,
        },
        "CĐ" if matches!(agency.kind, Party) && letters != "TW" || letters == "CP" => {
            Some(TypeRefusal::TelegramByOther)
        }
        "L" | "LCT" if matches!(agency.kind, Government | Ministry | Province | Judiciary) => {
            Some(TypeRefusal::OrderByOther)
        }
        _ => None,
    }
}

/// Judges year, legislature, issuer and completeness; completes or withdraws what can be decided.
pub(super) fn judge(reading: &mut SymbolReading, lead: &CitationLead, time: &NearbyYears<'_>, table: &DecreeTable) {
    if reading.form == DecreeForm::Historic && reading.year_text.is_none() {
        return;
    }
    year(reading, table);
    legislature(reading, table);
    issuer(reading, lead, time, table);
    missing_year(reading, lead, time, table);
    type_word(reading, lead, table);
}

fn push(reading: &mut SymbolReading, fault: DecreeFault) {
    if !has(reading, fault.class()) {
        reading.faults.push(fault);
    }
}

fn has(reading: &SymbolReading, class: DecreeFaultClass) -> bool {
    reading.faults.iter().any(|known| known.class() == class)
}

fn year(reading: &mut SymbolReading, table: &DecreeTable) {
    let Some(text) = reading.year_text.clone() else { return };
    let window = FIRST_YEAR..=table.current_year();
    let (fault, right) = match (text.len(), text.parse::<i32>().unwrap_or(0)) {
        (4, year) if window.contains(&(year as i16)) => return,
        (4, year) if (2488..=i32::from(table.current_year()) + 543).contains(&year) => {
            let meant = (year - 543) as i16;
            (DecreeFault::EraYear { meant }, Some(meant))
        }
        (4, year) if year > i32::from(table.current_year()) => (DecreeFault::FutureYear, None),
        (2, year) => {
            let year = year as i16;
            let mut readings = [1900 + year, 2000 + year].into_iter().filter(|year| window.contains(year));
            let meant = readings.next().filter(|_| readings.next().is_none());
            (DecreeFault::TwoDigitYear { meant }, meant)
        }
        (5, _) => {
            let meant = doubled_digit(&text).filter(|year| window.contains(year));
            (DecreeFault::ImpossibleYear { meant }, meant)
        }
        _ => (DecreeFault::ImpossibleYear { meant: None }, None),
    };
    push(reading, fault);
    reading.symbol.year = right;
    reading.decidable &= right.is_some();
    reading.year_text = right.map(|year| year.to_compact_string());
}

/// The year in five digits of which one was struck twice.
fn doubled_digit(text: &str) -> Option<i16> {
    let bytes = text.as_bytes();
    let at = (1..bytes.len()).rev().find(|&at| bytes[at] == bytes[at - 1])?;
    let mut single = text.to_owned();
    single.remove(at);
    single.parse().ok()
}

fn legislature(reading: &mut SymbolReading, table: &DecreeTable) {
    if reading.form != DecreeForm::Assembly {
        return;
    }
    let (Some(agency), Some(year)) = (reading.symbol.agency.clone(), reading.symbol.year) else { return };
    let letters = agency.trim_end_matches(|ch: char| ch.is_ascii_digit());
    let named: Option<u16> = agency[letters.len()..].parse().ok();
    let in_term = |number: u16| table.legislatures_of(year).any(|term| u16::from(term.number) == number);
    if named.is_some_and(in_term) {
        return;
    }
    let mut terms = table.legislatures_of(year);
    let right = terms.next().filter(|_| terms.next().is_none());
    if let Some(named) = named {
        let sat = u8::try_from(named).ok().and_then(|number| table.legislature(number));
        let term = sat.map(|term| (term.first_year, term.last_year));
        push(reading, DecreeFault::LegislatureMismatch { named, term });
    }
    match right {
        Some(term) => reading.symbol.agency = Some(format_compact!("{letters}{}", term.number)),
        None => reading.decidable = false,
    }
}

fn issuer(reading: &mut SymbolReading, lead: &CitationLead, time: &NearbyYears<'_>, table: &DecreeTable) {
    if reading.form == DecreeForm::Assembly || has(reading, DecreeFaultClass::UnknownType) {
        return;
    }
    let year = reading.symbol.year;
    let Some(first) = reading.issuers.first().cloned() else { return };
    if let (Some(kind), Some((_, agency))) = (reading.symbol.kind.clone(), table.agency(&first)) {
        if let Some(reason) = may_issue(&kind, agency, year, table)
            && (year.is_some() || !time.is_old())
        {
            push(reading, DecreeFault::TypeNotAllowed(reason));
            reading.meant = meant(&kind, agency, lead, year, table);
        }
        if matches!(&*kind, "TTLT" | "NQLT") && reading.issuers.len() < 2 {
            push(reading, DecreeFault::MissingPart(MissingPart::SecondIssuer));
            reading.decidable = false;
        }
    }
    let Some(year) = year else { return };
    let gone = reading.issuers.iter().find(|letters| {
        let mut periods = table.periods(letters).peekable();
        periods.peek().is_some() && !periods.any(|entry| entry.existed_in(year))
    });
    if let Some(letters) = gone.cloned() {
        push(reading, DecreeFault::AgencyNotExistingThen(Box::new(absence(&letters, year, table))));
    }
}

/// Type and issuer that are meant by a type its issuer may not issue, where the word in front and the law leave one
/// pair.
fn meant(
    kind: &str,
    agency: &AgencyEntry,
    lead: &CitationLead,
    year: Option<i16>,
    table: &DecreeTable,
) -> Option<(CompactString, CompactString)> {
    let named = lead.type_word.as_ref().map_or(&[][..], |word| &word.types[..]);
    let says = |letters: &str| named.is_empty() || named.iter().any(|named| named == letters);
    let issuer = &agency.abbr;
    match (kind, issuer.as_str()) {
        // The Council of Justices issues resolutions only.
        (_, "HĐTP") if says("NQ") => Some(("NQ".into(), issuer.clone())),
        // What is called a decision or a directive of the Government is the Prime Minister's.
        ("QĐ" | "CT", "CP") if says(kind) => Some((kind.into(), "TTg".into())),
        // The Prime Minister signs decrees for the Government.
        ("NĐ", "TTg") if named.len() == 1 && says("NĐ") => Some(("NĐ".into(), "CP".into())),
        _ => type_by_word(lead, issuer, year, table).filter(|word| word != kind).map(|word| (word, issuer.clone())),
    }
}

/// The absence of an issuer in `year`.
pub(super) fn absence(letters: &str, year: i16, table: &DecreeTable) -> IssuerAbsence {
    let entry = table.periods(letters).next();
    IssuerAbsence {
        letters: letters.into(),
        year,
        from: entry.and_then(|entry| entry.from),
        until: entry.and_then(|entry| entry.until),
        successor: entry.and_then(|entry| entry.successor.clone()),
    }
}

fn missing_year(reading: &mut SymbolReading, lead: &CitationLead, time: &NearbyYears<'_>, table: &DecreeTable) {
    if reading.year_text.is_some()
        || reading.symbol.year.is_some()
        || has_year_fault(reading)
        || has(reading, DecreeFaultClass::MissingNumber)
    {
        return;
    }
    let normative = match reading.symbol.kind.as_deref() {
        Some(kind) => reading.form != DecreeForm::Party && bears_year(kind, table),
        None => reading.form == DecreeForm::Assembly,
    };
    // A joint circular or a circular by a body that ended before 1997 needs none; nor does one the text dates so.
    if normative
        && !has(reading, DecreeFaultClass::UnknownType)
        && (reading.certain || lead.announces())
        && !time.is_old()
    {
        push(reading, DecreeFault::MissingYear);
    }
}

/// Returns whether every symbol of a type holds the year.
fn bears_year(kind: &str, table: &DecreeTable) -> bool {
    match table.kind(kind) {
        Some((_, entry)) if entry.year_is_laid_down => {
            matches!(entry.year, YearInNumber::Year | YearInNumber::Assembly)
        }
        _ => matches!(kind, "NĐ" | "TT" | "PL" | "TTLT" | "NQLT"),
    }
}

fn has_year_fault(reading: &SymbolReading) -> bool {
    [
        DecreeFaultClass::EraYear,
        DecreeFaultClass::FutureYear,
        DecreeFaultClass::TwoDigitYear,
        DecreeFaultClass::ImpossibleYear,
    ]
    .iter()
    .any(|&fault| has(reading, fault))
}

fn type_word(reading: &mut SymbolReading, lead: &CitationLead, table: &DecreeTable) {
    let Some(word) = &lead.type_word else { return };
    if has(reading, DecreeFaultClass::UnknownType) || lead.weak && !lead.number_word {
        return;
    }
    // The order of letters was free before 1997 and for some years after: TC may be a communiqué or the Ministry of
    // Finance. Laws of the Council of State bear the number of its order (`37-LCT/HĐNN8`).
    let is_council = reading.issuers.first().is_some_and(|letters| letters.starts_with("HĐNN"));
    if reading.symbol.year.is_some_and(|year| year < FREE_ORDER_UNTIL) || is_council {
        return;
    }
    // Letters of a type that were those of a body as well (TC: Bộ Tài chính, KH: Ủy ban Kế hoạch), before a unit.
    if !reading.certain && matches!(reading.symbol.kind.as_deref(), Some("TC" | "KH" | "CT")) {
        return;
    }
    let kind = reading.symbol.kind.as_deref();
    let chamber = reading.issuers.first().map_or("", |letters| letters);
    let allowed: &[&str] = match (reading.form, kind, chamber) {
        (DecreeForm::Assembly, None, "UBTVQH") => &["PL", "NQ"],
        (DecreeForm::Assembly, None, _) => &["L", "NQ", "HP"],
        // Letters have no type, and reports, submissions, plans are sent as letters. Circulars and directives of old
        // named the issuer first (`12/BTC-TCT`), which looks the same.
        (DecreeForm::Letter, ..) if word.types.iter().any(|named| !is_never_letter(named, lead.language)) => return,
        (DecreeForm::Letter, ..) => &["LETTER", "CV", "CĐ", "TB"],
        (_, Some(kind), _) => &[kind],
        _ => return,
    };
    let wrong_word =
        || kind.and_then(|kind| table.kind(kind)).is_some_and(|(_, entry)| is_wrong(entry, word.surface.as_str()));
    let contradicts = !word.types.is_empty()
        && !word.types.iter().any(|named| allowed.iter().any(|allowed| goes_with(named, allowed)));
    if contradicts || wrong_word() {
        let spelt = |letters: &str| {
            let (_, entry) = table.kind(letters)?;
            Some(SymbolType { letters: letters.into(), vi: entry.vi.clone(), en: entry.en.clone() })
        };
        let contradiction =
            TypeContradiction { word: word.surface.clone(), named: word.types.clone(), symbol: kind.and_then(spelt) };
        push(reading, DecreeFault::TypeWordMismatch(Box::new(contradiction)));
        // The reference itself is well formed: which of the two is wrong, nobody can tell from here.
    }
}

/// Returns whether a word for the type cannot stand before the symbol of an official letter.
fn is_never_letter(named: &str, language: Language) -> bool {
    matches!(named, "NĐ" | "NQ" | "PL" | "L" | "HP" | "QĐ")
        || language != Language::Vietnamese && matches!(named, "TT" | "CT" | "TTLT" | "KL")
}

fn is_wrong(entry: &TypeEntry, surface: &str) -> bool {
    let first = |text: &str| text.chars().find_map(super::fold::bare).map(|letter| letter.to_ascii_lowercase());
    if entry.th_wrong.iter().all(|wrong| first(wrong) != first(surface)) {
        return false;
    }
    let surface = super::fold::phrase(surface);
    entry.th_wrong.iter().any(|wrong| super::fold::phrase(wrong) == surface)
}

/// Returns whether a word for type `named` may stand before a symbol of type `written`.
fn goes_with(named: &str, written: &str) -> bool {
    named == written
        || match (named, written) {
            // A joint document is loosely called by the simple name, not the reverse.
            ("TT", "TTLT" | "TTLB" | "TTLN") | ("NQ", "NQLT" | "NQLN") => true,
            ("TTLT" | "TTLB" | "TTLN", "TTLT" | "TTLB" | "TTLN") => true,
            // Conclusions of meetings are notified.
            ("KL", "TB") | ("TB", "KL") => true,
            (_, "VBHN" | "TTHN") => true,
            _ => family(named) == family(written),
        }
}

/// The simple type that special ones are of.
fn family(letters: &str) -> &str {
    match letters {
        "QĐNS" | "QĐi" | "QyĐ" => "QĐ",
        "L-CTN" | "LCT" | "LCTN" => "L",
        "QCPH" | "QCLT" | "QCLN" => "QC",
        "CTPH" | "CTrPH" | "CTHĐ" => "CTr",
        "KHPH" | "KHLT" | "KHLN" => "KH",
        "HDLN" | "HDLT" | "HĐ" => "HD",
        "ĐA" => "DA",
        "KLTTr" => "KL",
        other => other,
    }
}

/// The whole symbol with the type and the issuer that were meant.
pub(super) fn meant_form(reading: &SymbolReading) -> Option<CompactString> {
    let (kind, agency) = reading.meant.as_ref()?;
    let units = reading.symbol.agency.as_deref().and_then(|letters| letters.split_once('-'));
    let agency = units.map_or_else(|| agency.clone(), |(_, units)| format_compact!("{agency}-{units}"));
    let year = reading.year_text.as_deref();
    Some(spelt(&reading.symbol.number, year, Some(kind), Some(&agency), reading.form))
}

/// The whole symbol as it should be written, where that can be decided.
pub(super) fn right_form(reading: &SymbolReading) -> Option<CompactString> {
    if !reading.decidable || reading.symbol.number.trim_start_matches('0').is_empty() {
        return None;
    }
    if reading.verbatim && reading.form != DecreeForm::Assembly {
        return Some(reading.symbol.reference.clone());
    }
    let symbol = &reading.symbol;
    Some(spelt(
        &symbol.number,
        reading.year_text.as_deref(),
        symbol.kind.as_deref(),
        symbol.agency.as_deref(),
        reading.form,
    ))
}
