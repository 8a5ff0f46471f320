//! Names of Lao people across their two scripts: in Lao letters those that are registered in Latin ones, and the
//! reverse.
//!
//! Lao letters are read by the official romanisation (`lao_romanisation.txt`). Names are written after it and after the
//! French (`Sonexay`, `Bounnhang`), so both sides are reduced to what the ways of writing have in common: aspiration,
//! silent `e`, the lengths of vowels and doubled letters are left out. Only whole names that are the same after that
//! are found. What the table cannot carry is left undone: names of foreigners in Lao letters, vowels that are written
//! as in English (`Kaew`), names of one word, and shortened ones.

use std::sync::LazyLock;

use compact_str::CompactString;
use rustc_hash::{FxHashMap, FxHashSet};
use smallvec::SmallVec;

use super::misspelt::MisspeltName;
use super::word_lists::{LAO_FINALS, LAO_INITIALS, LAO_VOWELS};
use crate::registry::EntityIx;
use crate::text::{Span, fold};

/// Letters of a reduced name, at least: shorter ones stand in ordinary words.
const SHORTEST: usize = 8;
/// Syllables of a name, at most.
const SYLLABLES: usize = 12;
/// Words of a name, at most.
const WORDS: usize = 4;
/// The likeness of a name to the registered one: it is the same but for the ways of writing.
const SCORE: f32 = 0.9;

/// A letter or a sign, as the table has it, with its romanisation.
type Romanised = FxHashMap<&'static str, &'static str>;

fn table(lines: &'static [&'static str]) -> Romanised {
    lines.iter().filter_map(|line| line.split_once(' ')).collect()
}

static INITIALS: LazyLock<Romanised> = LazyLock::new(|| table(LAO_INITIALS));
static FINALS: LazyLock<Romanised> = LazyLock::new(|| table(LAO_FINALS));
static VOWELS: LazyLock<Romanised> = LazyLock::new(|| table(LAO_VOWELS));

/// Names of Lao people, reduced.
#[derive(Default)]
pub(super) struct LaoNames {
    by_key: FxHashMap<CompactString, SmallVec<[EntityIx; 1]>>,
    /// The beginnings of the keys: a cheap look.
    heads: FxHashSet<[u8; 3]>,
    /// People who have no name in Latin letters, and are looked for there.
    without_latin: FxHashSet<EntityIx>,
}

impl LaoNames {
    /// Takes the names of Lao people in Latin and Lao letters; names of one word are left out.
    pub fn new<'n>(names: impl Iterator<Item = (EntityIx, &'n str)>) -> Self {
        let mut index = Self::default();
        let mut with_latin: FxHashSet<EntityIx> = FxHashSet::default();
        for (entity, name) in names {
            let words: SmallVec<[&str; 4]> = name.split_whitespace().collect();
            if !(2..=WORDS).contains(&words.len()) {
                continue;
            }
            let is_lao = name.chars().any(is_lao_letter);
            if is_lao {
                index.without_latin.insert(entity);
                index.add(entity, &romanised(name));
            } else if name.chars().any(|ch| ch.is_ascii_alphabetic()) {
                with_latin.insert(entity);
                index.add(entity, name);
                if let [given, family] = words[..] {
                    index.add(entity, &format!("{family} {given}"));
                }
            }
        }
        index.without_latin.retain(|entity| !with_latin.contains(entity));
        index
    }

    fn add(&mut self, entity: EntityIx, latin: &str) {
        let key = skeleton(latin);
        let Some(head) = head(&key).filter(|_| key.len() >= SHORTEST) else { return };
        self.heads.insert(head);
        let people = self.by_key.entry(key).or_default();
        if !people.contains(&entity) {
            people.push(entity);
        }
    }

    /// The one person of a key.
    fn one(&self, key: &str) -> Option<EntityIx> {
        match self.by_key.get(key)?[..] {
            [one] => Some(one),
            _ => None,
        }
    }

    /// Returns true if nobody is registered.
    pub fn is_empty(&self) -> bool {
        self.by_key.is_empty()
    }
}

/// Finds the registered Lao people of a text in the script in which they are not registered; `taken` are the names
/// found in it, and entities that are `stale` in the first index count by the second alone.
pub(super) fn find(
    text: &str,
    indexes: [&LaoNames; 2],
    stale: &FxHashSet<EntityIx>,
    taken: impl Fn(Span) -> bool,
) -> Vec<MisspeltName> {
    let mut found = Vec::new();
    for (layer, index) in indexes.into_iter().enumerate() {
        if index.is_empty() {
            continue;
        }
        let is_wanted = |entity: &EntityIx| layer > 0 || !stale.contains(entity);
        in_lao(text, index, is_wanted, &mut found);
        if index.without_latin.iter().any(is_wanted) {
            in_latin(text, index, |entity| is_wanted(entity) && index.without_latin.contains(entity), &mut found);
        }
    }
    found.retain(|name: &MisspeltName| !taken(name.span));
    found
}

fn in_lao(text: &str, index: &LaoNames, is_wanted: impl Fn(&EntityIx) -> bool, found: &mut Vec<MisspeltName>) {
    for row in rows(text) {
        let mut from = 0;
        while from < row.len() {
            let name = at_syllable(&row[from..], index).filter(|(_, entity)| is_wanted(entity));
            match name {
                Some((count, entity)) => {
                    let span = Span::new(row[from].span.start, row[from + count - 1].span.end);
                    found.push(MisspeltName { span, entity, score: SCORE });
                    from += count;
                }
                None => from += 1,
            }
        }
    }
}

/// The longest name that a row of syllables begins with: its syllables, and whose it is.
fn at_syllable(row: &[LaoSyllable], index: &LaoNames) -> Option<(usize, EntityIx)> {
    let mut latin = String::new();
    let mut best = None;
    for (count, syllable) in row.iter().take(SYLLABLES).enumerate() {
        latin.push_str(&syllable.latin);
        if latin.len() < 3 {
            continue;
        }
        let key = skeleton(&latin);
        // A letter more may change the end of the beginning, so that the third syllable is waited for.
        if count >= 2 && !head(&key).is_some_and(|head| index.heads.contains(&head)) {
            break;
        }
        if let Some(entity) = index.one(&key) {
            best = Some((count + 1, entity));
        }
    }
    best
}

fn in_latin(text: &str, index: &LaoNames, is_wanted: impl Fn(&EntityIx) -> bool, found: &mut Vec<MisspeltName>) {
    let is_letter = |ch: char| ch.is_alphabetic() && !is_lao_letter(ch);
    let mut words: SmallVec<[Span; WORDS]> = SmallVec::new();
    let mut at = 0;
    for word in text.split(|ch: char| !is_letter(ch)) {
        let start = at;
        let end = start + word.len();
        // The separator behind the word.
        at = end + text[end..].chars().next().map_or(0, char::len_utf8);
        if !word.starts_with(char::is_uppercase) {
            words.clear();
            continue;
        }
        if words.last().is_some_and(|last| &text[last.end as usize..start] != " ") {
            words.clear();
        }
        if words.len() == WORDS {
            words.remove(0);
        }
        words.push(Span::of(start, end));
        for from in 0..words.len().saturating_sub(1) {
            let span = Span::of(words[from].start as usize, end);
            let key = skeleton(span.slice(text));
            let Some(entity) = index.one(&key).filter(&is_wanted) else { continue };
            found.push(MisspeltName { span, entity, score: SCORE });
            words.clear();
            break;
        }
    }
}

/// The first three letters of a key.
fn head(key: &str) -> Option<[u8; 3]> {
    key.as_bytes().first_chunk().copied()
}

/// A syllable in Lao letters with its romanisation.
struct LaoSyllable {
    span: Span,
    latin: CompactString,
}

/// The romanisation of a name in Lao letters.
fn romanised(name: &str) -> String {
    rows(name).iter().flatten().map(|syllable| syllable.latin.as_str()).collect()
}

/// The rows of syllables of a text; one ends where no syllable can be read, or more than a space parts two.
fn rows(text: &str) -> Vec<Vec<LaoSyllable>> {
    let mut rows = Vec::new();
    let mut row: Vec<LaoSyllable> = Vec::new();
    // Tones change nothing of the romanisation.
    let letters: Vec<(u32, char)> =
        text.char_indices().filter(|(_, ch)| !is_tone(*ch)).map(|(at, ch)| (at as u32, ch)).collect();
    let mut at = 0;
    while at < letters.len() {
        let (start, letter) = letters[at];
        if is_lao_letter(letter)
            && let Some((count, latin)) = syllable(&letters[at..])
        {
            let end = letters.get(at + count).map_or(text.len() as u32, |(next, _)| *next);
            row.push(LaoSyllable { span: Span::new(start, end), latin });
            at += count;
            continue;
        }
        let is_single_space = letter == ' ' && letters.get(at + 1).is_some_and(|(_, next)| is_lao_letter(*next));
        if !is_single_space && !row.is_empty() {
            rows.push(std::mem::take(&mut row));
        }
        at += 1;
    }
    rows.push(row);
    rows
}

/// The syllable that letters begin with: how many of them, and its romanisation.
fn syllable(letters: &[(u32, char)]) -> Option<(usize, CompactString)> {
    let letter = |at: usize| letters.get(at).map_or(' ', |(_, ch)| *ch);
    let mut at = 0;
    let lead = Some(letter(0)).filter(|ch| is_lead(*ch));
    at += usize::from(lead.is_some());
    let mut latin = CompactString::default();
    at += initial(&letter, at, lead.is_some(), &mut latin)?;
    let mut pattern = String::new();
    let vowel = (0..=3).rev().find_map(|count| {
        pattern.clear();
        pattern.extend(lead);
        pattern.push('-');
        pattern.extend((0..count).map(|sign| letter(at + sign)));
        let vowel = VOWELS.get(pattern.as_str())?;
        // A letter that is a vowel here begins a syllable where a sign follows it; `ວ` alone needs an end behind it.
        let last = letter(at + count - usize::from(count > 0));
        let begins_next = count > 0 && matches!(last, 'ອ' | 'ວ' | 'ຍ') && is_sign(letter(at + count));
        let lacks_end = pattern == "-ວ" && !is_final(&letter, at + count);
        (!begins_next && !lacks_end).then_some((count, *vowel))
    });
    let (count, vowel) = vowel?;
    at += count;
    latin.push_str(vowel);
    if is_final(&letter, at) {
        let mut buffer = [0; 4];
        latin.push_str(FINALS.get(&*letter(at).encode_utf8(&mut buffer)).copied().unwrap_or_default());
        at += 1;
    }
    Some((at, latin))
}

/// Reads the consonant that begins a syllable. Returns its letters.
fn initial(letter: &impl Fn(usize) -> char, at: usize, is_led: bool, latin: &mut CompactString) -> Option<usize> {
    let mut buffer = [0; 4];
    let mut sound = |ch: char| INITIALS.get(&*ch.encode_utf8(&mut buffer)).copied();
    let (first, second, third) = (letter(at), letter(at + 1), letter(at + 2));
    if first == 'ອ' {
        return Some(1);
    }
    if first == 'ຫ' && second == 'ຼ' {
        latin.push('l');
        return Some(2);
    }
    // ຫ before these only changes the tone.
    if first == 'ຫ'
        && matches!(second, 'ງ' | 'ຍ' | 'ນ' | 'ມ' | 'ຣ' | 'ລ' | 'ວ')
        && (is_sign(third) || is_led && third != ' ')
    {
        latin.push_str(sound(second)?);
        return Some(2);
    }
    latin.push_str(sound(first)?);
    if second == 'ຼ' {
        latin.push('l');
        return Some(2);
    }
    Some(1)
}

/// Returns true if a letter ends the syllable before it: no vowel of its own follows.
fn is_final(letter: &impl Fn(usize) -> char, at: usize) -> bool {
    let mut buffer = [0; 4];
    let next = letter(at + 1);
    // `ອ` and `ວ` are the vowel behind it, unless they begin a syllable themselves.
    let has_vowel = is_sign(next) || next == 'ຼ' || matches!(next, 'ອ' | 'ວ') && !is_sign(letter(at + 2));
    FINALS.contains_key(&*letter(at).encode_utf8(&mut buffer)) && !has_vowel
}

const fn is_lead(ch: char) -> bool {
    matches!(ch, 'ເ'..='ໄ')
}

/// Returns true for the signs of vowels behind, above and below a consonant.
const fn is_sign(ch: char) -> bool {
    matches!(ch, '\u{eb0}'..='\u{ebb}' | '\u{ebd}' | '\u{ecd}')
}

const fn is_tone(ch: char) -> bool {
    matches!(ch, '\u{ec8}'..='\u{ecc}')
}

const fn is_lao_letter(ch: char) -> bool {
    matches!(ch, '\u{e81}'..='\u{ec4}' | '\u{ecd}' | '\u{edc}'..='\u{edf}')
}

/// A name in Latin letters without what the ways of writing Lao names differ in.
fn skeleton(latin: &str) -> CompactString {
    let folded = fold::fold(latin);
    let letters: SmallVec<[u8; 40]> = folded.bytes().filter(u8::is_ascii_alphabetic).collect();
    let at = |place: usize| letters.get(place).copied().unwrap_or(b' ');
    let is_vowel = |letter: u8| matches!(letter, b'a' | b'e' | b'i' | b'o' | b'u' | b'y');
    let mut key = CompactString::default();
    let mut place = 0;
    while place < letters.len() {
        let (one, two, three) = (at(place), at(place + 1), at(place + 2));
        let (length, sound) = match (one, two) {
            (b't', b'c') if three == b'h' => (3, Some('c')),
            (b'c', b'h') => (2, Some('c')),
            (b'k' | b't' | b'p', b'h') => (2, Some(char::from(one))),
            // One sound, which Lao names begin syllables with: `Bounnhang`, `Sayasone`.
            (b'g', b'n') | (b'n', b'h') if is_vowel(three) => (2, Some('i')),
            // Before another `y` or `i` the first one is the vowel: `Pany Yathotou`.
            (b'n', b'y') if matches!(three, b'a' | b'e' | b'o' | b'u') => (2, Some('i')),
            (b'g', b'n') | (b'n', b'h') => (2, Some('n')),
            (b'o', b'o' | b'u') | (b'e', b'u') => (2, Some('u')),
            // `Vieng`, `Viang`: the vowel behind is written in its turn, without its own letter.
            (b'i', b'e') => {
                if !key.ends_with('i') {
                    key.push('i');
                }
                (2, Some('a'))
            }
            (b'e', _) => (1, None),
            (b'h', _) if place > 0 && !is_vowel(two) => (1, None),
            (b'x', _) => (1, Some('s')),
            (b'w', _) => (1, Some('v')),
            (b'y', _) => (1, Some('i')),
            (b'r', _) => (1, Some('l')),
            (b'q' | b'c', _) => (1, Some('k')),
            (b'j', _) => (1, Some('c')),
            (b'b', next) if !is_vowel(next) && next != b'l' && next != b'r' => (1, Some('p')),
            (b'd', next) if !is_vowel(next) => (1, Some('t')),
            _ => (1, Some(char::from(one))),
        };
        place += length;
        if let Some(sound) = sound
            && !key.ends_with(sound)
        {
            key.push(sound);
        }
    }
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lao_letters_are_read_by_the_official_table() {
        for (lao, latin) in [
            ("ສອນໄຊ", "sonxai"),
            ("ສີພັນດອນ", "siphandon"),
            ("ທອງລຸນ", "thongloun"),
            ("ສະເຫຼີມໄຊ", "saleumxai"),
            ("ກົມມະສິດ", "kommasit"),
            ("ແກ້ວມະນີວົງ", "keomanivong"),
            ("ວຽງຈັນ", "viangchan"),
            ("ບຸນຍັງ", "boungnang"),
            ("ຄຳໄຕ", "khamtai"),
            ("ເມືອງ", "muang"),
            ("ໄຊຍະສອນ", "xaignason"),
        ] {
            assert_eq!(romanised(lao), latin, "{lao}");
        }
    }

    fn found<'t>(names: &[&str], text: &'t str) -> Vec<(&'t str, u32)> {
        let index = LaoNames::new((0..).map(EntityIx).zip(names.iter().copied()));
        let found = find(text, [&index, &LaoNames::default()], &FxHashSet::default(), |_| false);
        found.iter().map(|name| (name.span.slice(text), name.entity.0)).collect()
    }

    #[test]
    fn a_name_is_found_in_the_other_script() {
        let latin = [
            "Sonexay Siphandone",
            "Thongloun Sisoulith",
            "Saleumxay Kommasith",
            "Bounnhang Vorachith",
            "Phosy Keomanivong",
            "Choummaly Sayasone",
            "Pany Yathotou",
        ];
        for (text, wanted) in [
            ("ທ່ານ ສອນໄຊ ສີພັນດອນ ນາຍົກລັດຖະມົນຕີ", &[("ສອນໄຊ ສີພັນດອນ", 0)][..]),
            ("ທ່ານທອງລຸນ ສີສຸລິດ ແລະ ທ່ານ ສະເຫຼີມໄຊ ກົມມະສິດ", &[("ທອງລຸນ ສີສຸລິດ", 1), ("ສະເຫຼີມໄຊ ກົມມະສິດ", 2)]),
            ("ທ່ານ ບຸນຍັງ ວໍລະຈິດ", &[("ບຸນຍັງ ວໍລະຈິດ", 3)]),
            ("ໂພສີ ແກ້ວມະນີວົງ ກ່າວ", &[("ໂພສີ ແກ້ວມະນີວົງ", 4)]),
            ("ຈູມມະລີ ໄຊຍະສອນ", &[("ຈູມມະລີ ໄຊຍະສອນ", 5)]),
            ("ທ່ານ ນາງ ປານີ ຢາທໍ່ຕູ້", &[("ປານີ ຢາທໍ່ຕູ້", 6)]),
            // A given name alone, somebody else, other words, two spaces.
            ("ທ່ານ ສອນໄຊ ກ່າວ", &[]),
            ("ທ່ານ ສອນໄຊ ສີພັນທອງ ກ່າວ", &[]),
            ("ປະເທດລາວ ແລະ ຫວຽດນາມ", &[]),
            ("ສອນໄຊ  ສີພັນດອນ", &[]),
        ] {
            assert_eq!(found(&latin, text), wanted, "{text}");
        }
        let lao = ["ສອນໄຊ ສີພັນດອນ", "ໂພສີ ແກ້ວມະນີວົງ"];
        for (text, wanted) in [
            ("Prime Minister Sonexay Siphandone said", &[("Sonexay Siphandone", 0)][..]),
            ("Mr Sonxay Siphandon and Phosy Keomanivong", &[("Sonxay Siphandon", 0), ("Phosy Keomanivong", 1)]),
            ("Sonexay, Siphandone; Sonexay Siphavong", &[]),
        ] {
            assert_eq!(found(&lao, text), wanted, "{text}");
        }
        assert_eq!(found(&latin, "Sonexay Siphandone"), [], "listed spellings are found otherwise");
    }
}
