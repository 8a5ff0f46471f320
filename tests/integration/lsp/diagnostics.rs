//! Findings, pushed or pulled.

use serde_json::{Value, json};

use super::support::{Client, Folder, codes, pulls};

fn corpus() -> Folder {
    Folder::new(&[
        ("scholiast.toml", "[corpus]\n"),
        ("good.txt", "On 28 February 2024.\n"),
        ("bad.txt", "On 31 February 2024.\n"),
        ("deep/bad.txt", "On 31 April 2024.\n"),
    ])
}

#[test]
fn closed_files_are_pushed_too() {
    let folder = corpus();
    let mut client = Client::plain(&folder);
    for name in ["bad.txt", "deep/bad.txt"] {
        client.wait_for_codes(&folder.uri(name), name, |codes| codes == ["date/impossible-day"]);
    }
    assert!(
        !client.pushed.contains_key(&folder.uri("good.txt")),
        "a closed file without findings is nobody's business"
    );
}

#[test]
fn each_version_is_told_its_findings() {
    let folder = corpus();
    let mut client = Client::plain(&folder);
    let uri = folder.uri("good.txt");
    client.open(&uri, "On 28 February 2024.\n");
    for (version, text, wanted) in [(2, "On 31 February 2024.", 1), (3, "On 27 February 2024.", 0), (4, "No date.", 0)]
    {
        client.replace(&uri, version, text);
        let of_version =
            |client: &mut Client| client.pushed.get(&uri)?.iter().find(|(of, _)| *of == Some(version)).cloned();
        let (_, found) = client.wait("findings of a version", of_version);
        assert_eq!(found.len(), wanted, "version {version}");
    }
}

#[test]
fn findings_of_an_unsaved_text_go_when_it_is_closed() {
    let folder = corpus();
    let mut client = Client::plain(&folder);
    let uri = folder.uri("good.txt");
    client.open(&uri, "On 31 February 2024.\n");
    client.wait_for_codes(&uri, "findings of the unsaved text", |codes| codes.len() == 1);
    client.close(&uri);
    client.wait_for_codes(&uri, "the text on disk to stand", <[String]>::is_empty);
    // A text that is nowhere on disk leaves nothing behind.
    let new = folder.uri("new.txt");
    client.open(&new, "On 31 February 2024.\n");
    client.wait_for_codes(&new, "findings of the new text", |codes| codes.len() == 1);
    client.close(&new);
    client.wait_for_codes(&new, "nothing left of the new text", <[String]>::is_empty);
}

#[test]
fn of_very_many_findings_the_first_are_pushed() {
    let folder = corpus();
    let mut client = Client::plain(&folder);
    let uri = folder.uri("good.txt");
    client.open(&uri, &"On 31 February 2024.\n".repeat(1500));
    let found = client.wait("many findings", |client| {
        let (_, found) = client.pushed.get(&uri)?.last()?;
        (found.len() > 100).then(|| found.clone())
    });
    assert_eq!(found.len(), 1001);
    assert!(found[1000]["message"].as_str().unwrap().starts_with("500 more"), "{}", found[1000]);
}

#[test]
fn who_pulls_is_not_pushed() {
    let folder = corpus();
    let mut client = Client::pulling(&folder);
    let uri = folder.uri("bad.txt");
    client.open(&uri, "On 31 February 2024.\n");
    let params = json!({ "textDocument": { "uri": uri }, "previousResultId": null });
    let first = client.request("textDocument/diagnostic", params);
    assert_eq!(codes(first["items"].as_array().unwrap()), ["date/impossible-day"]);
    let again = json!({ "textDocument": { "uri": uri }, "previousResultId": first["resultId"] });
    let second = client.request("textDocument/diagnostic", again.clone());
    assert_eq!(second, json!({ "kind": "unchanged", "resultId": first["resultId"] }));
    client.change(&uri, 2, json!([{ "range": { "start": { "line": 0, "character": 3 }, "end": { "line": 0, "character": 5 } }, "text": "28" }]));
    let third = client.request("textDocument/diagnostic", again);
    assert_eq!((&third["kind"], third["items"].as_array().map(Vec::len)), (&json!("full"), Some(0)));
    assert!(client.pushed.is_empty(), "{:?}", client.pushed);
}

/// The name of a result is the same in every run, also where the files are found in another order.
#[test]
fn a_result_is_named_by_its_content_alone() {
    let folder = Folder::new(&[("scholiast.toml", "")]);
    let uris = [folder.uri("a.txt"), folder.uri("b.txt")];
    let texts = ["Nghị định 61/2019/NĐ-CP ngày 3/7/2019\n", "Nghị định 61/2019/NĐ-CP ngày 4/7/2019\n"];
    let report = |order: [usize; 2]| {
        let mut client = Client::pulling(&folder);
        for number in order {
            client.open(&uris[number], texts[number]);
        }
        client.request("textDocument/diagnostic", json!({ "textDocument": { "uri": uris[0] } }))
    };
    let report = [report([0, 1]), report([1, 0])];
    assert_eq!(codes(report[0]["items"].as_array().unwrap()), ["decree/conflicting-dates"]);
    assert_eq!(report[0], report[1]);
}

#[test]
fn the_workspace_is_pulled_with_what_has_changed() {
    let folder = corpus();
    let mut client = Client::pulling(&folder);
    let pull = |client: &mut Client, before: Value| {
        let report = client.request("workspace/diagnostic", json!({ "previousResultIds": before }));
        let mut items = report["items"].as_array().unwrap().clone();
        items.sort_by_key(|item| item["uri"].as_str().unwrap().to_owned());
        items
    };
    let first = pull(&mut client, json!([]));
    let uris: Vec<&str> = first.iter().map(|item| item["uri"].as_str().unwrap()).collect();
    assert_eq!(uris, [folder.uri("bad.txt"), folder.uri("deep/bad.txt")]);
    let before: Vec<Value> =
        first.iter().map(|item| json!({ "uri": item["uri"], "value": item["resultId"] })).collect();
    let second = pull(&mut client, json!(before));
    assert!(second.iter().all(|item| item["kind"] == "unchanged"), "{second:?}");
    assert_eq!(second.len(), 2);
    // A file that is gone has no findings.
    folder.remove("deep/bad.txt");
    client.changed_on_disk(&[folder.uri("deep/bad.txt")]);
    let third = pull(&mut client, json!(before));
    assert_eq!(third[0]["kind"], "unchanged");
    assert_eq!((&third[1]["kind"], third[1]["items"].as_array().map(Vec::len)), (&json!("full"), Some(0)));
}

#[test]
fn who_pulls_is_told_when_other_files_have_changed() {
    let folder = corpus();
    let mut client = Client::pulling(&folder);
    let refreshes = |client: &Client| {
        client.requests.iter().filter(|request| request["method"] == "workspace/diagnostic/refresh").count()
    };
    client.wait("a refresh after reading", |client| (refreshes(client) > 0).then_some(()));
    client.request("workspace/diagnostic", json!({ "previousResultIds": [] }));
    let before = refreshes(&client);
    folder.write("good.txt", "On 31 February 2024.\n");
    client.changed_on_disk(&[folder.uri("good.txt")]);
    client.wait("a refresh after a change", |client| (refreshes(client) > before).then_some(()));
    assert_eq!(client.pull(&folder.uri("good.txt")).len(), 1);
}

#[test]
fn findings_carry_what_the_client_can_show() {
    let text = "[corpus]\nincldue = []\n";
    let folder = Folder::new(&[("scholiast.toml", text)]);
    let mut capabilities = pulls();
    capabilities["textDocument"]["diagnostic"] = json!({ "dataSupport": true, "tagSupport": { "valueSet": [1, 2] } });
    let mut client = Client::start(&[&folder], capabilities);
    let uri = folder.uri("scholiast.toml");
    client.open(&uri, text);
    let found = client.pull(&uri);
    assert_eq!(codes(&found), ["config/unknown-key"]);
    assert_eq!((&found[0]["tags"], &found[0]["source"]), (&json!([1]), &json!("scholiast")));
    assert!(found[0]["data"]["fix"].is_string(), "{}", found[0]);
    let mut plain = Client::pulling(&folder);
    let found = plain.pull(&uri);
    assert!(found[0].get("tags").is_none() && found[0].get("data").is_none(), "{}", found[0]);
}

#[test]
fn the_workspace_comes_in_parts() {
    let folder = Folder::new(&[("scholiast.toml", "")]);
    for number in 0..250 {
        folder.write(&format!("{number}.txt"), "On 31 February 2024.\n");
    }
    let mut client = Client::pulling(&folder);
    let params = json!({ "previousResultIds": [], "partialResultToken": 7 });
    assert_eq!(client.request("workspace/diagnostic", params), json!({ "items": [] }));
    let parts = client.notifications.iter().filter(|message| message["params"]["token"] == 7);
    let sizes: Vec<usize> =
        parts.map(|message| message["params"]["value"]["items"].as_array().unwrap().len()).collect();
    assert_eq!(sizes, [100, 100, 50]);
}

#[test]
fn who_pulls_but_cannot_be_asked_to_is_pushed() {
    let folder = corpus();
    let mut client = Client::spawn();
    let offered = client.initialize(&[&folder], json!({ "textDocument": { "diagnostic": {} } }));
    assert!(offered.get("diagnosticProvider").is_none());
    client.wait_for_codes(&folder.uri("bad.txt"), "a finding", |codes| codes.len() == 1);
}

#[test]
fn a_configuration_in_the_editor_decides_what_is_recognised() {
    let folder = Folder::new(&[("scholiast.toml", ""), ("a.txt", "T-12 and Plan 12/2020/XYZ-TTg\n")]);
    let mut client = Client::plain(&folder);
    let (config, text) = (folder.uri("scholiast.toml"), folder.uri("a.txt"));
    client.open(&config, "");
    client.replace(
        &config,
        2,
        "[[pattern]]\nname = \"ticket\"\nregex = 'T-(?<no>\\d+)'\nchecks.no = { range = [1, 9] }\n",
    );
    client.wait_for_codes(&text, "the pattern to hold", |codes| codes.contains(&"text/pattern-check".to_owned()));
    client.replace(&config, 3, "[[pattern]]\nname = \"ticket\"\nregex = 'T-(?<no>\\d+'\n");
    client.wait_for_codes(&config, "the broken expression", |codes| codes == ["config/invalid-value"]);
    client.wait_for_codes(&text, "nothing of the pattern", |codes| !codes.contains(&"text/pattern-check".to_owned()));
    client.replace(&config, 4, "[[decrees.type]]\nabbr = \"XYZ\"\nissuers = [\"CP\"]\n");
    client.wait_for_codes(&text, "the new type", |codes| codes.contains(&"decree/type-not-allowed".to_owned()));
}
