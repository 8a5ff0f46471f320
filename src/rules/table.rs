//! All rules, by code and by the name that a person types.
//!
//! Deliberately absent: the lists of the families, which stand in these.

use std::sync::LazyLock;

use super::rule::Rule;
use super::{annotation, config, date, decree, entity, registry, text};
use crate::text::nearest::nearest;

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
