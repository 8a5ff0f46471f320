//! Standard output and standard error: colours, widths, closed pipes.
//!
//! Whatever goes to standard error is shown escaped: a file name may hold line ends and escape codes. Standard error
//! that cannot be written to (closed, full) stops nothing. Deliberately absent: how findings look (`render`).

use std::fs::File;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::Path;

use anyhow::Context as _;

use super::args::Color;
use super::exit_status::{CLEAN, FAILED};
use crate::diagnostic::Severity;
use crate::disk::{FileError, io_message};
use crate::render::{RenderOptions, one_line};

/// Sets the colours of both streams.
pub fn set_color(color: Color) {
    let choice = match color {
        Color::Auto => anstream::ColorChoice::Auto,
        Color::Always => anstream::ColorChoice::AlwaysAnsi,
        Color::Never => anstream::ColorChoice::Never,
    };
    choice.write_global();
}

/// The stream of everything that a command says besides its result.
#[derive(Clone, Copy, Debug, Default)]
pub struct Output {
    /// True if only errors are said.
    pub quiet: bool,
}

impl Output {
    /// Tells whether standard output is a terminal.
    pub fn on_terminal() -> bool {
        io::stdout().is_terminal()
    }

    /// Tells whether somebody is there to be asked.
    pub fn can_ask() -> bool {
        io::stdin().is_terminal() && Self::on_terminal()
    }

    /// The options of renderers: what the terminal can do, or a file, which can do nothing.
    #[allow(clippy::unused_self, reason = "it belongs with the sink")]
    pub fn options(self, to_file: bool, fail_on: Severity) -> RenderOptions {
        let choice = anstream::AutoStream::choice(&io::stdout());
        let color = !to_file && choice != anstream::ColorChoice::Never;
        let width = if to_file { None } else { terminal_width() };
        let default = RenderOptions::default();
        RenderOptions {
            color,
            hyperlinks: color && supports_hyperlinks(),
            terminal: !to_file && Self::on_terminal(),
            width: width.unwrap_or(default.width),
            fail_on,
        }
    }

    /// The stream for findings.
    ///
    /// # Errors
    /// When the file cannot be made.
    #[allow(clippy::unused_self, reason = "it belongs with the options")]
    pub fn sink(self, file: Option<&Path>) -> anyhow::Result<Box<dyn Write>> {
        Ok(match file {
            Some(path) => {
                let name = path.display().to_string();
                let file = File::create(path).with_context(|| name.clone())?;
                Box::new(NamedOutput { name, inner: BufWriter::new(file) })
            }
            None => {
                let inner = BufWriter::new(io::stdout().lock());
                Box::new(NamedOutput { name: "standard output".to_owned(), inner })
            }
        })
    }

    /// Writes an error.
    #[allow(clippy::unused_self, reason = "beside the notes, which may be silent")]
    pub fn problem(self, problem: &FileError) {
        Self::line(&format!("scholiast: {problem}"));
    }

    /// Writes a note, unless it should be quiet.
    pub fn note(self, text: &str) {
        if !self.quiet {
            Self::line(&format!("scholiast: {text}"));
        }
    }

    /// Writes a line without the program's name, unless it should be quiet.
    pub fn say(self, text: &str) {
        if !self.quiet {
            Self::line(text);
        }
    }

    /// Writes a line to standard error.
    pub fn line(text: &str) {
        // There is nowhere left to say that this failed.
        let _ = writeln!(io::stderr(), "{}", one_line(text));
    }
}

fn terminal_width() -> Option<usize> {
    let (columns, _) = terminal_size::terminal_size_of(io::stdout())?;
    Some(usize::from(columns.0).clamp(40, 160))
}

/// Terminals that are known to open links (OSC 8); others may print the address in the middle of a line.
fn supports_hyperlinks() -> bool {
    let program = std::env::var("TERM_PROGRAM").unwrap_or_default();
    let known = ["iTerm.app", "WezTerm", "vscode", "ghostty", "Hyper"];
    Output::on_terminal()
        && (known.contains(&program.as_str())
            || std::env::var_os("VTE_VERSION").is_some()
            || std::env::var_os("WT_SESSION").is_some()
            || std::env::var_os("KITTY_WINDOW_ID").is_some())
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

/// Writes why a command ended. A closed pipe is no failure: whoever read has read enough.
pub fn failure(error: &anyhow::Error) -> u8 {
    let closed = error
        .chain()
        .any(|cause| cause.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe));
    if closed {
        return CLEAN;
    }
    let message = |cause: &(dyn std::error::Error + 'static)| match cause.downcast_ref::<io::Error>() {
        // The system's own words are put as those of files that cannot be read.
        Some(error) if error.raw_os_error().is_some() => io_message(error),
        _ => cause.to_string(),
    };
    Output::line(&format!("scholiast: {}", error.chain().map(message).collect::<Vec<_>>().join(": ")));
    FAILED
}
