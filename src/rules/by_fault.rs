//! The rule of each fault class, and its message for a fault.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::rule::{Rule, RuleCheck};
use super::table::RULES;
use crate::recognise::fault::Fault;
use crate::recognise::pattern::{FailedCheck, PatternFact};
use crate::recognise::{date as dates, decree as decrees, text_fault};
use crate::{annotation as annotations, config as configs, registry as registries};

macro_rules! lookup {
    ($name:ident, $fault:ty, $check:ident) => {
        /// The rule of this fault class, with its check.
        pub fn $name(fault: $fault) -> Option<(&'static Rule, &'static RuleCheck)> {
            static TABLE: LazyLock<FxHashMap<$fault, &'static Rule>> = LazyLock::new(|| {
                let of = |rule: &&'static Rule| match rule.check {
                    RuleCheck::$check(fault, _) => Some((fault, *rule)),
                    _ => None,
                };
                RULES.iter().filter_map(of).collect()
            });
            TABLE.get(&fault).map(|rule| (*rule, &rule.check))
        }
    };
}

/// The rule for what the user's patterns find, with its check.
pub fn pattern() -> Option<(&'static Rule, &'static RuleCheck)> {
    static THIS: LazyLock<Option<&'static Rule>> =
        LazyLock::new(|| RULES.iter().copied().find(|rule| matches!(rule.check, RuleCheck::Pattern(_))));
    THIS.map(|rule| (rule, &rule.check))
}

lookup!(date, dates::DateFaultClass, Date);
lookup!(decree, decrees::DecreeFaultClass, Decree);
lookup!(text, text_fault::TextFaultClass, Text);
lookup!(registry, registries::RegistryFaultClass, Registry);
lookup!(config, configs::ConfigFaultClass, Config);
lookup!(annotation, annotations::AnnotationFaultClass, Annotation);

/// The message of the rule for a fault of a date.
pub fn message_of_date(fault: &Fault<dates::DateFault>) -> Option<String> {
    let (_, RuleCheck::Date(_, message)) = date(fault.kind.class())? else { return None };
    Some(message(fault))
}

/// The message of the rule for a fault of a reference to a legal document.
pub fn message_of_decree(fault: &Fault<decrees::DecreeFault>) -> Option<String> {
    let (_, RuleCheck::Decree(_, message)) = decree(fault.kind.class())? else { return None };
    Some(message(fault))
}

/// The message of the rule for patterns about a condition that a mention does not meet.
pub fn message_of_pattern(fact: &PatternFact, fault: &Fault<FailedCheck>) -> Option<String> {
    let (_, RuleCheck::Pattern(message)) = pattern()? else { return None };
    Some(message(fact, fault))
}
