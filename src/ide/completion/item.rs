//! Completions as data.

use compact_str::CompactString;

use crate::registry::EntityKind;
use crate::text::Place;

/// One thing that may be meant.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Completion {
    /// What is shown.
    pub label: String,
    /// What is said beside it: the office, the era.
    pub detail: String,
    /// What sort of thing it is.
    pub kind: CompletionKind,
    /// What it replaces: from the first letter typed to the cursor.
    pub place: Place,
    /// What it writes.
    pub text: String,
    /// What an editor should compare with what is typed: that itself, since a name may be found without its marks.
    pub filter: String,
    /// What can be asked for besides.
    pub more: Option<CompletionTopic>,
}

/// What sort of thing may be meant.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CompletionKind {
    /// A spelling of an entity.
    Name(EntityKind),
    /// A legal document.
    Decree,
    /// Something of a kind of the user's.
    Pattern,
    /// A year.
    Year,
    /// The id of an entity.
    Id(EntityKind),
    /// A key of a TOML table.
    Key,
    /// A value of a setting.
    Value,
}

/// What a completion's documentation is about.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum CompletionTopic {
    /// The entity of this id.
    Entity(CompactString),
    /// The legal document of this reference.
    Decree(CompactString),
    /// The rule of this code.
    Rule(CompactString),
}
