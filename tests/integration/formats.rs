//! Output for other programs against what they demand: schemas, units of columns, escapes.

use std::sync::Arc;

use scholiast::diagnostic::{Diagnostic, FileEdit, Fix, Related, Severity};
use scholiast::render::{Format, RenderOptions, Renderer, RuleInfo, Sources};
use scholiast::text::{FileId, LineIndex, Place, Span};
use serde_json::Value;

use crate::support::{json_schema, xml};

const TEXT: &str = "\u{feff}ก้ 😀 «อา», e\u{301}\r\n😀ă \"<&>\u{1}\" 100%\n";
/// A path with everything that means something to somebody.
const PATH: &str = "ข่าว/a b,c:d%&\"<'>|`#\n.txt";

struct Corpus;

impl Sources for Corpus {
    fn path(&self, file: FileId) -> &str {
        if file == FileId(0) { PATH } else { "/srv/ก.txt" }
    }

    fn text(&self, file: FileId) -> Option<Arc<str>> {
        (file == FileId(0)).then(|| Arc::from(TEXT))
    }

    fn rule(&self, code: &str) -> Option<RuleInfo> {
        (code == "text/test").then(|| RuleInfo {
            summary: "a test".into(),
            url: Some("https://example.org/text/test".into()),
            documentation: "A *test*.".into(),
        })
    }
}

fn place(part: &str) -> Place {
    let start = TEXT.find(part).unwrap();
    LineIndex::new(TEXT).place(TEXT, Span::of(start, start + part.len()))
}

fn finding(part: &str) -> Diagnostic {
    Diagnostic {
        code: "text/test".into(),
        severity: Severity::Error,
        file: FileId(0),
        place: place(part),
        message: "a | \"message\"\r\nof <two> & 100% lines \u{1b}[0m".into(),
        related: Vec::new(),
        fix: None,
        unnecessary: false,
    }
}

/// Findings with and without every part, of every severity, in two files, one of them gone.
fn findings() -> Vec<Diagnostic> {
    let edit = |part, text: &str| FileEdit { file: FileId(0), place: place(part), text: text.into() };
    let fix = |edits| Some(Fix { title: "do it".into(), safe: true, edits });
    let related = |file| Related { file: FileId(file), place: place("อา"), message: "there".into() };
    let mark = Diagnostic { fix: fix(vec![edit("\u{feff}", "")]), ..finding("\u{feff}") };
    let word = Diagnostic { related: vec![related(0), related(1)], severity: Severity::Warning, ..finding("อา") };
    let accent = Diagnostic { fix: fix(vec![edit("\r\n", "\n"), edit("ă", "â")]), ..finding("\u{301}\r\n😀") };
    let unknown = Diagnostic { code: "text/other".into(), severity: Severity::Hint, ..finding("ă") };
    let insertion =
        Diagnostic {
            place: Place { end: place("ă").start, ..place("ă") }, severity: Severity::Info, ..finding("ă")
        };
    let elsewhere = Diagnostic { file: FileId(1), ..word.clone() };
    vec![mark, word, accent, insertion, unknown, elsewhere]
}

fn rendered(format: Format, findings: &[Diagnostic]) -> String {
    let mut out = Vec::new();
    let mut renderer = Renderer::new(format, RenderOptions::default());
    renderer.begin(&mut out).unwrap();
    for finding in findings {
        renderer.finding(&mut out, &Corpus, finding).unwrap();
    }
    renderer.finish(&mut out, &Corpus).unwrap();
    String::from_utf8(out).unwrap()
}

fn json(format: Format, findings: &[Diagnostic]) -> Value {
    serde_json::from_str(&rendered(format, findings)).unwrap()
}

fn schema(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

#[test]
fn sarif_conforms_to_its_schema() {
    let schema = schema(include_str!("../fixtures/sarif-2.1.0.schema.json"));
    for findings in [findings(), Vec::new()] {
        assert_eq!(json_schema::faults(&schema, &json(Format::Sarif, &findings)), Vec::<String>::new());
    }
    let mut broken = json(Format::Sarif, &findings());
    broken["runs"][0]["results"][0]["level"] = "fatal".into();
    assert_eq!(json_schema::faults(&schema, &broken).len(), 1, "the check sees faults");
}

#[test]
fn sarif_counts_utf16_and_names_files_by_uri() {
    let log = json(Format::Sarif, &findings());
    let run = &log["runs"][0];
    assert_eq!(run["columnKind"], "utf16CodeUnits");
    let region = &run["results"][1]["locations"][0]["physicalLocation"];
    assert_eq!(region["region"]["startColumn"], 8, "ก ้ space, two units of the emoji, space, «");
    let uri = region["artifactLocation"]["uri"].as_str().unwrap();
    assert!(uri.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~/%".contains(&byte)), "{uri}");
    assert_eq!(
        run["results"][5]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"],
        "file:///srv/%E0%B8%81.txt"
    );
    let mark = &run["results"][0]["fixes"][0]["artifactChanges"][0]["replacements"][0]["deletedRegion"];
    assert_eq!((&mark["byteOffset"], &mark["byteLength"]), (&0.into(), &3.into()), "a mark has no column");
    let index = run["results"][0]["ruleIndex"].as_u64().unwrap() as usize;
    assert_eq!(run["tool"]["driver"]["rules"][index]["helpUri"], "https://example.org/text/test");
}

#[test]
fn json_and_its_rows_conform_to_the_published_schema() {
    let schema = schema(include_str!("../../schemas/findings.schema.json"));
    for findings in [findings(), Vec::new()] {
        assert_eq!(json_schema::faults(&schema, &json(Format::Json, &findings)), Vec::<String>::new());
    }
    for line in rendered(Format::Jsonl, &findings()).lines() {
        let row = serde_json::from_str(line).unwrap();
        assert_eq!(json_schema::faults_of(&schema, "finding", &row), Vec::<String>::new());
    }
}

#[test]
fn gitlab_rows_hold_what_the_report_needs() {
    let rows = json(Format::Gitlab, &findings());
    let mut prints: Vec<&str> = Vec::new();
    for row in rows.as_array().unwrap() {
        for pointer in ["/description", "/check_name", "/severity", "/location/path"] {
            assert!(row.pointer(pointer).is_some_and(Value::is_string), "{pointer}");
        }
        assert!(row["location"]["lines"]["begin"].as_u64().unwrap() >= 1);
        let severity = row["severity"].as_str().unwrap();
        assert!(["info", "minor", "major", "critical", "blocker"].contains(&severity));
        prints.push(row["fingerprint"].as_str().unwrap());
    }
    let count = prints.len();
    prints.sort_unstable();
    prints.dedup();
    assert_eq!(prints.len(), count, "every fingerprint once");
}

#[test]
fn reviewdog_counts_bytes_of_the_line_and_takes_all_edits_at_once() {
    let out = rendered(Format::Rdjsonl, &findings());
    let rows: Vec<Value> = out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let columns = |row: &Value| {
        let range = &row["location"]["range"];
        [&range["start"]["line"], &range["start"]["column"], &range["end"]["line"], &range["end"]["column"]]
            .map(|number| number.as_u64().unwrap() as usize)
    };
    let word = TEXT.find("อา").unwrap();
    assert_eq!(columns(&rows[1]), [1, word + 1, 1, word + 7], "the byte-order mark counts");
    assert_eq!(columns(&rows[4]), [2, 5, 2, 7]);
    assert_eq!(rows[2]["suggestions"][0]["text"], "\n😀â");
    assert!(rows[1].get("suggestions").is_none());
    assert!(rows.iter().all(|row| ["ERROR", "WARNING", "INFO"].contains(&row["severity"].as_str().unwrap())));
}

#[test]
fn workflow_commands_stay_on_their_lines() {
    let out = rendered(Format::Github, &findings());
    assert_eq!(out.lines().count(), findings().len());
    for line in out.lines() {
        let (command, data) = line.strip_prefix("::").unwrap().split_once("::").unwrap();
        let (name, properties) = command.split_once(' ').unwrap();
        assert!(["error", "warning", "notice"].contains(&name));
        for property in properties.split(',') {
            let (key, value) = property.split_once('=').unwrap();
            assert!(["file", "line", "endLine", "col", "endColumn", "title"].contains(&key), "{key}");
            assert!(!value.contains(':'), "{value}");
        }
        // What the runner does to read the message back; line ends are escapes in it, since the log is a terminal.
        let message = data.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%");
        assert!(message.contains("\\r\\nof <two> & 100% lines"), "{message:?}");
    }
}

/// The elements and attributes of the JUnit schema that Jenkins' xUnit plugin validates against, as far as they occur.
#[test]
fn junit_is_of_the_form_ci_servers_validate() {
    for (findings, tests) in [(findings(), [5, 1].as_slice()), (Vec::new(), &[1])] {
        let root = xml::parse(&rendered(Format::Junit, &findings));
        assert_eq!((root.name.as_str(), root.attribute("name")), ("testsuites", Some("scholiast")));
        assert_eq!(root.children.len(), tests.len());
        for (suite, &tests) in root.children.iter().zip(tests) {
            let number = |name| suite.attribute(name).unwrap().parse::<usize>().unwrap();
            let failed = suite.children.iter().filter(|case| case.children.iter().any(|child| child.name == "failure"));
            assert_eq!((suite.name.as_str(), number("tests"), number("errors")), ("testsuite", tests, 0));
            assert_eq!((suite.children.len(), failed.count()), (tests, number("failures")));
            for case in &suite.children {
                assert_eq!(case.name, "testcase");
                assert!(case.attribute("name").is_some() && case.attribute("classname").is_some());
                for outcome in &case.children {
                    match outcome.name.as_str() {
                        "failure" => {
                            assert!(outcome.attribute("type").is_some() && outcome.attribute("message").is_some());
                        }
                        "system-out" => assert!(outcome.attributes.is_empty()),
                        other => panic!("{other}"),
                    }
                }
            }
        }
    }
}

#[test]
fn checkstyle_names_the_file_as_it_is() {
    let root = xml::parse(&rendered(Format::Checkstyle, &findings()));
    assert_eq!((root.name.as_str(), root.children.len()), ("checkstyle", 2));
    let file = &root.children[0];
    assert_eq!((file.name.as_str(), file.attribute("name")), ("file", Some(PATH)));
    for error in &file.children {
        assert_eq!(error.name, "error");
        assert!(["error", "warning", "info"].contains(&error.attribute("severity").unwrap()));
    }
    let word = &file.children[1];
    assert_eq!((word.attribute("line"), word.attribute("column")), (Some("1"), Some("7")), "code points, from 1");
}

#[test]
fn a_line_is_a_line_for_people_too() {
    for format in [Format::Concise, Format::Grouped, Format::Full, Format::Markdown] {
        let out = rendered(format, &findings());
        assert!(!out.contains(['\u{1b}', '\r']), "{format}");
    }
    assert_eq!(rendered(Format::Concise, &findings()).lines().count(), findings().len());
    let markdown = rendered(Format::Markdown, &findings());
    for row in markdown.lines().filter(|line| line.starts_with("| ")) {
        assert_eq!(row.replace("\\|", "").matches('|').count(), 6, "{row}");
    }
}
