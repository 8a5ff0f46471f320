//! Every listed spelling, exactly or folded.
//!
//! One automaton over the loose fold of all spellings reads the fold of the text once. What it finds is judged: it must
//! stand between boundaries (else a long spelling that is rejected would hide a short one that is valid), and its
//! diacritics must agree. Only then does the leftmost, longest win. The words of which titles are made are found in
//! passing; deliberately absent is what they mean there ([`title`](super::title)).

use std::borrow::Cow;
use std::cmp::Reverse;
use std::sync::Arc;

use compact_str::CompactString;
use rustc_hash::{FxHashMap, FxHashSet};
use smallvec::SmallVec;

use super::lao::{self, LaoNames};
use super::longer_name;
use super::misspelt::{self, MisspeltIndex};
use super::misspelt_thai::{self, ThaiNames};
use super::phonetic::boundary::{self, Boundary};
use super::phonetic::word_frequency;
use super::scan::{ScanMatch, Scanner};
use super::title::{self, TitleWordHit};
use super::{NameFact, Via, honorific, settle};
use crate::recognise::profile::Language;
use crate::registry::{EntityIx, EntityKind};
use crate::text::Span;
use crate::text::byte_map::ByteMap;
use crate::text::cluster::{self, Script};
use crate::text::fold::{self, Folded, LetterCounts};
use crate::text::surveyed::Surveyed;
use crate::text::verbatim;

/// A spelling of the registry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedSpelling {
    /// The entity that has the spelling.
    pub entity: EntityIx,
    /// The kind of the entity.
    pub kind: EntityKind,
    /// The spelling as it is written.
    pub text: CompactString,
    /// True if it is an abbreviation, whose case matters.
    pub abbreviation: bool,
    /// True if its words stand the other way round than they are listed.
    pub turned: bool,
    /// True if the person is found by the sound of their name in Thai text, so that every spelling in Thai letters is
    /// as good.
    pub by_sound: bool,
    /// True if the person is Lao, so that the name is read in both scripts of Lao names.
    pub lao: bool,
}

/// Thai and Lao spellings shorter than this (code points without spaces) are not searched for with a space inside.
const SHORT: usize = 8;

/// The compiled spellings, in two layers: those of everybody as of some moment, and those of who changed since. The
/// second is compiled in the time of a keystroke; both together find what one of everybody finds.
#[derive(Clone)]
pub struct Aliases {
    base: Arc<AliasLayer>,
    delta: Arc<AliasLayer>,
    /// The entities whose spellings in `base` are out of date.
    stale: Arc<FxHashSet<EntityIx>>,
    /// Groups of `delta` by the group of `base` that has their fold: `base` finds them.
    twins: Arc<FxHashMap<u32, u32>>,
    /// True where nothing is searched for, not even the words of titles.
    is_bare: bool,
}

/// The place of a spelling in a folded text, in bytes, with its group in one of the layers.
struct SpellingHit {
    start: u32,
    end: u32,
    group: u32,
    /// True where the group is one of those of who changed since.
    is_new: bool,
}

impl SpellingHit {
    const fn new(found: &ScanMatch, is_new: bool) -> Self {
        Self { start: found.start as u32, end: found.end as u32, group: found.value, is_new }
    }
}

/// Spellings compiled together.
#[derive(Default)]
struct AliasLayer {
    scanner: Scanner,
    /// By automaton value: the spellings that share one fold; none where it is that of a title's word alone.
    groups: Vec<SmallVec<[u32; 1]>>,
    /// Groups whose fold is that of a title's word.
    words: FxHashMap<u32, u16>,
    spellings: Vec<ListedSpelling>,
    /// The names of people, to be found where they are misspelt.
    misspelt: MisspeltIndex,
    /// The names of Thais, to be found where they are misspelt.
    thais: ThaiNames,
    /// The names of Lao people, to be found in their other script.
    laos: LaoNames,
}

impl AliasLayer {
    /// Compiles the spellings and words of titles; folds for which `found_otherwise` are not searched for.
    fn new(
        spellings: Vec<ListedSpelling>,
        title_words: &[(CompactString, u16)],
        mut found_otherwise: impl FnMut(&str, u32) -> bool,
    ) -> Self {
        let mut patterns: Vec<(CompactString, u32)> = Vec::with_capacity(spellings.len() + title_words.len());
        let mut folded = Folded::default();
        for (at, spelling) in spellings.iter().enumerate() {
            folded.fold(spelling.text.trim());
            if folded.text.chars().nth(1).is_some() {
                patterns.push((folded.text.as_str().into(), at as u32));
            }
        }
        // The words are numbered behind the spellings.
        let of_words = title_words.iter().zip(spellings.len() as u32..);
        patterns.extend(of_words.map(|((fold, _), number)| (fold.clone(), number)));
        patterns.sort_unstable();
        let mut words = FxHashMap::default();
        let mut groups: Vec<SmallVec<[u32; 1]>> = Vec::with_capacity(patterns.len());
        for of_fold in patterns.chunk_by_mut(|one, other| one.0 == other.0) {
            let group = groups.len() as u32;
            let word =
                of_fold.last().and_then(|(_, last)| title_words.get((*last as usize).checked_sub(spellings.len())?));
            words.extend(word.map(|(_, word)| (group, *word)));
            let listed =
                of_fold.iter().map(|(_, number)| *number).filter(|number| (*number as usize) < spellings.len());
            groups.push(listed.collect());
            of_fold[0].1 = group;
        }
        patterns.dedup_by(|later, first| later.0 == first.0);
        patterns.retain(|(fold, group)| !found_otherwise(fold, *group));
        let people = spellings.iter().filter(|spelling| spelling.kind.is_person() && !spelling.turned);
        let misspelt = MisspeltIndex::new(people.map(|spelling| (spelling.entity, &*spelling.text)));
        let thais = spellings.iter().filter(|spelling| spelling.kind.is_person() && !spelling.by_sound);
        let thais = ThaiNames::new(thais.map(|spelling| (spelling.entity, &*spelling.text)));
        let laos = spellings.iter().filter(|spelling| spelling.kind.is_person() && spelling.lao && !spelling.turned);
        let laos = LaoNames::new(laos.map(|spelling| (spelling.entity, &*spelling.text)));
        Self { scanner: Scanner::new(patterns), groups, words, spellings, misspelt, thais, laos }
    }

    /// The group whose fold is this.
    fn group(&self, fold: &str) -> Option<u32> {
        self.scanner.value_of(fold)
    }

    fn hits<'a>(&'a self, folded: &'a Folded) -> impl Iterator<Item = ScanMatch> + 'a {
        self.scanner.find(folded)
    }

    /// The word of a title that was found.
    fn word(&self, hit: &ScanMatch) -> Option<TitleWordHit> {
        let word = *self.words.get(&hit.value)?;
        Some(TitleWordHit { start: hit.start, end: hit.end, word })
    }

    fn of_group(&self, group: u32) -> impl Iterator<Item = &ListedSpelling> {
        self.groups[group as usize].iter().map(|at| &self.spellings[*at as usize])
    }
}

impl Aliases {
    /// The spellings of a registry in which nobody is: nothing is searched for.
    pub fn bare() -> Self {
        Self {
            base: Arc::default(),
            delta: Arc::default(),
            stale: Arc::default(),
            twins: Arc::default(),
            is_bare: true,
        }
    }

    /// Compiles the spellings. Empty ones, and such as fold to nothing or to a single letter, are left out.
    pub fn new(spellings: Vec<ListedSpelling>) -> Self {
        Self {
            base: Arc::new(AliasLayer::new(spellings, title::word_folds(), |_, _| false)),
            delta: Arc::default(),
            stale: Arc::default(),
            twins: Arc::default(),
            is_bare: false,
        }
    }

    /// The same with all spellings of the `stale` entities replaced by these. Who was replaced before must be among
    /// them.
    #[must_use]
    pub fn with(&self, stale: FxHashSet<EntityIx>, spellings: Vec<ListedSpelling>) -> Self {
        if self.is_bare {
            return Self::new(Vec::new()).with(stale, spellings);
        }
        let mut twins = FxHashMap::default();
        let delta = AliasLayer::new(spellings, &[], |fold, group| match self.base.group(fold) {
            Some(twin) => twins.insert(twin, group).is_none(),
            None => false,
        });
        Self {
            base: self.base.clone(),
            delta: Arc::new(delta),
            stale: Arc::new(stale),
            twins: Arc::new(twins),
            is_bare: false,
        }
    }

    /// Returns true if there is no spelling at all.
    pub fn is_empty(&self) -> bool {
        self.base.spellings.is_empty() && self.delta.spellings.is_empty()
    }

    /// Returns true if any spelling stands in a text whose fold this is, between boundaries or not.
    pub fn occur_in(&self, folded: &Folded) -> bool {
        self.base.hits(folded).any(|hit| !self.base.groups[hit.value as usize].is_empty())
            || self.delta.hits(folded).next().is_some()
    }

    /// Returns true if a registered name stands misspelt, or in another script, in a text of which `map` is the map.
    pub fn is_misspelt_in(&self, text: &str, map: &ByteMap) -> bool {
        !self.misspelt(text, map, |_| false).is_empty()
    }

    /// The people whose names are misspelt in a text, or stand there in the other script of Lao, but for places that
    /// are `taken`.
    fn misspelt(&self, text: &str, map: &ByteMap, taken: impl Fn(Span) -> bool) -> Vec<NameFact> {
        let mut names = misspelt::find(text, map, [&self.base.misspelt, &self.delta.misspelt], &self.stale, &taken);
        names.extend(misspelt_thai::find(text, [&self.base.thais, &self.delta.thais], &self.stale, &taken));
        names.extend(lao::find(text, [&self.base.laos, &self.delta.laos], &self.stale, &taken));
        let fact = |name: misspelt::MisspeltName| NameFact {
            span: name.span,
            extent: name.span,
            kind: EntityKind::Official,
            entities: smallvec::smallvec![name.entity],
            via: Via::SoundsLike { score: name.score },
            surface: name.span.slice(text).into(),
            language: Language::Unknown,
            glued: None,
            stray_spaces: SmallVec::new(),
            is_verbatim: false,
            office: None,
        };
        names.into_iter().map(fact).collect()
    }

    /// The words of titles in a text whose fold this is, between boundaries or not, some of them inside others.
    pub fn title_words<'a>(&'a self, folded: &'a Folded) -> impl Iterator<Item = TitleWordHit> + 'a {
        self.base.hits(folded).filter_map(|hit| self.base.word(&hit))
    }

    /// Finds the names in `text`, which is `surveyed` and folded, sorted by start, outer first; and the words of titles
    /// as [`Aliases::title_words`] has them.
    pub fn find(&self, text: &str, surveyed: &Surveyed) -> (Vec<NameFact>, SmallVec<[TitleWordHit; 8]>) {
        let (folded, letters) = (&surveyed.folded, surveyed.survey.letters);
        let (mut found, mut words) = (Vec::new(), SmallVec::new());
        let hit = |start: usize, end: usize| {
            let (start, end) = folded.source_range(text, start, end);
            let edges = MatchEdges::of(text, start, end)?;
            Some(AliasHit { span: Span::of(start, end), edges, marked: letters.vietnamese > 0 })
        };
        let mut hits: Vec<SpellingHit> = Vec::new();
        for found_here in self.base.hits(folded) {
            words.extend(self.base.word(&found_here));
            let group = found_here.value;
            if self.twins.contains_key(&group) || !self.base.groups[group as usize].is_empty() {
                hits.push(SpellingHit::new(&found_here, false));
            }
        }
        hits.extend(self.delta.hits(folded).map(|found_here| SpellingHit::new(&found_here, true)));
        // As names are settled: of one class the leftmost, then longest. What lies in one that was found is not judged,
        // since spellings that are nested in each other stand at every place of it.
        hits.sort_by_key(|hit| (hit.start, Reverse(hit.end)));
        let mut taken: SmallVec<[(super::NameClass, u32); 4]> = SmallVec::new();
        let (mut place, mut judged) = (0, 0);
        for SpellingHit { start, end, group, is_new } in hits {
            judged = if start == place { judged + 1 } else { 0 };
            place = start;
            if judged >= MOST_AT_ONE_PLACE {
                continue;
            }
            let is_free = |spelling: &&ListedSpelling| {
                let class = super::NameClass::from(spelling.kind);
                !taken.iter().any(|(other, end)| *other == class && start < *end)
            };
            let base = (!is_new).then(|| self.base.of_group(group)).into_iter().flatten();
            let base = base.filter(|spelling| !self.stale.contains(&spelling.entity));
            let delta = if is_new { Some(group) } else { self.twins.get(&group).copied() };
            let delta = delta.into_iter().flat_map(|group| self.delta.of_group(group));
            let mut spellings = base.chain(delta).filter(is_free).peekable();
            if spellings.peek().is_none() {
                continue;
            }
            let Some(hit) = hit(start as usize, end as usize) else { continue };
            let before = found.len();
            judge(text, hit, spellings, &mut found);
            for name in &found[before..] {
                let class = super::NameClass::from(name.kind);
                taken.retain(|(other, _)| *other != class);
                taken.push((class, end));
            }
        }
        settle(&mut found);
        if letters.latin + letters.thai + letters.lao > 0 {
            let misspelt = self.misspelt(text, &surveyed.map, |span| found.iter().any(|name| name.span.overlaps(span)));
            if !misspelt.is_empty() {
                found.extend(misspelt);
                settle(&mut found);
            }
        }
        note_language(text, letters, &mut found);
        for name in &mut found {
            if matches!(name.kind, EntityKind::Official | EntityKind::Person) {
                name.extent.start = honorific::start_before(text, name.span.start as usize) as u32;
            }
        }
        (found, words)
    }
}

impl Default for Aliases {
    /// No spellings; words of titles are found nonetheless.
    fn default() -> Self {
        Self::new(Vec::new())
    }
}

/// Spellings that begin at one place and are judged: more than anybody's names, and few enough for a registry that is
/// made to hurt.
const MOST_AT_ONE_PLACE: usize = 64;

/// Letters of a passage that tell its language, at least.
const TELLING: usize = 12;

/// Notes the language of the passage with names in Latin letters: names apart, Vietnamese has a mark on every few
/// letters.
fn note_language(text: &str, letters: LetterCounts, names: &mut [NameFact]) {
    if !names.iter().any(|name| longer_name::script_of(&name.surface) == Script::Latin) {
        return;
    }
    let (mut latin, mut marked) = (letters.latin as usize, letters.vietnamese as usize);
    let mut counted = 0;
    for name in &*names {
        // A name inside another is counted with it.
        if name.span.start < counted {
            continue;
        }
        for ch in name.span.slice(text).chars().filter(|ch| Script::of(*ch) == Script::Latin) {
            latin = latin.saturating_sub(1);
            marked = marked.saturating_sub(usize::from(fold::latin_base(ch).is_some()));
        }
        counted = name.span.end;
    }
    if latin < TELLING {
        return;
    }
    // One letter in twenty: quoted names leave fewer in English, and Vietnamese has one in four.
    let language = if marked * 20 >= latin { Language::Vietnamese } else { Language::English };
    for name in names.iter_mut().filter(|name| longer_name::script_of(&name.surface) == Script::Latin) {
        name.language = language;
    }
}

/// One name per kind from the spellings of a group that agree with the text.
fn judge<'a>(text: &str, hit: AliasHit, group: impl Iterator<Item = &'a ListedSpelling>, found: &mut Vec<NameFact>) {
    let AliasHit { span, edges, .. } = hit;
    let surface = span.slice(text);
    let mut best: SmallVec<[(u8, &ListedSpelling); 4]> = SmallVec::new();
    for spelling in group {
        if let Some(rank) = agreement(text, surface, spelling, hit) {
            best.push((rank, spelling));
        }
    }
    // Asked once, and only where something agrees: most folds that are found are other words.
    if best.iter().any(|(_, spelling)| spelling.kind.is_person()) && longer_name::is_part_of_other(text, span) {
        best.retain(|(_, spelling)| !spelling.kind.is_person());
    }
    if best.iter().any(|(_, spelling)| spelling.kind == EntityKind::Place) && is_inside_thai_word(text, span) {
        best.retain(|(_, spelling)| spelling.kind != EntityKind::Place);
    }
    // Of people, an exact listing beats one that merely folds to the same letters.
    best.sort_by_key(|(rank, spelling)| (super::NameClass::from(spelling.kind), *rank, spelling.entity));
    let mut at = 0;
    while let Some(&(rank, first)) = best.get(at) {
        let class = super::NameClass::from(first.kind);
        let same = best[at..].iter().take_while(|(_, spelling)| super::NameClass::from(spelling.kind) == class);
        let of_class: SmallVec<[&(u8, &ListedSpelling); 4]> = same.collect();
        at += of_class.len();
        let mut entities: SmallVec<[EntityIx; 2]> =
            of_class.iter().filter(|(other, _)| *other == rank).map(|(_, spelling)| spelling.entity).collect();
        entities.sort_unstable();
        entities.dedup();
        let stray = stray_spaces(surface, &of_class.iter().map(|(_, spelling)| &*spelling.text));
        if !stray.is_empty() && short(surface) {
            continue;
        }
        // Most names need no look at the whole word around them, which in Thai is long.
        let is_marred = edges.glued.is_some() || !stray.is_empty() || surface.contains("  ");
        let may_be_verbatim = is_marred || memchr::memchr3(b'`', b'@', b':', text.as_bytes()).is_some();
        found.push(NameFact {
            span,
            extent: span,
            kind: first.kind,
            entities,
            via: if rank == 0 { Via::Exact } else { Via::Folded },
            surface: surface.into(),
            language: Language::Unknown,
            glued: edges.glued.map(|at| super::GluedPlace {
                at: Span::of(at, at),
                stands_alone: !longer_name::is_part_of_other_set_apart(text, span, at),
            }),
            stray_spaces: stray
                .into_iter()
                .map(|at| Span::new(at, at + 1))
                .chain(wide_spaces(surface))
                .map(|space| space.shift(span.start))
                .collect(),
            is_verbatim: may_be_verbatim && verbatim::is_verbatim(text, span),
            office: None,
        });
    }
}

impl std::fmt::Debug for Aliases {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Aliases({} spellings, {} since)", self.base.spellings.len(), self.delta.spellings.len())
    }
}

fn short(surface: &str) -> bool {
    surface.chars().filter(|letter| *letter != ' ').count() < SHORT
}

/// Returns the agreement of a text with a spelling that folds alike: 0 as listed, 1 up to case, marks and spaces; none
/// where it is another name.
fn agreement(text: &str, surface: &str, spelling: &ListedSpelling, hit: AliasHit) -> Option<u8> {
    let AliasHit { span, edges, marked } = hit;
    let listed = spelling.text.trim();
    let one_word = || !listed.contains(' ');
    if edges.glued.is_some() && (spelling.abbreviation || one_word()) {
        return None; // too little to tell it from a part of a word
    }
    if surface == listed {
        return Some(0);
    }
    let (found, composed) = (usual(surface), fold::nfc(listed));
    if found == composed {
        return Some(u8::from(spelling.turned || found != fold::nfc(surface)));
    }
    if edges.latin {
        if spelling.abbreviation && !same_case(&found, &composed) {
            return None;
        }
        // A single Latin word in lower case is more often a common word than a name (`hue`, `son`).
        if one_word() && !spelling.abbreviation && !found.chars().next().is_some_and(char::is_uppercase) {
            return None;
        }
        // In text that has its marks, a single word without them is another word (`lao` in `lao động` is not `Lào`).
        if one_word() && marked && fold::is_unmarked(&found) && !fold::is_unmarked(&composed) {
            return None;
        }
    }
    let is_name = spelling.kind.is_person() || spelling.kind == EntityKind::Place;
    if edges.latin
        && is_name
        && !spelling.abbreviation
        && lost_capitals(&text[..span.start as usize], &found, &composed, spelling.kind == EntityKind::Place)
    {
        return None;
    }
    if fold::same_word(&found, &composed) {
        return Some(1);
    }
    (spelling.kind.is_person() && half_marked(&found, &composed)).then_some(2)
}

/// A text as it is usually typed: composed, one space between Latin words, and `Đ` for the letters that look like it.
fn usual(surface: &str) -> Cow<'_, str> {
    let surface = fold::nfc(surface);
    let odd = |ch: char| matches!(ch, 'Ð' | 'ð' | 'Ɖ' | 'ɖ') || ch != ' ' && ch.is_whitespace();
    if !surface.contains(odd) && !surface.contains("  ") {
        return surface;
    }
    let mut out = String::with_capacity(surface.len());
    for ch in surface.chars() {
        match ch {
            'Ð' | 'Ɖ' => out.push('Đ'),
            'ð' | 'ɖ' => out.push('đ'),
            ch if ch.is_whitespace() => {
                if !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            ch => out.push(ch),
        }
    }
    out.into()
}

/// Returns true if a name of two words stands there in small letters, as common words do: `phương liên` in `địa phương
/// liên quan`. Longer names are no common words; a word of address or of a place before it calls for a name.
fn lost_capitals(before: &str, found: &str, listed: &str, is_place: bool) -> bool {
    let capital = |word: &str| word.starts_with(char::is_uppercase);
    if listed.split(' ').count() != 2 || !listed.split(' ').all(capital) || found.split(' ').all(capital) {
        return false;
    }
    // `Hà nội`, within a sentence; of people `Hạnh phúc` is the common word.
    if is_place
        && capital(found)
        && before.ends_with(' ')
        && before.trim_end().ends_with(|ch: char| ch.is_lowercase() || ch == ',')
    {
        return false;
    }
    !longer_name::calls_for_name(before)
}

/// Returns true if some words of a Vietnamese name have lost their marks and are none without them: `Pham Minh Chính`.
/// A word that is a syllable of names as it stands makes another name: `Trần Văn Lam`.
fn half_marked(found: &str, listed: &str) -> bool {
    let count = listed.split(' ').count();
    if count < 3 || found.split(' ').count() != count || fold::is_unmarked(found) {
        return false;
    }
    found.split(' ').zip(listed.split(' ')).enumerate().all(|(at, (word, listed))| {
        if fold::tight(word) == fold::tight(listed) {
            return true;
        }
        // The given name tells people apart; only where a final stop demands a mark is one certainly lost.
        let stopped = || ["c", "ch", "p", "t"].iter().any(|stop| word.ends_with(stop));
        fold::is_unmarked(word)
            && fold::fold(word) == fold::fold(listed)
            && !longer_name::is_name_syllable(word, false)
            && (at + 1 < count || stopped())
    })
}

/// Letters of Thai place names that are weighed against the words around them.
const WEIGHED: usize = 6;
/// Nats that such a name must save, at least: half of what letters cost that are no word.
const SAVED: f32 = 5.0;

/// Returns true if a short Thai place is rather a part of a word: `เว้` in `ยกเว้น`.
fn is_inside_thai_word(text: &str, span: Span) -> bool {
    let surface = span.slice(text);
    if longer_name::script_of(surface) != Script::Thai || surface.chars().count() >= WEIGHED {
        return false;
    }
    let (start, end) = (span.start as usize, span.end as usize);
    let ratio = word_frequency::likelihood_ratio(text, start, end);
    let begins = boundary::before(&text[..start]) != Boundary::Bare
        || ["ประเทศ", "ชาว", "ภาษา"].iter().any(|word| text[..start].ends_with(word));
    let ends = ratio.right == end || boundary::after(&text[end..]) != Boundary::Bare;
    !(begins && ends) && ratio.log_ratio < SAVED
}

/// Runs of white space between Latin words that are more than one space, in bytes of the name. No-break and thin spaces
/// are how names are set in print.
fn wide_spaces(surface: &str) -> SmallVec<[Span; 1]> {
    let mut wide = SmallVec::new();
    let mut at = 0;
    while let Some(from) = surface[at..].find(char::is_whitespace) {
        let start = at + from;
        let rest = surface[start..].trim_start();
        let end = surface.len() - rest.len();
        let run = &surface[start..end];
        let between_latin = |letter: Option<char>| letter.map(Script::of) == Some(Script::Latin);
        if (run.chars().nth(1).is_some() || run == "\t")
            && between_latin(last_base(&surface[..start]))
            && between_latin(rest.chars().next())
        {
            wide.push(Span::of(start, end));
        }
        at = end;
    }
    wide
}

fn same_case(found: &str, listed: &str) -> bool {
    let upper = |text: &str| text.chars().map(char::is_uppercase).collect::<SmallVec<[bool; 16]>>();
    upper(found) == upper(listed) || found.chars().count() >= 4 && !found.chars().any(char::is_lowercase)
}

/// Byte offsets in `surface` of spaces beside Thai or Lao letters that none of the listed spellings has there.
fn stray_spaces<'a>(surface: &str, listed: &(impl Iterator<Item = &'a str> + Clone)) -> SmallVec<[u32; 2]> {
    let mut stray = SmallVec::new();
    if listed.clone().any(|listed| listed == surface) {
        return stray;
    }
    for (at, _) in surface.match_indices(' ') {
        let joined = |letter: Option<char>| matches!(letter.map(Script::of), Some(Script::Thai | Script::Lao));
        if !(joined(surface[..at].chars().next_back()) || joined(surface[at + 1..].chars().next())) {
            continue;
        }
        let before = fold::fold(&surface[..at]).len();
        let listed_too = listed
            .clone()
            .any(|listed| listed.match_indices(' ').any(|(space, _)| fold::fold(&listed[..space]).len() == before));
        if !listed_too {
            stray.push(at as u32);
        }
    }
    stray
}

/// Something the automaton has found.
#[derive(Clone, Copy, Debug)]
struct AliasHit {
    /// The place.
    span: Span,
    /// The edges of the match.
    edges: MatchEdges,
    /// True if the segment holds Vietnamese with its marks.
    marked: bool,
}

/// The edges of a match between its neighbours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct MatchEdges {
    /// The place where only a capital after a lower-case letter (or a digit beside a name) separates the match.
    glued: Option<usize>,
    /// True if it begins with a Latin letter.
    latin: bool,
}

impl MatchEdges {
    /// None where the match cuts a word or a cluster.
    fn of(text: &str, start: usize, end: usize) -> Option<Self> {
        if !cluster::is_boundary(text, start) || !cluster::is_boundary(text, end) {
            return None;
        }
        let (first, last) = (text[start..end].chars().next()?, last_base(&text[start..end])?);
        let (before, after) = (last_base(&text[..start]), text[end..].chars().next());
        let mut glued = None;
        if let Some(before) =
            before.filter(|_| text[..start].chars().next_back().is_some_and(|c| Script::of(c) != Script::None))
        {
            match (Script::of(before), Script::of(first)) {
                (Script::Latin | Script::Digit, Script::Digit) | (Script::Digit, Script::Latin)
                    if !first.is_uppercase() =>
                {
                    return None;
                }
                (Script::Latin, Script::Latin) if !(before.is_lowercase() && first.is_uppercase()) => return None,
                (Script::Latin | Script::Digit, Script::Latin | Script::Digit) => glued = Some(start),
                _ => {}
            }
        }
        if let Some(after) = after {
            match (Script::of(last), Script::of(after)) {
                (Script::Latin, Script::Latin) if !(last.is_lowercase() && after.is_uppercase()) => return None,
                (Script::Latin, Script::Digit) if !last.is_lowercase() => return None,
                (Script::Digit, Script::Latin | Script::Digit) => return None,
                (Script::Latin, Script::Latin | Script::Digit) => glued = glued.or(Some(end)),
                _ => {}
            }
        }
        Some(Self { glued, latin: Script::of(first) == Script::Latin })
    }
}

/// The last letter that is no combining mark.
fn last_base(text: &str) -> Option<char> {
    text.chars().rev().find(|letter| !('\u{300}'..='\u{36f}').contains(letter))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn aliases() -> Aliases {
        let spelling = |entity, kind, text: &str, abbreviation| ListedSpelling {
            entity: EntityIx(entity),
            kind,
            text: text.into(),
            abbreviation,
            turned: false,
            by_sound: false,
            lao: false,
        };
        Aliases::new(vec![
            spelling(0, EntityKind::Official, "Trần Văn Lâm", false),
            spelling(0, EntityKind::Official, "ตรัน วัน ลัม", false),
            spelling(1, EntityKind::Official, "Trần Vân Lâm", false),
            spelling(2, EntityKind::Organization, "กระทรวงการคลัง", false),
            spelling(3, EntityKind::Office, "รัฐมนตรีว่าการกระทรวงการคลัง", false),
            spelling(4, EntityKind::Organization, "ICT", true),
            spelling(5, EntityKind::Place, "Huế", false),
            spelling(6, EntityKind::Place, "ลาว", false),
            spelling(7, EntityKind::Organization, "Bộ Tài chính", false),
            spelling(8, EntityKind::Person, "", false),
            spelling(9, EntityKind::Person, "Đỗ Mười", false),
            spelling(10, EntityKind::Person, "Phương Liên", false),
            spelling(11, EntityKind::Place, "เว้", false),
        ])
    }

    /// The names in a text as `surface=entities` (`~` before a folded one), with what is special about them.
    fn found(text: &str) -> Vec<String> {
        aliases()
            .find(text, &Surveyed::of(text))
            .0
            .into_iter()
            .map(|name| {
                let entities: Vec<String> = name.entities.iter().map(|entity| entity.0.to_string()).collect();
                let via = if name.via == Via::Exact { "" } else { "~" };
                let mut shown = format!("{via}{}={}", name.surface, entities.join("|"));
                if let Some(glued) = name.glued {
                    shown += &format!(" glued {}", glued.at.start);
                }
                if !name.stray_spaces.is_empty() {
                    shown += " spaced";
                }
                if name.extent != name.span {
                    shown += &format!(" in {}", name.extent.slice(text));
                }
                shown
            })
            .collect()
    }

    #[test]
    fn spellings_nested_in_each_other_are_judged_once_a_place() {
        let listed = |count: usize| ListedSpelling {
            entity: EntityIx(count as u32),
            kind: EntityKind::Person,
            text: vec!["An"; count].join(" ").into(),
            abbreviation: false,
            turned: false,
            by_sound: false,
            lao: false,
        };
        let aliases = Aliases::new((1..=300).map(listed).collect());
        // Judging all 300 spellings at each of the 4,800 places would not end.
        let longest = vec!["An"; 300].join(" ");
        let text = vec![longest.as_str(); 16].join(", ");
        let (found, _) = aliases.find(&text, &Surveyed::of(&text));
        assert_eq!(found.len(), 16, "the longest in each piece");
        assert!(found.iter().all(|name| name.entities[..] == [EntityIx(300)]));
    }

    #[test]
    fn spellings_are_found_and_judged() {
        let mut wrong = Vec::new();
        for (text, wanted) in [
            ("ông Trần Văn Lâm nói", &["Trần Văn Lâm=0 in ông Trần Văn Lâm"][..]),
            ("TRẦN VĂN LÂM", &["~TRẦN VĂN LÂM=0"]),
            ("Tran Van Lam", &["~Tran Van Lam=0|1"]),
            ("Trần Văn Lam", &[]),
            // Half of the marks are lost, where the words are none without them.
            ("ông Tran Van Lâm nói", &["~Tran Van Lâm=0|1 in ông Tran Van Lâm"]),
            // White space of any kind, and letters that look like Đ.
            ("ông Trần  Văn Lâm nói", &["~Trần  Văn Lâm=0 spaced in ông Trần  Văn Lâm"]),
            ("Trần\u{a0}Văn\u{2009}Lâm", &["~Trần\u{a0}Văn\u{2009}Lâm=0"]),
            ("Trần Văn\tLâm", &["~Trần Văn\tLâm=0 spaced"]),
            ("Ðỗ Mười, Ɖỗ Mười, ðỗ mười", &["~Ðỗ Mười=9", "~Ɖỗ Mười=9"]),
            // Common words in small letters.
            ("địa phương liên quan; ông phương liên", &["~phương liên=10 in ông phương liên"]),
            ("Phương liên quan; có Phương liên quan", &[]),
            // Short Thai places inside words.
            ("ยกเว้น เว้นแต่ ที่เว้และ เมืองเว้", &["เว้=11", "เว้=11"]),
            ("TrầnVăn Lâm", &[]),
            ("BpTrần Văn Lâm", &["Trần Văn Lâm=0 glued 2"]),
            ("Trần Văn LâmBộ", &["Trần Văn Lâm=0 glued 16"]),
            ("xtrần văn lâm", &[]),
            ("นายตรันวันลัมกล่าว", &["~ตรันวันลัม=0 in นายตรันวันลัม"]),
            ("นาย ตรัน วัน ลัม", &["ตรัน วัน ลัม=0 in นาย ตรัน วัน ลัม"]),
            ("ตรัน วัน ลัมา", &[]),
            ("รัฐมนตรีว่าการกระทรวง การคลัง", &["~รัฐมนตรีว่าการกระทรวง การคลัง=3 spaced", "~กระทรวง การคลัง=2 spaced"]),
            ("ICT ict xICT ICT2", &["ICT=4"]),
            ("Huế, hue, Hue, HUẾ", &["Huế=5", "~HUẾ=5"]),
            ("hue, Hue", &["~Hue=5"]),
            ("ในลาวเมื่อ ลา วัน ลาว่า", &["ลาว=6"]),
            ("Bộ Tài chínhBộ Tài chính25/05/2024", &["Bộ Tài chính=7 glued 16", "Bộ Tài chính=7 glued 16"]),
        ] {
            if found(text) != wanted {
                wrong.push((text, found(text)));
            }
        }
        assert_eq!(wrong, []);
    }
}
