//! The entries of one corpus in the cache: the packed facts of each text, by the content of the text.

use std::borrow::Cow;
use std::sync::Arc;

use camino::Utf8PathBuf;
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::{Xxh3, xxh3_64, xxh3_128};

use super::eviction::make_room;
use super::file::{CacheFile, CachedEntry, EntryBytes, NewCacheFile};
use super::folder::prepare;
use crate::corpus::counts::FileCounts;
use crate::corpus::file::{ClosedFile, DiskFacts};
use crate::corpus::{FileBody, LoadedFile};
use crate::recognise::profile::Tally;
use crate::text::encoding::Undecodable;

/// Bytes a corpus may always use; a larger one twice what its texts need now, so that two branches fit.
const SMALL: usize = 64 << 20;
/// Bytes of text that are worth writing a file for: they are read again faster than a file is written.
pub(super) const WORTH: usize = 128 << 10;

/// The name of a text's content.
pub fn name(bytes: &[u8]) -> u128 {
    xxh3_128(bytes)
}

/// The cache of one corpus. An entry is read when it is asked for, on the thread that asks.
#[derive(Debug, Default)]
pub struct CorpusCache {
    /// `None`: nothing is kept.
    path: Option<Utf8PathBuf>,
    key: u128,
    file: Option<CacheFile>,
}

/// A text that a run has used.
#[derive(Debug)]
pub struct UsedText {
    /// The name of its content.
    pub name: u128,
    /// Bytes of text.
    pub size: usize,
    /// The entry to be kept, where there was none.
    pub new: Option<NewEntry>,
}

/// An entry that is not in the file yet. Its facts are those of the corpus, shared.
#[derive(Clone, Debug)]
pub struct NewEntry {
    head: Vec<u8>,
    facts: Arc<[u8]>,
}

impl CorpusCache {
    pub(super) fn open(path: Utf8PathBuf, key: u128) -> Self {
        let file = CacheFile::open(&path, key);
        Self { path: Some(path), key, file }
    }

    /// Tells whether nothing is kept, or nothing that can be used now.
    pub(super) fn is_empty(&self) -> bool {
        self.file.as_ref().is_none_or(|file| file.entries.is_empty())
    }

    /// The facts of a text, packed; `None` where they are not known.
    pub fn get(&self, name: u128) -> Option<LoadedFile> {
        let file = self.file.as_ref()?;
        let entry = file.entries.get(&name)?;
        let bytes = file.bytes(entry)?;
        (xxh3_64(&bytes) == entry.sum).then(|| decode(&bytes)).flatten()
    }

    /// The facts of a text, packed where they are or will be kept; with an entry for those that `make` has made.
    pub fn facts(&self, name: u128, make: impl FnOnce() -> LoadedFile) -> (LoadedFile, Option<NewEntry>) {
        if let Some(known) = self.get(name) {
            return (known, None);
        }
        let mut made = make();
        let new = self.encode(&mut made);
        (made, new)
    }

    /// An entry for the facts of a text, which it packs; `None` where nothing is kept.
    pub fn encode(&self, loaded: &mut LoadedFile) -> Option<NewEntry> {
        self.path.as_ref().and_then(|_| encode(loaded))
    }

    /// Keeps what is new, where that is worth writing the file anew. Whatever fails, nothing is lost but time.
    pub fn save(self, used: &[UsedText]) {
        let Self { path: Some(path), key, file } = self else { return };
        let all: usize = used.iter().map(|used| used.size).sum();
        let new: usize = used.iter().filter(|used| used.new.is_some()).map(|used| used.size).sum();
        if new < WORTH.max(all / 16) {
            return;
        }
        let Some(folder) = path.parent() else { return };
        // An error is none of the user's: the next run takes as long as this one.
        if prepare(folder).and_then(|()| content(file, used).write(key, folder, &path)).is_ok() {
            make_room(folder, &path);
        }
    }
}

/// Puts the new file together: the texts of this run, then others while there is room.
fn content(old: Option<CacheFile>, used: &[UsedText]) -> NewCacheFile<'_> {
    let mut content = NewCacheFile::after(old);
    for used in used {
        if let Some(new) = &used.new {
            content.put(used.name, new.size(), new.sum(), EntryBytes::New(new.bytes()));
        } else if let Some(old) = content.old_entries().and_then(|old| old.get(&used.name)).copied() {
            content.put(used.name, old.length, old.sum, EntryBytes::Old(old));
        }
    }
    // What other branches of a repository hold will be asked for again.
    let limit = SMALL.max(content.length * 2);
    let mut others: Vec<CachedEntry> =
        content.old_entries().into_iter().flat_map(|old| old.values().copied()).collect();
    others.sort_unstable_by_key(|entry| entry.start);
    for old in others {
        if content.length + old.length <= limit {
            content.put(old.name, old.length, old.sum, EntryBytes::Old(old));
        }
    }
    content
}

impl NewEntry {
    /// The bytes of the entry, in two pieces.
    pub(super) fn bytes(&self) -> [&[u8]; 2] {
        [&self.head, &self.facts]
    }

    fn size(&self) -> usize {
        self.bytes().iter().map(|piece| piece.len()).sum()
    }

    fn sum(&self) -> u64 {
        let mut sum = Xxh3::new();
        self.bytes().iter().for_each(|piece| sum.update(piece));
        sum.digest()
    }
}

/// The beginning of an entry; the packed facts of a text follow.
#[derive(Serialize, Deserialize)]
enum EntryHead<'h> {
    Closed(Tally, DiskFacts, Cow<'h, FileCounts>),
    NotUtf8(Undecodable, DiskFacts),
}

pub(super) fn encode(loaded: &mut LoadedFile) -> Option<NewEntry> {
    let disk = loaded.disk;
    let (head, facts) = match &mut loaded.body {
        FileBody::Closed(closed) => {
            (EntryHead::Closed(*closed.tally(), disk, Cow::Borrowed(&loaded.counts)), closed.pack())
        }
        FileBody::NotUtf8(at) => (EntryHead::NotUtf8(*at, disk), Arc::default()),
        FileBody::Open(_) => return None,
    };
    Some(NewEntry { head: postcard::to_stdvec(&head).ok()?, facts })
}

pub(super) fn decode(bytes: &[u8]) -> Option<LoadedFile> {
    let (head, facts) = postcard::take_from_bytes(bytes).ok()?;
    Some(match head {
        EntryHead::Closed(tally, disk, counts) => {
            let body = FileBody::Closed(ClosedFile::of_packed(tally, facts.into()));
            LoadedFile { body, disk, counts: counts.into_owned() }
        }
        EntryHead::NotUtf8(at, disk) => LoadedFile { body: FileBody::NotUtf8(at), disk, counts: FileCounts::default() },
    })
}
