//! From a line to the facts about the references in it.

use compact_str::CompactString;

use super::fact::DecreeFact;
use super::fault::{DecreeFault, DecreeFaultClass};
use super::lex::{self, JoinKind, SymbolChain};
use super::near::{self, NearbyYears};
use super::symbol::{DecreeForm, IncompleteSymbol};
use super::table::DecreeTable;
use super::{check, fold, ordinary, parse};
use crate::recognise::fault::{Correction, Fault};
use crate::recognise::profile::{Language, When};
use crate::text::Span;
use crate::text::byte_map::{ByteClass, ByteMap};

/// Returns whether anything stands in `text` around which a reference may be: a separator.
pub fn may_be_in(text: &str, map: &ByteMap) -> bool {
    map.places(ByteClass::Bar).any(|at| !lex::is_quotation(text.as_bytes(), at))
}

/// Finds the references in `text`, one segment, sorted and apart from each other.
///
/// Pure and total; the time is linear in the length of `text` whatever it holds.
pub fn find(text: &str, table: &DecreeTable) -> Vec<DecreeFact> {
    find_mapped(text, &ByteMap::of(text), table)
}

/// The same for a text of which `map` is the map.
pub fn find_mapped(text: &str, map: &ByteMap, table: &DecreeTable) -> Vec<DecreeFact> {
    find_where(text, map, table, ordinary::pair, ordinary::end)
}

/// Finds the references in `text` but for chains that `passed_pair` or `passed` tells of.
pub(super) fn find_where(
    text: &str,
    map: &ByteMap,
    table: &DecreeTable,
    passed_pair: impl Fn(&str, usize) -> Option<Span>,
    passed: impl Fn(&str, usize) -> Option<usize>,
) -> Vec<DecreeFact> {
    let mut facts = Vec::new();
    lex::for_each_chain(text, map, passed_pair, passed, |chain| find_in(chain, text, table, &mut facts));
    facts
}

fn find_in(chain: &SymbolChain, text: &str, table: &DecreeTable, facts: &mut Vec<DecreeFact>) {
    let mut at = 0;
    while at < chain.words.len() {
        match read_at(chain, at, text, table) {
            Some((fact, end)) => {
                facts.push(fact);
                while at < chain.words.len() && chain.words[at].from < end {
                    at += 1;
                }
            }
            None => at += 1,
        }
    }
}

/// The fact that begins with word `at`, and the glyph behind its last.
fn read_at(chain: &SymbolChain, at: usize, text: &str, table: &DecreeTable) -> Option<(DecreeFact, usize)> {
    let word = &chain.words[at];
    let join = chain.joins[at];
    let behind_number_word = at > 0 && near::is_number_word(&chain.words[at - 1].text);
    let behind_digits = at > 0 && has_digit_like(&chain.words[at - 1].text);
    let opens = at == 0 || join.space_before && !behind_digits || behind_number_word;
    if !has_digit_like(&word.text) || join.kind == JoinKind::Slash && !join.space_after && opens {
        return if opens && !join.space_after { read_numberless(chain, at, text, table) } else { None };
    }
    // Inside a longer word-with-separators it is a part of that, not a symbol.
    let free = match join.kind {
        JoinKind::None | JoinKind::Blank => true,
        JoinKind::Hyphen | JoinKind::Slash => join.spaced() || at == 0 && !join.doubled,
        JoinKind::Dot | JoinKind::Colon => at == 0 || behind_number_word,
        JoinKind::Plus => at == 0,
        _ => false,
    };
    if !free || at + 1 >= chain.words.len() {
        return None;
    }
    let start = chain.glyphs[word.from].start as usize;
    let sign = sign(chain, at, text);
    let lead = near::lead(text, sign.unwrap_or(start), table);
    if lead.other_thing {
        return None;
    }
    let time = NearbyYears::around(text, chain.span(word.from, word.to));
    let mut reading = parse::read(chain, at, &lead, &time, table)?;
    let mut from = chain.glyphs[reading.from].start as usize;
    if let Some(sign) = sign.filter(|_| lead.number_word) {
        from = sign;
        reading.stray_sign(text.get(sign..start).unwrap_or_default());
    }
    assemble(chain, reading, from, lead, &time, text, table)
}

/// The start of a stray sign directly before the number at word `at`: `+752/…`, `-752/…`, `1,719/…`.
fn sign(chain: &SymbolChain, at: usize, text: &str) -> Option<usize> {
    let start = chain.glyphs[chain.words[at].from].start as usize;
    let before = &text[..start];
    if let Some(front) = before.strip_suffix(',') {
        let digits = front.bytes().rev().take_while(u8::is_ascii_digit).count();
        let thousands = chain.words[at].text.len() == 3 && (1..=2).contains(&digits);
        return thousands.then(|| start - 1 - digits);
    }
    let opens = at == 0 || chain.joins[at].space_before && !chain.joins[at].space_after;
    (before.ends_with(['+', '-', '.']) && opens).then(|| start - 1)
}

fn read_numberless(chain: &SymbolChain, at: usize, text: &str, table: &DecreeTable) -> Option<(DecreeFact, usize)> {
    let from = chain.words[at].from;
    let mark = chain.glyphs[..from].iter().rposition(|glyph| matches!(glyph.ch, '/' | '-'));
    let start = match chain.joins[at].kind {
        JoinKind::Slash | JoinKind::Hyphen => chain.glyphs[mark?].start as usize,
        _ => chain.glyphs[from].start as usize,
    };
    if !near::is_numbered(text, start) {
        return None;
    }
    let lead = near::lead(text, start, table);
    // Dots, or a space behind a colon or in a head without the word for a type, are the blank of a form: `Số:
    // /CT-BTP`. Behind the word for a type stands a citation, and its number is missing however wide the space is.
    let before = text[..start].trim_end();
    let space = text[before.len()..start].chars().count();
    let is_blank = before.ends_with(['…', '_', ']', '[', ')', '-'])
        || before.ends_with("..")
        || before.ends_with(". .")
        || space >= 2 && lead.type_word.is_none()
        || space >= 1 && before.ends_with(':');
    if !lead.number_word || lead.other_thing || is_blank {
        return None;
    }
    let time = NearbyYears::around(text, chain.span(from, chain.words[at].to));
    let reading = parse::read_numberless(chain, at, &lead, &time, table)?;
    let from = chain.glyphs[reading.from].start as usize;
    assemble(chain, reading, from, lead, &time, text, table)
}

fn has_digit_like(word: &str) -> bool {
    word.bytes().any(|byte| byte.is_ascii_digit())
        || word.bytes().all(|byte| matches!(byte, b'O' | b'o' | b'l' | b'I' | b'S'))
}

fn assemble(
    chain: &SymbolChain,
    mut reading: parse::SymbolReading,
    from: usize,
    lead: near::CitationLead,
    time: &NearbyYears<'_>,
    text: &str,
    table: &DecreeTable,
) -> Option<(DecreeFact, usize)> {
    let core = Span::new(from as u32, chain.span(reading.from, reading.to).end);
    if near::in_address(text, core) {
        return None;
    }
    check::judge(&mut reading, &lead, time, table);
    if !reading.certain && reading.faults.iter().any(|fault| matches!(fault, DecreeFault::LetterForDigit { .. })) {
        return None;
    }
    if is_torn(&reading, core, text, table) {
        return None;
    }
    let (language, marked) = near::language(text, core, &lead);
    let right = check::right_form(&reading);
    let meant = check::meant_form(&reading);
    let surface = core.slice(text);
    let is_style = reading.spaces_are_around_slashes && language == Language::English;
    let mut faults: Vec<Fault<DecreeFault>> = std::mem::take(&mut reading.faults)
        .into_iter()
        .map(|kind| match kind {
            DecreeFault::InnerSpace { .. } => DecreeFault::InnerSpace { is_style },
            kind => kind,
        })
        .map(|kind| fault(kind, core, surface, language, marked))
        .collect();
    faults.sort_by_key(|fault| fault.kind.class());
    let glued = reading.glued.map(|word| word.map(|(from, to)| chain.span(from, to)));
    correct(&mut faults, core, surface, right.as_deref(), glued);
    for fault in &mut faults {
        if let (DecreeFault::TypeNotAllowed(_), Some(meant)) = (&fault.kind, &meant) {
            fault.correction = Some(Correction::replace(core, meant.clone(), false));
        }
    }
    for word in glued.into_iter().flatten() {
        for fault in faults.iter_mut().filter(|fault| matches!(fault.kind, DecreeFault::GluedWord { .. })) {
            fault.span = fault.span.cover(word);
            fault.surface = fault.span.slice(text).into();
        }
    }
    if let Some(right) = right {
        reading.symbol.reference = right;
    }
    let incomplete = incomplete(&reading, &faults, core);
    let end = reading.to;
    let fact = DecreeFact {
        core,
        extent: Span::new(lead.start.min(core.start as usize) as u32, core.end),
        symbol: reading.symbol,
        form: reading.form,
        type_word: lead.type_word.map(Box::new),
        date: None,
        language,
        faults,
        incomplete: incomplete.map(Box::new),
        historic: reading.form == DecreeForm::Historic,
        mention: reading.mention,
    };
    Some((fact, end))
}

/// Returns whether the symbol is a piece of one that goes on over a line break: what it seems to lack stands on the
/// other line.
fn is_torn(reading: &parse::SymbolReading, core: Span, text: &str, table: &DecreeTable) -> bool {
    let lacks = |class| reading.faults.iter().any(|fault| fault.class() == class);
    let after = text[core.end as usize..].trim();
    let goes_on = after.chars().count() == 1 && after.starts_with(['/', '-', '–', '—', '.']) && after != ".";
    if goes_on && (lacks(DecreeFaultClass::MissingPart) || lacks(DecreeFaultClass::MissingYear)) {
        return true;
    }
    // What ends a line may go on in the next one, with the separator there: `15/2020/TT` and `-BTC`. The number behind
    // `QH` has no separator before it: no line is broken there.
    let has_separator = reading.form != DecreeForm::Assembly;
    let ends_line = after.is_empty() && text.ends_with(['\n', '\r']) && has_separator;
    if ends_line && lacks(DecreeFaultClass::MissingPart) {
        return true;
    }
    // `2020/NĐ-CP` at the start of a line is the end of a symbol whose number ends the line before.
    let starts_line = text[..core.start as usize].trim().is_empty();
    let is_year = reading.symbol.number.len() == 4
        && reading.symbol.number.parse().is_ok_and(|year| (1945..=table.current_year()).contains(&year));
    starts_line && is_year && lacks(DecreeFaultClass::MissingYear)
}

fn fault(kind: DecreeFault, core: Span, surface: &str, language: Language, marked: bool) -> Fault<DecreeFault> {
    let when = match kind {
        DecreeFault::MissingDiacritics(_) => match language {
            Language::Vietnamese if marked => When::Always,
            Language::Vietnamese | Language::Unknown => When::Language(Language::Vietnamese),
            Language::Thai | Language::English | Language::Lao => When::ActionOnly,
        },
        _ => When::Always,
    };
    Fault { kind, span: core, surface: surface.into(), when, correction: None }
}

/// Gives every fault the same correction: the whole symbol as it should be, apart from the words glued to it. Only
/// what changes nothing but the writing is safe.
fn correct(
    faults: &mut [Fault<DecreeFault>],
    core: Span,
    surface: &str,
    right: Option<&str>,
    glued: [Option<Span>; 2],
) {
    let Some(right) = right else { return };
    let [front, back] = glued.map(|word| if word.is_some() { " " } else { "" });
    let right = fold::text_from([front, right, back]);
    if right == surface {
        return;
    }
    let is_safe = |fault: &Fault<DecreeFault>| match &fault.kind {
        // Spaces around a slash in English and Thai digits are a matter of style.
        DecreeFault::InnerSpace { is_style } => !is_style,
        DecreeFault::ThaiDigits => false,
        DecreeFault::GluedWord { word } if glued[1].is_some() => !may_begin_before(surface, word),
        kind => is_about_writing(kind.class()) || is_about_matter(kind.class()),
    };
    // A tab may part two columns of a table.
    let safe = faults.iter().all(is_safe) && !surface.contains('\t');
    for fault in faults.iter_mut().filter(|fault| !is_about_matter(fault.kind.class())) {
        fault.correction = Some(Correction::replace(core, right.clone(), safe));
    }
}

/// Returns whether the last capital of the symbol may be the first of the word glued behind it: `BVNH` and `ướng`,
/// `BVN` and `Hướng`.
fn may_begin_before(symbol: &str, word: &str) -> bool {
    let mut letters = word.chars();
    let Some((last, first)) = symbol.chars().next_back().zip(letters.next()) else { return false };
    first.is_uppercase() && letters.next().is_some_and(fold::is_vowel)
        || last.is_uppercase()
            && (fold::is_vowel(first)
                || matches!((last, first), ('C' | 'G' | 'K' | 'N' | 'P' | 'T', 'h') | ('N', 'g') | ('T', 'r')))
}

/// Returns whether the symbol may be written well and the fault still stand.
fn is_about_matter(fault: DecreeFaultClass) -> bool {
    matches!(
        fault,
        DecreeFaultClass::TypeWordMismatch
            | DecreeFaultClass::DateYearMismatch
            | DecreeFaultClass::TypeNotAllowed
            | DecreeFaultClass::AgencyNotExistingThen
            | DecreeFaultClass::MissingYear
    )
}

fn is_about_writing(fault: DecreeFaultClass) -> bool {
    matches!(
        fault,
        DecreeFaultClass::MissingDiacritics
            | DecreeFaultClass::InnerSpace
            | DecreeFaultClass::LetterCase
            | DecreeFaultClass::FullwidthSlash
            | DecreeFaultClass::DashForHyphen
            | DecreeFaultClass::LookalikeD
            | DecreeFaultClass::LookalikeScript
            | DecreeFaultClass::InvisibleChar
            | DecreeFaultClass::GluedWord
            | DecreeFaultClass::Markup
    )
}

fn incomplete(reading: &parse::SymbolReading, faults: &[Fault<DecreeFault>], core: Span) -> Option<IncompleteSymbol> {
    let lacks = faults.iter().any(|fault| {
        fault.correction.is_none()
            && matches!(
                fault.kind.class(),
                DecreeFaultClass::MissingYear
                    | DecreeFaultClass::MissingPart
                    | DecreeFaultClass::TwoDigitYear
                    | DecreeFaultClass::ImpossibleYear
                    | DecreeFaultClass::FutureYear
                    | DecreeFaultClass::LegislatureMismatch
                    | DecreeFaultClass::UnknownType
                    | DecreeFaultClass::UnknownAgency
            )
    });
    if !lacks {
        return None;
    }
    let unknown = |class| faults.iter().any(|fault| fault.kind.class() == class);
    let symbol = &reading.symbol;
    let agency = symbol.agency.as_deref().filter(|_| !unknown(DecreeFaultClass::UnknownAgency)).map(|letters| {
        match reading.form {
            DecreeForm::Assembly => letters.trim_end_matches(|ch: char| ch.is_ascii_digit()).into(),
            _ => CompactString::from(letters),
        }
    });
    Some(IncompleteSymbol {
        number: symbol.number.clone(),
        year: symbol.year.filter(|_| reading.year_text.is_some()),
        kind: symbol.kind.clone().filter(|_| !unknown(DecreeFaultClass::UnknownType)),
        agency,
        edit: core,
    })
}
