//! Messages to the client: a header with the length, then JSON.
//!
//! Writing has a thread of its own, so that a client that does not read holds up no thread that has anything else to
//! do. Messages stand in two queues. Findings of a document may be hundreds of kilobytes after every keystroke, and
//! somebody who asks something at the same time is waiting: all else goes first, each queue in its own order.

use std::collections::VecDeque;
use std::io::{self, Write};
use std::sync::mpsc::channel;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde::Serialize;

use crate::lsp::backlog::{Backlog, BacklogShare};

/// Bytes that may be written and not be read by the client, before no more of its messages are read.
const MOST_UNREAD: usize = 64 << 20;

/// A message with its header.
struct Frame {
    /// The message, behind room for the longest header.
    bytes: Vec<u8>,
    /// The start of the header.
    start: usize,
}

/// Bytes of the longest header.
const HEADER_ROOM: usize = "Content-Length: ".len() + 20 + "\r\n\r\n".len();

impl Frame {
    /// Frames what `write` adds to the buffer.
    fn new(write: impl FnOnce(&mut Vec<u8>) -> serde_json::Result<()>) -> serde_json::Result<Self> {
        let mut bytes = vec![0; HEADER_ROOM];
        write(&mut bytes)?;
        let header = format!("Content-Length: {}\r\n\r\n", bytes.len() - HEADER_ROOM);
        let start = HEADER_ROOM - header.len();
        bytes[start..HEADER_ROOM].copy_from_slice(header.as_bytes());
        Ok(Self { bytes, start })
    }

    fn framed(&self) -> &[u8] {
        &self.bytes[self.start..]
    }
}

enum Outgoing {
    Message(Frame, BacklogShare),
    /// Something to do when all before it has been written.
    Then(Box<dyn FnOnce() + Send>),
}

/// The messages that are to be written.
#[derive(Default)]
struct OutgoingQueues {
    /// Findings, and what is to be done when they have been written.
    findings: VecDeque<Outgoing>,
    /// All else.
    urgent: VecDeque<Outgoing>,
    /// True where nobody can send any more, or nobody listens.
    over: bool,
}

#[derive(Default)]
struct SharedQueues {
    queues: Mutex<OutgoingQueues>,
    news: Condvar,
}

impl SharedQueues {
    /// The queues are whole after a panic: each message is put in and taken out at once.
    fn lock(&self) -> MutexGuard<'_, OutgoingQueues> {
        self.queues.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for the next message; `None` when no more will come.
    fn next(&self) -> Option<Outgoing> {
        let mut queues = self.lock();
        loop {
            if let Some(next) = queues.urgent.pop_front() {
                return Some(next);
            }
            if let Some(next) = queues.findings.pop_front() {
                return Some(next);
            }
            if queues.over {
                return None;
            }
            queues = self.news.wait(queues).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn end(&self) {
        self.lock().over = true;
        self.news.notify_all();
    }

    /// Drops what nobody will read.
    fn give_up(&self) {
        let mut queues = self.lock();
        queues.over = true;
        let left = (std::mem::take(&mut queues.urgent), std::mem::take(&mut queues.findings));
        drop(queues);
        drop(left);
    }
}

/// Ends writing when the last writer is gone.
struct WriterLife(Arc<SharedQueues>);

impl Drop for WriterLife {
    fn drop(&mut self) {
        self.0.end();
    }
}

/// The server's end of the wire. Any thread may send; the `output` thread writes.
#[derive(Clone)]
pub struct WireWriter {
    life: Arc<WriterLife>,
    unread: Backlog,
}

impl WireWriter {
    /// Starts to write to `output`; `failed` is told why nothing can be written any more.
    ///
    /// # Errors
    /// When no thread can be had.
    pub fn new(
        output: impl Write + Send + 'static,
        failed: impl FnOnce(&io::Error) + Send + 'static,
    ) -> io::Result<Self> {
        let queues = Arc::new(SharedQueues::default());
        let messages = queues.clone();
        std::thread::Builder::new().name("output".to_owned()).spawn(move || {
            if let Err(error) = write_all(&messages, output) {
                messages.give_up();
                failed(&error);
            }
        })?;
        Ok(Self { life: Arc::new(WriterLife(queues)), unread: Backlog::default() })
    }

    /// Sends a message. After the client has gone nothing is sent any more.
    pub fn send(&self, message: &impl Serialize) {
        match Frame::new(|body| serde_json::to_writer(body, message)) {
            Ok(frame) => self.put(frame, |queues| &mut queues.urgent),
            Err(error) => tracing::error!("a message cannot be written as JSON: {error}"),
        }
    }

    /// Sends a message about findings, which `write` adds to the buffer; it returns nothing where the message is not to
    /// be sent after all. What it returns is held until the message stands in its queue.
    pub fn send_findings<G>(&self, write: impl FnOnce(&mut Vec<u8>) -> Option<G>) {
        let mut held = None;
        let frame = Frame::new(|body| {
            held = write(body);
            Ok(())
        });
        if let (Ok(frame), Some(_held)) = (frame, held) {
            self.put(frame, |queues| &mut queues.findings);
        }
    }

    fn put(&self, frame: Frame, queue: fn(&mut OutgoingQueues) -> &mut VecDeque<Outgoing>) {
        let share = self.unread.share(frame.framed().len());
        self.queue(Outgoing::Message(frame, share), queue);
    }

    fn queue(&self, outgoing: Outgoing, queue: fn(&mut OutgoingQueues) -> &mut VecDeque<Outgoing>) {
        let queues = &self.life.0;
        let mut locked = queues.lock();
        if locked.over {
            // Dropped without the lock: what is given back may wake whoever waits for it.
            drop(locked);
            return drop(outgoing);
        }
        queue(&mut locked).push_back(outgoing);
        drop(locked);
        queues.news.notify_one();
    }

    /// Does something when all that was sent before has been written.
    pub fn then(&self, work: impl FnOnce() + Send + 'static) {
        self.queue(Outgoing::Then(Box::new(work)), |queues| &mut queues.findings);
    }

    /// Waits while the client has much left to read. Only the thread that reads its messages may wait: without new
    /// messages nothing new is sent.
    pub fn wait_until_read(&self) {
        self.unread.wait_for(MOST_UNREAD);
    }

    /// Waits until all that was sent has been written, but not longer than `limit`.
    pub fn drain(&self, limit: Duration) {
        let (done, written) = channel();
        self.then(move || {
            let _ = done.send(());
        });
        let _ = written.recv_timeout(limit);
    }
}

/// Writes until no thread is left that may send, or the client does not listen.
fn write_all(messages: &SharedQueues, mut output: impl Write) -> io::Result<()> {
    while let Some(message) = messages.next() {
        match message {
            Outgoing::Message(frame, share) => {
                output.write_all(frame.framed())?;
                output.flush()?;
                drop(share);
            }
            Outgoing::Then(work) => work(),
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An output that writes nothing before it is told to, and keeps what is written.
    #[derive(Clone, Default)]
    struct Gate(Arc<(Mutex<GateState>, Condvar)>);

    /// True where it is open, and what was written.
    type GateState = (bool, Vec<u8>);

    impl Gate {
        fn open(&self) {
            self.0.0.lock().unwrap().0 = true;
            self.0.1.notify_all();
        }

        fn written(&self) -> String {
            String::from_utf8(self.0.0.lock().unwrap().1.clone()).unwrap()
        }
    }

    impl Write for Gate {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            let closed = self.0.0.lock().unwrap();
            let mut open = self.0.1.wait_while(closed, |(open, _)| !*open).unwrap();
            open.1.extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn findings_wait_for_all_else() {
        let gate = Gate::default();
        let wire = WireWriter::new(gate.clone(), |_| ()).unwrap();
        let findings = |what: &'static str| {
            wire.send_findings(move |body| {
                body.extend_from_slice(what.as_bytes());
                Some(())
            });
        };
        // The first message may be under way before the others are there.
        wire.send(&0);
        findings("[1]");
        findings("[2]");
        wire.send_findings(|body| {
            body.extend_from_slice(b"[unwanted]");
            None::<()>
        });
        wire.send(&3);
        wire.send(&4);
        gate.open();
        wire.drain(Duration::from_secs(5));
        let bodies: Vec<String> = gate.written().split("Content-Length: ").skip(1).map(str::to_owned).collect();
        let expected = ["1\r\n\r\n0", "1\r\n\r\n3", "1\r\n\r\n4", "3\r\n\r\n[1]", "3\r\n\r\n[2]"];
        assert_eq!(bodies, expected);
    }

    #[test]
    fn the_thread_ends_with_the_last_writer() {
        let gate = Gate::default();
        gate.open();
        let wire = WireWriter::new(gate.clone(), |_| ()).unwrap();
        wire.clone().send(&"kept");
        let (sender, told) = channel::<()>();
        wire.then(move || drop(sender));
        drop(wire);
        // What was sent before the last writer went is written.
        assert!(told.recv_timeout(Duration::from_secs(5)).is_err());
        assert!(gate.written().contains("kept"));
    }

    #[test]
    fn a_reader_that_stops_holds_up_only_who_waits_for_it() {
        struct Stopped;
        impl Write for Stopped {
            fn write(&mut self, _: &[u8]) -> io::Result<usize> {
                std::thread::park();
                Ok(0)
            }
            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        let wire = WireWriter::new(Stopped, |_| ()).unwrap();
        wire.send(&"a".repeat(MOST_UNREAD));
        let waiting = std::thread::spawn({
            let wire = wire.clone();
            move || wire.wait_until_read()
        });
        wire.send(&"sent nevertheless");
        std::thread::sleep(Duration::from_millis(50));
        assert!(!waiting.is_finished());
    }

    #[test]
    fn what_cannot_be_written_is_told_once() {
        struct Closed;
        impl Write for Closed {
            fn write(&mut self, _: &[u8]) -> io::Result<usize> {
                Err(io::ErrorKind::BrokenPipe.into())
            }
            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        let (sender, told) = channel();
        let wire = WireWriter::new(Closed, move |error| sender.send(error.kind()).unwrap()).unwrap();
        wire.send(&1);
        wire.send(&2);
        assert_eq!(told.recv_timeout(Duration::from_secs(5)), Ok(io::ErrorKind::BrokenPipe));
        wire.wait_until_read();
    }
}
