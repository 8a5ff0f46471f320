//! A unified diff of what fixes would do to a file, as `git apply` and `patch` read it.
//!
//! Deliberately absent: applying edits (see [`fix`](crate::fix)).

use std::io::{self, Write};

use similar::TextDiff;

use super::layout::RenderOptions;
use super::paint::Styles;
use super::plain::one_line;

/// Lines of context around a change.
const CONTEXT: usize = 3;

/// Writes the difference between two versions of a file; nothing when they are equal. `path` is the one that is
/// printed.
///
/// # Errors
/// When writing fails.
pub fn unified(out: &mut dyn Write, path: &str, old: &str, new: &str, options: RenderOptions) -> io::Result<()> {
    if old == new {
        return Ok(());
    }
    let diff = TextDiff::from_lines(old, new);
    let styles = if options.color { Styles::COLOR } else { Styles::default() };
    let (removed, added) = (name("a", path), name("b", path));
    let strong = styles.strong;
    writeln!(out, "{strong}--- {removed}{strong:#}\n{strong}+++ {added}{strong:#}")?;
    for hunk in diff.unified_diff().context_radius(CONTEXT).iter_hunks() {
        let gutter = styles.gutter;
        writeln!(out, "{gutter}{}{gutter:#}", hunk.header())?;
        for change in hunk.iter_changes() {
            let (sign, style) = match change.tag() {
                similar::ChangeTag::Equal => (' ', anstyle::Style::new()),
                similar::ChangeTag::Delete => ('-', styles.removed),
                similar::ChangeTag::Insert => ('+', styles.added),
            };
            // The line end stays outside the colour, and its CR with the line: a patch must have it.
            let line = change.value();
            let content = line.strip_suffix('\n').unwrap_or(line);
            // A patch must have every byte; on a terminal no byte of a text may command it.
            let content = if options.terminal { on_terminal(content) } else { content.to_owned() };
            writeln!(out, "{style}{sign}{content}{style:#}")?;
            if content.len() == line.len() {
                writeln!(out, "\\ No newline at end of file")?;
            }
        }
    }
    Ok(())
}

/// A line as a terminal may show it; the columns of annotation files stay.
fn on_terminal(line: &str) -> String {
    line.split('\t').map(one_line).collect::<Vec<_>>().join("\t")
}

/// `a/path`, quoted as git quotes names that hold quotes, backslashes or control characters.
fn name(side: &str, path: &str) -> String {
    use std::fmt::Write as _;
    let path = path.trim_start_matches('/');
    if !path.contains(|letter: char| letter.is_control() || matches!(letter, '"' | '\\')) {
        // A tab ends the name for `patch`; names with spaces need one.
        let end = if path.contains(' ') { "\t" } else { "" };
        return format!("{side}/{path}{end}");
    }
    let mut quoted = format!("\"{side}/");
    for letter in path.chars() {
        match letter {
            '"' | '\\' => quoted.extend(['\\', letter]),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            _ if letter.is_control() => {
                let mut bytes = [0; 4];
                for byte in letter.encode_utf8(&mut bytes).bytes() {
                    // Writing to a string cannot fail.
                    let _ = write!(quoted, "\\{byte:03o}");
                }
            }
            _ => quoted.push(letter),
        }
    }
    quoted + "\""
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::expect;

    fn diff(path: &str, old: &str, new: &str) -> String {
        let mut out = Vec::new();
        unified(&mut out, path, old, new, RenderOptions::default()).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn of_a_thai_file() {
        let old = "หนึ่ง\nสอง\nสาม\nสี่\nห้า\nหก\nจบ";
        let new = "หนึ่ง\nสอง\nสาม\nสี่\nห้า\n6\nจบ";
        expect![[r"
            --- a/ข่าว.txt
            +++ b/ข่าว.txt
            @@ -3,5 +3,5 @@
             สาม
             สี่
             ห้า
            -หก
            +6
             จบ
            \ No newline at end of file
        "]]
        .assert_eq(&diff("ข่าว.txt", old, new));
        assert_eq!(diff("x", old, old), "");
    }

    #[test]
    fn a_changed_line_end_is_a_change() {
        assert_eq!(diff("a b", "x\r\n", "x\n"), "--- a/a b\t\n+++ b/a b\t\n@@ -1 +1 @@\n-x\r\n+x\n");
    }

    #[test]
    fn unusual_names_are_quoted() {
        assert_eq!(name("a", "x\"y\n\u{7f}.txt"), r#""a/x\"y\n\177.txt""#);
    }
}
