//! People named in short, and titles that the registry does not list.

use super::*;

#[test]
fn hover_on_a_short_mention_says_who_was_named_where() {
    check_hover(
        "//- a.txt\nTrịnh Công Hùng đến.\n\nSau đó ông H$0ùng về.\n",
        &expect![[r#"
            [Hùng]
            **Trịnh Công Hùng** · official · `trinh-cong-hung`

            - *office*: Bộ trưởng Bộ Thủy sản (2021-04-08 to 2024-08-26)
            - *office*: Phó Thủ tướng (since 2024-08-26)
            - *Thai*: ตริญ กง หุ่ง; จินห์ กงฮุ่ง
            - *matched*: “Hùng” is short for who was named in line 1
            - *mentions*: 2 here, 1 of them in short; 1 in full in 1 file
            - *country*: VN
            - *note*: not the poet
            - *web*: <https://example.org/hung>

            ```text
            2021 █████████████████··· 2024 Bộ trưởng Bộ Thủy sản
            2024 ················████      Phó Thủ tướng
            ```
        "#]],
    );
    check_hover(
        "//- a.txt\nTrịnh Công Hùng đến.\nPhó Thủ tướ$0ng nhấn mạnh.\n",
        &expect![[r#"
            [Phó Thủ tướng]
            **Trịnh Công Hùng** · official · `trinh-cong-hung`

            - *office*: Bộ trưởng Bộ Thủy sản (2021-04-08 to 2024-08-26)
            - *office*: Phó Thủ tướng (since 2024-08-26)
            - *Thai*: ตริญ กง หุ่ง; จินห์ กงฮุ่ง
            - *matched*: “Phó Thủ tướng” is short for who was named in line 1
            - *mentions*: 2 here, 1 of them in short; 1 in full in 1 file
            - *country*: VN
            - *note*: not the poet
            - *web*: <https://example.org/hung>

            ```text
            2021 █████████████████··· 2024 Bộ trưởng Bộ Thủy sản
            2024 ················████      Phó Thủ tướng
            ```

            ---

            **Phó Thủ tướng** · office · `gov-vn/deputy`

            - *said of*: Trịnh Công Hùng (trinh-cong-hung), named in line 1
            - *organisation*: Chính phủ
            - *holders*: Trịnh Công Hùng (since 2024-08-26)
        "#]],
    );
}

#[test]
fn a_word_of_office_alone_is_a_mention_of_the_office_of_whoever_stands_beside_it() {
    let text = "//- a.txt\nHọp với «Bộ tr$0ưởng» Trịnh Công Hùng.\n//- b.txt closed\nTrịnh Công Hùng, «Bộ trưởng Bộ Thủy sản»\n\
                //- c.txt closed\nTrịnh Công Hùng và Bộ trưởng Lê Vân Ân\n";
    check_hover(
        &text.replace(['«', '»'], ""),
        &expect![[r#"
            [Bộ trưởng]
            **Bộ trưởng Bộ Thủy sản** · office · `fish-vn/minister`

            - *said of*: Trịnh Công Hùng (trinh-cong-hung)
            - *organisation*: Bộ Thủy sản
            - *holders*: Trịnh Công Hùng (2021-04-08 to 2024-08-26)
            - *Thai*: รัฐมนตรีว่าการกระทรวงประมง
            - *matched*: “Bộ trưởng” by its word of office
            - *decided*: several share this spelling; this one is held by the person named beside it
            - *mentions*: 1 here, 2 in 2 files
        "#]],
    );
    let fixture = with_registry(text);
    let found = all_references(&fixture.snapshot, fixture.cursor(), false);
    let in_texts: Vec<_> = found.iter().filter(|place| place.file != fixture.file("people.toml")).copied().collect();
    fixture.assert_marked(&in_texts);
    let edits = rename(&fixture.snapshot, fixture.cursor(), "Thứ trưởng").expect("edits");
    assert_eq!(fixture.apply(&edits), [("a.txt".to_owned(), "Họp với Thứ trưởng Trịnh Công Hùng.\n".to_owned())]);
}

#[test]
fn hover_on_a_composed_title_names_its_holder() {
    check_hover(
        "//- a.txt\nHọp với Bộ trưởng Th$0ủy sản Trịnh Công Hùng.\n",
        &expect![[r#"
        [Bộ trưởng Thủy sản]
        **Bộ trưởng Bộ Thủy sản** · office · `fish-vn/minister`

        - *said of*: Trịnh Công Hùng (trinh-cong-hung)
        - *organisation*: Bộ Thủy sản
        - *holders*: Trịnh Công Hùng (2021-04-08 to 2024-08-26)
        - *Thai*: รัฐมนตรีว่าการกระทรวงประมง
        - *matched*: “Bộ trưởng Thủy sản” by its word of office and its organisation
        - *mentions*: 1 here, 1 in 1 file
    "#]],
    );
    check_hover(
        "//- a.txt\nปลัดกระ$0ทรวงประมง Trịnh Công Hùng กล่าว\n",
        &expect![[r#"
        [กระทรวงประมง]
        **Bộ Thủy sản** · organization · `fish-vn`

        - *Thai*: กระทรวงประมง
        - *mentions*: 1 here, 1 in 1 file

        ---

        **ปลัดกระทรวงประมง** · office

        - an office that the registry does not have
        - *said of*: Trịnh Công Hùng (trinh-cong-hung)
    "#]],
    );
}

#[test]
fn references_and_highlights_hold_short_mentions_and_rename_leaves_them() {
    let fixture = with_registry(
        "//- a.txt\n«Trịnh Công H$0ùng» đến. Ông «Hùng» về.\n//- b.txt closed\nÔng «Trịnh Công Hùng»; «Phó Thủ tướng» đã nói.\n",
    );
    fixture.assert_marked(&all_references(&fixture.snapshot, fixture.cursor(), false));
    let highlights = document_highlight(&fixture.snapshot, fixture.cursor());
    assert_eq!(highlights.len(), 2);
    let edits = rename(&fixture.snapshot, fixture.cursor(), "Trịnh Công Hưng").expect("a rename");
    let changed = fixture.apply(&edits);
    assert_eq!(changed[1].1, "Trịnh Công Hưng đến. Ông Hùng về.\n");

    let fixture = with_registry("//- a.txt\nTrịnh Công Hùng đến.\nÔng H$0ùng về.\n");
    let refused = prepare_rename(&fixture.snapshot, fixture.cursor()).expect_err("a short mention");
    assert_eq!(refused.to_string(), "`Hùng` is short for who was named in line 1; rename it there");
}

#[test]
fn counts_of_mentions_hold_short_ones() {
    let counted = |texts: &str| {
        let hover = hover_of(texts);
        hover.lines().find_map(|line| line.strip_prefix("- *mentions*: ").map(str::to_owned)).expect("a count")
    };
    for (texts, wanted) in [
        // In this file; those of others would cost their texts.
        (
            "//- a.txt\nTrịnh Công H$0ùng. Ông Hùng, rồi ông Hùng.\n//- b.txt\nTrịnh Công Hùng. Ông Hùng.\n",
            "3 here, 2 of them in short; 2 in full in 2 files",
        ),
        // Of somebody whose spelling is another's, too.
        (
            "//- a.txt\nLê Vân $0Ân. Bà Ân. Le Van An.\n//- b.txt\nLê Vân Ân. Bà Ân.\n",
            "3 here, 1 of them in short; 3 in full in 2 files",
        ),
        // None is short, or another one is.
        ("//- a.txt\nTrịnh Công H$0ùng.\n//- b.txt\nTrịnh Công Hùng. Ông Hùng.\n", "1 here, 2 in 2 files"),
        ("//- a.txt\nTrịnh Công H$0ùng, Lê Vân Ân. Bà Ân.\n", "1 here, 1 in 1 file"),
        // Switched off.
        (
            "//- scholiast.toml\n[editor]\nshort-mentions = false\n//- a.txt\nTrịnh Công H$0ùng. Ông Hùng.\n",
            "1 here, 1 in 1 file",
        ),
    ] {
        assert_eq!(counted(texts), wanted, "{texts}");
    }
}

#[test]
fn in_a_long_text_only_full_mentions_are_counted() {
    let text = "Trịnh Công Hùng.\nÔng Hùng.\n".repeat(600);
    let hover = hover_of(&format!("//- a.txt\n$0{text}"));
    assert!(hover.contains("- *mentions*: 600 here, 600 in 1 file"), "{hover}");
}

#[test]
fn short_mentions_can_be_switched_off() {
    let fixture = with_registry(
        "//- scholiast.toml\n[editor]\nshort-mentions = false\n//- a.txt\nTrịnh Công Hùng đến. Ông H$0ùng về.\n",
    );
    assert_eq!(hover(&fixture.snapshot, fixture.cursor()), None);
}
