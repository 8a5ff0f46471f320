//! Entries of a registry that are not in force, since their id is taken.

use super::*;
use crate::corpus::Snapshot;

/// Two of one id, and one who refers to it.
const TWO: &str = "//- a.toml
[[office]]
id = \"post\"
names.vi = [\"Trưởng ban Cá\"]
[[person]]
id = \"x\"
names.vi = [\"Đỗ Văn Xuân\"]
offices = [{ office = \"post\" }]
//- b.toml
# others
[[office]]
id = \"post\"
country = \"VN\"
names.vi = [\"Trưởng ban Tôm\"]

[[person]]
id = \"x\"
names.vi = [\"Hồ Thị Mai\"]
offices = [{ office = \"post\" }]
//- a.txt
Đỗ Văn Xuân, Hồ Thị Mai, Trưởng ban Cá, Trưởng ban Tôm
";

/// The two with the cursor before the `nth` place, from 0, where `text` stands.
fn with_cursor(text: &str, nth: usize) -> Fixture {
    let (at, _) = TWO.match_indices(text).nth(nth).expect("the text is there so often");
    Fixture::new(&format!("{}$0{}", &TWO[..=at], &TWO[at + 1..]))
}

fn hovered(text: &str, nth: usize) -> String {
    let fixture = with_cursor(text, nth);
    hover(&fixture.snapshot, fixture.cursor()).map(|hover| hover.plain()).unwrap_or_default()
}

#[test]
fn hover_says_who_has_the_id() {
    let id = hovered("\"x\"", 1);
    expect![[r#"
        Hồ Thị Mai · official · x
          not in force: `x` is the entry in a.toml, line 5: of several with one id the first by path and position wins
    "#]]
    .assert_eq(&id);
    assert_eq!(hovered("\"Hồ Thị Mai\"", 0), id);
    assert!(hovered("\"post\"", 2).contains("Trưởng ban Tôm · office · post"), "the second entry's own id");
    assert!(hovered("\"post\"", 3).contains("Trưởng ban Cá · office"), "what it refers to is in force");
    assert_eq!(hovered("offices", 1), hovered("offices", 0), "keys say what they are for");
    assert!(!hovered("offices", 1).is_empty());
    assert!(!hovered("\"x\"", 0).contains("not in force"));
}

#[test]
fn definition_goes_to_who_has_the_id() {
    let goto = |text, nth, ask: fn(&Snapshot, FilePosition) -> Vec<Jump>| {
        let fixture = with_cursor(text, nth);
        let links = ask(&fixture.snapshot, fixture.cursor());
        let places: Vec<FilePlace> =
            links.iter().map(|link| FilePlace { file: link.file, place: link.focus }).collect();
        places
            .iter()
            .zip(fixture.show(&places))
            .map(|(at, shown)| format!("{shown} @{}", at.place.start.line))
            .collect()
    };
    let goto = |text, nth, ask| -> Vec<String> { goto(text, nth, ask) };
    assert_eq!(goto("\"x\"", 1, definition), ["a.toml: \"x\" @4"]);
    assert_eq!(goto("\"x\"", 1, declaration), ["a.toml: \"x\" @4"]);
    assert!(goto("\"x\"", 1, implementation).is_empty());
    assert!(goto("\"Hồ Thị Mai\"", 0, definition).is_empty());
    assert_eq!(goto("\"x\"", 0, definition), ["a.txt: Đỗ Văn Xuân @0"]);
    assert_eq!(goto("\"post\"", 3, definition), ["a.toml: \"Trưởng ban Cá\" @2"]);
}

#[test]
fn outline_folds_selection_and_lenses_hold_it() {
    let fixture = with_cursor("\"x\"", 1);
    let b = fixture.file("b.toml");
    let mut out = Vec::new();
    tree(&document_symbols(&fixture.snapshot, b), 0, &mut out);
    expect![[r#"
        Trưởng ban Tôm [post, not in force] Entity(Office)
        Hồ Thị Mai [x, not in force] Entity(Official)
          Trưởng ban Cá [post] Tenure
    "#]]
    .assert_eq(&out.concat());
    let folds: Vec<(u32, u32)> =
        folding_ranges(&fixture.snapshot, b).iter().map(|fold| (fold.start, fold.end)).collect();
    assert_eq!(folds, [(1, 4), (6, 9)]);
    let selected = selection_ranges(&fixture.snapshot, fixture.cursor());
    let texts: Vec<&str> = selected.iter().map(|place| place.span().slice(fixture.text(b))).collect();
    assert!(texts.iter().any(|text| text.starts_with("[[person]]") && text.contains("post")), "{texts:?}");
    let lenses = code_lens(&fixture.snapshot, b);
    let says: Vec<_> = lenses.iter().map(|lens| said(&fixture.snapshot, b, lens)).collect();
    assert_eq!(says[1].as_deref(), Some("not in force: the id is taken by a.toml, line 5"));
    let a = fixture.file("a.toml");
    let lenses = code_lens(&fixture.snapshot, a);
    let says: Vec<_> = lenses.iter().filter_map(|lens| said(&fixture.snapshot, a, lens)).collect();
    assert_eq!(says, ["1 mention in 1 file"; 2]);
}

#[test]
fn rename_changes_what_is_meant_alone() {
    let renamed = |text, nth, new| {
        let fixture = with_cursor(text, nth);
        rename(&fixture.snapshot, fixture.cursor(), new).map(|edits| {
            let changed = fixture.apply(&edits).into_iter();
            changed.map(|(path, text)| format!("{path}: {}", text.matches(new).count())).collect::<Vec<_>>()
        })
    };
    // The second by itself, by its id and by its name; the text names somebody else, or nobody.
    assert_eq!(renamed("\"x\"", 1, "mai"), Ok(vec!["b.toml: 1".into()]));
    assert_eq!(renamed("\"Hồ Thị Mai\"", 0, "Hồ Thị Mơ"), Ok(vec!["b.toml: 1".into()]));
    assert_eq!(renamed("\"x\"", 1, "post"), Err(RenameError::Taken("post".into())));
    // The first with all that refers to it, and without the second.
    assert_eq!(renamed("\"x\"", 0, "xuan"), Ok(vec!["a.toml: 1".into()]));
    for nth in [0, 1, 3] {
        assert_eq!(renamed("\"post\"", nth, "chief"), Ok(vec!["a.toml: 2".into(), "b.toml: 1".into()]));
    }
    let fixture = with_cursor("\"x\"", 1);
    assert!(linked_editing(&fixture.snapshot, fixture.cursor()).is_empty());
}
