//! Finds two entities with the same id.
//!
//! ## Why
//! An id is how everything else points at an entity, so it must mean one. Of two, the first in the order of paths
//! and positions is in force; the other is left out, and its spellings are found nowhere.
//!
//! ## Example
//! ```toml
//! [[person]]
//! id = "tran-van-an"
//! names.vi = ["Trần Văn An"]
//!
//! [[person]]
//! id = "tran-van-an" # another man of that name
//! names.vi = ["Trần Văn Ẩn"]
//! ```
//!
//! ## Fix
//! Give the second entity an id of its own, or join the two entries if they are one. In an editor, renaming the id of
//! the second changes it alone.

use crate::diagnostic::Severity;
use crate::registry::{RegistryFault, RegistryFaultClass, RegistryFaultKind};
use crate::rules::rule::{Rule, RuleCheck};

/// The rule.
pub const RULE: Rule = Rule {
    code: "registry/duplicate-id",
    severity: Severity::Error,
    summary: "two entities with the same id",
    source: crate::rule_source!(),
    check: RuleCheck::Registry(RegistryFaultClass::DuplicateId, message),
};

fn message(fault: &RegistryFault) -> String {
    let RegistryFaultKind::DuplicateId { id } = &fault.kind else { return String::new() };
    format!("the id `{id}` is already used; this entry is ignored")
}
