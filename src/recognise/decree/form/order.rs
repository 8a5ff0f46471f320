//! Orders of the President that promulgate a law or an ordinance: `NUMBER/YEAR/L-CTN`.
//!
//! Source: usage in the official codification (Bộ Pháp điển).

/// Returns whether the type is that of an order.
pub(super) fn is_type(kind: &str) -> bool {
    kind == "L"
}

/// Texts with the references in them, written well.
#[cfg(test)]
pub(super) const EXAMPLES: &[(&str, &[&str])] = &[("Lệnh số 21/2014/L-CTN", &["21/2014/L-CTN"])];
