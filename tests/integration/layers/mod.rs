//! The laws of the house, read from the sources: which room uses which, no circles among files, one name for one type,
//! comments that can be read.

mod imports;
mod prose;
mod source;
mod types;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::LazyLock;

use imports::{ImportGraph, circles, paths};
use source::{SourceFile, read_all};

/// The rooms from the ground floor up. A room uses rooms of lower floors; those of one floor do not know each other
/// unless named in [`NEIGHBOURS`].
const FLOORS: &[&[&str]] = &[
    &["text"],
    &["diagnostic", "toml_tree"],
    &["config", "annotation"],
    &["registry"],
    &["recognise"],
    &["corpus"],
    &["curation", "exchange"],
    &["rules", "fix"],
    &["ide", "render", "report"],
    &["disk"],
    &["embed"],
    &["lsp", "cli"],
];

/// The rooms that may use another one of the same floor: the command line starts the server.
const NEIGHBOURS: &[(&str, &str)] = &[("cli", "lsp")];

/// The names that several types may have, and why.
const SHARED_NAMES: &[(&str, &str)] = &[
    ("Error", "the error of one module"),
    ("Kind", "the kinds of one thing, said with its module: `registry::EntityKind`"),
];

/// The folders whose structs are wire formats: each format has structs of its own, named as the format names them.
const WIRE_FORMATS: &[&str] = &["render/"];

/// The sources of the crate, read once for all tests.
static SOURCES: LazyLock<Vec<SourceFile>> = LazyLock::new(|| read_all("src"));

fn code() -> impl Iterator<Item = &'static SourceFile> {
    SOURCES.iter().filter(|source| !source.test_only)
}

/// The names of all types of the crate.
pub fn type_names() -> BTreeSet<String> {
    types::definitions(code()).into_keys().collect()
}

fn floors() -> BTreeMap<&'static str, usize> {
    FLOORS.iter().enumerate().flat_map(|(floor, rooms)| rooms.iter().map(move |room| (*room, floor))).collect()
}

fn assert_none(wrong: &[String]) {
    assert!(wrong.is_empty(), "{} found:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn rooms_use_only_rooms_below() {
    let floors = floors();
    let mut wrong = Vec::new();
    for source in code().filter(|source| !matches!(source.room.as_str(), "lib" | "main")) {
        let Some(mine) = floors.get(source.room.as_str()) else {
            wrong.push(format!("src/{}: the room {} has no floor", source.path, source.room));
            continue;
        };
        for path in paths(&source.tokens).iter().filter(|path| path.segments[0] == "crate") {
            let Some((room, other)) = path.segments.get(1).and_then(|room| floors.get_key_value(room.as_str())) else {
                continue;
            };
            let neighbour = NEIGHBOURS.contains(&(source.room.as_str(), room));
            if *room != source.room && other >= mine && !neighbour {
                wrong.push(format!("src/{}:{}: {} uses {room}", source.path, path.line, source.room));
            }
        }
    }
    assert_none(&wrong);
}

#[test]
fn what_belongs_to_one_room_is_named_there_alone() {
    let only: &[(&[&str], &[&str])] = &[
        (&["tower_lsp"], &["lsp"]),
        (&["std", "::", "net"], &[]),
        (&["TcpStream"], &[]),
        (&["UdpSocket"], &[]),
        (&["std", "::", "fs"], &["disk", "cli"]),
        (&["File", "::", "create"], &["disk", "cli"]),
        (&["File", "::", "open"], &["disk", "cli"]),
        (&["println", "!"], &["cli"]),
        (&["print", "!"], &["cli"]),
        (&["eprintln", "!"], &["cli"]),
        (&["eprint", "!"], &["cli"]),
        (&["Command", "::", "new"], &["cli", "disk"]),
    ];
    let mut wrong = Vec::new();
    for source in code() {
        for (row, rooms) in only.iter().filter(|(_, rooms)| !rooms.contains(&source.room.as_str())) {
            for line in source.lines_with(row) {
                wrong.push(format!("src/{}:{line}: {} belongs to {}", source.path, row.concat(), rooms.join(" and ")));
            }
        }
    }
    assert_none(&wrong);
}

#[test]
fn no_files_import_each_other_in_a_circle() {
    let sources = &*SOURCES;
    let mut wrong = Vec::new();
    for (files, way) in circles(&ImportGraph::new(sources).imports()) {
        let step = |from: usize, line: usize, to: usize| {
            format!("  src/{}:{line} uses {}", sources[from].path, sources[to].path)
        };
        wrong.push(format!("a circle of {} files, one way round it:", files.len()));
        wrong.extend(way.iter().map(|import| step(import.from, import.line, import.to)));
    }
    assert_none(&wrong);
}

#[test]
fn a_name_is_that_of_one_type() {
    let wire = |place: &String| WIRE_FORMATS.iter().any(|folder| place.starts_with(folder));
    let shared = |name: &str| SHARED_NAMES.iter().any(|(shared, _)| *shared == name);
    let mut wrong = Vec::new();
    for (name, places) in types::definitions(code()) {
        let counted = places.iter().filter(|place| !wire(place)).count();
        if counted > 1 && !shared(&name) {
            wrong.push(format!("`{name}` is defined {counted} times: {}", places.join(", ")));
        }
    }
    assert_none(&wrong);
}

/// The Rust files of the project outside the crate, with the folder they were read from.
static OTHERS: LazyLock<Vec<(&'static str, SourceFile)>> = LazyLock::new(|| {
    let read = |folder: &'static str| read_all(folder).into_iter().map(move |source| (folder, source));
    ["tests", "benches", "examples"].into_iter().flat_map(read).collect()
});

/// All Rust files of the project, with the folder they were read from.
fn every_source() -> impl Iterator<Item = (&'static str, &'static SourceFile)> {
    SOURCES.iter().map(|source| ("src", source)).chain(OTHERS.iter().map(|(folder, source)| (*folder, source)))
}

#[test]
fn summaries_are_no_questions() {
    let mut found = Vec::new();
    for (folder, source) in every_source() {
        found.extend(prose::questions(source).into_iter().map(|wrong| format!("{folder}/{wrong}")));
    }
    assert_none(&found);
}

#[test]
fn comments_keep_to_the_width() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let settings = std::fs::read_to_string(root.join("rustfmt.toml")).expect("rustfmt.toml");
    let width = settings.lines().find_map(|line| line.strip_prefix("max_width = ")?.parse().ok()).expect("a width");
    let mut found = Vec::new();
    for (folder, source) in every_source() {
        let text = std::fs::read_to_string(root.join(folder).join(&source.path)).expect("a source file");
        found.extend(prose::too_wide(source, &text, width).map(|wrong| format!("{folder}/{wrong}")));
    }
    assert_none(&found);
}

#[test]
fn every_module_says_what_it_is_for() {
    let silent = |source: &SourceFile| source.comments.first().is_none_or(|comment| comment.line > 1 || !comment.doc);
    let wrong: Vec<String> =
        code().filter(|source| silent(source)).map(|source| format!("src/{}: no //!", source.path)).collect();
    assert_none(&wrong);
}

#[test]
fn paths_are_read_in_every_form() {
    let named = |text: &str| -> Vec<String> {
        let source = SourceFile::new("a.rs", text);
        paths(&source.tokens).into_iter().map(|path| path.segments.join("::")).collect()
    };
    assert_eq!(named("use crate::text::Span;"), ["crate::text::Span"]);
    assert_eq!(
        named("use crate::{\n    config,\n    registry::{self, Kind as K},\n};\n"),
        ["crate::config", "crate::registry", "crate::registry::Kind"]
    );
    assert_eq!(named("fn f(a: crate::corpus::File) -> b::C { a.d::<E>() }"), ["crate::corpus::File", "b::C"]);
}
