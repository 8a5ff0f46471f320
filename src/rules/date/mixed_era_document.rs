//! Finds Thai documents that count some of their unmarked years in the Buddhist Era and some in the Common Era.
//!
//! ## Why
//!
//! `ปี 2566` and `ปี 2024` in one text are one year apart and look centuries apart. Translated pages are full of
//! it, since a translator converts some years and leaves others.
//!
//! Years with a mark (พ.ศ., ค.ศ.), dates of ISO 8601 and pairs that explain each other (`พ.ศ. 2567 (ค.ศ. 2024)`,
//! `ปี 2567 หรือปี 2024`) do not count.
//!
//! ## Example
//!
//! ```text
//! ยอดขายปี 2565 สูงกว่าปี 2019             2019 is 2562
//! ```
//!
//! ## Fix
//!
//! The years of the era that fewer of the document's years are in are written in the other one. The value stays the
//! same. Which era a document counts in is a matter of style, so the fix is not a safe one. Reported once per document,
//! on the first of these years.

use crate::diagnostic::{FileEdit, Fix, Severity};
use crate::recognise::profile::Era;
use crate::rule_source;
use crate::rules::finding::{FileContext, Finding, FindingSink};
use crate::rules::rule::{Rule, RuleCheck};

/// The rule.
pub const RULE: Rule = Rule {
    code: "date/mixed-era-document",
    severity: Severity::Info,
    summary: "unmarked years of two eras in one Thai document",
    source: rule_source!(),
    check: RuleCheck::File(check),
};

fn check(context: &FileContext<'_>, sink: &mut FindingSink<'_>) {
    let tally = context.file.tally();
    if tally.buddhist_years == 0 || tally.common_years == 0 {
        return;
    }
    // Thai text counts in the Buddhist Era unless most of its years say otherwise.
    let (odd, odd_years) = if tally.common_years > tally.buddhist_years {
        (Era::Buddhist, tally.buddhist_years)
    } else {
        (Era::Common, tally.common_years)
    };
    let mut first: Option<Finding> = None;
    let mut edits: Vec<FileEdit> = Vec::new();
    for (start, facts) in context.overview.unmarked(odd) {
        for date in facts.dates.iter().filter(|date| date.unmarked_era() == Some(odd)) {
            let correction = date.in_other_era();
            let of_date = correction.iter().flat_map(|correction| &correction.edits);
            edits.extend(of_date.map(|(span, text)| FileEdit {
                file: context.file.id,
                place: facts.place(start, *span),
                text: text.clone(),
            }));
            first.get_or_insert_with(|| Finding {
                place: facts.place(start, date.core),
                surface: "".into(),
                message: message(odd, odd_years, tally.buddhist_years.max(tally.common_years)),
                related: Vec::new(),
                fix: None,
            });
        }
    }
    let Some(mut finding) = first else { return };
    let other = if odd == Era::Common { "Buddhist" } else { "Common" };
    finding.fix = Some(Fix { title: format!("write these years in the {other} Era"), safe: true, edits });
    sink.report(finding);
}

fn message(odd: Era, odd_years: u32, others: u32) -> String {
    let (odd, other) = if odd == Era::Common { ("Common", "Buddhist") } else { ("Buddhist", "Common") };
    let count = if odd_years == 1 { "one year".to_owned() } else { format!("{odd_years} years") };
    format!("{count} of the {odd} Era, {others} of the {other} Era, all without an era mark; write them in one era")
}
