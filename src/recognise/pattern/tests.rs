//! Tables of patterns with what they find, and what of them cannot be used.

use proptest::prelude::*;

use super::*;
use crate::config::Config;
use crate::text::marks::unmark;

/// The patterns of a configuration in which the marked places, and no others, are misfits.
fn patterns(marked: &str) -> Patterns {
    let (text, spans) = unmark(marked);
    let (config, faults) = Config::parse(&text).unwrap();
    assert!(faults.is_empty(), "{faults:?}");
    let (patterns, misfits) = Patterns::new(&config.patterns);
    let found: Vec<_> = misfits.iter().map(|misfit| misfit.in_file(&text).span).collect();
    assert_eq!(found, spans, "{marked}: {misfits:?}");
    patterns
}

/// Checks that the marked places of a line are what is found, with these values.
fn finds(patterns: &Patterns, marked: &str, values: &[&str]) {
    let (text, mut spans) = unmark(marked);
    spans.sort_by_key(|span| (span.start, std::cmp::Reverse(span.end)));
    let facts = patterns.find(&text);
    assert_eq!(facts.iter().map(|fact| fact.span).collect::<Vec<_>>(), spans, "{marked}");
    assert_eq!(facts.iter().map(|fact| fact.value.as_str()).collect::<Vec<_>>(), values, "{marked}");
}

#[test]
fn values_are_in_normal_form() {
    let gazette = patterns(
        "[[pattern]]\nname = 'gazette'\nregex = 'เล่ม\\s*(?<volume>\\d+)\\s+ตอน(?:ที่)?\\s*(?<part>\\d+)(?:\\s+(?<series>[ก-ฮ]))?'\n\
         value = 'เล่ม $volume ตอน ${part}ที่ $series $$5'\n",
    );
    finds(&gazette, "ใน«เล่ม ๑๔๐ ตอน  ๑๒ ง» และ«เล่ม 140 ตอนที่ 12»\r\n", &["เล่ม 140 ตอน 12ที่ ง $5", "เล่ม 140 ตอน 12ที่ $5"]);
    let plain = patterns("[[pattern]]\nname = 'a'\nregex = 'số +[\\p{L}\\p{M}]+'");
    finds(&plain, "«số  Cue\u{302}» ", &["số Cuê"]);
}

#[test]
fn dates_stand_in_values_as_what_they_say() {
    let dated = patterns(
        "[[pattern]]\nname = 'a'\nregex = 'ลว (?<day>.+?);'\nvalue = 'ลว $day'\nchecks.day = { date = true }\nhover = 'of $day'\n",
    );
    finds(&dated, "«ลว ๑๒ ม.ค. ๒๕๖๖;» «ลว 5/4/2021;»", &["ลว 2023-01-12", "ลว 2021-04-05"]);
    let facts = dated.find("ลว 5 เมษายน 2564; ลว วันหนึ่ง; ลว 31 เมษายน 2564;");
    let unmet: Vec<_> =
        facts.iter().map(|fact| fact.faults.iter().map(|fault| fault.kind.clone()).collect::<Vec<_>>()).collect();
    // A day that does not exist is the business of the rules for dates.
    assert_eq!(unmet, [vec![], vec![FailedCheck::NotADate { group: "day".into() }], vec![]]);
    assert_eq!(facts[0].hover.as_deref(), Some("of 5 เมษายน 2564"));
}

#[test]
fn mentions_of_one_kind_are_disjoint_and_others_may_nest() {
    let several = patterns(
        "[[pattern]]\nname = 'a'\nregex = 'x+y'\n[[pattern]]\nname = 'b'\nregex = '[xy]+z?'\n[[pattern]]\nname = 'a'\nregex = 'y+z|x'\n",
    );
    assert_eq!(several.kinds().collect::<Vec<_>>(), [(0, "a"), (1, "b")]);
    finds(&several, "««xxy»yz» q", &["xxyyz", "xxy"]);
    finds(&several, "q\n", &[]);
    finds(&patterns("[[pattern]]\nname = 'a'\nregex = 'q*'"), "x«qq»x", &["qq"]);
}

#[test]
fn no_mention_reaches_the_end_of_its_line() {
    let greedy = patterns("[[pattern]]\nname = 'a'\nregex = '(?s)b.*'");
    for end in ["\n", "\r\n", "\r", ""] {
        finds(&greedy, &format!("a«bc»{end}"), &["bc"]);
    }
}

#[test]
fn what_cannot_be_used_is_told_at_its_place() {
    patterns("[[pattern]]\nname = 'a'\nregex = 'ก«(»'");
    patterns("[[pattern]]\nname = 'a'\nregex = \"\\\\d\\u0E01«[»\"");
    patterns("[[pattern]]\nname = 'a'\nregex = '''\n(?x)\r\n  «(»a'''");
    patterns("[[pattern]]\nname = 'a'\nregex = «'\\w{1000}{1000}'»");
    patterns("[[pattern]]\nname = «'date'»\nregex = 'a'");
    patterns(
        "[[pattern]]\nname = 'a'\nregex = '(?<no>\\d)'\nvalue = 'ก «$nr» $no $1 «${}»'\nhover = \"\\t«$x»\"\nmessage = '$0$«$»'\n"
            .replace("«$»", "$")
            .as_str(),
    );
    patterns("[[pattern]]\nname = 'a'\nregex = '(?<no>\\d)'\nchecks = «3»");
    patterns(
        "[[pattern]]\nname = 'a'\nregex = '(?<no>\\d)'\nchecks = { «nr» = { date = true }, no = { range = «[3, 1]», one-of = «[]», «rnage» = 1, date = «'yes'» } }",
    );
    let intact = patterns("[[pattern]]\nname = 'a'\nregex = '(?<no>\\d)'\nmessage = 'm'\nchecks = { no = «1» }");
    assert!(intact.find("7")[0].faults.is_empty());
}

proptest! {
    #[test]
    fn mentions_are_in_order_on_character_boundaries(line in "([xyz ก่7]|\u{301}|\n){0,40}") {
        let several = patterns(
            "[[pattern]]\nname = 'a'\nregex = '[xก]+\\S?'\n[[pattern]]\nname = 'b'\nregex = '\\w* '\n[[pattern]]\nname = 'a'\nregex = '7?'\n",
        );
        let facts = several.find(&line);
        prop_assert!(facts.is_sorted_by_key(|fact| (fact.span.start, std::cmp::Reverse(fact.span.end))));
        for fact in &facts {
            prop_assert!(!fact.span.slice(&line).is_empty());
            let same = facts.iter().filter(|other| other.kind == fact.kind && other.span.overlaps(fact.span));
            prop_assert_eq!(same.count(), 1);
        }
    }
}
