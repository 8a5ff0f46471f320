//! A small language client that drives the real binary over pipes.
//!
//! It waits for conditions and never for time to pass; what does not come within [`TIME_LIMIT`] fails the test.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// The time that a test waits for what must come: long enough for a machine that others keep busy.
pub const TIME_LIMIT: Duration = Duration::from_secs(120);

/// A folder with files that goes with its test.
pub struct Folder(tempfile::TempDir);

impl Folder {
    /// A folder with these files.
    pub fn new(files: &[(&str, &str)]) -> Self {
        let folder = Self(tempfile::tempdir().unwrap());
        for (name, text) in files {
            folder.write(name, text);
        }
        folder
    }

    /// The path of the folder; links resolved, as a client names it.
    pub fn path(&self) -> PathBuf {
        self.0.path().canonicalize().unwrap()
    }

    /// Writes a file.
    pub fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        let path = self.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    /// Removes a file or a folder.
    pub fn remove(&self, name: &str) {
        let path = self.path().join(name);
        if path.is_dir() { std::fs::remove_dir_all(path).unwrap() } else { std::fs::remove_file(path).unwrap() }
    }

    /// The address of a file in the folder, or of the folder itself for `""`.
    pub fn uri(&self, name: &str) -> String {
        uri(&self.path().join(name))
    }
}

/// The address of a path, as clients write it.
pub fn uri(path: &Path) -> String {
    let path = path.to_str().unwrap().trim_end_matches('/');
    let mut uri = "file://".to_owned();
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'_' | b'.' | b'~' => uri.push(byte as char),
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

/// The findings pushed for a file: the version and the findings.
pub type Publication = (Option<i64>, Vec<Value>);

/// The client and the server it has started.
pub struct Client {
    child: Child,
    input: Option<ChildStdin>,
    inbox: Receiver<Value>,
    next_id: i64,
    answers: HashMap<i64, Value>,
    /// Findings that were pushed, by file: the version and the findings, newest last.
    pub pushed: HashMap<String, Vec<Publication>>,
    /// Other notifications.
    pub notifications: Vec<Value>,
    /// Requests of the server's, all of which have been answered.
    pub requests: Vec<Value>,
}

impl Drop for Client {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Client {
    /// Starts the server and says nothing. Nothing is kept of what it recognises.
    pub fn spawn() -> Self {
        Self::spawn_with(&["--no-cache"])
    }

    /// Starts the server with these arguments and says nothing.
    pub fn spawn_with(arguments: &[&str]) -> Self {
        let mut child = Command::new(super::program())
            .args(["lsp", "--stdio"])
            .args(arguments)
            .env("SCHOLIAST_LOG", "off")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()
            .unwrap();
        let input = child.stdin.take();
        let mut output = BufReader::new(child.stdout.take().unwrap());
        let (sender, inbox) = channel();
        std::thread::spawn(move || {
            while let Some(message) = read(&mut output) {
                if sender.send(message).is_err() {
                    break;
                }
            }
        });
        Self {
            child,
            input,
            inbox,
            next_id: 0,
            answers: HashMap::new(),
            pushed: HashMap::new(),
            notifications: Vec::new(),
            requests: Vec::new(),
        }
    }

    /// Starts the server in these folders, with these capabilities of the client's.
    pub fn start(folders: &[&Folder], capabilities: Value) -> Self {
        let mut client = Self::spawn();
        client.initialize(folders, capabilities);
        client
    }

    /// Starts the server in folders that lie in one for the test.
    pub fn start_at(folders: &[&Path], capabilities: Value) -> Self {
        let mut client = Self::spawn();
        client.initialize_at(folders.iter().map(|folder| uri(folder)).collect(), capabilities);
        client
    }

    /// The number of times that the server has asked for findings to be pulled anew.
    pub fn refreshes(&self) -> usize {
        self.requests.iter().filter(|request| request["method"] == "workspace/diagnostic/refresh").count()
    }

    /// Starts the server in a folder as a client that has nothing but the protocol's oldest parts.
    pub fn plain(folder: &Folder) -> Self {
        Self::start(&[folder], json!({}))
    }

    /// Starts the server in a folder as a client that pulls findings and watches files.
    pub fn pulling(folder: &Folder) -> Self {
        Self::start(&[folder], pulls())
    }

    /// Says `initialize` and `initialized`; returns what the server offers.
    pub fn initialize(&mut self, folders: &[&Folder], capabilities: Value) -> Value {
        self.initialize_at(folders.iter().map(|folder| folder.uri("")).collect(), capabilities)
    }

    fn initialize_at(&mut self, folders: Vec<String>, capabilities: Value) -> Value {
        let folders: Vec<Value> = folders.iter().map(|uri| json!({ "uri": uri, "name": "folder" })).collect();
        let params = json!({
            "processId": std::process::id(),
            "rootUri": null,
            "capabilities": capabilities,
            "workspaceFolders": folders,
        });
        let answer = self.request("initialize", params);
        self.notify("initialized", json!({}));
        answer["capabilities"].clone()
    }

    /// Sends raw bytes.
    pub fn send_bytes(&mut self, bytes: &[u8]) {
        let input = self.input.as_mut().unwrap();
        input.write_all(bytes).unwrap();
        input.flush().unwrap();
    }

    /// Sends messages at once, in one write.
    pub fn send_all(&mut self, messages: &[Value]) {
        let bytes: Vec<u8> = messages.iter().flat_map(frame).collect();
        self.send_bytes(&bytes);
    }

    /// Sends a notification.
    pub fn notify(&mut self, method: &str, params: Value) {
        self.send_all(&[json!({ "jsonrpc": "2.0", "method": method, "params": params })]);
    }

    /// A request that is not sent yet: its number and the message.
    pub fn prepare(&mut self, method: &str, params: Value) -> (i64, Value) {
        self.next_id += 1;
        let message = json!({ "jsonrpc": "2.0", "id": self.next_id, "method": method, "params": params });
        (self.next_id, message)
    }

    /// Sends a request and does not wait.
    pub fn ask(&mut self, method: &str, params: Value) -> i64 {
        let (id, message) = self.prepare(method, params);
        self.send_all(&[message]);
        id
    }

    /// The whole answer to a request: `result` or `error`.
    pub fn answer(&mut self, id: i64) -> Value {
        self.wait(&format!("an answer to request {id}"), |client| client.answers.remove(&id))
    }

    /// Sends a request and waits for its result.
    pub fn request(&mut self, method: &str, params: Value) -> Value {
        let id = self.ask(method, params);
        let answer = self.answer(id);
        assert!(answer.get("error").is_none(), "{method}: {answer}");
        answer["result"].clone()
    }

    /// Asks until an answer is good: for what the server finds out in the background.
    pub fn request_until(&mut self, method: &str, params: &Value, good: impl Fn(&Value) -> bool) -> Value {
        let start = Instant::now();
        loop {
            let result = self.request(method, params.clone());
            if good(&result) {
                return result;
            }
            assert!(start.elapsed() < TIME_LIMIT, "{method} keeps answering {result}");
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// Takes in messages until there is what was waited for.
    pub fn wait<T>(&mut self, what: &str, mut find: impl FnMut(&mut Self) -> Option<T>) -> T {
        let end = Instant::now() + TIME_LIMIT;
        loop {
            if let Some(found) = find(self) {
                return found;
            }
            match self.inbox.recv_timeout(end.saturating_duration_since(Instant::now())) {
                Ok(message) => self.take_in(message),
                Err(RecvTimeoutError::Timeout) => panic!("no {what} within {TIME_LIMIT:?}"),
                Err(RecvTimeoutError::Disconnected) => panic!("the server has gone before {what}"),
            }
        }
    }

    fn take_in(&mut self, message: Value) {
        let method = message["method"].as_str().map(str::to_owned);
        match (method, message.get("id").cloned()) {
            (None, Some(id)) => {
                self.answers.insert(id.as_i64().unwrap_or(-1), message);
            }
            (Some(method), Some(id)) => {
                let result = match method.as_str() {
                    "workspace/configuration" => json!([null]),
                    "workspace/applyEdit" => json!({ "applied": true }),
                    _ => Value::Null,
                };
                self.requests.push(message);
                if self.input.is_some() {
                    self.send_all(&[json!({ "jsonrpc": "2.0", "id": id, "result": result })]);
                }
            }
            (Some(method), None) if method == "textDocument/publishDiagnostics" => {
                let params = &message["params"];
                let found = params["diagnostics"].as_array().unwrap().clone();
                let of_file = self.pushed.entry(params["uri"].as_str().unwrap().to_owned()).or_default();
                of_file.push((params["version"].as_i64(), found));
            }
            _ => self.notifications.push(message),
        }
    }

    /// Opens a document in version 1.
    pub fn open(&mut self, uri: &str, text: &str) {
        let document = json!({ "uri": uri, "languageId": "plaintext", "version": 1, "text": text });
        self.notify("textDocument/didOpen", json!({ "textDocument": document }));
    }

    /// Replaces the whole text of a document.
    pub fn replace(&mut self, uri: &str, version: i64, text: &str) {
        self.change(uri, version, json!([{ "text": text }]));
    }

    /// Edits a document.
    pub fn change(&mut self, uri: &str, version: i64, changes: Value) {
        let document = json!({ "uri": uri, "version": version });
        self.notify("textDocument/didChange", json!({ "textDocument": document, "contentChanges": changes }));
    }

    /// Closes a document.
    pub fn close(&mut self, uri: &str) {
        self.notify("textDocument/didClose", json!({ "textDocument": { "uri": uri } }));
    }

    /// Says that files have changed on disk.
    pub fn changed_on_disk(&mut self, uris: &[String]) {
        let changes: Vec<Value> = uris.iter().map(|uri| json!({ "uri": uri, "type": 2 })).collect();
        self.notify("workspace/didChangeWatchedFiles", json!({ "changes": changes }));
    }

    /// The codes of the findings that stand in a file, pushed last.
    pub fn codes(&self, uri: &str) -> Vec<String> {
        self.pushed.get(uri).and_then(|pushed| pushed.last()).map(|(_, found)| codes(found)).unwrap_or_default()
    }

    /// Waits until the findings pushed last are good; returns their codes.
    pub fn wait_for_codes(&mut self, uri: &str, what: &str, good: impl Fn(&[String]) -> bool) -> Vec<String> {
        self.wait(what, |client| Some(client.codes(uri)).filter(|codes| good(codes)))
    }

    /// The findings of a file, pulled.
    pub fn pull(&mut self, uri: &str) -> Vec<Value> {
        let report = self.request("textDocument/diagnostic", json!({ "textDocument": { "uri": uri } }));
        assert_eq!(report["kind"], "full", "{report}");
        report["items"].as_array().unwrap().clone()
    }

    /// Closes standard input.
    pub fn hang_up(&mut self) {
        self.input = None;
    }

    /// Says `shutdown` and `exit`, keeping standard input open.
    pub fn leave(&mut self) -> ExitStatus {
        self.request("shutdown", Value::Null);
        self.notify("exit", Value::Null);
        self.exit_status()
    }

    /// Waits until the server has ended.
    pub fn exit_status(&mut self) -> ExitStatus {
        let end = Instant::now() + TIME_LIMIT;
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            assert!(Instant::now() < end, "the server does not end");
            std::thread::sleep(Duration::from_millis(5));
        }
    }
}

/// The capabilities of a client that pulls findings and watches files.
pub fn pulls() -> Value {
    json!({
        "textDocument": { "diagnostic": { "relatedInformation": true } },
        "workspace": {
            "diagnostics": { "refreshSupport": true },
            "didChangeWatchedFiles": { "dynamicRegistration": true },
        },
    })
}

/// A client that counts columns in this unit.
pub fn counting(encoding: &str) -> Value {
    json!({ "general": { "positionEncodings": [encoding] } })
}

/// The codes of findings.
pub fn codes(found: &[Value]) -> Vec<String> {
    found.iter().map(|found| found["code"].as_str().unwrap_or_default().to_owned()).collect()
}

fn frame(message: &Value) -> Vec<u8> {
    let text = message.to_string();
    format!("Content-Length: {}\r\n\r\n{text}", text.len()).into_bytes()
}

fn read(output: &mut impl BufRead) -> Option<Value> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if output.read_line(&mut line).ok()? == 0 {
            return None;
        }
        match line.trim_end().split_once(": ") {
            Some((name, value)) if name.eq_ignore_ascii_case("content-length") => length = value.parse().ok()?,
            Some(_) => {}
            None => break,
        }
    }
    let mut body = vec![0; length];
    output.read_exact(&mut body).ok()?;
    serde_json::from_slice(&body).ok()
}

/// The position of a text in another, and that of its end.
pub fn range(text: &str, part: &str, encoding: &str) -> Value {
    let start = text.find(part).unwrap_or_else(|| panic!("no {part:?}"));
    json!({ "start": position(text, start, encoding), "end": position(text, start + part.len(), encoding) })
}

/// The position of a byte.
pub fn position(text: &str, byte: usize, encoding: &str) -> Value {
    let before = &text[..byte];
    let bytes = before.as_bytes();
    let is_end = |at: usize| bytes[at] == b'\n' || (bytes[at] == b'\r' && text.as_bytes().get(at + 1) != Some(&b'\n'));
    let ends: Vec<usize> = (0..bytes.len()).filter(|at| is_end(*at)).collect();
    let line = &before[ends.last().map_or(0, |at| at + 1)..];
    let column = match encoding {
        "utf-8" => line.len(),
        "utf-16" => line.encode_utf16().count(),
        _ => line.chars().count(),
    };
    json!({ "line": ends.len(), "character": column })
}
