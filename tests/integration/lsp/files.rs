//! Files that are renamed and deleted in the editor.

use serde_json::{Value, json};

use super::support::{Client, Folder, pulls};

const CONFIG: &str = "[corpus]\ninclude = [\"**/*.txt\"]\n\n[[per-file]]\npath = \"old/a.txt\" # why\ndocument-date = 2024-01-01\n\n\
                      [[suppress]]\npath = \"old/a.txt\"\nrule = \"date/*\"\n\n[[suppress]]\npath = \"old/**\"\nrule = \"text/*\"\n";

fn corpus() -> Folder {
    Folder::new(&[
        ("scholiast.toml", CONFIG),
        ("old/a.txt", "On 28 February 2024.\n"),
        ("old/a.ann", ""),
        ("old/a.a1", ""),
        ("old/a.md", ""),
        ("old/ab.ann", ""),
        ("old/b.txt", ""),
        ("a.txt", ""),
        ("a.ann", ""),
    ])
}

/// A client that takes edits with versions, and renames files where it is asked to.
fn client(folder: &Folder, operations: &[&str]) -> Client {
    let mut capabilities = pulls();
    capabilities["workspace"]["workspaceEdit"] = json!({ "documentChanges": true, "resourceOperations": operations });
    Client::start(&[folder], capabilities)
}

fn will_rename(client: &mut Client, folder: &Folder, moves: &[(&str, &str)]) -> Value {
    let files: Vec<Value> =
        moves.iter().map(|(old, new)| json!({ "oldUri": folder.uri(old), "newUri": folder.uri(new) })).collect();
    client.request("workspace/willRenameFiles", json!({ "files": files }))
}

/// The configuration after the edits of an answer.
fn config_after(folder: &Folder, edit: &Value) -> String {
    let uri = folder.uri("scholiast.toml");
    let edits = match &edit["changes"][&uri] {
        Value::Array(edits) => edits.clone(),
        _ => {
            let changes = edit["documentChanges"].as_array().unwrap().iter();
            changes
                .filter(|change| change["textDocument"]["uri"] == uri)
                .flat_map(|change| change["edits"].as_array().unwrap().clone())
                .collect()
        }
    };
    let offset = |at: &Value| {
        let lines = CONFIG.split_inclusive('\n').take(at["line"].as_u64().unwrap() as usize);
        lines.map(str::len).sum::<usize>() + at["character"].as_u64().unwrap() as usize
    };
    let mut text = CONFIG.to_owned();
    for edit in edits.iter().rev() {
        let (start, end) = (offset(&edit["range"]["start"]), offset(&edit["range"]["end"]));
        text.replace_range(start..end, edit["newText"].as_str().unwrap());
    }
    text
}

/// From where to where files are renamed.
fn renames(edit: &Value) -> Vec<(String, String)> {
    let changes = edit["documentChanges"].as_array().unwrap().iter();
    let renames = changes.filter(|change| change["kind"] == "rename");
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    renames.map(|rename| (text(&rename["oldUri"]), text(&rename["newUri"]))).collect()
}

#[test]
fn annotations_and_configuration_follow_a_text() {
    let folder = corpus();
    let mut client = client(&folder, &["create", "rename", "delete"]);
    let edit = will_rename(&mut client, &folder, &[("old/a.txt", "new/ก [1].txt")]);
    let pairs = [("old/a.a1", "new/ก [1].a1"), ("old/a.ann", "new/ก [1].ann")];
    assert_eq!(renames(&edit), pairs.map(|(old, new)| (folder.uri(old), folder.uri(new))));
    assert_eq!(config_after(&folder, &edit), CONFIG.replace("old/a.txt", r"new/ก \\[1\\].txt"));
    // What is renamed in the same breath is not renamed twice.
    let both = [("old/a.txt", "old/c.txt"), ("old/a.ann", "old/d.ann")];
    let edit = will_rename(&mut client, &folder, &both);
    assert_eq!(renames(&edit), [(folder.uri("old/a.a1"), folder.uri("old/c.a1"))]);
    // Another ending is the same name for annotations.
    assert!(renames(&will_rename(&mut client, &folder, &[("old/a.txt", "old/a.text")])).is_empty());
    // Out of the corpus annotations go along; what the configuration says stays for whoever comes back.
    let outside = Folder::new(&[]);
    let moved = json!([{ "oldUri": folder.uri("a.txt"), "newUri": outside.uri("a.txt") }]);
    let edit = client.request("workspace/willRenameFiles", json!({ "files": moved }));
    assert_eq!(renames(&edit), [(folder.uri("a.ann"), outside.uri("a.ann"))]);
}

#[test]
fn a_folder_takes_its_files_along() {
    let folder = corpus();
    let mut client = client(&folder, &["rename"]);
    let edit = will_rename(&mut client, &folder, &[("old", "new/er")]);
    assert!(renames(&edit).is_empty());
    assert_eq!(config_after(&folder, &edit), CONFIG.replace("old/", "new/er/"));
}

#[test]
fn where_nothing_follows_there_is_no_edit() {
    let folder = corpus();
    let mut other = Client::pulling(&folder);
    let mut client = client(&folder, &["rename"]);
    for (old, new) in [("old/b.txt", "old/c.txt"), ("nowhere.txt", "there.txt"), ("old/a.ann", "old/b.ann")] {
        assert_eq!(will_rename(&mut client, &folder, &[(old, new)]), Value::Null, "{old}");
    }
    let elsewhere = Folder::new(&[("a.txt", "")]);
    assert_eq!(will_rename(&mut client, &elsewhere, &[("a.txt", "b.txt")]), Value::Null);
    // A client that renames nothing is asked for edits alone.
    let edit = will_rename(&mut other, &folder, &[("old/a.txt", "c.txt")]);
    assert_eq!(config_after(&folder, &edit), CONFIG.replace("old/a.txt", "c.txt"));
    assert_eq!(will_rename(&mut other, &folder, &[("a.txt", "b.txt")]), Value::Null);
}

#[test]
fn what_is_said_of_a_deleted_file_goes() {
    let folder = corpus();
    let mut client = client(&folder, &["delete"]);
    let files = json!({ "files": [{ "uri": folder.uri("old/a.txt") }] });
    let edit = client.request("workspace/willDeleteFiles", files);
    let after = config_after(&folder, &edit);
    assert_eq!(after, "[corpus]\ninclude = [\"**/*.txt\"]\n\n[[suppress]]\npath = \"old/**\"\nrule = \"text/*\"\n");
    let files = json!({ "files": [{ "uri": folder.uri("old/b.txt") }] });
    assert_eq!(client.request("workspace/willDeleteFiles", files), Value::Null);
}

#[test]
fn the_configuration_in_the_editor_is_edited() {
    let folder = corpus();
    let mut client = client(&folder, &["rename"]);
    client.open(&folder.uri("scholiast.toml"), CONFIG);
    let edit = will_rename(&mut client, &folder, &[("old/a.txt", "c.txt")]);
    let document = &edit["documentChanges"][0]["textDocument"];
    assert_eq!(document, &json!({ "uri": folder.uri("scholiast.toml"), "version": 1 }));
}
