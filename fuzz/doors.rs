//! The doors through which foreign bytes come, each with what must hold of any input. The targets of cargo-fuzz and the
//! smoke tests of the ordinary suite run the same bodies.
//!
//! Each door takes bytes and panics where something does not hold. Several inputs in one are separated by the byte
//! 0xFF, which no UTF-8 text holds.

use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;

use camino::Utf8Path;
use scholiast::annotation::{Against, Standoff};
use scholiast::config::Config;
use scholiast::corpus::world::{DocumentEdit, World};
use scholiast::ide::semantic_tokens;
use scholiast::recognise::{date, decree};
use scholiast::registry::{Registry, RegistrySource};
use scholiast::text::{Encoding, FileId, LineIndex, Span, fold};
use scholiast::toml_tree;

const REGISTRY: &str = "version = 1\n\n[[person]]\nid = \"hung\"\nnames.vi = [\"Nguyễn Mạnh Hùng\"]\n\
    names.th = [\"เหงียน มานห์ หุ่ง\"]\n\n[[organization]]\nid = \"mic\"\nnames.vi = [\"Bộ Thông tin\"]\n\
    abbreviations = [\"MIC\"]\n\n[[place]]\nid = \"hue\"\nnames.vi = [\"Huế\"]\nnames.th = [\"เว้\"]\n";

/// A door by its name.
pub type Door = fn(&[u8]);

/// Every door that needs no program.
pub const DOORS: &[(&str, Door)] = &[
    ("folding", folding),
    ("dates", dates),
    ("references", references),
    ("names", names),
    ("brat", brat),
    ("registry", registry),
    ("configuration", configuration),
    ("edits", edits),
];

fn texts(input: &[u8]) -> Vec<String> {
    input.split(|byte| *byte == 0xFF).map(|part| String::from_utf8_lossy(part).into_owned()).collect()
}

/// Folding twice is folding once.
pub fn folding(input: &[u8]) {
    for text in texts(input) {
        let once = fold::fold(&text);
        assert_eq!(fold::fold(&once), once, "folded twice: {text:?}");
    }
}

fn assert_in_order(text: &str, spans: impl Iterator<Item = Span>) {
    let mut before = 0;
    for span in spans {
        assert!(before <= span.start && span.start <= span.end, "{span:?} begins before {before} in {text:?}");
        assert!(text.get(span.start as usize..span.end as usize).is_some(), "{span:?} cuts a letter of {text:?}");
        before = span.end;
    }
}

/// Dates lie in the text, in order and apart.
pub fn dates(input: &[u8]) {
    for text in texts(input) {
        assert_in_order(&text, date::find(&text, &[]).iter().map(|fact| fact.core));
    }
}

/// References lie in the text, in order and apart.
pub fn references(input: &[u8]) {
    let table = decree::DecreeTable::builtin(2026);
    for text in texts(input) {
        assert_in_order(&text, decree::find(&text, &table).iter().map(|fact| fact.core));
    }
}

fn world() -> World {
    let mut world = World::new(Arc::new(Config::default()), jiff::civil::date(2026, 1, 1));
    world.set_registry([("registry.toml".into(), Some(Arc::from(REGISTRY)), false)]);
    world
}

/// The tokens of the mentions of a text lie in it, in order and apart.
pub fn names(input: &[u8]) {
    for text in texts(input) {
        let mut world = world();
        let file = world.open(Utf8Path::new("a.txt"), &text);
        let tokens = semantic_tokens(&world.snapshot(), file);
        assert_in_order(&text, tokens.iter().map(|token| token.place.span()));
    }
}

/// A text and its annotations: every fault lies in the annotation file.
pub fn brat(input: &[u8]) {
    let texts = texts(input);
    let (text, annotations) = (&texts[0], texts.last().expect("one text at least"));
    let file = Standoff::parse(annotations.as_str());
    for fault in file.faults(Against { text, given: None, configuration: None }) {
        let span = fault.span;
        assert!(annotations.get(span.start as usize..span.end as usize).is_some(), "{span:?} of {annotations:?}");
    }
}

/// A registry can be read, and its layout has one form.
pub fn registry(input: &[u8]) {
    for text in texts(input) {
        let registry = Registry::load(&[RegistrySource { file: FileId(0), text: &text }]);
        for fault in registry.faults() {
            assert!(fault.at.span.end as usize <= text.len(), "a fault outside {text:?}");
        }
        if let Ok(formatted) = toml_tree::format::format(&text) {
            assert_eq!(toml_tree::format::format(&formatted).as_ref(), Ok(&formatted), "formatted twice: {text:?}");
        }
    }
}

/// A configuration can be read.
pub fn configuration(input: &[u8]) {
    for text in texts(input) {
        if let Ok((_, faults)) = Config::parse(&text) {
            drop(faults);
        }
    }
}

/// A document after any edits equals one that is opened with the same text.
pub fn edits(input: &[u8]) {
    // A mark at the start is one of the file, which an editor keeps to itself.
    let texts: Vec<String> = texts(input).into_iter().map(|text| text.replace('\u{feff}', "")).collect();
    let mut text = texts[0].clone();
    let mut world = world();
    let path = Utf8Path::new("a.txt");
    let file = world.open(path, &text);
    for new in &texts[1..] {
        // The places come from the input too, so that a fuzzer can choose them.
        let seed = new.bytes().fold(7usize, |sum, byte| sum.wrapping_mul(31).wrapping_add(byte.into()));
        let (start, end) = (boundary(&text, seed), boundary(&text, seed / 7));
        let (start, end) = (start.min(end), start.max(end));
        let lines = LineIndex::new(&text);
        let place = |byte: usize| {
            let position = lines.position(&text, byte as u32);
            (position.line, position.column_utf16)
        };
        let change = DocumentEdit::Range { start: place(start), end: place(end), text: new.clone() };
        text.replace_range(start..end, new);
        world.change(path, vec![change], Encoding::Utf16);
    }
    let snapshot = world.snapshot();
    let document = snapshot.file(file).and_then(|file| file.document()).expect("an open document");
    assert_eq!(document.text(), text);
}

fn boundary(text: &str, seed: usize) -> usize {
    let mut at = seed % (text.len() + 1);
    // Between the two letters of one line end there is no place that an editor could name.
    while !text.is_char_boundary(at) || text[..at].ends_with('\r') && text[at..].starts_with('\n') {
        at -= 1;
    }
    at
}

/// The server ends in order whatever is written to it: it neither hangs nor panics.
pub fn wire(program: &Path, input: &[u8]) {
    use std::io::Write as _;
    let mut server = Command::new(program)
        .args(["lsp", "--no-cache"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the server starts");
    // A server that has ended already does not read on.
    drop(server.stdin.take().expect("a pipe").write_all(input));
    let output = server.wait_with_output().expect("the server ends");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(!said.contains("panicked"), "{said}");
    assert!(output.status.code().is_some_and(|status| status < 3), "{:?}: {said}", output.status);
}

/// After `check --fix` every annotation that had its words has them still, one that was counted in another way has them
/// or is as it was, and a second run changes nothing.
pub fn fixes(program: &Path, input: &[u8]) {
    let texts = texts(input);
    let (text, annotations) = (&texts[0], annotations_of(&texts[0], texts.last().expect("one text at least")));
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    std::fs::write(at("scholiast.toml"), "").expect("the configuration is written");
    std::fs::write(at("registry.toml"), REGISTRY).expect("the registry is written");
    std::fs::write(at("a.txt"), text).expect("the text is written");
    std::fs::write(at("a.ann"), &annotations).expect("the annotations are written");
    let fix = || {
        let output = Command::new(program)
            .args(["check", "--fix", "--no-cache", "--format", "concise"])
            .current_dir(folder.path())
            .output()
            .expect("the program runs");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.code().is_some_and(|status| status < 2), "{:?}: {said}", output.status);
        (std::fs::read(at("a.txt")).expect("the text"), std::fs::read(at("a.ann")).expect("the annotations"))
    };
    let once = fix();
    let (fixed, lines) = (String::from_utf8_lossy(&once.0), String::from_utf8_lossy(&once.1));
    for (line, before) in lines.lines().zip(annotations.lines()) {
        let is_there = has_its_words(&fixed, line) || line == before && !has_its_words(text, before);
        assert!(is_there, "an annotation lost its words: {text:?} became {fixed:?}: {before} became {line}");
    }
    assert_eq!(fix(), once, "a second run changes something: {text:?}");
}

/// Tells whether the words of a brat line stand at its offsets.
fn has_its_words(text: &str, line: &str) -> bool {
    let fields: Vec<&str> = line.split('\t').collect();
    let numbers: Vec<usize> = fields[1].split(' ').skip(1).map(|number| number.parse().expect("an offset")).collect();
    let words: String = text.chars().skip(numbers[0]).take(numbers[1].saturating_sub(numbers[0])).collect();
    words == fields[2]
}

/// A brat line for each run of letters of the text that the numbers in `choice` hit. Its first number tells the unit of
/// the offsets: code points, UTF-16 units or bytes.
fn annotations_of(text: &str, choice: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let width = |letter: &char| match choice.bytes().next().unwrap_or_default() % 4 {
        2 => letter.len_utf16(),
        3 => letter.len_utf8(),
        _ => 1,
    };
    let units = |letters: &[char]| letters.iter().map(width).sum::<usize>();
    let mut lines = String::new();
    let mut at = 0;
    let mut number = 0;
    for step in choice.bytes() {
        let start = (at + usize::from(step % 7)..letters.len()).find(|at| letters[*at].is_alphanumeric());
        let Some(start) = start else { break };
        let length = letters[start..].iter().take(12).take_while(|letter| letter.is_alphanumeric()).count();
        let words: String = letters[start..start + length].iter().collect();
        number += 1;
        let (from, to) = (units(&letters[..start]), units(&letters[..start + length]));
        lines.push_str(&format!("T{number}\tThing {from} {to}\t{words}\n"));
        at = start + length;
    }
    lines
}
