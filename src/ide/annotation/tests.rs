//! Annotation files as documents, written down with a cursor: `$0` in the file.

use super::completion::completions;
use super::document::{AnnotationWord, by_type, folds, id_places, renamed_id, selections, ties, word_at};
use super::pair::{AnnotationPair, ReferenceIndex};
use super::{CodePoints, token_spans};
use crate::annotation::{Configuration, Standoff};
use crate::text::edit::applied;

const TEXT: &str = "Bà Lan gặp ông Minh ở chợ.\n";
const FILE: &str = "T1\tPerson 3 6\tLan\nT2\tMeet 7 10\tgặp\nE1\tMeet:T2 Who:T1 Who2:T3\nT3\tPerson 15 19\tMinh\n\
                    R1\tKnows Arg1:T1 Arg2:T3\nA1\tMood T1 glad\nN1\tReference T1 registry:lan\tLan\n\
                    #1\tAnnotatorNotes T1\tsure\n*\tSame T1 T3\n";
const CONFIGURATION: &str = "[entities]\nPerson\nPlace|nơi\n[relations]\nKnows\tArg1:Person, Arg2:Person\n\
                             [events]\nMeet\tWho*:Person\n[attributes]\nMood\tArg:Person, Value:glad|sad\n";

fn with_cursor(marked: &str) -> (Standoff, u32) {
    let byte = marked.find("$0").expect("a cursor") as u32;
    (Standoff::parse(marked.replace("$0", "")), byte)
}

fn pair<'a>(standoff: &'a Standoff, points: &'a CodePoints<'a>) -> AnnotationPair<'a> {
    AnnotationPair { standoff, points, moved: None, given: None }
}

#[test]
fn the_word_under_the_cursor() {
    for (marked, wanted) in [
        ("T$01\tPerson 3 6\tLan\n", Some(AnnotationWord::Id("T1"))),
        ("T1\tPer$0son 3 6\tLan\n", Some(AnnotationWord::Kind("Person"))),
        ("T1\tPerson 3 $06\tLan\n", Some(AnnotationWord::Text)),
        ("T1\tPerson 3 6\tL$0an\n", Some(AnnotationWord::Text)),
        ("E1\tMeet:T2 W$0ho:T1\n", Some(AnnotationWord::Role("Who"))),
        ("E1\tMeet:T2 Who:$0T1\n", Some(AnnotationWord::Target("T1"))),
        ("A1\tMood T1 gl$0ad\n", Some(AnnotationWord::Value("glad"))),
        ("N1\tReference T1 regis$0try:lan\tLan\n", Some(AnnotationWord::Entry("registry", "lan"))),
        ("*\tSame T1 $0T3\n", Some(AnnotationWord::Target("T3"))),
        ("#1\tAnnotatorNotes T1\tsu$0re\n", Some(AnnotationWord::Note)),
        ("nothing $0else\n", None),
        ("$0", None),
    ] {
        let (standoff, byte) = with_cursor(marked);
        assert_eq!(word_at(&standoff, byte).map(|(_, _, word)| word), wanted, "{marked}");
    }
}

#[test]
fn what_may_be_typed() {
    let configuration = Configuration::parse(CONFIGURATION);
    let entries = |_: &str| vec![("lan".to_owned(), "Trần Thị Lan".to_owned()), ("a b".to_owned(), String::new())];
    let points = CodePoints::new(TEXT);
    for (line, wanted) in [
        ("$0", &["T4", "E2", "R2", "A2", "N2", "#2", "*"][..]),
        ("R$0", &["R2"]),
        ("T4\t$0", &["Person", "Place", "Meet"]),
        ("T4\tpl$0", &["Place"]),
        ("E2\t$0", &["Meet"]),
        ("E2\tMeet:$0", &["T2"]),
        ("E2\tMeet:T2 $0", &["Who:"]),
        ("E2\tMeet:T2 Who:$0", &["T1", "T3"]),
        ("R2\tKnows Arg2:$0", &["T1", "T3"]),
        ("R2\tKnows $0", &["Arg1:", "Arg2:"]),
        ("A2\tMood $0", &["T1", "T3"]),
        ("A2\tMood T3 $0", &["glad", "sad"]),
        ("N2\tReference T3 $0", &["registry:"]),
        ("N2\tReference T3 registry:$0", &["lan"]),
        ("N2\tReference T3 registry:lan\t$0", &["Trần Thị Lan"]),
        ("#2\tAnnotatorNotes R$0", &["R1"]),
    ] {
        let (standoff, byte) = with_cursor(&format!("{FILE}{line}"));
        let (place, items) = completions(&pair(&standoff, &points), Some(&configuration), &entries, byte);
        let labels: Vec<&str> = items.iter().map(|item| item.text.as_str()).collect();
        assert_eq!(labels, wanted, "{line}");
        assert_eq!(place.end, byte);
    }
}

#[test]
fn ids_and_those_who_refer_to_them() {
    let standoff = Standoff::parse(FILE);
    let (given, places) = id_places(&standoff, "T3");
    assert_eq!(given.map(|span| standoff.slice(span)), Some("T3"));
    assert_eq!(places.len(), 3);
    let edits = renamed_id(&standoff, "T3", "T03", false).unwrap();
    assert_eq!(applied(FILE, &edits).as_deref(), Some(&*FILE.replace("T3", "T03")));
    for (new, taken) in [("T1", false), ("T9", true), ("E3", false), ("T", false), ("T 3", false), ("T3\t", false)] {
        assert!(renamed_id(&standoff, "T3", new, taken).is_err(), "{new}");
    }
}

#[test]
fn selections_grow_and_lines_fold() {
    let (standoff, byte) = with_cursor("T1\tPerson 3 6\tLan\nR1\tKnows Arg1:T1 Arg2:T$01\nT2\tPerson 7 10\tgặp\n");
    let grown: Vec<&str> = selections(&standoff, byte).into_iter().map(|span| standoff.slice(span)).collect();
    assert_eq!(grown[..4], ["T1", "Arg2:T1", "Knows Arg1:T1 Arg2:T1", "R1\tKnows Arg1:T1 Arg2:T1"]);
    let folded: Vec<(u32, u32)> = folds(&standoff).iter().map(|fold| (fold.start, fold.end)).collect();
    assert_eq!(folded, [(0, 1)]);
}

#[test]
fn relations_lead_from_one_to_the_other() {
    let standoff = Standoff::parse(FILE);
    let points = CodePoints::new(TEXT);
    let pair = pair(&standoff, &points);
    let index = ReferenceIndex::new(&standoff);
    let show = |id: &str, outgoing: bool| -> Vec<String> {
        let ties = ties(&pair, &index, pair.number(id).unwrap(), outgoing);
        ties.iter().map(|tie| format!("{} {}", tie.name, pair.id(tie.other))).collect()
    };
    assert_eq!(show("T1", true), ["Knows T3", "Same T3"]);
    assert_eq!(show("T3", false), ["Who2 T2", "Knows T1", "Same T1"]);
    assert_eq!(show("T2", true), ["Who T1", "Who2 T3"]);
    let groups: Vec<(&str, usize)> = by_type(&pair, true).iter().map(|(kind, all)| (*kind, all.len())).collect();
    assert_eq!(groups, [("Person", 2), ("Meet", 1)]);
}

#[test]
fn every_word_of_a_file_has_its_colour() {
    let standoff = Standoff::parse(FILE);
    let tokens = token_spans(&standoff);
    let mut end = 0;
    for (span, _) in &tokens {
        assert!(span.start >= end && !span.is_empty(), "in order, none over another");
        end = span.end;
    }
    let words: Vec<&str> = tokens.iter().map(|(span, _)| standoff.slice(*span)).take(8).collect();
    assert_eq!(words, ["T1", "Person", "3 6", "Lan", "T2", "Meet", "7 10", "gặp"]);
}
