//! Two annotators: comparing them, and merging their branches with git itself.

use crate::support::test_folder::{Ran, TestFolder};

const TEXT: &str = "Bà Trần Lan Anh gặp ông Vũ Nam ở Huế.\n";
const BASE: &str = "T1\tPerson 3 15\tTrần Lan Anh\n";

fn git(project: &TestFolder, words: &[&str]) -> Ran {
    project.program("git", "", words)
}

fn repository(files: &[(&str, &str)]) -> TestFolder {
    let project = TestFolder::new(files);
    git(&project, &["init", "--quiet", "--initial-branch=main"]);
    for (key, value) in [
        ("user.name", "A Curator"),
        ("user.email", "curator@example.org"),
        ("core.autocrlf", "false"),
        ("core.quotepath", "false"),
    ] {
        git(&project, &["config", key, value]);
    }
    let ran = project.run(&["init", "--git"]);
    assert_eq!(ran.status, 0, "{ran:?}");
    // The program under test, wherever it lies.
    let program = env!("CARGO_BIN_EXE_scholiast");
    git(&project, &["config", "merge.scholiast.driver", &format!("'{program}' merge %O %A %B")]);
    git(&project, &["config", "diff.scholiast.textconv", &format!("'{program}' textconv")]);
    git(&project, &["add", "--all"]);
    git(&project, &["commit", "--quiet", "--message", "first"]);
    project
}

/// Commits an annotation file on a branch of its own that begins at `main`.
fn branch(project: &TestFolder, name: &str, annotations: &str) {
    git(project, &["checkout", "--quiet", "-b", name, "main"]);
    project.write("a.ann", annotations);
    git(project, &["commit", "--quiet", "--all", "--message", name]);
}

#[test]
fn two_branches_merge_without_a_conflict_of_lines() {
    let project = repository(&[("a.txt", TEXT), ("a.ann", BASE)]);
    branch(&project, "anna", &format!("{BASE}T2\tPlace 33 36\tHuế\nN1\tReference T2 registry:hue\tHuế\n"));
    branch(&project, "ben", &format!("{BASE}T2\tPerson 24 30\tVũ Nam\nA1\tForm T2 short\n"));
    git(&project, &["checkout", "--quiet", "anna"]);
    let ran = git(&project, &["merge", "--quiet", "--no-edit", "ben"]);
    assert_eq!(ran.status, 0, "{ran:?}");
    assert_eq!(
        project.read("a.ann"),
        format!(
            "{BASE}T2\tPlace 33 36\tHuế\nN1\tReference T2 registry:hue\tHuế\nT3\tPerson 24 30\tVũ Nam\nA1\tForm T3 short\n"
        )
    );
    let shown = git(&project, &["diff", "main", "--", "a.ann"]).out;
    assert!(shown.contains("+Place \"Huế\" → registry:hue [33-36]"), "{shown}");
}

#[test]
fn what_contradicts_stays_on_both_sides_and_ends_with_1() {
    let project = repository(&[("a.txt", TEXT), ("a.ann", BASE)]);
    branch(&project, "anna", "T1\tOfficial 3 15\tTrần Lan Anh\n");
    branch(&project, "ben", "T1\tArtist 3 15\tTrần Lan Anh\n");
    git(&project, &["checkout", "--quiet", "anna"]);
    let ran = git(&project, &["merge", "--no-edit", "ben"]);
    assert_ne!(ran.status, 0, "git says that there is something to settle");
    assert_eq!(
        project.read("a.ann"),
        "T1\tOfficial 3 15\tTrần Lan Anh\nT2\tArtist 3 15\tTrần Lan Anh\n#1\tMergeConflict T1\tOURS\n\
         #2\tMergeConflict T2\tTHEIRS\n"
    );
}

#[test]
fn merge_writes_where_it_is_told_and_changes_nothing_it_cannot_read() {
    let theirs = format!("{BASE}T2\tPlace 33 36\tHuế\n");
    let project = TestFolder::new(&[("base.ann", BASE), ("ours.ann", BASE), ("theirs.ann", &theirs)]);
    assert_eq!(project.run(&["merge", "base.ann", "ours.ann", "theirs.ann", "-o", "new.ann"]).status, 0);
    assert_eq!((project.read("new.ann"), project.read("ours.ann")), (theirs.clone(), BASE.to_owned()));
    let ran = project.run(&["merge", "base.ann", "ours.ann", "theirs.ann", "--diff"]);
    assert!(ran.out.contains("+T2\tPlace 33 36\tHuế"), "{ran:?}");
    assert_eq!(project.run(&["merge", "base.ann", "ours.ann", "theirs.ann", "-o", "-"]).out, theirs);
    std::fs::write(project.path("bad.ann"), b"T1\tPerson 0 1\t\xff\n").expect("a file");
    let ran = project.run(&["merge", "base.ann", "ours.ann", "bad.ann"]);
    assert_eq!((ran.status, project.read("ours.ann")), (2, BASE.to_owned()), "{ran:?}");
    assert!(ran.err.contains("bad.ann: not UTF-8"), "{ran:?}");
    assert_eq!(project.run(&["merge", "base.ann", "ours.ann", "nowhere.ann"]).status, 2);
}

#[test]
fn init_git_explains_and_overwrites_nothing() {
    let project = TestFolder::new(&[("a.txt", TEXT), (".gitattributes", "*.ann text")]);
    assert_eq!(project.run(&["init", "--git"]).status, 2, "no repository");
    git(&project, &["init", "--quiet"]);
    git(&project, &["config", "merge.scholiast.driver", "mine"]);
    let ran = project.run(&["init", "--git"]);
    assert_eq!(ran.status, 0, "{ran:?}");
    assert!(ran.out.contains("*.ann merge=scholiast diff=scholiast: a line for this pattern stays"), "{ran:?}");
    assert!(ran.out.contains("merge.scholiast.driver: stays `mine`"), "{ran:?}");
    assert_eq!(
        project.read(".gitattributes"),
        "*.ann text\n*.a2 merge=scholiast diff=scholiast\nscholiast-states.tsv merge=union\nscholiast-settled.tsv \
         merge=union\n"
    );
    let again = project.run(&["init", "--git"]);
    assert!(again.out.contains("diff.scholiast.textconv: set already"), "{again:?}");
}

#[test]
fn folders_and_revisions_are_compared() {
    let project = repository(&[
        ("anna/a.txt", TEXT),
        ("anna/a.ann", "T1\tPerson 3 15\tTrần Lan Anh\nT2\tPlace 33 36\tHuế\n"),
        ("anna/b.txt", "x\n"),
        ("anna/b.ann", ""),
        ("ben/a.ann", "T1\tPerson 8 15\tLan Anh\nT2\tPlace 33 36\tHuế\n"),
    ]);
    let ran = project.run(&["compare", "anna", "ben"]);
    assert_eq!(ran.status, 1, "{ran:?}");
    assert!(
        ran.out.starts_with("a.txt:1:4: boundary: A has Person `Trần Lan Anh`; B has Person `Lan Anh`\n"),
        "{ran:?}"
    );
    assert!(ran.err.contains("1 document annotated in A and not in B, left out: b.txt"), "{ran:?}");
    assert!(ran.err.ends_with("Compared 1 document: 1 difference\n"), "{ran:?}");
    let json = project.run(&["compare", "anna", "ben", "--format", "json"]);
    let figures: serde_json::Value = serde_json::from_str(&json.out).expect("JSON");
    assert_eq!(figures["documents"]["only_a"][0], "b.txt");
    assert_eq!((&figures["all"]["exact"], &figures["all"]["overlap"]), (&1.into(), &1.into()));
    assert_eq!(figures["types"]["Person"]["f1_overlap"], 1.0);
    let rows = project.run(&["compare", "anna", "ben", "--format", "jsonl"]);
    let row: serde_json::Value = serde_json::from_str(&rows.out).expect("one row");
    assert_eq!((&row["path"], &row["difference"]), (&"a.txt".into(), &"boundary".into()));
    assert_eq!(row["b"]["chars"], serde_json::json!([[8, 15]]));
    // The commit is as the folder was; then the folder changes.
    assert_eq!(project.run(&["compare", "HEAD:anna", "anna"]).status, 0);
    project.write("anna/a.ann", "T1\tPerson 3 15\tTrần Lan Anh\n");
    let ran = project.run(&["compare", "HEAD:anna", "anna"]);
    assert_eq!(ran.status, 1);
    assert!(ran.out.contains("missing: A has Place `Huế`; B has nothing"), "{ran:?}");
    for (wrong, message) in [
        (["compare", "anna", "nowhere"], "there is no folder nowhere; for a git revision write `nowhere:`"),
        (["compare", "anna", "v9:anna"], "there is no revision 'v9'"),
        (["compare", "anna", "anna/a.txt"], "is a file; name the folder"),
    ] {
        let ran = project.run(&wrong);
        assert!(ran.status == 2 && ran.err.contains(message), "{ran:?}");
    }
}

#[test]
fn texts_that_differ_are_aligned_first() {
    let project = TestFolder::new(&[
        ("anna/a.txt", TEXT),
        ("anna/a.ann", "T1\tPerson 3 15\tTrần Lan Anh\nT2\tPlace 33 36\tHuế\n"),
        ("ben/a.txt", "Sáng nay bà Trần Lan Anh gặp ông Vũ Nam ở Huế, gần sông Hương.\n"),
        ("ben/a.ann", "T1\tPerson 12 24\tTrần Lan Anh\nT2\tPlace 42 45\tHuế\nT3\tPlace 51 61\tsông Hương\n"),
    ]);
    let ran = project.run(&["compare", "anna", "ben"]);
    assert_eq!(ran.status, 0, "{ran:?}");
    assert!(
        ran.err.contains("1 document whose texts differ; annotations of B were moved to the text of A: a.txt"),
        "{ran:?}"
    );
    assert!(ran.err.contains("1 annotation left out"), "{ran:?}");
    let json = project.run(&["compare", "anna", "ben", "--format", "json"]);
    let figures: serde_json::Value = serde_json::from_str(&json.out).expect("JSON");
    assert_eq!((&figures["documents"]["aligned"][0], &figures["all"]["exact"]), (&"a.txt".into(), &2.into()));
}

#[test]
fn formats_of_a_file_a_document_come_back() {
    let annotations = "T1\tPerson 3 15\tTrần Lan Anh\nT2\tPlace 33 36\tHuế\nR1\tIn Arg1:T1 Arg2:T2\nA1\tSure T1\n\
                       N1\tReference T2 registry:hue\tHuế\n#1\tAnnotatorNotes T1\twho is she?\n";
    let project =
        TestFolder::new(&[("corpus/tin/a.txt", TEXT), ("corpus/tin/a.ann", annotations), ("corpus/b.txt", "x\n")]);
    for (format, ending) in [("xmi", "xmi"), ("cas-json", "json"), ("tei", "xml"), ("webanno-tsv", "tsv")] {
        let ran = project.run(&["export", "--strict", "--format", format, "-o", &format!("out-{format}"), "corpus"]);
        assert_eq!(ran.status, 0, "{ran:?}");
        let file = |name: &str| format!("out-{format}/corpus/{name}.{ending}");
        let (a, b) = (file("tin/a"), file("b"));
        let ran = project.run(&["import", "--format", format, &a, &b, "-o", &format!("in-{format}")]);
        assert_eq!(ran.status, 0, "{ran:?}");
        // A file without a name of its document is named by its path below what the files have in common.
        let folder = if project.path(&format!("in-{format}/corpus")).is_dir() { "corpus/" } else { "" };
        let back = |name: &str| project.read(&format!("in-{format}/{folder}{name}"));
        assert_eq!((back("tin/a.ann").as_str(), back("tin/a.txt").as_str()), (annotations, TEXT), "{format}");
        assert_eq!(back("b.txt"), "x\n");
    }
    let ran = project.run(&["export", "--format", "conllu", "-o", "out.conllu", "corpus"]);
    assert!(ran.status == 0 && ran.err.contains("not taken over: a relation, 1"), "{ran:?}");
    let ran = project.run(&["import", "--format", "conllu", "out.conllu", "-o", "in-conllu"]);
    assert_eq!(ran.status, 0, "{ran:?}");
    assert_eq!(project.read("in-conllu/corpus/tin/a.txt"), TEXT);
    assert_eq!(project.read("in-conllu/corpus/tin/a.ann"), annotations.replace("R1\tIn Arg1:T1 Arg2:T2\n", ""));
}

#[test]
fn bad_files_are_named_with_their_line_and_the_others_are_read() {
    let project = TestFolder::new(&[
        ("bad.xml", "<TEI>\n<text>&evil;</text></TEI>"),
        ("good.xml", "<TEI><text><body><p>Lan ở <placeName>Huế</placeName></p></body></text></TEI>"),
        ("spaces.jsonl", "{\"text\":\"Lan\\nNam\",\"label\":[[0,7,\"Person name\"]],\"meta\":{\"source\":\"s\"}}\n"),
    ]);
    let ran = project.run(&["import", "--format", "tei", "bad.xml", "good.xml", "-o", "in"]);
    assert_eq!(ran.status, 2, "{ran:?}");
    assert!(ran.err.contains("bad.xml: line 2: the entity `&evil;` is unknown"), "{ran:?}");
    assert_eq!(project.read("in/good.ann"), "T1\tPlace 6 9\tHuế\n");
    assert!(!project.path("in/bad.txt").exists());
    let ran = project.run(&["import", "--format", "doccano", "spaces.jsonl", "-o", "in"]);
    assert!(ran.status == 0 && ran.err.contains("not taken over: the exact form of a name or note, 1"), "{ran:?}");
    assert_eq!(project.read("in/s.ann"), "T1\tPerson_name 0 3;4 7\tLan Nam\n");
}

#[test]
fn exports_come_back_and_overwrite_nothing() {
    let annotations = "T1\tPerson 3 15\tTrần Lan Anh\nT2\tPlace 33 36\tHuế\nR1\tIn Arg1:T1 Arg2:T2\nN1\tReference T2 registry:hue\tHuế\n";
    let project = TestFolder::new(&[("corpus/a.txt", TEXT), ("corpus/a.ann", annotations)]);
    for format in ["label-studio", "prodigy"] {
        let ran = project.run(&["export", "--format", format, "-o", "out.json", "corpus"]);
        assert_eq!(ran.status, 0, "{ran:?}");
        let ran = project.run(&["import", "--format", format, "out.json", "-o", format]);
        assert_eq!(ran.status, 0, "{ran:?}");
        let back = format!("{format}/corpus/a");
        assert_eq!(project.read(&format!("{back}.ann")), annotations, "{format}");
        assert_eq!(project.read(&format!("{back}.txt")), TEXT);
    }
    let ran = project.run(&["export", "--format", "spacy", "--loss", "lost.jsonl", "corpus"]);
    assert_eq!(ran.status, 0, "{ran:?}");
    assert!(ran.err.contains("not taken over: a relation, 1"), "{ran:?}");
    assert_eq!(project.read("lost.jsonl"), "{\"annotation\":\"R1\",\"path\":\"corpus/a\",\"what\":\"a relation\"}\n");
    let ran = project.run(&["export", "--format", "spacy", "--strict", "-o", "never.jsonl", "corpus"]);
    assert_eq!((ran.status, project.path("never.jsonl").exists()), (1, false), "{ran:?}");
    project.write("prodigy/corpus/a.ann", "mine\n");
    let ran = project.run(&["import", "--format", "prodigy", "out.json", "-o", "prodigy"]);
    assert_eq!((ran.status, project.read("prodigy/corpus/a.ann")), (2, "mine\n".to_owned()), "{ran:?}");
    project.write(
        "evil.jsonl",
        "{\"text\":\"x\",\"meta\":{\"source\":\"../../evil\"}}\n{\"text\":\"y\",\"meta\":{\"source\":\"good\"}}\n",
    );
    let ran = project.run(&["import", "--format", "doccano", "evil.jsonl", "-o", "in"]);
    assert_eq!((ran.status, project.read("in/good.txt")), (2, "y".to_owned()), "{ran:?}");
    assert!(!project.path("../evil.txt").exists());
}
