//! A registry that two corpora share.

use serde_json::{Value, json};

use super::support::{Client, Folder, pulls, range};

const CONFIG: &str = "[corpus]\nregistry = [\"../shared/officials.toml\"]\n";
const REGISTRY: &str =
    "version = 1\n\n[[person]]\nid = \"le-van-binh\"\nnames.vi = [\"Lê Văn Bình\"]\nnames.en = [\"Le Van Binh\"]\n";
const A: &str = "Le Van Binh spoke.\n";
const B: &str = "Then Lê Văn Bình came.\n";

fn folder() -> Folder {
    Folder::new(&[
        ("a/scholiast.toml", CONFIG),
        ("a/a.txt", A),
        ("b/scholiast.toml", CONFIG),
        ("b/b.txt", B),
        ("shared/officials.toml", REGISTRY),
    ])
}

fn at(uri: &str, text: &str, part: &str) -> Value {
    json!({ "textDocument": { "uri": uri }, "position": range(text, part, "utf-16")["start"] })
}

#[test]
fn one_person_in_two_corpora() {
    let folder = folder();
    let mut client = Client::pulling(&folder);
    let (a, b, shared) = (folder.uri("a/a.txt"), folder.uri("b/b.txt"), folder.uri("shared/officials.toml"));
    client.open(&a, A);
    client.open(&b, B);
    let (in_a, in_b) = (at(&a, A, "Le Van"), at(&b, B, "Lê Văn"));
    for place in [&in_a, &in_b] {
        let found = client.request("textDocument/definition", place.clone());
        let uri = |found: &Value| found["uri"].as_str().or(found["targetUri"].as_str()).map(str::to_owned);
        assert_eq!(uri(&found[0]).as_deref(), Some(&*shared), "{found}");
    }
    let listed = json!({ "command": "scholiast.entities", "arguments": [] });
    let listed = client.request("workspace/executeCommand", listed);
    assert_eq!((&listed["total"], &listed["entities"][0]["mentions"]), (&json!(1), &json!(2)), "{listed}");
    assert_eq!(listed["entities"][0]["files"], 2);
    // An unsaved edit counts in both.
    let renamed = REGISTRY.replace("le-van-binh", "le-binh");
    client.open(&shared, REGISTRY);
    client.replace(&shared, 2, &renamed);
    for place in [&in_a, &in_b] {
        let hover = client.request("textDocument/hover", place.clone());
        assert!(hover.to_string().contains("le-binh"), "{hover}");
    }
    let mut params = at(&shared, &renamed, "le-binh");
    params["context"] = json!({ "includeDeclaration": false });
    let is_everywhere = |found: &Value| {
        let in_file = |uri: &str| found.as_array().is_some_and(|all| all.iter().any(|place| place["uri"] == uri));
        in_file(&a) && in_file(&b)
    };
    client.request_until("textDocument/references", &params, is_everywhere);
    // Closed without saving: the disk's counts again, and what happens there.
    client.close(&shared);
    for place in [&in_a, &in_b] {
        client.request_until("textDocument/hover", place, |hover| hover.to_string().contains("le-van-binh"));
    }
    folder.write("shared/officials.toml", REGISTRY.replace("le-van-binh", "binh-le"));
    client.changed_on_disk(std::slice::from_ref(&shared));
    for place in [&in_a, &in_b] {
        client.request_until("textDocument/hover", place, |hover| hover.to_string().contains("binh-le"));
    }
    folder.remove("shared/officials.toml");
    client.changed_on_disk(std::slice::from_ref(&shared));
    for place in [&in_a, &in_b] {
        client.request_until("textDocument/hover", place, Value::is_null);
    }
    folder.write("shared/officials.toml", REGISTRY);
    client.changed_on_disk(&[shared]);
    for place in [&in_a, &in_b] {
        client.request_until("textDocument/hover", place, |hover| hover.to_string().contains("le-van-binh"));
    }
}

#[test]
fn what_is_wrong_in_it_is_said_once() {
    let folder = folder();
    let faulty = format!("{REGISTRY}colour = \"red\"\n");
    folder.write("shared/officials.toml", &faulty);
    let mut client = Client::pulling(&folder);
    let shared = folder.uri("shared/officials.toml");
    let report = client.request("workspace/diagnostic", json!({ "previousResultIds": [] }));
    let about = report["items"].as_array().expect("reports").iter().filter(|item| item["uri"] == *shared);
    assert_eq!(about.count(), 1, "{report}");
    client.open(&shared, &faulty);
    assert_eq!(client.pull(&shared).len(), 1);
    client.replace(&shared, 2, REGISTRY);
    assert!(client.pull(&shared).is_empty());
    let mut pushed = Client::plain(&folder);
    pushed.wait_for_codes(&shared, "the finding", |codes| codes.len() == 1);
    folder.write("shared/officials.toml", REGISTRY);
    pushed.wait_for_codes(&shared, "the finding to go", <[String]>::is_empty);
}

#[test]
fn a_registry_outside_the_workspace_is_watched() {
    let outer = folder();
    let mut client = Client::spawn();
    let root = json!([{ "uri": outer.uri("a"), "name": "a" }]);
    client.request("initialize", json!({ "processId": null, "capabilities": pulls(), "workspaceFolders": root }));
    client.notify("initialized", json!({}));
    let a = outer.uri("a/a.txt");
    client.open(&a, A);
    let place = at(&a, A, "Le Van");
    client.request_until("textDocument/hover", &place, |hover| hover.to_string().contains("le-van-binh"));
    outer.write("shared/officials.toml", REGISTRY.replace("le-van-binh", "binh-le"));
    client.request_until("textDocument/hover", &place, |hover| hover.to_string().contains("binh-le"));
}

#[test]
fn a_client_asks_before_a_file_outside_of_the_workspace_is_written() {
    let folder = folder();
    let capabilities = json!({
        "workspace": {
            "workspaceEdit": { "documentChanges": true, "changeAnnotationSupport": {} },
        },
    });
    let (a, shared) = (folder.uri("a/a.txt"), folder.uri("shared/officials.toml"));
    for (workspace, asks) in [("a", true), ("", false)] {
        let mut client = Client::spawn();
        let params = json!({
            "processId": null,
            "rootUri": null,
            "capabilities": capabilities,
            "workspaceFolders": [{ "uri": folder.uri(workspace), "name": "folder" }],
        });
        client.request("initialize", params);
        client.notify("initialized", json!({}));
        client.open(&a, A);
        let mut params = at(&a, A, "Le Van");
        params["newName"] = "Le Van An".into();
        let edit = client.request("textDocument/rename", params);
        let changes = edit["documentChanges"].as_array().unwrap();
        let of_registry = changes.iter().find(|change| change["textDocument"]["uri"] == shared).unwrap();
        let id = of_registry["edits"][0]["annotationId"].as_str().unwrap();
        let annotation = &edit["changeAnnotations"][id];
        assert_eq!(annotation["needsConfirmation"], asks, "{workspace:?} {edit}");
        assert_eq!(annotation["description"].is_string(), asks, "{edit}");
        let of_text = changes.iter().find(|change| change["textDocument"]["uri"] == a).unwrap();
        let id = of_text["edits"][0]["annotationId"].as_str().unwrap();
        assert_eq!(edit["changeAnnotations"][id]["needsConfirmation"], false, "{edit}");
    }
}
