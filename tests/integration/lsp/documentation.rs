//! `docs/lsp.md` says what `initialize` answers.

use std::collections::BTreeSet;

use serde_json::Value;

use super::support::{Client, Folder, pulls};

#[test]
fn the_table_of_capabilities_is_what_is_offered() {
    let documentation = include_str!("../../../docs/lsp.md");
    let section = documentation.split("\n## ").find(|section| section.starts_with("What it offers")).unwrap();
    let table: BTreeSet<String> = section
        .lines()
        .filter_map(|line| line.strip_prefix("| `")?.split_once('`'))
        .map(|(name, _)| name.to_owned())
        .collect();
    let folder = Folder::new(&[]);
    let offered = Client::spawn().initialize(&[&folder], pulls());
    let mut names = BTreeSet::new();
    for (name, value) in offered.as_object().unwrap() {
        match value {
            Value::Object(parts) if name == "workspace" => {
                names.extend(parts.keys().map(|part| format!("{name}.{part}")));
            }
            _ => {
                names.insert(name.clone());
            }
        }
    }
    assert_eq!(table, names);
}
