//! Trust: what the server fixes is right, and whatever stands in a registry or a configuration it goes on answering.

use serde_json::{Value, json};

use super::support::{Client, Folder, codes, position, pulls};

/// A client that pulls findings and takes actions as edits.
fn acting(folder: &Folder) -> Client {
    let mut capabilities = pulls();
    capabilities["textDocument"]["codeAction"] =
        json!({ "codeActionLiteralSupport": { "codeActionKind": { "valueSet": [] } } });
    Client::start(&[folder], capabilities)
}

/// The text after edits, which do not overlap.
fn applied(text: &str, edits: &Value) -> String {
    let byte = |at: &Value| {
        let places = text.char_indices().map(|(byte, _)| byte).chain([text.len()]);
        let mut places = places.filter(|byte| position(text, *byte, "utf-16") == *at);
        places.next().unwrap_or_else(|| panic!("{at} in {text:?}"))
    };
    let mut edits: Vec<(usize, usize, &str)> = edits
        .as_array()
        .unwrap()
        .iter()
        .map(|edit| {
            let (start, end) = (byte(&edit["range"]["start"]), byte(&edit["range"]["end"]));
            (start, end, edit["newText"].as_str().unwrap())
        })
        .collect();
    edits.sort_unstable();
    let mut after = text.to_owned();
    for (start, end, new) in edits.into_iter().rev() {
        after.replace_range(start..end, new);
    }
    after
}

/// The texts of files after all safe fixes of the first.
fn fixed(client: &mut Client, folder: &Folder, files: &[(&str, &str)]) -> Vec<String> {
    let uri = folder.uri(files[0].0);
    let whole = json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 1, "character": 0 } });
    let params = json!({
        "textDocument": { "uri": uri }, "range": whole,
        "context": { "diagnostics": [], "only": ["source.fixAll"] },
    });
    let actions = client.request("textDocument/codeAction", params);
    let changes = actions[0]["edit"]["changes"].clone();
    let edits = |name: &str| changes.get(folder.uri(name)).cloned().unwrap_or_else(|| json!([]));
    files.iter().map(|(name, text)| applied(text, &edits(name))).collect()
}

#[test]
fn fixing_all_repairs_annotations_first() {
    let text = "Ông Bảy 😀, Quyết định số 752/QD-TTg ở Huế.\n";
    // Counted in UTF-16 code units.
    let at = |words: &str| {
        let start = text[..text.find(words).unwrap()].encode_utf16().count();
        format!("{start} {}\t{words}", start + words.encode_utf16().count())
    };
    let annotations = format!("T1\tLaw {}\nT2\tPlace {}\nT3\tThing {}\n", at("752/QD-TTg"), at("Huế"), at("định"));
    let folder = Folder::new(&[("scholiast.toml", ""), ("a.txt", text), ("a.ann", &annotations)]);
    let mut client = acting(&folder);
    client.open(&folder.uri("a.txt"), text);
    assert_eq!(codes(&client.pull(&folder.uri("a.ann"))), ["annotation/text-mismatch"]);
    let after = fixed(&mut client, &folder, &[("a.txt", text), ("a.ann", &annotations)]);
    assert_eq!(after[0], text.replace("QD", "QĐ"));
    for line in after[1].lines() {
        let fields: Vec<&str> = line.split(['\t', ' ']).collect();
        let (start, end): (usize, usize) = (fields[2].parse().unwrap(), fields[3].parse().unwrap());
        let words: String = after[0].chars().skip(start).take(end - start).collect();
        assert_eq!(words, fields[4], "{line}");
    }
}

#[test]
fn an_annotation_that_nobody_can_place_withholds_the_fixes_of_its_line_alone() {
    let text = "Quyết định số 752/QD-TTg ở Huế.\nQuyết định số 753/QD-TTg ở Huế.\n";
    let annotations = "T1\tPlace 30 33\tĐà Lạt\n";
    let folder = Folder::new(&[("scholiast.toml", ""), ("a.txt", text), ("a.ann", annotations)]);
    let mut client = acting(&folder);
    client.open(&folder.uri("a.txt"), text);
    let after = fixed(&mut client, &folder, &[("a.txt", text), ("a.ann", annotations)]);
    assert_eq!(after, [text.replace("753/QD", "753/QĐ"), annotations.to_owned()]);
}

#[test]
fn what_the_baseline_has_is_not_shown() {
    let bad = "On 31 February 2024.\n";
    let baseline = json!({ "version": 1, "files": {
        "a.txt": [{ "code": "date/impossible-day", "text": "31 February 2024", "count": 1 }],
        "gone.txt": [{ "code": "date/impossible-day", "text": "31 February 2024", "count": 1 }],
    } });
    let folder = Folder::new(&[
        ("scholiast.toml", "[baseline]\nfile = \"known.json\"\n"),
        ("known.json", &baseline.to_string()),
        ("a.txt", bad),
        ("moved.txt", bad),
    ]);
    let mut client = Client::pulling(&folder);
    assert!(client.pull(&folder.uri("a.txt")).is_empty());
    assert!(client.pull(&folder.uri("moved.txt")).is_empty(), "entries follow content");
    client.open(&folder.uri("a.txt"), &format!("New line.\n{bad}{bad}"));
    assert_eq!(codes(&client.pull(&folder.uri("a.txt"))), ["date/impossible-day"], "the second is new");
}

#[test]
fn a_registry_that_is_being_typed_stops_nobody() {
    let registry = "version = 1\n\n[[organization]]\nid = \"mof\"\nnames.vi = [\"Bộ Tài chính\"]\nabbreviations = [\"BTC\"]\n\n\
                    [[office]]\nid = \"mof/minister\"\norganization = \"mof\"\nnames.vi = [\"Bộ trưởng Bộ Tài chính\"]\n\n\
                    [[person]]\nid = \"mai\"\nnames.vi = [\"Lê Thị Mai\"]\noffices = [{ office = \"mof/minister\" }]\n";
    let text = "Bộ trưởng Bộ Tài chính Lê Thị Mai, ông Bảy, BTC.\n";
    let folder = Folder::new(&[("scholiast.toml", ""), ("registry.toml", registry), ("a.txt", text)]);
    let mut client = Client::pulling(&folder);
    let (people, uri) = (folder.uri("registry.toml"), folder.uri("a.txt"));
    client.open(&people, registry);
    client.open(&uri, text);
    let mut version = 1;
    let mut type_text = |client: &mut Client, text: &str| {
        version += 1;
        client.replace(&people, version, text);
    };
    // Each letter of each id goes, and comes back; then the whole registry, letter for letter.
    for (at, _) in registry.match_indices("mof") {
        for letter in at..at + 3 {
            let mut shorter = registry.to_owned();
            shorter.remove(letter);
            type_text(&mut client, &shorter);
            let hover = json!({ "textDocument": { "uri": uri }, "position": { "line": 0, "character": 14 } });
            client.request("textDocument/hover", hover);
            client.request("workspace/symbol", json!({ "query": "Mai" }));
            client.pull(&uri);
            type_text(&mut client, registry);
        }
    }
    for (end, _) in registry.char_indices().step_by(7) {
        type_text(&mut client, &registry[..end]);
        client.pull(&uri);
    }
    type_text(&mut client, registry);
    let hover = json!({ "textDocument": { "uri": uri }, "position": { "line": 0, "character": 26 } });
    assert!(client.request("textDocument/hover", hover).to_string().contains("Lê Thị Mai"));
    assert!(client.leave().success());
}

#[test]
fn a_glob_of_nested_braces_is_a_finding() {
    let folder = Folder::new(&[("scholiast.toml", ""), ("a.txt", "On 31 February 2024.\n")]);
    let mut client = Client::pulling(&folder);
    let config = folder.uri("scholiast.toml");
    client.open(&config, "");
    let glob = format!("{}a{}", "{".repeat(250), "}".repeat(250));
    client.replace(&config, 2, &format!("[corpus]\nexclude = [\"{glob}\"]\n"));
    assert_eq!(codes(&client.pull(&config)), ["config/invalid-value"]);
    assert_eq!(codes(&client.pull(&folder.uri("a.txt"))), ["date/impossible-day"], "it goes on answering");
}

#[test]
fn a_conflict_in_the_configuration_is_named() {
    let folder = Folder::new(&[("scholiast.toml", ""), ("a.txt", "")]);
    let mut client = Client::pulling(&folder);
    let config = folder.uri("scholiast.toml");
    client.open(&config, "");
    let text = "[corpus]\n<<<<<<< HEAD\nexclude = [\"a\"]\n=======\nexclude = [\"b\"]\n>>>>>>> other\n";
    client.replace(&config, 2, text);
    let found = client.pull(&config);
    assert_eq!(codes(&found), ["text/conflict-marker"], "{found:?}");
    assert_eq!(found[0]["range"]["start"]["line"], 1);
}
