//! `scholiast check`: what is wrong or inconsistent.

use std::io::Write;

use anyhow::{Context as _, bail};

use super::baseline::Baseline;
use super::findings::{RunFindings, find};
use super::fix::{self, FixedFiles};
use super::interactive::Questions;
use super::read::LoadedRun;
use super::rule_selection::RuleSelection;
use super::scope::{ChangeScope, FileView};
use super::{CLEAN, FAILED, FOUND, args, output, statistics, watch};
use crate::diagnostic::Diagnostic;
use crate::disk::run_texts::RunTexts;
use crate::disk::write;
use crate::fix::Allowed;
use crate::render::{Format, Renderer, Summary};

/// Runs the command.
///
/// # Errors
/// When an argument is wrong, standard input cannot be read or output cannot be written.
pub fn run(args: &args::CheckArgs) -> anyhow::Result<u8> {
    let fixing = args.fix || args.unsafe_fixes;
    refuse(args, fixing)?;
    let choice = RuleSelection::new(&args.rules)?;
    let baseline = args.baseline.as_deref().map(Baseline::read).transpose()?;
    if args.watch {
        return watch::run(|| {
            let (_, scope, read) = read_for(args, &choice)?;
            let findings = wanted(find(&read, &choice), scope.as_ref(), baseline.as_ref(), &read.texts);
            Ok((read, findings))
        });
    }
    if fixing && !args.diff {
        write::finish_before_interrupts();
    }
    let (view, scope, mut read) = read_for(args, &choice)?;
    let mut failed = !read.loaded.problems.is_empty();
    let wanted = |read: &LoadedRun| wanted(find(read, &choice), scope.as_ref(), baseline.as_ref(), &read.texts);
    if fixing || args.diff {
        let fixed = fix(args, &mut read, &choice, &wanted)?;
        fixed.refused.iter().for_each(|refused| output::note(&refused.to_string()));
        if args.diff {
            fixed
                .show(&mut *output::sink(args.output_file.as_deref())?, output::options(args.output_file.is_some()))?;
            output::say(&fixed.summary("Would fix"));
            return Ok(if failed {
                FAILED
            } else if fixed.is_empty() {
                CLEAN
            } else {
                FOUND
            });
        }
        let problems = fixed.write();
        problems.iter().for_each(output::problem);
        output::say(&fixed.summary_without("Fixed", &problems));
        failed |= !problems.is_empty();
        if !fixed.is_empty() {
            // What stands on the disk now is what counts.
            read = view.read(args, &choice)?;
            failed |= !read.loaded.problems.is_empty();
        }
    }
    let RunFindings { found, problems } = wanted(&read);
    problems.iter().for_each(output::problem);
    failed |= !problems.is_empty();
    let to_file = args.output_file.is_some();
    let default = if output::on_terminal() && !to_file { Format::Full } else { Format::Concise };
    let format = args.format.unwrap_or(default);
    let mut out = output::sink(args.output_file.as_deref())?;
    if args.statistics {
        statistics::write(&mut *out, &found, format)?;
        out.flush()?;
    } else {
        let all = || read.loaded.corpora.iter().map(|corpus| corpus.selected.len()).sum();
        let files = scope.as_ref().map_or_else(all, |scope| scope.files(&read));
        let summary = show(&found, format, to_file, &read.texts, files, &mut *out)?;
        if matches!(format, Format::Full | Format::Grouped) {
            output::say(&summary.to_string());
        }
    }
    // The program ends: the system takes all memory back at once, faster than piece by piece.
    std::mem::forget(read);
    if failed {
        return Ok(FAILED);
    }
    let failing = found.iter().any(|diagnostic| diagnostic.severity <= args.fail_on);
    Ok(if failing { FOUND } else { CLEAN })
}

/// Says what cannot be done together.
fn refuse(args: &args::CheckArgs, fixing: bool) -> anyhow::Result<()> {
    let stdin = args.paths.paths.iter().any(|path| path.as_os_str() == "-");
    if fixing && !args.diff && stdin {
        bail!("standard input cannot be fixed, since there is no file to write; --diff shows what would change");
    }
    if args.watch && stdin {
        bail!("standard input cannot be watched");
    }
    if fixing && !args.diff && args.change.staged {
        bail!(
            "what is staged cannot be fixed, since fixes are written to files: use --fix without --staged and \
             'git add', or apply what --diff shows with 'git apply --cached'"
        );
    }
    if let Some(format) = args.format.filter(|format| args.statistics && !statistics::is_shown_as(*format)) {
        bail!("counts are shown as full, concise, json or jsonl, not as {format}");
    }
    if args.interactive && !fixing {
        bail!("--interactive asks of each fix: it goes with --fix or --unsafe-fixes");
    }
    if args.interactive && !output::can_ask() {
        bail!("--interactive asks questions and needs a terminal; --diff shows what would be fixed without it");
    }
    Ok(())
}

/// Reads what is asked for, and judges what it was before.
fn read_for(
    args: &args::CheckArgs,
    choice: &RuleSelection,
) -> anyhow::Result<(FileView, Option<ChangeScope>, LoadedRun)> {
    let view = FileView::of(&args.change, &args.paths)?;
    let read = view.read(args, choice)?;
    view.notes(&read).iter().for_each(|note| output::note(note));
    let scope = view.scope(&args.paths, choice)?;
    Ok((view, scope, read))
}

/// Makes fixes in memory: all that are allowed, or those that somebody wants.
fn fix(
    args: &args::CheckArgs,
    read: &mut LoadedRun,
    choice: &RuleSelection,
    find: &dyn Fn(&LoadedRun) -> RunFindings,
) -> anyhow::Result<FixedFiles> {
    let allowed = if args.unsafe_fixes { Allowed::Unsafe } else { Allowed::Safe };
    if !args.interactive {
        return Ok(fix::fix(read, allowed, choice, find, &mut |_, _| true));
    }
    let mut questions = Questions::new(std::io::stdin().lock(), std::io::stdout().lock(), output::options(false));
    let fixed = fix::fix(read, allowed, choice, find, &mut |finding, texts| questions.wants(finding, texts));
    questions.finish().context("--interactive")?;
    Ok(fixed)
}

/// Of what was found that which the change brings and the baseline does not know.
fn wanted(
    findings: RunFindings,
    scope: Option<&ChangeScope>,
    baseline: Option<&Baseline>,
    texts: &RunTexts,
) -> RunFindings {
    let RunFindings { mut found, problems } = findings;
    let mut keeps = scope.map_or_else(|| vec![true; found.len()], |scope| scope.keeps(&found, texts));
    if let Some(baseline) = baseline {
        let unknown = baseline.unknown(&found, &keeps, texts);
        keeps.iter_mut().zip(unknown).for_each(|(keep, unknown)| *keep &= unknown);
    }
    let mut keeps = keeps.into_iter();
    found.retain(|_| keeps.next().unwrap_or(false));
    RunFindings { found, problems }
}

fn show(
    found: &[Diagnostic],
    format: Format,
    to_file: bool,
    texts: &RunTexts,
    files: usize,
    out: &mut dyn Write,
) -> anyhow::Result<Summary> {
    let mut renderer = Renderer::new(format, output::options(to_file));
    let mut summary = Summary::default();
    summary.files = files;
    found.iter().for_each(|diagnostic| summary.add(diagnostic));
    renderer.begin(out)?;
    renderer.findings(out, texts, found)?;
    renderer.finish(out, texts)?;
    out.flush()?;
    Ok(summary)
}
