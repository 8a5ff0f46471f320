//! Findings that were there before: `scholiast baseline` records them, `check` leaves them out.
//!
//! Deliberately absent: the file (`disk/baseline.rs`).

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::{Context as _, bail};
use camino::{Utf8Path, Utf8PathBuf};

use super::args;
use super::exit_status::{CLEAN, FAILED};
use super::findings::find;
use super::output::Output;
use super::read::{LoadedRun, here, read};
use super::rule_selection::RuleSelection;
use crate::diagnostic::Diagnostic;
use crate::disk::baseline::{Baseline, FindingKey, RecordedCounts};
use crate::disk::run_texts::RunTexts;
use crate::disk::write;
use crate::render::{Sources as _, count};
use crate::text::FileId;

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
        (true, true) => Some(read_file(&file)?),
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
        count_in(&mut now, finding, &run.texts);
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
    files.map(|(number, id)| name_in(baseline, run.texts.number(number, id), &run.texts)).collect()
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
        Ok(Self(vec![read_file(file)?]))
    }

    /// The baselines that the configurations of a run name, as far as they exist.
    ///
    /// # Errors
    /// When one cannot be read, is no baseline, or is one that a newer version wrote.
    pub fn of(run: &LoadedRun) -> anyhow::Result<Self> {
        // One that is not there yet is written by `scholiast baseline`.
        let files = configured(run).into_iter().filter(|file| file.exists());
        Ok(Self(files.map(|file| read_file(file.as_std_path())).collect::<anyhow::Result<_>>()?))
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
            let unknown = unknown(baseline, found, keeps, texts);
            keeps.iter_mut().zip(unknown).for_each(|(keep, unknown)| *keep &= unknown);
        }
    }
}

/// Reads the baseline that somebody names.
fn read_file(file: &Path) -> anyhow::Result<Baseline> {
    Baseline::read(&absolute(file)?, &file.display().to_string()).map_err(anyhow::Error::msg)
}

/// The findings that are not recorded, one answer for each. Of several that are alike the recorded ones are those that
/// are not `wanted`, then the first.
fn unknown(baseline: &Baseline, found: &[Diagnostic], wanted: &[bool], texts: &RunTexts) -> Vec<bool> {
    let mut now = Baseline { files: BTreeMap::new(), ..baseline.clone() };
    found.iter().for_each(|finding| count_in(&mut now, finding, texts));
    let looked_at = now.files.keys().cloned().collect();
    let moved = baseline.moved(&now, &looked_at);
    let mut left: BTreeMap<&str, RecordedCounts> =
        moved.files.iter().map(|(path, recorded)| (path.as_str(), RecordedCounts::new(recorded))).collect();
    let mut unknown = vec![true; found.len()];
    let mut order: Vec<usize> = (0..found.len()).collect();
    order.sort_by_key(|number| wanted[*number]);
    for number in order {
        let finding = &found[number];
        if let Some(file) = left.get_mut(name_in(baseline, finding.file, texts).as_str()) {
            unknown[number] = !file.take(&key(finding, texts));
        }
    }
    unknown
}

fn count_in(baseline: &mut Baseline, finding: &Diagnostic, texts: &RunTexts) {
    let name = name_in(baseline, finding.file, texts);
    *baseline.files.entry(name).or_default().entry(key(finding, texts)).or_default() += 1;
}

/// The name of a file in a baseline.
fn name_in(baseline: &Baseline, file: FileId, texts: &RunTexts) -> String {
    texts.file(file).map_or_else(String::new, |path| baseline.name(path))
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
