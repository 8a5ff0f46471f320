//! The corpora that use a registry file which lies in no corpus.
//!
//! The corpus of the working directory is asked first. Else a TOML file may be somebody's in the same project: in the
//! repository of git around the working directory and the file, or without one below the working directory.
//! Deliberately absent: corpora elsewhere, since nobody searches the whole disk.

use std::collections::BTreeSet;

use camino::{Utf8Path, Utf8PathBuf};

use super::files::Files;
use super::find::root_among;
use super::path::{repository_top, shown_outside};
use super::shared_registries;
use crate::config::{self, Config};

/// The roots of the corpora that use a file as a registry file, by their configurations alone: that of the working
/// directory first, then by path.
pub fn of_file(path: &Utf8Path, here: &Utf8Path, files: &dyn Files) -> Vec<Utf8PathBuf> {
    let uses = |root: &Utf8PathBuf| {
        config_of(root, files).is_some_and(|config| shared_registries::name(root, path, &config).is_some())
    };
    let mut users: Vec<Utf8PathBuf> = root_among(files, here, true).into_iter().filter(uses).collect();
    if may_be_registry(path) {
        let others = corpora_below(&project(path, here), files).into_iter().filter(uses);
        let others: Vec<Utf8PathBuf> = others.filter(|root| !users.contains(root)).collect();
        users.extend(others);
    }
    users
}

/// A note about a file that may be meant as a registry file and that nobody uses.
pub fn nobody(shown: &str, path: &Utf8Path, here: &Utf8Path) -> Option<String> {
    let searched = project(path, here);
    let searched = if searched == here { ".".to_owned() } else { shown_outside(&searched, here) };
    let searched = searched.trim_end_matches('/');
    let note = || format!("{shown}: no corpus in {searched} uses it as a registry file, so it is read as a text");
    may_be_registry(path).then(note)
}

/// The configuration of a corpus, where it can be read.
pub(super) fn config_of(root: &Utf8Path, files: &dyn Files) -> Option<Config> {
    let text = files.read(&root.join(config::FILE_NAME)).ok()?;
    let (config, _) = Config::parse(std::str::from_utf8(&text).ok()?).ok()?;
    Some(config)
}

fn may_be_registry(path: &Utf8Path) -> bool {
    path.extension() == Some("toml")
}

/// The folder in which whoever uses a file is looked for.
fn project(path: &Utf8Path, here: &Utf8Path) -> Utf8PathBuf {
    repository_top(here).filter(|top| path.starts_with(top)).unwrap_or(here).to_owned()
}

/// The roots of all corpora below a folder, those in corpora too, by path.
fn corpora_below(folder: &Utf8Path, files: &dyn Files) -> BTreeSet<Utf8PathBuf> {
    let mut found = BTreeSet::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for nested in files.walk(&folder, &Config::default()).nested {
            if found.insert(nested.clone()) {
                folders.push(nested);
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::disk::files::OnDisk;

    #[test]
    fn users_in_the_project() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let top = Utf8Path::from_path(folder.path()).expect("UTF-8").canonicalize_utf8().expect("it is there");
        let corpus = |registry: &str| format!("[corpus]\nregistry = [\"{registry}\"]\n");
        for (file, text) in [
            ("w/a/scholiast.toml", corpus("../shared/*.toml")),
            ("w/b/scholiast.toml", corpus("../shared/x.toml")),
            ("w/b/in/scholiast.toml", corpus("../../shared/x.toml")),
            ("w/c/scholiast.toml", corpus("*.toml")),
            ("w/shared/x.toml", String::new()),
        ] {
            let path = top.join(file);
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            std::fs::write(path, text).expect("written");
        }
        let users = |file: &str, here: &str| -> Vec<String> {
            let found = of_file(&top.join(file), &top.join(here), &OnDisk);
            found.iter().map(|root| root.strip_prefix(&top).expect("below").to_string()).collect()
        };
        for (file, here, wanted) in [
            ("w/shared/x.toml", "w", vec!["w/a", "w/b", "w/b/in"]),
            ("w/shared/y.toml", "w", vec!["w/a"]),
            ("w/shared/x.txt", "w", vec![]),
            ("w/shared/x.toml", "w/b", vec!["w/b", "w/b/in"]),
            ("w/shared/x.toml", "w/c", vec![]),
            ("w/shared/x.toml", "w/shared", vec![]),
        ] {
            assert_eq!(users(file, here), wanted, "{file} from {here}");
        }
        // In a repository all of it is searched.
        std::fs::create_dir(top.join("w/.git")).expect("a folder");
        assert_eq!(users("w/shared/x.toml", "w/shared"), ["w/a", "w/b", "w/b/in"]);
        assert_eq!(users("w/shared/x.toml", "w/b"), ["w/b", "w/a", "w/b/in"]);
        assert_eq!(users("elsewhere.toml", "w/b"), Vec::<String>::new());
    }
}
