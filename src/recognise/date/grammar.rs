//! Drafts of dates, and the parser's cursor over the tokens.
//!
//! The forms of dates, which read with this cursor, are in [`forms`](super::forms); [`read`](super::read) tries them.

use compact_str::CompactString;
use smallvec::SmallVec;

use super::fault::{DateFault, DateFaultClass};
use super::language;
use super::letters::Digits;
use super::lex::{DateToken, Kind, LowerWord, Number};
use super::parts::{DateShape, WrittenYear};
use super::words::DateWord;

use crate::recognise::profile::{Language, When};
use crate::text::Span;

/// A fault that the grammar saw while it read.
#[derive(Clone, Debug)]
pub(super) struct DateNote {
    pub fault: DateFault,
    /// The text to underline; absent: the date.
    pub span: Option<Span>,
    pub when: When,
    /// True if the draft's edits put it right.
    pub decided: bool,
    /// True if there is another way to put it right, or a reading under which nothing is wrong.
    pub doubtful: bool,
}

/// A date on its way to becoming a fact.
#[derive(Clone, Debug)]
pub(super) struct DateDraft {
    pub core: Span,
    pub extent: Span,
    pub language: Language,
    pub shape: DateShape,
    /// The place where the year of the last part is, for what is said about eras.
    pub years: SmallVec<[YearPlace; 2]>,
    /// The weekday named with it: its place, its number, its language.
    pub weekday: Option<(Span, u8, Language)>,
    pub notes: Vec<DateNote>,
    pub edits: Vec<(Span, CompactString)>,
    pub mention: bool,
    /// The token after it.
    pub next: usize,
}

/// A year and its mark in the text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct YearPlace {
    pub year: WrittenYear,
    /// The digits.
    pub span: Span,
    /// The mark.
    pub mark: Option<Span>,
    pub digits: Digits,
}

impl DateDraft {
    pub(super) fn new(core: Span, language: Language, shape: DateShape, next: usize) -> Self {
        Self {
            core,
            extent: core,
            language,
            shape,
            years: SmallVec::new(),
            weekday: None,
            notes: Vec::new(),
            edits: Vec::new(),
            mention: true,
            next,
        }
    }

    pub(super) fn note(&mut self, fault: DateFault, decided: bool) {
        self.note_at(fault, None, decided);
    }

    /// Notes a fault of which only the first of its class counts.
    pub(super) fn note_at(&mut self, fault: DateFault, span: Option<Span>, decided: bool) {
        if !self.has(fault.class()) {
            self.notes.push(DateNote { fault, span, when: When::Always, decided, doubtful: false });
        }
    }

    /// Returns whether a fault of this class is noted.
    pub(super) fn has(&self, class: DateFaultClass) -> bool {
        self.notes.iter().any(|note| note.fault.class() == class)
    }

    /// Says of the noted fault of this class that its repair is not the only one.
    pub(super) fn doubt(&mut self, class: DateFaultClass) {
        for note in self.notes.iter_mut().filter(|note| note.fault.class() == class) {
            note.doubtful = true;
        }
    }

    /// Makes the noted fault of this class count only in some documents.
    pub(super) fn only_when(&mut self, class: DateFaultClass, when: When) {
        for note in self.notes.iter_mut().filter(|note| note.fault.class() == class) {
            note.when = when;
        }
    }

    pub(super) fn edit(&mut self, span: Span, text: impl Into<CompactString>) {
        self.edits.push((span, text.into()));
    }

    /// The draft made a lunar day: no mention, no fault.
    pub(super) fn into_lunar(mut self) -> Self {
        self.mention = false;
        self.shape = DateShape::Nothing;
        self.notes.clear();
        self.edits.clear();
        self.years.clear();
        self.weekday = None;
        self
    }
}

pub(super) struct DateParser<'t> {
    pub text: &'t str,
    pub tokens: &'t [DateToken],
    /// The language of the segment's letters, once somebody asked.
    pub segment_language: &'t mut Option<Language>,
    /// The token after the last date that was a year alone, and its language.
    pub last_year: Option<(usize, Language)>,
    /// The token after the last date that was a day and a month in numbers.
    pub last_day: Option<usize>,
}

impl<'t> DateParser<'t> {
    /// A reader of tokens of `text`; it works the language of the segment out where nobody has.
    pub(super) fn new(text: &'t str, tokens: &'t [DateToken], segment_language: &'t mut Option<Language>) -> Self {
        Self { text, tokens, segment_language, last_year: None, last_day: None }
    }

    pub(super) fn kind(&self, at: usize) -> Option<Kind> {
        self.tokens.get(at).map(|token| token.kind)
    }

    pub(super) fn word(&self, at: usize) -> Option<DateWord> {
        match self.kind(at)? {
            Kind::Word(word) => Some(word),
            _ => None,
        }
    }

    pub(super) fn number(&self, at: usize) -> Option<Number> {
        match self.kind(at)? {
            Kind::Number(number) => Some(number),
            _ => None,
        }
    }

    pub(super) fn sign(&self, at: usize) -> Option<char> {
        match self.kind(at)? {
            Kind::Sign(sign) => Some(sign),
            _ => None,
        }
    }

    pub(super) fn span(&self, at: usize) -> Span {
        self.tokens[at].span()
    }

    pub(super) fn slice(&self, at: usize) -> &'t str {
        self.tokens.get(at).map_or("", |token| token.span().slice(self.text))
    }

    /// The token at `at`, or behind the space there.
    pub(super) fn skip(&self, at: usize) -> usize {
        at + usize::from(matches!(self.kind(at), Some(Kind::Space(_))))
    }

    /// The token before `at`, not counting a space.
    pub(super) fn back(&self, at: usize) -> Option<usize> {
        let before = at.checked_sub(1)?;
        if matches!(self.kind(before), Some(Kind::Space(_))) { before.checked_sub(1) } else { Some(before) }
    }

    /// The span from the first token to the one before `next`.
    pub(super) fn cover(&self, first: usize, next: usize) -> Span {
        self.span(first).cover(self.span(next.max(first + 1) - 1))
    }

    /// The text from token `at` on.
    pub(super) fn rest(&self, at: usize) -> &'t str {
        self.tokens.get(at).map_or("", |token| &self.text[token.start as usize..])
    }

    /// The text before token `at`.
    pub(super) fn before(&self, at: usize) -> &'t str {
        self.tokens.get(at).map_or("", |token| &self.text[..token.start as usize])
    }

    /// The Latin word at `at`, in lower case, where it is short.
    pub(super) fn lower(&self, at: usize) -> LowerWord {
        match self.kind(at) {
            Some(Kind::Latin | Kind::Word(_)) => LowerWord::of(self.slice(at)),
            _ => LowerWord::default(),
        }
    }

    pub(super) fn language(&mut self) -> Language {
        let text = self.text;
        *self.segment_language.get_or_insert_with(|| language::language(text))
    }
}

/// `word` with the capitals of `model`: all, the first, or none.
pub(super) fn like(model: &str, word: &str) -> CompactString {
    let mut letters = model.chars().filter(|c| c.is_alphabetic());
    // `JJune` has a letter twice, and is no word in capitals.
    let shouted = letters.clone().nth(1).is_some() && letters.clone().all(char::is_uppercase);
    match letters.next() {
        Some(_) if shouted => word.to_uppercase().into(),
        Some(first) if first.is_uppercase() => {
            let mut chars = word.chars();
            chars.next().into_iter().flat_map(char::to_uppercase).chain(chars).collect()
        }
        _ => word.into(),
    }
}

/// The result of trying a form at a place.
pub(super) enum FormMatch {
    Date(Box<DateDraft>),
    /// Nothing up to this token, which has been looked at already.
    Skip(usize),
    Nothing,
}

impl From<Option<DateDraft>> for FormMatch {
    fn from(draft: Option<DateDraft>) -> Self {
        draft.map_or(Self::Nothing, |draft| Self::Date(Box::new(draft)))
    }
}
