//! Globs over paths, relative to the configuration's folder, with `/` between their parts.
//!
//! `*` stays within one part, `**` crosses parts; a trailing `/` means the folder with all below it; a backslash takes
//! the next character as it is, on every system. Leading `../` are no part of the glob: it is matched against paths
//! with as many of them.

use std::sync::Arc;

use compact_str::CompactString;
use globset::{GlobBuilder, GlobSet};
use rustc_hash::FxHashMap;

use crate::toml_tree::Spanned;

/// One glob.
#[derive(Clone, Debug)]
pub struct Glob {
    source: Spanned<CompactString>,
    /// The number of folders above the configuration's at which it begins.
    up: usize,
    /// The compiled glob behind the leading `../`, shared by all copies.
    matcher: Arc<GlobSet>,
}

/// Braces in braces that a glob may have: what is nested deeper is no path, and compiling it costs without bound.
const DEEPEST: usize = 8;
/// Bytes that a glob may have.
const LONGEST: usize = 4096;

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
        if rest.len() > LONGEST {
            return Err(format!("it is longer than {LONGEST} bytes"));
        }
        if nesting(rest) > DEEPEST {
            return Err(format!("its braces are nested deeper than {DEEPEST} levels"));
        }
        let below = if pattern.ends_with('/') { "**" } else { "" };
        let glob = GlobBuilder::new(&format!("{rest}{below}")).literal_separator(true).backslash_escape(true).build();
        // A set tells what does not compile; a single matcher would panic.
        let matcher = glob.and_then(|glob| GlobSet::builder().add(glob).build());
        match matcher {
            Ok(matcher) => Ok(Self { up, matcher: Arc::new(matcher), source }),
            Err(error) => Err(error.kind().to_string()),
        }
    }

    /// Returns whether it stands for one path, letter for letter.
    pub fn is_literal(&self) -> bool {
        let pattern = self.rest();
        !pattern.ends_with('/') && !pattern.contains(['*', '?', '[', '{', '\\'])
    }

    /// As it is written, with its place.
    pub fn source(&self) -> &Spanned<CompactString> {
        &self.source
    }

    /// Returns how many folders above the configuration's it begins: the number of leading `../`.
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

    /// Returns how many levels below [`Glob::folder`] the files lie that it matches; `None`: any number.
    pub fn depth(&self) -> Option<usize> {
        let rest = self.rest().get(self.folder().len()..)?.trim_start_matches('/');
        let any = rest.is_empty() || rest.ends_with('/') || rest.contains("**") || rest.contains('{');
        (!any).then(|| rest.split('/').count())
    }

    /// Returns whether it matches a path.
    pub fn matches(&self, path: &str) -> bool {
        let (up, rest) = climb(path);
        up == self.up && self.matcher.is_match(rest)
    }

    /// The pattern behind the leading `../`.
    fn rest(&self) -> &str {
        climb(self.source.value.strip_prefix("./").unwrap_or(&self.source.value)).1
    }
}

/// Returns how many `..` a path begins with, and what follows.
fn climb(path: &str) -> (usize, &str) {
    let (mut up, mut rest) = (0, path);
    while let Some(below) = rest.strip_prefix("../").or_else(|| (rest == "..").then_some("")) {
        (up, rest) = (up + 1, below);
    }
    (up, rest)
}

/// The most braces that are open at one place.
fn nesting(pattern: &str) -> usize {
    let (mut open, mut most) = (0_usize, 0);
    for byte in pattern.bytes() {
        match byte {
            b'{' => open += 1,
            b'}' => open = open.saturating_sub(1),
            _ => continue,
        }
        most = most.max(open);
    }
    most
}

/// Globs by number, looked up by path: thousands of them, most of which name one file, cost a path one look.
#[derive(Clone, Debug, Default)]
pub struct GlobIndex {
    /// Those that name one path.
    literal: FxHashMap<CompactString, Vec<usize>>,
    /// The others.
    patterns: Vec<(usize, Glob)>,
}

impl GlobIndex {
    /// An index of globs, numbered in their order.
    pub fn new<'g>(globs: impl Iterator<Item = &'g Glob>) -> Self {
        let mut index = Self::default();
        for (number, glob) in globs.enumerate() {
            if glob.is_literal() && glob.up() == 0 {
                index.literal.entry(glob.rest().into()).or_default().push(number);
            } else {
                index.patterns.push((number, glob.clone()));
            }
        }
        index
    }

    /// The numbers of the globs that match a path, in order.
    pub fn matching(&self, path: &str) -> Vec<usize> {
        let patterns = self.patterns.iter().filter(|(_, glob)| glob.matches(path)).map(|(number, _)| *number);
        let mut numbers: Vec<usize> = self.literal.get(path).into_iter().flatten().copied().chain(patterns).collect();
        numbers.sort_unstable();
        numbers
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

    /// Adds globs behind these.
    pub fn add(&mut self, globs: &[Glob]) {
        self.0.extend_from_slice(globs);
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

    /// Returns whether one matches a path.
    pub fn matches(&self, path: &str) -> bool {
        self.0.iter().any(|glob| glob.matches(path))
    }

    /// Returns whether one matches a path or a folder above it.
    pub fn matches_or_holds(&self, path: &str) -> bool {
        !self.0.is_empty() && (self.matches(path) || path.match_indices('/').any(|(end, _)| self.matches(&path[..end])))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn glob(pattern: &str) -> Result<Glob, String> {
        Glob::new(Spanned { value: pattern.into(), span: crate::text::Span::default() })
    }

    #[test]
    fn hostile_globs_are_refused_and_never_panic() {
        for pattern in [
            "{".repeat(250) + "a" + &"}".repeat(250),
            "{a,".repeat(9) + &"}".repeat(9),
            "a".repeat(LONGEST + 1),
            "[".to_owned(),
            "{a".to_owned(),
            "a/../b".to_owned(),
        ] {
            assert!(glob(&pattern).is_err(), "{pattern}");
        }
        assert!(glob("texts/{a,b{c,d}}/*.txt").is_ok());
    }

    #[test]
    fn a_glob_without_wildcards_is_literal() {
        for (pattern, literal) in
            [("a.txt", true), ("./a/b.txt", true), ("a*", false), ("a/", false), ("a\\[1]", false)]
        {
            assert_eq!(glob(pattern).map(|glob| glob.is_literal()), Ok(literal), "{pattern}");
        }
    }

    proptest! {
        #[test]
        fn the_index_finds_what_each_glob_matches(patterns in prop::collection::vec("[ab*?/.]{1,5}", 0..8), path in "[ab/.]{1,5}") {
            let globs: Vec<Glob> = patterns.iter().filter_map(|pattern| glob(pattern).ok()).collect();
            let one_by_one = globs.iter().enumerate().filter(|(_, glob)| glob.matches(&path)).map(|(number, _)| number);
            prop_assert_eq!(GlobIndex::new(globs.iter()).matching(&path), one_by_one.collect::<Vec<_>>());
        }

        #[test]
        fn any_glob_compiles_or_is_refused(pattern in "[a{},*\\[\\]\\\\!/.-]{0,24}") {
            let _ = glob(&pattern).map(|glob| glob.matches("a/b"));
        }
    }
}
