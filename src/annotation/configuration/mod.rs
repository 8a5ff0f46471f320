//! The configuration of an annotation project, as brat reads it: `annotation.conf` (types and what may go with them),
//! `visual.conf` (labels and colours), `kb_shortcuts.conf` (keys) and `tools.conf` (validation, databases).
//!
//! Lines that cannot be understood are passed over where annotations are compared, and are faults of their own file.
//! Deliberately absent: finding the files, which lie in the folder of a document or above it.

mod arguments;
mod definition;
mod fault;
mod overlap;
mod project;
mod read;
mod shortcuts;
mod tools;
mod visual;

pub use arguments::ArgumentFault;
pub use definition::{ConfigurationSection, RoleDefinition, TypeDefinition};
pub use fault::{ConfigurationFault, ConfigurationFaultKind};
pub use overlap::OverlapSort;
pub use project::{Configuration, ConfigurationFile, ConfigurationSources};
pub use shortcuts::Shortcuts;
pub use tools::{REGISTRY, ToolSettings, Validation};
pub use visual::{Drawing, Labels};

pub(super) use project::UnknownName;
