//! Annotation files beside texts.

use serde_json::{Value, json};

use super::support::{Client, Folder, codes, position, pulls};

const TEXT: &str = "สวัสดี Nguyen Van An\n";
const RIGHT: &str = "T1\tPerson 7 20\tNguyen Van An\n";
/// Counted in UTF-8 bytes instead of code points.
const WRONG: &str = "T1\tPerson 19 32\tNguyen Van An\n";
const CONFIGURATION: &str = "[entities]\nPerson\n";

fn corpus(annotations: &str) -> Folder {
    Folder::new(&[
        ("scholiast.toml", ""),
        ("annotation.conf", CONFIGURATION),
        ("deep/a.txt", TEXT),
        ("deep/a.ann", annotations),
    ])
}

/// Waits until the pulled findings of a file are good.
fn pull_until(client: &mut Client, uri: &str, good: impl Fn(&[String]) -> bool) {
    let params = json!({ "textDocument": { "uri": uri } });
    let good = |report: &Value| good(&codes(report["items"].as_array().unwrap()));
    client.request_until("textDocument/diagnostic", &params, good);
}

fn is_mismatch(codes: &[String]) -> bool {
    codes == ["annotation/text-mismatch"]
}

#[test]
fn closed_annotations_are_pushed_and_go_with_their_files() {
    let folder = corpus(WRONG);
    let mut client = Client::plain(&folder);
    let uri = folder.uri("deep/a.ann");
    client.wait_for_codes(&uri, "the finding", is_mismatch);
    folder.write("deep/a.ann", RIGHT);
    client.wait_for_codes(&uri, "the finding to go", <[String]>::is_empty);
    // The text on disk moves away from under the annotations.
    folder.write("deep/a.txt", format!("!{TEXT}"));
    client.wait_for_codes(&uri, "the finding of another text", is_mismatch);
    folder.remove("deep/a.txt");
    client.wait_for_codes(&uri, "the finding that its text is gone", |codes| codes == ["annotation/orphan"]);
    folder.write("deep/a.txt", format!("!{TEXT}"));
    client.wait_for_codes(&uri, "the finding to come with its text", is_mismatch);
    folder.remove("deep/a.ann");
    client.wait_for_codes(&uri, "the finding to go with its file", <[String]>::is_empty);
    folder.write("deep/a.ann", RIGHT);
    client.wait_for_codes(&uri, "the finding of a new file", is_mismatch);
    folder.remove("deep");
    client.wait_for_codes(&uri, "the finding to go with its folder", <[String]>::is_empty);
}

#[test]
fn closed_annotations_are_pulled() {
    let folder = corpus(WRONG);
    let mut client = Client::pulling(&folder);
    let all = |client: &mut Client| {
        let report = client.request("workspace/diagnostic", json!({ "previousResultIds": [] }));
        // A report without findings withdraws what was pulled for the file by itself.
        let files = report["items"].as_array().unwrap().iter();
        let files = files.filter(|item| !item["items"].as_array().is_none_or(Vec::is_empty));
        files.map(|item| item["uri"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(all(&mut client), [folder.uri("deep/a.ann")]);
    assert_eq!(codes(&client.pull(&folder.uri("deep/a.ann"))), ["annotation/text-mismatch"]);
    folder.remove("deep/a.ann");
    client.changed_on_disk(&[folder.uri("deep/a.ann")]);
    assert!(all(&mut client).is_empty());
}

#[test]
fn annotations_are_compared_with_the_text_in_the_editor() {
    let folder = corpus(RIGHT);
    let (text, annotations) = (folder.uri("deep/a.txt"), folder.uri("deep/a.ann"));
    for pulled in [false, true] {
        let mut client = if pulled { Client::pulling(&folder) } else { Client::plain(&folder) };
        let until = |client: &mut Client, wrong: bool| {
            let good = |codes: &[String]| if wrong { is_mismatch(codes) } else { codes.is_empty() };
            if pulled {
                pull_until(client, &annotations, good);
            } else {
                client.wait_for_codes(&annotations, "the findings", good);
            }
        };
        client.open(&text, TEXT);
        let start = json!({ "line": 0, "character": 0 });
        let insert = json!({ "range": { "start": start, "end": start }, "text": "😀" });
        client.change(&text, 2, json!([insert]));
        client.replace(&text, 3, "");
        until(&mut client, true);
        client.replace(&text, 4, TEXT);
        until(&mut client, false);
        client.replace(&text, 5, &TEXT.replace("Nguyen", "Le"));
        until(&mut client, false);
        client.replace(&text, 6, "");
        until(&mut client, true);
        client.close(&text);
        until(&mut client, false);
    }
}

#[test]
fn open_annotations_are_the_editors() {
    let folder = corpus(RIGHT);
    let mut client = Client::plain(&folder);
    let uri = folder.uri("deep/a.ann");
    client.open(&uri, WRONG);
    // The first answer may come before the text has been read.
    let wait_for = |client: &mut Client, version: i64, wanted: &[&str]| {
        let found = |client: &mut Client| {
            let (of, found) = client.pushed.get(&uri)?.last()?;
            (*of == Some(version) && codes(found) == wanted).then_some(())
        };
        client.wait(&format!("{wanted:?} of version {version}"), found);
    };
    wait_for(&mut client, 1, &["annotation/text-mismatch"]);
    let end = position(WRONG, WRONG.len(), "utf-16");
    client.change(&uri, 2, json!([{ "range": { "start": end, "end": end }, "text": "nothing\n" }]));
    wait_for(&mut client, 2, &["annotation/text-mismatch", "annotation/syntax"]);
    folder.write("deep/a.ann", "nothing\n");
    client.replace(&uri, 3, RIGHT);
    wait_for(&mut client, 3, &[]);
    client.close(&uri);
    client.wait_for_codes(&uri, "what is on disk to stand", |codes| codes == ["annotation/syntax"]);
    // One that is nowhere on disk leaves nothing behind.
    let new = folder.uri("deep/a.a1");
    client.open(&new, WRONG);
    client.wait_for_codes(&new, "the finding", is_mismatch);
    client.close(&new);
    client.wait_for_codes(&new, "nothing", <[String]>::is_empty);
}

#[test]
fn fixes_are_offered_where_the_annotations_are_open() {
    let folder = corpus(WRONG);
    let mut capabilities = pulls();
    capabilities["textDocument"]["codeAction"] =
        json!({ "codeActionLiteralSupport": { "codeActionKind": { "valueSet": ["quickfix"] } } });
    let mut client = Client::start(&[&folder], capabilities);
    let (text, uri) = (folder.uri("deep/a.txt"), folder.uri("deep/a.ann"));
    client.open(&text, TEXT);
    client.open(&uri, WRONG);
    pull_until(&mut client, &uri, is_mismatch);
    let whole = json!({ "start": position(WRONG, 0, "utf-16"), "end": position(WRONG, WRONG.len(), "utf-16") });
    let params = json!({ "textDocument": { "uri": uri }, "range": whole, "context": { "diagnostics": [] } });
    let actions = client.request("textDocument/codeAction", params);
    let fix = actions.as_array().unwrap().iter().find(|action| action["kind"] == "quickfix").unwrap();
    let edits = fix["edit"]["changes"][&uri].as_array().unwrap();
    client.change(&uri, 2, json!([{ "range": edits[0]["range"], "text": edits[0]["newText"] }]));
    if let Some(edit) = edits.get(1) {
        // Both stand in one line, and the first has not changed its length.
        client.change(&uri, 3, json!([{ "range": edit["range"], "text": edit["newText"] }]));
    }
    pull_until(&mut client, &uri, <[String]>::is_empty);
    let silence =
        actions.as_array().unwrap().iter().find(|action| action["title"].as_str().unwrap().contains("silence"));
    let silence = &silence.unwrap()["edit"]["changes"][folder.uri("scholiast.toml")][0]["newText"];
    for part in ["path = \"deep/a.ann\"", "rule = \"annotation/text-mismatch\""] {
        assert!(silence.as_str().unwrap().contains(part), "{silence}");
    }
    folder.write("scholiast.toml", silence.as_str().unwrap());
    client.changed_on_disk(&[folder.uri("scholiast.toml")]);
    client.replace(&uri, 4, WRONG);
    client.request("workspace/diagnostic", json!({ "previousResultIds": [] }));
    pull_until(&mut client, &uri, <[String]>::is_empty);
    // Everything else that may be asked has an answer, be it an empty one.
    let at = json!({ "line": 0, "character": 3 });
    for method in [
        "hover",
        "definition",
        "documentHighlight",
        "documentSymbol",
        "foldingRange",
        "inlayHint",
        "semanticTokens/full",
        "semanticTokens/range",
        "documentLink",
        "codeLens",
        "completion",
        "prepareRename",
        "linkedEditingRange",
        "selectionRange",
        "prepareCallHierarchy",
        "prepareTypeHierarchy",
    ] {
        let params = json!({ "textDocument": { "uri": uri }, "position": at, "positions": [at], "range": whole });
        client.request(&format!("textDocument/{method}"), params);
    }
}

#[test]
fn what_annotations_are_compared_with_may_change_on_disk() {
    let folder = corpus("T1\tPersn 7 20\tNguyen Van An\n");
    let mut client = Client::plain(&folder);
    let uri = folder.uri("deep/a.ann");
    client.wait_for_codes(&uri, "the finding", |codes| codes == ["annotation/not-in-configuration"]);
    folder.write("annotation.conf", "[entities]\nPersn\n");
    client.wait_for_codes(&uri, "the finding to go", <[String]>::is_empty);
    folder.write("deep/annotation.conf", CONFIGURATION);
    client.wait_for_codes(&uri, "the nearer configuration", |codes| codes.len() == 1);
    folder.write("scholiast.toml", "[[suppress]]\npath = \"deep/*.ann\"\nrule = \"annotation/*\"\n");
    client.wait_for_codes(&uri, "the suppressed finding to go", <[String]>::is_empty);
    folder.write("scholiast.toml", "[rules]\n\"annotation/not-in-configuration\" = \"off\"\n");
    // Another fault than the one that is off says that the configuration is in force.
    folder.write("deep/a.ann", "T1\tPersn 0 20\tNguyen Van An\n");
    client.wait_for_codes(&uri, "the other finding", is_mismatch);
    folder.write("scholiast.toml", "[corpus]\nexclude = [\"*.ann\", \"**/*.ann\"]\n");
    client.wait_for_codes(&uri, "the finding of an excluded file to go", <[String]>::is_empty);
}

#[test]
fn an_unsaved_configuration_of_annotations_counts() {
    let folder = corpus("T1\tPersn 7 20\tNguyen Van An\n");
    let mut client = Client::plain(&folder);
    let (uri, configuration) = (folder.uri("deep/a.ann"), folder.uri("annotation.conf"));
    client.wait_for_codes(&uri, "the finding", |codes| codes == ["annotation/not-in-configuration"]);
    client.open(&configuration, CONFIGURATION);
    client.replace(&configuration, 2, "[entities]\nPersn\n");
    client.wait_for_codes(&uri, "the finding to go", <[String]>::is_empty);
    // What happens on disk is not what stands in the editor.
    folder.write("annotation.conf", "[entities]\nNobody\n");
    client.replace(&configuration, 3, "[entities]\nPersn\nPerson\n");
    let nearer = folder.uri("deep/annotation.conf");
    client.open(&nearer, "[entities]\nNobody\n");
    client.wait_for_codes(&uri, "one that is nowhere on disk", |codes| codes.len() == 1);
    client.close(&nearer);
    client.wait_for_codes(&uri, "the one above to count again", <[String]>::is_empty);
    client.close(&configuration);
    client.wait_for_codes(&uri, "what is on disk to stand", |codes| codes.len() == 1);
}

#[test]
fn whether_a_suppression_is_used_annotations_tell_too() {
    let suppress = "[[suppress]]\npath = \"deep/a.ann\"\nrule = \"annotation/text-mismatch\"\n";
    let folder = corpus(WRONG);
    folder.write("scholiast.toml", suppress);
    let mut client = Client::pulling(&folder);
    client.request("workspace/diagnostic", json!({ "previousResultIds": [] }));
    assert!(client.pull(&folder.uri("scholiast.toml")).is_empty());
    assert!(client.pull(&folder.uri("deep/a.ann")).is_empty());
    folder.write("deep/a.ann", RIGHT);
    client.changed_on_disk(&[folder.uri("deep/a.ann")]);
    pull_until(&mut client, &folder.uri("scholiast.toml"), |codes| codes == ["config/unused-suppression"]);
}

#[test]
fn given_and_found_annotations_belong_together() {
    let folder = Folder::new(&[("scholiast.toml", ""), ("a.txt", TEXT), ("a.a1", RIGHT), ("a.a2", "E1\tPerson:T1\n")]);
    let mut client = Client::plain(&folder);
    let (given, found) = (folder.uri("a.a1"), folder.uri("a.a2"));
    folder.write("a.a1", RIGHT.replace("T1", "T2"));
    client.wait_for_codes(&found, "the reference to dangle", |codes| codes == ["annotation/dangling-reference"]);
    client.open(&given, RIGHT);
    client.wait_for_codes(&found, "the reference to hold", <[String]>::is_empty);
    client.close(&given);
    client.wait_for_codes(&found, "the reference to dangle again", |codes| codes.len() == 1);
}

#[test]
fn annotations_follow_what_an_edit_does_to_their_text() {
    const REGISTRY: &str = "version = 1\n\n[[person]]\nid = \"an\"\nnames.en = [\"Nguyen Van An\"]\n";
    let folder = corpus(RIGHT);
    folder.write("people.toml", REGISTRY);
    folder.write("deep/b.txt", "Nguyen Van An, again Nguyen Van An.\n");
    folder.write("deep/b.ann", "T1\tWord 15 20\tagain\nT2\tPerson 7 31\tVan An, again Nguyen Van\n");
    let mut client = Client::pulling(&folder);
    client.open(&folder.uri("deep/a.txt"), TEXT);
    let rename = |client: &mut Client| {
        let params = json!({
            "textDocument": { "uri": folder.uri("deep/a.txt") },
            "position": position(TEXT, TEXT.find("Van").unwrap(), "utf-16"),
            "newName": "Le Van Anh",
        });
        let id = client.ask("textDocument/rename", params);
        client.answer(id)
    };
    // An annotation that begins within a name has no place afterwards.
    let refused = rename(&mut client);
    assert!(refused["error"]["message"].as_str().unwrap().contains("deep/b.ann would lose T2"), "{refused}");
    folder.write("deep/b.ann", "T1\tWord 15 20\tagain\n");
    client.changed_on_disk(&[folder.uri("deep/b.ann")]);
    let renamed = rename(&mut client);
    let changes = &renamed["result"]["changes"];
    let new = |uri: &str, line: &str| {
        let mut line = line.to_owned();
        for edit in changes[uri].as_array().unwrap_or_else(|| panic!("{renamed}")).iter().rev() {
            let column = |end: &str| {
                let units = edit["range"][end]["character"].as_u64().unwrap();
                // The annotations have ASCII letters alone.
                usize::try_from(units).unwrap()
            };
            line.replace_range(column("start")..column("end"), edit["newText"].as_str().unwrap());
        }
        line
    };
    assert_eq!(new(&folder.uri("deep/a.ann"), RIGHT), "T1\tPerson 7 17\tLe Van Anh\n");
    assert_eq!(new(&folder.uri("deep/b.ann"), "T1\tWord 15 20\tagain\n"), "T1\tWord 12 17\tagain\n");
}

#[test]
fn links_of_annotations_follow_the_id_of_an_entry() {
    const REGISTRY: &str = "version = 1\n\n[[person]]\nid = \"an\"\nnames.en = [\"Nguyen Van An\"]\n";
    let linked = format!("{RIGHT}N1\tReference T1 Registry:an\tNguyen Van An\n");
    let folder = corpus(&linked);
    folder.write("people.toml", REGISTRY);
    folder.write("deep/b.txt", TEXT);
    folder.write("deep/b.ann", format!("{linked}N2\tReference T1 Registry:ann\tx\n"));
    let mut client = Client::pulling(&folder);
    let people = folder.uri("people.toml");
    client.open(&people, REGISTRY);
    // What stands in the editor counts, saved or not.
    client.open(&folder.uri("deep/a.ann"), &format!("{RIGHT}{linked}"));
    let rename = |client: &mut Client, new: &str| {
        let at = position(REGISTRY, REGISTRY.find("an\"").unwrap(), "utf-16");
        let params = json!({ "textDocument": { "uri": people }, "position": at, "newName": new });
        let id = client.ask("textDocument/rename", params);
        client.answer(id)
    };
    let renamed = rename(&mut client, "nguyen-van-an");
    let edits = |path: &str| -> Vec<(u64, u64, String)> {
        let edits = renamed["result"]["changes"][folder.uri(path)].as_array().unwrap_or_else(|| panic!("{renamed}"));
        let start = |edit: &Value, what: &str| edit["range"]["start"][what].as_u64().unwrap();
        let new = |edit: &Value| edit["newText"].as_str().unwrap().to_owned();
        edits.iter().map(|edit| (start(edit, "line"), start(edit, "character"), new(edit))).collect()
    };
    let new = "nguyen-van-an".to_owned();
    assert_eq!(edits("people.toml"), [(3, 6, new.clone())]);
    assert_eq!(edits("deep/a.ann"), [(2, 25, new.clone())]);
    assert_eq!(edits("deep/b.ann"), [(1, 25, new)]);
    let refused = rename(&mut client, "van an");
    let message = refused["error"]["message"].as_str().unwrap_or_else(|| panic!("{refused}"));
    assert!(message.contains("is linked to `an`, and an id with a space"), "{message}");
}

#[test]
fn annotations_lead_to_the_text_to_each_other_and_to_the_registry() {
    const REGISTRY: &str = "version = 1\n\n[[person]]\nid = \"an\"\nnames.en = [\"Nguyen Van An\"]\n";
    let folder = corpus(RIGHT);
    folder.write("people.toml", REGISTRY);
    // A mark has no column, and annotations count it.
    folder.write("deep/b.txt", format!("\u{feff}😀 {TEXT}"));
    folder.write("deep/b.a1", "T1\tPerson 10 23\tNguyen Van An\n");
    let found = "R1\tSame Arg1:T1 Arg2:T2\nN1\tReference T2 Registry:an\tx\nT2\tPerson 10 16;21 23\tNguyen An\n";
    folder.write("deep/b.a2", found);
    let mut client = Client::pulling(&folder);
    client.open(&folder.uri("deep/b.a2"), found);
    client.request("workspace/diagnostic", json!({ "previousResultIds": [] }));
    let ask = |client: &mut Client, method: &str, words: &str| {
        let at = position(found, found.find(words).unwrap(), "utf-16");
        let params = json!({ "textDocument": { "uri": folder.uri("deep/b.a2") }, "position": at });
        client.request(method, params)
    };
    let mut leads = |words: &str| {
        let answer = ask(&mut client, "textDocument/definition", words);
        let (uri, range) = (answer[0]["uri"].as_str().unwrap_or_else(|| panic!("{answer}")), &answer[0]["range"]);
        let name = uri.rsplit('/').next().unwrap().to_owned();
        let at = |end: &str, what: &str| range[end][what].as_u64().unwrap();
        (name, at("start", "line"), at("start", "character"), at("end", "character"))
    };
    assert_eq!(leads("T1 "), ("b.a1".to_owned(), 0, 0, 2));
    assert_eq!(leads("T2\nN"), ("b.a2".to_owned(), 2, 0, 2));
    assert_eq!(leads("Registry"), ("people.toml".to_owned(), 4, 12, 27));
    assert_eq!(leads("Person"), ("b.txt".to_owned(), 0, 10, 23));
    let hover = ask(&mut client, "textDocument/hover", "Registry");
    assert!(hover["contents"]["value"].as_str().unwrap().contains("Nguyen Van An"), "{hover}");
}
