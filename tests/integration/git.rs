//! Findings of a change: `--staged`, `--since` and `--changed-lines-only` in repositories built for it.

use crate::support::desk::{Desk, Ran};

const BAD: &str = "ngày 31/4/2023\n";
const GOOD: &str = "ngày 30/4/2023\n";

/// A repository with these files in a first commit.
fn repository(files: &[(&str, &str)]) -> Desk {
    let desk = Desk::new(files);
    git(&desk, &["init", "--quiet", "--initial-branch=main"]);
    for (key, value) in [("user.name", "A Curator"), ("user.email", "curator@example.org"), ("core.autocrlf", "false")]
    {
        git(&desk, &["config", key, value]);
    }
    git(&desk, &["add", "--all"]);
    git(&desk, &["commit", "--quiet", "--allow-empty", "--message", "first"]);
    desk
}

fn git(desk: &Desk, words: &[&str]) -> Ran {
    let ran = desk.program("git", "", words);
    assert_eq!(ran.status, 0, "git {words:?}: {ran:?}");
    ran
}

fn commit(desk: &Desk) {
    git(desk, &["add", "--all"]);
    git(desk, &["commit", "--quiet", "--message", "more"]);
}

/// `path:line` and code of each finding of concise output.
fn found(ran: &Ran) -> Vec<String> {
    let line = |line: &str| {
        let (place, rest) = line.split_once(": ")?;
        let (place, _) = place.rsplit_once(':')?;
        let code = rest.split_once('[')?.1.split(']').next()?;
        Some(format!("{place} {code}"))
    };
    ran.out.lines().filter_map(line).collect()
}

fn check(desk: &Desk, words: &[&str]) -> Vec<String> {
    let all = [&["check"], words].concat();
    let ran = desk.run(&all);
    assert!(ran.status < 2, "{ran:?}");
    let summary = ran.err.strip_prefix("Found ").and_then(|rest| rest.split_once('\n'));
    assert!(summary.is_some_and(|(_, rest)| rest.is_empty()), "a summary and nothing else: {ran:?}");
    found(&ran)
}

#[test]
fn what_is_staged_is_read_from_the_index() {
    let desk = repository(&[("a.txt", GOOD), ("old.txt", BAD), (".gitignore", ".cache\n")]);
    assert_eq!(check(&desk, &["--staged"]), [""; 0], "nothing is staged");
    desk.write("a.txt", BAD);
    assert_eq!(check(&desk, &["--staged"]), [""; 0], "nothing is staged yet");
    git(&desk, &["add", "a.txt"]);
    desk.write("a.txt", GOOD);
    assert_eq!(
        check(&desk, &["--staged"]),
        ["a.txt:1 date/impossible-day"],
        "the working tree is good, the index is not"
    );
    assert_eq!(check(&desk, &["a.txt"]), [""; 0]);
    desk.write("a.txt", &format!("{BAD}{BAD}"));
    assert_eq!(check(&desk, &["--staged"]).len(), 1, "the second is not staged");
    std::fs::remove_file(desk.path("a.txt")).expect("it is there");
    assert_eq!(check(&desk, &["--staged", "a.txt"]).len(), 1, "it is gone from disk alone");
    let full = desk.run(&["check", "--staged", "--format", "full"]);
    assert!(full.out.contains("1 | ngày 31/4/2023"), "the excerpt is of the index: {}", full.out);
    assert!(full.err.contains("in 1 of 1 file"), "{}", full.err);
    git(&desk, &["rm", "--quiet", "--cached", "a.txt"]);
    assert_eq!(check(&desk, &["--staged"]), [""; 0], "a deletion is staged");
}

#[test]
fn what_is_staged_before_the_first_commit_is_all_new() {
    let desk = Desk::new(&[("a.txt", BAD), ("b.txt", BAD)]);
    git(&desk, &["init", "--quiet"]);
    git(&desk, &["add", "a.txt"]);
    assert_eq!(check(&desk, &["--staged"]), ["a.txt:1 date/impossible-day"]);
    let ran = desk.run(&["check", "--since", "HEAD"]);
    assert_eq!(
        (ran.status, ran.err.as_str()),
        (2, "scholiast: there is no commit yet, so nothing has changed since one\n")
    );
}

#[test]
fn the_staged_configuration_and_registry_are_in_force() {
    let registry = "version = 1\n[[person]]\nid = \"a\"\nnames.vi = [\"Nguyễn Thanh Lâm\"]\n";
    let desk = repository(&[("scholiast.toml", ""), ("people.toml", registry), ("a.txt", "Nguyễn Thanh Lâm\n")]);
    desk.write("scholiast.toml", "[rules]\n\"date/*\" = \"off\"\n");
    desk.write("b.txt", BAD);
    git(&desk, &["add", "b.txt"]);
    assert_eq!(
        check(&desk, &["--staged"]),
        ["b.txt:1 date/impossible-day"],
        "the rule is off in the working tree alone"
    );
    git(&desk, &["add", "scholiast.toml"]);
    assert_eq!(check(&desk, &["--staged"]), [""; 0]);
    desk.write("people.toml", &format!("{registry}[[person]]\nid = \"a\"\nnames.vi = [\"Lê Văn B\"]\n"));
    assert_eq!(check(&desk, &["--staged"]), [""; 0]);
    git(&desk, &["add", "people.toml"]);
    assert_eq!(check(&desk, &["--staged"]), ["people.toml:6 registry/duplicate-id"]);
}

#[test]
fn a_configuration_that_is_not_in_the_index_is_named() {
    let desk = repository(&[("a.txt", GOOD)]);
    desk.write("scholiast.toml", "");
    desk.write("a.txt", BAD);
    git(&desk, &["add", "a.txt"]);
    let ran = desk.run(&["check", "--staged"]);
    assert_eq!(found(&ran), ["a.txt:1 date/impossible-day"]);
    assert!(ran.err.contains("scholiast.toml is not in the git index, so it does not count"), "{}", ran.err);
}

#[test]
fn names_may_be_of_any_kind() {
    let names = ["with space.txt", "ข่าว/รัฐมนตรี.txt", "line\nbreak.txt", "-dash.txt", "quote\".txt"];
    let desk = repository(&[]);
    for name in names {
        desk.write(name, BAD);
    }
    git(&desk, &["add", "--all", "."]);
    let rows = |ran: &Ran| -> Vec<String> {
        let row = |line: &str| {
            serde_json::from_str::<serde_json::Value>(line).expect("JSON")["path"].as_str().map(str::to_owned)
        };
        ran.out.lines().filter_map(row).collect()
    };
    let mut sorted = names;
    sorted.sort_unstable();
    assert_eq!(rows(&desk.run(&["check", "--staged", "--format", "jsonl"])), sorted);
    assert_eq!(rows(&desk.run(&["check", "--since", "HEAD", "--format", "jsonl"])), sorted);
    git(&desk, &["commit", "--quiet", "--message", "more"]);
    git(&desk, &["mv", "with space.txt", "ที่ อื่น.txt"]);
    assert_eq!(rows(&desk.run(&["check", "--staged", "--format", "jsonl"])), [""; 0], "the finding was there before");
    assert_eq!(rows(&desk.run(&["check", "--staged", "--all", "--format", "jsonl"])), ["ที่ อื่น.txt"]);
    assert_eq!(check(&desk, &["--staged", "--changed-lines-only"]), [""; 0], "renamed as it was");
}

#[test]
fn what_is_no_part_of_the_corpus_on_disk_is_none_in_the_index() {
    let files = [
        (".gitignore", "*.bak.txt\n/old/\n"),
        ("d/.gitignore", "!kept.bak.txt\n"),
        ("scholiast.toml", "[corpus]\nexclude = [\"not/**\"]\n"),
        ("inner/scholiast.toml", "[rules]\n\"date/*\" = \"off\"\n"),
    ];
    let desk = repository(&files);
    for name in
        ["a.txt", "a.bak.txt", "d/kept.bak.txt", "old/a.txt", "not/a.txt", ".hidden/a.txt", "inner/a.txt", "d/a.md"]
    {
        desk.write(name, BAD);
    }
    git(&desk, &["add", "--all", "--force"]);
    let staged = check(&desk, &["--staged"]);
    assert_eq!(staged, ["a.txt:1 date/impossible-day", "d/kept.bak.txt:1 date/impossible-day"]);
    assert_eq!(check(&desk, &[]), staged);
}

#[test]
fn since_a_revision_committed_or_not() {
    let desk =
        repository(&[("old.txt", BAD), ("a.txt", GOOD), ("b.txt", GOOD), ("c.txt", GOOD), (".gitignore", "x.txt\n")]);
    git(&desk, &["tag", "start"]);
    desk.write("a.txt", BAD);
    commit(&desk);
    desk.write("b.txt", BAD);
    git(&desk, &["add", "b.txt"]);
    desk.write("c.txt", BAD);
    desk.write("new.txt", BAD);
    desk.write("x.txt", BAD);
    let files =
        |ran: Vec<String>| ran.iter().filter_map(|line| Some(line.split_once(':')?.0.to_owned())).collect::<Vec<_>>();
    assert_eq!(files(check(&desk, &["--since", "start"])), ["a.txt", "b.txt", "c.txt", "new.txt"]);
    assert_eq!(files(check(&desk, &["--since", "HEAD"])), ["b.txt", "c.txt", "new.txt"]);
    assert_eq!(files(check(&desk, &["--since", "HEAD", "c.txt"])), ["c.txt"]);
    desk.write("b.txt", GOOD);
    assert_eq!(files(check(&desk, &["--since", "start"])), ["a.txt", "c.txt", "new.txt"], "the working tree counts");
    // What has happened on the other branch meanwhile is not of this one.
    git(&desk, &["checkout", "--quiet", "--force", "-b", "side", "start"]);
    desk.write("side.txt", BAD);
    git(&desk, &["add", "side.txt"]);
    git(&desk, &["commit", "--quiet", "--message", "side"]);
    assert_eq!(files(check(&desk, &["--since", "main"])), ["new.txt", "side.txt"]);
}

#[test]
fn findings_in_other_files_that_a_change_brings() {
    let first = "Quyết định số 752/QĐ-TTg ngày 23/6/2023\n";
    let other = "Quyết định số 752/QĐ-TTg ngày 24/6/2023\n";
    let desk = repository(&[("scholiast.toml", ""), ("a.txt", first), ("b.txt", first), ("bad.txt", BAD)]);
    desk.write("b.txt", other);
    let both = ["a.txt:1 decree/conflicting-dates", "b.txt:1 decree/conflicting-dates"];
    assert_eq!(check(&desk, &["--since", "HEAD"]), both);
    assert_eq!(check(&desk, &["--since", "HEAD", "--changed-lines-only"]), both);
    git(&desk, &["add", "b.txt"]);
    assert_eq!(check(&desk, &["--staged"]), both);
    commit(&desk);
    desk.write("b.txt", &format!("{other}\nและ\n"));
    assert_eq!(check(&desk, &["--since", "HEAD"]), [""; 0], "both were there before");
    assert_eq!(check(&desk, &["--since", "HEAD", "--all"]), both[1..], "the old one of the changed file");
    assert_eq!(check(&desk, &["--since", "HEAD", "--changed-lines-only"]), [""; 0]);
    // A change of the configuration wakes what it lets through.
    desk.write("scholiast.toml", "[rules]\n\"date/impossible-day\" = \"off\"\n");
    commit(&desk);
    assert_eq!(check(&desk, &["--since", "HEAD"]), [""; 0]);
    desk.write("scholiast.toml", "");
    assert_eq!(check(&desk, &["--since", "HEAD"]), ["bad.txt:1 date/impossible-day"]);
}

#[test]
fn changed_lines_only() {
    let text = format!("หนึ่ง\n{BAD}สอง\n");
    let desk = repository(&[("a.txt", &text)]);
    desk.write("a.txt", &format!("ใหม่\n{text}\nngày 31/6/2023\n"));
    assert_eq!(check(&desk, &["--since", "HEAD", "--changed-lines-only"]), ["a.txt:6 date/impossible-day"]);
    assert_eq!(check(&desk, &["--since", "HEAD"]), ["a.txt:6 date/impossible-day"]);
    assert_eq!(check(&desk, &["--since", "HEAD", "--all"]).len(), 2);
    // The second of the same text is new, and of a document as a whole what was not there before.
    desk.write("a.txt", &format!("{text}{BAD}สาม\r\n"));
    let now = check(&desk, &["--since", "HEAD", "--changed-lines-only"]);
    assert_eq!(now, ["a.txt:4 date/impossible-day", "a.txt:5 text/line-ends"]);
    let ran = desk.run(&["check", "--changed-lines-only"]);
    assert_eq!(ran.status, 2, "it needs to know since when: {ran:?}");
}

#[test]
fn a_baseline_and_a_change_together() {
    let desk = repository(&[("a.txt", BAD)]);
    assert_eq!(desk.run(&["baseline"]).status, 0);
    commit(&desk);
    desk.write("a.txt", &format!("{BAD}\n{BAD}"));
    let words = ["--since", "HEAD", "--changed-lines-only", "--baseline", "scholiast-baseline.json"];
    assert_eq!(check(&desk, &words), ["a.txt:3 date/impossible-day"], "the old one is the one that is known");
}

#[test]
fn annotations_and_deletions_are_seen() {
    let desk = repository(&[("a.txt", "Hà Nội\n"), ("a.ann", "T1\tPlace 0 6\tHà Nội\n"), ("b.txt", GOOD)]);
    desk.write("a.txt", "ใน Hà Nội\n");
    assert_eq!(check(&desk, &["--since", "HEAD"]), ["a.ann:1 annotation/text-mismatch"]);
    git(&desk, &["add", "a.txt"]);
    assert_eq!(check(&desk, &["--staged"]), ["a.ann:1 annotation/text-mismatch"]);
    std::fs::remove_file(desk.path("b.txt")).expect("it is there");
    assert_eq!(check(&desk, &["--since", "HEAD"]), ["a.ann:1 annotation/text-mismatch"]);
}

#[test]
fn what_git_cannot_tell_is_said() {
    let desk = repository(&[("a.txt", GOOD)]);
    let says = |desk: &Desk, words: &[&str], wanted: &str| {
        let ran = desk.run(&[&["check"], words].concat());
        assert_eq!((ran.status, ran.out.as_str()), (2, ""), "{words:?}");
        assert!(ran.err.contains(wanted), "{words:?}: {}", ran.err);
    };
    says(&desk, &["--since", "nowhere"], "there is no revision 'nowhere'");
    says(&desk, &["--since", "--all"], "");
    says(&desk, &["--since=--all"], "there is no revision '--all'");
    says(&desk, &["--staged", "--fix"], "--staged cannot be fixed");
    says(&desk, &["--staged", "-"], "standard input has no history");
    says(&desk, &["--staged", "--since", "HEAD"], "cannot be used with");
    says(&desk, &["--staged", "none.txt"], "none.txt: it is not in the git index");
    git(&desk, &["checkout", "--quiet", "--orphan", "other"]);
    git(&desk, &["commit", "--quiet", "--message", "apart"]);
    says(&desk, &["--since", "main"], "'main' and HEAD have no common ancestor");

    let outside = Desk::new(&[("a.txt", BAD)]);
    says(&outside, &["--staged"], "is in no git repository with a working tree");
    let path = outside.path("").to_string_lossy().into_owned();
    says(&desk, &["--since", "HEAD", ".", &path], "is in no git repository");
    let bare = Desk::new(&[]);
    git(&bare, &["init", "--quiet", "--bare", "."]);
    says(&bare, &["--since", "HEAD"], "is in no git repository with a working tree");
}

#[test]
fn a_shallow_clone_is_told_what_to_do() {
    let origin = repository(&[("a.txt", GOOD)]);
    git(&origin, &["tag", "start"]);
    desk_commits(&origin, 3);
    let clone = Desk::new(&[]);
    let from = format!("file://{}", origin.path("").display());
    git(&clone, &["clone", "--quiet", "--depth=1", &from, "clone"]);
    let ran = clone.run_in("clone", &["check", "--since", "start"]);
    assert_eq!(ran.status, 2);
    assert!(
        ran.err.contains("there is no revision 'start'; this clone is shallow: run 'git fetch --unshallow'"),
        "{}",
        ran.err
    );
}

fn desk_commits(desk: &Desk, number: usize) {
    for at in 0..number {
        desk.write("a.txt", &format!("{at}\n"));
        commit(desk);
    }
}

#[test]
fn a_submodule_is_a_boundary() {
    let inner = repository(&[("in.txt", BAD)]);
    let desk = repository(&[("a.txt", GOOD)]);
    let from = inner.path("").to_string_lossy().into_owned();
    git(&desk, &["-c", "protocol.file.allow=always", "submodule", "--quiet", "add", &from, "module"]);
    assert_eq!(check(&desk, &["--staged"]), [""; 0]);
    desk.write("module/new.txt", BAD);
    assert_eq!(check(&desk, &["--since", "HEAD"]), [""; 0]);
    assert_eq!(
        check(&desk, &["--since", "HEAD", "module"]),
        ["module/new.txt:1 date/impossible-day"],
        "a repository of its own"
    );
}

#[test]
fn nothing_that_a_repository_configures_is_run() {
    let desk = repository(&[("a.txt", GOOD), (".gitattributes", "*.txt filter=trap diff=trap\n")]);
    let trap = format!("touch {}", desk.path("sprung").display());
    for key in [
        "filter.trap.clean",
        "filter.trap.smudge",
        "diff.trap.textconv",
        "diff.trap.command",
        "diff.external",
        "core.fsmonitor",
    ] {
        git(&desk, &["config", key, &trap]);
    }
    desk.write("a.txt", BAD);
    desk.write("b.txt", BAD);
    assert_eq!(check(&desk, &["--since", "HEAD", "--changed-lines-only"]).len(), 2);
    check(&desk, &["--staged"]);
    assert!(!desk.path("sprung").exists());
    assert!(desk.read("a.txt") == BAD);
}

#[test]
fn what_is_in_conflict_is_named() {
    let desk = repository(&[("a.txt", "x\n")]);
    git(&desk, &["checkout", "--quiet", "-b", "side"]);
    desk.write("a.txt", "y\n");
    commit(&desk);
    git(&desk, &["checkout", "--quiet", "main"]);
    desk.write("a.txt", "z\n");
    commit(&desk);
    assert_eq!(desk.program("git", "", &["merge", "--quiet", "side"]).status, 1);
    let ran = desk.run(&["check", "--staged"]);
    assert_eq!(ran.status, 2);
    assert!(ran.err.contains("a.txt: it has conflicts and is not checked"), "{}", ran.err);
}

/// A corpus with old findings, over a few days.
#[cfg(unix)]
#[test]
fn a_walk_through_the_days_of_a_curator() {
    use std::os::unix::fs::PermissionsExt as _;
    let desk = repository(&[("scholiast.toml", ""), ("old.txt", BAD), ("a.txt", GOOD), (".gitignore", ".cache\n")]);
    assert_eq!(desk.run(&["check"]).status, 1, "nobody has checked it before");

    // What is there is noted and kept in the repository; from now on a hook looks at what is committed.
    assert_eq!(desk.run(&["baseline"]).status, 0);
    commit(&desk);
    assert_eq!(desk.run(&["check", "--baseline", "scholiast-baseline.json"]).status, 0);
    let program = env!("CARGO_BIN_EXE_scholiast");
    let hook = format!("#!/bin/sh\nexec '{program}' check --staged --baseline scholiast-baseline.json\n");
    desk.write(".git/hooks/pre-commit", &hook);
    let path = desk.path(".git/hooks/pre-commit");
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755)).expect("it may be run");
    let commits = |desk: &Desk| git(desk, &["rev-list", "--count", "HEAD"]).out.trim().to_owned();
    let before = commits(&desk);

    // A bad commit is stopped, whichever way it is made.
    desk.write("a.txt", &format!("{GOOD}{BAD}"));
    git(&desk, &["add", "a.txt"]);
    for words in [
        &["commit", "--message", "bad"][..],
        &["commit", "--all", "--message", "bad"],
        &["commit", "--message", "bad", "a.txt"],
    ] {
        let ran = desk.program("git", "", words);
        assert_eq!(ran.status, 1, "{words:?}: {ran:?}");
        let said = format!("{}{}", ran.out, ran.err);
        assert!(said.contains("a.txt:2:6: error[date/impossible-day]"), "{words:?}: {said}");
    }
    assert_eq!(commits(&desk), before);

    // Of a file only the good part is committed.
    desk.write("a.txt", &format!("{GOOD}{GOOD}"));
    git(&desk, &["add", "a.txt"]);
    desk.write("a.txt", &format!("{GOOD}{GOOD}{BAD}Quyết định 752/QD-TTg\n"));
    git(&desk, &["commit", "--quiet", "--message", "the good part"]);
    assert_eq!(git(&desk, &["show", "HEAD:a.txt"]).out, format!("{GOOD}{GOOD}"));

    // What fixes itself is fixed, the rest by hand; then all is green.
    assert_eq!(desk.run(&["check", "--fix", "--since", "HEAD"]).status, 1);
    assert_eq!(desk.read("a.txt"), format!("{GOOD}{GOOD}{BAD}Quyết định 752/QĐ-TTg\n"));
    desk.write("a.txt", &desk.read("a.txt").replace("31/4", "30/4"));
    assert_eq!(check(&desk, &["--since", "HEAD"]), [""; 0]);
    git(&desk, &["commit", "--quiet", "--all", "--message", "green"]);
    assert_eq!(desk.run(&["check", "--baseline", "scholiast-baseline.json"]).status, 0);
    assert_eq!(check(&desk, &["--since", "HEAD~1"]), [""; 0]);

    // In the index alone: what --diff shows can be applied there.
    desk.write("a.txt", &desk.read("a.txt").replace("QĐ", "QD"));
    git(&desk, &["add", "a.txt"]);
    let diff = desk.run(&["check", "--staged", "--diff"]);
    desk.write(".cache/patch", &diff.out);
    git(&desk, &["apply", "--cached", ".cache/patch"]);
    assert!(git(&desk, &["show", ":a.txt"]).out.contains("752/QĐ-TTg"));
}
