//! Changes on disk.

use serde_json::json;

use super::support::{Client, Folder, TIME_LIMIT, pulls, uri};

#[test]
fn a_client_that_does_not_watch_is_watched_for() {
    let folder = Folder::new(&[("scholiast.toml", ""), ("a.txt", "On 28 February 2024.\n")]);
    let mut client = Client::plain(&folder);
    let (a, b) = (folder.uri("a.txt"), folder.uri("sub/b.txt"));
    // Findings of a third file tell that the corpus is open and watched.
    folder.write("c.txt", "On 31 February 2024.\n");
    client.wait_for_codes(&folder.uri("c.txt"), "findings of a created file", |codes| codes.len() == 1);
    folder.write("a.txt", "On 31 February 2024.\n");
    client.wait_for_codes(&a, "findings of a changed file", |codes| codes.len() == 1);
    folder.write("sub/b.txt", "On 31 February 2024.\n");
    client.wait_for_codes(&b, "findings in a new folder", |codes| codes.len() == 1);
    folder.remove("sub");
    client.wait_for_codes(&b, "the findings of a removed folder to go", <[String]>::is_empty);
    folder.remove("a.txt");
    client.wait_for_codes(&a, "the findings of a removed file to go", <[String]>::is_empty);
}

#[test]
fn what_happens_before_folders_are_watched_is_seen() {
    let folder = Folder::new(&[("scholiast.toml", ""), ("a.txt", "On 28 February 2024.\n")]);
    let mut client = Client::spawn();
    let folders = json!([{ "uri": folder.uri(""), "name": "folder" }]);
    client.request("initialize", json!({ "processId": null, "capabilities": {}, "workspaceFolders": folders }));
    // It waits until all has been read; nothing is watched before the client is ready.
    client.request("workspace/symbol", json!({ "query": "nobody" }));
    folder.write("a.txt", "On 31 February 2024.\n");
    folder.write("b.txt", "On 31 February 2024.\n");
    client.notify("initialized", json!({}));
    client.wait_for_codes(&folder.uri("a.txt"), "findings of a changed file", |codes| codes.len() == 1);
    client.wait_for_codes(&folder.uri("b.txt"), "findings of a created file", |codes| codes.len() == 1);
}

#[test]
fn a_client_that_watches_is_asked_to() {
    let folder = Folder::new(&[("scholiast.toml", ""), ("a.txt", "On 28 February 2024.\n")]);
    let mut client = Client::pulling(&folder);
    let registered = |client: &mut Client| {
        let registrations = client.requests.iter().filter(|request| request["method"] == "client/registerCapability");
        registrations.flat_map(|request| request["params"]["registrations"].as_array().unwrap().clone()).next()
    };
    assert_eq!(client.wait("a registration", registered)["method"], "workspace/didChangeWatchedFiles");
    folder.write("b.txt", "On 31 February 2024.\n");
    client.changed_on_disk(&[folder.uri("b.txt")]);
    let params = json!({ "textDocument": { "uri": folder.uri("b.txt") } });
    client.request_until("textDocument/diagnostic", &params, |report| report["items"].as_array().unwrap().len() == 1);
}

#[test]
fn an_open_text_stands_whatever_happens_on_disk() {
    let folder = Folder::new(&[("scholiast.toml", ""), ("a.txt", "On 31 February 2024.\n")]);
    let mut client = Client::pulling(&folder);
    let uri = folder.uri("a.txt");
    client.open(&uri, "On 31 February 2024.\n");
    folder.write("a.txt", "On 28 February 2024.\n");
    client.changed_on_disk(std::slice::from_ref(&uri));
    client.request("workspace/diagnostic", json!({ "previousResultIds": [] }));
    assert_eq!(client.pull(&uri).len(), 1);
    folder.remove("a.txt");
    client.changed_on_disk(std::slice::from_ref(&uri));
    client.request("workspace/diagnostic", json!({ "previousResultIds": [] }));
    assert_eq!(client.pull(&uri).len(), 1);
    client.close(&uri);
    let params = json!({ "textDocument": { "uri": uri } });
    client.request_until("textDocument/diagnostic", &params, |report| report["items"].as_array().unwrap().is_empty());
}

/// The checkout of another branch with so many texts, while two are open: texts with their annotations are
/// renamed, back and forth too, others get another content in place or by another file, a folder gets another name,
/// files go and come. The server must end where a fresh start does.
fn checkout(files: usize) {
    const RIGHT: &str = "T1\tDate 3 19\t31 February 2024\n";
    let text =
        |number: usize| if number.is_multiple_of(3) { "On 31 February 2024.\n" } else { "On 28 February 2024.\n" };
    let folder = Folder::new(&[("scholiast.toml", "")]);
    for number in 0..files {
        folder.write(&format!("old/{number}.txt"), text(number));
        if number.is_multiple_of(4) {
            folder.write(&format!("old/{number}.ann"), RIGHT);
        }
    }
    for number in 0..20 {
        folder.write(&format!("folder/{number}.txt"), text(number));
    }
    let opened = [folder.uri("old/0.txt"), folder.uri("old/1.txt")];
    let start = |folder: &Folder| {
        let mut client = Client::pulling(folder);
        for uri in &opened {
            client.open(uri, "On 30 February 2024 in the editor.\n");
        }
        client
    };
    let mut client = start(&folder);
    client.request("workspace/diagnostic", json!({ "previousResultIds": [] }));

    let mut changed = Vec::new();
    let mut rename = |old: &str, new: &str| {
        let (old, new) = (folder.path().join(old), folder.path().join(new));
        std::fs::rename(&old, &new).unwrap();
        changed.extend([uri(&old), uri(&new)]);
    };
    std::fs::create_dir(folder.path().join("new")).unwrap();
    for number in (0..files).step_by(2) {
        let name = |folder: &str, ending: &str| format!("{folder}/{number}.{ending}");
        if number.is_multiple_of(4) {
            rename(&name("old", "ann"), &name("new", "ann"));
        }
        rename(&name("old", "txt"), &name("new", "txt"));
        if number.is_multiple_of(10) {
            rename(&name("new", "txt"), &name("new", "tmp"));
            rename(&name("new", "tmp"), &name("old", "txt"));
        }
    }
    rename("folder", "folder2");
    for number in (1..files).step_by(2) {
        let name = format!("old/{number}.txt");
        match number % 5 {
            0 => folder.remove(&name),
            1 => {
                folder.write("replacement", text(number + 1));
                std::fs::rename(folder.path().join("replacement"), folder.path().join(&name)).unwrap();
            }
            _ => folder.write(&name, text(number + 1)),
        }
        changed.push(folder.uri(&name));
        if number.is_multiple_of(7) {
            folder.write(&format!("new/{number}.ann"), "nothing\n");
            changed.push(folder.uri(&format!("new/{number}.ann")));
        }
    }
    for lot in changed.chunks(50) {
        client.changed_on_disk(lot);
    }
    let all = |client: &mut Client| {
        let report = client.request("workspace/diagnostic", json!({ "previousResultIds": [] }));
        let mut items = report["items"].as_array().unwrap().clone();
        items.sort_by_key(|item| item["uri"].as_str().unwrap().to_owned());
        items
    };
    let fresh = all(&mut start(&folder));
    for part in ["/folder2/", "/new/", "/old/", ".ann", "/old/0.txt"] {
        assert!(fresh.iter().any(|item| item["uri"].as_str().unwrap().contains(part)), "findings in {part}");
    }
    let begin = std::time::Instant::now();
    loop {
        let settled = all(&mut client);
        if settled == fresh {
            break;
        }
        assert!(begin.elapsed() < TIME_LIMIT, "{} files with findings instead of {}", settled.len(), fresh.len());
    }
}

#[test]
fn a_checkout_settles_to_what_a_fresh_start_finds() {
    checkout(300);
}

#[test]
#[ignore = "writes many files"]
fn a_checkout_of_very_many_files_settles_to_what_a_fresh_start_finds() {
    checkout(10_000);
}

#[test]
fn indexing_is_shown_and_can_be_cancelled() {
    let folder = Folder::new(&[("scholiast.toml", "")]);
    for number in 0..200 {
        folder.write(&format!("{number}.txt"), "On 28 February 2024.\n");
    }
    let mut capabilities = pulls();
    capabilities["window"] = json!({ "workDoneProgress": true });
    let mut client = Client::start(&[&folder], capabilities);
    let kinds = |client: &Client| -> Vec<String> {
        let progress = client.notifications.iter().filter(|message| message["method"] == "$/progress");
        progress.map(|message| message["params"]["value"]["kind"].as_str().unwrap().to_owned()).collect()
    };
    client.wait("progress to end", |client| kinds(client).contains(&"end".to_owned()).then_some(()));
    assert_eq!(kinds(&client)[0], "begin");
    let token =
        client.notifications.iter().find(|message| message["method"] == "$/progress").unwrap()["params"]["token"]
            .clone();
    client.notify("window/workDoneProgress/cancel", json!({ "token": token }));
    assert!(client.pull(&folder.uri("1.txt")).is_empty());
}
