//! Reports the faults of an annotation file by the rules of their classes.

use super::pair::PairContext;
use crate::annotation::AnnotationFault;
use crate::diagnostic::{FileEdit, Fix};
use crate::rules::by_fault;
use crate::rules::finding::{Finding, FindingSink};
use crate::rules::rule::RuleCheck;
use crate::text::{FileId, LineIndex};

/// Reports what is wrong in an annotation file.
pub fn check(pair: &PairContext<'_>, sink: &mut FindingSink<'_>) {
    let source = pair.standoff.source();
    for fault in pair.standoff.faults(pair.against) {
        if let Some((rule, RuleCheck::Annotation(_, message))) = by_fault::annotation(fault.kind()) {
            sink.of_rule(rule).report(Finding {
                place: pair.place(fault.span),
                surface: fault.span.slice(source).into(),
                message: message(&fault),
                related: Vec::new(),
                fix: fix(pair.file, source, pair.lines, &fault),
            });
        }
    }
}

fn fix(file: FileId, source: &str, index: &LineIndex, fault: &AnnotationFault) -> Option<Fix> {
    let repair = fault.repair.as_ref()?;
    let edits = repair.edits.iter().map(|edit| FileEdit {
        file,
        place: index.place(source, edit.span),
        text: edit.text.clone(),
    });
    Some(Fix { title: repair.title.clone(), safe: repair.safe, edits: edits.collect() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::{Against, Configuration, Standoff};

    /// `code message`, a line for each fault.
    fn messages(text: &str, source: &str) -> String {
        let configuration = Configuration::parse("[entities]\nPerson\nOffice\n[attributes]\nSure\n");
        let against = Against { text, given: None, configuration: Some(&configuration) };
        let lines = Standoff::parse(source).faults(against).into_iter().map(|fault| {
            let Some((rule, RuleCheck::Annotation(_, message))) = by_fault::annotation(fault.kind()) else {
                panic!("no rule for {fault:?}");
            };
            let fix = fault.repair.as_ref().map_or(String::new(), |repair| format!(" [{}]", repair.title));
            format!("{} {}{fix}\n", rule.code, message(&fault))
        });
        lines.collect()
    }

    #[test]
    fn every_message() {
        for (text, source, expected) in [
            (
                "😀 สม ไป",
                "T1\tPerson 3 5\tสม\n",
                "annotation/text-mismatch T1 records another text than its offsets name, `ม `; the offsets count UTF-16 code units, not code points [count the offsets in code points]\n",
            ),
            (
                "สม",
                "T2\tPerson 90 95\tx\n",
                "annotation/text-mismatch the offsets of T2 lie behind the end of the document\n",
            ),
            (
                "สม",
                "T3\tPerson 0 2\n",
                "annotation/text-mismatch T3 records no text; its offsets name `สม` [record the text `สม`]\n",
            ),
            (
                "ab\ncd",
                "T4\tPerson 0 5\tab cd\n",
                "annotation/text-mismatch T4 records another text than its offsets name, `ab\\ncd`; a span across a line break needs a fragment on each line [split the span at the line break]\n",
            ),
            (
                "สม",
                "T5\tPersn 0 2\tสม\n",
                "annotation/not-in-configuration annotation.conf has no entity type `Persn`; did you mean `Person`? [write `Person`]\n",
            ),
            ("สม", "A1\tSure T7\n", "annotation/dangling-reference there is no annotation `T7` in this document\n"),
            ("สม", "T8\tPerson 0 2\tสม\nT8\tOffice 0 2\tสม\n", "annotation/syntax the id is already given on line 1\n"),
            (
                "สม",
                "T1\tPerson 0 2\tสม\nR1\tOf T1 T1\n",
                "annotation/syntax what follows the id is not of the form `TYPE Arg1:ID Arg2:ID`\n",
            ),
            (
                "ที่",
                "T1\tPerson 0 1\tท\n",
                "annotation/span the span starts or ends inside a letter with its marks [mark the whole letters]\n",
            ),
        ] {
            assert_eq!(messages(text, source), expected, "{source}");
        }
    }

    #[test]
    fn messages_about_arguments() {
        let configuration = Configuration::parse(
            "[entities]\nPerson\nPlace\n[relations]\nIn Arg1:Person, Arg2:Place\n[events]\nMove Who:Person\n\
             [attributes]\nTense\tArg:<ANY>, Value:past|now\n",
        );
        let file = "T1\tPerson 0 2\tan\nT2\tMove 3 5\tdi\nE1\tMove:T2\nR1\tIn Arg1:T1 Arg2:T1\nA1\tTense T1 pst\n";
        let against = Against { text: "an di", given: None, configuration: Some(&configuration) };
        let found = Standoff::parse(file).faults(against).into_iter().map(|fault| {
            let Some((rule, RuleCheck::Annotation(_, message))) = by_fault::annotation(fault.kind()) else {
                panic!("no rule for {fault:?}");
            };
            format!("{} {}", rule.code, message(&fault))
        });
        assert_eq!(
            found.collect::<Vec<_>>(),
            [
                "annotation/argument `Move` needs the role `Who`",
                "annotation/relation `Arg2` of the relation `In` cannot be `Person`; allowed: `Place`",
                "annotation/attribute-value the attribute `Tense` has no value `pst`; did you mean `past`?",
            ]
        );
    }
}
