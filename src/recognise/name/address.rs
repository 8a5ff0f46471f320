//! People who are addressed: names behind words of address, and people named in short.
//!
//! Behind `ông`, `Mr`, `นาย`, `รัฐมนตรี` may stand a given name alone; a title may stand for its holder (`Bộ trưởng
//! nhấn mạnh`). Here is seen that this is so and which given names of the registry it may be. Who is meant only the
//! document tells (`corpus::short`). Deliberately absent: given names that nobody registered bears, and given names
//! without a word before them, which are common words too often.

use compact_str::CompactString;
use serde::{Deserialize, Serialize};
use smallvec::SmallVec;

use super::cue::Gender;
use super::given_name::GivenNames;
use super::rank::{Rank, ranks};
use super::title_word::{TitleLanguage, TitleWord, is_latin};
use super::word_lists::{DOING_ENGLISH, DOING_THAI, DOING_VIETNAMESE, GENERAL_THAI, GENERAL_VIETNAMESE};
use super::{NameClass, NameFact, Via};
use crate::recognise::profile::Language;
use crate::registry::{EntityIx, EntityKind};
use crate::text::Span;

/// Somebody addressed.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct AddressFact {
    /// The given name, or the title that stands for its holder; its entities are empty. Of a full name that the
    /// registry has, the same as its mention.
    pub name: NameFact,
    /// The gender that the word before the name tells.
    pub gender: Gender,
    /// The rank of the title.
    pub rank: Option<Rank>,
    /// The form of address.
    pub how: AddressForm,
}

/// The form in which somebody is addressed.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum AddressForm {
    /// By a full name that the registry has.
    Full,
    /// By a full name that it has not, which ends in one of these given names, if in any of the registry's.
    Stranger(SmallVec<[CompactString; 1]>),
    /// By a given name: what it may be, as the registry writes it.
    Given(SmallVec<[CompactString; 1]>),
    /// By a title alone.
    Title {
        /// The organisations that it names, all that it may be.
        organizations: SmallVec<[EntityIx; 1]>,
        /// The registry's offices that have this very title; none where it is a word of office alone.
        offices: SmallVec<[EntityIx; 2]>,
    },
}

/// Mentions before a place that may still reach over it, nested ones counted.
const NEAR: usize = 8;
/// Most words of a name in Latin letters.
const MOST_WORDS: usize = 6;

pub(super) fn find(text: &str, words: &[TitleWord], names: &[NameFact], givens: &GivenNames) -> Vec<AddressFact> {
    let mut found: Vec<AddressFact> = Vec::new();
    for word in words {
        let office = office_around(names, word.span);
        if inside_other(names, word.span) {
            continue;
        }
        // A title with its organisation ends where that does.
        let title = office.map_or(word.span, |office| Span::new(word.span.start, office.span.end.max(word.span.end)));
        let title = Span::of(title.start as usize, title.end as usize + going_on(text, title, word.language));
        let from = names.partition_point(|name| name.span.start < title.end);
        let person = names[from..].iter().take_while(|name| name.span.start <= title.end + 1).find(|name| {
            NameClass::from(name.kind) == NameClass::Person
                && matches!(&text[title.end as usize..name.span.start as usize], "" | " ")
        });
        let address = match person {
            Some(person) => word.gender.filter(|gender| *gender != Gender::Any).map(|gender| AddressFact {
                name: short(text, person.span, person.extent),
                gender,
                rank: None,
                how: AddressForm::Full,
            }),
            None => by_given(text, word, title, givens).or_else(|| by_title(text, word, title, office)),
        };
        found.extend(address);
    }
    found
}

/// The office that holds a word.
fn office_around(names: &[NameFact], word: Span) -> Option<&NameFact> {
    let until = names.partition_point(|name| name.span.start <= word.start);
    let near = names[..until].iter().rev().take(NEAR);
    near.filter(|name| name.kind == EntityKind::Office).find(|name| name.span.contains(word))
}

/// Returns true if a word is a part of a name of something else.
fn inside_other(names: &[NameFact], word: Span) -> bool {
    let until = names.partition_point(|name| name.span.start < word.end);
    names[..until].iter().rev().take(NEAR).any(|name| {
        NameClass::from(name.kind) != NameClass::Office && name.span.overlaps(word) && !word.contains(name.span)
    })
}

/// Bytes by which a Thai title goes on without naming anything: `ว่าการ`.
fn going_on(text: &str, title: Span, language: TitleLanguage) -> usize {
    let rest = &text[title.end as usize..];
    let going_on = |word: &str| language == TitleLanguage::Thai && rest.starts_with(word);
    ["ว่าการฯ", "ว่าการ", "ฯ"].iter().find(|word| going_on(word)).map_or(0, |word| word.len())
}

/// A mention in short.
fn short(text: &str, span: Span, extent: Span) -> NameFact {
    NameFact {
        span,
        extent,
        kind: EntityKind::Official,
        entities: SmallVec::new(),
        via: Via::Context,
        surface: span.slice(text).into(),
        language: Language::Unknown,
        glued: None,
        stray_spaces: SmallVec::new(),
        is_verbatim: false,
        office: None,
    }
}

/// A given name behind a word of address or office.
fn by_given(text: &str, word: &TitleWord, title: Span, givens: &GivenNames) -> Option<AddressFact> {
    if word.gender.is_none() && word.rank.is_none() {
        return None;
    }
    let end = title.end as usize;
    let start = end + usize::from(text[end..].starts_with(' '));
    let rest = &text[start..];
    let (length, how) = if rest.starts_with(char::is_uppercase) && is_latin(rest) {
        let (run, words) = capitalised(rest);
        // Latin words stand apart; behind Thai letters they may be joined.
        if words > MOST_WORDS
            || start == end && word.language != TitleLanguage::Thai && !word.span.slice(text).ends_with('.')
        {
            return None;
        }
        let whole = givens.latin(run);
        if whole.is_empty() {
            // Somebody else with this title, or with a given name of one of the registry's people.
            let last = run.rsplit(' ').next().filter(|_| words > 1)?;
            let last = givens.latin(last);
            if last.is_empty() && word.rank.is_none() {
                return None;
            }
            (run.len(), AddressForm::Stranger(last))
        } else {
            (run.len(), AddressForm::Given(whole))
        }
    } else if word.language == TitleLanguage::Thai {
        let given = givens.thai(rest)?;
        (given.end, AddressForm::Given(given.forms))
    } else {
        return None;
    };
    let span = Span::of(start, start + length);
    Some(AddressFact {
        name: short(text, span, Span::new(word.span.start, span.end)),
        gender: word.gender.unwrap_or(Gender::Any),
        rank: word.rank,
        how,
    })
}

/// The capitalised words at the beginning of a text, one space between, and how many they are.
fn capitalised(text: &str) -> (&str, usize) {
    let (mut end, mut words) = (0, 0);
    loop {
        let start = if words == 0 { 0 } else { end + 1 };
        if words > 0 && !text[end..].starts_with(' ') || !text[start..].starts_with(char::is_uppercase) {
            return (&text[..end], words);
        }
        let part = |ch: char| ch.is_alphabetic() && is_latin_letter(ch) || ('\u{300}'..='\u{36f}').contains(&ch);
        end = text[start..].find(|ch: char| !part(ch)).map_or(text.len(), |len| start + len);
        words += 1;
        if words > MOST_WORDS {
            return (&text[..end], words);
        }
    }
}

const fn is_latin_letter(ch: char) -> bool {
    ch.is_ascii() || matches!(ch, '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}')
}

/// A title that stands for its holder: what follows is what somebody does, and nothing before it makes it a title in
/// general.
fn by_title(text: &str, word: &TitleWord, title: Span, office: Option<&NameFact>) -> Option<AddressFact> {
    let rank = word.rank?;
    let (before, after) = (&text[..title.start as usize], &text[title.end as usize..]);
    let definite = match word.language {
        TitleLanguage::Thai => {
            let after = after.trim_start_matches(' ');
            DOING_THAI.iter().any(|word| after.starts_with(word))
                && !GENERAL_THAI.iter().any(|word| before.trim_end().ends_with(word))
        }
        TitleLanguage::Vietnamese => {
            let lower = lower_words(after);
            DOING_VIETNAMESE.iter().any(|word| begins_with_words(&lower, word))
                && !GENERAL_VIETNAMESE.contains(&last_word(before).as_str())
        }
        TitleLanguage::English => {
            let lower = lower_words(after);
            last_word(before) == "the" && DOING_ENGLISH.iter().any(|word| begins_with_words(&lower, word))
        }
    };
    if !definite {
        return None;
    }
    let organizations = office.and_then(|office| office.office.as_ref()).map(|office| office.organizations.clone());
    // A word of office alone may be listed as the name of one office and is said of every such.
    let titled = office.filter(|office| office.span != word.span);
    // A compound title says more than its first word.
    let rank = office.map_or(Some(rank), |office| ranks(&office.surface).first().copied());
    Some(AddressFact {
        name: short(text, title, title),
        gender: Gender::Any,
        rank,
        how: AddressForm::Title {
            organizations: organizations.unwrap_or_default(),
            offices: titled.map(|office| office.entities.clone()).unwrap_or_default(),
        },
    })
}

/// The next few words in lower case, single spaces between.
fn lower_words(text: &str) -> String {
    let mut lower = String::new();
    for word in text.split(' ').skip(1).take(2) {
        let end = word.find(|ch: char| !ch.is_alphanumeric()).unwrap_or(word.len());
        lower.push_str(&word[..end].to_lowercase());
        if end < word.len() {
            break;
        }
        lower.push(' ');
    }
    if text.starts_with(' ') { lower } else { String::new() }
}

fn begins_with_words(lower: &str, word: &str) -> bool {
    lower.strip_prefix(word).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
}

/// The last word, in lower case.
fn last_word(before: &str) -> String {
    let word = before.trim_end().rsplit(|ch: char| !ch.is_alphanumeric()).next().unwrap_or_default();
    word.to_lowercase()
}
