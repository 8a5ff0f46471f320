//! `check --fix`: rounds of fixing in memory until nothing is left to fix, then writing.
//!
//! A text with annotations beside it is fixed only together with their offsets: where an annotation would be lost, the
//! fix is refused and named. What belongs together (a text and its annotations, the files of one fix) is written as a
//! whole or not at all. Deliberately absent: choosing among fixes that exclude each other (see [`fix`](crate::fix)).

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::io::{self, Write};
use std::sync::Arc;

use camino::Utf8PathBuf;

use super::findings::RunFindings;
use super::read::{LoadedRun, texts};
use super::rule_selection::RuleSelection;
use crate::annotation::{AnchorRefusal, OnDeletion, Standoff};
use crate::diagnostic::{Diagnostic, Fix};
use crate::disk::FileError;
use crate::disk::annotation_files::{self, AnnotationConfigurations, AnnotationFile};
use crate::disk::loaded::LoadedCorpus;
use crate::disk::run_texts::RunTexts;
use crate::disk::write::{Replacement, replace_all};
use crate::fix::{Allowed, Fate, MAX_ROUNDS, round};
use crate::render::{RenderOptions, Sources as _, count, diff};
use crate::text::FileId;
use crate::text::edit::{TextEdit, applied};

/// The files that fixing has changed, not yet written.
#[derive(Debug, Default)]
pub struct FixedFiles {
    /// The files that changed.
    changes: BTreeMap<FileId, FileChange>,
    /// Files that are written together.
    groups: Vec<BTreeSet<FileId>>,
    /// The findings put right, by the file they change first.
    made: Vec<FileId>,
    /// The fixes that were not made for the annotations' sake.
    pub refused: BTreeSet<RefusedFix>,
}

#[derive(Debug)]
struct FileChange {
    shown: String,
    path: Utf8PathBuf,
    before: Arc<str>,
    after: Arc<str>,
}

/// Fixes of a text that were not made.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RefusedFix {
    /// The text.
    path: String,
    /// Why.
    why: String,
}

impl fmt::Display for RefusedFix {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: not fixed, since {}", self.path, self.why)
    }
}

/// Fixes what `find` finds and `asked` wants fixed, in memory; `read` is as after fixing then.
pub fn fix(
    read: &mut LoadedRun,
    allowed: Allowed,
    choice: &RuleSelection,
    find: &dyn Fn(&LoadedRun) -> RunFindings,
    asked: &mut dyn FnMut(&Diagnostic, &RunTexts) -> bool,
) -> FixedFiles {
    let mut fixed = FixedFiles::default();
    for _ in 0..MAX_ROUNDS {
        let findings = find(read);
        let made = FixRound::new(read, &mut fixed.refused).round(&findings.found, allowed, asked);
        if made.texts.is_empty() {
            break;
        }
        fixed.take_in(&made, &read.texts);
        for (id, text) in &made.texts {
            if let Some((corpus, id)) = read.texts.locate(*id) {
                read.loaded.corpora[corpus].put(id, text, &|config| choice.configure(config));
            }
        }
        read.texts = texts(&read.loaded, read.texts.pages().clone());
    }
    fixed
}

/// The result of one round of fixing.
#[derive(Debug, Default)]
struct RoundResult {
    /// The new text of each file that changed.
    texts: BTreeMap<FileId, Arc<str>>,
    /// The text from which the new one was made.
    before: BTreeMap<FileId, Arc<str>>,
    groups: Vec<BTreeSet<FileId>>,
    fixes: Vec<FileId>,
}

/// One round of fixing.
struct FixRound<'a> {
    read: &'a LoadedRun,
    refused: &'a mut BTreeSet<RefusedFix>,
    /// The texts that fixes reach into.
    texts: BTreeMap<FileId, Option<Arc<str>>>,
    /// The annotation files beside each text that fixes reach into, or why they cannot be read.
    besides: BTreeMap<FileId, Result<Vec<(FileId, Standoff)>, String>>,
    /// The text of each annotation file.
    annotates: BTreeMap<FileId, FileId>,
    /// The annotation files beside each text, by its number in the run.
    annotations: BTreeMap<FileId, Vec<&'a AnnotationFile>>,
}

impl<'a> FixRound<'a> {
    fn new(read: &'a LoadedRun, refused: &'a mut BTreeSet<RefusedFix>) -> Self {
        let mut annotates = BTreeMap::new();
        let mut annotations: BTreeMap<FileId, Vec<&AnnotationFile>> = BTreeMap::new();
        for (number, corpus) in read.loaded.corpora.iter().enumerate() {
            for beside in &corpus.annotations {
                let text = read.texts.number(number, beside.text);
                annotates.insert(read.texts.number(number, beside.id), text);
                annotations.entry(text).or_default().push(beside);
            }
        }
        Self { read, refused, texts: BTreeMap::new(), besides: BTreeMap::new(), annotates, annotations }
    }

    fn round(
        mut self,
        found: &[Diagnostic],
        allowed: Allowed,
        asked: &mut dyn FnMut(&Diagnostic, &RunTexts) -> bool,
    ) -> RoundResult {
        let fixes = found.iter().filter_map(|finding| Some((finding, finding.fix.as_ref()?)));
        let fixes = fixes.filter(|(_, fix)| (fix.safe || allowed == Allowed::Unsafe) && self.is_selected(fix));
        let wanted: Vec<&Fix> =
            fixes.filter(|(finding, _)| asked(finding, &self.read.texts)).map(|(_, fix)| fix).collect();
        for file in wanted.iter().flat_map(|fix| &fix.edits).map(|edit| edit.file) {
            if !self.texts.contains_key(&file) {
                let beside = self.beside(file);
                self.besides.insert(file, beside);
                self.texts.insert(file, self.read.texts.text(file));
            }
        }
        let (of_annotations, of_texts): (Vec<&Fix>, Vec<&Fix>) =
            wanted.into_iter().partition(|fix| fix.edits.iter().any(|edit| self.annotates.contains_key(&edit.file)));
        // Annotations are repaired first: an edit of their text would take away what explains their offsets. Texts
        // whose annotations change are fixed in the next round.
        let of_annotations: Vec<&Fix> = of_annotations
            .into_iter()
            .filter(|fix| fix.edits.iter().all(|edit| self.annotates.contains_key(&edit.file)))
            .collect();
        let repaired = round(&of_annotations, allowed, |file| self.texts.get(&file)?.as_deref());
        let waiting: BTreeSet<FileId> = repaired.texts.keys().map(|file| self.annotates[file]).collect();
        let of_texts =
            of_texts.into_iter().filter(|fix| !fix.edits.iter().any(|edit| waiting.contains(&edit.file))).collect();
        let mut made = self.fix_texts(of_texts, allowed);
        made.add(&of_annotations, &repaired);
        made.before = made.texts.keys().filter_map(|file| Some((*file, self.before(*file)?))).collect();
        made
    }

    /// The text of a file that the fixes of this round were made from.
    fn before(&self, file: FileId) -> Option<Arc<str>> {
        if let Some(text) = self.texts.get(&file) {
            return text.clone();
        }
        let besides = self.besides.get(self.annotates.get(&file)?)?.as_ref().ok()?;
        besides.iter().find(|(id, _)| *id == file).map(|(_, standoff)| standoff.source().into())
    }

    /// Tells whether a fix stays within what the PATHs select.
    fn is_selected(&self, fix: &Fix) -> bool {
        fix.edits.iter().all(|edit| {
            let found = self.read.texts.locate(edit.file);
            found.is_some_and(|(corpus, id)| self.read.loaded.corpora[corpus].selected.contains_key(&id))
        })
    }

    /// Makes fixes of texts, and moves the annotations beside them.
    fn fix_texts(&mut self, fixes: Vec<&Fix>, allowed: Allowed) -> RoundResult {
        let mut fixes: Vec<&Fix> = fixes.into_iter().filter(|fix| self.is_bearable(fix)).collect();
        loop {
            let done = round(&fixes, allowed, |file| self.texts.get(&file)?.as_deref());
            let mut made = RoundResult::default();
            let mut barred = Vec::new();
            for (file, edits) in &done.changes {
                match self.reanchor(*file, edits) {
                    Ok(moved) => made.move_annotations(*file, moved),
                    Err(why) => barred.push((*file, why)),
                }
            }
            if barred.is_empty() {
                made.add(&fixes, &done);
                return made;
            }
            // Each fix alone would do, all together not: none is made.
            for (file, why) in barred {
                self.refuse(file, why);
                fixes.retain(|fix| fix.edits.iter().all(|edit| edit.file != file));
            }
        }
    }

    /// Tells whether all annotations would survive a fix; if not, it is noted.
    fn is_bearable(&mut self, fix: &Fix) -> bool {
        let mut by_file: BTreeMap<FileId, Vec<TextEdit>> = BTreeMap::new();
        for edit in &fix.edits {
            let edits = by_file.entry(edit.file).or_default();
            edits.push(TextEdit::replace(edit.place.span(), edit.text.clone()));
        }
        for (file, edits) in &mut by_file {
            edits.sort();
            if let Err(why) = self.reanchor(*file, edits) {
                self.refuse(*file, why);
                return false;
            }
        }
        true
    }

    fn refuse(&mut self, file: FileId, why: String) {
        self.refused.insert(RefusedFix { path: self.read.texts.path(file).to_owned(), why });
    }

    /// The annotation files beside a text after edits of the text, as far as they change; or why they cannot be
    /// re-anchored.
    fn reanchor(&self, file: FileId, edits: &[TextEdit]) -> Result<Vec<(FileId, Arc<str>)>, String> {
        let Some(besides) = self.besides.get(&file) else { return Ok(Vec::new()) };
        let besides = besides.as_ref().map_err(String::clone)?;
        let Some(text) = self.texts.get(&file).and_then(Option::as_deref) else { return Ok(Vec::new()) };
        let mut moved = Vec::new();
        for (id, standoff) in besides {
            let changes = standoff.reanchor(text, edits, OnDeletion::Refuse).map_err(|refusal| match refusal {
                AnchorRefusal::Unfit => "the fix does not fit the text".to_owned(),
                AnchorRefusal::Lost(losses) => {
                    let ids: Vec<&str> = losses.iter().map(|loss| loss.id.as_str()).collect();
                    format!("{} would lose {}", self.read.texts.path(*id), ids.join(", "))
                }
                AnchorRefusal::Mismatching(ids) => {
                    let path = self.read.texts.path(*id);
                    format!("the words of {} in {path} are not at their offsets: repair these first", ids.join(", "))
                }
            })?;
            let new = applied(standoff.source(), &changes).filter(|_| !changes.is_empty());
            moved.extend(new.map(|new| (*id, Arc::from(new))));
        }
        Ok(moved)
    }

    /// An annotation file beside a text that is no part of the corpus.
    fn unseen_annotations(&self, corpus: &LoadedCorpus, text: FileId) -> Option<String> {
        let path = self.read.texts.file(text)?;
        let known: Vec<&str> =
            self.annotations.get(&text).into_iter().flatten().filter_map(|file| file.path.file_name()).collect();
        let (folder, name) = (path.parent()?, path.file_name()?);
        let listed = corpus.files.listed(folder);
        listed.into_iter().find(|other| annotation_files::may_annotate(other, name) && !known.contains(&other.as_str()))
    }

    /// The annotation files beside a text.
    fn beside(&self, text: FileId) -> Result<Vec<(FileId, Standoff)>, String> {
        let Some((number, _)) = self.read.texts.locate(text) else { return Ok(Vec::new()) };
        let corpus: &LoadedCorpus = &self.read.loaded.corpora[number];
        if let Some(unseen) = self.unseen_annotations(corpus, text) {
            return Err(format!(
                "{unseen} stands beside it and is not read (git ignores it, `exclude` leaves it out, it is a link, or \
                 its name is not written like that of other annotation files), so its annotations would not move along"
            ));
        }
        let mut found = Vec::new();
        for beside in self.annotations.get(&text).into_iter().flatten() {
            let content = corpus
                .annotation(beside, &AnnotationConfigurations::default())
                .map_err(|problem| problem.to_string())?;
            let number = self.read.texts.number(number, beside.id);
            let standoff = content.standoff.map_err(|_| format!("{} is not UTF-8", self.read.texts.path(number)))?;
            found.push((number, standoff));
        }
        Ok(found)
    }
}

impl RoundResult {
    fn move_annotations(&mut self, text: FileId, moved: Vec<(FileId, Arc<str>)>) {
        let group = moved.iter().map(|(id, _)| *id).chain([text]).collect();
        self.groups.push(group);
        self.texts.extend(moved);
    }

    fn add(&mut self, fixes: &[&Fix], done: &crate::fix::Round) {
        self.texts.extend(done.texts.iter().map(|(id, text)| (*id, Arc::from(text.as_str()))));
        for (fix, _) in fixes.iter().zip(&done.fates).filter(|(_, fate)| **fate == Fate::Made) {
            self.groups.push(fix.edits.iter().map(|edit| edit.file).collect());
            self.fixes.extend(fix.edits.first().map(|edit| edit.file));
        }
    }
}

impl FixedFiles {
    fn take_in(&mut self, made: &RoundResult, texts: &RunTexts) {
        for (id, after) in &made.texts {
            if let Some(change) = self.changes.get_mut(id) {
                change.after = after.clone();
            } else if let (Some(before), Some(path)) = (made.before.get(id), texts.file(*id)) {
                // Not what stands on the disk now: somebody may be saving the file, which is seen when it is written.
                let (shown, path, before) = (texts.path(*id).to_owned(), path.to_owned(), before.clone());
                self.changes.insert(*id, FileChange { shown, path, before, after: after.clone() });
            }
        }
        for group in &made.groups {
            self.join(group.clone());
        }
        self.made.extend(&made.fixes);
    }

    /// Notes that these files are written together, and with them all that are written with one of them.
    fn join(&mut self, mut group: BTreeSet<FileId>) {
        self.groups.retain(|other| {
            let apart = other.is_disjoint(&group);
            if !apart {
                group.extend(other);
            }
            apart
        });
        self.groups.push(group);
    }

    /// Tells whether nothing changed.
    pub fn is_empty(&self) -> bool {
        self.changes.values().all(|change| change.before == change.after)
    }

    /// Shows what changed as a unified diff, by path.
    ///
    /// # Errors
    /// When writing fails.
    pub fn show(&self, out: &mut dyn Write, options: RenderOptions) -> io::Result<()> {
        let mut changes: Vec<&FileChange> = self.changes.values().collect();
        changes.sort_by(|a, b| a.shown.cmp(&b.shown));
        for change in changes {
            diff::unified(out, &change.shown, &change.before, &change.after, options)?;
        }
        out.flush()
    }

    /// Writes what changed; says what could not be written and is as it was.
    pub fn write(&self) -> Vec<FileError> {
        let mut problems = Vec::new();
        for group in &self.groups {
            let changes: Vec<&FileChange> = group.iter().filter_map(|id| self.changes.get(id)).collect();
            let replacements: Vec<Replacement<'_>> = changes
                .iter()
                .map(|change| Replacement {
                    path: &change.path,
                    before: change.before.as_bytes(),
                    after: change.after.as_bytes(),
                })
                .collect();
            if let Err(failure) = replace_all(&replacements) {
                let failed = changes[failure.number].shown.as_str();
                problems.push(FileError { path: failed.to_owned(), message: failure.message });
                for other in changes.iter().filter(|change| change.shown != failed) {
                    let message = format!("not fixed, since it is fixed together with {failed} or not at all");
                    problems.push(FileError { path: other.shown.clone(), message });
                }
            }
        }
        problems
    }

    /// `FixedFiles 3 findings in 2 files`.
    pub fn summary(&self, did: &str) -> String {
        self.summary_without(did, &[])
    }

    /// The same without what could not be written.
    pub fn summary_without(&self, did: &str, problems: &[FileError]) -> String {
        let written = |change: &FileChange| !problems.iter().any(|problem| problem.path == change.shown);
        let files = self.changes.values().filter(|change| written(change)).count();
        let findings = self.made.iter().filter(|id| self.changes.get(*id).is_some_and(written)).count();
        match findings {
            0 => format!("{did} nothing"),
            _ => format!("{did} {} in {}", count(findings, "finding"), count(files, "file")),
        }
    }
}
