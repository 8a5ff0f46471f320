//! Registered names in Latin letters with a typing error: `Phạm Minh Chíng`, `Srettha Thavisn`.
//!
//! A name differs from a registered one in one word, by one or two edits, and that word is nobody's: no syllable of
//! Vietnamese names, or of no Vietnamese syllable at all. Two people often have names that differ in one word, so a
//! name that may be somebody's is left alone. Deliberately absent: other transcriptions of a name
//! ([`phonetic`](super::phonetic)), and names in Thai letters.

use std::hash::{Hash, Hasher};

use compact_str::CompactString;
use rustc_hash::{FxHashMap, FxHashSet, FxHasher};
use smallvec::SmallVec;

use super::longer_name::{self, is_name_syllable, is_name_word};
use super::phonetic;
use crate::registry::EntityIx;
use crate::text::byte_map::ByteMap;
use crate::text::{Span, fold};

/// Words of names that are looked for. Names of one word have nothing else to be known by.
const WORDS: std::ops::RangeInclusive<usize> = 2..=5;
/// Letters of a word that may have two edits, at least.
const LONG: usize = 8;
/// Letters of the misspelt word of a name that is not Vietnamese, and of the other words together, at least: shorter
/// ones differ by an edit from many.
const FOREIGN: usize = 6;

/// A registered name that is written with an error.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct MisspeltName {
    /// The place of the name.
    pub span: Span,
    /// The person whose name it is.
    pub entity: EntityIx,
    /// The likeness to the registered name, 0 to 1.
    pub score: f32,
}

/// Registered names by all of their words but one.
#[derive(Default)]
pub(super) struct MisspeltIndex {
    by_rest: FxHashMap<u64, SmallVec<[u32; 1]>>,
    names: Vec<(EntityIx, CompactString)>,
}

impl MisspeltIndex {
    /// Takes the names of people in Latin letters; others are left out.
    pub fn new<'n>(names: impl Iterator<Item = (EntityIx, &'n str)>) -> Self {
        let mut index = Self::default();
        for (entity, name) in names {
            let name = name.trim();
            let words: SmallVec<[u64; 5]> = name.split(' ').map(hash_of_word).collect();
            if !WORDS.contains(&words.len())
                || !name.chars().all(|ch| ch.is_alphabetic() || matches!(ch, ' ' | '\'' | '-'))
            {
                continue;
            }
            if !name.split(' ').all(is_name_word) || longer_name::script_of(name) != crate::text::cluster::Script::Latin
            {
                continue;
            }
            let number = index.names.len() as u32;
            index.names.push((entity, name.into()));
            for at in 0..words.len() {
                index.by_rest.entry(rest_key(&words, at)).or_default().push(number);
            }
        }
        index
    }

    /// Returns true if nobody is registered.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }
}

/// Adds the misspelt names of a text, of which `map` is the map, to `found`; `taken` are the names found in it, and
/// entities that are `stale` in the first index count by the second alone.
pub(super) fn find(
    text: &str,
    map: &ByteMap,
    indexes: [&MisspeltIndex; 2],
    stale: &FxHashSet<EntityIx>,
    taken: impl Fn(Span) -> bool,
) -> Vec<MisspeltName> {
    let mut found = Vec::new();
    if indexes.iter().all(|index| index.is_empty()) {
        return found;
    }
    let mut run: SmallVec<[Span; 8]> = SmallVec::new();
    let mut flush = |run: &mut SmallVec<[Span; 8]>| {
        if run.len() >= *WORDS.start() && run.len() <= MOST_IN_RUN {
            in_run(text, run, indexes, stale, &taken, &mut found);
        }
        run.clear();
    };
    for span in capitalised_words(text, map) {
        // Whatever else stands between two words parts them, another word too.
        if run.last().is_some_and(|last| &text[last.end as usize..span.start as usize] != " ") {
            flush(&mut run);
        }
        if is_name_word(span.slice(text)) {
            run.push(span);
        } else {
            flush(&mut run);
        }
    }
    flush(&mut run);
    found
}

/// The Latin words of a text that begin with a capital.
fn capitalised_words(text: &str, map: &ByteMap) -> impl Iterator<Item = Span> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let start = map.next_capitalised(at)?;
            let letter = text[start..].chars().next()?;
            at = start + letter.len_utf8();
            if is_latin_letter(letter)
                && letter.is_uppercase()
                && !text[..start].chars().next_back().is_some_and(is_latin_letter)
            {
                at = latin_end(text, at);
                return Some(Span::of(start, at));
            }
        }
    })
}

/// The end of the Latin letters from `at` on.
fn latin_end(text: &str, mut at: usize) -> usize {
    let bytes = text.as_bytes();
    while let Some(byte) = bytes.get(at) {
        at += match byte {
            0..=0x7f if byte.is_ascii_alphabetic() => 1,
            0..=0x7f => break,
            _ => match text[at..].chars().next().filter(|letter| is_latin_letter(*letter)) {
                Some(letter) => letter.len_utf8(),
                None => break,
            },
        };
    }
    at
}

/// Returns true for letters and marks of Latin words: by ranges, since all text is asked.
const fn is_latin_letter(ch: char) -> bool {
    ch.is_ascii_alphabetic() || matches!(ch, '\u{c0}'..='\u{24f}' | '\u{300}'..='\u{36f}' | '\u{1e00}'..='\u{1eff}')
}

/// Capitalised words in a row that hold a name; headings are longer.
const MOST_IN_RUN: usize = 12;

fn in_run(
    text: &str,
    run: &[Span],
    indexes: [&MisspeltIndex; 2],
    stale: &FxHashSet<EntityIx>,
    taken: &impl Fn(Span) -> bool,
    found: &mut Vec<MisspeltName>,
) {
    let hashes: SmallVec<[u64; MOST_IN_RUN]> = run.iter().map(|word| hash_of_word(word.slice(text))).collect();
    // The longest name first, from the left.
    let mut from = 0;
    while from < run.len() {
        let longest = (run.len() - from).min(*WORDS.end());
        let name = (*WORDS.start()..=longest).rev().find_map(|count| {
            let span = Span::new(run[from].start, run[from + count - 1].end);
            let (entity, score) = nearest(text, span, &hashes[from..from + count], indexes, stale)?;
            let free = !taken(span) && !longer_name::is_part_of_other(text, span);
            free.then_some((MisspeltName { span, entity, score }, count))
        });
        match name {
            Some((name, count)) => {
                found.push(name);
                from += count;
            }
            None => from += 1,
        }
    }
}

/// The one person whose name differs from the words in one of them, with the likeness of the two.
fn nearest(
    text: &str,
    span: Span,
    words: &[u64],
    indexes: [&MisspeltIndex; 2],
    stale: &FxHashSet<EntityIx>,
) -> Option<(EntityIx, f32)> {
    let mut best: Option<(usize, EntityIx, usize)> = None;
    let mut rivals = false;
    for at in 0..words.len() {
        let key = rest_key(words, at);
        for (layer, index) in indexes.into_iter().enumerate() {
            let known = index.by_rest.get(&key).into_iter().flatten().map(|number| &index.names[*number as usize]);
            let known = known.filter(|(entity, _)| layer > 0 || !stale.contains(entity));
            // Everybody is a Nguyễn Văn: what so many share names nobody.
            if known.clone().count() > MOST_SHARING {
                continue;
            }
            for (entity, listed) in known {
                let Some(edits) = edits(text, span, listed, at) else { continue };
                match &best {
                    Some((least, other, _)) if (edits, *other) == (*least, *entity) => {}
                    Some((least, _, _)) if edits == *least => rivals = true,
                    Some((least, _, _)) if edits > *least => {}
                    _ => {
                        best = Some((edits, *entity, listed.chars().count()));
                        rivals = false;
                    }
                }
            }
        }
    }
    let (edits, entity, letters) = best.filter(|_| !rivals)?;
    Some((entity, 1.0 - edits.max(1) as f32 / letters as f32))
}

/// Registered people who share all words but one, at most.
const MOST_SHARING: usize = 8;

/// The edits between the words at a place, where all others agree and the word of the text is an error.
fn edits(text: &str, span: Span, listed: &str, at: usize) -> Option<usize> {
    let surface = span.slice(text);
    let unmarked = fold::is_unmarked(surface);
    let (mut wrong, mut right) = ("", "");
    for (number, (word, listed)) in surface.split(' ').zip(listed.split(' ')).enumerate() {
        if number == at {
            (wrong, right) = (word, listed);
        } else if !unmarked && fold::tight(word) != fold::tight(listed) && !fold::is_unmarked(word) {
            return None;
        }
    }
    let (folded, wanted) = (fold::fold(wrong), fold::fold(right));
    let letters = wanted.chars().count();
    let most = if letters >= LONG { 2 } else { 1 };
    let edits = distance(&folded, &wanted).filter(|edits| *edits <= most)?;
    if edits == 0 && (unmarked || fold::tight(wrong) == fold::tight(right)) {
        return None;
    }
    let is_error = if longer_name::is_vietnamese(listed) {
        let is_short = listed.split(' ').count() < 3;
        let before = &text[..span.start as usize];
        // `Bộ trưởng Bộ Tài chính Hồ Đức Phốc`: the office may be named in full.
        let is_person = || longer_name::calls_for_name(before) || longer_name::has_office(before);
        !is_name_syllable(wrong, unmarked)
            && (!phonetic::is_well_formed(wrong, !unmarked) || (!is_generic(listed) && is_person()))
            && (!is_short || longer_name::calls_for_name(before))
    } else {
        let others: usize = listed.split(' ').map(|word| word.chars().count()).sum::<usize>() - right.chars().count();
        edits > 0 && letters >= FOREIGN && others >= FOREIGN && folded.chars().next() == wanted.chars().next()
    };
    is_error.then_some(edits)
}

/// Returns true if so many people have this family and middle name that the given name alone tells who is meant.
fn is_generic(listed: &str) -> bool {
    listed.split(' ').nth(1).is_some_and(|middle| matches!(&*fold::fold(middle), "van" | "thi"))
}

fn hash_of_word(word: &str) -> u64 {
    let mut hasher = FxHasher::default();
    for ch in word.chars() {
        match fold::latin_base(ch) {
            Some(base) => base.hash(&mut hasher),
            None if ('\u{300}'..='\u{36f}').contains(&ch) => {}
            None => ch.to_lowercase().for_each(|lower| lower.hash(&mut hasher)),
        }
    }
    hasher.finish()
}

/// A key of all words but the one at a place.
fn rest_key(words: &[u64], at: usize) -> u64 {
    let mut hasher = FxHasher::default();
    (words.len(), at).hash(&mut hasher);
    words.iter().enumerate().filter(|(other, _)| *other != at).for_each(|(_, word)| word.hash(&mut hasher));
    hasher.finish()
}

/// The edits that make one word of the other, two neighbours exchanged being one; none for more than two.
fn distance(one: &str, other: &str) -> Option<usize> {
    const MOST: usize = 2;
    let (one, other): (SmallVec<[char; 16]>, SmallVec<[char; 16]>) = (one.chars().collect(), other.chars().collect());
    if one.len().abs_diff(other.len()) > MOST || one.len() > 32 {
        return None;
    }
    let width = other.len() + 1;
    let mut rows: Vec<usize> = (0..width).collect();
    let mut before: Vec<usize> = rows.clone();
    for (i, a) in one.iter().enumerate() {
        let mut row = vec![i + 1; width];
        for (j, b) in other.iter().enumerate() {
            let mut least = (rows[j] + usize::from(a != b)).min(rows[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *a == other[j - 1] && one[i - 1] == *b {
                least = least.min(before[j - 1] + 1);
            }
            row[j + 1] = least;
        }
        before = std::mem::replace(&mut rows, row);
    }
    rows.last().copied().filter(|edits| *edits <= MOST)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const NAMES: [&str; 7] = [
        "Hồ Đức Phớc",
        "Phạm Minh Chính",
        "Srettha Thavisin",
        "Nguyễn Văn Quý",
        "Tô Lâm",
        "Nguyễn Thanh Lâm",
        "Ngô Đình Thắng",
    ];

    #[test]
    fn an_error_in_one_word_is_found_and_another_name_is_not() {
        let index = MisspeltIndex::new((0..).map(EntityIx).zip(NAMES));
        let none = MisspeltIndex::default();
        let mut wrong = Vec::new();
        for (text, wanted) in [
            ("Bộ trưởng Hồ Đức Phốc nói", Some(("Hồ Đức Phốc", 0))),
            ("ông Phạm Minh Chíng đến", Some(("Phạm Minh Chíng", 1))),
            ("Phạm Minh Chíng đến", Some(("Phạm Minh Chíng", 1))),
            ("Bộ trưởng Bộ Tài chính Hồ Đức Phốc nói", Some(("Hồ Đức Phốc", 0))),
            ("Giám đốc Sở Y tế tỉnh Nghệ An Hồ Đức Phốc nói", Some(("Hồ Đức Phốc", 0))),
            ("Bộ trưởng họp. Hồ Đức Phốc nói", None),
            ("Bộ trưởng Nguyễn Văn Quíy nói", Some(("Nguyễn Văn Quíy", 3))),
            // No syllable at all, even where many have the family and middle name.
            ("ông Nguyễn Văn Quýh nói", Some(("Nguyễn Văn Quýh", 3))),
            ("Bộ trưởng Ngô Đình Thắg nói", Some(("Ngô Đình Thắg", 6))),
            ("Prime Minister Srettha Thavisn said", Some(("Srettha Thavisn", 2))),
            ("Pham Minh Chimh said", Some(("Pham Minh Chimh", 1))),
            // Other people.
            ("ông Phạm Minh Chiến đến", None),
            ("ông Nguyễn Văn Quỳ đến", None),
            ("ông Nguyễn Thành Lâm đến", None),
            ("Srettha Thammasat said", None),
            ("Hồ Đức Phước nói", None),
            ("Tố Lâm hát", None),
            // A longer name.
            ("bà Hồ Đức Phốc Anh", None),
        ] {
            let found = find(text, &ByteMap::of(text), [&index, &none], &FxHashSet::default(), |_| false);
            let found = found.first().map(|name| (name.span.slice(text), name.entity.0));
            if found != wanted {
                wrong.push((text, found));
            }
        }
        assert_eq!(wrong, []);
    }

    proptest! {
        #[test]
        fn all_words_with_capitals_are_seen(text in "[aZéÉ\u{301}ẾກกƯ .-]{0,20}") {
            let words = text.split(|ch: char| !is_latin_letter(ch)).filter(|word| word.starts_with(char::is_uppercase));
            let words: Vec<&str> = words.collect();
            let seen: Vec<&str> = capitalised_words(&text, &ByteMap::of(&text)).map(|span| span.slice(&text)).collect();
            prop_assert_eq!(seen, words);
        }
    }

    #[test]
    fn edits_are_counted() {
        assert_eq!(distance("thavisn", "thavisin"), Some(1));
        assert_eq!(distance("ab", "ba"), Some(1));
        assert_eq!(distance("chinh", "chinh"), Some(0));
        assert_eq!(distance("chinh", "hoang"), None);
    }
}
