//! What the configuration says of one file: selected once a file, asked once a finding.

use compact_str::CompactString;
use jiff::civil::Date;
use unicode_normalization::UnicodeNormalization;

use super::{Config, ConfigFault, ConfigFaultClass, Preset, RuleLevel, RuleSetting, Suppression};
use crate::diagnostic::Severity;
use crate::toml_tree::{Spanned, TomlValue};

/// The settings that hold for one file.
#[derive(Clone, Debug)]
pub struct FileConfig<'c> {
    /// Rule settings, the strongest last.
    rules: Vec<&'c RuleSetting>,
    /// Suppressions with their numbers.
    suppress: Vec<(usize, &'c Suppression)>,
    document_date: Option<Date>,
    preset: Preset,
}

impl Config {
    /// The settings for a file, named from the configuration's folder with `/`.
    pub fn for_file(&self, path: &str) -> FileConfig<'_> {
        let mut rules = Vec::new();
        strongest_last(&mut rules, &self.rules);
        let mut document_date = self.corpus.document_date.value.as_ref();
        for files in self.per_file.iter().filter(|files| files.path.matches(path)) {
            strongest_last(&mut rules, &files.rules);
            document_date = files.document_date.as_ref().or(document_date);
        }
        strongest_last(&mut rules, &self.overrides);
        let suppress = self.suppress.iter().enumerate().filter(|(_, entry)| entry.path.matches(path)).collect();
        FileConfig { rules, suppress, document_date: document_date.map(|date| date.value), preset: self.preset }
    }

    /// The severity of a rule in a file, `default` being its own; `None` is off.
    ///
    /// For more than one question about a file take [`Config::for_file`].
    pub fn severity(&self, code: &str, default: Severity, path: &str) -> Option<Severity> {
        self.for_file(path).severity(code, default)
    }

    /// The suppressions that did nothing: `used` says of each whether it matched a finding. One that has expired is
    /// said to have.
    pub fn unused_suppressions(&self, used: &[bool], today: Date) -> Vec<ConfigFault> {
        let used = |number: usize| used.get(number).copied().unwrap_or(false);
        let mut faults = Vec::new();
        for (number, entry) in self.suppress.iter().enumerate() {
            let expired = entry.until.as_ref().filter(|until| until.value < today);
            if expired.is_none() && used(number) {
                continue;
            }
            faults.push(ConfigFault {
                kind: ConfigFaultClass::UnusedSuppression,
                span: expired.map_or(entry.head, |until| until.span),
                subject: entry.rule.value.clone(),
                detail: expired.map(|until| compact_str::format_compact!("{}", until.value)).unwrap_or_default(),
                correction: None,
            });
        }
        faults
    }
}

/// Within one table a code is stronger than its family, and that than `*`; a later table is stronger than all that.
fn strongest_last<'c>(into: &mut Vec<&'c RuleSetting>, table: &'c [RuleSetting]) {
    let start = into.len();
    into.extend(table);
    into[start..].sort_by_key(|setting| match setting.rule.value.as_str() {
        "*" => 0,
        family if family.ends_with("/*") => 1,
        _ => 2,
    });
}

/// Whether `code`, a rule's code, `family/*` or `*`, means the rule.
pub fn covers(code: &str, rule: &str) -> bool {
    code == rule
        || code == "*"
        || code.strip_suffix('*').is_some_and(|family| family.ends_with('/') && rule.starts_with(family))
}

impl<'c> FileConfig<'c> {
    /// The severity of a rule, `default` being its own; `None` is off.
    pub fn severity(&self, code: &str, default: Severity) -> Option<Severity> {
        match self.decisive(code).and_then(|setting| setting.level) {
            None => self.preset.severity(default),
            Some(RuleLevel::Off) => None,
            Some(RuleLevel::At(severity)) => Some(severity),
        }
    }

    /// The setting that says how loud a rule is; `None` where nothing does and the preset decides.
    pub fn decisive(&self, code: &str) -> Option<&'c RuleSetting> {
        self.settings(code).find(|setting| setting.level.is_some())
    }

    /// The options of a rule that are set, by name, each as [`FileConfig::option`] has it.
    pub fn options(&self, code: &str) -> Vec<(&'c CompactString, &'c Spanned<TomlValue>)> {
        let all = self.settings(code).flat_map(|setting| &setting.options);
        let mut options: Vec<_> = all.map(|(key, value)| (&key.value, value)).collect();
        // Stable: of equals the strongest comes first.
        options.sort_by_key(|(key, _)| *key);
        options.dedup_by_key(|(key, _)| *key);
        options
    }

    /// An option of a rule.
    pub fn option(&self, code: &str, option: &str) -> Option<&'c Spanned<TomlValue>> {
        self.settings(code)
            .flat_map(|setting| &setting.options)
            .find(|(key, _)| key.value == option)
            .map(|(_, value)| value)
    }

    /// The settings of a rule, the strongest first.
    fn settings(&self, code: &str) -> impl Iterator<Item = &'c RuleSetting> {
        self.rules.iter().rev().copied().filter(move |setting| covers(&setting.rule.value, code))
    }

    /// The numbers of the suppressions that cover a finding on `surface` today; it is suppressed when there is one.
    pub fn suppressions(&self, code: &str, surface: &str, today: Date) -> impl Iterator<Item = usize> {
        self.suppress
            .iter()
            .filter(move |(_, entry)| {
                covers(&entry.rule.value, code)
                    && entry.until.as_ref().is_none_or(|until| today <= until.value)
                    && entry.text.as_ref().is_none_or(|text| same(&text.value, surface))
            })
            .map(|&(number, _)| number)
    }

    /// The date the configuration gives the document.
    pub const fn document_date(&self) -> Option<Date> {
        self.document_date
    }
}

/// Whether two texts are the same but for normalisation.
fn same(a: &str, b: &str) -> bool {
    a == b || a.nfc().eq(b.nfc())
}
