//! The effects of disks, people and other programs on a checker: odd names, no rights, no room, two at once.

use crate::support::desk::{Desk, Ran};

const BAD: &str = "Quyết định số 752/QD-TTg\nngày 31/4/2023\n";
const FIXED: &str = "Quyết định số 752/QĐ-TTg\nngày 31/4/2023\n";

#[test]
fn names_may_hold_spaces_thai_and_line_ends() {
    let names = ["a b/ข่าว ด่วน.txt", "line\nend.txt", "quote\"'.txt"];
    let files: Vec<(&str, &str)> = names.iter().map(|name| (*name, BAD)).collect();
    let desk = Desk::new(&files);
    let ran = desk.run(&["check"]);
    assert_eq!((ran.status, ran.out.lines().count()), (1, 6), "a line a finding: {ran:?}");
    assert_eq!(desk.run(&["check", "a b/ข่าว ด่วน.txt"]).out.lines().count(), 2);
    assert_eq!(desk.run(&["baseline"]).status, 0);
    assert_eq!(desk.run(&["check", "--baseline", "scholiast-baseline.json"]).out, "");
    desk.run(&["check", "--fix"]);
    assert!(names.iter().all(|name| desk.read(name) == FIXED));
}

#[cfg(target_os = "linux")]
#[test]
fn a_name_that_is_not_utf8_is_named_and_the_others_are_checked() {
    use std::os::unix::ffi::OsStrExt as _;
    let desk = Desk::new(&[("a.txt", BAD)]);
    let odd = desk.path("").join(std::ffi::OsStr::from_bytes(b"odd\xff.txt"));
    std::fs::write(&odd, BAD).expect("the file system takes it");
    let ran = desk.run(&["check"]);
    assert_eq!((ran.status, ran.out.lines().count()), (2, 2), "{ran:?}");
    assert!(ran.err.contains("the file name is not UTF-8"), "{}", ran.err);
}

#[cfg(target_os = "linux")]
#[test]
fn a_pipe_is_read_by_its_name() {
    let desk = Desk::new(&[]);
    let script = format!("printf 'ngày 31/4/2023\\n' | '{}' check /dev/stdin", env!("CARGO_BIN_EXE_scholiast"));
    let ran = desk.program("sh", "", &["-c", &script]);
    assert_eq!(ran.out, "/dev/stdin:1:6: error[date/impossible-day] `31/4/2023`: April has 30 days\n", "{ran:?}");
    assert_eq!(ran.status, 1);
}

#[test]
fn a_read_only_file_is_named_and_left() {
    let desk = Desk::new(&[("a.txt", BAD), ("b.txt", BAD)]);
    let path = desk.path("a.txt");
    let mut permissions = std::fs::metadata(&path).expect("it is there").permissions();
    permissions.set_readonly(true);
    std::fs::set_permissions(&path, permissions).expect("set");
    let ran = desk.run(&["check", "--fix"]);
    assert_eq!(ran.status, 2);
    assert!(ran.err.contains("a.txt: the file is read-only"), "{}", ran.err);
    assert!(ran.err.contains("Fixed 1 finding in 1 file"), "{}", ran.err);
    assert_eq!((desk.read("a.txt"), desk.read("b.txt")), (BAD.to_owned(), FIXED.to_owned()));
}

/// Files of a folder by name, hidden ones too.
fn listing(desk: &Desk) -> Vec<String> {
    let entries = std::fs::read_dir(desk.path("")).expect("a folder");
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
    let desk = Desk::new(&[("a.txt", BAD), ("long.txt", &long)]);
    let program = env!("CARGO_BIN_EXE_scholiast");
    let script = format!("trap '' XFSZ; ulimit -f 8; exec '{program}' check --fix --no-cache --statistics");
    let ran = desk.program("sh", "", &["-c", &script]);
    assert_eq!(ran.status, 2, "{ran:?}");
    assert!(ran.err.contains("long.txt: file too large"), "{}", ran.err);
    assert_eq!(desk.read("a.txt"), FIXED, "what has room is fixed");
    assert!(desk.read("long.txt") == long, "what has none is as it was");
    assert_eq!(listing(&desk), ["a.txt", "long.txt"], "nothing is left behind");
}

#[cfg(target_os = "linux")]
#[test]
fn output_that_cannot_be_written_is_a_failure() {
    let desk = Desk::new(&[("a.txt", BAD)]);
    let ran = desk.run(&["check", "--output-file", "/dev/full"]);
    assert_eq!((ran.status, ran.err.as_str()), (2, "scholiast: /dev/full: no space left on device\n"));
    let script = format!("exec '{}' check > /dev/full", env!("CARGO_BIN_EXE_scholiast"));
    let ran = desk.program("sh", "", &["-c", &script]);
    assert_eq!((ran.status, ran.err.as_str()), (2, "scholiast: standard output: no space left on device\n"));
    let ran = desk.run(&["check", "--output-file", "none/at/all"]);
    assert_eq!((ran.status, ran.err.as_str()), (2, "scholiast: none/at/all: no such file or directory\n"));
}

/// A run that fixes everything and has not ended.
#[cfg(unix)]
fn fixing(desk: &Desk) -> std::process::Child {
    std::process::Command::new(env!("CARGO_BIN_EXE_scholiast"))
        .args(["check", "--fix", "--no-cache", "--statistics"])
        .current_dir(desk.path(""))
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null())
        .spawn()
        .expect("the program runs")
}

#[cfg(unix)]
#[test]
fn whenever_fixing_is_ended_every_file_is_whole() {
    let long = BAD.repeat(100);
    let desk = Desk::new(&[]);
    let names: Vec<String> = (0..20).map(|number| format!("{number:02}.txt")).collect();
    let fixed = FIXED.repeat(100);
    for pause in [10, 40, 80, 160, 320] {
        names.iter().for_each(|name| desk.write(name, &long));
        let mut child = fixing(&desk);
        std::thread::sleep(std::time::Duration::from_millis(pause));
        child.kill().expect("it is ended");
        child.wait().expect("it has ended");
        for name in &names {
            let text = desk.read(name);
            assert!(text == long || text == fixed, "{name} is half written after {pause} ms");
        }
    }
}

#[cfg(unix)]
#[test]
fn an_interrupted_fix_leaves_texts_and_their_annotations_at_one() {
    let ann = "T1\tDecree 14 24\t752/QD-TTg\n";
    let desk = Desk::new(&[]);
    let names: Vec<String> = (0..40).map(|number| format!("{number:02}")).collect();
    for (signal, pause) in [("-INT", 20), ("-TERM", 60), ("-INT", 120), ("-TERM", 240)] {
        for name in &names {
            desk.write(&format!("{name}.txt"), BAD);
            desk.write(&format!("{name}.ann"), ann);
        }
        let mut child = fixing(&desk);
        std::thread::sleep(std::time::Duration::from_millis(pause));
        desk.program("kill", "", &[signal, &child.id().to_string()]);
        child.wait().expect("it has ended");
        for name in &names {
            let pair = (desk.read(&format!("{name}.txt")), desk.read(&format!("{name}.ann")));
            let whole = [(BAD.to_owned(), ann.to_owned()), (FIXED.to_owned(), ann.replace("QD", "QĐ"))];
            assert!(whole.contains(&pair), "{name} after {pause} ms: {pair:?}");
        }
        assert_eq!(listing(&desk).len(), 2 * names.len(), "nothing is left behind: {:?}", listing(&desk));
    }
}

/// A corpus that is worth a cache.
fn large() -> Desk {
    let plain = "ข้อความธรรมดา ไม่มีอะไรให้ตรวจในบรรทัดนี้\n".repeat(250);
    let text = format!("{BAD}วันจันทร์ที่ 23 มิถุนายน 2566 Hà Nội\n{plain}");
    let registry = "version = 1\n[[place]]\nid = \"hanoi\"\nnames.vi = [\"Hà Nội\"]\n";
    let files: Vec<(String, String)> =
        (0..12).map(|number| (format!("{number}.txt"), format!("{number}\n{text}"))).collect();
    let desk = Desk::new(&[("scholiast.toml", ""), ("places.toml", registry)]);
    files.iter().for_each(|(name, text)| desk.write(name, text));
    desk
}

fn cached(desk: &Desk) -> Vec<std::path::PathBuf> {
    let folder = std::fs::read_dir(desk.path(".cache/scholiast")).map(|entries| entries.flatten().collect::<Vec<_>>());
    let paths = folder.unwrap_or_default().into_iter().map(|entry| entry.path());
    paths.filter(|path| path.extension().is_some_and(|ending| ending == "facts")).collect()
}

#[test]
fn a_cache_changes_no_byte_of_output() {
    let desk = large();
    let outputs = |words: &[&str]| -> Vec<Ran> {
        [&["check", "--format", "jsonl"][..], &["check"], &["mentions", "--format", "jsonl"]]
            .iter()
            .map(|command| desk.run(&[command, words].concat()))
            .collect()
    };
    let without = outputs(&["--no-cache"]);
    assert_eq!(cached(&desk).len(), 0);
    assert_eq!(outputs(&[]), without, "while it is written");
    assert_eq!(cached(&desk).len(), 1);
    assert_eq!(outputs(&[]), without, "when it is read");
    assert_eq!(outputs(&["--threads", "1"]), without);

    // Files that change, come and go.
    desk.write("0.txt", BAD);
    desk.write("12.txt", &desk.read("1.txt"));
    std::fs::remove_file(desk.path("2.txt")).expect("it is there");
    assert_eq!(outputs(&[]), outputs(&["--no-cache"]));
    // The registry decides what is recognised.
    desk.write("places.toml", "version = 1\n[[place]]\nid = \"thanglong\"\nnames.vi = [\"Hà Nội\"]\n");
    let renamed = outputs(&[]);
    assert!(renamed[2].out.contains("thanglong"));
    assert_eq!(renamed, outputs(&["--no-cache"]));
}

#[test]
fn a_damaged_cache_is_written_anew() {
    let desk = large();
    let without = desk.run(&["check", "--no-cache"]);
    desk.run(&["check"]);
    let [file] = &cached(&desk)[..] else { panic!("one file") };
    let whole = std::fs::read(file).expect("it is there");
    for damage in [&b""[..], b"scholiast", &whole[..whole.len() / 2], &[0xff; 4096]] {
        std::fs::write(file, damage).expect("written");
        assert_eq!(desk.run(&["check"]), without);
        assert!(std::fs::read(file).expect("it is there") == whole, "it is the same again");
    }
    // A cache that cannot be written is none.
    let ran = desk.run(&["check", "--cache-dir", "scholiast.toml/cache"]);
    assert_eq!(ran, without);
}

#[test]
fn two_runs_at_once_on_one_cache() {
    let desk = large();
    let without = desk.run(&["check", "--no-cache"]);
    std::thread::scope(|scope| {
        let runs: Vec<_> = (0..6).map(|_| scope.spawn(|| desk.run(&["check"]))).collect();
        for run in runs {
            assert_eq!(run.join().expect("it ends"), without);
        }
    });
    assert_eq!(cached(&desk).len(), 1, "nothing is left behind");
    assert_eq!(desk.run(&["check", "--cache-dir", "elsewhere"]), without);
    assert!(desk.path("elsewhere/CACHEDIR.TAG").exists());
}
