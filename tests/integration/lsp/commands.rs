//! Commands, and the pages of rules that findings link to.

use serde_json::{Value, json};

use super::support::{Client, Folder, pulls};

const REGISTRY: &str =
    "version = 1\n\n[[person]]\nid = \"tran-van-an\"\nnames.vi = [\"Trần Văn An\"]\nnames.th = [\"เจิ่น วัน อาน\"]\n";

fn corpus() -> Folder {
    Folder::new(&[
        ("scholiast.toml", ""),
        ("people.toml", REGISTRY),
        ("a.txt", "On 31 February 2024 Trần Văn An met Mr. Lê Quang Hòa. On 31 April 2024 he left.\n"),
        ("deep/b.txt", "เจิ่น วัน อาน พบนายเล กวาง ฮวา\n"),
        ("deep/b.ann", "nothing\n"),
    ])
}

fn execute(client: &mut Client, command: &str, arguments: Value) -> Value {
    client.request("workspace/executeCommand", json!({ "command": command, "arguments": arguments }))
}

fn refused(client: &mut Client, command: &str, arguments: Value) -> String {
    let id = client.ask("workspace/executeCommand", json!({ "command": command, "arguments": arguments }));
    client.answer(id)["error"]["message"].as_str().unwrap().to_owned()
}

#[test]
fn a_rule_has_a_page() {
    let mut client = Client::start(&[], pulls());
    let page = execute(&mut client, "scholiast.explain", json!(["date/impossible-day"]));
    let page = page.as_str().unwrap();
    assert!(page.starts_with("# date/impossible-day (error)\n") && page.contains("## Configure"), "{page}");
    assert!(execute(&mut client, "scholiast.explain", json!(["config/syntax"])).is_string());
    let message = refused(&mut client, "scholiast.explain", json!(["date/impossible-dya"]));
    assert!(message.contains("did you mean 'date/impossible-day'"), "{message}");
    let all = execute(&mut client, "scholiast.explain", json!([]));
    assert!(all.as_array().unwrap().iter().any(|rule| rule["code"] == "date/impossible-day"), "{all}");
    refused(&mut client, "scholiast.explain", json!([1]));
    refused(&mut client, "scholiast.nonsense", json!([]));
}

#[test]
fn suggestions_are_what_the_command_line_prints() {
    let folder = corpus();
    let mut client = Client::pulling(&folder);
    for format in ["text", "jsonl", "toml"] {
        let printed = std::process::Command::new(env!("CARGO_BIN_EXE_scholiast"))
            .args(["suggest", "--format", format])
            .current_dir(folder.path())
            .output()
            .unwrap();
        let printed = String::from_utf8(printed.stdout).unwrap();
        assert!(printed.contains("Lê Quang Hòa"), "{printed}");
        let answer = execute(&mut client, "scholiast.suggestions", json!([folder.uri("deep/b.txt"), format]));
        assert_eq!(answer.as_str().unwrap(), printed);
    }
    // What stands in the editor counts; without a document all corpora are meant.
    client.open(&folder.uri("a.txt"), "Nobody.\n");
    let answer = execute(&mut client, "scholiast.suggestions", json!([]));
    assert!(!answer.as_str().unwrap().contains("Lê Quang Hòa"), "{answer}");
    let elsewhere = Folder::new(&[("a.txt", "")]);
    let message = refused(&mut client, "scholiast.suggestions", json!([elsewhere.uri("a.txt")]));
    assert!(message.contains("scholiast.toml"), "{message}");
    refused(&mut client, "scholiast.suggestions", json!([folder.uri("a.txt"), "xml"]));
}

#[test]
fn proposals_are_listed_and_answered() {
    let folder = corpus();
    let mut client = Client::pulling(&folder);
    let listed = execute(&mut client, "scholiast.proposals", json!([folder.uri("a.txt")]));
    let [person] = listed.as_array().unwrap().as_slice() else { panic!("{listed}") };
    assert_eq!(
        (&person["kind"], &person["id"], &person["count"]),
        (&json!("person"), &json!("le-quang-hoa"), &json!(2))
    );
    assert_eq!(person["names"], json!({ "vi": ["Lê Quang Hòa"], "th": ["เล กวาง ฮวา"] }));
    let place = &person["spellings"][0]["places"][0];
    assert_eq!(place["uri"], folder.uri("a.txt"));
    assert_eq!(place["range"]["start"], json!({ "line": 0, "character": 40 }));

    let text_of = |action: &Value| action["edit"]["changes"].as_object().unwrap().clone();
    let added = execute(&mut client, "scholiast.answerProposal", json!([person, "add"]));
    let edits = &text_of(&added)[&folder.uri("people.toml")];
    let new = edits[0]["newText"].as_str().unwrap();
    assert!(new.contains("[[person]]\nid = \"le-quang-hoa\"") && new.contains("names.th = [\"เล กวาง ฮวา\"]"), "{new}");

    let spelt = execute(&mut client, "scholiast.answerProposal", json!([person, "spellings", "tran-van-an"]));
    let edits = text_of(&spelt)[&folder.uri("people.toml")].to_string();
    assert!(edits.contains("Lê Quang Hòa") && edits.contains("เล กวาง ฮวา"), "{edits}");

    let refusal = execute(&mut client, "scholiast.answerProposal", json!([person, "refuse"]));
    let edits = text_of(&refusal)[&folder.uri("scholiast.toml")].to_string();
    assert!(edits.contains("[suggest]") && edits.contains("reject = [\\\"Lê Quang Hòa\\\"]"), "{edits}");

    let message = refused(&mut client, "scholiast.answerProposal", json!([person, "spellings", "nobody"]));
    assert!(message.contains("there is no entry `nobody`"), "{message}");
    let message = refused(&mut client, "scholiast.answerProposal", json!([person, "spellings"]));
    assert!(message.contains("argument 3 is missing"), "{message}");
    refused(&mut client, "scholiast.answerProposal", json!([person, "perhaps"]));
    refused(&mut client, "scholiast.answerProposal", json!([{ "kind": "person" }, "add"]));
}

#[test]
fn entities_are_listed_a_page_at_a_time() {
    let registry = "version = 1\n[[person]]\nid = \"tran-van-an\"\nnames.vi = [\"Trần Văn An\"]\nnames.th = [\"เจิ่น วัน อาน\"]\n\
        [[person]]\nid = \"bui-thi-chi\"\nnames.vi = [\"Bùi Thị Chi\"]\n\
        [[place]]\nid = \"hue\"\nnames.vi = [\"Huế\"]\n";
    let folder = Folder::new(&[
        ("scholiast.toml", ""),
        ("people.toml", registry),
        ("a.txt", "Trần Văn An tại Huế. Nghị định số 9/2021/NĐ-CP.\n"),
        ("deep/b.txt", "เจิ่น วัน อาน\n"),
    ]);
    let mut client = Client::pulling(&folder);
    let names = |list: &Value| -> Vec<String> {
        let row = |row: &Value| format!("{} {}/{}", row["name"].as_str().unwrap(), row["mentions"], row["files"]);
        list["entities"].as_array().unwrap().iter().map(row).collect()
    };
    let all = execute(&mut client, "scholiast.entities", json!([]));
    assert_eq!(names(&all), ["Trần Văn An · เจิ่น วัน อาน 2/2", "9/2021/NĐ-CP 1/1", "Huế 1/1", "Bùi Thị Chi 0/0"]);
    let kinds = json!([
        { "kind": "person", "count": 2 }, { "kind": "place", "count": 1 }, { "kind": "decree", "count": 1 }
    ]);
    assert_eq!((&all["kinds"], &all["total"]), (&kinds, &json!(4)));
    let an = &all["entities"][0];
    assert_eq!((&an["entry"], &an["kind"], &an["exact"]), (&json!("tran-van-an"), &json!("person"), &json!(true)));
    assert_eq!(an["location"]["uri"], folder.uri("people.toml"));
    let cited = &all["entities"][1];
    assert_eq!((&cited["entry"], &cited["detail"]), (&Value::Null, &json!("a.txt")));
    assert_eq!(cited["location"]["uri"], folder.uri("a.txt"));

    let mut ask = |question: Value| execute(&mut client, "scholiast.entities", json!([question, folder.uri("a.txt")]));
    let numbers = ask(json!({ "limit": 0 }));
    assert_eq!((names(&numbers).len(), &numbers["kinds"]), (0, &kinds));
    let people = ask(json!({ "kind": "person", "order": "name" }));
    assert_eq!(names(&people), ["Bùi Thị Chi 0/0", "Trần Văn An · เจิ่น วัน อาน 2/2"]);
    assert_eq!((&people["kinds"], &people["total"]), (&kinds, &json!(2)));
    let second = ask(json!({ "order": "name", "offset": 1, "limit": 2 }));
    assert_eq!(names(&second), ["Bùi Thị Chi 0/0", "Huế 1/1"]);
    assert_eq!(names(&ask(json!({ "query": "tran" }))), ["Trần Văn An · เจิ่น วัน อาน 2/2"]);
    assert_eq!(ask(json!({ "query": "nobody" }))["total"], 0);
    assert_eq!(names(&ask(json!({ "offset": 99 }))).len(), 0);

    // What is typed counts.
    client.open(&folder.uri("a.txt"), "Bùi Thị Chi, Bùi Thị Chi, Bùi Thị Chi\n");
    let first = &execute(&mut client, "scholiast.entities", json!([]))["entities"][0];
    assert_eq!((&first["entry"], &first["mentions"]), (&json!("bui-thi-chi"), &json!(3)));

    let message = refused(&mut client, "scholiast.entities", json!([{ "kind": "dog" }]));
    assert!(message.contains("argument 1: unknown variant `dog`"), "{message}");
    let message = refused(&mut client, "scholiast.entities", json!([{ "filter": "x" }]));
    assert!(message.contains("unknown field `filter`"), "{message}");
}

#[test]
fn what_was_refused_is_proposed_by_no_command() {
    let folder = corpus();
    folder.write("scholiast.toml", "[suggest]\nreject = [\"Le Quang Hoa\"]\n");
    let mut client = Client::pulling(&folder);
    assert_eq!(execute(&mut client, "scholiast.proposals", json!([])), json!([]));
    assert_eq!(execute(&mut client, "scholiast.suggestions", json!([])), "");
}

#[test]
fn an_answer_holds_after_the_registry_has_changed() {
    let folder = corpus();
    let mut client = Client::pulling(&folder);
    let listed = execute(&mut client, "scholiast.proposals", json!([]));
    // Somebody else has the id by now.
    let taken = format!("{REGISTRY}\n[[person]]\nid = \"le-quang-hoa\"\nnames.vi = [\"Lê Quang Hoá\"]\n");
    client.open(&folder.uri("people.toml"), &taken);
    let added = execute(&mut client, "scholiast.answerProposal", json!([listed[0], "add"]));
    assert!(added["edit"].to_string().contains("le-quang-hoa-2"), "{added}");
}

#[test]
fn statistics_count_findings_and_mentions() {
    let folder = corpus();
    let mut client = Client::pulling(&folder);
    let answer = execute(&mut client, "scholiast.statistics", json!([folder.uri("a.txt")]));
    let corpora = answer["corpora"].as_array().unwrap();
    assert_eq!(corpora.len(), 1);
    let corpus = &corpora[0];
    assert_eq!((&corpus["root"], &corpus["texts"]), (&json!(folder.uri("")), &json!(2)));
    assert_eq!(corpus["annotationFiles"], 1);
    let findings = &corpus["findings"];
    assert_eq!(findings["byRule"][0]["code"], "date/impossible-day");
    assert_eq!((&findings["byRule"][0]["count"], &findings["byRule"][0]["severity"]), (&json!(2), &json!("error")));
    let by_file = findings["byFile"].as_array().unwrap();
    assert!(by_file.contains(&json!({ "uri": folder.uri("deep/b.ann"), "count": 1 })), "{findings}");
    let sum: u64 = by_file.iter().map(|file| file["count"].as_u64().unwrap()).sum();
    assert_eq!(findings["total"], sum);
    let person = &corpus["entities"][0];
    assert_eq!(
        (&person["id"], &person["mentions"], &person["files"], &person["exact"]),
        (&json!("tran-van-an"), &json!(2), &json!(2), &json!(true))
    );
    let page = execute(&mut client, "scholiast.statistics", json!([null, "markdown"]));
    let page = page.as_str().unwrap();
    assert!(page.contains("\n2 texts, 1 annotation file, 3 findings, 1 entity\n"), "{page}");
    assert!(page.contains("| date/impossible-day | error | 2 | 0 |\n"), "{page}");
    assert!(page.contains("| tran-van-an | Trần Văn An | person | 2 | 2 |\n"), "{page}");
    refused(&mut client, "scholiast.statistics", json!([folder.uri("a.txt"), "xml"]));
}

#[test]
fn a_long_command_shows_how_far_it_is() {
    let folder = corpus();
    let mut client = Client::pulling(&folder);
    let arguments = json!([folder.uri("a.txt")]);
    for command in ["scholiast.suggestions", "scholiast.statistics"] {
        let params = json!({ "command": command, "arguments": arguments, "workDoneToken": command });
        client.request("workspace/executeCommand", params);
        // All of it has come before the answer.
        let of_command = client.notifications.iter().filter(|message| message["params"]["token"] == command);
        let kinds: Vec<&str> = of_command.map(|message| message["params"]["value"]["kind"].as_str().unwrap()).collect();
        assert_eq!((kinds.first(), kinds.last()), (Some(&"begin"), Some(&"end")), "{kinds:?}");
        assert!(kinds.contains(&"report"), "{kinds:?}");
    }
}

#[test]
fn findings_link_to_their_rules_where_the_client_opens_them() {
    let folder = corpus();
    for (options, wanted) in [
        (json!({ "ruleUri": "scholiast-rule:/{code}.md" }), json!("scholiast-rule:/date/impossible-day.md")),
        (json!({ "ruleUri": 7 }), Value::Null),
        (Value::Null, Value::Null),
    ] {
        let mut client = Client::spawn();
        let root = json!([{ "uri": folder.uri(""), "name": "corpus" }]);
        let params = json!({
            "processId": null,
            "capabilities": pulls(),
            "workspaceFolders": root,
            "initializationOptions": options,
        });
        client.request("initialize", params);
        client.notify("initialized", json!({}));
        let found = client.pull(&folder.uri("a.txt"));
        let finding = found.iter().find(|finding| finding["code"] == "date/impossible-day").unwrap();
        assert_eq!(finding["codeDescription"]["href"], wanted);
    }
}
