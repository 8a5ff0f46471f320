//! Tables by hand: every fault class, what is no reference; and what must hold for any text.

use proptest::prelude::*;

use super::*;
use crate::recognise::fault::{Correction, Fault};
use crate::recognise::profile::{DocumentProfile, Language, When};
use crate::text::Span;

fn table() -> DecreeTable {
    DecreeTable::builtin(2026)
}

/// `core → reference (form)` of each mention.
fn mentions(text: &str) -> Vec<String> {
    find(text, &table())
        .iter()
        .filter(|fact| fact.is_mention())
        .map(|fact| format!("{} → {} ({})", fact.core.slice(text), fact.symbol.reference, fact.form.name()))
        .collect()
}

/// The line from the symbol on as it reads with the correction.
fn corrected(text: &str, correction: &Correction) -> String {
    let (span, new) = &correction.edits[0];
    assert_eq!(correction.edits.len(), 1, "{text}");
    format!("{new}{}", &text[span.end as usize..])
}

/// `class` or `class → right form and what follows` of each fault that counts in a Vietnamese text with marks.
fn faults(text: &str) -> Vec<String> {
    let profile =
        DocumentProfile { language: Language::Vietnamese, marked_vietnamese: true, ..DocumentProfile::default() };
    find(text, &table())
        .iter()
        .flat_map(|fact| fact.faults.clone())
        .filter(|fault| fault.when.holds(&profile))
        .map(|fault| match fault.correction {
            Some(correction) => format!("{} → {}", fault.kind.class().code(), corrected(text, &correction)),
            None => fault.kind.class().code().to_owned(),
        })
        .collect()
}

#[test]
fn neighbours_are_two_references() {
    for (text, expected) in [
        (
            "Decision 2345/QD-TTg - Circular 5/2020/TT-BCA",
            ["2345/QD-TTg → 2345/QĐ-TTg (administrative)", "5/2020/TT-BCA → 5/2020/TT-BCA (normative)"],
        ),
        ("Chỉ thị 08-CT/TƯ, 57/NQ-CP", ["08-CT/TƯ → 08-CT/TƯ (party)", "57/NQ-CP → 57/NQ-CP (administrative)"]),
    ] {
        assert_eq!(mentions(text), expected, "{text}");
    }
}

#[test]
fn every_kind_of_fault() {
    for (text, expected) in [
        ("Theo Quyết định 2345/QD-TTg đã ký", "missing-diacritics → 2345/QĐ-TTg đã ký"),
        ("Nghị quyết 33/NQ-TW", "swapped-separators → 33-NQ/TW"),
        ("Nghị quyết 68-NQ/CP", "swapped-separators → 68/NQ-CP"),
        ("Nghị định 99/2019/CP-NĐ", "swapped-type-agency → 99/2019/NĐ-CP"),
        ("văn bản 2345/QB-TTg", "unknown-type"),
        ("Thông tư 5/2020/TT-BGTTV", "unknown-agency → 5/2020/TT-BGTVT"),
        ("Nghị định 9O/2019/NĐ-CP", "letter-for-digit → 90/2019/NĐ-CP"),
        ("Luật 46/2019/QHl4", "letter-for-digit → 46/2019/QH14"),
        ("Thông tư 5/2020/TT-8CA", "digit-for-letter → 5/2020/TT-BCA"),
        ("Nghị định 99.2019/NĐ-CP", "wrong-separator → 99/2019/NĐ-CP"),
        ("Quyết định 2345/QĐTTg", "wrong-separator → 2345/QĐ-TTg"),
        ("Nghị định 99|2019|NĐ-CP", "wrong-separator → 99/2019/NĐ-CP"),
        ("Quyết định 2345/ QĐ-TTg", "inner-space → 2345/QĐ-TTg"),
        ("Quyết định 2345 QĐ-TTg", "inner-space → 2345/QĐ-TTg"),
        ("Luật số 46/2019/QH 14", "inner-space → 46/2019/QH14"),
        ("Quyết định số /QĐ-BCT", "missing-number"),
        ("Luật số 46/2019/QH", "missing-part → 46/2019/QH14"),
        ("Thông tư liên tịch 07/2013/TTLT-BTP", "missing-part"),
        ("Nghị định 99/NĐ-CP", "missing-year"),
        ("Quyết định 2345/QĐ-TTG", "letter-case → 2345/QĐ-TTg"),
        ("Nghị định 99/19/NĐ-CP", "two-digit-year → 99/2019/NĐ-CP"),
        ("Nghị định 99/38/NĐ-CP", "two-digit-year"),
        ("Nghị định 99/219/NĐ-CP", "impossible-year"),
        ("Nghị định 99/2027/NĐ-CP", "future-year"),
        ("Nghị định 99/2562/NĐ-CP", "era-year → 99/2019/NĐ-CP"),
        ("Luật 46/2019/QH15", "legislature-mismatch → 46/2019/QH14"),
        ("Luật 46/2021/QH12", "legislature-mismatch"),
        ("Nghị định 99/2019/NĐ-BYT", "type-not-allowed"),
        ("Quyết định 2345／QĐ-TTg", "fullwidth-slash → 2345/QĐ-TTg"),
        ("Quyết định 2345/QĐ—TTg", "dash-for-hyphen → 2345/QĐ-TTg"),
        ("Quyết định 2345/QÐ-TTg", "lookalike-d → 2345/QĐ-TTg"),
        ("Nghị định 99/2019/NĐ-С\u{420}", "lookalike-script → 99/2019/NĐ-CP"),
        ("Quyết định ๒๓/QĐ-TTg", "thai-digits → 23/QĐ-TTg"),
        ("Quyết định 2345/\u{200B}QĐ-TTg", "invisible-char → 2345/QĐ-TTg"),
        ("Quyết định 2345/QĐ-QĐ-TTg", "duplicate-part → 2345/QĐ-TTg"),
        ("Thông tư 5/2026/TT-BTNMT", "agency-not-existing-then"),
        ("Nghị định 99/2019/NĐ-CPvề", "glued-word → 99/2019/NĐ-CP về"),
        ("Nghị định số99/2019/NĐ-CP", "glued-word →  99/2019/NĐ-CP"),
        ("thông752/QĐ-TTg", "glued-word →  752/QĐ-TTg"),
        ("Quyết định 002345/QĐ-TTg", "number-shape → 2345/QĐ-TTg"),
        ("Quyết định 5/2005/QĐ-BGD&amp;ĐT", "markup → 5/2005/QĐ-BGD&ĐT"),
        ("Thông tư 2345/QĐ-TTg", "type-word-mismatch"),
        ("มติเลขที่ 2345/QĐ-TTg", "type-word-mismatch"),
        ("ผลงานวิจัยที่ 33-KL/TW", "type-word-mismatch"),
    ] {
        assert_eq!(faults(text), [expected], "{text}");
    }
}

/// Corrections are applied to the whole line: what stands in front of a symbol and behind it stays.
#[test]
fn a_glued_word_is_parted_and_never_deleted() {
    for (text, right) in [
        ("theo Nghị định số99/2019/NĐ-CP đã ký", "theo Nghị định số 99/2019/NĐ-CP đã ký"),
        ("theo nghị quyết12-NQ/TW đã ký", "theo nghị quyết 12-NQ/TW đã ký"),
        ("Nghị định 99/2019/NĐ-CPngày 3/4/2019", "Nghị định 99/2019/NĐ-CP ngày 3/4/2019"),
        ("Quyết định số99/QĐ-TTgvề việc", "Quyết định số 99/QĐ-TTg về việc"),
        ("theo NĐ99/2019/NĐ-CP đã ký", "theo NĐ 99/2019/NĐ-CP đã ký"),
        ("theo NQ12-NQ/TW đã ký", "theo NQ 12-NQ/TW đã ký"),
    ] {
        let facts = find(text, &table());
        let correction = facts[0].faults[0].correction.clone();
        let mut line = text.to_owned();
        for (span, new) in correction.iter().flat_map(|correction| correction.edits.iter().rev()) {
            line.replace_range(span.range(), new);
        }
        assert_eq!(line, right);
        assert!(correction.is_some_and(|correction| correction.safe), "{text}");
    }
}

/// The capital before a vowel is the first of the word, as far as anybody can tell.
#[test]
fn a_word_whose_first_letter_is_unsure_is_parted_by_a_person() {
    for text in ["Quyết định 99/2019/QĐ-KTNNXửlý", "02/2009/TTLT-BTP-BQLHướng dẫn", "Thông tư 3/2020/TT-BTCông bố"]
    {
        for fact in find(text, &table()) {
            assert!(fact.faults.iter().all(|fault| !fault.correction.as_ref().is_some_and(|fix| fix.safe)), "{text}");
        }
    }
    assert_eq!(mentions("02/2009/TTLT-BTP-BQLHướng dẫn"), ["02/2009/TTLT-BTP-BQL → 02/2009/TTLT-BTP-BQL (joint)"]);
}

#[test]
fn a_hyphen_inside_an_issuer_is_no_other_issuer() {
    for text in ["Thông tư 18/2013/TT-BGD-ĐT", "Quyết định 18/2007/QĐ-BLĐ-TBXH"] {
        assert_eq!(faults(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn what_word_and_issuer_leave_open_is_repaired() {
    for (text, expected) in [
        ("Kết luận số 61-KL/TWW", &["unknown-agency → 61-KL/TW"][..]),
        ("Thông tư liên tịch 04/2015/TTLT-BTP-TADTC", &["unknown-agency → 04/2015/TTLT-BTP-TANDTC"]),
        ("Hướng dẫn số 61-HD/UBKTW", &["unknown-agency → 61-HD/UBKTTW"]),
        ("Quyết định 61/QĐ-BLTDBXH", &["unknown-agency → 61/QĐ-BLĐTBXH"]),
        ("Thông tư 02/2016/TT-TADTC", &["unknown-agency → 02/2016/TT-TANDTC"]),
        ("Hướng dẫn số 8/HDX-BTC", &["unknown-type → 8/HD-BTC"]),
        ("Hướng dẫn số 18-HDX/VPTW", &["unknown-type → 18-HD/VPTW"]),
        ("Nghị định 61/2019/-CP", &["missing-part → 61/2019/NĐ-CP"]),
        ("Nghị định 61/2019/...-CP", &["missing-part → 61/2019/NĐ-CP"]),
        ("Kết luận số 61-/TW", &["missing-part → 61-KL/TW"]),
        ("văn bản số 61-/TW", &["missing-part"]),
        ("theo 61-KL/TW, 62-/TW và 63-/VPTW", &["missing-part", "missing-part"]),
        ("Nghị định 61/2019/NĐ", &["missing-part → 61/2019/NĐ-CP"]),
        ("Nghị định 61/2019/CP", &["missing-part → 61/2019/NĐ-CP"]),
        ("Nghị quyết số 47|NQ-CP", &["wrong-separator → 47/NQ-CP"]),
        ("Quyết định 61/2003/QĐ-CP", &["type-not-allowed → 61/2003/QĐ-TTg"]),
        ("Chỉ thị 9/CT-CP", &["type-not-allowed → 9/CT-TTg"]),
        ("văn bản số 02/2008/NĐ-HĐTP", &["type-not-allowed → 02/2008/NQ-HĐTP"]),
        ("Nghị định 61/2019/NĐ-TTg", &["type-not-allowed → 61/2019/NĐ-CP"]),
        ("Thông tư 61/2019/NQ-BYT", &["type-not-allowed → 61/2019/TT-BYT", "type-word-mismatch"]),
    ] {
        assert_eq!(faults(text), expected, "{text}");
    }
}

#[test]
fn letters_of_old_and_of_local_bodies_are_left_alone() {
    for text in [
        "Thông tư 07/BXD-TT hướng dẫn thi hành",
        "Thông tư số 07/BXD-TT ngày 2/3/1993",
        "Thông tư liên bộ số 17/TT-LB về học bổng",
        "Lệnh số 12-L/CTN công bố Pháp lệnh",
        "Pháp lệnh số 12-L/CTN và Luật 9-LCT/HĐNN8",
        "Thông tư số 88/1998/TC-TCT của Bộ Tài chính",
        "Báo cáo số 771/BYT-KCB, Tờ trình số 772/BNV-TCBC, Kế hoạch 773/BCT-KH",
        "Thông tri số 12/TT-TW ngày 8/9/1972 của Ban Bí thư",
        "Thông tri số 22-TT/TW của Ban Bí thư",
        "Thông tư 7-TT/TC ngày 3/2/1979",
        "Thông tư số 01/2011/TT-CA, Chỉ thị 02/2011/CT-CA",
        "Thông tư 5/2010/TT-SGD, Quyết định 6/2003/QĐ-SXD, Quyết định 7/2002/QĐ-UBT",
        "Quyết định số 61/QĐ-CT-THNVDT, Quyết định số 62/QĐ/KTTV",
        "Căn cứ 61/QĐ/KTTV, 62/QĐ/KHCN; giá 40/-, 61-/BK, 12/-KT",
        "Công văn số 61/CV-TNMT của Phòng, Quyết định số 62/QĐ-GDĐT và Kế hoạch 63/KH-VHTTDL",
        "Thông tư liên tịch 03/2001/TTLT-BKHCN&MT-BTC",
        "Kế hoạch 61-KH/VPTWĐ, Quyết định 61/QĐ-BVĐKTT, Quyết định 62/QĐ-BQLKCN",
        "Thông tư 58/TC-ĐT, Quyết định 315-CT, công văn 77/CT-TTHT, Công điện số 05/CĐ-TW",
    ] {
        assert_eq!(faults(text), Vec::<String>::new(), "{text}");
    }
    // What is new and clear stays a fault.
    assert_eq!(faults("Nghị quyết 61/NQ-TW"), ["swapped-separators → 61-NQ/TW"]);
    assert_eq!(faults("Nghị định số 61/BTC-TCT"), ["type-word-mismatch"]);
    assert_eq!(faults("Quyết định 752/TTg-QĐ"), ["swapped-type-agency → 752/QĐ-TTg"]);
}

#[test]
fn blanks_of_forms_pieces_of_lines_and_names_of_files_are_no_faults() {
    for text in [
        "Số:    /CT-BTP",
        "Số: /QĐ-UBND",
        "Số      /2009/NĐ-CP",
        "Thông tư số …/2026/TT-BYT, Quyết định số ......./QĐ-BYT",
        "theo Thông tư số 61/2019/TT-",
        "theo Thông tư số 61/2019/TT- ",
        "2019/NĐ-CP của Chính phủ",
        "BGDĐT ngày 3/4/2019",
        "kem theo Quyet dinh so 61.2008.QĐ-BNN da sua doi.doc",
        "phu luc Nghi dinh so 61-2019-NĐ-CP (ban cuoi).docx",
        "xem https://example.org/van-ban/QĐ/61/2019/ND-CP và www.example.org/61/QD-TTg",
        "[văn bản](/vb/61/2019/ND-CP)",
        "2/0H2 ỌL 2/1 ĐNVN",
    ] {
        assert_eq!(faults(text), Vec::<String>::new(), "{text}");
    }
    assert_eq!(faults("Quyết định số /QĐ-BCT"), ["missing-number"]);
    assert_eq!(faults("Quyết định số    /QĐ-BCT"), ["missing-number"]);
    assert_eq!(faults("Thông tư số 61/2019/TT của Bộ"), ["missing-part"]);
    // A link text is text.
    assert_eq!(
        faults("Quyết định số [61/2016/QĐ-TTG](http://example.org)"),
        ["letter-case → 61/2016/QĐ-TTg](http://example.org)"]
    );
}

#[test]
fn a_date_is_joined_where_the_words_tie_it() {
    let linked = |text: &str, date: &str| {
        let mut facts = find(text, &table());
        let start = text.rfind(date).unwrap_or_default();
        let span = Span::of(start, start + date.len());
        link_dates(&mut facts, &[(span, span)], text, &table());
        facts.iter().filter_map(|fact| fact.date.map(|_| fact.symbol.reference.to_string())).collect::<Vec<_>>()
    };
    for (text, date) in [
        ("Nghị định 61/2018/NĐ-CP ngày 15/3/2021 của Chính phủ", "15/3/2021"),
        ("Nghị định 61/2018/NĐ-CP (ngày 15/3/2018)", "15/3/2018"),
        ("Nghị định 61/2018/NĐ-CP, ngày 15/3/2018", "15/3/2018"),
        ("Quyết định 61/QĐ-BNN ngày 15/3/2008 của Bộ trưởng Bộ Nông nghiệp và Phát triển nông thôn", "15/3/2008"),
        ("Quyết định 61/QĐ-TTg ngày 15/3/2008 của Thủ tướng Chính phủ", "15/3/2008"),
        ("Quyết định 61/QĐ-UBND ngày 15/3/2008 của Chủ tịch Ủy ban nhân dân tỉnh", "15/3/2008"),
        ("มติที่ 61/QD-TTg ลงวันที่ 7 มกราคม 2564", "7 มกราคม 2564"),
        ("Quyết định 61/QĐ-TTg năm 2019", "2019"),
    ] {
        assert_eq!(linked(text, date).len(), 1, "{text}");
    }
    for (text, date) in [
        ("| 61/2018/NĐ-CP | 15/3/2021 |", "15/3/2021"),
        ("61/QĐ-TTg\t15/3/2021", "15/3/2021"),
        ("Thông tư sửa đổi Nghị định 61/2018/NĐ-CP ngày 15/3/2021 của Bộ Tài chính", "15/3/2021"),
        ("Quyết định 8/QĐ-BTC ... sửa đổi Quyết định 61/QĐ-TTg ngày 15/3/2021 của Bộ trưởng Bộ Y tế", "15/3/2021"),
        ("Nghị định 15/2021/NĐ-CP sửa đổi Nghị định 61/2018/NĐ-CP ngày 15/3/2021 của Chính phủ", "15/3/2021"),
        ("Thực hiện Nghị định 61/2018/NĐ-CP, ngày 15/3/2021 tỉnh đã họp", "15/3/2021"),
        ("Luật 61/2018/QH14 năm 2021", "2021"),
    ] {
        assert_eq!(linked(text, date), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn silence() {
    for text in [
        "TCVN 9386:2012, QCVN 03:2022/BXD, QCVN 40-MT : 2011/BTNMT",
        "ISO/IEC 17025:2017, ngày 12/05/2023, tỷ lệ 3/4, 024.3826.7890, xe 30G-456.78",
        "Mẫu số 03/TNCN, tờ khai B02-DN, biểu mẫu 07/ĐK-TCT",
        "Giấy phép 25/GP-BTTTT; Bản án 17/2021/HS-PT",
        "https://vbpl.vn/TW/99/2019/ND-CP?x=2345/QD-TTg và 99-2019-nd-cp.html",
        "Điều 12.4.NĐ.3.1 và Điều 5.2.TT.7",
        "Số: ……/QĐ-UBND ngày … tháng … năm …",
        "ที่ มท 0211/ว 4567 ลงวันที่ 9 มีนาคม 2566",
        "PET/CT, 24/7, 5G/LTE, AK-47, A/H5N1, 220/380V-AC",
    ] {
        assert!(find(text, &table()).is_empty(), "{text}: {:?}", find(text, &table()));
    }
    for text in [
        "Nghị quyết 68/NQ-CP và มติคณะรัฐมนตรีฉบับที่ 68/NQ-CP",
        "theo quy định 99/2019/NĐ-CP",
        "Công văn 3456/TTg-NN",
        "Quyết định 12/QĐ-ĐHBK, Kế hoạch 34/KH-SGDĐT",
        "Thông tư 15/2008/TT-BNV",
    ] {
        assert_eq!(faults(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn marks_are_asked_for_only_among_marks() {
    let when = |text: &str| find(text, &table())[0].faults[0].when;
    assert_eq!(when("theo Quyết định số 2345/QD-TTg của Thủ tướng"), When::Always);
    assert_eq!(when("ตามคำสั่งที่ 2345/QD-TTg"), When::ActionOnly);
    assert_eq!(when("under Decision No. 2345/QD-TTg"), When::ActionOnly);
    assert_eq!(when("2345/QD-TTg"), When::Language(Language::Vietnamese));
}

#[test]
fn citations_are_one_piece() {
    let text = "มติหมายเลข 2345/QD-TTg ลงวันที่ 7 มกราคม 2564 ของ";
    let mut facts = find(text, &table());
    let start = text.find('7').map(|at| at as u32).unwrap_or_default();
    let end = text.find(" ของ").map(|at| at as u32).unwrap_or_default();
    link_dates(&mut facts, &[(Span::new(start, end), Span::new(start, end))], text, &table());
    assert_eq!(facts[0].extent.slice(text), "มติหมายเลข 2345/QD-TTg ลงวันที่ 7 มกราคม 2564");
    assert_eq!(facts[0].date.map(|date| date.index), Some(0));
    assert_eq!(facts[0].type_word.as_ref().map(|word| &*word.surface), Some("มติ"));
}

#[test]
fn what_is_incomplete_says_what_would_complete_it() {
    let full = &find("30/2021/TT-BYT", &table())[0].symbol;
    let part = find("Thông tư 30/TT-BYT", &table())[0].incomplete.clone();
    assert!(part.is_some_and(|part| part.is_completed_by(full)));
    let law = &find("46/2021/QH15", &table())[0].symbol;
    let part = find("Luật số 46/2021/QH", &table())[0].incomplete.clone();
    assert!(part.is_some_and(|part| part.is_completed_by(law)));
}

#[test]
fn dates_judge_what_the_symbol_leaves_open() {
    let facts = find("Quyết định 12/QĐ-BTTTT, Nghị định 99/2019/NĐ-CP", &table());
    assert!(agency_fault_on(&facts[0], (2024, 5, 1), &table()).is_none());
    assert!(agency_fault_on(&facts[0], (2025, 5, 1), &table()).is_some());
    assert!(date_year_fault(&facts[1], 2019).is_none());
    assert!(
        date_year_fault(&facts[1], 2020)
            .is_some_and(|fault| fault.kind == DecreeFault::DateYearMismatch { symbol: 2019, date: 2020 })
    );
}

#[test]
fn description_spells_the_parts_out() {
    let symbol = &find("46/2019/QH14", &table())[0].symbol;
    assert_eq!(describe(symbol, &table()).legislature, Some((14, 2016, 2021)));
    let symbol = &find("Thông tư 5/2020/TT-BTTTT", &table())[0].symbol;
    let spelt = describe(symbol, &table());
    assert_eq!(spelt.kind.map(|part| part.th), Some("หนังสือเวียน".into()));
    assert_eq!(spelt.issuers[0].successor.as_ref().map(|part| &*part.letters), Some("BKHCN"));
}

/// Pieces that symbols and their look-alikes are made of.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "30",
        "2020",
        "NĐ",
        "CP",
        "/",
        "-",
        " ",
        "QD",
        "TTg",
        "số",
        "QH13",
        "–",
        "／",
        "&amp;",
        ".",
        "๑",
        "\u{301}",
        "\u{200B}",
        "ngày",
        "ký",
        "CPký",
        "0Đ",
        "8TC",
        "2O20",
        "BGDDT",
        "TTLT",
        "UBND",
        "qđ",
        "&ndash;",
        "Nghị định số ",
        "มติที่",
        "O",
        "l",
        "TW",
        "KL",
        ":",
        "_",
        "\\",
        "+",
        ",",
        ";",
        "Đ",
        "😀",
        "\n",
    ]);
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

#[test]
fn nothing_of_a_symbol_follows_a_glued_word() {
    for (text, expected) in [
        ("Nghị định số 9/2020/NĐ-CPký-QĐ", "9/2020/NĐ-CP"),
        ("Quyết định số 9/QĐ-TTgký-QĐ", "9/QĐ-TTg"),
        ("Thông tư 12/2020/TT-BYTngày-TT", "12/2020/TT-BYT"),
    ] {
        let facts = find(text, &table());
        let read: Vec<_> = facts.iter().map(|fact| &*fact.symbol.reference).collect();
        assert_eq!(read, [expected], "{text}");
    }
}

proptest! {
    #[test]
    fn anything_goes_through(text in prop_oneof![".{0,200}", pieces()]) {
        let mut facts = find(&text, &table());
        let mut last = 0;
        for fact in &facts {
            prop_assert!(fact.core.start >= last && fact.extent.contains(fact.core));
            last = fact.core.end;
            prop_assert!(text.get(fact.core.range()).is_some() && text.get(fact.extent.range()).is_some());
            for fault in &fact.faults {
                prop_assert_eq!(text.get(fault.span.range()), Some(&*fault.surface));
            }
        }
        link_dates(&mut facts, &[(Span::of(0, 0), Span::of(0, 0))], &text, &table());
    }

    /// The text that a fix leaves is found again, sound but for what the fix has nothing to do with.
    #[test]
    fn a_fix_leaves_a_sound_reference(text in pieces()) {
        for fact in find(&text, &table()) {
            let Some(right) = fact.faults.iter().find_map(|fault| fault.correction.as_ref()?.text()) else { continue };
            let again = find(right.trim(), &table());
            let is_of_another = |fault: &&Fault<DecreeFault>| {
                let class = DecreeFaultClass::TypeNotAllowed;
                fault.kind.class() == class && fact.faults.iter().any(|fault| fault.kind.class() == class)
            };
            for fault in again.iter().flat_map(|again| &again.faults).filter(|fault| !is_of_another(fault)) {
                let left = fault.correction.as_ref().and_then(|fix| fix.text());
                prop_assert!(left.is_none_or(|left| left == right.trim()), "{right} → {left:?}");
            }
        }
    }
}
