//! The words around a symbol: what it is called, what it is not, the language, the time.
//!
//! Everything here looks a bounded way to either side, so that a line full of symbols stays linear.

use std::cell::OnceCell;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use super::fact::TypeWord;
use super::fold;
use super::table::{DecreeTable, builtin};
use super::word_ends::WordEnds;
use crate::recognise::profile::Language;
use crate::text::Span;

/// The number of characters before a symbol that are looked at for words.
const BEFORE: usize = 48;
/// The number of bytes to either side that are looked at for the language and old years.
const AROUND: usize = 120;

/// Words by their last character, longer ones first as they are listed.
type ByLast = FxHashMap<char, Vec<&'static str>>;

fn by_last(words: &[&'static str]) -> ByLast {
    let mut table = ByLast::default();
    for word in words {
        table.entry(word.chars().next_back().unwrap_or_default()).or_default().push(word);
    }
    table
}

fn ending(table: &'static ByLast, last: char) -> &'static [&'static str] {
    table.get(&last).map_or(&[], Vec::as_slice)
}

static NUMBER_WORDS_BY_LAST: LazyLock<ByLast> = LazyLock::new(|| by_last(builtin::NUMBER_WORDS));
static NUMBER_WORD_ENDS: LazyLock<WordEnds> = LazyLock::new(|| WordEnds::of(builtin::NUMBER_WORDS.iter().copied()));
static OTHER_THINGS_BY_LAST: LazyLock<ByLast> = LazyLock::new(|| by_last(builtin::OTHER_THINGS));

/// The words directly before a symbol.
#[derive(Clone, Debug, Default)]
pub(super) struct CitationLead {
    /// The start of the words that belong to the citation, in bytes.
    pub(super) start: usize,
    /// True if a word for "number" stands there.
    pub(super) number_word: bool,
    /// The word for its type.
    pub(super) type_word: Option<TypeWord>,
    /// True if the type word also serves as a common word.
    pub(super) weak: bool,
    /// The language of the type word.
    pub(super) language: Language,
    /// True if the words say that this is no reference.
    pub(super) other_thing: bool,
}

impl CitationLead {
    /// Returns whether something in front announces a reference.
    pub(super) fn announces(&self) -> bool {
        self.number_word || self.type_word.is_some()
    }

    /// Returns whether a word for a type, and not one of other uses, stands in front.
    pub(super) fn names_type(&self, letters: &str) -> bool {
        self.type_word.as_ref().is_some_and(|word| word.types.iter().any(|name| name == letters))
    }
}

impl CitationLead {
    /// Reads the word for a type at the end of `words`; `chars` are those up to the byte `start`.
    fn read_type(
        &mut self,
        words: &[(char, u32)],
        chars: &[(char, u32)],
        start: usize,
        text: &str,
        table: &DecreeTable,
    ) -> bool {
        let Some(&(last, _)) = words.last() else { return false };
        let found = table
            .phrases_ending(last)
            .iter()
            .filter_map(|phrase| strip(words, &phrase.text).map(|left| (left, phrase)))
            .min_by_key(|(left, _)| *left);
        let Some((left, phrase)) = found else { return false };
        let end = chars.get(words.len()).map_or(start, |&(_, at)| at as usize);
        let span = Span::of(chars[left].1 as usize, end);
        self.start = chars[left].1 as usize;
        self.type_word = Some(TypeWord { span, surface: span.slice(text).into(), types: phrase.types.clone() });
        self.weak = phrase.weak;
        self.language = phrase.language;
        true
    }
}

/// The folded characters before a symbol, each with where it starts.
struct FoldedBefore(SmallVec<[(char, u32); BEFORE]>);

impl FoldedBefore {
    fn read(text: &str, end: usize) -> Self {
        let mut all: SmallVec<[(char, u32); BEFORE]> = SmallVec::new();
        for (at, ch) in text[..end].char_indices().rev().take(BEFORE) {
            all.extend(folded(ch).map(|bare| (bare, at as u32)));
        }
        all.reverse();
        Self(all)
    }

    fn chars(&self) -> &[(char, u32)] {
        &self.0
    }
}

/// A character without its mark and in lower case; none for a mark on its own, which belongs to the letter before.
fn folded(ch: char) -> Option<char> {
    Some(match ch {
        'a'..='z' => ch,
        'A'..='Z' => ch.to_ascii_lowercase(),
        // Thai has neither marks to drop nor capitals nor spaces of its own.
        '\u{E01}'..='\u{E5B}' => ch,
        _ => match fold::bare(ch)? {
            bare if is_gap(bare) => ' ',
            bare => bare.to_ascii_lowercase(),
        },
    })
}

fn is_gap(ch: char) -> bool {
    ch.is_whitespace() || ch == '\u{A0}' || ch == '*'
}

/// Returns the number of characters left when `word` is taken off the end of `chars`; the word must begin at a
/// boundary.
fn strip(chars: &[(char, u32)], word: &str) -> Option<usize> {
    let mut left = chars.len();
    for ch in word.chars().rev() {
        left = left.checked_sub(1)?;
        if chars[left].0 != ch {
            return None;
        }
    }
    let first = word.chars().next()?;
    let before = left.checked_sub(1).map(|at| chars[at].0);
    let bounded = !first.is_ascii_alphanumeric() || before.is_none_or(|ch| !ch.is_ascii_alphanumeric());
    bounded.then_some(left)
}

fn trim(chars: &[(char, u32)], also: &[char]) -> usize {
    chars.iter().rposition(|(ch, _)| *ch != ' ' && !also.contains(ch)).map_or(0, |at| at + 1)
}

/// The folded letters before a place, from the last of the words there on, as many as the longest word for "number" has
/// and a little more.
struct LastLetters(SmallVec<[char; LastLetters::MOST]>);

impl LastLetters {
    const MOST: usize = 16;

    fn before(text: &str, start: usize) -> Self {
        let letters = text[..start].chars().rev().take(BEFORE).filter_map(folded);
        Self(letters.skip_while(|letter| matches!(letter, ' ' | ':' | '.')).take(Self::MOST).collect())
    }

    /// Returns whether a folded word ends the letters. As in [`strip`] it must begin at a boundary. Of a word that is
    /// longer only the end is looked at.
    fn end_with(&self, word: &str) -> bool {
        let mut letters = self.0.iter();
        for letter in word.chars().rev() {
            match letters.next() {
                Some(known) if *known == letter => {}
                None if self.0.len() == Self::MOST => return true,
                _ => return false,
            }
        }
        !(word.starts_with(|first: char| first.is_ascii_alphanumeric())
            && letters.next().is_some_and(char::is_ascii_alphanumeric))
    }

    fn end_with_number_word(&self) -> bool {
        self.0.first().is_some_and(|last| ending(&NUMBER_WORDS_BY_LAST, *last).iter().any(|word| self.end_with(word)))
    }
}

/// Returns whether a word for "number" stands before the byte `start`, as [`lead`] sees it. Separators between words
/// are many, and this is soon said.
pub(super) fn is_numbered(text: &str, start: usize) -> bool {
    may_end(text, start, &NUMBER_WORD_ENDS) && LastLetters::before(text, start).end_with_number_word()
}

/// Returns false where no word with these ends stands before the byte `start`, spaces, colons and full stops apart.
fn may_end(text: &str, start: usize, ends: &WordEnds) -> bool {
    let mut letters = text[..start].chars().rev().take(BEFORE).filter_map(folded);
    let last = letters.find(|letter| !matches!(letter, ' ' | ':' | '.'));
    last.is_some_and(|last| ends.may_end(last, letters))
}

/// Returns whether a word for "number" or for a type stands before the byte `start`, or seems to: where it does not,
/// [`lead`] finds none. Numbers are many, and this is soon said.
pub(super) fn may_be_led(text: &str, start: usize, table: &DecreeTable) -> bool {
    if !may_end(text, start, table.lead_ends()) {
        return false;
    }
    let letters = LastLetters::before(text, start);
    let of_types = letters.0.first().map_or(&[][..], |last| table.phrases_ending(*last));
    letters.end_with_number_word() || of_types.iter().any(|phrase| letters.end_with(&phrase.text))
}

/// Reads what stands before the byte `start`.
pub(super) fn lead(text: &str, start: usize, table: &DecreeTable) -> CitationLead {
    let before = FoldedBefore::read(text, start);
    let chars = before.chars();
    let mut lead = CitationLead { start, ..CitationLead::default() };
    let end = trim(chars, &[':', '.']);
    lead.other_thing = is_other_thing(chars);
    let last = chars[..end].last().map_or(' ', |(ch, _)| *ch);
    let number_words = ending(&NUMBER_WORDS_BY_LAST, last).iter();
    for left in number_words.filter_map(|word| strip(&chars[..end], word)) {
        let words = &chars[..trim(&chars[..left], &[])];
        if !lead.number_word {
            lead.number_word = true;
            lead.start = chars[left].1 as usize;
        }
        lead.other_thing |= is_other_thing(words);
        // Of several "number" words (`หมายเลขที่`, `เลขที่`) the one that leaves a type in front is meant.
        if lead.read_type(words, chars, start, text, table) {
            return lead;
        }
    }
    // A colon or a full stop without a "number" word before it ends another sentence.
    if !lead.number_word && end == trim(chars, &[]) {
        lead.read_type(&chars[..end], chars, start, text, table);
    }
    lead
}

/// Returns whether the word is a short form of "number", which a full stop or a colon may follow.
pub(super) fn is_number_word(word: &str) -> bool {
    word.chars().count() <= 4 && matches!(&*fold::phrase(word), "no" | "nos" | "so")
}

/// Returns whether the text ends in the name of a standard or a form, possibly with the beginning of its number.
fn is_other_thing(chars: &[(char, u32)]) -> bool {
    let rest = &chars
        [..chars.iter().rposition(|(ch, _)| !matches!(ch, '0'..='9' | ' ' | ':' | '.' | '-')).map_or(0, |at| at + 1)];
    let Some(&(last, _)) = rest.last() else { return false };
    ending(&OTHER_THINGS_BY_LAST, last).iter().any(|word| strip(rest, word).is_some())
}

/// The language of the words around, and whether it is Vietnamese written with its marks.
pub(super) fn language(text: &str, core: Span, lead: &CitationLead) -> (Language, bool) {
    if matches!(lead.language, Language::Thai | Language::English) {
        return (lead.language, false);
    }
    let (mut thai, mut latin, mut marked) = (0_u32, 0_u32, 0_u32);
    for part in sides(text, core) {
        // First bytes tell enough: E0 is Thai (or Lao), C3 to C6, CC and E1 are Latin letters with marks.
        for byte in part.bytes() {
            match byte {
                b'a'..=b'z' | b'A'..=b'Z' => latin += 1,
                0xE0 => thai += 1,
                0xC3..=0xC6 | 0xCC | 0xE1 => {
                    latin += 1;
                    marked += 1;
                }
                _ => {}
            }
        }
    }
    let in_marks = marked * 10 >= latin && marked > 0;
    match lead.language {
        Language::Vietnamese => (Language::Vietnamese, in_marks),
        _ if thai > 0 && thai * 2 >= latin => (Language::Thai, false),
        _ if in_marks => (Language::Vietnamese, true),
        _ if latin >= 24 && marked == 0 && has_english(text, core) => (Language::English, false),
        own => (own, false),
    }
}

/// Returns whether one of the commonest English words stands near.
fn has_english(text: &str, core: Span) -> bool {
    sides(text, core).into_iter().any(|part| {
        part.split(|ch: char| !ch.is_ascii_alphabetic()).any(|word| {
            matches!(word, "the" | "of" | "and" | "in" | "on" | "to" | "by" | "with" | "No" | "dated" | "The")
        })
    })
}

/// The time a line speaks of, found out when somebody asks: few symbols depend on it.
pub(super) struct NearbyYears<'t> {
    text: &'t str,
    number: Span,
    old: OnceCell<bool>,
}

impl<'t> NearbyYears<'t> {
    /// Around the number of a symbol.
    pub(super) fn around(text: &'t str, number: Span) -> Self {
        Self { text, number, old: OnceCell::new() }
    }

    /// Returns whether a year before 1997 is named nearby: symbols were not uniform then.
    pub(super) fn is_old(&self) -> bool {
        *self.old.get_or_init(|| sides(self.text, self.number).into_iter().any(|part| years(part).any(is_old_year)))
    }

    /// Returns whether the first year behind the symbol, which may be that of its date, lies before 1997.
    pub(super) fn is_dated_old(&self) -> bool {
        let [_, behind] = sides(self.text, self.number);
        years(behind).next().is_some_and(is_old_year)
    }
}

/// The years written with four ASCII digits, in order.
fn years(part: &str) -> impl Iterator<Item = u16> {
    let digits = part.split(|ch: char| !ch.is_ascii_digit()).filter(|digits| digits.len() == 4);
    digits.filter_map(|digits| digits.parse().ok()).filter(|year| (1900..2700).contains(year))
}

/// Returns whether symbols were not uniform yet in the year, of either era.
const fn is_old_year(year: u16) -> bool {
    matches!(year, 1945..1997 | 2488..2540)
}

fn sides(text: &str, core: Span) -> [&str; 2] {
    let Span { start, end } = core;
    let from = boundary(text, (start as usize).saturating_sub(AROUND));
    let to = boundary(text, (end as usize + AROUND).min(text.len()));
    [&text[from..start as usize], &text[end as usize..to.max(end as usize)]]
}

fn boundary(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Returns whether the symbol is part of an address or a file name.
pub(super) fn in_address(text: &str, core: Span) -> bool {
    /// Most bytes of a word before the symbol that are looked at.
    const LONGEST_ADDRESS: usize = 200;
    let from = boundary(text, (core.start as usize).saturating_sub(LONGEST_ADDRESS));
    let token = text[from..core.start as usize].rsplit(char::is_whitespace).next().unwrap_or_default();
    if ["://", "www.", "]("].iter().any(|sign| token.contains(sign)) {
        return true;
    }
    let before = text[..core.start as usize].chars().next_back();
    let after = &text[core.end as usize..];
    if matches!(before, Some('=' | '?' | '%' | '@' | '~' | '_')) || after.starts_with(['_', '=', '%']) {
        return true;
    }
    let tail_end =
        after.bytes().take(48).take_while(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(byte)).count();
    let tail = after[..tail_end].trim_end_matches('.').to_ascii_lowercase();
    builtin::FILE_ENDINGS.iter().any(|ending| tail.ends_with(ending))
        || !core.slice(text).contains('/') && goes_on_as_file_name(after)
}

/// Returns whether the text goes on as a file name with spaces (`… da sua doi.doc`). A file name holds no slash.
fn goes_on_as_file_name(after: &str) -> bool {
    /// Most bytes of the rest of a file name.
    const LONGEST: usize = 80;
    let after = &after[..boundary(after, LONGEST.min(after.len()))];
    let fits = |ch: char| ch.is_alphanumeric() || matches!(ch, ' ' | '_' | '-' | '.' | '(' | ')');
    let name = after.split(|ch: char| !fits(ch)).next().unwrap_or_default().to_ascii_lowercase();
    builtin::FILE_ENDINGS.iter().any(|ending| {
        let at = name.find(ending);
        at.is_some_and(|at| !name[..at].contains(". ") && !name[at + ending.len()..].starts_with(char::is_alphanumeric))
    })
}
