//! A registry that two corpora share, on the command line.

use crate::support::test_folder::TestFolder;

const CONFIG: &str = "[corpus]\nregistry = [\"../shared/officials.toml\"]\n";
const REGISTRY: &str =
    "version = 1\n\n[[person]]\nid = \"le-van-binh\"\nnames.vi = [\"Lê Văn Bình\"]\nnames.en = [\"Le Van Binh\"]\n";
const FAULTY: &str =
    "version = 1\n\n[[person]]\nid = \"le-van-binh\"\nnames.en = [\"Le Van Binh\"]\ncolour = \"red\"\n";

fn project(registry: &str) -> TestFolder {
    TestFolder::new(&[
        ("a/scholiast.toml", CONFIG),
        ("a/a.txt", "Le Van Binh spoke.\n"),
        ("b/scholiast.toml", CONFIG),
        ("b/b.txt", "ông Lê Văn Bình\n"),
        ("shared/officials.toml", registry),
    ])
}

#[test]
fn both_corpora_name_the_same_person() {
    let project = project(REGISTRY);
    for ran in [project.run(&["mentions", "a", "b"]), project.run(&["mentions"])] {
        assert_eq!(ran.out.matches("le-van-binh").count(), 2, "{ran:?}");
    }
    let ran = project.run_in("a", &["mentions"]);
    assert_eq!((ran.out.matches("le-van-binh").count(), ran.err.as_str()), (1, ""), "{ran:?}");
    assert_eq!(project.run(&["check"]).status, 0);
    // What was recognised is known no more when the shared file changes.
    project.write("shared/officials.toml", &REGISTRY.replace("le-van-binh", "le-binh"));
    let ran = project.run(&["mentions", "b"]);
    assert!(ran.out.contains("le-binh") && !ran.out.contains("le-van-binh"), "{ran:?}");
}

#[test]
fn findings_in_the_shared_file_are_reported_once_and_where_it_is_named() {
    let project = project(FAULTY);
    assert_eq!(project.run(&["check", "a", "b"]).out, "");
    for (folder, words, path) in [
        ("", &["check"][..], "shared/officials.toml:6:1"),
        ("", &["check", "a", "shared"], "shared/officials.toml:6:1"),
        ("a", &["check", "../shared"], "../shared/officials.toml:6:1"),
        ("a", &["check", "../b"], ""),
        ("", &["check", "a", "b", "shared/officials.toml"], "shared/officials.toml:6:1"),
        ("a", &["check", ".", "../shared/officials.toml"], "../shared/officials.toml:6:1"),
        ("a", &["check", "../shared/officials.toml"], "../shared/officials.toml:6:1"),
    ] {
        let ran = project.run_in(folder, words);
        assert_eq!(ran.out.lines().count(), usize::from(!path.is_empty()), "{words:?} {ran:?}");
        assert!(ran.out.starts_with(path), "{words:?} {ran:?}");
    }
}

#[test]
fn a_fix_in_the_shared_file_is_made_once() {
    let faulty = REGISTRY.replace("[[person]]", "[[persn]]");
    let project = project(&faulty);
    let ran = project.run(&["check", "a", "b", "--unsafe-fixes"]);
    assert_eq!(project.read("shared/officials.toml"), faulty, "nobody named it: {ran:?}");
    let ran = project.run(&["check", "--unsafe-fixes"]);
    assert_eq!((ran.status, project.read("shared/officials.toml")), (0, REGISTRY.to_owned()), "{ran:?}");
    assert!(ran.err.contains("Fixed 1 finding in 1 file"), "{ran:?}");
}

#[test]
fn what_is_missing_is_written_into_it() {
    let project = project(REGISTRY);
    project.write("a/a.txt", "Ông Trần Quang Huy, Bộ trưởng Bộ Tài chính, nói. Ông Trần Quang Huy đến.\n");
    // From inside the corpus it lies elsewhere: nobody is there to be asked whether that is meant.
    let ran = project.run_in("a", &["suggest", "--write"]);
    assert_eq!((ran.status, project.read("shared/officials.toml")), (2, REGISTRY.to_owned()), "{ran:?}");
    assert!(ran.err.contains("lies outside") && ran.err.contains("on a terminal"), "{ran:?}");
    let ran = project.run(&["suggest", "--write", "a"]);
    assert_eq!(ran.status, 0, "{ran:?}");
    assert!(project.read("shared/officials.toml").contains("Trần Quang Huy"), "{ran:?}");
    assert!(!ran.err.contains("/../"), "{ran:?}");
}

#[test]
fn a_pattern_that_reaches_nothing_is_a_finding() {
    let project = project(REGISTRY);
    for pattern in ["../shared/people.toml", "../../../../../../../../../../../../../../x.toml", "x/../a.toml"] {
        project.write("a/scholiast.toml", &format!("[corpus]\nregistry = [\"{pattern}\"]\n"));
        let ran = project.run(&["check", "a"]);
        assert!(ran.out.starts_with("a/scholiast.toml:2:13: "), "{ran:?}");
        assert!(
            (ran.out.contains("[config/no-match]") || pattern.starts_with("x/")) && ran.out.contains(pattern),
            "{ran:?}"
        );
    }
    project.write("a/scholiast.toml", "[corpus]\ninclude = [\"../b/*.txt\"]\n");
    let ran = project.run(&["check", "a"]);
    assert!(ran.out.contains("config/invalid-value"), "{ran:?}");
}

#[test]
fn git_has_it_too() {
    let project = project(REGISTRY);
    let git = |words: &[&str]| {
        let ran = project.program("git", "", words);
        assert_eq!(ran.status, 0, "git {words:?}: {ran:?}");
    };
    git(&["init", "--quiet", "--initial-branch=main"]);
    git(&["config", "user.name", "A Curator"]);
    git(&["config", "user.email", "curator@example.org"]);
    git(&["add", "--all"]);
    git(&["commit", "--quiet", "--message", "first"]);
    // In the index the registry is broken, on disk it is not.
    project.write("shared/officials.toml", FAULTY);
    git(&["add", "--all"]);
    project.write("shared/officials.toml", REGISTRY);
    let ran = project.run(&["check", "--staged"]);
    assert!(ran.out.starts_with("shared/officials.toml:6:1"), "{ran:?}");
    let ran = project.run(&["check", "--since", "HEAD"]);
    assert_eq!((ran.status, ran.out.as_str()), (0, ""), "{ran:?}");
    git(&["rm", "--quiet", "--cached", "--force", "shared/officials.toml"]);
    let ran = project.run(&["check", "--staged", "--since", "HEAD"]);
    assert_eq!(ran.status, 2, "both at once are refused: {ran:?}");
    let ran = project.run(&["check", "--staged"]);
    assert!(ran.out.contains("a/scholiast.toml:2:13: ") && ran.out.contains("b/scholiast.toml:2:13: "), "{ran:?}");
    project.write("shared/officials.toml", FAULTY);
    let ran = project.run(&["check", "--since", "HEAD"]);
    assert!(ran.out.starts_with("shared/officials.toml:6:1"), "{ran:?}");
}

#[test]
fn outside_the_repository_it_is_taken_from_the_disk() {
    let project = project(REGISTRY);
    let git = |words: &[&str]| assert_eq!(project.program("git", "a", words).status, 0, "git {words:?}");
    git(&["init", "--quiet", "--initial-branch=main"]);
    git(&["add", "--all"]);
    let ran = project.run_in("a", &["check", "--staged"]);
    assert_eq!((ran.status, ran.out.as_str()), (0, ""), "{ran:?}");
}

#[test]
fn the_settings_of_the_shared_file_are_those_it_is_checked_by() {
    let project = project(FAULTY);
    let levelled = format!(
        "{CONFIG}\n[[per-file]]\npath = \"../shared/*.toml\"\n\n[per-file.rules]\n\"registry/unknown-key\" = \"error\"\n"
    );
    project.write("a/scholiast.toml", &levelled);
    for (folder, path, head) in [
        (
            "a",
            "../shared/officials.toml",
            "# ../shared/officials.toml: registry\n# configuration: scholiast.toml\n# used by: ../b/scholiast.toml\n\n",
        ),
        (
            "b",
            "../shared/officials.toml",
            "# ../shared/officials.toml: registry\n# configuration: scholiast.toml\n# used by: ../a/scholiast.toml\n\n",
        ),
        (
            "",
            "shared/officials.toml",
            "# shared/officials.toml: registry\n# configuration: a/scholiast.toml\n# used by: b/scholiast.toml\n\n",
        ),
        (
            "shared",
            "officials.toml",
            "# officials.toml: registry\n# configuration: ../a/scholiast.toml\n# used by: ../b/scholiast.toml\n\n",
        ),
    ] {
        // Corpora beside the working directory are known in a repository.
        std::fs::create_dir_all(project.path(".git")).expect("a folder");
        let ran = project.run_in(folder, &["config", path]);
        assert_eq!((ran.status, ran.err.as_str()), (0, ""), "{ran:?}");
        assert!(ran.out.starts_with(head), "{folder} {ran:?}");
        let level = if folder == "b" { "info" } else { "error" };
        assert!(ran.out.contains(&format!("\"registry/unknown-key\" = \"{level}\"")), "{folder} {ran:?}");
        let checked = project.run_in(folder, &["check", path]);
        assert!(checked.out.starts_with(&format!("{path}:6:1: {level}[registry/unknown-key]")), "{folder} {checked:?}");
    }
    let ran = project.run(&["config", "shared/officials.toml", "--format", "json"]);
    assert!(ran.out.contains("\"users\": [\n    \"a/scholiast.toml\",\n    \"b/scholiast.toml\"\n  ]"), "{ran:?}");
}

#[test]
fn a_file_that_nobody_uses_is_a_text_and_that_is_said() {
    let project = project(REGISTRY);
    project.write("shared/others.toml", REGISTRY);
    let note = |path: &str, searched: &str| {
        format!("scholiast: {path}: no corpus in {searched} uses it as a registry file, so it is read as a text\n")
    };
    for command in ["config", "check"] {
        for (folder, path, searched) in [
            ("", "shared/others.toml", "."),
            ("a", "../shared/others.toml", "."),
            // Without a repository nobody looks beside the working directory.
            ("shared", "officials.toml", "."),
        ] {
            let ran = project.run_in(folder, &[command, path]);
            assert!(ran.err.starts_with(&note(path, searched)), "{command} {folder} {ran:?}");
        }
    }
    std::fs::create_dir_all(project.path(".git")).expect("a folder");
    let ran = project.run_in("a", &["config", "../shared/others.toml"]);
    assert_eq!(ran.err, note("../shared/others.toml", ".."), "{ran:?}");
    assert!(ran.out.starts_with("# ../shared/others.toml: text\n# configuration: none, the built-in settings hold\n"));
}
