//! Tests of names across scripts: facts about real names, and properties of all strings.

#![allow(clippy::float_cmp, reason = "equal names must score equally to the bit")]

use proptest::prelude::*;

use super::{PhoneticMatch, PhoneticTrie, PreparedNames, align, rank, similarity};
use crate::text::Span;

/// Names of public persons and places with Thai spellings found in print: the Royal Society's transcription, the
/// Voice of Vietnam, the press and machine-translated news.
const PAIRS: &[(&str, &str)] = &[
    ("Võ Nguyên Giáp", "หวอเงวียนซ้าป"),
    ("Võ Nguyên Giáp", "วอเหวียนยาป"),
    ("Phạm Văn Đồng", "ฝั่มวันด่ง"),
    ("Trần Đại Quang", "เจิ่นดั่ยกวาง"),
    ("Trần Đức Lương", "เจิ่นดึ๊กเลือง"),
    ("Nguyễn Minh Triết", "เหวียนมินห์เจียต"),
    ("Nguyễn Tấn Dũng", "เหงียนเติ๊นสุง"),
    ("Nguyễn Xuân Phúc", "เหงียน ซวน ฟุก"),
    ("Trương Tấn Sang", "เตรืองเติ๋นซาง"),
    ("Phạm Minh Chính", "ฟัม มินห์ ชินห์"),
    ("Võ Thị Ánh Xuân", "โว ธี อันห์ ซวน"),
    ("Lê Đức Thọ", "เลดึ๊กเถาะ"),
    ("Lê Đức Anh", "เลดึ๊กไอน์"),
    ("Lương Xuân Trường", "เลืองซวนเตรือง"),
    ("Nguyễn Công Phượng", "เหงียนคองเฟือง"),
    ("Đoàn Văn Hậu", "ดวน วัน เฮา"),
    ("Đoàn Văn Hậu", "โดอาน วัน เฮา"),
    ("Quế Ngọc Hải", "เกว หง็อก ไห่"),
    ("Đỗ Duy Mạnh", "โด๋ ซวี หมั่ญ"),
    ("Hồ Quốc Dũng", "โฮ ก๊วก ยวุ๋ง"),
    ("Hồ Quốc Dũng", "โฮ กว็อก ดุง"),
    ("Thích Quảng Đức", "ทิกกว๋างดึ๊ก"),
    ("Thích Nhất Hạnh", "ติชนัทฮันห์"),
    ("Ngô Đình Diệm", "โงดินห์เดียม"),
    ("Huỳnh Tấn Phát", "ฮหวิ่ญเติ๊นฟ้าต"),
    ("Buôn Ma Thuột", "บวนมาถ็วต"),
    ("Thủ Dầu Một", "ถูเสิ่วหมต"),
    ("Quy Nhơn", "กวีเญิน"),
    ("Hóc Môn", "ฮอกมอน"),
    ("Quảng Ngãi", "กว่างงาย"),
    ("Gia Lai", "ยาลาย"),
    ("Tuyên Quang", "เตวียนกวาง"),
    ("Khánh Hòa", "คั้ญฮหว่า"),
    ("Bà Rịa–Vũng Tàu", "บ่าเสียะ–หวุงเต่า"),
    ("Mỹ Tho", "หมีทอ"),
    ("Nội Bài", "โหน่ยบ่าย"),
    ("Hà Giang", "ฮาเกียง"),
    ("Huế", "เว้"),
];

/// Lao names in romanisation and in Thai, which spells them alike.
const LAO: &[(&str, &str)] = &[
    ("Thongloun Sisoulith", "ทองลุน สีสุลิด"),
    ("Sonexay Siphandone", "สอนไซ สีพันดอน"),
    ("Bounnhang Vorachith", "บุนยัง วอละจิด"),
    ("Khamtay Siphandone", "คำไต สีพันดอน"),
    ("Siphandone Khamtay", "คำไต สีพันดอน"),
    ("Savannakhét", "สะหวันนะเขต"),
    ("Oudômxai", "อุดมไซ"),
];

#[test]
fn real_names_find_each_other() {
    let pairs: Vec<(&str, &str)> = PAIRS.iter().chain(LAO).copied().collect();
    let mut latin: Vec<&str> = pairs.iter().map(|pair| pair.0).collect();
    latin.dedup();
    let prepared = PreparedNames::new(&latin);
    for (name, thai) in &pairs {
        let ranked = prepared.rank(thai);
        // Khamtay stands twice, in both orders.
        let best = latin[ranked[0].0];
        assert!(best == *name || best.contains("Khamtay"), "{thai}: wanted {name}, got {best} {ranked:?}");
        assert!(ranked[0].1 > 0.6, "{name} {thai}: {}", ranked[0].1);
    }
}

#[test]
fn tones_decide_between_twins_where_the_spelling_has_them() {
    let twins = ["Nguyễn Thanh Lâm", "Nguyễn Thành Lâm", "Nguyễn Thanh Lam", "Nguyễn Thạnh Lẫm"];
    assert_eq!(rank("เหงียนทัญเลิม", &twins)[0].0, 0);
    assert_eq!(rank("เหงียนถั่ญเลิม", &twins)[0].0, 1);
    assert_eq!(rank("เหงียน ทันห์ ลาม", &twins)[0].0, 2);
    let twins = ["Phan Văn Khải", "Phan Văn Khai"];
    assert_eq!(rank("ฟานวันขาย", &twins)[0].0, 0);
    assert_eq!(rank("ฟานวันคาย", &twins)[0].0, 1);
}

#[test]
fn marks_decide_within_latin() {
    let same = similarity("Nguyễn Thanh Lâm", "nguyễn  thanh-LÂM");
    let bare = similarity("Nguyen Thanh Lam", "Nguyễn Thành Lâm");
    let other = similarity("Nguyễn Thanh Lâm", "Nguyễn Thành Lâm");
    let far = similarity("Nguyễn Thanh Lâm", "Nguyễn Mạnh Hùng");
    assert!((same - 1.0).abs() < f32::EPSILON);
    assert!(same > bare && bare > 0.9 && bare > other && other > far, "{same} {bare} {other} {far}");
    // Where the tone stands on a rime is spelling, not sound.
    assert!((similarity("Hòa Bình", "Hoà Bình") - 1.0).abs() < f32::EPSILON);
    assert!(similarity("Saleumxay Kommasith", "Saleumxay Kommasid") > 0.9);
    assert!(similarity("Keomanyvong Phosy", "Phosy Keomanivong") > 0.8);
    assert!(similarity("Nguyen Manh Hung", "Nguyen Manh Dung") < 0.6);
}

#[test]
fn lao_letters_are_heard_like_thai_ones() {
    assert!(similarity("ໂພສີ ແກ້ວມະນີວົງ", "Phosy Keomanivong") > 0.75);
    assert!(similarity("ສະເຫຼີມໄຊ ກົມມະສິດ", "สะเหลิมไซ กมมะสิด") > 0.8);
}

#[test]
fn the_alignment_pairs_syllables() {
    let pairs = align("เลืองซวนเจื่อง", "Lương Xuân Trường");
    let names: Vec<(&str, &str)> = pairs.iter().map(|(latin, thai, _)| (latin.as_str(), thai.as_str())).collect();
    assert_eq!(names, [("lương", "เลือง"), ("xuân", "ซวน"), ("trường", "เจื่อง")]);
    assert!(pairs.iter().all(|pair| pair.2 > 0.8));
    assert!(align("Lê Lợi", "Lê Lai").is_empty());
}

fn index(names: &[&'static str]) -> PhoneticTrie {
    PhoneticTrie::new(names.iter().enumerate().map(|(at, &name)| (at as u32, name)))
}

/// The text with its hits marked `«…»`, and the entities of each.
fn marked(index: &PhoneticTrie, text: &str) -> (String, Vec<Vec<u32>>) {
    let hits = index.find(text, &[]);
    let mut out = String::new();
    let mut at = 0;
    for hit in &hits {
        out.push_str(&text[at..hit.span.start as usize]);
        out.push('«');
        out.push_str(hit.span.slice(text));
        out.push('»');
        at = hit.span.end as usize;
    }
    out.push_str(&text[at..]);
    (out, hits.iter().map(|hit| hit.candidates.iter().map(|candidate| candidate.0).collect()).collect())
}

#[test]
fn names_are_found_in_running_text() {
    let names = ["Trần Đại Quang", "Lê Đức Thọ", "Võ Văn Thưởng", "Phosy Keomanivong", "Tô Lâm"];
    let index = index(&names);
    for (text, who) in [
        ("เมื่อวานนี้ประธานาธิบดี«เจิ่นดั่ยกวาง»กล่าวเปิดงาน", 0),
        ("ผู้แทนสองฝ่ายคือ «เล ดึ๊ก เถาะ» และเฮนรี คิสซินเจอร์", 1),
        ("นาย«เล ดึ๊กเถาะ»ลงนาม", 1),
        ("การเยือนของนาย«หวอวันเถือง»ประธานประเทศ", 2),
        ("นาย«โว วัน เถือง»", 2),
        ("พบกับนาย«เคโอมานีวงศ์ โฟซี»รองรัฐมนตรี", 3),
        ("เลขาธิการใหญ่«โตเลิม»ย้ำว่า", 4),
        ("โดย «โต ลัม» เลขาธิการ", 4),
        ("“«ตรัน ได กวาง»”", 0),
        // A space fallen inside a syllable.
        ("นาย«เจิ่นดั่ยกวา ง»ระบุ", 0),
    ] {
        let (found, entities) = marked(&index, &text.replace(['«', '»'], ""));
        assert_eq!(found, text);
        assert_eq!(entities, [vec![who]], "{text}");
    }
}

#[test]
fn other_names_and_ordinary_words_are_not() {
    let names = ["Trần Đại Quang", "Lê Đức Thọ", "Nguyễn Mạnh Hùng", "Rạch Giá", "Sa Pa", "Cần Thơ", "An Giang"];
    let index = index(&names);
    for text in [
        "รัฐบาลได้ดำเนินการรักษาความสงบเรียบร้อยของประเทศ และพัฒนาภาษาไทยในการศึกษา",
        "นายเหงียน มานห์ ดุง กล่าวว่า",
        "นายเหงียน วัน เถี่ยว เดินทางมาถึง",
        "เลขาธิการสหประชาชาติแถลงข่าวเมื่อวันจันทร์",
        "คนไทยจำนวนมากเดินทางกลับบ้านในวันหยุดยาว",
    ] {
        assert_eq!(marked(&index, text).0, text);
    }
}

#[test]
fn words_that_everybody_knows_are_not_cut() {
    let index = index(&["Lê Việt", "Hoàng Văn Thọ", "Phạm Hùng"]);
    for text in ["เหนือทะเลเวียดนาม", "ระหว่างวันทอธิบดี"]
    {
        assert_eq!(marked(&index, text).0, text);
    }
}

#[test]
fn short_names_are_found_between_ordinary_words() {
    let index = index(&["Trịnh Phúc", "Lê Quyết", "Đoàn Vinh"]);
    for text in ["เพื่อนบ้านเล่าว่า«จิ่ญฟุก»ขยันมาก", "เมื่อคืน«เลเกวี๊ยต»ชนะคะแนน", "หนังสือของ«ดว่าน วิญ»ขายดี", "กองหลัง«ดวน วินห์»ต่อสัญญา"]
    {
        assert_eq!(marked(&index, &text.replace(['«', '»'], "")).0, text);
    }
}

#[test]
fn what_goes_on_is_another_name() {
    let index = index(&["Trịnh Văn", "Lê Quyết", "Đỗ Thị Kim", "Quốc Vinh"]);
    for text in
        ["นายจิ่ญวันซาง กล่าว", "นายจิ่ญ วัน ซาง กล่าว", "กับเล เกวี๊ยต จุง ที่บ้าน", "นางโด๋ ถิ กิม เงิน มาถึง", "นายบุ่ย ก๊วก วิญ มาถึง"]
    {
        assert_eq!(marked(&index, text).0, text);
    }
    // Somebody else is named directly behind.
    assert_eq!(marked(&index, "มี เล เกวี๊ยต เจิ่น ดิ่ญ และเพื่อน").0, "มี «เล เกวี๊ยต» เจิ่น ดิ่ญ และเพื่อน");
}

#[test]
fn what_sounds_more_like_another_name_is_that() {
    let index = index(&["Nguyễn Khải", "Trần Lương", "Bùi Văn Khanh"]);
    for text in ["นายเหงียน หาย กล่าว", "นายเจิ่น เริ่อง กล่าว", "พบนายบุ่ย วัน หั่ญ ที่บ้าน"]
    {
        assert_eq!(marked(&index, text).0, text);
    }
}

#[test]
fn phinthu_joins_a_consonant_to_the_cluster_behind_a_vowel() {
    let index = index(&["Nguyễn Đình Chiểu"]);
    let text = "นักเขียน«งฺเหวียน ดิ่ญ เจี๋ยว»เขียนไว้";
    assert_eq!(marked(&index, &text.replace(['«', '»'], "")).0, text);
}

#[test]
fn a_tie_is_never_guessed() {
    let index = index(&["Nguyễn Thanh Lâm", "Nguyễn Thanh Lâm", "Phạm Hùng Sơn"]);
    assert_eq!(marked(&index, "นายเหงียน ทันห์ ลัม กล่าว").1, [vec![0, 1]]);
    // Twins that the tones of the spelling do not tell apart.
    let index = super::tests::index(&["Lê Thị Hòa Bình", "Lê Thị Hỏa Bính"]);
    assert_eq!(marked(&index, "นางเล ถิ ฮวา บินห์ กล่าว").1[0].len(), 2);
}

/// Rimes and onsets as the Royal Society's transcription writes them: every one comes back among names that differ
/// in this syllable alone. Onsets and rimes that Thai writes alike (`d gi r s x`, `c k`) are one here.
#[test]
fn every_onset_and_rime_comes_back() {
    const ONSETS: &[(&str, &str)] = &[
        ("b", "บ"),
        ("c", "ก"),
        ("ch", "จ"),
        ("d", "ซ"),
        ("đ", "ด"),
        ("h", "ฮ"),
        ("kh", "ค"),
        ("l", "ล"),
        ("m", "ม"),
        ("n", "น"),
        ("ng", "ง"),
        ("nh", "ญ"),
        ("ph", "ฟ"),
        ("t", "ต"),
        ("th", "ท"),
        ("v", "ว"),
    ];
    const RIMES: &[(&str, &str)] = &[
        ("a", "–า"),
        ("ac", "–าก"),
        ("ach", "–ัก"),
        ("ai", "–าย"),
        ("am", "–าม"),
        ("an", "–าน"),
        ("ang", "–าง"),
        ("anh", "–ัญ"),
        ("ao", "–าว"),
        ("ap", "–าป"),
        ("at", "–าต"),
        ("e", "แ–"),
        ("en", "แ–น"),
        ("ia", "เ–ีย"),
        ("ich", "–ิช"),
        ("im", "–ิม"),
        ("in", "–ิน"),
        ("inh", "–ิญ"),
        ("iên", "เ–ียน"),
        ("iêt", "เ–ียต"),
        ("iêu", "เ–ียว"),
        ("oan", "–วาน"),
        ("oc", "–อก"),
        ("oi", "–อย"),
        ("on", "–อน"),
        ("ong", "–อง"),
        ("u", "–ู"),
        ("ua", "–ัว"),
        ("uc", "–ุก"),
        ("ung", "–ุง"),
        ("uyên", "เ–วียน"),
        ("uân", "–วน"),
        ("êu", "เ–ว"),
        ("ôn", "โ–น"),
        ("ơn", "เ–ิน"),
        ("ưng", "–ึง"),
        ("ương", "เ–ือง"),
    ];
    let syllables = || ONSETS.iter().flat_map(|onset| RIMES.iter().map(move |rime| (onset, rime)));
    let names: Vec<String> = syllables().map(|(onset, rime)| format!("Phạm Văn {}{}", onset.0, rime.0)).collect();
    let prepared = PreparedNames::new(&names.iter().map(String::as_str).collect::<Vec<_>>());
    for (at, (onset, rime)) in syllables().enumerate().step_by(3) {
        let syllable = rime.1.replace('–', onset.1);
        for thai in [format!("ฟาม วัน {syllable}"), format!("ฝามวัน{syllable}")] {
            let ranked = prepared.rank(&thai);
            let own = ranked.iter().find(|(number, _)| *number == at).map_or(0.0, |found| found.1);
            assert!(own >= ranked[0].1 - 0.02, "{thai}: {} {own}, {} {}", names[at], names[ranked[0].0], ranked[0].1);
            assert!(own > 0.75, "{thai}: {} {own}", names[at]);
        }
    }
}

#[test]
fn a_longer_name_is_no_tie_with_one_inside_it() {
    let index = index(&["Điện Biên Phủ", "Điện Biên", "Bà Rịa–Vũng Tàu", "Vũng Tàu"]);
    let (found, entities) = marked(&index, "ที่เดี่ยนเบียนฝู และจังหวัดบ่าเสียะ–หวุงเต่า");
    assert_eq!(found, "ที่«เดี่ยนเบียนฝู» และจังหวัด«บ่าเสียะ–หวุงเต่า»");
    assert_eq!(entities, [vec![0], vec![2]]);
}

#[test]
fn settled_spellings_stand_anywhere() {
    let index = index(&["Hà Nội", "Đà Nẵng"]);
    assert_eq!(marked(&index, "เดินทางไปฮานอยโดยรถไฟสายดานังใหม่").0, "เดินทางไป«ฮานอย»โดยรถไฟสาย«ดานัง»ใหม่");
}

#[test]
fn endless_names_are_cut() {
    let (latin, thai) = ("Nguyễn ".repeat(5_000), "เหงียน".repeat(5_000));
    for (a, b) in [(&latin, &thai), (&latin, &latin), (&thai, &thai)] {
        assert!((0.0..=1.0).contains(&similarity(a, b)));
    }
    assert!(PhoneticTrie::new([(0, latin.as_str())]).is_empty());
}

#[test]
fn taken_spans_are_left_alone() {
    let index = index(&["Lê Đức Thọ"]);
    let text = "นายเลดึ๊กเถาะ กับนายเลดึ๊กเถาะ";
    let hits = index.find(text, &[]);
    assert_eq!(hits.len(), 2);
    let rest = index.find(text, &[hits[0].span]);
    assert_eq!(rest, [hits[1].clone()]);
}

#[test]
fn ten_thousand_of_one_name_stay_bounded() {
    let index = PhoneticTrie::new((0..10_000).map(|entity| (entity, "Nguyễn Văn Hùng")));
    let hits = index.find(&"เหงียนวันหุ่ง".repeat(300), &[]);
    assert_eq!(hits.len(), 300);
    assert!(hits.iter().all(|hit| hit.candidates.len() > 1 && hit.candidates.len() <= 32));
}

#[test]
fn what_cannot_be_registered_is_passed_over() {
    for names in [&["", " ", "-", "Huế", "ลาว", "…", "123"][..], &[][..]] {
        let index = PhoneticTrie::new(names.iter().map(|&name| (0, name)));
        assert!(index.is_empty());
        assert!(index.find("ลาวและเว้", &[]).is_empty());
    }
}

/// Strings of the letters that matter, and of any.
fn names() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-zA-ZđĐăâêôơưáàảãạếềệốồộớờợứừựíìị .-]{0,24}",
        "[ก-ฺเ-๎ -]{0,24}",
        "[ກ-ໝ ]{0,16}",
        "\\PC{0,16}",
        any::<String>(),
        prop::sample::select(PAIRS).prop_map(|pair| pair.0.to_owned()),
        prop::sample::select(PAIRS).prop_map(|pair| pair.1.to_owned()),
    ]
}

proptest! {
    #[test]
    fn similarity_is_symmetric_and_bounded(a in names(), b in names()) {
        let score = similarity(&a, &b);
        prop_assert!((0.0..=1.0).contains(&score));
        prop_assert_eq!(score, similarity(&b, &a));
        align(&a, &b);
    }

    #[test]
    fn case_spaces_and_form_do_not_matter(at in 0..PAIRS.len(), other in names()) {
        use unicode_normalization::UnicodeNormalization;
        let name = PAIRS[at].0;
        let score = similarity(name, &other);
        for variant in [
            name.to_uppercase(),
            name.replace(' ', "  "),
            name.replace(' ', "-"),
            name.nfd().collect::<String>(),
        ] {
            prop_assert_eq!(similarity(&variant, &other), score, "{}", variant);
        }
    }

    #[test]
    fn ranking_orders_by_similarity(query in names(), candidates in prop::collection::vec(names(), 0..6)) {
        let candidates: Vec<&str> = candidates.iter().map(String::as_str).collect();
        let ranked = rank(&query, &candidates);
        prop_assert_eq!(ranked.len(), candidates.len());
        for pair in ranked.windows(2) {
            prop_assert!(pair[0].1 > pair[1].1 || (pair[0].1 == pair[1].1 && pair[0].0 < pair[1].0));
        }
        for (at, score) in ranked {
            prop_assert_eq!(score, similarity(&query, candidates[at]));
        }
    }

    #[test]
    fn hits_lie_on_cluster_boundaries(
        registered in prop::collection::vec(names(), 0..6),
        parts in prop::collection::vec(names(), 0..6),
        taken in 0u32..40,
    ) {
        let index = PhoneticTrie::new(registered.iter().enumerate().map(|(at, name)| (at as u32, name.as_str())));
        let text = parts.concat();
        let taken = Span::new(taken, taken + 6);
        let hits = index.find(&text, &[taken]);
        let dependent = |ch: char| matches!(ch, 'ะ'..='ฺ' | '็'..='๎' | 'ະ'..='ຼ' | '່'..='ໍ');
        for PhoneticMatch { span, candidates } in &hits {
            let found = span.slice(&text);
            prop_assert!(!found.starts_with(dependent), "{}", found);
            prop_assert!(!found.ends_with(|ch| matches!(ch, 'เ'..='ไ' | 'ເ'..='ໄ')), "{}", found);
            prop_assert!(!text[span.end as usize..].starts_with(dependent), "{} in {}", found, text);
            prop_assert!(!span.overlaps(taken));
            prop_assert!(!candidates.is_empty());
            prop_assert!(candidates.windows(2).all(|pair| pair[0].1 >= pair[1].1));
        }
        prop_assert!(hits.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start));
    }
}

/// The sample of `examples/phonetic_eval.rs`: no figure may fall below its floor.
#[test]
fn the_evaluation_sample_stays_above_its_floors() {
    let rows = include_str!("../../../../examples/phonetic_eval.tsv").lines().filter(|line| !line.starts_with('#'));
    let rows: Vec<(&str, &str)> = rows.filter_map(|line| line.split_once('\t')).collect();
    let pairs: Vec<(&str, &str)> =
        rows.iter().copied().filter(|(key, _)| !matches!(*key, "stranger" | "sentence")).collect();
    let of = |key: &'static str| rows.iter().filter(move |row| row.0 == key).map(|row| row.1);
    let mut names: Vec<&str> = pairs.iter().map(|(name, _)| *name).collect();
    names.dedup();
    let prepared = PreparedNames::new(&names);
    let first = pairs.iter().filter(|(name, thai)| names[prepared.rank(thai)[0].0] == *name).count();
    let index = PhoneticTrie::new((0..).zip(names.iter().copied()));
    let (mut right, mut found, mut wanted) = (0, 0, 0);
    for sentence in of("sentence") {
        let Some((before, behind)) = sentence.split_once("{}") else {
            found += index.find(sentence, &[]).len();
            continue;
        };
        let strangers = of("stranger").map(|thai| (None, thai));
        for (name, thai) in pairs.iter().map(|(name, thai)| (Some(*name), *thai)).chain(strangers) {
            wanted += usize::from(name.is_some());
            for hit in index.find(&[before, thai, behind].concat(), &[]) {
                found += 1;
                right += usize::from(hit.candidates.first().map(|(entity, _)| names[*entity as usize]) == name);
            }
        }
    }
    let figures = format!("first {first}/{}, right {right} of {found} found, {wanted} wanted", pairs.len());
    assert!(first * 100 >= pairs.len() * 95 && right * 100 >= found * 98 && right * 100 >= wanted * 85, "{figures}");
}
