//! Every listed spelling, exactly or folded.
//!
//! One automaton over the loose fold of all spellings reads the fold of the text once. What it finds is judged: it must
//! stand between boundaries (else a long spelling that is rejected would hide a short one that is valid), and its
//! diacritics must agree. Only then does the leftmost, longest win. The words of which titles are made are found in
//! passing; deliberately absent is what they mean there ([`title`](super::title)).

use std::sync::Arc;

use compact_str::CompactString;
use rustc_hash::{FxHashMap, FxHashSet};
use smallvec::SmallVec;

use super::scan::{ScanMatch, Scanner};
use super::title::{self, TitleWordHit};
use super::{NameFact, Via, honorific, settle};
use crate::registry::{EntityIx, EntityKind};
use crate::text::Span;
use crate::text::cluster::{self, Script};
use crate::text::fold::{self, Folded};

/// A spelling of the registry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedSpelling {
    /// Whose it is.
    pub entity: EntityIx,
    /// What that is.
    pub kind: EntityKind,
    /// How it is written.
    pub text: CompactString,
    /// Whether it is an abbreviation, whose case matters.
    pub abbreviation: bool,
    /// Whether its words stand the other way round than they are listed.
    pub turned: bool,
}

/// Thai and Lao spellings shorter than this (code points without spaces) are not searched for with a space inside.
const SHORT: usize = 8;

/// The compiled spellings, in two layers: those of everybody as of some moment, and those of who changed since. The
/// second is compiled in the time of a keystroke; both together find what one of everybody finds.
#[derive(Clone)]
pub struct Aliases {
    base: Arc<AliasLayer>,
    delta: Arc<AliasLayer>,
    /// Whose spellings in `base` are out of date.
    stale: Arc<FxHashSet<EntityIx>>,
    /// Groups of `delta` by the group of `base` that has their fold: `base` finds them.
    twins: Arc<FxHashMap<u32, u32>>,
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
        Self { scanner: Scanner::new(patterns), groups, words, spellings }
    }

    /// The group whose fold is this.
    fn group(&self, fold: &str) -> Option<u32> {
        self.scanner.find(fold).find(|found| found.start == 0 && found.end == fold.len()).map(|found| found.value)
    }

    fn hits<'a>(&'a self, folded: &'a Folded) -> impl Iterator<Item = ScanMatch> + 'a {
        self.scanner.find(&folded.text)
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
    /// Compiles the spellings. Empty ones, and such as fold to nothing or to a single letter, are left out.
    pub fn new(spellings: Vec<ListedSpelling>) -> Self {
        Self {
            base: Arc::new(AliasLayer::new(spellings, title::word_folds(), |_, _| false)),
            delta: Arc::default(),
            stale: Arc::default(),
            twins: Arc::default(),
        }
    }

    /// The same with all spellings of the `stale` entities replaced by these. Who was replaced before must be among
    /// them.
    #[must_use]
    pub fn with(&self, stale: FxHashSet<EntityIx>, spellings: Vec<ListedSpelling>) -> Self {
        let mut twins = FxHashMap::default();
        let delta = AliasLayer::new(spellings, &[], |fold, group| match self.base.group(fold) {
            Some(twin) => twins.insert(twin, group).is_none(),
            None => false,
        });
        Self { base: self.base.clone(), delta: Arc::new(delta), stale: Arc::new(stale), twins: Arc::new(twins) }
    }

    /// Whether any spelling stands in a text whose fold this is, between boundaries or not.
    pub fn occur_in(&self, folded: &Folded) -> bool {
        self.base.hits(folded).any(|hit| !self.base.groups[hit.value as usize].is_empty())
            || self.delta.hits(folded).next().is_some()
    }

    /// The words of titles in a text whose fold this is, between boundaries or not, some of them inside others.
    pub fn title_words<'a>(&'a self, folded: &'a Folded) -> impl Iterator<Item = TitleWordHit> + 'a {
        self.base.hits(folded).filter_map(|hit| self.base.word(&hit))
    }

    /// Finds the names in `text`, whose fold is `folded`, sorted by start, outer first; and the words of titles as
    /// [`Aliases::title_words`] has them.
    pub fn find(&self, text: &str, folded: &Folded) -> (Vec<NameFact>, SmallVec<[TitleWordHit; 8]>) {
        let (mut found, mut words) = (Vec::new(), SmallVec::new());
        let hit = |hit: &ScanMatch| {
            let (start, end) = folded.source_range(text, hit.start, hit.end);
            let edges = MatchEdges::of(text, start, end)?;
            Some(AliasHit { span: Span::of(start, end), edges, marked: folded.letters.vietnamese > 0 })
        };
        for found_here in self.base.hits(folded) {
            words.extend(self.base.word(&found_here));
            let group = found_here.value;
            let twin = self.twins.get(&group);
            if twin.is_none() && self.base.groups[group as usize].is_empty() {
                continue;
            }
            let Some(hit) = hit(&found_here) else { continue };
            let group = self.base.of_group(group).filter(|spelling| !self.stale.contains(&spelling.entity));
            let twin = twin.into_iter().flat_map(|twin| self.delta.of_group(*twin));
            judge(text, hit, group.chain(twin), &mut found);
        }
        for found_here in self.delta.hits(folded) {
            let Some(hit) = hit(&found_here) else { continue };
            judge(text, hit, self.delta.of_group(found_here.value), &mut found);
        }
        settle(&mut found);
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

/// One name per kind from the spellings of a group that agree with the text.
fn judge<'a>(text: &str, hit: AliasHit, group: impl Iterator<Item = &'a ListedSpelling>, found: &mut Vec<NameFact>) {
    let AliasHit { span, edges, .. } = hit;
    let surface = span.slice(text);
    let mut best: SmallVec<[(u8, &ListedSpelling); 4]> = SmallVec::new();
    for spelling in group {
        if let Some(rank) = agreement(surface, spelling, hit) {
            best.push((rank, spelling));
        }
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
        found.push(NameFact {
            span,
            extent: span,
            kind: first.kind,
            entities,
            via: if rank == 0 { Via::Exact } else { Via::Folded },
            surface: surface.into(),
            glued: edges.glued.map(|at| Span::of(at, at)),
            stray_spaces: stray.into_iter().map(|at| Span::new(at, at + 1).shift(span.start)).collect(),
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

/// How well a text agrees with a spelling that folds alike: 0 as listed, 1 up to case, marks and spaces; none where it
/// is another name.
fn agreement(surface: &str, spelling: &ListedSpelling, AliasHit { edges, marked, .. }: AliasHit) -> Option<u8> {
    let listed = spelling.text.trim();
    let one_word = || !listed.contains(' ');
    if edges.glued.is_some() && (spelling.abbreviation || one_word()) {
        return None; // too little to tell it from a part of a word
    }
    if surface == listed {
        return Some(0);
    }
    let (found, composed) = (fold::nfc(surface), fold::nfc(listed));
    if found == composed {
        return Some(u8::from(spelling.turned));
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
    fold::same_word(&found, &composed).then_some(1)
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
    /// Where.
    span: Span,
    /// How it stands there.
    edges: MatchEdges,
    /// Whether the segment holds Vietnamese with its marks.
    marked: bool,
}

/// How a match stands between its neighbours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct MatchEdges {
    /// Where only a capital after a lower-case letter (or a digit beside a name) separates it.
    glued: Option<usize>,
    /// Whether it begins with a Latin letter.
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
        ])
    }

    /// The names in a text as `surface=entities` (`~` before a folded one), with what is special about them.
    fn found(text: &str) -> Vec<String> {
        let mut folded = Folded::default();
        folded.fold(text);
        aliases()
            .find(text, &folded)
            .0
            .into_iter()
            .map(|name| {
                let entities: Vec<String> = name.entities.iter().map(|entity| entity.0.to_string()).collect();
                let via = if name.via == Via::Exact { "" } else { "~" };
                let mut shown = format!("{via}{}={}", name.surface, entities.join("|"));
                if let Some(glued) = name.glued {
                    shown += &format!(" glued {}", glued.start);
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
    fn spellings_are_found_and_judged() {
        for (text, wanted) in [
            ("ông Trần Văn Lâm nói", &["Trần Văn Lâm=0 in ông Trần Văn Lâm"][..]),
            ("TRẦN VĂN LÂM", &["~TRẦN VĂN LÂM=0"]),
            ("Tran Van Lam", &["~Tran Van Lam=0|1"]),
            ("Trần Văn Lam", &[]),
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
            assert_eq!(found(text), wanted, "{text}");
        }
    }
}
