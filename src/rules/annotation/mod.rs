//! Rules about annotation files.

use super::rule::Rule;

mod argument;
mod attribute_value;
pub mod check;
pub mod configuration;
pub mod covered;
mod dangling_reference;
pub mod difference;
pub mod document_state;
mod inconsistent;
mod line_fault;
mod link_mismatch;
mod merge_conflict;
pub mod missed;
mod not_in_configuration;
pub mod orphan;
mod overlap;
pub mod pair;
mod quote;
mod relation;
pub mod settled_difference;
mod span;
mod syntax;
mod text_mismatch;
mod unknown_entity;

/// All rules of the family, by code.
pub const RULES: &[Rule] = &[
    argument::RULE,
    attribute_value::RULE,
    configuration::RULE,
    dangling_reference::RULE,
    difference::RULE,
    document_state::RULE,
    inconsistent::RULE,
    link_mismatch::RULE,
    merge_conflict::RULE,
    missed::RULE,
    not_in_configuration::RULE,
    orphan::RULE,
    overlap::RULE,
    relation::RULE,
    settled_difference::RULE,
    span::RULE,
    syntax::RULE,
    text_mismatch::RULE,
    unknown_entity::RULE,
];
