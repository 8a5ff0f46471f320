//! Annotations follow the text that is edited, and are written when it is saved.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::support::{Client, Folder, TIME_LIMIT, codes, position, pulls};

const TEXT: &str = "Bà Lan gặp ông Minh ở chợ.\n";
const FILE: &str = "T1\tPerson 3 6\tLan\nA1\tSure T1\nT2\tPerson 15 19\tMinh\n";

fn corpus(text: &str, annotations: &str) -> Folder {
    Folder::new(&[("scholiast.toml", ""), ("a.txt", text), ("a.ann", annotations)])
}

/// A document in an editor: what is typed goes to the server as ranges.
struct Typist<'c> {
    client: &'c mut Client,
    uri: String,
    text: String,
    version: i64,
    /// The edits: the byte, the text before, the text after.
    done: Vec<(usize, String, String)>,
}

impl<'c> Typist<'c> {
    fn new(client: &'c mut Client, uri: String, text: &str) -> Self {
        client.open(&uri, text);
        // What is saved before the corpus was read is not followed; whoever types is later than that.
        client.request("textDocument/documentSymbol", json!({ "textDocument": { "uri": uri } }));
        Self { client, uri, text: text.to_owned(), version: 1, done: Vec::new() }
    }

    fn replacement(&mut self, start: usize, end: usize, new: &str) -> Value {
        let range = json!({
            "start": position(&self.text, start, "utf-16"),
            "end": position(&self.text, end, "utf-16"),
        });
        self.done.push((start, self.text[start..end].to_owned(), new.to_owned()));
        self.text.replace_range(start..end, new);
        json!({ "range": range, "text": new })
    }

    fn send(&mut self, changes: Vec<Value>) {
        self.version += 1;
        self.client.change(&self.uri, self.version, changes.into());
    }

    /// Replaces the first occurrence of some words.
    fn replace(&mut self, old: &str, new: &str) {
        let at = self.text.find(old).unwrap();
        let change = self.replacement(at, at + old.len(), new);
        self.send(vec![change]);
    }

    /// Undoes everything, one step after the other.
    fn undo_all(&mut self) {
        while let Some((start, old, new)) = self.done.pop() {
            let change = self.replacement(start, start + new.len(), &old);
            self.send(vec![change]);
            self.done.pop();
        }
    }

    /// Saves as an editor does: the file first, then the message.
    fn save(&mut self, folder: &Folder, name: &str) {
        folder.write(name, &self.text);
        self.client.notify("textDocument/didSave", json!({ "textDocument": { "uri": self.uri } }));
    }
}

fn read(folder: &Folder, name: &str) -> String {
    std::fs::read_to_string(folder.path().join(name)).unwrap()
}

/// Waits until a file on disk is what it must become.
fn wait_for_file(folder: &Folder, name: &str, wanted: &str) {
    let start = Instant::now();
    while read(folder, name) != wanted {
        assert!(start.elapsed() < TIME_LIMIT, "{name} stays {:?}, not {wanted:?}", read(folder, name));
        std::thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn closed_annotations_are_written_when_their_text_is_saved() {
    let folder = corpus(TEXT, FILE);
    let mut client = Client::pulling(&folder);
    let mut typist = Typist::new(&mut client, folder.uri("a.txt"), TEXT);
    typist.replace("Bà", "😀 Bà cụ");
    typist.replace("Minh", "Hoàng Minh");
    // What is found meanwhile is found where the annotations stand.
    assert_eq!(typist.client.pull(&folder.uri("a.ann")), Vec::<Value>::new());
    assert_eq!(read(&folder, "a.ann"), FILE, "nothing is written before the text is saved");
    typist.save(&folder, "a.txt");
    let moved = "T1\tPerson 8 11\tLan\nA1\tSure T1\nT2\tPerson 20 30\tHoàng Minh\n";
    wait_for_file(&folder, "a.ann", moved);
    // An undo behind the save leads back.
    typist.undo_all();
    typist.save(&folder, "a.txt");
    wait_for_file(&folder, "a.ann", FILE);
    let names: Vec<_> = std::fs::read_dir(folder.path()).unwrap().flatten().map(|entry| entry.file_name()).collect();
    assert_eq!(names.len(), 3, "nothing else stays: {names:?}");
}

#[test]
fn the_first_annotations_of_an_open_text_follow_it() {
    // Made in the editor or by another program, of the text as it was saved or with unsaved changes.
    for (in_editor, is_edited) in [(true, false), (false, false), (true, true)] {
        let folder = Folder::new(&[("scholiast.toml", ""), ("a.txt", TEXT)]);
        let mut client = Client::pulling(&folder);
        let mut typist = Typist::new(&mut client, folder.uri("a.txt"), TEXT);
        let file = if is_edited {
            typist.replace("Bà", "Bà cụ");
            "T1\tPerson 6 9\tLan\n"
        } else {
            "T1\tPerson 3 6\tLan\n"
        };
        first_annotations(&folder, &mut typist, file, in_editor);
        // The text is written before the editor tells of the edit.
        let last = typist.replacement(0, 0, "Gửi ");
        folder.write("a.txt", &typist.text);
        typist.send(vec![last]);
        typist.client.notify("textDocument/didSave", json!({ "textDocument": { "uri": typist.uri } }));
        let moved = if is_edited { "T1\tPerson 10 13\tLan\n" } else { "T1\tPerson 7 10\tLan\n" };
        wait_for_file(&folder, "a.ann", moved);
    }
}

#[test]
fn annotations_of_a_text_that_was_edited_and_saved_meanwhile_follow_it() {
    let folder = Folder::new(&[("scholiast.toml", ""), ("a.txt", TEXT)]);
    let mut client = Client::pulling(&folder);
    let mut typist = Typist::new(&mut client, folder.uri("a.txt"), TEXT);
    typist.replace("Bà", "Bà cụ");
    folder.write("a.txt", &typist.text);
    typist.client.notify("textDocument/didSave", json!({ "textDocument": { "uri": typist.uri } }));
    // Whoever makes them has read the text before the edit.
    first_annotations(&folder, &mut typist, "T1\tPerson 3 6\tLan\n", false);
    typist.client.notify("textDocument/didSave", json!({ "textDocument": { "uri": typist.uri } }));
    wait_for_file(&folder, "a.ann", "T1\tPerson 6 9\tLan\n");
}

#[test]
fn a_corpus_that_is_opened_anew_knows_what_annotations_count() {
    let (loud, quiet) = ("", "[rules]\n\"date/*\" = \"off\"\n");
    for configurations in [&[quiet][..], &[quiet, loud, quiet]] {
        let folder = corpus(TEXT, FILE);
        folder.write("b.txt", "ngày 31/4/2023\n");
        let mut client = Client::pulling(&folder);
        let mut typist = Typist::new(&mut client, folder.uri("a.txt"), TEXT);
        typist.replace("Bà", "Bà cụ");
        // The text is on the disk, and the configuration changes before the server is told of the save.
        folder.write("a.txt", &typist.text);
        for configuration in configurations {
            folder.write("scholiast.toml", configuration);
            typist.client.changed_on_disk(&[folder.uri("scholiast.toml")]);
            let params = json!({ "textDocument": { "uri": folder.uri("b.txt") } });
            typist.client.request_until("textDocument/diagnostic", &params, |found| {
                found["items"].as_array().is_some_and(|found| found.is_empty() == (*configuration == quiet))
            });
        }
        typist.client.notify("textDocument/didSave", json!({ "textDocument": { "uri": typist.uri } }));
        wait_for_file(&folder, "a.ann", "T1\tPerson 6 9\tLan\nA1\tSure T1\nT2\tPerson 18 22\tMinh\n");
    }
}

#[test]
fn a_corpus_may_be_opened_anew_while_annotations_are_written() {
    let folder = corpus(TEXT, FILE);
    folder.write("b.txt", "ngày 31/4/2023\n");
    let mut client = Client::pulling(&folder);
    let mut typist = Typist::new(&mut client, folder.uri("a.txt"), TEXT);
    typist.replace("Bà", "Bà cụ");
    folder.write("a.txt", &typist.text);
    // The save, then two configurations, without a pause between them.
    typist.client.notify("textDocument/didSave", json!({ "textDocument": { "uri": typist.uri } }));
    for configuration in ["[rules]\n\"date/*\" = \"off\"\n", "[rules]\n\"decree/*\" = \"off\"\n"] {
        folder.write("scholiast.toml", configuration);
        typist.client.changed_on_disk(&[folder.uri("scholiast.toml")]);
    }
    wait_for_file(&folder, "a.ann", "T1\tPerson 6 9\tLan\nA1\tSure T1\nT2\tPerson 18 22\tMinh\n");
    // Later saves wait for nothing that nobody ends.
    typist.replace("Minh", "Hoàng Minh");
    typist.save(&folder, "a.txt");
    wait_for_file(&folder, "a.ann", "T1\tPerson 6 9\tLan\nA1\tSure T1\nT2\tPerson 18 28\tHoàng Minh\n");
}

#[test]
fn first_annotations_of_a_long_text_are_not_moved_by_guess() {
    // Of a long text without annotations nobody keeps what was saved before.
    let text = format!("Bà Lan ở chợ.\n{}", "Trời mưa suốt đêm.\n".repeat(12_000));
    let folder = Folder::new(&[("scholiast.toml", ""), ("a.txt", &text)]);
    let mut client = Client::pulling(&folder);
    let mut typist = Typist::new(&mut client, folder.uri("a.txt"), &text);
    typist.replace("Bà", "Bà cụ");
    typist.save(&folder, "a.txt");
    // Whoever makes them has read the text before the edit.
    let file = "T1\tPerson 3 6\tLan\n";
    first_annotations(&folder, &mut typist, file, false);
    let params = json!({ "textDocument": { "uri": folder.uri("a.ann") } });
    typist.client.request_until("textDocument/diagnostic", &params, |found| {
        codes(found["items"].as_array().unwrap()) == ["annotation/text-mismatch"]
    });
    assert_eq!(read(&folder, "a.ann"), file);
}

/// Writes the first annotations beside a text that is open, and waits until the server knows them.
fn first_annotations(folder: &Folder, typist: &mut Typist<'_>, file: &str, in_editor: bool) {
    let uri = folder.uri("a.ann");
    folder.write("a.ann", file);
    if in_editor {
        typist.client.open(&uri, file);
    }
    typist.client.changed_on_disk(std::slice::from_ref(&uri));
    let params = json!({ "textDocument": { "uri": uri } });
    typist.client.request_until("textDocument/documentSymbol", &params, |found| {
        found.as_array().is_some_and(|found| !found.is_empty())
    });
}

#[test]
fn marks_and_line_ends_stay_as_they_are() {
    let text = "\u{feff}Bà Lan\r\ngặp ông Minh.\r\n";
    let file = "\u{feff}T1\tPerson 4 7\tLan\r\nT2\tPerson 17 21\tMinh\r\n# odd\r\nT3\tPerson 17 21\tMinh";
    for shows in ["all", "no mark", "neither"] {
        let folder = corpus(text, file);
        let mut client = Client::pulling(&folder);
        let shown = match shows {
            "all" => text.to_owned(),
            "no mark" => text.replace('\u{feff}', ""),
            _ => text.replace(['\u{feff}', '\r'], ""),
        };
        let uri = folder.uri("a.txt");
        let mut typist = Typist::new(&mut client, uri.clone(), &shown);
        let end = if shows == "neither" { "\n" } else { "\r\n" };
        typist.replace("gặp", &format!("hôm qua{end}gặp"));
        folder.write("a.txt", "\u{feff}Bà Lan\r\nhôm qua\r\ngặp ông Minh.\r\n");
        typist.client.notify("textDocument/didSave", json!({ "textDocument": { "uri": uri } }));
        let moved = "\u{feff}T1\tPerson 4 7\tLan\r\nT2\tPerson 26 30\tMinh\r\n# odd\r\nT3\tPerson 26 30\tMinh";
        wait_for_file(&folder, "a.ann", moved);
    }
}

#[test]
fn open_annotations_without_changes_are_written_on_disk() {
    let folder = corpus(TEXT, FILE);
    let mut client = Client::pulling(&folder);
    let annotations = folder.uri("a.ann");
    client.open(&annotations, FILE);
    let mut typist = Typist::new(&mut client, folder.uri("a.txt"), TEXT);
    typist.replace("Bà", "Bà cụ");
    typist.save(&folder, "a.txt");
    let moved = "T1\tPerson 6 9\tLan\nA1\tSure T1\nT2\tPerson 18 22\tMinh\n";
    wait_for_file(&folder, "a.ann", moved);
    // The editor reads the file again, and goes on.
    typist.client.replace(&annotations, 2, moved);
    typist.replace("Bà cụ", "Cụ bà già");
    typist.save(&folder, "a.txt");
    wait_for_file(&folder, "a.ann", "T1\tPerson 10 13\tLan\nA1\tSure T1\nT2\tPerson 22 26\tMinh\n");
    assert!(!typist.client.requests.iter().any(|request| request["method"] == "workspace/applyEdit"));
}

#[test]
fn unsaved_annotations_are_moved_in_the_editor() {
    let folder = corpus(TEXT, FILE);
    let mut client = Client::pulling(&folder);
    let annotations = folder.uri("a.ann");
    let unsaved = format!("{FILE}#1\tAnnotatorNotes T1\twho?\n");
    client.open(&annotations, FILE);
    client.replace(&annotations, 2, &unsaved);
    let mut typist = Typist::new(&mut client, folder.uri("a.txt"), TEXT);
    typist.replace("Bà", "Bà cụ");
    typist.save(&folder, "a.txt");
    let request = typist.client.wait("an edit", |client| {
        client.requests.iter().find(|request| request["method"] == "workspace/applyEdit").cloned()
    });
    let edits = &request["params"]["edit"]["changes"][&annotations];
    let texts: Vec<&str> = edits.as_array().unwrap().iter().map(|edit| edit["newText"].as_str().unwrap()).collect();
    assert_eq!(texts, ["6 9", "18 22"], "{request}");
    typist.client.wait("a message", |client| {
        let told = |note: &&Value| {
            note["method"] == "window/showMessage" && note["params"]["message"].as_str().unwrap().contains("unsaved")
        };
        client.notifications.iter().find(told).map(|_| ())
    });
    assert_eq!(read(&folder, "a.ann"), FILE, "the editor has the file");
}

#[test]
fn what_another_program_has_written_is_not_written_over() {
    let folder = corpus(TEXT, FILE);
    // Nobody tells the server what happens on disk: neither the client nor a watcher in time.
    let mut client = Client::pulling(&folder);
    let mut typist = Typist::new(&mut client, folder.uri("a.txt"), TEXT);
    typist.replace("Bà", "Bà cụ");
    typist.client.pull(&folder.uri("a.ann"));
    let other = "T1\tOrganization 3 6\tLan\n";
    folder.write("a.ann", other);
    typist.save(&folder, "a.txt");
    typist.client.wait("a message", |client| {
        let told = |note: &&Value| {
            note["method"] == "window/showMessage"
                && note["params"]["message"].as_str().unwrap().contains("another program")
        };
        client.notifications.iter().find(told).map(|_| ())
    });
    assert_eq!(read(&folder, "a.ann"), other);
    // Saved again, what the other one has written follows too.
    typist.client.changed_on_disk(&[folder.uri("a.ann")]);
    typist.replace("chợ", "chợ quê");
    typist.save(&folder, "a.txt");
    wait_for_file(&folder, "a.ann", "T1\tOrganization 6 9\tLan\n");
}

#[test]
fn closing_without_saving_leaves_everything_as_it_was() {
    let folder = corpus(TEXT, FILE);
    let mut client = Client::pulling(&folder);
    let uri = folder.uri("a.txt");
    let mut typist = Typist::new(&mut client, uri.clone(), TEXT);
    typist.replace("Bà Lan", "");
    let found = typist.client.pull(&folder.uri("a.ann"));
    assert!(codes(&found).contains(&"annotation/text-mismatch".to_owned()), "words that are gone: {found:?}");
    client.close(&uri);
    let params = json!({ "textDocument": { "uri": folder.uri("a.ann") } });
    client.request_until("textDocument/diagnostic", &params, |report| report["items"] == json!([]));
    assert_eq!(read(&folder, "a.ann"), FILE);
}

#[test]
fn words_whose_border_nobody_knows_stay_recorded() {
    let folder = corpus(TEXT, FILE);
    let mut client = Client::start(&[&folder], pulls());
    let mut typist = Typist::new(&mut client, folder.uri("a.txt"), TEXT);
    typist.replace("nh ở", "x");
    typist.save(&folder, "a.txt");
    wait_for_file(&folder, "a.ann", "T1\tPerson 3 6\tLan\nA1\tSure T1\nT2\tPerson 15 17\tMinh\n");
    typist.undo_all();
    typist.save(&folder, "a.txt");
    wait_for_file(&folder, "a.ann", FILE);
}

/// Numbers that are the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides.max(1)
    }
}

/// A byte of a text on a boundary between letters.
fn somewhere(dice: &mut Dice, text: &str) -> usize {
    let mut at = dice.roll(text.len() + 1);
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[test]
fn in_any_session_untouched_words_stay_marked_and_undo_restores_all() {
    const WORDS: [&str; 8] = ["Lan", "ป้าสมใจ", "Minh", "ลุงดำ", "Hoa", "😀x", "Nguyễn", "ນາງແກ້ວ"];
    for seed in 1..=6 {
        let mut dice = Dice(seed);
        let (mut text, mut file) = (String::new(), String::new());
        let mut marked = Vec::new();
        for number in 0..60 {
            let word = format!("{}{number}", WORDS[dice.roll(WORDS.len())]);
            if number % 3 == 0 {
                let start = text.chars().count();
                let end = start + word.chars().count();
                file.push_str(&format!("T{number}\tName {start} {end}\t{word}\n"));
                marked.push((number, word.clone()));
            }
            text.push_str(&word);
            text.push_str([" ", ", ", "\n", " và "][dice.roll(4)]);
        }
        let folder = corpus(&text, &file);
        let mut client = Client::pulling(&folder);
        let mut typist = Typist::new(&mut client, folder.uri("a.txt"), &text);
        let mut untouched = marked.clone();
        for step in 0..80 {
            let mut changes = Vec::new();
            // Several cursors now and then.
            for _ in 0..if step % 7 == 0 { 3 } else { 1 } {
                let start = somewhere(&mut dice, &typist.text);
                let mut end = start;
                if dice.roll(2) == 0 {
                    end = somewhere(&mut dice, &typist.text)
                        .clamp(start, start + dice.roll(24).min(typist.text.len() - start));
                    while !typist.text.is_char_boundary(end) {
                        end -= 1;
                    }
                }
                let new = ["", "y", "ก", "zz ", "\n", "😀"][dice.roll(6)];
                let before = typist.text.clone();
                changes.push(typist.replacement(start, end, new));
                untouched.retain(|(_, word)| {
                    let at = before.find(word.as_str()).unwrap();
                    // Behind a border or before one is no touch, but of letters that belong together.
                    end <= at || at + word.len() <= start
                });
                untouched.retain(|(_, word)| typist.text.matches(word.as_str()).count() == 1);
            }
            typist.send(changes);
            if step % 20 == 19 {
                typist.save(&folder, "a.txt");
            }
        }
        typist.save(&folder, "a.txt");
        assert!(untouched.len() > 3, "seed {seed}: {} of {}", untouched.len(), marked.len());
        let wanted: Vec<String> = untouched
            .iter()
            .map(|(number, word)| {
                let at = typist.text[..typist.text.find(word.as_str()).unwrap()].chars().count();
                format!("T{number}\tName {at} {}\t{word}", at + word.chars().count())
            })
            .collect();
        let start = Instant::now();
        loop {
            let written = read(&folder, "a.ann");
            let lost: Vec<&String> =
                wanted.iter().filter(|line| !written.lines().any(|found| found == *line)).collect();
            if lost.is_empty() {
                break;
            }
            assert!(start.elapsed() < TIME_LIMIT, "seed {seed}: {lost:?} are not in\n{written}");
            std::thread::sleep(Duration::from_millis(5));
        }
        typist.undo_all();
        assert_eq!(typist.text, text);
        typist.save(&folder, "a.txt");
        wait_for_file(&folder, "a.ann", &file);
    }
}
