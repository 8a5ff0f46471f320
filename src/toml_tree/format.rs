//! One layout for TOML files, comments and all.
//!
//! What changes is space alone, and commas at the end of arrays: headers and keys start their lines, one blank line
//! stands before a header (and before the comments that belong to it) and never more than one anywhere, `=` and commas
//! have their spaces, arrays that span lines have an item a line, two spaces deeper, and so does a list that would not
//! fit in [`WIDTH`]. Line ends and a byte-order mark stay as they are. Deliberately absent: the order of entries,
//! quotes, how values are written, alignment; and joining what spans lines.

use super::scan::string_at;
use super::{SyntaxError, TomlTable, TomlValue, parse};

/// Columns of a line, in code points, beyond which a list takes a line for each item.
pub const WIDTH: usize = 120;

/// The text in its one layout. Formatting what is formatted changes nothing.
///
/// # Errors
/// When it is not TOML.
pub fn format(text: &str) -> Result<String, SyntaxError> {
    let before = parse(text)?;
    let (mark, body) = match text.strip_prefix('\u{feff}') {
        Some(body) => ("\u{feff}", body),
        None => ("", text),
    };
    let line_end = if body.split_once('\n').is_some_and(|(line, _)| line.ends_with('\r')) { "\r\n" } else { "\n" };
    let statements = LayoutReader { text: body, at: 0 }.file();
    let out = format!("{mark}{}", write(&statements, line_end));
    // Whatever a file may hold that the reader takes otherwise than TOML does: nobody's data is lost.
    let same = parse(&out).is_ok_and(|after| same_table(&before, &after)) && comments(&out) == comments(text);
    Ok(if same { out } else { text.to_owned() })
}

/// A line or a group of lines.
enum LayoutStatement<'t> {
    Blank,
    Comment(&'t str),
    Header { name: String, comment: Option<&'t str> },
    Entry { key: String, value: LayoutValue<'t>, comment: Option<&'t str> },
}

/// A value.
enum LayoutValue<'t> {
    Plain(&'t str),
    List { open: char, close: char, items: Vec<LayoutItem<'t>>, spans_lines: bool },
}

/// A member of a list.
enum LayoutItem<'t> {
    Blank,
    Comment(&'t str),
    /// An element, or in an inline table an entry with its key.
    Value {
        key: Option<String>,
        value: LayoutValue<'t>,
        comment: Option<&'t str>,
    },
}

struct LayoutReader<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> LayoutReader<'t> {
    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn blanks(&mut self) {
        self.at += self.rest().len() - self.rest().trim_start_matches([' ', '\t']).len();
    }

    /// Takes a line end.
    fn line_end(&mut self) -> bool {
        let len = ["\r\n", "\n"].iter().find(|end| self.rest().starts_with(**end)).map_or(0, |end| end.len());
        self.at += len;
        len > 0
    }

    /// Takes a comment, if one stands here, without its line end.
    fn comment(&mut self) -> Option<&'t str> {
        if self.peek() != Some('#') {
            return None;
        }
        let rest = self.rest();
        let comment = &rest[..rest.find('\n').unwrap_or(rest.len())];
        self.at += comment.len();
        if comment.ends_with('\r') {
            self.at -= 1;
        }
        Some(comment.trim_end())
    }

    fn file(mut self) -> Vec<LayoutStatement<'t>> {
        let mut statements = Vec::new();
        loop {
            self.blanks();
            let Some(first) = self.peek() else { return statements };
            if self.line_end() {
                statements.push(LayoutStatement::Blank);
                continue;
            }
            if let Some(comment) = self.comment() {
                statements.push(LayoutStatement::Comment(comment));
            } else if first == '[' {
                let name = self.words(&['\n', '\r', '#']);
                self.blanks();
                let comment = self.comment();
                statements.push(LayoutStatement::Header { name, comment });
            } else {
                let key = self.words(&['=']);
                self.at += usize::from(self.peek() == Some('='));
                let value = self.value();
                self.blanks();
                let comment = self.comment();
                statements.push(LayoutStatement::Entry { key, value, comment });
            }
            self.blanks();
            if !self.line_end() && self.peek().is_some() {
                // Not how TOML goes on; the caller compares and refuses.
                self.at = self.text.len();
            }
        }
    }

    /// A key or a header up to one of these letters, without spaces around its parts.
    fn words(&mut self, until: &[char]) -> String {
        let mut words = String::new();
        while let Some(letter) = self.peek() {
            match letter {
                '"' | '\'' => words.push_str(self.string()),
                ' ' | '\t' => self.blanks(),
                letter if until.contains(&letter) => break,
                letter => {
                    words.push(letter);
                    self.at += letter.len_utf8();
                }
            }
        }
        words
    }

    /// A string with its quotes.
    fn string(&mut self) -> &'t str {
        let start = self.at;
        self.at = string_at(self.text, start).map_or(self.text.len(), |string| string.end);
        &self.text[start..self.at]
    }

    fn value(&mut self) -> LayoutValue<'t> {
        self.blanks();
        match self.peek() {
            Some('"' | '\'') => LayoutValue::Plain(self.string()),
            Some('[') => self.list('[', ']'),
            Some('{') => self.list('{', '}'),
            _ => {
                let rest = self.rest();
                let end = rest.find([',', ']', '}', '#', '\n', '\r']).unwrap_or(rest.len());
                self.at += end;
                LayoutValue::Plain(rest[..end].trim_end())
            }
        }
    }

    fn list(&mut self, open: char, close: char) -> LayoutValue<'t> {
        self.at += open.len_utf8();
        let mut items: Vec<LayoutItem<'t>> = Vec::new();
        let mut spans_lines = false;
        // Whether what comes next stands on the line of the last element.
        let mut behind = false;
        loop {
            self.blanks();
            let Some(next) = self.peek() else { break };
            if self.line_end() {
                if !behind && spans_lines {
                    items.push(LayoutItem::Blank);
                }
                (spans_lines, behind) = (true, false);
            } else if let Some(comment) = self.comment() {
                match items.last_mut() {
                    Some(LayoutItem::Value { comment: none @ None, .. }) if behind => *none = Some(comment),
                    _ => items.push(LayoutItem::Comment(comment)),
                }
                // A comment ends its line.
                self.line_end();
                (spans_lines, behind) = (true, false);
            } else if next == close {
                self.at += close.len_utf8();
                break;
            } else if next == ',' {
                self.at += 1;
                behind = true;
            } else {
                let before = self.at;
                let key = (open == '{').then(|| {
                    let key = self.words(&['=', '\n']);
                    self.at += usize::from(self.peek() == Some('='));
                    key
                });
                let value = self.value();
                if self.at == before {
                    self.at += next.len_utf8(); // never in TOML; the caller compares
                }
                items.push(LayoutItem::Value { key, value, comment: None });
                behind = true;
            }
        }
        while matches!(items.last(), Some(LayoutItem::Blank)) {
            items.pop();
        }
        LayoutValue::List { open, close, items, spans_lines }
    }
}

/// The comments of a text, in order, without the space behind them.
fn comments(text: &str) -> Vec<&str> {
    let mut reader = LayoutReader { text, at: 0 };
    let mut comments = Vec::new();
    while let Some(letter) = reader.peek() {
        match letter {
            '#' => comments.extend(reader.comment()),
            '"' | '\'' => drop(reader.string()),
            letter => reader.at += letter.len_utf8(),
        }
    }
    comments
}

fn write(statements: &[LayoutStatement<'_>], line_end: &str) -> String {
    let mut out = LayoutWriter { out: String::new(), line_end };
    let mut blank = true; // none at the beginning
    for (at, statement) in statements.iter().enumerate() {
        let wants_blank = match statement {
            LayoutStatement::Blank => true,
            // Comments that stand directly above a header belong to it.
            LayoutStatement::Header { .. } | LayoutStatement::Comment(_) => {
                let opens = !matches!(at.checked_sub(1).map(|at| &statements[at]), Some(LayoutStatement::Comment(_)));
                let own = statements[at..].iter().find(|next| !matches!(next, LayoutStatement::Comment(_)));
                opens && matches!(own, Some(LayoutStatement::Header { .. }))
            }
            LayoutStatement::Entry { .. } => false,
        };
        if wants_blank && !blank && statements[at..].iter().any(|next| !matches!(next, LayoutStatement::Blank)) {
            out.line("");
        }
        blank |= wants_blank;
        match statement {
            LayoutStatement::Blank => continue,
            LayoutStatement::Comment(comment) => out.line(comment),
            LayoutStatement::Header { name, comment } => out.commented(name, *comment),
            LayoutStatement::Entry { key, value, comment } => {
                let mut line = format!("{key} = ");
                let wraps = wraps(&line, value);
                out.node(&mut line, value, 0, wraps);
                out.commented(&line, *comment);
            }
        }
        blank = false;
    }
    out.out
}

/// Returns whether a list on one line has to take several.
fn wraps(before: &str, value: &LayoutValue<'_>) -> bool {
    let LayoutValue::List { open: '[', items, spans_lines: false, .. } = value else { return false };
    if items.len() < 2 {
        return false;
    }
    let mut line = before.to_owned();
    LayoutWriter { out: String::new(), line_end: "\n" }.node(&mut line, value, 0, false);
    line.chars().count() > WIDTH
}

struct LayoutWriter<'e> {
    out: String,
    line_end: &'e str,
}

impl LayoutWriter<'_> {
    fn line(&mut self, line: &str) {
        self.out.push_str(line);
        self.out.push_str(self.line_end);
    }

    fn commented(&mut self, line: &str, comment: Option<&str>) {
        match comment {
            Some(comment) => self.line(&format!("{line}  {comment}")),
            None => self.line(line),
        }
    }

    /// Appends a value to `line`; its last line is left open there.
    fn node(&mut self, line: &mut String, node: &LayoutValue<'_>, depth: usize, wraps: bool) {
        let (open, close, items, spans_lines) = match node {
            LayoutValue::Plain(text) => {
                line.push_str(text);
                return;
            }
            LayoutValue::List { open, close, items, spans_lines } => (*open, *close, items, *spans_lines || wraps),
        };
        line.push(open);
        if items.is_empty() {
            line.push(close);
            return;
        }
        if !spans_lines {
            let pad = if open == '{' { " " } else { "" };
            line.push_str(pad);
            for (at, item) in items.iter().enumerate() {
                if at > 0 {
                    line.push_str(", ");
                }
                if let LayoutItem::Value { key, value, .. } = item {
                    self.item(line, key.as_deref(), value, depth);
                }
            }
            line.push_str(pad);
            line.push(close);
            return;
        }
        self.line(line);
        let indent = "  ".repeat(depth + 1);
        let mut blank = true;
        for item in items {
            match item {
                LayoutItem::Blank if blank => {}
                LayoutItem::Blank => self.line(""),
                LayoutItem::Comment(comment) => self.line(&format!("{indent}{comment}")),
                LayoutItem::Value { key, value, comment } => {
                    let mut line = indent.clone();
                    self.item(&mut line, key.as_deref(), value, depth + 1);
                    line.push(',');
                    self.commented(&line, *comment);
                }
            }
            blank = matches!(item, LayoutItem::Blank);
        }
        *line = "  ".repeat(depth);
        line.push(close);
    }

    fn item(&mut self, line: &mut String, key: Option<&str>, value: &LayoutValue<'_>, depth: usize) {
        if let Some(key) = key {
            line.push_str(key);
            line.push_str(" = ");
        }
        self.node(line, value, depth, false);
    }
}

/// Returns whether two tables say the same, wherever.
fn same_table(a: &TomlTable, b: &TomlTable) -> bool {
    a.entries.len() == b.entries.len()
        && a.entries.iter().zip(&b.entries).all(|(a, b)| a.0.value == b.0.value && same_value(&a.1.value, &b.1.value))
}

fn same_value(a: &TomlValue, b: &TomlValue) -> bool {
    match (a, b) {
        (TomlValue::Table(a), TomlValue::Table(b)) => same_table(a, b),
        (TomlValue::Array(a), TomlValue::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same_value(&a.value, &b.value))
        }
        // Not a number is never equal to itself.
        (TomlValue::Float(a), TomlValue::Float(b)) => a.to_bits() == b.to_bits(),
        _ => a == b,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn files_take_one_layout() {
        for (text, wanted) in [
            ("", ""),
            ("a=1", "a = 1\n"),
            ("\n\n  a  =  1   # one\n\n\n\nb=[ 1,2 ,3, ]\n\n\n", "a = 1  # one\n\nb = [1, 2, 3]\n"),
            ("[ x . \"y z\" ]\nk={a=1,b = [ ]}\n[[p]]\nq=''", "[x.\"y z\"]\nk = { a = 1, b = [] }\n\n[[p]]\nq = ''\n"),
            ("a = 1\n# of x\n[x]\nb = 2\n# of b\nc = 3\n", "a = 1\n\n# of x\n[x]\nb = 2\n# of b\nc = 3\n"),
            (
                "a = [ # first\n1, # one\n\n\n2 # two\n, # three\n   # four\n]\n",
                "a = [\n  # first\n  1,  # one\n\n  2,  # two\n  # three\n  # four\n]\n",
            ),
            ("a = [\n[1,\n2], {b=1}]\n", "a = [\n  [\n    1,\n    2,\n  ],\n  { b = 1 },\n]\n"),
            (
                "a = \"\"\"\n  x # no comment\n\"\"\"\nb = 1979-05-27 07:32:00 # date\n",
                "a = \"\"\"\n  x # no comment\n\"\"\"\nb = 1979-05-27 07:32:00  # date\n",
            ),
            ("a=1\r\n\r\n\r\nb=2\r\n", "a = 1\r\n\r\nb = 2\r\n"),
            ("\u{feff}a=1", "\u{feff}a = 1\n"),
            ("[a]\n[b]\n# end\n", "[a]\n\n[b]\n# end\n"),
        ] {
            assert_eq!(format(text).expect("TOML"), wanted, "{text:?}");
        }
        assert!(format("a = ").is_err());
    }

    #[test]
    fn a_long_list_takes_a_line_for_each_item() {
        let names = ["\"Trần Văn Lâm\""; 12].join(",");
        let formatted = format(&format!("names.vi=[{names}]")).expect("TOML");
        assert_eq!(formatted.lines().count(), 14);
        assert_eq!(formatted.lines().nth(1), Some("  \"Trần Văn Lâm\","));
    }

    /// A file in some layout: statements with odd spaces, comments anywhere.
    fn file() -> impl Strategy<Value = String> {
        let space = "[ \t]{0,2}";
        let gap = prop_oneof![Just(String::new()), "[ ]{0,2}\n{1,3}[ ]{0,2}", "[ ]?# [a-c\"'\\[,ก]{0,4}\n"];
        let scalar = prop_oneof![
            "\"[a-z# ,\\]ก]{0,5}\"",
            "'[a-z#\\\\]{0,4}'",
            "-?[1-9][0-9]{0,2}",
            Just("2024-02-29".to_owned()),
            Just("\"\"\"a\n # b\"\"\"".to_owned())
        ];
        let value = scalar.prop_recursive(3, 12, 4, move |inner| {
            let items = prop::collection::vec((gap.clone(), inner.clone(), gap.clone()), 0..4);
            let array = items.prop_map(|items| {
                let items: Vec<String> = items.into_iter().map(|(a, value, b)| format!("{a}{value}{b}")).collect();
                format!("[{}]", items.join(","))
            });
            let inline = prop::collection::vec((space, inner, space), 0..3).prop_map(|items| {
                let items = items.into_iter().enumerate();
                let items: Vec<String> =
                    items.map(|(at, (a, value, b))| format!("{a}k{at}{b}={a}{value}{b}")).collect();
                format!("{{{}}}", items.join(","))
            });
            prop_oneof![array, inline]
        });
        let statement = prop_oneof![
            4 => (space, value, space, prop_oneof![Just(""), Just("# c"), Just("#\tก ]")]).prop_map(|(a, value, b, comment)| {
                format!("{a}KEY{b}={a}{value}{b}{comment}")
            }),
            1 => space.prop_map(|a| format!("{a}[[ t{a}]]{a}")),
            1 => Just("# alone".to_owned()),
            1 => Just(String::new()),
        ];
        prop::collection::vec(statement, 0..10).prop_map(|statements| {
            let statements = statements.iter().enumerate();
            let lines: Vec<String> =
                statements.map(|(at, line)| line.replacen("KEY", &format!("key{at}"), 1)).collect();
            lines.join("\n")
        })
    }

    proptest! {
        #[test]
        fn values_and_comments_stay_and_twice_is_once(text in file()) {
            let Ok(before) = parse(&text) else { return Ok(()) };
            let once = format(&text).expect("TOML");
            // Nothing was refused.
            prop_assert_eq!(&write(&LayoutReader { text: &text, at: 0 }.file(), "\n"), &once);
            prop_assert!(same_table(&before, &parse(&once).expect("still TOML")));
            prop_assert_eq!(comments(&once), comments(&text));
            prop_assert_eq!(&format(&once).expect("still TOML"), &once);
            let lines = || once.lines();
            prop_assert!(!lines().any(|line| line.ends_with(' ') && !once.contains("\"\"\"")));
        }

        #[test]
        fn hostile_texts_never_panic(text in "[\\[\\]{}=,#.\"'\\\\ a1\n\rก]{0,60}") {
            if let Ok(once) = format(&text) {
                prop_assert_eq!(format(&once).expect("still TOML"), once);
            }
        }
    }
}
