//! Drives the server over pipes, beside one that does nothing, and prints what a person waits for.
//!
//! ```text
//! cargo build --release --examples && cargo build --release
//! cargo run --release --example lsp_bench
//! ```

#![allow(clippy::print_stdout, reason = "it prints a table")]

use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::Context as _;
use serde_json::{Value, json};

/// Rounds of each measurement.
const ROUNDS: usize = 300;
/// Rounds typed at the speed of a person.
const TYPED: usize = 60;
/// Between the letters of somebody who types fast.
const LETTER: Duration = Duration::from_millis(50);
/// Findings in each document.
const FINDINGS: usize = 100;
/// Mentions of one person in each document.
const MENTIONS: usize = 300;

const REGISTRY: &str =
    "version = 1\n\n[[person]]\nid = \"tran-van-an\"\nnames.vi = [\"Trần Văn An\"]\nnames.th = [\"เจิ่น วัน อาน\"]\n";
const PLAIN: &str = "โครงการนี้จะเริ่มในวันที่ 4 พฤษภาคม 2566 และเปิดให้ประชาชนทั่วไปเข้าชมได้ทุกวันโดยไม่เสียค่าใช้จ่ายใดๆ ทั้งสิ้น\n";
const MENTION: &str = "จากนั้น เจิ่น วัน อาน กล่าวขอบคุณผู้เข้าร่วมประชุมทุกคนที่เดินทางมาในวันนี้\n";
const WRONG: &str = "การประชุมครั้งต่อไปจะมีขึ้นในวันที่ 31 กุมภาพันธ์ 2566 ที่ศาลากลาง\n";

fn main() -> anyhow::Result<()> {
    let here = std::env::current_exe()?;
    let examples = here.parent().context("the example lies in no folder")?;
    let scholiast = examples.parent().context("the examples lie in no folder")?.join("scholiast");
    let echo = examples.join("echo_server");
    for megabytes in [1, 10] {
        println!("\n{megabytes} MB, {FINDINGS} findings, {MENTIONS} mentions; milliseconds\n");
        println!("| what | server | p50 | p95 | p99 | max |\n| --- | --- | ---: | ---: | ---: | ---: |");
        for (name, program) in [("echo", &echo), ("scholiast", &scholiast)] {
            run(name, program, megabytes << 20)?;
        }
    }
    Ok(())
}

/// A text of about this many bytes, and the lines of a mention.
fn text(bytes: usize) -> (String, Vec<usize>) {
    let lines = bytes / PLAIN.len();
    let (mut text, mut mentions) = (String::with_capacity(bytes + bytes / 8), Vec::new());
    for line in 0..lines {
        text.push_str(if line % (lines / FINDINGS) == 7 {
            WRONG
        } else if line % (lines / MENTIONS) == 5 {
            mentions.push(line);
            MENTION
        } else {
            PLAIN
        });
    }
    (text, mentions)
}

fn run(name: &str, program: &Path, bytes: usize) -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    std::fs::write(folder.path().join("scholiast.toml"), "[corpus]\n")?;
    std::fs::write(folder.path().join("people.toml"), REGISTRY)?;
    let (text, mentions) = text(bytes);
    let file = folder.path().join("text.txt");
    std::fs::write(&file, &text)?;
    let show = |what: &str, times: Vec<Duration>| println!("| {what} | {name} | {} |", quantiles(times));

    let mut starts = Vec::new();
    for _ in 0..20 {
        let start = Instant::now();
        let mut server = Server::start(program, folder.path())?;
        starts.push(start.elapsed());
        server.stop()?;
    }
    show("start → initialize", starts);

    let mut server = Server::start(program, folder.path())?;
    let uri = server.uri(&file);
    let document = json!({ "uri": uri, "languageId": "plaintext", "version": 1, "text": text });
    let start = Instant::now();
    server.notify("textDocument/didOpen", &json!({ "textDocument": document }))?;
    server.published(1)?;
    show("open → diagnostics", vec![start.elapsed()]);

    let mut version = 1;
    let line = mentions[mentions.len() / 2] + 1;
    for (what, rounds, pause) in
        [("keystroke → diagnostics", ROUNDS, Duration::ZERO), ("the same, 20 letters a second", TYPED, LETTER)]
    {
        let mut times = Vec::new();
        for _ in 0..rounds {
            std::thread::sleep(pause);
            version += 1;
            let start = Instant::now();
            server.type_letter(version, line)?;
            server.published(version)?;
            times.push(start.elapsed());
        }
        show(what, times);
    }
    let at = |line: usize| json!({ "textDocument": { "uri": uri }, "position": { "line": line, "character": 10 } });
    let mut times = Vec::new();
    for round in 0..ROUNDS {
        version += 1;
        let start = Instant::now();
        server.type_letter(version, line)?;
        server.request("textDocument/hover", &at(mentions[round % mentions.len()]))?;
        times.push(start.elapsed());
        server.published(version)?;
    }
    show("keystroke and hover", times);
    let mut references = at(mentions[0]);
    references["context"] = json!({ "includeDeclaration": false });
    let mut screen = json!({ "textDocument": { "uri": uri } });
    screen["range"] =
        json!({ "start": { "line": line, "character": 0 }, "end": { "line": line + 50, "character": 0 } });
    for (method, params) in [
        ("textDocument/hover", at(mentions[3])),
        ("textDocument/definition", at(mentions[3])),
        ("textDocument/documentHighlight", at(mentions[3])),
        ("textDocument/references", references),
        ("textDocument/inlayHint", screen.clone()),
        ("textDocument/semanticTokens/range", screen),
        ("workspace/symbol", json!({ "query": "tran an" })),
    ] {
        let mut times = Vec::new();
        for _ in 0..ROUNDS {
            let start = Instant::now();
            server.request(method, &params)?;
            times.push(start.elapsed());
        }
        show(method, times);
    }
    server.stop()
}

fn quantiles(mut times: Vec<Duration>) -> String {
    times.sort_unstable();
    let at = |share: f64| times[((times.len() - 1) as f64 * share).round() as usize].as_secs_f64() * 1e3;
    [0.5, 0.95, 0.99, 1.0].map(|share| format!("{:.3}", at(share))).join(" | ")
}

struct Server {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
    uri: String,
    next: i64,
    newest: i64,
}

impl Server {
    fn start(program: &Path, folder: &Path) -> anyhow::Result<Self> {
        let mut child = Command::new(program)
            .arg("lsp")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| format!("{}: build the examples and the program first", program.display()))?;
        let input = child.stdin.take().context("no standard input")?;
        let output = BufReader::new(child.stdout.take().context("no standard output")?);
        let mut server = Self { child, input, output, uri: String::new(), next: 0, newest: 0 };
        let folders = json!([{ "uri": format!("file://{}", folder.display()), "name": "folder" }]);
        server.request("initialize", &json!({ "processId": null, "capabilities": {}, "workspaceFolders": folders }))?;
        server.notify("initialized", &json!({}))?;
        Ok(server)
    }

    fn uri(&mut self, file: &Path) -> String {
        self.uri = format!("file://{}", file.display());
        self.uri.clone()
    }

    fn send(&mut self, message: &Value) -> anyhow::Result<()> {
        let body = message.to_string();
        self.input.write_all(format!("Content-Length: {}\r\n\r\n{body}", body.len()).as_bytes())?;
        Ok(self.input.flush()?)
    }

    fn notify(&mut self, method: &str, params: &Value) -> anyhow::Result<()> {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }))
    }

    fn request(&mut self, method: &str, params: &Value) -> anyhow::Result<()> {
        self.next += 1;
        let id = self.next;
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }))?;
        loop {
            let message = self.receive()?;
            if message["id"] == id && message.get("method").is_none() {
                anyhow::ensure!(message.get("error").is_none(), "{method}: {message}");
                return Ok(());
            }
        }
    }

    /// Waits for the findings of a version of the document.
    fn published(&mut self, version: i64) -> anyhow::Result<()> {
        while self.newest < version {
            self.receive()?;
        }
        Ok(())
    }

    fn type_letter(&mut self, version: i64, line: usize) -> anyhow::Result<()> {
        let at = json!({ "line": line, "character": 3 });
        let change = json!({ "range": { "start": at, "end": at }, "text": "ก" });
        let document = json!({ "uri": self.uri, "version": version });
        self.notify("textDocument/didChange", &json!({ "textDocument": document, "contentChanges": [change] }))
    }

    fn receive(&mut self) -> anyhow::Result<Value> {
        let mut length = 0;
        loop {
            let mut line = String::new();
            anyhow::ensure!(self.output.read_line(&mut line)? > 0, "the server has gone");
            match line.trim_end().split_once(": ") {
                Some((_, value)) => length = value.parse()?,
                None => break,
            }
        }
        let mut body = vec![0; length];
        self.output.read_exact(&mut body)?;
        let message: Value = serde_json::from_slice(&body)?;
        if message["method"] == "textDocument/publishDiagnostics" && message["params"]["uri"] == self.uri.as_str() {
            self.newest = message["params"]["version"].as_i64().unwrap_or(self.newest);
        }
        Ok(message)
    }

    fn stop(&mut self) -> anyhow::Result<()> {
        self.request("shutdown", &Value::Null)?;
        self.notify("exit", &Value::Null)?;
        self.child.wait()?;
        Ok(())
    }
}
