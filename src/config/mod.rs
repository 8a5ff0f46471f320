//! The settings of a corpus.
//!
//! `scholiast.toml` as plain data, each setting with its place. What cannot be used is a [`ConfigFault`] and its
//! default holds; the rest stays in force. Options of rules, patterns and additions to the decree table are kept as
//! they stand: `rules/` and `recognise/` know what they mean. Deliberately absent: finding and reading the file, and
//! which rules there are (see [`Config::check_codes`]).

mod annotate;
pub mod edit;
pub mod expression;
pub mod globs;
pub mod keys;
mod read;
pub mod select;
pub mod settings;

pub use annotate::{AnnotateConfig, AnnotatorFiles, DEFAULT_TYPES};
pub use globs::{Glob, GlobIndex, Globs};
pub use select::FileConfig;
pub use settings::{
    Config, ConfigFault, ConfigFaultClass, ConfigFaultKind, CorpusConfig, Decision, DecreeAgency, DecreeConfig,
    DecreeTerm, DecreeType, DocumentDate, FILE_NAME, FixLevel, FixSetting, GlobList, PatternConfig, PerFile, Preset,
    RuleLevel, RuleSetting, Suppression, ValueFault, covers,
};

#[cfg(test)]
mod tests;
