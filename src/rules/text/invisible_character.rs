//! A character that nobody sees stands in the text.
//!
//! ## Why
//! Zero-width spaces, soft hyphens and directional marks come along with copied text. They make equal words unequal and
//! move every offset behind them. Joiners inside emoji and in scripts that need them are left alone.
//!
//! ## Example
//! ```text
//! กระทรวง<U+200B>การคลัง
//! ```
//!
//! ## Fix
//! Remove it.

use crate::diagnostic::Severity;
use crate::recognise::text_fault::TextFaultClass;
use crate::rule_source;
use crate::rules::rule::{Rule, RuleCheck};

/// The rule.
pub const RULE: Rule = Rule {
    code: "text/invisible-character",
    severity: Severity::Warning,
    summary: "a character that nobody sees",
    source: rule_source!(),
    check: RuleCheck::Text(TextFaultClass::InvisibleCharacter, |fault| format!("{} in the text", fault.detail)),
};
