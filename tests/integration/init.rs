//! `init` in folders that are not as one would think.

use crate::support::test_folder::TestFolder;

const TEXT: &str = "ông Trần Quang Vinh phát biểu\n";
const KNOWN: &str = "[[person]]\nid = \"tran-quang-vinh\"\nnames.vi = [\"Trần Quang Vinh\"]\n";

/// Runs `init` in a folder and returns what it said, which must have gone well.
fn init(project: &TestFolder, folder: &str) -> String {
    let ran = project.run_in(folder, &["init"]);
    assert_eq!((ran.status, ran.err.as_str()), (0, ""), "{ran:?}");
    ran.out
}

/// Tells whether `check` knows the person of the text and finds nothing wrong.
fn knows_the_person(project: &TestFolder, folder: &str) -> bool {
    let ran = project.run_in(folder, &["check"]);
    assert_eq!((ran.status, ran.out.as_str()), (0, ""), "{ran:?}");
    assert!(ran.err.starts_with("Found nothing in ") && ran.err.lines().count() == 1, "{ran:?}");
    project.run_in(folder, &["mentions"]).out.contains("→ tran-quang-vinh")
}

#[test]
fn a_configuration_alone_gets_a_registry() {
    let project = TestFolder::new(&[("scholiast.toml", ""), ("a.txt", TEXT)]);
    let said = init(&project, "");
    assert!(
        said.contains("scholiast.toml: exists") && said.contains("registry.toml: written, with 1 person"),
        "{said}"
    );
    assert!(knows_the_person(&project, ""));
}

#[test]
fn no_registry_is_written_that_would_not_be_read() {
    let project = TestFolder::new(&[("scholiast.toml", "[corpus]\nregistry = [\"people/*.toml\"]\n"), ("a.txt", TEXT)]);
    let said = init(&project, "");
    assert!(said.contains("registry.toml: not written, since `registry` in scholiast.toml"), "{said}");
    assert!(!project.path("registry.toml").exists());
}

#[test]
fn a_registry_alone_is_taken_over_under_its_name() {
    for name in ["registry.toml", "who is who.toml", "ใคร[1].toml"] {
        let project = TestFolder::new(&[(name, KNOWN), ("a.txt", TEXT), ("Cargo.toml", "[package]\nname = \"x\"\n")]);
        init(&project, "");
        assert_eq!(project.read(name), KNOWN);
        assert_eq!(project.path("registry.toml").exists(), name == "registry.toml");
        assert!(knows_the_person(&project, ""), "{name}");
    }
}

#[test]
fn where_both_are_nothing_is_written() {
    let project = TestFolder::new(&[("scholiast.toml", "# mine\n"), ("people.toml", KNOWN), ("a.txt", TEXT)]);
    let said = init(&project, "");
    assert!(said.contains("registry.toml: not written, since there is a registry of 1"), "{said}");
    assert_eq!(project.read("scholiast.toml"), "# mine\n");
    assert!(!project.path("registry.toml").exists());
}

#[test]
fn inside_another_corpus_it_says_what_holds_no_longer() {
    let project = TestFolder::new(&[("scholiast.toml", ""), ("people.toml", KNOWN), ("in/deep/a.txt", TEXT)]);
    let said = init(&project, "in");
    assert!(said.contains(".: a corpus of its own now; ") && said.contains("with 1 person"), "{said}");
    assert!(knows_the_person(&project, "in"), "though the registry around is not read any more");
    assert!(knows_the_person(&project, ""));
}

#[test]
fn names_with_spaces_and_texts_in_subfolders() {
    let project = TestFolder::new(&[("ข่าว ปี 2566/เดือน 1/ก ข.txt", TEXT)]);
    let ran = project.run(&["init", "ข่าว ปี 2566"]);
    assert_eq!(ran.status, 0, "{ran:?}");
    assert!(ran.out.contains("ข่าว ปี 2566/registry.toml: written, with 1 person"), "{}", ran.out);
    assert!(knows_the_person(&project, "ข่าว ปี 2566"));
}

#[test]
fn without_texts_and_with_unreadable_ones() {
    let project = TestFolder::new(&[("empty/x.md", "")]);
    assert!(init(&project, "empty").contains("without people"));
    std::fs::create_dir(project.path("bytes")).expect("a folder");
    std::fs::write(project.path("bytes/a.txt"), b"\xff\xfe\xe0").expect("a file");
    project.write("bytes/b.txt", TEXT);
    assert!(init(&project, "bytes").contains("with 1 person"));
    assert!(project.run_in("bytes", &["check"]).out.contains("text/not-utf8"));
}

#[test]
fn what_cannot_be_done_is_said_and_half_of_it_not_done() {
    let project = TestFolder::new(&[("scholiast.toml", "[corpus"), ("a.txt", TEXT)]);
    let ran = project.run(&["init"]);
    assert_eq!(ran.status, 2);
    assert!(ran.err.contains("scholiast.toml:1:8: unclosed table"), "{}", ran.err);
    assert!(!project.path("registry.toml").exists());
    for path in ["nowhere", "a.txt"] {
        let ran = project.run(&["init", path]);
        assert_eq!((ran.status, ran.err), (2, format!("scholiast: {path}: there is no such folder\n")));
    }
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_nowhere_and_a_folder_that_is_read_only() {
    use std::os::unix::fs::PermissionsExt as _;

    let project = TestFolder::new(&[("a.txt", TEXT), ("closed/a.txt", TEXT)]);
    std::os::unix::fs::symlink("nowhere/x.toml", project.path("registry.toml")).expect("a link");
    assert!(init(&project, "").contains("registry.toml: exists and stays as it is"));
    assert!(!project.path("nowhere").exists());
    let mode = |mode| std::fs::set_permissions(project.path("closed"), std::fs::Permissions::from_mode(mode));
    mode(0o555).expect("permissions");
    // Whoever may write everywhere may write there, too.
    let is_closed = std::fs::write(project.path("closed/probe"), "").is_err();
    let ran = project.run_in("closed", &["init"]);
    mode(0o755).expect("permissions");
    if is_closed {
        assert_eq!(ran.status, 2);
        assert!(ran.err.contains("scholiast.toml: permission denied"), "{}", ran.err);
        assert!(!project.path("closed/scholiast.toml").exists() && !project.path("closed/registry.toml").exists());
    }
}
