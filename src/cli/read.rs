//! What `check` and `mentions` have in common: reading what the PATHs name.

use std::io::Read as _;
use std::sync::Arc;

use anyhow::{Context as _, bail};
use camino::{Utf8Path, Utf8PathBuf};

use super::args::{Kept, Paths};
use super::output;
use super::progress::Progress;
use crate::config::Config;
use crate::disk::cache::Cache;
use crate::disk::clock::today;
use crate::disk::files::{Files, OnDisk};
use crate::disk::load::{Request, Session, Stdin, load, working_directory};
use crate::disk::pages::Pages;
use crate::disk::texts::Texts;

/// What was read, ready to be judged and shown.
pub struct Read {
    /// The corpora.
    pub session: Session,
    /// Their texts, for excerpts.
    pub texts: Texts,
}

/// Reads what the PATHs name on disk; says what could not be read.
///
/// # Errors
/// When standard input cannot be read.
pub fn read(paths: &Paths, configure: &(dyn Fn(&mut Config) + Sync)) -> anyhow::Result<Read> {
    read_among(Arc::new(OnDisk), paths, configure)
}

/// Reads what the PATHs name among `files`; says what could not be read.
///
/// # Errors
/// When standard input cannot be read, or is named and not asked for.
pub fn read_among(
    files: Arc<dyn Files>,
    paths: &Paths,
    configure: &(dyn Fn(&mut Config) + Sync),
) -> anyhow::Result<Read> {
    let stdin = if paths.paths.iter().any(|path| path.as_os_str() == "-") {
        Some(stdin(paths.stdin_filename.clone())?)
    } else if paths.stdin_filename.is_some() {
        bail!("--stdin-filename says what standard input is; it goes with the PATH '-'");
    } else {
        None
    };
    let progress = Progress::new();
    let session = load(&Request {
        paths: &paths.paths,
        files,
        cache: &cache(&paths.kept),
        stdin,
        today: today(),
        configure,
        progress: &|bytes| progress.done(bytes),
        expect: &|files| progress.expect(files),
    });
    progress.finish();
    for note in &session.notes {
        output::note(note);
    }
    for problem in &session.problems {
        output::problem(problem);
    }
    let texts = texts(&session, pages(&paths.kept));
    Ok(Read { session, texts })
}

/// Reads what the PATHs name among `files`, and says nothing: for a second look at what has been read already.
pub fn read_quietly(files: Arc<dyn Files>, paths: &Paths, configure: &(dyn Fn(&mut Config) + Sync)) -> Read {
    let session = load(&Request {
        paths: &paths.paths,
        files,
        cache: &cache(&paths.kept).earlier(),
        stdin: None,
        today: today(),
        configure,
        progress: &|_| (),
        expect: &|_| (),
    });
    let texts = texts(&session, pages(&paths.kept));
    Read { session, texts }
}

/// Where what was recognised is kept.
pub fn cache(kept: &Kept) -> Cache {
    if kept.no_cache {
        return Cache::default();
    }
    let given = kept.cache_dir.as_deref().and_then(Utf8Path::from_path).map(|folder| working_directory().join(folder));
    Cache::new(given.or_else(Cache::user_folder))
}

/// The pages of rules that a terminal may open.
fn pages(kept: &Kept) -> Arc<Pages> {
    Arc::new(Pages::new(cache(kept).folder()))
}

/// The texts of a session as it is now.
pub fn texts(session: &Session, pages: Arc<Pages>) -> Texts {
    let here = working_directory();
    let mut texts = Texts::new(pages);
    for corpus in &session.corpora {
        texts.add(corpus, &here);
    }
    texts
}

fn stdin(file_name: Option<String>) -> anyhow::Result<Stdin> {
    let mut bytes = Vec::new();
    std::io::stdin().lock().read_to_end(&mut bytes).context("standard input")?;
    Ok(Stdin { bytes, file_name: file_name.map(Utf8PathBuf::from) })
}
