//! The cost of phonetic matching, and of building the index for it.

use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};
use scholiast::recognise::name::phonetic::{PhoneticTrie, PreparedNames};

fn main() {
    divan::main();
}

const FAMILY: [&str; 25] = [
    "Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Huỳnh", "Phan", "Vũ", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương",
    "Lý", "Đinh", "Đoàn", "Trịnh", "Trương", "Nông", "Lương", "Mai", "Cao", "Phùng",
];
const MIDDLE: [&str; 20] = [
    "Văn", "Thị", "Đức", "Minh", "Hữu", "Quang", "Xuân", "Thanh", "Thành", "Mạnh", "Ngọc", "Công", "Đình", "Quốc",
    "Anh", "Bá", "Duy", "Trọng", "Tuấn", "Kim",
];
const GIVEN: [&str; 40] = [
    "Hùng", "Dũng", "Hưng", "Lâm", "Lan", "Linh", "Sơn", "Nam", "Hải", "Hà", "Hạnh", "Hương", "Phúc", "Quân", "Thắng",
    "Thọ", "Thủy", "Tiến", "Toàn", "Tú", "Tâm", "Trang", "Tùng", "Việt", "Vinh", "Yến", "Bình", "Bảo", "Cường", "Đạt",
    "Giang", "Hiếu", "Hoa", "Huy", "Khải", "Kiên", "Long", "Mai", "Nga", "Phong",
];

/// Names of three and four syllables, all different.
fn names(count: usize, families: usize) -> Vec<String> {
    (0..)
        .map(|at: usize| {
            let (middle, given) = (at / families, at / families / MIDDLE.len());
            let more = given / GIVEN.len();
            let (family, middle, given) =
                (FAMILY[at % families], MIDDLE[middle % MIDDLE.len()], GIVEN[given % GIVEN.len()]);
            match more {
                0 => format!("{family} {middle} {given}"),
                _ => format!("{family} {middle} {} {given}", GIVEN[more % GIVEN.len()]),
            }
        })
        .take(count)
        .collect()
}

fn index(names: &[String]) -> PhoneticTrie {
    PhoneticTrie::new(names.iter().enumerate().map(|(at, name)| (at as u32, name.as_str())))
}

/// Ten megabytes of Thai without a Vietnamese name, in lines.
fn unrelated() -> Vec<String> {
    const WORDS: [&str; 24] = [
        "รัฐบาล",
        "ได้",
        "ประกาศ",
        "นโยบาย",
        "ใหม่",
        "เพื่อ",
        "พัฒนา",
        "การศึกษา",
        "และ",
        "เศรษฐกิจ",
        "ของ",
        "ประเทศ",
        "ในช่วง",
        "ห้าปี",
        "ข้างหน้า",
        "โดย",
        "มุ่งเน้น",
        "ความร่วมมือ",
        "ระหว่าง",
        "ภาครัฐ",
        "กับ",
        "เอกชน",
        "ไม่",
        "เขา",
    ];
    let mut state = 1u32;
    let mut lines = Vec::new();
    let mut bytes = 0;
    while bytes < 10_000_000 {
        let mut line = String::new();
        while line.len() < 600 {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            line.push_str(WORDS[(state >> 16) as usize % WORDS.len()]);
            if state >> 29 == 0 {
                line.push(' ');
            }
        }
        bytes += line.len();
        lines.push(line);
    }
    lines
}

fn find(bencher: Bencher<'_, '_>, index: &PhoneticTrie, lines: &[String]) {
    let bytes: usize = lines.iter().map(String::len).sum();
    bencher
        .counter(BytesCount::new(bytes))
        .bench_local(|| lines.iter().map(|line| index.find(line, &[]).len()).sum::<usize>());
}

#[divan::bench(args = [1_000, 100_000], sample_count = 5)]
fn find_in_unrelated(bencher: Bencher<'_, '_>, count: usize) {
    find(bencher, &index(&names(count, FAMILY.len())), &unrelated());
}

/// Ten thousand people of one family name, and a text of nothing but it.
#[divan::bench(sample_count = 5)]
fn find_hostile(bencher: Bencher<'_, '_>) {
    let line = "เหงียนวัน".repeat(16 * 1024 / 27);
    find(bencher, &index(&names(10_000, 1)), &vec![line; 64]);
}

#[divan::bench(args = [1_000, 100_000], sample_count = 5)]
fn build(bencher: Bencher<'_, '_>, count: usize) {
    let names = names(count, FAMILY.len());
    bencher.counter(ItemsCount::new(count)).bench_local(|| index(&names));
}

#[divan::bench(sample_count = 10)]
fn rank_among_6000(bencher: Bencher<'_, '_>) {
    let names = names(6_000, FAMILY.len());
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let prepared = PreparedNames::new(&names);
    bencher.counter(ItemsCount::new(names.len())).bench_local(|| prepared.rank("เหงียน มานห์ หุ่ง"));
}
