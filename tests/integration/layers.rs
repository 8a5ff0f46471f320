//! The rooms of the crate and what they may use: every `crate::…` path of every source file is read.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The rooms from the ground floor up. A room uses rooms of lower floors; those of one floor do not know each other
/// unless named in [`NEIGHBOURS`].
const FLOORS: &[&[&str]] = &[
    &["text"],
    &["diagnostic", "toml_tree"],
    &["config", "annotation"],
    &["registry"],
    &["recognise"],
    &["corpus"],
    &["rules", "fix"],
    &["ide", "render"],
    &["disk"],
    &["lsp", "cli"],
];

/// What one room of a floor may use of the same floor: the command line starts the server.
const NEIGHBOURS: &[(&str, &str)] = &[("cli", "lsp")];

struct Source {
    path: PathBuf,
    room: String,
    /// Line by line, without comments and without test modules.
    code: Vec<(usize, String)>,
}

fn sources() -> Vec<Source> {
    fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).expect("a folder of the crate") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                found.push(path);
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut paths = Vec::new();
    walk(&root, &mut paths);
    paths.sort();
    let read = |path: PathBuf| {
        let text = std::fs::read_to_string(&path).expect("a source file");
        let below = path.strip_prefix(&root).expect("below src").to_owned();
        let first = below.iter().next().expect("a name").to_string_lossy().into_owned();
        let room = first.trim_end_matches(".rs").to_owned();
        // Test modules stand at the end of their files by custom.
        let lines = text.lines().take_while(|line| line.trim() != "#[cfg(test)]");
        let code = lines
            .enumerate()
            .map(|(number, line)| (number + 1, line.split("//").next().unwrap_or("").to_owned()))
            .collect();
        Source { path: below, room, code }
    };
    paths.into_iter().map(read).collect()
}

fn floors() -> BTreeMap<&'static str, usize> {
    FLOORS.iter().enumerate().flat_map(|(floor, rooms)| rooms.iter().map(move |room| (*room, floor))).collect()
}

/// The rooms that a line names by `crate::room`, also in `use crate::{a, b::c}`.
fn named(line: &str) -> Vec<String> {
    let word = |text: &str| -> String {
        text.trim_start().chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_').collect()
    };
    let mut rooms = Vec::new();
    for (at, found) in line.match_indices("crate::") {
        let rest = &line[at + found.len()..];
        let Some(group) = rest.strip_prefix('{') else {
            rooms.push(word(rest));
            continue;
        };
        let mut depth = 0;
        let mut start = 0;
        for (at, letter) in group.char_indices() {
            match letter {
                '{' => depth += 1,
                '}' if depth > 0 => depth -= 1,
                ',' | '}' if depth == 0 => {
                    rooms.push(word(&group[start..at]));
                    start = at + 1;
                    if letter == '}' {
                        break;
                    }
                }
                _ => {}
            }
        }
    }
    rooms
}

#[test]
fn rooms_use_only_rooms_below() {
    let floors = floors();
    let mut wrong = Vec::new();
    for source in sources().iter().filter(|source| !matches!(source.room.as_str(), "lib" | "main")) {
        let Some(mine) = floors.get(source.room.as_str()) else {
            wrong.push(format!("{}: the room {} has no floor", source.path.display(), source.room));
            continue;
        };
        for (number, line) in &source.code {
            for room in named(line) {
                let Some(other) = floors.get(room.as_str()) else { continue };
                let neighbour = NEIGHBOURS.contains(&(source.room.as_str(), room.as_str()));
                if room != source.room && other >= mine && !neighbour {
                    wrong.push(format!("{}:{number}: {} uses {room}", source.path.display(), source.room));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_belongs_to_one_room_is_named_there_alone() {
    let only: &[(&[&str], &[&str])] = &[
        (&["tower_lsp"], &["lsp"]),
        (&["std::fs", "File::create", "File::open"], &["disk", "cli"]),
        (&["println!", "print!(", "eprintln!", "eprint!("], &["cli"]),
        (&["Command::new"], &["cli", "disk"]),
    ];
    let mut wrong = Vec::new();
    for source in sources() {
        for (words, rooms) in only.iter().filter(|(_, rooms)| !rooms.contains(&source.room.as_str())) {
            for (number, line) in &source.code {
                for word in words.iter().filter(|word| line.contains(**word)) {
                    wrong.push(format!(
                        "{}:{number}: {word} belongs to {}",
                        source.path.display(),
                        rooms.join(" and ")
                    ));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_module_says_what_it_is_for() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let silent: Vec<String> = sources()
        .iter()
        .filter(|source| !std::fs::read_to_string(root.join(&source.path)).expect("a source file").starts_with("//!"))
        .map(|source| source.path.display().to_string())
        .collect();
    assert!(silent.is_empty(), "modules without //!: {}", silent.join(", "));
}

#[test]
fn paths_are_read_in_every_form() {
    assert_eq!(named("use crate::text::Span;"), ["text"]);
    assert_eq!(named("use crate::{config, registry::{Kind, RegistryFault}, text};"), ["config", "registry", "text"]);
    assert_eq!(named("fn f(a: crate::corpus::File) -> crate::rules::Rule"), ["corpus", "rules"]);
}
