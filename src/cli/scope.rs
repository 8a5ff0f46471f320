//! The findings that a change brings: `--staged`, `--since`, `--changed-lines-only`, `--all`.
//!
//! The corpus is judged twice, as it is and as it was. A finding is shown when it was not there before: the file had no
//! such finding, by rule and text (so a line that moves wakes nothing), or had fewer of them, and then those are new
//! that stand where none stood. With `--changed-lines-only` it is shown too when it or a place related to it touches a
//! changed line, with `--all` when it is in a file that has changed.
//!
//! Deliberately absent: asking git (see [`git`](crate::disk::git)).

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use anyhow::bail;
use camino::{Utf8Path, Utf8PathBuf};
use rustc_hash::{FxHashMap, FxHashSet};

use super::args;
use super::changed_lines::changed_lines;
use super::findings::find;
use super::output::Output;
use super::read::{LoadedRun, here, read_among, read_quietly};
use super::rule_selection::RuleSelection;
use crate::diagnostic::Diagnostic;
use crate::disk::files::{Files, OnDisk};
use crate::disk::find::root_of;
use crate::disk::git::{FilesBefore, GitChanges, GitFiles, Repository};
use crate::disk::loaded::LoadedCorpus;
use crate::disk::path::real;
use crate::disk::run_texts::RunTexts;
use crate::render::Sources as _;
use crate::rules::config::NO_MATCH;
use crate::text::{FileId, Place};

/// The files that a run looks at: those on disk, or in the index of git.
pub struct FileView {
    /// The tree of files.
    files: Arc<dyn Files>,
    changes: Option<Arc<GitChanges>>,
    staged: bool,
    old: OldFindings,
}

/// The findings that are shown though they were there before the change.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum OldFindings {
    None,
    /// Those on changed lines.
    OnChangedLines,
    /// Those in changed files, and those with a related place on a changed line.
    InChangedFiles,
}

impl FileView {
    /// The view that the command line asks for.
    ///
    /// # Errors
    /// When git cannot tell what has changed, or standard input is to be compared with it.
    pub fn of(change: &args::ChangeArgs, paths: &args::PathArgs) -> anyhow::Result<Self> {
        let old = match (change.all, change.changed_lines_only) {
            (true, _) => OldFindings::InChangedFiles,
            (false, true) => OldFindings::OnChangedLines,
            (false, false) => OldFindings::None,
        };
        if !change.staged && change.since.is_none() {
            return Ok(Self { files: Arc::new(OnDisk), changes: None, staged: false, old });
        }
        if paths.reads_stdin() {
            bail!("standard input has no history in git: --staged and --since need files");
        }
        let here = here()?;
        let named = paths.paths.iter().filter_map(|path| Utf8Path::from_path(path));
        let named: Vec<Utf8PathBuf> = named.map(|path| real(&here.join(path))).collect();
        let repository = Repository::of(named.iter().map(Utf8PathBuf::as_path))?;
        let (files, changes): (Arc<dyn Files>, _) = match &change.since {
            Some(revision) => (Arc::new(OnDisk), GitChanges::since(&repository, revision)?),
            None => (Arc::new(GitFiles::index(&repository)?), GitChanges::staged(&repository)?),
        };
        Ok(Self { files, changes: Some(Arc::new(changes)), staged: change.staged, old })
    }

    /// Reads what the command line names.
    ///
    /// # Errors
    /// When standard input cannot be read.
    pub fn read(&self, paths: &args::PathArgs, rules: &RuleSelection, output: Output) -> anyhow::Result<LoadedRun> {
        // A run that looks at a change may concern none of the files that are named.
        let needs_files = self.changes.is_none();
        read_among(self.files.clone(), paths, needs_files, output, &|config| rules.configure(config))
    }

    /// Notes for people about the corpora that were read.
    pub fn notes(&self, read: &LoadedRun) -> Vec<String> {
        if !self.staged {
            return Vec::new();
        }
        let free = read.loaded.corpora.iter().filter(|corpus| corpus.world.current().config_source.is_none());
        let files = free.flat_map(|corpus| {
            let snapshot = corpus.world.current();
            corpus.selected.keys().filter_map(|id| Some(corpus.root.join(snapshot.path(*id)?))).collect::<Vec<_>>()
        });
        let mut roots: Vec<Utf8PathBuf> = files.filter_map(|file| root_of(&file, false)).collect();
        roots.sort();
        roots.dedup();
        let note = |root: Utf8PathBuf| format!("{root}/scholiast.toml is not in the git index, so it does not count");
        roots.into_iter().map(note).collect()
    }

    /// Judges the corpus as it was; `None` where all findings are wanted.
    ///
    /// # Errors
    /// When the working directory is gone.
    pub fn scope(&self, paths: &args::PathArgs, rules: &RuleSelection) -> anyhow::Result<Option<ChangeScope>> {
        let Some(changes) = self.changes.clone() else { return Ok(None) };
        let files = Arc::new(FilesBefore::new(self.files.clone(), changes.clone()));
        let moved: FxHashMap<&Utf8Path, &Utf8Path> = changes
            .files()
            .iter()
            .filter_map(|(path, was)| Some((was.as_ref()?.path.as_path(), path.as_path())))
            .collect();
        // What was moved to a PATH was elsewhere before.
        let here = here()?;
        let named: Vec<Utf8PathBuf> =
            paths.paths.iter().filter_map(|path| Some(real(&here.join(Utf8Path::from_path(path)?)))).collect();
        let mut earlier = paths.clone();
        let came = moved.iter().filter(|(was, now)| was != now && named.iter().any(|path| now.starts_with(path)));
        earlier.paths.extend(came.map(|(was, _)| was.as_std_path().to_owned()));
        let before = read_quietly(files, &earlier, &|config| rules.configure(config))?;
        let mut scope = ChangeScope {
            changes: changes.clone(),
            old: self.old,
            places: FxHashSet::default(),
            counts: FxHashMap::default(),
            registries: registries(&before),
        };
        for finding in find(&before, rules).found {
            let Some(path) = before.texts.file(finding.file) else { continue };
            let now = moved.get(path).copied().unwrap_or(path);
            *scope.counts.entry(kind(&finding, now, &before.texts)).or_default() += 1;
            if !changes.files().contains_key(now) {
                scope.places.insert(FindingPlace::of(&finding, path));
            }
        }
        Ok(Some(scope))
    }
}

/// A finding in a file that has not changed.
#[derive(PartialEq, Eq, Hash)]
struct FindingPlace {
    path: Utf8PathBuf,
    start: u32,
    end: u32,
    code: String,
}

impl FindingPlace {
    fn of(finding: &Diagnostic, path: &Utf8Path) -> Self {
        let Place { start, end } = finding.place;
        Self { path: path.to_owned(), start: start.byte, end: end.byte, code: finding.code.to_string() }
    }
}

/// A finding by its path now, rule and text.
#[derive(PartialEq, Eq, Hash)]
struct FindingKind {
    path: Utf8PathBuf,
    code: String,
    text: String,
}

fn kind(finding: &Diagnostic, path: &Utf8Path, texts: &RunTexts) -> FindingKind {
    let text = texts.text(finding.file);
    let slice = text.as_ref().and_then(|text| text.get(finding.place.span().range())).unwrap_or_default();
    FindingKind { path: path.to_owned(), code: finding.code.to_string(), text: slice.to_owned() }
}

/// A change: the files it has touched, and the findings before it.
pub struct ChangeScope {
    changes: Arc<GitChanges>,
    old: OldFindings,
    /// The findings before the change in files that have not changed.
    places: FxHashSet<FindingPlace>,
    /// The number of findings of each kind before the change.
    counts: FxHashMap<FindingKind, usize>,
    /// The registry files that each corpus had, by its root.
    registries: BTreeMap<Utf8PathBuf, Vec<Utf8PathBuf>>,
}

/// The registry files of each corpus, by its root.
fn registries(run: &LoadedRun) -> BTreeMap<Utf8PathBuf, Vec<Utf8PathBuf>> {
    let files = |corpus: &LoadedCorpus| {
        let mut files: Vec<Utf8PathBuf> =
            corpus.world.current().registry_files.values().map(|source| source.path.to_path_buf()).collect();
        files.sort();
        files
    };
    run.loaded.corpora.iter().map(|corpus| (corpus.root.clone(), files(corpus))).collect()
}

/// The lines of a file that have changed.
enum TouchedLines {
    Nothing,
    Everything,
    Lines(Vec<Range<u32>>),
}

impl TouchedLines {
    fn holds(&self, place: Place) -> bool {
        match self {
            Self::Nothing => false,
            Self::Everything => true,
            Self::Lines(lines) => {
                let Place { start, end } = place;
                // A place that ends with a line end does not touch the line behind it.
                let last = if end.column_byte == 0 && end.line > start.line { end.line - 1 } else { end.line };
                let at = lines.partition_point(|range| range.end <= start.line);
                lines.get(at).is_some_and(|range| range.start <= last)
            }
        }
    }
}

impl ChangeScope {
    /// The findings that the change has taken a corpus all its registry files. Where the configuration names one
    /// outright, that is a finding already.
    pub fn lost_registries(&self, run: &LoadedRun, found: &[Diagnostic]) -> Vec<Diagnostic> {
        let rule = &NO_MATCH;
        let mut lost = Vec::new();
        for (number, corpus) in run.loaded.corpora.iter().enumerate() {
            let snapshot = corpus.world.current();
            let Some((config, source)) = &snapshot.config_source else { continue };
            let file = run.texts.number(number, *config);
            let had = self.registries.get(&corpus.root).map(Vec::as_slice).unwrap_or_default();
            let is_said = found.iter().any(|finding| finding.file == file && finding.code == rule.code);
            if had.is_empty() || !snapshot.registry_files.is_empty() || is_said {
                continue;
            }
            let Some(severity) = snapshot.config.severity(rule.code, rule.severity, source.path.as_str()) else {
                continue;
            };
            let names: Vec<String> = had.iter().map(|path| format!("`{path}`")).collect();
            let message = format!("no registry file is left: {} is gone, and nobody in it is known", names.join(", "));
            lost.push(Diagnostic {
                code: rule.code.into(),
                severity,
                file,
                place: Place::default(),
                message,
                related: Vec::new(),
                fix: None,
                unnecessary: false,
            });
        }
        lost
    }

    /// Tells which findings are to be shown, one answer for each.
    pub fn keeps(&self, found: &[Diagnostic], texts: &RunTexts) -> Vec<bool> {
        let mut touched: BTreeMap<FileId, TouchedLines> = BTreeMap::new();
        let mut touches =
            |file: FileId, place: Place| touched.entry(file).or_insert_with(|| self.touched(file, texts)).holds(place);
        let mut keeps = vec![false; found.len()];
        let mut open = Vec::new();
        for (number, finding) in found.iter().enumerate() {
            let Some(path) = texts.file(finding.file) else { continue };
            let changed = self.changes.files().contains_key(path);
            let on_changed_line = changed && touches(finding.file, finding.place);
            let mut has_related = || finding.related.iter().any(|related| touches(related.file, related.place));
            keeps[number] = match self.old {
                OldFindings::None => false,
                OldFindings::OnChangedLines => on_changed_line || has_related(),
                OldFindings::InChangedFiles => changed || has_related(),
            };
            if !keeps[number] {
                let stands_still = !changed && self.places.contains(&FindingPlace::of(finding, path));
                open.push((!stands_still, on_changed_line, number, kind(finding, path, texts)));
            }
        }
        // Those that stand where they stood are known before those of the same text elsewhere (in a file that is being
        // fixed places move too), and those on lines that have not changed before those on lines that have.
        open.sort_by_key(|(moved, on_changed_line, number, _)| (*moved, *on_changed_line, *number));
        let mut left: FxHashMap<&FindingKind, usize> = self.counts.iter().map(|(kind, count)| (kind, *count)).collect();
        for (_, _, number, kind) in open {
            match left.get_mut(&kind) {
                Some(count) if *count > 0 => *count -= 1,
                _ => keeps[number] = true,
            }
        }
        keeps
    }

    /// The number of the selected files that have changed.
    pub fn files(&self, read: &LoadedRun) -> usize {
        let corpora = read.loaded.corpora.iter().enumerate();
        let files = corpora.flat_map(|(number, corpus)| corpus.selected.keys().map(move |id| (number, *id)));
        let path = |(number, id)| read.texts.file(read.texts.number(number, id));
        files.filter_map(path).filter(|path| self.changes.files().contains_key(*path)).count()
    }

    fn touched(&self, file: FileId, texts: &RunTexts) -> TouchedLines {
        let was = texts.file(file).and_then(|path| self.changes.files().get(path));
        let Some(was) = was else { return TouchedLines::Nothing };
        let before = was.as_ref().and_then(|was| self.changes.content(was).ok());
        match (before.and_then(|bytes| String::from_utf8(bytes).ok()), texts.text(file)) {
            (Some(before), Some(now)) => TouchedLines::Lines(changed_lines(&before, &now)),
            _ => TouchedLines::Everything,
        }
    }
}
