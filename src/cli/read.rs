//! Reading what the PATHs name, for all commands that read corpora.

use std::sync::Arc;

use anyhow::{Context as _, bail};
use camino::{Utf8Path, Utf8PathBuf};

use super::args::{CacheArgs, PathArgs};
use super::output::Output;
use super::progress::RunProgress;
use crate::config::{Config, Glob};
use crate::disk::cache::Cache;
use crate::disk::clock::today;
use crate::disk::files::{Files, OnDisk};
use crate::disk::find::ConfigChoice;
use crate::disk::load::{LoadRequest, load};
use crate::disk::loaded::{LoadedCorpora, StandardInput};
use crate::disk::path::working_directory;
use crate::disk::read::read_pipe;
use crate::disk::rule_pages::RulePages;
use crate::disk::run_texts::RunTexts;
use crate::text::Span;
use crate::toml_tree::Spanned;

/// The corpora of a run, ready to be judged and shown.
pub struct LoadedRun {
    /// The corpora.
    pub loaded: LoadedCorpora,
    /// Their texts, for excerpts.
    pub texts: RunTexts,
}

/// Reads what the PATHs name on disk; says what could not be read.
///
/// # Errors
/// When standard input cannot be read, or the working directory is gone.
pub fn read(paths: &PathArgs, output: Output, configure: &(dyn Fn(&mut Config) + Sync)) -> anyhow::Result<LoadedRun> {
    read_among(Arc::new(OnDisk), paths, true, output, configure)
}

/// Reads what the PATHs name among `files`; says what could not be read. `needs_files`: a PATH that yields no file is a
/// problem.
///
/// # Errors
/// When standard input cannot be read, or is named and not asked for, or the working directory is gone.
pub fn read_among(
    files: Arc<dyn Files>,
    paths: &PathArgs,
    needs_files: bool,
    output: Output,
    configure: &(dyn Fn(&mut Config) + Sync),
) -> anyhow::Result<LoadedRun> {
    let stdin = if paths.reads_stdin() {
        if let Some(name) = &paths.stdin_filename
            && (name.is_empty() || name.ends_with('/') || std::path::Path::new(name).is_dir())
        {
            bail!("--stdin-filename: '{name}' is not the name of a file; write that of a text, such as news/a.txt");
        }
        Some(stdin(paths.stdin_filename.clone())?)
    } else if paths.stdin_filename.is_some() {
        bail!("--stdin-filename says which file standard input stands for; use it with the PATH '-'");
    } else {
        None
    };
    let (here, cache, excludes) = (here()?, cache(&paths.cache)?, globs(&paths.exclude)?);
    if let Some(asked) = &paths.cache.cache_dir
        && let Err(error) = cache.make()
    {
        output.note(&format!("--cache-dir {}: {error}; nothing is kept for the next run", asked.display()));
    }
    let progress = RunProgress::new(output.quiet);
    let loaded = load(&LoadRequest {
        paths: &paths.paths,
        here: &here,
        files,
        config: config_choice(paths, &here),
        cache: &cache,
        stdin,
        today: today(),
        needs_files,
        configure: &|config| {
            config.corpus.exclude.add(&excludes);
            configure(config);
        },
        progress: &|bytes| progress.done(bytes),
        expect: &|files| progress.expect(files),
    });
    progress.finish();
    for note in &loaded.notes {
        output.note(note);
    }
    for problem in &loaded.problems {
        output.problem(problem);
    }
    let texts = texts(&loaded, pages(&cache));
    Ok(LoadedRun { loaded, texts })
}

/// Reads what the PATHs name among `files`, and says nothing: for a second look at what has been read already.
///
/// # Errors
/// When the working directory is gone.
pub fn read_quietly(
    files: Arc<dyn Files>,
    paths: &PathArgs,
    configure: &(dyn Fn(&mut Config) + Sync),
) -> anyhow::Result<LoadedRun> {
    let (here, cache, excludes) = (here()?, cache(&paths.cache)?.earlier(), globs(&paths.exclude)?);
    let loaded = load(&LoadRequest {
        paths: &paths.paths,
        here: &here,
        files,
        config: config_choice(paths, &here),
        cache: &cache,
        stdin: None,
        today: today(),
        needs_files: false,
        configure: &|config| {
            config.corpus.exclude.add(&excludes);
            configure(config);
        },
        progress: &|_| (),
        expect: &|_| (),
    });
    let texts = texts(&loaded, pages(&cache));
    Ok(LoadedRun { loaded, texts })
}

/// The configuration that the arguments ask for.
fn config_choice(paths: &PathArgs, here: &Utf8Path) -> ConfigChoice {
    match &paths.config {
        _ if paths.isolated => ConfigChoice::Isolated,
        Some(file) => ConfigChoice::File(here.join(file.to_string_lossy().as_ref())),
        None => ConfigChoice::Nearest,
    }
}

/// The globs of `--exclude`.
fn globs(patterns: &[String]) -> anyhow::Result<Vec<Glob>> {
    let glob = |pattern: &String| {
        let source = Spanned { value: pattern.as_str().into(), span: Span::default() };
        Glob::new(source).map_err(|_| anyhow::anyhow!("--exclude: '{pattern}' is not a glob"))
    };
    patterns.iter().map(glob).collect()
}

/// The working directory.
///
/// # Errors
/// When it is gone or its name is not UTF-8: then nothing that is named relative to it can be found.
pub fn here() -> anyhow::Result<Utf8PathBuf> {
    working_directory().map_err(anyhow::Error::msg)
}

/// The cache that the arguments ask for.
///
/// # Errors
/// When its folder is not UTF-8, or is relative to a working directory that is gone.
pub fn cache(args: &CacheArgs) -> anyhow::Result<Cache> {
    let folder = match &args.cache_dir {
        _ if args.no_cache => None,
        Some(folder) => {
            let folder = Utf8Path::from_path(folder).context("--cache-dir: the path is not UTF-8")?;
            Some(if folder.is_absolute() { folder.to_owned() } else { here()?.join(folder) })
        }
        None => Cache::user_folder(),
    };
    Ok(Cache::new(folder))
}

/// The pages of rules that a terminal may open.
fn pages(cache: &Cache) -> Arc<RulePages> {
    Arc::new(RulePages::new(cache.folder()))
}

/// The texts of corpora as they are now.
pub fn texts(loaded: &LoadedCorpora, pages: Arc<RulePages>) -> RunTexts {
    let mut texts = RunTexts::new(pages);
    for corpus in &loaded.corpora {
        texts.add(corpus);
    }
    texts
}

fn stdin(file_name: Option<String>) -> anyhow::Result<StandardInput> {
    let bytes = read_pipe(std::io::stdin().lock()).map_err(|message| anyhow::anyhow!("standard input: {message}"))?;
    Ok(StandardInput { bytes, file_name: file_name.map(Utf8PathBuf::from) })
}
