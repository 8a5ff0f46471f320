//! The names that rules and families have on the command line, for completion.
//!
//! Deliberately absent: refusing unknown names, which is done with the name that was probably meant
//! (`rule_selection`, `explain`).

use std::ffi::OsStr;

use clap::builder::{PossibleValue, StringValueParser, TypedValueParser};

use crate::rules::RULES;

/// Takes any text, and offers all rules and families to completion.
#[derive(Clone, Copy, Debug)]
pub struct RuleNameParser;

impl TypedValueParser for RuleNameParser {
    type Value = String;

    fn parse_ref(
        &self,
        command: &clap::Command,
        argument: Option<&clap::Arg>,
        value: &OsStr,
    ) -> Result<String, clap::Error> {
        StringValueParser::new().parse_ref(command, argument, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        let mut families: Vec<&'static str> = RULES.iter().map(|rule| rule.family()).collect();
        families.dedup();
        let families = families.into_iter().map(PossibleValue::new);
        let rules = RULES.iter().map(|rule| PossibleValue::new(rule.code).help(rule.summary));
        Some(Box::new(families.chain(rules)))
    }
}
