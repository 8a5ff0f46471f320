//! The keys of registry files, one list a table.
//!
//! The loader reports every other key, completion offers these, and a test compares `schemas/registry.schema.json`
//! with them.

use super::entity::EntityKind;

/// At the top of a file.
pub const ROOT: &[&str] = &["version", "person", "organization", "office", "place", "decree"];
/// In `[[person]]`.
pub const PERSON: &[&str] =
    &["id", "names", "abbreviations", "offices", "country", "occupation", "note", "links", "source", "unverified"];
/// In `[[organization]]`.
pub const ORGANIZATION: &[&str] =
    &["id", "names", "abbreviations", "sort", "successor", "country", "note", "links", "source", "unverified"];
/// In `[[office]]`.
pub const OFFICE: &[&str] =
    &["id", "organization", "names", "abbreviations", "country", "note", "links", "source", "unverified"];
/// In `[[place]]`.
pub const PLACE: &[&str] = &["id", "names", "abbreviations", "country", "note", "links", "source", "unverified"];
/// In `[[decree]]`.
pub const DECREE: &[&str] = &["id", "date", "title", "url", "note", "links", "source", "unverified"];
/// In an entry of a person's `offices`.
pub const TENURE: &[&str] = &["office", "since", "until", "note", "source", "unverified"];
/// In an organisation's `successor`.
pub const SUCCESSOR: &[&str] = &["id", "since"];

/// In the tables of one kind of entity.
pub const fn of(kind: EntityKind) -> &'static [&'static str] {
    match kind {
        EntityKind::Official | EntityKind::Person => PERSON,
        EntityKind::Organization => ORGANIZATION,
        EntityKind::Office => OFFICE,
        EntityKind::Place => PLACE,
        EntityKind::Decree => DECREE,
    }
}
