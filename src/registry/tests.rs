//! Tables of registry files with the faults they have and the places they are reported at.

use jiff::civil::date;
use proptest::prelude::*;

use super::*;
use crate::text::marks::unmark;
use RegistryFaultClass::{
    DuplicateId, InvalidValue, MissingField, RepeatedSpelling, SharedSpelling, Syntax, UnknownKey, UnknownReference,
};

fn load(text: &str) -> Registry {
    Registry::load(&[RegistrySource { file: FileId(0), text }])
}

/// The faults, but for slight names: the names here are short ones.
fn told(registry: &Registry) -> Vec<&RegistryFault> {
    registry.faults().iter().filter(|fault| fault.kind.class() != RegistryFaultClass::SlightName).collect()
}

/// Checks that the marked places, and no others, have faults of these kinds, in this order.
fn faults(marked: &str, kinds: &[RegistryFaultClass]) -> Registry {
    let (text, spans) = unmark(marked);
    let registry = load(&text);
    let found: Vec<_> = told(&registry).iter().map(|fault| (fault.kind.class(), fault.at.span)).collect();
    let wanted: Vec<_> = kinds.iter().copied().zip(spans).collect();
    assert_eq!(found, wanted, "{marked}");
    registry
}

const CORPUS: &str = r#"
version = 1
[[organization]]
id = "moh"
names.vi = ["Bộ Y tế"]
abbreviations = ["BYT"]
sort = "ministry"
successor = { id = "moh-new", since = 2025-03-01 }
[[organization]]
id = "moh-new"
abbreviations = ["BYTM"]
[[office]]
id = "moh/minister"
organization = "moh"
[[person]]
id = "le-thu"
names.th = ["เล ทู"]
names.vi = ["Lê Thu", "Lê Thị Thu"]
names.lo-Latn = ["Le Thou"]
offices = [
  { office = "moh/minister", since = 2016-04-09, until = 2020-07-07, source = "a", unverified = "the end" },
  { office = "moh/minister", since = 2021-01-01 },
]
country = "VN"
links = { web = "https://example.org/1" }
note = "n"
[[place]]
id = "hue"
names = { vi = ["Huế"], th = ["เว้"] }
[[person]]
id = "an"
occupation = "journalist"
[person.names]
en = ["An"]
[[decree]]
id = "1/QĐ-TTg"
date = 2020-01-02
title.vi = "Về việc"
url = "https://example.org/2"
"#;

#[test]
fn reads_everything() {
    let registry = faults(CORPUS, &[]);
    let ids: Vec<_> = registry.entities().map(|entity| (entity.id.as_str(), entity.kind)).collect();
    assert_eq!(
        ids,
        [
            ("moh", EntityKind::Organization),
            ("moh-new", EntityKind::Organization),
            ("moh/minister", EntityKind::Office),
            ("le-thu", EntityKind::Official),
            ("hue", EntityKind::Place),
            ("an", EntityKind::Person),
            ("1/QĐ-TTg", EntityKind::Decree),
        ]
    );
    let person = registry.by_id("le-thu").unwrap();
    assert_eq!(person.display_name(), "เล ทู");
    assert_eq!(person.names_for("VI").unwrap().names[0].text, "Lê Thu");
    assert_eq!(person.preferred_in(NameScript::Latin).unwrap().text, "Lê Thu");
    assert_eq!(person.names_in(NameScript::Latin).count(), 3);
    assert_eq!(person.names_for("lo-latn").unwrap().script(), NameScript::Latin);
    assert_eq!(*person.links, [("web".into(), "https://example.org/1".into())]);
    assert_eq!(*person.tenures()[0].basis.source, ["a"]);
    assert_eq!(person.tenures()[0].basis.unverified.as_deref(), Some("the end"));
    assert_eq!(registry.by_id("hue").unwrap().names.len(), 2);
    assert_eq!(registry.by_id("moh").unwrap().abbreviations[0].text, "BYT");
    assert_eq!(registry.by_id("moh-new").unwrap().display_name(), "BYTM");
    assert_eq!(registry.by_id("an").unwrap().display_name(), "An");
    let EntityDetail::Decree { date: Some(signed), titles, .. } = &registry.by_id("1/QĐ-TTg").unwrap().detail else {
        panic!("a decree with a date");
    };
    assert_eq!((signed.date, titles[0].0.as_str()), (date(2020, 1, 2), "vi"));
}

#[test]
fn knows_who_held_what_when() {
    let registry = load(CORPUS);
    let office = registry.by_id("moh/minister").unwrap();
    let person = registry.by_id("le-thu").unwrap();
    for (day, held) in [
        (date(2016, 4, 8), 0),
        (date(2016, 4, 9), 1),
        (date(2020, 7, 7), 1),
        (date(2020, 7, 8), 0),
        (date(2030, 1, 1), 1),
    ] {
        assert_eq!(person.tenures_at(day).count(), held, "{day}");
        assert_eq!(registry.holders_at(office.ix, day).count(), held, "{day}");
    }
    assert_eq!(registry.holders(office.ix).count(), 2);
    let organization = registry.organization(office).unwrap();
    assert_eq!(organization.id, "moh");
    assert_eq!(registry.offices_of(organization.ix).map(|office| office.ix).collect::<Vec<_>>(), [office.ix]);
}

#[test]
fn every_place_is_exact() {
    let registry = load(CORPUS);
    for entity in registry.entities() {
        let slice = |at| registry.origin(entity, at).span.slice(CORPUS);
        assert_eq!(slice(entity.id_at), format!("{:?}", entity.id));
        assert!(registry.whole(entity).span.slice(CORPUS).starts_with(&format!("[[{}]]\n", entity.kind.table())));
        for name in entity.spellings() {
            assert_eq!(slice(name.at), format!("\"{}\"", name.text));
            let start = registry.origin(entity, name.at).span.start;
            assert_eq!(registry.at(FileId(0), start).unwrap().entity.ix, entity.ix);
        }
    }
    assert!(registry.at(FileId(0), 1).is_none());
    assert!(registry.at(FileId(1), 100).is_none());
}

#[test]
fn reports_faults_where_they_are() {
    faults("[[person]]\nid = «»\nnames.vi = [\"A\"]", &[Syntax]);
    faults("«x» = 1\nversion = «2»", &[UnknownKey, InvalidValue]);
    faults("[[person]]\nid = 'a'\nnames.vi = ['A']\n«ofices» = []", &[UnknownKey]);
    faults("[[person]]\nid = «'a'»", &[MissingField]);
    faults("«[[person]]»\nnames.vi = ['A']", &[MissingField]);
    faults("[[person]]\nid = «' '»\nnames.vi = ['A']", &[MissingField]);
    faults("[[organization]]\nid = «'a'»\n[[office]]\nid = 'b'", &[MissingField]);
    faults("[[place]]\nid = «'a'»\nnames.vi = [«''», «' '»]", &[MissingField, InvalidValue, InvalidValue]);
    faults("[[place]]\nid = «'a'»\nnames.vi = «[]»", &[MissingField, InvalidValue]);
    faults("[[place]]\nid = 'a'\nnames.vi = ['A', «1»]", &[InvalidValue]);
    faults("[[place]]\nid = 'a'\nnames.vi = «'A'»", &[InvalidValue]);
    faults("[[place]]\nid = 'a'\nnames.vi = ['A', «\"B\\u0007\"», «\"C\\u200b\"»]", &[InvalidValue, InvalidValue]);
    faults("[[place]]\nid = 'a'\nnames.«v» = ['A']", &[InvalidValue]);
    faults("[[place]]\nid = 'a'\nnames.vi = ['A']\ncountry = «'Vietnam'»", &[InvalidValue]);
    faults("[[place]]\nid = 'a'\nnames.vi = ['A']\nlinks = { web = «1» }", &[InvalidValue]);
    faults("[[decree]]\nid = 'a'\ndate = «\"2020-01-01\"»\ntitle.vi = «['x']»", &[InvalidValue, InvalidValue]);
    faults("[[decree]]\nid = 'a'\ndate = «2020-01-01T00:00:00»", &[InvalidValue]);
    faults("«[place]»\nid = 'a'\nnames.vi = ['A']", &[InvalidValue]);
    faults("place = «3»", &[InvalidValue]);
}

#[test]
fn faults_of_one_field_leave_the_rest_in_force() {
    let registry = faults(
        "[[office]]\nid = 'o'\n[[person]]\nid = 'a'\nnames.vi = ['A', «3»]\nnames.th = ['ก']\n\
         offices = [{ office = 'o', since = 2020-01-02, until = «2020-01-01» }, «{ since = 2021-01-01 }»]\n",
        &[InvalidValue, InvalidValue, InvalidValue],
    );
    let person = registry.by_id("a").unwrap();
    assert_eq!(person.spellings().map(|name| name.text.as_str()).collect::<Vec<_>>(), ["A", "ก"]);
    assert_eq!(person.tenures().len(), 1);
    assert!(person.tenures()[0].since.is_none() && person.tenures()[0].until.is_none());
}

#[test]
fn corrections_repair() {
    for (broken, repaired) in [
        ("[[person]]\nid='a'\nnames.vi='A'", "[[person]]\nid='a'\nnames.vi=[\"A\"]"),
        ("[[person]]\nid='a'\nnames.vi=['A ']", "[[person]]\nid='a'\nnames.vi=[\"A\"]"),
        ("[[person]]\nid='a'\nnames.vi=['A']\ncountry='vn'", "[[person]]\nid='a'\nnames.vi=['A']\ncountry=\"VN\""),
        ("[person]\nid='a'\nnames.vi=['A']", "[[person]]\nid='a'\nnames.vi=['A']"),
        ("[[decree]]\nid='1'\ndate='2020-01-02'", "[[decree]]\nid='1'\ndate=2020-01-02"),
        ("[[decree]]\nid='1'\nlink={}", "[[decree]]\nid='1'\nlinks={}"),
        ("[[place]]\nid='a'\nnames.vi=[\"A\\u200b\"]", "[[place]]\nid='a'\nnames.vi=[\"A\"]"),
    ] {
        let registry = load(broken);
        let edit = told(&registry).iter().find_map(|fault| fault.correction.clone());
        assert_eq!(crate::text::edit::apply(broken, &[edit.unwrap()]), repaired);
        assert!(told(&load(repaired)).is_empty(), "{repaired}");
    }
}

#[test]
fn references_lead_to_the_right_kind() {
    let registry = faults(
        "[[organization]]\nid = 'moh'\nnames.vi = ['Bộ']\nsuccessor = { id = «'moj'» }\n\
         [[office]]\nid = 'moh/minister'\norganization = «'moh/minister'»\n\
         [[person]]\nid = 'p'\nnames.vi = ['P']\noffices = [{ office = «'moh/ministr'» }]\n",
        &[UnknownReference, UnknownReference, UnknownReference],
    );
    let wanted: Vec<_> = told(&registry)
        .iter()
        .map(|fault| match fault.kind {
            RegistryFaultKind::UnknownReference { wanted, found, .. } => (wanted, found),
            _ => panic!("{fault:?}"),
        })
        .collect();
    let (organization, office) = (EntityKind::Organization, EntityKind::Office);
    assert_eq!(wanted, [(organization, None), (organization, Some(office)), (office, None)]);
    assert_eq!(told(&registry)[2].correction.as_ref().unwrap().text, "\"moh/minister\"");
    assert_eq!(
        registry.by_id("p").unwrap().kind,
        EntityKind::Official,
        "an office that is not known is still an office"
    );
}

#[test]
fn the_first_of_a_duplicate_wins_across_files() {
    let (first, second) = ("[[person]]\nid = 'a'\nnames.vi = ['A']", "[[place]]\nid = 'a'\nnames.vi = ['B']");
    // File numbers need not follow the order of paths; the order given does.
    let registry = Registry::load(&[
        RegistrySource { file: FileId(7), text: first },
        RegistrySource { file: FileId(3), text: second },
    ]);
    assert_eq!(registry.len(), 1);
    assert_eq!(registry.by_id("a").unwrap().kind, EntityKind::Person);
    let [fault] = told(&registry)[..] else { panic!("one fault") };
    assert_eq!((fault.kind.class(), fault.at.file), (DuplicateId, FileId(3)));
    assert_eq!(fault.related.as_ref().unwrap().0.file, FileId(7));
}

#[test]
fn an_entry_that_is_not_in_force_is_there_nonetheless() {
    let text = "[[person]]\nid = 'a'\nnames.vi = ['A B']\n[[person]]\nid = «'a'»\nnames.vi = ['12-34']\n\
                offices = [{ office = «'none'» }]\n";
    let registry = faults(text, &[DuplicateId, UnknownReference]);
    assert!(
        registry
            .faults()
            .iter()
            .any(|fault| matches!(&fault.kind, RegistryFaultKind::SlightName { name, .. } if name == "12-34"))
    );
    let entries: Vec<_> = registry.of_file(FileId(0)).collect();
    let [first, second] = entries[..] else { panic!("two entries") };
    assert!(first.taken_by.is_none());
    assert_eq!(second.taken_by.map(Entity::display_name), Some("A B"));
    assert_eq!(registry.entities().count(), 1);
    let at = second.origin(second.entity.id_at).span.start;
    assert_eq!(registry.at(FileId(0), at).map(|entry| entry.whole()), Some(second.whole()));
    assert_eq!(
        registry.at(FileId(0), at).and_then(|entry| entry.taken_by).map(|first| first.ix),
        Some(first.entity.ix)
    );
}

#[test]
fn a_broken_file_leaves_the_others_in_force() {
    let registry = Registry::load(&[
        RegistrySource { file: FileId(0), text: "[[person" },
        RegistrySource { file: FileId(1), text: "[[person]]\nid = 'a'\nnames.vi = ['A']" },
    ]);
    assert_eq!((registry.len(), told(&registry).len()), (1, 1));
}

#[test]
fn spellings_compare_without_case_and_normalisation() {
    let person = |id: &str, names: &str| format!("[[person]]\nid = '{id}'\nnames.vi = [{names}]\n");
    let two = |first: &str, second: &str, kinds| faults(&(person("a", first) + &person("b", second)), kinds);
    two("'Lâm'", "'Lam', 'Lấm'", &[]);
    two("'Lâm'", "«'LÂM'»", &[SharedSpelling]);
    two("'Lâm'", "«\"La\\u0302m\"»", &[SharedSpelling]);
    two("'Lâm', «'lâm'»", "'Hà'", &[RepeatedSpelling]);
    // Under two tags a spelling may stand twice, and it is shared once.
    let registry = faults(
        "[[person]]\nid = 'a'\nnames.vi = ['An']\nnames.en = ['An']\n[[person]]\nid = 'b'\nnames.vi = [«'An'»]\nnames.en = ['An']\n",
        &[SharedSpelling],
    );
    assert!(matches!(told(&registry)[0].kind, RegistryFaultKind::SharedSpelling { namesakes: true, .. }));
}

#[test]
fn namesakes_are_people() {
    let registry = faults(
        "[[place]]\nid = 'x'\nnames.en = ['Son']\n[[person]]\nid = 'a'\nnames.en = [«'Son'»]\n[[person]]\nid = 'b'\nnames.en = [«'Son'»]\n",
        &[SharedSpelling, SharedSpelling],
    );
    let found: Vec<_> = told(&registry)
        .iter()
        .map(|fault| match &fault.kind {
            RegistryFaultKind::SharedSpelling { other, namesakes, .. } => (other.as_str(), *namesakes),
            _ => panic!("{fault:?}"),
        })
        .collect();
    assert_eq!(found, [("x", false), ("a", true)]);
}

#[test]
fn duplicates_by_the_thousand_stay_linear() {
    let entry = |number: usize| {
        ["[[person]]\nid = 'p", &(number / 2).to_string(), "'\nnames.vi = ['Lê An']\noffices = [{ office = 'none' }]\n"]
            .concat()
    };
    let text: String = (0..10_000).map(entry).collect();
    let registry = load(&text);
    let count = |kind| told(&registry).iter().filter(|fault| fault.kind.class() == kind).count();
    assert_eq!((count(DuplicateId), count(SharedSpelling), count(UnknownReference)), (5_000, 4_999, 10_000));
}

proptest! {
    #[test]
    fn hostile_files_never_panic(text in "(\\[\\[?(person|office|place|names)\\]\\]?\n|id|names|\\.vi|offices| = |[\\[\\]{}'\",\n]|a|1|ก|2024-01-01){0,40}") {
        let registry = load(&text);
        for fault in told(&registry) {
            let _ = fault.at.span.slice(&text);
        }
    }

    #[test]
    fn every_id_is_found_again(ids in proptest::collection::vec("[a-z/]{1,6}", 0..20)) {
        let text: String = ids.iter().flat_map(|id| ["[[office]]\nid = '", id, "'\n"]).collect();
        let registry = load(&text);
        for id in &ids {
            prop_assert_eq!(&registry.by_id(id).unwrap().id, id);
        }
        let distinct: std::collections::BTreeSet<_> = ids.iter().collect();
        prop_assert_eq!(registry.len(), distinct.len());
        prop_assert_eq!(told(&registry).len(), ids.len() - distinct.len());
    }
}

#[test]
fn slight_names_are_faults_of_people() {
    let text = "[[person]]\nid='a'\nnames.vi=['Vũ', 'Hồ Văn Vũ', 'Y', '2024', '9-11', '٢٠ ٢٤', 'Ronaldinho']\nnames.th=['ลาว', 'โดหุ่งเวียด', 'วู หวู']\n\
                names.zh=['毛泽东']\n[[place]]\nid='b'\nnames.vi=['Huế']\n";
    let registry = load(text);
    let slight: Vec<&str> = registry
        .faults()
        .iter()
        .filter_map(|fault| match &fault.kind {
            RegistryFaultKind::SlightName { name, .. } => Some(name.as_str()),
            _ => None,
        })
        .collect();
    assert_eq!(slight, ["Vũ", "Y", "2024", "9-11", "٢٠ ٢٤", "ลาว"]);
}

#[test]
fn the_first_letter_tells_the_script() {
    for (name, script) in [
        ("Đặng", NameScript::Latin),
        ("e\u{301}", NameScript::Latin),
        ("(1) ตริญ", NameScript::Thai),
        ("เจิ่น A", NameScript::Thai),
        ("๑ ບຸນ", NameScript::Lao),
        ("毛泽东", NameScript::Other),
        ("Ивáн", NameScript::Other),
        ("×ª", NameScript::Other),
        ("๑๒ ฿ 12", NameScript::Other),
    ] {
        assert_eq!(NameScript::of(name), script, "{name}");
    }
}

#[test]
fn a_registry_is_told_from_other_toml() {
    for (text, foreign) in [
        ("", false),
        ("# people\n", false),
        ("version = 1\n", false),
        ("version = 2 # of the format\n", false),
        ("[[person]]\nid = 'a'\n", false),
        ("[note]\nx = 1\n[[place]]\nid = 'a'\n", false),
        ("person = [{ id = 'a' }]\n", false),
        ("[[pers", false),
        ("[proj", true),
        ("\u{feff}version = 1\n[[person]]\n", false),
        ("[project]\nname = 'x'\nversion = '1.0'\n", true),
        ("[package]\nversion = 1\n", true),
        ("version = '1.0'\nname = 'x'\n", true),
        ("name = 'x'\n", true),
    ] {
        assert_eq!(is_foreign(text), foreign, "{text}");
    }
}

#[test]
fn links_lead_to_the_web_alone() {
    faults(
        "[[person]]\nid = 'a'\nnames.vi = ['Lê Văn An']\nlinks = { wikidata = 'Q1', web = 'https://example.org', x = «'command:run'», mail = 'mailto:a@example.org', f = «'file:///x'» }\n\
         [[decree]]\nid = '1/QĐ-TTg'\nurl = «'javascript:alert(1)'»\n",
        &[InvalidValue, InvalidValue, InvalidValue],
    );
}
