//! The additions of the configuration to recognition, compiled.
//!
//! Made once a configuration, however often the registry changes. Deliberately absent: settings of
//! rules and files.

use std::sync::Arc;

use compact_str::CompactString;

use super::decree::DecreeTable;
use super::pattern::Patterns;
use super::profile::LanguageSet;
use crate::config::{Config, ValueFault};

/// The additions of the configuration to recognition, compiled. Cloning is cheap.
#[derive(Clone, Debug)]
pub struct Configured {
    /// Types and agencies of legal documents.
    pub decrees: Arc<DecreeTable>,
    /// The user's own kinds of mentions.
    pub patterns: Arc<Patterns>,
    /// The languages whose dates are recognised.
    pub languages: LanguageSet,
    /// The values that cannot be used.
    pub faults: Arc<[ValueFault]>,
}

impl Configured {
    /// Compiles what `config` says; symbols of legal documents of years after `current_year` are of the future.
    pub fn new(config: &Config, current_year: i16) -> Self {
        let (decrees, mut faults) = DecreeTable::configured(&config.decrees, current_year);
        let (patterns, of_patterns) = Patterns::new(&config.patterns);
        faults.extend(of_patterns);
        let languages = LanguageSet::of_tags(config.corpus.languages.iter().map(CompactString::as_str));
        Self { decrees: Arc::new(decrees), patterns: Arc::new(patterns), languages, faults: faults.into() }
    }
}
