//! Registries that nobody should write: each thing is a finding, and the rest stays in force.

use crate::support::test_folder::TestFolder;

/// `line code` of concise output about one file.
fn found(out: &str, file: &str) -> Vec<String> {
    let of_file = out.lines().filter_map(|line| line.strip_prefix(file)?.strip_prefix(':'));
    let shown = of_file.filter_map(|line| {
        let (at, rest) = line.split_once(':')?;
        Some(format!("{at} {}", rest.split_once('[')?.1.split(']').next()?))
    });
    shown.collect()
}

#[test]
fn names_that_are_none_are_findings() {
    let registry = "[[person]]\nid = \"word\"\nnames.vi = [\"Vũ\"]\n\
                    [[person]]\nid = \"country\"\nnames.th = [\"ลาว\"]\n\
                    [[person]]\nid = \"empty\"\nnames.vi = [\"\"]\n\
                    [[person]]\nid = \"blank\"\nnames.vi = [\"  \"]\n\
                    [[person]]\nid = \"control\"\nnames.vi = [\"Hồ\\u0007 Văn Vũ\"]\n\
                    [[person]]\nid = \"invisible\"\nnames.vi = [\"Hồ\\u200b Văn Vũ\"]\n\
                    [[person]]\nid = \"year\"\nnames.vi = [\"2024\"]\n\
                    [[person]]\nid = \"whole\"\nnames.vi = [\"Hồ Văn Vũ\"]\n";
    let folder = TestFolder::new(&[("scholiast.toml", ""), ("r.toml", registry), ("a.txt", "Hồ Văn Vũ ở Lào.\n")]);
    let ran = folder.run(&["check"]);
    assert_eq!(ran.status, 1, "{ran:?}");
    let wanted = [
        "3 registry/slight-name",
        "6 registry/slight-name",
        "8 registry/missing-field",
        "9 registry/invalid-value",
        "11 registry/missing-field",
        "12 registry/invalid-value",
        "14 registry/missing-field",
        "15 registry/invalid-value",
        "17 registry/missing-field",
        "18 registry/invalid-value",
        "21 registry/slight-name",
    ];
    assert_eq!(found(&ran.out, "r.toml"), wanted, "{}", ran.out);
    assert!(folder.run(&["mentions"]).out.contains("→ whole"));
    folder.run(&["check", "--fix"]);
    assert_eq!(folder.read("r.toml"), registry, "nothing of this is put right by guessing");
}

#[test]
fn a_name_without_letters_is_found_nowhere() {
    let names = ["123", "9-11", "12 34", "(?)", "๒๕๖๗"];
    let person = |name: &&str| ["[[person]]\nid = \"p", name, "\"\nnames.vi = [\"", name, "\"]\n"].concat();
    let listed: String = names.iter().map(person).collect();
    let whole = "[[person]]\nid = \"whole\"\nnames.vi = [\"Hồ Văn Vũ\", \"456\"]\nabbreviations = [\"V1\"]\n";
    let text = format!("ông 123, Mr 123, นาย 123, {} 456 Hồ Văn Vũ V1 789\n", names.join(", "));
    let folder = TestFolder::new(&[("scholiast.toml", ""), ("r.toml", &(listed + whole)), ("a.txt", &text)]);
    let found = found(&folder.run(&["check"]).out, "r.toml");
    assert_eq!(found.iter().filter(|finding| finding.ends_with("registry/slight-name")).count(), 6, "{found:?}");
    let mentions = folder.run(&["mentions", "--short-mentions"]).out;
    let linked = mentions.lines().filter(|line| line.contains('→')).collect::<Vec<_>>();
    assert_eq!(linked.len(), 2, "{linked:?}");
    assert!(linked.iter().all(|line| line.contains("→ whole")), "{linked:?}");
}

#[test]
fn whatever_is_written_is_a_finding_and_no_end() {
    let whole = "[[person]]\nid = \"whole\"\nnames.vi = [\"Hồ Văn Vũ\"]\n";
    let nested = |open: &str, close: &str| format!("x = {}1{}\n{whole}", open.repeat(50_000), close.repeat(50_000));
    for (registry, wanted) in [
        // Nested deeper than any stack; open and closed, in values, headers and keys.
        (format!("x = {}\n{whole}", "[".repeat(50_000)), "registry/syntax"),
        (nested("[", "]"), "registry/syntax"),
        (nested("{a=", "}"), "registry/syntax"),
        (format!("[[{}]]\n{whole}", vec!["a"; 50_000].join(".")), "registry/syntax"),
        (format!("{whole}names.{} = [\"a\"]\n", vec!["vi"; 50_000].join(".")), "registry/syntax"),
        // Control characters that TOML does not let stand in a string, and such as it does.
        (whole.replace("Văn", "V\u{7}n"), "registry/syntax"),
        (whole.replace("Văn", "V\0n"), "registry/syntax"),
        (whole.replace("Văn", "V\\u0000n"), "registry/invalid-value"),
        (whole.replace("Văn", "V\u{202e}n"), "registry/invalid-value"),
        // Long names, and much of what nobody knows.
        (whole.replace("Văn", &"Văn ".repeat(20_000)), ""),
        (whole.replace("whole", &"w".repeat(200_000)), ""),
        (
            format!("{whole}{}", (0..2_000).map(|at| ["k", &at.to_string(), " = 1\n"].concat()).collect::<String>()),
            "registry/unknown-key",
        ),
        (whole.repeat(5_000), "registry/duplicate-id"),
    ] {
        let shown: String = registry.chars().take(80).collect();
        let folder = TestFolder::new(&[("scholiast.toml", ""), ("r.toml", &registry), ("a.txt", "Hồ Văn Vũ ở Huế.\n")]);
        let ran = folder.run(&["check", "--fail-on", "hint"]);
        // The one line that sums up is all that is said beside the findings.
        let said = ran.err.lines().all(|line| line.starts_with("Found "));
        assert!(matches!(ran.status, 0 | 1) && said, "{shown}: {} {}", ran.status, ran.err);
        assert!(ran.out.contains(wanted) && ran.out.is_empty() == wanted.is_empty(), "{shown}: {}", ran.out);
    }
}

#[test]
fn of_one_id_in_two_files_the_first_is_in_force() {
    let folder = TestFolder::new(&[
        ("scholiast.toml", ""),
        ("a.toml", "[[person]]\nid = \"x\"\nnames.vi = [\"Hồ Văn Vũ\"]\n"),
        ("b.toml", "[[person]]\nid = \"x\"\nnames.vi = [\"Lê Thị Na\"]\n"),
        ("a.txt", "Hồ Văn Vũ gặp Lê Thị Na.\n"),
    ]);
    let ran = folder.run(&["check"]);
    assert_eq!(found(&ran.out, "b.toml"), ["2 registry/duplicate-id"]);
    let mentions = folder.run(&["mentions"]).out;
    assert!(mentions.contains("Hồ Văn Vũ") && !mentions.contains("Lê Thị Na"), "{mentions}");
}

#[test]
fn ten_thousand_of_one_family_are_read_and_told_apart() {
    const VOWELS: [&str; 5] = ["a", "o", "u", "i", "e"];
    const ONSETS: [&str; 20] =
        ["B", "C", "D", "G", "H", "K", "L", "M", "N", "P", "Ph", "R", "S", "T", "Th", "Tr", "V", "X", "Nh", "Kh"];
    let syllable = |number: usize| format!("{}{}n", ONSETS[number % 20], VOWELS[number / 20 % 5]);
    let person = |number: usize| {
        let (middle, given) = (syllable(number % 100), syllable(number / 100));
        format!("[[person]]\nid = \"n{number}\"\nnames.vi = [\"Nguyễn {middle} {given}\"]\n")
    };
    let registry: String = (0..10_000).map(person).collect();
    let text = format!("Nguyễn {} {}\nนายเหงียน บัน บัน เหงียน เหงียน\n", syllable(41), syllable(7)).repeat(50);
    let folder = TestFolder::new(&[("scholiast.toml", ""), ("r.toml", &registry), ("a.txt", &text)]);
    let ran = folder.run(&["mentions", "--format", "jsonl"]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    assert_eq!(ran.out.lines().filter(|row| row.contains("\"n741\"") && row.contains("\"exact\"")).count(), 50);
}
