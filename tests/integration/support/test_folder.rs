//! A folder of its own for a test, and the program run in it.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A temporary folder with files in it.
pub struct TestFolder {
    folder: tempfile::TempDir,
}

/// The output of a run and its exit status.
#[derive(Debug, PartialEq, Eq)]
pub struct Ran {
    pub status: i32,
    pub out: String,
    pub err: String,
}

impl TestFolder {
    pub fn new(files: &[(&str, &str)]) -> Self {
        let folder = Self { folder: tempfile::tempdir().expect("a temporary folder") };
        for (path, text) in files {
            folder.write(path, text);
        }
        folder
    }

    pub fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    pub fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        std::fs::create_dir_all(path.parent().unwrap_or(Path::new(""))).expect("a folder");
        std::fs::write(path, text).expect("a file is written");
    }

    pub fn read(&self, path: &str) -> String {
        std::fs::read_to_string(self.path(path)).expect("a file that can be read")
    }

    /// Runs `scholiast` with these words.
    pub fn run(&self, words: &[&str]) -> Ran {
        self.run_in("", words)
    }

    /// Runs `scholiast` in a folder below.
    pub fn run_in(&self, folder: &str, words: &[&str]) -> Ran {
        self.program(&super::program(), folder, words)
    }

    /// Runs any program; nothing of the environment of whoever runs the tests reaches git.
    pub fn program(&self, program: &str, folder: &str, words: &[&str]) -> Ran {
        let output = Command::new(program)
            .args(words)
            .current_dir(self.path(folder))
            .stdin(Stdio::null())
            .env("NO_COLOR", "1")
            .env("HOME", self.folder.path())
            .env("XDG_CACHE_HOME", self.path(".cache"))
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .env_remove("GIT_DIR")
            .env_remove("GIT_INDEX_FILE")
            .env_remove("GIT_WORK_TREE")
            .output()
            .expect("the program runs");
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
        Ran { status: output.status.code().unwrap_or(-1), out: text(output.stdout), err: text(output.stderr) }
    }
}
