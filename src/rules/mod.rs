//! The rules: one file each; this one knows them all.
//!
//! A rule sees the facts of one file, or the faults of the registry and the configuration. Deliberately absent: text,
//! since closed files have none.

pub mod annotation;
mod completion;
pub mod config;
pub mod date;
pub mod decree;
pub mod engine;
pub mod entity;
#[cfg(test)]
mod examples;
#[cfg(test)]
pub(crate) mod fixture;
pub mod registry;
pub mod rule;
pub mod sources;
pub mod text;

use std::sync::LazyLock;

use crate::recognise::fault::Fault;
use crate::recognise::pattern::{FailedCheck, PatternFact};
use crate::recognise::{date as date_fault, decree as decree_fault};
use crate::text::nearest::nearest;

pub use engine::{CheckedAnnotations, FileReport, check_annotations, check_file};
pub use rule::{Rule, RuleCheck};

/// Every rule, by code.
pub static RULES: LazyLock<Vec<&'static Rule>> = LazyLock::new(|| {
    let families =
        [annotation::RULES, config::RULES, date::RULES, decree::RULES, entity::RULES, registry::RULES, text::RULES];
    let mut rules: Vec<&'static Rule> = families.into_iter().flatten().collect();
    rules.sort_by_key(|rule| rule.code);
    rules
});

/// The rule of a code.
pub fn by_code(code: &str) -> Option<&'static Rule> {
    RULES.binary_search_by(|rule| rule.code.cmp(code)).ok().map(|at| RULES[at])
}

/// The rule that a person names: by its code, or by what stands behind the slash where that is one rule's alone.
///
/// # Errors
/// When there is none: the code that was probably meant.
pub fn named(code: &str) -> Result<&'static Rule, Option<&'static str>> {
    if let Some(rule) = by_code(code) {
        return Ok(rule);
    }
    let mut named = RULES.iter().filter(|rule| rule.code.split('/').next_back() == Some(code));
    if let (Some(rule), None) = (named.next(), named.next()) {
        return Ok(rule);
    }
    Err(nearest(code, RULES.iter().map(|rule| rule.code)))
}

/// The message of the rule for a fault of a date.
pub fn message_of_date(fault: &Fault<date_fault::DateFault>) -> Option<String> {
    let (_, RuleCheck::Date(_, message)) = by_fault::date(fault.kind.class())? else { return None };
    Some(message(fault))
}

/// The message of the rule for a fault of a reference to a legal document.
pub fn message_of_decree(fault: &Fault<decree_fault::DecreeFault>) -> Option<String> {
    let (_, RuleCheck::Decree(_, message)) = by_fault::decree(fault.kind.class())? else { return None };
    Some(message(fault))
}

/// The message of the rule for patterns about a condition that a mention does not meet.
pub fn message_of_pattern(fact: &PatternFact, fault: &Fault<FailedCheck>) -> Option<String> {
    let (_, RuleCheck::Pattern(message)) = by_fault::pattern()? else { return None };
    Some(message(fact, fault))
}

/// The rules whose fixes are a matter of style: safe only where `[fix] safe` names them.
const STYLE: [&str; 5] = [
    "date/abbrev-style",
    "date/mixed-era-document",
    "entity/organization-variants",
    "entity/rank-variants",
    "entity/spelling-variants",
];

/// Returns whether the fixes of a rule are a matter of style.
pub fn is_style(code: &str) -> bool {
    STYLE.contains(&code)
}

/// The rule of each fault class.
pub(crate) mod by_fault {
    use std::sync::LazyLock;

    use rustc_hash::FxHashMap;

    use super::{RULES, Rule, RuleCheck};
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
}
