//! Finds URLs that a space has cut in two.
//!
//! ## Why
//! A link that ends at a hyphen leads nowhere. Translation breaks addresses at their hyphens and translates the rest.
//! Only addresses that are plainly cut are told: they break off at a hyphen, `_`, `=`, `&` or `%`, and the end of a
//! page's address (`…-12.html`) follows the space.
//!
//! ## Example
//! ```text
//! https://tin.example/bai-viet- so-12.html
//! ```
//!
//! ## Fix
//! Remove the space. Where the rest has been translated only the source knows the address.

use crate::diagnostic::Severity;
use crate::recognise::text_fault::TextFaultClass;
use crate::rule_source;
use crate::rules::rule::{Rule, RuleCheck};

/// The rule.
pub const RULE: Rule = Rule {
    code: "text/broken-url",
    severity: Severity::Warning,
    summary: "a URL that a space has cut in two",
    source: rule_source!(),
    check: RuleCheck::Text(TextFaultClass::BrokenUrl, |_| "a space breaks this URL".to_owned()),
};
