//! Faults of the configuration of an annotation project, as data.

use crate::text::Span;
use crate::text::edit::TextEdit;

/// A line or a word that brat does not read, or not as it is meant.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ConfigurationFault {
    /// The fault.
    pub kind: ConfigurationFaultKind,
    /// The place, in bytes of the file.
    pub span: Span,
    /// The edit that writes what was probably meant; never safe.
    pub correction: Option<TextEdit>,
}

/// The fault, with all that a message says of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ConfigurationFaultKind {
    /// A section that the file does not have.
    UnknownSection {
        /// The name.
        name: String,
        /// The section that was probably meant.
        suggestion: Option<&'static str>,
    },
    /// A line before the first section.
    NoSection,
    /// A name that does not survive on disk, since brat writes `_` for some of its letters.
    UnfitName {
        /// The name.
        name: String,
    },
    /// A type that is defined before in the same section.
    DefinedTwice {
        /// The name.
        name: String,
        /// The line of the first definition, from 1.
        first_line: u32,
    },
    /// A type that no section defines.
    UnknownType {
        /// The name.
        name: String,
        /// The type that was probably meant.
        suggestion: Option<String>,
    },
    /// A placeholder `<NAME>` that is neither defined nor known to brat.
    UnknownMacro {
        /// The placeholder with its brackets.
        name: String,
        /// The one that was probably meant.
        suggestion: Option<String>,
    },
    /// A macro with the name of one that brat knows.
    ReservedMacro {
        /// The placeholder with its brackets.
        name: String,
    },
    /// An argument that is not of the form `ROLE:TYPE`.
    ArgumentForm {
        /// The argument.
        argument: String,
    },
    /// A role that is named twice.
    RoleTwice {
        /// The role.
        role: String,
    },
    /// A number of times that a role can be filled which nobody can read, or of which the first is the larger.
    RoleCount {
        /// The role as it is written.
        role: String,
    },
    /// A role that may be filled several times although its name ends in a digit, so that numbers cannot be told apart.
    RepeatedDigit {
        /// The role.
        role: String,
    },
    /// A relation without exactly two arguments.
    RelationArguments {
        /// The number of its arguments.
        count: usize,
    },
    /// An attribute that does not say what has it.
    NoAttributeArgument,
    /// A type that inherits the roles of a type above it, which it does not have.
    NothingToInherit,
    /// A type that is indented more than one level deeper than the line above it.
    TooDeep,
    /// A word that an option cannot have.
    Value {
        /// The option.
        option: String,
        /// The word.
        value: String,
        /// The words that it can have, as a message names them.
        allowed: String,
    },
    /// An option that brat does not know.
    UnknownOption {
        /// The option.
        option: String,
        /// The one that was probably meant.
        suggestion: Option<&'static str>,
    },
    /// A default that is none of the attribute's values.
    UnknownDefault {
        /// The value.
        value: String,
    },
    /// A key of the keyboard that is no single character.
    KeyForm {
        /// The key.
        key: String,
    },
    /// A key of the keyboard that is taken by the line before.
    KeyTwice {
        /// The key.
        key: String,
        /// The type that has it.
        first: String,
    },
    /// A line that is not of the form of its file.
    LineForm {
        /// The form.
        form: &'static str,
    },
    /// Bytes that are no UTF-8.
    NotUtf8,
}
