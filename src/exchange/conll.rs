//! CoNLL columns: one token a line, its tag in the last column, an empty line between sentences.
//!
//! Tags are IOB2 or BIOES when written. When read, IOB1, IOB2, BIOES and BILOU are told apart by the file as a whole: a
//! file in which an annotation begins with `I-` is IOB1. White space between tokens is kept only where the columns
//! `start` and `end` are there. A sentence is a line of the text. Documents are parted by `-DOCSTART-` lines that bear
//! their names.

use super::error::ExchangeError;
use super::loss::{LossKind, LossList};
use super::options::{ConllColumn, ConllScheme, ExchangeOptions};
use super::tokens::{Token, tokens};
use crate::annotation::{AnnotatedDocument, AnnotatedSpan};

/// Writes all documents into one file.
pub(super) fn write(documents: &[AnnotatedDocument], options: &ExchangeOptions, losses: &mut LossList) -> String {
    let keeps_space = options.columns.contains(&ConllColumn::Start) && options.columns.contains(&ConllColumn::End);
    let mut out = String::new();
    for document in documents {
        let borders = document.spans.iter().flat_map(|span| &span.fragments).flat_map(|&(start, end)| [start, end]);
        let (tokens, _) = tokens(&document.text, borders);
        if rebuilt(document, &tokens, keeps_space) != document.text {
            losses.add(&document.name, "", LossKind::WhiteSpace);
        }
        let tags = tags(document, &tokens, options.scheme, losses);
        out.push_str(&format!("-DOCSTART- {}\n\n", document.name));
        let mut before = 0;
        for (token, tag) in tokens.iter().zip(&tags) {
            let gap = &document.text[before..token.bytes.0];
            if before > 0 && gap.contains('\n') {
                out.push('\n');
            }
            before = token.bytes.1;
            let cells = options.columns.iter().map(|column| match column {
                ConllColumn::Form => document.text[token.bytes.0..token.bytes.1].to_owned(),
                ConllColumn::Start => token.start.to_string(),
                ConllColumn::End => token.end.to_string(),
                ConllColumn::Tag => tag.clone(),
                ConllColumn::Other => "_".to_owned(),
            });
            out.push_str(&cells.collect::<Vec<_>>().join("\t"));
            out.push('\n');
        }
        out.push('\n');
        losses.add_all_but_spans(document);
    }
    out
}

/// The text that reading the tokens gives back.
fn rebuilt(document: &AnnotatedDocument, tokens: &[Token], keeps_space: bool) -> String {
    let mut text = String::new();
    let (mut before, mut length) = (0, 0);
    for token in tokens {
        let breaks = before > 0 && document.text[before..token.bytes.0].contains('\n');
        let gap = if keeps_space { token.start - length } else { u32::from(before > 0) };
        for number in 0..gap {
            text.push(if breaks && number == 0 { '\n' } else { ' ' });
        }
        text.push_str(&document.text[token.bytes.0..token.bytes.1]);
        before = token.bytes.1;
        length = token.end;
    }
    if !text.is_empty() {
        text.push('\n');
    }
    text
}

/// One tag a token. Annotations that come first win: by start, the longer before the shorter.
fn tags(document: &AnnotatedDocument, tokens: &[Token], scheme: ConllScheme, losses: &mut LossList) -> Vec<String> {
    let mut tags = vec!["O".to_owned(); tokens.len()];
    let mut order: Vec<&AnnotatedSpan> = document.spans.iter().collect();
    order.sort_by_key(|span| (span.extent().0, std::cmp::Reverse(span.extent().1)));
    let mut free_from = 0;
    for span in order {
        let lost = |kind: LossKind, losses: &mut LossList| losses.add(&document.name, &span.id, kind);
        let &[(start, end)] = &span.fragments[..] else {
            lost(LossKind::Discontinuous, losses);
            continue;
        };
        let first = tokens.partition_point(|token| token.end <= start);
        let last = tokens.partition_point(|token| token.start < end);
        if start == end || first >= last {
            lost(LossKind::Empty, losses);
            continue;
        }
        if first < free_from {
            lost(LossKind::Overlapping, losses);
            continue;
        }
        // A tag cannot go on over the end of a sentence, nor tell of white space at its borders.
        let crosses = document.text[tokens[first].bytes.0..tokens[last - 1].bytes.1].contains('\n');
        if crosses || tokens[first].start != start || tokens[last - 1].end != end {
            lost(LossKind::Boundary, losses);
            continue;
        }
        free_from = last;
        for (number, tag) in tags.iter_mut().enumerate().take(last).skip(first) {
            let prefix = match scheme {
                ConllScheme::Bioes if last - first == 1 => 'S',
                _ if number == first => 'B',
                ConllScheme::Bioes if number + 1 == last => 'E',
                _ => 'I',
            };
            *tag = format!("{prefix}-{}", span.label);
        }
    }
    tags
}

/// Reads documents.
pub(super) fn read(source: &str, options: &ExchangeOptions) -> Result<Vec<AnnotatedDocument>, ExchangeError> {
    let source = source.strip_prefix('\u{feff}').unwrap_or(source);
    let begins_with_i = begins_with_i(source, options);
    let mut documents: Vec<AnnotatedDocument> = Vec::new();
    let mut builder = DocumentBuilder::default();
    let mut any = false;
    for (number, line) in source.split('\n').enumerate() {
        let line = line.strip_suffix('\r').unwrap_or(line);
        if let Some(name) = line.strip_prefix("-DOCSTART-") {
            if any {
                documents.push(std::mem::take(&mut builder).finish());
            }
            // In the files of CoNLL 2003 columns follow that say nothing.
            let name = name.trim_start();
            builder.document.name = if name.is_empty() || name.contains(" -X- ") || name.starts_with("-X-") {
                format!("document-{}", documents.len() + 1)
            } else {
                name.to_owned()
            };
            any = true;
            continue;
        }
        if line.is_empty() {
            builder.end_sentence();
            continue;
        }
        if line.starts_with("# ") && !line.contains('\t') {
            continue;
        }
        any = true;
        let cells = cells(line, options, number + 1)?;
        builder.token(&cells, begins_with_i, number + 1)?;
    }
    if any {
        documents.push(builder.finish());
    }
    for (number, document) in documents.iter_mut().enumerate() {
        if document.name.is_empty() {
            document.name = format!("document-{}", number + 1);
        }
    }
    Ok(documents)
}

/// The cells of a token that matter.
struct Cells<'l> {
    form: &'l str,
    place: Option<(u32, u32)>,
    tag: &'l str,
}

fn cells<'l>(line: &'l str, options: &ExchangeOptions, number: usize) -> Result<Cells<'l>, ExchangeError> {
    // A token may be a space, so that only TABs part columns where there is one.
    let parts: Vec<&str> = if line.contains('\t') { line.split('\t').collect() } else { line.split(' ').collect() };
    if parts.len() < 2 {
        return Err(ExchangeError::new(number, format!("`{line}` has one column; a token and its tag are wanted")));
    }
    // Files of others have columns between token and tag: the first and the last are taken where the number differs.
    if parts.len() != options.columns.len() {
        return Ok(Cells { form: parts[0], place: None, tag: parts[parts.len() - 1] });
    }
    let cell = |wanted: ConllColumn| options.columns.iter().position(|column| *column == wanted).map(|at| parts[at]);
    let offset = |wanted: ConllColumn| match cell(wanted) {
        Some(cell) => cell.parse().map(Some).map_err(|_| {
            ExchangeError::new(number, format!("`{cell}` is no offset; a number of code points is wanted"))
        }),
        None => Ok(None),
    };
    let place = offset(ConllColumn::Start)?.zip(offset(ConllColumn::End)?);
    Ok(Cells { form: cell(ConllColumn::Form).unwrap_or(parts[0]), place, tag: cell(ConllColumn::Tag).unwrap_or("O") })
}

/// Tells whether an annotation begins with `I-` somewhere: then the file is IOB1, where `B-` only parts neighbours.
fn begins_with_i(source: &str, options: &ExchangeOptions) -> bool {
    let mut before = "O";
    for (number, line) in source.split('\n').enumerate() {
        let line = line.strip_suffix('\r').unwrap_or(line);
        let tag = match cells(line, options, number) {
            Ok(cells) if !line.starts_with("-DOCSTART-") => cells.tag,
            _ => "O",
        };
        let (prefix, label) = tag.split_once('-').unwrap_or((tag, ""));
        let goes_on = before.split_once('-').is_some_and(|(_, other)| other == label);
        if prefix == "I" && !goes_on {
            return true;
        }
        before = tag;
    }
    false
}

#[derive(Default)]
struct DocumentBuilder {
    document: AnnotatedDocument,
    /// Code points so far.
    length: u32,
    /// The annotation that is open: its type and start.
    open: Option<(String, u32)>,
    /// The end of the last token, in code points.
    last_end: u32,
    sentence_ended: bool,
}

impl DocumentBuilder {
    fn token(&mut self, cells: &Cells<'_>, iob1: bool, line: usize) -> Result<(), ExchangeError> {
        let length = cells.form.chars().count() as u32;
        let start = match cells.place {
            Some((start, end)) => {
                if start < self.length || end != start + length {
                    return Err(ExchangeError::new(
                        line,
                        format!("`{}` from {start} to {end} does not follow the token before it", cells.form),
                    ));
                }
                start
            }
            None if self.length == 0 => 0,
            None => self.length + 1,
        };
        let gap = start - self.length;
        for number in 0..gap {
            let breaks = self.sentence_ended && number == 0;
            self.document.text.push(if breaks { '\n' } else { ' ' });
        }
        let (prefix, label) = cells.tag.split_once('-').unwrap_or((cells.tag, ""));
        let goes_on = self.open.as_ref().is_some_and(|(open, _)| open == label) && !self.sentence_ended;
        let begins = match prefix {
            "B" | "S" | "U" => true,
            "I" | "E" | "L" => !goes_on,
            "O" | "_" => false,
            _ => {
                return Err(ExchangeError::new(
                    line,
                    format!("`{}` is no tag; `O`, `B-TYPE` or `I-TYPE` is wanted", cells.tag),
                ));
            }
        };
        if begins || label.is_empty() || (self.sentence_ended && !iob1) {
            self.close();
        }
        if begins {
            self.close();
            self.open = Some((label.to_owned(), start));
        }
        self.document.text.push_str(cells.form);
        self.length = start + length;
        self.last_end = self.length;
        self.sentence_ended = false;
        if matches!(prefix, "S" | "U" | "E" | "L") {
            self.close();
        }
        Ok(())
    }

    fn end_sentence(&mut self) {
        self.close();
        self.sentence_ended = self.length > 0;
    }

    fn close(&mut self) {
        if let Some((label, start)) = self.open.take() {
            self.document.spans.push(AnnotatedSpan {
                id: format!("T{}", self.document.spans.len() + 1),
                label,
                fragments: vec![(start, self.last_end)],
                ..AnnotatedSpan::default()
            });
        }
    }

    fn finish(mut self) -> AnnotatedDocument {
        self.close();
        if !self.document.text.is_empty() {
            self.document.text.push('\n');
        }
        self.document
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spans(source: &str) -> Result<Vec<String>, String> {
        let documents = read(source, &ExchangeOptions::default()).map_err(|error| error.to_string())?;
        let shown = documents.iter().flat_map(|document| {
            document.spans.iter().map(|span| {
                let (start, end) = span.extent();
                let words: String = document.text.chars().skip(start as usize).take((end - start) as usize).collect();
                format!("{} {words}", span.label)
            })
        });
        Ok(shown.collect())
    }

    #[test]
    fn four_schemes_are_read() {
        for source in [
            "Bà O\nLan B-PER\nAnh I-PER\nở O\nHuế B-LOC\n",
            "Bà\tO\nLan\tB-PER\nAnh\tE-PER\nở\tO\nHuế\tS-LOC\n",
            "Bà O\nLan B-PER\nAnh L-PER\nở O\nHuế U-LOC\n",
            "Bà O\r\nLan I-PER\r\nAnh I-PER\r\nở O\r\nHuế I-LOC\r\n\r\n",
            "Bà N x O\nLan N x B-PER\nAnh N x I-PER\nở E x O\nHuế N x B-LOC\n",
        ] {
            assert_eq!(spans(source), Ok(vec!["PER Lan Anh".to_owned(), "LOC Huế".to_owned()]), "{source}");
        }
        assert_eq!(spans("a I-PER\nb B-PER\n\nc I-PER\n"), Ok(["PER a", "PER b", "PER c"].map(String::from).to_vec()));
        assert_eq!(spans(" \tO\nก\tB-X\n"), Ok(vec!["X ก".to_owned()]));
    }

    #[test]
    fn what_is_wrong_is_named_with_its_line() {
        assert_eq!(spans("a O\nb\n"), Err("line 2: `b` has one column; a token and its tag are wanted".to_owned()));
        assert_eq!(spans("a Q-X\n"), Err("line 1: `Q-X` is no tag; `O`, `B-TYPE` or `I-TYPE` is wanted".to_owned()));
        assert_eq!(spans(""), Ok(Vec::new()));
    }
}
