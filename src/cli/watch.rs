//! `check --watch`: checks again whenever a file changes, and shows what is new (`+`) and what is gone (`-`).
//!
//! On a terminal the screen is cleared before differences are shown; in a pipe lines follow each other and every round
//! is flushed. Ctrl-C ends it. Deliberately absent: what is checked; a round is a whole check of its own.

use std::collections::BTreeMap;
use std::io::Write;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use anyhow::Context as _;

use super::findings::RunFindings;
use super::output::Output;
use super::read::LoadedRun;
use crate::diagnostic::{Diagnostic, Severity};
use crate::disk::watch::{Watcher, folders};
use crate::render::{Format, Renderer, Sources, count};

/// The time without events before a round: editors write a file in several steps.
const QUIET: Duration = Duration::from_millis(100);
/// The longest time that a round waits for quiet.
const PATIENCE: Duration = Duration::from_secs(1);
/// Clears the screen and what has scrolled off it, and goes to the top left.
const CLEAR: &str = "\x1b[2J\x1b[3J\x1b[H";

/// The identity of a finding wherever its line moves: path, rule, message. The text is not asked for: it may have
/// changed since it was checked, and then a finding would differ from itself.
type FindingIdentity = (String, String, String);

/// Findings by what they are known by, each with its line of output.
type ShownFindings = BTreeMap<FindingIdentity, Vec<String>>;

/// Watches until it is ended; `check` is one check, whose findings are shown.
///
/// # Errors
/// When nothing can be watched or output cannot be written.
pub fn run(output: Output, mut check: impl FnMut() -> anyhow::Result<(LoadedRun, RunFindings)>) -> anyhow::Result<u8> {
    let (tell, told) = channel();
    // Nobody listens only while the program ends.
    let mut watcher = Watcher::new(move |_| {
        let _ = tell.send(());
    })
    .map_err(anyhow::Error::msg)?;
    let (mut known, mut read) = (ShownFindings::new(), None);
    let terminal = Output::on_terminal();
    let mut first = true;
    loop {
        let (now, findings) = check()?;
        let watched = watcher.set(folders(now.loaded.watched(), now.loaded.reaches(), now.loaded.compared()));
        watched.problems.iter().for_each(|failed| output.note(failed));
        let mut problems = findings.problems.iter().peekable();
        let whole = problems.peek().is_none() && now.loaded.problems.is_empty();
        problems.for_each(|problem| output.problem(problem));
        // What could not be read has not become good by that.
        if whole || first {
            let found = lines(&now.texts, &findings.found)?;
            let differences = differences(&known, &found);
            let mut out = Output::default().sink(None)?;
            if first {
                show(&now, &findings, &mut *out)?;
            } else if !differences.is_empty() {
                if terminal {
                    write!(out, "{CLEAR}")?;
                }
                differences.iter().try_for_each(|line| writeln!(out, "{line}"))?;
            }
            out.flush()?;
            if first || !differences.is_empty() {
                output.say(&format!("{}; watching", count(findings.found.len(), "finding")));
            }
            known = found;
        }
        first = false;
        // What was read stays until the next round is over, so that freeing it is not waited for.
        drop(read.replace(now));
        // What happened while the first round read is told by nobody.
        if !watched.grown {
            wait(&told).context("nothing is watched any more")?;
        }
    }
}

/// Waits until something has happened and nothing happens any more.
fn wait(told: &Receiver<()>) -> anyhow::Result<()> {
    told.recv()?;
    let end = Instant::now() + PATIENCE;
    while Instant::now() < end {
        match told.recv_timeout(QUIET) {
            Ok(()) => {}
            Err(RecvTimeoutError::Timeout) => break,
            Err(RecvTimeoutError::Disconnected) => anyhow::bail!("the watcher has ended"),
        }
    }
    Ok(())
}

/// All findings, as a check without `--watch` shows them.
fn show(read: &LoadedRun, findings: &RunFindings, out: &mut dyn Write) -> anyhow::Result<()> {
    let format = if Output::on_terminal() { Format::Full } else { Format::Concise };
    let mut renderer = Renderer::new(format, Output::default().options(false, Severity::Warning));
    renderer.begin(out)?;
    findings.found.iter().try_for_each(|finding| renderer.finding(out, &read.texts, finding))?;
    renderer.finish(out, &read.texts)?;
    Ok(())
}

/// Findings by their identity, each with its line.
fn lines(sources: &dyn Sources, findings: &[Diagnostic]) -> anyhow::Result<ShownFindings> {
    let mut known = ShownFindings::new();
    let mut renderer = Renderer::new(Format::Concise, Output::default().options(false, Severity::Warning));
    for finding in findings {
        let mut line = Vec::new();
        renderer.finding(&mut line, sources, finding)?;
        let line = String::from_utf8(line)?.trim_end().to_owned();
        let path = sources.path(finding.file).to_owned();
        let identity = (path, finding.code.to_string(), finding.message.clone());
        known.entry(identity).or_default().push(line);
    }
    Ok(known)
}

/// Lines for what is gone and what is new, by path. Of several that are alike the last ones are.
fn differences(before: &ShownFindings, now: &ShownFindings) -> Vec<String> {
    let mut keys: Vec<&FindingIdentity> = before.keys().chain(now.keys()).collect();
    keys.sort();
    keys.dedup();
    let none = Vec::new();
    let mut lines = Vec::new();
    for key in keys {
        let (before, now) = (before.get(key).unwrap_or(&none), now.get(key).unwrap_or(&none));
        lines.extend(before.iter().skip(now.len()).map(|line| format!("- {line}")));
        lines.extend(now.iter().skip(before.len()).map(|line| format!("+ {line}")));
    }
    lines
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::render::RuleInfo;
    use crate::text::{FileId, Place};

    #[test]
    fn only_differences() {
        let known = |lines: &[(&str, &str)]| {
            let mut known = ShownFindings::new();
            for (text, line) in lines {
                let identity = ("a.txt".to_owned(), "date/a".to_owned(), (*text).to_owned());
                known.entry(identity).or_default().push((*line).to_owned());
            }
            known
        };
        let before = known(&[("x", "1: x"), ("y", "2: y"), ("z", "3: z"), ("z", "4: z")]);
        let now = known(&[("x", "9: x"), ("z", "5: z"), ("new", "6: new"), ("x", "7: x")]);
        assert_eq!(differences(&before, &now), ["+ 6: new", "+ 7: x", "- 2: y", "- 4: z"]);
        assert_eq!(differences(&now, &now), [""; 0]);
    }

    /// A file with a text, or without one, since it has changed after it was checked.
    struct OneText(Option<&'static str>);

    impl Sources for OneText {
        fn path(&self, _: FileId) -> &'static str {
            "a.txt"
        }

        fn text(&self, _: FileId) -> Option<Arc<str>> {
            self.0.map(Arc::from)
        }

        fn rule(&self, _: &str) -> Option<RuleInfo> {
            None
        }
    }

    #[test]
    fn a_text_that_changes_while_its_findings_are_shown_is_no_difference() {
        let finding = Diagnostic {
            code: "date/impossible-day".into(),
            severity: Severity::Error,
            file: FileId(0),
            place: Place::default(),
            message: "`31/4/2023`: April has 30 days".to_owned(),
            related: Vec::new(),
            fix: None,
            unnecessary: false,
        };
        let found = [finding];
        let before = lines(&OneText(Some("31/4/2023")), &found).unwrap();
        let now = lines(&OneText(None), &found).unwrap();
        assert_eq!(differences(&before, &now), [""; 0]);
    }
}
