//! Finds years that cannot be of the era they are marked with, and Buddhist years in Vietnamese or English text.
//!
//! ## Why
//!
//! A Buddhist year is 543 more than that of the Common Era. A wrong mark moves the date by half a millennium; a
//! Buddhist year left over in a translation looks like the far future.
//!
//! Behind พ.ศ. only the years 1950 to 2100 are reported, and these not where the words beside them say that the
//! fifteenth or sixteenth century is meant: พุทธศักราช written out, an old kingdom, the equal year of the Common Era in
//! parentheses. Buddhist years outside Thai are reported in documents without any Thai letter.
//!
//! ## Example
//!
//! ```text
//! สถาปนาเมื่อ พ.ศ. 2018                     2018 is a year of the Common Era: ค.ศ. 2018
//! kế hoạch năm 2569                       a Buddhist year: năm 2026
//! ```
//!
//! ## Fix
//!
//! The mark is changed to that of the year's era. Outside Thai the year is converted to the Common Era.

use crate::diagnostic::Severity;
use crate::recognise::date::{DateFault, DateFaultClass, EraFault};
use crate::recognise::profile::Era;
use crate::rule_source;
use crate::rules::rule::{Rule, RuleCheck};

/// The rule.
pub const RULE: Rule = Rule {
    code: "date/era-clash",
    severity: Severity::Error,
    summary: "an era mark and a year that contradict each other, or a Buddhist year outside Thai",
    source: rule_source!(),
    check: RuleCheck::Date(DateFaultClass::EraClash, |fault| match fault.kind {
        DateFault::EraClash(EraFault::OnlyOf(Era::Buddhist)) => {
            format!("`{}`: the year can only be of the Buddhist Era", fault.surface)
        }
        DateFault::EraClash(EraFault::OnlyOf(_)) => {
            format!("`{}`: the year can only be of the Common Era", fault.surface)
        }
        DateFault::EraClash(EraFault::OutsideThai) => {
            format!("`{}`: a Buddhist year outside Thai text", fault.surface)
        }
        _ => format!("`{}`: the era mark does not fit the year", fault.surface),
    }),
};
