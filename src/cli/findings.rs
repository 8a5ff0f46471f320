//! The findings of `check`, `baseline` and `report`: those of a run whose rules were chosen.

use super::read::LoadedRun;
use super::rule_selection::RuleSelection;
use crate::diagnostic::Diagnostic;
use crate::disk::FileError;
use crate::embed::findings;
pub use crate::embed::findings::{RunFindings, sort};

/// Judges what was read.
pub fn find(read: &LoadedRun, choice: &RuleSelection) -> RunFindings {
    findings::find(&read.loaded, &read.texts, &|code| choice.wants(code))
}

/// Judges what was read, and hands on the findings that are wanted in the order of output, lot by lot: all findings of
/// a large corpus take more memory than the corpus. Returns the files that could not be judged.
///
/// # Errors
/// When `take` fails.
pub fn each_lot(
    read: &LoadedRun,
    choice: &RuleSelection,
    take: &mut dyn FnMut(Vec<Diagnostic>) -> anyhow::Result<()>,
) -> anyhow::Result<Vec<FileError>> {
    findings::each_lot(&read.loaded, &read.texts, &|code| choice.wants(code), take)
}
