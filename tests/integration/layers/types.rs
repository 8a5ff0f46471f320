//! The names of types and where they are defined.

use std::collections::BTreeMap;

use super::source::{SourceFile, Token};

/// Every type, trait and alias with the places of its definitions, as `path:line`.
pub fn definitions<'s>(sources: impl Iterator<Item = &'s SourceFile>) -> BTreeMap<String, Vec<String>> {
    let mut places: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for source in sources {
        for token in defined(&source.tokens) {
            places.entry(token.text.clone()).or_default().push(format!("{}:{}", source.path, token.line));
        }
    }
    places
}

/// The names behind `struct`, `enum`, `trait` and `type`; the types of an implementation belong to its trait.
fn defined(tokens: &[Token]) -> Vec<&Token> {
    let mut names = Vec::new();
    // For each open brace, whether it belongs to an `impl` or a `trait`.
    let mut braces: Vec<bool> = Vec::new();
    let mut associated = false;
    for (at, token) in tokens.iter().enumerate() {
        let name = tokens.get(at + 1).filter(|name| name.text.starts_with(char::is_uppercase));
        match (token.text.as_str(), name) {
            ("struct" | "enum", Some(name)) => names.push(name),
            ("trait", Some(name)) => {
                names.push(name);
                associated = true;
            }
            ("type", Some(name)) if braces.last() != Some(&true) => names.push(name),
            ("impl", _) => associated = true,
            ("{", _) => braces.push(std::mem::take(&mut associated)),
            ("}", _) => drop(braces.pop()),
            (";", _) => associated = false,
            _ => {}
        }
    }
    names
}

#[test]
fn private_and_local_types_count_and_associated_ones_do_not() {
    let text = "struct A;\nfn f() { enum B {} }\ntype C = u8;\ntrait D { type Item; }\nimpl D for A { type Item = u8; }\n\
                #[cfg(test)]\nmod tests { struct E; }\n";
    let source = SourceFile::new("a.rs", text);
    let found: Vec<String> = definitions(std::iter::once(&source)).into_keys().collect();
    assert_eq!(found, ["A", "B", "C", "D"]);
}
