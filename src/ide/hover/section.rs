//! A hover as data, and how it looks as Markdown and as plain text.

use crate::ide::count::EntityCount;
use crate::text::Place;

/// The label of the fact that counts.
pub(super) const MENTIONS: &str = "mentions";

/// The facts about what is under a cursor.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Hover {
    /// The place it is about: the core of the innermost mention.
    pub place: Place,
    /// The innermost mention, then those around it.
    pub sections: Vec<HoverSection>,
}

/// The facts about one thing. All texts are plain.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct HoverSection {
    /// The name.
    pub title: String,
    /// The sort of thing.
    pub sort: String,
    /// The id in the registry.
    pub id: Option<String>,
    /// Facts, the most wanted first.
    pub facts: Vec<HoverFact>,
    /// Lines drawn in letters, all of one width.
    pub picture: Option<String>,
}

/// One thing known.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct HoverFact {
    /// The label: `office`, `Thai` …; empty for a sentence of its own.
    pub label: String,
    /// The fact.
    pub text: String,
    /// The address it leads to, outside the corpus.
    pub url: Option<String>,
}

impl HoverSection {
    pub(super) fn new(title: impl Into<String>, sort: impl Into<String>) -> Self {
        Self { title: title.into(), sort: sort.into(), ..Self::default() }
    }

    pub(super) fn fact(&mut self, label: impl Into<String>, text: impl Into<String>) {
        self.facts.push(HoverFact { label: label.into(), text: text.into(), url: None });
    }

    pub(super) fn link(&mut self, label: impl Into<String>, url: impl Into<String>) {
        let url = url.into();
        let is_url = url.starts_with("https://") || url.starts_with("http://");
        self.facts.push(HoverFact { label: label.into(), text: url.clone(), url: is_url.then_some(url) });
    }
}

impl Hover {
    /// Adds how often other corpora mention what it is about, where it says how often this one does.
    pub fn add_elsewhere(&mut self, count: &EntityCount) {
        let Some(section) = self.sections.first_mut() else { return };
        if let Some(own) = section.facts.iter().position(|fact| fact.label == MENTIONS) {
            let fact = HoverFact { label: "in other corpora".to_owned(), text: in_files(count), url: None };
            section.facts.insert(own + 1, fact);
        }
    }

    /// As Markdown.
    pub fn markdown(&self) -> String {
        let sections = self.sections.iter().map(|section| {
            let mut head = vec![format!("**{}**", escaped(&section.title))];
            head.extend(Some(escaped(&section.sort)).filter(|sort| !sort.is_empty()));
            head.extend(section.id.as_deref().map(code));
            let facts = section.facts.iter().map(|fact| {
                let text = fact.url.as_ref().map_or_else(|| escaped(&fact.text), |url| format!("<{url}>"));
                match &*fact.label {
                    "" => format!("- {text}\n"),
                    label => format!("- *{}*: {text}\n", escaped(label)),
                }
            });
            let picture = section.picture.iter().map(|lines| format!("\n```text\n{lines}\n```\n"));
            format!("{}\n\n{}{}", head.join(" · "), facts.collect::<String>(), picture.collect::<String>())
        });
        sections.collect::<Vec<_>>().join("\n---\n\n")
    }

    /// As plain text, for editors that show no Markdown.
    pub fn plain(&self) -> String {
        let sections = self.sections.iter().map(|section| {
            let head = [Some(section.title.as_str()), Some(section.sort.as_str()), section.id.as_deref()];
            let head: Vec<&str> = head.into_iter().flatten().filter(|part| !part.is_empty()).collect();
            let facts = section.facts.iter().map(|fact| match &*fact.label {
                "" => format!("  {}\n", fact.text),
                label => format!("  {label}: {}\n", fact.text),
            });
            let picture = section.picture.iter().flat_map(|lines| lines.lines()).map(|line| format!("  {line}\n"));
            format!("{}\n{}{}", head.join(" · "), facts.collect::<String>(), picture.collect::<String>())
        });
        sections.collect::<Vec<_>>().join("\n")
    }
}

/// The text with what Markdown would take for markup made plain; what stands between backticks is code.
fn escaped(text: &str) -> String {
    if text.contains('`') && text.matches('`').count().is_multiple_of(2) {
        let pieces = text.split('`').enumerate();
        return pieces.map(|(number, piece)| if number % 2 == 1 { code(piece) } else { escaped(piece) }).collect();
    }
    let mut out = String::with_capacity(text.len());
    let bytes = text.as_bytes();
    let mut before = None;
    for (at, letter) in text.char_indices() {
        let next = text[at + letter.len_utf8()..].chars().next();
        if matches!(letter, '\n' | '\r') {
            out.push(' ');
        } else {
            if is_markup(letter, before, next, bytes.get(at + 1..).unwrap_or_default()) {
                out.push('\\');
            }
            out.push(letter);
        }
        before = Some(letter);
    }
    out
}

/// Returns whether Markdown would take a letter for markup where it stands. What is plain there stays as it is: some
/// editors show the backslash.
fn is_markup(letter: char, before: Option<char>, next: Option<char>, rest: &[u8]) -> bool {
    let is_word = |letter: Option<char>| letter.is_some_and(char::is_alphanumeric);
    match letter {
        '`' | '*' => true,
        '\\' => next.is_some_and(|next| next.is_ascii_punctuation()),
        // Inside a word an underscore is plain.
        '_' => !(is_word(before) && is_word(next)),
        // Without an address behind it a bracket is plain: there are no definitions of links.
        ']' => matches!(next, Some('(' | '[' | ':')),
        '!' => next == Some('['),
        '<' => next.is_some_and(|next| next.is_ascii_alphabetic() || matches!(next, '/' | '!' | '?')),
        '&' => {
            let end = rest.iter().take(40).position(|byte| !byte.is_ascii_alphanumeric() && *byte != b'#');
            end.is_some_and(|end| end > 0 && rest[end] == b';')
        }
        '~' => before == Some('~') || next == Some('~'),
        // Only at the start of a block.
        '#' | '>' | '+' | '-' | '=' => before.is_none(),
        _ => false,
    }
}

fn code(text: &str) -> String {
    if text.contains('`') { format!("`` {text} ``") } else { format!("`{text}`") }
}

/// `12 in 4 files`.
pub(super) fn in_files(count: &EntityCount) -> String {
    let at_most = if count.exact { "" } else { "at most " };
    match count.mentions {
        0 => "none".to_owned(),
        mentions => format!("{at_most}{mentions} in {}", files(count.files)),
    }
}

pub(super) fn files(files: u32) -> String {
    if files == 1 { "1 file".to_owned() } else { format!("{files} files") }
}
