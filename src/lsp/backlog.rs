//! A bound on what has been sent to another thread and is not taken in there yet.
//!
//! Reading a corpus is faster than taking it in, and a client may stop reading: without a bound, everything would pile
//! up between two threads.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

/// The load that was sent and is not taken in yet, in whatever unit its users count.
#[derive(Clone, Debug, Default)]
pub struct Backlog(Arc<(Mutex<usize>, Condvar)>);

/// A part of the load; taken in when it is dropped.
#[derive(Debug)]
pub struct BacklogShare {
    backlog: Backlog,
    load: usize,
}

impl Backlog {
    /// Adds a load that is being sent.
    pub fn share(&self, load: usize) -> BacklogShare {
        *self.lock() += load;
        BacklogShare { backlog: self.clone(), load }
    }

    /// Waits until the load is at most `most`.
    pub fn wait_for(&self, most: usize) {
        let mut load = self.lock();
        while *load > most {
            load = self.0.1.wait(load).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// A number is whole after a panic.
    fn lock(&self) -> MutexGuard<'_, usize> {
        self.0.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for BacklogShare {
    fn drop(&mut self) {
        *self.backlog.lock() -= self.load;
        self.backlog.0.1.notify_all();
    }
}
