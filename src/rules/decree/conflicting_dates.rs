//! One legal document is cited with two dates in the corpus.
//!
//! ## Why
//! A document was signed on one day. Where the corpus gives it two, one is a slip, and whoever looks the document up by
//! the wrong one finds nothing. The date that is cited less often is reported; of equally frequent ones each is. A date
//! that the registry confirms is never reported.
//! Party documents are numbered through the term of a congress, so the same symbol in two terms is two documents.
//!
//! ## Example
//! ```text
//! คำสั่งที่ 318/QD-TTg ลงวันที่ 5 มีนาคม 2566 … คำสั่งที่ 318/QD-TTg ลงวันที่ 15 มีนาคม 2566
//! ```
//!
//! ## Fix
//! Look the document up and write its date. The registry may hold it (`[[decree]]` with `date`): then the right one is
//! known from then on.

use jiff::civil::Date;
use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use crate::corpus::counts::dated;
use crate::corpus::digest::Citation;
use crate::corpus::index::Citations;
use crate::corpus::overview::{DocumentGroup, SeenDecree};
use crate::corpus::{File, Snapshot};
use crate::diagnostic::{Related, Severity};
use crate::recognise::decree::DecreeForm;
use crate::registry::EntityDetail;
use crate::rule_source;
use crate::rules::finding::{FileContext, Finding, FindingSink};
use crate::rules::rule::{Rule, RuleCheck};
use crate::text::{FileId, Place};

/// The rule.
pub const RULE: Rule = Rule {
    code: "decree/conflicting-dates",
    severity: Severity::Warning,
    summary: "one legal document is cited with two dates in the corpus",
    source: rule_source!(),
    check: RuleCheck::File(check),
};

fn check(context: &FileContext<'_>, sink: &mut FindingSink<'_>) {
    let mut here: Option<DatedCitations<'_>> = None;
    for group in &context.citations {
        let (Some(date), reference) = (group.key.date, &group.key.symbol.reference) else { continue };
        let Some((other, file)) = contradiction(context.snapshot, &group.key, date) else { continue };
        let there = match file == context.file.id {
            true => here.get_or_insert_with(|| DatedCitations::new(context)).first(reference, other),
            false => first_with(context.snapshot, file, reference, other),
        };
        for SeenDecree { start, facts, decree } in context.overview.each_citation(group) {
            let Some((_, at)) = dated(facts, decree) else { continue };
            sink.report(Finding {
                place: facts.place(start, at),
                surface: reference.clone(),
                message: format!("{reference} is dated {date} here and {other} elsewhere"),
                related: there
                    .map(|place| Related { file, place, message: format!("dated {other} here") })
                    .into_iter()
                    .collect(),
                fix: None,
            });
        }
    }
}

/// The citations of a document that have a date beside them, by reference and date.
struct DatedCitations<'c> {
    context: &'c FileContext<'c>,
    groups: FxHashMap<(&'c str, Date), SmallVec<[&'c DocumentGroup<Citation>; 1]>>,
}

impl<'c> DatedCitations<'c> {
    fn new(context: &'c FileContext<'_>) -> Self {
        let mut groups: FxHashMap<(&str, Date), SmallVec<[&DocumentGroup<Citation>; 1]>> = FxHashMap::default();
        for group in &context.citations {
            if let Some(date) = group.key.date {
                groups.entry((&group.key.symbol.reference, date)).or_default().push(group);
            }
        }
        Self { context, groups }
    }

    /// The first place at which a document is cited with this date.
    fn first(&self, reference: &str, date: Date) -> Option<Place> {
        let groups = self.groups.get(&(reference, date))?;
        let first = groups.iter().filter_map(|group| {
            let mut citations = self.context.overview.each_citation(group);
            citations.find_map(|SeenDecree { start, facts, decree }| {
                Some((start.byte + decree.core.start, facts.place(start, dated(facts, decree)?.1)))
            })
        });
        first.min_by_key(|(at, _)| *at).map(|(_, place)| place)
    }
}

/// A date that contradicts `date` and is cited at least as often, with the first file that has it.
fn contradiction(snapshot: &Snapshot, citation: &Citation, date: Date) -> Option<(Date, FileId)> {
    let cited = snapshot.index.decree(&citation.symbol.reference)?;
    if registered(snapshot, &citation.symbol.reference) == Some(date) {
        return None;
    }
    let mine = cited.dates.iter().find(|(own, _)| *own == date).map_or(0, |(_, count)| *count);
    let against = cited.dates.iter().filter(|(other, count)| {
        *other != date && *count >= mine && !(citation.form == DecreeForm::Party && congress(*other) != congress(date))
    });
    let (other, _) = against.max_by_key(|(other, count)| (*count, std::cmp::Reverse(*other)))?;
    let with = |citations: &&Citations| citations.dates.iter().any(|(date, _)| date == other);
    Some((*other, cited.files.iter().find(with)?.file))
}

/// The date of the document in the registry.
pub(super) fn registered(snapshot: &Snapshot, reference: &str) -> Option<Date> {
    match snapshot.registry.by_id(reference)?.detail {
        EntityDetail::Decree { date, .. } => Some(date?.date),
        _ => None,
    }
}

/// The number of the Party congress in whose term a day lies. The 6th met in December 1986, the 7th in June 1991, the
/// 8th in June 1996, the 9th in April 2001, the 10th in April 2006; from the 11th on they meet in January of every
/// fifth year from 2011.
pub(super) fn congress(day: Date) -> i16 {
    const BEFORE: [(i16, i8); 5] = [(1986, 12), (1991, 6), (1996, 6), (2001, 4), (2006, 4)];
    let at = (day.year(), day.month());
    if at < (2011, 1) {
        return 5 + BEFORE.iter().filter(|start| at >= **start).count() as i16;
    }
    11 + (day.year() - 2011) / 5
}

/// The first place of a file in which a document is cited with this date.
fn first_with(snapshot: &Snapshot, file: FileId, reference: &str, date: Date) -> Option<Place> {
    if let Some(quoted) = snapshot.quoted.cited(file, reference, date) {
        return Some(quoted);
    }
    let file: &File = snapshot.file(file)?;
    file.at_hand().facts().find_map(|(start, facts)| {
        let same = facts.decrees.iter().filter(|other| other.symbol.reference == reference);
        same.filter_map(|other| dated(facts, other))
            .find(|(other, _)| *other == date)
            .map(|(_, at)| facts.place(start, at))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn congresses() {
        for (day, number) in [
            (date(1990, 1, 1), 6),
            (date(2005, 1, 1), 9),
            (date(2017, 10, 25), 12),
            (date(2022, 6, 16), 13),
            (date(2026, 2, 1), 14),
        ] {
            assert_eq!(congress(day), number, "{day}");
        }
    }

    use crate::rules::fixture::check;

    #[test]
    fn the_rarer_date_is_reported_across_files() {
        let reported = check(
            RULE.code,
            "//- a.txt
ตามมติที่ 318/QD-TTg ลงวันที่ 5 มีนาคม 2566
//- b.txt
Quyết định số 318/QĐ-TTg ngày 05/3/2023 và Quyết định 318/QĐ-TTg ngày «15/3/2023»
",
        );
        assert_eq!(reported.messages(), ["318/QĐ-TTg is dated 2023-03-15 here and 2023-03-05 elsewhere"]);
        assert_eq!(reported.findings[0].related.len(), 1);
    }

    #[test]
    fn of_equally_frequent_dates_each_is_reported() {
        check(RULE.code, "//- a.txt\n318/QĐ-TTg ngày «05/3/2023»; 318/QĐ-TTg ngày «06/3/2023»\n");
    }

    #[test]
    fn the_registry_confirms_and_congresses_separate() {
        let registry = "//- registry.toml\n[[decree]]\nid = \"318/QĐ-TTg\"\ndate = 2023-03-05\n";
        let text = "//- a.txt\n318/QĐ-TTg ngày 05/3/2023; 318/QĐ-TTg ngày «06/3/2023»\n";
        check(RULE.code, &format!("{text}{registry}"));
        check("decree/registry-date-mismatch", &format!("{text}{registry}"));
        check(RULE.code, "//- a.txt\nNghị quyết số 18-NQ/TW ngày 25/10/2017; Nghị quyết số 18-NQ/TW ngày 16/6/2022\n");
    }
}
