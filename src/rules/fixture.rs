//! Fixtures for tests of rules: files under `//- path` headers, the findings marked inline by `«…»`.
//!
//! `registry.toml` is the registry, `scholiast.toml` the configuration; every other file is a text. The marks are all
//! places, by file and position, at which the rule reports.

use std::sync::Arc;

use camino::Utf8Path;
use jiff::civil::date;

use super::check_file;
use crate::config::Config;
use crate::corpus::{LoadedFile, World};
use crate::diagnostic::{Diagnostic, FileEdit};
use crate::text::edit::{TextEdit, apply};
use crate::text::marks::unmark;

/// The findings that a rule reported.
pub struct Reported {
    /// The findings, by file and place.
    pub findings: Vec<Diagnostic>,
    texts: Vec<(String, String)>,
}

/// Runs one rule over a fixture and compares the places of its findings with the marks.
pub fn check(code: &str, fixture: &str) -> Reported {
    let files = files(fixture);
    let config = files.iter().find(|(path, _)| path == "scholiast.toml").map_or("", |(_, text)| text);
    let (config, faults) = Config::parse(config).expect("the configuration is TOML");
    assert!(faults.is_empty(), "{faults:?}");
    let mut world = World::new(Arc::new(config), date(2026, 6, 1));
    let registry = files.iter().filter(|(path, _)| path == "registry.toml");
    world.set_registry(registry.map(|(path, text)| (path.into(), Some(Arc::from(text.as_str())), false)));
    let mut wanted = Vec::new();
    let mut texts = Vec::new();
    for (path, marked) in files.iter().filter(|(path, _)| Utf8Path::new(path).extension() != Some("toml")) {
        let (text, spans) = unmark(marked);
        let ctx = world.snapshot().ctx().clone();
        world.load(Utf8Path::new(path), LoadedFile::new(&ctx.for_path(path), text.as_bytes()));
        wanted.extend(spans.into_iter().map(|span| (path.clone(), span)));
        texts.push((path.clone(), text));
    }
    let snapshot = world.snapshot();
    let mut findings = Vec::new();
    let mut found = Vec::new();
    for file in snapshot.files_by_path() {
        for finding in check_file(&snapshot, file).diagnostics {
            if finding.code == code {
                found.push((file.path.to_string(), finding.place.span()));
                findings.push(finding);
            }
        }
    }
    assert_eq!(found, wanted, "places of {code}: {:?}", messages(&findings));
    Reported { findings, texts }
}

impl Reported {
    /// The messages.
    pub fn messages(&self) -> Vec<&str> {
        messages(&self.findings)
    }

    /// The text of a fixture with one file after the fix of the `number`th finding.
    pub fn fixed(&self, number: usize) -> String {
        let fix = self.findings[number].fix.as_ref().expect("a fix");
        let edits = fix.edits.iter().map(|FileEdit { place, text, .. }| TextEdit::replace(place.span(), text.clone()));
        apply(&self.texts[0].1, &edits.collect::<Vec<_>>())
    }
}

fn messages(findings: &[Diagnostic]) -> Vec<&str> {
    findings.iter().map(|finding| finding.message.as_str()).collect()
}

fn files(fixture: &str) -> Vec<(String, String)> {
    let mut files: Vec<(String, String)> = Vec::new();
    for line in fixture.trim_start().split_inclusive('\n') {
        match (line.strip_prefix("//- "), files.last_mut()) {
            (Some(path), _) => files.push((path.trim().to_owned(), String::new())),
            (None, Some((_, text))) => text.push_str(line),
            (None, None) => files.push(("a.txt".to_owned(), line.to_owned())),
        }
    }
    files
}
