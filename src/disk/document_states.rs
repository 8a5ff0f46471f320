//! The file with the states of a corpus's documents: reading it, writing it, and who writes.

use std::collections::BTreeMap;

use camino::Utf8Path;

use super::files::Files;
use super::git::Repository;
use super::{read, write};
use crate::curation::state_file::{FILE_NAME, StateFile};
use crate::curation::{StateRecord, document_state::DocumentState};
use crate::text::conflict;

/// Reads the states of a corpus; `None` where it has no such file.
///
/// # Errors
/// In words, when the file cannot be read or is not UTF-8.
pub fn read(files: &dyn Files, root: &Utf8Path) -> Result<Option<StateFile>, String> {
    let path = root.join(FILE_NAME);
    if !files.is_file(&path) {
        return Ok(None);
    }
    parse(files.read(&path)?).map(Some)
}

/// Reads the content of the file.
///
/// # Errors
/// In words, when it is not UTF-8.
pub fn parse(bytes: Vec<u8>) -> Result<StateFile, String> {
    let text = String::from_utf8(bytes).map_err(|error| {
        let good = error.utf8_error().valid_up_to();
        let line = memchr::memchr_iter(b'\n', &error.as_bytes()[..good]).count() + 1;
        format!("line {line} is not UTF-8; write it again in UTF-8")
    })?;
    Ok(StateFile::parse(text))
}

/// The content of the file before and after a change.
#[derive(Debug)]
pub struct StateChange {
    /// The content that it has; `None` where there is no file.
    pub before: Option<String>,
    /// The content that it is to have.
    pub after: String,
    /// The documents of which something new is said.
    pub changed: Vec<String>,
}

impl StateChange {
    /// Works out what changes where documents get a state. Of a document that has it already, by the same person,
    /// nothing new is said.
    ///
    /// # Errors
    /// In words, when the file cannot be read, is not UTF-8, or holds a conflict of a merge.
    pub fn new(root: &Utf8Path, changes: &BTreeMap<String, StateRecord>) -> Result<Self, String> {
        let path = root.join(FILE_NAME);
        let exists = path.symlink_metadata().is_ok();
        let known = if exists { parse(read::read(&path)?)? } else { StateFile::default() };
        if let Some((region, _)) = conflict::regions(known.source()).first() {
            let line = known.source()[..region.start as usize].matches('\n').count() + 1;
            return Err(format!("a conflict of a merge begins on line {line}: resolve it first; nothing was written"));
        }
        let is_new = |path: &str, record: &StateRecord| {
            known
                .get(path)
                .map_or(record.state != DocumentState::New, |old| old.state != record.state || old.by != record.by)
        };
        let new: BTreeMap<String, StateRecord> = changes
            .iter()
            .filter(|(path, record)| is_new(path, record))
            .map(|(path, record)| {
                // A clock that goes behind must not make an earlier line hold.
                let at_least = known.get(path).filter(|old| old.when >= record.when);
                let next = at_least.and_then(|old| old.when.checked_add(jiff::Span::new().seconds(1)).ok());
                (path.clone(), StateRecord { when: next.unwrap_or(record.when), ..record.clone() })
            })
            .collect();
        let after = if new.is_empty() { known.source().to_owned() } else { known.with(&new) };
        let before = exists.then(|| known.source().to_owned());
        Ok(Self { before, after, changed: new.into_keys().collect() })
    }

    /// Writes the file.
    ///
    /// # Errors
    /// In words, when it has changed meanwhile or cannot be written.
    pub fn write(&self, root: &Utf8Path) -> Result<(), String> {
        let path = root.join(FILE_NAME);
        match &self.before {
            Some(before) if *before == self.after => Ok(()),
            Some(before) => write::replace(&path, before.as_bytes(), self.after.as_bytes()),
            None if self.after.is_empty() => Ok(()),
            None => write::create(&path, &self.after),
        }
    }
}

/// The person who works in a folder: the one that git knows, else the user of the system.
pub fn person(folder: &Utf8Path) -> Option<String> {
    let of_git = Repository::of([folder]).ok().and_then(|repository| repository.setting("user.name").ok().flatten());
    let of_system = || ["USER", "USERNAME"].into_iter().find_map(|name| std::env::var(name).ok());
    of_git.or_else(of_system).filter(|name| !name.trim().is_empty())
}

/// The time, in whole seconds.
pub fn now() -> jiff::Timestamp {
    let now = jiff::Timestamp::now();
    jiff::Timestamp::from_second(now.as_second()).unwrap_or(now)
}

#[cfg(test)]
mod tests {
    use super::*;
    use camino::Utf8PathBuf;

    #[test]
    fn a_later_statement_holds_even_where_the_clock_goes_behind() {
        let folder = tempfile::tempdir().expect("a folder");
        let root = Utf8PathBuf::from_path_buf(folder.path().to_owned()).expect("UTF-8");
        let say = |state, seconds| {
            let when = jiff::Timestamp::from_second(seconds).expect("a time");
            let record = StateRecord { when, state, by: "Anna".to_owned() };
            let change = StateChange::new(&root, &BTreeMap::from([("a.txt".to_owned(), record)])).expect("no fault");
            change.write(&root).expect("written");
            change.changed.len()
        };
        assert_eq!(say(DocumentState::New, 5), 0);
        assert!(!root.join(FILE_NAME).exists());
        assert_eq!(say(DocumentState::Done, 100), 1);
        assert_eq!(say(DocumentState::Done, 200), 0);
        assert_eq!(say(DocumentState::InWork, 50), 1);
        let text = std::fs::read_to_string(root.join(FILE_NAME)).expect("a file");
        assert_eq!(text, "a.txt\tin-work\tAnna\t1970-01-01T00:01:41Z\n");
    }
}
