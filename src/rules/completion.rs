//! The one full form of a reference that lacks a part.
//!
//! `30/NĐ-CP` is `30/2020/NĐ-CP` where the document cites exactly one such reference, else where the corpus and the
//! registry together know exactly one. Anything else would be a guess.

use compact_str::CompactString;
use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use super::finding::FileContext;
use crate::recognise::decree::{DecreeSymbol, IncompleteSymbol};

/// The complete references that a document cites, by serial number.
pub struct CompleteForms<'c> {
    context: &'c FileContext<'c>,
    by_number: FxHashMap<&'c str, SmallVec<[&'c DecreeSymbol; 2]>>,
}

impl<'c> CompleteForms<'c> {
    /// The forms of a document.
    pub fn new(context: &'c FileContext<'_>) -> Self {
        let mut by_number: FxHashMap<&str, SmallVec<[&DecreeSymbol; 2]>> = FxHashMap::default();
        for group in context.citations.iter().filter(|group| group.key.complete) {
            by_number.entry(plain(&group.key.symbol.number)).or_default().push(&group.key.symbol);
        }
        Self { context, by_number }
    }

    /// Returns the one full form of a reference that lacks a part.
    pub fn full(&self, incomplete: &IncompleteSymbol) -> Option<CompactString> {
        self.in_document(incomplete).or_else(|| self.known(incomplete))
    }

    /// The one full form that the document itself cites.
    fn in_document(&self, incomplete: &IncompleteSymbol) -> Option<CompactString> {
        let complete = self.by_number.get(plain(&incomplete.number))?;
        one(complete.iter().copied(), incomplete)
    }

    /// The one full form that the corpus cites or the registry lists.
    fn known(&self, incomplete: &IncompleteSymbol) -> Option<CompactString> {
        let snapshot = self.context.snapshot;
        let cited = snapshot.index.full_forms(&incomplete.number).iter().map(|form| &form.symbol);
        one(cited.chain(snapshot.decree_entries(&incomplete.number)), incomplete)
    }
}

/// A serial number without the zeros before it.
fn plain(number: &str) -> &str {
    number.trim_start_matches('0')
}

fn one<'s>(symbols: impl Iterator<Item = &'s DecreeSymbol>, incomplete: &IncompleteSymbol) -> Option<CompactString> {
    let mut full = symbols.filter(|symbol| incomplete.is_completed_by(symbol)).map(|symbol| &symbol.reference);
    let first = full.next()?;
    full.all(|other| other == first).then(|| first.clone())
}
