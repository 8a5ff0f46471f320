//! From a chain to a symbol: number, year, type, issuer, and how each is written.
//!
//! The grammars differ in their separators and in what may be left out, but all begin with the number and end with
//! the issuer. So the parts are read first, whatever joins them; then the form is decided; then every join is held
//! against what that form wants ([`SymbolDraft::joins`]). Whether the issuer may do what it does is the business of
//! [`check`](super::check).

use compact_str::{CompactString, format_compact};
use smallvec::SmallVec;

use super::fault::DecreeFault;
use super::fold::text_from;
use super::letters::digits;
use super::lex::{JoinKind, SymbolChain, WordJoin, quirk};
use super::near::{CitationLead, NearbyYears};
use super::symbol::{DecreeForm, DecreeSymbol};
use super::table::{DecreeTable, builtin};

/// Most digits of a number, leading zeros apart.
const LONGEST_NUMBER: usize = 6;
/// Most words looked at for one symbol.
const MOST_WORDS: usize = 16;

/// A symbol as read from a chain, with its faults.
#[derive(Debug)]
pub(super) struct SymbolReading {
    /// Glyphs of the chain.
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) symbol: DecreeSymbol,
    pub(super) form: DecreeForm,
    /// The year as written, where the symbol has digits in its place.
    pub(super) year_text: Option<CompactString>,
    /// The faults of the spelling.
    pub(super) faults: SymbolFaults,
    /// True if the parts, put together as they should be, are the right form.
    pub(super) decidable: bool,
    /// True if type and issuer are both known.
    pub(super) certain: bool,
    /// The issuer without its unit, or all issuers of a joint document.
    pub(super) issuers: SmallVec<[CompactString; 2]>,
    /// True if it counts as a mention.
    pub(super) mention: bool,
    /// True if the form keeps its own separators.
    pub(super) verbatim: bool,
    /// Type and issuer that were meant by those that do not go together, where only one such pair is possible.
    pub(super) meant: Option<(CompactString, CompactString)>,
    /// Glyphs of the words glued to its front and its back.
    pub(super) glued: [Option<(usize, usize)>; 2],
    /// True if every space inside is one of a pair around a slash.
    pub(super) spaces_are_around_slashes: bool,
}

impl SymbolReading {
    /// Notes what stands directly before the number and does not belong there; digits with a comma belong to it.
    pub(super) fn stray_sign(&mut self, sign: &str) {
        if let Some(thousands) = sign.strip_suffix(',') {
            self.symbol.number = format_compact!("{thousands}{}", self.symbol.number);
        }
        let number = format_compact!("{}{}", sign.trim_end_matches(','), self.symbol.number);
        self.faults.push(DecreeFault::NumberShape { number });
    }
}

pub(super) type SymbolFaults = SmallVec<[DecreeFault; 2]>;

/// A word of the chain, or a piece of one.
#[derive(Clone, Debug)]
pub(super) struct ChainPart {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) text: CompactString,
    pub(super) join: WordJoin,
}

/// The separator that belongs in a join.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum WantedSeparator {
    Slash,
    Hyphen,
    /// As written: historic forms.
    Any,
}

/// Reads a symbol that begins with word `at` of the chain.
pub(super) fn read(
    chain: &SymbolChain,
    at: usize,
    lead: &CitationLead,
    time: &NearbyYears<'_>,
    table: &DecreeTable,
) -> Option<SymbolReading> {
    let mut draft = SymbolDraft::new(chain, at, lead, time, table);
    draft.number()?;
    draft.year();
    let reading = draft.letters()?;
    draft.close(reading)
}

/// Reads a symbol whose number is missing: word `at` is the year or the type.
pub(super) fn read_numberless(
    chain: &SymbolChain,
    at: usize,
    lead: &CitationLead,
    time: &NearbyYears<'_>,
    table: &DecreeTable,
) -> Option<SymbolReading> {
    let mut draft = SymbolDraft::new(chain, at, lead, time, table);
    draft.year();
    let letters = draft.letters()?;
    let party = letters.form == DecreeForm::Party;
    let mark = match chain.joins[at].kind {
        JoinKind::Slash if !party => Some('/'),
        JoinKind::Hyphen if party => Some('-'),
        JoinKind::None | JoinKind::Blank => None,
        _ => return None,
    };
    if !letters.certain || letters.kind.is_none() && letters.form != DecreeForm::Assembly || chain.joins[at].doubled {
        return None;
    }
    draft.faults.retain(|fault| !matches!(fault, DecreeFault::MissingPart(_)));
    draft.fault(DecreeFault::MissingNumber);
    let mut reading = draft.close(letters)?;
    // The separator belongs to what is underlined.
    if let Some(mark) = mark {
        reading.from = chain.glyphs[..reading.from].iter().rposition(|glyph| glyph.ch == mark)?;
    }
    reading.decidable = false;
    reading.mention = false;
    Some(reading)
}

/// A symbol half read.
pub(super) struct SymbolDraft<'a> {
    pub(super) chain: &'a SymbolChain,
    pub(super) lead: &'a CitationLead,
    pub(super) time: &'a NearbyYears<'a>,
    pub(super) table: &'a DecreeTable,
    pub(super) parts: SmallVec<[ChainPart; 8]>,
    /// The part that is read next.
    pub(super) next: usize,
    /// Parts of the number: a decimal one has two.
    pub(super) number_parts: usize,
    pub(super) number: CompactString,
    pub(super) year_text: Option<CompactString>,
    pub(super) wanted: SmallVec<[(usize, WantedSeparator); 8]>,
    pub(super) faults: SymbolFaults,
    pub(super) glued: [Option<(usize, usize)>; 2],
    pub(super) spaces_are_around_slashes: bool,
    /// True if some part has several readings.
    pub(super) undecidable: bool,
}

/// The letters of a symbol, understood.
pub(super) struct SymbolLetters {
    pub(super) form: DecreeForm,
    pub(super) kind: Option<CompactString>,
    pub(super) agency: Option<CompactString>,
    pub(super) issuers: SmallVec<[CompactString; 2]>,
    pub(super) certain: bool,
    pub(super) decidable: bool,
    pub(super) mention: bool,
    /// Historic forms keep their own separators.
    pub(super) verbatim: bool,
}

impl SymbolLetters {
    pub(super) fn new(form: DecreeForm) -> Self {
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

impl<'a> SymbolDraft<'a> {
    fn new(
        chain: &'a SymbolChain,
        at: usize,
        lead: &'a CitationLead,
        time: &'a NearbyYears<'a>,
        table: &'a DecreeTable,
    ) -> Self {
        let until = chain.words.len().min(at + MOST_WORDS);
        let parts = (at..until)
            .map(|at| {
                let word = &chain.words[at];
                ChainPart { from: word.from, to: word.to, text: word.text.clone(), join: chain.joins[at] }
            })
            .collect();
        let mut draft = Self {
            chain,
            lead,
            time,
            table,
            parts,
            next: 0,
            number_parts: 0,
            number: CompactString::default(),
            year_text: None,
            wanted: SmallVec::new(),
            faults: SmallVec::new(),
            glued: [None; 2],
            spaces_are_around_slashes: true,
            undecidable: false,
        };
        draft.heal_blanks();
        draft
    }

    pub(super) fn fault(&mut self, fault: DecreeFault) {
        if self.faults.iter().all(|known| known.class() != fault.class()) {
            self.faults.push(fault);
        }
    }

    /// Cuts part `at` behind its first `length` characters; the pieces are joined by nothing.
    pub(super) fn split(&mut self, at: usize, length: usize) {
        let part = &mut self.parts[at];
        let Some((cut, _)) = part.text.char_indices().nth(length) else { return };
        let rest = ChainPart {
            from: part.from + length,
            to: part.to,
            text: part.text[cut..].into(),
            join: WordJoin {
                kind: JoinKind::None,
                doubled: false,
                is_gap: false,
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
    pub(super) fn cut(&mut self, at: usize, length: usize) {
        self.split(at, length);
        let word = self.parts[at + 1].clone();
        self.parts.truncate(at + 1);
        self.glued[1] = Some((word.from, word.to));
        self.fault(DecreeFault::GluedWord { word: word.text });
    }

    /// The part `at` if its join may stand inside a symbol.
    pub(super) fn part(&self, at: usize) -> Option<&ChainPart> {
        self.parts.get(at).filter(|part| match part.join.kind {
            JoinKind::Slash | JoinKind::Hyphen | JoinKind::None => true,
            JoinKind::Dot | JoinKind::Colon | JoinKind::Underscore | JoinKind::Backslash | JoinKind::Pipe => {
                !part.join.spaced()
            }
            JoinKind::Plus | JoinKind::Blank | JoinKind::Mixed => false,
        })
    }

    pub(super) fn text(&self, at: usize) -> &str {
        self.part(at).map_or("", |part| &part.text)
    }

    pub(super) fn join(&self, at: usize) -> Option<WordJoin> {
        self.part(at).map(|part| part.join)
    }

    /// Returns whether the first letters of `first` are the type that the symbol itself has, and that of a document of
    /// the State or the Party: `NĐ13/2023/NĐ-CP`. Contracts and forms have such letters in their numbers.
    fn is_own_type(&self, first: &str, letters: usize) -> bool {
        let front: CompactString = first.chars().take(letters).collect();
        matches!(&*front, "NĐ" | "QĐ" | "NQ" | "TT" | "CT" | "TTLT")
            && self.parts.iter().skip(1).any(|part| part.text == front)
    }

    // ---- number and year ----

    fn number(&mut self) -> Option<()> {
        let first = &self.parts[0].text;
        // A word glued to the front: `số752/…`.
        if first.starts_with(char::is_alphabetic) {
            let letters = first.chars().take_while(|ch| ch.is_alphabetic()).count();
            let rest = first.chars().skip(letters);
            let is_word =
                letters >= 2 && (is_lead_word(first.chars().take(letters)) || self.is_own_type(first, letters));
            if is_word && rest.clone().next().is_some() && rest.clone().all(|ch| ch.is_ascii_digit()) {
                self.split(0, letters);
                let word = self.parts.remove(0);
                self.glued[0] = Some((word.from, word.to));
                self.fault(DecreeFault::GluedWord { word: word.text });
            } else if digits(first, false).is_none()
                && !(is_like_digits(first) && digits(self.text(1), false).is_some())
            {
                return None;
            }
        }
        // SymbolLetters glued behind: `752QĐ-TTg`.
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
            let written = first.clone();
            self.fault(DecreeFault::LetterForDigit { written });
        }
        let mut number = trimmed_zeros(&plain);
        if number != plain || plain.trim_start_matches('0').is_empty() {
            self.faults.push(DecreeFault::NumberShape { number: plain.clone() });
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
            && self.join(2).is_some_and(WordJoin::is_bar)
        {
            let part = self.text(1).to_owned();
            let is_government = self.parts.iter().skip(2).any(|part| part.text == "CP");
            if is_government && part.len() <= 2 {
                number = format_compact!("{number}.{part}");
            } else {
                number.push_str(&part);
                self.fault(DecreeFault::NumberShape { number: format_compact!("{plain}.{part}") });
            }
            self.next = 2;
        }
        self.number_parts = self.next;
        // The number twice: `30/30/2020/NĐ-CP`.
        if digits(self.text(self.next), false).is_some_and(|(text, _)| text == plain)
            && (digits(self.text(self.next + 1), false).is_some_and(|(text, _)| text.len() == 4)
                || plain.len() != 4 && self.table.kind(self.text(self.next + 1)).is_some())
        {
            self.fault(DecreeFault::DuplicatePart { part: Some(plain) });
            self.want(self.next, WantedSeparator::Slash);
            self.next += 1;
        }
        self.number = number;
        Some(())
    }

    fn year(&mut self) {
        let at = self.next;
        let text = self.text(at);
        let leading = text.chars().take_while(char::is_ascii_digit).count();
        // SymbolLetters glued behind: `30/2020NĐ-CP`.
        if leading == 4 && text.len() > 5 && digits(text, false).is_none() {
            self.split(at, leading);
        }
        let Some(part) = self.part(at) else { return };
        let is_year = digits(&part.text, false)
            .or_else(|| is_like_digits(&part.text).then(|| digits(&part.text, true)).flatten());
        let Some((year, confused)) = is_year.filter(|(year, _)| year.len() <= 6) else { return };
        if self
            .part(at + 1)
            .is_none_or(|next| !next.text.contains(char::is_alphabetic) && digits(&next.text, false).is_none())
        {
            return;
        }
        if confused {
            let written = part.text.clone();
            self.fault(DecreeFault::LetterForDigit { written });
        }
        self.want(at, WantedSeparator::Slash);
        self.next = at + 1;
        if self.text(at + 1) == year && self.part(at + 2).is_some() {
            self.fault(DecreeFault::DuplicatePart { part: Some(year.clone()) });
            self.want(at + 1, WantedSeparator::Slash);
            self.next += 1;
        }
        self.year_text = Some(year);
    }

    pub(super) fn want(&mut self, at: usize, wanted: WantedSeparator) {
        self.wanted.push((at, wanted));
    }

    // ---- putting together ----

    pub(super) fn year_number(&self) -> Option<i16> {
        self.year_text.as_deref().and_then(|text| text.parse().ok())
    }

    fn close(mut self, letters: SymbolLetters) -> Option<SymbolReading> {
        let last = self.next - 1;
        let certain = letters.certain;
        let is_letter = letters.form == DecreeForm::Letter && self.lead.announces();
        self.joins(certain && (letters.kind.is_some() || letters.form == DecreeForm::Assembly || is_letter))?;
        let from = self.parts[0].from;
        let to = self.parts[last].to;
        self.oddities(from, to);
        if self.is_slug(last) {
            return None;
        }
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
        Some(SymbolReading {
            from,
            to,
            symbol: DecreeSymbol { number: self.number, year, kind: letters.kind, agency: letters.agency, reference },
            form: letters.form,
            year_text: self.year_text,
            faults: self.faults,
            decidable: letters.decidable && !self.undecidable,
            certain,
            issuers: letters.issuers,
            mention: letters.mention,
            verbatim: letters.verbatim,
            meant: None,
            glued: self.glued,
            spaces_are_around_slashes: self.spaces_are_around_slashes,
        })
    }

    /// Returns whether it is a piece of an address: small letters, hyphens only.
    fn is_slug(&self, last: usize) -> bool {
        let parts = &self.parts[..=last];
        let small = parts.iter().all(|part| !part.text.chars().any(char::is_uppercase));
        small && parts[1..].iter().all(|part| matches!(part.join.kind, JoinKind::Hyphen | JoinKind::Underscore))
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
                self.spaces_are_around_slashes &= both;
                self.fault(DecreeFault::InnerSpace { is_style: false });
            }
            if join.doubled && !(join.is_gap && wanted == WantedSeparator::Any) {
                self.fault(DecreeFault::DuplicatePart { part: None });
            }
            if join.stray_dot {
                self.fault(if at == self.number_parts {
                    DecreeFault::NumberShape { number: format_compact!("{}.", self.number) }
                } else {
                    DecreeFault::WrongSeparator { written: ".".into() }
                });
            }
            let right = match wanted {
                WantedSeparator::Any => join.is_bar(),
                WantedSeparator::Slash => join.kind == JoinKind::Slash,
                WantedSeparator::Hyphen => join.kind == JoinKind::Hyphen,
            };
            if !right {
                let written: CompactString = self.chain.glyphs[self.parts[at - 1].to..self.parts[at].from]
                    .iter()
                    .map(|glyph| glyph.ch)
                    .collect();
                self.fault(DecreeFault::WrongSeparator { written });
            }
        }
        let odd = self.faults.iter().any(|fault| {
            matches!(
                fault,
                DecreeFault::InnerSpace { .. } | DecreeFault::WrongSeparator { .. } | DecreeFault::DuplicatePart { .. }
            )
        });
        (!odd || certain).then_some(())
    }

    /// Notes disguised characters between the glyphs `from` and `to`.
    fn oddities(&mut self, from: usize, to: usize) {
        let mut all = 0;
        for (at, glyph) in self.chain.glyphs[from..to].iter().enumerate() {
            let apart = if at == 0 { !quirk::AFTER_INVISIBLE } else { u8::MAX };
            all |= glyph.quirks & apart;
        }
        for (bit, fault) in [
            (quirk::THAI_DIGIT, DecreeFault::ThaiDigits),
            (quirk::AFTER_INVISIBLE, DecreeFault::InvisibleChar),
            (quirk::LOOKALIKE_D, DecreeFault::LookalikeD),
            (quirk::LOOKALIKE_SCRIPT, DecreeFault::LookalikeScript),
            (quirk::MARKUP, DecreeFault::Markup),
            (quirk::OTHER_SLASH, DecreeFault::FullwidthSlash),
            (quirk::DASH, DecreeFault::DashForHyphen),
        ] {
            if all & bit != 0 {
                self.fault(fault);
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
    form: DecreeForm,
) -> CompactString {
    let (marks, year) = if form == DecreeForm::Party { (["-", "/"], None) } else { (["/", "-"], year) };
    // Without a type the issuer stands behind the first mark; in the Party's form it keeps its own.
    let before_agency = if kind.is_some() || form == DecreeForm::Party { marks[1] } else { marks[0] };
    let [(slash, year), (before_kind, kind), (before_agency, agency)] =
        [("/", year), (marks[0], kind), (before_agency, agency)]
            .map(|(mark, part)| part.map_or(("", ""), |part| (mark, part)));
    text_from([number, slash, year, before_kind, kind, before_agency, agency])
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

/// Returns whether letters only, all of them ones that stand for digits: `lO`.
fn is_like_digits(word: &str) -> bool {
    (2..=4).contains(&word.len()) && word.chars().all(|ch| matches!(ch, 'O' | 'o' | 'l' | 'I' | 'S' | '0'..='9'))
}

/// Returns whether the letters are a word that stands before numbers, or the end of one.
fn is_lead_word(letters: impl Iterator<Item = char>) -> bool {
    let word = super::fold::phrase(&letters.collect::<CompactString>());
    builtin::GLUED_IN_FRONT.contains(&&*word)
}
