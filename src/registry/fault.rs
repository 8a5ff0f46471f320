//! What is wrong with a registry, found while it was loaded.
//!
//! Like a [`Fault`](crate::recognise::fault::Fault) a fault carries all that a finding will say; which rule reports it
//! and in which words is decided in `rules/registry/`.

use compact_str::CompactString;

use super::entity::Origin;
use crate::diagnostic::Severity;
use crate::text::edit::TextEdit;

/// The fault classes of a registry.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash)]
pub enum RegistryFaultClass {
    /// A file is not TOML; nothing of it is in force. Detail: what the reader says.
    Syntax,
    /// An id is taken; the later entity is not in force. Subject: the id. Related: the first one.
    DuplicateId,
    /// A reference to nobody, or to something of the wrong kind. Subject: the id.
    /// Detail: what is wanted (`office`, `organization`), then, if the id exists, a space and what it is.
    UnknownReference,
    /// Two entities have one spelling. Subject: the spelling. Detail: the id of the first. Related: the first.
    SharedSpelling,
    /// A person's name that is found in other words, or never. Subject: the name. Detail: why, a clause.
    SlightName,
    /// A spelling listed twice for one language. Subject: the spelling. Related: the first.
    RepeatedSpelling,
    /// An entity without something it needs. Subject: the missing keys (`id`, `names`, `names or abbreviations`).
    /// Detail: its table (`person`). Without an id it is not in force.
    MissingField,
    /// A key that means nothing. Subject: the key. Detail: the table it is in.
    UnknownKey,
    /// A value that cannot be used. Subject: the key or value. Detail: what is wrong, a clause.
    InvalidValue,
}

/// Something wrong with the registry. What it does not touch stays in force.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RegistryFault {
    /// The fault class, which says what `subject` and `detail` mean.
    pub kind: RegistryFaultClass,
    /// What to underline.
    pub at: Origin,
    /// Its severity, where that is not the rule's.
    pub severity: Option<Severity>,
    /// What it is about.
    pub subject: CompactString,
    /// What the message needs besides.
    pub detail: CompactString,
    /// Another place that belongs to it, and why.
    pub related: Option<(Origin, CompactString)>,
    /// The edit of the same file that puts it right, where there is one that was probably meant; never safe.
    pub correction: Option<TextEdit>,
}
