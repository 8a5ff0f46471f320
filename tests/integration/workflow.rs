//! Fixing, choosing and living with old findings, end to end in temporary folders.

use crate::support::test_folder::TestFolder;

/// A reference without its marks, for which there is a safe fix, and an impossible day, for which there is none.
const TEXT: &str = "Quyết định số 752/QD-TTg\nngày 31/4/2023\n";
const FIXED: &str = "Quyết định số 752/QĐ-TTg\nngày 31/4/2023\n";

/// The codes of concise output.
fn codes(out: &str) -> Vec<&str> {
    out.lines().filter_map(|line| line.split_once('[')?.1.split(']').next()).collect()
}

#[test]
fn what_remains_after_fixing_decides() {
    let folder = TestFolder::new(&[("a.txt", TEXT), ("b.txt", "Quyết định số 12/QD-TTg\r\n")]);
    let ran = folder.run(&["check", "--fix"]);
    assert_eq!((ran.status, codes(&ran.out)), (1, vec!["date/impossible-day"]), "{ran:?}");
    assert!(ran.err.contains("Fixed 2 findings in 2 files"), "{}", ran.err);
    assert_eq!(folder.read("a.txt"), FIXED);
    assert_eq!(folder.read("b.txt"), "Quyết định số 12/QĐ-TTg\r\n", "line ends are kept");
    let ran = folder.run(&["check", "--fix", "b.txt"]);
    assert_eq!((ran.status, ran.out.as_str()), (0, ""), "{ran:?}");
}

#[test]
fn a_diff_writes_nothing() {
    let folder = TestFolder::new(&[("a.txt", TEXT)]);
    let ran = folder.run(&["check", "--diff"]);
    assert_eq!(ran.status, 1);
    assert!(ran.out.starts_with("--- a/a.txt\n+++ b/a.txt\n"), "{}", ran.out);
    assert!(ran.out.contains("\n+Quyết định số 752/QĐ-TTg\n"), "{}", ran.out);
    assert_eq!(folder.read("a.txt"), TEXT);
}

#[test]
fn what_may_change_the_meaning_is_asked_for() {
    let text = "วันจันทร์ที่ 23 มิถุนายน 2566\n";
    let folder = TestFolder::new(&[("a.txt", text)]);
    folder.run(&["check", "--fix"]);
    assert_eq!(folder.read("a.txt"), text);
    assert_eq!(folder.run(&["check", "--unsafe-fixes"]).status, 0);
    assert_eq!(folder.read("a.txt"), "วันศุกร์ที่ 23 มิถุนายน 2566\n");
}

#[test]
fn annotations_move_with_their_text() {
    let ann = "T1\tDecree 14 24\t752/QD-TTg\nT2\tDate 30 39\t31/4/2023\n";
    let folder = TestFolder::new(&[("a.txt", "ngày ngày. 23 752/QD-TTg ngày 31/4/2023\n"), ("a.ann", ann)]);
    let shorter = TestFolder::new(&[
        ("a.txt", "\u{feff}Quyết định số 752/QD-TTg và\u{200b} Hà Nội\n"),
        ("a.ann", "T1\tDecree 15 25\t752/QD-TTg\nT2\tPlace 30 36\tHà Nội\n"),
    ]);
    folder.run(&["check", "--fix"]);
    assert_eq!(folder.read("a.ann"), ann.replace("QD", "QĐ"));
    let ran = shorter.run(&["check", "--unsafe-fixes"]);
    let text = shorter.read("a.txt");
    let place = text.find("Hà Nội").expect("it is still there");
    let start = text[..place].chars().count();
    assert!(
        shorter.read("a.ann").ends_with(&format!("T2\tPlace {start} {}\tHà Nội\n", start + 6)),
        "{ran:?} {}",
        shorter.read("a.ann")
    );
    assert!(!codes(&shorter.run(&["check"]).out).iter().any(|code| code.starts_with("annotation")));
}

#[test]
fn a_fix_that_would_lose_an_annotation_is_refused_and_named() {
    // The annotation ends inside the word of the weekday that the fix replaces as a whole.
    let text = "ไป วันจันทร์ที่ 23 มิถุนายน 2566\n";
    let folder = TestFolder::new(&[("a.txt", text), ("a.ann", "T1\tX 0 7\tไป วันจ\n")]);
    let ran = folder.run(&["check", "--unsafe-fixes"]);
    assert_eq!(folder.read("a.txt"), text, "{ran:?}");
    assert!(ran.err.contains("a.txt: not fixed, since a.ann would lose T1"), "{}", ran.err);
    assert_eq!(ran.status, 1);
}

#[test]
fn a_text_and_its_annotations_are_written_together_or_not_at_all() {
    let ann = "T1\tDecree 14 24\t752/QD-TTg\n";
    let folder = TestFolder::new(&[("a.txt", TEXT), ("a.ann", ann)]);
    let path = folder.path("a.ann");
    let mut permissions = std::fs::metadata(&path).expect("it is there").permissions();
    permissions.set_readonly(true);
    std::fs::set_permissions(&path, permissions).expect("set");
    let ran = folder.run(&["check", "--fix"]);
    assert_eq!(ran.status, 2);
    assert!(ran.err.contains("a.ann: the file is read-only"), "{}", ran.err);
    assert!(ran.err.contains("a.txt: not fixed, since it is fixed together with a.ann"), "{}", ran.err);
    assert_eq!((folder.read("a.txt"), folder.read("a.ann")), (TEXT.to_owned(), ann.to_owned()));
}

#[test]
fn several_files_are_replaced_or_none() {
    use scholiast::disk::write::{Replacement, replace_all};
    let folder = TestFolder::new(&[("a", "1"), ("b", "changed meanwhile")]);
    let path = |name| camino::Utf8PathBuf::from_path_buf(folder.path(name)).expect("UTF-8");
    let (a, b) = (path("a"), path("b"));
    let replacements =
        [Replacement { path: &a, before: b"1", after: b"2" }, Replacement { path: &b, before: b"1", after: b"2" }];
    let failure = replace_all(&replacements).expect_err("b has changed");
    assert_eq!((failure.number, failure.message.contains("changed meanwhile")), (1, true));
    assert_eq!(folder.read("a"), "1");
    let left = std::fs::read_dir(folder.path("")).expect("a folder").count();
    assert_eq!(left, 2, "no new file is left behind");
}

#[test]
fn rules_are_chosen_and_counted() {
    let folder = TestFolder::new(&[("a.txt", TEXT)]);
    assert_eq!(codes(&folder.run(&["check", "--select", "date"]).out), ["date/impossible-day"]);
    assert_eq!(codes(&folder.run(&["check", "--ignore", "date/*"]).out), ["decree/missing-diacritics"]);
    assert_eq!(folder.run(&["check", "--severity", "date=info"]).status, 0);
    assert_eq!(codes(&folder.run(&["check", "--preset", "lenient"]).out), ["date/impossible-day"]);
    let wrong = folder.run(&["check", "--select", "date/impossible-dya"]);
    let said = "scholiast: there is no rule 'date/impossible-dya'; did you mean 'date/impossible-day'?\n";
    assert_eq!((wrong.status, wrong.err.as_str()), (2, said));
    let counted = folder.run(&["check", "--statistics"]);
    assert_eq!(counted.status, 1);
    assert_eq!(counted.out.lines().count(), 2, "{}", counted.out);
    assert!(counted.out.contains("1  info[decree/missing-diacritics]"), "{}", counted.out);
}

#[test]
fn known_findings_sleep_though_their_lines_move() {
    let folder = TestFolder::new(&[("d/a.txt", TEXT), ("d/b.txt", TEXT)]);
    assert_eq!(folder.run(&["baseline", "d", "--file", "known.json"]).status, 0);
    let known = |folder: &TestFolder| folder.run(&["check", "d", "--baseline", "known.json"]);
    assert_eq!((known(&folder).status, known(&folder).out), (0, String::new()));
    folder.write("d/a.txt", &format!("\n\n{TEXT}ngày 31/4/2023\n"));
    let ran = known(&folder);
    assert_eq!(ran.out.lines().count(), 1, "the second of the same is new: {}", ran.out);
    assert!(ran.out.starts_with("d/a.txt:5:6: error[date/impossible-day]"), "{}", ran.out);
    assert_eq!(folder.run_in("d", &["check", "b.txt", "--baseline", "../known.json"]).out, "", "from another folder");

    assert_eq!(folder.run(&["baseline", "d", "--file", "known.json"]).status, 2, "it is not overwritten");
    folder.write("d/b.txt", FIXED);
    assert_eq!(folder.run(&["baseline", "d", "--file", "known.json", "--prune"]).status, 0);
    assert_eq!(known(&folder).out, ran.out, "pruning adds nothing");
    folder.write("d/b.txt", TEXT);
    assert_eq!(codes(&known(&folder).out), ["date/impossible-day", "decree/missing-diacritics"], "pruning forgets");
    assert_eq!(folder.run(&["baseline", "d/b.txt", "--file", "known.json", "--update"]).status, 0);
    assert_eq!(known(&folder).out, ran.out, "what was not looked at stays");
}

#[test]
fn a_baseline_of_a_newer_version_is_named_as_such() {
    let folder =
        TestFolder::new(&[("a.txt", TEXT), ("new.json", "{\"version\": 2, \"files\": []}"), ("odd.json", "[]")]);
    let ran = folder.run(&["check", "--baseline", "new.json"]);
    assert_eq!((ran.status, ran.out.as_str()), (2, ""));
    assert!(
        ran.err.starts_with("scholiast: new.json has version 2, and this scholiast reads versions up to 1"),
        "{}",
        ran.err
    );
    // What it says to do can be done.
    assert!(ran.err.ends_with("update scholiast, or delete the file and run 'scholiast baseline'\n"), "{}", ran.err);
    assert!(folder.run(&["check", "--baseline", "odd.json"]).err.contains("odd.json is not a baseline of scholiast"));
    assert_eq!(folder.run(&["check", "--baseline", "none.json"]).status, 2);
}

#[test]
fn shells_and_manuals() {
    let folder = TestFolder::new(&[]);
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let ran = folder.run(&["completions", shell]);
        assert!(ran.status == 0 && ran.out.contains("baseline"), "{shell}: {}", ran.err);
    }
    assert_eq!(folder.run(&["man", "pages/man1"]).status, 0);
    assert!(folder.read("pages/man1/scholiast-check.1").contains("unsafe"));
}

#[test]
fn people_named_in_short_count_where_asked_for() {
    let registry = "[[person]]\nid = \"vu\"\nnames.vi = [\"Hồ Minh Vũ\"]\ncountry = \"VN\"\n\
                    [[person]]\nid = \"bo\"\nnames.vi = [\"Lê Minh Vũ\"]\ncountry = \"VN\"\n";
    let text = "Hồ Minh Vũ đến. Ông Vũ nói.\n";
    let folder = TestFolder::new(&[
        ("scholiast.toml", "[corpus]\n"),
        ("people.toml", registry),
        ("a.txt", text),
        ("b.txt", "Hồ Minh Vũ gặp Lê Minh Vũ. Ông Vũ nói.\n"),
    ]);
    let rows = |args: &[&str]| folder.run(args).out.lines().filter(|row| row.contains("\"context\"")).count();
    assert_eq!(rows(&["mentions", "a.txt", "--format", "jsonl"]), 0);
    assert_eq!(rows(&["mentions", "a.txt", "--format", "jsonl", "--short-mentions"]), 1);
    assert_eq!(codes(&folder.run(&["check"]).out), [""; 0]);
    assert_eq!(codes(&folder.run(&["check", "--short-mentions"]).out), ["entity/ambiguous"]);
}
