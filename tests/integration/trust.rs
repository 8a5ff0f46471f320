//! Trust: nothing is passed over in silence, nothing is lost, nothing in a text commands a terminal.

use std::io::Write as _;
use std::process::{Command, Stdio};

use crate::support::test_folder::{Ran, TestFolder};

const BAD: &str = "ngày 31/4/2023\n";
/// A reference without its marks, for which there is a safe fix.
const FIXABLE: &str = "Quyết định số 752/QD-TTg\n";
const FIXED: &str = "Quyết định số 752/QĐ-TTg\n";

/// The codes of concise output.
fn codes(out: &str) -> Vec<&str> {
    out.lines().filter_map(|line| line.split_once('[')?.1.split(']').next()).collect()
}

/// Runs `scholiast` with something on standard input.
fn piped(folder: &TestFolder, input: impl AsRef<[u8]>, words: &[&str]) -> Ran {
    let mut child = Command::new(env!("CARGO_BIN_EXE_scholiast"))
        .args(words)
        .current_dir(folder.path(""))
        .env("NO_COLOR", "1")
        .env("HOME", folder.path(""))
        .env("XDG_CACHE_HOME", folder.path(".cache"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input.as_ref()).unwrap();
    let output = child.wait_with_output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Ran { status: output.status.code().unwrap_or(-1), out: text(output.stdout), err: text(output.stderr) }
}

#[test]
fn a_path_that_yields_nothing_is_named() {
    let folder = TestFolder::new(&[
        ("scholiast.toml", "[corpus]\nexclude = [\"old\", \"b.txt\"]\n"),
        ("a.txt", BAD),
        ("b.txt", BAD),
        ("old/a.txt", BAD),
        (".hidden/a.txt", BAD),
        ("ignored/a.txt", BAD),
        (".gitignore", "ignored\n"),
        ("figures/a.png", ""),
    ]);
    for (path, why) in [
        ("old", "`exclude` in scholiast.toml"),
        ("b.txt", "`exclude` in scholiast.toml"),
        (".hidden", "hidden"),
        ("ignored", "git ignores"),
        ("figures", "no text"),
        ("gone", "no such file"),
    ] {
        let ran = folder.run(&["check", path]);
        assert_eq!((ran.status, ran.out.as_str()), (2, ""), "{path}: {ran:?}");
        assert!(ran.err.starts_with(&format!("scholiast: {path}: ")) && ran.err.contains(why), "{path}: {}", ran.err);
    }
    let ran = folder.run(&["check", "a.txt", "old"]);
    assert_eq!((ran.status, codes(&ran.out)), (2, vec!["date/impossible-day"]), "the others are reported: {ran:?}");
    let empty = TestFolder::new(&[("b/readme.md", "")]);
    let ran = empty.run(&["check"]);
    assert_eq!(ran.status, 0, "{ran:?}");
    assert!(ran.err.contains("there is no text in it"), "{ran:?}");
}

#[test]
fn a_working_directory_that_is_gone_is_an_error() {
    let folder = TestFolder::new(&[("gone/a.txt", FIXABLE)]);
    let script = format!("rm -r ../gone; exec {} check --fix", env!("CARGO_BIN_EXE_scholiast"));
    if cfg!(unix) {
        let ran = folder.program("sh", "gone", &["-c", &script]);
        assert_eq!((ran.status, ran.out.as_str()), (2, ""), "{ran:?}");
        assert!(ran.err.contains("the working directory cannot be used"), "{}", ran.err);
    }
}

#[test]
fn standard_input_is_judged_by_the_configuration_here_and_fixed_to_standard_output() {
    let folder = TestFolder::new(&[("scholiast.toml", "[rules]\n\"date/impossible-day\" = \"off\"\n")]);
    let text = format!("{BAD}{FIXABLE}");
    assert_eq!(codes(&piped(&folder, &text, &["check", "-"]).out), ["decree/missing-diacritics"]);
    let isolated = piped(&folder, &text, &["check", "-", "--isolated"]);
    assert_eq!(codes(&isolated.out), ["date/impossible-day", "decree/missing-diacritics"]);
    let ran = piped(&folder, &text, &["check", "--isolated", "--fix", "-"]);
    assert_eq!((ran.status, ran.out.as_str()), (1, &*format!("{BAD}{FIXED}")), "{ran:?}");
    assert!(ran.err.contains("-:1:6: error[date/impossible-day]"), "{}", ran.err);
    let clean = piped(&folder, "clean\n", &["check", "--fix", "-"]);
    assert_eq!((clean.status, clean.out.as_str()), (0, "clean\n"), "{clean:?}");
}

#[test]
fn configuration_of_the_command_line() {
    let folder = TestFolder::new(&[
        ("scholiast.toml", "[rules]\n\"date/impossible-day\" = \"off\"\n"),
        ("other.conf", "[corpus]\nexclude = [\"b.txt\"]\n"),
        ("a.txt", BAD),
        ("b.txt", BAD),
        ("in/scholiast.toml", ""),
        ("in/c.txt", BAD),
    ]);
    let files = |words: &[&str]| {
        let ran = folder.run(&[&["check"], words].concat());
        let mut files: Vec<String> =
            ran.out.lines().filter_map(|line| Some(line.split_once(':')?.0.to_owned())).collect();
        files.dedup();
        files
    };
    assert_eq!(files(&[]), ["in/c.txt"]);
    assert_eq!(files(&["--isolated"]), ["a.txt", "b.txt", "in/c.txt"]);
    assert_eq!(files(&["--isolated", "--exclude", "b*"]), ["a.txt", "in/c.txt"]);
    assert_eq!(files(&["--config", "other.conf", "a.txt"]), ["a.txt"]);
    assert_eq!(folder.run(&["check", "--config", "other.conf", "b.txt"]).status, 2, "it leaves b.txt out");
    assert_eq!(folder.run(&["check", "--config", "none.toml"]).status, 2);
    let shown = folder.run(&["check", "--isolated", "--show-files"]);
    assert_eq!((shown.status, shown.out.as_str()), (0, "a.txt\nb.txt\nin/c.txt\n"), "{shown:?}");
}

#[test]
fn exit_status_and_quiet() {
    let folder = TestFolder::new(&[("a.txt", BAD)]);
    let ran = folder.run(&["check"]);
    assert_eq!((ran.status, ran.err.as_str()), (1, "Found 1 error in 1 of 1 file\n"), "{ran:?}");
    let ran = folder.run(&["check", "--exit-zero", "--quiet"]);
    assert_eq!((ran.status, codes(&ran.out), ran.err.as_str()), (0, vec!["date/impossible-day"], ""), "{ran:?}");
    assert_eq!(folder.run(&["check", "--exit-zero", "gone"]).status, 2, "errors are errors");
    let junit =
        |fail_on| folder.run(&["check", "--format", "junit", "--severity", "date=info", "--fail-on", fail_on]).out;
    assert!(junit("info").contains("failures=\"1\""));
    assert!(junit("warning").contains("failures=\"0\""));
}

#[test]
fn suppressions_are_written_for_what_is_found() {
    let folder =
        TestFolder::new(&[("scholiast.toml", "# mine\n"), ("a.txt", &format!("{BAD}{BAD}")), ("b.txt", FIXABLE)]);
    let ran = folder.run(&["check", "--add-suppressions", "as printed", "--select", "date"]);
    assert_eq!(ran.status, 0, "{ran:?}");
    let config = folder.read("scholiast.toml");
    assert!(config.starts_with("# mine\n"), "{config}");
    assert_eq!(config.matches("[[suppress]]").count(), 1, "{config}");
    assert!(config.contains("reason = \"as printed\"") && config.contains("text = \"31/4/2023\""), "{config}");
    assert_eq!(codes(&folder.run(&["check"]).out), ["decree/missing-diacritics"]);
    assert_eq!(folder.run(&["check", "--add-suppressions", " "]).status, 2, "a reason is needed");
    let free = TestFolder::new(&[("a.txt", BAD)]);
    let ran = free.run(&["check", "--add-suppressions", "why"]);
    assert_eq!(ran.status, 2);
    assert!(ran.err.contains("there is no scholiast.toml"), "{}", ran.err);
}

#[test]
fn rules_that_may_be_fixed() {
    let folder = TestFolder::new(&[("a.txt", FIXABLE)]);
    for words in [["--unfixable", "decree"], ["--fixable", "date"]] {
        folder.run(&[&["check", "--fix"], &words[..]].concat());
        assert_eq!(folder.read("a.txt"), FIXABLE, "{words:?}");
    }
    folder.run(&["check", "--fix", "--unfixable", "decree", "--fixable", "decree/missing-diacritics"]);
    assert_eq!(folder.read("a.txt"), FIXED);
}

#[test]
fn a_matter_of_style_is_fixed_where_somebody_asks_for_it() {
    let registry = "version = 1\n[[person]]\nid = \"an\"\nnames.vi = [\"Trần Văn An\", \"Trần Văn Ân\"]\n";
    let text = "Trần Văn An, Trần Văn Ân.\nQuyết định số 752/QD-TTg\n";
    let folder = TestFolder::new(&[("scholiast.toml", ""), ("registry.toml", registry), ("a.txt", text)]);
    folder.run(&["check", "--fix", "--unfixable", "decree"]);
    assert_eq!(folder.read("a.txt"), text, "spellings are a matter of style");
    folder.run(&["check", "--fix", "--fixable", "entity/spelling-variants"]);
    assert_eq!(folder.read("a.txt"), text.replace("Trần Văn Ân", "Trần Văn An"), "and nothing else is fixed");
}

#[test]
fn only_languages_of_the_corpus_are_read() {
    let text = "On 31 February 2024.\nngày 31/4/2023\nวันที่ 31 เมษายน 2566\n";
    let found = |config: &str| {
        let folder = TestFolder::new(&[("scholiast.toml", config), ("a.txt", text)]);
        let ran = folder.run(&["check", "--no-cache", "--select", "date/impossible-day"]);
        ran.out.lines().filter_map(|line| line.split(':').nth(1).map(str::to_owned)).collect::<Vec<_>>()
    };
    assert_eq!(found(""), ["1", "2", "3"]);
    assert_eq!(found("[corpus]\nlanguages = [\"vi\"]\n"), ["2"]);
    assert_eq!(found("[corpus]\nlanguages = [\"th\", \"en\"]\n"), ["1", "3"]);
    let folder = TestFolder::new(&[("a.txt", "ข่าววันนี้ที่กรุงเทพ\n"), ("b.txt", "ສະບາຍດີ ຂ່າວ\n")]);
    assert_eq!(folder.run(&["init"]).status, 0);
    assert!(
        folder.read("scholiast.toml").contains("languages = [\"th\", \"lo\"]"),
        "{}",
        folder.read("scholiast.toml")
    );
    // Vietnamese without its marks, and a quotation in English: what is found before `init` is found behind it.
    for text in ["hop ngay 31 thang 4 nam 2023 o Hue\n", "Ông An nói ở Huế chiều qua: on 31 April 2023 it rained\n"]
    {
        let folder = TestFolder::new(&[("a.txt", text)]);
        let before = folder.run(&["check", "a.txt"]);
        assert_eq!((folder.run(&["init"]).status, before.status), (0, 1), "{before:?}");
        assert_eq!(folder.run(&["check", "a.txt"]).out, before.out);
    }
}

#[test]
fn a_conflict_in_the_configuration_is_named() {
    let config = "[corpus]\n<<<<<<< HEAD\nexclude = [\"a\"]\n=======\nexclude = [\"b\"]\n>>>>>>> other\n";
    let folder = TestFolder::new(&[("scholiast.toml", config), ("a.txt", BAD)]);
    let ran = folder.run(&["check"]);
    assert_eq!(ran.status, 2, "{ran:?}");
    assert!(ran.err.contains("scholiast.toml:2:1: a conflict of a merge goes from here to line 6"), "{}", ran.err);
}

#[test]
fn a_baseline_follows_content_and_the_configuration_names_it() {
    let folder = TestFolder::new(&[
        ("scholiast.toml", "[baseline]\nfile = \"known.json\"\n"),
        ("a.txt", BAD),
        ("b.txt", FIXABLE),
    ]);
    assert_eq!(folder.run(&["baseline"]).status, 0);
    assert!(folder.path("known.json").is_file());
    assert_eq!(folder.run(&["check"]).out, "");
    std::fs::rename(folder.path("a.txt"), folder.path("c.txt")).unwrap();
    folder.write("d.txt", FIXABLE);
    assert_eq!(folder.run(&["check"]).out.lines().count(), 1, "only what is new: {:?}", folder.run(&["check"]));
    let before = folder.read("known.json");
    assert_eq!(folder.run(&["baseline", "--update", "--only-moved"]).status, 0);
    let json = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap();
    assert_eq!(json(&folder.read("known.json")), json(&before.replace("a.txt", "c.txt")));
    assert_eq!(folder.run(&["check"]).out.lines().count(), 1, "the new finding is not recorded");
}

#[test]
fn the_cache_writes_over_nothing() {
    let long = format!("{BAD}{}", "văn bản thường\n".repeat(20_000));
    let folder = TestFolder::new(&[("in/a.txt", &long), ("in/.gitignore", "b.txt\n"), ("in/b.txt", BAD)]);
    let ran = folder.run_in("in", &["check", "--cache-dir", "."]);
    assert_eq!(codes(&ran.out), ["date/impossible-day"], "{ran:?}");
    assert_eq!(folder.read("in/.gitignore"), "b.txt\n");
    assert_eq!(folder.run_in("in", &["check", "--cache-dir", "."]).out, ran.out);
    folder.run_in("in", &["check", "--cache-dir", "../kept"]);
    assert_eq!(folder.read("kept/.gitignore"), "*\n", "a folder of its own is ignored");
}

#[cfg(unix)]
#[test]
fn only_regular_files_are_read() {
    let folder = TestFolder::new(&[("in/a.txt", BAD), ("odd/a.txt", BAD), ("b.txt", BAD), ("b.ann", "")]);
    let fifo = |name: &str| assert_eq!(folder.program("mkfifo", "", &[name]).status, 0);
    fifo("in/.gitignore");
    fifo("annotation.conf");
    std::os::unix::fs::symlink("/dev/zero", folder.path("odd/.ignore")).unwrap();
    let ran = folder.run(&["check"]);
    assert_eq!(ran.status, 2, "{ran:?}");
    assert_eq!(ran.out.lines().count(), 1, "{ran:?}");
    for file in ["in/.gitignore", "odd/.ignore"] {
        assert!(ran.err.contains(&format!("{file}: it is not a regular file")), "{}", ran.err);
    }
    let ran = folder.run(&["check", "/dev/zero"]);
    assert_eq!(ran.status, 2, "{ran:?}");
    let pipe = format!("printf 'ng\\303\\240y 31/4/2023\\n' | {} check /dev/stdin", env!("CARGO_BIN_EXE_scholiast"));
    assert_eq!(codes(&folder.program("sh", "", &["-c", &pipe]).out), ["date/impossible-day"], "a pipe that is named");
}

#[test]
fn nothing_in_a_text_or_name_commands_the_terminal() {
    let escape = "\u{1b}]0;owned\u{7}\u{202e}";
    let name = if cfg!(unix) { "a\u{1b}[31m\n::error::x.txt" } else { "a.txt" };
    let folder = TestFolder::new(&[(name, &format!("{escape} ngày 31/4/2023 {escape}\n"))]);
    for format in ["full", "concise", "grouped", "github", "markdown"] {
        let ran = folder.run(&["check", "--select", "date", "--format", format]);
        assert!(!ran.out.contains(['\u{1b}', '\u{7}', '\u{202e}']), "{format}: {:?}", ran.out);
        assert!(!ran.out.lines().any(|line| line.starts_with("::error::x")), "{format}: {:?}", ran.out);
    }
    let ran = folder.run(&["check", "gone\u{1b}[31m"]);
    assert!(!ran.err.contains('\u{1b}'), "{:?}", ran.err);
    let ran = folder.run(&["config", "gone\u{1b}[31m"]);
    assert!(!ran.out.contains('\u{1b}'), "{:?}", ran.out);
}

#[test]
fn annotations_that_are_not_read_keep_their_text_from_being_fixed() {
    for (name, ignored) in [("a.ann", "a.ann\n"), ("a.ANN", ""), ("a.txt.ann", "")] {
        let ann = "T1\tDecree 14 24\t752/QD-TTg\n";
        let folder = TestFolder::new(&[("a.txt", FIXABLE), (name, ann), (".gitignore", ignored)]);
        let ran = folder.run(&["check", "--fix"]);
        assert_eq!((folder.read("a.txt").as_str(), folder.read(name).as_str()), (FIXABLE, ann), "{name}: {ran:?}");
        assert!(ran.err.contains(&format!("{name} stands beside it and is not read")), "{name}: {}", ran.err);
    }
}

#[test]
fn a_change_that_was_interrupted_is_finished() {
    let folder = TestFolder::new(&[("a.txt", FIXED), ("a.ann", "T1\tDecree 14 24\t752/QD-TTg\n")]);
    // As a run leaves it that is killed between the two renamings.
    let after = "T1\tDecree 14 24\t752/QĐ-TTg\n";
    folder.write(".scholiast-new", after);
    let sum = |text: &str| xxhash_rust::xxh3::xxh3_64(text.as_bytes());
    let entries = serde_json::json!([
        { "new": ".scholiast-gone", "old": "a.txt", "before": sum(FIXABLE), "after": sum(FIXED) },
        { "new": ".scholiast-new", "old": "a.ann", "before": sum(&folder.read("a.ann")), "after": sum(after) },
    ]);
    folder.write(".scholiast-unfinished-x", &entries.to_string());
    let ran = folder.run(&["check"]);
    assert!(ran.err.contains("'scholiast check --fix' finishes it"), "{}", ran.err);
    assert_ne!(folder.read("a.ann"), after, "reading changes nothing");
    let ran = folder.run(&["check", "--fix"]);
    assert_eq!((ran.status, ran.out.as_str()), (0, ""), "{ran:?}");
    assert_eq!(folder.read("a.ann"), after);
    assert!(!folder.path(".scholiast-unfinished-x").exists());
}

#[cfg(unix)]
#[test]
fn files_that_are_made_have_ordinary_permissions() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = TestFolder::new(&[("a.txt", BAD)]);
    folder.run(&["baseline"]);
    let mode = folder.path("scholiast-baseline.json").metadata().unwrap().permissions().mode();
    assert_eq!(mode & 0o400, 0o400);
    let other = folder.path("other");
    std::fs::write(&other, "").unwrap();
    assert_eq!(mode, other.metadata().unwrap().permissions().mode());
    assert_eq!(folder.run(&["baseline"]).status, 2, "what exists stays");
}

#[cfg(unix)]
#[test]
fn a_configuration_that_is_a_link_to_elsewhere_is_not_shown() {
    let folder = TestFolder::new(&[("secret", "password = \"hunter2\"\n"), ("in/a.txt", "")]);
    std::os::unix::fs::symlink("../secret", folder.path("in/scholiast.toml")).unwrap();
    let ran = folder.run_in("in", &["check", "--format", "full"]);
    assert!(ran.out.contains("config/unknown-key"), "{ran:?}");
    assert!(!ran.out.contains("hunter2"), "{}", ran.out);
}

#[test]
fn manual_pages_have_examples_and_exit_status() {
    let folder = TestFolder::new(&[]);
    assert_eq!(folder.run(&["man", "man1"]).status, 0);
    let page = folder.read("man1/scholiast-check.1");
    for section in ["NAME", "SYNOPSIS", "OPTIONS", "EXAMPLES", "\"EXIT STATUS\""] {
        assert!(
            page.contains(&format!(".SH {section}\n"))
                || page.contains(&format!(".SH {}\n", section.trim_matches('"'))),
            "{section}: {page}"
        );
    }
    assert!(folder.path("man1/scholiast-names-rank.1").is_file());
    assert!(folder.run(&["completions", "bash"]).out.contains("date/impossible-day"));
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_standard_error_is_no_crash() {
    let folder = TestFolder::new(&[("a.txt", BAD)]);
    let script = format!("{} check gone 2>/dev/full", env!("CARGO_BIN_EXE_scholiast"));
    assert_eq!(folder.program("sh", "", &["-c", &script]).status, 2);
}

#[test]
fn a_filter_gives_back_what_it_cannot_fix() {
    let folder = TestFolder::new(&[
        ("scholiast.toml", ""),
        ("a.ann", "T1\tPlace 18 21\tHuế\n"),
        ("b.ann", "T1\tPlace 0 3\tHuế\n"),
    ]);
    let utf16: Vec<u8> = "ก\n".repeat(4).encode_utf16().flat_map(u16::to_le_bytes).collect();
    let ran = piped(&folder, &utf16, &["check", "--fix", "-"]);
    assert_eq!((ran.status, ran.out.as_bytes()), (1, &*utf16), "{ran:?}");
    assert!(ran.err.contains("text/not-utf8"), "{ran:?}");

    // The annotation behind the fault would have to move, and only the text goes to standard output.
    let ran = piped(&folder, "ngày 1O/4/2024\u{200b} ở Huế\n", &["check", "--fix", "-", "--stdin-filename", "a.txt"]);
    assert_eq!((ran.status, &*ran.out), (1, "ngày 1O/4/2024\u{200b} ở Huế\n"), "{ran:?}");
    assert!(ran.err.contains("nothing is fixed: `a.ann` would have to change with standard input"), "{ran:?}");

    let ran = piped(&folder, "Huế, ngày 1O/4/2024\n", &["check", "--fix", "-", "--stdin-filename", "b.txt"]);
    assert_eq!((ran.status, &*ran.out), (0, "Huế, ngày 10/4/2024\n"), "{ran:?}");
}

#[test]
fn a_preference_makes_no_guess_safe() {
    let registry = "version = 1\n[[person]]\nid = 'lam'\nnames.vi = ['Trần Văn Lâm', 'Trần V. Lâm']\n";
    let config = "[fix]\nsafe = ['entity/spelling-variants']\n";
    let text =
        "Ông Trần Văn Lâm.\nÔng Trần V. Lâm.\nÔng Trần Van Lâm.\nÔng Tran Van Lam.\nhttps://tin.example/Trần-V.-Lâm\n";
    let folder = TestFolder::new(&[("scholiast.toml", config), ("people.toml", registry), ("a.txt", text)]);
    folder.run(&["check", "--fix"]);
    let fixed =
        "Ông Trần Văn Lâm.\nÔng Trần Văn Lâm.\nÔng Trần Van Lâm.\nÔng Trần Văn Lâm.\nhttps://tin.example/Trần-V.-Lâm\n";
    assert_eq!(folder.read("a.txt"), fixed);
}

#[test]
fn suppressions_silence_findings_in_every_kind_of_file() {
    let folder = TestFolder::new(&[
        ("scholiast.toml", "[corpus]\nfoo = 1\n"),
        (
            "people.toml",
            "version = 1\n[[person]]\nid = 'a'\nnames.vi = ['Lê An']\n[[person]]\nid = 'a'\nnames.vi = ['Lê Ân']\n",
        ),
        ("a.txt", "ngày 31/4/2023\n<<<<<<< HEAD\nx\n=======\ny\n>>>>>>> other\n"),
        ("a.ann", "T1\tPlace 0 3\tHuế\nX\n"),
        ("lost.ann", "T1\tPlace 0 3\tHuế\n"),
        ("mark.txt", "\u{feff}Huế\n"),
        ("ends.txt", "a\r\nb\nc\n"),
    ]);
    std::fs::write(folder.path("other.txt"), b"\xa1\xa2").unwrap();
    let before = folder.run(&["check", "--format", "concise"]);
    let found = codes(&before.out);
    for code in
        ["config/unknown-key", "registry/duplicate-id", "text/conflict-marker", "annotation/orphan", "text/not-utf8"]
    {
        assert!(found.contains(&code), "{code}: {before:?}");
    }
    let added = folder.run(&["check", "--add-suppressions", "kept as they are"]);
    assert_eq!(added.status, 0, "{added:?}");
    let after = folder.run(&["check"]);
    assert_eq!((after.status, after.out.as_str()), (0, ""), "{after:?}\n{}", folder.read("scholiast.toml"));
}

#[test]
fn two_paths_to_one_file_are_one() {
    let folder = TestFolder::new(&[("scholiast.toml", ""), ("a/x.txt", BAD), ("free/a/x.txt", BAD)]);
    let here = folder.path("a");
    for paths in [["a", "a/../a"], ["a", here.to_str().unwrap()], ["a", "./a/x.txt"], ["a/x.txt", "a"]] {
        let ran = folder.run(&["check", paths[0], paths[1]]);
        assert_eq!((ran.status, ran.out.lines().count()), (1, 1), "{paths:?}: {ran:?}");
    }
    std::fs::remove_file(folder.path("scholiast.toml")).unwrap();
    let ran = folder.run(&["check", "free", "./free/a/x.txt"]);
    assert_eq!((ran.status, ran.out.lines().count()), (1, 1), "{ran:?}");
}

#[test]
fn findings_are_not_written_over_what_is_checked() {
    let folder = TestFolder::new(&[("scholiast.toml", ""), ("a.txt", BAD), ("a.ann", ""), ("lost.ann", "")]);
    for file in ["a.txt", "./a.ann", "scholiast.toml", "lost.ann"] {
        let before = folder.read(file);
        let ran = folder.run(&["check", "-o", file]);
        assert_eq!((ran.status, folder.read(file)), (2, before), "{ran:?}");
        assert!(ran.err.contains("one of the files that are checked"), "{ran:?}");
    }
    assert_eq!(folder.run(&["check", "-o", "out.log"]).status, 1);
}

#[test]
fn a_corpus_without_texts_says_so() {
    let folder = TestFolder::new(&[("scholiast.toml", "")]);
    let ran = folder.run(&["check"]);
    assert_eq!((ran.status, codes(&ran.out)), (1, vec!["config/no-match"]), "{ran:?}");
}
