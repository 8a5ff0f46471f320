//! Finds globs of `scholiast.toml` that match no file, and a `[compare] with` that names neither a folder nor a git
//! revision.
//!
//! ## Why
//! A misspelt path of a registry or of texts is otherwise passed over in silence: nobody is found, and everything looks
//! right. A path without `*`, `?`, `[` or `{` must exist; of globs with them at least one of the list must match.
//!
//! ## Example
//! ```toml
//! [corpus]
//! registry = ["registy.toml"] # there is no such file
//! ```
//!
//! ## Fix
//! Correct the path, or delete it. Paths count from the folder of `scholiast.toml`.

use crate::config::{ConfigFault, ConfigFaultClass, ConfigFaultKind, GlobList};
use crate::diagnostic::Severity;
use crate::rules::rule::{Rule, RuleCheck};

/// The rule.
pub const RULE: Rule = Rule {
    code: "config/no-match",
    severity: Severity::Warning,
    summary: "a glob or path in scholiast.toml that matches nothing",
    source: crate::rule_source!(),
    check: RuleCheck::Config(ConfigFaultClass::NoMatch, message),
};

fn message(fault: &ConfigFault) -> String {
    let (glob, list) = match &fault.kind {
        ConfigFaultKind::NoMatch { glob, list } => (glob, list),
        ConfigFaultKind::NothingToCompare { reason } => return reason.to_string(),
        _ => return String::new(),
    };
    match list {
        GlobList::Include => format!("`{glob}` matches no text"),
        GlobList::Registry => format!("`{glob}` matches no registry file"),
    }
}
