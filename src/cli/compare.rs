//! `scholiast compare`: two annotators' sets, their differences and figures.

use std::collections::BTreeMap;
use std::io::Write as _;

use super::args::{CompareArgs, ComparedBy};
use super::exit_status::{CLEAN, FAILED, FOUND};
use super::output::Output;
use super::read::here;
use crate::annotation::AnnotatedDocument;
use crate::curation::{ComparableDocument, Comparison, Difference, align};
use crate::disk::FileError;
use crate::disk::annotation_set::{AnnotationSet, SetDocument};
use crate::render::comparison::{self, ComparedDocuments, ComparedText, ComparisonFormat, ComparisonParts};

/// One document of both sets, compared.
struct ComparedDocument {
    path: String,
    text: ComparedText,
    differences: Vec<Difference>,
}

/// Runs the command. The status is that of `diff`: 0 where the sets are the same, 1 where they differ.
///
/// # Errors
/// When a set cannot be read, or output cannot be written.
pub fn run(args: &CompareArgs) -> anyhow::Result<u8> {
    let here = here()?;
    let read = |given: &str| AnnotationSet::read(given, &here).map_err(anyhow::Error::msg);
    let (mut a, mut b) = (read(&args.a)?, read(&args.b)?);
    let mut problems: Vec<FileError> = a.problems.drain(..).chain(b.problems.drain(..)).collect();
    let mut documents = ComparedDocuments::default();
    let mut total = Comparison::default();
    let mut of_each: BTreeMap<String, Comparison> = BTreeMap::new();
    let mut compared: Vec<ComparedDocument> = Vec::new();
    let mut left_out = 0;
    for (name, one) in &a.documents {
        let path = format!("{name}.txt");
        let other = b.documents.get(name).filter(|other| !other.files.is_empty());
        let Some(other) = other else {
            if !one.files.is_empty() {
                documents.only_a.push(path);
            }
            continue;
        };
        if one.files.is_empty() {
            documents.only_b.push(path);
            continue;
        }
        match pair(one, other) {
            Ok(AlignedPair { text, a, b, is_aligned, left_out: of_it }) => {
                let differences = total.add(&a, &b);
                let part = match args.by {
                    ComparedBy::Type => None,
                    ComparedBy::Document => Some(path.clone()),
                    ComparedBy::Annotator => Some(format!("{} / {}", one.annotator, other.annotator)),
                };
                if let Some(part) = part {
                    of_each.entry(part).or_default().add(&a, &b);
                }
                left_out += of_it;
                if is_aligned {
                    documents.aligned.push(path.clone());
                }
                documents.compared.push(path.clone());
                compared.push(ComparedDocument { path, text: ComparedText::new(text), differences });
            }
            Err(message) => problems.push(FileError { path, message }),
        }
    }
    for (name, other) in &b.documents {
        if !other.files.is_empty() && !a.documents.contains_key(name) {
            documents.only_b.push(format!("{name}.txt"));
        }
    }
    documents.only_b.sort();
    let of_each: Vec<(String, Comparison)> = of_each.into_iter().collect();
    let parts = match args.by {
        ComparedBy::Type => None,
        ComparedBy::Document => Some(ComparisonParts::Documents(&of_each)),
        ComparedBy::Annotator => Some(ComparisonParts::Annotators(&of_each)),
    };
    show(args, &documents, &total, parts, &compared)?;
    say(&documents, &compared, left_out);
    problems.iter().for_each(|problem| Output::default().problem(problem));
    let differ = compared.iter().any(|one| !one.differences.is_empty());
    Ok(match (problems.is_empty(), differ) {
        (false, _) => FAILED,
        (true, true) => FOUND,
        (true, false) => CLEAN,
    })
}

/// Both sides of a document on one text.
struct AlignedPair<'d> {
    text: &'d str,
    a: ComparableDocument,
    b: ComparableDocument,
    /// The texts differ: the annotations of B were moved to the text of A.
    is_aligned: bool,
    /// Annotations that are left out: those of B that have no place in the text of A, and lines that say nothing.
    left_out: usize,
}

/// Brings both sides of a document to one text.
fn pair<'d>(a: &'d SetDocument, b: &'d SetDocument) -> Result<AlignedPair<'d>, String> {
    // A folder of annotation files alone is of the other side's texts.
    let text = a.text.as_deref().or(b.text.as_deref()).ok_or("neither side has the text")?;
    let own = b.text.as_deref().unwrap_or(text);
    let aligned = align(&b.files, own, text);
    let (a, unusable) = AnnotatedDocument::of("", text, &a.files);
    let (b, unusable_in_b) = AnnotatedDocument::of("", text, &aligned.files);
    Ok(AlignedPair {
        text,
        a: ComparableDocument::from(&a),
        b: ComparableDocument::from(&b),
        is_aligned: own != text,
        left_out: aligned.lost + unusable.len() + unusable_in_b.len(),
    })
}

fn show(
    args: &CompareArgs,
    documents: &ComparedDocuments,
    total: &Comparison,
    parts: Option<ComparisonParts<'_>>,
    compared: &[ComparedDocument],
) -> anyhow::Result<()> {
    let default = if Output::on_terminal() { ComparisonFormat::Full } else { ComparisonFormat::Concise };
    let format = args.format.unwrap_or(default);
    let mut out = Output::default().sink(None)?;
    let of_each = parts.map(ComparisonParts::rows);
    let all = compared.iter().flat_map(|one| one.differences.iter().map(move |difference| (one, difference)));
    match format {
        ComparisonFormat::Json => comparison::json(&mut *out, documents, total, parts)?,
        ComparisonFormat::Markdown => comparison::table(&mut *out, total, of_each, true)?,
        ComparisonFormat::Jsonl => {
            for (document, difference) in all {
                comparison::jsonl(&mut *out, &document.path, difference)?;
            }
        }
        ComparisonFormat::Full | ComparisonFormat::Concise => {
            let mut any = false;
            for (ComparedDocument { path, text, .. }, difference) in all {
                any = true;
                match format {
                    ComparisonFormat::Full => comparison::full(&mut *out, path, text, difference)?,
                    _ => comparison::concise(&mut *out, path, text, difference)?,
                }
            }
            if any && format == ComparisonFormat::Concise {
                writeln!(out)?;
            }
            comparison::table(&mut *out, total, of_each, false)?;
        }
    }
    out.flush()?;
    Ok(())
}

/// Says on standard error what was compared and what was left out.
fn say(documents: &ComparedDocuments, compared: &[ComparedDocument], left_out: usize) {
    let plural = |count: usize, word: &str| if count == 1 { format!("1 {word}") } else { format!("{count} {word}s") };
    for (left_out, side, other) in [(&documents.only_a, "A", "B"), (&documents.only_b, "B", "A")] {
        if !left_out.is_empty() {
            let many = plural(left_out.len(), "document");
            Output::default()
                .note(&format!("{many} annotated in {side} and not in {other}, left out: {}", left_out.join(", ")));
        }
    }
    if !documents.aligned.is_empty() {
        let many = plural(documents.aligned.len(), "document");
        let names = documents.aligned.join(", ");
        Output::default()
            .note(&format!("{many} whose texts differ; annotations of B were moved to the text of A: {names}"));
    }
    if left_out > 0 {
        let many = plural(left_out, "annotation");
        Output::default().note(&format!("{many} left out: malformed, or without a place in the text of A"));
    }
    let differences: usize = compared.iter().map(|one| one.differences.len()).sum();
    let documents = plural(documents.compared.len(), "document");
    Output::default().say(&format!("Compared {documents}: {}", plural(differences, "difference")));
}
