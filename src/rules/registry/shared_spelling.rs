//! Two entities have one spelling.
//!
//! ## Why
//! A mention with that spelling may be either. Context decides where it can; elsewhere the mention is ambiguous and
//! links to nobody. Between two persons this is a warning, between others (the ministries of two countries often
//! share a name) for information. Spellings are compared without case and normalisation; diacritics decide.
//!
//! ## Example
//! ```toml
//! [[person]]
//! id = "le-van-hai-1"
//! names.vi = ["Lê Văn Hải"]
//!
//! [[person]]
//! id = "le-van-hai-2"
//! names.vi = ["Lê Văn Hải"]
//! ```
//!
//! ## Fix
//! If the two are one, join the entries. If they are namesakes, leave both and give their offices with dates, so
//! that context can decide; then suppress this finding with that reason. If one spelling is a mistake, correct it.

use crate::diagnostic::Severity;
use crate::registry::{RegistryFault, RegistryFaultClass, RegistryFaultKind};
use crate::rules::rule::{Rule, RuleCheck};

/// The rule.
pub const RULE: Rule = Rule {
    code: "registry/shared-spelling",
    severity: Severity::Warning,
    summary: "one spelling of two entities",
    source: crate::rule_source!(),
    check: RuleCheck::Registry(RegistryFaultClass::SharedSpelling, message),
};

fn message(fault: &RegistryFault) -> String {
    let RegistryFaultKind::SharedSpelling { spelling, other, .. } = &fault.kind else { return String::new() };
    format!("`{spelling}` is also a spelling of `{other}`")
}

/// The severity for two entities: between others than people (the ministries of two countries) a shared name is usual.
pub(super) fn severity(namesakes: bool) -> Severity {
    if namesakes { RULE.severity } else { Severity::Info }
}
