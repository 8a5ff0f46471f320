//! Finds mentions of a kind of your own that do not meet a condition of their `[[pattern]]`.
//!
//! ## Why
//! References that follow a scheme can be checked against it: a volume that does not exist, a letter that is no series
//! and a date that is none point to a slip. A pattern with a `message` and without `checks` is for what should not
//! occur at all: then every mention is reported.
//!
//! ## Example
//! ```toml
//! [[pattern]]
//! name = "file-number"
//! regex = '''กต (?<series>\d{4})/(?<number>\d+)'''
//! value = "กต $series/$number"
//! checks.series = { range = [100, 1999] }
//! message = "no such series of files"
//! ```
//! ```text
//! กต 2101/๑๒
//! ```
//! is reported at `2101`.
//!
//! ## Fix
//! Correct the text, or the pattern's `checks`.
//!
//! ## Configuration
//! The conditions are those of the pattern: `one-of` a list of texts, a number in a `range`, a `date`. What the finding
//! says begins with the pattern's `message`.

use crate::diagnostic::Severity;
use crate::recognise::fault::Fault;
use crate::recognise::pattern::{FailedCheck, PatternFact};
use crate::rules::rule::{Rule, RuleCheck};

/// The rule.
pub const RULE: Rule = Rule {
    code: "text/pattern-check",
    severity: Severity::Warning,
    summary: "a mention that does not meet a condition of its [[pattern]]",
    source: crate::rule_source!(),
    check: RuleCheck::Pattern(message),
};

fn message(fact: &PatternFact, fault: &Fault<FailedCheck>) -> String {
    let surface = &fault.surface;
    let failed = match &fault.kind {
        FailedCheck::Occurrence => None,
        FailedCheck::NotAllowed { group, allowed } => {
            Some(format!("`{group}` is `{surface}`, not one of {}", allowed.join(", ")))
        }
        FailedCheck::OutOfRange { group, number, least, most } => {
            Some(format!("`{group}` is {number}, not from {least} to {most}"))
        }
        FailedCheck::NotANumber { group } => Some(format!("`{group}` is `{surface}`, not a number")),
        FailedCheck::NotADate { group } => Some(format!("`{group}` is `{surface}`, not a date")),
    };
    match (&fact.message, failed) {
        (Some(message), None) => message.to_string(),
        (Some(message), Some(failed)) => format!("{message}: {failed}"),
        (None, failed) => failed.unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::fixture::check;

    #[test]
    fn reports_what_does_not_meet_a_condition() {
        let found = check(
            super::RULE.code,
            r#"
//- scholiast.toml
[[pattern]]
name = "file"
regex = 'กต (?<series>\d+)/(?<letter>\w+)(?: ลว (?<date>[\d.]+))?'
checks = { series = { range = [100, 199] }, letter = { one-of = ["ก", "ข"] }, date = { date = true } }
message = "แฟ้ม $series"
[[pattern]]
name = "typo"
regex = 'โควิต'
message = "write โควิด"
[[pattern]]
name = "ticket"
regex = 'T-(?<number>\d+)'
checks.number = { range = [1, 9] }
//- a.txt
กต ๑๒๐/ข ลว 3.4.2021
กต «2001»/«ค»
กต 120/ก ลว «7.7»
«โควิต» T-«12» T-3
"#,
        );
        assert_eq!(
            found.messages(),
            [
                "แฟ้ม 2001: `series` is 2001, not from 100 to 199",
                "แฟ้ม 2001: `letter` is `ค`, not one of ก, ข",
                "แฟ้ม 120: `date` is `7.7`, not a date",
                "write โควิด",
                "`number` is 12, not from 1 to 9",
            ]
        );
    }
}
