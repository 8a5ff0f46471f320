//! `check --add-suppressions`: accepts findings by writing `[[suppress]]` tables into `scholiast.toml`.
//!
//! Findings that are alike (one file, rule and text) share a table. Deliberately absent: findings in files of no
//! corpus, since there is nowhere to write; they are named.

use std::collections::BTreeSet;

use super::output::Output;
use super::read::LoadedRun;
use crate::config;
use crate::config::edit::{NewSuppression, add_suppression, glob_of};
use crate::diagnostic::Diagnostic;
use crate::disk::{FileError, write};
use crate::render::{Sources as _, count};
use crate::rules::{RuleCheck, by_code};
use crate::text::edit::apply;

/// Writes a suppression for each finding; says what was done. Returns whether all were written.
///
/// # Errors
/// When the reason is empty.
pub fn add(run: &LoadedRun, found: &[Diagnostic], reason: &str, output: Output) -> anyhow::Result<bool> {
    let reason = reason.trim();
    anyhow::ensure!(!reason.is_empty(), "--add-suppressions needs a reason: why are these findings right as they are?");
    write::finish_before_interrupts();
    let mut done = true;
    for (number, corpus) in run.loaded.corpora.iter().enumerate() {
        let snapshot = corpus.world.current();
        let mut new = BTreeSet::new();
        for finding in found {
            let Some((_, file)) = run.texts.locate(finding.file).filter(|(corpus, _)| *corpus == number) else {
                continue;
            };
            let text = run.texts.text(finding.file);
            let slice = text.as_ref().and_then(|text| text.get(finding.place.span().range())).unwrap_or_default();
            let Some(path) = corpus.path_of(file) else { continue };
            // A fault of the file as a whole has no text of its own.
            let is_of_file = by_code(&finding.code).is_some_and(|rule| matches!(rule.check, RuleCheck::AnyFile));
            let slice = if is_of_file { "" } else { slice };
            new.insert((path.to_string(), finding.code.to_string(), slice.to_owned()));
        }
        if new.is_empty() {
            continue;
        }
        let path = corpus.root.join(config::FILE_NAME);
        let mut failed = |path: String, message: String| {
            output.problem(&FileError { path, message });
            done = false;
        };
        let Some((_, source)) = &snapshot.config_source else {
            let message = "no suppression was written, since there is no scholiast.toml; 'scholiast init' makes one";
            failed(corpus.root.to_string(), message.to_owned());
            continue;
        };
        let before = source.text.to_string();
        let mut after = before.clone();
        let mut refused = None;
        for (file, rule, text) in &new {
            let new = NewSuppression {
                path: glob_of(file),
                rule: rule.clone(),
                // A text over several lines, or none, cannot be named in one line: the whole file is meant then.
                text: Some(text.clone()).filter(|text| !text.is_empty() && !text.contains(['\n', '\r'])),
                until: None,
                reason: Some(reason.to_owned()),
            };
            match add_suppression(&after, &new) {
                Ok(edits) => after = apply(&after, &edits),
                Err(refusal) => refused = Some(refusal.to_string()),
            }
        }
        let written = match refused {
            Some(message) => Err(message),
            None => write::replace(&path, before.as_bytes(), after.as_bytes()),
        };
        match written {
            Ok(()) => output.say(&format!("{path}: added {}", count(new.len(), "suppression"))),
            Err(message) => failed(path.to_string(), message),
        }
    }
    Ok(done)
}
