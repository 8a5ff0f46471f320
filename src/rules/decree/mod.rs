//! Rules about decrees.
mod conflicting_dates;
mod registry_date_mismatch;
use super::rule::Rule;
/// The rules of this family.
pub const RULES: &[Rule] = &[conflicting_dates::RULE, registry_date_mismatch::RULE];
