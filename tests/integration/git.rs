//! Findings of a change: `--staged`, `--since` and `--changed-lines-only` in repositories built for it.

use crate::support::test_folder::{Ran, TestFolder};

const BAD: &str = "ngày 31/4/2023\n";
const GOOD: &str = "ngày 30/4/2023\n";

/// A repository with these files in a first commit.
fn repository(files: &[(&str, &str)]) -> TestFolder {
    let folder = TestFolder::new(files);
    git(&folder, &["init", "--quiet", "--initial-branch=main"]);
    for (key, value) in [("user.name", "A Curator"), ("user.email", "curator@example.org"), ("core.autocrlf", "false")]
    {
        git(&folder, &["config", key, value]);
    }
    git(&folder, &["add", "--all"]);
    git(&folder, &["commit", "--quiet", "--allow-empty", "--message", "first"]);
    folder
}

fn git(folder: &TestFolder, words: &[&str]) -> Ran {
    let ran = folder.program("git", "", words);
    assert_eq!(ran.status, 0, "git {words:?}: {ran:?}");
    ran
}

fn commit(folder: &TestFolder) {
    git(folder, &["add", "--all"]);
    git(folder, &["commit", "--quiet", "--message", "more"]);
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

fn check(folder: &TestFolder, words: &[&str]) -> Vec<String> {
    let all = [&["check"], words].concat();
    let ran = folder.run(&all);
    assert!(ran.status < 2, "{ran:?}");
    let summary = ran.err.strip_prefix("Found ").and_then(|rest| rest.split_once('\n'));
    assert!(summary.is_some_and(|(_, rest)| rest.is_empty()), "a summary and nothing else: {ran:?}");
    found(&ran)
}

#[test]
fn what_is_staged_is_read_from_the_index() {
    let folder = repository(&[("a.txt", GOOD), ("old.txt", BAD), (".gitignore", ".cache\n")]);
    assert_eq!(check(&folder, &["--staged"]), [""; 0], "nothing is staged");
    folder.write("a.txt", BAD);
    assert_eq!(check(&folder, &["--staged"]), [""; 0], "nothing is staged yet");
    git(&folder, &["add", "a.txt"]);
    folder.write("a.txt", GOOD);
    assert_eq!(
        check(&folder, &["--staged"]),
        ["a.txt:1 date/impossible-day"],
        "the working tree is good, the index is not"
    );
    assert_eq!(check(&folder, &["a.txt"]), [""; 0]);
    folder.write("a.txt", &format!("{BAD}{BAD}"));
    assert_eq!(check(&folder, &["--staged"]).len(), 1, "the second is not staged");
    std::fs::remove_file(folder.path("a.txt")).expect("it is there");
    assert_eq!(check(&folder, &["--staged", "a.txt"]).len(), 1, "it is gone from disk alone");
    let full = folder.run(&["check", "--staged", "--format", "full"]);
    assert!(full.out.contains("1 | ngày 31/4/2023"), "the excerpt is of the index: {}", full.out);
    assert!(full.err.contains("in 1 of 1 file"), "{}", full.err);
    git(&folder, &["rm", "--quiet", "--cached", "a.txt"]);
    assert_eq!(check(&folder, &["--staged"]), [""; 0], "a deletion is staged");
}

#[test]
fn what_is_staged_before_the_first_commit_is_all_new() {
    let folder = TestFolder::new(&[("a.txt", BAD), ("b.txt", BAD)]);
    git(&folder, &["init", "--quiet"]);
    git(&folder, &["add", "a.txt"]);
    assert_eq!(check(&folder, &["--staged"]), ["a.txt:1 date/impossible-day"]);
    let ran = folder.run(&["check", "--since", "HEAD"]);
    assert_eq!(
        (ran.status, ran.err.as_str()),
        (2, "scholiast: there is no commit yet, so nothing has changed since one\n")
    );
}

#[test]
fn the_staged_configuration_and_registry_are_in_force() {
    let registry = "version = 1\n[[person]]\nid = \"a\"\nnames.vi = [\"Nguyễn Thanh Lâm\"]\n";
    let folder = repository(&[("scholiast.toml", ""), ("people.toml", registry), ("a.txt", "Nguyễn Thanh Lâm\n")]);
    folder.write("scholiast.toml", "[rules]\n\"date/*\" = \"off\"\n");
    folder.write("b.txt", BAD);
    git(&folder, &["add", "b.txt"]);
    assert_eq!(
        check(&folder, &["--staged"]),
        ["b.txt:1 date/impossible-day"],
        "the rule is off in the working tree alone"
    );
    git(&folder, &["add", "scholiast.toml"]);
    assert_eq!(check(&folder, &["--staged"]), [""; 0]);
    folder.write("people.toml", &format!("{registry}[[person]]\nid = \"a\"\nnames.vi = [\"Lê Văn B\"]\n"));
    assert_eq!(check(&folder, &["--staged"]), [""; 0]);
    git(&folder, &["add", "people.toml"]);
    assert_eq!(check(&folder, &["--staged"]), ["people.toml:6 registry/duplicate-id"]);
}

#[test]
fn a_configuration_that_is_not_in_the_index_is_named() {
    let folder = repository(&[("a.txt", GOOD)]);
    folder.write("scholiast.toml", "");
    folder.write("a.txt", BAD);
    git(&folder, &["add", "a.txt"]);
    let ran = folder.run(&["check", "--staged"]);
    assert_eq!(found(&ran), ["a.txt:1 date/impossible-day"]);
    assert!(ran.err.contains("scholiast.toml is not in the git index, so it does not count"), "{}", ran.err);
}

#[test]
fn names_may_be_of_any_kind() {
    let names = ["with space.txt", "ข่าว/รัฐมนตรี.txt", "line\nbreak.txt", "-dash.txt", "quote\".txt"];
    let folder = repository(&[]);
    for name in names {
        folder.write(name, BAD);
    }
    git(&folder, &["add", "--all", "."]);
    let rows = |ran: &Ran| -> Vec<String> {
        let row = |line: &str| {
            serde_json::from_str::<serde_json::Value>(line).expect("JSON")["path"].as_str().map(str::to_owned)
        };
        ran.out.lines().filter_map(row).collect()
    };
    let mut sorted = names;
    sorted.sort_unstable();
    assert_eq!(rows(&folder.run(&["check", "--staged", "--format", "jsonl"])), sorted);
    assert_eq!(rows(&folder.run(&["check", "--since", "HEAD", "--format", "jsonl"])), sorted);
    git(&folder, &["commit", "--quiet", "--message", "more"]);
    git(&folder, &["mv", "with space.txt", "ที่ อื่น.txt"]);
    assert_eq!(rows(&folder.run(&["check", "--staged", "--format", "jsonl"])), [""; 0], "the finding was there before");
    assert_eq!(rows(&folder.run(&["check", "--staged", "--all", "--format", "jsonl"])), ["ที่ อื่น.txt"]);
    assert_eq!(check(&folder, &["--staged", "--changed-lines-only"]), [""; 0], "renamed as it was");
    std::fs::create_dir(folder.path("sub")).unwrap();
    git(&folder, &["mv", "ที่ อื่น.txt", "sub/b.txt"]);
    let below = folder.run(&["check", "--staged", "sub", "--format", "jsonl"]);
    assert_eq!((below.status, rows(&below)), (0, vec![]), "{below:?}: it came from elsewhere");
}

#[test]
fn what_is_no_part_of_the_corpus_on_disk_is_none_in_the_index() {
    let files = [
        (".gitignore", "*.bak.txt\n/old/\n"),
        ("d/.gitignore", "!kept.bak.txt\n"),
        ("scholiast.toml", "[corpus]\nexclude = [\"not/**\"]\n"),
        ("inner/scholiast.toml", "[rules]\n\"date/*\" = \"off\"\n"),
    ];
    let folder = repository(&files);
    for name in
        ["a.txt", "a.bak.txt", "d/kept.bak.txt", "old/a.txt", "not/a.txt", ".hidden/a.txt", "inner/a.txt", "d/a.md"]
    {
        folder.write(name, BAD);
    }
    git(&folder, &["add", "--all", "--force"]);
    let staged = check(&folder, &["--staged"]);
    assert_eq!(staged, ["a.txt:1 date/impossible-day", "d/kept.bak.txt:1 date/impossible-day"]);
    assert_eq!(check(&folder, &[]), staged);
}

#[test]
fn since_a_revision_committed_or_not() {
    let folder =
        repository(&[("old.txt", BAD), ("a.txt", GOOD), ("b.txt", GOOD), ("c.txt", GOOD), (".gitignore", "x.txt\n")]);
    git(&folder, &["tag", "start"]);
    folder.write("a.txt", BAD);
    commit(&folder);
    folder.write("b.txt", BAD);
    git(&folder, &["add", "b.txt"]);
    folder.write("c.txt", BAD);
    folder.write("new.txt", BAD);
    folder.write("x.txt", BAD);
    let files =
        |ran: Vec<String>| ran.iter().filter_map(|line| Some(line.split_once(':')?.0.to_owned())).collect::<Vec<_>>();
    assert_eq!(files(check(&folder, &["--since", "start"])), ["a.txt", "b.txt", "c.txt", "new.txt"]);
    assert_eq!(files(check(&folder, &["--since", "HEAD"])), ["b.txt", "c.txt", "new.txt"]);
    assert_eq!(files(check(&folder, &["--since", "HEAD", "c.txt"])), ["c.txt"]);
    folder.write("b.txt", GOOD);
    assert_eq!(files(check(&folder, &["--since", "start"])), ["a.txt", "c.txt", "new.txt"], "the working tree counts");
    // What has happened on the other branch meanwhile is not of this one.
    git(&folder, &["checkout", "--quiet", "--force", "-b", "side", "start"]);
    folder.write("side.txt", BAD);
    git(&folder, &["add", "side.txt"]);
    git(&folder, &["commit", "--quiet", "--message", "side"]);
    assert_eq!(files(check(&folder, &["--since", "main"])), ["new.txt", "side.txt"]);
}

#[test]
fn findings_in_other_files_that_a_change_brings() {
    let first = "Quyết định số 752/QĐ-TTg ngày 23/6/2023\n";
    let other = "Quyết định số 752/QĐ-TTg ngày 24/6/2023\n";
    let folder = repository(&[("scholiast.toml", ""), ("a.txt", first), ("b.txt", first), ("bad.txt", BAD)]);
    folder.write("b.txt", other);
    let both = ["a.txt:1 decree/conflicting-dates", "b.txt:1 decree/conflicting-dates"];
    assert_eq!(check(&folder, &["--since", "HEAD"]), both);
    assert_eq!(check(&folder, &["--since", "HEAD", "--changed-lines-only"]), both);
    git(&folder, &["add", "b.txt"]);
    assert_eq!(check(&folder, &["--staged"]), both);
    commit(&folder);
    folder.write("b.txt", &format!("{other}\nและ\n"));
    assert_eq!(check(&folder, &["--since", "HEAD"]), [""; 0], "both were there before");
    assert_eq!(check(&folder, &["--since", "HEAD", "--all"]), both[1..], "the old one of the changed file");
    assert_eq!(check(&folder, &["--since", "HEAD", "--changed-lines-only"]), [""; 0]);
    // A change of the configuration wakes what it lets through.
    folder.write("scholiast.toml", "[rules]\n\"date/impossible-day\" = \"off\"\n");
    commit(&folder);
    assert_eq!(check(&folder, &["--since", "HEAD"]), [""; 0]);
    folder.write("scholiast.toml", "");
    assert_eq!(check(&folder, &["--since", "HEAD"]), ["bad.txt:1 date/impossible-day"]);
}

#[test]
fn changed_lines_only() {
    let text = format!("หนึ่ง\n{BAD}สอง\n");
    let folder = repository(&[("a.txt", &text)]);
    folder.write("a.txt", &format!("ใหม่\n{text}\nngày 31/6/2023\n"));
    assert_eq!(check(&folder, &["--since", "HEAD", "--changed-lines-only"]), ["a.txt:6 date/impossible-day"]);
    assert_eq!(check(&folder, &["--since", "HEAD"]), ["a.txt:6 date/impossible-day"]);
    assert_eq!(check(&folder, &["--since", "HEAD", "--all"]).len(), 2);
    // The second of the same text is new, and of a document as a whole what was not there before.
    folder.write("a.txt", &format!("{text}{BAD}สาม\r\n"));
    let now = check(&folder, &["--since", "HEAD", "--changed-lines-only"]);
    assert_eq!(now, ["a.txt:4 date/impossible-day", "a.txt:5 text/line-ends"]);
    let ran = folder.run(&["check", "--changed-lines-only"]);
    assert_eq!(ran.status, 2, "it needs to know since when: {ran:?}");
}

#[test]
fn a_baseline_and_a_change_together() {
    let folder = repository(&[("a.txt", BAD)]);
    assert_eq!(folder.run(&["baseline"]).status, 0);
    commit(&folder);
    folder.write("a.txt", &format!("{BAD}\n{BAD}"));
    let words = ["--since", "HEAD", "--changed-lines-only", "--baseline", "scholiast-baseline.json"];
    assert_eq!(check(&folder, &words), ["a.txt:3 date/impossible-day"], "the old one is the one that is known");
}

#[test]
fn annotations_and_deletions_are_seen() {
    let folder = repository(&[("a.txt", "Hà Nội\n"), ("a.ann", "T1\tPlace 0 6\tHà Nội\n"), ("b.txt", GOOD)]);
    folder.write("a.txt", "ใน Hà Nội\n");
    assert_eq!(check(&folder, &["--since", "HEAD"]), ["a.ann:1 annotation/text-mismatch"]);
    git(&folder, &["add", "a.txt"]);
    assert_eq!(check(&folder, &["--staged"]), ["a.ann:1 annotation/text-mismatch"]);
    std::fs::remove_file(folder.path("b.txt")).expect("it is there");
    assert_eq!(check(&folder, &["--since", "HEAD"]), ["a.ann:1 annotation/text-mismatch"]);
}

#[test]
fn what_git_cannot_tell_is_said() {
    let folder = repository(&[("a.txt", GOOD)]);
    let says = |folder: &TestFolder, words: &[&str], wanted: &str| {
        let ran = folder.run(&[&["check"], words].concat());
        assert_eq!((ran.status, ran.out.as_str()), (2, ""), "{words:?}");
        assert!(ran.err.contains(wanted), "{words:?}: {}", ran.err);
    };
    says(&folder, &["--since", "nowhere"], "there is no revision 'nowhere'");
    says(&folder, &["--since", "--all"], "");
    says(&folder, &["--since=--all"], "there is no revision '--all'");
    says(&folder, &["--staged", "--fix"], "--staged cannot be fixed");
    says(&folder, &["--staged", "-"], "standard input has no history");
    says(&folder, &["--staged", "--since", "HEAD"], "cannot be used with");
    says(&folder, &["--staged", "none.txt"], "none.txt: it is not in the git index");
    git(&folder, &["checkout", "--quiet", "--orphan", "other"]);
    git(&folder, &["commit", "--quiet", "--message", "apart"]);
    says(&folder, &["--since", "main"], "'main' and HEAD have no common ancestor");

    let outside = TestFolder::new(&[("a.txt", BAD)]);
    says(&outside, &["--staged"], "is in no git repository with a working tree");
    let path = outside.path("").to_string_lossy().into_owned();
    says(&folder, &["--since", "HEAD", ".", &path], "is in no git repository");
    let bare = TestFolder::new(&[]);
    git(&bare, &["init", "--quiet", "--bare", "."]);
    says(&bare, &["--since", "HEAD"], "is in no git repository with a working tree");
}

#[test]
fn a_shallow_clone_is_told_what_to_do() {
    let origin = repository(&[("a.txt", GOOD)]);
    git(&origin, &["tag", "start"]);
    desk_commits(&origin, 3);
    let clone = TestFolder::new(&[]);
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

fn desk_commits(folder: &TestFolder, number: usize) {
    for at in 0..number {
        folder.write("a.txt", &format!("{at}\n"));
        commit(folder);
    }
}

#[test]
fn a_submodule_is_a_boundary() {
    let inner = repository(&[("in.txt", BAD)]);
    let folder = repository(&[("a.txt", GOOD)]);
    let from = inner.path("").to_string_lossy().into_owned();
    git(&folder, &["-c", "protocol.file.allow=always", "submodule", "--quiet", "add", &from, "module"]);
    assert_eq!(check(&folder, &["--staged"]), [""; 0]);
    folder.write("module/new.txt", BAD);
    assert_eq!(check(&folder, &["--since", "HEAD"]), [""; 0]);
    assert_eq!(
        check(&folder, &["--since", "HEAD", "module"]),
        ["module/new.txt:1 date/impossible-day"],
        "a repository of its own"
    );
}

#[test]
fn nothing_that_a_repository_configures_is_run() {
    let folder = repository(&[("a.txt", GOOD), (".gitattributes", "*.txt filter=trap diff=trap\n")]);
    let trap = format!("touch {}", folder.path("sprung").display());
    for key in [
        "filter.trap.clean",
        "filter.trap.smudge",
        "diff.trap.textconv",
        "diff.trap.command",
        "diff.external",
        "core.fsmonitor",
    ] {
        git(&folder, &["config", key, &trap]);
    }
    folder.write("a.txt", BAD);
    folder.write("b.txt", BAD);
    assert_eq!(check(&folder, &["--since", "HEAD", "--changed-lines-only"]).len(), 2);
    check(&folder, &["--staged"]);
    assert!(!folder.path("sprung").exists());
    assert!(folder.read("a.txt") == BAD);
}

#[test]
fn what_is_in_conflict_is_named() {
    let folder = repository(&[("a.txt", "x\n")]);
    git(&folder, &["checkout", "--quiet", "-b", "side"]);
    folder.write("a.txt", "y\n");
    commit(&folder);
    git(&folder, &["checkout", "--quiet", "main"]);
    folder.write("a.txt", "z\n");
    commit(&folder);
    assert_eq!(folder.program("git", "", &["merge", "--quiet", "side"]).status, 1);
    let ran = folder.run(&["check", "--staged"]);
    assert_eq!(ran.status, 2);
    assert!(ran.err.contains("a.txt: it has conflicts and is not checked"), "{}", ran.err);
}

/// A corpus with old findings, over a few days.
#[cfg(unix)]
#[test]
fn a_walk_through_the_days_of_a_curator() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = repository(&[("scholiast.toml", ""), ("old.txt", BAD), ("a.txt", GOOD), (".gitignore", ".cache\n")]);
    assert_eq!(folder.run(&["check"]).status, 1, "nobody has checked it before");

    // What is there is noted and kept in the repository; from now on a hook looks at what is committed.
    assert_eq!(folder.run(&["baseline"]).status, 0);
    commit(&folder);
    assert_eq!(folder.run(&["check", "--baseline", "scholiast-baseline.json"]).status, 0);
    let program = env!("CARGO_BIN_EXE_scholiast");
    let hook = format!("#!/bin/sh\nexec '{program}' check --staged --baseline scholiast-baseline.json\n");
    folder.write(".git/hooks/pre-commit", &hook);
    let path = folder.path(".git/hooks/pre-commit");
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755)).expect("it may be run");
    let commits = |folder: &TestFolder| git(folder, &["rev-list", "--count", "HEAD"]).out.trim().to_owned();
    let before = commits(&folder);

    // A bad commit is stopped, whichever way it is made.
    folder.write("a.txt", &format!("{GOOD}{BAD}"));
    git(&folder, &["add", "a.txt"]);
    for words in [
        &["commit", "--message", "bad"][..],
        &["commit", "--all", "--message", "bad"],
        &["commit", "--message", "bad", "a.txt"],
    ] {
        let ran = folder.program("git", "", words);
        assert_eq!(ran.status, 1, "{words:?}: {ran:?}");
        let said = format!("{}{}", ran.out, ran.err);
        assert!(said.contains("a.txt:2:6: error[date/impossible-day]"), "{words:?}: {said}");
    }
    assert_eq!(commits(&folder), before);

    // Of a file only the good part is committed.
    folder.write("a.txt", &format!("{GOOD}{GOOD}"));
    git(&folder, &["add", "a.txt"]);
    folder.write("a.txt", &format!("{GOOD}{GOOD}{BAD}Quyết định 752/QD-TTg\n"));
    git(&folder, &["commit", "--quiet", "--message", "the good part"]);
    assert_eq!(git(&folder, &["show", "HEAD:a.txt"]).out, format!("{GOOD}{GOOD}"));

    // What fixes itself is fixed, the rest by hand; then all is green.
    assert_eq!(folder.run(&["check", "--fix", "--since", "HEAD"]).status, 1);
    assert_eq!(folder.read("a.txt"), format!("{GOOD}{GOOD}{BAD}Quyết định 752/QĐ-TTg\n"));
    folder.write("a.txt", &folder.read("a.txt").replace("31/4", "30/4"));
    assert_eq!(check(&folder, &["--since", "HEAD"]), [""; 0]);
    git(&folder, &["commit", "--quiet", "--all", "--message", "green"]);
    assert_eq!(folder.run(&["check", "--baseline", "scholiast-baseline.json"]).status, 0);
    assert_eq!(check(&folder, &["--since", "HEAD~1"]), [""; 0]);

    // In the index alone: what --diff shows can be applied there.
    folder.write("a.txt", &folder.read("a.txt").replace("QĐ", "QD"));
    git(&folder, &["add", "a.txt"]);
    let diff = folder.run(&["check", "--staged", "--diff"]);
    folder.write(".cache/patch", &diff.out);
    git(&folder, &["apply", "--cached", ".cache/patch"]);
    assert!(git(&folder, &["show", ":a.txt"]).out.contains("752/QĐ-TTg"));
}
