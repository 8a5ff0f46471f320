//! The settings that had an effect while the files of a corpus were checked.
//!
//! Whether a suppression or a decision does anything is known when every file has been checked: those that are left
//! over are findings (`sources.rs`).

use rustc_hash::FxHashSet;

use crate::corpus::Snapshot;

/// The settings that had an effect.
#[derive(Clone, Debug)]
pub struct UsedSettings {
    /// Of each suppression, whether it silenced something.
    pub(super) suppressions: Vec<bool>,
    /// The keys of the decisions that decided something.
    pub(super) decisions: FxHashSet<u64>,
}

impl UsedSettings {
    /// None of them, so far.
    pub fn none_of(snapshot: &Snapshot) -> Self {
        Self { suppressions: vec![false; snapshot.config.suppress.len()], decisions: FxHashSet::default() }
    }

    /// Takes in the numbers of suppressions and the keys of decisions that had an effect in a file.
    pub fn take(&mut self, suppressions: &[usize], decisions: &[u64]) {
        for number in suppressions {
            if let Some(used) = self.suppressions.get_mut(*number) {
                *used = true;
            }
        }
        self.decisions.extend(decisions);
    }
}
