//! `[annotate]` and `[annotators]`: the types that recognised mentions are annotated with, and who made which files.

use compact_str::CompactString;

use super::globs::Glob;

/// The type of an annotation for each kind of mention that has one unless the configuration says otherwise.
pub const DEFAULT_TYPES: [(&str, &str); 7] = [
    ("official", "Person"),
    ("person", "Person"),
    ("organization", "Organization"),
    ("place", "Place"),
    ("office", "Office"),
    ("date", "Date"),
    ("decree", "Law"),
];

/// `[annotate]`.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct AnnotateConfig {
    /// Kinds and types that the file names; an empty type leaves the kind out.
    pub(super) types: Vec<(CompactString, CompactString)>,
}

impl AnnotateConfig {
    /// The kinds that have a type by default.
    pub fn kinds<'k>() -> impl Iterator<Item = &'k str> {
        DEFAULT_TYPES.into_iter().map(|(kind, _)| kind)
    }

    /// The type that mentions of a kind are annotated with; `None` where they are not.
    pub fn type_of(&self, kind: &str) -> Option<&str> {
        let named = self.types.iter().find(|(known, _)| known == kind).map(|(_, to)| to.as_str());
        let default = || DEFAULT_TYPES.into_iter().find(|(known, _)| *known == kind).map(|(_, to)| to);
        named.or_else(default).filter(|to| !to.is_empty())
    }
}

/// An entry of `[annotators]`.
#[derive(Clone, Debug)]
pub struct AnnotatorFiles {
    /// The annotation files.
    pub path: Glob,
    /// The annotator who made them.
    pub name: CompactString,
}

/// The annotator of an annotation file, by its path; the later entry wins.
pub(super) fn annotator<'c>(entries: &'c [AnnotatorFiles], path: &str) -> Option<&'c str> {
    entries.iter().rev().find(|entry| entry.path.matches(path)).map(|entry| entry.name.as_str())
}
