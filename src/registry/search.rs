//! Every spelling folded, in one piece of memory: what a search over the whole registry reads.
//!
//! Built when somebody first searches; a registry of 100,000 spellings costs a few megabytes and is read in a few
//! milliseconds. Deliberately absent: how matches are ranked.

use super::{Entity, EntityIx};
use crate::text::fold::Folded;

/// Folded spellings, ids among them.
#[derive(Clone, Debug, Default)]
pub struct Spellings {
    text: String,
    /// Where each ends in `text`, and whose it is.
    rows: Vec<(u32, EntityIx)>,
}

impl Spellings {
    pub(super) fn new(entities: &[Entity]) -> Self {
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
