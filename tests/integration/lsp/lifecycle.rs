//! Coming, talking and going.

use serde_json::{Value, json};

use super::support::{Client, Folder, TIME_LIMIT, codes, pulls};

fn corpus() -> Folder {
    Folder::new(&[("scholiast.toml", "[corpus]\n"), ("a.txt", "On 31 February 2024.\n")])
}

#[test]
fn everything_may_be_sent_at_once() {
    let folder = corpus();
    let mut client = Client::spawn();
    let (hello, initialize) = client.prepare(
        "initialize",
        json!({
            "processId": null,
            "capabilities": pulls(),
            "workspaceFolders": [{ "uri": folder.uri(""), "name": "folder" }],
        }),
    );
    let uri = folder.uri("a.txt");
    let document = json!({ "uri": uri, "languageId": "plaintext", "version": 1, "text": "On 31 February 2024.\n" });
    let (found, diagnostic) = client.prepare("textDocument/diagnostic", json!({ "textDocument": { "uri": uri } }));
    client.send_all(&[
        initialize,
        json!({ "jsonrpc": "2.0", "method": "initialized", "params": {} }),
        json!({ "jsonrpc": "2.0", "method": "textDocument/didOpen", "params": { "textDocument": document } }),
        diagnostic,
    ]);
    assert_eq!(client.answer(hello)["result"]["serverInfo"]["name"], "scholiast");
    let answer = client.answer(found);
    assert_eq!(codes(answer["result"]["items"].as_array().unwrap()), ["date/impossible-day"], "{answer}");
}

#[test]
fn edits_and_requests_are_seen_in_the_order_they_were_sent() {
    let folder = corpus();
    let mut client = Client::pulling(&folder);
    let uri = folder.uri("a.txt");
    client.open(&uri, "");
    let mut messages = Vec::new();
    let mut asked = Vec::new();
    for version in 2..200 {
        // Odd versions hold a date that does not exist.
        let text = if version % 2 == 1 { "On 31 February 2024." } else { "On 28 February 2024." };
        messages.push(json!({ "jsonrpc": "2.0", "method": "textDocument/didChange", "params": {
            "textDocument": { "uri": uri, "version": version },
            "contentChanges": [{ "text": text }],
        } }));
        let (id, question) = client.prepare("textDocument/diagnostic", json!({ "textDocument": { "uri": uri } }));
        asked.push((id, version % 2));
        messages.push(question);
    }
    client.send_all(&messages);
    for (id, findings) in asked {
        let answer = client.answer(id);
        assert_eq!(answer["result"]["items"].as_array().map(Vec::len), Some(findings), "{answer}");
    }
}

#[test]
fn a_request_can_be_cancelled() {
    let folder = corpus();
    let mut client = Client::pulling(&folder);
    let mut messages = Vec::new();
    let mut asked = Vec::new();
    for _ in 0..50 {
        let (id, question) = client.prepare("workspace/diagnostic", json!({ "previousResultIds": [] }));
        messages.push(question);
        messages.push(json!({ "jsonrpc": "2.0", "method": "$/cancelRequest", "params": { "id": id } }));
        asked.push(id);
    }
    client.send_all(&messages);
    for id in asked {
        let answer = client.answer(id);
        let code = answer["error"]["code"].as_i64();
        assert!(answer.get("result").is_some() || code == Some(-32800), "{answer}");
    }
}

#[test]
fn what_is_unknown_or_malformed_is_answered_and_survived() {
    let folder = corpus();
    let mut client = Client::pulling(&folder);
    for method in ["textDocument/nonsense", "$/nonsense"] {
        let id = client.ask(method, json!({}));
        assert_eq!(client.answer(id)["error"]["code"], -32601, "{method}");
    }
    let id = client.ask("textDocument/diagnostic", json!({ "textDocument": 7 }));
    assert_eq!(client.answer(id)["error"]["code"], -32602);
    client.send_bytes(b"Content-Length: 9\r\n\r\n{\"jsonrp}");
    client.notify("textDocument/didChange", json!({ "textDocument": "?" }));
    client.notify("$/setTrace", json!({ "value": "verbose" }));
    client.notify("window/workDoneProgress/cancel", json!({ "token": "nobody's" }));
    client.change("file:///nowhere/at/all.txt", 3, json!([{ "text": "x" }]));
    client.close("untitled:Untitled-1");
    assert_eq!(client.pull(&folder.uri("a.txt")).len(), 1);
}

#[test]
#[cfg(debug_assertions)]
fn a_request_that_fails_inside_is_answered_and_survived() {
    let folder = corpus();
    let mut client = Client::pulling(&folder);
    for _ in 0..20 {
        let id = client.ask("workspace/executeCommand", json!({ "command": "scholiast.fail" }));
        assert_eq!(client.answer(id)["error"]["code"], -32603);
    }
    assert_eq!(client.pull(&folder.uri("a.txt")).len(), 1);
}

#[test]
fn it_ends_on_exit_though_standard_input_stays_open() {
    let folder = corpus();
    let mut client = Client::plain(&folder);
    assert_eq!(client.leave().code(), Some(0));
}

#[test]
fn exit_without_shutdown_is_status_1() {
    let folder = corpus();
    let mut client = Client::plain(&folder);
    client.notify("exit", Value::Null);
    assert_eq!(client.exit_status().code(), Some(1));
}

#[test]
fn it_ends_when_standard_input_ends() {
    let folder = corpus();
    let mut client = Client::plain(&folder);
    client.hang_up();
    assert_eq!(client.exit_status().code(), Some(1));
}

#[test]
#[cfg(target_os = "linux")]
fn it_ends_when_the_client_is_gone() {
    let mut other = std::process::Command::new("sleep").arg("1000").spawn().unwrap();
    let mut client = Client::spawn();
    client.request("initialize", json!({ "processId": other.id(), "capabilities": {} }));
    other.kill().unwrap();
    // Nobody waits for the process: it stays listed, and is gone nevertheless.
    client.exit_status();
    other.wait().unwrap();
    assert!(TIME_LIMIT.as_secs() > 2);
}

#[test]
fn a_client_that_reads_nothing_is_left() {
    let folder = corpus();
    let mut client = Client::plain(&folder);
    for version in 2..500 {
        client.replace(&folder.uri("a.txt"), version, "On 31 February 2024.");
    }
    assert_eq!(client.leave().code(), Some(0));
}
