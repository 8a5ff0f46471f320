//! Messages of clients that do not keep to the letter of JSON or of URIs, made readable.
//!
//! Everything replaced counts the same in every unit of positions, so that the document stays in step with the
//! client's.

use std::borrow::Cow;
use std::fmt::Write as _;

use serde_json::Value;
use tower_lsp::jsonrpc::Request;

/// A body as text. A byte that belongs to no letter becomes `?`, which counts one in bytes, code points and UTF-16 as
/// it does in the client; so does half of a surrogate pair, written as an escape.
pub fn text(body: Vec<u8>) -> String {
    let text = match String::from_utf8(body) {
        Ok(text) => text,
        Err(error) => {
            tracing::warn!("a message is not UTF-8; `?` stands for the bytes that are not");
            readable(error.as_bytes())
        }
    };
    match whole_surrogates(&text) {
        Cow::Borrowed(_) => text,
        Cow::Owned(text) => text,
    }
}

fn readable(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        text.extend(chunk.invalid().iter().map(|_| '?'));
    }
    text
}

/// The text with escapes of half a surrogate pair replaced.
fn whole_surrogates(text: &str) -> Cow<'_, str> {
    let unit = |at: usize| -> Option<u16> {
        let escape = text.as_bytes().get(at..at + 6)?;
        let digits = std::str::from_utf8(escape.strip_prefix(b"\\u")?).ok()?;
        u16::from_str_radix(digits, 16).ok()
    };
    let mut fixed: Option<String> = None;
    let mut copied = 0;
    let mut at = 0;
    while let Some(found) = memchr::memchr(b'\\', &text.as_bytes()[at..]) {
        at += found;
        match unit(at) {
            Some(0xD800..0xDC00) if matches!(unit(at + 6), Some(0xDC00..0xE000)) => at += 12,
            Some(0xD800..0xE000) => {
                let fixed = fixed.get_or_insert_with(|| String::with_capacity(text.len()));
                fixed.push_str(&text[copied..at]);
                fixed.push('?');
                at += 6;
                copied = at;
            }
            // The letter behind a backslash may be a backslash.
            _ => at += 2,
        }
        at = at.min(text.len());
    }
    match fixed {
        None => Cow::Borrowed(text),
        Some(mut fixed) => {
            fixed.push_str(&text[copied..]);
            Cow::Owned(fixed)
        }
    }
}

/// A request whose URIs hold no letter that a URI may not hold: clients send raw Thai letters and spaces.
pub fn request(request: Request) -> Request {
    let (method, id, params) = request.into_parts();
    let mut fixed = Request::build(method);
    if let Some(mut params) = params {
        escape_uris(&mut params);
        fixed = fixed.params(params);
    }
    if let Some(id) = id {
        fixed = fixed.id(id);
    }
    fixed.finish()
}

fn escape_uris(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(escape_argument),
        Value::Object(fields) => {
            for (key, value) in fields {
                match (key.as_str(), value) {
                    ("uri" | "rootUri" | "oldUri" | "newUri" | "scopeUri" | "baseUri", Value::String(uri)) => {
                        escape_uri(uri);
                    }
                    (_, value) => escape_uris(value),
                }
            }
        }
        _ => {}
    }
}

/// An item of an array: of the arguments of commands some are URIs.
fn escape_argument(item: &mut Value) {
    match item {
        Value::String(text) if text.starts_with("file:") => escape_uri(text),
        item => escape_uris(item),
    }
}

/// Escapes what may not stand in a URI; what is escaped stays.
fn escape_uri(uri: &mut String) {
    let bytes = uri.as_bytes();
    let is_escape = |at: usize| bytes.get(at + 1..at + 3).is_some_and(|hex| hex.iter().all(u8::is_ascii_hexdigit));
    let is_good = |at: usize, byte: u8| match byte {
        b'%' => is_escape(at),
        b'"' | b'<' | b'>' | b'\\' | b'^' | b'`' | b'{' | b'|' | b'}' | b'[' | b']' => false,
        _ => byte.is_ascii_graphic(),
    };
    if bytes.iter().enumerate().all(|(at, byte)| is_good(at, *byte)) {
        return;
    }
    let mut escaped = String::with_capacity(uri.len() + 16);
    for (at, byte) in bytes.iter().enumerate() {
        if is_good(at, *byte) {
            escaped.push(char::from(*byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(escaped, "%{byte:02X}");
        }
    }
    *uri = escaped;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_that_are_no_letters_keep_their_count() {
        for (body, read) in [
            (&b"\"a\xffb\""[..], "\"a?b\""),
            // The first two bytes of a Thai letter, and one that continues nothing.
            (b"\xe0\xb8\"\xb8", "??\"?"),
            ("ก".as_bytes(), "ก"),
        ] {
            assert_eq!(text(body.to_vec()), read);
        }
    }

    #[test]
    fn halves_of_surrogate_pairs() {
        for (body, read) in [
            (r#""a\ud83d""#, r#""a?""#),
            (r#""\uDE00b\ud83d\ude00""#, r#""?b\ud83d\ude00""#),
            (r#""\ud83d\ud83d\ude00""#, r#""?\ud83d\ude00""#),
            (r#""\\ud83d""#, r#""\\ud83d""#),
            (r#""\u0e01\n\"#, r#""\u0e01\n\"#),
        ] {
            assert_eq!(whole_surrogates(body), read, "{body}");
        }
    }

    #[test]
    fn uris_are_escaped_once() {
        for (sent, read) in [
            ("file:///tmp/a b/ก.txt", "file:///tmp/a%20b/%E0%B8%81.txt"),
            ("file:///tmp/a%20b/%E0%B8%81.txt", "file:///tmp/a%20b/%E0%B8%81.txt"),
            ("file:///tmp/100%.txt", "file:///tmp/100%25.txt"),
            ("untitled:Untitled [1]", "untitled:Untitled%20%5B1%5D"),
        ] {
            let mut uri = sent.to_owned();
            escape_uri(&mut uri);
            assert_eq!(uri, read);
        }
        let sent = serde_json::json!({
            "textDocument": { "uri": "file:///a b", "text": "file:///a b" },
            "workspaceFolders": [{ "uri": "file:///c d", "name": "c d" }],
            "arguments": ["file:///e f", "text of g h", { "uri": "file:///i j" }],
        });
        let read = request(Request::build("x").params(sent).id(7).finish());
        let params = read.params().cloned().unwrap_or_default();
        assert_eq!(
            params,
            serde_json::json!({
                "textDocument": { "uri": "file:///a%20b", "text": "file:///a b" },
                "workspaceFolders": [{ "uri": "file:///c%20d", "name": "c d" }],
                "arguments": ["file:///e%20f", "text of g h", { "uri": "file:///i%20j" }],
            })
        );
        assert_eq!(read.id().map(ToString::to_string).as_deref(), Some("7"));
    }
}
