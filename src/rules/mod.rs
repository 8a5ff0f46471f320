//! The rules: one file each; [`table`] knows them all.
//!
//! A rule sees the facts of one file, or the faults of the registry and the configuration. Deliberately absent: text,
//! since closed files have none.

pub mod annotation;
pub mod by_fault;
mod completion;
pub mod config;
pub mod date;
pub mod decree;
pub mod engine;
pub mod entity;
#[cfg(test)]
mod examples;
pub mod finding;
#[cfg(test)]
pub(crate) mod fixture;
mod live;
pub mod registry;
pub mod rule;
pub mod sources;
pub mod table;
pub mod text;
pub mod used_settings;

pub use by_fault::{message_of_date, message_of_decree, message_of_pattern};
pub use engine::{
    CheckedAnnotations, check_annotations, check_configuration, check_curation_file, check_differences, check_orphan,
    check_unannotated,
};
pub use finding::FileReport;
pub use live::{ChunkFindings, LiveFinding, LiveReport, check_file};
pub use rule::{Rule, RuleCheck};
pub use table::{RULES, by_code, named};
