//! Registries that nobody should write: each thing is a finding, and the rest stays in force.

#[path = "support/desk.rs"]
mod desk;

use desk::Desk;

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
    let desk = Desk::new(&[("scholiast.toml", ""), ("r.toml", registry), ("a.txt", "Hồ Văn Vũ ở Lào.\n")]);
    let ran = desk.run(&["check"]);
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
    assert!(desk.run(&["mentions"]).out.contains("→ whole"));
    desk.run(&["check", "--fix"]);
    assert_eq!(desk.read("r.toml"), registry, "nothing of this is put right by guessing");
}

#[test]
fn of_one_id_in_two_files_the_first_is_in_force() {
    let desk = Desk::new(&[
        ("scholiast.toml", ""),
        ("a.toml", "[[person]]\nid = \"x\"\nnames.vi = [\"Hồ Văn Vũ\"]\n"),
        ("b.toml", "[[person]]\nid = \"x\"\nnames.vi = [\"Lê Thị Na\"]\n"),
        ("a.txt", "Hồ Văn Vũ gặp Lê Thị Na.\n"),
    ]);
    let ran = desk.run(&["check"]);
    assert_eq!(found(&ran.out, "b.toml"), ["2 registry/duplicate-id"]);
    let mentions = desk.run(&["mentions"]).out;
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
    let desk = Desk::new(&[("scholiast.toml", ""), ("r.toml", &registry), ("a.txt", &text)]);
    let ran = desk.run(&["mentions", "--format", "jsonl"]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    assert_eq!(ran.out.lines().filter(|row| row.contains("\"n741\"") && row.contains("\"exact\"")).count(), 50);
}
