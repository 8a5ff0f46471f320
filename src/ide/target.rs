//! The mention or the word under the cursor, and whom or what it names.
//!
//! A [`CursorTarget`] is the place: a mention in a text, with the mentions around it, or a word in a registry entry. A
//! [`Subject`] is what it stands for: the thing whose other mentions may be asked for.

use std::borrow::Cow;

use compact_str::CompactString;
use smallvec::{SmallVec, smallvec};

use super::place::FilePosition;
use crate::corpus::mention::{self, Mention, MentionKind};
use crate::corpus::overview;
use crate::corpus::{File, Snapshot};
use crate::ide::place::links_of;
use crate::recognise::decree;
use crate::recognise::facts::SegmentFacts;
use crate::recognise::profile::DocumentProfile;
use crate::registry::{Alias, Entity, EntityIx, EntityKind, IdReference, Origin, RegistryEntry};
use crate::text::{FileId, Place, Span, fold};

/// The mention or the word under a cursor.
pub(super) enum CursorTarget<'a> {
    /// Mentions in a text.
    Text(TextTarget<'a>),
    /// A word in a registry file.
    Registry(RegistryTarget<'a>),
}

/// A mention in a text.
pub(super) struct TextTarget<'a> {
    /// The file.
    pub file: &'a File,
    /// The profile of the document.
    pub profile: DocumentProfile,
    /// The innermost mention.
    pub mention: Mention<'a>,
    /// The mentions around it, from inside out.
    pub outer: Vec<Mention<'a>>,
}

/// A word in an entry of a registry file.
pub(super) struct RegistryTarget<'a> {
    /// The entry, in force or not.
    pub entry: RegistryEntry<'a>,
    /// The word.
    pub part: EntryWord<'a>,
    /// The place, without the quotes.
    pub place: Place,
}

/// A word that means somebody.
#[derive(Clone, Copy)]
pub(super) enum EntryWord<'a> {
    /// The id of the entry.
    Id,
    /// A spelling.
    Name(&'a Alias),
    /// The id of another entry, which is of this kind.
    Reference(&'a IdReference, EntityKind),
}

/// The subject that mentions may have in common.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Subject {
    /// An entity; several where nothing decides which.
    Entities(SmallVec<[EntityIx; 2]>),
    /// A legal document, by its canonical reference.
    Decree(CompactString),
    /// Something of a kind of the user's, by kind and value.
    Pattern(u16, CompactString),
}

impl<'a> CursorTarget<'a> {
    /// Returns the mention or the word under the cursor.
    pub fn at(snapshot: &'a Snapshot, at: FilePosition) -> Option<Self> {
        match snapshot.file(at.file) {
            Some(file) => TextTarget::at(snapshot, file, at.byte).map(Self::Text),
            None => RegistryTarget::at(snapshot, at).map(Self::Registry),
        }
    }

    /// Returns the place.
    pub fn place(&self) -> Place {
        match self {
            Self::Text(text) => text.mention.place,
            Self::Registry(word) => word.place,
        }
    }

    /// Returns the subject; none for dates.
    pub fn subject(&self, snapshot: &Snapshot) -> Option<Subject> {
        match self {
            Self::Text(text) => Subject::of_mention(&text.mention),
            Self::Registry(word) => Some(Subject::of_entity(snapshot, word.subject(snapshot)?)),
        }
    }
}

impl<'a> TextTarget<'a> {
    fn at(snapshot: &'a Snapshot, file: &'a File, byte: u32) -> Option<Self> {
        let profile = snapshot.profile(file);
        let mut mentions = mention::at(file, &profile, links_of(snapshot, &profile), byte).into_iter();
        let mention = mentions.next()?;
        let span = mention.place.span();
        let outer = mentions.filter(|outer| outer.place.span().contains(span)).collect();
        Some(Self { file, profile, mention, outer })
    }
}

impl<'a> RegistryTarget<'a> {
    /// Returns whether it is the id or a name of an entry that is not in force: nothing means it.
    pub fn is_idle(&self) -> bool {
        self.entry.taken_by.is_some() && !matches!(self.part, EntryWord::Reference(..))
    }

    fn at(snapshot: &'a Snapshot, at: FilePosition) -> Option<Self> {
        let entry = snapshot.registry.at(at.file, at.byte)?;
        let words = parts(entry.entity).into_iter().map(|(part, word)| (part, entry.origin(word)));
        let (part, word) = words.into_iter().find(|(_, word)| word.span.touches(at.byte))?;
        Some(Self { entry, part, place: unquoted(snapshot, word)? })
    }

    /// Returns the entity that is meant, if any has the id; id and names of an entry that is not in force mean nobody.
    pub fn subject(&self, snapshot: &Snapshot) -> Option<EntityIx> {
        match self.part {
            EntryWord::Id | EntryWord::Name(_) => (!self.is_idle()).then_some(self.entry.entity.ix),
            EntryWord::Reference(reference, wanted) => Some(snapshot.registry.target(reference, wanted)?.ix),
        }
    }
}

/// The place of a string of an entry, without its quotes.
pub(super) fn word_place(snapshot: &Snapshot, entity: &Entity, word: Span) -> Option<Place> {
    unquoted(snapshot, snapshot.registry.origin(entity, word))
}

/// The place of a string of a registry file, without its quotes.
pub(super) fn unquoted(snapshot: &Snapshot, Origin { file, span }: Origin) -> Option<Place> {
    let span = if span.len() >= 2 { Span::new(span.start + 1, span.end - 1) } else { span };
    snapshot.origin_place(Origin { file, span })
}

/// Returns the line of an entry's id: `people.toml, line 3`.
pub(super) fn line_of_id(snapshot: &Snapshot, first: &Entity) -> Option<String> {
    let at = snapshot.registry.origin(first, first.id_at);
    let line = snapshot.origin_place(at)?.start.line + 1;
    Some(format!("{}, line {line}", snapshot.path(at.file)?))
}

/// The words of an entry that mean somebody, each with its place.
pub(super) fn parts(entity: &Entity) -> Vec<(EntryWord<'_>, Span)> {
    let mut parts = vec![(EntryWord::Id, entity.id_at)];
    parts.extend(entity.spellings().map(|name| (EntryWord::Name(name), name.at)));
    parts
        .extend(entity.references().map(|(reference, wanted)| (EntryWord::Reference(reference, wanted), reference.at)));
    parts
}

impl Subject {
    /// Returns the subject of a mention; none for dates.
    pub fn of_mention(mention: &Mention<'_>) -> Option<Self> {
        match &mention.what {
            MentionKind::Name(name) if name.entities.is_empty() => None,
            MentionKind::Name(name) => Some(Self::Entities(name.entities.clone())),
            MentionKind::Decree { fact, .. } => Some(Self::Decree(fact.symbol.reference.clone())),
            MentionKind::Pattern(fact) => Some(Self::Pattern(fact.kind, fact.value.clone())),
            MentionKind::Date { .. } => None,
        }
    }

    /// Returns the subject of an entry.
    pub fn of_entity(snapshot: &Snapshot, entity: EntityIx) -> Self {
        let entity = snapshot.registry.get(entity);
        if entity.kind == EntityKind::Decree {
            Self::Decree(reference_of(snapshot, entity).into_owned())
        } else {
            Self::Entities(smallvec![entity.ix])
        }
    }

    /// Returns the subject of several entries, of which one is meant; nothing where there is none.
    pub fn of_entities(snapshot: &Snapshot, entities: &[&Entity]) -> Option<Self> {
        match entities {
            [] => None,
            [one] => Some(Self::of_entity(snapshot, one.ix)),
            several => Some(Self::Entities(several.iter().map(|entity| entity.ix).collect())),
        }
    }

    /// Returns its entries in the registry.
    pub fn entries<'a>(&self, snapshot: &'a Snapshot) -> SmallVec<[&'a Entity; 2]> {
        match self {
            Self::Entities(entities) => entities.iter().map(|entity| snapshot.registry.get(*entity)).collect(),
            Self::Decree(reference) => decree_entry(snapshot, reference).into_iter().collect(),
            Self::Pattern(..) => SmallVec::new(),
        }
    }

    /// Returns whether a mention stands for it. Where it is one entity, mentions that may be another's do not count.
    pub fn is_meant_by(&self, mention: &Mention<'_>) -> bool {
        match (self, &mention.what) {
            (Self::Entities(entities), MentionKind::Name(name)) => match entities[..] {
                [one] => name.one() == Some(one),
                _ => name.entities.iter().any(|entity| entities.contains(entity)),
            },
            (Self::Decree(reference), MentionKind::Decree { fact, .. }) => fact.symbol.reference == *reference,
            (Self::Pattern(kind, value), MentionKind::Pattern(fact)) => fact.kind == *kind && fact.value == *value,
            _ => false,
        }
    }

    /// Returns the holders, where it is an office: beside them a word of office alone means it, which no index knows.
    pub fn holders(&self, snapshot: &Snapshot) -> SmallVec<[EntityIx; 2]> {
        let Self::Entities(entities) = self else { return SmallVec::new() };
        let offices = entities.iter().filter(|entity| snapshot.registry.get(**entity).kind == EntityKind::Office);
        offices.flat_map(|office| snapshot.registry.holders(*office)).map(|(holder, _)| holder.ix).collect()
    }

    /// The files that may mention it, by number, each with how many mentions it may have; none for certain where only
    /// the holder of an office is mentioned.
    pub fn postings(&self, snapshot: &Snapshot) -> Vec<(FileId, u32)> {
        match self {
            Self::Entities(entities) => {
                let mut all: Vec<(FileId, u32)> =
                    entities.iter().flat_map(|entity| snapshot.index.entity(*entity)).copied().collect();
                let holders = self.holders(snapshot);
                all.extend(
                    holders.iter().flat_map(|holder| snapshot.index.entity(*holder)).map(|(file, _)| (*file, 0)),
                );
                // An ambiguous mention counts for each candidate.
                all.sort_unstable();
                all.dedup_by(|later, first| {
                    later.0 == first.0 && {
                        first.1 = first.1.max(later.1);
                        true
                    }
                });
                all
            }
            Self::Decree(reference) => snapshot
                .index
                .decree(reference)
                .iter()
                .flat_map(|cited| &cited.files)
                .map(|cited| (cited.file, cited.count))
                .collect(),
            Self::Pattern(kind, value) => snapshot.index.pattern(*kind, value).to_vec(),
        }
    }

    /// The files that may mention it, by path.
    pub fn files(&self, snapshot: &Snapshot) -> Vec<FileId> {
        let mut files: Vec<FileId> = self.postings(snapshot).into_iter().map(|(file, _)| file).collect();
        files.sort_by_cached_key(|file| snapshot.path(*file));
        files
    }

    /// Returns its mentions in one file, in order. Only segments that may mention it are looked at.
    pub fn mentions_in<'a>(&self, snapshot: &'a Snapshot, file: &'a File) -> Vec<Mention<'a>> {
        let profile = snapshot.profile(file);
        let links = links_of(snapshot, &profile);
        let basis = snapshot.basis(profile);
        let segments = match self {
            Self::Entities(entities) => {
                let mut sought = self.holders(snapshot);
                sought.extend_from_slice(entities);
                overview::naming(file, &basis, &sought, links.short)
            }
            Self::Decree(reference) => overview::citing(file, &basis, reference),
            Self::Pattern(kind, value) => {
                let is_it =
                    |facts: &SegmentFacts| facts.patterns.iter().any(|fact| fact.kind == *kind && fact.value == *value);
                file.facts().filter(|(_, facts)| is_it(facts)).collect()
            }
        };
        let mut mentions = mention::in_segments(file, &profile, links, segments);
        mentions.retain(|mention| self.is_meant_by(mention));
        mentions
    }
}

/// The canonical reference of a legal document's entry.
pub(super) fn reference_of<'a>(snapshot: &Snapshot, entity: &'a Entity) -> Cow<'a, CompactString> {
    let read = decree::find(&entity.id, snapshot.decrees());
    match read.into_iter().next() {
        Some(fact) if fact.is_mention() => Cow::Owned(fact.symbol.reference),
        _ => Cow::Borrowed(&entity.id),
    }
}

/// The registry's entry of a legal document.
pub(super) fn decree_entry<'a>(snapshot: &'a Snapshot, reference: &str) -> Option<&'a Entity> {
    snapshot.registry.by_id(reference).filter(|entity| entity.kind == EntityKind::Decree)
}

/// The listed spelling that a surface is: as it stands, else up to case and marks, else the preferred one.
pub(super) fn spelling_of<'a>(entity: &'a Entity, surface: &str) -> Option<&'a Alias> {
    let same = entity.spellings().find(|name| name.text == surface);
    let folded = || {
        let folded = fold::fold(surface);
        entity.spellings().find(|name| fold::fold(&name.text) == folded)
    };
    same.or_else(folded).or_else(|| entity.spellings().next())
}
