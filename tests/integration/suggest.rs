//! `suggest` and `init` on folders: what they write, and what they leave alone.

use std::path::Path;
use std::process::{Command, Output};

fn scholiast(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_scholiast")).current_dir(folder).args(args).output().expect("the command runs")
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("UTF-8")
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).expect("a file")
}

const TEXT: &str = "ông Trần Quang Vinh phát biểu\nนายเจิ่น กวาง วินห์ กล่าว\nMr Nguyen Van Ba\n";

#[test]
fn proposals_go_into_the_registry_and_leave_what_stands_there() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    let before = "# kept\nversion = 1\n\n[[person]] # kept\nid = \"ba\"\nnames.vi = [\"Nguyễn Văn Ba\"]\n";
    std::fs::write(at("a.txt"), TEXT).expect("written");
    std::fs::write(at("scholiast.toml"), "[corpus]\nregistry = [\"people.toml\"]\n").expect("written");
    std::fs::write(at("people.toml"), before).expect("written");

    let shown = scholiast(folder.path(), &["suggest"]);
    assert_eq!(shown.status.code(), Some(0));
    assert_eq!(
        stdout(&shown),
        "tran-quang-vinh: new person, 2 mentions (title)\n  vi Trần Quang Vinh  1 mention: a.txt:1:5\n  \
         th เจิ่น กวาง วินห์  1 mention: a.txt:2:4\n"
    );
    assert_eq!(read(&at("people.toml")), before);

    let fragment = stdout(&scholiast(folder.path(), &["suggest", "--format", "toml"]));
    let table =
        "[[person]]\nid = \"tran-quang-vinh\"\nnames.vi = [\"Trần Quang Vinh\"]\nnames.th = [\"เจิ่น กวาง วินห์\"]\n";
    assert_eq!(fragment, format!("# 2 mentions, the first at a.txt:1:5\n{table}"));

    let row: serde_json::Value =
        serde_json::from_str(&stdout(&scholiast(folder.path(), &["suggest", "--format", "jsonl"]))).expect("one row");
    assert_eq!(row["id"], "tran-quang-vinh");
    assert_eq!(row["spellings"][1]["examples"][0]["text"], "เจิ่น กวาง วินห์");

    assert_eq!(scholiast(folder.path(), &["suggest", "--write"]).status.code(), Some(0));
    assert_eq!(read(&at("people.toml")), format!("{before}\n{table}"));
    let again = scholiast(folder.path(), &["suggest", "--write"]);
    assert_eq!(stdout(&again), "");
    assert_eq!(read(&at("people.toml")), format!("{before}\n{table}"));
}

#[test]
fn without_a_registry_file_nothing_can_be_written() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("a.txt"), TEXT).expect("written");
    let output = scholiast(folder.path(), &["suggest", "--write"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("scholiast init"));
}

#[test]
fn init_writes_what_is_missing_and_overwrites_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    std::fs::write(at("a.txt"), TEXT).expect("written");
    let first = scholiast(folder.path(), &["init"]);
    assert_eq!(first.status.code(), Some(0), "{first:?}");
    assert!(stdout(&first).contains("with 2 people"), "{}", stdout(&first));
    let (config, registry) = (read(&at("scholiast.toml")), read(&at("registry.toml")));
    assert!(registry.contains("\n[[person]]\nid = \"tran-quang-vinh\"\n"), "{registry}");

    // What was written is in force and without faults.
    let checked = scholiast(folder.path(), &["check"]);
    assert_eq!((checked.status.code(), stdout(&checked).as_str()), (Some(0), ""));
    assert_eq!(stdout(&scholiast(folder.path(), &["suggest"])), "");

    assert!(stdout(&scholiast(folder.path(), &["init"])).contains("stays as it is"));
    assert_eq!((read(&at("scholiast.toml")), read(&at("registry.toml"))), (config, registry));
}
