//! Folders, configurations and registries.

use serde_json::json;

use super::support::{Client, Folder, pulls};

const BAD: &str = "On 31 February 2024.\n";
const REGISTRY: &str =
    "version = 1\n\n[[person]]\nid = \"tran-van-an\"\nnames.vi = [\"Trần Văn An\"]\nnames.en = [\"Tran Van An\"]\n";

#[test]
fn without_a_configuration_it_is_silent() {
    let folder = Folder::new(&[("a.txt", BAD)]);
    let mut client = Client::pulling(&folder);
    let uri = folder.uri("a.txt");
    client.open(&uri, BAD);
    assert!(client.pull(&uri).is_empty());
    assert_eq!(client.request("workspace/diagnostic", json!({ "previousResultIds": [] })), json!({ "items": [] }));
    // A configuration appears, and goes again.
    folder.write("scholiast.toml", "");
    client.changed_on_disk(&[folder.uri("scholiast.toml")]);
    let params = json!({ "textDocument": { "uri": uri } });
    client.request_until("textDocument/diagnostic", &params, |report| report["items"].as_array().unwrap().len() == 1);
    folder.remove("scholiast.toml");
    client.changed_on_disk(&[folder.uri("scholiast.toml")]);
    client.request_until("textDocument/diagnostic", &params, |report| report["items"].as_array().unwrap().is_empty());
}

#[test]
fn what_was_pushed_goes_with_the_configuration() {
    let folder = Folder::new(&[("a.txt", BAD), ("scholiast.toml", "")]);
    let mut client = Client::plain(&folder);
    let uri = folder.uri("a.txt");
    client.wait_for_codes(&uri, "a finding", |codes| codes.len() == 1);
    folder.write("scholiast.toml", "[corpus]\nexclude = [\"a.txt\"]\n");
    client.wait_for_codes(&uri, "the finding of an excluded file to go", <[String]>::is_empty);
    folder.write("scholiast.toml", "");
    client.wait_for_codes(&uri, "the finding to come back", |codes| codes.len() == 1);
    folder.remove("scholiast.toml");
    client.wait_for_codes(&uri, "the finding to go with its configuration", <[String]>::is_empty);
}

#[test]
fn folders_have_their_own_configurations() {
    let off = "[rules]\n\"date/impossible-day\" = \"off\"\n";
    let (one, other) = (
        Folder::new(&[("scholiast.toml", ""), ("a.txt", BAD)]),
        Folder::new(&[("scholiast.toml", off), ("a.txt", BAD)]),
    );
    let inner = Folder::new(&[
        ("x/scholiast.toml", off),
        ("x/a.txt", BAD),
        ("y/scholiast.toml", ""),
        ("y/a.txt", BAD),
        ("z.txt", BAD),
    ]);
    let mut client = Client::start(&[&one, &other, &inner], pulls());
    let report = client.request("workspace/diagnostic", json!({ "previousResultIds": [] }));
    let mut uris: Vec<&str> =
        report["items"].as_array().unwrap().iter().map(|item| item["uri"].as_str().unwrap()).collect();
    uris.sort_unstable();
    let mut wanted = [one.uri("a.txt"), inner.uri("y/a.txt")];
    wanted.sort_unstable();
    assert_eq!(uris, wanted);
    // Folders come and go.
    let gone = json!([{ "uri": one.uri(""), "name": "folder" }]);
    client.notify("workspace/didChangeWorkspaceFolders", json!({ "event": { "added": [], "removed": gone } }));
    let report = client.request("workspace/diagnostic", json!({ "previousResultIds": [] }));
    assert_eq!(report["items"].as_array().unwrap().len(), 1, "{report}");
    client.notify("workspace/didChangeWorkspaceFolders", json!({ "event": { "added": gone, "removed": [] } }));
    let report = client.request("workspace/diagnostic", json!({ "previousResultIds": [] }));
    assert_eq!(report["items"].as_array().unwrap().len(), 2, "{report}");
}

#[test]
fn a_corpus_within_a_corpus_is_its_own() {
    let off = "[rules]\n\"date/*\" = \"off\"\n";
    let folder = Folder::new(&[("scholiast.toml", ""), ("a.txt", BAD), ("in/scholiast.toml", off), ("in/a.txt", BAD)]);
    let mut client = Client::pulling(&folder);
    client.open(&folder.uri("in/a.txt"), BAD);
    assert!(client.pull(&folder.uri("in/a.txt")).is_empty());
    assert_eq!(client.pull(&folder.uri("a.txt")).len(), 1);
    folder.remove("in/scholiast.toml");
    client.changed_on_disk(&[folder.uri("in/scholiast.toml")]);
    let params = json!({ "textDocument": { "uri": folder.uri("in/a.txt") } });
    client.request_until("textDocument/diagnostic", &params, |report| report["items"].as_array().unwrap().len() == 1);
}

#[test]
fn a_folder_inside_a_corpus_brings_the_whole_corpus() {
    let folder = Folder::new(&[("scholiast.toml", ""), ("a.txt", BAD), ("deep/down/b.txt", BAD)]);
    let mut client = Client::spawn();
    let root = json!([{ "uri": folder.uri("deep/down"), "name": "down" }]);
    client.request("initialize", json!({ "processId": null, "capabilities": pulls(), "workspaceFolders": root }));
    client.notify("initialized", json!({}));
    let report = client.request("workspace/diagnostic", json!({ "previousResultIds": [] }));
    assert_eq!(report["items"].as_array().unwrap().len(), 2, "{report}");
}

#[test]
fn one_file_without_a_folder_brings_its_corpus() {
    let folder = Folder::new(&[("scholiast.toml", ""), ("a.txt", BAD)]);
    let mut client = Client::start(&[], pulls());
    let uri = folder.uri("a.txt");
    client.open(&uri, BAD);
    assert_eq!(client.pull(&uri).len(), 1);
    client.close(&uri);
    assert_eq!(client.request("workspace/diagnostic", json!({ "previousResultIds": [] })), json!({ "items": [] }));
}

#[test]
fn an_unsaved_configuration_is_in_force() {
    let folder = Folder::new(&[("scholiast.toml", "# nothing\n"), ("a.txt", BAD)]);
    let mut client = Client::pulling(&folder);
    let (config, text) = (folder.uri("scholiast.toml"), folder.uri("a.txt"));
    client.open(&text, BAD);
    client.open(&config, "# nothing\n");
    assert_eq!(client.pull(&text).len(), 1);
    client.replace(&config, 2, "[rules]\n\"date/impossible-day\" = \"off\"\n");
    assert!(client.pull(&text).is_empty(), "a change of rules is seen by the next request");
    // Not TOML: what was read last stands, and the file says so.
    client.replace(&config, 3, "[rules]\n\"date/impossible-day\" = \"off\n");
    assert!(client.pull(&text).is_empty());
    let found = client.pull(&config);
    assert_eq!((found.len(), &found[0]["severity"]), (1, &json!(1)), "{found:?}");
    client.replace(&config, 4, "");
    let params = json!({ "textDocument": { "uri": text } });
    client.request_until("textDocument/diagnostic", &params, |report| report["items"].as_array().unwrap().len() == 1);
    // An exclusion means to look for files anew.
    client.replace(&config, 5, "[corpus]\nexclude = [\"a.txt\"]\n");
    client.request_until("textDocument/diagnostic", &params, |report| report["items"].as_array().unwrap().is_empty());
    client.close(&config);
    client.request_until("textDocument/diagnostic", &params, |report| report["items"].as_array().unwrap().len() == 1);
}

#[test]
fn a_configuration_that_was_never_readable_is_said_and_nothing_else() {
    let folder = Folder::new(&[("scholiast.toml", "[corpus\n"), ("a.txt", BAD)]);
    let mut client = Client::plain(&folder);
    let config = folder.uri("scholiast.toml");
    client.wait_for_codes(&config, "the finding", |codes| codes.len() == 1);
    let shown = |client: &mut Client| {
        client.notifications.iter().find(|message| message["method"] == "window/showMessage").cloned()
    };
    let shown = client.wait("a message", shown);
    assert_eq!(shown["params"]["type"], 1);
    assert!(!client.pushed.contains_key(&folder.uri("a.txt")));
    folder.write("scholiast.toml", "[corpus]\n");
    client.wait_for_codes(&folder.uri("a.txt"), "findings of the text", |codes| codes.len() == 1);
    client.wait_for_codes(&config, "the finding to go", <[String]>::is_empty);
}

#[test]
fn an_unsaved_registry_is_in_force() {
    // A name that is glued to a word is found while the registry knows it.
    let text = "Ông bộTrần Văn An đến.\n";
    let folder = Folder::new(&[("scholiast.toml", ""), ("people.toml", REGISTRY), ("a.txt", text), ("b.txt", text)]);
    let mut client = Client::pulling(&folder);
    let registry = folder.uri("people.toml");
    client.open(&folder.uri("a.txt"), text);
    client.open(&registry, REGISTRY);
    let found = |client: &mut Client, name: &str| super::support::codes(&client.pull(&folder.uri(name)));
    let with = found(&mut client, "a.txt");
    assert!(with.iter().any(|code| code.starts_with("entity/")), "{with:?}");
    // Another person, another spelling: nobody of the text is known.
    client.replace(&registry, 2, &REGISTRY.replace("Trần Văn An", "Lê Thị Bé").replace("Tran Van An", "Le Thi Be"));
    assert!(!found(&mut client, "a.txt").iter().any(|code| code.starts_with("entity/")));
    let params = json!({ "textDocument": { "uri": folder.uri("b.txt") } });
    let of_entities = |report: &serde_json::Value| {
        report["items"].as_array().unwrap().iter().any(|item| item["code"].as_str().unwrap().starts_with("entity/"))
    };
    client.request_until("textDocument/diagnostic", &params, |report| !of_entities(report));
    // Not TOML: what was read last stands, and the file says so.
    client.replace(&registry, 3, &REGISTRY.replace("names.vi =", "names.vi"));
    assert!(!found(&mut client, "a.txt").iter().any(|code| code.starts_with("entity/")));
    assert!(found(&mut client, "people.toml").contains(&"registry/syntax".to_owned()));
    client.close(&registry);
    client.request_until("textDocument/diagnostic", &params, of_entities);
    assert_eq!(found(&mut client, "a.txt"), with);
}
