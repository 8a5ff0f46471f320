//! Watching the disk, for editors that do not.
//!
//! A watcher tells only where something has happened: what it was is seen when the file is read. Of a folder that has
//! come it says so twice: what came into it before it was watched itself is told by nobody.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, mpsc};
use std::time::{Duration, Instant};

use camino::{Utf8Path, Utf8PathBuf};
use notify::event::{CreateKind, EventKind, ModifyKind, RenameMode};
use notify::{RecommendedWatcher, RecursiveMode, Watcher as _};

use super::shared_registries::RegistryReach;

/// The time after which a folder that has come is told of again: until then it is watched, on a machine that has much
/// to do too.
const AGAIN: Duration = Duration::from_millis(500);

/// Something that has happened on disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Watched {
    /// Something, to these files or folders.
    Paths(Vec<Utf8PathBuf>),
    /// Anything: too much has happened at once.
    Unknown,
}

/// Watches folders, most of them with all below them.
#[derive(Debug)]
pub struct Watcher {
    inner: RecommendedWatcher,
    folders: BTreeMap<Utf8PathBuf, bool>,
}

/// The result of a change of the folders that are watched.
#[derive(Debug)]
pub struct WatchUpdate {
    /// True if there are new ones: what happened in them until now is told by nobody.
    pub grown: bool,
    /// The folders that could not be watched, in words.
    pub problems: Vec<String>,
}

/// The folders to be watched, each with whether all below it is too: some with all below them, those in which corpora
/// have registry files outside of them, and others as they are. None lies in another that is watched with all below it.
pub fn folders(
    deep: BTreeSet<Utf8PathBuf>,
    reaches: BTreeSet<RegistryReach>,
    others: impl IntoIterator<Item = (Utf8PathBuf, bool)>,
) -> BTreeMap<Utf8PathBuf, bool> {
    let mut all: BTreeMap<Utf8PathBuf, bool> = deep.into_iter().map(|folder| (folder, true)).collect();
    for RegistryReach { folder, depth, .. } in reaches {
        // What is not there yet is seen to come in the folder above it.
        let there = folder.ancestors().find(|folder| folder.is_dir()).unwrap_or(&folder).to_owned();
        *all.entry(there).or_default() |= depth != Some(1) && folder.is_dir();
    }
    for (folder, deep) in others.into_iter().filter(|(folder, _)| folder.is_dir()) {
        *all.entry(folder).or_default() |= deep;
    }
    let deep: BTreeSet<Utf8PathBuf> = all.iter().filter(|(_, deep)| **deep).map(|(folder, _)| folder.clone()).collect();
    all.retain(|folder, _| !folder.ancestors().skip(1).any(|above| deep.contains(above)));
    all
}

impl Watcher {
    /// A watcher that tells `tell`, on a thread of its own.
    ///
    /// # Errors
    /// In words, where the system offers no watching.
    pub fn new(tell: impl Fn(Watched) + Send + Sync + 'static) -> Result<Self, String> {
        let tell = Arc::new(tell);
        let folders = second_look(tell.clone())?;
        let on_event = move |event: notify::Result<notify::Event>| match event {
            Ok(event) if event.need_rescan() => tell(Watched::Unknown),
            Ok(event) if event.kind.is_access() => {}
            Ok(event) => {
                let paths = event.paths.into_iter().filter_map(|path| Utf8PathBuf::from_path_buf(path).ok());
                let paths: Vec<Utf8PathBuf> = paths.filter(|path| !is_of_git(path)).collect();
                if paths.is_empty() {
                    return;
                }
                if may_bring_folder(event.kind) && paths.iter().any(|path| path.is_dir()) {
                    // Whoever would look again is gone only when the program ends.
                    let _ = folders.send((Instant::now() + AGAIN, paths.clone()));
                }
                tell(Watched::Paths(paths));
            }
            Err(_) => tell(Watched::Unknown),
        };
        let inner = notify::recommended_watcher(on_event).map_err(|error| error.to_string())?;
        Ok(Self { inner, folders: BTreeMap::new() })
    }

    /// Watches these folders and no others.
    pub fn set(&mut self, folders: BTreeMap<Utf8PathBuf, bool>) -> WatchUpdate {
        for (gone, _) in self.folders.iter().filter(|(folder, deep)| folders.get(*folder) != Some(deep)) {
            // Fails where the folder itself is gone, and then nothing is left to be done.
            let _ = self.inner.unwatch(gone.as_std_path());
        }
        let (mut grown, mut problems) = (false, Vec::new());
        for (new, deep) in folders.iter().filter(|(folder, deep)| self.folders.get(*folder) != Some(deep)) {
            grown = true;
            let mode = if *deep { RecursiveMode::Recursive } else { RecursiveMode::NonRecursive };
            if let Err(error) = self.inner.watch(new.as_std_path(), mode) {
                problems.push(format!("{new} is not watched: {error}"));
            }
        }
        self.folders = folders;
        WatchUpdate { grown, problems }
    }
}

/// Tells whether a folder may have come to its place.
const fn may_bring_folder(kind: EventKind) -> bool {
    matches!(
        kind,
        EventKind::Create(CreateKind::Folder | CreateKind::Any)
            | EventKind::Modify(ModifyKind::Name(RenameMode::To | RenameMode::Both | RenameMode::Any))
    )
}

/// A thread that tells again, at the time it is given, and ends with whoever holds the sender.
fn second_look(tell: Arc<impl Fn(Watched) + Send + Sync + 'static>) -> Result<PostponedFolders, String> {
    let (sender, folders) = mpsc::channel::<(Instant, Vec<Utf8PathBuf>)>();
    let work = move || {
        for (when, paths) in folders {
            std::thread::sleep(when.saturating_duration_since(Instant::now()));
            tell(Watched::Paths(paths));
        }
    };
    let thread = std::thread::Builder::new().name("second look".to_owned()).spawn(work);
    thread.map(|_| sender).map_err(|error| error.to_string())
}

/// Folders that have come, with when to say so again.
type PostponedFolders = mpsc::Sender<(Instant, Vec<Utf8PathBuf>)>;

/// Tells whether a path is in git's own folder, where much happens that is nobody's business, but for what revisions
/// mean.
fn is_of_git(path: &Utf8Path) -> bool {
    let mut parts = path.components().map(|part| part.as_str());
    if !parts.any(|part| part == ".git") {
        return false;
    }
    let means = |part: &str| matches!(part, "HEAD" | "packed-refs" | "refs" | "reftable");
    let is_lock = path.extension() == Some("lock");
    let parts: Vec<&str> = parts.collect();
    is_lock || parts.first() == Some(&"logs") || !parts.into_iter().any(means)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_that_has_come_is_told_of_twice() {
        let (tell, told) = mpsc::channel();
        let tell = std::sync::Mutex::new(tell);
        let later = second_look(Arc::new(move |watched| {
            let _ = tell.lock().map(|tell| tell.send(watched));
        }))
        .unwrap();
        let paths = vec![Utf8PathBuf::from("/corpus/new")];
        later.send((Instant::now(), paths.clone())).unwrap();
        assert_eq!(told.recv(), Ok(Watched::Paths(paths)));
        drop(later);
        told.recv().expect_err("the thread has ended");
    }

    #[test]
    fn of_git_only_what_revisions_mean_is_told() {
        let told =
            ["HEAD", "packed-refs", "refs/heads/ben", "worktrees/ben/HEAD", "modules/a/refs/remotes/origin/main"];
        assert!(told.iter().all(|path| !is_of_git(&Utf8PathBuf::from(format!("/corpus/.git/{path}")))));
        let untold = ["index", "HEAD.lock", "logs/HEAD", "logs/refs/heads/ben", "objects/1a/2b", "refs/heads/ben.lock"];
        assert!(untold.iter().all(|path| is_of_git(&Utf8PathBuf::from(format!("/corpus/.git/{path}")))));
        assert!(!is_of_git(Utf8Path::new("/corpus/refs/objects/a.txt")));
    }

    #[test]
    fn folders_come_by_being_made_or_moved() {
        assert!(may_bring_folder(EventKind::Create(CreateKind::Folder)));
        assert!(may_bring_folder(EventKind::Modify(ModifyKind::Name(RenameMode::To))));
        assert!(!may_bring_folder(EventKind::Create(CreateKind::File)));
        assert!(!may_bring_folder(EventKind::Modify(ModifyKind::Any)));
    }
}
