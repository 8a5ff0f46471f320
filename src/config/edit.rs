//! Edits of `scholiast.toml` that keep its comments and layout.

use compact_str::CompactString;
use jiff::civil::Date;

use crate::text::Span;
use crate::text::edit::TextEdit;
use crate::toml_tree::edit::{EditRefusal, NewFields, NewValue, append_table, checked, read, restring};
use crate::toml_tree::{Spanned, TomlTable, TomlValue, quoted};

/// A suppression to be written.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct NewSuppression {
    /// A glob, relative to the configuration's folder.
    pub path: String,
    /// A rule's code.
    pub rule: String,
    /// Only of this text.
    pub text: Option<String>,
    /// Last day it holds.
    pub until: Option<Date>,
    /// The reason.
    pub reason: Option<String>,
}

/// Adds a `[[suppress]]` table.
///
/// # Errors
/// When the file is not TOML, or is laid out so that the table does not fit.
pub fn add_suppression(text: &str, new: &NewSuppression) -> Result<Vec<TextEdit>, EditRefusal> {
    let root = read(text)?;
    let mut fields: NewFields =
        vec![("path".into(), NewValue::string(&new.path)), ("rule".into(), NewValue::string(&new.rule))];
    fields.extend(new.text.as_ref().map(|surface| ("text".into(), NewValue::string(surface))));
    fields.extend(new.until.map(|day| ("until".into(), NewValue::Value(day.to_string()))));
    fields.extend(new.reason.as_ref().map(|reason| ("reason".into(), NewValue::string(reason))));
    checked(text, append_table(text, &root, "suppress", &fields))
}

/// A decision about mentions to be written.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct NewDecision {
    /// A glob, relative to the configuration's folder.
    pub path: String,
    /// The text of the mentions.
    pub text: String,
    /// Words beside them.
    pub near: Option<String>,
    /// `nothing`, or an id.
    pub is: String,
}

/// Adds a `[[decide]]` table.
///
/// # Errors
/// When the file is not TOML, or is laid out so that the table does not fit.
pub fn add_decision(text: &str, new: &NewDecision) -> Result<Vec<TextEdit>, EditRefusal> {
    let root = read(text)?;
    let mut fields: NewFields =
        vec![("path".into(), NewValue::string(&new.path)), ("text".into(), NewValue::string(&new.text))];
    fields.extend(new.near.as_ref().map(|near| ("near".into(), NewValue::string(near))));
    fields.push(("is".into(), NewValue::string(&new.is)));
    checked(text, append_table(text, &root, "decide", &fields))
}

/// Takes out the `[[decide]]` table whose header stands at `head`.
///
/// # Errors
/// When the file is not TOML, or the table is one of an inline array, whose comma has no place of its own.
pub fn remove_decision(text: &str, head: Span) -> Result<Vec<TextEdit>, EditRefusal> {
    let root = read(text)?;
    let table = tables(&root, "decide").into_iter().find(|(_, table)| table.head == head);
    match table {
        Some((span, _)) if text[span.start as usize..].starts_with('[') => {
            checked(text, vec![TextEdit::replace(with_blank_lines(text, span), "")])
        }
        _ => Err(EditRefusal::Layout),
    }
}

/// Adds names to `[suggest] reject`; those that stand there already are left out.
///
/// # Errors
/// When the file is not TOML, or is laid out so that the names do not fit.
pub fn add_rejections(text: &str, names: &[CompactString]) -> Result<Vec<TextEdit>, EditRefusal> {
    let root = read(text)?;
    let table = root.get("suggest").and_then(|suggest| suggest.value.as_table());
    let list = table.and_then(|table| table.get("reject"));
    let listed: Vec<&str> = match list.map(|list| &list.value) {
        Some(TomlValue::Array(items)) => items.iter().filter_map(string).map(|(name, _)| name).collect(),
        _ => Vec::new(),
    };
    let new = names.iter().filter(|name| !listed.contains(&name.as_str())).map(|name| quoted(name));
    let new: Vec<String> = new.collect();
    if new.is_empty() {
        return Ok(Vec::new());
    }
    let edit = match (table, list) {
        (_, Some(list)) if matches!(list.value, TomlValue::Array(_)) => {
            let end = list.span.end as usize - "]".len();
            let inside = text[list.span.start as usize + 1..end].trim_end();
            let comma = if inside.is_empty() || inside.ends_with(',') { "" } else { "," };
            let at = list.span.start as usize + 1 + inside.len();
            // Behind a comment nothing can go on.
            let line = inside.rsplit('\n').next().unwrap_or_default();
            let space = if inside.is_empty() { "" } else { " " };
            if line.contains('#') {
                return Err(EditRefusal::Layout);
            }
            TextEdit::insert(at as u32, format!("{comma}{space}{}", new.join(", ")))
        }
        (None, None) => {
            let gap = if text.is_empty() {
                ""
            } else if text.ends_with('\n') {
                "\n"
            } else {
                "\n\n"
            };
            TextEdit::insert(text.len() as u32, format!("{gap}[suggest]\nreject = [{}]\n", new.join(", ")))
        }
        _ => return Err(EditRefusal::Layout),
    };
    checked(text, vec![edit])
}

/// A glob that matches exactly this path.
pub fn glob_of(path: &str) -> String {
    let mut glob = String::with_capacity(path.len());
    for letter in path.chars() {
        if matches!(letter, '*' | '?' | '[' | ']' | '{' | '}' | '\\') {
            glob.push('\\');
        }
        glob.push(letter);
    }
    glob
}

/// Has the globs that name a file or folder, letter for letter, name it by its new path: those of `[corpus]`,
/// `[[per-file]]`, `[[suppress]]` and `[[decide]]`. A glob for files in a renamed folder follows it.
///
/// # Errors
/// When the file is not TOML, or the edits do not fit.
pub fn rename_path(text: &str, old: &str, new: &str) -> Result<Vec<TextEdit>, EditRefusal> {
    let root = read(text)?;
    let (old, new) = (glob_of(old), glob_of(new));
    let renamed = |glob: &str| {
        let (here, glob) = glob.strip_prefix("./").map_or(("", glob), |glob| ("./", glob));
        let rest = glob.strip_prefix(&old).filter(|rest| rest.is_empty() || rest.starts_with('/'))?;
        Some(format!("{here}{new}{rest}"))
    };
    let edits = globs(&root).into_iter().filter_map(|(glob, at)| Some(restring(text, at, &renamed(glob)?)));
    in_order(text, edits)
}

/// Takes out the `[[per-file]]`, `[[suppress]]` and `[[decide]]` tables for one file that is gone, named letter for
/// letter.
///
/// # Errors
/// When the file is not TOML, or the edits do not fit.
pub fn remove_path(text: &str, path: &str) -> Result<Vec<TextEdit>, EditRefusal> {
    let root = read(text)?;
    let path = glob_of(path);
    let entries = OF_FILES.into_iter().flat_map(|key| tables(&root, key));
    let of_path = entries.filter(|(_, table)| path_of(table).is_some_and(|(glob, _)| glob == path));
    // One in an array of inline tables stays: its comma has no place of its own.
    let with_header = of_path.filter(|(span, _)| text[span.start as usize..].starts_with('['));
    let edits = with_header.map(|(span, _)| TextEdit::replace(with_blank_lines(text, span), ""));
    in_order(text, edits)
}

/// Edits as they stand in the file, of which tables may have any order.
fn in_order(text: &str, edits: impl Iterator<Item = TextEdit>) -> Result<Vec<TextEdit>, EditRefusal> {
    let mut edits: Vec<TextEdit> = edits.collect();
    edits.sort();
    checked(text, edits)
}

/// The arrays of tables whose `path` names files.
const OF_FILES: [&str; 3] = ["per-file", "suppress", "decide"];

/// Every glob of the configuration, with its place.
fn globs(root: &TomlTable) -> Vec<(&str, Span)> {
    let corpus = root.get("corpus").and_then(|corpus| corpus.value.as_table());
    let lists = ["include", "exclude", "registry"].into_iter().filter_map(|key| corpus?.get(key));
    let items = lists.filter_map(|list| if let TomlValue::Array(items) = &list.value { Some(items) } else { None });
    let listed = items.flatten().filter_map(string);
    let of_tables = OF_FILES.into_iter().flat_map(|key| tables(root, key));
    listed.chain(of_tables.filter_map(|(_, table)| path_of(table))).collect()
}

/// The tables of an array of tables.
fn tables<'t>(root: &'t TomlTable, key: &str) -> Vec<(Span, &'t TomlTable)> {
    let Some(Spanned { value: TomlValue::Array(items), .. }) = root.get(key) else { return Vec::new() };
    items.iter().filter_map(|item| Some((item.span, item.value.as_table()?))).collect()
}

fn path_of(table: &TomlTable) -> Option<(&str, Span)> {
    string(table.get("path")?)
}

fn string(value: &Spanned<TomlValue>) -> Option<(&str, Span)> {
    if let TomlValue::String(text) = &value.value { Some((text, value.span)) } else { None }
}

/// A table with the rest of its last line and the empty lines behind it.
fn with_blank_lines(text: &str, table: Span) -> Span {
    let rest = &text[table.end as usize..];
    let mut end = rest.find('\n').map_or(rest.len(), |at| at + 1);
    while let Some(line) = rest[end..].split_inclusive('\n').next().filter(|line| line.trim().is_empty()) {
        end += line.len();
    }
    Span::new(table.start, table.end + end as u32)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::config::Config;
    use crate::text::edit::apply;

    #[test]
    fn rejected_proposals_are_added_once() {
        for (before, after) in [
            ("", "[suggest]\nreject = [\"Toàn Cảnh\", \"Anh\"]\n"),
            ("# c\n[corpus]\n", "# c\n[corpus]\n\n[suggest]\nreject = [\"Toàn Cảnh\", \"Anh\"]\n"),
            ("[suggest]\nreject = [\"Anh\"]\n", "[suggest]\nreject = [\"Anh\", \"Toàn Cảnh\"]\n"),
            ("[suggest]\nreject = [\n  \"Ba\",\n]\n", "[suggest]\nreject = [\n  \"Ba\", \"Toàn Cảnh\", \"Anh\"\n]\n"),
            ("[suggest]\nreject = [\"Anh\", \"Toàn Cảnh\"]\n", "[suggest]\nreject = [\"Anh\", \"Toàn Cảnh\"]\n"),
        ] {
            let edits = add_rejections(before, &["Toàn Cảnh".into(), "Anh".into()]).expect("an edit");
            assert_eq!(apply(before, &edits), after);
        }
        assert_eq!(add_rejections("[suggest]\n", &["Anh".into()]), Err(EditRefusal::Layout));
    }

    #[test]
    fn follows_the_form_that_stands_there() {
        let new = NewSuppression { path: "a.txt".into(), rule: "date/x".into(), ..NewSuppression::default() };
        let table = "[[suppress]]\npath = \"a.txt\"\nrule = \"date/x\"\n";
        for (before, after) in [
            ("", table.to_owned()),
            ("# c\n[corpus]\n", format!("# c\n[corpus]\n\n{table}")),
            ("suppress = []\n", "suppress = [{ path = \"a.txt\", rule = \"date/x\" }]\n".to_owned()),
        ] {
            assert_eq!(apply(before, &add_suppression(before, &new).unwrap()), after);
        }
        assert!(matches!(add_suppression("[", &new), Err(EditRefusal::Syntax(_))));
    }

    #[test]
    fn globs_follow_a_file_or_folder_that_is_renamed() {
        let config = |path: &str| {
            format!(
                "[[suppress]]\npath = \"{path}\"\nrule = \"*\"\n\n[corpus]\ninclude = [\"{path}\", '**/*.md'] # c\n\n[[per-file]]\npath = '{path}'\n\n[[suppress]]\npath = \"./{path}\" # d\nrule = \"*\"\n"
            )
        };
        for (glob, old, new, after) in [
            ("a.txt", "a.txt", "b/c.txt", "b/c.txt"),
            ("a/b.txt", "a", "é", "é/b.txt"),
            ("a/**/*.txt", "a", "b", "b/**/*.txt"),
            ("a.txt", "a.tx", "b", "a.txt"),
            ("a.txt", "b/a.txt", "c.txt", "a.txt"),
            ("*.txt", "a.txt", "b.txt", "*.txt"),
        ] {
            let before = config(glob);
            assert_eq!(apply(&before, &rename_path(&before, old, new).unwrap()), config(after), "{glob} {old} {new}");
        }
        let escaped = rename_path("[[per-file]]\npath = 'a\\[1\\].txt'\n", "a[1].txt", "b*.txt").unwrap();
        let after = apply("[[per-file]]\npath = 'a\\[1\\].txt'\n", &escaped);
        assert!(Config::parse(&after).unwrap().0.per_file[0].path.matches("b*.txt"), "{after}");
    }

    #[test]
    fn entries_of_a_file_that_is_deleted_go() {
        let before = "# c\n[[suppress]]\npath = \"a.txt\"\nrule = \"*\" # d\n\n[[suppress]]\npath = \"b.txt\"\nrule = \"*\"\n\n\
                      [[per-file]]\npath = \"a.txt\"\n[per-file.rules]\n\"date/*\" = \"off\"\n\n[editor]\n";
        let after = apply(before, &remove_path(before, "a.txt").unwrap());
        assert_eq!(after, "# c\n[[suppress]]\npath = \"b.txt\"\nrule = \"*\"\n\n[editor]\n");
        assert_eq!(remove_path(before, "c.txt").unwrap(), []);
        assert_eq!(remove_path("suppress = [{ path = \"a.txt\", rule = \"*\" }]\n", "a.txt").unwrap(), []);
    }

    proptest! {
        #[test]
        fn a_suppression_reads_back(path in "[a-z*?\\[\\]{}!\\\\ \"ก]{1,8}", surface in any::<String>(), reason in any::<Option<String>>()) {
            let new = NewSuppression {
                path: glob_of(&path),
                rule: "decree/unknown-type".into(),
                text: Some(surface.clone()),
                until: Some(jiff::civil::date(2027, 1, 1)),
                reason: reason.clone(),
            };
            let (config, faults) = Config::parse(&apply("# c", &add_suppression("# c", &new).unwrap())).unwrap();
            prop_assert!(faults.is_empty());
            prop_assert!(config.suppress[0].path.matches(&path));
            prop_assert_eq!(config.suppress[0].text.as_ref().unwrap().value.as_str(), surface.as_str());
            prop_assert_eq!(config.suppress[0].reason.as_deref(), reason.as_deref());
        }
    }
}
