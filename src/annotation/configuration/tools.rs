//! The parts of `tools.conf` that bear on annotations: validation and the databases of links.
//!
//! Deliberately absent: tokenisers, sentence splitters, searches and taggers, which are brat's own affair.

use super::fault::{ConfigurationFault, ConfigurationFaultKind};
use super::read::ConfigurationLines;
use crate::text::nearest::nearest;

/// The database whose entries are those of the corpus's own registry.
pub const REGISTRY: &str = "registry";

/// The wish to have annotations compared with the configuration.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Validation {
    /// `validate:all`.
    All,
    /// `validate:none`.
    None,
}

/// The settings of `tools.conf` that bear on annotations.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ToolSettings {
    /// The validation of annotations, where one is set.
    pub validation: Option<Validation>,
    /// The databases of `[normalization]`; empty where the file has none.
    pub databases: Vec<String>,
}

/// The sections of `tools.conf`.
const SECTIONS: [&str; 5] = ["options", "search", "annotators", "disambiguators", "normalization"];
/// The options with the words each can have.
const OPTIONS: [(&str, &str, &[&str]); 5] = [
    ("Tokens", "tokenizer", &["whitespace", "ptblike", "mecab"]),
    ("Sentences", "splitter", &["regex", "newline"]),
    ("Validation", "validate", &["all", "none"]),
    ("Annotation-log", "logfile", &[]),
    ("Editing", "", &[]),
];

impl ToolSettings {
    pub(super) fn read(source: &str, faults: &mut Vec<ConfigurationFault>) -> Self {
        let mut settings = Self::default();
        let mut section = None;
        for line in ConfigurationLines::new(source) {
            if let Some(name) = line.section() {
                section = line.known_section(name, &SECTIONS, faults);
                continue;
            }
            let (name, rest) = line.text.split_once(char::is_whitespace).unwrap_or((line.text, ""));
            match section {
                Some("options") => settings.option(name, rest.trim(), &line, faults),
                Some("normalization") if !name.starts_with('<') => settings.databases.push(name.to_owned()),
                _ => {}
            }
        }
        settings
    }

    fn option(
        &mut self,
        name: &str,
        rest: &str,
        line: &super::read::ConfigurationLine<'_>,
        faults: &mut Vec<ConfigurationFault>,
    ) {
        let Some((_, key, allowed)) = OPTIONS.into_iter().find(|(option, ..)| *option == name) else {
            let suggestion = nearest(name, OPTIONS.iter().map(|(option, ..)| *option));
            let kind = ConfigurationFaultKind::UnknownOption { option: name.to_owned(), suggestion };
            faults.push(line.fault(kind, name, suggestion));
            return;
        };
        for part in rest.split(',').map(str::trim).filter(|part| !part.is_empty()) {
            let (word, value) = part.split_once(':').unwrap_or((part, ""));
            let (word, value) = (word.trim(), value.trim());
            if word != key {
                continue;
            }
            if !allowed.is_empty() && !allowed.contains(&value) {
                let kind = ConfigurationFaultKind::Value {
                    option: format!("{name} {key}"),
                    value: value.to_owned(),
                    allowed: allowed.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", "),
                };
                faults.push(line.fault(kind, value, nearest(value, allowed.iter().copied())));
            }
            if key == "validate" {
                self.validation = match value {
                    "all" => Some(Validation::All),
                    "none" => Some(Validation::None),
                    _ => None,
                };
            }
        }
    }
}
