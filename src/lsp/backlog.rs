//! How much has been read and not been taken in.
//!
//! Reading is faster than taking in: without a bound, all of a corpus would lie unpacked between the two.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

/// What was sent and not been taken in, in files.
#[derive(Clone, Debug, Default)]
pub struct Backlog(Arc<(Mutex<usize>, Condvar)>);

/// Files that were sent; they are taken in when it is dropped.
#[derive(Debug)]
pub struct Share {
    backlog: Backlog,
    files: usize,
}

impl Backlog {
    /// Counts files that are being sent.
    pub fn share(&self, files: usize) -> Share {
        *self.lock() += files;
        Share { backlog: self.clone(), files }
    }

    /// Waits until there are at most so many.
    pub fn wait_for(&self, most: usize) {
        let mut files = self.lock();
        while *files > most {
            files = self.0.1.wait(files).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// A number is whole after a panic.
    fn lock(&self) -> MutexGuard<'_, usize> {
        self.0.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        *self.backlog.lock() -= self.files;
        self.backlog.0.1.notify_all();
    }
}
