//! One round of fixing.
//!
//! A text with annotations beside it is fixed only together with their offsets: where an annotation would be lost, the
//! fix is refused and named. Annotations whose words are not at their offsets are repaired first, in a round of their
//! own. Deliberately absent: writing (`files.rs`).

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

use camino::Utf8PathBuf;

use crate::annotation::{AnchorRefusal, AnchoredText, OnDeletion, Standoff};
use crate::cli::read::LoadedRun;
use crate::diagnostic::{Diagnostic, FileEdit, Fix};
use crate::disk::annotation_files::{self, AnnotationConfigurations, AnnotationFile};
use crate::disk::loaded::LoadedCorpus;
use crate::disk::run_texts::RunTexts;
use crate::fix::{Allowed, Fate, round};
use crate::render::Sources as _;
use crate::text::edit::{TextEdit, applied};
use crate::text::{FileId, Span};

/// Annotation files with what they become.
type ReanchoredFiles = Vec<(FileId, Arc<str>)>;

/// The places in the text of annotations that would be lost, and why.
type LostAnnotations = (Vec<Span>, String);

/// Fixes of a text that were not made.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RefusedFix {
    /// The text.
    path: String,
    /// The reason.
    why: String,
}

impl fmt::Display for RefusedFix {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: not fixed, since {}", self.path, self.why)
    }
}

/// The result of one round of fixing.
#[derive(Debug, Default)]
pub(super) struct RoundResult {
    /// The new text of each file that changed.
    pub(super) texts: BTreeMap<FileId, Arc<str>>,
    /// The text from which the new one was made.
    pub(super) before: BTreeMap<FileId, Arc<str>>,
    /// Files that are written together.
    pub(super) groups: Vec<BTreeSet<FileId>>,
    /// The file that each fix that was made changes first.
    pub(super) fixes: Vec<FileId>,
}

/// One round of fixing.
pub(super) struct FixRound<'a> {
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
    /// The names in each folder of a text that may be those of annotation files, by what they annotate.
    listed: BTreeMap<Utf8PathBuf, BTreeMap<String, Vec<String>>>,
}

impl<'a> FixRound<'a> {
    /// The round that stands before `read`; what is not made for the annotations' sake is noted in `refused`.
    pub(super) fn new(read: &'a LoadedRun, refused: &'a mut BTreeSet<RefusedFix>) -> Self {
        let mut annotates = BTreeMap::new();
        let mut annotations: BTreeMap<FileId, Vec<&AnnotationFile>> = BTreeMap::new();
        for (number, corpus) in read.loaded.corpora.iter().enumerate() {
            for beside in &corpus.annotations {
                let text = read.texts.number(number, beside.text);
                annotates.insert(read.texts.number(number, beside.id), text);
                annotations.entry(text).or_default().push(beside);
            }
        }
        let (texts, besides, listed) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        Self { read, refused, texts, besides, annotates, annotations, listed }
    }

    /// Makes the fixes of what was found, as far as `asked` wants them.
    pub(super) fn round(
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
        let mut fixes = self.bearable(fixes);
        loop {
            let done = round(&fixes, allowed, |file| self.texts.get(&file)?.as_deref());
            let mut made = RoundResult::default();
            let mut barred: Vec<(FileId, Vec<Span>, String)> = Vec::new();
            for (file, edits) in &done.changes {
                match self.reanchor(*file, edits) {
                    Ok(moved) => made.move_annotations(*file, moved),
                    Err((spans, why)) => barred.push((*file, spans, why)),
                }
            }
            if barred.is_empty() {
                made.add(&fixes, &done);
                return made;
            }
            // Each fix alone would do, all together not: of those that touch what would be lost none is made.
            for (file, spans, why) in barred {
                self.refuse(file, why);
                let is_in_it = |edit: &FileEdit| {
                    let span = edit.place.span();
                    edit.file == file && spans.iter().any(|lost| lost.start <= span.end && span.start <= lost.end)
                };
                let before = fixes.len();
                fixes.retain(|fix| !fix.edits.iter().any(is_in_it));
                if fixes.len() == before {
                    fixes.retain(|fix| fix.edits.iter().all(|edit| edit.file != file));
                }
            }
        }
    }

    /// The fixes that all annotations would survive, each made alone; the others are noted. A text and its annotations
    /// are looked at once, whatever the number of fixes.
    fn bearable<'f>(&mut self, fixes: Vec<&'f Fix>) -> Vec<&'f Fix> {
        let mut by_file: BTreeMap<FileId, Vec<(usize, Vec<TextEdit>)>> = BTreeMap::new();
        for (number, fix) in fixes.iter().enumerate() {
            let mut edits: BTreeMap<FileId, Vec<TextEdit>> = BTreeMap::new();
            for edit in &fix.edits {
                let edit_of_text = TextEdit::replace(edit.place.span(), edit.text.clone());
                edits.entry(edit.file).or_default().push(edit_of_text);
            }
            for (file, mut edits) in edits {
                edits.sort();
                by_file.entry(file).or_default().push((number, edits));
            }
        }
        let mut is_bearable = vec![true; fixes.len()];
        for (file, edits) in by_file {
            for (number, why) in self.unbearable(file, &edits) {
                is_bearable[number] = false;
                self.refuse(file, why);
            }
        }
        fixes.into_iter().zip(is_bearable).filter_map(|(fix, is_bearable)| is_bearable.then_some(fix)).collect()
    }

    /// Those of the numbered edits of a text that its annotations do not bear, each with the reason.
    fn unbearable(&self, file: FileId, edits: &[(usize, Vec<TextEdit>)]) -> Vec<(usize, String)> {
        let besides = match self.besides.get(&file) {
            None => return Vec::new(),
            Some(Err(why)) => return edits.iter().map(|(number, _)| (*number, why.clone())).collect(),
            Some(Ok(besides)) => besides,
        };
        let Some(text) = self.texts.get(&file).and_then(Option::as_deref) else { return Vec::new() };
        let mut found = Vec::new();
        for (id, standoff) in besides {
            let anchored = AnchoredText::new(standoff, text);
            for (number, edits) in edits {
                if let Err(refusal) = anchored.bear(edits) {
                    found.push((*number, self.why(*id, &refusal)));
                }
            }
        }
        found
    }

    /// The reason why edits of a text are refused for the sake of an annotation file beside it.
    fn why(&self, annotations: FileId, refusal: &AnchorRefusal) -> String {
        let path = self.read.texts.path(annotations);
        match refusal {
            AnchorRefusal::Unfit => "the fix does not fit the text".to_owned(),
            AnchorRefusal::Lost(losses) => {
                let ids: Vec<&str> = losses.iter().map(|loss| loss.id.as_str()).collect();
                format!("{path} would lose {}", listed(&ids))
            }
            AnchorRefusal::Mismatching(ids) => {
                let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
                format!("the words of {} in {path} are not at their offsets: repair these first", listed(&ids))
            }
        }
    }

    fn refuse(&mut self, file: FileId, why: String) {
        self.refused.insert(RefusedFix { path: self.read.texts.path(file).to_owned(), why });
    }

    /// The annotation files beside a text after edits of the text, as far as they change; or the places in the text of
    /// annotations that would be lost, and why.
    fn reanchor(&self, file: FileId, edits: &[TextEdit]) -> Result<ReanchoredFiles, LostAnnotations> {
        let Some(besides) = self.besides.get(&file) else { return Ok(Vec::new()) };
        let besides = besides.as_ref().map_err(|why| (Vec::new(), why.clone()))?;
        let Some(text) = self.texts.get(&file).and_then(Option::as_deref) else { return Ok(Vec::new()) };
        let mut moved = Vec::new();
        for (id, standoff) in besides {
            let anchored = AnchoredText::new(standoff, text);
            let changes = anchored.reanchor(edits, OnDeletion::Refuse).map_err(|refusal| {
                let spans = match &refusal {
                    AnchorRefusal::Lost(losses) => {
                        losses.iter().filter_map(|loss| anchored.span_of_line(loss.line)).collect()
                    }
                    AnchorRefusal::Unfit | AnchorRefusal::Mismatching(_) => Vec::new(),
                };
                (spans, self.why(*id, &refusal))
            })?;
            let new = applied(standoff.source(), &changes).filter(|_| !changes.is_empty());
            moved.extend(new.map(|new| (*id, Arc::from(new))));
        }
        Ok(moved)
    }

    /// An annotation file beside a text that is no part of the corpus.
    fn unseen_annotations(&mut self, corpus: &LoadedCorpus, text: FileId) -> Option<String> {
        let path = self.read.texts.file(text)?;
        let known: Vec<&str> =
            self.annotations.get(&text).into_iter().flatten().filter_map(|file| file.path.file_name()).collect();
        let (folder, name) = (path.parent()?, path.file_name()?);
        // A folder may hold many texts: it is listed once.
        let listed = self.listed.entry(folder.to_owned()).or_insert_with(|| by_annotated(corpus.files.listed(folder)));
        let stem = path.file_stem().unwrap_or(name);
        let beside = [stem, name].into_iter().filter_map(|text| listed.get(text)).flatten();
        let mut unseen =
            beside.filter(|other| annotation_files::may_annotate(other, name) && !known.contains(&other.as_str()));
        unseen.next().cloned()
    }

    /// The annotation files beside a text.
    fn beside(&mut self, text: FileId) -> Result<Vec<(FileId, Standoff)>, String> {
        let Some((number, _)) = self.read.texts.locate(text) else { return Ok(Vec::new()) };
        let read = self.read;
        let corpus: &LoadedCorpus = &read.loaded.corpora[number];
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

/// The first of many ids, as a list.
fn listed(ids: &[&str]) -> String {
    const SHOWN: usize = 10;
    match ids.len().checked_sub(SHOWN) {
        None | Some(0) => ids.join(", "),
        Some(more) => format!("{} and {more} more", ids[..SHOWN].join(", ")),
    }
}

/// File names by the part before the last point: the name or stem of the text that such an annotation file annotates.
fn by_annotated(names: Vec<String>) -> BTreeMap<String, Vec<String>> {
    let mut by_stem: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for name in names {
        if let Some((stem, _)) = name.rsplit_once('.') {
            by_stem.entry(stem.to_owned()).or_default().push(name);
        }
    }
    by_stem
}
