//! Rules about people, organisations and offices in the text.

mod ambiguous;
mod glued_name;
mod inner_space;
mod spelling_variants;

use super::rule::Rule;

/// The rules of this family.
pub const RULES: &[Rule] = &[ambiguous::RULE, glued_name::RULE, inner_space::RULE, spelling_variants::RULE];
