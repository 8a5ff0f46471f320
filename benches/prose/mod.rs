//! Prose for measuring: Thai, Vietnamese and English of varied sentences.
//!
//! Words are drawn by their rank, as frequencies fall in real text (Zipf's law), from lists of their own; between them
//! stand digits, dates, references, amounts, quotations, addresses and tables about as often as in government news,
//! legislation and press releases. What is made depends on the seed alone. The sentences mean nothing; they cost what
//! real ones cost (see `docs/performance.md`). Deliberately absent: findings, but for those that are asked for.

#![allow(dead_code, reason = "each program that includes it uses a part of it")]

use std::fmt::Write as _;

/// A language of prose.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ProseLanguage {
    /// As press releases have it: lines of 72 columns, many names.
    English,
    /// As legislation has it: articles, clauses, references, codes.
    Vietnamese,
    /// As government news have it: long lines, few spaces.
    Thai,
}

impl ProseLanguage {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Thai, Self::Vietnamese, Self::English];

    /// The language of this code.
    pub fn of_code(code: &str) -> Option<Self> {
        match code {
            "en" => Some(Self::English),
            "vi" => Some(Self::Vietnamese),
            "th" => Some(Self::Thai),
            _ => None,
        }
    }

    const fn words(self) -> &'static str {
        match self {
            Self::English => include_str!("en.txt"),
            Self::Vietnamese => include_str!("vi.txt"),
            Self::Thai => include_str!("th.txt"),
        }
    }
}

/// A row of numbers that are as good as random and always the same (SplitMix64).
#[derive(Clone, Debug)]
pub struct Random(u64);

impl Random {
    /// The row of a seed.
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `limit`.
    pub fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit.max(1) as u64) as usize
    }

    /// True so many times in a thousand.
    fn per_mille(&mut self, times: usize) -> bool {
        self.below(1000) < times
    }

    fn of<'w>(&mut self, list: &[&'w str]) -> &'w str {
        list[self.below(list.len())]
    }

    /// A rank below `count`: the first is drawn most, the second half as often, and so on. A quarter is drawn evenly,
    /// for the words of lower ranks that the lists have not.
    fn rank(&mut self, count: usize) -> usize {
        if self.per_mille(250) {
            return self.below(count);
        }
        let share = self.below(1 << 24) as f64 / f64::from(1 << 24);
        ((share * ((count + 1) as f64).ln()).exp() as usize).saturating_sub(1).min(count - 1)
    }
}

/// A person of a made-up registry.
#[derive(Clone, Debug)]
pub struct ProsePerson {
    /// The id.
    pub id: String,
    /// The name as Vietnamese is written.
    pub name: String,
}

const FAMILIES: [&str; 14] =
    ["Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Phan", "Vũ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương", "Lý"];
const MIDDLES: [&str; 24] = [
    "Văn", "Thị", "Hữu", "Đức", "Minh", "Quang", "Thanh", "Ngọc", "Xuân", "Đình", "Công", "Thành", "Hồng", "Kim",
    "Quốc", "Anh", "Bảo", "Gia", "Khánh", "Phương", "Tuấn", "Việt", "Trọng", "Mạnh",
];
const GIVEN: [&str; 36] = [
    "An", "Bình", "Cường", "Dũng", "Giang", "Hà", "Hải", "Hạnh", "Hiền", "Hòa", "Hùng", "Hương", "Khánh", "Khoa",
    "Lan", "Linh", "Long", "Mai", "Nam", "Nga", "Nhung", "Phong", "Phúc", "Quân", "Quyên", "Sơn", "Tâm", "Thảo",
    "Thắng", "Thu", "Toàn", "Trang", "Tuyết", "Uyên", "Vinh", "Yến",
];

/// So many people with different names.
pub fn people(count: usize) -> Vec<ProsePerson> {
    let person = |number: usize| {
        let given = GIVEN[number % 36];
        let middle = MIDDLES[number / 36 % 24];
        let family = FAMILIES[(number / 864 + number) % 14];
        // Beyond some twelve thousand a second middle name tells them apart.
        let second = MIDDLES[(number / 12_096 + 7) % 24];
        let name = match number < 12_096 {
            true => format!("{family} {middle} {given}"),
            false => format!("{family} {second} {middle} {given}"),
        };
        ProsePerson { id: format!("person-{number}"), name }
    };
    (0..count).map(person).collect()
}

/// The registry of these people.
pub fn registry(people: &[ProsePerson]) -> String {
    let mut registry = "version = 1\n".to_owned();
    for ProsePerson { id, name } in people {
        let _ = write!(registry, "\n[[person]]\nid = \"{id}\"\nnames.vi = [\"{name}\"]\n");
    }
    registry
}

/// Prose of one language, paragraph by paragraph.
pub struct Prose<'p> {
    language: ProseLanguage,
    words: Vec<&'static str>,
    people: &'p [ProsePerson],
    random: Random,
}

impl<'p> Prose<'p> {
    /// Prose in which some of these people are named.
    pub fn new(language: ProseLanguage, people: &'p [ProsePerson], seed: u64) -> Self {
        let words = language.words().split_whitespace().collect();
        Self { language, words, people, random: Random::new(seed) }
    }

    /// Adds a paragraph with its line ends.
    pub fn paragraph(&mut self, out: &mut String) {
        match self.language {
            ProseLanguage::English => self.english(out),
            ProseLanguage::Vietnamese => self.vietnamese(out),
            ProseLanguage::Thai => self.thai(out),
        }
    }

    /// A sentence with exactly one finding, without a line end; its kinds take turns by `number`.
    pub fn wrong(&mut self, number: usize) -> String {
        let year = 2001 + number % 23;
        match (number % 6, self.language) {
            (0, _) => format!("Cuộc họp diễn ra ngày 31/02/{year} tại Hà Nội."),
            (1, _) => format!("การประชุมครั้งต่อไปจะมีขึ้นในวันที่ 31 กุมภาพันธ์ {} ที่ศาลากลาง", year + 543),
            (2, _) => format!("Hội nghị khai mạc ngày 30 tháng 2 năm {year} tại Huế."),
            (3, _) => format!("The meeting of February 30, {year} was held in the capital."),
            (4, _) => format!("Quyết định số {}/QD-TTg của Thủ tướng.", 100 + number % 900),
            _ => format!("งานจะเริ่มในวันที่ 31 เมษายน {} เวลา 09.00 น.", year + 543),
        }
    }

    fn word(&mut self) -> &'static str {
        self.words[self.random.rank(self.words.len())]
    }

    fn person(&mut self) -> Option<&'p str> {
        let number = self.random.rank(self.people.len().max(1));
        self.people.get(number).map(|person| person.name.as_str())
    }

    fn number(&mut self) -> String {
        match self.random.below(8) {
            0..3 => self.random.below(30).to_string(),
            3..5 => self.random.below(1000).to_string(),
            5 => format!("{},{:03}", 1 + self.random.below(900), self.random.below(1000)),
            6 => format!("{}.{}", self.random.below(100), self.random.below(10)),
            // Thai text counts its years in the Buddhist Era.
            _ if self.language == ProseLanguage::Thai => (2545 + self.random.below(25)).to_string(),
            _ => (2000 + self.random.below(25)).to_string(),
        }
    }

    fn english(&mut self, out: &mut String) {
        const NAMES: [&str; 24] = [
            "President",
            "Secretary",
            "Washington",
            "Congress",
            "Senator",
            "White House",
            "United States",
            "America",
            "Department of Energy",
            "Senate",
            "Europe",
            "Ohio",
            "Vice President",
            "Administrator",
            "Maria Lopez",
            "John Carter",
            "Texas",
            "House",
            "NATO",
            "Congressman Reed",
            "Governor",
            "Treasury",
            "Chicago",
            "COVID-19",
        ];
        const MONTHS: [&str; 6] = ["January", "March", "May", "July", "October", "December"];
        let mut paragraph = String::new();
        if self.random.per_mille(250) {
            paragraph.push_str(self.random.of(&["MS. PAINE:  ", "MR. ADLER:  ", "Q    ", "THE PRESIDENT:  "]));
        }
        for _ in 0..2 + self.random.below(5) {
            let mut starts = true;
            for at in 0..8 + self.random.below(18) {
                let roll = self.random.below(1000);
                let piece: String = match roll {
                    0..90 => self.random.of(&NAMES).to_owned(),
                    90..96 => self.person().unwrap_or("Maria Lopez").to_owned(),
                    96..112 => self.number(),
                    112..115 => format!(
                        "{} {}, {}",
                        self.random.of(&MONTHS),
                        1 + self.random.below(28),
                        2005 + self.random.below(20)
                    ),
                    115..118 => format!("${} million", 1 + self.random.below(900)),
                    118..121 => format!("\u{201c}{} {},\u{201d}", self.word(), self.word()),
                    121..124 => format!("({} {})", self.word(), self.word()),
                    124..126 => format!("{}:{:02} P.M.", 1 + self.random.below(11), self.random.below(60)),
                    126..128 => format!("https://www.example.gov/{}/{}/", self.word(), self.random.below(999)),
                    _ => self.word().to_owned(),
                };
                let mut letters = piece.chars();
                match letters.next().filter(|_| starts) {
                    Some(first) => paragraph.extend(first.to_uppercase().chain(letters)),
                    None => paragraph.push_str(&piece),
                }
                starts = false;
                let comma = at > 2 && self.random.per_mille(55);
                paragraph.push_str(if comma { ", " } else { " " });
            }
            let end = paragraph.trim_end_matches([' ', ',']).len();
            paragraph.truncate(end);
            paragraph.push_str(".  ");
        }
        wrap(paragraph.trim_end(), out);
        out.push('\n');
    }

    fn vietnamese(&mut self, out: &mut String) {
        let article = 1 + self.random.below(60);
        match self.random.below(12) {
            0 => {
                let _ = write!(
                    out,
                    "Điều {article}.{}.NĐ.{}.{}. ",
                    self.random.below(20),
                    1 + self.random.below(4),
                    self.random.below(60)
                );
                self.vietnamese_words(12, out);
            }
            1 => {
                let number = 10 + self.random.below(150);
                let (day, month) = (1 + self.random.below(28), 1 + self.random.below(12));
                let year = 2010 + self.random.below(12);
                let _ = write!(
                    out,
                    "(Điều {article} Nghị định số {number}/{year}/NĐ-CP, có hiệu lực thi hành kể từ ngày {day:02}/{month:02}/{})",
                    year + 1
                );
            }
            2 => {
                let _ = write!(out, "{}", 1_900_200_000 + self.random.below(90_000_000));
                for _ in 0..3 {
                    let _ = write!(out, "{:010}", self.random.below(4_000) * 100);
                }
            }
            3 => {
                for cell in 0..4 {
                    let _ = write!(out, "{}{}", if cell > 0 { "\t" } else { "" }, self.number());
                }
            }
            kind => {
                match kind {
                    4..7 => {
                        let _ = write!(out, "{}. ", 1 + self.random.below(9));
                    }
                    7..10 => out.push_str(self.random.of(&["a) ", "b) ", "c) ", "d) ", "đ) "])),
                    _ => {}
                }
                let sentences = 1 + self.random.below(3);
                for sentence in 0..sentences {
                    let words = 14 + self.random.below(26);
                    self.vietnamese_words(words, out);
                    out.push_str(if sentence + 1 < sentences { ". " } else { self.random.of(&[".", ".", ";"]) });
                }
            }
        }
        out.push_str("\n\n");
    }

    fn vietnamese_words(&mut self, count: usize, out: &mut String) {
        for at in 0..count {
            let roll = self.random.below(1000);
            let article = 1 + self.random.below(60);
            match roll {
                0..12 => {
                    let _ = write!(out, "khoản {} Điều {article} của Luật {}", 1 + self.random.below(6), self.word());
                }
                12..15 => {
                    // One document has one date.
                    let (number, year) = (1 + self.random.below(99), 2008 + self.random.below(14));
                    let (day, month) = (1 + number % 28, 1 + number % 12);
                    let _ = write!(
                        out,
                        "Thông tư số {number:02}/{year}/TT-BTC ngày {day:02}/{month:02}/{year} của Bộ Tài chính"
                    );
                }
                15..20 => out.push_str(self.person().unwrap_or("Bộ trưởng")),
                20..32 => out.push_str(&self.number()),
                32..52 => {
                    out.push_str(self.random.of(&[
                        "Bộ Tài chính",
                        "Chính phủ",
                        "Việt Nam",
                        "Ủy ban nhân dân",
                        "Hà Nội",
                        "Nhà nước",
                    ]));
                }
                52..56 => {
                    let _ = write!(
                        out,
                        "ngày {:02}/{:02}/{}",
                        1 + self.random.below(28),
                        1 + self.random.below(12),
                        2008 + self.random.below(14)
                    );
                }
                _ => {
                    let word = self.word();
                    let mut letters = word.chars();
                    match letters.next().filter(|_| at == 0) {
                        Some(first) => out.extend(first.to_uppercase().chain(letters)),
                        None => out.push_str(word),
                    }
                }
            }
            if at + 1 < count {
                out.push_str(if at > 2 && self.random.per_mille(60) { ", " } else { " " });
            }
        }
    }

    fn thai(&mut self, out: &mut String) {
        const MONTHS: [&str; 6] = ["มกราคม", "มีนาคม", "พฤษภาคม", "มิถุนายน", "สิงหาคม", "ธันวาคม"];
        if self.random.per_mille(120) {
            let (day, month, year) = (1 + self.random.below(28), self.random.below(6), 2560 + self.random.below(8));
            let _ =
                writeln!(out, "{day:02}/{:02}/{year}\nวันที่ {day} {} {year}", 1 + self.random.below(12), MONTHS[month]);
        }
        for _ in 0..2 + self.random.below(14) {
            for _ in 0..3 + self.random.below(5) {
                let word = self.word();
                out.push_str(word);
            }
            match self.random.below(1000) {
                0..90 => {
                    let _ = write!(
                        out,
                        " {} {}",
                        self.number(),
                        self.random.of(&["ล้านบาท", "ราย", "คน", "แห่ง", "ล้านคน", "โครงการ"])
                    );
                }
                90..112 => {
                    let (day, month) = (1 + self.random.below(28), self.random.of(&MONTHS));
                    let _ = write!(out, "เมื่อวันที่ {day} {month} {}", 2555 + self.random.below(13));
                }
                112..140 => {
                    let _ = write!(out, " \u{201c}{}{}\u{201d}", self.word(), self.word());
                }
                140..160 => {
                    let _ = write!(out, " ({})", self.random.of(&["ครม.", "กทม.", "มท.", "สธ.", "GDP", "SMEs", "EEC"]));
                }
                160..180 => {
                    let _ = write!(out, " นาย{}{}", self.word(), self.word());
                }
                180..190 => {
                    let name = self.person().unwrap_or("ASEAN");
                    let _ = write!(out, " {name}");
                }
                190..200 => {
                    let _ =
                        write!(out, " เลขที่ {}/{} ถนน{}", self.random.below(300), 1 + self.random.below(9), self.word());
                }
                _ => {}
            }
            out.push(' ');
        }
        let end = out.trim_end_matches(' ').len();
        out.truncate(end);
        out.push_str(if self.random.per_mille(200) { "\n\n" } else { "\n" });
    }
}

/// Adds a paragraph in lines of at most 72 columns.
fn wrap(paragraph: &str, out: &mut String) {
    let mut width = 0;
    for word in paragraph.split(' ') {
        if width > 0 && width + word.chars().count() >= 72 {
            out.push('\n');
            width = 0;
        } else if width > 0 {
            out.push(' ');
        }
        out.push_str(word);
        width += word.chars().count() + 1;
    }
    out.push('\n');
}

/// A text of about so many bytes: the languages take turns, and wrong sentences stand between the paragraphs.
pub fn text(languages: &[ProseLanguage], bytes: usize, findings: usize, people: &[ProsePerson], seed: u64) -> String {
    let mut sources: Vec<Prose<'_>> =
        languages.iter().zip(seed..).map(|(language, seed)| Prose::new(*language, people, seed)).collect();
    let mut text = String::with_capacity(bytes + bytes / 8);
    let mut wrong = 0;
    for turn in 0.. {
        if text.len() >= bytes && wrong == findings {
            break;
        }
        let at = turn / 8 % sources.len();
        let source = &mut sources[at];
        source.paragraph(&mut text);
        while wrong < findings && wrong * bytes < findings * text.len() {
            text.push_str(&source.wrong(wrong));
            text.push('\n');
            wrong += 1;
        }
    }
    text
}
