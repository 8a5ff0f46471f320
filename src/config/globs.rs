//! Globs over paths, relative to the configuration's folder, with `/` between their parts.
//!
//! `*` stays within one part, `**` crosses parts; a trailing `/` means the folder with all below it; a backslash takes
//! the next character as it is, on every system. Leading `../` are no part of the glob: it is matched against paths with as
//! many of them.

use compact_str::CompactString;
use globset::GlobBuilder;

use crate::toml_tree::Spanned;

/// One glob.
#[derive(Clone, Debug)]
pub struct Glob {
    source: Spanned<CompactString>,
    /// How many folders above the configuration's it begins.
    up: usize,
    matcher: globset::GlobMatcher,
}

impl Glob {
    /// Compiles a glob.
    ///
    /// # Errors
    /// What is wrong with it, a clause.
    pub fn new(source: Spanned<CompactString>) -> Result<Self, String> {
        let pattern = source.value.strip_prefix("./").unwrap_or(&source.value);
        let (up, rest) = climb(pattern);
        if rest.split('/').any(|part| part == "..") {
            return Err("`..` can only stand at the beginning".to_owned());
        }
        let below = if pattern.ends_with('/') { "**" } else { "" };
        match GlobBuilder::new(&format!("{rest}{below}")).literal_separator(true).backslash_escape(true).build() {
            Ok(glob) => Ok(Self { up, matcher: glob.compile_matcher(), source }),
            Err(error) => Err(error.kind().to_string()),
        }
    }

    /// As it is written, with its place.
    pub fn source(&self) -> &Spanned<CompactString> {
        &self.source
    }

    /// How many folders above the configuration's it begins: the number of leading `../`.
    pub const fn up(&self) -> usize {
        self.up
    }

    /// The folder in which all lies that it matches, from where the leading `../` lead: its first parts that stand for
    /// themselves.
    pub fn folder(&self) -> &str {
        let pattern = self.rest();
        let plain = |part: &str| !part.contains(['*', '?', '[', '{', '\\']);
        let mut end = 0;
        for (slash, _) in pattern.match_indices('/') {
            if !plain(&pattern[end..slash]) {
                break;
            }
            end = slash + 1;
        }
        pattern[..end].trim_end_matches('/')
    }

    /// How many levels below [`Glob::folder`] the files lie that it matches; `None`: any number.
    pub fn depth(&self) -> Option<usize> {
        let rest = self.rest().get(self.folder().len()..)?.trim_start_matches('/');
        let any = rest.is_empty() || rest.ends_with('/') || rest.contains("**") || rest.contains('{');
        (!any).then(|| rest.split('/').count())
    }

    /// Whether it matches a path.
    pub fn matches(&self, path: &str) -> bool {
        let (up, rest) = climb(path);
        up == self.up && self.matcher.is_match(rest)
    }

    /// The pattern behind the leading `../`.
    fn rest(&self) -> &str {
        climb(self.source.value.strip_prefix("./").unwrap_or(&self.source.value)).1
    }
}

/// How many `..` a path begins with, and what follows.
fn climb(path: &str) -> (usize, &str) {
    let (mut up, mut rest) = (0, path);
    while let Some(below) = rest.strip_prefix("../").or_else(|| (rest == "..").then_some("")) {
        (up, rest) = (up + 1, below);
    }
    (up, rest)
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
