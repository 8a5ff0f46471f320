//! Standard input and output, and when to stop.
//!
//! The thread that reads hands each message to the router and runs its handler as far as it goes without waiting: that
//! far it has told the owner, so the owner hears of everything in the order of the messages. What has to wait for an
//! answer goes on elsewhere. (The router's own transport gives up at the first malformed message, and lets an answer
//! overtake its parts.)

use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::task::{Context, Poll, Waker};
use std::time::{Duration, Instant};

use tokio::runtime::Handle as Runtime;
use tokio::sync::Notify;
use tower_lsp::LspService;
use tower_lsp::jsonrpc::{Error, Id, Request, Response};
use tower_service::Service as _;

use super::capabilities;
use super::outbox::Outbox;
use super::owner::Owner;
use super::reply::Reply;
use super::server::Backend;
use super::wire::{self, Incoming, Wire};
use crate::disk::cache::Cache;
use crate::disk::process;

/// How long answers may take to leave when the client has gone.
const GRACE: Duration = Duration::from_secs(1);
/// How often the client's process is looked for.
const PARENT_INTERVAL: Duration = Duration::from_secs(2);

/// Serves until `exit`, the end of standard input or the end of the client's process.
pub fn run(cache: Cache) -> anyhow::Result<u8> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build()?;
    let wire = Wire::new(std::io::stdout())?;
    let door = Arc::new(Door::default());
    let outbox = Outbox::new(wire.clone(), runtime.handle().clone());
    let owner = Owner::start(outbox.clone(), cache)?;
    let backend = Backend::new(owner, outbox.clone(), door.clone());
    let shut_down = backend.shut_down();
    let (service, _) = LspService::build(|_| backend)
        .custom_method("$/setTrace", Backend::set_trace)
        .custom_method("window/workDoneProgress/cancel", Backend::cancel_progress)
        .finish();
    let router = Router { service, outbox, wire: wire.clone(), door: door.clone(), runtime: runtime.handle().clone() };
    std::thread::Builder::new().name("input".to_owned()).spawn(move || router.run())?;
    runtime.block_on(door.left());
    wire.drain(GRACE);
    // The thread that reads cannot be woken.
    runtime.shutdown_background();
    Ok(u8::from(!shut_down.load(Ordering::SeqCst)))
}

/// What the parts of the transport know of the client's coming and going.
#[derive(Default)]
pub struct Door {
    gone: AtomicBool,
    answering: AtomicUsize,
    news: Notify,
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
            door.leave();
        });
    }

    fn leave(&self) {
        self.gone.store(true, Ordering::SeqCst);
        self.news.notify_one();
    }

    /// Waits until the client has left, and a little for answers that are on their way.
    async fn left(&self) {
        while !self.gone.load(Ordering::SeqCst) {
            self.news.notified().await;
        }
        let answered = async {
            while self.answering.load(Ordering::SeqCst) > 0 {
                self.news.notified().await;
            }
        };
        // Who is late is not waited for.
        let _ = tokio::time::timeout(GRACE, answered).await;
    }
}

type Answer = Pin<Box<dyn Future<Output = Option<Response>> + Send>>;

/// Reads messages and hands them on.
struct Router {
    service: LspService<Backend>,
    outbox: Outbox,
    wire: Wire,
    door: Arc<Door>,
    runtime: Runtime,
}

impl Router {
    fn run(mut self) {
        let runtime = self.runtime.clone();
        let _context = runtime.enter();
        let mut input = std::io::BufReader::with_capacity(64 * 1024, std::io::stdin());
        loop {
            match wire::read(&mut input) {
                Ok(Some(Incoming::Request(request))) => {
                    let exit = request.method() == "exit";
                    self.route(request);
                    if exit {
                        break;
                    }
                }
                Ok(Some(Incoming::Answer(id, answer))) => self.outbox.answered(id, answer),
                Ok(Some(Incoming::Malformed(error))) => self.wire.say(&Response::from_error(Id::Null, error)),
                Ok(None) => break,
                Err(error) => {
                    tracing::error!("standard input: {error}");
                    break;
                }
            }
        }
        self.door.leave();
    }

    fn route(&mut self, request: Request) {
        let reply = request.id().map(|id| Reply::new(id.clone(), self.wire.clone()));
        if let (Some(reply), true) = (&reply, request.method().starts_with("$/")) {
            // Of these there are notifications only. The router drops those that it does not know.
            return reply.answer::<()>(Err(Error::method_not_found()));
        }
        let routed = catch_unwind(AssertUnwindSafe(|| {
            self.service.inner().expect(reply.clone());
            let mut answer = self.call(request);
            match answer.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
                Poll::Ready(answer) => Ok(answer),
                Poll::Pending => Err(answer),
            }
        }));
        match (routed, reply) {
            (Ok(Ok(Some(answer))), Some(reply)) => reply.pass_on(&answer),
            (Ok(Ok(Some(answer))), None) => self.wire.say(&answer),
            (Ok(Err(waiting)), reply) => self.wait(waiting, reply),
            (Err(_), Some(reply)) => reply.answer::<()>(Err(Error::internal_error())),
            (Ok(Ok(None)) | Err(_), _) => {}
        }
    }

    /// Says an answer when there is one.
    fn wait(&self, answer: Answer, reply: Option<Reply>) {
        let door = self.door.clone();
        door.answering.fetch_add(1, Ordering::SeqCst);
        self.runtime.spawn(async move {
            if let (Some(answer), Some(reply)) = (answer.await, reply) {
                reply.pass_on(&answer);
            }
            door.answering.fetch_sub(1, Ordering::SeqCst);
            door.news.notify_one();
        });
    }

    fn call(&mut self, request: Request) -> Answer {
        if !matches!(self.service.poll_ready(&mut Context::from_waker(Waker::noop())), Poll::Ready(Ok(()))) {
            return Box::pin(async { None });
        }
        let is_hello = request.method() == "initialize";
        let trace = self.service.inner().trace().map(|outbox| (outbox, request.method().to_owned(), Instant::now()));
        let answer = self.service.call(request);
        Box::pin(async move {
            // Fails only after `exit`.
            let answer = answer.await.ok().flatten();
            if let Some((outbox, what, since)) = trace {
                outbox.trace(format!("{what}: {:.1?}", since.elapsed()));
            }
            if is_hello { answer.map(capabilities::complete) } else { answer }
        })
    }
}
