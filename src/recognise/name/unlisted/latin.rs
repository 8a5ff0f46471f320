//! Names in Latin letters: runs of capitalised words.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use super::words::{FAMILIES, LATIN_THINGS, LATIN_TITLES, MIDDLES, NO_NAME, PLACES, RARE_FAMILIES, THAI_THINGS};
use super::{Evidence, Unlisted, byline, tail, thai_office};
use crate::recognise::name::sound::is_syllable;
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
type Word<'t> = (Span, &'t str);

pub(super) fn find(line: &str) -> Vec<Unlisted> {
    let mut found = Vec::new();
    for run in runs(line) {
        if run.len() <= LONGEST_RUN {
            found.extend(name_in(line, &run));
        }
    }
    found
}

/// Runs of capitalised words with one space between.
fn runs(line: &str) -> Vec<Vec<Word<'_>>> {
    let mut runs: Vec<Vec<Word<'_>>> = Vec::new();
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

fn name_in(line: &str, run: &[Word<'_>]) -> Option<Unlisted> {
    let titled = run.iter().rposition(|(_, word)| is_title(line, run, word));
    let names = &run[titled.map_or(0, |at| at + 1)..];
    let (first, last) = (names.first()?, names.last()?);
    if !WORDS.contains(&names.len()) || glued(line, first.0.start, last.0.end) {
        return None;
    }
    let span = Span::new(first.0.start, last.0.end);
    let before = &line[..span.start as usize];
    let folded = fold::fold(span.slice(line));
    if PLACES.contains(&folded.as_str()) || is_thing(before) || names.iter().any(|(_, word)| no_name(word)) {
        return None;
    }
    let evidence = if titled.is_some() || after_title(before) {
        Some(Evidence::Title)
    } else if byline(before) {
        Some(Evidence::Byline)
    } else {
        thai_office(before)
    };
    let evidence = match (family(first.1), evidence) {
        (_, Some(evidence)) => evidence,
        (Some(sure), None) if vietnamese(names, sure) => Evidence::Family,
        _ => return None,
    };
    Some(Unlisted { span, evidence })
}

/// Whether a word of a run ends a title: `Minister`, `trưởng` is not capitalised and stands outside of runs.
fn is_title(line: &str, run: &[Word<'_>], word: &str) -> bool {
    let lower = word.to_lowercase();
    // Of `Chủ tịch` only the first word is capitalised; of a title in capitals the run holds both.
    let end = run.iter().find(|(_, other)| std::ptr::eq(*other, word)).map_or(0, |(span, _)| span.end as usize);
    LATIN_TITLES.contains(&lower.as_str()) && line[..end].ends_with(word)
        || LATIN_TITLES.iter().filter(|title| title.contains(' ')).any(|title| ends_with_word(&line[..end], title))
}

/// Whether a title or word of address stands directly before.
fn after_title(before: &str) -> bool {
    before.ends_with(' ') && LATIN_TITLES.iter().any(|title| ends_with_word(before.trim_end(), title))
}

/// Whether a place or thing is named so: `đường Trần Hưng Đạo`.
fn is_thing(before: &str) -> bool {
    let before = before.trim_end();
    LATIN_THINGS.iter().any(|word| ends_with_word(before, word))
        || THAI_THINGS.iter().any(|word| before.ends_with(word))
}

/// Whether `text` ends in a word, whatever its case.
fn ends_with_word(text: &str, word: &str) -> bool {
    let end = tail(text, word.len() + 4).to_lowercase();
    end.strip_suffix(word).is_some_and(|rest| !rest.chars().next_back().is_some_and(char::is_alphanumeric))
}

fn no_name(word: &str) -> bool {
    NO_NAMES.contains(fold::fold(word).as_str())
}

/// Whether something is written together with the name.
fn glued(line: &str, start: u32, end: u32) -> bool {
    let latin = |ch: char| ch.is_alphanumeric() && !('\u{e00}'..='\u{eff}').contains(&ch);
    line[..start as usize].chars().next_back().is_some_and(latin)
        || line[end as usize..].chars().next().is_some_and(latin)
}

/// Whether the word is a Vietnamese family name, and if so whether it is hardly ever anything else.
fn family(word: &str) -> Option<bool> {
    let known = FAMILY.get(&fold::fold(word))?;
    known.iter().filter(|(family, _)| fold::same_word(word, family)).map(|(_, sure)| *sure).reduce(|a, b| a || b)
}

/// Whether the words are a whole Vietnamese name without anything beside them that says so.
fn vietnamese(names: &[Word<'_>], sure: bool) -> bool {
    let middle = names.get(1).is_some_and(|(_, word)| MIDDLES.contains(&fold::fold(word).as_str()));
    names.len() >= 3 && (sure || middle) && names.iter().all(|(_, word)| is_syllable(word))
}

/// The Vietnamese family name that a name in Latin letters begins with, without marks.
pub(super) fn family_of(name: &str) -> Option<String> {
    let first = name.split(' ').next()?;
    family(first).map(|_| fold::fold(first))
}
