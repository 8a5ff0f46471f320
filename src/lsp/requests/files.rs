//! Files that are about to be renamed or deleted in the editor.
//!
//! The annotations beside a text move with it, and the configuration calls it by its new name, as do those of all
//! corpora that share a registry file; what is said of a deleted file goes from them. Annotations of a deleted text
//! stay: they are people's work.

use std::collections::BTreeSet;

use camino::{Utf8Path, Utf8PathBuf};
use tower_lsp::ls_types as lsp;

use super::edits;
use crate::config::edit::{remove_path, rename_path};
use crate::diagnostic::FileEdit;
use crate::disk::shared_registries;
use crate::lsp::convert;
use crate::lsp::view::CorpusView;
use crate::text::edit::TextEdit;

/// Returns the edits that go with renaming files or folders.
pub fn renamed(views: &[CorpusView], files: &[lsp::FileRename]) -> Option<lsp::WorkspaceEdit> {
    let path = |uri: &str| convert::path(&uri.parse().ok()?);
    let moves: Vec<(Utf8PathBuf, Utf8PathBuf)> =
        files.iter().filter_map(|file| Some((path(&file.old_uri)?, path(&file.new_uri)?))).collect();
    let mut changes = Vec::new();
    let mut renames = Vec::new();
    for (number, view) in views.iter().enumerate() {
        let of_view: Vec<&(Utf8PathBuf, Utf8PathBuf)> =
            moves.iter().filter(|(old, _)| governs(views, number, old)).collect();
        let mut config = ConfigEdits::new(view);
        let own = of_view.iter().filter_map(|(old, new)| below(view, old, new));
        let shared =
            moves.iter().flat_map(|(old, new)| shared_registries::renamed(&view.root, old, new, &view.snapshot.config));
        for (old, new) in own.chain(shared) {
            config.add(|text| rename_path(text, old.as_str(), new.as_str()).unwrap_or_default());
        }
        changes.extend(config.into_edit());
        if view.session.features.rename_files {
            let moved: BTreeSet<&Utf8Path> = moves.iter().map(|(old, _)| &**old).collect();
            renames.extend(of_view.iter().flat_map(|(old, new)| along(view, old, new, &moved)));
        }
    }
    edits::with_renames(changes, renames)
}

/// Returns the names of a file or folder in the configuration of its corpus, before and after it is renamed. What
/// leaves the corpus has a name in it only where it is a registry file.
fn below(view: &CorpusView, old: &Utf8Path, new: &Utf8Path) -> Option<(Utf8PathBuf, Utf8PathBuf)> {
    let old = old.strip_prefix(&*view.root).ok()?;
    let new = match new.strip_prefix(&*view.root) {
        Ok(new) => new.to_owned(),
        Err(_) if view.snapshot.config.is_registry(old.as_str()) => crate::disk::path::relative_to(&view.root, new)?,
        Err(_) => return None,
    };
    Some((old.to_owned(), new))
}

/// The annotation files that move along with a text, unless they are moved themselves.
fn along(view: &CorpusView, old: &Utf8Path, new: &Utf8Path, moved: &BTreeSet<&Utf8Path>) -> Vec<lsp::RenameFile> {
    let text = old.strip_prefix(&*view.root).ok();
    let beside = view.annotations.iter().filter(|(_, beside)| {
        // First what is cheap: of many files few have the name.
        text.is_some_and(|text| beside.path.file_stem() == text.file_stem())
            && beside.text.and_then(|text| view.snapshot.path(text)) == text
    });
    let mut renames: Vec<lsp::RenameFile> = beside
        .filter_map(|(file, beside)| {
            let to = new.with_extension(beside.path.extension()?);
            let from = view.path(file)?;
            if from == to || moved.contains(&*from) {
                return None;
            }
            // What stands there already is not overwritten, and keeps nobody from renaming the text.
            let options = lsp::RenameFileOptions { overwrite: Some(false), ignore_if_exists: Some(true) };
            let (old_uri, new_uri) = (view.uri(file)?, convert::uri(&to)?);
            Some(lsp::RenameFile { old_uri, new_uri, options: Some(options), annotation_id: None })
        })
        .collect();
    renames.sort_by(|a, b| a.old_uri.as_str().cmp(b.old_uri.as_str()));
    renames
}

/// Returns the edits that go with deleting files.
pub fn deleted(views: &[CorpusView], files: &[lsp::FileDelete]) -> Option<lsp::WorkspaceEdit> {
    let paths: Vec<Utf8PathBuf> = files.iter().filter_map(|file| convert::path(&file.uri.parse().ok()?)).collect();
    let mut changes = Vec::new();
    for (number, view) in views.iter().enumerate() {
        let mut config = ConfigEdits::new(view);
        let own = paths.iter().filter(|path| governs(views, number, path));
        let own = own.filter_map(|path| path.strip_prefix(&*view.root).ok().map(Utf8Path::to_owned));
        let shared = paths.iter().filter_map(|path| shared_registries::name(&view.root, path, &view.snapshot.config));
        for name in own.chain(shared) {
            config.add(|text| remove_path(text, name.as_str()).unwrap_or_default());
        }
        changes.extend(config.into_edit());
    }
    edits::with_renames(changes, Vec::new())
}

/// Returns whether a corpus is the innermost around a path.
fn governs(views: &[CorpusView], number: usize, path: &Utf8Path) -> bool {
    let inside = |view: &CorpusView| path.starts_with(&*view.root) && path != &*view.root;
    let length = |view: &CorpusView| view.root.as_str().len();
    let mine = &views[number];
    inside(mine) && views.iter().all(|other| !inside(other) || length(other) <= length(mine))
}

/// Edits of the configuration of one corpus, none twice.
struct ConfigEdits<'v> {
    view: &'v CorpusView,
    edits: BTreeSet<TextEdit>,
}

impl<'v> ConfigEdits<'v> {
    const fn new(view: &'v CorpusView) -> Self {
        Self { view, edits: BTreeSet::new() }
    }

    /// Adds what can be made together with what is there.
    fn add(&mut self, make: impl FnOnce(&str) -> Vec<TextEdit>) {
        let Some((_, source)) = &self.view.snapshot.config_source else { return };
        let new = make(&source.text);
        if new.iter().all(|new| self.edits.iter().all(|old| old == new || !old.excludes(new))) {
            self.edits.extend(new);
        }
    }

    fn into_edit(self) -> Option<lsp::WorkspaceEdit> {
        let (file, source) = self.view.snapshot.config_source.as_ref()?;
        let place = |edit: TextEdit| FileEdit { file: *file, place: source.place(edit.span), text: edit.text };
        let edits: Vec<FileEdit> = self.edits.into_iter().map(place).collect();
        if edits.is_empty() { None } else { edits::workspace(self.view, &edits) }
    }
}
