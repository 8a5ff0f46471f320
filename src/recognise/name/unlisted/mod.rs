//! People whom no registry has, recognised by what stands beside their names and by the shape of these.
//!
//! An honorific, a title or a by-line calls for a name; a Vietnamese name begins with one of few family names, in Latin
//! letters or in Thai ones. What is found is a proposal for a curator, so a doubtful name is left out rather than
//! guessed at. Deliberately absent: who is meant, and which spellings are one person's (`corpus::suggest`).

mod evidence;
mod latin;
mod thai;

pub use evidence::{NameEvidence, UnlistedName};

/// The names of people in one line, in order, disjoint. Takes time linear in the line.
pub fn find(line: &str) -> Vec<UnlistedName> {
    let cues = evidence::thai_cues(line);
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
        assert!(evidence::THAI_CUES.is_some(), "a cue stands twice");
    }

    #[test]
    fn offices_reach_over_their_organisation_only() {
        let office = |before: &str| evidence::thai_office(before, &evidence::thai_cues(before));
        assert_eq!(office("ประธาน "), Some(NameEvidence::Title));
        assert_eq!(office("รัฐมนตรีว่าการกระทรวงการคลังและการพัฒนา "), Some(NameEvidence::Office));
        assert_eq!(office("รัฐมนตรีว่าการกระทรวงการคลังกล่าวถึง "), None);
        assert_eq!(office("กับ "), None);
    }
}
