//! While somebody writes: rename, completion, lenses, hints, colours, links, folds, selections, hierarchies.

#![allow(clippy::needless_raw_string_hashes, reason = "the hashes are written by expect-test")]

use crate::text::Span;
use expect_test::expect;

use super::{rename, said, with_registry};
use crate::ide::fixture::Fixture;
use crate::ide::*;

fn renamed(fixture: &Fixture, new: &str) -> Vec<(String, String)> {
    let edits = rename(&fixture.snapshot, fixture.cursor(), new).expect("edits");
    fixture.apply(&edits)
}

#[test]
fn renaming_a_mention_writes_this_spelling_anew_everywhere() {
    let fixture = with_registry(
        "//- a.txt bom crlf\nนายตริญ กง หุ่$0ง 😀 Trịnh Công Hùng\n//- b.txt closed\nกับตริญ กง หุ่ง และ จินห์ กงฮุ่ง\n",
    );
    let place = prepare_rename(&fixture.snapshot, fixture.cursor()).expect("a name");
    assert_eq!(place.text, "ตริญ กง หุ่ง");
    let changed = renamed(&fixture, "ตริงห์ กง หุ่ง");
    assert!(changed[0].1.contains("names.th = [\"ตริงห์ กง หุ่ง\", \"จินห์ กงฮุ่ง\"]"));
    assert_eq!(changed[1].1, "\u{feff}นายตริงห์ กง หุ่ง 😀 Trịnh Công Hùng\r\n");
    assert_eq!(changed[2].1, "กับตริงห์ กง หุ่ง และ จินห์ กงฮุ่ง\n");
}

#[test]
fn a_new_spelling_that_nobody_lists_is_added_to_the_entry() {
    let fixture = with_registry("//- a.txt\nÔng trinh cong hu$0ng ở Huế\n");
    let changed = renamed(&fixture, "Trịnh C. Hùng");
    assert!(changed[0].1.contains("names.vi = [\"Trịnh Công Hùng\", \"Trịnh C. Hùng\"]"), "{}", changed[0].1);
    assert_eq!(changed[1].1, "Ông Trịnh C. Hùng ở Huế\n");
    // Found by its letters as before.
    let changed = renamed(&fixture, "TRỊNH CÔNG HÙNG");
    assert_eq!(changed, [("a.txt".to_owned(), "Ông TRỊNH CÔNG HÙNG ở Huế\n".to_owned())]);
}

#[test]
fn renaming_an_id_writes_it_anew_in_every_registry_file() {
    let fixture = with_registry(
        "//- more.toml\n[[person]] # here\nid = \"x\"\nnames.vi = [\"Đỗ X\"]\noffices = [{ office = 'fish-vn/$0deputy' }]\n",
    );
    let changed = renamed(&fixture, "fish-vn/vice-minister");
    assert_eq!(changed.len(), 2);
    assert!(changed[0].1.contains("id = \"fish-vn/vice-minister\"\norganization"));
    assert!(changed[1].1.contains("office = 'fish-vn/vice-minister' }"), "{}", changed[1].1);
    let taken = rename(&fixture.snapshot, fixture.cursor(), "fish-vn");
    assert_eq!(taken, Err(RenameError::Taken("fish-vn".into())));
}

#[test]
fn what_has_no_name_of_its_own_is_not_renamed() {
    let refused = |text: &str, new: &str| {
        let fixture = with_registry(&format!("//- a.txt\n{text}\n"));
        rename(&fixture.snapshot, fixture.cursor(), new).expect_err("a refusal")
    };
    assert_eq!(refused("ngày 4 tháng $05 năm 2023", "x"), RenameError::Nothing);
    assert_eq!(refused("no$0thing", "x"), RenameError::Nothing);
    assert_eq!(refused("Le Van $0An", "x"), RenameError::Ambiguous("Le Van An".into()));
    for new in ["", " x", "a\nb", "a\u{200b}b"] {
        assert_eq!(refused("Trịnh Công $0Hùng", new), RenameError::Unusable(new.into()));
    }
}

fn completed(fixture: &Fixture) -> Vec<String> {
    let found = completions(&fixture.snapshot, fixture.cursor());
    for item in &found {
        assert_eq!(item.place.end.byte, fixture.cursor().byte);
    }
    let text = fixture.text(fixture.cursor().file);
    let show = |item: &Completion| format!("{}→{} ({})", item.place.span().slice(text), item.text, item.detail);
    found.iter().take(4).map(show).collect()
}

#[test]
fn completion_of_names_in_the_script_being_typed() {
    for (typed, expected) in [
        ("gặp ông Trịnh C$0", vec!["Trịnh C→Trịnh Công Hùng (Phó Thủ tướng)"]),
        ("gặp trinh co$0", vec!["trinh co→Trịnh Công Hùng (Phó Thủ tướng)"]),
        ("gặp Hung$0", vec!["Hung→Trịnh Công Hùng (Phó Thủ tướng)"]),
        ("พบกับนายตริญ ก$0", vec!["ตริญ ก→ตริญ กง หุ่ง (Phó Thủ tướng)", "ตริญ ก→จินห์ กงฮุ่ง (Phó Thủ tướng)"]),
        ("พบหุ่ง$0", vec!["หุ่ง→ตริญ กง หุ่ง (Phó Thủ tướng)", "หุ่ง→จินห์ กงฮุ่ง (Phó Thủ tướng)"]),
        ("ที่กระทรวงป$0", vec!["กระทรวงป→กระทรวงประมง (Bộ Thủy sản)"]),
        // Taken apart, and a spelling that is not the usual one.
        ("gặp Tri\u{323}nh Co\u{302}$0", vec!["Tri\u{323}nh Co\u{302}→Trịnh Công Hùng (Phó Thủ tướng)"]),
        ("พบจินห์$0", vec!["จินห์→จินห์ กงฮุ่ง (Phó Thủ tướng)", "จินห์→ตริญ กง หุ่ง (Phó Thủ tướng)"]),
        ("zzz$0", vec![]),
        ("$0", vec![]),
        // One letter begins a word, or says nothing: inside Thai it would begin a name nearly everywhere.
        ("a$0", vec!["a→Lê Vân Ân (Thứ trưởng Bộ Thủy sản)", "a→Lê Văn An (person)"]),
        ("ที่พบก$0", vec![]),
    ] {
        let fixture = with_registry(&format!("//- a.txt\n{typed}\n"));
        let found = completed(&fixture);
        let expected: Vec<String> = expected.into_iter().map(String::from).collect();
        assert!(found.starts_with(&expected) && found.is_empty() == expected.is_empty(), "{typed}: {found:?}");
    }
}

#[test]
fn the_rest_of_a_word_may_be_written_over() {
    for (text, rest) in [
        ("gặp Trịnh C$0ông Hùng", "ông"),
        ("gặp Trịnh Co$0\u{302}ng Hùng", "\u{302}ng"),
        ("theo 31$07/QĐ-BTC.", "7/QĐ-BTC"),
        ("gặp Trịnh$0 Công", ""),
        ("gặp $0Trịnh", ""),
        // Thai goes on without a word's end.
        ("พบตริญ ก$0งหุ่งวันนี้", ""),
        ("Hung$0พบ", ""),
        ("gặp Hung$0", ""),
    ] {
        let fixture = with_registry(&format!("//- a.txt\n{text}\n"));
        let cursor = fixture.cursor();
        let end = end_of_word(&fixture.snapshot, cursor).unwrap().byte;
        assert_eq!(&fixture.text(cursor.file)[cursor.byte as usize..end as usize], rest, "{text}");
    }
    let fixture = with_registry("//- more.toml\n[[office]]\nid = \"x\"\norganization = \"min$0istry-x\"\n");
    let end = end_of_word(&fixture.snapshot, fixture.cursor()).unwrap().byte;
    assert_eq!(end - fixture.cursor().byte, "istry-x".len() as u32);
}

#[test]
fn completion_of_references_and_years() {
    let fixture = with_registry("//- a.txt\nนายกฯ ลงนาม 31$0\n//- b.txt closed\n317/QĐ-BTC 317/QĐ-BTC 9/NQ-CP\n");
    expect![[r#"
        [
            "31→317/QĐ-BTC (Decision 317, Ministry of Finance)",
            "31→318/QĐ-TTg (Về nuôi cá)",
        ]
    "#]]
    .assert_debug_eq(&completed(&fixture));
    for (typed, expected) in [
        ("2566\nวันที่ 4 พฤษภาคม $0", "→2568 (CE 2025)"),
        ("วันที่ 4 พ.ค. 25$0", "25→2568 (CE 2025)"),
        ("ngày 4 tháng 5 $0", "→năm 2025 (BE 2568)"),
        ("ngày 4 tháng 5 năm $0", "→2025 (BE 2568)"),
        ("ngày 4 tháng 5 năm 2$0", "2→2025 (BE 2568)"),
        ("on 4 May $0", "→2025 (BE 2568)"),
        ("on May 4, $0", "→2025 (BE 2568)"),
        ("on May 4, 20$0", "20→2025 (BE 2568)"),
        ("วันที่ 4 พฤษภาคม ปี $0", "→2568 (CE 2025)"),
        ("วันที่ 4 พฤษภาคม พ.ศ.$0", "→2568 (CE 2025)"),
        ("วันที่ 4 พฤษภาคม ปี ค.ศ. 2$0", "2→2025 (BE 2568)"),
        ("ประชุมปี 2021 และ 2022\n4 พฤษภาคม พ.ศ. 25$0", "25→2568 (CE 2025)"),
        ("ประชุมปี 2021 และ 2022\n4 พฤษภาคม $0", "→2025 (BE 2568)"),
    ] {
        let fixture = with_registry(&format!("//- a.txt\n{typed}\n"));
        assert_eq!(completed(&fixture).first().map(String::as_str), Some(expected), "{typed}");
    }
    for nothing in ["dismay $0", "in May$0", "ngày 4 tháng $0", "4 năm $0", "พ.ศ. $0"] {
        let fixture = with_registry(&format!("//- a.txt\n{nothing}\n"));
        assert_eq!(completed(&fixture), [""; 0], "{nothing}");
    }
}

#[test]
fn what_is_spelt_as_typed_comes_first_and_function_words_are_no_beginnings() {
    let registry = "//- o.toml\nversion = 1\n\
        [[organization]]\nid = \"press\"\nnames.vi = [\"Cục Báo chí và Xuất bản\"]\n\
        names.th = [\"กรมหนังสือพิมพ์\", \"กรมข่าวสาร และสิ่งพิมพ์\"]\nabbreviations = [\"CBC\"]\n\
        [[organization]]\nid = \"news\"\nnames.en = [\"Office of News and Film\"]\nnames.th = [\"กรมสื่อ\", \"กรมข่าวสาร\"]\n";
    for (typed, expected) in [
        (
            "ที่กรมข่าว$0",
            vec![
                "กรมข่าว→กรมข่าวสาร (Office of News and Film)",
                "กรมข่าว→กรมข่าวสาร และสิ่งพิมพ์ (Cục Báo chí và Xuất bản)",
                "กรมข่าว→กรมสื่อ (Office of News and Film)",
                "กรมข่าว→กรมหนังสือพิมพ์ (Cục Báo chí và Xuất bản)",
            ],
        ),
        ("của CB$0", vec!["CB→CBC (Cục Báo chí và Xuất bản)", "CB→Cục Báo chí và Xuất bản (organization)"]),
        ("the Film$0", vec!["Film→Office of News and Film (organization)"]),
        ("สิ่ง$0", vec!["สิ่ง→กรมข่าวสาร และสิ่งพิมพ์ (Cục Báo chí và Xuất bản)", "สิ่ง→กรมหนังสือพิมพ์ (Cục Báo chí và Xuất bản)"]),
        ("gặp và$0", vec![]),
        ("now and$0", vec![]),
        ("พูดและ$0", vec![]),
    ] {
        let fixture = Fixture::new(&format!("{registry}//- a.txt\n{typed}\n"));
        assert_eq!(completed(&fixture), expected, "{typed}");
    }
}

#[test]
fn completion_in_toml_needs_no_readable_file() {
    for (typed, expected) in [
        (
            "//- r.toml\n[[person]]\nid = \"x\"\noffices = [{ office = \"dep$0",
            "dep→fish-vn/deputy (Thứ trưởng Bộ Thủy sản)",
        ),
        ("//- r.toml\n[[office]]\nid = \"x\"\norganization = \"$0\"", "→fish-vn (Bộ Thủy sản)"),
        ("//- r.toml\n[[organization]]\nsuccessor = { id = \"go$0", "go→gov-vn (Chính phủ)"),
        ("//- r.toml\n[[person]]\nid = \"x\"\nocc$0", "occ→occupation (What the person does.)"),
        ("//- r.toml\n[[pe$0", "pe→person (Somebody; with offices, an official.)"),
        ("//- r.toml\n[[person]]\nid = \"x\"\n[[$0", "→person (Somebody; with offices, an official.)"),
        ("//- r.toml\n[[person]]\nid = \"x\"\n[[person.$0", "person.→person.offices (Offices held.)"),
        ("//- r.toml\n[[person]]\nid = \"x\"\n[[person.offices]]\nof$0", "of→office (The id of the office.)"),
        (
            "//- r.toml\n[[person]]\nid = \"x\"\n[[person.offices]]\noffice = \"dep$0",
            "dep→fish-vn/deputy (Thứ trưởng Bộ Thủy sản)",
        ),
        ("//- r.toml\n[[person]]\nid = \"x\"\nnames.t$0", "t→th ()"),
        ("//- r.toml\n[[person]]\nid = \"x\"\nnames.vi = [\"A\"]\nnames.lo-$0", "lo-→lo-Latn ()"),
        (
            "//- r.toml\n[[person]]\nid = \"x\"\noffices = [\n  { office = \"fish-vn/deputy\", un$0",
            "un→until (Last day, a TOML date.)",
        ),
        // A bracket that is open above does not swallow what follows.
        (
            "//- r.toml\n[[person]]\nid = \"x\"\nnames.vi = [\"A\"\noffices = [{ office = \"dep$0",
            "dep→fish-vn/deputy (Thứ trưởng Bộ Thủy sản)",
        ),
        ("//- r.toml\n[[office]]\nid = \"x\"\norganization = $0", "→\"fish-vn\" (Bộ Thủy sản)"),
        ("//- r.toml\n[[person]]\nid = \"x\"\nunverified = t$0", "t→true ()"),
        ("//- scholiast.toml\n[$0", "→corpus (What belongs to the corpus.)"),
        ("//- scholiast.toml\n[editor]\ncode-lens = f$0", "f→false ()"),
        (
            "//- scholiast.toml\n[rules]\npre$0",
            "pre→preset (The severities of the rules that are not named; at the top of the file only. strict: every finding is a warning at least; lenient: warnings are information, milder findings are silent.)",
        ),
        ("//- scholiast.toml\n[rules]\n\"text/glued\" = \"wa$0", "wa→warning ()"),
        ("//- scholiast.toml\n[rules]\npreset = \"len$0", "len→lenient ()"),
        ("//- scholiast.toml\n[[suppress]]\nrule = \"entity/am$0", "entity/am→entity/ambiguous ()"),
        ("//- scholiast.toml\n[rules]\n\"entity/am$0\" = \"off\"\n", "entity/am→entity/ambiguous ()"),
    ] {
        let fixture = with_registry(&format!("{typed}\n"));
        let found = completed(&fixture);
        let first = found.first().map(|first| match first.find(" (") {
            Some(at) if typed.contains("entity/am") => format!("{} ()", &first[..at]),
            _ => first.clone(),
        });
        assert_eq!(first.as_deref(), Some(expected), "{typed}: {found:?}");
    }
    for nothing in
        ["//- r.toml\n# [[pe$0", "//- r.toml\n[[person]]\nid = \"x$0", "//- r.toml\n[[person]]\nnames.vi = [\"$0"]
    {
        assert_eq!(completed(&with_registry(&format!("{nothing}\n"))), [""; 0], "{nothing}");
    }
    let fixture = with_registry("//- a.txt\nTrịnh C$0\n");
    let item = completions(&fixture.snapshot, fixture.cursor()).remove(0);
    let said = resolve_completion(&fixture.snapshot, &item.more.expect("more"), true).expect("documentation");
    assert!(said.starts_with("**Trịnh Công Hùng** · official · `trinh-cong-hung`"), "{said}");
}

#[test]
fn lenses_count_mentions() {
    let fixture = with_registry("//- a.txt\nTrịnh Công Hùng, Lê Văn An, Le Van An\n//- b.txt closed\nตริญ กง หุ่ง\n");
    let people = fixture.file("people.toml");
    let lenses = code_lens(&fixture.snapshot, people);
    let said: Vec<String> = lenses
        .iter()
        .take(3)
        .map(|lens| format!("{}: {}", lens.id, said(&fixture.snapshot, people, lens).expect("a count")))
        .collect();
    assert_eq!(
        said,
        ["trinh-cong-hung: 2 mentions in 2 files", "le-van-an: 2 mentions in 1 file", "le-van-an-2: no mentions"]
    );
}

#[test]
fn hints_say_what_letters_and_numbers_mean() {
    let fixture =
        with_registry("//- a.txt\nจินห์ กงฮุ่ง ตริญ กง หุ่ง 4 พฤษภาคม 2566 318/QĐ-TTg มติที่ 9/NQ-CP ปี 2021 ช่วงปี 2564-2566\n");
    let file = fixture.file("a.txt");
    let all = FileRange { file, span: Span::new(0, 10_000) };
    let hints = inlay_hints(&fixture.snapshot, all, HintKinds::default());
    let text = fixture.text(file);
    let shown: Vec<String> = hints
        .iter()
        .map(|hint| {
            let before: String = text[..hint.position.byte as usize].chars().rev().take(4).collect();
            format!("{}|{}", before.chars().rev().collect::<String>(), hint.label)
        })
        .collect();
    expect![[r#"
        [
            "ฮ\u{e38}\u{e48}ง|ตร\u{e34}ญ กง ห\u{e38}\u{e48}ง",
            "2566|2023",
            "-TTg|คำส\u{e31}\u{e48}ง",
            "2566|2021–2023",
        ]
    "#]]
    .assert_debug_eq(&shown);
    let years = HintKinds { spelling: false, year: true, decree: false };
    assert!(inlay_hints(&fixture.snapshot, all, years).iter().all(|hint| hint.kind == hints::HintKind::Year));
}

#[test]
fn tokens_do_not_overlap() {
    let fixture = with_registry(
        "//- a.txt\nรัฐมนตรีว่าการกระทรวงประมง ตริญ กง หุ่ง 4 พฤษภาคม 2566\nLe Van An 318/QĐ-TTg Trinh Cong Hung 😀 31/2/2023\n",
    );
    let file = fixture.file("a.txt");
    let tokens = semantic_tokens(&fixture.snapshot, file);
    assert!(tokens.windows(2).all(|pair| pair[0].place.end <= pair[1].place.start));
    let text = fixture.text(file);
    let shown: Vec<String> = tokens
        .iter()
        .map(|token| {
            let modifiers =
                (0..MODIFIERS.len()).filter(|bit| token.modifiers & (1 << bit) != 0).map(|bit| MODIFIERS[bit]);
            let name = TokenType::ALL[token.kind.number() as usize].1;
            format!("{} {name} {}", token.place.span().slice(text), modifiers.collect::<Vec<_>>().join("+"))
        })
        .collect();
    expect![[r#"
        [
            "ร\u{e31}ฐมนตร\u{e35}ว\u{e48}าการ office ",
            "กระทรวงประมง organization ",
            "ตร\u{e34}ญ กง ห\u{e38}\u{e48}ง person official",
            "4 พฤษภาคม 2566 date ",
            "Le Van An person ambiguous+folded",
            "318/QĐ-TTg decree registered",
            "Trinh Cong Hung person official+folded",
            "31/2/2023 date faulty",
        ]
    "#]]
    .assert_debug_eq(&shown);
    for (number, (kind, _)) in TokenType::ALL.iter().enumerate() {
        assert_eq!(kind.number() as usize, number);
    }
    let second = text.find("Le Van").expect("there") as u32;
    let range = semantic_tokens_range(&fixture.snapshot, FileRange { file, span: Span::new(second + 2, second + 3) });
    assert_eq!(range[0].place.start.line, 1);
}

#[test]
fn links_lead_out() {
    let fixture = with_registry(
        "//- a.txt\nตาม «318/QĐ-TTg» ดู «https://example.org/a_(b)?x=1#y». («http://example.org/ก»)\nhttps://example.org/so- mot-12.html\n",
    );
    let file = fixture.file("a.txt");
    let links = document_links(&fixture.snapshot, file);
    let tooltip = |link: &DocumentLink| resolve_document_link(&fixture.snapshot, link.decree.as_ref()?);
    let shown: Vec<String> =
        links.iter().map(|link| format!("{} {}", link.url, tooltip(link).unwrap_or_default())).collect();
    expect![[r#"
        [
            "https://example.org/318 Về nuôi cá",
            "https://example.org/a_(b)?x=1#y ",
            "http://example.org/ ",
        ]
    "#]]
    .assert_debug_eq(&shown);
}

#[test]
fn folds() {
    let fixture = Fixture::new(
        "//- a.txt\none\ntwo\n\nthree\n\nfour\nfive\nsix\n//- r.toml\n# a\n# b\n[[person]]\nid = \"x\"\nnames.vi = [\n  \"X Y\",\n]\n\n# for z\n[[person]]\nid = \"z\"\nnames.vi = [\"Z Y\"]\n",
    );
    let folds = |path: &str| -> Vec<(u32, u32, bool)> {
        folding_ranges(&fixture.snapshot, fixture.file(path))
            .iter()
            .map(|fold| (fold.start, fold.end, fold.comment))
            .collect()
    };
    assert_eq!(folds("a.txt"), [(0, 1, false), (5, 7, false)]);
    assert_eq!(folds("r.toml"), [(0, 1, true), (2, 6, false), (4, 6, false), (9, 11, false)]);
}

fn grown(texts: &str) -> Vec<String> {
    let fixture = with_registry(texts);
    let text = fixture.text(fixture.cursor().file);
    selection_ranges(&fixture.snapshot, fixture.cursor())
        .iter()
        .map(|place| place.span().slice(text).to_owned())
        .collect()
}

#[test]
fn selections_grow_by_meaning() {
    assert_eq!(
        grown("//- a.txt bom\nวันนี้ รัฐมนตรีว่าการกระทรวงประมง นายตริญ กง หุ่$0ง กล่าวว่า\nอีกบรรทัด\n\nท้าย\n"),
        [
            "ง",
            "หุ่ง",
            "ตริญ กง หุ่ง",
            "นายตริญ กง หุ่ง",
            "รัฐมนตรีว่าการกระทรวงประมง นายตริญ กง หุ่ง",
            "วันนี้ รัฐมนตรีว่าการกระทรวงประมง นายตริญ กง หุ่ง กล่าวว่า",
            "วันนี้ รัฐมนตรีว่าการกระทรวงประมง นายตริญ กง หุ่ง กล่าวว่า\nอีกบรรทัด"
        ]
    );
    assert_eq!(
        grown("//- a.txt\nÔng An đến. Mr. Trịnh Công Hù$0ng nói! Hết.\n"),
        [
            "n",
            "Hùng",
            "Trịnh Công Hùng",
            "Mr. Trịnh Công Hùng",
            "Mr. Trịnh Công Hùng nói!",
            "Ông An đến. Mr. Trịnh Công Hùng nói! Hết."
        ]
    );
    assert_eq!(grown("//- a.txt nfd\nHu\u{302}\u{309}$0 x\n")[0], "u\u{302}\u{309}".to_owned());
    assert!(grown("//- a.txt\n$0\n").is_empty());
    let entry = grown("//- r.toml\n[[person]]\nid = \"do-x$0uan\"\nnames.vi = [\"Đỗ Xuân\"]\n");
    assert_eq!(entry[..3], ["xuan", "do-xuan", "id = \"do-xuan\""]);
}

#[test]
fn hierarchies() {
    let fixture = with_registry(
        "//- a.txt\nTrịnh Công $0Hùng gặp Lê Văn An và Lê Văn An.\nLê Vân Ân.\n//- b.txt closed\nTrịnh Công Hùng, Lê Vân Ân\n",
    );
    let names = |nodes: Vec<HierarchyNode>| {
        nodes.into_iter().map(|node| format!("{} {}", node.name, node.detail)).collect::<Vec<_>>()
    };
    let prepared = prepare_type_hierarchy(&fixture.snapshot, fixture.cursor());
    assert_eq!(names(prepared), ["Trịnh Công Hùng trinh-cong-hung"]);
    assert_eq!(
        names(supertypes(&fixture.snapshot, "trinh-cong-hung")),
        ["Bộ trưởng Bộ Thủy sản 2021-04-08 – 2024-08-26", "Phó Thủ tướng 2024-08-26 –"]
    );
    assert_eq!(names(supertypes(&fixture.snapshot, "fish-vn/deputy")), ["Bộ Thủy sản fish-vn"]);
    assert_eq!(names(subtypes(&fixture.snapshot, "fish-vn")).len(), 2);
    assert_eq!(names(subtypes(&fixture.snapshot, "fish-vn/deputy")), ["Lê Vân Ân le-van-an-2"]);
    let people = prepare_call_hierarchy(&fixture.snapshot, fixture.cursor());
    assert_eq!(people[0].id, "trinh-cong-hung");
    let together = mentioned_together(&fixture.snapshot, "trinh-cong-hung");
    let shown: Vec<String> = together
        .iter()
        .map(|with| {
            format!(
                "{} {} {} {}",
                fixture.path(with.person.at.file),
                with.person.id,
                with.places.len(),
                with.beside.len()
            )
        })
        .collect();
    assert_eq!(shown, ["a.txt le-van-an 2 1", "b.txt le-van-an-2 1 1"]);
}

#[test]
fn keys_say_what_they_are_for() {
    for (text, expected) in [
        (
            "//- r.toml\n[[per$0son]]\nid = \"x\"\nnames.vi = [\"A B\"]\n",
            "**person**\n\n- Somebody; with offices, an official.\n",
        ),
        (
            "//- r.toml\n[[person]]\nid = \"x\"\nnames.vi = [\"A B\"]\ncoun$0try = \"VN\"\n",
            "**person.country**\n\n- ISO 3166-1 code.\n",
        ),
        (
            "//- r.toml\n[[person]]\nid = \"x\"\nnames.vi = [\"A B\"]\noffices = [{ office = \"fish-vn/deputy\", sin$0ce = 2020-01-01 }]\n",
            "**person.offices.since**\n\n- First day, a TOML date.\n",
        ),
        (
            "//- scholiast.toml\n[corpus]\ndocument-date = { mast$0head = true }\n",
            "**corpus.document-date.masthead**\n\n- Whether the head of the text is searched.\n- *values*: true, false\n- *default*: true\n",
        ),
        ("//- r.toml\n[[person]]\nid = \"x\"\nnames.vi = [\"A B\"]\nnob$0ody = 1\n", ""),
        ("//- r.toml\n# per$0son\n", ""),
    ] {
        let fixture = with_registry(text);
        let said = hover(&fixture.snapshot, fixture.cursor()).map(|hover| hover.markdown()).unwrap_or_default();
        assert_eq!(said, expected, "{text}");
    }
    let fixture = with_registry("//- scholiast.toml\n[rules]\n\"entity/amb$0iguous\" = \"off\"\n");
    let said = hover(&fixture.snapshot, fixture.cursor()).expect("a rule").plain();
    assert!(said.starts_with("entity/ambiguous"), "{said}");
}
