//! The examples of rules that are about more than one text: each, written into a folder, has a finding of its rule.
//!
//! The blocks under `## Example` are files: `text` the texts `a.txt`, `b.txt` …, `ann` the annotation file beside the
//! first one (four spaces stand for a TAB), `conf` its `annotation.conf`, `toml` the registry, of a rule about the
//! configuration `scholiast.toml`. The examples of dates, references and texts run in the crate itself, line by line.

use scholiast::rules::{RULES, Rule};

use crate::support::test_folder::TestFolder;

/// A fenced block: the word behind its fence, and its lines.
struct Block {
    language: String,
    text: String,
}

fn blocks(rule: &Rule) -> Vec<Block> {
    let docs = rule.documentation();
    let example =
        docs.lines().skip_while(|line| *line != "## Example").skip(1).take_while(|line| !line.starts_with("## "));
    let mut blocks: Vec<Block> = Vec::new();
    let mut is_open = false;
    for line in example {
        match (line.strip_prefix("```"), blocks.last_mut()) {
            (Some(_), _) if is_open => is_open = false,
            (Some(language), _) => {
                blocks.push(Block { language: language.to_owned(), text: String::new() });
                is_open = true;
            }
            (None, Some(block)) if is_open => block.text += &format!("{line}\n"),
            _ => {}
        }
    }
    blocks
}

/// The files of an example.
fn files(rule: &Rule) -> Vec<(String, String)> {
    let mut files = vec![];
    let mut texts = b'a'..=b'z';
    for Block { language, text } in blocks(rule) {
        let is_configuration = rule.family() == "config" || text.starts_with("[corpus]") || text.starts_with("[rules]");
        files.push(match language.as_str() {
            "ann" => ("a.ann".to_owned(), text.replace("    ", "\t")),
            "ben" => ("ben/a.ann".to_owned(), text.replace("    ", "\t")),
            "tsv" => ("scholiast-states.tsv".to_owned(), text.replace("    ", "\t")),
            "settled" => ("scholiast-settled.tsv".to_owned(), text.replace("    ", "\t").replace('\\', "")),
            "conf" => ("annotation.conf".to_owned(), text),
            "toml" if is_configuration => ("scholiast.toml".to_owned(), text),
            "toml" => ("registry.toml".to_owned(), format!("version = 1\n\n{text}")),
            _ => (format!("{}.txt", char::from(texts.next().expect("fewer than 26 texts"))), text),
        });
    }
    let has = |name: &str| files.iter().any(|(path, _)| path == name);
    if !has("scholiast.toml") {
        files.push(("scholiast.toml".to_owned(), String::new()));
    } else if !has("a.txt") {
        files.push(("a.txt".to_owned(), "x\n".to_owned()));
    }
    files
}

#[test]
fn each_example_has_a_finding_of_its_rule() {
    let mut wrong = Vec::new();
    let families = ["annotation", "entity", "registry", "config"];
    for rule in RULES.iter().filter(|rule| families.contains(&rule.family())) {
        let files = files(rule);
        let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        let folder = TestFolder::new(&files);
        let ran = folder.run(&["check", "--no-cache", "--format", "jsonl"]);
        let codes: Vec<String> = ran
            .out
            .lines()
            .filter_map(|row| serde_json::from_str::<serde_json::Value>(row).ok()?["code"].as_str().map(str::to_owned))
            .collect();
        // A configuration that cannot be read ends the command; its finding is the editor's.
        let is_refused = rule.code == "config/syntax" && ran.status == 2 && ran.err.contains("scholiast.toml:1");
        if !is_refused && !codes.iter().any(|code| code == rule.code) {
            wrong.push(format!("{}: {codes:?} {}", rule.code, ran.err.trim()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
