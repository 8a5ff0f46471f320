//! Recognised mentions laid down as annotations, and what the corpus says of annotations.

use serde_json::{Value, json};

use crate::support::test_folder::TestFolder;

const REGISTRY: &str = "version = 1\n[[person]]\nid = \"binh\"\nnames.vi = [\"Nguyễn Văn Bình\"]\n\
    [[person]]\nid = \"hoa\"\nnames.vi = [\"Trần Thị Hoa\"]\n[[place]]\nid = \"hue\"\nnames.vi = [\"Huế\"]\n";
const TEXT: &str = "Ông Nguyễn Văn Bình đến Huế.\n";

fn folder(files: &[(&str, &str)]) -> TestFolder {
    let mut all = vec![("scholiast.toml", ""), ("registry.toml", REGISTRY), ("a.txt", TEXT)];
    all.retain(|(name, _)| files.iter().all(|(other, _)| other != name));
    all.extend(files);
    TestFolder::new(&all)
}

#[test]
fn mentions_are_laid_down_once() {
    let folder = folder(&[]);
    let dry = folder.run(&["annotate", "--dry-run"]);
    assert_eq!((dry.status, dry.err.as_str()), (0, "Would write 2 annotations and 2 links to 1 file\n"));
    let shown = folder.run(&["annotate", "--diff"]);
    assert!(shown.out.contains("+T1\tPerson 4 19\tNguyễn Văn Bình"), "{}", shown.out);
    let ran = folder.run(&["annotate"]);
    assert_eq!(
        (ran.status, ran.out.as_str(), ran.err.as_str()),
        (0, "", "Wrote 2 annotations and 2 links to 1 file\n")
    );
    let file = "T1\tPerson 4 19\tNguyễn Văn Bình\nN1\tReference T1 registry:binh\tNguyễn Văn Bình\n\
                T2\tPlace 24 27\tHuế\nN2\tReference T2 registry:hue\tHuế\n";
    assert_eq!(folder.read("a.ann"), file);
    let again = folder.run(&["annotate"]);
    assert_eq!(again.err, "Wrote 0 annotations and 0 links to 0 files; 2 there already\n");
    assert_eq!(folder.read("a.ann"), file);
    assert_eq!(folder.run(&["check"]).out, "");
}

#[test]
fn lines_of_people_stay_and_are_linked() {
    let human =
        "T7\tPerson 0 19\tÔng Nguyễn Văn Bình\r\n#1\tAnnotatorNotes T7\tsure?\r\nT9\tTown 24 27\tHuế\r\nzzz\r\n";
    let folder = folder(&[("a.ann", human)]);
    let ran = folder.run(&["annotate", "a.txt"]);
    let left = "1 there already; 1 left, since somebody gave the words another type";
    assert_eq!(ran.err, format!("Wrote 0 annotations and 1 link to 1 file; {left}\n"));
    assert_eq!(folder.read("a.ann"), format!("{human}N1\tReference T7 registry:binh\tNguyễn Văn Bình\r\n"));
}

#[test]
fn types_are_those_of_the_configurations() {
    let folder = folder(&[
        ("scholiast.toml", "[annotate]\ntypes = { person = \"PER\", place = \"LOC\" }\n"),
        ("annotation.conf", "[entities]\nPER\n[attributes]\nMachine\tArg:<ENTITY>\n"),
    ]);
    let refused = folder.run(&["annotate", "--mark=Robot"]);
    assert_eq!(refused.status, 2, "{}", refused.err);
    assert!(refused.err.contains("annotation.conf has no attribute `Robot`"), "{}", refused.err);
    let ran = folder.run(&["annotate", "--mark=Machine", "--no-link"]);
    let skipped = "1 skipped, since annotation.conf has no type `LOC`";
    assert_eq!(ran.err, format!("Wrote 1 annotation and 0 links to 1 file; {skipped}\n"));
    assert_eq!(folder.read("a.ann"), "T1\tPER 4 19\tNguyễn Văn Bình\nA1\tMachine T1\n");
    let wrong = folder.run(&["annotate", "--kind", "persn"]);
    assert_eq!(
        (wrong.status, wrong.err.as_str()),
        (2, "scholiast: --kind: unknown kind `persn`; did you mean `person`?\n")
    );
}

#[test]
fn files_that_are_wrong_already_are_left_alone() {
    let wrong = "T1\tPerson 5 20\tNguyễn Văn Bình\n";
    let folder = folder(&[("a.ann", wrong)]);
    let ran = folder.run(&["annotate"]);
    assert_eq!(ran.status, 2);
    assert!(ran.err.contains("a.ann: some of its annotations are not at their words"), "{}", ran.err);
    assert_eq!(folder.read("a.ann"), wrong);
}

#[test]
fn rules_that_ask_the_corpus() {
    let folder = folder(&[
        (
            "a.ann",
            "T1\tPerson 4 19\tNguyễn Văn Bình\nN1\tReference T1 registry:hoa\tx\nN2\tReference T1 registry:bin\tx\n",
        ),
        ("b.txt", "Huế. Huế. Nguyễn Văn Bình.\n"),
        ("b.ann", "T1\tPlace 0 3\tHuế\nT2\tPlace 5 8\tHuế\n"),
        ("c.txt", "Huế.\n"),
        ("c.ann", "T1\tPerson 0 3\tHuế\n#1\tMergeConflict T1\tOURS\n"),
    ]);
    let found = |args: &[&str]| -> Vec<String> {
        let ran = folder.run(args);
        ran.out.lines().map(|line| line.split("] ").next().unwrap_or_default().to_owned()).collect()
    };
    let all = [
        "a.ann:2:26: warning[annotation/link-mismatch",
        "a.ann:3:26: error[annotation/unknown-entity",
        "a.txt:1:25: info[annotation/missed",
        "b.txt:1:11: info[annotation/missed",
        "c.ann:1:11: info[annotation/inconsistent",
        "c.ann:2:1: error[annotation/merge-conflict",
    ];
    assert_eq!(found(&["check"]), all, "{}", folder.run(&["check"]).out);
    assert_eq!(found(&["check", "c.ann"]), &all[4..], "a finding does not depend on what is named");
}

#[test]
fn configurations_are_checked_and_looked_for_above_the_corpus() {
    let folder = TestFolder::new(&[
        ("annotation.conf", "[entities]\nPer\n[relations]\nKnows Arg1:Per, Arg2:Pers\n"),
        ("c/scholiast.toml", ""),
        ("c/kb_shortcuts.conf", "P Per\nP Per\n"),
        ("c/a.txt", "An\n"),
        ("c/a.ann", "T1\tPr 0 2\tAn\n"),
    ]);
    let ran = folder.run(&["check", "c"]);
    let lines: Vec<&str> = ran.out.lines().map(|line| line.split("] ").next().unwrap_or_default()).collect();
    let wanted = [
        "c/a.ann:1:4: error[annotation/not-in-configuration",
        "c/kb_shortcuts.conf:2:1: warning[annotation/configuration",
    ];
    assert_eq!(lines, wanted, "{}", ran.out);
}

#[test]
fn rows_of_annotations_say_all_that_is_known() {
    let folder = folder(&[
        ("scholiast.toml", "[annotators]\n\"*.ann\" = \"Anna\"\n"),
        (
            "a.ann",
            "T1\tPerson 4 19\tNguyễn Văn Bình\nT2\tPlace 24 27\tHuế\nR1\tIn Arg1:T1 Arg2:T2\nA1\tSure T1\nA2\tGender T1 m\n\
             N1\tReference T1 registry:binh\tx\n#1\tAnnotatorNotes T1\tđẹp\n",
        ),
        ("b.txt", "Trần Thị Hoa ở Huế ngày 5/6/2024.\n"),
    ]);
    let rows = |args: &[&str]| -> Vec<Value> {
        folder.run(args).out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    };
    let found = rows(&["mentions", "--kind", "annotation", "--format", "jsonl"]);
    assert_eq!(found.len(), 2);
    let wanted = json!({
        "annotation": "T1", "attributes": { "Sure": true, "Gender": "m" }, "notes": ["đẹp"], "annotator": "Anna",
        "relations": [{ "id": "R1", "type": "In", "role": "Arg1", "target": "T2" }], "file": "a.ann",
        "label": "Person", "id": "binh", "kind": "annotation",
    });
    for (key, value) in wanted.as_object().unwrap() {
        assert_eq!(found[0][key], *value, "{key}");
    }
    let texts = |args: &[&str]| -> Vec<String> {
        rows(args).iter().map(|row| row["text"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(texts(&["mentions", "--unannotated", "--format", "jsonl"]), ["Trần Thị Hoa", "Huế"]);
    assert_eq!(texts(&["mentions", "--unannotated", "--kind", "date", "--format", "jsonl"]), ["5/6/2024"]);
    let counts = rows(&["mentions", "--statistics", "--format", "jsonl"]);
    assert!(counts.contains(&json!({ "by": "type", "name": "Person", "count": 1, "linked": 1 })), "{counts:?}");
    assert!(counts.contains(&json!({ "by": "annotator", "name": "Anna", "count": 2, "linked": 1 })), "{counts:?}");
}
