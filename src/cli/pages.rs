//! Documents made of the arguments themselves: completions for shells and manual pages.

use std::io::Write as _;
use std::path::Path;

use anyhow::Context as _;
use clap::CommandFactory as _;

use super::args;
use super::exit_status::CLEAN;
use super::output::Output;

/// `scholiast completions`
///
/// # Errors
/// When output cannot be written.
pub fn completions(args: &args::CompletionsArgs) -> anyhow::Result<u8> {
    // The generator panics where writing fails, so it writes to memory.
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut args::Cli::command(), "scholiast", &mut script);
    let mut out = Output::default().sink(None)?;
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
    let mut command = args::Cli::command();
    command.build();
    write_pages(&command, "scholiast", folder)?;
    Ok(CLEAN)
}

/// Writes the page of a command and those of its subcommands.
fn write_pages(command: &clap::Command, name: &str, folder: &Path) -> anyhow::Result<()> {
    let path = folder.join(format!("{name}.1"));
    std::fs::write(&path, page(command)?).with_context(|| path.display().to_string())?;
    for subcommand in command.get_subcommands().filter(|subcommand| subcommand.get_name() != "help") {
        write_pages(subcommand, &format!("{name}-{}", subcommand.get_name()), folder)?;
    }
    Ok(())
}

/// The page of a command: what help says, with its examples and exit status in sections of their own.
fn page(command: &clap::Command) -> anyhow::Result<Vec<u8>> {
    let after = command.get_after_help().map(ToString::to_string).unwrap_or_default();
    let plain = command.clone().after_help("");
    let man = clap_mangen::Man::new(plain);
    let mut page = Vec::new();
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    man.render_synopsis_section(&mut page)?;
    man.render_description_section(&mut page)?;
    man.render_options_section(&mut page)?;
    if command.has_subcommands() {
        man.render_subcommands_section(&mut page)?;
    }
    for (head, text) in sections(&after) {
        writeln!(page, ".SH {head}\n.nf")?;
        for line in text {
            // A dot or an apostrophe at the beginning of a line is a command to the formatter, a hyphen is not a minus.
            let line = line.replace('\\', "\\e").replace('-', "\\-");
            writeln!(page, "\\&{line}")?;
        }
        writeln!(page, ".fi")?;
    }
    if command.get_version().is_some() {
        man.render_version_section(&mut page)?;
    }
    Ok(page)
}

/// The parts of what stands below the help: `Examples:`, `Exit status:`; what has no head of its own are notes.
fn sections(after: &str) -> Vec<(&'static str, Vec<&str>)> {
    let mut sections: Vec<(&str, Vec<&str>)> = Vec::new();
    for line in after.lines() {
        match line {
            "Examples:" => sections.push(("EXAMPLES", Vec::new())),
            "Exit status:" => sections.push(("EXIT STATUS", Vec::new())),
            "" => {}
            line => match sections.last_mut().filter(|_| line.starts_with(' ')) {
                Some((_, lines)) => lines.push(line),
                None => sections.push(("NOTES", vec![line])),
            },
        }
    }
    sections
}
