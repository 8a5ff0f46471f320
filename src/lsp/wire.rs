//! Messages on the wire: a header with the length, then JSON.
//!
//! Reading survives what is no message: it is answered with an error and the next one is looked for. Writing has a
//! thread of its own, so that a client that does not read holds up nobody, and keeps the order in which things were
//! said.

use std::io::{self, BufRead, Read, Write};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use tower_lsp::jsonrpc::{Error, Request};

/// What the client says.
pub enum Incoming {
    /// A request or a notification.
    Request(Request),
    /// An answer to a question of ours.
    Answer(i64, Result<serde_json::Value, Error>),
    /// No message.
    Malformed(Error),
}

/// Reads one message; `None` at the end.
///
/// # Errors
/// When the stream fails.
pub fn read(input: &mut impl BufRead) -> io::Result<Option<Incoming>> {
    let Some(length) = read_header(input)? else { return Ok(None) };
    let mut body = Vec::new();
    // Not allocated at once: whoever says a length need not send so much.
    if input.take(length).read_to_end(&mut body)? as u64 != length {
        return Ok(None);
    }
    Ok(Some(parse(&body)))
}

/// The length of the next message's body. Lines that are no header are skipped.
fn read_header(input: &mut impl BufRead) -> io::Result<Option<u64>> {
    let mut length = None;
    let mut line = Vec::new();
    loop {
        line.clear();
        if input.read_until(b'\n', &mut line)? == 0 {
            return Ok(None);
        }
        let text = String::from_utf8_lossy(&line);
        let text = text.trim();
        if let Some((name, value)) = text.split_once(':')
            && name.trim().eq_ignore_ascii_case("content-length")
        {
            length = value.trim().parse().ok();
        } else if text.is_empty() && length.is_some() {
            return Ok(length);
        }
    }
}

/// Which sort of message it is.
#[derive(Deserialize)]
struct Sort {
    #[serde(default)]
    method: Option<serde::de::IgnoredAny>,
}

/// An answer, as lenient as may be.
#[derive(Deserialize)]
struct Answer {
    id: Option<i64>,
    #[serde(default)]
    result: serde_json::Value,
    error: Option<Error>,
}

fn parse(body: &[u8]) -> Incoming {
    let parsed = match serde_json::from_slice::<Sort>(body) {
        Ok(Sort { method: Some(_) }) => serde_json::from_slice(body).map(Incoming::Request),
        Ok(Sort { method: None }) => serde_json::from_slice(body).map(|answer: Answer| match answer.id {
            Some(id) => Incoming::Answer(id, answer.error.map_or(Ok(answer.result), Err)),
            None => Incoming::Malformed(Error::invalid_request()),
        }),
        Err(error) => Err(error),
    };
    parsed.unwrap_or_else(|error| {
        tracing::warn!("no message: {error}");
        Incoming::Malformed(if error.is_data() { Error::invalid_request() } else { Error::parse_error() })
    })
}

enum Outgoing {
    Message(Vec<u8>),
    /// Something to do when all before it has been written.
    Then(Box<dyn FnOnce() + Send>),
}

/// The client's end of the wire.
#[derive(Clone)]
pub struct Wire(Sender<Outgoing>);

impl Wire {
    /// Starts to write to `output`.
    ///
    /// # Errors
    /// When no thread can be had.
    pub fn new(output: impl Write + Send + 'static) -> io::Result<Self> {
        let (sender, receiver) = channel();
        std::thread::Builder::new().name("output".to_owned()).spawn(move || write_all(&receiver, output))?;
        Ok(Self(sender))
    }

    /// Says something. After the client has gone nothing is said any more.
    pub fn say(&self, message: &impl Serialize) {
        match serde_json::to_vec(message) {
            Ok(body) => {
                let mut framed = format!("Content-Length: {}\r\n\r\n", body.len()).into_bytes();
                framed.extend(body);
                let _ = self.0.send(Outgoing::Message(framed));
            }
            Err(error) => tracing::error!("what cannot be said: {error}"),
        }
    }

    /// Does something when all that was said before has been written.
    pub fn then(&self, work: impl FnOnce() + Send + 'static) {
        let _ = self.0.send(Outgoing::Then(Box::new(work)));
    }

    /// Waits until all that was said has been written, but not longer than `limit`.
    pub fn drain(&self, limit: Duration) {
        let (done, written) = channel();
        self.then(move || {
            let _ = done.send(());
        });
        let _ = written.recv_timeout(limit);
    }
}

/// Writes until nobody is left to say something, or to hear it.
fn write_all(messages: &Receiver<Outgoing>, mut output: impl Write) {
    while let Ok(message) = messages.recv() {
        let written = match message {
            Outgoing::Message(bytes) => output.write_all(&bytes).and_then(|()| output.flush()),
            Outgoing::Then(work) => {
                work();
                Ok(())
            }
        };
        if let Err(error) = written {
            tracing::info!("the client hears nothing any more: {error}");
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorts(bytes: &[u8]) -> Vec<String> {
        let mut input = bytes;
        let mut sorts = Vec::new();
        while let Some(message) = read(&mut input).unwrap() {
            sorts.push(match message {
                Incoming::Request(request) => request.method().to_owned(),
                Incoming::Answer(id, Ok(result)) => format!("{id}: {result}"),
                Incoming::Answer(id, Err(error)) => format!("{id}: {error}"),
                Incoming::Malformed(error) => error.code.code().to_string(),
            });
        }
        sorts
    }

    fn framed(bodies: &[&str]) -> Vec<u8> {
        bodies.iter().flat_map(|body| format!("Content-Length: {}\r\n\r\n{body}", body.len()).into_bytes()).collect()
    }

    #[test]
    fn messages_and_what_is_none() {
        let bytes = framed(&[
            r#"{"jsonrpc":"2.0","method":"a"}"#,
            r#"{"jsonrpc":"2.0","id":"x","method":"b","params":{"method":1}}"#,
            "{",
            r#"{"jsonrpc":"2.0","id":3,"result":null}"#,
            r#"{"jsonrpc":"2.0","id":4,"error":{"code":-1,"message":"no"}}"#,
            r#"{"jsonrpc":"1.0","method":"c"}"#,
            r#"{"jsonrpc":"2.0","id":null,"error":{"code":-1,"message":"?"}}"#,
            "7",
            r#"{"jsonrpc":"2.0","method":"d"}"#,
        ]);
        assert_eq!(
            sorts(&bytes),
            ["a", "b", "-32700", "3: null", "4: Server error: no", "-32600", "-32600", "-32600", "d"]
        );
    }

    #[test]
    fn headers() {
        let body = r#"{"jsonrpc":"2.0","method":"a"}"#;
        let length = body.len();
        for header in [
            format!("Content-Length: {length}\r\n\r\n"),
            format!("content-length:{length}\n\n"),
            format!("Content-Type: application/vscode-jsonrpc; charset=utf-8\r\nContent-Length: {length}\r\n\r\n"),
            format!("noise\r\n\r\nmore: noise\r\nContent-Length: {length}\r\nX: y\r\n\r\n"),
        ] {
            assert_eq!(sorts(format!("{header}{body}").as_bytes()), ["a"], "{header:?}");
        }
        for broken in ["", "Content-Length: 9\r\n\r\n{", "Content-Length: 99999999999999\r\n\r\n{}", "\r\n\r\n"] {
            assert!(sorts(broken.as_bytes()).is_empty(), "{broken:?}");
        }
    }
}
