//! A language server that does nothing: it answers every request with `null` and every edit with no findings.
//!
//! The measure for `lsp_bench`: what pipes, processes and JSON cost without any work.

use std::io::{self, BufRead, BufReader, Write};

use serde_json::{Value, json};

fn main() -> io::Result<()> {
    let mut input = BufReader::new(io::stdin().lock());
    let mut output = io::stdout().lock();
    while let Some(message) = read(&mut input)? {
        let method = message["method"].as_str().unwrap_or_default();
        let answer = match (method, message.get("id")) {
            ("exit", _) => break,
            ("initialize", Some(id)) => json!({ "jsonrpc": "2.0", "id": id, "result": { "capabilities": {} } }),
            (_, Some(id)) => json!({ "jsonrpc": "2.0", "id": id, "result": null }),
            ("textDocument/didOpen" | "textDocument/didChange", None) => {
                let document = &message["params"]["textDocument"];
                let params = json!({ "uri": document["uri"], "version": document["version"], "diagnostics": [] });
                json!({ "jsonrpc": "2.0", "method": "textDocument/publishDiagnostics", "params": params })
            }
            _ => continue,
        };
        let body = answer.to_string();
        write!(output, "Content-Length: {}\r\n\r\n{body}", body.len())?;
        output.flush()?;
    }
    Ok(())
}

fn read(input: &mut impl BufRead) -> io::Result<Option<Value>> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if input.read_line(&mut line)? == 0 {
            return Ok(None);
        }
        match line.trim_end().split_once(": ") {
            Some((_, value)) => length = value.parse().unwrap_or(length),
            None => break,
        }
    }
    let mut body = vec![0; length];
    input.read_exact(&mut body)?;
    Ok(serde_json::from_slice(&body).ok())
}
