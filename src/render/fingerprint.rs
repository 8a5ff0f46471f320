//! Fingerprints, by which a finding is recognised from one run to the next.
//!
//! The path, the rule and the text it is about; of several alike in one file, also which one. Lines and columns are
//! left out, so a finding that moved is still the same one.

use rustc_hash::FxHashMap;
use xxhash_rust::xxh3::xxh3_128;

use super::layout::Sources;
use crate::diagnostic::Diagnostic;
use crate::text::FileId;

/// Gives out fingerprints; findings of one file must follow each other.
#[derive(Default)]
pub(super) struct Fingerprints {
    file: Option<FileId>,
    alike: FxHashMap<u128, u32>,
}

impl Fingerprints {
    /// The fingerprint of the next finding: 32 hexadecimal digits.
    pub(super) fn next(&mut self, sources: &dyn Sources, finding: &Diagnostic) -> String {
        if self.file.replace(finding.file) != Some(finding.file) {
            self.alike.clear();
        }
        let text = sources.text(finding.file);
        let slice = text.as_deref().and_then(|text| text.get(finding.place.span().range()));
        let about = slice.unwrap_or(&finding.message);
        let hash = hash(&[sources.path(finding.file), &finding.code, about]);
        let nth = self.alike.entry(hash).or_insert(0);
        *nth += 1;
        if *nth == 1 { format!("{hash:032x}") } else { format!("{:032x}", hash ^ u128::from(*nth)) }
    }
}

fn hash(parts: &[&str]) -> u128 {
    // NUL occurs in no path and no code.
    xxh3_128(parts.join("\0").as_bytes())
}

#[cfg(test)]
mod tests {
    use super::super::testing::corpus;
    use super::*;
    use crate::text::Place;

    #[test]
    fn a_moved_finding_is_the_same_and_a_second_one_is_not() {
        let corpus = corpus();
        let finding = corpus.findings().swap_remove(2);
        let moved =
            Diagnostic { place: Place { start: finding.place.start, end: finding.place.end }, ..finding.clone() };
        let print = |finding| Fingerprints::default().next(&corpus, finding);
        assert_eq!(print(&finding), print(&moved));
        let mut run = Fingerprints::default();
        assert_ne!(run.next(&corpus, &finding), run.next(&corpus, &moved));
        let other = Diagnostic { code: "date/wrong-weekday".into(), ..finding.clone() };
        assert_ne!(print(&finding), print(&other));
    }
}
