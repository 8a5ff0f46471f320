//! `scholiast mentions`: what was recognised.

use std::borrow::Cow;
use std::io::Write;

use anyhow::bail;

use super::args;
use super::read::{Read, read};
use super::{CLEAN, FAILED, output};
use crate::corpus::mention::{Mention, Name, What, mentions};
use crate::corpus::{File, Snapshot};
use crate::recognise::name::Via;
use crate::render::mentions::{Link, MentionRenderer, MentionRow};
use crate::render::{Format, Sources as _};

/// Runs the command.
///
/// # Errors
/// When standard input cannot be read, output cannot be written, or the format is none of mentions.
pub fn run(args: &args::Mentions) -> anyhow::Result<u8> {
    let default = if output::on_terminal() { Format::Full } else { Format::Concise };
    let format = args.format.unwrap_or(default);
    let Some(mut renderer) = MentionRenderer::new(format, output::options(false)) else {
        bail!("mentions cannot be shown as {format}; there are full, concise and jsonl");
    };
    let Read { session, texts } = read(&args.paths)?;
    let mut files: Vec<(usize, crate::text::FileId, String)> = Vec::new();
    for (number, corpus) in session.corpora.iter().enumerate() {
        files.extend(corpus.selected.iter().map(|(id, shown)| (number, *id, shown.clone())));
    }
    files.sort_by(|a, b| a.2.cmp(&b.2));
    let mut out = output::sink(None)?;
    for (number, id, shown) in &files {
        let snapshot = session.corpora[*number].world.current();
        let Some(file) = snapshot.file(*id) else { continue };
        let Some(text) = texts.text(texts.number(*number, *id)) else { continue };
        list(snapshot, file, shown, &text, &mut renderer, &mut *out)?;
    }
    out.flush()?;
    Ok(if session.problems.is_empty() { CLEAN } else { FAILED })
}

fn list(
    snapshot: &Snapshot,
    file: &File,
    shown: &str,
    text: &str,
    renderer: &mut MentionRenderer,
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    let habits = snapshot.habits(file);
    for mention in mentions(file, &habits, &snapshot.registry) {
        renderer.mention(out, &row(snapshot, &mention, shown, text))?;
    }
    Ok(())
}

fn row<'a>(snapshot: &'a Snapshot, mention: &'a Mention<'_>, shown: &'a str, text: &'a str) -> MentionRow<'a> {
    let mut row = MentionRow {
        path: shown.into(),
        text: mention.place.span().slice(text).into(),
        place: mention.place,
        extent: (mention.extent.start, mention.extent.end),
        via: "grammar",
        ..MentionRow::default()
    };
    match &mention.what {
        What::Name(name) => name_columns(snapshot, name, &mut row),
        What::Date { reading, resolved, .. } => {
            row.kind = "date".into();
            row.value = reading.value.as_ref().map(|value| Cow::Owned(value.to_string()));
            row.resolved = resolved.as_deref().map(Cow::Borrowed);
            row.era = reading.era.map(crate::recognise::habits::Era::code);
        }
        What::Decree { fact, entry } => {
            row.kind = "decree".into();
            if let Some(entry) = entry {
                row.link = Link::Id(snapshot.registry.get(*entry).id.as_str().into());
            }
            let symbol = &fact.symbol;
            row.value = Some(symbol.reference.as_str().into());
            row.number = Some(symbol.number.as_str().into());
            row.year = symbol.year.and_then(|year| u16::try_from(year).ok());
            row.decree_type = symbol.kind.as_deref().map(Cow::Borrowed);
            row.agency = symbol.agency.as_deref().map(Cow::Borrowed);
        }
    }
    row
}

fn name_columns<'a>(snapshot: &'a Snapshot, name: &Name<'_>, row: &mut MentionRow<'a>) {
    let id = |entity| Cow::Borrowed(snapshot.registry.get(entity).id.as_str());
    row.kind = name.kind.as_str().into();
    row.via = match name.via {
        Via::Exact => "exact",
        Via::Folded => "folded",
        Via::SoundsLike { .. } => "sounds-like",
    };
    row.holder = name.holder.map(id);
    row.link = match (name.one(), name.bare) {
        (Some(one), _) => Link::Id(id(one)),
        (None, true) => Link::None,
        (None, false) => {
            let mut ids: Vec<Cow<'a, str>> = name.entities.iter().copied().map(id).collect();
            ids.sort_unstable();
            Link::Candidates(ids)
        }
    };
}
