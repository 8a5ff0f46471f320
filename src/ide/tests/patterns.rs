//! Tests: answers about mentions of the user's kinds.

use expect_test::expect;

use super::*;
use crate::rules::sources;

/// Files are cited by series and number; a person is in the registry.
const CORPUS: &str = "//- scholiast.toml\n[[pattern]]\nname = \"file\"\nregex = 'กต (?<series>\\d+)/(?<number>\\d+)'\n\
    value = 'กต $series/$number'\nhover = '''\n  series $series\nnumber $number'''\nchecks.series = { range = [1, 99] }\n\
    message = 'no such file'\n//- r.toml\n[[person]]\nid = \"an\"\nnames.vi = [\"Lê Văn An\"]\n";

fn corpus(texts: &str) -> Fixture {
    Fixture::new(&format!("{CORPUS}{texts}"))
}

#[test]
fn hover_shows_what_the_pattern_says() {
    let fixture = corpus("//- a.txt\nตาม กต ๑๒/๓$0๔ และ กต 12/34\n//- b.txt closed\nกต 12/34 กต 100/2\n");
    let hover = hover(&fixture.snapshot, fixture.cursor()).expect("a hover");
    expect![[r#"
        กต 12/34 · file
            series ๑๒
          number ๓๔
          mentions: 2 here, 3 in 2 files
    "#]]
    .assert_eq(&hover.plain());
}

#[test]
fn what_is_wrong_is_in_the_hover() {
    let fixture = corpus("//- a.txt\nกต 10$00/2\n");
    let hover = hover(&fixture.snapshot, fixture.cursor()).expect("a hover");
    assert!(hover.plain().contains("wrong: no such file: `series` is 100, not from 1 to 99"), "{}", hover.plain());
}

#[test]
fn references_join_what_has_one_value() {
    let fixture = corpus("//- a.txt\nตาม «กต ๑$02/34» กต 12/35\n//- b.txt closed\n«กต 12/34»\n«กต 12/๓๔» x\n");
    fixture.assert_marked(&all_references(&fixture.snapshot, fixture.cursor(), true));
    let first = definition(&fixture.snapshot, fixture.cursor());
    assert_eq!(fixture.path(first[0].file), "a.txt");
    assert_eq!(document_highlight(&fixture.snapshot, fixture.cursor()).len(), 1);
}

#[test]
fn outline_symbols_and_colours_know_the_kind() {
    let fixture = corpus("//- a.txt\nLê Văn An กต 12/34 กต ๑๒/๓๔ กต 100/1\n");
    let file = fixture.file("a.txt");
    let groups = document_symbols(&fixture.snapshot, file);
    let shown: Vec<String> = groups
        .iter()
        .map(|group| {
            let things = group.children.iter().map(|thing| format!("{} ×{}", thing.name, thing.children.len()));
            format!("{}: {}", group.name, things.collect::<Vec<_>>().join(", "))
        })
        .collect();
    assert_eq!(shown, ["People: Lê Văn An ×1", "file: กต 12/34 ×2, กต 100/1 ×1"]);
    let found = workspace_symbols(&fixture.snapshot, "กต 12", 10);
    assert_eq!((found[0].name.as_str(), found[0].kind), ("กต 12/34", SymbolKind::Pattern));
    let tokens = semantic_tokens(&fixture.snapshot, file);
    let of_pattern: Vec<u32> =
        tokens.iter().filter(|token| token.kind == TokenType::Pattern).map(|token| token.modifiers).collect();
    assert_eq!(of_pattern, [0, 0, 16]);
}

#[test]
fn values_that_read_back_are_completed() {
    let fixture = corpus("//- a.txt\nกต 12/34 กต 12/35 กต 12/34\nดู กต 12$0\n");
    let found = completions(&fixture.snapshot, fixture.cursor());
    let labels: Vec<&str> = found.iter().map(|item| item.label.as_str()).collect();
    assert_eq!(labels, ["กต 12/34", "กต 12/35"]);
    assert_eq!(fixture.show(&[FilePlace { file: fixture.file("a.txt"), place: found[0].place }]), ["a.txt: กต 12"]);
}

#[test]
fn of_mentions_that_cross_the_longer_stays() {
    let fixture = Fixture::new(
        "//- scholiast.toml\n[[pattern]]\nname = \"room\"\nregex = 'ห้อง .* เมษายน|An x'\n//- r.toml\n[[person]]\nid = \"an\"\n\
         names.vi = [\"Lê Văn An\"]\n//- a.txt\nห้อง 5 ชั้น 7 วันที่ 3 เมษายน 2566\nLê Văn An x\nห้อง 3 เมษายน\n",
    );
    let tokens = semantic_tokens(&fixture.snapshot, fixture.file("a.txt"));
    let text = fixture.text(fixture.file("a.txt"));
    let shown: Vec<&str> = tokens.iter().map(|token| token.place.span().slice(text)).collect();
    assert_eq!(shown, ["ห้อง 5 ชั้น 7 วันที่ 3 เมษายน", "Lê Văn An", "ห้อง ", "3 เมษายน"]);
}

#[test]
fn misfits_are_findings_in_the_configuration() {
    let fixture = Fixture::new(
        "//- scholiast.toml\n[[pattern]]\nname = \"a\"\nregex = 'x«(»'\n[[decrees.agency]]\nabbr = 'VKH'\nkind = «'minstry'»\n",
    );
    let found = sources::check(&fixture.snapshot).diagnostics;
    let places: Vec<FilePlace> =
        found.iter().map(|finding| FilePlace { file: finding.file, place: finding.place }).collect();
    fixture.assert_marked(&places);
    assert!(found.iter().all(|finding| finding.code == "config/invalid-value"));
    assert_eq!(found[0].message, "invalid regular expression: unclosed group");
    assert_eq!(fixture.apply(&found[1].fix.as_ref().expect("a fix").edits)[0].1.matches("\"ministry\"").count(), 1);
}
