//! The arguments of the command line, with the help that is shown for each.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use compact_str::CompactString;

use super::examples;
use super::rule_names::RuleNameParser;
use crate::config::Preset;
use crate::curation::document_state::{DocumentState, UnknownState};
use crate::diagnostic::Severity;
use crate::exchange::{ConllScheme, ExchangeFormat};
use crate::render::Format;
use crate::render::comparison::ComparisonFormat;
use crate::render::mentions::MentionFormat;

/// Checks annotated texts in Thai, Vietnamese and English, and serves editors
///
/// scholiast finds mistakes in a folder of texts: dates that do not exist, references to legal documents that are
/// malformed, names that contradict the registry of people and organisations, annotations that do not fit their text.
#[derive(Debug, Parser)]
#[command(name = "scholiast", version, about, long_about, max_term_width = 100, after_help = examples::SCHOLIAST)]
pub struct Cli {
    /// The command
    #[command(subcommand)]
    pub command: Command,

    /// Use colours
    #[arg(help_heading = "For every command", long, global = true, value_enum, default_value_t = Color::Auto, value_name = "WHEN")]
    pub color: Color,

    /// Use at most this many threads [default: one for each processor core]
    #[arg(help_heading = "For every command", long, global = true, value_name = "N")]
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
    /// Find mistakes and inconsistencies, and fix them
    #[command(after_help = examples::CHECK)]
    Check(CheckArgs),
    /// Record the findings of today, so that `check --baseline` shows only new ones
    #[command(after_help = examples::BASELINE)]
    Baseline(BaselineArgs),
    /// List the people, organisations, places, dates and references that were recognised
    #[command(after_help = examples::MENTIONS)]
    Mentions(MentionsArgs),
    /// Write what was recognised into the annotation files; nothing that people wrote is changed
    #[command(after_help = examples::ANNOTATE)]
    Annotate(AnnotateArgs),
    /// Move annotations to where their words are after texts were changed outside the editor
    #[command(after_help = examples::REANCHOR)]
    Reanchor(ReanchorArgs),
    /// Propose people for the registry, and new spellings of people who are in it
    #[command(after_help = examples::SUGGEST)]
    Suggest(SuggestArgs),
    /// Compare two annotators' sets of annotations: differences, F1, κ, α
    #[command(after_help = examples::COMPARE)]
    Compare(CompareArgs),
    /// Merge annotation files (the merge driver of git for .ann)
    #[command(after_help = examples::MERGE)]
    Merge(MergeArgs),
    /// Write an annotation file in words, one annotation a line (for git diff)
    #[command(after_help = examples::TEXTCONV)]
    Textconv(TextconvArgs),
    /// Write annotations in the format of another program
    #[command(after_help = examples::EXPORT)]
    Export(ExportArgs),
    /// Read annotations from the format of another program into texts and .ann files
    #[command(after_help = examples::IMPORT)]
    Import(ImportArgs),
    /// Write a page, or tables, that show the corpus: people, legal documents, dates, annotations, findings
    #[command(
        after_help = "Examples:\n  scholiast report -o report.html             one page that needs no network\n  scholiast report -o people.csv --format csv for a spreadsheet\n  scholiast report --format markdown tin      tables of one folder"
    )]
    Report(ReportArgs),
    /// Show or set how far documents are: new, in work, done, reviewed; by whom and when
    #[command(after_help = examples::STATE)]
    State(StateArgs),
    /// Write a commented scholiast.toml and a first registry for a folder of texts
    #[command(after_help = examples::INIT)]
    Init(InitArgs),
    /// Show the settings in force for a file or folder, and where each is set
    #[command(after_help = examples::CONFIG)]
    Config(ConfigArgs),
    /// Explain a rule: what it finds, why it matters, how to fix, configure or silence it
    #[command(after_help = examples::EXPLAIN)]
    Explain(ExplainArgs),
    /// Print the completion script of a shell
    #[command(after_help = examples::COMPLETIONS)]
    Completions(CompletionsArgs),
    /// Write the manual pages, one for each command, into a folder
    #[command(after_help = examples::MAN)]
    Man(ManArgs),
    /// Run the language server for an editor, on standard input and output
    Lsp(LspArgs),
    /// Compare names across scripts
    Names(NamesArgs),
}

/// The files that a command reads, and their configuration.
#[derive(Clone, Debug, Args)]
pub struct PathArgs {
    /// Files or folders; `-` is one text on standard input, for commands that write no files beside texts
    ///
    /// Whatever is named, the whole corpus around it is read: a finding never depends on which files were named. A file
    /// that is named is read even if `include` does not list it, but not if `exclude` does.
    #[arg(value_name = "PATH", default_value = ".")]
    pub paths: Vec<PathBuf>,

    /// The file that standard input stands for: its place in the corpus, and the name in the output
    #[arg(long, value_name = "FILE")]
    pub stdin_filename: Option<String>,

    /// Use this file instead of every scholiast.toml
    ///
    /// Globs in FILE are relative to the folder of the scholiast.toml that it replaces, or to the working directory
    /// where there is none.
    #[arg(help_heading = "Configuration", long, value_name = "FILE", conflicts_with = "isolated")]
    pub config: Option<PathBuf>,

    /// Ignore every scholiast.toml; the built-in settings apply
    #[arg(help_heading = "Configuration", long)]
    pub isolated: bool,

    /// Leave out files and folders that match this glob, in addition to `exclude` in scholiast.toml
    #[arg(help_heading = "Configuration", long, value_name = "GLOB")]
    pub exclude: Vec<String>,

    /// Show findings and errors only: no summary, no notes, no progress
    #[arg(help_heading = "Output", long, short)]
    pub quiet: bool,

    /// The cache
    #[command(flatten)]
    pub cache: CacheArgs,
}

impl PathArgs {
    /// Returns whether one of the paths is `-`, standard input.
    pub fn reads_stdin(&self) -> bool {
        self.paths.iter().any(|path| path.as_os_str() == "-")
    }
}

/// The cache of what was recognised in a text.
#[derive(Clone, Debug, Default, Args)]
pub struct CacheArgs {
    /// Keep what was recognised in this folder, to be faster next time [default: scholiast in your cache folder]
    #[arg(help_heading = "Cache", long, value_name = "DIR")]
    pub cache_dir: Option<PathBuf>,

    /// Do not read or write the cache
    #[arg(help_heading = "Cache", long, conflicts_with = "cache_dir")]
    pub no_cache: bool,
}

/// `scholiast check`
#[derive(Debug, Args)]
pub struct CheckArgs {
    /// The files
    #[command(flatten)]
    pub paths: PathArgs,

    /// The form of the output [default: full on a terminal, else concise]
    #[arg(help_heading = "Output", long, value_enum, value_name = "FORMAT")]
    pub format: Option<Format>,

    /// Write findings to this file instead of standard output
    #[arg(help_heading = "Output", long, short, value_name = "FILE")]
    pub output_file: Option<PathBuf>,

    /// The rules
    #[command(flatten)]
    pub rules: RuleArgs,

    /// The change
    #[command(flatten)]
    pub change: ChangeArgs,

    /// Fix in the files what can be fixed safely: no date, reference, link or annotation changes its meaning
    #[arg(help_heading = "Fixing", long)]
    pub fix: bool,

    /// Also make the fixes that may change the meaning of a text
    #[arg(help_heading = "Fixing", long)]
    pub unsafe_fixes: bool,

    /// Show what fixing would change as a unified diff; write nothing
    #[arg(help_heading = "Fixing", long, conflicts_with_all = ["statistics", "format"])]
    pub diff: bool,

    /// Show each fix and ask before making it
    #[arg(help_heading = "Fixing", long, conflicts_with = "diff")]
    pub interactive: bool,

    /// Fix only findings of these rules
    #[arg(help_heading = "Fixing", long, value_name = "RULE", value_delimiter = ',', value_parser = RuleNameParser, hide_possible_values = true)]
    pub fixable: Vec<String>,

    /// Do not fix findings of these rules; the more specific of --fixable and --unfixable wins
    #[arg(help_heading = "Fixing", long, value_name = "RULE", value_delimiter = ',', value_parser = RuleNameParser, hide_possible_values = true)]
    pub unfixable: Vec<String>,

    /// Accept all findings that would be shown: write a `[[suppress]]` with this reason for each into scholiast.toml
    #[arg(help_heading = "Fixing", long, value_name = "REASON", conflicts_with_all = ["fix", "unsafe_fixes", "diff", "interactive", "watch", "staged"])]
    pub add_suppressions: Option<String>,

    /// Check again whenever a file changes, and show what is new (+) and what is gone (-)
    #[arg(long, conflicts_with_all = ["fix", "unsafe_fixes", "diff", "interactive", "statistics", "format", "output_file", "staged"])]
    pub watch: bool,

    /// Count findings by rule instead of showing them
    #[arg(help_heading = "Output", long)]
    pub statistics: bool,

    /// List the files that would be checked; check nothing
    #[arg(help_heading = "Output", long, conflicts_with_all = ["fix", "unsafe_fixes", "diff", "interactive", "statistics", "watch", "add_suppressions", "format", "output_file"])]
    pub show_files: bool,

    /// Hide the findings recorded in this file, which `scholiast baseline` writes [default: `file` of `[baseline]`]
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,

    /// Exit with status 1 if a finding has at least this severity
    #[arg(help_heading = "Exit status", long, value_enum, value_name = "SEVERITY", default_value_t = Severity::Warning)]
    pub fail_on: Severity,

    /// Exit with status 0 whatever is found; errors still exit with 2
    #[arg(help_heading = "Exit status", long, conflicts_with = "fail_on")]
    pub exit_zero: bool,
}

/// The findings that a change in git brings.
#[derive(Debug, Args)]
pub struct ChangeArgs {
    /// Check what is staged for the next commit, and show the findings that the commit would bring
    #[arg(help_heading = "Changes in git", long, group = "change")]
    pub staged: bool,

    /// Show the findings that came after a git revision, uncommitted changes included
    #[arg(help_heading = "Changes in git", long, value_name = "REV", group = "change")]
    pub since: Option<String>,

    /// With --staged or --since: show old findings on changed lines too
    #[arg(help_heading = "Changes in git", long, requires = "change", conflicts_with = "all")]
    pub changed_lines_only: bool,

    /// With --staged or --since: show all findings in changed files, old ones too
    #[arg(help_heading = "Changes in git", long, requires = "change")]
    pub all: bool,
}

/// The rules that are applied, and their severities.
#[derive(Debug, Default, Args)]
pub struct RuleArgs {
    /// Apply only these rules: codes (date/era-clash), families (date) or `*`
    #[arg(help_heading = "Rules", long, value_name = "RULE", value_delimiter = ',', value_parser = RuleNameParser, hide_possible_values = true)]
    pub select: Vec<String>,

    /// Do not apply these rules; the more specific of --select and --ignore wins
    #[arg(help_heading = "Rules", long, value_name = "RULE", value_delimiter = ',', value_parser = RuleNameParser, hide_possible_values = true)]
    pub ignore: Vec<String>,

    /// Set the severity of a rule or family: error, warning, info, hint or off; overrides scholiast.toml
    #[arg(help_heading = "Rules", long, value_name = "RULE=SEVERITY", value_delimiter = ',')]
    pub severity: Vec<String>,

    /// Severities for rules that have no setting of their own
    #[arg(help_heading = "Rules", long, value_enum, value_name = "PRESET")]
    pub preset: Option<Preset>,

    /// Also check mentions of a person by a short name (`ông Hùng`, or a title alone) after the full name
    #[arg(help_heading = "Rules", long)]
    pub short_mentions: bool,
}

/// `scholiast baseline`
#[derive(Debug, Args)]
pub struct BaselineArgs {
    /// The files
    #[command(flatten)]
    pub paths: PathArgs,

    /// The rules
    #[command(flatten)]
    pub rules: RuleArgs,

    /// The baseline file [default: `file` of `[baseline]` in scholiast.toml, else scholiast-baseline.json]
    #[arg(long, value_name = "FILE")]
    pub file: Option<PathBuf>,

    /// Replace the entries of an existing file by the findings of today
    #[arg(long)]
    pub update: bool,

    /// With --update: change only the paths of files that were moved or renamed; record no new finding
    #[arg(long, requires = "update")]
    pub only_moved: bool,

    /// Remove the entries of findings that are gone from an existing file; record no new finding
    #[arg(long, conflicts_with = "update")]
    pub prune: bool,
}

/// `scholiast mentions`
#[derive(Debug, Args)]
pub struct MentionsArgs {
    /// The files
    #[command(flatten)]
    pub paths: PathArgs,

    /// The form of the output [default: full on a terminal, else concise]
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub format: Option<MentionFormat>,

    /// Also list mentions of a person by a short name (`ông Hùng`, or a title alone) after the full name
    #[arg(long)]
    pub short_mentions: bool,

    /// List only mentions of these kinds: official, person, organization, place, office, date, decree, annotation, or
    /// the name of a pattern
    #[arg(long, value_name = "KIND", value_delimiter = ',')]
    pub kind: Vec<String>,

    /// List recognised names that nobody has annotated; with --kind also dates and others
    #[arg(long)]
    pub unannotated: bool,

    /// Count mentions by kind, and annotations by type and annotator, instead of listing them
    #[arg(long)]
    pub statistics: bool,
}

/// `scholiast annotate`
#[derive(Debug, Args)]
pub struct AnnotateArgs {
    /// Texts
    #[command(flatten)]
    pub paths: PathArgs,

    /// Annotate only mentions of these kinds: official, person, organization, place, office, date, decree, or the name
    /// of a pattern
    #[arg(long, value_name = "KIND", value_delimiter = ',')]
    pub kind: Vec<String>,

    /// Annotate only where one entry of the registry is meant
    #[arg(long)]
    pub only_linked: bool,

    /// Write no links to the registry
    #[arg(long, conflicts_with = "only_linked")]
    pub no_link: bool,

    /// Give new annotations this attribute, so that they can be told from those of people [default: Recognised]
    #[arg(long, value_name = "ATTRIBUTE", num_args = 0..=1, require_equals = true, default_missing_value = "Recognised", value_parser = attribute_name)]
    pub mark: Option<String>,

    /// Also annotate mentions of a person by a short name (`ông Hùng`, or a title alone) after the full name
    #[arg(long)]
    pub short_mentions: bool,

    /// Show what would be written as a unified diff, and write nothing
    #[arg(long)]
    pub diff: bool,

    /// Say what would be written, and write nothing
    #[arg(long)]
    pub dry_run: bool,
}

/// A name of an attribute.
fn attribute_name(name: &str) -> Result<String, String> {
    let is_name = !name.is_empty() && !name.contains(|letter: char| letter.is_whitespace() || letter.is_control());
    if is_name { Ok(name.to_owned()) } else { Err("an attribute has a name without spaces".to_owned()) }
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
    /// The files
    #[command(flatten)]
    pub paths: PathArgs,

    /// The form of the proposals
    #[arg(long, value_enum, default_value_t = SuggestFormat::Text, value_name = "FORMAT")]
    pub format: SuggestFormat,

    /// Add the proposals to the registry files; everything in them is kept
    #[arg(long)]
    pub write: bool,

    /// Go through the proposals: each is written into the registry, refused for good, or left
    #[arg(long, conflicts_with_all = ["write", "reject"])]
    pub interactive: bool,

    /// Never propose this name again: writes it into `[suggest] reject` of scholiast.toml, and proposes nothing
    #[arg(long, value_name = "NAME", conflicts_with = "write")]
    pub reject: Vec<CompactString>,
}

/// The form of proposals.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum SuggestFormat {
    /// For people, with counts and examples
    Text,
    /// For scripts: one JSON object per line
    Jsonl,
    /// A part of a registry file
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

    /// Format of the comparison [default: full on a terminal, else concise]
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
    /// Each pair of annotators: who annotated a document in A, and who in B
    Annotator,
}

/// `scholiast state`
#[derive(Debug, Args)]
pub struct StateArgs {
    /// Set this state: new, in-work, done or reviewed
    #[arg(long, value_name = "STATE", value_parser = state_named)]
    pub set: Option<DocumentState>,

    /// The person who says so [default: `user.name` of git, else the user of the system]
    #[arg(long, value_name = "NAME", requires = "set")]
    pub by: Option<String>,

    /// Set the state for every document, where no PATH is named
    #[arg(long, requires = "set")]
    pub all: bool,

    /// Show what would be written, and write nothing
    #[arg(long, requires = "set")]
    pub diff: bool,

    /// List only documents in this state; may be repeated
    #[arg(long, value_name = "STATE", value_parser = state_named, conflicts_with = "set")]
    pub only: Vec<DocumentState>,

    /// Format of the list
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = StateFormat::Concise, conflicts_with = "set")]
    pub format: StateFormat,

    /// The documents
    #[command(flatten)]
    pub paths: PathArgs,
}

/// The formats of `scholiast state`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum StateFormat {
    /// A line a document
    Concise,
    /// A JSON object a document
    Jsonl,
    /// A table
    Markdown,
}

fn state_named(word: &str) -> Result<DocumentState, UnknownState> {
    DocumentState::named(word)
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

    /// Show what would be written, and write nothing
    #[arg(long, requires = "output")]
    pub diff: bool,

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

    /// Show what would be written, and write nothing
    #[arg(long)]
    pub diff: bool,

    /// List what was not taken over in this file, one JSON object a line
    #[arg(long, value_name = "FILE")]
    pub loss: Option<PathBuf>,

    /// The columns of CoNLL: form, start, end, tag, or _ for one to pass over
    #[arg(long, value_name = "COLUMNS", value_delimiter = ',', default_value = "form,tag")]
    pub columns: Vec<String>,
}

/// `scholiast report`
#[derive(Debug, Args)]
pub struct ReportArgs {
    /// Texts and their annotation files
    #[command(flatten)]
    pub paths: PathArgs,

    /// The file to write; without it standard output
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,

    /// A page for people, or the tables
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = ReportFormat::Html)]
    pub format: ReportFormat,

    /// The title [default: the name of the folder]
    #[arg(long, value_name = "TITLE")]
    pub title: Option<String>,

    /// Show all lines and rows, however large the page becomes
    ///
    /// Without it the page has at most 5 MB: the first lines of each spelling, "n of m shown".
    #[arg(long)]
    pub full: bool,

    /// Show how findings changed since this baseline [default: that of scholiast.toml]
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,
}

/// The forms of a report.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum ReportFormat {
    /// One page that needs no network; for people
    Html,
    /// The tables, the most frequent rows of each; for issues and wikis
    Markdown,
    /// All tables as one JSON object; for scripts
    Json,
    /// All tables as one table; for spreadsheets
    Csv,
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
    /// A folder or a file; the file need not exist
    #[arg(value_name = "PATH", default_value = ".")]
    pub path: PathBuf,

    /// The rules
    #[command(flatten)]
    pub rules: RuleArgs,

    /// The form of the output
    #[arg(long, value_enum, default_value_t = ConfigFormat::Text, value_name = "FORMAT")]
    pub format: ConfigFormat,
}

/// The form of settings.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum ConfigFormat {
    /// For people: one setting per line
    Text,
    /// For scripts: one JSON object
    Json,
}

/// `scholiast explain`
#[derive(Debug, Args)]
pub struct ExplainArgs {
    /// A rule (date/era-clash), or a family of rules (date); without it, all rules are listed
    #[arg(value_parser = RuleNameParser, hide_possible_values = true)]
    pub rule: Option<String>,

    /// Print the pages of all rules as one Markdown document
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
    /// The folder; it is created if it does not exist
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
}

/// `scholiast lsp`
#[derive(Debug, Args)]
pub struct LspArgs {
    /// Accepted because many editors pass it; standard input and output are always used
    #[arg(long)]
    pub stdio: bool,

    /// The cache
    #[command(flatten)]
    pub cache: CacheArgs,
}

/// `scholiast names`
#[derive(Debug, Args)]
pub struct NamesArgs {
    /// The subcommand
    #[command(subcommand)]
    pub command: NamesCommand,
}

/// The subcommands of `scholiast names`.
#[derive(Debug, Subcommand)]
pub enum NamesCommand {
    /// Rank candidates by how well they match a name, for each line {"query": …, "candidates": […]} of standard input
    #[command(after_help = examples::NAMES_RANK)]
    Rank,
}
