//! Work on all cores, without the lock of the interpreter, that Ctrl-C ends.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::thread::Builder;
use std::time::Duration;

use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use rayon::{ThreadPool, ThreadPoolBuilder};

/// The time between two looks for a signal.
const LOOK: Duration = Duration::from_millis(50);

/// The pool of all cores, with the process that it is of: a child that was forked has none of its threads.
static POOL: Mutex<Option<(u32, Arc<ThreadPool>)>> = Mutex::new(None);

/// Told when somebody wants the work to end.
#[derive(Default)]
pub struct StopSign {
    up: AtomicBool,
    /// True where the thread that works is the one that must look for signals.
    looks: bool,
    raised: Mutex<Option<PyErr>>,
}

impl StopSign {
    /// Tells whether the work is to end.
    pub fn is_up(&self) -> bool {
        self.up.load(Ordering::Relaxed)
    }

    /// Looks for a signal, where no other thread does.
    pub fn look(&self) {
        if self.looks
            && let Some(raised) = signal()
        {
            *self.raised.lock().unwrap_or_else(PoisonError::into_inner) = Some(raised);
            self.raise();
        }
    }

    fn raise(&self) {
        self.up.store(true, Ordering::Relaxed);
    }
}

/// Does work on `threads` threads (all cores, where that is none) while this thread looks for signals; on one, this
/// thread does the work.
///
/// # Errors
/// When a signal handler raises, when no thread can be started, or when the work panics.
pub fn work<R: Send>(py: Python<'_>, threads: Option<usize>, work: impl FnOnce(&StopSign) -> R + Send) -> PyResult<R> {
    if threads == Some(1) {
        // No other thread: who runs many processes wants each on one core.
        let stop = StopSign { looks: true, ..StopSign::default() };
        let made = py.detach(|| catch_unwind(AssertUnwindSafe(|| work(&stop))));
        let raised = stop.raised.into_inner().unwrap_or_else(PoisonError::into_inner);
        return raised.map_or_else(|| made.map_err(|_| failed()), Err);
    }
    let pool = match threads {
        None => shared_pool()?,
        Some(threads) => Arc::new(pool(threads)?),
    };
    let stop = StopSign::default();
    py.detach(move || {
        let (send, done) = mpsc::sync_channel(1);
        std::thread::scope(|scope| {
            let started = Builder::new().spawn_scoped(scope, || {
                let result = catch_unwind(AssertUnwindSafe(|| pool.install(|| work(&stop))));
                // Nobody is left to be told only where this thread is gone.
                let _ = send.send(result);
            });
            started.map_err(|error| PyRuntimeError::new_err(error.to_string()))?;
            wait(&done).inspect_err(|_| stop.raise())
        })
    })
}

/// Does work on all cores that knows no end but its own. After a signal this thread goes on at once, and what the work
/// makes is thrown away.
///
/// # Errors
/// When a signal handler raises, when no thread can be started, or when the work panics.
pub fn work_unattended<R: Send + 'static>(py: Python<'_>, work: impl FnOnce() -> R + Send + 'static) -> PyResult<R> {
    let pool = shared_pool()?;
    py.detach(move || {
        let (send, done) = mpsc::sync_channel(1);
        let started = Builder::new().spawn(move || {
            // Nobody listens any more after a signal.
            let _ = send.send(catch_unwind(AssertUnwindSafe(|| pool.install(work))));
        });
        started.map_err(|error| PyRuntimeError::new_err(error.to_string()))?;
        wait(&done)
    })
}

/// Waits for the result of work on another thread, or for a signal.
///
/// # Errors
/// When a signal handler raises, or when the work panics.
pub fn wait<R>(done: &mpsc::Receiver<std::thread::Result<R>>) -> PyResult<R> {
    loop {
        match done.recv_timeout(LOOK) {
            Ok(result) => return result.map_err(|_| failed()),
            Err(mpsc::RecvTimeoutError::Disconnected) => return Err(failed()),
            Err(mpsc::RecvTimeoutError::Timeout) => {
                if let Some(raised) = signal() {
                    return Err(raised);
                }
            }
        }
    }
}

/// The error that a signal handler raises now.
fn signal() -> Option<PyErr> {
    Python::attach(|py| py.check_signals().err())
}

fn failed() -> PyErr {
    PyRuntimeError::new_err("an internal error of scholiast; please report it with the text")
}

fn shared_pool() -> PyResult<Arc<ThreadPool>> {
    let process = std::process::id();
    let mut known = POOL.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((of, pool)) = &*known
        && *of == process
    {
        return Ok(pool.clone());
    }
    let new = Arc::new(pool(0)?);
    // A pool of the process before the fork is never dropped: that would wait for threads that are not there.
    std::mem::forget(known.replace((process, new.clone())));
    Ok(new)
}

fn pool(threads: usize) -> PyResult<ThreadPool> {
    let pool = ThreadPoolBuilder::new().num_threads(threads).build();
    pool.map_err(|error| PyRuntimeError::new_err(format!("cannot start threads: {error}")))
}
