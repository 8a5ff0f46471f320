//! Annotations that follow the texts in the editor, and are written when these are saved.
//!
//! What was typed moves annotations in memory alone. On save the annotation file is written by a worker, where the disk
//! still holds what the annotations were read from: what somebody else has written meanwhile is left as it is. A file
//! that has unsaved changes in the editor is edited there.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};

use super::OpenCorpus;
use super::annotation_write::{self, AnnotationJob, AnnotationWrite, WriteOutcome};
use super::followed_text::FollowedText;
use super::news::{CorpusNews, Reporter};
use crate::annotation::Standoff;
use crate::corpus::DocumentEdit;
use crate::disk::{annotation_files, read};
use crate::ide::annotation::{MovedAnnotations, SavedAnnotations};
use crate::lsp::ids::CorpusId;
use crate::lsp::shutdown::Answering;
use crate::lsp::threads::Workers;
use crate::lsp::view::AnnotationView;
use crate::lsp::view::standoff::{as_saved, shown_document};
use crate::text::edit::TextEdit;
use crate::text::{Encoding, FileId};

/// Bytes of a text without annotations that are kept as they were saved last: a longer copy would be felt at the first
/// key.
const MOST_REMEMBERED: u32 = 256 << 10;

impl OpenCorpus {
    /// Takes in edits of a text in the editor. Its annotations follow.
    pub fn edit_text(&mut self, below: &Utf8Path, edits: Vec<DocumentEdit>, encoding: Encoding) {
        let Some(text) = self.world.known(below).filter(|text| self.is_remembered(below, *text)) else {
            return self.world().change(below, edits, encoding);
        };
        for edit in edits {
            let document = self.world.current().file(text).and_then(|file| file.document()).cloned();
            if let (Some(document), Some(followed)) = (document, self.annotated.followed.get_mut(&text)) {
                followed.edit(&document, &edit, encoding);
            }
            self.world().change(below, vec![edit], encoding);
        }
        self.show_moved(text);
    }

    /// Returns whether it is known how an open text was saved last, and notes that, unless it is long, where nobody has
    /// asked before: annotations that come later may count the text as it was before its edits.
    fn is_remembered(&mut self, below: &Utf8Path, text: FileId) -> bool {
        if self.follows(below, text) {
            return true;
        }
        let Some(file) = self.world.current().file(text) else { return false };
        let Some(document) = file.document().filter(|open| open.tree().end().byte <= MOST_REMEMBERED) else {
            return false;
        };
        let shown = shown_document(document);
        let saved = file.disk.map_or_else(|| shown.clone(), |disk| as_saved(shown.clone(), &disk));
        self.annotated.followed.insert(text, FollowedText::new(saved.as_ref().to_owned(), document, Vec::new()));
        true
    }

    /// Has annotations follow a text that was opened. The disk holds now what their offsets count; soon after the first
    /// edit it may hold something else.
    pub fn follow_text(&mut self, below: &Utf8Path) {
        let Some(text) = self.world.known(below) else { return };
        let Some(followed) = self.annotated.inherited.remove(below) else {
            self.follows(below, text);
            return;
        };
        let mut beside: BTreeSet<Utf8PathBuf> = followed.files.iter().map(|(path, _)| path.clone()).collect();
        beside.extend(self.annotations_of_text(below, text));
        self.annotated.followed.insert(text, followed);
        beside.iter().for_each(|file| self.take_in_followed(file));
    }

    /// Takes over the texts that annotations followed before the corpus was opened anew, with what is being written: an
    /// edit of the configuration must not make annotations forget the text they count.
    pub(super) fn inherit_followed(&mut self, old: &mut Self) {
        for (text, followed) in std::mem::take(&mut old.annotated.followed) {
            if let Some(path) = old.world.named(text) {
                self.annotated.inherited.insert(path.to_path_buf(), followed);
            }
        }
        self.annotated.writes = std::mem::take(&mut old.annotated.writes);
        if !self.annotated.writes.is_empty() {
            // It may have taken over itself what is still being written.
            self.annotated.writing_before = std::mem::take(&mut old.annotated.writing_before);
            self.annotated.writing_before.insert(old.id);
        }
    }

    /// Returns whether it was opened in the place of a corpus that was writing annotations.
    pub fn succeeds(&self, id: CorpusId) -> bool {
        self.annotated.writing_before.contains(&id)
    }

    /// Forgets inherited texts that are not open any more.
    pub fn forget_inherited(&mut self) {
        self.annotated.inherited.clear();
    }

    /// The annotation files beside a text that are known.
    fn annotations_of_text(&self, below: &Utf8Path, text: FileId) -> Vec<Utf8PathBuf> {
        let beside = annotation_files::names(below).filter(|name| {
            let known = self.world.known(name).and_then(|id| self.annotated.files.get(id));
            // The text may have been opened just now.
            known.is_some() && self.text_beside(name) == Some(text)
        });
        beside.collect()
    }

    /// Returns whether annotations follow a text; they do from when it is opened, else from its first edit on.
    fn follows(&mut self, below: &Utf8Path, text: FileId) -> bool {
        if self.annotated.followed.contains_key(&text) {
            return true;
        }
        let beside = self.annotations_of_text(below, text);
        if beside.is_empty() {
            return false;
        }
        let Some(document) = self.world.current().file(text).and_then(|file| file.document()).cloned() else {
            return false;
        };
        let saved = read::read(&self.root.join(below)).ok().and_then(|bytes| String::from_utf8(bytes).ok());
        let saved = saved.unwrap_or_else(|| shown_document(&document).as_ref().to_owned());
        let files = beside.into_iter().filter_map(|below| {
            let standoff = self.annotations_of(&below)?;
            Some((below, standoff))
        });
        let files: Vec<_> = files.collect();
        self.annotated.followed.insert(text, FollowedText::new(saved, &document, files));
        true
    }

    /// The annotations of a file as they stand in the editor, else on the disk.
    fn annotations_of(&self, below: &Utf8Path) -> Option<Standoff> {
        let known = self.world.known(below).and_then(|id| self.annotated.files.get(id))?;
        match &known.open {
            Some(text) => Some(Standoff::parse(text.as_ref())),
            None => String::from_utf8(read::read(&self.root.join(below)).ok()?).ok().map(Standoff::parse),
        }
    }

    /// The places of the annotations of a file, where these are others than it says.
    pub(super) fn moved_annotations(&self, text: FileId, below: &Utf8Path) -> Option<Arc<MovedAnnotations>> {
        let annotations = self.annotated.followed.get(&text)?.file(below)?;
        annotations.is_moved().then(|| Arc::new(annotations.moved()))
    }

    /// The text that an annotation file follows.
    fn text_followed_by(&self, below: &Utf8Path) -> Option<FileId> {
        let mut followed = self.annotated.followed.iter();
        followed.find(|(_, followed)| followed.file(below).is_some()).map(|(text, _)| *text)
    }

    /// Puts where the annotations of a text stand now where requests look.
    fn show_moved(&mut self, text: FileId) {
        let Some(followed) = self.annotated.followed.get(&text) else { return };
        for (below, annotations) in &followed.files {
            let Some(id) = self.world.known(below) else { continue };
            let Some(known) = self.annotated.files.get(id).cloned() else { continue };
            let moved = annotations.is_moved().then(|| Arc::new(annotations.moved()));
            self.annotated.files.files.insert_mut(id, AnnotationView { moved, ..known });
        }
    }

    /// Takes in that an annotation file may have another content, in the editor or on the disk.
    pub(super) fn take_in_followed(&mut self, below: &Utf8Path) {
        let text = self.world.known(below).and_then(|id| self.annotated.files.get(id)).and_then(|beside| beside.text);
        let Some(text) = text.or_else(|| self.text_followed_by(below)) else { return };
        if !self.annotated.followed.contains_key(&text) {
            // The first annotations of a text that is open: the disk holds now what their offsets count.
            if let Some(path) = self.world.named(text).cloned() {
                self.follows(&path, text);
            }
            return;
        }
        let standoff = self.annotations_of(below);
        let document = self.world.current().file(text).and_then(|file| file.document()).cloned();
        let (Some(document), Some(followed)) = (document, self.annotated.followed.get_mut(&text)) else { return };
        let now = followed.now(&document);
        let Some(standoff) = standoff else {
            followed.files.retain(|(path, _)| path != below);
            return;
        };
        let (saved, before) = (followed.saved.clone(), followed.saved_before.clone());
        match followed.file_mut(below) {
            Some(annotations) => annotations.take_in(standoff, &now, [Some(&saved), before.as_deref()]),
            None => followed.add(below.to_owned(), standoff, &document),
        }
        self.show_moved(text);
    }

    /// Notes what annotations become when a text is saved as it is now.
    pub fn note_moves(&self, below: &Utf8Path, cache: &Utf8Path, workers: &Workers) {
        let Some(text) = self.world.known(below) else { return };
        let Some(document) = self.world.current().file(text).and_then(|file| file.document()) else { return };
        let Some(followed) = self.annotated.followed.get(&text) else { return };
        let now: Arc<str> = followed.now(document).into();
        for (annotations, moved) in followed.files.iter().filter(|(_, file)| file.is_moved()) {
            let (text, path) = (self.root.join(below), self.root.join(annotations));
            let (cache, now, moved) = (cache.to_owned(), now.clone(), moved.moved());
            workers.run(move || annotation_write::note(&cache, &text, &path, &moved, &now));
        }
    }

    /// Takes in that a text was saved: its annotations are written as they stand.
    pub fn save_annotations(&mut self, below: &Utf8Path, answering: Answering, workers: &Workers, reporter: &Reporter) {
        let Some(text) = self.world.known(below) else { return };
        let Some(document) = self.world.current().file(text).and_then(|file| file.document()).cloned() else { return };
        let Some(followed) = self.annotated.followed.get_mut(&text) else { return };
        let now: Arc<str> = followed.now(&document).into();
        followed.note_saved(&now);
        let answering = Arc::new(answering);
        let mut jobs = Vec::new();
        for (below, annotations) in &mut followed.files {
            if !annotations.is_moved() {
                continue;
            }
            let moved = annotations.moved();
            let SavedAnnotations { content, edits } = annotations.save(&now);
            let known = self.world.known(below).and_then(|id| self.annotated.files.get(id));
            let is_open = known.is_some_and(|known| known.open.is_some());
            if content == annotations.standoff().source() && annotations.last_written().is_none() {
                annotations.written(&content, edits, is_open);
                continue;
            }
            let job = AnnotationJob {
                path: self.root.join(&*below),
                moved,
                text: now.clone(),
                is_open,
                edits,
                before: annotations.last_written(),
                answering: answering.clone(),
            };
            match self.annotated.writes.get_mut(below) {
                Some(next) => *next = Some(job),
                None => jobs.push((below.clone(), job)),
            }
        }
        for (below, job) in jobs {
            self.write(below, job, workers, reporter);
        }
        self.show_moved(text);
    }

    fn write(&mut self, below: Utf8PathBuf, job: AnnotationJob, workers: &Workers, reporter: &Reporter) {
        self.annotated.writes.insert(below.clone(), None);
        let (id, reporter) = (self.id, reporter.clone());
        workers.run(move || {
            // One that fails inside must not keep the next one waiting.
            let edits = job.edits;
            let outcome = catch_unwind(AssertUnwindSafe(|| job.run()));
            let outcome = outcome.unwrap_or_else(|_| WriteOutcome::Failed("it has failed inside".to_owned()));
            reporter.tell(id, CorpusNews::AnnotationsWritten(AnnotationWrite { below, edits, outcome }));
            job.end();
        });
    }

    /// Takes in that annotations were written, or not: what waits for that is written next.
    pub fn write_is_over(&mut self, write: &AnnotationWrite, workers: &Workers, reporter: &Reporter) {
        let Some(next) = self.annotated.writes.remove(&write.below).flatten() else { return };
        let before = match &write.outcome {
            WriteOutcome::Written(content) => {
                Some((next.moved.standoff().clone(), Arc::new(Standoff::parse(content.as_str()))))
            }
            _ => next.before.clone(),
        };
        self.write(write.below.clone(), AnnotationJob { before, ..next }, workers, reporter);
    }

    /// Takes in what stands in an annotation file since its text was saved.
    pub fn annotations_written(&mut self, below: &Utf8Path, content: &str, edits: u64) {
        let Some(text) = self.text_followed_by(below) else { return self.renew(below) };
        let is_open = {
            let known = self.world.known(below).and_then(|id| self.annotated.files.get(id));
            known.is_some_and(|known| known.open.is_some())
        };
        let annotations = self.annotated.followed.get_mut(&text).and_then(|followed| followed.file_mut(below));
        if let Some(annotations) = annotations {
            annotations.written(content, edits, is_open);
        }
        self.show_moved(text);
        self.renew(below);
    }

    /// Takes in that somebody else has written an annotation file.
    pub fn annotations_changed_meanwhile(&mut self, below: &Utf8Path) {
        self.take_in_followed(below);
        self.renew(below);
    }

    /// The replacements that bring an annotation file in the editor to its text, with what stands there.
    pub fn moves_in_editor(&self, below: &Utf8Path) -> Option<(Arc<str>, Vec<TextEdit>)> {
        let text = self.text_followed_by(below)?;
        let followed = self.annotated.followed.get(&text)?;
        let document = self.world.current().file(text)?.document()?;
        let moved = followed.file(below)?.moved();
        let edits = moved.edits(&followed.now(document));
        (!edits.is_empty()).then(|| (moved.standoff().source().into(), edits))
    }

    /// Takes in that a text was closed: what was typed and not saved is gone, and annotations are where they were.
    pub fn unfollow(&mut self, below: &Utf8Path) {
        let Some(text) = self.world.known(below) else { return };
        let Some(followed) = self.annotated.followed.remove(&text) else { return };
        for (below, _) in followed.files {
            self.renew(&below);
        }
    }
}
