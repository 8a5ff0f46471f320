//! Real clients: what they send that is not by the letter, and what they do not have.

use serde_json::{Value, json};

use super::support::{Client, Folder, codes, counting, position, pulls};

const REGISTRY: &str = "version = 1\n\n[[person]]\nid = \"tran-van-an\"\nnames.vi = [\"Trần Văn An\"]\n";
const WRONG_DAY: &str = "On 31 February 2024.\n";

fn corpus() -> Folder {
    Folder::new(&[
        ("scholiast.toml", "[corpus]\n"),
        ("people.toml", REGISTRY),
        ("a.txt", WRONG_DAY),
        ("b.txt", "Hôm qua Trần Văn An đến.\nTrần Văn An về.\n"),
    ])
}

/// A folder's or a file's address as careless clients write it: no letter is escaped.
fn raw_uri(folder: &Folder, name: &str) -> String {
    format!("file://{}/{name}", folder.path().to_str().unwrap())
}

fn framed(body: &[u8]) -> Vec<u8> {
    [format!("Content-Length: {}\r\n\r\n", body.len()).as_bytes(), body].concat()
}

#[test]
fn a_byte_that_is_no_letter_leaves_the_document_in_step() {
    let folder = corpus();
    for encoding in ["utf-8", "utf-16"] {
        let mut capabilities = pulls();
        capabilities["general"] = counting(encoding)["general"].clone();
        let mut client = Client::start(&[&folder], capabilities);
        let uri = folder.uri("a.txt");
        let open = format!(
            r#"{{"jsonrpc":"2.0","method":"textDocument/didOpen","params":{{"textDocument":{{"uri":"{uri}","languageId":"plaintext","version":1,"text":"B!B On 31 February 2024."}}}}}}"#
        );
        // A byte of Latin-1, and half of a pair of surrogates.
        let bytes: Vec<u8> = open.bytes().map(|byte| if byte == b'!' { 0xE9 } else { byte }).collect();
        client.send_bytes(&framed(&bytes));
        let edit = format!(
            r#"{{"jsonrpc":"2.0","method":"textDocument/didChange","params":{{"textDocument":{{"uri":"{uri}","version":2}},"contentChanges":[{{"range":{{"start":{{"line":0,"character":0}},"end":{{"line":0,"character":0}}}},"text":"\ud83d "}}]}}}}"#
        );
        client.send_bytes(&framed(edit.as_bytes()));
        // Takes the `B` behind the strange byte away.
        let range = json!({ "start": { "line": 0, "character": 4 }, "end": { "line": 0, "character": 5 } });
        client.change(&uri, 3, json!([{ "range": range, "text": "" }]));
        let found = client.pull(&uri);
        assert_eq!(codes(&found), ["date/impossible-day"], "{encoding}");
        assert_eq!(found[0]["range"]["start"]["character"], 8, "{encoding}: {found:?}");
    }
}

#[test]
fn addresses_with_raw_letters_and_detours_name_the_same_file() {
    let folder = Folder::new(&[("khu vực ไทย/scholiast.toml", "[corpus]\n"), ("khu vực ไทย/bài 1.txt", WRONG_DAY)]);
    let mut client = Client::spawn();
    let root = raw_uri(&folder, "khu vực ไทย");
    client.request(
        "initialize",
        json!({ "processId": null, "rootUri": root, "capabilities": pulls(), "workspaceFolders": [{ "uri": root, "name": "x" }] }),
    );
    client.notify("initialized", json!({}));
    client.open(&raw_uri(&folder, "khu vực ไทย/bài 1.txt"), "Nothing is wrong.\n");
    for uri in [
        raw_uri(&folder, "khu vực ไทย/bài 1.txt"),
        folder.uri("khu vực ไทย/bài 1.txt"),
        raw_uri(&folder, "khu vực ไทย/../khu vực ไทย/./bài 1.txt"),
    ] {
        assert_eq!(client.pull(&uri), [] as [Value; 0], "what stands in the editor counts: {uri}");
    }
    client.change(&folder.uri("khu vực ไทย/bài 1.txt"), 2, json!([{ "text": WRONG_DAY }]));
    assert_eq!(codes(&client.pull(&raw_uri(&folder, "khu vực ไทย/bài 1.txt"))), ["date/impossible-day"]);
}

#[test]
fn after_a_malformed_header_the_next_request_is_answered() {
    let folder = corpus();
    let mut client = Client::pulling(&folder);
    for header in [
        "Content-Length: 4000\r\n\r\n",
        "Content-Length: 7\r\n\r\n",
        "Content-Length: 99999999999\r\n\r\n",
        "Nonsense\r\n",
    ] {
        client.send_bytes(format!("{header}{{\"jsonrpc\":\"2.0\",\"method\":\"x\"}}").as_bytes());
        let uri = folder.uri("a.txt");
        let found = client.request("textDocument/diagnostic", json!({ "textDocument": { "uri": uri } }));
        assert_eq!(found["items"].as_array().map(Vec::len), Some(1), "{header:?}: {found}");
    }
}

#[test]
fn a_process_of_another_namespace_is_not_taken_for_dead() {
    let folder = corpus();
    let mut client = Client::spawn();
    // No process has this number here.
    let hello = json!({ "processId": 2_000_000_000, "rootUri": folder.uri(""), "capabilities": pulls() });
    client.request("initialize", hello);
    client.notify("initialized", json!({}));
    // Longer than the time between two looks.
    std::thread::sleep(std::time::Duration::from_millis(2500));
    assert_eq!(codes(&client.pull(&folder.uri("a.txt"))), ["date/impossible-day"]);
}

#[test]
fn files_that_are_not_open_answer_too() {
    let folder = corpus();
    let mut client = Client::pulling(&folder);
    let uri = folder.uri("b.txt");
    let text = "Hôm qua Trần Văn An đến.\nTrần Văn An về.\n";
    let at = json!({ "textDocument": { "uri": uri }, "position": position(text, text.find("Văn").unwrap(), "utf-16") });
    let hover = client.request("textDocument/hover", at.clone());
    assert!(hover["contents"]["value"].as_str().unwrap().contains("Trần Văn An"), "{hover}");
    assert_eq!(client.request("textDocument/definition", at.clone())[0]["uri"], folder.uri("people.toml"));
    assert_eq!(client.request("textDocument/documentHighlight", at.clone()).as_array().map(Vec::len), Some(2));
    let mut references = at.clone();
    references["context"] = json!({ "includeDeclaration": false });
    assert_eq!(client.request("textDocument/references", references).as_array().map(Vec::len), Some(2));
    let mut rename = at;
    rename["newName"] = json!("Trần Văn Ân");
    let edit = client.request("textDocument/rename", rename);
    assert_eq!(edit["changes"][&uri].as_array().map(Vec::len), Some(2), "{edit}");
}

#[test]
fn token_types_that_the_client_has() {
    let folder = corpus();
    let standard = json!(["namespace", "class", "interface", "enumMember", "number", "macro", "regexp"]);
    for (listed, options, first) in [
        (standard.clone(), Value::Null, "class"),
        (standard, json!({ "ownTokenTypes": true }), "person"),
        (json!(["class", "person"]), Value::Null, "person"),
    ] {
        let mut client = Client::spawn();
        let offered = client.request(
            "initialize",
            json!({
                "processId": null,
                "rootUri": folder.uri(""),
                "capabilities": { "textDocument": { "semanticTokens": {
                    "requests": {}, "tokenTypes": listed, "tokenModifiers": [], "formats": ["relative"],
                } } },
                "initializationOptions": options,
            }),
        );
        let types = &offered["capabilities"]["semanticTokensProvider"]["legend"]["tokenTypes"];
        assert_eq!(types[0], first, "{types}");
    }
}

#[test]
fn a_lens_names_a_command_only_where_the_client_has_it() {
    let folder = corpus();
    for (options, command) in
        [(Value::Null, ""), (json!({ "commands": ["scholiast.showReferences"] }), "scholiast.showReferences")]
    {
        let mut client = Client::spawn();
        client.request(
            "initialize",
            json!({ "processId": null, "rootUri": folder.uri(""), "capabilities": {}, "initializationOptions": options }),
        );
        client.notify("initialized", json!({}));
        let registry = json!({ "textDocument": { "uri": folder.uri("people.toml") } });
        let lenses = client.request("textDocument/codeLens", registry);
        let lens = client.request("codeLens/resolve", lenses[0].clone());
        assert_eq!(lens["command"]["title"], "2 mentions in 1 file", "{lens}");
        assert_eq!(lens["command"]["command"], command, "{lens}");
    }
}

#[test]
fn completion_is_asked_again_only_where_it_has_something() {
    let folder = corpus();
    let mut client = Client::pulling(&folder);
    let uri = folder.uri("a.txt");
    client.open(&uri, "");
    for (version, typed, any) in [(2, "t", true), (3, "tra", true), (4, "xq", false), (5, "x", false)] {
        client.replace(&uri, version, typed);
        let at = json!({ "textDocument": { "uri": uri }, "position": { "line": 0, "character": typed.len() } });
        let list = client.request("textDocument/completion", at);
        assert_eq!(!list["items"].as_array().unwrap().is_empty(), any, "{typed}: {list}");
        assert_eq!(list["isIncomplete"], any, "{typed}: {list}");
    }
}

#[test]
fn names_of_symbols_show_what_matched() {
    let folder = corpus();
    let mut client = Client::pulling(&folder);
    for (query, name) in [("tran van", "Trần Văn An · tran van an"), ("An", "Trần Văn An")] {
        let query = json!({ "query": query });
        let found = client.request_until("workspace/symbol", &query, |found| found[0].is_object());
        assert_eq!(found[0]["name"], name, "{query}: {found}");
    }
}

#[test]
fn a_configuration_that_is_broken_while_it_is_typed_changes_nothing() {
    let folder = corpus();
    let mut client = Client::pulling(&folder);
    let (config, text) = (folder.uri("scholiast.toml"), folder.uri("a.txt"));
    client.open(&config, "[corpus]\n");
    client.open(&text, WRONG_DAY);
    assert_eq!(codes(&client.pull(&text)), ["date/impossible-day"]);
    // Each text that can be read has the corpus opened anew, and the next one is broken before that is done.
    for version in 2..12 {
        let typed = match version % 2 {
            0 => format!("[corpus]\nexclude = [\"c{version}.txt\"]\n"),
            _ => "[corpus]\nexclude = [\"c\n".to_owned(),
        };
        client.replace(&config, version, &typed);
        assert_eq!(codes(&client.pull(&text)), ["date/impossible-day"], "{version}");
    }
    for _ in 0..40 {
        assert_eq!(codes(&client.pull(&text)), ["date/impossible-day"]);
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    assert_eq!(client.pull(&config).len(), 1, "the configuration itself is a finding");
    let told = client.notifications.iter().any(|told| told["method"] == "window/showMessage");
    assert!(!told, "nothing pops up: {:?}", client.notifications);
}

#[test]
fn the_whole_disk_is_not_searched() {
    let folder = corpus();
    let mut client = Client::spawn();
    client.request("initialize", json!({ "processId": null, "rootUri": "file:///", "capabilities": pulls() }));
    client.notify("initialized", json!({}));
    let told = client.wait("a message", |client| {
        client.notifications.iter().find(|told| told["method"] == "window/showMessage").cloned()
    });
    assert!(told["params"]["message"].as_str().unwrap().contains("scholiast.toml"), "{told}");
    // A document that is opened brings its corpus nevertheless.
    client.open(&folder.uri("a.txt"), WRONG_DAY);
    let document = json!({ "textDocument": { "uri": folder.uri("a.txt") } });
    client.request_until("textDocument/diagnostic", &document, |report| report["items"].as_array().unwrap().len() == 1);
}

#[test]
fn findings_of_a_file_that_is_gone_are_withdrawn() {
    let folder = corpus();
    let mut client = Client::pulling(&folder);
    let uri = folder.uri("a.txt");
    client.open(&uri, WRONG_DAY);
    assert_eq!(client.pull(&uri).len(), 1);
    client.close(&uri);
    folder.remove("a.txt");
    client.changed_on_disk(std::slice::from_ref(&uri));
    // The client names no result, since it pulled this one by the name of the document.
    let withdrawn = |answer: &Value| {
        let items = answer["items"].as_array().unwrap();
        items.iter().any(|item| item["uri"] == json!(uri) && item["items"] == json!([]))
    };
    client.request_until("workspace/diagnostic", &json!({ "previousResultIds": [] }), withdrawn);
    let again = client.request("workspace/diagnostic", json!({ "previousResultIds": [] }));
    assert!(!withdrawn(&again), "once is enough: {again}");
}

#[test]
fn annotations_count_what_the_file_has_and_the_client_hides() {
    // Counted with the byte-order mark and both letters of each line end.
    let folder = Folder::new(&[
        ("scholiast.toml", "[corpus]\n"),
        ("people.toml", REGISTRY),
        ("a.txt", "\u{feff}Một.\r\nTrần Văn An đến.\r\nTrần Văn An về Huế.\r\n"),
        ("a.ann", "T1\tPerson 7 18\tTrần Văn An\nT2\tPlace 40 43\tHuế\n"),
    ]);
    let mut client = Client::pulling(&folder);
    let (uri, ann) = (folder.uri("a.txt"), folder.uri("a.ann"));
    let shown = "Một.\nTrần Văn An đến.\nTrần Văn An về Huế.\n";
    assert_eq!(client.pull(&ann), [] as [Value; 0]);
    client.open(&uri, shown);
    // Annotations are compared with the editor's text when the typing pauses.
    std::thread::sleep(std::time::Duration::from_millis(500));
    assert_eq!(client.pull(&ann), [] as [Value; 0], "the same as on disk but for what the client hides");
    let mut rename = json!({ "textDocument": { "uri": uri }, "position": { "line": 1, "character": 1 } });
    rename["newName"] = json!("Trần An");
    let edit = client.request("textDocument/rename", rename);
    let of_annotations: Vec<&str> =
        edit["changes"][&ann].as_array().unwrap().iter().map(|edit| edit["newText"].as_str().unwrap()).collect();
    assert_eq!(of_annotations, ["7 14", "Trần An", "32 35"], "{edit}");
}

#[test]
fn annotations_that_do_not_match_are_not_moved() {
    let folder = Folder::new(&[
        ("scholiast.toml", "[corpus]\n"),
        ("people.toml", REGISTRY),
        ("a.txt", "Trần Văn An về Huế.\n"),
        ("a.ann", "T1\tPlace 12 15\tHuế\nT2\tPlace 15 18\tHuế\n"),
    ]);
    let mut client = Client::pulling(&folder);
    let mut rename =
        json!({ "textDocument": { "uri": folder.uri("a.txt") }, "position": { "line": 0, "character": 1 } });
    rename["newName"] = json!("Trần An");
    let id = client.ask("textDocument/rename", rename);
    let answer = client.answer(id);
    let message = answer["error"]["message"].as_str().unwrap_or_default();
    assert!(message.contains("a.ann") && message.contains("not at their offsets"), "{answer}");
}
