//! The faults of a registry, found while it was loaded.
//!
//! Like a [`Fault`](crate::recognise::fault::Fault) a fault carries all that a finding will say; which rule reports it,
//! how severe it is and in which words is decided in `rules/registry/`.

use compact_str::CompactString;

use super::entity::{EntityKind, Origin};
use crate::text::edit::TextEdit;

/// The faults of a registry.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum RegistryFaultKind {
    /// A file is not TOML; nothing of it is in force.
    Syntax {
        /// The reader's words.
        reason: CompactString,
    },
    /// An id is taken; the later entity is not in force. Related: the first one.
    DuplicateId {
        /// The id.
        id: CompactString,
    },
    /// A reference to nobody, or to something of the wrong kind.
    UnknownReference {
        /// The id.
        id: CompactString,
        /// The kind that is wanted there.
        wanted: EntityKind,
        /// The kind of the entity that has the id, where there is one.
        found: Option<EntityKind>,
    },
    /// Two entities have one spelling. Related: the first one.
    SharedSpelling {
        /// The spelling.
        spelling: CompactString,
        /// The id of the first entity.
        other: CompactString,
        /// True if both are people.
        namesakes: bool,
    },
    /// A person's name that is found in other words, or never.
    SlightName {
        /// The name.
        name: CompactString,
        /// The reason.
        slightness: Slightness,
    },
    /// A spelling listed twice for one language. Related: the first.
    RepeatedSpelling {
        /// The spelling.
        spelling: CompactString,
    },
    /// An entity without something it needs. Without an id it is not in force.
    MissingField {
        /// The keys, one of which it needs.
        keys: &'static [&'static str],
        /// The kind of the entity.
        of: EntityKind,
    },
    /// A key that means nothing.
    UnknownKey {
        /// The key.
        key: CompactString,
        /// The table it is in.
        table: CompactString,
    },
    /// A value that cannot be used.
    InvalidValue {
        /// A clause for people without a full stop.
        reason: CompactString,
    },
}

/// The ways in which a name is too slight to find somebody by.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Slightness {
    /// It has no letters.
    NoLetters,
    /// It is one letter.
    OneLetter,
    /// It is one short word.
    ShortWord,
}

/// The classes of faults of a registry: the rule that reports one.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash)]
pub enum RegistryFaultClass {
    /// [`RegistryFaultKind::Syntax`].
    Syntax,
    /// [`RegistryFaultKind::DuplicateId`].
    DuplicateId,
    /// [`RegistryFaultKind::UnknownReference`].
    UnknownReference,
    /// [`RegistryFaultKind::SharedSpelling`].
    SharedSpelling,
    /// [`RegistryFaultKind::SlightName`].
    SlightName,
    /// [`RegistryFaultKind::RepeatedSpelling`].
    RepeatedSpelling,
    /// [`RegistryFaultKind::MissingField`].
    MissingField,
    /// [`RegistryFaultKind::UnknownKey`].
    UnknownKey,
    /// [`RegistryFaultKind::InvalidValue`].
    InvalidValue,
}

impl RegistryFaultKind {
    /// The class of the fault.
    pub const fn class(&self) -> RegistryFaultClass {
        match self {
            Self::Syntax { .. } => RegistryFaultClass::Syntax,
            Self::DuplicateId { .. } => RegistryFaultClass::DuplicateId,
            Self::UnknownReference { .. } => RegistryFaultClass::UnknownReference,
            Self::SharedSpelling { .. } => RegistryFaultClass::SharedSpelling,
            Self::SlightName { .. } => RegistryFaultClass::SlightName,
            Self::RepeatedSpelling { .. } => RegistryFaultClass::RepeatedSpelling,
            Self::MissingField { .. } => RegistryFaultClass::MissingField,
            Self::UnknownKey { .. } => RegistryFaultClass::UnknownKey,
            Self::InvalidValue { .. } => RegistryFaultClass::InvalidValue,
        }
    }
}

/// A fault of the registry, in its place. What it does not touch stays in force.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RegistryFault {
    /// The fault, with what its message quotes.
    pub kind: RegistryFaultKind,
    /// The place to underline.
    pub at: Origin,
    /// Another place that belongs to it, and why.
    pub related: Option<(Origin, CompactString)>,
    /// The edit of the same file that puts it right, where there is one that was probably meant; never safe.
    pub correction: Option<TextEdit>,
}
