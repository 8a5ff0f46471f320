//! What was recognised before, kept for the next run.
//!
//! One file a corpus, below the user's cache folder. An entry is found by the content of a text alone; the file as a whole
//! is of one build of the program, one registry and one configuration, and of no use to any other. So nothing that is
//! kept can be out of date, and output is the same with it and without. What is damaged, of another build or unreadable
//! is as if it were not there. A file is replaced as a whole, so that two runs at once do not disturb each other: the
//! later one's stands.
//! Deliberately absent: findings, which depend on the whole corpus and cost little.

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, Read as _, Write as _};
use std::sync::Arc;
use std::time::SystemTime;

use camino::{Utf8Path, Utf8PathBuf};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::{Xxh3, xxh3_64, xxh3_128};

use crate::corpus::counts::FileCounts;
use crate::corpus::file::{ClosedFile, DiskFacts};
use crate::corpus::{FileBody, LoadedFile, Snapshot};
use crate::recognise::profile::Tally;
use crate::text::encoding::Undecodable;

/// Which build of the program this is.
const BUILD: &str = env!("SCHOLIAST_BUILD");
/// What a file begins with; the last byte is the version of its form.
const MAGIC: &[u8; 16] = b"scholiast cache\x03";
/// The ending of the files.
const ENDING: &str = "facts";
/// Bytes a corpus may always use; a larger one twice what its texts need now.
const SMALL: usize = 64 << 20;
/// Bytes that all corpora together may use; the one that was written longest ago goes first.
const ALL: u64 = 1 << 30;
/// Bytes of text that are worth writing a file for.
const WORTH: usize = 128 << 10;

/// Where things are kept, if anywhere.
#[derive(Clone, Debug, Default)]
pub struct Cache {
    folder: Option<Utf8PathBuf>,
    earlier: bool,
}

impl Cache {
    /// A cache in this folder; without one nothing is kept.
    pub const fn new(folder: Option<Utf8PathBuf>) -> Self {
        Self { folder, earlier: false }
    }

    /// Where it is, if anywhere.
    pub fn folder(&self) -> Option<&Utf8Path> {
        self.folder.as_deref()
    }

    /// The same for corpora as they were: under another registry they have a file of their own, so that neither state
    /// drives out the other.
    #[must_use]
    pub fn earlier(self) -> Self {
        Self { earlier: true, ..self }
    }

    /// The folder for what a user's programs keep, with one of ours in it.
    pub fn user_folder() -> Option<Utf8PathBuf> {
        let folder = |name: &str| std::env::var(name).ok().map(Utf8PathBuf::from).filter(|path| path.is_absolute());
        let home = || folder("HOME");
        let own = if cfg!(target_os = "macos") {
            home().map(|home| home.join("Library/Caches"))
        } else if cfg!(windows) {
            folder("LOCALAPPDATA")
        } else {
            home().map(|home| home.join(".cache"))
        };
        folder("XDG_CACHE_HOME").or(own).map(|folder| folder.join("scholiast"))
    }

    /// Where a corpus is kept, for the registry and configuration that it has now. Reads nothing.
    pub fn place(&self, root: &Utf8Path, snapshot: &Snapshot) -> CachePlace {
        let Some(folder) = &self.folder else { return CachePlace::default() };
        let name = format!("{:016x}", xxh3_64(root.as_str().as_bytes()));
        let earlier = self.earlier.then(|| folder.join(format!("{name}-earlier.{ENDING}")));
        CachePlace { file: Some(folder.join(format!("{name}.{ENDING}"))), earlier, key: key(snapshot) }
    }
}

/// Where one corpus is kept; by default nowhere.
#[derive(Clone, Debug, Default)]
pub struct CachePlace {
    file: Option<Utf8PathBuf>,
    /// The file to use where the other is of another state of the corpus.
    earlier: Option<Utf8PathBuf>,
    key: u128,
}

impl CachePlace {
    /// What is kept there.
    pub fn open(self) -> CorpusCache {
        let Some(file) = self.file else { return CorpusCache::default() };
        let pack = CorpusCache::read(file, self.key);
        match self.earlier {
            Some(earlier) if pack.entries.is_empty() => CorpusCache::read(earlier, self.key),
            _ => pack,
        }
    }
}

/// Of what the facts of a text are made besides the text: the program and all that it has compiled.
fn key(snapshot: &Snapshot) -> u128 {
    let mut hash = Xxh3::new();
    let mut add = |text: &str| {
        hash.update(&(text.len() as u64).to_le_bytes());
        hash.update(text.as_bytes());
    };
    add(BUILD);
    add(&snapshot.today.year().to_string());
    add(snapshot.config_source.as_ref().map_or("", |(_, source)| &*source.text));
    for source in snapshot.registry_files.values() {
        add(source.path.as_str());
        add(&source.text);
        add(source.good.as_ref().map_or("", |(text, _)| &**text));
    }
    hash.digest128()
}

/// The name of a text's content.
pub fn name(bytes: &[u8]) -> u128 {
    xxh3_128(bytes)
}

/// Where an entry is in its file, and a checksum of it.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
struct CachedEntry {
    name: u128,
    start: usize,
    length: usize,
    sum: u64,
}

/// What is kept of one corpus. An entry is read when it is asked for, on the thread that asks.
#[derive(Debug, Default)]
pub struct CorpusCache {
    /// `None`: nothing is kept.
    path: Option<Utf8PathBuf>,
    key: u128,
    /// The file that was there, whatever takes its place meanwhile.
    file: Option<File>,
    entries: FxHashMap<u128, CachedEntry>,
}

/// What became of one text of a run.
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
    fn read(path: Utf8PathBuf, key: u128) -> Self {
        let opened = File::open(&path).ok().and_then(|file| Some((entries(&file, key)?, file)));
        let (entries, file) = opened.unzip();
        Self { path: Some(path), key, file, entries: entries.unwrap_or_default() }
    }

    /// The facts of a text, packed; `None` where they are not known.
    pub fn get(&self, name: u128) -> Option<LoadedFile> {
        let entry = self.entries.get(&name)?;
        let bytes = self.bytes(entry)?;
        (xxh3_64(&bytes) == entry.sum).then(|| decode(&bytes)).flatten()
    }

    fn bytes(&self, entry: &CachedEntry) -> Option<Vec<u8>> {
        let mut bytes = vec![0; entry.length];
        read_at(self.file.as_ref()?, &mut bytes, entry.start as u64).ok()?;
        Some(bytes)
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
        let Some(path) = self.path.clone() else { return };
        let all: usize = used.iter().map(|used| used.size).sum();
        let new: usize = used.iter().filter(|used| used.new.is_some()).map(|used| used.size).sum();
        if new < WORTH.max(all / 16) {
            return;
        }
        // An error is none of the user's: the next run takes as long as this one.
        if let (Some(folder), Some(content)) = (path.parent(), self.content(used))
            && prepare(folder).and_then(|()| content.write(self, folder, &path)).is_ok()
        {
            make_room(folder, &path);
        }
    }

    /// What the file will hold.
    fn content<'c>(&self, used: &'c [UsedText]) -> Option<NewCacheFile<'c>> {
        let mut content = NewCacheFile::default();
        for used in used {
            if let Some(new) = &used.new {
                content.put(used.name, new.size(), new.sum(), EntryBytes::NewEntry(new));
            } else if let Some(old) = self.entries.get(&used.name) {
                content.put(used.name, old.length, old.sum, EntryBytes::Old(*old));
            }
        }
        // What other branches of a repository hold will be asked for again.
        let limit = SMALL.max(content.length * 2);
        let mut others: Vec<&CachedEntry> = self.entries.values().collect();
        others.sort_unstable_by_key(|entry| entry.start);
        for old in others {
            if content.length + old.length <= limit {
                content.put(old.name, old.length, old.sum, EntryBytes::Old(*old));
            }
        }
        let table = postcard::to_stdvec(&content.table).ok()?;
        content.head.reserve(HEAD + table.len());
        content.head.extend_from_slice(MAGIC);
        content.head.extend_from_slice(&self.key.to_le_bytes());
        content.head.extend_from_slice(&(table.len() as u64).to_le_bytes());
        content.head.extend_from_slice(&xxh3_64(&table).to_le_bytes());
        content.head.extend_from_slice(&table);
        Some(content)
    }
}

impl NewEntry {
    fn size(&self) -> usize {
        self.head.len() + self.facts.len()
    }

    fn sum(&self) -> u64 {
        let mut sum = Xxh3::new();
        sum.update(&self.head);
        sum.update(&self.facts);
        sum.digest()
    }
}

/// A file that is being put together: magic, key, the length of the table and its checksum, the table; then the entries.
#[derive(Default)]
struct NewCacheFile<'c> {
    head: Vec<u8>,
    table: Vec<CachedEntry>,
    names: FxHashSet<u128>,
    length: usize,
    parts: Vec<EntryBytes<'c>>,
}

/// Where the bytes of an entry are.
enum EntryBytes<'c> {
    NewEntry(&'c NewEntry),
    /// In the file that is being replaced.
    Old(CachedEntry),
}

impl<'c> NewCacheFile<'c> {
    /// Adds an entry, unless it is there.
    fn put(&mut self, name: u128, length: usize, sum: u64, part: EntryBytes<'c>) {
        if self.names.insert(name) {
            self.table.push(CachedEntry { name, start: self.length, length, sum });
            self.length += length;
            self.parts.push(part);
        }
    }

    /// Puts the file in the place of the one that is there.
    fn write(&self, pack: CorpusCache, folder: &Utf8Path, path: &Utf8Path) -> io::Result<()> {
        let file = tempfile::Builder::new().prefix(".new-").tempfile_in(folder)?;
        let mut output = io::BufWriter::with_capacity(256 << 10, file);
        output.write_all(&self.head)?;
        for part in &self.parts {
            match part {
                EntryBytes::NewEntry(NewEntry { head, facts }) => {
                    output.write_all(head)?;
                    output.write_all(facts)?;
                }
                EntryBytes::Old(entry) => {
                    output.write_all(&pack.bytes(entry).ok_or(io::ErrorKind::UnexpectedEof)?)?;
                }
            }
        }
        let file = output.into_inner().map_err(io::IntoInnerError::into_error)?;
        // Windows replaces no file that is open.
        drop(pack);
        file.persist(path)?;
        Ok(())
    }
}

/// Bytes before the table.
const HEAD: usize = MAGIC.len() + 16 + 8 + 8;

/// The entries of a file, their starts counted from its first byte; `None` where it is not of this key, or damaged.
fn entries(mut file: &File, key: u128) -> Option<FxHashMap<u128, CachedEntry>> {
    let size = usize::try_from(file.metadata().ok()?.len()).ok()?;
    let mut head = [0; HEAD];
    file.read_exact(&mut head).ok()?;
    let rest = head.strip_prefix(MAGIC)?;
    let (found, rest) = rest.split_first_chunk::<16>()?;
    let (length, rest) = rest.split_first_chunk::<8>()?;
    let sum = rest.first_chunk::<8>()?;
    let body = HEAD.checked_add(usize::try_from(u64::from_le_bytes(*length)).ok()?)?;
    if u128::from_le_bytes(*found) != key || body > size {
        return None;
    }
    let mut table = vec![0; body - HEAD];
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

/// What an entry begins with; of a text its packed facts follow.
#[derive(Serialize, Deserialize)]
enum EntryHead<'h> {
    Closed(Tally, DiskFacts, Cow<'h, FileCounts>),
    NotUtf8(Undecodable, DiskFacts),
}

fn encode(loaded: &mut LoadedFile) -> Option<NewEntry> {
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

fn decode(bytes: &[u8]) -> Option<LoadedFile> {
    let (head, facts) = postcard::take_from_bytes(bytes).ok()?;
    Some(match head {
        EntryHead::Closed(tally, disk, counts) => {
            let body = FileBody::Closed(ClosedFile::of_packed(tally, facts.into()));
            LoadedFile { body, disk, counts: counts.into_owned() }
        }
        EntryHead::NotUtf8(at, disk) => LoadedFile { body: FileBody::NotUtf8(at), disk, counts: FileCounts::default() },
    })
}

/// Makes the folder. Backups and git are told that there is nothing in it to keep.
fn prepare(folder: &Utf8Path) -> io::Result<()> {
    std::fs::create_dir_all(folder)?;
    let tag = folder.join("CACHEDIR.TAG");
    if !tag.exists() {
        std::fs::write(
            tag,
            "Signature: 8a477f597d28d172789f06886806bc55\n# Written by scholiast; it may be deleted.\n",
        )?;
        std::fs::write(folder.join(".gitignore"), "*\n")?;
    }
    Ok(())
}

/// Takes away what was written longest ago, until all fits.
fn make_room(folder: &Utf8Path, own: &Utf8Path) {
    let Ok(listing) = folder.read_dir_utf8() else { return };
    let files = listing.flatten().filter(|entry| entry.path().extension() == Some(ENDING));
    let mut files: Vec<(SystemTime, u64, Utf8PathBuf)> = files
        .filter_map(|entry| {
            let metadata = entry.metadata().ok()?;
            Some((metadata.modified().ok()?, metadata.len(), entry.into_path()))
        })
        .collect();
    files.sort();
    let mut all: u64 = files.iter().map(|(_, size, _)| size).sum();
    for (_, size, path) in files.iter().filter(|(.., path)| path != own) {
        if all <= ALL {
            break;
        }
        // One that another run is just replacing may be gone already.
        let _ = std::fs::remove_file(path);
        all -= size;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::corpus::World;

    const TEXT: &str = "\u{feff}ngày 31/4/2023 Quyết định số 752/QD-TTg\r\nวันจันทร์ที่ 23 มิถุนายน 2566 Hà Nội\n";

    fn world() -> World {
        let mut world = World::new(Arc::new(Config::default()), jiff::civil::date(2026, 1, 1));
        let places = "version = 1\n[[place]]\nid = \"hanoi\"\nnames.vi = [\"Hà Nội\"]\n";
        world.set_registry([("places.toml".into(), Some(Arc::from(places)), false)]);
        world
    }

    fn folder() -> (tempfile::TempDir, Utf8PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = Utf8PathBuf::from_path_buf(folder.path().join("cache")).unwrap();
        (folder, path)
    }

    /// A text long enough to be worth keeping.
    fn long() -> Vec<u8> {
        format!("{TEXT}{}", "ข้อความธรรมดา\n".repeat(WORTH / 30)).into_bytes()
    }

    fn keep(cache: &Cache, world: &World, bytes: &[u8]) -> LoadedFile {
        let pack = cache.place("/corpus".into(), world.current()).open();
        let (loaded, new) = pack.facts(name(bytes), || LoadedFile::new(world.current().ctx(), bytes));
        pack.save(&[UsedText { name: name(bytes), size: bytes.len(), new }]);
        loaded
    }

    fn bytes(loaded: &LoadedFile) -> Vec<u8> {
        let NewEntry { head, facts } = encode(&mut loaded.clone()).unwrap();
        [head, facts.to_vec()].concat()
    }

    fn same(one: &LoadedFile, other: &LoadedFile) -> bool {
        bytes(one) == bytes(other) && one.disk == other.disk
    }

    #[test]
    fn facts_survive() {
        let world = world();
        for bytes in [TEXT.as_bytes(), b"", b"a\r\nb\n", b"\xe0\xb8", b"ok\n\xff"] {
            let loaded = LoadedFile::new(world.current().ctx(), bytes);
            let read = decode(&self::bytes(&loaded)).unwrap();
            match (&loaded.body, &read.body) {
                (FileBody::Closed(one), FileBody::Closed(other)) => assert_eq!(one, other),
                (FileBody::NotUtf8(one), FileBody::NotUtf8(other)) => assert_eq!(one, other),
                _ => panic!("another kind of body"),
            }
            assert_eq!(loaded.disk, read.disk);
        }
    }

    #[test]
    fn what_is_kept_is_found_for_the_same_registry_alone() {
        let (_guard, folder) = folder();
        let (cache, bytes, mut world) = (Cache::new(Some(folder)), long(), world());
        let loaded = keep(&cache, &world, &bytes);
        let again = |world: &World| cache.place("/corpus".into(), world.current()).open().get(name(&bytes));
        assert!(again(&world).is_some_and(|known| same(&known, &loaded)));
        assert!(cache.place("/other".into(), world.current()).open().get(name(&bytes)).is_none());
        world.set_registry([("places.toml".into(), Some(Arc::from("version = 1\n")), false)]);
        assert!(again(&world).is_none());
        let nowhere = Cache::default().place("/corpus".into(), world.current()).open();
        assert!(nowhere.encode(&mut loaded.clone()).is_none());
    }

    #[test]
    fn damage_is_not_believed() {
        let (_guard, folder) = folder();
        let (cache, bytes, world) = (Cache::new(Some(folder.clone())), long(), world());
        let loaded = keep(&cache, &world, &bytes);
        let file =
            folder.read_dir_utf8().unwrap().flatten().find(|entry| entry.path().extension() == Some(ENDING)).unwrap();
        let whole = std::fs::read(file.path()).unwrap();
        let steps = (0..HEAD + 20).chain((HEAD + 20..whole.len()).step_by(whole.len() / 40));
        for at in steps {
            let mut damaged = whole.clone();
            damaged[at] ^= 0x55;
            std::fs::write(file.path(), &damaged).unwrap();
            let known = cache.place("/corpus".into(), world.current()).open().get(name(&bytes));
            assert!(known.is_none_or(|known| same(&known, &loaded)), "byte {at}");
            std::fs::write(file.path(), &whole[..at]).unwrap();
            assert!(cache.place("/corpus".into(), world.current()).open().get(name(&bytes)).is_none(), "cut at {at}");
        }
    }

    #[test]
    fn the_oldest_goes_first() {
        let (_guard, folder) = folder();
        prepare(&folder).unwrap();
        for (name, age) in [("old", 30), ("older", 60), ("own", 90)] {
            let file = File::create(folder.join(format!("{name}.{ENDING}"))).unwrap();
            file.set_len(ALL / 2).unwrap();
            file.set_modified(SystemTime::now() - std::time::Duration::from_secs(age)).unwrap();
        }
        make_room(&folder, &folder.join("own.facts"));
        let left = |name: &str| folder.join(name).exists();
        assert_eq!([left("old.facts"), left("older.facts"), left("own.facts")], [true, false, true]);
        assert!(left("CACHEDIR.TAG") && left(".gitignore"));
    }
}
