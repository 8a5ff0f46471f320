//! Standard output and standard error: colours, widths, closed pipes.
#![allow(clippy::print_stderr)]

use std::fs::File;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::Path;

use anyhow::Context as _;

use super::FAILED;
use super::args::Color;
use crate::disk::{FileError, io_message};
use crate::render::RenderOptions;

/// Sets the colours of both streams.
pub fn set_color(color: Color) {
    let choice = match color {
        Color::Auto => anstream::ColorChoice::Auto,
        Color::Always => anstream::ColorChoice::AlwaysAnsi,
        Color::Never => anstream::ColorChoice::Never,
    };
    choice.write_global();
}

/// Whether standard output is a terminal.
pub fn on_terminal() -> bool {
    io::stdout().is_terminal()
}

/// Whether somebody is there to be asked.
pub fn can_ask() -> bool {
    io::stdin().is_terminal() && on_terminal()
}

/// What the terminal can do, for renderers; a file can do nothing.
pub fn options(to_file: bool) -> RenderOptions {
    let choice = anstream::AutoStream::choice(&io::stdout());
    let color = !to_file && choice != anstream::ColorChoice::Never;
    let width = if to_file { None } else { terminal_width() };
    let default = RenderOptions::default();
    RenderOptions { color, hyperlinks: color && supports_hyperlinks(), width: width.unwrap_or(default.width) }
}

fn terminal_width() -> Option<usize> {
    let (columns, _) = terminal_size::terminal_size_of(io::stdout())?;
    Some(usize::from(columns.0).clamp(40, 160))
}

/// Terminals that are known to open links (OSC 8); others may print the address in the middle of a line.
fn supports_hyperlinks() -> bool {
    let program = std::env::var("TERM_PROGRAM").unwrap_or_default();
    let known = ["iTerm.app", "WezTerm", "vscode", "ghostty", "Hyper"];
    on_terminal()
        && (known.contains(&program.as_str())
            || std::env::var_os("VTE_VERSION").is_some()
            || std::env::var_os("WT_SESSION").is_some()
            || std::env::var_os("KITTY_WINDOW_ID").is_some())
}

/// Where findings go.
///
/// # Errors
/// When the file cannot be made.
pub fn sink(file: Option<&Path>) -> anyhow::Result<Box<dyn Write>> {
    Ok(match file {
        Some(path) => {
            let name = path.display().to_string();
            let file = File::create(path).with_context(|| name.clone())?;
            Box::new(NamedOutput { name, inner: BufWriter::new(file) })
        }
        None => {
            Box::new(NamedOutput { name: "standard output".to_owned(), inner: BufWriter::new(io::stdout().lock()) })
        }
    })
}

/// Output whose errors say where it goes.
struct NamedOutput<W> {
    name: String,
    inner: W,
}

impl<W> NamedOutput<W> {
    fn error(&self, error: &io::Error) -> io::Error {
        io::Error::new(error.kind(), format!("{}: {}", self.name, io_message(error)))
    }
}

impl<W: Write> Write for NamedOutput<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.inner.write(bytes).map_err(|error| self.error(&error))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush().map_err(|error| self.error(&error))
    }
}

/// Says what could not be done.
pub fn problem(problem: &FileError) {
    eprintln!("scholiast: {problem}");
}

/// Says something that is no problem.
pub fn note(text: &str) {
    eprintln!("scholiast: {text}");
}

/// Says a line without the program's name.
pub fn say(text: &str) {
    eprintln!("{text}");
}

/// Says why a command ended; a closed pipe is no failure: whoever read has read enough.
pub fn failure(error: &anyhow::Error) -> u8 {
    let closed = error
        .chain()
        .any(|cause| cause.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe));
    if closed {
        return super::CLEAN;
    }
    let message = |cause: &(dyn std::error::Error + 'static)| match cause.downcast_ref::<io::Error>() {
        // The system's own words are put as those of files that cannot be read.
        Some(error) if error.raw_os_error().is_some() => io_message(error),
        _ => cause.to_string(),
    };
    eprintln!("scholiast: {}", error.chain().map(message).collect::<Vec<_>>().join(": "));
    FAILED
}
