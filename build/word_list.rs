//! Word lists under `src/recognise/data/`: plain text that native speakers can correct without Rust.
//!
//! A line is a word or phrase. `#` begins a comment line, `[…]` a section; quotation marks keep spaces at the ends. A
//! list that holds a word twice in one section, or a control character, stops the build with the line at fault.

use std::path::Path;
use std::{fs, io};

/// The words of one section, in the order of the file.
pub struct WordSection {
    /// The name between the brackets; empty before the first section.
    pub name: String,
    /// The words.
    pub words: Vec<String>,
}

/// Reads a word list.
pub fn read(path: &Path) -> io::Result<Vec<WordSection>> {
    parse(&fs::read_to_string(path)?).map_err(|fault| io::Error::other(format!("{}: {fault}", path.display())))
}

fn parse(text: &str) -> Result<Vec<WordSection>, String> {
    let mut sections = vec![WordSection { name: String::new(), words: Vec::new() }];
    for (number, line) in text.lines().enumerate() {
        let fault = |what: &str| Err(format!("line {}: {what}: {line}", number + 1));
        if line.chars().any(char::is_control) {
            return fault("a control character");
        }
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if line != line.trim() {
            return fault("a space at an end; put the phrase in quotation marks");
        }
        if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            if sections.iter().any(|section| section.name == name) {
                return fault("a section that stands twice");
            }
            sections.push(WordSection { name: name.to_owned(), words: Vec::new() });
            continue;
        }
        let word = line.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(line);
        let Some(section) = sections.last_mut() else { continue };
        section.words.push(word.to_owned());
    }
    for section in &sections {
        let mut words: Vec<&String> = section.words.iter().collect();
        words.sort_unstable();
        let twice = words.windows(2).find_map(|two| match two {
            [one, other] if one == other => Some(one),
            _ => None,
        });
        if let Some(twice) = twice {
            return Err(format!("[{}] holds a word twice: {twice}", section.name));
        }
    }
    sections.retain(|section| !section.words.is_empty());
    Ok(sections)
}

/// The constant of a list of words: `pub const NAME: &[&str]`.
pub fn constant<'w>(doc: &str, name: &str, words: impl IntoIterator<Item = &'w String>) -> String {
    let words: Vec<String> = words.into_iter().map(|word| format!("    {word:?},\n")).collect();
    format!("/// {doc}\npub const {name}: &[&str] = &[\n{}];\n", words.concat())
}
