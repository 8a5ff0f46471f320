//! Paths as words: where they lead, and how they are shown to people.
//!
//! Deliberately absent: which corpus a path belongs to (`find`).

use camino::{Utf8Component, Utf8Path, Utf8PathBuf};

use super::error::io_message;

/// The working directory, absolute.
///
/// # Errors
/// In words, when it is gone or its name is not UTF-8.
pub fn working_directory() -> Result<Utf8PathBuf, String> {
    let here = std::env::current_dir().and_then(|path| path.canonicalize());
    let here = here.map_err(|error| format!("the working directory cannot be used: {}", io_message(&error)))?;
    Utf8PathBuf::from_path_buf(here).map_err(|_| "the name of the working directory is not UTF-8".to_owned())
}

/// Resolves an absolute path that need not exist: links are resolved as far as it does.
pub fn real(path: &Utf8Path) -> Utf8PathBuf {
    let path = lexical(path);
    let exists = path.ancestors().find_map(|above| Some((above, above.canonicalize_utf8().ok()?)));
    let Some((above, real)) = exists else { return path };
    match path.strip_prefix(above) {
        Ok(rest) if !rest.as_str().is_empty() => real.join(rest),
        _ => real,
    }
}

/// The top folder of the git repository that a folder (absolute) lies in, as far as a `.git` there tells.
pub fn repository_top(folder: &Utf8Path) -> Option<&Utf8Path> {
    folder.ancestors().find(|folder| folder.join(".git").exists())
}

/// A path without `.` and `..`, by its words alone.
pub(super) fn lexical(path: &Utf8Path) -> Utf8PathBuf {
    let mut plain = Utf8PathBuf::new();
    for part in path.components() {
        match part {
            Utf8Component::CurDir => {}
            Utf8Component::ParentDir => {
                plain.pop();
            }
            part => plain.push(part),
        }
    }
    plain
}

/// The printed form of a file that no PATH selects: relative to the working directory, else absolute.
pub fn shown_elsewhere(file: &Utf8Path, working_directory: &Utf8Path) -> String {
    file.strip_prefix(working_directory).unwrap_or(file).as_str().to_owned()
}

/// The printed form of a registry file outside its corpus that no PATH selects: relative to the working directory
/// though it be above it, as long as they have a folder in common.
pub fn shown_outside(file: &Utf8Path, working_directory: &Utf8Path) -> String {
    relative_to(working_directory, file).unwrap_or_else(|| file.to_owned()).into_string()
}

/// A path by way of the folder so many levels above the root; `None` where it does not lie in that.
pub(super) fn up_and_down(root: &Utf8Path, up: usize, path: &Utf8Path) -> Option<Utf8PathBuf> {
    let below = path.strip_prefix(root.ancestors().nth(up)?).ok()?;
    Some(Utf8PathBuf::from(format!("{}{below}", "../".repeat(up))))
}

/// A path outside a folder by the shortest way from there; `None` where nothing but the root of the file system is
/// above both.
pub fn relative_to(folder: &Utf8Path, path: &Utf8Path) -> Option<Utf8PathBuf> {
    let (up, above) = folder.ancestors().enumerate().find(|(_, above)| path.starts_with(above))?;
    above.parent()?;
    up_and_down(folder, up, path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_paths() {
        for (path, plain) in [("/a/./b", "/a/b"), ("/a/b/../c", "/a/c"), ("/../a", "/a"), ("/a b/ข่าว\n", "/a b/ข่าว\n")]
        {
            assert_eq!(lexical(Utf8Path::new(path)), plain);
        }
    }

    #[test]
    fn shared_files_are_shown_from_here() {
        for (file, here, shown) in [
            ("/w/s/x.toml", "/w/a", "../s/x.toml"),
            ("/w/s/x.toml", "/w", "s/x.toml"),
            ("/w/s/x.toml", "/w/a/b", "../../s/x.toml"),
            ("/v/s/x.toml", "/w/a", "/v/s/x.toml"),
        ] {
            assert_eq!(shown_outside(Utf8Path::new(file), Utf8Path::new(here)), shown);
        }
    }
}
