//! Decisions of a person about mentions: what is offered, what is written, and who obeys.

use std::sync::Arc;

use camino::Utf8Path;
use jiff::civil::date;

use super::{actions_of, hover_of, titles, with_registry};
use crate::config::Config;
use crate::corpus::linked::LinkContext;
use crate::corpus::{LoadedFile, World, mention};
use crate::ide::ActionChange;
use crate::ide::fixture::Fixture;
use crate::rules::check_file;
use crate::rules::engine::check_sources;
use crate::rules::sources::unused_settings;
use crate::rules::used_settings::UsedSettings;
use crate::text::FileId;

fn decided(texts: &str, decisions: &str) -> Fixture {
    with_registry(&format!("//- scholiast.toml\n{decisions}\n{}", texts.trim_start()))
}

/// The configuration after the action of a title.
fn written(fixture: &Fixture, title: &str) -> String {
    let action = actions_of(fixture).into_iter().find(|action| action.title == title);
    let action = action.unwrap_or_else(|| panic!("no `{title}` among {:#?}", titles(fixture)));
    let ActionChange::Edits(edits) = action.change else { panic!("edits") };
    fixture.apply(&edits).into_iter().find(|(path, _)| path == "scholiast.toml").expect("the configuration").1
}

/// The codes of findings about decisions, and what they lie on in the configuration.
fn idle(fixture: &Fixture) -> Vec<String> {
    let snapshot = &fixture.snapshot;
    let mut used = UsedSettings::none_of(snapshot);
    for file in snapshot.files() {
        let report = check_file(snapshot, file);
        used.take(&report.used, &report.decided);
    }
    let (config, source) = snapshot.config_source.as_ref().expect("a configuration");
    let mut found = unused_settings(snapshot, &used);
    found.extend(check_sources(snapshot).diagnostics.into_iter().filter(|found| found.file == *config));
    found.iter().map(|found| format!("{} {}", found.code, found.place.span().slice(&source.text))).collect()
}

#[test]
fn one_of_several_is_said_to_be_nobody_or_somebody() {
    let fixture = with_registry(
        "//- scholiast.toml\n[corpus]\n//- a.txt\nHôm qua Le Van An đến thăm trường.\nNhà thơ Le Van $0An đọc thơ.\n",
    );
    let offered = titles(&fixture);
    for title in [
        "`Le Van An` is Lê Văn An (le-van-an) here",
        "`Le Van An` is Lê Vân Ân (le-van-an-2) here",
        "`Le Van An` is nobody here",
    ] {
        assert!(offered.iter().any(|offered| offered == title), "{title}: {offered:#?}");
    }
    assert_eq!(
        written(&fixture, "`Le Van An` is nobody here"),
        "[corpus]\n\n[[decide]]\npath = \"a.txt\"\ntext = \"Le Van An\"\nnear = \"Nhà thơ\"\nis = \"nothing\"\n"
    );
    // What cannot be told apart is decided together, and the title says so.
    let alike = with_registry("//- scholiast.toml\n[corpus]\n//- a.txt\nLe Van An\nLe Van $0An\n");
    let offered = titles(&alike);
    let title = "`Le Van An` is nobody in all 2 places of this file";
    assert!(offered.iter().any(|offered| offered == title), "{offered:#?}");
    assert!(!written(&alike, title).contains("near"));
}

#[test]
fn references_and_dates_are_none_where_a_person_says_so() {
    for (text, title) in [
        ("Họp ngày 4/5/20$023 tại trường", "`4/5/2023` is no date here"),
        ("Theo Quyết định 318/QĐ-T$0Tg", "`318/QĐ-TTg` is no reference here"),
        ("ที่กระทรวง$0ประมงในวันนี้", "`กระทรวงประมง` is no organization here"),
    ] {
        let fixture = with_registry(&format!("//- scholiast.toml\n[corpus]\n//- a.txt\n{text}\n"));
        let decisions = written(&fixture, title);
        assert!(decisions.ends_with("is = \"nothing\"\n"), "{decisions}");
        let obeyed = decided(&format!("//- a.txt\n{text}\n"), &decisions);
        assert_eq!(idle(&obeyed), [""; 0], "{text}");
        let undone = titles(&obeyed);
        assert!(undone.iter().any(|title| title.starts_with("take back the decision about")), "{undone:?}");
        assert!(!undone.iter().any(|title| title.contains(" is no ")), "{undone:?}");
    }
}

#[test]
fn hover_links_and_findings_obey() {
    const NOBODY: &str =
        "[[decide]]\npath = \"a.txt\"\ntext = \"Trịnh Công Hùng\"\nnear = \"nhà thơ\"\nis = \"nothing\"\n";
    let text = |cursor: &str| format!("//- scholiast.toml\n{NOBODY}\n//- a.txt\n{cursor}\n");
    assert_eq!(hover_of(&text("gặp nhà thơ Trịnh Công $0Hùng")), "nothing");
    assert!(hover_of(&text("gặp Bộ trưởng Trịnh Công $0Hùng")).contains("trinh-cong-hung"));
    const OTHER: &str = "[[decide]]\npath = \"*.txt\"\ntext = \"Le Van An\"\nis = \"le-van-an-2\"\n";
    let hover =
        hover_of(&format!("//- scholiast.toml\n{OTHER}\n//- a.txt\ngặp Le Van $0An\n//- b.txt closed\nLe Van An\n"));
    assert!(hover.contains("le-van-an-2") && hover.contains("*decided*: by `[[decide]]` in scholiast.toml"), "{hover}");
    assert!(hover.contains("1 here, 2 in 2 files"), "{hover}");
    // Words in which nobody was recognised are somebody where a person says so, as words of their own.
    const SHORT: &str = "[[decide]]\npath = \"*.txt\"\ntext = \"Công Hùng\"\nis = \"trinh-cong-hung\"\n";
    let hover = |text: &str| hover_of(&format!("//- scholiast.toml\n{SHORT}\n//- a.txt\n{text}\n"));
    assert!(hover("gặp Công $0Hùng ở đó").contains("trinh-cong-hung"));
    assert_eq!(hover("gặp Công $0Hùngx ở đó"), "nothing");
}

#[test]
fn decisions_that_decide_nothing_and_unknown_ids_are_findings() {
    let texts = "//- a.txt\nLe Van An đến\n//- b.txt closed\nTrịnh Công Hùng\n";
    let entry =
        |path: &str, text: &str, rest: &str| format!("[[decide]]\npath = \"{path}\"\ntext = \"{text}\"\n{rest}\n");
    for (decision, wanted) in [
        (entry("a.txt", "Le Van An", "is = \"nothing\""), &[][..]),
        (entry("*.txt", "Le Van An", "is = \"le-van-an\""), &[]),
        (entry("b.txt", "Le Van An", "is = \"nothing\""), &["config/unused-decision [[decide]]"]),
        (entry("a.txt", "Le Van An", "near = \"ông\"\nis = \"nothing\""), &["config/unused-decision [[decide]]"]),
        (entry("a.txt", "Le Van An", "is = \"le-van-am\""), &["config/invalid-value \"le-van-am\""]),
        (entry("a.txt", "đến", "is = \"nothing\""), &["config/unused-decision [[decide]]"]),
        (entry("b.txt", "Tri\u{323}nh Co\u{302}ng Hu\u{300}ng", "is = \"nothing\""), &[]),
    ] {
        assert_eq!(idle(&decided(texts, &decision)), wanted, "{decision}");
    }
}

#[test]
fn a_decision_is_taken_back_with_its_table() {
    let decisions = "# ours\n[[decide]] # seen\npath = \"a.txt\"\ntext = \"Le Van An\"\nis = \"nothing\"\n\n[editor]\n";
    let fixture = decided("//- a.txt\nLe Van $0An đến\n", decisions);
    assert_eq!(written(&fixture, "take back the decision about `Le Van An`"), "# ours\n[editor]\n\n");
}

/// Everything that is mentioned in a corpus, with its link, and the counts of the index.
fn mentioned(world: &World) -> Vec<String> {
    let snapshot = world.current();
    let mut all = Vec::new();
    for file in snapshot.files_by_path() {
        let links = LinkContext { registry: &snapshot.registry, day: None, short: true };
        for mention in mention::mentions(file, &snapshot.profile(file), links) {
            all.push(format!("{} {} {:?}", file.path, mention.place.start.byte, mention.what));
        }
        all.push(format!("{:?}", file.counts()));
    }
    let people = snapshot.registry.entities();
    all.extend(people.map(|entity| format!("{} {:?}", entity.id, snapshot.index.entity(entity.ix))));
    all
}

/// Reads closed files again, as whoever owns a world does.
fn read_again(world: &mut World, closed: Vec<FileId>, texts: &[(&str, &str)]) {
    for file in closed {
        let path = world.named(file).expect("a path").clone();
        let text = texts.iter().find(|(known, _)| *known == path.as_str()).expect("a text").1;
        let loaded = LoadedFile::new(&world.current().ctx().for_path(path.as_str()), text.as_bytes());
        world.load(&path, loaded);
    }
}

#[test]
fn a_corpus_under_other_decisions_is_as_one_that_was_opened_under_them() {
    let decision =
        |path: &str, text: &str, is: &str| format!("[[decide]]\npath = \"{path}\"\ntext = \"{text}\"\nis = \"{is}\"\n");
    let texts = [
        ("a.txt", "ông Lê Văn An gặp ông An ngày 4/5/2023\nLe Van An, Nhất Chi Mai đến\n"),
        ("b.txt", "Le Van An theo Quyết định 318/QĐ-TTg ngày 4/5/2023\n"),
        ("c.txt", "Lê Vân Ân nói\n"),
    ];
    let registry = |more: &str| Arc::<str>::from(format!("{}{more}", super::REGISTRY));
    let mai = "[[person]]\nid = \"mai\"\nnames.vi = [\"Hoàng Thị Mai\"]\n";
    let open = |config: &str, more: &str| {
        let mut world = World::new(Arc::new(Config::parse(config).expect("TOML").0), date(2026, 1, 1));
        world.set_registry([("r.toml".into(), Some(registry(more)), false)]);
        world.open(Utf8Path::new("a.txt"), texts[0].1);
        for (path, text) in &texts[1..] {
            let loaded = LoadedFile::new(&world.current().ctx().for_path(path), text.as_bytes());
            world.load(Utf8Path::new(path), loaded);
        }
        world
    };
    let configs = [
        String::new(),
        decision("*.txt", "Le Van An", "le-van-an"),
        decision("b.txt", "Le Van An", "nothing") + &decision("b.txt", "4/5/2023", "nothing"),
        decision("a.txt", "Nhất Chi Mai", "mai") + &decision("a.txt", "An", "le-van-an-2"),
        decision("c.txt", "Lê Vân Ân", "nothing"),
    ];
    let mut world = open("", "");
    for (at, config) in configs.iter().chain(configs.iter().rev()).enumerate() {
        let parsed = Config::parse(config).expect("TOML").0;
        let closed = world.set_config(Arc::new(parsed));
        read_again(&mut world, closed, &texts);
        // Somebody comes into the registry whom a decision names, and goes again.
        let more = if at % 2 == 0 { mai } else { "" };
        let closed = world.set_registry([("r.toml".into(), Some(registry(more)), false)]);
        read_again(&mut world, closed, &texts);
        assert_eq!(mentioned(&world), mentioned(&open(config, more)), "{config} {more}");
    }
}
