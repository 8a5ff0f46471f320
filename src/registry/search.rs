//! Every spelling folded, in one piece of memory: what a search over the whole registry reads, and what completion
//! looks beginnings up in.
//!
//! Built when somebody first searches; a registry of 100,000 spellings costs a few megabytes and is read in a few
//! milliseconds. Deliberately absent: how matches are ranked.

use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;

use super::{Entity, EntityIx};
use crate::text::fold::{Folded, fold};

/// Folded spellings, ids among them.
#[derive(Clone, Debug, Default)]
pub struct FoldedAliases {
    text: String,
    /// Those of one entity stand together.
    rows: Vec<FoldedAlias>,
}

/// A folded spelling.
#[derive(Clone, Copy, Debug)]
struct FoldedAlias {
    start: u32,
    end: u32,
    entity: EntityIx,
    letters: LetterSet,
}

/// The letters that a text has: a set that may hold more than it should, never less. Spaces do not count.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct LetterSet(u64);

impl LetterSet {
    /// The letters of a text.
    pub fn of(text: &str) -> Self {
        let letters = text.chars().filter(|letter| *letter != ' ');
        Self(letters.fold(0, |set, letter| set | 1 << (u32::from(letter) & 63)))
    }

    /// Returns whether all of these may be among the letters of another text.
    pub const fn may_be_in(self, other: Self) -> bool {
        self.0 & !other.0 == 0
    }
}

impl FoldedAliases {
    pub(super) fn new<'e>(entities: impl Iterator<Item = &'e Entity>) -> Self {
        let mut spellings = Self::default();
        let mut folded = Folded::default();
        for entity in entities {
            for name in entity.spellings().map(|name| name.text.as_str()).chain([entity.id.as_str()]) {
                folded.fold(name);
                let start = spellings.text.len() as u32;
                spellings.text.push_str(&folded.text);
                let (end, letters) = (spellings.text.len() as u32, LetterSet::of(&folded.text));
                spellings.rows.push(FoldedAlias { start, end, entity: entity.ix, letters });
            }
        }
        spellings
    }

    /// The entities that a spelling, folded and with `letters` in it, is found to match, each with the best score of
    /// its spellings; 0 is no match.
    pub fn best(&self, letters: LetterSet, score: impl Fn(&str) -> u8 + Sync) -> Vec<(EntityIx, u8)> {
        let of_row = |row: &FoldedAlias| match letters.may_be_in(row.letters) {
            true => score(&self.text[row.start as usize..row.end as usize]),
            false => 0,
        };
        let entities = self.rows.par_chunk_by(|one, other| one.entity == other.entity);
        let best = entities.map(|rows| (rows[0].entity, rows.iter().map(of_row).max().unwrap_or_default()));
        best.filter(|(_, best)| *best > 0).collect()
    }
}

/// The beginnings of names and of the words in them by which they are known, in order: not of function words, which
/// everybody types all the time.
#[derive(Clone, Debug, Default)]
pub struct WordBeginnings {
    spellings: Arc<FoldedAliases>,
    /// A word's first byte in the text of `spellings`, the end of its name, and whose it is; sorted by the text
    /// between.
    words: Vec<(u32, u32, EntityIx)>,
}

impl WordBeginnings {
    pub(super) fn new<'e>(spellings: Arc<FoldedAliases>, entities: impl Iterator<Item = &'e Entity>) -> Self {
        let text = &spellings.text;
        let mut words: Vec<(u64, (u32, u32, EntityIx))> = Vec::new();
        let mut rows = spellings.rows.iter();
        for entity in entities {
            for (name, row) in entity.spellings().zip(&mut rows) {
                each_word(&name.text, &text[row.start as usize..row.end as usize], |at| {
                    let word = (row.start + at as u32, row.end, entity.ix);
                    words.push((first_bytes(rest(text, &word)), word));
                });
            }
            // The last row of an entity is its id.
            rows.next();
        }
        // On this thread alone: who waits for all threads may be given work that waits for this.
        words.sort_unstable_by(|(a_first, a), (b_first, b)| {
            a_first.cmp(b_first).then_with(|| rest(text, a).cmp(rest(text, b))).then(a.2.cmp(&b.2))
        });
        let words = words.into_iter().map(|(_, word)| word).collect();
        Self { spellings, words }
    }

    /// The entities that have a name with a word that starts like this, folded, the name going on as given; an entity
    /// may come twice.
    pub fn starting_with(&self, prefix: &str) -> impl Iterator<Item = EntityIx> {
        let found = self.range(prefix);
        self.words[found].iter().map(|(_, _, entity)| *entity)
    }

    fn range(&self, prefix: &str) -> Range<usize> {
        let text = &self.spellings.text;
        let first = self.words.partition_point(|word| rest(text, word) < prefix);
        let count = self.words[first..].partition_point(|word| rest(text, word).starts_with(prefix));
        first..first + count
    }
}

/// Calls `take` with the first byte of each word by which somebody may look for it in the folded name.
fn each_word(name: &str, folded: &str, mut take: impl FnMut(usize)) {
    if folded.is_empty() {
        return;
    }
    take(0);
    let mut words = name.match_indices(' ').map(|(space, _)| space + 1);
    let spaces = |text: &str| memchr::memchr_iter(b' ', text.as_bytes()).count();
    if folded.is_ascii() && spaces(folded) == spaces(name) {
        let folded_words = memchr::memchr_iter(b' ', folded.as_bytes()).map(|space| space + 1);
        let looked_for = folded_words.zip(&mut words).filter(|(_, word)| conjunction(&name[*word..]).is_some());
        return looked_for.map(|(at, _)| at).filter(|at| *at < folded.len()).for_each(take);
    }
    // Folding drops spaces beside Thai and Lao letters, so words are counted out before it.
    for word in words {
        let Some(conjunction) = conjunction(&name[word..]) else { continue };
        let before = fold(&name[..word + conjunction]).len();
        let at = before + usize::from(folded.as_bytes().get(before) == Some(&b' '));
        if at < folded.len() && folded.is_char_boundary(at) {
            take(at);
        }
    }
}

/// The first eight bytes of a text as a number that sorts as they do.
fn first_bytes(text: &str) -> u64 {
    let mut first = [0; 8];
    let length = text.len().min(8);
    first[..length].copy_from_slice(&text.as_bytes()[..length]);
    u64::from_be_bytes(first)
}

/// Bytes of the conjunction that a Thai word is glued to; `None` for a word that nobody looks for a name by.
fn conjunction(word: &str) -> Option<usize> {
    let glued = ["และ", "หรือ"].into_iter().find(|conjunction| word.starts_with(conjunction));
    (!word.starts_with(char::is_lowercase)).then_some(glued.map_or(0, str::len))
}

fn rest<'t>(text: &'t str, word: &(u32, u32, EntityIx)) -> &'t str {
    &text[word.0 as usize..word.1 as usize]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_begin_behind_spaces() {
        let words = |name: &str| {
            let folded = fold(name);
            let mut words = Vec::new();
            each_word(name, &folded, |at| words.push(folded[at..].to_owned()));
            words
        };
        assert_eq!(words("Đỗ Thanh Bình"), ["do thanh binh", "thanh binh", "binh"]);
        assert_eq!(words("เหงียน มานห์ หุ่ง"), ["เหงียนมานห์หุ่ง", "มานห์หุ่ง", "หุ่ง"]);
        assert_eq!(words("Bộ Y tế (MOH)"), ["bo y te (moh)", "y te (moh)", "(moh)"]);
        assert_eq!(words("วัฒนธรรม กีฬา และการท่องเที่ยว"), ["วัฒนธรรมกีฬาและการท่องเที่ยว", "กีฬาและการท่องเที่ยว", "การท่องเที่ยว"]);
        assert_eq!(words("ĐỗBình "), ["dobinh "]);
        assert_eq!(words(""), [""; 0]);
    }

    #[test]
    fn letters_are_a_set() {
        let letters = LetterSet::of("do thanh binh");
        assert!(LetterSet::of("hand").may_be_in(letters) && LetterSet::of(" ").may_be_in(letters));
        assert!(!LetterSet::of("hung").may_be_in(letters), "there is no u");
    }

    #[test]
    fn first_bytes_sort_as_texts_do() {
        let mut texts = ["หุ่ง", "an", "an binh", "an binh thanh", "", "b", "an binh khe"];
        texts.sort_by_key(|text| (first_bytes(text), *text));
        assert!(texts.is_sorted());
    }
}
