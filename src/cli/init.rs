//! `scholiast init`: a configuration and a first registry for a folder of texts.
//!
//! Nothing is ever overwritten: a file that exists stays as it is, which is said. Nor is anything written that would
//! not be in force: a registry that the configuration does not name, or a second one beside that which there is.
//! Deliberately absent: what the settings mean (`config`).

use std::io::Write as _;
use std::path::PathBuf;

use anyhow::bail;
use camino::{Utf8Path, Utf8PathBuf};

use super::args;
use super::exit_status::{CLEAN, FAILED};
use super::init_git;
use super::output::Output;
use super::read::{LoadedRun, here, read};
use super::suggest::{of_corpus, registry_text};
use crate::config;
use crate::corpus::{File, Snapshot};
use crate::disk::find::root_of;
use crate::disk::path::real;
use crate::disk::{FileError, read, write};
use crate::recognise::profile::Language;
use crate::registry::{Registry, RegistrySource};
use crate::text::FileId;
use crate::toml_tree::quoted;

/// The languages of the configuration before the texts have been read.
const ALL_LANGUAGES: [&str; 4] = ["th", "vi", "en", "lo"];

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
languages = ["th", "vi", "en", "lo"]
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

/// The text above the people of a new registry.
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
/// When the path is no folder, or standard output cannot be written.
pub fn run(args: &args::InitArgs) -> anyhow::Result<u8> {
    let folder = Utf8PathBuf::from_path_buf(args.path.clone())
        .map_err(|path: PathBuf| anyhow::anyhow!("{}: the name is not UTF-8", path.display()))?;
    if !args.path.is_dir() {
        bail!("{folder}: there is no such folder");
    }
    if args.git {
        return init_git::run(&real(&here()?.join(&folder)));
    }
    let mut out = Output::default().sink(None)?;
    write::finish_before_interrupts();
    // The configuration comes first: the folder is then read as the corpus that it is from now on.
    let below = |name: &str| if folder == "." { Utf8PathBuf::from(name) } else { folder.join(name) };
    let (config, registry) = (below(config::FILE_NAME), below(REGISTRY));
    let mut new_config = None;
    if exists(&config) {
        writeln!(out, "{config}: exists and stays as it is")?;
    } else {
        let around = root_of(&real(&here()?.join(&folder)), true);
        let text = config_text(&registries(&folder));
        if let Err(message) = write::create(&config, &text) {
            return Ok(failed(&config, message));
        }
        new_config = Some(text);
        writeln!(out, "{config}: written, with its settings explained")?;
        if let Some(around) = around.map(|root| root.join(config::FILE_NAME)) {
            writeln!(out, "{folder}: a corpus of its own now; {around} and its registry hold no longer here")?;
        }
    }
    if new_config.is_none() && exists(&registry) {
        writeln!(out, "{registry}: exists and stays as it is")?;
        out.flush()?;
        return Ok(CLEAN);
    }
    let cache = args::CacheArgs { cache_dir: None, no_cache: true };
    let paths = args::PathArgs {
        paths: vec![args.path.clone()],
        stdin_filename: None,
        config: None,
        isolated: false,
        exclude: Vec::new(),
        quiet: false,
        cache,
    };
    let LoadedRun { loaded, texts } = read(&paths, Output::default(), &|_| {})?;
    // The first corpus is the folder's; others have configurations, and registries, of their own. It is missing where
    // its configuration cannot be read, which has been said.
    let Some(corpus) = loaded.corpora.first() else { return Ok(FAILED) };
    let snapshot = corpus.world.current();
    if let Some(before) = new_config {
        let after = with_languages(&before, &languages(snapshot));
        if let Err(message) = write::replace(&config, before.as_bytes(), after.as_bytes()) {
            return Ok(failed(&config, message));
        }
    }
    if exists(&registry) {
        writeln!(out, "{registry}: exists and stays as it is")?;
    } else if !snapshot.config.is_registry(REGISTRY) {
        writeln!(out, "{registry}: not written, since `registry` in {config} does not name it")?;
    } else if !snapshot.registry.is_empty() {
        let known = snapshot.registry.len();
        writeln!(out, "{registry}: not written, since there is a registry of {known}; `suggest --write` adds to it")?;
    } else {
        let suggestions = of_corpus(0, corpus, &texts);
        let text = format!("{REGISTRY_HEAD}{}", registry_text(&suggestions));
        if let Err(message) = write::create(&registry, &text) {
            return Ok(failed(&registry, message));
        }
        match suggestions.people.len() {
            0 => writeln!(out, "{registry}: written, without people: nobody was recognised in the texts")?,
            1 => writeln!(out, "{registry}: written, with 1 person to look over")?,
            people => writeln!(out, "{registry}: written, with {people} people to look over")?,
        }
    }
    out.flush()?;
    Ok(if loaded.problems.is_empty() { CLEAN } else { FAILED })
}

fn failed(path: &Utf8Path, message: String) -> u8 {
    Output::default().problem(&FileError { path: path.to_string(), message });
    FAILED
}

/// Tells whether something stands there, if only a link that leads nowhere.
fn exists(path: &Utf8Path) -> bool {
    path.symlink_metadata().is_ok()
}

/// The configuration with the registry files that there are; without any, with the one that will be.
fn config_text(registries: &[String]) -> String {
    if registries.is_empty() {
        return CONFIG.to_owned();
    }
    let globs: Vec<String> = registries.iter().map(|name| quoted(&globset::escape(name))).collect();
    CONFIG.replace(&format!("[{}]", quoted(REGISTRY)), &format!("[{}]", globs.join(", ")))
}

/// The tags of the languages that the texts are written in, or that stand in them in letters of their own, the one of
/// most letters first.
fn languages(snapshot: &Snapshot) -> Vec<&'static str> {
    let mut letters = [("th", 0_u64), ("vi", 0), ("en", 0), ("lo", 0)];
    for file in snapshot.files() {
        let tally = file.tally();
        let latin = u64::from(tally.latin);
        // Vietnamese may be typed without its marks, and either language may quote the other.
        let is_vietnamese = tally.vietnamese > 0 || holds(file, Language::Vietnamese);
        let is_english = tally.language() != Language::Vietnamese || holds(file, Language::English);
        let of_language = [0, if is_vietnamese { latin } else { 0 }, if is_english { latin } else { 0 }, 0];
        letters[0].1 += u64::from(tally.thai);
        letters[3].1 += u64::from(tally.lao);
        letters.iter_mut().zip(of_language).for_each(|((_, all), more)| *all += more);
    }
    letters.sort_by_key(|(_, letters)| std::cmp::Reverse(*letters));
    letters.into_iter().filter(|(_, letters)| *letters > 0).map(|(tag, _)| tag).collect()
}

/// Tells whether dates in a language stand in a text; of Vietnamese also references.
fn holds(file: &File, language: Language) -> bool {
    let file = file.unpacked();
    let mut facts = file.facts();
    facts.any(|(_, facts)| {
        language == Language::Vietnamese && !facts.decrees.is_empty()
            || facts.dates.iter().any(|date| date.language == language)
    })
}

/// The configuration with these languages; without any as it is.
fn with_languages(config: &str, languages: &[&str]) -> String {
    let line = |languages: &[&str]| {
        let tags: Vec<String> = languages.iter().map(|tag| quoted(tag)).collect();
        format!("languages = [{}]", tags.join(", "))
    };
    if languages.is_empty() { config.to_owned() } else { config.replace(&line(&ALL_LANGUAGES), &line(languages)) }
}

/// The files directly in a folder that define somebody, by name.
fn registries(folder: &Utf8Path) -> Vec<String> {
    let Ok(listed) = folder.read_dir_utf8() else { return Vec::new() };
    let names = listed.flatten().map(|entry| entry.file_name().to_owned());
    let mut names: Vec<String> = names.filter(|name| Utf8Path::new(name).extension() == Some("toml")).collect();
    names.retain(|name| {
        let bytes = read::read(&folder.join(name)).unwrap_or_default();
        let text = String::from_utf8_lossy(&bytes);
        !Registry::load(&[RegistrySource { file: FileId(0), text: &text }]).is_empty()
    });
    names.sort_unstable();
    names
}
