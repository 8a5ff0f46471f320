//! An annotation file without the text that it annotates.
//!
//! ## Why
//! `X.ann` belongs to the text `X.txt` in the same folder. Where the text was moved, renamed or deleted without it,
//! nobody sees these annotations any more: editors, exports and comparisons pass over them.
//!
//! ## Example
//! A file `a.ann`, and no `a.txt` beside it:
//!
//! ```ann
//! T1    Person 0 10    Lê Thị Mai
//! ```
//!
//! ## Fix
//! Give both the same name and folder again (the message names a text of this name in another folder), or delete the
//! annotations. A text that is there and no part of the corpus, because `exclude` or git leaves it out, is none that is
//! missing.

use camino::Utf8Path;
use unicode_normalization::UnicodeNormalization;

use crate::corpus::Snapshot;
use crate::diagnostic::Severity;
use crate::rules::finding::Finding;
use crate::rules::rule::{Rule, RuleCheck};
use crate::text::Place;

/// The rule.
pub const RULE: Rule = Rule {
    code: "annotation/orphan",
    severity: Severity::Error,
    summary: "an annotation file without its text",
    source: crate::rule_source!(),
    check: RuleCheck::AnyFile,
};

/// The finding about an annotation file, by its path below the corpus root.
pub fn finding(snapshot: &Snapshot, path: &Utf8Path) -> Finding {
    let stem = path.file_stem().unwrap_or_default();
    let name = letters(stem);
    let texts = snapshot
        .files()
        .map(|file| &*file.path)
        .filter(|text| text.file_stem().is_some_and(|stem| letters(stem) == name));
    // The text in the same folder is the likeliest, then one whose name is the same in code points.
    let alike =
        texts.min_by_key(|text| (text.parent() != path.parent(), text.file_stem() != Some(stem), text.as_str()));
    let message = match alike {
        Some(text) if text.parent() == path.parent() => format!(
            "there is no text `{stem}.txt` beside these annotations; `{text}` has the same letters in other code \
             points or another case: give both the same name"
        ),
        Some(text) => format!("there is no text `{stem}.txt` beside these annotations; the corpus has `{text}`"),
        None => format!("there is no text `{stem}.txt` beside these annotations"),
    };
    Finding { place: Place::default(), surface: "".into(), message, related: Vec::new(), fix: None }
}

/// A name as file systems that tell neither normal forms nor cases apart compare it (macOS, Windows).
fn letters(name: &str) -> String {
    name.nfc().flat_map(char::to_lowercase).collect()
}
