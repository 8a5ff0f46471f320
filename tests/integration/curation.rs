//! Two annotators: comparing them, and merging their branches with git itself.

use crate::support::desk::{Desk, Ran};

const TEXT: &str = "Bà Trần Lan Anh gặp ông Vũ Nam ở Huế.\n";
const BASE: &str = "T1\tPerson 3 15\tTrần Lan Anh\n";

fn git(desk: &Desk, words: &[&str]) -> Ran {
    desk.program("git", "", words)
}

fn repository(files: &[(&str, &str)]) -> Desk {
    let desk = Desk::new(files);
    git(&desk, &["init", "--quiet", "--initial-branch=main"]);
    for (key, value) in [
        ("user.name", "A Curator"),
        ("user.email", "curator@example.org"),
        ("core.autocrlf", "false"),
        ("core.quotepath", "false"),
    ] {
        git(&desk, &["config", key, value]);
    }
    let ran = desk.run(&["init", "--git"]);
    assert_eq!(ran.status, 0, "{ran:?}");
    // The program under test, wherever it lies.
    let program = env!("CARGO_BIN_EXE_scholiast");
    git(&desk, &["config", "merge.scholiast.driver", &format!("'{program}' merge %O %A %B")]);
    git(&desk, &["config", "diff.scholiast.textconv", &format!("'{program}' textconv")]);
    git(&desk, &["add", "--all"]);
    git(&desk, &["commit", "--quiet", "--message", "first"]);
    desk
}

/// Commits an annotation file on a branch of its own that begins at `main`.
fn branch(desk: &Desk, name: &str, annotations: &str) {
    git(desk, &["checkout", "--quiet", "-b", name, "main"]);
    desk.write("a.ann", annotations);
    git(desk, &["commit", "--quiet", "--all", "--message", name]);
}

#[test]
fn two_branches_merge_without_a_conflict_of_lines() {
    let desk = repository(&[("a.txt", TEXT), ("a.ann", BASE)]);
    branch(&desk, "anna", &format!("{BASE}T2\tPlace 33 36\tHuế\nN1\tReference T2 registry:hue\tHuế\n"));
    branch(&desk, "ben", &format!("{BASE}T2\tPerson 24 30\tVũ Nam\nA1\tForm T2 short\n"));
    git(&desk, &["checkout", "--quiet", "anna"]);
    let ran = git(&desk, &["merge", "--quiet", "--no-edit", "ben"]);
    assert_eq!(ran.status, 0, "{ran:?}");
    assert_eq!(
        desk.read("a.ann"),
        format!(
            "{BASE}T2\tPlace 33 36\tHuế\nN1\tReference T2 registry:hue\tHuế\nT3\tPerson 24 30\tVũ Nam\nA1\tForm T3 short\n"
        )
    );
    let shown = git(&desk, &["diff", "main", "--", "a.ann"]).out;
    assert!(shown.contains("+Place \"Huế\" → registry:hue [33-36]"), "{shown}");
}

#[test]
fn what_contradicts_stays_on_both_sides_and_ends_with_1() {
    let desk = repository(&[("a.txt", TEXT), ("a.ann", BASE)]);
    branch(&desk, "anna", "T1\tOfficial 3 15\tTrần Lan Anh\n");
    branch(&desk, "ben", "T1\tArtist 3 15\tTrần Lan Anh\n");
    git(&desk, &["checkout", "--quiet", "anna"]);
    let ran = git(&desk, &["merge", "--no-edit", "ben"]);
    assert_ne!(ran.status, 0, "git says that there is something to settle");
    assert_eq!(
        desk.read("a.ann"),
        "T1\tOfficial 3 15\tTrần Lan Anh\nT2\tArtist 3 15\tTrần Lan Anh\n#1\tMergeConflict T1\tOURS\n\
         #2\tMergeConflict T2\tTHEIRS\n"
    );
}

#[test]
fn merge_writes_where_it_is_told_and_changes_nothing_it_cannot_read() {
    let theirs = format!("{BASE}T2\tPlace 33 36\tHuế\n");
    let desk = Desk::new(&[("base.ann", BASE), ("ours.ann", BASE), ("theirs.ann", &theirs)]);
    assert_eq!(desk.run(&["merge", "base.ann", "ours.ann", "theirs.ann", "-o", "new.ann"]).status, 0);
    assert_eq!((desk.read("new.ann"), desk.read("ours.ann")), (theirs.clone(), BASE.to_owned()));
    let ran = desk.run(&["merge", "base.ann", "ours.ann", "theirs.ann", "--diff"]);
    assert!(ran.out.contains("+T2\tPlace 33 36\tHuế"), "{ran:?}");
    assert_eq!(desk.run(&["merge", "base.ann", "ours.ann", "theirs.ann", "-o", "-"]).out, theirs);
    std::fs::write(desk.path("bad.ann"), b"T1\tPerson 0 1\t\xff\n").expect("a file");
    let ran = desk.run(&["merge", "base.ann", "ours.ann", "bad.ann"]);
    assert_eq!((ran.status, desk.read("ours.ann")), (2, BASE.to_owned()), "{ran:?}");
    assert!(ran.err.contains("bad.ann: not UTF-8"), "{ran:?}");
    assert_eq!(desk.run(&["merge", "base.ann", "ours.ann", "nowhere.ann"]).status, 2);
}

#[test]
fn init_git_explains_and_overwrites_nothing() {
    let desk = Desk::new(&[("a.txt", TEXT), (".gitattributes", "*.ann text")]);
    assert_eq!(desk.run(&["init", "--git"]).status, 2, "no repository");
    git(&desk, &["init", "--quiet"]);
    git(&desk, &["config", "merge.scholiast.driver", "mine"]);
    let ran = desk.run(&["init", "--git"]);
    assert_eq!(ran.status, 0, "{ran:?}");
    assert!(ran.out.contains("*.ann merge=scholiast diff=scholiast: a line for this pattern stays"), "{ran:?}");
    assert!(ran.out.contains("merge.scholiast.driver: stays `mine`"), "{ran:?}");
    assert_eq!(desk.read(".gitattributes"), "*.ann text\n*.a2 merge=scholiast diff=scholiast\n");
    let again = desk.run(&["init", "--git"]);
    assert!(again.out.contains("diff.scholiast.textconv: set already"), "{again:?}");
}

#[test]
fn folders_and_revisions_are_compared() {
    let desk = repository(&[
        ("anna/a.txt", TEXT),
        ("anna/a.ann", "T1\tPerson 3 15\tTrần Lan Anh\nT2\tPlace 33 36\tHuế\n"),
        ("anna/b.txt", "x\n"),
        ("anna/b.ann", ""),
        ("ben/a.ann", "T1\tPerson 8 15\tLan Anh\nT2\tPlace 33 36\tHuế\n"),
    ]);
    let ran = desk.run(&["compare", "anna", "ben"]);
    assert_eq!(ran.status, 1, "{ran:?}");
    assert!(
        ran.out.starts_with("a.txt:1:4: boundary: A has Person `Trần Lan Anh`; B has Person `Lan Anh`\n"),
        "{ran:?}"
    );
    assert!(ran.err.contains("1 document annotated in A and not in B, left out: b.txt"), "{ran:?}");
    assert!(ran.err.ends_with("Compared 1 document: 1 difference\n"), "{ran:?}");
    let json = desk.run(&["compare", "anna", "ben", "--format", "json"]);
    let figures: serde_json::Value = serde_json::from_str(&json.out).expect("JSON");
    assert_eq!(figures["documents"]["only_a"][0], "b.txt");
    assert_eq!((&figures["all"]["exact"], &figures["all"]["overlap"]), (&1.into(), &1.into()));
    assert_eq!(figures["types"]["Person"]["f1_overlap"], 1.0);
    let rows = desk.run(&["compare", "anna", "ben", "--format", "jsonl"]);
    let row: serde_json::Value = serde_json::from_str(&rows.out).expect("one row");
    assert_eq!((&row["path"], &row["difference"]), (&"a.txt".into(), &"boundary".into()));
    assert_eq!(row["b"]["chars"], serde_json::json!([[8, 15]]));
    // The commit is as the folder was; then the folder changes.
    assert_eq!(desk.run(&["compare", "HEAD:anna", "anna"]).status, 0);
    desk.write("anna/a.ann", "T1\tPerson 3 15\tTrần Lan Anh\n");
    let ran = desk.run(&["compare", "HEAD:anna", "anna"]);
    assert_eq!(ran.status, 1);
    assert!(ran.out.contains("missing: A has Place `Huế`; B has nothing"), "{ran:?}");
    for (wrong, message) in [
        (["compare", "anna", "nowhere"], "there is no folder nowhere; for a git revision write `nowhere:`"),
        (["compare", "anna", "v9:anna"], "there is no revision 'v9'"),
        (["compare", "anna", "anna/a.txt"], "is a file; name the folder"),
    ] {
        let ran = desk.run(&wrong);
        assert!(ran.status == 2 && ran.err.contains(message), "{ran:?}");
    }
}

#[test]
fn texts_that_differ_are_aligned_first() {
    let desk = Desk::new(&[
        ("anna/a.txt", TEXT),
        ("anna/a.ann", "T1\tPerson 3 15\tTrần Lan Anh\nT2\tPlace 33 36\tHuế\n"),
        ("ben/a.txt", "Sáng nay bà Trần Lan Anh gặp ông Vũ Nam ở Huế, gần sông Hương.\n"),
        ("ben/a.ann", "T1\tPerson 12 24\tTrần Lan Anh\nT2\tPlace 42 45\tHuế\nT3\tPlace 51 61\tsông Hương\n"),
    ]);
    let ran = desk.run(&["compare", "anna", "ben"]);
    assert_eq!(ran.status, 0, "{ran:?}");
    assert!(
        ran.err.contains("1 document whose texts differ; annotations of B were moved to the text of A: a.txt"),
        "{ran:?}"
    );
    assert!(ran.err.contains("1 annotation left out"), "{ran:?}");
    let json = desk.run(&["compare", "anna", "ben", "--format", "json"]);
    let figures: serde_json::Value = serde_json::from_str(&json.out).expect("JSON");
    assert_eq!((&figures["documents"]["aligned"][0], &figures["all"]["exact"]), (&"a.txt".into(), &2.into()));
}

#[test]
fn formats_of_a_file_a_document_come_back() {
    let annotations = "T1\tPerson 3 15\tTrần Lan Anh\nT2\tPlace 33 36\tHuế\nR1\tIn Arg1:T1 Arg2:T2\nA1\tSure T1\n\
                       N1\tReference T2 registry:hue\tHuế\n#1\tAnnotatorNotes T1\twho is she?\n";
    let desk = Desk::new(&[("corpus/tin/a.txt", TEXT), ("corpus/tin/a.ann", annotations), ("corpus/b.txt", "x\n")]);
    for (format, ending) in [("xmi", "xmi"), ("cas-json", "json"), ("tei", "xml"), ("webanno-tsv", "tsv")] {
        let ran = desk.run(&["export", "--strict", "--format", format, "-o", &format!("out-{format}"), "corpus"]);
        assert_eq!(ran.status, 0, "{ran:?}");
        let file = |name: &str| format!("out-{format}/corpus/{name}.{ending}");
        let (a, b) = (file("tin/a"), file("b"));
        let ran = desk.run(&["import", "--format", format, &a, &b, "-o", &format!("in-{format}")]);
        assert_eq!(ran.status, 0, "{ran:?}");
        // A file without a name of its document is named by its path below what the files have in common.
        let folder = if desk.path(&format!("in-{format}/corpus")).is_dir() { "corpus/" } else { "" };
        let back = |name: &str| desk.read(&format!("in-{format}/{folder}{name}"));
        assert_eq!((back("tin/a.ann").as_str(), back("tin/a.txt").as_str()), (annotations, TEXT), "{format}");
        assert_eq!(back("b.txt"), "x\n");
    }
    let ran = desk.run(&["export", "--format", "conllu", "-o", "out.conllu", "corpus"]);
    assert!(ran.status == 0 && ran.err.contains("not taken over: a relation, 1"), "{ran:?}");
    let ran = desk.run(&["import", "--format", "conllu", "out.conllu", "-o", "in-conllu"]);
    assert_eq!(ran.status, 0, "{ran:?}");
    assert_eq!(desk.read("in-conllu/corpus/tin/a.txt"), TEXT);
    assert_eq!(desk.read("in-conllu/corpus/tin/a.ann"), annotations.replace("R1\tIn Arg1:T1 Arg2:T2\n", ""));
}

#[test]
fn bad_files_are_named_with_their_line_and_the_others_are_read() {
    let desk = Desk::new(&[
        ("bad.xml", "<TEI>\n<text>&evil;</text></TEI>"),
        ("good.xml", "<TEI><text><body><p>Lan ở <placeName>Huế</placeName></p></body></text></TEI>"),
        ("spaces.jsonl", "{\"text\":\"Lan\\nNam\",\"label\":[[0,7,\"Person name\"]],\"meta\":{\"source\":\"s\"}}\n"),
    ]);
    let ran = desk.run(&["import", "--format", "tei", "bad.xml", "good.xml", "-o", "in"]);
    assert_eq!(ran.status, 2, "{ran:?}");
    assert!(ran.err.contains("bad.xml: line 2: the entity `&evil;` is unknown"), "{ran:?}");
    assert_eq!(desk.read("in/good.ann"), "T1\tPlace 6 9\tHuế\n");
    assert!(!desk.path("in/bad.txt").exists());
    let ran = desk.run(&["import", "--format", "doccano", "spaces.jsonl", "-o", "in"]);
    assert!(ran.status == 0 && ran.err.contains("not taken over: the exact form of a name or note, 1"), "{ran:?}");
    assert_eq!(desk.read("in/s.ann"), "T1\tPerson_name 0 3;4 7\tLan Nam\n");
}

#[test]
fn exports_come_back_and_overwrite_nothing() {
    let annotations = "T1\tPerson 3 15\tTrần Lan Anh\nT2\tPlace 33 36\tHuế\nR1\tIn Arg1:T1 Arg2:T2\nN1\tReference T2 registry:hue\tHuế\n";
    let desk = Desk::new(&[("corpus/a.txt", TEXT), ("corpus/a.ann", annotations)]);
    for format in ["label-studio", "prodigy"] {
        let ran = desk.run(&["export", "--format", format, "-o", "out.json", "corpus"]);
        assert_eq!(ran.status, 0, "{ran:?}");
        let ran = desk.run(&["import", "--format", format, "out.json", "-o", format]);
        assert_eq!(ran.status, 0, "{ran:?}");
        let back = format!("{format}/corpus/a");
        assert_eq!(desk.read(&format!("{back}.ann")), annotations, "{format}");
        assert_eq!(desk.read(&format!("{back}.txt")), TEXT);
    }
    let ran = desk.run(&["export", "--format", "spacy", "--loss", "lost.jsonl", "corpus"]);
    assert_eq!(ran.status, 0, "{ran:?}");
    assert!(ran.err.contains("not taken over: a relation, 1"), "{ran:?}");
    assert_eq!(desk.read("lost.jsonl"), "{\"annotation\":\"R1\",\"path\":\"corpus/a\",\"what\":\"a relation\"}\n");
    let ran = desk.run(&["export", "--format", "spacy", "--strict", "-o", "never.jsonl", "corpus"]);
    assert_eq!((ran.status, desk.path("never.jsonl").exists()), (1, false), "{ran:?}");
    desk.write("prodigy/corpus/a.ann", "mine\n");
    let ran = desk.run(&["import", "--format", "prodigy", "out.json", "-o", "prodigy"]);
    assert_eq!((ran.status, desk.read("prodigy/corpus/a.ann")), (2, "mine\n".to_owned()), "{ran:?}");
    desk.write(
        "evil.jsonl",
        "{\"text\":\"x\",\"meta\":{\"source\":\"../../evil\"}}\n{\"text\":\"y\",\"meta\":{\"source\":\"good\"}}\n",
    );
    let ran = desk.run(&["import", "--format", "doccano", "evil.jsonl", "-o", "in"]);
    assert_eq!((ran.status, desk.read("in/good.txt")), (2, "y".to_owned()), "{ran:?}");
    assert!(!desk.path("../evil.txt").exists());
}
