//! The form of a cache file, and replacing one as a whole.
//!
//! A file holds a magic word, the key of what it was made with, the length and checksum of its table, the table of
//! entries, then the entries. Deliberately absent: what an entry holds (`entries`).

use std::fs::File;
use std::io::{self, Read as _, Write as _};

use camino::Utf8Path;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

use super::folder::is_own;
use crate::disk::read::open_regular;

/// The first bytes of every cache file, whatever the version of its form.
const MAGIC: &[u8; 15] = b"scholiast cache";
/// The version of the form.
const VERSION: u8 = 3;
/// Bytes before the table: magic and version, key, length of the table, its checksum.
pub(super) const HEADER: usize = MAGIC.len() + 1 + 16 + 8 + 8;
/// The beginning of the names of files that are being written; a run that was killed leaves one.
pub(super) const UNFINISHED: &str = ".new-";

/// The place of an entry in its file, and a checksum of the entry.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(super) struct CachedEntry {
    pub(super) name: u128,
    pub(super) start: usize,
    pub(super) length: usize,
    pub(super) sum: u64,
}

/// A cache file that is open, whatever takes its place on disk meanwhile.
#[derive(Debug)]
pub(super) struct CacheFile {
    file: File,
    /// The entries by their names, starts counted from the first byte of the file.
    pub(super) entries: FxHashMap<u128, CachedEntry>,
}

impl CacheFile {
    /// Opens a file; `None` where there is none of this key, or it is damaged.
    pub(super) fn open(path: &Utf8Path, key: u128) -> Option<Self> {
        let file = open_regular(path).ok()?;
        let entries = entries(&file, key)?;
        Some(Self { file, entries })
    }

    /// The bytes of an entry.
    pub(super) fn bytes(&self, entry: &CachedEntry) -> Option<Vec<u8>> {
        let mut bytes = vec![0; entry.length];
        read_at(&self.file, &mut bytes, entry.start as u64).ok()?;
        Some(bytes)
    }
}

/// A file that is being put together.
#[derive(Debug)]
pub(super) struct NewCacheFile<'c> {
    old: Option<CacheFile>,
    table: Vec<CachedEntry>,
    names: FxHashSet<u128>,
    parts: Vec<EntryBytes<'c>>,
    /// Bytes of all entries.
    pub(super) length: usize,
}

/// The place of the bytes of an entry.
#[derive(Debug)]
pub(super) enum EntryBytes<'c> {
    /// In memory, in two pieces.
    New([&'c [u8]; 2]),
    /// In the file that is being replaced.
    Old(CachedEntry),
}

impl<'c> NewCacheFile<'c> {
    /// A file without entries that takes some from `old`.
    pub(super) fn after(old: Option<CacheFile>) -> Self {
        Self { old, table: Vec::new(), names: FxHashSet::default(), parts: Vec::new(), length: 0 }
    }

    /// The entries of the file that is being replaced.
    pub(super) fn old_entries(&self) -> Option<&FxHashMap<u128, CachedEntry>> {
        self.old.as_ref().map(|old| &old.entries)
    }

    /// Adds an entry, unless one of its name is there.
    pub(super) fn put(&mut self, name: u128, length: usize, sum: u64, bytes: EntryBytes<'c>) {
        if self.names.insert(name) {
            self.table.push(CachedEntry { name, start: self.length, length, sum });
            self.length += length;
            self.parts.push(bytes);
        }
    }

    /// Puts the file in the place of the one that is there.
    pub(super) fn write(self, key: u128, folder: &Utf8Path, path: &Utf8Path) -> io::Result<()> {
        if !may_replace(path) {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        let table = postcard::to_stdvec(&self.table).map_err(io::Error::other)?;
        let file = tempfile::Builder::new().prefix(UNFINISHED).tempfile_in(folder)?;
        let mut output = io::BufWriter::with_capacity(256 << 10, file);
        output.write_all(MAGIC)?;
        output.write_all(&[VERSION])?;
        output.write_all(&key.to_le_bytes())?;
        output.write_all(&(table.len() as u64).to_le_bytes())?;
        output.write_all(&xxh3_64(&table).to_le_bytes())?;
        output.write_all(&table)?;
        for bytes in &self.parts {
            match bytes {
                EntryBytes::New(pieces) => pieces.iter().try_for_each(|piece| output.write_all(piece))?,
                EntryBytes::Old(entry) => {
                    let old = self.old.as_ref().and_then(|old| old.bytes(entry));
                    output.write_all(&old.ok_or(io::ErrorKind::UnexpectedEof)?)?;
                }
            }
        }
        let file = output.into_inner().map_err(io::IntoInnerError::into_error)?;
        // Windows replaces no file that is open.
        drop(self.old);
        file.persist(path)?;
        Ok(())
    }
}

/// Tells whether nothing stands at a path, or a cache file of whatever version: the folder may be somebody else's too.
fn may_replace(path: &Utf8Path) -> bool {
    let Ok(metadata) = path.symlink_metadata() else { return true };
    if metadata.is_file() && path.parent().is_some_and(is_own) {
        // Ours, though it may be damaged.
        return true;
    }
    let mut magic = [0; MAGIC.len()];
    open_regular(path).and_then(|mut file| file.read_exact(&mut magic)).is_ok() && magic == *MAGIC
}

/// The entries of a file; `None` where it is not of this key, or damaged.
fn entries(mut file: &File, key: u128) -> Option<FxHashMap<u128, CachedEntry>> {
    let size = usize::try_from(file.metadata().ok()?.len()).ok()?;
    let mut header = [0; HEADER];
    file.read_exact(&mut header).ok()?;
    let rest = header.strip_prefix(MAGIC)?.strip_prefix(&[VERSION])?;
    let (found, rest) = rest.split_first_chunk::<16>()?;
    let (length, rest) = rest.split_first_chunk::<8>()?;
    let sum = rest.first_chunk::<8>()?;
    let body = HEADER.checked_add(usize::try_from(u64::from_le_bytes(*length)).ok()?)?;
    if u128::from_le_bytes(*found) != key || body > size {
        return None;
    }
    let mut table = vec![0; body - HEADER];
    file.read_exact(&mut table).ok()?;
    if u64::from_le_bytes(*sum) != xxh3_64(&table) {
        return None;
    }
    let table: Vec<CachedEntry> = postcard::from_bytes(&table).ok()?;
    let placed = table.into_iter().filter_map(|entry| {
        let start = entry.start.checked_add(body)?;
        let is_there = start.checked_add(entry.length).is_some_and(|end| end <= size);
        is_there.then_some((entry.name, CachedEntry { start, ..entry }))
    });
    Some(placed.collect())
}

/// Reads bytes of a file, from wherever others read it.
#[cfg(unix)]
fn read_at(file: &File, bytes: &mut [u8], at: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::read_exact_at(file, bytes, at)
}

/// Reads bytes of a file, from wherever others read it.
#[cfg(windows)]
fn read_at(file: &File, mut bytes: &mut [u8], mut at: u64) -> io::Result<()> {
    while !bytes.is_empty() {
        let read = std::os::windows::fs::FileExt::seek_read(file, bytes, at)?;
        if read == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        (bytes, at) = (&mut bytes[read..], at + read as u64);
    }
    Ok(())
}
