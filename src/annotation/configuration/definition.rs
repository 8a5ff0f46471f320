//! A type of `annotation.conf`, and what may go with it.

use crate::text::Span;

/// A section of `annotation.conf`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash)]
pub enum ConfigurationSection {
    /// `[entities]`, `[spans]`: types of pieces of text.
    Entities,
    /// `[relations]`.
    Relations,
    /// `[events]`.
    Events,
    /// `[attributes]`.
    Attributes,
}

impl ConfigurationSection {
    /// The names of sections, as they are written.
    pub const NAMES: [&'static str; 5] = ["entities", "spans", "relations", "events", "attributes"];

    pub(super) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "entities" | "spans" => Self::Entities,
            "relations" => Self::Relations,
            "events" => Self::Events,
            "attributes" => Self::Attributes,
            _ => return None,
        })
    }

    /// The word for one of its types in messages.
    pub const fn noun(self) -> &'static str {
        match self {
            Self::Entities => "entity type",
            Self::Relations => "relation type",
            Self::Events => "event type",
            Self::Attributes => "attribute",
        }
    }
}

/// A type, and what may go with it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TypeDefinition {
    /// The name in annotation files.
    pub name: String,
    /// Other names, for people.
    pub other_names: Vec<String>,
    /// The place of its name in `annotation.conf`, in bytes.
    pub span: Span,
    /// The number of the type above it in its section.
    pub parent: Option<usize>,
    /// True for a heading that nothing is annotated with.
    pub heading: bool,
    /// True where the arguments of a relation may change places.
    pub symmetric: bool,
    /// True where a relation goes on from its second argument to that one's partners.
    pub transitive: bool,
    /// The roles of an event, the arguments of a relation or an attribute.
    pub roles: Vec<RoleDefinition>,
    /// The values of an attribute; none where it is either there or not.
    pub values: Vec<String>,
    /// True where values are given that cannot be known: a macro that is defined nowhere.
    pub any_value: bool,
    /// The value of an attribute that is offered first.
    pub default: Option<String>,
    /// The databases that annotations of the type are linked to; none where nothing is said.
    pub databases: Vec<String>,
}

impl TypeDefinition {
    /// Tells whether a relation is stored as a group of equivalent annotations (`*`).
    pub const fn is_equivalence(&self) -> bool {
        self.symmetric && self.transitive
    }

    /// The role that an argument fills: by its name, else by its name without the number of a repeated one (`Theme2`).
    pub fn role(&self, argument: &str) -> Option<&RoleDefinition> {
        let plain = argument.trim_end_matches(|digit: char| digit.is_ascii_digit());
        let named = |name: &str| self.roles.iter().find(|role| role.name == name);
        named(argument).or_else(|| named(plain))
    }
}

/// A role: the types that may fill it, and how often.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RoleDefinition {
    /// The name.
    pub name: String,
    /// The types, macros expanded.
    pub types: Vec<String>,
    /// The number of times it must be filled.
    pub least: usize,
    /// The number of times it may be filled; `None` where there is no limit.
    pub most: Option<usize>,
}
