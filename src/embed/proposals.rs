//! All that the texts of a corpus name and its registry lacks: people, spellings, organisations, offices.

use std::collections::BTreeMap;
use std::sync::Arc;

use camino::Utf8Path;
use rayon::prelude::*;

use crate::corpus::proposal::Suggestions;
use crate::corpus::suggest::suggest;
use crate::corpus::{File, LoadedFile, Snapshot, World};
use crate::disk::loaded::LoadedCorpus;
use crate::disk::run_texts::RunTexts;
use crate::registry::Registry;
use crate::render::{RuleInfo, Sources, suggestions};
use crate::text::FileId;

/// One corpus and how its files are shown.
pub struct CorpusProposals<'a> {
    number: usize,
    corpus: &'a LoadedCorpus,
    texts: &'a RunTexts,
}

impl<'a> CorpusProposals<'a> {
    /// The `number`th corpus of a run.
    pub const fn new(number: usize, corpus: &'a LoadedCorpus, texts: &'a RunTexts) -> Self {
        Self { number, corpus, texts }
    }

    fn snapshot(&self) -> &Snapshot {
        self.corpus.world.current()
    }

    /// The corpus as it was read.
    pub const fn corpus(&self) -> &LoadedCorpus {
        self.corpus
    }

    /// The registry that proposals are for.
    pub fn registry(&self) -> &Registry {
        &self.snapshot().registry
    }

    /// The number of texts.
    pub fn text_count(&self) -> usize {
        self.files().len()
    }

    /// The texts by their paths.
    fn files(&self) -> Vec<&'a File> {
        let snapshot = self.corpus.world.current();
        let selected = self.corpus.selected.iter();
        let texts = selected.filter_map(|(id, shown)| Some((shown.as_str(), &**snapshot.file(*id)?)));
        let mut files: Vec<(&str, &File)> = texts.collect();
        files.sort_by_key(|(shown, _)| *shown);
        files.into_iter().map(|(_, file)| file).collect()
    }

    /// Looks for what the registry lacks. `progress` is told of texts looked at with their sizes in bytes, each
    /// twice.
    pub fn suggest(&self, progress: &(dyn Fn(u64) + Sync)) -> Suggestions {
        let snapshot = self.snapshot();
        let files = self.files();
        // Facts are unpacked on all threads.
        files.par_iter().for_each(|file| drop(file.facts()));
        let text_of = |file: &File| self.text(file.id);
        let mut proposed = suggest(&snapshot.registry, snapshot.decrees(), &files, &text_of, progress);
        proposed.reject(&snapshot.config.rejected_proposals);
        proposed
    }
}

impl Sources for CorpusProposals<'_> {
    fn path(&self, file: FileId) -> &str {
        self.corpus.selected.get(&file).map_or("", String::as_str)
    }

    fn text(&self, file: FileId) -> Option<Arc<str>> {
        self.texts.text(self.texts.number(self.number, file))
    }

    fn rule(&self, code: &str) -> Option<RuleInfo> {
        self.texts.rule(code)
    }
}

/// The proposals of a corpus as rows: one JSON object each.
pub fn rows(proposed: &Suggestions, registry: &Registry, sources: &dyn Sources) -> Vec<String> {
    let mut out = Vec::new();
    // Writing into memory cannot fail.
    let _ = suggestions::jsonl(proposed, registry, sources, &mut out);
    String::from_utf8_lossy(&out).lines().map(str::to_owned).collect()
}

/// Texts that are in no folder, with the corpus that they are.
pub struct GivenTexts {
    world: World,
    texts: BTreeMap<FileId, Arc<str>>,
}

impl GivenTexts {
    /// Analyses texts with their paths in a corpus, on all threads.
    pub fn new<'t>(mut world: World, texts: impl IntoIterator<Item = (&'t Utf8Path, &'t str)>) -> Self {
        let ctx = world.current().ctx().clone();
        let mut texts: Vec<(&Utf8Path, &str)> = texts.into_iter().collect();
        texts.sort_by_key(|(path, _)| path.as_str());
        let loaded: Vec<LoadedFile> = texts
            .par_iter()
            .map(|(path, text)| LoadedFile::new(&ctx.for_path(path.as_str()), text.as_bytes()))
            .collect();
        let mut held = BTreeMap::new();
        for ((path, text), loaded) in texts.into_iter().zip(loaded) {
            world.load(path, loaded);
            held.insert(world.id(path), text.into());
        }
        Self { world, texts: held }
    }

    /// Looks for what the registry lacks; one row each.
    pub fn suggest(&self) -> Vec<String> {
        let snapshot = self.world.current();
        let files: Vec<&File> = self.texts.keys().filter_map(|id| snapshot.file(*id).map(|file| &**file)).collect();
        let text_of = |file: &File| self.text(file.id);
        let mut proposed = suggest(&snapshot.registry, snapshot.decrees(), &files, &text_of, &|_| ());
        proposed.reject(&snapshot.config.rejected_proposals);
        rows(&proposed, &snapshot.registry, self)
    }
}

impl Sources for GivenTexts {
    fn path(&self, file: FileId) -> &str {
        self.world.named(file).map_or("", |path| path.as_str())
    }

    fn text(&self, file: FileId) -> Option<Arc<str>> {
        self.texts.get(&file).cloned()
    }

    fn rule(&self, _: &str) -> Option<RuleInfo> {
        None
    }
}
