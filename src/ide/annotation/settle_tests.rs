//! Tests of settling: our file after each way, and that nothing is open then.

use proptest::prelude::*;

use super::{CodePoints, SettledAnnotations, SettlingChange};
use crate::annotation::{AnnotatedDocument, Standoff};
use crate::curation::settled_file::{SettledFile, SettledPair};
use crate::curation::{DocumentDifferences, DocumentSide, open_differences};
use crate::text::edit::applied;

const TEXT: &str = "Bà Trần Lan Anh gặp ông Vũ Nam ở Huế.\n";

fn compare(ours: &Standoff, theirs: &str, settled: &SettledFile) -> DocumentDifferences {
    let theirs = [Standoff::parse(theirs)];
    open_differences(
        "a.txt",
        DocumentSide { text: TEXT, files: std::slice::from_ref(ours) },
        DocumentSide { text: TEXT, files: &theirs },
        settled,
    )
}

/// Our file after a change, and what is open then when the rest is remembered.
fn changed(ours: &str, theirs: &str, change: &SettlingChange, settled: &SettledFile) -> (String, SettledFile) {
    let letters: Vec<char> = TEXT.chars().collect();
    let after = applied(ours, &change.edits).unwrap_or_else(|| panic!("edits that do not fit: {change:?}\n{ours}"));
    let pairs: Vec<SettledPair> =
        change.remaining.iter().map(|left| SettledPair::of("a.txt", &letters, left)).collect();
    let (_, unusable) = AnnotatedDocument::of("", TEXT, &[Standoff::parse(after.clone())]);
    assert!(unusable.is_empty(), "{unusable:?}\n{ours}\n{theirs}\n{after}");
    (after, SettledFile::parse(settled.with(&pairs)))
}

/// Our file after each way of settling the only difference; what is left open afterwards, which must be nothing.
fn settled(ours: &str, theirs: &str) -> Vec<String> {
    let points = CodePoints::new(TEXT);
    let standoff = Standoff::parse(ours);
    let sides = compare(&standoff, theirs, &SettledFile::default());
    let [open] = &sides.open[..] else { panic!("{:?}", sides.open) };
    let file = SettledAnnotations { standoff: &standoff, given: None, points: &points, sides: &sides };
    let actions = file.actions(&open.difference).into_iter();
    actions
        .map(|action| {
            let name = action.settlement.as_str();
            let change = match &action.change {
                Ok(change) => change,
                Err(reason) => return format!("{name}: {reason}"),
            };
            let (after, settled) = changed(ours, theirs, change, &SettledFile::default());
            let rest = compare(&Standoff::parse(after.clone()), theirs, &settled).open;
            assert!(rest.is_empty(), "{name} {rest:?}\n{after}");
            format!("{name}\n{after}")
        })
        .collect()
}

#[test]
fn borders_are_taken_from_either_side() {
    assert_eq!(
        settled("T1\tPerson 3 15\tTrần Lan Anh\nA1\tSure T1\n", "T7\tPerson 8 15\tLan Anh\nA1\tSure T7\n"),
        [
            "take-left\nT1\tPerson 3 15\tTrần Lan Anh\nA1\tSure T1\n",
            "take-right\nT1\tPerson 8 15\tLan Anh\nA1\tSure T1\n",
            "take-both\nT1\tPerson 3 15\tTrần Lan Anh\nA1\tSure T1\nT2\tPerson 8 15\tLan Anh\nA2\tSure T2\n",
            "take-neither\n",
        ]
    );
}

#[test]
fn one_side_alone() {
    let same = "T3\tPerson 3 15\tTrần Lan Anh\n";
    assert_eq!(
        settled("T1\tPerson 3 15\tTrần Lan Anh\n", &format!("{same}T7\tPerson 24 30\tVũ Nam\n")),
        [
            "take-left\nT1\tPerson 3 15\tTrần Lan Anh\n",
            "take-right\nT1\tPerson 3 15\tTrần Lan Anh\nT2\tPerson 24 30\tVũ Nam\n",
        ]
    );
    assert_eq!(
        settled("T1\tPerson 3 15\tTrần Lan Anh\nT4\tPlace 33 36\tHuế\n", same),
        [
            "take-left\nT1\tPerson 3 15\tTrần Lan Anh\nT4\tPlace 33 36\tHuế\n",
            "take-right\nT1\tPerson 3 15\tTrần Lan Anh\n",
        ]
    );
}

#[test]
fn two_types_of_one_span() {
    assert_eq!(
        settled("T4\tPlace 33 36\tHuế\n", "T1\tOrganization 33 36\tHuế\n"),
        [
            "take-left\nT4\tPlace 33 36\tHuế\n",
            "take-right\nT4\tOrganization 33 36\tHuế\n",
            "take-both\nT4\tPlace 33 36\tHuế\nT5\tOrganization 33 36\tHuế\n",
            "take-neither\n",
        ]
    );
}

#[test]
fn two_links_of_one_span() {
    let span = "T4\tPlace 33 36\tHuế\n";
    assert_eq!(
        settled(
            &format!("{span}N1\tReference T4 registry:hue\tHuế\n"),
            &format!("{span}N1\tReference T4 registry:hue-city\tHuế\n")
        ),
        [
            "take-left\nT4\tPlace 33 36\tHuế\nN1\tReference T4 registry:hue\tHuế\n",
            "take-right\nT4\tPlace 33 36\tHuế\nN1\tReference T4 registry:hue-city\tHuế\n",
            "take-both\nT4\tPlace 33 36\tHuế\nN1\tReference T4 registry:hue\tHuế\nN2\tReference T4 registry:hue-city\tHuế\n",
            "take-neither\nT4\tPlace 33 36\tHuế\n",
        ]
    );
}

#[test]
fn attributes_and_relations() {
    let spans = "T1\tPerson 3 15\tTrần Lan Anh\nT4\tPlace 33 36\tHuế\n";
    assert_eq!(
        settled(&format!("{spans}A1\tForm T1 full\n"), &format!("{spans}A1\tForm T1 short\n")),
        [
            format!("take-left\n{spans}A1\tForm T1 full\n"),
            format!("take-right\n{spans}A1\tForm T1 short\n"),
            "take-both: an annotation has one value of `Form`: no configuration of brat allows several, and brat shows \
             one"
                .to_owned(),
            format!("take-neither\n{spans}"),
        ]
    );
    assert_eq!(
        settled(spans, &format!("{spans}R1\tIn Who:T1 Where:T4\n")),
        [format!("take-left\n{spans}"), format!("take-right\n{spans}R1\tIn Who:T1 Where:T4\n")]
    );
    assert_eq!(
        settled(&format!("{spans}R1\tIn Who:T1 Where:T4\n"), spans),
        [format!("take-left\n{spans}R1\tIn Who:T1 Where:T4\n"), format!("take-right\n{spans}")]
    );
}

const SPANS: &str =
    "T1\tPerson 3 15\tTrần Lan Anh\nT2\tMeet 16 19\tgặp\nT3\tPerson 24 30\tVũ Nam\nT4\tPlace 33 36\tHuế\n";

fn with_spans(lines: &str) -> String {
    format!("{SPANS}{lines}")
}

/// The lines behind those of the spans after each way.
fn settled_lines(ours: &str, theirs: &str) -> Vec<String> {
    let settled = settled(&with_spans(ours), &with_spans(theirs));
    settled.into_iter().map(|one| one.replace(SPANS, "")).collect()
}

#[test]
fn two_types_of_a_relation() {
    assert_eq!(
        settled_lines(
            "R1\tIn Who:T1 Where:T4\nA1\tSure R1\n",
            "R9\tFrom Who:T1 Where:T4\n#1\tAnnotatorNotes R9\twhy\n"
        ),
        [
            "take-left\nR1\tIn Who:T1 Where:T4\nA1\tSure R1\n",
            "take-right\nR1\tFrom Who:T1 Where:T4\nA1\tSure R1\n",
            "take-both\nR1\tIn Who:T1 Where:T4\nA1\tSure R1\nR2\tFrom Who:T1 Where:T4\n#1\tAnnotatorNotes R2\twhy\n",
            "take-neither\n",
        ]
    );
}

#[test]
fn of_two_relations_of_the_same_words_the_right_one_goes() {
    let text = "Lan ở Huế. Lan ở Huế.\n";
    let spans = "T1\tPerson 0 3\tLan\nT2\tPlace 6 9\tHuế\nT3\tPerson 11 14\tLan\nT4\tPlace 17 20\tHuế\n";
    let ours = format!("{spans}R1\tIn Who:T1 Where:T2\nR2\tIn Who:T3 Where:T4\n");
    let theirs = [Standoff::parse(format!("{spans}R1\tIn Who:T1 Where:T2\n"))];
    let (points, standoff) = (CodePoints::new(text), Standoff::parse(ours.clone()));
    let files = std::slice::from_ref(&standoff);
    let (here, there) = (DocumentSide { text, files }, DocumentSide { text, files: &theirs });
    let sides = open_differences("a.txt", here, there, &SettledFile::default());
    let file = SettledAnnotations { standoff: &standoff, given: None, points: &points, sides: &sides };
    let actions = file.actions(&sides.open[0].difference);
    let right = actions[1].change.as_ref().expect("a change");
    assert_eq!(applied(&ours, &right.edits).expect("edits that fit"), format!("{spans}R1\tIn Who:T1 Where:T2\n"));
}

#[test]
fn arguments_of_an_event() {
    assert_eq!(
        settled_lines("E1\tMeet:T2 Who:T1\nA1\tSure E1\n", "E7\tMeet:T2 Who:T1 Where:T4\nA1\tSure E7\n"),
        [
            "take-left\nE1\tMeet:T2 Who:T1\nA1\tSure E1\n",
            "take-right\nE1\tMeet:T2 Who:T1 Where:T4\nA1\tSure E1\n",
            "take-both\nE1\tMeet:T2 Who:T1\nA1\tSure E1\nE2\tMeet:T2 Who:T1 Where:T4\nA2\tSure E2\n",
            "take-neither\nE1\tMeet:T2\nA1\tSure E1\n",
        ]
    );
    // One side has no arguments, or no event at all.
    assert_eq!(
        settled_lines("E1\tMeet:T2\n", "E7\tMeet:T2 Who:T1\n"),
        ["take-left\nE1\tMeet:T2\n", "take-right\nE1\tMeet:T2 Who:T1\n"]
    );
    assert_eq!(
        settled_lines("#1\tAnnotatorNotes T2\tnote\n", "E7\tMeet:T2 Who:T1\n"),
        ["take-left\n#1\tAnnotatorNotes T2\tnote\n", "take-right\n#1\tAnnotatorNotes E1\tnote\nE1\tMeet:T2 Who:T1\n",]
    );
}

#[test]
fn attributes_and_links_of_events_stay_with_them() {
    assert_eq!(
        settled_lines("E1\tMeet:T2\n", "E7\tMeet:T2\nA1\tSure E7\n"),
        ["take-left\nE1\tMeet:T2\n", "take-right\nE1\tMeet:T2\nA1\tSure E1\n"]
    );
    assert_eq!(
        settled_lines("E1\tMeet:T2\nN1\tReference E1 db:1\tgặp\n", "E7\tMeet:T2\nN1\tReference E7 db:2\tgặp\n"),
        [
            "take-left\nE1\tMeet:T2\nN1\tReference E1 db:1\tgặp\n",
            "take-right\nE1\tMeet:T2\nN1\tReference E1 db:2\tgặp\n",
            "take-both\nE1\tMeet:T2\nN1\tReference E1 db:1\tgặp\nN2\tReference E1 db:2\tgặp\n",
            "take-neither\nE1\tMeet:T2\n",
        ]
    );
}

#[test]
fn an_event_comes_with_its_name_and_goes_with_it() {
    let ours = "T1\tPerson 3 15\tTrần Lan Anh\n";
    let theirs = format!("{ours}T2\tMeet 16 19\tgặp\nE1\tMeet:T2 Who:T1\nA1\tSure E1\n#1\tAnnotatorNotes E1\twhy\n");
    assert_eq!(
        settled(ours, &theirs),
        [
            format!("take-left\n{ours}"),
            format!(
                "take-right\n{ours}T2\tMeet 16 19\tgặp\nE1\tMeet:T2 Who:T1\nA1\tSure E1\n#1\tAnnotatorNotes E1\twhy\n"
            ),
        ]
    );
    assert_eq!(settled(&theirs, ours), [format!("take-left\n{theirs}"), format!("take-right\n{ours}")]);
}

#[test]
fn the_type_of_an_event_is_that_of_its_name() {
    let event = |kind: &str| format!("T1\tPerson 3 15\tTrần Lan Anh\nT2\t{kind} 16 19\tgặp\nE1\t{kind}:T2 Who:T1\n");
    let second = "T3\tGreet 16 19\tgặp\nE2\tGreet:T3 Who:T1\n";
    assert_eq!(
        settled(&event("Meet"), &event("Greet")),
        [
            format!("take-left\n{}", event("Meet")),
            format!("take-right\n{}", event("Greet")),
            format!("take-both\n{}{second}", event("Meet")),
            "take-neither\nT1\tPerson 3 15\tTrần Lan Anh\n".to_owned(),
        ]
    );
    // What is an event on one side alone.
    let (event, entity) = ("T2\tMeet 16 19\tgặp\nE1\tMeet:T2\nA1\tSure E1\n", "T2\tVerb 16 19\tgặp\nA1\tSure T2\n");
    assert_eq!(settled(event, entity)[1], format!("take-right\n{entity}"));
    assert_eq!(settled(entity, event)[1], "take-right\nT2\tMeet 16 19\tgặp\nA1\tSure E1\nE1\tMeet:T2\n");
}

#[test]
fn groups_of_equivalent_annotations() {
    assert_eq!(
        settled_lines("*\tAlias T1 T2\n", "*\tAlias T3 T2\n"),
        [
            "take-left\n*\tAlias T1 T2\n",
            "take-right\n*\tAlias T3 T2\n",
            "take-both\n*\tAlias T1 T2 T3\n",
            "take-neither\n",
        ]
    );
    assert_eq!(
        settled_lines("*\tAlias T1 T2\n", "*\tAlias T3 T2 T1\n")[1..3],
        ["take-right\n*\tAlias T3 T2 T1\n", "take-both\n*\tAlias T1 T2 T3\n"]
    );
    assert_eq!(settled_lines("", "*\tAlias T3 T1\n"), ["take-left\n", "take-right\n*\tAlias T3 T1\n"]);
    assert_eq!(settled_lines("*\tAlias T3 T1\n", ""), ["take-left\n*\tAlias T3 T1\n", "take-right\n"]);
}

#[test]
fn a_link_that_is_said_twice_goes_at_once() {
    let spans = "T1\tPerson 3 15\tTrần Lan Anh\nT2\tMeet 33 36\tHuế\nE2\tMeet:T2\n";
    for holder in ["T1", "E2"] {
        let ours = format!("{spans}N1\tReference {holder} db:1\tx\nN2\tReference {holder} db:1\tx\n");
        let (points, standoff) = (CodePoints::new(TEXT), Standoff::parse(ours.clone()));
        let sides = compare(&standoff, spans, &SettledFile::default());
        let file = SettledAnnotations { standoff: &standoff, given: None, points: &points, sides: &sides };
        let link = sides.open.iter().find(|open| open.difference.kind.as_str() == "link").expect("a link");
        let right = file.actions(&link.difference).into_iter().nth(1).expect("an action").change.expect("a change");
        let (after, _) = changed(&ours, spans, &right, &SettledFile::default());
        assert_eq!(after, spans);
    }
}

#[test]
fn a_relation_brings_what_it_relates() {
    let ours = "T1\tPerson 3 15\tTrần Lan Anh\n";
    let theirs = with_spans("R1\tIn Who:T1 Where:T4\n");
    let (points, standoff) = (CodePoints::new(TEXT), Standoff::parse(ours));
    let sides = compare(&standoff, &theirs, &SettledFile::default());
    let file = SettledAnnotations { standoff: &standoff, given: None, points: &points, sides: &sides };
    let relation = sides.open.iter().find(|open| open.difference.kind.as_str() == "relation").expect("a relation");
    let right = file.actions(&relation.difference).into_iter().nth(1).expect("an action").change.expect("a change");
    let (after, _) = changed(ours, &theirs, &right, &SettledFile::default());
    assert_eq!(after, format!("{ours}T2\tPlace 33 36\tHuế\nR1\tIn Who:T1 Where:T2\n"));
}

#[test]
fn line_ends_and_marks_of_the_file_stay() {
    let ours =
        "\u{feff}T1\tPerson 3 15\tTrần Lan Anh\r\nT3\tPlace 33 36\tHuế\r\nE1\tMeet:T2 Who:T1\r\nT2\tMeet 16 19\tgặp";
    let theirs = "T1\tPerson 3 15\tTrần Lan Anh\nT2\tMeet 16 19\tgặp\nT3\tPlace 33 36\tHuế\nE1\tMeet:T2 Who:T3\n";
    assert_eq!(
        settled(ours, theirs)[1..3],
        [
            format!("take-right\n{}", ours.replace("Who:T1", "Who:T3")),
            format!("take-both\n{ours}\r\nE2\tMeet:T2 Who:T3"),
        ]
    );
}

/// Annotations of five places, events, relations, attributes, links and groups among them.
fn any_annotations() -> impl Strategy<Value = String> {
    const PLACES: [(u32, u32, &str); 5] =
        [(3, 15, "Trần Lan Anh"), (8, 15, "Lan Anh"), (16, 19, "gặp"), (24, 30, "Vũ Nam"), (33, 36, "Huế")];
    let span = (0_usize..5, prop::sample::select(vec!["Person", "Place", "Meet"]));
    let line = (0_usize..6, 0_usize..6, 0_usize..6, 0_u8..3);
    (prop::collection::vec(span, 0..6), prop::collection::vec(line, 0..7)).prop_map(|(spans, lines)| {
        let mut file = String::new();
        let mut events: Vec<usize> = Vec::new();
        // Who marks one place twice in the same way has marked it once.
        let mut spans = spans;
        let mut known = std::collections::HashSet::new();
        spans.retain(|span| known.insert(*span));
        for (number, (place, kind)) in spans.iter().enumerate() {
            let (start, end, words) = PLACES[*place];
            file.push_str(&format!("T{number}\t{kind} {start} {end}\t{words}\n"));
            if *kind == "Meet" && place % 2 == 0 {
                events.push(number);
            }
        }
        let id = |number: usize| match events.contains(&number) {
            true => format!("E{number}"),
            false => format!("T{number}"),
        };
        for number in &events {
            let argument = lines.get(*number).filter(|line| line.0 < spans.len());
            let argument = argument.map(|line| format!(" Who:{}", id(line.0))).unwrap_or_default();
            file.push_str(&format!("E{number}\tMeet:T{number}{argument}\n"));
        }
        for (number, (sort, one, two, word)) in lines.iter().enumerate() {
            if *one >= spans.len() || *two >= spans.len() {
                continue;
            }
            match sort {
                0 | 1 if one != two => {
                    file.push_str(&format!("R{number}\tK{word} A:{} B:{}\n", id(*one), id(*two)));
                }
                2 => file.push_str(&format!("A{number}\tForm{number} {} v{word}\n", id(*one))),
                3 => file.push_str(&format!("N{number}\tReference {} db:{word}\tx\n", id(*one))),
                // Groups that share a member are one group, and are remembered by their words.
                4 if one != two && !file.contains('*') => file.push_str(&format!("*\tAlias T{one} T{two}\n")),
                5 => file.push_str(&format!("#{number}\tAnnotatorNotes {}\tw{word}\n", id(*one))),
                _ => {}
            }
        }
        file
    })
}

proptest! {
    #[test]
    fn every_way_leaves_a_sound_file_and_settles_its_difference(ours in any_annotations(), theirs in any_annotations()) {
        let (points, standoff) = (CodePoints::new(TEXT), Standoff::parse(ours.clone()));
        let sides = compare(&standoff, &theirs, &SettledFile::default());
        let file = SettledAnnotations { standoff: &standoff, given: None, points: &points, sides: &sides };
        for open in &sides.open {
            for action in file.actions(&open.difference) {
                let Ok(change) = action.change else { continue };
                let (after, settled) = changed(&ours, &theirs, &change, &SettledFile::default());
                let now = compare(&Standoff::parse(after.clone()), &theirs, &settled).open;
                let before = sides.open.iter().filter(|one| one.pair == open.pair).count();
                let again = now.iter().filter(|one| one.pair == open.pair).count();
                prop_assert!(again < before, "{} {:?}\n{}\n{}\n{}", action.settlement.as_str(), open.pair, ours, theirs, after);
            }
        }
    }

    #[test]
    fn taking_theirs_until_nothing_is_open_makes_both_say_the_same(ours in any_annotations(), theirs in any_annotations()) {
        let points = CodePoints::new(TEXT);
        let mut now = ours.clone();
        for step in 0.. {
            let standoff = Standoff::parse(now.clone());
            let sides = compare(&standoff, &theirs, &SettledFile::default());
            let file = SettledAnnotations { standoff: &standoff, given: None, points: &points, sides: &sides };
            let rights = sides.open.iter().filter_map(|open| {
                let right = file.actions(&open.difference).into_iter().find(|action| action.settlement.as_str() == "take-right")?;
                right.change.ok()
            });
            let Some(change) = rights.into_iter().next() else {
                prop_assert!(sides.open.is_empty(), "{:?}\n{ours}\n{theirs}\n{now}", sides.open);
                break;
            };
            prop_assert!(step < 60, "no end: {:?}\n{ours}\n{theirs}\n{now}", sides.open);
            now = changed(&now, &theirs, &change, &SettledFile::default()).0;
        }
    }
}
