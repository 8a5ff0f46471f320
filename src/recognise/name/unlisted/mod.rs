//! People whom no registry has, recognised by what stands beside their names and by the shape of these.
//!
//! An honorific, a title or a by-line calls for a name; a Vietnamese name begins with one of few family names, in Latin
//! letters or in Thai ones. What is found is a proposal for a curator, so a doubtful name is left out rather than
//! guessed at. Deliberately absent: who is meant, and which spellings are one person's (`corpus::suggest`).

mod latin;
mod thai;

use std::sync::LazyLock;

use daachorse::CharwiseDoubleArrayAhoCorasick;

use super::word_lists;
use crate::text::Span;

/// A name of somebody.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct UnlistedName {
    /// The name without its honorific, in bytes of the text.
    pub span: Span,
    /// The evidence that it is a name.
    pub evidence: NameEvidence,
}

/// The evidence that something is a person's name, the strongest first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum NameEvidence {
    /// A word of address stands before it, or a word of office directly.
    Title,
    /// An office with its organisation stands before it.
    Office,
    /// It stands in a by-line.
    Byline,
    /// It begins with a Vietnamese family name and goes on as such names do.
    Family,
}

impl NameEvidence {
    /// The word in output.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Office => "office",
            Self::Byline => "byline",
            Self::Family => "family-name",
        }
    }
}

/// The names of people in one line, in order, disjoint. Takes time linear in the line.
pub fn find(line: &str) -> Vec<UnlistedName> {
    let cues = thai_cues(line);
    let mut found = latin::find(line, &cues);
    found.extend(thai::find(line, &cues));
    found.sort_by_key(|name| (name.span.start, std::cmp::Reverse(name.span.end)));
    let mut end = 0;
    found.retain(|name| {
        let free = name.span.start >= end;
        if free {
            end = name.span.end;
        }
        free
    });
    found
}

/// The end of `text` that a word before a name can be looked for in: at most `bytes` long.
fn tail(text: &str, bytes: usize) -> &str {
    let mut from = text.len().saturating_sub(bytes);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    &text[from..]
}

/// A Thai word of address or office in a line.
#[derive(Clone, Copy)]
struct ThaiCue {
    /// The place of the word, in bytes of the line.
    start: usize,
    end: usize,
    /// True if the word is one of address.
    honorific: bool,
}

/// Thai words of address, then those of office and occupation.
static THAI_CUES: LazyLock<Option<CharwiseDoubleArrayAhoCorasick<u32>>> = LazyLock::new(|| {
    let words = word_lists::THAI_HONORIFICS.iter().chain(word_lists::THAI_TITLES);
    CharwiseDoubleArrayAhoCorasick::new(words).ok()
});

/// All Thai words of address and office in a line, by their ends, the longest first.
fn thai_cues(line: &str) -> Vec<ThaiCue> {
    let cues = THAI_CUES.iter().flat_map(|cues| cues.find_overlapping_iter(line));
    let honorifics = word_lists::THAI_HONORIFICS.len() as u32;
    cues.map(|hit| ThaiCue { start: hit.start(), end: hit.end(), honorific: hit.value() < honorifics }).collect()
}

/// The office that ends `before`, text up to a name whose cues are these: a title, or a title and its organisation, and
/// nothing else.
fn thai_office(before: &str, cues: &[ThaiCue]) -> Option<NameEvidence> {
    /// Bytes: an office of a ministry with a long name in Thai.
    const LONGEST: usize = 300;
    let end = before.trim_end().len();
    let cues = &cues[..cues.partition_point(|cue| cue.end <= end)];
    if cues.last().is_some_and(|cue| cue.end == end) {
        return Some(NameEvidence::Title);
    }
    let at = cues.iter().rev().take_while(|cue| end - cue.end < LONGEST).find(|cue| !cue.honorific)?.end;
    // `ว่าการ` goes on the title; the word in it would begin a clause elsewhere.
    let rest = before[at..end].trim_start();
    let rest = rest.strip_prefix("ช่วย").unwrap_or(rest).trim_start();
    let organization = rest.strip_prefix("ว่าการ").unwrap_or(rest);
    let clause = organization.contains(['"', '“', '”', '|', ';', ':', '(', ')'])
        || word_lists::THAI_CLAUSE.iter().any(|word| organization.contains(word));
    (!clause).then_some(NameEvidence::Office)
}

/// Returns true if the line up to a name is the head of a by-line, or a part of one: `บทความ: `, `Ảnh: `.
fn byline(before: &str) -> bool {
    let Some(head) = tail(before, 96).trim_end().strip_suffix([':', '：']) else { return false };
    let head = head.trim_end();
    let lower = head.rsplit([',', '|', ';', '.', '(', '–', '\n']).next().unwrap_or(head).trim().to_lowercase();
    word_lists::BYLINES.contains(&lower.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(line: &str) -> Vec<&str> {
        find(line).into_iter().map(|name| name.span.slice(line)).collect()
    }

    #[test]
    fn people_are_found_by_what_stands_beside_them() {
        let mut wrong = Vec::new();
        for (line, wanted) in [
            // Vietnamese, in Latin letters.
            ("Bộ trưởng Lê Quang Tùng phát biểu", &["Lê Quang Tùng"][..]),
            ("Theo Trần Thị Bích Ngọc, việc này", &["Trần Thị Bích Ngọc"]),
            ("gặp ông Cao Đức Phát hôm qua", &["Cao Đức Phát"]),
            ("Deputy Foreign Minister Vu Quang Minh met", &["Vu Quang Minh"]),
            ("รัฐมนตรีว่าการกระทรวงการคลัง Ho Duc Phoc กล่าว", &["Ho Duc Phoc"]),
            ("นาย Pham Van Tra เดินทาง", &["Pham Van Tra"]),
            ("Bài: Minh Khuê, Ảnh: Thu Trang", &["Minh Khuê", "Thu Trang"]),
            // Vietnamese, in Thai letters.
            ("นายเจิ่น วัน ลัม กล่าว", &["เจิ่น วัน ลัม"]),
            ("เจิ่น วัน ลัม เห็นด้วย", &["เจิ่น วัน ลัม"]),
            ("รองรัฐมนตรีฟาม ถิ มาย ยืนยัน", &["ฟาม ถิ มาย"]),
            ("รัฐมนตรีเจิ่นวันลัมกล่าวว่า", &["เจิ่นวันลัม"]),
            // Thai and Lao.
            ("นายสมชาย ใจดีกล่าวว่า", &["สมชาย ใจดี"]),
            ("รัฐมนตรีต่างประเทศลาว ทองสะหวัน พมวิหาน เดินทาง", &["ทองสะหวัน พมวิหาน"]),
            ("Prime Minister Sonexay Siphandone said", &["Sonexay Siphandone"]),
            ("โค้ชคิม ซัง-ชิก ชื่นชม", &["คิม ซัง-ชิก"]),
            ("รัฐมนตรีคมนาคม ธีระชัย แสนดี ให้สัมภาษณ์", &["ธีระชัย แสนดี"]),
            ("ผู้ว่าราชการจังหวัดหนองคาย ณัฏฐพัชร์ พูลผลกล่าว", &["ณัฏฐพัชร์ พูลผล"]),
            ("Đại sứ Lào Khamphao Ernthavanh phát biểu", &["Khamphao Ernthavanh"]),
            ("Bounkong Sihavong, Minister of Health, said", &["Bounkong Sihavong"]),
            ("PV: Thu Hằng", &["Thu Hằng"]),
            // Behind an organisation, behind a place, in by-lines.
            ("Cambodian Minister of Commerce Sok Nimol and", &["Sok Nimol"]),
            ("Phó Chủ tịch UBND tỉnh Quảng Ninh Vũ Văn Diện dự", &["Vũ Văn Diện"]),
            ("Reporting by Linh Pham; Editing by Anna Smith", &["Linh Pham", "Anna Smith"]),
            // Nobody.
            ("Giám đốc Sở Kế hoạch và Đầu tư", &[]),
            ("at Dinh Cong Trang primary school", &[]),
            ("Trường THPT Chu Văn An, quỹ Lê Văn Tám", &[]),
            ("Minister of Foreign Affairs of Laos", &[]),
            ("นายกรัฐมนตรี เดินทางเยือนเวียดนาม", &[]),
            ("รัฐมนตรีว่าการกระทรวงการคลัง เศรษฐกิจ จะฟื้นตัว", &[]),
            ("รัฐมนตรีว่าการกระทรวงการคลัง นายสม แห่งประเทศ", &[]),
            ("รัฐมนตรีกลาโหม ฝรั่งเศส เดินทางถึงกรุงเทพฯ", &[]),
            ("In Luang Prabang, Minister Somphone", &[]),
            ("ไม่ ได้ มี การประชุม", &[]),
            ("đường Trần Hưng Đạo, thành phố Hồ Chí Minh", &[]),
            ("Ho Chi Minh City People's Committee", &[]),
            ("รัฐมนตรีต่างประเทศ เวียดนาม และลาว", &[]),
            ("อ่าว Cam Ranh", &[]),
            ("Ministry of Foreign Affairs", &[]),
            ("คุณภาพ ชีวิตที่ดี", &[]),
            // Offices of things, headlines, abbreviations, verbs in front.
            ("ผู้อำนวยการโครงการพัฒนา Soft Power ของไทย", &[]),
            ("1. Bộ trưởng Bộ Công Thương phân cấp", &[]),
            ("Giám đốc Cảng Vụ thi hành", &[]),
            ("รมว.เฮ้ง สั่งลงโทษคนทำผิด", &[]),
            ("รัฐมนตรีว่าการกระทรวงการคลัง ส่งสารถึงนายธเนศ แสงทองคำ", &["ธเนศ แสงทองคำ"]),
            ("ประชุมร่วมกับพลตำรวจโท ธเนศ แสงทองคำ", &["ธเนศ แสงทองคำ"]),
            ("ผู้ขับรถ ชื่อเปิดบัญชี เริ่มใช้งาน", &[]),
        ] {
            if names(line) != wanted {
                wrong.push((line, names(line)));
            }
        }
        assert_eq!(wrong, []);
    }

    #[test]
    fn thai_cues_are_compiled() {
        assert!(THAI_CUES.is_some(), "a cue stands twice");
    }

    #[test]
    fn offices_reach_over_their_organisation_only() {
        let office = |before: &str| thai_office(before, &thai_cues(before));
        assert_eq!(office("ประธาน "), Some(NameEvidence::Title));
        assert_eq!(office("รัฐมนตรีว่าการกระทรวงการคลังและการพัฒนา "), Some(NameEvidence::Office));
        assert_eq!(office("รัฐมนตรีว่าการกระทรวงการคลังกล่าวถึง "), None);
        assert_eq!(office("กับ "), None);
    }
}
