//! Rules about dates.
use super::rule::Rule;
/// The rules of this family.
pub const RULES: &[Rule] = &[];
