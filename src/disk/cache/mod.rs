//! The cache: facts of texts that were recognised before, kept for the next run.
//!
//! One file a corpus, below the user's cache folder. An entry is found by the content of a text alone; the file as a
//! whole is of one build of the program, one registry and one configuration, and of no use to any other. So nothing
//! that is kept can be out of date, and output is the same with it and without. What is damaged, of another build or
//! unreadable is as if it were not there. A file is replaced as a whole, so that two runs at once do not disturb each
//! other: the later one's stands. Deliberately absent: findings, which depend on the whole corpus and cost little.

mod entries;
mod eviction;
mod file;
mod folder;
mod place;

pub use entries::{CorpusCache, NewEntry, UsedText, name};
pub use place::{Cache, CachePlace};

#[cfg(test)]
mod tests {
    use std::fs::File;
    use std::sync::Arc;
    use std::time::{Duration, SystemTime};

    use camino::Utf8PathBuf;

    use super::entries::{WORTH, decode, encode};
    use super::eviction::{ALL, ENDING, make_room};
    use super::file::{HEADER, UNFINISHED};
    use super::folder::prepare;
    use super::*;
    use crate::config::Config;
    use crate::corpus::{FileBody, LoadedFile, World};

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
        let kept = cache.place("/corpus".into(), world.current()).open();
        let (loaded, new) = kept.facts(name(bytes), || LoadedFile::new(world.current().ctx(), bytes));
        kept.save(&[UsedText { name: name(bytes), size: bytes.len(), new }]);
        loaded
    }

    fn bytes(loaded: &LoadedFile) -> Vec<u8> {
        encode(&mut loaded.clone()).unwrap().bytes().concat()
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
        let steps = (0..HEADER + 20).chain((HEADER + 20..whole.len()).step_by(whole.len() / 40));
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
            file.set_modified(SystemTime::now() - Duration::from_secs(age)).unwrap();
        }
        for (name, hours) in [("killed", 30), ("running", 1)] {
            let file = File::create(folder.join(format!("{UNFINISHED}{name}"))).unwrap();
            file.set_modified(SystemTime::now() - Duration::from_secs(hours * 3600)).unwrap();
        }
        make_room(&folder, &folder.join("own.facts"));
        let left = |name: &str| folder.join(name).exists();
        assert_eq!([left("old.facts"), left("older.facts"), left("own.facts")], [true, false, true]);
        assert!(left("CACHEDIR.TAG") && left(".gitignore"));
        assert_eq!([left(".new-killed"), left(".new-running")], [false, true]);
    }

    #[test]
    fn what_stands_in_the_folder_stays_as_it_is() {
        let (_guard, folder) = folder();
        std::fs::create_dir(&folder).unwrap();
        let (cache, bytes, world) = (Cache::new(Some(folder.clone())), long(), world());
        let name = cache.place("/corpus".into(), world.current()).file_name().unwrap();
        for file in [".gitignore", &name] {
            std::fs::write(folder.join(file), "of somebody else\n").unwrap();
        }
        keep(&cache, &world, &bytes);
        let mut there: Vec<String> =
            folder.read_dir_utf8().unwrap().flatten().map(|entry| entry.file_name().to_owned()).collect();
        there.sort();
        assert_eq!(there, [".gitignore", &name]);
        for file in there {
            assert_eq!(std::fs::read_to_string(folder.join(file)).unwrap(), "of somebody else\n");
        }
    }
}
