//! `scholiast report`: the page and the tables of a corpus with hostile names in it.

use serde_json::Value;

use crate::support::test_folder::TestFolder;

const TEXT: &str =
    "Hà Nội, 25/05/2024\n\nBà Trần Lan Anh gặp ông Vũ Nam ở Huế.\nTrần Lan Anh ký 752/QĐ-TTg ngày 23/6/2023.\n";
const REGISTRY: &str = r#"version = 1

[[person]]
id = "lan-anh"
names.vi = ["Trần Lan Anh"]
note = "</script><script>alert(1)</script>"

[[person]]
id = "vu-nam"
names.vi = ["Vũ Nam"]

[[place]]
id = "hue"
names.vi = ["Huế"]
"#;

fn folder() -> TestFolder {
    TestFolder::new(&[
        ("corpus/scholiast.toml", "[corpus]\nregistry = [\"people.toml\"]\ndocument-date = { masthead = true }\n"),
        ("corpus/people.toml", REGISTRY),
        ("corpus/a.txt", TEXT),
        ("corpus/a.ann", "T1\tPerson 23 35\tTrần Lan Anh\n"),
        ("corpus/b.txt", "Vũ Nam.\n"),
    ])
}

fn json(folder: &TestFolder, words: &[&str]) -> Value {
    let ran = folder.run(&[&["report", "--format", "json"][..], words].concat());
    assert_eq!(ran.status, 0, "{ran:?}");
    serde_json::from_str(&ran.out).expect("JSON")
}

#[test]
fn tables_say_who_is_named_and_where() {
    let folder = folder();
    let report = json(&folder, &["corpus"]);
    let totals = &report["totals"];
    assert_eq!((&totals["documents"], &totals["people"], &totals["annotations"]), (&2.into(), &2.into(), &1.into()));
    let lan =
        report["entities"].as_array().expect("a list").iter().find(|one| one["id"] == "lan-anh").expect("Lan Anh");
    assert_eq!((&lan["mentions"], &lan["spellings"][0]["text"]), (&2.into(), &"Trần Lan Anh".into()));
    assert_eq!(
        lan["spellings"][0]["lines"][0],
        serde_json::json!([0, 3, "Bà ", "Trần Lan Anh", " gặp ông Vũ Nam ở Huế."])
    );
    assert_eq!(lan["months"], serde_json::json!([["2024-05", 2]]));
    assert_eq!(report["pairs"], serde_json::json!([["lan-anh", "vu-nam", 1]]));
    assert_eq!(report["laws"][0]["reference"], "752/QĐ-TTg");
    assert_eq!(report["annotations"], serde_json::json!([["Person", "", 1]]));
    // The same bytes, however many threads.
    let of = |threads: &str| folder.run(&["--threads", threads, "report", "--format", "json", "corpus"]).out;
    assert_eq!(of("1"), of("4"));
}

#[test]
fn the_page_is_one_file_and_takes_no_name_for_markup() {
    let folder = folder();
    let ran = folder.run(&["report", "-o", "report.html", "--title", "<b>{{data}}", "corpus"]);
    assert_eq!(ran.status, 0, "{ran:?}");
    assert!(ran.err.contains("Wrote a report of 2 documents to report.html"), "{ran:?}");
    let page = folder.read("report.html");
    assert!(page.len() < 5_000_000 && page.starts_with("<!doctype html>"));
    assert!(page.contains("<title>&lt;b&gt;{{data}}</title>") && !page.contains("<script>alert(1)"));
    for from_elsewhere in ["<link", "src=", "@import", "url("] {
        let own = page.split("<script").next().expect("the page before its scripts");
        assert!(!own.contains(from_elsewhere), "{from_elsewhere}");
    }
    // A second report takes the place of the first.
    assert_eq!(folder.run(&["report", "-o", "report.html", "corpus"]).status, 0);
    assert!(folder.read("report.html").contains("<title>corpus</title>"));
}

#[test]
fn other_forms_and_the_trend() {
    let folder = folder();
    let ran = folder.run(&["report", "--format", "markdown", "corpus"]);
    assert!(ran.out.contains("| Trần Lan Anh | lan-anh | 2 | 1 | Trần Lan Anh (2) |"), "{ran:?}");
    let ran = folder.run(&["report", "--format", "csv", "corpus"]);
    assert!(ran.out.contains("\npeople,vu-nam,Vũ Nam,Vũ Nam,,,2\n"), "{ran:?}");
    folder.write("corpus/b.txt", "Vũ Nam, ngày 31/02/2024.\n");
    assert_eq!(folder.run(&["baseline", "corpus", "--file", "old.json"]).status, 0);
    folder.write("corpus/b.txt", "Vũ Nam, ngày 31/02/2024, ngày 30/02/2024.\n");
    let report = json(&folder, &["corpus", "--baseline", "old.json"]);
    let rule = report["rules"].as_array().expect("a list").iter().find(|rule| rule["code"] == "date/impossible-day");
    let rule = rule.expect("the rule");
    assert_eq!((&rule["before"], &rule["count"]), (&1.into(), &2.into()));
    assert_eq!(folder.run(&["report", "--baseline", "none.json", "--format", "json", "corpus"]).status, 2);
}

#[test]
fn agreement_with_another_annotator_is_shown() {
    let text = "Bà Lan gặp ông Nam ở Huế.\n";
    let folder = TestFolder::new(&[
        ("anna/scholiast.toml", "[compare]\nwith = \"../ben\"\n"),
        ("anna/a.txt", text),
        ("anna/a.ann", "T1\tPerson 3 6\tLan\nT2\tPerson 15 18\tNam\nT3\tPlace 21 24\tHuế\n"),
        ("anna/b.txt", "Lan.\n"),
        ("anna/b.ann", "T1\tPerson 0 3\tLan\n"),
        ("ben/a.txt", text),
        ("ben/a.ann", "T1\tPerson 3 6\tLan\nT2\tPerson 11 18\tông Nam\nT3\tCity 21 24\tHuế\n"),
    ]);
    let report = json(&folder, &["anna"]);
    let agreement = &report["agreement"][0];
    assert_eq!((&agreement["with"], &agreement["documents"]), (&"../ben".into(), &1.into()));
    let rows = agreement["types"].as_array().expect("rows");
    let names: Vec<&str> = rows.iter().map(|row| row["type"].as_str().expect("a type")).collect();
    assert_eq!(names, ["City", "Person", "Place", ""]);
    let counts =
        |row: &Value| ["same", "other_type", "overlap", "only_here", "only_there"].map(|key| row[key].as_u64());
    assert_eq!(counts(&rows[3]), [Some(1), Some(1), Some(1), Some(0), Some(0)]);
    // Two of three on each side are the same or overlap.
    assert_eq!((&rows[3]["f1"], &rows[3]["f1_overlap"]), (&0.333_333.into(), &0.666_667.into()));
    let markdown = folder.run(&["report", "--format", "markdown", "anna"]).out;
    assert!(markdown.contains("## Agreement with ../ben\n"), "{markdown}");
    assert!(markdown.contains("| Person | 1 | 0 | 1 | 0 | 0 | 0.500 | 1.000 |"), "{markdown}");
    let table = folder.run(&["report", "--format", "csv", "anna"]).out;
    assert!(table.contains("agreement-overlap,Person,../ben,,,,1\n"), "{table}");
    assert_eq!(json(&self::folder(), &["corpus"])["agreement"], serde_json::json!([]));
}
