//! Requests about what stands in a text.

use serde_json::{Value, json};

use super::support::{Client, Folder, position, pulls, range};

const REGISTRY: &str = r#"version = 1

[[person]]
id = "tran-van-an"
names.vi = ["Trần Văn An"]
names.en = ["Tran Van An"]
offices = [{ office = "mot/minister", since = 2020-01-01 }]

[[organization]]
id = "mot"
names.en = ["Ministry of Tides"]

[[office]]
id = "mot/minister"
organization = "mot"
names.en = ["Minister of Tides"]

[[decree]]
id = "12/QĐ-TTg"
date = 2023-05-04
title.en = "On tides"
url = "https://example.org/12"
"#;

const ONE: &str = "😀 Trần Văn An spoke on 4 May 2023.\r\nLater Tran Van An left. See 12/QĐ-TTg.\n";
const OTHER: &str = "TRẦN VĂN AN, Minister of Tides, came.\n";

fn corpus() -> Folder {
    Folder::new(&[("scholiast.toml", "[corpus]\n"), ("people.toml", REGISTRY), ("one.txt", ONE), ("other.txt", OTHER)])
}

/// A client with everything that changes answers, and `one.txt` open.
fn rich(folder: &Folder) -> Client {
    let mut capabilities = pulls();
    for goto in ["definition", "declaration", "typeDefinition", "implementation"] {
        capabilities["textDocument"][goto] = json!({ "linkSupport": true });
    }
    capabilities["textDocument"]["completion"] =
        json!({ "completionItem": { "documentationFormat": ["markdown"], "insertReplaceSupport": true } });
    capabilities["textDocument"]["hover"] = json!({ "contentFormat": ["markdown"] });
    capabilities["textDocument"]["documentSymbol"] = json!({ "hierarchicalDocumentSymbolSupport": true });
    capabilities["textDocument"]["codeAction"] = json!({
        "codeActionLiteralSupport": { "codeActionKind": { "valueSet": [] } },
        "resolveSupport": { "properties": ["edit"] },
    });
    capabilities["workspace"]["workspaceEdit"] = json!({ "documentChanges": true, "changeAnnotationSupport": {} });
    let mut client = Client::start(&[folder], capabilities);
    client.open(&folder.uri("one.txt"), ONE);
    client.open(&folder.uri("people.toml"), REGISTRY);
    client
}

/// The parameters of a question about the start of `part`.
fn at(folder: &Folder, part: &str) -> Value {
    let byte = ONE.find(part).unwrap() + 1;
    json!({ "textDocument": { "uri": folder.uri("one.txt") }, "position": position(ONE, byte, "utf-16") })
}

fn in_registry(part: &str) -> Value {
    range(REGISTRY, part, "utf-16")["start"]["line"].clone()
}

#[test]
fn hover_tells_who_it_is_and_where() {
    let folder = corpus();
    let mut client = rich(&folder);
    let hover = client.request("textDocument/hover", at(&folder, "Trần Văn An"));
    assert_eq!(hover["range"], range(ONE, "Trần Văn An", "utf-16"));
    assert!(hover["contents"]["value"].as_str().unwrap().contains("Trần Văn An"), "{hover}");
    assert_eq!(client.request("textDocument/hover", at(&folder, " spoke")), Value::Null);
}

#[test]
fn jumps() {
    let folder = corpus();
    let mut client = rich(&folder);
    let definition = client.request("textDocument/definition", at(&folder, "Tran Van An"));
    assert_eq!(definition[0]["targetUri"], folder.uri("people.toml"));
    assert_eq!(definition[0]["targetSelectionRange"]["start"]["line"], in_registry("names.en = [\"Tran"));
    assert_eq!(definition[0]["originSelectionRange"], range(ONE, "Tran Van An", "utf-16"));
    let declaration = client.request("textDocument/declaration", at(&folder, "Tran Van An"));
    assert_eq!(declaration[0]["targetSelectionRange"], range(ONE, "Trần Văn An", "utf-16"));
    let kind = client.request("textDocument/typeDefinition", at(&folder, "Tran Van An"));
    assert_eq!(kind[0]["targetRange"]["start"]["line"], in_registry("[[organization]]"));
    let implementation = client.request("textDocument/implementation", at(&folder, "Tran Van An"));
    assert_eq!(implementation.as_array().unwrap().len(), 2);
    // Without links there are places.
    let mut plain = Client::plain(&folder);
    plain.open(&folder.uri("one.txt"), ONE);
    let places = plain.request("textDocument/definition", at(&folder, "Tran Van An"));
    assert_eq!(places[0]["uri"], folder.uri("people.toml"));
}

#[test]
fn references_whole_and_in_parts() {
    let folder = corpus();
    let mut client = rich(&folder);
    let mut params = at(&folder, "Tran Van An");
    params["context"] = json!({ "includeDeclaration": false });
    let places = client.request("textDocument/references", params.clone());
    let texts =
        places.as_array().unwrap().iter().filter(|place| place["uri"].as_str().unwrap().contains("txt")).count();
    assert_eq!(texts, 3, "{places}");
    params["partialResultToken"] = json!("parts");
    assert_eq!(client.request("textDocument/references", params), json!([]));
    let parts = client.notifications.iter().filter(|message| message["params"]["token"] == "parts");
    let parts: Vec<Value> = parts.flat_map(|message| message["params"]["value"].as_array().unwrap().clone()).collect();
    assert_eq!(json!(parts), places, "all parts come before the answer");
}

#[test]
fn highlights_and_symbols() {
    let folder = corpus();
    let mut client = rich(&folder);
    let found = client.request("textDocument/documentHighlight", at(&folder, "Tran Van An"));
    assert_eq!(found.as_array().unwrap().len(), 2);
    let document = json!({ "textDocument": { "uri": folder.uri("one.txt") } });
    let tree = client.request("textDocument/documentSymbol", document.clone());
    assert!(tree[0]["children"].is_array() && tree[0].get("location").is_none(), "{tree}");
    let mut plain = Client::plain(&folder);
    plain.open(&folder.uri("one.txt"), ONE);
    let list = plain.request("textDocument/documentSymbol", document);
    assert!(list[0]["location"].is_object(), "{list}");
    let found = client.request("workspace/symbol", json!({ "query": "tran an" }));
    assert!(found[0]["name"].as_str().unwrap().contains("Trần Văn An"), "{found}");
    assert_eq!(found[0]["location"]["uri"], folder.uri("people.toml"));
}

#[test]
fn a_rename_is_of_this_version_and_everywhere() {
    let folder = corpus();
    let mut client = rich(&folder);
    let prepared = client.request("textDocument/prepareRename", at(&folder, "Tran Van An"));
    assert_eq!(prepared, json!({ "range": range(ONE, "Tran Van An", "utf-16"), "placeholder": "Tran Van An" }));
    let mut params = at(&folder, "Tran Van An");
    params["newName"] = json!("Tran Van Anh");
    let edit = client.request("textDocument/rename", params.clone());
    let documents = edit["documentChanges"].as_array().unwrap();
    let versions: Vec<(&str, &Value)> = documents
        .iter()
        .map(|document| (document["textDocument"]["uri"].as_str().unwrap(), &document["textDocument"]["version"]))
        .collect();
    assert!(versions.contains(&(&folder.uri("one.txt"), &json!(1))), "{versions:?}");
    assert!(versions.contains(&(&folder.uri("people.toml"), &json!(1))), "{versions:?}");
    assert!(edit["changeAnnotations"].is_object());
    params["newName"] = json!("");
    let id = client.ask("textDocument/rename", params);
    let refused = client.answer(id);
    assert_eq!(refused["error"]["code"], -32803, "{refused}");
}

#[test]
fn what_stands_beside_the_text() {
    let folder = corpus();
    let mut client = rich(&folder);
    let document = json!({ "textDocument": { "uri": folder.uri("one.txt") } });
    let links = client.request("textDocument/documentLink", document.clone());
    assert_eq!(links[0]["target"], "https://example.org/12", "{links}");
    let registry = json!({ "textDocument": { "uri": folder.uri("people.toml") } });
    let lenses = client.request("textDocument/codeLens", registry.clone());
    let lens = client.request("codeLens/resolve", lenses[0].clone());
    assert!(lens["command"]["title"].as_str().unwrap().starts_with("3 mentions"), "{lens}");
    assert!(client.request("textDocument/foldingRange", registry.clone()).as_array().unwrap().len() > 1);
    let mut layout = registry;
    layout["options"] = json!({ "tabSize": 2, "insertSpaces": true });
    assert!(client.request("textDocument/formatting", layout.clone()).is_array());
    layout["textDocument"]["uri"] = json!(folder.uri("one.txt"));
    assert!(client.request("textDocument/formatting", layout).is_null());
    let mut hints = document.clone();
    hints["range"] = json!({ "start": { "line": 9, "character": 9 }, "end": { "line": 0, "character": 0 } });
    assert!(client.request("textDocument/inlayHint", hints).is_array());
    let mut selection = document;
    selection["positions"] = json!([position(ONE, ONE.find("Văn").unwrap(), "utf-16")]);
    let around = client.request("textDocument/selectionRange", selection);
    assert!(around[0]["parent"]["parent"].is_object(), "{around}");
}

#[test]
fn tokens_whole_in_part_and_as_a_difference() {
    let folder = corpus();
    let mut client = rich(&folder);
    let uri = folder.uri("one.txt");
    let document = json!({ "textDocument": { "uri": uri } });
    let whole = client.request("textDocument/semanticTokens/full", document.clone());
    let data = whole["data"].as_array().unwrap();
    // The emoji is two units of UTF-16.
    assert_eq!((&data[0], &data[1], &data[2]), (&json!(0), &json!(3), &json!(11)), "{whole}");
    let mut part = document.clone();
    part["range"] = json!({ "start": { "line": 1, "character": 1 }, "end": { "line": 1, "character": 2 } });
    assert_eq!(client.request("textDocument/semanticTokens/range", part)["data"][0], 1);
    client.change(&uri, 2, json!([{ "range": range(ONE, " spoke", "utf-16"), "text": " now spoke" }]));
    let mut params = document.clone();
    params["previousResultId"] = whole["resultId"].clone();
    let delta = client.request("textDocument/semanticTokens/full/delta", params);
    let edits = delta["edits"].as_array().unwrap();
    assert!(edits.len() == 1 && edits[0]["start"].as_u64().unwrap() >= 5, "{delta}");
    // Applied to the old tokens it gives the new ones.
    let mut patched = data.clone();
    let number = |value: &Value| usize::try_from(value.as_u64().unwrap()).unwrap();
    let start = number(&edits[0]["start"]);
    patched.splice(start..start + number(&edits[0]["deleteCount"]), edits[0]["data"].as_array().unwrap().clone());
    assert_eq!(client.request("textDocument/semanticTokens/full", document)["data"], json!(patched));
}

#[test]
fn hierarchies() {
    let folder = corpus();
    let mut client = rich(&folder);
    let prepared = client.request("textDocument/prepareTypeHierarchy", at(&folder, "Tran Van An"));
    let offices = client.request("typeHierarchy/supertypes", json!({ "item": prepared[0] }));
    assert_eq!(offices[0]["name"], "Minister of Tides");
    let organizations = client.request("typeHierarchy/supertypes", json!({ "item": offices[0] }));
    assert_eq!(organizations[0]["name"], "Ministry of Tides");
    let people = client.request("textDocument/prepareCallHierarchy", at(&folder, "Tran Van An"));
    assert_eq!(people.as_array().unwrap().len(), 1);
    assert!(client.request("callHierarchy/incomingCalls", json!({ "item": people[0] })).is_array());
    assert!(client.request("callHierarchy/outgoingCalls", json!({ "item": people[0] })).is_array());
}

#[test]
fn completion_and_what_is_known_of_an_item() {
    let folder = corpus();
    let mut client = rich(&folder);
    let uri = folder.uri("one.txt");
    client.replace(&uri, 2, "Then Tran Vx came");
    let params = json!({ "textDocument": { "uri": uri }, "position": { "line": 0, "character": 11 } });
    let list = client.request("textDocument/completion", params);
    // Editors compare with what they hold back, which fits no longer when another letter has been typed.
    assert_eq!(list["isIncomplete"], true, "{list}");
    let item = list["items"].as_array().unwrap().iter().find(|item| item["label"] == "Tran Van An").unwrap().clone();
    assert_eq!(item["textEdit"]["insert"]["start"]["character"], 5, "{item}");
    assert_eq!(item["textEdit"]["insert"]["end"]["character"], 11, "{item}");
    assert_eq!(item["textEdit"]["replace"]["start"]["character"], 5, "{item}");
    assert_eq!(item["textEdit"]["replace"]["end"]["character"], 12, "the rest of the word: {item}");
    let resolved = client.request("completionItem/resolve", item);
    assert!(resolved["documentation"]["value"].as_str().unwrap().contains("Tran Van An"), "{resolved}");

    // An empty text to compare with would fit nothing that is typed next.
    client.replace(&uri, 3, "on 4 May ");
    let params = json!({ "textDocument": { "uri": uri }, "position": { "line": 0, "character": 9 } });
    let list = client.request("textDocument/completion", params.clone());
    assert_eq!(list["items"][0].get("filterText"), None, "{list}");

    let mut plain = Client::pulling(&folder);
    plain.open(&uri, "on 4 May ");
    let list = plain.request("textDocument/completion", params);
    assert_eq!(list["items"][0]["textEdit"]["range"]["end"]["character"], 9, "{list}");
}

#[test]
fn actions_mend_what_was_found() {
    let folder = corpus();
    let mut client = rich(&folder);
    let uri = folder.uri("one.txt");
    let text = "Ông bộTrần Văn An đến.\n";
    client.replace(&uri, 2, text);
    let found = client.pull(&uri);
    let glued = found.iter().find(|found| found["code"] == "entity/glued-name").unwrap();
    let mut params = json!({
        "textDocument": { "uri": uri },
        "range": glued["range"],
        "context": { "diagnostics": [], "only": ["quickfix"] },
    });
    let actions = client.request("textDocument/codeAction", params.clone());
    let fix = actions.as_array().unwrap().iter().find(|action| action["diagnostics"][0]["code"] == "entity/glued-name");
    let fix = fix.unwrap_or_else(|| panic!("{actions}"));
    assert_eq!(fix["edit"]["documentChanges"][0]["textDocument"], json!({ "uri": uri, "version": 2 }));
    assert!(actions.as_array().unwrap().iter().all(|action| action["kind"] == "quickfix"), "{actions}");
    params["context"]["only"] = json!(["source"]);
    let actions = client.request("textDocument/codeAction", params);
    let kinds: Vec<&str> = actions.as_array().unwrap().iter().filter_map(|action| action["kind"].as_str()).collect();
    assert!(
        kinds.contains(&"source.fixAll.scholiast") && kinds.iter().all(|kind| kind.starts_with("source.")),
        "{actions}"
    );
}

#[test]
fn commands() {
    let folder = corpus();
    let mut client = rich(&folder);
    assert_eq!(client.request("workspace/executeCommand", json!({ "command": "scholiast.reindex" })), Value::Null);
    let id = client.ask("workspace/executeCommand", json!({ "command": "scholiast.nonsense" }));
    assert_eq!(client.answer(id)["error"]["code"], -32602);
    assert!(client.request("textDocument/hover", at(&folder, "Tran Van An")).is_object());
}

#[test]
fn outside_every_corpus_answers_are_empty() {
    let folder = Folder::new(&[("one.txt", ONE)]);
    let mut client = Client::plain(&folder);
    client.open(&folder.uri("one.txt"), ONE);
    client.open("untitled:Untitled-1", ONE);
    for method in
        ["textDocument/hover", "textDocument/definition", "textDocument/documentHighlight", "textDocument/completion"]
    {
        assert_eq!(client.request(method, at(&folder, "Tran Van An")), Value::Null, "{method}");
        let nowhere =
            json!({ "textDocument": { "uri": "untitled:Untitled-1" }, "position": { "line": 0, "character": 4 } });
        assert_eq!(client.request(method, nowhere), Value::Null, "{method}");
    }
}

#[test]
fn settings_turn_things_off() {
    let folder = corpus();
    let mut client = rich(&folder);
    let registry = json!({ "textDocument": { "uri": folder.uri("people.toml") } });
    assert!(client.request("textDocument/codeLens", registry.clone()).is_array());
    let settings = json!({ "settings": { "scholiast": { "codeLens": { "enable": false } } } });
    client.notify("workspace/didChangeConfiguration", settings);
    assert_eq!(client.request("textDocument/codeLens", registry), Value::Null);
}
