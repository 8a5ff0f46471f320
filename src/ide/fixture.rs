//! Small corpora for tests, written down in one string.
//!
//! `//- path` begins a file; behind the path may stand `closed` (its facts alone are known), `bom`, `crlf`, `nfd`.
//! `.toml` files form the registry, `scholiast.toml` is the configuration. `$0` is the cursor, `«…»` an expected range;
//! carets under Thai do not line up.

use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};
use jiff::civil::date;
use unicode_normalization::UnicodeNormalization;

use super::place::{FilePlace, FilePosition, FileRange};
use crate::config::{Config, FILE_NAME};
use crate::corpus::{LoadedFile, Snapshot, World};
use crate::diagnostic::FileEdit;
use crate::text::{FileId, Span};

/// A corpus with a cursor and expected ranges.
pub(crate) struct Fixture {
    pub snapshot: Snapshot,
    /// Paths and texts in the order of the fixture, without marks.
    pub files: Vec<(FileId, String, String)>,
    cursor: Option<FilePosition>,
    /// The ranges between `«` and `»`, by file and place.
    pub marked: Vec<FileRange>,
}

impl Fixture {
    /// # Panics
    /// When it is malformed.
    pub fn new(text: &str) -> Self {
        let mut parts: Vec<(&str, String)> = Vec::new();
        for line in text.lines() {
            if let Some(head) = line.strip_prefix("//- ") {
                parts.push((head, String::new()));
            } else {
                let (_, body) = parts.last_mut().expect("a file header first");
                body.push_str(line);
                body.push('\n');
            }
        }
        let config = parts.iter().find(|(head, _)| *head == FILE_NAME).map(|(_, body)| body.as_str());
        let config = config.unwrap_or_default().replace(['«', '»'], "").replace("$0", "");
        // One that is being typed is not in force.
        let parsed = Config::parse(&config).map(|(parsed, _)| parsed).unwrap_or_default();
        let mut world = World::new(Arc::new(parsed), date(2025, 6, 1));
        let mut registry = Vec::new();
        let mut texts = Vec::new();
        let mut fixture = Self { snapshot: world.snapshot(), files: Vec::new(), cursor: None, marked: Vec::new() };
        for (head, body) in &parts {
            let (path, flags) = head.split_once(' ').unwrap_or((head, ""));
            let file = world.id(Utf8Path::new(path));
            let clean = fixture.take_marks(file, body, flags);
            match path {
                FILE_NAME => world.set_config_source(Utf8Path::new(path), &clean, true),
                _ if Utf8Path::new(path).extension() == Some("toml") => {
                    registry.push((Utf8PathBuf::from(path), Some(Arc::from(clean.as_str())), true));
                }
                _ => texts.push((path.to_owned(), clean.clone(), flags.contains("closed"))),
            }
            fixture.files.push((file, path.to_owned(), clean));
        }
        world.set_registry(registry);
        for (path, text, closed) in texts {
            if closed {
                let loaded = LoadedFile::new(&world.current().ctx().for_path(&path), text.as_bytes());
                world.load(Utf8Path::new(&path), loaded);
            } else {
                world.open(Utf8Path::new(&path), &text);
            }
        }
        fixture.snapshot = world.snapshot();
        fixture
    }

    /// The text of a file without its marks, which are noted.
    fn take_marks(&mut self, file: FileId, body: &str, flags: &str) -> String {
        let mut clean = String::new();
        if flags.contains("bom") {
            clean.push('\u{feff}');
        }
        let mut open = Vec::new();
        let body = if flags.contains("crlf") { body.replace('\n', "\r\n") } else { body.to_owned() };
        let body = if flags.contains("nfd") { body.nfd().collect() } else { body };
        let mut rest = body.as_str();
        while let Some(letter) = rest.chars().next() {
            let byte = clean.len() as u32;
            match letter {
                '«' => open.push(byte),
                '»' => {
                    let start = open.pop().expect("a « for each »");
                    self.marked.push(FileRange { file, span: Span::new(start, byte) });
                }
                '$' if rest.starts_with("$0") => {
                    self.cursor = Some(FilePosition { file, byte });
                    rest = &rest[2..];
                    continue;
                }
                _ => clean.push(letter),
            }
            rest = &rest[letter.len_utf8()..];
        }
        self.marked.sort_by_key(|range| (range.file, range.span));
        clean
    }

    /// Returns the place of `$0`.
    pub fn cursor(&self) -> FilePosition {
        self.cursor.expect("a cursor")
    }

    /// The file of a path.
    pub fn file(&self, path: &str) -> FileId {
        self.files.iter().find(|(_, known, _)| known == path).expect("a file of this path").0
    }

    /// The text of a file.
    pub fn text(&self, file: FileId) -> &str {
        &self.files.iter().find(|(known, ..)| *known == file).expect("a known file").2
    }

    /// `path: text` of each place.
    pub fn show(&self, places: &[FilePlace]) -> Vec<String> {
        places
            .iter()
            .map(|at| format!("{}: {}", self.path(at.file), at.place.span().slice(self.text(at.file))))
            .collect()
    }

    pub fn path(&self, file: FileId) -> &str {
        &self.files.iter().find(|(known, ..)| *known == file).expect("a known file").1
    }

    /// Asserts that these are the marked ranges and that each position has the right line and columns.
    pub fn assert_marked(&self, places: &[FilePlace]) {
        let mut found: Vec<FileRange> =
            places.iter().map(|at| FileRange { file: at.file, span: at.place.span() }).collect();
        found.sort_by_key(|range| (range.file, range.span));
        let show = |ranges: &[FileRange]| -> Vec<String> {
            ranges
                .iter()
                .map(|range| {
                    format!("{} {:?} {}", self.path(range.file), range.span, range.span.slice(self.text(range.file)))
                })
                .collect()
        };
        assert_eq!(show(&found), show(&self.marked));
        for at in places {
            let text = self.text(at.file);
            let lines = crate::text::LineIndex::new(text);
            assert_eq!(at.place, lines.place(text, at.place.span()), "line and columns");
        }
    }

    /// The files that edits change, as they are afterwards.
    pub fn apply(&self, edits: &[FileEdit]) -> Vec<(String, String)> {
        let mut changed = Vec::new();
        for (file, path, text) in &self.files {
            let mut of_file: Vec<&FileEdit> = edits.iter().filter(|edit| edit.file == *file).collect();
            of_file.sort_by_key(|edit| edit.place);
            let edits: Vec<crate::text::edit::TextEdit> = of_file
                .iter()
                .map(|edit| crate::text::edit::TextEdit::replace(edit.place.span(), edit.text.clone()))
                .collect();
            if !edits.is_empty() {
                changed.push((path.clone(), crate::text::edit::apply(text, &edits)));
            }
        }
        changed
    }
}
