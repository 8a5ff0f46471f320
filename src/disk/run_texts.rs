//! Excerpts for renderers: texts read again when a finding is shown, and only if they are still the texts that were
//! checked.

use std::sync::{Arc, Mutex};

use camino::{Utf8Path, Utf8PathBuf};
use rustc_hash::FxHashMap;

use super::files::Files;
use super::loaded::LoadedCorpus;
use super::path::{real, shown_elsewhere, shown_outside};
use super::rule_pages::RulePages;
use super::shared_registries;
use crate::render::{RuleInfo, Sources};
use crate::rules;
use crate::text::FileId;

/// The texts of all corpora of a run. Files of different corpora have different numbers here: [`RunTexts::number`].
#[derive(Debug, Default)]
pub struct RunTexts {
    files: FxHashMap<FileId, RunText>,
    bases: Vec<u32>,
    sources: Vec<Arc<dyn Files>>,
    next: u32,
    last: Mutex<Option<(FileId, Option<Arc<str>>)>>,
    pages: Arc<RulePages>,
}

#[derive(Debug)]
struct RunText {
    shown: String,
    path: Utf8PathBuf,
    held: TextSource,
}

#[derive(Debug)]
enum TextSource {
    /// The text itself.
    Text(Arc<str>),
    /// The fingerprint of the bytes that were checked.
    Digest(u64),
    /// Nothing, since it is read when it is checked, and small enough to be read again.
    Fresh,
    /// Nothing is known of it.
    Unknown,
}

impl RunTexts {
    /// No texts yet, and pages of rules.
    pub fn new(pages: Arc<RulePages>) -> Self {
        Self { pages, ..Self::default() }
    }

    /// The pages of rules.
    pub const fn pages(&self) -> &Arc<RulePages> {
        &self.pages
    }

    /// Adds a corpus; its files are numbered behind those of the ones before.
    pub fn add(&mut self, corpus: &LoadedCorpus) {
        let snapshot = corpus.world.current();
        let base = self.next;
        self.bases.push(base);
        self.sources.push(corpus.files.clone());
        let sources = snapshot.registry_files.iter().map(|(id, source)| (*id, source));
        let sources = sources.chain(snapshot.config_source.iter().map(|(id, source)| (*id, source)));
        let mut entries: Vec<(FileId, &Utf8Path, TextSource)> = sources
            .map(|(id, source)| {
                // A link may lead to what nobody meant to show: a key, a password.
                let path = shared_registries::place(&corpus.root, &source.path);
                let is_elsewhere = path.is_symlink() && !real(&path).starts_with(&corpus.root);
                let text = if is_elsewhere { TextSource::Unknown } else { TextSource::Text(source.text.clone()) };
                (id, &*source.path, text)
            })
            .collect();
        entries.extend(snapshot.files().map(|file| {
            let held = match (corpus.held.get(&file.id), file.disk) {
                (Some(text), _) => TextSource::Text(text.clone()),
                (None, Some(disk)) => TextSource::Digest(disk.digest),
                (None, None) => TextSource::Unknown,
            };
            (file.id, &*file.path, held)
        }));
        entries.extend(corpus.annotations.iter().map(|beside| {
            let held = corpus.held.get(&beside.id).map_or(TextSource::Fresh, |text| TextSource::Text(text.clone()));
            (beside.id, &*beside.path, held)
        }));
        entries.extend(corpus.orphans.iter().map(|(id, path)| (*id, path.as_path(), TextSource::Fresh)));
        entries.extend(corpus.project_files.iter().map(|file| {
            let held = corpus.held.get(&file.id).map_or(TextSource::Fresh, |text| TextSource::Text(text.clone()));
            (file.id, &*file.path, held)
        }));
        entries.extend(corpus.curation_files.iter().map(|(id, which)| {
            let held = corpus.held.get(id).map_or(TextSource::Fresh, |text| TextSource::Text(text.clone()));
            (*id, Utf8Path::new(which.file_name()), held)
        }));
        for (id, path, held) in entries {
            let elsewhere = if shared_registries::is_outside(path) { shown_outside } else { shown_elsewhere };
            let path = shared_registries::place(&corpus.root, path);
            let shown = corpus.selected.get(&id).cloned().unwrap_or_else(|| elsewhere(&path, &corpus.here));
            self.next = self.next.max(base + id.0 + 1);
            self.files.insert(FileId(base + id.0), RunText { shown, path, held });
        }
    }

    /// The number here of a file of the `corpus`th corpus.
    pub fn number(&self, corpus: usize, file: FileId) -> FileId {
        FileId(self.bases[corpus] + file.0)
    }

    /// The corpus of a file that is numbered here, and its number there.
    pub fn locate(&self, id: FileId) -> Option<(usize, FileId)> {
        let corpus = self.bases.partition_point(|base| *base <= id.0).checked_sub(1)?;
        Some((corpus, FileId(id.0 - self.bases[corpus])))
    }

    /// The place of a file on disk.
    pub fn file(&self, id: FileId) -> Option<&Utf8Path> {
        self.files.get(&id).map(|entry| entry.path.as_path())
    }
}

/// The page that explains a rule, where the package says where its pages are.
fn page(code: &str) -> Option<String> {
    let home = Some(env!("CARGO_PKG_HOMEPAGE")).filter(|home| !home.is_empty())?;
    // As headings of Markdown are linked to: without the slash.
    Some(format!("{home}/docs/rules.md#{}", code.replace('/', "")))
}

impl Sources for RunTexts {
    fn path(&self, file: FileId) -> &str {
        self.files.get(&file).map_or("", |entry| &entry.shown)
    }

    fn text(&self, file: FileId) -> Option<Arc<str>> {
        let entry = self.files.get(&file)?;
        if let TextSource::Text(text) = &entry.held {
            return Some(text.clone());
        }
        // Findings come file by file: the last text is asked for again and again.
        let mut last = self.last.lock().ok()?;
        if let Some((id, text)) = &*last
            && *id == file
        {
            return text.clone();
        }
        let (corpus, _) = self.locate(file)?;
        let same = self.sources[corpus].read(&entry.path).ok().filter(|bytes| match entry.held {
            TextSource::Digest(digest) => xxhash_rust::xxh3::xxh3_64(bytes) == digest,
            TextSource::Fresh => true,
            TextSource::Text(_) | TextSource::Unknown => false,
        });
        let text = same.and_then(|bytes| String::from_utf8(bytes).ok()).map(Arc::from);
        *last = Some((file, text.clone()));
        text
    }

    fn page(&self, code: &str) -> Option<String> {
        page(code).or_else(|| self.pages.address(code))
    }

    fn rule(&self, code: &str) -> Option<RuleInfo> {
        let rule = rules::by_code(code)?;
        Some(RuleInfo { summary: rule.summary.to_owned(), url: page(code), documentation: rule.documentation() })
    }
}
