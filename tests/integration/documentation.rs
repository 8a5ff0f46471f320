//! The pages of the documentation say what is true.

use std::path::Path;

use regex::Regex;

use crate::layers::type_names;
use crate::support::generated::assert_current;
use crate::support::test_folder::TestFolder;

#[test]
fn the_pages_of_the_rules_are_current() {
    assert_current("docs/rules.md", &TestFolder::new(&[]).run(&["explain", "--all"]).out);
}

/// The page of a file of the project.
fn page(path: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).expect("a page")
}

#[test]
fn the_types_of_the_glossary_exist() {
    let types = type_names();
    let mut named = 0;
    for row in page("docs/glossary.md").lines().filter(|line| line.starts_with("| ")) {
        let column = row.trim_end_matches('|').rsplit('|').next().unwrap_or_default();
        for name in column.split('`').skip(1).step_by(2) {
            assert!(types.contains(name), "docs/glossary.md names the type `{name}`, which does not exist: {row}");
            named += 1;
        }
    }
    assert!(named > 30, "the table was read: {named} types");
}

/// Every Markdown page of the project, by its path.
fn pages() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = ["", "docs", "editors/vscode", "editors/nvim", "integrations", "fuzz"];
    let in_folder = |folder: &str| {
        let entries = std::fs::read_dir(root.join(folder)).into_iter().flatten();
        let paths = entries.map(|entry| entry.expect("an entry").file_name().into_string().expect("UTF-8"));
        paths.filter(|name| name.ends_with(".md")).map(|name| format!("{folder}/{name}")).collect::<Vec<_>>()
    };
    folders
        .into_iter()
        .flat_map(in_folder)
        .map(|path| path.trim_start_matches('/').to_owned())
        .map(|path| (path.clone(), page(&path)))
        .collect()
}

#[test]
fn links_between_pages_lead_somewhere() {
    let link = Regex::new(r"\]\(([^()\s]+)\)").expect("an expression");
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut wrong = Vec::new();
    for (path, text) in pages() {
        let folder = Path::new(&path).parent().unwrap_or(Path::new(""));
        for target in link.captures_iter(&outside_code(&text)).map(|found| found[1].to_owned()) {
            let (file, anchor) = target.split_once('#').unwrap_or((&target, ""));
            if file.contains("://") {
                continue;
            }
            let there = if file.is_empty() { root.join(&path) } else { root.join(folder).join(file) };
            if !there.exists() {
                wrong.push(format!("{path}: {target} does not exist"));
            } else if !anchor.is_empty()
                && file.rsplit('.').next().is_none_or(|ending| ending == "md" || file.is_empty())
            {
                let headings = std::fs::read_to_string(&there).expect("a page");
                if !headings.lines().any(|line| line.starts_with('#') && slug(line) == anchor) {
                    wrong.push(format!("{path}: {target} has no such heading"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A page without its blocks of code and what stands between backticks.
fn outside_code(text: &str) -> String {
    let blocks = text.split("```").step_by(2).collect::<String>();
    blocks.split('`').step_by(2).collect()
}

/// The anchor of a heading, as GitHub makes it.
fn slug(heading: &str) -> String {
    let text = heading.trim_start_matches('#').trim().to_lowercase();
    let kept = text.chars().filter(|letter| letter.is_alphanumeric() || matches!(letter, ' ' | '-' | '_'));
    kept.map(|letter| if letter == ' ' { '-' } else { letter }).collect()
}

#[test]
fn the_worked_example_is_the_rule_as_it_stands() {
    let path = "src/rules/text/byte_order_mark.rs";
    let contributing = page("CONTRIBUTING.md");
    let marker = format!("<!-- {path} -->\n```rust\n");
    let (before, behind) = contributing.split_once(&marker).expect("the marked example");
    // A rule has fenced blocks of its own, behind `//!`: the fence that ends the example begins its line.
    let end = if behind.starts_with("```\n") { 0 } else { behind.find("\n```\n").expect("the end of the example") + 1 };
    assert_current("CONTRIBUTING.md", &format!("{before}{marker}{}{}", page(path), &behind[end..]));
}

#[test]
fn files_that_the_pages_name_exist() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut wrong = Vec::new();
    for path in ["docs/architecture.md", "docs/reliability.md", "CONTRIBUTING.md", "fuzz/README.md"] {
        let text = page(path);
        // Each block of code stands between two fences; of the rest, each second piece stands between backticks.
        let prose: String = text.split("\n```").step_by(2).collect();
        for word in prose.split('`').skip(1).step_by(2) {
            let names_a_file = word.trim_end_matches('/').contains('/')
                && (word.ends_with('/') || word.ends_with(".rs") || word.ends_with(".toml"));
            if !names_a_file || word.contains(['<', '*', ' ', '…', '{']) {
                continue;
            }
            if ![root.join(word), root.join("src").join(word)].iter().any(|file| file.exists()) {
                wrong.push(format!("{path} names {word}, which does not exist"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
