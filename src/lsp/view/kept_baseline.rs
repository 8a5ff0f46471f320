//! The baseline of a corpus as workers read it.
//!
//! Whoever asks first reads the file, and it is read again when it has changed. Deliberately absent: writing it, which
//! `scholiast baseline` does.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use camino::{Utf8Path, Utf8PathBuf};

use crate::disk::baseline::Baseline;

/// The baseline of a corpus, as it was read last.
#[derive(Debug, Default)]
pub struct KeptBaseline(Mutex<Option<KeptState>>);

/// The file that was read, when it had been written, and what stood in it.
#[derive(Debug)]
struct KeptState {
    path: Utf8PathBuf,
    written: Option<SystemTime>,
    read: Arc<ReadBaseline>,
}

/// A baseline that was read, with the files in it that were gone then.
#[derive(Debug, Default)]
pub struct ReadBaseline {
    /// The baseline; `None` where it cannot be used.
    pub recorded: Option<Baseline>,
    /// The files in it that were gone.
    pub gone: Vec<String>,
}

impl ReadBaseline {
    fn new(path: &Utf8Path) -> Self {
        match Baseline::read(path, path.as_str()) {
            Ok(recorded) => {
                let gone = recorded.gone().into_iter().map(str::to_owned).collect();
                Self { recorded: Some(recorded), gone }
            }
            // One that is not there yet is written by `scholiast baseline`; `check` tells of one that is broken.
            Err(message) => {
                tracing::debug!("{message}");
                Self::default()
            }
        }
    }
}

impl KeptBaseline {
    /// The baseline at a path.
    pub fn read(&self, path: Utf8PathBuf) -> Arc<ReadBaseline> {
        let written = path.metadata().and_then(|metadata| metadata.modified()).ok();
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match &*kept {
            Some(known) if known.path == path && known.written == written => known.read.clone(),
            _ => {
                let read = Arc::new(ReadBaseline::new(&path));
                *kept = Some(KeptState { path, written, read: read.clone() });
                read
            }
        }
    }
}
