//! Every spelling folded, in one piece of memory: what a search over the whole registry reads, and what completion
//! looks beginnings up in.
//!
//! Built when somebody first searches; a registry of 100,000 spellings costs a few megabytes and is read in a few
//! milliseconds. Deliberately absent: how matches are ranked.

use std::ops::Range;

use super::{Entity, EntityIx};
use crate::text::fold::{Folded, fold};

/// Folded spellings, ids among them.
#[derive(Clone, Debug, Default)]
pub struct Spellings {
    text: String,
    /// Where each ends in `text`, and whose it is.
    rows: Vec<(u32, EntityIx)>,
}

impl Spellings {
    pub(super) fn new<'e>(entities: impl Iterator<Item = &'e Entity>) -> Self {
        let mut spellings = Self::default();
        let mut folded = Folded::default();
        for entity in entities {
            for name in entity.spellings().map(|name| name.text.as_str()).chain([entity.id.as_str()]) {
                folded.fold(name);
                spellings.text.push_str(&folded.text);
                spellings.rows.push((spellings.text.len() as u32, entity.ix));
            }
        }
        spellings
    }

    /// Each spelling, folded, with its entity; the spellings of one entity stand together.
    pub fn iter(&self) -> impl Iterator<Item = (&str, EntityIx)> {
        let mut start = 0;
        self.rows.iter().map(move |&(end, entity)| {
            let spelling = &self.text[start..end as usize];
            start = end as usize;
            (spelling, entity)
        })
    }
}

/// The beginnings of names and of the words in them by which they are known, in order: not of function words, which
/// everybody types all the time.
#[derive(Clone, Debug, Default)]
pub struct Beginnings {
    text: String,
    /// A word's first byte in `text`, the end of its name, and whose it is; sorted by the text between.
    words: Vec<(u32, u32, EntityIx)>,
}

impl Beginnings {
    pub(super) fn new<'e>(entities: impl Iterator<Item = &'e Entity>) -> Self {
        let mut beginnings = Self::default();
        for entity in entities {
            for name in entity.spellings() {
                let start = beginnings.text.len() as u32;
                beginnings.text.push_str(&fold(&name.text));
                let end = beginnings.text.len() as u32;
                // Folding drops spaces beside Thai and Lao letters, so words are counted out before it.
                let words = name.text.match_indices(' ').filter_map(|(at, _)| {
                    let word = at + 1 + conjunction(&name.text[at + 1..])?;
                    let before = fold(&name.text[..word]).len() as u32;
                    let space = u32::from(beginnings.text.as_bytes().get((start + before) as usize) == Some(&b' '));
                    Some(start + before + space)
                });
                let words: Vec<u32> = words.filter(|word| *word < end).collect();
                let starts = std::iter::once(start).chain(words);
                beginnings.words.extend(starts.filter(|_| start < end).map(|word| (word, end, entity.ix)));
            }
        }
        let text = std::mem::take(&mut beginnings.text);
        let is_boundary = |at: &u32| text.is_char_boundary(*at as usize);
        beginnings.words.retain(|(word, ..)| is_boundary(word));
        beginnings.words.sort_unstable_by(|a, b| rest(&text, a).cmp(rest(&text, b)).then(a.2.cmp(&b.2)));
        beginnings.text = text;
        beginnings
    }

    /// Whose names have a word that starts like this, folded, the name going on as given; an entity may come twice.
    pub fn starting_with(&self, prefix: &str) -> impl Iterator<Item = EntityIx> {
        let found = self.range(prefix);
        self.words[found].iter().map(|(_, _, entity)| *entity)
    }

    fn range(&self, prefix: &str) -> Range<usize> {
        let first = self.words.partition_point(|word| rest(&self.text, word) < prefix);
        let count = self.words[first..].partition_point(|word| rest(&self.text, word).starts_with(prefix));
        first..first + count
    }
}

/// Bytes of the conjunction that a Thai word is glued to; `None` for a word that nobody looks for a name by.
fn conjunction(word: &str) -> Option<usize> {
    let glued = ["และ", "หรือ"].into_iter().find(|conjunction| word.starts_with(conjunction));
    (!word.starts_with(char::is_lowercase)).then_some(glued.map_or(0, str::len))
}

fn rest<'t>(text: &'t str, word: &(u32, u32, EntityIx)) -> &'t str {
    &text[word.0 as usize..word.1 as usize]
}
