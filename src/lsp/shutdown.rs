//! The end of the session: the client said `exit`, closed a pipe, or its process is gone.
//!
//! Any thread may end it; the main thread waits for it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use tokio::sync::Notify;

use crate::disk::process;

/// The time that answers may take to leave when the session has ended.
pub const GRACE: Duration = Duration::from_secs(1);
/// The interval at which the client's process is looked for: nobody waits for it, and a look costs a system call.
const PARENT_INTERVAL: Duration = Duration::from_secs(2);

/// The end of the session, shared by all who may bring it or delay it.
#[derive(Default)]
pub struct Shutdown {
    /// The client asked for `shutdown`, so that its `exit` is no failure.
    asked: AtomicBool,
    over: AtomicBool,
    answering: AtomicUsize,
    news: Notify,
}

/// A request that is being answered; the end of the session waits a little for it.
pub struct Answering(Arc<Shutdown>);

impl Shutdown {
    /// Notes that the client asked for `shutdown`.
    pub fn ask(&self) {
        self.asked.store(true, Ordering::SeqCst);
    }

    /// Returns whether the client asked for `shutdown`.
    pub fn was_asked(&self) -> bool {
        self.asked.load(Ordering::SeqCst)
    }

    /// Ends the session when the client's process is gone. A process that does not exist now belongs to another
    /// namespace (a container, a sandbox), where its end cannot be seen: then the end of standard input has to do.
    pub fn follow(self: &Arc<Self>, process: u32) {
        if !process::is_alive(process) {
            tracing::info!("there is no process {process} here: the server ends when standard input ends");
            return;
        }
        let shutdown = self.clone();
        tokio::spawn(async move {
            while process::is_alive(process) {
                tokio::time::sleep(PARENT_INTERVAL).await;
            }
            shutdown.end(&format!("the client's process {process} is gone"));
        });
    }

    /// Ends the session. Unless the client asked for it, standard error says why.
    pub fn end(&self, why: &str) {
        if !self.over.swap(true, Ordering::SeqCst) && !self.was_asked() {
            tracing::warn!("the server ends: {why}");
        }
        self.news.notify_one();
    }

    /// Notes a request whose answer is worked out on other threads.
    pub fn answering(self: &Arc<Self>) -> Answering {
        self.answering.fetch_add(1, Ordering::SeqCst);
        Answering(self.clone())
    }

    /// Waits for the end, and a little for answers that are on their way.
    pub async fn wait(&self) {
        while !self.over.load(Ordering::SeqCst) {
            self.news.notified().await;
        }
        let answered = async {
            while self.answering.load(Ordering::SeqCst) > 0 {
                self.news.notified().await;
            }
        };
        // Nobody hears an answer that comes later than this.
        let _ = tokio::time::timeout(GRACE, answered).await;
    }
}

impl Drop for Answering {
    fn drop(&mut self) {
        self.0.answering.fetch_sub(1, Ordering::SeqCst);
        self.0.news.notify_one();
    }
}
