//! A decision about a mention decides nothing.
//!
//! ## Why
//! The mention has been rewritten, is recognised otherwise, or stands in another file. Left standing, the decision
//! would be obeyed where nobody has looked.
//!
//! ## Example
//! ```toml
//! [[decide]]
//! path = "drafts/**"
//! text = "Thanh Lâm"
//! is = "nothing"
//! ```
//! No file in `drafts` mentions a Thanh Lâm any more.
//!
//! ## Fix
//! Delete the entry, or correct its `path`, `text` or `near`: they must be those of a mention, as it is written in the
//! text, with the words of `near` at most 120 characters before or behind it in its line.

use crate::config::{ConfigFault, ConfigFaultClass, ConfigFaultKind};
use crate::diagnostic::Severity;
use crate::rules::rule::{Rule, RuleCheck};

/// The rule.
pub const RULE: Rule = Rule {
    code: "config/unused-decision",
    severity: Severity::Warning,
    summary: "a decision about a mention that is not there",
    source: crate::rule_source!(),
    check: RuleCheck::Config(ConfigFaultClass::UnusedDecision, message),
};

fn message(fault: &ConfigFault) -> String {
    let ConfigFaultKind::UnusedDecision { text, near } = &fault.kind else { return String::new() };
    match near {
        None => format!("this decision about `{text}` matches no mention"),
        Some(near) => format!("this decision about `{text}` near `{near}` matches no mention"),
    }
}
