//! WebAnno TSV 3.3, the tables of WebAnno and INCEpTION: one row a token, layers in columns, offsets in UTF-16.
//!
//! An annotation is a `NamedEntity` with its type as `value` and its first link as `identifier`; attributes and notes
//! have columns of their own, where a document has any. A relation is a row's `EntityRelation`: the annotation of the
//! row depends on the one that the row names. When read, layers of INCEpTION's users (`webanno.custom.…`) become
//! annotations too; layers about words are named and left out. A sentence is a line of the text. Deliberately absent:
//! versions 1 and 2 of the format, which are recognised and refused.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use rustc_hash::FxHashMap;

use super::error::ExchangeError;
use super::file::ImportFile;
use super::loss::{LossKind, LossList};
use super::tokens::{covered, sentences, tokens_of};
use super::utf16::Utf16Offsets;
use super::webanno_layout::{TsvLayer, TsvLayerSort, TsvValue, escaped, unescaped, values};
use crate::annotation::{AnnotatedDocument, AnnotatedRelation, AnnotatedSpan, AnnotatedTarget, EntryLink, Remarks};

const ENTITY: &str = "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity";
const ENTITIES: &str = "de.tudarmstadt.ukp.dkpro.core.api.ner.type.";
const DKPRO: &str = "de.tudarmstadt.ukp.";
const RELATION: &str = "webanno.custom.EntityRelation";

/// The start of the columns that hold notes; the type of the notes follows.
const NOTE: &str = "note.";

/// An annotation that a row can hold.
struct TsvSpan<'d> {
    span: &'d AnnotatedSpan,
    tokens: std::ops::Range<usize>,
    /// The number that joins its rows; 0 for one that is alone on one row.
    id: u32,
}

/// Writes a document.
pub(super) fn write(document: &AnnotatedDocument, losses: &mut LossList) -> String {
    let tokens = tokens_of(document);
    let lines = sentences(&document.text, &tokens);
    let offsets = Utf16Offsets::new(&document.text);
    let mut spans: Vec<Option<TsvSpan<'_>>> = Vec::new();
    let sentence_of = |token: usize| lines.partition_point(|line| line.end <= token);
    for span in &document.spans {
        let place = match span.fragments[..] {
            [fragment] => covered(&tokens, fragment).ok_or(match fragment.0 == fragment.1 {
                true => LossKind::Empty,
                false => LossKind::Boundary,
            }),
            _ => Err(LossKind::Discontinuous),
        };
        // INCEpTION's layers end with the sentence.
        let place = match place {
            Ok(tokens) if sentence_of(tokens.start) != sentence_of(tokens.end - 1) => Err(LossKind::Boundary),
            other => other,
        };
        spans.push(match place {
            Ok(tokens) => Some(TsvSpan { span, tokens, id: 0 }),
            Err(kind) => {
                losses.add(&document.name, &span.id, kind);
                None
            }
        });
    }
    let on_token = stack(&mut spans, tokens.len());
    let columns = feature_columns(&spans);
    spans.iter().flatten().for_each(|span| name_losses(document, span.span, &columns, losses));
    let relations = relations(document, &spans, &lines, losses);
    losses.add_events_and_equivalences(document);

    let mut out = format!("#FORMAT=WebAnno TSV 3.3\n#T_SP={ENTITY}|identifier|value");
    columns.iter().for_each(|column| {
        let _ = write!(out, "|{column}");
    });
    out.push('\n');
    if !relations.is_empty() {
        let _ = writeln!(out, "#T_RL={RELATION}|label|BT_{ENTITY}");
    }
    out.push('\n');
    let mut rebuilt = String::new();
    let mut units = 0;
    for (number, line) in lines.iter().enumerate() {
        let of_it = &tokens[line.clone()];
        let text = &document.text[of_it[0].bytes.0..of_it[of_it.len() - 1].bytes.1];
        fill_gap(&mut rebuilt, &mut units, offsets.units(of_it[0].start));
        rebuilt.push_str(text);
        units = offsets.units(of_it[of_it.len() - 1].end);
        let shown = text.replace('\\', "\\\\").replace('\t', "\\t").replace('\r', "\\r").replace('\n', "\\n");
        let _ = writeln!(out, "\n#Text={shown}");
        for (place, token) in of_it.iter().enumerate() {
            let at = line.start + place;
            let (begin, end) = (offsets.units(token.start), offsets.units(token.end));
            let form = &document.text[token.bytes.0..token.bytes.1];
            let _ = write!(out, "{}-{}\t{begin}-{end}\t{form}\t", number + 1, place + 1);
            let here: Vec<&TsvSpan<'_>> = on_token[at].iter().filter_map(|span| spans[*span].as_ref()).collect();
            for cell in cells(&here, &columns) {
                let _ = write!(out, "{cell}\t");
            }
            if !relations.is_empty() {
                let all = relations.get(&at).map_or(&[][..], Vec::as_slice);
                let join = |side: fn(&(String, String)) -> &String| match all {
                    [] => "_".to_owned(),
                    all => all.iter().map(|one| side(one).as_str()).collect::<Vec<_>>().join("|"),
                };
                let _ = write!(out, "{}\t{}\t", join(|one| &one.0), join(|one| &one.1));
            }
            out.push('\n');
        }
    }
    end_text(&mut rebuilt);
    if rebuilt != document.text {
        losses.add(&document.name, "", LossKind::WhiteSpace);
    }
    out
}

/// Gives numbers to annotations of several tokens or on a token with others; returns the annotations on each token.
fn stack(spans: &mut [Option<TsvSpan<'_>>], tokens: usize) -> Vec<Vec<usize>> {
    let mut on_token: Vec<Vec<usize>> = vec![Vec::new(); tokens];
    for (number, span) in spans.iter().enumerate() {
        let Some(span) = span else { continue };
        span.tokens.clone().for_each(|token| on_token[token].push(number));
    }
    let mut next = 0;
    for span in spans.iter_mut().flatten() {
        let is_stacked = span.tokens.clone().any(|token| on_token[token].len() > 1);
        if is_stacked || span.tokens.len() > 1 {
            next += 1;
            span.id = next;
        }
    }
    on_token
}

/// The columns for attributes and notes.
fn feature_columns(spans: &[Option<TsvSpan<'_>>]) -> Vec<String> {
    let mut names: BTreeSet<String> = BTreeSet::new();
    for span in spans.iter().flatten() {
        let Remarks { attributes, notes, .. } = &span.span.remarks;
        names.extend(attributes.iter().map(|(name, _)| name.clone()));
        names.extend(notes.iter().map(|(kind, _)| format!("{NOTE}{kind}")));
    }
    // Letters of a name of a feature; the other names cannot be columns.
    let is_plain = |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '-' | '.');
    let is_free =
        |name: &str| !matches!(name, "identifier" | "value") && !name.starts_with("BT_") && !name.starts_with("ROLE_");
    names.into_iter().filter(|name| !name.is_empty() && name.chars().all(is_plain) && is_free(name)).collect()
}

/// The value of a span in a column: the first one, since a cell has one for each annotation.
fn value_in(span: &AnnotatedSpan, column: &str) -> Option<String> {
    let note = column.strip_prefix(NOTE).and_then(|kind| span.remarks.notes.iter().find(|(known, _)| known == kind));
    if let Some((_, text)) = note {
        return Some(text.clone());
    }
    let (_, value) = span.remarks.attributes.iter().find(|(name, _)| name == column)?;
    Some(value.clone().unwrap_or_else(|| "true".to_owned()))
}

/// Names what of a span has no column, or no place in it.
fn name_losses(document: &AnnotatedDocument, span: &AnnotatedSpan, columns: &[String], losses: &mut LossList) {
    let mut seen: BTreeSet<String> = BTreeSet::new();
    let mut is_held = |name: String| columns.contains(&name) && seen.insert(name);
    for (name, value) in &span.remarks.attributes {
        // `true` is written for an attribute without a value; an empty value could not be told from none.
        let says = value.as_ref().is_none_or(|value| !value.is_empty() && value != "true");
        if !(is_held(name.clone()) && says) {
            losses.add(&document.name, &span.id, LossKind::Attribute);
        }
    }
    for (kind, text) in &span.remarks.notes {
        if !is_held(format!("{NOTE}{kind}")) || text.is_empty() {
            losses.add(&document.name, &span.id, LossKind::Note);
        }
    }
    span.remarks.links.iter().skip(1).for_each(|_| losses.add(&document.name, &span.id, LossKind::Link));
}

/// The cells of a token: one for each feature.
fn cells(here: &[&TsvSpan<'_>], columns: &[String]) -> Vec<String> {
    let cell = |value: &dyn Fn(&AnnotatedSpan) -> Option<String>| match here {
        [] => "_".to_owned(),
        all => {
            let written = all.iter().map(|one| {
                let value = value(one.span).map_or_else(|| "*".to_owned(), |value| escaped(&value));
                if one.id > 0 { format!("{value}[{}]", one.id) } else { value }
            });
            written.collect::<Vec<_>>().join("|")
        }
    };
    let mut cells =
        vec![cell(&|span| span.remarks.links.first().map(ToString::to_string)), cell(&|span| Some(span.label.clone()))];
    cells.extend(columns.iter().map(|name| cell(&|span| value_in(span, name))));
    cells
}

/// The relations on each row: the label, and the row that is referred to.
fn relations(
    document: &AnnotatedDocument,
    spans: &[Option<TsvSpan<'_>>],
    lines: &[std::ops::Range<usize>],
    losses: &mut LossList,
) -> BTreeMap<usize, Vec<(String, String)>> {
    let mut rows: BTreeMap<usize, Vec<(String, String)>> = BTreeMap::new();
    let address = |token: usize| {
        let line = lines.partition_point(|line| line.end <= token);
        format!("{}-{}", line + 1, token - lines[line].start + 1)
    };
    for relation in &document.relations {
        let ends = relation.arguments.each_ref().map(|(_, target)| match target {
            AnnotatedTarget::Span(number) => spans[*number].as_ref(),
            AnnotatedTarget::Event(_) => None,
        });
        let is_plain = relation.arguments[0].0 == "Arg1" && relation.arguments[1].0 == "Arg2";
        let [Some(governor), Some(dependent)] = ends.map(|end| end.filter(|_| is_plain && !relation.label.is_empty()))
        else {
            losses.add(&document.name, &relation.id, LossKind::Relation);
            continue;
        };
        if !relation.remarks.is_empty() {
            losses.add(&document.name, &relation.id, LossKind::RemarkOnRelation);
        }
        let mut target = address(governor.tokens.start);
        if governor.id > 0 || dependent.id > 0 {
            let _ = write!(target, "[{}_{}]", governor.id, dependent.id);
        }
        rows.entry(dependent.tokens.start).or_default().push((escaped(&relation.label), target));
    }
    rows
}

/// Brings the text to the place where a sentence begins: a line end, then spaces.
fn fill_gap(text: &mut String, units: &mut u32, begin: u32) {
    while *units < begin {
        text.push(if text.is_empty() || text.ends_with([' ', '\n']) { ' ' } else { '\n' });
        *units += 1;
    }
}

/// Ends the last line.
fn end_text(text: &mut String) {
    if !text.is_empty() {
        text.push('\n');
    }
}

/// Reads a document.
pub(super) fn read(file: ImportFile<'_>, losses: &mut LossList) -> Result<AnnotatedDocument, ExchangeError> {
    let source = file.text.strip_prefix('\u{feff}').unwrap_or(file.text);
    let mut lines = source.split('\n').map(|line| line.strip_suffix('\r').unwrap_or(line)).enumerate().peekable();
    match lines.next().map(|(_, line)| line) {
        Some(line) if line.starts_with("#FORMAT=WebAnno TSV 3") => {}
        Some(line) if line.starts_with("# ") || line.starts_with("#id=") => {
            return Err(ExchangeError::new(1, "this is WebAnno TSV 1 or 2; export it as WebAnno TSV 3.3"));
        }
        _ => return Err(ExchangeError::new(1, "the first line is not `#FORMAT=WebAnno TSV 3.3`")),
    }
    let mut reader = TsvReader::default();
    while let Some((_, line)) = lines.next_if(|(_, line)| !line.is_empty()) {
        if let Some(layer) = TsvLayer::parse(line, reader.columns) {
            reader.columns += layer.columns();
            reader.layers.push(layer);
        }
    }
    while let Some((number, line)) = lines.next() {
        if let Some(text) = line.strip_prefix("#Text=") {
            let mut text = unescaped(text);
            // A line end of the text ends a `#Text=` line.
            while let Some((_, more)) = lines.next_if(|(_, line)| line.starts_with("#Text=")) {
                text.push('\n');
                text.push_str(&unescaped(&more["#Text=".len()..]));
            }
            reader.sentence = Some(text);
        } else if !line.is_empty() && !line.starts_with('#') {
            reader.row(line, number + 1)?;
        }
    }
    reader.finish(file.name, losses)
}

/// An annotation that rows say: where it is, and what it says.
#[derive(Default)]
struct TsvMark {
    layer: usize,
    units: (u32, u32),
    features: Vec<(String, String)>,
    line: usize,
}

/// A relation of a row, by the addresses that it names.
struct TsvRelation {
    layer: usize,
    label: Option<String>,
    others: Vec<(String, String)>,
    governor: (String, u32),
    dependent: (String, u32),
}

#[derive(Default)]
struct TsvReader {
    layers: Vec<TsvLayer>,
    columns: usize,
    text: String,
    units: u32,
    /// The text of the sentence whose first token comes next.
    sentence: Option<String>,
    marks: Vec<TsvMark>,
    /// Annotations by layer and number, and those of a row without a number.
    numbered: FxHashMap<(usize, u32), usize>,
    on_row: FxHashMap<(usize, String), usize>,
    relations: Vec<TsvRelation>,
    left_out: BTreeSet<String>,
}

impl TsvReader {
    fn row(&mut self, line: &str, number: usize) -> Result<(), ExchangeError> {
        let cells: Vec<&str> = line.split('\t').collect();
        let &[address, place, _, ..] = &cells[..] else {
            return Err(ExchangeError::new(number, format!("`{line}` has no columns for place and token")));
        };
        let units = place.split_once('-').and_then(|(begin, end)| Some((begin.parse().ok()?, end.parse().ok()?)));
        let units: (u32, u32) = units
            .filter(|(begin, end)| begin <= end)
            .ok_or_else(|| ExchangeError::new(number, format!("`{place}` is no place, like 0-4 in UTF-16 units")))?;
        if let Some(text) = self.sentence.take() {
            if units.0 < self.units {
                return Err(ExchangeError::new(number, format!("`{place}` lies in the sentence before")));
            }
            // Nothing that people write has a gap of megabytes; a wrong number must not fill the memory.
            if units.0 - self.units > MOST_GAP {
                return Err(ExchangeError::new(number, format!("`{place}` is far behind the sentence before")));
            }
            fill_gap(&mut self.text, &mut self.units, units.0);
            self.units += text.encode_utf16().count() as u32;
            self.text.push_str(&text);
        }
        if units.1 > self.units {
            return Err(ExchangeError::new(number, format!("`{place}` lies behind the text of the sentence")));
        }
        for layer in 0..self.layers.len() {
            let first = 3 + self.layers[layer].column;
            let of_layer: Vec<Vec<TsvValue>> = (first..first + self.layers[layer].columns())
                .map(|column| values(cells.get(column).copied().unwrap_or("_"), number))
                .collect::<Result<_, _>>()?;
            match self.layers[layer].sort {
                TsvLayerSort::Chain => {
                    if of_layer.iter().any(|values| !values.is_empty()) {
                        self.left_out.insert(self.layers[layer].name.clone());
                    }
                }
                TsvLayerSort::Span => self.add_marks(layer, &of_layer, address, units, number),
                TsvLayerSort::Relation => self.add_relations(layer, &of_layer, address),
            }
        }
        Ok(())
    }

    fn add_marks(&mut self, layer: usize, values: &[Vec<TsvValue>], address: &str, units: (u32, u32), line: usize) {
        let count = values.iter().map(Vec::len).max().unwrap_or(0);
        for stacked in 0..count {
            let here = |column: usize| values[column].get(stacked);
            let id = (0..values.len()).filter_map(&here).map(|value| value.id).max().unwrap_or(0);
            let known = if id > 0 { self.numbered.get(&(layer, id)).copied() } else { None };
            if let Some(mark) = known {
                let mark = &mut self.marks[mark];
                mark.units = (mark.units.0.min(units.0), mark.units.1.max(units.1));
                continue;
            }
            let names = self.layers[layer].features.iter();
            let features =
                names.enumerate().filter_map(|(column, name)| Some((name.clone(), here(column)?.value.clone()?)));
            let features = features.collect();
            if id > 0 {
                self.numbered.insert((layer, id), self.marks.len());
            }
            self.on_row.entry((layer, address.to_owned())).or_insert(self.marks.len());
            self.marks.push(TsvMark { layer, units, features, line });
        }
    }

    fn add_relations(&mut self, layer: usize, values: &[Vec<TsvValue>], address: &str) {
        let names = &self.layers[layer].features;
        let Some(base) = names.iter().position(|name| name.starts_with("BT_")) else { return };
        for (stacked, target) in values[base].iter().enumerate() {
            let Some(governor) = &target.value else { continue };
            let mut said = names
                .iter()
                .enumerate()
                .filter(|(column, _)| *column != base)
                .filter_map(|(column, name)| Some((name.clone(), values[column].get(stacked)?.value.clone()?)));
            let label = said.next().map(|(_, value)| value);
            self.relations.push(TsvRelation {
                layer,
                label,
                others: said.collect(),
                governor: (governor.clone(), target.id),
                dependent: (address.to_owned(), target.second_id),
            });
        }
    }

    fn finish(mut self, name: &str, losses: &mut LossList) -> Result<AnnotatedDocument, ExchangeError> {
        end_text(&mut self.text);
        let offsets = Utf16Offsets::new(&self.text);
        let mut document = AnnotatedDocument { name: name.to_owned(), ..AnnotatedDocument::default() };
        // The span that each annotation became; none for a layer about words.
        let mut spans: Vec<Option<usize>> = Vec::with_capacity(self.marks.len());
        for mark in &self.marks {
            let layer = &self.layers[mark.layer];
            if layer.name.starts_with(DKPRO) && !layer.name.starts_with(ENTITIES) {
                self.left_out.insert(layer.name.clone());
                spans.push(None);
                continue;
            }
            let (Some(start), Some(end)) = (offsets.chars(mark.units.0), offsets.chars(mark.units.1)) else {
                return Err(ExchangeError::new(mark.line, "an annotation begins or ends inside a letter"));
            };
            spans.push(Some(document.spans.len()));
            let mut span = AnnotatedSpan {
                id: format!("T{}", document.spans.len() + 1),
                fragments: vec![(start, end)],
                ..AnnotatedSpan::default()
            };
            for (name, value) in &mark.features {
                match name.as_str() {
                    "value" => value.clone_into(&mut span.label),
                    "identifier" => span.remarks.links.push(EntryLink::parse(value)),
                    name if name.starts_with(NOTE) => {
                        span.remarks.notes.push((name[NOTE.len()..].to_owned(), value.clone()));
                    }
                    // Slots name rows, which have no meaning here.
                    name if name.starts_with("ROLE_") || name == "uima.tcas.Annotation" => {
                        self.left_out.insert(name.to_owned());
                    }
                    _ => span.remarks.attributes.push((name.clone(), (value != "true").then(|| value.clone()))),
                }
            }
            if span.label.is_empty() {
                layer.short_name().clone_into(&mut span.label);
            }
            document.spans.push(span);
        }
        for relation in &self.relations {
            let layer = &self.layers[relation.layer];
            let base = layer.features.iter().find_map(|name| name.strip_prefix("BT_")).unwrap_or_default();
            let base = self.layers.iter().position(|layer| layer.sort == TsvLayerSort::Span && layer.name == base);
            let end = |(row, id): &(String, u32)| {
                let base = base?;
                let mark =
                    if *id > 0 { self.numbered.get(&(base, *id)) } else { self.on_row.get(&(base, row.clone())) };
                mark.and_then(|mark| spans[*mark]).map(AnnotatedTarget::Span)
            };
            let (Some(governor), Some(dependent)) = (end(&relation.governor), end(&relation.dependent)) else {
                self.left_out.insert(layer.name.clone());
                continue;
            };
            let attributes = relation.others.iter().map(|(name, value)| (name.clone(), Some(value.clone()))).collect();
            document.relations.push(AnnotatedRelation {
                id: format!("R{}", document.relations.len() + 1),
                label: relation.label.clone().unwrap_or_else(|| layer.short_name().to_owned()),
                arguments: [("Arg1".to_owned(), governor), ("Arg2".to_owned(), dependent)],
                remarks: Remarks { attributes, ..Remarks::default() },
            });
        }
        self.left_out.iter().for_each(|layer| losses.add(name, layer, LossKind::OtherLayer));
        document.text = self.text;
        Ok(document)
    }
}

/// The longest gap between two sentences, in UTF-16 units.
const MOST_GAP: u32 = 1 << 20;

#[cfg(test)]
mod tests {
    use super::*;

    fn import(text: &str) -> Result<AnnotatedDocument, String> {
        let file = ImportFile { text, name: "a", text_of: &|_| None };
        read(file, &mut LossList::default()).map_err(|error| error.to_string())
    }

    #[test]
    fn rows_of_inception_are_read() {
        let source = "#FORMAT=WebAnno TSV 3.3\n\
             #T_SP=de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity|identifier|value\n\
             #T_SP=webanno.custom.Stance|kind\n\
             #T_RL=webanno.custom.Rel|label|BT_de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity\n\n\n\
             #Text=😀 Lan Anh in Huế\n\
             1-1\t0-2\t😀\t_\t_\t_\t_\t_\t\n\
             1-2\t3-6\tLan\thttp://x/1[1]\tPER[1]\t_\t_\t_\t\n\
             1-3\t7-10\tAnh\thttp://x/1[1]\tPER[1]|GIV[2]\tpro\t_\t_\t\n\
             1-4\t11-13\tin\t_\t_\t_\t_\t_\t\n\
             1-4.1\t12-13\tn\t*\tX\t_\t_\t_\t\n\
             1-5\t14-17\tHuế\t*\tLOC\t_\tlives\\_in\t1-2[1_0]\t\n\n\
             #Text=Ja.\n2-1\t18-20\tJa\t_\t_\t_\t_\t_\t\n";
        let document = import(source).expect("WebAnno TSV");
        assert_eq!(document.text, "😀 Lan Anh in Huế\nJa.\n");
        let shown: Vec<String> =
            document.spans.iter().map(|span| format!("{} {:?}", span.label, span.fragments)).collect();
        assert_eq!(shown, ["PER [(2, 9)]", "GIV [(6, 9)]", "Stance [(6, 9)]", "X [(11, 12)]", "LOC [(13, 16)]"]);
        assert_eq!(document.spans[0].remarks.links[0].to_string(), "http://x/1");
        assert_eq!(document.spans[2].remarks.attributes, [("kind".to_owned(), Some("pro".to_owned()))]);
        let relation = &document.relations[0];
        assert_eq!(relation.label, "lives_in");
        assert_eq!(
            relation.arguments.each_ref().map(|(_, target)| *target),
            [AnnotatedTarget::Span(0), AnnotatedTarget::Span(4)]
        );
    }

    #[test]
    fn what_is_wrong_is_named_with_its_line() {
        let wrong = |source: &str| import(source).expect_err(source);
        assert_eq!(wrong(""), "line 1: the first line is not `#FORMAT=WebAnno TSV 3.3`");
        assert!(wrong("# webanno.custom.X | a\n").contains("TSV 1 or 2"));
        let rows = |rows: &str| format!("#FORMAT=WebAnno TSV 3.3\n#T_SP=a.B|c\n\n\n#Text=Lan\n{rows}");
        assert_eq!(wrong(&rows("1-1\tx\tLan\t_\n")), "line 6: `x` is no place, like 0-4 in UTF-16 units");
        assert_eq!(wrong(&rows("1-1\t0-9\tLan\t_\n")), "line 6: `0-9` lies behind the text of the sentence");
        assert_eq!(wrong(&rows("1-1\t0-3\tLan\ta[b]\n")), "line 6: `[b]` in `a[b]` is no number");
        assert!(wrong(&rows("1-1\t4000000000-4000000001\tLan\t_\n")).contains("far behind"));
        assert_eq!(import(&rows("1-1\t0-3\tLan\t_\n")).map(|document| document.text), Ok("Lan\n".to_owned()));
    }
}
