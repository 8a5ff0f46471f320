//! Comments: their width, and the first word of a documentation.

use super::source::{CommentLine, SourceFile};

/// The words that no documentation begins with: a summary is a noun phrase or a verb in the third person.
const QUESTION_WORDS: &[&str] = &["What", "Whether", "Which", "Whom", "Whose", "Who", "Why", "Its", "How", "Where"];

/// The comment lines that are wider than `width` columns, as `path:line: …`.
pub fn too_wide<'s>(source: &'s SourceFile, text: &'s str, width: usize) -> impl Iterator<Item = String> + 's {
    let lines: Vec<&str> = text.lines().collect();
    source.comments.iter().filter(|comment| !is_link(&comment.text)).filter_map(move |comment| {
        let columns = lines.get(comment.line - 1).map_or(0, |line| display_width(line));
        (columns > width).then(|| format!("{}:{}: the comment is {columns} columns wide", source.path, comment.line))
    })
}

/// An address cannot be broken.
fn is_link(text: &str) -> bool {
    text.split_whitespace().any(|word| word.contains("://") && word.len() > 60)
}

fn display_width(line: &str) -> usize {
    unicode_width::UnicodeWidthStr::width(line)
}

/// The documentation comments that begin with a question word, as `path:line: …`.
pub fn questions(source: &SourceFile) -> Vec<String> {
    let docs: Vec<&CommentLine> = source.comments.iter().filter(|comment| comment.doc).collect();
    let begins = |at: usize| at == 0 || docs[at - 1].line + 1 != docs[at].line;
    let first_word = |comment: &CommentLine| {
        comment.text.split_whitespace().next().unwrap_or("").trim_matches(|c: char| !c.is_alphanumeric()).to_owned()
    };
    (0..docs.len())
        .filter(|at| begins(*at))
        .map(|at| (docs[at].line, first_word(docs[at])))
        .filter(|(_, word)| QUESTION_WORDS.contains(&word.as_str()))
        .map(|(line, word)| format!("{}:{line}: a summary begins with `{word}`", source.path))
        .collect()
}

#[test]
fn a_summary_is_no_question() {
    let text = "//! What it is.\n\n/// Whether so.\nfn a() {}\n/// The sum.\n/// What is second, may be so.\nfn b() {}\n// What for: why.\n";
    let found = questions(&SourceFile::new("a.rs", text));
    assert_eq!(found, ["a.rs:1: a summary begins with `What`", "a.rs:3: a summary begins with `Whether`"]);
}

#[test]
fn width_is_that_of_the_screen() {
    let wide = |text: &str, width| too_wide(&SourceFile::new("a.rs", text), text, width).count();
    let thai = format!("// {}\n", "กี".repeat(20));
    assert_eq!(wide(&thai, 23), 0, "a vowel above takes no column");
    assert_eq!(wide(&thai, 22), 1);
    assert_eq!(wide("let a = \"a wide literal is none\";\n", 10), 0);
}
