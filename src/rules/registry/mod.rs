//! What can be wrong in the registry files?

use super::rule::Rule;

mod duplicate_id;
mod invalid_value;
mod missing_field;
mod repeated_spelling;
mod shared_spelling;
mod syntax;
mod unknown_key;
mod unknown_reference;

/// All rules of the family, by code.
pub const RULES: &[Rule] = &[
    duplicate_id::RULE,
    invalid_value::RULE,
    missing_field::RULE,
    repeated_spelling::RULE,
    shared_spelling::RULE,
    syntax::RULE,
    unknown_key::RULE,
    unknown_reference::RULE,
];
