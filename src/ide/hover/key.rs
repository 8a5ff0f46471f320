//! Tables and keys of registry files and of the configuration: what they are for.

use super::section::{Hover, HoverSection};
use crate::corpus::Snapshot;
use crate::ide::place::FilePosition;
use crate::ide::schema::Schema;
use crate::ide::toml_cursor::{CursorSpot, TomlCursor};
use crate::rules;
use crate::text::Span;

/// Returns the purpose of the key or the header under the cursor.
pub(super) fn hover(snapshot: &Snapshot, at: FilePosition) -> Option<Hover> {
    let source = snapshot.source(at.file)?;
    let text = &*source.text;
    let byte = at.byte as usize;
    let is_key = |letter: &char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_' | '/' | '*');
    let (before, after) = (text.get(..byte)?, text.get(byte..)?);
    let start = byte - before.chars().rev().take_while(is_key).count();
    let end = byte + after.chars().take_while(is_key).count();
    let word = text.get(start..end).filter(|word| !word.is_empty())?;
    let is_registry = snapshot.registry_files.contains_key(&at.file);
    let schema = if is_registry { Schema::registry() } else { Schema::config() };
    let cursor = TomlCursor::at(&text[..end]);
    let path: Vec<&str> = match cursor.spot {
        CursorSpot::Key { .. } if cursor.typed == word => cursor.path.iter().copied().chain([word]).collect(),
        CursorSpot::Header { .. } => cursor.typed.split('.').collect(),
        _ => return None,
    };
    let place = source.place(Span::of(start, end));
    // A rule in `[rules]` says more of itself than the schema does.
    if let [.., "rules", code] = path[..]
        && let Some(rule) = rules::by_code(code)
    {
        let mut section = HoverSection::new(code, rule.severity.as_str());
        section.fact("", rule.summary);
        return Some(Hover { place, sections: vec![section] });
    }
    let meant = schema.path(path.iter().copied())?;
    let mut section = HoverSection::new(path.join("."), "");
    section.fact("", meant.description()?);
    let values = meant.values();
    if !values.is_empty() {
        section.fact("values", values.join(", "));
    }
    if let Some(default) = meant.default() {
        section.fact("default", default);
    }
    Some(Hover { place, sections: vec![section] })
}
