//! The promise of every format, on documents at random: a file that is read again says the same as the document, but
//! for what the losses name.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::annotation::{
    AnnotatedEquivalence, AnnotatedEvent, AnnotatedRelation, AnnotatedSpan, AnnotatedTarget, EntryLink, Remarks,
    Standoff,
};

/// The facts that a document states, without ids: each with how often. What `losses` name is left out.
fn facts(document: &AnnotatedDocument, losses: &LossList) -> BTreeMap<String, usize> {
    let lost = |id: &str, kinds: &[LossKind]| {
        losses.iter().any(|loss| loss.document == document.name && loss.annotation == id && kinds.contains(&loss.kind))
    };
    let gone = [LossKind::Discontinuous, LossKind::Empty, LossKind::Boundary, LossKind::Overlapping];
    let mut facts: BTreeMap<String, usize> = BTreeMap::new();
    let mut add = |fact: String| *facts.entry(fact).or_default() += 1;
    let span_name = |number: usize| {
        let span = &document.spans[number];
        format!("{} {:?}", span.label, span.fragments)
    };
    for (number, span) in document.spans.iter().enumerate().filter(|(_, span)| !lost(&span.id, &gone)) {
        let name = span_name(number);
        add(name.clone());
        if !lost(&span.id, &[LossKind::Attribute]) {
            span.remarks.attributes.iter().for_each(|(key, value)| add(format!("{name}: {key}={value:?}")));
        }
        if !lost(&span.id, &[LossKind::Link]) {
            span.remarks.links.iter().for_each(|link| add(format!("{name}: link {link}")));
        }
        if !lost(&span.id, &[LossKind::Note]) {
            span.remarks.notes.iter().for_each(|(kind, text)| add(format!("{name}: note {kind} {text}")));
        }
    }
    for relation in document.relations.iter().filter(|one| !lost(&one.id, &[LossKind::Relation])) {
        let end = |(role, target): &(String, AnnotatedTarget)| match target {
            AnnotatedTarget::Span(number) => format!("{role} {}", span_name(*number)),
            AnnotatedTarget::Event(number) => format!("{role} event {}", document.events[*number].label),
        };
        add(format!("{} of {} and {}", relation.label, end(&relation.arguments[0]), end(&relation.arguments[1])));
    }
    for event in document.events.iter().filter(|one| !lost(&one.id, &[LossKind::Event])) {
        let roles: Vec<&str> = event.arguments.iter().map(|(role, _)| role.as_str()).collect();
        add(format!("event {} {} {roles:?}", event.label, span_name(event.trigger)));
    }
    if !lost("*", &[LossKind::Equivalence]) {
        document.equivalences.iter().for_each(|one| add(format!("{} {:?}", one.label, one.members)));
    }
    facts
}

fn remarks() -> impl Strategy<Value = Remarks> {
    let attributes = prop::collection::vec(("[A-Z][a-z]{1,3}", prop::option::of("[a-zก-ฮ ]{1,5}x")), 0..2);
    let links = prop::collection::vec(("[a-z]{1,5}", "[a-z0-9/:Đ-]{1,8}"), 0..2);
    let notes = prop::collection::vec(("[A-Z][a-z]{1,5}", "[a-zắก-ฮ \"',;\t\\\\|<&]{1,9}x"), 0..2);
    (attributes, links, notes).prop_map(|(attributes, links, notes)| Remarks {
        attributes,
        links: links.into_iter().map(|(database, entry)| EntryLink { database, entry }).collect(),
        notes,
    })
}

/// Text that breaks readers: other line ends, a byte-order mark, marks apart from their letters, invisible and control
/// characters, an emoji of several code points.
fn hostile() -> impl Strategy<Value = String> {
    prop::sample::select(vec![
        "\r\n",
        "\u{feff}",
        "e\u{301}",
        "o\u{302}\u{323}",
        "\u{200b}",
        "\u{2028}",
        "\u{85}",
        "\u{b}",
        "👩\u{200d}👩\u{200d}👧",
        "ກໍາ",
        "\u{1f}",
        "\0",
        "\u{7f}",
    ])
    .prop_map(str::to_owned)
}

/// Documents of every sort of annotation, on texts of three scripts.
fn document() -> impl Strategy<Value = AnnotatedDocument> {
    let spans = prop::collection::vec(("[A-Z][a-z]{2,5}", 0_u32..40, 0_u32..9, prop::bool::ANY, remarks()), 0..6);
    let relations = prop::collection::vec(("[A-Z][a-z]{1,4}", 0_usize..6, 0_usize..6), 0..3);
    let letter = prop_oneof![12 => "[a-zA-Zắủ ก-ฮะาำิเ่\n,.😀0-9-]", 1 => "[\r\t\\\\\"'<>&|;_*\\[\\]#]", 1 => hostile()];
    let text = prop::collection::vec(letter, 12..48).prop_map(|letters| format!("{}x\n", letters.concat()));
    (text, spans, relations, prop::bool::weighted(0.3)).prop_map(|(text, spans, relations, has_event)| {
        let length = text.chars().count() as u32;
        let mut document =
            AnnotatedDocument { name: "thư mục/a b".to_owned(), text, ..AnnotatedDocument::default() };
        for (label, start, size, twice, remarks) in spans {
            let start = start.min(length - 1);
            let end = (start + size).min(length);
            let second = (end + 1, end + 2);
            let mut fragments = vec![(start, end)];
            if twice && second.1 <= length && start < end {
                fragments.push(second);
            }
            document.spans.push(AnnotatedSpan {
                id: format!("T{}", document.spans.len() + 1),
                label,
                fragments,
                remarks,
            });
        }
        let count = document.spans.len();
        for (label, one, two) in relations.into_iter().filter(|(_, one, two)| *one < count && *two < count) {
            let arguments =
                [("Arg1".to_owned(), AnnotatedTarget::Span(one)), ("Arg2".to_owned(), AnnotatedTarget::Span(two))];
            let id = format!("R{}", document.relations.len() + 1);
            document.relations.push(AnnotatedRelation { id, label, arguments, remarks: Remarks::default() });
        }
        if has_event && count > 1 {
            document.events.push(AnnotatedEvent {
                id: "E1".to_owned(),
                label: document.spans[0].label.clone(),
                trigger: 0,
                arguments: vec![("Who".to_owned(), AnnotatedTarget::Span(1))],
                remarks: Remarks::default(),
            });
            document.equivalences.push(AnnotatedEquivalence { label: "Same".to_owned(), members: vec![0, 1] });
        }
        document
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]
    #[test]
    fn what_no_loss_names_comes_back(document in document()) {
        for format in ExchangeFormat::ALL.iter().copied().filter(|format| *format != ExchangeFormat::Brat) {
            // Without offsets CoNLL has places only in the text that its tokens make.
            let columns = vec![ConllColumn::Form, ConllColumn::Start, ConllColumn::End, ConllColumn::Tag];
            let options = ExchangeOptions { columns, ..ExchangeOptions::default() };
            let mut losses = LossList::default();
            let files = format.write(std::slice::from_ref(&document), &options, &mut losses);
            let text_of = |name: &str| (name == document.name).then(|| document.text.clone());
            let mut again = LossList::default();
            // A type system stands before the documents.
            let text = &files[files.len() - 1].text;
            let text = if format.holds_texts() { text } else { &files[0].text };
            let file = ImportFile { text, name: &document.name, text_of: &text_of };
            let read = format.read(file, &options, &mut again);
            let read = read.map_err(|error| TestCaseError::fail(format!("{}: {error}", format.as_str())))?;
            prop_assert!(again.is_empty(), "{}: {:?}\n{}", format.as_str(), again, text);
            // A table of annotations says nothing of a document without any.
            let empty = AnnotatedDocument::default();
            let back = read.first().unwrap_or(&empty);
            prop_assert_eq!(facts(back, &LossList::default()), facts(&document, &losses), "{}\n{}", format.as_str(), text);
            let keeps_text = !losses.iter().any(|loss| matches!(loss.kind, LossKind::WhiteSpace | LossKind::Character));
            if !read.is_empty() && keeps_text {
                prop_assert_eq!(&back.text, &document.text);
                prop_assert_eq!(&back.name, &document.name);
            }
        }
    }

    #[test]
    fn brat_files_say_what_the_document_says(document in document()) {
        let file = Standoff::parse(document.to_brat());
        let (back, unusable) = AnnotatedDocument::of(&document.name, &document.text, &[file]);
        prop_assert!(unusable.is_empty(), "{:?}", unusable);
        prop_assert_eq!(back, document);
    }

    #[test]
    fn any_input_is_read_or_refused(source in "[\\[{]?[\"a-z:,{}\\[\\] 0-9\t\n#|-]{0,60}") {
        for format in ExchangeFormat::ALL {
            let file = ImportFile { text: &source, name: "a", text_of: &|_| None };
            let _ = format.read(file, &ExchangeOptions::default(), &mut LossList::default());
        }
    }
}

#[test]
fn a_document_in_each_format() {
    let document = AnnotatedDocument {
        name: "a".to_owned(),
        text: "Bà Lan ở Huế.\n".to_owned(),
        spans: vec![
            AnnotatedSpan {
                id: "T1".to_owned(),
                label: "Person".to_owned(),
                fragments: vec![(3, 6)],
                remarks: Remarks { links: vec![EntryLink::parse("registry:lan")], ..Remarks::default() },
            },
            AnnotatedSpan {
                id: "T2".to_owned(),
                label: "Place".to_owned(),
                fragments: vec![(9, 12)],
                remarks: Remarks::default(),
            },
        ],
        ..AnnotatedDocument::default()
    };
    let shown = |format: ExchangeFormat| {
        let mut losses = LossList::default();
        let files = format.write(std::slice::from_ref(&document), &ExchangeOptions::default(), &mut losses);
        (files[0].text.clone(), losses.counts())
    };
    assert_eq!(
        shown(ExchangeFormat::Conll),
        (
            "-DOCSTART- a\n\nBà\tO\nLan\tB-Person\nở\tO\nHuế\tB-Place\n.\tO\n\n".to_owned(),
            vec![(LossKind::Link, 1), (LossKind::WhiteSpace, 1)]
        )
    );
    assert_eq!(
        shown(ExchangeFormat::Csv).0,
        "document,kind,id,type,target,start,end,text\na,span,T1,Person,,3,6,Lan\na,span,T2,Place,,9,12,Huế\n\
         a,link,,registry,T1,,,lan\n"
    );
    assert_eq!(
        shown(ExchangeFormat::Spacy).0,
        "{\"text\":\"Bà Lan ở Huế.\\n\",\"ents\":[{\"start\":3,\"end\":6,\"label\":\"Person\",\"kb_id\":\"registry:lan\"},\
         {\"start\":9,\"end\":12,\"label\":\"Place\",\"kb_id\":\"\"}],\"spans\":{\"scholiast\":[{\"start\":3,\"end\":6,\"label\":\"Person\",\
         \"kb_id\":\"registry:lan\"},{\"start\":9,\"end\":12,\"label\":\"Place\",\"kb_id\":\"\"}]},\"tokens\":[{\"id\":0,\"start\":0,\"end\":2},\
         {\"id\":1,\"start\":3,\"end\":6},{\"id\":2,\"start\":7,\"end\":8},{\"id\":3,\"start\":9,\"end\":12},\
         {\"id\":4,\"start\":12,\"end\":13},{\"id\":5,\"start\":13,\"end\":14}],\"_\":{\"source\":\"a\"}}\n"
    );
}
