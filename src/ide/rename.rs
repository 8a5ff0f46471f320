//! The same word everywhere: a spelling in texts and registry, an id in the registry.

use compact_str::CompactString;

use super::actions::{of_source, tag};
use super::entry::{EntryAt, entry_with_id};
use super::place::{FilePosition, FileRange};
use super::target::{CursorTarget, EntryWord, Subject, TextTarget, word_place};
use crate::corpus::Snapshot;
use crate::corpus::linked::LinkReason;
use crate::corpus::mention::MentionKind;
use crate::diagnostic::FileEdit;
use crate::recognise::name::Via;
use crate::registry::edit::{add_spelling, rename_id};
use crate::registry::{Entity, EntityIx, Origin, RegistryEntry};
use crate::text::edit::TextEdit;
use crate::text::{FileId, Place, fold};
use crate::toml_tree::edit::{EditRefusal, restring};

/// The word that a rename would replace.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Renamable {
    /// The word under the cursor.
    pub place: Place,
    /// The word.
    pub text: String,
}

/// The reason that nothing is renamed.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum RenameError {
    /// There is nothing with a name under the cursor.
    #[error("there is nothing here that has a name")]
    Nothing,
    /// The mention may be several entities'.
    #[error("`{0}` may be any of several entities here; write it unmistakably first")]
    Ambiguous(String),
    /// The mention is short for a name that stands elsewhere.
    #[error("`{surface}` is short for who was named in line {line}; rename it there")]
    Short {
        /// The mention.
        surface: String,
        /// The line of the full name, from 1.
        line: u32,
    },
    /// The new name cannot be one.
    #[error(
        "`{0}` cannot be a name: it is empty, begins or ends with a space, or holds a line break or an invisible character"
    )]
    Unusable(String),
    /// Somebody has the id.
    #[error("there is a `{0}` already")]
    Taken(String),
    /// Corpora that share a registry file would edit it in different ways.
    #[error("`{0}` means somebody else there, so that a file which both corpora use would have to change in two ways")]
    Disagreement(String),
    /// A registry file cannot be edited.
    #[error("{path}: {why}")]
    Registry {
        /// The path.
        path: String,
        /// The reason.
        why: EditRefusal,
    },
}

/// Returns whether and what a rename would replace.
///
/// # Errors
/// As [`renaming`], but for the new name.
pub fn prepare_rename(snapshot: &Snapshot, at: FilePosition) -> Result<Renamable, RenameError> {
    let target = CursorTarget::at(snapshot, at).ok_or(RenameError::Nothing)?;
    let text = match &target {
        CursorTarget::Text(text) => named(text)?.1.to_owned(),
        CursorTarget::Registry(word) => match word.part {
            EntryWord::Id => word.entry.entity.id.to_string(),
            EntryWord::Name(name) => name.text.to_string(),
            EntryWord::Reference(reference, _) => reference.id.to_string(),
        },
    };
    Ok(Renamable { place: target.place(), text })
}

/// A rename, told so that each corpus that has the entry can be asked for its part.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Renaming {
    /// The entry that says the word; none has an id to which some only refer.
    entry: Option<EntryAt>,
    word: RenamedWord,
    new: CompactString,
}

/// The word that is written otherwise.
#[derive(Clone, PartialEq, Eq, Debug)]
enum RenamedWord {
    /// A spelling of the entry's.
    Spelling(CompactString),
    /// An id.
    Id(CompactString),
}

/// Works out a rename that writes `new` for the spelling or the id under the cursor.
///
/// # Errors
/// When there is nothing to rename, it is not certain who is meant, or the new name cannot be one.
pub fn renaming(snapshot: &Snapshot, at: FilePosition, new: &str) -> Result<Renaming, RenameError> {
    let target = CursorTarget::at(snapshot, at).ok_or(RenameError::Nothing)?;
    let is_bad = |letter: char| letter.is_control() || fold::is_invisible(letter);
    if new.is_empty() || new.trim() != new || new.contains(is_bad) {
        return Err(RenameError::Unusable(new.into()));
    }
    let (entry, word) = match &target {
        CursorTarget::Text(text) => {
            let (entity, surface) = named(text)?;
            (Some(EntryAt::of(snapshot, snapshot.registry.get(entity))), RenamedWord::Spelling(surface.into()))
        }
        CursorTarget::Registry(word) => {
            let own = || Some(EntryAt::of_entry(&word.entry));
            match word.part {
                EntryWord::Name(name) => (own(), RenamedWord::Spelling(name.text.clone())),
                EntryWord::Id => (own(), RenamedWord::Id(word.entry.entity.id.clone())),
                EntryWord::Reference(reference, _) => {
                    (entry_with_id(snapshot, &reference.id), RenamedWord::Id(reference.id.clone()))
                }
            }
        }
    };
    Ok(Renaming { entry, word, new: new.into() })
}

impl Renaming {
    /// The entry that says the word, if any does.
    pub const fn entry(&self) -> Option<&EntryAt> {
        self.entry.as_ref()
    }

    /// The id that is written otherwise in a corpus, and how: what names entries by their ids besides has to follow.
    pub fn of_id(&self, snapshot: &Snapshot) -> Option<(&str, &str)> {
        let is_idle = || self.entry.as_ref()?.entry(snapshot)?.taken_by;
        match &self.word {
            RenamedWord::Id(old) if is_idle().is_none() => Some((old, &self.new)),
            RenamedWord::Id(_) | RenamedWord::Spelling(_) => None,
        }
    }

    /// The same rename in another corpus, where the entry is this one.
    #[must_use]
    pub fn elsewhere(&self, entry: EntryAt) -> Self {
        Self { entry: Some(entry), ..self.clone() }
    }

    /// The edits in one corpus that write the new word for the old one: a spelling wherever the same entity is spelt
    /// like that, an id wherever a registry file has it. Sorted by file and place; all of them belong together. Where
    /// several entries have one id, it is that of the first: the others keep it, and are renamed each by itself.
    ///
    /// # Errors
    /// When the new id is taken, or a registry file cannot be edited.
    pub fn edits(&self, snapshot: &Snapshot) -> Result<Vec<FileEdit>, RenameError> {
        let entry = self.entry.as_ref().map(|entry| entry.entry(snapshot).ok_or(RenameError::Nothing)).transpose()?;
        let mut edits = match (&self.word, entry) {
            (_, Some(entry)) if entry.taken_by.is_some() => self.of_idle(snapshot, &entry)?,
            (RenamedWord::Spelling(old), Some(entry)) => spelling(snapshot, &entry, old, &self.new)?,
            (RenamedWord::Spelling(_), None) => Vec::new(),
            (RenamedWord::Id(old), _) => id(snapshot, old, &self.new)?,
        };
        edits.sort_by_key(|edit| (edit.file, edit.place));
        Ok(edits)
    }

    /// The edits in an entry that is not in force: nothing else means it.
    fn of_idle(&self, snapshot: &Snapshot, entry: &RegistryEntry<'_>) -> Result<Vec<FileEdit>, RenameError> {
        match &self.word {
            RenamedWord::Spelling(old) => in_registry(snapshot, entry, old, &self.new),
            RenamedWord::Id(old) if *old == self.new => Ok(Vec::new()),
            RenamedWord::Id(_) => {
                is_free(snapshot, &self.new)?;
                rewritten(snapshot, entry.origin(entry.entity.id_at), &self.new)
            }
        }
    }

    /// Returns whether a corpus can bear it that does not have the entry, but uses a file that would be edited.
    ///
    /// # Errors
    /// When the old or the new id means somebody there: what refers to it in the file would mean somebody else.
    pub fn bearable(&self, snapshot: &Snapshot) -> Result<(), RenameError> {
        match &self.word {
            RenamedWord::Id(old) if snapshot.registry.by_id(old).is_some() => Err(self.disagreement()),
            RenamedWord::Id(_) => is_free(snapshot, &self.new),
            RenamedWord::Spelling(_) => Ok(()),
        }
    }

    /// The reason that nothing is renamed when two corpora would edit a file in different ways.
    pub fn disagreement(&self) -> RenameError {
        let (RenamedWord::Id(old) | RenamedWord::Spelling(old)) = &self.word;
        RenameError::Disagreement(old.to_string())
    }
}

/// The name under the cursor, where it is certain whose it is.
fn named<'t>(text: &TextTarget<'t>) -> Result<(EntityIx, &'t str), RenameError> {
    match &text.mention.what {
        MentionKind::Name(name) => {
            if let (Via::Context, LinkReason::NamedBefore(line)) = (name.via, name.reason) {
                return Err(RenameError::Short { surface: name.surface.to_owned(), line: line + 1 });
            }
            let one = name.one().ok_or_else(|| RenameError::Ambiguous(name.surface.to_owned()))?;
            Ok((one, name.surface))
        }
        MentionKind::Date { .. } | MentionKind::Decree { .. } | MentionKind::Pattern(_) => Err(RenameError::Nothing),
    }
}

fn spelling(
    snapshot: &Snapshot,
    entry: &RegistryEntry<'_>,
    old: &str,
    new: &str,
) -> Result<Vec<FileEdit>, RenameError> {
    let mut edits = in_registry(snapshot, entry, old, new)?;
    let is_listed = !edits.is_empty();
    let mut is_spelling = false;
    let old = fold::nfc(old);
    let subject = Subject::Entities(smallvec::smallvec![entry.entity.ix]);
    for file in subject.files(snapshot).into_iter().filter_map(|file| snapshot.file(file)) {
        let file = file.unpacked();
        let mentions = subject.mentions_in(snapshot, &file);
        for mention in &mentions {
            let MentionKind::Name(name) = &mention.what else { continue };
            if name.via != Via::Context && fold::nfc(name.surface) == old {
                is_spelling |= matches!(name.via, Via::Folded | Via::SoundsLike { .. });
                edits.push(FileEdit { file: file.id, place: mention.place, text: new.into() });
            }
        }
    }
    // A spelling that was found by its letters alone, or by its sound, stands in no list; the new one may be too far
    // from those that do.
    let is_found = || entry.entity.spellings().any(|name| fold::fold(&name.text) == fold::fold(new));
    if !is_listed && is_spelling && !is_found() {
        edits.extend(added(snapshot, entry.entity, new)?);
    }
    Ok(edits)
}

/// The edits that list a spelling in an entry.
fn added(snapshot: &Snapshot, entity: &Entity, name: &str) -> Result<Vec<FileEdit>, RenameError> {
    let file = snapshot.registry.file_of(entity);
    let Some(source) = snapshot.registry_files.get(&file) else { return Ok(Vec::new()) };
    let edits = add_spelling(&source.text, &entity.id, &tag(Some(entity), name), name)
        .map_err(|why| RenameError::Registry { path: source.path.to_string(), why })?;
    Ok(of_source(file, source, edits))
}

/// The edits of an entry that lists the old spelling.
fn in_registry(
    snapshot: &Snapshot,
    entry: &RegistryEntry<'_>,
    old: &str,
    new: &str,
) -> Result<Vec<FileEdit>, RenameError> {
    let old = fold::nfc(old);
    let mut edits = Vec::new();
    for name in entry.entity.spellings().filter(|name| fold::nfc(&name.text) == old) {
        edits.extend(rewritten(snapshot, entry.origin(name.at), new)?);
    }
    Ok(edits)
}

/// The edit of one string of a registry file.
fn rewritten(snapshot: &Snapshot, at: Origin, new: &str) -> Result<Vec<FileEdit>, RenameError> {
    let Some(source) = snapshot.registry_files.get(&at.file) else { return Ok(Vec::new()) };
    if source.good.is_some() {
        // The places are those of an older text.
        let why = crate::toml_tree::parse(&source.text).err().map_or(EditRefusal::Layout, EditRefusal::Syntax);
        return Err(RenameError::Registry { path: source.path.to_string(), why });
    }
    Ok(of_source(at.file, source, vec![restring(&source.text, at.span, new)]))
}

fn is_free(snapshot: &Snapshot, id: &str) -> Result<(), RenameError> {
    if snapshot.registry.by_id(id).is_some() { Err(RenameError::Taken(id.into())) } else { Ok(()) }
}

fn id(snapshot: &Snapshot, old: &str, new: &str) -> Result<Vec<FileEdit>, RenameError> {
    if old == new {
        return Ok(Vec::new());
    }
    is_free(snapshot, new)?;
    // An entry that is not in force keeps its id; the references in it mean the first of that id, too.
    let is_meant = |file: FileId, edit: &TextEdit| {
        let entry = snapshot.registry.at(file, edit.span.start).filter(|entry| entry.taken_by.is_some());
        entry.is_none_or(|entry| !entry.origin(entry.entity.id_at).span.contains(edit.span))
    };
    let mut edits = Vec::new();
    for (file, source) in snapshot.registry_files.iter() {
        match rename_id(&source.text, old, new) {
            Ok(mut found) => {
                found.retain(|edit| is_meant(*file, edit));
                edits.extend(of_source(*file, source, found));
            }
            Err(why) => return Err(RenameError::Registry { path: source.path.to_string(), why }),
        }
    }
    Ok(edits)
}

/// The other places of the word under the cursor that change with it while somebody types, in the same file: an id
/// and its uses in one registry file.
pub fn linked_editing(snapshot: &Snapshot, at: FilePosition) -> Vec<FileRange> {
    let Some(CursorTarget::Registry(word)) = CursorTarget::at(snapshot, at) else { return Vec::new() };
    let (EntryWord::Id | EntryWord::Reference(..), Some(entity)) = (word.part, word.subject(snapshot)) else {
        return Vec::new();
    };
    let entity = snapshot.registry.get(entity);
    let mut places = super::references::in_registry(snapshot, &Subject::of_entity(snapshot, entity.ix));
    places.extend(word_place(snapshot, entity, entity.id_at).map(|place| (snapshot.registry.file_of(entity), place)));
    places.retain(|(file, _)| *file == at.file);
    places.sort_unstable();
    places.into_iter().map(|(file, place)| FileRange { file, span: place.span() }).collect()
}
