//! A legal document is cited with another date than the registry gives it.
//!
//! ## Why
//! The registry's date was looked up once; the text's may have lost a digit, a month or an era on its way.
//! Party documents are numbered through the term of a congress: a date in another term is another document's.
//!
//! ## Example
//! ```toml
//! [[decree]]
//! id = "318/QĐ-TTg"
//! date = 2023-03-05
//! ```
//! ```text
//! Quyết định số 318/QĐ-TTg ngày 15/3/2023
//! ```
//!
//! ## Fix
//! Correct the text, or the registry if that is wrong.

use super::conflicting_dates::{congress, registered};
use crate::corpus::counts::dated;
use crate::corpus::overview::SeenDecree;
use crate::diagnostic::{Related, Severity};
use crate::recognise::decree::DecreeForm;
use crate::registry::EntityDetail;
use crate::rule_source;
use crate::rules::finding::{FileContext, Finding, FindingSink};
use crate::rules::rule::{Rule, RuleCheck};

/// The rule.
pub const RULE: Rule = Rule {
    code: "decree/registry-date-mismatch",
    severity: Severity::Warning,
    summary: "a legal document is cited with another date than the registry gives it",
    source: rule_source!(),
    check: RuleCheck::File(check),
};

fn check(context: &FileContext<'_>, sink: &mut FindingSink<'_>) {
    for group in &context.citations {
        let (Some(date), reference) = (group.key.date, &group.key.symbol.reference) else { continue };
        let Some(right) = registered(context.snapshot, reference) else { continue };
        if date == right || group.key.form == DecreeForm::Party && congress(date) != congress(right) {
            continue;
        }
        for SeenDecree { start, facts, decree } in context.overview.each_citation(group) {
            let Some((_, at)) = dated(facts, decree) else { continue };
            sink.report(Finding {
                place: facts.place(start, at),
                surface: reference.clone(),
                message: format!("{reference} is dated {date} here; the registry says {right}"),
                related: entry(context, reference).into_iter().collect(),
                fix: None,
            });
        }
    }
}

fn entry(context: &FileContext<'_>, reference: &str) -> Option<Related> {
    let entity = context.snapshot.registry.by_id(reference)?;
    let EntityDetail::Decree { date: Some(date), .. } = &entity.detail else { return None };
    let at = context.snapshot.registry.origin(entity, date.at);
    let place = context.snapshot.origin_place(at)?;
    Some(Related { file: at.file, place, message: format!("the registry's date of {reference}") })
}
