//! The cursor in a TOML file that may not be readable, since somebody is typing in it.
//!
//! Only what stands between the last header and the cursor is looked at. A line that begins like `key =` begins anew,
//! so that a bracket forgotten above does not swallow what follows.

use crate::toml_tree::scan::string_at;

/// The place where a cursor is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct TomlCursor<'t> {
    /// The keys that lead to the table or the value, from the root of the file; a key that is being typed is not among
    /// them.
    pub path: Vec<&'t str>,
    /// The sort of thing that is being typed.
    pub spot: CursorSpot,
    /// The part of it that has been typed.
    pub typed: &'t str,
}

/// The sorts of things that are typed at a cursor.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum CursorSpot {
    /// `[…`, or `[[…` where it is a series.
    Header {
        /// True for two brackets.
        series: bool,
    },
    /// A key, with or without quotes.
    Key {
        /// True where a quote is open.
        quoted: bool,
    },
    /// A value.
    Value {
        /// True where a quote is open.
        quoted: bool,
    },
    /// A comment, or what no key or value can be.
    Nothing,
}

/// A bracket that is open.
struct OpenBracket<'t> {
    brace: bool,
    keys: Vec<&'t str>,
}

impl<'t> TomlCursor<'t> {
    /// Finds the cursor at the end of `before`, which is a file up to the cursor.
    pub fn at(before: &'t str) -> Self {
        let line = before.rfind('\n').map_or(0, |end| end + 1);
        if let Some(typed) = before[line..].strip_prefix('[')
            && !typed.contains(']')
        {
            let (series, typed) = typed.strip_prefix('[').map_or((false, typed), |typed| (true, typed));
            return Self { path: Vec::new(), spot: CursorSpot::Header { series }, typed: typed.trim_start() };
        }
        let header = before[..line].rmatch_indices('[').map(|(at, _)| at).find(|at| is_line_start(before, *at));
        let end_of_line = |at: usize| before[at..].find('\n').map_or(before.len(), |end| at + end + 1);
        let body = header.map_or(0, end_of_line);
        let path = header.map_or_else(Vec::new, |at| keys(before[at..body].trim_end().split(']').next().unwrap_or("")));
        CursorScan { text: before, path, open: Vec::new(), keys: Vec::new(), in_value: false, token: body }.read(body)
    }
}

fn is_line_start(text: &str, at: usize) -> bool {
    at == 0 || text.as_bytes()[at - 1] == b'\n'
}

/// The parts of a dotted key, without brackets and quotes.
fn keys(dotted: &str) -> Vec<&str> {
    let dotted = dotted.trim_start_matches('[').trim();
    // A quoted key may have dots of its own.
    if let Some(quoted) = dotted.strip_prefix(['"', '\'']) {
        return vec![quoted.trim_end_matches(['"', '\''])];
    }
    dotted.split('.').map(|key| key.trim().trim_matches(['"', '\''])).filter(|key| !key.is_empty()).collect()
}

struct CursorScan<'t> {
    text: &'t str,
    path: Vec<&'t str>,
    open: Vec<OpenBracket<'t>>,
    /// The keys of the value that is read.
    keys: Vec<&'t str>,
    in_value: bool,
    /// The byte at which the key or value that is read starts.
    token: usize,
}

impl<'t> CursorScan<'t> {
    fn read(mut self, from: usize) -> TomlCursor<'t> {
        let bytes = self.text.as_bytes();
        let mut at = from;
        while let Some(&byte) = bytes.get(at) {
            match byte {
                b'"' | b'\'' => match string_at(self.text, at) {
                    // One that is open at the end of its line ends there.
                    Some(string) if string.is_closed || string.end < self.text.len() => at = string.end - 1,
                    Some(string) => return self.cursor(at + if string.is_long { 3 } else { 1 }, true),
                    None => return self.cursor(at + 1, true),
                },
                b'#' => match self.text[at..].find('\n') {
                    Some(end) => {
                        at += end;
                        continue;
                    }
                    None => return TomlCursor { path: self.path, spot: CursorSpot::Nothing, typed: "" },
                },
                b'=' if !self.in_value => {
                    self.keys = keys(&self.text[self.token..at]);
                    self.in_value = true;
                    self.token = at + 1;
                }
                b'{' | b'[' => {
                    let keys = std::mem::take(&mut self.keys);
                    self.open.push(OpenBracket { brace: byte == b'{', keys });
                    self.in_value = byte == b'[';
                    self.token = at + 1;
                }
                b'}' | b']' => {
                    self.keys = self.open.pop().map(|open| open.keys).unwrap_or_default();
                    self.in_value = true;
                    self.token = at + 1;
                }
                b',' => self.next(at + 1),
                b'\n' if self.open.is_empty() || begins_entry(&self.text[at + 1..]) && !self.in_braces() => {
                    self.open.clear();
                    self.next(at + 1);
                }
                _ => {}
            }
            at += 1;
        }
        let typed = self.text[self.token..].trim_start();
        let start = self.text.len() - typed.len();
        self.cursor(start, false)
    }

    fn in_braces(&self) -> bool {
        self.open.last().is_some_and(|open| open.brace)
    }

    /// A key or an element begins.
    fn next(&mut self, at: usize) {
        self.keys.clear();
        self.in_value = self.open.last().is_some_and(|open| !open.brace);
        self.token = at;
    }

    fn cursor(self, start: usize, quoted: bool) -> TomlCursor<'t> {
        let mut path = self.path;
        path.extend(self.open.into_iter().flat_map(|open| open.keys));
        let typed = &self.text[start..];
        if self.in_value {
            path.extend(self.keys);
            return TomlCursor { path, spot: CursorSpot::Value { quoted }, typed };
        }
        if quoted {
            path.extend(keys(self.text[self.token..start - 1].trim().trim_end_matches('.')));
            return TomlCursor { path, spot: CursorSpot::Key { quoted }, typed };
        }
        let (before, typed) = typed.rsplit_once('.').unwrap_or(("", typed));
        path.extend(keys(before));
        let is_key = typed.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
        TomlCursor { path, spot: if is_key { CursorSpot::Key { quoted } } else { CursorSpot::Nothing }, typed }
    }
}

/// Returns whether a line begins like `key =`.
fn begins_entry(line: &str) -> bool {
    let rest =
        line.trim_start_matches(|letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_' | '.'));
    rest.len() < line.len() && rest.trim_start_matches([' ', '\t']).starts_with('=')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_cursor_knows_its_path() {
        let key = CursorSpot::Key { quoted: false };
        let value = |quoted| CursorSpot::Value { quoted };
        for (before, path, spot, typed) in [
            ("", "", key, ""),
            ("ver", "", key, "ver"),
            ("[[pe", "", CursorSpot::Header { series: true }, "pe"),
            ("a = 1\n[person.na", "", CursorSpot::Header { series: false }, "person.na"),
            ("[[person]]\nid = \"x\"\nocc", "person", key, "occ"),
            ("[[person]]\nnames.v", "person names", key, "v"),
            ("[[person]]\n[person.names]\nv", "person names", key, "v"),
            ("[[person]]\nnames.vi = [\"A\", \"B", "person names vi", value(true), "B"),
            ("[[person]]\noffices = [{ office = \"x\", si", "person offices", key, "si"),
            (
                "[[person]]\noffices = [\n  { office = \"x\" },\n  { office = 'y",
                "person offices office",
                value(true),
                "y",
            ),
            ("[[person]]\noffices = [\nid = \"x\"\ncountry = \"V", "person country", value(true), "V"),
            ("[[person]]\nid = \"x\ncountry = \"V", "person country", value(true), "V"),
            ("[rules]\n\"text/m", "rules", CursorSpot::Key { quoted: true }, "text/m"),
            ("[rules]\n\"text/mixed\" = \"w", "rules text/mixed", value(true), "w"),
            ("[rules]\n\"text/mixed\" = { sev", "rules text/mixed", key, "sev"),
            ("[editor]\ncode-lens = t", "editor code-lens", value(false), "t"),
            ("[editor] # a [b]\ncode-lens = # t", "editor", CursorSpot::Nothing, ""),
            ("[corpus]\ninclude = [\"a]b\", \"#\"]\nex", "corpus", key, "ex"),
            ("x = 1 y", "x", value(false), "1 y"),
        ] {
            let cursor = TomlCursor::at(before);
            assert_eq!((cursor.path.join(" "), cursor.spot, cursor.typed), (path.to_owned(), spot, typed), "{before}");
        }
    }

    proptest! {
        #[test]
        fn what_is_typed_is_the_end_of_the_text(before in "[\\[\\]{}=.,#\"'\\\\\n aก-]{0,40}") {
            prop_assert!(before.ends_with(TomlCursor::at(&before).typed) || TomlCursor::at(&before).typed.is_empty());
        }
    }
}
