//! The one full form of a reference that lacks a part.
//!
//! `30/NĐ-CP` is `30/2020/NĐ-CP` where the document cites exactly one such reference, else where the corpus and the
//! registry together know exactly one. Anything else would be a guess.

use compact_str::CompactString;

use super::finding::FileContext;
use crate::diagnostic::{FileEdit, Fix};
use crate::recognise::decree::{DecreeFact, DecreeSymbol, IncompleteSymbol};
use crate::recognise::facts::SegmentFacts;
use crate::text::Position;

/// The fix that completes `decree`, whose segment starts at `start`.
pub fn fix(context: &FileContext<'_>, start: Position, facts: &SegmentFacts, decree: &DecreeFact) -> Option<Fix> {
    let incomplete = decree.incomplete.as_ref()?;
    let full = in_document(context, incomplete).or_else(|| known(context, incomplete))?;
    let edit = FileEdit { file: context.file.id, place: facts.place(start, incomplete.edit), text: full.clone() };
    Some(Fix { title: format!("write `{full}`"), safe: false, edits: vec![edit] })
}

/// The one full form that the document itself cites.
fn in_document(context: &FileContext<'_>, incomplete: &IncompleteSymbol) -> Option<CompactString> {
    let complete = context.citations.iter().filter(|group| group.key.complete);
    one(complete.map(|group| &group.key.symbol), incomplete)
}

/// The one full form that the corpus cites or the registry lists.
fn known(context: &FileContext<'_>, incomplete: &IncompleteSymbol) -> Option<CompactString> {
    let cited = context.snapshot.index.full_forms(&incomplete.number).iter().map(|form| &form.symbol);
    let listed = context.snapshot.decree_entries(&incomplete.number).iter();
    one(cited.chain(listed), incomplete)
}

fn one<'s>(symbols: impl Iterator<Item = &'s DecreeSymbol>, incomplete: &IncompleteSymbol) -> Option<CompactString> {
    let mut full = symbols.filter(|symbol| incomplete.is_completed_by(symbol)).map(|symbol| &symbol.reference);
    let first = full.next()?;
    full.all(|other| other == first).then(|| first.clone())
}
