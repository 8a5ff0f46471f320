//! What `check` and `mentions` have in common: reading what the PATHs name.

use std::io::Read as _;
use std::sync::Arc;

use anyhow::{Context as _, bail};
use camino::{Utf8Path, Utf8PathBuf};

use super::args::{CacheArgs, PathArgs};
use super::output;
use super::progress::RunProgress;
use crate::config::Config;
use crate::disk::cache::Cache;
use crate::disk::clock::today;
use crate::disk::files::{Files, OnDisk};
use crate::disk::load::{LoadRequest, load};
use crate::disk::loaded::{LoadedCorpora, StandardInput};
use crate::disk::path::working_directory;
use crate::disk::rule_pages::RulePages;
use crate::disk::run_texts::RunTexts;

/// What was read, ready to be judged and shown.
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
pub fn read(paths: &PathArgs, configure: &(dyn Fn(&mut Config) + Sync)) -> anyhow::Result<LoadedRun> {
    read_among(Arc::new(OnDisk), paths, configure)
}

/// Reads what the PATHs name among `files`; says what could not be read.
///
/// # Errors
/// When standard input cannot be read, or is named and not asked for, or the working directory is gone.
pub fn read_among(
    files: Arc<dyn Files>,
    paths: &PathArgs,
    configure: &(dyn Fn(&mut Config) + Sync),
) -> anyhow::Result<LoadedRun> {
    let stdin = if paths.paths.iter().any(|path| path.as_os_str() == "-") {
        Some(stdin(paths.stdin_filename.clone())?)
    } else if paths.stdin_filename.is_some() {
        bail!("--stdin-filename says which file standard input stands for; use it with the PATH '-'");
    } else {
        None
    };
    let cache = cache(&paths.cache)?;
    let progress = RunProgress::new();
    let loaded = load(&LoadRequest {
        paths: &paths.paths,
        here: &here()?,
        files,
        cache: &cache,
        stdin,
        today: today(),
        configure,
        progress: &|bytes| progress.done(bytes),
        expect: &|files| progress.expect(files),
    });
    progress.finish();
    for note in &loaded.notes {
        output::note(note);
    }
    for problem in &loaded.problems {
        output::problem(problem);
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
    let cache = cache(&paths.cache)?.earlier();
    let loaded = load(&LoadRequest {
        paths: &paths.paths,
        here: &here()?,
        files,
        cache: &cache,
        stdin: None,
        today: today(),
        configure,
        progress: &|_| (),
        expect: &|_| (),
    });
    let texts = texts(&loaded, pages(&cache));
    Ok(LoadedRun { loaded, texts })
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
    let mut bytes = Vec::new();
    std::io::stdin().lock().read_to_end(&mut bytes).context("standard input")?;
    Ok(StandardInput { bytes, file_name: file_name.map(Utf8PathBuf::from) })
}
