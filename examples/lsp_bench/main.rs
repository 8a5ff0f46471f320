//! Drives the server over pipes, beside one that does nothing, and prints what a person waits for.
//!
//! ```text
//! cargo build --release --examples && cargo build --release
//! cargo run --release --example lsp_bench            # all of it
//! cargo run --release --example lsp_bench documents  # requests in documents of 1 and 10 MB, beside the echo server
//! cargo run --release --example lsp_bench growth     # a keystroke in larger documents, corpora, registries
//! cargo run --release --example lsp_bench start      # from a cold start to findings and a complete index
//! ```

#![allow(clippy::print_stdout, reason = "it prints a table")]

mod server;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::Context as _;
use serde_json::json;
use server::Server;

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

/// A small text: three kilobytes with a person and two dates.
const FILE: &str = include_str!("small.txt");

fn main() -> anyhow::Result<()> {
    let here = std::env::current_exe()?;
    let examples = here.parent().context("the example lies in no folder")?;
    let scholiast = examples.parent().context("the examples lie in no folder")?.join("scholiast");
    let wanted: Vec<String> = std::env::args().skip(1).collect();
    let wants = |what: &str| wanted.is_empty() || wanted.iter().any(|wanted| wanted == what);
    if wants("documents") {
        documents(&scholiast, &examples.join("echo_server"))?;
    }
    if wants("growth") {
        growth(&scholiast)?;
    }
    if wants("start") {
        start(&scholiast)?;
    }
    Ok(())
}

fn documents(scholiast: &Path, echo: &Path) -> anyhow::Result<()> {
    for megabytes in [1, 10] {
        println!("\n{megabytes} MB, {FINDINGS} findings, {MENTIONS} mentions; milliseconds\n");
        println!("| what | server | p50 | p95 | p99 | max |\n| --- | --- | ---: | ---: | ---: | ---: |");
        for (name, program) in [("echo", echo), ("scholiast", scholiast)] {
            run(name, program, megabytes << 20)?;
        }
    }
    Ok(())
}

/// A keystroke, until its findings are published, in ever more of one thing.
fn growth(scholiast: &Path) -> anyhow::Result<()> {
    println!("\nkeystroke → diagnostics; milliseconds\n");
    println!("| document | files beside it | people | p50 | p95 | p99 | max | memory, MB |");
    println!("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
    let sizes = [(1, 0, 1), (10, 0, 1), (50, 0, 1), (1, 1_000, 1), (1, 10_000, 1), (1, 100_000, 1)];
    for (megabytes, files, people) in sizes.into_iter().chain([(1, 0, 1_000), (1, 0, 50_000), (1, 10_000, 50_000)]) {
        let corpus = Corpus::new(megabytes << 20, files, people)?;
        let mut server = Server::start(scholiast, corpus.folder.path())?;
        corpus.open(&mut server)?;
        corpus.wait_for_index(&mut server)?;
        let mut times = Vec::new();
        for version in 2..ROUNDS as i64 + 2 {
            let start = Instant::now();
            server.type_letter(version, corpus.mentions[corpus.mentions.len() / 2] + 1)?;
            server.published(version)?;
            times.push(start.elapsed());
        }
        let memory = server.megabytes().map_or_else(|| "?".to_owned(), |megabytes| format!("{megabytes:.0}"));
        println!("| {megabytes} MB | {files} | {people} | {} | {memory} |", quantiles(times));
        server.stop()?;
    }
    Ok(())
}

/// From nothing to the findings of the open file, and to a complete index.
fn start(scholiast: &Path) -> anyhow::Result<()> {
    println!("\ncold start; milliseconds\n");
    println!("| corpus | people | findings of the open file | index complete | memory, MB |");
    println!("| --- | ---: | ---: | ---: | ---: |");
    for (files, people) in [(0, 1), (1_000, 1_000), (10_000, 1), (10_000, 1_000), (10_000, 50_000)] {
        let corpus = Corpus::new(10_000, files, people)?;
        let start = Instant::now();
        let mut server = Server::start(scholiast, corpus.folder.path())?;
        corpus.open(&mut server)?;
        let first = start.elapsed();
        corpus.wait_for_index(&mut server)?;
        let all = start.elapsed();
        let memory = server.megabytes().map_or_else(|| "?".to_owned(), |megabytes| format!("{megabytes:.0}"));
        let size = files * FILE.len() / 1_000_000;
        println!(
            "| {files} files, {size} MB | {people} | {:.0} | {:.0} | {memory} |",
            first.as_secs_f64() * 1e3,
            all.as_secs_f64() * 1e3
        );
        server.stop()?;
    }
    Ok(())
}

/// A corpus on disk, one document of which is worked on.
struct Corpus {
    folder: tempfile::TempDir,
    file: PathBuf,
    text: String,
    /// The lines of that document in which somebody is mentioned.
    mentions: Vec<usize>,
}

impl Corpus {
    /// A document of so many bytes, beside `files` small ones, under a registry of `people` with two spellings each.
    fn new(bytes: usize, files: usize, people: usize) -> anyhow::Result<Self> {
        let folder = tempfile::tempdir()?;
        std::fs::write(folder.path().join("scholiast.toml"), "[corpus]\n")?;
        let mut registry = REGISTRY.to_owned();
        for number in 1..people {
            // Syllables that no Vietnamese name has, so that their number is what counts.
            let (latin, thai) = spellings(number);
            write!(registry, "\n[[person]]\nid = \"p{number}\"\nnames.vi = [\"{latin}\"]\nnames.th = [\"{thai}\"]\n")?;
        }
        std::fs::write(folder.path().join("people.toml"), registry)?;
        for number in 0..files {
            let below = folder.path().join(format!("{:03}", number / 1000));
            if number % 1000 == 0 {
                std::fs::create_dir(&below)?;
            }
            std::fs::write(below.join(format!("{number}.txt")), FILE)?;
        }
        let (text, mentions) = text(bytes);
        let file = folder.path().join("text.txt");
        std::fs::write(&file, &text)?;
        Ok(Self { folder, file, text, mentions })
    }

    fn open(&self, server: &mut Server) -> anyhow::Result<()> {
        let uri = server.uri(&self.file);
        let document = json!({ "uri": uri, "languageId": "plaintext", "version": 1, "text": self.text });
        server.notify("textDocument/didOpen", &json!({ "textDocument": document }))?;
        server.published(1)
    }

    /// References are answered when every file has been read.
    fn wait_for_index(&self, server: &mut Server) -> anyhow::Result<()> {
        let mut params = json!({ "textDocument": { "uri": server.uri(&self.file) } });
        params["position"] = json!({ "line": self.mentions[0], "character": 10 });
        params["context"] = json!({ "includeDeclaration": false });
        server.request("textDocument/references", &params)
    }
}

/// Two spellings of the person with this number.
fn spellings(number: usize) -> (String, String) {
    const LATIN: [&str; 40] = [
        "bra", "cro", "dlu", "fre", "gli", "kva", "plo", "stu", "vre", "zwi", "bla", "cho", "dru", "fle", "gri", "kla",
        "pro", "sku", "tre", "wri", "bna", "cmo", "dnu", "fse", "gni", "kma", "pso", "slu", "tse", "vli", "bza", "cto",
        "dvu", "fte", "gvi", "kra", "pto", "smu", "tle", "zri",
    ];
    const THAI: [&str; 40] = [
        "กะ",
        "ขา",
        "คิ",
        "งี",
        "จุ",
        "ฉู",
        "ชเ",
        "ซแ",
        "ญโ",
        "ดา",
        "ตะ",
        "ถิ",
        "ทุ",
        "นี",
        "บา",
        "ปะ",
        "ผู",
        "ฝิ",
        "พา",
        "ฟุ",
        "ภะ",
        "มี",
        "ยา",
        "รุ",
        "ละ",
        "วิ",
        "ศา",
        "ษุ",
        "สี",
        "หะ",
        "อา",
        "ฮุ",
        "กรา",
        "ขลุ",
        "คระ",
        "ตรี",
        "ปลา",
        "พรุ",
        "ซรา",
        "อระ",
    ];
    let digits = [number % 40, number / 40 % 40, number / 1600 % 40, 7];
    let word = |syllables: &[&str; 40], gap: &str| digits.map(|digit| syllables[digit]).join(gap);
    (word(&LATIN, ""), word(&THAI, ""))
}

/// A text of about this many bytes, and the lines of a mention.
fn text(bytes: usize) -> (String, Vec<usize>) {
    let lines = bytes / PLAIN.len();
    let (mut text, mut mentions) = (String::with_capacity(bytes + bytes / 8), Vec::new());
    for line in 0..lines {
        text.push_str(if line % (lines / FINDINGS).max(8) == 7 {
            WRONG
        } else if line % (lines / MENTIONS).max(8) == 5 {
            mentions.push(line);
            MENTION
        } else {
            PLAIN
        });
    }
    (text, mentions)
}

fn run(name: &str, program: &Path, bytes: usize) -> anyhow::Result<()> {
    let corpus = Corpus::new(bytes, 0, 1)?;
    let (folder, mentions) = (&corpus.folder, &corpus.mentions);
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
    let start = Instant::now();
    corpus.open(&mut server)?;
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
    let uri = server.uri(&corpus.file);
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
