//! The threads of the server, and the pool among them that answers.
//!
//! | thread | does | may wait for |
//! | --- | --- | --- |
//! | `main` | runs timers and futures that wait for answers | the end of the session |
//! | `input` | reads messages and hands each to the owner, in order | the client |
//! | `output` | writes messages, in the order in which they were sent | the client |
//! | `owner` | holds all state; handles one event after the other | the next event |
//! | `worker N` | answers requests and checks documents, from snapshots; writes annotations on save | the disk |
//! | rayon's | reads, walks and compiles in the background | the disk |
//! | `reading` | hands what was read to the owner | the owner |

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

/// Threads that answer requests; others read files, so that reading never delays an answer.
#[derive(Clone)]
pub struct Workers(Arc<rayon::ThreadPool>);

impl Workers {
    /// Starts the threads.
    ///
    /// # Errors
    /// When no thread can be had.
    pub fn new() -> anyhow::Result<Self> {
        let threads = std::thread::available_parallelism().map_or(2, |threads| threads.get().clamp(2, 8));
        let builder = rayon::ThreadPoolBuilder::new().num_threads(threads);
        Ok(Self(Arc::new(builder.thread_name(|number| format!("worker {number}")).build()?)))
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
