//! `scholiast.toml` is not TOML.
//!
//! ## Why
//! Nothing of such a file can be used. In an editor the last version that could be read stays in force; where there was
//! none, nothing is found in the corpus. On the command line it is no finding: the run stops with the same message.
//!
//! ## Example
//! ```toml
//! [corpus
//! include = ["texts/**/*.txt"]
//! ```
//! The header in the first line has no closing bracket.
//!
//! ## Fix
//! Correct the place that is shown. It is where reading ended; the cause may stand a little before it.

use crate::config::{ConfigFault, ConfigFaultClass, ConfigFaultKind};
use crate::diagnostic::Severity;
use crate::rules::rule::{Rule, RuleCheck};

/// The rule.
pub const RULE: Rule = Rule {
    code: "config/syntax",
    severity: Severity::Error,
    summary: "a scholiast.toml that is not TOML",
    source: crate::rule_source!(),
    check: RuleCheck::Config(ConfigFaultClass::Syntax, message),
};

fn message(fault: &ConfigFault) -> String {
    let ConfigFaultKind::Syntax { reason } = &fault.kind else { return String::new() };
    format!("{reason}; the settings that were last read stay in force")
}
