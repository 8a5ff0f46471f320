//! Names to be found by sound, in two layers: an index of everybody as of some moment, and a small one of those who
//! changed since.
//!
//! The small one is built in the time of a keystroke, the large one takes as long as the registry is large. What both
//! find together is what one index of everybody finds. Deliberately absent: when to begin anew, which whoever holds the
//! registry decides.

use std::sync::Arc;

use rustc_hash::FxHashSet;

use super::trie::{PhoneticMatch, PhoneticTrie, choose, hear};
use crate::text::Span;
use crate::text::byte_map::ThaiPlaces;

/// Names to be found by sound.
#[derive(Clone)]
pub struct PhoneticIndex {
    base: Arc<PhoneticTrie>,
    /// The names of those who are out of date in `base`.
    delta: Arc<PhoneticTrie>,
    stale: Arc<FxHashSet<u32>>,
}

impl PhoneticIndex {
    /// Takes in entities' names in Latin letters; others are left out, and so are those of less than two or more than
    /// twelve syllables.
    pub fn new<'a>(names: impl IntoIterator<Item = (u32, &'a str)>) -> Self {
        Self { base: Arc::new(PhoneticTrie::new(names)), delta: Arc::new(PhoneticTrie::new([])), stale: Arc::default() }
    }

    /// The same with all names of the `stale` entities replaced by these. Who was replaced before must be among them.
    #[must_use]
    pub fn with<'a>(&self, stale: FxHashSet<u32>, names: impl IntoIterator<Item = (u32, &'a str)>) -> Self {
        Self { base: self.base.clone(), delta: Arc::new(PhoneticTrie::new(names)), stale: Arc::new(stale) }
    }

    /// Returns true if nothing is registered.
    pub fn is_empty(&self) -> bool {
        self.base.is_empty() && self.delta.is_empty()
    }

    /// The registered names heard in a segment, of which `thai` are the Thai characters, in order, none overlapping
    /// another or what is taken.
    pub fn find(&self, text: &str, thai: &ThaiPlaces, taken: &[Span]) -> Vec<PhoneticMatch> {
        if self.is_empty() {
            return Vec::new();
        }
        choose(text, taken, hear(text, thai, &[(&self.base, &self.stale), (&self.delta, &FxHashSet::default())]))
    }

    /// Returns true if anything of this is heard in a text at all, wherever it stands.
    pub fn hears(&self, text: &str, thai: &ThaiPlaces) -> bool {
        !self.is_empty()
            && !hear(text, thai, &[(&self.base, &self.stale), (&self.delta, &FxHashSet::default())]).is_empty()
    }
}
