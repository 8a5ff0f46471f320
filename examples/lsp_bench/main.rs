//! Drives the server over pipes, beside one that does nothing, and prints what a person waits for.
//!
//! ```text
//! cargo build --release --examples && cargo build --release
//! cargo run --release --example lsp_bench            # all of it
//! cargo run --release --example lsp_bench documents  # requests in documents of 1 and 10 MB, beside the echo server
//! cargo run --release --example lsp_bench many       # answers with thousands of places, symbols, findings
//! cargo run --release --example lsp_bench growth     # a keystroke in larger documents, corpora, registries
//! cargo run --release --example lsp_bench start      # from a cold and a warm start to findings and a complete index
//! cargo run --release --example lsp_bench gigabyte   # the same of 1 GB
//! ```
//!
//! The documents are prose as real text has it, in three languages (`benches/prose/`).

#![allow(clippy::print_stdout, reason = "it prints a table")]

#[path = "../../benches/prose/mod.rs"]
mod prose;
mod server;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::Context as _;
use prose::ProseLanguage;
use serde_json::{Value, json};
use server::Server;

/// Rounds of each measurement.
const ROUNDS: usize = 300;
/// Rounds typed at the speed of a person.
const TYPED: usize = 60;
/// Between the letters of somebody who types fast.
const LETTER: Duration = Duration::from_millis(50);
/// Findings in a document.
const FINDINGS: usize = 100;
/// Mentions of one person in a document.
const MENTIONS: usize = 300;
/// The same where there are many.
const MANY_FINDINGS: usize = 1_000;
const MANY_MENTIONS: usize = 10_000;

/// The person whom documents mention as often as is asked for.
const REGISTRY: &str =
    "version = 1\n\n[[person]]\nid = \"tran-van-an\"\nnames.vi = [\"Trần Văn An\"]\nnames.th = [\"เจิ่น วัน อาน\"]\n";
const MENTION: &str = "จากนั้น เจิ่น วัน อาน กล่าวขอบคุณผู้เข้าร่วมประชุมทุกคนที่เดินทางมาในวันนี้\n";

/// People whom the prose names, beside that person; more of them are in the registry alone.
const PROSE_PEOPLE: usize = 100;
/// Bytes of a small text.
const FILE: usize = 3_400;
/// Small texts that differ; beyond these they come again.
const FILES: usize = 64;

fn main() -> anyhow::Result<()> {
    let here = std::env::current_exe()?;
    let examples = here.parent().context("the example lies in no folder")?;
    let scholiast = examples.parent().context("the examples lie in no folder")?.join("scholiast");
    let wanted: Vec<String> = std::env::args().skip(1).collect();
    let named = |what: &str| wanted.iter().any(|wanted| wanted == what);
    let wants = |what: &str| wanted.is_empty() || named(what);
    if wants("documents") {
        documents(&scholiast, &examples.join("echo_server"))?;
    }
    if wants("many") {
        many(&scholiast)?;
    }
    if wants("growth") {
        growth(&scholiast)?;
    }
    if wants("start") {
        let corpora = [(0, 1), (1_000, 1), (3_000, 1), (1_000, 1_000), (10_000, 1), (10_000, 1_000), (10_000, 50_000)];
        start(&scholiast, &corpora, 1)?;
    }
    if named("gigabyte") {
        start(&scholiast, &[(10_000, 1_000)], 30)?;
    }
    Ok(())
}

/// Inputs with long answers.
fn many(scholiast: &Path) -> anyhow::Result<()> {
    println!("\nmuch to say; milliseconds\n");
    println!("| what | p50 | p95 | p99 | max |\n| --- | ---: | ---: | ---: | ---: |");
    shown(scholiast)?;
    let corpus = Corpus::new(10 << 20, 0, 1, Density { findings: MANY_FINDINGS, mentions: MANY_MENTIONS })?;
    let mut server = Server::start(scholiast, corpus.folder.path(), None)?;
    corpus.open(&mut server)?;
    let times = corpus.type_letters(&mut server, 2, Duration::ZERO, ROUNDS)?;
    println!("| keystroke → diagnostics, {MANY_FINDINGS} findings, 10 MB | {} |", quantiles(times));
    let at = json!({
        "textDocument": { "uri": server.uri(&corpus.file) },
        "position": { "line": corpus.mentions[0], "character": 10 },
        "context": { "includeDeclaration": false },
    });
    for method in ["textDocument/references", "textDocument/documentHighlight", "textDocument/hover"] {
        println!("| {method}, {MANY_MENTIONS} mentions | {} |", quantiles(asked(&mut server, method, &at, 50)?));
    }
    server.stop()?;
    let corpus = Corpus::new(10_000, 0, 100_000, Density::default())?;
    let mut server = Server::start(scholiast, corpus.folder.path(), None)?;
    corpus.open(&mut server)?;
    for query in ["tran an", "bra", "zzzz", "กะ"] {
        let times = asked(&mut server, "workspace/symbol", &json!({ "query": query }), 50)?;
        println!("| workspace/symbol `{query}`, 100,000 entities | {} |", quantiles(times));
    }
    let at = json!({
        "textDocument": { "uri": server.uri(&corpus.file) },
        "position": { "line": corpus.mentions[0], "character": 10 },
    });
    let times = asked(&mut server, "textDocument/completion", &at, 50)?;
    println!("| textDocument/completion, 100,000 entities | {} |", quantiles(times));
    server.stop()
}

/// A document of 1 MB with as many findings as an editor is shown.
fn shown(scholiast: &Path) -> anyhow::Result<()> {
    let corpus = Corpus::new(1 << 20, 0, 100, Density { findings: MANY_FINDINGS, mentions: 515 })?;
    let mut server = Server::start(scholiast, corpus.folder.path(), None)?;
    corpus.open(&mut server)?;
    let what = format!("{MANY_FINDINGS} findings, 1 MB");
    let mut version = 2;
    for (how, rounds, pause) in [("", ROUNDS, Duration::ZERO), (", 20 letters a second", TYPED, LETTER)] {
        let times = corpus.type_letters(&mut server, version, pause, rounds)?;
        println!("| keystroke → diagnostics{how}, {what} | {} |", quantiles(times));
        version += rounds as i64;
    }
    let line = corpus.mentions[corpus.mentions.len() / 2] + 1;
    let mut at = json!({ "textDocument": { "uri": server.uri(&corpus.file) } });
    at["position"] = json!({ "line": corpus.mentions[3], "character": 10 });
    at["context"] = json!({ "includeDeclaration": false });
    for (method, wait) in
        [("textDocument/hover", true), ("textDocument/hover", false), ("textDocument/definition", false)]
    {
        let mut times = Vec::new();
        for _ in 0..ROUNDS {
            let start = Instant::now();
            server.type_letter(version, line)?;
            server.request(method, &at)?;
            times.push(start.elapsed());
            if wait {
                server.published(version)?;
            }
            version += 1;
        }
        let how = if wait { "at once" } else { "at once, while findings of the last keystroke are on their way" };
        println!("| keystroke and {method} {how}, {what} | {} |", quantiles(times));
        server.published(version - 1)?;
    }
    for method in ["textDocument/references", "textDocument/documentSymbol"] {
        println!("| {method}, 515 mentions, {what} | {} |", quantiles(asked(&mut server, method, &at, 50)?));
    }
    server.stop()
}

/// The times of the answers to one request.
fn asked(server: &mut Server, method: &str, params: &Value, rounds: usize) -> anyhow::Result<Vec<Duration>> {
    let mut times = Vec::with_capacity(rounds);
    for _ in 0..rounds {
        let start = Instant::now();
        server.request(method, params)?;
        times.push(start.elapsed());
    }
    Ok(times)
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
        let corpus = Corpus::new(megabytes << 20, files, people, Density::default())?;
        let mut server = Server::start(scholiast, corpus.folder.path(), None)?;
        corpus.open(&mut server)?;
        corpus.wait_for_index(&mut server)?;
        let times = corpus.type_letters(&mut server, 2, Duration::ZERO, ROUNDS)?;
        let memory = server.megabytes().map_or_else(|| "?".to_owned(), |megabytes| format!("{megabytes:.0}"));
        println!("| {megabytes} MB | {files} | {people} | {} | {memory} |", quantiles(times));
        server.stop()?;
    }
    Ok(())
}

/// From nothing to the findings of the open file, and to a complete index: of corpora of so many files and people, each
/// file as long as so many of the small text. Cold, and with what the first run has kept.
fn start(scholiast: &Path, corpora: &[(usize, usize)], length: usize) -> anyhow::Result<()> {
    println!("\nstart; milliseconds\n");
    println!("| corpus | people | cache | findings of the open file | index complete | memory, MB |");
    println!("| --- | ---: | --- | ---: | ---: | ---: |");
    for &(files, people) in corpora {
        let corpus = Corpus::of_length(10_000, files, people, Density::default(), length)?;
        let cache = tempfile::tempdir()?;
        for (name, cache) in [("none", None), ("written", Some(cache.path())), ("read", Some(cache.path()))] {
            let start = Instant::now();
            let mut server = Server::start(scholiast, corpus.folder.path(), cache)?;
            corpus.open(&mut server)?;
            let first = start.elapsed();
            corpus.wait_for_index(&mut server)?;
            let all = start.elapsed();
            let memory = server.megabytes().map_or_else(|| "?".to_owned(), |megabytes| format!("{megabytes:.0}"));
            let size = files * FILE * length / 1_000_000;
            println!(
                "| {files} files, {size} MB | {people} | {name} | {:.0} | {:.0} | {memory} |",
                first.as_secs_f64() * 1e3,
                all.as_secs_f64() * 1e3
            );
            // It is written behind the answers.
            if name == "written" && files > 0 {
                std::thread::sleep(Duration::from_secs(2));
            }
            server.stop()?;
        }
    }
    Ok(())
}

/// The places of a document at which a person asks.
#[derive(Clone, Copy)]
struct Density {
    findings: usize,
    mentions: usize,
}

impl Default for Density {
    fn default() -> Self {
        Self { findings: FINDINGS, mentions: MENTIONS }
    }
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
    fn new(bytes: usize, files: usize, people: usize, density: Density) -> anyhow::Result<Self> {
        Self::of_length(bytes, files, people, density, 1)
    }

    fn of_length(bytes: usize, files: usize, people: usize, density: Density, length: usize) -> anyhow::Result<Self> {
        let named = prose::people(PROSE_PEOPLE.min(people));
        let small = |number: usize| {
            let language = ProseLanguage::ALL[number % ProseLanguage::ALL.len()];
            MENTION.to_owned() + &prose::text(&[language], FILE * length, 0, &named, number as u64)
        };
        let small: Vec<String> = (0..FILES.min(files)).map(small).collect();
        let folder = tempfile::tempdir()?;
        std::fs::write(folder.path().join("scholiast.toml"), "[corpus]\n")?;
        let mut registry = REGISTRY.to_owned();
        for number in PROSE_PEOPLE..people {
            // Syllables that no Vietnamese name has, so that their number is what counts.
            let (latin, thai) = spellings(number);
            write!(registry, "\n[[person]]\nid = \"p{number}\"\nnames.vi = [\"{latin}\"]\nnames.th = [\"{thai}\"]\n")?;
        }
        for prose::ProsePerson { id, name } in named.iter().skip(1) {
            write!(registry, "\n[[person]]\nid = \"{id}\"\nnames.vi = [\"{name}\"]\n")?;
        }
        std::fs::write(folder.path().join("people.toml"), registry)?;
        for number in 0..files {
            let below = folder.path().join(format!("{:03}", number / 1000));
            if number % 1000 == 0 {
                std::fs::create_dir(&below)?;
            }
            std::fs::write(below.join(format!("{number}.txt")), &small[number % FILES])?;
        }
        let (text, mentions) = text(bytes, density, &named);
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

    /// The time until the findings behind a letter are published, from this version on.
    fn type_letters(
        &self,
        server: &mut Server,
        first: i64,
        pause: Duration,
        rounds: usize,
    ) -> anyhow::Result<Vec<Duration>> {
        let line = self.mentions[self.mentions.len() / 2] + 1;
        let mut times = Vec::with_capacity(rounds);
        for version in first..first + rounds as i64 {
            std::thread::sleep(pause);
            let start = Instant::now();
            server.type_letter(version, line)?;
            server.published(version)?;
            times.push(start.elapsed());
        }
        Ok(times)
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
    let digits = [number % 40, number / 40 % 40, number / 1600 % 40, (7 + number / 64_000) % 40];
    let word = |syllables: &[&str; 40], gap: &str| digits.map(|digit| syllables[digit]).join(gap);
    (word(&LATIN, ""), word(&THAI, ""))
}

/// A text of about this many bytes, and the lines of a mention.
fn text(
    bytes: usize,
    Density { findings, mentions: wanted }: Density,
    named: &[prose::ProsePerson],
) -> (String, Vec<usize>) {
    // A small text has no room for as many.
    let (findings, wanted) = (findings.min(bytes / 1_000), wanted.min(bytes / 700));
    let prose = prose::text(&ProseLanguage::ALL, bytes, findings, named, 1);
    let lines: Vec<&str> = prose.split_inclusive('\n').collect();
    let step = (lines.len() / wanted.max(1)).max(1);
    let (mut text, mut mentions, mut at) = (String::with_capacity(bytes + bytes / 4), Vec::new(), 0);
    for (number, line) in lines.iter().enumerate() {
        if number % step == 0 && mentions.len() < wanted {
            mentions.push(at);
            text.push_str(MENTION);
            at += 1;
        }
        text.push_str(line);
        at += 1;
    }
    (text, mentions)
}

fn run(name: &str, program: &Path, bytes: usize) -> anyhow::Result<()> {
    let corpus = Corpus::new(bytes, 0, 1, Density::default())?;
    let (folder, mentions) = (&corpus.folder, &corpus.mentions);
    let show = |what: &str, times: Vec<Duration>| println!("| {what} | {name} | {} |", quantiles(times));

    let mut starts = Vec::new();
    for _ in 0..20 {
        let start = Instant::now();
        let mut server = Server::start(program, folder.path(), None)?;
        starts.push(start.elapsed());
        server.stop()?;
    }
    show("start → initialize", starts);

    let mut server = Server::start(program, folder.path(), None)?;
    let start = Instant::now();
    corpus.open(&mut server)?;
    show("open → diagnostics", vec![start.elapsed()]);

    let mut version = 2;
    for (what, rounds, pause) in
        [("keystroke → diagnostics", ROUNDS, Duration::ZERO), ("the same, 20 letters a second", TYPED, LETTER)]
    {
        show(what, corpus.type_letters(&mut server, version, pause, rounds)?);
        version += rounds as i64;
    }
    let line = mentions[mentions.len() / 2] + 1;
    let uri = server.uri(&corpus.file);
    let at = |line: usize| json!({ "textDocument": { "uri": uri }, "position": { "line": line, "character": 10 } });
    let mut times = Vec::new();
    for round in 0..ROUNDS {
        let start = Instant::now();
        server.type_letter(version, line)?;
        server.request("textDocument/hover", &at(mentions[round % mentions.len()]))?;
        times.push(start.elapsed());
        server.published(version)?;
        version += 1;
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
        ("textDocument/completion", at(mentions[3])),
        ("workspace/symbol", json!({ "query": "tran an" })),
    ] {
        show(method, asked(&mut server, method, &params, ROUNDS)?);
    }
    server.stop()
}

fn quantiles(mut times: Vec<Duration>) -> String {
    times.sort_unstable();
    let at = |share: f64| times[((times.len() - 1) as f64 * share).round() as usize].as_secs_f64() * 1e3;
    [0.5, 0.95, 0.99, 1.0].map(|share| format!("{:.3}", at(share))).join(" | ")
}
