//! `scholiast export` and `scholiast import`: the formats of other programs.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{anyhow, bail};
use camino::{Utf8Component, Utf8Path, Utf8PathBuf};

use super::args::{ExportArgs, ImportArgs};
use super::exit_status::{CLEAN, FAILED, FOUND};
use super::output::Output;
use super::read::{LoadedRun, here, read};
use crate::annotation::{AnnotatedDocument, AnnotatedSpan, EntryLink, REGISTRY, Remarks, Standoff};
use crate::corpus::linked::LinkContext;
use crate::corpus::mention::{MentionKind, mentions};
use crate::diagnostic::Severity;
use crate::disk::loaded::LoadedCorpus;
use crate::disk::{FileError, read as disk_read, write};
use crate::exchange::{ConllColumn, ConllScheme, ExchangeFile, ExchangeOptions, ImportFile, LossKind, LossList};
use crate::render::{Sources as _, diff};
use crate::text::encoding::decode;
use crate::text::{FileId, position};

fn options(columns: &[String], scheme: ConllScheme) -> anyhow::Result<ExchangeOptions> {
    let columns: Vec<ConllColumn> = columns.iter().map(|name| ConllColumn::parse(name)).collect();
    for wanted in [ConllColumn::Form, ConllColumn::Tag] {
        if columns.iter().filter(|column| **column == wanted).count() != 1 {
            bail!("--columns needs `form` and `tag`, each once; for example form,start,end,tag");
        }
    }
    Ok(ExchangeOptions { columns, scheme })
}

/// Runs `export`.
///
/// # Errors
/// When the output cannot be written.
pub fn export(args: &ExportArgs) -> anyhow::Result<u8> {
    let options = options(&args.columns, args.scheme)?;
    let LoadedRun { loaded, texts } = read(&args.paths, Output { quiet: args.paths.quiet }, &|_| {})?;
    let mut losses = LossList::default();
    let mut problems: Vec<FileError> = Vec::new();
    let mut documents: Vec<AnnotatedDocument> = Vec::new();
    for (number, corpus) in loaded.corpora.iter().enumerate() {
        let files = annotation_files(corpus, &mut problems);
        for (id, shown) in &corpus.selected {
            let Some(text) = texts.text(texts.number(number, *id)) else { continue };
            if corpus.world.current().file(*id).is_none() {
                continue;
            }
            let name = document_name(shown);
            let files = files.get(id).map_or(&[][..], Vec::as_slice);
            let (mut document, unusable) = AnnotatedDocument::of(&name, &text, files);
            losses.add_unusable(&name, &unusable);
            if args.mentions {
                add_mentions(corpus, *id, &text, &mut document);
            }
            documents.push(document);
        }
    }
    documents.sort_by(|one, two| one.name.cmp(&two.name));
    let files = args.format.write(&documents, &options, &mut losses);
    say_losses(&losses, args.loss.as_deref())?;
    problems.iter().for_each(|problem| Output::default().problem(problem));
    if args.strict && !losses.is_empty() {
        Output::default().note("nothing was written: --strict, and the format cannot hold everything");
        return Ok(if problems.is_empty() { FOUND } else { FAILED });
    }
    let written = write_export(args, &files)?;
    if let Some(place) = written {
        let documents =
            if documents.len() == 1 { "1 document".to_owned() } else { format!("{} documents", documents.len()) };
        let verb = if args.diff { "Would write" } else { "Wrote" };
        Output::default().say(&format!("{verb} {documents} as {} to {place}", args.format.as_str()));
    }
    Ok(if loaded.problems.is_empty() && problems.is_empty() { CLEAN } else { FAILED })
}

/// The annotation files of a corpus, by the text they belong to.
fn annotation_files(corpus: &LoadedCorpus, problems: &mut Vec<FileError>) -> BTreeMap<FileId, Vec<Standoff>> {
    let mut files: BTreeMap<FileId, Vec<Standoff>> = BTreeMap::new();
    let configurations = crate::disk::annotation_files::AnnotationConfigurations::default();
    for file in corpus.annotations.iter().filter(|file| corpus.selected.contains_key(&file.text)) {
        match corpus.annotation(file, &configurations).map(|content| content.standoff) {
            Ok(Ok(standoff)) => files.entry(file.text).or_default().push(standoff),
            Ok(Err(_)) => {
                problems.push(FileError { path: file.path.to_string(), message: "the file is not UTF-8".to_owned() });
            }
            Err(problem) => problems.push(problem),
        }
    }
    files
}

/// A path as a name of a document: without its ending, and without what leads out of a folder.
fn document_name(shown: &str) -> String {
    let path = Utf8Path::new(shown).with_extension("");
    let parts = path.components().filter_map(|part| match part {
        Utf8Component::Normal(part) => Some(part),
        _ => None,
    });
    parts.collect::<Vec<_>>().join("/")
}

/// Adds what was recognised and nobody annotated.
fn add_mentions(corpus: &LoadedCorpus, id: FileId, text: &str, document: &mut AnnotatedDocument) {
    let snapshot = corpus.world.current();
    let Some(file) = snapshot.file(id) else { return };
    let file = &*file.unpacked();
    let profile = snapshot.profile(file);
    let links = LinkContext { registry: &snapshot.registry, day: profile.date, short: false };
    let mut number =
        document.spans.iter().filter_map(|span| span.id.strip_prefix('T')?.parse::<u64>().ok()).max().unwrap_or(0);
    let mut at = (0, 0);
    for mention in mentions(file, &profile, links) {
        let (kind, link) = match &mention.what {
            MentionKind::Name(name) => {
                let one = name.one().map(|one| snapshot.registry.get(one).id.to_string());
                (name.kind.as_str(), one)
            }
            MentionKind::Date { .. } => ("date", None),
            MentionKind::Decree { entry, .. } => {
                ("decree", entry.map(|entry| snapshot.registry.get(entry).id.to_string()))
            }
            MentionKind::Pattern(fact) => (snapshot.patterns().name(fact.kind), None),
        };
        let Some(label) = snapshot.config.annotate.type_of(kind) else { continue };
        let span = mention.place.span();
        // Mentions come by start, so that each code point is counted once.
        if (span.start as usize) < at.0 {
            at = (0, 0);
        }
        let start = at.1 + position::chars(&text[at.0..span.start as usize]);
        at = (span.start as usize, start);
        let end = start + position::chars(span.slice(text));
        let is_there = document.spans.iter().any(|known| known.label == label && known.fragments == [(start, end)]);
        if is_there {
            continue;
        }
        number += 1;
        let links = link.map(|entry| EntryLink { database: REGISTRY.to_owned(), entry }).into_iter().collect();
        document.spans.push(AnnotatedSpan {
            id: format!("T{number}"),
            label: label.to_owned(),
            fragments: vec![(start, end)],
            remarks: Remarks { links, ..Remarks::default() },
        });
    }
}

fn say_losses(losses: &LossList, file: Option<&Path>) -> anyhow::Result<()> {
    for (kind, count) in losses.counts() {
        Output::default().note(&format!("not taken over: {kind}, {count}"));
    }
    let Some(file) = file else { return Ok(()) };
    let mut out = Output::default().sink(Some(file))?;
    for loss in losses.iter() {
        let row =
            serde_json::json!({ "path": loss.document, "annotation": loss.annotation, "what": loss.kind.to_string() });
        writeln!(out, "{row}")?;
    }
    out.flush()?;
    Ok(())
}

/// Writes what was exported, and returns the place.
fn write_export(args: &ExportArgs, files: &[ExchangeFile]) -> anyhow::Result<Option<String>> {
    let single = match files {
        [one] if args.format.holds_texts() => Some(one),
        _ => None,
    };
    let Some(target) = args.output.as_ref().filter(|target| target.as_os_str() != "-") else {
        let Some(one) = single else {
            bail!("{} is several files: name a folder with -o DIR", args.format.as_str());
        };
        let mut out = Output::default().sink(None)?;
        out.write_all(one.text.as_bytes())?;
        out.flush()?;
        return Ok(None);
    };
    let target = Utf8PathBuf::from_path_buf(target.clone())
        .map_err(|path| anyhow!("{}: the name is not UTF-8", path.display()))?;
    let full = here()?.join(&target);
    // A format of one file a document has a folder as its target, unless a file of this format is named.
    let ending = single.and_then(|one| Utf8Path::new(&one.path).extension());
    let named_as_file = !args.format.is_file_per_document() || full.extension() == ending;
    let named_as_folder = target.as_str().ends_with(['/', '\\']) || full.is_dir() || !named_as_file;
    write::finish_before_interrupts();
    let all: Vec<(Utf8PathBuf, Utf8PathBuf, &ExchangeFile)> = match single {
        Some(one) if !named_as_folder => vec![(full, target.clone(), one)],
        _ => files.iter().map(|file| (full.join(&file.path), target.join(&file.path), file)).collect(),
    };
    let mut out = Output::default().sink(None)?;
    for (path, shown, file) in all {
        if args.diff {
            show_change(&mut *out, &path, shown.as_str(), &file.text)?;
        } else {
            write::put(&path, &file.text).map_err(|message| anyhow!("{shown}: {message}"))?;
        }
    }
    out.flush()?;
    Ok(Some(target.to_string()))
}

/// Shows the change that writing a file would make.
fn show_change(out: &mut dyn Write, path: &Utf8Path, shown: &str, after: &str) -> anyhow::Result<()> {
    let before = disk_read::read(path).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default();
    diff::unified(out, shown, &before, after, Output::default().options(false, Severity::Warning))?;
    Ok(())
}

/// Runs `import`.
///
/// # Errors
/// When the list of losses cannot be written.
pub fn import(args: &ImportArgs) -> anyhow::Result<u8> {
    let options = options(&args.columns, ConllScheme::default())?;
    let folder = Utf8PathBuf::from_path_buf(args.output.clone())
        .map_err(|path| anyhow!("{}: the name is not UTF-8", path.display()))?;
    let full = here()?.join(&folder);
    write::finish_before_interrupts();
    let mut losses = LossList::default();
    let mut problems: Vec<FileError> = Vec::new();
    let mut written = 0;
    let names = names_of(&args.files);
    for (path, name) in args.files.iter().zip(&names) {
        let shown = path.display().to_string();
        match import_file(path, name, args, &options, &full, &mut losses) {
            Ok(documents) => {
                for document in documents {
                    match write_document((&full, &folder), &document, args.diff) {
                        Ok(()) => written += 1,
                        Err(message) => {
                            problems.push(FileError { path: format!("{shown}: {}", document.name), message });
                        }
                    }
                }
            }
            Err(message) => problems.push(FileError { path: shown, message }),
        }
    }
    say_losses(&losses, args.loss.as_deref())?;
    problems.iter().for_each(|problem| Output::default().problem(problem));
    let documents = if written == 1 { "1 document".to_owned() } else { format!("{written} documents") };
    let verb = if args.diff { "Would write" } else { "Wrote" };
    Output::default().say(&format!("{verb} {documents} to {folder}"));
    Ok(if problems.is_empty() { CLEAN } else { FAILED })
}

/// The names of documents by their files: the paths without what all have in common, and without endings.
fn names_of(files: &[PathBuf]) -> Vec<String> {
    let names: Vec<String> =
        files.iter().map(|path| document_name(&path.to_string_lossy().replace('\\', "/"))).collect();
    let folder = |name: &str| name.rfind('/').map_or(0, |at| at + 1);
    let mut common = names.first().map_or("", |first| &first[..folder(first)]);
    for name in &names {
        while !name.starts_with(common) {
            common = &common[..folder(common.trim_end_matches('/'))];
        }
    }
    names.iter().map(|name| name[common.len()..].to_owned()).collect()
}

fn import_file(
    path: &Path,
    name: &str,
    args: &ImportArgs,
    options: &ExchangeOptions,
    folder: &Utf8Path,
    losses: &mut LossList,
) -> Result<Vec<AnnotatedDocument>, String> {
    let path = Utf8Path::from_path(path).ok_or("the name is not UTF-8")?;
    let full = here().map_err(|error| error.to_string())?.join(path);
    let bytes = disk_read::read(&full)?;
    let source = decode(&bytes).map_err(|undecodable| {
        let line = undecodable.at.line + 1;
        match undecodable.encoding {
            Some(encoding) => format!("line {line}: the file is in {encoding}; write it in UTF-8"),
            None => format!("line {line}: byte {} of the file is not UTF-8", undecodable.at.byte),
        }
    })?;
    // Formats without texts are read beside the texts they were made of, or beside those in the output folder.
    let text_of = |name: &str| {
        let below = safe_path(name, "txt")?;
        let beside = full.parent().map(|parent| parent.join(&below));
        let places = [Some(folder.join(&below)), beside];
        places.into_iter().flatten().find_map(|path| String::from_utf8(disk_read::read(&path).ok()?).ok())
    };
    let file = ImportFile { text: source, name, text_of: &text_of };
    // What a file loses counts only where it is read to its end.
    let mut own = LossList::default();
    let mut documents = args.format.read(file, options, &mut own).map_err(|error| error.to_string())?;
    for document in &mut documents {
        let changed = document.fit_for_standoff();
        changed.iter().for_each(|id| own.add(&document.name, id, LossKind::Name));
    }
    losses.append(own);
    Ok(documents)
}

/// The path of a file of a document below a folder; nothing for a name that leads out of it.
fn safe_path(name: &str, ending: &str) -> Option<Utf8PathBuf> {
    let name = name.replace('\\', "/");
    let inside = Utf8Path::new(&name).components().all(|part| matches!(part, Utf8Component::Normal(_)));
    let is_plain = inside && !name.is_empty() && !name.ends_with('/') && !name.chars().any(char::is_control);
    is_plain.then(|| Utf8PathBuf::from(format!("{name}.{ending}")))
}

/// Writes a document into a folder, which is given by its place and as it is shown; with `diff` shows what would be
/// written.
fn write_document(
    (folder, shown): (&Utf8Path, &Utf8Path),
    document: &AnnotatedDocument,
    is_shown: bool,
) -> Result<(), String> {
    let out = || "the name leads out of the output folder or is no name of a file".to_owned();
    let text = folder.join(safe_path(&document.name, "txt").ok_or_else(out)?);
    let annotations = folder.join(safe_path(&document.name, "ann").ok_or_else(out)?);
    let standoff = document.to_brat();
    let is_there = |path: &Utf8Path, wanted: &str| -> Result<bool, String> {
        if path.symlink_metadata().is_err() {
            return Ok(false);
        }
        match disk_read::read(path)? == wanted.as_bytes() {
            true => Ok(true),
            false => Err(format!("{path} is there already, with other content; nothing was written")),
        }
    };
    let (has_text, has_annotations) = (is_there(&text, &document.text)?, is_there(&annotations, &standoff)?);
    for (is_there, path, content) in [(has_text, &text, &document.text), (has_annotations, &annotations, &standoff)] {
        if is_there {
            continue;
        }
        if is_shown {
            let name = shown.join(path.strip_prefix(folder).unwrap_or(path));
            let mut out = Output::default().sink(None).map_err(|error| error.to_string())?;
            show_change(&mut *out, path, name.as_str(), content).map_err(|error| error.to_string())?;
            out.flush().map_err(|error| error.to_string())?;
        } else {
            write::put(path, content)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stay_in_their_folder() {
        for name in ["../a", "/etc/a", "a/../../b", "", "..", "a\\..\\..\\b", "a/", "a\nb"] {
            assert_eq!(safe_path(name, "txt"), None, "{name}");
        }
        assert_eq!(safe_path("tin/2024.05", "txt"), Some("tin/2024.05.txt".into()));
        assert_eq!(document_name("../corpus/a.b.txt"), "corpus/a.b");
        let names = |files: &[&str]| names_of(&files.iter().map(PathBuf::from).collect::<Vec<_>>());
        assert_eq!(names(&["out/tin/a.xmi", "out/tin/b.xmi"]), ["a", "b"]);
        assert_eq!(names(&["out/tin/a.xmi", "out/tin2/b.xmi", "./out/c.xmi"]), ["tin/a", "tin2/b", "c"]);
        assert_eq!(names(&["a.xmi"]), ["a"]);
    }
}
