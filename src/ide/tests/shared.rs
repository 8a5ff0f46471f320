//! The same entry in two corpora, which number files and entities each in its own way.

use super::*;

/// The registry that both use.
const SHARED: &str = "[[organization]]
id = \"fish\"
names.vi = [\"Bộ Thủy sản\"]
[[person]]
id = \"mai\"
names.vi = [\"Hồ Thị Mai\"]
names.en = [\"Ho Thi Mai\"]
";

/// A corpus with the shared file, whose cursor may be in it.
fn corpus(shared: &str, rest: &str) -> Fixture {
    Fixture::new(&format!("{rest}//- ../shared.toml\n{shared}"))
}

/// The same entries in another corpus.
fn over(entries: &[EntryAt], to: &Fixture) -> Vec<EntryAt> {
    let file = to.file("../shared.toml");
    entries.iter().filter_map(|entry| entry.within(&to.snapshot, file)).collect()
}

#[test]
fn an_entry_is_found_by_its_place_and_id() {
    let there = corpus(SHARED, "//- a.txt\nHồ Thị Mai\n");
    for (what, shared, rest, wanted) in [
        ("a mention", SHARED.to_owned(), "//- x.txt\nHồ Thị $0Mai\n", vec!["mai"]),
        ("a name", SHARED.replace("[\"Hồ", "[\"H$0ồ"), "", vec!["mai"]),
        ("an id", SHARED.replace("\"fish", "\"f$0ish"), "", vec!["fish"]),
        (
            "a reference",
            SHARED.to_owned(),
            "//- own.toml\n[[office]]\nid = \"o\"\norganization = \"f$0ish\"\n",
            vec!["fish"],
        ),
        ("an entry of its own", SHARED.to_owned(), "//- own.toml\n[[office]]\nid = \"o$0\"\n", vec!["o"]),
        ("a day", SHARED.to_owned(), "//- x.txt\nngày 2 $0tháng 9 năm 1945\n", vec![]),
    ] {
        let here = corpus(&shared, rest);
        let entries = entries_at(&here.snapshot, here.cursor());
        let ids: Vec<&str> = entries.iter().map(|entry| entry.id.as_str()).collect();
        assert_eq!(ids, wanted, "{what}");
        let shared: Vec<&str> = wanted.iter().copied().filter(|id| *id != "o").collect();
        let over: Vec<_> = over(&entries, &there).into_iter().map(|entry| entry.id).collect();
        assert_eq!(over, shared, "{what}");
    }
    let other = corpus(&SHARED.replace("mai", "mơ"), "");
    let entry = entry_with_id(&there.snapshot, "mai").expect("it is there");
    assert_eq!(entry.within(&other.snapshot, other.file("../shared.toml")), None, "another stands there");
}

#[test]
fn mentions_in_another_corpus() {
    let here = corpus(SHARED, "//- own.toml\n[[person]]\nid = \"x\"\n//- x.txt\nHồ Thị $0Mai\n");
    let there = corpus(SHARED, "//- a.txt\nHồ Thị Mai, Bộ Thủy sản\n//- b.txt closed\nHo Thi Mai\n");
    let entries = over(&entries_at(&here.snapshot, here.cursor()), &there);
    let mut found = Vec::new();
    references_to(&there.snapshot, &entries, true, &mut |file, places| {
        found.extend(places.iter().map(|place| FilePlace { file, place: *place }));
        std::ops::ControlFlow::Continue(())
    });
    assert_eq!(there.show(&found), ["../shared.toml: Hồ Thị Mai", "a.txt: Hồ Thị Mai", "b.txt: Ho Thi Mai"]);
}

#[test]
fn lenses_count_where_the_entry_is_in_force() {
    let counted = |mentions, files, exact| EntryStanding::InForce(EntityCount { mentions, files, exact });
    let idle = || EntryStanding::Idle("a.toml, line 1".into());
    for (one, other, wanted) in [
        (counted(3, 2, true), counted(1, 1, true), "4 mentions in 3 files"),
        (counted(0, 0, true), counted(1, 1, true), "1 mention in 1 file"),
        (counted(3, 2, true), counted(1, 1, false), "at most 4 mentions in 3 files"),
        (idle(), counted(1, 1, true), "1 mention in 1 file"),
        (counted(0, 0, true), idle(), "no mentions"),
        (idle(), EntryStanding::Idle("b.toml, line 1".into()), "not in force: the id is taken by a.toml, line 1"),
    ] {
        let both = one.clone().and(other.clone());
        assert_eq!(both.to_string(), wanted, "{one:?} {other:?}");
    }
}

#[test]
fn a_rename_is_asked_of_each_corpus() {
    // The shared entry is in force in two corpora; in a third another file has its id first.
    let office = "//- own.toml\n[[office]]\nid = \"o\"\norganization = \"fish\"\n";
    let here = corpus(&SHARED.replace("\"fish", "\"f$0ish"), "");
    let wanted = renaming(&here.snapshot, here.cursor(), "sea").expect("a rename");
    assert_eq!(here.apply(&wanted.edits(&here.snapshot).expect("edits")).len(), 1);
    let parts = |there: &Fixture| {
        let entry = over(&entries_at(&here.snapshot, here.cursor()), there).pop().expect("it is there");
        wanted.elsewhere(entry).edits(&there.snapshot).map(|edits| {
            let files: Vec<String> = there.apply(&edits).into_iter().map(|(path, _)| path).collect();
            files.join(" ")
        })
    };
    let first = "//- ../!first.toml\n[[organization]]\nid = \"fish\"\n";
    assert_eq!(parts(&corpus(SHARED, office)).as_deref(), Ok("own.toml ../shared.toml"));
    assert_eq!(parts(&corpus(SHARED, &format!("{first}{office}"))).as_deref(), Ok("../shared.toml"));
    let taken = corpus(SHARED, "//- own.toml\n[[person]]\nid = \"sea\"\n");
    assert_eq!(parts(&taken), Err(RenameError::Taken("sea".into())));
    // Who does not have the entry, but a file that refers to it.
    for (own, wanted_here) in [
        ("//- own.toml\n[[person]]\nid = \"x\"\n", Ok(())),
        ("//- own.toml\n[[person]]\nid = \"fish\"\n", Err(RenameError::Disagreement("fish".into()))),
        ("//- own.toml\n[[person]]\nid = \"sea\"\n", Err(RenameError::Taken("sea".into()))),
    ] {
        assert_eq!(wanted.bearable(&Fixture::new(own).snapshot), wanted_here, "{own}");
    }
}

#[test]
fn a_new_id_is_free_in_each_corpus_that_uses_the_file() {
    let here = corpus(SHARED, "//- x.txt\nông «Đỗ Văn Lạc» nói\n");
    let shared = here.file("../shared.toml");
    let taken = |file, id: &str| file == shared && matches!(id, "do-van-lac" | "do-van-lac-2");
    let actions = code_actions(&here.snapshot, here.marked[0], &[], &taken);
    let new = actions.into_iter().find(|action| action.title.contains("as a new person")).expect("an action");
    let ActionChange::Edits(edits) = new.change else { panic!("edits") };
    let (path, text) = here.apply(&edits).remove(0);
    assert_eq!(path, "../shared.toml");
    assert!(text.contains("id = \"do-van-lac-3\""), "{text}");
}

#[test]
fn a_hover_tells_of_other_corpora_behind_its_own_count() {
    let here = corpus(SHARED, "//- x.txt\nHồ Thị $0Mai\n");
    let mut hover = hover(&here.snapshot, here.cursor()).expect("a hover");
    hover.add_elsewhere(&EntityCount { mentions: 3, files: 1, exact: false });
    let plain = hover.plain();
    assert!(plain.contains("  mentions: 1 here, 1 in 1 file\n  in other corpora: at most 3 in 1 file\n"), "{plain}");
}
