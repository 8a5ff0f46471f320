//! A suppression suppresses nothing, or its last day has passed.
//!
//! ## Why
//! What it accepted is no longer there, or was accepted for a time that is over. Left standing it would hide the
//! next fault of that kind.
//!
//! ## Example
//! ```toml
//! [[suppress]]
//! path = "drafts/**"
//! rule = "entity/spelling-variants"
//! until = 2024-12-31
//! reason = "the drafts are being revised"
//! ```
//! From 2025 on the findings are shown again, and this entry is reported.
//!
//! ## Fix
//! Delete the entry, or give it a later `until`.

use crate::config::{ConfigFault, ConfigFaultClass, ConfigFaultKind};
use crate::diagnostic::Severity;
use crate::rules::rule::{Rule, RuleCheck};

/// The rule.
pub const RULE: Rule = Rule {
    code: "config/unused-suppression",
    severity: Severity::Warning,
    summary: "a suppression that suppresses nothing or has expired",
    source: crate::rule_source!(),
    check: RuleCheck::Config(ConfigFaultClass::UnusedSuppression, message),
};

fn message(fault: &ConfigFault) -> String {
    let ConfigFaultKind::UnusedSuppression { rule, ended } = &fault.kind else { return String::new() };
    match ended {
        None => format!("this suppression of `{rule}` suppresses nothing"),
        Some(day) => format!("this suppression of `{rule}` ended on {day}"),
    }
}
