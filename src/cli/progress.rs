//! A progress bar on a terminal, for runs that take longer than a second.

use std::io::{IsTerminal as _, stderr};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Counts files and bytes, and shows them once the run is slow.
pub struct RunProgress {
    started: Instant,
    files: AtomicU64,
    bytes: AtomicU64,
    expected: AtomicU64,
    bar: OnceLock<ProgressBar>,
    shown: bool,
}

/// Runs shorter than this show nothing.
const PATIENCE: Duration = Duration::from_secs(1);

impl RunProgress {
    /// A bar that is not shown yet, or never where it should be quiet.
    pub fn new(quiet: bool) -> Self {
        Self {
            started: Instant::now(),
            files: AtomicU64::new(0),
            bytes: AtomicU64::new(0),
            expected: AtomicU64::new(0),
            bar: OnceLock::new(),
            shown: !quiet && stderr().is_terminal(),
        }
    }

    /// More files are to come.
    pub fn expect(&self, files: u64) {
        let all = self.expected.fetch_add(files, Ordering::Relaxed) + files;
        if let Some(bar) = self.bar.get() {
            bar.set_length(all);
        }
    }

    /// A file of so many bytes is done.
    pub fn done(&self, bytes: u64) {
        let files = self.files.fetch_add(1, Ordering::Relaxed) + 1;
        let bytes = self.bytes.fetch_add(bytes, Ordering::Relaxed) + bytes;
        if !self.shown || self.started.elapsed() < PATIENCE {
            return;
        }
        let bar = self.bar.get_or_init(|| bar(self.expected.load(Ordering::Relaxed)));
        bar.set_position(files);
        let megabytes = bytes as f64 / 1e6;
        bar.set_message(format!("{:.0} MB/s", megabytes / self.started.elapsed().as_secs_f64()));
    }

    /// Takes the bar away.
    pub fn finish(&self) {
        if let Some(bar) = self.bar.get() {
            bar.finish_and_clear();
        }
    }
}

fn bar(expected: u64) -> ProgressBar {
    let bar = ProgressBar::with_draw_target(Some(expected), ProgressDrawTarget::stderr());
    // The template is a constant that was tried.
    if let Ok(style) = ProgressStyle::with_template("{wide_bar} {pos}/{len} files, {msg}, {eta} left") {
        bar.set_style(style);
    }
    bar
}
