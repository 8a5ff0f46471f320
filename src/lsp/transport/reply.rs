//! The answer to one request, written as it is.
//!
//! The router makes a tree of JSON values of each answer, which is most of the cost of an answer with hundreds of
//! places, and hands it from thread to thread. So the thread that works an answer out writes it; the router's own
//! answer to the same request (an error, where the client has cancelled it) is written only where nobody was faster.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use serde::Serialize;
use tower_lsp::jsonrpc::{Error, Id, Response};

use super::writer::WireWriter;

/// The right to answer one request, once.
#[derive(Clone)]
pub struct Reply {
    id: Id,
    wire: WireWriter,
    answered: Arc<AtomicBool>,
}

#[derive(Serialize)]
struct ReplyMessage<'a, T> {
    jsonrpc: &'static str,
    id: &'a Id,
    result: &'a T,
}

impl Reply {
    /// The right to answer the request with this number.
    pub fn new(id: Id, wire: WireWriter) -> Self {
        Self { id, wire, answered: Arc::default() }
    }

    /// Answers, unless that has been done.
    pub fn answer<T: Serialize>(&self, answer: Result<T, Error>) {
        if !self.answered.swap(true, Ordering::SeqCst) {
            match answer {
                Ok(result) => self.wire.send(&ReplyMessage { jsonrpc: "2.0", id: &self.id, result: &result }),
                Err(error) => self.wire.send(&Response::from_error(self.id.clone(), error)),
            }
        }
    }

    /// Answers with findings that are written already, unless the request has been answered.
    pub fn answer_with_findings(&self, result: &[u8]) {
        if !self.answered.swap(true, Ordering::SeqCst) {
            self.wire.send_findings(|body| {
                body.extend_from_slice(br#"{"jsonrpc":"2.0","id":"#);
                // A number or a text.
                let _ = serde_json::to_writer(&mut *body, &self.id);
                body.extend_from_slice(br#","result":"#);
                body.extend_from_slice(result);
                body.push(b'}');
                Some(())
            });
        }
    }

    /// Gives the router's answer, unless the request has been answered.
    pub fn pass_on(&self, answer: &Response) {
        if !self.answered.swap(true, Ordering::SeqCst) {
            self.wire.send(answer);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;
    use std::sync::Mutex;
    use std::time::Duration;

    #[derive(Clone, Default)]
    struct Said(Arc<Mutex<Vec<u8>>>);

    impl Write for Said {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().unwrap().write(bytes)
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_request_is_answered_once() {
        let said = Said::default();
        let wire = WireWriter::new(said.clone(), |_| ()).unwrap();
        let reply = Reply::new(Id::Number(7), wire.clone());
        reply.answer(Ok(vec![1]));
        reply.answer(Ok(vec![2]));
        reply.pass_on(&Response::from_error(Id::Number(7), Error::request_cancelled()));
        let failed = Reply::new(Id::Number(8), wire.clone());
        failed.answer::<()>(Err(Error::content_modified()));
        failed.answer_with_findings(b"[3]");
        let findings = Reply::new(Id::String("nine".to_owned()), wire.clone());
        findings.answer_with_findings(b"[4]");
        findings.answer(Ok(5));
        wire.drain(Duration::from_secs(5));
        let said = String::from_utf8(said.0.lock().unwrap().clone()).unwrap();
        assert_eq!(said.matches("Content-Length").count(), 3, "{said}");
        assert!(said.contains(r#"{"jsonrpc":"2.0","id":7,"result":[1]}"#), "{said}");
        assert!(said.contains("-32801"), "{said}");
        assert!(said.ends_with(r#"{"jsonrpc":"2.0","id":"nine","result":[4]}"#), "{said}");
    }
}
