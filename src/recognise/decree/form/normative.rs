//! Symbols of normative documents: `NUMBER/YEAR/TYPE-ISSUER`.
//!
//! Source: Law 80/2015/QH13, Art. 10(2) and (3)(c); Law 64/2025/QH15, Art. 7(3); Decree 78/2025/NĐ-CP, Art. 71(5).

/// Returns whether a symbol with a type is of this form: it has the year.
pub(super) const fn fits(has_year: bool) -> bool {
    has_year
}

/// Texts with the references in them, written well.
#[cfg(test)]
pub(super) const EXAMPLES: &[(&str, &[&str])] = &[
    ("Nghị định số 99/2019/NĐ-CP", &["99/2019/NĐ-CP"]),
    ("Decree No.99/2019/ND-CP", &["99/2019/NĐ-CP"]),
    ("กฤษฎีกาที่99/2019/ND-CPลงวันที่", &["99/2019/NĐ-CP"]),
    ("Thông tư 21b/2012/TT-BYT", &["21b/2012/TT-BYT"]),
    ("Nghị quyết 70.12/2026/NQ-CP", &["70.12/2026/NQ-CP"]),
    ("5/2020/TT-BCA và 6/2020/TT-BCA", &["5/2020/TT-BCA", "6/2020/TT-BCA"]),
];
