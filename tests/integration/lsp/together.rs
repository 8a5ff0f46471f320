//! Answers of several corpora that share a registry file.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::support::{Client, Folder, pulls, range};

const SHARED: &str = "[[organization]]\nid = \"tea\"\nnames.en = [\"Tea Board\"]\n\n\
                      [[person]]\nid = \"binh\"\nnames.vi = [\"Lê Văn Bình\"]\nnames.en = [\"Le Van Binh\"]\n";
/// Lies in `b` and is used by `c`, too.
const OWN: &str = "[[office]]\nid = \"tea/chair\"\norganization = \"tea\"\nnames.en = [\"Chair of the Tea Board\"]\n\n\
                   [[person]]\nid = \"mai\"\nnames.en = [\"Ho Thi Mai\"]\noffices = [{ office = \"tea/chair\" }]\n";
const A: &str = "Le Van Binh spoke to the Tea Board.\n";
const B: &str = "Lê Văn Bình. Le Van Binh beside Ho Thi Mai.\n";
const C: &str = "Ho Thi Mai again, not Le Van Binh.\n";

/// `a` and `b` share one file, `b` and `c` another; `d` has nobody's but one of the same name.
fn folder() -> Folder {
    Folder::new(&[
        ("a/scholiast.toml", "[corpus]\nregistry = [\"../shared/*.toml\"]\n"),
        ("a/a.txt", A),
        ("a/a.ann", "T1\tPerson 0 11\tLe Van Binh\n"),
        ("b/scholiast.toml", "[corpus]\nregistry = [\"../shared/*.toml\", \"*.toml\"]\n"),
        ("b/b.txt", B),
        ("b/b.ann", "T1\tPerson 13 24\tLe Van Binh\n"),
        ("b/own.toml", OWN),
        ("c/scholiast.toml", "[corpus]\nregistry = [\"../b/own.toml\"]\n"),
        ("c/c.txt", C),
        ("d/scholiast.toml", ""),
        ("d/d.txt", A),
        ("d/officials.toml", SHARED),
        ("shared/officials.toml", SHARED),
    ])
}

/// A client that takes edits with versions and labels, and actions with edits.
fn client(folder: &Folder) -> Client {
    let mut capabilities = pulls();
    capabilities["textDocument"]["codeAction"] =
        json!({ "codeActionLiteralSupport": { "codeActionKind": { "valueSet": [] } } });
    capabilities["workspace"]["workspaceEdit"] = json!({ "documentChanges": true, "changeAnnotationSupport": {} });
    Client::start(&[folder], capabilities)
}

fn at(folder: &Folder, name: &str, text: &str, part: &str) -> Value {
    json!({ "textDocument": { "uri": folder.uri(name) }, "position": range(text, part, "utf-16")["start"] })
}

/// The files of a folder after an edit of the workspace: each once, with its version.
fn applied(folder: &Folder, edit: &Value) -> BTreeMap<String, (Value, String)> {
    let mut after = BTreeMap::new();
    for document in edit["documentChanges"].as_array().unwrap() {
        let uri = document["textDocument"]["uri"].as_str().unwrap();
        let name = uri.strip_prefix(&format!("{}/", folder.uri(""))).unwrap().to_owned();
        let mut lines: Vec<Vec<u16>> = std::fs::read_to_string(folder.path().join(&name))
            .unwrap()
            .split_inclusive('\n')
            .chain([""])
            .map(|line| line.encode_utf16().collect())
            .collect();
        let mut edits = document["edits"].as_array().unwrap().clone();
        let number = |at: &Value| usize::try_from(at.as_u64().unwrap()).unwrap();
        edits.sort_by_key(|edit| {
            (number(&edit["range"]["start"]["line"]), number(&edit["range"]["start"]["character"]))
        });
        for edit in edits.iter().rev() {
            let (start, end) = (&edit["range"]["start"], &edit["range"]["end"]);
            assert_eq!(start["line"], end["line"], "{edit}");
            let new = edit["newText"].as_str().unwrap().encode_utf16();
            lines[number(&start["line"])].splice(number(&start["character"])..number(&end["character"]), new);
        }
        let text = String::from_utf16(&lines.concat()).unwrap();
        let version = document["textDocument"]["version"].clone();
        assert!(after.insert(name, (version, text)).is_none(), "once a file: {edit}");
    }
    after
}

fn renamed(client: &mut Client, folder: &Folder, mut at: Value, new: &str) -> BTreeMap<String, (Value, String)> {
    at["newName"] = json!(new);
    applied(folder, &client.request("textDocument/rename", at))
}

fn refused(client: &mut Client, mut at: Value, new: &str) -> String {
    at["newName"] = json!(new);
    let id = client.ask("textDocument/rename", at);
    let answer = client.answer(id);
    assert_eq!(answer["error"]["code"], -32803, "{answer}");
    answer["error"]["message"].as_str().unwrap().to_owned()
}

fn closed(text: String) -> (Value, String) {
    (Value::Null, text)
}

#[test]
fn a_spelling_is_renamed_in_all_corpora_that_share_the_entry() {
    let folder = folder();
    let mut client = client(&folder);
    // At once: it waits until the other corpora are known and read.
    client.open(&folder.uri("a/a.txt"), A);
    let mut params = at(&folder, "a/a.txt", A, "Le Van");
    params["newName"] = json!("Le Binh");
    let edit = client.request("textDocument/rename", params);
    let other = |text: &str| text.replace("Le Van Binh", "Le Binh");
    let wanted = [
        ("a/a.ann", closed("T1\tPerson 0 7\tLe Binh\n".into())),
        ("a/a.txt", (json!(1), other(A))),
        ("b/b.ann", closed("T1\tPerson 13 20\tLe Binh\n".into())),
        ("b/b.txt", closed(other(B))),
        ("shared/officials.toml", closed(other(SHARED))),
    ];
    let wanted: BTreeMap<String, _> = wanted.into_iter().map(|(name, after)| (name.to_owned(), after)).collect();
    assert_eq!(applied(&folder, &edit), wanted);
    let labels: Vec<&String> = edit["changeAnnotations"].as_object().unwrap().keys().collect();
    assert_eq!(labels, ["annotations", "registry", "texts"]);
    // Asked in the registry it is the same, with the versions of what is open.
    client.open(&folder.uri("shared/officials.toml"), SHARED);
    client.open(&folder.uri("b/b.txt"), B);
    client.change(&folder.uri("b/b.txt"), 7, json!([{ "range": range(B, " beside", "utf-16"), "text": ", like" }]));
    folder.write("b/b.txt", B.replace(" beside", ", like"));
    let after = renamed(&mut client, &folder, at(&folder, "shared/officials.toml", SHARED, "Le Van"), "Le Binh");
    let mut plain = Client::plain(&folder);
    let mut params = at(&folder, "shared/officials.toml", SHARED, "Le Van");
    params["newName"] = json!("Le Binh");
    let changes = plain.request("textDocument/rename", params)["changes"].clone();
    assert_eq!(changes.as_object().unwrap().len(), wanted.len(), "without versions it is the same: {changes}");
    assert_eq!(after["shared/officials.toml"], (json!(1), other(SHARED)));
    assert_eq!(after["b/b.txt"], (json!(7), other(B).replace(" beside", ", like")));
    // Annotations that follow what is typed follow a rename by themselves.
    assert!(!after.contains_key("b/b.ann"));
    assert_eq!(after.len(), wanted.len() - 1);
}

#[test]
fn an_id_is_renamed_wherever_it_is_meant() {
    let folder = folder();
    let mut client = client(&folder);
    let other = |text: &str| text.replace("\"tea\"", "\"tea-board\"");
    let mut reference = range(OWN, "\"tea\"", "utf-16")["start"].clone();
    reference["character"] = json!(reference["character"].as_u64().unwrap() + 2);
    let reference = json!({ "textDocument": { "uri": folder.uri("b/own.toml") }, "position": reference });
    for at in [at(&folder, "shared/officials.toml", SHARED, "tea\""), reference] {
        let after = renamed(&mut client, &folder, at, "tea-board");
        let names: Vec<&String> = after.keys().collect();
        assert_eq!(names, ["b/own.toml", "shared/officials.toml"]);
        assert_eq!(after["b/own.toml"].1, other(OWN));
        assert_eq!(after["shared/officials.toml"].1, other(SHARED));
    }
}

#[test]
fn what_another_corpus_cannot_bear_is_refused() {
    let folder = folder();
    let mut client = client(&folder);
    // `mai` is taken in `b`, of which the file itself, asked about in `a`, knows nothing.
    let id = at(&folder, "shared/officials.toml", SHARED, "binh\"");
    let message = refused(&mut client, id.clone(), "mai");
    let b = folder.path().join("b");
    assert_eq!(message, format!("{}: there is a `mai` already", b.display()));
    // In `c` the file of `b` refers to a `tea` of its own, which would be meant no more.
    folder.write("c/scholiast.toml", "[corpus]\nregistry = [\"../b/own.toml\", \"*.toml\"]\n");
    folder.write("c/tea.toml", "[[organization]]\nid = \"tea\"\nnames.en = [\"Tea Room\"]\n");
    client.changed_on_disk(&[folder.uri("c/scholiast.toml"), folder.uri("c/tea.toml")]);
    let symbols = json!({ "query": "Tea Room" });
    client.request_until("workspace/symbol", &symbols, |found| !found.as_array().unwrap().is_empty());
    let message = refused(&mut client, at(&folder, "shared/officials.toml", SHARED, "tea\""), "tea-board");
    assert!(message.starts_with(&format!("{}: `tea` means somebody else there", folder.path().join("c").display())));
    // In `b` another file has the id first: there the shared entry is renamed alone, and not who refers to it.
    let chair = "\n[[office]]\nid = \"chair\"\norganization = \"tea\"\n";
    folder.write("c/scholiast.toml", "");
    folder.write("shared/officials.toml", format!("{SHARED}{chair}"));
    folder.write("!first.toml", "[[organization]]\nid = \"tea\"\nnames.en = [\"Tea Shop\"]\n");
    folder.write("b/scholiast.toml", "[corpus]\nregistry = [\"../*.toml\", \"../shared/*.toml\", \"*.toml\"]\n");
    let names = ["b/scholiast.toml", "c/scholiast.toml", "shared/officials.toml"];
    client.changed_on_disk(&names.map(|name| folder.uri(name)));
    let symbols = json!({ "query": "Tea Shop" });
    client.request_until("workspace/symbol", &symbols, |found| !found.as_array().unwrap().is_empty());
    client
        .request_until("workspace/symbol", &json!({ "query": "chair" }), |found| found.to_string().contains("shared"));
    let message = refused(&mut client, at(&folder, "shared/officials.toml", SHARED, "tea\""), "tea-board");
    assert!(message.starts_with(&format!("{}: `tea` means somebody else there", b.display())), "{message}");
    // Annotations of another corpus refuse, too.
    folder.write("b/b.ann", "T1\tPerson 16 19\tVan\n");
    client.changed_on_disk(&[folder.uri("b/b.ann")]);
    let message = refused(&mut client, at(&folder, "shared/officials.toml", SHARED, "Le Van"), "Le Binh");
    assert!(message.contains("b.ann would lose T1"), "{message}");
}

#[test]
fn references_lenses_and_symbols_tell_all_corpora() {
    let folder = folder();
    let mut client = client(&folder);
    client.open(&folder.uri("a/a.txt"), A);
    let place =
        |name: &str, text: &str, part: &str| json!({ "uri": folder.uri(name), "range": range(text, part, "utf-16") });
    let mut params = at(&folder, "a/a.txt", A, "Le Van");
    params["context"] = json!({ "includeDeclaration": true });
    let wanted = json!([
        place("shared/officials.toml", SHARED, "Lê Văn Bình"),
        place("a/a.txt", A, "Le Van Binh"),
        place("b/b.txt", B, "Lê Văn Bình"),
        place("b/b.txt", B, "Le Van Binh"),
    ]);
    assert_eq!(client.request("textDocument/references", params.clone()), wanted);
    params["partialResultToken"] = json!("parts");
    assert_eq!(client.request("textDocument/references", params), json!([]));
    let parts = client.notifications.iter().filter(|message| message["params"]["token"] == "parts");
    let parts: Vec<Value> = parts.flat_map(|message| message["params"]["value"].as_array().unwrap().clone()).collect();
    assert_eq!(json!(parts), wanted);
    // A file that lies in one corpus: asked about in the other.
    let mut params = at(&folder, "c/c.txt", C, "Ho Thi");
    client.open(&folder.uri("c/c.txt"), C);
    params["context"] = json!({ "includeDeclaration": true });
    let wanted = json!([
        place("b/own.toml", OWN, "Ho Thi Mai"),
        place("c/c.txt", C, "Ho Thi Mai"),
        place("b/b.txt", B, "Ho Thi Mai")
    ]);
    assert_eq!(client.request("textDocument/references", params), wanted);
    // What refers to an entry stands in the file of another corpus.
    let mut params = at(&folder, "shared/officials.toml", SHARED, "tea\"");
    params["context"] = json!({ "includeDeclaration": false });
    let found = client.request("textDocument/references", params);
    assert_eq!(found.as_array().unwrap().len(), 2, "{found}");
    assert_eq!(found[1]["uri"], folder.uri("b/own.toml"), "{found}");
    let lens = |client: &mut Client, name: &str, number: usize| {
        let lenses = client.request("textDocument/codeLens", json!({ "textDocument": { "uri": folder.uri(name) } }));
        client.request("codeLens/resolve", lenses[number].clone())["command"]["title"].clone()
    };
    assert_eq!(lens(&mut client, "shared/officials.toml", 1), "3 mentions in 2 files");
    assert_eq!(lens(&mut client, "b/own.toml", 1), "2 mentions in 2 files");
    assert_eq!(lens(&mut client, "d/officials.toml", 1), "1 mention in 1 file");
    // Each entry once, though two corpora have it.
    let found = client.request("workspace/symbol", json!({ "query": "le van binh" }));
    let mut files: Vec<&str> =
        found.as_array().unwrap().iter().map(|symbol| symbol["location"]["uri"].as_str().unwrap()).collect();
    files.sort_unstable();
    assert_eq!(files, [folder.uri("d/officials.toml"), folder.uri("shared/officials.toml")]);
}

#[test]
fn hierarchies_tell_all_corpora() {
    let folder = folder();
    let mut client = client(&folder);
    client.open(&folder.uri("a/a.txt"), A);
    let names = |found: &Value, key: &str| -> Vec<String> {
        let name = |item: &Value| if key.is_empty() { item["name"].clone() } else { item[key]["name"].clone() };
        found.as_array().unwrap().iter().map(|item| name(item).as_str().unwrap().to_owned()).collect()
    };
    // The office is only in `b`.
    let items = client.request("textDocument/prepareTypeHierarchy", at(&folder, "a/a.txt", A, "Tea Board"));
    let offices = client.request("typeHierarchy/subtypes", json!({ "item": items[0] }));
    assert_eq!(names(&offices, ""), ["Chair of the Tea Board"]);
    let holders = client.request("typeHierarchy/subtypes", json!({ "item": offices[0] }));
    assert_eq!(names(&holders, ""), ["Ho Thi Mai"], "once, though two corpora have her");
    let above = client.request("typeHierarchy/supertypes", json!({ "item": offices[0] }));
    assert_eq!(names(&above, ""), ["Tea Board"]);
    // In `a` nobody is beside him.
    let items = client.request("textDocument/prepareCallHierarchy", at(&folder, "a/a.txt", A, "Le Van"));
    let with = json!({ "item": items[0] });
    let is_there = |found: &Value| !found.as_array().unwrap().is_empty();
    let calls = client.request_until("callHierarchy/incomingCalls", &with, is_there);
    assert_eq!(names(&calls, "from"), ["Ho Thi Mai"]);
    assert_eq!(calls[0]["from"]["uri"], folder.uri("b/b.txt"));
    let calls = client.request("callHierarchy/outgoingCalls", with);
    assert_eq!((names(&calls, "to"), &calls[0]["fromRanges"]), (vec!["Ho Thi Mai".to_owned()], &json!([])));
}

#[test]
fn what_one_corpus_does_not_know_another_tells() {
    let folder = folder();
    let mut client = client(&folder);
    // Who is mentioned only in `b`, by a file of which `a` is the home.
    folder.write("a/a.txt", "Nobody.\n");
    client.changed_on_disk(&[folder.uri("a/a.txt")]);
    let entry = at(&folder, "shared/officials.toml", SHARED, "Le Van");
    let is_of = |name: &str| {
        let uri = folder.uri(name);
        move |found: &Value| found[0]["uri"] == uri
    };
    client.request_until("textDocument/definition", &entry, is_of("b/b.txt"));
    client.request_until("textDocument/hover", &entry, |hover| {
        let text = hover["contents"]["value"].as_str().unwrap();
        text.contains("*mentions*: none\n") && text.contains("*in other corpora*: 2 in 1 file\n")
    });
    let counted = |client: &mut Client, name: &str| {
        let arguments = json!({ "command": "scholiast.statistics", "arguments": [folder.uri(name), "json"] });
        let answer = client.request("workspace/executeCommand", arguments);
        answer["corpora"].as_array().unwrap().len()
    };
    assert_eq!(counted(&mut client, "shared/officials.toml"), 2);
    assert_eq!(counted(&mut client, "b/own.toml"), 1, "it lies in one");
    client.open(&folder.uri("d/d.txt"), A);
    let hover = client.request("textDocument/hover", at(&folder, "d/d.txt", A, "Le Van"));
    assert!(!hover.to_string().contains("other corpora"), "{hover}");
}

#[test]
fn actions_write_into_the_shared_file_for_all() {
    let folder = folder();
    let mut client = client(&folder);
    let text = "ông Đỗ Văn Lạc nói\n";
    let (a, b, shared) = (folder.uri("a/a.txt"), folder.uri("b/b.txt"), folder.uri("shared/officials.toml"));
    client.open(&a, text);
    client.open(&b, text);
    client.open(&shared, SHARED);
    client.change(&shared, 4, json!([{ "range": range(SHARED, "Le Van Binh", "utf-16"), "text": "Le Van Binh" }]));
    // In `b` the id is taken, by an entry of its own.
    folder.write("b/own.toml", OWN.replace("\"mai\"", "\"do-van-lac\""));
    client.changed_on_disk(&[folder.uri("b/own.toml")]);
    let params = json!({
        "textDocument": { "uri": a },
        "range": range(text, "Đỗ Văn Lạc", "utf-16"),
        "context": { "diagnostics": [] },
    });
    let new = |found: &Value| -> Option<Value> {
        let new = |action: &&Value| action["title"].as_str().unwrap().contains("as a new person");
        found.as_array().unwrap().iter().find(new).cloned()
    };
    let has_other_id = |found: &Value| new(found).is_some_and(|action| action.to_string().contains("do-van-lac-2"));
    let action = new(&client.request_until("textDocument/codeAction", &params, has_other_id)).unwrap();
    let after = applied(&folder, &action["edit"]);
    assert_eq!(after.len(), 1);
    let (version, added) = &after["shared/officials.toml"];
    assert_eq!(version, &json!(4));
    // The client edits it: both know him.
    client.replace(&shared, 5, added);
    let known = json!({ "textDocument": { "uri": b }, "position": range(text, "Văn", "utf-16")["start"] });
    client.request_until("textDocument/hover", &known, |hover| hover.to_string().contains("do-van-lac-2"));
    let known = json!({ "textDocument": { "uri": a }, "position": range(text, "Văn", "utf-16")["start"] });
    let hover = client.request("textDocument/hover", known);
    assert!(hover.to_string().contains("do-van-lac-2"), "{hover}");
    // Another spelling of his, asked for in `b`.
    let text = "ông Đỗ Văn Lác nói\n";
    client.replace(&b, 2, text);
    let params = json!({
        "textDocument": { "uri": b },
        "range": range(text, "Đỗ Văn Lác", "utf-16"),
        "context": { "diagnostics": [] },
    });
    let found = client.request("textDocument/codeAction", params);
    let is_spelling =
        |action: &&Value| action["title"].as_str().unwrap().contains("as a spelling of Đỗ Văn Lạc (do-van-lac-2)");
    let action = found.as_array().unwrap().iter().find(is_spelling).unwrap_or_else(|| panic!("{found}"));
    let change = &action["edit"]["documentChanges"][0];
    assert_eq!(change["textDocument"], json!({ "uri": shared, "version": 5 }));
}

#[test]
fn configurations_follow_a_shared_file_that_is_renamed_or_deleted() {
    let folder = folder();
    let suppress = "\n[[suppress]]\npath = \"../b/own.toml\"\nrule = \"registry/*\"\nreason = \"so it is\"\n";
    let config = format!("[corpus]\nregistry = [\"../b/own.toml\"]\n{suppress}");
    folder.write("c/scholiast.toml", &config);
    folder.write("b/scholiast.toml", "[corpus]\nregistry = [\"../shared/*.toml\", \"own.toml\"]\n");
    let mut client = client(&folder);
    let will_rename = |client: &mut Client, old: &str, new: &str| {
        let files = json!([{ "oldUri": folder.uri(old), "newUri": folder.uri(new) }]);
        let edit = client.request("workspace/willRenameFiles", json!({ "files": files }));
        let after = applied(&folder, &edit);
        after.into_iter().map(|(name, (_, text))| (name, text)).collect::<Vec<_>>()
    };
    let registry = |name: &str| format!("[corpus]\nregistry = [\"../{name}/*.toml\"]\n");
    let of_b = |shared: &str, own: &str| format!("[corpus]\nregistry = [\"../{shared}/*.toml\", \"{own}\"]\n");
    let after = will_rename(&mut client, "shared", "common");
    let wanted = [("a/scholiast.toml", registry("common")), ("b/scholiast.toml", of_b("common", "own.toml"))];
    assert_eq!(after, wanted.map(|(name, text)| (name.to_owned(), text)));
    let after = will_rename(&mut client, "b/own.toml", "people/tea.toml");
    let wanted = [
        ("b/scholiast.toml", of_b("shared", "../people/tea.toml")),
        ("c/scholiast.toml", config.replace("../b/own.toml", "../people/tea.toml")),
    ];
    assert_eq!(after, wanted.map(|(name, text)| (name.to_owned(), text)));
    let files = json!([{ "uri": folder.uri("b/own.toml") }]);
    let edit = client.request("workspace/willDeleteFiles", json!({ "files": files }));
    let edits = &edit["documentChanges"][0];
    assert_eq!(edits["textDocument"]["uri"], folder.uri("c/scholiast.toml"), "{edit}");
    assert_eq!(edits["edits"], json!([{ "newText": "", "range": range(&config, &suppress[1..], "utf-16") }]));
}
