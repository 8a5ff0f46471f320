//! The command line: arguments, subcommands, progress and exit status.
//!
//! Findings go to standard output, everything else to standard error. Exit status: 0 nothing found, 1 something was,
//! 2 the command could not do all its work. Deliberately absent: anything another program could not do with the
//! library.

mod annotate;
mod arg_values;
pub mod args;
mod baseline;
mod changed_lines;
mod check;
mod compare;
mod config;
mod examples;
mod exchange;
mod exit_status;
mod explain;
mod findings;
mod fix;
mod init;
mod init_git;
mod interactive;
mod mention_counts;
mod mention_kinds;
mod mentions;
mod merge;
pub mod names;
mod output;
mod pages;
mod progress;
mod read;
mod reanchor;
mod report;
mod report_agreement;
mod rule_names;
mod rule_selection;
mod scope;
mod show_files;
mod state;
mod statistics;
mod suggest;
mod suggest_questions;
mod suppressions;
mod unfinished;
mod watch;

use std::process::ExitCode;

use clap::Parser as _;

use args::{Cli, Command, NamesCommand};
use exit_status::{CLEAN, FAILED};

/// Runs the command line.
pub fn run() -> ExitCode {
    // What nobody has foreseen is an error of the program (2), never taken for a finding, nor for success.
    let status = std::panic::catch_unwind(run_command).unwrap_or_else(|_| {
        output::Output::line("scholiast: an internal error; please report it with the message above");
        FAILED
    });
    ExitCode::from(status)
}

fn run_command() -> u8 {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version go to standard output and are no failure; a closed pipe is nobody's.
            let _ = error.print();
            return if error.use_stderr() { FAILED } else { CLEAN };
        }
    };
    output::set_color(cli.color);
    // The threads of the server answer; these work for it in the background.
    let start = if matches!(cli.command, Command::Lsp(_)) { crate::lsp::stand_back } else { || {} };
    start_threads(cli.threads, start);
    let status = match &cli.command {
        Command::Check(args) => check::run(args),
        Command::Baseline(args) => baseline::run(args),
        Command::Mentions(args) => mentions::run(args),
        Command::Annotate(args) => annotate::run(args),
        Command::Reanchor(args) => reanchor::run(args),
        Command::Suggest(args) => suggest::run(args),
        Command::Compare(args) => compare::run(args),
        Command::Merge(args) => merge::run(args),
        Command::Textconv(args) => merge::textconv(args),
        Command::Export(args) => exchange::export(args),
        Command::Import(args) => exchange::import(args),
        Command::Report(args) => report::run(args),
        Command::State(args) => state::run(args),
        Command::Init(args) => init::run(args),
        Command::Config(args) => config::run(args),
        Command::Explain(args) => explain::run(args),
        Command::Completions(args) => pages::completions(args),
        Command::Man(args) => pages::man(args),
        Command::Lsp(args) => read::cache(&args.cache).and_then(crate::lsp::run),
        Command::Names(args) => match args.command {
            NamesCommand::Rank => {
                names::rank(std::io::stdin().lock(), std::io::BufWriter::new(std::io::stdout().lock())).map(|()| CLEAN)
            }
        },
    };
    status.unwrap_or_else(|error| output::failure(&error))
}

/// Starts the threads that share the work, each with `start`; where the system gives none, this thread does all of it.
fn start_threads(number: Option<usize>, start: fn()) {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(number.unwrap_or(0)).start_handler(move |_| start());
    if pool.build_global().is_err() {
        let alone = rayon::ThreadPoolBuilder::new().num_threads(1).use_current_thread();
        // Fails only where a pool exists already, and then there are threads.
        let _ = alone.build_global();
    }
}
