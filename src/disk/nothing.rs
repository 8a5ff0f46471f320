//! The reason that a PATH of the command line yields no file.

use camino::Utf8Path;
use ignore::WalkBuilder;

use super::files::Files;
use super::find::NamedPath;
use crate::config::{self, Config};

/// The reason why nothing is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct NothingRead {
    /// In words.
    pub(super) words: String,
    /// True if there is something that somebody may have wanted to be read.
    pub(super) is_problem: bool,
}

/// The reason why a PATH in a corpus, or in none, yields no file.
pub(super) fn why_nothing(named: &NamedPath, root: Option<&Utf8Path>, files: &dyn Files) -> NothingRead {
    let problem = |words: &str| NothingRead { words: words.to_owned(), is_problem: true };
    let below = root.and_then(|root| named.path.strip_prefix(root).ok());
    let config = root.and_then(|root| {
        let text = files.read(&root.join(config::FILE_NAME)).ok()?;
        Config::parse(std::str::from_utf8(&text).ok()?).ok()
    });
    let is_excluded = |below: &Utf8Path| config.as_ref().is_some_and(|(config, _)| config.excludes(below.as_str()));
    // A folder that a glob for all that is in it leaves out.
    let holds_nothing = |below: &Utf8Path| named.folder && is_excluded(&below.join("text.txt"));
    if below.is_some_and(|below| is_excluded(below) || holds_nothing(below)) {
        return problem("nothing is read here, since `exclude` in scholiast.toml leaves it out");
    }
    if !named.folder {
        return problem("nothing is read here, since `exclude` leaves it out");
    }
    if below.is_some_and(|below| below.components().any(|part| part.as_str().starts_with('.'))) {
        return problem(
            "nothing is read here, since it is hidden: its name, or that of a folder above, begins with a dot",
        );
    }
    if holds_text(&named.path) {
        return problem(match root {
            Some(_) => "nothing is read here: git ignores what is in it, or scholiast.toml does not include it",
            None => "nothing is read here, since git ignores what is in it",
        });
    }
    let words = "there is no text in it".to_owned();
    // A folder of a corpus that somebody names has texts, or the name is wrong.
    NothingRead { words, is_problem: below.is_some_and(|below| !below.as_str().is_empty()) }
}

/// Tells whether a folder on disk holds a text that nobody hides, ignored or not.
fn holds_text(folder: &Utf8Path) -> bool {
    let mut builder = WalkBuilder::new(folder);
    let entries = builder.standard_filters(false).hidden(true).build();
    entries.flatten().any(|entry| {
        let is_file = entry.file_type().is_some_and(|kind| kind.is_file());
        is_file && entry.path().extension().is_some_and(|ending| ending == "txt")
    })
}
