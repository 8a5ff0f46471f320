//! Letters in a symbol: which type, issuer or legislature they mean, and what is wrong with how they are written.

use compact_str::{CompactString, ToCompactString, format_compact};

use super::fold::{self, key, unmarked};
use super::table::{AgencyEntry, AgencyKind, DecreeTable, builtin};

/// Letters understood.
#[derive(Clone, Debug)]
pub(super) struct KnownLetters {
    /// As they should be written.
    pub(super) canonical: CompactString,
    /// The number of characters of the word that they are; the rest is a word glued on.
    pub(super) length: usize,
    /// True if a digit stood for a letter.
    pub(super) digit_for_letter: bool,
    /// True if a letter stood for a digit, in the number of a legislature.
    pub(super) letter_for_digit: bool,
    /// True if the letters meant cannot be told.
    pub(super) ambiguous: bool,
}

impl KnownLetters {
    fn plain(canonical: &str, length: usize) -> Self {
        Self { canonical: canonical.into(), length, digit_for_letter: false, letter_for_digit: false, ambiguous: false }
    }

    /// With the digits in `word` read as letters; nothing where there are several ways to.
    fn repaired(letters: &str, word: &str) -> Self {
        let ambiguous = letters.is_empty();
        let canonical = if ambiguous { word } else { letters };
        Self { digit_for_letter: true, ambiguous, ..Self::plain(canonical, word.chars().count()) }
    }
}

/// A legislature in the place of the issuer: `QH13`, `UBTVQH14`.
#[derive(Clone, Debug)]
pub(super) struct LegislatureLetters {
    /// `QH` or `UBTVQH`.
    pub(super) letters: &'static str,
    /// The ordinal; `None` where it is missing.
    pub(super) number: Option<u16>,
    pub(super) known: KnownLetters,
}

/// Reads a word as a type.
pub(super) fn kind(word: &str, table: &DecreeTable) -> Option<KnownLetters> {
    if let Some((canonical, _)) = table.kind(word) {
        return Some(KnownLetters::plain(canonical, word.chars().count()));
    }
    let repaired = undigited(word, |letters| table.kind(letters).map(|(canonical, _)| canonical.into()))?;
    Some(KnownLetters::repaired(&repaired, word))
}

/// Reads a word as an issuer.
pub(super) fn agency(word: &str, table: &DecreeTable) -> Option<KnownLetters> {
    let length = word.chars().count();
    if let Some((canonical, _)) = table.agency(word) {
        return Some(KnownLetters::plain(canonical, length));
    }
    if let Some(canonical) = department(word) {
        return Some(KnownLetters::plain(&canonical, length));
    }
    if let Some(known) = glued(word, |letters| table.agency(letters).map(|(canonical, _)| canonical.into())) {
        return Some(known);
    }
    let repaired = undigited(word, |letters| table.agency(letters).map(|(canonical, _)| canonical.into()))?;
    Some(KnownLetters::repaired(&repaired, word))
}

/// Reads a word as a legislature.
pub(super) fn chamber(word: &str) -> Option<LegislatureLetters> {
    // A naught may stand for the Q.
    if !word.starts_with(|first| fold::bare(first).is_some_and(|first| matches!(first, 'Q' | 'q' | 'U' | 'u' | '0'))) {
        return None;
    }
    if let Some(chamber) = plain_chamber(word) {
        return Some(chamber);
    }
    // A word glued on: the capital letters and digits in front count.
    let cut = word.char_indices().find(|(_, ch)| ch.is_lowercase()).map(|(at, _)| at)?;
    let starts_capital = word[..cut].chars().next_back().is_some_and(char::is_uppercase);
    let cut = if starts_capital { word[..cut].char_indices().next_back().map_or(cut, |(at, _)| at) } else { cut };
    let chamber = plain_chamber(&word[..cut])?;
    (word[cut..].chars().count() >= 2 && chamber.number.is_some()).then_some(chamber)
}

fn plain_chamber(word: &str) -> Option<LegislatureLetters> {
    for letters in ["UBTVQH", "QH"] {
        // One character stands for one letter, so the first ones are the name.
        let Some((cut, _)) = word.char_indices().chain([(word.len(), ' ')]).nth(letters.len()) else { continue };
        let (name, ordinal) = word.split_at(cut);
        let name_key = key(name);
        let digit_for_letter = name_key != letters;
        if digit_for_letter && undigited(name, |tried| (key(tried) == letters).then(|| letters.into())).is_none() {
            continue;
        }
        let length = word.chars().count();
        let known = |letter_for_digit, number: Option<u16>| LegislatureLetters {
            letters,
            number,
            known: KnownLetters {
                canonical: number.map_or_else(|| letters.into(), |number| format_compact!("{letters}{number}")),
                length,
                digit_for_letter,
                letter_for_digit,
                ambiguous: false,
            },
        };
        if ordinal.is_empty() {
            return (!digit_for_letter).then(|| known(false, None));
        }
        if let Some((digits, confused)) = digits(ordinal, digit_for_letter)
            && digits.len() <= 3
        {
            return Some(known(confused, digits.parse().ok()));
        }
    }
    None
}

/// The digits of `word`, and whether letters stood for some; at least one must be a true digit, or `bold` be set.
pub(super) fn digits(word: &str, bold: bool) -> Option<(CompactString, bool)> {
    if !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some((word.into(), false));
    }
    let mut confused = false;
    let mut seen = false;
    let digits = word
        .chars()
        .map(|ch| match ch {
            '0'..='9' => {
                seen = true;
                Some(ch)
            }
            'O' | 'o' => {
                confused = true;
                Some('0')
            }
            'l' | 'I' | 'i' => {
                confused = true;
                Some('1')
            }
            'S' => {
                confused = true;
                Some('5')
            }
            _ => None,
        })
        .collect::<Option<CompactString>>()?;
    ((seen || bold) && !digits.is_empty()).then_some((digits, confused))
}

/// The letters that digits in `word` stand for: empty where several readings are known, `None` where none is.
fn undigited(word: &str, known: impl Fn(&str) -> Option<CompactString>) -> Option<CompactString> {
    const MOST_DIGITS: usize = 2;
    let length = word.chars().count();
    let digits = word.chars().filter(char::is_ascii_digit).count();
    if digits == 0 || digits > MOST_DIGITS || digits == length || length > 20 {
        return None;
    }
    let mut readings: Vec<CompactString> = vec![CompactString::default()];
    for ch in word.chars() {
        let letters: &[char] = match ch {
            '0' => &['O', 'Q', 'D'],
            '1' => &['I', 'L', 'T'],
            '8' => &['B', 'H'],
            '5' => &['S'],
            '6' => &['G'],
            _ => &[ch],
        };
        readings = readings
            .iter()
            .flat_map(|reading| letters.iter().map(move |letter| format_compact!("{reading}{letter}")))
            .collect();
    }
    let mut found = readings.iter().filter_map(|reading| known(reading));
    let first = found.next()?;
    Some(if found.all(|other| other == first) { first } else { CompactString::default() })
}

/// A known issuer with a small-letter or capitalised word glued behind: `CPngày`, `BTCQuy`.
fn glued(word: &str, known: impl Fn(&str) -> Option<CompactString>) -> Option<KnownLetters> {
    let boundaries: Vec<usize> = word.char_indices().map(|(at, _)| at).collect();
    for length in (2..boundaries.len().saturating_sub(1)).rev() {
        let (front, rest) = word.split_at(boundaries[length]);
        let mut following = rest.chars();
        let first = following.next()?;
        let second = following.next()?;
        let is_word = rest.chars().all(char::is_alphabetic) && second.is_lowercase();
        if !is_word || (first.is_uppercase() && rest.chars().count() < 3) {
            continue;
        }
        // Only letters that look like an issuer: all of them as they should be, but for marks.
        if let Some(canonical) = known(front).filter(|canonical| unmarked(canonical) == unmarked(front)) {
            return Some(KnownLetters::plain(&canonical, length));
        }
    }
    None
}

/// A provincial department (`S` and its field) as it should be written.
fn department(word: &str) -> Option<CompactString> {
    let field = word.strip_prefix('S')?;
    let wanted = key(field);
    builtin::DEPARTMENTS.iter().find(|known| key(known) == wanted).map(|known| format_compact!("S{known}"))
}

/// The one issuer within two slips of `word` that satisfies `fits`: the nearest, if it is alone at its distance.
pub(super) fn nearest_agency(
    word: &str,
    table: &DecreeTable,
    most: usize,
    fits: impl Fn(&AgencyEntry) -> bool,
) -> Option<CompactString> {
    /// Of one or two letters nearly every issuer is a slip away.
    const SHORTEST: usize = 3;
    let word = key(word);
    if word.len() < SHORTEST {
        return None;
    }
    let mut best: Option<(usize, &AgencyEntry)> = None;
    let mut alone = true;
    for entry in table.agencies().iter().filter(|entry| fits(entry)) {
        let slips = distance(&word, &key(&entry.abbr), most);
        let Some(slips) = slips else { continue };
        match best {
            // Older and newer letters of one body (TATC, TANDTC) do not compete: the first in the table stands.
            Some((least, known)) if slips > least || known.vi == entry.vi => {}
            Some((least, _)) if slips == least => alone = false,
            _ => (best, alone) = (Some((slips, entry)), true),
        }
    }
    let (_, entry) = best.filter(|_| alone)?;
    Some(entry.abbr.to_compact_string())
}

/// Insertions, deletions, replacements and exchanges of neighbours between two keys, if at most `most`.
pub(super) fn distance(a: &str, b: &str, most: usize) -> Option<usize> {
    const LONGEST: usize = 24;
    let (a, b) = (a.as_bytes(), b.as_bytes());
    if a.len().abs_diff(b.len()) > most || a.len() > LONGEST || b.len() > LONGEST {
        return None;
    }
    let mut rows = [[0_usize; LONGEST + 1]; 3];
    for (at, cell) in rows[1].iter_mut().enumerate() {
        *cell = at;
    }
    for i in 1..=a.len() {
        let (before, last) = (rows[0], rows[1]);
        let row = &mut rows[2];
        row[0] = i;
        for j in 1..=b.len() {
            let replaced = last[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            row[j] = replaced.min(last[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                row[j] = row[j].min(before[j - 2] + 1);
            }
        }
        rows[0] = last;
        rows[1] = rows[2];
    }
    let slips = rows[1][b.len()];
    (slips <= most).then_some(slips)
}

/// Returns whether the issuer writes as the Party does.
pub(super) fn is_party(letters: &str, table: &DecreeTable) -> bool {
    table.agency(letters).is_some_and(|(_, entry)| entry.kind == AgencyKind::Party)
}

/// Returns whether the letters name a permit or certificate, which are no documents of law.
pub(super) fn is_permit(word: &str) -> bool {
    let key = key(word);
    builtin::PERMITS.contains(&&*key) || key.starts_with("GP") && key.len() <= 5
}

/// Returns whether letters are written as they should be, marks apart.
pub(super) fn is_same_case(canonical: &str, written: &str) -> bool {
    unmarked(canonical) == unmarked(written)
}
