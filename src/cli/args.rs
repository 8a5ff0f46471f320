//! The command line: what may be said.

use std::path::PathBuf;

use clap::builder::PossibleValue;
use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::config::Preset;
use crate::diagnostic::Severity;
use crate::exchange::{ConllScheme, ExchangeFormat};
use crate::render::Format;
use crate::render::comparison::ComparisonFormat;
use crate::render::mentions::MentionFormat;

/// Language server and checker for annotated corpora
#[derive(Debug, Parser)]
#[command(name = "scholiast", version, about, max_term_width = 100)]
pub struct Cli {
    /// What to do
    #[command(subcommand)]
    pub command: Command,

    /// When to use colours
    #[arg(help_heading = "Everywhere", long, global = true, value_enum, default_value_t = Color::Auto, value_name = "WHEN")]
    pub color: Color,

    /// Number of threads [default: one per core]
    #[arg(help_heading = "Everywhere", long, global = true, value_name = "N")]
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
        after_help = "Examples:\n  scholiast check                      the folder you are in\n  scholiast check corpus --fail-on error\n  scholiast check corpus --fix --diff  what would be put right\n  scholiast check corpus --select date,decree --ignore date/abbrev-style\n  scholiast check --staged             what the next commit would bring\n  scholiast check --since origin/main  what has come since\n  git show HEAD:a.txt | scholiast check - --stdin-filename a.txt"
    )]
    Check(CheckArgs),
    /// Note the findings there are, for `check --baseline` to leave out
    #[command(
        after_help = "Examples:\n  scholiast baseline corpus              writes scholiast-baseline.json\n  scholiast baseline corpus --prune      forgets what has been put right\n  scholiast check corpus --baseline scholiast-baseline.json"
    )]
    Baseline(BaselineArgs),
    /// List what was recognised
    #[command(
        after_help = "Examples:\n  scholiast mentions corpus\n  scholiast mentions corpus --format jsonl | jq 'select(.kind == \"official\")'"
    )]
    Mentions(MentionsArgs),
    /// Move annotations to where their words are after texts were changed outside the editor
    #[command(
        after_help = "Examples:\n  scholiast reanchor                    against the newest commit in which annotations were right\n  scholiast reanchor --from ../before   against the texts of another folder\n  scholiast reanchor --from v1 --diff   what would be written"
    )]
    Reanchor(ReanchorArgs),
    /// Propose people for the registry, and new spellings of those who are in it
    #[command(
        after_help = "Examples:\n  scholiast suggest                   who is missing, with examples\n  scholiast suggest --format toml     the same as a fragment of a registry file\n  scholiast suggest --write           put it into the registry, keeping what stands there"
    )]
    Suggest(SuggestArgs),
    /// Compare two annotators' sets of annotations: differences, F1, κ, α
    #[command(
        after_help = "Examples:\n  scholiast compare anna ben                  two folders\n  scholiast compare HEAD~1: .                 the last commit and the working tree\n  scholiast compare anna ben --format json    the figures alone"
    )]
    Compare(CompareArgs),
    /// Merge annotation files (the merge driver of git for .ann)
    #[command(
        after_help = "Examples:\n  git config merge.scholiast.driver 'scholiast merge %O %A %B'\n  echo '*.ann merge=scholiast' >> .gitattributes\n  scholiast merge base.ann ours.ann theirs.ann -o merged.ann"
    )]
    Merge(MergeArgs),
    /// Write an annotation file in words, one annotation a line (for git diff)
    #[command(
        after_help = "Examples:\n  git config diff.scholiast.textconv 'scholiast textconv'\n  echo '*.ann diff=scholiast' >> .gitattributes"
    )]
    Textconv(TextconvArgs),
    /// Write annotations in the format of another program
    #[command(
        after_help = "Examples:\n  scholiast export --format spacy corpus > corpus.jsonl\n  scholiast export --format conll --columns form,start,end,tag -o corpus.conll\n  scholiast export --format csv -o tables --loss lost.jsonl"
    )]
    Export(ExportArgs),
    /// Read annotations from the format of another program into texts and .ann files
    #[command(
        after_help = "Examples:\n  scholiast import --format doccano export.jsonl -o corpus\n  scholiast import --format label-studio project.json -o corpus"
    )]
    Import(ImportArgs),
    /// Write a commented scholiast.toml and a first registry for a folder of texts
    Init(InitArgs),
    /// Show the settings that hold for a path, and where each comes from
    #[command(
        after_help = "Examples:\n  scholiast config                    for the folder you are in\n  scholiast config drafts/a.txt --format json\n  scholiast config --preset strict --select date"
    )]
    Config(ConfigArgs),
    /// Explain a rule: what it finds, why it matters, how to fix, configure or silence it
    #[command(
        after_help = "Examples:\n  scholiast explain                   all rules\n  scholiast explain entity            those of a family\n  scholiast explain date/era-clash"
    )]
    Explain(ExplainArgs),
    /// Write completions for a shell to standard output
    #[command(
        after_help = "Examples:\n  scholiast completions bash > ~/.local/share/bash-completion/completions/scholiast"
    )]
    Completions(CompletionsArgs),
    /// Write manual pages, one for each command, into a folder
    #[command(after_help = "Examples:\n  scholiast man ~/.local/share/man/man1")]
    Man(ManArgs),
    /// Speak the language server protocol on standard input and output
    Lsp(LspArgs),
    /// Compare names across scripts
    Names(NamesArgs),
}

/// Which files.
#[derive(Debug, Args)]
pub struct PathArgs {
    /// Files or folders; `-` is standard input
    #[arg(value_name = "PATH", default_value = ".")]
    pub paths: Vec<PathBuf>,

    /// The file in whose place in the corpus standard input stands
    #[arg(long, value_name = "FILE")]
    pub stdin_filename: Option<String>,

    /// Where what was recognised is kept
    #[command(flatten)]
    pub cache: CacheArgs,
}

/// Where what was recognised is kept.
#[derive(Debug, Default, Args)]
pub struct CacheArgs {
    /// Where to keep what was recognised, for the next run [default: scholiast in the user's cache folder]
    #[arg(help_heading = "Cache", long, value_name = "DIR")]
    pub cache_dir: Option<PathBuf>,

    /// Neither use nor keep what was recognised
    #[arg(help_heading = "Cache", long, conflicts_with = "cache_dir")]
    pub no_cache: bool,
}

/// `scholiast check`
#[derive(Debug, Args)]
pub struct CheckArgs {
    /// Which files
    #[command(flatten)]
    pub paths: PathArgs,

    /// How findings are shown [default: full on a terminal, else concise]
    #[arg(help_heading = "Output", long, value_enum, value_name = "FORMAT")]
    pub format: Option<Format>,

    /// Write findings to a file instead of standard output
    #[arg(help_heading = "Output", long, short, value_name = "FILE")]
    pub output_file: Option<PathBuf>,

    /// Which findings
    #[command(flatten)]
    pub rules: RuleArgs,

    /// Which findings, by what has changed
    #[command(flatten)]
    pub change: ChangeArgs,

    /// Put right what can be put right without changing values, links or annotations
    #[arg(help_heading = "Fixing", long)]
    pub fix: bool,

    /// Put right also what may change what a text says
    #[arg(help_heading = "Fixing", long)]
    pub unsafe_fixes: bool,

    /// Show what fixing would change, as a unified diff, and write nothing
    #[arg(help_heading = "Fixing", long, conflicts_with_all = ["statistics", "format"])]
    pub diff: bool,

    /// Ask of each fix whether it is to be made
    #[arg(help_heading = "Fixing", long, conflicts_with = "diff")]
    pub interactive: bool,

    /// Check again whenever a file changes, and show what is new (+) and what is gone (-)
    #[arg(long, conflicts_with_all = ["fix", "unsafe_fixes", "diff", "interactive", "statistics", "format", "output_file", "staged"])]
    pub watch: bool,

    /// Count findings by rule instead of showing them
    #[arg(help_heading = "Output", long)]
    pub statistics: bool,

    /// Leave out the findings that this file knows, as `scholiast baseline` writes it
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,

    /// Exit with status 1 when a finding is at least this severe
    #[arg(long, value_enum, value_name = "SEVERITY", default_value_t = Severity::Warning)]
    pub fail_on: Severity,
}

/// Which findings, by what has changed.
#[derive(Debug, Args)]
pub struct ChangeArgs {
    /// Check what is in the git index, not the working tree, and show what the commit would bring
    #[arg(help_heading = "Changes in git", long, group = "change")]
    pub staged: bool,

    /// Show what has come since a git revision, uncommitted changes included
    #[arg(help_heading = "Changes in git", long, value_name = "REV", group = "change")]
    pub since: Option<String>,

    /// Of changed files, show what is on changed lines or came with the change
    #[arg(help_heading = "Changes in git", long, requires = "change")]
    pub changed_lines_only: bool,
}

/// Which findings, and how loud.
#[derive(Debug, Args)]
pub struct RuleArgs {
    /// Only these rules: codes, families (`date`) or `*`
    #[arg(help_heading = "Rules", long, value_name = "RULE", value_delimiter = ',')]
    pub select: Vec<String>,

    /// Not these rules; the more exact of --select and --ignore wins
    #[arg(help_heading = "Rules", long, value_name = "RULE", value_delimiter = ',')]
    pub ignore: Vec<String>,

    /// Set the severity of a rule or family, stronger than the configuration: error, warning, info, hint or off
    #[arg(help_heading = "Rules", long, value_name = "RULE=LEVEL", value_delimiter = ',')]
    pub severity: Vec<String>,

    /// How loud rules are of which nothing is said
    #[arg(help_heading = "Rules", long, value_enum, value_name = "PRESET")]
    pub preset: Option<Preset>,

    /// Let rules see people named in short (`ông Hùng`, a title alone), linked to who was named before
    #[arg(help_heading = "Rules", long)]
    pub short_mentions: bool,
}

/// `scholiast baseline`
#[derive(Debug, Args)]
pub struct BaselineArgs {
    /// Which files
    #[command(flatten)]
    pub paths: PathArgs,

    /// Which findings
    #[command(flatten)]
    pub rules: RuleArgs,

    /// The file that is written
    #[arg(long, value_name = "FILE", default_value = "scholiast-baseline.json")]
    pub file: PathBuf,

    /// Write an existing file anew: what is found now is known from now on
    #[arg(long)]
    pub update: bool,

    /// Take out of an existing file what is found no more; nothing is added
    #[arg(long, conflicts_with = "update")]
    pub prune: bool,
}

/// `scholiast mentions`
#[derive(Debug, Args)]
pub struct MentionsArgs {
    /// Which files
    #[command(flatten)]
    pub paths: PathArgs,

    /// How mentions are shown [default: full on a terminal, else concise]
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub format: Option<MentionFormat>,

    /// Link people named in short (`ông Hùng`, a title alone) to who was named before in the document
    #[arg(long)]
    pub short_mentions: bool,
}

/// `scholiast reanchor`
#[derive(Debug, Args)]
pub struct ReanchorArgs {
    /// Files or folders
    #[command(flatten)]
    pub paths: PathArgs,

    /// The texts on which the annotations were right: a folder, or a revision of git [default: the newest one]
    #[arg(long, value_name = "REV|DIR")]
    pub from: Option<String>,

    /// Show what would be written, and write nothing
    #[arg(long)]
    pub diff: bool,

    /// The form of the rows
    #[arg(long, value_enum, default_value_t = ReanchorFormat::Text, value_name = "FORMAT")]
    pub format: ReanchorFormat,
}

/// The form of the rows of `scholiast reanchor`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum ReanchorFormat {
    /// A line for each annotation file
    Text,
    /// A JSON object for each annotation
    Jsonl,
}

/// `scholiast suggest`
#[derive(Debug, Args)]
pub struct SuggestArgs {
    /// Which files
    #[command(flatten)]
    pub paths: PathArgs,

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

/// `scholiast compare`
#[derive(Debug, Args)]
pub struct CompareArgs {
    /// The annotations that B is compared with: a folder, `REV:` or `REV:PATH` for a git revision
    #[arg(value_name = "A")]
    pub a: String,

    /// The annotations that are compared with A
    #[arg(value_name = "B")]
    pub b: String,

    /// How the comparison is shown [default: full on a terminal, else concise]
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub format: Option<ComparisonFormat>,

    /// Rows of the table of figures
    #[arg(long, value_enum, value_name = "ROWS", default_value_t = ComparedBy::Type)]
    pub by: ComparedBy,
}

/// The rows of the table of figures.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum ComparedBy {
    /// Each type of annotation
    Type,
    /// Each document
    Document,
}

/// `scholiast merge`
#[derive(Debug, Args)]
pub struct MergeArgs {
    /// The annotation file that both sides began with
    #[arg(value_name = "BASE")]
    pub base: PathBuf,

    /// Our side; the result is written here
    #[arg(value_name = "OURS")]
    pub ours: PathBuf,

    /// Their side
    #[arg(value_name = "THEIRS")]
    pub theirs: PathBuf,

    /// Write the result to this file instead of OURS; `-` is standard output
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,

    /// Show what would change in OURS, and write nothing
    #[arg(long)]
    pub diff: bool,
}

/// `scholiast textconv`
#[derive(Debug, Args)]
pub struct TextconvArgs {
    /// An annotation file
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
}

/// `scholiast export`
#[derive(Debug, Args)]
pub struct ExportArgs {
    /// Texts and their annotation files
    #[command(flatten)]
    pub paths: PathArgs,

    /// The format to write
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub format: ExchangeFormat,

    /// The file or folder to write; without it standard output, where the format is one file
    #[arg(long, short, value_name = "DIR|FILE")]
    pub output: Option<PathBuf>,

    /// Export what was recognised, too, as annotations with links to the registry
    #[arg(long)]
    pub mentions: bool,

    /// List what the format cannot hold in this file, one JSON object a line
    #[arg(long, value_name = "FILE")]
    pub loss: Option<PathBuf>,

    /// End with status 1, and write nothing, where the format cannot hold everything
    #[arg(long)]
    pub strict: bool,

    /// The columns of CoNLL: form, start, end, tag, or _ for an empty one
    #[arg(long, value_name = "COLUMNS", value_delimiter = ',', default_value = "form,tag")]
    pub columns: Vec<String>,

    /// The tags of CoNLL
    #[arg(long, value_enum, value_name = "SCHEME", default_value_t = ConllScheme::Iob2)]
    pub scheme: ConllScheme,
}

/// `scholiast import`
#[derive(Debug, Args)]
pub struct ImportArgs {
    /// The files to read
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<PathBuf>,

    /// Their format
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub format: ExchangeFormat,

    /// The folder for the texts and annotation files; files that are there are never overwritten
    #[arg(long, short, value_name = "DIR")]
    pub output: PathBuf,

    /// List what was not taken over in this file, one JSON object a line
    #[arg(long, value_name = "FILE")]
    pub loss: Option<PathBuf>,

    /// The columns of CoNLL: form, start, end, tag, or _ for one to pass over
    #[arg(long, value_name = "COLUMNS", value_delimiter = ',', default_value = "form,tag")]
    pub columns: Vec<String>,
}

/// `scholiast init`
#[derive(Debug, Args)]
pub struct InitArgs {
    /// The folder of the texts
    #[arg(value_name = "PATH", default_value = ".")]
    pub path: PathBuf,

    /// Teach git to merge annotation files and to show them in words, and write nothing else
    #[arg(long)]
    pub git: bool,
}

/// `scholiast config`
#[derive(Debug, Args)]
pub struct ConfigArgs {
    /// A file, there or not, or a folder
    #[arg(value_name = "PATH", default_value = ".")]
    pub path: PathBuf,

    /// Which findings
    #[command(flatten)]
    pub rules: RuleArgs,

    /// How settings are shown
    #[arg(long, value_enum, default_value_t = ConfigFormat::Text, value_name = "FORMAT")]
    pub format: ConfigFormat,
}

/// How settings are shown.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum ConfigFormat {
    /// For people: a line a setting
    Text,
    /// One JSON object
    Json,
}

/// `scholiast explain`
#[derive(Debug, Args)]
pub struct ExplainArgs {
    /// The rule, or a family of rules; without one all are listed
    pub rule: Option<String>,

    /// The pages of all rules as one Markdown document
    #[arg(long, conflicts_with = "rule")]
    pub all: bool,
}

/// `scholiast completions`
#[derive(Debug, Args)]
pub struct CompletionsArgs {
    /// The shell
    pub shell: clap_complete::Shell,
}

/// `scholiast man`
#[derive(Debug, Args)]
pub struct ManArgs {
    /// The folder, which is made if it is not there
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
}

/// `scholiast lsp`
#[derive(Debug, Args)]
pub struct LspArgs {
    /// Accepted, since editors say it; there is no other way to speak
    #[arg(long)]
    pub stdio: bool,

    /// Where what was recognised is kept
    #[command(flatten)]
    pub cache: CacheArgs,
}

/// `scholiast names`
#[derive(Debug, Args)]
pub struct NamesArgs {
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

impl ValueEnum for Format {
    fn value_variants<'a>() -> &'a [Self] {
        Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.as_str()).help(self.purpose().trim_end_matches('.')))
    }
}

impl ValueEnum for MentionFormat {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self::Full, Self::Concise, Self::Jsonl]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        let (name, purpose) = match self {
            Self::Full => ("full", "The mentions of each file in columns, under its path; for people"),
            Self::Concise => ("concise", "One line a mention; for people and editors"),
            Self::Jsonl => ("jsonl", "One JSON object a line; for scripts"),
        };
        Some(PossibleValue::new(name).help(purpose))
    }
}

impl ValueEnum for Preset {
    fn value_variants<'a>() -> &'a [Self] {
        &Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.as_str()))
    }
}

impl ValueEnum for Severity {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self::Error, Self::Warning, Self::Info, Self::Hint]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.as_str()))
    }
}

impl ValueEnum for ComparisonFormat {
    fn value_variants<'a>() -> &'a [Self] {
        &Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.as_str()).help(self.purpose()))
    }
}

impl ValueEnum for ExchangeFormat {
    fn value_variants<'a>() -> &'a [Self] {
        Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.as_str()).help(self.purpose()))
    }
}

impl ValueEnum for ConllScheme {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self::Iob2, Self::Bioes]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(match self {
            Self::Iob2 => PossibleValue::new("iob2").help("B- begins an annotation, I- goes on"),
            Self::Bioes => PossibleValue::new("bioes").help("E- ends one, S- is one token alone"),
        })
    }
}
