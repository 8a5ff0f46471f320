//! How do people speak? Arguments, subcommands, progress and exit status.
//!
//! RunFindings go to standard output, everything else to standard error. Exit status: 0 nothing found, 1 something was,
//! 2 the command could not do all its work. Deliberately absent: anything another program could not do with the
//! library.

pub mod args;
mod baseline;
mod changed_lines;
mod check;
mod compare;
mod config;
mod exchange;
mod explain;
mod findings;
mod fix;
mod init;
mod init_git;
mod interactive;
mod mentions;
mod merge;
pub mod names;
mod output;
mod pages;
mod progress;
mod read;
mod reanchor;
mod rule_selection;
mod scope;
mod statistics;
mod suggest;
mod watch;

use std::process::ExitCode;

use clap::Parser as _;

use args::{Cli, Command, NamesCommand};

/// The command did its work and found nothing at or above `--fail-on`.
pub const CLEAN: u8 = 0;
/// The command did its work and found something.
pub const FOUND: u8 = 1;
/// The command could not do all its work.
pub const FAILED: u8 = 2;

/// Runs the command line.
pub fn run() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version go to standard output and are no failure; a closed pipe is nobody's.
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { FAILED } else { CLEAN });
        }
    };
    output::set_color(cli.color);
    if let Some(threads) = cli.threads {
        // Fails only where a pool exists already, and none does before this line.
        let _ = rayon::ThreadPoolBuilder::new().num_threads(threads).build_global();
    }
    let status = match &cli.command {
        Command::Check(args) => check::run(args),
        Command::Baseline(args) => baseline::run(args),
        Command::Mentions(args) => mentions::run(args),
        Command::Reanchor(args) => reanchor::run(args),
        Command::Suggest(args) => suggest::run(args),
        Command::Compare(args) => compare::run(args),
        Command::Merge(args) => merge::run(args),
        Command::Textconv(args) => merge::textconv(args),
        Command::Export(args) => exchange::export(args),
        Command::Import(args) => exchange::import(args),
        Command::Init(args) => init::run(args),
        Command::Config(args) => config::run(args),
        Command::Explain(args) => explain::run(args),
        Command::Completions(args) => pages::completions(args),
        Command::Man(args) => pages::man(args),
        Command::Lsp(lsp) => read::cache(&lsp.cache).and_then(crate::lsp::run),
        Command::Names(args) => match args.command {
            NamesCommand::Rank => {
                names::rank(std::io::stdin().lock(), std::io::BufWriter::new(std::io::stdout().lock())).map(|()| CLEAN)
            }
        },
    };
    ExitCode::from(status.unwrap_or_else(|error| output::failure(&error)))
}
