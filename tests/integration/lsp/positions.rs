//! The same places in three units, and places that do not exist.

use serde_json::json;

use super::support::{Client, Folder, codes, counting, position, range};

const TEXT: &str = "😀น้ำ ngày 31/02/2024\r\nเมื่อวันที่ 30 กุมภาพันธ์ 2567\rNguyễn 👩‍👩‍👧 31/04/2024\n";
const WRONG: [&str; 3] = ["31/02/2024", "30 กุมภาพันธ์ 2567", "31/04/2024"];

#[test]
fn ranges_in_three_units() {
    let folder = Folder::new(&[("scholiast.toml", ""), ("a.txt", TEXT)]);
    for encoding in ["utf-8", "utf-16", "utf-32"] {
        let mut client = Client::start(&[&folder], counting(encoding));
        let uri = folder.uri("a.txt");
        client.open(&uri, TEXT);
        let version =
            |client: &mut Client| client.pushed.get(&uri)?.last().filter(|(version, _)| *version == Some(1)).cloned();
        let (_, found) = client.wait("findings of version 1", version);
        let found: Vec<_> = found.into_iter().filter(|found| found["code"] == "date/impossible-day").collect();
        assert_eq!(found.len(), 3, "{found:?}");
        for (found, wrong) in found.iter().zip(WRONG) {
            let (found, wanted) = (&found["range"], range(TEXT, wrong, encoding));
            assert_eq!(found["start"]["line"], wanted["start"]["line"], "{encoding} {wrong}");
            // The finding lies within what was written, at the day or around the date.
            let column = |at: &serde_json::Value| at["character"].as_u64().unwrap();
            assert!(column(&wanted["start"]) <= column(&found["start"]), "{encoding} {wrong}: {found}");
            assert!(column(&found["end"]) <= column(&wanted["end"]), "{encoding} {wrong}: {found}");
        }
    }
}

#[test]
fn without_an_offer_columns_are_utf_16() {
    let folder = Folder::new(&[("scholiast.toml", "")]);
    for (offered, wanted) in [
        (json!({}), "utf-16"),
        (counting("utf-32"), "utf-32"),
        (json!({ "general": { "positionEncodings": ["utf-16", "utf-32", "utf-8"] } }), "utf-8"),
        (counting("utf-7"), "utf-16"),
    ] {
        let mut client = Client::spawn();
        assert_eq!(client.initialize(&[&folder], offered)["positionEncoding"], wanted);
    }
}

#[test]
fn edits_in_three_units() {
    let folder = Folder::new(&[("scholiast.toml", ""), ("a.txt", "")]);
    for encoding in ["utf-8", "utf-16", "utf-32"] {
        let mut client = Client::start(&[&folder], counting(encoding));
        let uri = folder.uri("a.txt");
        client.open(&uri, TEXT);
        // Mends the three dates, the last first, so that the places stay right.
        let changes = [("31/04", "30/04"), ("30 กุมภาพันธ์", "28 กุมภาพันธ์"), ("31/02", "28/02")]
            .map(|(wrong, right)| json!({ "range": range(TEXT, wrong, encoding), "text": right }));
        client.change(&uri, 2, json!(changes));
        let version =
            |client: &mut Client| client.pushed.get(&uri)?.last().filter(|(version, _)| *version == Some(2)).cloned();
        let (_, found) = client.wait("findings of version 2", version);
        assert!(!codes(&found).contains(&"date/impossible-day".to_owned()), "{encoding}: {found:?}");
    }
}

#[test]
fn places_outside_the_text_are_clamped() {
    let folder = Folder::new(&[("scholiast.toml", ""), ("a.txt", "")]);
    let mut client = Client::plain(&folder);
    let uri = folder.uri("a.txt");
    client.open(&uri, "one\ntwo");
    let at = |line: u64, character: u64| json!({ "line": line, "character": character });
    for (version, start, end, text) in [
        (2, at(99, 0), at(99, 7), " three"),
        (3, at(0, 99), at(0, 999), "!"),
        // Inverted: what lies between is replaced.
        (4, at(1, 3), at(1, 0), "31/02/2024"),
        (5, at(4_294_967_295, 4_294_967_295), at(4_294_967_295, 4_294_967_295), "."),
    ] {
        client.change(&uri, version, json!([{ "range": { "start": start, "end": end }, "text": text }]));
    }
    // one!\n31/02/2024 three.
    let version =
        |client: &mut Client| client.pushed.get(&uri)?.last().filter(|(version, _)| *version == Some(5)).cloned();
    let (_, found) = client.wait("findings of version 5", version);
    assert_eq!(codes(&found), ["date/impossible-day"], "{found:?}");
    assert_eq!(found[0]["range"]["start"]["line"], 1);
}

#[test]
fn a_byte_order_mark_has_no_column() {
    let folder = Folder::new(&[("scholiast.toml", ""), ("a.txt", "\u{feff}31/02/2024\n")]);
    let mut client = Client::plain(&folder);
    let uri = folder.uri("a.txt");
    let first_column = |client: &Client| {
        let (_, found) = client.pushed.get(&uri)?.last()?.clone();
        let found = found.into_iter().find(|found| found["code"] == "date/impossible-day")?;
        Some(found["range"]["start"].clone())
    };
    let closed = client.wait("findings of the closed file", |client| first_column(client));
    assert_eq!(closed, position("31/02/2024", 0, "utf-16"));
    client.pushed.clear();
    client.open(&uri, "31/02/2024\n");
    let open = client.wait("findings of the open file", |client| first_column(client));
    assert_eq!(open, closed);
}
