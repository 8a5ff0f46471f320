//! Standard input and output, and when to stop.
//!
//! The transport runs handlers concurrently but starts them in the order of their messages; a gate before it holds
//! back what is sent before `initialize` has been answered, so that a client may send everything at once.

use std::future::Future;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};
use std::time::{Duration, Instant};

use tokio::io::{AsyncRead, ReadBuf};
use tokio::sync::Notify;
use tower_lsp::jsonrpc::{Request, Response};
use tower_lsp::{LspService, Server};
use tower_service::Service;

use super::capabilities;
use super::outbox::{Letter, Outbox};
use super::owner::Owner;
use super::server::Backend;
use crate::disk::process;

/// How long answers may take to leave when the client has gone.
const GRACE: Duration = Duration::from_millis(500);
/// How often the client's process is looked for.
const PARENT_INTERVAL: Duration = Duration::from_secs(2);

/// Serves until `exit`, the end of standard input or the end of the client's process.
pub fn run() -> anyhow::Result<u8> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build()?;
    let status = runtime.block_on(serve())?;
    // The thread that reads standard input cannot be woken.
    runtime.shutdown_background();
    Ok(status)
}

async fn serve() -> anyhow::Result<u8> {
    let door = Arc::new(Door::default());
    let (outbox, letters) = Outbox::new();
    let owner = Owner::start(outbox.clone())?;
    let backend = Backend::new(owner.clone(), outbox, door.clone());
    let shut_down = backend.shut_down();
    let (service, socket) = LspService::build(|client| {
        tokio::spawn(letters.deliver(client, owner));
        backend
    })
    .custom_method("$/setTrace", Backend::set_trace)
    .custom_method("window/workDoneProgress/cancel", Backend::cancel_progress)
    .finish();
    let input = Input { inner: tokio::io::stdin(), door: door.clone() };
    let server = Server::new(input, tokio::io::stdout(), socket).concurrency_level(1024);
    tokio::select! {
        () = server.serve(Gate { inner: service, door: door.clone() }) => {}
        () = async { door.left.notified().await; tokio::time::sleep(GRACE).await } => {}
    }
    Ok(u8::from(!shut_down.load(Ordering::SeqCst)))
}

/// What the parts of the transport know of the client's coming and going.
#[derive(Default)]
pub struct Door {
    /// Whether `initialize` is being answered.
    initializing: AtomicBool,
    waiting: Mutex<Option<Waker>>,
    /// Told when the client has left.
    left: Notify,
}

impl Door {
    /// Leaves when a process is gone.
    pub fn follow(self: &Arc<Self>, parent: u32) {
        let door = self.clone();
        tokio::spawn(async move {
            while process::is_alive(parent) {
                tokio::time::sleep(PARENT_INTERVAL).await;
            }
            tracing::info!("process {parent} is gone: leaving");
            door.left.notify_one();
        });
    }

    fn open(&self) {
        self.initializing.store(false, Ordering::SeqCst);
        if let Some(waker) = self.waiting.lock().ok().and_then(|mut waiting| waiting.take()) {
            waker.wake();
        }
    }

    fn poll_open(&self, context: &Context<'_>) -> Poll<()> {
        if !self.initializing.load(Ordering::SeqCst) {
            return Poll::Ready(());
        }
        if let Ok(mut waiting) = self.waiting.lock() {
            *waiting = Some(context.waker().clone());
        }
        // It may have opened between the question and the note.
        if self.initializing.load(Ordering::SeqCst) { Poll::Pending } else { Poll::Ready(()) }
    }
}

/// Standard input that tells when it ends.
struct Input<R> {
    inner: R,
    door: Arc<Door>,
}

impl<R: AsyncRead + Unpin> AsyncRead for Input<R> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<std::io::Result<()>> {
        let before = buffer.filled().len();
        let read = Pin::new(&mut self.inner).poll_read(context, buffer);
        if matches!(read, Poll::Ready(_)) && buffer.filled().len() == before && buffer.remaining() > 0 {
            self.door.left.notify_one();
        }
        read
    }
}

/// The service behind the door.
struct Gate {
    inner: LspService<Backend>,
    door: Arc<Door>,
}

impl Service<Request> for Gate {
    type Response = Option<Response>;
    type Error = <LspService<Backend> as Service<Request>>::Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Self::Error>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        std::task::ready!(self.door.poll_open(context));
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: Request) -> Self::Future {
        match request.method() {
            "initialize" => {
                self.door.initializing.store(true, Ordering::SeqCst);
                let answer = self.inner.call(request);
                let door = self.door.clone();
                Box::pin(async move {
                    let answer = answer.await;
                    door.open();
                    answer.map(|answer| answer.map(capabilities::complete))
                })
            }
            "exit" => {
                self.door.left.notify_one();
                self.inner.call(request)
            }
            _ => match self.inner.inner().trace() {
                None => self.inner.call(request),
                Some(outbox) => {
                    let (what, since) = (request.method().to_owned(), Instant::now());
                    let answer = self.inner.call(request);
                    Box::pin(async move {
                        let answer = answer.await;
                        outbox.put(Letter::Trace(format!("{what}: {:.1?}", since.elapsed())));
                        answer
                    })
                }
            },
        }
    }
}
