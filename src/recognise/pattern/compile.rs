//! From a `[[pattern]]` of the configuration to a compiled one.
//!
//! What cannot be used is a [`ValueFault`] at its place, down to the place inside a string. Of a pattern whose
//! expression is broken nothing holds; of others the intact parts do.

use compact_str::{CompactString, format_compact};
use regex::{Regex, RegexSetBuilder};

use super::check::{Condition, Requirement};
use super::fact::normal;
use super::template::{Template, group};
use super::{CompiledPattern, Patterns};
use crate::config::{self, ValueFault, expression};
use crate::text::Span;
use crate::text::nearest::nearest;
use crate::toml_tree::{Spanned, TomlTable, TomlValue};

/// The kinds of the built-in recognisers, which no pattern may take for its own.
const KINDS: [&str; 8] = ["official", "person", "organization", "place", "office", "date", "decree", "annotation"];
/// The words for conditions.
const CONDITIONS: [&str; 3] = ["one-of", "range", "date"];

impl Patterns {
    /// Compiles the patterns of a configuration. Also says what of them cannot be used.
    pub fn new(patterns: &[config::PatternConfig]) -> (Self, Vec<ValueFault>) {
        let mut faults = Vec::new();
        let mut all: Vec<CompiledPattern> = Vec::new();
        for written in patterns {
            let mut compiler = PatternCompiler { faults: &mut faults };
            if let Some(pattern) = compiler.pattern(written, &all) {
                all.push(pattern);
            }
        }
        let any = (!all.is_empty()).then(|| {
            let sources = all.iter().map(|pattern| pattern.regex.as_str());
            RegexSetBuilder::new(sources).size_limit(expression::SIZE * all.len()).build().ok()
        });
        (Self { all, any: any.flatten() }, faults)
    }
}

struct PatternCompiler<'m> {
    faults: &'m mut Vec<ValueFault>,
}

impl PatternCompiler<'_> {
    fn refuse(&mut self, at: Span, part: Option<Span>, reason: CompactString) {
        self.faults.push(ValueFault { at, part, reason, meant: None });
    }

    fn pattern(&mut self, written: &config::PatternConfig, before: &[CompiledPattern]) -> Option<CompiledPattern> {
        let name = &written.name;
        let is_name_free = !KINDS.contains(&name.value.as_str());
        if !is_name_free {
            let why = format_compact!("`{}` is a built-in kind of mention; choose another name", name.value);
            self.refuse(name.span, None, why);
        }
        let regex = match expression::compile(&written.regex.value) {
            Ok(regex) => regex,
            Err(broken) => {
                self.refuse(written.regex.span, broken.part, broken.why);
                return None;
            }
        };
        let value = self.template(written.value.as_ref(), &regex).unwrap_or_else(Template::whole);
        let hover = self.template(written.hover.as_ref(), &regex);
        let message = self.template(written.message.as_ref(), &regex);
        let checks = written.checks.as_ref().map(|checks| self.checks(checks, &regex)).unwrap_or_default();
        let kind = before.iter().position(|other| other.name == name.value).unwrap_or(before.len());
        let kind = u16::try_from(kind).ok().filter(|_| is_name_free)?;
        // Checks that cannot be used are no reason to report every mention.
        let message = message.filter(|_| !checks.is_empty() || written.checks.is_none());
        Some(CompiledPattern { name: name.value.clone(), kind, regex, value, hover, message, checks })
    }

    fn template(&mut self, written: Option<&Spanned<CompactString>>, regex: &Regex) -> Option<Template> {
        let written = written?;
        let (template, unknown) = Template::new(&written.value, regex);
        for unknown in unknown {
            let why = no_group(&unknown.name, regex);
            self.refuse(written.span, Some(unknown.place), why);
        }
        Some(template)
    }

    fn checks(&mut self, written: &Spanned<TomlValue>, regex: &Regex) -> Vec<Condition> {
        let TomlValue::Table(table) = &written.value else {
            let why = format_compact!("`checks` is {}; write a table with a key for each group", written.value.kind());
            self.refuse(written.span, None, why);
            return Vec::new();
        };
        let mut checks = Vec::new();
        for (name, item) in &table.entries {
            let Some(group) = group(&name.value, regex) else {
                self.refuse(name.span, None, no_group(&name.value, regex));
                continue;
            };
            let TomlValue::Table(conditions) = &item.value else {
                let why = format_compact!("the check of `{}` is {}; write a table", name.value, item.value.kind());
                self.refuse(item.span, None, why);
                continue;
            };
            let wants = self.wants(conditions);
            checks.extend(wants.into_iter().map(|want| Condition { group, name: name.value.clone(), want }));
        }
        checks
    }

    fn wants(&mut self, conditions: &TomlTable) -> Vec<Requirement> {
        let mut wants = Vec::new();
        for (word, item) in &conditions.entries {
            let want = match word.value.as_str() {
                "one-of" => one_of(&item.value).map(Some).ok_or("an array of strings, not empty"),
                "range" => range(&item.value).map(Some).ok_or("two integers, the least and the most: [1, 99]"),
                "date" => {
                    item.value.as_boolean().map(|wanted| wanted.then_some(Requirement::Date)).ok_or("true or false")
                }
                _ => {
                    let meant = nearest(&word.value, CONDITIONS);
                    let meant = meant.map(|meant| format_compact!("; did you mean `{meant}`?")).unwrap_or_default();
                    let why = format_compact!("unknown check `{}`{meant}", word.value);
                    self.refuse(word.span, None, why);
                    continue;
                }
            };
            match want {
                Ok(want) => wants.extend(want),
                Err(wanted) => {
                    self.refuse(item.span, None, format_compact!("`{}` needs {wanted}", word.value));
                }
            }
        }
        wants
    }
}

fn one_of(value: &TomlValue) -> Option<Requirement> {
    let TomlValue::Array(items) = value else { return None };
    let texts: Option<Vec<CompactString>> =
        items.iter().map(|item| item.value.as_string().map(|text| normal(&text))).collect();
    texts.filter(|texts| !texts.is_empty()).map(Requirement::OneOf)
}

fn range(value: &TomlValue) -> Option<Requirement> {
    let TomlValue::Array(items) = value else { return None };
    match items.iter().map(|item| &item.value).collect::<Vec<_>>()[..] {
        [TomlValue::Integer(least), TomlValue::Integer(most)] if least <= most => {
            Some(Requirement::Range(*least, *most))
        }
        _ => None,
    }
}

fn no_group(name: &str, regex: &Regex) -> CompactString {
    let names: Vec<&str> = regex.capture_names().flatten().collect();
    match nearest(name, names.iter().copied()) {
        Some(meant) => format_compact!("the expression has no group `{name}`; did you mean `{meant}`?"),
        None if names.is_empty() => format_compact!("the expression has no group `{name}` and no named groups"),
        None => format_compact!("the expression has no group `{name}`; it has {}", names.join(", ")),
    }
}
