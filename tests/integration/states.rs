//! States of documents on the command line: set, listed, counted, merged with git, and what may be wrong with the file.

use crate::support::test_folder::{Ran, TestFolder};

const FILE: &str = "scholiast-states.tsv";

fn corpus() -> TestFolder {
    TestFolder::new(&[
        ("scholiast.toml", ""),
        ("a.txt", "Bà Lan ở Huế.\n"),
        ("b.txt", "Ông Nam về.\n"),
        ("tin/ค.txt", "สมชายมา\n"),
    ])
}

fn state(project: &TestFolder, words: &[&str]) -> Ran {
    let mut all = vec!["state", "--no-cache"];
    all.extend(words);
    project.run(&all)
}

#[test]
fn states_are_set_listed_and_counted() {
    let project = corpus();
    assert_eq!(state(&project, &[]).out, "a.txt: new\nb.txt: new\ntin/ค.txt: new\n");
    assert!(!project.path(FILE).exists(), "asking writes nothing");
    let ran = state(&project, &["--set", "done", "--by", "Anna", "b.txt", "tin"]);
    assert_eq!((ran.status, ran.err.trim()), (0, "Set 2 documents to done"), "{ran:?}");
    let ran = state(&project, &["--set", "in-work", "--by", "Ben\tNam", "a.txt"]);
    assert_eq!(ran.status, 0, "{ran:?}");
    let lines: Vec<String> = project.read(FILE).lines().map(|line| line[..line.len() - 20].to_owned()).collect();
    assert_eq!(lines, ["a.txt\tin-work\tBen\\tNam\t", "b.txt\tdone\tAnna\t", "tin/ค.txt\tdone\tAnna\t"]);
    // The same said again changes nothing, not even the time.
    let before = project.read(FILE);
    let ran = state(&project, &["--set", "done", "--by", "Anna", "b.txt"]);
    assert_eq!(ran.err.trim(), "Set 0 documents to done; 1 had it already", "{ran:?}");
    assert_eq!(project.read(FILE), before);
    let listed = state(&project, &["--format", "jsonl", "--only", "in-work"]);
    let row: serde_json::Value = serde_json::from_str(&listed.out).unwrap();
    assert_eq!((&row["path"], &row["state"], &row["by"]), (&"a.txt".into(), &"in-work".into(), &"Ben\tNam".into()));
    assert!(listed.err.contains("0 new, 1 in work, 2 done, 0 reviewed"), "{listed:?}");
    let table = state(&project, &["--format", "markdown", "tin"]).out;
    assert!(
        table.starts_with("| document | state | by | when |\n| --- | --- | --- | --- |\n| tin/ค.txt | done | Anna | 2")
    );
    let counted = project.run(&["check", "--no-cache", "--statistics", "--format", "json"]);
    let counted: serde_json::Value = serde_json::from_str(&counted.out).unwrap();
    assert_eq!(counted["states"], serde_json::json!({ "new": 0, "in-work": 1, "done": 2, "reviewed": 0 }));
    let counted = project.run(&["check", "--no-cache", "--statistics", "--format", "concise"]);
    assert!(counted.out.ends_with("documents: 0 new, 1 in work, 2 done, 0 reviewed\n"), "{counted:?}");
    let report = project.run(&["report", "--no-cache", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_str(&report.out).unwrap();
    assert_eq!(report["states"], serde_json::json!([["new", 0], ["in-work", 1], ["done", 2], ["reviewed", 0]]));
    assert_eq!(report["documents"][1]["state"]["by"], "Anna");
}

#[test]
fn what_would_be_written_is_shown_and_what_is_wrong_is_said() {
    let project = corpus();
    let ran = state(&project, &["--set", "reviewed", "--by", "Anna", "--diff", "a.txt"]);
    assert_eq!(ran.status, 0, "{ran:?}");
    assert!(ran.out.contains("+a.txt\treviewed\tAnna\t"), "{ran:?}");
    assert!(!project.path(FILE).exists());
    for (words, why) in [
        (&["--set", "finished", "a.txt"][..], "unknown state `finished`; use `new`, `in-work`, `done` or `reviewed`"),
        (&["--set", "Done", "a.txt"], "use `done`"),
        (&["--set", "done"], "add --all"),
        (&["--set", "done", "nobody.txt"], "nobody.txt"),
        (&["--by", "Anna"], "--set"),
        (&["--set", "done", "-"], "standard input"),
    ] {
        let ran = state(&project, words);
        assert_eq!(ran.status, 2, "{words:?} {ran:?}");
        assert!(ran.err.contains(why), "{words:?} {ran:?}");
    }
    assert_eq!(state(&project, &["--set", "done", "--by", "Anna", "--all"]).status, 0);
    assert_eq!(project.read(FILE).lines().count(), 3);
    let nowhere = TestFolder::new(&[("a.txt", "Lan\n")]);
    let ran = state(&nowhere, &["--set", "done", "--by", "Anna", "a.txt"]);
    assert_eq!(ran.status, 2);
    assert!(ran.err.contains("run 'scholiast init'"), "{ran:?}");
}

#[test]
fn faults_are_findings_and_nothing_is_lost() {
    let project = corpus();
    let hurt = "a.txt\tdnoe\tAnna\t2026-03-01T08:00:00Z\r\ngone.txt\tdone\tAnna\t2026-03-01T08:00:00Z\r\n\
                b.txt\tdone\tAnna\t2026-03-01T08:00:00Z\r\nb.txt\treviewed\tBen\t2026-03-02T08:00:00Z\r\nwords\r\n";
    project.write(FILE, hurt);
    let check = |project: &TestFolder| project.run(&["check", "--no-cache", "--format", "concise", "--quiet"]);
    let ran = check(&project);
    assert_eq!(ran.status, 1);
    assert_eq!(
        ran.out,
        "scholiast-states.tsv:1:7: warning[annotation/document-state] unknown state `dnoe`; use `done`\n\
         scholiast-states.tsv:2:1: warning[annotation/document-state] the corpus has no document `gone.txt`; write the \
         path that it has now, or delete the line\n\
         scholiast-states.tsv:3:1: warning[annotation/document-state] line 4 says something later of the same document \
         and holds\n\
         scholiast-states.tsv:5:1: warning[annotation/document-state] the line is not of the form `PATH TAB STATE TAB \
         PERSON TAB TIME`, so it is not read\n"
    );
    // Setting a state leaves lines about others as they are; safe fixes take out what a later line has replaced.
    assert_eq!(state(&project, &["--set", "done", "--by", "Chi", "a.txt"]).status, 0);
    for line in hurt.lines() {
        assert!(project.read(FILE).contains(&format!("{line}\r\n")), "{line}");
    }
    assert!(project.run(&["check", "--no-cache", "--fix", "--quiet"]).status < 2);
    let fixed = project.read(FILE);
    assert!(
        !fixed.contains("b.txt\tdone") && fixed.contains("b.txt\treviewed\tBen") && fixed.contains("words"),
        "{fixed}"
    );
    // Bytes that are no UTF-8, and what a merge has left.
    std::fs::write(project.path(FILE), b"a.txt\tdone\tAn\xffna\t2026-03-01T08:00:00Z\n").unwrap();
    assert!(check(&project).out.contains("text/not-utf8"));
    let ran = state(&project, &["--set", "new", "--by", "Chi", "a.txt"]);
    assert!(ran.status == 2 && ran.err.contains("line 1 is not UTF-8"), "{ran:?}");
    assert!(state(&project, &[]).status == 2);
    let conflict = "<<<<<<< HEAD\na.txt\tdone\tAnna\t2026-03-01T08:00:00Z\n=======\n>>>>>>> ben\n";
    project.write(FILE, conflict);
    assert!(check(&project).out.contains("text/conflict-marker"));
    let ran = state(&project, &["--set", "done", "--by", "Chi", "b.txt"]);
    assert!(ran.status == 2 && ran.err.contains("a conflict of a merge begins on line 1"), "{ran:?}");
    assert_eq!(project.read(FILE), conflict);
}

#[test]
fn git_merges_what_two_people_say() {
    let project = corpus();
    let git = |words: &[&str]| project.program("git", "", words);
    git(&["init", "--quiet", "--initial-branch=main"]);
    for (key, value) in [("user.name", "Anna"), ("user.email", "anna@example.org"), ("core.autocrlf", "false")] {
        git(&["config", key, value]);
    }
    assert_eq!(project.run(&["init", "--git"]).status, 0);
    // Without --by it is whom git knows.
    assert_eq!(state(&project, &["--set", "in-work", "a.txt", "b.txt"]).status, 0);
    assert!(project.read(FILE).starts_with("a.txt\tin-work\tAnna\t"), "{}", project.read(FILE));
    git(&["add", "--all"]);
    git(&["commit", "--quiet", "--message", "first"]);
    git(&["checkout", "--quiet", "-b", "ben"]);
    assert_eq!(state(&project, &["--set", "reviewed", "--by", "Ben", "b.txt", "tin"]).status, 0);
    git(&["commit", "--quiet", "--all", "--message", "ben"]);
    git(&["checkout", "--quiet", "main"]);
    assert_eq!(state(&project, &["--set", "done", "--by", "Anna", "a.txt"]).status, 0);
    git(&["commit", "--quiet", "--all", "--message", "anna"]);
    let merged = git(&["merge", "--quiet", "--no-edit", "ben"]);
    assert_eq!(merged.status, 0, "{merged:?}");
    let listed = state(&project, &[]);
    let states: Vec<&str> = listed.out.lines().map(|line| line.split(", 2").next().unwrap()).collect();
    assert_eq!(states, ["a.txt: done, Anna", "b.txt: reviewed, Ben", "tin/ค.txt: reviewed, Ben"]);
    assert!(project.run(&["check", "--no-cache", "--fix", "--quiet"]).status < 2);
    assert_eq!(project.read(FILE).lines().count(), 3);
}
