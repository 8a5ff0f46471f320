//! A client that waits for answers and looks at no more of them than it must, so that what is measured is the server.

use std::borrow::Cow;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use anyhow::Context as _;
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::{Value, json};

/// A server and what the client knows of its document.
pub struct Server {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
    uri: String,
    next: i64,
    newest: i64,
    body: Vec<u8>,
}

/// The parts of a message that are looked at.
#[derive(Deserialize)]
struct Message<'m> {
    id: Option<i64>,
    #[serde(borrow)]
    method: Option<Cow<'m, str>>,
    #[serde(borrow)]
    params: Option<Params<'m>>,
    error: Option<IgnoredAny>,
}

#[derive(Deserialize)]
struct Params<'m> {
    #[serde(borrow)]
    uri: Option<Cow<'m, str>>,
    version: Option<i64>,
}

impl Server {
    /// Starts a server in a folder and greets it. What it recognises is kept in `cache`, or nowhere.
    pub fn start(program: &Path, folder: &Path, cache: Option<&Path>) -> anyhow::Result<Self> {
        let mut command = Command::new(program);
        match cache {
            Some(cache) => command.arg("lsp").arg("--cache-dir").arg(cache),
            None => command.args(["lsp", "--no-cache"]),
        };
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| format!("{}: build the examples and the program first", program.display()))?;
        let input = child.stdin.take().context("no standard input")?;
        let output = BufReader::new(child.stdout.take().context("no standard output")?);
        let mut server = Self { child, input, output, uri: String::new(), next: 0, newest: 0, body: Vec::new() };
        let folders = json!([{ "uri": format!("file://{}", folder.display()), "name": "folder" }]);
        server.request("initialize", &json!({ "processId": null, "capabilities": {}, "workspaceFolders": folders }))?;
        server.notify("initialized", &json!({}))?;
        Ok(server)
    }

    /// The address of the document that is worked on from now on.
    pub fn uri(&mut self, file: &Path) -> String {
        self.uri = format!("file://{}", file.display());
        self.uri.clone()
    }

    fn send(&mut self, message: &Value) -> anyhow::Result<()> {
        let body = message.to_string();
        self.input.write_all(format!("Content-Length: {}\r\n\r\n{body}", body.len()).as_bytes())?;
        Ok(self.input.flush()?)
    }

    /// Tells the server something.
    pub fn notify(&mut self, method: &str, params: &Value) -> anyhow::Result<()> {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }))
    }

    /// Asks and waits for the answer.
    pub fn request(&mut self, method: &str, params: &Value) -> anyhow::Result<()> {
        self.next += 1;
        let id = self.next;
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }))?;
        loop {
            match self.receive()? {
                (Some(answered), failed) if answered == id => {
                    anyhow::ensure!(!failed, "{method} has failed");
                    return Ok(());
                }
                _ => {}
            }
        }
    }

    /// Waits for the findings of a version of the document.
    pub fn published(&mut self, version: i64) -> anyhow::Result<()> {
        while self.newest < version {
            self.receive()?;
        }
        Ok(())
    }

    /// Types a letter near the start of a line.
    pub fn type_letter(&mut self, version: i64, line: usize) -> anyhow::Result<()> {
        let at = json!({ "line": line, "character": 3 });
        let change = json!({ "range": { "start": at, "end": at }, "text": "ก" });
        let document = json!({ "uri": self.uri, "version": version });
        self.notify("textDocument/didChange", &json!({ "textDocument": document, "contentChanges": [change] }))
    }

    /// Takes in one message: the number it answers, and whether with an error.
    fn receive(&mut self) -> anyhow::Result<(Option<i64>, bool)> {
        let mut length = 0;
        let mut line = String::new();
        loop {
            line.clear();
            anyhow::ensure!(self.output.read_line(&mut line)? > 0, "the server has gone");
            match line.trim_end().split_once(": ") {
                Some((_, value)) => length = value.parse()?,
                None => break,
            }
        }
        self.body.resize(length, 0);
        self.output.read_exact(&mut self.body)?;
        let message: Message<'_> = serde_json::from_slice(&self.body)?;
        let params = message.params.filter(|_| message.method.as_deref() == Some("textDocument/publishDiagnostics"));
        if let Some(params) = params.filter(|params| params.uri.as_deref() == Some(&*self.uri)) {
            self.newest = params.version.unwrap_or(self.newest);
        }
        Ok((message.id.filter(|_| message.method.is_none()), message.error.is_some()))
    }

    /// The memory of the server in megabytes: resident, as the system counts.
    pub fn megabytes(&self) -> Option<f64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
        Some(line.trim().trim_end_matches(" kB").trim().parse::<f64>().ok()? / 1024.0)
    }

    /// Ends it.
    pub fn stop(&mut self) -> anyhow::Result<()> {
        self.request("shutdown", &Value::Null)?;
        self.notify("exit", &Value::Null)?;
        self.child.wait()?;
        Ok(())
    }
}
