//! The settings that hold for one file: selected once a file, asked once a finding.

use compact_str::CompactString;
use jiff::civil::Date;
use rustc_hash::FxHashMap;
use smallvec::SmallVec;
use unicode_normalization::UnicodeNormalization;

use super::settings::{
    Config, ConfigFault, ConfigFaultKind, FixLevel, FixSetting, Preset, RuleLevel, RuleSetting, Suppression, covers,
};
use crate::diagnostic::Severity;
use crate::toml_tree::{Spanned, TomlValue};

/// Suppressions with their numbers in the file.
type NumberedSuppressions<'c> = SmallVec<[(usize, &'c Suppression); 1]>;

/// The settings that hold for one file.
#[derive(Clone, Debug)]
pub struct FileConfig<'c> {
    /// Rule settings, the strongest last.
    rules: Vec<&'c RuleSetting>,
    /// Suppressions with their numbers, by their rule as written and by their text in NFC.
    suppress: FxHashMap<(&'c str, Option<CompactString>), NumberedSuppressions<'c>>,
    /// The treatment of fixes: of the file, then of the command line.
    fixes: [&'c [FixSetting]; 2],
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
        let mut suppress: FxHashMap<_, SmallVec<[_; 1]>> = FxHashMap::default();
        for number in self.suppressed_paths.matching(path) {
            let Some(entry) = self.suppress.get(number) else { continue };
            let text = entry.text.as_ref().map(|text| text.value.nfc().collect());
            suppress.entry((entry.rule.value.as_str(), text)).or_default().push((number, entry));
        }
        FileConfig {
            rules,
            suppress,
            fixes: [&self.fixes, &self.fix_overrides],
            document_date: document_date.map(|date| date.value),
            preset: self.preset,
        }
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
                kind: ConfigFaultKind::UnusedSuppression {
                    rule: entry.rule.value.clone(),
                    ended: expired.map(|until| until.value),
                },
                span: expired.map_or(entry.head, |until| until.span),
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

impl<'c> FileConfig<'c> {
    /// The severity of a rule, `default` being its own; `None` is off.
    pub fn severity(&self, code: &str, default: Severity) -> Option<Severity> {
        match self.decisive(code).and_then(|setting| setting.level) {
            None => self.preset.severity(default),
            Some(RuleLevel::Off) => None,
            Some(RuleLevel::At(severity)) => Some(severity),
        }
    }

    /// The setting that decides the severity of a rule; `None` where the preset does.
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
    pub fn suppressions(&self, code: &str, surface: &str, today: Date) -> SmallVec<[usize; 1]> {
        let mut numbers = SmallVec::new();
        if self.suppress.is_empty() {
            return numbers;
        }
        let surface: CompactString = surface.nfc().collect();
        let family = code.split_once('/').map_or_else(String::new, |(family, _)| format!("{family}/*"));
        for rule in [code, family.as_str(), "*"] {
            for text in [None, Some(surface.clone())] {
                let entries = self.suppress.get(&(rule, text)).into_iter().flatten();
                let valid = entries.filter(|(_, entry)| entry.until.as_ref().is_none_or(|until| today <= until.value));
                numbers.extend(valid.map(|(number, _)| *number));
            }
        }
        numbers
    }

    /// The treatment of a rule's fixes, where the configuration says something of them: a code is stronger than its
    /// family, and that than `*`; of equals the more careful one holds, and the command line is strongest.
    pub fn fix_level(&self, code: &str) -> Option<FixLevel> {
        let specificity = |rule: &str| match rule {
            "*" => 0,
            family if family.ends_with("/*") => 1,
            _ => 2,
        };
        let levels = self.fixes.iter().rev().filter_map(|settings| {
            let of_rule = settings.iter().filter(|setting| covers(&setting.rule.value, code));
            of_rule.map(|setting| (specificity(&setting.rule.value), setting.level)).max()
        });
        levels.map(|(_, level)| level).next()
    }

    /// The severities of the rules that no setting names.
    pub const fn preset(&self) -> Preset {
        self.preset
    }

    /// The date the configuration gives the document.
    pub const fn document_date(&self) -> Option<Date> {
        self.document_date
    }
}
