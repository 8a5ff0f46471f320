//! The command line: what may be said.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::diagnostic::Severity;
use crate::render::Format;

/// Language server and checker for annotated corpora
#[derive(Debug, Parser)]
#[command(name = "scholiast", version, about, max_term_width = 100, disable_help_subcommand = true)]
pub struct Cli {
    /// What to do
    #[command(subcommand)]
    pub command: Command,

    /// When to use colours
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto, value_name = "WHEN")]
    pub color: Color,

    /// Number of threads [default: one per core]
    #[arg(long, global = true, value_name = "N")]
    pub threads: Option<usize>,
}

/// When to use colours.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum Color {
    /// On a terminal, unless `NO_COLOR` is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// The subcommands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Find what is wrong or inconsistent
    #[command(
        after_help = "Examples:\n  scholiast check                     the folder you are in\n  scholiast check corpus --fail-on error\n  git show HEAD:a.txt | scholiast check - --stdin-filename a.txt"
    )]
    Check(Check),
    /// List what was recognised
    #[command(
        after_help = "Examples:\n  scholiast mentions corpus\n  scholiast mentions corpus --format jsonl | jq 'select(.kind == \"official\")'"
    )]
    Mentions(Mentions),
    /// Propose people for the registry, and new spellings of those who are in it
    #[command(
        after_help = "Examples:\n  scholiast suggest                   who is missing, with examples\n  scholiast suggest --format toml     the same as a fragment of a registry file\n  scholiast suggest --write           put it into the registry, keeping what stands there"
    )]
    Suggest(Suggest),
    /// Write a commented scholiast.toml and a first registry for a folder of texts
    Init(Init),
    /// Explain a rule: what it finds, why it matters, how to fix, configure or silence it
    #[command(
        after_help = "Examples:\n  scholiast explain                   all rules\n  scholiast explain date/era-clash"
    )]
    Explain(Explain),
    /// Speak the language server protocol on standard input and output
    Lsp(Lsp),
    /// Compare names across scripts
    Names(Names),
}

/// Which files.
#[derive(Debug, Args)]
pub struct Paths {
    /// Files or folders; `-` is standard input
    #[arg(value_name = "PATH", default_value = ".")]
    pub paths: Vec<PathBuf>,

    /// The file in whose place in the corpus standard input stands
    #[arg(long, value_name = "FILE")]
    pub stdin_filename: Option<String>,
}

/// `scholiast check`
#[derive(Debug, Args)]
pub struct Check {
    /// Which files
    #[command(flatten)]
    pub paths: Paths,

    /// How findings are shown [default: full on a terminal, else concise]
    #[arg(long, value_name = "FORMAT", value_parser = format)]
    pub format: Option<Format>,

    /// Write findings to a file instead of standard output
    #[arg(long, short, value_name = "FILE")]
    pub output_file: Option<PathBuf>,

    /// Exit with status 1 when a finding is at least this severe
    #[arg(long, value_name = "SEVERITY", default_value = "warning", value_parser = severity)]
    pub fail_on: Severity,
}

/// `scholiast mentions`
#[derive(Debug, Args)]
pub struct Mentions {
    /// Which files
    #[command(flatten)]
    pub paths: Paths,

    /// How mentions are shown: full, concise or jsonl [default: full on a terminal, else concise]
    #[arg(long, value_name = "FORMAT", value_parser = format)]
    pub format: Option<Format>,
}

/// `scholiast suggest`
#[derive(Debug, Args)]
pub struct Suggest {
    /// Which files
    #[command(flatten)]
    pub paths: Paths,

    /// How proposals are shown
    #[arg(long, value_enum, default_value_t = SuggestFormat::Text, value_name = "FORMAT")]
    pub format: SuggestFormat,

    /// Put them into the registry files, keeping everything that stands there
    #[arg(long)]
    pub write: bool,
}

/// How proposals are shown.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum SuggestFormat {
    /// For people, with counts and examples
    Text,
    /// One JSON object a line
    Jsonl,
    /// A fragment of a registry file
    Toml,
}

/// `scholiast init`
#[derive(Debug, Args)]
pub struct Init {
    /// The folder of the texts
    #[arg(value_name = "PATH", default_value = ".")]
    pub path: PathBuf,
}

/// `scholiast explain`
#[derive(Debug, Args)]
pub struct Explain {
    /// The rule; without one all are listed
    pub rule: Option<String>,
}

/// `scholiast lsp`
#[derive(Debug, Args)]
pub struct Lsp {
    /// Accepted, since editors say it; there is no other way to speak
    #[arg(long)]
    pub stdio: bool,
}

/// `scholiast names`
#[derive(Debug, Args)]
pub struct Names {
    /// What to do with them
    #[command(subcommand)]
    pub command: NamesCommand,
}

/// The subcommands of `scholiast names`.
#[derive(Debug, Subcommand)]
pub enum NamesCommand {
    /// Read lines {"query", "candidates"} and answer each with the candidates ranked, best first
    Rank,
}

fn format(text: &str) -> Result<Format, String> {
    text.parse().map_err(|error: crate::render::UnknownFormat| error.to_string())
}

fn severity(text: &str) -> Result<Severity, String> {
    let all = [Severity::Error, Severity::Warning, Severity::Info, Severity::Hint];
    all.into_iter()
        .find(|severity| severity.as_str() == text)
        .ok_or_else(|| "there are error, warning, info and hint".to_owned())
}
