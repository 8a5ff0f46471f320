//! Finds dates of numbers in which either of the first two may be the month.
//!
//! ## Why
//!
//! Reported in English text, and where the document also has dates that are certainly month-first:
//! 03/04/2024 is 3 April to most of the world and 4 March in the United States. In Thai and Vietnamese text the day
//! comes first and nothing is reported, unless another date of the document is certainly month-first.
//!
//! ## Example
//!
//! ```text
//! published 03/04/2024                    write 3 April 2024 or 2024-04-03
//! ```
//!
//! ## Fix
//!
//! None is offered: write the month as a word, or the date as ISO 8601 has it.

use crate::diagnostic::Severity;
use crate::recognise::date::DateFaultClass;
use crate::rule_source;
use crate::rules::rule::{Rule, RuleCheck};

/// The rule.
pub const RULE: Rule = Rule {
    code: "date/ambiguous-order",
    severity: Severity::Info,
    summary: "a numeric date in which either number may be the month",
    source: rule_source!(),
    check: RuleCheck::Date(DateFaultClass::AmbiguousOrder, |fault| {
        format!("`{}`: either number may be the month", fault.surface)
    }),
};
