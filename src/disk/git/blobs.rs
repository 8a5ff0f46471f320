//! The contents of files as git keeps them, one after another from one `git cat-file --batch`.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::process::{Child, ChildStdin, ChildStdout, Stdio};
use std::sync::Mutex;

use super::run::{GitError, Repository, not_run};

/// Reads contents by their names; started with the first.
#[derive(Debug)]
pub(super) struct Blobs {
    repository: Repository,
    reader: Mutex<Option<BlobReader>>,
}

impl Blobs {
    pub(super) const fn new(repository: Repository) -> Self {
        Self { repository, reader: Mutex::new(None) }
    }

    /// The content of this name, as it was committed: no filter has touched it.
    pub(super) fn read(&self, name: &str) -> Result<Vec<u8>, String> {
        let mut reader = self.reader.lock().map_err(|_| "a reader before has failed".to_owned())?;
        if reader.is_none() {
            *reader = Some(BlobReader::start(&self.repository).map_err(|error| error.to_string())?);
        }
        let Some(running) = reader.as_mut() else { return Err("git does not run".to_owned()) };
        let result = running.read(name);
        if matches!(result, Err(BlobError::Broken(_))) {
            *reader = None;
        }
        result.map_err(|unread| match unread {
            BlobError::Missing => "its content is not in this clone; fetch it with 'git fetch --refetch'".to_owned(),
            BlobError::TooLarge => "the file is larger than 4 GiB; split it".to_owned(),
            BlobError::Broken(error) => format!("git could not be asked: {error}"),
        })
    }
}

/// The reason that a content was not read.
#[derive(Debug)]
enum BlobError {
    Missing,
    TooLarge,
    /// The conversation with git is broken: anything may come next.
    Broken(std::io::Error),
}

impl From<std::io::Error> for BlobError {
    fn from(error: std::io::Error) -> Self {
        Self::Broken(error)
    }
}

#[derive(Debug)]
struct BlobReader {
    child: Child,
    /// Taken only when the reader ends.
    names: Option<ChildStdin>,
    contents: BufReader<ChildStdout>,
}

impl BlobReader {
    fn start(repository: &Repository) -> Result<Self, GitError> {
        let mut command = repository.command(&["cat-file", "--batch"]);
        let mut child =
            command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().map_err(not_run)?;
        let lost = || GitError::Io(std::io::ErrorKind::BrokenPipe.into());
        let (names, contents) = (child.stdin.take(), child.stdout.take().ok_or_else(lost)?);
        Ok(Self { child, names, contents: BufReader::new(contents) })
    }

    /// Asks for one name and waits for its content: `NAME TYPE SIZE`, the bytes, a line end; or `NAME missing`.
    fn read(&mut self, name: &str) -> Result<Vec<u8>, BlobError> {
        let lost = || std::io::Error::from(std::io::ErrorKind::BrokenPipe);
        let names = self.names.as_mut().ok_or_else(lost)?;
        writeln!(names, "{name}")?;
        names.flush()?;
        let mut head = String::new();
        self.contents.read_line(&mut head)?;
        let mut words = head.split_ascii_whitespace().skip(1);
        let size = match (words.next(), words.next()) {
            (Some("missing"), None) => return Err(BlobError::Missing),
            (Some(_), Some(size)) => size.parse::<u64>().map_err(|_| lost())?,
            _ => return Err(lost().into()),
        };
        if size >= u64::from(u32::MAX) {
            std::io::copy(&mut self.contents.by_ref().take(size + 1), &mut std::io::sink())?;
            return Err(BlobError::TooLarge);
        }
        let mut bytes = vec![0; size as usize];
        self.contents.read_exact(&mut bytes)?;
        self.contents.read_exact(&mut [0])?;
        Ok(bytes)
    }
}

impl Drop for BlobReader {
    fn drop(&mut self) {
        // Without names to come git ends of itself; nobody is left to be told how.
        drop(self.names.take());
        let _ = self.child.wait();
    }
}
