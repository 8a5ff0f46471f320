//! The kinds of Vietnamese official documents: letters in the symbol, names, issuers.
//!
//! Data only, one row a type; what the rows mean is said in [`TypeEntry`](super::TypeEntry).

use super::{StaticType, YearInNumber};

const LAW64: &str = "Law 64/2025/QH15, Art. 4";
const ADMIN: &str = "Decree 30/2020/NĐ-CP, Art. 7 and Appendix III";
const PARTY: &str = "Regulation 66-QĐ/TW (6 Feb 2017), Arts. 4-6; Guidance 36-HD/VPTW (3 Apr 2018)";
const BOTH: &str = "Decree 30/2020/NĐ-CP, Art. 7 and Appendix III; Regulation 66-QĐ/TW, Arts. 4-6; Guidance 36-HD/VPTW";
const COPY: &str = "Decree 30/2020/NĐ-CP, Art. 25 and Appendix III";
const USAGE: &str = "usage in the official codification (Bộ Pháp điển)";

#[expect(clippy::too_many_arguments, reason = "one row of a table")]
const fn row(
    abbr: &'static str,
    vi: &'static str,
    en: &'static str,
    th: &'static [&'static str],
    th_seen: &'static [&'static str],
    th_wrong: &'static [&'static str],
    issuers: &'static [&'static str],
    year: YearInNumber,
    source: &'static str,
) -> StaticType {
    StaticType { abbr, vi, en, th, th_seen, th_wrong, issuers, year, source }
}

/// Letters, Vietnamese, English, Thai, Thai also seen, Thai words that are wrong, issuers, year, source.
#[rustfmt::skip]
pub(super) static TYPES: &[StaticType] = &[
    row("HP", "Hiến pháp", "Constitution", &["รัฐธรรมนูญ"], &[], &[], &["QH"], YearInNumber::None, LAW64),
    row("L", "Luật / Bộ luật", "Law / Code", &["กฎหมาย", "ประมวลกฎหมาย"], &["พระราชบัญญัติ"], &[], &["QH"],
        YearInNumber::Assembly, "Law 80/2015/QH13, Art. 10(3)(a); Law 64/2025/QH15, Art. 4"),
    row("NQ", "Nghị quyết", "Resolution", &["มติ"], &["มติคณะรัฐมนตรี", "ข้อมติ"], &[], &["QH", "UBTVQH", "CP",
        "HĐTP", "HĐND", "TW", "TU", "ĐU", "HU"], YearInNumber::Both, "Law 64/2025/QH15,
        Art. 4; Decree 30/2020/NĐ-CP, Art. 7 and Appendix III; Regulation 66-QĐ/TW (6 Feb 2017),
        Arts. 4-6; Guidance 36-HD/VPTW (3 Apr 2018)"),
    row("PL", "Pháp lệnh", "Ordinance", &["ข้อบัญญัติ", "รัฐกำหนด"], &["พระราชกำหนด"], &[], &["UBTVQH"],
        YearInNumber::Assembly, "Law 64/2025/QH15, Art. 4; Law 80/2015/QH13, Art. 10(3)(b)"),
    row("NQLT", "Nghị quyết liên tịch", "Joint resolution", &["มติร่วม"], &[], &[], &["UBTVQH", "CP",
        "ĐCTUBTWMTTQVN"], YearInNumber::Year, LAW64),
    row("LCT", "Lệnh (Chủ tịch nước)", "Order (of the President)", &["รัฐบัญญัติ", "คำสั่งประธานาธิบดี"], &[], &[],
        &["CTN"], YearInNumber::Year, LAW64),
    row("NĐ", "Nghị định", "Decree", &["กฤษฎีกา"], &["พระราชกฤษฎีกา", "คำสั่ง", "พระราชกำหนด"], &[], &["CP"],
        YearInNumber::Year, LAW64),
    row("QĐ", "Quyết định", "Decision", &["คำสั่ง", "คำวินิจฉัย"], &["การตัดสินใจ", "คำตัดสิน"], &["มติ",
        "มติคณะรัฐมนตรี"], &["TTg", "CTN", "MINISTRY", "UBND", "TANDTC", "VKSNDTC", "KTNN", "TW", "AGENCY"],
        YearInNumber::Both, "Law 64/2025/QH15, Art. 4; Decree 30/2020/NĐ-CP, Art. 7 and Appendix III"),
    row("CT", "Chỉ thị", "Directive", &["คำสั่ง", "ข้อชี้นำ"], &["คำชี้แนะ"], &[], &["TTg", "MINISTRY", "UBND",
        "TW", "TU", "ĐU"], YearInNumber::Both, BOTH),
    row("TT", "Thông tư", "Circular", &["หนังสือเวียน"], &["ประกาศ", "หนังสือแจ้ง"], &[], &["MINISTRY", "TANDTC",
        "VKSNDTC", "KTNN"], YearInNumber::Year, LAW64),
    row("TTLT", "Thông tư liên tịch", "Joint circular", &["หนังสือเวียนร่วม"], &["หนังสือเวียนระหว่างกระทรวง"],
        &[], &["MINISTRY", "TANDTC", "VKSNDTC", "KTNN"], YearInNumber::Year, LAW64),
    row("VBHN", "Văn bản hợp nhất", "Consolidated text", &["ฉบับรวม"], &[], &[], &["VPQH", "VPCP", "MINISTRY",
        "VPCTN"], YearInNumber::None, "Ordinance 01/2012/UBTVQH13 on consolidation"),
    row("QC", "Quy chế", "Statute / Working rules", &["ระเบียบ"], &[], &[], &["ANY"], YearInNumber::None, ADMIN),
    row("QyĐ", "Quy định", "Regulation", &["ข้อกำหนด"], &["ระเบียบ"], &[], &["ANY"], YearInNumber::None, ADMIN),
    row("TC", "Thông cáo", "Communiqué", &["แถลงการณ์"], &[], &[], &["ANY"], YearInNumber::None, ADMIN),
    row("TB", "Thông báo", "Notice", &["ประกาศ", "หนังสือแจ้ง"], &[], &[], &["ANY"], YearInNumber::None, ADMIN),
    row("HD", "Hướng dẫn", "Guidance", &["แนวปฏิบัติ"], &["คำแนะนำ"], &[], &["ANY"], YearInNumber::None, BOTH),
    row("CTr", "Chương trình", "Programme", &["แผนงาน"], &["โครงการ"], &[], &["ANY"], YearInNumber::None, ADMIN),
    row("KH", "Kế hoạch", "Plan", &["แผน"], &[], &[], &["ANY"], YearInNumber::None, ADMIN),
    row("PA", "Phương án", "Scheme", &["แผนปฏิบัติ"], &[], &[], &["ANY"], YearInNumber::None, ADMIN),
    row("ĐA", "Đề án", "Project / Scheme", &["โครงการ"], &[], &[], &["ANY"], YearInNumber::None, ADMIN),
    row("DA", "Dự án", "Project", &["โครงการลงทุน"], &[], &[], &["ANY"], YearInNumber::None, ADMIN),
    row("BC", "Báo cáo", "Report", &["รายงาน"], &[], &[], &["ANY"], YearInNumber::None, ADMIN),
    row("BB", "Biên bản", "Minutes", &["บันทึกการประชุม"], &[], &[], &["ANY"], YearInNumber::None, ADMIN),
    row("TTr", "Tờ trình", "Submission / Proposal", &["หนังสือเสนอ"], &["ข้อเสนอ"], &[], &["ANY"],
        YearInNumber::None, ADMIN),
    row("HĐ", "Hợp đồng", "Contract", &["สัญญา"], &[], &[], &["ANY"], YearInNumber::None, ADMIN),
    row("CĐ", "Công điện", "Official telegram / dispatch", &["โทรเลข"], &["หนังสือแจ้งอย่างเป็นทางการ",
        "Official Dispatch", "คำสั่งอย่างเป็นทางการ", "หนังสือด่วน"], &[], &["TTg", "UBND", "MINISTRY", "BCĐ"],
        YearInNumber::None, ADMIN),
    row("BGN", "Bản ghi nhớ", "Memorandum", &["บันทึกความเข้าใจ"], &[], &[], &["ANY"], YearInNumber::None, ADMIN),
    row("BTT", "Bản thỏa thuận", "Agreement", &["ข้อตกลง"], &[], &[], &["ANY"], YearInNumber::None, ADMIN),
    row("GUQ", "Giấy ủy quyền", "Power of attorney", &["หนังสือมอบอำนาจ"], &[], &[], &["ANY"], YearInNumber::None,
        ADMIN),
    row("GM", "Giấy mời", "Invitation", &["หนังสือเชิญ"], &[], &[], &["ANY"], YearInNumber::None, ADMIN),
    row("GGT", "Giấy giới thiệu", "Letter of introduction", &["หนังสือแนะนำตัว"], &[], &[], &["ANY"],
        YearInNumber::None, ADMIN),
    row("GNP", "Giấy nghỉ phép", "Leave permit", &["ใบลา"], &[], &[], &["ANY"], YearInNumber::None, ADMIN),
    row("PG", "Phiếu gửi", "Delivery slip", &["ใบส่ง"], &[], &[], &["ANY"], YearInNumber::None, ADMIN),
    row("PC", "Phiếu chuyển", "Transfer slip", &["ใบส่งต่อ"], &[], &[], &["ANY"], YearInNumber::None, ADMIN),
    row("PB", "Phiếu báo", "Notification slip", &["ใบแจ้ง"], &[], &[], &["ANY"], YearInNumber::None, ADMIN),
    row("SY", "Bản sao y", "Certified copy", &["สำเนา"], &[], &[], &["ANY"], YearInNumber::None, COPY),
    row("TrS", "Bản trích sao", "Extract copy", &["สำเนาบางส่วน"], &[], &[], &["ANY"], YearInNumber::None, COPY),
    row("SL", "Bản sao lục", "Further copy", &["สำเนาต่อ"], &[], &[], &["ANY"], YearInNumber::None, COPY),
    row("KL", "Kết luận", "Conclusion", &["ข้อสรุป"], &["บทสรุป"], &["ผลงานวิจัย"], &["TW", "TU", "ĐU", "HU"],
        YearInNumber::None, PARTY),
    row("QĐNS", "Quyết định nhân sự", "Personnel decision (Party)", &["คำสั่งด้านบุคลากร"], &["คำสั่ง"], &[],
        &["TW", "TU"], YearInNumber::None, USAGE),
    row("CV", "Công văn", "Official letter (Party form)", &["หนังสือราชการ"], &["หนังสือแจ้งอย่างเป็นทางการ"], &[],
        &["TW", "TU", "VPTW", "BCĐ", "ANY"], YearInNumber::None, PARTY),
    row("L-CTN", "Lệnh công bố", "Order of promulgation", &["คำสั่งประกาศใช้"], &[], &[], &["CTN"],
        YearInNumber::Year, USAGE),
    row("TTLB", "Thông tư liên bộ", "Inter-ministerial circular (historic)", &["หนังสือเวียนระหว่างกระทรวง"], &[],
        &[], &["MINISTRY"], YearInNumber::Both, USAGE),
    // Not in the appendix, in use all the same.
    row("QĐi", "Quy định", "Regulation", &["ข้อกำหนด"], &["ระเบียบ"], &[], &["ANY"], YearInNumber::None, PARTY),
    row("NQLN", "Nghị quyết liên ngành", "Inter-agency resolution", &["มติร่วม"], &[], &[], &["ANY"], YearInNumber::Both, USAGE),
    row("TTLN", "Thông tư liên ngành", "Inter-agency circular", &["หนังสือเวียนร่วม"], &[], &[], &["ANY"], YearInNumber::Both, USAGE),
    row("HDLN", "Hướng dẫn liên ngành", "Inter-agency guidance", &["แนวปฏิบัติร่วม"], &[], &[], &["ANY"], YearInNumber::Both, USAGE),
    row("HDLT", "Hướng dẫn liên tịch", "Joint guidance", &["แนวปฏิบัติร่วม"], &[], &[], &["ANY"], YearInNumber::Both, USAGE),
    row("KHLT", "Kế hoạch liên tịch", "Joint plan", &["แผนร่วม"], &[], &[], &["ANY"], YearInNumber::Both, USAGE),
    row("KHLN", "Kế hoạch liên ngành", "Inter-agency plan", &["แผนร่วม"], &[], &[], &["ANY"], YearInNumber::Both, USAGE),
    row("KHPH", "Kế hoạch phối hợp", "Coordination plan", &["แผนประสานงาน"], &[], &[], &["ANY"], YearInNumber::Both, USAGE),
    row("CTPH", "Chương trình phối hợp", "Coordination programme", &["แผนงานประสานงาน"], &[], &[], &["ANY"], YearInNumber::Both, USAGE),
    row("CTrPH", "Chương trình phối hợp", "Coordination programme", &["แผนงานประสานงาน"], &[], &[], &["ANY"], YearInNumber::Both, USAGE),
    row("CTHĐ", "Chương trình hành động", "Action programme", &["แผนปฏิบัติการ"], &[], &[], &["ANY"], YearInNumber::Both, USAGE),
    row("QCPH", "Quy chế phối hợp", "Coordination rules", &["ระเบียบประสานงาน"], &[], &[], &["ANY"], YearInNumber::Both, USAGE),
    row("QCLT", "Quy chế liên tịch", "Joint rules", &["ระเบียบร่วม"], &[], &[], &["ANY"], YearInNumber::Both, USAGE),
    row("QCLN", "Quy chế liên ngành", "Inter-agency rules", &["ระเบียบร่วม"], &[], &[], &["ANY"], YearInNumber::Both, USAGE),
    row("TTHN", "Thông tư hợp nhất", "Consolidated circular", &["ฉบับรวม"], &[], &[], &["ANY"], YearInNumber::Both, USAGE),
    row("KLTTr", "Kết luận thanh tra", "Inspection conclusion", &["ข้อสรุปการตรวจสอบ"], &[], &[], &["ANY"], YearInNumber::Both, USAGE),
    row("LCTN", "Lệnh của Chủ tịch nước", "Order of the President", &["คำสั่งประธานาธิบดี"], &[], &[], &["ANY"], YearInNumber::Both, USAGE),
];
