//! The rules about the text itself, whatever it says.

mod broken_url;
mod byte_order_mark;
pub mod conflict_marker;
pub mod invisible_character;
mod line_ends;
mod mark_order;
mod not_nfc;
pub mod not_utf8;
pub mod pattern_check;

use super::rule::Rule;

/// The rules of this family.
pub const RULES: &[Rule] = &[
    broken_url::RULE,
    byte_order_mark::RULE,
    conflict_marker::RULE,
    invisible_character::RULE,
    line_ends::RULE,
    mark_order::RULE,
    not_nfc::RULE,
    not_utf8::RULE,
    pattern_check::RULE,
];
