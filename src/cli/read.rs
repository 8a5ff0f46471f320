//! What `check` and `mentions` have in common: reading what the PATHs name.

use std::io::Read as _;

use anyhow::Context as _;
use camino::Utf8PathBuf;

use super::args::Paths;
use super::output;
use super::progress::Progress;
use crate::disk::clock::today;
use crate::disk::load::{Request, Session, Stdin, load, working_directory};
use crate::disk::texts::Texts;

/// What was read, ready to be judged and shown.
pub struct Read {
    /// The corpora.
    pub session: Session,
    /// Their texts, for excerpts.
    pub texts: Texts,
}

/// Reads what the PATHs name; says what could not be read.
///
/// # Errors
/// When standard input cannot be read.
pub fn read(paths: &Paths) -> anyhow::Result<Read> {
    let stdin = match paths.paths.iter().any(|path| path.as_os_str() == "-") {
        true => Some(stdin(paths.stdin_filename.clone())?),
        false => None,
    };
    let progress = Progress::new();
    let session = load(&Request {
        paths: &paths.paths,
        stdin,
        today: today(),
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
    let here = working_directory();
    let mut texts = Texts::default();
    for corpus in &session.corpora {
        texts.add(corpus, &here);
    }
    Ok(Read { session, texts })
}

fn stdin(file_name: Option<String>) -> anyhow::Result<Stdin> {
    let mut bytes = Vec::new();
    std::io::stdin().lock().read_to_end(&mut bytes).context("standard input")?;
    Ok(Stdin { bytes, file_name: file_name.map(Utf8PathBuf::from) })
}
