//! A URL is broken by a space.
//!
//! ## Why
//! A link that ends at a hyphen leads nowhere. Translation breaks addresses at their hyphens and translates the rest.
//!
//! ## Example
//! ```text
//! https://tin.example/bai-viet- so-12.html
//! ```
//!
//! ## Fix
//! Take out the space. Where the rest has been translated only the source knows the address.

use crate::diagnostic::Severity;
use crate::recognise::text_fault::TextFaultClass;
use crate::rule_source;
use crate::rules::rule::{Rule, RuleCheck};

/// The rule.
pub const RULE: Rule = Rule {
    code: "text/broken-url",
    severity: Severity::Warning,
    summary: "a URL is broken by a space",
    source: rule_source!(),
    check: RuleCheck::Text(TextFaultClass::BrokenUrl, |_| "a space breaks this URL".to_owned()),
};
