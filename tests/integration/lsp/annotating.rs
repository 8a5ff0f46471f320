//! An annotator's day in an editor: annotations are made, changed, linked, related, asked about.

use serde_json::{Value, json};

use super::support::{Client, Folder, position, range};

const CONFIGURATION: &str = "[entities]\nPerson\nPlace\nThing\n[relations]\nKnows\tArg1:Person, Arg2:Person\n\
                             Same\tArg1:<ENTITY>, Arg2:<ENTITY>, <REL-TYPE>:symmetric-transitive\n\
                             [events]\nMeet\tWho*:Person\n[attributes]\nSure\tArg:<ENTITY>\nMood\tArg:Person, Value:glad|sad\n";
const REGISTRY: &str = "version = 1\n\n[[person]]\nid = \"lan\"\nnames.vi = [\"Trần Thị Lan\", \"Lan\"]\n\n\
                        [[person]]\nid = \"minh\"\nnames.vi = [\"Hoàng Văn Minh\"]\n";
const TEXT: &str = "Bà Lan gặp ông Minh ở chợ. Lan cười.\n";

/// The capabilities of an editor with everything that actions need.
fn capabilities() -> Value {
    json!({
        "textDocument": {
            "diagnostic": {},
            "codeAction": {
                "codeActionLiteralSupport": { "codeActionKind": { "valueSet": ["refactor.rewrite"] } },
                "resolveSupport": { "properties": ["edit"] },
            },
            "definition": { "linkSupport": false },
            "hover": { "contentFormat": ["plaintext"] },
            "documentSymbol": { "hierarchicalDocumentSymbolSupport": true },
        },
        "workspace": {
            "diagnostics": { "refreshSupport": true },
            "didChangeWatchedFiles": { "dynamicRegistration": true },
            "workspaceEdit": {
                "documentChanges": true,
                "resourceOperations": ["create", "rename", "delete"],
                "changeAnnotationSupport": {},
            },
        },
    })
}

#[test]
fn a_link_made_in_the_editor_is_shown_in_the_text_at_once() {
    let folder = Folder::new(&[
        ("scholiast.toml", ""),
        ("people.toml", REGISTRY),
        ("annotation.conf", CONFIGURATION),
        ("a.txt", TEXT),
        ("a.ann", "T1\tPerson 3 6\tLan\n"),
    ]);
    let mut with_hints = capabilities();
    with_hints["workspace"]["inlayHint"] = json!({ "refreshSupport": true });
    let mut client = Client::start(&[&folder], with_hints);
    let (text, annotations) = (folder.uri("a.txt"), folder.uri("a.ann"));
    client.open(&text, TEXT);
    client.open(&annotations, "T1\tPerson 3 6\tLan\n");
    client.pull(&text);
    let refreshes = |client: &Client| {
        client.requests.iter().filter(|request| request["method"] == "workspace/inlayHint/refresh").count()
    };
    // What opening brings has come when there is no more for longer than the server ever waits.
    let mut before = usize::MAX;
    while before != refreshes(&client) {
        before = refreshes(&client);
        std::thread::sleep(std::time::Duration::from_millis(700));
        client.pull(&text);
    }
    client.replace(&annotations, 2, "T1\tPerson 3 6\tLan\nN1\tReference T1 registry:lan\tTrần Thị Lan\n");
    client.wait("hints to be asked for anew", |client| (refreshes(client) > before).then_some(()));
    let whole = json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 1, "character": 0 } });
    let hints = client.request("textDocument/inlayHint", json!({ "textDocument": { "uri": text }, "range": whole }));
    assert!(hints.to_string().contains("→ lan"), "{hints}");
}

fn byte(text: &str, at: &Value) -> usize {
    let line = usize::try_from(at["line"].as_u64().unwrap()).unwrap();
    let units = usize::try_from(at["character"].as_u64().unwrap()).unwrap();
    let start: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
    let mut left = units;
    for (at, letter) in text[start..].char_indices() {
        if left == 0 {
            return start + at;
        }
        left -= letter.len_utf16();
    }
    text.len()
}

/// A text after the edits of an action.
fn applied(text: &str, edits: &[Value]) -> String {
    let mut places: Vec<(usize, usize, &str)> = edits
        .iter()
        .map(|edit| {
            let range = &edit["range"];
            (byte(text, &range["start"]), byte(text, &range["end"]), edit["newText"].as_str().unwrap())
        })
        .collect();
    places.sort_unstable();
    let mut out = text.to_owned();
    for (start, end, new) in places.into_iter().rev() {
        out.replace_range(start..end, new);
    }
    out
}

/// An annotator at an editor, with a text and the annotations beside it, both open.
struct Annotator {
    folder: Folder,
    client: Client,
    text: String,
    /// The annotations in the editor, once there are some.
    annotations: Option<String>,
    version: i64,
}

impl Annotator {
    fn new(text: &str, annotations: Option<&str>) -> Self {
        let mut files = vec![
            ("scholiast.toml", "[rules]\n\"annotation/inconsistent\" = \"off\"\n"),
            ("annotation.conf", CONFIGURATION),
            ("people.toml", REGISTRY),
            ("a.txt", text),
        ];
        files.extend(annotations.map(|file| ("a.ann", file)));
        let folder = Folder::new(&files);
        let mut client = Client::start(&[&folder], capabilities());
        client.open(&folder.uri("a.txt"), text);
        client.request("workspace/diagnostic", json!({ "previousResultIds": [] }));
        let mut annotator = Self { folder, client, text: text.to_owned(), annotations: None, version: 1 };
        if let Some(file) = annotations {
            annotator.client.open(&annotator.folder.uri("a.ann"), file);
            annotator.annotations = Some(file.to_owned());
        }
        annotator
    }

    fn titles(&mut self, selection: &Value) -> Vec<(String, Value)> {
        let params = json!({
            "textDocument": { "uri": self.folder.uri("a.txt") },
            "range": selection,
            "context": { "diagnostics": [] },
        });
        let actions = self.client.request("textDocument/codeAction", params);
        let actions = actions.as_array().unwrap().iter();
        actions.map(|action| (action["title"].as_str().unwrap().to_owned(), action.clone())).collect()
    }

    /// Takes an action at a selection, and returns the annotations then.
    fn act(&mut self, selection: &Value, title: &str) -> String {
        let actions = self.titles(selection);
        let found = actions.iter().find(|(other, _)| other.starts_with(title));
        let titles: Vec<&String> = actions.iter().map(|(title, _)| title).collect();
        let (_, action) = found.unwrap_or_else(|| panic!("no {title:?} in {titles:#?}"));
        self.take(&action["edit"].clone());
        self.annotations.clone().unwrap()
    }

    /// Makes the edits of an action in the editor.
    fn take(&mut self, edit: &Value) {
        let uri = self.folder.uri("a.ann");
        for change in edit["documentChanges"].as_array().unwrap_or_else(|| panic!("{edit}")) {
            if change["kind"] == "create" {
                assert_eq!(change["uri"], *uri);
                assert!(self.annotations.is_none(), "it is there already");
                self.client.open(&uri, "");
                self.annotations = Some(String::new());
                continue;
            }
            assert_eq!(change["textDocument"]["uri"], *uri);
            let edits: Vec<Value> = change["edits"].as_array().unwrap().clone();
            let new = applied(self.annotations.as_deref().unwrap(), &edits);
            self.version += 1;
            self.client.replace(&uri, self.version, &new);
            self.annotations = Some(new);
        }
        // Whatever was done, nothing is wrong afterwards.
        let params = json!({ "textDocument": { "uri": uri } });
        self.client.request_until("textDocument/diagnostic", &params, |report| report["items"] == json!([]));
    }

    fn type_over(&mut self, old: &str, new: &str) {
        let change = json!({ "range": range(&self.text, old, "utf-16"), "text": new });
        self.text = self.text.replacen(old, new, 1);
        self.version += 1;
        self.client.change(&self.folder.uri("a.txt"), self.version, json!([change]));
    }
}

fn selected(text: &str, words: &str) -> Value {
    range(text, words, "utf-16")
}

fn cursor(text: &str, words: &str, inside: usize) -> Value {
    let at = position(text, text.find(words).unwrap() + inside, "utf-16");
    json!({ "start": at, "end": at })
}

#[test]
fn a_day_of_an_annotator() {
    let mut day = Annotator::new(TEXT, None);
    // Spaces around a selection are left off; the file comes into being.
    let file = day.act(&selected(TEXT, " Lan "), "annotate `Lan` as `Person`");
    assert_eq!(file, "T1\tPerson 3 6\tLan\n");
    let file = day.act(&selected(TEXT, "Lan"), "link T1 to Trần Thị Lan (lan)");
    assert_eq!(file, "T1\tPerson 3 6\tLan\nN1\tReference T1 registry:lan\tTrần Thị Lan\n");
    let linked = file;
    let file = day.act(&selected(TEXT, "Lan"), "annotate the other occurrence of `Lan` in this file as `Person`");
    assert_eq!(file, format!("{linked}T2\tPerson 27 30\tLan\n"));
    day.act(&selected(TEXT, "Minh"), "annotate `Minh` as `Person`");
    let file = day.act(&selected(TEXT, "Lan gặp ông Minh"), "relate T1 by `Knows` to T3 `Minh`");
    assert!(file.ends_with("T3\tPerson 15 19\tMinh\nR1\tKnows Arg1:T1 Arg2:T3\n"), "{file}");
    let file = day.act(&cursor(TEXT, "Minh", 1), "set `Sure` of T3");
    assert!(file.ends_with("A1\tSure T3\n"), "{file}");
    let file = day.act(&cursor(TEXT, "Minh", 1), "set `Mood` of T3 to `sad`");
    assert!(file.ends_with("A2\tMood T3 sad\n"), "{file}");
    let file = day.act(&cursor(TEXT, "Minh", 1), "set `Mood` of T3 to `glad`");
    assert!(file.ends_with("A2\tMood T3 glad\n"), "{file}");
    let file = day.act(&cursor(TEXT, "Minh", 1), "take off `Mood` of T3");
    assert!(file.ends_with("A1\tSure T3\n"), "{file}");
    let file = day.act(&selected(TEXT, "ông Minh"), "extend T3 to the selection");
    assert!(file.contains("T3\tPerson 11 19\tông Minh\n"), "{file}");
    // A place knows nobody.
    let offered = day.titles(&cursor(TEXT, "Minh", 1));
    assert!(!offered.iter().any(|(title, _)| title.starts_with("change the type of T3 to `Place`")), "{offered:?}");
    let file = day.act(&cursor(TEXT, "Lan cười", 1), "change the type of T2 to `Place`");
    assert!(file.contains("T2\tPlace 27 30\tLan\n"), "{file}");
    let file = day.act(&cursor(TEXT, "Lan cười", 1), "add a note to T2");
    assert!(file.ends_with("#1\tAnnotatorNotes T2\t\n"), "{file}");
    let file = day.act(&cursor(TEXT, " Minh", 0), "split T3 here");
    assert!(file.contains("T3\tPerson 11 14\tông\n") && file.ends_with("T4\tPerson 15 19\tMinh\n"), "{file}");
    let file = day.act(&selected(TEXT, "ông Minh"), "join T3 and T4");
    assert!(file.contains("T3\tPerson 11 19\tông Minh\n") && !file.contains("T4"), "{file}");
    let file = day.act(&cursor(TEXT, "Minh", 1), "make T3 one letter shorter");
    assert!(file.contains("T3\tPerson 11 18\tông Min\n"), "{file}");
    let file = day.act(&cursor(TEXT, "Minh", 1), "extend T3 to whole words");
    assert!(file.contains("T3\tPerson 11 19\tông Minh\n"), "{file}");
    let file = day.act(&cursor(TEXT, "Minh", 1), "delete T3 `ông Minh` with what depends on it");
    assert_eq!(file, format!("{linked}T2\tPlace 27 30\tLan\n#1\tAnnotatorNotes T2\t\n"));
    let file = day.act(&cursor(TEXT, "Lan gặp", 1), "take the link off T1");
    assert_eq!(file, "T1\tPerson 3 6\tLan\nT2\tPlace 27 30\tLan\n#1\tAnnotatorNotes T2\t\n");
}

#[test]
fn actions_say_what_they_do() {
    let mut day = Annotator::new(TEXT, Some("T1\tPerson 3 6\tLan\n"));
    day.folder.write("kb_shortcuts.conf", "# keys\nP Person\nL\tPlace\n");
    day.client.changed_on_disk(&[day.folder.uri("kb_shortcuts.conf")]);
    let offered = day.titles(&selected(TEXT, "Minh"));
    let data = |start: &str| {
        let found = offered.iter().find(|(title, _)| title.starts_with(start));
        found.unwrap_or_else(|| panic!("no {start:?} in {offered:#?}")).1["data"].clone()
    };
    assert_eq!(data("annotate `Minh` as `Person`"), json!({ "deed": "annotate", "type": "Person", "key": "P" }));
    assert_eq!(data("annotate `Minh` as `Thing`"), json!({ "deed": "annotate", "type": "Thing" }));
    assert_eq!(
        data("annotate `Minh` as `Person` and link to Hoàng Văn Minh (minh)"),
        json!({ "deed": "annotate-and-link", "type": "Person", "entry": "minh" })
    );
    let offered = day.titles(&selected(TEXT, "Lan"));
    let deeds: std::collections::BTreeSet<&str> =
        offered.iter().filter_map(|(_, action)| action["data"]["deed"].as_str()).collect();
    let wanted = ["annotate", "annotate-all", "attribute", "delete", "link", "note", "resize", "retype"];
    assert!(wanted.iter().all(|deed| deeds.contains(deed)), "{deeds:?}");
    assert!(
        offered
            .iter()
            .all(|(_, action)| action["kind"] != "refactor.rewrite.annotation" || action["data"]["deed"].is_string())
    );
}

fn execute(day: &mut Annotator, command: &str, arguments: &Value) -> Value {
    let params = json!({ "command": command, "arguments": arguments });
    let id = day.client.ask("workspace/executeCommand", params);
    day.client.answer(id)
}

#[test]
fn annotations_are_listed_for_views() {
    let day = &mut Annotator::new(TEXT, Some(FILE));
    day.type_over("Bà", "😀 Bà");
    let listed = execute(day, "scholiast.annotations", &json!([day.folder.uri("a.txt")]))["result"].clone();
    assert_eq!(
        listed["types"],
        json!([
            { "type": "Person", "label": "Person", "linkable": true },
            { "type": "Meet", "label": "Meet", "linkable": false },
        ])
    );
    let text = day.text.clone();
    let at = |words: &str| json!([range(&text, words, "utf-16")]);
    let uri = day.folder.uri("a.ann");
    assert_eq!(
        listed["annotations"],
        json!([
            {
                "uri": uri, "id": "T1", "type": "Person", "text": "Lan", "ranges": at("Lan"),
                "links": [{ "entry": "lan", "name": "Trần Thị Lan" }],
                "relations": [
                    { "type": "Knows", "target": "T3", "text": "Minh" },
                    { "type": "Same", "target": "T3", "text": "Minh" },
                ],
                "attributes": ["Mood: glad"], "notes": ["sure of it"],
            },
            {
                "uri": uri, "id": "T2", "type": "Meet", "text": "gặp", "ranges": at("gặp"), "links": [],
                "relations": [
                    { "type": "Who", "target": "T1", "text": "Lan" },
                    { "type": "Who2", "target": "T3", "text": "Minh" },
                ],
                "attributes": [], "notes": [],
            },
            {
                "uri": uri, "id": "T3", "type": "Person", "text": "Minh", "ranges": at("Minh"), "links": [],
                "relations": [{ "type": "Same", "target": "T1", "text": "Lan" }], "attributes": [], "notes": [],
            },
        ])
    );
    // The annotation file stands for its text; what has none has nothing.
    assert_eq!(execute(day, "scholiast.annotations", &json!([uri]))["result"], listed);
    let none = execute(day, "scholiast.annotations", &json!([day.folder.uri("people.toml")]));
    assert_eq!(none["result"], json!({ "types": [], "annotations": [] }));
    assert!(execute(day, "scholiast.annotations", &json!([]))["error"]["message"].is_string());
}

#[test]
fn labels_are_those_on_the_disk_now() {
    let day = &mut Annotator::new(TEXT, Some(FILE));
    for label in ["Somebody", "Anybody"] {
        day.folder.write("visual.conf", format!("[labels]\nPerson | {label}\n"));
        day.client.changed_on_disk(&[day.folder.uri("visual.conf")]);
        let params = json!({ "command": "scholiast.annotations", "arguments": [day.folder.uri("a.txt")] });
        day.client.request_until("workspace/executeCommand", &params, |listed| listed["types"][0]["label"] == label);
    }
}

#[test]
fn annotations_are_known_while_another_file_takes_the_place_of_theirs() {
    let folder = Folder::new(&[("scholiast.toml", ""), ("a.txt", TEXT), ("a.ann", "T1\tPerson 3 6\tLan\n")]);
    let mut client = Client::start(&[&folder], capabilities());
    client.open(&folder.uri("a.txt"), TEXT);
    client.request("workspace/diagnostic", json!({ "previousResultIds": [] }));
    // As editors write that keep the file before as a copy: the new one may come before the server has looked again.
    std::fs::rename(folder.path().join("a.ann"), folder.path().join("a.ann~")).unwrap();
    client.changed_on_disk(&[folder.uri("a.ann")]);
    folder.write("a.ann", "T1\tPerson 3 6\tLan\n");
    client.changed_on_disk(&[folder.uri("a.ann")]);
    let params = json!({
        "textDocument": { "uri": folder.uri("a.txt") },
        "range": range(TEXT, "chợ", "utf-16"),
        "context": { "diagnostics": [] },
    });
    let actions = client.request("textDocument/codeAction", params);
    let annotates = |action: &Value| action["title"].as_str().unwrap().starts_with("annotate");
    assert!(actions.as_array().unwrap().iter().any(annotates), "{actions:#}");
}

#[test]
fn any_entry_can_be_linked_to() {
    let day = &mut Annotator::new(TEXT, Some("T1\tPerson 11 19\tông Minh\n"));
    let uri = day.folder.uri("a.txt");
    // Whoever may be meant comes first; a query finds the others.
    let at = cursor(TEXT, "Minh", 1);
    let found = execute(day, "scholiast.entries", &json!([uri, at]))["result"].clone();
    assert_eq!(found[0]["entry"], "minh", "{found}");
    let found = execute(day, "scholiast.entries", &json!([uri, at, "tran"]))["result"].clone();
    assert_eq!(
        found,
        json!([{ "entry": "lan", "name": "Trần Thị Lan", "kind": "person", "detail": "lan", "texts": 1 }])
    );
    // The annotation under the cursor is linked, though less was recognised there.
    let action = execute(day, "scholiast.link", &json!([uri, at, "lan"]))["result"].clone();
    assert_eq!(action["data"], json!({ "deed": "link", "entry": "lan" }));
    day.take(&action["edit"].clone());
    let linked = "T1\tPerson 11 19\tông Minh\nN1\tReference T1 registry:lan\tTrần Thị Lan\n";
    assert_eq!(day.annotations.as_deref(), Some(linked));
    // Words without an annotation get one.
    let action = execute(day, "scholiast.link", &json!([uri, selected(TEXT, "Lan"), "minh"]))["result"].clone();
    assert_eq!(action["data"], json!({ "deed": "annotate-and-link", "type": "Person", "entry": "minh" }));
    for (at, entry, why) in
        [(&at, "nobody", "there is no entry `nobody`"), (&cursor(TEXT, "cười", 1), "lan", "nothing here can be linked")]
    {
        let answer = execute(day, "scholiast.link", &json!([uri, at, entry]));
        let message = answer["error"]["message"].as_str().unwrap_or_else(|| panic!("{answer}"));
        assert!(message.contains(why), "{message}");
    }
}

#[test]
fn events_are_annotated_and_filled() {
    let mut day = Annotator::new(TEXT, Some("T1\tPerson 3 6\tLan\n"));
    let file = day.act(&selected(TEXT, "gặp"), "annotate `gặp` as `Meet`");
    assert_eq!(file, "T1\tPerson 3 6\tLan\nT2\tMeet 7 10\tgặp\nE1\tMeet:T2\n");
    let file = day.act(&selected(TEXT, "Lan gặp"), "fill `Who` of E1 with T1 `Lan`");
    assert_eq!(file, "T1\tPerson 3 6\tLan\nT2\tMeet 7 10\tgặp\nE1\tMeet:T2 Who:T1\n");
    day.act(&selected(TEXT, "Minh"), "annotate `Minh` as `Person`");
    let file = day.act(&selected(TEXT, "gặp ông Minh"), "fill `Who` of E1 with T3 `Minh`");
    assert!(file.contains("E1\tMeet:T2 Who:T1 Who2:T3\n"), "{file}");
}

#[test]
fn a_text_with_unsaved_changes_is_annotated_where_it_is() {
    let mut day = Annotator::new(TEXT, Some("T1\tPerson 3 6\tLan\r\nT2\tPerson 15 19\tMinh"));
    day.type_over("Bà", "😀 Bà");
    let text = day.text.clone();
    let file = day.act(&selected(&text, "chợ"), "annotate `chợ` as `Place`");
    assert_eq!(file, "T1\tPerson 5 8\tLan\r\nT2\tPerson 17 21\tMinh\r\nT3\tPlace 24 27\tchợ");
    day.type_over("gặp", "lại gặp");
    let text = day.text.clone();
    let file = day.act(&cursor(&text, "Minh", 1), "change the type of T2 to `Thing`");
    assert_eq!(file, "T1\tPerson 5 8\tLan\r\nT2\tThing 21 25\tMinh\r\nT3\tPlace 28 31\tchợ");
}

#[test]
fn clusters_are_never_cut() {
    let text = "ป้าสมใจ ไปตลาด\n";
    let mut day = Annotator::new(text, None);
    // From the tone mark of one letter to the middle of the next word.
    let start = position(text, text.find('้').unwrap(), "utf-16");
    let end = position(text, text.find('จ').unwrap(), "utf-16");
    let file = day.act(&json!({ "start": start, "end": end }), "annotate");
    assert_eq!(file, "T1\tPerson 0 7\tป้าสมใจ\n");
}

#[test]
fn words_that_are_gone_have_answers() {
    let file = "T1\tPerson 3 6\tLan\nA1\tSure T1\n";
    let mut day = Annotator::new(TEXT, Some(file));
    day.type_over("n gặp", "m");
    let text = day.text.clone();
    let offered = day.titles(&cursor(&text, "Lam", 1));
    let of = |start: &str| offered.iter().find(|(title, _)| title.starts_with(start)).map(|(_, action)| action.clone());
    for deed in [
        "keep T1 at `La`",
        "widen T1 to `Lam`",
        "move T1 to where `Lan` stands",
        "delete T1 `Lan`, whose words are gone",
    ] {
        assert_eq!(of(deed).unwrap_or_else(|| panic!("no {deed} in {offered:?}"))["kind"], "quickfix");
    }
    day.take(&of("widen").unwrap()["edit"].clone());
    assert_eq!(day.annotations.as_deref(), Some("T1\tPerson 3 6\tLam\nA1\tSure T1\n"));
}

#[test]
fn all_occurrences_in_the_corpus_are_shown_first() {
    let mut day = Annotator::new(TEXT, Some("T1\tPerson 3 6\tLan\n"));
    day.folder.write("b.txt", "Lan, Lanh và Lan.\n");
    day.folder.write("c.txt", "Hoa.\n");
    day.client.changed_on_disk(&[day.folder.uri("b.txt"), day.folder.uri("c.txt")]);
    day.client.request("workspace/diagnostic", json!({ "previousResultIds": [] }));
    let offered = day.titles(&selected(TEXT, "Lan"));
    let (_, action) = offered.iter().find(|(title, _)| title.starts_with("annotate all occurrences")).unwrap();
    assert!(action.get("edit").is_none(), "{action}");
    let edit = day.client.request("codeAction/resolve", action.clone())["edit"].clone();
    let changes = edit["documentChanges"].as_array().unwrap();
    let texts: Vec<String> = changes
        .iter()
        .filter(|change| change.get("kind").is_none())
        .map(|change| {
            let name = change["textDocument"]["uri"].as_str().unwrap().rsplit('/').next().unwrap();
            let edits = change["edits"].as_array().unwrap();
            assert!(edits.iter().all(|edit| edit["annotationId"] == "annotations"));
            let text: String = edits.iter().map(|edit| edit["newText"].as_str().unwrap()).collect();
            format!("{name}: {text}")
        })
        .collect();
    assert_eq!(texts, ["a.ann: \nT2\tPerson 27 30\tLan", "b.ann: T1\tPerson 0 3\tLan\nT2\tPerson 13 16\tLan\n"]);
    assert_eq!(edit["changeAnnotations"]["annotations"]["needsConfirmation"], true);
}

const FILE: &str = "T1\tPerson 3 6\tLan\nT2\tMeet 7 10\tgặp\nE1\tMeet:T2 Who:T1 Who2:T3\nT3\tPerson 15 19\tMinh\n\
                    R1\tKnows Arg1:T1 Arg2:T3\nA1\tMood T1 glad\nN1\tReference T1 registry:lan\tTrần Thị Lan\n\
                    #1\tAnnotatorNotes T1\tsure of it\n*\tSame T1 T3\n";

fn ask(day: &mut Annotator, method: &str, file: &str, words: &str, more: &Value) -> Value {
    let text = if file == "a.ann" { FILE } else { TEXT };
    let at = text.find(words).unwrap_or_else(|| panic!("no {words:?}"));
    let mut params = json!({
        "textDocument": { "uri": day.folder.uri(file) },
        "position": position(text, at, "utf-16"),
    });
    params.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    day.client.request(&format!("textDocument/{method}"), params)
}

/// The words between the ends of a range.
fn words<'t>(text: &'t str, range: &Value) -> &'t str {
    &text[byte(text, &range["start"])..byte(text, &range["end"])]
}

#[test]
fn every_line_of_an_annotation_file_tells_and_leads() {
    let mut day = Annotator::new(TEXT, Some(FILE));
    for (line, told) in [
        (
            "T1\tPerson",
            &["Person", "Lan", "Bà [Lan] gặp", "Mood: glad", "Knows: → T3 Person “Minh”", "sure of it", "Trần Thị Lan"]
                [..],
        ),
        ("E1\tMeet", &["event", "trigger: T2 Meet “gặp”", "Who: T1 Person “Lan”", "Who2: T3"]),
        ("R1\tKnows", &["relation", "Arg1: T1 Person “Lan”", "Arg2: T3 Person “Minh”"]),
        ("Mood", &["attribute", "value: glad", "of: T1 Person “Lan”"]),
        ("registry:lan", &["Trần Thị Lan"]),
        ("sure of it", &["note", "about: T1 Person “Lan”"]),
        ("Same", &["equivalence", "T1 Person “Lan”", "T3 Person “Minh”"]),
        ("T3\nT3", &["Person", "Minh"]),
    ] {
        let hover = ask(&mut day, "hover", "a.ann", line, &json!({}));
        let value = hover["contents"]["value"].as_str().unwrap_or_else(|| panic!("{line}: {hover}"));
        for part in told {
            assert!(value.contains(part), "{line}: no {part:?} in {value}");
        }
    }
    for (word, file, target) in [
        ("Person 3", "a.txt", "Lan"),
        ("T2 Who", "a.ann", "T2"),
        ("T3\nT3", "a.ann", "T3"),
        ("T1 glad", "a.ann", "T1"),
        ("registry", "people.toml", "\"Trần Thị Lan\""),
        ("T1\tsure", "a.ann", "T1"),
    ] {
        let found = ask(&mut day, "definition", "a.ann", word, &json!({}));
        let found = &found[0];
        assert!(found["uri"].as_str().is_some_and(|uri| uri.ends_with(file)), "{word}: {found}");
        let text = match file {
            "a.txt" => TEXT,
            "a.ann" => FILE,
            _ => REGISTRY,
        };
        assert_eq!(words(text, &found["range"]), target, "{word}");
    }
    let context = json!({ "context": { "includeDeclaration": true } });
    let found = ask(&mut day, "references", "a.ann", "T3\tPerson", &context);
    let lines: Vec<u64> =
        found.as_array().unwrap().iter().map(|found| found["range"]["start"]["line"].as_u64().unwrap()).collect();
    assert_eq!(lines, [3, 2, 4, 8]);
    let found = ask(&mut day, "documentHighlight", "a.ann", "T3\tPerson", &json!({}));
    assert_eq!(found.as_array().unwrap().len(), 4);
}

#[test]
fn ids_are_renamed_and_completed() {
    let mut day = Annotator::new(TEXT, Some(FILE));
    let place = ask(&mut day, "prepareRename", "a.ann", "T3\nT3", &json!({}));
    assert_eq!(place["placeholder"], "T3");
    let edit = ask(&mut day, "rename", "a.ann", "T3\nT3", &json!({ "newName": "T30" }));
    day.take(&edit);
    let file = day.annotations.clone().unwrap();
    assert_eq!(file, FILE.replace("T3", "T30"));
    for (new, why) in [("T1", "another line has the id `T1`"), ("X3", "such as `T12`"), ("T 3", "such as `T12`")] {
        let id = day.client.ask(
            "textDocument/rename",
            json!({ "textDocument": { "uri": day.folder.uri("a.ann") }, "position": position(&file, file.find("T30\tPerson").unwrap(), "utf-16"), "newName": new }),
        );
        let answer = day.client.answer(id);
        assert!(answer["error"]["message"].as_str().is_some_and(|message| message.contains(why)), "{answer}");
    }
    // The registry's id, from a line that is linked to it.
    let at = position(&file, file.find("lan\t").unwrap(), "utf-16");
    let params = json!({ "textDocument": { "uri": day.folder.uri("a.ann") }, "position": at, "newName": "tran-lan" });
    let edit = day.client.request("textDocument/rename", params);
    let changes = edit["documentChanges"].as_array().unwrap();
    let names: Vec<&str> = changes
        .iter()
        .map(|change| change["textDocument"]["uri"].as_str().unwrap().rsplit('/').next().unwrap())
        .collect();
    assert!(names.contains(&"people.toml") && names.contains(&"a.ann"), "{edit}");
}

#[test]
fn what_is_typed_in_an_annotation_file_is_completed() {
    for (line, wanted) in [
        ("T4\tP", &["Person", "Place"][..]),
        ("E2\tMeet:", &["T2"]),
        ("E2\tMeet:T2 ", &["Who:"]),
        ("E2\tMeet:T2 Who:", &["T1", "T3"]),
        ("R2\tKnows Arg2:", &["T1", "T3"]),
        ("A2\tMood T1 s", &["sad"]),
        ("A2\tMood ", &["T1", "T3"]),
        ("N2\tReference T3 registry:", &["minh"]),
        ("T", &["T4"]),
    ] {
        let file = format!("{FILE}{line}");
        let mut day = Annotator::new(TEXT, None);
        let uri = day.folder.uri("a.ann");
        day.client.open(&uri, &file);
        let at = position(&file, file.len(), "utf-16");
        let found =
            day.client.request("textDocument/completion", json!({ "textDocument": { "uri": uri }, "position": at }));
        let labels: Vec<&str> =
            found["items"].as_array().unwrap().iter().map(|item| item["label"].as_str().unwrap()).collect();
        assert!(labels.starts_with(wanted), "{line:?}: {labels:?}");
    }
}

#[test]
fn annotations_are_seen_in_their_text() {
    let mut day = Annotator::new(TEXT, Some(FILE));
    let hover = ask(&mut day, "hover", "a.txt", "Minh", &json!({}));
    let value = hover["contents"]["value"].as_str().unwrap();
    for part in ["Person", "T3", "Knows: ← T1 Person “Lan”", "Meet: Who2 of E1 “gặp”"] {
        assert!(value.contains(part), "no {part:?} in {value}");
    }
    let whole = json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 2, "character": 0 } });
    let params = json!({ "textDocument": { "uri": day.folder.uri("a.txt") }, "range": whole });
    let hints = day.client.request("textDocument/inlayHint", params.clone());
    let labels: Vec<&str> = hints.as_array().unwrap().iter().map(|hint| hint["label"].as_str().unwrap()).collect();
    assert!(labels.contains(&"→ lan"), "{hints}");
    let symbols = day.client.request("textDocument/documentSymbol", params.clone());
    let groups: Vec<&str> = symbols.as_array().unwrap().iter().map(|symbol| symbol["name"].as_str().unwrap()).collect();
    assert!(groups.contains(&"annotated as Person") && groups.contains(&"annotated as Meet"), "{groups:?}");
    let tokens = day.client.request("textDocument/semanticTokens/full", params);
    // Lan, gặp, Minh are annotated, the second Lan is only a mention.
    assert_eq!(tokens["data"].as_array().unwrap().len(), 4 * 5, "{tokens}");
    let found = ask(&mut day, "references", "a.txt", "Minh", &json!({ "context": { "includeDeclaration": true } }));
    assert_eq!(found.as_array().unwrap().len(), 4, "the line, the event, the relation, the equivalence: {found}");
    let items = ask(&mut day, "prepareCallHierarchy", "a.txt", "gặp", &json!({}));
    let calls = day.client.request("callHierarchy/outgoingCalls", json!({ "item": items[0] }));
    let names: Vec<&str> = calls.as_array().unwrap().iter().map(|call| call["to"]["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["Lan", "Minh"]);
    let items = ask(&mut day, "prepareCallHierarchy", "a.txt", "Minh", &json!({}));
    let calls = day.client.request("callHierarchy/incomingCalls", json!({ "item": items[0] }));
    let details: Vec<&str> =
        calls.as_array().unwrap().iter().map(|call| call["from"]["detail"].as_str().unwrap()).collect();
    assert!(details.iter().any(|detail| detail.starts_with("Knows · ")), "{calls}");
}

#[test]
fn an_annotation_file_folds_and_is_selected() {
    let file = "T1\tPerson 3 6\tLan\nA1\tSure T1\n#1\tAnnotatorNotes A1\tx\nT2\tPerson 15 19\tMinh\nR1\tKnows Arg1:T1 Arg2:T2\n";
    let mut day = Annotator::new(TEXT, Some(file));
    let uri = day.folder.uri("a.ann");
    let folds = day.client.request("textDocument/foldingRange", json!({ "textDocument": { "uri": uri } }));
    let lines: Vec<(u64, u64)> = folds
        .as_array()
        .unwrap()
        .iter()
        .map(|fold| (fold["startLine"].as_u64().unwrap(), fold["endLine"].as_u64().unwrap()))
        .collect();
    assert_eq!(lines, [(0, 2), (3, 4)]);
    let at = position(file, file.find("Arg2").unwrap() + 6, "utf-16");
    let found =
        day.client.request("textDocument/selectionRange", json!({ "textDocument": { "uri": uri }, "positions": [at] }));
    let mut found = &found[0];
    let mut grown = Vec::new();
    while !found.is_null() {
        grown.push(words(file, &found["range"]));
        found = &found["parent"];
    }
    assert_eq!(grown[..3], ["T2", "Arg2:T2", "Knows Arg1:T1 Arg2:T2"]);
    assert_eq!(grown.last(), Some(&file));
}
