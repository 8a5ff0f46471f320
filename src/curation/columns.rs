//! The columns of files with one line a thing, which TABs part, and what removes a fault of a line.

use crate::text::edit::TextEdit;

/// An edit that removes a fault of a line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LineRepair {
    /// The edit.
    pub edit: TextEdit,
    /// True where the edit deletes the line.
    pub deletes: bool,
    /// True where nothing else can be meant.
    pub safe: bool,
}

/// Writes what would end a column or a line with a backslash.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\\' => out.push_str("\\\\"),
            '\t' => out.push_str("\\t"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            letter => out.push(letter),
        }
    }
    out
}

/// Reads what [`escaped`] writes; a backslash before any other letter stands for itself.
pub fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let meant = match (letter, letters.peek()) {
            ('\\', Some('\\')) => Some('\\'),
            ('\\', Some('t')) => Some('\t'),
            ('\\', Some('n')) => Some('\n'),
            ('\\', Some('r')) => Some('\r'),
            _ => None,
        };
        if meant.is_some() {
            letters.next();
        }
        out.push(meant.unwrap_or(letter));
    }
    out
}
