//! The threads of the server, and the pool among them that answers.
//!
//! | thread | does | may wait for |
//! | --- | --- | --- |
//! | `main` | runs timers and futures that wait for answers | the end of the session |
//! | `input` | reads messages and hands each to the owner, in order | the client |
//! | `output` | writes messages, in the order in which they were sent | the client |
//! | `owner` | holds all state; handles one event after the other | the next event |
//! | `worker N` | answers requests, from snapshots; writes annotations on save | the disk |
//! | `checker N` | checks documents, from snapshots | nobody |
//! | rayon's | reads, walks and compiles in the background | the disk |
//! | `reading` | hands what was read to the owner | the owner |
//!
//! Where there are fewer cores than threads with work, a person who has asked something goes first, then the findings
//! of what is typed, then what is done in the background.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

/// Threads that answer requests or check documents; others read files, so that reading never delays an answer.
#[derive(Clone)]
pub struct Workers(Arc<rayon::ThreadPool>);

/// By how much a thread stands back behind those that answer, as `nice` counts: 19 is the most.
#[derive(Clone, Copy)]
enum StandBack {
    Nothing,
    Checking = 5,
    Background = 10,
}

impl StandBack {
    /// Makes the thread that calls stand back. Systems without priorities of threads treat all alike.
    fn apply(self) {
        #[cfg(target_os = "linux")]
        if !matches!(self, Self::Nothing) {
            // Where that is not allowed, all threads are alike.
            let _ = rustix::process::setpriority_process(Some(rustix::thread::gettid()), self as i32);
        }
    }
}

/// Has a thread that works in the background stand back behind all others.
pub fn stand_back() {
    StandBack::Background.apply();
}

impl Workers {
    /// Starts the threads that answer.
    ///
    /// # Errors
    /// When no thread can be had.
    pub fn answering() -> anyhow::Result<Self> {
        Self::new("worker", StandBack::Nothing)
    }

    /// Starts the threads that check documents.
    ///
    /// # Errors
    /// When no thread can be had.
    pub fn checking() -> anyhow::Result<Self> {
        Self::new("checker", StandBack::Checking)
    }

    fn new(name: &'static str, back: StandBack) -> anyhow::Result<Self> {
        let threads = std::thread::available_parallelism().map_or(2, |threads| threads.get().clamp(2, 8));
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads);
        let pool = pool.thread_name(move |number| format!("{name} {number}")).start_handler(move |_| back.apply());
        Ok(Self(Arc::new(pool.build()?)))
    }

    /// Runs a job; one that panics ends alone.
    pub fn run(&self, job: impl FnOnce() + Send + 'static) {
        self.0.spawn_fifo(move || {
            if catch_unwind(AssertUnwindSafe(job)).is_err() {
                tracing::error!("a request has failed");
            }
        });
    }
}
