//! A line of a configuration file of an annotation project is not read, or not as it was meant.
//!
//! ## Why
//! brat passes over what it does not understand in `annotation.conf`, `visual.conf`, `kb_shortcuts.conf` and
//! `tools.conf`, or falls back to a configuration of its own; annotations are then judged by other types than the
//! project agreed on, and nobody is told.
//!
//! ## Example
//! ```text
//! Bà Lan gặp ông Bình.
//! ```
//!
//! ```ann
//! T1    Person 3 6    Lan
//! ```
//!
//! An `annotation.conf` with a slip in a type:
//!
//! ```conf
//! [entities]
//! Person
//! [relations]
//! Knows Arg1:Person, Arg2:Persn
//! ```
//!
//! Four spaces stand for a TAB in annotation files.
//!
//! ## Fix
//! Correct the word; the fix writes the one that was probably meant. It is unsafe, since another meaning of the
//! configuration changes what is reported.

use super::quote::quoted;
use crate::annotation::{ConfigurationFault, ConfigurationFaultKind};
use crate::diagnostic::{FileEdit, Fix, Severity};
use crate::rules::finding::{Finding, FindingSink};
use crate::rules::rule::{Rule, RuleCheck};
use crate::text::{FileId, LineIndex};

/// The rule.
pub const RULE: Rule = Rule {
    code: "annotation/configuration",
    severity: Severity::Warning,
    summary: "a line of annotation.conf, or of a file that goes with it, that is not read as it was meant",
    source: crate::rule_source!(),
    check: RuleCheck::AnyFile,
};

/// Reports the faults of a configuration file.
pub fn check(file: FileId, source: &str, faults: &[ConfigurationFault], sink: &mut FindingSink<'_>) {
    let lines = LineIndex::new(source);
    for fault in faults {
        let fix = fault.correction.as_ref().map(|edit| Fix {
            title: format!("write `{}`", edit.text),
            safe: false,
            edits: vec![FileEdit { file, place: lines.place(source, edit.span), text: edit.text.clone() }],
        });
        sink.report(Finding {
            place: lines.place(source, fault.span),
            surface: fault.span.slice(source).into(),
            message: message(&fault.kind),
            related: Vec::new(),
            fix,
        });
    }
}

/// The message about a fault.
pub fn message(kind: &ConfigurationFaultKind) -> String {
    use ConfigurationFaultKind as Kind;
    let meant = |text: String, suggestion: Option<&str>| match suggestion {
        Some(near) => format!("{text}; did you mean `{near}`?"),
        None => text,
    };
    match kind {
        Kind::UnknownSection { name, suggestion } => {
            meant(format!("this file has no section `[{name}]`, so what stands in it is not read"), *suggestion)
        }
        Kind::NoSection => "a line before the first section is not read".to_owned(),
        Kind::UnfitName { name } => format!(
            "{} cannot be a type in annotation files: brat keeps letters without marks, digits, `_` and `-`, and \
             writes `_` for all others",
            quoted(name)
        ),
        Kind::DefinedTwice { name, first_line } => format!("`{name}` is already defined on line {first_line}"),
        Kind::UnknownType { name, suggestion } => {
            meant(format!("no section defines the type {}", quoted(name)), suggestion.as_deref())
        }
        Kind::UnknownMacro { name, suggestion } => {
            meant(format!("{} is neither defined here nor known to brat", quoted(name)), suggestion.as_deref())
        }
        Kind::ReservedMacro { name } => format!("`{name}` has a meaning of its own and cannot be defined anew"),
        Kind::ArgumentForm { argument } => format!("{} is not of the form `ROLE:TYPE`", quoted(argument)),
        Kind::RoleTwice { role } => format!("the role `{role}` is named twice"),
        Kind::RoleCount { role } => {
            format!("{} does not say how often the role is filled; write `{{2}}` or `{{1-3}}`", quoted(role))
        }
        Kind::RepeatedDigit { role } => {
            format!("the role `{role}` ends in a digit and cannot be filled several times: repeated roles are numbered")
        }
        Kind::RelationArguments { count } => {
            format!("a relation has two arguments (`Name Arg1:TYPE, Arg2:TYPE`); here there are {count}")
        }
        Kind::NoAttributeArgument => "the attribute does not say what has it; write `Arg:TYPE`".to_owned(),
        Kind::NothingToInherit => "there is no type above this one whose roles it could inherit".to_owned(),
        Kind::TooDeep => "the line is indented more than one level deeper than the type above it".to_owned(),
        Kind::Value { option, value, allowed } if value.is_empty() => {
            format!("`{option}` needs a value: {allowed}")
        }
        Kind::Value { option, value, allowed } => {
            format!("`{option}` cannot be {}; allowed: {allowed}", quoted(value))
        }
        Kind::UnknownOption { option, suggestion } => {
            meant(format!("there is no option {}", quoted(option)), *suggestion)
        }
        Kind::UnknownDefault { value } => format!("the default {} is none of the values", quoted(value)),
        Kind::KeyForm { key } => format!("{} is no key: write one character", quoted(key)),
        Kind::KeyTwice { key, first } => {
            format!("the key `{key}` already chooses `{first}`, and this line is not read")
        }
        Kind::LineForm { form } => format!("the line is not of the form `{form}`"),
        Kind::NotUtf8 => "the file is not UTF-8, so none of it is read".to_owned(),
    }
}
