//! Semantic tokens: mentions by kind, for colours.
//!
//! Types and modifiers are declared in [`TokenType::ALL`] and [`MODIFIERS`] and nowhere else. Tokens do not overlap:
//! where mentions nest, the inner one is cut out of the outer.

use super::place::FileRange;
use crate::corpus::Snapshot;
use crate::corpus::mention::{self, Mention, MentionKind};
use crate::ide::place::links_of;
use crate::recognise::name::Via;
use crate::registry::EntityKind;
use crate::text::{FileId, Place, Span};

/// A piece of text of one colour; it lies on one line.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct MentionToken {
    /// The place.
    pub place: Place,
    /// The kind.
    pub kind: TokenType,
    /// The modifiers: bit `n` for `MODIFIERS[n]`.
    pub modifiers: u32,
}

/// The kinds of tokens.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TokenType {
    /// A person.
    Person,
    /// An organisation.
    Organization,
    /// An office.
    Office,
    /// A place.
    Place,
    /// A date.
    Date,
    /// A reference to a legal document.
    Decree,
    /// A mention of a kind of the user's.
    Pattern,
    /// An annotation of a type that no kind of mention has.
    Annotation,
    /// In an annotation file an id.
    AnnotationId,
    /// In an annotation file a type, or the name of an attribute.
    AnnotationType,
    /// In an annotation file the role of an argument.
    AnnotationRole,
    /// In an annotation file a value, or an entry that is linked to.
    AnnotationValue,
    /// In an annotation file the offsets.
    AnnotationOffset,
    /// In an annotation file the recorded words.
    AnnotationText,
    /// In an annotation file a note.
    AnnotationNote,
}

impl TokenType {
    /// All types, in the order of their numbers, with their names.
    pub const ALL: [(Self, &'static str); 15] = [
        (Self::Person, "person"),
        (Self::Organization, "organization"),
        (Self::Office, "office"),
        (Self::Place, "place"),
        (Self::Date, "date"),
        (Self::Decree, "decree"),
        (Self::Pattern, "pattern"),
        (Self::Annotation, "annotation"),
        (Self::AnnotationId, "variable"),
        (Self::AnnotationType, "type"),
        (Self::AnnotationRole, "parameter"),
        (Self::AnnotationValue, "enumMember"),
        (Self::AnnotationOffset, "number"),
        (Self::AnnotationText, "string"),
        (Self::AnnotationNote, "comment"),
    ];

    /// The standard type of the protocol that is nearest to it, for clients that have no colour for it.
    pub const fn standard(self) -> &'static str {
        match self {
            Self::Person => "class",
            Self::Organization => "namespace",
            Self::Office => "interface",
            Self::Place | Self::AnnotationValue => "enumMember",
            Self::Date | Self::AnnotationOffset => "number",
            Self::Decree => "macro",
            Self::Pattern => "regexp",
            Self::Annotation | Self::AnnotationType => "type",
            Self::AnnotationId => "variable",
            Self::AnnotationRole => "parameter",
            Self::AnnotationText => "string",
            Self::AnnotationNote => "comment",
        }
    }

    /// Returns its number in [`TokenType::ALL`].
    pub const fn number(self) -> u32 {
        self as u32
    }
}

/// The names of the modifiers, in the order of their bits.
pub const MODIFIERS: [&str; 8] =
    ["official", "ambiguous", "folded", "soundsLike", "faulty", "registered", "annotated", "linked"];

const OFFICIAL: u32 = 1;
const AMBIGUOUS: u32 = 1 << 1;
const FOLDED: u32 = 1 << 2;
const SOUNDS_LIKE: u32 = 1 << 3;
const FAULTY: u32 = 1 << 4;
const REGISTERED: u32 = 1 << 5;
/// The bit of what is annotated.
pub(super) const ANNOTATED: u32 = 1 << 6;
/// The bit of an annotation that is linked to an entry.
pub(super) const LINKED: u32 = 1 << 7;

/// The tokens of a text, in order.
pub fn semantic_tokens(snapshot: &Snapshot, file: FileId) -> Vec<MentionToken> {
    semantic_tokens_range(snapshot, FileRange { file, span: Span::new(0, u32::MAX) })
}

/// The tokens of the lines that a range of a text touches, in order.
pub fn semantic_tokens_range(snapshot: &Snapshot, at: FileRange) -> Vec<MentionToken> {
    let Some(file) = snapshot.file(at.file) else { return Vec::new() };
    let profile = snapshot.profile(file);
    let mentions = mention::in_segments(file, &profile, links_of(snapshot, &profile), file.facts_in(at.span));
    let mut tokens = Vec::with_capacity(mentions.len());
    let mut open: Vec<MentionToken> = Vec::new();
    for mention in &mentions {
        let (kind, modifiers) = look(mention, &profile);
        close(&mut open, mention.place, &mut tokens);
        open.push(MentionToken { place: mention.place, kind, modifiers });
    }
    let end = Place { start: crate::text::Position { byte: u32::MAX, ..Default::default() }, ..Place::default() };
    close(&mut open, end, &mut tokens);
    tokens
}

/// Puts out what of the open mentions, outer first, lies before `next`, and shortens or drops them.
fn close(open: &mut Vec<MentionToken>, next: Place, tokens: &mut Vec<MentionToken>) {
    while let Some(mut inner) = open.pop() {
        if inner.place.end.byte <= next.start.byte {
            push(tokens, inner);
            // What encloses it goes on behind it.
            if let Some(outer) = open.last_mut() {
                outer.place.start = outer.place.start.max(inner.place.end);
            }
            continue;
        }
        let before = MentionToken { place: Place { start: inner.place.start, end: next.start }, ..inner };
        push(tokens, before);
        inner.place.start = inner.place.start.max(next.end.min(inner.place.end));
        open.push(inner);
        return;
    }
}

fn push(tokens: &mut Vec<MentionToken>, token: MentionToken) {
    if !token.place.span().is_empty() {
        tokens.push(token);
    }
}

fn look(mention: &Mention<'_>, profile: &crate::recognise::profile::DocumentProfile) -> (TokenType, u32) {
    match &mention.what {
        MentionKind::Name(name) => {
            let kind = match name.kind {
                EntityKind::Official | EntityKind::Person => TokenType::Person,
                EntityKind::Organization => TokenType::Organization,
                EntityKind::Office => TokenType::Office,
                EntityKind::Place => TokenType::Place,
                EntityKind::Decree => TokenType::Decree,
            };
            let mut modifiers = match name.via {
                Via::Exact | Via::Grammar | Via::Context => 0,
                Via::Folded => FOLDED,
                Via::SoundsLike { .. } => SOUNDS_LIKE,
            };
            if name.kind == EntityKind::Official {
                modifiers |= OFFICIAL;
            }
            if name.one().is_none() && !name.bare {
                modifiers |= AMBIGUOUS;
            }
            (kind, modifiers)
        }
        MentionKind::Date { fact, .. } => {
            let faulty = fact.faults(profile).next().is_some();
            (TokenType::Date, if faulty { FAULTY } else { 0 })
        }
        MentionKind::Decree { fact, entry } => {
            let faulty = fact.faults.iter().any(|fault| fault.when.holds(profile));
            let modifiers = if entry.is_some() { REGISTERED } else { 0 } | if faulty { FAULTY } else { 0 };
            (TokenType::Decree, modifiers)
        }
        MentionKind::Pattern(fact) => (TokenType::Pattern, if fact.faults.is_empty() { 0 } else { FAULTY }),
    }
}
