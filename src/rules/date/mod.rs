//! The rules about dates: one file for each fault class of [`DateFaultClass`](crate::recognise::date::DateFaultClass).
//!
//! `mixed_era_document` is about a whole file and has no fault of its own.

pub mod abbrev_style;
pub mod ambiguous_order;
pub mod duplicate_word;
pub mod era_clash;
pub mod era_mark_typo;
pub mod implausible_year;
pub mod impossible_day;
pub mod impossible_month;
pub mod impossible_quarter;
pub mod impossible_time;
pub mod inner_space;
pub mod letter_for_digit;
mod message;
pub mod missing_part;
pub mod misspelt_month;
pub mod misspelt_unit;
pub mod mixed_digits;
pub mod mixed_era_document;
pub mod mixed_era_range;
pub mod month_abbrev_typo;
pub mod month_day_swapped;
pub mod not_leap_year;
pub mod reversed_range;
pub mod weekday_mismatch;
pub mod wrong_separator;

use crate::rules::rule::Rule;

/// The rules of this family: all but the last report a fault of one date.
pub const RULES: &[Rule] = &[
    impossible_day::RULE,
    not_leap_year::RULE,
    impossible_month::RULE,
    month_day_swapped::RULE,
    era_clash::RULE,
    weekday_mismatch::RULE,
    reversed_range::RULE,
    mixed_era_range::RULE,
    misspelt_month::RULE,
    misspelt_unit::RULE,
    month_abbrev_typo::RULE,
    era_mark_typo::RULE,
    implausible_year::RULE,
    mixed_digits::RULE,
    letter_for_digit::RULE,
    inner_space::RULE,
    wrong_separator::RULE,
    missing_part::RULE,
    impossible_quarter::RULE,
    duplicate_word::RULE,
    impossible_time::RULE,
    ambiguous_order::RULE,
    abbrev_style::RULE,
    mixed_era_document::RULE,
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recognise::date::{self, DateFaultClass};
    use crate::recognise::profile::{DocumentProfile, Language, Tally};
    use crate::rules::rule::{RuleCheck, example};

    #[test]
    fn every_fault_class_of_a_date_has_one_rule_and_its_code() {
        for fault in DateFaultClass::ALL {
            let of_fault = RULES.iter().filter(|rule| matches!(rule.check, RuleCheck::Date(its, _) if its == fault));
            let codes: Vec<_> = of_fault.map(|rule| rule.code).collect();
            match fault {
                DateFaultClass::MixedEraDocument => assert!(codes.is_empty()),
                _ => assert_eq!(codes, [format!("date/{}", fault.code())]),
            }
        }
        assert_eq!(RULES.len(), DateFaultClass::ALL.len());
    }

    #[test]
    fn every_rule_is_documented_in_the_same_order() {
        for rule in RULES {
            let doc: Vec<&str> =
                rule.source.lines().map_while(|line| line.strip_prefix("//!")).map(str::trim).collect();
            let headings: Vec<&str> = doc.iter().copied().filter(|line| line.starts_with("## ")).collect();
            assert_eq!(headings, ["## Why", "## Example", "## Fix"], "{}", rule.code);
            assert!(doc[0].ends_with('.'), "{}", rule.code);
            assert!(!rule.summary.ends_with('.'), "{}", rule.code);
        }
    }

    /// The profile of a document that is this text.
    fn profile_of(text: &str) -> DocumentProfile {
        let mut tally = Tally::default();
        for c in text.chars() {
            tally.thai += u32::from(matches!(c, '\u{E01}'..='\u{E4E}'));
            tally.latin += u32::from(c.is_alphabetic() && !matches!(c, '\u{E01}'..='\u{E4E}'));
            tally.vietnamese += u32::from(matches!(c, '\u{C0}'..='\u{1EF9}'));
        }
        date::tally(&date::find(text, &[]), &mut tally);
        DocumentProfile::of(&tally, None)
    }

    #[test]
    fn every_example_has_the_fault_of_its_rule() {
        for rule in RULES {
            let RuleCheck::Date(class, _) = rule.check else { continue };
            for line in example(rule).lines() {
                // What stands behind the last wide gap explains the example.
                let text = line.trim_end().rsplit_once("    ").map_or(line, |(text, _)| text).trim_end();
                let profile = profile_of(text);
                let facts = date::find(text, &[]);
                let found =
                    facts.iter().flat_map(|fact| fact.faults(&profile)).any(|fault| fault.kind.class() == class);
                assert!(found, "{}: {text}", rule.code);
            }
        }
    }

    #[test]
    fn messages_quote_the_surface_and_say_why() {
        for (text, message) in [
            ("วันที่ 31 กันยายน 2566", "`31 กันยายน 2566`: September has 30 days"),
            ("ngày 29/2/2023", "`29/2/2023`: 2023 is not a leap year"),
            ("วันอังคารที่ 1 มกราคม 2568", "`วันอังคารที่ 1 มกราคม 2568`: 1 January 2025 is a Wednesday; write `วันพุธ`"),
            ("ตั้งขึ้นใน พ.ศ. 2018", "`พ.ศ. 2018`: the year can only be of the Common Era"),
            ("kế hoạch năm 2569", "`2569`: a Buddhist year outside Thai text"),
            ("5 เมษาคม 2566", "`5 เมษาคม 2566`: the month's name is misspelt; write `5 เมษายน 2566`"),
        ] {
            let facts = date::find(text, &[]);
            let profile = DocumentProfile { language: Language::Vietnamese, ..DocumentProfile::default() };
            let fault = facts.iter().flat_map(|fact| fact.faults(&profile)).next().expect(text);
            let said = RULES.iter().find_map(|rule| match rule.check {
                RuleCheck::Date(class, message) if class == fault.kind.class() => Some(message(fault)),
                _ => None,
            });
            assert_eq!(said.as_deref(), Some(message));
        }
    }
}
