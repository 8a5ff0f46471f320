//! The cost of recognising dates, on one core: Thai text without dates, text dense with them, and input made to hurt.
//!
//! The texts are generated, so that the figures can be compared between machines and versions.

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use scholiast::recognise::date;

fn main() {
    divan::main();
}

const MEGABYTE: usize = 1_000_000;

/// Segments are at most this long.
const SEGMENT: usize = 16 * 1024;

/// `sentences` one after the other, four to a line, until there are `bytes`.
fn lines(sentences: &[&str], bytes: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut total = 0;
    let mut next = 0;
    while total < bytes {
        let mut line = String::new();
        for _ in 0..4 {
            line.push_str(sentences[next % sentences.len()]);
            line.push(' ');
            next += 1;
        }
        line.push('\n');
        total += line.len();
        lines.push(line);
    }
    lines
}

fn find_all(bencher: Bencher<'_, '_>, lines: &[String]) {
    let bytes: usize = lines.iter().map(String::len).sum();
    bencher.counter(BytesCount::new(bytes)).bench_local(|| {
        for line in lines {
            black_box(date::find(black_box(line), &[]));
        }
    });
}

#[divan::bench(sample_count = 10)]
fn thai_without_dates(bencher: Bencher<'_, '_>) {
    let sentences = [
        "คณะกรรมการเห็นชอบแผนพัฒนาการศึกษาในพื้นที่ห่างไกลและมอบหมายให้หน่วยงานที่เกี่ยวข้องรายงานความคืบหน้า",
        "นักวิทยาศาสตร์พบว่าปลาในแม่น้ำสายนี้ปรับตัวเข้ากับอุณหภูมิที่สูงขึ้นได้ดีกว่าที่เคยคาดไว้มาก",
        "ชาวบ้านช่วยกันซ่อมสะพานไม้หลังน้ำลดโดยไม่รองบประมาณจากส่วนกลาง",
        "พิธีกรกล่าวต้อนรับผู้เข้าร่วมงานทั้งสองภาษาและเชิญทุกคนชมการแสดงพื้นเมือง",
        "ราคาข้าวในตลาดท้องถิ่นทรงตัวแม้ความต้องการจากต่างประเทศจะเพิ่มขึ้นอย่างต่อเนื่อง",
    ];
    find_all(bencher, &lines(&sentences, 10 * MEGABYTE));
}

#[divan::bench(sample_count = 10)]
fn dense_with_dates(bencher: Bencher<'_, '_>) {
    let sentences = [
        "การประชุมจัดขึ้นเมื่อวันพุธที่ 15 มีนาคม พ.ศ. 2566 ณ ศาลากลางจังหวัด",
        "Hội nghị khai mạc ngày 21 tháng 6 năm 2023 và bế mạc chiều 23/6.",
        "The report of 3 October 2022 was revised on November 8th, 2022.",
        "ระหว่างวันที่ 4-9 ธ.ค. 65 มีผู้เข้าชม 1,250 คน และในปี 2566 คาดว่าจะเพิ่มขึ้น",
        "Giai đoạn 2016-2020, sản lượng quý III/2019 tăng 12,5% so với năm 2018.",
        "เผยแพร่เมื่อ 17/08/2565 เวลา 09.30 น. ปรับปรุงล่าสุด ๒๒ สิงหาคม ๒๕๖๕",
    ];
    find_all(bencher, &lines(&sentences, 10 * MEGABYTE));
}

/// `pattern` again and again, in segments as long as they get.
fn hostile(pattern: &str, bytes: usize) -> Vec<String> {
    let segment: String = pattern.chars().cycle().take(SEGMENT / pattern.len() * pattern.chars().count()).collect();
    vec![segment; bytes / SEGMENT]
}

#[divan::bench(args = [1, 2, 4, 8], sample_count = 3)]
fn run_of_digits(bencher: Bencher<'_, '_>, megabytes: usize) {
    find_all(bencher, &hostile("1234567890", megabytes * MEGABYTE));
}

#[divan::bench(args = [1, 2, 4, 8], sample_count = 3)]
fn run_of_digits_and_separators(bencher: Bencher<'_, '_>, megabytes: usize) {
    find_all(bencher, &hostile("1/2-3.", megabytes * MEGABYTE));
}

#[divan::bench(args = [1, 2, 4, 8], sample_count = 3)]
fn run_of_spaced_numbers(bencher: Bencher<'_, '_>, megabytes: usize) {
    find_all(bencher, &hostile("1 - 2, ", megabytes * MEGABYTE));
}

#[divan::bench(args = [1, 2, 4, 8], sample_count = 3)]
fn run_of_lead_words(bencher: Bencher<'_, '_>, megabytes: usize) {
    find_all(bencher, &hostile("วันที่ 1 ", megabytes * MEGABYTE));
}

#[divan::bench(args = [1, 2, 4, 8], sample_count = 3)]
fn run_of_years(bencher: Bencher<'_, '_>, megabytes: usize) {
    find_all(bencher, &hostile("ปี 2566 (ค.ศ. 2023), ", megabytes * MEGABYTE));
}
