//! `check --show-files`: the files that would be checked.

use std::io::Write as _;

use super::output::Output;
use super::read::LoadedRun;
use crate::render::one_line;

/// Lists the files that are reported on, one a line, in the order of output.
///
/// # Errors
/// When output cannot be written.
pub fn show(run: &LoadedRun) -> anyhow::Result<()> {
    let corpora = run.loaded.corpora.iter();
    let mut files: Vec<&str> = corpora.flat_map(|corpus| corpus.selected.values().map(String::as_str)).collect();
    files.sort_unstable();
    files.dedup();
    let mut out = Output::default().sink(None)?;
    files.into_iter().try_for_each(|file| writeln!(out, "{}", one_line(file)))?;
    out.flush()?;
    Ok(())
}
