//! The keys of `kb_shortcuts.conf`: one `KEY TYPE` a line.

use super::fault::{ConfigurationFault, ConfigurationFaultKind};
use crate::text::Span;

/// The keys by which types are chosen. Of two lines with one key the first holds, as in brat.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Shortcuts {
    keys: Vec<Shortcut>,
}

/// A key and its type.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Shortcut {
    key: char,
    kind: String,
    /// The place of the type.
    span: Span,
}

impl Shortcuts {
    pub(super) fn read(source: &str, faults: &mut Vec<ConfigurationFault>) -> Self {
        let mut shortcuts = Self::default();
        let mut at = 0;
        for whole in source.split_inclusive('\n') {
            let start = at;
            at += whole.len();
            let line = whole.trim_start_matches('\u{feff}');
            let start = start + (whole.len() - line.len());
            let trimmed = line.trim();
            if trimmed.is_empty() || trimmed.starts_with('#') {
                continue;
            }
            let begin = start + (line.len() - line.trim_start().len());
            let span = Span::of(begin, begin + trimmed.len());
            let mut fault = |kind, span| faults.push(ConfigurationFault { kind, span, correction: None });
            let mut words = trimmed.split_whitespace();
            let (Some(key), Some(kind), None) = (words.next(), words.next(), words.next()) else {
                fault(ConfigurationFaultKind::LineForm { form: "KEY TYPE" }, span);
                continue;
            };
            let mut letters = key.chars();
            let (Some(letter), None) = (letters.next(), letters.next()) else {
                fault(ConfigurationFaultKind::KeyForm { key: key.to_owned() }, Span::of(begin, begin + key.len()));
                continue;
            };
            if let Some(first) = shortcuts.kind(letter) {
                let first = first.to_owned();
                let kind = ConfigurationFaultKind::KeyTwice { key: key.to_owned(), first };
                fault(kind, Span::of(begin, begin + key.len()));
                continue;
            }
            let end = begin + trimmed.len();
            let span = Span::of(end - kind.len(), end);
            shortcuts.keys.push(Shortcut { key: letter, kind: kind.to_owned(), span });
        }
        shortcuts
    }

    /// The type that a key chooses.
    pub fn kind(&self, key: char) -> Option<&str> {
        self.keys.iter().find(|shortcut| shortcut.key == key).map(|shortcut| shortcut.kind.as_str())
    }

    /// The key of a type.
    pub fn key(&self, kind: &str) -> Option<char> {
        self.keys.iter().find(|shortcut| shortcut.kind == kind).map(|shortcut| shortcut.key)
    }

    /// The types with their places in the file.
    pub(super) fn types(&self) -> impl Iterator<Item = (&str, Span)> {
        self.keys.iter().map(|shortcut| (shortcut.kind.as_str(), shortcut.span))
    }
}
