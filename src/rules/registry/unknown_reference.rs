//! An entry refers to an id that nobody has, or that something of another kind has.
//!
//! ## Why
//! The office of a person, the organisation of an office and the successor of an organisation are named by id.
//! Where the id leads nowhere, the editor cannot show the organisation and titles cannot be compared with the
//! registry.
//!
//! ## Example
//! ```toml
//! [[office]]
//! id = "moh/minister"
//! organization = "moh-vn" # there is no such organisation
//!
//! [[organization]]
//! id = "moh"
//! abbreviations = ["BYT"]
//! ```
//!
//! ## Fix
//! Correct the id, or add the entry that is meant.

use crate::diagnostic::Severity;
use crate::registry::{EntityKind, RegistryFault, RegistryFaultClass, RegistryFaultKind};
use crate::rules::rule::{Rule, RuleCheck};

/// The rule.
pub const RULE: Rule = Rule {
    code: "registry/unknown-reference",
    severity: Severity::Error,
    summary: "a reference to an id that does not exist or is of another kind",
    source: crate::rule_source!(),
    check: RuleCheck::Registry(RegistryFaultClass::UnknownReference, message),
};

fn message(fault: &RegistryFault) -> String {
    let RegistryFaultKind::UnknownReference { id, wanted, found } = &fault.kind else { return String::new() };
    match found {
        Some(found) => format!("`{id}` is {}, not {}", with_article(*found), with_article(*wanted)),
        None => format!("there is no {} with the id `{id}`", wanted.table()),
    }
}

fn with_article(kind: EntityKind) -> String {
    let word = kind.table();
    format!("{} {word}", if word.starts_with('o') { "an" } else { "a" })
}
