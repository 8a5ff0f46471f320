//! A corpus as git has it: the index, commits, and what has changed between them.
//!
//! The `git` program is asked, always for raw objects (`ls-files`, `ls-tree`, `cat-file`, `diff-index`): so neither
//! filters nor hooks nor external differences run that a repository might configure, and nothing is fetched from
//! elsewhere. All listings are separated by NUL, so that a name may hold anything. A submodule is a boundary: it is
//! another repository, and what is in it never counts as changed.
//! Deliberately absent: changing anything.

mod blobs;
mod changes;
mod history;
mod run;
mod tree;
mod view;

pub use changes::{FileBefore, GitChanges};
pub use run::{GitError, Repository};
pub use tree::GitFiles;
pub use view::FilesBefore;
