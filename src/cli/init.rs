//! `scholiast init`: a configuration and a first registry for a folder of texts.
//!
//! Nothing is ever overwritten: a file that exists stays as it is, which is said. Deliberately absent: what the
//! settings mean (`config`).

use std::io::Write as _;
use std::path::PathBuf;

use anyhow::{Context as _, bail};
use camino::Utf8PathBuf;

use super::args;
use super::read::{Read, read};
use super::suggest::{of_corpus, registry_text};
use super::{CLEAN, FAILED, output};
use crate::config;
use crate::corpus::suggest::Suggestions;
use crate::disk::write;

/// The registry that is written.
const REGISTRY: &str = "registry.toml";

/// The configuration that is written: what is set has its default, and says so.
const CONFIG: &str = r#"# This file marks a corpus for scholiast. Paths and globs are relative to this folder.
# What is not said here has its default; `scholiast explain` lists the rules.

[corpus]
# The texts.
include = ["**/*.txt"]
# What is left out, though `include` wants it.
exclude = []
# Who exists: people, organisations, offices, places, legal documents.
registry = ["registry.toml"]
# The languages of the texts, the main one first.
languages = ["th", "vi", "en"]
# The date of a text completes dates without a year and tells which office somebody held. It is read from a date that
# ends a short line at the head; where file names begin with one, it can be read from them:
# document-date = { masthead = true, file-name = "(?<year>\\d{4})-(?<month>\\d\\d)-(?<day>\\d\\d)" }
document-date = { masthead = true }

# Severities: "error", "warning", "info", "hint" or "off".
# [rules]
# "date/mixed-era-document" = "off"

# Other settings for some files.
# [[per-file]]
# path = "drafts/**"
# rules = { "entity/spelling-variants" = "off" }

# A finding that has been looked at and accepted.
# [[suppress]]
# path = "2024-05-25.txt"
# rule = "decree/type-word-mismatch"
# text = "752/QD-TTg"
# reason = "quoted as printed"
"#;

/// What stands above the people of a new registry.
const REGISTRY_HEAD: &str = "\
# Who the texts of this corpus name. `scholiast init` has proposed these people from honorifics, titles and the shape
# of their names: look each over, remove who is none, complete the names and add offices. Of each language the first
# name is the preferred one; spellings that differ only in case, diacritics or inner spaces need not be listed.
#
# [[person]]
# id = \"tran-van-lam\"
# names.vi = [\"Trần Văn Lâm\"]
# names.th = [\"เจิ่น วัน ลัม\"]
# offices = [{ office = \"mof/minister\", since = 2021-04-08 }]
#
# [[organization]]
# id = \"mof\"
# names.vi = [\"Bộ Tài chính\"]
#
# [[office]]
# id = \"mof/minister\"
# organization = \"mof\"
# names.vi = [\"Bộ trưởng Bộ Tài chính\"]
";

/// Runs the command.
///
/// # Errors
/// When the path is no folder, standard error cannot be written, or a file cannot be made.
pub fn run(args: &args::Init) -> anyhow::Result<u8> {
    let folder = Utf8PathBuf::from_path_buf(args.path.clone())
        .map_err(|path: PathBuf| anyhow::anyhow!("{}: the name is not UTF-8", path.display()))?;
    if !args.path.is_dir() {
        bail!("{folder}: there is no such folder");
    }
    let (config, registry) = (folder.join(config::FILE_NAME), folder.join(REGISTRY));
    let kept = args::Kept { cache_dir: None, no_cache: true };
    let paths = args::Paths { paths: vec![args.path.clone()], stdin_filename: None, kept };
    let Read { session, texts } = read(&paths, &|_| {})?;
    let mut suggestions = Suggestions::default();
    if !registry.as_std_path().exists() {
        // The first corpus is the folder's; others have configurations, and registries, of their own.
        if let Some(corpus) = session.corpora.first() {
            suggestions = of_corpus(0, corpus, &texts);
        }
    }
    let people = suggestions.people.len();
    let text = format!("{REGISTRY_HEAD}{}", registry_text(&suggestions));
    let mut out = output::sink(None)?;
    let mut done = session.problems.is_empty();
    write::finish_before_interrupts();
    for (path, text, what) in [
        (&registry, text.as_str(), format!("with {people} people to look over")),
        (&config, CONFIG, "with its settings explained".to_owned()),
    ] {
        if path.as_std_path().exists() {
            writeln!(out, "{path}: exists and stays as it is")?;
            continue;
        }
        match write::create(path, text) {
            Ok(()) => writeln!(out, "{path}: written, {what}")?,
            Err(message) => {
                output::problem(&crate::disk::Problem { path: path.to_string(), message });
                done = false;
            }
        }
    }
    out.flush().context("standard output")?;
    Ok(if done { CLEAN } else { FAILED })
}
