//! The sources of the crate as the guards read them: code without comments, literals and tests; comments line by line.
//!
//! This is no parser of Rust: a row of tokens and the depth of braces tell all that the guards ask.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// A source file.
pub struct SourceFile {
    /// The path below the root it was read from, with `/`.
    pub path: String,
    /// The segments of its module: `corpus/link.rs` and `corpus/link/mod.rs` are `corpus::link`.
    pub module: Vec<String>,
    /// The first segment; `lib` and `main` for the roots of the crate.
    pub room: String,
    /// The tokens of the code that is compiled without `cfg(test)`.
    pub tokens: Vec<Token>,
    /// The comments, a line each.
    pub comments: Vec<CommentLine>,
    /// The whole file is compiled for tests alone.
    pub test_only: bool,
    /// The child modules that the file declares for tests alone.
    test_children: BTreeSet<String>,
}

/// A word or a sign of the code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    pub text: String,
    /// The line, counted from 1.
    pub line: usize,
}

/// A line of a comment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommentLine {
    pub line: usize,
    /// The text without its slashes.
    pub text: String,
    pub doc: bool,
}

/// The sources below a folder of the project, in the order of their paths.
pub fn read_all(folder: &str) -> Vec<SourceFile> {
    fn walk(folder: &Path, paths: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).expect("a folder of the crate") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                walk(&path, paths);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                paths.push(path);
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut paths = Vec::new();
    walk(&root, &mut paths);
    paths.sort();
    let read = |path: &PathBuf| {
        let below = path.strip_prefix(&root).expect("below the root").to_str().expect("UTF-8");
        SourceFile::new(&below.replace('\\', "/"), &std::fs::read_to_string(path).expect("a source file"))
    };
    let mut sources: Vec<SourceFile> = paths.iter().map(read).collect();
    mark_test_files(&mut sources);
    sources
}

/// Marks the files of modules that are declared under `cfg(test)`, and those below them.
pub fn mark_test_files(sources: &mut [SourceFile]) {
    let mut roots: Vec<Vec<String>> = Vec::new();
    for source in &*sources {
        roots.extend(
            source.test_children.iter().map(|child| [&source.module[..], std::slice::from_ref(child)].concat()),
        );
    }
    for source in sources {
        source.test_only = roots.iter().any(|root| source.module.starts_with(root));
    }
}

impl SourceFile {
    /// Reads the text of one file.
    pub fn new(path: &str, text: &str) -> Self {
        let stem = path.trim_end_matches(".rs");
        let mut module: Vec<String> = stem.split('/').map(str::to_owned).collect();
        let room = module[0].clone();
        if module.last().is_some_and(|last| matches!(last.as_str(), "mod" | "lib" | "main")) {
            module.pop();
        }
        let (code, comments) = split(text);
        let (tokens, test_children) = without_tests(tokenise(&code));
        Self { path: path.to_owned(), module, room, tokens, comments, test_only: false, test_children }
    }

    /// The lines at which a row of tokens stands.
    pub fn lines_with<'s>(&'s self, row: &'s [&str]) -> impl Iterator<Item = usize> + 's {
        let here = move |window: &[Token]| window.iter().zip(row).all(|(token, text)| token.text == *text);
        self.tokens.windows(row.len()).filter(move |window| here(window)).map(|window| window[0].line)
    }
}

/// Parts a text into code, where comments and literals are blank, and the lines of its comments.
fn split(text: &str) -> (String, Vec<CommentLine>) {
    let letters: Vec<char> = text.chars().collect();
    let mut code = String::with_capacity(text.len());
    let mut comments = Vec::new();
    let mut line = 1;
    let mut at = 0;
    while at < letters.len() {
        let rest = &letters[at..];
        let previous_is_word = at > 0 && is_word(letters[at - 1]);
        let length = match rest {
            ['/', '/', ..] => {
                let length = rest.iter().position(|letter| *letter == '\n').unwrap_or(rest.len());
                comments.push(comment_line(line, &rest[2..length]));
                length
            }
            ['/', '*', ..] => {
                let length = block_comment(rest);
                let inner: String = rest[2..length.saturating_sub(2).max(2)].iter().collect();
                for (below, text) in inner.split('\n').enumerate() {
                    comments.push(CommentLine { line: line + below, text: text.to_owned(), doc: false });
                }
                length
            }
            ['"', ..] => quoted(rest),
            ['r' | 'b' | 'c', ..] if !previous_is_word => raw_or_byte_literal(rest).unwrap_or(0),
            ['\'', '\\', ..] => quoted(rest),
            ['\'', _, '\'', ..] => 3,
            _ => 0,
        };
        // One letter of code, or a literal or comment that leaves only its line ends.
        for letter in &rest[..length.max(1)] {
            match letter {
                '\n' => {
                    line += 1;
                    code.push('\n');
                }
                letter => code.push(if length == 0 { *letter } else { ' ' }),
            }
        }
        at += length.max(1);
    }
    (code, comments)
}

fn is_word(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

fn comment_line(line: usize, letters: &[char]) -> CommentLine {
    let text: String = letters.iter().collect();
    let inner = match letters {
        ['/', '/', ..] => None,
        ['/' | '!', ..] => Some(&text[1..]),
        _ => None,
    };
    CommentLine { line, doc: inner.is_some(), text: inner.unwrap_or(&text).to_owned() }
}

/// The length of a block comment; such comments nest.
fn block_comment(letters: &[char]) -> usize {
    let mut depth = 0;
    let mut at = 0;
    while at < letters.len() {
        match letters[at..] {
            ['/', '*', ..] => (depth, at) = (depth + 1, at + 2),
            ['*', '/', ..] => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
        if depth == 0 {
            break;
        }
    }
    at
}

/// The length of a literal between two equal quotes, in which a backslash escapes.
fn quoted(letters: &[char]) -> usize {
    let mut at = 1;
    while at < letters.len() && letters[at] != letters[0] {
        at += if letters[at] == '\\' { 2 } else { 1 };
    }
    (at + 1).min(letters.len())
}

/// The length of a literal like `r#"…"#`, `b"…"`, `b'…'` or `br"…"`; none for any other word.
fn raw_or_byte_literal(letters: &[char]) -> Option<usize> {
    let prefix = letters.iter().take_while(|letter| matches!(letter, 'r' | 'b' | 'c')).count();
    let raw = letters[..prefix].contains(&'r');
    let hashes = letters[prefix..].iter().take_while(|letter| **letter == '#').count();
    match letters.get(prefix + hashes)? {
        '"' if raw => {
            let start = prefix + hashes + 1;
            let end = (start..letters.len()).find(|at| {
                letters[*at] == '"'
                    && letters[at + 1..].iter().take(hashes).filter(|letter| **letter == '#').count() == hashes
            });
            Some(end.map_or(letters.len(), |end| end + 1 + hashes))
        }
        '"' | '\'' if !raw && hashes == 0 => Some(prefix + quoted(&letters[prefix..])),
        _ => None,
    }
}

fn tokenise(code: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    for (number, line) in code.split('\n').enumerate() {
        let mut rest = line.trim_start();
        while let Some(first) = rest.chars().next() {
            let word: usize = rest.chars().take_while(|letter| is_word(*letter)).map(char::len_utf8).sum();
            let length = match word {
                0 if rest.starts_with("::") => 2,
                0 => first.len_utf8(),
                word => word,
            };
            tokens.push(Token { text: rest[..length].to_owned(), line: number + 1 });
            rest = rest[length..].trim_start();
        }
    }
    tokens
}

/// Takes out the items under `#[cfg(test)]` and `#[test]`; returns the rest, and the modules of other files among them.
fn without_tests(tokens: Vec<Token>) -> (Vec<Token>, BTreeSet<String>) {
    let texts: Vec<&str> = tokens.iter().map(|token| token.text.as_str()).collect();
    let mut kept = Vec::new();
    let mut children = BTreeSet::new();
    let mut at = 0;
    while at < texts.len() {
        let is_test = texts[at..].starts_with(&["#", "[", "cfg", "(", "test", ")", "]"])
            || texts[at..].starts_with(&["#", "[", "test", "]"]);
        if !is_test {
            kept.push(tokens[at].clone());
            at += 1;
            continue;
        }
        let end = end_of_item(&texts, at);
        if let [.., "mod", name, ";"] = &texts[at..end] {
            children.insert((*name).to_owned());
        }
        at = end;
    }
    (kept, children)
}

/// The index behind the item that begins at `start` with its attributes.
fn end_of_item(texts: &[&str], start: usize) -> usize {
    let mut at = start;
    while texts[at..].starts_with(&["#", "["]) {
        at = behind_bracket(texts, at + 1);
    }
    let mut braces_end_it = true;
    while at < texts.len() {
        match texts[at] {
            ";" => return at + 1,
            "{" => {
                at = behind_bracket(texts, at);
                // `use a::{b, c};`, `const A: B = B { … };`
                if braces_end_it {
                    return at;
                }
            }
            "(" | "[" => at = behind_bracket(texts, at),
            word => {
                braces_end_it &= !matches!(word, "use" | "=");
                at += 1;
            }
        }
    }
    at
}

/// The index behind the bracket that closes the one at `open`.
fn behind_bracket(texts: &[&str], open: usize) -> usize {
    let mut depth = 0;
    for (at, text) in texts.iter().enumerate().skip(open) {
        match *text {
            "(" | "[" | "{" => depth += 1,
            ")" | "]" | "}" => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return at + 1;
        }
    }
    texts.len()
}

#[test]
fn comments_literals_and_tests_are_no_code() {
    let text = "//! Top.\nfn a<'x>(b: &'x str) -> char { /* c /* d */ e */ '\"' } // tail\n\
                const S: &str = r#\"not \"code\" \"#;\n#[cfg(test)]\nuse crate::z::{Y, X};\n#[cfg(test)]\nmod early;\n\
                fn late() -> u8 { b'\\'' }\n#[cfg(test)]\n#[allow(dead_code)]\nmod tests { fn t() {} }\nstruct End;\n";
    let source = SourceFile::new("room/part.rs", text);
    let texts: Vec<&str> = source.tokens.iter().map(|token| token.text.as_str()).collect();
    assert!(!texts.iter().any(|text| ["c", "d", "e", "code", "Y", "early", "tests", "t", "Top"].contains(text)));
    assert_eq!(source.tokens.iter().find(|token| token.text == "late").map(|token| token.line), Some(8));
    assert_eq!(source.tokens.last().map(|token| token.line), Some(12), "an early test item hides nothing behind it");
    assert_eq!(source.module, ["room", "part"]);
    let comments: Vec<(usize, &str, bool)> =
        source.comments.iter().map(|comment| (comment.line, comment.text.as_str(), comment.doc)).collect();
    assert_eq!(comments, [(1, " Top.", true), (2, " c /* d */ e ", false), (2, " tail", false)]);
}

#[test]
fn files_of_test_modules_are_marked() {
    let mut sources = [
        SourceFile::new("a/mod.rs", "#[cfg(test)]\nmod tests;\nmod code;\n"),
        SourceFile::new("a/code.rs", ""),
        SourceFile::new("a/tests/more.rs", ""),
    ];
    mark_test_files(&mut sources);
    assert_eq!(sources.map(|source| source.test_only), [false, false, true]);
}
