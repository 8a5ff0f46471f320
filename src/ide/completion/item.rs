//! Completions as data.

use compact_str::CompactString;

use crate::registry::EntityKind;
use crate::text::Place;

/// One thing that may be meant.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Completion {
    /// The text that is shown.
    pub label: String,
    /// The text beside it: the office, the era.
    pub detail: String,
    /// The sort of thing.
    pub kind: CompletionKind,
    /// The place that is replaced: from the first letter typed to the cursor.
    pub place: Place,
    /// The text that is written.
    pub text: String,
    /// The text that an editor compares with what is typed: that itself, since a name may be found without its marks.
    pub filter: String,
    /// The subject of which more can be asked.
    pub more: Option<CompletionTopic>,
}

/// The sorts of things that may be meant.
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

/// The subject of a completion's documentation.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum CompletionTopic {
    /// The entity of this id.
    Entity(CompactString),
    /// The legal document of this reference.
    Decree(CompactString),
    /// The rule of this code.
    Rule(CompactString),
}
