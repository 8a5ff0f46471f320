//! References in short (`Nghị định 181`), linked to the full one that the document cites.
//!
//! A short reference is a mention only where exactly one reference of its document has its number, type and, where one
//! is written, year. It is never a fault to be short there. Deliberately absent: other documents, whose references
//! nobody had in mind.

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use super::linked::PlacedFacts;
use crate::recognise::decree::{DecreeFact, ShortReference, number_key};
use crate::recognise::facts::SegmentFacts;

/// The full references of a document that short ones may stand for, by number.
pub(super) struct FullReferences<'a>(FxHashMap<&'a str, SmallVec<[&'a DecreeFact; 1]>>);

impl<'a> FullReferences<'a> {
    /// Those of a document, where anything in `segments` is cited in short.
    pub fn of(document: impl IntoIterator<Item = PlacedFacts<'a>>, segments: &[PlacedFacts<'_>]) -> Option<Self> {
        if segments.iter().all(|(_, facts)| facts.short_references.is_empty()) {
            return None;
        }
        let mut full: FxHashMap<&str, SmallVec<[&DecreeFact; 1]>> = FxHashMap::default();
        for (_, facts) in document {
            for decree in facts.decrees.iter().filter(|decree| decree.is_mention() && decree.incomplete.is_none()) {
                let same_number = full.entry(number_key(&decree.symbol.number)).or_default();
                match same_number.iter_mut().find(|known| known.symbol.reference == decree.symbol.reference) {
                    // One that is written well speaks for all.
                    Some(known) if known.faults.len() > decree.faults.len() => *known = decree,
                    Some(_) => {}
                    None => same_number.push(decree),
                }
            }
        }
        Some(Self(full))
    }

    /// The one reference that a short one stands for.
    pub fn meant(&self, short: &ShortReference) -> Option<&'a DecreeFact> {
        let same_number = self.0.get(short.key())?;
        let mut meant = same_number.iter().filter(|full| {
            let types = full.type_word.as_ref().map_or(&[][..], |word| &word.types);
            short.is_of(&full.symbol, types)
        });
        let first = meant.next()?;
        meant.next().is_none().then_some(*first)
    }
}

/// Tells whether a segment may cite a legal document in short, by its number.
pub(super) fn may_cite(facts: &SegmentFacts, number: &str) -> bool {
    facts.short_references.iter().any(|short| short.key() == number_key(number))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use camino::Utf8Path;
    use jiff::civil::date;

    use crate::config::Config;
    use crate::corpus::linked::LinkContext;
    use crate::corpus::mention::{self, MentionKind};
    use crate::corpus::{LoadedFile, World};
    use crate::rules::check_file;

    /// The references of a text, as `text=value`; a text must be without findings about references.
    fn cited(text: &str) -> Vec<String> {
        let mut world = World::new(Arc::new(Config::default()), date(2026, 1, 1));
        let ctx = world.current().ctx().clone();
        world.load(Utf8Path::new("a.txt"), LoadedFile::new(&ctx, text.as_bytes()));
        let snapshot = world.snapshot();
        let file = snapshot.files_by_path()[0].clone();
        let found = check_file(&snapshot, &file).diagnostics;
        assert!(found.iter().all(|found| !found.code.starts_with("decree/")), "{text}: {found:?}");
        let links = LinkContext { registry: &snapshot.registry, day: None, short: false };
        let profile = snapshot.profile(&file);
        let mentions = mention::mentions(&file, &profile, links);
        let cited = mentions.filter_map(|mention| match mention.what {
            MentionKind::Decree { fact, .. } => {
                Some(format!("{}={}", mention.place.span().slice(text), fact.symbol.reference))
            }
            _ => None,
        });
        cited.collect()
    }

    #[test]
    fn a_short_reference_is_the_one_full_one_of_its_document() {
        for (text, wanted) in [
            (
                "Nghị định số 181/2025/NĐ-CP quy định chi tiết.\nTheo Nghị định 181, mức thuế giảm.",
                &["181/2025/NĐ-CP=181/2025/NĐ-CP", "181=181/2025/NĐ-CP"][..],
            ),
            (
                "Thông tư 14/2025 nêu rõ.\nThông tư số 14/2025/TT-BTC thay thế.",
                &["14/2025=14/2025/TT-BTC", "14/2025/TT-BTC=14/2025/TT-BTC"],
            ),
            ("Nghị định 08/2022/NĐ-CP. Nghị định 8 nêu.", &["08/2022/NĐ-CP=08/2022/NĐ-CP", "8=08/2022/NĐ-CP"]),
            ("Luật số 80/2015/QH13. Luật 80 nêu.", &["80/2015/QH13=80/2015/QH13", "80=80/2015/QH13"]),
            (
                "Decree No. 181/2025/ND-CP. Decree 181 says so.",
                &["181/2025/ND-CP=181/2025/NĐ-CP", "181=181/2025/NĐ-CP"],
            ),
            ("กฤษฎีกาที่ 181/2025/NĐ-CP และกฤษฎีกา 181 กำหนด", &["181/2025/NĐ-CP=181/2025/NĐ-CP", "181=181/2025/NĐ-CP"]),
            // Two are possible; another type, number, year; nothing full.
            (
                "Nghị định 18/2019/NĐ-CP, Nghị định 18/2021/NĐ-CP. Nghị định 18 và Nghị định 18/2021.",
                &["18/2019/NĐ-CP=18/2019/NĐ-CP", "18/2021/NĐ-CP=18/2021/NĐ-CP", "18/2021=18/2021/NĐ-CP"],
            ),
            ("Nghị định 18/2019/NĐ-CP. Thông tư 18, Nghị định 19.", &["18/2019/NĐ-CP=18/2019/NĐ-CP"]),
            ("Nghị định 18/2019/NĐ-CP. Nghị định 18/2020, Nghị định 18 năm 2020.", &["18/2019/NĐ-CP=18/2019/NĐ-CP"]),
            ("Theo Nghị định 181 và Thông tư 14/2025.", &[]),
        ] {
            assert_eq!(cited(text), wanted, "{text}");
        }
    }
}
