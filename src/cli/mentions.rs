//! `scholiast mentions`: what was recognised.

use std::collections::BTreeMap;
use std::io::Write as _;

use super::args;
use super::exit_status::{CLEAN, FAILED};
use super::mention_counts::MentionCounts;
use super::mention_kinds::{KindChoice, kind_of};
use super::output::Output;
use super::read::{LoadedRun, read};
use crate::annotation::Standoff;
use crate::corpus::linked::LinkContext;
use crate::corpus::mention::{Mention, MentionKind, mentions};
use crate::diagnostic::Severity;
use crate::disk::annotation_files::{AnnotationConfigurations, AnnotationContent, AnnotationFile};
use crate::embed::mention_rows::{ANNOTATION, MarkedFile, by_text, rows};
use crate::render::Sources as _;
use crate::render::mentions::{MentionFormat, MentionRenderer};
use crate::rules::annotation::covered::CoveredText;
use crate::text::FileId;

/// Runs the command.
///
/// # Errors
/// When an argument is wrong, standard input cannot be read, or output cannot be written.
pub fn run(args: &args::MentionsArgs) -> anyhow::Result<u8> {
    let output = Output { quiet: args.paths.quiet };
    let default = if Output::on_terminal() { MentionFormat::Full } else { MentionFormat::Concise };
    let format = args.format.unwrap_or(default);
    let mut renderer = MentionRenderer::new(format, Output::default().options(false, Severity::Warning));
    let LoadedRun { loaded, texts } = read(&args.paths, output, &|_| {})?;
    let choice = KindChoice::new(&args.kind, &loaded)?;
    let mut files: Vec<(usize, FileId, String)> = Vec::new();
    for (number, corpus) in loaded.corpora.iter().enumerate() {
        files.extend(corpus.selected.iter().map(|(id, shown)| (number, *id, shown.clone())));
    }
    files.sort_by(|a, b| a.2.cmp(&b.2));
    let besides: Vec<BTreeMap<FileId, Vec<&AnnotationFile>>> = loaded.corpora.iter().map(by_text).collect();
    let mut problems = Vec::new();
    let mut out = Output::default().sink(None)?;
    let mut counts = MentionCounts::default();
    for (number, id, shown) in &files {
        let snapshot = loaded.corpora[*number].world.current();
        let Some(file) = snapshot.file(*id) else { continue };
        let Some(text) = texts.text(texts.number(*number, *id)) else { continue };
        let corpus = &loaded.corpora[*number];
        let mut contents: Vec<(&AnnotationFile, AnnotationContent)> = Vec::new();
        for beside in besides[*number].get(id).into_iter().flatten() {
            match corpus.annotation(beside, &AnnotationConfigurations::default()) {
                Ok(content) => contents.push((beside, content)),
                Err(problem) => problems.push(problem),
            }
        }
        let file = &*file.unpacked();
        let profile = snapshot.profile(file);
        let links = LinkContext { registry: &snapshot.registry, day: profile.date, short: args.short_mentions };
        let covered = args.unannotated.then(|| {
            let standoffs = contents.iter();
            let standoffs = standoffs.filter_map(|(file, content)| Some((file.id, content.standoff.as_ref().ok()?)));
            let standoffs: Vec<(FileId, &Standoff)> = standoffs.collect();
            CoveredText::new(&standoffs, &text)
        });
        let is_missed = |mention: &Mention<'_>| {
            covered.as_ref().is_none_or(|covered| {
                let is_name = matches!(mention.what, MentionKind::Name(_)) || !choice.is_open();
                is_name && !covered.touches(mention.place.span())
            })
        };
        let found = mentions(file, &profile, links)
            .filter(|mention| choice.wants(kind_of(snapshot, mention)))
            .filter(|mention| is_missed(mention));
        let marked = contents.iter().filter(|_| !args.unannotated && choice.wants(ANNOTATION));
        let marked = marked.filter_map(|(file, content)| MarkedFile::new(corpus, file, content, shown));
        let marks: Vec<MarkedFile<'_>> = marked.collect();
        for row in rows(snapshot, found, &marks, shown, &text) {
            if args.statistics {
                counts.add(&row);
            } else {
                renderer.mention(&mut *out, &row)?;
            }
        }
    }
    if args.statistics {
        counts.write(&mut *out, format)?;
    }
    out.flush()?;
    problems.iter().for_each(|problem| output.problem(problem));
    Ok(if loaded.problems.is_empty() && problems.is_empty() { CLEAN } else { FAILED })
}
