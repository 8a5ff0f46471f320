//! Titles: a word of office with the organisation it is of, read as one span in Thai, Vietnamese and English.
//!
//! `รัฐมนตรีว่าการกระทรวงการคลัง`, `Thứ trưởng Bộ Tài chính`, `Deputy Minister of Finance` and `Finance Minister` are
//! offices whether or not the registry lists these words: the word tells the rank, the organisation is a registered
//! one, named in full or by its field. A word of office alone is one only directly beside somebody. The text behind a
//! word of office or address is handed on to [`address`](super::address). Deliberately absent: who holds an office
//! (`corpus::link`), and whether a title is right (`rules/entity`).

use std::sync::LazyLock;

use compact_str::CompactString;
use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use super::address::{self, AddressFact};
use super::cue::{Cue, Gender};
use super::given_name::{self, GivenNames};
use super::rank::{Rank, Ranks, ranks};
use super::title_word::{TitleLanguage, TitleWord};
use super::word_lists::{self, FORMER, THAI_COMPOUNDS};
use super::{NameClass, NameFact, OfficeFact, Via, settle};
use crate::recognise::profile::Language;
use crate::registry::{Entity, EntityIx, EntityKind, Registry};
use crate::text::Span;
use crate::text::cluster;
use crate::text::fold::{self, Folded};

/// The organisations and people that titles may be said of.
#[derive(Default)]
pub struct Titles {
    /// The fields of ministries by their folds (`finance`), with the name they are part of as written.
    fields: FxHashMap<String, SmallVec<[(EntityIx, CompactString); 1]>>,
    /// The lengths of these folds, the longest first.
    lengths: Vec<usize>,
    /// The offices of organisations, with their ranks.
    offices: FxHashMap<EntityIx, SmallVec<[(EntityIx, Ranks); 2]>>,
    /// The short forms of people's names.
    pub(super) givens: GivenNames,
}

/// Bytes of a short word.
const SHORT: usize = 5;

/// The words of all languages.
struct TitleWordTable {
    /// Folded, short Latin ones with the space behind them; with their places in `known`.
    folds: Vec<(CompactString, u16)>,
    known: Vec<TitleWordEntry>,
}

struct TitleWordEntry {
    text: &'static str,
    rank: Option<Rank>,
    gender: Option<Gender>,
    language: TitleLanguage,
}

/// A word of a title where its fold was found in the fold of a text, between boundaries or not.
#[derive(Clone, Copy, Debug)]
pub struct TitleWordHit {
    /// The start, in bytes of the fold.
    pub start: usize,
    /// The end, in bytes of the fold.
    pub end: usize,
    /// The number of the word in [`word_folds`].
    pub word: u16,
}

/// The folds to be searched for, each with the number of its word.
pub fn word_folds() -> &'static [(CompactString, u16)] {
    &WORDS.folds
}

/// Returns true if there is any word in a text that a title may begin with, of those whose folds were found in its
/// fold.
pub fn may_be_in(text: &str, folded: &Folded, found: impl Iterator<Item = TitleWordHit>) -> bool {
    !words_in(text, folded, found.collect()).is_empty()
}

static WORDS: LazyLock<TitleWordTable> = LazyLock::new(|| {
    let mut folds: Vec<(CompactString, u16)> = Vec::new();
    let mut known = Vec::new();
    for (table, is_thai) in [(word_lists::THAI, true), (word_lists::LATIN, false)] {
        for (text, sort) in table {
            let gender = match sort {
                Cue::Address(gender) | Cue::Courtesy(gender) => Some(*gender),
                // The field of a ministry is looked up behind the word of office.
                Cue::Office if !text.contains("ต่างประเทศ") => None,
                _ => continue,
            };
            let language = match (is_thai, fold::is_unmarked(text)) {
                (true, _) => TitleLanguage::Thai,
                (false, false) => TitleLanguage::Vietnamese,
                (false, true) => TitleLanguage::English,
            };
            let mut folded = CompactString::from(fold::fold(text));
            // Short ones are inside many words: the space behind them keeps these away.
            if !is_thai && folded.len() <= SHORT && !text.ends_with('.') {
                folded.push(' ');
            }
            if folds.iter().all(|(other, _)| *other != folded) {
                folds.push((folded, known.len() as u16));
                known.push(TitleWordEntry { text, rank: ranks(text).first().copied(), gender, language });
            }
        }
    }
    TitleWordTable { folds, known }
});

impl Titles {
    /// Gathers what titles may name.
    pub fn new(registry: &Registry) -> Self {
        Self::of(registry, GivenNames::new(registry))
    }

    /// The same for a registry that has changed, with the given names of these people, as they were when all were
    /// gathered, replaced by those they have now.
    #[must_use]
    pub fn with<'e>(
        &self,
        registry: &Registry,
        then: impl Iterator<Item = &'e Entity>,
        now: impl Iterator<Item = &'e Entity>,
    ) -> Self {
        Self::of(registry, self.givens.with(then, now))
    }

    fn of(registry: &Registry, givens: GivenNames) -> Self {
        let mut titles = Self { givens, ..Self::default() };
        for organization in registry.of_kind(EntityKind::Organization) {
            let offices = registry.offices_of(organization.ix).map(|office| (office.ix, ranks_of(office)));
            let offices = offices.filter(|(_, ranks)| !ranks.is_empty()).collect();
            titles.offices.insert(organization.ix, offices);
            for list in &organization.names {
                for name in &list.names {
                    for field in fields(&name.text) {
                        let known = titles.fields.entry(fold::fold(field)).or_default();
                        if known.iter().all(|(entity, _)| *entity != organization.ix) {
                            known.push((organization.ix, field.into()));
                        }
                    }
                }
            }
        }
        titles.lengths = titles.fields.keys().map(String::len).collect();
        titles.lengths.sort_unstable_by(|a, b| b.cmp(a));
        titles.lengths.dedup();
        titles
    }

    /// Returns true if titles may name other things or people under one of two registries than under the other. Only
    /// what decides that is compared: the names of organisations, the ranks of their offices, how people are shortened.
    pub fn differ(before: Option<&Entity>, after: Option<&Entity>) -> bool {
        let (Some(old), Some(new)) = (before, after) else {
            return before
                .or(after)
                .is_some_and(|entity| !matches!(entity.kind, EntityKind::Place | EntityKind::Decree));
        };
        let same_names = || old.spellings().map(|name| &name.text).eq(new.spellings().map(|name| &name.text));
        let tags = |entity: &Entity| -> SmallVec<[CompactString; 4]> {
            entity.names.iter().map(|list| list.tag.clone()).collect()
        };
        old.kind != new.kind
            || match new.kind {
                EntityKind::Place | EntityKind::Decree => false,
                EntityKind::Organization => !same_names(),
                EntityKind::Office => old.organization() != new.organization() || !same_names(),
                EntityKind::Official | EntityKind::Person => {
                    let same_order = old.country == new.country && tags(old) == tags(new) && same_names();
                    !same_order && !given_name::forms(old).eq(given_name::forms(new))
                }
            }
    }

    /// Returns true if no title could be said of anything.
    pub fn is_empty(&self) -> bool {
        self.offices.is_empty() && self.givens.is_empty()
    }

    /// Adds the offices that titles in `text` name to `names`, which are sorted and stay so, and returns who is
    /// addressed. `folded` is the fold of `text`, and `found` are the words whose folds were found in it.
    pub fn find(
        &self,
        text: &str,
        folded: &Folded,
        found: SmallVec<[TitleWordHit; 8]>,
        names: &mut Vec<NameFact>,
    ) -> Vec<AddressFact> {
        let words = words_in(text, folded, found);
        names.retain(|name| name.kind != EntityKind::Office || !is_compound(text, name.span.start as usize));
        let mut offices: Vec<NameFact> = Vec::new();
        // A word that another title follows says its own office of the same organisation, or of the same person.
        let mut behind: Option<&NameFact> = None;
        for word in words.iter().rev().filter(|word| word.gender.is_none()) {
            let joined = behind.filter(|next| joins(text, word.span, next.span));
            let Some(office) = self.office(text, word, names, joined) else {
                behind = None;
                continue;
            };
            if joined.is_some_and(|next| next.span.end == office.span.end) {
                offices.pop();
            }
            offices.push(office);
            behind = offices.last();
        }
        if !offices.is_empty() {
            // The registry's own name for an office stays, and tells which organisations the words may mean.
            offices.retain_mut(|office| {
                let from = names.partition_point(|name| name.span.start < office.span.start);
                let at_start = names[from..].iter_mut().take_while(|name| name.span.start == office.span.start);
                match at_start.into_iter().find(|name| name.kind == EntityKind::Office && name.span == office.span) {
                    Some(listed) => {
                        listed.office = office.office.take();
                        false
                    }
                    None => true,
                }
            });
            names.append(&mut offices);
            settle(names);
        }
        note_apposition(text, names);
        address::find(text, &words, names, &self.givens)
    }

    /// The office that a word of office names, with what stands around it; `next` is an office that follows it
    /// directly.
    fn office(&self, text: &str, word: &TitleWord, names: &[NameFact], next: Option<&NameFact>) -> Option<NameFact> {
        let end = word.span.end as usize + connector(&text[word.span.end as usize..], word.language);
        let of_organization = organization_at(names, word.span, end).map(|organization| {
            (
                Span::new(word.span.start, organization.span.end),
                word.rank,
                organization.entities.iter().copied().collect(),
            )
        });
        let named = of_organization
            .or_else(|| self.field_behind(text, word))
            .or_else(|| self.field_before(text, word))
            .or_else(|| self.compound(word, next?))
            .or_else(|| {
                let is_said = next.is_some() || beside_somebody(text, word.span, names);
                is_said.then(|| (word.span, word.rank, SmallVec::new()))
            });
        let (span, rank, organizations) = named?;
        let mut entities: SmallVec<[EntityIx; 2]> = self.of_rank(&organizations, rank).collect();
        entities.sort_unstable();
        entities.dedup();
        Some(NameFact {
            span,
            extent: span,
            kind: EntityKind::Office,
            entities,
            via: Via::Grammar,
            surface: span.slice(text).into(),
            language: Language::Unknown,
            glued: None,
            stray_spaces: SmallVec::new(),
            is_verbatim: false,
            office: Some(Box::new(OfficeFact { organizations, ..OfficeFact::default() })),
        })
    }

    /// The offices of organisations that have a rank.
    fn of_rank<'t>(&'t self, organizations: &'t [EntityIx], rank: Option<Rank>) -> impl Iterator<Item = EntityIx> + 't {
        let offices = organizations.iter().filter_map(|organization| self.offices.get(organization)).flatten();
        let of_rank = move |office: &&(EntityIx, Ranks)| rank.is_some_and(|rank| office.1.contains(&rank));
        offices.filter(of_rank).map(|(office, _)| *office)
    }

    /// `Thứ trưởng, Phó Chủ nhiệm Ủy ban Dân tộc` is one office where the registry has one of both ranks.
    fn compound(&self, word: &TitleWord, next: &NameFact) -> Option<TitleSpan> {
        let organizations = &next.office.as_ref()?.organizations;
        let both = self.of_rank(organizations, word.rank).any(|office| next.entities.contains(&office));
        let whole = Span::new(word.span.start, next.span.end);
        both.then(|| (whole, word.rank, organizations.clone()))
    }

    /// `Minister of Finance`, `Bộ trưởng Tài chính`, `รัฐมนตรีคลัง`: a ministry by its field.
    fn field_behind(&self, text: &str, word: &TitleWord) -> Option<TitleSpan> {
        if !heads_ministry(word.rank) || self.lengths.is_empty() {
            return None;
        }
        let start = word.span.end as usize + connector(&text[word.span.end as usize..], word.language);
        let joined = word.language == TitleLanguage::Thai;
        if !joined && !text[start..].starts_with(char::is_uppercase) {
            return None;
        }
        // The fold drops some bytes, never many.
        let mut to = text.len().min(start + self.lengths[0] * 2 + 24);
        while !text.is_char_boundary(to) {
            to -= 1;
        }
        let rest = &text[start..to];
        let mut folded = Folded::default();
        folded.fold(rest);
        self.lengths.iter().find_map(|&length| {
            let known = self.fields.get(folded.text.get(..length)?)?;
            let (_, end) = folded.source_range(rest, 0, length);
            let whole = cluster::is_boundary(rest, end)
                && (joined || !rest[end..].chars().next().is_some_and(char::is_alphanumeric));
            let organizations = organizations(known, &rest[..end]);
            (whole && !organizations.is_empty())
                .then(|| (Span::of(word.span.start as usize, start + end), word.rank, organizations))
        })
    }

    /// `Finance Minister`, `Deputy Foreign Minister`.
    fn field_before(&self, text: &str, word: &TitleWord) -> Option<TitleSpan> {
        /// Most words of a field.
        const MOST: usize = 6;
        if word.language != TitleLanguage::English || !heads_ministry(word.rank) {
            return None;
        }
        let before = text[..word.span.start as usize].strip_suffix(' ')?;
        let mut starts: SmallVec<[usize; MOST]> = SmallVec::new();
        let mut from = before.len();
        while starts.len() < MOST {
            let last = before[..from].rsplit(' ').next()?;
            let start = from - last.len();
            if !(last.starts_with(char::is_uppercase) || matches!(last, "and" | "&")) {
                break;
            }
            starts.push(start);
            match before[..start].strip_suffix(' ') {
                Some(rest) => from = rest.len(),
                None => break,
            }
        }
        starts.into_iter().rev().find_map(|start| {
            let known = self.fields.get(&fold::fold(&before[start..]))?;
            let organizations = organizations(known, &before[start..]);
            if organizations.is_empty() {
                return None;
            }
            let deputy = ["Deputy ", "Vice ", "deputy ", "vice "].iter().find(|word| before[..start].ends_with(**word));
            let (start, rank) = match deputy {
                Some(deputy) => (start - deputy.len(), Some(Rank::DeputyMinister)),
                None => (start, word.rank),
            };
            Some((Span::of(start, word.span.end as usize), rank, organizations))
        })
    }
}

/// A title's span, rank and organisations.
type TitleSpan = (Span, Option<Rank>, SmallVec<[EntityIx; 1]>);

impl std::fmt::Debug for Titles {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Titles({} organisations)", self.offices.len())
    }
}

/// The ranks of a registered office: those of its first name in the first language in which that tells any.
pub fn ranks_of(office: &Entity) -> Ranks {
    let of_list = office.names.iter().map(|list| ranks(&list.names[0].text));
    of_list.into_iter().find(|ranks| !ranks.is_empty()).unwrap_or_default()
}

/// Returns true if one office follows another as something that the same person is.
fn joins(text: &str, first: Span, second: Span) -> bool {
    first.end <= second.start
        && second.start - first.end < 16
        && matches!(
            &text[first.end as usize..second.start as usize],
            ", " | " và " | ", kiêm " | " kiêm " | "และ" | " และ" | " และ " | " " | " and " | "ฯ และ" | "ฯ "
        )
}

/// Returns true if the word of office that starts there is a part of a word for a body of such people: `คณะรัฐมนตรี`.
fn is_compound(text: &str, start: usize) -> bool {
    THAI_COMPOUNDS.iter().any(|word| text[..start].ends_with(word))
}

const fn heads_ministry(rank: Option<Rank>) -> bool {
    matches!(rank, Some(Rank::Minister | Rank::DeputyMinister))
}

/// Returns the field of a ministry by its name: of `Ministry of Finance` it is `Finance`.
fn fields(name: &str) -> SmallVec<[&str; 2]> {
    let name = name.trim();
    let mut fields: SmallVec<[&str; 2]> = SmallVec::new();
    if let Some(field) = name.strip_prefix("Bộ ") {
        fields.push(field);
    } else if let Some(field) = name.strip_prefix("กระทรวง") {
        fields.push(field);
        fields.extend(field.strip_prefix("การ"));
    } else if let Some(field) = name.strip_prefix("Ministry of ").or_else(|| name.strip_suffix(" Ministry")) {
        let field = field.strip_prefix("the ").unwrap_or(field);
        // The country is no part of the field.
        let field = field.find(" of ").map_or(field, |at| &field[..at]);
        fields.push(field);
        fields.extend(field.strip_suffix(" Affairs"));
    }
    // Of `Education and Training` the press keeps the first: `Education Minister`.
    let heads =
        fields.iter().filter_map(|field| [" and ", " và ", "และ", ", "].iter().find_map(|word| field.split_once(word)));
    let heads: SmallVec<[&str; 2]> = heads.map(|(head, _)| head.trim_end()).collect();
    fields.extend(heads);
    fields.retain(|field| field.chars().nth(2).is_some());
    fields
}

/// The organisations whose field is written so.
fn organizations(known: &[(EntityIx, CompactString)], surface: &str) -> SmallVec<[EntityIx; 1]> {
    known.iter().filter(|(_, field)| fold::same_word(surface, field)).map(|(entity, _)| *entity).collect()
}

/// Returns true if a text ends in a capitalised word and a space.
fn follows_name(before: &str) -> bool {
    let word = before.strip_suffix(' ').and_then(|before| before.rsplit(' ').next());
    word.is_some_and(|word| word.starts_with(char::is_uppercase) && word.ends_with(char::is_alphabetic))
}

/// The words of office and address in a text, in order, disjoint: of those whose folds were found the leftmost and then
/// longest.
fn words_in(text: &str, folded: &Folded, mut hits: SmallVec<[TitleWordHit; 8]>) -> Vec<TitleWord> {
    hits.sort_unstable_by_key(|hit| (hit.start, std::cmp::Reverse(hit.end)));
    let mut found = Vec::new();
    let mut behind = 0;
    for hit in hits {
        if hit.start < behind {
            continue;
        }
        behind = hit.end;
        let known = &WORDS.known[usize::from(hit.word)];
        let end = hit.start + folded.text[hit.start..hit.end].trim_end().len();
        let (start, end) = folded.source_range(text, hit.start, end);
        let surface = &text[start..end];
        let is_word = if known.language == TitleLanguage::Thai {
            cluster::is_boundary(text, start) && cluster::is_boundary(text, end) && !is_compound(text, start)
        } else {
            !text[..start].chars().next_back().is_some_and(|before| before.is_alphanumeric() || before == '-')
                && (known.text.ends_with('.')
                    || !text[end..].chars().next().is_some_and(|after| after.is_alphanumeric() || after == '-'))
                && fold::same_word(surface, known.text)
                // Vietnamese without its marks: `ba` is `bà` and `ba`, so that only a capital tells.
                && (known.language == TitleLanguage::English
                    || !fold::is_unmarked(surface)
                    || surface.starts_with(char::is_uppercase))
                // Inside a name `Anh` is no word of address.
                && !(known.gender.is_some() && surface.starts_with(char::is_uppercase) && follows_name(&text[..start]))
        };
        if is_word {
            let (rank, gender, language) = (known.rank, known.gender, known.language);
            found.push(TitleWord { span: Span::of(start, end), rank, gender, language });
        }
    }
    found
}

/// Bytes between a word of office and the organisation it is of.
fn connector(rest: &str, language: TitleLanguage) -> usize {
    let longest = |words: &[&str]| words.iter().find(|word| rest.starts_with(**word)).map_or(0, |word| word.len());
    match language {
        TitleLanguage::Thai => {
            let mut at = 0;
            for word in ["ช่วย", "ว่าการ"] {
                let spaced = rest[at..].strip_prefix(' ').unwrap_or(&rest[at..]);
                if spaced.starts_with(word) {
                    at = rest.len() - spaced.len() + word.len();
                }
            }
            at + usize::from(rest[at..].starts_with(' '))
        }
        TitleLanguage::Vietnamese => {
            let standing = longest(&[" thường trực", " Thường trực"]);
            standing
                + if rest[standing..].starts_with(" của ") {
                    " của ".len()
                } else {
                    usize::from(rest[standing..].starts_with(' '))
                }
        }
        TitleLanguage::English => longest(&[" of the ", " of ", " for ", " at the ", " at ", " in the "]),
    }
}

/// The organisation that is named directly behind a word of office; where the word goes on into its name
/// (`ปลัดกระทรวง`), the one that it goes on into.
fn organization_at(names: &[NameFact], word: Span, end: usize) -> Option<&NameFact> {
    let from = names.partition_point(|name| name.span.start <= word.start);
    names[from..].iter().take_while(|name| name.span.start as usize <= end).find(|name| {
        name.kind == EntityKind::Organization
            && name.span.end > word.end
            && (name.span.start as usize == end || name.span.start < word.end)
    })
}

/// Mentions that may stand between a title and the person beside it, nested ones counted.
const NEAR: usize = 8;
/// Bytes of a word of address between a title and a name.
const ADDRESS: u32 = 64;

/// Returns true if somebody is named directly before or behind, with nothing but a space or a word of address between.
fn beside_somebody(text: &str, span: Span, names: &[NameFact]) -> bool {
    let from = names.partition_point(|name| name.span.start < span.end);
    let mut behind = names[from..].iter().take_while(|name| name.span.start <= span.end + ADDRESS);
    let before = names[..from].iter().rev().take(NEAR);
    behind.any(|name| {
        is_person(name)
            && name.extent.start >= span.end
            && matches!(&text[span.end as usize..name.extent.start as usize], "" | " ")
    }) || before.filter(|name| is_person(name)).any(|name| separation(text, name.span, span).is_some())
}

/// Returns the text between a name and an office behind it which says what the bearer of the name is.
fn separation(text: &str, name: Span, office: Span) -> Option<&str> {
    /// Bytes of the longest.
    const LONGEST: u32 = 12;
    if name.end > office.start || office.start - name.end > LONGEST {
        return None;
    }
    let between = &text[name.end as usize..office.start as usize];
    matches!(
        between,
        " " | ", "
            | ", the "
            | ", The "
            | " ("
            | " – "
            | " - "
            | ", a "
            | " là "
            | " is "
            | " is the "
            | ", who is "
            | ", who is the "
    )
    .then_some(between)
}

/// Notes which offices follow somebody's name, set off from it, as what they are, and which are no more.
fn note_apposition(text: &str, names: &mut [NameFact]) {
    for at in 0..names.len() {
        if names[at].kind != EntityKind::Office {
            continue;
        }
        let office = names[at].span;
        if FORMER.iter().any(|word| text[..office.start as usize].ends_with(word)) {
            names[at].office.get_or_insert_default().former = true;
        }
        let mut before = names[..at].iter().rev().take(NEAR).filter(|name| is_person(name));
        let is_said = |name: &NameFact| {
            separation(text, name.span, office)
                .is_some_and(|between| between != " " && !(between == ", " && leads_a_name(text, office)))
        };
        if before.any(is_said) {
            names[at].office.get_or_insert_default().apposed = true;
        }
    }
}

fn is_person(name: &NameFact) -> bool {
    NameClass::from(name.kind) == NameClass::Person
}

/// Returns true if an English title stands before a name of its own: in `President Ann Smith, Vice President JD Moore`
/// the comma parts two people.
fn leads_a_name(text: &str, office: Span) -> bool {
    let behind = text[office.end as usize..].strip_prefix(' ');
    let mut words = behind.unwrap_or_default().split(' ').map(|word| word.starts_with(char::is_uppercase));
    office.slice(text).is_ascii() && words.next() == Some(true) && words.next() == Some(true)
}
