//! Symbols of the corpus, found by a part of their names.
//!
//! The query is folded and compared with every folded spelling and id: typing `hung` finds `เหงียน มานห์ หุ่ง` through
//! the Latin name of the same person.

use std::cmp::Reverse;

use compact_str::CompactString;
use memchr::memmem;

use super::outline::SymbolKind;
use super::target::{Subject, decree_entry};
use crate::corpus::Snapshot;
use crate::registry::search::LetterSet;
use crate::registry::{Entity, EntityIx, EntityKind, NameScript};
use crate::text::{FileId, Place, fold};

/// Something of the corpus, found by its name.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct WorkspaceSymbol {
    /// The preferred name in each script.
    pub name: String,
    /// The id and the office.
    pub container: String,
    /// The id of the entry, where the registry has one.
    pub entry: Option<String>,
    /// The kind.
    pub kind: SymbolKind,
    /// The file to open.
    pub file: FileId,
    /// The place there.
    pub place: Place,
    /// The score of the match, 0 to 100.
    pub score: u8,
}

/// Returns the symbols that match the query, best first, at most `limit`; an empty query matches everything.
pub fn workspace_symbols(snapshot: &Snapshot, query: &str, limit: usize) -> Vec<WorkspaceSymbol> {
    let query = Query::new(query);
    let files = |source: &SymbolSource<'_>| match *source {
        SymbolSource::Entity(entity) => snapshot.index.entity(entity).len(),
        SymbolSource::Decree(reference) => snapshot.index.decree(reference).map_or(0, |cited| cited.files.len()),
        SymbolSource::Pattern(kind, value) => snapshot.index.pattern(kind, value).len(),
    };
    let found = matching(snapshot, &query).map(|(source, score)| (Reverse(score), Reverse(files(&source)), source));
    let mut found: Vec<_> = found.collect();
    if found.len() > limit && limit > 0 {
        found.select_nth_unstable(limit - 1);
    }
    found.truncate(limit);
    found.sort_unstable();
    let symbols = found.into_iter().filter_map(|(Reverse(score), _, found)| {
        let mut symbol = found.symbol(snapshot, score)?;
        if let SymbolSource::Entity(entity) = found {
            query.show_match(snapshot.registry.get(entity), &mut symbol.name);
        }
        Some(symbol)
    });
    symbols.collect()
}

/// Everything that matches a query, each once with its score, in no particular order.
pub(super) fn matching<'s, 'q>(
    snapshot: &'s Snapshot,
    query: &'q Query,
) -> impl Iterator<Item = (SymbolSource<'s>, u8)> + use<'s, 'q> {
    let entities = snapshot.registry.folded_spellings().best(query.set, |spelling| query.score(spelling));
    let entities = entities.into_iter().map(|(entity, score)| (SymbolSource::Entity(entity), score));
    let decrees = snapshot.index.decrees().filter_map(|(reference, _)| {
        let score = query.score(&fold::fold(reference));
        let is_without_entry = score > 0 && decree_entry(snapshot, reference).is_none();
        is_without_entry.then_some((SymbolSource::Decree(reference), score))
    });
    let patterns = snapshot.index.patterns().filter_map(|(kind, value, _)| {
        let score = query.score(&fold::fold(value));
        (score > 0).then_some((SymbolSource::Pattern(kind, value), score))
    });
    entities.chain(decrees).chain(patterns)
}

/// The entries whose spellings or ids match some words, best first, at most `limit`.
pub(super) fn entities_like(snapshot: &Snapshot, words: &str, limit: usize) -> Vec<EntityIx> {
    let query = Query::new(words);
    let found = snapshot.registry.folded_spellings().best(query.set, |spelling| query.score(spelling));
    let mut found: Vec<(Reverse<u8>, Reverse<usize>, EntityIx)> = found
        .into_iter()
        .map(|(entity, score)| (Reverse(score), Reverse(snapshot.index.entity(entity).len()), entity))
        .collect();
    found.sort_unstable();
    found.into_iter().take(limit).map(|(_, _, entity)| entity).collect()
}

/// Something that a symbol is made of.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum SymbolSource<'a> {
    /// An entry of the registry.
    Entity(EntityIx),
    /// A legal document that the registry does not have.
    Decree(&'a CompactString),
    /// Something of a kind of the user's, by kind and value.
    Pattern(u16, &'a CompactString),
}

impl SymbolSource<'_> {
    /// Returns the symbol with its place: of an entry there, of anything else at its first mention.
    pub fn symbol(self, snapshot: &Snapshot, score: u8) -> Option<WorkspaceSymbol> {
        match self {
            Self::Entity(entity) => {
                let entity = snapshot.registry.get(entity);
                let at = entity.spellings().next().map_or(entity.id_at, |name| name.at);
                let at = snapshot.registry.origin(entity, at);
                Some(WorkspaceSymbol {
                    name: names(entity),
                    container: container(snapshot, entity),
                    entry: Some(entity.id.to_string()),
                    kind: SymbolKind::Entity(entity.kind),
                    file: at.file,
                    place: snapshot.origin_place(at)?,
                    score,
                })
            }
            Self::Decree(reference) => {
                let kind = SymbolKind::Entity(EntityKind::Decree);
                first_mention(snapshot, &Subject::Decree(reference.clone()), reference, kind, score)
            }
            Self::Pattern(kind, value) => {
                first_mention(snapshot, &Subject::Pattern(kind, value.clone()), value, SymbolKind::Pattern, score)
            }
        }
    }
}

/// Something that has no entry of its own stands where it is mentioned first.
fn first_mention(
    snapshot: &Snapshot,
    subject: &Subject,
    name: &str,
    kind: SymbolKind,
    score: u8,
) -> Option<WorkspaceSymbol> {
    let (file, place) = subject.files(snapshot).into_iter().find_map(|file| {
        let there = snapshot.file(file)?.unpacked();
        let mentions = subject.mentions_in(snapshot, &there);
        Some((file, mentions.first()?.place))
    })?;
    let container = snapshot.path(file).map(ToString::to_string).unwrap_or_default();
    Some(WorkspaceSymbol { name: name.into(), container, entry: None, kind, file, place, score })
}

/// The preferred name in each script.
pub(super) fn names(entity: &Entity) -> String {
    let mut scripts: Vec<NameScript> = Vec::new();
    let mut names: Vec<&str> = Vec::new();
    for name in entity.names.iter().filter_map(|list| list.names.first()) {
        if !scripts.contains(&name.script()) {
            scripts.push(name.script());
            names.push(&name.text);
        }
    }
    if names.is_empty() { entity.display_name().to_owned() } else { names.join(" · ") }
}

/// The id, and what the entity does today.
pub(super) fn container(snapshot: &Snapshot, entity: &Entity) -> String {
    let office = entity.tenures_at(snapshot.today).next().or_else(|| entity.tenures().first());
    let office = office.and_then(|tenure| snapshot.registry.office(tenure)).map(Entity::display_name);
    match office {
        Some(office) => format!("{} · {office}", entity.id),
        None => entity.id.to_string(),
    }
}

/// A query, folded.
pub(super) struct Query {
    whole: memmem::Finder<'static>,
    words: Vec<String>,
    /// Without spaces, for letters that stand apart.
    letters: String,
    /// The letters that must be in whatever matches.
    set: LetterSet,
}

impl Query {
    /// Folds what was typed.
    pub fn new(query: &str) -> Self {
        let whole = fold::fold(query.trim());
        let finder = memmem::Finder::new(&whole).into_owned();
        let words: Vec<String> = whole.split_whitespace().map(str::to_owned).collect();
        let letters = words.concat();
        let set = LetterSet::of(&letters);
        Self { whole: finder, words, letters, set }
    }

    /// Scores a folded spelling: 0 not at all, 100 entirely.
    fn score(&self, spelling: &str) -> u8 {
        if self.letters.is_empty() {
            return 1;
        }
        if let Some(at) = self.whole.find(spelling.as_bytes()) {
            return match (at == 0, self.whole.needle().len() == spelling.len()) {
                (true, true) => 100,
                (true, false) => 90,
                (false, _) if starts_word(spelling, at) => 80,
                (false, _) => 60,
            };
        }
        if self.words.len() > 1
            && self
                .words
                .iter()
                .all(|word| spelling.match_indices(word.as_str()).any(|(at, _)| starts_word(spelling, at)))
        {
            return 70;
        }
        self.apart(spelling)
    }

    /// Adds what matched to a name that does not show it. Editors filter the answer once more, by letters with their
    /// marks: without this, typing `hung` would lose `Hùng`.
    fn show_match(&self, entity: &Entity, name: &mut String) {
        let shown = name.to_lowercase();
        let mut letters = shown.chars();
        if self.letters.chars().all(|wanted| letters.any(|letter| letter == wanted)) {
            return;
        }
        let folded = entity.spellings().map(|spelling| fold::fold(&spelling.text)).chain([fold::fold(&entity.id)]);
        let best = folded.map(|spelling| (self.score(&spelling), Reverse(spelling))).max();
        if let Some((1.., Reverse(spelling))) = best {
            name.push_str(" · ");
            name.push_str(&spelling);
        }
    }

    /// The letters of the query in order, with others between them: initials score 50, any others less the more of
    /// them stand inside words.
    fn apart(&self, spelling: &str) -> u8 {
        let mut rest = 0;
        let mut inside = 0;
        for letter in self.letters.chars() {
            let Some(found) = find_start(spelling, rest, letter) else { return 0 };
            let at = match found {
                LetterStart::Word(at) => at,
                LetterStart::Inside(at) => {
                    inside += usize::from(at != rest);
                    at
                }
            };
            rest = at + letter.len_utf8();
        }
        // Few letters match almost anything when they may stand anywhere.
        let letters = self.letters.chars().count();
        if inside * 3 > letters || letters < 2 { 0 } else { 50 - 10 * inside.min(3) as u8 }
    }
}

enum LetterStart {
    Word(usize),
    Inside(usize),
}

/// The next place of a letter: directly behind the last one, else the next word that starts with it, else anywhere.
fn find_start(spelling: &str, from: usize, letter: char) -> Option<LetterStart> {
    let rest = &spelling[from..];
    if rest.starts_with(letter) {
        return Some(if starts_word(spelling, from) { LetterStart::Word(from) } else { LetterStart::Inside(from) });
    }
    let mut first = None;
    for (at, _) in rest.match_indices(letter) {
        if starts_word(spelling, from + at) {
            return Some(LetterStart::Word(from + at));
        }
        first = first.or(Some(from + at));
    }
    first.map(LetterStart::Inside)
}

fn starts_word(text: &str, at: usize) -> bool {
    text[..at]
        .chars()
        .next_back()
        .is_none_or(|before| !before.is_alphanumeric() && !crate::text::cluster::is_dependent(before))
}
