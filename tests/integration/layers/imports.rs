//! The files that a file uses: paths of the code, resolved through modules and what they export again.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::source::{SourceFile, Token};

/// A path of the code, with the name under which a `use` makes it known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathUse {
    pub segments: Vec<String>,
    pub line: usize,
    /// The name that a `use` brings into the module; none for a path that stands in other code.
    pub alias: Option<String>,
    /// `use a::*`.
    pub glob: bool,
}

/// Every path of a file: those of its `use` items and those of at least two segments elsewhere.
pub fn paths(tokens: &[Token]) -> Vec<PathUse> {
    let mut paths = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        if tokens[at].text == "use" {
            at = use_tree(tokens, at + 1, &[], &mut paths);
            continue;
        }
        let start = at;
        let mut segments = Vec::new();
        while is_name(tokens, at) {
            segments.push(tokens[at].text.clone());
            at += 1;
            if !(is(tokens, at, "::") && is_name(tokens, at + 1)) {
                break;
            }
            at += 1;
        }
        let begins = start == 0 || !matches!(tokens[start - 1].text.as_str(), "::" | "." | "in" | "mod" | "fn");
        if segments.len() > 1 && begins {
            paths.push(PathUse { segments, line: tokens[start].line, alias: None, glob: false });
        }
        at = at.max(start + 1);
    }
    paths
}

fn is(tokens: &[Token], at: usize, text: &str) -> bool {
    tokens.get(at).is_some_and(|token| token.text == text)
}

fn is_name(tokens: &[Token], at: usize) -> bool {
    tokens.get(at).is_some_and(|token| token.text.starts_with(|letter: char| letter.is_alphabetic() || letter == '_'))
}

/// Reads one tree of a `use` item; returns the index behind it.
fn use_tree(tokens: &[Token], mut at: usize, prefix: &[String], paths: &mut Vec<PathUse>) -> usize {
    let mut segments = prefix.to_vec();
    while at < tokens.len() {
        let Token { text, line } = &tokens[at];
        match text.as_str() {
            "{" => {
                at += 1;
                while at < tokens.len() && !is(tokens, at, "}") {
                    at = use_tree(tokens, at, &segments, paths);
                    at += usize::from(is(tokens, at, ","));
                }
                return at + 1;
            }
            "*" => {
                paths.push(PathUse { segments, line: *line, alias: None, glob: true });
                return at + 1;
            }
            "::" => at += 1,
            _ if is_name(tokens, at) => {
                // `a::{self}` is `a`.
                if text != "self" || segments.is_empty() {
                    segments.push(text.clone());
                }
                at += 1;
                if is(tokens, at, "::") {
                    continue;
                }
                let renamed = is(tokens, at, "as");
                let alias = if renamed { &tokens[at + 1].text } else { segments.last().expect("a name was read") };
                paths.push(PathUse { alias: Some(alias.clone()), segments, line: *line, glob: false });
                return at + if renamed { 2 } else { 0 };
            }
            // `;`
            _ => return at + 1,
        }
    }
    at
}

/// The files of a crate and their paths.
pub struct ImportGraph<'s> {
    sources: &'s [SourceFile],
    paths: Vec<Vec<PathUse>>,
    modules: HashMap<&'s [String], usize>,
}

/// A file that uses another, with the line that does so first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Import {
    pub from: usize,
    pub to: usize,
    pub line: usize,
}

/// The end of a resolved path.
enum Target {
    Module(Vec<String>),
    /// An item of this file.
    Item(usize),
}

impl<'s> ImportGraph<'s> {
    /// Reads the paths of all files that are not for tests alone.
    pub fn new(sources: &'s [SourceFile]) -> Self {
        let used = || sources.iter().enumerate().filter(|(_, source)| !source.test_only && source.path != "main.rs");
        Self {
            sources,
            paths: sources.iter().map(|source| paths(&source.tokens)).collect(),
            modules: used().map(|(at, source)| (&source.module[..], at)).collect(),
        }
    }

    /// Every import, once for each pair of files.
    pub fn imports(&self) -> Vec<Import> {
        let mut imports: BTreeMap<(usize, usize), usize> = BTreeMap::new();
        for &from in self.modules.values() {
            for path in &self.paths[from] {
                let target = self.resolve(&self.sources[from].module, &path.segments, &mut HashSet::new());
                let to = match target {
                    Some(Target::Item(to)) => to,
                    Some(Target::Module(module)) if path.glob => self.modules[&module[..]],
                    // A module that is only named: what is used of it stands elsewhere.
                    Some(Target::Module(_)) | None => continue,
                };
                if to != from && !self.sources[to].module.is_empty() {
                    let line = imports.entry((from, to)).or_insert(path.line);
                    *line = path.line.min(*line);
                }
            }
        }
        imports.into_iter().map(|((from, to), line)| Import { from, to, line }).collect()
    }

    /// The end of a path that stands in `module`; none for what is of another crate, of the prelude, or local.
    fn resolve(
        &self,
        module: &[String],
        segments: &[String],
        seen: &mut HashSet<(Vec<String>, String)>,
    ) -> Option<Target> {
        let (mut here, mut rest) = match segments[0].as_str() {
            "crate" => (Vec::new(), &segments[1..]),
            "self" => (module.to_vec(), &segments[1..]),
            "super" => {
                let ups = segments.iter().take_while(|segment| *segment == "super").count();
                (module.get(..module.len().checked_sub(ups)?)?.to_vec(), &segments[ups..])
            }
            first => {
                let child = [module, &[first.to_owned()]].concat();
                if self.modules.contains_key(&child[..]) {
                    (child, &segments[1..])
                } else {
                    let target = self.exported(module, first, seen)?;
                    match target {
                        Target::Module(module) => (module, &segments[1..]),
                        item @ Target::Item(_) => return Some(item),
                    }
                }
            }
        };
        while let [name, behind @ ..] = rest {
            let child = [&here[..], std::slice::from_ref(name)].concat();
            if self.modules.contains_key(&child[..]) {
                (here, rest) = (child, behind);
                continue;
            }
            match self.exported(&here, name, seen) {
                Some(Target::Module(module)) => (here, rest) = (module, behind),
                Some(item) => return Some(item),
                None => return Some(Target::Item(*self.modules.get(&here[..])?)),
            }
        }
        Some(Target::Module(here))
    }

    /// The end of a name that a module has from one of its `use` items.
    fn exported(&self, module: &[String], name: &str, seen: &mut HashSet<(Vec<String>, String)>) -> Option<Target> {
        if !seen.insert((module.to_vec(), name.to_owned())) {
            return None;
        }
        let file = *self.modules.get(module)?;
        let named = self.paths[file].iter().filter(|path| path.alias.as_deref() == Some(name));
        for path in named {
            if let Some(target) = self.resolve(module, &path.segments, seen) {
                return Some(target);
            }
        }
        None
    }
}

/// The circles among files: for each knot of files that reach each other, all files of the knot, and one way round it.
pub fn circles(imports: &[Import]) -> Vec<(BTreeSet<usize>, Vec<Import>)> {
    let mut from: BTreeMap<usize, Vec<Import>> = BTreeMap::new();
    for import in imports {
        from.entry(import.from).or_default().push(*import);
    }
    let mut knots: Vec<(BTreeSet<usize>, Vec<Import>)> = Vec::new();
    for &start in from.keys() {
        if knots.iter().any(|(files, _)| files.contains(&start)) {
            continue;
        }
        let reached = reach(&from, start);
        let Some(way) = reached.get(&start) else { continue };
        let back = |file: usize| reach(&from, file).contains_key(&start);
        let files = reached.keys().copied().filter(|file| back(*file)).collect();
        knots.push((files, way.clone()));
    }
    knots
}

/// The shortest way from a file to each one that it reaches.
fn reach(from: &BTreeMap<usize, Vec<Import>>, start: usize) -> BTreeMap<usize, Vec<Import>> {
    let mut ways: BTreeMap<usize, Vec<Import>> = BTreeMap::new();
    let mut now: Vec<Vec<Import>> = vec![Vec::new()];
    while !now.is_empty() {
        let mut next = Vec::new();
        for way in now {
            let end = way.last().map_or(start, |import| import.to);
            for import in from.get(&end).into_iter().flatten() {
                if let std::collections::btree_map::Entry::Vacant(entry) = ways.entry(import.to) {
                    let way = [&way[..], &[*import]].concat();
                    entry.insert(way.clone());
                    next.push(way);
                }
            }
        }
        now = next;
    }
    ways
}

#[cfg(test)]
fn found(files: &[(&str, &str)]) -> Vec<String> {
    let sources: Vec<SourceFile> = files.iter().map(|(path, text)| SourceFile::new(path, text)).collect();
    let name = |at: usize| sources[at].path.clone();
    let imports = ImportGraph::new(&sources).imports();
    imports.iter().map(|import| format!("{}:{} {}", name(import.from), import.line, name(import.to))).collect()
}

#[test]
fn paths_are_resolved_to_the_file_of_the_item() {
    let files = [
        ("lib.rs", "pub mod a;\npub mod b;\n"),
        ("a/mod.rs", "mod one;\nmod two;\npub use one::{One, self as first};\npub const C: u8 = 1;\n"),
        ("a/one.rs", "use super::two;\npub struct One(two::Two);\n"),
        ("a/two.rs", "pub struct Two;\n"),
        ("b.rs", "use crate::{a::{C, One as Uno}, x};\nuse std::fs;\nfn f() -> crate::a::first::One { fs::a::b() }\n"),
    ];
    assert_eq!(found(&files), ["a/mod.rs:3 a/one.rs", "a/one.rs:2 a/two.rs", "b.rs:1 a/mod.rs", "b.rs:1 a/one.rs"]);
}

#[test]
fn a_circle_is_found_and_shown_round() {
    let import = |from, to| Import { from, to, line: 1 };
    let imports = [import(0, 1), import(1, 2), import(2, 1), import(2, 3), import(4, 4)];
    let expected = (BTreeSet::from([1, 2]), vec![import(1, 2), import(2, 1)]);
    assert_eq!(circles(&imports)[0], expected);
    assert_eq!(circles(&imports[..2]), []);
}
