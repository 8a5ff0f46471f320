//! What the arguments themselves tell: completions for shells and manual pages.

use std::io::Write as _;

use anyhow::Context as _;
use clap::CommandFactory as _;

use super::{CLEAN, args, output};

/// `scholiast completions`
///
/// # Errors
/// When output cannot be written.
pub fn completions(args: &args::CompletionsArgs) -> anyhow::Result<u8> {
    // The generator panics where writing fails, so it writes to memory.
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut args::Cli::command(), "scholiast", &mut script);
    let mut out = output::sink(None)?;
    out.write_all(&script)?;
    out.flush()?;
    Ok(CLEAN)
}

/// `scholiast man`
///
/// # Errors
/// When the folder or a page in it cannot be written.
pub fn man(args: &args::ManArgs) -> anyhow::Result<u8> {
    let folder = args.folder.as_path();
    std::fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
    let pages = clap_mangen::generate_to(args::Cli::command(), folder);
    pages.with_context(|| folder.display().to_string())?;
    Ok(CLEAN)
}
