//! The changes that fix findings: between the rules, which propose fixes, and the disk, which writes texts.
//!
//! One round picks from all proposed fixes those that can be made together and makes them; what excluded each other is
//! left for the next round, when the texts have been analysed again. A fix is made as a whole or not at all, also when
//! it reaches into several files. The result does not depend on the order in which fixes are given. Deliberately
//! absent: reading, writing and analysing; re-anchoring annotations after the replacements
//! ([`Standoff::reanchor`](crate::annotation::Standoff::reanchor)).

use std::collections::BTreeMap;

use crate::diagnostic::{FileEdit, Fix};
use crate::text::FileId;
use crate::text::edit::{self, TextEdit};

/// Rounds after which fixing stops: a chain of fixes is short, and two that undo each other never end.
pub const MAX_ROUNDS: usize = 100;

/// The fixes that may be made.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Allowed {
    /// Those that leave values, linked entities and annotations as they are.
    Safe,
    /// All.
    Unsafe,
}

/// The fate of one fix.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fate {
    /// Made.
    Made,
    /// Excluded by one that was made: try again with the new texts.
    Left,
    /// Not safe, and only safe ones were asked for.
    NotAllowed,
    /// The edits do not fit the texts (they have changed, or exclude each other), or reach a text that is not at hand.
    Unfit,
}

/// The outcome of one round.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Round {
    /// The replacements made in each file that changed, in order.
    pub changes: BTreeMap<FileId, Vec<TextEdit>>,
    /// The new text of each file that changed.
    pub texts: BTreeMap<FileId, String>,
    /// The fate of each fix, in the order given.
    pub fates: Vec<Fate>,
}

/// Makes the fixes that can be made together. `text` gives the text a file's findings were made from; `None` bars every
/// fix that reaches into it.
///
/// Of fixes that exclude each other the one that starts earlier is made (in the file with the lower number first); two
/// that make the same edits are made both.
pub fn round<'t>(fixes: &[&Fix], allowed: Allowed, text: impl Fn(FileId) -> Option<&'t str>) -> Round {
    let mut order: Vec<usize> = (0..fixes.len()).collect();
    order.sort_by_cached_key(|&number| rank(fixes[number]));

    let mut chosen: BTreeMap<FileId, Chosen> = BTreeMap::new();
    let mut fates = vec![Fate::Made; fixes.len()];
    for number in order {
        let fix = fixes[number];
        fates[number] = if !fix.safe && allowed == Allowed::Safe {
            Fate::NotAllowed
        } else if let Some(edits) = by_file(fix, &text) {
            choose(&mut chosen, edits)
        } else {
            Fate::Unfit
        };
    }

    let mut round = Round { fates, ..Round::default() };
    for (file, replacements) in chosen {
        let replacements: Vec<TextEdit> = replacements.into_values().collect();
        if let Some(new) = text(file).and_then(|text| edit::applied(text, &replacements)) {
            round.texts.insert(file, new);
            round.changes.insert(file, replacements);
        }
    }
    round
}

/// The replacements chosen in one file, by where they start and end.
type Chosen = BTreeMap<(u32, u32), TextEdit>;

/// Takes all of `edits` in, or none of them where one excludes a replacement that was chosen before.
fn choose(chosen: &mut BTreeMap<FileId, Chosen>, edits: BTreeMap<FileId, Vec<TextEdit>>) -> Fate {
    let free = edits.iter().all(|(file, replacements)| {
        chosen.get(file).is_none_or(|chosen| replacements.iter().all(|replacement| is_free(chosen, replacement)))
    });
    if !free {
        return Fate::Left;
    }
    for (file, replacements) in edits {
        let chosen = chosen.entry(file).or_default();
        chosen.extend(replacements.into_iter().map(|new| ((new.span.start, new.span.end), new)));
    }
    Fate::Made
}

/// Returns whether a replacement is among the chosen ones or excludes none of them.
fn is_free(chosen: &Chosen, new: &TextEdit) -> bool {
    // The chosen ones exclude each other nowhere, so their ends are in order as well: only neighbours matter.
    let before = chosen.range(..=(new.span.end, u32::MAX)).rev();
    before.take_while(|(_, old)| old.span.end >= new.span.start).all(|(_, old)| old == new || !old.excludes(new))
}

/// The edits of a fix as replacements in each file; `None` when they do not fit the texts.
fn by_file<'t>(fix: &Fix, text: impl Fn(FileId) -> Option<&'t str>) -> Option<BTreeMap<FileId, Vec<TextEdit>>> {
    let mut files: BTreeMap<FileId, Vec<TextEdit>> = BTreeMap::new();
    for FileEdit { file, place, text } in &fix.edits {
        files.entry(*file).or_default().push(TextEdit::replace(place.span(), text.clone()));
    }
    for (file, replacements) in &mut files {
        replacements.sort();
        if !edit::fit(text(*file)?, replacements) {
            return None;
        }
    }
    Some(files)
}

/// Returns the rank of a fix: by its edits, then by its content, so that equals are equal.
fn rank(fix: &Fix) -> (Vec<(FileId, TextEdit)>, bool) {
    let mut edits: Vec<_> =
        fix.edits.iter().map(|edit| (edit.file, TextEdit::replace(edit.place.span(), edit.text.clone()))).collect();
    edits.sort();
    (edits, !fix.safe)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{LineIndex, Span};
    use proptest::prelude::*;

    const A: FileId = FileId(0);
    const B: FileId = FileId(1);

    fn fix(texts: &[&str], safe: bool, edits: &[(FileId, usize, usize, &str)]) -> Fix {
        let edits = edits.iter().map(|&(file, start, end, new)| {
            let text = texts[file.0 as usize];
            FileEdit { file, place: LineIndex::new(text).place(text, Span::of(start, end)), text: new.into() }
        });
        Fix { title: "test".into(), safe, edits: edits.collect() }
    }

    fn run(texts: &[&str], allowed: Allowed, fixes: &[Fix]) -> (Vec<String>, Vec<Fate>) {
        let fixes: Vec<&Fix> = fixes.iter().collect();
        let mut round = round(&fixes, allowed, |file| texts.get(file.0 as usize).copied());
        let texts = (0u32..).zip(texts).map(|(file, text)| round.texts.remove(&FileId(file)).unwrap_or((*text).into()));
        (texts.collect(), round.fates)
    }

    #[test]
    fn the_earlier_of_two_is_made_and_the_other_left() {
        let texts = ["one two three"];
        let fixes = [
            fix(&texts, true, &[(A, 2, 7, "-")]),
            fix(&texts, true, &[(A, 0, 3, "1")]),
            fix(&texts, true, &[(A, 8, 13, "3")]),
        ];
        assert_eq!(
            run(&texts, Allowed::Safe, &fixes),
            (vec!["1 two 3".into()], vec![Fate::Left, Fate::Made, Fate::Made])
        );
    }

    #[test]
    fn all_edits_of_a_fix_or_none() {
        let texts = ["ab", "cd"];
        let fixes = [fix(&texts, true, &[(A, 1, 2, "B"), (B, 0, 1, "C")]), fix(&texts, true, &[(A, 0, 2, "-")])];
        assert_eq!(run(&texts, Allowed::Safe, &fixes), (vec!["-".into(), "cd".into()], vec![Fate::Left, Fate::Made]));
    }

    #[test]
    fn what_is_not_allowed_or_does_not_fit_bars_nothing() {
        let texts = ["กข"];
        let fixes = [
            fix(&texts, false, &[(A, 0, 3, "x")]),
            fix(&texts, true, &[(A, 0, 3, "y"), (A, 0, 6, "z")]),
            fix(&texts, true, &[(A, 0, 3, "ค")]),
        ];
        let fates = vec![Fate::NotAllowed, Fate::Unfit, Fate::Made];
        assert_eq!(run(&texts, Allowed::Safe, &fixes), (vec!["คข".into()], fates));
        assert_eq!(run(&texts, Allowed::Unsafe, &fixes[..1]).0, ["xข"]);
        let elsewhere =
            Fix { edits: vec![FileEdit { file: FileId(7), ..fixes[2].edits[0].clone() }], ..fixes[2].clone() };
        assert_eq!(run(&texts, Allowed::Safe, &[elsewhere]).1, [Fate::Unfit], "a text that is not at hand");
    }

    #[test]
    fn two_findings_with_the_same_fix_are_both_done() {
        let texts = ["QD"];
        let same = fix(&texts, true, &[(A, 0, 2, "QĐ")]);
        let both = run(&texts, Allowed::Safe, &[same.clone(), same]);
        assert_eq!(both, (vec!["QĐ".into()], vec![Fate::Made, Fate::Made]));
    }

    /// Edits at random bytes, boundaries or not.
    fn fixes() -> impl Strategy<Value = Vec<Fix>> {
        let edit = (0u32..2, 0u32..30, 0u32..6, "[aก]{0,2}").prop_map(|(file, start, length, new)| {
            let at = |byte| crate::text::Position { byte, ..Default::default() };
            let place = crate::text::Place { start: at(start), end: at(start + length) };
            FileEdit { file: FileId(file), place, text: new.into() }
        });
        let fix = (any::<bool>(), prop::collection::vec(edit, 1..3));
        prop::collection::vec(fix.prop_map(|(safe, edits)| Fix { title: String::new(), safe, edits }), 0..8)
    }

    proptest! {
        #[test]
        fn the_order_of_fixes_changes_nothing(
            (given, shuffled) in fixes().prop_flat_map(|fixes| (Just(fixes.clone()), Just(fixes).prop_shuffle())),
            a in "[xข้ำ😀\n]{0,10}", b in "[xข]{0,10}",
        ) {
            let texts = [a.as_str(), b.as_str()];
            let (one, fates) = run(&texts, Allowed::Unsafe, &given);
            prop_assert_eq!(&one, &run(&texts, Allowed::Unsafe, &shuffled).0);
            let changed = one.iter().zip(texts).any(|(new, old)| new != old);
            prop_assert!(!changed || fates.contains(&Fate::Made));
            // Nobody is left for nothing: somebody else was made.
            prop_assert!(!fates.contains(&Fate::Left) || fates.contains(&Fate::Made));
        }

        #[test]
        fn rounds_end_where_nothing_is_left_to_fix(text in "[abก]{0,40}") {
            // Two rules that overlap: `aba` becomes `ก`, `ab` becomes `a`.
            let propose = |text: &str| -> Vec<Fix> {
                let find = |what: &'static str, new: &'static str| {
                    (0..text.len()).filter(move |&at| text.is_char_boundary(at) && text[at..].starts_with(what))
                        .map(move |at| fix(&[text], true, &[(A, at, at + what.len(), new)]))
                };
                find("aba", "ก").chain(find("ab", "a")).collect()
            };
            let mut text = text;
            for _ in 0..MAX_ROUNDS {
                let (mut texts, fates) = run(&[&text], Allowed::Safe, &propose(&text));
                if fates.is_empty() {
                    break;
                }
                text = texts.remove(0);
            }
            prop_assert!(!text.contains("ab"));
        }
    }
}
