//! Rules about annotation files.

use super::rule::Rule;

mod argument;
mod attribute_value;
pub mod check;
mod dangling_reference;
mod not_in_configuration;
pub mod orphan;
mod quote;
mod relation;
mod span;
mod syntax;
mod text_mismatch;

/// All rules of the family, by code.
pub const RULES: &[Rule] = &[
    argument::RULE,
    attribute_value::RULE,
    dangling_reference::RULE,
    not_in_configuration::RULE,
    orphan::RULE,
    relation::RULE,
    span::RULE,
    syntax::RULE,
    text_mismatch::RULE,
];
