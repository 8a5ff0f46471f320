//! Finds regions that a merge has left behind.
//!
//! ## Why
//! Between `<<<<<<<` and `>>>>>>>` two versions of the same lines stand one after the other. Nobody but a person knows
//! which is right, so nothing between them is judged. Texts, annotation files and registry files are looked at.
//!
//! ## Example
//! ```text
//! <<<<<<< HEAD
//! first version
//! =======
//! second version
//! >>>>>>> other-branch
//! ```
//!
//! ## Fix
//! Decide for one version and delete the marker lines. `git checkout --conflict=diff3 FILE` shows what both came from.

use crate::diagnostic::Severity;
use crate::recognise::text_fault::TextFault;
use crate::rule_source;
use crate::rules::finding::{FileContext, Finding};
use crate::rules::rule::{Rule, RuleCheck};
use crate::text::{LineIndex, Place, conflict};

/// The rule.
pub const RULE: Rule = Rule {
    code: "text/conflict-marker",
    severity: Severity::Error,
    summary: "a conflict that a merge has left behind",
    source: rule_source!(),
    check: RuleCheck::AnyFile,
};

/// A region that a merge has left behind.
#[derive(Clone, Copy, Debug)]
pub struct Conflict {
    /// The first marker.
    pub marker: Place,
    /// From its first marker to the end of its last.
    pub region: Place,
}

impl Conflict {
    /// The finding.
    pub fn finding(&self) -> Finding {
        let last = self.region.end.line + 1;
        Finding {
            place: self.marker,
            surface: "".into(),
            message: format!("a conflict of a merge goes from here to line {last}; nothing in it was checked"),
            related: Vec::new(),
            fix: None,
        }
    }
}

/// The regions of a text, in order.
pub fn in_text(context: &FileContext<'_>) -> Vec<Conflict> {
    let faults = context
        .overview
        .faulty()
        .flat_map(|(start, facts)| facts.text_faults.iter().map(move |fault| (start, facts, fault)));
    let markers = faults.filter_map(|(start, facts, fault)| match fault.kind {
        TextFault::ConflictMarker(marker) => Some((marker, facts.place(start, fault.span))),
        _ => None,
    });
    let enclosed = conflict::enclosed(markers).into_iter();
    enclosed
        .map(|(first, last)| Conflict { marker: first, region: Place { start: first.start, end: last.end } })
        .collect()
}

/// The regions of a file whose text is at hand, in order.
pub fn in_source(text: &str) -> Vec<Conflict> {
    let regions = conflict::regions(text);
    if regions.is_empty() {
        return Vec::new();
    }
    let lines = LineIndex::new(text);
    let conflict = |(region, marker)| Conflict { marker: lines.place(text, marker), region: lines.place(text, region) };
    regions.into_iter().map(conflict).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::fixture::check;

    #[test]
    fn a_region_is_one_finding_and_nothing_in_it_is_judged() {
        let text = "//- a.txt\nngày 31/2/2023\n«<<<<<<< HEAD»\nngày 30/2/2023\n=======\nngày 32/1/2023\n>>>>>>> other\nngày 31/4/2023\n";
        let reported = check(RULE.code, text);
        assert_eq!(reported.messages(), ["a conflict of a merge goes from here to line 6; nothing in it was checked"]);
        check(
            "date/impossible-day",
            &text
                .replace("«<<<<<<< HEAD»", "<<<<<<< HEAD")
                .replace("31/2/2023", "«31/2/2023»")
                .replace("31/4/2023", "«31/4/2023»"),
        );
    }

    #[test]
    fn an_underlined_heading_is_no_conflict() {
        check(RULE.code, "//- a.txt\nHeading\n=======\n");
    }
}
