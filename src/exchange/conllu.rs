//! CoNLL-U: ten columns, with entities in MISC as CorefUD 1.0 has them (`Entity=(e1-Person-1-link:registry%3Alan)`).
//!
//! A sentence is a line of the text. White space other than one space between words and one line end between sentences
//! is kept in `SpacesAfter` and `SpacesBefore`, as UDPipe writes it. Links, attributes and notes of a mention are in
//! the last part of its bracket, percent-encoded. Mentions with one type and one link are mentions of one entity; when
//! read, mentions of one entity that no link tells to be the same become an equivalence. Deliberately absent: lemmas,
//! tags and trees, which standoff has no place for; they are not read, and `_` is written.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::ops::Range;

use rustc_hash::FxHashMap;

use super::error::ExchangeError;
use super::loss::{LossKind, LossList};
use super::tokens::{Token, covered, sentences, tokens_of};
use crate::annotation::{AnnotatedDocument, AnnotatedEquivalence, AnnotatedSpan, EntryLink, Remarks};

/// The parts of a bracket, as the header of a file names them.
const PARTS: &str = "eid-etype-head-other";

/// The type of the equivalences that mentions of one entity become.
const COREFERENCE: &str = "Coreference";

/// The most mentions that are open at one word: people nest a few deep, and each end is looked for among them.
const MOST_OPEN: usize = 1000;

/// Writes all documents into one file.
pub(super) fn write(documents: &[AnnotatedDocument], losses: &mut LossList) -> String {
    let mut out = String::new();
    let mut entities = 0;
    for (number, document) in documents.iter().enumerate() {
        let tokens = tokens_of(document);
        let sentences = sentences(&document.text, &tokens);
        let brackets = brackets(document, &tokens, &sentences, &mut entities, losses);
        if tokens.is_empty() && !document.text.is_empty() {
            losses.add(&document.name, "", LossKind::WhiteSpace);
        }
        for (count, sentence) in sentences.iter().enumerate() {
            if count == 0 {
                let _ = writeln!(out, "# newdoc id = {}\n# global.Entity = {PARTS}", document.name);
            }
            let of_it = &tokens[sentence.clone()];
            let words = &document.text[of_it[0].bytes.0..of_it[of_it.len() - 1].bytes.1];
            let words: String = words.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
            let _ = writeln!(out, "# sent_id = d{}s{}\n# text = {words}", number + 1, count + 1);
            for (place, token) in of_it.iter().enumerate() {
                let at = sentence.start + place;
                let mut misc: Vec<String> = Vec::new();
                if let Some(bracket) = brackets.get(&at) {
                    misc.push(format!("Entity={bracket}"));
                }
                let last_of_sentence = place + 1 == of_it.len();
                let before = if at == 0 { &document.text[..token.bytes.0] } else { "" };
                let behind = tokens.get(at + 1).map_or(document.text.len(), |next| next.bytes.0);
                let gap = &document.text[token.bytes.1..behind];
                if !before.is_empty() {
                    misc.push(format!("SpacesBefore={}", spaces_written(before)));
                }
                match gap {
                    "" => misc.push("SpaceAfter=No".to_owned()),
                    " " if !last_of_sentence => {}
                    "\n" if last_of_sentence => {}
                    _ => misc.push(format!("SpacesAfter={}", spaces_written(gap))),
                }
                let misc = if misc.is_empty() { "_".to_owned() } else { misc.join("|") };
                let form = &document.text[token.bytes.0..token.bytes.1];
                let _ = writeln!(out, "{}\t{form}\t_\t_\t_\t_\t_\t_\t_\t{misc}", place + 1);
            }
            out.push('\n');
        }
        document.relations.iter().for_each(|one| losses.add(&document.name, &one.id, LossKind::Relation));
        losses.add_events_and_equivalences(document);
    }
    out
}

/// The brackets of a token's `Entity`: those that close, open, or do both.
#[derive(Default)]
struct TokenBrackets {
    /// Each with the token at which it opens.
    close: Vec<(usize, String)>,
    /// Each with the token at which it closes.
    open: Vec<(usize, String)>,
    both: Vec<String>,
}

impl TokenBrackets {
    fn write(mut self) -> String {
        // The inner closes first and opens last.
        self.close.sort_by_key(|(start, _)| std::cmp::Reverse(*start));
        self.open.sort_by_key(|(end, _)| std::cmp::Reverse(*end));
        let close: String = self.close.into_iter().map(|(_, bracket)| bracket).collect();
        let open: String = self.open.into_iter().map(|(_, bracket)| bracket).collect();
        let both = self.both.concat();
        // A word that is a mention lies in what closes at it.
        if open.is_empty() { both + &close } else { close + &open + &both }
    }
}

/// The value of `Entity` for the tokens that have one.
fn brackets(
    document: &AnnotatedDocument,
    tokens: &[Token],
    sentences: &[Range<usize>],
    entities: &mut usize,
    losses: &mut LossList,
) -> BTreeMap<usize, String> {
    let sentence_of = |token: usize| sentences.partition_point(|sentence| sentence.end <= token);
    let mut order: Vec<&AnnotatedSpan> = document.spans.iter().collect();
    order.sort_by_key(|span| (span.extent().0, std::cmp::Reverse(span.extent().1)));
    // The entity of a type and link, with the end of its last mention: mentions of one entity that overlap could not
    // be told apart at their ends.
    let mut shared: FxHashMap<(&str, &EntryLink), (usize, u32)> = FxHashMap::default();
    let mut brackets: BTreeMap<usize, TokenBrackets> = BTreeMap::new();
    for span in order {
        let parts: Option<Vec<Range<usize>>> =
            span.fragments.iter().map(|fragment| covered(tokens, *fragment)).collect();
        let Some(parts) = parts.filter(|parts| !parts.is_empty()) else {
            let empty = span.fragments.iter().all(|(start, end)| start == end);
            losses.add(&document.name, &span.id, if empty { LossKind::Empty } else { LossKind::Boundary });
            continue;
        };
        let (first, last) = (parts[0].start, parts[parts.len() - 1].end - 1);
        if sentence_of(first) != sentence_of(last) {
            losses.add(&document.name, &span.id, LossKind::Boundary);
            continue;
        }
        let (start, end) = span.extent();
        let key = span.remarks.links.first().filter(|_| parts.len() == 1).map(|link| (span.label.as_str(), link));
        let known = key.and_then(|key| shared.get(&key).copied());
        let entity = match known.filter(|(_, last_end)| *last_end <= start) {
            Some((entity, _)) => entity,
            None => {
                *entities += 1;
                *entities
            }
        };
        if let Some(key) = key.filter(|_| known.is_none_or(|(known, _)| known == entity)) {
            shared.insert(key, (entity, end));
        }
        let said = said_of(&span.remarks);
        for (number, part) in parts.iter().enumerate() {
            let eid = match parts.len() {
                1 => format!("e{entity}"),
                count => format!("e{entity}[{}/{count}]", number + 1),
            };
            let opening = format!("({eid}-{}-1-{said}", encoded(&span.label));
            if part.len() == 1 {
                brackets.entry(part.start).or_default().both.push(opening + ")");
            } else {
                let last = part.end - 1;
                brackets.entry(part.start).or_default().open.push((last, opening));
                brackets.entry(last).or_default().close.push((part.start, eid + ")"));
            }
        }
    }
    brackets.into_iter().map(|(token, brackets)| (token, brackets.write())).collect()
}

/// Links, attributes and notes as the last part of a bracket: `key:value`, separated by commas.
fn said_of(remarks: &Remarks) -> String {
    let mut said: Vec<String> = Vec::new();
    for (number, link) in remarks.links.iter().enumerate() {
        let count = if number == 0 { String::new() } else { (number + 1).to_string() };
        said.push(format!("link{count}:{}", encoded(&link.to_string())));
    }
    for (name, value) in &remarks.attributes {
        said.push(match value {
            Some(value) => format!("attr.{}:{}", encoded(name), encoded(value)),
            None => format!("flag.{}", encoded(name)),
        });
    }
    said.extend(remarks.notes.iter().map(|(kind, text)| format!("note.{}:{}", encoded(kind), encoded(text))));
    said.join(",")
}

/// Percent-encodes what means something in MISC or in a bracket.
fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        let means = matches!(letter, '-' | '(' | ')' | '|' | '=' | ':' | ',' | '%' | '[' | ']');
        if means || letter.is_whitespace() || letter.is_control() {
            for byte in letter.encode_utf8(&mut [0; 4]).bytes() {
                let _ = write!(out, "%{byte:02X}");
            }
        } else {
            out.push(letter);
        }
    }
    out
}

fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, behind)) = rest.split_first() {
        let hex = behind.get(..2).filter(|_| byte == b'%').and_then(|two| std::str::from_utf8(two).ok());
        match hex.and_then(|two| u8::from_str_radix(two, 16).ok()) {
            Some(value) => {
                bytes.push(value);
                rest = &behind[2..];
            }
            None => {
                bytes.push(byte);
                rest = behind;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

fn spaces_written(spaces: &str) -> String {
    let mut out = String::new();
    for letter in spaces.chars() {
        match letter {
            ' ' => out.push_str("\\s"),
            '\t' => out.push_str("\\t"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            other => out.push(other),
        }
    }
    out
}

fn spaces_read(written: &str) -> String {
    let mut out = String::new();
    let mut letters = written.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => match letters.next() {
                Some('s') => out.push(' '),
                Some('t') => out.push('\t'),
                Some('n') => out.push('\n'),
                Some('r') => out.push('\r'),
                Some('p') => out.push('|'),
                Some(other) => out.push(other),
                None => out.push('\\'),
            },
            other => out.push(other),
        }
    }
    out
}

/// Reads documents.
pub(super) fn read(source: &str, losses: &mut LossList) -> Result<Vec<AnnotatedDocument>, ExchangeError> {
    let source = source.strip_prefix('\u{feff}').unwrap_or(source);
    let mut reader = ConlluReader { parts: PARTS.split('-').collect(), ..ConlluReader::default() };
    for (number, line) in source.split('\n').enumerate() {
        let line = line.strip_suffix('\r').unwrap_or(line);
        reader.line(line, number + 1, losses)?;
    }
    reader.end_sentence(losses);
    reader.end_document(source.split('\n').count())?;
    Ok(reader.documents)
}

/// A mention that is open or has parts to come.
struct OpenMention<'s> {
    eid: &'s str,
    /// The number of the part and of all parts.
    part: (usize, usize),
    span: usize,
    start: u32,
    line: usize,
}

#[derive(Default)]
struct ConlluReader<'s> {
    parts: Vec<&'s str>,
    documents: Vec<AnnotatedDocument>,
    document: AnnotatedDocument,
    /// Something belongs to the document.
    begun: bool,
    length: u32,
    /// The white space before the next token, if there is one; the file may have said so.
    gap: String,
    gap_is_said: bool,
    /// The length of the last form that stands in the text.
    last_form: u32,
    /// The `# text` of the sentence, and where the sentence begins in the text.
    sentence_text: Option<&'s str>,
    sentence_start: Option<usize>,
    /// The last word of a range that stands for its words.
    range_end: u64,
    open: Vec<OpenMention<'s>>,
    /// Mentions of several parts that wait for the next one, by entity.
    unfinished: FxHashMap<&'s str, usize>,
    entities: Vec<(&'s str, Vec<usize>)>,
    entity_numbers: FxHashMap<&'s str, usize>,
}

impl<'s> ConlluReader<'s> {
    fn line(&mut self, line: &'s str, number: usize, losses: &mut LossList) -> Result<(), ExchangeError> {
        if line.is_empty() {
            self.end_sentence(losses);
            return Ok(());
        }
        if let Some(comment) = line.strip_prefix('#').filter(|_| !line.contains('\t')) {
            let (key, value) = comment.split_once('=').map_or((comment, ""), |(key, value)| (key, value.trim()));
            match key.trim() {
                key if key == "newdoc" || key.starts_with("newdoc ") => {
                    self.end_document(number)?;
                    value.clone_into(&mut self.document.name);
                    self.begun = true;
                }
                "global.Entity" => self.parts = value.split('-').collect(),
                "text" => self.sentence_text = Some(value),
                _ => {}
            }
            return Ok(());
        }
        self.begun = true;
        let columns: Vec<&str> = line.split('\t').collect();
        let &[id, form, .., misc] = &columns[..] else {
            return Err(ExchangeError::new(number, "the line has no TAB; ten columns parted by TABs are wanted"));
        };
        if columns.len() != 10 {
            return Err(ExchangeError::new(number, format!("the line has {} columns; ten are wanted", columns.len())));
        }
        self.word(id, form, misc, number, losses)
    }

    fn word(
        &mut self,
        id: &'s str,
        form: &'s str,
        misc: &'s str,
        number: usize,
        losses: &mut LossList,
    ) -> Result<(), ExchangeError> {
        let wrong = || ExchangeError::new(number, format!("`{id}` is no number of a word, like 7, 7-8 or 7.1"));
        let mut fields = misc.split('|').filter_map(|field| field.split_once('='));
        let field = |wanted: &str| fields.clone().find(|(key, _)| *key == wanted).map(|(_, value)| value);
        if id.contains('.') {
            // An empty node stands for no words of the text.
            if field("Entity").is_some() {
                losses.add(&self.document.name, id, LossKind::Empty);
            }
            return Ok(());
        }
        let is_range = id.contains('-');
        let (first, last) = id.split_once('-').unwrap_or((id, id));
        let (first, last): (u64, u64) = first.parse().ok().zip(last.parse().ok()).ok_or_else(wrong)?;
        let (start, end);
        if !is_range && first <= self.range_end {
            // A word of a range has no place of its own: its mentions are those of the range.
            (start, end) = (self.length - self.last_form, self.length);
        } else {
            let before = field("SpacesBefore").map(spaces_read).unwrap_or_default();
            let gap = std::mem::take(&mut self.gap) + &before;
            self.length += gap.chars().count() as u32;
            self.document.text.push_str(&gap);
            self.sentence_start.get_or_insert(self.document.text.len());
            start = self.length;
            self.document.text.push_str(form);
            self.last_form = form.chars().count() as u32;
            self.length += self.last_form;
            end = self.length;
            self.gap = match (field("SpacesAfter"), field("SpaceAfter")) {
                (Some(spaces), _) => spaces_read(spaces),
                (None, Some("No")) => String::new(),
                _ => " ".to_owned(),
            };
            self.gap_is_said = field("SpacesAfter").is_some() || field("SpaceAfter") == Some("No");
            if is_range {
                self.range_end = last;
            }
        }
        if let Some((_, entity)) = fields.find(|(key, _)| *key == "Entity") {
            self.brackets(entity, (start, end), number)?;
        }
        Ok(())
    }

    /// Reads the brackets of a word: `(e1-Person-1-`, `e1)`, `(e1-Person-1-)`, in any number.
    fn brackets(&mut self, value: &'s str, (start, end): (u32, u32), line: usize) -> Result<(), ExchangeError> {
        let mut rest = value;
        while !rest.is_empty() {
            if let Some(inner) = rest.strip_prefix('(') {
                let length = inner.find(['(', ')']).unwrap_or(inner.len());
                let (bracket, behind) = inner.split_at(length);
                let closes = behind.starts_with(')');
                self.open_mention(bracket, start, line)?;
                if closes {
                    let eid = bracket.split('-').next().unwrap_or_default();
                    self.close_mention(eid, end, line)?;
                }
                rest = behind.strip_prefix(')').unwrap_or(behind);
            } else {
                let Some((eid, behind)) = rest.split_once(')') else {
                    return Err(ExchangeError::new(line, format!("`{rest}` in `Entity` is no bracket")));
                };
                self.close_mention(eid, end, line)?;
                rest = behind;
            }
        }
        Ok(())
    }

    fn open_mention(&mut self, bracket: &'s str, start: u32, line: usize) -> Result<(), ExchangeError> {
        let mut values = bracket.splitn(self.parts.len().max(1), '-');
        let mut span = AnnotatedSpan::default();
        let (mut eid, mut part) = ("", (1, 1));
        for name in self.parts.clone() {
            let Some(value) = values.next() else { break };
            match name {
                "eid" | "GRP" => (eid, part) = part_of(value),
                "etype" | "entity" => span.label = decoded(value),
                "head" | "minspan" => {}
                "other" => add_said(&mut span.remarks, value),
                "identity" | "wiki" if !value.is_empty() => span.remarks.links.push(EntryLink::parse(&decoded(value))),
                _ if value.is_empty() => {}
                name => span.remarks.attributes.push((name.to_owned(), Some(decoded(value)))),
            }
        }
        if eid.is_empty() {
            return Err(ExchangeError::new(line, format!("`({bracket}` in `Entity` names no entity")));
        }
        if span.label.is_empty() {
            "Entity".clone_into(&mut span.label);
        }
        let number = match self.unfinished.get(eid).copied().filter(|_| part.0 > 1) {
            Some(number) => number,
            None => {
                let number = self.document.spans.len();
                span.id = format!("T{}", number + 1);
                self.document.spans.push(span);
                let entity = *self.entity_numbers.entry(eid).or_insert_with(|| {
                    self.entities.push((eid, Vec::new()));
                    self.entities.len() - 1
                });
                self.entities[entity].1.push(number);
                number
            }
        };
        if part.0 < part.1 {
            self.unfinished.insert(eid, number);
        } else {
            self.unfinished.remove(eid);
        }
        if self.open.len() >= MOST_OPEN {
            return Err(ExchangeError::new(line, format!("more than {MOST_OPEN} mentions are open at once")));
        }
        self.open.push(OpenMention { eid, part, span: number, start, line });
        Ok(())
    }

    fn close_mention(&mut self, written: &str, end: u32, line: usize) -> Result<(), ExchangeError> {
        let (eid, part) = part_of(written);
        let same = |open: &OpenMention<'_>| open.eid == eid && (part.1 == 1 || open.part == part);
        let Some(at) = self.open.iter().rposition(same) else {
            return Err(ExchangeError::new(line, format!("`{written})` in `Entity` closes what is not open")));
        };
        let open = self.open.remove(at);
        self.document.spans[open.span].fragments.push((open.start, end));
        Ok(())
    }

    fn end_sentence(&mut self, losses: &mut LossList) {
        if let (Some(text), Some(start)) = (self.sentence_text, self.sentence_start) {
            // A comment holds no control characters: where words have some, spaces stand for them.
            let counts = |letter: &char| !letter.is_whitespace() && !letter.is_control();
            let same = |text: &str| text.chars().filter(counts).collect::<String>();
            // Words and text of a treebank may differ in spaces; the words are what annotations are on.
            if text.trim() != self.document.text[start..].trim() && same(text) != same(&self.document.text[start..]) {
                losses.add(&self.document.name, "", LossKind::TextDiffers);
            }
        }
        if self.sentence_start.is_some() && !self.gap_is_said {
            "\n".clone_into(&mut self.gap);
        }
        self.sentence_start = None;
        self.sentence_text = None;
        self.range_end = 0;
    }

    fn end_document(&mut self, line: usize) -> Result<(), ExchangeError> {
        if let Some(open) = self.open.first() {
            return Err(ExchangeError::new(open.line, format!("`({}` in `Entity` is never closed", open.eid)));
        }
        if let Some((eid, _)) = self.unfinished.iter().min_by_key(|(_, span)| **span) {
            return Err(ExchangeError::new(line, format!("a part of the mention of `{eid}` is missing")));
        }
        let mut document = std::mem::take(&mut self.document);
        document.text.push_str(&std::mem::take(&mut self.gap));
        for (_, members) in std::mem::take(&mut self.entities) {
            let links = |number: &usize| &document.spans[*number].remarks.links;
            let one_link = members.first().is_some_and(|first| {
                !links(first).is_empty() && members.iter().all(|member| links(member).first() == links(first).first())
            });
            if members.len() > 1 && !one_link {
                document.equivalences.push(AnnotatedEquivalence { label: COREFERENCE.to_owned(), members });
            }
        }
        self.entity_numbers.clear();
        self.length = 0;
        self.gap_is_said = false;
        if std::mem::take(&mut self.begun) {
            if document.name.is_empty() {
                document.name = format!("document-{}", self.documents.len() + 1);
            }
            self.documents.push(document);
        }
        Ok(())
    }
}

/// The entity of `e3[1/2]`, and which part of the mention it is.
fn part_of(written: &str) -> (&str, (usize, usize)) {
    let part = written.strip_suffix(']').and_then(|inner| {
        let (eid, part) = inner.rsplit_once('[')?;
        let (number, count) = part.split_once('/')?;
        Some((eid, (number.parse().ok()?, count.parse().ok()?)))
    });
    part.unwrap_or((written, (1, 1)))
}

/// Adds what the last part of a bracket says.
fn add_said(remarks: &mut Remarks, said: &str) {
    for one in said.split(',').filter(|one| !one.is_empty()) {
        let (key, value) = one.split_once(':').map_or((one, None), |(key, value)| (key, Some(decoded(value))));
        let is_link = key.strip_prefix("link").is_some_and(|rest| rest.chars().all(|letter| letter.is_ascii_digit()));
        match (key.split_once('.'), value) {
            (Some(("attr", name)), Some(value)) => remarks.attributes.push((decoded(name), Some(value))),
            (Some(("flag", name)), None) => remarks.attributes.push((decoded(name), None)),
            (Some(("note", kind)), Some(text)) => remarks.notes.push((decoded(kind), text)),
            (_, Some(value)) if is_link => remarks.links.push(EntryLink::parse(&value)),
            (_, value) => remarks.attributes.push((decoded(key), value)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(source: &str) -> Result<(String, Vec<String>), String> {
        let mut losses = LossList::default();
        let documents = read(source, &mut losses).map_err(|error| error.to_string())?;
        let document = documents.into_iter().next().unwrap_or_default();
        let spans = document.spans.iter().map(|span| {
            let links: Vec<String> = span.remarks.links.iter().map(ToString::to_string).collect();
            format!("{} {:?} {}", span.label, span.fragments, links.join(" ")).trim_end().to_owned()
        });
        Ok((document.text.clone(), spans.collect()))
    }

    /// Lines of words: form and MISC.
    fn words(words: &[(&str, &str, &str)]) -> String {
        let line = |(id, form, misc): &(&str, &str, &str)| format!("{id}\t{form}\t_\t_\t_\t_\t_\t_\t_\t{misc}\n");
        words.iter().map(line).collect::<Vec<_>>().concat()
    }

    #[test]
    fn brackets_nest_cross_and_have_parts() {
        let source = format!(
            "# newdoc id = a\n# global.Entity = eid-etype-head-other\n# text = Bà Lan Anh ở Huế\n{}\n",
            words(&[
                ("1", "Bà", "Entity=(e1-person-2-(e2[1/2]-x-1-"),
                ("2", "Lan", "Entity=(e3-person-1-link:wd%3AQ1)e2[1/2])"),
                ("3", "Anh", "Entity=e1)"),
                ("4", "ở", "_"),
                ("5", "Huế", "Entity=(e2[2/2]-x-1-)|SpaceAfter=No"),
            ])
        );
        let (text, spans) = shown(&source).expect("CoNLL-U");
        assert_eq!(text, "Bà Lan Anh ở Huế");
        assert_eq!(spans, ["person [(0, 10)]", "x [(0, 6), (13, 16)]", "person [(3, 6)] wd:Q1"]);
    }

    #[test]
    fn ranges_empty_nodes_and_parts_of_other_names() {
        let source = format!(
            "# global.Entity = eid-etype-infstat-identity\n{}\n{}",
            words(&[
                ("1-2", "vámonos", "SpaceAfter=No"),
                ("1", "vamos", "Entity=(7-person-giv-Lan"),
                ("2", "nos", "Entity=7)"),
                ("2.1", "_", "_"),
                ("3", ".", "_"),
            ]),
            words(&[("1", "Si", "SpacesAfter=\\s\\n")])
        );
        let (text, spans) = shown(&source).expect("CoNLL-U");
        assert_eq!((text.as_str(), spans), ("vámonos.\nSi \n", vec!["person [(0, 7)] Lan".to_owned()]));
    }

    #[test]
    fn what_is_wrong_is_named_with_its_line() {
        let wrong = |source: &str| shown(source).expect_err(source);
        assert_eq!(wrong("# text = a\na\n"), "line 2: the line has no TAB; ten columns parted by TABs are wanted");
        assert_eq!(wrong("1\ta\t_\n"), "line 1: the line has 3 columns; ten are wanted");
        let one = |misc: &str| words(&[("1", "a", misc)]);
        assert_eq!(wrong(&one("Entity=e1)")), "line 1: `e1)` in `Entity` closes what is not open");
        assert_eq!(wrong(&one("Entity=(e1-p-1-")), "line 1: `(e1` in `Entity` is never closed");
        assert_eq!(wrong(&one("Entity=e1")), "line 1: `e1` in `Entity` is no bracket");
        assert_eq!(wrong(&words(&[("x", "a", "_")])), "line 1: `x` is no number of a word, like 7, 7-8 or 7.1");
        assert_eq!(shown("").map(|(text, _)| text), Ok(String::new()));
    }

    #[test]
    fn mentions_of_one_entity_without_a_link_are_equivalent() {
        let source = words(&[("1", "Lan", "Entity=(e1-p-1-)"), ("2", "she", "Entity=(e1-p-1-)")]);
        let documents = read(&source, &mut LossList::default()).expect("CoNLL-U");
        assert_eq!(
            documents[0].equivalences,
            [AnnotatedEquivalence { label: COREFERENCE.to_owned(), members: vec![0, 1] }]
        );
    }
}
