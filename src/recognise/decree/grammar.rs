//! The letters of a symbol: which grammar they follow.
//!
//! A symbol may begin with a type, an issuer, a legislature or with something nobody knows; each way of going on is
//! one method here. Number and year are read before, separators are held against the form afterwards, both in
//! [`parse`](super::parse).

use compact_str::{CompactString, format_compact};

use super::letters::{self, KnownLetters, LegislatureLetters, chamber, digits};
use super::lex::JoinKind;
use super::parse::{ChainPart, SymbolDraft, SymbolLetters, WantedSeparator};
use super::table::{AgencyKind, DecreeTable};
use super::{DecreeFault, DecreeForm, MissingPart, Respelling, SeparatorOrder};

impl SymbolDraft<'_> {
    /// Reads the letters behind number and year.
    pub(super) fn letters(&mut self) -> Option<SymbolLetters> {
        let at = self.next;
        let first = self.part(at)?.clone();
        if first.join.kind == JoinKind::None && at > 0 && first.from == self.parts[at - 1].to {
            // Glued to the digits: only for letters that are certainly a type.
            self.table.kind(&first.text)?;
        }
        if let Some(found) = chamber(&first.text) {
            return self.assembly(at, &found, None);
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
    fn typed(&mut self, at: usize, kind: KnownLetters) -> Option<SymbolLetters> {
        self.want(at, WantedSeparator::Slash);
        self.spell(at, &kind);
        let mut next = at + 1;
        if self.part(next).is_some_and(|part| part.join.is_bar() && same_type(&part.text, &kind.canonical, self.table))
            && self.part(next + 1).is_some()
        {
            self.fault(DecreeFault::DuplicatePart { part: Some(kind.canonical.clone()) });
            self.want(next, WantedSeparator::Any);
            next += 1;
        }
        let is_issuer = |part: &&ChainPart| !part.join.spaced() || letters::agency(&part.text, self.table).is_some();
        let issuer = self.part(next).filter(is_issuer).cloned();
        let Some(issuer) = issuer else { return self.type_only(at, kind) };
        if matches!(&*kind.canonical, "NQ" | "PL" | "L" | "NQLT" | "LCT")
            && let Some(found) = chamber(&issuer.text)
        {
            return self.assembly(next, &found, Some(&kind));
        }
        // `L-CTN` is a type of its own name in the table; the parts are read apart.
        let mut letters = match letters::agency(&issuer.text, self.table) {
            Some(agency) => {
                self.spell(next, &agency);
                let mut letters = SymbolLetters::new(DecreeForm::Administrative);
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
            DecreeForm::Joint
        } else if party {
            DecreeForm::Party
        } else if kind.canonical == "L" {
            DecreeForm::Order
        } else if self.year_text.is_some() {
            DecreeForm::Normative
        } else {
            DecreeForm::Administrative
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
    fn hold_order(
        &mut self,
        at: usize,
        issuer: usize,
        slash_first: Option<bool>,
        party: bool,
        letters: &mut SymbolLetters,
    ) {
        let joint_slash = letters.form == DecreeForm::Joint && self.parts[issuer].join.kind == JoinKind::Slash;
        let both_slashes =
            self.parts[at].join.kind == JoinKind::Slash && self.parts[issuer].join.kind == JoinKind::Slash;
        let odd = !party && self.year_text.is_none() && (slash_first == Some(false) || both_slashes);
        let old_style = odd && (self.is_historic(&letters.issuers) || self.time.is_old());
        if old_style || joint_slash {
            // `12-TT/LB`, `15/QĐ/BTC` of the time, `TTLT/BTC-BTP`: kept as they are.
            self.want(at, WantedSeparator::Any);
            self.want(issuer, WantedSeparator::Any);
            letters.verbatim = true;
            if !joint_slash {
                letters.form = DecreeForm::Historic;
            }
            return;
        }
        if slash_first == Some(party) {
            self.fault(DecreeFault::SwappedSeparators {
                right: if party { SeparatorOrder::Party } else { SeparatorOrder::State },
            });
            self.want(at, WantedSeparator::Any);
            self.want(issuer, WantedSeparator::Any);
        } else if party {
            self.want(at, WantedSeparator::Hyphen);
            self.want(issuer, WantedSeparator::Slash);
        } else {
            self.want(at, WantedSeparator::Slash);
            self.want(issuer, WantedSeparator::Hyphen);
        }
    }

    /// `1141-TC/QĐ/CĐKT`: issuer, type, unit, before 1997.
    fn historic_triple(&mut self, at: usize, first: &KnownLetters) -> Option<SymbolLetters> {
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
        let mut letters = SymbolLetters::new(DecreeForm::Historic);
        letters.agency = Some(format_compact!("{}-{}", self.parts[at].text, unit.text));
        letters.kind = Some(kind.canonical);
        letters.verbatim = true;
        for at in at..at + 3 {
            self.want(at, WantedSeparator::Any);
        }
        self.next = at + 3;
        Some(letters)
    }

    /// Laws and resolutions of the National Assembly and its Standing Committee.
    fn assembly(
        &mut self,
        at: usize,
        found: &LegislatureLetters,
        kind: Option<&KnownLetters>,
    ) -> Option<SymbolLetters> {
        let mut letters = SymbolLetters::new(DecreeForm::Assembly);
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
                self.fault(DecreeFault::WrongSeparator { written: "-".into() });
                last = at + 1;
            }
        }
        self.spell(at, &found.known);
        match kind {
            Some(kind) => {
                self.want(at - 1, WantedSeparator::Slash);
                self.want(at, WantedSeparator::Hyphen);
                letters.kind = Some(kind.canonical.clone());
            }
            None => self.want(at, WantedSeparator::Slash),
        }
        if number.is_none() {
            if self.year_text.is_none() && !self.lead.announces() {
                return None;
            }
            self.fault(DecreeFault::MissingPart(MissingPart::Legislature));
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
        if kind.is_some_and(|kind| kind.canonical == "NQLT") {
            letters.form = DecreeForm::Joint;
            last = self.units(last, &mut letters, true);
        } else if self.part(last + 1).cloned().is_some_and(|part| is_repeated(&part, &letters)) {
            last += 1;
            self.fault(DecreeFault::DuplicatePart { part: Some(self.parts[last].text.clone()) });
            self.want(last, WantedSeparator::Any);
        }
        self.next = last + 1;
        Some(letters)
    }

    /// Symbols that begin with an issuer: letters, exchanged parts, historic and incomplete ones.
    fn issuer_first(&mut self, at: usize, agency: KnownLetters) -> Option<SymbolLetters> {
        self.want(at, WantedSeparator::Slash);
        let following =
            self.part(at + 1).filter(|part| !part.join.doubled && part.join.kind != JoinKind::None).cloned();
        if let Some(part) = &following {
            // Behind a word that is glued to the issuer nothing of the symbol follows.
            let is_whole = agency.length >= self.parts[at].text.chars().count();
            if is_whole
                && part.join.is_bar()
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
                let mut letters = SymbolLetters::new(DecreeForm::Letter);
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

    fn exchanged(&mut self, at: usize, agency: KnownLetters, kind: KnownLetters) -> SymbolLetters {
        self.spell(at, &agency);
        self.spell(at + 1, &kind);
        self.fault(DecreeFault::SwappedTypeAgency { kind: kind.canonical.clone(), issuer: agency.canonical.clone() });
        self.wanted.retain(|(part, _)| *part != at);
        self.want(at, WantedSeparator::Any);
        self.want(at + 1, WantedSeparator::Any);
        self.next = at + 2;
        let party = letters::is_party(&agency.canonical, self.table);
        let mut letters = SymbolLetters::new(match (party, self.year_text.is_some()) {
            (true, _) => DecreeForm::Party,
            (false, true) => DecreeForm::Normative,
            (false, false) => DecreeForm::Administrative,
        });
        letters.certain = true;
        letters.issuers.push(agency.canonical.clone());
        letters.agency = Some(agency.canonical);
        letters.kind = Some(kind.canonical);
        letters
    }

    /// `91-HĐBT`, `12/CP`: right before 1997, later a symbol without its type.
    fn issuer_only(&mut self, at: usize, agency: KnownLetters) -> Option<SymbolLetters> {
        let join = self.parts[at].join;
        if !join.is_bar() || join.spaced() && !self.lead.announces() {
            return None;
        }
        self.next = at + 1;
        self.spell(at, &agency);
        let mut letters = SymbolLetters::new(DecreeForm::Historic);
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
            self.fault(DecreeFault::MissingPart(MissingPart::Type));
            return Some(letters);
        }
        let historic = self.is_historic(&letters.issuers);
        if historic || (typed || self.lead.number_word) && self.time.is_old() {
            self.wanted.retain(|(part, _)| *part != at);
            self.want(at, WantedSeparator::Any);
            return (historic || typed || self.lead.number_word).then_some(letters);
        }
        if !typed {
            return None;
        }
        // `Nghị định 64/CP` is the common way to cite one of 1993, date or no date.
        if canonical == "CP" || !matches!(&*canonical, "TTg" | "TW" | "CTN") {
            self.wanted.retain(|(part, _)| *part != at);
            self.want(at, WantedSeparator::Any);
            return Some(letters);
        }
        letters.verbatim = false;
        letters.decidable = false;
        letters.mention = false;
        self.fault(DecreeFault::MissingPart(MissingPart::Type));
        Some(letters)
    }

    /// A type and nothing behind it.
    fn type_only(&mut self, at: usize, kind: KnownLetters) -> Option<SymbolLetters> {
        let join = self.parts[at].join;
        if !(self.lead.announces() || self.year_text.is_some()) || !join.is_bar() || join.spaced() || join.doubled {
            return None;
        }
        // A word of the line, not letters of a symbol.
        if self.parts[at].text.chars().all(char::is_lowercase) || kind.digit_for_letter {
            return None;
        }
        self.wanted.retain(|(part, _)| *part != at);
        self.want(at, WantedSeparator::Any);
        self.next = at + 1;
        let mut letters = SymbolLetters::new(DecreeForm::Administrative);
        // `327-CT`, of the Council of Ministers in its time; `47/SL`, of the President before 1960.
        let historic = self.year_text.is_none() && (kind.canonical == "SL" || self.time.is_old());
        if historic {
            if self.lead.type_word.is_none() || kind.length < 2 {
                return None;
            }
            letters.form = DecreeForm::Historic;
            letters.verbatim = true;
            letters.kind = Some(kind.canonical);
            return Some(letters);
        }
        // `5-HD`, `12/TC`: too little to go by without the word for it.
        let named = self.lead.type_word.as_ref().is_some_and(|word| word.types.contains(&kind.canonical));
        if !named && (join.kind == JoinKind::Hyphen || self.number.len() < 2 && self.year_text.is_none()) {
            return None;
        }
        letters.kind = Some(kind.canonical);
        letters.decidable = false;
        letters.mention = false;
        self.fault(DecreeFault::MissingPart(MissingPart::Issuer));
        Some(letters)
    }

    /// An issuer nobody knows behind a known type: most issuers of administrative documents are not in any table.
    fn unknown_issuer(&mut self, at: usize, kind: &KnownLetters) -> Option<SymbolLetters> {
        let part = self.parts[at].clone();
        let plausible = part.join.is_bar() && !part.join.spaced() && is_unit(&part.text) && !is_case_code(&part.text);
        let sure = self.lead.announces()
            || self.year_text.is_some()
            || (self.number.len() >= 2 && part.text.chars().count() >= 3);
        if !plausible || !sure || kind.digit_for_letter {
            return None;
        }
        let mut letters = SymbolLetters::new(DecreeForm::Administrative);
        let verdict = super::check::unknown_agency(&part.text, &kind.canonical, self.year_number(), self.table);
        let agency = match verdict {
            super::check::UnknownIssuer::LetPass => cut_glued(&part.text).map_or_else(
                || part.text.clone(),
                |length| {
                    let front: CompactString = part.text.chars().take(length).collect();
                    self.cut(at, length);
                    front
                },
            ),
            super::check::UnknownIssuer::Meant(right) => {
                let meant = Some(right.clone());
                self.fault(DecreeFault::UnknownAgency { written: part.text.clone(), meant });
                right
            }
            super::check::UnknownIssuer::Wrong => {
                self.fault(DecreeFault::UnknownAgency { written: part.text.clone(), meant: None });
                letters.decidable = false;
                part.text.clone()
            }
        };
        letters.issuers.push(agency.clone());
        letters.agency = Some(agency);
        Some(letters)
    }

    /// SymbolLetters nobody knows in the place of the type.
    fn unknown_first(&mut self, at: usize) -> Option<SymbolLetters> {
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
            self.fault(DecreeFault::UnknownType { written: first.text.clone(), meant: None });
            let party = letters::is_party(&agency.canonical, self.table);
            let mut letters = SymbolLetters::new(if party { DecreeForm::Party } else { DecreeForm::Administrative });
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
            self.want(at, WantedSeparator::Slash);
            let mut letters = SymbolLetters::new(DecreeForm::Letter);
            letters.issuers.push(first.text.clone());
            letters.agency = Some(first.text);
            self.next = self.units(at, &mut letters, false) + 1;
            return Some(letters);
        }
        None
    }

    /// Adds the units behind the issuer (or the further issuers) to `letters`; gives the last part.
    fn units(&mut self, issuer: usize, letters: &mut SymbolLetters, joint: bool) -> usize {
        let mut last = issuer;
        let mut agency = letters.agency.clone().unwrap_or_default();
        while let Some(part) = self.part(last + 1).cloned() {
            if is_repeated(&part, letters) {
                self.fault(DecreeFault::DuplicatePart { part: Some(part.text.clone()) });
                self.want(last + 1, WantedSeparator::Any);
                last += 1;
                continue;
            }
            let next_issuer = joint && self.table.agency(&part.text).is_some();
            let joined = match part.join.kind {
                JoinKind::Hyphen => true,
                JoinKind::Slash => joint,
                JoinKind::None | JoinKind::Blank | JoinKind::Plus | JoinKind::Mixed => false,
                _ => next_issuer,
            };
            if !joined || part.join.stray_dot || part.join.spaced() && !next_issuer || !is_unit(&part.text) {
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
            let either = joint && part.join.kind == JoinKind::Slash;
            self.want(last + 1, if either { WantedSeparator::Any } else { WantedSeparator::Hyphen });
            agency.push('-');
            agency.push_str(&text);
            last += 1;
        }
        letters.agency = Some(agency);
        last
    }

    /// Notes how part `at` differs from what it should be, and cuts off what is glued to it.
    fn spell(&mut self, at: usize, known: &KnownLetters) {
        if known.length > 0 && known.length < self.parts[at].text.chars().count() {
            self.cut(at, known.length);
        }
        if known.digit_for_letter {
            self.fault(DecreeFault::DigitForLetter { written: self.parts[at].text.clone() });
            self.undecidable |= known.ambiguous;
            return;
        }
        if known.letter_for_digit {
            self.fault(DecreeFault::LetterForDigit { written: self.parts[at].text.clone() });
            return;
        }
        let written = self.parts[at].text.clone();
        if written == known.canonical {
            return;
        }
        let unmarked = super::fold::unmarked(&known.canonical);
        let written_unmarked = super::fold::unmarked(&written);
        let respelling = || Respelling { written: written.clone(), right: known.canonical.clone() };
        if written_unmarked != unmarked {
            self.fault(DecreeFault::LetterCase(respelling()));
        }
        if written.to_lowercase() == known.canonical.to_lowercase() {
            return;
        }
        let misplaced =
            written.chars().zip(known.canonical.chars()).any(|(is, should)| !is.is_ascii() && should.is_ascii());
        let is_type = self.table.kind(&known.canonical).is_some();
        let meant = Some(known.canonical.clone());
        self.fault(match (misplaced, is_type) {
            (false, _) => DecreeFault::MissingDiacritics(respelling()),
            (true, true) => DecreeFault::UnknownType { written: written.clone(), meant },
            (true, false) => DecreeFault::UnknownAgency { written: written.clone(), meant },
        });
    }

    fn is_historic(&self, issuers: &[CompactString]) -> bool {
        issuers.iter().any(|letters| {
            self.table.periods(letters).all(|entry| entry.until.is_some_and(|until| until.year < 2005))
                && self.table.agency(letters).is_some()
        })
    }

    pub(super) fn year_number(&self) -> Option<i16> {
        self.year_text.as_deref().and_then(|text| text.parse().ok())
    }
}

/// Whether `part` is the issuer once more.
fn is_repeated(part: &ChainPart, letters: &SymbolLetters) -> bool {
    let issuer = letters.issuers.last().map_or("", |name| name);
    let whole = letters.agency.as_deref().unwrap_or_default();
    let key = super::fold::key(&part.text);
    part.join.is_bar() && !part.join.spaced() && (key == super::fold::key(issuer) || key == super::fold::key(whole))
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

/// Whether letters are written as they should be, marks apart.
pub(super) fn is_same_case(canonical: &str, written: &str) -> bool {
    super::fold::unmarked(canonical) == super::fold::unmarked(written)
}

fn same_type(word: &str, canonical: &str, table: &DecreeTable) -> bool {
    table.kind(word).is_some_and(|(other, _)| other == canonical)
}

/// Where a type ends and its issuer begins in letters without a hyphen: `QĐTTg`.
fn fused(word: &str, table: &DecreeTable) -> Option<usize> {
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
