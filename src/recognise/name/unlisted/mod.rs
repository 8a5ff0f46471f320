//! People whom no registry has, recognised by what stands beside their names and by the shape of these.
//!
//! An honorific, a title or a by-line calls for a name; a Vietnamese name begins with one of few family names, in Latin
//! letters or in Thai ones. What is found is a proposal for a curator, so a doubtful name is left out rather than
//! guessed at. Deliberately absent: who is meant, and which spellings are one person's (`corpus::suggest`).

mod latin;
mod thai;

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
    let mut found = latin::find(line);
    found.extend(thai::find(line));
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

/// The office that ends `before`, text up to a name: a title, or a title and its organisation, and nothing else.
fn thai_office(before: &str) -> Option<NameEvidence> {
    /// Bytes: an office of a ministry with a long name in Thai.
    const LONGEST: usize = 300;
    let before = tail(before.trim_end(), LONGEST);
    if word_lists::THAI_HONORIFICS.iter().chain(word_lists::THAI_TITLES).any(|word| before.ends_with(word)) {
        return Some(NameEvidence::Title);
    }
    let at = word_lists::THAI_TITLES.iter().filter_map(|word| Some(before.rfind(word)? + word.len())).max()?;
    // `ว่าการ` goes on the title; the word in it would begin a clause elsewhere.
    let rest = before[at..].trim_start();
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
        ] {
            assert_eq!(names(line), wanted, "{line}");
        }
    }

    #[test]
    fn offices_reach_over_their_organisation_only() {
        assert_eq!(thai_office("ประธาน "), Some(NameEvidence::Title));
        assert_eq!(thai_office("รัฐมนตรีว่าการกระทรวงการคลังและการพัฒนา "), Some(NameEvidence::Office));
        assert_eq!(thai_office("รัฐมนตรีว่าการกระทรวงการคลังกล่าวถึง "), None);
        assert_eq!(thai_office("กับ "), None);
    }
}
