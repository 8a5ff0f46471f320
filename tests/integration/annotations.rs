//! Annotation files beside texts, as the command line sees them.

use crate::support::test_folder::TestFolder;

const TEXT: &str = "ลุงสมชายมา\n";

#[test]
fn findings_stand_in_the_annotation_file() {
    let folder = TestFolder::new(&[
        ("d/a.txt", TEXT),
        ("d/a.ann", "T1\tPer 3 8\tสมชาย\nT2\tPer 3 8\tสมหญิง\nA1\tSure T9\n"),
        ("d/lonely.ann", "T1\n"),
    ]);
    let ran = folder.run(&["check", "d"]);
    assert_eq!(ran.status, 1);
    let lines: Vec<&str> = ran.out.lines().collect();
    assert_eq!(lines.len(), 3, "{}", ran.out);
    assert!(lines[0].starts_with("d/a.ann:2:12: error[annotation/text-mismatch]"), "{}", lines[0]);
    assert!(lines[1].starts_with("d/a.ann:3:9: error[annotation/dangling-reference]"), "{}", lines[1]);
    assert_eq!(folder.run(&["check", "d/a.txt"]).out, "", "a PATH selects what is reported");
    assert_eq!(folder.run(&["check", "d/a.ann"]).out, lines[..2].join("\n") + "\n");
    assert_eq!(folder.read("d/a.txt"), TEXT, "checking writes nothing");
    let lonely = "d/lonely.ann:1:1: error[annotation/orphan] there is no text `lonely.txt` beside these annotations";
    assert_eq!(lines[2], lonely);
    let ran = folder.run(&["check", "d/lonely.ann"]);
    assert_eq!((ran.status, ran.out.trim_end()), (1, lonely), "{ran:?}");
}

#[test]
fn annotations_without_their_text_are_found_wherever_that_went() {
    let folder = TestFolder::new(&[
        ("scholiast.toml", "[corpus]\nexclude = [\"left-out.txt\"]\n"),
        (".gitignore", "ignored.txt\n"),
        ("moved/a.txt", TEXT),
        ("a.ann", ""),
        ("left-out.txt", TEXT),
        ("left-out.ann", ""),
        ("ignored.txt", TEXT),
        ("ignored.ann", ""),
        ("b.a1", ""),
    ]);
    let ran = folder.run(&["check"]);
    let expected = [
        "a.ann:1:1: error[annotation/orphan] there is no text `a.txt` beside these annotations; the corpus has \
         `moved/a.txt`",
        "b.a1:1:1: error[annotation/orphan] there is no text `b.txt` beside these annotations",
    ];
    assert_eq!(ran.out.lines().collect::<Vec<_>>(), expected, "{ran:?}");
}

#[test]
fn a_text_with_the_same_letters_in_its_name_is_named() {
    // `ế` in one code point and in three; two cases.
    let folder =
        TestFolder::new(&[("Hu\u{1ebf}.txt", TEXT), ("Hue\u{302}\u{301}.ann", ""), ("b.txt", TEXT), ("B.ann", "")]);
    let ran = folder.run(&["check"]);
    let hint = "has the same letters in other code points or another case: give both the same name";
    let expected = [
        format!(
            "B.ann:1:1: error[annotation/orphan] there is no text `B.txt` beside these annotations; `b.txt` {hint}"
        ),
        format!(
            "Hue\u{302}\u{301}.ann:1:1: error[annotation/orphan] there is no text `Hue\u{302}\u{301}.txt` beside these \
             annotations; `Hu\u{1ebf}.txt` {hint}"
        ),
    ];
    assert_eq!(ran.out.lines().collect::<Vec<_>>(), expected, "{ran:?}");
}

#[test]
fn types_are_those_of_the_nearest_annotation_conf() {
    let conf = |name: &str| format!("[entities]\n{name}\n");
    let folder = TestFolder::new(&[
        ("annotation.conf", &conf("Outside")),
        ("c/scholiast.toml", ""),
        ("c/annotation.conf", &conf("Per")),
        ("c/deep/er/a.txt", TEXT),
        ("c/deep/er/a.ann", "T1\tPer 3 8\tสมชาย\n"),
        ("c/own/annotation.conf", &conf("Org")),
        ("c/own/a.txt", TEXT),
        ("c/own/a.ann", "T1\tPer 3 8\tสมชาย\n"),
    ]);
    let ran = folder.run(&["check", "c"]);
    let codes: Vec<&str> = ran.out.lines().map(|line| line.split(']').next().unwrap_or_default()).collect();
    assert_eq!(codes, ["c/own/a.ann:1:4: error[annotation/not-in-configuration"], "{}", ran.out);
    // As brat has it, that of a folder above the corpus where the corpus has none.
    std::fs::remove_file(folder.path("c/annotation.conf")).unwrap();
    let ran = folder.run(&["check", "c"]);
    assert!(ran.out.starts_with("c/deep/er/a.ann:1:4: error[annotation/not-in-configuration]"), "{}", ran.out);
    let shown = folder.run(&["config", "c/deep/er/a.ann"]).out;
    assert!(shown.contains("# annotation.conf: annotation.conf\n"), "{shown}");
}

#[test]
fn settings_and_suppressions_hold_for_annotation_files() {
    let folder = TestFolder::new(&[
        (
            "scholiast.toml",
            "[[suppress]]\npath = \"a.ann\"\nrule = \"annotation/dangling-reference\"\n\
             [[per-file]]\npath = \"*.ann\"\nrules = { \"annotation/text-mismatch\" = \"info\" }\n",
        ),
        ("a.txt", TEXT),
        ("a.ann", "T1\tPer 3 8\tสมหญิง\nA1\tSure T9\n"),
    ]);
    let ran = folder.run(&["check"]);
    assert_eq!(ran.status, 0, "{}", ran.out);
    assert!(ran.out.starts_with("a.ann:1:12: info[annotation/text-mismatch]"), "{}", ran.out);
    assert_eq!(ran.out.lines().count(), 1, "{}", ran.out);
}

#[test]
fn given_annotations_are_targets_and_bytes_that_are_no_text_are_a_finding() {
    let folder = TestFolder::new(&[
        ("a.txt", TEXT),
        ("a.a1", "T1\tPer 3 8\tสมชาย\n"),
        ("a.a2", "A1\tSure T1\nA2\tSure T2\n"),
        ("b.txt", TEXT),
    ]);
    std::fs::write(folder.path("b.ann"), b"T1\tPer 3 8\t\xff\n").expect("written");
    let ran = folder.run(&["check"]);
    let starts = ["a.a2:2:9: error[annotation/dangling-reference]", "b.ann:1:12: error[text/not-utf8]"];
    assert_eq!(ran.out.lines().count(), 2, "{}", ran.out);
    for (line, start) in ran.out.lines().zip(starts) {
        assert!(line.starts_with(start), "{line}");
    }
}

#[test]
fn mentions_list_what_was_annotated() {
    let folder = TestFolder::new(&[
        ("a.txt", "\u{feff}ลุงสมชาย มา\n"),
        ("a.ann", "T1\tPer 4 9\tสมชาย\nT2\tEv 9 12\t มา\nN1\tReference T1 R:somchai\tx\nT3\tPer 90 99\tx\n"),
    ]);
    let ran = folder.run(&["mentions", "a.txt", "--format", "jsonl"]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    let rows: Vec<serde_json::Value> =
        ran.out.lines().map(|line| serde_json::from_str(line).expect("a row is JSON")).collect();
    assert_eq!(rows.len(), 2, "{}", ran.out);
    let one = &rows[0];
    assert_eq!(
        (&one["path"], &one["text"], &one["kind"], &one["label"], &one["id"], &one["via"]),
        (
            &"a.txt".into(),
            &"สมชาย".into(),
            &"annotation".into(),
            &"Per".into(),
            &"somchai".into(),
            &"annotation".into()
        )
    );
    assert_eq!(one["bytes"], serde_json::json!([12, 27]));
    assert_eq!(one["chars"], serde_json::json!([4, 9]));
    assert!(rows[1].get("id").is_none());
}

#[test]
fn annotations_are_moved_after_their_text_was_changed() {
    let (before, now) = ("Ông Bình ở Huế.\n", "Mới.\nÔng Bình ở Đà Nẵng.\n");
    let file = "T1\tPer 4 8\tBình\nT2\tPlace 11 14\tHuế\n";
    let folder = TestFolder::new(&[("c/a.txt", now), ("c/a.ann", file), ("old/c/a.txt", before)]);
    let shown = folder.run(&["reanchor", "c", "--from", "old", "--diff"]);
    assert!(shown.out.contains("+T1\tPer 9 13\tBình"), "{} {}", shown.out, shown.err);
    assert_eq!(folder.read("c/a.ann"), file, "--diff writes nothing");
    let ran = folder.run(&["reanchor", "c", "--from", "old", "--format", "jsonl"]);
    assert!(
        ran.out.starts_with(r#"{"path":"c/a.ann","annotation":"T1","fate":"moved","chars":[[9,13]]}"#),
        "{}",
        ran.out
    );
    assert!(folder.read("c/a.ann").starts_with("T1\tPer 9 13\tBình\n"));
    let again = folder.run(&["reanchor", "c/a.ann"]);
    assert_eq!(
        (again.status, again.out.as_str()),
        (0, "c/a.ann: kept 2, moved 0, changed 0, lost 0\n"),
        "{}",
        again.err
    );
}

#[test]
fn annotations_are_repaired_before_their_text_is_fixed() {
    let folder = TestFolder::new(&[
        ("x.txt", "\u{feff}Ông Trịnh Văn Bảo ở Vinh.\n"),
        ("x.ann", "T1\tPerson 4 17\tTrịnh Văn Bảo\nT2\tPlace 20 24\tVinh\n"),
    ]);
    let ran = folder.run(&["check", "--fix"]);
    let after = folder.run(&["check"]);
    assert_eq!(after.out, "", "{} {}", ran.err, folder.read("x.ann"));
    assert_eq!(folder.read("x.ann"), "T1\tPerson 4 17\tTrịnh Văn Bảo\nT2\tPlace 20 24\tVinh\n");
    assert!(!folder.read("x.txt").starts_with('\u{feff}'));
}

#[test]
fn a_span_of_line_breaks_keeps_its_offsets() {
    let folder = TestFolder::new(&[("a.txt", "ab\n\ncd\n"), ("a.ann", "T1\tGap 2 4\t  \n")]);
    folder.run(&["check", "--fix"]);
    assert_eq!(folder.read("a.ann"), "T1\tGap 2 4\t  \n");
}
