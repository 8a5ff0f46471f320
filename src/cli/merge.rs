//! `scholiast merge`: the merge driver of git for annotation files; `scholiast textconv`: their words for `git diff`.

use std::fmt::Write as _;
use std::io::Write as _;

use anyhow::{Context as _, anyhow};
use camino::{Utf8Path, Utf8PathBuf};

use super::args::{MergeArgs, TextconvArgs};
use super::exit_status::{CLEAN, FOUND};
use super::output::Output;
use super::read::here;
use crate::annotation::{AnnotatedDocument, AnnotationBody, Malformed, Standoff};
use crate::curation::{ComparableDocument, merge};
use crate::disk::{read, write};

/// Runs `merge`. The status is 1 where something contradicts, as git wants it of a merge driver.
///
/// # Errors
/// When a file cannot be read, is not UTF-8 or cannot be written. OURS is then as it was.
pub fn run(args: &MergeArgs) -> anyhow::Result<u8> {
    let [base, ours, theirs] = [&args.base, &args.ours, &args.theirs].map(|path| file(path));
    let ((_, base), (path, ours), (_, theirs)) = (base?, ours?, theirs?);
    write::finish_before_interrupts();
    let result = merge(&Standoff::parse(base), &Standoff::parse(ours.clone()), &Standoff::parse(theirs));
    if args.diff {
        let mut out = Output::default().sink(None)?;
        let diff = similar::TextDiff::from_lines(ours.as_str(), result.text.as_str());
        write!(out, "{}", diff.unified_diff().header(&format!("a/{path}"), &format!("b/{path}")))?;
        out.flush()?;
    } else {
        write_result(args, &path, &ours, &result.text)?;
    }
    match result.conflicts {
        0 => Ok(CLEAN),
        conflicts => {
            let what = if conflicts == 1 { "annotation contradicts" } else { "annotations contradict" };
            Output::default().note(&format!(
                "{path}: {conflicts} {what} the other side; both versions stay, each with a note MergeConflict; delete one \
                 version and its note"
            ));
            Ok(FOUND)
        }
    }
}

fn write_result(args: &MergeArgs, ours_path: &Utf8Path, ours: &str, text: &str) -> anyhow::Result<()> {
    let path = match &args.output {
        None => ours_path.to_owned(),
        Some(path) if path.as_os_str() == "-" => {
            let mut out = Output::default().sink(None)?;
            out.write_all(text.as_bytes())?;
            out.flush()?;
            return Ok(());
        }
        Some(path) => utf8(path)?,
    };
    let in_words = |message: String| anyhow!("{path}: {message}");
    let full = here()?.join(&path);
    if args.output.is_none() {
        return write::replace(&full, ours.as_bytes(), text.as_bytes()).map_err(in_words);
    }
    match full.is_file() {
        true => {
            let before = read::read(&full).map_err(in_words)?;
            write::replace(&full, &before, text.as_bytes()).map_err(in_words)
        }
        false => write::create(&full, text).map_err(in_words),
    }
}

/// The path and the text of a file.
fn file(path: &std::path::Path) -> anyhow::Result<(Utf8PathBuf, String)> {
    let path = utf8(path)?;
    let bytes = read::read(&here()?.join(&path)).map_err(|message| anyhow!("{path}: {message}"))?;
    let text = String::from_utf8(bytes).with_context(|| format!("{path}: not UTF-8, so it cannot be merged"))?;
    Ok((path, text))
}

fn utf8(path: &std::path::Path) -> anyhow::Result<Utf8PathBuf> {
    Utf8PathBuf::from_path_buf(path.to_owned()).map_err(|path| anyhow!("{}: the name is not UTF-8", path.display()))
}

/// Runs `textconv`: one line an annotation, by place, without ids, so that a difference of two files shows what they
/// say.
///
/// # Errors
/// When the file cannot be read or output cannot be written.
pub fn textconv(args: &TextconvArgs) -> anyhow::Result<u8> {
    let (_, text) = file(&args.file)?;
    let mut out = Output::default().sink(None)?;
    out.write_all(words(&Standoff::parse(text)).as_bytes())?;
    out.flush()?;
    Ok(CLEAN)
}

fn words(file: &Standoff) -> String {
    let (document, _) = AnnotatedDocument::without_text(std::slice::from_ref(file));
    let mut document = ComparableDocument::from(&document);
    for span in &mut document.spans {
        if let Some(AnnotationBody::Text { text: Some(text), .. }) = file.line(&span.id).map(|line| &line.body) {
            file.slice(*text).clone_into(&mut span.text);
        }
    }
    let mut order: Vec<usize> = (0..document.spans.len()).collect();
    order.sort_by_key(|number| (document.spans[*number].fragments.clone(), &document.spans[*number].label));
    let mut out = String::new();
    for number in order {
        let span = &document.spans[number];
        let places: Vec<String> = span.fragments.iter().map(|(start, end)| format!("{start}-{end}")).collect();
        let _ = write!(out, "{} \"{}\"", span.label, span.text);
        for property in document.attributes.iter().filter(|one| one.span == number) {
            let _ = write!(out, ", {}", property.name);
            if !property.value.is_empty() {
                let _ = write!(out, "={}", property.value);
            }
        }
        for link in document.links.iter().filter(|one| one.span == number) {
            let _ = write!(out, " → {}:{}", link.name, link.value);
        }
        let _ = writeln!(out, " [{}]", places.join(";"));
    }
    for relation in &document.relations {
        let arguments: Vec<String> = relation
            .arguments
            .iter()
            .map(|(role, span)| {
                let text = &document.spans[*span].text;
                if role.is_empty() { format!("\"{text}\"") } else { format!("{role}: \"{text}\"") }
            })
            .collect();
        let _ = writeln!(out, "{}({})", relation.label, arguments.join(", "));
    }
    add_other_lines(file, &mut out);
    out
}

/// Adds notes, and what cannot be read as it stands: a change of it is a change of the file.
fn add_other_lines(file: &Standoff, out: &mut String) {
    for line in file.lines() {
        match &line.body {
            AnnotationBody::Malformed(Malformed::Blank) => {}
            AnnotationBody::Note { kind, target, text } if line.repeats.is_none() => {
                let (kind, target) = (file.slice(*kind), file.slice(*target));
                let text = text.map_or("", |text| file.slice(text));
                let about = match file.line(target).map(|line| &line.body) {
                    Some(AnnotationBody::Text { text: Some(words), .. }) => format!("\"{}\"", file.slice(*words)),
                    _ => target.to_owned(),
                };
                let _ = writeln!(out, "{kind} on {about}: {text}");
            }
            AnnotationBody::Malformed(_) => {
                let _ = writeln!(out, "not read: {}", file.slice(line.span));
            }
            _ if line.repeats.is_some() => {
                let _ = writeln!(out, "not read: {}", file.slice(line.span));
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn annotations_in_words() {
        let file = Standoff::parse(
            "T2\tPlace 9 12\tHuế\nT1\tPerson 3 6\tLan\nA1\tForm T1 short\nA2\tSure T1\nN1\tReference T2 registry:hue\tHuế\n\
             R1\tIn Arg1:T1 Arg2:T2\n#1\tAnnotatorNotes T1\tthe poet\n\nT9 Person\n#2\tAnnotatorNotes R1\t?\nT1\tX 0 1\ta\n",
        );
        assert_eq!(
            words(&file),
            "Person \"Lan\", Form=short, Sure [3-6]\nPlace \"Huế\" → registry:hue [9-12]\nIn(Arg1: \"Lan\", Arg2: \"Huế\")\n\
             AnnotatorNotes on \"Lan\": the poet\nnot read: T9 Person\nAnnotatorNotes on R1: ?\nnot read: T1\tX 0 1\ta\n"
        );
    }
}
