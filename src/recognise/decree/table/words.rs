//! Words in front of a symbol, beyond the names in the table of types.
//!
//! Vietnamese ones are matched without regard to marks and case, so one row serves `Nghị định` and `NGHI DINH`.
//! A row without types says: a document, but of no particular type (so nothing is contradicted).

use crate::recognise::profile::Language::{self, English, Thai, Vietnamese};

/// A phrase and the types it names.
pub(super) struct TypePhrase {
    pub(super) text: &'static str,
    pub(super) types: &'static [&'static str],
    pub(super) weak: bool,
    pub(super) language: Language,
}

const fn word(language: Language, text: &'static str, types: &'static [&'static str]) -> TypePhrase {
    TypePhrase { text, types, weak: false, language }
}

const fn weak(language: Language, text: &'static str, types: &'static [&'static str]) -> TypePhrase {
    TypePhrase { text, types, weak: true, language }
}

/// Names in the table of types that are common words as well: "to report", "a plan", "to announce".
static COMMON: &[&str] = &[
    "Quy định",
    "Hướng dẫn",
    "Kế hoạch",
    "Báo cáo",
    "Thông báo",
    "Chương trình",
    "Đề án",
    "Dự án",
    "Kết luận",
    "Hợp đồng",
    "Phương án",
    "Biên bản",
    "Quy chế",
    "Thông cáo",
    "Phiếu báo",
    "Regulation",
    "Guidance",
    "Plan",
    "Report",
    "Notice",
    "Programme",
    "Project",
    "Scheme",
    "Conclusion",
    "Contract",
    "Minutes",
    "Statute",
    "Order",
    "Proposal",
    "Submission",
    "Agreement",
    "Invitation",
    "Working rules",
    "ประกาศ",
    "รายงาน",
    "แผน",
    "โครงการ",
    "สัญญา",
    "ข้อสรุป",
    "บทสรุป",
    "แผนงาน",
    "แนวปฏิบัติ",
    "ข้อเสนอ",
    "คำแนะนำ",
    "คำชี้แนะ",
    "ระเบียบ",
    "ข้อกำหนด",
    "ข้อตกลง",
    "สำเนา",
    "ใบแจ้ง",
    "ผลงานวิจัย",
    "การตัดสินใจ",
];

/// Whether a type's name also serves as a common word.
pub(super) fn is_weak(name: &str) -> bool {
    COMMON.contains(&name)
}

#[rustfmt::skip]
pub(super) static WORDS: &[TypePhrase] = &[
    word(Vietnamese, "Công văn", &["CV", "LETTER"]),
    word(Vietnamese, "Công văn hỏa tốc", &["CV", "LETTER", "CĐ"]),
    word(Vietnamese, "Thư công", &["LETTER"]),
    word(Vietnamese, "Công điện khẩn", &["CĐ"]),
    word(Vietnamese, "Điện khẩn", &["CĐ"]),
    word(Vietnamese, "Bộ luật", &["L"]),
    word(Vietnamese, "Luật", &["L"]),
    word(Vietnamese, "Lệnh", &["L-CTN", "LCT", "LCTN", "L"]),
    word(Vietnamese, "Lệnh công bố", &["L-CTN", "LCT", "LCTN", "L"]),
    word(Vietnamese, "Thông tư liên bộ", &["TTLB", "TTLT", "TT"]),
    word(Vietnamese, "Thông tư liên ngành", &["TTLN", "TTLT", "TTLB"]),
    weak(Vietnamese, "Thông báo kết luận", &["TB", "KL"]),
    weak(Vietnamese, "Quy định", &["QyĐ", "QĐi", "QĐ"]),
    weak(Vietnamese, "Chương trình hành động", &["CTr", "CTHĐ"]),
    weak(Vietnamese, "Văn bản", &[]),
    weak(Vietnamese, "Dự thảo", &[]),
    weak(Vietnamese, "Pháp luật", &[]),
    weak(Vietnamese, "Kỷ luật", &[]),
    weak(Vietnamese, "Điều luật", &[]),
    weak(Vietnamese, "Mệnh lệnh", &[]),
    weak(Vietnamese, "Sắc lệnh", &[]),
    weak(Vietnamese, "Sắc luật", &[]),
    weak(Vietnamese, "Ký hiệu", &[]),
    word(English, "Law", &["L"]),
    word(English, "Code", &["L"]),
    word(English, "Act", &["L"]),
    word(English, "Decision", &["QĐ", "QĐNS"]),
    word(English, "Circular", &["TT", "TTLT", "TTLB"]),
    word(English, "Joint Circular", &["TTLT", "TTLB", "TTLN"]),
    word(English, "Inter-ministerial Circular", &["TTLT", "TTLB", "TTLN"]),
    word(English, "Official Letter", &["CV", "LETTER"]),
    word(English, "Official Dispatch", &["CV", "LETTER", "CĐ", "TB"]),
    word(English, "Dispatch", &["CV", "LETTER", "CĐ"]),
    word(English, "Telegram", &["CĐ"]),
    word(English, "Official Telegram", &["CĐ"]),
    word(English, "Urgent Telegram", &["CĐ"]),
    word(English, "Directive", &["CT"]),
    weak(English, "Instruction", &["CT", "HD"]),
    weak(English, "Guideline", &["HD"]),
    weak(English, "Announcement", &["TB"]),
    weak(English, "Notification", &["TB"]),
    weak(English, "Regulation", &[]),
    weak(English, "Regulations", &[]),
    weak(English, "Order", &[]),
    weak(English, "Document", &[]),
    weak(English, "Dispatches", &[]),
    word(English, "Resolution", &["NQ", "NQLT", "NQLN"]),
    word(Thai, "คำสั่ง", &["QĐ", "CT", "NĐ", "CĐ", "QĐNS"]),
    word(Thai, "คำสั่งอย่างเป็นทางการ", &["CĐ", "CV", "LETTER"]),
    word(Thai, "หนังสือแจ้งอย่างเป็นทางการ", &["CĐ", "CV", "LETTER"]),
    word(Thai, "หนังสือราชการ", &["CV", "LETTER", "CĐ"]),
    word(Thai, "หนังสือ", &["CV", "LETTER", "CĐ", "TB", "TT", "TTr"]),
    word(Thai, "จดหมาย", &["CV", "LETTER"]),
    word(Thai, "จดหมายอย่างเป็นทางการ", &["CV", "LETTER"]),
    word(Thai, "โทรเลขด่วน", &["CĐ"]),
    word(Thai, "โทรเลขอย่างเป็นทางการ", &["CĐ"]),
    word(Thai, "กฎหมาย", &["L"]),
    word(Thai, "ประมวลกฎหมาย", &["L"]),
    word(Thai, "หนังสือเวียน", &["TT", "TTLT", "TTLB"]),
    word(Thai, "มติ", &["NQ", "NQLT", "NQLN"]),
    weak(Thai, "สมมติ", &[]),
    weak(Thai, "เอกสาร", &[]),
];
