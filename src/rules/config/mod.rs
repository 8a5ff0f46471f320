//! The rules about `scholiast.toml`.

use super::rule::Rule;

mod invalid_value;
mod no_match;
mod syntax;
mod unknown_key;
mod unused_decision;
mod unused_suppression;

pub use no_match::RULE as NO_MATCH;

/// All rules of the family, by code.
pub const RULES: &[Rule] = &[
    invalid_value::RULE,
    no_match::RULE,
    syntax::RULE,
    unknown_key::RULE,
    unused_decision::RULE,
    unused_suppression::RULE,
];

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use rustc_hash::FxHashSet;

    use super::super::rule::{RuleCheck, example};
    use super::*;
    use crate::config::{Config, ConfigFault};

    fn faults(text: &str) -> Vec<ConfigFault> {
        let (config, mut faults) = match Config::parse(text) {
            Ok(read) => read,
            Err(error) => return vec![ConfigFault::syntax(&error)],
        };
        faults.extend(config.check_codes(&["entity/spelling-variants", "date/mixed-era-document"]));
        faults.extend(config.unused_suppressions(&[true], date(2025, 1, 1)));
        faults.extend(config.unused_decisions(&FxHashSet::default(), &|id| id == "nothing" || id == "lam"));
        faults.extend(config.unknown_decided(&|id| id == "nothing" || id == "lam", &|| vec!["lam"]));
        faults.extend(config.without_match(&["a.txt"], &["people.toml"]));
        faults
    }

    #[test]
    fn each_example_shows_its_rule_alone() {
        for rule in RULES {
            let RuleCheck::Config(kind, _) = rule.check else { panic!("{} checks the configuration", rule.code) };
            let kinds: Vec<_> = faults(&example(rule)).into_iter().map(|fault| fault.kind.class()).collect();
            assert_eq!(kinds, [kind], "{}", rule.code);
        }
    }

    #[test]
    fn messages_say_what_and_what_was_meant() {
        for (text, message) in [
            ("corpsu = 1", "unknown key `corpsu` in scholiast.toml; did you mean `corpus`?"),
            ("registry = []", "unknown key `registry` in scholiast.toml; it belongs under `[corpus]`"),
            ("[rules]\n'date/mixed-era' = 'off'", "unknown key `date/mixed-era` in `rules`"),
            (
                "[rules]\n'date/mixed-era-documents' = 'off'",
                "unknown key `date/mixed-era-documents` in `rules`; did you mean `date/mixed-era-document`?",
            ),
            ("[corpus]\ninclude = ['[']", "invalid glob `[`: unclosed character class; missing ']'"),
            (
                "[[suppress]]\npath='*'\nrule='entity/*'\n[[suppress]]\npath='*'\nrule='date/*'",
                "this suppression of `date/*` suppresses nothing",
            ),
            (
                "[[decide]]\npath='*'\ntext='Lâm'\nnear='ông'\nis='nothing'",
                "this decision about `Lâm` near `ông` matches no mention",
            ),
            ("[[decide]]\npath='*'\ntext='Lâm'\nis='lan'", "unknown id `lan`; use an id of the registry or `nothing`"),
            (
                "[[suppress]]\npath='*'\nrule='date/*'\nuntil=2024-02-29",
                "this suppression of `date/*` ended on 2024-02-29",
            ),
        ] {
            let fault = &faults(text)[0];
            let write = RULES.iter().find_map(|rule| match rule.check {
                RuleCheck::Config(kind, write) if kind == fault.kind.class() => Some(write),
                _ => None,
            });
            assert_eq!(write.expect("every fault has a rule")(fault), message);
        }
    }
}
