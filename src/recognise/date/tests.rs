//! Tables of dates, faults and what is neither, and properties that hold for any text.

use proptest::prelude::*;

use super::*;
use crate::recognise::profile::DocumentProfile;
use crate::text::Span;

/// The profile of a document that is this one line.
pub(super) fn profile(text: &str) -> DocumentProfile {
    let mut counts = Tally::default();
    for c in text.chars() {
        if ('\u{E01}'..='\u{E4E}').contains(&c) {
            counts.thai += 1;
        } else if letters::is_latin(c) {
            counts.latin += 1;
            counts.vietnamese += u32::from(letters::is_vietnamese(c));
        }
    }
    tally(&find(text, &[]), &mut counts);
    DocumentProfile::of(&counts, None)
}

pub(super) fn mentions(text: &str) -> Vec<(&str, String)> {
    let profile = profile(text);
    let value =
        |fact: &DateFact| fact.reading(&profile).value.map_or_else(|| "-".to_owned(), |value| value.to_string());
    find(text, &[]).iter().filter(|fact| fact.is_mention()).map(|fact| (fact.core.slice(text), value(fact))).collect()
}

#[track_caller]
pub(super) fn reads(text: &str, expected: &[(&str, &str)]) {
    let found = mentions(text);
    let found: Vec<(&str, &str)> = found.iter().map(|(core, value)| (*core, value.as_str())).collect();
    assert_eq!(found, expected, "{text}");
}

/// The first fault's code and the text after its fix.
pub(super) fn fault(text: &str) -> Option<(&'static str, Option<String>)> {
    let profile = profile(text);
    let facts = find(text, &[]);
    let fault = facts.iter().flat_map(|fact| fact.faults(&profile)).next()?;
    let fixed = fault.correction.as_ref().map(|correction| {
        let mut fixed = text.to_owned();
        for (span, new) in correction.edits.iter().rev() {
            fixed.replace_range(span.range(), new);
        }
        fixed
    });
    Some((fault.kind.class().code(), fixed))
}

/// Returns whether the repair of the first fault is safe.
pub(super) fn is_safe(text: &str) -> bool {
    let facts = find(text, &[]);
    let profile = profile(text);
    let fault = facts.iter().flat_map(|fact| fact.faults(&profile)).next().expect("a fault");
    fault.correction.as_ref().expect("a repair").safe
}

#[track_caller]
pub(super) fn faulty(code: &str, cases: &[(&str, Option<&str>)]) {
    for (text, fixed) in cases {
        assert_eq!(
            fault(text),
            Some((code, fixed.map(str::to_owned))).as_ref().map(|(code, fixed)| (leak(code), fixed.clone())),
            "{text}"
        );
    }
}

/// Codes are static; tables are not.
fn leak(code: &str) -> &'static str {
    DateFaultClass::ALL.iter().map(|fault| fault.code()).find(|its| *its == code).expect("a fault's code")
}

#[test]
fn thai_days() {
    reads("เปิดงานวันพฤหัสบดีที่ 15 มิถุนายน 2566 ที่ลานกลางเมือง", &[("15 มิถุนายน 2566", "2023-06-15")]);
    reads("เมื่อ 3เม.ย.65 และ 4 เม.ย 2565", &[("3เม.ย.65", "2022-04-03"), ("4 เม.ย 2565", "2022-04-04")]);
    reads("ณ วันที่ ๗ สิงหาคม พุทธศักราช ๒๕๖๔", &[("๗ สิงหาคม พุทธศักราช ๒๕๖๔", "2021-08-07")]);
    reads("8 เดือนกันยายน ค.ศ. 1998", &[("8 เดือนกันยายน ค.ศ. 1998", "1998-09-08")]);
    reads("ลงวันที่ 17/08/2565", &[("17/08/2565", "2022-08-17")]);
    reads("แก้ไข 6-2-66 วันที่ 6-2-66", &[("6-2-66", "2023-02-06")]);
    reads("สิ้นเดือนมีนานี้ และ 20 มีนา 2560", &[("มีนา", "XXXX-03"), ("20 มีนา 2560", "2017-03-20")]);
}

#[test]
fn thai_ranges_and_lists() {
    reads("วันที่ 4-9 ธ.ค. 65", &[("4-9 ธ.ค. 65", "2022-12-04/2022-12-09")]);
    reads("26 ธ.ค. - 2 ม.ค. 66", &[("26 ธ.ค. - 2 ม.ค. 66", "2022-12-26/2023-01-02")]);
    reads("1 มีนาคม 2565 ถึง 15 เมษายน 2566", &[("1 มีนาคม 2565 ถึง 15 เมษายน 2566", "2022-03-01/2023-04-15")]);
    reads("ตั้งแต่วันที่ 1 มีนาคม ถึงวันที่ 9 มีนาคม", &[("1 มีนาคม", "XXXX-03-01"), ("9 มีนาคม", "XXXX-03-09")]);
    reads("12, 13 และ 19 ตุลาคม 2563", &[("12, 13 และ 19 ตุลาคม 2563", "2020-10-12;2020-10-13;2020-10-19")]);
    reads("ม.ค.-มิ.ย. 2565", &[("ม.ค.-มิ.ย. 2565", "2022-01/2022-06")]);
    reads("พ.ศ. 2560-2579 กับ ปี 2565/66", &[("2560-2579", "2017/2036"), ("2565/66", "2022/2023")]);
}

#[test]
fn thai_years_and_periods() {
    reads("ในปี 2561 และ 2562 ส่วนปี 63 ลดลง", &[("2561", "2018"), ("2562", "2019"), ("63", "2020")]);
    reads("ร.ศ. 121 ตรงกับ พ.ศ. 2445", &[("121", "1902"), ("2445", "1902")]);
    reads("ไตรมาสที่ 2 ปี 2566 ไตรมาส 4/65", &[("ไตรมาสที่ 2 ปี 2566", "2023-Q2"), ("ไตรมาส 4/65", "2022-Q4")]);
    reads("ครึ่งหลังของปี พ.ศ. 2562", &[("ครึ่งหลังของปี พ.ศ. 2562", "2019-H2")]);
    reads("ทศวรรษที่ 1970 และยุค 80", &[("1970", "197"), ("80", "198")]);
    reads("ประชุมครั้งที่ 21/2565", &[("2565", "2022")]);
}

#[test]
fn several_quarters_and_decades() {
    reads("Quý II, III và IV năm 2024 đều lãi", &[("Quý II, III và IV năm 2024", "2024-Q2;2024-Q3;2024-Q4")]);
    reads("hai quý I và II/2023", &[("quý I và II/2023", "2023-Q1;2023-Q2")]);
    reads("trong quý I - III/2023", &[("quý I - III/2023", "2023-Q1/2023-Q3")]);
    reads("quý 1, 2 và 3 năm 2023", &[("quý 1, 2 và 3 năm 2023", "2023-Q1;2023-Q2;2023-Q3")]);
    reads("Kết quả quý I, 12 đơn vị lỗ", &[("quý I", "XXXX-Q1")]);
    reads("ไตรมาสที่ 2, 3 และ 4 ปี 2567", &[("ไตรมาสที่ 2, 3 และ 4 ปี 2567", "2024-Q2;2024-Q3;2024-Q4")]);
    reads("ไตรมาส 1-3 ปี 2567", &[("ไตรมาส 1-3 ปี 2567", "2024-Q1/2024-Q3")]);
    reads("thập niên 60 - 70 của thế kỷ trước", &[("60 - 70", "196/197")]);
    reads("trong những năm 1960-1970", &[("1960-1970", "196/197")]);
    reads("những năm 60, 70 của thế kỷ trước", &[("60, 70", "196;197")]);
    reads("những năm 80 và 90 thế kỷ trước", &[("80 và 90", "198;199")]);
    reads("thập niên 80, 20 nhà văn", &[("80", "198")]);
}

#[test]
fn dashes_with_spaces() {
    reads("từ ngày 25 - 11 đến ngày 30 - 11", &[("25 - 11", "XXXX-11-25"), ("30 - 11", "XXXX-11-30")]);
    reads("khai mạc sáng 25 - 11 tại hội trường", &[("25 - 11", "XXXX-11-25")]);
    reads("hạn nộp là ngày 25 - 11 - 2024", &[("25 - 11 - 2024", "2024-11-25")]);
    reads("tháng 5 - 2005, ông về quê", &[("5 - 2005", "2005-05")]);
    reads("ngày 25 - 27, đoàn thăm xưởng", &[]);
    reads("đạt 25 - 11 điểm", &[]);
}

#[test]
fn words_that_touch_a_date_are_no_part_of_it() {
    reads("ข่าววันที่ 7 ส.ค. 62 รายงานว่าน้ำลด", &[("7 ส.ค. 62", "2019-08-07")]);
    assert_eq!(fault("ข่าววันที่ 7 ส.ค. 62 รายงานว่าน้ำลด"), None);
    reads("ในเดือน ส.ค. 62 รายรอดชีวิต", &[("ส.ค.", "XXXX-08")]);
    reads("วันที่ 12 ธ.ค. 64 หลังจากนั้นฝนตก", &[("12 ธ.ค. 64", "2021-12-12")]);
    reads("sáng thứ Năm (14/3) và Chủ nhật (17/3)", &[("14/3", "XXXX-03-14"), ("17/3", "XXXX-03-17")]);
    reads("มาตรฐาน มอก. 2566-2555 ยังใช้อยู่", &[]);
}

#[test]
fn vietnamese_days() {
    reads("Thứ Ba, ngày 4 tháng 7 năm 2023", &[("4 tháng 7 năm 2023", "2023-07-04")]);
    reads("sáng 4/7, chiều 5-7 và ngày 6.7", &[("4/7", "XXXX-07-04"), ("5-7", "XXXX-07-05"), ("6.7", "XXXX-07-06")]);
    reads("Báo Tuổi TrẻBáo Tuổi Trẻ04/07/2023", &[("04/07/2023", "2023-07-04")]);
    reads("ngày 3, 4 và 5/7/2023", &[("3, 4 và 5/7/2023", "2023-07-03;2023-07-04;2023-07-05")]);
    reads("diễn ra 28/6-3/7/2023", &[("28/6-3/7/2023", "2023-06-28/2023-07-03")]);
    reads("từ ngày 01/02/2023 đến ngày 15/02/2023", &[("01/02/2023", "2023-02-01"), ("15/02/2023", "2023-02-15")]);
    reads("ngày 9 tháng Chín năm 1954", &[("9 tháng Chín năm 1954", "1954-09-09")]);
    reads("NGÀY 4 THÁNG 7 NĂM 2023", &[("4 THÁNG 7 NĂM 2023", "2023-07-04")]);
    reads("nga\u{300}y 4 tha\u{301}ng 7 na\u{306}m 2023", &[("4 tha\u{301}ng 7 na\u{306}m 2023", "2023-07-04")]);
}

#[test]
fn vietnamese_months_years_and_periods() {
    reads(
        "tháng 8-1998, tháng 9/1998, tháng 10 năm 1998",
        &[("8-1998", "1998-08"), ("9/1998", "1998-09"), ("10 năm 1998", "1998-10")],
    );
    reads("tháng 4, 5 và 6 năm 2022", &[("4, 5 và 6 năm 2022", "2022-04;2022-05;2022-06")]);
    reads("quý II/2022, quý 3 năm 2022", &[("quý II/2022", "2022-Q2"), ("quý 3 năm 2022", "2022-Q3")]);
    reads("nhiệm kỳ 2020 – 2025 và năm 2030", &[("2020 – 2025", "2020/2025"), ("2030", "2030")]);
    reads("những năm 1980, thập niên 70", &[("1980", "198"), ("70", "197")]);
}

#[test]
fn english_forms() {
    reads("on Tuesday, 4 July 2023 and July 5th", &[("4 July 2023", "2023-07-04"), ("July 5th", "XXXX-07-05")]);
    reads(
        "Sept. 3-8, 2021; 3 and 8 October 2021",
        &[("Sept. 3-8, 2021", "2021-09-03/2021-09-08"), ("3 and 8 October 2021", "2021-10-03;2021-10-08")],
    );
    reads("In June the 1980s returned; since 1997.", &[("June", "XXXX-06"), ("1980s", "198"), ("1997", "1997")]);
    reads("Q2 2023 and the first half of 2022", &[("Q2 2023", "2023-Q2"), ("first half of 2022", "2022-H1")]);
    reads("2023-07-04T10:15:00Z", &[("2023-07-04", "2023-07-04")]);
    reads("the 2011-2020 decade, 2019-20", &[("2011-2020", "2011/2020"), ("2019-20", "2019/2020")]);
    reads("They may march in May 2022.", &[("May 2022", "2022-05")]);
}

#[test]
fn the_order_of_numbers_follows_the_document() {
    reads("paid on 04/07/2023, shipped on 04/25/2023", &[("04/07/2023", "2023-04-07"), ("04/25/2023", "2023-04-25")]);
    reads("paid on 04/07/2023, shipped on 25/04/2023", &[("04/07/2023", "2023-07-04"), ("25/04/2023", "2023-04-25")]);
}

#[test]
fn what_is_no_date() {
    for text in [
        "โทร 02-718-2566 ต่อ 31",
        "ราคา 2,566 บาท ขายได้ 2566 ชิ้น",
        "ชนะ 3-1 เสียง 31/40",
        "หมู่ 7 ต.คลองแห อ.หาดใหญ่",
        "ตุลาการ 9 คน และ 9 ตุลาการ",
        "แรม 3 ค่ำ เดือน 11",
        "อายุ 12 ปี 8 เดือน",
        "อนุสาวรีย์ 14 ตุลา",
        "มติที่ 41-NQ/TW",
        "Nghị định 91/2015/NĐ-CP và QCVN 06-1:2019",
        "đường 30/4, số nhà 12/5, cầu 3/2",
        "tỉ số 2-1, tỷ lệ 3/4, 24/7",
        "mùng 2 tháng 1 âm lịch, rằm tháng 7",
        "thời hạn 10 tháng 15 ngày",
        "dược liệu quý 1",
        "version 3.12.10 of 192.168.10.12",
        "It may rain, they march on.",
        "2000 people paid $1999 for 1850 miles",
    ] {
        assert_eq!(mentions(text), [], "{text}");
        assert_eq!(fault(text), None, "{text}");
    }
}

#[test]
fn sound_dates_have_no_faults() {
    for text in [
        "วันที่ 29 กุมภาพันธ์ 2563",
        "ngày 29/2/2016",
        "วันอังคารที่ 4 กรกฎาคม 2566",
        "Thứ Ba, 4/7/2023",
        "28 ธันวาคม - 3 มกราคม",
        "พ.ศ. 2499 (ค.ศ. 1956)",
        "สร้างใน พ.ศ. 1893",
        "ngày 31 tháng 12 hàng năm",
        "ngày … tháng … năm 20…",
        "on 30 April 2023",
        "kế hoạch năm năm 2021-2025",
        "เวลา 23.59 น.",
    ] {
        assert_eq!(fault(text), None, "{text}");
    }
}

#[test]
fn faults_of_the_calendar() {
    faulty("impossible-day", &[("30 กุมภาพันธ์ 2565", None), ("ngày 31/9/2023", None), ("31 June 2023", None)]);
    faulty("not-leap-year", &[("29 ก.พ. 2566", None), ("ngày 29 tháng 2 năm 2019", None), ("February 29, 2021", None)]);
    faulty("impossible-month", &[("ngày 14/15/2023", None), ("ngày 2 tháng 14 năm 2023", None)]);
    faulty(
        "month-day-swapped",
        &[("ลงวันที่ 08/17/2565", Some("ลงวันที่ 17/08/2565")), ("ngày 7/31/2023", Some("ngày 31/7/2023"))],
    );
    faulty(
        "implausible-year",
        &[("6 ตุลาคม 25199", None), ("6 ตุลาคม 251", None), ("ngày 6/10/20233", None), ("năm 20233", None)],
    );
    faulty("impossible-quarter", &[("quý VIII/2023", None), ("ไตรมาสที่ 7 ปี 2566", None), ("Q6 2023", None)]);
    faulty("impossible-time", &[("เวลา 26.10 น.", None), ("lúc 27h15", None), ("at 9:71", None)]);
}

#[test]
fn faults_of_eras_and_weekdays() {
    faulty(
        "era-clash",
        &[
            ("พ.ศ. 2017", Some("ค.ศ. 2017")),
            ("ค.ศ. 2560", Some("พ.ศ. 2560")),
            ("4 กรกฎาคม พ.ศ. 2023", Some("4 กรกฎาคม ค.ศ. 2023")),
            ("vào năm 2566", Some("vào năm 2023")),
            ("ngày 4/7/2566", Some("ngày 4/7/2023")),
            ("in July 2566", Some("in July 2023")),
        ],
    );
    faulty(
        "weekday-mismatch",
        &[
            ("วันศุกร์ที่ 4 กรกฎาคม 2566", Some("วันอังคารที่ 4 กรกฎาคม 2566")),
            ("Thứ sáu, ngày 4/7/2023", Some("Thứ ba, ngày 4/7/2023")),
            ("thứ 6, 4/7/2023", Some("thứ 3, 4/7/2023")),
            ("Fri, 4 July 2023", Some("Tue, 4 July 2023")),
        ],
    );
    faulty("era-mark-typo", &[("พ.ส. 2566", Some("พ.ศ. 2566")), ("4 กรกฎาคม พ,ศ. 2566", Some("4 กรกฎาคม พ.ศ. 2566"))]);
    faulty("mixed-era-range", &[("ปี 2562-2030", None), ("ตั้งแต่ปี 2562 ถึงปี 2030", None)]);
    faulty(
        "reversed-range",
        &[
            ("12-4 ธันวาคม", Some("4-12 ธันวาคม")),
            ("giai đoạn 2025-2021", Some("giai đoạn 2021-2025")),
            ("20-12/7/2023", Some("12-20/7/2023")),
            ("từ ngày 9/7/2023 đến ngày 4/7/2023", Some("từ ngày 4/7/2023 đến ngày 9/7/2023")),
        ],
    );
}

#[test]
fn faults_of_spelling() {
    faulty(
        "misspelt-month",
        &[
            ("4 กรกฏาคม 2566", Some("4 กรกฎาคม 2566")),
            ("เดือนเมษาคม 2566", Some("เดือนเมษายน 2566")),
            ("3 กุมภาพัน 2566", Some("3 กุมภาพันธ์ 2566")),
            ("4 Novemeber 2023", Some("4 November 2023")),
        ],
    );
    faulty(
        "misspelt-unit",
        &[
            ("วันที 4 กรกฎาคม 2566", Some("วันที่ 4 กรกฎาคม 2566")),
            ("ngày 4 tháng7 nắm 2023", Some("ngày 4 tháng 7 năm 2023")),
            ("ngày 4 thánh 7 năm 2023", Some("ngày 4 tháng 7 năm 2023")),
            ("họp ngay 4 thang 7 nam 2023 ở Huế", Some("họp ngày 4 tháng 7 năm 2023 ở Huế")),
        ],
    );
    assert_eq!(fault("hop ngay 4 thang 7 nam 2023 o Hue"), None);
    // Names and words that differ from a unit in their marks alone.
    for text in [
        "Ông Nguyễn Văn Thăng 12/05/2024 đến Huế",
        "Ca sĩ Thắng 5/2024 ra đĩa mới",
        "NGUYỄN VĂN THẮNG 5/2024",
        "Thắng 12/05/2024 đến Huế cùng mẹ",
        "Bà Ngay 4/7/2023 họp ở Huế",
        "Việt Nam 2024 đã đổi khác",
        "Họ đi ngay 7/2023 là vừa",
        "các ngày 1 5/11/2024",
        "ระหว่างวันที่ 1 8 พฤศจิกายน 2567",
    ] {
        assert_eq!(fault(text), None, "{text}");
    }
    for (text, safe) in [
        ("họp ngay 4 thang 7 nam 2023 ở Huế", true),
        ("họp ngay 4 tháng 7 năm 2023 ở Huế", false),
        ("Ngay 4/7/2023 họ đã đến Huế", false),
        ("ngày 4 thắng 7 năm 2023", true),
        ("đã họp thàng 7/2023 ở Huế", true),
        ("đã họp thắng 7/2023 ở Huế", false),
        ("4 กรกฏาคม 2566", true),
        ("31 พฤศจิกาคม 2567", false),
        ("ngày 3O/4/2023", true),
        ("ngày 1O/4/2023", true),
        ("ngày 3O/2/2023", false),
        ("họp ngày 2 8/11/2024", false),
        ("họp ngày 3 0/4/2023", true),
        ("ประชุมวันที่ 2 8 พฤศจิกายน 2567", false),
    ] {
        assert_eq!(is_safe(text), safe, "{text}");
    }
    faulty("month-abbrev-typo", &[("4 ก.ต. 2566", None), ("วันที่ 4 ส.ม. 66", None)]);
    faulty(
        "duplicate-word",
        &[
            ("วันที่วันที่ 4 กรกฎาคม", Some("วันที่ 4 กรกฎาคม")),
            ("ngày 4 tháng tháng 7", Some("ngày 4 tháng 7")),
            ("4 กรกฎาคม กรกฎาคม 2566", Some("4 กรกฎาคม 2566")),
        ],
    );
    faulty("abbrev-style", &[("4กค.66", Some("4 ก.ค. 66")), ("4 ก.ค 2566", Some("4 ก.ค. 2566"))]);
}

#[test]
fn faults_of_digits_and_separators() {
    faulty("mixed-digits", &[("๔ กรกฎาคม 2566", Some("4 กรกฎาคม 2566")), ("4 กรกฎาคม ๒๕๖๖", Some("๔ กรกฎาคม ๒๕๖๖"))]);
    faulty(
        "letter-for-digit",
        &[("ngày 1O/7/2023", Some("ngày 10/7/2023")), ("4 กรกฎาคม 256O", Some("4 กรกฎาคม 2560"))],
    );
    faulty(
        "inner-space",
        &[
            ("ngày 14 /7/2023", Some("ngày 14/7/2023")),
            ("14 กรกฎาคม 25 66", Some("14 กรกฎาคม 2566")),
            ("14 กรก ฎาคม 2566", Some("14 กรกฎาคม 2566")),
            ("on 4 Novem ber 2023", Some("on 4 November 2023")),
            ("Feb ruary 4, 2023 was cold", Some("February 4, 2023 was cold")),
            ("the 4th of Ju ly", Some("the 4th of July")),
        ],
    );
    faulty(
        "wrong-separator",
        &[
            ("ngày 14.7/2023", Some("ngày 14/7/2023")),
            ("14//7/2023", Some("14/7/2023")),
            (r"14\7\2023", Some("14/7/2023")),
        ],
    );
    faulty(
        "missing-part",
        &[
            ("ngày    tháng 7 năm 2023", None),
            ("วันที่    กรกฎาคม 2566", None),
            ("ngày 14/ /2023", None),
            ("14 กรกฎาคม พ.ศ.", None),
        ],
    );
    faulty("ambiguous-order", &[("issued on 04/07/2023 by the office", None)]);
}

#[test]
fn taken_spans_hide_what_is_in_them() {
    let text = "số 12/3/2021 ngày 4/7/2023";
    let hidden = Span::of(text.find("12").expect("there"), text.find(" ngày").expect("there"));
    let cores: Vec<_> = find(text, &[hidden]).iter().map(|fact| fact.core.slice(text)).collect();
    assert_eq!(cores, ["4/7/2023"]);
}

#[test]
fn unmarked_years_have_an_other_era() {
    let text = "ในปี 2562";
    let facts = find(text, &[]);
    assert_eq!(facts[0].unmarked_era(), Some(Era::Buddhist));
    assert_eq!(facts[0].in_other_era().and_then(|edit| edit.text().map(str::to_owned)), Some("2019".to_owned()));
    for text in ["พ.ศ. 2562", "năm 2019", "พ.ศ. 2562 (ค.ศ. 2019)"] {
        assert!(find(text, &[]).iter().all(|fact| fact.unmarked_era().is_none()), "{text}");
    }
}

#[test]
fn open_years_are_resolved_from_the_document() {
    let resolve = |value: &str, date: (i16, i8, i8)| {
        let value = DateValue::parse(value).expect("TIMEX3");
        let date = jiff::civil::Date::new(date.0, date.1, date.2).expect("a day");
        value.resolve(date).map(|value| value.to_string())
    };
    assert_eq!(resolve("XXXX-11-28", (2024, 12, 2)).as_deref(), Some("2024-11-28"));
    assert_eq!(resolve("XXXX-12-28", (2025, 1, 3)).as_deref(), Some("2024-12-28"));
    assert_eq!(resolve("XXXX-12-28/XXXX-01-03", (2024, 12, 30)).as_deref(), Some("2024-12-28/2025-01-03"));
    assert_eq!(resolve("2024-11-28", (2024, 12, 2)), None);
}

/// Pieces that dates and their faults are made of.
const PIECES: [&str; 48] = [
    "วันที่",
    "วันพุธที่",
    "เดือน",
    "ปี",
    "พ.ศ.",
    "ค.ศ",
    "กรกฎาคม",
    "กรกฏาคม",
    "ก.ค.",
    "กค",
    "ถึง",
    "และ",
    "ที่",
    "ครั้งที่",
    "ไตรมาส",
    "ครึ่งแรก",
    "น.",
    "แรม",
    "ngày",
    "tháng",
    "thang",
    "năm",
    "quý",
    "III",
    "thứ",
    "Hai",
    "đến",
    "mùng",
    "July",
    "Jul.",
    "May",
    "th",
    "s",
    "of",
    "the",
    "in",
    "Q",
    "/",
    "-",
    "–",
    ".",
    ",",
    "\\",
    "'",
    "(",
    ")",
    " ",
    "O",
];

fn pieces() -> impl Strategy<Value = String> {
    let number = prop_oneof![
        (0_u32..40).prop_map(|n| n.to_string()),
        (1900_u32..2700).prop_map(|n| n.to_string()),
        "[0-9๐-๙]{1,6}"
    ];
    let piece = prop_oneof![prop::sample::select(&PIECES[..]).prop_map(str::to_owned), number, Just(" ".to_owned())];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

fn check(text: &str) {
    let profile = DocumentProfile::default();
    let mut end = 0;
    for fact in find(text, &[]) {
        assert!(fact.core.start >= end && !fact.core.is_empty(), "{text:?}: {:?} after {end}", fact.core);
        end = fact.core.end;
        assert!(fact.extent.contains(fact.core), "{text:?}");
        for span in [fact.core, fact.extent] {
            assert!(text.get(span.range()).is_some(), "{text:?}: {span:?}");
        }
        if let Some(value) = fact.reading(&profile).value {
            assert_eq!(DateValue::parse(&value.to_string()), Some(value), "{text:?}");
        }
        for fault in &fact.faults {
            assert_eq!(text.get(fault.span.range()), Some(fault.surface.as_str()), "{text:?}");
            for (span, _) in fault.correction.iter().flat_map(|correction| &correction.edits) {
                assert!(text.get(span.range()).is_some(), "{text:?}: {span:?}");
            }
        }
    }
}

proptest! {
    #[test]
    fn any_text_goes_through(text in "\\PC{0,200}") {
        check(&text);
    }

    #[test]
    fn anything_made_of_pieces_of_dates_goes_through(text in pieces()) {
        check(&text);
    }
}

#[test]
fn eras_in_latin_capitals() {
    reads("The Forest Act, B.E. 2484 (1941) was replaced.", &[("2484", "1941"), ("1941", "1941")]);
    reads("The law of 2567 B.E. was amended; so was that of 2560 BE.", &[("2567 B.E.", "2024"), ("2560 BE", "2017")]);
    reads(
        "Signed on 5 May B.E. 2566 and again on 6 May BE 2566.",
        &[("5 May B.E. 2566", "2023-05-05"), ("6 May BE 2566", "2023-05-06")],
    );
    reads("Signed on 5 May 2566 B. E. in Chiang Rai.", &[("5 May 2566 B. E.", "2023-05-05")]);
    reads("It fell in A.D. 1453, rose in 1776 C.E. and stands.", &[("1453", "1453"), ("1776 C.E.", "1776")]);
    // Before Christ, and letters that are no era.
    assert_eq!(fault("She took her B.E. in 2019."), None);
    for text in
        ["Built in 1200 B.C.E. by nobody.", "Built in 1200 B.C. or so.", "Rooms A.D.E. and C.E.O. 2024x", "F.B.E. 12"]
    {
        assert_eq!(mentions(text), [], "{text}");
    }
    assert_eq!(
        fault("The act of B.E. 2024 applies."),
        Some(("era-clash", Some("The act of A.D. 2024 applies.".to_owned())))
    );
}

#[test]
fn english_months_between_hyphens() {
    reads("Signed on 5-May-2023 in Vientiane.", &[("5-May-2023", "2023-05-05")]);
    reads(
        "Version of 07-Nov-2019, checked 11-Dec-2020.",
        &[("07-Nov-2019", "2019-11-07"), ("11-Dec-2020", "2020-12-11")],
    );
    faulty("impossible-day", &[("Due 31-Jun-2022.", None)]);
}
