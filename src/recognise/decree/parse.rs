//! From a chain to a symbol: number, year, type, issuer, and how each is written.
//!
//! The grammars differ in their separators and in what may be left out, but all begin with the number and end with
//! the issuer. So the parts are read first, whatever joins them; then the form is decided; then every join is held
//! against what that form wants ([`Draft::joins`]). Whether the issuer may do what it does is the business of
//! [`check`](super::check).

use compact_str::{CompactString, format_compact};
use smallvec::SmallVec;

use super::letters::{self, Chamber, Known, chamber, digits};
use super::lex::{Chain, Join, JoinKind, quirk};
use super::near::Lead;
use super::table::{AgencyKind, Table};
use super::{Fault, Form, Symbol};

/// Most digits of a number, leading zeros apart.
const LONGEST_NUMBER: usize = 6;
/// Most words looked at for one symbol.
const MOST_WORDS: usize = 16;

/// What was read.
#[derive(Debug)]
pub(super) struct Reading {
    /// Glyphs of the chain.
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) symbol: Symbol,
    pub(super) form: Form,
    /// The year as written, where the symbol has digits in its place.
    pub(super) year_text: Option<CompactString>,
    /// What is wrong, with the detail of the class.
    pub(super) faults: Faults,
    /// Whether the parts, put together as they should be, are the right form.
    pub(super) decidable: bool,
    /// Whether type and issuer are both known.
    pub(super) certain: bool,
    /// The issuer without its unit, or all issuers of a joint document.
    pub(super) issuers: SmallVec<[CompactString; 2]>,
    /// Whether it counts as a mention.
    pub(super) mention: bool,
    /// Glyphs of the words glued to its front and its back.
    pub(super) glued: [Option<(usize, usize)>; 2],
}

pub(super) type Faults = SmallVec<[(Fault, CompactString); 2]>;

/// A word of the chain, or a piece of one.
#[derive(Clone, Debug)]
struct Part {
    from: usize,
    to: usize,
    text: CompactString,
    join: Join,
}

/// What should stand in a join.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wanted {
    Slash,
    Hyphen,
    /// As written: historic forms.
    Any,
}

/// Reads a symbol that begins with word `at` of the chain.
pub(super) fn read(chain: &Chain, at: usize, lead: &Lead, old: bool, table: &Table) -> Option<Reading> {
    let mut draft = Draft::new(chain, at, lead, old, table);
    draft.number()?;
    draft.year();
    let reading = draft.letters()?;
    draft.close(reading)
}

/// Reads a symbol whose number is missing: the chain begins with a slash.
pub(super) fn read_numberless(chain: &Chain, at: usize, lead: &Lead, table: &Table) -> Option<Reading> {
    if chain.joins[at].kind != JoinKind::Slash || chain.joins[at].doubled || chain.joins[at].stray_dot {
        return None;
    }
    let mut draft = Draft::new(chain, at, lead, false, table);
    draft.year();
    let parts = draft.letters().filter(|parts| parts.certain && parts.kind.is_some())?;
    draft.faults.push((Fault::MissingNumber, CompactString::default()));
    let mut reading = draft.close(parts)?;
    // The slash belongs to what is underlined.
    reading.from = chain.glyphs[..reading.from].iter().rposition(|glyph| glyph.ch == '/').unwrap_or(reading.from);
    reading.decidable = false;
    reading.mention = false;
    Some(reading)
}

struct Draft<'a> {
    chain: &'a Chain,
    lead: &'a Lead,
    old: bool,
    table: &'a Table,
    parts: SmallVec<[Part; 8]>,
    /// The part that is read next.
    next: usize,
    /// Parts of the number: a decimal one has two.
    number_parts: usize,
    number: CompactString,
    year_text: Option<CompactString>,
    wanted: SmallVec<[(usize, Wanted); 8]>,
    faults: Faults,
    glued: [Option<(usize, usize)>; 2],
}

/// The letters of a symbol, understood.
struct Letters {
    form: Form,
    kind: Option<CompactString>,
    agency: Option<CompactString>,
    issuers: SmallVec<[CompactString; 2]>,
    certain: bool,
    decidable: bool,
    mention: bool,
    /// Historic forms keep their own separators.
    verbatim: bool,
}

impl Letters {
    fn new(form: Form) -> Self {
        Self {
            form,
            kind: None,
            agency: None,
            issuers: SmallVec::new(),
            certain: false,
            decidable: true,
            mention: true,
            verbatim: false,
        }
    }
}

impl<'a> Draft<'a> {
    fn new(chain: &'a Chain, at: usize, lead: &'a Lead, old: bool, table: &'a Table) -> Self {
        let until = chain.words.len().min(at + MOST_WORDS);
        let parts = (at..until)
            .map(|at| {
                let word = &chain.words[at];
                Part { from: word.from, to: word.to, text: word.text.clone(), join: chain.joins[at] }
            })
            .collect();
        Self {
            chain,
            lead,
            old,
            table,
            parts,
            next: 0,
            number_parts: 0,
            number: CompactString::default(),
            year_text: None,
            wanted: SmallVec::new(),
            faults: SmallVec::new(),
            glued: [None; 2],
        }
    }

    fn fault(&mut self, fault: Fault, detail: impl Into<CompactString>) {
        if self.faults.iter().all(|(known, _)| *known != fault) {
            self.faults.push((fault, detail.into()));
        }
    }

    /// Cuts part `at` behind its first `length` characters; the pieces are joined by nothing.
    fn split(&mut self, at: usize, length: usize) {
        let part = &mut self.parts[at];
        let Some((cut, _)) = part.text.char_indices().nth(length) else { return };
        let rest = Part {
            from: part.from + length,
            to: part.to,
            text: part.text[cut..].into(),
            join: Join {
                kind: JoinKind::None,
                doubled: false,
                stray_dot: false,
                space_before: false,
                space_after: false,
            },
        };
        part.text.truncate(cut);
        part.to = rest.from;
        self.parts.insert(at + 1, rest);
    }

    /// Cuts off the word glued behind the first `length` characters of part `at`, and with it all that follows.
    fn cut(&mut self, at: usize, length: usize) {
        self.split(at, length);
        let word = self.parts[at + 1].clone();
        self.parts.truncate(at + 1);
        self.glued[1] = Some((word.from, word.to));
        self.fault(Fault::GluedWord, word.text);
    }

    /// The part `at` if its join may stand inside a symbol.
    fn part(&self, at: usize) -> Option<&Part> {
        self.parts.get(at).filter(|part| match part.join.kind {
            JoinKind::Slash | JoinKind::Hyphen | JoinKind::None => true,
            JoinKind::Dot | JoinKind::Colon | JoinKind::Underscore | JoinKind::Backslash => !part.join.spaced(),
            JoinKind::Plus | JoinKind::Mixed => false,
        })
    }

    fn text(&self, at: usize) -> &str {
        self.part(at).map_or("", |part| &part.text)
    }

    fn join(&self, at: usize) -> Option<Join> {
        self.part(at).map(|part| part.join)
    }

    // ---- number and year ----

    fn number(&mut self) -> Option<()> {
        let first = &self.parts[0].text;
        // A word glued to the front: `số752/…`.
        if first.starts_with(char::is_alphabetic) {
            let letters = first.chars().take_while(|ch| ch.is_alphabetic()).count();
            let rest = first.chars().skip(letters);
            let is_word = letters >= 2 && is_lead_word(first.chars().take(letters));
            if is_word && rest.clone().next().is_some() && rest.clone().all(|ch| ch.is_ascii_digit()) {
                self.split(0, letters);
                let word = self.parts.remove(0);
                self.glued[0] = Some((word.from, word.to));
                self.fault(Fault::GluedWord, word.text);
            } else if digits(first, false).is_none()
                && !(is_like_digits(first) && digits(self.text(1), false).is_some())
            {
                return None;
            }
        }
        // Letters glued behind: `752QĐ-TTg`.
        let first = &self.parts[0].text;
        let leading = first.chars().take_while(char::is_ascii_digit).count();
        let length = first.chars().count();
        if leading > 0 && length >= leading + 2 && digits(first, false).is_none() {
            self.split(0, leading);
        }
        let first = &self.parts[0].text;
        let (plain, suffix) = split_suffix(first);
        let (plain, confused) = digits(plain, true)?;
        if confused {
            self.fault(Fault::LetterForDigit, first.clone());
        }
        let mut number = trimmed_zeros(&plain);
        if number != plain {
            self.faults.push((Fault::NumberShape, plain.clone()));
        } else if plain.trim_start_matches('0').is_empty() {
            self.faults.push((Fault::NumberShape, plain.clone()));
        }
        if plain.trim_start_matches('0').len() > LONGEST_NUMBER || plain.len() > LONGEST_NUMBER + 4 {
            return None;
        }
        number.extend(suffix);
        self.next = 1;
        // A decimal part: `66.25/2026/NQ-CP`; elsewhere the dot is a stray one.
        if self.join(1).is_some_and(|join| join.kind == JoinKind::Dot && !join.doubled)
            && self.text(1).len() <= 3
            && self.text(1).chars().all(|ch| ch.is_ascii_digit())
            && self.join(2).is_some_and(Join::is_bar)
        {
            let part = self.text(1).to_owned();
            let is_government = self.parts.iter().skip(2).any(|part| part.text == "CP");
            if is_government && part.len() <= 2 {
                number = format_compact!("{number}.{part}");
            } else {
                number.push_str(&part);
                self.fault(Fault::NumberShape, format_compact!("{plain}.{part}"));
            }
            self.next = 2;
        }
        self.number_parts = self.next;
        // The number twice: `30/30/2020/NĐ-CP`.
        if digits(self.text(self.next), false).is_some_and(|(text, _)| text == plain)
            && digits(self.text(self.next + 1), false).is_some_and(|(text, _)| text.len() == 4)
        {
            self.fault(Fault::DuplicatePart, plain);
            self.want(self.next, Wanted::Slash);
            self.next += 1;
        }
        self.number = number;
        Some(())
    }

    fn year(&mut self) {
        let at = self.next;
        let text = self.text(at);
        let leading = text.chars().take_while(char::is_ascii_digit).count();
        // Letters glued behind: `30/2020NĐ-CP`.
        if leading == 4 && text.len() > 5 && digits(text, false).is_none() {
            self.split(at, leading);
        }
        let Some(part) = self.part(at) else { return };
        let is_year = digits(&part.text, false)
            .or_else(|| is_like_digits(&part.text).then(|| digits(&part.text, true)).flatten());
        let Some((year, confused)) = is_year.filter(|(year, _)| year.len() <= 6) else { return };
        if self
            .part(at + 1)
            .is_none_or(|next| !next.text.starts_with(char::is_alphabetic) && digits(&next.text, false).is_none())
        {
            return;
        }
        if confused {
            self.fault(Fault::LetterForDigit, part.text.clone());
        }
        self.want(at, Wanted::Slash);
        self.next = at + 1;
        if self.text(at + 1) == year && self.part(at + 2).is_some() {
            self.fault(Fault::DuplicatePart, year.clone());
            self.want(at + 1, Wanted::Slash);
            self.next += 1;
        }
        self.year_text = Some(year);
    }

    fn want(&mut self, at: usize, wanted: Wanted) {
        self.wanted.push((at, wanted));
    }

    // ---- letters ----

    fn letters(&mut self) -> Option<Letters> {
        let at = self.next;
        let first = self.part(at)?.clone();
        if first.join.kind == JoinKind::None && at > 0 && first.from == self.parts[at - 1].to {
            // Glued to the digits: only for letters that are certainly a type.
            self.table.kind(&first.text)?;
        }
        if let Some(found) = chamber(&first.text) {
            return self.assembly(at, found, None);
        }
        let kind = letters::kind(&first.text, self.table);
        let agency = letters::agency(&first.text, self.table);
        if let Some(kind) = kind {
            if let Some(letters) = self.historic_triple(at, &kind) {
                return Some(letters);
            }
            return self.typed(at, kind);
        }
        if let Some(agency) = agency {
            return self.issuer_first(at, agency);
        }
        if let Some(length) = fused(&first.text, self.table) {
            self.split(at, length);
            let kind = letters::kind(self.text(at), self.table)?;
            return self.typed(at, kind);
        }
        self.unknown_first(at)
    }

    /// Symbols that begin with a type.
    fn typed(&mut self, at: usize, kind: Known) -> Option<Letters> {
        self.want(at, Wanted::Slash);
        self.spell(at, &kind);
        let mut next = at + 1;
        if self.part(next).is_some_and(|part| part.join.is_bar() && same_type(&part.text, &kind.canonical, self.table))
            && self.part(next + 1).is_some()
        {
            self.fault(Fault::DuplicatePart, kind.canonical.clone());
            self.want(next, Wanted::Any);
            next += 1;
        }
        let issuer = self.part(next).filter(|part| part.text.starts_with(char::is_alphanumeric)).cloned();
        let Some(issuer) = issuer else { return self.type_only(at, kind) };
        if matches!(&*kind.canonical, "NQ" | "PL" | "L" | "NQLT" | "LCT")
            && let Some(found) = chamber(&issuer.text)
        {
            return self.assembly(next, found, Some(kind));
        }
        // `L-CTN` is a type of its own name in the table; the parts are read apart.
        let mut letters = match letters::agency(&issuer.text, self.table) {
            Some(agency) => {
                self.spell(next, &agency);
                let mut letters = Letters::new(Form::Administrative);
                letters.certain = true;
                letters.issuers.push(agency.canonical.clone());
                letters.agency = Some(agency.canonical);
                letters
            }
            None => self.unknown_issuer(next, &kind)?,
        };
        let issuer_letters = letters.agency.clone().unwrap_or_default();
        let joint = matches!(&*kind.canonical, "TTLT" | "NQLT" | "TTLB" | "TTLN" | "NQLN");
        let last = self.units(next, &mut letters, joint);
        let (slash_first, party) = self.order(at, next, &issuer_letters);
        letters.form = if joint {
            Form::Joint
        } else if party {
            Form::Party
        } else if kind.canonical == "L" {
            Form::Order
        } else if self.year_text.is_some() {
            Form::Normative
        } else {
            Form::Administrative
        };
        self.wanted.retain(|(part, _)| *part != at);
        self.hold_order(at, next, slash_first, party, &mut letters);
        self.next = last + 1;
        letters.kind = Some(kind.canonical);
        Some(letters)
    }

    /// Which way round the separators stand (whether the slash comes first, where that can be told), and whether the
    /// Party's way is wanted.
    fn order(&self, at: usize, issuer: usize, letters: &str) -> (Option<bool>, bool) {
        let kind_at = |at: usize| self.parts[at].join.kind;
        let slash_first = match (kind_at(at), kind_at(issuer)) {
            (JoinKind::Slash, JoinKind::Hyphen) => Some(true),
            (JoinKind::Hyphen, JoinKind::Slash) => Some(false),
            _ => None,
        };
        let party = match self.table.agency(letters).map(|(_, entry)| entry.kind) {
            Some(AgencyKind::Party) => true,
            // Committees and those nobody knows write either way.
            Some(AgencyKind::Committee | AgencyKind::Mass) | None => {
                slash_first == Some(false) && self.year_text.is_none()
            }
            Some(_) => false,
        };
        (slash_first, party)
    }

    /// Holds the two separators against the order the form wants.
    fn hold_order(&mut self, at: usize, issuer: usize, slash_first: Option<bool>, party: bool, letters: &mut Letters) {
        let joint_slash = letters.form == Form::Joint && self.parts[issuer].join.kind == JoinKind::Slash;
        let old_style = self.year_text.is_none() && (self.old || self.is_historic(&letters.issuers));
        let both_slashes =
            self.parts[at].join.kind == JoinKind::Slash && self.parts[issuer].join.kind == JoinKind::Slash;
        if !party && old_style && (slash_first == Some(false) || both_slashes) || joint_slash {
            // `12-TT/LB`, `15/QĐ/BTC` of the time, `TTLT/BTC-BTP`: kept as they are.
            self.want(at, Wanted::Any);
            self.want(issuer, Wanted::Any);
            letters.verbatim = true;
            if !joint_slash {
                letters.form = Form::Historic;
            }
            return;
        }
        if slash_first == Some(party) {
            self.fault(Fault::SwappedSeparators, if party { "party" } else { "state" });
            self.want(at, Wanted::Any);
            self.want(issuer, Wanted::Any);
        } else if party {
            self.want(at, Wanted::Hyphen);
            self.want(issuer, Wanted::Slash);
        } else {
            self.want(at, Wanted::Slash);
            self.want(issuer, Wanted::Hyphen);
        }
    }

    /// `1141-TC/QĐ/CĐKT`: issuer, type, unit, before 1997.
    fn historic_triple(&mut self, at: usize, first: &Known) -> Option<Letters> {
        let unit = self.part(at + 2)?.clone();
        let kind = letters::kind(self.text(at + 1), self.table)?;
        let is_historic = self.year_text.is_none()
            && self.parts[at].join.is_bar()
            && self.parts[at + 1].join.kind == JoinKind::Slash
            && unit.join.is_bar()
            && !unit.join.spaced()
            && matches!(&*kind.canonical, "QĐ" | "TT" | "CT" | "NĐ" | "NQ" | "TTLB")
            && first.canonical != kind.canonical
            && unit.text.chars().all(char::is_uppercase);
        if !is_historic {
            return None;
        }
        let mut letters = Letters::new(Form::Historic);
        letters.agency = Some(format_compact!("{}-{}", self.parts[at].text, unit.text));
        letters.kind = Some(kind.canonical);
        letters.verbatim = true;
        for at in at..at + 3 {
            self.want(at, Wanted::Any);
        }
        self.next = at + 3;
        Some(letters)
    }

    /// Laws and resolutions of the National Assembly and its Standing Committee.
    fn assembly(&mut self, at: usize, found: Chamber, kind: Option<Known>) -> Option<Letters> {
        let mut letters = Letters::new(Form::Assembly);
        letters.certain = true;
        let mut last = at;
        let mut number = found.number;
        if number.is_none() {
            // `QH 13` or `QH-13`.
            let ordinal = self.part(at + 1).filter(|part| part.join.kind == JoinKind::Hyphen && !part.join.doubled);
            if let Some((ordinal, _)) =
                ordinal.and_then(|part| digits(&part.text, false)).filter(|(text, _)| text.len() <= 2)
            {
                number = ordinal.parse().ok();
                self.fault(Fault::WrongSeparator, "-");
                last = at + 1;
            }
        }
        self.spell(at, &found.known);
        match &kind {
            Some(kind) => {
                self.want(at - 1, Wanted::Slash);
                self.want(at, Wanted::Hyphen);
                letters.kind = Some(kind.canonical.clone());
            }
            None => self.want(at, Wanted::Slash),
        }
        if number.is_none() {
            if self.year_text.is_none() && !self.lead.announces() {
                return None;
            }
            self.fault(Fault::MissingPart, "legislature");
            letters.mention = false;
        }
        if self.year_text.is_none()
            && !self.lead.announces()
            && kind.is_none()
            && number.is_none_or(|number| number > 30)
        {
            return None;
        }
        let agency: CompactString = match number {
            Some(number) => format_compact!("{}{number}", found.letters),
            None => found.letters.into(),
        };
        letters.issuers.push(found.letters.into());
        letters.agency = Some(agency);
        if kind.as_ref().is_some_and(|kind| kind.canonical == "NQLT") {
            letters.form = Form::Joint;
            last = self.units(last, &mut letters, true);
        }
        self.next = last + 1;
        Some(letters)
    }

    /// Symbols that begin with an issuer: letters, exchanged parts, historic and incomplete ones.
    fn issuer_first(&mut self, at: usize, agency: Known) -> Option<Letters> {
        self.want(at, Wanted::Slash);
        let following =
            self.part(at + 1).filter(|part| !part.join.doubled && part.join.kind != JoinKind::None).cloned();
        if let Some(part) = &following {
            if part.join.is_bar()
                && let Some(kind) = letters::kind(&part.text, self.table)
                && self.is_exchanged(&kind.canonical, &agency.canonical, &part.text)
            {
                return Some(self.exchanged(at, agency, kind));
            }
            let is_letter = part.join.kind == JoinKind::Hyphen
                && !part.join.spaced()
                && is_unit(&part.text)
                && self.year_text.is_none();
            let is_sure = agency.canonical.chars().count() >= 3 || self.lead.announces();
            let slash_first = self.parts[at].join.kind == JoinKind::Slash;
            if is_letter && is_sure && slash_first && !agency.digit_for_letter {
                self.spell(at, &agency);
                let mut letters = Letters::new(Form::Letter);
                letters.certain = true;
                letters.issuers.push(agency.canonical.clone());
                letters.agency = Some(agency.canonical);
                self.next = self.units(at, &mut letters, false) + 1;
                return Some(letters);
            }
        }
        self.issuer_only(at, agency)
    }

    /// Whether `KIND` behind `AGENCY` is the type in the wrong place and not a unit of that name.
    fn is_exchanged(&self, kind: &str, agency: &str, written: &str) -> bool {
        if self.table.agency(written).is_some() && self.year_text.is_none() {
            return false;
        }
        let normative = matches!(kind, "NĐ" | "QĐ" | "NQ" | "TTLT" | "PL");
        self.year_text.is_some()
            || normative
            || (letters::is_party(agency, self.table) && matches!(kind, "CT" | "KL" | "HD" | "TB"))
    }

    fn exchanged(&mut self, at: usize, agency: Known, kind: Known) -> Letters {
        self.spell(at, &agency);
        self.spell(at + 1, &kind);
        self.fault(Fault::SwappedTypeAgency, format_compact!("{} {}", kind.canonical, agency.canonical));
        self.wanted.retain(|(part, _)| *part != at);
        self.want(at, Wanted::Any);
        self.want(at + 1, Wanted::Any);
        self.next = at + 2;
        let party = letters::is_party(&agency.canonical, self.table);
        let mut letters = Letters::new(match (party, self.year_text.is_some()) {
            (true, _) => Form::Party,
            (false, true) => Form::Normative,
            (false, false) => Form::Administrative,
        });
        letters.certain = true;
        letters.issuers.push(agency.canonical.clone());
        letters.agency = Some(agency.canonical);
        letters.kind = Some(kind.canonical);
        letters
    }

    /// `91-HĐBT`, `12/CP`: right before 1997, later a symbol without its type.
    fn issuer_only(&mut self, at: usize, agency: Known) -> Option<Letters> {
        let join = self.parts[at].join;
        if !join.is_bar() || join.spaced() && !self.lead.announces() {
            return None;
        }
        self.next = at + 1;
        self.spell(at, &agency);
        let mut letters = Letters::new(Form::Historic);
        letters.certain = true;
        letters.issuers.push(agency.canonical.clone());
        let canonical = agency.canonical;
        letters.agency = Some(canonical.clone());
        letters.verbatim = true;
        let typed = self.lead.type_word.is_some();
        if self.year_text.is_some() {
            if join.kind != JoinKind::Slash || self.parts[0].join.kind == JoinKind::Colon || self.number_parts > 1 {
                return None;
            }
            letters.verbatim = false;
            letters.mention = false;
            letters.decidable = false;
            self.fault(Fault::MissingPart, "type");
            return Some(letters);
        }
        let historic = self.is_historic(&letters.issuers);
        if historic || (typed || self.lead.number_word) && self.old {
            self.wanted.retain(|(part, _)| *part != at);
            self.want(at, Wanted::Any);
            return (historic || typed || self.lead.number_word).then_some(letters);
        }
        if !typed {
            return None;
        }
        // `Nghị định 64/CP` is the common way to cite one of 1993, date or no date.
        if canonical == "CP" || !matches!(&*canonical, "TTg" | "TW" | "CTN") {
            self.wanted.retain(|(part, _)| *part != at);
            self.want(at, Wanted::Any);
            return Some(letters);
        }
        letters.verbatim = false;
        letters.decidable = false;
        letters.mention = false;
        self.fault(Fault::MissingPart, "type");
        Some(letters)
    }

    /// A type and nothing behind it.
    fn type_only(&mut self, at: usize, kind: Known) -> Option<Letters> {
        let join = self.parts[at].join;
        if !(self.lead.announces() || self.year_text.is_some()) || !join.is_bar() {
            return None;
        }
        // A word of the line, not letters of a symbol.
        if self.parts[at].text.chars().all(char::is_lowercase) || kind.digit_for_letter {
            return None;
        }
        if self.year_text.is_none() && self.old {
            return None;
        }
        self.next = at + 1;
        let mut letters = Letters::new(Form::Administrative);
        letters.kind = Some(kind.canonical);
        letters.decidable = false;
        letters.mention = false;
        self.fault(Fault::MissingPart, "issuer");
        Some(letters)
    }

    /// An issuer nobody knows behind a known type: most issuers of administrative documents are not in any table.
    fn unknown_issuer(&mut self, at: usize, kind: &Known) -> Option<Letters> {
        let part = self.parts[at].clone();
        let plausible = part.join.is_bar() && !part.join.spaced() && is_unit(&part.text) && !is_case_code(&part.text);
        let sure = self.lead.announces()
            || self.year_text.is_some()
            || (self.number.len() >= 2 && part.text.chars().count() >= 3);
        if !plausible || !sure || kind.digit_for_letter {
            return None;
        }
        let mut letters = Letters::new(Form::Administrative);
        let verdict = super::check::unknown_agency(&part.text, &kind.canonical, self.year_number(), self.table);
        let agency = match verdict {
            super::check::Unknown::LetPass => cut_glued(&part.text).map_or_else(
                || part.text.clone(),
                |length| {
                    let front: CompactString = part.text.chars().take(length).collect();
                    self.cut(at, length);
                    front
                },
            ),
            super::check::Unknown::Meant(right) => {
                self.fault(Fault::UnknownAgency, format_compact!("{} {right}", part.text));
                right
            }
            super::check::Unknown::Wrong => {
                self.fault(Fault::UnknownAgency, part.text.clone());
                letters.decidable = false;
                part.text.clone()
            }
        };
        letters.issuers.push(agency.clone());
        letters.agency = Some(agency);
        Some(letters)
    }

    /// Letters nobody knows in the place of the type.
    fn unknown_first(&mut self, at: usize) -> Option<Letters> {
        let first = self.part(at)?.clone();
        let second = self.part(at + 1)?.clone();
        if !first.join.is_bar() || !second.join.is_bar() || second.join.spaced() || !is_unit(&first.text) {
            return None;
        }
        let agency =
            letters::agency(&second.text, self.table).or_else(|| chamber(&second.text).map(|found| found.known));
        let in_letter =
            self.lead.names_type("LETTER") || self.lead.type_word.as_ref().is_some_and(|word| word.types.is_empty());
        if let Some(agency) = agency
            && super::check::is_misspelt_type(&first.text, &agency.canonical, self.year_text.is_some(), self.table)
        {
            self.spell(at + 1, &agency);
            self.fault(Fault::UnknownType, first.text.clone());
            let party = letters::is_party(&agency.canonical, self.table);
            let mut letters = Letters::new(if party { Form::Party } else { Form::Administrative });
            letters.issuers.push(agency.canonical.clone());
            letters.agency = Some(agency.canonical);
            match self.lead.type_word.as_ref().map(|word| &word.types[..]) {
                Some([only])
                    if letters::distance(&super::fold::key(only), &super::fold::key(&first.text), 1).is_some() =>
                {
                    letters.kind = Some(only.clone());
                }
                _ => {
                    letters.kind = Some(first.text.clone());
                    letters.decidable = false;
                }
            }
            let (slash_first, _) = self.order(at, at + 1, letters.agency.as_deref().unwrap_or_default());
            self.hold_order(at, at + 1, slash_first, party, &mut letters);
            self.next = at + 2;
            return Some(letters);
        }
        let slash_then_hyphen = first.join.kind == JoinKind::Slash && second.join.kind == JoinKind::Hyphen;
        if in_letter
            && slash_then_hyphen
            && self.year_text.is_none()
            && is_unit(&second.text)
            && !is_permit(&first.text)
        {
            self.want(at, Wanted::Slash);
            let mut letters = Letters::new(Form::Letter);
            letters.issuers.push(first.text.clone());
            letters.agency = Some(first.text);
            self.next = self.units(at, &mut letters, false) + 1;
            return Some(letters);
        }
        None
    }

    /// Adds the units behind the issuer (or the further issuers) to `letters`; gives the last part.
    fn units(&mut self, issuer: usize, letters: &mut Letters, joint: bool) -> usize {
        let mut last = issuer;
        let mut agency = letters.agency.clone().unwrap_or_default();
        while let Some(part) = self.part(last + 1).cloned() {
            let hyphen = part.join.kind == JoinKind::Hyphen || joint && part.join.kind == JoinKind::Slash;
            if !hyphen || part.join.stray_dot {
                break;
            }
            if part.join.spaced() && !(joint && self.table.agency(&part.text).is_some()) {
                break;
            }
            if super::fold::key(&part.text) == super::fold::key(letters.issuers.last().map_or("", |name| name)) {
                self.fault(Fault::DuplicatePart, part.text.clone());
                self.want(last + 1, Wanted::Any);
                last += 1;
                continue;
            }
            if !is_unit(&part.text) {
                break;
            }
            let known = if joint { letters::agency(&part.text, self.table) } else { None };
            let text = if let Some(known) = known {
                self.spell(last + 1, &known);
                known.canonical
            } else if let Some(length) = cut_glued(&part.text) {
                self.cut(last + 1, length);
                self.parts[last + 1].text.clone()
            } else if let Some((canonical, _)) = self.table.agency(&part.text) {
                canonical.into()
            } else {
                part.text.clone()
            };
            if joint {
                letters.issuers.push(text.clone());
            }
            self.want(last + 1, if joint { Wanted::Any } else { Wanted::Hyphen });
            agency.push('-');
            agency.push_str(&text);
            last += 1;
        }
        letters.agency = Some(agency);
        last
    }

    /// Notes how part `at` differs from what it should be, and cuts off what is glued to it.
    fn spell(&mut self, at: usize, known: &Known) {
        if known.length > 0 && known.length < self.parts[at].text.chars().count() {
            self.cut(at, known.length);
        }
        if known.digit_for_letter {
            self.fault(Fault::DigitForLetter, self.parts[at].text.clone());
            return;
        }
        if known.letter_for_digit {
            self.fault(Fault::LetterForDigit, self.parts[at].text.clone());
            return;
        }
        let written = self.parts[at].text.clone();
        if written == known.canonical {
            return;
        }
        let unmarked = super::fold::unmarked(&known.canonical);
        let written_unmarked = super::fold::unmarked(&written);
        if written_unmarked != unmarked {
            self.fault(Fault::LetterCase, format_compact!("{written} {}", known.canonical));
        }
        if written.to_lowercase() != known.canonical.to_lowercase() {
            self.fault(Fault::MissingDiacritics, format_compact!("{written} {}", known.canonical));
        }
    }

    fn is_historic(&self, issuers: &[CompactString]) -> bool {
        issuers.iter().any(|letters| {
            self.table.periods(letters).all(|entry| entry.until.is_some_and(|until| until.year < 2005))
                && self.table.agency(letters).is_some()
        })
    }

    fn year_number(&self) -> Option<i16> {
        self.year_text.as_deref().and_then(|text| text.parse().ok())
    }

    // ---- putting together ----

    fn close(mut self, letters: Letters) -> Option<Reading> {
        let last = self.next - 1;
        let certain = letters.certain;
        self.joins(certain && letters.kind.is_some() || letters.form == Form::Assembly)?;
        let from = self.parts[0].from;
        let to = self.parts[last].to;
        self.oddities(from, to);
        let year = self.year_number();
        let reference = if letters.verbatim {
            self.verbatim(last)
        } else {
            spelt(
                &self.number,
                self.year_text.as_deref(),
                letters.kind.as_deref(),
                letters.agency.as_deref(),
                letters.form,
            )
        };
        Some(Reading {
            from,
            to,
            symbol: Symbol { number: self.number, year, kind: letters.kind, agency: letters.agency, reference },
            form: letters.form,
            year_text: self.year_text,
            faults: self.faults,
            decidable: letters.decidable,
            certain,
            issuers: letters.issuers,
            mention: letters.mention,
            glued: self.glued,
        })
    }

    /// Holds every join against what is wanted there. Odd separators are only borne where the letters are certain.
    fn joins(&mut self, certain: bool) -> Option<()> {
        let wanted = std::mem::take(&mut self.wanted);
        for &(at, wanted) in &wanted {
            if at == 0 {
                continue;
            }
            let join = self.parts[at].join;
            if join.spaced() {
                let both = join.space_before && join.space_after && join.kind == JoinKind::Slash;
                self.fault(Fault::InnerSpace, if both { "both" } else { "" });
            }
            if join.doubled {
                self.fault(Fault::DuplicatePart, "");
            }
            if join.stray_dot {
                self.fault(if at == self.number_parts { Fault::NumberShape } else { Fault::WrongSeparator }, ".");
            }
            let right = match wanted {
                Wanted::Any => join.is_bar(),
                Wanted::Slash => join.kind == JoinKind::Slash,
                Wanted::Hyphen => join.kind == JoinKind::Hyphen,
            };
            if !right {
                let written: CompactString = self.chain.glyphs[self.parts[at - 1].to..self.parts[at].from]
                    .iter()
                    .map(|glyph| glyph.ch)
                    .collect();
                self.fault(Fault::WrongSeparator, written);
            }
        }
        let odd = self
            .faults
            .iter()
            .any(|(fault, _)| matches!(fault, Fault::InnerSpace | Fault::WrongSeparator | Fault::DuplicatePart));
        (!odd || certain).then_some(())
    }

    /// Notes disguised characters between the glyphs `from` and `to`.
    fn oddities(&mut self, from: usize, to: usize) {
        let mut all = 0;
        for (at, glyph) in self.chain.glyphs[from..to].iter().enumerate() {
            let apart = if at == 0 { !quirk::AFTER_INVISIBLE } else { u8::MAX };
            all |= glyph.quirks & apart;
        }
        const CLASSES: &[(u8, Fault)] = &[
            (quirk::THAI_DIGIT, Fault::ThaiDigits),
            (quirk::AFTER_INVISIBLE, Fault::InvisibleChar),
            (quirk::LOOKALIKE_D, Fault::LookalikeD),
            (quirk::LOOKALIKE_SCRIPT, Fault::LookalikeScript),
            (quirk::MARKUP, Fault::Markup),
            (quirk::OTHER_SLASH, Fault::FullwidthSlash),
            (quirk::DASH, Fault::DashForHyphen),
        ];
        for &(bit, fault) in CLASSES {
            if all & bit != 0 {
                self.fault(fault, "");
            }
        }
    }

    /// The parts with their own separators, letters as they should be.
    fn verbatim(&self, last: usize) -> CompactString {
        let mut out = self.number.clone();
        for at in self.number_parts..=last {
            out.push(if self.parts[at].join.kind == JoinKind::Hyphen { '-' } else { '/' });
            let part = &self.parts[at].text;
            let digits = at == self.number_parts && self.year_text.as_deref() == Some(part);
            let canonical = if digits {
                None
            } else if at == self.number_parts || at < last {
                let kind = self.table.kind(part).map(|(canonical, _)| canonical);
                kind.or_else(|| self.table.agency(part).map(|(canonical, _)| canonical))
            } else {
                self.table.agency(part).map(|(canonical, _)| canonical)
            };
            out.push_str(canonical.unwrap_or(part));
        }
        out
    }
}

/// The parts in the order and with the separators of the form.
pub(super) fn spelt(
    number: &str,
    year: Option<&str>,
    kind: Option<&str>,
    agency: Option<&str>,
    form: Form,
) -> CompactString {
    let mut out = CompactString::from(number);
    if form == Form::Party {
        for (mark, part) in [('-', kind), ('/', agency)] {
            if let Some(part) = part {
                out.push(mark);
                out.push_str(part);
            }
        }
        return out;
    }
    if let Some(year) = year {
        out.push('/');
        out.push_str(year);
    }
    let mut mark = '/';
    for part in [kind, agency].into_iter().flatten() {
        out.push(mark);
        out.push_str(part);
        mark = '-';
    }
    out
}

/// A number without the zeros it should not have: one may stand before a single digit.
fn trimmed_zeros(digits: &str) -> CompactString {
    let plain = digits.trim_start_matches('0');
    match (plain.len(), digits.len() - plain.len()) {
        (0, _) => digits.into(),
        (_, 0) => digits.into(),
        (1, _) => format_compact!("0{plain}"),
        (_, 1) => digits.into(),
        _ => plain.into(),
    }
}

/// The digits and the one letter behind them: `04a`.
fn split_suffix(word: &str) -> (&str, Option<char>) {
    let Some(last) = word.chars().next_back() else { return (word, None) };
    let front = &word[..word.len() - last.len_utf8()];
    let is_suffix = last.is_alphabetic() && !matches!(last, 'O' | 'o' | 'I' | 'l' | 'i' | 'S');
    if is_suffix && !front.is_empty() && front.chars().all(|ch| ch.is_ascii_digit()) {
        (front, Some(last))
    } else {
        (word, None)
    }
}

/// Whether letters only, all of them ones that stand for digits: `lO`.
fn is_like_digits(word: &str) -> bool {
    (2..=4).contains(&word.len()) && word.chars().all(|ch| matches!(ch, 'O' | 'o' | 'l' | 'I' | 'S' | '0'..='9'))
}

/// Whether the letters are a word that stands before numbers, or the end of one.
fn is_lead_word(letters: impl Iterator<Item = char>) -> bool {
    const WORDS: &[&str] = &[
        "so",
        "no",
        "nos",
        "dinh",
        "quyet",
        "tu",
        "thi",
        "lenh",
        "luat",
        "dien",
        "van",
        "lieu",
        "tich",
        "bao",
        "trinh",
        "luan",
        "hoach",
        "dan",
        "nghi",
        "thong",
        "decree",
        "decision",
        "circular",
        "resolution",
        "directive",
        "law",
        "number",
        "ordinance",
        "letter",
        "telegram",
        "dispatch",
        "conclusion",
        "notice",
        "theo",
        "va",
        "tai",
        "cua",
        "bo",
    ];
    let word = super::fold::phrase(&letters.collect::<CompactString>());
    WORDS.contains(&&*word)
}

/// Whether the word can name a unit or an issuer: capitals, perhaps digits, perhaps a small letter or two.
fn is_unit(word: &str) -> bool {
    let length = word.chars().count();
    let small = word.chars().filter(|ch| ch.is_lowercase()).count();
    let capital = word.chars().filter(|ch| ch.is_uppercase()).count();
    let cut = cut_glued(word);
    word.chars().next().is_some_and(char::is_uppercase)
        && length <= 24
        && capital > 0
        && (small * 2 <= length || cut.is_some())
}

/// Where a word of small letters begins behind an issuer in capitals: `CCKLngày`.
fn cut_glued(word: &str) -> Option<usize> {
    let capitals = word.chars().take_while(|ch| ch.is_uppercase() || ch.is_ascii_digit()).count();
    let rest = word.chars().skip(capitals);
    (capitals >= 2 && rest.clone().count() >= 3 && rest.clone().all(char::is_lowercase)).then_some(capitals)
}

/// Whether the letters belong to the number of a judgment: first instance, appeal, review.
fn is_case_code(word: &str) -> bool {
    matches!(
        word,
        "PT" | "ST" | "GĐT" | "GDT" | "DS" | "HS" | "HC" | "KDTM" | "HNGĐ" | "LĐ" | "VDS" | "CNHGTN" | "CNTTLH"
    )
}

/// Whether the letters name a permit or certificate, which are no documents of law.
pub(super) fn is_permit(word: &str) -> bool {
    let key = super::fold::key(word);
    matches!(
        &*key,
        "GP" | "GPMT"
            | "GPXD"
            | "GPHD"
            | "GPKD"
            | "GPTL"
            | "GCN"
            | "GCNDKKD"
            | "CCHN"
            | "CN"
            | "GXN"
            | "GCNATTP"
            | "GPBC"
            | "GPXB"
            | "GPLX"
            | "CNDT"
    ) || key.starts_with("GP") && key.len() <= 5
}

fn same_type(word: &str, canonical: &str, table: &Table) -> bool {
    table.kind(word).is_some_and(|(other, _)| other == canonical)
}

/// Where a type ends and its issuer begins in letters without a hyphen: `QĐTTg`.
fn fused(word: &str, table: &Table) -> Option<usize> {
    let mut found = None;
    for (length, (cut, _)) in word.char_indices().enumerate().skip(2) {
        let (front, back) = word.split_at(cut);
        let exact = |known: Option<&str>, written: &str| {
            known.is_some_and(|known| super::fold::unmarked(known) == super::fold::unmarked(written))
        };
        if exact(table.kind(front).map(|(letters, _)| letters), front)
            && exact(table.agency(back).map(|(letters, _)| letters), back)
        {
            if found.is_some() {
                return None;
            }
            found = Some(length);
        }
    }
    found
}
