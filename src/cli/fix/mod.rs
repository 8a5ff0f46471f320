//! `check --fix`: rounds of fixing in memory until nothing is left to fix, then writing.
//!
//! Deliberately absent: choosing among fixes that exclude each other (see [`fix`](crate::fix)).

mod files;
mod round;
#[cfg(test)]
mod tests;

pub use files::FixedFiles;

use super::findings::RunFindings;
use super::read::{LoadedRun, texts};
use super::rule_selection::RuleSelection;
use crate::diagnostic::Diagnostic;
use crate::disk::run_texts::RunTexts;
use crate::fix::{Allowed, MAX_ROUNDS};

/// Fixes what `find` finds and `asked` wants fixed, in memory; `read` is as after fixing then.
pub fn fix(
    read: &mut LoadedRun,
    allowed: Allowed,
    choice: &RuleSelection,
    find: &dyn Fn(&LoadedRun) -> RunFindings,
    asked: &mut dyn FnMut(&Diagnostic, &RunTexts) -> bool,
) -> FixedFiles {
    let mut fixed = FixedFiles::default();
    for _ in 0..MAX_ROUNDS {
        let findings = find(read);
        let made = round::FixRound::new(read, &mut fixed.refused).round(&findings.found, allowed, asked);
        if made.texts.is_empty() {
            break;
        }
        fixed.take_in(&made, &read.texts);
        for (id, text) in &made.texts {
            if let Some((corpus, id)) = read.texts.locate(*id) {
                read.loaded.corpora[corpus].put(id, text, &|config| choice.configure(config));
            }
        }
        read.texts = texts(&read.loaded, read.texts.pages().clone());
    }
    fixed
}
