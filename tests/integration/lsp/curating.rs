//! Two annotators in an editor: differences are found, gone through and settled; documents get states.

use serde_json::{Value, json};

use super::support::{Client, Folder, position, range};

const TEXT: &str = "😀 Bà Trần Lan Anh gặp ông Vũ Nam ở Huế.\n";
const ANNA: &str = "T1\tPerson 5 17\tTrần Lan Anh\nT2\tPlace 35 38\tHuế\n";
const BEN: &str = "T1\tPerson 10 17\tLan Anh\nT2\tOrganization 35 38\tHuế\nT3\tPerson 26 32\tVũ Nam\n";

/// The capabilities of an editor that settles differences.
fn capabilities() -> Value {
    json!({
        "textDocument": {
            "diagnostic": {},
            "codeAction": { "codeActionLiteralSupport": { "codeActionKind": { "valueSet": ["quickfix", "source"] } } },
        },
        "workspace": {
            "diagnostics": { "refreshSupport": true },
            "didChangeWatchedFiles": { "dynamicRegistration": true },
            "workspaceEdit": { "documentChanges": true },
        },
    })
}

fn project(with: &str) -> (Folder, Client) {
    let folder = Folder::new(&[
        ("anna/scholiast.toml", &format!("[compare]\nwith = \"{with}\"\n")),
        ("anna/a.txt", TEXT),
        ("anna/a.ann", ANNA),
        ("anna/b.txt", "Ông Nam về.\n"),
        ("ben/a.txt", TEXT),
        ("ben/a.ann", BEN),
    ]);
    let client = Client::start(&[&folder], capabilities());
    (folder, client)
}

fn execute(client: &mut Client, command: &str, arguments: Value) -> Value {
    let id = client.ask("workspace/executeCommand", json!({ "command": command, "arguments": arguments }));
    client.answer(id)
}

fn differences(client: &mut Client) -> Vec<(String, String)> {
    let answer = execute(client, "scholiast.differences", json!([]));
    let all = answer["result"].as_array().unwrap_or_else(|| panic!("{answer}")).clone();
    all.iter().map(|one| (one["kind"].as_str().unwrap().to_owned(), one["range"].to_string())).collect()
}

fn actions(client: &mut Client, uri: &str, at: &Value) -> Vec<Value> {
    let params = json!({
        "textDocument": { "uri": uri }, "range": at, "context": { "diagnostics": [], "only": ["quickfix"] },
    });
    let all = client.request("textDocument/codeAction", params);
    let all = all.as_array().unwrap().iter();
    all.filter(|action| action["data"]["deed"].as_str().is_some_and(|deed| deed.starts_with("take"))).cloned().collect()
}

/// Does an action as an editor does: its edit is made and saved, then its command runs.
fn take(folder: &Folder, client: &mut Client, action: &Value) {
    let uri = folder.uri("anna/a.ann");
    let edits = match &action["edit"]["documentChanges"] {
        Value::Array(changes) => changes[0]["edits"].clone(),
        _ => action["edit"]["changes"][&uri].clone(),
    };
    if let Value::Array(edits) = edits {
        let file = folder.path().join("anna/a.ann");
        let text = std::fs::read_to_string(&file).unwrap();
        let starts: Vec<usize> = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        let byte = |at: &Value| {
            let start = starts[usize::try_from(at["line"].as_u64().unwrap()).unwrap()];
            let units = at["character"].as_u64().unwrap();
            let mut left = i64::try_from(units).unwrap();
            let rest = text[start..].char_indices().find(|(_, letter)| {
                left -= i64::try_from(letter.len_utf16()).unwrap();
                left < 0
            });
            rest.map_or(text.len(), |(at, _)| start + at)
        };
        let mut places: Vec<(usize, usize, String)> = edits
            .iter()
            .map(|edit| {
                let (start, end) = (&edit["range"]["start"], &edit["range"]["end"]);
                (byte(start), byte(end), edit["newText"].as_str().unwrap().to_owned())
            })
            .collect();
        places.sort();
        let mut after = text.clone();
        for (start, end, new) in places.into_iter().rev() {
            after.replace_range(start..end, &new);
        }
        std::fs::write(file, after).unwrap();
        client.changed_on_disk(&[uri]);
    }
    if let Some(command) = action["command"]["command"].as_str() {
        let answer = execute(client, command, action["command"]["arguments"].clone());
        assert!(answer["error"].is_null(), "{answer}");
    }
}

#[test]
fn differences_are_findings_that_are_settled_one_by_one() {
    let (folder, mut client) = project("../ben");
    let text = folder.uri("anna/a.txt");
    client.open(&text, TEXT);
    let at = |words: &str| range(TEXT, words, "utf-16");
    assert_eq!(
        differences(&mut client),
        [
            ("boundary".to_owned(), at("Trần Lan Anh").to_string()),
            ("extra".to_owned(), at("Vũ Nam").to_string()),
            ("type".to_owned(), at("Huế").to_string()),
        ]
    );
    let found = client.pull(&folder.uri("anna/a.ann"));
    let found: Vec<&Value> = found.iter().filter(|one| one["code"] == "annotation/difference").collect();
    let messages: Vec<&str> = found.iter().map(|one| one["message"].as_str().unwrap()).collect();
    assert_eq!(
        messages,
        [
            "`../ben` has Person `Vũ Nam`; here there is no such annotation",
            "here Person `Trần Lan Anh`; in `../ben` Person `Lan Anh`",
            "here Place `Huế`; in `../ben` Organization `Huế`",
        ]
    );
    // Settling from the text: theirs for the borders, both types, and Nam stays out.
    let offered = actions(&mut client, &text, &at("Lan Anh"));
    let titles: Vec<&str> = offered.iter().map(|action| action["title"].as_str().unwrap()).collect();
    assert_eq!(
        titles,
        [
            "Take ours (left): Person `Trần Lan Anh`",
            "Take theirs (right): Person `Lan Anh`",
            "Take both",
            "Take neither",
        ]
    );
    take(&folder, &mut client, &offered[1]);
    let offered = actions(&mut client, &text, &at("Huế"));
    take(&folder, &mut client, &offered[2]);
    // From the annotation file, too: the line before which the other's would stand.
    let now = std::fs::read_to_string(folder.path().join("anna/a.ann")).unwrap();
    client.open(&folder.uri("anna/a.ann"), &now);
    let first = json!({ "start": position(ANNA, 0, "utf-16"), "end": position(ANNA, 0, "utf-16") });
    let offered = actions(&mut client, &folder.uri("anna/a.ann"), &first);
    assert_eq!(offered.len(), 2, "{offered:?}");
    take(&folder, &mut client, &offered[0]);
    assert!(differences(&mut client).is_empty());
    assert_eq!(
        std::fs::read_to_string(folder.path().join("anna/a.ann")).unwrap(),
        "T1\tPerson 10 17\tLan Anh\nT2\tPlace 35 38\tHuế\nT3\tOrganization 35 38\tHuế\n"
    );
    let remembered = std::fs::read_to_string(folder.path().join("anna/scholiast-settled.tsv")).unwrap();
    let kinds: Vec<&str> = remembered.lines().map(|line| line.split('\t').nth(2).unwrap()).collect();
    assert_eq!(kinds, ["extra", "missing"]);
    assert!(client.pull(&folder.uri("anna/a.ann")).iter().all(|one| one["code"] != "annotation/difference"));
    // What the command line reads is the same.
    let checked = std::process::Command::new(env!("CARGO_BIN_EXE_scholiast"))
        .args(["check", "--no-cache", "--format", "concise"])
        .current_dir(folder.path().join("anna"))
        .output()
        .unwrap();
    assert_eq!(String::from_utf8(checked.stdout).unwrap(), "");
}

#[test]
fn what_cannot_be_compared_with_is_said_in_the_configuration() {
    let (folder, mut client) = project("../bne");
    client.request("workspace/diagnostic", json!({ "previousResultIds": [] }));
    let found = client.pull(&folder.uri("anna/scholiast.toml"));
    assert_eq!(found[0]["code"], "config/no-match", "{found:?}");
    let message = found[0]["message"].as_str().unwrap();
    assert!(
        message.contains("neither a folder nor a git revision `../bne`; write a path such as `../ben`"),
        "{message}"
    );
    assert!(differences(&mut client).is_empty());
    assert!(
        execute(&mut client, "scholiast.settle", json!([folder.uri("anna/a.txt"), { "path": 1 }]))["error"].is_object()
    );
}

#[test]
fn documents_get_states() {
    let (folder, mut client) = project("../ben");
    let uri = folder.uri("anna/b.txt");
    let set = execute(&mut client, "scholiast.setState", json!([uri, "done", "Ben"]));
    assert_eq!(set["result"]["state"], "done", "{set}");
    let all = execute(&mut client, "scholiast.states", json!([]))["result"].clone();
    assert_eq!(all["counts"], json!({ "new": 1, "in-work": 0, "done": 1, "reviewed": 0 }));
    assert_eq!(all["documents"][1]["by"], "Ben");
    let one = execute(&mut client, "scholiast.states", json!([uri, true]))["result"].clone();
    assert_eq!(one["documents"].as_array().unwrap().len(), 1);
    client.open(&uri, "Ông Nam về.\n");
    let params = json!({
        "textDocument": { "uri": uri }, "range": range("Ông Nam về.\n", "Nam", "utf-16"),
        "context": { "diagnostics": [], "only": ["source"] },
    });
    let actions = client.request("textDocument/codeAction", params);
    let action = actions.as_array().unwrap().iter().find(|action| action["kind"] == "source.state.scholiast").unwrap();
    assert_eq!(action["title"], "Mark this document as new (now done)");
    let refused = execute(&mut client, "scholiast.setState", json!([uri, "finished"]));
    assert!(refused["error"]["message"].as_str().unwrap().contains("unknown state `finished`"), "{refused}");
    let refused = execute(&mut client, "scholiast.setState", json!([folder.uri("anna/none.txt"), "done"]));
    assert!(refused["error"].is_object(), "{refused}");
}
