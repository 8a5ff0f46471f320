//! What can be wrong in `scholiast.toml`?

use super::rule::Rule;

mod invalid_value;
mod unknown_key;
mod unused_suppression;

/// All rules of the family, by code.
pub const RULES: &[Rule] = &[invalid_value::RULE, unknown_key::RULE, unused_suppression::RULE];
