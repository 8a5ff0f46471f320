//! `scholiast check`: what is wrong or inconsistent.
//!
//! One way through: the arguments are checked, the corpora are read, judged, reduced to what is wanted (a change in
//! git, a baseline), fixed where asked for, and shown.

use std::io::Write as _;

use anyhow::{Context as _, bail};
use camino::Utf8Path;

use super::baseline::Baselines;
use super::exit_status::{CLEAN, FAILED, FOUND};
use super::findings::{RunFindings, each_lot, find, sort};
use super::fix::{self, FixedFiles};
use super::interactive::Questions;
use super::output::Output;
use super::read::{LoadedRun, here};
use super::rule_selection::RuleSelection;
use super::scope::{ChangeScope, FileView};
use super::{args, show_files, statistics, suppressions, unfinished, watch};
use crate::curation::StateCounts;
use crate::diagnostic::Diagnostic;
use crate::disk::loaded::LoadedCorpus;
use crate::disk::path::real;
use crate::disk::run_texts::RunTexts;
use crate::disk::write;
use crate::fix::Allowed;
use crate::render::{Format, RenderOptions, Renderer, Summary};

/// Runs the command.
///
/// # Errors
/// When an argument is wrong, standard input cannot be read or output cannot be written.
pub fn run(args: &args::CheckArgs) -> anyhow::Result<u8> {
    let check = Check::new(args)?;
    if args.watch {
        return watch::run(check.output, || {
            let (_, scope, run) = check.read()?;
            let findings = check.wanted(&run, scope.as_ref(), &check.baselines(&run)?);
            Ok((run, findings))
        });
    }
    if args.show_files {
        let (view, ..) = (FileView::of(&args.change, &args.paths)?,);
        let run = view.read(&args.paths, &check.rules, check.output)?;
        show_files::show(&run)?;
        return Ok(if run.loaded.problems.is_empty() { CLEAN } else { FAILED });
    }
    check.run()
}

/// One check: what the command line asks for.
struct Check<'a> {
    args: &'a args::CheckArgs,
    rules: RuleSelection,
    output: Output,
    /// True if fixes are made or shown.
    fixing: bool,
    stdin: bool,
}

impl<'a> Check<'a> {
    fn new(args: &'a args::CheckArgs) -> anyhow::Result<Self> {
        let check = Self {
            args,
            rules: RuleSelection::new(&args.rules)?.fixing(&args.fixable, &args.unfixable)?,
            output: Output { quiet: args.paths.quiet },
            fixing: args.fix || args.unsafe_fixes,
            stdin: args.paths.reads_stdin(),
        };
        check.refuse()?;
        Ok(check)
    }

    /// Refuses what cannot be done together.
    fn refuse(&self) -> anyhow::Result<()> {
        let Self { args, fixing, stdin, .. } = *self;
        if fixing && !args.diff && stdin && args.paths.paths.len() > 1 {
            bail!("with '-' and --fix, standard output is the fixed text: name no other PATH");
        }
        if stdin && (args.watch || args.interactive || args.add_suppressions.is_some()) {
            bail!("standard input cannot be used with --watch, --interactive or --add-suppressions");
        }
        if fixing && !args.diff && args.change.staged {
            bail!(
                "--staged cannot be fixed, since fixes are written to files: use --fix without --staged and \
                 'git add', or apply what --diff shows with 'git apply --cached'"
            );
        }
        if let Some(format) = args.format.filter(|format| args.statistics && !statistics::is_shown_as(*format)) {
            bail!("--statistics can be shown as full, concise, json or jsonl, not as {format}");
        }
        if args.interactive && !fixing {
            bail!("--interactive asks before each fix: use it with --fix or --unsafe-fixes");
        }
        if args.interactive && !Output::can_ask() {
            bail!("--interactive asks questions and needs a terminal; --diff shows the fixes without one");
        }
        Ok(())
    }

    /// Refuses to write findings over a file that is checked: `-o a.txt` for `-o out.txt a.txt`.
    fn refuse_output_over_input(&self, run: &LoadedRun) -> anyhow::Result<()> {
        let Some(file) = self.args.output_file.as_deref().and_then(Utf8Path::from_path) else { return Ok(()) };
        if run.loaded.holds(&real(&here()?.join(file))) {
            bail!("{file}: not written, since it is one of the files that are checked; name another with -o");
        }
        Ok(())
    }

    fn run(&self) -> anyhow::Result<u8> {
        let Self { args, output, .. } = self;
        let is_written = self.fixing && !args.diff && !self.stdin;
        if is_written {
            write::finish_before_interrupts();
        }
        let (view, scope, mut run) = self.read()?;
        self.refuse_output_over_input(&run)?;
        let mut failed = !run.loaded.problems.is_empty();
        if !args.change.staged {
            // Files that an earlier run was stopped in the middle of are half old and half new.
            let (finished, problems) = unfinished::finish(&run, is_written, *output);
            problems.iter().for_each(|problem| output.problem(problem));
            failed |= !problems.is_empty();
            if finished {
                run = view.read(&args.paths, &self.rules, *output)?;
            }
        }
        let baselines = self.baselines(&run)?;
        let wanted = |run: &LoadedRun| self.wanted(run, scope.as_ref(), &baselines);
        if self.fixing || args.diff {
            let unfixed = self.stdin.then(|| wanted(&run));
            let fixed = self.fix(&mut run, &wanted)?;
            fixed.refused.iter().for_each(|refused| output.note(&refused.to_string()));
            if args.diff {
                return self.show_diff(&fixed, failed);
            }
            if let Some(unfixed) = unfixed {
                return self.write_fixed_stdin(&run, &fixed, unfixed, &wanted, failed);
            }
            let problems = fixed.write();
            problems.iter().for_each(|problem| output.problem(problem));
            output.say(&fixed.summary_without("Fixed", &problems));
            failed |= !problems.is_empty();
            if !fixed.is_empty() {
                // What stands on the disk now is what counts.
                run = view.read(&args.paths, &self.rules, *output)?;
                failed |= !run.loaded.problems.is_empty();
            }
        }
        if self.tells_at_once(scope.as_ref(), &baselines) {
            let status = self.tell(&run, failed)?;
            // The program ends: the system takes all memory back at once, faster than piece by piece.
            std::mem::forget(run);
            return Ok(status);
        }
        let findings = wanted(&run);
        findings.problems.iter().for_each(|problem| output.problem(problem));
        failed |= !findings.problems.is_empty();
        if let Some(reason) = &args.add_suppressions {
            failed |= !suppressions::add(&run, &findings.found, reason, *output)?;
            return Ok(if failed { FAILED } else { CLEAN });
        }
        self.show(&run, &findings, scope.as_ref())?;
        let status = self.status(&findings, failed);
        // The program ends: the system takes all memory back at once, faster than piece by piece.
        std::mem::forget(run);
        Ok(status)
    }

    /// Tells whether findings can be shown as they are found: nothing is done that needs all of them.
    fn tells_at_once(&self, scope: Option<&ChangeScope>, baselines: &Baselines) -> bool {
        scope.is_none() && baselines.is_empty() && self.args.add_suppressions.is_none() && !self.args.statistics
    }

    /// Shows findings as they are found. Returns the exit status.
    fn tell(&self, run: &LoadedRun, mut failed: bool) -> anyhow::Result<u8> {
        let mut out = self.output.sink(self.args.output_file.as_deref())?;
        let mut summary = Summary::default();
        summary.files = files_of(run);
        let mut renderer = Renderer::new(self.format(), self.render_options());
        renderer.begin(&mut *out)?;
        let mut fails = false;
        let problems = each_lot(run, &self.rules, &mut |lot| {
            lot.iter().for_each(|finding| summary.add(finding));
            fails |= self.fails(&lot);
            Ok(renderer.findings(&mut *out, &run.texts, &lot)?)
        })?;
        renderer.finish(&mut *out, &run.texts)?;
        out.flush()?;
        problems.iter().for_each(|problem| self.output.problem(problem));
        failed |= !problems.is_empty();
        self.output.say(&summary.to_string());
        Ok(Self::status_of(fails, failed))
    }

    /// Reads what is asked for, and judges what it was before.
    fn read(&self) -> anyhow::Result<(FileView, Option<ChangeScope>, LoadedRun)> {
        let view = FileView::of(&self.args.change, &self.args.paths)?;
        let run = view.read(&self.args.paths, &self.rules, self.output)?;
        view.notes(&run).iter().for_each(|note| self.output.note(note));
        let scope = view.scope(&self.args.paths, &self.rules)?;
        Ok((view, scope, run))
    }

    fn baselines(&self, run: &LoadedRun) -> anyhow::Result<Baselines> {
        match &self.args.baseline {
            Some(file) => Baselines::read(file),
            None => Baselines::of(run),
        }
    }

    /// The findings that the change brings and no baseline has.
    fn wanted(&self, run: &LoadedRun, scope: Option<&ChangeScope>, baselines: &Baselines) -> RunFindings {
        let RunFindings { mut found, problems } = find(run, &self.rules);
        let mut keeps = scope.map_or_else(|| vec![true; found.len()], |scope| scope.keeps(&found, &run.texts));
        baselines.leave_out(&found, &mut keeps, &run.texts);
        let lost = scope.map_or_else(Vec::new, |scope| scope.lost_registries(run, &found));
        let mut keeps = keeps.into_iter();
        found.retain(|_| keeps.next().unwrap_or(false));
        if !lost.is_empty() {
            found.extend(lost.into_iter().filter(|lost| self.rules.wants(&lost.code)));
            sort(&mut found, &run.texts);
        }
        RunFindings { found, problems }
    }

    /// Makes fixes in memory: all that are allowed, or those that somebody wants.
    fn fix(&self, run: &mut LoadedRun, wanted: &dyn Fn(&LoadedRun) -> RunFindings) -> anyhow::Result<FixedFiles> {
        let allowed = if self.args.unsafe_fixes { Allowed::Unsafe } else { Allowed::Safe };
        if !self.args.interactive {
            return Ok(fix::fix(run, allowed, &self.rules, wanted, &mut |_, _: &RunTexts| true));
        }
        let options = self.output.options(false, self.args.fail_on);
        let mut questions = Questions::new(std::io::stdin().lock(), std::io::stdout().lock(), options);
        let mut asked = |finding: &_, texts: &RunTexts| questions.wants(finding, texts);
        let fixed = fix::fix(run, allowed, &self.rules, wanted, &mut asked);
        questions.finish().context("--interactive")?;
        Ok(fixed)
    }

    fn show_diff(&self, fixed: &FixedFiles, failed: bool) -> anyhow::Result<u8> {
        let file = self.args.output_file.as_deref();
        fixed.show(&mut *self.output.sink(file)?, self.render_options())?;
        self.output.say(&fixed.summary("Would fix"));
        Ok(match (failed, fixed.is_empty() || self.args.exit_zero) {
            (true, _) => FAILED,
            (false, true) => CLEAN,
            (false, false) => FOUND,
        })
    }

    /// Standard input, fixed, to standard output; what is left to find to standard error. Where annotations beside it
    /// would have to move with it, it stays as it is: they cannot be written together.
    fn write_fixed_stdin(
        &self,
        run: &LoadedRun,
        fixed: &FixedFiles,
        unfixed: RunFindings,
        wanted: &dyn Fn(&LoadedRun) -> RunFindings,
        failed: bool,
    ) -> anyhow::Result<u8> {
        let moving = fixed.tied_to_stdin(&run.loaded);
        let (text, findings) = match &moving {
            Some((before, _)) => (before.as_bytes(), unfixed),
            None => (run.loaded.stdin_text().unwrap_or_default(), wanted(run)),
        };
        if let Some((_, others)) = &moving {
            let others = others.join("`, `");
            self.output.note(&format!(
                "nothing is fixed: `{others}` would have to change with standard input; fix the file itself"
            ));
        }
        let mut out = self.output.sink(self.args.output_file.as_deref())?;
        out.write_all(text)?;
        out.flush()?;
        let mut renderer = Renderer::new(Format::Concise, RenderOptions::default());
        let mut lines = Vec::new();
        renderer.findings(&mut lines, &run.texts, &findings.found)?;
        String::from_utf8_lossy(&lines).lines().for_each(Output::line);
        Ok(self.status(&findings, failed))
    }

    fn show(&self, run: &LoadedRun, findings: &RunFindings, scope: Option<&ChangeScope>) -> anyhow::Result<()> {
        let format = self.format();
        let mut out = self.output.sink(self.args.output_file.as_deref())?;
        let mut summary = Summary::default();
        summary.files = match scope {
            Some(scope) => scope.files(run),
            None => files_of(run),
        };
        findings.found.iter().for_each(|finding| summary.add(finding));
        if self.args.statistics {
            statistics::write(&mut *out, &findings.found, state_counts(run), format)?;
        } else {
            let mut renderer = Renderer::new(format, self.render_options());
            renderer.begin(&mut *out)?;
            renderer.findings(&mut *out, &run.texts, &findings.found)?;
            renderer.finish(&mut *out, &run.texts)?;
        }
        out.flush()?;
        self.output.say(&summary.to_string());
        Ok(())
    }

    fn format(&self) -> Format {
        let to_terminal = Output::on_terminal() && self.args.output_file.is_none();
        self.args.format.unwrap_or(if to_terminal { Format::Full } else { Format::Concise })
    }

    fn render_options(&self) -> RenderOptions {
        self.output.options(self.args.output_file.is_some(), self.args.fail_on)
    }

    fn status(&self, findings: &RunFindings, failed: bool) -> u8 {
        Self::status_of(self.fails(&findings.found), failed)
    }

    /// Tells whether any of these findings is one that fails the run.
    fn fails(&self, found: &[Diagnostic]) -> bool {
        !self.args.exit_zero && found.iter().any(|found| found.severity <= self.args.fail_on)
    }

    const fn status_of(fails: bool, failed: bool) -> u8 {
        match (failed, fails) {
            (true, _) => FAILED,
            (false, true) => FOUND,
            (false, false) => CLEAN,
        }
    }
}

/// The numbers of documents by state; `None` where no corpus keeps states.
fn state_counts(run: &LoadedRun) -> Option<StateCounts> {
    run.loaded.corpora.iter().filter_map(LoadedCorpus::state_counts).reduce(StateCounts::and)
}

/// The number of files that are asked for.
fn files_of(run: &LoadedRun) -> usize {
    run.loaded.corpora.iter().map(|corpus| corpus.selected.len()).sum()
}
