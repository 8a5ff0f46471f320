//! Hands messages from standard input to the router. Runs on the `input` thread.
//!
//! The router of `tower-lsp-server` is asynchronous and makes a tree of JSON values of each answer. Two things are done
//! around it, both here:
//!
//! - **Order.** A handler tells the owner thread of its message before it awaits anything. So the future of each
//!   message is polled once on this thread, before the next message is read: the owner hears of all messages in the
//!   order in which the client sent them. What has to wait for an answer goes on as a task of the runtime.
//! - **Answers without a tree of values.** A request's [`Reply`] lies in the [`ReplySlot`] while its future is polled
//!   first. A handler may take the reply, and whoever works the answer out writes it as it is; what the handler returns
//!   then ([`already_answered`]) is dropped. A reply that nobody took is given the router's answer.

use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, Waker};
use std::time::Instant;

use tokio::runtime::Handle as Runtime;
use tower_lsp::jsonrpc::{Error, Id, Request, Response};
use tower_service::Service;

use super::client::Client;
use super::reply::Reply;
use super::wire::{Incoming, MessageReader};
use super::writer::WireWriter;
use crate::lsp::rule_content;
use crate::lsp::shutdown::Shutdown;

/// The reply to the request whose handler is being started.
#[derive(Clone, Default)]
pub struct ReplySlot(Arc<Mutex<Option<Reply>>>);

impl ReplySlot {
    fn put(&self, reply: Option<Reply>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = reply;
    }

    /// Takes the reply; only a handler that has not awaited anything yet gets its own.
    pub fn take(&self) -> Option<Reply> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

/// Returned by a handler whose [`Reply`] has been given elsewhere: the dispatcher drops it.
pub const fn already_answered() -> Error {
    Error::internal_error()
}

type PendingAnswer = Pin<Box<dyn Future<Output = Option<Response>> + Send>>;

/// Reads messages and hands them on.
pub struct Dispatcher<S> {
    /// The router.
    pub service: S,
    /// The slot in which handlers find the reply to their request.
    pub slot: ReplySlot,
    /// The client, which is given the answers to our requests.
    pub client: Client,
    /// The wire for answers.
    pub wire: WireWriter,
    /// Ended when there is nothing more to read.
    pub shutdown: Arc<Shutdown>,
    /// The runtime on which waiting futures go on.
    pub runtime: Runtime,
}

impl<S> Dispatcher<S>
where
    S: Service<Request, Response = Option<Response>>,
    S::Future: Send + 'static,
    S::Error: Send,
{
    /// Reads until `exit` or the end of standard input, and ends the session.
    pub fn run(mut self) {
        let runtime = self.runtime.clone();
        let _context = runtime.enter();
        let mut input = MessageReader::new(std::io::BufReader::with_capacity(64 * 1024, std::io::stdin()));
        loop {
            // A client that does not read its answers gets no more of its requests read.
            self.wire.wait_until_read();
            match input.read() {
                Ok(Some(Incoming::Request(request))) => {
                    let is_exit = request.method() == "exit";
                    self.route(rule_content::with_pages(request));
                    if is_exit {
                        return self.shutdown.end("`exit` without `shutdown` before");
                    }
                }
                Ok(Some(Incoming::Answer(id, answer))) => self.client.answered(id, answer),
                Ok(Some(Incoming::Malformed(error))) => self.wire.send(&Response::from_error(Id::Null, error)),
                Ok(None) => return self.shutdown.end("standard input has ended"),
                Err(error) => return self.shutdown.end(&format!("standard input cannot be read: {error}")),
            }
        }
    }

    fn route(&mut self, request: Request) {
        let reply = request.id().map(|id| Reply::new(id.clone(), self.wire.clone()));
        if let (Some(reply), true) = (&reply, request.method().starts_with("$/")) {
            // The protocol has only notifications of this form; the router drops those that it does not know.
            return reply.answer::<()>(Err(Error::method_not_found()));
        }
        let started = catch_unwind(AssertUnwindSafe(|| {
            self.slot.put(reply.clone());
            let mut answer = self.call(request);
            // No waker: a future that is not ready here is polled again, with one, as soon as it is a task.
            match answer.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
                Poll::Ready(answer) => Ok(answer),
                Poll::Pending => Err(answer),
            }
        }));
        match (started, reply) {
            (Ok(Ok(Some(answer))), Some(reply)) => reply.pass_on(&answer),
            (Ok(Ok(Some(answer))), None) => self.wire.send(&answer),
            (Ok(Err(waiting)), reply) => self.wait(waiting, reply),
            (Err(_), Some(reply)) => reply.answer::<()>(Err(Error::internal_error())),
            (Ok(Ok(None)) | Err(_), _) => {}
        }
    }

    /// Gives an answer when there is one.
    fn wait(&self, answer: PendingAnswer, reply: Option<Reply>) {
        let answering = self.shutdown.answering();
        self.runtime.spawn(async move {
            if let (Some(answer), Some(reply)) = (answer.await, reply) {
                reply.pass_on(&answer);
            }
            drop(answering);
        });
    }

    fn call(&mut self, request: Request) -> PendingAnswer {
        if !matches!(self.service.poll_ready(&mut Context::from_waker(Waker::noop())), Poll::Ready(Ok(()))) {
            return Box::pin(async { None });
        }
        let trace = self.client.traces().then(|| (self.client.clone(), request.method().to_owned(), Instant::now()));
        let answer = self.service.call(request);
        Box::pin(async move {
            // Fails only after `exit`.
            let answer = answer.await.ok().flatten();
            if let Some((client, method, since)) = trace {
                client.trace(format!("{method}: {:.1?}", since.elapsed()));
            }
            answer
        })
    }
}
