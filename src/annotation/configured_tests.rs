//! Faults sown into annotations against one configuration, and into the configuration itself: each is reported.

use super::check::Against;
use super::configuration::{Configuration, ConfigurationFile, ConfigurationSources};
use super::fault::AnnotationFaultClass;
use super::standoff::Standoff;
use crate::text::edit::applied;

const CONF: &str = "[entities]\n!Being\n\tPerson|Người\n\t\tOfficial <NORM>:Wikidata\n\tAnimal\nPlace\nOrganization\n\
    [relations]\n<OVERLAP> Arg1:Place, Arg2:Organization, <OVL-TYPE>:contain\n\
    <OVERLAP> Arg1:Person, Arg2:Person, <OVL-TYPE>:equal\n\
    <BEING>=Person|Animal\nLives Arg1:<BEING>, Arg2:Place\nKnows Arg1:Person, Arg2:Person, <REL-TYPE>:symmetric\n\
    Owns Arg1:Person, Arg2:Animal\nOwns Arg1:Organization, Arg2:<ANY>\n\
    Same Arg1:<ENTITY>, Arg2:<ENTITY>, <REL-TYPE>:symmetric-transitive\nCoref Arg1:Person, Arg2:Person, <REL-TYPE>:symmetric-transitive\n\
    [events]\nMove Who:Person, To:Place, From?:Place\n\tFlee <INHERIT>, Before*:<EVENT>\nMeet Who{2-3}:Person, Where?:Place\n\
    Say Who:Person, What+:<EVENT>|Place\n\
    [attributes]\nTense\tArg:<EVENT>, Value:past|present, <DEFAULT>:past\nSure\tArg:<ANY>\nGender\tArg:Person, Value:f|m\n";

/// `An sang Huế gặp Bo` and what follows.
const TEXT: &str = "An sang Huế gặp Bo. Ban Huế nói: mèo chạy về Vinh.\n";

/// A right file: two people, two places, an organisation around a place, an animal, four triggers, their events.
const RIGHT: &str = "T1\tPerson 0 2\tAn\nT2\tMove 3 7\tsang\nT3\tPlace 8 11\tHuế\nT4\tMeet 12 15\tgặp\nT5\tOfficial 16 18\tBo\n\
    T6\tOrganization 20 27\tBan Huế\nT7\tPlace 24 27\tHuế\nT8\tSay 28 31\tnói\nT9\tAnimal 33 36\tmèo\nT10\tFlee 37 41\tchạy\n\
    T11\tPlace 45 49\tVinh\nE1\tMove:T2 Who:T1 To:T3\nE2\tMeet:T4 Who:T1 Who2:T5\nE3\tSay:T8 Who:T5 What:E4\n\
    E4\tFlee:T10 Who:T5 To:T11 Before:E1\nR1\tLives Arg1:T9 Arg2:T11\nR2\tKnows Arg1:T1 Arg2:T5\nR3\tOwns Arg1:T6 Arg2:T9\n\
    *\tSame T3 T7\n*\tCoref T1 T5\nA1\tTense E1 past\nA2\tSure T3\nA3\tGender T5 m\nN1\tReference T5 Wikidata:Q1\tBo\n";

fn faults(conf: &str, tools: Option<&str>, file: &str) -> Vec<(AnnotationFaultClass, String)> {
    let sources = ConfigurationSources { annotation: Some(conf), tools, ..ConfigurationSources::default() };
    let configuration = Configuration::read(sources);
    let against = Against { text: TEXT, given: None, configuration: Some(&configuration) };
    let standoff = Standoff::parse(file);
    standoff.faults(against).into_iter().map(|fault| (fault.kind(), fault.span.slice(file).to_owned())).collect()
}

#[test]
fn what_is_right_has_no_faults() {
    assert_eq!(faults(CONF, None, RIGHT), []);
    assert_eq!(faults(CONF, Some("[options]\nValidation\tvalidate:all\n"), RIGHT), []);
}

#[test]
fn every_fault_against_the_configuration_is_reported() {
    use AnnotationFaultClass::{
        Argument, AttributeValue, DanglingReference, NotInConfiguration, Overlap, Relation, Span, Syntax,
    };
    // What is replaced in the right file, by what, the rule, and what is underlined.
    let sown: &[(&str, &str, AnnotationFaultClass, &str)] = &[
        ("T1\tPerson", "T1\tPersn", NotInConfiguration, "Persn"),
        ("T1\tPerson", "T1\tBeing", NotInConfiguration, "Being"),
        ("T1\tPerson", "T1\tperson", NotInConfiguration, "person"),
        ("T1\tPerson", "T1\tNgười", NotInConfiguration, "Người"),
        ("E1\tMove:T2", "E1\tMov:T2", NotInConfiguration, "Mov"),
        ("E1\tMove:T2", "E1\tPerson:T1", NotInConfiguration, "Person"),
        ("R1\tLives", "R1\tLive", NotInConfiguration, "Live"),
        ("R1\tLives", "R1\tMove", NotInConfiguration, "Move"),
        ("*\tSame", "*\tEquiv", NotInConfiguration, "Equiv"),
        ("A1\tTense", "A1\tTens", NotInConfiguration, "Tens"),
        ("Wikidata:Q1", "Wikdata:Q1", NotInConfiguration, "Wikdata"),
        (" To:T3", "", Argument, "Move"),
        ("Who:T1 To:T3", "", Argument, "Move"),
        ("To:T3", "To:T3 To2:T7", Argument, "Move"),
        ("To:T3", "To:T3 From:T7 From2:T11", Argument, "Move"),
        ("Who2:T5", "", Argument, "Meet"),
        ("Who:T1 Who2:T5", "Who:T1 Who2:T5 Who3:T1 Who4:T5", Argument, "Meet"),
        ("To:T3", "To:T3 Why:T7", Argument, "Why:T7"),
        ("To:T3", "To:T3 Form:T7", Argument, "Form:T7"),
        ("E1\tMove:T2 Who:T1", "E1\tMove:T2 Who:T9", Argument, "Who:T9"),
        ("To:T3", "To:T1", Argument, "To:T1"),
        ("Before:E1", "Before:T3", Argument, "Before:T3"),
        ("What:E4", "What:T9", Argument, "What:T9"),
        ("Before:E1", "Before:A1", Argument, "Before:A1"),
        ("Before:E1", "Before:E4", Argument, "E4"),
        ("Before:E1", "Before:E3", Argument, "E3"),
        ("E1\tMove:T2 Who:T1 To:T3\n", "", DanglingReference, "E1"),
        ("E2\tMeet:T4 Who:T1 Who2:T5\n", "", Argument, "Meet"),
        ("Lives Arg1:T9 Arg2:T11", "Lives Arg1:T11 Arg2:T9", Relation, "Lives"),
        ("Lives Arg1:T9", "Lives Arg1:T6", Relation, "Lives"),
        ("Lives Arg1:T9", "Lives Arg1:E1", Relation, "Lives"),
        ("Lives Arg1:T9", "Lives Who:T9", Relation, "Lives"),
        ("Lives Arg1:T9", "Lives Arg1:A2", Relation, "Arg1:A2"),
        ("Knows Arg1:T1", "Knows Arg1:T9", Relation, "Knows"),
        ("Owns Arg1:T6", "Owns Arg1:T3", Relation, "Owns"),
        ("Same T3 T7", "Same T3 E1", Relation, "Same"),
        ("Coref T1 T5", "Coref T1 T9", Relation, "Coref"),
        ("Coref T1 T5", "Coref T3 T7", Relation, "Coref"),
        ("*\tCoref", "*\tKnows", Relation, "Knows"),
        ("Tense E1 past", "Tense E1 pst", AttributeValue, "pst"),
        ("Tense E1 past", "Tense E1 Past", AttributeValue, "Past"),
        ("Tense E1 past", "Tense E1", AttributeValue, "Tense"),
        ("Sure T3", "Sure T3 quite", AttributeValue, "quite"),
        ("A2\tSure T3", "A2\tTense E1 present", AttributeValue, "Tense"),
        ("Tense E1", "Tense T1", Argument, "T1"),
        ("Gender T5", "Gender T9", Argument, "T9"),
        ("Gender T5 m", "Gender E1 m", Argument, "E1"),
        ("A2\tSure T3", "A2\tSure T2", Syntax, "T2"),
        ("A2\tSure T3", "A2\tSure N1", Argument, "N1"),
        ("T7\tPlace", "T7\tPerson", Overlap, "24 27"),
        ("T6\tOrganization 20 27\tBan Huế", "T6\tOrganization 20 26\tBan Hu", Overlap, "24 27"),
        ("T9\tAnimal 33 36\tmèo", "T9\tAnimal 45 49\tVinh", Overlap, "45 49"),
        ("T9\tAnimal", "T12\tPlace 45 49\tVinh\nT9\tAnimal", Span, "45 49"),
        ("T10\tFlee 37 41\tchạy\n", "T10\tMove 37 41\tchạy\n", Syntax, "Flee"),
    ];
    let mut missed = String::new();
    for (right, wrong, class, underlined) in sown {
        assert_eq!(RIGHT.matches(right).count(), 1, "{right}");
        let file = RIGHT.replacen(right, wrong, 1);
        let found = faults(CONF, None, &file);
        if !found.iter().any(|(kind, text)| kind == class && text == underlined) {
            missed += &format!("{right:?} → {wrong:?}: wanted {class:?} at {underlined:?}, found {found:?}\n");
        }
    }
    assert!(missed.is_empty(), "\n{missed}");
}

#[test]
fn validation_switches_overlaps() {
    let conf = "[entities]\nA\nB\n";
    let file = "T1\tA 0 7\tAn sang\nT2\tB 3 7\tsang\n";
    let count =
        |tools| faults(conf, tools, file).iter().filter(|(kind, _)| *kind == AnnotationFaultClass::Overlap).count();
    assert_eq!(count(None), 0, "nobody asks for it");
    assert_eq!(count(Some("[options]\nValidation\tvalidate:all\n")), 1);
    let rules = "[entities]\nA\nB\n[relations]\n<OVERLAP> Arg1:A, Arg2:A, <OVL-TYPE>:equal\n";
    let off = Some("[options]\nValidation validate:none\n");
    assert_eq!(faults(rules, None, file).len(), 1);
    assert_eq!(faults(rules, off, file).len(), 0);
}

#[test]
fn repairs_of_what_is_decidable() {
    let configuration = Configuration::parse(CONF);
    for (right, wrong, repaired) in [
        ("T1\tPerson", "T1\tPersn", "T1\tPerson"),
        ("Lives Arg1:T9 Arg2:T11", "Lives Arg1:T11 Arg2:T9", "Lives Arg1:T9 Arg2:T11"),
        ("Tense E1 past", "Tense E1 pst", "Tense E1 past"),
        ("Tense E1 past", "Tense E1", "Tense E1 past"),
        ("Sure T3", "Sure T3 quite", "Sure T3"),
        ("Lives Arg1:T9", "Lives Who:T9", "Lives Arg1:T9"),
    ] {
        let file = RIGHT.replacen(right, wrong, 1);
        let against = Against { text: TEXT, given: None, configuration: Some(&configuration) };
        let faults = Standoff::parse(file.as_str()).faults(against);
        let repair = faults.iter().find_map(|fault| fault.repair.as_ref()).expect("a repair");
        assert!(!repair.safe);
        assert_eq!(applied(&file, &repair.edits).unwrap(), RIGHT.replacen(right, repaired, 1), "{wrong}");
    }
}

#[test]
fn every_fault_of_a_configuration_is_reported() {
    let of = |file: ConfigurationFile, source: &str| -> Vec<String> {
        let types = Configuration::parse(CONF);
        let faults = file.faults(source, Some(&types));
        faults
            .iter()
            .map(|fault| {
                let kind = format!("{:?}", fault.kind);
                let kind = kind.split([' ', '{', '(']).next().unwrap_or_default().to_owned();
                let meant = fault.correction.as_ref().map_or(String::new(), |edit| format!(" → {}", edit.text));
                format!("{kind} {}{meant}", fault.span.slice(source))
            })
            .collect()
    };
    assert!(of(ConfigurationFile::Annotation, CONF).is_empty());
    for (source, expected) in [
        ("[entites]\nPerson\n", &["UnknownSection entites → entities"][..]),
        ("Person\n[entities]\n", &["NoSection Person"]),
        ("[entities]\nNgười\n", &["UnfitName Người"]),
        ("[entities]\nA\nB\nA\n", &["DefinedTwice A"]),
        ("[entities]\nPerson\n[relations]\nKnows Arg1:Person, Arg2:Persn\n", &["UnknownType Persn → Person"]),
        ("[entities]\nA\n[relations]\nR Arg1:<ENTITI>, Arg2:A\n", &["UnknownMacro <ENTITI> → <ENTITY>"]),
        ("[entities]\nA\n[relations]\n<ANY>=A\nR Arg1:A, Arg2:A\n", &["ReservedMacro <ANY>"]),
        ("[entities]\nA\n[relations]\nR Arg1:A, Arg2\n", &["RelationArguments R", "ArgumentForm Arg2"]),
        ("[entities]\nA\n[relations]\nR Arg1:A; Arg2:A\n", &["RelationArguments R", "UnknownType A; Arg2:A"]),
        ("[entities]\nA\n[relations]\nR Arg1:A, Arg2:A, Arg3:A\n", &["RelationArguments R"]),
        ("[entities]\nA\n[relations]\nR Arg1:A, Arg2:A, <REL-TYPE>:symetric\n", &["Value symetric → symmetric"]),
        ("[entities]\nA\n[relations]\n<OVERLAP> Arg1:A, Arg2:A, <OVL-TYPE>:contains\n", &["Value contains → contain"]),
        ("[entities]\nA\n[relations]\n<OVERLAP> Arg1:A, Arg2:A\n", &["Value <OVERLAP>"]),
        ("[entities]\nA\n[events]\nGo Who:A, Who:A\n", &["RoleTwice Who:A"]),
        ("[entities]\nA\n[events]\nGo Who{x}:A\n", &["RoleCount Who{x}"]),
        ("[entities]\nA\n[events]\nGo Who{3-1}:A\n", &["RoleCount Who{3-1}"]),
        ("[entities]\nA\n[events]\nGo Site1*:A\n", &["RepeatedDigit Site1*"]),
        ("[entities]\nA\n[events]\nGo <INHERIT>, Who:A\n", &["NothingToInherit <INHERIT>"]),
        ("[entities]\nA\n\t\tB\n", &["TooDeep B"]),
        ("[entities]\nA\n[attributes]\nSure\n", &["NoAttributeArgument Sure"]),
        ("[entities]\nA\n[attributes]\nT Arg:A, Value:past|now, <DEFAULT>:later\n", &["UnknownDefault later"]),
    ] {
        assert_eq!(of(ConfigurationFile::Annotation, source), expected, "{source:?}");
    }
    for (file, source, expected) in [
        (ConfigurationFile::Visual, "[label]\nPerson | P\n", &["UnknownSection label → labels"][..]),
        (ConfigurationFile::Visual, "[labels]\nPersn | P\nElse | E\n", &["UnknownType Persn → Person"]),
        (ConfigurationFile::Visual, "[drawing]\nPerson\tbgColour:red\n", &["UnknownOption bgColour → bgColor"]),
        (ConfigurationFile::Shortcuts, "P Person\nP Place\n", &["KeyTwice P"]),
        (ConfigurationFile::Shortcuts, "Pe Person\n", &["KeyForm Pe"]),
        (ConfigurationFile::Shortcuts, "P\n", &["LineForm P"]),
        (ConfigurationFile::Shortcuts, "P Persn\n", &["UnknownType Persn → Person"]),
        (ConfigurationFile::Tools, "[option]\n", &["UnknownSection option → options"]),
        (ConfigurationFile::Tools, "[options]\nValidation validate:al\n", &["Value al → all"]),
        (ConfigurationFile::Tools, "[options]\nValidaton validate:all\n", &["UnknownOption Validaton → Validation"]),
    ] {
        assert_eq!(of(file, source), expected, "{source:?}");
    }
}

#[test]
fn labels_keys_and_tools() {
    let sources = ConfigurationSources {
        annotation: Some("[entities]\nPerson|Người\nPlace\n"),
        visual: Some(
            "[labels]\nPerson | ผู้คน | คน\n[drawing]\nPerson\tbgColor:#ffccaa, borderColor:darken\n\
             SPAN_DEFAULT\tfgColor:black, bgColor:lightgreen\nARC_DEFAULT\tcolor:black, arrowHead:triangle-5\n",
        ),
        shortcuts: Some("# keys\nP\tPerson\nl Place\n"),
        tools: Some(
            "[options]\nValidation\tvalidate:all\n[normalization]\nWikidata DB:wiki, <URL>:https://example.org/%s\n",
        ),
    };
    let project = Configuration::read(sources);
    assert_eq!((project.label("Person"), project.label("Place")), ("ผู้คน", "Place"));
    assert_eq!(project.labels().short_label("Person"), Some("คน"));
    let drawing = project.labels().span_drawing("Person");
    assert_eq!((drawing.background.as_deref(), drawing.foreground.as_deref()), (Some("#ffccaa"), Some("black")));
    assert_eq!(project.labels().span_drawing("Place").background.as_deref(), Some("lightgreen"));
    assert_eq!(project.labels().arc_drawing("Knows").arc.as_deref(), Some("black"));
    assert_eq!((project.shortcuts().kind('P'), project.shortcuts().key("Place")), (Some("Person"), Some('l')));
    assert_eq!(project.tools().databases, ["Wikidata"]);
}
