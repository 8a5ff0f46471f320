//! Tables of configurations with the faults they have, and what they make of a file.

use jiff::civil::date;
use proptest::prelude::*;

use super::*;
use crate::diagnostic::Severity;
use crate::text::Span;
use crate::text::marks::unmark;
use crate::toml_tree::{Spanned, TomlValue};
use ConfigFaultClass::{InvalidValue, UnknownKey};

/// Checks that the marked places, and no others, have faults of these kinds, in this order.
fn faults(marked: &str, kinds: &[ConfigFaultClass]) -> Config {
    let (text, spans) = unmark(marked);
    let (config, faults) = Config::parse(&text).unwrap();
    let found: Vec<_> = faults.iter().map(|fault| (fault.kind.class(), fault.span)).collect();
    let wanted: Vec<_> = kinds.iter().copied().zip(spans).collect();
    assert_eq!(found, wanted, "{marked}\n{faults:#?}");
    config
}

#[test]
fn a_preset_is_weaker_than_every_setting() {
    let config = faults("[rules]\npreset = \"lenient\"\n\"date/x\" = \"hint\"", &[]);
    let of = |code, severity| config.severity(code, severity, "a.txt");
    assert_eq!(of("date/y", Severity::Error), Some(Severity::Error));
    assert_eq!(of("date/y", Severity::Warning), Some(Severity::Info));
    assert_eq!(of("date/y", Severity::Info), None);
    assert_eq!(of("date/x", Severity::Info), Some(Severity::Hint));
    let strict = faults("[rules]\npreset = \"strict\"", &[]);
    assert_eq!(strict.severity("date/y", Severity::Hint, "a.txt"), Some(Severity::Warning));
    faults("[rules]\npreset = «\"lenint\"»", &[InvalidValue]);
}

#[test]
fn what_the_command_line_says_is_strongest() {
    let mut config =
        faults("[rules]\n\"date/x\" = \"off\"\n[[per-file]]\npath = \"*\"\nrules = { \"*\" = \"off\" }", &[]);
    let rule = Spanned { value: "date/*".into(), span: Span::default() };
    config.overrides.push(RuleSetting { rule, level: Some(RuleLevel::At(Severity::Error)), options: Vec::new() });
    assert_eq!(config.severity("date/x", Severity::Info, "a.txt"), Some(Severity::Error));
    assert_eq!(config.severity("text/x", Severity::Info, "a.txt"), None);
}

#[test]
fn nothing_said_is_the_default() {
    let config = faults("", &[]);
    assert!(config.is_text("a.txt") && config.is_text("x/y/a.txt") && !config.is_text("a.ann"));
    assert!(config.is_registry("officials.toml"));
    assert!(!config.is_registry("scholiast.toml") && !config.is_registry("x/officials.toml"));
    assert_eq!(config.corpus.languages, ["th", "vi", "en", "lo"]);
    assert!(config.corpus.document_date.masthead);
    assert_eq!(config.for_file("a.txt").severity("date/x", Severity::Info), Some(Severity::Info));
}

#[test]
fn reads_everything() {
    let config = faults(
        r#"
[corpus]
include = ["texts/**/*.txt", "*.md"]
exclude = ["texts/old/", "**/draft"]
registry = ["registry/*.toml", "scholiast.toml"]
languages = ["th"]
document-date = { masthead = false, value = 2024-05-25, file-name = '^(?<year>\d{4})(?<month>\d\d)(?<day>\d\d)' }
[rules]
"date/a" = "off"
"date/b" = { severity = "hint", limit = 3 }
[[per-file]]
path = "x/**"
rules = { "date/a" = "error" }
document-date = 2020-01-02
[[suppress]]
path = "a.txt"
rule = "date/a"
text = "ก"
until = 2027-01-01
reason = "as printed"
[[pattern]]
name = "ticket"
regex = 'T-(?<number>\d+)'
value = "$number"
checks.number = { range = [1, 9] }
hover = "h"
message = "m"
[[decrees.type]]
abbr = "XĐ"
class = "adm"
issuers = ["TTg"]
year-in-number = "none"
th-seen = ["ก"]
[[decrees.agency]]
abbr = "BXX"
kind = "ministry"
from = 2025-03-01
until = "2026-02"
successor = "BYY"
variants = ["BX"]
[[decrees.agency]]
abbr = "BYY"
from = 1995
[editor]
inlay-hints = false
"#,
        &[],
    );
    assert!(config.is_text("texts/a/b.txt") && config.is_text("r.md") && !config.is_text("b.txt"));
    assert!(!config.is_text("texts/old/b.txt") && !config.is_text("texts/draft/b.txt"));
    assert!(config.excludes("texts/draft") && !config.excludes("texts"));
    assert!(config.is_registry("registry/a.toml") && !config.is_registry("scholiast.toml"));
    assert_eq!(config.for_file("a.txt").document_date(), Some(date(2024, 5, 25)));
    assert_eq!(config.for_file("x/a.txt").document_date(), Some(date(2020, 1, 2)));
    assert_eq!(config.patterns[0].name.value, "ticket");
    assert_eq!(config.decrees.types[0].issuers[0].value, "TTg");
    let [agency, other] = &config.decrees.agencies[..] else { panic!("two agencies") };
    assert_eq!(
        (agency.from.as_ref().unwrap().value.as_str(), agency.until.as_ref().unwrap().value.as_str()),
        ("2025-03-01", "2026-02")
    );
    assert_eq!(other.from.as_ref().unwrap().value, "1995");
    assert_eq!(config.editor_switch("inlay-hints"), Some(false));
    assert_eq!(config.editor_switch("code-lens"), None);
    let limit = config.for_file("a.txt").option("date/b", "limit").map(|limit| limit.value.clone());
    assert_eq!(limit, Some(TomlValue::Integer(3)));
}

#[test]
fn reports_faults_where_they_are() {
    faults("«corpsu» = {}\n[corpus]\n«inclde» = []", &[UnknownKey, UnknownKey]);
    faults("[corpus]\ninclude = [«3», «'a['»]\nexclude = «true»", &[InvalidValue, InvalidValue, InvalidValue]);
    faults(
        "[corpus]\ndocument-date = { file-name = 'ก«(»', masthead = «1», «mast» = 1 }",
        &[InvalidValue, InvalidValue, UnknownKey],
    );
    faults("[corpus]\ndocument-date = { file-name = «'(?<year>x)'» }", &[InvalidValue]);
    faults("[rules]\na = «'of'»\nb = «3»\nc = { severity = «1» }", &[InvalidValue, InvalidValue, InvalidValue]);
    faults("«[[per-file]]»\n[[per-file]]\npath = «'{'»", &[InvalidValue, InvalidValue]);
    faults("[[pattern]]\nname = «''»\nregex = «''»", &[InvalidValue, InvalidValue]);
    faults("«[[decrees.agency]]»\nfrom = «'2025-13'»", &[InvalidValue, InvalidValue]);
    faults("[[decrees.type]]\nabbr = 'A'\nyear-in-number = «'yaer'»", &[InvalidValue]);
    faults("[editor]\n«inlay» = true\ncode-lens = «'no'»", &[UnknownKey, InvalidValue]);
    faults("corpus = «3»\nrules = «3»\nsuppress = «3»", &[InvalidValue, InvalidValue, InvalidValue]);
    assert!(Config::parse("[").is_err());
}

#[test]
fn a_suppression_that_is_not_whole_hides_nothing() {
    for marked in [
        "«[[suppress]]»\npath = '**'",
        "«[[suppress]]»\nrule = 'date/a'",
        "[[suppress]]\npath = '**'\nrule = '*'\nuntil = «'2020-01-01'»",
        "[[suppress]]\npath = '**'\nrule = '*'\ntext = «3»",
        "[[suppress]]\npath = «'['»\nrule = '*'",
    ] {
        assert!(faults(marked, &[InvalidValue]).suppress.is_empty(), "{marked}");
    }
}

#[test]
fn the_later_and_the_more_special_wins() {
    let config = faults(
        "[rules]\n'date/a' = 'error'\n'date/*' = 'off'\n'*' = 'hint'\n\
         [[per-file]]\npath = 'x/**'\nrules = { 'date/*' = 'info' }\n\
         [[per-file]]\npath = 'x/y/*'\nrules = { 'date/a' = { option = 1 } }\n",
        &[],
    );
    for (path, code, wanted) in [
        ("a.txt", "date/a", Some(Severity::Error)),
        ("a.txt", "date/b", None),
        ("a.txt", "dates/b", Some(Severity::Hint)),
        ("x/a.txt", "date/a", Some(Severity::Info)),
        ("x/y/a.txt", "date/a", Some(Severity::Info)),
    ] {
        assert_eq!(config.severity(code, Severity::Warning, path), wanted, "{path} {code}");
    }
}

#[test]
fn suppressions_cover_what_they_name() {
    let config = faults(
        "[[suppress]]\npath = 'a*.txt'\nrule = 'date/a'\ntext = \"Lâm\"\n\
         [[suppress]]\npath = '**'\nrule = 'decree/*'\nuntil = 2025-06-30\n",
        &[],
    );
    let covers =
        |path: &str, code: &str, surface: &str, day| config.for_file(path).suppressions(code, surface, day).to_vec();
    let (before, after) = (date(2025, 6, 30), date(2025, 7, 1));
    assert_eq!(covers("ab.txt", "date/a", "La\u{302}m", after), [0]);
    assert!(covers("ab.txt", "date/a", "Lam", after).is_empty());
    assert!(covers("x/ab.txt", "date/a", "Lâm", after).is_empty());
    assert_eq!(covers("x/ab.txt", "decree/b", "", before), [1]);
    assert!(covers("x/ab.txt", "decree/b", "", after).is_empty());

    let unused = |used: &[bool], day| -> Vec<_> {
        let faults = config.unused_suppressions(used, day).into_iter();
        faults
            .map(|fault| match fault.kind {
                ConfigFaultKind::UnusedSuppression { rule, ended } => (rule.to_string(), ended),
                kind => panic!("{kind:?}"),
            })
            .collect()
    };
    assert_eq!(unused(&[true, true], before), []);
    assert_eq!(unused(&[], before), [("date/a".to_owned(), None), ("decree/*".to_owned(), None)]);
    assert_eq!(unused(&[true, true], after), [("decree/*".to_owned(), Some(before))]);
}

#[test]
fn codes_are_checked_against_the_rules() {
    let text = "[rules]\n'dat/a' = 'off'\n'date/*' = 'off'\n'*' = 'off'\n[[suppress]]\npath = '*'\nrule = 'date/b'\n";
    let (config, _) = Config::parse(text).unwrap();
    let found: Vec<_> = config
        .check_codes(&["date/a"])
        .into_iter()
        .map(|fault| (fault.kind.class(), fault.span.slice(text), fault.correction.unwrap().text))
        .collect();
    assert_eq!(found, [(UnknownKey, "'dat/a'", "\"date/a\"".into()), (InvalidValue, "'date/b'", "\"date/a\"".into())]);
}

#[test]
fn fixes_are_treated_as_the_strongest_setting_says() {
    let mut config = faults(
        "[fix]\nsafe = ['entity/spelling-variants', 'date/*']\nunsafe = ['date/b', 'entity/*']\noff = ['*']\n",
        &[],
    );
    let level = |config: &Config, code: &str| config.for_file("a.txt").fix_level(code);
    for (code, wanted) in [
        ("entity/spelling-variants", FixLevel::Safe),
        ("entity/glued-name", FixLevel::Unsafe),
        ("date/a", FixLevel::Safe),
        ("date/b", FixLevel::Unsafe),
        ("text/a", FixLevel::Off),
    ] {
        assert_eq!(level(&config, code), Some(wanted), "{code}");
    }
    let rule = Spanned { value: "*".into(), span: Span::default() };
    config.fix_overrides.push(FixSetting { rule, level: FixLevel::Unsafe });
    assert_eq!(level(&config, "text/a"), Some(FixLevel::Unsafe));
    assert_eq!(level(&faults("", &[]), "text/a"), None);
    faults("[fix]\nsafe = «'date/a'»\n«saef» = []\n", &[InvalidValue, UnknownKey]);
}

#[test]
fn languages_are_those_that_are_recognised() {
    assert_eq!(faults("[corpus]\nlanguages = ['vi', 'th-TH', 'lo']", &[]).corpus.languages, ["vi", "th-TH", "lo"]);
    let config = faults("[corpus]\nlanguages = ['vi', «'fr'», «''»]", &[InvalidValue, InvalidValue]);
    assert_eq!(config.corpus.languages, ["vi"]);
}

#[test]
fn globs_that_match_nothing_are_told() {
    for (marked, texts, registries) in [
        ("[corpus]\nregistry = [«'registy.toml'»]", &["a.txt"][..], &["registry.toml"][..]),
        ("[corpus]\nregistry = ['*.toml', «'more.toml'»]", &[], &["a.toml"]),
        ("[corpus]\nregistry = ['*.toml', 'more/*.toml']", &[], &["a.toml"]),
        ("[corpus]\nregistry = ['*.toml', «'../*.toml'»]", &[], &["a.toml"]),
        ("[corpus]\ninclude = [«'**/*.md'», «'x/'»]", &["a.txt"], &[]),
        ("[corpus]\ninclude = ['**/*.md', '**/*.txt']", &["a.txt"], &[]),
        ("", &[], &[]),
    ] {
        let (text, spans) = unmark(marked);
        let (config, _) = Config::parse(&text).unwrap();
        let found: Vec<_> = config.without_match(texts, registries).iter().map(|fault| fault.span).collect();
        assert_eq!(found, spans, "{marked}");
    }
}

#[test]
fn suppressions_by_the_thousand_stay_linear() {
    let entry = |number: usize| format!("[[suppress]]\npath = 'a.txt'\nrule = 'date/a'\ntext = 'văn bản {number}'\n");
    let text: String = (0..4_000).map(entry).collect();
    let (config, _) = Config::parse(&text).unwrap();
    let of_file = config.for_file("a.txt");
    for number in 0..4_000 {
        let surface = format!("văn bản {number}");
        assert_eq!(of_file.suppressions("date/a", &surface, date(2026, 1, 1)).to_vec(), [number]);
    }
}

proptest! {
    #[test]
    fn hostile_files_never_panic(text in "(\\[\\[?(corpus|rules|per-file|suppress|pattern|decrees.type|editor)\\]\\]?\n|(path|rule|regex|name|include|document-date|from) = |[\\[\\]{}'\",\n*(\\\\]|1|ก|2024-01-01){0,40}") {
        if let Ok((_, faults)) = Config::parse(&text) {
            for fault in faults {
                let _ = fault.span.slice(&text);
            }
        }
    }
}
