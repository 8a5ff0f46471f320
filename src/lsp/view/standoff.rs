//! Contents of annotation files, read by workers when somebody asks: from the editor where a file is open, else from
//! disk.

use std::sync::Arc;

use camino::Utf8Path;

use super::annotations::AnnotationView;
use super::corpus_view::CorpusView;
use super::moved_places::MovedPlaces;
use crate::annotation::Standoff;
use crate::corpus::DiskFacts;
use crate::corpus::document::Document;
use crate::diagnostic::FileEdit;
use crate::disk::annotation_files::{self, AnnotationContent};
use crate::disk::read;
use crate::rules::{self, FileReport};
use crate::text::position::BYTE_ORDER_MARK;
use crate::text::{FileId, LineIndex};

impl AnnotationView {
    /// The findings in it. Reads what is not open, so it is nothing for the owner's thread.
    pub fn check(&self, view: &CorpusView, file: FileId) -> FileReport {
        if self.text.is_none() && self.is_orphan(view) {
            return rules::check_orphan(&view.snapshot, file, &self.path);
        }
        let content = self.content(view);
        let annotations = content.as_ref().and_then(AnnotationContent::annotations);
        let check = |of| rules::check_annotations(&view.snapshot, (file, self.text), self.path.as_str(), of);
        let mut report = annotations.map(check).unwrap_or_default();
        if let Some(differences) = content.as_ref().and_then(|content| self.differences(view, file, content)) {
            report.diagnostics.extend(differences.diagnostics);
            report.used.extend(differences.used);
        }
        if self.moved.is_some()
            && !report.diagnostics.is_empty()
            && let (Some(shown), Some(Ok(moved))) = (self.shown(view), content.map(|content| content.standoff))
        {
            let places = MovedPlaces::new(&moved, &shown);
            report.diagnostics.iter_mut().for_each(|found| places.bring_back(file, found));
        }
        report
    }

    /// The findings about differences from the set that the corpus is compared with; of a document in one of its files.
    fn differences(&self, view: &CorpusView, file: FileId, content: &AnnotationContent) -> Option<FileReport> {
        let with = view.snapshot.config.compare.as_ref()?;
        let document = self.text?;
        if view.settled_in(document) != Some(file) {
            return None;
        }
        let found = view.differences(document)?;
        let file = (file, self.path.as_str(), content.standoff.as_ref().ok()?);
        let text = (document, content.text.as_deref()?);
        Some(rules::check_differences(&view.snapshot, file, text, &with.value, &found.open))
    }

    /// Tells whether no text is beside it, be it one of the corpus or not.
    fn is_orphan(&self, view: &CorpusView) -> bool {
        let include = &view.snapshot.config.corpus.include;
        let mut texts = annotation_files::texts_of(&self.path, include.iter().map(|glob| glob.source().value.as_str()));
        !texts.any(|text| view.root.join(text).is_file())
    }

    /// Returns the annotations and their text; `None` where one of the two is not to be had.
    fn content(&self, view: &CorpusView) -> Option<AnnotationContent> {
        let text = saved_document(view, self.text?);
        let given = self.given.and_then(|given| view.annotations.get(given)).and_then(|given| given.bytes(view));
        let folder = self.path.parent().unwrap_or(Utf8Path::new(""));
        Some(AnnotationContent::new(
            &self.bytes(view)?,
            text,
            given,
            view.annotations.configuration(&view.root, folder),
        ))
    }

    /// The annotations where they stand now; `None` where they cannot be read.
    pub fn standoff(&self, view: &CorpusView) -> Option<Standoff> {
        String::from_utf8(self.bytes(view)?).ok().map(Standoff::parse)
    }

    /// The annotations as they stand in the editor or on the disk; `None` where they cannot be read.
    pub fn shown(&self, view: &CorpusView) -> Option<Standoff> {
        if let Some(moved) = &self.moved {
            return Some(moved.standoff().as_ref().clone());
        }
        String::from_utf8(self.shown_bytes(view)?).ok().map(Standoff::parse)
    }

    /// The content with its annotations where they stand now.
    fn bytes(&self, view: &CorpusView) -> Option<Vec<u8>> {
        if let (Some(moved), Some(text)) = (&self.moved, self.text)
            && let Some(text) = saved_document(view, text)
        {
            return Some(moved.content(&text).into_bytes());
        }
        self.shown_bytes(view)
    }

    fn shown_bytes(&self, view: &CorpusView) -> Option<Vec<u8>> {
        match &self.open {
            Some(text) => Some(text.as_bytes().to_vec()),
            None => read::read(&view.root.join(&self.path)).ok(),
        }
    }
}

/// The edits that write an id anew in all annotations of a corpus that are linked to the entry that has it.
///
/// # Errors
/// When there are some and the new id cannot stand in them.
pub fn relinked(view: &CorpusView, old: &str, new: &str) -> Result<Vec<FileEdit>, String> {
    let mut edits = Vec::new();
    for (file, beside) in view.annotations.iter() {
        // What cannot be read holds no links, and is a finding.
        let text = beside.shown_bytes(view).and_then(|bytes| String::from_utf8(bytes).ok());
        let Some(text) = text.filter(|text| text.contains(old)) else { continue };
        let annotations = Standoff::parse(text);
        let source = annotations.source();
        let mut links = annotations.links_to(old).peekable();
        if links.peek().is_some() && new.contains(char::is_whitespace) {
            return Err(format!("{} is linked to `{old}`, and an id with a space cannot stand in it", beside.path));
        }
        let lines = LineIndex::new(source);
        edits.extend(links.map(|at| FileEdit { file, place: lines.place(source, at), text: new.into() }));
    }
    edits.sort_by_key(|edit| (edit.file, edit.place));
    Ok(edits)
}

impl CorpusView {
    /// The same view with the text of a closed file, read from disk for a question about a place in it. Where the text
    /// has changed since it was looked at, the view stays as it is.
    #[must_use]
    pub fn with_text_of(mut self, file: FileId) -> Self {
        let is_closed = self.snapshot.file(file).is_some_and(|file| file.document().is_none());
        if is_closed
            && let Some(text) = document(&self, file)
            && let Some(opened) = self.snapshot.with_text(file, &text)
        {
            self.snapshot = Arc::new(opened);
        }
        self
    }
}

/// The text of a document as its file will hold it when it is saved, which is what annotations count. Some clients hide
/// what the file has: a byte-order mark, or `\r\n` behind each line; they put it back when they save.
pub fn saved_document(view: &CorpusView, file: FileId) -> Option<Arc<str>> {
    let text = document(view, file)?;
    let open = view.snapshot.file(file).filter(|file| file.document().is_some());
    Some(match open.and_then(|file| file.disk) {
        Some(disk) => as_saved(text, &disk),
        None => text,
    })
}

/// A text as its file will hold it, by all that its bytes on disk tell.
pub fn as_saved(text: Arc<str>, disk: &DiskFacts) -> Arc<str> {
    let mark = if disk.byte_order_mark && !text.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK } else { "" };
    // Where the file mixes line ends, or the client shows any `\r`, it shows them as they are.
    let [_, both, _] = disk.line_ends;
    let is_unified = both > 0 && disk.line_ends == [0, both, 0] && !text.contains('\r');
    match (mark, is_unified) {
        ("", false) => text,
        (mark, false) => format!("{mark}{text}").into(),
        (mark, true) => format!("{mark}{}", text.replace('\n', "\r\n")).into(),
    }
}

/// The text of an open document as the client has it.
pub fn shown_document(open: &Document) -> Arc<str> {
    let mark = if open.tree().origin().byte > 0 { BYTE_ORDER_MARK } else { "" };
    format!("{mark}{}", open.text()).into()
}

/// The text of a document as the client has it, with the byte-order mark of its file; `None` where it is no text or
/// another than the one that was looked at. Reads it where it is not open.
pub fn document(view: &CorpusView, file: FileId) -> Option<Arc<str>> {
    let file = view.snapshot.file(file)?;
    if let Some(open) = file.document() {
        return Some(shown_document(open));
    }
    let bytes = read::read(&view.root.join(&*file.path)).ok()?;
    if file.disk.is_none_or(|disk| disk.digest != xxhash_rust::xxh3::xxh3_64(&bytes)) {
        return None;
    }
    String::from_utf8(bytes).ok().map(Arc::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_saved_as_its_file_is() {
        let mark = BYTE_ORDER_MARK;
        for (on_disk, text, saved) in [
            ("a\nb\n", "ab\n", "ab\n".to_owned()),
            (&*format!("{mark}a\n"), "ab\n", format!("{mark}ab\n")),
            (&*format!("{mark}a\n"), &*format!("{mark}ab\n"), format!("{mark}ab\n")),
            ("a\r\nb\r\n", "a\nb\nc\n", "a\r\nb\r\nc\r\n".to_owned()),
            ("a\r\nb\r\n", "a\r\nb\n", "a\r\nb\n".to_owned()),
            ("a\r\nb\n", "a\nb\n", "a\nb\n".to_owned()),
            (&*format!("{mark}a\r\n"), "b\n", format!("{mark}b\r\n")),
        ] {
            assert_eq!(&*as_saved(text.into(), &DiskFacts::of(on_disk.as_bytes())), saved, "{on_disk:?} {text:?}");
        }
    }
}
