//! A corpus that is judged in parts has the findings of the program over the whole of it.

use std::collections::BTreeMap;

use camino::Utf8Path;
use jiff::civil::date;
use scholiast::diagnostic::Diagnostic;
use scholiast::embed::analyzer::{Analyzer, AnalyzerSources, CorpusSummary, NamedText};
use scholiast::embed::document::GivenDocument;
use scholiast::embed::statement::{OF_SOURCES, Statement, joined};
use scholiast::render::{Format, RenderOptions, Renderer, Sources};

use crate::support::test_folder::TestFolder;

const CONFIG: &str = r#"[corpus]
include = ["**/*.txt", "some.md"]
registry = ["people.toml"]

[[suppress]]
path = "**"
rule = "decree/missing-diacritics"
text = "44/QD-BTS"
reason = "printed so"

[[suppress]]
path = "**"
rule = "date/impossible-day"
text = "nowhere"
reason = "of another corpus"

[[decide]]
path = "**"
text = "Đà Lạt"
is = "nothing"

[[decide]]
path = "**"
text = "Nha Trang"
is = "nothing"
"#;

const REGISTRY: &str = r#"version = 1

[[person]]
id = "binh"
names.vi = ["Hà Văn Bình"]
names.th = ["ห่า วัน บิ่ญ", "ฮา วัน บินห์"]

[[place]]
id = "da-lat"
names.vi = ["Đà Lạt"]
names.th = ["ดาลัต"]
"#;

/// Texts and annotation files. Paths are such that folders and files are in another order as bytes.
const FILES: [(&str, &str); 18] = [
    ("a.txt", "Quyết định số 318/QĐ-TTg ngày 5/3/2023 và Quyết định số 318/QĐ-TTg ngày 5/3/2023.\n"),
    ("a/b.txt", "Quyết định số 318/QĐ-TTg ngày 6/3/2023 nói về Đà Lạt.\n"),
    ("a-c.txt", "Quyết định số 318/QĐ-TTg ngày 7/3/2023, Quyết định số 44/QD-BTS.\n"),
    ("d.txt", "Nghị định 15/NĐ-CP quy định chi tiết.\n"),
    ("e.txt", "Nghị định số 15/2021/NĐ-CP của Chính phủ.\n"),
    ("f.txt", "พบ ดาลัต ที่นี่\n"),
    ("f.ann", "T1\tPlace 3 8\tดาลัต\nN1\tReference T1 registry:da-lat\tดาลัต\n"),
    ("g.txt", "พบ ดาลัต ที่นั่น\n"),
    ("g.ann", "T1\tPerson 3 8\tดาลัต\n"),
    ("h.txt", "ที่ ดาลัต และ ห่า วัน บิ่ญ\n"),
    ("h.ann", "T1\tPerson 14 26\tห่า วัน บิ่ญ\n"),
    ("i.txt", "นายฮา วัน บินห์ กล่าว\n"),
    ("j.txt", "Hà Văn Bình đến.\n"),
    ("k/l.txt", "Ông Hà Văn Bình nói ngày 31/4/2023.\n"),
    ("k/l.ann", "T1\tThing 4 15\tHà Văn Bình\n"),
    ("annotation.conf", "[entities]\nPerson\nPlace\n\n[relations]\nat Arg1:Persn, Arg2:Place\n"),
    ("k/visual.conf", "[labels]\nPlce | Place\n"),
    ("m/annotation.conf", "[entities]\n!nobody annotates here\n"),
];

fn analyzer() -> Analyzer {
    let named = |path: &str, text: &str| NamedText { path: path.into(), text: text.into() };
    let is_conf = |path: &str| path.ends_with(".conf");
    let sources = AnalyzerSources {
        config: Some(named("scholiast.toml", CONFIG)),
        registry: vec![named("people.toml", REGISTRY)],
        annotation_configurations: FILES
            .iter()
            .filter(|(path, _)| is_conf(path))
            .map(|(path, text)| named(path, text))
            .collect(),
        today: date(2026, 1, 1),
    };
    Analyzer::new(&sources, true).unwrap()
}

fn source(path: &'static str, text: &'static str) -> GivenDocument<'static> {
    let beside = FILES.iter().find(|(other, _)| Utf8Path::new(other) == Utf8Path::new(path).with_extension("ann"));
    GivenDocument {
        path: Utf8Path::new(path),
        bytes: text.as_bytes(),
        annotations: beside.map(|(_, annotations)| annotations.as_bytes()),
    }
}

fn lines(found: &[Diagnostic], sources: &dyn Sources) -> Vec<String> {
    let mut renderer = Renderer::new(Format::Jsonl, RenderOptions::default());
    found
        .iter()
        .map(|found| {
            let mut line = Vec::new();
            renderer.finding(&mut line, sources, found).unwrap();
            String::from_utf8(line).unwrap().trim_end().to_owned()
        })
        .collect()
}

/// The findings of the texts in some order, their statements joined in lots of `lot`.
fn in_parts(texts: &[(&'static str, &'static str)], lot: usize) -> Vec<String> {
    let analyzer = analyzer();
    let mut asks: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    let mut joined_lots: Vec<Statement> = Vec::new();
    for texts in texts.chunks(lot) {
        let mut said = Vec::new();
        for (path, text) in texts {
            for testimony in analyzer.analyse(source(path, text), &[]).testimonies() {
                if testimony.asks {
                    asks.entry(path).or_default().push(testimony.statement.key());
                }
                // As it travels.
                said.push(Statement::from_bytes(&testimony.statement.to_bytes()).unwrap());
            }
        }
        joined_lots.extend(joined(said).into_values());
    }
    let mut matters = joined(joined_lots);
    matters.retain(|_, said| said.matters());
    let (mut found, mut used, mut decided, mut annotated) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for (path, text) in texts {
        let keys = asks.get(path).into_iter().flatten();
        let said: Vec<Statement> = keys.filter_map(|key| matters.get(key).cloned()).collect();
        let source = source(path, text);
        if source.annotations.is_some() {
            annotated.push(*path);
        }
        let document = analyzer.analyse(source, &said);
        let report = document.check();
        found.extend(lines(&report.diagnostics, &document));
        used.extend(report.used);
        decided.extend(report.decided);
    }
    let of_registry = matters.into_iter().filter(|(key, _)| key.starts_with(OF_SOURCES));
    let said: Vec<Statement> = of_registry.map(|(_, said)| said).collect();
    let paths: Vec<&str> = texts.iter().map(|(path, _)| *path).collect();
    let summary = CorpusSummary { paths: &paths, annotated: &annotated, used: &used, decided: &decided, said: &said };
    let sources = analyzer.check_sources(&summary);
    found.extend(lines(&sources.diagnostics, &sources));
    found.sort();
    found
}

#[test]
fn the_findings_of_parts_are_those_of_the_whole() {
    let folder = TestFolder::new(&FILES);
    folder.write("scholiast.toml", CONFIG);
    folder.write("people.toml", REGISTRY);
    let ran = folder.run(&["check", "--format", "jsonl", "--no-cache", "--quiet"]);
    let mut expected: Vec<String> = ran.out.lines().map(str::to_owned).collect();
    expected.sort();
    // Each needs another file than the one it is in.
    for wanted in [
        "decree/conflicting-dates",
        "dated 2023-03-05 here",
        "15/2021/NĐ-CP",
        "annotation/inconsistent",
        "annotation/missed",
        "entity/spelling-variants-corpus",
        "config/no-match",
        "config/unused-suppression",
        "config/unused-decision",
        "annotation/configuration",
        "\"path\":\"k/visual.conf\"",
    ] {
        assert!(ran.out.contains(wanted), "nothing of {wanted} in\n{}", ran.out);
    }
    let mut texts: Vec<(&str, &str)> = FILES.into_iter().filter(|(path, _)| path.ends_with(".txt")).collect();
    for lot in [1, 3, 100] {
        assert_eq!(in_parts(&texts, lot), expected, "in lots of {lot}");
        texts.reverse();
    }
}

#[test]
fn one_document_alone_is_judged_by_what_it_says_itself() {
    let analyzer = analyzer();
    let document = analyzer.analyse(source("a/b.txt", FILES[1].1), &[]);
    assert!(document.check().diagnostics.iter().all(|found| found.code != "decree/conflicting-dates"));
    let asked: Vec<String> =
        document.testimonies().iter().filter(|said| said.asks).map(|said| said.statement.key()).collect();
    assert_eq!(asked, ["days of 318/QĐ-TTg"]);
}
