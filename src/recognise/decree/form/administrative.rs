//! Symbols of administrative documents, which have no year: `NUMBER/TYPE-ISSUER`.
//!
//! Source: Decree 30/2020/NĐ-CP, Art. 8(2)(c), Appendix I (item 3) and Appendix III.

/// Texts with the references in them, written well.
#[cfg(test)]
pub(super) const EXAMPLES: &[(&str, &[&str])] = &[
    ("Quyết định 2345/QĐ-TTg", &["2345/QĐ-TTg"]),
    ("Quyết định 88/QĐ-BNN-TCLN", &["88/QĐ-BNN-TCLN"]),
    ("Decision 2345/QD-TTg - Decision 6/QD-BCA", &["2345/QĐ-TTg", "6/QĐ-BCA"]),
];
