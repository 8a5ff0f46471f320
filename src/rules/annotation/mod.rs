//! Rules about annotation files.

use super::by_fault;
use super::engine::{Finding, FindingSink};
use super::rule::{Rule, RuleCheck};
use crate::annotation::{Against, AnnotationFault, Standoff};
use crate::diagnostic::{FileEdit, Fix};
use crate::text::{FileId, LineIndex};

mod argument;
mod attribute_value;
mod dangling_reference;
mod not_in_configuration;
mod relation;
mod span;
mod syntax;
mod text_mismatch;

/// All rules of the family, by code.
pub const RULES: &[Rule] = &[
    argument::RULE,
    attribute_value::RULE,
    dangling_reference::RULE,
    not_in_configuration::RULE,
    relation::RULE,
    span::RULE,
    syntax::RULE,
    text_mismatch::RULE,
];

/// Reports what is wrong in an annotation file, whose number is `file`.
pub fn check(file: FileId, standoff: &Standoff, against: Against<'_>, sink: &mut FindingSink<'_>) {
    let source = standoff.source();
    let index = LineIndex::new(source);
    for fault in standoff.faults(against) {
        if let Some((rule, RuleCheck::Annotation(_, message))) = by_fault::annotation(fault.kind()) {
            sink.of_rule(rule).report(Finding {
                place: index.place(source, fault.span),
                surface: fault.span.slice(source).into(),
                message: message(&fault),
                related: Vec::new(),
                fix: fix(file, source, &index, &fault),
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

/// Names in backquotes, separated by commas.
fn list(names: &[String]) -> String {
    names.iter().map(|name| quoted(name)).collect::<Vec<_>>().join(", ")
}

/// `text` in backquotes, on one line, cut where it is too long for a message.
fn quoted(text: &str) -> String {
    const LONGEST: usize = 60;
    let mut quoted = String::from("`");
    for (number, letter) in text.chars().enumerate() {
        match letter {
            _ if number == LONGEST => {
                quoted.push('…');
                break;
            }
            _ if letter.is_control() => quoted.extend(letter.escape_default()),
            _ => quoted.push(letter),
        }
    }
    quoted + "`"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::Configuration;
    use expect_test::expect;

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
        let text = "\u{feff}😀 สม ไป\r\nกรุงเทพ สม\r\n";
        expect![[r"
            annotation/text-mismatch T1 records another text than its offsets name, `ม `; the offsets count UTF-16 code units, not code points [count the offsets in code points]
            annotation/text-mismatch the offsets of T2 lie behind the end of the document
            annotation/text-mismatch T3 records no text; its offsets name `สม` [record the text `สม`]
            annotation/text-mismatch T4 records another text than its offsets name, ` ส`; the offsets count without the byte-order mark [count the offsets in code points]
            annotation/text-mismatch T5 records another text than its offsets name, `สม`
            annotation/not-in-configuration annotation.conf has no entity type `Persn`; did you mean `Person`?
            annotation/syntax the line does not begin with an id (a letter and a number) and a TAB
            annotation/syntax no kind of annotation has ids with this letter; there are T, E, R, *, A, M, N and #
            annotation/syntax a fragment ends before it starts
            annotation/syntax the id is already given on line 6
            annotation/syntax an empty line, which annotation files must not have
            annotation/not-in-configuration annotation.conf has no attribute `Shure`; did you mean `Sure`?
            annotation/dangling-reference there is no annotation `T77` in this document
            annotation/text-mismatch T9 records another text than its offsets name, `ไป\r\nกรุงเ`; a span across a line break needs a fragment on each line [split the span at the line break]
            annotation/text-mismatch T10 records another text than its offsets name, `เท`; it stands in 2 places nearby, so it is open which was meant
            annotation/syntax both arguments of the relation have the same role
            annotation/syntax what follows the id is not of the form `TYPE Arg1:ID Arg2:ID`
            annotation/syntax two fragments of one annotation overlap
        "]]
        .assert_eq(&messages(
            text,
            "T1\tPerson 4 6\tสม\nT2\tPerson 90 95\tx\nT3\tPerson 3 5\nT4\tPerson 2 4\tสม\nT5\tPerson 3 5\tมสง\n\
             T6\tPersn 3 5\tสม\nT7 Person 3 5\tสม\nQ1\tx\nT8\tPerson 5 3\tx\nT6\tOffice 3 5\tสม\n\nA1\tShure T1\nA2\tSure T77\n\
             T9\tPerson 6 15\tไป กรุงเ\nT10\tPerson 14 16\tสม\nR1\tOf Arg1:T1 Arg1:T2\nR2\tOf T1 T2\nT11\tPerson 3 5;4 6\tx\n",
        ));
        expect![[r"
            annotation/syntax a byte-order mark before the first id, which hides the line from brat [remove the byte-order mark]
            annotation/text-mismatch T2 records another text than its offsets name, `a b`; the two differ in no-break spaces only [record the text as the document has it]
            annotation/text-mismatch T3 records another text than its offsets name, `é`; the two differ in Unicode normalisation only [record the text as the document has it]
            annotation/text-mismatch T4 records another text than its offsets name, ` `; it stands in 2 places nearby, so it is open which was meant
            annotation/syntax the event's trigger is of another type, `Office`
            annotation/syntax this is said of the trigger of E1; brat wants it said of the event itself [say it of the event E1]
        "]]
        .assert_eq(&messages("a a\u{a0}b é", "\u{feff}T1\tOffice 0 1\ta\nT2\tOffice 2 5\ta b\nT3\tOffice 6 7\te\u{301}\nT4\tOffice 1 2\ta\nT5\tOffice 0 1\ta\nE1\tSure:T5\nA1\tSure T5\n"));
    }
}
