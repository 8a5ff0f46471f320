//! The rows that the real program prints are those that the schemas describe.

use crate::support::json_schema;
use crate::support::test_folder::TestFolder;
use serde_json::Value;

fn json(text: &str) -> Value {
    serde_json::from_str(text).expect("JSON")
}

/// The seeds, with annotations and a text that has every sort of fault.
fn corpus() -> TestFolder {
    let folder = TestFolder::new(&[
        ("corpus/x.txt", "\u{feff}ngày 31/4/2023 😀 752/QD-TTg\r\nวันจันทร์ที่ 23 มิถุนายน 2566 ปี 2023\nĐông Tây\u{200b}\n"),
        ("corpus/x.ann", "T1\tDate 6 15\t31/4/2023\nN1\tReference T1 wiki:Q1\t31/4/2023\nT2\tX 0 3\tngày\n"),
    ]);
    let seeds = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/seeds")).expect("the seeds");
    for seed in seeds {
        let path = seed.expect("a file").path();
        let name = path.file_name().and_then(|name| name.to_str()).expect("a name").to_owned();
        folder.write(&format!("corpus/{name}"), &std::fs::read_to_string(&path).expect("a text"));
    }
    folder
}

#[test]
fn rows_are_as_their_schemas_say() {
    let folder = corpus();
    let findings = json(include_str!("../../schemas/findings.schema.json"));
    let mentions = json(include_str!("../../schemas/mentions.schema.json"));
    let ran = folder.run(&["check", "corpus", "--format", "jsonl"]);
    assert!(ran.out.lines().count() > 30, "{ran:?}");
    for line in ran.out.lines() {
        assert_eq!(json_schema::faults_of(&findings, "finding", &json(line)), [""; 0], "{line}");
    }
    let ran = folder.run(&["check", "corpus", "--format", "json"]);
    assert_eq!(json_schema::faults(&findings, &json(&ran.out)), [""; 0]);
    let ran = folder.run(&["mentions", "corpus", "--format", "jsonl"]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    let kinds: std::collections::BTreeSet<String> = ran
        .out
        .lines()
        .map(|line| {
            let row = json(line);
            assert_eq!(json_schema::faults(&mentions, &row), [""; 0], "{line}");
            row["kind"].as_str().expect("a word").to_owned()
        })
        .collect();
    for kind in ["official", "organization", "office", "place", "date", "decree", "annotation"] {
        assert!(kinds.contains(kind), "no {kind} among {kinds:?}");
    }
}

#[test]
fn settings_are_as_their_schema_says() {
    let schema = json(include_str!("../../schemas/config.schema.json"));
    let folder = TestFolder::new(&[(
        "scholiast.toml",
        "[corpus]\nexclude = [\"old/**\"]\ndocument-date = { value = 2024-01-02 }\n\n[rules]\npreset = \"strict\"\n\"date/*\" = \"info\"\n\n\
         [[suppress]]\npath = \"*.txt\"\nrule = \"date/*\"\ntext = \"x\"\nuntil = 2030-01-01\nreason = \"seen\"\n",
    )]);
    for words in [&["config"][..], &["config", "a.txt"], &["config", "old/a.txt", "--severity", "text=hint"]] {
        let ran = folder.run(&[words, &["--format", "json"]].concat());
        assert_eq!(ran.status, 0, "{}", ran.err);
        assert_eq!(json_schema::faults(&schema, &json(&ran.out)), [""; 0], "{words:?}");
    }
}
