//! The effects of disks, people and other programs on a checker: odd names, no rights, no room, two at once.

use crate::support::test_folder::{Ran, TestFolder};

const BAD: &str = "Quyết định số 752/QD-TTg\nngày 31/4/2023\n";
const FIXED: &str = "Quyết định số 752/QĐ-TTg\nngày 31/4/2023\n";

#[test]
fn names_may_hold_spaces_thai_and_line_ends() {
    let names = ["a b/ข่าว ด่วน.txt", "line\nend.txt", "quote\"'.txt"];
    let files: Vec<(&str, &str)> = names.iter().map(|name| (*name, BAD)).collect();
    let folder = TestFolder::new(&files);
    let ran = folder.run(&["check"]);
    assert_eq!((ran.status, ran.out.lines().count()), (1, 6), "a line a finding: {ran:?}");
    assert_eq!(folder.run(&["check", "a b/ข่าว ด่วน.txt"]).out.lines().count(), 2);
    assert_eq!(folder.run(&["baseline"]).status, 0);
    assert_eq!(folder.run(&["check", "--baseline", "scholiast-baseline.json"]).out, "");
    folder.run(&["check", "--fix"]);
    assert!(names.iter().all(|name| folder.read(name) == FIXED));
}

/// Standard input has no file beside it that annotations could be written to.
#[test]
fn what_writes_annotation_files_reads_no_standard_input() {
    let folder = TestFolder::new(&[]);
    for command in ["annotate", "reanchor"] {
        let ran = folder.run(&[command, "-"]);
        assert_eq!(ran.status, 2, "{ran:?}");
        let wanted = format!("{command} writes annotation files beside texts: name files or folders, not '-'");
        assert!(ran.err.contains(&wanted), "{}", ran.err);
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_name_that_is_not_utf8_is_named_and_the_others_are_checked() {
    use std::os::unix::ffi::OsStrExt as _;
    let folder = TestFolder::new(&[("a.txt", BAD)]);
    let odd = folder.path("").join(std::ffi::OsStr::from_bytes(b"odd\xff.txt"));
    std::fs::write(&odd, BAD).expect("the file system takes it");
    let ran = folder.run(&["check"]);
    assert_eq!((ran.status, ran.out.lines().count()), (2, 2), "{ran:?}");
    assert!(ran.err.contains("the file name is not UTF-8"), "{}", ran.err);
}

#[cfg(target_os = "linux")]
#[test]
fn a_pipe_is_read_by_its_name() {
    let folder = TestFolder::new(&[]);
    let script = format!("printf 'ngày 31/4/2023\\n' | '{}' check /dev/stdin", env!("CARGO_BIN_EXE_scholiast"));
    let ran = folder.program("sh", "", &["-c", &script]);
    assert_eq!(ran.out, "/dev/stdin:1:6: error[date/impossible-day] `31/4/2023`: April has 30 days\n", "{ran:?}");
    assert_eq!(ran.status, 1);
}

#[test]
fn a_read_only_file_is_named_and_left() {
    let folder = TestFolder::new(&[("a.txt", BAD), ("b.txt", BAD)]);
    let path = folder.path("a.txt");
    let mut permissions = std::fs::metadata(&path).expect("it is there").permissions();
    permissions.set_readonly(true);
    std::fs::set_permissions(&path, permissions).expect("set");
    let ran = folder.run(&["check", "--fix"]);
    assert_eq!(ran.status, 2);
    assert!(ran.err.contains("a.txt: the file is read-only"), "{}", ran.err);
    assert!(ran.err.contains("Fixed 1 finding in 1 file"), "{}", ran.err);
    assert_eq!((folder.read("a.txt"), folder.read("b.txt")), (BAD.to_owned(), FIXED.to_owned()));
}

/// Files of a folder by name, hidden ones too.
fn listing(folder: &TestFolder) -> Vec<String> {
    let entries = std::fs::read_dir(folder.path("")).expect("a folder");
    let mut names: Vec<String> =
        entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[cfg(target_os = "linux")]
#[test]
fn a_disk_that_fills_while_fixing_leaves_every_file_whole() {
    // A limit on the size of files stands in for the disk; with the signal ignored writing fails as on a full one.
    let long = BAD.repeat(2000);
    let folder = TestFolder::new(&[("a.txt", BAD), ("long.txt", &long)]);
    let program = env!("CARGO_BIN_EXE_scholiast");
    let script = format!("trap '' XFSZ; ulimit -f 8; exec '{program}' check --fix --no-cache --statistics");
    let ran = folder.program("sh", "", &["-c", &script]);
    assert_eq!(ran.status, 2, "{ran:?}");
    assert!(ran.err.contains("long.txt: file too large"), "{}", ran.err);
    assert_eq!(folder.read("a.txt"), FIXED, "what has room is fixed");
    assert!(folder.read("long.txt") == long, "what has none is as it was");
    assert_eq!(listing(&folder), ["a.txt", "long.txt"], "nothing is left behind");
}

#[cfg(target_os = "linux")]
#[test]
fn output_that_cannot_be_written_is_a_failure() {
    let folder = TestFolder::new(&[("a.txt", BAD)]);
    let ran = folder.run(&["check", "--output-file", "/dev/full"]);
    assert_eq!((ran.status, ran.err.as_str()), (2, "scholiast: /dev/full: no space left on device\n"));
    let script = format!("exec '{}' check > /dev/full", env!("CARGO_BIN_EXE_scholiast"));
    let ran = folder.program("sh", "", &["-c", &script]);
    assert_eq!((ran.status, ran.err.as_str()), (2, "scholiast: standard output: no space left on device\n"));
    let ran = folder.run(&["check", "--output-file", "none/at/all"]);
    assert_eq!((ran.status, ran.err.as_str()), (2, "scholiast: none/at/all: no such file or directory\n"));
}

/// A run that fixes everything and has not ended.
#[cfg(unix)]
fn fixing(folder: &TestFolder) -> std::process::Child {
    std::process::Command::new(env!("CARGO_BIN_EXE_scholiast"))
        .args(["check", "--fix", "--no-cache", "--statistics"])
        .current_dir(folder.path(""))
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null())
        .spawn()
        .expect("the program runs")
}

#[cfg(unix)]
#[test]
fn whenever_fixing_is_ended_every_file_is_whole() {
    let long = BAD.repeat(100);
    let folder = TestFolder::new(&[]);
    let names: Vec<String> = (0..20).map(|number| format!("{number:02}.txt")).collect();
    let fixed = FIXED.repeat(100);
    for pause in [10, 40, 80, 160, 320] {
        names.iter().for_each(|name| folder.write(name, &long));
        let mut child = fixing(&folder);
        std::thread::sleep(std::time::Duration::from_millis(pause));
        child.kill().expect("it is ended");
        child.wait().expect("it has ended");
        for name in &names {
            let text = folder.read(name);
            assert!(text == long || text == fixed, "{name} is half written after {pause} ms");
        }
    }
}

#[cfg(unix)]
#[test]
fn an_interrupted_fix_leaves_texts_and_their_annotations_at_one() {
    let ann = "T1\tDecree 14 24\t752/QD-TTg\n";
    let folder = TestFolder::new(&[]);
    let names: Vec<String> = (0..40).map(|number| format!("{number:02}")).collect();
    for (signal, pause) in [("-INT", 20), ("-TERM", 60), ("-INT", 120), ("-TERM", 240)] {
        for name in &names {
            folder.write(&format!("{name}.txt"), BAD);
            folder.write(&format!("{name}.ann"), ann);
        }
        let mut child = fixing(&folder);
        std::thread::sleep(std::time::Duration::from_millis(pause));
        folder.program("kill", "", &[signal, &child.id().to_string()]);
        child.wait().expect("it has ended");
        for name in &names {
            let pair = (folder.read(&format!("{name}.txt")), folder.read(&format!("{name}.ann")));
            let whole = [(BAD.to_owned(), ann.to_owned()), (FIXED.to_owned(), ann.replace("QD", "QĐ"))];
            assert!(whole.contains(&pair), "{name} after {pause} ms: {pair:?}");
        }
        assert_eq!(listing(&folder).len(), 2 * names.len(), "nothing is left behind: {:?}", listing(&folder));
    }
}

/// A corpus that is worth a cache.
fn large() -> TestFolder {
    let plain = "ข้อความธรรมดา ไม่มีอะไรให้ตรวจในบรรทัดนี้\n".repeat(250);
    let text = format!("{BAD}วันจันทร์ที่ 23 มิถุนายน 2566 Hà Nội\n{plain}");
    let registry = "version = 1\n[[place]]\nid = \"hanoi\"\nnames.vi = [\"Hà Nội\"]\n";
    let files: Vec<(String, String)> =
        (0..12).map(|number| (format!("{number}.txt"), format!("{number}\n{text}"))).collect();
    let folder = TestFolder::new(&[("scholiast.toml", ""), ("places.toml", registry)]);
    files.iter().for_each(|(name, text)| folder.write(name, text));
    folder
}

fn cached(folder: &TestFolder) -> Vec<std::path::PathBuf> {
    let folder =
        std::fs::read_dir(folder.path(".cache/scholiast")).map(|entries| entries.flatten().collect::<Vec<_>>());
    let paths = folder.unwrap_or_default().into_iter().map(|entry| entry.path());
    paths.filter(|path| path.extension().is_some_and(|ending| ending == "facts")).collect()
}

#[test]
fn a_cache_changes_no_byte_of_output() {
    let folder = large();
    let outputs = |words: &[&str]| -> Vec<Ran> {
        [&["check", "--format", "jsonl"][..], &["check"], &["mentions", "--format", "jsonl"]]
            .iter()
            .map(|command| folder.run(&[command, words].concat()))
            .collect()
    };
    let without = outputs(&["--no-cache"]);
    assert_eq!(cached(&folder).len(), 0);
    assert_eq!(outputs(&[]), without, "while it is written");
    assert_eq!(cached(&folder).len(), 1);
    assert_eq!(outputs(&[]), without, "when it is read");
    assert_eq!(outputs(&["--threads", "1"]), without);

    // Files that change, come and go.
    folder.write("0.txt", BAD);
    folder.write("12.txt", &folder.read("1.txt"));
    std::fs::remove_file(folder.path("2.txt")).expect("it is there");
    assert_eq!(outputs(&[]), outputs(&["--no-cache"]));
    // The registry decides what is recognised.
    folder.write("places.toml", "version = 1\n[[place]]\nid = \"thanglong\"\nnames.vi = [\"Hà Nội\"]\n");
    let renamed = outputs(&[]);
    assert!(renamed[2].out.contains("thanglong"));
    assert_eq!(renamed, outputs(&["--no-cache"]));
}

#[test]
fn a_damaged_cache_is_written_anew() {
    let folder = large();
    let without = folder.run(&["check", "--no-cache"]);
    folder.run(&["check"]);
    let [file] = &cached(&folder)[..] else { panic!("one file") };
    let whole = std::fs::read(file).expect("it is there");
    for damage in [&b""[..], b"scholiast", &whole[..whole.len() / 2], &[0xff; 4096]] {
        std::fs::write(file, damage).expect("written");
        assert_eq!(folder.run(&["check"]), without);
        assert!(std::fs::read(file).expect("it is there") == whole, "it is the same again");
    }
    // A cache that cannot be written is none, and that is said.
    let ran = folder.run(&["check", "--cache-dir", "scholiast.toml/cache"]);
    assert_eq!((ran.status, &ran.out), (without.status, &without.out));
    assert!(ran.err.starts_with("scholiast: --cache-dir scholiast.toml/cache: "), "{}", ran.err);
}

#[test]
fn standard_input_stands_for_a_file() {
    let folder = TestFolder::new(&[("sub/a.txt", "Huế\n")]);
    for name in ["", "sub", "new/"] {
        let ran = folder.run(&["check", "-", "--stdin-filename", name]);
        assert_eq!(ran.status, 2, "{name}: {ran:?}");
        assert!(ran.err.contains("is not the name of a file"), "{name}: {ran:?}");
    }
}

#[test]
fn a_folder_that_is_left_out_is_said_to_be() {
    let folder =
        TestFolder::new(&[("scholiast.toml", "[corpus]\nexclude = [\"old/**\"]\n"), ("old/a.txt", "ngày 31/4/2024\n")]);
    let ran = folder.run(&["check", "old"]);
    assert!(ran.err.contains("since `exclude` in scholiast.toml leaves it out"), "{ran:?}");
}

#[test]
fn two_runs_at_once_on_one_cache() {
    let folder = large();
    let without = folder.run(&["check", "--no-cache"]);
    std::thread::scope(|scope| {
        let runs: Vec<_> = (0..6).map(|_| scope.spawn(|| folder.run(&["check"]))).collect();
        for run in runs {
            assert_eq!(run.join().expect("it ends"), without);
        }
    });
    assert_eq!(cached(&folder).len(), 1, "nothing is left behind");
    assert_eq!(folder.run(&["check", "--cache-dir", "elsewhere"]), without);
    assert!(folder.path("elsewhere/CACHEDIR.TAG").exists());
}
