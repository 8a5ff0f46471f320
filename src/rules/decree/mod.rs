//! Rules about references to Vietnamese official documents: one for each fault class of
//! [`DecreeFaultClass`](crate::recognise::decree::DecreeFaultClass), and those about several citations of one document.
//!
//! A fault carries all that its message quotes; a rule puts it into words and says how severe it is.

mod agency_not_existing_then;
mod conflicting_dates;
mod dash_for_hyphen;
mod date_year_mismatch;
mod digit_for_letter;
mod duplicate_part;
mod era_year;
mod fullwidth_slash;
mod future_year;
mod glued_word;
mod impossible_year;
mod inner_space;
mod invisible_char;
mod legislature_mismatch;
mod letter_case;
mod letter_for_digit;
mod lookalike_d;
mod lookalike_script;
mod markup;
mod missing_diacritics;
mod missing_number;
mod missing_part;
mod missing_year;
mod number_shape;
mod registry_date_mismatch;
mod swapped_separators;
mod swapped_type_agency;
mod thai_digits;
mod two_digit_year;
mod type_not_allowed;
mod type_word_mismatch;
mod unknown_agency;
mod unknown_type;
mod wrong_separator;

use super::rule::Rule;
use crate::diagnostic::Severity;
use crate::recognise::decree::DecreeFault;

/// All of them: those of the fault classes in the order of the table, then the others.
pub const RULES: &[Rule] = &[
    missing_diacritics::RULE,
    swapped_separators::RULE,
    swapped_type_agency::RULE,
    unknown_type::RULE,
    unknown_agency::RULE,
    letter_for_digit::RULE,
    digit_for_letter::RULE,
    wrong_separator::RULE,
    inner_space::RULE,
    missing_number::RULE,
    missing_part::RULE,
    missing_year::RULE,
    letter_case::RULE,
    two_digit_year::RULE,
    impossible_year::RULE,
    future_year::RULE,
    era_year::RULE,
    legislature_mismatch::RULE,
    type_not_allowed::RULE,
    fullwidth_slash::RULE,
    dash_for_hyphen::RULE,
    lookalike_d::RULE,
    lookalike_script::RULE,
    thai_digits::RULE,
    invisible_char::RULE,
    duplicate_part::RULE,
    agency_not_existing_then::RULE,
    glued_word::RULE,
    number_shape::RULE,
    markup::RULE,
    type_word_mismatch::RULE,
    date_year_mismatch::RULE,
    conflicting_dates::RULE,
    registry_date_mismatch::RULE,
];

/// The severity of one fault, where its rule judges some of its faults more mildly than others.
pub fn severity_of(fault: &DecreeFault) -> Option<Severity> {
    match fault {
        DecreeFault::InnerSpace { is_style } => Some(inner_space::severity(*is_style)),
        DecreeFault::TypeNotAllowed(refusal) => Some(type_not_allowed::severity(refusal)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use camino::Utf8Path;
    use jiff::civil::date;

    use super::{RULES, Rule};
    use crate::config::Config;
    use crate::corpus::{LoadedFile, World};
    use crate::recognise::decree::{DecreeFaultClass, DecreeTable, find};
    use crate::rules::check_file;
    use crate::rules::rule::{RuleCheck, example};

    #[test]
    fn every_fault_class_has_its_rule_in_order() {
        let classes: Vec<DecreeFaultClass> = RULES
            .iter()
            .filter_map(|rule| match rule.check {
                RuleCheck::Decree(fault, _) => Some(fault),
                _ => None,
            })
            .collect();
        assert_eq!(classes, DecreeFaultClass::ALL);
        for (rule, fault) in RULES.iter().zip(DecreeFaultClass::ALL) {
            assert_eq!(rule.code, format!("decree/{}", fault.code()));
        }
    }

    #[test]
    fn every_rule_is_documented_in_the_order_explain_prints() {
        for rule in RULES {
            let doc: Vec<&str> = rule.source.lines().map_while(|line| line.strip_prefix("//!")).collect();
            let at = |heading: &str| doc.iter().position(|line| line.trim() == heading);
            let places = [at("## Why"), at("## Example"), at("## Fix")];
            assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{}", rule.code);
            assert!(doc[0].ends_with('.'), "{}", rule.code);
            assert!(!rule.summary.ends_with('.'), "{}", rule.code);
        }
    }

    /// The columns, in characters, at which a rule reports in a text.
    fn columns(rule: &Rule, text: &str) -> Vec<usize> {
        let (config, _) = Config::parse("").unwrap();
        let mut world = World::new(Arc::new(config), date(2026, 6, 1));
        let ctx = world.snapshot().ctx().clone();
        world.load(Utf8Path::new("a.txt"), LoadedFile::new(&ctx, text.as_bytes()));
        let snapshot = world.snapshot();
        let findings = snapshot.files_by_path().into_iter().flat_map(|file| check_file(&snapshot, file).diagnostics);
        let own = findings.filter(|finding| finding.code == rule.code);
        own.map(|finding| text[..finding.place.span().start as usize].chars().count()).collect()
    }

    /// The line of text above a row of carets is reported where the carets begin. Thai lines have columns of their own.
    #[test]
    fn examples_are_reported_where_they_say() {
        for rule in RULES.iter().filter(|rule| matches!(rule.check, RuleCheck::Decree(..))) {
            let example = example(rule).replace("<U+200B>", "\u{200B}");
            let (carets, text): (Vec<&str>, Vec<&str>) = example.lines().partition(|line| line.contains('^'));
            let found = columns(rule, &text.join("\n"));
            assert!(!found.is_empty(), "{}: nothing found in {text:?}", rule.code);
            let is_thai = example.chars().any(|ch| ('\u{E01}'..='\u{E5B}').contains(&ch));
            if let (Some(carets), false) = (carets.first(), is_thai) {
                let column = carets.chars().take_while(|ch| *ch != '^').count();
                assert_eq!(found.first(), Some(&column), "{}: {text:?}", rule.code);
            }
        }
    }

    #[test]
    fn messages_quote_what_they_speak_of() {
        let table = DecreeTable::builtin(2026);
        for (text, expected) in [
            (
                "Thông tư 11/2026/TT-BGTVT",
                "`11/2026/TT-BGTVT`: BGTVT did not exist in 2026 (it ended in 2025-02-28); its successor is BXD",
            ),
            (
                "Nghị định số 451/QĐ-TTg",
                "`Nghị định` stands for NĐ, but `451/QĐ-TTg` is of type QĐ (Quyết định, Decision)",
            ),
            (
                "Luật số 59/2020/QH15",
                "`59/2020/QH15` names legislature 15, which sat 2021-2026, not in the year of the symbol",
            ),
            ("Thông tư 32/2018/TT-BGĐDT", "unknown issuer `BGĐDT` in `32/2018/TT-BGĐDT`; the nearest is `BGDĐT`"),
        ] {
            let facts = find(text, &table);
            let fault = &facts[0].faults[0];
            let message = RULES.iter().find_map(|rule| match rule.check {
                RuleCheck::Decree(class, message) if class == fault.kind.class() => Some(message(fault)),
                _ => None,
            });
            assert_eq!(message.as_deref(), Some(expected));
        }
    }
}
