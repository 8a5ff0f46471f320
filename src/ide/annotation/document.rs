//! An annotation file as a document: what its words lead to, who refers to an id, how it folds and is selected.

use std::collections::BTreeMap;

use super::pair::{AnnotationPair, ReferenceIndex, kind_span};
use crate::annotation::{AnnotationBody, Standoff};
use crate::ide::folding::FoldedLines;
use crate::text::Span;
use crate::text::edit::TextEdit;

/// The part of a line that a cursor is on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AnnotationWord<'a> {
    /// The id of the line itself.
    Id(&'a str),
    /// The id of another line.
    Target(&'a str),
    /// A type, or the name of an attribute.
    Kind(&'a str),
    /// A role of an argument.
    Role(&'a str),
    /// A value of an attribute.
    Value(&'a str),
    /// An entry of a database: the database and the entry.
    Entry(&'a str, &'a str),
    /// Offsets or the recorded text.
    Text,
    /// A note.
    Note,
}

/// The part of a line under a byte of a file, with its place and the number of the line.
pub fn word_at(standoff: &Standoff, byte: u32) -> Option<(usize, Span, AnnotationWord<'_>)> {
    let lines = standoff.lines();
    let number = lines.partition_point(|line| line.span.start <= byte).checked_sub(1)?;
    let line = &lines[number];
    if !line.span.touches(byte) {
        return None;
    }
    let words = words(standoff, number);
    // Of two parts that meet the later one is meant, where it starts at the cursor.
    let touched = |(span, _): &&(Span, AnnotationWord<'_>)| span.touches(byte);
    let found = words.iter().filter(touched).min_by_key(|(span, _)| (span.end == byte, span.len()));
    found.map(|(span, word)| (number, *span, *word))
}

/// The parts of a line, in order.
pub fn words(standoff: &Standoff, number: usize) -> Vec<(Span, AnnotationWord<'_>)> {
    let Some(line) = standoff.lines().get(number) else { return Vec::new() };
    let slice = |span: Span| standoff.slice(span);
    let mut words = Vec::new();
    if !line.id.is_empty() && slice(line.id) != "*" {
        words.push((line.id, AnnotationWord::Id(slice(line.id))));
    }
    words.extend(kind_span(&line.body).map(|kind| (kind, AnnotationWord::Kind(slice(kind)))));
    let target = |target: Span| (target, AnnotationWord::Target(slice(target)));
    match &line.body {
        AnnotationBody::Text { offsets, text, .. } => {
            words.push((*offsets, AnnotationWord::Text));
            words.extend(text.map(|text| (text, AnnotationWord::Text)));
        }
        AnnotationBody::Event { trigger, arguments, .. } => {
            words.push(target(*trigger));
            for argument in arguments {
                words.push((argument.role, AnnotationWord::Role(slice(argument.role))));
                words.push(target(argument.target));
            }
        }
        AnnotationBody::Relation { arguments, .. } => {
            for argument in arguments {
                words.push((argument.role, AnnotationWord::Role(slice(argument.role))));
                words.push(target(argument.target));
            }
        }
        AnnotationBody::Equivalence { members, .. } => words.extend(members.iter().map(|member| target(*member))),
        AnnotationBody::Attribute { target: of, value, .. } => {
            words.push(target(*of));
            words.extend(value.map(|value| (value, AnnotationWord::Value(slice(value)))));
        }
        AnnotationBody::Normalization { target: of, reference } => {
            words.push(target(*of));
            if let Some((database, entry)) = slice(*reference).split_once(':') {
                words.push((*reference, AnnotationWord::Entry(database, entry)));
            }
        }
        AnnotationBody::Note { target: of, text, .. } => {
            words.push(target(*of));
            words.extend(text.map(|text| (text, AnnotationWord::Note)));
        }
        AnnotationBody::Malformed(_) => {}
    }
    words.sort_by_key(|(span, _)| span.start);
    words
}

/// The places of an id in a file: where it is given, and where lines refer to it.
pub fn id_places(standoff: &Standoff, id: &str) -> (Option<Span>, Vec<Span>) {
    let given = standoff.line(id).map(|line| line.id);
    let mut places = Vec::new();
    for line in standoff.lines() {
        places.extend(line.body.references().into_iter().filter(|target| standoff.slice(*target) == id));
    }
    (given, places)
}

/// The reason why an id cannot be another one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum IdRefusal {
    /// It is no id of its kind of line.
    Form {
        /// A right one.
        example: String,
    },
    /// Another line has it.
    Taken(String),
}

impl std::fmt::Display for IdRefusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Form { example } => write!(f, "an id is the letter of its kind and a number, such as `{example}`"),
            Self::Taken(id) => write!(f, "another line has the id `{id}`"),
        }
    }
}

/// The edits that give an annotation another id, in its file; empty where the file does not have the id. `is_own`
/// tells that the id is given here, `taken` whether another file beside the text has the new one.
///
/// # Errors
/// When the new id is none, or taken.
pub fn renamed_id(standoff: &Standoff, old: &str, new: &str, is_taken: bool) -> Result<Vec<TextEdit>, IdRefusal> {
    let kind: String = old.chars().take_while(|letter| !letter.is_ascii_digit()).collect();
    let digits = new.strip_prefix(kind.as_str());
    let is_id = digits.is_some_and(|rest| {
        rest.starts_with(|digit: char| digit.is_ascii_digit())
            && rest.chars().all(|letter| letter.is_ascii_alphanumeric())
    });
    if !is_id {
        return Err(IdRefusal::Form { example: format!("{kind}12") });
    }
    if new != old && (is_taken || standoff.line(new).is_some()) {
        return Err(IdRefusal::Taken(new.to_owned()));
    }
    let (given, places) = id_places(standoff, old);
    let mut edits: Vec<TextEdit> = given.into_iter().chain(places).map(|span| TextEdit::replace(span, new)).collect();
    edits.sort();
    Ok(edits)
}

/// The places around a byte of a file, from inside out.
pub fn selections(standoff: &Standoff, byte: u32) -> Vec<Span> {
    let lines = standoff.lines();
    let Some(number) = lines.partition_point(|line| line.span.start <= byte).checked_sub(1) else { return Vec::new() };
    let line = &lines[number];
    let mut spans: Vec<Span> = Vec::new();
    if let Some((_, word, _)) = word_at(standoff, byte) {
        spans.push(word);
        // An argument with its role.
        let arguments = match &line.body {
            AnnotationBody::Event { arguments, .. } => &arguments[..],
            AnnotationBody::Relation { arguments, .. } => &arguments[..],
            _ => &[],
        };
        spans.extend(
            arguments.iter().map(|argument| argument.role.cover(argument.target)).find(|whole| whole.contains(word)),
        );
        let start = line.id.end;
        let field =
            standoff.slice(Span::new(start, line.span.end)).match_indices('\t').map(|(at, _)| start + at as u32);
        let tabs: Vec<u32> = field.chain([line.span.end]).collect();
        let fields = tabs.windows(2).map(|pair| Span::new(pair[0] + 1, pair[1]));
        spans.extend(fields.into_iter().find(|field| field.contains(word)));
    }
    spans.push(line.span);
    let id = standoff.slice(line.id);
    let block = block_of(standoff, number, id);
    spans.push(block);
    spans.push(Span::of(0, standoff.source().len()));
    let mut grown: Vec<Span> = Vec::new();
    for span in spans.into_iter().filter(|span| span.touches(byte)) {
        let span = grown.last().map_or(span, |inner| inner.cover(span));
        if grown.last() != Some(&span) {
            grown.push(span);
        }
    }
    grown
}

/// A line with the lines below it that refer to it.
fn block_of(standoff: &Standoff, number: usize, id: &str) -> Span {
    let lines = standoff.lines();
    let mut last = number;
    while let Some(next) = lines.get(last + 1)
        && next.body.references().iter().any(|target| standoff.slice(*target) == id)
    {
        last += 1;
    }
    Span::new(lines[number].span.start, lines[last].span.end)
}

/// The folds of a file: each line that marks text with the lines directly below it that speak of it.
pub fn folds(standoff: &Standoff) -> Vec<FoldedLines> {
    let lines = standoff.lines();
    let mut folds = Vec::new();
    let mut number = 0;
    while number < lines.len() {
        let mut ids: Vec<&str> = vec![standoff.slice(lines[number].id)];
        let mut last = number;
        if matches!(lines[number].body, AnnotationBody::Text { .. } | AnnotationBody::Event { .. }) {
            while let Some(next) = lines.get(last + 1)
                && !matches!(next.body, AnnotationBody::Text { .. })
                && next.body.references().iter().any(|target| ids.contains(&standoff.slice(*target)))
            {
                last += 1;
                ids.push(standoff.slice(next.id));
            }
        }
        if last > number {
            folds.push(FoldedLines { start: number as u32, end: last as u32, comment: false });
        }
        number = last + 1;
    }
    folds
}

/// A line of the outline of an annotation file, or of the annotations of a text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AnnotationSymbol {
    /// The number of the line.
    pub number: usize,
    /// The words that are marked, or what the line says.
    pub name: String,
    /// The text beside the name.
    pub detail: String,
}

/// The lines of a file by type, the types in the order in which they come first.
pub fn by_type<'a>(pair: &AnnotationPair<'a>, texts_alone: bool) -> Vec<(&'a str, Vec<AnnotationSymbol>)> {
    let mut order: Vec<&str> = Vec::new();
    let mut groups: BTreeMap<&str, Vec<AnnotationSymbol>> = BTreeMap::new();
    let slice = |span: Span| pair.standoff.slice(span);
    for (number, line) in pair.standoff.lines().iter().enumerate() {
        let Some(kind) = kind_span(&line.body).map(slice) else { continue };
        let said = |id: &str| pair.words_of(id).unwrap_or_else(|| id.to_owned());
        let (name, detail) = match &line.body {
            AnnotationBody::Text { .. } => match pair.words(number) {
                Some(words) => (words, slice(line.id).to_owned()),
                None if texts_alone => continue,
                None => ("…".to_owned(), slice(line.id).to_owned()),
            },
            _ if texts_alone => continue,
            AnnotationBody::Event { trigger, .. } => (said(slice(*trigger)), slice(line.id).to_owned()),
            AnnotationBody::Relation { arguments: [one, two], .. } => {
                (format!("{} → {}", said(slice(one.target)), said(slice(two.target))), slice(line.id).to_owned())
            }
            AnnotationBody::Equivalence { members, .. } => {
                let members: Vec<String> = members.iter().map(|member| said(slice(*member))).collect();
                (members.join(" = "), String::new())
            }
            AnnotationBody::Attribute { target, value, .. } => {
                let value = value.map(|value| format!(": {}", slice(value))).unwrap_or_default();
                (format!("{}{value}", said(slice(*target))), slice(line.id).to_owned())
            }
            _ => continue,
        };
        if !groups.contains_key(kind) {
            order.push(kind);
        }
        groups.entry(kind).or_default().push(AnnotationSymbol { number, name, detail });
    }
    order.into_iter().filter_map(|kind| Some((kind, groups.remove(kind)?))).collect()
}

/// A relation between two annotations, or the part of an event.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AnnotationTie {
    /// The type of the relation or the role in the event.
    pub name: String,
    /// The line of the text that the other one marks.
    pub other: usize,
}

/// The annotations that another one is related to. `outgoing` are those that it is the first argument of, of an event
/// those that fill its roles.
pub fn ties(
    pair: &AnnotationPair<'_>,
    index: &ReferenceIndex<'_>,
    number: usize,
    outgoing: bool,
) -> Vec<AnnotationTie> {
    let slice = |span: Span| pair.standoff.slice(span);
    let own = pair.id(number);
    let mut ids = vec![own];
    ids.extend(index.events(own));
    let marked = |id: &str| {
        let line = pair.standoff.line(id)?;
        match line.body {
            AnnotationBody::Event { trigger, .. } => pair.number(slice(trigger)),
            AnnotationBody::Text { .. } => pair.number(id),
            _ => None,
        }
    };
    let mut ties: Vec<AnnotationTie> = Vec::new();
    let mut add = |name: &str, other: &str| {
        if let Some(other) = marked(other) {
            let tie = AnnotationTie { name: name.to_owned(), other };
            if !ties.contains(&tie) {
                ties.push(tie);
            }
        }
    };
    for id in &ids {
        if let (true, Some(AnnotationBody::Event { arguments, .. })) =
            (outgoing, pair.standoff.line(id).map(|line| &line.body))
        {
            arguments.iter().for_each(|argument| add(slice(argument.role), slice(argument.target)));
        }
        for (_, line) in index.of(id) {
            match &line.body {
                AnnotationBody::Relation { kind, arguments: [one, two] } => {
                    let (from, to) = (slice(one.target), slice(two.target));
                    if outgoing && from == *id {
                        add(slice(*kind), to);
                    } else if !outgoing && to == *id {
                        add(slice(*kind), from);
                    }
                }
                AnnotationBody::Event { trigger, arguments, .. } if !outgoing && slice(*trigger) != *id => {
                    let role = arguments.iter().find(|argument| slice(argument.target) == *id);
                    add(role.map_or("", |argument| slice(argument.role)), slice(*trigger));
                }
                AnnotationBody::Equivalence { kind, members } => {
                    for member in members.iter().map(|member| slice(*member)).filter(|member| member != id) {
                        add(slice(*kind), member);
                    }
                }
                _ => {}
            }
        }
    }
    ties
}
