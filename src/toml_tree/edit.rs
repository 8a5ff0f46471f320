//! Surgical edits of TOML: they keep comments, order and layout, and never print a file anew.
//!
//! Each edit follows the form that stands there: a list over several lines gets another line, an inline table
//! another entry. What the edit would make of the file is read again before it is handed out, so that no edit
//! breaks a file ([`EditRefusal::Layout`]).

use super::{Spanned, SyntaxError, TomlTable, TomlValue, parse, quoted};
use crate::text::Span;
use crate::text::edit::{TextEdit, apply};

/// The reason that an edit is not made.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum EditRefusal {
    /// The file is not TOML.
    #[error("the file cannot be read: {}", .0.message)]
    Syntax(SyntaxError),
    /// The id is not in the file.
    #[error("there is no `{0}` in this file")]
    NoSuchId(String),
    /// The id is in the file already.
    #[error("there is a `{0}` already")]
    Taken(String),
    /// The word cannot be used.
    #[error("`{0}` cannot be used here")]
    Unusable(String),
    /// The file is laid out in a way that the edit does not fit.
    #[error("the layout of this file is too unusual for the edit; make it by hand")]
    Layout,
}

/// Keys with their values.
pub(crate) type NewFields = Vec<(String, NewValue)>;

/// A value to be written.
pub(crate) enum NewValue {
    /// Rendered, on one line.
    Value(String),
    /// An array of rendered elements, each of which may have a line of its own.
    Elements(Vec<String>),
}

impl NewValue {
    /// A string.
    pub(crate) fn string(text: &str) -> Self {
        Self::Value(quoted(text))
    }

    fn on_one_line(&self) -> String {
        match self {
            Self::Value(value) => value.clone(),
            Self::Elements(elements) => format!("[{}]", elements.join(", ")),
        }
    }

    fn on_lines(&self, line_end: &str) -> String {
        match self {
            Self::Elements(elements) if elements.len() > 1 => {
                let lines = elements.iter().flat_map(|element| ["  ", element, ",", line_end]);
                ["[", line_end].into_iter().chain(lines).chain(["]"]).collect()
            }
            _ => self.on_one_line(),
        }
    }
}

/// Reads a file that is to be edited.
pub(crate) fn read(text: &str) -> Result<TomlTable, EditRefusal> {
    parse(text).map_err(EditRefusal::Syntax)
}

/// Hands out edits that leave the file readable.
pub(crate) fn checked(text: &str, edits: Vec<TextEdit>) -> Result<Vec<TextEdit>, EditRefusal> {
    match parse(&apply(text, &edits)) {
        Ok(_) => Ok(edits),
        Err(_) => Err(EditRefusal::Layout),
    }
}

/// The edit that makes the string at `at`, quotes included, say `new`. The kind of its quotes stays where it can.
pub fn restring(text: &str, at: Span, new: &str) -> TextEdit {
    let raw = at.slice(text);
    let is_plain = |inner: &str| !inner.contains(['"', '\'', '\\']) && !inner.contains(char::is_control);
    let inner = raw.get(1..raw.len().saturating_sub(1)).unwrap_or_default();
    if raw.len() >= 2 && is_plain(inner) && is_plain(new) {
        TextEdit::replace(Span::new(at.start + 1, at.end - 1), new)
    } else {
        TextEdit::replace(at, quoted(new))
    }
}

/// Edits that append a table `[[key]]`: at the end of the file, or to the array `key = […]` where there is one.
pub(crate) fn append_table(text: &str, root: &TomlTable, key: &str, fields: &NewFields) -> Vec<TextEdit> {
    if let Some(Spanned { value: TomlValue::Array(items), span }) = root.get(key)
        && is_inline(text, *span, items)
    {
        return push(text, *span, items, &inline(fields));
    }
    let line_end = line_end(text);
    let mut table = String::new();
    if !text.is_empty() && !text.ends_with('\n') {
        table.push_str(line_end);
    }
    let has_gap = text.trim_start_matches('\u{feff}').is_empty() || text.ends_with("\n\n") || text.ends_with("\n\r\n");
    if !has_gap {
        table.push_str(line_end);
    }
    table.extend(["[[", key, "]]", line_end]);
    for (name, value) in fields {
        table.extend([name, " = ", &value.on_lines(line_end), line_end]);
    }
    vec![TextEdit::insert(text.len() as u32, table)]
}

/// Returns whether an array is written in brackets, not as a series of `[[headers]]`.
fn is_inline(text: &str, span: Span, items: &[Spanned<TomlValue>]) -> bool {
    match items.first() {
        Some(first) => first.span.start > span.start,
        None => span.slice(text).starts_with('['),
    }
}

fn inline(fields: &NewFields) -> String {
    let entries: Vec<String> = fields.iter().map(|(name, value)| format!("{name} = {}", value.on_one_line())).collect();
    format!("{{ {} }}", entries.join(", "))
}

/// Edits that add `element`, rendered, to the array at `array`.
pub(crate) fn push(text: &str, array: Span, items: &[Spanned<TomlValue>], element: &str) -> Vec<TextEdit> {
    let Some(last) = items.last().map(|item| item.span) else {
        return vec![TextEdit::insert(array.start + 1, element)];
    };
    let before = items.len().checked_sub(2).map_or(array.start, |previous| items[previous].span.end);
    let is_on_own_line = text[before as usize..last.start as usize].contains('\n');
    let tail = &text[last.end as usize..array.end as usize - 1];
    // The rest of the last element's line: perhaps a comma, perhaps a comment.
    let Some(rest) = tail.find('\n').filter(|_| is_on_own_line) else {
        let separator = if is_on_own_line { line_break(text, last.start) } else { " ".into() };
        return vec![TextEdit::insert(last.end, format!(",{separator}{element}"))];
    };
    let rest_end = if tail[..rest].ends_with('\r') { rest - 1 } else { rest };
    let at = last.end + rest_end as u32;
    let new_line = format!("{}{element}", line_break(text, last.start));
    if tail[..rest].trim_start().starts_with(',') {
        vec![TextEdit::insert(at, format!("{new_line},"))]
    } else if rest_end == 0 {
        vec![TextEdit::insert(at, format!(",{new_line}"))]
    } else {
        vec![TextEdit::insert(last.end, ","), TextEdit::insert(at, new_line)]
    }
}

/// Edits that add `key = value` behind an entry of `table` whose value ends at `after`: on a line of its own, or
/// behind a comma in an inline table.
pub(crate) fn add_entry(text: &str, table: &TomlTable, after: Span, key: &str, value: &str) -> TextEdit {
    if text[table.head.start as usize..].starts_with('{') {
        return TextEdit::insert(after.end, format!(", {key} = {value}"));
    }
    let rest = &text[after.end as usize..];
    let line = rest.find('\n').map_or(rest.len(), |end| if rest[..end].ends_with('\r') { end - 1 } else { end });
    TextEdit::insert(after.end + line as u32, format!("{}{key} = {value}", line_break(text, after.start)))
}

/// A line end and the indentation of the line that holds byte `at`.
fn line_break(text: &str, at: u32) -> String {
    let line = &text[text[..at as usize].rfind('\n').map_or(0, |end| end + 1)..];
    let indent = &line[..line.len() - line.trim_start_matches([' ', '\t']).len()];
    format!("{}{indent}", line_end(text))
}

/// Returns the line end that this file uses.
fn line_end(text: &str) -> &'static str {
    match text.find('\n') {
        Some(end) if text[..end].ends_with('\r') => "\r\n",
        _ => "\n",
    }
}
