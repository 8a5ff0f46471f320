//! Messages of the client: a header with the length, then JSON.
//!
//! Reading survives what is no message: it is answered with an error, and the next message is found, whatever the
//! header before it said. A body that is not quite UTF-8 or not quite JSON is read as far as it can be, since a dropped
//! edit would leave its document out of step for good. Deliberately absent: writing (see [`writer`](super::writer)).

use std::io::{self, BufRead};
use std::ops::Range;

use memchr::memmem;
use serde::Deserialize;
use tower_lsp::jsonrpc::{Error, Request};

use super::lenient;

/// Longest body that is read. A longer one is no message: documents are some megabytes.
const LONGEST_BODY: usize = 1 << 30;

/// A message of the client's.
pub enum Incoming {
    /// A request or a notification.
    Request(Request),
    /// An answer to a request of ours.
    Answer(i64, Result<serde_json::Value, Error>),
    /// Something that is no message.
    Malformed(Error),
}

/// Reads messages from a stream.
pub struct MessageReader<R> {
    input: R,
    /// The length of the body that comes next, where its header was found in the body before.
    next: Option<usize>,
    /// Bytes that were read and belong to what comes next.
    rest: Vec<u8>,
}

impl<R: BufRead> MessageReader<R> {
    /// A reader at the start of a stream.
    pub const fn new(input: R) -> Self {
        Self { input, next: None, rest: Vec::new() }
    }

    /// Reads one message; `None` at the end.
    ///
    /// # Errors
    /// When the stream fails.
    pub fn read(&mut self) -> io::Result<Option<Incoming>> {
        let length = match self.next.take() {
            Some(length) => length,
            None => match self.read_header()? {
                Some(length) => length,
                None => return Ok(None),
            },
        };
        if length > LONGEST_BODY {
            tracing::warn!("a message of {length} bytes is too long");
            return Ok(Some(Incoming::Malformed(Error::invalid_request())));
        }
        match self.read_body(length)? {
            Body::Whole(mut body) => {
                self.keep_what_follows(&mut body);
                Ok(Some(parse(body)))
            }
            Body::Ended => Ok(None),
        }
    }

    /// Puts back what stands behind the JSON of a body: the length was wrong by a little, and a header begins there.
    fn keep_what_follows(&mut self, body: &mut Vec<u8>) {
        // A body that is as long as its header said ends with a brace, and is not looked at twice.
        if self.next.is_some() || body.trim_ascii_end().ends_with(b"}") {
            return;
        }
        let mut values = serde_json::Deserializer::from_slice(body).into_iter::<serde::de::IgnoredAny>();
        if matches!(values.next(), Some(Ok(_))) {
            let end = values.byte_offset();
            let mut rest = body.split_off(end);
            rest.append(&mut self.rest);
            self.rest = rest;
        }
    }

    /// The length of the next message's body. Lines that are no header are skipped, and so is what stands before the
    /// header in its line: the end of a body whose length was wrong.
    fn read_header(&mut self) -> io::Result<Option<usize>> {
        let mut length = None;
        let mut line = Vec::new();
        loop {
            line.clear();
            if self.read_line(&mut line)? == 0 {
                return Ok(None);
            }
            if let Some(said) = length_in(&line) {
                length = Some(said);
            } else if line.trim_ascii().is_empty() && length.is_some() {
                return Ok(length);
            }
        }
    }

    fn read_line(&mut self, line: &mut Vec<u8>) -> io::Result<usize> {
        if let Some(end) = memchr::memchr(b'\n', &self.rest) {
            line.extend(self.rest.drain(..=end));
            return Ok(line.len());
        }
        line.append(&mut self.rest);
        self.input.read_until(b'\n', line)?;
        Ok(line.len())
    }

    /// Reads a body. JSON has no header inside, not even in a string, where a line break is escaped: where one stands
    /// in the body, the length was wrong, and the next message begins there.
    fn read_body(&mut self, length: usize) -> io::Result<Body> {
        let mut body = std::mem::take(&mut self.rest);
        let mut looked_at = 0;
        loop {
            if let Some((header, said)) = header_in(&body[..body.len().min(length)], looked_at) {
                self.rest = body.split_off(header.end);
                self.next = Some(said);
                body.truncate(header.start);
                return Ok(Body::Whole(body));
            }
            if body.len() >= length {
                self.rest = body.split_off(length);
                return Ok(Body::Whole(body));
            }
            looked_at = body.len().saturating_sub(LONGEST_HEADER);
            let read = self.input.fill_buf()?;
            if read.is_empty() {
                return Ok(Body::Ended);
            }
            // Taken as it comes: a client that announces much need not send so much.
            let taken = read.len().min(length - body.len());
            body.extend_from_slice(&read[..taken]);
            self.input.consume(taken);
        }
    }
}

/// The end of the reading of a body.
enum Body {
    Whole(Vec<u8>),
    /// The stream has ended before.
    Ended,
}

const LENGTH: &[u8] = b"content-length:";
/// Bytes of the longest header that is recognised inside a body: the name, a space, twenty digits, two line ends.
const LONGEST_HEADER: usize = LENGTH.len() + 1 + 20 + 4;

/// The length that a line says, behind whatever stands before the name of the header.
fn length_in(line: &[u8]) -> Option<usize> {
    let lower = line.to_ascii_lowercase();
    let at = memmem::rfind(&lower, LENGTH)?;
    std::str::from_utf8(line[at + LENGTH.len()..].trim_ascii()).ok()?.parse().ok()
}

/// A header with an empty line behind it, from a byte of a body on, and the length that it says.
fn header_in(body: &[u8], from: usize) -> Option<(Range<usize>, usize)> {
    memmem::find_iter(&body[from..], b"\r\n\r\n").find_map(|at| {
        let end = from + at;
        let start = end.saturating_sub(LONGEST_HEADER);
        let header = start + memmem::rfind(&body[start..end].to_ascii_lowercase(), LENGTH)?;
        Some((header..end + 4, length_in(&body[header..end])?))
    })
}

/// The kind of a message.
#[derive(Deserialize)]
struct MessageHead {
    #[serde(default)]
    method: Option<serde::de::IgnoredAny>,
}

/// An answer of the client's; fields may be missing.
#[derive(Deserialize)]
struct ClientAnswer {
    id: Option<i64>,
    #[serde(default)]
    result: serde_json::Value,
    error: Option<Error>,
}

fn parse(body: Vec<u8>) -> Incoming {
    let body = lenient::text(body);
    let parsed = match serde_json::from_str::<MessageHead>(&body) {
        Ok(MessageHead { method: Some(_) }) => {
            serde_json::from_str(&body).map(|request| Incoming::Request(lenient::request(request)))
        }
        Ok(MessageHead { method: None }) => serde_json::from_str(&body).map(|answer: ClientAnswer| match answer.id {
            Some(id) => Incoming::Answer(id, answer.error.map_or(Ok(answer.result), Err)),
            None => Incoming::Malformed(Error::invalid_request()),
        }),
        Err(error) => Err(error),
    };
    parsed.unwrap_or_else(|error| {
        tracing::warn!("a message cannot be read: {error}");
        Incoming::Malformed(if error.is_data() { Error::invalid_request() } else { Error::parse_error() })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorts(bytes: &[u8]) -> Vec<String> {
        let mut input = MessageReader::new(bytes);
        let mut sorts = Vec::new();
        while let Some(message) = input.read().unwrap() {
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
        assert_eq!(sorts(b"Content-Length: 99999999999999\r\n\r\n{}"), ["-32600"], "nobody reads so much");
        for broken in ["", "Content-Length: 9\r\n\r\n{", "\r\n\r\n"] {
            assert!(sorts(broken.as_bytes()).is_empty(), "{broken:?}");
        }
    }

    #[test]
    fn the_next_message_is_found_behind_a_wrong_length() {
        let frame = |length: usize, body: &str| format!("Content-Length: {length}\r\n\r\n{body}");
        let named = |name: &str| {
            let body = format!(r#"{{"jsonrpc":"2.0","method":"{name}"}}"#);
            (body.len(), body)
        };
        let (length, first) = named("first");
        let good: String = ["second", "third"].map(named).map(|(length, body)| frame(length, &body)).concat();
        for (wrong, said) in [
            // Too long by a little, by the next messages and more, and by more than anybody reads.
            (length + 3, vec!["first", "second", "third"]),
            (length + 400, vec!["first", "second", "third"]),
            (usize::MAX, vec!["-32600", "second", "third"]),
            // Too short: the rest of the body stands before the next header.
            (length - 1, vec!["-32700", "second", "third"]),
            (0, vec!["-32700", "second", "third"]),
        ] {
            assert_eq!(sorts(format!("{}{good}", frame(wrong, &first)).as_bytes()), said, "{wrong}");
        }
        let no_number = format!("Content-Length: many\r\n\r\n{first}{good}");
        assert_eq!(sorts(no_number.as_bytes()), ["second", "third"]);
    }
}
