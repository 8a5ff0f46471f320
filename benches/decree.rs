//! The cost of legal references: on Thai text without any, on text dense with them, and on hostile runs, whose time
//! must grow no faster than their length.

use divan::Bencher;
use divan::counter::BytesCount;
use scholiast::recognise::decree::{DecreeTable, find};

const MB: usize = 1_000_000;
/// Lines are segments; longer ones are cut at about this length before they are recognised.
const SEGMENT: usize = 4096;

fn main() {
    divan::main();
}

/// `piece` over and over, up to `bytes`.
fn repeated(piece: &str, bytes: usize) -> String {
    piece.repeat(bytes / piece.len())
}

/// Finds segment by segment, as the analysis does; gives how many there were.
fn run(text: &str, table: &DecreeTable) -> usize {
    let mut rest = text;
    let mut found = 0;
    while !rest.is_empty() {
        let mut end = rest.len().min(SEGMENT);
        while !rest.is_char_boundary(end) {
            end -= 1;
        }
        let end = rest[..end].find('\n').map_or(end, |at| at + 1);
        found += find(&rest[..end], table).len();
        rest = &rest[end..];
    }
    found
}

fn measure(bencher: Bencher<'_, '_>, text: &str) {
    let table = DecreeTable::builtin(2026);
    bencher.counter(BytesCount::of_str(text)).bench(|| run(text, &table));
}

#[divan::bench(sample_count = 10)]
fn thai_without(bencher: Bencher<'_, '_>) {
    let line = "คณะผู้แทนกระทรวงได้เดินทางไปเยี่ยมชมโรงเรียนในจังหวัดชายแดนเมื่อวันที่ 3 มีนาคม 2567 พร้อมมอบอุปกรณ์ให้ครู 25 คน\n";
    measure(bencher, &repeated(line, 10 * MB));
}

#[divan::bench(sample_count = 10)]
fn dense(bencher: Bencher<'_, '_>) {
    let lines = "Căn cứ Nghị định số 99/2019/NĐ-CP ngày 30 tháng 12 năm 2019, Thông tư 5/2020/TT-BCA và Kết luận số 33-KL/TW;\n\
                 ตามมติหมายเลข 2345/QD-TTg ลงวันที่ 7 มกราคม 2564 และหนังสือเวียนที่ 10/2021/TT-BTTTT\n\
                 Decision No. 2345/QD-TTg dated 7 January 2021 and Law 46/2019/QH14 replace Decree 30 /2010/ND-CP.\n";
    measure(bencher, &repeated(lines, 10 * MB));
}

#[divan::bench(args = [1, 2, 4, 8], sample_count = 5)]
fn hostile_digits_and_slashes(bencher: Bencher<'_, '_>, megabytes: usize) {
    measure(bencher, &repeated("30/2020/", megabytes * MB));
}

#[divan::bench(args = [1, 2, 4, 8], sample_count = 5)]
fn hostile_capitals_and_hyphens(bencher: Bencher<'_, '_>, megabytes: usize) {
    measure(bencher, &repeated("30/QĐ-CP-", megabytes * MB));
}

#[divan::bench(args = [1, 2, 4, 8], sample_count = 5)]
fn hostile_separators(bencher: Bencher<'_, '_>, megabytes: usize) {
    measure(bencher, &repeated("/-–.1 ", megabytes * MB));
}

#[divan::bench(args = [1, 2, 4, 8], sample_count = 5)]
fn hostile_blanks(bencher: Bencher<'_, '_>, megabytes: usize) {
    measure(bencher, &repeated("1 A 2/", megabytes * MB));
}

#[divan::bench(sample_count = 10)]
fn start_up() -> DecreeTable {
    DecreeTable::builtin(divan::black_box(2026))
}
