//! One line of an annotation file, and its parts as spans of the file's bytes.

use super::fault::Malformed;
use super::fragment::Fragment;
use crate::text::Span;

/// The type of the notes that a merge leaves on lines that contradict each other.
pub const CONFLICT_NOTE: &str = "MergeConflict";

/// The content of a line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum AnnotationBody {
    /// `T`: a marked piece of text.
    Text {
        /// The type.
        kind: Span,
        /// All its offsets.
        offsets: Span,
        /// The fragments, as written, at least one.
        fragments: Vec<Fragment>,
        /// The recorded text; `None` where none is recorded.
        text: Option<Span>,
    },
    /// `E`: an event.
    Event {
        /// The type.
        kind: Span,
        /// The id of its trigger.
        trigger: Span,
        /// The arguments.
        arguments: Vec<Argument>,
    },
    /// `R`: a relation.
    Relation {
        /// The type.
        kind: Span,
        /// The two arguments.
        arguments: [Argument; 2],
    },
    /// `*`: an equivalence.
    Equivalence {
        /// The type.
        kind: Span,
        /// The ids of its members.
        members: Vec<Span>,
    },
    /// `A`, `M`: an attribute; without a value it is true.
    Attribute {
        /// The name.
        name: Span,
        /// The id of what it is said of.
        target: Span,
        /// The value.
        value: Option<Span>,
    },
    /// `N`: a link to an entry of a database.
    Normalization {
        /// The id of what is linked.
        target: Span,
        /// The database and the entry, `DB:REF`.
        reference: Span,
    },
    /// `#`: a note.
    Note {
        /// The type.
        kind: Span,
        /// The id of what it is about; any id.
        target: Span,
        /// The note.
        text: Option<Span>,
    },
    /// Anything else; kept as it is.
    Malformed(Malformed),
}

impl AnnotationBody {
    /// The places of the ids that the line refers to.
    pub fn references(&self) -> Vec<Span> {
        match self {
            Self::Event { trigger, arguments, .. } => {
                std::iter::once(*trigger).chain(arguments.iter().map(|argument| argument.target)).collect()
            }
            Self::Relation { arguments, .. } => arguments.iter().map(|argument| argument.target).collect(),
            Self::Equivalence { members, .. } => members.clone(),
            Self::Attribute { target, .. } | Self::Normalization { target, .. } | Self::Note { target, .. } => {
                vec![*target]
            }
            Self::Text { .. } | Self::Malformed(_) => Vec::new(),
        }
    }

    /// The ids without which the line means nothing. Arguments of events and members of equivalences are not among
    /// them: the others remain.
    pub(super) fn leans_on(&self) -> impl Iterator<Item = Span> {
        let (one, two) = match self {
            Self::Event { trigger, .. } => (Some(*trigger), None),
            Self::Relation { arguments: [one, two], .. } => (Some(one.target), Some(two.target)),
            Self::Attribute { target, .. } | Self::Normalization { target, .. } | Self::Note { target, .. } => {
                (Some(*target), None)
            }
            Self::Text { .. } | Self::Equivalence { .. } | Self::Malformed(_) => (None, None),
        };
        one.into_iter().chain(two)
    }
}

/// `ROLE:ID`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Argument {
    /// The role.
    pub role: Span,
    /// The id that fills it.
    pub target: Span,
}

/// Returns the content of `line` (without its line end) and the span of its id, which is empty where there is none.
/// `at` is the byte of the file at which the line starts.
pub(super) fn parse(line: &str, at: u32) -> (Span, AnnotationBody) {
    let whole = LineField { text: line, at };
    if line.trim().is_empty() {
        return (Span::new(at, at), AnnotationBody::Malformed(Malformed::Blank));
    }
    let Some((id, rest)) = whole.split_once('\t') else {
        return (Span::new(at, at), AnnotationBody::Malformed(Malformed::NoId));
    };
    let body = match kind_of(id.text) {
        Ok(kind) => parse_body(kind, rest).unwrap_or_else(AnnotationBody::Malformed),
        Err(malformed) => AnnotationBody::Malformed(malformed),
    };
    // What is no id identifies nothing.
    let id = if matches!(body, AnnotationBody::Malformed(Malformed::NoId)) { Span::new(at, at) } else { id.span() };
    (id, body)
}

/// The letter that decides the kind of an annotation.
fn kind_of(id: &str) -> Result<char, Malformed> {
    if id == "*" {
        return Ok('*');
    }
    let letters = id.strip_prefix('#').unwrap_or(id).trim_start_matches(|letter: char| letter.is_ascii_alphabetic());
    let first = id.chars().next().ok_or(Malformed::NoId)?;
    let named = first == '#' || first.is_ascii_alphabetic();
    if !named || !letters.starts_with(|digit: char| digit.is_ascii_digit()) || id.contains(char::is_whitespace) {
        return Err(Malformed::NoId);
    }
    if matches!(first, 'T' | 'E' | 'R' | 'A' | 'M' | 'N' | '#') { Ok(first) } else { Err(Malformed::UnknownKind) }
}

fn parse_body(kind: char, rest: LineField<'_>) -> Result<AnnotationBody, Malformed> {
    match kind {
        'T' => text_bound(rest),
        'E' => event(rest).ok_or(form("TYPE:TRIGGER ROLE:ID …")),
        'R' => relation(rest),
        '*' => equivalence(rest).ok_or(form("TYPE ID ID …")),
        'N' => normalization(rest).ok_or(form("Reference ID DB:ENTRY")),
        '#' => note(rest).ok_or(form("TYPE ID")),
        _ => attribute(rest).ok_or(form("NAME ID VALUE")),
    }
}

const fn form(form: &'static str) -> Malformed {
    Malformed::Body { form }
}

fn text_bound(rest: LineField<'_>) -> Result<AnnotationBody, Malformed> {
    let bad = form("TYPE START END");
    // The recorded text may hold TABs, as the text may.
    let (head, text) = match rest.split_once('\t') {
        Some((head, text)) => (head, Some(text.span())),
        None => (rest, None),
    };
    let (kind, offsets) = head.split_once(' ').ok_or(bad.clone())?;
    if kind.is_empty() {
        return Err(bad);
    }
    // Without a recorded text brat's own files may still end in a space.
    let offsets = if text.is_none() { offsets.trim_end() } else { offsets };
    let fragments: Option<Vec<Fragment>> = offsets.text.split(';').map(fragment).collect();
    let fragments = fragments.ok_or(bad)?;
    if fragments.iter().any(|fragment| fragment.start > fragment.end) {
        return Err(Malformed::Reversed);
    }
    let mut sorted = fragments.clone();
    sorted.sort_by_key(|fragment| (fragment.start, fragment.end));
    if sorted.windows(2).any(|pair| pair[1].start < pair[0].end) {
        return Err(Malformed::OverlappingFragments);
    }
    Ok(AnnotationBody::Text { kind: kind.span(), offsets: offsets.span(), fragments, text })
}

fn fragment(text: &str) -> Option<Fragment> {
    let (start, end) = text.split_once(' ')?;
    Some(Fragment { start: number(start)?, end: number(end)? })
}

/// Digits alone: `parse` would accept a sign.
fn number(digits: &str) -> Option<u32> {
    digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok()).flatten()
}

fn event(rest: LineField<'_>) -> Option<AnnotationBody> {
    let mut words = rest.words();
    let Argument { role: kind, target: trigger } = argument(words.next()?)?;
    Some(AnnotationBody::Event { kind, trigger, arguments: words.map(argument).collect::<Option<_>>()? })
}

fn relation(rest: LineField<'_>) -> Result<AnnotationBody, Malformed> {
    let bad = form("TYPE Arg1:ID Arg2:ID");
    let words: Vec<LineField<'_>> = rest.words().collect();
    let [kind, first, second] = words[..] else {
        return Err(bad);
    };
    let (Some(one), Some(two)) = (argument(first), argument(second)) else {
        return Err(bad);
    };
    if role(first) == role(second) {
        return Err(Malformed::SameRole);
    }
    Ok(AnnotationBody::Relation { kind: kind.span(), arguments: [one, two] })
}

fn role(argument: LineField<'_>) -> Option<&str> {
    argument.text.split_once(':').map(|(role, _)| role)
}

fn equivalence(rest: LineField<'_>) -> Option<AnnotationBody> {
    let mut words = rest.words();
    let kind = words.next()?.span();
    let members: Vec<Span> = words.map(LineField::span).collect();
    (members.len() >= 2).then_some(AnnotationBody::Equivalence { kind, members })
}

fn attribute(rest: LineField<'_>) -> Option<AnnotationBody> {
    let head = rest.split_once('\t').map_or(rest, |(head, _)| head);
    let (name, rest) = head.split_once(' ')?;
    let (target, value) = match rest.split_once(' ') {
        Some((target, value)) => (target, Some(value.trim_end()).filter(|value| !value.is_empty())),
        None => (rest, None),
    };
    if name.is_empty() || target.is_empty() {
        return None;
    }
    Some(AnnotationBody::Attribute { name: name.span(), target: target.span(), value: value.map(LineField::span) })
}

fn normalization(rest: LineField<'_>) -> Option<AnnotationBody> {
    let head = rest.split_once('\t').map_or(rest, |(head, _)| head);
    let words: Vec<LineField<'_>> = head.words().collect();
    let [_, target, reference] = words[..] else {
        return None;
    };
    // BioNLP 2013 names the two: `Annotation:T1 Referent:DB:REF`.
    let target = target.strip_prefix("Annotation:");
    let reference = reference.strip_prefix("Referent:");
    let (database, entry) = reference.text.split_once(':')?;
    (!database.is_empty() && !entry.is_empty())
        .then_some(AnnotationBody::Normalization { target: target.span(), reference: reference.span() })
}

fn note(rest: LineField<'_>) -> Option<AnnotationBody> {
    let (head, text) = match rest.split_once('\t') {
        Some((head, text)) => (head, Some(text.span())),
        None => (rest, None),
    };
    let mut words = head.words();
    let (kind, target) = (words.next()?, words.next()?);
    words.next().is_none().then_some(AnnotationBody::Note { kind: kind.span(), target: target.span(), text })
}

fn argument(word: LineField<'_>) -> Option<Argument> {
    let (role, target) = word.split_once(':')?;
    (!role.is_empty() && !target.is_empty()).then_some(Argument { role: role.span(), target: target.span() })
}

/// A part of a line that knows where it stands in the file.
#[derive(Clone, Copy)]
struct LineField<'a> {
    text: &'a str,
    at: u32,
}

impl<'a> LineField<'a> {
    fn span(self) -> Span {
        Span::new(self.at, self.at + self.text.len() as u32)
    }

    fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Both sides of the first `separator`, an ASCII character.
    fn split_once(self, separator: char) -> Option<(Self, Self)> {
        let (left, right) = self.text.split_once(separator)?;
        let right = Self { text: right, at: self.at + left.len() as u32 + 1 };
        Some((Self { text: left, at: self.at }, right))
    }

    fn trim_end(self) -> Self {
        Self { text: self.text.trim_end(), at: self.at }
    }

    fn strip_prefix(self, prefix: &str) -> Self {
        match self.text.strip_prefix(prefix) {
            Some(text) => Self { text, at: self.at + prefix.len() as u32 },
            None => self,
        }
    }

    /// The words; several spaces and spaces at the end occur in the wild and mean nothing.
    fn words(self) -> impl Iterator<Item = LineField<'a>> {
        let mut rest = self;
        std::iter::from_fn(move || {
            let start = rest.text.find(|letter| !matches!(letter, ' ' | '\t'))?;
            let text = &rest.text[start..];
            let end = text.find([' ', '\t']).unwrap_or(text.len());
            let word = LineField { text: &text[..end], at: rest.at + start as u32 };
            rest = LineField { text: &text[end..], at: word.at + end as u32 };
            Some(word)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The content that a line was understood as, parts in their order.
    fn shape(line: &str) -> String {
        let show = |span: Span| span.slice(line);
        let (id, body) = parse(line, 0);
        let body = match body {
            AnnotationBody::Text { kind, offsets, fragments, text } => {
                let text = text.map_or("none".to_owned(), |text| format!("{:?}", show(text)));
                format!("text {} [{}] {} {text}", show(kind), show(offsets), fragments.len())
            }
            AnnotationBody::Event { kind, trigger, arguments } => {
                let arguments: Vec<String> = arguments
                    .iter()
                    .map(|argument| format!(" {}={}", show(argument.role), show(argument.target)))
                    .collect();
                format!("event {} {}{}", show(kind), show(trigger), arguments.concat())
            }
            AnnotationBody::Relation { kind, arguments: [one, two] } => {
                format!("relation {} {} {}", show(kind), show(one.target), show(two.target))
            }
            AnnotationBody::Equivalence { kind, members } => {
                format!("equivalence {} {}", show(kind), members.into_iter().map(show).collect::<Vec<_>>().join("="))
            }
            AnnotationBody::Attribute { name, target, value } => {
                format!("attribute {} {} {}", show(name), show(target), value.map_or("true", show))
            }
            AnnotationBody::Normalization { target, reference } => format!("link {} {}", show(target), show(reference)),
            AnnotationBody::Note { kind, target, text } => {
                format!("note {} {} {}", show(kind), show(target), text.map_or("none", show))
            }
            AnnotationBody::Malformed(malformed) => format!("{malformed:?}"),
        };
        format!("{}: {body}", show(id))
    }

    #[test]
    fn every_kind_of_line() {
        let cases = [
            ("T1\tPer 0 5\tนายก", "T1: text Per [0 5] 1 \"นายก\""),
            ("T01a\tPer 7 9;12 14\tab cd", "T01a: text Per [7 9;12 14] 2 \"ab cd\""),
            ("T2\tPer 0 3\ta\tb", "T2: text Per [0 3] 1 \"a\\tb\""),
            ("T3\tPer 0 3", "T3: text Per [0 3] 1 none"),
            ("T4\tPer 3 3\t", "T4: text Per [3 3] 1 \"\""),
            ("T5\tPer 9 14;0 3\tx y", "T5: text Per [9 14;0 3] 2 \"x y\""),
            ("T6\tPer 0  3\tx", "T6: Body { form: \"TYPE START END\" }"),
            ("T6\tPer 0 +3\tx", "T6: Body { form: \"TYPE START END\" }"),
            ("T7\tPer 5 3\tx", "T7: Reversed"),
            ("T8\tPer 0 5;4 8\tx", "T8: OverlappingFragments"),
            ("T9 Per 0 5 x", ": NoId"),
            ("E1\tMeet:T1 Who:T2 Who2:T3 ", "E1: event Meet T1 Who=T2 Who2=T3"),
            ("E2\tMeet", "E2: Body { form: \"TYPE:TRIGGER ROLE:ID …\" }"),
            ("R1\tPart Arg1:T1 Arg2:T2\t", "R1: relation Part T1 T2"),
            ("R2\tPart Arg1:T1 Arg1:T2", "R2: SameRole"),
            ("R3\tPart Arg1:T1", "R3: Body { form: \"TYPE Arg1:ID Arg2:ID\" }"),
            ("*\tSame T1 T2 T3", "*: equivalence Same T1=T2=T3"),
            ("A1\tSure T1", "A1: attribute Sure T1 true"),
            ("A2\tTense T1 long past\tx", "A2: attribute Tense T1 long past"),
            ("M1\tNegation E1", "M1: attribute Negation E1 true"),
            ("N1\tReference T1 Wikidata:Q881\tVietnam", "N1: link T1 Wikidata:Q881"),
            ("N2\tReference Annotation:T1 Referent:UMLS:C53:9", "N2: link T1 UMLS:C53:9"),
            ("N3\tReference T1 UMLS: C53\tx", "N3: Body { form: \"Reference ID DB:ENTRY\" }"),
            ("#1\tAnnotatorNotes T1\t a\tb", "#1: note AnnotatorNotes T1  a\tb"),
            ("#STATUS1\tStatus T1", "#STATUS1: note Status T1 none"),
            ("X1\tanything", "X1: UnknownKind"),
            ("t1\tPer 0 5\tx", "t1: UnknownKind"),
            ("T\tPer 0 5\tx", ": NoId"),
            ("  ", ": Blank"),
            ("ก1\tx", ": NoId"),
        ];
        for (line, expected) in cases {
            assert_eq!(shape(line), expected, "{line:?}");
        }
    }
}
