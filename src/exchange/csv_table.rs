//! A table of all annotations: one row a span, relation, event, equivalence, attribute, link or note.
//!
//! Columns: `document,kind,id,type,target,start,end,text`. The texts stay files of their own. Nothing is lost. Fields
//! are quoted as RFC 4180 says.

use std::collections::BTreeMap;

use super::error::ExchangeError;
use crate::annotation::{
    AnnotatedDocument, AnnotatedEquivalence, AnnotatedEvent, AnnotatedRelation, AnnotatedSpan, AnnotatedTarget,
    EntryLink, Remarks,
};

const COLUMNS: [&str; 8] = ["document", "kind", "id", "type", "target", "start", "end", "text"];

/// Writes the table.
pub(super) fn write(documents: &[AnnotatedDocument]) -> String {
    let mut table = csv::Writer::from_writer(Vec::new());
    let mut rows: Vec<[String; 8]> = vec![COLUMNS.map(str::to_owned)];
    for document in documents {
        add_rows(document, &mut rows);
    }
    for row in rows {
        // Writing into memory does not fail, and all rows have as many fields.
        let _ = table.write_record(row);
    }
    table.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
}

fn add_rows(document: &AnnotatedDocument, rows: &mut Vec<[String; 8]>) {
    let letters: Vec<char> = document.text.chars().collect();
    let mut row = |kind: &str, id: &str, label: &str, target: &str, start: String, end: String, text: String| {
        rows.push([document.name.clone(), kind.into(), id.into(), label.into(), target.into(), start, end, text]);
    };
    let name = |target: &AnnotatedTarget| match target {
        AnnotatedTarget::Span(number) => document.spans[*number].id.as_str(),
        AnnotatedTarget::Event(number) => document.events[*number].id.as_str(),
    };
    let mut remarks: Vec<(&str, &Remarks)> = Vec::new();
    for span in &document.spans {
        let list = |side: fn(&(u32, u32)) -> u32| {
            span.fragments.iter().map(|one| side(one).to_string()).collect::<Vec<_>>().join(";")
        };
        let words: Vec<String> = span
            .fragments
            .iter()
            .map(|&(start, end)| letters.get(start as usize..end as usize).unwrap_or_default().iter().collect())
            .collect();
        row("span", &span.id, &span.label, "", list(|one| one.0), list(|one| one.1), words.join(" "));
        remarks.push((&span.id, &span.remarks));
    }
    for event in &document.events {
        let arguments: Vec<String> =
            event.arguments.iter().map(|(role, target)| format!("{role}:{}", name(target))).collect();
        let target = std::iter::once(document.spans[event.trigger].id.clone()).chain(arguments).collect::<Vec<_>>();
        row("event", &event.id, &event.label, &target.join(" "), String::new(), String::new(), String::new());
        remarks.push((&event.id, &event.remarks));
    }
    for relation in &document.relations {
        let target = relation.arguments.each_ref().map(|(role, target)| format!("{role}:{}", name(target)));
        row("relation", &relation.id, &relation.label, &target.join(" "), String::new(), String::new(), String::new());
        remarks.push((&relation.id, &relation.remarks));
    }
    for equivalence in &document.equivalences {
        let members: Vec<&str> = equivalence.members.iter().map(|number| document.spans[*number].id.as_str()).collect();
        row("equivalence", "*", &equivalence.label, &members.join(" "), String::new(), String::new(), String::new());
    }
    for (id, remarks) in remarks {
        for (name, value) in &remarks.attributes {
            // An attribute without a value is told from one whose value is empty by its kind.
            let kind = if value.is_some() { "attribute" } else { "flag" };
            row(kind, "", name, id, String::new(), String::new(), value.clone().unwrap_or_default());
        }
        for link in &remarks.links {
            row("link", "", &link.database, id, String::new(), String::new(), link.entry.clone());
        }
        for (kind, text) in &remarks.notes {
            row("note", "", kind, id, String::new(), String::new(), text.clone());
        }
    }
}

/// Reads the table; `text_of` gives the texts.
pub(super) fn read(
    source: &str,
    text_of: &dyn Fn(&str) -> Option<String>,
) -> Result<Vec<AnnotatedDocument>, ExchangeError> {
    let source = source.strip_prefix('\u{feff}').unwrap_or(source);
    let mut reader = csv::ReaderBuilder::new().from_reader(source.as_bytes());
    let wrong = |error: csv::Error| {
        let line = error.position().map_or(1, csv::Position::line);
        ExchangeError::new(line as usize, error.to_string())
    };
    let header = reader.headers().map_err(wrong)?.clone();
    let mut columns = [0; 8];
    for (column, name) in columns.iter_mut().zip(COLUMNS) {
        *column = header.iter().position(|given| given == name).ok_or_else(|| {
            ExchangeError::new(1, format!("there is no column `{name}`; wanted are {}", COLUMNS.join(", ")))
        })?;
    }
    let mut documents: Vec<AnnotatedDocument> = Vec::new();
    let mut numbers: BTreeMap<String, usize> = BTreeMap::new();
    // What refers to other rows waits until all spans and events are there.
    let mut later: Vec<(usize, usize, [String; 4])> = Vec::new();
    for record in reader.records() {
        let record = record.map_err(wrong)?;
        let line = record.position().map_or(1, csv::Position::line) as usize;
        let [name, kind, id, label, target, start, end, text] =
            columns.map(|column| record.get(column).unwrap_or_default());
        let number = match numbers.get(name) {
            Some(number) => *number,
            None => {
                let text = text_of(name)
                    .ok_or_else(|| ExchangeError::new(line, format!("the text `{name}.txt` is not there")))?;
                numbers.insert(name.to_owned(), documents.len());
                documents.push(AnnotatedDocument { name: name.to_owned(), text, ..AnnotatedDocument::default() });
                documents.len() - 1
            }
        };
        if kind == "span" {
            let length = documents[number].text.chars().count() as u32;
            let fragments = fragments(start, end).filter(|all| all.iter().all(|one| one.0 <= one.1 && one.1 <= length));
            let Some(fragments) = fragments else {
                return Err(ExchangeError::new(
                    line,
                    format!("`{start}` to `{end}` is no place in the text, which has {length} code points"),
                ));
            };
            documents[number].spans.push(AnnotatedSpan {
                id: id.to_owned(),
                label: label.to_owned(),
                fragments,
                remarks: Remarks::default(),
            });
        } else if kind == "event" {
            documents[number].events.push(AnnotatedEvent {
                id: id.to_owned(),
                label: label.to_owned(),
                trigger: 0,
                arguments: Vec::new(),
                remarks: Remarks::default(),
            });
            later.push((line, number, [kind, id, target, text].map(str::to_owned)));
        } else if kind == "relation" || kind == "equivalence" {
            let id = if kind == "relation" { id } else { "*" };
            later.push((line, number, [kind, &format!("{id} {label}"), target, text].map(str::to_owned)));
        } else {
            later.push((line, number, [kind, label, target, text].map(str::to_owned)));
        }
    }
    // Relations before what is said of them.
    later.sort_by_key(|(_, _, [kind, ..])| matches!(kind.as_str(), "attribute" | "flag" | "link" | "note"));
    for (line, number, [kind, head, target, text]) in later {
        add_row(&mut documents[number], &kind, &head, &target, text)
            .ok_or_else(|| ExchangeError::new(line, format!("the {kind} refers to `{target}`, which is not there")))?;
    }
    Ok(documents)
}

fn fragments(starts: &str, ends: &str) -> Option<Vec<(u32, u32)>> {
    let numbers = |list: &str| list.split(';').map(|one| one.trim().parse().ok()).collect::<Option<Vec<u32>>>();
    let (starts, ends) = (numbers(starts)?, numbers(ends)?);
    let mut fragments: Vec<(u32, u32)> = starts.iter().copied().zip(ends.iter().copied()).collect();
    fragments.sort_unstable();
    (starts.len() == ends.len()).then_some(fragments)
}

fn add_row(document: &mut AnnotatedDocument, kind: &str, head: &str, target: &str, text: String) -> Option<()> {
    let span = |document: &AnnotatedDocument, id: &str| document.spans.iter().position(|span| span.id == id);
    let event = |document: &AnnotatedDocument, id: &str| document.events.iter().position(|event| event.id == id);
    let any = |document: &AnnotatedDocument, id: &str| {
        span(document, id).map(AnnotatedTarget::Span).or_else(|| event(document, id).map(AnnotatedTarget::Event))
    };
    let argument = |document: &AnnotatedDocument, word: &str| {
        let (role, id) = word.split_once(':')?;
        Some((role.to_owned(), any(document, id)?))
    };
    match kind {
        "event" => {
            let number = event(document, head)?;
            let mut words = target.split(' ');
            document.events[number].trigger = span(document, words.next()?)?;
            document.events[number].arguments =
                words.map(|word| argument(document, word)).collect::<Option<Vec<_>>>()?;
        }
        "relation" => {
            let (id, label) = head.split_once(' ')?;
            let ends: Vec<_> = target.split(' ').map(|word| argument(document, word)).collect::<Option<_>>()?;
            let arguments: [_; 2] = ends.try_into().ok()?;
            let (id, label) = (id.to_owned(), label.to_owned());
            document.relations.push(AnnotatedRelation { id, label, arguments, remarks: Remarks::default() });
        }
        "equivalence" => {
            let members = target.split(' ').map(|id| span(document, id)).collect::<Option<Vec<_>>>()?;
            let label = head.split_once(' ').map_or(head, |(_, label)| label).to_owned();
            document.equivalences.push(AnnotatedEquivalence { label, members });
        }
        _ => {
            let remarks = match (any(document, target), document.relations.iter().position(|one| one.id == target)) {
                (Some(AnnotatedTarget::Span(number)), _) => &mut document.spans[number].remarks,
                (Some(AnnotatedTarget::Event(number)), _) => &mut document.events[number].remarks,
                (None, Some(number)) => &mut document.relations[number].remarks,
                (None, None) => return None,
            };
            match kind {
                "attribute" => remarks.attributes.push((head.to_owned(), Some(text))),
                "flag" => remarks.attributes.push((head.to_owned(), None)),
                "link" => remarks.links.push(EntryLink { database: head.to_owned(), entry: text }),
                "note" => remarks.notes.push((head.to_owned(), text)),
                _ => return None,
            }
        }
    }
    Some(())
}

#[cfg(test)]
mod tests {

    #[test]
    fn what_is_wrong_is_named_with_its_line() {
        let read = |rows: &str| {
            let source = format!("document,kind,id,type,target,start,end,text\n{rows}");
            let text_of = |name: &str| (name == "a").then(|| "Lan ở Huế".to_owned());
            super::read(&source, &text_of).map(|all| all.len()).map_err(|error| error.to_string())
        };
        assert_eq!(read("a,span,T1,Person,,0,3,Lan\n"), Ok(1));
        assert_eq!(read("b,span,T1,Person,,0,3,Lan\n"), Err("line 2: the text `b.txt` is not there".to_owned()));
        assert_eq!(
            read("a,span,T1,Person,,0,30,Lan\n"),
            Err("line 2: `0` to `30` is no place in the text, which has 9 code points".to_owned())
        );
        assert_eq!(
            read("a,relation,R1,In,Arg1:T1 Arg2:T2,,,\n"),
            Err("line 2: the relation refers to `Arg1:T1 Arg2:T2`, which is not there".to_owned())
        );
        assert!(super::read("a,b\n", &|_| None).unwrap_err().to_string().contains("no column `document`"));
    }
}
