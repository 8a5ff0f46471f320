//! `scholiast init --git`: git learns to merge and to show annotation files.
//!
//! Two lines in `.gitattributes`, which is committed, and settings of this clone, which every clone needs anew: git
//! runs no program that a repository names by itself. What is there stays as it is, which is said.

use std::io::Write;

use camino::Utf8Path;

use super::exit_status::{CLEAN, FAILED};
use super::output::Output;
use crate::disk::git::Repository;
use crate::disk::{FileError, read, write};

/// The lines of `.gitattributes`.
const ATTRIBUTES: [&str; 4] = [
    "*.ann merge=scholiast diff=scholiast",
    "*.a2 merge=scholiast diff=scholiast",
    // A line says when it was written, so that the lines of both sides can stay.
    "scholiast-states.tsv merge=union",
    // A set of lines.
    "scholiast-settled.tsv merge=union",
];

/// The settings of a clone.
const SETTINGS: [(&str, &str); 3] = [
    ("merge.scholiast.name", "annotations, merged by what they say"),
    ("merge.scholiast.driver", "scholiast merge %O %A %B"),
    ("diff.scholiast.textconv", "scholiast textconv"),
];

/// Prepares the repository that a folder lies in.
///
/// # Errors
/// When the folder lies in no repository, git fails, or standard output cannot be written.
pub fn run(folder: &Utf8Path) -> anyhow::Result<u8> {
    let repository = Repository::of([folder])?;
    let mut out = Output::default().sink(None)?;
    write::finish_before_interrupts();
    let path = repository.top.join(".gitattributes");
    if let Err(message) = add_attributes(&path, &mut *out)? {
        Output::default().problem(&FileError { path: path.to_string(), message });
        return Ok(FAILED);
    }
    for (key, value) in SETTINGS {
        match repository.local_setting(key)? {
            Some(known) if known == value => writeln!(out, "git config {key}: set already")?,
            Some(known) => writeln!(out, "git config {key}: stays `{known}`; scholiast would set `{value}`")?,
            None => {
                repository.set_local(key, value)?;
                writeln!(out, "git config {key}: set to `{value}`")?;
            }
        }
    }
    writeln!(out, "Commit .gitattributes; the settings hold in this clone alone: run `scholiast init --git` in each.")?;
    out.flush()?;
    Ok(CLEAN)
}

/// Adds the lines that no line for the same pattern stands for yet.
fn add_attributes(path: &Utf8Path, out: &mut dyn Write) -> std::io::Result<Result<(), String>> {
    let before = match path.symlink_metadata() {
        Ok(_) => match read::read(path) {
            Ok(bytes) => Some(bytes),
            Err(message) => return Ok(Err(message)),
        },
        Err(_) => None,
    };
    let Ok(known) = String::from_utf8(before.clone().unwrap_or_default()) else {
        return Ok(Err("the file is not UTF-8; add the lines by hand".to_owned()));
    };
    let is_there = |line: &str| {
        let pattern = line.split(' ').next().unwrap_or(line);
        known.lines().any(|known| known.split_whitespace().next() == Some(pattern))
    };
    let missing: Vec<&str> = ATTRIBUTES.iter().copied().filter(|line| !is_there(line)).collect();
    for line in ATTRIBUTES {
        let said = if missing.contains(&line) { "added" } else { "a line for this pattern stays as it is" };
        writeln!(out, ".gitattributes, {line}: {said}")?;
    }
    if missing.is_empty() {
        return Ok(Ok(()));
    }
    let mut text = known.clone();
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
    for line in missing {
        text.push_str(line);
        text.push('\n');
    }
    Ok(match before {
        Some(before) => write::replace(path, &before, text.as_bytes()),
        None => write::create(path, &text),
    })
}
