//! Names in Latin letters: runs of capitalised words.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use super::evidence::{NameEvidence, ThaiCue, UnlistedName, byline, tail, thai_office};
use crate::recognise::name::phonetic::is_syllable;
use crate::recognise::name::phonetic_match;
use crate::recognise::name::word_lists::{
    BORNE_BY, BYLINE_VERBS, FAMILIES, LATIN_OFFICES, LATIN_THINGS, LATIN_TITLES, MIDDLES, NO_NAME, PLACES, PRONOUNS,
    RARE_FAMILIES, THAI_THINGS, VIETNAMESE_BODIES,
};
use crate::text::{Span, fold};

/// The longest run of words that holds a name; headings are longer.
const LONGEST_RUN: usize = 8;
/// Words of a name.
const WORDS: std::ops::RangeInclusive<usize> = 2..=5;

/// Family names by their letters without marks, with their marked spellings.
static FAMILY: LazyLock<FxHashMap<String, Vec<(&'static str, bool)>>> = LazyLock::new(|| {
    let mut families: FxHashMap<String, Vec<(&'static str, bool)>> = FxHashMap::default();
    let all = FAMILIES.iter().map(|name| (*name, true)).chain(RARE_FAMILIES.iter().map(|name| (*name, false)));
    for (name, sure) in all {
        families.entry(fold::fold(name)).or_default().push((name, sure));
    }
    families
});

static NO_NAMES: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| NO_NAME.iter().copied().collect());

/// A capitalised word with its span.
type CapitalisedWord<'t> = (Span, &'t str);

pub(super) fn find(line: &str, cues: &[ThaiCue]) -> Vec<UnlistedName> {
    let mut found = Vec::new();
    for run in runs(line) {
        if run.len() <= LONGEST_RUN {
            found.extend(name_in(line, &run, cues));
        }
    }
    found
}

/// Runs of capitalised words with one space between.
fn runs(line: &str) -> Vec<Vec<CapitalisedWord<'_>>> {
    let mut runs: Vec<Vec<CapitalisedWord<'_>>> = Vec::new();
    let mut open = false;
    for (start, word) in words(line) {
        let span = Span::new(start as u32, (start + word.len()) as u32);
        if !is_name_word(word) {
            open = false;
            continue;
        }
        match runs.last_mut() {
            Some(run) if open && run.last().is_some_and(|(last, _)| &line[last.end as usize..start] == " ") => {
                run.push((span, word));
            }
            _ => runs.push(vec![(span, word)]),
        }
        open = true;
    }
    runs
}

/// The words in Latin letters, with where they start: letters, marks, and hyphens or apostrophes inside.
fn words(line: &str) -> impl Iterator<Item = (usize, &str)> {
    let part = |ch: char| {
        ch.is_ascii_alphanumeric()
            || ('\u{c0}'..='\u{36f}').contains(&ch)
            || ('\u{1e00}'..='\u{1eff}').contains(&ch)
            || matches!(ch, '-' | '\'' | '’' | '&' | '/')
    };
    line.split(move |ch: char| !part(ch))
        .filter(|word| !word.is_empty())
        .map(move |word| (word.as_ptr() as usize - line.as_ptr() as usize, word))
}

/// A capital and small letters: no acronym, no number, nothing glued.
fn is_name_word(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_uppercase)
        && word.chars().nth(1).is_some()
        && letters.all(|ch| ch.is_lowercase() || ('\u{300}'..='\u{36f}').contains(&ch))
}

fn name_in(line: &str, run: &[CapitalisedWord<'_>], cues: &[ThaiCue]) -> Option<UnlistedName> {
    // A title leaves room for a name behind it; `Anh` inside a name is no word of address.
    let room = &run[..run.len().saturating_sub(1)];
    let addressed = |at: usize, word: &str| at == 0 || !PRONOUNS.contains(&word.to_lowercase().as_str());
    let titles = room.iter().enumerate();
    let titled = titles.rev().find(|(at, (span, word))| addressed(*at, word) && is_title(line, span.end, word));
    let titled = titled.map(|(at, _)| at);
    let mut names = &run[titled.map_or(0, |at| at + 1)..];
    // The first word of a sentence has its capital for that: `Theo Trần Thị Ngọc`.
    if let [(opening, word), rest @ ..] = names
        && opens_sentence(&line[..opening.start as usize])
        && family(word).is_none()
        && rest.first().is_some_and(|(_, word)| family(word).is_some())
        && vietnamese(rest, true)
        && !LATIN_THINGS.contains(&word.to_lowercase().as_str())
    {
        names = rest;
    }
    // A title and its organisation, the name behind them: `Minister of Commerce Cham Nimul`.
    let mut office = false;
    let before = &line[..run[0].0.start as usize];
    if titled.is_none() && (after_office(before) || after_title(before) && names.len() > 2) {
        let organization = names.iter().take_while(|(_, word)| NO_NAMES.contains(fold::fold(word).as_str())).count();
        names = &names[organization..];
        office = organization > 0;
    }
    names = behind_place(line, names);
    let (first, last) = (names.first()?, names.last()?);
    if !WORDS.contains(&names.len()) || glued(line, first.0.start, last.0.end) {
        return None;
    }
    let span = Span::new(first.0.start, last.0.end);
    let before = &line[..span.start as usize];
    let folded = fold::fold(span.slice(line));
    if PLACES.contains(&folded.as_str()) || is_thing(before) || is_no_name(names) {
        return None;
    }
    let is_titled = titled.is_some() || after_title(before);
    if is_titled && VIETNAMESE_BODIES.contains(&first.1.to_lowercase().as_str()) {
        return None;
    }
    let evidence = if is_titled {
        Some(NameEvidence::Title)
    } else if office {
        Some(NameEvidence::Office)
    } else if byline(before) || BYLINE_VERBS.iter().any(|verb| before.ends_with(verb)) {
        Some(NameEvidence::Byline)
    } else if office_behind(&line[span.end as usize..]) {
        Some(NameEvidence::Office)
    } else {
        // Over a Thai organisation only names that are Vietnamese or Lao by their form: `พัฒนาระบบ Soft Power`.
        let is_local = || phonetic_match::is_local(span.slice(line));
        thai_office(before, cues).filter(|evidence| *evidence == NameEvidence::Title || is_local())
    };
    // `Bộ trưởng Bộ Công Thương`, `Giám đốc Cảng Vụ`: behind an office a Vietnamese name begins with a family name.
    if matches!(evidence, Some(NameEvidence::Title | NameEvidence::Office))
        && (evidence == Some(NameEvidence::Office) || ends_with_any(before.trim_end(), LATIN_OFFICES))
        && family(first.1).is_none()
        && !fold::is_unmarked(span.slice(line))
        && names.iter().all(|(_, word)| is_syllable(word))
    {
        return None;
    }
    let evidence = match (family(first.1), evidence) {
        (_, Some(evidence)) => evidence,
        (Some(sure), None) if vietnamese(names, sure) && !bears_name(&line[span.end as usize..]) => {
            NameEvidence::Family
        }
        _ => return None,
    };
    Some(UnlistedName { span, evidence })
}

/// Returns true if a word, which ends at `end`, ends a title: `Minister`, `CHỦ TỊCH`.
fn is_title(line: &str, end: u32, word: &str) -> bool {
    LATIN_TITLES.contains(&word.to_lowercase().as_str()) || ends_with_any(&line[..end as usize], LATIN_TITLES)
}

/// Returns true if a sentence begins behind this text.
fn opens_sentence(before: &str) -> bool {
    before
        .trim_end()
        .chars()
        .next_back()
        .is_none_or(|last| matches!(last, '.' | '!' | '?' | '"' | '“' | ':' | '|' | '\n'))
}

/// Returns true if a title or word of address stands directly before.
fn after_title(before: &str) -> bool {
    before.ends_with(' ') && ends_with_any(before.trim_end(), LATIN_TITLES)
}

/// Returns true if a title that goes on with `of` its organisation stands before.
fn after_office(before: &str) -> bool {
    /// Bytes: an organisation of a few words.
    const LONGEST: usize = 96;
    let before = tail(before, LONGEST);
    let Some(title) = before.rfind(" of ").map(|at| &before[..at]).filter(|_| before.ends_with(' ')) else {
        return false;
    };
    let rest = &before[title.len()..];
    !rest.contains([',', '.', ';', ':', '(', ')']) && ends_with_any(title, LATIN_TITLES)
}

/// Returns true if what somebody is follows, set off by a comma: `, Minister of Health`.
fn office_behind(after: &str) -> bool {
    /// Bytes: the longest word of office.
    const LONGEST: usize = 48;
    let Some(rest) = after.strip_prefix(", ") else { return false };
    let mut to = LONGEST.min(rest.len());
    while !rest.is_char_boundary(to) {
        to -= 1;
    }
    let rest = rest[..to].to_lowercase();
    let rest = rest.strip_prefix("the ").unwrap_or(&rest);
    let goes_on = |rest: &str| [" of ", " for ", " của ", " bộ "].iter().any(|word| rest.starts_with(word));
    LATIN_OFFICES.iter().any(|word| rest.strip_prefix(word).is_some_and(goes_on))
}

/// The whole Vietnamese name that ends a run which begins with a place: `tỉnh Quảng Ninh Bùi Văn Khắng`.
fn behind_place<'r, 't>(line: &str, names: &'r [CapitalisedWord<'t>]) -> &'r [CapitalisedWord<'t>] {
    let Some((first, word)) = names.first() else { return names };
    let is_place = is_thing(&line[..first.start as usize]) || family(word).is_none();
    let name = (1..names.len()).find(|at| family(names[*at].1) == Some(true) && vietnamese(&names[*at..], true));
    name.filter(|_| is_place).map_or(names, |at| &names[at..])
}

/// Returns true if a place or thing is named so: `đường Trần Hưng Đạo`.
fn is_thing(before: &str) -> bool {
    let before = before.trim_end();
    ends_with_any(before, LATIN_THINGS) || THAI_THINGS.iter().any(|word| before.ends_with(word))
}

/// Returns true if `text` ends in one of the words, whatever its case.
fn ends_with_any(text: &str, words: &[&str]) -> bool {
    /// Bytes: the longest word of the lists, with the letter before it.
    const LONGEST: usize = 48;
    let end = tail(text, LONGEST).to_lowercase();
    let is_whole = |rest: &str| !rest.chars().next_back().is_some_and(char::is_alphanumeric);
    words.iter().any(|word| end.strip_suffix(word).is_some_and(is_whole))
}

/// Returns true if what follows makes a place or thing of a name: `Dinh Cong Trang primary school`.
fn bears_name(after: &str) -> bool {
    let word = after.strip_prefix(' ').and_then(|after| after.split(|ch: char| !ch.is_ascii_lowercase()).next());
    word.is_some_and(|word| BORNE_BY.contains(&word))
}

/// Returns true if a word says that this is no name of a person, unless it is a Vietnamese one through and through.
fn is_no_name(names: &[CapitalisedWord<'_>]) -> bool {
    let vietnamese = names.iter().all(|(_, word)| is_syllable(word)) && family(names[0].1).is_some();
    !vietnamese && names.iter().any(|(_, word)| NO_NAMES.contains(fold::fold(word).as_str()))
}

/// Returns true if something is written together with the name.
fn glued(line: &str, start: u32, end: u32) -> bool {
    let latin = |ch: char| ch.is_alphanumeric() && !('\u{e00}'..='\u{eff}').contains(&ch);
    line[..start as usize].chars().next_back().is_some_and(latin)
        || line[end as usize..].chars().next().is_some_and(latin)
}

/// Returns true if the word is a Vietnamese family name, and if so whether it is hardly ever anything else.
fn family(word: &str) -> Option<bool> {
    let known = FAMILY.get(&fold::fold(word))?;
    known.iter().filter(|(family, _)| fold::same_word(word, family)).map(|(_, sure)| *sure).reduce(|a, b| a || b)
}

/// Returns true if the words are a whole Vietnamese name without anything beside them that says so.
fn vietnamese(names: &[CapitalisedWord<'_>], sure: bool) -> bool {
    let middle = names.get(1).is_some_and(|(_, word)| MIDDLES.contains(&fold::fold(word).as_str()));
    names.len() >= 3 && (sure || middle) && names.iter().all(|(_, word)| is_syllable(word))
}
