//! A person's word about a mention: "this is …", "this is nobody here", written as `[[decide]]` into `scholiast.toml`.
//!
//! A decision is about one mention where words beside it tell it from the others of the same text in the file; where
//! none do, it is about all of them, and the title says so. Deliberately absent: obeying it (`recognise::decision`).

use smallvec::SmallVec;
use unicode_normalization::UnicodeNormalization;

use super::action::{Action, ActionChange, ActionKind, of_source};
use super::fixes::touches_span;
use super::registry::alike;
use crate::config::edit::{NewDecision, add_decision, glob_of, remove_decision};
use crate::config::{Config, Decision};
use crate::corpus::document::Document;
use crate::corpus::linked::LinkReason;
use crate::corpus::mention::{self, Mention, MentionKind};
use crate::corpus::{File, Snapshot};
use crate::ide::place::links_of;
use crate::recognise::decision::{around, is_near};
use crate::recognise::facts::SegmentFacts;
use crate::registry::{Entity, EntityKind};
use crate::text::{Position, Span, cluster};

/// Longest text that is decided about, in bytes.
const LONGEST: u32 = 200;
/// Most entities that are offered for a mention.
const OFFERED: usize = 5;
/// Characters of the words beside a mention that are tried, the fewest first.
const WIDTHS: [usize; 4] = [8, 16, 32, 64];
/// Characters by which words beside a mention are made longer to begin and end with a word.
const TO_WORD: usize = 12;

pub(super) fn actions(snapshot: &Snapshot, file: &File, span: Span, actions: &mut Vec<Action>) {
    let (Some(_), Some(document)) = (&snapshot.config_source, file.document()) else { return };
    let profile = snapshot.profile(file);
    let mentions = mention::in_segments(file, &profile, links_of(snapshot, &profile), file.facts_in(span));
    let touched = mentions.iter().filter(|mention| touches_span(mention.place.span(), span));
    let innermost = touched.min_by_key(|mention| mention.place.span().len());
    take_back(snapshot, file, document, span, actions);
    match innermost {
        Some(mention) if mention.place.span().len() <= LONGEST => about(snapshot, file, document, mention, actions),
        None if !span.is_empty() && span.len() <= LONGEST => about_selection(snapshot, file, document, span, actions),
        _ => {}
    }
}

/// Offers to take back the decisions about mentions in the range.
fn take_back(snapshot: &Snapshot, file: &File, document: &Document, span: Span, actions: &mut Vec<Action>) {
    let Some((config, source)) = &snapshot.config_source else { return };
    for (start, facts) in file.facts_in(span) {
        for decided in &facts.decided {
            let place = decided.span.shift(start.byte);
            if !touches_span(place, span) {
                continue;
            }
            let Ok((written, _)) = Config::parse(&source.text) else { return };
            let Some(entry) = written.decisions.iter().find(|entry| entry.key == decided.key) else { continue };
            let Ok(edits) = remove_decision(&source.text, entry.head) else { continue };
            let title = format!("take back the decision about `{}`", document.slice(place));
            push(title, ActionChange::Edits(of_source(*config, source, edits)), actions);
        }
    }
}

/// Offers what a mention may be instead.
fn about(snapshot: &Snapshot, file: &File, document: &Document, mention: &Mention<'_>, actions: &mut Vec<Action>) {
    let span = mention.place.span();
    let text = document.slice(span);
    let Some(offer) = DecisionOffer::new(snapshot, file, document, span, &text) else { return };
    match &mention.what {
        MentionKind::Name(name) => {
            // Only of several that share the spelling the one that was linked may be chosen, too.
            let is_open = name.entities.len() > 1;
            let mut choice: SmallVec<[&Entity; 8]> = SmallVec::new();
            if is_open {
                choice.extend(name.entities.iter().map(|entity| snapshot.registry.get(*entity)));
                choice.sort_by_key(|entity| std::cmp::Reverse(snapshot.index.entity(entity.ix).len()));
            }
            if name.kind.is_person() {
                choice.extend(alike(snapshot, &text));
            }
            let mut offered: SmallVec<[&Entity; 8]> = SmallVec::new();
            for entity in choice {
                let is_linked = name.entities[..] == [entity.ix];
                if !is_linked && offered.len() < OFFERED && !offered.iter().any(|known| known.ix == entity.ix) {
                    offered.push(entity);
                }
            }
            for entity in offered {
                offer.entity(entity, actions);
            }
            if name.reason == LinkReason::Decided {
                return;
            }
            match name.kind {
                EntityKind::Official | EntityKind::Person => offer.nothing("nobody", actions),
                kind => offer.nothing(&format!("no {}", kind.as_str()), actions),
            }
        }
        MentionKind::Decree { fact, entry } => {
            let same_number = snapshot.decree_entries(&fact.symbol.number).iter();
            for symbol in same_number.filter(|symbol| entry.is_none() && symbol.reference != fact.symbol.reference) {
                if let Some(entity) = snapshot.registry.by_id(&symbol.reference) {
                    offer.entity(entity, actions);
                }
            }
            offer.nothing("no reference", actions);
        }
        MentionKind::Date { .. } => offer.nothing("no date", actions),
        MentionKind::Pattern(fact) => {
            let kind = snapshot.patterns().name(fact.kind);
            offer.nothing(&format!("no {kind}"), actions);
        }
    }
}

/// Offers people whose names sound like selected words in which nothing was recognised.
fn about_selection(snapshot: &Snapshot, file: &File, document: &Document, span: Span, actions: &mut Vec<Action>) {
    let selected = document.slice(span);
    let text = selected.trim();
    if text.is_empty() || text.contains(['\n', '\r']) {
        return;
    }
    let start = span.start + (selected.len() - selected.trim_start().len()) as u32;
    let span = Span::new(start, start + text.len() as u32);
    let Some(offer) = DecisionOffer::new(snapshot, file, document, span, text) else { return };
    for entity in alike(snapshot, text) {
        offer.entity(entity, actions);
    }
}

/// A decision without its meaning.
struct DecisionOffer<'a> {
    snapshot: &'a Snapshot,
    path: String,
    text: &'a str,
    near: Option<String>,
    /// The mentions that it is about.
    count: usize,
}

impl<'a> DecisionOffer<'a> {
    fn new(snapshot: &'a Snapshot, file: &File, document: &Document, span: Span, text: &'a str) -> Option<Self> {
        let others = others(file, document, span, text);
        let (here, at) = segment_around(document, span)?;
        let near = (!others.is_empty()).then(|| telling_words(&here, at, &others)).flatten();
        let count = if near.is_some() { 1 } else { others.len() + 1 };
        Some(Self { snapshot, path: glob_of(file.path.as_str()), text, near, count })
    }

    fn nothing(&self, what: &str, actions: &mut Vec<Action>) {
        self.push(Decision::NOTHING, what, actions);
    }

    fn entity(&self, entity: &Entity, actions: &mut Vec<Action>) {
        self.push(&entity.id, &format!("{} ({})", entity.display_name(), entity.id), actions);
    }

    fn push(&self, is: &str, what: &str, actions: &mut Vec<Action>) {
        let Some((config, source)) = &self.snapshot.config_source else { return };
        let new = NewDecision {
            path: self.path.clone(),
            text: self.text.to_owned(),
            near: self.near.clone(),
            is: is.to_owned(),
        };
        let Ok(edits) = add_decision(&source.text, &new) else { return };
        let place = match self.count {
            1 => "here".to_owned(),
            several => format!("in all {several} places of this file"),
        };
        let title = format!("`{}` is {what} {place}", self.text);
        push(title, ActionChange::Edits(of_source(*config, source, edits)), actions);
    }
}

fn push(title: String, change: ActionChange, actions: &mut Vec<Action>) {
    if !actions.iter().any(|action| action.change == change) {
        let kind = ActionKind::Rewrite;
        actions.push(Action { title, kind, change, findings: Vec::new(), preferred: false });
    }
}

/// The other mentions of a file with the same text: the segment of each, and where in it the mention stands.
fn others(file: &File, document: &Document, span: Span, text: &str) -> Vec<(String, Span)> {
    let mut others = Vec::new();
    for (start, facts) in file.facts() {
        for place in places_of(start, facts, document, text) {
            if place != span {
                others.extend(segment_around(document, place));
            }
        }
    }
    others
}

/// The places of mentions of a segment that have this text.
fn places_of(start: Position, facts: &SegmentFacts, document: &Document, text: &str) -> Vec<Span> {
    let names = facts.names.iter().chain(facts.addresses.iter().map(|address| &address.name));
    let mut places: Vec<Span> = names.filter(|name| name.surface == text).map(|name| name.span).collect();
    let dates = facts.dates.iter().map(|date| date.core);
    let decrees = facts.decrees.iter().map(|decree| decree.core);
    let patterns = facts.patterns.iter().map(|pattern| pattern.span);
    let is_it = |span: &Span| span.len() as usize == text.len() && document.slice(span.shift(start.byte)) == text;
    let short = facts.short_references.iter().map(|short| short.core);
    places.extend(dates.chain(decrees).chain(short).chain(patterns).filter(is_it));
    places.sort_unstable();
    places.dedup();
    places.into_iter().map(|span| span.shift(start.byte)).collect()
}

/// The text of the segment in which a span of the file lies, and the span in it.
fn segment_around(document: &Document, span: Span) -> Option<(String, Span)> {
    let found = document.tree().find(span.start)?;
    let start = found.start.byte;
    let segment = Span::new(start, start + found.segment.size.byte);
    segment.contains(span).then(|| (document.slice(segment), Span::new(span.start - start, span.end - start)))
}

/// Words beside a mention that stand beside no other one of the same text; the fewest that do.
fn telling_words(segment: &str, at: Span, others: &[(String, Span)]) -> Option<String> {
    let (before, behind) = around(segment, at);
    let behind = behind.trim_end_matches(['\n', '\r']);
    for width in WIDTHS {
        for words in [words_before(before, width), words_behind(behind, width)].into_iter().flatten() {
            let words: String = words.nfc().collect();
            let tells = !others.iter().any(|(segment, at)| is_near(segment, *at, &words));
            if tells && is_near(segment, at, &words) {
                return Some(words);
            }
        }
    }
    None
}

/// The last words of a text, about `width` characters.
fn words_before(text: &str, width: usize) -> Option<&str> {
    let mut starts = text.char_indices().rev().skip(width - 1).map(|(at, _)| at);
    let first = starts.next().unwrap_or(0);
    let is_word = |at: &usize| *at == 0 || text[..*at].ends_with(char::is_whitespace);
    let at_word = std::iter::once(first).chain(starts.take(TO_WORD)).find(is_word);
    let start = at_word.unwrap_or_else(|| cluster::around(text, first).0);
    worth_writing(&text[start..])
}

/// The first words of a text, about `width` characters.
fn words_behind(text: &str, width: usize) -> Option<&str> {
    let ends = text.char_indices().map(|(at, letter)| at + letter.len_utf8());
    let mut ends = ends.skip(width - 1);
    let first = ends.next().unwrap_or(text.len());
    let is_word = |at: &usize| *at == text.len() || text[*at..].starts_with(char::is_whitespace);
    let at_word = std::iter::once(first).chain(ends.take(TO_WORD)).find(is_word);
    let end = at_word
        .unwrap_or_else(|| if cluster::is_boundary(text, first) { first } else { cluster::around(text, first).1 });
    worth_writing(&text[..end])
}

/// The words without the spaces around them, where any are left.
fn worth_writing(words: &str) -> Option<&str> {
    let words = words.trim();
    words.chars().any(char::is_alphanumeric).then_some(words)
}
