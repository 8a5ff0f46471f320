//! The rules about registry files.

use super::rule::Rule;
use crate::diagnostic::Severity;
use crate::registry::RegistryFaultKind;

mod duplicate_id;
mod invalid_value;
mod missing_field;
mod repeated_spelling;
mod shared_spelling;
mod slight_name;
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
    slight_name::RULE,
    syntax::RULE,
    unknown_key::RULE,
    unknown_reference::RULE,
];

/// The severity of one fault, where the rule judges some of its faults more mildly than others.
pub fn severity_of(fault: &RegistryFaultKind) -> Option<Severity> {
    match fault {
        RegistryFaultKind::SharedSpelling { namesakes, .. } => Some(shared_spelling::severity(*namesakes)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::rule::{RuleCheck, example};
    use super::*;
    use crate::registry::{Registry, RegistryFault, RegistryFaultClass, RegistrySource};
    use crate::text::FileId;

    fn faults(text: &str) -> Vec<RegistryFault> {
        Registry::load(&[RegistrySource { file: FileId(0), text }]).faults().to_vec()
    }

    #[test]
    fn each_example_shows_its_rule() {
        for rule in RULES {
            let RuleCheck::Registry(kind, _) = rule.check else { panic!("{} checks the registry", rule.code) };
            let text = example(rule);
            assert!(faults(&text).iter().any(|fault| fault.kind.class() == kind), "{}\n{text}", rule.code);
        }
    }

    #[test]
    fn messages_say_what_and_what_was_meant() {
        for (text, message) in [
            ("[[person", "this registry file cannot be read: "),
            ("[[office]]\nid='a'\n[[office]]\nid='a'", "the id `a` is already used; this entry is ignored"),
            ("[[office]]\nid='a'\norganization='b'", "there is no organization with the id `b`"),
            ("[[office]]\nid='a'\norganization='a'", "`a` is an office, not an organization"),
            ("[[organization]]\nid='a'", "this organization has no `names` or `abbreviations`"),
            ("[[office]]\nidd='a'\nid='b'", "unknown key `idd` in [[office]]; did you mean `id`?"),
            ("[[office]]\nid='a'\nsort='b'", "unknown key `sort` in [[office]]"),
            (
                "[[decree]]\nid='a'\ndate=2020",
                "`date` in [[decree]] is an integer; write a date without quotes, like 2024-05-25",
            ),
            (
                "[[place]]\nid='a'\nnames.vi=['Huế']\n[[place]]\nid='b'\nnames.vi=['Huế']",
                "`Huế` is also a spelling of `a`",
            ),
            (
                "[[person]]\nid='a'\nnames.vi=['Hùng']",
                "`Hùng` is one short word: every `Hùng` in a text is linked to this person",
            ),
            ("[[person]]\nid='a'\nnames.vi=['2024']", "`2024` has no letters: it is never searched for"),
            ("[[place]]\nid='a'\nnames.vi=['Huế','huế']", "`huế` is already listed here"),
        ] {
            let fault = &faults(text)[0];
            let write = RULES.iter().find_map(|rule| match rule.check {
                RuleCheck::Registry(kind, write) if kind == fault.kind.class() => Some(write),
                _ => None,
            });
            let written = write.expect("every fault has a rule")(fault);
            assert!(written.starts_with(message), "{written}\n{message}");
        }
    }

    #[test]
    fn every_fault_class_has_one_rule() {
        use RegistryFaultClass::{
            DuplicateId, InvalidValue, MissingField, RepeatedSpelling, SharedSpelling, SlightName, Syntax, UnknownKey,
            UnknownReference,
        };
        for kind in [
            Syntax,
            DuplicateId,
            UnknownReference,
            SharedSpelling,
            SlightName,
            RepeatedSpelling,
            MissingField,
            UnknownKey,
            InvalidValue,
        ] {
            let bearers = RULES.iter().filter(|rule| matches!(rule.check, RuleCheck::Registry(of, _) if of == kind));
            assert_eq!(bearers.count(), 1, "{kind:?}");
        }
    }
}
