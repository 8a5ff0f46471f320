//! Registry files above the root of a corpus: what `registry = ["../…"]` reaches, so that corpora can share them.
//!
//! Such a file is named from the root, with leading `../`, and has one name whatever pattern finds it. Only the folder
//! that a pattern names is entered, hidden and ignored files are respected below it, links are neither followed nor
//! part of the way, and the root of the file system is not searched. What lies in the corpus itself is found there and
//! not from outside. Deliberately absent: texts, which belong to one corpus alone.

use std::collections::BTreeSet;

use camino::{Utf8Path, Utf8PathBuf};
use ignore::WalkBuilder;

use super::path::{lexical, real, relative_to, up_and_down};
use crate::config::Config;

/// A folder outside a corpus in which registry files may be.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RegistryReach {
    /// The folder, absolute.
    pub folder: Utf8PathBuf,
    /// The levels below the folder in which files are looked for; `None`: any number.
    pub depth: Option<usize>,
    /// The folder that the leading `../` lead to.
    base: Utf8PathBuf,
}

/// Tells whether a corpus calls a file outside of it by this name.
pub fn is_outside(name: &Utf8Path) -> bool {
    name.starts_with("..")
}

/// The place of a file that a corpus calls by this name.
pub fn place(root: &Utf8Path, name: &Utf8Path) -> Utf8PathBuf {
    let path = root.join(name);
    if is_outside(name) { lexical(&path) } else { path }
}

/// The name of a registry file in a corpus that it lies outside of; `None` where the corpus does not reach it.
pub fn name(root: &Utf8Path, path: &Utf8Path, config: &Config) -> Option<Utf8PathBuf> {
    if config.reaching_out().next().is_none() || path.starts_with(root) {
        return None;
    }
    // Of the ways to it the shortest.
    let ups: BTreeSet<usize> = config.reaching_out().map(crate::config::Glob::up).collect();
    ups.into_iter().find_map(|up| up_and_down(root, up, path).filter(|name| config.is_registry(name.as_str())))
}

/// The names that the configuration has, letter for letter, for a file or folder outside the corpus that its patterns
/// reach, each with how it is called once it lies at `new`.
pub fn renamed(root: &Utf8Path, old: &Utf8Path, new: &Utf8Path, config: &Config) -> Vec<(Utf8PathBuf, Utf8PathBuf)> {
    if old.starts_with(root) || root.starts_with(old) {
        return Vec::new();
    }
    let ups: BTreeSet<usize> = config.reaching_out().map(crate::config::Glob::up).collect();
    let pair = |up| {
        let new =
            up_and_down(root, 0, new).or_else(|| up_and_down(root, up, new)).or_else(|| relative_to(root, new))?;
        Some((up_and_down(root, up, old)?, new))
    };
    ups.into_iter().filter_map(pair).collect()
}

/// The folders outside a corpus that its patterns reach, whether or not they are there.
pub fn reaches(root: &Utf8Path, config: &Config) -> BTreeSet<RegistryReach> {
    let reach = |glob: &crate::config::Glob| {
        let base = root.ancestors().nth(glob.up())?.to_owned();
        let folder = if glob.folder().is_empty() { base.clone() } else { base.join(glob.folder()) };
        // A search of the whole file system is nobody's intent.
        folder.parent()?;
        Some(RegistryReach { folder, depth: glob.depth(), base })
    };
    config.reaching_out().filter_map(reach).collect()
}

/// The registry files outside a corpus on disk, by their names in it.
pub fn on_disk(root: &Utf8Path, config: &Config) -> BTreeSet<Utf8PathBuf> {
    reaches(root, config).iter().flat_map(|reach| reach.on_disk(root, config)).collect()
}

impl RegistryReach {
    /// The files on disk that it reaches, by their names in the corpus.
    pub(super) fn on_disk(&self, root: &Utf8Path, config: &Config) -> Vec<Utf8PathBuf> {
        if !self.folder.is_dir() || self.leads_through_link() {
            return Vec::new();
        }
        let corpus = root.as_std_path().to_owned();
        let mut builder = WalkBuilder::new(&self.folder);
        builder.require_git(false).max_depth(self.depth).filter_entry(move |entry| entry.path() != corpus);
        // What cannot be read outside is somebody else's, until it is named: then the pattern that finds nothing is
        // said.
        let entries = builder.build().filter_map(Result::ok);
        let files = entries.filter(|entry| entry.file_type().is_some_and(|kind| kind.is_file()));
        files.filter_map(|entry| name(root, Utf8Path::from_path(entry.path())?, config)).collect()
    }

    fn leads_through_link(&self) -> bool {
        let way = self.folder.strip_prefix(&self.base).unwrap_or(Utf8Path::new(""));
        way.components().fold(real(&self.base), |path, part| path.join(part)) != real(&self.folder)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(patterns: &str) -> Config {
        let (config, faults) = Config::parse(&format!("[corpus]\nregistry = [{patterns}]\n")).expect("TOML");
        assert_eq!(faults, []);
        config
    }

    #[test]
    fn names_and_places() {
        let both = config("\"../shared/*.toml\", \"../../a.toml\", \"../../w/shared/x.toml\", \"**/*.toml\"");
        for (path, wanted) in [
            ("/w/shared/x.toml", Some("../shared/x.toml")),
            ("/w/shared/deep/x.toml", None),
            ("/a.toml", Some("../../a.toml")),
            ("/w/shared/scholiast.toml", None),
            ("/w/c/people.toml", None),
            ("/w/people.toml", None),
        ] {
            let name = name(Utf8Path::new("/w/c"), Utf8Path::new(path), &both);
            assert_eq!(name.as_deref().map(Utf8Path::as_str), wanted, "{path}");
            if let Some(name) = name {
                assert_eq!(place(Utf8Path::new("/w/c"), &name), path);
            }
        }
    }

    #[test]
    fn names_of_what_is_renamed() {
        let root = Utf8Path::new("/v/w/c");
        for (patterns, old, new, wanted) in [
            ("\"../s/x.toml\"", "/v/w/s/x.toml", "/v/w/s/y.toml", vec![("../s/x.toml", "../s/y.toml")]),
            ("\"../s/x.toml\"", "/v/w/s", "/v/w/t", vec![("../s", "../t")]),
            ("\"../s/x.toml\"", "/v/w/s/x.toml", "/v/x.toml", vec![("../s/x.toml", "../../x.toml")]),
            ("\"../s/x.toml\"", "/v/w/s/x.toml", "/v/w/c/x.toml", vec![("../s/x.toml", "x.toml")]),
            ("\"../s/x.toml\"", "/v/w/s/x.toml", "/x.toml", vec![]),
            ("\"../../w/s/x.toml\"", "/v/w/s/x.toml", "/v/w/y.toml", vec![("../../w/s/x.toml", "../../w/y.toml")]),
            ("\"../s/x.toml\"", "/v/t/x.toml", "/v/t/y.toml", vec![]),
            // What moves with the corpus, or lies in it, is called as before or is the corpus's own.
            ("\"../s/x.toml\"", "/v/w", "/v/u", vec![]),
            ("\"../s/x.toml\"", "/v/w/c/x.toml", "/v/w/s/x.toml", vec![]),
            ("\"x.toml\"", "/v/w/s/x.toml", "/v/w/s/y.toml", vec![]),
        ] {
            let names = renamed(root, Utf8Path::new(old), Utf8Path::new(new), &config(patterns));
            let names: Vec<_> = names.iter().map(|(old, new)| (old.as_str(), new.as_str())).collect();
            assert_eq!(names, wanted, "{patterns} {old} {new}");
        }
    }

    #[test]
    fn folders_that_are_searched() {
        let root = Utf8Path::new("/v/w/c");
        for (pattern, wanted) in [
            ("../x.toml", Some(("/v/w", Some(1)))),
            ("./../shared/x.toml", Some(("/v/w/shared", Some(1)))),
            ("../../s/*/x.toml", Some(("/v/s", Some(2)))),
            ("../s/**/x.toml", Some(("/v/w/s", None))),
            ("../s/", Some(("/v/w/s", None))),
            ("../s/{a,b/c}.toml", Some(("/v/w/s", None))),
            ("../../../x.toml", None),
            ("../../../../../x.toml", None),
            ("x.toml", None),
        ] {
            let reaches = reaches(root, &config(&format!("\"{pattern}\"")));
            let found = reaches.first().map(|reach| (reach.folder.as_str(), reach.depth));
            assert_eq!(found, wanted, "{pattern}");
        }
    }
}
