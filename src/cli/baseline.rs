//! RunFindings that were there before: `scholiast baseline` notes them, `check --baseline` leaves them out.
//!
//! Known findings are counted by file, rule and text: a line that moves wakes none, a second finding of the same kind is
//! new. Paths are relative to the folder of the baseline, so that it can be kept in the repository.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context as _, bail};
use camino::{Utf8Path, Utf8PathBuf};
use serde::{Deserialize, Serialize};

use super::findings::find;
use super::read::{here, read};
use super::rule_selection::RuleSelection;
use super::{CLEAN, FAILED, args, output};
use crate::diagnostic::Diagnostic;
use crate::disk::run_texts::RunTexts;
use crate::disk::write;
use crate::render::{Sources as _, count};
use crate::text::FileId;

/// The version of the file's form.
const VERSION: u32 = 1;

/// Runs `scholiast baseline`.
///
/// # Errors
/// When an argument is wrong, the file exists and is not to be changed, or it cannot be written.
pub fn run(args: &args::BaselineArgs) -> anyhow::Result<u8> {
    let choice = RuleSelection::new(&args.rules)?;
    let named = args.file.display();
    let path = absolute(&args.file)?;
    let before = match (args.update || args.prune, path.exists()) {
        (true, true) => Some(Baseline::read(&args.file)?),
        (false, true) => bail!("{named} exists; --update writes it anew, --prune takes out what is found no more"),
        (_, false) if args.prune => bail!("{named} does not exist"),
        (_, false) => None,
    };
    let read = read(&args.paths, &|config| choice.configure(config))?;
    let findings = find(&read, &choice);
    findings.problems.iter().for_each(output::problem);
    if !(findings.problems.is_empty() && read.loaded.problems.is_empty()) {
        return Ok(FAILED);
    }
    let mut now = Baseline::empty(&path);
    for finding in &findings.found {
        now.count(finding, &read.texts);
    }
    if let Some(before) = &before {
        let looked_at = looked_at(&read, &now);
        now.merge(before, args.prune, |path| looked_at.contains(path));
    }
    let text = now.to_json()?;
    write::finish_before_interrupts();
    let wrote = match &before {
        Some(before) => write::replace(&path, before.source.as_bytes(), text.as_bytes()),
        None => write::create(&path, &text),
    };
    wrote.map_err(|message| anyhow::anyhow!("{named}: {message}"))?;
    let all: usize = now.files.values().flat_map(BTreeMap::values).sum();
    output::note(&format!("{named} knows {}", count(all, "finding")));
    Ok(CLEAN)
}

/// The files that were looked at, as a baseline names them.
fn looked_at(read: &super::read::LoadedRun, baseline: &Baseline) -> std::collections::BTreeSet<String> {
    let corpora = read.loaded.corpora.iter().enumerate();
    let files = corpora.flat_map(|(number, corpus)| corpus.selected.keys().map(move |id| (number, *id)));
    files.map(|(number, id)| baseline.name(read.texts.number(number, id), &read.texts)).collect()
}

/// What a finding is recognised by, within its file.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
struct FindingKey {
    code: String,
    text: String,
}

/// Known findings.
#[derive(Clone, Debug)]
pub struct Baseline {
    /// The folder that paths are relative to.
    folder: Utf8PathBuf,
    files: BTreeMap<String, BTreeMap<FindingKey, usize>>,
    /// The file as it was read.
    source: String,
}

/// The file.
#[derive(Serialize, Deserialize)]
struct BaselineFile {
    version: u32,
    #[serde(default)]
    files: BTreeMap<String, Vec<BaselineEntry>>,
}

#[derive(Serialize, Deserialize)]
struct BaselineEntry {
    code: String,
    text: String,
    count: usize,
}

/// What is read of a file whose version is not known yet.
#[derive(Deserialize)]
struct BaselineVersion {
    version: u32,
}

impl Baseline {
    fn empty(path: &Utf8Path) -> Self {
        let folder = path.parent().unwrap_or(Utf8Path::new("/")).to_owned();
        Self { folder, files: BTreeMap::new(), source: String::new() }
    }

    /// Reads a file.
    ///
    /// # Errors
    /// When it cannot be read, is no baseline, or is one that a newer version wrote.
    pub fn read(file: &Path) -> anyhow::Result<Self> {
        let named = file.display();
        let source = std::fs::read_to_string(file).with_context(|| named.to_string())?;
        let BaselineVersion { version } =
            serde_json::from_str(&source).with_context(|| format!("{named} is no baseline of scholiast"))?;
        if version > VERSION {
            bail!(
                "{named} has version {version}, and this scholiast knows version {VERSION}; \
                 update scholiast, or delete the file and run 'scholiast baseline'"
            );
        }
        let wire: BaselineFile =
            serde_json::from_str(&source).with_context(|| format!("{named} is no baseline of scholiast"))?;
        let entries = |entries: Vec<BaselineEntry>| {
            let mut known = BTreeMap::new();
            for BaselineEntry { code, text, count } in entries {
                *known.entry(FindingKey { code, text }).or_default() += count;
            }
            known
        };
        let files = wire.files.into_iter().map(|(path, list)| (path, entries(list))).collect();
        Ok(Self { files, source, ..Self::empty(&absolute(file)?) })
    }

    /// Which findings are not known, one answer for each. Of several that are alike the known ones are those that are not
    /// `wanted`, then the first.
    pub fn unknown(&self, found: &[Diagnostic], wanted: &[bool], texts: &RunTexts) -> Vec<bool> {
        let mut left = self.files.clone();
        let mut unknown = vec![true; found.len()];
        let mut order: Vec<usize> = (0..found.len()).collect();
        order.sort_by_key(|number| wanted[*number]);
        for number in order {
            let finding = &found[number];
            let file = left.get_mut(&self.name(finding.file, texts));
            if let Some(count) = file.and_then(|file| file.get_mut(&key(finding, texts)))
                && *count > 0
            {
                *count -= 1;
                unknown[number] = false;
            }
        }
        unknown
    }

    fn count(&mut self, finding: &Diagnostic, texts: &RunTexts) {
        let name = self.name(finding.file, texts);
        *self.files.entry(name).or_default().entry(key(finding, texts)).or_default() += 1;
    }

    /// Takes in what `before` knows: of files that were not looked at all; of the others, when pruning, no more of each
    /// finding than was known, else nothing. Files that are gone are forgotten.
    fn merge(&mut self, before: &Self, prune: bool, looked_at: impl Fn(&str) -> bool) {
        if prune {
            self.files.retain(|path, known| {
                let Some(old) = before.files.get(path) else { return false };
                known.retain(|key, count| {
                    *count = (*count).min(old.get(key).copied().unwrap_or(0));
                    *count > 0
                });
                !known.is_empty()
            });
        }
        for (path, known) in &before.files {
            if !looked_at(path) && self.folder.join(path).exists() {
                self.files.insert(path.clone(), known.clone());
            }
        }
    }

    /// A file as a baseline names it: relative to its folder, `/` as separator.
    fn name(&self, file: FileId, texts: &RunTexts) -> String {
        let Some(path) = texts.file(file) else { return String::new() };
        let mut up = String::new();
        for folder in self.folder.ancestors() {
            if let Ok(below) = path.strip_prefix(folder) {
                return up + &below.as_str().replace('\\', "/");
            }
            up.push_str("../");
        }
        path.as_str().replace('\\', "/")
    }

    fn to_json(&self) -> anyhow::Result<String> {
        let entry = |(key, count): (&FindingKey, &usize)| BaselineEntry {
            code: key.code.clone(),
            text: key.text.clone(),
            count: *count,
        };
        let files = self.files.iter().map(|(path, known)| (path.clone(), known.iter().map(entry).collect())).collect();
        Ok(serde_json::to_string_pretty(&BaselineFile { version: VERSION, files })? + "\n")
    }
}

fn key(finding: &Diagnostic, texts: &RunTexts) -> FindingKey {
    let text = texts.text(finding.file);
    let slice = text.as_ref().and_then(|text| text.get(finding.place.span().range()));
    FindingKey { code: finding.code.to_string(), text: slice.unwrap_or_default().to_owned() }
}

fn absolute(file: &Path) -> anyhow::Result<Utf8PathBuf> {
    let file = Utf8Path::from_path(file).with_context(|| format!("{} is not UTF-8", file.display()))?;
    let path = here()?.join(file);
    let folder = path.parent().filter(|folder| !folder.as_str().is_empty()).context("it has no folder")?;
    let folder = folder.canonicalize_utf8().with_context(|| folder.to_string())?;
    Ok(folder.join(path.file_name().unwrap_or_default()))
}
