//! Symbols of joint documents, which name all issuers: `NUMBER/YEAR/TTLT-ISSUER-ISSUER`.
//!
//! Source: Law 80/2015/QH13, Art. 4 and Art. 10(3)(c); Law 64/2025/QH15, Art. 4(9).

/// Returns whether documents of the type have several issuers.
pub(super) fn is_type(kind: &str) -> bool {
    matches!(kind, "TTLT" | "NQLT" | "TTLB" | "TTLN" | "NQLN")
}

/// Texts with the references in them, written well.
#[cfg(test)]
pub(super) const EXAMPLES: &[(&str, &[&str])] = &[
    ("Thông tư liên tịch 07/2013/TTLT-BTP-BTNMT-BNV", &["07/2013/TTLT-BTP-BTNMT-BNV"]),
    ("Thông tư liên tịch số 19/2012/TTLT-BTC-BKH&ĐT-BTTTT", &["19/2012/TTLT-BTC-BKH&ĐT-BTTTT"]),
];
