//! Finds ranges of dates whose end lies before their start.
//!
//! ## Why
//!
//! The stretch has no length; usually the ends are swapped, sometimes a digit is wrong. Only comparable ends are
//! judged: days of one month, or ends that both state their year. `28 ธันวาคม - 3 มกราคม` runs over the turn of the
//! year.
//!
//! ## Example
//!
//! ```text
//! เปิดรับสมัคร 20-12 มีนาคม 2567            20 is after 12
//! giai đoạn 2035-2031                     2035 is after 2031
//! ```
//!
//! ## Fix
//!
//! The ends change places.

use crate::diagnostic::Severity;
use crate::recognise::date::DateFaultClass;
use crate::rule_source;
use crate::rules::rule::{Rule, RuleCheck};

/// The rule.
pub const RULE: Rule = Rule {
    code: "date/reversed-range",
    severity: Severity::Error,
    summary: "a range that ends before it starts",
    source: rule_source!(),
    check: RuleCheck::Date(DateFaultClass::ReversedRange, |fault| {
        format!("`{}`: the end is before the start", fault.surface)
    }),
};
