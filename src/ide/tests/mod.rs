//! One check a feature: a small corpus with marks in, what an editor would be told out.

#![allow(clippy::needless_raw_string_hashes, reason = "the hashes are written by expect-test")]

mod anywhere;
mod deciding;
mod duplicates;
mod patterns;
mod shared;
mod short;
mod writing;

use crate::corpus::Snapshot;
use crate::text::{FileId, Span};
use expect_test::{Expect, expect};

use super::fixture::Fixture;
use super::*;
use crate::diagnostic::FileEdit;
use crate::registry::EntityKind;
use crate::rules::check_file;

/// The edits of a rename in one corpus.
fn rename(snapshot: &Snapshot, at: FilePosition, new: &str) -> Result<Vec<FileEdit>, RenameError> {
    renaming(snapshot, at, new)?.edits(snapshot)
}

/// Returns the text of a lens.
fn said(snapshot: &Snapshot, file: FileId, lens: &EntryLens) -> Option<String> {
    Some(standing(snapshot, &lens_entry(snapshot, file, lens)?)?.to_string())
}

/// The registry of most tests.
const REGISTRY: &str = r#"
[[person]]
id = "trinh-cong-hung"
names.vi = ["Trịnh Công Hùng"]
names.th = ["ตริญ กง หุ่ง", "จินห์ กงฮุ่ง"]
offices = [
  { office = "fish-vn/minister", since = 2021-04-08, until = 2024-08-26 },
  { office = "gov-vn/deputy", since = 2024-08-26 },
]
country = "VN"
note = "not the poet"
links = { web = "https://example.org/hung" }

[[person]]
id = "le-van-an"
names.vi = ["Lê Văn An"]

[[person]]
id = "le-van-an-2"
names.vi = ["Lê Vân Ân"]
offices = [{ office = "fish-vn/deputy" }]

[[organization]]
id = "fish-vn"
names.vi = ["Bộ Thủy sản"]
names.th = ["กระทรวงประมง"]

[[organization]]
id = "gov-vn"
names.vi = ["Chính phủ"]

[[office]]
id = "fish-vn/minister"
organization = "fish-vn"
names.vi = ["Bộ trưởng Bộ Thủy sản"]
names.th = ["รัฐมนตรีว่าการกระทรวงประมง"]

[[office]]
id = "fish-vn/deputy"
organization = "fish-vn"
names.vi = ["Thứ trưởng Bộ Thủy sản"]

[[office]]
id = "gov-vn/deputy"
organization = "gov-vn"
names.vi = ["Phó Thủ tướng"]

[[decree]]
id = "318/QĐ-TTg"
date = 2023-05-04
title.vi = "Về nuôi cá"
url = "https://example.org/318"
"#;

pub(super) fn with_registry(texts: &str) -> Fixture {
    Fixture::new(&format!("//- people.toml{REGISTRY}\n{}", texts.trim_start()))
}

fn hover_of(texts: &str) -> String {
    let fixture = with_registry(texts);
    hover(&fixture.snapshot, fixture.cursor()).map_or_else(
        || "nothing".into(),
        |hover| {
            let text = fixture.text(fixture.cursor().file);
            format!("[{}]\n{}", hover.place.span().slice(text), hover.markdown())
        },
    )
}

fn check_hover(texts: &str, expect: &Expect) {
    expect.assert_eq(&hover_of(texts));
}

#[test]
fn hover_on_a_person_says_who_when_and_how_often() {
    check_hover(
        "//- 2023.txt\nฮานอย 4 พฤษภาคม 2566\nนายตริญ กง $0หุ่ง รัฐมนตรีว่าการกระทรวงประมง\n//- later.txt closed\nTrinh Cong Hung\n",
        &expect![[r#"
            [ตริญ กง หุ่ง]
            **Trịnh Công Hùng** · official · `trinh-cong-hung`

            - *office on 2023-05-04*: Bộ trưởng Bộ Thủy sản (2021-04-08 to 2024-08-26)
            - *Thai*: ตริญ กง หุ่ง; จินห์ กงฮุ่ง
            - *mentions*: 1 here, 2 in 2 files
            - *country*: VN
            - *note*: not the poet
            - *web*: <https://example.org/hung>

            ```text
            2021 █████████████████··· 2024 Bộ trưởng Bộ Thủy sản
            2024 ················████      Phó Thủ tướng
                           ▲ 2023-05-04
            ```
        "#]],
    );
}

#[test]
fn hover_on_a_folded_name_says_how_it_was_matched() {
    check_hover(
        "//- a.txt\nMr Trinh Cong H$0ung said\n",
        &expect![[r#"
            [Trinh Cong Hung]
            **Trịnh Công Hùng** · official · `trinh-cong-hung`

            - *office*: Bộ trưởng Bộ Thủy sản (2021-04-08 to 2024-08-26)
            - *office*: Phó Thủ tướng (since 2024-08-26)
            - *Thai*: ตริญ กง หุ่ง; จินห์ กงฮุ่ง
            - *matched*: “Trinh Cong Hung” as “Trịnh Công Hùng”, up to case, marks and spaces
            - *mentions*: 1 here, 1 in 1 file
            - *country*: VN
            - *note*: not the poet
            - *web*: <https://example.org/hung>

            ```text
            2021 █████████████████··· 2024 Bộ trưởng Bộ Thủy sản
            2024 ················████      Phó Thủ tướng
            ```
        "#]],
    );
}

#[test]
fn hover_on_a_name_nobody_has_listed_shows_how_it_is_heard() {
    check_hover(
        "//- a.txt\nนายตรินห์ กอ$0ง ฮุง กล่าว\n",
        &expect![[r#"
            [ตรินห์ กอง ฮุง]
            **Trịnh Công Hùng** · official · `trinh-cong-hung`

            - *office*: Bộ trưởng Bộ Thủy sản (2021-04-08 to 2024-08-26)
            - *office*: Phó Thủ tướng (since 2024-08-26)
            - *Thai*: ตริญ กง หุ่ง; จินห์ กงฮุ่ง
            - *matched*: “ตรินห์ กอง ฮุง” sounds like “Trịnh Công Hùng” (0.86)
            - *syllables*: trịnh ตรินห์ 0.91 · công กอง 0.92 · hùng ฮุง 0.94
            - *mentions*: 1 here, 1 in 1 file
            - *country*: VN
            - *note*: not the poet
            - *web*: <https://example.org/hung>

            ```text
            2021 █████████████████··· 2024 Bộ trưởng Bộ Thủy sản
            2024 ················████      Phó Thủ tướng
            ```
        "#]],
    );
}

#[test]
fn hover_on_nested_mentions_shows_the_inner_one_first() {
    check_hover(
        "//- a.txt\nรัฐมนตรีว่าการกระ$0ทรวงประมง\n",
        &expect![[r#"
        [กระทรวงประมง]
        **Bộ Thủy sản** · organization · `fish-vn`

        - *Thai*: กระทรวงประมง
        - *mentions*: 1 here, 1 in 1 file

        ---

        **Bộ trưởng Bộ Thủy sản** · office · `fish-vn/minister`

        - *organisation*: Bộ Thủy sản
        - *holders*: Trịnh Công Hùng (2021-04-08 to 2024-08-26)
        - *Thai*: รัฐมนตรีว่าการกระทรวงประมง
    "#]],
    );
}

#[test]
fn hover_on_an_ambiguous_name_lists_the_candidates() {
    check_hover(
        "//- a.txt\nLe Van $0An spoke.\n",
        &expect![[r#"
        [Le Van An]
        **Le Van An** · person

        - one of 2; nothing in this document decides
        - *le-van-an*: Lê Văn An
        - *le-van-an-2*: Lê Vân Ân, Thứ trưởng Bộ Thủy sản
    "#]],
    );
}

#[test]
fn hover_says_what_decided() {
    check_hover(
        "//- a.txt\nLê Vân Ân came. Le Van $0An spoke.\n",
        &expect![[r#"
        [Le Van An]
        **Lê Vân Ân** · official · `le-van-an-2`

        - *office*: Thứ trưởng Bộ Thủy sản
        - *matched*: “Le Van An” as “Lê Vân Ân”, up to case, marks and spaces
        - *decided*: several share this spelling; this one is named unmistakably elsewhere in this document
        - *mentions*: 2 here, 2 in 1 file
    "#]],
    );
}

#[test]
fn hover_on_a_date() {
    check_hover(
        "//- a.txt\nประชุมวันที่ 4 พฤษ$0ภาคม 2566\n",
        &expect![[r#"
        [4 พฤษภาคม 2566]
        **Thursday, 4 May 2023** · date

        - *Thai*: วันพฤหัสบดีที่ 4 พฤษภาคม พ.ศ. 2566
        - *Vietnamese*: thứ Năm, ngày 4 tháng 5 năm 2023
        - *year*: CE 2023, BE 2566
        - *value*: 2023-05-04
        - *read as*: Buddhist Era, by the size of the year
    "#]],
    );
    check_hover(
        "//- a.txt\nHà Nội, ngày 4 tháng 5 năm 2023\nHọp ngày 2$08 tháng 12.\n",
        &expect![[r#"
        [28 tháng 12]
        **Wednesday, 28 December 2022** · date

        - *Thai*: วันพุธที่ 28 ธันวาคม พ.ศ. 2565
        - *Vietnamese*: thứ Tư, ngày 28 tháng 12 năm 2022
        - *year*: CE 2022, BE 2565
        - *value*: XXXX-12-28
        - *resolved*: 2022-12-28, from the document's date 2023-05-04
    "#]],
    );
    check_hover(
        "//- a.txt\nHọp ngày 3$01 tháng 2 năm 2023.\n",
        &expect![[r#"
            [31 tháng 2 năm 2023]
            **no such date** · date

            - *wrong*: `31 tháng 2 năm 2023`: February has at most 29 days
        "#]],
    );
}

#[test]
fn hover_on_a_legal_document() {
    check_hover(
        "//- a.txt\nตามมติที่ 318/$0QD-TTg ลงวันที่ 4 พฤษภาคม 2566\n//- b.txt closed\nQuyết định số 318/QĐ-TTg ngày 5 tháng 5 năm 2023\n",
        &expect![[r#"
            [318/QD-TTg]
            **318/QĐ-TTg** · legal document

            - *title (vi)*: Về nuôi cá
            - *Vietnamese*: Quyết định số 318, Thủ tướng Chính phủ
            - *English*: Decision No. 318, Prime Minister
            - *Thai*: คำสั่ง ที่ 318, นายกรัฐมนตรี
            - *issuer*: TTg Thủ tướng Chính phủ (since 1992-10)
            - *wrong*: `มติ` stands for NQ, NQLT, NQLN, but `318/QD-TTg` is of type QĐ (Quyết định, Decision)
            - *date in the registry*: 2023-05-04
            - *text*: <https://example.org/318>
            - *date in the texts*: 2023-05-04 (1×), 2023-05-05 (1×) — they differ
            - *mentions*: 1 here, 2 in 2 files
            - *first*: 2023-05-04 in a.txt
            - *last*: 2023-05-05 in b.txt
            - *also cited in*: b.txt
        "#]],
    );
    check_hover(
        "//- a.txt\nNghị định số 15/2022/$0NĐ-CP của Chính phủ\n",
        &expect![[r#"
        [15/2022/NĐ-CP]
        **15/2022/NĐ-CP** · legal document

        - *Vietnamese*: Nghị định số 15 năm 2022, Chính phủ
        - *English*: Decree No. 15 of 2022, Government
        - *Thai*: กฤษฎีกา ที่ 15 ปี 2022, รัฐบาล
        - *issuer*: CP Chính phủ (since 1992-10)
        - *mentions*: 1 here, 1 in 1 file
    "#]],
    );
}

#[test]
fn hover_in_the_registry() {
    check_hover(
        "//- a.txt\nTrịnh Công Hùng\n//- more.toml\n[[person]]\nid = \"x\"\nnames.vi = [\"Đỗ X\"]\noffices = [{ office = \"fish-vn/$0deputy\" }]\n",
        &expect![[r#"
            [fish-vn/deputy]
            **Thứ trưởng Bộ Thủy sản** · office · `fish-vn/deputy`

            - *organisation*: Bộ Thủy sản
            - *holders*: Đỗ X; Lê Vân Ân
            - *mentions*: none
        "#]],
    );
    assert_eq!(hover_of("//- a.txt\nno $0mention\n"), "nothing");
}

fn goto(texts: &str, ask: fn(&Snapshot, FilePosition) -> Vec<Jump>) -> Vec<String> {
    let fixture = with_registry(texts);
    let links = ask(&fixture.snapshot, fixture.cursor());
    let places: Vec<FilePlace> = links.iter().map(|link| FilePlace { file: link.file, place: link.focus }).collect();
    for link in &links {
        assert!(link.whole.span().contains(link.focus.span()));
        assert!(link.origin.span().touches(fixture.cursor().byte));
    }
    let with_line =
        places.iter().zip(fixture.show(&places)).map(|(at, shown)| format!("{shown} @{}", at.place.start.line));
    with_line.collect()
}

#[test]
fn definition_goes_to_the_entry_and_back() {
    assert_eq!(goto("//- a.txt\nพบ ตริญ กง หุ่$0ง แล้ว\n", definition), ["people.toml: \"ตริญ กง หุ่ง\" @3"]);
    assert_eq!(goto("//- a.txt\nMr Trinh $0Cong Hung\n", definition), ["people.toml: \"Trịnh Công Hùng\" @2"]);
    assert_eq!(goto("//- a.txt\nLe Van $0An\n", definition).len(), 2, "both candidates");
    assert_eq!(goto("//- a.txt\n318/QD-$0TTg\n", definition), ["people.toml: \"318/QĐ-TTg\" @47"]);
    let cited = "//- b.txt\nxem 9/2021/NĐ-$0CP\n//- a.txt closed\nNghị định 9/2021/NĐ-CP và 9/2021/NĐ-CP\n";
    assert_eq!(goto(cited, definition), ["a.txt: 9/2021/NĐ-CP @0"]);
    assert!(goto("//- a.txt\nngày 4 tháng $05 năm 2023\n", definition).is_empty());
    let entry = "//- more.toml\n[[person]]\nid = \"do-x$0uan\"\nnames.vi = [\"Đỗ Văn Xuân\"]\n//- b.txt\nĐỗ Văn Xuân\n//- a.txt closed\n😀 Đỗ Văn Xuân\n";
    assert_eq!(goto(entry, definition), ["a.txt: Đỗ Văn Xuân @0"]);
    let reference =
        "//- more.toml\n[[person]]\nid = \"x\"\nnames.vi = [\"Đỗ X\"]\noffices = [{ office = \"fish-vn/$0deputy\" }]\n";
    assert_eq!(goto(reference, definition), ["people.toml: \"Thứ trưởng Bộ Thủy sản\" @39"]);
}

#[test]
fn declaration_type_and_implementations() {
    let text = "//- a.txt\nฮานอย 4 พฤษภาคม 2566\nTrịnh Công Hùng, ตริญ กง หุ่ง, Trinh Cong $0Hung\n";
    assert_eq!(goto(text, declaration), ["a.txt: Trịnh Công Hùng @1"]);
    assert_eq!(goto(text, type_definition), ["people.toml: \"Bộ Thủy sản\" @23"]);
    assert_eq!(goto(text, implementation).len(), 3);
    assert_eq!(
        goto("//- a.txt\nTrịnh Công $0Hùng\n", type_definition),
        ["people.toml: \"Chính phủ\" @28"],
        "without a date of the document that of today"
    );
    assert_eq!(goto("//- a.txt\n$0Bộ trưởng Bộ Thủy sản\n", type_definition), ["people.toml: \"Bộ Thủy sản\" @23"]);
}

#[test]
fn references_in_every_script_and_file() {
    let fixture = with_registry(
        "//- a.txt bom crlf\nนาย«ตริญ กง หุ่ง» 😀 «Trịnh Công Hùng»\nอีก «Trinh Cong $0Hung»\n//- b.txt closed nfd\nÔng «Trịnh Công Hùng» (ẩ) «Trịnh Công Hùng».\n//- c.txt\nLê Văn An\n",
    );
    fixture.assert_marked(&all_references(&fixture.snapshot, fixture.cursor(), false));
    let with_entry = all_references(&fixture.snapshot, fixture.cursor(), true);
    assert_eq!(fixture.show(&with_entry[..1]), ["people.toml: Trịnh Công Hùng"]);
    let mut first = Vec::new();
    references(&fixture.snapshot, fixture.cursor(), false, &mut |file, places| {
        first.push((file, places.len()));
        std::ops::ControlFlow::Break(())
    });
    assert_eq!(first, [(fixture.file("a.txt"), 3)]);
}

#[test]
fn references_of_an_office_are_in_the_registry_too() {
    let fixture = with_registry("//- a.txt\n$0Thứ trưởng Bộ Thủy sản Lê Vân Ân\n");
    let found = all_references(&fixture.snapshot, fixture.cursor(), false);
    assert_eq!(fixture.show(&found), ["people.toml: fish-vn/deputy", "a.txt: Thứ trưởng Bộ Thủy sản"]);
}

#[test]
fn highlights_the_same_thing_in_this_file() {
    for text in [
        "«Trịnh Công H$0ùng» và «ตริญ กง หุ่ง», Lê Văn An",
        "«4 พฤษภา$0คม 2566» และ «4/5/2023», 5/5/2023",
        "«318/QĐ-T$0Tg», 319/QĐ-TTg, «318/QD-TTg»",
    ] {
        let fixture = with_registry(&format!("//- a.txt\n{text}\n//- b.txt\nTrịnh Công Hùng\n"));
        let file = fixture.cursor().file;
        let found = document_highlight(&fixture.snapshot, fixture.cursor());
        fixture.assert_marked(&found.iter().map(|at| FilePlace { file, place: at.place }).collect::<Vec<_>>());
    }
    let fixture = Fixture::new(
        "//- r.toml\n[[organization]]\nid = \"«f$0ish»\"\nabbreviations = [\"FISH\"]\n[[office]]\nid = \"x\"\norganization = \"«fish»\"\n",
    );
    let found = document_highlight(&fixture.snapshot, fixture.cursor());
    let file = fixture.cursor().file;
    fixture.assert_marked(&found.iter().map(|at| FilePlace { file, place: at.place }).collect::<Vec<_>>());
    assert_eq!(found.iter().map(|at| at.defines).collect::<Vec<_>>(), [true, false]);
}

fn tree(symbols: &[OutlineSymbol], depth: usize, out: &mut Vec<String>) {
    for symbol in symbols {
        assert!(symbol.whole.span().contains(symbol.focus.span()), "{symbol:?}");
        out.push(format!("{}{} [{}] {:?}\n", "  ".repeat(depth), symbol.name, symbol.detail, symbol.kind));
        tree(&symbol.children, depth + 1, out);
    }
}

#[test]
fn outlines() {
    let fixture = with_registry(
        "//- a.txt\nTrịnh Công Hùng, ตริญ กง หุ่ง 4 พฤษภาคม 2566 318/QĐ-TTg\nกระทรวงประมง\n//- scholiast.toml\n[rules]\n\"date/era-clash\" = \"off\"\n[[suppress]]\npath = \"a.txt\"\nrule = \"*\"\n[[suppress]]\npath = \"b.txt\"\nrule = \"*\"\n",
    );
    let mut out = Vec::new();
    for path in ["a.txt", "people.toml", "scholiast.toml"] {
        out.push(format!("-- {path}\n"));
        tree(&document_symbols(&fixture.snapshot, fixture.file(path)), 0, &mut out);
    }
    expect![[r#"
        -- a.txt
        People [1] Group
          Trịnh Công Hùng [trinh-cong-hung] Entity(Official)
            Trịnh Công Hùng [line 1] Mention
            ตริญ กง หุ่ง [line 1] Mention
        Organisations [1] Group
          Bộ Thủy sản [fish-vn] Entity(Organization)
            กระทรวงประมง [line 2] Mention
        Legal documents [1] Group
          318/QĐ-TTg [] Entity(Decree)
            318/QĐ-TTg [line 1] Mention
        Dates [1] Group
          2023-05-04 [] Date
            4 พฤษภาคม 2566 [line 1] Mention
        -- people.toml
        Trịnh Công Hùng [trinh-cong-hung] Entity(Official)
          Bộ trưởng Bộ Thủy sản [fish-vn/minister] Tenure
          Phó Thủ tướng [gov-vn/deputy] Tenure
        Lê Văn An [le-van-an] Entity(Person)
        Lê Vân Ân [le-van-an-2] Entity(Official)
          Thứ trưởng Bộ Thủy sản [fish-vn/deputy] Tenure
        Bộ Thủy sản [fish-vn] Entity(Organization)
        Chính phủ [gov-vn] Entity(Organization)
        Bộ trưởng Bộ Thủy sản [fish-vn/minister] Entity(Office)
        Thứ trưởng Bộ Thủy sản [fish-vn/deputy] Entity(Office)
        Phó Thủ tướng [gov-vn/deputy] Entity(Office)
        318/QĐ-TTg [318/QĐ-TTg] Entity(Decree)
        -- scholiast.toml
        rules [] Table
        suppress [a.txt] Table
        suppress [b.txt] Table
    "#]]
    .assert_eq(&out.concat());
}

#[test]
fn symbols_of_the_workspace_are_found_across_scripts() {
    let fixture = with_registry("//- a.txt\nตริญ กง หุ่ง 318/QĐ-TTg 9/2021/NĐ-CP\n");
    let first = |query: &str| {
        let found = workspace_symbols(&fixture.snapshot, query, 10);
        found.first().map(|symbol| symbol.container.split(" · ").next().unwrap_or_default().to_owned())
    };
    for query in ["hung", "HÙNG", "หุ่ง", "trinh hung", "tch", "trịnh công", "ตริญกง"] {
        assert_eq!(first(query).as_deref(), Some("trinh-cong-hung"), "{query}");
    }
    let hung = &workspace_symbols(&fixture.snapshot, "hung", 10)[0];
    // Editors compare with the name once more, marks and all.
    assert_eq!(hung.name, "Trịnh Công Hùng · ตริญ กง หุ่ง · trinh cong hung");
    assert_eq!(hung.container, "trinh-cong-hung · Phó Thủ tướng");
    assert_eq!(first("318").as_deref(), Some("318/QĐ-TTg"));
    assert_eq!(first("9/2021").as_deref(), Some("a.txt"), "a document without an entry is found at its first citation");
    assert_eq!(first("zzz"), None);
    assert_eq!(workspace_symbols(&fixture.snapshot, "", 4).len(), 4);
}

#[test]
fn entities_are_listed_with_their_counts() {
    let fixture = with_registry(
        "//- a.txt\nตริญ กง หุ่ง 318/QĐ-TTg 9/2021/NĐ-CP\n//- b.txt closed\nTrịnh Công Hùng, จินห์ กงฮุ่ง 9/2021/NĐ-CP\n",
    );
    let row = |query: &str, name: &str| {
        let listed = entities(&fixture.snapshot, query);
        let row = listed.into_iter().find(|row| row.name(&fixture.snapshot) == name)?;
        let EntityCount { mentions, files, exact } = row.count;
        Some((row.kind, mentions, files, exact, row.entry(&fixture.snapshot).map(|(id, _)| id.to_owned())))
    };
    let official = SymbolKind::Entity(EntityKind::Official);
    let hung = Some((official, 3, 2, true, Some("trinh-cong-hung".to_owned())));
    assert_eq!(row("", "Trịnh Công Hùng"), hung);
    assert_eq!(row("หุ่ง", "Trịnh Công Hùng"), hung);
    assert_eq!(row("zzz", "Trịnh Công Hùng"), None);
    let decree = SymbolKind::Entity(EntityKind::Decree);
    assert_eq!(row("", "318/QĐ-TTg"), Some((decree, 1, 1, true, Some("318/QĐ-TTg".to_owned()))));
    assert_eq!(row("", "9/2021/NĐ-CP"), Some((decree, 2, 2, true, None)));
    // The same as the workspace symbols, which have an entry or a first mention to go to.
    let symbols = workspace_symbols(&fixture.snapshot, "", usize::MAX);
    let listed = entities(&fixture.snapshot, "");
    assert_eq!(listed.len(), symbols.len());
    assert!(listed.iter().all(|row| symbols.contains(&row.symbol(&fixture.snapshot).expect("a symbol"))));
}

/// Titles of the actions at the cursor or the first marked range, with what the named one makes of the files.
fn actions_of(fixture: &Fixture) -> Vec<Action> {
    let at = fixture.marked.first().copied().unwrap_or_else(|| {
        let at = fixture.cursor();
        FileRange { file: at.file, span: Span::new(at.byte, at.byte) }
    });
    let file = fixture.snapshot.file(at.file).expect("a text");
    let report = check_file(&fixture.snapshot, file);
    code_actions(&fixture.snapshot, at, &report.diagnostics, &|_, _| false)
}

fn titles(fixture: &Fixture) -> Vec<String> {
    actions_of(fixture).into_iter().map(|action| action.title).collect()
}

fn applied(fixture: &Fixture, title: &str) -> Vec<(String, String)> {
    let action = actions_of(fixture).into_iter().find(|action| action.title == title);
    let action = action.unwrap_or_else(|| panic!("no `{title}` among {:#?}", titles(fixture)));
    match action.change {
        ActionChange::Edits(edits) => fixture.apply(&edits),
        ActionChange::Deferred(deferred) => fixture.apply(&resolve_action(&fixture.snapshot, &deferred)),
    }
}

#[test]
fn actions_write_the_preferred_spelling() {
    let fixture = with_registry("//- a.txt\nจินห์ กง$0ฮุ่ง และ จินห์ กงฮุ่ง\n//- b.txt closed\nตริญ กง หุ่ง กับ จินห์ กงฮุ่ง\n");
    expect![[r#"
        [
            "write `ตร\u{e34}ญ กง ห\u{e38}\u{e48}ง`",
            "write `ตร\u{e34}ญ กง ห\u{e38}\u{e48}ง` everywhere in this file (2 places)",
            "write `ตร\u{e34}ญ กง ห\u{e38}\u{e48}ง` everywhere in the corpus",
        ]
    "#]]
    .assert_debug_eq(&titles(&fixture));
    assert_eq!(
        applied(&fixture, "write `ตริญ กง หุ่ง` everywhere in the corpus"),
        [("a.txt".into(), "ตริญ กง หุ่ง และ ตริญ กง หุ่ง\n".into()), ("b.txt".into(), "ตริญ กง หุ่ง กับ ตริญ กง หุ่ง\n".to_owned())]
    );
    let ambiguous = with_registry("//- a.txt\nLe Van $0An\n");
    assert_eq!(applied(&ambiguous, "write `Lê Vân Ân` (le-van-an-2)"), [("a.txt".into(), "Lê Vân Ân\n".to_owned())]);
}

#[test]
fn actions_extend_the_registry() {
    let fixture = with_registry("//- a.txt\nพบ รัฐมนตรีว่าการกระทรวงประมง นาย«ตรินห์ กอง ฮุง» แล้ว\n");
    expect![[r#"
        [
            "write `ตร\u{e34}ญ กง ห\u{e38}\u{e48}ง`",
            "add `ตร\u{e34}นห\u{e4c} กอง ฮ\u{e38}ง` as a spelling of Trịnh Công Hùng (trinh-cong-hung)",
            "add `ตร\u{e34}นห\u{e4c} กอง ฮ\u{e38}ง` to the registry as a new person",
            "add `ตร\u{e34}นห\u{e4c} กอง ฮ\u{e38}ง` to the registry as a new organization",
            "add `ตร\u{e34}นห\u{e4c} กอง ฮ\u{e38}ง` to the registry as a new place",
            "add `ตร\u{e34}นห\u{e4c} กอง ฮ\u{e38}ง` to the registry as a new official (Bộ trưởng Bộ Thủy sản)",
        ]
    "#]]
    .assert_debug_eq(&titles(&fixture));
    let changed = applied(&fixture, "add `ตรินห์ กอง ฮุง` as a spelling of Trịnh Công Hùng (trinh-cong-hung)");
    assert!(changed[0].1.contains("names.th = [\"ตริญ กง หุ่ง\", \"จินห์ กงฮุ่ง\", \"ตรินห์ กอง ฮุง\"]"), "{}", changed[0].1);
    let fixture = with_registry("//- a.txt\nพบ รัฐมนตรีว่าการกระทรวงประมง นาย«บุ่ย ดึ๊ก ถั่ง» แล้ว\n");
    let changed = applied(&fixture, "add `บุ่ย ดึ๊ก ถั่ง` to the registry as a new official (Bộ trưởng Bộ Thủy sản)");
    let new = changed[0].1.strip_prefix(fixture.text(fixture.file("people.toml"))).expect("what stood there stands");
    expect![[r#"
        [[person]]
        id = "บุ่ยดึ๊กถั่ง"
        names.th = ["บุ่ย ดึ๊ก ถั่ง"]
        offices = [{ office = "fish-vn/minister" }]
    "#]]
    .assert_eq(new);
}

#[test]
fn what_is_new_may_be_a_person_an_organisation_or_a_place() {
    let fixture = with_registry("//- a.txt\nHọp tại « Sông Cầu » nói\n");
    expect![[r#"
        [
            "add `Sông Cầu` to the registry as a new person",
            "add `Sông Cầu` to the registry as a new organization",
            "add `Sông Cầu` to the registry as a new place",
        ]
    "#]]
    .assert_debug_eq(&titles(&fixture));
    let changed = applied(&fixture, "add `Sông Cầu` to the registry as a new place");
    assert!(changed[0].1.ends_with("\n[[place]]\nid = \"song-cau\"\nnames.vi = [\"Sông Cầu\"]\n"), "{}", changed[0].1);
    // What is in the registry is not new.
    let fixture = with_registry("//- a.txt\nที่«กระทรวงประมง» แล้ว\n");
    assert!(titles(&fixture).iter().all(|title| !title.contains("as a new")), "{:?}", titles(&fixture));
}

#[test]
fn actions_fix_and_silence_findings() {
    let fixture =
        with_registry("//- scholiast.toml\n[corpus] # ours\n//- a.txt\nประชุมกับBpTrịnh Công$0 Hùng\nแล้ว\u{200b}จบ\n");
    expect![[r#"
        [
            "put a space between",
            "`Trịnh Công Hùng` is nobody here",
            "silence `entity/glued-name` for `Trịnh Công Hùng` in this file",
            "apply all safe fixes of this file",
        ]
    "#]]
    .assert_debug_eq(&titles(&fixture));
    let silenced = actions_of(&fixture).into_iter().find(|action| action.title.starts_with("silence")).expect("one");
    let ActionChange::Edits(edits) = silenced.change else { panic!("edits") };
    expect![[r#"
        [
            (
                "scholiast.toml",
                "[corpus] # ours\n\n[[suppress]]\npath = \"a.txt\"\nrule = \"entity/glued-name\"\ntext = \"Trịnh Công Hùng\"\nreason = \"seen and accepted on 2025-06-01\"\n",
            ),
        ]
    "#]].assert_debug_eq(&fixture.apply(&edits));
}

#[test]
fn diacritics_of_a_reference_are_offered_where_they_are_no_finding() {
    let fixture = with_registry("//- a.txt\nตามมติที่ 52/Q$0D-TTg ลงวันที่ 4 พฤษภาคม 2566\n");
    assert_eq!(applied(&fixture, "write `52/QĐ-TTg`")[0].1, "ตามมติที่ 52/QĐ-TTg ลงวันที่ 4 พฤษภาคม 2566\n");
}
