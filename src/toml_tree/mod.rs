//! TOML with places: what a file says, where it says it, and how to complain about it.
//!
//! The configuration and the registry are both read through this module, so that a wrong type or an unknown key is
//! worded, placed and corrected in one way. Tables keep the order of the file.
//! Deliberately absent: comments and layout ([`edit`] works on the text itself, by place), and any knowledge of
//! which keys mean what.

pub mod edit;
pub mod format;
pub mod scan;

use compact_str::{CompactString, format_compact};
use jiff::civil::Date;
use toml::de::{DeTable, DeValue};

use crate::text::Span;
use crate::text::edit::TextEdit;
use crate::text::nearest::nearest;

/// A value with the bytes of the file that say it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// The place, in bytes of the file: strings with their quotes, tables with all that belongs to them.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// The same place, said of another value.
    pub fn map<U>(self, to: impl FnOnce(T) -> U) -> Spanned<U> {
        Spanned { value: to(self.value), span: self.span }
    }
}

/// A TOML value.
#[derive(Clone, PartialEq, Debug)]
pub enum TomlValue {
    /// A string, unescaped.
    String(CompactString),
    /// An integer that fits.
    Integer(i64),
    /// A float, or an integer that does not fit.
    Float(f64),
    /// `true` or `false`.
    Boolean(bool),
    /// A date without a time.
    Date(Date),
    /// A time, with or without a date.
    Time,
    /// An array, of values or of tables.
    Array(Vec<Spanned<TomlValue>>),
    /// A table, however it is written.
    Table(TomlTable),
}

impl TomlValue {
    /// Returns the word for its kind, with an article.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::String(_) => "a string",
            Self::Integer(_) => "an integer",
            Self::Float(_) => "a number",
            Self::Boolean(_) => "a boolean",
            Self::Date(_) => "a date",
            Self::Time => "a time",
            Self::Array(_) => "an array",
            Self::Table(_) => "a table",
        }
    }

    /// Writes what it says without places: two values that say the same are written the same.
    pub fn say(&self, out: &mut CompactString) {
        match self {
            Self::String(text) => out.push_str(&quoted(text)),
            Self::Integer(number) => out.push_str(&format_compact!("{number}")),
            Self::Float(number) => out.push_str(&format_compact!("{number:?}")),
            Self::Boolean(yes) => out.push_str(&format_compact!("{yes}")),
            Self::Date(date) => out.push_str(&format_compact!("{date}")),
            Self::Time => out.push_str("time"),
            Self::Array(items) => {
                out.push('[');
                for item in items {
                    item.value.say(out);
                    out.push(',');
                }
                out.push(']');
            }
            Self::Table(table) => {
                out.push('{');
                for (key, item) in &table.entries {
                    out.push_str(&quoted(&key.value));
                    out.push('=');
                    item.value.say(out);
                    out.push(',');
                }
                out.push('}');
            }
        }
    }

    /// The text of a string.
    pub fn as_string(&self) -> Option<CompactString> {
        if let Self::String(text) = self { Some(text.clone()) } else { None }
    }

    /// The value of a boolean.
    pub const fn as_boolean(&self) -> Option<bool> {
        if let Self::Boolean(value) = self { Some(*value) } else { None }
    }

    /// The table itself.
    pub const fn as_table(&self) -> Option<&TomlTable> {
        if let Self::Table(table) = self { Some(table) } else { None }
    }
}

/// A table: its entries in the order of the file.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct TomlTable {
    /// The beginning: its header, its braces, or the first key that implies it.
    pub head: Span,
    /// Keys and values.
    pub entries: Vec<(Spanned<CompactString>, Spanned<TomlValue>)>,
}

impl TomlTable {
    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&Spanned<TomlValue>> {
        self.entries.iter().find(|(name, _)| name.value == key).map(|(_, value)| value)
    }
}

/// The reason that a file is not TOML.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SyntaxError {
    /// The place where reading ended.
    pub span: Span,
    /// The message, without a full stop.
    pub message: String,
}

/// Reads a file. A byte-order mark is skipped; nesting is bounded, so that no file exhausts the stack.
///
/// # Errors
/// When it is not TOML: the first error; nothing of the file is known then.
pub fn parse(text: &str) -> Result<TomlTable, SyntaxError> {
    match DeTable::parse(text) {
        Ok(root) => Ok(table(Span::default(), root.into_inner())),
        Err(error) => {
            let span = error.span().map_or(Span::default(), |span| on_boundaries(text, span.start, span.end));
            let message = match error.message() {
                // These words speak of the reader's own workings.
                "recursion limit" => "keys are nested too deep".to_owned(),
                deep if deep.starts_with("cannot recurse further") => "values are nested too deep".to_owned(),
                message => message.trim_end_matches('.').replace('\n', ", "),
            };
            Err(SyntaxError { span, message })
        }
    }
}

/// The smallest span on character boundaries that holds `start..end`.
fn on_boundaries(text: &str, start: usize, end: usize) -> Span {
    let mut start = start.min(text.len());
    let mut end = end.clamp(start, text.len());
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    while !text.is_char_boundary(end) {
        end += 1;
    }
    Span::of(start, end)
}

fn table(head: Span, read: DeTable<'_>) -> TomlTable {
    let mut entries: Vec<_> = read
        .into_iter()
        .map(|(key, item)| {
            let key = Spanned { span: key.span().into(), value: CompactString::from(key.into_inner()) };
            (key, value(item))
        })
        .collect();
    entries.sort_unstable_by_key(|(key, _)| key.span);
    TomlTable { head, entries }
}

fn value(item: toml::Spanned<DeValue<'_>>) -> Spanned<TomlValue> {
    let head = Span::from(item.span());
    let value = match item.into_inner() {
        DeValue::String(text) => TomlValue::String(text.into()),
        DeValue::Integer(number) => match i64::from_str_radix(number.as_str(), number.radix()) {
            Ok(small) => TomlValue::Integer(small),
            Err(_) => TomlValue::Float(number.as_str().parse().unwrap_or(f64::INFINITY)),
        },
        DeValue::Float(number) => TomlValue::Float(number.as_str().parse().unwrap_or(f64::NAN)),
        DeValue::Boolean(yes) => TomlValue::Boolean(yes),
        DeValue::Datetime(moment) => match (moment.date, moment.time) {
            (Some(day), None) => {
                Date::new(day.year as i16, day.month as i8, day.day as i8).map_or(TomlValue::Time, TomlValue::Date)
            }
            _ => TomlValue::Time,
        },
        DeValue::Array(items) => {
            let items: Vec<_> = items.into_iter().map(value).collect();
            let span = items.iter().fold(head, |span, item| span.cover(item.span));
            return Spanned { value: TomlValue::Array(items), span };
        }
        DeValue::Table(entries) => {
            let table = table(head, entries);
            let span = table.entries.iter().fold(head, |span, (key, item)| span.cover(key.span).cover(item.span));
            return Spanned { value: TomlValue::Table(table), span };
        }
    };
    Spanned { value, span: head }
}

/// The faults of well-formed TOML.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum TomlFaultKind {
    /// A key that means nothing here.
    UnknownKey {
        /// The key.
        key: CompactString,
        /// The table it is in, as messages call it.
        table: CompactString,
    },
    /// A value that cannot be used.
    InvalidValue {
        /// A clause for people without a full stop: nothing but the message depends on it.
        reason: CompactString,
    },
}

/// A fault of well-formed TOML, in its place.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TomlFault {
    /// The fault.
    pub kind: TomlFaultKind,
    /// The key or value in question, in bytes of the file.
    pub span: Span,
    /// The one thing that was probably meant.
    pub correction: Option<TextEdit>,
}

/// Reads the entries of one table and notes what is wrong with them.
///
/// A getter answers `None` both for an absent key and for a wrong value; the latter is noted.
pub struct TableReader<'a> {
    table: &'a TomlTable,
    name: &'a str,
    faults: &'a mut Vec<TomlFault>,
}

impl<'a> TableReader<'a> {
    /// A reader of `table`, called `name` in messages, which may hold `known` keys and no others.
    pub fn new(table: &'a TomlTable, name: &'a str, known: &[&str], faults: &'a mut Vec<TomlFault>) -> Self {
        for (key, _) in &table.entries {
            if !known.contains(&key.value.as_str()) {
                faults.push(unknown_key(key, name, known));
            }
        }
        Self { table, name, faults }
    }

    /// Notes that a value cannot be used.
    pub fn refuse(&mut self, at: Span, reason: impl Into<CompactString>, correction: Option<TextEdit>) {
        let kind = TomlFaultKind::InvalidValue { reason: reason.into() };
        self.faults.push(TomlFault { kind, span: at, correction });
    }

    /// The list that faults are noted in, for readers of nested tables.
    pub fn faults(&mut self) -> &mut Vec<TomlFault> {
        self.faults
    }

    fn refuse_kind(&mut self, key: &str, item: &Spanned<TomlValue>, wanted: &str) {
        let reason = format_compact!("`{key}` in {} is {}; write {wanted}", self.name, item.value.kind());
        self.refuse(item.span, reason, None);
    }

    /// Whatever stands under `key`.
    pub fn any(&self, key: &str) -> Option<&'a Spanned<TomlValue>> {
        self.table.get(key)
    }

    /// Returns the value under `key` as `get` reads it.
    fn typed<T>(&mut self, key: &str, wanted: &str, get: impl Fn(&'a TomlValue) -> Option<T>) -> Option<Spanned<T>> {
        let item = self.any(key)?;
        self.typed_item(key, item, wanted, get)
    }

    fn typed_item<T>(
        &mut self,
        key: &str,
        item: &'a Spanned<TomlValue>,
        wanted: &str,
        get: impl Fn(&'a TomlValue) -> Option<T>,
    ) -> Option<Spanned<T>> {
        let value = get(&item.value);
        if value.is_none() {
            self.refuse_kind(key, item, wanted);
        }
        value.map(|value| Spanned { value, span: item.span })
    }

    /// A string.
    pub fn string(&mut self, key: &str) -> Option<Spanned<CompactString>> {
        self.typed(key, "a string", TomlValue::as_string)
    }

    /// `true` or `false`.
    pub fn boolean(&mut self, key: &str) -> Option<Spanned<bool>> {
        self.typed(key, "true or false", TomlValue::as_boolean)
    }

    /// A date without a time.
    pub fn date(&mut self, key: &str) -> Option<Spanned<Date>> {
        let item = self.any(key)?;
        let correction = match &item.value {
            TomlValue::Date(value) => return Some(Spanned { value: *value, span: item.span }),
            // A date in quotes is what most people try first.
            TomlValue::String(text) => text.parse::<Date>().ok().map(|date| format_compact!("{date}")),
            _ => None,
        };
        let reason = format_compact!(
            "`{key}` in {} is {}; write a date without quotes, like 2024-05-25",
            self.name,
            item.value.kind()
        );
        self.refuse(item.span, reason, correction.map(|text| TextEdit::replace(item.span, text)));
        None
    }

    /// An array of strings; a single string is noted and used.
    pub fn strings(&mut self, key: &str) -> Option<Vec<Spanned<CompactString>>> {
        let item = self.any(key)?;
        Some(self.strings_of(key, item))
    }

    /// The strings that `item`, which stands under `key`, holds; a single string is noted and used.
    pub fn strings_of(&mut self, key: &str, item: &'a Spanned<TomlValue>) -> Vec<Spanned<CompactString>> {
        match &item.value {
            TomlValue::Array(items) => items
                .iter()
                .filter_map(|element| self.typed_item(key, element, "strings", TomlValue::as_string))
                .collect(),
            TomlValue::String(text) => {
                let reason = format_compact!("`{key}` in {} is a string; write an array of strings", self.name);
                let correction = TextEdit::replace(item.span, format_compact!("[{}]", quoted(text)));
                self.refuse(item.span, reason, Some(correction));
                vec![Spanned { value: text.clone(), span: item.span }]
            }
            _ => {
                self.refuse_kind(key, item, "an array of strings");
                Vec::new()
            }
        }
    }

    /// A table, with its whole extent.
    pub fn table(&mut self, key: &str) -> Option<Spanned<&'a TomlTable>> {
        self.typed(key, "a table", TomlValue::as_table)
    }

    /// An array of tables, each with its whole extent; what is no table is noted and left out, a single table
    /// (`[key]` for `[[key]]`) is noted and used.
    pub fn tables(&mut self, key: &str) -> Vec<Spanned<&'a TomlTable>> {
        let Some(item) = self.any(key) else { return Vec::new() };
        match &item.value {
            TomlValue::Array(items) => items
                .iter()
                .filter_map(|element| self.typed_item(key, element, "tables", TomlValue::as_table))
                .collect(),
            TomlValue::Table(table) => {
                let is_header = table.head.len() as usize == key.len() + 2;
                let correction = is_header.then(|| TextEdit::replace(table.head, format_compact!("[[{key}]]")));
                let reason =
                    format_compact!("`{key}` in {} is one table; write an array of tables, [[{key}]]", self.name);
                self.refuse(table.head, reason, correction);
                vec![Spanned { value: table, span: item.span }]
            }
            _ => {
                self.refuse_kind(key, item, "an array of tables");
                Vec::new()
            }
        }
    }
}

fn unknown_key(key: &Spanned<CompactString>, table: &str, known: &[&str]) -> TomlFault {
    TomlFault {
        kind: TomlFaultKind::UnknownKey { key: key.value.clone(), table: table.into() },
        span: key.span,
        correction: nearest(&key.value, known.iter().copied()).map(|meant| TextEdit::replace(key.span, meant)),
    }
}

/// Returns where a part of a string stands in the file: `part` counts bytes of the value of the string that `string`
/// says, quotes and escapes undone. What lies outside is clamped.
pub fn inside(text: &str, string: Span, part: Span) -> Span {
    let raw = string.slice(text);
    let quote = ["\"\"\"", "'''", "\"", "'"].into_iter().find(|quote| raw.starts_with(quote)).unwrap_or_default();
    let mut at = quote.len();
    if quote.len() == 3 {
        // The line end behind the opening quotes is no part of the value.
        at += if raw[at..].starts_with("\r\n") { 2 } else { usize::from(raw[at..].starts_with('\n')) };
    }
    let end = raw.len().saturating_sub(quote.len()).max(at);
    let escapes = quote.starts_with('"');
    let mut start = None;
    let mut value = 0;
    while at < end {
        let (written, said) = letter(&raw[at..end], escapes);
        if value >= part.start && said > 0 {
            start = start.or(Some(at));
        }
        if value >= part.end {
            break;
        }
        at += written;
        value += said;
    }
    Span::of(start.unwrap_or(at), at).shift(string.start)
}

/// Returns how many bytes the first letter of a string takes in the file and in the value.
fn letter(raw: &str, escapes: bool) -> (usize, u32) {
    let mut letters = raw.chars();
    let first = letters.next().map_or(1, char::len_utf8);
    if !escapes || !raw.starts_with('\\') {
        return (first, first as u32);
    }
    let digits = match letters.next() {
        Some('x') => 2,
        Some('u') => 4,
        Some('U') => 8,
        Some(' ' | '\t' | '\r' | '\n') => return (raw.len() - raw[1..].trim_start().len(), 0),
        Some(other) => return (1 + other.len_utf8(), 1),
        None => return (1, 0),
    };
    let code = raw.get(2..2 + digits).and_then(|code| u32::from_str_radix(code, 16).ok());
    let said = code.and_then(char::from_u32).map_or(1, char::len_utf8);
    ((2 + digits).min(raw.len()), said as u32)
}

/// The text as a TOML string on one line, quotes included.
pub fn quoted(text: &str) -> String {
    let mut string = String::with_capacity(text.len() + 2);
    string.push('"');
    for letter in text.chars() {
        match letter {
            '"' | '\\' => string.extend(['\\', letter]),
            '\n' => string.push_str("\\n"),
            '\t' => string.push_str("\\t"),
            '\r' => string.push_str("\\r"),
            _ if letter.is_control() => string.push_str(&format_compact!("\\u{:04X}", letter as u32)),
            _ => string.push(letter),
        }
    }
    string.push('"');
    string
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::marks::unmark;
    use proptest::prelude::*;

    #[test]
    fn keeps_order_and_places() {
        let (text, spans) = unmark("\u{feff}z = «1»\r\n«[t]»\r\nb.y = «'ก'»\r\na = [«\"x\"», «2024-02-29»]\r\n");
        let root = parse(&text).unwrap();
        let keys: Vec<_> = root.entries.iter().map(|(key, _)| key.value.as_str()).collect();
        assert_eq!(keys, ["z", "t"]);
        assert_eq!(root.get("z").unwrap().span, spans[0]);
        let table = root.get("t").unwrap().value.as_table().unwrap();
        assert_eq!(table.head, spans[1]);
        assert_eq!(table.entries[0].0.value, "b");
        assert_eq!(table.entries[0].1.value.as_table().unwrap().get("y").unwrap().span, spans[2]);
        let TomlValue::Array(items) = &table.get("a").unwrap().value else { panic!("an array") };
        assert_eq!((items[0].span, items[1].span), (spans[3], spans[4]));
        assert_eq!(items[1].value, TomlValue::Date(jiff::civil::date(2024, 2, 29)));
        // A table's extent holds all that belongs to it.
        assert_eq!(root.get("t").unwrap().span, Span::new(spans[1].start, spans[4].end + 1));
    }

    #[test]
    fn finds_places_inside_strings() {
        for (marked, part) in [
            (r#"a = "x«yz»""#, (1, 3)),
            (r#"a = "\\«\tก»z""#, (1, 5)),
            (r#"a = "\u0E01\U0001F600\x41«b»""#, (8, 9)),
            ("a = '\\\\«(»'", (2, 3)),
            ("a = '''\n«x»\ny'''", (0, 1)),
            ("a = '''\r\nx\r\n«y»'''", (3, 4)),
            ("a = \"\"\"x\\\n   «y»\"\"\"", (1, 2)),
            ("a = \"xy«»\"", (2, 2)),
            ("a = \"xy«»\"", (7, 9)),
            ("a = \"«»\"", (0, 0)),
        ] {
            let (text, spans) = unmark(marked);
            let root = parse(&text).unwrap();
            let string = root.get("a").unwrap();
            assert_eq!(inside(&text, string.span, Span::new(part.0, part.1)), spans[0], "{marked}");
        }
    }

    #[test]
    fn says_where_it_is_no_toml() {
        for marked in ["a = 1\n«a» = 2", "a = «2023-02-30»", "a = \"open«»\nb = 1"] {
            let (text, spans) = unmark(marked);
            assert_eq!(parse(&text).unwrap_err().span, spans[0], "{marked}");
        }
    }

    #[test]
    fn bounds_nesting() {
        for hostile in [
            "a.".repeat(100_000) + "b = 1",
            "a = ".to_owned() + &"[".repeat(100_000),
            "a = ".to_owned() + &"{a=".repeat(100_000),
        ] {
            let message = parse(&hostile).unwrap_err().message;
            assert!(message.contains("nested too deep"), "{message}");
        }
    }

    proptest! {
        #[test]
        fn quoted_strings_read_back(text in any::<String>()) {
            let file = format!("a = {}", quoted(&text));
            prop_assert_eq!(file.lines().count(), 1);
            let root = parse(&file).unwrap();
            prop_assert_eq!(root.get("a").unwrap().value.as_string().unwrap(), text);
        }

        #[test]
        fn places_inside_strings_are_where_they_are_written(before in any::<String>(), part in "[a-zก-ฮ]{1,5}", after in any::<String>()) {
            let value = format!("{before}{part}{after}");
            let file = format!("a = {}", quoted(&value));
            let root = parse(&file).unwrap();
            let place = inside(&file, root.get("a").unwrap().span, Span::of(before.len(), before.len() + part.len()));
            prop_assert_eq!(place.slice(&file), part);
        }

        #[test]
        fn any_text_is_read_or_refused_on_boundaries(text in "[\\[\\]{}=.,#\"'\n ตa1\u{feff}-]{0,60}") {
            if let Err(error) = parse(&text) {
                let _ = error.span.slice(&text);
            }
        }
    }
}
