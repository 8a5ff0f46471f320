//! The demonstration corpus, end to end with the real binary. Counts of mentions were made by hand with a text search
//! for each listed spelling; dates and references were read in the texts.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

fn scholiast(args: &[&str]) -> (String, i32) {
    let output = Command::new(env!("CARGO_BIN_EXE_scholiast"))
        .args(args)
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")))
        .output()
        .expect("the binary runs");
    (String::from_utf8(output.stdout).expect("UTF-8"), output.status.code().expect("an exit status"))
}

fn rows(args: &[&str]) -> Vec<Value> {
    let (out, _) = scholiast(args);
    out.lines().map(|line| serde_json::from_str(line).expect("a JSON object")).collect()
}

fn mentions() -> Vec<Value> {
    rows(&["mentions", "seeds", "--format", "jsonl"])
}

fn text<'a>(row: &'a Value, field: &str) -> &'a str {
    row[field].as_str().unwrap_or_default()
}

#[test]
fn every_person_is_found_and_nobody_else() {
    let mut found: BTreeMap<(String, String), usize> = BTreeMap::new();
    for row in mentions().iter().filter(|row| matches!(text(row, "kind"), "official" | "person")) {
        *found.entry((text(row, "path")[6..9].to_owned(), text(row, "id").to_owned())).or_default() += 1;
    }
    let by_hand = [
        ("000", "dan-hung", 1),
        ("000", "nguyen-thanh-lam", 3),
        ("000", "phosy-keomanivong", 3),
        ("000", "tung-anh", 1),
        ("001", "do-hung-viet", 3),
        ("001", "nguyen-manh-hung", 8),
        ("002", "nguyen-thanh-lam", 9),
        ("002", "nong-thi-ha", 7),
        ("003", "bui-thanh-son", 5),
        ("003", "saleumxay-kommasith", 6),
        ("004", "ha-truc-linh", 1),
        ("004", "ngo-le-van", 4),
        ("004", "phan-anh-son", 4),
    ];
    let by_hand: BTreeMap<_, _> =
        by_hand.into_iter().map(|(path, id, count)| ((path.to_owned(), id.to_owned()), count)).collect();
    assert_eq!(found, by_hand);
    assert_eq!(found.values().sum::<usize>(), 55);
}

#[test]
fn full_dates_and_references_have_their_values() {
    let mentions = mentions();
    let values = |kind: &str| -> Vec<(String, String)> {
        mentions
            .iter()
            .filter(|row| text(row, "kind") == kind)
            .map(|row| (text(row, "text").to_owned(), text(row, "value").to_owned()))
            .collect()
    };
    let decrees = [
        ("752/QD-TTg", "752/QĐ-TTg"),
        ("47/NQ-CP", "47/NQ-CP"),
        ("57-KL/TW", "57-KL/TW"),
        ("1719/QD-TTg", "1719/QĐ-TTg"),
    ];
    assert_eq!(values("decree"), decrees.map(|(text, value)| (text.to_owned(), value.to_owned())));
    let dates = values("date");
    for (text, value) in [
        ("28 พฤศจิกายน", "XXXX-11-28"),
        ("25/05/2024", "2024-05-25"),
        ("23 มิถุนายน 2566", "2023-06-23"),
        ("15 เมษายน 2567", "2024-04-15"),
        ("15 มิถุนายน 2566", "2023-06-15"),
        ("14 ตุลาคม 2021", "2021-10-14"),
        ("2564-2573", "2021/2030"),
        ("2566 - 2568", "2023/2025"),
        ("22 พฤศจิกายน", "XXXX-11-22"),
        ("21-23 พฤศจิกายน", "XXXX-11-21/XXXX-11-23"),
        ("8 กรกฎาคม", "XXXX-07-08"),
        ("09/07/2025", "2025-07-09"),
    ] {
        assert!(dates.contains(&(text.to_owned(), value.to_owned())), "{text} {value} in {dates:?}");
    }
}

#[test]
fn positions_of_a_row_agree_with_each_other() {
    for row in mentions() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(text(&row, "path"));
        let file = std::fs::read_to_string(path).expect("a seed text");
        let span = |field: &str| [0, 1].map(|at| row[field][at].as_u64().expect("a number") as usize);
        let [start, end] = span("bytes");
        assert_eq!(&file[start..end], text(&row, "text"));
        assert_eq!(span("chars"), [start, end].map(|at| file[..at].chars().count()));
        let line = file[..start].matches('\n').count();
        assert_eq!(row["range"]["start"]["line"], line);
        let column = file[..start].rsplit('\n').next().unwrap_or_default().encode_utf16().count();
        assert_eq!(row["range"]["start"]["character"], column);
        let [outer_start, outer_end] = span("extent");
        assert!(outer_start <= start && end <= outer_end);
    }
}

#[test]
fn a_curator_finds_what_is_wrong() {
    let (out, status) = scholiast(&["check", "seeds"]);
    assert_eq!(status, 1, "there are warnings");
    for wanted in [
        "001_25a7b5f8fcc804d9.txt:6:246: info[entity/spelling-variants] `เหงียน มันห์ หุ่ง`",
        "001_25a7b5f8fcc804d9.txt:9:4: info[entity/spelling-variants] `โด หุ่ง เวียด`",
        "003_4ff4c6b450b448af.txt:3:120: info[entity/spelling-variants] `บุย ทันห์ เซิน`",
        "003_4ff4c6b450b448af.txt:2:97: info[entity/spelling-variants] `ซาลิมไซ กมมะสิด`",
        "002_0f625328c3ae7765.txt:7:99: info[entity/spelling-variants] `Nguyen Thanh Lam`",
        "002_0f625328c3ae7765.txt:23:76: info[entity/spelling-variants] `หนองทีฮา`",
        "002_0f625328c3ae7765.txt:27:14: warning[entity/glued-name] `Nguyễn Thanh Lâm`",
        "002_0f625328c3ae7765.txt:44:8: warning[text/broken-url]",
        "003_4ff4c6b450b448af.txt:1:45: warning[entity/inner-space] a space inside `รัฐมนตรีว่าการกระทรวง การต่างประเทศ`",
        "002_0f625328c3ae7765.txt:16:384: warning[decree/type-word-mismatch]",
        "002_0f625328c3ae7765.txt:16:745: warning[decree/type-word-mismatch]",
        "002_0f625328c3ae7765.txt:18:179: warning[decree/type-word-mismatch]",
        "001_25a7b5f8fcc804d9.txt:2:205: info[date/mixed-era-document]",
        "002_0f625328c3ae7765.txt:18:200: info[date/mixed-era-document]",
        "003_4ff4c6b450b448af.txt:7:211: info[date/mixed-era-document]",
    ] {
        assert!(out.contains(wanted), "{wanted}\nin\n{out}");
    }
    assert!(!out.contains("47/NQ-CP"), "มติ is the right word for a Nghị quyết");
    assert!(!out.contains("error["), "nothing in the seeds is certainly wrong");
}

#[test]
fn threads_change_no_byte_and_a_file_alone_has_the_same_findings() {
    let (one, _) = scholiast(&["check", "seeds", "--format", "jsonl", "--threads", "1"]);
    let (four, _) = scholiast(&["check", "seeds", "--format", "jsonl", "--threads", "4"]);
    assert_eq!(one, four);
    let path = "seeds/002_0f625328c3ae7765.txt";
    let (alone, _) = scholiast(&["check", path, "--format", "jsonl"]);
    let of_file: Vec<&str> =
        one.lines().filter(|line| line.contains(&format!("\"path\":\"{path}\",\"text\""))).collect();
    assert_eq!(alone.lines().collect::<Vec<_>>(), of_file);
}
