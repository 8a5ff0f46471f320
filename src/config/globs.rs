//! Globs over paths, relative to the configuration's folder, with `/` between their parts.
//!
//! `*` stays within one part, `**` crosses parts; a trailing `/` means the folder with all below it; a backslash takes
//! the next character as it is, on every system.

use compact_str::CompactString;
use globset::GlobBuilder;

use crate::toml_tree::Spanned;

/// One glob.
#[derive(Clone, Debug)]
pub struct Glob {
    source: Spanned<CompactString>,
    matcher: globset::GlobMatcher,
}

impl Glob {
    /// Compiles a glob.
    ///
    /// # Errors
    /// What is wrong with it, a clause.
    pub fn new(source: Spanned<CompactString>) -> Result<Self, String> {
        let pattern = source.value.strip_prefix("./").unwrap_or(&source.value);
        let below = if pattern.ends_with('/') { "**" } else { "" };
        match GlobBuilder::new(&format!("{pattern}{below}")).literal_separator(true).backslash_escape(true).build() {
            Ok(glob) => Ok(Self { source, matcher: glob.compile_matcher() }),
            Err(error) => Err(error.kind().to_string()),
        }
    }

    /// As it is written, with its place.
    pub fn source(&self) -> &Spanned<CompactString> {
        &self.source
    }

    /// Whether it matches a path.
    pub fn matches(&self, path: &str) -> bool {
        self.matcher.is_match(path)
    }
}

/// Some globs.
#[derive(Clone, Debug, Default)]
pub struct Globs(Vec<Glob>);

impl Globs {
    /// These globs.
    pub fn new(globs: Vec<Glob>) -> Self {
        Self(globs)
    }

    /// Globs of the program's own, which have no place in a file.
    pub(super) fn builtin(patterns: &[&str]) -> Self {
        let glob = |pattern: &&str| {
            let source = Spanned { value: CompactString::from(*pattern), span: crate::text::Span::default() };
            Glob::new(source).expect("built-in globs are valid")
        };
        Self(patterns.iter().map(glob).collect())
    }

    /// Each glob.
    pub fn iter(&self) -> impl Iterator<Item = &Glob> {
        self.0.iter()
    }

    /// Whether one matches a path.
    pub fn matches(&self, path: &str) -> bool {
        self.0.iter().any(|glob| glob.matches(path))
    }

    /// Whether one matches a path or a folder above it.
    pub fn matches_or_holds(&self, path: &str) -> bool {
        !self.0.is_empty() && (self.matches(path) || path.match_indices('/').any(|(end, _)| self.matches(&path[..end])))
    }
}
