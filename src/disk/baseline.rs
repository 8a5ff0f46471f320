//! Recorded findings: a file that `scholiast baseline` writes, and that `check` and editors leave out what it has.
//!
//! Findings are counted by file, rule and text: a line that moves wakes none, a second finding of the same kind is new.
//! Paths are relative to the folder of the baseline, so that it can be kept in the repository. The entries of a file
//! that is gone belong to the file with the same findings that has none: it was moved.
//! Deliberately absent: findings, and which are wanted.

use std::collections::{BTreeMap, BTreeSet};

use camino::{Utf8Path, Utf8PathBuf};
use serde::{Deserialize, Serialize};

use super::read;

/// The version of the file's form.
const VERSION: u32 = 1;

/// The mark of a finding within its file.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct FindingKey {
    /// The code of its rule.
    pub code: String,
    /// The text at its place.
    pub text: String,
}

/// The findings of a file, each with how often it was found.
pub type RecordedFindings = BTreeMap<FindingKey, usize>;

/// Recorded findings.
#[derive(Clone, Debug)]
pub struct Baseline {
    /// The folder that paths are relative to.
    pub folder: Utf8PathBuf,
    /// The findings of each file.
    pub files: BTreeMap<String, RecordedFindings>,
    /// The file as it was read.
    pub source: String,
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

/// The findings of a file that nothing has been found for yet.
#[derive(Clone, Debug, Default)]
pub struct RecordedCounts(RecordedFindings);

impl Baseline {
    /// A baseline without entries, whose file is at `path`.
    pub fn empty(path: &Utf8Path) -> Self {
        let folder = path.parent().unwrap_or(Utf8Path::new("/")).to_owned();
        Self { folder, files: BTreeMap::new(), source: String::new() }
    }

    /// Reads a baseline, which messages call `named`.
    ///
    /// # Errors
    /// In words, when it cannot be read, is no baseline, or is one that a newer version wrote.
    pub fn read(path: &Utf8Path, named: &str) -> Result<Self, String> {
        let bytes = read::read(path).map_err(|message| format!("{named}: {message}"))?;
        let source = String::from_utf8(bytes).map_err(|_| format!("{named} is not a baseline of scholiast"))?;
        let none = |error: serde_json::Error| format!("{named} is not a baseline of scholiast: {error}");
        let BaselineVersion { version } = serde_json::from_str(&source).map_err(none)?;
        if version > VERSION {
            return Err(format!(
                "{named} has version {version}, and this scholiast reads versions up to {VERSION}; update scholiast, or \
                 delete the file and run 'scholiast baseline'"
            ));
        }
        let wire: BaselineFile = serde_json::from_str(&source).map_err(none)?;
        let entries = |entries: Vec<BaselineEntry>| {
            let mut known = RecordedFindings::new();
            for BaselineEntry { code, text, count } in entries {
                *known.entry(FindingKey { code, text }).or_default() += count;
            }
            known
        };
        let files = wire.files.into_iter().map(|(path, list)| (path, entries(list))).collect();
        Ok(Self { files, source, ..Self::empty(path) })
    }

    /// The same entries, those of files that are gone under the path that the file has now: of the files that were
    /// looked at and have no entries, the one that has most of its findings.
    #[must_use]
    pub fn moved(&self, now: &Self, looked_at: &BTreeSet<String>) -> Self {
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
    pub fn prune(&mut self, before: &Self, looked_at: &BTreeSet<String>) {
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
    pub fn keep_others(&mut self, before: &Self, looked_at: &BTreeSet<String>) {
        for (path, known) in &before.files {
            if !looked_at.contains(path) && self.folder.join(path).exists() {
                self.files.insert(path.clone(), known.clone());
            }
        }
    }

    /// The text of the file.
    ///
    /// # Errors
    /// Never for what can be recorded.
    pub fn to_json(&self) -> serde_json::Result<String> {
        let entry = |(key, count): (&FindingKey, &usize)| BaselineEntry {
            code: key.code.clone(),
            text: key.text.clone(),
            count: *count,
        };
        let files = self.files.iter().map(|(path, known)| (path.clone(), known.iter().map(entry).collect())).collect();
        Ok(serde_json::to_string_pretty(&BaselineFile { version: VERSION, files })? + "\n")
    }

    /// The name of a file (absolute) in it: relative to its folder, `/` as separator.
    pub fn name(&self, path: &Utf8Path) -> String {
        let mut up = String::new();
        for folder in self.folder.ancestors() {
            if let Ok(below) = path.strip_prefix(folder) {
                return up + &below.as_str().replace('\\', "/");
            }
            up.push_str("../");
        }
        path.as_str().replace('\\', "/")
    }

    /// The recorded files that are gone.
    pub fn gone(&self) -> Vec<&str> {
        self.files.keys().map(String::as_str).filter(|path| !self.folder.join(path).exists()).collect()
    }
}

impl RecordedCounts {
    /// The counts of a file.
    pub fn new(recorded: &RecordedFindings) -> Self {
        Self(recorded.clone())
    }

    /// Takes one such finding away; returns whether there was one.
    pub fn take(&mut self, key: &FindingKey) -> bool {
        match self.0.get_mut(key) {
            Some(count) if *count > 0 => {
                *count -= 1;
                true
            }
            _ => false,
        }
    }
}

/// The number of findings that two files have in common.
pub fn common(one: &RecordedFindings, other: &RecordedFindings) -> usize {
    one.iter().map(|(key, count)| (*count).min(other.get(key).copied().unwrap_or(0))).sum()
}
