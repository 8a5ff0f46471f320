//! Asking git: which repository, which commit, and what it answers.

use std::process::{Command, Stdio};

use camino::{Utf8Path, Utf8PathBuf};

use crate::disk::path::working_directory;

/// A question that git cannot answer, in words that say what to do.
#[derive(Debug, thiserror::Error)]
pub enum GitError {
    /// There is no git.
    #[error("git is not on the PATH, and it is needed to know what has changed")]
    Missing,
    /// The program could not be run or talked to.
    #[error("git could not be asked: {0}")]
    Io(std::io::Error),
    /// The working directory cannot be used.
    #[error("{0}")]
    NoWorkingDirectory(String),
    /// A path lies in no repository, or in one without a working tree.
    #[error("{path} is in no git repository with a working tree{said}")]
    NoRepository {
        /// The path.
        path: Utf8PathBuf,
        /// The words of git, with a colon before them.
        said: String,
    },
    /// Paths lie in different repositories.
    #[error("{0} and {1} are in different git repositories; check one at a time")]
    Several(Utf8PathBuf, Utf8PathBuf),
    /// There is no commit yet.
    #[error("there is no commit yet, so nothing has changed since one")]
    NoCommit,
    /// A revision is unknown.
    #[error("there is no revision '{revision}'{}", advice(*.shallow))]
    UnknownRevision {
        /// As it was given.
        revision: String,
        /// True if the clone is shallow.
        shallow: bool,
    },
    /// Two commits have no common ancestor.
    #[error("'{revision}' and HEAD have no common ancestor{}", advice(*.shallow))]
    Unrelated {
        /// As it was given.
        revision: String,
        /// True if the clone is shallow.
        shallow: bool,
    },
    /// A command failed.
    #[error("git {command} failed: {said}")]
    Failed {
        /// The command.
        command: String,
        /// The words of git.
        said: String,
    },
}

/// Advice for a clone that lacks what was asked for.
const fn advice(shallow: bool) -> &'static str {
    if shallow {
        "; this clone is shallow: run 'git fetch --unshallow', or let CI fetch the whole history (fetch-depth: 0)"
    } else {
        ""
    }
}

/// A repository with a working tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repository {
    /// The top folder of its working tree, absolute.
    pub top: Utf8PathBuf,
    /// The name of the tree without any file, once it is known: it depends on the hash that the repository uses.
    empty_tree: Option<String>,
}

impl Repository {
    /// The repository that these files or folders (absolute) lie in.
    ///
    /// # Errors
    /// When there is no git, one of the paths lies in no repository, or they lie in several.
    pub fn of<'p>(paths: impl IntoIterator<Item = &'p Utf8Path>) -> Result<Self, GitError> {
        let mut found: Option<(Self, &Utf8Path)> = None;
        for path in paths {
            let repository = Self::at(path)?;
            match &found {
                Some((first, of)) if *first != repository => {
                    return Err(GitError::Several((*of).to_owned(), path.to_owned()));
                }
                _ => found = Some((repository, path)),
            }
        }
        match found {
            Some((repository, _)) => Ok(repository),
            None => Self::at(&working_directory().map_err(GitError::NoWorkingDirectory)?),
        }
    }

    fn at(path: &Utf8Path) -> Result<Self, GitError> {
        let none = |said: String| GitError::NoRepository { path: path.to_owned(), said };
        // In a hook git says where the repository is, and the hook stands at the top of the working tree.
        let folder = if std::env::var_os("GIT_DIR").is_some() {
            working_directory().map_err(GitError::NoWorkingDirectory)?
        } else {
            let exists = path.ancestors().find(|folder| folder.is_dir());
            exists.ok_or_else(|| none(String::new()))?.to_owned()
        };
        let asked = Self { top: folder, empty_tree: None };
        let output = asked.output(&["rev-parse", "--show-toplevel"])?;
        if !output.status.success() {
            let said = String::from_utf8_lossy(&output.stderr);
            let said = said.trim().trim_start_matches("fatal: ");
            let known = said.starts_with("not a git repository") || said.starts_with("this operation must be run");
            return Err(none(if known || said.is_empty() { String::new() } else { format!(": {said}") }));
        }
        let top = String::from_utf8(output.stdout).map_err(|_| none(", whose name is not UTF-8".to_owned()))?;
        let top = Utf8PathBuf::from(top.strip_suffix('\n').unwrap_or(&top));
        // On some systems git writes the path in a form of its own.
        let top = top.canonicalize_utf8().unwrap_or(top);
        if !path.starts_with(&top) {
            return Err(none(String::new()));
        }
        let empty_tree = asked.one_line(&["hash-object", "-t", "tree", "--stdin"])?;
        Ok(Self { top, empty_tree })
    }

    /// The absolute path of a file that git names; `None` where it is not UTF-8.
    pub(super) fn path(&self, named: &[u8]) -> Option<Utf8PathBuf> {
        std::str::from_utf8(named).ok().map(|path| self.top.join(path))
    }

    /// The commit that a revision and HEAD have in common, its name in full.
    ///
    /// # Errors
    /// When the revision is unknown or has nothing in common with HEAD.
    pub fn merge_base(&self, revision: &str) -> Result<String, GitError> {
        let head = self.head()?.ok_or(GitError::NoCommit)?;
        let revision = revision.to_owned();
        let commit = self.revision(&revision)?;
        match self.one_line(&["merge-base", &commit, &head])? {
            Some(base) => Ok(base),
            None => Err(GitError::Unrelated { revision, shallow: self.is_shallow()? }),
        }
    }

    /// The full name of the commit that a revision means.
    ///
    /// # Errors
    /// When there is none.
    pub fn revision(&self, revision: &str) -> Result<String, GitError> {
        match self.commit(revision)? {
            Some(commit) => Ok(commit),
            None => Err(GitError::UnknownRevision { revision: revision.to_owned(), shallow: self.is_shallow()? }),
        }
    }

    /// The value of a setting of this repository alone; `None` where it is not set.
    ///
    /// # Errors
    /// When git cannot be run.
    pub fn local_setting(&self, key: &str) -> Result<Option<String>, GitError> {
        self.one_line(&["config", "--local", "--get", key])
    }

    /// A setting that holds in this repository, be it of the user or of the machine.
    ///
    /// # Errors
    /// When git cannot be run.
    pub fn setting(&self, key: &str) -> Result<Option<String>, GitError> {
        self.one_line(&["config", "--get", key])
    }

    /// Sets a setting of this repository.
    ///
    /// # Errors
    /// When git fails.
    pub fn set_local(&self, key: &str, value: &str) -> Result<(), GitError> {
        self.ask(&["config", "--local", key, value]).map(drop)
    }

    /// The folders in which something happens when a revision comes to mean another commit: a commit, a checkout, a
    /// fetch. Each with whether all below it matters. A working tree of its own has a folder of its own for HEAD.
    ///
    /// # Errors
    /// When git fails.
    pub fn reference_folders(&self) -> Result<Vec<(Utf8PathBuf, bool)>, GitError> {
        let own = self.one_line(&["rev-parse", "--absolute-git-dir"])?;
        let common = self.one_line(&["rev-parse", "--git-common-dir"])?;
        let mut folders = Vec::new();
        for folder in [own, common].into_iter().flatten() {
            let folder = self.top.join(folder);
            let folder = folder.canonicalize_utf8().unwrap_or(folder);
            // HEAD and packed references lie in it, the others in folders below; `reftable` holds all of them together.
            folders.push((folder.clone(), false));
            for deep in ["refs", "reftable"].map(|name| folder.join(name)).into_iter().filter(|deep| deep.is_dir()) {
                folders.push((deep, true));
            }
        }
        folders.dedup();
        Ok(folders)
    }

    /// The commit that is checked out, its name in full; `None` where there is none yet.
    ///
    /// # Errors
    /// When git fails.
    pub fn head(&self) -> Result<Option<String>, GitError> {
        self.commit("HEAD")
    }

    /// The full name of the commit that a revision names; `None` where there is none.
    ///
    /// # Errors
    /// When git fails.
    pub fn commit(&self, revision: &str) -> Result<Option<String>, GitError> {
        self.one_line(&["rev-parse", "--verify", "--quiet", "--end-of-options", &format!("{revision}^{{commit}}")])
    }

    /// The name of the tree without any file.
    pub(super) fn empty_tree(&self) -> Result<&str, GitError> {
        let failed = || GitError::Failed { command: "hash-object".to_owned(), said: "it gave no name".to_owned() };
        self.empty_tree.as_deref().ok_or_else(failed)
    }

    fn is_shallow(&self) -> Result<bool, GitError> {
        Ok(self.one_line(&["rev-parse", "--is-shallow-repository"])?.as_deref() == Some("true"))
    }

    /// The one line that a command prints; `None` where it ends with another status than 0.
    fn one_line(&self, words: &[&str]) -> Result<Option<String>, GitError> {
        let output = self.output(words)?;
        let line = || String::from_utf8_lossy(&output.stdout).trim().to_owned();
        Ok(output.status.success().then(line).filter(|line| !line.is_empty()))
    }

    /// The bytes that a command prints.
    pub(super) fn ask(&self, words: &[&str]) -> Result<Vec<u8>, GitError> {
        let output = self.output(words)?;
        if output.status.success() {
            return Ok(output.stdout);
        }
        let said = String::from_utf8_lossy(&output.stderr).trim().trim_start_matches("fatal: ").to_owned();
        Err(GitError::Failed { command: words.first().map_or_else(String::new, |word| (*word).to_owned()), said })
    }

    fn output(&self, words: &[&str]) -> Result<std::process::Output, GitError> {
        self.command(words).stdin(Stdio::null()).output().map_err(not_run)
    }

    /// A command at the top of the working tree that runs nothing a repository configures.
    pub(super) fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new("git");
        command
            .args([
                "--no-pager",
                "--no-replace-objects",
                "-c",
                "core.fsmonitor=false",
                "-c",
                "core.hooksPath=/dev/null",
                // A remote that promises objects may be a program of whoever has written the repository's
                // configuration.
                "-c",
                "protocol.allow=never",
            ])
            .current_dir(&self.top)
            .env("GIT_OPTIONAL_LOCKS", "0")
            .env("GIT_NO_LAZY_FETCH", "1")
            .env("GIT_TERMINAL_PROMPT", "0")
            .env_remove("GIT_EXTERNAL_DIFF")
            .env("LC_ALL", "C");
        // Without attributes no filter is asked for. Git reads a file through its filter where size and time alone do
        // not tell whether it has changed.
        if let Some(tree) = &self.empty_tree {
            command.args(["-c", "core.attributesFile=/dev/null"]).env("GIT_ATTR_SOURCE", tree);
        }
        command.args(words);
        command
    }
}

pub(super) fn not_run(error: std::io::Error) -> GitError {
    if error.kind() == std::io::ErrorKind::NotFound { GitError::Missing } else { GitError::Io(error) }
}
