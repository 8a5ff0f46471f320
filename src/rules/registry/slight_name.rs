//! A person's name is so slight that it is found in other words, or never.
//!
//! ## Why
//! `Hùng` is an adjective, `ลาว` a country: wherever they stand, the person would be linked. A name of one letter or of
//! none (`2024`) is not searched for at all. Somebody's given name need not be listed: behind a word of address (`ông
//! Hùng`) it is linked to who was named in full before. Found are names of people that are one short word, up to seven
//! letters in Latin script and five in Thai or Lao, and names without letters.
//!
//! ## Example
//! ```toml
//! [[person]]
//! id = "le-van-hung"
//! names.vi = ["Lê Văn Hùng", "Hùng"]
//! ```
//!
//! ## Fix
//! List the full name. A stage name that is to be found wherever it stands is suppressed with its reason.

use crate::diagnostic::Severity;
use crate::registry::{RegistryFault, RegistryFaultClass, RegistryFaultKind, Slightness};
use crate::rules::rule::{Rule, RuleCheck};

/// The rule.
pub const RULE: Rule = Rule {
    code: "registry/slight-name",
    severity: Severity::Info,
    summary: "a person's name that is also an ordinary word, or is never searched for",
    source: crate::rule_source!(),
    check: RuleCheck::Registry(RegistryFaultClass::SlightName, message),
};

fn message(fault: &RegistryFault) -> String {
    let RegistryFaultKind::SlightName { name, slightness } = &fault.kind else { return String::new() };
    match slightness {
        Slightness::NoLetters => format!("`{name}` has no letters: it is never searched for"),
        Slightness::OneLetter => format!("`{name}` is one letter: it is never searched for"),
        Slightness::ShortWord => {
            format!("`{name}` is one short word: every `{name}` in a text is linked to this person")
        }
    }
}
