//! Given names of one syllable, matched by sound behind a title: `หุ่ง` in `รัฐมนตรี หุ่งกล่าว`.
//!
//! One syllable sounds like many Thai words, so nothing is heard here but directly behind a word that calls for a name,
//! and only where the text may go on as it does behind names. Deliberately absent: whose given name it is.

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use super::boundary::{self, Boundary};
use super::sounds::{Rime, Tone};
use super::{compare, costs, latin_syllable, thai_letters, thai_syllable, word_frequency};

/// Most that a syllable may cost.
const LIMIT: f32 = 0.5;
/// Most given names that one syllable is heard as.
pub const MOST: usize = 8;
/// Bytes that a syllable in Thai may take, with room for the word behind it.
const LOOKED_AT: usize = 96;

/// Given names of one Vietnamese syllable.
#[derive(Debug, Default)]
pub struct GivenSyllables {
    tones: Vec<Option<Tone>>,
    /// By onset and rime, the names that may be heard so.
    cells: FxHashMap<usize, SmallVec<[u32; 2]>>,
}

/// A given name matched at the beginning of a text.
#[derive(Clone, Debug, PartialEq)]
pub struct GivenSyllableMatch {
    /// The end, in bytes of the text.
    pub end: usize,
    /// The names it may be by their numbers, each with its cost; the likeliest first.
    pub names: SmallVec<[(f32, u32); 2]>,
}

impl GivenSyllables {
    /// Takes names, numbered by their places; those that are not one Vietnamese syllable are never heard.
    pub fn new<'a>(names: impl IntoIterator<Item = &'a str>) -> Self {
        let mut givens = Self::default();
        for (number, name) in names.into_iter().enumerate() {
            let mut heard = Vec::new();
            let known = latin_syllable::word_heard(name, latin_syllable::is_marked(name), &mut heard);
            let one = match (known, &heard[..]) {
                (Some(()), [one]) => Some(one),
                _ => None,
            };
            givens.tones.push(one.and_then(|one| one.tone));
            let Some(one) = one else { continue };
            for onset in &one.syllable.onsets {
                for rime in &one.syllable.rimes {
                    let cell = givens.cells.entry(*onset as usize * Rime::COUNT + rime.index()).or_default();
                    cell.push(number as u32);
                }
            }
        }
        givens
    }

    /// The given name that `text` begins with, if it can be one of those that are `known`.
    pub fn hear(&self, text: &str, known: impl Fn(u32) -> bool) -> Option<GivenSyllableMatch> {
        if self.cells.is_empty() || boundary::begins_other(text) {
            return None;
        }
        let mut to = text.len().min(LOOKED_AT);
        while !text.is_char_boundary(to) {
            to -= 1;
        }
        let letters = thai_letters::letters(&text[..to]);
        let mut found: Option<(usize, Vec<(f32, u32)>)> = None;
        thai_syllable::each_syllable(&letters, |heard| {
            let taken = &letters[..heard.len];
            let Some(last) = taken.last() else { return };
            let end = last.end as usize;
            let whole = taken.iter().skip(1).all(|letter| !letter.gap && !letter.wall);
            // The longest syllable behind which a name may end.
            let shorter = found.as_ref().is_some_and(|(longest, _)| *longest > end);
            if !whole || shorter {
                return;
            }
            let reading = heard.reading(&letters);
            let mut names: Vec<(f32, u32)> = Vec::new();
            costs::heard_as(heard.sounds, |onset, rime, cost| {
                for &number in self.cells.get(&(onset as usize * Rime::COUNT + rime.index())).into_iter().flatten() {
                    let cost = cost + reading.odd + compare::tone(self.tones[number as usize], &reading);
                    if cost <= LIMIT && known(number) {
                        names.push((cost, number));
                    }
                }
            });
            if names.is_empty() || !ends(&text[..end], &text[end..]) {
                return;
            }
            match &mut found {
                Some((longest, all)) if *longest == end => all.append(&mut names),
                _ => found = Some((end, names)),
            }
        });
        let (end, mut names) = found?;
        names.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        let mut likeliest: SmallVec<[(f32, u32); 2]> = SmallVec::new();
        for (cost, number) in names {
            if likeliest.len() < MOST && likeliest.iter().all(|(_, known)| *known != number) {
                likeliest.push((cost, number));
            }
        }
        Some(GivenSyllableMatch { end, names: likeliest })
    }
}

/// Returns true if a given name may end before this text; any ordinary word may follow what is none itself.
fn ends(given: &str, after: &str) -> bool {
    ends_name(after) || !word_frequency::is_word(given) && word_frequency::begins(after)
}

/// Returns true if a name may end before this text.
pub fn ends_name(after: &str) -> bool {
    boundary::after(after) != Boundary::Bare
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_syllable_behind_a_title_is_heard() {
        let names = ["Hùng", "Lâm", "Sơn", "Thanh"];
        let givens = GivenSyllables::new(names);
        let heard = |text: &str| {
            let given = givens.hear(text, |_| true)?;
            Some((text[..given.end].to_owned(), names[given.names[0].1 as usize]))
        };
        for (text, wanted) in [
            ("หุ่งกล่าวว่า", Some(("หุ่ง", "Hùng"))),
            ("ฮุง เดินทาง", Some(("ฮุง", "Hùng"))),
            ("เซินและคณะ", Some(("เซิน", "Sơn"))),
            ("ซอน", Some(("ซอน", "Sơn"))),
            ("กล่าวว่า", None),
            ("หุ่งแสวงหาโอกาส", Some(("หุ่ง", "Hùng"))),
            ("หุ่นยนต์", None),
            ("ในวันนี้", None),
        ] {
            assert_eq!(heard(text), wanted.map(|(text, name)| (text.to_owned(), name)), "{text}");
        }
    }
}
