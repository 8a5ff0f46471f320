//! A document made fit for an annotation file: brat's lines have no place for white space in a name or a line break in
//! a span.
//!
//! Deliberately absent: characters that brat itself would not take in a type, but reads (letters with diacritics).

use rustc_hash::FxHashSet;

use super::document::{AnnotatedDocument, Remarks};

impl AnnotatedDocument {
    /// Makes the document one that its annotation file can say: names without white space, ids of brat, spans that
    /// cross no line end, notes of one line. Returns the ids of annotations in which a name or a note was changed; a
    /// span that is parted at a line end covers the same words.
    pub fn fit_for_standoff(&mut self) -> Vec<String> {
        let mut changed = Vec::new();
        self.part_at_line_ends();
        let mut taken: FxHashSet<String> = FxHashSet::default();
        let ids = self.spans.iter_mut().map(|span| ('T', &mut span.id));
        let ids = ids.chain(self.events.iter_mut().map(|event| ('E', &mut event.id)));
        let ids = ids.chain(self.relations.iter_mut().map(|relation| ('R', &mut relation.id)));
        let mut without: Vec<(char, &mut String)> = Vec::new();
        for (letter, id) in ids {
            let is_brat = id.strip_prefix(letter).is_some_and(|rest| rest.parse::<u32>().is_ok());
            if !is_brat || !taken.insert(id.clone()) {
                without.push((letter, id));
            }
        }
        let mut next = 1_u64;
        for (letter, id) in without {
            while !taken.insert(format!("{letter}{next}")) {
                next += 1;
            }
            *id = format!("{letter}{next}");
        }
        for span in &mut self.spans {
            note(&mut changed, &span.id, fit_name(&mut span.label, "Annotation") | fit_remarks(&mut span.remarks));
        }
        for event in &mut self.events {
            let mut any = fit_name(&mut event.label, "Event") | fit_remarks(&mut event.remarks);
            event.arguments.iter_mut().for_each(|(role, _)| any |= fit_name(role, "Argument"));
            note(&mut changed, &event.id, any);
        }
        for relation in &mut self.relations {
            let mut any = fit_name(&mut relation.label, "Relation") | fit_remarks(&mut relation.remarks);
            relation.arguments.iter_mut().for_each(|(role, _)| any |= fit_name(role, "Arg"));
            note(&mut changed, &relation.id, any);
        }
        for equivalence in &mut self.equivalences {
            note(&mut changed, "*", fit_name(&mut equivalence.label, "Equivalence"));
        }
        changed
    }

    /// Parts fragments at line ends, as brat does: a line of an annotation file holds no line end.
    fn part_at_line_ends(&mut self) {
        let breaks: Vec<u32> = self
            .text
            .chars()
            .enumerate()
            .filter(|(_, letter)| matches!(letter, '\n' | '\r'))
            .map(|(at, _)| at as u32)
            .collect();
        for span in &mut self.spans {
            span.fragments.sort_unstable();
            let crosses = |&(start, end): &(u32, u32)| {
                let next = breaks.partition_point(|at| *at < start);
                breaks.get(next).is_some_and(|at| *at < end)
            };
            if !span.fragments.iter().any(crosses) {
                continue;
            }
            let mut parts = Vec::new();
            for &(mut start, end) in &span.fragments {
                let first = breaks.partition_point(|at| *at < start);
                for &at in breaks[first..].iter().take_while(|at| **at < end) {
                    if start < at {
                        parts.push((start, at));
                    }
                    start = at + 1;
                }
                if start < end {
                    parts.push((start, end));
                }
            }
            // A span of line ends alone keeps its place, without a length.
            if parts.is_empty() {
                let start = span.extent().0;
                parts.push((start, start));
            }
            span.fragments = parts;
        }
    }
}

fn note(changed: &mut Vec<String>, id: &str, any: bool) {
    if any {
        changed.push(id.to_owned());
    }
}

/// Puts `_` in the place of what parts words in a line of the file. Tells whether anything changed.
fn fit_name(name: &mut String, otherwise: &str) -> bool {
    if name.is_empty() {
        otherwise.clone_into(name);
        return false;
    }
    let parts = |letter: char| letter.is_whitespace() || letter.is_control() || letter == ':';
    let changes = name.contains(parts);
    if changes {
        *name = name.replace(parts, "_");
    }
    changes
}

fn fit_remarks(remarks: &mut Remarks) -> bool {
    let breaks_line = |letter: char| matches!(letter, '\t' | '\n' | '\r');
    let fit_line = |line: &mut String| {
        let changes = line.contains(breaks_line);
        if changes {
            *line = line.trim().replace(breaks_line, " ");
        }
        changes
    };
    let mut any = false;
    for (name, value) in &mut remarks.attributes {
        any |= fit_name(name, "Attribute");
        if let Some(value) = value {
            any |= fit_line(value);
        }
    }
    for (kind, text) in &mut remarks.notes {
        any |= fit_name(kind, "AnnotatorNotes") | fit_line(text);
    }
    for link in &mut remarks.links {
        any |= !link.database.is_empty() && fit_name(&mut link.database, "registry");
        let parts = |letter: char| letter.is_whitespace() || letter.is_control();
        if link.entry.contains(parts) {
            link.entry = link.entry.trim().replace(parts, "_");
            any = true;
        }
    }
    // An entry without a name says nothing.
    remarks.links.retain(|link| !link.entry.is_empty());
    any
}

#[cfg(test)]
mod tests {
    use super::super::{AnnotatedSpan, EntryLink, Standoff};
    use super::*;

    #[test]
    fn what_a_line_cannot_say_is_changed_and_named() {
        let span = |id: &str, label: &str, fragments: &[(u32, u32)]| AnnotatedSpan {
            id: id.to_owned(),
            label: label.to_owned(),
            fragments: fragments.to_vec(),
            ..AnnotatedSpan::default()
        };
        let mut document =
            AnnotatedDocument { text: "Bà Lan\r\nở Huế\n".to_owned(), ..AnnotatedDocument::default() };
        document.spans =
            vec![span("a b", "Person name", &[(3, 13)]), span("T1", "Place", &[(10, 13)]), span("T1", "", &[(13, 14)])];
        document.spans[1].remarks.notes.push(("My note".to_owned(), "one\ntwo\tthree".to_owned()));
        document.spans[1].remarks.links.push(EntryLink { database: "d".to_owned(), entry: "a b".to_owned() });
        assert_eq!(document.fit_for_standoff(), ["T2", "T1"]);
        let written = document.to_brat();
        assert_eq!(
            written,
            "T2\tPerson_name 3 6;8 13\tLan ở Huế\nT1\tPlace 10 13\tHuế\nT3\tAnnotation 13 13\t\n\
             N1\tReference T1 d:a_b\tHuế\n#1\tMy_note T1\tone two three\n"
        );
        let (again, unusable) = AnnotatedDocument::of("", &document.text, &[Standoff::parse(written)]);
        assert_eq!((again, unusable), (document.clone(), Vec::new()));
        assert_eq!(document.fit_for_standoff(), Vec::<String>::new());
    }
}
