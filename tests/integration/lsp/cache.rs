//! The cache: facts are kept for the next start, and for `scholiast check`.

use std::path::PathBuf;
use std::process::Command;
use std::time::Instant;

use serde_json::{Value, json};

use super::support::{Client, Folder, TIME_LIMIT, pulls};

const REGISTRY: &str =
    "version = 1\n\n[[person]]\nid = \"tran-van-an\"\nnames.vi = [\"Trần Văn An\"]\nnames.th = [\"เจิ่น วัน อาน\"]\n";
/// Texts enough to be worth a file, and not so many that a test takes long.
const FILES: usize = 48;

fn corpus() -> Folder {
    let folder = Folder::new(&[("scholiast.toml", ""), ("people.toml", REGISTRY), ("open.txt", "Trần Văn An\n")]);
    for number in 0..FILES {
        let day = 20 + number % 12;
        let plain = "ข้อความธรรมดาที่ไม่มีชื่อหรือวันที่อยู่ในนั้นเลย\n".repeat(30);
        let text = format!("\u{feff}{plain}เจิ่น วัน อาน 😀 {day}/02/2024 12/QD-TTg\r\nTrần Văn An\n");
        folder.write(&format!("{:02}/{number}.txt", number % 5), text);
    }
    folder
}

/// Everything a client is told: findings of all files, and all mentions of somebody.
fn told(folder: &Folder, arguments: &[&str]) -> (Value, Value) {
    let mut client = Client::spawn_with(arguments);
    client.initialize(&[folder], pulls());
    let uri = folder.uri("open.txt");
    client.open(&uri, "Trần Văn An\n");
    let params = json!({
        "textDocument": { "uri": uri },
        "position": { "line": 0, "character": 2 },
        "context": { "includeDeclaration": true },
    });
    let references = client.request("textDocument/references", params);
    let mut findings = client.request("workspace/diagnostic", json!({ "previousResultIds": [] }));
    // Numbered in the order of events.
    for report in findings["items"].as_array_mut().unwrap() {
        report.as_object_mut().unwrap().remove("resultId");
    }
    assert!(client.leave().success());
    (findings, references)
}

fn rows(folder: &Folder, arguments: &[&str]) -> Vec<u8> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_scholiast"));
    let output = command.args(["check", "."]).args(arguments).current_dir(folder.path()).output().unwrap();
    assert!(!output.stdout.is_empty());
    output.stdout
}

/// The file in which the corpus is kept, once it has been written.
fn kept(cache: &Folder) -> PathBuf {
    let start = Instant::now();
    loop {
        let files = cache.path().read_dir().unwrap().map(|entry| entry.unwrap().path());
        if let Some(file) = files.into_iter().find(|path| path.extension().is_some_and(|ending| ending == "facts")) {
            return file;
        }
        assert!(start.elapsed() < TIME_LIMIT, "nothing is kept");
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
}

#[test]
fn what_is_kept_changes_no_answer() {
    let (folder, cache) = (corpus(), Folder::new(&[]));
    let place = cache.path();
    let keeping = ["--cache-dir", place.to_str().unwrap()];
    let cold = told(&folder, &["--no-cache"]);
    assert_eq!(cold.1.as_array().unwrap().len(), 2 * FILES + 2);
    assert_eq!(told(&folder, &keeping), cold);
    let file = kept(&cache);
    assert_eq!(told(&folder, &keeping), cold);
    let check = rows(&folder, &["--no-cache"]);
    assert_eq!(rows(&folder, &keeping), check);
    let whole = std::fs::read(&file).unwrap();
    for damaged in [&whole[..whole.len() / 2], b"", &[&whole[..whole.len() - 9], &b"damaged!!"[..]].concat()] {
        std::fs::write(&file, damaged).unwrap();
        assert_eq!(told(&folder, &keeping), cold);
        std::fs::write(&file, damaged).unwrap();
        assert_eq!(rows(&folder, &keeping), check);
    }
    // What the command has kept the server uses, and the other way round.
    std::fs::remove_file(&file).unwrap();
    rows(&folder, &keeping);
    assert_eq!(told(&folder, &keeping), cold);
    // A text that has changed since.
    folder.write("00/0.txt", "On 31 February 2024.\n");
    assert_eq!(told(&folder, &keeping), told(&folder, &["--no-cache"]));
}

/// After an edit of the registry entities may have other numbers than in a run that begins now.
#[test]
fn nothing_is_kept_of_a_registry_that_was_edited() {
    let (folder, cache) = (corpus(), Folder::new(&[]));
    let place = cache.path();
    let keeping = ["--cache-dir", place.to_str().unwrap()];
    told(&folder, &keeping);
    let mut client = Client::spawn_with(&keeping);
    client.initialize(&[&folder], pulls());
    let registry = folder.uri("people.toml");
    let more = format!("version = 1\n\n[[place]]\nid = \"a\"\nnames.vi = [\"Hà Nội\"]\n{}", &REGISTRY[11..]);
    client.open(&registry, REGISTRY);
    client.replace(&registry, 2, &more);
    folder.write("people.toml", &more);
    client.request("workspace/diagnostic", json!({ "previousResultIds": [] }));
    let uri = folder.uri("00/0.txt");
    client.request("textDocument/diagnostic", json!({ "textDocument": { "uri": uri } }));
    assert!(client.leave().success());
    assert_eq!(told(&folder, &keeping), told(&folder, &["--no-cache"]));
}
