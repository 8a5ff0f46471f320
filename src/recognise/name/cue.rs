//! The words that stand before names: of address, of office, of what somebody does, of places and things.
//!
//! One table for all who look beside a name: what belongs to its extent ([`honorific`](super::honorific)), what says
//! that a name begins ([`sound`](super::phonetic)), who is not in the registry ([`unlisted`](super::unlisted)), which
//! office is meant ([`title`](super::title)) and who is addressed in short ([`address`](super::address)). Deliberately
//! absent: what an office is ([`rank`](super::rank)), and words that stand behind names.

/// The kind of evidence that a word before a name gives.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Cue {
    /// A word of address, which belongs to the name's extent.
    Address(Gender),
    /// The same, but so common inside other words that it proves little where nothing else does.
    Courtesy(Gender),
    /// An office: a name follows, or the organisation and then a name.
    Office,
    /// An occupation or a dignity.
    Occupation,
    /// A place or thing that is named after it, and a name of which a registry may have.
    PlaceKind,
    /// A thing that bears a person's name and is none.
    NamedAfter,
    /// It says that a name follows.
    Introducing,
}

/// The gender that a word of address is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, serde::Serialize, serde::Deserialize)]
pub enum Gender {
    /// Women.
    She,
    /// Men.
    He,
    /// Everybody.
    Any,
}

impl Gender {
    /// Returns true if both may be said of one person.
    pub fn agrees(self, other: Self) -> bool {
        self == Self::Any || other == Self::Any || self == other
    }
}
