//! Registered names of Thais with a typing error in the family name: `เศรษฐา ทวีศิลป์` for `เศรษฐา ทวีสิน`.
//!
//! A Thai family name is one family's by law, so that a given name with a family name that sounds the same, or is one
//! letter off, is nobody else's. Both names must be long enough, with a title, an honorific or a space before them and
//! something behind them that ends a name. Deliberately absent: names of others in Thai letters, of which every
//! spelling is as good ([`phonetic`](super::phonetic)), errors in given names, and given names that nobody has.

use compact_str::CompactString;
use rustc_hash::{FxHashMap, FxHashSet};
use smallvec::SmallVec;

use super::longer_name;
use super::misspelt::MisspeltName;
use super::phonetic::boundary::{self, Boundary};
use crate::registry::EntityIx;
use crate::text::{Span, cluster};

/// Letters and signs of a given name, at least; shorter ones end many words.
const GIVEN: usize = 4;
/// Letters and signs of a family name, at least: shorter ones differ by a letter from many.
const FAMILY: usize = 5;
/// The cost of a letter that sounds the same in its place, of a short vowel for a long one, of a sign of tone.
const SAME_SOUND: f32 = 0.25;
/// The cost that a name may have without a title before it: it sounds the same.
const ALIKE: f32 = 0.75;
/// The cost that a name may have with a title before it: one letter is another.
const ONE_EDIT: f32 = 1.25;
/// The longest given name that is looked for, in bytes.
const LONGEST: usize = 60;

/// Names of Thais by their given names.
#[derive(Default)]
pub(super) struct ThaiNames {
    by_given: FxHashMap<CompactString, SmallVec<[(EntityIx, CompactString); 1]>>,
    /// The last letters of given names: a cheap look.
    ends: FxHashSet<[char; 3]>,
}

impl ThaiNames {
    /// Takes the names of people in Thai letters; those of other than two words, and short ones, are left out.
    pub fn new<'n>(names: impl Iterator<Item = (EntityIx, &'n str)>) -> Self {
        let mut index = Self::default();
        for (entity, name) in names {
            let Some((given, family)) = name.trim().split_once(' ') else { continue };
            let is_long = |word: &str, least: usize| word.chars().count() >= least && word.chars().all(is_thai);
            if !is_long(given, GIVEN) || !is_long(family, FAMILY) {
                continue;
            }
            index.ends.extend(last_letters(given));
            index.by_given.entry(given.into()).or_default().push((entity, family.into()));
        }
        index
    }

    /// Returns true if nobody is registered.
    pub fn is_empty(&self) -> bool {
        self.by_given.is_empty()
    }
}

/// Adds the misspelt names of a text to `found`; `taken` are the names found in it, and entities that are `stale` in
/// the first index count by the second alone.
pub(super) fn find(
    text: &str,
    indexes: [&ThaiNames; 2],
    stale: &FxHashSet<EntityIx>,
    taken: impl Fn(Span) -> bool,
) -> Vec<MisspeltName> {
    let mut found = Vec::new();
    if indexes.iter().all(|index| index.is_empty()) {
        return found;
    }
    for space in memchr::memchr_iter(b' ', text.as_bytes()) {
        let (before, behind) = (&text[..space], &text[space + 1..]);
        let Some(ends) = last_letters(before) else { continue };
        if !behind.chars().next().is_some_and(is_thai) || !indexes.iter().any(|index| index.ends.contains(&ends)) {
            continue;
        }
        let Some((start, end, entity, score)) = at_space(text, space, indexes, stale) else { continue };
        let span = Span::of(start, end);
        if !taken(span) && !longer_name::is_part_of_other(text, span) {
            found.push(MisspeltName { span, entity, score });
        }
    }
    found
}

/// The one person whose given name ends at a space and whose family name is meant behind it: where the name starts and
/// ends, who that is, and how alike the names are.
fn at_space(
    text: &str,
    space: usize,
    indexes: [&ThaiNames; 2],
    stale: &FxHashSet<EntityIx>,
) -> Option<(usize, usize, EntityIx, f32)> {
    let behind = &text[space + 1..];
    let mut best: Option<(f32, usize, usize, EntityIx, usize)> = None;
    let mut rivals = false;
    let starts = text[..space].char_indices().rev().take_while(|(at, ch)| space - at <= LONGEST && is_thai(*ch));
    for (start, _) in starts.filter(|(start, _)| cluster::is_boundary(text, *start)) {
        let allowed = match boundary::before(&text[..start]) {
            Boundary::Title => ONE_EDIT,
            Boundary::Space => ALIKE,
            Boundary::Word | Boundary::Bare => continue,
        };
        for (layer, index) in indexes.into_iter().enumerate() {
            let known = index.by_given.get(&text[start..space]).into_iter().flatten();
            for (entity, family) in known.filter(|(entity, _)| layer > 0 || !stale.contains(entity)) {
                let Some((cost, length)) = nearest(behind, family, allowed) else { continue };
                let letters = text[start..space].chars().count() + family.chars().count();
                match best {
                    Some((least, ..)) if cost > least => {}
                    Some((least, _, _, other, _)) if cost >= least && other != *entity => rivals = true,
                    _ => {
                        best = Some((cost, start, space + 1 + length, *entity, letters));
                        rivals = false;
                    }
                }
            }
        }
    }
    let (cost, start, end, entity, letters) = best.filter(|_| !rivals)?;
    Some((start, end, entity, 1.0 - cost.max(SAME_SOUND) / letters as f32))
}

/// The beginning of a text that is nearest to a family name without being it: its cost and its length in bytes.
fn nearest(text: &str, family: &str, allowed: f32) -> Option<(f32, usize)> {
    /// Letters by which a misspelt name may be longer or shorter: a silent one with its sign.
    const SLACK: usize = 3;
    if text.starts_with(family) {
        return None;
    }
    let letters = family.chars().count();
    let wanted = sounded(family);
    let ends = text.char_indices().map(|(at, ch)| (at + ch.len_utf8(), ch)).take_while(|(_, ch)| is_thai(*ch));
    let ends = ends.map(|(end, _)| end).take(letters + SLACK).skip(letters.saturating_sub(SLACK + 1));
    let mut best: Option<(f32, usize)> = None;
    for end in ends.filter(|end| cluster::is_boundary(text, *end)) {
        if boundary::after(&text[end..]) == Boundary::Bare {
            continue;
        }
        let cost = distance(&sounded(&text[..end]), &wanted);
        // Of equals the longest: a silent letter belongs to the name.
        if cost <= allowed && best.is_none_or(|(least, _)| cost <= least) {
            best = Some((cost, end));
        }
    }
    best
}

/// The letters that are spoken: without those under the sign of silence, and without that.
fn sounded(word: &str) -> SmallVec<[char; 24]> {
    let mut letters: SmallVec<[char; 24]> = SmallVec::new();
    for ch in word.chars() {
        match ch {
            '์' => {
                // A vowel may stand between the letter and the sign: `สิทธิ์`.
                if letters.last().is_some_and(|last| matches!(last, 'ิ' | 'ุ')) {
                    letters.pop();
                }
                letters.pop();
            }
            _ => letters.push(ch),
        }
    }
    letters
}

/// The cost of making one row of letters the other.
fn distance(one: &[char], other: &[char]) -> f32 {
    let mut row: SmallVec<[f32; 32]> = SmallVec::new();
    row.push(0.0);
    for ch in other {
        let before = row.last().copied().unwrap_or_default();
        row.push(before + dropped(*ch));
    }
    for a in one {
        let mut next: SmallVec<[f32; 32]> = SmallVec::new();
        next.push(row[0] + dropped(*a));
        for (at, b) in other.iter().enumerate() {
            let replaced = row[at] + replaced(*a, *b);
            let cost = replaced.min(row[at + 1] + dropped(*a)).min(next[at] + dropped(*b));
            next.push(cost);
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}

/// The cost of leaving a letter out.
const fn dropped(ch: char) -> f32 {
    match ch {
        '\u{e47}'..='\u{e4b}' => SAME_SOUND,
        _ => 1.0,
    }
}

/// Letters that sound the same at the beginning or at the end of a syllable, and vowels that differ in length alone.
/// Source: Royal Institute, General System of Phonetic Transcription of Thai Characters into Roman, 1999: letters with
/// the same transcription in one position.
const SAME: [&str; 14] = [
    "สศษซ",
    "ทธฑฒถฐ",
    "พภผ",
    "นณ",
    "ลฬ",
    "ดฎ",
    "ตฏ",
    "คขฆ",
    "ชฉฌ",
    "ยญ",
    "นณญรลฬ",
    "บปพภฟ",
    "ดตจชซฎฏฐฑฒถทธศษส",
    "กขคฆ",
];
const LENGTH: [[char; 2]; 4] = [['ิ', 'ี'], ['ึ', 'ื'], ['ุ', 'ู'], ['ใ', 'ไ']];

fn replaced(one: char, other: char) -> f32 {
    if one == other {
        return 0.0;
    }
    let is_same = SAME.iter().any(|class| class.contains(one) && class.contains(other))
        || LENGTH.iter().any(|pair| pair.contains(&one) && pair.contains(&other));
    if is_same { SAME_SOUND } else { 1.0 }
}

/// The last three letters of a text, where they are Thai.
fn last_letters(text: &str) -> Option<[char; 3]> {
    let mut letters = text.chars().rev().filter(|ch| !matches!(ch, '\u{200b}'));
    let (last, middle, first) = (letters.next()?, letters.next()?, letters.next()?);
    [first, middle, last].iter().all(|ch| is_thai(*ch)).then_some([first, middle, last])
}

const fn is_thai(ch: char) -> bool {
    matches!(ch, '\u{e01}'..='\u{e3a}' | '\u{e40}'..='\u{e4e}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_family_name_that_sounds_the_same_or_is_a_letter_off_is_found() {
        let names = ["เศรษฐา ทวีสิน", "อนุทิน ชาญวีรกูล", "ปานปรีย์ พหิทธานุกร", "ดอน ปรมัตถ์วินัย"];
        let index = ThaiNames::new((0..).map(EntityIx).zip(names));
        let none = ThaiNames::default();
        let mut wrong = Vec::new();
        for (text, wanted) in [
            ("นายกรัฐมนตรีเศรษฐา ทวีศิลป์ กล่าว", Some(("เศรษฐา ทวีศิลป์", 0))),
            ("นายเศรษฐา ทวีศิลป์กล่าวว่า", Some(("เศรษฐา ทวีศิลป์", 0))),
            ("เศรษฐา ทวีศิล เดินทาง", Some(("เศรษฐา ทวีศิล", 0))),
            ("นายอนุทิน ชาญวีรกุล รองนายกรัฐมนตรี", Some(("อนุทิน ชาญวีรกุล", 1))),
            ("นายปานปรีย์ พหิธธานุกร", Some(("ปานปรีย์ พหิธธานุกร", 2))),
            ("นายเศรษฐา ทวีสีน กล่าว", Some(("เศรษฐา ทวีสีน", 0))),
            // As it should be; other families; a longer name; another given name; a short one; nothing before.
            ("นายเศรษฐา ทวีสิน กล่าว", None),
            ("นายเศรษฐา ทวีทรัพย์ กล่าว", None),
            ("นายเศรษฐา ทองสิน กล่าว", None),
            ("นายเศรษฐา ทวีศิลปกรรมชัย กล่าว", None),
            ("นายเศรษฐี ทวีศิลป์ กล่าว", None),
            ("นายดอน ปรมัตถ์วินัน กล่าว", None),
            ("มหาเศรษฐา ทวีศิลป์", None),
        ] {
            let found = find(text, [&index, &none], &FxHashSet::default(), |_| false);
            let found = found.first().map(|name| (name.span.slice(text), name.entity.0));
            if found != wanted {
                wrong.push((text, found));
            }
        }
        assert_eq!(wrong, []);
    }
}
