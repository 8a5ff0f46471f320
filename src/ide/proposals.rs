//! Answers to proposals for the registry ([`suggest`](crate::corpus::suggest)) as edits: a new entry, spellings of
//! somebody who has an entry, or a refusal for good.
//!
//! Deliberately absent: finding what the registry lacks, and showing it.

use compact_str::CompactString;

use super::actions::{file_for, free_id, of_source, tag};
use crate::config::edit::add_rejections;
use crate::corpus::Snapshot;
use crate::diagnostic::FileEdit;
use crate::registry::edit::{NewEntity, add_spelling, append_entity};
use crate::text::edit::{TextEdit, apply, difference};
use crate::text::{FileId, fold};

/// A change that answers a proposal.
#[derive(Clone, PartialEq, Debug)]
pub enum ProposalChange {
    /// It becomes an entry.
    Add(NewEntity),
    /// The spellings become names of the entry with this id.
    Spellings {
        /// The id of the entry.
        entry: String,
        /// The spellings.
        names: Vec<CompactString>,
    },
    /// No name like this is proposed again.
    Refuse(CompactString),
}

/// The edits that carry an answer out, in one file. `is_taken` says whether another corpus that shares a registry file
/// has an id.
///
/// # Errors
/// The reason why that cannot be done.
pub fn proposal_edits(
    snapshot: &Snapshot,
    answer: ProposalChange,
    is_taken: &dyn Fn(FileId, &str) -> bool,
) -> Result<Vec<FileEdit>, String> {
    match answer {
        ProposalChange::Add(new) => added(snapshot, new, is_taken),
        ProposalChange::Spellings { entry, names } => spelt(snapshot, &entry, &names),
        ProposalChange::Refuse(name) => refused(snapshot, name),
    }
}

fn added(
    snapshot: &Snapshot,
    mut new: NewEntity,
    is_taken: &dyn Fn(FileId, &str) -> bool,
) -> Result<Vec<FileEdit>, String> {
    let (file, source) =
        file_for(snapshot, new.kind).ok_or("there is no registry file to write into; `scholiast init` makes one")?;
    // Somebody may have taken the id since it was proposed.
    let is_taken = |id: &str| snapshot.registry.by_id(id).is_some() || is_taken(file, id);
    if is_taken(&new.id) {
        new.id = free_id(&new.id, &is_taken).ok_or("its name has no letter of which an id could be made")?;
    }
    let edits = append_entity(&source.text, &new).map_err(|refusal| refusal.to_string())?;
    Ok(of_source(file, source, edits))
}

fn spelt(snapshot: &Snapshot, entry: &str, names: &[CompactString]) -> Result<Vec<FileEdit>, String> {
    let registry = &snapshot.registry;
    let entity = registry.by_id(entry).ok_or_else(|| format!("there is no entry `{entry}` in the registry"))?;
    let file = registry.file_of(entity);
    let source = snapshot.registry_files.get(&file).ok_or("the file of the entry is not there any more")?;
    let mut text = source.text.to_string();
    for name in names {
        // What differs in case or marks alone is found without being listed.
        let is_listed = entity.spellings().any(|known| fold::fold(&known.text) == fold::fold(name));
        if !is_listed {
            let edits = add_spelling(&text, entry, &tag(Some(entity), name), name);
            text = apply(&text, &edits.map_err(|refusal| refusal.to_string())?);
        }
    }
    let edits: Vec<TextEdit> = difference(&source.text, &text).into_iter().collect();
    if edits.is_empty() {
        return Err(format!("`{entry}` has these spellings already, up to case and marks"));
    }
    Ok(of_source(file, source, edits))
}

fn refused(snapshot: &Snapshot, name: CompactString) -> Result<Vec<FileEdit>, String> {
    let (file, source) = snapshot
        .config_source
        .as_ref()
        .ok_or("there is no scholiast.toml to write into; `scholiast init` makes one")?;
    let edits = add_rejections(&source.text, &[name]).map_err(|refusal| refusal.to_string())?;
    Ok(of_source(*file, source, edits))
}
