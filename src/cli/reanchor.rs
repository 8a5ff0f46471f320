//! `scholiast reanchor`: annotations are moved to where their words are after texts were changed outside the editor.
//!
//! Rows go to standard output, what was written to standard error. Deliberately absent: working out the fates
//! (`annotation::difference`).

use std::io::Write as _;
use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};
use serde::Serialize;

use super::args::{ReanchorArgs, ReanchorFormat};
use super::exit_status::{CLEAN, FAILED, FOUND};
use super::output::Output;
use super::read::{LoadedRun, here, read};
use crate::annotation::{AnchorFate, Fragment, Reanchored, Standoff};
use crate::diagnostic::Severity;
use crate::disk::annotation_files::{AnnotationConfigurations, AnnotationFile};
use crate::disk::git::Repository;
use crate::disk::loaded::LoadedCorpus;
use crate::disk::{FileError, read as read_file, write};
use crate::render::diff;
use crate::text::edit::applied;

/// Runs the command.
///
/// # Errors
/// When standard input cannot be read, `--from` names nothing, or output cannot be written.
pub fn run(args: &ReanchorArgs) -> anyhow::Result<u8> {
    anyhow::ensure!(
        !args.paths.reads_stdin(),
        "reanchor writes annotation files beside texts: name files or folders, not '-'"
    );
    let output = Output { quiet: args.paths.quiet };
    if !args.diff {
        write::finish_before_interrupts();
    }
    let LoadedRun { loaded, .. } = read(&args.paths, output, &|_| {})?;
    let source = BaseSource::of(args.from.as_deref())?;
    let mut out = output.sink(None)?;
    let (mut failed, mut left, mut written) = (!loaded.problems.is_empty(), false, 0);
    for corpus in &loaded.corpora {
        for annotations in &corpus.annotations {
            let Some(shown) = corpus.selected.get(&annotations.id) else { continue };
            let pair = match AnnotatedPair::read(corpus, annotations, shown, &source) {
                Ok(Some(pair)) => pair,
                Ok(None) => continue,
                Err(problem) => {
                    output.problem(&problem);
                    failed = true;
                    continue;
                }
            };
            let counts = FateCounts::of(&pair.done);
            left |= counts.lost > 0;
            match args.format {
                _ if args.diff => {}
                ReanchorFormat::Text => writeln!(out, "{shown}: {counts}{}", pair.base)?,
                ReanchorFormat::Jsonl => {
                    for row in pair.rows() {
                        writeln!(out, "{}", serde_json::to_string(&row)?)?;
                    }
                }
            }
            let before = pair.standoff.source();
            let Some(after) = applied(before, &pair.done.edits).filter(|after| after != before) else { continue };
            if args.diff {
                diff::unified(&mut *out, shown, before, &after, output.options(false, Severity::Warning))?;
                continue;
            }
            match write::replace(&corpus.root.join(&annotations.path), before.as_bytes(), after.as_bytes()) {
                Ok(()) => written += 1,
                Err(message) => {
                    output.problem(&FileError { path: shown.clone(), message });
                    failed = true;
                }
            }
        }
    }
    out.flush()?;
    if !args.diff {
        output.note(&format!("wrote {}", crate::render::count(written, "annotation file")));
    }
    Ok(if failed {
        FAILED
    } else if left {
        FOUND
    } else {
        CLEAN
    })
}

/// The texts on which annotations were right.
enum BaseSource {
    /// A folder with the texts of before, under the same paths below the corpus root.
    Folder(Utf8PathBuf),
    /// A revision of git.
    Revision(String),
    /// The newest revision of each text in which its annotations were right.
    History,
}

impl BaseSource {
    fn of(from: Option<&str>) -> anyhow::Result<Self> {
        let Some(from) = from else { return Ok(Self::History) };
        let folder = here()?.join(from);
        Ok(if folder.is_dir() { Self::Folder(folder) } else { Self::Revision(from.to_owned()) })
    }

    /// The text of before, with what is said of it; `None` where there is none.
    fn text(
        &self,
        corpus: &LoadedCorpus,
        text: &Utf8Path,
        annotations: &AnnotationFile,
        standoff: &Standoff,
    ) -> Result<Option<(String, String)>, String> {
        let decode =
            |bytes: Vec<u8>| String::from_utf8(bytes).map_err(|_| "the text of before is not UTF-8".to_owned());
        match self {
            Self::Folder(folder) => {
                let path = folder.join(text);
                if !path.is_file() {
                    return Ok(None);
                }
                Ok(Some((decode(read_file::read(&path)?)?, format!(", from {path}"))))
            }
            Self::Revision(revision) => {
                let path = corpus.root.join(text);
                let repository = Repository::of([&*path]).map_err(|error| error.to_string())?;
                let commit = repository.commit(revision).map_err(|error| error.to_string())?;
                let commit = commit.ok_or_else(|| format!("--from {revision}: neither a folder nor a revision"))?;
                let Some(bytes) = repository.content_at(&commit, &path) else { return Ok(None) };
                Ok(Some((decode(bytes)?, format!(", from {revision}"))))
            }
            Self::History => {
                let (path, marks) = (corpus.root.join(text), corpus.root.join(&annotations.path));
                let repository = Repository::of([&*path]).map_err(|error| error.to_string())?;
                let revisions = repository.revisions_of(&[&path, &marks]).map_err(|error| error.to_string())?;
                let mut best: Option<(usize, String, String)> = None;
                for commit in revisions {
                    let Some(text) = repository.content_at(&commit, &path).and_then(|it| String::from_utf8(it).ok())
                    else {
                        continue;
                    };
                    let (right, all) = standoff.count_right(&text);
                    if best.as_ref().is_none_or(|(most, ..)| right > *most) {
                        let short = commit.get(..12).unwrap_or(&commit).to_owned();
                        best = Some((right, text, format!(", from {short}")));
                    }
                    if right == all {
                        break;
                    }
                }
                Ok(best.map(|(_, text, base)| (text, base)))
            }
        }
    }
}

/// An annotation file beside its text, re-anchored.
struct AnnotatedPair<'a> {
    shown: &'a str,
    standoff: Standoff,
    done: Reanchored,
    base: String,
}

impl<'a> AnnotatedPair<'a> {
    /// Reads and re-anchors a pair; `None` where the text is no text.
    fn read(
        corpus: &LoadedCorpus,
        annotations: &AnnotationFile,
        shown: &'a str,
        source: &BaseSource,
    ) -> Result<Option<Self>, FileError> {
        let problem = |message: String| FileError { path: shown.to_owned(), message };
        let content = corpus.annotation(annotations, &AnnotationConfigurations::default())?;
        let standoff = content.standoff.map_err(|_| problem("not UTF-8".to_owned()))?;
        let Some(text): Option<Arc<str>> = content.text else { return Ok(None) };
        let (right, all) = standoff.count_right(&text);
        if right == all {
            let done = standoff.reanchor_by_difference(&text, &text);
            return Ok(Some(Self { shown, standoff, done, base: String::new() }));
        }
        let below = corpus.world.current().path(annotations.text).map(Utf8Path::to_owned);
        let below = below.ok_or_else(|| problem("there is no text beside these annotations".to_owned()))?;
        let before = source.text(corpus, &below, annotations, &standoff).map_err(problem)?;
        let (before, base) = before.ok_or_else(|| problem("there is no earlier text to compare with".to_owned()))?;
        let done = standoff.reanchor_by_difference(&before, &text);
        Ok(Some(Self { shown, standoff, done, base }))
    }

    fn rows(&self) -> impl Iterator<Item = ReanchorRow<'_>> {
        let pairs =
            |fragments: &[Fragment]| -> Vec<[u32; 2]> { fragments.iter().map(|at| [at.start, at.end]).collect() };
        self.done.lines.iter().map(move |line| {
            let (fate, chars, candidates) = match &line.fate {
                AnchorFate::Kept => ("kept", Vec::new(), Vec::new()),
                AnchorFate::Moved(placed) => ("moved", pairs(placed), Vec::new()),
                AnchorFate::Changed(placed) => ("changed", pairs(placed), Vec::new()),
                AnchorFate::Lost { candidates } => ("lost", Vec::new(), pairs(candidates)),
            };
            let id = self.standoff.slice(self.standoff.lines()[line.number].id);
            ReanchorRow { path: self.shown, annotation: id, fate, chars, candidates }
        })
    }
}

/// A row of `--format jsonl`.
#[derive(Serialize)]
struct ReanchorRow<'a> {
    path: &'a str,
    annotation: &'a str,
    fate: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    chars: Vec<[u32; 2]>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    candidates: Vec<[u32; 2]>,
}

/// The numbers of annotations by their fate.
#[derive(Default)]
struct FateCounts {
    kept: usize,
    moved: usize,
    changed: usize,
    lost: usize,
}

impl FateCounts {
    fn of(done: &Reanchored) -> Self {
        let mut counts = Self::default();
        for line in &done.lines {
            match line.fate {
                AnchorFate::Kept => counts.kept += 1,
                AnchorFate::Moved(_) => counts.moved += 1,
                AnchorFate::Changed(_) => counts.changed += 1,
                AnchorFate::Lost { .. } => counts.lost += 1,
            }
        }
        counts
    }
}

impl std::fmt::Display for FateCounts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { kept, moved, changed, lost } = self;
        write!(f, "kept {kept}, moved {moved}, changed {changed}, lost {lost}")
    }
}
