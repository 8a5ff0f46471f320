//! Every rule is shown by its own example: the text under `## Example` has exactly the finding of its rule.
//!
//! A `toml` block is the registry, or the configuration where it holds one of its tables; the `text` block behind it is
//! read as it stands, with `<U+FEFF>` for a character, `<A1>` for a byte, `<CR>` and `<LF>` for line ends. Of dates and
//! references each line is a document of its own: what follows the last wide gap, and lines of carets, explain it.

use std::sync::Arc;

use camino::Utf8Path;
use jiff::civil::date;

use super::{RULES, check_file};
use crate::config::Config;
use crate::corpus::{LoadedFile, World};
use crate::rules::Rule;

/// A fenced block: the word behind its fence, and its lines.
struct Block {
    language: String,
    lines: Vec<String>,
}

/// The blocks of a rule's example.
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
                blocks.push(Block { language: language.to_owned(), lines: Vec::new() });
                is_open = true;
            }
            (None, Some(block)) if is_open => block.lines.push(line.to_owned()),
            _ => {}
        }
    }
    blocks
}

/// The bytes that a line stands for.
fn bytes(line: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = line;
    while let Some(letter) = rest.chars().next() {
        let sign = rest.strip_prefix('<').and_then(|rest| rest.split_once('>'));
        let special = sign.and_then(|(name, after)| {
            let bytes = match name {
                "CR" => vec![b'\r'],
                "LF" => vec![b'\n'],
                _ if name.starts_with("U+") => {
                    char::from_u32(u32::from_str_radix(&name[2..], 16).ok()?)?.to_string().into_bytes()
                }
                _ if name.len() == 2 => vec![u8::from_str_radix(name, 16).ok()?],
                _ => return None,
            };
            Some((bytes, after))
        });
        match special {
            Some((special, after)) => {
                bytes.extend(special);
                rest = after;
            }
            None => {
                bytes.extend(&rest.as_bytes()[..letter.len_utf8()]);
                rest = &rest[letter.len_utf8()..];
            }
        }
    }
    bytes
}

/// The documents of an example: the whole block, or of dates and references each line without its explanation.
fn documents(rule: &Rule, block: &Block) -> Vec<Vec<u8>> {
    let explained = matches!(rule.family(), "date" | "decree");
    if !explained {
        let mut whole = Vec::new();
        for line in &block.lines {
            whole.extend(bytes(line));
            if !line.ends_with("<LF>") {
                whole.push(b'\n');
            }
        }
        return vec![whole];
    }
    let lines = block.lines.iter().filter(|line| !line.trim().is_empty() && !line.trim_start().starts_with('^'));
    lines.map(|line| bytes(line.rfind("    ").map_or(line.as_str(), |gap| line[..gap].trim_end()))).collect()
}

/// The codes found in a document, beside these blocks of TOML.
fn codes(toml: &[&Block], document: &[u8]) -> Vec<String> {
    let is_configuration = |block: &&&Block| {
        block.lines.iter().any(|line| ["[[pattern]]", "[rules]", "[corpus]"].contains(&line.as_str()))
    };
    let text = |block: &Block| block.lines.join("\n");
    let configuration = toml.iter().find(is_configuration).map(|block| text(block)).unwrap_or_default();
    let (config, faults) = Config::parse(&configuration).expect("the configuration is TOML");
    assert!(faults.is_empty(), "{faults:?}");
    let mut world = World::new(Arc::new(config), date(2026, 6, 1));
    let registries = toml.iter().filter(|block| !is_configuration(block));
    world.set_registry(registries.map(|block| ("registry.toml".into(), Some(Arc::from(text(block))), false)));
    let ctx = world.current().ctx().clone();
    world.load(Utf8Path::new("a.txt"), LoadedFile::new(&ctx, document));
    let snapshot = world.current();
    let files = snapshot.files_by_path().into_iter().flat_map(|file| check_file(snapshot, file).diagnostics);
    files.map(|found| found.code.to_string()).collect()
}

#[test]
fn each_example_shows_its_rule_alone() {
    let mut wrong = Vec::new();
    for rule in RULES.iter().filter(|rule| matches!(rule.family(), "date" | "decree" | "text")) {
        let blocks = blocks(rule);
        let (texts, toml): (Vec<&Block>, Vec<&Block>) = blocks.iter().partition(|block| block.language == "text");
        if texts.is_empty() {
            wrong.push(format!("{}: no text in its example", rule.code));
        }
        for document in texts.into_iter().flat_map(|block| documents(rule, block)) {
            let found = codes(&toml, &document);
            let shown = String::from_utf8_lossy(&document);
            // A rule that compares mentions may have a finding for each.
            // An invisible character inside a reference is a fault of the text as well.
            let is_foreign = |code: &String| {
                code != rule.code && (rule.code, code.as_str()) != ("decree/invisible-char", "text/invisible-character")
            };
            if !found.iter().any(|code| code == rule.code) || found.iter().any(is_foreign) {
                wrong.push(format!("{}: `{}` has {found:?}", rule.code, shown.trim_end()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
