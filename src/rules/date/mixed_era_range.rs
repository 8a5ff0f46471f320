//! Finds ranges of years that start in the Buddhist Era and end in the Common Era, or the other way round.
//!
//! ## Why
//!
//! Read as it stands the range spans 540 years or runs backwards; a reader has to convert one end to see what is
//! meant.
//!
//! ## Example
//!
//! ```text
//! แผนพัฒนา ปี 2565-2027                    2565 is 2022: write 2565-2570 or 2022-2027
//! ```
//!
//! ## Fix
//!
//! None is offered, since either era may be wanted. Write both ends in the era of the document.

use crate::diagnostic::Severity;
use crate::recognise::date::DateFaultClass;
use crate::rule_source;
use crate::rules::rule::{Rule, RuleCheck};

/// The rule.
pub const RULE: Rule = Rule {
    code: "date/mixed-era-range",
    severity: Severity::Error,
    summary: "a range whose ends are in different eras",
    source: rule_source!(),
    check: RuleCheck::Date(DateFaultClass::MixedEraRange, |fault| {
        format!("`{}`: one end is a Buddhist year, the other one of the Common Era", fault.surface)
    }),
};
