//! Completion: names, references, keys and values that go on as what has been typed.
//!
//! In texts names in the script being typed, references known to the corpus, the year behind a month; in registry
//! files and the configuration ids, keys and rule codes. What is long to say comes with [`resolve_completion`].

mod item;
mod text;
mod toml;

pub use item::{Completion, CompletionKind, CompletionTopic};

use super::hover::{Hover, HoverSection, of_entity, of_reference};
use super::target;
use crate::corpus::Snapshot;
use crate::ide::place::FilePosition;
use crate::text::cluster::{Script, is_dependent};
use crate::text::{Place, Position, Span};

/// Most items of one answer.
const MOST: usize = 60;

/// Returns the completions at a cursor, the best first. Texts must be open. There may be more: an editor should ask
/// again when more has been typed.
pub fn completions(snapshot: &Snapshot, at: FilePosition) -> Vec<Completion> {
    let mut completions = match snapshot.file(at.file) {
        Some(file) => text::completions(snapshot, file, at.byte),
        None => toml::completions(snapshot, at),
    };
    completions.truncate(MOST);
    completions
}

/// Returns the end of the word in which the cursor stands, for editors that let a person write over the rest of it: at
/// the cursor where a word ends there, and in Thai and Lao, which put no spaces between words.
pub fn end_of_word(snapshot: &Snapshot, at: FilePosition) -> Option<Position> {
    const LONGEST: u32 = 200;
    let around = |before: &str, behind: &str| {
        let inside = before.chars().next_back().is_some_and(is_of_word);
        let end = behind.find(|letter| !is_of_word(letter)).unwrap_or(behind.len());
        if inside { end } else { 0 }
    };
    if let Some(document) = snapshot.file(at.file).map(|file| file.document()) {
        let document = document?;
        let before = document.slice(Span::new(at.byte.saturating_sub(4), at.byte));
        let behind = document.slice(Span::new(at.byte, at.byte + LONGEST));
        return Some(document.position(at.byte + around(&before, &behind) as u32));
    }
    let source = snapshot.source(at.file)?;
    let (before, behind) = source.text.split_at_checked(at.byte as usize)?;
    Some(source.lines.position(&source.text, at.byte + around(before, behind) as u32))
}

/// Returns whether a letter belongs to the same word as its neighbours, marks that are letters of their own included.
/// References and ids go on behind their hyphens and slashes.
fn is_of_word(letter: char) -> bool {
    let joined = matches!(Script::of(letter), Script::Thai | Script::Lao);
    !joined && (letter.is_alphanumeric() || is_dependent(letter) || matches!(letter, '-' | '/' | '_'))
}

/// The documentation of an item, as Markdown or as plain text.
pub fn resolve_completion(snapshot: &Snapshot, more: &CompletionTopic, markdown: bool) -> Option<String> {
    let section: HoverSection = match more {
        CompletionTopic::Entity(id) => of_entity(snapshot, snapshot.registry.by_id(id)?),
        CompletionTopic::Decree(reference) => {
            of_reference(snapshot, reference, target::decree_entry(snapshot, reference))
        }
        CompletionTopic::Rule(code) => return crate::rules::by_code(code).map(crate::rules::Rule::documentation),
    };
    let hover = Hover { place: Place::default(), sections: vec![section] };
    Some(if markdown { hover.markdown() } else { hover.plain() })
}
