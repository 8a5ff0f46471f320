//! Random edits and requests: at the end all is as if it had been opened just now.

use serde_json::{Value, json};

use super::support::{Client, Folder, position, pulls};

const REGISTRY: &str =
    "version = 1\n\n[[person]]\nid = \"tran-van-an\"\nnames.vi = [\"Trần Văn An\"]\nnames.th = [\"เจิ่น วัน อาน\"]\n";
const PIECES: [&str; 14] = [
    "Trần Văn An ",
    "tran van an",
    "เจิ่น วัน อาน",
    "วันที่ 31 กุมภาพันธ์ 2566 ",
    "31/02/2024",
    "12/QĐ-TTg ngày 4/5/2023",
    "12/QD-TTg",
    "\n",
    "\r\n",
    "\r",
    "😀",
    "น้ำ",
    " ",
    "a",
];

/// A generator of numbers that is the same everywhere.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % limit
    }

    /// A byte of a text at which an edit may begin or end: no editor can put its cursor into a line end.
    fn boundary(&mut self, text: &str) -> usize {
        let mut at = self.below(text.len() + 1);
        while !text.is_char_boundary(at) || (at > 0 && text[..at].ends_with('\r') && text[at..].starts_with('\n')) {
            at -= 1;
        }
        at
    }
}

fn soak(edits: usize) {
    let folder =
        Folder::new(&[("scholiast.toml", ""), ("people.toml", REGISTRY), ("0.txt", ""), ("1.txt", ""), ("2.txt", "")]);
    let mut client = Client::start(&[&folder], pulls());
    let uris: Vec<String> = (0..3).map(|number| folder.uri(&format!("{number}.txt"))).collect();
    let mut texts = vec![String::new(); 3];
    for uri in &uris {
        client.open(uri, "");
    }
    let mut random = Random(7);
    let mut last = 0;
    for version in 2..edits + 2 {
        let number = random.below(3);
        let text = &mut texts[number];
        let (one, other) = (random.boundary(text), random.boundary(text));
        // Short deletions, so that texts grow, and now and then a long one.
        let (start, mut end) = (one.min(other), one.max(other));
        if text.len() < 4000 && random.below(20) > 0 {
            end = start;
        }
        let piece = if random.below(4) == 0 { "" } else { PIECES[random.below(PIECES.len())] };
        let range = json!({ "start": position(text, start, "utf-16"), "end": position(text, end, "utf-16") });
        text.replace_range(start..end, piece);
        client.change(&uris[number], i64::try_from(version).unwrap(), json!([{ "range": range, "text": piece }]));
        if random.below(3) == 0 {
            let at = json!({ "line": random.below(9), "character": random.below(99) });
            let method = ["textDocument/hover", "textDocument/references", "textDocument/codeAction"][random.below(3)];
            let params = json!({
                "textDocument": { "uri": uris[number] },
                "position": at,
                "range": { "start": at, "end": at },
                "context": { "diagnostics": [], "includeDeclaration": true },
            });
            last = client.ask(method, params);
            // Now and then the server may catch up: what is waited for at the end has a time limit.
            if random.below(50) == 0 {
                client.answer(last);
                last = 0;
            }
        }
    }
    if last > 0 {
        client.answer(last);
    }
    let mut fresh = Client::start(&[&folder], pulls());
    for (uri, text) in uris.iter().zip(&texts) {
        fresh.open(uri, text);
    }
    for uri in &uris {
        let document = json!({ "textDocument": { "uri": uri } });
        for method in ["textDocument/diagnostic", "textDocument/documentSymbol"] {
            let (edited, opened) = (client.request(method, document.clone()), fresh.request(method, document.clone()));
            assert_eq!(edited, opened, "{method}");
        }
        let tokens = |client: &mut Client| -> Value {
            client.request("textDocument/semanticTokens/full", document.clone())["data"].clone()
        };
        assert_eq!(tokens(&mut client), tokens(&mut fresh));
    }
}

#[test]
fn edits_end_where_a_fresh_start_does() {
    soak(500);
}

#[test]
#[ignore = "takes minutes"]
fn very_many_edits_end_where_a_fresh_start_does() {
    soak(100_000);
}
