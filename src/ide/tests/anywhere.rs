//! Whatever is asked, wherever: an answer, and every place in it is one of the file.

use crate::text::{Place, Span};
use proptest::prelude::*;

use super::{rename, with_registry};
use crate::corpus::Snapshot;
use crate::ide::fixture::Fixture;
use crate::ide::*;
use crate::rules::check_file;
use crate::text::LineIndex;

/// Asks everything at one byte and returns every place that comes back.
fn ask(snapshot: &Snapshot, at: FilePosition, other: u32) -> Vec<FilePlace> {
    let mut places: Vec<FilePlace> = all_references(snapshot, at, true);
    let here = |place| FilePlace { file: at.file, place };
    places.extend(hover(snapshot, at).map(|hover| {
        assert!(!hover.sections.is_empty() && !hover.markdown().is_empty() && !hover.plain().is_empty());
        here(hover.place)
    }));
    for question in [definition, declaration, type_definition, implementation] {
        for link in question(snapshot, at) {
            assert!(link.whole.span().contains(link.focus.span()));
            places.extend([here(link.origin), FilePlace { file: link.file, place: link.focus }]);
            places.push(FilePlace { file: link.file, place: link.whole });
        }
    }
    places.extend(document_highlight(snapshot, at).iter().map(|highlight| here(highlight.place)));
    places.extend(completions(snapshot, at).iter().map(|item| here(item.place)));
    let grown = selection_ranges(snapshot, at);
    assert!(grown.windows(2).all(|pair| pair[1].span().contains(pair[0].span()) && pair[0] != pair[1]));
    places.extend(grown.into_iter().map(here));
    let span = Span::new(at.byte.min(other), at.byte.max(other));
    let range = FileRange { file: at.file, span };
    places.extend(semantic_tokens_range(snapshot, range).iter().map(|token| here(token.place)));
    let hints = inlay_hints(snapshot, range, HintKinds::default());
    places.extend(hints.iter().map(|hint| here(Place { start: hint.position, end: hint.position })));
    let report = snapshot.file(at.file).map(|file| check_file(snapshot, file)).unwrap_or_default();
    for action in code_actions(snapshot, range, &report.diagnostics, &|_, _| false) {
        let edits = match action.change {
            ActionChange::Edits(edits) => edits,
            ActionChange::Deferred(deferred) => resolve_action(snapshot, &deferred),
        };
        places.extend(edits.iter().map(|edit| FilePlace { file: edit.file, place: edit.place }));
    }
    if let Ok(edits) = rename(snapshot, at, "Đỗ Thử") {
        places.extend(edits.iter().map(|edit| FilePlace { file: edit.file, place: edit.place }));
    }
    places
}

fn check(fixture: &Fixture, path: &str) {
    let file = fixture.file(path);
    let length = fixture.text(file).len() as u32;
    let step = if length > 300 { 7 } else { 1 };
    for byte in (0..=length + 2).step_by(step) {
        for at in ask(&fixture.snapshot, FilePosition { file, byte }, byte / 2) {
            let text = fixture.text(at.file);
            let lines = LineIndex::new(text);
            assert_eq!(at.place, lines.place(text, at.place.span()), "asked at {byte}");
        }
    }
    let links = document_links(&fixture.snapshot, file);
    assert!(links.iter().all(|link| link.place.span().end <= length));
    assert!(folding_ranges(&fixture.snapshot, file).iter().all(|fold| fold.start < fold.end));
    assert!(
        document_symbols(&fixture.snapshot, file)
            .iter()
            .all(|symbol| symbol.whole.span().contains(symbol.focus.span()))
    );
}

#[test]
fn every_byte_of_difficult_texts() {
    let texts = "//- a.txt bom crlf\n😀นายตริญ กง หุ่ง👩\u{200d}🚀 Trịnh Công Hùng\nLe Van An 31/2/2566\r318/QD-TTg https://example.org/x\n\n//- b.txt nfd\nBộ trưởng Bộ Thủy sản Trịnh Công Hùng. น้ํา เเ 4 พ.ค. 2566\n//- c.txt closed\nTrịnh Công Hùng 318/QĐ-TTg\n//- r.toml\n[[person]]\nid = \"é\"\nnames.vi = [\"Đỗ Ê\"]\noffices = [{ office = \"fish-vn/deputy\" }, { office = \"nope\" }]\n";
    let fixture = with_registry(texts);
    for path in ["a.txt", "b.txt", "c.txt", "r.toml"] {
        check(&fixture, path);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_text(words in proptest::collection::vec(prop_oneof![
        Just("ตริญ กง หุ่ง"), Just("Trịnh Công Hùng"), Just("Trinh Cong Hung"), Just("Le Van An"), Just("318/QĐ-TTg"),
        Just("4 พฤษภาคม 2566"), Just("31/02/2023"), Just("รัฐมนตรีว่าการกระทรวงประมง"), Just("\u{200b}"), Just("😀"),
        Just("e\u{302}\u{301}"), Just(" "), Just("\n"), Just("\r"), Just("."), Just("https://a.b/c"), Just("ที่"), Just("tháng 5 "),
    ], 0..12)) {
        let fixture = with_registry(&format!("//- a.txt\n{}\n", words.concat()));
        check(&fixture, "a.txt");
    }
}
