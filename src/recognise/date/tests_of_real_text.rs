//! Tables of what real text has and the grammar once took for something else, or missed. The sentences are made up.

use super::tests::{fault, faulty, is_safe, mentions, reads};

/// Sentences in which nothing is wrong, with the dates in them.
#[track_caller]
fn right(cases: &[(&str, &[(&str, &str)])]) {
    for (text, dates) in cases {
        reads(text, dates);
        assert_eq!(fault(text), None, "{text}");
    }
}

/// Sentences that hold no date and no fault of one.
#[track_caller]
fn nothing(texts: &[&str]) {
    for text in texts {
        assert_eq!(mentions(text), [], "{text}");
        assert_eq!(fault(text), None, "{text}");
    }
}

#[test]
fn a_name_is_no_misspelt_unit() {
    right(&[
        ("Hội Nông dân Việt Nam ngày 5/7/2024 họp", &[("5/7/2024", "2024-07-05")]),
        ("Quảng Nam ngày 5 tháng 7 mưa to", &[("5 tháng 7", "XXXX-07-05")]),
        ("kinh tế Việt Nam năm 1998 và Việt Nam đến năm 2035", &[("1998", "1998"), ("2035", "2035")]),
        ("hôm nay 7 tháng 9 trời nắng", &[("7 tháng 9", "XXXX-09-07")]),
        ("Nga 4 tháng 5 rời vòng đàm phán", &[("4 tháng 5", "XXXX-05-04")]),
    ]);
    nothing(&["anh Nam 45 tuổi", "miền Nam 1968 lượt xe", "phía nam 2000 hộ dân"]);
    faulty(
        "misspelt-unit",
        &[
            ("ngày 4 tháng 7 nắm 2023", Some("ngày 4 tháng 7 năm 2023")),
            // Behind these words no name and no side of the world stands.
            ("trong nam 2018 tỉnh trồng rừng", Some("trong năm 2018 tỉnh trồng rừng")),
            ("đến cuối nam 2027 xã đủ nước sạch", Some("đến cuối năm 2027 xã đủ nước sạch")),
        ],
    );
    right(&[("den nam 2027 xa du nuoc sach", &[("2027", "2027")])]);
    nothing(&["có ba nam 2018 chưa đến trường", "từ Nam 2018 chuyển về"]);
    // A passage without marks stays as it is, in whatever document.
    assert_eq!(fault("hop ngay 4 thang 7 nam 2023 o Hue, moi nguoi deu den dung gio"), None);
}

#[test]
fn numbers_before_a_year_are_no_days() {
    right(&[
        ("ระเบียบ ฉบับที่ 5 พ.ศ. 2551", &[("2551", "2008")]),
        ("การแข่งขัน ครั้งที่ 14 พ.ศ. 2566", &[("2566", "2023")]),
        ("โควิด-19 พ.ศ. 2563", &[("2563", "2020")]),
        ("ประชุมครั้งที่ 4-2/2566", &[("2566", "2023")]),
        ("ประชุมครั้ง 3/2566", &[("2566", "2023")]),
    ]);
}

#[test]
fn ranges_of_short_years_stay_whole() {
    right(&[
        ("ตั้งแต่ 3 ต.ค. 61-30 ก.ย. 62", &[("3 ต.ค. 61-30 ก.ย. 62", "2018-10-03/2019-09-30")]),
        ("ผลผลิตปี 64/65 ลดลง", &[("64/65", "2021/2022")]),
        ("In 1870 – 71 the town grew.", &[("1870 – 71", "1870/1871")]),
        ("mưa nhiều trong tháng 6-7", &[("6-7", "XXXX-06/XXXX-07")]),
    ]);
}

#[test]
fn eras_of_long_ago() {
    right(&[
        ("พุทธศักราช 2081", &[("2081", "1538")]),
        ("ปีพุทธศักราช 2081", &[("2081", "1538")]),
        ("กรุงศรีอยุธยาทำสัญญาใน พ.ศ. 2059", &[("2059", "1516")]),
        ("ใน พ.ศ. 2059 (ค.ศ. 1516)", &[("2059", "1516"), ("1516", "1516")]),
        ("เมื่อ พ.ศ. 1893 ถึง พ.ศ. 2010", &[("1893 ถึง พ.ศ. 2010", "1350/1467")]),
        ("เกิดวันที่ 4 มีนาคม 2310", &[("4 มีนาคม 2310", "1767-03-04")]),
        ("วันที่ 29 กุมภาพันธ์ 2470", &[("29 กุมภาพันธ์ 2470", "1928-02-29")]),
        ("วันที่ 3 ตุลาคม ร.ศ. 112", &[("3 ตุลาคม ร.ศ. 112", "1893-10-03")]),
        ("วันที่ 3 ตุลาคม ร.ศ. 9", &[("3 ตุลาคม ร.ศ. 9", "1790-10-03")]),
        ("จักรพรรดิขึ้นครองใน ค.ศ. 54", &[("54", "0054")]),
        ("ยอดขาย พ.ศ. 66", &[("66", "2023")]),
        ("xây năm 2566 Phật lịch", &[("2566", "2023")]),
    ]);
    assert_eq!(mentions("สังคายนาใน พ.ศ. 236"), [("236", "-".to_owned())]);
    assert_eq!(fault("สังคายนาใน พ.ศ. 236"), None);
    faulty(
        "era-clash",
        &[("โรงงานเปิดใน พ.ศ. 2016", Some("โรงงานเปิดใน ค.ศ. 2016")), ("ค.ศ. 2560-2565", Some("พ.ศ. 2560-2565"))],
    );
    faulty("era-mark-typo", &[("ตราขึ้นใน ศ.พ. 2551", Some("ตราขึ้นใน พ.ศ. 2551"))]);
}

#[test]
fn buddhist_years_in_a_document_with_thai() {
    assert_eq!(fault("PM opens fair, 20/09/2566, ข่าวทำเนียบ and much more English text follows here"), None);
    assert_eq!(fault("paid on 20/09/2566 by the office").map(|(code, _)| code), Some("era-clash"));
}

#[test]
fn lines_that_are_wrapped() {
    for text in
        ["ký ngày 28 tháng 11 năm\n", "เมื่อวันที่ 14 กรกฎาคม พ.ศ.\n", "from\n", "ban hành ngày\n", "ngày 28 tháng\n"]
    {
        assert_eq!(fault(text), None, "{text}");
    }
    faulty("missing-part", &[("ký ngày 28 tháng 11 năm; họp", None)]);
}

#[test]
fn the_language_of_a_sentence_is_that_of_its_words() {
    right(&[("By 2023, the office of Trần Thị Hoa was closed", &[("2023", "2023")])]);
    assert_eq!(
        fault("paid to Nguyễn Văn Bình by the bank on 03/04/2024").map(|(code, _)| code),
        Some("ambiguous-order")
    );
    assert_eq!(fault("trả cho ông Bình ngày 03/04/2024 tại Huế"), None);
}

#[test]
fn months_of_other_languages_are_known() {
    nothing(&["17 Agustus", "5 Januari", "3 Oktober", "4. März", "le 3 septembre", "12 de octubre", "9 Setyembre"]);
    assert_eq!(fault("Kemerdekaan, 17 Desember 2019"), None);
    assert_eq!(fault("Jane 2019 and Marco 2020"), None);
    faulty("misspelt-month", &[("on 3 Septemer 2021", Some("on 3 September 2021"))]);
}

#[test]
fn ends_of_words_are_no_era_marks() {
    nothing(&["สำนักงาน อคส. 24 แห่ง", "เพศ 2", "แบบ พด.6", "แบบ พด. 12 ฉบับ"]);
    right(&[("ตั้งขึ้นในพ.ศ. 2519", &[("2519", "1976")]), ("(พศ. 2519)", &[("2519", "1976")])]);
}

#[test]
fn words_that_only_look_doubled() {
    right(&[
        ("ข้าวนาปี ปี 2561/62", &[("2561/62", "2018/2019")]),
        ("The new rules came in in March 2021.", &[("March 2021", "2021-03")]),
    ]);
    faulty("duplicate-word", &[("จัดวันที่วันที่ 3 เมษายน", Some("จัดวันที่ 3 เมษายน"))]);
}

#[test]
fn blanks_of_forms() {
    for text in [
        "ngày    tháng    năm 2015",
        "ngày … tháng … năm 2015",
        "ngày ... tháng 6 năm 2015",
        "วันที่ ..... เดือน ......... พ.ศ. 2560",
        "วันที่      เดือน          พ.ศ. 2560",
    ] {
        assert_eq!(fault(text), None, "{text}");
    }
    faulty("missing-part", &[("ngày    tháng 6 năm 2015", None), ("วันที่ 17 เดือน    พ.ศ. 2560", None)]);
}

#[test]
fn pairs_explain_each_other() {
    for text in ["วันที่ 3/4/2566 (3/4/2023)", "ปี 2566 หรือปี 2023", "ปี 2566/2023", "วันที่ 3 เมษายน 2566, 2023-04-03"]
    {
        assert!(super::find(text, &[]).iter().all(|fact| fact.unmarked_era().is_none()), "{text}");
        assert_eq!(fault(text), None, "{text}");
    }
    let alone = super::find("ปี 2566 และปี 2019", &[]);
    assert!(alone.iter().all(|fact| fact.unmarked_era().is_some()));
}

#[test]
fn what_programs_read_holds_no_dates() {
    nothing(&[
        "bản 2023.2-1 của phần mềm",
        "ไฟล์ มค.4071",
        "ทะเบียน 5 กย 4417 เชียงใหม่",
        "ว่ายได้เวลา 31.25 วินาที",
        "tệp 60-2024-nd-cp.pdf",
        "https://example.org/2024/05/20/tin.html",
        "bao-cao-15-06-2023.pdf",
        "a.12-03-2024@example.org",
    ]);
}

#[test]
fn single_cases() {
    nothing(&["กำไรเป็นไตรมาสที่ 7 ติดต่อกัน"]);
    right(&[
        ("เจอกัน 3 มีนาครับ", &[("3 มีนา", "XXXX-03-03")]),
        ("เมื่อ 19 กันยาฯ ปีก่อน", &[("19 กันยา", "XXXX-09-19")]),
        ("Ngày 30/4 - 07h15 tại bến", &[("30/4", "XXXX-04-30")]),
        ("Calgary Sun, August 16, 2013", &[("August 16, 2013", "2013-08-16")]),
        ("under Directive 44 of June", &[("June", "XXXX-06")]),
        ("20/09/2566 and 05/06/2566 ไทย", &[("20/09/2566", "2023-09-20"), ("05/06/2566", "2023-06-05")]),
    ]);
    faulty("impossible-time", &[("lúc 21 giờ 75 ngày 3/4/2024", None)]);
}

#[test]
fn dates_that_were_missed() {
    right(&[
        ("ฝนตกในเดือน ธ.ค. มาก", &[("ธ.ค.", "XXXX-12")]),
        ("ต้นเดือน มี.ค.-เม.ย. ร้อน", &[("มี.ค.-เม.ย.", "XXXX-03/XXXX-04")]),
        ("งบประมาณ ๒๕๖๘ ของกรม", &[("๒๕๖๘", "2025")]),
        ("เทศกาลสงกรานต์ 2566 คึกคัก", &[("2566", "2023")]),
        ("มีนาคม 9, 2012 เวลาเช้า", &[("มีนาคม 9, 2012", "2012-03-09")]),
        ("พ.ย. 15, 2558 ประกาศ", &[("พ.ย. 15, 2558", "2015-11-15")]),
        ("ส่ง 15-มิ.ย.-64 แล้ว", &[("15-มิ.ย.-64", "2021-06-15")]),
        ("วันที่ 9 เดือน 4 ปี 2566", &[("9 เดือน 4 ปี 2566", "2023-04-09")]),
        ("#24มิถุนายน2563", &[("24มิถุนายน2563", "2020-06-24")]),
        ("sáng nay (17.6), đoàn đến (19/6) tại Huế", &[("17.6", "XXXX-06-17"), ("19/6", "XXXX-06-19")]),
        ("từ 25-8 trường mở cửa", &[("25-8", "XXXX-08-25")]),
        ("lợi nhuận quý 3 tăng mạnh", &[("quý 3", "XXXX-Q3")]),
        ("The town dates back to 1891 when it was small.", &[("1891", "1891")]),
        ("The plan for 2026 is ready.", &[("2026", "2026")]),
        ("It was built in 1898 or 1899.", &[("1898", "1898"), ("1899", "1899")]),
    ]);
    nothing(&["อายุ 27 ปี 4 เดือน 9 วัน", "từ 5-8 người", "tỷ lệ (3/4)"]);
}

#[test]
fn lao_dates() {
    right(&[
        ("ກອງປະຊຸມ ວັນທີ 17 ພະຈິກ 2023 ທີ່ວຽງຈັນ", &[("17 ພະຈິກ 2023", "2023-11-17")]),
        ("ວັນທີ ໓໐ ເດືອນ ເມສາ ປີ ໒໐໒໑", &[("໓໐ ເດືອນ ເມສາ ປີ ໒໐໒໑", "2021-04-30")]),
        ("ໃນເດືອນຕຸລາ ແລະ ປີ 2022", &[("ຕຸລາ", "XXXX-10"), ("2022", "2022")]),
        ("ວັນທີ 9/3/2022 ແລະ ພ.ສ. 2560", &[("9/3/2022", "2022-03-09"), ("2560", "2017")]),
    ]);
    faulty("impossible-day", &[("ວັນທີ 31 ເມສາ 2021", None)]);
    nothing(&["ມີນັກຮຽນ 2022 ຄົນ", "ຕຸລາການ"]);
}

#[test]
fn short_years_of_an_old_document_are_of_its_century() {
    right(&[
        (
            "Camp near Falmouth, December 5, 1862. Yours of 23/11/62 came today",
            &[("December 5, 1862", "1862-12-05"), ("23/11/62", "1862-11-23")],
        ),
        // Sunday in 1862, Friday in 1962.
        (
            "Richmond, 4 May 1862. He left on Sunday, 23/3/62.",
            &[("4 May 1862", "1862-05-04"), ("23/3/62", "1862-03-23")],
        ),
        // A year of another century says that the document is not as old as the letter it speaks of.
        (
            "Her letter of May 4, 1862 was found in 1983, and sold on 23/5/84",
            &[("May 4, 1862", "1862-05-04"), ("1983", "1983"), ("23/5/84", "1984-05-23")],
        ),
        // The year of a founding is no date of the document, and a year of this century is when it was copied.
        ("The school was founded in 1862. It burnt down on 23/5/84", &[("1862", "1862"), ("23/5/84", "1984-05-23")]),
        ("Copied 23/5/09. Richmond, 4 May 1862", &[("23/5/09", "2009-05-23"), ("4 May 1862", "1862-05-04")]),
    ]);
    reads(
        "Washington, March 9, 1862. Yours of the 4/2/62 is here",
        &[("March 9, 1862", "1862-03-09"), ("4/2/62", "1862-02-04")],
    );
}

#[test]
fn a_date_that_another_one_explains_has_its_order() {
    right(&[("5/12/2567 (5/12/2024)", &[("5/12/2567", "2024-12-05"), ("5/12/2024", "2024-12-05")])]);
    assert_eq!(fault("5/12/2024, 6/11/2024").map(|(code, _)| code), Some("ambiguous-order"));
}

#[test]
fn a_hint_inside_a_month_changes_nothing() {
    right(&[
        ("ลงวันที่ 14 สิงหา\u{200b}คม 2565", &[("14 สิงหา\u{200b}คม 2565", "2022-08-14")]),
        ("ลงวันที่ 14 มีนาค\u{2060}ม 2565", &[("14 มีนาค\u{2060}ม 2565", "2022-03-14")]),
        ("ในเมษา\u{200b}ยน 2565", &[("เมษา\u{200b}ยน 2565", "2022-04")]),
    ]);
}

/// Texts whose first fault has a fix that is applied without a person, or with one alone.
#[track_caller]
fn safe(cases: &[(&str, bool)]) {
    for (text, safe) in cases {
        assert_eq!(is_safe(text), *safe, "{text}");
    }
}

#[test]
fn a_repair_beside_letters_that_may_belong_to_the_word_is_not_safe() {
    safe(&[
        ("ลงวันที่ 14 สิงหาค 2565", true),
        ("ลงวันที่ 14 สิงหาคxม 2565", false),
        ("ลงวันที่ 14 เมษาย'น 2565", false),
        ("ngày 14 thang 8 năm 2022 tại Huế", true),
        ("ngày 14fthang 8 năm 2022 tại Huế", false),
        ("ลงวันที่ 14 สิงหาค8ม 2565", false),
        ("ลงวันที่ 14 กุมภาพันธ,์ 2565", false),
        ("ตั้งแต่เมษายน - กรกฎาค ม 2565", false),
        ("kể t ừngày 14 tháng 8 năm 2022", false),
        ("ประจำัวนที่ 14 กันยายน 2565", false),
        ("ประจำวนที่ 14 กันยายน 2565", true),
        ("ในช่วงันที่ 14 กันยายน 2565", false),
        ("ngày 14 /8/2022", true),
        ("14\t/8/2022", false),
    ]);
}

#[test]
fn a_letter_too_many_makes_no_capitals() {
    faulty(
        "misspelt-month",
        &[
            ("from OOctober 3, 2021 on", Some("from October 3, 2021 on")),
            ("FROM OOCTOBER 3, 2021 ON", Some("FROM OCTOBER 3, 2021 ON")),
        ],
    );
}

#[test]
fn two_numbers_of_a_year_are_no_day_and_month() {
    for text in ["học kỳ 1-2/2022", "vụ lúa 5-6/2022", "đợt 3-4/2022"] {
        assert_eq!(fault(text), None, "{text}");
    }
    faulty(
        "wrong-separator",
        &[("ký ngày 5-6/2022", Some("ký ngày 5/6/2022")), ("ký 25-6/2022", Some("ký 25/6/2022"))],
    );
}

#[test]
fn a_thai_letter_with_a_stop_is_a_register() {
    nothing(&["คดีหมายเลขแดงที่ อ.31/4/2565", "คดีดำ (พ.31/4/2565)"]);
    right(&[("เวลา 09.00 น.5/4/2565", &[("5/4/2565", "2022-04-05")])]);
}

#[test]
fn the_units_of_a_date_say_whether_it_has_marks() {
    faulty("misspelt-unit", &[("ngày 17 tháng 5 nam 2021", Some("ngày 17 tháng 5 năm 2021"))]);
    assert_eq!(fault("ngày 17 thang 5 nam 2021"), None);
    assert_eq!(fault("xa da co nuoc sach tu ngày 17 tháng 5 nam 2021, moi nguoi deu mung"), None);
}
