//! Annotation files beside texts, as the server knows them.
//!
//! The owner notes which there are, what the editor has open of them, and gives each a stamp that changes with whatever
//! it is compared with: at once where that lies on disk or is the file itself, when the typing pauses where it is a
//! text in the editor. Findings are made on the pool when they are asked for, from what stands in the editor and else
//! on disk at that moment. Deliberately absent: what annotations say, and the text of closed files.

use std::collections::BTreeSet;
use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};

use super::{OpenCorpus, ScanState};
use crate::disk::annotation_files;
use crate::disk::compared_set::ComparedPlaces;
use crate::lsp::view::AnnotationView;
use crate::text::FileId;

impl OpenCorpus {
    /// Takes in which annotation files a walk has found.
    pub fn set_annotations(&mut self, found: Vec<Utf8PathBuf>) {
        let mut found: BTreeSet<Utf8PathBuf> = found.into_iter().collect();
        if self.scan == ScanState::Wanted {
            // What has come while the walk ran is not in it; the next one says what is ignored.
            let missed = self.annotated.on_disk.difference(&found).filter(|below| self.root.join(below).is_file());
            let missed: Vec<Utf8PathBuf> = missed.cloned().collect();
            found.extend(missed);
        }
        let changed: Vec<Utf8PathBuf> = found.symmetric_difference(&self.annotated.on_disk).cloned().collect();
        self.annotated.on_disk = found;
        for below in &changed {
            self.renew_with_dependants(below);
            self.take_in_followed(below);
        }
    }

    /// Takes in that something happened to an annotation file on disk that is not open.
    pub fn annotations_on_disk(&mut self, below: &Utf8Path, is_there: bool) {
        if is_there != self.annotated.on_disk.contains(below) {
            // Whether it belongs to the corpus a walk says, which knows what is ignored; until then it goes with its
            // text. One that is gone is waited for: many editors move a file away and write another in its place.
            self.want_scan();
            if is_there && self.text_beside(below).is_some() {
                self.annotated.on_disk.insert(below.to_owned());
            }
        }
        if self.annotated.on_disk.contains(below) {
            self.renew_with_dependants(below);
            self.take_in_followed(below);
        }
    }

    /// Takes in that something happened to all annotation files in a folder: another `annotation.conf`.
    pub fn annotations_changed(&mut self, folder: &Utf8Path) {
        self.annotated.files.configurations = Arc::default();
        let inside: Vec<Arc<Utf8Path>> = self.annotated.files.iter().map(|(_, beside)| beside.path.clone()).collect();
        for below in inside.iter().filter(|below| below.starts_with(folder)) {
            self.renew(below);
        }
    }

    /// The places in which the other side of a comparison changes.
    pub const fn compared(&self) -> &ComparedPlaces {
        &self.compared
    }

    /// Takes in that something happened to a file that may be of the other side of a comparison, or give a revision
    /// another meaning.
    pub fn compared_on_disk(&mut self, path: &Utf8Path) {
        if self.compared.may_move(path) {
            self.annotations_changed(Utf8Path::new(""));
            // The revision may be one now, or no longer.
            self.dirty.extend(self.world.current().config_source.iter().map(|(id, _)| *id));
            self.news = true;
        }
        let theirs = self.compared.folder.as_ref().and_then(|folder| path.strip_prefix(folder).ok());
        if let Some(below) = theirs.map(Utf8Path::to_owned) {
            for ours in annotation_files::names(&below.with_extension("txt")) {
                self.renew_annotations(&ours);
            }
        }
    }

    /// Takes in the text of a configuration of annotations in the editor, or that it was closed: annotations are
    /// compared with it when the typing pauses.
    pub fn set_annotation_configuration(&mut self, below: &Utf8Path, text: Option<&str>) {
        match text {
            Some(text) => self.annotated.files.opened.insert_mut(below.to_owned(), text.into()),
            None => drop(self.annotated.files.opened.remove_mut(below)),
        }
        self.annotated.files.configurations = Arc::default();
        let folder = below.parent().unwrap_or(Utf8Path::new(""));
        let inside = self.annotated.files.files.values().filter(|beside| beside.path.starts_with(folder));
        self.annotated.due.extend(inside.map(|beside| beside.path.to_path_buf()));
        self.annotated.typed |= !self.annotated.due.is_empty();
    }

    /// Takes in the text of an annotation file in the editor.
    pub fn open_annotations(&mut self, below: &Utf8Path, text: &str) {
        self.set_open(below, Some(text.into()));
    }

    /// Takes in that an annotation file was closed: what is on disk stands from now on.
    pub fn close_annotations(&mut self, below: &Utf8Path) {
        if !self.annotated.on_disk.contains(below) && self.root.join(below).is_file() {
            // One that was made in the editor. A walk says whether it is ignored.
            self.annotated.on_disk.insert(below.to_owned());
            self.want_scan();
        }
        self.set_open(below, None);
    }

    fn set_open(&mut self, below: &Utf8Path, open: Option<Arc<str>>) {
        self.put(below, open);
        // What is shown in its text, links among it, is others' to ask for anew.
        self.news |= self.text_beside(below).is_some();
        self.renew_found(below);
        self.take_in_followed(below);
    }

    /// Takes in which texts have changed, and whether the configuration has.
    pub(super) fn texts_changed(&mut self, touched: &[FileId]) {
        let config = &self.world.current().config;
        if !Arc::ptr_eq(config, &self.annotated.config) {
            self.annotated.config = config.clone();
            let all = self.annotated.files.files.values().map(|beside| beside.path.to_path_buf());
            self.annotated.due.extend(all);
            self.annotated.typed |= !self.annotated.due.is_empty();
        }
        if !self.annotated.config.suppress.is_empty() && !touched.is_empty() {
            self.annotated.suppressions_due = true;
            self.annotated.typed = true;
        }
        if self.annotated.files.files.is_empty() {
            return;
        }
        for text in touched {
            let Some(path) = self.world.named(*text).cloned() else { continue };
            let is_open = self.world.current().file(*text).is_some_and(|file| file.document().is_some());
            for below in annotation_files::names(&path) {
                let known = self.world.known(&below).and_then(|id| self.annotated.files.get(id));
                let Some(known) = known else { continue };
                // Only what is known to be its text can wait: edits of a text must find its annotations.
                if is_open && known.text == Some(*text) {
                    self.annotated.due.insert(below);
                    self.annotated.typed = true;
                } else {
                    self.renew(&below);
                }
            }
        }
    }

    /// Returns whether something is to be compared when the typing pauses; asked once for each time.
    pub fn take_typed(&mut self) -> bool {
        std::mem::take(&mut self.annotated.typed)
    }

    /// The typing pauses: annotations are compared with what stands in the editor.
    pub fn compare(&mut self) {
        for below in std::mem::take(&mut self.annotated.due) {
            self.renew(&below);
        }
        if std::mem::take(&mut self.annotated.suppressions_due) {
            let config = self.current().config_source.as_ref().map(|(id, _)| *id);
            self.dirty.extend(config);
            self.news |= self.current().config_source.as_ref().is_some_and(|(_, config)| config.open);
        }
    }

    fn renew_with_dependants(&mut self, below: &Utf8Path) {
        self.renew(below);
        self.renew_found(below);
    }

    /// Of an `.a1` the `.a2`, which refers to it.
    fn renew_found(&mut self, below: &Utf8Path) {
        if below.extension() == Some("a1") {
            let found = below.with_extension("a2");
            if self.has_annotations(&found) {
                self.renew(&found);
            }
        }
    }

    /// Takes in that what is compared with an annotation file is another.
    pub fn renew_annotations(&mut self, below: &Utf8Path) {
        if self.has_annotations(below) {
            self.renew(below);
        }
    }

    fn has_annotations(&self, below: &Utf8Path) -> bool {
        self.world.known(below).is_some_and(|id| self.annotated.files.get(id).is_some())
    }

    /// Takes in that an annotation file, or what it is compared with, may be another, or that it has come or gone.
    pub(super) fn renew(&mut self, below: &Utf8Path) {
        let known = self.world.known(below).and_then(|id| self.annotated.files.get(id));
        let open = known.and_then(|beside| beside.open.clone());
        self.put(below, open);
        self.news = true;
    }

    fn put(&mut self, below: &Utf8Path, open: Option<Arc<str>>) {
        let id = self.world.id(below);
        self.dirty.insert(id);
        if open.is_some() || self.annotated.on_disk.contains(below) {
            let beside = self.beside(below, open);
            self.annotated.files.files.insert_mut(id, beside);
        } else {
            self.annotated.stamps += 1;
            self.annotated.files.files.remove_mut(&id);
        }
        self.annotated.files.latest = self.annotated.stamps;
    }

    /// An annotation file as it is now.
    fn beside(&mut self, below: &Utf8Path, open: Option<Arc<str>>) -> AnnotationView {
        self.annotated.stamps += 1;
        let given = below.with_extension("a1");
        let given = self.world.known(&given).filter(|_| below.extension() == Some("a2"));
        let text = self.text_beside(below);
        let moved = text.and_then(|text| self.moved_annotations(text, below));
        AnnotationView { path: below.into(), open, stamp: self.annotated.stamps, text, given, moved }
    }

    /// The text that an annotation file belongs to: the one of its name, `.txt` before others.
    pub(super) fn text_beside(&self, below: &Utf8Path) -> Option<FileId> {
        let stem = below.with_extension("");
        let of_text = |text: &Utf8Path| self.world.known(text).filter(|id| self.current().file(*id).is_some());
        let first = of_text(&below.with_extension("txt"));
        first.or_else(|| self.texts_of_stem(&stem).find_map(|text| of_text(text)))
    }
}
