//! Findings that were there before: `scholiast baseline` records them, `check` leaves them out.
//!
//! Recorded findings are counted by file, rule and text: a line that moves wakes none, a second finding of the same
//! kind
//! is new. Paths are relative to the folder of the baseline, so that it can be kept in the repository. The entries of a
//! file that is gone belong to the file with the same findings that has none: it was moved.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::{Context as _, bail};
use camino::{Utf8Path, Utf8PathBuf};
use serde::{Deserialize, Serialize};

use super::args;
use super::exit_status::{CLEAN, FAILED};
use super::findings::find;
use super::output::Output;
use super::read::{LoadedRun, here, read};
use super::rule_selection::RuleSelection;
use crate::diagnostic::Diagnostic;
use crate::disk::run_texts::RunTexts;
use crate::disk::write;
use crate::render::{Sources as _, count};
use crate::text::FileId;

/// The version of the file's form.
const VERSION: u32 = 1;
/// The file that is written where nothing else is said.
const DEFAULT_FILE: &str = "scholiast-baseline.json";

/// Runs `scholiast baseline`.
///
/// # Errors
/// When an argument is wrong, the file exists and is not to be changed, or it cannot be written.
pub fn run(args: &args::BaselineArgs) -> anyhow::Result<u8> {
    let (rules, output) = (RuleSelection::new(&args.rules)?, Output { quiet: args.paths.quiet });
    let run = read(&args.paths, output, &|config| rules.configure(config))?;
    let file = match (&args.file, &configured(&run)[..]) {
        (Some(file), _) => file.clone(),
        (None, [one]) => one.clone().into_std_path_buf(),
        (None, _) => DEFAULT_FILE.into(),
    };
    let named = file.display();
    let path = absolute(&file)?;
    let before = match (args.update || args.prune, path.exists()) {
        (true, true) => Some(Baseline::read(&file)?),
        (false, true) => bail!(
            "{named} exists; --update replaces its entries by the findings of today, --prune removes those of \
             findings that are gone"
        ),
        (_, false) if args.prune || args.only_moved => bail!("{named} does not exist"),
        (_, false) => None,
    };
    let findings = find(&run, &rules);
    findings.problems.iter().for_each(|problem| output.problem(problem));
    if !(findings.problems.is_empty() && run.loaded.problems.is_empty()) {
        return Ok(FAILED);
    }
    let mut now = Baseline::empty(&path);
    for finding in &findings.found {
        now.count(finding, &run.texts);
    }
    let looked_at = looked_at(&run, &now);
    match &before {
        Some(before) if args.only_moved => now = before.moved(&now, &looked_at),
        Some(before) if args.prune => now.prune(&before.moved(&now, &looked_at), &looked_at),
        Some(before) => now.keep_others(before, &looked_at),
        None => {}
    }
    let text = now.to_json()?;
    write::finish_before_interrupts();
    let wrote = match &before {
        Some(before) => write::replace(&path, before.source.as_bytes(), text.as_bytes()),
        None => write::create(&path, &text),
    };
    wrote.map_err(|message| anyhow::anyhow!("{named}: {message}"))?;
    let all: usize = now.files.values().flat_map(BTreeMap::values).sum();
    output.note(&format!("{named}: recorded {}", count(all, "finding")));
    Ok(CLEAN)
}

/// The baselines that the configurations of a run name.
fn configured(run: &LoadedRun) -> Vec<Utf8PathBuf> {
    let corpora = run.loaded.corpora.iter();
    let files = corpora.filter_map(|corpus| {
        let file = corpus.world.current().config.baseline.as_ref()?;
        Some(corpus.root.join(file.value.as_str()))
    });
    files.collect::<BTreeSet<_>>().into_iter().collect()
}

/// The files that were looked at, as a baseline names them.
fn looked_at(run: &LoadedRun, baseline: &Baseline) -> BTreeSet<String> {
    let corpora = run.loaded.corpora.iter().enumerate();
    let files = corpora.flat_map(|(number, corpus)| corpus.selected.keys().map(move |id| (number, *id)));
    files.map(|(number, id)| baseline.name(run.texts.number(number, id), &run.texts)).collect()
}

/// The baselines of a run.
#[derive(Debug, Default)]
pub struct Baselines(Vec<Baseline>);

impl Baselines {
    /// The baseline in a file.
    ///
    /// # Errors
    /// When it cannot be read, is no baseline, or is one that a newer version wrote.
    pub fn read(file: &Path) -> anyhow::Result<Self> {
        Ok(Self(vec![Baseline::read(file)?]))
    }

    /// The baselines that the configurations of a run name, as far as they exist.
    ///
    /// # Errors
    /// When one cannot be read, is no baseline, or is one that a newer version wrote.
    pub fn of(run: &LoadedRun) -> anyhow::Result<Self> {
        // One that is not there yet is written by `scholiast baseline`.
        let files = configured(run).into_iter().filter(|file| file.exists());
        Ok(Self(files.map(|file| Baseline::read(file.as_std_path())).collect::<anyhow::Result<_>>()?))
    }

    /// Tells whether there is none.
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The number of recorded findings of each rule; nothing where there is no baseline.
    pub fn recorded(&self) -> Option<BTreeMap<String, usize>> {
        let mut recorded: BTreeMap<String, usize> = BTreeMap::new();
        for (key, count) in self.0.iter().flat_map(|baseline| baseline.files.values().flatten()) {
            *recorded.entry(key.code.clone()).or_default() += count;
        }
        (!self.0.is_empty()).then_some(recorded)
    }

    /// Takes away from the findings that are kept those that a baseline has.
    pub fn leave_out(&self, found: &[Diagnostic], keeps: &mut [bool], texts: &RunTexts) {
        for baseline in &self.0 {
            let unknown = baseline.unknown(found, keeps, texts);
            keeps.iter_mut().zip(unknown).for_each(|(keep, unknown)| *keep &= unknown);
        }
    }
}

/// The mark of a finding within its file.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
struct FindingKey {
    code: String,
    text: String,
}

/// The findings of a file, each with how often it was found.
type RecordedFindings = BTreeMap<FindingKey, usize>;

/// Recorded findings.
#[derive(Clone, Debug)]
struct Baseline {
    /// The folder that paths are relative to.
    folder: Utf8PathBuf,
    files: BTreeMap<String, RecordedFindings>,
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

/// The part of a file that is read before its version is known.
#[derive(Deserialize)]
struct BaselineVersion {
    version: u32,
}

impl Baseline {
    fn empty(path: &Utf8Path) -> Self {
        let folder = path.parent().unwrap_or(Utf8Path::new("/")).to_owned();
        Self { folder, files: BTreeMap::new(), source: String::new() }
    }

    fn read(file: &Path) -> anyhow::Result<Self> {
        let named = file.display();
        let path = absolute(file)?;
        let bytes = crate::disk::read::read(&path).map_err(|message| anyhow::anyhow!("{named}: {message}"))?;
        let source = String::from_utf8(bytes).with_context(|| format!("{named} is not a baseline of scholiast"))?;
        let BaselineVersion { version } =
            serde_json::from_str(&source).with_context(|| format!("{named} is not a baseline of scholiast"))?;
        if version > VERSION {
            bail!(
                "{named} has version {version}, and this scholiast reads versions up to {VERSION}; \
                 update scholiast, or delete the file and run 'scholiast baseline'"
            );
        }
        let wire: BaselineFile =
            serde_json::from_str(&source).with_context(|| format!("{named} is not a baseline of scholiast"))?;
        let entries = |entries: Vec<BaselineEntry>| {
            let mut known = RecordedFindings::new();
            for BaselineEntry { code, text, count } in entries {
                *known.entry(FindingKey { code, text }).or_default() += count;
            }
            known
        };
        let files = wire.files.into_iter().map(|(path, list)| (path, entries(list))).collect();
        Ok(Self { files, source, ..Self::empty(&path) })
    }

    /// The findings that are not recorded, one answer for each. Of several that are alike the recorded ones are those
    /// that
    /// are not `wanted`, then the first.
    fn unknown(&self, found: &[Diagnostic], wanted: &[bool], texts: &RunTexts) -> Vec<bool> {
        let mut now = Self { files: BTreeMap::new(), ..self.clone() };
        found.iter().for_each(|finding| now.count(finding, texts));
        let looked_at = now.files.keys().cloned().collect();
        let mut left = self.moved(&now, &looked_at).files;
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

    /// The same entries, those of files that are gone under the path that the file has now: of the files that were
    /// looked
    /// at and have no entries, the one that has most of its findings.
    fn moved(&self, now: &Self, looked_at: &BTreeSet<String>) -> Self {
        let mut moved = self.clone();
        let gone = self.files.iter().filter(|(path, _)| !self.folder.join(path).exists());
        for (old, known) in gone {
            let free =
                now.files.iter().filter(|(path, _)| looked_at.contains(*path) && !moved.files.contains_key(*path));
            let alike = free.map(|(path, found)| (common(known, found), path));
            // Of equals the first by path.
            let best = alike.max_by(|a, b| a.0.cmp(&b.0).then_with(|| b.1.cmp(a.1)));
            if let Some((_, new)) = best.filter(|(common, _)| *common > 0) {
                let known = moved.files.remove(old).unwrap_or_default();
                moved.files.insert(new.clone(), known);
            }
        }
        moved
    }

    /// Keeps of each finding no more than `before` has, and what it has of files that were not looked at.
    fn prune(&mut self, before: &Self, looked_at: &BTreeSet<String>) {
        self.files.retain(|path, known| {
            let Some(old) = before.files.get(path) else { return false };
            known.retain(|key, count| {
                *count = (*count).min(old.get(key).copied().unwrap_or(0));
                *count > 0
            });
            !known.is_empty()
        });
        self.keep_others(before, looked_at);
    }

    /// Takes over what `before` has of files that were not looked at and are still there.
    fn keep_others(&mut self, before: &Self, looked_at: &BTreeSet<String>) {
        for (path, known) in &before.files {
            if !looked_at.contains(path) && self.folder.join(path).exists() {
                self.files.insert(path.clone(), known.clone());
            }
        }
    }

    /// The name of a file in a baseline: relative to its folder, `/` as separator.
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

/// The number of findings that two files have in common.
fn common(one: &RecordedFindings, other: &RecordedFindings) -> usize {
    one.iter().map(|(key, count)| (*count).min(other.get(key).copied().unwrap_or(0))).sum()
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
