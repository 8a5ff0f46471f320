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
            "codeAction": {
                "codeActionLiteralSupport": { "codeActionKind": { "valueSet": ["quickfix", "source"] } },
                "disabledSupport": true,
            },
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

fn git(folder: &Folder, below: &str, words: &[&str]) {
    let ran = std::process::Command::new("git")
        .args(["-c", "user.name=Ben", "-c", "user.email=ben@example.org", "-c", "core.autocrlf=false"])
        .args(words)
        .current_dir(folder.path().join(below))
        .output()
        .unwrap();
    assert!(ran.status.success(), "{words:?} {}", String::from_utf8_lossy(&ran.stderr));
}

/// A repository whose first commit has Ben's annotations and the second one Anna's, which are those on the disk; the
/// branch `ben` is at the second, and has a working tree of its own in `side`.
fn repository(with: &str) -> Folder {
    let folder = Folder::new(&[
        ("main/scholiast.toml", &format!("[compare]\nwith = \"{with}\"\n")),
        ("main/a.txt", TEXT),
        ("main/a.ann", BEN),
    ]);
    git(&folder, "main", &["init", "--quiet", "--initial-branch=main"]);
    git(&folder, "main", &["add", "--all"]);
    git(&folder, "main", &["commit", "--quiet", "--message", "first"]);
    folder.write("main/a.ann", ANNA);
    git(&folder, "main", &["commit", "--quiet", "--all", "--message", "second"]);
    git(&folder, "main", &["worktree", "add", "--quiet", "-b", "ben", "../side"]);
    folder
}

/// Waits until so many differences are open. Nobody tells the server of anything.
fn wait_for_differences(client: &mut Client, count: usize) {
    let params = json!({ "command": "scholiast.differences", "arguments": [] });
    client.request_until("workspace/executeCommand", &params, |answer| {
        answer.as_array().is_some_and(|all| all.len() == count)
    });
}

#[test]
fn a_branch_that_moves_is_compared_with_as_it_is_now() {
    let folder = repository("ben");
    let main = folder.path().join("main");
    let mut client = Client::start_at(&[main.as_path()], capabilities());
    wait_for_differences(&mut client, 0);
    // A commit on the branch, in another working tree of the repository.
    folder.write("side/a.ann", BEN);
    git(&folder, "side", &["commit", "--quiet", "--all", "--message", "ben"]);
    wait_for_differences(&mut client, 3);
    // Packed, and moved back.
    git(&folder, "main", &["pack-refs", "--all"]);
    git(&folder, "side", &["reset", "--quiet", "--hard", "main"]);
    wait_for_differences(&mut client, 0);
    git(&folder, "main", &["pack-refs", "--all"]);
    git(&folder, "side", &["checkout", "--quiet", "--detach"]);
    git(&folder, "main", &["branch", "--quiet", "--force", "ben", "main~1"]);
    git(&folder, "main", &["pack-refs", "--all"]);
    wait_for_differences(&mut client, 3);
    // Gone, which is a finding, and there again.
    git(&folder, "main", &["branch", "--quiet", "-D", "ben"]);
    let config = super::support::uri(&main.join("scholiast.toml"));
    let params = json!({ "textDocument": { "uri": config } });
    client.request_until("textDocument/diagnostic", &params, |found| found.to_string().contains("config/no-match"));
    git(&folder, "main", &["branch", "--quiet", "ben", "main~1"]);
    wait_for_differences(&mut client, 3);
}

#[test]
fn a_revision_that_counts_from_head_moves_with_it() {
    // In the first working tree, and in one that git keeps apart.
    for tree in ["main", "side"] {
        let folder = repository("HEAD~1");
        let mut client = Client::start_at(&[folder.path().join(tree).as_path()], capabilities());
        wait_for_differences(&mut client, 3);
        git(&folder, tree, &["commit", "--quiet", "--allow-empty", "--message", "third"]);
        wait_for_differences(&mut client, 0);
    }
}

#[test]
fn the_other_annotator_is_looked_at_again_outside_of_the_workspace() {
    let (folder, _) = project("../ben");
    let mut client = Client::start_at(&[folder.path().join("anna").as_path()], capabilities());
    wait_for_differences(&mut client, 3);
    let annotations = folder.uri("anna/a.ann");
    let differences = |found: &[Value]| found.iter().filter(|one| one["code"] == "annotation/difference").count();
    assert_eq!(differences(&client.pull(&annotations)), 3);
    let asked = client.refreshes();
    folder.write("ben/a.ann", ANNA);
    client.wait("the client to be asked to pull again", |client| (client.refreshes() > asked).then_some(()));
    assert_eq!(differences(&client.pull(&annotations)), 0);
}

#[test]
fn what_cannot_be_taken_is_shown_with_the_reason() {
    let folder = Folder::new(&[
        ("anna/scholiast.toml", "[compare]\nwith = \"../ben\"\n"),
        ("anna/a.txt", TEXT),
        ("anna/a.ann", &format!("{ANNA}A1\tForm T1 full\nR1\tIn Who:T1 Where:T2\n")),
        ("ben/a.txt", TEXT),
        ("ben/a.ann", &format!("{ANNA}A1\tForm T1 short\nR1\tFrom Who:T1 Where:T2\n")),
    ]);
    let mut client = Client::start(&[&folder], capabilities());
    let text = folder.uri("anna/a.txt");
    client.open(&text, TEXT);
    let at = range(TEXT, "Trần", "utf-16");
    let offered = actions(&mut client, &text, &at);
    let both: Vec<&Value> = offered.iter().filter(|action| action["data"]["deed"] == "take-both").collect();
    let reason = both[0]["disabled"]["reason"].as_str().unwrap();
    assert!(reason.starts_with("an annotation has one value of `Form`"), "{reason}");
    assert!(both[0]["edit"].is_null() && both[0]["command"].is_null(), "{}", both[0]);
    // Relations are settled like annotations.
    let offered = actions(&mut client, &text, &range(TEXT, "Huế", "utf-16"));
    let both = offered.iter().find(|action| action["data"]["deed"] == "take-both").unwrap();
    take(&folder, &mut client, both);
    let now = std::fs::read_to_string(folder.path().join("anna/a.ann")).unwrap();
    assert!(now.ends_with("R1\tIn Who:T1 Where:T2\nR2\tFrom Who:T1 Where:T2\n"), "{now}");
    assert_eq!(differences(&mut client).len(), 1, "that of the attribute");
}

#[test]
fn faults_of_states_and_settled_differences_are_shown_while_they_are_typed() {
    let (folder, mut client) = project("../ben");
    let states = folder.uri("anna/scholiast-states.tsv");
    let told = |client: &mut Client, uri: &str| -> Vec<(u64, String)> {
        let found = client.pull(uri);
        let row = |one: &Value| {
            (one["range"]["start"]["line"].as_u64().unwrap(), one["message"].as_str().unwrap().to_owned())
        };
        found.iter().map(row).collect()
    };
    // A file on the disk that nobody has open.
    let good = "a.txt\tdone\tAnna\t2026-03-01T08:00:00Z\n";
    let bad = "gone.txt\tdone\tAnna\t2026-03-01T08:00:00Z\nb.txt\tdnoe\tBen\t2026-03-01T08:00:00Z\n";
    folder.write("anna/scholiast-states.tsv", format!("{good}{bad}"));
    client.changed_on_disk(std::slice::from_ref(&states));
    client.request("workspace/diagnostic", json!({ "previousResultIds": [] }));
    let gone = "the corpus has no document `gone.txt`; write the path that it has now, or delete the line".to_owned();
    let unknown = "unknown state `dnoe`; use `done`".to_owned();
    assert_eq!(told(&mut client, &states), [(1, gone.clone()), (2, unknown)]);
    // In the editor, letter by letter.
    client.open(&states, &format!("{good}{bad}"));
    let edit =
        |text: &str| json!({ "textDocument": { "uri": states, "version": 2 }, "contentChanges": [{ "text": text }] });
    let late = "b.txt\tdone\tBen\tyesterday\n";
    client.notify("textDocument/didChange", edit(&format!("{good}{late}")));
    assert_eq!(
        told(&mut client, &states),
        [(1, "`yesterday` is no time; write one such as `2026-03-01T08:00:00Z`".to_owned())]
    );
    // What is not saved is not written over, and what the list says is what the editor shows.
    let refused = execute(&mut client, "scholiast.setState", json!([folder.uri("anna/b.txt"), "done", "Ben"]));
    assert!(refused["error"]["message"].as_str().unwrap().contains("not saved"), "{refused}");
    let all = execute(&mut client, "scholiast.states", json!([]))["result"].clone();
    assert_eq!(all["counts"], json!({ "new": 1, "in-work": 0, "done": 1, "reviewed": 0 }));
    client.notify("textDocument/didChange", edit(&format!("{good}{good}")));
    let twice = told(&mut client, &states);
    assert_eq!(twice, [(1, "line 1 says something later of the same document and holds".to_owned())]);
    let params = json!({
        "textDocument": { "uri": states },
        "range": { "start": { "line": 1, "character": 2 }, "end": { "line": 1, "character": 2 } },
        "context": { "diagnostics": [], "only": ["quickfix"] },
    });
    let fixes = client.request("textDocument/codeAction", params);
    assert!(fixes.to_string().contains("delete the line"), "{fixes}");
    // Saved, it is written.
    folder.write("anna/scholiast-states.tsv", format!("{good}{good}"));
    let set = execute(&mut client, "scholiast.setState", json!([folder.uri("anna/b.txt"), "done", "Ben"]));
    assert_eq!(set["result"]["state"], "done", "{set}");
    // A difference that is settled in the editor is settled.
    let settled = folder.uri("anna/scholiast-settled.tsv");
    client.open(&settled, "words\na.txt\t[x]\tmising\tA\t\n");
    let told_now = told(&mut client, &settled);
    assert_eq!(told_now[1], (1, "unknown sort of difference `mising`; use `missing`".to_owned()), "{told_now:?}");
    let before = differences(&mut client).len();
    // The words with sixteen letters before them.
    let line = "a.txt\tLan Anh gặp ông [Vũ Nam] ở Huế. \textra\t\tPerson `Vũ Nam`\n";
    client.notify(
        "textDocument/didChange",
        json!({ "textDocument": { "uri": settled, "version": 2 }, "contentChanges": [{ "text": line }] }),
    );
    assert_eq!(differences(&mut client).len(), before - 1, "{line}");
}
